"""The figures of a dose, as they are written and as they are meant: `8-10`, `up to 30 s`, `every 2 hours`.

Each parser takes what YAML gave and returns the figure, or raises `Unfit` with what was expected and a hint. Nothing is
guessed: `hold: 5` does not say five of what. What is written between bounds is described by one pattern, which the
parser and the JSON Schema share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final, TypeVar

from msgspec import Struct, structs

from pdfbuilder.diagnostics import nearest
from pdfbuilder.domain.declare import wrong

Unit = TypeVar("Unit", bound=Enum)


class Bound(Enum):
    """What a number, or a range of them, says of how many are meant."""

    #: So many; in a range any of them.
    EXACT = "exact"
    #: From one to so many.
    UP_TO = "up to"
    #: So many or more.
    AT_LEAST = "at least"
    #: What is written on the line by hand.
    BLANK = "____"
    #: As many as one can.
    MAX = "max"


class Amount(Struct, frozen=True):
    """A whole number, or some of them: `10`, `8-10`, `up to 10`, `at least 5`, `____`, `max`.

    Attributes:
        low: the fewest that are asked for; 1 where no number is.
        high: the most that are; `low` where there is no upper end.
        bound: how the two are meant.
    """

    low: int
    high: int
    bound: Bound = Bound.EXACT

    @property
    def is_range(self) -> bool:
        """Whether low and high differ."""
        return self.low != self.high

    @property
    def is_open(self) -> bool:
        """Whether no number is said at all."""
        return self.bound in (Bound.BLANK, Bound.MAX)

    @property
    def has_end(self) -> bool:
        """Whether it says how many at most."""
        return not self.is_open and self.bound is not Bound.AT_LEAST

    @property
    def is_plain(self) -> bool:
        """Whether it is one number."""
        return self.bound is Bound.EXACT and not self.is_range


ONE: Final = Amount(1, 1)
BLANK: Final = Amount(1, 1, Bound.BLANK)
MOST: Final = Amount(1, 1, Bound.MAX)


class TimeUnit(Enum):
    """What a time is counted in."""

    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"
    BREATHS = "breaths"

    @property
    def seconds(self) -> int:
        """Seconds in one of it; of a breath our own estimate of a calm one."""
        return {TimeUnit.SECONDS: 1, TimeUnit.MINUTES: 60, TimeUnit.HOURS: 3600, TimeUnit.BREATHS: 4}[self]


class Time(Struct, frozen=True):
    """How long: an amount and its unit."""

    amount: Amount
    unit: TimeUnit

    @property
    def seconds(self) -> int:
        """In seconds, by the upper end; 0 where that is not said."""
        return 0 if self.amount.is_open else self.amount.high * self.unit.seconds


class Duration(Struct, frozen=True):
    """How long one repetition takes, or all of a day's together."""

    time: Time
    in_all: bool = False


class DistanceUnit(Enum):
    """What a distance is counted in."""

    STEPS = "steps"
    METRES = "m"
    KILOMETRES = "km"
    LENGTHS = "lengths"
    FEET = "ft"
    YARDS = "yd"
    MILES = "miles"

    @property
    def seconds(self) -> float:
        """Our own estimate of how long one takes, at a slow walk of about 0.8 m a second; a length is 25 m."""
        return {
            DistanceUnit.STEPS: 1,
            DistanceUnit.METRES: 1.25,
            DistanceUnit.KILOMETRES: 1250,
            DistanceUnit.LENGTHS: 60,
            DistanceUnit.FEET: 0.4,
            DistanceUnit.YARDS: 1.2,
            DistanceUnit.MILES: 2000,
        }[self]


class Distance(Struct, frozen=True):
    """How far: an amount and its unit."""

    amount: Amount
    unit: DistanceUnit


#: From getting up to going to bed, over which `every 2 hours` is counted.
WAKING_MINUTES: Final = 14 * 60


class Frequency(Struct, frozen=True):
    """How often on a day.

    Attributes:
        times: how many times; with `every` those of a day, with `often` one.
        every: minutes from one time to the next; 0 where that is not said.
        occasions: when, as they are written.
        often: whether it is to be done as often as one thinks of it.
    """

    times: Amount = ONE
    every: int = 0
    occasions: tuple[str, ...] = ()
    often: bool = False

    @property
    def is_once(self) -> bool:
        """Whether it is once a day, at no particular time."""
        return self == Frequency()


