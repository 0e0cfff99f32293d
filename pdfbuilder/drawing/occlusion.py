"""Who hides whom: from all parts of a figure to what of each is seen, and the creases between them.

Occlusion is settled pair by pair where two parts overlap: by what the pose file says, by an opening that one emerges
from, else by which of them is nearer over most of the overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.figure import Figure, Joint
from pdfbuilder.drawing.parts import Part
from pdfbuilder.drawing.plane import Area, Line
from pdfbuilder.drawing.vectors import Points, Vector, decisive, vector

#: An overlap smaller than this, in square centimetres, hides nothing.
_LEAST_OVERLAP: Final = 0.05
#: A fold smaller than this has no crease.
_LEAST_FOLD: Final = 2.0
#: A crease shorter than this, in centimetres, is not drawn.
_LEAST_CREASE: Final = 2.0
#: How far below the shoulder a sleeve begins to fold.
_ARMPIT: Final = 3.0
#: Larger than any figure, in centimetres.
_REACH: Final = 300.0
#: How far the strokes on a part stay away from its outline, and how short they may be.
_STROKE_INSET: Final = 0.35
_LEAST_STROKE: Final = 1.0
#: So many points across an overlap's bounds, and as many up, are asked which part is nearer there.
_SAMPLES: Final = 12
#: A thigh comes up into a belly: how fine it is asked which is in front where, and what is too little to be asked.
_CELL: Final = 0.7
_LEAST_LAP: Final = 15.0
_LEAST_SHARE: Final = 0.1
#: How far the border between the two is smoothed.
_SMOOTHING: Final = 1.2
#: What may come up into the torso.
_LAP: Final = frozenset(f"{side} {part}" for side in ("right", "left") for part in ("shorts", "thigh"))
#: What of a prop is thinner than twice this, in centimetres, is not seen.
_HAIR: Final = 0.02


@dataclass(frozen=True)
class View:
    """What is seen of a figure.

    Attributes:
        areas: of each part of the body, what nothing hides.
        props: of each part of a prop, what nothing hides.
        covered: where props hide the body.
        creases: lines inside a limb, where a part of it folds over another.
        strokes: lines drawn on the parts.
    """

    areas: Mapping[str, Area]
    props: Mapping[str, Area]
    covered: Area
    creases: tuple[Line, ...]
    strokes: tuple[Line, ...]


def view(figure: Figure, in_front: Iterable[tuple[str, str]] = ()) -> View:
    """What is seen of a figure.

    Args:
        figure: the figure.
        in_front: pairs of parts, the nearer one first, whose order is known.
    """
    known = figure.emerging | frozenset(in_front)
    everything: dict[str, Part] = {**figure.parts, **figure.props}
    areas = {name: each.outline for name, each in everything.items()}
    folds: list[tuple[str, Line]] = []
    covered: list[Area] = []
    for first, second in combinations(everything.values(), 2):
        overlap = plane.overlap(first.outline, second.outline)
        if overlap.area < _LEAST_OVERLAP:
            continue
        if first.paint == second.paint:
            front, back = _ordered(first, second, overlap, known)
            fold = _fold(front, back, figure.joints.get(frozenset((front.name, back.name))))
            folds += [(front.name, each) for each in fold]
            continue
        # Two parts may cross twice, each time the other way.
        for piece in plane.polygons(overlap, _LEAST_OVERLAP):
            for front, back, where in _settled(first, second, piece, known):
                areas[back.name] = plane.without(areas[back.name], where)
                if front.name in figure.props and back.name in figure.parts:
                    covered.append(where)
    # Cut by one part after the other, a prop is left with specks and hairs, which confuse whoever works with it.
    props = {name: plane.grown(plane.grown(areas.pop(name), -_HAIR), _HAIR) for name in figure.props}
    # What hides a hand may itself be behind a thigh: there the body is seen.
    hidden = plane.without(plane.union(covered), plane.union(areas.values()))
    return View(areas, props, hidden, tuple(_seen(folds, areas)), tuple(_strokes(figure, areas)))


def _strokes(figure: Figure, areas: Mapping[str, Area]) -> list[Line]:
    found: list[Line] = []
    for name, each in figure.parts.items():
        inner = plane.grown(areas[name], -_STROKE_INSET)
        for stroke in each.strokes:
            found += [line for line in plane.lines(stroke.intersection(inner)) if line.length > _LEAST_STROKE]
    return found


def _settled(
    first: Part, second: Part, piece: Area, known: frozenset[tuple[str, str]]
) -> list[tuple[Part, Part, Area]]:
    """The front part, the back one, and where; both may be in front, each at its place, where a belly meets a thigh."""
    plain = [(*_ordered(first, second, piece, known), piece)]
    names = {first.name, second.name}
    if "torso" not in names or not names & _LAP or piece.area < _LEAST_LAP:
        return plain
    if {(first.name, second.name), (second.name, first.name)} & known:
        return plain
    points = _grid(piece)
    nearer = np.round(first.depth_at(points) - second.depth_at(points), 6) > 0
    inside = plane.inside(piece, points)
    share = float(np.count_nonzero(nearer & inside)) / max(1, int(np.count_nonzero(inside)))
    if not _LEAST_SHARE < share < 1 - _LEAST_SHARE:
        return plain
    rough = plane.cells(points[nearer], _CELL * 1.02)
    smooth = plane.grown(plane.grown(plane.grown(rough, _SMOOTHING), -2 * _SMOOTHING), _SMOOTHING)
    mine = plane.overlap(smooth, piece)
    return [(first, second, mine), (second, first, plane.without(piece, mine))]


def _grid(area: Area) -> Points:
    """Points over the bounds of an area, even about its middle, so that its mirror image is settled alike."""
    left, bottom, right, top = area.bounds
    columns = (left + right) / 2 + _steps(right - left)
    rows = (bottom + top) / 2 + _steps(top - bottom)
    across, up = np.meshgrid(columns, rows)
    return np.column_stack((across.ravel(), up.ravel()))


def _steps(width: float) -> Points:
    half = int(width / _CELL / 2) + 1
    return np.asarray(np.arange(-half, half + 1) * _CELL, dtype=np.float64)


def _ordered(first: Part, second: Part, overlap: Area, known: frozenset[tuple[str, str]]) -> tuple[Part, Part]:
    if (first.name, second.name) in known:
        return first, second
    if (second.name, first.name) in known:
        return second, first
    points = _sample(overlap)
    nearer = first.depth_at(points) - second.depth_at(points)
    return (first, second) if decisive(float(np.median(nearer))) > 0 else (second, first)


def _sample(area: Area) -> Points:
    """Points inside an area, evenly over its bounds; its centre if it is too thin for any."""
    left, bottom, right, top = area.bounds
    across, up = np.meshgrid(*(np.linspace(*ends, _SAMPLES + 2)[1:-1] for ends in ((left, right), (bottom, top))))
    points = np.column_stack((across.ravel(), up.ravel()))
    found = points[plane.inside(area, points)]
    return found if len(found) else np.array(area.representative_point().coords)


def _fold(front: Part, back: Part, joint: Joint | None) -> list[Line]:
    """The front part's outline inside the back part's, away from the joint where they are one piece."""
    if front.name.endswith("sleeve") and back.name.endswith("sleeve"):
        return []
    around = plane.disc(joint.place, joint.radius) if joint else plane.NOTHING
    if plane.without(plane.overlap(front.outline, back.outline), around).area < _LEAST_FOLD:
        return []
    crease = front.outline.boundary.intersection(plane.grown(back.outline, -0.15)).difference(around)
    if joint and joint.below is not None:
        crease = crease.intersection(_half_plane(joint.place + joint.below * _ARMPIT, joint.below))
    return plane.lines(crease)


def _half_plane(edge: Vector, direction: Vector) -> Area:
    """What lies beyond an edge in a direction, as far as a figure can reach."""
    across = vector((-direction[1], direction[0])) * _REACH
    ahead = direction * _REACH
    return plane.polygon([edge + across, edge - across, edge - across + ahead, edge + across + ahead])


def _seen(folds: list[tuple[str, Line]], areas: Mapping[str, Area]) -> list[Line]:
    """The creases where their front part is not hidden."""
    found: list[Line] = []
    for name, fold in folds:
        seen = fold.intersection(plane.grown(areas[name], 0.2))
        found += [each for each in plane.lines(seen) if each.length > _LEAST_CREASE]
    return found
