"""What each kind of definition file may hold. The JSON Schemas for editors are made from these models."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    InstanceOf,
    Tag,
    WithJsonSchema,
)

from pdfbuilder.dose import Amount, Days, Hold
from pdfbuilder.reading import values
from pdfbuilder.reading.values import Cleared
from pdfbuilder.side import AffectedSide, SideRule

Value = TypeVar("Value")


def _schema(*alternatives: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema(alternatives[0] if len(alternatives) == 1 else {"anyOf": list(alternatives)})


def _whole(key: str, bounds: tuple[int, int]) -> tuple[BeforeValidator, WithJsonSchema]:
    return (
        BeforeValidator(partial(values.whole_number, key, bounds)),
        _schema({"type": "integer", "minimum": bounds[0], "maximum": bounds[1]}),
    )


def _pattern(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "examples": list(examples)}


_NONE: Final = {"const": "none"}
_TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 600}


def _longest(limit: int) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if isinstance(value, str) and len(value) > limit:
            raise values.wrong("text-length", f"at most {limit} characters", f"{value[:20]}…", "say it shorter")
        return value

    return check


Line = Annotated[
    str,
    BeforeValidator(lambda value: _longest(120)(values.unsided(value))),
    _schema({**_TEXT, "maxLength": 120}),
]
Prose = Annotated[str, BeforeValidator(lambda value: _longest(600)(values.unsided(value))), _schema(_TEXT)]
WordingLine = Annotated[
    str,
    BeforeValidator(lambda value: _longest(120)(values.wording(value))),
    _schema({**_TEXT, "maxLength": 120}),
]
WordingProse = Annotated[str, BeforeValidator(lambda value: _longest(600)(values.wording(value))), _schema(_TEXT)]
Identifier = Annotated[
    str,
    BeforeValidator(values.text),
    _schema({"type": "string", "minLength": 1, "maxLength": 200}),
]

Reps = Annotated[
    InstanceOf[Amount],
    BeforeValidator(values.parse_reps),
    _schema(
        {"type": "integer", "minimum": values.REPS[0], "maximum": values.REPS[1]},
        _pattern(r"^\d+\s*(-|–|to)\s*\d+$", "8-10"),
    ),
]
HoldTime = Annotated[
    InstanceOf[Hold] | Literal[Cleared.NONE],
    BeforeValidator(values.parse_hold),
    _schema(_pattern(r"^\d+.*(s|sec|min|breath)", "5 s", "20-30 s", "5 breaths"), _NONE),
]
RestTime = Annotated[
    int | Literal[Cleared.NONE],
    BeforeValidator(values.parse_rest),
    _schema(_pattern(r"^\d+\s*(s|sec|min)", "30 s", "2 min"), _NONE),
]
DaysOfWeek = Annotated[
    InstanceOf[Days],
    BeforeValidator(values.parse_days),
    _schema(
        _pattern(r"^([1-7]\s*(days?\s*)?(per|a|/)\s*week|every day|daily)$", "5 per week", "every day"),
        {
            "type": "array",
            "items": {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
            "uniqueItems": True,
            "minItems": 1,
        },
    ),
]
ClearableText = Annotated[
    str | Literal[Cleared.NONE],
    BeforeValidator(lambda value: _longest(120)(values.clearable_text(value))),
    _schema({**_TEXT, "maxLength": 120}),
]
Rule = Annotated[
    SideRule,
    BeforeValidator(lambda value: values.choice(value, {rule.value: rule for rule in SideRule}, "side")),
    _schema({"enum": [rule.value for rule in SideRule]}),
]
PlanSide = Annotated[
    AffectedSide,
    BeforeValidator(values.parse_side),
    _schema({"enum": [side.value for side in AffectedSide]}),
]
OneSide = Annotated[AffectedSide, BeforeValidator(values.parse_one_side), _schema({"enum": ["left", "right"]})]
Day = Annotated[datetime.date, BeforeValidator(values.parse_date), _schema({"type": "string", "format": "date"})]


#: What a picture can show.
_SHOWS: Final = ("left", "right", "neither")


class Spec(BaseModel):
    """Base of all: unknown keys are errors, and nothing is converted behind anyone's back."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ReviewSpec(Spec):
    """A clinician's signature."""

    by: Line = Field(description="Name and profession of who reviewed it.")
    on: Day = Field(description="When.")


