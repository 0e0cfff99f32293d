"""What to print, for whom, and how: an order, from the words that people write."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

from pdfbuilder.diagnostics import Location, Problems, nearest
from pdfbuilder.side import AffectedSide
from pdfbuilder.template import Orientation, Paper, TickRule
from pdfbuilder.wording import tidy, unprintable

Choice = TypeVar("Choice", bound=Enum)

#: Longer than any name or number.
_LONGEST_NAME: Final = 120
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Order:
    """One handout to be made.

    Attributes:
        routine: id or path of the routine, or `-` for standard input.
        side: the affected side; None if the routine names it.
        name: printed on every page; empty leaves a line to write on.
        date: the plan's date; None leaves a line to write on.
        template: id or path of the template.
        language: code, language tag or path of the language.
        paper: instead of the template's own.
        orientation: instead of the template's own.
        tick: what a box stands for, instead of the template's own.
        safety: whether to print the safety block.
        emergency_number: instead of the language's own; empty for that.
        fillable: whether the boxes can be ticked on a screen.
    """

    routine: str
    side: AffectedSide | None = None
    name: str = ""
    date: datetime.date | None = None
    template: str = "handout"
    language: str = "en"
    paper: Paper | None = None
    orientation: Orientation | None = None
    tick: TickRule | None = None
    safety: bool = True
    emergency_number: str = ""
    fillable: bool = False


class OrderWords:
    """Reads the words of an order and collects what is wrong with them.

    Args:
        called: what the user calls a field: `--side` on a command line.
    """

    def __init__(self, called: Callable[[str], str]) -> None:
        self.problems = Problems()
        self._called = called

    def side(self, text: str | None) -> AffectedSide | None:
        """`left`, `right` or `both`, as people write them; None stays None."""
        if text is None:
            return None
        try:
            return AffectedSide.parse(text)
        except ValueError:
            self._wrong("side", "left, right or both", text, nearest(text, [side.value for side in AffectedSide]))
            return None

    def choice(self, field: str, text: str | None, kind: type[Choice]) -> Choice | None:
        """One of a few words; None stays None."""
        if text is None:
            return None
        words = {each.value: each for each in kind}
        found = words.get(text.strip().casefold())
        if found is None:
            self._wrong(field, f"one of {', '.join(words)}", text, nearest(text, words))
        return found

    def date(self, text: str | None) -> datetime.date | None:
        """A day as YYYY-MM-DD; None stays None."""
        if text is None:
            return None
        try:
            if _DATE.fullmatch(text.strip()):
                return datetime.date.fromisoformat(text.strip())
        except ValueError:
            pass
        self._wrong("date", "a day as YYYY-MM-DD", text, "write it like 2026-11-21")
        return None

    def line(self, field: str, text: str) -> str:
        """A short text with its white space folded."""
        tidied = tidy(text)
        if char := unprintable(tidied):
            self._wrong(field, "printable characters", char, "delete it")
        elif len(tidied) > _LONGEST_NAME:
            self._wrong(field, f"at most {_LONGEST_NAME} characters", f"{len(tidied)}", "shorten it")
        return tidied

    def _wrong(self, field: str, expected: str, got: str, hint: str) -> None:
        message = f'expected {expected}, got "{got}"'
        where = Location(self._called(field))
        self.problems.error(field.replace("_", "-"), message, where, hint=hint or f"expected is {expected}")
