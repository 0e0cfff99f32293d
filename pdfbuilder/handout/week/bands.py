"""How the boxes of an exercise are arranged: as bands of a week, each with a block of boxes for every day.

    gutter      mon           tue           wed
                L     R       L     R       L     R     heads: over the columns of a block
      Right     □  □  □       □  □  □       □  □  □  ┐
                □  □          □  □          □  □     ┘  a band: one block a day, all alike
       Left     □  □          □  □          □  □        the next band: the next lane
      label    └───────┘
                a block

A *lane* is a run of boxes: one side's, or the only one. A *session* is a time of day. Here a box has its place inside
its block, from the block's upper left corner; where blocks and bands stand is for `grid` to say. A block has the shape
of its number (see `shapes`).

    sets              a block for each: beside one another where a day holds all, else a band for each, "Set 1" in the
                      gutter; sets of one box are one block
    each side         bands for each side, its word in the gutter, the affected one on top
    in turn           two columns under L and R, ticked across
    times of day      a band for each, "1st" in the gutter and a rule between; or a row above its bands, where it has
                      several; times of one box each are one block, unless they have words of their own
    each part         a band for each, its word in the gutter
    to write on       a line beside each box, which then stand below one another

Words that are too wide for the gutter stand in a row above their band.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import Grid, Lane
from pdfbuilder.handout.week.shapes import BoxRows, blocks, shape
from pdfbuilder.layout.core.display import Face
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.text import PLATE_PAD
from pdfbuilder.units import MM

#: What stands in the gutter: text, face, and whether it stands white on a solid plate.
Label = tuple[str, Face, bool]

#: Between the blocks of two sets.
_BETWEEN_SETS: Final = 2 * MM
#: More than the pitch between the two columns of an alternate exercise.
_BETWEEN_SIDES: Final = 1.6 * MM
#: A line to write on beside a box, the room before it, and the line with its unit.
_LINE: Final = 12 * MM
BEFORE_LINE: Final = 1 * MM
_LINE_WITH_UNIT: Final = 14 * MM
#: Between two bands.
_BETWEEN_BANDS: Final = 4 * MM
#: Between the bands of two times of day.
_BETWEEN_SESSIONS: Final = 4.6 * MM
#: Height of the heads over columns of boxes, as a part of the labels' size.
_HEADS: Final = 6.2 / 12 * MM
#: What a day's column keeps free at its edges, together.
KEPT_FREE: Final = 3 * MM
#: Between what stands in the gutter and the first day.
LABEL_INSET: Final = 2.2 * MM
#: Less than any difference that can be seen.
_HAIR: Final = 1e-6


class GridLook(Struct, frozen=True, cache_hash=True):
    """How a week grid is drawn.

    Attributes:
        x: left edge, where the gutter begins.
        gutter: width of the gutter.
        column: width of a day.
        per_row: how many days stand side by side; the rest of the week stands below.
        pitch: from one box to the next.
        label: type of sides, sets and times of day.
        accent: colour of the plate under the side to begin with.
        letters: whether the gutter has the sides' letters instead of their words.
        kept_free: what a day keeps free at its edges, together.
        rows: the most pairs of a band that is ticked across; more go on in a further band.
        beside: how much wider than the gutter labels may be, where what stands left of it keeps clear of them.
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
    accent: str
    letters: bool = False
    kept_free: float = KEPT_FREE
    rows: int = 100
    beside: float = 0

    @property
    def room(self) -> float:
        """How wide a day's block of boxes may be."""
        return self.column - self.kept_free

    def line(self, lane: Lane) -> float:
        """Width of the line to write on beside each box of a lane, with the room before it; 0 if there is none."""
        return min(_beside(lane), self.room - self.size)

    def centre(self, column: int) -> float:
        """Middle of a day's column, counted from 0."""
        return self.x + self.gutter + (column + 0.5) * self.column


class BlockBox(Struct, frozen=True):
    """A box in its day's block: its upper left corner, and which of its lane's it is.

    Attributes:
        session: which time of day, from 0.
        set: which set, from 0.
        rep: which box of its set, from 0.
        lane: which lane, from 0.
    """

    x: float
    y: float
    session: int
    set: int
    rep: int
    lane: int


