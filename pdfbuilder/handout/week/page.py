"""The week on one page, for the fridge: exercises × seven days.

Rows are as high as they need, and share what is left. Where they need more than the page, and the template leaves open
what a box stands for, the boxes become smaller, then stand in fewer rows, then for sets, then for sessions, the largest
dose first; the type never shrinks. Where not even that brings the week onto one page, all boxes stay and further pages
follow.
"""

from __future__ import annotations

from itertools import pairwise

from pdfbuilder.domain.dose import Tick
from pdfbuilder.domain.template import TickRule
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.handout.flow import Flow
from pdfbuilder.handout.front import no_room_for_note, signed_note
from pdfbuilder.handout.head import BlankRow, TagRow, TextRow, height_of, hint_in_head, repeated, stacked, who_row
from pdfbuilder.handout.safety import SafetyBlock, emergency_strip
from pdfbuilder.handout.week.grid import day_label
from pdfbuilder.handout.week.row import ABOVE_BOXES, ROW_PAD, WeekRow, row_look
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Placed, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import set_text
from pdfbuilder.units import MM

#: Beside the title of a sheet held across.
_BESIDE = 3 * MM
#: Width of the rule over a row.
_RULE = 1.4
#: Tiers of signs in the strip at the foot: what cannot wait.
_STRIP_TIERS = 2
#: Around the days' labels.
_DAY_PAD = 1.2 * MM
#: Below the head.
_BELOW_HEADER = 2.5 * MM
#: Width of a line to write the week on.
_WRITE_WEEK = 72 * MM
#: More room than this is not given to a row, so that two rows on a page do not fly apart.
_MOST_SLACK = 12 * MM


# --------------------------------------------------------------------------- pages


def week_pages(handout: Handout, bench: Bench) -> tuple[list[list[Placed]], tuple[str, ...]]:
    """Lay out the week.

    Raises:
        PageTooSmall: if a page does not hold a row.

    Returns:
        The pages' content, and what was given up to make it fit.
    """
    style, metrics = bench.style, bench.metrics
    head, safety = _page_head(handout, style, metrics), handout.find(SafetyBlock)
    strip = bench.reuse(emergency_strip, safety, _STRIP_TIERS, style, metrics)
    note = signed_note(handout, style, metrics)
    room = bench.bottom - style.top - head.height - strip.height
    rows, remarks = _rows_that_fit(handout, bench, room - note.height)
    if note.height and not _fit(rows, room - note.height):
        # One page is what this sheet is for; the word to the person is on the others.
        note = Fragment((), 0)
        rows, remarks = _rows_that_fit(handout, bench, room)
        remarks += (no_room_for_note(handout),)
    room -= note.height
    flow = Flow(bench, repeated(head, Role.HEADER))
    for number, part in enumerate(_shared_out(rows, room)):
        if max(row.need for row in part) > room:
            raise PageTooSmall
        slack = min((room - sum(row.need for row in part)) / len(part), _MOST_SLACK)
        edges = [style.top + head.height]
        for row in part:
            edges.append(edges[-1] + row.need + slack)
        flow.begin_page()
        flow.put(_ground(part, edges, handout, metrics), 0)
        flow.place(repeated(head, Role.HEADER) if number else head)
        for row, (y, below) in zip(part, pairwise(edges), strict=True):
            for placed in row.placed(y, below - y):
                flow.put(placed.fragment, placed.y)
        flow.place_at_foot(*([repeated(strip, Role.FOOTER)] if number else [note, strip]))
    if len(flow.pages) > 1:
        remarks += (f"the week takes {len(flow.pages)} pages; type is never made smaller to fit",)
    return flow.pages, remarks + _no_room_for_signs(safety, strip)


def _no_room_for_signs(safety: SafetyBlock | None, strip: Fragment) -> tuple[str, ...]:
    """What to say of warning signs that are left out."""
    shown = len(strip.elements) - 1
    left_out = safety.strip[shown:_STRIP_TIERS] if safety else ()
    return tuple(
        f"no room for the signs of '{line.what}': they are left out on this sheet; give the handout with it"
        for line in left_out
    )


def _ground(rows: list[WeekRow], edges: list[float], handout: Handout, metrics: Metrics) -> Fragment:
    """The tinted columns, the rules between the rows, and the days over all."""
    look = rows[0].look
    type_, colour = look.grid.day, look.style.template.colours.stripe
    labels_top = edges[0] - type_.leading - _DAY_PAD
    stripes: list[Item] = []
    for day in range(0, 7, 2):
        x = look.grid.centre(day) - look.grid.column / 2
        if look.stacked:
            for row, (y, below) in zip(rows, pairwise(edges), strict=True):
                top = y + ROW_PAD + row.text.height + ABOVE_BOXES / 2
                stripes.append(Area(x, top, look.grid.column, below - top - ROW_PAD / 2, colour))
        else:
            top = labels_top - _DAY_PAD
            stripes.append(Area(x, top, look.grid.column, edges[-1] - top, colour))
    rules = [Rule(look.style.left, y, look.style.right, y, _RULE) for y in edges[:-1]]
    labels = [
        day_label(text, look.grid.centre(day), labels_top, type_, metrics) for day, text in enumerate(handout.days)
    ]
    elements = (Element(Role.ARTIFACT, (*stripes, *rules)), Element(Role.PARAGRAPH, tuple(labels)))
    return Fragment(elements, 0)


