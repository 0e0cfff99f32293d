"""What to print, for whom, and how: an order, from the words that people write."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final, TypeVar

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Location, Problems, nearest
from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Orientation, Paper, TickRule
from pdfbuilder.domain.wording import Wording, named, parse, tidy, unprintable

Choice = TypeVar("Choice", bound=Enum)

#: Longer than any name or number, and than a word to a person should be; in characters.
LONGEST_LINE: Final = 120
LONGEST_NOTE: Final = 600
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
        name: printed on every page; empty leaves a line to write on.
        date: the plan's date; None leaves a line to write on.
        therapist: who made the plan; printed beside the date, empty for nobody.
        note: a word to the person; it may name sides as instructions do.
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
    """

    routine: str
    side: AffectedSide | None = None
    name: str = ""
    date: datetime.date | None = None
    therapist: str = ""
    note: Wording | None = None
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

    @property
    def for_anyone(self) -> Order:
        """The order without what is one person's alone."""
        return structs.replace(self, name="", date=None, therapist="", note=None)


def order_in_words(
    called: Callable[[str], str],
    *,
    routine: str,
    side: str | None = None,
    name: str = "",
    date: datetime.date | str | None = None,
    therapist: str = "",
    note: str = "",
    template: str = "handout",
    language: str = "en",
    paper: str | None = None,
    orientation: str | None = None,
    tick: str | None = None,
    safety: Iterable[str] | None = None,
    emergency_number: str = "",
    urgent_number: str = "",
    fillable: bool = False,
) -> Order:
    """An order from the words that people write.

    `called` is what the user calls a field: `--side` on a command line. The others are as in `Order`.

    Raises:
        InvalidInput: with all that is wrong with the words.
    """
    words = OrderWords(called)
    order = Order(
        routine=routine,
        side=words.side(side),
        name=words.line("name", name),
        date=words.date(date),
        therapist=words.line("therapist", therapist),
        note=words.wording("note", note),
        template=template,
        language=language,
        paper=words.choice("paper", paper, Paper),
        orientation=words.choice("orientation", orientation, Orientation),
        tick=words.choice("tick", tick, TickRule),
        safety=None if safety is None else tuple(safety),
        emergency_number=words.line("emergency_number", emergency_number),
        urgent_number=words.line("urgent_number", urgent_number),
        fillable=fillable,
    )
    words.problems.stop_on_error()
    return order


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
            # No side is suggested, not even the one that looks like it.
            self._wrong("side", "left, right or both", text, "write one of the three, or its first letter")
            return None

    def choice(self, field: str, text: str | None, kind: type[Choice]) -> Choice | None:
        """One of a few words; None stays None."""
        if text is None:
            return None
        words = {each.value: each for each in kind}
        found = words.get(text.strip().casefold())
        if found is None:
            hint = nearest(text, words) or self._for_example(field, words)
            self._wrong(field, f"one of {', '.join(words)}", text, hint)
        return found

    def date(self, given: datetime.date | str | None, order: DateOrder | None = None) -> datetime.date | None:
        """A day, or one as YYYY-MM-DD; None stays None.

        Args:
            given: the day.
            order: in which order the parts of another day than 2026-11-21 are, such as 21/11/2026; None if nobody has
                said so, and such a day is refused.
        """
        if given is None:
            return None
        day = _day(given.strip(), order) if isinstance(given, str) else given
        if day and day.year in _YEARS:
            return day
        shown = f"YYYY-MM-DD or {order.shown}" if order else "YYYY-MM-DD"
        expected = f"a day as {shown}, from {_YEARS.start} to {_YEARS.stop - 1}"
        self._wrong("date", expected, str(given), "write it like 2026-11-21")
        return None

    def line(self, field: str, text: str) -> str:
        """A short text with its white space folded."""
        return self._tidied(field, text, LONGEST_LINE)

    def wording(self, field: str, text: str) -> Wording | None:
        """A text that may name sides, `{affected knee}`; None if it is empty."""
        tidied = self._tidied(field, text, LONGEST_NOTE)
        parts, misspelt = parse(tidied)
        where = Location(self._called(field))
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

    def _for_example(self, field: str, words: Iterable[str]) -> str:
        return f"for example {self._called(field)} {next(iter(words))}"

    def _wrong(self, field: str, expected: str, got: str, hint: str) -> None:
        message = f'expected {expected}, got "{got}"'
        self.problems.error(field.replace("_", "-"), message, Location(self._called(field)), hint=hint)


def is_in_some_order(text: str) -> bool:
    """Whether a text is a day, once it is known in which order."""
    return any(order.parts(text.strip()) for order in DateOrder)


def _day(text: str, order: DateOrder | None) -> datetime.date | None:
    found = _DATE.fullmatch(text) or (order.parts(text) if order else None)
    try:
        return datetime.date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None
