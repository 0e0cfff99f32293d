"""A template: which blocks a handout has, and how they look. Typed, and the source of its JSON Schema.

Lengths are in millimetres. Type is in points, written `size/leading` as printers do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from pdfbuilder.diagnostics import nearest
from pdfbuilder.dose import Tick


class Paper(Enum):
    """Paper sizes."""

    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres, upright (ISO 216; Letter is 8.5 × 11 inches)."""
        return {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4), Paper.A5: (148.0, 210.0)}[self]


class Orientation(Enum):
    """Which way the paper is held."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class TickRule(Enum):
    """What a tick box stands for: one thing, or whatever the page can hold."""

    #: Repetitions; a week sheet that cannot hold them steps to sets, then to sessions.
    AUTO = "auto"
    REP = "rep"
    SET = "set"
    SESSION = "session"

    @property
    def tick(self) -> Tick:
        """What a box stands for to begin with."""
        return Tick.REP if self is TickRule.AUTO else Tick(self.value)


class Block(Enum):
    """A part of a handout."""

    #: The title, the safety block, and a card for each exercise.
    EXERCISES = "exercises"
    #: Background to the complaint; see `AboutPrint`.
    ABOUT = "about"
    #: One page: exercises × seven days.
    WEEK = "week"
    #: Pages of days with pain before and after.
    DIARY = "diary"


class AboutPrint(Enum):
    """When the background is printed."""

    #: Only where a page has room for it.
    ROOM = "room"
    #: On a page of its own if need be.
    ALWAYS = "always"


class StepsPlace(Enum):
    """Where a card has its steps."""

    #: Beside the picture, where the paper is wide enough; else below.
    BESIDE = "beside"
    #: Below the picture, across the whole width.
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class TypeSize:
    """A size of type and its leading, in points."""

    size: float
    leading: float


def _problem(code: str, expected: str, got: object, hint: str, *, at: str = "") -> PydanticCustomError:
    """A broken rule; `at` names the key that breaks it, where the rule is over several."""
    return PydanticCustomError(
        code,
        "expected {expected}, got {got}",
        {"expected": expected, "got": _shown(got), "hint": hint, "at": at},
    )


def _shown(got: object) -> str:
    return f'"{got}"' if isinstance(got, str) else f"{got:g}" if isinstance(got, float) else str(got)


_TYPE_SIZE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*/\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)", re.ASCII)


def _type_size(value: object) -> TypeSize:
    if isinstance(value, TypeSize):
        return value
    if isinstance(value, str) and (match := _TYPE_SIZE.fullmatch(value.strip())):
        found = TypeSize(float(match.group(1)), float(match.group(2)))
        if 6 <= found.size <= 72 and found.size <= found.leading <= 2 * found.size:
            return found
    raise _problem(
        "type-size",
        "size/leading in points, size from 6 to 72, leading from once to twice the size",
        value,
        "write it like 14/20",
    )


Type = Annotated[
    InstanceOf[TypeSize],
    BeforeValidator(_type_size),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?/\d+(\.\d+)?$", "examples": ["14/20"]}),
]

_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)


def _colour(value: object) -> str:
    if isinstance(value, str) and _COLOUR.fullmatch(value):
        return value.upper()
    raise _problem("colour", "a colour as #RRGGBB", value, 'write it in quotes, like "#8A2E0A"')


Colour = Annotated[
    str,
    BeforeValidator(_colour),
    WithJsonSchema({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "examples": ["#8A2E0A"]}),
]


def _choice(kind: type[Enum]) -> tuple[BeforeValidator, WithJsonSchema]:
    """One of an enumeration's values, given as its word."""
    words = {each.value: each for each in kind}

    def check(value: object) -> Enum:
        if isinstance(value, kind):
            return value
        if isinstance(value, str) and value.strip().casefold() in words:
            return words[value.strip().casefold()]
        hint = (nearest(value, words) if isinstance(value, str) else "") or f"write {next(iter(words))}"
        raise _problem("choice", f"one of {', '.join(words)}", value, hint)

    return BeforeValidator(check), WithJsonSchema({"enum": list(words)})


