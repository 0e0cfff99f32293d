"""Boxes and bars, of which furniture and tools are made: parts like those of the body, that hide and are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.parts import Part, circle, part, sweep
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.vectors import Points, Vector, decisive, dot, dots, unit, vector

#: A face turned away further than this (the cosine of its angle to the camera) is not seen.
_EDGE_ON: Final = 1e-3
#: A bar thicker than this, in centimetres, is something rolled up.
_ROLL: Final = 3.0
#: Where the spirals of a roll's end are, as parts of its radius.
_SPIRALS: Final = (1.0, 0.62, 0.26)

#: An area of the picture and its colour.
Face = tuple[Area, str]
Axes = tuple[Vector, Vector, Vector]
#: The three unit directions of what stands along the world's axes.
WORLD: Final[Axes] = (vector((1, 0, 0)), vector((0, 1, 0)), vector((0, 0, 1)))


@dataclass(frozen=True)
class Block:
    """A box in the world: its centre, its unit directions (the second is up), and half its size along each."""

    centre: Vector
    axes: Axes
    halves: tuple[float, float, float]

    def depth_inside(self, point: Vector) -> float:
        """How deep a point is inside; nothing gets in from below, where it stands on the floor."""
        along, up, across = (dot(point - self.centre, axis) for axis in self.axes)
        long, high, wide = self.halves
        inside = min(long - abs(along), high - up, wide - abs(across))
        return inside if up > -high else 0.0


@dataclass(frozen=True)
class Solid(Part):
    """A part of a prop. `props.solids` gives it its name, which is its paint, too: nothing is ever joined to it.

    Attributes:
        faces: what of its surface looks at the camera, and the colour of each.
        slopes: for each such face of a box a row: its depth at the picture's origin, and by how much that grows for
            every centimetre to the right and up. A bar has none; its depth is that of its spheres.
        block: the box, for those who ask what is inside it.
    """

    faces: tuple[Face, ...] = ()
    slopes: Points | None = None
    block: Block | None = None

    def depth_at(self, points: Points) -> Points:
        """How near the front is at points of the picture (rows)."""
        if self.slopes is None:
            return super().depth_at(points)
        # A box is convex: its front is that of its visible planes which is furthest away.
        depths = [level + dots(points, vector((right, up))) for level, right, up in self.slopes.tolist()]
        return np.asarray(np.min(np.stack(depths), axis=0))


def box(block: Block, colours: tuple[str, str, str], camera: Camera) -> Solid:
    """A box, without a name as yet.

    Args:
        block: where it is.
        colours: of the faces across each of its directions.
        camera: who looks.
    """
    faces: list[Face] = []
    slopes = []
    for index, colour in enumerate(colours):
        first, second = (block.axes[other] * block.halves[other] for other in range(3) if other != index)
        for normal in (block.axes[index], -block.axes[index]):
            facing = camera.depth(normal)
            if decisive(facing) <= _EDGE_ON:
                continue
            middle = block.centre + normal * block.halves[index]
            rim = [middle + first * a + second * b for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            faces.append((plane.polygon([camera.project(each) for each in rim]), colour))
            level, right, up = dot(normal, middle), -dot(normal, camera.right), -dot(normal, camera.up)
            slopes.append([level / facing, right / facing, up / facing])
    outline = plane.hull([face for face, _ in faces])
    place, depth = camera.project(block.centre), camera.depth(block.centre)
    return Solid(
        "",
        "",
        outline,
        np.array([place]),
        np.array([depth]),
        np.array([1.0]),
        faces=tuple(faces),
        slopes=np.array(slopes),
        block=block,
    )


def bar(points: Sequence[Vector], radius: float, colour: str, camera: Camera) -> Solid:
    """Something round along points, without a name as yet.

    If it is thick it ends flat, and the end shows that it is rolled up.
    """
    spheres = [(each, radius) for each in points]
    made = part("", "", sweep(spheres, camera), spheres, camera)
    outline, rounds = made.outline, [made.outline]
    if radius >= _ROLL:
        axis = unit(points[-1] - points[0])
        outline = plane.hull([circle(end, axis, radius, camera) for end in (points[0], points[-1])])
        near = points[-1] if camera.sees(axis) else points[0]
        rounds = [outline, *(circle(near, axis, radius * share, camera) for share in _SPIRALS)]
    return Solid("", "", outline, made.places, made.depths, made.radii, faces=tuple((each, colour) for each in rounds))
