"""An exercise's card: head, picture, steps, notes, and the week's boxes.

A card is one piece. Only one that is taller than a page is broken: between the lines of its text and between the
bands of its boxes, with its head and the days repeated.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.handout.blocks import Card
from pdfbuilder.layout.display import Area, Element, Face, Fragment, Item, Role, Rule, Words
from pdfbuilder.layout.metrics import Metrics, baseline
from pdfbuilder.layout.style import Style
from pdfbuilder.layout.tag import Arrow, arrow
from pdfbuilder.layout.text import LONGEST_LINE, Paragraph, Run, drawn, runs_of, set_runs, set_text
from pdfbuilder.layout.week_grid import PAD_BELOW, GridLook, WeekGrid
from pdfbuilder.units import MM

#: The rule over a card; the width of its number's block, at least.
_RULE, _NUMBER_WIDTH = 2.2, 10 * MM
#: From the rule to the name; between head and body, body and notes, notes and boxes.
_HEAD_PAD, _BELOW_HEAD, _ABOVE_NOTES, _ABOVE_GRID = 1.6 * MM, 2.6 * MM, 2 * MM, 2.4 * MM
#: Between two chips and their joiner; between the name and the chips; the outline of a chip.
_CHIP_GAP, _NAME_GAP, _CHIP_STROKE = 1.6 * MM, 4 * MM, 1.2
#: Between two steps, as a part of the leading; from a step's number to its text, as a part of the size.
_STEP_GAP, _NUMBER_ROOM = 0.2, 1.25
_WHITE, _BLACK = "#FFFFFF", "#000000"


class _Text(Struct, frozen=True):
    """A paragraph of the body with its place: across from the left, and the room above it."""

    paragraph: Paragraph
    x: float
    before: float
    #: A step's number, to the left of its first line.
    number: tuple[str, float] | None = None


class PageTooSmall(ValueError):
    """Not even one row of boxes fits on a page under the head of its card."""


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

    # ------------------------------------------------------------------ as one piece

    def whole(self) -> Fragment:
        """The card in one piece."""
        elements, y = self._head()
        texts = [*self._steps(), *self._notes()]
        for text in texts:
            y += text.before
            elements.append(self._drawn_text(text, y, slice(None)))
            y += text.paragraph.height
        for days in self.grid.rows_of_days:
            more, y = self._bands(days, range(len(self.grid.bands)), y + _ABOVE_GRID)
            elements += more
        return _fragment(elements, y)

    # ------------------------------------------------------------------ in parts

    def parts(self, room: float) -> list[Fragment]:
        """The card over as many pages as it takes, its head on each.

        Args:
            room: height of a page's content.

        Raises:
            PageTooSmall: if not even that is possible.
        """
        done: list[Fragment] = []
        elements, y = self._head()
        head = y
        for text in (*self._steps(), *self._notes()):
            leading = text.paragraph.type.leading
            y += text.before if y > head else 0
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
        highest = max(self.grid.bands, key=lambda band: band.height)
        if highest.height > room:
            rows = max(1, int((room - highest.top - self.grid.look.size) // self.grid.look.pitch) + 1)
            look = replace(self.grid.look, rows=rows)
            self.grid = WeekGrid(self.grid.grid, look, self.card.number, self.metrics)
            if max(band.height for band in self.grid.bands) > room:
                raise PageTooSmall

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
        style, type_ = self.style, self.type
        number, number_width = self._number()
        x = style.left + max(style.template.card.gutter * MM, number_width + _NAME_GAP)
        chips, chips_width = self._chips()
        beside = set_text(
            self.card.name, style.right - x - chips_width - _NAME_GAP, type_.exercise, self.metrics, Face.BOLD
        )
        alone = set_text(self.card.name, style.right - x, type_.exercise, self.metrics, Face.BOLD)
        stacked = len(alone.lines) < len(beside.lines)
        name = alone if stacked else beside
        elements = [
            Element(Role.ARTIFACT, (Rule(style.left, _RULE / 2, style.right, _RULE / 2, _RULE),)),
            Element(Role.HEADING, (*number, *drawn(name, x, _HEAD_PAD, style.template.colours.ground))),
        ]
        y = _HEAD_PAD + name.height
        chips_x = x if stacked else style.right - chips_width
        chips_y = y if stacked else _HEAD_PAD + (type_.exercise.leading - type_.chip.leading) / 2
        elements.append(Element(Role.PARAGRAPH, tuple(self._drawn_chips(chips, chips_x, chips_y))))
        if stacked:
            y += type_.chip.leading + _CHIP_GAP
        words = f"{self.card.dose} {self.remark}".strip()
        dose = set_text(words, style.right - x, type_.dose, self.metrics, Face.BOLD)
        elements.append(Element(Role.PARAGRAPH, drawn(dose, x, y, "")))
        return elements, max(y + dose.height, type_.number.leading) + _BELOW_HEAD

    def _number(self) -> tuple[tuple[Item, ...], float]:
        """The block with the card's number, and its width."""
        text, type_ = str(self.card.number), self.type.number
        text_width = self.metrics.width(text, Face.BOLD) * type_.size
        width = max(_NUMBER_WIDTH, text_width + 0.7 * type_.size)
        x = self.style.left
        words = Words(
            x + (width - text_width) / 2, baseline(0, type_.size, type_.leading), text, Face.BOLD, type_.size, _WHITE
        )
        return (Area(x, 0, width, type_.leading, _BLACK), words), width

    def _chips(self) -> tuple[list[Arrow], float]:
        """The sides as tags, and the width of their row."""
        type_ = self.type.chip
        arrows = [arrow(chip.word, chip.side, type_, self.metrics) for chip in self.card.chips]
        joiner = self._joiner_width()
        return arrows, sum(each.width for each in arrows) + (len(arrows) - 1) * (joiner + 2 * _CHIP_GAP)

    def _joiner_width(self) -> float:
        return self.metrics.width(self.card.joiner, Face.REGULAR) * self.type.label.size

    def _drawn_chips(self, arrows: list[Arrow], x: float, y: float) -> Iterator[Item]:
        accent, label = self.style.template.colours.accent, self.type.label
        for index, (chip, each) in enumerate(zip(self.card.chips, arrows, strict=True)):
            if index:
                base = baseline(y, label.size, each.height)
                yield Words(x + _CHIP_GAP, base, self.card.joiner, Face.REGULAR, label.size)
                x += self._joiner_width() + 2 * _CHIP_GAP
            fill, ink, stroke = (accent, _WHITE, 0.0) if chip.solid else (_WHITE, _BLACK, _CHIP_STROKE)
            yield from each.drawn(x, y, fill=fill, ink=ink, stroke=stroke)
            x += each.width

    # ------------------------------------------------------------------ body

    def _steps(self) -> Iterator[_Text]:
        """The steps across the width that the picture leaves."""
        type_ = self.type.steps
        x = self.style.left + self.style.template.card.gutter * MM
        count = len(self.card.steps)
        room = max(_NUMBER_ROOM * type_.size, (self.metrics.width(f"{count} ", Face.BOLD) + 0.3) * type_.size)
        for index, step in enumerate(self.card.steps):
            paragraph = set_text(step, self.style.right - x - room, type_, self.metrics)
            yield _Text(paragraph, x + room, _STEP_GAP * type_.leading if index else 0, (str(index + 1), x))

    def _notes(self) -> Iterator[_Text]:
        if not self.style.template.card.notes:
            return
        x = self.style.left + self.style.template.card.gutter * MM
        for index, note in enumerate(self.card.notes):
            runs = [Run(f"{note.label} ", Face.BOLD)] if note.label else []
            paragraph = set_runs(
                [*runs, *runs_of(note.text)],
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