def _shared_out(rows: list[WeekRow], room: float) -> list[list[WeekRow]]:
    """Rows on pages: as few pages as can be, and about as full as one another."""
    split = [part for row in rows for part in row.split(room)]
    pages = len(_greedy(split, room))
    # The least height of a page at which no further page is needed.
    low, high = max(row.need for row in split), room
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_greedy(split, middle)) <= pages else (middle, high)
    return _greedy(split, max(high, low))


def _greedy(rows: list[WeekRow], room: float) -> list[list[WeekRow]]:
    pages: list[list[WeekRow]] = [[]]
    used = 0.0
    for row in rows:
        if pages[-1] and used + row.need > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.need
    return pages


# --------------------------------------------------------------------------- what a box stands for


def _rows_that_fit(handout: Handout, bench: Bench, room: float) -> tuple[list[WeekRow], tuple[str, ...]]:
    """Rows with boxes as large and as telling as fit on one page; if none do, on as few as can be."""
    style, metrics, reuse = bench.style, bench.metrics, bench.reuse
    boxes = style.template.boxes
    large = row_look(style, handout.cards, boxes.size * MM, boxes.pitch * MM)
    rows = [reuse(WeekRow, card, boxes.tick.tick, large, metrics) for card in handout.cards]
    if boxes.tick is not TickRule.AUTO or _fit(rows, room):
        return rows, ()
    smallest = min(boxes.smallest, boxes.size)
    pitch = smallest + boxes.pitch - boxes.size
    arrangements = [rows]
    for flat in (False, True):
        look = row_look(style, handout.cards, smallest * MM, pitch * MM, flat=flat)
        arrangements.append([reuse(WeekRow, card, Tick.REP, look, metrics) for card in handout.cards])
        if _fit(arrangements[-1], room):
            return arrangements[-1], ()
    smallest_rows = arrangements[-1]
    fitting = _stepped_down(smallest_rows, room, metrics, reuse)
    if _fit(fitting, room):
        return fitting, _remarks(fitting)
    coarse = (Tick.SET, Tick.SESSION)
    arrangements += [[_coarser(row, tick, metrics, reuse) for row in smallest_rows] for tick in coarse]
    fewest = min(arrangements, key=lambda each: len(_shared_out(each, room)))
    return fewest, _remarks(fewest)


def _fit(rows: list[WeekRow], room: float) -> bool:
    """Whether all rows fit on one page."""
    return sum(row.need for row in rows) <= room


def _stepped_down(rows: list[WeekRow], room: float, metrics: Metrics, reuse: Reuse) -> list[WeekRow]:
    """Rows with boxes that stand for more, the largest dose first, until they fit or can do no more."""
    rows = list(rows)
    for tick in (Tick.SET, Tick.SESSION):
        for index in sorted(range(len(rows)), key=lambda index: -rows[index].grid.grid.boxes):
            if _fit(rows, room):
                return rows
            rows[index] = _coarser(rows[index], tick, metrics, reuse)
    return rows


def _coarser(row: WeekRow, tick: Tick, metrics: Metrics, reuse: Reuse) -> WeekRow:
    """The row with boxes that stand for more, if that takes less room."""
    coarser = reuse(WeekRow, row.card, tick, row.look, metrics)
    return coarser if coarser.need < row.need else row


def _remarks(rows: list[WeekRow]) -> tuple[str, ...]:
    return tuple(f"{row.grid.grid.exercise}: {row.remark}" for row in rows if row.remark)


# --------------------------------------------------------------------------- head


def _page_head(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """Tag, title, name and week, and the room for the days' labels; beside these, before the first of them, a hint."""
    type_ = style.template.type
    row = TagRow(handout, style, type_.tag, metrics)
    width = min(_WRITE_WEEK, row.width)
    beside = set_text(handout.title, row.width - width - 2 * _BESIDE, type_.title, metrics, Face.BOLD)
    in_a_row = style.landscape and len(beside.lines) == 1
    set_title = beside if in_a_row else set_text(handout.title, row.width, type_.title, metrics, Face.BOLD)
    title = TextRow(set_title, Role.TITLE, style.template.colours.ground)
    facts = (
        who_row(handout, width if in_a_row else row.width, width, style, metrics),
        BlankRow(handout.week_label, "week", width, 1.5 * type_.dose.leading, type_.dose, metrics),
    )
    if in_a_row:
        text = max(title.height, height_of(facts))
        elements = [
            Element(Role.PARAGRAPH, row.drawn_tag(0, text)),
            *title.drawn(row.x, row.text_y(title.height)),
            *stacked(facts, row.x + row.width - width, row.text_y(height_of(facts))),
        ]
    else:
        text = height_of((title, *facts))
        elements = list(row.drawn(0, (title, *facts)))
    height = row.height(text) + _BELOW_HEADER + type_.day.leading + 2 * _DAY_PAD
    grid = row_look(style, handout.cards, 0, 0).grid
    days_x = grid.x + grid.gutter
    if hint := hint_in_head(handout, style, days_x - style.left, type_.day.leading, metrics, later=False):
        elements += hint.drawn(style.left, height - _DAY_PAD - hint.height)
    return Fragment(tuple(elements), height)
