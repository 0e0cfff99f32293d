"""The week on one page, for the fridge: exercises × seven days.

Rows are as high as they need, and share what is left. Where they need more than the page, pictures become smaller; then
boxes, where the template leaves open what they stand for, stand for sets and then for sessions, the largest dose first.
Neither boxes nor type ever shrink. Where not even that brings the week onto one page, there are as few as can be,
parted at a section if that can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.template import TickRule
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.handout.fields import WEEK_FIELD
from pdfbuilder.handout.flow import Flow
from pdfbuilder.handout.front import HowToTick, PickLine, no_room_for_note, signed_note
from pdfbuilder.handout.head import BlankRow, TextRow, height_of, repeated, tag_row
from pdfbuilder.handout.restrictions import restrictions_band
from pdfbuilder.handout.safety import SafetyBlock, emergency_strip
from pdfbuilder.handout.week.grid import day_label
from pdfbuilder.handout.week.row import WeekRow, row_look
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Placed, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import Paragraph, drawn, set_text
from pdfbuilder.units import MM

#: Width of the rule over a row.
_RULE = 1.4
#: Between title and what stands beside it, and around what stands below it.
_BESIDE = 6 * MM
_BELOW_TITLE = 1.5 * MM
#: So many lines a title has beside the tag at most.
_MOST_TITLE = 2
#: Above the days' labels.
_ABOVE_DAYS = 2.4 * MM
#: Width of a line to write the week on, and of one for the name, labels and all.
_WRITE_WEEK = 40 * MM
_WRITE_NAME = 62 * MM
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
    how, safety = handout.find(HowToTick), handout.find(SafetyBlock)
    legends = {dashed: how.in_a_row(dashed=dashed) if how else () for dashed in (True, False)}
    # What a dashed box means is for pages that have one.
    heads = {legend: _page_head(handout, legend, style, metrics) for legend in set(legends.values())}
    head = heads[legends[True]]
    strip = bench.reuse(emergency_strip, safety, bench.tiers, style, metrics)
    foot = [restrictions_band(handout, style, metrics), strip]
    note = signed_note(handout, style, metrics)
    room = bench.bottom - style.top - head.height - sum(each.height for each in foot)
    parts, remarks = _parts_that_fit(handout, bench, room - note.height)
    if note.height:
        # One page is what this sheet is for; the word to the person is on the others.
        without, remarks_without = _parts_that_fit(handout, bench, room)
        if len(without) < len(parts):
            note = Fragment((), 0)
            parts, remarks = without, (*remarks_without, no_room_for_note(handout))
    flow = Flow(bench)
    for number, part in enumerate(parts):
        here = room if number else room - note.height
        if (highest := max(part, key=lambda row: row.need)).need > here:
            raise PageTooSmall(plain(highest.card.name))
        head = heads[legends[any(row.grid.grid.has_dashed for row in part)]]
        slack = min((here - _need(part)) / len(part), _MOST_SLACK)
        heights = (row.need + slack for row in part)
        edges = tuple(round(y, 2) for y in accumulate(heights, initial=style.top + head.height))
        flow.begin_page()
        flow.place(repeated(head, Role.HEADER) if number else head)
        flow.put(bench.reuse(_ground, tuple(part), edges, handout.days, metrics), 0)
        for row, (y, below) in zip(part, pairwise(edges), strict=True):
            for placed in row.placed(y, below - y):
                flow.put(placed.fragment, placed.y)
        flow.put(bench.reuse(_rules, tuple(part), edges), 0)
        flow.place_at_foot(*([repeated(each, Role.FOOTER) for each in foot] if number else [note, *foot]))
    if len(flow.pages) > 1:
        remarks += (f"the week takes {len(flow.pages)} pages; type is never made smaller to fit",)
    return flow.pages, remarks + _no_room_for_signs(safety, bench.tiers)


def _no_room_for_signs(safety: SafetyBlock | None, tiers: int) -> tuple[str, ...]:
    """What to say of warning signs that are left out."""
    left_out = safety.strip[tiers:] if safety else ()
    return tuple(
        f"no room for the signs of '{line.what}': they are left out on this sheet; give the handout with it"
        for line in left_out
    )


def whom_to_call_is_said(handout: Handout, tiers: int) -> bool:
    """Whether a strip of so many tiers says whom to call, also with questions, so that the footer need not."""
    safety = handout.find(SafetyBlock)
    return safety is not None and any(handout.phone in line.what for line in safety.strip[:tiers])


def _ground(rows: Sequence[WeekRow], edges: Sequence[float], days: Sequence[str], metrics: Metrics) -> Fragment:
    """The tinted columns, and the days over them."""
    look = rows[0].look
    type_, colour = look.grid.day, look.style.template.colours.stripe
    top = edges[0] - type_.leading
    tints = list(_tints(rows, edges, top))
    stripes: list[Item] = []
    for day in range(0, 7, 2):
        x = look.grid.centre(day) - look.grid.column / 2
        stripes += [Area(x, upper, look.grid.column, lower - upper, colour) for upper, lower in tints]
    labels = [day_label(text, look.grid.centre(day), top, type_, metrics) for day, text in enumerate(days)]
    return Fragment((Element(Role.ARTIFACT, tuple(stripes)), Element(Role.PARAGRAPH, tuple(labels))), 0)


def _rules(rows: Sequence[WeekRow], edges: Sequence[float]) -> Fragment:
    """A rule over each row, and one over and under each section's heading."""
    style = rows[0].look.style
    heights = {y + below for row, y in zip(rows, edges, strict=False) for below in (0.0, row.section_height)}
    rules = tuple(Rule(style.left, y, style.right, y, _RULE) for y in sorted(heights))
    return Fragment((Element(Role.ARTIFACT, rules),), 0)


