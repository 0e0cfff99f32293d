"""Where SVG's shapes are: their numbers read strictly, their outlines as straight lines and cubic curves.

What has to be guessed is refused. Round and relative parts of paths are written out by fontTools.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Final, Literal

from pdfbuilder.domain.picture import Step, Unprintable
from pdfbuilder.pictures.svg_rules import DIGITS, forbid

#: An affine map as SVG writes it: x becomes a·x + c·y + e, y becomes b·x + d·y + f.
Matrix = tuple[float, float, float, float, float, float]

#: Steps of one transform.
_MOST_STEPS: Final = 20

#: A number or a letter of a path; what is neither is found out later.
TOKEN: Final = re.compile(rf"[A-Za-z]|{DIGITS}")
_NUMERAL: Final = re.compile(rf"([+-]?{DIGITS})[\s,]*", re.ASCII)


def outline(tag: str, attributes: Mapping[str, str], width: float, height: float) -> list[Step]:
    """The outline of a shape, without transforms; empty if nothing of it is to be seen.

    Args:
        tag: the shape's name.
        attributes: which say where it is.
        width: of the drawing, for lengths in percent.
        height: of the drawing.

    Raises:
        Unprintable: if a number is missing or is none.
    """
    across, down = ("x", "x1", "x2", "cx", "width"), ("y", "y1", "y2", "cy", "height")
    wholes = dict.fromkeys(across, width) | dict.fromkeys(down, height)

    def at(name: str) -> float:
        text = attributes.get(name, "0")
        found = length(text, wholes.get(name))
        if found is None or (found < 0 and name in _EXTENTS):
            forbid(f'{name}="{text[:30]}"', "write it as a number")
        return found

    match tag:
        case "path":
            return _steps(attributes.get("d", ""))
        case "line":
            return _steps(f"M{at('x1')} {at('y1')}L{at('x2')} {at('y2')}")
        case "polyline" | "polygon":
            return _polygon(attributes.get("points", ""), "Z" if tag == "polygon" else "")
        case "rect":
            # One radius that is left out is like the other; none is more than half an edge (SVG 1.1, 9.2).
            rx, ry = (a if attributes.get(a) else b for a, b in (("rx", "ry"), ("ry", "rx")))
            return _rectangle(at("x"), at("y"), at("width"), at("height"), at(rx), at(ry))
        case _:
            rx, ry = ("r", "r") if tag == "circle" else ("rx", "ry")
            return _ellipse(at("cx"), at("cy"), at(rx), at(ry))


# --------------------------------------------------------------------------- numbers

_UNITS: Final = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_LENGTH: Final = re.compile(rf"\s*([+-]?{DIGITS})(px|pt|pc|mm|cm|in|%|)\s*", re.ASCII)
_EXTENTS: Final = ("width", "height", "r", "rx", "ry")


def length(text: str, whole: float | None = None) -> float | None:
    """A length in the drawing's own units; None if it is none, or in percent of something that is not known."""
    found = _LENGTH.fullmatch(text)
    unit = _UNITS.get(found[2], whole and whole / 100) if found else None
    return float(found[1]) * unit if found and unit is not None else None


# --------------------------------------------------------------------------- simple shapes


def _polygon(points: str, end: str) -> list[Step]:
    numbers = _NUMERAL.findall(points)
    if _NUMERAL.sub("", points.strip()) or len(numbers) % 2:
        raise _broken(points.strip()[-20:])
    return _steps(f"M{' '.join(numbers)}{end}") if numbers else []


def _rectangle(left: float, top: float, width: float, height: float, rx: float, ry: float) -> list[Step]:
    if not (width and height):
        return []
    right, bottom = left + width, top + height
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if not (rx and ry):
        return _steps(f"M{left} {top}L{right} {top}L{right} {bottom}L{left} {bottom}Z")
    corner = f"A{rx} {ry} 0 0 1"
    return _steps(
        f"M{left + rx} {top}H{right - rx}{corner} {right} {top + ry}V{bottom - ry}{corner} {right - rx} {bottom}"
        f"H{left + rx}{corner} {left} {bottom - ry}V{top + ry}{corner} {left + rx} {top}Z"
    )


def _ellipse(x: float, y: float, rx: float, ry: float) -> list[Step]:
    half = f"A{rx} {ry} 0 0 1"
    return _steps(f"M{x + rx} {y}{half} {x - rx} {y}{half} {x + rx} {y}Z") if rx and ry else []


# --------------------------------------------------------------------------- paths

_COMMAND: Final = re.compile(r"\s*([MmZzLlHhVvCcSsQqTtAa])\s*", re.ASCII)
#: A number is never cut in two to make the count; the flags of an arc may stand close together.
_NUMBER, _FLAG = rf"(?>([+-]?{DIGITS})[\s,]*)", r"(?>([01])[\s,]*)"
_OPERANDS: Final = {
    "Z": "", "H": _NUMBER, "V": _NUMBER, "M": _NUMBER * 2, "L": _NUMBER * 2, "T": _NUMBER * 2,
    "S": _NUMBER * 4, "Q": _NUMBER * 4, "C": _NUMBER * 6, "A": _NUMBER * 3 + _FLAG * 2 + _NUMBER * 2,
}  # fmt: skip


