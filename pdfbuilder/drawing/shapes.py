"""What a picture is made of: a flat list of painted shapes in paper units, y down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.plane import Area, Line
from pdfbuilder.drawing.vectors import Points

#: Smaller pieces of an area than this, in square units, are not painted.
_SPECK: Final = 6.0


class Detail(Enum):
    """How exactly an edge must be where it is."""

    #: The eye sees where it runs.
    SEEN = "seen"
    #: An outline lies over it.
    COVERED = "covered"
    #: It is white on white, or nearly.
    LOOSE = "loose"


@dataclass(frozen=True)
class Shape:
    """One path.

    Attributes:
        lines: its points.
        is_area: whether each line is closed, the border of an area or of a hole in it.
        fill: colour, empty for none.
        stroke: colour, empty for none; `width` and `dashes` are its own.
        has_round_ends: whether the stroke's ends and corners are round.
        detail: how exactly it must be where it is.
        is_emphasis: whether it only makes the affected side stand out.
        frame: 1 or 2 for what is in one of two numbered frames, else 0; those of each follow one another.
    """

    lines: tuple[Points, ...]
    is_area: bool
    fill: str = ""
    stroke: str = ""
    width: float = 0
    dashes: tuple[float, ...] = ()
    has_round_ends: bool = True
    detail: Detail = Detail.COVERED
    is_emphasis: bool = False
    frame: int = 0


@dataclass(frozen=True)
class Picture:
    """A finished picture.

    Attributes:
        size: width and height.
        shapes: from the back to the front.
        shows: the drawn side, `right` or `neither`.
        badge: where the centre of the side's letter goes, or None.
        frames: of two numbered frames each: left and right edge, and where the centre of the number goes.
    """

    size: tuple[float, float]
    shapes: tuple[Shape, ...]
    shows: str
    badge: tuple[float, float] | None
    frames: tuple[tuple[float, float, float, float], ...] = ()


def filled(area: Area, fill: str, detail: Detail = Detail.COVERED, *, is_emphasis: bool = False) -> Shape:
    """A painted area."""
    return Shape(_borders(area), is_area=True, fill=fill, detail=detail, is_emphasis=is_emphasis)


def outlined(area: Area, fill: str, stroke: str, width: float) -> Shape:
    """A painted area with a line round it."""
    return Shape(_borders(area), is_area=True, fill=fill, stroke=stroke, width=width, detail=Detail.SEEN)


def stroked(
    lines: Iterable[Line], stroke: str, width: float, dashes: tuple[float, ...] = (), *, is_emphasis: bool = False
) -> Shape:
    """Drawn lines."""
    return Shape(
        _points(lines), is_area=False, stroke=stroke, width=width, dashes=dashes, detail=Detail.SEEN,
        is_emphasis=is_emphasis,
    )  # fmt: skip


def hatched(lines: Iterable[Line], stroke: str, width: float) -> Shape:
    """Lines of a hatching, which end under an outline."""
    return Shape(_points(lines), is_area=False, stroke=stroke, width=width, has_round_ends=False, is_emphasis=True)


def clipped(shape: Shape, window: Area) -> Shape:
    """What of a shape is inside an area."""
    if not shape.is_area:
        inside = [plane.line(each).intersection(window) for each in shape.lines]
        return replace(shape, lines=_points(each for each in inside if not each.is_empty))
    return replace(shape, lines=_borders(plane.overlap(plane.from_rings(shape.lines), window)))


def _borders(area: Area) -> tuple[Points, ...]:
    return tuple(plane.rings(plane.union(plane.polygons(area, _SPECK))))


def _points(lines: Iterable[Line]) -> tuple[Points, ...]:
    return tuple(plane.coordinates(each) for one in lines for each in plane.lines(one))