def _tints(rows: Sequence[WeekRow], edges: Sequence[float], top: float) -> Iterator[tuple[float, float]]:
    """Upper and lower edges of the tint of a day: from the days' labels on, but not behind rows of words."""
    for row, (y, below) in zip(rows, pairwise(edges), strict=True):
        for words_top, words_bottom in row.words_across(y, below - y):
            if words_top > top:
                yield top, words_top
            top = words_bottom
    yield top, edges[-1]


# --------------------------------------------------------------------------- rows on pages


def _parts_that_fit(handout: Handout, bench: Bench, room: float) -> tuple[list[list[WeekRow]], tuple[str, ...]]:
    """The rows of each page, and what they gave up to fit on one."""
    rows, remarks = _rows_that_fit(handout, bench, room)
    return _shared_out(rows, room), remarks


def _need(rows: Sequence[WeekRow]) -> float:
    """The height that rows cannot do without."""
    return sum(row.need for row in rows)


def _shared_out(rows: list[WeekRow], room: float) -> list[list[WeekRow]]:
    """Rows on pages: as few pages as can be, and about as full as one another; parted at sections if that can be."""
    single = [[part] for row in rows for part in row.split(room)]
    sections: list[list[WeekRow]] = []
    for (row,) in single:
        if row.section is None and sections:
            sections[-1].append(row)
        else:
            sections.append([row])
    whole = max(map(_need, sections)) <= room and len(_greedy(sections, room)) <= len(_greedy(single, room))
    groups = sections if whole else single
    pages = len(_greedy(groups, room))
    # The least height of a page at which no further page is needed.
    low, high = max(map(_need, groups)), room
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_greedy(groups, middle)) <= pages else (middle, high)
    return _greedy(groups, max(high, low))


def _greedy(groups: list[list[WeekRow]], room: float) -> list[list[WeekRow]]:
    pages: list[list[WeekRow]] = [[]]
    for group in groups:
        if pages[-1] and _need(pages[-1]) + _need(group) > room:
            pages.append([])
        pages[-1] += group
    return pages


# --------------------------------------------------------------------------- what a box stands for


def _rows_that_fit(handout: Handout, bench: Bench, room: float) -> tuple[list[WeekRow], tuple[str, ...]]:
    """Rows with pictures as large and boxes as telling as fit on one page; if none do, on as few as can be."""
    style, metrics, reuse = bench.style, bench.metrics, bench.reuse
    rule = style.template.boxes.tick
    large, small = (
        [reuse(WeekRow, card, card.tick_for(rule), look, metrics) for card in handout.cards]
        for look in (row_look(style), row_look(style, small=True))
    )
    for rows in (large, small):
        if _need(rows) <= room:
            return rows, ()
    if rule is not TickRule.AUTO:
        return min(large, small, key=lambda rows: len(_shared_out(rows, room))), ()
    coarsest = _stepped_down(small, lambda _: False, metrics, reuse)
    fewest = len(_shared_out(coarsest, room))

    def fit(rows: list[WeekRow]) -> bool:
        return _need(rows) <= room if fewest == 1 else len(_shared_out(rows, room)) <= fewest

    fitting = next((rows for rows in (large, small) if fit(rows)), None) or _stepped_down(small, fit, metrics, reuse)
    enlarged = [reuse(WeekRow, row.card, row.tick, large[0].look, metrics) for row in fitting]
    fitting = enlarged if fit(enlarged) else _relaxed(fitting, enlarged, fit)
    return fitting, tuple(f"{row.grid.grid.exercise}: {row.remark}" for row in fitting if row.remark)


def _relaxed(rows: list[WeekRow], enlarged: list[WeekRow], fit: Callable[[list[WeekRow]], bool]) -> list[WeekRow]:
    """Rows, of which those without a picture keep the dose whole beside the boxes as far as there is room."""
    rows = list(rows)
    for index, row in enumerate(rows):
        if row.card.picture is None:
            rows[index] = enlarged[index]
            if not fit(rows):
                rows[index] = row
    return rows


