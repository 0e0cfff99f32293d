"""Instructions that name a side without knowing it: the grammar of side words.

    "Hold your {affected ankle} and pull it towards your chest."
    "Keep your {other leg} flat on the floor."
    "Turn to the {other}."
    "Rest your {affected: linke | rechte} Hand auf dem Knie."
    "Hebe {affected Bein/acc}."
    "{{" and "}}" print a brace

`parse` turns such a text into a `Wording`; `Wording.resolve` turns that into spans of plain text for one side
and one language. A span cannot hold a placeholder: what comes out is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Protocol

from msgspec import Struct

from pdfbuilder.diagnostics import Location, nearest
from pdfbuilder.side import Relative, Side


class SidePhrase(Struct, frozen=True):
    """A placeholder.

    Attributes:
        relative: which of the two sides is meant.
        noun: the noun of the phrase, empty for the bare side word.
        form: the named form of the noun (`dat` in `{affected Bein/dat}`), usually empty.
        left: what to print for left, where the text spells both forms out; else empty.
        right: the same for right.
        raw: the placeholder as written, braces included.
    """

    relative: Relative
    noun: str = ""
    form: str = ""
    left: str = ""
    right: str = ""
    raw: str = ""


class Span(Struct, frozen=True):
    """A stretch of resolved text.

    Attributes:
        text: what is printed.
        relative: which side the stretch names, or None for all other text.
        side: that side as left or right, or None.
    """

    text: str
    relative: Relative | None = None
    side: Side | None = None


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The characters of a resolved text, without emphasis."""
    return "".join(span.text for span in text)


class Phrasebook(Protocol):
    """What resolving needs to know of a language."""

    def side_phrase(self, side: Side, noun: str, form: str) -> str:
        """The whole noun phrase for a side ('left knee'), or the bare side word if noun is empty.

        Raises:
            MissingPhrase: if the language cannot say it.
        """


class MissingPhrase(LookupError):
    """A language has no phrase for a noun and form."""

    def __init__(self, language: str, noun: str, form: str, hint: str) -> None:
        self.language, self.noun, self.form, self.hint = language, noun, form, hint
        what = f"'{noun}'" if noun else "the bare side word"
        super().__init__(f"{language} has no side phrase for {what}" + (f" in the form '{form}'" if form else ""))


class Wording(Struct, frozen=True, eq=False):
    """A parsed text: literal strings and side phrases in order.

    Attributes:
        parts: what it consists of.
        location: where it was written, for diagnostics; not part of its value.
    """

    parts: tuple[str | SidePhrase, ...]
    location: Location = Location("")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wording) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    @property
    def phrases(self) -> tuple[SidePhrase, ...]:
        """The placeholders, in order."""
        return tuple(part for part in self.parts if isinstance(part, SidePhrase))

    @property
    def literal(self) -> str:
        """The text between the placeholders, each of them replaced by one object-replacement character."""
        return "".join(part if isinstance(part, str) else "\ufffc" for part in self.parts)

    def resolve(self, affected: Side, phrasebook: Phrasebook) -> Text:
        """Put the words for one side in.

        Args:
            affected: what 'affected' means here; 'other' is the opposite.
            phrasebook: the language.

        Raises:
            MissingPhrase: for the first phrase that the language does not have.
        """
        return tuple(self._spans(affected, phrasebook))

    def missing(self, phrasebook: Phrasebook) -> Iterator[tuple[SidePhrase, MissingPhrase]]:
        """Every placeholder for which a language has no words on one side or the other."""
        for phrase in self.phrases:
            try:
                for side in Side:
                    _words(phrase, side, phrasebook)
            except MissingPhrase as missing:
                yield phrase, missing

    def _spans(self, affected: Side, phrasebook: Phrasebook) -> Iterator[Span]:
        before = ""
        for part in self.parts:
            if isinstance(part, str):
                yield Span(part)
                before += part
                continue
            side = affected if part.relative is Relative.AFFECTED else affected.other
            words = _words(part, side, phrasebook)
            if not part.left and _SENTENCE_START.search(before):
                words = words[0].upper() + words[1:]
            yield Span(words, part.relative, side)
            before += words


def _words(phrase: SidePhrase, side: Side, phrasebook: Phrasebook) -> str:
    if phrase.left:
        return phrase.left if side is Side.LEFT else phrase.right
    return phrasebook.side_phrase(side, phrase.noun, phrase.form)


