"""Drawings: looked through for what has no business in a picture, and written anew as plain paths.

The plain format is that of the shipped pictures: paths of absolute straight lines and curves with plain colours, from
the back to the front. Any other SVG goes through svglib, which gets only what was looked at and found harmless.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from itertools import islice, pairwise
from typing import Any, Final
from xml.parsers import expat

from msgspec import Struct

from pdfbuilder.domain.picture import Unprintable
from pdfbuilder.pictures.svg_rules import (
    MOST_IN_PATTERN,
    SIMPLER,
    Sheet,
    declarations,
    forbid,
    is_property,
    printed_attributes,
    style,
)

#: Elements of a drawing, those included that are not drawn.
MOST_ELEMENTS: Final = 10_000
#: Shapes of one that is not in the plain format yet, each of which takes a hundred times as long.
MOST_SHAPES: Final = 3_000
#: Numbers and letters of all its paths.
MOST_NUMBERS: Final = 100_000
#: How deep its elements lie in each other, and all of them together.
_MOST_DEPTH, _MOST_NESTING = 50, 30_000
#: Attributes of one element.
_MOST_ATTRIBUTES: Final = 50
#: What it may ask of those who show it: the shortest dash and its gap, as a part of the longer edge.
_SHORTEST_DASH: Final = 1 / 1000
#: Dashes of all its lines.
MOST_DASHES: Final = 50_000
#: The longer edge of a drawing that was converted, in units of its own; and the farthest that a point may lie outside.
_EDGE: Final = 1000.0
_FARTHEST: Final = 1e5


class Drawing(Struct, frozen=True):
    """A drawing in the plain format.

    Attributes:
        data: the SVG.
        width: of its view box.
        height: of its view box.
        shows: the side that the drawing itself names, or nothing.
        badge: where the side's letter goes, if the drawing says so.
    """

    data: bytes
    width: float
    height: float
    shows: str
    badge: tuple[float, float] | None


def read_drawing(data: bytes) -> Drawing:
    """Look through an SVG and turn it into plain paths.

    Raises:
        Unprintable: if it is no SVG, has no size, holds anything but shapes in plain colours, or cannot be converted.
    """
    look = _Look()
    look.through(data)
    left, top, width, height = look.frame
    badge = look.badge(left, top, width, height)
    if "data-letter" in look.root:
        raise Unprintable("it has a badge already, which would not be turned over with it", "make it with --no-badge")
    if look.is_plain and look.paths and (left, top) == (0, 0):
        _check_dashes(look.dashed, max(width, height))
        return Drawing(_plain(look.paths, width, height), width, height, look.shows, badge)
    if look.shapes > MOST_SHAPES:
        raise Unprintable(f"expected at most {MOST_SHAPES:,} shapes, got {look.shapes:,}", _SIMPLER)
    _check_colours(look.colours)
    converted, wide, high = _converted(look.written().encode())
    if badge:
        badge = (badge[0] * wide / width, badge[1] * high / height)
    return Drawing(converted, wide, high, look.shows, badge)


# --------------------------------------------------------------------------- looking through

_SVG: Final = "http://www.w3.org/2000/svg"
_SHAPES: Final = frozenset(["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"])
#: Nobody draws these, nor what is inside.
_SILENT: Final = frozenset(["title", "desc", "metadata"])
_HINTS: Final = {
    "text": "turn the text into paths: mirrored, it could not be read",
    "image": "a picture inside a picture is not printed; use it by itself",
    "use": "draw it out: references are not followed",
    "script": "delete it",
    "foreignObject": "delete it",
}
_NUMBER: Final = r"-?[0-9]{1,5}(?:\.[0-9]{1,3})?"
_LENGTH: Final = r"[0-9]{1,5}(?:\.[0-9]{1,3})?"
_POINT: Final = f"{_NUMBER} {_NUMBER}"
#: What each attribute of a path may be in the plain format.
_PLAIN: Final = {
    "d": re.compile(rf"M{_POINT}(?:[ML]{_POINT}|C{_POINT} {_POINT} {_POINT}|Z)*+"),
    "fill": re.compile("#[0-9A-Fa-f]{6}|none"),
    "stroke": re.compile("#[0-9A-Fa-f]{6}|none"),
    "stroke-width": re.compile(_LENGTH),
    "stroke-dasharray": re.compile(rf"(?=.*[1-9]){_LENGTH}(?:[ ,]+{_LENGTH}){{0,{MOST_IN_PATTERN - 1}}}"),
    "stroke-linejoin": re.compile("miter|round|bevel"),
    "stroke-linecap": re.compile("butt|round|square"),
    "fill-rule": re.compile("evenodd|nonzero"),
}
_SIMPLER: Final = "draw it simpler, or save it as a PNG"
#: A number or a letter of a path; what is neither is found out later.
_TOKEN: Final = re.compile(r"[A-Za-z]|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LENGTH_AND_UNIT: Final = re.compile(
    r"\s*\+?((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*(px|pt|mm|cm|in|pc|)\s*"
)
#: With one of these, or any that says how to draw, the drawing is not as plain as its paths.
_NOT_PLAIN: Final = ("style", "class", "preserveAspectRatio")
_SIZE: Final = re.compile(r"\s*([0-9]{0,6}\.?[0-9]{1,6})\s*(?:px|pt|mm|cm|in|pc)?\s*", re.ASCII)


class _Look:
    """A look through an SVG; expat reads it without following anything."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.is_plain = True
        #: Those in the plain format, from the back to the front.
        self.paths: list[str] = []
        #: The path and the dashes of each dashed line.
        self.dashed: list[tuple[str, str]] = []
        #: How many shapes there are, and what they say that they are coloured with.
        self.shapes = 0
        self.colours: set[str] = set()
        #: Where an element begins, and the end of one.
        self._written: list[tuple[str, dict[str, str]] | str] = []
        self._sheet = Sheet("")
        self._path: list[str] = []
        self._silent = 0
        self._count = self._numbers = 0
        self._nesting = 0
        self._style = ""
        self._uses_current, self._changes_current = False, False

    def through(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = lambda *_: forbid("a document type (DOCTYPE)", "delete that line")
        parser.EntityDeclHandler = lambda *_: forbid("an entity", "delete it")
        parser.ProcessingInstructionHandler = lambda *_: forbid("a processing instruction", "delete it")
        try:
            parser.Parse(data, True)
        except Unprintable:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = f" (line {error.lineno})" if isinstance(error, expat.ExpatError) else ""
            raise Unprintable(f"it is not valid XML{line}", "save it anew") from None
        self._sheet = Sheet(self._style)
        if self._sheet.properties("svg", self.root):
            # It is not asked what it says of the outermost element, which all the others would inherit.
            forbid("a style sheet for the whole drawing", "write it as attributes of <svg>")
        for properties in self._sheet.rules:
            self._note_colours(properties, is_root=False)
        if self._uses_current and self._changes_current:
            forbid('"currentColor" and a color inside of the drawing', "write the colours themselves")

    def written(self) -> str:
        """What was found harmless, with what the style sheet says written into the elements."""
        return "".join(self._begun(*each) if isinstance(each, tuple) else each for each in self._written)

    def _begun(self, tag: str, attributes: Mapping[str, str]) -> str:
        properties = self._sheet.properties(tag, attributes) | declarations(attributes.get("style", ""))
        styled = {**attributes, "style": style(properties)} if properties else attributes
        return f"<{tag}{_attributes(styled)}>"

    @property
    def shows(self) -> str:
        return self.root.get("data-shows", "")

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of what is to be seen, in the drawing's own units."""
        numbers = self.root.get("viewBox", "").replace(",", " ").split()
        try:
            if len(numbers) == 4:
                left, top, width, height = map(float, numbers)
            else:
                left = top = 0.0
                sizes = [_SIZE.fullmatch(self.root.get(name, "")) for name in ("width", "height")]
                width, height = (float(size.group(1)) if size else 0.0 for size in sizes)
                self.is_plain = False
        except ValueError:
            left = top = width = height = 0.0
        if not (0.001 < width < _FARTHEST and 0.001 < height < _FARTHEST and max(abs(left), abs(top)) < _FARTHEST):
            raise Unprintable("the drawing does not say how large it is", 'give it a viewBox="0 0 580 400"')
        return left, top, width, height

    def badge(self, left: float, top: float, width: float, height: float) -> tuple[float, float] | None:
        """Where the badge goes inside a frame, if the drawing says so."""
        text = self.root.get("data-badge")
        if text is None:
            return None
        try:
            x, y = (float(each) for each in text.split())
        except ValueError:
            x = y = math.nan
        if not (0 <= x - left <= width and 0 <= y - top <= height):
            raise Unprintable(
                f'expected a place inside the drawing in data-badge, got "{text[:30]}"', 'write it like "290 180"'
            )
        return x - left, y - top

    # ------------------------------------------------------------------ what expat finds

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._nesting += len(self._path)
        if self._count > MOST_ELEMENTS or len(self._path) >= _MOST_DEPTH or self._nesting > _MOST_NESTING:
            raise Unprintable("it holds too many shapes", _SIMPLER)
        namespace, _, tag = name.rpartition(" ")
        self._path.append(tag)
        if len(self._path) == 1 and (tag != "svg" or namespace not in ("", _SVG)):
            raise Unprintable(f"expected an SVG, got <{tag[:30]}>", "save it as SVG")
        if self._silent or namespace not in ("", _SVG) or tag in _SILENT:
            # A title, or an editor's own notes: nothing of it goes any further.
            self._silent += 1
            self.is_plain = self.is_plain and tag == "title" and namespace == _SVG and self._silent == 1
            return
        if tag not in _SHAPES | {"defs", "style"}:
            forbid(f"<{tag[:30]}>", _HINTS.get(tag, SIMPLER))
        if len(attributes) > _MOST_ATTRIBUTES:
            raise Unprintable(f"a <{tag}> has too many attributes", "save it anew")
        if tag == "svg" and len(self._path) > 1:
            forbid("a drawing inside the drawing (<svg>)", "draw it out")
        if tag == "style":
            if attributes.keys() - {"id", "type"} or attributes.get("type", "text/css") != "text/css":
                forbid("a style sheet for something else", "write colours and widths into the shapes")
            self.is_plain = False
            return
        for key in ("d", "points"):
            self._numbers += sum(1 for _ in islice(_TOKEN.finditer(attributes.get(key, "")), MOST_NUMBERS + 1))
        if self._numbers > MOST_NUMBERS:
            raise Unprintable(f"expected paths of at most {MOST_NUMBERS:,} numbers", _SIMPLER)
        is_plain = _is_plain(tag, attributes, len(self._path))
        if is_plain and tag == "path":
            self.paths.append(f"<path{_attributes(attributes)}/>")
            if "stroke-dasharray" in attributes:
                self.dashed.append((attributes["d"], attributes["stroke-dasharray"]))
        self.is_plain = self.is_plain and is_plain
        is_root = len(self._path) == 1
        kept = attributes
        if is_root or not is_plain:
            kept = printed_attributes(attributes, is_root=is_root)
            self._note_colours(kept | declarations(kept.get("style", "")), is_root=is_root)
        if tag == "rect":
            kept |= _corners(kept)
        if is_root:
            self.root = attributes
            # What SVG begins with, and svglib for some shapes does not.
            kept = {"xmlns": _SVG, "fill": "black", "color": "black"} | kept
        self.shapes += tag not in ("svg", "g", "defs")
        self._written.append((tag, kept))

    def _text(self, content: str) -> None:
        if not self._silent and self._path[-1:] == ["style"]:
            self._style += content

    def _end(self, _name: str) -> None:
        tag = self._path.pop()
        if self._silent:
            self._silent -= 1
            return
        if tag != "style":
            self._written.append(f"</{tag}>")

    def _note_colours(self, properties: Mapping[str, str], *, is_root: bool) -> None:
        self.colours.update(properties[key] for key in ("fill", "stroke", "color") if key in properties)
        self._uses_current = self._uses_current or "currentColor" in properties.values()
        self._changes_current = self._changes_current or ("color" in properties and not is_root)


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in values.items())


