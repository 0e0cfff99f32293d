"""The side as a shape: an arrow that points to its own side of the page, large on page 1, small on a card."""

from __future__ import annotations

from msgspec import Struct

from pdfbuilder.domain.side import AffectedSide, Side
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.layout.core.display import Face, Item, Polygon, Words
from pdfbuilder.layout.core.metrics import Metrics, baseline

#: Depth of the arrow's head, as a part of the tag's height.
_HEAD = 0.36
#: Room between the text and a straight end.
_PAD = 0.34
#: Room between the text and the foot of an arrow's head.
_PAD_AT_HEAD = 0.14


class Arrow(Struct, frozen=True):
    """A tag before it has a place: it points to some sides, or to none; its type's leading is its height."""

    text: str
    points: frozenset[Side]
    type: TypeSize
    width: float

    @property
    def height(self) -> float:
        """Of the whole tag."""
        return self.type.leading

    def drawn(self, x: float, y: float, *, fill: str, ink: str, stroke: float = 0) -> tuple[Item, ...]:
        """The tag with its upper left corner at x, y; `ink` is the colour of its text and of its outline, if any."""
        inset = stroke / 2
        left, right, top, bottom = x + inset, x + self.width - inset, y + inset, y + self.height - inset
        middle, head = y + self.height / 2, _HEAD * self.height
        points: list[tuple[float, float]] = []
        if Side.LEFT in self.points:
            points += [(left + head, bottom), (left, middle), (left + head, top)]
        else:
            points += [(left, bottom), (left, top)]
        if Side.RIGHT in self.points:
            points += [(right - head, top), (right, middle), (right - head, bottom)]
        else:
            points += [(right, top), (right, bottom)]
        words = Words(
            x + _room(Side.LEFT in self.points, self.height),
            baseline(y, self.type.size, self.type.leading),
            self.text,
            Face.BOLD,
            self.type.size,
            ink,
        )
        return (Polygon(tuple(points), fill, ink if stroke else "", stroke), words)


def _room(head: bool, height: float) -> float:
    return (_HEAD + _PAD_AT_HEAD if head else _PAD) * height


def arrow(text: str, side: Side | AffectedSide | None, type_: TypeSize, metrics: Metrics) -> Arrow:
    """A tag for a side; a plain box for none."""
    if side is AffectedSide.BOTH:
        points = frozenset(Side)
    else:
        points = frozenset() if side in (None, AffectedSide.NONE) else frozenset({Side(side.value)})
    width = metrics.width(text, Face.BOLD) * type_.size
    width += sum(_room(end in points, type_.leading) for end in Side)
    return Arrow(text, points, type_, width)
