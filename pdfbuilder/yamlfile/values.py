"""The two kinds of value that every kind of file has: a text, and one of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from pdfbuilder.diagnostics import nearest
from pdfbuilder.domain import wording
from pdfbuilder.domain.declare import Fault, Unfit, wrong

Choice = TypeVar("Choice")

#: The longest text in characters; the longest that ships has 224.
LONGEST_TEXT: Final = 5_000


def choice(value: object, known: Mapping[str, Choice], key: str) -> Choice:
    """One of a few words."""
    if isinstance(value, str) and (found := known.get(value.strip().casefold())):
        return found
    if "left" in known:  # a side is never suggested
        hint = "write one of these words"
    else:
        near = nearest(value, known) if isinstance(value, str) else ""
        hint = near or f"write {key}: {next(iter(known))}".removeprefix("write : ")
    raise wrong("choice", f"one of {', '.join(known)}", value, hint)


def text(value: object) -> str:
    """A text with its white space folded, in composed form (NFC)."""
    if not isinstance(value, str):
        hint = "put it into quotes" if isinstance(value, bool | int | float) else "write a text in quotes"
        raise wrong("text", "a text", value, hint)
    if len(value) > LONGEST_TEXT:
        message = f"expected at most {LONGEST_TEXT:,} characters, got {len(value):,}"
        raise Unfit(Fault("text-length", message, "say it shorter"))
    tidied = wording.tidy(value)
    if not tidied:
        raise wrong("text", "a text", value, "write something, or delete the line")
    if char := wording.unprintable(tidied):
        hint = "delete it: it cannot be seen, but it is there"
        raise wrong("character", "printable characters", wording.named(char), hint, raw=char)
    return tidied
