"""Tick boxes for a week: days are columns, so that 'today' is one column down the whole page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import Grid
from pdfbuilder.handout.week.bands import PAD, Band, BlockBox, GridLook, bands_of, label_width
from pdfbuilder.layout.core.display import Area, Face, Item, Rule, TickBox, Words
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.text import centred, phrase_ground

#: Room below the last boxes inside the tinted columns.
PAD_BELOW = PAD


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
        return self.look.day.leading + 2 * PAD

    @property
    def rows_of_days(self) -> tuple[range, ...]:
        """The days that stand side by side, row by row."""
        return tuple(range(start, min(start + self.look.per_row, 7)) for start in range(0, 7, self.look.per_row))

    @property
    def height(self) -> float:
        """Height of the bands of one row of days, without the days' labels."""
        return sum(self.space_before(index) + band.height for index, band in enumerate(self.bands))

    def space_before(self, index: int, *, first: bool = False) -> float:
        """Room above a band; above the first on a page only for what it takes over from the page before."""
        if first:
            return self.look.label.leading if self.bands[index].continued else 0.0
        return self.bands[index].before if index else 0.0

    def alone(self, index: int) -> float:
        """Height of a band that is the first and only one on its page, without the days' labels."""
        return self.space_before(index, first=True) + self.bands[index].height

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
        labels = [label for band in self.bands for label in (*band.labels, band.heading) if label]
        labels += [(self._set_label(band), Face.REGULAR, False) for band in self.bands if self._heads_sets(band)]
        return self._indent(label_width(labels, self.look, self.metrics)) if labels else self.look.gutter

    # ------------------------------------------------------------------ drawing

    def header(self, days: range, y: float) -> Iterator[Item]:
        """The labels of a row of days, from y down."""
        look = self.look
        for column, day in enumerate(days):
            yield day_label(self.grid.days[day], look.centre(column), y + PAD, look.day, self.metrics)

    def stripes(self, days: range, y: float, height: float, colour: str) -> Iterator[Item]:
        """The tint of every other day of a row, from y down."""
        look = self.look
        for column, day in enumerate(days):
            if day % 2 == 0:
                yield Area(look.x + look.gutter + column * look.column, y, look.column, height, colour)

    def drawn(
        self, days: range, bands: range, y: float
    ) -> tuple[Sequence[Item], Sequence[Item], Sequence[Item], float]:
        """Some bands from y down: labels, grounds, and boxes with rules; and where they end."""
        items: list[Item] = []
        for index in bands:
            first = index == bands.start
            items += self.band(index, days, y, first=first)
            y += self.space_before(index, first=first) + self.bands[index].height
        labels = [item for item in items if isinstance(item, Words)]
        grounds = [item for item in items if isinstance(item, Area)]
        return labels, grounds, [item for item in items if isinstance(item, TickBox | Rule)], y

    def band(self, index: int, days: range, y: float, *, first: bool = False) -> Iterator[Item]:
        """A band for a row of days, with the room above it; the first on its page has neither that nor a rule."""
        look, band = self.look, self.bands[index]
        space = self.space_before(index, first=first)
        if band.rule and space:
            right = look.x + look.gutter + look.per_row * look.column
            yield Rule(look.x, y + space / 2, right, y + space / 2, 0.8)
        if first and band.continued:
            yield from self._gutter_text(
                band.continued, Face.BOLD, False, baseline(y, look.label.size, look.label.leading)
            )
        y += space
        if band.heading:
            yield from self._gutter_text(*band.heading, baseline(y, look.label.size, look.label.leading))
        boxes = y + band.top
        if self._heads_sets(band):
            base = baseline(boxes - look.label.leading, look.label.size, look.label.leading)
            yield from self._gutter_text(self._set_label(band), Face.REGULAR, False, base)
        for row, (text, face, ground) in enumerate(band.labels):
            base = baseline(boxes + row * look.label.leading, look.label.size, look.size)
            yield from self._gutter_text(text, face, ground, base)
        for column, day in enumerate(days):
            if self.grid.active[day]:
                yield from self._day(band, day, look.centre(column) - band.width / 2, boxes)

    def _heads_sets(self, band: Band) -> bool:
        return bool(band.heads) and self.grid.sets > 1

    def _set_label(self, band: Band) -> str:
        """'Set', with its number where the columns are sides and not sets."""
        return f"{self.grid.set_word} {band.boxes[0].set + 1}" if self.grid.alternate else self.grid.set_word

    def _day(self, band: Band, day: int, x: float, y: float) -> Iterator[Item]:
        look = self.look
        base = baseline(y - look.label.leading, look.label.size, look.label.leading)
        for head in band.heads:
            if head.first:
                width = self.metrics.width(head.text, Face.BOLD) * look.label.size
                yield phrase_ground(x + head.x - width / 2, base, width, look.label.size, look.ground)
            yield centred(head.text, x + head.x, base, Face.BOLD, look.label.size, self.metrics)
        for box in band.boxes:
            yield self._box(band.session, box, day, x + box.x, y + box.y)

    def _box(self, session: int, box: BlockBox, day: int, x: float, y: float) -> TickBox:
        grid = self.grid
        lane = grid.lanes[box.lane]
        parts = [grid.exercise, grid.days[day]]
        if grid.sessions > 1:
            parts.append(" ".join(grid.session_words[session]))
        if grid.sets > 1:
            parts.append(f"{grid.set_word} {box.set + 1}")
        if lane.word:
            parts.append(lane.word)
        parts.append(f"{box.rep + 1}/{lane.boxes}")
        return TickBox(
            x,
            y,
            self.look.size,
            self.look.stroke,
            dashed=box.rep >= lane.solid,
            name=f"box-{self.number}-{day + 1}-{session + 1}-{box.set + 1}-{box.lane + 1}-{box.rep + 1}",
            label=", ".join(parts),
        )

    def _gutter_text(self, text: str, face: Face, ground: bool, base: float) -> Iterator[Item]:
        look = self.look
        width = self.metrics.width(text, face) * look.label.size
        x = look.x + self._indent(width)
        if ground:
            yield phrase_ground(x, base, width, look.label.size, look.ground)
        yield Words(x, base, text, face, look.label.size)

    def _indent(self, width: float) -> float:
        """How far a label of some width keeps from the gutter's left edge."""
        return max(0.1 * self.look.label.size, min(self.look.indent, self.look.gutter - PAD - width))


def day_label(text: str, centre: float, y: float, type_: TypeSize, metrics: Metrics) -> Words:
    """A day over the middle of its column, its line's upper edge at y."""
    return centred(text, centre, baseline(y, type_.size, type_.leading), Face.BOLD, type_.size, metrics)
