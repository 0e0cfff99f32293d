"""The diary: a week to a page; for each day boxes for its exercises, pain before and after, and a line for notes.

    Mon  30 November         Pain before  (0) (1) (2) …
     1    2    3              Pain after  (0) (1) (2) …
    □ □  □ □  [   ] of 7           Notes  ______________

A week is never torn over two pages where seven of its days can be made to fit one. On paper that is too narrow for
boxes and circles side by side, the circles stand below.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from msgspec import Struct

from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import DiaryBlock, DiaryBoxes, DiaryDay, DiaryWeek, Handout
from pdfbuilder.handout.fields import BoxField, Day, DayField, DiaryQuestion, LineField
from pdfbuilder.handout.flow import Flow
from pdfbuilder.handout.front import PickLine, signed_note
from pdfbuilder.handout.head import (
    BlankRow,
    HeadRow,
    TextRow,
    height_of,
    repeated,
    running_header,
    tag_row,
    without_fields,
)
from pdfbuilder.handout.restrictions import restrictions_band
from pdfbuilder.handout.safety import SafetyBlock, emergency_strip
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import (
    Circle,
    Element,
    Face,
    Fragment,
    Item,
    Placed,
    RadioCircle,
    Role,
    Rule,
    TickBox,
    Words,
    WriteIn,
)
from pdfbuilder.layout.core.metrics import CAP_HEIGHT, Metrics, baseline
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import Paragraph, Run, centred, drawn, runs_of, set_runs, set_text
from pdfbuilder.units import MM

#: Between the boxes and the labels of the circles, at least.
_BESIDE_BOXES = 3 * MM
#: Between a label and its circles, and its line.
_BESIDE_LABEL = 3 * MM
#: Days, dates and boxes take at least so much of the width; with less, the circles stand below.
_LEAST_BOXES = 45 * MM
#: Levels of pain, 0 to 10.
_LEVELS = 11
#: Radius of a circle.
_RADIUS = 3.5 * MM
#: How heavy the line of a circle is.
_CIRCLE_LINE = 0.8
#: From the middle of one circle to the next, and where boxes need the room.
_CIRCLES = 8.8 * MM
_CLOSE_CIRCLES = 8 * MM
#: From the middle of one row of circles to the next.
_ROW_OF_CIRCLES = 7.9 * MM
#: From a day's rule to the top of its circles, and from its rule to its date.
_ABOVE_CIRCLES = 1.35 * MM
_ABOVE_DATE = 0.9 * MM
#: From the day to its date.
_BEFORE_DATE = 4 * MM
#: Width of the rule over a day.
_RULE = 1.4
#: From the line for notes to the next day's rule.
_BELOW_NOTES = 2.2 * MM
#: From the circles to that line, at least.
_NOTES = 5.4 * MM
#: From the baseline of a label to the line to write on.
_BELOW_BASELINE = 2.2
#: How much more than the template says a day is high at most, on a page with room.
_MOST_SLACK = 1.5
#: From the date to numbers over boxes, or to boxes with numbers beside them.
_ABOVE_NUMBER = 2 * MM
_ABOVE_BOXES = 0.7 * MM
#: Boxes stand beside the date where this is left to it.
_DATE = 56 * MM
#: From the numbers to their boxes, between two rows of them, and below the last.
_BELOW_NUMBER = 2 * MM
_BETWEEN_ROWS = 1.2 * MM
_BELOW_BOXES = 1 * MM
#: Between the boxes of two exercises, and at least; between a number and the boxes beside it.
_WIDE_GAP = 4 * MM
_NARROW_GAP = 2.4 * MM
_BESIDE_NUMBER = 0.9 * MM
#: A field to write a number in: its width, and the words beside it.
_FIELD = 11 * MM
_BESIDE_FIELD = 0.8 * MM
#: Between two exercises of the key.
_KEY_GAP = 6 * MM
#: Below the title, and around what stands between it and the days.
_GAP = 2 * MM
#: Less than any difference that can be seen.
_HAIR = 1e-6
#: Width of a line to write the name on.
_WRITE_NAME = 80 * MM


def diary_pages(handout: Handout, bench: Bench) -> tuple[list[list[Placed]], tuple[str, ...]]:
    """Lay out the diary, each week on a page of its own or, on small paper, on as many as its days need.

    The word to the person stands at the foot of the first page, or on a page of its own.

    Raises:
        PageTooSmall: if a page does not hold a day.

    Returns:
        The pages' content, and what whoever prints should know of it.
    """
    diary, style, metrics = handout.own.diary or handout.diary, bench.style, bench.metrics
    if diary is None:
        return [], ()
    strip = bench.reuse(emergency_strip, handout.find(SafetyBlock), 1, style, metrics)
    note = signed_note(handout, style, metrics)
    flow = Flow(bench)
    for number, week in enumerate(diary.weeks, start=1):
        days = [bench.reuse(_Day, diary, day, number, style, metrics) for day in week.days]
        need = max(day.need for day in days)
        head = tuple(_head(handout, diary, week, style, metrics))
        whole = 7 * need <= bench.bottom - style.top - height_of(head) - strip.height
        if number > 1 and not whole:
            head = tuple(_compact_head(handout, diary, week, style, metrics))
        while days:
            first = not flow.pages
            top = style.top + height_of(head)
            room = bench.bottom - top - strip.height
            if max(day.drawn for day in days) > room:
                raise PageTooSmall
            # A week that needs two pages has about half of it on each, not one day on the last.
            most = max(1, min(int((room + _HAIR) // need), len(days)))
            count = -(-len(days) // -(-len(days) // most))
            with_note = first and 0 < note.height <= room - count * need
            room -= note.height if with_note else 0
            # On a page that is not full, days do not fly apart.
            height = max(need, min(room / count, _MOST_SLACK * style.template.diary.row * MM))
            flow.begin_page()
            for part in head:
                flow.place(part if first else without_fields(part))
            for index, day in enumerate(days[:count]):
                flow.put(day.fragment(height), top + index * height)
            foot = [strip if first else repeated(strip, Role.FOOTER)]
            if with_note:
                foot, note = [note, *foot], Fragment((), 0)
            flow.place_at_foot(*foot)
            days = days[count:]
            if days:
                head = tuple(_compact_head(handout, diary, week, style, metrics))
    remarks: tuple[str, ...] = ()
    if len(flow.pages) > len(diary.weeks):
        weeks = "1 week" if len(diary.weeks) == 1 else f"{len(diary.weeks)} weeks"
        remarks = (f"the diary takes {len(flow.pages)} pages for {weeks}",)
    if note.height:
        running = running_header(handout, style, metrics, ())
        if style.top + running.height + note.height > bench.bottom:
            raise PageTooSmall
        flow.begin_page()
        flow.place(running)
        flow.place(note)
        remarks += ("the note stands on a page of its own",)
    return flow.pages, remarks


# --------------------------------------------------------------------------- head


def _compact_head(
    handout: Handout, diary: DiaryBlock, week: DiaryWeek, style: Style, metrics: Metrics
) -> Iterator[Fragment]:
    """The head of a page that goes on with a week, and of every later page on small paper."""
    yield running_header(handout, style, metrics, ())
    heading = set_text(week.heading, style.measure, style.template.type.dose, metrics, Face.BOLD)
    yield Fragment((Element(Role.HEADING, drawn(heading, style.left, 0, "")),), heading.height + _GAP / 2)
    yield from _below_title(handout, diary, style, metrics, how=False)


def _head(handout: Handout, diary: DiaryBlock, week: DiaryWeek, style: Style, metrics: Metrics) -> Iterator[Fragment]:
    """Title, tag and week, what must not be done, the key to the numbers, and how to fill it in."""
    type_ = style.template.type
    row = tag_row(handout, style, type_.tag, metrics)
    title = TextRow(_title(handout, diary, row.width, style, metrics), Role.TITLE)
    across = TextRow(_title(handout, diary, style.measure, style, metrics), Role.TITLE)
    rows: list[HeadRow] = [
        TextRow(set_text(week.heading, row.width, type_.cue, metrics)),
        *_visits(handout, row.width, style, metrics),
    ]
    if not handout.own.name:
        width = min(_WRITE_NAME, row.width)
        rows.append(BlankRow(handout.name_label, "name", width, 1.4 * type_.cue.leading, type_.cue, metrics))
    if len(across.text.lines) < len(title.text.lines):
        yield Fragment(tuple(across.drawn(style.left, 0)), across.height + _GAP / 2)
    else:
        rows.insert(0, title)
    yield Fragment(tuple(row.drawn(0, rows)), row.height(height_of(rows)) + _GAP)
    yield from _below_title(handout, diary, style, metrics, how=True)


def _title(handout: Handout, diary: DiaryBlock, width: float, style: Style, metrics: Metrics) -> Paragraph:
    """Whose diary it is; no name where that is not known, or takes more than two lines."""
    type_ = style.template.type.title
    whose = set_text(handout.own.diary_title, width, type_, metrics, Face.BOLD)
    return whose if 0 < len(whose.lines) <= 2 else set_text(diary.title, width, type_, metrics, Face.BOLD)


def _visits(handout: Handout, width: float, style: Style, metrics: Metrics) -> Iterator[TextRow]:
    """The next visit, unless it stands on its day."""
    on_its_day = handout.own.diary and any(day.visit for week in handout.own.diary.weeks for day in week.days)
    for fact in handout.own.facts:
        if fact.alone and not on_its_day:
            yield TextRow(set_text(fact.words, width, style.template.type.cue, metrics, Face.BOLD))


def _below_title(
    handout: Handout, diary: DiaryBlock, style: Style, metrics: Metrics, *, how: bool
) -> Iterator[Fragment]:
    """What stands between the title and the days, part by part with the room below it."""
    band = restrictions_band(handout, style, metrics)
    if band.elements:
        yield Fragment(band.elements, band.height + _GAP / 2)
    if pick := handout.find(PickLine):
        text = set_text(pick.words, style.measure, style.template.type.label, metrics, Face.BOLD)
        yield Fragment((Element(Role.PARAGRAPH, drawn(text, style.left, 0, "")),), text.height)
    yield _key(diary, style, metrics)
    if how:
        text = set_runs(_with_bold(diary.how), style.measure, style.template.type.label, metrics)
        yield Fragment((Element(Role.PARAGRAPH, drawn(text, style.left, 0, "")),), text.height)
    yield Fragment((), _GAP / 2)


def _with_bold(text: str) -> Iterator[Run]:
    for index, part in enumerate(text.split("*")):
        if part:
            yield Run(part, Face.BOLD if index % 2 else Face.REGULAR)


def _key(diary: DiaryBlock, style: Style, metrics: Metrics) -> Fragment:
    """Number and name of each exercise, side by side as far as they go."""
    type_ = style.template.type.label
    entries, x, y = [], 0.0, 0.0
    for number, name in diary.key:
        hanging = metrics.width(f"{number} ", Face.BOLD) * type_.size if number else 0.0
        face = Face.REGULAR if number else Face.BOLD
        text = set_runs(runs_of(name, face), style.measure - hanging, type_, metrics)
        width = hanging + text.width
        if x and (not number or x + width > style.measure):
            x, y = 0.0, y + type_.leading
        left = style.left + x
        words = Words(left, baseline(y, type_.size, type_.leading), str(number), Face.BOLD, type_.size)
        labels = (Element(Role.LABEL, (words,)),) if number else ()
        body = Element(Role.LIST_BODY, drawn(text, left + hanging, y, style.template.colours.ground))
        entries.append(Element(Role.LIST_ITEM, children=(*labels, body)))
        y += text.height - type_.leading
        x += width + _KEY_GAP
    return Fragment((Element(Role.LIST, children=tuple(entries)),), y + type_.leading)


# --------------------------------------------------------------------------- a day


class _Set(Struct, frozen=True):
    """The boxes of an exercise, or a field to write in, before they have a place.

    Attributes:
        ticks: width of the boxes, or of the field and its words.
        width: with the number.
    """

    boxes: DiaryBoxes
    ticks: float
    width: float


class _Day:
    """A day of the diary."""

    def __init__(self, diary: DiaryBlock, day: DiaryDay, week: int, style: Style, metrics: Metrics) -> None:
        self.diary = diary
        self.day = day
        self.called = Day(day.weekday, week)
        self.style = style
        self.metrics = metrics
        self.type = style.template.type
        labels = (*diary.pain, diary.notes)
        self.label = max(metrics.width(label, Face.BOLD) for label in labels) * self.type.label.size + _BESIDE_LABEL
        self.stacked = self._room_with(_CLOSE_CIRCLES) < _LEAST_BOXES
        #: Number over its boxes in one row, else beside them in as many as it takes.
        self.above = self.stacked or len(self._rows(self._room_with(_CIRCLES), beside=False)) == 1
        self.pitch = _CIRCLES if self.above and not self.stacked else _CLOSE_CIRCLES
        self.row_room = self._room_with(self.pitch)
        #: Whether boxes stand beside the date.
        self.beside_date = False
        if self.stacked:
            self.beside_date = len(self._rows(style.measure - _DATE, beside=False)) == 1
            self.row_room = style.measure - (_DATE if self.beside_date else 0)
        self.rows = self._rows(self.row_room, beside=not self.above)
        #: Days are as high as the page gives, mostly the same for everyone.
        self.fragment = lru_cache(maxsize=4)(self._drawn_fragment)

    def _room_with(self, pitch: float) -> float:
        """Width that circles so far apart leave for date and boxes beside them."""
        circles = (_LEVELS - 1) * pitch + 2 * _RADIUS
        return self.style.measure - circles - self.label - _BESIDE_BOXES

    @property
    def need(self) -> float:
        """The height that it cannot do without."""
        return max(self._left + _BELOW_BOXES, self._right_top + self._right, self._least)

    @property
    def _least(self) -> float:
        return 0.0 if self.stacked else self.style.template.diary.row * MM

    @property
    def drawn(self) -> float:
        """Where its drawing ends at the earliest, without the white below it."""
        return self.need - _BELOW_NOTES

    @property
    def _left(self) -> float:
        """Where date and boxes end."""
        date = _ABOVE_DATE + self.type.name.leading
        heights = len(self.rows) * self._row_height + (len(self.rows) - 1) * _BETWEEN_ROWS
        return max(date, self._rows_top + heights) if self.rows else date

    @property
    def _rows_top(self) -> float:
        if self.beside_date:
            return _ABOVE_NUMBER
        return _ABOVE_DATE + self.type.name.leading + (_ABOVE_NUMBER if self.above else _ABOVE_BOXES)

    @property
    def _row_height(self) -> float:
        size = self._size
        return self._number_height + _BELOW_NUMBER + size if self.above else max(size, self._number_height)

    @property
    def _number_height(self) -> float:
        """Of the figures themselves: nothing of them hangs below the line."""
        return CAP_HEIGHT * self.type.label.size

    @property
    def _right_top(self) -> float:
        return self._left if self.stacked else 0.0

    @property
    def _right(self) -> float:
        """Height of circles and notes."""
        return _ABOVE_CIRCLES + _ROW_OF_CIRCLES + 2 * _RADIUS + _NOTES + _BELOW_NOTES

    def _drawn_fragment(self, height: float) -> Fragment:
        """The day from y = 0, so high: its line for notes stands at its foot."""
        style = self.style
        rule = Rule(style.left, 0, style.right, 0, _RULE)
        items = (*self._date(), *self._boxes())
        elements = (
            Element(Role.ARTIFACT, (rule,)),
            Element(Role.PARAGRAPH, tuple(item for item in items if isinstance(item, Words))),
            Element(Role.ARTIFACT, tuple(item for item in items if not isinstance(item, Words))),
            *self._scales(),
            Element(Role.PARAGRAPH, tuple(self._notes(height - _BELOW_NOTES))),
        )
        return Fragment((Element(Role.SECTION, children=elements),), height)

    # ------------------------------------------------------------------ day and boxes

    def _date(self) -> Iterator[Item]:
        type_, x = self.type, self.style.left
        base = baseline(_ABOVE_DATE, type_.name.size, type_.name.leading)
        yield Words(x, base, self.day.label, Face.BOLD, type_.name.size)
        x += self.metrics.width(self.day.label, Face.BOLD) * type_.name.size + _BEFORE_DATE
        if self.day.date:
            yield Words(x, base, self.day.date, Face.REGULAR, type_.label.size)

    @property
    def _size(self) -> float:
        return self.style.template.boxes.size * MM

    def _rows(self, room: float, *, beside: bool) -> list[list[_Set]]:
        """The boxes of all exercises in rows of some width, their numbers beside or over them."""
        rows: list[list[_Set]] = []
        used = 0.0
        for boxes in self.day.boxes:
            each = self._set(boxes, beside=beside)
            if rows and used + _NARROW_GAP + each.width <= room:
                rows[-1].append(each)
                used += _NARROW_GAP + each.width
            else:
                rows.append([each])
                used = each.width
        return rows

    def _set(self, boxes: DiaryBoxes, *, beside: bool) -> _Set:
        label = self.type.label.size
        number = self.metrics.width(str(boxes.number), Face.BOLD) * label
        ticks = (boxes.times - 1) * self.style.template.boxes.pitch * MM + self._size
        if boxes.of:
            ticks = _FIELD + _BESIDE_FIELD + self.metrics.width(boxes.of, Face.REGULAR) * label
        return _Set(boxes, ticks, number + _BESIDE_NUMBER + ticks if beside else max(number, ticks))

    def _boxes(self) -> Iterator[Item]:
        """The boxes of all exercises under or beside their numbers, in the order of the key."""
        y = self._rows_top
        for row in self.rows:
            spare = self.row_room - sum(each.width for each in row)
            gap = min(_WIDE_GAP, spare / max(1, len(row) - 1))
            width = sum(each.width for each in row) + (len(row) - 1) * gap
            x = self.style.right - width if self.beside_date else self.style.left
            for each in row:
                yield from self._exercise(each, x, y)
                x += each.width + gap
            y += self._row_height + _BETWEEN_ROWS

    def _exercise(self, each: _Set, x: float, y: float) -> Iterator[Item]:
        """The boxes of an exercise, or its field, and its number."""
        size, number = self.type.label.size, str(each.boxes.number)
        boxes_y = y + self._row_height - self._size
        if self.above:
            # Over the boxes or the field, not over the words beside it.
            over = _FIELD if each.boxes.of else each.ticks
            yield centred(number, x + over / 2, y + self._number_height, Face.BOLD, size, self.metrics)
        else:
            yield Words(x, baseline(boxes_y, size, self._size), number, Face.BOLD, size)
            x += each.width - each.ticks
        if each.boxes.of:
            yield from self._field(each.boxes, x, boxes_y)
        else:
            yield from self._ticks(each.boxes, x, boxes_y)

    def _ticks(self, boxes: DiaryBoxes, x: float, y: float) -> Iterator[Item]:
        look = self.style.template.boxes
        of_day = partial(BoxField, self.called, boxes.number, boxes.side, Tick.SESSION, extra=boxes.optional)
        for time in range(boxes.times):
            yield TickBox(
                x + time * look.pitch * MM,
                y,
                self._size,
                look.stroke,
                dashed=boxes.optional,
                called=of_day(count=time + 1),
                words=(self.day.field, self._name(boxes), f"{time + 1}/{boxes.times}"),
            )

    def _field(self, boxes: DiaryBoxes, x: float, y: float) -> Iterator[Item]:
        """A frame to write a number in, and of how many."""
        size, right, bottom = self.type.label.size, x + _FIELD, y + self._size
        for x1, y1, x2, y2 in (
            (x, y, right, y),
            (x, bottom, right, bottom),
            (x, y, x, bottom),
            (right, y, right, bottom),
        ):
            yield Rule(x1, y1, x2, y2, self.style.template.boxes.stroke)
        name = str(LineField(self.called, boxes.number, boxes.side, boxes.times))
        yield WriteIn(x, y, _FIELD, self._size, name, f"{self.day.field}, {self._name(boxes)}, {boxes.of}")
        yield Words(right + _BESIDE_FIELD, baseline(y, size, self._size), boxes.of, Face.REGULAR, size)

    def _name(self, boxes: DiaryBoxes) -> str:
        return plain(dict(self.diary.key)[boxes.number])

    # ------------------------------------------------------------------ pain and notes

    @property
    def _circles_left(self) -> float:
        """Left edge of the circles, which end at the edge of the page's content."""
        return self.style.right - (_LEVELS - 1) * self.pitch - 2 * _RADIUS

    def _label(self, text: str, base: float) -> Words:
        """A label, ending before the circles."""
        size = self.type.label.size
        x = self._circles_left - _BESIDE_LABEL - self.metrics.width(text, Face.BOLD) * size
        return Words(x, base, text, Face.BOLD, size)

    def _scales(self) -> Iterator[Element]:
        size = self.type.label.size
        for row, (label, when) in enumerate(
            zip(self.diary.pain, (DiaryQuestion.BEFORE, DiaryQuestion.AFTER), strict=True)
        ):
            middle = self._right_top + _ABOVE_CIRCLES + _RADIUS + row * _ROW_OF_CIRCLES
            items = self._circles(middle, str(DayField(self.called, when)), f"{self.day.field}, {label}")
            yield Element(Role.PARAGRAPH, (self._label(label, baseline(middle - size / 2, size, size)), *items))

    def _notes(self, y: float) -> Iterator[Item]:
        """The line for notes, and what else is on this day."""
        start, right, size = self._circles_left, self.style.right, self.type.label.size
        yield self._label(self.diary.notes, y - _BELOW_BASELINE)
        if self.day.visit:
            yield Words(start, y - _BELOW_BASELINE, self.day.visit, Face.BOLD, size)
            start += self.metrics.width(self.day.visit, Face.BOLD) * size + _BESIDE_LABEL
        yield Rule(self._circles_left, y, right, y, _CIRCLE_LINE)
        name = str(DayField(self.called, DiaryQuestion.NOTES))
        yield WriteIn(start, y - 1.2 * size, right - start, 1.2 * size, name, f"{self.day.field}, {self.diary.notes}")

    def _circles(self, middle: float, name: str, label: str) -> Iterator[Item]:
        size = self.type.label.size
        for level in range(_LEVELS):
            centre = self._circles_left + _RADIUS + level * self.pitch
            text = str(level)
            yield Circle(centre, middle, _RADIUS, _CIRCLE_LINE)
            yield centred(text, centre, baseline(middle - size / 2, size, size), Face.FIGURES, size, self.metrics)
            yield RadioCircle(centre, middle, _RADIUS, name, text, label)
