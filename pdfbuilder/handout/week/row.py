"""A row of the week: number, picture, name, cue and dose, and the boxes of seven days.

Held across, all of it stands side by side. Held upright, the text stands over the boxes, and the picture beside these;
on paper that is too narrow for that it stands beside the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from pdfbuilder.domain.dose import Tick
from pdfbuilder.domain.template import PictureSize
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Card
from pdfbuilder.handout.week.bands import GridLook
from pdfbuilder.handout.week.grid import WeekGrid
from pdfbuilder.layout.core.display import Element, Face, Fragment, Placed, Role
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.pictures import badge_look, picture_element, picture_size
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import Paragraph, drawn, note_runs, number_block, set_runs, set_text
from pdfbuilder.units import MM

#: Width of the block with a row's number, at least.
_NUMBER = 9 * MM
#: Between text and what stands beside it.
_BESIDE = 3 * MM
#: Between the number and a picture.
_BEFORE_PICTURE = 1 * MM
#: Between text or picture and the labels of the boxes.
_BEFORE_LABELS = 2 * MM
#: Above and below the content of a row.
ROW_PAD = 1.6 * MM
#: Between its text and its boxes, where these stand below.
ABOVE_BOXES = 2 * MM
#: The exercises take no more of the width than this, so that the days keep theirs on small paper.
_MOST_TEXT = 0.45
#: A picture beside the text takes no more of their width than this.
_MOST_PICTURE = 0.29
#: A day narrower than this is no room for boxes: a picture has to stand elsewhere then.
_NARROWEST_DAY = 15 * MM
#: Rather than go to a second page, a picture may become as low as this.
_LEAST_PICTURE = 18 * MM


class PicturePlace(Enum):
    """Where the pictures of all rows stand."""

    #: No exercise has one.
    NOWHERE = "nowhere"
    #: Between number and text; everything stands side by side.
    BEFORE_TEXT = "before text"
    #: Left of the boxes, below the text.
    BEFORE_BOXES = "before boxes"
    #: Right of the text, above the boxes.
    AFTER_TEXT = "after text"


class RowLook(Struct, frozen=True, cache_hash=True):
    """What rows are drawn with, for one size of boxes.

    Attributes:
        stacked: whether text and boxes stand one below the other.
        picture: how large pictures may be.
    """

    style: Style
    grid: GridLook
    stacked: bool
    pictures: PicturePlace
    picture: PictureSize

    @property
    def picture_room(self) -> tuple[float, float]:
        """Width and height that a picture may take."""
        return self.picture.width * MM, self.picture.height * MM


def row_look(style: Style, cards: Iterable[Card], size: float, pitch: float, *, flat: bool = False) -> RowLook:
    """The look of rows for all cards alike, so that they stand in columns; size and pitch are those of the boxes."""
    week, stacked = style.template.week, not style.landscape
    gutter = week.gutter * MM
    place, picture = PicturePlace.NOWHERE, week.picture
    text = gutter if stacked else min(week.text * MM, _MOST_TEXT * style.measure)
    if any(card.picture for card in cards):
        beside = week.tall_picture.width * MM + gutter
        if not stacked:
            place = PicturePlace.BEFORE_TEXT
            picture = PictureSize(width=min(picture.width, _MOST_PICTURE * text / MM), height=picture.height)
        elif (style.measure - beside) / 7 >= _NARROWEST_DAY:
            place, picture, text = PicturePlace.BEFORE_BOXES, week.tall_picture, beside
        else:
            place = PicturePlace.AFTER_TEXT
    template = style.template
    grid = GridLook(
        x=style.left + text - gutter,
        gutter=gutter,
        column=(style.measure - text) / 7,
        per_row=7,
        size=size,
        pitch=pitch,
        stroke=template.boxes.stroke,
        day=template.type.day,
        label=template.type.label,
        ground=template.colours.ground,
        letters=True,
        indent=_BEFORE_LABELS,
        flat=flat,
    )
    return RowLook(style, grid, stacked, place, picture)


class WeekRow:
    """An exercise with some of its bands of boxes; usually all of them."""

    def __init__(self, card: Card, tick: Tick, look: RowLook, metrics: Metrics, bands: range | None = None) -> None:
        self.card = card
        self.tick = tick
        self.look = look
        grid, self.remark = card.grid(tick)
        self.grid = WeekGrid(grid, look.grid, card.number, metrics)
        self.bands = bands or range(len(self.grid.bands))
        self._metrics = metrics
        #: Rows are as high as the page gives, mostly the same for everyone.
        self._picture = lru_cache(maxsize=4)(self._drawn_picture)
        self.text = self._text()
        self.boxes = self._boxes()

    @property
    def need(self) -> float:
        """The height that it cannot do without."""
        return self._need(self.boxes.height)

    def _need(self, boxes: float) -> float:
        """The height that it could not do without if its boxes had some height."""
        picture = min(self._picture_height, _LEAST_PICTURE)
        if self.look.stacked:
            return self.text.height + ABOVE_BOXES + max(boxes, picture) + 2 * ROW_PAD
        return max(self.text.height, boxes, picture) + 2 * ROW_PAD

    def _height_of(self, bands: range) -> float:
        """Height of some bands of boxes on a page."""
        grid = self.grid
        return sum(grid.space_before(each, first=each == bands.start) + grid.bands[each].height for each in bands)

    def split(self, room: float) -> Iterator[WeekRow]:
        """The row itself, or, if it is higher than a page, as many as its bands need."""
        start = self.bands.start
        if self.need <= room:
            yield self
            return
        for stop in range(start + 1, self.bands.stop + 1):
            last = stop == self.bands.stop
            if last or self._need(self._height_of(range(start, stop + 1))) > room:
                yield self._with(range(start, stop))
                start = stop

    def _with(self, bands: range) -> WeekRow:
        return WeekRow(self.card, self.tick, self.look, self._metrics, bands)

    def placed(self, y: float, height: float) -> Iterator[Placed]:
        """The row on its place: text at the top, boxes and a picture as large as fits in the middle of what is left."""
        yield Placed(self.text, 0, y + ROW_PAD)
        top = self.text.height + ABOVE_BOXES if self.look.stacked else 0.0
        room = height - 2 * ROW_PAD - top
        for fragment in (self._picture(round(min(room, self._picture_height), 2)), self.boxes):
            yield Placed(fragment, 0, y + ROW_PAD + top + (room - fragment.height) / 2)

    # ------------------------------------------------------------------ text

    def _text(self) -> Fragment:
        """Number, name, cue and dose, from y = 0."""
        style, type_ = self.look.style, self.look.style.template.type
        x, width = self._text_room()
        name = set_text(self.card.name, width, type_.exercise, self._metrics, Face.BOLD)
        ground = style.template.colours.ground
        room = (style.left, -ROW_PAD, self._number_width)
        number = number_block(self.card.number, *room, type_.number, self._metrics)
        elements = [Element(Role.HEADING, (*number, *drawn(name, x, 0, ground)))]
        y = name.height
        words = f"{self.card.brief}. {self.remark}" if self.remark else self.card.brief
        dose = self._set_dose(words, width)
        paragraphs = [set_text(self.card.cue, width, type_.cue, self._metrics)] if self.card.cue else []
        if self.card.word:
            paragraphs.append(set_runs(note_runs(self.card.word), width, type_.cue, self._metrics))
        if credit := self.card.credit:
            words = f"{credit.label} {plain(credit.text)}"
            paragraphs.append(set_text(words, width, type_.cue, self._metrics))
        if self._fits_beside(name, dose, width):
            lift = baseline(0, name.type.size, name.type.leading) - baseline(0, dose.type.size, dose.type.leading)
            elements.append(Element(Role.PARAGRAPH, drawn(dose, x + name.width + 2 * _BESIDE, lift, "")))
        else:
            paragraphs.append(dose)
        for paragraph in paragraphs:
            elements.append(Element(Role.PARAGRAPH, drawn(paragraph, x, y, ground)))
            y += paragraph.height
        y = max(y, type_.number.leading - ROW_PAD)
        if self.card.picture and self.look.pictures is PicturePlace.AFTER_TEXT:
            drawn_width, drawn_height = picture_size(self.card.picture, *self.look.picture_room)
            place = (style.right - drawn_width, 0, drawn_width, drawn_height)
            elements.append(picture_element(self.card.picture, *place, badge_look(style), self._metrics))
            y = max(y, drawn_height)
        return Fragment((Element(Role.SECTION, children=tuple(elements)),), y)

    def _set_dose(self, words: str, width: float) -> Paragraph:
        """The dose, broken at its commas if it has to be and can be."""
        type_ = self.look.style.template.type.dose
        parts = words.split(", ")
        if all(self._metrics.width(f"{part},", Face.BOLD) * type_.size <= width for part in parts):
            words = ", ".join(part.replace(" ", "\u00a0") for part in parts)
        return set_text(words, width, type_, self._metrics, Face.BOLD)

    def _text_room(self) -> tuple[float, float]:
        """Left edge and width of the text."""
        look, style = self.look, self.look.style
        x = style.left + self._number_width + _BESIDE
        right = style.right if look.stacked else look.grid.x + min(0, self.grid.labels_from - _BEFORE_LABELS)
        picture = look.picture_room[0] + _BESIDE
        if look.pictures is PicturePlace.BEFORE_TEXT:
            x += picture - _BESIDE + _BEFORE_PICTURE
        elif look.pictures is PicturePlace.AFTER_TEXT:
            right -= picture
        return x, right - x

    def _fits_beside(self, name: Paragraph, dose: Paragraph, width: float) -> bool:
        one_line = len(name.lines) == len(dose.lines) == 1
        return self.look.stacked and one_line and name.width + 2 * _BESIDE + dose.width <= width

    @property
    def _number_width(self) -> float:
        """Width of the block with the number."""
        size = self.look.style.template.type.number.size
        return max(_NUMBER, (self._metrics.width("0" * self.card.digits, Face.BOLD) + 0.5) * size)

    # ------------------------------------------------------------------ picture and boxes

    @property
    def _picture_height(self) -> float:
        """How high the picture beside text or boxes may be; 0 if there is none."""
        beside = (PicturePlace.BEFORE_TEXT, PicturePlace.BEFORE_BOXES)
        if self.card.picture is None or self.look.pictures not in beside:
            return 0.0
        return picture_size(self.card.picture, *self.look.picture_room)[1]

    def _drawn_picture(self, height: float) -> Fragment:
        """The picture beside text or boxes, from y = 0; empty if there is none."""
        picture, style = self.card.picture, self.look.style
        if picture is None or not height:
            return Fragment((), 0)
        x = style.left
        if self.look.pictures is PicturePlace.BEFORE_TEXT:
            x += self._number_width + _BEFORE_PICTURE
        width = self.look.picture_room[0]
        return Fragment((picture_element(picture, x, 0, width, height, badge_look(style), self._metrics),), height)

    def _boxes(self) -> Fragment:
        """The boxes of the week, from y = 0."""
        labels, grounds, ticks, height = self.grid.drawn(range(7), self.bands, 0)
        elements = (
            Element(Role.ARTIFACT, tuple(grounds)),
            Element(Role.PARAGRAPH, tuple(labels)),
            Element(Role.ARTIFACT, tuple(ticks)),
        )
        return Fragment(elements, height)
