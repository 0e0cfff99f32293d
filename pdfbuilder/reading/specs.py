"""What each kind of definition file may hold. The JSON Schemas for editors are made from these models."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final, Literal

from msgspec import Struct

from pdfbuilder.domain.declare import MAY_BE_NULL, Example, Fault, Items, OneOf, Unfit, Value, wrong
from pdfbuilder.domain.dose import Amount, Days, Hold
from pdfbuilder.domain.routine import Region
from pdfbuilder.domain.side import AffectedSide, SideRule
from pdfbuilder.reading import values
from pdfbuilder.reading.values import Cleared
from pdfbuilder.yamlfile.values import text


def _whole(key: str, bounds: tuple[int, int]) -> Value:
    schema = {"type": "integer", "minimum": bounds[0], "maximum": bounds[1]}
    return Value(partial(values.whole_number, key, bounds), schema)


def _pattern(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "examples": list(examples)}


def _side_words(*sides: AffectedSide) -> dict[str, Any]:
    """What editors complete, and what the program also takes: any capitals, and first letters."""
    words = [word for side in sides for word in (side.value, side.value[0])]
    any_case = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in word) for word in words)
    return _or({"enum": [side.value for side in sides]}, {"type": "string", "pattern": rf"^\s*({any_case})\s*$"})


def _or(*alternatives: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": list(alternatives)}


def _text(parse: Callable[[object], Any], limit: int) -> Value:
    def read(value: object) -> Any:
        found = parse(value)
        if isinstance(found, str) and len(found) > limit:
            raise wrong("text-length", f"at most {limit} characters", f"{found[:20]}…", "say it shorter")
        return found

    return Value(read, {"type": "string", "minLength": 1, "maxLength": limit})


_NONE: Final = {"const": "none"}

#: Names, titles and addresses, in which braces are braces and a side is part of the name: Right Road.
Line = Annotated[str, _text(text, 120)]
Phone = Annotated[str, _text(text, 30)]
Address = Annotated[str, _text(text, 300)]
Remark = Annotated[str, _text(text, 600)]
UnsidedLine = Annotated[str, _text(values.unsided, 120)]
Prose = Annotated[str, _text(values.unsided, 600)]
WordingLine = Annotated[str, _text(values.wording, 120)]
WordingProse = Annotated[str, _text(values.wording, 600)]
ClearableLine = Annotated[str | Literal[Cleared.NONE], _text(values.clearable_text, 120)]
Identifier = Annotated[str, Value(text, {"type": "string", "minLength": 1, "maxLength": 200})]

Reps = Annotated[
    Amount,
    Value(
        values.parse_reps,
        _or(
            {"type": "integer", "minimum": values.REPS[0], "maximum": values.REPS[1]},
            _pattern(r"^\d+\s*(-|–|to)\s*\d+$", "8-10"),
        ),
    ),
]
HoldTime = Annotated[
    Hold | Literal[Cleared.NONE],
    Value(values.parse_hold, _or(_pattern(r"^\d+.*(s|sec|min|breath)", "5 s", "20-30 s", "5 breaths"), _NONE)),
]
RestTime = Annotated[
    int | Literal[Cleared.NONE],
    Value(values.parse_rest, _or(_pattern(r"^\d+\s*(s|sec|min)", "30 s", "2 min"), _NONE)),
]
DaysOfWeek = Annotated[
    Days,
    Value(
        values.parse_days,
        _or(
            _pattern(r"^([1-7]\s*(days?\s*)?(per|a|/)\s*week|every day|daily)$", "5 per week", "every day"),
            {
                "type": "array",
                "items": {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
                "uniqueItems": True,
                "minItems": 1,
            },
        ),
    ),
]
Sets = Annotated[int, _whole("sets", values.SETS)]
TimesPerDay = Annotated[int, _whole("times_per_day", values.TIMES_PER_DAY)]
Weeks = Annotated[int, _whole("weeks", values.WEEKS)]
PlanSide = Annotated[AffectedSide, Value(values.parse_side, _side_words(*AffectedSide))]
Rule = Annotated[SideRule, Value(values.parse_rule, {"enum": [rule.value for rule in SideRule]})]
OneSide = Annotated[AffectedSide, Value(values.parse_one_side, _side_words(AffectedSide.LEFT, AffectedSide.RIGHT))]
Day = Annotated[datetime.date, Value(values.parse_date, {"type": "string", "format": "date"})]


class ReviewSpec(Struct, frozen=True, kw_only=True):
    """A clinician's signature."""

    by: Annotated[Line, "Name and profession of who reviewed it.", Example("Jane Doe, physiotherapist")]
    on: Annotated[Day, "When.", Example("2026-11-21")]


Reviewed = Annotated[ReviewSpec | None, MAY_BE_NULL]


class SourceSpec(Struct, frozen=True, kw_only=True):
    """Where facts come from."""

    title: Annotated[Line, "Title of the source, with its publisher."]
    url: Annotated[Address | None, "Address, if it has one."] = None
    read: Annotated[Day | None, "When it was read."] = None
    note: Annotated[Remark | None, "What was taken from it, and how an ambiguity was read."] = None