def _corners(rectangle: Mapping[str, str]) -> dict[str, str]:
    """Radii of a rectangle's corners, each half an edge at most (SVG 1.1, 9.2): svglib draws larger ones otherwise."""
    rx, ry = rectangle.get("rx") or rectangle.get("ry"), rectangle.get("ry") or rectangle.get("rx")
    radii = {}
    for name, radius, edge in (("rx", rx, "width"), ("ry", ry, "height")):
        length, whole = _LENGTH_AND_UNIT.fullmatch(radius or ""), _LENGTH_AND_UNIT.fullmatch(rectangle.get(edge, ""))
        if length and whole and length[2] == whole[2]:
            radii[name] = f"{min(float(length[1]), float(whole[1]) / 2):g}{length[2]}"
        elif radius:
            forbid(f'{name}="{radius[:30]}" in other units than {edge}', "write both as numbers")
    return radii


def _is_plain(tag: str, attributes: dict[str, str], depth: int) -> bool:
    """Whether an element is of the plain format."""
    if tag == "svg":
        return depth == 1 and not any(is_property(key) or key in _NOT_PLAIN for key in attributes)
    return (
        tag == "path"
        and depth == 2
        and "d" in attributes
        and all(key in _PLAIN and _PLAIN[key].fullmatch(value) for key, value in attributes.items())
    )


