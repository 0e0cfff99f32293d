"""The trunk as parts of the body: the shirt, the top of the shorts and the neck."""

from __future__ import annotations

from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.parts import Part, Sphere, circle, discs, of_spheres, part, smooth
from pdfbuilder.drawing.skeleton import Trunk
from pdfbuilder.drawing.vectors import Points, Vector, unit, vector

#: The shirt's collar: radius, and how much of its plane's normal is the body's front.
_COLLAR: Final = 5.6
_COLLAR_FORWARD: Final = 0.35
#: The shirt's hem: how far below the pelvis' centre, and half its breadth and depth.
_HEM_BELOW: Final = 2.5
_HEM: Final = (16.6, 10.1)
#: Where the spheres of a cross section are, from its middle to its ends.
_ACROSS: Final = (-1.0, -0.5, 0.0, 0.5, 1.0)


def trunk_parts(trunk: Trunk, camera: Camera) -> list[Part]:
    """Torso (the shirt without its sleeves), pelvis (the shorts without their legs) and neck."""
    return [_torso(trunk, camera), _pelvis(trunk, camera), _neck(trunk, camera)]


def collar_direction(trunk: Trunk) -> Vector:
    """Where the collar's opening looks."""
    return unit(trunk.shoulder_frame.up + trunk.shoulder_frame.front * _COLLAR_FORWARD)


def _collar(trunk: Trunk, radius: float, camera: Camera) -> plane.Area:
    return circle(_collar_centre(trunk), collar_direction(trunk), radius, camera)


def _collar_centre(trunk: Trunk) -> Vector:
    return trunk.neck + trunk.shoulder_frame.up * 1.2 - trunk.shoulder_frame.front * 0.4


def _row(centre: Vector, right: Vector, half_width: float, radius: float) -> list[float]:
    return [*centre, *(right * half_width), radius]


def _shirt_rows(trunk: Trunk) -> Points:
    """Cross sections from above the hem up: centre, half width as a vector, radius."""
    low, waist, middle, top = trunk.pelvis_frame, trunk.waist_frame, trunk.chest_frame, trunk.shoulder_frame
    neck = trunk.neck
    rows = [
        _row(trunk.pelvis + low.up * 6.5 - low.front * 0.3, low.right, 6.6, 9.7),
        _row(trunk.waist + waist.up * 1.0, waist.right, 5.8, 9.3),
        _row(trunk.chest - middle.up + middle.front * 0.5, middle.right, 6.8, 10.1),
        _row(trunk.chest + middle.up * 8 + middle.front * 0.5, unit(middle.right * 0.6 + top.right * 0.4), 7.6, 9.9),
        _row(neck - top.up * 6.0 - top.front * 0.4, top.right, 11.0, 6.6),
        _row(neck - top.up * 2.6 - top.front * 0.8, top.right, 8.6, 4.6),
        _row(neck + top.up * 0.2 - top.front * 0.6, top.right, 2.6, 4.6),
    ]
    return np.array(rows)


def _torso(trunk: Trunk, camera: Camera) -> Part:
    rows = smooth(_shirt_rows(trunk), 4)
    sections, spheres = [], []
    for row in rows:
        centre, aside, radius = vector(row[:3].tolist()), vector(row[3:6].tolist()), float(row[6])
        sections.append(plane.hull(discs([(centre + aside, radius), (centre - aside, radius)], camera)))
        spheres += [(centre + aside * share, radius) for share in _ACROSS]
    # The hem is flat: an opening that the shorts come out of.
    low = trunk.pelvis_frame
    hem = camera.project(trunk.pelvis - low.up * _HEM_BELOW - low.front * 0.4)
    opening = plane.ellipse(hem, [camera.project(low.right * _HEM[0]), camera.project(low.front * _HEM[1])])
    spheres += [(trunk.pelvis + low.up + low.right * (6.6 * share), 10.0) for share in _ACROSS]
    sections.insert(0, opening)
    outline = plane.union([plane.chain(sections), plane.hull([sections[-1], _collar(trunk, _COLLAR, camera)])])
    return of_spheres("torso", "shirt", plane.without_notches(outline, 4), spheres, camera)


def _pelvis(trunk: Trunk, camera: Camera) -> Part:
    frame = trunk.pelvis_frame
    spheres: list[Sphere] = []
    sections = []
    for down, half_width, radius in ((-2.0, 6.4, 9.5), (2.0, 6.6, 9.6), (4.6, 5.4, 8.4)):
        centre = trunk.pelvis - frame.up * down - frame.front * 0.6
        row = [(centre + frame.right * (half_width * share), radius) for share in _ACROSS]
        spheres += row
        sections.append(plane.hull(discs(row, camera)))
    return of_spheres("pelvis", "shorts", plane.chain(sections), spheres, camera)


def _neck(trunk: Trunk, camera: Camera) -> Part:
    """From the collar to the base of the skull, which is behind the head's centre: it slants forward."""
    root, skull = _collar_centre(trunk), trunk.head_frame
    base = trunk.head - skull.up * 6.0 - skull.front * 2.6
    spheres: list[Sphere] = [(root, 5.0), ((root + base) / 2, 4.7), (base, 5.0), (base + skull.up * 3, 5.0)]
    outline = plane.chain([_collar(trunk, _COLLAR - 0.5, camera), *discs(spheres[1:], camera)])
    return part("neck", "skin", outline, spheres, camera)
