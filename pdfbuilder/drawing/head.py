"""The head as a part of the body, with short hair, ears and a calm face.

The hair is a mesh over the skull, from a hairline to the crown; what of it looks at the camera is seen. So the head
shows from all sides where it looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.parts import Part, part
from pdfbuilder.drawing.plane import Area, Line
from pdfbuilder.drawing.skeleton import Frame
from pdfbuilder.drawing.vectors import Vector, cosine, cross, decisive, dot, sine, unit

#: Half axes of the skull and of the jaw: up, front, right.
_SKULL: Final = (9.6, 9.8, 8.0)
_JAW: Final = (5.8, 5.9, 5.0)
#: The hairline: degrees from the front round to the nape, and how high it is there; both sides alike, as a picture is
#: mirrored. Forehead, temple, sideburn, over the ear, nape.
_HAIRLINE: Final = (
    (0, 40), (22, 39), (42, 34), (56, 22), (66, 4), (74, -14), (82, -16), (90, -4), (100, 0), (112, -12), (128, -30),
    (150, -42), (180, -46),
)  # fmt: skip
#: How thick the hair is, as a part of the skull's radius: at its edge, and by how much more on top, at the forelock and
#: over the ears.
_EDGE: Final = 0.02
_ON_TOP: Final = 0.1
_FORELOCK: Final = 0.09
_OVER_EARS: Final = 0.05
#: So many degrees above the hairline it is as thick as on top.
_RISE: Final = 34.0
#: Columns round the head, and cells up each.
_COLUMNS: Final = 56
_CELLS: Final = 10
#: A smaller tuft than this, in square centimetres, is not drawn.
_LEAST_TUFT: Final = 3.0
#: The strands, combed back: from where to where about the head, and how high.
_STRANDS: Final = (((16, 118), (58, 40)), ((34, 128), (48, 20)))
_ARCH: Final = 12.0
#: How far before the skull's middle a strand's points must be to show.
_STRAND_SEEN: Final = 2.4
#: So far turned to the camera (the cosine), the nose no longer shows in the outline: it gets a line.
_NOSE_SEEN: Final = 0.72


@dataclass(frozen=True)
class Head:
    """The head, and what is drawn on it.

    Attributes:
        part: its silhouette, the hair included.
        hair: the hair that shows.
        ears: those that show.
        strands: light lines in the hair.
        eyes: as areas.
        features: brows, mouth and nose, as strokes.
    """

    part: Part
    hair: Area
    ears: tuple[Area, ...]
    strands: tuple[Line, ...]
    eyes: tuple[Area, ...]
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
    jaw = face.at(3.0, -5.6)
    bones = plane.hull([face.ellipsoid(skull, _SKULL), face.ellipsoid(jaw, _JAW), face.disc(6.6, -8.6, 2.3)])
    nose = plane.hull([face.disc(9.9, -3.1, 1.15), face.disc(8.2, 0.4, 0.9), face.disc(7.8, -3.8, 1.0)])
    skin = plane.without_notches(plane.union([bones, nose]), 1.2)
    hair = _hair(face, skull)
    spheres = [
        (skull, 9.0),
        (face.at(4.0, 2.0), 6.6),
        (face.at(5.5, -3.0), 4.8),
        (face.at(5.6, -7.6), 3.6),
        (face.at(1.5, -5.0), 6.0),
        (face.at(-3.5, 3.0), 7.6),
    ]
    return Head(
        part("head", "skin", plane.union([skin, hair]), spheres, camera),
        hair,
        tuple(_ears(face)),
        tuple(_strands(face, skull)),
        tuple(_eyes(face)),
        tuple(_features(face)),
    )


def _over_skull(face: _Face, skull: Vector, turn: float, height: float, thickness: float) -> Vector:
    """A point over the skull: degrees from the front to the person's right, degrees up, and how far out."""
    up, front, right = _SKULL
    away = (
        face.frame.up * (sine(height) * up)
        + face.frame.front * (cosine(height) * cosine(turn) * front)
        + face.frame.right * (cosine(height) * sine(turn) * right)
    )
    return skull + away * (1 + thickness)


def _thickness(turn: float, height: float, edge: float) -> float:
    rise = min(1.0, max(0.0, (height - edge) / _RISE))
    lock = _FORELOCK * _bump(turn, 40) * _bump(height - 56, 22)
    return _EDGE + _ON_TOP * rise + lock + _OVER_EARS * _bump(abs(turn) - 95, 40) * _bump(height - 25, 25)