class SourceSpec(Spec):
    """Where facts come from."""

    title: Line = Field(description="Title of the source, with its publisher.")
    url: Line | None = Field(None, description="Address, if it has one.")
    read: Day | None = Field(None, description="When it was read.")
    note: Prose | None = Field(None, description="What was taken from it, and how an ambiguity was read.")


class PictureSpec(Spec):
    """A picture of the exercise."""

    file: Identifier = Field(description="Path of an SVG, PNG, JPEG or WebP, from the file that names it.")
    shows: Annotated[
        str,
        BeforeValidator(lambda value: values.choice(value, {each: each for each in _SHOWS}, "shows")),
        _schema({"enum": list(_SHOWS)}),
    ] = Field(description="The side that it shows the exercise on; neither is never mirrored.")
    alt: WordingProse = Field(description="What it shows, for those who do not see it.")
    credit: Line | None = Field(None, description="Who made it; printed with the exercise.")
    licence: Line | None = Field(None, description="Under which licence; printed with the exercise.")


class DoseSpec(Spec):
    """The dose: what to do how often. In a routine, a key that is left out keeps the exercise's own value."""

    sets: Annotated[int, *_whole("sets", values.SETS)] | None = Field(None, description="Sets at a time.")
    reps: Reps | None = Field(None, description="Repetitions in a set, on each side where there are two.")
    hold: HoldTime | None = Field(None, description="How long each repetition is held.")
    rest: RestTime | None = Field(None, description="Rest between sets.")
    times_per_day: Annotated[int, *_whole("times_per_day", values.TIMES_PER_DAY)] | None = Field(
        None, description="How often a day."
    )
    days: DaysOfWeek | None = Field(None, description="On which days; every day if left out.")
    weeks: Annotated[int, *_whole("weeks", values.WEEKS)] | None = Field(
        None, description="For how many weeks; the diary prints as many."
    )
    load: ClearableText | None = Field(None, description="A band or a weight, such as 'yellow band'.")
    tempo: ClearableText | None = Field(None, description="How fast, such as 'slowly up, slowly down'.")
    optional: bool | None = Field(None, description="An extra, for those who feel able: its boxes are dashed.")
    progress_when: WordingProse | None = Field(None, description="When to do more.")
    ease_when: WordingProse | None = Field(None, description="When to do less.")
    stop_when: WordingProse | None = Field(None, description="When to stop.")


class _MovementSpec(DoseSpec):
    name: WordingLine = Field(description="What it is called on the sheet.")
    side: Rule = Field(description="How it treats the two sides of the body.")
    instructions: tuple[WordingProse, ...] = Field(
        min_length=1, max_length=12, description="The steps, in order; three to six short ones are best."
    )
    cue: WordingLine | None = Field(None, description="A one-line reminder, for the fridge sheet.")
    feel: WordingProse | None = Field(None, description="What it should feel like.")
    picture: PictureSpec | None = Field(None, description="What it looks like.")
    reps: Reps = Field(description="Repetitions in a set, on each side where there are two.")


class ExerciseSpec(_MovementSpec):
    """An exercise file."""

    language: Identifier = Field("en", description="Language of the texts (ISO 639).")
    group: Line | None = Field(None, description="The muscles or the part of the body that it is for.")
    dose_source: Literal["source", "chosen"] | None = Field(
        None, description="Whether the sources give the dose, or it was chosen for this project."
    )
    sources: tuple[SourceSpec, ...] = Field((), description="Where its facts come from.")
    reviewed: ReviewSpec | None = Field(None, description="Who reviewed it; null until someone has.")


