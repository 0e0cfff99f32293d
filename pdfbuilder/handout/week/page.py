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
from pdfbuilder.handout.blocks import Handout, SafetyBlock
from pdfbuilder.handout.head import Header, note_block, repeated, who_runs, write_in
from pdfbuilder.handout.week.grid import day_label
from pdfbuilder.handout.week.row import ABOVE_BOXES, ROW_PAD, WeekRow, row_look
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Placed, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import Run, drawn, set_runs, set_text
from pdfbuilder.units import MM

#: Beside the title of a sheet held across.
_BESIDE = 3 * MM
#: The rule over a row; the room in the strip with the emergency line, and below it.
_RULE, _STRIP_PAD, _BELOW_STRIP = 1.4, 1.2 * MM, 3 * MM
#: Left and right of the strip's words.
_STRIP_SIDE = 4 * MM
#: A strip for more than emergencies is at most so high, as a part of the page.
_MOST_STRIP = 0.12
#: Tiers of signs in it: what cannot wait.
_STRIP_TIERS = 2
#: Around the days' labels; below the header.
_DAY_PAD, _BELOW_HEADER = 1.2 * MM, 2.5 * MM
#: Width of a line to write the week on.
_WRITE_WEEK = 72 * MM
#: More room than this is not given to a row, so that two rows on a page do not fly apart.
_MOST_SLACK = 12 * MM
_WHITE, _BLACK = "#FFFFFF", "#000000"
#: What is said where the note would cost a page.
_NO_ROOM = "no room for {}: {} left out on this sheet"


# --------------------------------------------------------------------------- pages


def week_pages(
    handout: Handout, style: Style, bottom: float, metrics: Metrics, reuse: Reuse
) -> tuple[list[list[Placed]], tuple[str, ...]]:
    """Lay out the week.

    Args:
        handout: what to lay out.
        style: the page.
        bottom: where the content ends.
        metrics: measures.
        reuse: remembers what was laid out for others.

    Raises:
        PageTooSmall: if a page does not hold a row.

    Returns:
        The pages' content, and what was given up to make it fit.
    """
    head = _page_head(handout, style, metrics)
    strip = reuse(emergency_strip, handout.safety, _STRIP_TIERS, style, metrics)
    no_room = _no_room_for_signs(handout.safety, strip)
    note = note_block(handout, style, metrics, signed=True)
    room = bottom - style.top - head.height - strip.height
    rows, remarks = _rows_that_fit(handout, style, room - note.height, metrics, reuse)
    if note.height and not _fit(rows, room - note.height):
        # One page is what this sheet is for; the word to the person is on the others.
        note = Fragment((), 0)
        rows, remarks = _rows_that_fit(handout, style, room, metrics, reuse)
        remarks += (no_room_for_note(handout),)
    room -= note.height
    pages: list[list[Placed]] = []
    for part in _shared_out(rows, room):
        if max(row.need for row in part) > room:
            raise PageTooSmall
        foot = [repeated(strip, Role.FOOTER)] if pages else [note, strip]
        slack = min((room - sum(row.need for row in part)) / len(part), _MOST_SLACK)
        page_head = repeated(head, Role.HEADER) if pages else head
        pages.append(_page(part, slack, page_head, style, handout, metrics))
        y = bottom - sum(fragment.height for fragment in foot)
        for fragment in foot:
            pages[-1].append(Placed(fragment, 0, y))
            y += fragment.height
    if len(pages) > 1:
        remarks += (f"the week takes {len(pages)} pages; type is never made smaller to fit",)
    return pages, remarks + no_room


def _no_room_for_signs(safety: SafetyBlock | None, strip: Fragment) -> tuple[str, ...]:
    """What to say of warning signs that are left out."""
    shown = len(strip.elements) - 1
    left_out = safety.strip[shown:_STRIP_TIERS] if safety else ()
    return tuple(
        f"no room for the signs of '{line.what}': they are left out on this sheet; give the handout with it"
        for line in left_out
    )


def no_room_for_note(handout: Handout) -> str:
    """What to say where the note and what goes with it are left out."""
    left_out = ["the note"] if handout.own.note else []
    left_out += [fact.what for fact in handout.own.facts]
    return _NO_ROOM.format(" and ".join(left_out), "they are" if len(left_out) > 1 else "it is")


def _page(
    rows: list[WeekRow],
    slack: float,
    head: Fragment,
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
    return placed


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


def _rows_that_fit(
    handout: Handout, style: Style, room: float, metrics: Metrics, reuse: Reuse
) -> tuple[list[WeekRow], tuple[str, ...]]:
    """Rows with boxes as large and as telling as fit on one page; if none do, on as few as can be."""
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
    arrangements += [_all_coarser(smallest_rows, tick, metrics, reuse) for tick in (Tick.SET, Tick.SESSION)]
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


def _all_coarser(rows: list[WeekRow], tick: Tick, metrics: Metrics, reuse: Reuse) -> list[WeekRow]:
    return [_coarser(row, tick, metrics, reuse) for row in rows]


def _coarser(row: WeekRow, tick: Tick, metrics: Metrics, reuse: Reuse) -> WeekRow:
    """The row with boxes that stand for more, if that takes less room."""
    coarser = reuse(WeekRow, row.card, tick, row.look, metrics)
    return coarser if coarser.need < row.need else row


def _remarks(rows: list[WeekRow]) -> tuple[str, ...]:
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


def emergency_strip(safety: SafetyBlock | None, tiers: int, style: Style, metrics: Metrics) -> Fragment:
    """The signs that cannot wait, in white on black, and the room below; nothing without the safety block.

    Args:
        safety: the signs.
        tiers: how many of them, the most urgent first; fewer on paper where they would take too much.
        style: the page.
        metrics: measures.
    """
    if not safety:
        return Fragment((), 0)
    strip = _strip(safety, tiers, style, metrics)
    too_high = tiers > 1 and strip.height > _MOST_STRIP * style.height
    return emergency_strip(safety, tiers - 1, style, metrics) if too_high else strip


def _strip(safety: SafetyBlock, tiers: int, style: Style, metrics: Metrics) -> Fragment:
    type_ = style.template.type.safety
    y = _STRIP_PAD
    elements = []
    for line in safety.strip[:tiers]:
        runs = [Run(f"{line.what} ", Face.BOLD), Run(line.signs)]
        text = set_runs(runs, style.measure - 2 * _STRIP_SIDE, type_, metrics)
        elements.append(Element(Role.PARAGRAPH, drawn(text, style.left + _STRIP_SIDE, y, "", _WHITE)))
        y += text.height
    height = y + _STRIP_PAD
    ground = Area(style.left, 0, style.measure, height, _BLACK)
    return Fragment((Element(Role.ARTIFACT, (ground,)), *elements), height + _BELOW_STRIP)
