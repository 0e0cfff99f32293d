"""How the boxes of an exercise are arranged: as bands of a week, each with a block of boxes for every day.

    gutter      mon          tue          wed
                1   2        1   2        1   2       heads: over the columns of a block
    Right       □   □        □   □        □   □  ┐
                □   □        □   □        □   □  ┘    a band: one block a day, all alike
    Left        □   □        □   □        □   □       the next band: the next lane
    label      └─────┘
               a block

A *lane* is a run of boxes: one side's, or the only one. A *session* is a time of day. Here a box has its place inside
its block, from the block's upper left corner; where blocks and bands stand is for `grid` to say.

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

#: More than the pitch after each five, so that people can count.
_AFTER_FIVE = 2 * MM
#: Between the columns of two sets.
_BETWEEN_SETS = 2 * MM
#: More than the pitch between the two columns of an alternate exercise.
_BETWEEN_SIDES = 1 * MM
#: Between two bands of one lane.
_BETWEEN_BANDS = 3 * MM
#: Between the bands of two lanes.
_BETWEEN_LANES = 4 * MM
#: Above and below the rule between two times of day.
_AROUND_RULE = 3 * MM
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
        pitch: from one box to the next.
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


class BlockBox(Struct, frozen=True):
    """A box in its day's block: its upper left corner, and which of its lane's sets and repetitions it is, from 0."""

    x: float
    y: float
    set: int
    rep: int
    lane: int


class ColumnHead(Struct, frozen=True):
    """What stands over a column of boxes, centred at x: a set's number or a side's letter."""

    x: float
    text: str
    first: bool


class Band(Struct, frozen=True):
    """A block of boxes for every day, side by side, and what stands around them.

    Attributes:
        boxes: of one day's block.
        heads: over the columns of each block.
        width: of a block.
        height: of the whole band, heads and all.
        top: from the band's top to its first boxes.
        before: room above it.
        rule: whether a rule stands in that room.
        session: which time of day it belongs to, from 0.
        labels: in the gutter beside the first boxes.
        heading: across the whole width above it; None for none.
        continued: what bands above it say of side and time of day, said again where it begins a page.
    """

    boxes: tuple[BlockBox, ...]
    heads: tuple[ColumnHead, ...]
    width: float
    height: float
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
        return len({box.y for box in self.boxes})


def label_width(labels: Iterable[Label], look: GridLook, metrics: Metrics) -> float:
    """Width of the widest of some labels, of which there is one."""
    return max(metrics.width(text, face) for text, face, _ in labels) * look.label.size


def bands_of(grid: Grid, look: GridLook, metrics: Metrics) -> tuple[Band, ...]:
    """The boxes of an exercise, arranged for a look."""
    return tuple(_Arranger(grid, look, metrics).bands())


class _Arranger:
    def __init__(self, grid: Grid, look: GridLook, metrics: Metrics) -> None:
        self.grid = grid
        self.look = look
        self.metrics = metrics

    def bands(self) -> Iterator[Band]:
        """The bands, from the first time of day and the first side on."""
        for session in range(self.grid.sessions):
            for index in range(1 if self.grid.alternate else len(self.grid.lanes)):
                blocks = self._in_turn() if self.grid.alternate else self._blocks(index)
                for number, (boxes, heads) in enumerate(blocks):
                    yield self._band(tuple(boxes), tuple(heads), session, index, number)

    def _band(
        self, boxes: tuple[BlockBox, ...], heads: tuple[ColumnHead, ...], session: int, index: int, number: int
    ) -> Band:
        """A band: of which time of day, of which lane, and the how manieth of that."""
        grid, look = self.grid, self.look
        starts_lane, starts_session = number == 0, index == number == 0
        lane = grid.lanes[index]
        labels = self._labels(session, lane) if starts_lane else ()
        several = len(grid.lanes) > 1 and not grid.alternate
        heading = self._session_heading(session) if starts_session and several else None
        if labels and not self._all_labels_fit:
            # Too long for the gutter: above the band, in a row of its own.
            parts = [text for text, _, _ in (*([heading] if heading else ()), *labels)]
            separator = ", " if heading else " "
            heading, labels = (separator.join(parts), labels[0][1], labels[0][2]), ()
        before = _BETWEEN_LANES if starts_lane else _BETWEEN_BANDS
        top = (look.label.leading if heading else 0) + (look.label.leading if heads else 0)
        beside = (len(labels) - 1) * look.label.leading
        # Left stands left even where nothing is left to do on the right.
        last = look.pitch + _BETWEEN_SIDES if grid.alternate else max(box.x for box in boxes)
        return Band(
            boxes,
            heads,
            width=last + look.size,
            height=top + max(max(box.y for box in boxes) + look.size, beside + look.size),
            top=top,
            before=2 * _AROUND_RULE if starts_session else before,
            rule=starts_session and session > 0,
            session=session,
            labels=labels,
            heading=heading,
            continued="" if starts_session else self._continued(session, lane, side=not starts_lane),
        )

    # ------------------------------------------------------------------ blocks

    def _blocks(self, index: int) -> Iterator[tuple[list[BlockBox], list[ColumnHead]]]:
        """The blocks of a lane, as many as it takes."""
        look, reps = self.look, self.grid.lanes[index].boxes
        if self.grid.sets > 1:
            yield from self._sets(index)
            return
        columns = self._columns(look.pitch)
        rows = -(-reps // columns)
        if (reps <= 3 and rows == 1) or (look.flat and rows <= look.rows):
            across = -(-reps // rows)
            yield (
                [BlockBox(rep % across * look.pitch, rep // across * look.pitch, 0, rep, index) for rep in range(reps)],
                [],
            )
            return
        down = min(5, look.rows)
        for start in range(0, reps, down * columns):
            places = [(rep, *divmod(rep - start, down)) for rep in range(start, min(start + down * columns, reps))]
            yield [BlockBox(x * look.pitch, y * look.pitch, 0, rep, index) for rep, x, y in places], []

    def _sets(self, index: int) -> Iterator[tuple[list[BlockBox], list[ColumnHead]]]:
        """A column for each set, and as many beside one another as fit."""
        lane, pitch = self.grid.lanes[index], self.look.size + _BETWEEN_SETS
        columns = self._columns(pitch)
        for first in range(0, lane.sets, columns):
            xs = {number: (number - first) * pitch for number in range(first, min(first + columns, lane.sets))}
            heads = [ColumnHead(x + self.look.size / 2, str(number + 1), first=False) for number, x in xs.items()]
            for reps in self._runs(lane.boxes):
                yield (
                    [
                        BlockBox(x, self._down(rep - reps.start), number, rep, index)
                        for number, x in xs.items()
                        for rep in reps
                    ],
                    heads,
                )

    def _in_turn(self) -> Iterator[tuple[list[BlockBox], list[ColumnHead]]]:
        """The sides of each set beside one another, under their letters."""
        look = self.look
        pitch = look.pitch + _BETWEEN_SIDES
        for number in range(self.grid.sets):
            due = [(index * pitch, index, lane) for index, lane in enumerate(self.grid.lanes) if number < lane.sets]
            heads = [ColumnHead(x + look.size / 2, lane.letter, lane.first) for x, _, lane in due]
            for reps in self._runs(max(lane.boxes for _, _, lane in due)):
                yield (
                    [
                        BlockBox(x, self._down(rep - reps.start), number, rep, index)
                        for rep in reps
                        for x, index, lane in due
                        if rep < lane.boxes
                    ],
                    heads,
                )

    def _runs(self, reps: int) -> Iterator[range]:
        """Repetitions in columns that are as long as can be; broken at a five, where one has a five."""
        longest = self.look.rows // 5 * 5 or self.look.rows
        return (range(start, min(start + longest, reps)) for start in range(0, reps, longest))

    def _down(self, row: int) -> float:
        return row * self.look.pitch + row // 5 * _AFTER_FIVE

    def _columns(self, pitch: float) -> int:
        """How many columns of boxes fit a day; one, even if it does not."""
        return max(1, int((self.look.room - self.look.size) // pitch) + 1)

    # ------------------------------------------------------------------ labels

    def _labels(self, session: int, lane: Lane) -> tuple[Label, ...]:
        """What stands in the gutter: the side of the lane, or else the time of day."""
        if not self.grid.alternate and lane.side is not None:
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
            for label in self._labels(session, lane)
        ]
        return not labels or label_width(labels, self.look, self.metrics) <= self.look.gutter - PAD

    def _session_heading(self, session: int) -> Label | None:
        if self.grid.sessions == 1:
            return None
        return (" ".join(self.grid.session_words[session]), Face.BOLD, False)

    def _continued(self, session: int, lane: Lane, *, side: bool) -> str:
        """The time of day, and the side unless the band itself says it."""
        parts = [lane.word] if side and not self.grid.alternate and lane.word else []
        if self.grid.sessions > 1:
            parts.append(" ".join(self.grid.session_words[session]))
        return ", ".join(parts)
