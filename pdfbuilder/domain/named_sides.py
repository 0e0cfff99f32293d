"""Sides that a text names by itself: 'your left knee' stays the left knee on a sheet for the right side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic
from pdfbuilder.domain.language import Language, Naming
from pdfbuilder.domain.side import Side
from pdfbuilder.domain.wording import SidePhrase, Wording


class NamedSide(Struct, frozen=True):
    """A side that a text names without a placeholder.

    Attributes:
        text: the words, as they are written.
        side: which side they name.
        of_body: whether they are a part of the body ('left knee'); a bare 'left' may be meant otherwise.
    """

    text: str
    side: Side
    of_body: bool


def named_sides(text: str, language: Language) -> tuple[NamedSide, ...]:
    """The sides that a text names by itself, in order; those that it names as a pair, 'left and right', left out.

    Args:
        text: without placeholders.
        language: has the words, and the phrases in which they mean no side ('a right angle').
    """
    # To a pattern an underscore is a letter: '_left_', as in Markdown, would be a word of its own.
    words = re.sub(rf"({_LINK})|_", lambda each: each[1] or " ", text) if "_" in text else text
    # Most texts have no word of a side; and to make the other pattern is a tenth of a cold start.
    if not _any_word(language.naming).search(words):
        return ()
    found = [each for each in _pattern(language.naming).finditer(words) if each.lastgroup]
    paired: set[int] = set()
    for index, (one, other) in enumerate(pairwise(found)):
        between = words[one.end() : other.start()]
        if _side(one) is not _side(other) and not _is_of_body(one) and _is_pair(between, language):
            paired |= {index, index + 1}
    return tuple(
        NamedSide(text[each.start() : each.end()], _side(each), _is_of_body(each))
        for index, each in enumerate(found)
        if index not in paired
    )


def _side(found: re.Match[str]) -> Side:
    return Side((found.lastgroup or "").partition("_")[0])


def _is_of_body(found: re.Match[str]) -> bool:
    return (found.lastgroup or "").endswith(_OF_BODY)


def _is_pair(between: str, language: Language) -> bool:
    """Whether a text between two sides joins them: 'left, then right', 'left and right knee'; not 'right on left'."""
    joining = " ".join(between.strip().removeprefix(",").split()).casefold()
    return joining in _JOINING_SIGNS or joining in language.pairing


def misnamed(wording: Wording, language: Language) -> Iterator[Diagnostic]:
    """What is wrong with placeholders that name a side by themselves: '{affected right leg}', or swapped forms.

    Args:
        wording: a text.
        language: what it is written in.
    """
    for phrase in wording.phrases:
        where = wording.location.narrowed(phrase.raw)
        if found := _named_in_braces(phrase.noun, language):
            message = f"{phrase.raw} names a side: '{found[0].text.strip('()')}' would stay as it is on every sheet"
            hint = f"write {{{phrase.relative.value} …}} without it; the sheet puts left or right in"
            yield Diagnostic("side-in-placeholder", message, where, hint=hint)
        for side, form in ((Side.LEFT, phrase.left), (Side.RIGHT, phrase.right)):
            named = _named_in_braces(form, language)
            if named and all(each.side is not side for each in named):
                message = f"the form for {side.value} in {phrase.raw} says '{named[0].text.strip('()')}'"
                hint = f"the form for left comes first: {{{phrase.relative.value}: left form | right form}}"
                yield Diagnostic("forms-swapped", message, where, hint=hint)
                break


def _named_in_braces(words: str, language: Language) -> tuple[NamedSide, ...]:
    """The sides that words of a placeholder name, where a letter alone, as in '{affected: R | L}', is one."""
    return named_sides(words, language) or named_sides(f"({words})", language)


def whole_side(steps: Iterable[Wording], language: Language) -> tuple[Wording, SidePhrase] | None:
    """The first step that names all of a side: 'lie on your {other side}'; None if none does.

    After such a step the language's own sentence for the second side would be false: 'Do it again on your right side',
    says whoever lies on it.
    """
    for step in steps:
        for part, following in zip(step.parts, (*step.parts[1:], ""), strict=True):
            if isinstance(part, SidePhrase):
                # Also where the word stands behind the brace, or in both forms: 'on your {other} side'.
                behind = "" if part.noun or not isinstance(following, str) else following
                last = part.noun or part.left.rpartition(" ")[2]
                if {last.casefold(), *re.findall(r"^\s*(\w+)", behind.casefold())} & language.whole_sides:
                    return step, part
    return None


def missing_then(step: Wording, phrase: SidePhrase) -> Diagnostic:
    """What to say of a step after which the language's own sentence for the second side would be false."""
    message = f"{phrase.raw} is all of a side: the sheet cannot say by itself how to change to the second side after it"
    where = step.location.narrowed(phrase.raw)
    return Diagnostic(
        "missing-then", message, where, "then", 'add then: "Turn over. Do the same with your {other leg}."'
    )


