"""A picture of an exercise: drawn or photographed once, mirrored for the other side."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from pdfbuilder.domain.side import Side


class PictureKind(Enum):
    """What a picture's data is; whatever a file was, it has become one of these when it was read."""

    #: An SVG in the plain format of the shipped pictures: paths of straight lines and curves, and nothing else.
    DRAWING = "drawing"
    #: A JPEG: upright, in red, green and blue, and without anything but its pixels.
    PHOTOGRAPH = "photograph"
    #: A PNG: the same, perhaps with transparent parts.
    BITMAP = "bitmap"


class Picture(Struct, frozen=True, cache_hash=True):
    """A picture that was read and can be printed: nothing in it is refused later.

    Attributes:
        key: names its content; equal for equal pictures.
        kind: what the data is.
        data: the picture itself.
        width: of the picture, in units of its own; of pixels, how many.
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


class Unprintable(ValueError):
    """A picture that cannot be printed.

    Attributes:
        message: why.
        hint: what to do about it.
        code: short name for a diagnostic.
    """

    def __init__(self, message: str, hint: str, code: str = "picture") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
