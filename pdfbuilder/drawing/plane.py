"""Areas and lines of the picture plane, in centimetres, or on paper, in its units: the one place that knows Shapely.

An `Area` is a polygon or several, a `Line` is one line string; both are Shapely's own objects, so its methods
(`area`, `length`, `bounds`, …) may be used on them. They give the same everywhere for the same coordinates; whatever
makes coordinates here lays them on a grid, which hides the digits in which the machines differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely  # type: ignore[import-untyped,unused-ignore]
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, Polygon  # type: ignore[import-untyped,unused-ignore]

from pdfbuilder.drawing.vectors import Points, Vector, total, unit_circle

Area = Any
Line = Any

#: Between two places on the grid, in centimetres: a power of two, so that no decimal fraction of a pose file lies
#: half-way between them.
_GRID: Final = 2.0**-20
#: Shared borders are laid on this one, so that they are the same line from both sides.
_BORDER_GRID: Final = 2.0**-10
#: The square of an ellipse's smallest half axis, in square centimetres: that of a disc seen from its edge.
_FLATTEST: Final = 1e-6
#: How much further an area is grown back than it was shrunk, so that the corners of a round border stay in it.
_SLACK: Final = 0.01
#: An area so thin, in centimetres, has no inside to speak of.
_LEAST_DEPTH: Final = 0.2
#: What discs and ellipses are made of.
_CIRCLE: Final = unit_circle(64)
_FINE_CIRCLE: Final = unit_circle(96)

NOTHING: Final[Area] = Polygon()


def _on_grid(points: Points) -> Points:
    return np.rint(points / _GRID) * _GRID


def _settled(geometry: Any) -> Any:
    """A geometry with its points on the grid; still a valid one."""
    # What Shapely lays on a grid stays there in all that is made of it, which takes five times as long: not here.
    return shapely.set_precision(shapely.set_precision(geometry, _GRID), 0, mode="pointwise")


def disc(centre: Vector, radius: float) -> Area:
    """A round disc."""
    return Polygon(_on_grid(centre + _CIRCLE * radius))


def discs(centres: Points, radii: Points) -> list[Area]:
    """Round discs at points (rows)."""
    rings = centres[:, None, :] + _CIRCLE[None, :, :] * radii[:, None, None]
    return list(shapely.polygons(_on_grid(rings)))


def ellipse(centre: Vector, axes: Sequence[Vector]) -> Area:
    """The projection of an ellipsoid or a disc, from its projected half axes."""
    # The circle's points times the square root of the sum of the axes' squares, a symmetric matrix of two rows.
    xs, ys = np.array(axes).T
    across, slant, up = total(xs * xs), total(xs * ys), total(ys * ys)
    root = math.sqrt(max(across * up - slant * slant, _FLATTEST * (across + up)))
    size = math.sqrt(across + up + 2 * root)
    x, y = _FINE_CIRCLE.T
    stretched = np.column_stack(((across + root) * x + slant * y, slant * x + (up + root) * y)) / size
    return Polygon(_on_grid(centre + stretched))


def polygon(corners: Sequence[Vector] | Points) -> Area:
    """The area inside corners."""
    return Polygon(_on_grid(np.array(corners)))


def line(points: Sequence[Vector] | Points) -> Line:
    """A line through points."""
    return LineString(_on_grid(np.array(points)))


def together(lines: Sequence[Points]) -> Line:
    """Several lines as one."""
    return MultiLineString(list(lines))


def distance(first: Line, second: Line) -> float:
    """How far the farthest point of either line is from the other line (Hausdorff)."""
    return float(shapely.hausdorff_distance(first, second))


def hull(areas: Iterable[Area]) -> Area:
    """The convex hull of areas."""
    return shapely.convex_hull(shapely.geometrycollections(list(areas)))


def union(areas: Iterable[Area]) -> Area:
    """The union of areas."""
    return _only_areas(shapely.union_all(list(areas)))


def overlap(first: Area, second: Area) -> Area:
    """What two areas have in common; nothing where they only touch."""
    return _only_areas(first.intersection(second))


def without(first: Area, second: Area) -> Area:
    """What of the first area is not in the second."""
    return _only_areas(first.difference(second))


def _only_areas(geometry: Any) -> Area:
    """The polygons of a geometry, without the lines and points that touching areas leave behind."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    found = [each for each in shapely.get_parts(geometry) if isinstance(each, Polygon)]
    return shapely.union_all(found) if found else NOTHING


