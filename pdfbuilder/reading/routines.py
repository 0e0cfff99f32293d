"""The routine file: what it may hold, and what is made of it. What it names is looked up where it is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from msgspec import Struct, field, structs

from pdfbuilder.domain.declare import (
    Beside,
    Example,
    Fault,
    Items,
    MadeOf,
    Name,
    OneOf,
    Unfit,
    UnsidedLine,
    Value,
    wrong,
)
from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.routine import About, Clinic, Entry, Exercise, Reviewed, Safety
from pdfbuilder.domain.side import AffectedSide, Side, SideRule
from pdfbuilder.reading.exercises import (
    Changeable,
    Movement,
    WordingLine,
    WordingProse,
    refuse_sides_where_there_are_none,
    to_exercise,
)
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.values import words_schema

#: More exercises than anyone does; a slip, not a plan.
_MOST_EXERCISES: Final = 100


def _side_words(*sides: AffectedSide) -> dict[str, Any]:
    return words_schema((side.value for side in sides), (side.value[0] for side in sides))


def _side(value: object) -> AffectedSide:
    if isinstance(value, str):
        try:
            return AffectedSide.parse(value)
        except ValueError:
            pass
    raise wrong("side", "left, right or both", value, "write side: left, side: right or side: both")


def _one_side(value: object) -> Side:
    side = _side(value)
    if side is AffectedSide.BOTH:
        raise wrong("side", "left or right", value, "an exercise for both sides has side: each or side: bilateral")
    return Side(side.value)


def _finding(kind: Kind) -> Callable[[Any, Place], Any]:
    return lambda named, at: at.reader.find(kind, named, at)


def _placed(clinic: Clinic, at: Place) -> Clinic:
    return structs.replace(clinic, location=at.under("name").location)


def _known_language(code: str, at: Place) -> str:
    at.reader.find(Kind.LANGUAGE, code, at)
    return code


# --------------------------------------------------------------------------- entries


_SideOf = Annotated[
    Side | None,
    Value(_one_side, _side_words(AffectedSide.LEFT, AffectedSide.RIGHT)),
    "A side of this entry's own, against the plan's side.",
]
_Note = Annotated[WordingProse | None, "A word to the person about this exercise."]


class ReferenceSpec(Changeable, frozen=True, kw_only=True):
    """An entry of a routine that names an exercise and may change its dose."""

    figures: Annotated[dict[str, Any], Beside(Dose, partly=True)]
    exercise: Annotated[
        Exercise | None,
        MadeOf(Name, _finding(Kind.EXERCISE)),
        "Id of a shipped exercise, or the path of an exercise file.",
        Example("knee-to-chest"),
    ]
    side_of: _SideOf = None
    note: _Note = None


class OwnExerciseSpec(Movement, frozen=True, kw_only=True):
    """An entry of a routine that writes the exercise out."""

    side_of: _SideOf = None
    note: _Note = None


def _named(name: str, at: Place) -> Entry | None:
    exercise = at.reader.find(Kind.EXERCISE, name, at)
    return Entry(exercise, location=at.heading) if exercise else None


def _referring(spec: ReferenceSpec, at: Place) -> Entry | None:
    """An exercise with what the entry changes; None if it is nowhere to be found."""
    named = spec.exercise
    if named is None:
        return None
    said = {name: getattr(spec, name) or getattr(named, name) for name in Changeable.__struct_fields__}
    exercise = structs.replace(named, dose=named.dose.changed(spec.figures), **said)
    refuse_sides_where_there_are_none(exercise, at)
    return _entry(exercise, spec, at)


def _written_out(spec: OwnExerciseSpec, at: Place) -> Entry:
    return _entry(to_exercise(spec, at, id="", language=""), spec, at)


def _entry(exercise: Exercise, spec: ReferenceSpec | OwnExerciseSpec, at: Place) -> Entry:
    if spec.side_of and exercise.rule is SideRule.BILATERAL:
        side_of = at.under("side_of")
        message = "side_of names a side, but the exercise is bilateral"
        at.reader.problems.error(
            "side-contradiction", message, side_of.node.location, field=side_of.field, hint="leave side_of out"
        )
    return Entry(exercise, spec.side_of, spec.note, at.heading)


_Named = Annotated[Entry | None, MadeOf(Name, _named)]
_Referring = Annotated[Entry | None, MadeOf(ReferenceSpec, _referring)]
_WrittenOut = Annotated[Entry, MadeOf(OwnExerciseSpec, _written_out)]


def _kind_of_entry(value: object) -> Any:
    if isinstance(value, str):
        return _Named
    if isinstance(value, dict):
        is_own = "exercise" not in value and ("name" in value or "instructions" in value)
        return _WrittenOut if is_own else _Referring
    message = "expected the id of an exercise, or keys such as exercise: and reps:"
    raise Unfit(Fault("entry", message, "write - knee-to-chest, or see pdfbuilder new"))


# --------------------------------------------------------------------------- routines

_SafetyNames = Annotated[tuple[Name, ...], Items(1, 5)]
_AnySafetyNames = Annotated[
    str | tuple[str, ...],
    OneOf(lambda value: Name if isinstance(value, str) else _SafetyNames, (Name, _SafetyNames)),
]


class RoutineSpec(Struct, frozen=True, kw_only=True):
    """A routine file."""

    title: Annotated[WordingLine, "The heading of the sheet.", Example("My home exercises")]
    entries: Annotated[
        tuple[Annotated[Entry | None, OneOf(_kind_of_entry, (_Named, _Referring, _WrittenOut))], ...],
        Items(1, _MOST_EXERCISES),
        "The exercises in order: ids, ids with changes to the dose, or written out.",
        Example("[knee-to-chest, pelvic-tilt]"),
    ] = field(name="exercises")
    language: Annotated[str, MadeOf(Name, _known_language), "Language of the texts (ISO 639)."] = "en"
    side: Annotated[
        AffectedSide | None,
        Value(_side, _side_words(*AffectedSide)),
        "The side that it is written for. Leave it out if it fits either; --side must agree with it.",
    ] = None
    summary: Annotated[UnsidedLine, "A line about the routine, for lists."] = ""
    safety: Annotated[
        Safety | None,
        MadeOf(_AnySafetyNames, _finding(Kind.SAFETY)),
        "Ids or paths of safety blocks, or none; the general one if left out.",
    ] = None
    about: Annotated[About | None, MadeOf(Name, _finding(Kind.ABOUT)), "Id or path of a background text."] = None
    clinic: Annotated[Clinic | None, MadeOf(Clinic, _placed), "Whose sheet it is, for its head."] = None
    review: Annotated[Reviewed, "Who reviewed the routine as a whole."] = field(default=None, name="reviewed")
