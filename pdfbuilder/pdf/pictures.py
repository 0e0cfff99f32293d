"""Pictures as objects of a PDF file: each is stored once, however many pages and people use it.

A picture is placed in a unit square with y downwards, so that placing it and mirroring it are one matrix.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from msgspec import Struct

from pdfbuilder.pdf.content import colour, number, rounded
from pdfbuilder.picture import Picture, PictureKind

#: More dots than these across are lost on paper: 150 mm at 300 dots an inch.
_MOST_PIXELS: Final = 1800
_JPEG_QUALITY: Final = 85


class PictureObject(Struct, frozen=True):
    """A picture as it is stored.

    Attributes:
        content: of its stream, compressed already.
        entries: of the stream's dictionary.
        mask: content and entries of the mask of a picture with transparent parts, or None.
        y_down: whether its unit square has y downwards, as a drawing has; the square of pixels has it upwards.
    """

    content: bytes
    entries: bytes
    mask: tuple[bytes, bytes] | None = None
    y_down: bool = True


def picture_object(picture: Picture) -> PictureObject:
    """Make a picture's object.

    Raises:
        PictureRefused: if the picture turns out to be unprintable.
    """
    if picture.kind is PictureKind.PIXELS:
        return _pixels(picture.data)
    if picture.kind is PictureKind.PLAIN_SVG:
        return _form(_plain_svg(picture.data), picture.width, picture.height)
    return _any_svg(picture.data)


class PictureRefused(ValueError):
    """A picture that cannot be printed; the text says why."""


def _form(operators: list[str], width: float, height: float) -> PictureObject:
    """Drawing operators in units of their own, y downwards, as a form in the unit square."""
    content = "\n".join((f"{1 / width:.8f} 0 0 {1 / height:.8f} 0 0 cm", *operators))
    return PictureObject(
        zlib.compress(content.encode("ascii"), 9),
        b"/Type/XObject/Subtype/Form/BBox [0 0 1 1]/Resources <<>>/Filter/FlateDecode",
    )


# --------------------------------------------------------------------------- the shipped format

_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_COMMANDS: Final = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_STEP: Final = re.compile(r"([MLCZ])([^MLCZ]*)")


def _plain_svg(data: bytes) -> list[str]:
    """Operators of an SVG that has only paths with absolute M, L, C and Z; its order is the painting's order."""
    lines: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "path":
            lines.extend(_path(attributes))

    parser.StartElementHandler = start
    parser.Parse(data, True)
    return lines


def _path(attributes: dict[str, str]) -> Iterator[str]:
    fill, stroke = attributes.get("fill", "#000000"), attributes.get("stroke", "none")
    if fill != "none":
        yield colour(fill, "g")
    if stroke != "none":
        yield colour(stroke, "G")
        yield f"{attributes.get('stroke-width', '1')} w"
        yield f"{_CAPS[attributes.get('stroke-linecap', 'butt')]} J"
        yield f"{_JOINS[attributes.get('stroke-linejoin', 'miter')]} j"
        yield f"[{attributes.get('stroke-dasharray', '').replace(',', ' ')}] 0 d"
    yield " ".join(step for command, operands in _STEP.findall(attributes["d"]) for step in _steps(command, operands))
    star = "*" if attributes.get("fill-rule") == "evenodd" else ""
    yield {(True, True): f"B{star}", (True, False): f"f{star}", (False, True): "S", (False, False): "n"}[
        fill != "none", stroke != "none"
    ]


def _steps(command: str, operands: str) -> Iterator[str]:
    """A command with its operands; one that is followed by several sets of them is repeated."""
    numbers = operands.replace(",", " ").split()
    if command == "Z":
        yield "h"
    size = 6 if command == "C" else 2
    for start in range(0, len(numbers), size):
        operator = _COMMANDS["L" if command == "M" and start else command]
        yield f"{' '.join(numbers[start : start + size])} {operator}"


# --------------------------------------------------------------------------- any other drawing


def _any_svg(data: bytes) -> PictureObject:
    """An SVG that was found harmless, by way of svglib, which reads it into ReportLab's shapes."""
    from svglib.svglib import svg2rlg  # noqa: PLC0415 - a tenth of a second, for those who bring such a picture

    drawing = svg2rlg(io.BytesIO(data))
    if drawing is None or not drawing.width or not drawing.height:
        raise PictureRefused("it has no size or no shapes")
    # ReportLab's y grows upwards.
    operators = [f"1 0 0 -1 0 {number(drawing.height)} cm", *_shape(drawing)]
    return _form(operators, drawing.width, drawing.height)


