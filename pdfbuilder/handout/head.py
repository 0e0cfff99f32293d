"""The bar down the edge of the affected side, and the heads of pages: title or name, date and side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.domain.wording import Text, plain
from pdfbuilder.handout.blocks import FrontBlock, Handout, SideTag
from pdfbuilder.handout.lines import heading, wrapped
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Role, Rule, Words, WriteIn
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.tag import Arrow, arrow
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, drawn, set_text, unbroken
from pdfbuilder.units import MM

#: Width of the bar down the edge.
_BAR = 3 * MM
#: From the paper's edge to it: a printer may not reach the outermost millimetres.
_BAR_AT = 5 * MM
#: Between a tag and the text beside it, and between two texts in a row.
_BESIDE = 6 * MM
#: Text stands beside a tag where that leaves at least so much of the width.
_LEAST_BESIDE = 0.4
#: What is blank above the capitals of a text's first line and below its last, together, at least.
_BLANK_EDGES = 2 * MM
#: Between title and tag.
_GAP = 3.2 * MM
#: Below the head of page 1.
BELOW_HEAD = 5 * MM
#: Below the head of a later page.
_BELOW_RUNNING = 5.5 * MM
#: Between name and date in it.
_BEFORE_DATE = 4 * MM
#: From one line about the boxes to the next, as a part of their size.
_LEGEND_LEADING = 1.25
#: Width of a line to write a name on.
_WRITE_NAME = 68 * MM
#: Width of a line to write a date on.
_WRITE_DATE = 40 * MM
#: Width of a line to write the next visit on.
_WRITE_VISIT = 50 * MM
#: How heavy such a line is.
_WRITE_LINE = 0.8
_WHITE = "#FFFFFF"


def bar(tag: SideTag, style: Style) -> Fragment:
    """The bar down the edge of the affected side, or down both."""
    items = []
    for edge, x in (
        (AffectedSide.LEFT, _BAR_AT),
        (AffectedSide.RIGHT, style.width - _BAR_AT - _BAR),
    ):
        if tag.side in (edge, AffectedSide.BOTH):
            height = style.footer - style.top
            items.append(Area(x, style.top, _BAR, height, style.template.colours.accent))
    return Fragment((Element(Role.ARTIFACT, tuple(items)),), 0)


class HeadRow(Protocol):
    """Something in the row of a tag, one below the other."""

    @property
    def height(self) -> float:
        """How much room it takes."""

    def drawn(self, x: float, y: float) -> Iterable[Element]:
        """It, with its upper left corner at x, y."""


class TextRow(Struct, frozen=True):
    """A text in the row of a tag."""

    text: Paragraph
    role: Role = Role.PARAGRAPH
    ground: str = ""

    @property
    def width(self) -> float:
        """Of the longest line."""
        return self.text.width

    @property
    def height(self) -> float:
        """Of all lines."""
        return self.text.height

    def drawn(self, x: float, y: float) -> Iterator[Element]:
        """The text from x, y."""
        yield Element(self.role, drawn(self.text, x, y, self.ground))


class BlankRow(Struct, frozen=True):
    """A label and a line to write on, together so wide; `name` is the form field's."""

    label: str
    name: str
    width: float
    height: float
    type: TypeSize
    metrics: Metrics

    def drawn(self, x: float, y: float) -> Iterator[Element]:
        """Label, line and form field from x, y."""
        size = self.type.size
        base = baseline(y, size, self.height)
        start = x + self.metrics.width(f"{self.label} ", Face.REGULAR) * size
        items = (
            Words(x, base, self.label, Face.REGULAR, size),
            Rule(start, base + 2, x + self.width, base + 2, _WRITE_LINE),
            WriteIn(start, base + 2 - 1.3 * size, x + self.width - start, 1.3 * size, self.name, self.label),
        )
        yield Element(Role.PARAGRAPH, items)


