"""What every page has: the bar down the side's edge, the header with name, date and side, and the footer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pdfbuilder.domain.dose import Tick
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import Handout, SideTag
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Role, Rule, Words, WriteIn
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.tag import Arrow, arrow
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, Run, drawn, note_runs, set_runs, set_text
from pdfbuilder.units import MM

#: The bar down the edge: its width, and its distance from the content.
_BAR, _BAR_AWAY = 3 * MM, 8 * MM
#: A printer may not reach the outermost millimetres.
_REACH = 4 * MM
#: Between a tag and the text beside it, and between two texts in a row.
_BESIDE = 6 * MM
#: Text stands beside a tag where that leaves at least so much of the width.
_LEAST_BESIDE = 0.4
#: Between title and tag, and below the header.
_GAP, BELOW_HEAD = 4.5 * MM, 5 * MM
#: Width of a line to write a name on, or a date; how heavy the line is.
_WRITE_NAME, _WRITE_DATE, _WRITE_LINE = 68 * MM, 40 * MM, 0.8
#: The bar beside the word to the person, and where that begins.
_NOTE_BAR, _NOTE_INDENT = 1.2 * MM, 4 * MM
#: Below it at the foot of a page.
_BELOW_SIGNED = 2.5 * MM
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


class Header:
    """Places a tag at its own side of the page, and says where the text of its row may stand.

    That is beside the tag, or below it where the tag leaves too little.
    """

    def __init__(self, handout: Handout, style: Style, type_: TypeSize, metrics: Metrics) -> None:
        self.handout = handout
        self.style = style
        self.metrics = metrics
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


def title_block(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """Title, tag, name, date and minutes a day: the head of page 1, and the room below it."""
    type_ = style.template.type
    header = Header(handout, style, type_.tag, metrics)
    title = set_text(handout.title, style.measure, type_.title, metrics, Face.BOLD)
    name = set_text(handout.own.name, header.width, type_.name, metrics, Face.BOLD)
    name_height = name.height if handout.own.name else type_.name.leading
    facts = _Facts(handout, header, metrics)
    text = name_height + facts.height
    top = title.height + _GAP
    y = top + header.text_y(text)
    room = min(_WRITE_NAME, header.width)
    blank = write_in(handout.name_label, "name", header.x, y, room, name_height, type_.dose, metrics)
    elements = (
        Element(Role.TITLE, drawn(title, style.left, 0, style.template.colours.ground)),
        Element(Role.PARAGRAPH, header.drawn_tag(top, text)),
        Element(Role.PARAGRAPH, drawn(name, header.x, y, "") if handout.own.name else blank),
        *(Element(Role.PARAGRAPH, items) for items in facts.drawn(y + name_height)),
    )
    return Fragment(elements, top + header.height(text) + BELOW_HEAD)


def note_block(handout: Handout, style: Style, metrics: Metrics, *, signed: bool = False) -> Fragment:
    """The word to the person beside a bar in one piece, and the room below it; nothing without one.

    Args:
        handout: whose it is.
        style: the page.
        metrics: measures.
        signed: whether what stands beside the date elsewhere, such as the therapist's name, stands here.
    """
    text = _note(handout, style, metrics, signed=signed)
    return _beside_bar(text, style, _BELOW_SIGNED if signed else BELOW_HEAD) if text.lines else Fragment((), 0)


def note_blocks(handout: Handout, style: Style, room: float, metrics: Metrics) -> Iterator[Fragment]:
    """The word to the person as `note_block` has it, in as many parts as it takes.

    Args:
        handout: whose it is.
        style: the page.
        room: height of a page's content.
        metrics: measures.
    """
    text = _note(handout, style, metrics, signed=False)
    most = max(1, int((room - BELOW_HEAD) // text.type.leading))
    for first in range(0, len(text.lines), most):
        yield _beside_bar(Paragraph(text.lines[first : first + most], text.type), style, BELOW_HEAD)


def _note(handout: Handout, style: Style, metrics: Metrics, *, signed: bool) -> Paragraph:
    runs = list(note_runs(handout.own.note)) if handout.own.note else []
    for fact in handout.own.facts if signed else ():
        runs.append(Run(SEPARATOR + fact.words if runs else fact.words))
    return set_runs(runs, style.measure - _NOTE_INDENT, style.template.type.dose, metrics)


def _beside_bar(text: Paragraph, style: Style, below: float) -> Fragment:
    mark = Area(style.left, 0, _NOTE_BAR, text.height, style.template.colours.accent)
    elements = (
        Element(Role.ARTIFACT, (mark,)),
        Element(Role.PARAGRAPH, drawn(text, style.left + _NOTE_INDENT, 0, style.template.colours.ground)),
    )
    return Fragment(elements, text.height + below)


class _Facts:
    """Date and minutes a day; a line to write the date on if it is not known, beside the minutes if there is room."""

    def __init__(self, handout: Handout, header: Header, metrics: Metrics) -> None:
        self._handout = handout
        self._header = header
        self._metrics = metrics
        self._type = header.style.template.type.dose
        self._blank = 0.0 if handout.own.date else min(_WRITE_DATE, header.width)
        facts = (handout.own.date, handout.minutes, *(fact.words for fact in handout.own.facts))
        words = SEPARATOR.join(filter(None, facts))
        beside = set_text(words, header.width - self._blank - _GAP, self._type, metrics)
        self._in_a_row = not handout.own.date and len(beside.lines) == 1
        self._words = beside if self._in_a_row else set_text(words, header.width, self._type, metrics)
        #: Of all rows.
        self.height = self._words.height if handout.own.date or self._in_a_row else self._words.height + self._row

    @property
    def _row(self) -> float:
        return 1.4 * self._type.leading

    def drawn(self, y: float) -> Iterator[tuple[Item, ...]]:
        """The facts from y down."""
        x = self._header.x
        if self._blank:
            height = self._type.leading if self._in_a_row else self._row
            label = self._handout.date_label
            yield write_in(label, "date", x, y, self._blank, height, self._type, self._metrics)
            if self._in_a_row:
                x += self._blank + _GAP
            else:
                y += height
        yield drawn(self._words, x, y, "")


def write_in(
    label: str, name: str, x: float, y: float, width: float, height: float, type_: TypeSize, metrics: Metrics
) -> tuple[Item, ...]:
    """A label and a line to write on.

    Args:
        label: what to write.
        name: of the form field.
        x: left end.
        y: upper edge.
        width: of label and line together.
        height: of the row.
        type_: of the label.
        metrics: measures.
    """
    base = baseline(y, type_.size, height)
    start = x + metrics.width(f"{label} ", Face.REGULAR) * type_.size
    return (
        Words(x, base, label, Face.REGULAR, type_.size),
        Rule(start, base + 2, x + width, base + 2, _WRITE_LINE),
        WriteIn(start, base + 2 - 1.3 * type_.size, x + width - start, 1.3 * type_.size, name, label),
    )


def repeated(fragment: Fragment, role: Role) -> Fragment:
    """What stands on later pages again: seen there, but neither read out nor filled in once more.

    Args:
        fragment: with leaves only.
        role: as what it is repeated, header or footer.
    """
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
    header = Header(handout, style, type_.running_tag, metrics)
    # A name that is too long for the row gives way to the date: the footer has it, too.
    lines = [set_runs(runs, header.width, type_.dose, metrics) for runs in (who_runs(handout), _date_runs(handout), [])]
    who = next(line for line in lines if len(line.lines) <= 1)
    y = header.text_y(who.height)
    elements = [
        Element(Role.HEADER, header.drawn_tag(0, who.height)),
        Element(Role.HEADER, drawn(who, header.x, y, "")),
    ]
    hint = set_text(tick_hint(handout, style), style.measure, type_.label, metrics)
    if who.width + _BESIDE + hint.width <= header.width and len(hint.lines) == 1:
        hint_y = header.text_y(hint.height)
        elements.append(Element(Role.HEADER, drawn(hint, header.x + header.width - hint.width, hint_y, "")))
    return Fragment(tuple(elements), header.height(who.height) + BELOW_HEAD)


def tick_hint(handout: Handout, style: Style) -> str:
    """How to tick; nothing where boxes stand for more than a repetition, and each card says for what."""
    return handout.tick if style.template.boxes.tick.tick is Tick.REP else ""


def who_runs(handout: Handout) -> list[Run]:
    """Name and date in a row, as far as they are known."""
    if not (handout.own.name and handout.own.date):
        return [Run(handout.own.name, Face.BOLD)] if handout.own.name else _date_runs(handout)
    return [Run(handout.own.name, Face.BOLD), Run(SEPARATOR), *_date_runs(handout)]


def _date_runs(handout: Handout) -> list[Run]:
    return [Run(handout.own.date)] if handout.own.date else []


class Footer:
    """The footer of all pages: name, side, page; and what is said about review.

    Args:
        handout: whose it is.
        style: the page.
        metrics: measures.
        most: how many pages it has room for.
    """

    def __init__(self, handout: Handout, style: Style, metrics: Metrics, most: int) -> None:
        self._most = most
        self._handout = handout
        self._style = style
        self._metrics = metrics
        self._type = style.template.type.label
        self._review = set_text(handout.review, style.measure, self._type, metrics)
        self._room = style.measure - self._review.width - _BESIDE
        self._stacked = len(self._longest().lines) > 1 or len(self._review.lines) > 1
        if self._stacked:
            self._room = style.measure
        lines = self._longest().height + (self._review.height if self._stacked else 0)
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
        runs += [Run(_in_one_piece(tag), Face.BOLD), Run(SEPARATOR + _in_one_piece(number))]
        return set_runs(runs, self._room, self._type, self._metrics)

    def on(self, page: int, pages: int) -> Element:
        """The footer of one page, counted from 1."""
        style, leading = self._style, self._type.leading
        left = self._left(page, pages, self._handout.tag.words)
        # The last line's baseline is the footer's.
        bottom = style.footer + leading - baseline(0, self._type.size, leading)
        review_x = style.left if self._stacked else style.right - self._review.width
        left_y = bottom - left.height - (self._review.height if self._stacked else 0)
        items = (
            Rule(style.left, self.top, style.right, self.top, 0.5, _HAIRLINE),
            *drawn(left, style.left, left_y, ""),
            *drawn(self._review, review_x, bottom - self._review.height, ""),
        )
        return Element(Role.FOOTER, items)


def _in_one_piece(words: str) -> str:
    """The words with spaces that do not break."""
    return words.replace(" ", "\u00a0")
