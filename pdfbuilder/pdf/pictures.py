"""Pictures as objects of a PDF file: each is stored once, however many pages and people use it.

A picture is placed in a unit square, so that placing it and mirroring it are one matrix.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from pdfbuilder.domain.picture import Path, Picture, PictureKind
from pdfbuilder.pdf.content import colour
from pdfbuilder.pdf.objects import deflated
from pdfbuilder.pictures.svg_text import numerals


class PictureObject(Struct, frozen=True):
    """A picture as it is stored.

    Attributes:
        content: of its stream, compressed already.
        entries: of the stream's dictionary.
        mask: content and entries of the mask of a picture with transparent parts, or None.
    """

    content: bytes
    entries: bytes
    mask: tuple[bytes, bytes] | None = None


def picture_object(picture: Picture) -> PictureObject:
    """Make a picture's object. A drawing's square has y downwards, one of pixels upwards (ISO 32000-1, 8.9.5)."""
    match picture.kind:
        case PictureKind.DRAWING:
            return _drawing(picture)
        case PictureKind.PHOTOGRAPH:
            return PictureObject(picture.data, _entries(picture, "RGB", "DCT"))
        case PictureKind.BITMAP:
            return _bitmap(picture)


# --------------------------------------------------------------------------- drawings

_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_OPERATORS: Final = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def _drawing(picture: Picture) -> PictureObject:
    """The operators of a drawing's paths as a form in the unit square."""
    lines = [f"{1 / picture.width:.8f} 0 0 {1 / picture.height:.8f} 0 0 cm", *operators(picture.paths)]
    return PictureObject(
        deflated("\n".join(lines).encode("ascii"), level=9),
        b"/Type/XObject/Subtype/Form/BBox [0 0 1 1]/Resources <<>>/Filter/FlateDecode",
    )


def operators(paths: Iterable[Path]) -> Iterator[str]:
    """The operators that draw paths, in their own units (ISO 32000-1, 8.5)."""
    for path in paths:
        if path.fill:
            yield colour(path.fill, "g")
        if path.stroke:
            yield colour(path.stroke, "G")
            yield f"{numerals((path.width,))} w"
            yield f"{_CAPS[path.cap]} J"
            yield f"{_JOINS[path.join]} j"
            yield f"[{numerals(path.dashes)}] 0 d"
        yield " ".join(f"{numerals(numbers)} {_OPERATORS[letter]}".lstrip() for letter, numbers in path.steps)
        star = "*" if path.even_odd else ""
        yield (f"B{star}" if path.stroke else f"f{star}") if path.fill else "S"


# --------------------------------------------------------------------------- pixels


def _bitmap(picture: Picture) -> PictureObject:
    """Pixels without losses; what is transparent becomes a mask."""
    from PIL import Image  # noqa: PLC0415 - only for those who bring one

    mask = None
    with Image.open(io.BytesIO(picture.data), formats=["PNG"]) as image:
        if image.mode == "RGBA":
            mask = (deflated(image.getchannel("A").tobytes(), level=9), _entries(picture, "Gray", "Flate"))
        content = deflated(image.convert("RGB").tobytes(), level=9)
    return PictureObject(content, _entries(picture, "RGB", "Flate"), mask)


def _entries(picture: Picture, colours: str, coding: str) -> bytes:
    return (
        f"/Type/XObject/Subtype/Image/Width {picture.width:.0f}/Height {picture.height:.0f}/BitsPerComponent 8"
        f"/ColorSpace/Device{colours}/Filter/{coding}Decode"
    ).encode("ascii")