def _bump(away: float, width: float) -> float:
    """1 in the middle, a third at the width, nothing from twice the width on."""
    share = away / (2 * width)
    rest = max(0.0, 1 - share * share)
    square = rest * rest
    return square * square


def _hairline(turn: float) -> float:
    for (before, low), (after, high) in pairwise(_HAIRLINE):
        if turn <= after:
            return low + (high - low) * (turn - before) / (after - before)
    return float(_HAIRLINE[-1][1])


def _hair(face: _Face, skull: Vector) -> Area:
    """The hair that the camera sees."""
    columns = []
    for index in range(_COLUMNS + 1):
        turn = 360.0 * index / _COLUMNS - 180
        edge = _hairline(abs(turn))
        heights = [edge + (90 - edge) * step / _CELLS for step in range(_CELLS + 1)]
        columns.append([_over_skull(face, skull, turn, each, _thickness(turn, each, edge)) for each in heights])
    seen = []
    for left, right in pairwise(columns):
        for (low, high), (low_right, high_right) in zip(pairwise(left), pairwise(right), strict=True):
            # Of the diagonals, as only these are the same for a cell and its mirror image.
            normal = cross(high_right - low, high - low_right)
            normal = normal if dot(normal, low - skull) > 0 else -normal
            if face.camera.sees(normal):
                corners = (low, low_right, high_right, high)
                seen.append(plane.hull([plane.polygon([face.camera.project(each) for each in corners])]))
    shown = plane.without_notches(plane.union(seen), 0.35)
    return plane.union(plane.polygons(plane.grown(plane.grown(shown, -0.45), 0.45), _LEAST_TUFT))


def _strands(face: _Face, skull: Vector) -> list[Line]:
    found = []
    for (start, end), (low, high) in _STRANDS:
        for sign in (1, -1):
            points = []
            for step in range(15):
                share = step / 14
                height = low + (high - low) * share + _ARCH * sine(180 * share)
                point = _over_skull(face, skull, sign * (start + (end - start) * share), height, _EDGE + _ON_TOP)
                if decisive(face.camera.depth(point - skull)) > _STRAND_SEEN:
                    points.append(face.camera.project(point))
            if len(points) > 3:
                found.append(plane.line(points))
    return found


def _ears(face: _Face) -> list[Area]:
    frame, camera = face.frame, face.camera
    found = []
    for sign in (1, -1):
        if camera.sees(frame.right * sign, 0.3):
            axes = [frame.up * 2.3, (frame.front * 0.95 - frame.up * 0.2) * 1.5, frame.right * 0.4]
            centre = camera.project(face.at(-1.2, -2.6, sign * 8.0))
            found.append(plane.ellipse(centre, [camera.project(axis) for axis in axes]))
    return found


def _looks_here(face: _Face, direction: tuple[float, float, float], least: float) -> bool:
    """Whether the skin that looks in a direction (front, up, right) is seen."""
    front, up, right = direction
    return face.camera.sees(unit(face.frame.front * front + face.frame.up * up + face.frame.right * right), least)


def _eyes(face: _Face) -> list[Area]:
    """Dots that get narrower as the face turns away."""
    frame, camera, found = face.frame, face.camera, []
    for sign in (1, -1):
        if _looks_here(face, (1, 0, sign * 0.5), 0.16):
            along = unit(frame.right - frame.front * (sign * 0.45))
            axes = [camera.project(frame.up), camera.project(along * 0.85)]
            found.append(plane.ellipse(camera.project(face.at(8.5, -0.7, sign * 3.3)), axes))
    return found


def _features(face: _Face) -> list[Line]:
    """Flat brows, a faint smile, and the nose of a face that looks this way."""
    strokes = [
        [(9.0, 2.0, sign * 1.9), (8.8, 2.2, sign * 3.2), (8.3, 1.8, sign * 4.5)]
        for sign in (1, -1)
        if _looks_here(face, (1, 0.1, sign * 0.5), 0.2)
    ]
    if face.camera.sees(face.frame.front, _NOSE_SEEN):
        strokes.append([(9.4, -3.3, -1.1), (10.4, -4.1, -0.4), (10.4, -4.1, 0.4), (9.4, -3.3, 1.1)])
    mouth = [(8.2, -6.3, -2.3), (8.8, -6.75, -1.1), (9.0, -6.9, 0.0), (8.8, -6.75, 1.1), (8.2, -6.3, 2.3)]
    strokes.append([each for each in mouth if _looks_here(face, (1, -0.1, each[2] * 0.22), 0.1)])
    return [
        plane.line([face.camera.project(face.at(*each)) for each in stroke]) for stroke in strokes if len(stroke) > 1
    ]
