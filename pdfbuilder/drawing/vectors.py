"""Vectors of three: directions and points of the body's world, in centimetres.

The world's axes: x to the right of a viewer who looks from the front, y up from the floor (y = 0), z towards
that viewer.

A picture is the same to the last byte on every machine, since only what IEEE 754 fixes to the last bit is done here
and in the rest of the drawing: sums, products, quotients and square roots, one number at a time. NumPy's matrix
products, its sines and its powers depend on the processor, and the C library's on its version.
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
#: Decimals that every C library agrees on in a sine or a cosine, with many to spare.
_AGREED: Final = 10
#: Decimals of what decides: two numbers that differ by less are equal, whatever was rounded on the way to them.
_DECISIVE: Final = 6


def vector(values: Sequence[float]) -> Vector:
    """Numbers as a vector."""
    return np.array(values, dtype=np.float64)


def dot(first: Vector, second: Vector) -> float:
    """The sum of the products of the coordinates."""
    total = 0.0
    for product in (first * second).tolist():
        total += product
    return total


def dots(rows: Points, by: Vector) -> Points:
    """The same for each of some points (rows) and one vector."""
    found = rows[:, 0] * by[0]
    for axis in range(1, len(by)):
        found = found + rows[:, axis] * by[axis]
    return np.asarray(found)


def length(of: Vector) -> float:
    """Length in the units of the vector."""
    return math.sqrt(dot(of, of))


def unit(of: Vector) -> Vector:
    """The direction of a vector; a vector of no length stays as it is."""
    size = length(of)
    return of / size if size > _NO_LENGTH else of


def perpendicular(of: Vector, to: Vector) -> Vector:
    """The unit vector of what is left of `of` without its share along the unit vector `to`.

    If nothing is left, as the two run alike, any direction at right angles to `to` does.
    """
    rest = of - to * dot(of, to)
    if length(rest) <= _NO_LENGTH * max(1.0, length(of)):
        rest = np.zeros(3)
        rest[int(np.argmin(np.round(np.abs(to), _DECISIVE)))] = 1.0
        rest -= to * dot(rest, to)
    return unit(rest)


def cross(first: Vector, second: Vector) -> Vector:
    """The vector at right angles to both: y for z and x."""
    a, b, c = first.tolist()
    x, y, z = second.tolist()
    return vector((b * z - c * y, c * x - a * z, a * y - b * x))


def rotated(of: Vector, axis: Vector, degrees: float) -> Vector:
    """A vector turned about a unit axis, counter-clockwise seen against the axis."""
    turned = of * cosine(degrees) + cross(axis, of) * sine(degrees)
    return turned + axis * (dot(axis, of) * (1 - cosine(degrees)))


def angle_between(first: Vector, second: Vector) -> float:
    """The angle between two directions, 0 to 180 degrees."""
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(unit(first), unit(second))))))


def cosine(degrees: float) -> float:
    """The cosine of an angle, to as many decimals as are the same everywhere."""
    return round(math.cos(math.radians(degrees)), _AGREED)


def sine(degrees: float) -> float:
    """The sine of an angle, to as many decimals as are the same everywhere."""
    return round(math.sin(math.radians(degrees)), _AGREED)


def unit_circle(count: int) -> Points:
    """Points of the unit circle at even distances, counter-clockwise from the right."""
    angles = [360 * index / count for index in range(count)]
    return np.array([(cosine(each), sine(each)) for each in angles])


def decisive(value: float) -> float:
    """What something is decided by, without the digits that are only left over from rounding."""
    return round(value, _DECISIVE)


def lengths(steps: Points) -> Points:
    """The length of each of some vectors of the picture (rows)."""
    return np.asarray(np.sqrt(steps[:, 0] * steps[:, 0] + steps[:, 1] * steps[:, 1]))


def total(values: Points) -> float:
    """The exact sum of numbers, rounded once: no order of adding them up comes into it."""
    return math.fsum(values.tolist())
