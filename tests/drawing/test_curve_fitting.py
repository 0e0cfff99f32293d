"""Curves stay near the polylines that they stand for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely  # type: ignore[import-untyped,unused-ignore]
from hypothesis import given
from hypothesis import strategies as st

from pdfbuilder.drawing.curves import fitted
from pdfbuilder.drawing.vectors import Points

TOLERANCE = 0.5


def along(curves: list[Points]) -> Points:
    """Points on curves."""
    at = np.linspace(0, 1, 25)[:, None]
    parts = [
        a * (1 - at) ** 3 + 3 * b * at * (1 - at) ** 2 + 3 * c * at**2 * (1 - at) + d * at**3 for a, b, c, d in curves
    ]
    return np.vstack(parts)


def assert_near(polyline: Points, curves: list[Points], tolerance: float) -> None:
    line, drawn = shapely.LineString(polyline), along(curves)
    assert shapely.distance(shapely.points(drawn), line).max() <= tolerance
    assert shapely.distance(shapely.points(polyline), shapely.LineString(drawn)).max() <= tolerance


waves = st.lists(st.tuples(st.floats(0, 12), st.integers(1, 5), st.floats(0, 6)), min_size=1, max_size=4)


@given(waves)
def test_a_smooth_ring(waves: list[tuple[float, int, float]]) -> None:
    angle = np.linspace(0, 2 * np.pi, 240)
    radius = 60 + sum(size / count * np.sin(count * angle + phase) for size, count, phase in waves)
    ring = np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
    ring[-1] = ring[0]
    curves = fitted(ring, TOLERANCE)
    assert_near(ring, curves, 1.5 * TOLERANCE)
    assert np.allclose(curves[0][0], curves[-1][3])
    assert len(curves) < 30


points = st.tuples(st.integers(0, 300), st.integers(0, 200))


@given(st.lists(points, min_size=2, max_size=9, unique=True))
def test_any_polyline(corners: list[tuple[int, int]]) -> None:
    polyline = np.array(corners, dtype=float)
    curves = fitted(polyline, TOLERANCE)
    assert_near(polyline, curves, 2 * TOLERANCE)
    assert np.allclose(curves[0][0], polyline[0])
    assert np.allclose(curves[-1][3], polyline[-1])


def test_one_curve_leads_into_the_next() -> None:
    angle = np.linspace(0, np.pi, 200)
    curves = fitted(np.column_stack((200 * angle, 40 * np.sin(3 * angle))), TOLERANCE)
    assert len(curves) > 1
    for before, after in pairwise(curves):
        assert np.allclose(before[3], after[0])
        leaving, arriving = after[1] - after[0], before[3] - before[2]
        cosine = leaving @ arriving / np.linalg.norm(leaving) / np.linalg.norm(arriving)
        assert cosine > 0.999


def test_a_circle_takes_few_curves() -> None:
    angle = np.linspace(0, 2 * np.pi, 400)
    ring = np.column_stack((80 * np.cos(angle), 80 * np.sin(angle)))
    ring[-1] = ring[0]
    assert len(fitted(ring, TOLERANCE)) <= 6


def test_a_square_stays_square() -> None:
    ring = np.array([[0, 0], [90, 0], [90, 90], [0, 90], [0, 0]], dtype=float)
    curves = fitted(ring, TOLERANCE)
    assert len(curves) == 4
    assert shapely.Polygon(along(curves)).symmetric_difference(shapely.Polygon(ring)).area < 1e-6
