"""The exercise file, and the exercise that a routine writes out: what they may hold, and what is made of it."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from msgspec import Struct, field

from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.declare import (
    Beside,
    Example,
    Items,
    Line,
    MadeOf,
    Name,
    OneOf,
    TextOf,
    UnsidedLine,
    Value,
    is_none,
    wrong,
)
from pdfbuilder.domain.dose import DOSE_FIELDS, SOME_AMOUNT, Dose, SideRun, lacking_amount
from pdfbuilder.domain.exercise import Exercise, Illustration, LanguageCode, Region, Reviewed, Source
from pdfbuilder.domain.person import MOST_LINES
from pdfbuilder.domain.picture import Picture, PictureKind
from pdfbuilder.domain.side import Side, SideRule
from pdfbuilder.domain.wording import Wording
from pdfbuilder.reading.finding import Reader
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.shapes import Choice
from pdfbuilder.yamlfile.tree import KeyPath, ListNode, MapNode, field_name, plain

WordingLine = Annotated[Wording, TextOf(120)]
WordingProse = Annotated[Wording, TextOf(600)]

_OneLine = Annotated[tuple[Wording, ...], MadeOf(WordingLine, lambda line, _: (line,))]
_Several = Annotated[tuple[WordingLine, ...], Items(1, MOST_LINES)]
#: A text, or several of them.
WordingLines = Annotated[
    tuple[Wording, ...], OneOf(lambda value: _Several if isinstance(value, tuple) else _OneLine, (_OneLine, _Several))
]


# --------------------------------------------------------------------------- values


def _rule(value: object) -> SideRule:
    known = {rule.value: rule for rule in SideRule}
    if isinstance(value, str) and (found := known.get(value.strip().casefold())):
        return found
    hint = (
        "affected or other is done on that side only, each on one side and then on the other, alternate in turn, "
        "bilateral with both at once or with the middle of the body, asymmetric with both at once, but never the other "
        "way round"
    )
    raise wrong("choice", f"one of {', '.join(known)}", value, hint)


AnyRule = Annotated[SideRule, Value(_rule, {"enum": [rule.value for rule in SideRule]})]
_Steps = Annotated[tuple[WordingProse, ...], Items(1, 12)]
_StepsOrNone = Annotated[tuple[WordingProse, ...], Items(1, 12, may_be_none=True)]


# --------------------------------------------------------------------------- models


class PictureSpec(Struct, frozen=True, kw_only=True):
    """A picture of the exercise."""

    file: Annotated[Name, "Path of an SVG, PNG, JPEG or WebP, from the file that names it."]
    shows: Annotated[
        Literal["left", "right", "neither"], "The side that it shows the exercise on; neither is never mirrored."
    ]
    alt: Annotated[WordingProse, "What it shows, for those who do not see it."]
    credit: Annotated[Line | None, "Who made it; printed with the exercise."] = None
    licence: Annotated[Line | None, "Under which licence; printed after the credit, which it needs."] = None


def _illustration(spec: PictureSpec, at: Place) -> Illustration | None:
    """The picture that an exercise names; None, and a problem, if it cannot be had."""
    reader: Reader = at.reader
    if spec.licence and not spec.credit:
        message = "a licence does not say who made the picture"
        _error("picture-credit", message, at.under("licence"), "write credit: with their name")
    shows = Side(spec.shows) if spec.shows != "neither" else None
    credit = ", ".join(part for part in (spec.credit, spec.licence) if part)
    if not reader.pictures:
        return Illustration(Picture("", PictureKind.DRAWING, 1, 1, shows), spec.alt)
    picture = reader.picture(spec.file, at.under("file"), shows, credit)
    return Illustration(picture, spec.alt) if picture else None


_Thing = Annotated[str, TextOf(40, unsided=True)]
_OneThing = Annotated[tuple[str, ...], MadeOf(_Thing, lambda thing, _: (thing,))]
_SeveralThings = Annotated[tuple[_Thing, ...], Items(1, MOST_LINES)]
_Equipment = Annotated[
    tuple[str, ...],
    OneOf(lambda value: _SeveralThings if isinstance(value, tuple) else _OneThing, (_OneThing, _SeveralThings)),
]

_OneRegion = Annotated[tuple[Region, ...], MadeOf(Region, lambda region, _: (region,))]
_SeveralRegions = Annotated[tuple[Region, ...], Items(1, MOST_LINES)]
_Regions = Annotated[
    tuple[Region, ...],
    OneOf(lambda value: _SeveralRegions if isinstance(value, tuple) else _OneRegion, (_OneRegion, _SeveralRegions)),
]

#: The longest address that a code of the printed size holds, in characters (ISO/IEC 18004: version 6, level M).
_LONGEST_ADDRESS: Final = 106
_ADDRESS: Final = r"^\s*https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[!-~]*)?\s*$"


def _film(value: object) -> str:
    """The address of a film, as it is printed and put into a code; it is never fetched."""
    if not isinstance(value, str) or not re.match(_ADDRESS, value, re.ASCII):
        hint = "write one address that begins with https://, without spaces or letters with accents"
        raise wrong("video", "an https address, such as https://clinic.example/heel-slide", value, hint)
    address = value.strip()
    if len(address) > _LONGEST_ADDRESS:
        got = f"{len(address)}"
        raise wrong("video", f"an address of at most {_LONGEST_ADDRESS} characters, which its code can hold", got,
                    "make a shorter one that leads there")  # fmt: skip
    return address


_Video = Annotated[
    str,
    Value(
        _film,
        {
            "type": "string",
            "pattern": _ADDRESS,
            "maxLength": _LONGEST_ADDRESS,
            "examples": ["https://clinic.example/heel-slide"],
        },
    ),
]


class NoPicture(Struct, frozen=True):
    """Says that an entry leaves out the picture of its exercise."""


_NoPicture = Annotated[NoPicture, Value(lambda _: NoPicture(), {"const": "none"})]
_Picture = Annotated[Illustration | None, MadeOf(PictureSpec, _illustration)]
_PictureOrNone = Annotated[
    Illustration | NoPicture | None,
    OneOf(lambda value: _NoPicture if is_none(value) else _Picture, (_NoPicture, _Picture)),
]


class Changeable(Struct, frozen=True, kw_only=True):
    """What a routine may say otherwise than the exercise that it names; fields are called as in `Exercise`."""

    name: Annotated[WordingLine | None, "What it is called on the sheet."] = None
    steps: Annotated[
        _Steps | None, "Other steps; without a cue, a picture, a then and a review of their own they have none."
    ] = field(default=None, name="instructions")
    then: Annotated[WordingProse | None, "The step that sends the person to the second side."] = None
    steps_for_both: Annotated[
        _StepsOrNone | None, "The steps for somebody with two affected sides; none if they cannot do it."
    ] = field(default=None, name="instructions_both")
    cue: Annotated[WordingLine | None, "A one-line reminder, for the fridge sheet."] = None
    feel: Annotated[WordingProse | None, "What it should feel like."] = None
    equipment: Annotated[_Equipment | None, "What is needed for it: a text or several."] = None
    avoid_if: Annotated[
        WordingLines | None, "What speaks against it, before the steps: a text or several; follows 'leave this out if'."
    ] = None
    video: Annotated[_Video | None, "Address of a film of it, printed with a code for a telephone's camera."] = None
    progress_when: Annotated[WordingProse | None, "When to do more."] = None
    ease_when: Annotated[WordingProse | None, "When to do less."] = None
    stop_when: Annotated[WordingProse | None, "When to stop."] = None
    illustration: Annotated[_PictureOrNone, "What it looks like; none leaves out the exercise's own."] = field(
        default=None, name="picture"
    )


class Movement(Changeable, frozen=True, kw_only=True):
    """An exercise, wherever it is written."""

    figures: Annotated[dict[str, Any], Beside(Dose, rule=SOME_AMOUNT, lacking=lacking_amount)]
    name: Annotated[WordingLine, "What it is called on the sheet.", Example("Heel slide")]
    rule: Annotated[AnyRule, "How it treats the two sides of the body.", Example("affected")] = field(name="side")
    steps: Annotated[
        _Steps,
        "The steps, in order; three to six short ones are best.",
        Example('["Lie on your back.", "Bend your {affected knee}."]'),
    ] = field(name="instructions")
    illustration: Annotated[_Picture, "What it looks like."] = field(default=None, name="picture")
    regions: Annotated[_Regions, "The part of the body that it is for: one or several."] = field(
        default=(), name="region"
    )


_DoseFigure = Annotated[str, Choice({name: name for name in DOSE_FIELDS})]


class DoseSource(Struct, frozen=True, kw_only=True):
    """Where the figures of a dose come from."""

    source: Annotated[tuple[_DoseFigure, ...], "Those that the sources give."] = ()
    chosen: Annotated[tuple[_DoseFigure, ...], "Those that were chosen for this project."] = ()


_WhollyFrom = Literal["source", "chosen"]
_AnyDoseSource = Annotated[
    _WhollyFrom | DoseSource, OneOf(lambda value: DoseSource if isinstance(value, dict) else _WhollyFrom)
]


class ExerciseSpec(Movement, frozen=True, kw_only=True):
    """An exercise file."""

    language: LanguageCode = "en"
    group: Annotated[UnsidedLine, "The muscles that it is for."] = ""
    dose_source: Annotated[
        _AnyDoseSource | None,
        "Whether the sources give the dose, or it was chosen: all of it, or each figure.",
    ] = None
    sources: Annotated[tuple[Source, ...], "Where its facts come from."] = ()
    review: Reviewed = field(default=None, name="reviewed")


# --------------------------------------------------------------------------- conversion


def to_exercise(spec: Movement, at: Place, **facts: Any) -> Exercise:
    """An exercise from wherever it is written, with what else is known of it."""
    # What is left out is so by the exercise's own default.
    said = {name: getattr(spec, name) for name in spec.__struct_fields__ if name in Exercise.__struct_fields__}
    said = {name: value for name, value in said.items() if value is not None}
    exercise = Exercise(dose=at.fit(Dose.of, spec.figures), location=at.heading, **facts, **said)
    refuse_sides_where_there_are_none(exercise, at)
    _refuse_steps_for_no_second_side(exercise, at)
    return exercise


def refuse_sides_where_there_are_none(exercise: Exercise, at: Place) -> None:
    """What is done with both sides at once names none, and only what is done on each has a dose for each."""
    if exercise.dose.is_by_side and exercise.rule not in (SideRule.EACH, SideRule.ALTERNATE):
        for figure in SideRun.__struct_fields__:
            for place in _said_of(figure, exercise.dose, at):
                if isinstance(place.node, MapNode):
                    message = f"{figure} has a number for each side, but the exercise is {exercise.rule.value}"
                    _error("dose-sides", message, place, f"write one number, such as {figure}: 3")
    if exercise.dose.has_parts and exercise.rule is SideRule.ALTERNATE:
        message = "the sides take turns, so that parts cannot be told apart"
        said = (place for place in _said_of("parts", exercise.dose, at) if isinstance(place.node, ListNode))
        # An entry that leaves the parts to its exercise has made the sides take turns.
        _error("dose-parts", message, next(said, None) or at.under("side"), "leave them out, or choose side: each")
    if exercise.rule is not SideRule.BILATERAL:
        return
    if at.has("picture") and exercise.illustration and plain(at.under("picture").under("shows").node) != "neither":
        message = "the exercise is bilateral: its picture shows neither side"
        _error("picture-side", message, at.under("picture").under("shows"), "write shows: neither")
    keys = ("name", "cue", "feel", "stop_when", "progress_when", "ease_when")
    texts: dict[KeyPath, Wording | None] = {(key,): getattr(exercise, key) for key in keys}
    texts |= {("instructions", index): step for index, step in enumerate(exercise.steps)}
    texts |= dict(exercise.dose.named_texts)
    texts |= {("avoid_if", index): text for index, text in enumerate(exercise.avoid_if)}
    texts[("picture", "alt")] = exercise.illustration.alternative if exercise.illustration else None
    for key, text in texts.items():
        for phrase in text.phrases if text else ():
            at.reader.problems.error(
                "side-in-bilateral",
                f"{phrase.raw} names a side, but the exercise is bilateral",
                text.location.narrowed(phrase.raw) if text else Location(""),
                field=field_name((*at.path, *key)),
                hint="say 'both knees', or choose side: each or side: affected",
            )


def _said_of(figure: str, dose: Dose, at: Place) -> Iterator[Place]:
    """Where a figure is said: in the dose, and in the steps of its progress."""
    steps = at.under("progress").items if at.has("progress") and dose.progress else ()
    return (each.under(figure) for each in (at, *steps) if each.has(figure))


def _refuse_steps_for_no_second_side(exercise: Exercise, at: Place) -> None:
    """A step that nobody would ever read is a slip."""
    if exercise.then and exercise.rule in (SideRule.ASYMMETRIC, SideRule.BILATERAL):
        message = f"then sends to the second side, but the exercise is {exercise.rule.value}"
        hint = "leave it out: it is for exercises that are done on one side and then on the other"
        _error("never-printed", message, at.under("then"), hint)
    if exercise.rule is SideRule.BILATERAL and exercise.steps_for_both is not None:
        message = "instructions_both is for two affected sides, but the exercise is bilateral"
        hint = "leave it out: the steps are the same for everybody"
        _error("never-printed", message, at.under("instructions_both"), hint)


def _error(code: str, message: str, at: Place, hint: str) -> None:
    at.reader.problems.error(code, message, at.node.location, field=at.field, hint=hint)
