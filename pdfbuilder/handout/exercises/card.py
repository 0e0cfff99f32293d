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
from pdfbuilder.layout.core.display import Element, Face, Fragment, Role, Rule, Words
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.pictures import CardPicture, badge_look, picture_element, picture_size
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import LONGEST_LINE, Paragraph, drawn, note_runs, number_block, set_runs, set_text
from pdfbuilder.units import MM

#: Width of the rule over a card.
_RULE = 2.2
#: Width of the number's block, at least.
_NUMBER_WIDTH = 10 * MM
#: From the rule to the name.
_ABOVE_NAME = 1.2 * MM
#: Between the name and what stands beside it.
_BESIDE_NAME = 4 * MM
#: Below the chips, where they stand by themselves.
_BELOW_CHIPS = 1.6 * MM
#: Between head and body.
_BELOW_HEAD = 2.2 * MM
#: Above the picture, where the steps stand beside it.
_ABOVE_PICTURE = 0.8 * MM
#: Between picture and text.
_BESIDE_PICTURE = 4 * MM
#: Between two steps, as a part of the leading.
_BETWEEN_STEPS = 0.15
#: From a step's number to its text, as a part of the size.
_NUMBER_ROOM = 1.25
#: Between steps and notes.
_ABOVE_NOTES = 1.4 * MM
#: Above the boxes.
_ABOVE_GRID = 2 * MM
#: Steps stand beside the picture where they have a column of so many ems; below it else.
_NARROWEST_STEPS = 20
#: The dose stands beside a picture where it has a column of so many ems.
_NARROWEST_DOSE = 8


class _Text(Struct, frozen=True):
    """A paragraph of the body with its place: across from the left, and the room above it."""

    paragraph: Paragraph
    x: float
    before: float
    #: A step's number, to the left of its first line.
    number: tuple[str, float] | None = None


class _PicturePlace(Enum):
    """Where the picture stands."""

    #: There is none: the text has the width.
    NOWHERE = "nowhere"
    #: Beside the steps.
    BESIDE_STEPS = "beside steps"
    #: Above the steps, beside sides and dose.
    ABOVE_STEPS = "above steps"


class _Part:
    """A card, or as much of it as a page holds, while it fills from the top: its elements and the y below them."""

    def __init__(self, elements: list[Element], y: float) -> None:
        self.elements = elements
        self.y = y

    def add(self, element: Element, height: float) -> None:
        """Put something below the rest."""
        self.elements.append(element)
        self.y += height

    @property
    def fragment(self) -> Fragment:
        """All of it."""
        return Fragment((Element(Role.SECTION, children=tuple(self.elements)),), self.y)