_OF_BODY: Final = "body"
#: Behind an initial: no name follows.
_NO_NAME: Final = r"(?!\.\s*(?-i:[A-Z]))"
_JOINING_SIGNS: Final = ("/", "&", "+", "-")
#: Where a link or an address leads is nobody's side.
_LINK: Final = r"(?:https?://|www\.)\S+|\S+@\S+\.\w+"


@lru_cache(maxsize=16)
def _any_word(naming: Naming) -> re.Pattern[str]:
    """A word of a side: all that `_pattern` takes for one has such a word."""
    words = {word for names in naming.sides for word in (*names.words, *names.phrases)}
    short = _any_of((each for names in naming.sides for each in names.short), one_letter_as_written=True)
    return re.compile(rf"{_any_of(words)}|\b{short}\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _pattern(naming: Naming) -> re.Pattern[str]:
    """What names a side: whatever means none goes first, then the longer of what does."""
    noun, ending = _any_of(naming.body_words), _any_of(naming.joined)
    as_written = [each for each in naming.no_side if each != each.casefold()]
    telling = {word for names in naming.sides for word in names.words}
    last = [each for each in naming.no_side if each.split()[-1] in telling]
    not_after = "".join(rf"(?<!\b{re.escape(each)}\s)" for each in naming.side_follows)
    kinds = [
        _LINK,
        rf"\b(?-i:{_any_of(as_written)})\b",
        # After 'pain left inner thigh' and 'was left-sided' it was on the left.
        rf"\b{_any_of(last)}\b(?![\s-]+(?:\w+[\s-]+)?(?:{noun}|{ending})\b)",
        rf"\b{_any_of(set(naming.no_side) - {*as_written, *last})}\b",
        rf"\b{not_after}{_any_of(naming.adverbs)}\b",
    ]
    for side, names in zip(Side, naming.sides, strict=True):
        word, short = _any_of(names.words), _any_of(names.short, one_letter_as_written=True)
        longer = [
            rf"\b{_any_of(names.phrases)}\b",
            rf"\b{word}[\s-]?(?:{noun}|{ending})\b",
            # 'R inner thigh'; but 'R. Jones, back on Monday' is a name.
            rf"\b{short}\b(?:\.\s*|[\s–—-]+)(?:(?-i:(?![A-Z])\w+)[\s-]+)?{noun}\b",
            rf"[(\[]\s*{short}\b\.?\s*[)\]]",
            # 'Bend knee R', 'hip, L'
            rf"\b{noun}\s*[,:–—-]?\s*{short}\b{_NO_NAME}",
        ]
        kinds.append(f"(?P<{side.value}_{_OF_BODY}>{'|'.join(longer)})")
    for side, names in zip(Side, naming.sides, strict=True):
        short = _any_of((each for each in names.short if len(each) > 1 or each.isupper()), one_letter_as_written=True)
        # 'Start with R.'; but 'R. Jones' is a name, and so is 'T. R. Jones'.
        bare = rf"(?<![\w'’][.'’-])(?<!\b[A-Z]\.\s)\b{short}\b(?![-'’–]?\w){_NO_NAME}"
        kinds.append(rf"(?P<{side.value}_bare>\b{_any_of(names.words)}\b|{bare})")
    return re.compile("|".join(kinds), re.IGNORECASE)


def _any_of(words: Iterable[str], *, one_letter_as_written: bool = False) -> str:
    """A pattern for any of some words, with spaces of any kind in them; for none, one that nothing has."""
    patterns = []
    for word in sorted(words, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, word.split()))
        patterns.append(f"(?-i:{pattern})" if one_letter_as_written and len(word) == 1 else pattern)
    return f"(?:{'|'.join(patterns) or '(?!)'})"
