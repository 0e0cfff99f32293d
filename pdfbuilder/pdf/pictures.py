"""Pictures as objects of a PDF file: each is stored once, however many pages and people use it.

A picture is placed in a unit square, so that placing it and mirroring it are one matrix.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from reportlab.lib.utils import ImageReader

from pdfbuilder.domain.picture import Path, Picture, PictureKind
from pdfbuilder.pdf.document import LINE_BREAKS, deflated, stream
from pdfbuilder.pdf.internals import EVEN_ODD, NON_ZERO, BlankCanvas, Pixels
from pdfbuilder.pdf.pen import set_fill, set_stroke

if TYPE_CHECKING:
    from PIL import Image


class PictureObject(Struct, frozen=True):
    """A picture as it is stored.

    Attributes:
        stream: the picture.
        mask: the stream of the mask of a picture with transparent parts; empty for others.
    """

    stream: bytes
    mask: bytes = b""


@lru_cache(maxsize=256)
def picture_object(picture: Picture) -> PictureObject:
    """Make a picture's object. A drawing's square has y downwards, one of pixels upwards (ISO 32000-1, 8.9.5)."""
    match picture.kind:
        case PictureKind.DRAWING:
            return _drawing(picture)
        case PictureKind.PHOTOGRAPH:
            return PictureObject(Pixels(picture.key, ImageReader(io.BytesIO(picture.data))).stream())
        case PictureKind.BITMAP:
            return _bitmap(picture)


# --------------------------------------------------------------------------- drawings


_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}


def _drawing(picture: Picture) -> PictureObject:
    """Paths, in their own order, as a form in the unit square."""
    canvas = BlankCanvas()
    # ReportLab's `scale` would write six decimals, which is a fiftieth of a unit at the far edge.
    canvas.addLiteral(f"{1 / picture.width:.8f} 0 0 {1 / picture.height:.8f} 0 0 cm")
    draw_paths(canvas, picture.paths)
    content = canvas.getCurrentPageContent().encode("ascii")
    return PictureObject(stream(content, b"/Type/XObject/Subtype/Form/BBox [0 0 1 1]/Resources <<>>"))


def draw_paths(canvas: BlankCanvas, paths: Iterable[Path]) -> None:
    """Draw paths one over another."""
    for each in paths:
        if each.fill:
            set_fill(canvas, each.fill)
        if each.stroke:
            set_stroke(canvas, each.stroke)
            canvas.setLineWidth(each.width)
            canvas.setLineCap(_CAPS[each.cap])
            canvas.setLineJoin(_JOINS[each.join])
            canvas.setDash(each.dashes)
        path = canvas.beginPath()
        draw: dict[str, Callable[..., None]] = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
        for letter, numbers in each.steps:
            draw[letter](*numbers)
        mode = EVEN_ODD if each.even_odd else NON_ZERO
        canvas.drawPath(path, stroke=bool(each.stroke), fill=bool(each.fill), fillMode=mode)


# --------------------------------------------------------------------------- pixels


def _bitmap(picture: Picture) -> PictureObject:
    """Pixels without losses; what is transparent becomes a mask."""
    from PIL import Image  # noqa: PLC0415 - only for those who bring one

    with Image.open(io.BytesIO(picture.data), formats=["PNG"]) as image:
        mask = _pixels(picture.key, image.getchannel("A")) if image.mode == "RGBA" else b""
        return PictureObject(_pixels(picture.key, image.convert("RGB")), mask)


def _pixels(key: str, image: Image.Image) -> bytes:
    stored = Pixels(key, ImageReader(image))
    if stored.streamContent.endswith(LINE_BREAKS):
        stored.streamContent = deflated(image.tobytes())
    return stored.stream()