class ReferenceSpec(DoseSpec):
    """An entry of a routine that names an exercise and may change its dose."""

    exercise: Identifier = Field(description="Id of a shipped exercise, or the path of an exercise file.")
    picture: PictureSpec | None = Field(None, description="A picture instead of the exercise's own.")
    side_of: OneSide | None = Field(None, description="A side of this entry's own, against the plan's side.")
    note: WordingProse | None = Field(None, description="A word to the person about this exercise.")


class OwnExerciseSpec(_MovementSpec):
    """An entry of a routine that writes the exercise out."""

    side_of: OneSide | None = Field(None, description="A side of this entry's own, against the plan's side.")
    note: WordingProse | None = Field(None, description="A word to the person about this exercise.")


def _kind_of_entry(value: object) -> str | None:
    if isinstance(value, str):
        return "id"
    if not isinstance(value, dict):
        return None
    return "own" if "exercise" not in value and ("name" in value or "instructions" in value) else "reference"


EntrySpec = Annotated[
    Annotated[Identifier, Tag("id")]
    | Annotated[ReferenceSpec, Tag("reference")]
    | Annotated[OwnExerciseSpec, Tag("own")],
    Discriminator(
        _kind_of_entry,
        custom_error_type="entry",
        custom_error_message="expected the id of an exercise, or keys such as exercise: and reps:",
        custom_error_context={"hint": "write - knee-to-chest, or see pdfbuilder new"},
    ),
]

#: More exercises than anyone does; a slip, not a plan.
MOST_EXERCISES: Final = 40


class RoutineSpec(Spec):
    """A routine file."""

    title: WordingLine = Field(description="The heading of the sheet.")
    exercises: tuple[EntrySpec, ...] = Field(
        min_length=1,
        max_length=MOST_EXERCISES,
        description="The exercises in order: ids, ids with changes to the dose, or written out.",
    )
    language: Identifier = Field("en", description="Language of the texts (ISO 639).")
    side: PlanSide | None = Field(
        None,
        description="The side that it is written for. Leave it out if it fits either; --side must agree with it.",
    )
    summary: Line | None = Field(None, description="A line about the routine, for lists.")
    safety: Identifier = Field("sciatica", description="Id or path of the safety block.")
    about: Identifier | None = Field(None, description="Id or path of a background text.")
    reviewed: ReviewSpec | None = Field(None, description="Who reviewed the routine as a whole.")


class SafetySpec(Spec):
    """A safety block."""

    language: Identifier = Field("en", description="Language of the texts (ISO 639).")
    emergency: tuple[Prose, ...] = Field(min_length=1, description="Signs that need help at once.")
    soon: tuple[Prose, ...] = Field(min_length=1, description="Signs that need a doctor soon.")
    both_sides: Prose = Field(description="Leads the block where both sides are affected.")
    advice: Prose = Field(description="The general advice.")
    brief: Prose = Field(description="The emergency signs in a line, for sheets without room.")
    brief_advice: Prose = Field(description="The advice in a few words, before the brief line.")
    dated: Day = Field(description="When the facts were last compared with the sources.")
    sources: tuple[SourceSpec, ...] = Field(
        min_length=1, description="Where the facts come from; the first is named on the sheet."
    )
    reviewed: ReviewSpec | None = Field(None, description="Who reviewed it; null until someone has.")


class AboutSpec(Spec):
    """A background text."""

    language: Identifier = Field("en", description="Language of the texts (ISO 639).")
    title: Line = Field(description="Its heading.")
    paragraphs: tuple[Prose, ...] = Field(min_length=1, max_length=6, description="The text.")
    sources: tuple[SourceSpec, ...] = Field((), description="Where the facts come from.")
    reviewed: ReviewSpec | None = Field(None, description="Who reviewed it; null until someone has.")
