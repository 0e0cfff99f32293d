"""Drawing operators (ISO 32000-1, 8 and 9) for a fragment, around its own origin.

A tick box, and nothing else on a page, is the rectangle operator `re`, filled and stroked in one go: whoever counts
them counts the boxes. All other shapes are paths of lines and curves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from pdfbuilder.domain.picture import Picture, PictureKind
from pdfbuilder.layout.core.display import (
    Area,
    Choice,
    Circle,
    Drawing,
    Element,
    Fragment,
    Item,
    Polygon,
    Role,
    Rule,
    TickBox,
    Words,
    WriteIn,
)
from pdfbuilder.pdf.fonts import Fonts, Portion
from pdfbuilder.pdf.structure import Branch, Elements, Leaf, elements

#: From the middle of an arc's end to its control point, for a quarter circle of radius 1.
_ARC: Final = 0.5523

#: Dash and gap of an optional box, in points; stretched a little so that every corner is the middle of a dash.
_DASH, _GAP = 2.0, 1.55


#: How content that is not read out begins (ISO 32000-1, 14.8.2.2).
_ARTIFACTS: Final = {
    Role.ARTIFACT: "/Artifact BMC",
    Role.HEADER: "/Artifact <</Type/Pagination/Subtype/Header/Attached [/Top]>> BDC",
    Role.FOOTER: "/Artifact <</Type/Pagination/Subtype/Footer/Attached [/Bottom]>> BDC",
}


class Compiled(Struct, frozen=True, eq=False, weakref=True, dict=True):
    """A fragment as operators.

    Attributes:
        chunks: the operators; a marked-content number goes between every two of them.
        elements: of the document's structure, with a leaf for each of those numbers, in order.
        portions: the font portions it needs.
        rare: characters that it needs of portions that are not embedded whole.
        pictures: what it shows, by key.
        fields: what can be filled in, where the fragment is a form.
    """

    chunks: tuple[bytes, ...]
    elements: Elements
    portions: frozenset[Portion]
    rare: frozenset[tuple[Portion, int]]
    pictures: dict[str, Picture]
    fields: tuple[TickBox | WriteIn | Choice, ...]


def number(value: float) -> str:
    """A number as short as it can be written at a precision of 1/100 point."""
    text = f"{value:.2f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def colour(value: str, operator: str) -> str:
    """Operands and operator for a colour; `g` or `G` for greys, `rg` or `RG` for the rest."""
    channels = [int(value[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    if channels[0] == channels[1] == channels[2]:
        return f"{channels[0]:.3g} {operator}"
    wide = "rg" if operator == "g" else "RG"
    return f"{' '.join(f'{channel:.3g}' for channel in channels)} {wide}"


def escaped(codes: bytes) -> bytes:
    """A literal string's inside (ISO 32000-1, 7.3.4.2)."""
    return codes.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def compile_fragment(fragment: Fragment, fonts: Fonts) -> Compiled:
    """Write the operators of a fragment."""
    writer = _Writer(fonts)
    structure = tuple(branch for element in fragment.elements for branch in writer.element(element))
    return Compiled(
        chunks=(*writer.chunks, b"\n".join(writer.lines)),
        elements=elements(structure),
        portions=frozenset(writer.portions),
        rare=frozenset(writer.rare),
        pictures=writer.pictures,
        fields=tuple(writer.fields),
    )


