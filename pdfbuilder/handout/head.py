"""What every page has: the bar down the side's edge, the header with name, date and side, and the footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import FrontBlock, Handout, SideTag
from pdfbuilder.handout.lines import heading, wrapped
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Role, Rule, Words, WriteIn
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.tag import Arrow, arrow
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, Run, drawn, set_runs, set_text, unbroken
from pdfbuilder.units import MM

#: Width of the bar down the edge.
_BAR = 3 * MM
#: Between the bar and the content.
_BAR_AWAY = 8 * MM
#: A printer may not reach the outermost millimetres.
_REACH = 4 * MM
#: Between a tag and the text beside it, and between two texts in a row.
_BESIDE = 6 * MM
#: Text stands beside a tag where that leaves at least so much of the width.
_LEAST_BESIDE = 0.4
#: Between title and tag.
_GAP = 4.5 * MM
#: Below the head.
BELOW_HEAD = 5 * MM
#: Width of a line to write a name on.
_WRITE_NAME = 68 * MM
#: Width of a line to write a date on.
_WRITE_DATE = 40 * MM
#: How heavy such a line is.
_WRITE_LINE = 0.8
_HAIRLINE = "#6B7780"
_WHITE = "#FFFFFF"


def bar(tag: SideTag, style: Style) -> Fragment:
    """The bar down the edge of the affected side, or down both."""
    items = []
    for edge, x in (
        (AffectedSide.LEFT, max(_REACH, style.left - _BAR_AWAY)),
        (AffectedSide.RIGHT, min(style.width - _REACH, style.right + _BAR_AWAY) - _BAR),
    ):
        if tag.side in (edge, AffectedSide.BOTH):
            height = style.footer - style.top
            items.append(Area(x, style.top, _BAR, height, style.template.colours.accent))
    return Fragment((Element(Role.ARTIFACT, tuple(items)),), 0)


class Row(Protocol):
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


def stacked(rows: Iterable[Row], x: float, y: float) -> Iterator[Element]:
    """Rows one below the other, the first with its upper left corner at x, y."""
    for row in rows:
        yield from row.drawn(x, y)
        y += row.height


def height_of(rows: Iterable[Row]) -> float:
    """Height of rows one below the other."""
    return sum(row.height for row in rows)


class TagRow:
    """Places a tag at its own side of the page, and says where the text of its row may stand.

    That is beside the tag, or below it where the tag leaves too little.
    """

    def __init__(self, handout: Handout, style: Style, type_: TypeSize, metrics: Metrics) -> None:
        self.style = style
        tag = handout.tag
        self.tag: Arrow = arrow(tag.words, tag.side, type_, metrics)
        if self.tag.width > style.measure:
            raise PageTooSmall
        self._room = max(arrow(words, tag.side, type_, metrics).width for words in tag.room_for) + _BESIDE
        self._tag_on_the_right = tag.side is AffectedSide.RIGHT
        self.below = style.measure - self._room < _LEAST_BESIDE * style.measure

    @property
    def x(self) -> float:
        """Left edge of the text."""
        if self.below or self._tag_on_the_right:
            return self.style.left
        return self.style.left + self._room

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.style.measure if self.below else self.style.measure - self._room

    def height(self, text: float) -> float:
        """Height of the row with a text of some height."""
        return self.tag.height + 0.5 * _GAP + text if self.below else max(self.tag.height, text)

    def text_y(self, text: float) -> float:
        """Upper edge of the text, from the row's."""
        return self.tag.height + 0.5 * _GAP if self.below else (self.height(text) - text) / 2

    def drawn_tag(self, y: float, text: float) -> tuple[Item, ...]:
        """The tag in a row that begins at y and has a text of some height."""
        x = self.style.right - self.tag.width if self._tag_on_the_right else self.style.left
        y += 0 if self.below else (self.height(text) - self.tag.height) / 2
        return self.tag.drawn(x, y, fill=self.style.template.colours.accent, ink=_WHITE)

    def drawn(self, y: float, rows: Sequence[Row]) -> Iterator[Element]:
        """The tag, and rows beside or below it, in a row that begins at y."""
        text = height_of(rows)
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


def title_block(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """Title, tag, name, date and minutes a day: the head of page 1, and the room below it."""
    type_ = style.template.type
    row = TagRow(handout, style, type_.tag, metrics)
    title = set_text(handout.title, style.measure, type_.title, metrics, Face.BOLD)
    name: Row = TextRow(set_text(handout.own.name, row.width, type_.name, metrics, Face.BOLD))
    if not handout.own.name:
        room = min(_WRITE_NAME, row.width)
        name = BlankRow(handout.name_label, "name", room, type_.name.leading, type_.dose, metrics)
    rows = (name, _Facts(handout, row.width, type_.dose, metrics))
    top = title.height + _GAP
    drawn_title = Element(Role.TITLE, drawn(title, style.left, 0, style.template.colours.ground))
    height = top + row.height(height_of(rows)) + BELOW_HEAD
    return Fragment((drawn_title, *row.drawn(top, rows)), height)


def who_row(handout: Handout, width: float, blank: float, style: Style, metrics: Metrics) -> Row:
    """Name and date, or a line to write the name on: the widths that either may have."""
    type_ = style.template.type.dose
    who = TextRow(set_runs(who_runs(handout), width, type_, metrics))
    return who if who.text.lines else BlankRow(handout.name_label, "name", blank, 1.5 * type_.leading, type_, metrics)


class _Facts:
    """Date and minutes a day; a line to write the date on if it is not known, beside the minutes if there is room."""

    def __init__(self, handout: Handout, width: float, type_: TypeSize, metrics: Metrics) -> None:
        own = handout.own
        words = SEPARATOR.join(filter(None, (own.date, handout.minutes, *(fact.words for fact in own.facts))))
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
        Element(role if element.role is not Role.ARTIFACT else element.role, tuple(_no_field(element.items)))
        for element in fragment.elements
    )
    return Fragment(tuple(elements), fragment.height)