#: Characters that reorder what the eye reads; on a sheet about left and right they have no business.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def tidy(text: str) -> str:
    """A text with its white space folded, in composed form (NFC)."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def unprintable(text: str) -> str:
    """The first character that cannot or must not be printed; empty if there is none."""
    for char in text:
        if char in _REORDERING or unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn"):
            return char
    return ""


def named(char: str) -> str:
    """A character that cannot be shown, by its number and name."""
    unnamed = "a control character" if unicodedata.category(char) == "Cc" else "a character without a name"
    return f"U+{ord(char):04X} ({unicodedata.name(char, unnamed).lower()})"


#: A looked-up phrase here starts a sentence, so it is capitalised: "{affected leg} up." → "Left leg up."
_SENTENCE_START: Final = re.compile(r"(^|[.!?…]\s+)[\"'“‘«(¿¡]*$")


class Misspelling(Struct, frozen=True):
    """Something in a text that is not of the grammar.

    Attributes:
        code: the diagnostic's code.
        message: what is wrong.
        hint: what to write.
        raw: the offending characters as written, to find them in the source.
        offset: where they start in the text.
    """

    code: str
    message: str
    hint: str
    raw: str
    offset: int


_HINT: Final = "write {affected knee}, {other knee}, {affected: left form | right form}, or {{ and }} for braces"
_TOKEN: Final = re.compile(r"\{\{|\}\}|\{|\}")
_KEYWORDS: Final = tuple(each.value for each in Relative)
_KEYWORD: Final = re.compile(rf"\s*({'|'.join(_KEYWORDS)})(?=[\s:|/]|$)", re.ASCII)


def parse(text: str) -> tuple[tuple[str | SidePhrase, ...], tuple[Misspelling, ...]]:
    """Read a text in the grammar of side words.

    Returns:
        The parts, and everything that is wrong with the text. If anything is, the parts are of no use.
    """
    parts: list[str | SidePhrase] = []
    wrong: list[Misspelling] = []
    literal: list[str] = []
    position = 0
    while token := _TOKEN.search(text, position):
        literal.append(text[position : token.start()])
        position = token.end()
        match token.group():
            case "{{":
                literal.append("{")
            case "}}":
                literal.append("}")
            case "}":
                wrong.append(Misspelling("brace", "a closing brace without an opening one", _HINT, "}", token.start()))
            case _:
                end = _end_of_placeholder(text, position)
                if end is None:
                    raw = text[token.start() : token.start() + 20]
                    raw = raw[: raw.find("{", 1)] if "{" in raw[1:] else raw
                    wrong.append(Misspelling("brace", "the brace is never closed", _HINT, raw, token.start()))
                    continue
                raw = text[token.start() : end + 1]
                found = _placeholder(raw)
                if isinstance(found, SidePhrase):
                    if any(literal):
                        parts.append("".join(literal))
                    literal = []
                    parts.append(found)
                else:
                    wrong.append(Misspelling("placeholder", found[0], found[1], raw, token.start()))
                position = end + 1
    literal.append(text[position:])
    if any(literal):
        parts.append("".join(literal))
    return tuple(parts), tuple(wrong)


def _end_of_placeholder(text: str, start: int) -> int | None:
    """Index of the brace that closes a placeholder; a second opening brace means it was forgotten."""
    for index in range(start, len(text)):
        if text[index] == "}":
            return index
        if text[index] == "{":
            return None
    return None


def _placeholder(raw: str) -> SidePhrase | tuple[str, str]:
    """A placeholder from its text with braces, or what is wrong with it and a hint."""
    inner = raw[1:-1]
    keyword = _KEYWORD.match(inner)
    if not keyword:
        word = inner.strip().split(maxsplit=1)[0] if inner.strip() else ""
        if word.casefold() in ("left", "right"):
            return (
                f"{raw} names a side: only affected and other may stand here",
                "write {affected …} or {other …}; the sheet puts left or right in",
            )
        if word.casefold() in _KEYWORDS:
            return (
                f"{raw}: affected and other are written small",
                f"write {raw.replace(word, word.lower(), 1)}",
            )
        return f"expected {{affected …}} or {{other …}}, got {raw}", nearest(word, _KEYWORDS) or _HINT
    relative = Relative(keyword.group(1))
    rest = inner[keyword.end() :].strip()
    if rest.startswith(":"):
        forms = [form.strip() for form in rest[1:].split("|")]
        if len(forms) != 2 or not all(forms):
            return (
                f"expected two forms, for left and for right, in {raw}",
                f"write {{{relative.value}: left form | right form}}",
            )
        if forms[0].casefold() == forms[1].casefold():
            return (
                f"the forms for left and for right are the same in {raw}",
                "write two forms that differ, or leave the braces out",
            )
        return SidePhrase(relative, left=forms[0], right=forms[1], raw=raw)
    noun, slash, form = (piece.strip() for piece in rest.partition("/"))
    noun = " ".join(noun.split())
    if slash and not (noun and form):
        return (
            f"expected a noun and a form around the slash in {raw}",
            f"write {{{relative.value} noun/form}}",
        )
    if "|" in rest:
        return (
            f"expected a colon before the forms in {raw}",
            f"write {{{relative.value}: left form | right form}}",
        )
    if ":" in rest:
        return (
            f"expected either a noun or two forms in {raw}",
            f"write {{{relative.value} noun}} or {{{relative.value}: left form | right form}}",
        )
    return SidePhrase(relative, noun, form, raw=raw)