def _length(low: float, high: float, what: str) -> object:
    return Field(ge=low, le=high, description=f"{what} (mm, {low:g} to {high:g})")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


Millimetres = Annotated[float, Field(strict=True)]


class Margins(_Model):
    """Where the content ends, in millimetres from the paper's edge."""

    top: Millimetres = Field(12, ge=5, le=60, description="Top margin (mm).")
    right: Millimetres = Field(14, ge=5, le=60, description="Right margin (mm).")
    bottom: Millimetres = Field(19, ge=10, le=60, description="Bottom margin (mm); the footer stands in it.")
    left: Millimetres = Field(14, ge=5, le=60, description="Left margin (mm).")


class Page(_Model):
    """The paper."""

    paper: Annotated[Paper, *_choice(Paper)] = Field(Paper.A4, description="Size of the paper.")
    orientation: Annotated[Orientation, *_choice(Orientation)] = Field(
        Orientation.PORTRAIT, description="Which way it is held."
    )
    margins: Margins = Field(Margins(), description="Margins (mm).")
    footer: Millimetres = Field(
        11, ge=5, le=30, description="The footer's baseline above the lower edge of the paper (mm)."
    )


class TypeSizes(_Model):
    """Type, as size/leading in points."""

    title: Type = Field(TypeSize(30, 34), description="The sheet's heading.")
    name: Type = Field(TypeSize(20, 25), description="The person's name.")
    tag: Type = Field(TypeSize(28, 46), description="The side on the first page; the leading is the tag's height.")
    running_tag: Type = Field(TypeSize(18, 29), description="The side on later pages.")
    chip: Type = Field(TypeSize(14, 21), description="The side on a card.")
    exercise: Type = Field(TypeSize(20, 24), description="An exercise's name.")
    number: Type = Field(TypeSize(22, 34), description="An exercise's number; the leading is its block's height.")
    dose: Type = Field(TypeSize(14, 18), description="The dose.")
    steps: Type = Field(TypeSize(14, 20), description="The instructions.")
    notes: Type = Field(TypeSize(12, 16), description="What it should feel like, when to stop.")
    safety: Type = Field(TypeSize(12, 16), description="The safety block.")
    safety_heading: Type = Field(TypeSize(18, 32), description="'Call 999 now'; the leading is the bar's height.")
    cue: Type = Field(TypeSize(12, 15), description="The one-line reminder on a week sheet.")
    day: Type = Field(TypeSize(12, 16), description="The days over the boxes.")
    label: Type = Field(TypeSize(12, 16), description="Sides and sets beside the boxes; the footer.")


class Boxes(_Model):
    """Tick boxes."""

    size: Millimetres = Field(5, ge=3.5, le=12, description="Edge of a box (mm).")
    pitch: Millimetres = Field(6, ge=4.5, le=15, description="From one box to the next (mm), at least 1 more.")
    smallest: Millimetres = Field(
        3.5, ge=3.5, le=12, description="How small a week sheet may make them to stay on one page (mm)."
    )
    stroke: Annotated[float, Field(strict=True)] = Field(1, ge=0.4, le=3, description="Line width (pt).")
    tick: Annotated[TickRule, *_choice(TickRule)] = Field(
        TickRule.REP,
        description="What a box stands for: rep, set or session; auto steps down where a week would not fit.",
    )

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.pitch < self.size + 1:
            raise _problem(
                "pitch",
                f"a pitch of at least {self.size + 1:g}, 1 more than the size",
                self.pitch,
                f"write pitch: {self.size + 1:g}",
                at="pitch",
            )
        return self