class PictureSpec(Struct, frozen=True, kw_only=True):
    """A picture of the exercise."""

    file: Annotated[Identifier, "Path of an SVG, PNG, JPEG or WebP, from the file that names it."]
    shows: Annotated[
        Literal["left", "right", "neither"], "The side that it shows the exercise on; neither is never mirrored."
    ]
    alt: Annotated[WordingProse, "What it shows, for those who do not see it."]
    credit: Annotated[Line | None, "Who made it; printed with the exercise."] = None
    licence: Annotated[Line | None, "Under which licence; printed after the credit, which it needs."] = None


class DoseSpec(Struct, frozen=True, kw_only=True):
    """The dose: what to do how often. In a routine, a key that is left out keeps the exercise's own value."""

    sets: Annotated[Sets | None, "Sets at a time."] = None
    reps: Annotated[Reps | None, "Repetitions in a set, on each side where there are two."] = None
    hold: Annotated[HoldTime | None, "How long each repetition is held."] = None
    rest: Annotated[RestTime | None, "Rest between sets."] = None
    times_per_day: Annotated[TimesPerDay | None, "How often a day."] = None
    days: Annotated[DaysOfWeek | None, "On which days; every day if left out."] = None
    weeks: Annotated[Weeks | None, "For how many weeks; the diary prints as many."] = None
    load: Annotated[ClearableLine | None, "A band or a weight, such as 'yellow band'."] = None
    tempo: Annotated[ClearableLine | None, "How fast, such as 'slowly up, slowly down'."] = None
    optional: Annotated[bool | None, "An extra, for those who feel able: its boxes are dashed."] = None
    progress_when: Annotated[WordingProse | None, "When to do more."] = None
    ease_when: Annotated[WordingProse | None, "When to do less."] = None
    stop_when: Annotated[WordingProse | None, "When to stop."] = None


Steps = Annotated[tuple[WordingProse, ...], Items(1, 12)]


def _steps_or_none(value: object) -> Any:
    return _NoSteps if isinstance(value, str) else Steps


_NoSteps = Annotated[Literal[Cleared.NONE], Value(values.only_none, _NONE)]
StepsForBoth = Annotated[Steps | _NoSteps, OneOf(_steps_or_none)]


class _MovementSpec(DoseSpec, frozen=True, kw_only=True):
    name: Annotated[WordingLine, "What it is called on the sheet.", Example("Heel slide")]
    side: Annotated[Rule, "How it treats the two sides of the body.", Example("affected")]
    instructions: Annotated[
        Steps,
        "The steps, in order; three to six short ones are best.",
        Example('["Lie on your back.", "Bend your {affected knee}."]'),
    ]
    then: Annotated[WordingProse | None, "The step that sends the person to the second side."] = None
    instructions_both: Annotated[
        StepsForBoth | None, "The steps for somebody with two affected sides; none if they cannot do it."
    ] = None
    cue: Annotated[WordingLine | None, "A one-line reminder, for the fridge sheet."] = None
    feel: Annotated[WordingProse | None, "What it should feel like."] = None
    picture: Annotated[PictureSpec | None, "What it looks like."] = None
    region: Annotated[Region | None, "The part of the body that it is for."] = None
    reps: Annotated[Reps, "Repetitions in a set, on each side where there are two.", Example("10")]


DoseFigure = Literal["sets", "reps", "hold", "rest", "times_per_day", "days", "weeks", "load", "tempo"]


class DoseSourceSpec(Struct, frozen=True, kw_only=True):
    """Where the figures of a dose come from."""

    source: Annotated[tuple[DoseFigure, ...], "Those that the sources give."] = ()
    chosen: Annotated[tuple[DoseFigure, ...], "Those that were chosen for this project."] = ()


_WhollyFrom = Literal["source", "chosen"]


def _wholly_or_by_figure(value: object) -> Any:
    return DoseSourceSpec if isinstance(value, dict) else _WhollyFrom


DoseSource = Annotated[_WhollyFrom | DoseSourceSpec, OneOf(_wholly_or_by_figure)]


class ExerciseSpec(_MovementSpec, frozen=True, kw_only=True):
    """An exercise file."""

    language: Annotated[Identifier, "Language of the texts (ISO 639)."] = "en"
    group: Annotated[UnsidedLine | None, "The muscles that it is for."] = None
    dose_source: Annotated[
        DoseSource | None, "Whether the sources give the dose, or it was chosen: all of it, or each figure."
    ] = None
    sources: Annotated[tuple[SourceSpec, ...], "Where its facts come from."] = ()
    reviewed: Annotated[Reviewed, "Who reviewed it; null until someone has."] = None


class ReferenceSpec(DoseSpec, frozen=True, kw_only=True):
    """An entry of a routine that names an exercise and may change its dose."""

    exercise: Annotated[
        Identifier, "Id of a shipped exercise, or the path of an exercise file.", Example("knee-to-chest")
    ]
    picture: Annotated[PictureSpec | None, "A picture instead of the exercise's own."] = None
    side_of: Annotated[OneSide | None, "A side of this entry's own, against the plan's side."] = None
    note: Annotated[WordingProse | None, "A word to the person about this exercise."] = None


