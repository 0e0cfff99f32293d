"""Pictures as objects of a PDF file: each is stored once, however many pages and people use it.

A picture is placed in a unit square, so that placing it and mirroring it are one matrix.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from msgspec import Struct

from pdfbuilder.domain.picture import Picture, PictureKind
from pdfbuilder.pdf.content import colour
from pdfbuilder.pdf.objects import deflated


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
_STEP: Final = re.compile(r"([MLCZ])([^MLCZ]*)")


def _drawing(picture: Picture) -> PictureObject:
    """The operators of plain paths, in their own order, as a form in the unit square."""
    lines = [f"{1 / picture.width:.8f} 0 0 {1 / picture.height:.8f} 0 0 cm"]
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "path":
            lines.extend(_path(attributes))

    parser.StartElementHandler = start
    parser.Parse(picture.data, True)
    return PictureObject(
        deflated("\n".join(lines).encode("ascii"), level=9),
        b"/Type/XObject/Subtype/Form/BBox [0 0 1 1]/Resources <<>>/Filter/FlateDecode",
    )


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
    steps = _STEP.findall(attributes["d"])
    yield " ".join(f"{operands.replace(',', ' ')} {_OPERATORS[command]}".lstrip() for command, operands in steps)
    star = "*" if attributes.get("fill-rule") == "evenodd" else ""
    yield {(True, True): f"B{star}", (True, False): f"f{star}", (False, True): "S", (False, False): "n"}[
        fill != "none", stroke != "none"
    ]


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
