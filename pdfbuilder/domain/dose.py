"""How much of an exercise: sets, repetitions, holds, rests, and what follows from them.

Everything that can be computed from a dose is computed here, so that no figure on a sheet is typed twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from math import ceil
from typing import Any

from msgspec import Struct

from pdfbuilder.diagnostics import Location


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


EVERY_DAY: frozenset[Weekday] = frozenset(Weekday)


class Days(Struct, frozen=True):
    """On which days of a week an exercise is done.

    Attributes:
        named: the days that have boxes on the sheet.
        per_week: how many of them are meant. Fewer than named means the person picks: 'any 5 days'.
    """

    named: frozenset[Weekday] = EVERY_DAY
    per_week: int = 7


class Tick(Enum):
    """What one tick box stands for."""

    REP = "rep"
    SET = "set"
    SESSION = "session"


class Dose(Struct, frozen=True):
    """What a person is asked to do of one exercise.

    Attributes:
        reps: repetitions in a set; on each side where the exercise has two.
        sets: how many sets at a time.
        hold: how long each repetition is held, if at all.
        rest: seconds of rest between sets, 0 if none is asked for.
        times_per_day: how often a day.
        days: on which days.
        weeks: for how many weeks, 0 if it is not said.
        load: a band, a weight; free text.
        tempo: how fast; free text.
        optional: an extra, for those who feel able.
    """

    reps: Amount
    sets: int = 1
    hold: Hold | None = None
    rest: int = 0
    times_per_day: int = 1
    days: Days = Days()
    weeks: int = 0
    load: str = ""
    tempo: str = ""
    optional: bool = False

    def boxes_per_day(self, sides: int, tick: Tick = Tick.REP) -> int:
        """Tick boxes for one day, the optional ones of a range included.

        Args:
            sides: on how many sides the exercise is done; 0 and 1 both mean one run of boxes.
            tick: what a box stands for. A session covers all its sets and sides.
        """
        if tick is Tick.SESSION:
            return self.times_per_day
        in_a_run = self.sets if tick is Tick.SET else self.sets * self.reps.high
        return in_a_run * max(1, sides) * self.times_per_day

    def seconds_per_session(self, sides: int) -> int:
        """Seconds that one session of the exercise takes, by the upper end of every range.

        Args:
            sides: on how many sides the exercise is done.
        """
        rep = SECONDS_PER_MOVEMENT + _held(self.hold)
        run = self.sets * self.reps.high * rep + (self.sets - 1) * self.rest
        return SECONDS_TO_GET_READY + max(1, sides) * run


class DoseChange(Struct, frozen=True, eq=False):
    """What one person does otherwise than the routine says.

    Attributes:
        exercise: id of the exercise.
        figures: fields of its dose, with their values; a tuple of pairs, so that equal changes are equal.
        location: where it is asked for; not part of its value.
    """

    exercise: str
    figures: tuple[tuple[str, Any], ...]
    location: Location = Location("")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DoseChange) and (self.exercise, self.figures) == (other.exercise, other.figures)

    def __hash__(self) -> int:
        return hash((self.exercise, self.figures))


# Our own estimates, so that "about 9 minutes a day" errs on the long side; nobody's measurement.
#: Into a position and back.
SECONDS_PER_MOVEMENT = 4
#: One calm breath.
SECONDS_PER_BREATH = 4
#: From one exercise to the next: read it, lie down, settle.
SECONDS_TO_GET_READY = 30


def _held(hold: Hold | None) -> int:
    if hold is None:
        return 0
    return hold.amount.high * (SECONDS_PER_BREATH if hold.unit is HoldUnit.BREATHS else 1)


def minutes_a_day(doses: Iterable[tuple[Dose, int]]) -> int:
    """Minutes that a day's exercises take, rounded up, on a day that has them all.

    Args:
        doses: each dose with the number of sides it is done on.
    """
    return ceil(sum(dose.times_per_day * dose.seconds_per_session(sides) for dose, sides in doses) / 60)
