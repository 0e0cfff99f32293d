"""A row of the week: number, picture, name and cue, the dose in large numerals, and the boxes of seven days.

Where the paper is wide, all of it stands side by side:

    ┌─┐ ┌─────────┐ Name                        mon     tue     wed
    │2│ │         │ Cue              10 times  □ □ □   □ □ □   □ □ □
    └─┘ └─────────┘ and more of it  twice a day □ □     □ □     □ □

Else the text stands over the boxes, and the picture beside these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.template import PictureSize
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Card, ProgressLine
from pdfbuilder.handout.section import band as section_band
from pdfbuilder.handout.signs import warning_sign
from pdfbuilder.handout.week.bands import GridLook
from pdfbuilder.handout.week.dose import DoseColumn
from pdfbuilder.handout.week.grid import WeekGrid
from pdfbuilder.layout.core.display import Element, Face, Fragment, Placed, Polygon, Role
from pdfbuilder.layout.core.metrics import CAP_HEIGHT, Metrics, baseline
from pdfbuilder.layout.core.pictures import badge_look, picture_element, picture_size
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import (
    Paragraph,
    Run,
    drawn,
    note_runs,
    number_block,
    runs_of,
    set_runs,
    set_text,
    unbroken,
)
from pdfbuilder.units import MM

#: Width of the block with a row's number, at least.
_NUMBER = 9 * MM
#: Around a picture.
_BESIDE_PICTURE = 1.4 * MM
#: Between number and text where there is no picture, between text and dose, and between dose and boxes.
_BESIDE = 3 * MM
#: Above and below the content of a row.
ROW_PAD = 1.4 * MM
#: Between its text and its boxes, where these stand below.
ABOVE_BOXES = 1.4 * MM
#: What a day keeps free beside three boxes, so that days do not run into one another.
_BETWEEN_DAYS = 2 * MM
#: Where less is left beside the days, the text stands over the boxes.
_LEAST_TEXT = 80 * MM
#: Left of the days for sides and times, where the text stands over them.
_TALL_GUTTER = 10 * MM
#: How much wider than the gutter sides, times and parts may be where the text stands beside the days.
_BESIDE_GUTTER = 20 * MM
#: Height of a section's heading.
_SECTION = 6.2 * MM
#: Above and below what speaks against an exercise, and the height of its sign.
_AROUND_AVOID = 0.55 * MM
_SIGN = 5 * MM
#: The triangle before a line about later, and the room for it.
_TRIANGLE = 2.2 * MM
_BESIDE_TRIANGLE = 3.8 * MM
#: A dose takes no more of the width that it shares with name and cue.
_MOST_DOSE = 0.54
#: What stands beside the dose has a column of a few words below so many ems, and none at all below so many.
_NARROW = 9
_LEAST_WORDS = 4
#: The space between a number and its noun.
_BEFORE_NOUN = re.compile(r"(?<=\d) (?=\w)")


class RowLook(Struct, frozen=True, cache_hash=True):
    """What rows are drawn with.

    Attributes:
        stacked: whether the text stands over the boxes instead of beside them.
        picture: how large pictures may be.
        tight: whether a row takes the least height: what a dose says beside its numerals may then stand under the cue.
    """

    style: Style
    grid: GridLook
    stacked: bool
    picture: PictureSize
    tight: bool

    @property
    def days(self) -> float:
        """Where the days begin."""
        return self.grid.x + self.grid.gutter


def row_look(style: Style, *, small: bool = False) -> RowLook:
    """The look of all rows of a sheet; `small` has their pictures as small as they may become, and is tight.

    Raises:
        PageTooSmall: if seven days with three boxes each are wider than the page.
    """
    template, week = style.template, style.template.week
    size, pitch = template.boxes.size * MM, template.boxes.pitch * MM
    beside = style.measure - 7 * (2 * pitch + size + _BETWEEN_DAYS)
    stacked = beside < _LEAST_TEXT
    gutter = _TALL_GUTTER if stacked else week.gutter * MM
    if beside < gutter:
        raise PageTooSmall
    text = beside if stacked else min(week.text * MM, beside)
    picture = week.small_picture if small or stacked else week.picture
    if stacked:
        picture = PictureSize(width=min(picture.width, (beside - gutter) / MM), height=picture.height)
    return RowLook(
        style,
        GridLook(
            x=style.left + text - gutter,
            gutter=gutter,
            column=(style.measure - text) / 7,
            per_row=7,
            size=size,
            pitch=pitch,
            stroke=template.boxes.stroke,
            day=template.type.day,
            label=template.type.label if stacked else template.type.chip,
            accent=template.colours.accent,
            letters=True,
            kept_free=_BETWEEN_DAYS,
            beside=0 if stacked else _BESIDE_GUTTER,
        ),
        stacked,
        picture,
        small,
    )


class _Line(Struct, frozen=True):
    """A paragraph under the name; one about later stands beside a triangle."""

    text: Paragraph
    later: bool = False


def _height(lines: Iterable[_Line]) -> float:
    """Height of lines, one below the other."""
    return sum(line.text.height for line in lines)


class _Words(Struct, frozen=True):
    """Name, cue and dose, set.

    Attributes:
        beside: how many of the lines stand beside the dose: the first of them.
        narrow: whether these are broken in a column of a few words.
        dose_from: the upper edge of the room for the dose, from the name's.
        dose_to: its lower edge, where lines stand below it; else it has the rest of the row.
        height: what they cannot do without.
    """

    name: Paragraph
    lines: tuple[_Line, ...]
    dose: DoseColumn
    beside: int
    narrow: bool
    dose_from: float
    dose_to: float | None
    height: float

    @property
    def parted(self) -> bool:
        """Whether some number stands apart from its noun."""
        ends = (end.pieces[-1].text for line in self.lines for end in line.text.lines[:-1])
        return self.dose.parted or any(end.rstrip()[-1:].isdigit() for end in ends)

    def dose_y(self, room: float) -> float:
        """The upper edge of the dose in a row with so much room: in the middle of what it has."""
        if self.dose_to is None and not self.beside and self.lines:
            # Below all else it stands in the middle of the row, if it can.
            return max(self.dose_from, (room - self.dose.height) / 2)
        to = room if self.dose_to is None else self.dose_to
        return self.dose_from + (to - self.dose_from - self.dose.height) / 2


def _with_nouns(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs in which no line ends between a number and its noun."""
    return (replace(run, text=_BEFORE_NOUN.sub("\u00a0", run.text)) for run in runs)


