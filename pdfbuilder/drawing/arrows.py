"""Arrows of the movement: a tapered shaft along a Bézier curve, and a head. In the picture's own units."""

from __future__ import annotations

from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.vectors import Points, lengths, unit

#: Widths of the shaft at its tail and at its head, and the head's width and length.
_TAIL: Final = 5.0
_SHAFT: Final = 8.0
_HEAD_WIDTH: Final = 27.0
_HEAD_LENGTH: Final = 25.0
_ROUNDING: Final = 1.3


def curve(control: Points, steps: int = 60) -> Points:
    """Points on the Bézier curve of two, three or four control points (rows)."""
    rows = [control for _ in range(steps + 1)]
    at = np.linspace(0, 1, steps + 1)[:, None]
    level = np.stack(rows)
    while level.shape[1] > 1:
        level = level[:, :-1] * (1 - at[:, :, None]) + level[:, 1:] * at[:, :, None]
    return np.asarray(level[:, 0])


def arrow(control: Points) -> Area:
    """The area of an arrow along a Bézier curve, its tip at the last control point."""
    points = curve(control)
    steps = lengths(np.diff(points, axis=0))
    left = np.concatenate((np.cumsum(steps[::-1])[::-1], [0.0]))
    base = int(np.flatnonzero(left >= _HEAD_LENGTH)[-1])
    direction = unit(points[-1] - points[base])
    across = np.array([-direction[1], direction[0]])
    barbs = points[-1] - direction * _HEAD_LENGTH
    head = plane.polygon(
        [
            points[-1],
            barbs + across * _HEAD_WIDTH / 2,
            barbs + direction * _HEAD_LENGTH * 0.2,
            barbs - across * _HEAD_WIDTH / 2,
        ]
    )
    inner = int(np.flatnonzero(left >= _HEAD_LENGTH * 0.7)[-1])
    shaft = plane.chain(
        [
            plane.disc(point, (_TAIL + (_SHAFT - _TAIL) * index / inner) / 2)
            for index, point in enumerate(points[: inner + 1])
        ]
    )
    rounded = plane.grown(plane.grown(head, -_ROUNDING), _ROUNDING)
    return plane.union([shaft, rounded])
