"""Arrows of the movement: a tapered shaft along a Bézier curve, and a head. In the picture's own units."""

from __future__ import annotations

from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.vectors import Points, Vector, cosine, lengths, sine, unit

#: Widths of the shaft at its tail and at its head, and the head's width and length.
_TAIL: Final = 5.0
_SHAFT: Final = 8.0
_HEAD_WIDTH: Final = 27.0
_HEAD_LENGTH: Final = 25.0
#: The smallest head that is drawn, beside the usual one.
_SMALLEST: Final = 0.4
_ROUNDING: Final = 1.3
#: The straight steps that a curve and a ring are made of.
_CURVE_STEPS: Final = 60
_RING_STEPS: Final = 90


def curve(control: Points) -> Points:
    """Points on the Bézier curve of two, three or four control points (rows)."""
    at = np.linspace(0, 1, _CURVE_STEPS + 1)[:, None, None]
    level = control[None]
    while level.shape[1] > 1:
        level = level[:, :-1] * (1 - at) + level[:, 1:] * at
    return np.asarray(level[:, 0])


def ring(middle: Vector, radii: tuple[float, float], turn: tuple[float, float]) -> Points:
    """Points on an ellipse from one angle to another, in degrees: 0 is right, 90 up."""
    first, last = turn
    angles = [first + (last - first) * step / _RING_STEPS for step in range(_RING_STEPS + 1)]
    return np.array([(middle[0] + radii[0] * cosine(each), middle[1] + radii[1] * sine(each)) for each in angles])


def arrow(points: Points) -> Area:
    """The area of an arrow along a curve, given by its points; its tip is the last of them.

    One that is shorter than a head is all head, and smaller by as much.

    Raises:
        ValueError: if it is so short that nobody could see where it points.
    """
    steps = lengths(np.diff(points, axis=0))
    left = np.concatenate((np.cumsum(steps[::-1])[::-1], [0.0]))
    long = min(_HEAD_LENGTH, float(left[0]))
    size = long / _HEAD_LENGTH
    if size < _SMALLEST:
        raise ValueError("an arrow is too short to be seen")
    wide = size * _HEAD_WIDTH
    base = int(np.flatnonzero(left >= long)[-1])
    direction = unit(points[-1] - points[base])
    across = np.array([-direction[1], direction[0]])
    barbs = points[-1] - direction * long
    head = plane.polygon(
        [points[-1], barbs + across * wide / 2, barbs + direction * long * 0.2, barbs - across * wide / 2]
    )
    inner = int(np.flatnonzero(left >= long * 0.7)[-1])
    shaft = plane.chain(
        [
            plane.disc(point, size * (_TAIL + (_SHAFT - _TAIL) * index / inner) / 2)
            for index, point in enumerate(points[: inner + 1])
        ]
    )
    rounded = plane.grown(plane.grown(head, -size * _ROUNDING), size * _ROUNDING)
    return plane.union([shaft, rounded])