def _in_a_row(step: ProgressLine) -> Iterator[Run]:
    """When it gets harder, and how."""
    yield Run(" ".join(filter(None, (step.when, step.what))))
    if step.how:
        yield Run(". " if step.what else " ")
        yield from runs_of(step.how)


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
        whole = self.bands.start == 0
        #: The heading that it stands under, if it is the first that does.
        self.section = card.section if whole else None
        self._section = self._drawn_section()
        self._avoid = self._drawn_avoid_if()
        self._boxes = self._drawn_boxes()
        self._picture = self._drawn_picture()
        self._words = self._set_words()
        #: Rows are as high as the page gives, mostly the same for everyone.
        self._dose = lru_cache(maxsize=4)(self._drawn_dose)

    @property
    def need(self) -> float:
        """The height that it cannot do without."""
        return self._need(self._boxes.height)

    def _need(self, boxes: float) -> float:
        """The height that it could not do without if its boxes had some height."""
        number = self.look.style.template.type.number.leading
        beside = max(boxes, self._picture.height)
        words = self._words.height
        content = words + ABOVE_BOXES + beside if self.look.stacked else max(words, beside)
        return self.section_height + max(content + 2 * ROW_PAD, number + ROW_PAD) + self._avoid.height

    @property
    def section_height(self) -> float:
        """Height of the heading that it stands under, above all else; 0 without one."""
        return self._section.height

    def split(self, room: float) -> Iterator[WeekRow]:
        """The row itself, or, if it is higher than a page, as many as its bands need."""
        start = self.bands.start
        if self.need <= room or not self.bands:
            yield self
            return
        for stop in range(start + 1, self.bands.stop + 1):
            last = stop == self.bands.stop
            if last or self._need(self.grid.height_of(range(start, stop + 1))) > room:
                yield WeekRow(self.card, self.tick, self.look, self._metrics, range(start, stop))
                start = stop

    def words_across(self, y: float, height: float) -> Iterator[tuple[float, float]]:
        """Upper and lower edges of what stands across the days in a row that begins at y, from the top down."""
        grid = self.grid
        top = self._boxes_from(y) - ABOVE_BOXES / 2 if self.look.stacked else y + self.section_height
        if top > y:
            yield y, top
        end = y + height - self._avoid.height
        y = self._boxes_y(y, height)
        for index in self.bands:
            first = index == self.bands.start
            band, before = grid.bands[index], grid.space_before(index, first=first)
            if first and band.continued:
                yield y, y + before
            y += before
            if band.heading:
                yield y, y + self.look.grid.label.leading
            y += band.height
        if self._avoid.height and self.look.stacked:
            yield end, end + self._avoid.height

    def _boxes_y(self, y: float, height: float) -> float:
        """Where the boxes begin in a row that begins at y."""
        top = self._boxes_from(y)
        return top + (y + height - self._avoid.height - ROW_PAD - top - self._boxes.height) / 2

    def _boxes_from(self, y: float) -> float:
        """Where the boxes, and a picture beside them, have their room in a row that begins at y."""
        return y + self.section_height + ROW_PAD + (self._words.height + ABOVE_BOXES if self.look.stacked else 0)

    def placed(self, y: float, height: float) -> Iterator[Placed]:
        """The row on its place: text and picture at the top, dose and boxes in the middle of what there is."""
        below = y + self.section_height
        parts = [
            (self._section, y),
            (self._text, below + ROW_PAD),
            (self._dose(round(height - self.section_height - self._avoid.height, 2)), below + ROW_PAD),
            (self._picture, self._boxes_from(y)),
            (self._boxes, self._boxes_y(y, height)),
            (self._avoid, y + height - self._avoid.height),
        ]
        yield from (Placed(fragment, 0, top) for fragment, top in parts if fragment.elements)

    # ------------------------------------------------------------------ text and dose

    @cached_property
    def _text(self) -> Fragment:
        """Number, name and cue, from y = 0."""
        style, words, x = self.look.style, self._words, self._text_x
        ground = style.template.colours.ground
        room = (style.left, -ROW_PAD, self._number_width)
        number = number_block(self.card.number, *room, style.template.type.number, self._metrics)
        elements = [Element(Role.HEADING, (*number, *drawn(words.name, x, 0, ground)))]
        y = words.name.height
        for index, line in enumerate(words.lines):
            if index == words.beside and words.dose_to is not None:
                y = words.dose_to
            mark, indent = ((self._triangle(x, y),), _BESIDE_TRIANGLE) if line.later else ((), 0.0)
            elements.append(Element(Role.PARAGRAPH, (*mark, *drawn(line.text, x + indent, y, ground))))
            y += line.text.height
        return Fragment((Element(Role.SECTION, children=tuple(elements)),), words.height)

    def _triangle(self, x: float, y: float) -> Polygon:
        """What stands before a line about later."""
        type_ = self.look.style.template.type.cue
        middle, half = baseline(y, type_.size, type_.leading) - CAP_HEIGHT * type_.size / 2, _TRIANGLE / 2
        return Polygon(((x, middle - half), (x + _TRIANGLE, middle), (x, middle + half)), "#000000")

    def _drawn_dose(self, height: float) -> Fragment:
        """The dose in a row of some height, from where its text begins."""
        words = self._words
        room = words.height if self.look.stacked else height - 2 * ROW_PAD
        if self._apart:
            top = (room - self._boxes.height) / 2
            items = words.dose.drawn_at(self._text_right, tuple(top + middle for middle in self._lane_middles))
        else:
            items = words.dose.drawn(self._text_right, words.dose_y(room))
        return Fragment((Element(Role.PARAGRAPH, tuple(items)),), room)

    def _set_words(self) -> _Words:
        """Name, cue and dose, in the first way of those that cost the row the least height.

        The dose in words, else in figures alone; with what else there is to say under it, or under the cue where room
        is short, where it would be torn, and where each side's dose stands beside its boxes.
        """
        if self._apart:
            found = [each for each in self._ways(bare=True) if each.dose.one_line]
        else:
            in_words = list(self._ways(bare=False))
            whole = [each for each in in_words if not each.dose.torn]
            # Torn only where that keeps a row with a picture lower than anything else.
            found = whole or (in_words if self.card.picture else [])
            if self.look.tight or not whole:
                found += self._ways(bare=True)
        beside = 0.0 if self.look.stacked else max(self._boxes.height, self._picture.height)
        return min(
            found,
            key=lambda each: (
                each.parted, max(round(each.height, 3), beside), each.dose.torn, each.narrow, each.dose.height,
            ),
        )  # fmt: skip

    def _ways(self, *, bare: bool) -> Iterator[_Words]:
        """The dose in words and in figures alone, wider where a number would stand apart from its noun."""
        for short in (False, True):
            for room in (_MOST_DOSE, 1.0):
                dose = self._dose_column(room, short=short, bare=bare, apart=self._apart)
                yield from self._around(dose, bare=bare)
                if not dose.parted:
                    break

    @cached_property
    def _apart(self) -> bool:
        """Whether each side's dose stands beside that side's boxes."""
        grid, lines = self.grid.grid, self.card.glance.lines
        beside = not self.look.stacked and not grid.alternate and grid.sessions == 1
        whole = len(self.bands) == len(self.grid.bands)
        if not (beside and whole and len(lines) == len(grid.lanes) > 1):
            return False
        return self._dose_column(_MOST_DOSE, short=True, bare=True, apart=True).one_line

    def _dose_column(self, share: float, *, short: bool, bare: bool, apart: bool) -> DoseColumn:
        """The dose, no wider than a share of what it has together with name and cue."""
        type_, room = self.look.style.template.type, share * (self._text_right - self._text_x)
        words = () if bare else self._said_besides
        return DoseColumn(self.card.glance.lines, words, room, type_, self._metrics, short=short, apart=apart)

    @property
    def _said_besides(self) -> tuple[str, ...]:
        """What the dose says besides how much; its parts only where they do not stand beside boxes of their own."""
        glance, told_apart = self.card.glance, any(lane.part for lane in self.grid.grid.lanes)
        return (*glance.words, glance.parts) if glance.parts and not told_apart else glance.words

    def _around(self, dose: DoseColumn, *, bare: bool) -> Iterator[_Words]:
        """Name and cue with a dose: all lines beside it; or it below all; or some beside it, the others below it."""
        type_, width = self.look.style.template.type, self._text_right - self._text_x
        room = width - dose.width - _BESIDE
        name = set_text(self.card.name, room if self._apart else width, type_.exercise, self._metrics, Face.BOLD)
        dose_from = name.height if name.width > room and not self._apart else 0.0
        dose_end = 0.0 if self._apart else dose_from + dose.height
        wide = tuple(self._lines(width, bare=bare))
        holds_words = self._apart or room >= _LEAST_WORDS * type_.cue.size
        narrow = tuple(self._lines(room, bare=bare)) if holds_words else ()

        def words(beside: int) -> _Words:
            """With so many lines beside the dose."""
            lines = narrow[:beside] + wide[beside:]
            dose_to = max(name.height + _height(lines[:beside]), dose_end)
            return _Words(
                name,
                lines,
                dose,
                beside,
                narrow=room < _NARROW * type_.cue.size and any(len(line.text.lines) > 1 for line in lines[:beside]),
                dose_from=dose_from,
                dose_to=dose_to if beside < len(lines) else None,
                height=dose_to + _height(lines[beside:]),
            )

        if len(narrow) == len(wide):
            yield words(len(wide))
        if wide and not self._apart:
            end = name.height + _height(wide)
            yield _Words(name, wide, dose, 0, narrow=False, dose_from=end, dose_to=None, height=end + dose.height)
            yield from map(words, reversed(range(len(narrow) or 1)))

    def _lines(self, width: float, *, bare: bool) -> Iterator[_Line]:
        """What stands under the name, of some width; with what a bare dose does not say."""
        card, type_, metrics = self.card, self.look.style.template.type.cue, self._metrics
        if card.cue:
            yield _Line(set_runs(_with_nouns(runs_of(card.cue)), width, type_, metrics))
        if bare and self._said_besides:
            words = ", ".join(map(unbroken, ", ".join(self._said_besides).split(", ")))
            yield _Line(set_text(words, width, type_, metrics, Face.BOLD))
        if self.remark and not self._is_plain:
            yield _Line(set_text(self.remark, width, type_, metrics))
        for step in card.progress:
            yield _Line(set_runs(_with_nouns(_in_a_row(step)), width - _BESIDE_TRIANGLE, type_, metrics), later=True)
        if card.word:
            yield _Line(set_runs(_with_nouns(note_runs(card.word)), width, type_, metrics))
        if card.credit:
            yield _Line(set_text(f"{card.credit.label} {plain(card.credit.text)}", width, type_, metrics))

    @property
    def _is_plain(self) -> bool:
        """Whether what a box stands for needs no word: boxes are as many as the dose says times, or sets, or sides."""
        grid = self.grid.grid
        return grid.sessions > 1 or len(grid.lanes) > 1 or any(lane.boxes > 1 for lane in grid.lanes)

    @property
    def _text_x(self) -> float:
        """Left edge of name and cue."""
        x = self.look.style.left + self._number_width
        if self.card.picture and not self.look.stacked:
            return x + 2 * _BESIDE_PICTURE + self.look.picture.width * MM
        return x + _BESIDE

    @property
    def _text_right(self) -> float:
        """Right edge of the dose: clear of what stands beside the boxes."""
        look = self.look
        return look.style.right if look.stacked else look.grid.x + self.grid.labels_from - _BESIDE

    @property
    def _number_width(self) -> float:
        """Width of the block with the number."""
        size = self.look.style.template.type.number.size
        return max(_NUMBER, (self._metrics.width("0" * self.card.digits, Face.BOLD) + 0.5) * size)

    # ------------------------------------------------------------------ above and below

    def _drawn_section(self) -> Fragment:
        """The heading that it stands under, from y = 0; empty without one."""
        style = self.look.style
        return section_band(self.section, style, self._metrics, _SECTION, 0) if self.section else Fragment((), 0)

    def _drawn_avoid_if(self) -> Fragment:
        """What speaks against the exercise, with its sign under the number, from y = 0; empty without anything."""
        style, type_ = self.look.style, self.look.style.template.type.cue
        x = style.left + self._number_width + _BESIDE_PICTURE
        right = style.right if self.look.stacked else self.look.days - _BESIDE
        texts = [set_runs(note_runs(note), right - x, type_, self._metrics) for note in self.card.avoid_if]
        if not texts:
            return Fragment((), 0)
        elements, y = [], _AROUND_AVOID
        for text in texts:
            elements.append(Element(Role.PARAGRAPH, drawn(text, x, y, style.template.colours.ground)))
            y += text.height
        middle = style.left + self._number_width / 2
        sign = warning_sign(middle, _AROUND_AVOID + type_.leading / 2, _SIGN)
        return Fragment((Element(Role.ARTIFACT, sign), *elements), y + _AROUND_AVOID)

    # ------------------------------------------------------------------ picture and boxes

    def _drawn_picture(self) -> Fragment:
        """The picture beside text or boxes, from y = 0; empty if there is none."""
        picture, look = self.card.picture, self.look
        if picture is None:
            return Fragment((), 0)
        x = look.style.left + (0 if look.stacked else self._number_width + _BESIDE_PICTURE)
        _, height = picture_size(picture, look.picture.width * MM, look.picture.height * MM)
        room = (x, 0, look.picture.width * MM, height)
        return Fragment((picture_element(picture, *room, badge_look(look.style), self._metrics),), height)

    @cached_property
    def _lane_middles(self) -> tuple[float, ...]:
        """The middle of each side's first boxes, from the upper edge of the first."""
        middles: dict[int, float] = {}
        y = 0.0
        for index, band in enumerate(self.grid.bands):
            y += self.grid.space_before(index)
            middles.setdefault(band.boxes[0].lane, y + band.top + self.look.grid.size / 2)
            y += band.height
        return tuple(middles.values())

    def _drawn_boxes(self) -> Fragment:
        """The boxes of the week, from y = 0."""
        labels, grounds, ticks = self.grid.drawn(range(7), self.bands, 0)
        elements = (
            Element(Role.ARTIFACT, tuple(grounds)),
            Element(Role.PARAGRAPH, tuple(labels)),
            Element(Role.ARTIFACT, tuple(ticks)),
        )
        return Fragment(elements, self.grid.height_of(self.bands))
