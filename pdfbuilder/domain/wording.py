"""Instructions that name a side without knowing it: the grammar of side words.

    "Hold your {affected ankle} and pull it towards your chest."
    "Keep your {other leg} flat on the floor."
    "Turn to the {other}."
    "Rest your {affected: linke | rechte} Hand auf dem Knie."
    "Hebe {affected Bein/acc}."
    "Ask a helper to put their {literal: left hand} on it."
    "{{" and "}}" print a brace

`parse` turns such a text into a `Wording`; `Wording.resolve` turns that into spans of plain text for one side
and one language. A span cannot hold a placeholder: what comes out is text.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.side import Relative, Side


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


class Literal(Struct, frozen=True):
    """Words that are meant as they stand, whatever the side: a helper's left hand.

    Attributes:
        text: the words.
        raw: as written, braces included.
    """

    text: str
    raw: str = ""


Part = str | SidePhrase | Literal


class Span(Struct, frozen=True):
    """A stretch of resolved text.

    Attributes:
        text: what is printed.
        relative: which side the stretch names, or None for all other text.
        side: that side as left or right, or None.
        literal: whether it is meant as it stands: it is no part of what mirrors when the sides change places.
    """

    text: str
    relative: Relative | None = None
    side: Side | None = None
    literal: bool = False


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

    def either_phrase(self, phrase: SidePhrase) -> str:
        """A phrase for whichever side it is the turn of: 'left or right knee'.

        Raises:
            MissingPhrase: if the language cannot say it.
        """

    def begins_sentence(self, before: str) -> bool:
        """Whether what comes after a text begins a sentence."""


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

    parts: tuple[Part, ...]
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
    def seen_from_the_other_side(self) -> Wording:
        """The same text with the affected side where the other one was, and the other way round."""
        return structs.replace(
            self,
            parts=tuple(
                structs.replace(part, relative=part.relative.opposite) if isinstance(part, SidePhrase) else part
                for part in self.parts
            ),
        )

    @property
    def own_words(self) -> str:
        """The text between the placeholders, each of them replaced by one object-replacement character."""
        return "".join(part if isinstance(part, str) else "\ufffc" for part in self.parts)

    @property
    def unsided(self) -> Text:
        """The text where no side is known; of placeholders for one nothing is left."""
        return tuple(
            Span(part.text, literal=True) if isinstance(part, Literal) else Span(part)
            for part in self.parts
            if not isinstance(part, SidePhrase)
        )

    def resolve(self, affected: Side, phrasebook: Phrasebook) -> Text:
        """Put the words for one side in.

        Args:
            affected: what 'affected' means here; 'other' is the opposite.
            phrasebook: the language.

        Raises:
            MissingPhrase: for the first phrase that the language does not have.
        """

        def words(phrase: SidePhrase) -> Span:
            side = affected if phrase.relative is Relative.AFFECTED else affected.other
            return Span(_words(phrase, side, phrasebook), phrase.relative, side)

        return tuple(self._spans(words, phrasebook))

    def resolve_for_either(self, phrasebook: Phrasebook) -> Text:
        """Put words in that are true of both sides, one after the other: 'left or right knee'.

        Args:
            phrasebook: the language.

        Raises:
            MissingPhrase: for the first phrase that the language does not have.
        """
        return tuple(self._spans(lambda phrase: Span(phrasebook.either_phrase(phrase)), phrasebook))

    def missing(self, phrasebook: Phrasebook) -> Iterator[tuple[SidePhrase, MissingPhrase]]:
        """Every placeholder for which a language has no words on one side or the other."""
        for phrase in self.phrases:
            try:
                for side in Side:
                    _words(phrase, side, phrasebook)
            except MissingPhrase as missing:
                yield phrase, missing

    def _spans(self, words: Callable[[SidePhrase], Span], phrasebook: Phrasebook) -> Iterator[Span]:
        before = ""
        for part in self.parts:
            if isinstance(part, str):
                span = Span(part)
            elif isinstance(part, Literal):
                span = Span(part.text, literal=True)
            else:
                span = words(part)
                if not part.left and phrasebook.begins_sentence(before):
                    span = structs.replace(span, text=span.text[0].upper() + span.text[1:])
            yield span
            before += span.text


def _words(phrase: SidePhrase, side: Side, phrasebook: Phrasebook) -> str:
    if phrase.left:
        return phrase.left if side is Side.LEFT else phrase.right
    return phrasebook.side_phrase(side, phrase.noun, phrase.form)


#: Characters that reorder what the eye reads; on a sheet about left and right they have no business.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


#: What word processors put into a text, and what is meant by it. What cannot be seen would hide a side: 'le\xadft'.
_TYPOGRAPHIC: Final = str.maketrans(
    {
        "\u2010": "-",  # hyphen
        "\u2011": "-",  # non-breaking hyphen
        "\u2032": "’",  # prime
        "\u2033": "”",  # double prime
        **dict.fromkeys("\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"),  # soft hyphen, joiners, variants
    }
)


def tidy(text: str) -> str:
    """A text with its white space folded, without what cannot be seen, in composed form (NFC)."""
    return unicodedata.normalize("NFC", " ".join(text.translate(_TYPOGRAPHIC).split()))


def unprintable(text: str) -> str:
    """The first character that cannot or must not be printed; empty if there is none."""
    if text.isprintable():  # what nearly every text is; one by one they are a tenth of what it takes to read a file
        return ""
    for char in text:
        if char in _REORDERING or unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn"):
            return char
    return ""


def named(char: str) -> str:
    """A character that cannot be shown, by its number and name."""
    unnamed = "a control character" if unicodedata.category(char) == "Cc" else "a character without a name"
    return f"U+{ord(char):04X} ({unicodedata.name(char, unnamed).lower()})"


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


_HINT: Final = (
    "write {affected knee}, {other knee}, {affected: left form | right form}, {literal: …} for what is meant as it "
    "stands, or {{ and }} for braces"
)
_TOKEN: Final = re.compile(r"\{\{|\}\}|\{|\}")
_KEYWORDS: Final = tuple(each.value for each in Relative)
_KEYWORD: Final = re.compile(rf"\s*({'|'.join(_KEYWORDS)})(?=[\s:|/]|$)", re.ASCII)
_LITERAL: Final = re.compile(r"\s*literal\s*:(.*)", re.DOTALL)
#: What people call the two sides. A hint that took the nearest word would turn one into the other: 'unaffected'.
_CALLED: Final = {
    Relative.AFFECTED: ("bad", "sore", "painful", "operated", "involved", "injured", "surgical"),
    Relative.OTHER: (
        "good", "opposite", "sound", "healthy", "contralateral",
        *("unaffected", "uninvolved", "uninjured", "unoperated"),
        *("nonaffected", "noninvolved", "noninjured", "nonoperated", "nonsurgical"),
    ),
}  # fmt: skip
#: So like one of the keywords that it can only be a slip of the finger; 'outer' is not so like 'other'.
_SLIP: Final = 0.85


def parse(text: str) -> tuple[tuple[Part, ...], tuple[Misspelling, ...]]:
    """Read a text in the grammar of side words.

    Returns:
        The parts, and everything that is wrong with the text. If anything is, the parts are of no use.
    """
    parts: list[Part] = []
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
                if isinstance(found, SidePhrase | Literal):
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


def _placeholder(raw: str) -> SidePhrase | Literal | tuple[str, str]:
    """A placeholder from its text with braces, or what is wrong with it and a hint."""
    inner = raw[1:-1]
    if literal := _LITERAL.fullmatch(inner):
        words = literal.group(1).strip()
        return Literal(words, raw) if words else (f"expected words after the colon in {raw}", _HINT)
    keyword = _KEYWORD.match(inner)
    if not keyword:
        return _no_keyword(raw, inner)
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


def _no_keyword(raw: str, inner: str) -> tuple[str, str]:
    """What is wrong with braces that begin with none of the keywords, and a hint that never takes one side for one."""
    expected = f"expected {{affected …}}, {{other …}} or {{literal: …}}, got {raw}"
    word, _, rest = inner.strip().partition(" ")
    folded = word.casefold()
    if not folded:
        return expected, _HINT
    if folded in ("left", "right"):
        return (
            f"{raw} names a side: only affected and other may stand here",
            "write {affected …} or {other …}; the sheet puts left or right in",
        )
    if folded == "literal":
        return expected, "write a colon after it: {literal: …}"
    if folded in _KEYWORDS:
        return f"{raw}: affected and other are written small", f"write {raw.replace(word, folded, 1)}"
    for relative, names in _CALLED.items():
        if folded.replace("-", "") in names:
            return expected, f"write {{{f'{relative.value} {rest.strip()}'.strip()}}}"
    if folded == "both":
        return expected, f"write {inner.strip()}, without braces"
    for keyword in _KEYWORDS:
        if folded.startswith(f"{keyword}-"):
            joined = inner.strip()[len(keyword) + 1 :]
            return expected, f"write {{{keyword} {joined}}}, or {{{keyword}}}-{joined}"
        near = folded[0] == keyword[0] and difflib.get_close_matches(folded, [keyword], cutoff=_SLIP)
        if near or folded.startswith(keyword):
            return expected, f"did you mean {keyword}?"
    return expected, _HINT
