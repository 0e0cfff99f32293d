"""The figures of a dose, as they are written and as they are meant: `8-10`, `20-30 s`, `5 breaths`, `5 per week`.

Each parser takes what YAML gave and returns the figure, or raises `Unfit` with what was expected and a hint. Nothing is
guessed: `hold: 5` does not say five of what.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from msgspec import Struct

from pdfbuilder.domain.declare import wrong


class Amount(Struct, frozen=True):
    """A whole number or a range of them: `10` or `8-10`."""

    low: int
    high: int

    @property
    def is_range(self) -> bool:
        """Whether low and high differ."""
        return self.low != self.high


class HoldUnit(Enum):
    """What a hold is counted in."""

    SECONDS = "seconds"
    BREATHS = "breaths"


class Hold(Struct, frozen=True):
    """How long each repetition is held."""

    amount: Amount
    unit: HoldUnit


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
    """

    named: frozenset[Weekday] = EVERY_DAY
    per_week: int = 7


# --------------------------------------------------------------------------- how they are written

REPS: Final = (1, 100)
HOLD_SECONDS: Final = (1, 600)
HOLD_BREATHS: Final = (1, 60)
REST_SECONDS: Final = (1, 600)
DAYS_PER_WEEK: Final = (1, 7)

_AMOUNT: Final = re.compile(r"([0-9]{1,6})(?:\s*(?:-|–|to)\s*([0-9]{1,6}))?", re.ASCII)


def _amount(text: str, bounds: tuple[int, int]) -> Amount | None:
    """`8` or `8-10` within bounds, low before high, without leading zeros."""
    match = _AMOUNT.fullmatch(text.strip())
    if not match:
        return None
    figures = [figure for figure in match.groups() if figure is not None]
    if any(figure != "0" and figure.startswith("0") for figure in figures):
        return None
    low, high = int(figures[0]), int(figures[-1])
    if not bounds[0] <= low <= high <= bounds[1]:
        return None
    return Amount(low, high)


def parse_reps(value: object) -> Amount:
    """`10` or `8-10`."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    found = _amount(text, REPS) if isinstance(text, str) else None
    if found:
        return found
    expected = _expected_amount(REPS, " or a range like 8-10")
    raise wrong("dose-range", expected, value, _amount_hint("reps", value, REPS, 10))


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
        match = _AMOUNT.fullmatch(word)
        if match and match.group(2) and int(match.group(1)) > int(match.group(2)):
            return f"write the smaller number first: {key}: {int(match.group(2))}-{int(match.group(1))}"
        product = re.fullmatch(r"([0-9]{1,2})\s*[x×*]\s*([0-9]{1,3})", word)
        if product and key == "reps":
            return f"write sets: {int(product.group(1))} and reps: {int(product.group(2))}"
        figures = re.findall(r"[0-9]{1,3}", word)
        if len(figures) == 1 and bounds[0] <= int(figures[0]) <= bounds[1]:
            return f"write {key}: {int(figures[0])}"
    return f"for example {key}: {example}"


def parse_whole(key: str, bounds: tuple[int, int], example: int, value: object) -> int:
    """A whole number within bounds."""
    if isinstance(value, int) and not isinstance(value, bool) and bounds[0] <= value <= bounds[1]:
        return value
    raise wrong("dose-range", _expected_amount(bounds), value, _amount_hint(key, value, bounds, example))


_DURATION: Final = re.compile(
    r"(?P<amount>[0-9]+(?:\s*(?:-|–|to)\s*[0-9]+)?)\s*"
    r"(?:(?P<s>s|sec|secs|second|seconds)|(?P<m>min|mins|minute|minutes)|(?P<b>breath|breaths))",
    re.ASCII,
)
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-5][0-9])", re.ASCII)


def parse_hold(value: object) -> Hold:
    """`5 s`, `20-30 s`, `1 min` or `5 breaths`."""
    if isinstance(value, str) and (match := _DURATION.fullmatch(value.strip())):
        if match["b"]:
            breaths = _amount(match["amount"], HOLD_BREATHS)
            if breaths:
                return Hold(breaths, HoldUnit.BREATHS)
        elif seconds := _seconds(match, HOLD_SECONDS):
            return Hold(seconds, HoldUnit.SECONDS)
    expected = (
        f"a time such as 5 s, 20-30 s or 1 min (up to {HOLD_SECONDS[1]} s), "
        f"or breaths such as 5 breaths (up to {HOLD_BREATHS[1]})"
    )
    raise wrong("dose-hold", expected, value, _duration_hint("hold", value))


def parse_rest(value: object) -> int:
    """`30 s` or `2 min`; in seconds."""
    if isinstance(value, str) and (match := _DURATION.fullmatch(value.strip())) and not match["b"]:
        seconds = _seconds(match, REST_SECONDS)
        if seconds and not seconds.is_range:
            return seconds.low
    expected = f"a time such as 30 s or 2 min (up to {REST_SECONDS[1]} s)"
    raise wrong("dose-rest", expected, value, _duration_hint("rest", value))


def _seconds(match: re.Match[str], bounds: tuple[int, int]) -> Amount | None:
    if not match["m"]:
        return _amount(match["amount"], bounds)
    minutes = _amount(match["amount"], (1, bounds[1] // 60))
    return Amount(minutes.low * 60, minutes.high * 60) if minutes else None


def _duration_hint(key: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        breaths = f" or {key}: {value} breaths" if key == "hold" else ""
        return f"say of what: {key}: {value} s{breaths}"
    if isinstance(value, str) and (clock := _CLOCK.fullmatch(value.strip())):
        return f"write {key}: {int(clock.group(1)) * 60 + int(clock.group(2))} s"
    return f"for example {key}: 30 s" if key == "rest" else f"for example {key}: 5 s"


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
_PER_WEEK: Final = re.compile(r"([0-9]{1,3})\s*(?:days?\s*)?(?:per|a|/)\s*week", re.ASCII | re.IGNORECASE)


def parse_days(value: object) -> Days:
    """`5 per week`, `[mon, wed, fri]` or `every day`."""
    if isinstance(value, str):
        word = value.strip().casefold()
        if word in ("every day", "daily"):
            return Days()
        if match := _PER_WEEK.fullmatch(word):
            count = int(match.group(1))
            if DAYS_PER_WEEK[0] <= count <= DAYS_PER_WEEK[1]:
                return Days(per_week=count)
    if isinstance(value, tuple) and value:
        named = [_DAY_NAMES.get(day.strip().casefold()) if isinstance(day, str) else None for day in value]
        unknown = [day for day, found in zip(value, named, strict=True) if found is None]
        if unknown:
            raise wrong(
                "dose-days",
                "days such as mon, tue, wed, thu, fri, sat, sun",
                unknown[0],
                "write days: [mon, wed, fri]",
            )
        days = frozenset(day for day in named if day is not None)
        if len(days) < len(value):
            raise wrong("dose-days", "each day once", value, "name each day once")
        return Days(days, len(days))
    raise wrong("dose-days", "5 per week, every day, or a list such as [mon, wed, fri]", value, _days_hint(value))


def _days_hint(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 7:
        return f"write days: {value} per week"
    names = [name for name in re.split(r"[\s,]+", value.casefold()) if name] if isinstance(value, str) else []
    if names and all(name in _DAY_NAMES for name in names):
        return f"write days: [{', '.join(names)}]"
    return "for example days: 5 per week"
