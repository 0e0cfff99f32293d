"""An exercise's card: head, picture, steps, notes, and the week's boxes.

A card is one piece. Only one that is taller than a page is broken: between its steps and between the bands of its
boxes, with its head and the days repeated; and inside a step if a page does not hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import cached_property, partial
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.template import StepsPlace, TypeSize
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Card, Grid
from pdfbuilder.handout.exercises.avoid import AvoidIf
from pdfbuilder.handout.exercises.chips import Chips
from pdfbuilder.handout.exercises.doses import DoseLines
from pdfbuilder.handout.exercises.film import Film
from pdfbuilder.handout.head import TextRow
from pdfbuilder.handout.week.bands import KEPT_FREE, GridLook, block_width
from pdfbuilder.handout.week.grid import PAD_BELOW, WeekGrid
from pdfbuilder.layout.core.display import Element, Face, Fragment, Role, Rule, Words
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.pictures import CardPicture, badge_look, picture_element, picture_size
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import LONGEST_MEASURE, Paragraph, drawn, note_runs, number_block, set_runs, set_text
from pdfbuilder.units import MM

#: Width of the rule over a card.
_RULE: Final = 2.2
#: Width of the number's block, at least, and what it keeps free beside the figures, as parts of their size.
_NUMBER_WIDTH: Final = 10 / 20 * MM
_NUMBER_PAD: Final = 0.3
#: From the rule to the name.
_ABOVE_NAME: Final = 1.2 * MM
#: From a card's top to its dose, where nothing higher stands above it.
_DOSE_AT: Final = 11 * MM
#: From that block to the name, at least.
_AFTER_NUMBER: Final = 2.6 * MM
#: Between the name and what stands beside it.
_BESIDE_NAME: Final = 4 * MM
#: Below the chips, where they stand by themselves.
_BELOW_CHIPS: Final = 1.6 * MM
#: Between head and body.
_BELOW_HEAD: Final = 2.2 * MM
#: Between picture and text.
_BESIDE_PICTURE: Final = 4 * MM
#: A picture that gives way to its neighbours is still so high, if it ever was.
_LEAST_PICTURE: Final = 28 * MM
#: A picture above the steps gives way to a dose that needs more height: to this part of its width.
_NARROWER: Final = 92 / 114
#: Above the words and the code below a picture.
_BELOW_PICTURE: Final = 1 * MM
#: Between two steps, and without room.
_BETWEEN_STEPS: Final = 0.17
_BETWEEN_TIGHT_STEPS: Final = 0.6 * MM
#: Leading of steps without room, as a part of what it is else.
_TIGHT_LEADING: Final = 19 / 20
#: From a step's number to its text, as a part of the size.
_NUMBER_ROOM: Final = 6 / 14 * MM
#: Between steps and notes.
_ABOVE_NOTES: Final = 2.6 * MM
#: Above the boxes, and above what is said of them below.
_ABOVE_GRID: Final = 3 * MM
_ABOVE_LEGEND: Final = 1.5 * MM
#: Between two boxes where room is short.
_BETWEEN_BOXES: Final = 1 * MM
#: Boxes become no smaller than this to stand in their day.
_LEAST_BOX: Final = 5 * MM
#: What a day keeps free at its edges rather than let the week go on below.
_LEAST_FREE: Final = 2.5 * MM
#: Steps stand beside the picture where they have a column of so many ems; below it else.
_NARROWEST_STEPS: Final = 20
#: The dose stands beside a picture where it has a column of so many ems.
_NARROWEST_DOSE: Final = 8


class Fit(Struct, frozen=True):
    """What a card gives up where room is short.

    Attributes:
        picture: height that a picture may have, as a part of what the template gives; below 1 it is also no higher than
            the text beside it.
        small: whether boxes are as small as they may be.
        tight: whether steps stand closer.
        legend: whether what boxes stand for has lines of its own under them, where a template wants that; else it
            stands beside the dose, which is on each page of a card.
    """

    picture: float = 1
    small: bool = False
    tight: bool = False
    legend: bool = True


_Below = TextRow | Film


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


#: An element, or what draws some.
_Drawn = Element | Callable[[], tuple[Element, ...]]


class _Part:
    """A card, or as much of it as a page holds, while it fills from the top: its elements and the y below them.

    Boxes are drawn when the part is: they are most of a card that is tried in several ways.
    """

    def __init__(self, elements: Sequence[_Drawn], y: float) -> None:
        self.elements = [*elements]
        self.y = y

    def add(self, element: Element, height: float) -> None:
        """Put something below the rest."""
        self.elements.append(element)
        self.y += height

    def add_film(self, film: Film, x: float) -> None:
        """Put a film's code and address below the rest."""
        self.elements += film.drawn(x, self.y + _BELOW_PICTURE)
        self.y += _BELOW_PICTURE + film.height

    @property
    def fragment(self) -> Fragment:
        """All of it."""
        return Fragment(self._drawn, self.y)

    def _drawn(self) -> tuple[Element, ...]:
        children = (each() if callable(each) else (each,) for each in self.elements)
        return (Element(Role.SECTION, children=tuple(chain.from_iterable(children))),)


