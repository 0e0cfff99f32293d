"""A posed skeleton as a camera sees it: all parts of the body, and how they are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pdfbuilder.domain.side import Side
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.head import Head, head
from pdfbuilder.drawing.limbs import arm_parts, leg_parts
from pdfbuilder.drawing.parts import Part
from pdfbuilder.drawing.prop_specs import PropsSpec
from pdfbuilder.drawing.props import solids
from pdfbuilder.drawing.skeleton import Skeleton
from pdfbuilder.drawing.solids import Solid
from pdfbuilder.drawing.trunk import collar_direction, trunk_parts
from pdfbuilder.drawing.vectors import Vector, angle_between, unit

#: How far round the hip the shorts are one piece, in centimetres.
_SEAT: Final = 11.5
#: A hip bent less than this, in degrees, is straight.
_STRAIGHT_HIP: Final = 50.0


@dataclass(frozen=True)
class Joint:
    """Where two parts of a limb run into each other.

    Attributes:
        place: where in the picture.
        radius: how far around it they are one piece, without a crease.
        below: the direction in the picture on whose side of the joint alone there is a crease; None for all sides.
    """

    place: Vector
    radius: float
    below: Vector | None = None


@dataclass(frozen=True)
class Figure:
    """A figure in the picture.

    Attributes:
        skeleton: its joints in the world.
        camera: who looks.
        parts: of the body, by name.
        props: the parts of all props, by name.
        head: what is drawn on the head.
        joints: of pairs of parts of one limb.
        emerging: pairs of parts, the nearer one first, whose order follows from an opening: a neck and its collar,
            an arm and its sleeve.
    """

    skeleton: Skeleton
    camera: Camera
    parts: Mapping[str, Part]
    props: Mapping[str, Solid]
    head: Head
    joints: Mapping[frozenset[str], Joint]
    emerging: frozenset[tuple[str, str]]


def figure(skeleton: Skeleton, props: PropsSpec, camera: Camera) -> Figure:
    """All parts of a skeleton and of the props around it, as a camera sees them."""
    trunk = skeleton.trunk
    skull = head(trunk.head, trunk.head_frame, camera)
    parts = [*trunk_parts(trunk, camera), skull.part]
    for side in (Side.RIGHT, Side.LEFT):
        parts += leg_parts(side.value, skeleton.legs[side], camera)
        parts += arm_parts(side.value, skeleton.arms[side], camera)
    return Figure(
        skeleton,
        camera,
        {each.name: each for each in parts},
        solids(props, camera),
        skull,
        _joints(skeleton, camera),
        _emerging(skeleton, camera),
    )


def _joints(skeleton: Skeleton, camera: Camera) -> dict[frozenset[str], Joint]:
    found: dict[frozenset[str], Joint] = {}
    for side in (Side.RIGHT, Side.LEFT):
        leg, arm, name = skeleton.legs[side], skeleton.arms[side], side.value
        hand = arm.palm_and_fingers
        for first, second, place, radius in (
            ("thigh", "shank", leg.knee, 7.0),
            ("shank", "foot", leg.ankle, 6.5),
            ("upper arm", "forearm", arm.elbow, 4.6),
            ("forearm", "palm", arm.wrist, 4.0),
            ("palm", "fingers", hand.knuckles, 4.6),
            ("fingers", "fingertips", hand.middle, 3.2),
            ("palm", "thumb", hand.thumb_root, 2.6),
        ):
            found[frozenset((f"{name} {first}", f"{name} {second}"))] = Joint(camera.project(place), radius)
        found[frozenset(("pelvis", f"{name} shorts"))] = Joint(camera.project(leg.hip), _SEAT)
        # A sleeve folds at the armpit, not over the shoulder.
        shoulder = camera.project(arm.shoulder)
        armpit = unit(camera.project(skeleton.trunk.waist) - shoulder)
        found[frozenset(("torso", f"{name} sleeve"))] = Joint(shoulder, 8.0, armpit)
    return found


def _emerging(skeleton: Skeleton, camera: Camera) -> frozenset[tuple[str, str]]:
    found, down = set(), -skeleton.trunk.pelvis_frame.up
    for side in (Side.RIGHT, Side.LEFT):
        arm, leg = skeleton.arms[side], skeleton.legs[side]
        thigh = unit(leg.knee - leg.hip)
        if leg.is_shod:
            found.add(_order(f"{side.value} shank", f"{side.value} foot", -leg.sole_towards, camera))
        found.add(_order(f"{side.value} thigh", f"{side.value} shorts", thigh, camera))
        # The shirt hangs over the shorts, until the thigh comes up before it.
        if angle_between(thigh, down) < _STRAIGHT_HIP:
            found.add(_order(f"{side.value} shorts", "torso", down, camera))
        opening = unit(arm.elbow - arm.shoulder)
        found.add(_order(f"{side.value} upper arm", f"{side.value} sleeve", opening, camera))
    found.add(_order("neck", "torso", collar_direction(skeleton.trunk), camera))
    found.add(_order("pelvis", "torso", down, camera))
    return frozenset(found)


def _order(inner: str, outer: str, opening: Vector, camera: Camera) -> tuple[str, str]:
    """What emerges from an opening is in front where the opening faces the camera, else behind."""
    return (inner, outer) if camera.sees(opening) else (outer, inner)