def _shape(shape: Any) -> Iterator[str]:
    """Operators of one of ReportLab's shapes and all in it."""
    from reportlab.graphics import shapes  # noqa: PLC0415

    if isinstance(shape, shapes.Group | shapes.Drawing):
        yield "q"
        yield f"{' '.join(f'{value:.5f}' for value in shape.transform)} cm"
        for inside in shape.contents:
            yield from _shape(inside)
        yield "Q"
        return
    outline = _outline(shape, shapes)
    if outline is None:
        raise PictureRefused(f"it holds something that cannot be drawn as lines ({type(shape).__name__})")
    fill, stroke = _colour(shape, "fillColor"), _colour(shape, "strokeColor")
    if not shape.strokeWidth:
        stroke = ""
    if fill:
        yield colour(fill, "g")
    if stroke:
        yield colour(stroke, "G")
        yield f"{number(shape.strokeWidth)} w {shape.strokeLineCap or 0} J {shape.strokeLineJoin or 0} j"
        yield f"[{' '.join(number(dash) for dash in shape.strokeDashArray or ())}] 0 d"
    yield outline
    star = "*" if getattr(shape, "_fillRule", 1) == 0 else ""
    yield {(True, True): f"B{star}", (True, False): f"f{star}", (False, True): "S", (False, False): "n"}[
        bool(fill), bool(stroke)
    ]


def _outline(shape: Any, shapes: Any) -> str | None:
    """The path of a simple shape; None if it has none."""
    if isinstance(shape, shapes.Path):
        points = iter(shape.points)
        operators = {0: ("m", 2), 1: ("l", 2), 2: ("c", 6), 3: ("h", 0)}
        return " ".join(
            " ".join([*(number(next(points)) for _ in range(count)), operator])
            for operator, count in (operators[step] for step in shape.operators)
        )
    if isinstance(shape, shapes.Line):
        return f"{number(shape.x1)} {number(shape.y1)} m {number(shape.x2)} {number(shape.y2)} l"
    if isinstance(shape, shapes.PolyLine | shapes.Polygon):
        pairs = list(zip(shape.points[::2], shape.points[1::2], strict=True))
        steps = [f"{number(x)} {number(y)} {'l' if index else 'm'}" for index, (x, y) in enumerate(pairs)]
        return " ".join(steps + (["h"] if isinstance(shape, shapes.Polygon) else []))
    if isinstance(shape, shapes.Rect) and not (shape.rx or shape.ry):
        x, y, right, top = (number(each) for each in (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height))
        return f"{x} {y} m {right} {y} l {right} {top} l {x} {top} l h"
    if isinstance(shape, shapes.Circle):
        return rounded(shape.cx - shape.r, shape.cx + shape.r, shape.cy + shape.r, shape.cy - shape.r, shape.r, shape.r)
    if isinstance(shape, shapes.Ellipse):
        left, right = shape.cx - shape.rx, shape.cx + shape.rx
        return rounded(left, right, shape.cy + shape.ry, shape.cy - shape.ry, shape.rx, shape.ry)
    if isinstance(shape, shapes.Rect):
        return rounded(
            shape.x, shape.x + shape.width, shape.y + shape.height, shape.y, shape.rx or shape.ry, shape.ry or shape.rx
        )
    return None


def _colour(shape: Any, attribute: str) -> str:
    """A shape's colour as #RRGGBB, laid over white where it is translucent; empty for none."""
    found = getattr(shape, attribute, None)
    if found is None:
        return ""
    alpha = found.alpha if found.alpha is not None else 1
    channels = (round(255 * (channel * alpha + 1 - alpha)) for channel in (found.red, found.green, found.blue))
    return "#" + "".join(f"{channel:02X}" for channel in channels)


# --------------------------------------------------------------------------- pixels


def _pixels(data: bytes) -> PictureObject:
    """A photograph or a bitmap: upright, no larger than paper can show, and without anything but its pixels."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only for those who bring one

    with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as opened:
        is_photograph = opened.format == "JPEG" or (opened.format == "WEBP" and not opened.has_transparency_data)
        image = ImageOps.exif_transpose(opened)
        image.thumbnail((_MOST_PIXELS, _MOST_PIXELS), Image.Resampling.LANCZOS)
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    head = f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}/BitsPerComponent 8"
    mask = None
    if image.mode == "RGBA":
        alpha = zlib.compress(image.getchannel("A").tobytes(), 9)
        mask = (alpha, f"{head}/ColorSpace/DeviceGray/Filter/FlateDecode".encode("ascii"))
        image = image.convert("RGB")
    if is_photograph:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=_JPEG_QUALITY)
        content, coding = buffer.getvalue(), "DCTDecode"
    else:
        content, coding = zlib.compress(image.tobytes(), 9), "FlateDecode"
    return PictureObject(content, f"{head}/ColorSpace/DeviceRGB/Filter/{coding}".encode("ascii"), mask, y_down=False)
