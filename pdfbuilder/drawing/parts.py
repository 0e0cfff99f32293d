"""A part of the body: its outline in the picture, and how near it is at each point.

A part is swept by spheres along a bone. Its outline is the union of the hulls of neighbouring discs; its depth at a
point of the picture is that of the nearest sphere's front there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.body import Profile
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.plane import Area, Line
from pdfbuilder.drawing.vectors import Points, Vector, cross, decisive, length, perpendicular, vector

#: A sphere: centre and radius in centimetres.
Sphere = tuple[Vector, float]

_NOWHERE: Final = vector((0, 0, 0))


@dataclass(frozen=True)
class Part:
    """A part of the body as the camera sees it, with nothing in front of it.

    Attributes:
        name: one of `values.PARTS`, or of a prop's.
        paint: what it is painted with and joined to: a limb, `shirt`, `shorts`, `shoes` or `skin`.
        outline: its silhouette.
        places, depths, radii: the spheres: where in the picture, how near, how large.
        strokes: lines drawn on it, such as those between the fingers.
    """

    name: str
    paint: str
    outline: Area
    places: Points
    depths: Points
    radii: Points
    strokes: tuple[Line, ...] = ()

    def depth_at(self, points: Points) -> Points:
        """How near the part's front is at points of the picture (rows); more is nearer."""
        across, up = (points[:, None, axis] - self.places[None, :, axis] for axis in (0, 1))
        square = across * across + up * up
        swell = self.radii * self.radii - square
        front = np.where(swell > 0, self.depths[None, :] + np.sqrt(np.maximum(swell, 0)), -np.inf)
        nearest = self.depths[np.argmin(np.sqrt(square) - self.radii[None, :], axis=1)]
        best: Points = front.max(axis=1)
        return np.where(np.isfinite(best), best, nearest)


def part(
    name: str, paint: str, outline: Area, spheres: Sequence[Sphere], camera: Camera, strokes: Iterable[Line] = ()
) -> Part:
    """A part from its outline and the chain of spheres that gives its depth."""
    return of_spheres(name, paint, outline, _dense(spheres), camera, strokes)


def of_spheres(
    name: str, paint: str, outline: Area, spheres: Sequence[Sphere], camera: Camera, strokes: Iterable[Line] = ()
) -> Part:
    """The same from spheres that stand close together already, and need not be a chain."""
    centres = np.array([centre for centre, _ in spheres])
    radii = np.array([radius for _, radius in spheres])
    return Part(name, paint, outline, camera.places(centres), camera.depths(centres), radii, tuple(strokes))


def swept(name: str, paint: str, spheres: Sequence[Sphere], camera: Camera) -> Part:
    """A part swept by spheres."""
    return part(name, paint, sweep(spheres, camera), spheres, camera)


def sweep(spheres: Sequence[Sphere], camera: Camera) -> Area:
    """The silhouette of a chain of spheres."""
    return plane.chain(discs(spheres, camera))


def discs(spheres: Sequence[Sphere], camera: Camera) -> list[Area]:
    """The silhouettes of spheres."""
    centres, radii = zip(*spheres, strict=True)
    return plane.discs(camera.places(np.array(centres)), np.array(radii))


def circle(centre: Vector, normal: Vector, radius: float, camera: Camera) -> Area:
    """The picture of a flat round opening, such as a sleeve's hem."""
    first = perpendicular(normal, normal)
    second = cross(normal, first)
    return plane.ellipse(camera.project(centre), [camera.project(first * radius), camera.project(second * radius)])


def along_bone(upper: Vector, lower: Vector, profile: Profile, behind: Vector = _NOWHERE) -> list[Sphere]:
    """The spheres of a limb between two joints.

    Args:
        upper: the upper joint.
        lower: the lower joint.
        profile: share of the way, radius, and how far behind the bone.
        behind: unit direction to the limb's back; left out, nothing lies behind the bone.
    """
    rows = smooth(np.array(profile), 4)
    return [(upper + (lower - upper) * share + behind * back, radius) for share, radius, back in rows]


def smooth(rows: Points, steps: int) -> Points:
    """Rows of numbers with `steps - 1` more between each two, on a Catmull-Rom spline."""
    tangents = np.empty_like(rows)
    for index in range(len(rows)):
        after, before = rows[min(index + 1, len(rows) - 1)], rows[max(index - 1, 0)]
        tangents[index] = (after - before) / 2
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    square = t * t
    cube = square * t
    pieces = [
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + t) * leaving
        + (3 * square - 2 * cube) * end
        + (cube - square) * arriving
        for (start, leaving), (end, arriving) in pairwise(zip(rows, tangents, strict=True))
    ]
    return np.vstack([*pieces, rows[-1:]])


def _dense(spheres: Sequence[Sphere]) -> list[Sphere]:
    """The same sweep with its spheres about a centimetre apart."""
    found = [spheres[0]]
    for (start, first), (end, second) in pairwise(spheres):
        steps = max(1, round(decisive(length(end - start))))
        found += [
            (start + (end - start) * (step / steps), first + (second - first) * (step / steps))
            for step in range(1, steps + 1)
        ]
    return found
