"""The week on one page, for the fridge: exercises × seven days.

Rows are as high as they need, and share what is left. Where they need more than the page, and the template leaves open
what a box stands for, the boxes become smaller, then stand in fewer rows, then for sets, then for sessions, the largest
dose first; the type never shrinks. Where even that is not enough, a further page follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from pdfbuilder.dose import Tick
from pdfbuilder.handout.blocks import Card, Handout
from pdfbuilder.layout.display import Area, Element, Face, Fragment, Item, Placed, Role, Rule, TickBox, Words
from pdfbuilder.layout.furniture import Header, who_runs, write_in
from pdfbuilder.layout.metrics import Metrics, baseline
from pdfbuilder.layout.style import Style
from pdfbuilder.layout.text import Paragraph, drawn, set_runs, set_text
from pdfbuilder.layout.week_grid import GridLook, WeekGrid, day_label
from pdfbuilder.template import TickRule
from pdfbuilder.units import MM

#: Width of the block with a row's number, and the room beside it.
_NUMBER, _BESIDE = 9 * MM, 3 * MM
#: Above and below the content of a row; between its text and its boxes, where these stand below.
_PAD, _ABOVE_BOXES = 1.8 * MM, 2 * MM
#: The rule over a row; the room in the strip with the emergency line, and below it.
_RULE, _STRIP_PAD, _BELOW_STRIP = 1.4, 2.2 * MM, 3 * MM
#: Around the days' labels; below the header.
_DAY_PAD, _BELOW_HEADER = 1.2 * MM, 2.5 * MM
#: Width of a line to write the week on.
_WRITE_WEEK = 72 * MM
#: More room than this is not given to a row, so that two rows on a page do not fly apart.
_MOST_SLACK = 12 * MM
#: The exercises take no more of the width than this, so that the days keep theirs on small paper.
_MOST_TEXT = 0.41
_WHITE, _BLACK = "#FFFFFF", "#000000"


class _Look(Struct, frozen=True):
    """What a row is drawn with, for one size of boxes."""

    style: Style
    grid: GridLook
    #: Where the days begin.
    days: float
    #: Whether text and boxes stand one below the other.
    stacked: bool


def _look(style: Style, size: float, pitch: float, *, flat: bool = False) -> _Look:
    """The look of rows with boxes of a size and pitch, in points; flat blocks are as low as can be."""
    template = style.template
    stacked = not style.landscape
    gutter = template.week.gutter * MM
    # Below one another, the days take the whole width.
    text = gutter if stacked else min(template.week.text * MM, _MOST_TEXT * style.measure)
    grid = GridLook(
        x=style.left + text - gutter,
        gutter=gutter,
        column=(style.measure - text) / 7,
        per_row=7,
        size=size,
        pitch=pitch,
        stroke=template.boxes.stroke,
        day=template.type.day,
        label=template.type.label,
        ground=template.colours.ground,
        letters=True,
        flat=flat,
    )
    return _Look(style, grid, style.left + text, stacked)


class _Row:
    """An exercise with some of its bands of boxes; usually all of them."""

    def __init__(self, card: Card, tick: Tick, look: _Look, metrics: Metrics, bands: range | None = None) -> None:
        self.card = card
        self.tick = tick
        self.look = look
        grid, self.remark = card.grid(tick)
        self.grid = WeekGrid(grid, look.grid, card.number, metrics)
        self.bands = bands or range(len(self.grid.bands))
        self._metrics = metrics
        self.text = self._text()
        self.boxes = self._boxes()

    @property
    def need(self) -> float:
        """The height that it cannot do without."""
        if self.look.stacked:
            return self.text.height + _ABOVE_BOXES + self.boxes.height + 2 * _PAD
        return max(self.text.height, self.boxes.height) + 2 * _PAD

    def split(self, room: float) -> Iterator[_Row]:
        """The row itself, or, if it is higher than a page, as many as its bands need."""
        start = self.bands.start
        if self.need <= room:
            yield self
            return
        for stop in range(start + 1, self.bands.stop + 1):
            last = stop == self.bands.stop
            if last or self._with(range(start, stop + 1)).need > room:
                yield self._with(range(start, stop))
                start = stop

    def _with(self, bands: range) -> _Row:
        return _Row(self.card, self.tick, self.look, self._metrics, bands)

    def placed(self, y: float, height: float) -> Iterator[Placed]:
        """The row on its place: text at the top, boxes in the middle of what is left."""
        yield Placed(self.text, 0, y + _PAD)
        top = self.text.height + _ABOVE_BOXES if self.look.stacked else 0.0
        room = height - 2 * _PAD - top
        yield Placed(self.boxes, 0, y + _PAD + top + (room - self.boxes.height) / 2)

    # ------------------------------------------------------------------ drawing

    def _text(self) -> Fragment:
        """Number, name, cue and dose, from y = 0."""
        style, type_ = self.look.style, self.look.style.template.type
        x = style.left + self._number_width + _BESIDE
        right = style.right if self.look.stacked else self.look.grid.x
        elements = [Element(Role.HEADING, (*self._number(), *self._name(x, right - x)))]
        y = self._heading(right - x).height
        dose = f"{self.card.brief}. {self.remark}" if self.remark else self.card.brief
        paragraphs = [set_text(self.card.cue, right - x, type_.cue, self._metrics)] if self.card.cue else []
        dose_text = set_text(dose, right - x, type_.dose, self._metrics, Face.BOLD)
        if self._dose_beside_name(right - x, dose_text):
            width = self._heading(right - x).width
            lift = baseline(0, type_.exercise.size, type_.exercise.leading) - baseline(
                0, type_.dose.size, type_.dose.leading
            )
            elements.append(Element(Role.PARAGRAPH, drawn(dose_text, x + width + 2 * _BESIDE, lift, "")))
        else:
            paragraphs.append(dose_text)
        for paragraph in paragraphs:
            elements.append(Element(Role.PARAGRAPH, drawn(paragraph, x, y, style.template.colours.ground)))
            y += paragraph.height
        height = max(y, type_.number.leading - _PAD)
        return Fragment((Element(Role.SECTION, children=tuple(elements)),), height)

    def _heading(self, width: float) -> Paragraph:
        return set_text(self.card.name, width, self.look.style.template.type.exercise, self._metrics, Face.BOLD)

    def _name(self, x: float, width: float) -> tuple[Item, ...]:
        return drawn(self._heading(width), x, 0, self.look.style.template.colours.ground)

    def _dose_beside_name(self, width: float, dose: Paragraph) -> bool:
        name = self._heading(width)
        one_line = len(name.lines) == len(dose.lines) == 1
        return self.look.stacked and one_line and name.width + 2 * _BESIDE + dose.width <= width

    @property
    def _number_width(self) -> float:
        """Width of the block with the number."""
        size = self.look.style.template.type.number.size
        return max(_NUMBER, (self._metrics.width(str(self.card.number), Face.BOLD) + 0.5) * size)

    def _number(self) -> Iterator[Item]:
        type_ = self.look.style.template.type.number
        text, width, x = str(self.card.number), self._number_width, self.look.style.left
        yield Area(x, -_PAD, width, type_.leading, _BLACK)
        left = x + (width - self._metrics.width(text, Face.BOLD) * type_.size) / 2
        yield Words(left, baseline(-_PAD, type_.size, type_.leading), text, Face.BOLD, type_.size, _WHITE)

    def _boxes(self) -> Fragment:
        """The boxes of the week, from y = 0."""
        y = 0.0
        items: list[Item] = []
        for index in self.bands:
            first = index == self.bands.start
            items += self.grid.band(index, range(7), y, first=first)
            y += self.grid.space_before(index, first=first) + self.grid.bands[index].height
        labels = tuple(item for item in items if isinstance(item, Words))
        grounds = tuple(item for item in items if isinstance(item, Area))
        ticks = tuple(item for item in items if isinstance(item, TickBox | Rule))
        elements = (
            Element(Role.ARTIFACT, grounds),
            Element(Role.PARAGRAPH, labels),
            Element(Role.ARTIFACT, ticks),
        )
        return Fragment(elements, y)


# --------------------------------------------------------------------------- pages


def week_pages(
    handout: Handout, style: Style, bottom: float, metrics: Metrics
) -> tuple[list[list[Placed]], tuple[str, ...]]:
    """Lay out the week.

    Args:
        handout: what to lay out.
        style: the page.
        bottom: where the content ends.
        metrics: measures.

    Returns:
        The pages' content, and what was given up to make it fit.
    """
    head = _page_head(handout, style, metrics)
    strip = emergency_strip(handout, style, metrics)
    room = bottom - style.top - head.height - strip.height
    rows, remarks = _rows_that_fit(handout, style, room, metrics)
    pages = []
    for part in _shared_out(rows, room):
        slack = min((room - sum(row.need for row in part)) / len(part), _MOST_SLACK)
        pages.append(_page(part, slack, head, strip, style, handout, metrics))
    if len(pages) > 1:
        remarks += (f"the week takes {len(pages)} pages; type is never made smaller to fit",)
    return pages, remarks


def _page(
    rows: list[_Row],
    slack: float,
    head: Fragment,
    strip: Fragment,
    style: Style,
    handout: Handout,
    metrics: Metrics,
) -> list[Placed]:
    top = style.top + head.height
    edges = [top]
    for row in rows:
        edges.append(edges[-1] + row.need + slack)
    placed = [Placed(_ground(rows, edges, handout, metrics), 0, 0), Placed(head, 0, style.top)]
    for row, (y, below) in zip(rows, pairwise(edges), strict=True):
        placed += row.placed(y, below - y)
    placed.append(Placed(strip, 0, edges[-1]))
    return placed


def _ground(rows: list[_Row], edges: list[float], handout: Handout, metrics: Metrics) -> Fragment:
    """The tinted columns, the rules between the rows, and the days over all."""
    look = rows[0].look
    type_, colour = look.grid.day, look.style.template.colours.stripe
    labels_top = edges[0] - type_.leading - _DAY_PAD
    stripes: list[Item] = []
    for day in range(0, 7, 2):
        x = look.grid.centre(day) - look.grid.column / 2
        if look.stacked:
            for row, (y, below) in zip(rows, pairwise(edges), strict=True):
                top = y + _PAD + row.text.height + _ABOVE_BOXES / 2
                stripes.append(Area(x, top, look.grid.column, below - top - _PAD / 2, colour))
        else:
            top = labels_top - _DAY_PAD
            stripes.append(Area(x, top, look.grid.column, edges[-1] - top, colour))
    rules = [Rule(look.style.left, y, look.style.right, y, _RULE) for y in edges[:-1]]
    labels = [
        day_label(text, look.grid.centre(day), labels_top, type_, metrics) for day, text in enumerate(handout.days)
    ]
    elements = (Element(Role.ARTIFACT, (*stripes, *rules)), Element(Role.PARAGRAPH, tuple(labels)))
    return Fragment(elements, 0)


def _shared_out(rows: list[_Row], room: float) -> list[list[_Row]]:
    """Rows on pages: as few pages as can be, and about as full as one another."""
    split = [part for row in rows for part in row.split(room)]
    pages = len(_greedy(split, room))
    # The least height of a page at which no further page is needed.
    low, high = max(row.need for row in split), room
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_greedy(split, middle)) <= pages else (middle, high)
    return _greedy(split, max(high, low))


def _greedy(rows: list[_Row], room: float) -> list[list[_Row]]:
    pages: list[list[_Row]] = [[]]
    used = 0.0
    for row in rows:
        if pages[-1] and used + row.need > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.need
    return pages


# --------------------------------------------------------------------------- what a box stands for


def _rows_that_fit(handout: Handout, style: Style, room: float, metrics: Metrics) -> tuple[list[_Row], tuple[str, ...]]:
    """Rows with boxes as large and as telling as fit on one page, or else on as few as can be."""
    boxes = style.template.boxes
    large = _look(style, boxes.size * MM, boxes.pitch * MM)
    rule = boxes.tick
    rows = [_Row(card, rule.tick, large, metrics) for card in handout.cards]
    if rule is not TickRule.AUTO:
        return rows, ()
    for pages in range(1, len(rows) + 1):
        if _pages(rows, room) <= pages:
            return rows, ()
        smallest = min(boxes.smallest, boxes.size)
        for flat in (False, True):
            small = _look(style, smallest * MM, (smallest + boxes.pitch - boxes.size) * MM, flat=flat)
            smaller = [_Row(row.card, row.tick, small, metrics) for row in rows]
            if _pages(smaller, room) <= pages:
                return smaller, ()
        fitting = _stepped_down(smaller, room, pages, metrics)
        if fitting:
            return fitting, _remarks(fitting)
    return rows, ()


def _pages(rows: list[_Row], room: float) -> int:
    return len(_greedy([part for row in rows for part in row.split(room)], room))


def _stepped_down(rows: list[_Row], room: float, pages: int, metrics: Metrics) -> list[_Row] | None:
    """Rows with boxes that stand for more, the largest dose first, until they fit; None if they never do."""
    for tick in (Tick.SET, Tick.SESSION):
        for index in sorted(range(len(rows)), key=lambda index: -rows[index].grid.grid.boxes):
            if _pages(rows, room) <= pages:
                return rows
            coarser = _Row(rows[index].card, tick, rows[index].look, metrics)
            if coarser.need < rows[index].need:
                rows[index] = coarser
    return rows if _pages(rows, room) <= pages else None


def _remarks(rows: list[_Row]) -> tuple[str, ...]:
    return tuple(f"{row.grid.grid.exercise}: {row.remark}" for row in rows if row.remark)


# --------------------------------------------------------------------------- head and strip


def _page_head(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """Tag, title, name and week, and the room for the days' labels."""
    type_ = style.template.type
    header = Header(handout, style, type_.tag, metrics)
    width = min(_WRITE_WEEK, header.width)
    beside = set_text(handout.title, header.width - width - 2 * _BESIDE, type_.title, metrics, Face.BOLD)
    in_a_row = style.landscape and len(beside.lines) == 1
    title = beside if in_a_row else set_text(handout.title, header.width, type_.title, metrics, Face.BOLD)
    who = set_runs(who_runs(handout), width if in_a_row else header.width, type_.dose, metrics)
    name_height = who.height or _write_height(style)
    facts_height = name_height + _write_height(style)
    text = max(title.height, facts_height) if in_a_row else title.height + facts_height
    title_y = header.text_y(title.height if in_a_row else text)
    x = header.x + header.width - width if in_a_row else header.x
    y = header.text_y(facts_height) if in_a_row else title_y + title.height
    name = (
        drawn(who, x, y, "")
        if who.lines
        else write_in(handout.name_label, "name", x, y, width, name_height, type_.dose, metrics)
    )
    week = write_in(handout.week_label, "week", x, y + name_height, width, _write_height(style), type_.dose, metrics)
    elements = (
        Element(Role.PARAGRAPH, header.drawn_tag(0, text)),
        Element(Role.TITLE, drawn(title, header.x, title_y, style.template.colours.ground)),
        Element(Role.PARAGRAPH, name),
        Element(Role.PARAGRAPH, week),
    )
    return Fragment(elements, header.height(text) + _BELOW_HEADER + type_.day.leading + 2 * _DAY_PAD)


def _write_height(style: Style) -> float:
    """Height of a row to write in."""
    return 1.5 * style.template.type.dose.leading


def emergency_strip(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """Advice and emergency in white on black, and the room below; nothing without the safety block."""
    if not handout.safety:
        return Fragment((), 0)
    type_ = style.template.type.safety
    text = set_text(handout.safety.brief, style.measure - 4 * _STRIP_PAD, type_, metrics, Face.BOLD)
    height = text.height + 2 * _STRIP_PAD
    ground = Area(style.left, 0, style.measure, height, _BLACK)
    words = drawn(text, style.left + 2 * _STRIP_PAD, _STRIP_PAD, "", _WHITE)
    elements = (Element(Role.ARTIFACT, (ground,)), Element(Role.PARAGRAPH, words))
    return Fragment(elements, height + _BELOW_STRIP)
