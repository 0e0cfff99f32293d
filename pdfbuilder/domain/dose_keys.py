"""What may stand under each key of a dose: how it is parsed, and what a JSON Schema says of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any, Final, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.declare import Fault, TextOf, Unfit, Value, is_none, wrong
from pdfbuilder.domain.figures import (
    DAYS_PATTERN,
    DISTANCE_PATTERN,
    DURATION_PATTERN,
    FREQUENCY_PATTERN,
    HOLD_PATTERN,
    LONGEST_OCCASION,
    LONGEST_PART,
    MOST_OCCASIONS,
    PARTS,
    REPS,
    REPS_NUMBER,
    SETS,
    SETS_NUMBER,
    TIME_PATTERN,
    TIMES_PER_DAY,
    amount_pattern,
    parse_amount,
    parse_days,
    parse_distance,
    parse_duration,
    parse_frequency,
    parse_hold,
    parse_parts,
    parse_pause,
    parse_reps,
    parse_whole,
)
from pdfbuilder.domain.side import Side


class Tick(Enum):
    """What one tick box stands for."""

    REP = "rep"
    SET = "set"
    SESSION = "session"
    #: There is none: what is learnt, not counted.
    NONE = "none"


class ForEachSide(Struct, frozen=True):
    """A figure as it is written where the sides differ: `{affected: 3, other: 1}`."""

    affected: Any
    other: Any


def whole(key: str, least: int, most: int, example: int) -> Value:
    """A whole number whose bounds its key decides."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Value(partial(parse_whole, key, (least, most), example), schema)


def amount(key: str, bounds: tuple[int, int], number: str, example: int) -> Value:
    """An amount whose bounds its key decides; the pattern of a number within them goes with them."""
    return Value(partial(parse_amount, key, bounds, example), _amount_schema(bounds, number))


def _amount_schema(bounds: tuple[int, int], number: str, more: str = "") -> dict[str, Any]:
    pattern = _pattern(f"^(?:{amount_pattern(number)}{more})$", "8-10", "up to 10", "at least 5", "____")
    return _any_of({"type": "integer", "minimum": bounds[0], "maximum": bounds[1]}, pattern)


def or_none(value: Value, nothing: Any = None) -> Value:
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
        if not _is_by_side(given):
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
        return figures[0] if figures[0] == figures[1] else ForEachSide(*figures)

    return Value(parse, _any_of(value.schema, schema))


def _is_by_side(given: object) -> TypeGuard[dict[str, Any]]:
    """Whether a figure is written for each side by itself."""
    named = {*ForEachSide.__struct_fields__, *(side.value for side in Side)}
    return isinstance(given, dict) and bool(given.keys() & named)


def _for_both_sides(parse: Callable[[object], Any], schema: dict[str, Any]) -> Value:
    """A figure that is the same for both sides, wherever there are two."""

    def same(given: object) -> Any:
        if _is_by_side(given):
            hint = "only reps and sets may differ: write the exercise twice, with side: affected and with side: other"
            raise wrong("dose-sides", "the same for both sides", given, hint)
        return parse(given)

    return Value(same, schema)


def _any_of(*schemas: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": list(schemas)}


def _pattern(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "examples": list(examples)}


REPS_KEY: Final = _for_each_side(
    Value(parse_reps, _amount_schema(REPS, REPS_NUMBER, "|max")),
    "reps: {affected: 10, other: 5}",
)
SETS_KEY: Final = _for_each_side(amount("sets", SETS, SETS_NUMBER, example=3), "sets: {affected: 3, other: 1}")
HOLD_KEY: Final = _for_both_sides(parse_hold, _pattern(HOLD_PATTERN, "5 s", "20-30 s", "5 breaths", "max"))
DURATION_KEY: Final = _for_both_sides(parse_duration, _pattern(DURATION_PATTERN, "20 s", "10-15 min", "30 min a day"))
DISTANCE_KEY: Final = _for_both_sides(parse_distance, _pattern(DISTANCE_PATTERN, "20 steps", "50-100 m"))
RELAX_KEY: Final = _for_both_sides(partial(parse_pause, "relax"), _pattern(TIME_PATTERN, "5 s"))
REST_KEY: Final = _for_both_sides(partial(parse_pause, "rest"), _pattern(TIME_PATTERN, "30 s", "1-2 min"))
_OCCASIONS: Final = {
    "type": "array",
    "items": {"type": "string", "minLength": 1, "maxLength": LONGEST_OCCASION},
    "minItems": 1,
    "maxItems": MOST_OCCASIONS,
    "uniqueItems": True,
}
TIMES_PER_DAY_KEY: Final = _for_both_sides(
    parse_frequency,
    _any_of(
        {"type": "integer", "minimum": TIMES_PER_DAY[0], "maximum": TIMES_PER_DAY[1]},
        _pattern(FREQUENCY_PATTERN, "2-3", "every 2 hours", "often"),
        _OCCASIONS,
    ),
)
_NAMED_DAYS: Final = {
    "type": "array",
    "items": {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    "uniqueItems": True,
    "minItems": 1,
}
DAYS_KEY: Final = _for_both_sides(
    parse_days,
    _any_of(_pattern(DAYS_PATTERN, "every other day", "3 per week", "3 per week, not in a row"), _NAMED_DAYS),
)
PARTS_KEY: Final = _for_both_sides(
    parse_parts,
    {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": LONGEST_PART},
        "minItems": PARTS[0],
        "maxItems": PARTS[1],
        "uniqueItems": True,
    },
)


def _parse_tick(value: object) -> Tick:
    if isinstance(value, str) and (found := {each.value: each for each in Tick}.get(value.strip().casefold())):
        return found
    words = ", ".join(each.value for each in Tick)
    raise wrong("dose-tick", f"one of {words}", value, "write tick: set, or leave it out: it fits the room by itself")


TICK_KEY: Final = Value(_parse_tick, {"enum": [each.value for each in Tick]})
LOAD_KEY: Final = TextOf(120, may_be_none=True, such_as="'yellow band', '2 kg'")
TEMPO_KEY: Final = TextOf(120, may_be_none=True, such_as="'slowly up, slowly down'")
