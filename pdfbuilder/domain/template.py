"""A template: which blocks a handout has, and how they look. Typed, and the source of its JSON Schema.

Lengths are in millimetres. Type is in points, written `size/leading` as printers do.
"""

import re
from enum import Enum
from functools import partial
from typing import Annotated, Final

from msgspec import Struct

from pdfbuilder.domain.declare import Items, Value, Within, wrong
from pdfbuilder.domain.dose_keys import Tick


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


class TypeSize(Struct, frozen=True):
    """A size of type and its leading, in points."""

    size: float
    leading: float

    def __str__(self) -> str:
        return f"{self.size:g}/{self.leading:g}"


_TYPE_SIZE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*/\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)", re.ASCII)


def _type_size(value: object) -> TypeSize:
    if isinstance(value, str) and (match := _TYPE_SIZE.fullmatch(value.strip())):
        found = TypeSize(float(match.group(1)), float(match.group(2)))
        if 6 <= found.size <= 72 and found.size <= found.leading <= 2 * found.size:
            return found
    raise wrong(
        "type-size",
        "size/leading in points, size from 6 to 72, leading from once to twice the size",
        value,
        "write it like 14/20",
    )


Type = Annotated[
    TypeSize,
    Value(_type_size, {"type": "string", "pattern": r"^\d+(\.\d+)?/\d+(\.\d+)?$", "examples": ["14/20"]}),
]

_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)


def _ground_for(text: str, value: object) -> str:
    """A ground on which text of a colour can be read."""
    if not (isinstance(value, str) and _COLOUR.fullmatch(value)):
        raise wrong("colour", "a colour as #RRGGBB", value, 'write it in quotes, like "#8A2E0A"')
    found = contrast(value.upper(), {"white": "#FFFFFF", "black": "#000000"}[text])
    if found < 7:
        expected = f"a contrast of at least 7:1 with {text} text"
        hint = "choose a darker colour" if text == "white" else "choose a paler colour"
        raise wrong("contrast", expected, f"{found:.1f}:1", hint)
    return value.upper()


_COLOUR_SCHEMA: Final = {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "examples": ["#8A2E0A"]}
DarkColour = Annotated[str, Value(partial(_ground_for, "white"), _COLOUR_SCHEMA)]
PaleColour = Annotated[str, Value(partial(_ground_for, "black"), _COLOUR_SCHEMA)]


class Margins(Struct, frozen=True, kw_only=True):
    """Where the content ends, in millimetres from the paper's edge."""

    top: Annotated[float, Within(5, 60), "Top margin (mm)."] = 12
    right: Annotated[float, Within(5, 60), "Right margin (mm)."] = 14
    bottom: Annotated[float, Within(10, 60), "Bottom margin (mm); the footer stands in it."] = 19
    left: Annotated[float, Within(5, 60), "Left margin (mm)."] = 14


class PageFormat(Struct, frozen=True, kw_only=True):
    """The paper."""

    paper: Annotated[Paper, "Size of the paper."] = Paper.A4
    papers: Annotated[tuple[Paper, ...], Items(1), "The sizes that may be asked for."] = tuple(Paper)
    orientation: Annotated[Orientation, "Which way it is held."] = Orientation.PORTRAIT
    orientations: Annotated[tuple[Orientation, ...], Items(1), "The ways that may be asked for."] = (
        Orientation.PORTRAIT,
    )
    margins: Annotated[Margins, "Margins (mm)."] = Margins()
    footer: Annotated[float, Within(5, 30), "The footer's baseline above the lower edge of the paper (mm)."] = 11

    def __post_init__(self) -> None:
        for key, value, offered in (
            ("paper", self.paper, self.papers),
            ("orientation", self.orientation, self.orientations),
        ):
            if value not in offered:
                names = ", ".join(each.value for each in offered)
                hint = f"name {value.value} under {key}s, too, if its layout is fit for it"
                raise wrong(key, f"one of {names}", value.value, hint, at=key)


class TypeSizes(Struct, frozen=True, kw_only=True):
    """Type, as size/leading in points."""

    title: Annotated[Type, "The sheet's heading."] = TypeSize(30, 34)
    name: Annotated[Type, "The person's name."] = TypeSize(20, 20)
    tag: Annotated[Type, "The side on the first page; the leading is the tag's height."] = TypeSize(28, 48.2)
    running_name: Annotated[Type, "The person's name on later pages."] = TypeSize(16, 20)
    running_tag: Annotated[Type, "The side on later pages."] = TypeSize(18, 29.8)
    chip: Annotated[Type, "The side on a card."] = TypeSize(12, 21)
    exercise: Annotated[Type, "An exercise's name."] = TypeSize(20, 24)
    number: Annotated[Type, "An exercise's number; the leading is its block's height."] = TypeSize(20, 34)
    section: Annotated[Type, "The heading of a section."] = TypeSize(18, 22)
    dose: Annotated[Type, "The dose."] = TypeSize(14, 18)
    steps: Annotated[Type, "The instructions."] = TypeSize(14, 20)
    notes: Annotated[Type, "What it should feel like, when to stop."] = TypeSize(12, 15.5)
    safety: Annotated[Type, "The safety block."] = TypeSize(12, 16)
    safety_heading: Annotated[Type, "'Call 999 now'; the leading is the bar's height."] = TypeSize(18, 32)
    cue: Annotated[Type, "The one-line reminder on a week sheet."] = TypeSize(12, 14.5)
    figures: Annotated[Type, "The numerals of a dose on a week sheet."] = TypeSize(20, 23)
    strip: Annotated[Type, "Whom to call, in the strip of warning signs."] = TypeSize(14, 16)
    day: Annotated[Type, "The days over the boxes."] = TypeSize(12, 16)
    label: Annotated[Type, "Sides and sets beside the boxes; the footer."] = TypeSize(12, 16)


