"""A canvas that draws fragments, each around its own origin.

A tick box, and nothing else on a page, is the rectangle operator `re`, filled and stroked in one go: whoever counts
them counts the boxes. All other shapes are paths of lines and curves.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from msgspec import Struct
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.pdfgen.textobject import PDFTextObject

from pdfbuilder.domain.picture import Picture, PictureKind
from pdfbuilder.layout.core import display
from pdfbuilder.layout.core.display import FormField, Fragment, Item, Link, TickBox, Words
from pdfbuilder.pdf.fonts import Use, stretches
from pdfbuilder.pdf.internals import NON_ZERO, BlankCanvas
from pdfbuilder.pdf.structure import ARTIFACTS

#: Dash and gap of an optional box, in points; stretched a little so that every corner is the middle of a dash.
_DASH, _GAP = 2.0, 1.55

#: The parts of the graphics state that are kept in mind.
_STATE: Final = ("fill", "stroke", "width", "dash")
_State = tuple[object, ...]
_UNKNOWN: Final[_State] = (None,) * len(_STATE)
#: Groups of items that are kept for other fragments.
_MOST_KEPT: Final = 1024
#: Stands for a number of marked content; no operator has it.
_HOLE: Final = "\0"


class Drawn(Struct, frozen=True, eq=False, weakref=True):
    """A fragment as operators.

    Attributes:
        chunks: the operators; a marked-content number goes between every two of them.
        uses: the characters it needs.
        pictures: what it shows, by key.
        fields: what can be filled in, where the fragment is a form.
        links: what opens an address, each with the index of its marked content.
    """

    chunks: tuple[bytes, ...]
    uses: frozenset[Use]
    pictures: dict[str, Picture]
    fields: tuple[FormField, ...]
    links: tuple[tuple[int, Link], ...]

    @property
    def marks(self) -> int:
        """How many marked contents it has."""
        return len(self.chunks) - 1


class _Part(Struct, frozen=True, eq=False):
    """What some items came to: operators, the state after them, and what `Drawn` has of them."""

    operators: tuple[str, ...]
    state: _State
    uses: frozenset[Use]
    pictures: dict[str, Picture]
    fields: tuple[FormField, ...]


class _Path(PDFPathObject):
    """A path at a precision of 1/100 point, whatever shapes it is made of."""

    def moveTo(self, x: float, y: float) -> None:  # noqa: N802
        super().moveTo(_near(x), _near(y))

    def lineTo(self, x: float, y: float) -> None:  # noqa: N802
        super().lineTo(_near(x), _near(y))

    def curveTo(self, *points: float) -> None:  # noqa: N802
        super().curveTo(*map(_near, points))

    def rect(self, *edges: float) -> None:
        super().rect(*map(_near, edges))


class _Polygon(_Path):
    """Straight lines from point to point and back to the first."""

    def __init__(self, *points: tuple[float, float]) -> None:
        super().__init__()
        self.moveTo(*points[0])
        for point in points[1:]:
            self.lineTo(*point)
        self.close()


class Pen(BlankCanvas):
    """Draws fragments, one after another."""

    def __init__(self) -> None:
        super().__init__()
        #: What is made is kept: a tag or a title is the same on many sheets.
        self._part = lru_cache(maxsize=_MOST_KEPT)(self._drawn)

    def draw(self, fragment: Fragment) -> Drawn:
        """Write the operators of a fragment."""
        lines: list[str] = []
        parts: list[_Part] = []
        links: list[tuple[int, Link]] = []
        marks = 0
        state = _UNKNOWN
        for element in fragment.leaves():
            parts.append(self._part(element.items, state))
            state = parts[-1].state
            start = ARTIFACTS.get(element.role, f"/{element.role.value} <</MCID {_HOLE}>> BDC")
            links += [(marks, item) for item in element.items if isinstance(item, Link)]
            marks += element.role not in ARTIFACTS
            lines += (start, *parts[-1].operators, "EMC")
        return Drawn(
            tuple("\n".join(lines).encode("ascii").split(_HOLE.encode("ascii"))),
            frozenset[Use]().union(*(part.uses for part in parts)),
            {key: picture for part in parts for key, picture in part.pictures.items()},
            tuple(field for part in parts for field in part.fields),
            tuple(links),
        )

    def _drawn(self, items: tuple[Item, ...], before: _State) -> _Part:
        """Draw items after others that have left the graphics state like this."""
        self.wipe()
        self._state = dict(zip(_STATE, before, strict=True))
        self._uses: set[Use] = set()
        self._pictures: dict[str, Picture] = {}
        self._fields: list[FormField] = []
        self._items(items)
        after = tuple(self._state[each] for each in _STATE)
        return _Part(tuple(self.operators), after, frozenset(self._uses), self._pictures, tuple(self._fields))

    def _items(self, items: tuple[Item, ...]) -> None:
        for are_words, group in groupby(items, lambda item: isinstance(item, Words)):
            if are_words:
                self._words([item for item in group if isinstance(item, Words)])
            else:
                for item in group:
                    self._item(item)

    # ------------------------------------------------------------------ drawing

    def _item(self, item: Item) -> None:
        match item:
            case TickBox():
                self._tick_box(item)
            case display.Area():
                self._area(item)
            case display.Rule():
                self._line(item.colour, item.width)
                self.line(_near(item.x1), _near(-item.y1), _near(item.x2), _near(-item.y2))
            case display.Polygon():
                self._polygon(item)
            case display.Squares():
                self._squares(item)
            case display.Circle():
                self._line("#000000", item.width)
                path = _Path()
                path.circle(item.x, -item.y, item.radius)
                path.close()
                self.drawPath(path)
            case display.Drawing():
                self._drawing(item)
            case display.WriteIn() | display.RadioCircle():
                self._fields.append(item)
            case Link():
                pass  # only its words are seen

    def _words(self, items: Sequence[Words]) -> None:
        text = self.beginText(_near(items[0].x), _near(-items[0].y))
        font: tuple[str, float] | None = None
        for index, item in enumerate(items):
            if index:
                text.setTextOrigin(_near(item.x), _near(-item.y))
            self._fill(item.colour, text)
            for stretch in stretches(item.text, item.face):
                self._uses |= stretch.uses
                if font != (stretch.font.fontName, item.size):
                    font = (stretch.font.fontName, item.size)
                    text.setFont(*font)
                text.textOut(stretch.text)
        self.drawText(text)

    def _tick_box(self, item: TickBox) -> None:
        edge = item.size - item.width
        self._fill("#FFFFFF", self)
        self._line("#000000", item.width, _dash(edge) if item.dashed else ())
        path = _Path()
        path.rect(item.x + item.width / 2, -item.y - item.size + item.width / 2, edge, edge)
        self.drawPath(path, stroke=1, fill=1, fillMode=NON_ZERO)
        self._fields.append(item)

    def _area(self, item: display.Area) -> None:
        self._fill(item.colour, self)
        left, right, top, bottom = item.x, item.x + item.width, -item.y, -item.y - item.height
        path = _Path() if item.radius else _Polygon((left, top), (right, top), (right, bottom), (left, bottom))
        if item.radius:
            path.roundRect(left, bottom, item.width, item.height, item.radius)
        self.drawPath(path, stroke=0, fill=1)

    def _polygon(self, item: display.Polygon) -> None:
        if item.fill:
            self._fill(item.fill, self)
        if item.stroke:
            self._line(item.stroke, item.width)
        path = _Polygon(*[(x, -y) for x, y in item.points])
        self.drawPath(path, stroke=int(bool(item.stroke)), fill=int(bool(item.fill)))

    def _squares(self, item: display.Squares) -> None:
        """One path, so that no hairline stands between two neighbours."""
        self._fill("#000000", self)
        path = _Path()
        # Those side by side in one go: from one to the next column and place are as far from each other.
        for (_, row), run in groupby(enumerate(item.filled), lambda each: (each[0] - each[1][0], each[1][1])):
            columns = [column for _, (column, _) in run]
            left, right = item.x + columns[0] * item.edge, item.x + (columns[-1] + 1) * item.edge
            top, bottom = -item.y - row * item.edge, -item.y - (row + 1) * item.edge
            path.moveTo(left, top)
            path.lineTo(right, top)
            path.lineTo(right, bottom)
            path.lineTo(left, bottom)
            path.close()
        self.drawPath(path, stroke=0, fill=1, fillMode=NON_ZERO)

    def _drawing(self, item: display.Drawing) -> None:
        self._pictures[item.picture.key] = item.picture
        across, left = (-item.width, item.x + item.width) if item.mirrored else (item.width, item.x)
        # A drawing's unit square has y downwards, the square of pixels upwards.
        up, bottom = item.height, -item.y - item.height
        if item.picture.kind is PictureKind.DRAWING:
            up, bottom = -up, -item.y
        self.saveState()
        self.transform(_near(across), 0, 0, _near(up), _near(left), _near(bottom))
        self.doForm(item.picture.key)
        self.restoreState()

    # ------------------------------------------------------------------ graphics state

    def _fill(self, colour: str, on: Pen | PDFTextObject) -> None:
        if self._is_new("fill", colour):
            set_fill(on, colour)

    def _line(self, colour: str, width: float, dash: tuple[float, ...] = ()) -> None:
        if self._is_new("stroke", colour):
            set_stroke(self, colour)
        if self._is_new("width", width):
            self.setLineWidth(_near(width))
        if self._is_new("dash", dash):
            self.setDash(dash[:2], dash[2] if dash else 0)

    def _is_new(self, key: str, value: object) -> bool:
        """Whether a part of the state changes; ReportLab would set it to what it is, again and again."""
        if self._state[key] == value:
            return False
        self._state[key] = value
        return True


def set_fill(on: BlankCanvas | PDFTextObject, colour: str) -> None:
    """Fill with a colour, `#RRGGBB`."""
    red, green, blue = _channels(colour)
    if red == green == blue:
        on.setFillGray(red)
    else:
        on.setFillColorRGB(red, green, blue)


def set_stroke(on: BlankCanvas, colour: str) -> None:
    """Draw lines in a colour, `#RRGGBB`."""
    red, green, blue = _channels(colour)
    if red == green == blue:
        on.setStrokeGray(red)
    else:
        on.setStrokeColorRGB(red, green, blue)


@lru_cache(maxsize=256)
def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (round(int(colour[index : index + 2], 16) / 255, 3) for index in (1, 3, 5))
    return red, green, blue


def _near(value: float) -> float:
    """A place at a precision of 1/100 point."""
    return round(value, 2)


def _dash(edge: float) -> tuple[float, float, float]:
    """Dash, gap and phase that repeat a whole number of times along an edge and begin in the middle of a dash."""
    period = edge / max(1, round(edge / (_DASH + _GAP)))
    dash = period * _DASH / (_DASH + _GAP)
    return round(dash, 3), round(period - dash, 3), round(dash / 2, 3)
