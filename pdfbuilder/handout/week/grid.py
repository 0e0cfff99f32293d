"""Tick boxes for a week: days are columns, so that 'today' is one column down the whole page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import Grid, Lane
from pdfbuilder.handout.fields import BoxField, Day, LineField, Worked
from pdfbuilder.handout.week.bands import (
    BEFORE_LINE,
    LABEL_INSET,
    Band,
    BlockBox,
    GridLook,
    Label,
    bands_of,
    label_width,
    times_are_one,
)
from pdfbuilder.layout.core.display import Area, Face, Item, Rule, TickBox, Words, WriteIn
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.text import PLATE_PAD, centred, plate
from pdfbuilder.units import MM

#: Above and below a day's label, together.
_AROUND_DAY = 1.56 * MM
#: Room below the last boxes inside the tinted columns.
PAD_BELOW = 2.4 * MM
#: Tint above and below boxes where a row of words interrupts it.
_PAD_TINT = 1 * MM
#: Between two labels in a row.
_BETWEEN_WORDS = 3 * MM
#: From the end of a line to write on to its unit, and the line's weight.
_BEFORE_UNIT = 0.8 * MM
_WRITE_LINE = 0.6
#: Arms of the sign in a box for those who do more, as a part of the box, and their weight.
_PLUS = 0.4
_PLUS_LINE = 0.8
#: Width of the rule between two times of day.
_RULE = 0.6


class WeekGrid:
    """The boxes of one exercise, arranged; bands are the smallest part that a page may break between."""

    def __init__(self, grid: Grid, look: GridLook, number: int, metrics: Metrics) -> None:
        self.grid = grid
        self.look = look
        self.number = number
        self.metrics = metrics
        self.bands = bands_of(grid, look, metrics)

    @property
    def header_height(self) -> float:
        """Height of the days' labels."""
        return self.look.day.leading + _AROUND_DAY

    @property
    def rows_of_days(self) -> tuple[range, ...]:
        """The days that stand side by side, row by row; none without boxes."""
        if not self.bands:
            return ()
        return tuple(range(start, min(start + self.look.per_row, 7)) for start in range(0, 7, self.look.per_row))

    def height_of(self, bands: range) -> float:
        """Height of some bands with which a page begins, without the days' labels."""
        return sum(self.space_before(each, first=each == bands.start) + self.bands[each].height for each in bands)

    def space_before(self, index: int, *, first: bool = False) -> float:
        """Room above a band; above the first on a page only for what it takes over from the page before."""
        if first:
            return self.look.label.leading if self.bands[index].continued else 0.0
        return self.bands[index].before if index else 0.0

    def alone(self, index: int) -> float:
        """Height of a band that is the first and only one on its page, without the days' labels."""
        return self.height_of(range(index, index + 1))

    def fitting(self, start: int, room: float) -> int:
        """Index after the last band that fits under the days' labels on a page that begins with `start`."""
        room -= self.header_height + PAD_BELOW
        for index in range(start, len(self.bands)):
            room -= self.space_before(index, first=index == start) + self.bands[index].height
            if room < 0:
                return index
        return len(self.bands)

    @property
    def labels_from(self) -> float:
        """How far from the gutter's left edge the first of its labels begins; the gutter's width without any."""
        if any(band.heading for band in self.bands):
            return 0.0
        labels = [label for band in self.bands for label in band.labels]
        if not labels:
            return self.look.gutter
        return self.look.gutter - LABEL_INSET - label_width(labels, self.look, self.metrics)

    # ------------------------------------------------------------------ drawing

    def header(self, days: range, y: float) -> Iterator[Item]:
        """The labels of a row of days, from y down, and over the times of day what they are."""
        look = self.look
        y += _AROUND_DAY / 2
        if word := self._times_word:
            width = self.metrics.width(word, Face.REGULAR) * look.label.size
            if width <= look.gutter - LABEL_INSET:
                base = baseline(y, look.label.size, look.day.leading)
                yield Words(self._label_x(width), base, word, Face.REGULAR, look.label.size)
        for column, day in enumerate(days):
            yield day_label(self.grid.days[day], look.centre(column), y, look.day, self.metrics)

    @property
    def _times_word(self) -> str:
        """'Time', where the gutter counts times of day."""
        if self.grid.sessions == 1 or times_are_one(self.grid):
            return ""
        nouns = {noun for _, noun in self.grid.session_words[: self.grid.sessions]}
        in_gutter = any(label[0] == self.grid.session_words[0][0] for label in self.bands[0].labels)
        noun = nouns.pop() if len(nouns) == 1 and in_gutter else ""
        return noun[:1].upper() + noun[1:]

    def stripes(self, days: range, bands: range, y: float, colour: str) -> Iterator[Item]:
        """The tint of every other day of a row, labels and all, from y down; rows of words interrupt it."""
        look = self.look
        for top, bottom in self._tinted(bands, y):
            for column, day in enumerate(days):
                if day % 2 == 0:
                    x = look.x + look.gutter + column * look.column
                    yield Area(x, top, look.column, bottom - top, colour)

    def _tinted(self, bands: range, y: float) -> Iterator[tuple[float, float]]:
        """Upper and lower edges of the tint."""
        top = y
        y += self.header_height
        for index in bands:
            band, first = self.bands[index], index == bands.start
            words = y if first else y + self.space_before(index)
            y += self.space_before(index, first=first)
            if band.heading or (first and band.continued):
                yield top, words if first else words - self.bands[index].before + _PAD_TINT
                top = y + (self.look.label.leading if band.heading else 0) - (0 if band.heads else _PAD_TINT)
            y += band.height
        yield top, y + PAD_BELOW

    def drawn(self, days: range, bands: range, y: float) -> tuple[Sequence[Item], Sequence[Item], Sequence[Item]]:
        """Some bands from y down: labels, grounds, and boxes with rules."""
        items: list[Item] = []
        for index in bands:
            first = index == bands.start
            items += self.band(index, days, y, first=first)
            y += self.space_before(index, first=first) + self.bands[index].height
        labels = [item for item in items if isinstance(item, Words)]
        grounds = [item for item in items if isinstance(item, Area)]
        return labels, grounds, [item for item in items if isinstance(item, TickBox | Rule | WriteIn)]

    def band(self, index: int, days: range, y: float, *, first: bool = False) -> Iterator[Item]:
        """A band for a row of days, with the room above it; the first on its page has neither that nor a rule."""
        look, band = self.look, self.bands[index]
        space = self.space_before(index, first=first)
        if band.rule and space and not first:
            right = look.x + look.gutter + look.per_row * look.column
            yield Rule(look.x, y + space / 2, right, y + space / 2, _RULE)
        if first and band.continued:
            yield from self._row_of_words(((band.continued, Face.BOLD, False),), y)
        y += space
        if band.heading:
            yield from self._row_of_words(band.heading, y)
        boxes = y + band.top
        for row, label in enumerate(band.labels):
            base = baseline(boxes + row * look.label.leading, look.label.size, look.size)
            width = self.metrics.width(label[0], label[1]) * look.label.size
            yield from self._label(label, self._label_x(width), base)
        for column, day in enumerate(days):
            if self.grid.active[day]:
                yield from self._day(band, day, look.centre(column) - band.width / 2, boxes)

    def _day(self, band: Band, day: int, x: float, y: float) -> Iterator[Item]:
        size = self.look.label.size
        top = band.top - (self.look.label.leading if band.heading else 0)
        base = baseline(y - top, size, top)
        for head in band.heads:
            if head.first:
                left = x + head.x - self.metrics.width(head.text, Face.BOLD) * size / 2
                yield from plate(head.text, left, base, size, self.metrics, self.look.accent)
            else:
                yield centred(head.text, x + head.x, base, Face.BOLD, size, self.metrics)
        for box in band.boxes:
            yield from self._box(box, day, x + box.x, y + box.y)

    def _box(self, box: BlockBox, day: int, x: float, y: float) -> Iterator[Item]:
        """A box with the sign in it and the line beside it, if it has them."""
        grid, size = self.grid, self.look.size
        lane = grid.lanes[box.lane]
        parts = [grid.exercise, grid.days[day]]
        if grid.sessions > 1 or grid.is_named:
            parts.append(" ".join(filter(None, grid.session_words[box.session])))
        if grid.sets > 1:
            parts.append(f"{grid.set_word} {box.set + 1}")
        parts += filter(None, (lane.word, lane.part))
        parts.append(f"{box.rep + 1}/{lane.boxes}")
        side, part = self._called[box.lane]
        done = Day(grid.week[day]), self.number, side
        time, set_, extra = box.session + 1, box.set + 1, self._is_extra(box)
        called = BoxField(*done, grid.tick, box.rep + 1, time, set_, part, extra)
        yield TickBox(x, y, size, self.look.stroke, extra, called, tuple(parts))
        if lane.plus and box.rep + 1 == lane.boxes:
            middle_x, middle_y, arm = x + size / 2, y + size / 2, _PLUS * size / 2
            yield Rule(middle_x - arm, middle_y, middle_x + arm, middle_y, _PLUS_LINE)
            yield Rule(middle_x, middle_y - arm, middle_x, middle_y + arm, _PLUS_LINE)
        if lane.line:
            yield from self._line(lane, x, y, str(LineField(*done, time=time, set=set_, part=part)), ", ".join(parts))

    @cached_property
    def _called(self) -> list[tuple[Worked, int]]:
        """Side and part of each lane, in the names of its boxes."""
        sides = [lane.side for lane in self.grid.lanes]
        return [(Worked.of(self.grid.sides, side), sides[: index + 1].count(side)) for index, side in enumerate(sides)]

    def _is_extra(self, box: BlockBox) -> bool:
        """Whether more is not asked for: of repetitions, of sets, or of times of day."""
        lane, grid = self.grid.lanes[box.lane], self.grid
        return (
            box.rep >= lane.solid
            or box.set >= lane.sets - lane.extra_sets
            or box.session >= grid.sessions - grid.extra_sessions
        )

    def _line(self, lane: Lane, x: float, y: float, name: str, label: str) -> Iterator[Item]:
        """The line to write on beside a box, and behind it what is written."""
        look = self.look
        end = x + look.size + look.line(lane)
        if lane.unit:
            width = self.metrics.width(lane.unit, Face.REGULAR) * look.label.size
            base = baseline(y, look.label.size, look.size)
            yield Words(end - width, base, lane.unit, Face.REGULAR, look.label.size)
            end -= width + _BEFORE_UNIT
        start, base = x + look.size + BEFORE_LINE, y + look.size - _WRITE_LINE / 2
        yield Rule(start, base, end, base, _WRITE_LINE)
        yield WriteIn(start, y, end - start, look.size, name, label)

    # ------------------------------------------------------------------ labels

    def _row_of_words(self, labels: tuple[Label, ...], y: float) -> Iterator[Item]:
        """Words across the width in a row of their own, from y down."""
        type_, x = self.look.label, self.look.x
        base = baseline(y, type_.size, type_.leading)
        for label in labels:
            text, face, solid = label
            pad = solid * PLATE_PAD * type_.size
            yield from self._label(label, x + pad, base)
            x += self.metrics.width(text, face) * type_.size + 2 * pad + _BETWEEN_WORDS

    def _label(self, label: Label, x: float, base: float) -> Iterator[Item]:
        text, face, solid = label
        if solid:
            yield from plate(text, x, base, self.look.label.size, self.metrics, self.look.accent)
        else:
            yield Words(x, base, text, face, self.look.label.size)

    def _label_x(self, width: float) -> float:
        """Where a label of some width begins in the gutter: they end alike."""
        return self.look.x + self.look.gutter - LABEL_INSET - width


def day_label(text: str, centre: float, y: float, type_: TypeSize, metrics: Metrics) -> Words:
    """A day over the middle of its column, its line's upper edge at y."""
    return centred(text, centre, baseline(y, type_.size, type_.leading), Face.BOLD, type_.size, metrics)