def _carries(text: str) -> AfterValidator:
    """A ground on which text of a colour can be read."""

    def check(ground: str) -> str:
        found = contrast(ground, {"white": "#FFFFFF", "black": "#000000"}[text])
        if found < 7:
            expected = f"a contrast of at least 7:1 with {text} text"
            hint = "choose a darker colour" if text == "white" else "choose a paler colour"
            raise _problem("contrast", expected, f"{found:.1f}:1", hint)
        return ground

    return AfterValidator(check)


class Colours(_Model):
    """Colours, as #RRGGBB. Text is black."""

    accent: Annotated[Colour, _carries("white")] = Field(
        "#8A2E0A", description="Tag, bar and badge; carries white text."
    )
    ground: Annotated[Colour, _carries("black")] = Field(
        "#FBDFD0", description="Behind a phrase that names the affected side; carries black text."
    )
    stripe: Annotated[Colour, _carries("black")] = Field(
        "#F1F3F5", description="Every other day column; carries black text."
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance of sRGB)."""
    pale, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (pale + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class PictureSize(_Model):
    """Room for a picture."""

    width: Millimetres = Field(58, ge=10, le=150, description="Width (mm).")
    height: Millimetres = Field(40, ge=10, le=150, description="Height (mm).")


class CardLook(_Model):
    """An exercise's card."""

    picture: PictureSize = Field(PictureSize(), description="Room for the picture.")
    steps: Annotated[StepsPlace, *_choice(StepsPlace)] = Field(
        StepsPlace.BESIDE, description="Steps beside the picture or below it."
    )
    gap: Millimetres = Field(8, ge=2, le=40, description="Between two cards (mm).")
    gutter: Millimetres = Field(14, ge=8, le=40, description="Left of the week, for side words and the number (mm).")
    notes: bool = Field(True, description="Print what it should feel like and when to stop.", strict=True)


class WeekLook(_Model):
    """The one-page week."""

    picture: PictureSize = Field(PictureSize(width=34, height=26), description="Room for the picture, held across.")
    tall_picture: PictureSize = Field(PictureSize(width=45, height=30), description="Room for it, held upright.")
    text: Millimetres = Field(120, ge=50, le=200, description="Width of the exercises, held across (mm).")
    gutter: Millimetres = Field(8, ge=5, le=30, description="Left of the week, for side letters (mm).")


class DiaryLook(_Model):
    """The diary."""

    weeks: int = Field(2, ge=1, le=52, strict=True, description="Weeks to print where the plan does not say.")
    row: Millimetres = Field(27, ge=20, le=60, description="Height of a day, at least (mm).")


class Template(_Model):
    """A template file. Everything has a default, so that a file says only what it changes."""

    description: str = Field("", description="A line about it, for lists.")
    blocks: tuple[Annotated[Block, *_choice(Block)], ...] = Field(
        (Block.EXERCISES, Block.ABOUT), min_length=1, description="What the handout has, in order."
    )
    page: Page = Field(Page(), description="The paper.")
    type: TypeSizes = Field(TypeSizes(), description="Type sizes.")
    boxes: Boxes = Field(Boxes(), description="Tick boxes.")
    colours: Colours = Field(Colours(), description="Colours.")
    about: Annotated[AboutPrint, *_choice(AboutPrint)] = Field(
        AboutPrint.ROOM, description="Print the block 'about' where a page has room for it, or always."
    )
    card: CardLook = Field(CardLook(), description="The cards of the block 'exercises'.")
    week: WeekLook = Field(WeekLook(), description="The block 'week'.")
    diary: DiaryLook = Field(DiaryLook(), description="The block 'diary'.")

    @model_validator(mode="after")
    def _blocks_once(self) -> Self:
        names = [block.value for block in self.blocks]
        if len(set(names)) < len(names):
            raise _problem("blocks", "each block once", ", ".join(names), "name each block once")
        if Block.ABOUT in self.blocks and Block.EXERCISES not in self.blocks:
            raise _problem("blocks", "exercises before about", ", ".join(names), "add exercises, or leave about out")
        return self
