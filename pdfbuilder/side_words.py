"""Sides that a text names by itself: 'your left knee' stays the left knee on a sheet for the right side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
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
    """The sides that a text names by itself, in order.

    Args:
        text: without placeholders.
        language: has the words, and the phrases in which they mean no side ('a right angle').
    """
    pattern = _pattern(
        tuple((language.words_for(side).bare, _phrases(language, side)) for side in Side),
        tuple(sorted(language.body_words)),
        language.no_side,
    )
    return tuple(
        NamedSide(found.group(), Side(side), kind == _OF_BODY)
        for found in pattern.finditer(text)
        for side, _, kind in [(found.lastgroup or "").partition("_")]
        if side
    )


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


def _phrases(language: Language, side: Side) -> tuple[str, ...]:
    index = tuple(Side).index(side)
    return tuple(sorted({pair[index] for pair in language.phrases.values()}))


@lru_cache(maxsize=16)
def _pattern(
    sides: tuple[tuple[str, tuple[str, ...]], ...], nouns: tuple[str, ...], no_side: tuple[str, ...]
) -> re.Pattern[str]:
    """Whatever means no side goes first, then the longer of what does."""
    kinds = [_any_of(no_side)]
    named = list(zip(Side, sides, strict=True))
    for side, (word, phrases) in named:
        whole = [_any_of(phrases)] if phrases else []
        whole += [rf"{re.escape(word)}[ -]{_any_of(nouns)}"] if word and nouns else []
        kinds += [f"(?P<{side.value}_{_OF_BODY}>{'|'.join(whole)})"] if whole else []
    kinds += [f"(?P<{side.value}_bare>{re.escape(word)})" for side, (word, _) in named if word]
    return re.compile(rf"\b(?:{'|'.join(kinds)})\b", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; for none, one that nothing has."""
    return f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})"