class Boxes(Struct, frozen=True, kw_only=True):
    """Tick boxes."""

    size: Annotated[float, Within(3.5, 12), "Edge of a box (mm)."] = 6
    pitch: Annotated[float, Within(4.5, 15), "From one box to the next (mm), at least 1 more."] = 7
    smallest: Annotated[
        float, Within(3.5, 12), "How small a sheet may make them where that saves a page (mm); their size if left out."
    ] = 12
    stroke: Annotated[float, Within(0.4, 3), "Line width (pt)."] = 1
    tick: Annotated[
        TickRule, "What a box stands for: rep, set or session; auto is rep as long as a day has no more than 20."
    ] = TickRule.AUTO

    @property
    def least(self) -> float:
        """How small they may become."""
        return min(self.smallest, self.size)

    def __post_init__(self) -> None:
        if self.pitch < self.size + 1:
            raise wrong(
                "pitch",
                f"a pitch of at least {self.size + 1:g}, 1 more than the size",
                self.pitch,
                f"write pitch: {self.size + 1:g}",
                at="pitch",
            )


class Colours(Struct, frozen=True, kw_only=True):
    """Colours, as #RRGGBB. Text is black."""

    accent: Annotated[DarkColour, "Tag, bar and badge; carries white text."] = "#8A2E0A"
    ground: Annotated[PaleColour, "Behind a phrase that names the affected side; carries black text."] = "#FBDFD0"
    stripe: Annotated[PaleColour, "Every other day column; carries black text."] = "#F1F3F5"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance of sRGB)."""
    pale, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (pale + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class PictureSize(Struct, frozen=True, kw_only=True):
    """Room for a picture."""

    width: Annotated[float, Within(10, 150), "Width (mm)."] = 58
    height: Annotated[float, Within(10, 150), "Height (mm)."] = 40


class CardLook(Struct, frozen=True, kw_only=True):
    """An exercise's card."""

    picture: Annotated[PictureSize, "Room for the picture."] = PictureSize()
    steps: Annotated[StepsPlace, "Steps beside the picture or below it."] = StepsPlace.BESIDE
    gap: Annotated[float, Within(2, 40), "Between two cards (mm)."] = 6
    gutter: Annotated[float, Within(0, 40), "Left of the week, for side words and the number (mm)."] = 14
    legend: Annotated[bool, "Say under the boxes of each card what they stand for, not at the head of a page."] = False
    notes: Annotated[bool, "Print what it should feel like and when to stop."] = True


class WeekLook(Struct, frozen=True, kw_only=True):
    """The one-page week."""

    picture: Annotated[PictureSize, "Room for the picture, held across."] = PictureSize(width=29, height=21)
    small_picture: Annotated[PictureSize, "Room for it, held upright or where the week would not fit."] = PictureSize(
        width=24, height=16
    )
    text: Annotated[float, Within(50, 200), "Width of the exercises, held across (mm)."] = 112
    gutter: Annotated[float, Within(5, 30), "Left of the week, for sides and times of day, held across (mm)."] = 11.6


class DiaryLook(Struct, frozen=True, kw_only=True):
    """The diary."""

    weeks: Annotated[int, Within(1, 52), "Weeks to print where the plan does not say."] = 2
    row: Annotated[float, Within(20, 60), "Height of a day, at least (mm)."] = 24


class Template(Struct, frozen=True, kw_only=True):
    """A template file. Everything has a default, so that a file says only what it changes."""

    description: Annotated[str, "A line about it, for lists."] = ""
    blocks: Annotated[tuple[Block, ...], Items(1), "What the handout has, in order."] = (Block.EXERCISES, Block.ABOUT)
    page: Annotated[PageFormat, "The paper."] = PageFormat()
    type: Annotated[TypeSizes, "Type sizes."] = TypeSizes()
    boxes: Annotated[Boxes, "Tick boxes."] = Boxes()
    colours: Annotated[Colours, "Colours."] = Colours()
    about: Annotated[AboutPrint, "Print the block 'about' where a page has room for it, or always."] = AboutPrint.ROOM
    card: Annotated[CardLook, "The cards of the block 'exercises'."] = CardLook()
    week: Annotated[WeekLook, "The block 'week'."] = WeekLook()
    diary: Annotated[DiaryLook, "The block 'diary'."] = DiaryLook()

    def __post_init__(self) -> None:
        names = [block.value for block in self.blocks]
        if len(set(names)) < len(names):
            raise wrong("blocks", "each block once", ", ".join(names), "name each block once")
        if Block.ABOUT in self.blocks:
            before = self.blocks[: self.blocks.index(Block.ABOUT)]
            if before[-1:] != (Block.EXERCISES,):
                hint = "write exercises, about; or leave about out"
                raise wrong("blocks", "exercises right before about", ", ".join(names), hint)
