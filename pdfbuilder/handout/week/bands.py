"""How the boxes of an exercise are arranged: bands of a week, each with the block of boxes that every day has.

A block that would be wider than a day's column continues in a further band below. The arrangement for a dose:

    up to 3           one line
    4 and 5           one column
    6 and more        columns of five, filled downwards
    sets              one column for each, under its number; a gap after each five
    each side         one band for each side, stacked, the side's word in the gutter
    alternate         two columns under L and R, ticked across
    times of day      stacked bands, a rule between them

Where a page is short of height, boxes of a single set stand in as few rows as can be instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import Grid, Lane
from pdfbuilder.layout.core.display import Face
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.units import MM

#: What stands in the gutter: text, face, and whether it stands on the ground.
Label = tuple[str, Face, bool]

#: More than the pitch after each five, so that people can count; between the columns of two sets.
_AFTER_FIVE, _BETWEEN_SETS = 2 * MM, 2 * MM
#: More than the pitch between the two columns of an alternate exercise.
_BETWEEN_SIDES = 1 * MM
#: Between bands of one run, between the runs of two sides, and around the rule between two times of day.
_BETWEEN_BANDS, _BETWEEN_LANES, _AROUND_RULE = 3 * MM, 4 * MM, 3 * MM
#: What a day's column keeps free at its edges, together.
_KEPT_FREE = 3 * MM
#: Above and below the boxes inside the tinted columns; around a day's label.
PAD = 1.3 * MM


class GridLook(Struct, frozen=True, cache_hash=True):
    """How a week grid is drawn.

    Attributes:
        x: left edge, where the gutter begins.
        gutter: width of the gutter.
        column: width of a day.
        per_row: how many days stand side by side; the rest of the week stands below.
        size: edge of a box.
        pitch: from one box to the next.
        stroke: line width of a box.
        day: type of the days.
        label: type of sides and sets.
        ground: colour behind the side to begin with.
        letters: whether the gutter has the sides' letters instead of their words.
        flat: whether boxes stand in as few rows as can be, ticked across, where a page is short of height.
        indent: how far labels keep from the gutter's left edge, as far as they fit.
        rows: how many rows a band has at most; a column is broken at a five where it can be.
    """

    x: float
    gutter: float
    column: float
    per_row: int
    size: float
    pitch: float
    stroke: float
    day: TypeSize
    label: TypeSize
    ground: str
    letters: bool = False
    flat: bool = False
    rows: int = 20
    indent: float = 0

    @property
    def room(self) -> float:
        """How wide a day's block of boxes may be."""
        return self.column - _KEPT_FREE

    def centre(self, column: int) -> float:
        """Middle of a day's column, counted from 0."""
        return self.x + self.gutter + (column + 0.5) * self.column


class Cell(Struct, frozen=True):
    """A box inside a day's block: its upper left corner, and which of its set's it is, from 0."""

    x: float
    y: float
    set: int
    rep: int
    lane: int


class Head(Struct, frozen=True):
    """What stands over a column of boxes: a set's number or a side's letter."""

    x: float
    text: str
    first: bool


class Band(Struct, frozen=True):
    """A row of day blocks.

    Attributes:
        cells: the boxes of a day, from the block's upper left corner.
        width: of a day's block.
        height: of the whole band, heads and all.
        heads: over the columns.
        top: from the band's top to its first boxes.
        before: room above it.
        rule: whether a rule stands in that room.
        session: which time of day it belongs to, from 0.
        labels: in the gutter beside the first boxes: text, face, and whether it stands on the ground.
        heading: across the whole width above it; empty for none.
        continued: what bands above it say of side and time of day, said again where it begins a page.
    """

    cells: tuple[Cell, ...]
    width: float
    height: float
    heads: tuple[Head, ...]
    top: float
    before: float
    rule: bool
    session: int
    labels: tuple[Label, ...]
    heading: Label | None
    continued: str

    @property
    def rows(self) -> int:
        """How many boxes stand below one another."""
        return len({cell.y for cell in self.cells})


def bands_of(grid: Grid, look: GridLook, metrics: Metrics) -> tuple[Band, ...]:
    """The boxes of an exercise, arranged for a look."""
    return tuple(_Arrangement(grid, look, metrics).bands())


def label_width(labels: Iterable[Label], look: GridLook, metrics: Metrics) -> float:
    """Width of the widest of some labels, of which there is one."""
    return max(metrics.width(text, face) for text, face, _ in labels) * look.label.size


