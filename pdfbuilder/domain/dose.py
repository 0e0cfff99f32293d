"""How much of an exercise: sets, repetitions, holds, rests, and what follows from them.

Everything that can be computed from a dose is computed here, so that no figure on a sheet is typed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import partial
from math import ceil
from typing import Annotated, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.declare import NOT_A_KEY, Example, Fault, Text, Unfit, Value, is_none, wrong
from pdfbuilder.domain.figures import (
    REPS,
    Amount,
    Days,
    Hold,
    HoldUnit,
    parse_days,
    parse_hold,
    parse_reps,
    parse_rest,
    parse_whole,
)

MOST_TIMES_PER_DAY: Final = 6


class Tick(Enum):
    """What one tick box stands for."""

    REP = "rep"
    SET = "set"
    SESSION = "session"


class Run(Struct, frozen=True):
    """What is done on one side."""

    reps: Amount
    sets: int


class ForEachSide(Struct, frozen=True):
    """A figure as it is written where the sides differ: `{affected: 3, other: 1}`."""

    affected: Any
    other: Any


# --------------------------------------------------------------------------- the figures


def _whole(key: str, least: int, most: int, example: int) -> Value:
    """A whole number: the only kind of figure whose bounds its key decides."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Value(partial(parse_whole, key, (least, most), example), schema)


def _or_none(value: Value, nothing: Any = None) -> Value:
    """A figure for which the word `none` may stand, which clears what would hold otherwise."""
    schema = _any_of(value.schema, {"const": "none"})
    return Value(lambda given: nothing if is_none(given) else value.parse(given), schema)


def _for_each_side(value: Value, example: str) -> Value:
    """A figure that each side may have to itself."""
    sides = ForEachSide.__struct_fields__
    schema = {
        "type": "object",
        "properties": dict.fromkeys(sides, value.schema),
        "required": list(sides),
        "additionalProperties": False,
    }

    def parse(given: object) -> Any:
        if not isinstance(given, dict) or not given.keys() & set(sides):
            return value.parse(given)
        if given.keys() != set(sides):
            raise wrong("dose-sides", "affected: and other:, and nothing else", given, f"write {example}")
        faults: list[Fault] = []
        figures = []
        for side in sides:
            try:
                figures.append(value.parse(given[side]))
            except Unfit as unfit:
                faults += (replace(each, at=side) for each in unfit.faults)
        if faults:
            raise Unfit(*faults)
        return ForEachSide(*figures)

    return Value(parse, _any_of(value.schema, schema))


def _any_of(*schemas: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": list(schemas)}


def _pattern(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "examples": list(examples)}


_RANGE: Final = _pattern(r"^\d+\s*(-|–|to)\s*\d+$", "8-10")
_REPS: Final = _for_each_side(
    Value(parse_reps, _any_of({"type": "integer", "minimum": REPS[0], "maximum": REPS[1]}, _RANGE)),
    "reps: {affected: 10, other: 5}",
)
_SETS: Final = _for_each_side(_whole("sets", 1, 10, example=3), "sets: {affected: 3, other: 1}")
_HOLD: Final = Value(parse_hold, _pattern(r"^\d+.*(s|sec|min|breath)", "5 s", "20-30 s", "5 breaths"))
_REST: Final = Value(parse_rest, _pattern(r"^\d+\s*(s|sec|min)", "30 s", "2 min"))
_NAMED_DAYS: Final = {
    "type": "array",
    "items": {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    "uniqueItems": True,
    "minItems": 1,
}
_PER_WEEK: Final = _pattern(r"^([1-7]\s*(days?\s*)?(per|a|/)\s*week|every day|daily)$", "5 per week", "every day")
_DAYS: Final = Value(parse_days, _any_of(_PER_WEEK, _NAMED_DAYS))
_FREE_TEXT: Final = Text(120, unsided=True, may_be_none=True)


class Dose(Struct, frozen=True):
    """What a person is asked to do of one exercise.

    The only list of its figures: exercises, routines, rosters and schemas have the keys that stand here.
    """

    reps: Annotated[Amount, _REPS, "Repetitions in a set, on each side where there are two.", Example("10")]
    sets: Annotated[int, _SETS, "Sets at a time."] = 1
    hold: Annotated[Hold | None, _or_none(_HOLD), "How long each repetition is held."] = None
    #: In seconds, 0 for none.
    rest: Annotated[int, _or_none(_REST, 0), "Rest between sets."] = 0
    times_per_day: Annotated[int, _whole("times_per_day", 1, MOST_TIMES_PER_DAY, example=2), "How often a day."] = 1
    days: Annotated[Days, _DAYS, "On which days; every day if left out."] = Days()
    #: 0 if it is not said.
    weeks: Annotated[int, _whole("weeks", 1, 52, example=6), "For how many weeks; the diary prints as many."] = 0
    load: Annotated[str, _FREE_TEXT, "A band or a weight, such as 'yellow band'."] = ""
    tempo: Annotated[str, _FREE_TEXT, "How fast, such as 'slowly up, slowly down'."] = ""
    #: None if nothing is said of it; 0 is no pain at all.
    pain_limit: Annotated[
        int | None, _or_none(_whole("pain_limit", 0, 10, example=3)), "The most that it may hurt, from 0 to 10."
    ] = None
    optional: Annotated[bool, "An extra, for those who feel able: its boxes are dashed."] = False
    #: What is done on the other side, where that is not the same.
    other: Annotated[Run | None, NOT_A_KEY] = None

    @classmethod
    def of(cls, figures: Mapping[str, Any]) -> Dose:
        """A dose of some figures, the repetitions among them."""
        return cls(figures["reps"]).changed(figures)

    def changed(self, figures: Mapping[str, Any]) -> Dose:
        """The dose with some figures changed: an exercise's own by a routine, a routine's for one person."""
        here, there = dict(figures), {name: figures[name] for name in Run.__struct_fields__ if name in figures}
        for name, figure in there.items():
            if isinstance(figure, ForEachSide):
                here[name], there[name] = figure.affected, figure.other
        changed = replace(self, **here, other=None)
        other = replace(self.runs(2)[1], **there)
        return replace(changed, other=other) if other != changed.runs(2)[1] else changed

    def runs(self, sides: int) -> tuple[Run, ...]:
        """What is done on each side, in the order of work; once where there is no side."""
        run = Run(self.reps, self.sets)
        return (run, self.other or run)[: max(1, sides)]

    def seconds_per_session(self, sides: int) -> int:
        """Seconds that one session of the exercise takes, by the upper end of every range.

        Args:
            sides: on how many sides the exercise is done.
        """
        rep = SECONDS_PER_MOVEMENT + _held(self.hold)
        runs = (run.sets * run.reps.high * rep + (run.sets - 1) * self.rest for run in self.runs(sides))
        return SECONDS_TO_GET_READY + sum(runs)


#: The figures of a dose, as files and rosters call them.
DOSE_FIELDS: Final = tuple(name for name in Dose.__struct_fields__ if name != "other")


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