# --------------------------------------------------------------------------- converting

Matrix = tuple[float, float, float, float, float, float]
_CAPS: Final = ("butt", "round", "square")
_JOINS: Final = ("miter", "round", "bevel")
_DASHED: Final = re.compile(' d="([^"]*)".* stroke-dasharray="([^"]*)"')
#: ReportLab's operators of a path: letter, and how many numbers belong to it.
_OPERATORS: Final = (("M", 2), ("L", 2), ("C", 6), ("Z", 0))


def _check_colours(colours: Iterable[str]) -> None:
    """Refuse names of colours that there are not; svglib would leave out what is drawn in them."""
    from reportlab.lib.colors import getAllNamedColors  # noqa: PLC0415 - with svglib

    known = getAllNamedColors().keys() | {"none", "inherit", "currentColor"}
    for each in colours:
        if each[0] != "#" and not each.startswith("rgb(") and each not in known:
            forbid(f'the colour "{each[:30]}"', "write it as #RRGGBB")


def _converted(data: bytes) -> tuple[bytes, float, float]:
    """An SVG that was found harmless as a plain one, with its width and height."""
    from svglib.svglib import svg2rlg  # noqa: PLC0415 - a tenth of a second, for those who bring such a drawing

    try:
        with _complaints() as complaints:
            drawing = svg2rlg(io.BytesIO(data))
            scale = _EDGE / max(drawing.width, drawing.height)
            width, height = round(scale * drawing.width, 2), round(scale * drawing.height, 2)
            # ReportLab's y grows upwards.
            paths = list(_paths(drawing, (scale, 0, 0, -scale, 0, height)))
    except Unprintable:
        raise
    except Exception:  # noqa: BLE001 - svglib fails in many ways, and none of them is the user's affair
        raise Unprintable("the drawing cannot be understood", SIMPLER) from None
    if complaints:
        # Whatever it could not read is missing from the picture, and nobody knows what that was.
        raise Unprintable(f"the drawing cannot be understood: {complaints[0][:80]}", SIMPLER)
    if width <= 0 or height <= 0:
        raise Unprintable("the drawing has no width or no height", 'leave them out: viewBox="0 0 580 400" says it')
    if not paths:
        raise Unprintable("there is nothing in the drawing", "draw something")
    _check_dashes((found.groups() for found in map(_DASHED.search, paths) if found), _EDGE)
    return _plain(paths, width, height), width, height


