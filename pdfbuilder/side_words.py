"""Sides that a text names by itself: 'your left knee' stays the left knee on a sheet for the right side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic
from pdfbuilder.language import Language
from pdfbuilder.side import Side
from pdfbuilder.wording import Wording


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
    pattern = _pattern(
        tuple(tuple(sorted(words)) for words in language.telling),
        tuple(tuple(sorted({pair[index] for pair in language.phrases.values()})) for index in range(2)),
        tuple(sorted(language.body_words)),
        language.no_side,
    )
    found = [each for each in pattern.finditer(text) if each.lastgroup]
    paired: set[int] = set()
    for index, (one, other) in enumerate(pairwise(found)):
        if _side(one) is not _side(other) and not _is_of_body(one) and _is_pair(text[one.end() : other.start()]):
            paired |= {index, index + 1}
    return tuple(
        NamedSide(each.group(), _side(each), _is_of_body(each))
        for index, each in enumerate(found)
        if index not in paired
    )


def _side(found: re.Match[str]) -> Side:
    return Side((found.lastgroup or "").partition("_")[0])


def _is_of_body(found: re.Match[str]) -> bool:
    return (found.lastgroup or "").endswith(_OF_BODY)


def _is_pair(between: str) -> bool:
    """Whether two sides with a text between them are named together: 'left, then right', 'left and right knee'."""
    return len(re.findall(r"\w+", between)) <= 1 and not _SENTENCE_END.search(between)


def misnamed(wording: Wording, language: Language) -> Iterator[Diagnostic]:
    """What is wrong with placeholders that name a side by themselves: '{affected right leg}', or swapped forms.

    Args:
        wording: a text.
        language: what it is written in.
    """
    for phrase in wording.phrases:
        where = wording.location.narrowed(phrase.raw)
        if found := named_sides(phrase.noun, language):
            message = f"{phrase.raw} names a side: '{found[0].text}' would stay as it is on every sheet"
            hint = f"write {{{phrase.relative.value} …}} without it; the sheet puts left or right in"
            yield Diagnostic("side-in-placeholder", message, where, hint=hint)
        for side, form in ((Side.LEFT, phrase.left), (Side.RIGHT, phrase.right)):
            named = named_sides(form, language)
            if named and all(each.side is not side for each in named):
                message = f"the form for {side.value} in {phrase.raw} says '{named[0].text}'"
                hint = f"the form for left comes first: {{{phrase.relative.value}: left form | right form}}"
                yield Diagnostic("forms-swapped", message, where, hint=hint)
                break


_OF_BODY: Final = "body"
_SENTENCE_END: Final = re.compile(r"[.!?;]")


@lru_cache(maxsize=16)
def _pattern(
    telling: tuple[tuple[str, ...], ...], phrases: tuple[tuple[str, ...], ...], nouns: tuple[str, ...],
    no_side: tuple[str, ...],
) -> re.Pattern[str]:  # fmt: skip
    """Whatever means no side goes first, then the longer of what does."""
    kinds = [_any_of(no_side)]
    for side, words, whole in zip(Side, telling, phrases, strict=True):
        longer = [_any_of(whole), *([rf"{_any_of(words)}[ -]{_any_of(nouns)}"] if nouns else [])]
        kinds.append(f"(?P<{side.value}_{_OF_BODY}>{'|'.join(longer)})")
    kinds += [f"(?P<{side.value}_bare>{_any_of(words)})" for side, words in zip(Side, telling, strict=True)]
    return re.compile(rf"\b(?:{'|'.join(kinds)})\b", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; for none, one that nothing has."""
    return f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})"