class _Arrangement:
    def __init__(self, grid: Grid, look: GridLook, metrics: Metrics) -> None:
        self.grid = grid
        self.look = look
        self.metrics = metrics

    def bands(self) -> Iterator[Band]:
        """The bands, from the first time of day and the first side on."""
        grid = self.grid
        for session in range(grid.sessions):
            lanes = [grid.lanes] if grid.alternate else [(lane,) for lane in grid.lanes]
            for lane_index, group in enumerate(lanes):
                blocks = list(self._alternate(group) if grid.alternate else self._blocks(lane_index))
                for index, (cells, heads) in enumerate(blocks):
                    starts_session = lane_index == 0 and index == 0
                    before = _BETWEEN_BANDS if index else _BETWEEN_LANES
                    labels = self._labels(session, group) if index == 0 else ()
                    heading = self._session_heading(session) if starts_session and len(lanes) > 1 else None
                    if labels and not self._all_labels_fit:
                        # Too long for the gutter: above the band, in a row of its own.
                        parts = [text for text, _, _ in (*([heading] if heading else ()), *labels)]
                        separator = ", " if heading else " "
                        heading, labels = (separator.join(parts), labels[0][1], labels[0][2]), ()
                    yield self._band(
                        cells,
                        heads,
                        before=2 * _AROUND_RULE if starts_session else before,
                        rule=starts_session and session > 0,
                        session=session,
                        labels=labels,
                        heading=heading,
                        continued=self._continued(session, group, side=index > 0) if not starts_session else "",
                    )

    def _blocks(self, lane: int) -> Iterator[tuple[list[Cell], list[Head]]]:
        """The day blocks of one run: boxes and heads, as many bands as it takes."""
        look = self.look
        reps = self.grid.lanes[lane].boxes
        if self.grid.sets > 1:
            yield from self._sets(lane, reps)
            return
        if reps <= 3 and self._width(reps, look.pitch) <= look.room:
            yield [Cell(rep * look.pitch, 0, 0, rep, lane) for rep in range(reps)], []
            return
        columns = max(1, self._fitting(look.pitch))
        if look.flat and (rows := -(-reps // columns)) <= look.rows:
            across = -(-reps // rows)
            yield (
                [Cell(rep % across * look.pitch, rep // across * look.pitch, 0, rep, lane) for rep in range(reps)],
                [],
            )
            return
        down = min(5, look.rows)
        for start in range(0, reps, down * columns):
            places = [(rep, *divmod(rep - start, down)) for rep in range(start, min(start + down * columns, reps))]
            yield [Cell(x * look.pitch, y * look.pitch, 0, rep, lane) for rep, x, y in places], []

    def _sets(self, lane: int, reps: int) -> Iterator[tuple[list[Cell], list[Head]]]:
        look = self.look
        pitch = look.size + _BETWEEN_SETS
        columns = max(1, self._fitting(pitch))
        sets = self.grid.lanes[lane].sets
        for first in range(0, sets, columns):
            numbers = range(first, min(first + columns, sets))
            for start in range(0, reps, self._longest):
                rows = range(start, min(start + self._longest, reps))
                cells = [
                    Cell((number - first) * pitch, self._down(rep - start), number, rep, lane)
                    for number in numbers
                    for rep in rows
                ]
                heads = [
                    Head((number - first) * pitch + look.size / 2, str(number + 1), first=False) for number in numbers
                ]
                yield cells, heads

    def _alternate(self, lanes: tuple[Lane, ...]) -> Iterator[tuple[list[Cell], list[Head]]]:
        look, reps = self.look, max(lane.boxes for lane in lanes)
        pitch = look.pitch + _BETWEEN_SIDES
        heads = [Head(index * pitch + look.size / 2, lane.letter, lane.first) for index, lane in enumerate(lanes)]
        for number in range(self.grid.sets):
            for start in range(0, reps, self._longest):
                yield (
                    [
                        Cell(index * pitch, self._down(rep - start), number, rep, index)
                        for rep in range(start, min(start + self._longest, reps))
                        for index, lane in enumerate(lanes)
                        if number < lane.sets and rep < lane.boxes
                    ],
                    heads,
                )

    @property
    def _longest(self) -> int:
        """How many boxes a column has at most; broken at a five, where it has one."""
        return self.look.rows // 5 * 5 or self.look.rows

    def _down(self, row: int) -> float:
        return row * self.look.pitch + row // 5 * _AFTER_FIVE

    def _width(self, columns: int, pitch: float) -> float:
        return (columns - 1) * pitch + self.look.size

    def _fitting(self, pitch: float) -> int:
        """How many columns of boxes fit a day."""
        return int((self.look.room - self.look.size) // pitch) + 1

    # ------------------------------------------------------------------ labels

    def _labels(self, session: int, lanes: tuple[Lane, ...]) -> tuple[Label, ...]:
        """What stands in the gutter: the side of the run, or else the time of day."""
        if not self.grid.alternate and lanes[0].side is not None:
            lane = lanes[0]
            return ((lane.letter if self.look.letters else lane.word, Face.BOLD, lane.first),)
        if self.grid.sessions > 1:
            ordinal, noun = self.grid.session_words[session]
            return ((ordinal, Face.BOLD, False), (noun, Face.REGULAR, False))
        return ()

    @cached_property
    def _all_labels_fit(self) -> bool:
        """Whether the labels of all sides and times of day stand in the gutter: all of them do, or none."""
        labels = [
            label
            for session in range(self.grid.sessions)
            for lane in self.grid.lanes
            for label in self._labels(session, (lane,))
        ]
        return not labels or label_width(labels, self.look, self.metrics) <= self.look.gutter - PAD

    def _session_heading(self, session: int) -> Label | None:
        if self.grid.sessions == 1:
            return None
        return (" ".join(self.grid.session_words[session]), Face.BOLD, False)

    def _continued(self, session: int, lanes: tuple[Lane, ...], *, side: bool) -> str:
        """The time of day, and the side unless the band itself says it."""
        parts = [lanes[0].word] if side and not self.grid.alternate and lanes[0].word else []
        if self.grid.sessions > 1:
            parts.append(" ".join(self.grid.session_words[session]))
        return ", ".join(parts)

    def _band(
        self,
        cells: list[Cell],
        heads: list[Head],
        *,
        before: float,
        rule: bool,
        session: int,
        labels: tuple[Label, ...],
        heading: Label | None,
        continued: str,
    ) -> Band:
        look = self.look
        top = (look.label.leading if heading else 0) + (look.label.leading if heads else 0)
        boxes = max(cell.y for cell in cells) + look.size
        height = top + max(boxes, (len(labels) - 1) * look.label.leading + look.size)
        width = max(cell.x for cell in cells) + look.size
        return Band(tuple(cells), width, height, tuple(heads), top, before, rule, session, labels, heading, continued)
