"""The diary: a week to a page; for each day boxes for its exercises, pain before and after, and a line for notes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import DiaryBlock, DiaryBoxes, DiaryDay, DiaryWeek, Handout
from pdfbuilder.handout.flow import Flow
from pdfbuilder.handout.front import no_room_for_note, signed_note
from pdfbuilder.handout.head import (
    TagRow,
    TextRow,
    height_of,
    hint_in_head,
    repeated,
    running_header,
    who_row,
    without_fields,
)
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
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import centred, drawn, runs_of, set_runs, set_text
from pdfbuilder.units import MM

#: Width of the part with day and boxes.
_DAY = 54 * MM
#: Width of the labels before the circles, at least.
_LABEL = 31 * MM
#: From one box to the next, at most.
_WIDE_PITCH = 9.9 * MM
#: The same, at least.
_NARROW_PITCH = 8 * MM
#: Below a row of boxes.
_BELOW_BOXES = 1.2 * MM
#: Levels of pain, 0 to 10.
_LEVELS = 11
#: Radius of a circle to ring.
_RADIUS = 3.5 * MM
#: How heavy the line of a circle is.
_CIRCLE_LINE = 0.8
#: Circles stand no closer than this, from middle to middle.
_CLOSEST = 8 * MM
#: From the middle of one row of circles to the next.
_ROW_OF_CIRCLES = 8.4 * MM
#: Width of the rule over a day.
_RULE = 1.4
#: Above and below a day's content.
_PAD = 1.5 * MM
#: Above the line for notes.
_ABOVE_NOTES = 0.8 * MM
#: From the baseline of a label to the line to write on.
_BELOW_BASELINE = 2.0
#: How much of its need a day gets at most.
_MOST_SLACK = 1.3
#: Width of a column of the key, at least.
_KEY_COLUMN = 58 * MM
#: Between the parts of the head.
_GAP = 3.2 * MM


def diary_pages(handout: Handout, bench: Bench) -> tuple[list[list[Placed]], tuple[str, ...]]:
    """Lay out the diary, each week on a page of its own or on as many as its days need.

    Raises:
        PageTooSmall: if a page does not hold a day.

    Returns:
        The pages' content, and what was given up to make it fit.
    """
    diary, style, metrics = handout.own.diary or handout.diary, bench.style, bench.metrics
    if diary is None:
        return [], ()
    strip = bench.reuse(emergency_strip, handout.find(SafetyBlock), 1, style, metrics)
    note = signed_note(handout, style, metrics)
    remarks: tuple[str, ...] = ()
    flow = Flow(bench, Fragment((), 0))
    for number, week in enumerate(diary.weeks, start=1):
        days = [
            bench.reuse(_Day, diary, day, (number, index), style, metrics)
            for index, day in enumerate(week.days, start=1)
        ]
        need = max(day.need for day in days)
        full = number == 1 or not days[0].stacked
        while days:
            first = not flow.pages
            head = (_head if full else _compact_head)(handout, diary, week, style, metrics)
            room = bench.bottom - style.top - head.height - strip.height
            if max(day.drawn for day in days) > room:
                raise PageTooSmall
            # A week that needs two pages has about half of it on each, not one day on the last.
            most = max(1, min(int(room // need), len(days)))
            count = -(-len(days) // -(-len(days) // most))
            if first and note.height:
                if count * need + note.height > room:
                    note = Fragment((), 0)
                    remarks = (no_room_for_note(handout),)
                room -= note.height
            # On a page that is not full, days do not fly apart.
            height = min(room / count, max(_MOST_SLACK * need, style.template.diary.row * MM))
            flow.begin_page()
            flow.place(head if first else without_fields(head))
            for index, day in enumerate(days[:count]):
                flow.put(day.fragment, style.top + head.height + index * height)
            flow.place_at_foot(*([note, strip] if first else [repeated(strip, Role.FOOTER)]))
            days = days[count:]
            full = False
    if len(flow.pages) > len(diary.weeks):
        weeks = "1 week" if len(diary.weeks) == 1 else f"{len(diary.weeks)} weeks"
        remarks += (f"the diary takes {len(flow.pages)} pages for {weeks}",)
    return flow.pages, remarks


def _compact_head(handout: Handout, diary: DiaryBlock, week: DiaryWeek, style: Style, metrics: Metrics) -> Fragment:
    """The head of a page that goes on with a week, and of every later page on small paper."""
    running = running_header(handout, style, metrics)
    heading = TextRow(set_text(week.heading, style.measure, style.template.type.dose, metrics, Face.BOLD), Role.HEADING)
    y = running.height + heading.height + 0.3 * _GAP
    key, key_height = _key(diary, style, metrics, y)
    elements = (*running.elements, *heading.drawn(style.left, running.height), key)
    return Fragment(elements, y + key_height + 0.6 * _GAP)


def _head(handout: Handout, diary: DiaryBlock, week: DiaryWeek, style: Style, metrics: Metrics) -> Fragment:
    """Title, tag, name, week, how to fill it in, and the key to the numbers."""
    type_ = style.template.type
    row = TagRow(handout, style, type_.tag, metrics)
    title = TextRow(set_text(diary.title, style.measure, type_.title, metrics, Face.BOLD), Role.TITLE)
    who = who_row(handout, row.width, 0.8 * row.width, style, metrics)
    rows = (who, TextRow(set_text(week.heading, row.width, type_.dose, metrics)))
    top = title.height + 0.4 * _GAP
    y = top + row.height(height_of(rows)) + _GAP
    how = TextRow(set_text(diary.how, style.measure, type_.dose, metrics))
    key_y = y + how.height + 0.5 * _GAP
    key, key_height = _key(diary, style, metrics, key_y)
    elements = [*title.drawn(style.left, 0), *row.drawn(top, rows), *how.drawn(style.left, y), key]
    room = style.measure - title.text.width - 2 * _GAP
    if hint := hint_in_head(handout, style, room, title.height, metrics, later=False):
        elements += hint.drawn(style.right - hint.text.width, (title.height - hint.height) / 2)
    return Fragment(tuple(elements), key_y + key_height + 0.6 * _GAP)


def _key(diary: DiaryBlock, style: Style, metrics: Metrics, y: float) -> tuple[Element, float]:
    """Number and name of each exercise, in columns to be read across."""
    type_ = style.template.type.label
    columns = max(1, int(style.measure // _KEY_COLUMN))
    width = style.measure / columns
    hanging = metrics.width(f"{len(diary.key)}  ", Face.BOLD) * type_.size
    entries, height, row_height = [], 0.0, 0.0
    for index, (number, name) in enumerate(diary.key):
        column = index % columns
        if column == 0:
            height += row_height
            row_height = 0.0
        x = style.left + column * width
        text = set_runs(runs_of(name), width - hanging - 2 * MM, type_, metrics)
        row_height = max(row_height, text.height)
        label = Words(x, baseline(y + height, type_.size, type_.leading), str(number), Face.BOLD, type_.size)
        body = Element(Role.LIST_BODY, drawn(text, x + hanging, y + height, style.template.colours.ground))
        entries.append(Element(Role.LIST_ITEM, children=(Element(Role.LABEL, (label,)), body)))
    return Element(Role.LIST, children=tuple(entries)), height + row_height


class _Day:
    """A day of the diary."""

    def __init__(
        self, diary: DiaryBlock, day: DiaryDay, place: tuple[int, int], style: Style, metrics: Metrics
    ) -> None:
        self.diary = diary
        self.day = day
        self.week, self.number = place
        self.style = style
        self.metrics = metrics
        self.type = style.template.type
        widest = max(metrics.width(label, Face.BOLD) for label in (*diary.pain, diary.notes)) * self.type.dose.size
        self.label = max(_LABEL, widest + 3 * MM)
        across = style.measure - _DAY - self.label - 2 * _RADIUS
        self.stacked = across / (_LEVELS - 1) < _CLOSEST
        self.left_part = (*self._date(), *self._boxes())
        self.left_height = self._left_height()

    @property
    def need(self) -> float:
        """The height that it cannot do without."""
        right = 2 * _ROW_OF_CIRCLES + _ABOVE_NOTES + self.type.dose.leading
        return (self.left_height + right if self.stacked else max(self.left_height, right)) + 2 * _PAD

    @property
    def drawn(self) -> float:
        """Where its drawing ends, if need be without the white below it."""
        type_ = self.type.dose
        line = 2 * _ROW_OF_CIRCLES + _ABOVE_NOTES + baseline(0, type_.size, type_.leading) + _BELOW_BASELINE
        return _PAD + (self.left_height + line if self.stacked else max(self.left_height, line))

    @cached_property
    def fragment(self) -> Fragment:
        """The day, from y = 0."""
        style = self.style
        rule = Rule(style.left, 0, style.right, 0, _RULE)
        y = _PAD + (self.left_height if self.stacked else 0)
        x = style.left if self.stacked else style.left + _DAY
        words = tuple(item for item in self.left_part if isinstance(item, Words))
        ticks = tuple(item for item in self.left_part if not isinstance(item, Words))
        elements = (
            Element(Role.ARTIFACT, (rule,)),
            Element(Role.PARAGRAPH, words),
            Element(Role.ARTIFACT, ticks),
            *self._scales(x, y),
        )
        return Fragment((Element(Role.SECTION, children=elements),), self.need)

    # ------------------------------------------------------------------ day and boxes

    @property
    def _head_height(self) -> float:
        return self.type.name.leading

    @property
    def _beside(self) -> bool:
        """Whether the boxes stand to the right of the date, on the day's first line."""
        return self.stacked and len(self._columns) * _NARROW_PITCH <= self.style.measure - _DAY

    @cached_property
    def _columns(self) -> list[tuple[DiaryBoxes, range]]:
        """What stands side by side: all boxes if there is room, else those of an exercise below one another."""
        one_by_one = [(boxes, range(time, time + 1)) for boxes in self.day.boxes for time in range(boxes.times)]
        if not self.stacked and len(one_by_one) <= self._per_line():
            return one_by_one
        return [(boxes, range(boxes.times)) for boxes in self.day.boxes]

    @property
    def _boxes_width(self) -> float:
        if self.stacked:
            return self.style.measure - (_DAY if self._beside else 0)
        return _DAY - 5 * MM

    def _date(self) -> Iterator[Item]:
        type_, x = self.type, self.style.left
        base = baseline(_PAD, type_.name.size, type_.name.leading)
        yield Words(x, base, self.day.label, Face.BOLD, type_.name.size)
        x += self.metrics.width(self.day.label, Face.BOLD) * type_.name.size + 3 * MM
        if self.day.date:
            yield Words(x, base, self.day.date, Face.REGULAR, type_.dose.size)

    def _per_line(self) -> int:
        return max(1, int((self._boxes_width - self._size) // _NARROW_PITCH) + 1)

    @property
    def _size(self) -> float:
        return self.style.template.boxes.size * MM

    @property
    def _line_height(self) -> float:
        most = max((len(times) for _, times in self._columns), default=1)
        pitch = self.style.template.boxes.pitch * MM
        return self.type.label.leading + self._size + (most - 1) * pitch + _BELOW_BOXES

    def _left_height(self) -> float:
        lines = -(-len(self._columns) // self._per_line())
        if self._beside:
            return max(self._head_height, lines * self._line_height)
        return self._head_height + lines * self._line_height

    def _boxes(self) -> Iterator[Item]:
        """A number over each box, in the order of the key."""
        label, size, per_line = self.type.label, self._size, self._per_line()
        columns = self._columns
        count = min(per_line, max(1, len(columns)))
        pitch = min(_WIDE_PITCH, (self._boxes_width - size) / max(1, count - 1))
        left, top = self.style.left, _PAD + self._head_height
        if self._beside:
            left, top = self.style.right - (count - 1) * pitch - size, _PAD
        names = dict(self.diary.key)
        for index, (boxes, times) in enumerate(columns):
            x = left + index % per_line * pitch
            y = top + index // per_line * self._line_height
            base = baseline(y, label.size, label.leading)
            yield centred(str(boxes.number), x + size / 2, base, Face.BOLD, label.size, self.metrics)
            name = plain(names[boxes.number])
            for row, time in enumerate(times):
                yield TickBox(
                    x,
                    y + label.leading + row * self.style.template.boxes.pitch * MM,
                    size,
                    self.style.template.boxes.stroke,
                    dashed=boxes.optional,
                    name=f"diary-{self.week}-{self.number}-{boxes.number}-{time + 1}",
                    label=f"{self.day.field}, {name}, {time + 1}/{boxes.times}",
                )

    # ------------------------------------------------------------------ pain and notes

    def _scales(self, x: float, y: float) -> Iterator[Element]:
        type_ = self.type.dose
        for row, (label, when) in enumerate(zip(self.diary.pain, ("before", "after"), strict=True)):
            middle = y + _RADIUS + row * _ROW_OF_CIRCLES
            base = baseline(middle - type_.leading / 2, type_.size, type_.leading)
            name = f"pain-{self.week}-{self.number}-{when}"
            items = self._circles(x, middle, name, f"{self.day.field}, {label}")
            yield Element(Role.PARAGRAPH, (Words(x, base, label, Face.BOLD, type_.size), *items))
        top = y + 2 * _ROW_OF_CIRCLES + _ABOVE_NOTES
        base = baseline(top, type_.size, type_.leading)
        start = x + self.label
        line = Rule(start, base + _BELOW_BASELINE, self.style.right, base + _BELOW_BASELINE, 0.8)
        field = WriteIn(
            start,
            base + _BELOW_BASELINE - 1.2 * type_.size,
            self.style.right - start,
            1.2 * type_.size,
            f"notes-{self.week}-{self.number}",
            f"{self.day.field}, {self.diary.notes}",
        )
        yield Element(Role.PARAGRAPH, (Words(x, base, self.diary.notes, Face.BOLD, type_.size), line, field))

    def _circles(self, x: float, middle: float, name: str, label: str) -> Iterator[Item]:
        first, last = x + self.label + _RADIUS, self.style.right - _RADIUS
        size = self.type.label.size
        for level in range(_LEVELS):
            centre = first + level * (last - first) / (_LEVELS - 1)
            text = str(level)
            base = baseline(middle - size / 2, size, size)
            yield Circle(centre, middle, _RADIUS, _CIRCLE_LINE)
            yield centred(text, centre, base, Face.FIGURES, size, self.metrics)
            yield RadioCircle(centre, middle, _RADIUS, name, text, label)
