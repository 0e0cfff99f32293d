"""Whose sheet it is: all that is one person's and not their plan's, in one value."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Annotated

from msgspec import Struct

from pdfbuilder.domain.wording import Wording

#: The longest id; in characters.
LONGEST_ID = 64
#: Longer than any name or number, and than a word to a person should be; in characters.
LONGEST_LINE = 120
LONGEST_NOTE = 600
#: More restrictions, or more advice, than this nobody keeps in mind; each at most a line long.
MOST_LINES = 8


class Person(Struct, frozen=True):
    """Whom a sheet is for, as far as it is known.

    The fields are also columns of a roster, with these descriptions.
    """

    name: Annotated[str, "Printed on every page; a line to write on if left out."] = ""
    date: Annotated[datetime.date | None, "The plan's date; a line to write on if left out."] = None
    therapist: Annotated[str, "Who made the plan; printed beside the date."] = ""
    next_visit: Annotated[
        datetime.datetime | datetime.date | None, "When to come again: a day, and perhaps a time, 2026-12-03 10:30."
    ] = None
    note: Annotated[Wording | None, "A word to the person; it may say {affected knee}, as instructions do."] = None
    restrictions: Annotated[
        tuple[Wording, ...], "What this person must not do, besides what the routine says; each on a line."
    ] = ()
    advice: Annotated[tuple[Wording, ...], "What this person is to do, besides the exercises; likewise."] = ()


def addressed(name: str, honorifics: Collection[str]) -> str:
    """What to call somebody in a heading: 'Ann' for Ann Smith, but the whole name of Mrs Smith, A. Smith or Smith, Ann.

    Args:
        name: whole, as it was given; may be empty.
        honorifics: titles, after which no first name has to follow, without their full stops.
    """
    first, *others = name.split() or [""]
    is_first_name = first.rstrip(".") not in honorifics and len(first) > 1 and first[-1] not in ".,"
    return first if is_first_name and others else name