def _stepped_down(
    rows: list[WeekRow], fit: Callable[[list[WeekRow]], bool], metrics: Metrics, reuse: Reuse
) -> list[WeekRow]:
    """Rows with boxes that stand for more, the largest dose first, until they fit or can do no more."""
    rows = list(rows)
    for tick in (Tick.SET, Tick.SESSION):
        for index in sorted(range(len(rows)), key=lambda index: -rows[index].grid.grid.boxes):
            if fit(rows):
                return rows
            rows[index] = _coarser(rows[index], tick, metrics, reuse)
    return rows


def _coarser(row: WeekRow, tick: Tick, metrics: Metrics, reuse: Reuse) -> WeekRow:
    """The row with boxes that stand for more, if that takes less room and the dose leaves it open."""
    if row.card.tick_is_said:
        return row
    coarser = reuse(WeekRow, row.card, tick, row.look, metrics)
    return coarser if coarser.need < row.need else row


# --------------------------------------------------------------------------- head


def _page_head(handout: Handout, legend: Sequence[str], style: Style, metrics: Metrics) -> Fragment:
    """Title, tag, the week and the next visit, and the room for the days' labels, with the legend before them.

    Where text stands over the boxes, or a wide tag leaves the title too little, that has a line of its own, and the
    legend stands with the week.

    Args:
        handout: whose sheet it is.
        legend: how to use the boxes, the longest first.
        style: the page.
        metrics: measures.
    """
    type_, look = style.template.type, row_look(style)
    row = tag_row(handout, style, type_.tag, metrics)
    facts = _facts(handout, row.width, style, metrics)
    beside = row.width - max(fact.width for fact in facts) - _BESIDE
    tight = beside <= 0 or len(_title(handout, beside, style, metrics).lines) > _MOST_TITLE
    if look.stacked or row.below or tight:
        set_title = _title(handout, style.measure, style, metrics)
        row_y = set_title.height + _BELOW_TITLE
        facts += _legend_row(legend, row.width, style, metrics)
        elements = [Element(Role.TITLE, drawn(set_title, style.left, 0, "")), *row.drawn(row_y, facts)]
        height = row_y + row.height(height_of(facts)) + _ABOVE_DAYS + type_.day.leading
    else:
        set_title = _title(handout, beside, style, metrics)
        height = row.height(max(set_title.height, height_of(facts)))
        elements = [
            Element(Role.TITLE, drawn(set_title, row.x, (height - set_title.height) / 2, "")),
            Element(Role.PARAGRAPH, row.drawn_tag(0, height)),
        ]
        y = (height - height_of(facts)) / 2
        for fact in facts:
            elements += fact.drawn(row.right - fact.width, y)
            y += fact.height
        height += _ABOVE_DAYS + type_.day.leading
        for hint in _legend_row(legend, look.days - style.left, style, metrics):
            elements += hint.drawn(style.left, height - (type_.day.leading + hint.height) / 2)
    return Fragment(tuple(elements), height)


def _title(handout: Handout, width: float, style: Style, metrics: Metrics) -> Paragraph:
    """Whose exercises they are; the plan's own title where that is not known, or where it takes too many lines."""
    type_ = style.template.type.title
    whose = set_text(handout.own.week_title, width, type_, metrics, Face.BOLD)
    return whose if 0 < len(whose.lines) <= _MOST_TITLE else set_text(handout.title, width, type_, metrics, Face.BOLD)


def _facts(handout: Handout, width: float, style: Style, metrics: Metrics) -> list[BlankRow | TextRow]:
    """Beside title or tag: lines for the name, if it is not known, and the week; the next visit; how many to choose."""
    type_, own = style.template.type.dose, handout.own
    facts: list[BlankRow | TextRow] = [
        BlankRow(handout.week_label, WEEK_FIELD, _WRITE_WEEK, type_.leading, type_, metrics)
    ]
    if not own.name:
        facts.insert(0, BlankRow(handout.name_label, "name", _WRITE_NAME, type_.leading, type_, metrics))
    lines = [fact.brief for fact in own.facts if fact.alone]
    if pick := handout.find(PickLine):
        lines.append(pick.words)
    facts += [TextRow(set_text(line, width, type_, metrics, Face.BOLD)) for line in lines]
    return facts


def _legend_row(legend: Sequence[str], width: float, style: Style, metrics: Metrics) -> list[TextRow]:
    """The longest of some words that stands on one line; none if none does."""
    type_ = style.template.type.label
    set_words = (set_text(words, width, type_, metrics) for words in legend)
    return [TextRow(each) for each in set_words if len(each.lines) == 1][:1]
