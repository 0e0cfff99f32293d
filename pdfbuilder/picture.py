"""A picture of an exercise: drawn or photographed once, mirrored for the other side."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from pdfbuilder.side import Side


class PictureKind(Enum):
    """What a picture's data is."""

    #: An SVG in the plain format of the shipped pictures: paths, and nothing else.
    PLAIN_SVG = "plain-svg"
    #: Any other SVG.
    SVG = "svg"
    #: A PNG, JPEG or WebP.
    PIXELS = "pixels"


class Picture(Struct, frozen=True, cache_hash=True):
    """A picture that was read and found harmless.

    Attributes:
        key: names its content; equal for equal pictures.
        kind: what the data is.
        data: the file.
        width: of the picture, in units of its own.
        height: of the picture, in the same units.
        shows: the side that the picture shows an exercise on; None if neither, and then it is never mirrored.
        badge: where the middle of the badge with the side's letter goes, in the picture's units from its upper left
            corner; None for the upper corner of the side.
        credit: who made it, to be printed; empty if it need not be said.
        source: where it was read from, for diagnostics.
    """

    key: str
    kind: PictureKind
    data: bytes
    width: float
    height: float
    shows: Side | None
    badge: tuple[float, float] | None = None
    credit: str = ""
    source: str = ""
