"""The kinds of value that every kind of file has: texts, days, and one of a few words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from pdfbuilder.diagnostics import nearest, quoted
from pdfbuilder.domain.declare import Fault, Unfit, wrong
from pdfbuilder.domain.wording import Part, SidePhrase, Wording, named, parse, plain, tidy, unprintable

Meaning = TypeVar("Meaning")

#: The longest text in characters; the longest that ships has 224.
LONGEST_TEXT: Final = 5_000
#: So many slips in the braces of one text are said; after these it is not looked at any further.
_MOST_SLIPS: Final = 10


def choice(value: object, known: Mapping[str, Meaning], key: str) -> Meaning:
    """One of a few words."""
    if isinstance(value, str) and (found := known.get(value.strip().casefold())):
        return found
    if "left" in known:  # a side is never suggested
        hint = "write one of these words"
    else:
        near = nearest(value, known) if isinstance(value, str) else ""
        hint = near or f"for example {key}: {next(iter(known))}" if key else f"for example {next(iter(known))}"
    raise wrong("choice", f"one of {', '.join(known)}", value, hint)


def words_schema(words: Iterable[str], short: Iterable[str] = ()) -> dict[str, Any]:
    """What a JSON Schema says of some words, for an editor to complete; in whatever case, or short, they are right."""
    shown = list(words)
    either = "|".join("".join(f"[{char}{char.upper()}]" if char.isalpha() else char for char in word)
                      for word in (*shown, *short))  # fmt: skip
    return {"anyOf": [{"enum": shown}, {"type": "string", "pattern": rf"^\s*({either})\s*$"}]}


def text(value: object) -> str:
    """A text with its white space folded, in composed form (NFC)."""
    if not isinstance(value, str):
        hint = "put it into quotes" if isinstance(value, bool | int | float) else "write a text in quotes"
        raise wrong("text", "a text", value, hint)
    if len(value) > LONGEST_TEXT:
        message = f"expected at most {LONGEST_TEXT:,} characters, got {len(value):,}"
        raise Unfit(Fault("text-length", message, "say it shorter"))
    tidied = tidy(value)
    if not tidied:
        raise wrong("text", "a text", value, "write something, or delete the line")
    if char := unprintable(tidied):
        hint = "delete it: it cannot be seen, but it is there"
        raise wrong("character", "printable characters", named(char), hint, raw=char)
    return tidied


def parts(most: int, value: object) -> tuple[Part, ...]:
    """A text in the grammar of side words, parsed."""
    checked = text(value)
    found, misspelled = parse(checked)
    if misspelled:
        raise Unfit(
            *(
                Fault(
                    each.code,
                    each.message.replace(each.raw, quoted(each.raw)),
                    each.hint,
                    each.raw,
                    checked.count(each.raw, 0, each.offset),
                )
                for each in misspelled[:_MOST_SLIPS]
            )
        )
    _refuse_longer(checked, most)
    return found


def unsided(value: object) -> str:
    """A text in which no side can be named, because it belongs to no exercise; as it is printed."""
    return plain(Wording(unsided_parts(value)).unsided)


def unsided_parts(value: object, most: int = LONGEST_TEXT) -> tuple[Part, ...]:
    """Such a text, parsed."""
    found = parts(LONGEST_TEXT, value)
    for part in found:
        if isinstance(part, SidePhrase):
            hint = "say it without naming a side"
            raise wrong("no-side", "a text in which no side is meant", part.raw, hint, raw=part.raw)
    _refuse_longer(plain(Wording(found).unsided), most)
    return found


def line(most: int, value: object) -> str:
    """A text no longer than that."""
    checked = text(value)
    _refuse_longer(checked, most)
    return checked


def _refuse_longer(text: str, most: int) -> None:
    if len(text) > most:
        raise wrong("text-length", f"at most {most} characters", f"{text[:20]}…", "say it shorter")


def date(value: object) -> datetime.date:
    """A day as YYYY-MM-DD (ISO 8601)."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip(), re.ASCII):
        try:
            return datetime.date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise wrong("date", "a day as YYYY-MM-DD", value, "write it like 2026-11-21")