def chain(areas: Sequence[Area]) -> Area:
    """The union of the hulls of neighbours: what is swept from the first area to the last."""
    return union(hull(pair) for pair in pairwise(areas))


def grown(area: Area, by: float) -> Area:
    """An area grown by a distance, or shrunk if it is negative."""
    return _settled(area.buffer(by, quad_segs=12))


def moved(area: Area, by: Vector) -> Area:
    """An area elsewhere."""
    return _settled(shapely.transform(area, lambda points: points + by))


def transformed(area: Area, scale: tuple[float, float], shift: tuple[float, float]) -> Area:
    """An area (or a line), each coordinate scaled and then shifted."""
    return _settled(shapely.transform(area, lambda points: points * scale + shift))


def simplified(points: Points, tolerance: float) -> Points:
    """A polyline with fewer points, nowhere further from the given one than a tolerance."""
    return coordinates(shapely.simplify(LineString(points), tolerance))


def without_notches(area: Area, radius: float) -> Area:
    """An area whose hollows narrower than twice a radius are filled in a round."""
    return grown(grown(area, radius), -radius)


def without_holes(area: Area) -> Area:
    """An area with its holes filled."""
    return union(Polygon(each.exterior) for each in polygons(area))


def without_spikes(area: Area, radius: float) -> Area:
    """An area without what is thinner than twice a radius."""
    return overlap(grown(grown(area, -radius), radius + _SLACK), area)


def faces(areas: Iterable[Area]) -> list[Area]:
    """The faces of the plane that the borders of areas cut it into, without the outer one."""
    noded = shapely.union_all([each.boundary for each in areas if not each.is_empty], grid_size=_BORDER_GRID)
    return polygons(shapely.polygonize(shapely.get_parts(noded)))


def gap(area: Area, point: Vector) -> float:
    """How far a point is from an area; 0 inside it."""
    return float(area.distance(shapely.Point(*_on_grid(point))))


def cells(centres: Points, size: float) -> Area:
    """The union of squares about points (rows)."""
    low, high = _on_grid(centres - size / 2), _on_grid(centres + size / 2)
    return union(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))


def point_inside(area: Area, near: Vector, depth: float) -> Vector:
    """The point of an area that is nearest to a given one, `depth` inside if there is so much room."""
    core = grown(area, -depth)
    while core.is_empty and depth > _LEAST_DEPTH:
        depth /= 2
        core = grown(area, -depth)
    core = area if core.is_empty else core
    way = shapely.shortest_line(core, shapely.Point(*_on_grid(near)))
    return np.asarray(_on_grid(shapely.get_coordinates(way)[0]))


def polygons(area: Area, least: float = 0.0) -> list[Area]:
    """The polygons of an area that are larger than `least` square centimetres, from top left to bottom right."""
    found = [each for each in shapely.get_parts(area) if isinstance(each, Polygon) and each.area > least]
    return sorted(found, key=lambda each: (-round(each.bounds[3], 1), round(each.bounds[0], 1), -each.area))


def lines(geometry: Any) -> list[Line]:
    """The line strings of a geometry, as far as possible joined, from top left to bottom right."""
    merged = shapely.normalize(shapely.line_merge(shapely.union_all(shapely.get_parts(geometry))))
    found = [each for each in shapely.get_parts(merged) if isinstance(each, LineString) and each.length > 0]
    return sorted(found, key=lambda each: (-round(each.bounds[3], 1), round(each.bounds[0], 1), -each.length))


def borders(areas: Iterable[Area]) -> list[Line]:
    """The borders of areas as lines from node to node; a border that two areas share is there once."""
    return lines(shapely.union_all([each.boundary for each in areas if not each.is_empty]))


def rings(area: Area) -> list[Points]:
    """The closed rings of an area's polygons, outlines before holes."""
    found: list[Points] = []
    for each in polygons(shapely.normalize(area)):
        found += [coordinates(ring) for ring in (each.exterior, *each.interiors)]
    return found


def from_rings(found: Iterable[Points]) -> Area:
    """The area of closed rings; one inside another is a hole."""
    area: Area = NOTHING
    for ring in found:
        area = _only_areas(area.symmetric_difference(Polygon(ring).buffer(0)))
    return area


def coordinates(line: Line) -> Points:
    """The points of a line."""
    return np.asarray(shapely.get_coordinates(line))


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