class CardLayout:
    """A card, laid out for a style and what is given up of it."""

    def __init__(self, card: Card, style: Style, metrics: Metrics, fit: Fit = Fit()) -> None:  # noqa: B008
        self.card = card
        self.style = style
        self.metrics = metrics
        self.fit = fit
        self.type = style.template.type
        grid, self.remark = card.grid(card.tick_for(style.template.boxes.tick))
        self.grid = WeekGrid(grid, grid_look(grid, style, small=fit.small), card.number, metrics)
        self.chips = Chips(card, style, metrics)
        if self.chips.width > style.measure:
            raise PageTooSmall(plain(card.name))

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
        self._add_avoid_if(part)
        picture_end = part.y
        if place is _PicturePlace.BESIDE_STEPS:
            picture_end = self._picture_beside(part)
        for text in (*self._steps(place), *self._notes(place)):
            part.y += text.before
            part.add(self._drawn_text(text, part.y, slice(None)), text.paragraph.height)
        if place is _PicturePlace.NOWHERE and self._film:
            part.add_film(self._film, self._name_x)
        part.y = max(part.y, picture_end)
        for days in self.grid.rows_of_days:
            self._add_bands(part, self.grid, days, range(len(self.grid.bands)))
        self._add_legend(part)
        return part.fragment

    def _picture_beside(self, part: _Part) -> float:
        """The picture to the left of the steps, read before them; returns the y below it and what belongs to it."""
        width, height = self._picture_room
        below = self._below_picture(width)
        # It fills what the text beside it takes anyway.
        texts = (*self._steps(_PicturePlace.BESIDE_STEPS), *self._notes(_PicturePlace.BESIDE_STEPS))
        beside = sum(text.before + text.paragraph.height for text in texts)
        beside -= sum(_BELOW_PICTURE + each.height for each in below)
        most = max(height, beside) if self.fit.picture == 1 else max(min(height, beside), _LEAST_PICTURE)
        drawn_width, height = picture_size(self._picture, width, most)
        part.elements.append(self._picture_at(part.y, drawn_width, height))
        return self._add_below(part, below, part.y + height)

    def _below_picture(self, width: float) -> list[_Below]:
        """What stands below a picture: which side it shows, and the film."""
        below: list[_Below] = []
        if self._picture.caption:
            room = width + _BESIDE_PICTURE
            below.append(TextRow(set_text(self._picture.caption, room, self.type.label, self.metrics)))
        if self._film:
            below.append(self._film)
        return below

    def _add_below(self, part: _Part, below: list[_Below], y: float) -> float:
        """Put what belongs to a picture below it; returns where it ends."""
        for each in below:
            y += _BELOW_PICTURE
            part.elements += each.drawn(self.style.left, y)
            y += each.height
        return y

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
        # A film stands with the picture; without one, or where that has no room, below the notes.
        has_film = self.card.picture is not None
        if parts[0].y + self._avoid_if.height > room:
            parts, has_film = [_Part(*self._head())], False
        self._add_avoid_if(parts[0])
        for text in (*self._steps(place), *self._notes(place)):
            self._break_text(parts, text, head, room)
        if self._film and not has_film:
            if parts[-1].y + _BELOW_PICTURE + self._film.height > room:
                parts.append(_Part(*self._head()))
            parts[-1].add_film(self._film, self._steps_x(place))
        # What the boxes stand for is said on each page that has some of them.
        without_boxes, room = len(parts), room - self._legend_height
        grid = self._grid_no_higher_than(room - head - _ABOVE_GRID)
        for days in grid.rows_of_days:
            without_boxes = min(without_boxes, self._break_bands(parts, grid, days, head, room))
        for part in parts[without_boxes:]:
            self._add_legend(part)
        return [part.fragment for part in parts]

    def _grid_no_higher_than(self, room: float) -> WeekGrid:
        """The boxes, in shorter bands if one alone is higher than what a page leaves for it under the days."""
        shorter = replace(self.grid.look, rows=5)
        for grid in (self.grid, WeekGrid(self.grid.grid, shorter, self.card.number, self.metrics)):
            highest = max(map(grid.alone, range(len(grid.bands))), default=0)
            if not highest or grid.header_height + PAD_BELOW + highest <= room:
                return grid
        raise PageTooSmall(plain(self.card.name))

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

    def _break_bands(self, parts: list[_Part], grid: WeekGrid, days: range, head: float, room: float) -> int:
        """Put the boxes of some days into the last part, and into new ones; returns which is the first with some."""
        start, first = 0, len(parts)
        while start < len(grid.bands):
            part = parts[-1]
            stop = grid.fitting(start, room - part.y - _ABOVE_GRID)
            if stop == start and part.y > head:
                parts.append(_Part(*self._head()))
                continue
            stop = max(stop, start + 1)
            self._add_bands(part, grid, days, range(start, stop))
            start, first = stop, min(first, len(parts) - 1)
        return first

    # ------------------------------------------------------------------ head

    def _head(self) -> tuple[list[_Drawn], float]:
        """Rule, number, name, sides and dose, from y = 0; with the y below them."""
        beside, alone = self._set_name(self.chips.width + _BESIDE_NAME), self._set_name(0)
        chips_below = len(alone.lines) < len(beside.lines)
        name = alone if chips_below else beside
        elements, x = self._drawn_name(name), self._name_x
        y = max(_ABOVE_NAME + name.height, _DOSE_AT if len(name.lines) == 1 else 0)
        if chips_below:
            elements.append(self.chips.drawn(x, y))
            y += self.chips.height + _BELOW_CHIPS
        else:
            elements.append(self._chips_beside_name())
        doses = DoseLines(self.card, self._beside_dose, self.style, self.metrics, self.style.right - x)
        elements += doses.drawn(x, y)
        return elements, max(y + doses.height, self.type.number.leading) + _BELOW_HEAD

    def _chips_beside_name(self) -> Element:
        y = _ABOVE_NAME + (self.type.exercise.leading - self.chips.height) / 2
        return self.chips.drawn(self.style.right - self.chips.width, max(y, _RULE))

    def _head_around_picture(self) -> tuple[list[_Drawn], float]:
        """Rule, number and name; below them the picture with sides and dose beside it. With the y below all."""
        if self.card.picture is None:
            return self._head()
        room_width, room_height = self._picture_room
        room_height *= self.fit.picture
        for width in (room_width, _NARROWER * room_width):
            found = self._around_picture(width, room_height)
            if found and found[2] <= room_height:
                break
        if not found:
            return self._head_over_picture()
        return found[0], found[1]

    def _around_picture(self, width: float, height: float) -> tuple[list[_Drawn], float, float] | None:
        """The same for a picture in some room; with the height of what stands beside it. None if that is too narrow."""
        width, height = picture_size(self._picture, width, height)
        x = self.style.left + width + _BESIDE_PICTURE
        room = self.style.right - x
        if room < _NARROWEST_DOSE * self.type.dose.size:
            return None
        name = self._set_name(0)
        by_name = self.chips.width > room
        if by_name:
            name = self._set_name(self.chips.width + _BESIDE_NAME)
            if len(name.lines) > len(self._set_name(0).lines):
                return None
        y = max(_ABOVE_NAME + name.height, self.type.number.leading) + _BELOW_HEAD
        doses = DoseLines(self.card, self._beside_dose, self.style, self.metrics, room)
        chips = 0 if by_name else self.chips.height + 2 * _BELOW_CHIPS
        below = self._below_picture(room - _BESIDE_PICTURE)
        text = chips + doses.height + sum(_BELOW_CHIPS + each.height for each in below)
        elements = [*self._drawn_name(name), self._picture_at(y, width, height)]
        elements.append(self._chips_beside_name() if by_name else self.chips.drawn(x, y))
        elements += doses.drawn(x, y + chips)
        end = y + chips + doses.height
        for each in below:
            elements += each.drawn(x, end + _BELOW_CHIPS)
            end += _BELOW_CHIPS + each.height
        return elements, max(y + height, end) + _BELOW_HEAD, text

    def _head_over_picture(self) -> tuple[list[_Drawn], float]:
        """The whole head and then the picture, where the paper is too narrow for anything beside it."""
        elements, y = self._head()
        room_width, room_height = self._picture_room
        width, height = picture_size(self._picture, min(room_width, self.style.measure), self.fit.picture * room_height)
        part = _Part([*elements, self._picture_at(y, width, height)], y + height)
        return part.elements, self._add_below(part, self._below_picture(self.style.measure), part.y) + _BELOW_HEAD

    # ------------------------------------------------------------------ what speaks against it, and a film

    @cached_property
    def _avoid_if(self) -> AvoidIf:
        return AvoidIf(self.card.avoid_if, self._name_x, self.style, self.metrics)

    def _add_avoid_if(self, part: _Part) -> None:
        """What speaks against the exercise: the last thing before the steps, across the whole width."""
        if self._avoid_if.height:
            y = part.y - _BELOW_HEAD
            part.elements += self._avoid_if.drawn(y)
            part.y = y + self._avoid_if.height + _BELOW_HEAD

    @cached_property
    def _film(self) -> Film | None:
        """The film of it, if it has one."""
        return Film(self.card.video, self.style, self.metrics) if self.card.video else None

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
        return self.style.left + max(self.style.template.card.gutter * MM, self._number_width + _AFTER_NUMBER)

    def _set_name(self, beside: float) -> Paragraph:
        """The name, with some room kept free beside it."""
        width = self.style.right - self._name_x - beside
        return set_text(self.card.name, width, self.type.exercise, self.metrics, Face.BOLD)

    def _drawn_name(self, name: Paragraph) -> list[_Drawn]:
        """The rule over the card, its number and its name."""
        style = self.style
        words = drawn(name, self._name_x, _ABOVE_NAME, style.template.colours.ground)
        number = number_block(self.card.number, style.left, 0, self._number_width, self.type.number, self.metrics)
        return [
            Element(Role.ARTIFACT, (Rule(style.left, _RULE / 2, style.right, _RULE / 2, _RULE),)),
            Element(Role.HEADING, (*number, *words)),
        ]

    @property
    def _number_width(self) -> float:
        """Width of the block with the number."""
        size = self.type.number.size
        return max(_NUMBER_WIDTH, self.metrics.width("0" * self.card.digits, Face.BOLD) + _NUMBER_PAD) * size

    # ------------------------------------------------------------------ body

    def _steps(self, place: _PicturePlace) -> Iterator[_Text]:
        """The steps across the width that the picture leaves."""
        x, room, type_ = self._steps_x(place), self._step_number_room, self.type.steps
        between = _BETWEEN_STEPS * type_.leading
        if self.fit.tight:
            type_, between = TypeSize(type_.size, _TIGHT_LEADING * type_.leading), _BETWEEN_TIGHT_STEPS
        for index, step in enumerate(self.card.steps):
            paragraph = set_text(step, self.style.right - x - room, type_, self.metrics)
            yield _Text(paragraph, x + room, between if index else 0, (str(index + 1), x))

    def _steps_x(self, place: _PicturePlace) -> float:
        """Where the numbers of the steps begin."""
        if place is _PicturePlace.NOWHERE:
            return self._name_x
        return self.style.left + (self._picture_room[0] + _BESIDE_PICTURE) * (place is _PicturePlace.BESIDE_STEPS)

    @property
    def _step_number_room(self) -> float:
        """From a step's number to its text."""
        size = self.type.steps.size
        return max(_NUMBER_ROOM, self.metrics.width(f"{len(self.card.steps)} ", Face.BOLD) + 0.3) * size

    def _notes(self, place: _PicturePlace) -> Iterator[_Text]:
        """What is said after the steps, in their column."""
        notes = [*(self.card.notes if self.style.template.card.notes else ()), self.card.word, self.card.credit]
        x = self._steps_x(place) + self._step_number_room
        width = min(self.style.right - x, LONGEST_MEASURE * self.type.notes.size)
        for index, note in enumerate(filter(None, notes)):
            paragraph = set_runs(note_runs(note), width, self.type.notes, self.metrics)
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
        """Some bands under the days' labels."""
        top = part.y + _ABOVE_GRID
        part.elements.append(partial(self._drawn_bands, grid, days, bands, top))
        part.y = top + grid.header_height + grid.height_of(bands) + PAD_BELOW

    def _drawn_bands(self, grid: WeekGrid, days: range, bands: range, top: float) -> tuple[Element, ...]:
        """Some bands under the days' labels, on tinted columns."""
        labels, grounds, ticks = grid.drawn(days, bands, top + grid.header_height)
        stripes = grid.stripes(days, bands, top, self.style.template.colours.stripe)
        return (
            Element(Role.ARTIFACT, (*stripes, *grounds)),
            Element(Role.PARAGRAPH, (*grid.header(days, top), *labels)),
            Element(Role.ARTIFACT, tuple(ticks)),
        )

    @property
    def _beside_dose(self) -> str:
        """What a box stands for, where no legend under the boxes says it."""
        return "" if self._legend else self._in_legend or self.remark

    @property
    def _in_legend(self) -> str:
        """What the boxes stand for, where a template has it below them."""
        if not self.style.template.card.legend or not self.grid.bands:
            return ""
        dashed = self.card.dashed if self.grid.grid.has_dashed else ""
        return " ".join(filter(None, (self.remark or self.card.tick, dashed)))

    @cached_property
    def _legend(self) -> Paragraph | None:
        """The same, set, unless it stands beside the dose."""
        words = self._in_legend if self.fit.legend else ""
        return set_text(words, self.style.measure, self.type.label, self.metrics) if words else None

    @property
    def _legend_height(self) -> float:
        """Of the legend with the room above it; 0 without one."""
        return _ABOVE_LEGEND + self._legend.height if self._legend else 0.0

    def _add_legend(self, part: _Part) -> None:
        if self._legend:
            part.y += _ABOVE_LEGEND
            items = drawn(self._legend, self.style.left, part.y, "")
            part.add(Element(Role.PARAGRAPH, items), self._legend.height)