class ColumnHead(Struct, frozen=True):
    """What stands over a column of boxes, centred at x: a side's letter, on a plate if it is the first."""

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
        labels: in the gutter beside the first boxes.
        heading: one after the other in a row above it, at the band's top.
        continued: what bands above it say of side and time of day, said again where it begins a page.
    """

    boxes: tuple[BlockBox, ...]
    heads: tuple[ColumnHead, ...]
    width: float
    height: float
    top: float
    before: float
    rule: bool
    labels: tuple[Label, ...]
    heading: tuple[Label, ...]
    continued: str


def bands_of(grid: Grid, look: GridLook, metrics: Metrics) -> tuple[Band, ...]:
    """The boxes of an exercise, arranged for a look."""
    return tuple(_Arranger(grid, look, metrics).bands())


def block_width(grid: Grid, size: float, pitch: float) -> float:
    """Width of the widest block that the boxes of an exercise need at a size, in the shapes of their numbers."""
    if grid.alternate:
        return pitch + _BETWEEN_SIDES + size
    widths = [
        size + _beside(lane) if lane.line else shape(len(boxes)).width(size, pitch)
        for lane, found in zip(grid.lanes, _lanes(grid), strict=True)
        for boxes in found
    ]
    return max(widths, default=0)


def _beside(lane: Lane) -> float:
    """Width of what is to be written beside a box, with the room before it."""
    if not lane.line:
        return 0
    return BEFORE_LINE + (_LINE_WITH_UNIT if lane.unit else _LINE)


def label_width(labels: Iterable[Label], look: GridLook, metrics: Metrics) -> float:
    """Width of the widest of some labels, of which there is one, from the left edge of its plate, if it has one."""
    return look.label.size * max(metrics.width(text, face) + solid * PLATE_PAD for text, face, solid in labels)


def times_are_one(grid: Grid) -> bool:
    """Whether the times of day have one box each, and are one block."""
    return grid.sessions > 1 and not grid.is_named and all(lane.sets * lane.boxes == 1 for lane in grid.lanes)


#: A box before it has a place: its session, set, and which of the set's it is.
_Counted = tuple[int, int, int]


def _lanes(grid: Grid) -> list[list[tuple[_Counted, ...]]]:
    """The boxes of one time of day: lane by lane, block by block."""
    return [list(_blocks_of(lane, grid.sessions if times_are_one(grid) else 1)) for lane in grid.lanes]


def _blocks_of(lane: Lane, sessions: int) -> Iterator[tuple[_Counted, ...]]:
    """The blocks of a lane; what is counted in ones is one block."""
    if lane.boxes == 1:
        yield tuple((session, number, 0) for session in range(sessions) for number in range(lane.sets))
        return
    for number in range(lane.sets):
        for reps in blocks(lane.boxes):
            yield tuple((0, number, rep) for rep in reps)


class _Block(Struct, frozen=True):
    """The boxes of a band's day with their heads, and the label that they need in the gutter."""

    boxes: tuple[BlockBox, ...]
    heads: tuple[ColumnHead, ...]
    width: float
    label: str


