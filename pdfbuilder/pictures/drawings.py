"""Drawings: looked through for what has no business in a picture, and turned into plain paths.

expat finds the elements, and what is too much or could run is refused at once. Then each shape is put where the
transforms around it say, in the colours and lines that it, its style, the style sheet and what is around it say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import islice, pairwise
from typing import Any, Final
from xml.parsers import expat

from msgspec import Struct, msgpack
from msgspec.structs import replace

from pdfbuilder.diagnostics import quoted
from pdfbuilder.domain.picture import Path, Picture, PictureFrame, PictureKind, Step, Unprintable, picture_key
from pdfbuilder.domain.side import Side
from pdfbuilder.pictures.outlines import TOKEN, Matrix, length, outline, transformed
from pdfbuilder.pictures.svg_rules import SIMPLER, StyleSheet, forbid, printed_attributes
from pdfbuilder.pictures.svg_text import EMPHASIS, FRAME, SVG

#: Elements of a drawing, those included that are not drawn; and its shapes.
MOST_ELEMENTS: Final = 10_000
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
#: How large a drawing may be; and how many times its longer edge a point may lie outside.
_LEAST, _LARGEST, _FARTHEST = 1e-3, 1e5, 100
#: How much wider or higher than its view box it may be before that is seen, as a part of it.
_UNSEEN: Final = 0.002
#: Figures that are kept of a number, beside those of the longer edge.
_FIGURES: Final = 5


def read_drawing(data: bytes, shows: Side | None) -> Picture:
    """Look through an SVG and turn it into plain paths.

    Raises:
        Unprintable: if it is no SVG, has no size, holds anything but shapes in plain colours, or says itself that it
            shows another side.
    """
    look = _Look()
    look.through(data)
    (left, top, width, height), view = _frame(look.root)
    badge = _badge(look.root, left, top, width, height)
    if "data-numbers" in look.root:
        hint = "take the drawing that pdfbuilder copy writes beside the exercise"
        raise Unprintable("it has numbers already, which would be turned over with it", hint)
    if "data-letter" in look.root:
        raise Unprintable("it has a badge already, which would not be turned over with it", "make it without one")
    shapes = sum(element.tag in _SHAPES for element in look.elements)
    if shapes > MOST_SHAPES:
        raise Unprintable(f"expected at most {MOST_SHAPES:,} shapes, got {shapes:,}", _SIMPLER)
    lines = " ".join(element.attributes.get(key, "") for element in look.elements for key in ("d", "points"))
    # They need no counting where there are not even that many characters.
    if len(lines) > MOST_NUMBERS and len(TOKEN.findall(lines)) > MOST_NUMBERS:
        raise Unprintable(f"expected paths of at most {MOST_NUMBERS:,} numbers", _SIMPLER)
    frames = _frames(look.elements, left, top, width, height)
    paths = _Paths(*view, StyleSheet(look.sheet)).of(look.elements, (1, 0, 0, 1, -left, -top))
    if not paths:
        raise Unprintable("there is nothing in the drawing", "draw something")
    _check_dashes(paths, max(width, height))
    said = look.root.get("data-shows", "")
    if said and said != (shows.value if shows else "neither"):
        hint = "look at the picture, and correct shows or the picture's own data-shows"
        raise Unprintable(f"the picture says that it shows {quoted(said)}", hint, "picture-side")
    # What is emphasis is not seen: of two that look alike one is stored.
    alike = [replace(path, is_emphasis=False) if path.is_emphasis else path for path in paths]
    key = picture_key(msgpack.encode((width, height, frames, alike)))
    return Picture(key, PictureKind.DRAWING, width, height, shows, badge, frames=frames, paths=paths)


# --------------------------------------------------------------------------- looking through

_SHAPES: Final = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"])
#: Nobody draws these, nor what is inside.
_SILENT: Final = frozenset(["title", "desc", "metadata"])
_HINTS: Final = {
    "text": "turn the text into paths: mirrored, it could not be read",
    "image": "a picture inside a picture is not printed; use it by itself",
    "use": "draw it out: references are not followed",
    "script": "delete it",
    "foreignObject": "delete it",
}
_SIMPLER: Final = "draw it simpler, or save it as a PNG"


class _Element(Struct, frozen=True):
    """An element that may be drawn, and how many others it lies in."""

    depth: int
    tag: str
    attributes: dict[str, str]
    #: What it says by itself, and in its style.
    printed: dict[str, str]
    styled: dict[str, str]


class _Look:
    """A look through an SVG; expat reads it without following anything."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.elements: list[_Element] = []
        self.sheet = ""
        self._path: list[str] = []
        self._silent = 0
        self._count = self._nesting = 0

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

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._nesting += len(self._path)
        if self._count > MOST_ELEMENTS or len(self._path) >= _MOST_DEPTH or self._nesting > _MOST_NESTING:
            raise Unprintable("it holds too many shapes", _SIMPLER)
        namespace, _, tag = name.rpartition(" ")
        self._path.append(tag)
        depth = len(self._path) - 1
        if depth == 0 and (tag != "svg" or namespace not in ("", SVG)):
            raise Unprintable(f"expected an SVG, got <{tag[:30]}>", "save it as SVG")
        if self._silent or namespace not in ("", SVG) or tag in _SILENT:
            # A title, or an editor's own notes: nothing of it goes any further.
            self._silent += 1
            return
        if tag not in _SHAPES | {"svg", "g", "defs", "style"}:
            forbid(f"<{tag[:30]}>", _HINTS.get(tag, SIMPLER))
        if len(attributes) > _MOST_ATTRIBUTES:
            raise Unprintable(f"a <{tag}> has too many attributes", "save it anew")
        if tag == "svg" and depth:
            forbid("a drawing inside the drawing (<svg>)", "draw it out")
        if tag == "style":
            if attributes.keys() - {"id", "type"} or attributes.get("type", "text/css") != "text/css":
                forbid("a style sheet for something else", "write colours and widths into the shapes")
            self.elements.append(_Element(depth, tag, {}, {}, {}))
            return
        if depth == 0:
            self.root = attributes
        self.elements.append(_Element(depth, tag, attributes, *printed_attributes(attributes, is_root=depth == 0)))

    def _text(self, content: str) -> None:
        if not self._silent and self._path[-1:] == ["style"]:
            self.sheet += content

    def _end(self, _name: str) -> None:
        self._path.pop()
        self._silent -= bool(self._silent)


