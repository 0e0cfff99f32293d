"""Fits cubic Bézier curves to polylines, so that a smooth outline takes a few numbers.

From corner to corner, each curve is made as long as the tolerance allows; long straight pieces stay straight. A curve
is the least-squares fit with given end tangents, its parameters refined by Newton's method (P. J. Schneider, "An
Algorithm for Automatically Fitting Digitized Curves", Graphics Gems, 1990).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.vectors import Points, Vector, decisive, dot, lengths, total, unit

#: A turn sharper than this between two segments is a corner: the cosine of 38 degrees.
_CORNER: Final = 0.788
#: Between the points that a curve is fitted to; tangents are taken over as many of them.
_STEP: Final = 1.5
_TANGENT_STEPS: Final = 2
_REFINEMENTS: Final = 3
#: A curve that is off by this many times the tolerance will not come near it.
_HOPELESS: Final = 6.0
#: From this length on, a straight segment stays one.
_STRAIGHT: Final = 40.0
#: What is not more than this must not be divided by.
_NOTHING: Final = 1e-12


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
    is_smooth_ring = len(breaks) == 2 and _is_ring(plain)
    found: list[Points] = []
    for start, end in pairwise(breaks):
        piece = _resampled(plain[start : end + 1])
        found += _Fitter(piece, tolerance, is_smooth_ring).curves()
    return found


def _from_corner(points: Points) -> Points:
    """A closed polyline from its sharpest corner on, or from its topmost point if it has none."""
    if len(points) < 4 or not _is_ring(points):
        return points
    ring = points[:-1]
    # Corners that are as sharp, and all that is no corner, by their place: the topmost, then the leftmost.
    sharpness = np.minimum(np.round(_turns(np.vstack((ring[-1], ring, ring[0]))), 4), _CORNER)
    start = int(np.lexsort((ring[:, 0], ring[:, 1], sharpness))[0])
    rolled = np.roll(ring, -start, axis=0)
    return np.vstack((rolled, rolled[0]))


def _is_ring(points: Points) -> bool:
    return bool(np.allclose(points[0], points[-1]))


def _turns(points: Points) -> Points:
    """How far the polyline turns at each inner point, as the angle's cosine: the smaller, the sharper."""
    steps = np.diff(points, axis=0)
    before, after = steps[:-1], steps[1:]
    along = before[:, 0] * after[:, 0] + before[:, 1] * after[:, 1]
    return along / np.maximum(lengths(before) * lengths(after), _NOTHING)


def _corners(points: Points) -> list[int]:
    return [int(index) + 1 for index in np.flatnonzero(_turns(points) < _CORNER)]


def _ends_of_straights(points: Points) -> list[int]:
    """Both ends of each long straight segment, such as a mat's edge: it must not swell into its rounded corner."""
    long = np.flatnonzero(lengths(np.diff(points, axis=0)) > _STRAIGHT)
    return [int(index) + end for index in long for end in (0, 1)]


def _resampled(points: Points) -> Points:
    """The polyline as points at an even distance."""
    steps = np.diff(points, axis=0)
    way = np.concatenate(([0.0], np.cumsum(lengths(steps))))
    at = np.linspace(0, way[-1], max(2, round(decisive(float(way[-1])) / _STEP) + 1))
    # The segment that each falls in, and how far along.
    segment = np.clip(np.searchsorted(way, at, side="right") - 1, 0, len(steps) - 1)
    share = (at - way[segment]) / (way[segment + 1] - way[segment])
    return np.asarray(points[segment] + steps[segment] * share[:, None])


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
            # Most pieces take one curve: that is tried first, and then ever half of what is left.
            middle = high if high == last and low == start + 1 else (low + high + 1) // 2
            curve = self._within_tolerance(start, middle)
            if curve is not None:
                low, best = middle, curve
            else:
                high = middle - 1
        return low, best

    def _within_tolerance(self, start: int, end: int) -> Points | None:
        fit = _Fit(self.points[start : end + 1], self._tangent(start), -self._tangent(end))
        for _ in range(_REFINEMENTS):
            if not self.tolerance < fit.farthest < _HOPELESS * self.tolerance:
                break
            fit.refine()
        return fit.curve if fit.farthest <= self.tolerance else None

    def _tangent(self, index: int) -> Points:
        last = len(self.points) - 1
        if self.is_ring and index in (0, last):
            return unit(self.points[1] - self.points[-2])
        reach = _TANGENT_STEPS if 0 < index < last else 1
        return unit(self.points[min(index + reach, last)] - self.points[max(index - reach, 0)])


def _straight(start: Points, end: Points) -> Points:
    return np.array([start, start + (end - start) / 3, start + (end - start) * 2 / 3, end])


class _Fit:
    """The curve with given end tangents that is nearest to some points.

    Attributes:
        curve: its control points (rows).
        farthest: how far from it the points are at most.
    """

    def __init__(self, points: Points, first: Vector, last: Vector) -> None:
        self.points, self.first, self.last = points, first, last
        self._fit(np.arange(len(points)) / (len(points) - 1))

    def _fit(self, at: Points) -> None:
        """The least squares for given parameters, one for each point."""
        rest = 1 - at
        out, back = 3 * at * rest * rest, 3 * at * at * rest
        from_start, from_end = rest * rest * rest + out, at * at * at + back
        start, end = self.points[0], self.points[-1]
        # What the end tangents have to add.
        lacking = [
            coordinates - from_start * start[axis] - from_end * end[axis]
            for axis, coordinates in enumerate(self.points.T)
        ]
        reaches = self._reaches(out, back, lacking)
        first, last = self.first * reaches[0], self.last * reaches[1]
        self.curve = np.array([start, start + first, end + last, end])
        self.at, self.rest = at, rest
        self.off = [out * first[axis] + back * last[axis] - each for axis, each in enumerate(lacking)]
        self.farthest = math.sqrt(float(_dots(self.off, self.off).max()))

    def _reaches(self, out: Points, back: Points, lacking: Sequence[Points]) -> tuple[float, float]:
        """How far the inner control points are from the ends, along the tangents."""
        a, d = total(out * out), total(back * back)
        b = total(out * back) * dot(self.first, self.last)
        p, q = total(out * _dots(self.first, lacking)), total(back * _dots(self.last, lacking))
        determinant = a * d - b * b
        way = _STEP * (len(self.points) - 1)
        if abs(determinant) > _NOTHING:
            exact = (p * d - q * b) / determinant, (q * a - p * b) / determinant
            if min(exact) > 0 and max(exact) < way:
                return exact
        return way / 3, way / 3

    def refine(self) -> None:
        """Better parameters: one step of Newton's method to each point's nearest place on the curve."""
        at, rest = self.at, self.rest
        velocity = 3 * (self.curve[1:] - self.curve[:-1])
        acceleration = 2 * (velocity[1:] - velocity[:-1])
        early, middle, late = rest * rest, 2 * at * rest, at * at
        speed = [early * a + middle * b + late * c for a, b, c in velocity.T]
        bend = [rest * a + at * b for a, b in acceleration.T]
        numerator = _dots(self.off, speed)
        denominator = _dots(speed, speed) + _dots(self.off, bend)
        step = np.divide(numerator, denominator, out=np.zeros_like(at), where=np.abs(denominator) > _NOTHING)
        self._fit(np.maximum.accumulate(np.minimum(np.maximum(at - step, 0), 1)))


def _dots(first: Sequence[Points] | Vector, second: Sequence[Points]) -> Points:
    """The products of vectors of the picture, each list given by its two coordinates."""
    return np.asarray(first[0] * second[0] + first[1] * second[1])