def _plain(paths: Iterable[str], width: float, height: float) -> bytes:
    """The one form in which drawings go on: a head and paths, a line each."""
    head = f'<svg xmlns="{_SVG}" viewBox="0 0 {_number(width)} {_number(height)}">'
    return "\n".join((head, *paths, "</svg>\n")).encode("ascii")


def _check_dashes(dashed: Iterable[Sequence[str]], edge: float) -> None:
    """Refuse dashes that nobody could see, and so many that a viewer would hang."""
    count = 0.0
    for data, dashes in dashed:
        period = sum(map(float, dashes.replace(",", " ").split()))
        if period < _SHORTEST_DASH * edge:
            raise Unprintable("the dashes of a line are too short to be seen", "make them longer, or the line solid")
        numbers = [float(each) for each in re.findall(_NUMBER, data)]
        points = zip(numbers[::2], numbers[1::2], strict=True)
        count += sum(math.dist(*ends) for ends in pairwise(points)) / period
        if count > MOST_DASHES:
            raise Unprintable("it holds too many dashes", "make them longer, or the lines solid")


#: What svglib has said of the drawing that is being converted here; each thread has its own.
_SAID: Final[ContextVar[list[str] | None]] = ContextVar("said", default=None)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What svglib says to its logger meanwhile, instead of on the terminal."""
    logging.getLogger("svglib.svglib").addFilter(_overhear)  # which stays; and it is added once
    said: list[str] = []
    token = _SAID.set(said)
    try:
        yield said
    finally:
        _SAID.reset(token)


def _overhear(record: logging.LogRecord) -> bool:
    """Whether something is for others to hear: what svglib says while it converts for somebody else than us."""
    said = _SAID.get()
    if said is not None and record.levelno >= logging.WARNING:
        said.append(record.getMessage())
    return said is None


def _paths(shape: Any, matrix: Matrix) -> Iterator[str]:
    """The plain paths of one of ReportLab's shapes and of all in it."""
    from reportlab.graphics import shapes  # noqa: PLC0415 - with svglib
    from svglib.svglib import NoStrokePath, SvgRenderer  # noqa: PLC0415

    if isinstance(shape, shapes.Group | shapes.Drawing):
        inner = _product(matrix, shape.transform)
        for inside in shape.contents:
            yield from _paths(inside, inner)
        return
    if isinstance(shape, shapes.Line | shapes.PolyLine):
        points = (shape.x1, shape.y1, shape.x2, shape.y2) if isinstance(shape, shapes.Line) else shape.points
        steps = [("L" if index else "M", points[index : index + 2]) for index in range(0, len(points), 2)]
        fill = ""
    else:
        path = SvgRenderer("").shape_converter.shapeToPath(shape)
        if path is None:
            raise Unprintable("it holds something that is not a shape", SIMPLER)
        numbers = iter(path.points)
        steps = [
            (letter, [next(numbers) for _ in range(count)])
            for letter, count in (_OPERATORS[operator] for operator in path.operators)
        ]
        fill = _colour(shape.fillColor)
    # An open path comes twice: closed for its filling, and as it is for its line.
    stroke = _colour(shape.strokeColor) if shape.strokeWidth and not isinstance(shape, NoStrokePath) else ""
    if not steps or not (fill or stroke):
        return
    data = "".join(letter + " ".join(_placed(numbers, matrix)) for letter, numbers in steps)
    rule = ' fill-rule="evenodd"' if getattr(shape, "fillMode", 1) == 0 else ""
    yield f'<path d="{data}" fill="{fill or "none"}"{rule}{_stroke(shape, stroke, matrix) if stroke else ""}/>'