# --------------------------------------------------------------------------- the frame


def _frame(root: Mapping[str, str]) -> tuple[tuple[float, float, float, float], tuple[float, float]]:
    """Left, top, width and height: the view box, and more of it where width and height are of another shape.

    And the width and the height of the view box, of which lengths in percent are parts.
    """
    wide, high = (length(root.get(name, "")) for name in ("width", "height"))
    numbers = root.get("viewBox", "").replace(",", " ").split()
    try:
        left, top, width, height = map(float, numbers) if len(numbers) == 4 else (0, 0, wide or 0, high or 0)
    except ValueError:
        left = top = width = height = 0
    if not (_LEAST < width < _LARGEST and _LEAST < height < _LARGEST and max(abs(left), abs(top)) < _LARGEST):
        raise Unprintable("the drawing does not say how large it is", 'give it a viewBox="0 0 580 400"')
    if wide is None or high is None:
        return (left, top, width, height), (width, height)
    if wide <= 0 or high <= 0:
        raise Unprintable("the drawing has no width or no height", 'leave them out: viewBox="0 0 580 400" says it')
    scale = max(width / wide, height / high)
    beside, above = scale * wide - width, scale * high - height
    if beside < _UNSEEN * width and above < _UNSEEN * height:
        return (left, top, width, height), (width, height)
    placed = root.get("preserveAspectRatio", "xMidYMid")
    if placed.split() not in (["xMidYMid"], ["xMidYMid", "meet"]):
        forbid(f'preserveAspectRatio="{placed[:30]}"', "leave width and height out")
    return (left - beside / 2, top - above / 2, width + beside, height + above), (width, height)


def _badge(root: Mapping[str, str], left: float, top: float, width: float, height: float) -> tuple[float, float] | None:
    """Where the badge goes, from the frame's corner, if the drawing says so."""
    text = root.get("data-badge")
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


def _frames(
    elements: Iterable[_Element], left: float, top: float, width: float, height: float
) -> tuple[PictureFrame, ...]:
    """The drawing's numbered frames, in their order, from the corner of what is shown."""
    found = []
    for element in elements:
        text = element.attributes.get(FRAME)
        if text is None:
            continue
        try:
            first, last, x, y = (float(each) for each in text.split())
        except ValueError:
            first = last = x = y = math.nan
        if not (0 <= first - left <= x - left <= last - left <= width and 0 <= y - top <= height):
            message = f'expected a frame inside the drawing in {FRAME}, got "{text[:40]}"'
            raise Unprintable(message, 'write left and right edge and the place of the number: "5 280 30 30"')
        found.append(PictureFrame(first - left, last - left, (x - left, y - top)))
    return tuple(found)


# --------------------------------------------------------------------------- paths

_AS_IT_IS: Final[Matrix] = (1, 0, 0, 1, 0, 0)
#: What SVG begins with.
_INITIAL: Final = {
    "fill": "#000000", "stroke": "none", "color": "#000000", "fill-rule": "nonzero", "stroke-width": "1",
    "stroke-linecap": "butt", "stroke-linejoin": "miter", "stroke-dasharray": "none", "visibility": "visible",
}  # fmt: skip


class _State(Struct, frozen=True):
    """What an element hands on to those inside."""

    properties: dict[str, str]
    matrix: Matrix
    is_drawn: bool = True
    is_emphasis: bool = False
    frame: int = 0