def stacked(rows: Iterable[HeadRow], x: float, y: float) -> Iterator[Element]:
    """Rows one below the other, the first with its upper left corner at x, y."""
    for row in rows:
        yield from row.drawn(x, y)
        y += row.height


def height_of(rows: Iterable[HeadRow | Fragment]) -> float:
    """Height of rows, or other parts, one below the other."""
    return sum(row.height for row in rows)


class TagRow:
    """Places a tag at its own side of the page, and says where the text of its row may stand.

    That is beside the tag, or below it where the tag leaves too little; without a tag the text has the row.
    """

    def __init__(self, tag: SideTag, style: Style, type_: TypeSize, metrics: Metrics) -> None:
        self.style = style
        self.tag: Arrow | None = arrow(tag.words, tag.side, type_, metrics) if tag.words else None
        self._room = 0.0
        #: Of the tag, and of a row without one at least.
        self.tag_height = type_.leading
        if self.tag:
            if self.tag.width > style.measure:
                # What is no word for a side, but a sentence, may be as large as on later pages.
                type_ = style.template.type.running_tag
                self.tag = arrow(tag.words, tag.side, type_, metrics)
            if self.tag.width > style.measure:
                raise PageTooSmall
            # Whichever side it names, as much is left for the text.
            self._room = max(arrow(words, tag.side, type_, metrics).width for words in tag.room_for) + _BESIDE
        self._tag_on_the_right = tag.side is AffectedSide.RIGHT
        self.below = style.measure - self._room < _LEAST_BESIDE * style.measure

    @property
    def x(self) -> float:
        """Left edge of the text."""
        if self.below or self._tag_on_the_right or not self.tag:
            return self.style.left
        return self.style.left + self.tag.width + _BESIDE

    @property
    def right(self) -> float:
        """Where the far side of the row ends, clear of the tag."""
        if self.below or not self._tag_on_the_right or not self.tag:
            return self.style.right
        return self.style.right - self.tag.width - _BESIDE

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.style.measure if self.below else self.style.measure - self._room

    def height(self, text: float) -> float:
        """Height of the row with a text of some height, whose blank edges may stand out."""
        if self.tag and self.below:
            return self.tag_height + 0.5 * _GAP + text
        return max(self.tag_height, text - _BLANK_EDGES)

    def text_y(self, text: float) -> float:
        """Upper edge of the text, from the row's."""
        return self.tag.height + 0.5 * _GAP if self.tag and self.below else (self.height(text) - text) / 2

    def drawn_tag(self, y: float, text: float) -> tuple[Item, ...]:
        """The tag in a row that begins at y and has a text of some height."""
        if not self.tag:
            return ()
        x = self.style.right - self.tag.width if self._tag_on_the_right else self.style.left
        y += 0 if self.below else (self.height(text) - self.tag.height) / 2
        return self.tag.drawn(x, y, fill=self.style.template.colours.accent, ink=_WHITE)

    def drawn(self, y: float, rows: Sequence[HeadRow]) -> Iterator[Element]:
        """The tag, and rows beside or below it, in a row that begins at y."""
        text = height_of(rows)
        if self.tag:
            yield Element(Role.PARAGRAPH, self.drawn_tag(y, text))
        yield from stacked(rows, self.x, y + self.text_y(text))


class Title(FrontBlock, frozen=True):
    """Title, side, name, date and minutes a day."""

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """The head of page 1."""
        title = title_block(handout, bench.style, bench.metrics)
        if bench.style.top + title.height - BELOW_HEAD > bench.bottom:
            raise PageTooSmall
        yield title

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        own = handout.own
        who = filter(None, (own.name, own.date, *(fact.words for fact in own.facts), handout.minutes))
        yield from ("", *heading(plain(handout.title), "="), *wrapped(handout.tag.words), *wrapped(SEPARATOR.join(who)))