def _stroke(shape: Any, colour: str, matrix: Matrix) -> str:
    """A line's attributes; one that is stretched more in one direction keeps an even width."""
    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
    text = f' stroke="{colour}" stroke-width="{_number(scale * shape.strokeWidth)}"'
    text += f' stroke-linecap="{_CAPS[shape.strokeLineCap or 0]}" stroke-linejoin="{_JOINS[shape.strokeLineJoin or 0]}"'
    dashes = [scale * dash for dash in shape.strokeDashArray or ()]
    if sum(dashes) > 0:
        text += f' stroke-dasharray="{" ".join(map(_number, dashes))}"'
    return text


def _product(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies the inner one first."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def _placed(numbers: Sequence[float], matrix: Matrix) -> Iterator[str]:
    a, b, c, d, e, f = matrix
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        yield _number(a * x + c * y + e)
        yield _number(b * x + d * y + f)


def _number(value: float) -> str:
    if not abs(value) < _FARTHEST:
        raise Unprintable("a shape reaches too far out of the drawing", "delete what cannot be seen")
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _colour(colour: Any) -> str:
    """A colour as #RRGGBB; empty for none."""
    if colour is None:
        return ""
    if colour.alpha not in (None, 1):
        forbid("something translucent", "use plain colours, or save it as a PNG")
    return "#" + "".join(f"{round(255 * channel):02X}" for channel in (colour.red, colour.green, colour.blue))