class Weekday(Enum):
    """A day of the week; the value is its number, Monday first (ISO 8601 less one)."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


EVERY_DAY: Final[frozenset[Weekday]] = frozenset(Weekday)


class Days(Struct, frozen=True):
    """On which days of a week an exercise is done.

    Attributes:
        named: the days that have boxes on the sheet.
        per_week: how many of them are meant. Fewer than named means the person picks: 'any 5 days'.
        apart: whether two of them may not follow each other.
        every_other: whether it is every other day, of whichever week.
    """

    named: frozenset[Weekday] = EVERY_DAY
    per_week: Amount = Amount(7, 7)
    apart: bool = False
    every_other: bool = False

    def counted_from(self, first: Weekday, week: tuple[Weekday, ...]) -> Days:
        """The same on the paper of a week: every other day falls on each second column, one of them the first day's."""
        if not self.every_other:
            return self
        return structs.replace(self, named=frozenset(week[week.index(first) % 2 :: 2]))


# --------------------------------------------------------------------------- amounts

REPS: Final = (1, 100)
SETS: Final = (1, 10)
WEEKS: Final = (1, 52)
TIMES_PER_DAY: Final = (1, 24)
HOLD_SECONDS: Final = (1, 600)
HOLD_BREATHS: Final = (1, 60)
DURATION_SECONDS: Final = (1, 7200)
PAUSE_SECONDS: Final = (1, 600)
DISTANCE: Final = (1, 100_000)
EVERY_MINUTES: Final = (30, 360)
MOST_OCCASIONS: Final = 8
LONGEST_OCCASION: Final = 30

_N: Final = "[1-9][0-9]{0,5}"


def amount_pattern(number: str = _N) -> str:
    """What an amount looks like, for parsers and schemas alike: no look-arounds, no names."""
    return rf"(?:(?:(?:up to|at least)\s+)?{number}|{number}\s*(?:-|–|to)\s*{number}|_{{2,}})"


AMOUNT: Final = amount_pattern()
#: Numbers within the bounds above.
REPS_NUMBER: Final = "(?:100|[1-9][0-9]?)"
SETS_NUMBER: Final = "(?:10|[1-9])"
WEEKS_NUMBER: Final = "(?:5[0-2]|[1-4][0-9]|[1-9])"
_TIMES_NUMBER: Final = "(?:2[0-4]|1[0-9]|[1-9])"
_DAYS_NUMBER: Final = "[1-7]"
_RANGE: Final = re.compile(rf"({_N})\s*(?:-|–|to)\s*({_N})", re.ASCII | re.IGNORECASE)


def _amount(text: str, bounds: tuple[int, int]) -> Amount | None:
    """`8`, `8-10`, `up to 10`, `at least 5` or `____` within bounds, the smaller number first."""
    word = " ".join(text.casefold().split())
    if not re.fullmatch(AMOUNT, word):
        return None
    if word.startswith("_"):
        return BLANK
    low, *rest = (int(figure) for figure in re.findall("[0-9]+", word))
    high = rest[0] if rest else low
    if not bounds[0] <= low <= high <= bounds[1] or (rest and low == high):
        return None
    if word.startswith("up to"):
        return Amount(1, high, Bound.UP_TO) if high > 1 else None
    if word.startswith("at least"):
        return Amount(low, low, Bound.AT_LEAST)
    return Amount(low, high)


