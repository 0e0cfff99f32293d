"""Hatching: parallel lines inside an area, cut at its outline. In paper units."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane, style
from pdfbuilder.drawing.plane import Area, Line
from pdfbuilder.drawing.vectors import Vector, cosine, dot, length, sine, total, vector

#: How far the lines end before the area does: less than half an outline's width.
_INSET: Final = 0.9
#: The two slants, in degrees from the horizontal.
_SLANTS: Final = (45.0, 135.0)


def slant(bones: Iterable[tuple[Vector, Vector]]) -> float:
    """The slant, in degrees, that crosses a limb more than it runs along it.

    Args:
        bones: the ends of the limb's bones in the picture, y up.
    """

    def crossing(degrees: float) -> float:
        line = vector((cosine(degrees), sine(degrees)))
        return total(np.array([abs(line[0] * bone[1] - line[1] * bone[0]) for bone in along]))

    along = [end - start for start, end in bones]
    # The first slant where both cross alike.
    return max(_SLANTS, key=lambda degrees: round(crossing(degrees), 1))


def hatch(area: Area, degrees: float) -> list[Line]:
    """Lines at an angle to the horizontal, evenly spaced, that end under the outline of an area; y down."""
    inside = plane.grown(area, -_INSET)
    along = vector((cosine(degrees), -sine(degrees)))
    across = vector((-along[1], along[0]))
    left, top, right, bottom = area.bounds
    corners = [vector(corner) for corner in ((left, top), (right, top), (right, bottom), (left, bottom))]
    reach = length(corners[2] - corners[0])
    offsets = [dot(corner, across) for corner in corners]
    found: list[Line] = []
    first = math.ceil(min(offsets) / style.HATCH_SPACING)
    last = math.floor(max(offsets) / style.HATCH_SPACING)
    middle = dot(corners[0] + corners[2], along) / 2
    for index in range(first, last + 1):
        centre = across * (index * style.HATCH_SPACING) + along * middle
        stroke = plane.line([centre - along * reach, centre + along * reach])
        found += [each for each in plane.lines(stroke.intersection(inside)) if each.length > style.HATCH_WIDTH]
    return found