class _Writer:
    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.chunks: list[bytes] = []
        self.lines: list[bytes] = []
        self.portions: set[Portion] = set()
        self.rare: set[tuple[Portion, int]] = set()
        self.pictures: dict[str, Picture] = {}
        self.fields: list[TickBox | WriteIn | Choice] = []
        self.state: dict[str, str] = {}

    # ------------------------------------------------------------------ structure

    def element(self, element: Element) -> Iterator[Branch | Leaf]:
        if element.children:
            inside = tuple(part for child in element.children for part in self.element(child))
            yield Branch(element.role, inside, element.alternative)
        elif element.role in _ARTIFACTS:
            if element.items:
                self.write(_ARTIFACTS[element.role])
                self.items(element.items)
                self.write("EMC")
        elif element.items:
            self.write(f"/{element.role.value} <</MCID ")
            self.chunks.append(b"\n".join(self.lines))
            self.lines = [b">> BDC"]
            self.items(element.items)
            self.write("EMC")
            yield Leaf(element.role, element.alternative)

    # ------------------------------------------------------------------ drawing

    def write(self, line: str) -> None:
        self.lines.append(line.encode("ascii"))

    def set(self, key: str, operation: str) -> None:
        """Set a part of the graphics state, unless it is so already."""
        if self.state.get(key) != operation:
            self.state[key] = operation
            self.write(operation)

    def items(self, items: tuple[Item, ...]) -> None:
        for item in items:
            match item:
                case Words():
                    self.words(item)
                case TickBox():
                    self.tick_box(item)
                case Area():
                    self.area(item)
                case Rule():
                    self.rule(item)
                case Polygon():
                    self.polygon(item)
                case Circle():
                    self.circle(item)
                case Drawing():
                    self.drawing(item)
                case WriteIn() | Choice():
                    self.fields.append(item)

    def words(self, item: Words) -> None:
        self.set("fill", colour(item.colour, "g"))
        line = bytearray(f"BT {number(item.x)} {number(-item.y)} Td".encode("ascii"))
        for part in self.fonts.encode(item.text, item.face):
            self.portions.add(part.portion)
            if not part.portion.is_common:
                self.rare |= {(part.portion, ord(char)) for char in part.text}
            font = f"/{part.portion.name} {number(item.size)} Tf"
            if self.state.get("font") != font:
                self.state["font"] = font
                line += b" " + font.encode("ascii")
            line += b" (" + escaped(part.codes) + b") Tj"
        self.lines.append(bytes(line + b" ET"))

    def tick_box(self, item: TickBox) -> None:
        self.set("fill", colour("#FFFFFF", "g"))
        self.set("stroke", colour("#000000", "G"))
        self.set("width", f"{number(item.width)} w")
        edge = item.size - item.width
        self.set("dash", _dash(edge) if item.dashed else "[] 0 d")
        x, y = item.x + item.width / 2, -item.y - item.size + item.width / 2
        self.write(f"{number(x)} {number(y)} {number(edge)} {number(edge)} re B")
        self.fields.append(item)

    def area(self, item: Area) -> None:
        self.set("fill", colour(item.colour, "g"))
        left, right, top, bottom = item.x, item.x + item.width, -item.y, -item.y - item.height
        if item.radius:
            self.write(rounded(left, right, top, bottom, item.radius))
        else:
            self.write(_path(((left, top), (right, top), (right, bottom), (left, bottom))))
        self.write("f")

    def rule(self, item: Rule) -> None:
        self.set("stroke", colour(item.colour, "G"))
        self.set("width", f"{number(item.width)} w")
        self.set("dash", "[] 0 d")
        self.write(f"{number(item.x1)} {number(-item.y1)} m {number(item.x2)} {number(-item.y2)} l S")

    def polygon(self, item: Polygon) -> None:
        if item.fill:
            self.set("fill", colour(item.fill, "g"))
        if item.stroke:
            self.set("stroke", colour(item.stroke, "G"))
            self.set("width", f"{number(item.width)} w")
            self.set("dash", "[] 0 d")
        self.write(_path(tuple((x, -y) for x, y in item.points)))
        self.write({(True, True): "B", (True, False): "f", (False, True): "S"}[bool(item.fill), bool(item.stroke)])

    def drawing(self, item: Drawing) -> None:
        self.pictures[item.picture.key] = item.picture
        across, left = (-item.width, item.x + item.width) if item.mirrored else (item.width, item.x)
        # A drawing's unit square has y downwards, the square of pixels upwards.
        up, bottom = item.height, -item.y - item.height
        if item.picture.kind is PictureKind.DRAWING:
            up, bottom = -up, -item.y
        self.write(f"q {number(across)} 0 0 {number(up)} {number(left)} {number(bottom)} cm /{item.picture.key} Do Q")

    def circle(self, item: Circle) -> None:
        self.set("stroke", colour("#000000", "G"))
        self.set("width", f"{number(item.width)} w")
        self.set("dash", "[] 0 d")
        x, y, r = item.x, -item.y, item.radius
        self.write(rounded(x - r, x + r, y + r, y - r, r))
        self.write("S")


def _dash(edge: float) -> str:
    """A dash pattern that repeats a whole number of times along an edge and begins in the middle of a dash."""
    period = edge / max(1, round(edge / (_DASH + _GAP)))
    dash = period * _DASH / (_DASH + _GAP)
    return f"[{dash:.3f} {period - dash:.3f}] {dash / 2:.3f} d"


def _path(points: tuple[tuple[float, float], ...]) -> str:
    operators = ["m"] + ["l"] * (len(points) - 1)
    steps = [f"{number(x)} {number(y)} {operator}" for (x, y), operator in zip(points, operators, strict=True)]
    return " ".join([*steps, "h"])


def rounded(left: float, right: float, top: float, bottom: float, radius: float) -> str:
    """A rectangle with round corners; a circle if the radius is half of its edges."""
    r, c = radius, radius * (1 - _ARC)
    corners = (
        (right - r, top, right - c, top, right, top - c, right, top - r),
        (right, bottom + r, right, bottom + c, right - c, bottom, right - r, bottom),
        (left + r, bottom, left + c, bottom, left, bottom + c, left, bottom + r),
        (left, top - r, left, top - c, left + c, top, left + r, top),
    )
    steps = []
    for index, (x, y, *curve) in enumerate(corners):
        steps.append(f"{number(x)} {number(y)} {'l' if index else 'm'}")
        steps.append(" ".join(map(number, curve)) + " c")
    return " ".join([*steps, "h"])
