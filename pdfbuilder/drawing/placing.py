"""Finds the badge a place beside the limb that it names, where it hides nothing."""

from __future__ import annotations

from typing import Final

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.vectors import Vector, cosine, decisive, sine, vector

#: How much larger than the badge the place must be.
CLEAR: Final = 1.35
#: The directions that are tried, and the distances, in radii of the badge.
_DIRECTIONS: Final = 24
_DISTANCES: Final = tuple(1 + step / 2 for step in range(1, 17))
#: What is hidden of the figure counts more than what is hidden of arrows; above and below count a little as distance.
_FIGURE: Final = 3.0
_UPRIGHT: Final = 0.05


def free_place(joint: Vector, radius: float, figure: Area, others: Area) -> Vector:
    """The nearest place to a joint where a disc hides nothing; the best one if there is none.

    Args:
        joint: a point of the picture.
        radius: the disc's.
        figure: what the figure covers.
        others: what arrows, the start of the movement, numbers and tools cover.
    """
    best, least = joint, float("inf")
    for distance in (radius * each for each in _DISTANCES):
        if distance >= least:
            break  # all that follow are further away still
        for index in range(_DIRECTIONS):
            angle = 360 * index / _DIRECTIONS
            place = joint + vector((cosine(angle), sine(angle))) * distance
            disc = plane.disc(place, radius * CLEAR)
            hidden = _FIGURE * plane.overlap(disc, figure).area + plane.overlap(disc, others).area
            cost = decisive(hidden / radius + distance * (1 + _UPRIGHT * abs(sine(angle))))
            if cost < least:
                best, least = place, cost
    return best
