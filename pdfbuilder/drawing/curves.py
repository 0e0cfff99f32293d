"""Fits cubic Bézier curves to polylines, so that a smooth outline takes a few numbers.

From corner to corner, each curve is made as long as the tolerance allows; long straight pieces stay straight. A curve
is the least-squares fit with given end tangents, its parameters refined by Newton's method (P. J. Schneider, "An
Algorithm for Automatically Fitting Digitized Curves", Graphics Gems, 1990).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.vectors import Points

#: A turn sharper than this between two segments, in degrees, is a corner.
_CORNER: Final = 38.0
#: Between the points that a curve is fitted to; tangents are taken over as many of them.
_STEP: Final = 1.5
_TANGENT_STEPS: Final = 2
_REFINEMENTS: Final = 3
#: From this length on, a straight segment stays one.
_STRAIGHT: Final = 40.0


def fitted(points: Points, tolerance: float) -> list[Points]:
    """Curves along a polyline from its first point to its last.

    Args:
        points: the polyline, a row a point; closed if its last row is its first.
        tolerance: how far the curves may be from it, in its own units.

    Returns:
        Four control points (rows) for each curve.
    """
    plain = _from_corner(plane.simplified(points, min(tolerance * 0.35, 0.15)))
    breaks = sorted({0, *_corners(plain), *_ends_of_straights(plain), len(plain) - 1})
    is_smooth_ring = len(breaks) == 2 and bool(np.allclose(plain[0], plain[-1]))
    found: list[Points] = []
    for start, end in pairwise(breaks):
        piece = _resampled(plain[start : end + 1])
        found += _Fitter(piece, tolerance, is_smooth_ring).curves()
    return found


def _from_corner(points: Points) -> Points:
    """A closed polyline from its sharpest corner on, or from its topmost point if it has none."""
    if len(points) < 4 or not np.allclose(points[0], points[-1]):
        return points
    ring = points[:-1]
    turns = _turns(np.vstack((ring[-1], ring, ring[0])))
    start = int(np.argmax(np.round(turns, 3)))
    if turns[start] <= _CORNER:
        start = int(np.lexsort((np.round(ring[:, 0], 2), np.round(ring[:, 1], 2)))[0])
    rolled = np.roll(ring, -start, axis=0)
    return np.vstack((rolled, rolled[0]))


def _turns(points: Points) -> Points:
    """How far the polyline turns at each inner point, in degrees."""
    steps = np.diff(points, axis=0)
    turn = np.abs(np.diff(np.arctan2(steps[:, 1], steps[:, 0])))
    return np.degrees(np.minimum(turn, 2 * math.pi - turn))


def _corners(points: Points) -> list[int]:
    return [int(index) + 1 for index in np.flatnonzero(_turns(points) > _CORNER)]


def _ends_of_straights(points: Points) -> list[int]:
    """Both ends of each long straight segment, such as a mat's edge: it must not swell into its rounded corner."""
    long = np.flatnonzero(np.hypot(*np.diff(points, axis=0).T) > _STRAIGHT)
    return [int(index) + end for index in long for end in (0, 1)]


def _resampled(points: Points) -> Points:
    """The polyline as points at an even distance."""
    way = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    at = np.linspace(0, way[-1], max(2, round(float(way[-1]) / _STEP) + 1))
    return np.column_stack((np.interp(at, way, points[:, 0]), np.interp(at, way, points[:, 1])))


class _Fitter:
    """Fits curves to a piece without corners."""

    def __init__(self, points: Points, tolerance: float, is_ring: bool) -> None:
        self.points = points
        self.tolerance = tolerance
        self.is_ring = is_ring

    def curves(self) -> list[Points]:
        found: list[Points] = []
        start, last = 0, len(self.points) - 1
        while start < last:
            end, curve = self._longest(start)
            found.append(curve)
            start = end
        return found

    def _longest(self, start: int) -> tuple[int, Points]:
        """The end and the curve that go furthest from a start."""
        last = len(self.points) - 1
        low, high = start + 1, last
        best = _straight(self.points[start], self.points[low])
        while low < high:
            middle = high if high == last and low == start + 1 else (low + high + 1) // 2
            curve = self._within_tolerance(start, middle)
            if curve is not None:
                low, best = middle, curve
            else:
                high = middle - 1
        return low, best

    def _within_tolerance(self, start: int, end: int) -> Points | None:
        points = self.points[start : end + 1]
        first, last = self._tangent(start), -self._tangent(end)
        at = np.linspace(0, 1, len(points))
        for _ in range(_REFINEMENTS + 1):
            curve = _best(points, at, first, last)
            if float(np.hypot(*(_bernstein(at) @ curve - points).T).max()) <= self.tolerance:
                return curve
            at = _reparametrised(points, curve, at)
        return None

    def _tangent(self, index: int) -> Points:
        last = len(self.points) - 1
        if self.is_ring and index in (0, last):
            step = self.points[1] - self.points[-2]
        else:
            reach = _TANGENT_STEPS if 0 < index < last else 1
            step = self.points[min(index + reach, last)] - self.points[max(index - reach, 0)]
        return np.asarray(step / np.hypot(*step))


def _straight(start: Points, end: Points) -> Points:
    return np.array([start, start + (end - start) / 3, start + (end - start) * 2 / 3, end])


def _bernstein(at: Points) -> Points:
    rest = 1 - at
    return np.column_stack((rest**3, 3 * at * rest**2, 3 * at**2 * rest, at**3))


def _best(points: Points, at: Points, first: Points, last: Points) -> Points:
    """The curve with given end tangents that is nearest to the points at given parameters."""
    weights = _bernstein(at)
    start, end = points[0], points[-1]
    out, back = weights[:, 1, None] * first, weights[:, 2, None] * last
    rest = points - (weights[:, 0] + weights[:, 1])[:, None] * start - (weights[:, 2] + weights[:, 3])[:, None] * end
    a, b, d = float((out * out).sum()), float((out * back).sum()), float((back * back).sum())
    p, q = float((out * rest).sum()), float((back * rest).sum())
    determinant = a * d - b * b
    way = _STEP * (len(points) - 1)
    alpha = beta = way / 3
    if abs(determinant) > 1e-12:
        exact = (p * d - q * b) / determinant, (q * a - p * b) / determinant
        if min(exact) > 0 and max(exact) < way:
            alpha, beta = exact
    return np.array([start, start + first * alpha, end + last * beta, end])


def _reparametrised(points: Points, curve: Points, at: Points) -> Points:
    """Better parameters: one step of Newton's method to each point's nearest place on the curve."""
    velocity, acceleration = 3 * np.diff(curve, axis=0), 6 * np.diff(curve, n=2, axis=0)
    rest = 1 - at
    off = _bernstein(at) @ curve - points
    speed = np.column_stack((rest**2, 2 * at * rest, at**2)) @ velocity
    bend = np.column_stack((rest, at)) @ acceleration
    numerator = (off * speed).sum(axis=1)
    denominator = (speed * speed).sum(axis=1) + (off * bend).sum(axis=1)
    step = np.divide(numerator, denominator, out=np.zeros_like(at), where=np.abs(denominator) > 1e-12)
    return np.asarray(np.maximum.accumulate(np.clip(at - step, 0, 1)))
