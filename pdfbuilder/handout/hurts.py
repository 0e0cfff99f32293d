"""What the clinic says to do if an exercise hurts: go on, do less, or stop; each under a sign of its own."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin
from typing import ClassVar, Final

from msgspec import Struct

from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.lines import heading, wrapped
from pdfbuilder.handout.signs import tick
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Circle, Element, Face, Fragment, Item, Polygon, Role
from pdfbuilder.layout.core.metrics import CAP_HEIGHT, Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import Paragraph, centred, drawn, set_text
from pdfbuilder.units import MM

#: Size of the heading, as a part of the text's, and its leading.
_HEADING: Final = 4 / 3
_LEADING: Final = 1.3
#: Across a sign, and from its left edge to the words.
_SIGN: Final = 8 * MM
_INDENT: Final = 11 * MM
#: Width of a ring.
_RING: Final = 1.4
#: A column narrower than this many ems is no column: the answers stand one below the other then.
_NARROWEST: Final = 14
#: Between two of them then, and between two columns.
_BETWEEN: Final = 2 * MM
#: Above and below it.
_ABOVE: Final = 3 * MM
_BELOW: Final = 4 * MM
_BLACK: Final = "#000000"
_WHITE: Final = "#FFFFFF"


class HurtsBlock(FrontBlock, frozen=True):
    """If it hurts: a condition and what to do, for going on, doing less and stopping."""

    in_each_part: ClassVar[bool] = False

    title: str
    answers: tuple[tuple[str, str], ...]

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """The heading, and the answers in columns or one below the other."""
        yield bench.reuse(_fragment, self, bench.style, bench.metrics)

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        yield from ("", *heading(self.title, "-"))
        for condition, do in self.answers:
            yield from wrapped(f"{condition} {do}", first="  - ", rest="    ")


class _Cell(Struct, frozen=True):
    """An answer, set."""

    condition: Paragraph
    do: Paragraph

    @property
    def height(self) -> float:
        return max(_SIGN, self.condition.height + self.do.height)


def _fragment(block: HurtsBlock, style: Style, metrics: Metrics) -> Fragment:
    type_ = style.template.type.safety
    size = _HEADING * type_.size
    title = set_text(block.title, style.measure, TypeSize(size, _LEADING * size), metrics, Face.BOLD)
    elements = [Element(Role.HEADING, drawn(title, style.left, _ABOVE, ""))]
    count = len(block.answers)
    in_columns = style.measure / count >= _NARROWEST * type_.size
    width = style.measure / count if in_columns else style.measure
    cells = []
    for condition, do in block.answers:
        room = width - _INDENT - (_BETWEEN if in_columns else 0)
        cells.append(
            _Cell(
                set_text(condition, room, type_, metrics, Face.BOLD),
                set_text(do, room, type_, metrics),
            )
        )
    y = bottom = _ABOVE + title.height
    for index, cell in enumerate(cells):
        x = style.left + (index * width if in_columns else 0)
        top = y + max(0, (_SIGN - cell.condition.height - cell.do.height) / 2)
        sign = _sign(index, x + _SIGN / 2, y + _SIGN / 2, metrics)
        words = (
            *drawn(cell.condition, x + _INDENT, top, ""),
            *drawn(cell.do, x + _INDENT, top + cell.condition.height, ""),
        )
        elements += [Element(Role.ARTIFACT, sign), Element(Role.PARAGRAPH, words)]
        bottom = max(bottom, y + cell.height)
        if not in_columns:
            y = bottom + _BETWEEN
    return Fragment(tuple(elements), bottom + _BELOW)


def _sign(rank: int, x: float, y: float, metrics: Metrics) -> tuple[Item, ...]:
    """Around x, y a ring with a tick, one with a half in it, and for stopping a black octagon with a white square."""
    if rank == 0:
        return (_ring(x, y), tick(x, y, _SIGN / 2, _BLACK))
    if rank == 1:
        size = 0.5 * _SIGN
        return (_ring(x, y), centred("½", x, y + CAP_HEIGHT * size / 2, Face.BOLD, size, metrics))
    radius, half = _SIGN / 2 / cos(pi / 8), 0.17 * _SIGN
    angles = [pi / 8 + index * pi / 4 for index in range(8)]
    corners = tuple((x + radius * cos(angle), y + radius * sin(angle)) for angle in angles)
    return (Polygon(corners, _BLACK), Area(x - half, y - half, 2 * half, 2 * half, _WHITE))


def _ring(x: float, y: float) -> Circle:
    return Circle(x, y, (_SIGN - _RING) / 2, _RING)


def hurts_block(plan: Plan, language: Language) -> HurtsBlock | None:
    """What the clinic of a plan says to do if it hurts, if it says so."""
    said = plan.clinic and plan.clinic.if_it_hurts
    if not said:
        return None
    answers = tuple((_ended(each.condition), each.do) for each in (said.go_on, said.less, said.stop))
    return HurtsBlock(language.messages.if_it_hurts, answers)


def _ended(condition: str) -> str:
    """A condition with a colon: what to do follows it."""
    return condition if condition[-1:] in ":?" else f"{condition.rstrip('.')}:"