class CardLayout:
    """A card, laid out for a style; `flat` has its boxes in as few rows as can be."""

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

    @property
    def _place(self) -> _PicturePlace:
        """Where the picture stands if the card is one piece."""
        if self.card.picture is None:
            return _PicturePlace.NOWHERE
        steps = self.style.measure - self._picture_room[0] - _BESIDE_PICTURE
        if self.style.template.card.steps is StepsPlace.BELOW or steps < _NARROWEST_STEPS * self.type.steps.size:
            return _PicturePlace.ABOVE_STEPS
        return _PicturePlace.BESIDE_STEPS

    # ------------------------------------------------------------------ as one piece

    def whole(self) -> Fragment:
        """The card in one piece."""
        place = self._place
        part = _Part(*(self._head_around_picture() if place is _PicturePlace.ABOVE_STEPS else self._head()))
        picture_end = part.y
        if place is _PicturePlace.BESIDE_STEPS:
            picture_end = self._picture_beside(part)
        for text in self._steps(place):
            self._add_text(part, text)
        part.y = max(part.y, picture_end)
        for text in self._notes(place):
            self._add_text(part, text)
        for days in self.grid.rows_of_days:
            self._add_bands(part, self.grid, days, range(len(self.grid.bands)))
        return part.fragment

    def _add_text(self, part: _Part, text: _Text) -> None:
        part.y += text.before
        part.add(self._drawn_text(text, part.y, slice(None)), text.paragraph.height)

    def _picture_beside(self, part: _Part) -> float:
        """The picture to the left of the steps, read before them; returns the y below it."""
        width, height = self._picture_room
        y = part.y + _ABOVE_PICTURE
        height = min(height, picture_size(self._picture, width, height)[1])
        part.elements.append(self._picture_at(y, width, height))
        return y + height

    @property
    def _picture_room(self) -> tuple[float, float]:
        """Width and height that a picture may take."""
        room = self.style.template.card.picture
        return room.width * MM, room.height * MM

    # ------------------------------------------------------------------ in parts

    def parts(self, room: float) -> list[Fragment]:
        """The card over as many pages as it takes, each with so much room and the card's head.

        Raises:
            PageTooSmall: if not even that is possible.
        """
        place = _PicturePlace.ABOVE_STEPS if self.card.picture else _PicturePlace.NOWHERE
        head = self._head()[1]
        parts = [_Part(*self._head_around_picture())]
        if parts[0].y > room:
            parts = [_Part(*self._head())]
        for text in (*self._steps(place), *self._notes(place)):
            self._break_text(parts, text, head, room)
        grid = self._grid_no_higher_than(room - head - _ABOVE_GRID)
        for days in grid.rows_of_days:
            self._break_bands(parts, grid, days, head, room)
        return [part.fragment for part in parts]

    def _break_text(self, parts: list[_Part], text: _Text, head: float, room: float) -> None:
        """Put a text into the last part if it fits, into a new one if it fits there, else into several."""
        leading, height = text.paragraph.type.leading, text.paragraph.height
        before = text.before if parts[-1].y > head else 0
        if parts[-1].y + before + height > room >= head + height:
            parts.append(_Part(*self._head()))
        else:
            parts[-1].y += before
        done, count = 0, len(text.paragraph.lines)
        while done < count:
            part = parts[-1]
            fitting = int((room - part.y) // leading)
            if fitting < 1 and part.y > head:
                parts.append(_Part(*self._head()))
                continue
            stop = min(done + max(fitting, 1), count)
            part.add(self._drawn_text(text, part.y, slice(done, stop)), leading * (stop - done))
            done = stop

    def _break_bands(self, parts: list[_Part], grid: WeekGrid, days: range, head: float, room: float) -> None:
        """Put the boxes of some days into the last part, and into new ones."""
        start = 0
        while start < len(grid.bands):
            part = parts[-1]
            stop = grid.fitting(start, room - part.y - _ABOVE_GRID)
            if stop == start and part.y > head:
                parts.append(_Part(*self._head()))
                continue
            stop = max(stop, start + 1)
            self._add_bands(part, grid, days, range(start, stop))
            start = stop

    def _grid_no_higher_than(self, room: float) -> WeekGrid:
        """The boxes, in shorter columns if a band alone is higher than what a page leaves for it under the days."""
        grid = self.grid
        rows = max(band.rows for band in grid.bands)
        while grid.header_height + PAD_BELOW + max(map(grid.alone, range(len(grid.bands)))) > room:
            rows -= 1
            if not rows:
                raise PageTooSmall
            grid = WeekGrid(grid.grid, replace(grid.look, rows=rows), self.card.number, self.metrics)
        return grid

    # ------------------------------------------------------------------ head

    def _head(self) -> tuple[list[Element], float]:
        """Rule, number, name, sides and dose, from y = 0; with the y below them."""
        beside, alone = self._set_name(self.chips.width + _BESIDE_NAME), self._set_name(0)
        chips_below = len(alone.lines) < len(beside.lines)
        name = alone if chips_below else beside
        elements, y, x = self._drawn_name(name), _ABOVE_NAME + name.height, self._name_x
        if chips_below:
            elements.append(self.chips.drawn(x, y))
            y += self.chips.height + _BELOW_CHIPS
        else:
            chips_y = _ABOVE_NAME + (self.type.exercise.leading - self.chips.height) / 2
            elements.append(self.chips.drawn(self.style.right - self.chips.width, chips_y))
        dose = self._dose(self.style.right - x)
        elements.append(Element(Role.PARAGRAPH, drawn(dose, x, y, "")))
        return elements, max(y + dose.height, self.type.number.leading) + _BELOW_HEAD

    def _head_around_picture(self) -> tuple[list[Element], float]:
        """Rule, number and name; below them the picture with sides and dose beside it. With the y below all."""
        if self.card.picture is None:
            return self._head()
        width, height = picture_size(self._picture, *self._picture_room)
        x = self.style.left + width + _BESIDE_PICTURE
        if self.style.right - x < max(self.chips.width, _NARROWEST_DOSE * self.type.dose.size):
            return self._head_over_picture()
        name = self._set_name(0)
        y = max(_ABOVE_NAME + name.height, self.type.number.leading) + _BELOW_HEAD
        dose = self._dose(self.style.right - x)
        text = self.chips.height + 2 * _BELOW_CHIPS + dose.height
        top = y + max(0, (height - text) / 2)
        elements = [
            *self._drawn_name(name),
            self._picture_at(y, width, height),
            self.chips.drawn(x, top),
            Element(Role.PARAGRAPH, drawn(dose, x, top + text - dose.height, "")),
        ]
        return elements, y + max(height, text) + _BELOW_HEAD

    def _head_over_picture(self) -> tuple[list[Element], float]:
        """The whole head and then the picture, where the paper is too narrow for anything beside it."""
        elements, y = self._head()
        room_width, room_height = self._picture_room
        width, height = picture_size(self._picture, min(room_width, self.style.measure), room_height)
        return [*elements, self._picture_at(y, width, height)], y + height + _BELOW_HEAD

    @property
    def _picture(self) -> CardPicture:
        """Its picture, where it is known to have one."""
        assert self.card.picture  # noqa: S101
        return self.card.picture

    def _picture_at(self, y: float, width: float, height: float) -> Element:
        """The picture at the left edge."""
        place = (self.style.left, y, width, height)
        return picture_element(self._picture, *place, badge_look(self.style), self.metrics)

    @property
    def _name_x(self) -> float:
        return self.style.left + max(self.style.template.card.gutter * MM, self._number_width + _BESIDE_NAME)

    def _set_name(self, beside: float) -> Paragraph:
        """The name, with some room kept free beside it."""
        width = self.style.right - self._name_x - beside
        return set_text(self.card.name, width, self.type.exercise, self.metrics, Face.BOLD)

    def _drawn_name(self, name: Paragraph) -> list[Element]:
        """The rule over the card, its number and its name."""
        style = self.style
        words = drawn(name, self._name_x, _ABOVE_NAME, style.template.colours.ground)
        number = number_block(self.card.number, style.left, 0, self._number_width, self.type.number, self.metrics)
        return [
            Element(Role.ARTIFACT, (Rule(style.left, _RULE / 2, style.right, _RULE / 2, _RULE),)),
            Element(Role.HEADING, (*number, *words)),
        ]

    def _dose(self, width: float) -> Paragraph:
        words = f"{self.card.dose} {self.remark}".strip()
        return set_text(words, width, self.type.dose, self.metrics, Face.BOLD)

    @property
    def _number_width(self) -> float:
        """Width of the block with the number."""
        size = self.type.number.size
        return max(_NUMBER_WIDTH, (self.metrics.width("0" * self.card.digits, Face.BOLD) + 0.7) * size)

    # ------------------------------------------------------------------ body

    def _steps(self, place: _PicturePlace) -> Iterator[_Text]:
        """The steps across the width that the picture leaves."""
        type_ = self.type.steps
        x = self.style.left
        if place is _PicturePlace.NOWHERE:
            x += self.style.template.card.gutter * MM
        elif place is _PicturePlace.BESIDE_STEPS:
            x += self._picture_room[0] + _BESIDE_PICTURE
        count = len(self.card.steps)
        room = max(_NUMBER_ROOM * type_.size, (self.metrics.width(f"{count} ", Face.BOLD) + 0.3) * type_.size)
        for index, step in enumerate(self.card.steps):
            paragraph = set_text(step, self.style.right - x - room, type_, self.metrics)
            yield _Text(paragraph, x + room, _BETWEEN_STEPS * type_.leading if index else 0, (str(index + 1), x))

    def _notes(self, place: _PicturePlace) -> Iterator[_Text]:
        notes = [*(self.card.notes if self.style.template.card.notes else ()), self.card.word, self.card.credit]
        x = self.style.left
        if place is not _PicturePlace.ABOVE_STEPS:
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

    def _add_bands(self, part: _Part, grid: WeekGrid, days: range, bands: range) -> None:
        """Some bands under the days' labels, on tinted columns."""
        top = part.y + _ABOVE_GRID
        labels, grounds, ticks, y = grid.drawn(days, bands, top + grid.header_height)
        y += PAD_BELOW
        stripes = grid.stripes(days, top, y - top, self.style.template.colours.stripe)
        part.elements += (
            Element(Role.ARTIFACT, (*stripes, *grounds)),
            Element(Role.PARAGRAPH, (*grid.header(days, top), *labels)),
            Element(Role.ARTIFACT, tuple(ticks)),
        )
        part.y = y


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