def _written(value: object) -> str | None:
    """A text, or a whole number as one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def parse_amount(key: str, bounds: tuple[int, int], example: int, value: object) -> Amount:
    """`10`, `8-10`, `up to 10`, `at least 5` or `____`."""
    text = _written(value)
    found = _amount(text, bounds) if text else None
    if found:
        return found
    expected = _expected_amount(bounds, f" or a range like {example - 2 if example > 3 else example - 1}-{example}")
    raise wrong("dose-range", expected, value, _amount_hint(key, value, bounds, example))


def parse_reps(value: object) -> Amount:
    """An amount, or `max`."""
    if isinstance(value, str) and value.strip().casefold() == "max":
        return MOST
    return parse_amount("reps", REPS, 10, value)


def _expected_amount(bounds: tuple[int, int], or_range: str = "") -> str:
    return f"a whole number{or_range}, from {bounds[0]} to {bounds[1]}"


_NUMBER_WORDS: Final = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "once": 1, "twice": 2}


#: In digits of any script. Of long ones Python makes no number.
_FIGURE: Final = re.compile(r"\d{1,6}")


def _amount_hint(key: str, value: object, bounds: tuple[int, int], example: int) -> str:
    if isinstance(value, str):
        word = value.strip().casefold()
        if word in _NUMBER_WORDS:
            return f"write {key}: {_NUMBER_WORDS[word]}"
        if _FIGURE.fullmatch(word) and bounds[0] <= int(word) <= bounds[1]:
            return f"write {key}: {int(word)}"
        if match := _RANGE.fullmatch(word):
            low, high = sorted(int(figure) for figure in match.groups())
            if bounds[0] <= low < high <= bounds[1]:
                return f"write the smaller number first: {key}: {low}-{high}"
            if bounds[0] <= low == high <= bounds[1]:
                return f"write {key}: {low}"
        product = re.fullmatch(r"([0-9]{1,2})\s*[x×*]\s*([0-9]{1,3})", word)
        if product and key in ("reps", "sets"):
            sets, reps = (int(figure) for figure in product.groups())
            if SETS[0] <= sets <= SETS[1] and REPS[0] <= reps <= REPS[1]:
                return f"write sets: {sets} and reps: {reps}"
        if key == "reps" and (time := _time(word, DURATION_SECONDS)) and time.amount.is_plain:
            written = f"{time.amount.high} {time.unit.value}"
            is_short = _time(word, HOLD_SECONDS)
            return f"for a time write {f'hold: {written}, or duration:' if is_short else f'duration: {written}'}"
        figures = re.findall(r"[0-9]{1,3}", word)
        if len(figures) == 1 and bounds[0] <= int(figures[0]) <= bounds[1]:
            return f"write {key}: {int(figures[0])}"
    return f"for example {key}: {example}"


def parse_whole(key: str, bounds: tuple[int, int], example: int, value: object) -> int:
    """A whole number within bounds."""
    if isinstance(value, int) and not isinstance(value, bool) and bounds[0] <= value <= bounds[1]:
        return value
    is_range = isinstance(value, str) and _RANGE.fullmatch(value.strip())
    hint = f"for example {key}: {example}" if is_range else _amount_hint(key, value, bounds, example)
    raise wrong("dose-range", _expected_amount(bounds), value, hint)


# --------------------------------------------------------------------------- times and distances

_TIME_WORDS: Final = {
    TimeUnit.SECONDS: "s|sec|secs|second|seconds",
    TimeUnit.MINUTES: "min|mins|minute|minutes",
    TimeUnit.HOURS: "h|hr|hrs|hour|hours",
    TimeUnit.BREATHS: "breath|breaths",
}
_CLOCKED: Final = (TimeUnit.SECONDS, TimeUnit.MINUTES, TimeUnit.HOURS)
_DISTANCE_WORDS: Final = {
    DistanceUnit.STEPS: "step|steps",
    DistanceUnit.METRES: "m|metre|metres|meter|meters",
    DistanceUnit.KILOMETRES: "km|kilometre|kilometres|kilometer|kilometers",
    DistanceUnit.LENGTHS: "length|lengths",
    DistanceUnit.FEET: "ft|foot|feet",
    DistanceUnit.YARDS: "yd|yard|yards",
    DistanceUnit.MILES: "mile|miles",
}
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-5][0-9])", re.ASCII)
_A_DAY: Final = re.compile(r"\s+(?:a|per)\s+day\s*$", re.ASCII | re.IGNORECASE)


def _measured(words: Iterable[str]) -> str:
    return rf"{AMOUNT}\s*(?:{'|'.join(words)})"


#: Patterns of what is written, for the schemas.
HOLD_PATTERN: Final = rf"^(?:{_measured(_TIME_WORDS.values())}|max)$"
TIME_PATTERN: Final = rf"^{_measured(_TIME_WORDS[unit] for unit in _CLOCKED)}$"
DURATION_PATTERN: Final = rf"^{_measured(_TIME_WORDS[unit] for unit in _CLOCKED)}(?:\s+(?:a|per)\s+day)?$"
DISTANCE_PATTERN: Final = rf"^{_measured(_DISTANCE_WORDS.values())}$"


def _split(text: str, words: dict[Unit, str]) -> tuple[str, Unit] | None:
    """What stands before a unit, and the unit."""
    folded = text.strip().casefold()
    for unit, names in words.items():
        # The line to write on is a word character, so that no word boundary stands behind it.
        if found := re.fullmatch(rf"(.*[0-9_])\s*(?:{names})", folded, re.ASCII):
            return found[1], unit
    return None


def _time(value: object, seconds: tuple[int, int], *, breaths: bool = False) -> Time | None:
    found = _split(value, _TIME_WORDS) if isinstance(value, str) else None
    if not found:
        return None
    text, unit = found
    if unit is TimeUnit.BREATHS:
        amount = _amount(text, HOLD_BREATHS) if breaths else None
    else:
        amount = _amount(text, (1, seconds[1] // unit.seconds))
    return Time(amount, unit) if amount else None


def _up_to(seconds: int) -> str:
    return f"{seconds // 3600} h" if seconds % 3600 == 0 else f"{seconds // 60} min"


def parse_hold(value: object) -> Time:
    """`5 s`, `20-30 s`, `1 min`, `5 breaths`, or `max`: as long as one can."""
    if isinstance(value, str) and value.strip().casefold() == "max":
        return Time(MOST, TimeUnit.SECONDS)
    if found := _time(value, HOLD_SECONDS, breaths=True):
        return found
    expected = (
        f"a time such as 5 s, 20-30 s or 1 min (up to {_up_to(HOLD_SECONDS[1])}), "
        f"breaths such as 5 breaths (up to {HOLD_BREATHS[1]}), or max"
    )
    raise wrong("dose-hold", expected, value, _time_hint("hold", value, "5 s", HOLD_SECONDS, breaths=True))


def parse_pause(key: str, value: object) -> Time:
    """`30 s` or `1-2 min`."""
    if found := _time(value, PAUSE_SECONDS):
        return found
    expected = f"a time such as 30 s or 1-2 min (up to {_up_to(PAUSE_SECONDS[1])})"
    raise wrong(f"dose-{key}", expected, value, _time_hint(key, value, "30 s", PAUSE_SECONDS))


def parse_duration(value: object) -> Duration:
    """`20 s`, `10-15 min`, or `30 min a day`."""
    text = value if isinstance(value, str) else ""
    in_all = bool(_A_DAY.search(text))
    if found := _time(_A_DAY.sub("", text) if in_all else value, DURATION_SECONDS):
        return Duration(found, in_all)
    expected = f"a time such as 20 s, 10-15 min or 30 min a day (up to {_up_to(DURATION_SECONDS[1])})"
    raise wrong("dose-duration", expected, value, _time_hint("duration", value, "10 min", DURATION_SECONDS))


def parse_distance(value: object) -> Distance:
    """`20 steps`, `50-100 m`."""
    found = _split(value, _DISTANCE_WORDS) if isinstance(value, str) else None
    amount = _amount(found[0], DISTANCE) if found else None
    if found and amount:
        return Distance(amount, found[1])
    units = ", ".join(unit.value for unit in DistanceUnit)
    number = (_written(value) or "").strip()
    is_number = number.isdecimal() and _amount(number, DISTANCE)
    hint = f"say of what: distance: {number} steps" if is_number else "for example distance: 20 m"
    raise wrong("dose-distance", f"a distance such as 20 steps or 50-100 m ({units})", value, hint)


def _time_hint(key: str, value: object, example: str, seconds: tuple[int, int], *, breaths: bool = False) -> str:
    text = (_written(value) or "").strip()
    begin, meant = "say of what:", []
    if text.isdecimal():
        meant = [f"{text} min" if key == "duration" else f"{text} s", f"{text} breaths"]
    elif clock := _CLOCK.fullmatch(text):
        begin, meant = "write", [f"{int(clock[1]) * 60 + int(clock[2])} s"]
    fitting = [f"{key}: {each}" for each in meant if _time(each, seconds, breaths=breaths)]
    return f"{begin} {' or '.join(fitting)}" if fitting else f"for example {key}: {example}"


# --------------------------------------------------------------------------- how often

#: Times of day that each language has words for; others are printed as they are written.
OCCASIONS: Final = ("morning", "midday", "afternoon", "evening", "bedtime", "breakfast", "lunch", "dinner")
_EVERY: Final = r"every\s+(?:[1-9][0-9]{0,2}\s*(?:min|mins|minutes|h|hr|hrs|hours)|hour|half hour|half an hour)"
FREQUENCY_PATTERN: Final = rf"^(?:{amount_pattern(_TIMES_NUMBER)}|{_EVERY}|often|once|twice)$"
_COUNT_WORDS: Final = {"once": 1, "twice": 2}


def parse_frequency(value: object) -> Frequency:
    """`2`, `2-3`, `every 2 hours`, `often`, or occasions: `[morning, before you lift]`."""
    if isinstance(value, tuple) and value:
        return _occasions(value)
    word = " ".join(value.casefold().split()) if isinstance(value, str) else _written(value) or ""
    if word == "often":
        return Frequency(often=True)
    if word in _COUNT_WORDS:
        return Frequency(Amount(_COUNT_WORDS[word], _COUNT_WORDS[word]))
    if minutes := _every(word):
        times = WAKING_MINUTES // minutes
        return Frequency(Amount(times, times), minutes)
    if found := _amount(word, TIMES_PER_DAY):
        return Frequency(found)
    expected = (
        f"how often a day, from {TIMES_PER_DAY[0]} to {TIMES_PER_DAY[1]}: 3, 2-3, every 2 hours, often, "
        "or a list such as [morning, bedtime]"
    )
    hint = _amount_hint("times_per_day", value, TIMES_PER_DAY, 2)
    if word.startswith("every"):
        hint = "every 30 min to every 6 hours: write times_per_day: every 2 hours"
    elif re.search("hour|min", word):
        hint = "for example times_per_day: every 2 hours"
    elif word in OCCASIONS:
        hint = f"write times_per_day: [{word}]"
    raise wrong("dose-times", expected, value, hint)


def _every(word: str) -> int:
    """Minutes from one time to the next; 0 if it says something else, or is out of bounds."""
    if not re.fullmatch(_EVERY, word):
        return 0
    number = re.search("[0-9]+", word)
    is_hours = bool(re.search(r"\d\s*h", word))
    minutes = 30 if "half" in word else int(number[0]) * (60 if is_hours else 1) if number else 60
    return minutes if EVERY_MINUTES[0] <= minutes <= EVERY_MINUTES[1] else 0


def _occasions(value: tuple[object, ...]) -> Frequency:
    if len(value) > MOST_OCCASIONS:
        raise wrong("dose-times", f"at most {MOST_OCCASIONS} times of day", len(value), "write every 2 hours, or often")
    found: list[str] = []
    for index, each in enumerate(value):
        at, text = str(index), " ".join(each.split()) if isinstance(each, str) else ""
        _refuse_braces("dose-times", text, at)
        if not text or len(text) > LONGEST_OCCASION or not text.isprintable():
            expected = f"a time of day of at most {LONGEST_OCCASION} characters"
            raise wrong("dose-times", expected, each, "for example times_per_day: [morning, bedtime]", at=at)
        word = text.casefold()
        if word in OCCASIONS:
            text = word
        elif near := nearest(word, OCCASIONS):
            raise wrong("dose-times", f"one of {', '.join(OCCASIONS)}, or words of your own", each, near, at=at)
        if text.casefold() in map(str.casefold, found):
            raise wrong("dose-times", "each time of day once", each, "name each once", at=at)
        found.append(text)
    return Frequency(Amount(len(found), len(found)), occasions=tuple(found))


_DAY_NAMES: Final = {
    name: day
    for day, names in zip(
        Weekday,
        (
            "mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday",
            "sat saturday", "sun sunday",
        ),
        strict=True,
    )
    for name in names.split()
}  # fmt: skip
DAYS_PER_WEEK: Final = (1, 7)
_PER_WEEK: Final = rf"({amount_pattern(_DAYS_NUMBER)})\s*(?:days?\s*|times?\s*)?(?:per|a|/)\s*week(,\s*not in a row)?"
DAYS_PATTERN: Final = rf"^(?:{_PER_WEEK}|every day|daily|every other day|every second day)$"
#: So many days of a week can be had without two in a row.
_MOST_APART: Final = 3


def parse_days(value: object) -> Days:
    """`5 per week`, `3 per week, not in a row`, `[mon, wed, fri]`, `every other day` or `every day`."""
    if isinstance(value, str):
        word = " ".join(value.casefold().split())
        if word in ("every day", "daily"):
            return Days()
        if word in ("every other day", "every second day"):
            return Days(per_week=Amount(3, 4), every_other=True)
        if match := re.fullmatch(_PER_WEEK, word):
            found, apart = _amount(match[1], DAYS_PER_WEEK), bool(match[2])
            if found and apart and found.high > _MOST_APART:
                expected = f"at most {_MOST_APART} days a week that are not in a row"
                raise wrong("dose-days", expected, value, "write days: every other day")
            if found:
                return Days(per_week=found, apart=apart)
    if isinstance(value, tuple) and value:
        named = [_DAY_NAMES.get(day.strip().casefold()) if isinstance(day, str) else None for day in value]
        for index, (day, weekday) in enumerate(zip(value, named, strict=True)):
            if weekday is None:
                expected = "days such as mon, tue, wed, thu, fri, sat, sun"
                raise wrong("dose-days", expected, day, "write days: [mon, wed, fri]", at=str(index))
            if weekday in named[:index]:
                raise wrong("dose-days", "each day once", day, "name each day once", at=str(index))
        days = frozenset(day for day in named if day is not None)
        return Days(days, Amount(len(days), len(days)))
    expected = "5 per week, every day, every other day, or a list such as [mon, wed, fri]"
    raise wrong("dose-days", expected, value, _days_hint(value))


def _days_hint(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 7:
        return f"write days: {value} per week"
    names = [name for name in re.split(r"[\s,]+", value.casefold()) if name] if isinstance(value, str) else []
    if names and len({_DAY_NAMES[name] for name in names if name in _DAY_NAMES}) == len(names):
        return f"write days: [{', '.join(names)}]"
    if isinstance(value, str) and re.sub(r"[\s_-]", "", value.casefold()) in ("everyday", "daily"):
        return "write days: every day"
    return "for example days: 5 per week"


# --------------------------------------------------------------------------- parts

PARTS: Final = (2, 6)
LONGEST_PART: Final = 24


def _refuse_braces(code: str, text: str, at: str) -> None:
    """Side words belong in the steps: what is printed beside boxes holds for either side."""
    if "{" in text or "}" in text:
        hint = "say it without braces; steps may name a side"
        raise wrong(code, "words in which no side is meant", text, hint, at=at)


def parse_parts(value: object) -> tuple[str, ...]:
    """`[forward, back, sideways]`."""
    hint = "for example parts: [forward, back, sideways]"
    if not isinstance(value, tuple) or not PARTS[0] <= len(value) <= PARTS[1]:
        raise wrong("dose-parts", f"a list of {PARTS[0]} to {PARTS[1]} short texts", value, hint)
    found = tuple(" ".join(each.split()) if isinstance(each, str) else "" for each in value)
    folded = [each.casefold() for each in found]
    for index, (each, text) in enumerate(zip(value, found, strict=True)):
        _refuse_braces("dose-parts", text, str(index))
        if not text or len(text) > LONGEST_PART or not text.isprintable():
            raise wrong("dose-parts", f"a text of at most {LONGEST_PART} characters", each, hint, at=str(index))
        if folded[index] in folded[:index]:
            raise wrong("dose-parts", "each part once", each, "name each part once", at=str(index))
    return found
