"""Areas of the picture plane, from plain cases."""

from __future__ import annotations

import math

import pytest
import shapely  # type: ignore[import-untyped,unused-ignore]
from hypothesis import given
from hypothesis import strategies as st

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.vectors import vector

lengths = st.floats(-20, 20)
half_axes = st.tuples(lengths, lengths).filter(lambda axis: math.hypot(*axis) > 0.1)


@given(st.lists(half_axes, min_size=2, max_size=3), st.floats(0, 180))
def test_an_ellipse_reaches_as_far_as_its_half_axes_together(axes: list[tuple[float, float]], degrees: float) -> None:
    ellipse = plane.ellipse(vector((1, 2)), [vector(axis) for axis in axes])
    across, up = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    reach = math.hypot(*(x * across + y * up for x, y in axes))
    farthest = max((x - 1) * across + (y - 2) * up for x, y in ellipse.exterior.coords)
    assert farthest == pytest.approx(reach, rel=1e-3, abs=2e-3)


@given(st.floats(-180, 180), st.floats(0, 90))
def test_a_ball_is_round_from_everywhere(azimuth: float, elevation: float) -> None:
    camera = Camera(azimuth, elevation)
    axes = [camera.project(vector(axis)) for axis in ((7, 0, 0), (0, 7, 0), (0, 0, 7))]
    ball = plane.ellipse(vector((0, 0)), axes)
    assert all(math.hypot(*point) == pytest.approx(7, abs=1e-5) for point in ball.exterior.coords)


def test_what_only_touches_has_nothing_in_common() -> None:
    square = shapely.box(0, 0, 2, 2)
    hook = shapely.Polygon([(2, 0), (3, 0), (3, 3), (1, 3), (1, 1), (1.5, 1), (1.5, 2.5), (2, 2.5)])
    assert square.intersection(hook).geom_type == "GeometryCollection"
    assert plane.overlap(square, hook).equals(shapely.box(1, 1, 1.5, 2))
    assert plane.overlap(square, shapely.box(2, 0, 4, 2)).is_empty
    assert plane.union([square, hook]).geom_type == "Polygon"


def test_only_a_spike_is_taken_from_a_round_border() -> None:
    round_one = plane.disc(vector((0, 0)), 10)
    assert plane.without_spikes(round_one, 0.75).equals(round_one)
    spike = plane.polygon([vector(corner) for corner in ((0, -0.5), (20, -0.5), (20, 0.5), (0, 0.5))])
    trimmed = plane.without_spikes(plane.union([round_one, spike]), 0.75)
    assert trimmed.symmetric_difference(round_one).area < 0.5


@pytest.mark.parametrize("by", [-3.0, 3.0])
def test_what_is_grown_lies_on_the_grid(by: float) -> None:
    grown = plane.grown(plane.disc(vector((1 / 3, math.pi)), 10), by)
    assert grown.is_valid
    assert grown.area == pytest.approx(math.pi * (10 + by) ** 2, rel=0.01)
    assert all(float(number * 2**20).is_integer() for point in grown.exterior.coords for number in point)
