"""Whose sheet it is: all that is one person's and not their plan's, in one value."""

from __future__ import annotations

import datetime
from typing import Annotated

from msgspec import Struct

from pdfbuilder.domain.wording import Wording

#: Longer than any name or number, and than a word to a person should be; in characters.
LONGEST_LINE = 120
LONGEST_NOTE = 600


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
