"""Areas and lines of the picture plane, in centimetres: the one place that knows Shapely.

An `Area` is a polygon or several, a `Line` is one line string; both are Shapely's own objects, so its methods
(`difference`, `intersection`, `area`, …) may be used on them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely  # type: ignore[import-untyped,unused-ignore]
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry import LineString, Polygon  # type: ignore[import-untyped,unused-ignore]

from pdfbuilder.drawing.vectors import Points, Vector

Area = Any
Line = Any

#: Segments of a quarter circle.
_QUARTER: Final = 16
#: Shared borders are laid on this grid, so that they are the same line from both sides.
_GRID: Final = 0.01

NOTHING: Final[Area] = Polygon()


def disc(centre: Vector, radius: float) -> Area:
    """A round disc."""
    angles = np.linspace(0, 2 * math.pi, 4 * _QUARTER, endpoint=False)
    return Polygon(np.column_stack((centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles))))


def ellipse(centre: Vector, axes: Sequence[Vector]) -> Area:
    """The projection of an ellipsoid or a disc, from its projected half axes."""
    matrix = sum((np.outer(axis, axis) for axis in axes), np.zeros((2, 2)))
    values, directions = np.linalg.eigh(matrix)
    stretch = directions @ np.diag(np.sqrt(np.maximum(values, 1e-6)))
    angles = np.linspace(0, 2 * math.pi, 6 * _QUARTER, endpoint=False)
    return Polygon(centre + np.column_stack((np.cos(angles), np.sin(angles))) @ stretch.T)


def polygon(corners: Sequence[Vector]) -> Area:
    """The area inside corners."""
    return Polygon(np.array(corners))


def line(points: Sequence[Vector] | Points) -> Line:
    """A line through points."""
    return LineString(np.array(points))


def hull(areas: Iterable[Area]) -> Area:
    """The convex hull of areas."""
    return shapely.convex_hull(shapely.geometrycollections(list(areas)))


def union(areas: Iterable[Area]) -> Area:
    """The union of areas."""
    return only_areas(shapely.union_all(list(areas)))


def only_areas(geometry: Any) -> Area:
    """The polygons of a geometry, without the lines and points that touching areas leave behind."""
    if geometry.geom_type != "GeometryCollection":
        return geometry
    return shapely.union_all([each for each in shapely.get_parts(geometry) if each.area > 0])


def chain(areas: Sequence[Area]) -> Area:
    """The union of the hulls of neighbours: what is swept from the first area to the last."""
    return union(hull(pair) for pair in pairwise(areas))


def grown(area: Area, by: float) -> Area:
    """An area grown by a distance, or shrunk if it is negative."""
    return area.buffer(by, quad_segs=12)


def moved(area: Area, by: Vector) -> Area:
    """An area elsewhere."""
    return affinity.translate(area, float(by[0]), float(by[1]))


def transformed(area: Area, scale: tuple[float, float], shift: tuple[float, float]) -> Area:
    """An area (or a line), each coordinate scaled and then shifted."""
    return affinity.affine_transform(area, (scale[0], 0, 0, scale[1], *shift))


def simplified(points: Points, tolerance: float) -> Points:
    """A polyline with fewer points, nowhere further from the given one than a tolerance."""
    return np.array(shapely.simplify(LineString(points), tolerance).coords)


def without_notches(area: Area, radius: float) -> Area:
    """An area whose hollows narrower than twice a radius are filled in a round."""
    return grown(grown(area, radius), -radius)


def without_holes(area: Area) -> Area:
    """An area with its holes filled."""
    return union(Polygon(each.exterior) for each in polygons(area))


def without_spikes(area: Area, radius: float) -> Area:
    """An area without what is thinner than twice a radius."""
    return grown(grown(area, -radius), radius).intersection(area)


def faces(areas: Iterable[Area]) -> list[Area]:
    """The faces of the plane that the borders of areas cut it into, without the outer one."""
    noded = shapely.union_all([each.boundary for each in areas if not each.is_empty], grid_size=_GRID)
    return polygons(shapely.polygonize(shapely.get_parts(noded)))


def polygons(area: Area, least: float = 0.0) -> list[Area]:
    """The polygons of an area that are larger than `least` square centimetres, from top left to bottom right."""
    found = [each for each in shapely.get_parts(area) if isinstance(each, Polygon) and each.area > least]
    return sorted(found, key=lambda each: (-round(each.bounds[3], 1), round(each.bounds[0], 1), -each.area))


def lines(geometry: Any) -> list[Line]:
    """The line strings of a geometry, as far as possible joined, from top left to bottom right."""
    merged = shapely.line_merge(shapely.union_all(shapely.get_parts(geometry)))
    found = [each for each in shapely.get_parts(merged) if isinstance(each, LineString) and each.length > 0]
    return sorted(found, key=lambda each: (-round(each.bounds[3], 1), round(each.bounds[0], 1), -each.length))


def borders(areas: Iterable[Area]) -> list[Line]:
    """The borders of areas as lines from node to node; a border that two areas share is there once."""
    return lines(shapely.union_all([each.boundary for each in areas if not each.is_empty]))


def rings(area: Area) -> list[Points]:
    """The closed rings of an area's polygons, outlines before holes."""
    found: list[Points] = []
    for each in polygons(area):
        found += [np.array(ring.coords) for ring in (each.exterior, *each.interiors)]
    return found


def inside(area: Area, points: Points) -> NDArray[np.bool_]:
    """Which of the points (rows) are inside an area."""
    found: NDArray[np.bool_] = shapely.contains_xy(area, points[:, 0], points[:, 1])
    return found


def bounds(areas: Iterable[Area]) -> tuple[float, float, float, float]:
    """The bounds of all areas: left, bottom, right, top."""
    boxes = np.array([each.bounds for each in areas if not each.is_empty])
    left, bottom = boxes[:, :2].min(axis=0)
    right, top = boxes[:, 2:].max(axis=0)
    return float(left), float(bottom), float(right), float(top)
