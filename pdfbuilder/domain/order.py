"""What to print, for whom, and how: an order, from the words that people write."""

import datetime
import os
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final, TypedDict, TypeVar

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Problems, nearest
from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.figures import Weekday
from pdfbuilder.domain.person import LONGEST_ID, LONGEST_LINE, LONGEST_NOTE, MOST_LINES, Person
from pdfbuilder.domain.places import ITSELF, Places, said
from pdfbuilder.domain.routine import ALL_PHASES, LAST_WEEK, Routine, SheetDefaults
from pdfbuilder.domain.side import SIDES_IN_WORDS, AffectedSide
from pdfbuilder.domain.template import Orientation, Paper, TickRule
from pdfbuilder.domain.wording import Wording, named, parse, tidy, unprintable

Member = TypeVar("Member", bound=Enum)

#: A date outside is a slip, and a diary of a year must not run off the calendar.
_YEARS: Final = range(1900, 2200)
_DATE: Final = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", re.ASCII)
#: The parts of a day, as they are shown and as they are read.
_PARTS: Final = {"d": "DD", "m": "MM", "y": "YYYY"}
_DIGITS: Final = {"d": "[0-9]{1,2}", "m": "[0-9]{1,2}", "y": "[0-9]{4}"}
#: Lines about a person that are added up, never replaced.
_ADDED_UP: Final = ("restrictions", "advice")


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
        side: the affected side, which may be that there is none; None if the routine names it.
        person: whose it is.
        doses: what this person does otherwise than the routine says.
        template: id or path of the template; empty if nobody has said which.
        language: code, language tag or path of the language; empty if nobody has said which.
        paper: instead of the template's own.
        orientation: instead of the template's own.
        tick: what a box stands for, instead of the template's own.
        safety: ids or paths of safety blocks instead of the routine's, `none` for none; None for the routine's own.
        clinic: path of the clinic's file, instead of the routine's; empty for that.
        emergency_number: instead of the language's own; empty for that.
        urgent_number: the same, for what can wait for an hour or two.
        fillable: whether the boxes can be ticked on a screen.
        qr: whether films come with a code.
        phase: which phase of the routine, from 1, or `ALL_PHASES`; None if it has none.
        id: what tells the person from others, kept in a handout that can be filled in; it is not printed.
        only: the ids of those of its exercises that are printed; empty for all.
        week: from which week of the plan on, so that progress by weeks has come so far; None for its beginning.
        first_day: the day from which every other one is counted; None where nothing is done so, or no date is said.
        places: where all this was said.
    """

    routine: str
    side: AffectedSide | None = None
    person: Person = Person()
    doses: tuple[DoseChange, ...] = ()
    template: str = ""
    language: str = ""
    paper: Paper | None = None
    orientation: Orientation | None = None
    tick: TickRule | None = None
    safety: tuple[str, ...] | None = None
    emergency_number: str = ""
    urgent_number: str = ""
    fillable: bool = False
    qr: bool = True
    clinic: str = ""
    phase: int | None = None
    id: str = ""
    only: tuple[str, ...] = ()
    week: int | None = None
    first_day: Weekday | None = None
    places: Places = ITSELF

    def under(self, defaults: SheetDefaults) -> "Order":
        """The order where some defaults hold for what it leaves open, at their places."""
        named = ("template", "language", "paper", "tick", "clinic")
        taken = {name: getattr(defaults, name) for name in named if not getattr(self, name) and getattr(defaults, name)}
        own = {
            name: getattr(defaults.person, name)
            for name in Person.__struct_fields__
            if not getattr(self.person, name) and getattr(defaults.person, name)
        }
        if not taken and not own:
            return self
        places = tuple((name, place) for name, place in defaults.places.fields if name in taken or name in own)
        return structs.replace(
            self,
            **taken,
            person=structs.replace(self.person, **own),
            places=structs.replace(self.places, fields=places + self.places.fields),
        )

    def counting_days(self, routine: Routine) -> "Order":
        """The order with the day of its date, if something of its routine is done every other day."""
        date, own = self.person.date, (dict(change.figures).get("days") for change in self.doses)
        if date and any(days and days.every_other for days in (*routine.days, *own)):
            return structs.replace(self, first_day=Weekday(date.weekday()))
        return self

    @property
    def for_anyone(self) -> "Order":
        """The order without what is one person's alone: the same for all who have the same exercises."""
        return structs.replace(self, person=Person(), id="", places=ITSELF)