def without_fields(fragment: Fragment) -> Fragment:
    """A head whose lines to write on are on an earlier page, too: drawn and read out, but one form field is enough."""
    elements = (replace(element, items=tuple(_no_field(element.items))) for element in fragment.elements)
    return Fragment(tuple(elements), fragment.height)


def _no_field(items: tuple[Item, ...]) -> Iterator[Item]:
    return (item for item in items if not isinstance(item, WriteIn))


def running_header(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """Tag, name, date and how to tick: the head of every later page, and the room below it."""
    type_ = style.template.type
    row = TagRow(handout, style, type_.running_tag, metrics)
    # A name that is too long for the row gives way to the date: the footer has it, too.
    lines = [set_runs(runs, row.width, type_.dose, metrics) for runs in (who_runs(handout), _date_runs(handout), [])]
    who = TextRow(next(line for line in lines if len(line.lines) <= 1))
    elements = list(row.drawn(0, [who]))
    right, room = row.x + row.width, row.width - who.text.width - _BESIDE
    if hint := hint_in_head(handout, style, room, type_.label.leading, metrics, later=True):
        elements += stacked([hint], right - hint.text.width, row.text_y(hint.height))
    return repeated(Fragment(tuple(elements), row.height(who.height) + BELOW_HEAD), Role.HEADER)


def hint_in_head(
    handout: Handout, style: Style, width: float, height: float, metrics: Metrics, *, later: bool
) -> TextRow | None:
    """The longest line that a block has for a head with so much room, no run of it broken; see `FrontBlock.in_head`."""
    type_ = style.template.type.label
    for line in (line for block in handout.front for line in block.in_head(style, later=later)):
        hint = TextRow(set_runs(line, width, type_, metrics))
        unbroken = all(metrics.width(run.text, run.face) * type_.size <= width for run in line)
        if unbroken and 0 < hint.height <= height:
            return hint
    return None


def who_runs(handout: Handout) -> list[Run]:
    """Name and date in a row, as far as they are known."""
    if not (handout.own.name and handout.own.date):
        return [Run(handout.own.name, Face.BOLD)] if handout.own.name else _date_runs(handout)
    return [Run(handout.own.name, Face.BOLD), Run(SEPARATOR), *_date_runs(handout)]


def _date_runs(handout: Handout) -> list[Run]:
    return [Run(handout.own.date)] if handout.own.date else []


class Footer:
    """The footer of all pages, at most so many: name, side, page; and what is said about review."""

    def __init__(self, handout: Handout, style: Style, metrics: Metrics, most: int) -> None:
        self._most = most
        self._handout = handout
        self._style = style
        self._metrics = metrics
        self._type = style.template.type.label
        self._review = set_text(handout.review, style.measure, self._type, metrics)
        self._room = style.measure - self._review.width - _BESIDE
        longest = self._longest()
        self._stacked = len(longest.lines) > 1 or len(self._review.lines) > 1
        if self._stacked:
            self._room = style.measure
            longest = self._longest()
        lines = longest.height + (self._review.height if self._stacked else 0)
        #: Upper edge: the rule that sets it off.
        self.top = style.footer - lines - 0.3 * self._type.leading

    def _longest(self) -> Paragraph:
        """The left part on the last page and of either side: its height does not depend on the side."""
        of_sides = (self._left(self._most, self._most, words) for words in self._handout.tag.room_for)
        return max(of_sides, key=lambda paragraph: paragraph.height)

    def _left(self, page: int, pages: int, tag: str) -> Paragraph:
        handout = self._handout
        runs = [Run(handout.own.name, Face.BOLD), Run(SEPARATOR)] if handout.own.name else []
        number = handout.page_pattern.format(page=page, pages=pages)
        runs += [Run(unbroken(tag), Face.BOLD), Run(SEPARATOR + unbroken(number))]
        return set_runs(runs, self._room, self._type, self._metrics)

    def on(self, page: int, pages: int) -> tuple[Element, Element]:
        """The footer of one page, counted from 1, and what is the same on all."""
        style, leading = self._style, self._type.leading
        left = self._left(page, pages, self._handout.tag.words)
        # The last line's baseline is the footer's.
        bottom = style.footer + leading - baseline(0, self._type.size, leading)
        review_x = style.left if self._stacked else style.right - self._review.width
        left_y = bottom - left.height - (self._review.height if self._stacked else 0)
        rule = Rule(style.left, self.top, style.right, self.top, 0.5, _HAIRLINE)
        review = drawn(self._review, review_x, bottom - self._review.height, "")
        return Element(Role.FOOTER, (rule, *drawn(left, style.left, left_y, ""))), Element(Role.FOOTER, tuple(review))
