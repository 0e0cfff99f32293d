"""The display list: what stands where. Plain frozen data, comparable in a test without any PDF.

A page is a list of placed fragments. A fragment is a tree of elements, each with its role for readers that hear
the page instead of seeing it; the drawing itself hangs on the elements as items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property

from msgspec import Struct

from pdfbuilder.domain.picture import Picture


class Face(Enum):
    """A cut of the typeface."""

    REGULAR = "regular"
    BOLD = "bold"
    #: Figures with an open zero: a slashed one inside a circle looks like a sign that forbids.
    FIGURES = "figures"

    # By identity, as members are compared: every text is looked up by its face, and Enum's own is none of C's.
    __hash__ = object.__hash__


class Words(Struct, frozen=True):
    """A run of text in one face and colour, `#RRGGBB`; x is its left end, y its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str = "#000000"


class Area(Struct, frozen=True):
    """A filled rectangle, with rounded corners if `radius` is not 0; x, y is the upper left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    radius: float = 0


class Rule(Struct, frozen=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str = "#000000"


class Polygon(Struct, frozen=True):
    """A closed shape, filled, outlined, or both; empty colours draw nothing."""

    points: tuple[tuple[float, float], ...]
    fill: str
    stroke: str = ""
    width: float = 0


class Squares(Struct, frozen=True):
    """Black squares of a chequered ground, in one shape: columns and rows that are filled, from the upper left."""

    x: float
    y: float
    edge: float
    filled: tuple[tuple[int, int], ...]


class Circle(Struct, frozen=True):
    """An outlined circle around x, y."""

    x: float
    y: float
    radius: float
    width: float


class Drawing(Struct, frozen=True):
    """A picture, stretched into a rectangle, left for right if it is mirrored; x, y is the upper left corner."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture
    mirrored: bool


class TickBox(Struct, frozen=True):
    """A box to tick; x, y is the upper left corner of its outer edge.

    Attributes:
        size: outer edge.
        width: width of the line, drawn inside the edge.
        dashed: whether it is an extra.
        called: its text, unique in the handout, is what the box is called as a form field.
        words: what it stands for.
    """

    x: float
    y: float
    size: float
    width: float
    dashed: bool
    called: object
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called as a form field: written out only where there are fields."""
        return str(self.called)

    @property
    def label(self) -> str:
        """What it stands for, in a line."""
        return ", ".join(self.words)


class WriteIn(Struct, frozen=True):
    """A place to write: a form field where the handout can be filled in, nothing on paper; `name` is unique."""

    x: float
    y: float
    width: float
    height: float
    name: str
    label: str


class RadioCircle(Struct, frozen=True):
    """A circle to ring: one of a row, as a form field where the handout can be filled in.

    Attributes:
        radius: of the circle that is drawn beneath, around x, y.
        name: of the row.
        value: this circle's.
        label: what the row asks, in words.
    """

    x: float
    y: float
    radius: float
    name: str
    value: str
    label: str


#: What becomes a field where the handout can be filled in.
FormField = TickBox | WriteIn | RadioCircle


class Link(Struct, frozen=True):
    """A place that opens an address on a screen; what is seen of it is the words of its element, whose role is `LINK`.

    Attributes:
        address: what it opens, in ASCII.
        label: what it is, in words.
    """

    x: float
    y: float
    width: float
    height: float
    address: str
    label: str


Item = Words | Area | Rule | Polygon | Squares | Circle | Drawing | FormField | Link


class Role(Enum):
    """What an element is to a reader that hears the page; the value is the PDF structure type (ISO 32000-1, 14.8.4)."""

    #: Decoration: not read out.
    ARTIFACT = "Artifact"
    #: What stands at the head and the foot of every page: not read out again and again.
    HEADER = "Header"
    FOOTER = "Footer"
    SECTION = "Sect"
    TITLE = "H1"
    HEADING = "H2"
    PARAGRAPH = "P"
    LIST = "L"
    LIST_ITEM = "LI"
    LABEL = "Lbl"
    LIST_BODY = "LBody"
    FIGURE = "Figure"
    #: Has one `Link` among its items.
    LINK = "Link"


class Element(Struct, frozen=True):
    """A node of a fragment: a leaf with what it draws, or its children."""

    role: Role
    items: tuple[Item, ...] = ()
    children: tuple[Element, ...] = ()
    #: What to say instead of the drawing; for figures.
    alternative: str = ""


class Fragment(Struct, frozen=True, eq=False, weakref=True, dict=True):
    """A drawing around its own origin, to be placed on pages; the same object may be placed many times.

    Attributes:
        drawn: its elements, or what draws them when they are asked for: a card is tried in several ways.
        height: how much room it takes, downwards from its origin.
    """

    drawn: tuple[Element, ...] | Callable[[], tuple[Element, ...]]
    height: float

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """What is drawn, in reading order."""
        return self.drawn() if callable(self.drawn) else self.drawn

    @cached_property
    def boxes(self) -> int:
        """How many tick boxes it has."""
        return sum(isinstance(item, TickBox) for item in self.items())

    @cached_property
    def extras(self) -> bool:
        """Whether some of them are dashed."""
        return any(isinstance(item, TickBox) and item.dashed for item in self.items())

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of its places to write."""
        return frozenset(item.name for item in self.items() if isinstance(item, WriteIn))

    @cached_property
    def lowest(self) -> float:
        """How far below its origin its lowest words stand."""
        return max((item.y for item in self.items() if isinstance(item, Words)), default=0.0)

    @cached_property
    def ink(self) -> float:
        """How far below its origin anything is drawn; what is left of its height is blank."""
        return max(map(_bottom, self.items()), default=0.0)

    def leaves(self) -> Iterator[Element]:
        """The elements that draw something, in order."""
        stack = list(reversed(self.elements))
        while stack:
            element = stack.pop()
            if element.items:
                yield element
            stack.extend(reversed(element.children))

    def items(self) -> Iterator[Item]:
        """All that it draws, in order."""
        return (item for leaf in self.leaves() for item in leaf.items)


def _bottom(item: Item) -> float:
    match item:
        case Words():
            return item.y
        case Rule():
            return max(item.y1, item.y2)
        case Polygon():
            return max(y for _, y in item.points)
        case Squares():
            return item.y + (1 + max(row for _, row in item.filled)) * item.edge
        case Circle() | RadioCircle():
            return item.y + item.radius
        case TickBox():
            return item.y + item.size
        case Area() | Drawing() | WriteIn() | Link():
            return item.y + item.height


class Placed(Struct, frozen=True):
    """A fragment with its origin on the page."""

    fragment: Fragment
    x: float
    y: float


class Page(Struct, frozen=True):
    """A sheet's face."""

    width: float
    height: float
    placed: tuple[Placed, ...]


class Pages(Struct, frozen=True):
    """A laid-out handout, and how many tick boxes it has."""

    pages: tuple[Page, ...]
    boxes: int
    #: What the layout had to give up to fit, in words for whoever prints.
    remarks: tuple[str, ...] = ()
