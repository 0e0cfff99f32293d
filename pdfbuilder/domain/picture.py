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
        frame: the number of the picture's frame that it is in; 0 for none.
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
    frame: int = 0


class PictureFrame(Struct, frozen=True):
    """One of several pictures in a picture, such as the start of a movement and its end. Each is mirrored by itself.

    Attributes:
        left, right: its edges, in the picture's units.
        number: where the middle of its number goes, likewise.
    """

    left: float
    right: float
    number: tuple[float, float]


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
        frames: of a drawing in several numbered frames, in their order.
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
    frames: tuple[PictureFrame, ...] = ()
    paths: tuple[Path, ...] = ()
    data: bytes = b""

    def without_emphasis(self) -> Picture:
        """The same picture with no side that stands out; of pixels, the picture itself."""
        return replace(self, key=f"{self.key}-plain", paths=tuple(each for each in self.paths if not each.is_emphasis))

    def ready_to_mirror(self) -> Picture:
        """The same picture with its frames so far aside that they are in their order once it is turned over.

        A frame that is mirrored with the picture changes places with the others: first comes what was last. Moved to
        its mirror image's place before, it ends where it was.
        """
        if not self.frames:
            return self
        shifts = [0.0, *(self.width - frame.left - frame.right for frame in self.frames)]
        paths = tuple(replace(path, steps=_moved(path.steps, shifts[path.frame])) for path in self.paths)
        badge = self.badge and (self.badge[0] + self._shift_at(self.badge[0]), self.badge[1])
        frames = tuple(
            PictureFrame(frame.left + by, frame.right + by, (frame.number[0] + by, frame.number[1]))
            for frame, by in zip(self.frames, shifts[1:], strict=True)
        )
        return replace(self, key=f"{self.key}-turned", paths=paths, badge=badge, frames=frames)

    def _shift_at(self, x: float) -> float:
        """How far what is at a place is moved: with the last frame that it is in."""
        around = [frame for frame in self.frames if frame.left <= x <= frame.right]
        return self.width - around[-1].left - around[-1].right if around else 0.0


def _moved(steps: tuple[Step, ...], by: float) -> tuple[Step, ...]:
    if not by:
        return steps
    return tuple(
        (letter, tuple(number + by * (index % 2 == 0) for index, number in enumerate(numbers)))
        for letter, numbers in steps
    )


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