class OwnExerciseSpec(_MovementSpec, frozen=True, kw_only=True):
    """An entry of a routine that writes the exercise out."""

    side_of: Annotated[OneSide | None, "A side of this entry's own, against the plan's side."] = None
    note: Annotated[WordingProse | None, "A word to the person about this exercise."] = None


def _kind_of_entry(value: object) -> Any:
    if isinstance(value, str):
        return Identifier
    if isinstance(value, dict):
        is_own = "exercise" not in value and ("name" in value or "instructions" in value)
        return OwnExerciseSpec if is_own else ReferenceSpec
    message = "expected the id of an exercise, or keys such as exercise: and reps:"
    raise Unfit(Fault("entry", message, "write - knee-to-chest, or see pdfbuilder new"))


EntrySpec = Annotated[Identifier | ReferenceSpec | OwnExerciseSpec, OneOf(_kind_of_entry)]

#: More exercises than anyone does; a slip, not a plan.
MOST_EXERCISES: Final = 100


def _one_or_several(value: object) -> Any:
    return Identifier if isinstance(value, str) else _Names


_Names = Annotated[tuple[Identifier, ...], Items(1, 5)]
SafetyNames = Annotated[Identifier | _Names, OneOf(_one_or_several)]


class ClinicSpec(Struct, frozen=True, kw_only=True):
    """The clinic."""

    name: Annotated[Line, "Its name, for the head of the sheet.", Example("Hill Street Physiotherapy")]
    phone: Annotated[Phone | None, "Its number, for questions.", Example('"020 7946 0018"')] = None


class RoutineSpec(Struct, frozen=True, kw_only=True):
    """A routine file."""

    title: Annotated[WordingLine, "The heading of the sheet.", Example("My home exercises")]
    exercises: Annotated[
        tuple[EntrySpec, ...],
        Items(1, MOST_EXERCISES),
        "The exercises in order: ids, ids with changes to the dose, or written out.",
        Example("[knee-to-chest, pelvic-tilt]"),
    ]
    language: Annotated[Identifier, "Language of the texts (ISO 639)."] = "en"
    side: Annotated[
        PlanSide | None,
        "The side that it is written for. Leave it out if it fits either; who asks for another is refused.",
    ] = None
    summary: Annotated[UnsidedLine | None, "A line about the routine, for lists."] = None
    safety: Annotated[SafetyNames | None, "Ids or paths of safety blocks, or none; the general one if left out."] = None
    about: Annotated[Identifier | None, "Id or path of a background text."] = None
    clinic: Annotated[ClinicSpec | None, "The clinic, for the head of the sheet."] = None
    reviewed: Annotated[Reviewed, "Who reviewed the routine as a whole."] = None


#: More than so many nobody reads.
MOST_SIGNS: Final = 5
SignText = Annotated[str, _text(values.unsided, 54)]
BriefSign = Annotated[str, _text(values.unsided, 40)]


class SignSpec(Struct, frozen=True, kw_only=True):
    """A warning sign."""

    text: Annotated[SignText, "The sign, in two short lines at most."]
    brief: Annotated[BriefSign, "The same in a few words, for sheets without room."]


def _kind_of_sign(value: object) -> Any:
    return BriefSign if isinstance(value, str) else SignSpec


SignKinds = Annotated[BriefSign | SignSpec, OneOf(_kind_of_sign)]


class SafetySpec(Struct, frozen=True, kw_only=True):
    """A safety block: warning signs, by what to do about them."""

    language: Annotated[Identifier, "Language of the texts (ISO 639)."] = "en"
    emergency: Annotated[
        tuple[SignKinds, ...], Items(1, MOST_SIGNS), "Signs that need help at once; they follow 'now, if you have'."
    ]
    today: Annotated[
        tuple[SignKinds, ...], Items(0, MOST_SIGNS), "Signs that need a word today; they follow 'today, if'."
    ] = ()
    soon: Annotated[
        tuple[SignKinds, ...], Items(0, MOST_SIGNS), "Signs that need a doctor soon; they follow 'soon, if'."
    ] = ()
    advice: Annotated[Prose, "The general advice, in a line."]
    both_sides: Annotated[Prose | None, "Leads the block where both sides are affected."] = None
    regions: Annotated[tuple[Region, ...], "Whose exercises call for this block."] = ()
    sources: Annotated[tuple[SourceSpec, ...], Items(1), "Where the facts come from, and when they were read."]
    reviewed: Annotated[Reviewed, "Who reviewed it; null until someone has."] = None


class AboutSpec(Struct, frozen=True, kw_only=True):
    """A background text."""

    language: Annotated[Identifier, "Language of the texts (ISO 639)."] = "en"
    title: Annotated[UnsidedLine, "Its heading."]
    paragraphs: Annotated[tuple[Prose, ...], Items(1, 6), "The text."]
    sources: Annotated[tuple[SourceSpec, ...], "Where the facts come from."] = ()
    reviewed: Annotated[Reviewed, "Who reviewed it; null until someone has."] = None