class PersonTexts(TypedDict, total=False):
    """What is one person's, in words, as in `Person`; the date also as `2026-11-21`."""

    name: str
    date: datetime.date | str | None
    therapist: str
    next_visit: datetime.datetime | datetime.date | str | None
    note: str
    restrictions: str | Iterable[str]
    advice: str | Iterable[str]


class OrderTexts(PersonTexts, total=False):
    """An order in words, without its routine and side: as in `Order`, and what is left out or None is as there.

    Template, language and safety blocks are ids or paths. The doses are by address, `{"bird-dog.reps": 8}` or
    `"bird-dog.reps=8"`; `days` and the like are of all exercises.
    """

    phase: str | int | None
    week: str | int | None
    only: str | Iterable[str]
    doses: Mapping[str, object] | Iterable[str]
    template: str | os.PathLike[str]
    language: str | os.PathLike[str]
    paper: str | None
    orientation: str | None
    tick: str | None
    safety: str | Iterable[str] | None
    emergency_number: str
    urgent_number: str
    fillable: bool
    qr: bool
    clinic: str | os.PathLike[str]
    id: str


class OrderWords:
    """Reads the words of an order and collects what is wrong with them, said of the order's fields.

    Args:
        dates: in which order the parts of another day than 2026-11-21 are, such as 21/11/2026; None if nobody has said
            so, and such a day is refused.
    """

    def __init__(self, dates: DateOrder | None = None) -> None:
        self.problems = Problems()
        self._dates = dates

    def order(self, otherwise: Order, texts: Mapping[str, Any]) -> "Order":
        """An order; what the texts leave out is as in another one."""
        said = {field: self.read(field, text) for field, text in texts.items() if text is not None}
        own = {field: said.pop(field) for field in Person.__struct_fields__ if field in said}
        # What must not be done, whoever says it, is added to what others say.
        own |= {field: getattr(otherwise.person, field) + own[field] for field in _ADDED_UP if field in own}
        return structs.replace(otherwise, person=structs.replace(otherwise.person, **own), **said)

    def read(self, field: str, text: Any) -> Any:
        """The value of a field, from the words that say it."""
        match field:
            case "name" | "therapist" | "emergency_number" | "urgent_number":
                return self.line(field, text)
            case "id":
                return self._tidied(field, text, LONGEST_ID)
            case "note":
                return self.wording(field, text)
            case "restrictions" | "advice":
                return self.wordings(field, text)
            case "date":
                return self.date(text)
            case "next_visit":
                return self.visit(text)
            case "week":
                return self.week(text)
            case "side":
                return self.side(text)
            case "phase":
                return self.phase(text)
            case "only":
                return self.ids(text)
            case "paper":
                return self.choice(field, text, Paper)
            case "orientation":
                return self.choice(field, text, Orientation)
            case "tick":
                return self.choice(field, text, TickRule)
            case "safety":
                return self.safety(text)
            case "template" | "language" | "clinic":
                return os.fspath(text)
        return text

    def side(self, text: str) -> AffectedSide | None:
        """`left`, `right`, `both` or `none`, as people write them."""
        try:
            return AffectedSide.parse(text)
        except ValueError:
            # No side is suggested, not even the one that looks like it.
            self._wrong("side", SIDES_IN_WORDS, text, "write one of the four, or l, r or b")
            return None

    def phase(self, given: str | int) -> int | None:
        """The number of a phase, or `all`."""
        text = str(given).strip().casefold()
        if text == "all":
            return ALL_PHASES
        if re.fullmatch(r"[1-9][0-9]?", text, re.ASCII):
            return int(text)
        self._wrong("phase", "the number of a phase, or all", text, "write it like 2")
        return None

    def week(self, given: str | int) -> int | None:
        """The number of a week of the plan."""
        text = str(given).strip()
        if re.fullmatch(r"[1-9][0-9]{0,2}", text, re.ASCII) and int(text) <= LAST_WEEK:
            return int(text)
        self._wrong("week", f"a week of the plan, from 1 to {LAST_WEEK}", text, "write it like 3")
        return None

    def ids(self, given: str | Iterable[str]) -> tuple[str, ...]:
        """Ids, each by itself or with commas between them."""
        lists = [given] if isinstance(given, str) else list(given)
        found = tuple(filter(None, (each.strip() for text in lists for each in text.split(","))))
        if lists and not found:
            self._wrong("only", "the ids of exercises", ",".join(lists), "write them like bird-dog,pelvic-tilt")
        return found

    def safety(self, given: str | Iterable[str]) -> tuple[str, ...]:
        """Ids or paths of safety blocks, or `none`; no list without any, which would leave the signs out unsaid."""
        names = (given,) if isinstance(given, str) else tuple(given)
        if not names:
            self._wrong("safety", "a safety block, or none", "", "write none, or nothing for the routine's own signs")
        return names

    def choice(self, field: str, text: str, kind: type[Member]) -> Member | None:
        """One of a few words."""
        words = {each.value: each for each in kind}
        found = words.get(text.strip().casefold())
        if found is None:
            hint = nearest(text, words) or f"for example {next(iter(words))}"
            self._wrong(field, f"one of {', '.join(words)}", text, hint)
        return found

    def date(self, given: datetime.date | str) -> datetime.date | None:
        """A day, or one as YYYY-MM-DD; of a moment its day."""
        day = _day(given.strip(), self._dates) if isinstance(given, str) else given
        day = day.date() if isinstance(day, datetime.datetime) else day
        if day and day.year in _YEARS:
            return day
        self._wrong("date", f"a day as {self._a_day}", str(given), "write it like 2026-11-21")
        return None

    def visit(self, given: datetime.datetime | datetime.date | str) -> datetime.datetime | datetime.date | None:
        """A day as `date` has it, perhaps with a time behind it: `2026-12-03 10:30`."""
        when = _moment(given.strip(), self._dates) if isinstance(given, str) else given
        if when and when.year in _YEARS:
            return when
        expected = f"a day as {self._a_day}, and perhaps a time"
        self._wrong("next_visit", expected, str(given), "write it like 2026-12-03 10:30")
        return None

    @property
    def _a_day(self) -> str:
        shown = f"YYYY-MM-DD or {self._dates.shown}" if self._dates else "YYYY-MM-DD"
        return f"{shown}, from {_YEARS.start} to {_YEARS.stop - 1}"

    def line(self, field: str, text: str) -> str:
        """A short text with its white space folded."""
        return self._tidied(field, text, LONGEST_LINE)

    def wordings(self, field: str, texts: str | Iterable[str]) -> tuple[Wording, ...]:
        """Short texts that may name sides; those of one text are on a line each."""
        lines = texts.splitlines() if isinstance(texts, str) else list(texts)
        found = tuple(filter(None, (self.wording(field, line, LONGEST_LINE) for line in lines)))
        if len(found) > MOST_LINES:
            self._wrong(field, f"at most {MOST_LINES} lines", f"{len(found)}", "keep to those that matter most")
        return found

    def wording(self, field: str, text: str, longest: int = LONGEST_NOTE) -> Wording | None:
        """A text that may name sides, `{affected knee}`; None if it is empty."""
        tidied = self._tidied(field, text, longest)
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


def _moment(text: str, order: DateOrder | None) -> datetime.datetime | datetime.date | None:
    """A day, perhaps with a time behind it."""
    written, _, clock = text.partition(" ")
    day, time = _day(written, order), _time(clock.strip())
    if day and time:
        return datetime.datetime.combine(day, time)
    return None if clock else day


def _time(text: str) -> datetime.time | None:
    """A time of day, `9:05` or `14.30`."""
    found = re.fullmatch(r"([0-9]{1,2})[:.]([0-5][0-9])", text, re.ASCII)
    return datetime.time(int(found[1]), int(found[2])) if found and int(found[1]) < 24 else None
