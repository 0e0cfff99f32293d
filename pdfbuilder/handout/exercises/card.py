"""An exercise's card: head, picture, steps, notes, and the week's boxes.

A card is one piece. Only one that is taller than a page is broken: between its steps and between the bands of its
boxes, with its head and the days repeated; and inside a step if a page does not hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.template import StepsPlace
from pdfbuilder.handout.blocks import Card
from pdfbuilder.handout.exercises.chips import Chips
from pdfbuilder.handout.week.bands import GridLook
from pdfbuilder.handout.week.grid import PAD_BELOW, WeekGrid
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Role, Rule, Words
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.pictures import CardPicture, badge_look, picture_element, picture_size
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import LONGEST_LINE, Paragraph, drawn, note_runs, set_runs, set_text
from pdfbuilder.units import MM

#: The rule over a card; the width of its number's block, at least.
_RULE, _NUMBER_WIDTH = 2.2, 10 * MM
#: From the rule to the name; between head and body, body and notes, notes and boxes.
_HEAD_PAD, _BELOW_HEAD, _ABOVE_NOTES, _ABOVE_GRID = 1.2 * MM, 2.2 * MM, 1.4 * MM, 2 * MM
#: Below the chips, where they stand by themselves; between the name and the chips.
_CHIP_GAP, _NAME_GAP = 1.6 * MM, 4 * MM
#: Between picture and text; between the head and a picture below it.
_BESIDE_PICTURE, _PICTURE_TOP = 4 * MM, 0.8 * MM
#: Steps stand beside the picture where they have a column of so many ems; below it else.
_NARROWEST_STEPS = 20
#: The dose stands beside a picture where it has a column of so many ems.
_NARROWEST_DOSE = 8
#: Between two steps, as a part of the leading; from a step's number to its text, as a part of the size.
_STEP_GAP, _NUMBER_ROOM = 0.15, 1.25
_WHITE, _BLACK = "#FFFFFF", "#000000"


class _Text(Struct, frozen=True):
    """A paragraph of the body with its place: across from the left, and the room above it."""

    paragraph: Paragraph
    x: float
    before: float
    #: A step's number, to the left of its first line.
    number: tuple[str, float] | None = None


class _Arrangement(Enum):
    """How picture and text stand to each other."""

    #: There is no picture: the text has the width.
    TEXT = "text"
    #: The steps stand beside the picture.
    BESIDE = "beside"
    #: Sides and dose stand beside the picture, the steps below it.
    BELOW = "below"


class CardLayout:
    """A card, laid out for a style.

    Args:
        card: what to lay out.
        style: for what.
        metrics: measures.
        flat: whether the boxes stand in as few rows as can be.
    """

    def __init__(self, card: Card, style: Style, metrics: Metrics, *, flat: bool = False) -> None:
        self.card = card
        self.style = style
        self.metrics = metrics
        self.type = style.template.type
        grid, self.remark = card.grid(style.template.boxes.tick.tick)
        self.grid = WeekGrid(grid, grid_look(style, flat=flat), card.number, metrics)
        self.chips = Chips(card, style, metrics)
        if self.chips.width > style.measure:
            raise PageTooSmall
        self.arrangement = self._arranged()

    def _arranged(self) -> _Arrangement:
        if self.card.picture is None:
            return _Arrangement.TEXT
        steps = self.style.measure - self._picture_room[0] - _BESIDE_PICTURE
        if self.style.template.card.steps is StepsPlace.BELOW or steps < _NARROWEST_STEPS * self.type.steps.size:
            return _Arrangement.BELOW
        return _Arrangement.BESIDE

    # ------------------------------------------------------------------ as one piece

    def whole(self) -> Fragment:
        """The card in one piece."""
        below = self.arrangement is _Arrangement.BELOW
        elements, y = self._head_around_picture() if below else self._head()
        picture_end = self._picture_beside(elements, y)
        y = max(self._body(elements, y), picture_end)
        for text in self._notes():
            y += text.before
            elements.append(self._drawn_text(text, y, slice(None)))
            y += text.paragraph.height
        for days in self.grid.rows_of_days:
            more, y = self._bands(days, range(len(self.grid.bands)), y + _ABOVE_GRID)
            elements += more
        return _fragment(elements, y)

    def _body(self, elements: list[Element], y: float) -> float:
        """The steps from y down; returns the y below them."""
        for text in self._steps():
            y += text.before
            elements.append(self._drawn_text(text, y, slice(None)))
            y += text.paragraph.height
        return y

    def _picture_beside(self, elements: list[Element], y: float) -> float:
        """The picture to the left of the steps, read before them; returns the y below it."""
        if self.arrangement is not _Arrangement.BESIDE or self.card.picture is None:
            return y
        width, height = self._picture_room
        height = min(height, picture_size(self.card.picture, width, height)[1])
        place = (self.style.left, y + _PICTURE_TOP, width, height)
        elements.append(picture_element(self.card.picture, *place, badge_look(self.style), self.metrics))
        return y + _PICTURE_TOP + height

    @property
    def _picture_room(self) -> tuple[float, float]:
        """Width and height that a picture may take."""
        room = self.style.template.card.picture
        return room.width * MM, room.height * MM

    # ------------------------------------------------------------------ in parts

    def parts(self, room: float) -> list[Fragment]:
        """The card over as many pages as it takes, its head on each.

        Args:
            room: height of a page's content.

        Raises:
            PageTooSmall: if not even that is possible.
        """
        if self.card.picture:
            self.arrangement = _Arrangement.BELOW
        done: list[Fragment] = []
        head = self._head()[1]
        elements, y = self._head_around_picture()
        if y > room:
            elements, y = self._head()
        for text in (*self._steps(), *self._notes()):
            leading = text.paragraph.type.leading
            y += text.before if y > head else 0
            if y + text.paragraph.height > room >= head + text.paragraph.height:
                done.append(_fragment(elements, y - text.before))
                elements, y = self._head()
            first = 0
            for last in range(1, len(text.paragraph.lines) + 1):
                if y + leading * (last - first) > room and (last - 1 > first or y > head):
                    if last - 1 > first:
                        elements.append(self._drawn_text(text, y, slice(first, last - 1)))
                    done.append(_fragment(elements, y + leading * (last - 1 - first)))
                    elements, y = self._head()
                    first = last - 1
            elements.append(self._drawn_text(text, y, slice(first, None)))
            y += leading * (len(text.paragraph.lines) - first)
        self._break_columns(room - head - _ABOVE_GRID)
        for days in self.grid.rows_of_days:
            start = 0
            while start < len(self.grid.bands):
                stop = self._fitting_bands(start, room - y - _ABOVE_GRID)
                if stop == start and y > head:
                    done.append(_fragment(elements, y))
                    elements, y = self._head()
                    continue
                more, y = self._bands(days, range(start, max(stop, start + 1)), y + _ABOVE_GRID)
                elements += more
                start = max(stop, start + 1)
        done.append(_fragment(elements, y))
        return done

    def _break_columns(self, room: float) -> None:
        """Arrange the boxes anew if a band alone is higher than what a page leaves for it under the days."""
        room -= self.grid.header_height + PAD_BELOW
        rows = max(band.rows for band in self.grid.bands)
        while max(map(self.grid.alone, range(len(self.grid.bands)))) > room:
            rows -= 1
            if not rows:
                raise PageTooSmall
            look = replace(self.grid.look, rows=rows)
            self.grid = WeekGrid(self.grid.grid, look, self.card.number, self.metrics)

    def _fitting_bands(self, start: int, room: float) -> int:
        """Index after the last band that fits under the days' labels, from a band on."""
        height = self.grid.header_height + PAD_BELOW
        for index in range(start, len(self.grid.bands)):
            height += self.grid.space_before(index, first=index == start) + self.grid.bands[index].height
            if height > room:
                return index
        return len(self.grid.bands)

    # ------------------------------------------------------------------ head

    def _head(self) -> tuple[list[Element], float]:
        """Rule, number, name, sides and dose, from y = 0; with the y below them."""
        beside, alone = self._set_name(self.chips.width + _NAME_GAP), self._set_name(0)
        chips_below = len(alone.lines) < len(beside.lines)
        name = alone if chips_below else beside
        elements, y, x = self._drawn_name(name), _HEAD_PAD + name.height, self._name_x
        if chips_below:
            elements.append(self.chips.drawn(x, y))
            y += self.chips.height + _CHIP_GAP
        else:
            chips_y = _HEAD_PAD + (self.type.exercise.leading - self.chips.height) / 2
            elements.append(self.chips.drawn(self.style.right - self.chips.width, chips_y))
        dose = self._dose(self.style.right - x)
        elements.append(Element(Role.PARAGRAPH, drawn(dose, x, y, "")))
        return elements, max(y + dose.height, self.type.number.leading) + _BELOW_HEAD

    def _head_around_picture(self) -> tuple[list[Element], float]:
        """Rule, number and name; below them the picture with sides and dose beside it. With the y below all."""
        picture = self.card.picture
        if picture is None:
            return self._head()
        width, height = picture_size(picture, *self._picture_room)
        x = self.style.left + width + _BESIDE_PICTURE
        if self.style.right - x < max(self.chips.width, _NARROWEST_DOSE * self.type.dose.size):
            return self._head_over_picture(picture)
        name = self._set_name(0)
        elements = self._drawn_name(name)
        y = max(_HEAD_PAD + name.height, self.type.number.leading) + _BELOW_HEAD
        elements.append(
            picture_element(picture, self.style.left, y, width, height, badge_look(self.style), self.metrics)
        )
        dose = self._dose(self.style.right - x)
        text = self.chips.height + 2 * _CHIP_GAP + dose.height
        top = y + max(0, (height - text) / 2)
        elements.append(self.chips.drawn(x, top))
        elements.append(Element(Role.PARAGRAPH, drawn(dose, x, top + text - dose.height, "")))
        return elements, y + max(height, text) + _BELOW_HEAD

    def _head_over_picture(self, picture: CardPicture) -> tuple[list[Element], float]:
        """The whole head and then the picture, where the paper is too narrow for anything beside it."""
        elements, y = self._head()
        width, height = picture_size(picture, min(self._picture_room[0], self.style.measure), self._picture_room[1])
        elements.append(
            picture_element(picture, self.style.left, y, width, height, badge_look(self.style), self.metrics)
        )
        return elements, y + height + _BELOW_HEAD

    @property
    def _name_x(self) -> float:
        return self.style.left + max(self.style.template.card.gutter * MM, self._number_width + _NAME_GAP)

    def _set_name(self, beside: float) -> Paragraph:
        """The name, with some room kept free beside it."""
        width = self.style.right - self._name_x - beside
        return set_text(self.card.name, width, self.type.exercise, self.metrics, Face.BOLD)

    def _drawn_name(self, name: Paragraph) -> list[Element]:
        """The rule over the card, its number and its name."""
        style = self.style
        words = drawn(name, self._name_x, _HEAD_PAD, style.template.colours.ground)
        return [
            Element(Role.ARTIFACT, (Rule(style.left, _RULE / 2, style.right, _RULE / 2, _RULE),)),
            Element(Role.HEADING, (*self._number(), *words)),
        ]

    def _dose(self, width: float) -> Paragraph:
        words = f"{self.card.dose} {self.remark}".strip()
        return set_text(words, width, self.type.dose, self.metrics, Face.BOLD)

    @property
    def _number_width(self) -> float:
        """Width of the block with the number."""
        size = self.type.number.size
        return max(_NUMBER_WIDTH, (self.metrics.width("0" * self.card.digits, Face.BOLD) + 0.7) * size)

    def _number(self) -> tuple[Item, ...]:
        """The number on its block."""
        text, type_, x = str(self.card.number), self.type.number, self.style.left
        left = x + (self._number_width - self.metrics.width(text, Face.BOLD) * type_.size) / 2
        words = Words(left, baseline(0, type_.size, type_.leading), text, Face.BOLD, type_.size, _WHITE)
        return (Area(x, 0, self._number_width, type_.leading, _BLACK), words)

    # ------------------------------------------------------------------ body

    def _steps(self) -> Iterator[_Text]:
        """The steps across the width that the picture leaves."""
        type_ = self.type.steps
        x = self.style.left
        if self.arrangement is _Arrangement.TEXT:
            x += self.style.template.card.gutter * MM
        elif self.arrangement is _Arrangement.BESIDE:
            x += self._picture_room[0] + _BESIDE_PICTURE
        count = len(self.card.steps)
        room = max(_NUMBER_ROOM * type_.size, (self.metrics.width(f"{count} ", Face.BOLD) + 0.3) * type_.size)
        for index, step in enumerate(self.card.steps):
            paragraph = set_text(step, self.style.right - x - room, type_, self.metrics)
            yield _Text(paragraph, x + room, _STEP_GAP * type_.leading if index else 0, (str(index + 1), x))

    def _notes(self) -> Iterator[_Text]:
        notes = [*(self.card.notes if self.style.template.card.notes else ()), self.card.word, self.card.credit]
        x = self.style.left
        if self.arrangement is not _Arrangement.BELOW:
            x += self.style.template.card.gutter * MM
        for index, note in enumerate(filter(None, notes)):
            paragraph = set_runs(
                note_runs(note),
                min(self.style.right - x, LONGEST_LINE * self.type.notes.size),
                self.type.notes,
                self.metrics,
            )
            yield _Text(paragraph, x, 0 if index else _ABOVE_NOTES)

    def _drawn_text(self, text: _Text, y: float, lines: slice) -> Element:
        """Some lines of a text; a step's number stands with its first line."""
        ground = self.style.template.colours.ground
        part = Paragraph(text.paragraph.lines[lines], text.paragraph.type)
        items = drawn(part, text.x, y, ground)
        if text.number is None or lines.start:
            return Element(Role.PARAGRAPH, items)
        number, x = text.number
        type_ = part.type
        label = Words(x, baseline(y, type_.size, type_.leading), number, Face.BOLD, type_.size)
        body = Element(Role.LIST_BODY, items)
        return Element(
            Role.LIST,
            children=(Element(Role.LIST_ITEM, children=(Element(Role.LABEL, (label,)), body)),),
        )

    # ------------------------------------------------------------------ boxes

    def _bands(self, days: range, bands: range, y: float) -> tuple[list[Element], float]:
        """Some bands under the days' labels, on tinted columns; with the y below them."""
        top, grid = y, self.grid
        labels: list[Item] = list(grid.header(days, y))
        boxes: list[Item] = []
        y += grid.header_height
        for index in bands:
            first = index == bands.start
            for item in grid.band(index, days, y, first=first):
                (labels if isinstance(item, Words) else boxes).append(item)
            y += grid.space_before(index, first=first) + grid.bands[index].height
        y += PAD_BELOW
        stripes = tuple(grid.stripes(days, top, y - top, self.style.template.colours.stripe))
        grounds = tuple(item for item in boxes if isinstance(item, Area))
        ticks = tuple(item for item in boxes if not isinstance(item, Area))
        elements = [
            Element(Role.ARTIFACT, (*stripes, *grounds)),
            Element(Role.PARAGRAPH, tuple(labels)),
            Element(Role.ARTIFACT, ticks),
        ]
        return elements, y


def grid_look(style: Style, *, flat: bool = False) -> GridLook:
    """How the boxes of a card are drawn: days side by side as far as two boxes fit into each."""
    template = style.template
    boxes, gutter = template.boxes, template.card.gutter * MM
    needed = (boxes.pitch + boxes.size + 1) * MM
    for per_row in (7, 4):
        look = GridLook(
            x=style.left,
            gutter=gutter,
            column=(style.measure - gutter) / per_row,
            per_row=per_row,
            size=boxes.size * MM,
            pitch=boxes.pitch * MM,
            stroke=boxes.stroke,
            day=template.type.day,
            label=template.type.label,
            ground=template.colours.ground,
            flat=flat,
        )
        if look.room >= needed:
            break
    return look


def _fragment(elements: list[Element], height: float) -> Fragment:
    return Fragment((Element(Role.SECTION, children=tuple(elements)),), height)