class _Arranger:
    def __init__(self, grid: Grid, look: GridLook, metrics: Metrics) -> None:
        self.grid = grid
        self.look = look
        self.metrics = metrics
        self.lanes = _lanes(grid)
        self.sessions = 1 if times_are_one(grid) else grid.sessions
        #: How many boxes of a row a day holds.
        self.widest = max(1, int((look.room - look.size + _HAIR) // look.pitch) + 1)
        self.runs = [self._in_turn()] if grid.alternate else [self._run(index) for index in range(len(grid.lanes))]

    def bands(self) -> Iterator[Band]:
        """The bands, from the first time of day and the first side on."""
        for session in range(self.sessions):
            for index, run in enumerate(self.runs):
                for number, block in enumerate(run):
                    yield self._band(block, session, index, number)

    def _band(self, block: _Block, session: int, index: int, number: int) -> Band:
        """A band: of which time of day, of which lane, and the how manieth of that."""
        look = self.look
        starts_session = index == number == 0
        labels = self._labels(block, session, index, number)
        heading: tuple[Label, ...] = ()
        if starts_session and not self._session_in_gutter:
            heading = self._session_heading(session)
        if not self._all_labels_fit:
            heading, labels = (*heading, *labels), ()
        heads = _HEADS * look.label.size if block.heads else 0
        beside = (len(labels) - 1) * look.label.leading
        top = (look.label.leading if heading else 0) + heads
        return Band(
            tuple(box if self.sessions == 1 else replace(box, session=session) for box in block.boxes),
            block.heads,
            width=block.width,
            height=top + max(*(box.y for box in block.boxes), beside) + look.size,
            top=top,
            before=_BETWEEN_SESSIONS if starts_session else _BETWEEN_BANDS,
            rule=starts_session and session > 0,
            labels=labels,
            heading=heading,
            continued="" if starts_session else self._continued(session, self.grid.lanes[index], side=number > 0),
        )

    # ------------------------------------------------------------------ blocks

    def _run(self, index: int) -> list[_Block]:
        """The blocks of a lane for one time of day."""
        look, lane, found = self.look, self.grid.lanes[index], self.lanes[index]
        # A block that goes on keeps to the left edge of the one above it.
        form = shape(len(found[0]), 1 if lane.line else self.widest)
        width = form.width(look.size, look.pitch) + look.line(lane)
        in_sets = lane.sets > 1 and lane.boxes > 1
        step = width + _BETWEEN_SETS
        if in_sets and len(found) == lane.sets and (lane.sets - 1) * step + width <= look.room + _HAIR:
            boxes = [box for number, each in enumerate(found) for box in self._placed(each, form, index, number * step)]
            return [_Block(tuple(boxes), (), (lane.sets - 1) * step + width, "")]
        return [
            _Block(
                tuple(self._placed(each, shape(len(each), form.columns), index, 0)),
                (),
                width,
                f"{self.grid.set_word} {each[0][1] + 1}" if in_sets and each[0][2] == 0 else "",
            )
            for each in found
        ]

    def _placed(self, counted: tuple[_Counted, ...], form: BoxRows, lane: int, x: float) -> Iterator[BlockBox]:
        pitch = self.look.pitch
        for (session, number, rep), (column, row) in zip(counted, form.cells, strict=True):
            yield BlockBox(x + column * pitch, row * pitch, session, number, rep, lane)

    def _in_turn(self) -> list[_Block]:
        """Two columns under the sides' letters, a row for each pair; left stands left even with nothing left to do."""
        look, grid = self.look, self.grid
        step = min(look.pitch + _BETWEEN_SIDES, max(look.room - look.size, look.pitch))
        heads = tuple(
            ColumnHead(index * step + look.size / 2, lane.letter, lane.first) for index, lane in enumerate(grid.lanes)
        )
        in_sets = max(len(lane) for lane in self.lanes) > 1 and grid.sets > 1
        found = []
        for number in range(max(map(len, self.lanes))):
            due = [(index, lane[number]) for index, lane in enumerate(self.lanes) if number < len(lane)]
            rows = max(len(counted) for _, counted in due)
            for start in range(0, rows, look.rows):
                boxes = tuple(
                    BlockBox(index * step, (row - start) * look.pitch, *counted[row], index)
                    for row in range(start, min(start + look.rows, rows))
                    for index, counted in due
                    if row < len(counted)
                )
                label = f"{grid.set_word} {boxes[0].set + 1}" if in_sets and boxes[0].rep == 0 else ""
                found.append(_Block(boxes, heads, step + look.size, label))
        return found

    # ------------------------------------------------------------------ labels

    def _labels(self, block: _Block, session: int, index: int, number: int) -> tuple[Label, ...]:
        """What stands in the gutter: the side of a lane, or else the time of day; and the set."""
        labels: list[Label] = []
        lane = self.grid.lanes[index]
        if index == number == 0 and self._session_in_gutter:
            labels.append((self.grid.session_words[session][0], Face.BOLD, False))
        is_new = index == 0 or self.grid.lanes[index - 1].side is not lane.side
        if number == 0 and not self.grid.alternate and lane.side is not None and is_new:
            labels.append((lane.letter if self.look.letters else lane.word, Face.BOLD, lane.first))
        if number == 0 and lane.part:
            labels.append((lane.part, Face.REGULAR, False))
        if block.label:
            labels.append((block.label, Face.REGULAR, False))
        return tuple(labels)

    @property
    def _has_words(self) -> bool:
        """Whether something is said of times of day."""
        return self.sessions > 1 or self.grid.is_named

    @cached_property
    def _session_in_gutter(self) -> bool:
        """Whether each time of day is one band, and its word stands in the gutter."""
        if not self._has_words:
            return False
        if not self.look.beside and (len(self.runs) != 1 or len(self.runs[0]) > 1):
            return False
        words: list[Label] = [(ordinal, Face.BOLD, False) for ordinal, _ in self.grid.session_words[: self.sessions]]
        return self._fit(words)

    @cached_property
    def _all_labels_fit(self) -> bool:
        """Whether the labels of all bands stand in the gutter: all of them do, or none."""
        labels = [
            label
            for session in range(self.sessions)
            for index, run in enumerate(self.runs)
            for number, block in enumerate(run)
            for label in self._labels(block, session, index, number)
        ]
        return not labels or self._fit(labels)

    def _fit(self, labels: list[Label]) -> bool:
        return label_width(labels, self.look, self.metrics) <= self.look.gutter + self.look.beside - LABEL_INSET

    def _session_heading(self, session: int) -> tuple[Label, ...]:
        if not self._has_words:
            return ()
        return ((" ".join(filter(None, self.grid.session_words[session])), Face.BOLD, False),)

    def _continued(self, session: int, lane: Lane, *, side: bool) -> str:
        """The time of day, and the side unless the band itself says it."""
        parts = [lane.word] if side and not self.grid.alternate and lane.word else []
        parts += [lane.part] if side and lane.part else []
        if self._has_words:
            parts.append(" ".join(filter(None, self.grid.session_words[session])))
        return ", ".join(parts)
