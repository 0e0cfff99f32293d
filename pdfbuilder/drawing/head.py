"""The head as a part of the body, with its hair, ears and a calm face.

The hair is a cap: what of a slightly larger skull lies above a plane from the forehead to the nape.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.parts import Part, part
from pdfbuilder.drawing.plane import Area, Line
from pdfbuilder.drawing.skeleton import Frame
from pdfbuilder.drawing.vectors import (
    Points,
    Vector,
    cosine,
    cross,
    dot,
    length,
    perpendicular,
    unit,
    unit_circle,
    vector,
)

#: Half axes of the skull, the jaw and the hair: up, front, right.
_SKULL: Final = (9.6, 9.8, 8.0)
_JAW: Final = (6.2, 6.6, 5.7)
_HAIR: Final = (10.2, 10.4, 8.7)
#: Where the hair begins, from the skull's centre: on the forehead and at the nape (front, up).
_FOREHEAD: Final = (8.2, 4.6)
_NAPE: Final = (-7.4, -6.6)
#: What the hair's rings are made of.
_CIRCLE: Final = unit_circle(72)


@dataclass(frozen=True)
class Head:
    """The head, and what is drawn on it.

    Attributes:
        part: its silhouette, the hair included.
        hair: the hair that shows.
        ears: those that show.
        features: eyes and mouth, as strokes.
    """

    part: Part
    hair: Area
    ears: tuple[Area, ...]
    features: tuple[Line, ...]


class _Face:
    """Points of a head by its own axes."""

    def __init__(self, centre: Vector, frame: Frame, camera: Camera) -> None:
        self.centre, self.frame, self.camera = centre, frame, camera

    def at(self, front: float, up: float, right: float = 0) -> Vector:
        frame = self.frame
        return self.centre + frame.front * front + frame.up * up + frame.right * right

    def ellipsoid(self, centre: Vector, half_axes: tuple[float, float, float]) -> Area:
        frame = self.frame
        axes = [
            self.camera.project(axis * half)
            for axis, half in zip((frame.up, frame.front, frame.right), half_axes, strict=True)
        ]
        return plane.ellipse(self.camera.project(centre), axes)

    def disc(self, front: float, up: float, radius: float) -> Area:
        return plane.disc(self.camera.project(self.at(front, up)), radius)


def head(centre: Vector, frame: Frame, camera: Camera) -> Head:
    """A head.

    Args:
        centre: its centre, between the ears.
        frame: its directions.
        camera: who looks.
    """
    face = _Face(centre, frame, camera)
    skull = face.at(-0.6, 1.6)
    bones = plane.hull([face.ellipsoid(skull, _SKULL), face.ellipsoid(face.at(2.4, -5.2), _JAW)])
    nose = plane.hull([face.disc(9.5, -3.0, 1.15), face.disc(7.8, 0.6, 0.9), face.disc(7.4, -3.6, 1.1)])
    skin = plane.without_notches(plane.union([bones, nose]), 1.2)
    hair = _hair(face, skull)
    outline = plane.union([skin, hair])
    spheres = [(face.at(1.5, -5.0), 6.0), (face.at(-0.6, 1.6), 9.0)]
    return Head(
        part("head", "skin", outline, spheres, camera),
        hair,
        tuple(_ears(face)),
        tuple(_features(face)),
    )


def _hair(face: _Face, skull: Vector) -> Area:
    """The part of the hair's ellipsoid above its plane, as far as the camera sees it."""
    frame = face.frame
    (front, up), (back, down) = _FOREHEAD, _NAPE
    normal = unit(frame.up * (front - back) - frame.front * (up - down))
    height = dot(face.at(front, up) - skull, normal)
    axes = (frame.up * _HAIR[0], frame.front * _HAIR[1], frame.right * _HAIR[2])
    # On the unit sphere the plane stays a plane: its normal is scaled by the half axes.
    scaled = vector([dot(axis, normal) for axis in axes])
    size = length(scaled)
    pole, level = scaled / size, height / size

    def ring(height: float) -> Area:
        """What is inside the ring at a height above the plane through the skull's middle."""
        points = _ring(pole, height)
        stretched = sum((points[:, [axis]] * axes[axis] for axis in (0, 1, 2)), skull)
        return plane.polygon(face.camera.places(stretched))

    whole = plane.hull(ring(cosine(angle)) for angle in np.linspace(1, math.degrees(math.acos(level)), 12).tolist())
    shown = whole if face.camera.sees(normal) else plane.without(whole, ring(level))
    return _largest(plane.grown(plane.grown(shown, -0.5), 0.5))


def _ring(pole: Vector, level: float) -> Points:
    """The circle of the unit sphere at a level above the plane through its middle, at right angles to a pole."""
    aside = perpendicular(pole, pole)
    ring = aside * _CIRCLE[:, :1] + cross(pole, aside) * _CIRCLE[:, 1:]
    return np.asarray(pole * level + ring * math.sqrt(max(0.0, 1 - level * level)))


def _largest(area: Area) -> Area:
    found = plane.polygons(area)
    return max(found, key=lambda each: each.area) if found else plane.NOTHING


def _ears(face: _Face) -> list[Area]:
    frame, camera = face.frame, face.camera
    found = []
    for sign in (1, -1):
        if camera.sees(frame.right * sign, 0.3):
            axes = [frame.up * 2.3, (frame.front * 0.95 - frame.up * 0.2) * 1.5, frame.right * 0.4]
            centre = camera.project(face.at(-1.2, -2.6, sign * 8.0))
            found.append(plane.ellipse(centre, [camera.project(axis) for axis in axes]))
    return found


def _features(face: _Face) -> list[Line]:
    """Eyes as short strokes and a faint smile, where the camera sees them."""
    found: list[Line] = []
    for sign in (1, -1):
        outward = unit(face.frame.front + face.frame.right * (sign * 0.55))
        if face.camera.sees(outward, 0.18):
            eye = [face.at(8.3, up, sign * 3.3) for up in (-0.2, -1.5)]
            found.append(plane.line([face.camera.project(each) for each in eye]))
    mouth = [(7.6, -7.3, -2.6), (8.4, -7.9, -1.0), (8.4, -7.9, 1.0), (7.6, -7.3, 2.6)]
    if face.camera.sees(face.frame.front, 0.1):
        found.append(plane.line([face.camera.project(face.at(*each)) for each in mouth]))
    return found