class _Paths:
    def __init__(self, width: float, height: float, sheet: StyleSheet) -> None:
        self.width = width
        self.height = height
        self.sheet = sheet
        edge = max(width, height)
        self.farthest = _FARTHEST * edge
        self.digits = _FIGURES - math.floor(math.log10(edge))

    def of(self, elements: Iterable[_Element], matrix: Matrix) -> tuple[Path, ...]:
        """The paths that are seen, from the back to the front."""
        found, frames = [], 0
        # What holds around the next element, from the outermost one.
        states = [_State(_INITIAL, matrix)]
        for element in elements:
            del states[element.depth + 1 :]
            state = self._inside(states[-1], element)
            if FRAME in element.attributes:
                frames += 1
                state = replace(state, frame=frames)
            if element.tag in _SHAPES:
                found.append(self._path(element, state))
                state = replace(state, is_drawn=False)  # nobody draws a shape in a shape
            states.append(state)
        return tuple(path for path in found if path)

    def _inside(self, outer: _State, element: _Element) -> _State:
        own = element.printed | self.sheet.properties(element.tag, element.attributes) | element.styled
        return _State(
            outer.properties | {key: value for key, value in own.items() if value != "inherit"},
            transformed(outer.matrix, element.attributes.get("transform", "")),
            outer.is_drawn and own.get("display") != "none" and element.tag not in ("defs", "style"),
            outer.is_emphasis or EMPHASIS in element.attributes.get("class", "").split(),
            outer.frame,
        )

    def _path(self, element: _Element, state: _State) -> Path | None:
        """A shape where it belongs, or None if nothing of it is seen."""
        steps = outline(element.tag, element.attributes, self.width, self.height)
        said: Mapping[str, Any] = state.properties
        if not state.is_drawn or said["visibility"] != "visible" or len(steps) < 2:
            return None
        fill, stroke = (said["color"] if said[key] == "currentColor" else said[key] for key in ("fill", "stroke"))
        path = Path(self._placed(steps, state.matrix))
        if fill != "none" and element.tag != "line":
            path = replace(path, fill=fill, even_odd=said["fill-rule"] == "evenodd")
        # A line that is stretched more in one direction keeps an even width.
        a, b, c, d, *_ = state.matrix
        scale = math.sqrt(abs(a * d - b * c))
        width = self._rounded(scale * (length(said["stroke-width"]) or 0))
        if stroke != "none" and width:
            cap, join, dashes = (said[f"stroke-{key}"] for key in ("linecap", "linejoin", "dasharray"))
            lengths = [self._rounded(scale * (length(each) or 0)) for each in dashes.replace(",", " ").split()]
            solid = not sum(lengths)
            path = replace(path, stroke=stroke, width=width, cap=cap, join=join, dashes=() if solid else tuple(lengths))
        return replace(path, is_emphasis=state.is_emphasis, frame=state.frame) if path.fill or path.stroke else None

    def _placed(self, steps: Iterable[Step], matrix: Matrix) -> tuple[Step, ...]:
        """Steps as they are printed: their numbers at once, which are most of what there is to do with a drawing."""
        numbers = [number for _, each in steps for number in each]
        if matrix != _AS_IT_IS:
            a, b, c, d, e, f = matrix
            places = zip(numbers[::2], numbers[1::2], strict=True)
            numbers = [each for x, y in places for each in (a * x + c * y + e, b * x + d * y + f)]
        # One that is none at all is in no order with the others, but shows in their sum.
        if not math.isfinite(sum(numbers)) or max(map(abs, numbers), default=0) >= self.farthest:
            raise _too_far()
        digits = self.digits
        rounded = iter([round(number, digits) + 0.0 for number in numbers])  # no zero has a sign
        return tuple([(letter, tuple(islice(rounded, len(each)))) for letter, each in steps])

    def _rounded(self, number: float) -> float:
        if not abs(number) < self.farthest:
            raise _too_far()
        return round(number, self.digits)


def _too_far() -> Unprintable:
    return Unprintable("a shape reaches too far out of the drawing", "delete what cannot be seen")


def _check_dashes(paths: Iterable[Path], edge: float) -> None:
    """Refuse dashes that nobody could see, and so many that a viewer would hang."""
    count = 0.0
    for path in paths:
        if not path.dashes:
            continue
        period = sum(path.dashes)
        if period < _SHORTEST_DASH * edge:
            raise Unprintable("the dashes of a line are too short to be seen", "make them longer, or the line solid")
        points = [place for _, numbers in path.steps for place in zip(numbers[::2], numbers[1::2], strict=True)]
        count += sum(math.dist(*ends) for ends in pairwise(points)) / period
        if count > MOST_DASHES:
            raise Unprintable("it holds too many dashes", "make them longer, or the lines solid")
