"""Vectors of three: directions and points of the body's world, in centimetres.

The world's axes: x to the right of a viewer who looks from the front, y up from the floor (y = 0), z towards
that viewer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Three numbers (a point or a direction of the world), or two (a point of the picture).
Vector = NDArray[np.float64]
#: Such points, one a row.
Points = NDArray[np.float64]

#: Shorter than this, a direction is none.
_NO_LENGTH: Final = 1e-9


def vector(values: Sequence[float]) -> Vector:
    """Numbers as a vector."""
    return np.array(values, dtype=np.float64)


def length(of: Vector) -> float:
    """Length in the units of the vector."""
    return math.sqrt(float(of @ of))


def unit(of: Vector) -> Vector:
    """The direction of a vector; a vector of no length stays as it is."""
    size = length(of)
    return of / size if size > _NO_LENGTH else of


def perpendicular(of: Vector, to: Vector) -> Vector:
    """The unit vector of what is left of `of` without its share along the unit vector `to`.

    If nothing is left, as the two run alike, any direction at right angles to `to` does.
    """
    rest = of - to * float(of @ to)
    if length(rest) <= _NO_LENGTH * max(1.0, length(of)):
        rest = np.zeros(3)
        rest[int(np.argmin(np.abs(to)))] = 1.0
        rest -= to * float(rest @ to)
    return unit(rest)


def cross(first: Vector, second: Vector) -> Vector:
    """The vector at right angles to both: y for z and x."""
    return np.asarray(np.cross(first, second))


def rotated(of: Vector, axis: Vector, degrees: float) -> Vector:
    """A vector turned about a unit axis, counter-clockwise seen against the axis."""
    angle = math.radians(degrees)
    turned = of * math.cos(angle) + np.cross(axis, of) * math.sin(angle)
    return turned + axis * float(axis @ of) * (1 - math.cos(angle))


def angle_between(first: Vector, second: Vector) -> float:
    """The angle between two directions, 0 to 180 degrees."""
    return math.degrees(math.acos(max(-1.0, min(1.0, float(unit(first) @ unit(second))))))