def grid_look(grid: Grid, style: Style, *, small: bool = False) -> GridLook:
    """How the boxes of a card are drawn: smaller where a day would not hold them, in two rows of days below a limit."""
    template = style.template
    boxes, gutter = template.boxes, template.card.gutter * MM
    size, pitch = boxes.size * MM, boxes.pitch * MM
    if small:
        size, pitch = boxes.least * MM, min(pitch, boxes.least * MM + _BETWEEN_BOXES)
    for per_row, kept_free in ((7, KEPT_FREE), (7, _LEAST_FREE), (4, KEPT_FREE)):
        look = GridLook(
            x=style.left,
            gutter=gutter,
            column=(style.measure - gutter) / per_row,
            per_row=per_row,
            size=size,
            pitch=pitch,
            stroke=boxes.stroke,
            day=template.type.day,
            label=template.type.label,
            accent=template.colours.accent,
            kept_free=kept_free,
        )
        if block_width(grid, size, pitch) <= look.room:
            return look
        between = block_width(grid, 0, _BETWEEN_BOXES)
        fitting = (look.room - between) / (block_width(grid, 1, 1 + _BETWEEN_BOXES) - between)
        if fitting >= min(_LEAST_BOX, size):
            return replace(look, size=fitting, pitch=fitting + _BETWEEN_BOXES)
    return look