@cache
def _operands(letter: str) -> re.Pattern[str]:
    """What follows the letter of a command; the shipped pictures have few of them."""
    return re.compile(_OPERANDS[letter], re.ASCII)


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The commands of a path with their numbers. After a Z the next part has to say where it begins."""
    data, place, before = data.strip(), 0, ""
    while place < len(data):
        command = _COMMAND.match(data, place)
        letter = command[1].upper() if command else ""
        if not command or (before in ("", "Z") and letter != "M" and letter + before != "ZZ"):
            raise _broken(data[place:])
        place, before, name = command.end(), letter, command[1]
        found = _operands(letter).match(data, place)
        if not found:
            raise _broken(data[place:])
        while found:
            yield name, tuple(map(float, found.groups()))
            place = found.end()
            # What follows the first point of a part are lines.
            name = {"M": "L", "m": "l"}.get(name, name)
            found = _operands(letter).match(data, place) if letter != "Z" else None


#: The steps of a path, by the names of SVG and of fontTools, which ends an open path with one that draws nothing.
_STEPS: Final[Mapping[str, Literal["M", "L", "C", "Z"]]] = {
    "M": "M", "L": "L", "C": "C", "Z": "Z",
    "moveTo": "M", "lineTo": "L", "curveTo": "C", "qCurveTo": "C", "closePath": "Z",
}  # fmt: skip


def _broken(data: str) -> Unprintable:
    return Unprintable(f'a path is broken at "{data[:20]}"', "draw that path anew")


#: A plain path: of the letters below alone, with a space between numbers and nothing else.
_POINT: Final = r"-?[0-9]+(?:\.[0-9]+)? -?[0-9]+(?:\.[0-9]+)?"
_PLAIN: Final = re.compile(f"(?:M{_POINT}(?:L{_POINT}|C{_POINT} {_POINT} {_POINT})*Z?)++")
_PLAIN_LETTERS: Final[Mapping[str, int]] = {"M": 2, "L": 2, "C": 6, "Z": 0}
_WITHOUT_LETTERS: Final = str.maketrans("MLCZ", "    ")
_LETTERS_ALONE: Final = str.maketrans("", "", "0123456789.- ")


def _plain_steps(data: str) -> list[Step]:
    """The steps of a plain path, as the shipped pictures have them; none of any other.

    `_commands` would find the same, one by one: but there are thousands in a cold start, and this takes a third.
    """
    if not _PLAIN.fullmatch(data):
        return []
    numbers = map(float, data.translate(_WITHOUT_LETTERS).split())
    letters = data.translate(_LETTERS_ALONE)
    return [(_STEPS[letter], tuple(islice(numbers, _PLAIN_LETTERS[letter]))) for letter in letters]


def _steps(data: str) -> list[Step]:
    if steps := _plain_steps(data):
        return steps
    commands = list(_commands(data))
    if all(name in _STEPS for name, _ in commands):
        return [(_STEPS[name], numbers) for name, numbers in commands]
    from fontTools.pens.recordingPen import RecordingPen  # noqa: PLC0415 - the shipped pictures do not need it
    from fontTools.svgLib.path import parse_path  # noqa: PLC0415

    pen, found = RecordingPen(), list[Step]()
    try:
        parse_path("".join(name + " ".join(f"{each:.12g}" for each in numbers) for name, numbers in commands), pen)
    except (ArithmeticError, ValueError):  # something that is next to nothing or without end
        raise Unprintable("the drawing cannot be understood", "draw it with plain shapes") from None
    for operator, points in pen.value:
        numbers = tuple(number for point in points for number in point)
        if operator == "qCurveTo":  # as a cubic one, whose control points are two thirds of the way to the one here
            (a, b), (x, y, c, d) = found[-1][1][-2:], numbers
            numbers = (a + (x - a) * 2 / 3, b + (y - b) * 2 / 3, c + (x - c) * 2 / 3, d + (y - d) * 2 / 3, c, d)
        if operator in _STEPS:
            found.append((_STEPS[operator], numbers))
    return found


# --------------------------------------------------------------------------- transforms

_TRANSFORM: Final = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)[\s,]*")
_COUNTS: Final = {
    "matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,),
}  # fmt: skip


def transformed(matrix: Matrix, text: str) -> Matrix:
    """A map after the transform of an element, which is applied first.

    Raises:
        Unprintable: if it is no transform, or has too many steps.
    """
    if not text.strip():
        return matrix
    from fontTools.misc.transform import Transform  # noqa: PLC0415 - the shipped pictures do not need it

    steps = [(kind, *_numbers(inside)) for kind, inside in _TRANSFORM.findall(text)]
    if len(steps) > _MOST_STEPS:
        raise Unprintable("its transform is too long", "draw it simpler")
    if _TRANSFORM.sub("", text).strip() or any(len(numbers) not in _COUNTS[kind] for kind, *numbers in steps):
        forbid(f'transform="{text[:30]}"', "write it like rotate(30 290 200)")
    result = Transform(*matrix)
    for kind, first, *rest in steps:
        match kind:
            case "matrix":
                result = result.transform((first, *rest))
            case "translate" | "scale":
                result = getattr(result, kind)(first, *rest)
            case "rotate":
                x, y = rest or (0, 0)
                result = result.translate(x, y).rotate(math.radians(first)).translate(-x, -y)
            case "skewX":
                result = result.skew(math.radians(first), 0)
            case _:
                result = result.skew(0, math.radians(first))
    return tuple(result)


def _numbers(text: str) -> list[float]:
    """A list of numbers that end; empty if there is anything else in it."""
    numbers = [float(each) for each in _NUMERAL.findall(text)]
    return [] if _NUMERAL.sub("", text.strip()) or not math.isfinite(sum(numbers)) else numbers
