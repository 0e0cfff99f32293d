"""What to print, for whom, and how: an order, from the words that people write."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final, TypedDict, TypeVar, Unpack

from msgspec import Struct, structs

from pdfbuilder.diagnostics import InvalidInput, Problems, nearest
from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.person import LONGEST_LINE, LONGEST_NOTE, Person
from pdfbuilder.domain.places import ITSELF, Places, said
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Orientation, Paper, TickRule
from pdfbuilder.domain.wording import Wording, named, parse, tidy, unprintable

Member = TypeVar("Member", bound=Enum)

#: A date outside is a slip, and a diary of a year must not run off the calendar.
_YEARS: Final = range(1900, 2200)
_DATE: Final = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", re.ASCII)
#: The parts of a day, as they are shown and as they are read.
_PARTS: Final = {"d": "DD", "m": "MM", "y": "YYYY"}
_DIGITS: Final = {"d": "[0-9]{1,2}", "m": "[0-9]{1,2}", "y": "[0-9]{4}"}


class DateOrder(Enum):
    """In which order the parts of a day are written: 04/11/2026 is two days."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"

    @property
    def shown(self) -> str:
        """The order for people: DD/MM/YYYY."""
        return "/".join(_PARTS[part] for part in self.value)

    def parts(self, text: str) -> re.Match[str] | None:
        """The parts of a day in this order, with the same separator between them, by d, m and y."""
        one, two, three = (f"(?P<{part}>{_DIGITS[part]})" for part in self.value)
        return re.fullmatch(rf"{one}(?P<separator>[/.-]){two}(?P=separator){three}", text, re.ASCII)


class Order(Struct, frozen=True):
    """One handout to be made.

    Attributes:
        routine: id or path of the routine, or `-` for standard input.
        side: the affected side; None if the routine names it.
        person: whose it is.
        doses: what this person does otherwise than the routine says.
        template: id or path of the template.
        language: code, language tag or path of the language.
        paper: instead of the template's own.
        orientation: instead of the template's own.
        tick: what a box stands for, instead of the template's own.
        safety: ids or paths of safety blocks instead of the routine's, `none` for none; None for the routine's own.
        emergency_number: instead of the language's own; empty for that.
        urgent_number: the same, for what can wait for an hour or two.
        fillable: whether the boxes can be ticked on a screen.
        places: where all this was said.
    """

    routine: str
    side: AffectedSide | None = None
    person: Person = Person()
    doses: tuple[DoseChange, ...] = ()
    template: str = "handout"
    language: str = "en"
    paper: Paper | None = None
    orientation: Orientation | None = None
    tick: TickRule | None = None
    safety: tuple[str, ...] | None = None
    emergency_number: str = ""
    urgent_number: str = ""
    fillable: bool = False
    places: Places = ITSELF

    @property
    def for_anyone(self) -> Order:
        """The order without what is one person's alone: the same for all who have the same exercises."""
        return structs.replace(self, person=Person(), places=ITSELF)


class PersonTexts(TypedDict, total=False):
    """What is one person's, in words, as in `Person`; the date also as `2026-11-21`."""

    name: str
    date: datetime.date | str | None
    therapist: str
    next_visit: datetime.datetime | datetime.date | str | None
    note: str


class OrderTexts(PersonTexts, total=False):
    """An order in words, without its routine and side: as in `Order`, and what is left out or None is as there.

    Template, language and safety blocks are ids or paths.
    """

    template: str | os.PathLike[str]
    language: str | os.PathLike[str]
    paper: str | None
    orientation: str | None
    tick: str | None
    safety: str | Iterable[str] | None
    emergency_number: str
    urgent_number: str
    fillable: bool


def order_in_words(
    routine: str, side: str | None = None, places: Places = ITSELF, **texts: Unpack[OrderTexts]
) -> Order:
    """An order from the words that people write.

    Args:
        routine: id or path of the routine.
        side: `left`, `right` or `both`, as people write them; None if only the routine may say.
        places: where the words were said.
        texts: all else.

    Raises:
        InvalidInput: with all that is wrong with the words.
    """
    words = OrderWords()
    order = words.order(Order(routine, places=places), {"side": side, **texts})
    if words.problems.found:
        raise InvalidInput(places.put(words.problems.found))
    return order


