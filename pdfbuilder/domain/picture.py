"""A picture of an exercise: drawn or photographed once, mirrored for the other side."""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.side import Side

#: A step of a path: M to a place, L along a straight line, C along a curve with two control points, Z back to where the
#: part began; and x and y of each of its points. All are absolute, y grows downwards.
Step = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]


class Path(Struct, frozen=True):
    """A shape of a drawing: filled, drawn along its edge, or both.

    Attributes:
        steps: where it runs.
        fill: the colour inside, as #RRGGBB; empty for none. What is open is filled as if it were closed.
        even_odd: whether what its parts surround twice stays empty.
        stroke: the line's colour; empty for none, and then what follows says nothing.
        width: of the line.
        cap: how the line ends.
        join: how it goes round corners.
        dashes: lengths of dashes and gaps in turn; empty for a solid line.
        is_emphasis: whether it only makes the affected side stand out: the picture is whole without it.
    """

    steps: tuple[Step, ...]
    fill: str = ""
    even_odd: bool = False
    stroke: str = ""
    width: float = 0
    cap: Literal["butt", "round", "square"] = "butt"
    join: Literal["miter", "round", "bevel"] = "miter"
    dashes: tuple[float, ...] = ()
    is_emphasis: bool = False


class PictureKind(Enum):
    """What a picture is made of; whatever a file was, it has become one of these when it was read."""

    #: Paths of straight lines and curves in plain colours.
    DRAWING = "drawing"
    #: A JPEG: upright, in red, green and blue, and without anything but its pixels.
    PHOTOGRAPH = "photograph"
    #: A PNG: the same, perhaps with transparent parts.
    BITMAP = "bitmap"


class Picture(Struct, frozen=True, cache_hash=True):
    """A picture that was read and can be printed: nothing in it is refused later.

    Attributes:
        key: names its content; equal for equal pictures.
        kind: what it is made of.
        width: of the picture, in units of its own; of pixels, how many.
        height: of the picture, in the same units.
        shows: the side that the picture shows an exercise on; None if neither, and then it is never mirrored.
        badge: where the middle of the badge with the side's letter goes, in the picture's units from its upper left
            corner; None for the upper corner of the side.
        credit: who made it, to be printed; empty if it need not be said.
        source: where it was read from, for diagnostics.
        paths: of a drawing, from the back to the front.
        data: of pixels, the file.
    """

    key: str
    kind: PictureKind
    width: float
    height: float
    shows: Side | None
    badge: tuple[float, float] | None = None
    credit: str = ""
    source: str = ""
    paths: tuple[Path, ...] = ()
    data: bytes = b""

    def without_emphasis(self) -> Picture:
        """The same picture with no side that stands out; of pixels, the picture itself."""
        return replace(self, key=f"{self.key}-plain", paths=tuple(each for each in self.paths if not each.is_emphasis))


def picture_key(data: bytes) -> str:
    """The name of a picture that is made of some bytes."""
    return "P" + hashlib.sha256(data).hexdigest()[:16]


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