def tag_row(handout: Handout, style: Style, type_: TypeSize, metrics: Metrics) -> TagRow:
    """The row of a handout's tag, which is the same for all who have the same side."""
    return metrics.reuse(TagRow, handout.tag, style, type_, metrics)


def title_block(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """Title, tag, name, date and minutes a day, next visit: the head of page 1, and the room below it."""
    type_ = style.template.type
    row = tag_row(handout, style, type_.tag, metrics)
    title = set_text(handout.title, style.measure, type_.title, metrics, Face.BOLD)
    name: HeadRow = TextRow(set_text(handout.own.name, row.width, type_.name, metrics, Face.BOLD))
    if not handout.own.name:
        room = min(_WRITE_NAME, row.width)
        name = BlankRow(handout.name_label, "name", room, type_.name.leading, type_.dose, metrics)
    rows = [name, _Facts(handout, row.width, type_.label, metrics)]
    visit, fits = _visit(handout, row.width, style, metrics)
    if fits:
        rows.append(visit)
    top = title.height + _GAP
    height = top + row.height(height_of(rows))
    elements = [Element(Role.TITLE, drawn(title, style.left, 0, "")), *row.drawn(top, rows)]
    if not fits:
        height += _GAP / 2
        elements += visit.drawn(style.left, height)
        height += visit.height
    return Fragment(tuple(elements), height + BELOW_HEAD)


def _visit(handout: Handout, width: float, style: Style, metrics: Metrics) -> tuple[HeadRow, bool]:
    """The next visit, or a line to write it on; and whether it fits a width, which else it may be wider than."""
    type_ = style.template.type.dose
    words = [fact.words for fact in handout.own.facts if fact.alone]
    if words:
        beside = set_text(SEPARATOR.join(words), width, type_, metrics, Face.BOLD)
        across = set_text(SEPARATOR.join(words), style.measure, type_, metrics, Face.BOLD)
        return (TextRow(beside), True) if len(beside.lines) == 1 else (TextRow(across), False)
    label = metrics.width(f"{handout.visit_label} ", Face.REGULAR) * type_.size
    room = min(label + _WRITE_VISIT, style.measure)
    return BlankRow(handout.visit_label, "next-visit", room, type_.leading, type_, metrics), room <= width


def legend_beside_title(words: Text, lines: Sequence[str], style: Style, metrics: Metrics) -> Fragment | None:
    """What is said of the boxes, at the far side of a title at the top of a page; None if that has no room for it."""
    title = set_text(words, style.measure, style.template.type.title, metrics, Face.BOLD)
    size = style.template.type.label.size
    width = max(metrics.width(line, Face.REGULAR) * size for line in lines)
    if len(title.lines) > 1 or title.width + _BESIDE + width > style.measure:
        return None
    height = style.template.type.running_tag.leading
    legend = _legend(lines, style.right, _running_base(style), style, metrics)
    return Fragment((Element(Role.PARAGRAPH, legend),), height)


def _legend(lines: Sequence[str], right: float, base: float, style: Style, metrics: Metrics) -> tuple[Words, ...]:
    """Lines that end at the right, around a baseline."""
    size = style.template.type.label.size
    first = base - (len(lines) - 1) / 2 * _LEGEND_LEADING * size
    return tuple(
        Words(
            right - metrics.width(line, Face.REGULAR) * size,
            first + index * _LEGEND_LEADING * size,
            line,
            Face.REGULAR,
            size,
        )
        for index, line in enumerate(lines)
    )


def _running_base(style: Style) -> float:
    """The baseline of the head of later pages."""
    type_ = style.template.type
    return baseline(0, type_.running_name.size, type_.running_tag.leading)


class _Facts:
    """Date and minutes a day; a line to write the date on if it is not known, beside the minutes if there is room."""

    def __init__(self, handout: Handout, width: float, type_: TypeSize, metrics: Metrics) -> None:
        own = handout.own
        facts = [
            fact for fact in (own.date, handout.minutes, *(each.words for each in own.facts if not each.alone)) if fact
        ]
        # A line ends between two facts rather than in one.
        if all(metrics.width(fact, Face.REGULAR) * type_.size <= width for fact in facts):
            facts = [unbroken(fact) for fact in facts]
        words = SEPARATOR.join(facts)
        blank = min(_WRITE_DATE, width)
        beside = set_text(words, width - blank - _GAP, type_, metrics)
        self._in_a_row = not own.date and len(beside.lines) == 1
        self._words = TextRow(beside if self._in_a_row else set_text(words, width, type_, metrics))
        height = type_.leading if self._in_a_row else 1.4 * type_.leading
        self._blank = None if own.date else BlankRow(handout.date_label, "date", blank, height, type_, metrics)
        #: Of all rows.
        self.height = self._words.height + (self._blank.height if self._blank and not self._in_a_row else 0)

    def drawn(self, x: float, y: float) -> Iterator[Element]:
        """The facts from x, y."""
        if self._blank:
            yield from self._blank.drawn(x, y)
            if self._in_a_row:
                x += self._blank.width + _GAP
            else:
                y += self._blank.height
        yield from self._words.drawn(x, y)


def repeated(fragment: Fragment, role: Role) -> Fragment:
    """What stands on later pages again, as header or footer: seen, but neither read out nor filled in once more."""
    elements = (
        Element(element.role if element.role is Role.ARTIFACT else role, tuple(_no_field(element.items)))
        for element in fragment.elements
    )
    return Fragment(tuple(elements), fragment.height)


def without_fields(fragment: Fragment) -> Fragment:
    """A head whose lines to write on are on an earlier page, too: drawn and read out, but one form field is enough."""
    elements = (replace(element, items=tuple(_no_field(element.items))) for element in fragment.elements)
    return Fragment(tuple(elements), fragment.height)


def _no_field(items: tuple[Item, ...]) -> Iterator[Item]:
    return (item for item in items if not isinstance(item, WriteIn))


def running_header(handout: Handout, style: Style, metrics: Metrics, legend: Sequence[str]) -> Fragment:
    """Tag, name, date and what is said of the boxes: the head of every later page, and the room below it.

    Args:
        handout: whose page it is.
        style: the page.
        metrics: measures text.
        legend: lines about the boxes.
    """
    type_ = style.template.type
    row = tag_row(handout, style, type_.running_tag, metrics)
    size = type_.label.size
    name_width = metrics.width(handout.own.name, Face.BOLD) * type_.running_name.size
    date_width = metrics.width(handout.own.date, Face.REGULAR) * size
    room = row.right - row.x
    if legend:
        room -= max(metrics.width(line, Face.REGULAR) * size for line in legend) + _BESIDE
    # A name that is too long gives way to the date: the footer has it, too.
    has_name = 0 < name_width <= room
    date_x = name_width + _BEFORE_DATE if has_name else 0.0
    top = row.text_y(row.tag_height)
    base = top + _running_base(style)
    elements = [Element(Role.PARAGRAPH, row.drawn_tag(0, row.tag_height))]
    words = [Words(row.x, base, handout.own.name, Face.BOLD, type_.running_name.size)] if has_name else []
    if handout.own.date and date_x + date_width <= room:
        words.append(Words(row.x + date_x, base, handout.own.date, Face.REGULAR, size))
    elements += [Element(Role.PARAGRAPH, tuple(words))] if words else []
    elements += [Element(Role.PARAGRAPH, _legend(legend, row.right, base, style, metrics))] if legend else []
    return repeated(Fragment(tuple(elements), _running_height(row)), Role.HEADER)


def running_height(handout: Handout, style: Style, metrics: Metrics) -> float:
    """How much room the head of a later page takes, whatever stands in it."""
    return _running_height(tag_row(handout, style, style.template.type.running_tag, metrics))


def _running_height(row: TagRow) -> float:
    return row.height(row.tag_height) + _BELOW_RUNNING