class OrderWords:
    """Reads the words of an order and collects what is wrong with them, said of the order's fields.

    Args:
        dates: in which order the parts of another day than 2026-11-21 are, such as 21/11/2026; None if nobody has said
            so, and such a day is refused.
    """

    def __init__(self, dates: DateOrder | None = None) -> None:
        self.problems = Problems()
        self._dates = dates

    def order(self, otherwise: Order, texts: Mapping[str, Any]) -> Order:
        """An order; what the texts leave out is as in another one."""
        said = {field: self._read(field, text) for field, text in texts.items() if text is not None}
        own = {field: said.pop(field) for field in Person.__struct_fields__ if field in said}
        return structs.replace(otherwise, person=structs.replace(otherwise.person, **own), **said)

    def _read(self, field: str, text: Any) -> Any:
        match field:
            case "name" | "therapist" | "emergency_number" | "urgent_number":
                return self.line(field, text)
            case "note":
                return self.wording(field, text)
            case "date":
                return self.date(text)
            case "next_visit":
                return self.visit(text)
            case "side":
                return self.side(text)
            case "paper":
                return self.choice(field, text, Paper)
            case "orientation":
                return self.choice(field, text, Orientation)
            case "tick":
                return self.choice(field, text, TickRule)
            case "safety":
                return (text,) if isinstance(text, str) else tuple(text)
            case "template" | "language":
                return os.fspath(text)
        return text

    def side(self, text: str) -> AffectedSide | None:
        """`left`, `right` or `both`, as people write them."""
        try:
            return AffectedSide.parse(text)
        except ValueError:
            # No side is suggested, not even the one that looks like it.
            self._wrong("side", "left, right or both", text, "write one of the three, or its first letter")
            return None

    def choice(self, field: str, text: str, kind: type[Member]) -> Member | None:
        """One of a few words."""
        words = {each.value: each for each in kind}
        found = words.get(text.strip().casefold())
        if found is None:
            hint = nearest(text, words) or f"for example {next(iter(words))}"
            self._wrong(field, f"one of {', '.join(words)}", text, hint)
        return found

    def date(self, given: datetime.date | str) -> datetime.date | None:
        """A day, or one as YYYY-MM-DD."""
        day = _day(given.strip(), self._dates) if isinstance(given, str) else given
        if day and day.year in _YEARS:
            return day
        self._wrong("date", f"a day as {self._a_day}", str(given), "write it like 2026-11-21")
        return None

    def visit(self, given: datetime.datetime | datetime.date | str) -> datetime.datetime | datetime.date | None:
        """A day as `date` has it, perhaps with a time behind it: `2026-12-03 10:30`."""
        if not isinstance(given, str):
            return given
        text, _, clock = given.strip().partition(" ")
        day, time = _day(text, self._dates), _time(clock.strip())
        if day and day.year in _YEARS and (time or not clock):
            return datetime.datetime.combine(day, time) if time else day
        expected = f"a day as {self._a_day}, and perhaps a time"
        self._wrong("next_visit", expected, given, "write it like 2026-12-03 10:30")
        return None

    @property
    def _a_day(self) -> str:
        shown = f"YYYY-MM-DD or {self._dates.shown}" if self._dates else "YYYY-MM-DD"
        return f"{shown}, from {_YEARS.start} to {_YEARS.stop - 1}"

    def line(self, field: str, text: str) -> str:
        """A short text with its white space folded."""
        return self._tidied(field, text, LONGEST_LINE)

    def wording(self, field: str, text: str) -> Wording | None:
        """A text that may name sides, `{affected knee}`; None if it is empty."""
        tidied = self._tidied(field, text, LONGEST_NOTE)
        parts, misspelt = parse(tidied)
        where = said(field)
        for each in misspelt:
            self.problems.error(each.code, each.message, where, hint=each.hint)
        return Wording(parts, where) if tidied else None

    def _tidied(self, field: str, text: str, longest: int) -> str:
        tidied = tidy(text)
        if char := unprintable(tidied):
            self._wrong(field, "printable characters", named(char), "delete it: it cannot be seen, but it is there")
        elif len(tidied) > longest:
            self._wrong(field, f"at most {longest} characters", f"{len(tidied)}", "shorten it")
        return tidied

    def _wrong(self, field: str, expected: str, got: str, hint: str) -> None:
        message = f'expected {expected}, got "{got}"'
        self.problems.error(field.replace("_", "-"), message, said(field), hint=hint)


def is_in_some_order(text: str) -> bool:
    """Whether a text is a day, once it is known in which order."""
    return any(order.parts(text.strip()) for order in DateOrder)


def _day(text: str, order: DateOrder | None) -> datetime.date | None:
    found = _DATE.fullmatch(text) or (order.parts(text) if order else None)
    try:
        return datetime.date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


def _time(text: str) -> datetime.time | None:
    """A time of day, `9:05` or `14.30`."""
    found = re.fullmatch(r"([0-9]{1,2})[:.]([0-5][0-9])", text, re.ASCII)
    return datetime.time(int(found[1]), int(found[2])) if found and int(found[1]) < 24 else None
