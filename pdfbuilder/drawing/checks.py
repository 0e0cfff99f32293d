"""Whether a body can take a pose, and whether the picture shows what it must.

The checks find what an eye misses in a list of numbers: a hand that floats off the knee, a foot under the floor, a
knee bent forward, an affected leg hidden behind the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pdfbuilder.domain.side import Side
from pdfbuilder.drawing import plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.prop_specs import PropsSpec
from pdfbuilder.drawing.regions import silhouette
from pdfbuilder.drawing.scene import scene
from pdfbuilder.drawing.skeleton import Skeleton, start_of
from pdfbuilder.drawing.solids import Solid
from pdfbuilder.drawing.specs import (
    ArmSpecs,
    GrippingArmSpec,
    PictureSpec,
    PlacedArmSpec,
    PoseSpec,
    RestingArmSpec,
    StandingLegSpec,
)
from pdfbuilder.drawing.values import LIMBS, PROP
from pdfbuilder.drawing.vectors import Vector, angle_between, decisive, dot, perpendicular, rotated, unit, vector

#: How far a limb may end from where it should be, and how deep a part may sink into the mat, in centimetres.
FARTHEST_MISS: Final = 2.0
DEEPEST_SINK: Final = 2.5
#: How much of the highlighted limb must be seen.
LEAST_SEEN: Final = 0.45
#: How deep a joint may be inside furniture, and how far the weight may be beside what carries it, in centimetres.
DEEPEST_INSIDE: Final = 2.0
FARTHEST_FALL: Final = 3.0

#: The ranges of the joints, in degrees: wider than a patient's, as wide as a healthy adult's.
RANGES: Final = {
    "hip flexion": (-30.0, 140.0),
    "hip abduction": (-40.0, 75.0),
    "hip rotation": (-50.0, 90.0),
    "knee flexion": (0.0, 155.0),
    "ankle dorsiflexion": (-55.0, 32.0),
    "foot turn": (0.0, 50.0),
    "elbow flexion": (0.0, 155.0),
    "wrist bend": (0.0, 90.0),
}

#: From this angle on, in degrees, a knee counts as bent.
_BENT: Final = 20.0

#: How far round a heel, a toe or a hand the ground carries.
_CARRIES: Final = 4.5
#: A knee or a toe lower than this kneels on the floor, or on a cushion.
_ON_THE_FLOOR: Final = 14.0
_JOINTS: Final = {"leg": ("knee", "ankle", "heel", "toes"), "arm": ("elbow", "wrist", "hand")}
_LEG_PARTS: Final = ("thigh", "shank", "foot")
_ARM_PARTS: Final = ("upper arm", "forearm", "palm", "fingers", "fingertips", "thumb")
_TRUNK_PARTS: Final = ("torso", "pelvis", "head")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a pose.

    Attributes:
        code, message, hint: as in a diagnostic.
        field: where in the pose file.
    """

    code: str
    message: str
    field: tuple[str | int, ...]
    hint: str


def faults(spec: PictureSpec) -> list[Fault]:
    """All that is wrong with a picture's poses."""
    pose = "end"
    try:
        found = list(_pose_faults(spec.end, pose, LIMBS))
        if spec.start is not None:
            pose = "start"
            drawn = LIMBS if spec.has_two_frames else spec.ghost
            found += _pose_faults(start_of(spec.end, spec.start), pose, drawn)
    except ValueError as error:
        return [Fault("pose-circle", str(error), (pose,), "give one of them a place of its own")]
    return found + list(_hidden_limb(spec))


def joint_angles(skeleton: Skeleton, side: Side) -> dict[str, float]:
    """The angles of a side's joints, by the names in `RANGES`, in degrees."""
    leg, arm, pelvis = skeleton.legs[side], skeleton.arms[side], skeleton.trunk.pelvis_frame
    thigh, shank = unit(leg.knee - leg.hip), unit(leg.ankle - leg.knee)
    out = pelvis.right if side is Side.RIGHT else -pelvis.right
    flexion = _angle_of(dot(thigh, pelvis.front), -dot(thigh, pelvis.up))
    angles = {
        "hip flexion": flexion,
        "hip abduction": 90 - angle_between(thigh, out),
        "knee flexion": angle_between(thigh, shank),
        "ankle dorsiflexion": angle_between(shank, leg.toes_towards) - 90,
        "elbow flexion": angle_between(arm.elbow - arm.shoulder, arm.wrist - arm.elbow),
        "wrist bend": angle_between(arm.wrist - arm.elbow, arm.palm_and_fingers.palm - arm.wrist),
    }
    if angles["knee flexion"] > _BENT:
        # Only a bent knee shows which way the leg is turned; one bent forwards would turn the foot by half a circle.
        kneecap = perpendicular(thigh - shank, thigh)
        ahead = rotated(pelvis.front, pelvis.right, flexion)
        outward = perpendicular(out, thigh)
        angles["hip rotation"] = _angle_of(dot(kneecap, outward), dot(kneecap, ahead))
        angles["foot turn"] = angle_between(perpendicular(leg.toes_towards, shank), perpendicular(thigh, shank))
    return angles


def _angle_of(aside: float, ahead: float) -> float:
    return math.degrees(math.atan2(aside, ahead))


def _pose_faults(spec: PoseSpec, name: str, limbs: tuple[str, ...]) -> Iterator[Fault]:
    # Seen from the side, at eye level with the floor, a part's lowest edge is its height.
    who = scene(spec, Camera(0, 0)).figure
    skeleton, lowest = who.skeleton, {part.name: float(part.outline.bounds[1]) for part in who.parts.values()}
    for limb in limbs:
        field = (name, limb.replace(" ", "_"))
        yield from _misses(skeleton, limb, field)
        yield from _inside(skeleton, who.props, limb, field)
        yield from _sinking(lowest, limb, field if limb != "trunk" else (name, "pelvis"))
        yield from _strained(skeleton, limb, field)
    if set(limbs) == set(LIMBS):
        yield from _falling(skeleton, spec, name)


def _inside(skeleton: Skeleton, props: Mapping[str, Solid], limb: str, field: tuple[str, str]) -> Iterator[Fault]:
    """A foot in a step, a knee in a chair."""
    side, _, kind = limb.partition(" ")
    for joint in _JOINTS.get(kind, ()):
        point = skeleton.joint(f"{side} {joint}")
        for name, solid in props.items():
            depth = solid.block.depth_inside(point) if solid.block else 0.0
            if depth > DEEPEST_INSIDE:
                prop = name.removeprefix(PROP).rpartition(" ")[0]
                message = f"the {side} {joint} is {depth:.1f} cm inside the {prop}"
                yield Fault("pose-inside", message, field, "move it, or the prop")


def _falling(skeleton: Skeleton, spec: PoseSpec, name: str) -> Iterator[Fault]:
    """Whether someone who stands would fall: the weight must be over the feet and the hands that lean on something."""
    legs = {Side.RIGHT: spec.right_leg, Side.LEFT: spec.left_leg}
    arms = {Side.RIGHT: spec.right_arm, Side.LEFT: spec.left_arm}
    feet = [side for side, leg in legs.items() if isinstance(leg, StandingLegSpec)]
    if not feet or spec.pelvis.above != "floor":
        return
    points = [point for side in feet for point in (skeleton.legs[side].heel, skeleton.legs[side].toes)]
    for leg in skeleton.legs.values():
        points += [point for point in (leg.knee, leg.toes) if point[1] < _ON_THE_FLOOR]
    points += [skeleton.arms[side].hand for side, arm in arms.items() if _leans(arm, spec.props)]
    ground = plane.hull(plane.disc(vector((point[0], point[2])), _CARRIES) for point in points)
    middle = _centre_of_mass(skeleton)
    beside = plane.gap(ground, vector((middle[0], middle[2])))
    if beside > FARTHEST_FALL:
        message = f"the body's weight is {beside:.0f} cm beside what carries it"
        yield Fault("pose-balance", message, (name, "pelvis"), "move the pelvis over the feet, or give a hand a hold")


def _leans(arm: ArmSpecs, props: PropsSpec) -> bool:
    """Whether a hand can carry weight: it lies flat on something, holds a rail, or is put against a wall."""
    if isinstance(arm, GrippingArmSpec):
        return arm.grips == "rail"
    return isinstance(arm, RestingArmSpec) or (isinstance(arm, PlacedArmSpec) and props.wall is not None)


def _centre_of_mass(skeleton: Skeleton) -> Vector:
    trunk = skeleton.trunk
    found = (trunk.pelvis + trunk.chest) / 2 * 0.5 + trunk.head * 0.08
    for side in (Side.RIGHT, Side.LEFT):
        leg, arm = skeleton.legs[side], skeleton.arms[side]
        found = found + (leg.hip + leg.knee) / 2 * 0.1 + (leg.knee + leg.ankle) / 2 * 0.06
        found = found + (arm.shoulder + arm.elbow) / 2 * 0.03 + (arm.elbow + arm.hand) / 2 * 0.02
    return found


def _misses(skeleton: Skeleton, limb: str, field: tuple[str, str]) -> Iterator[Fault]:
    side, _, kind = limb.partition(" ")
    end = f"{side} {'ankle' if kind == 'leg' else 'wrist'}"
    miss = skeleton.misses.get(end, 0.0)
    if miss > FARTHEST_MISS:
        yield Fault("pose-reach", f"the {end} stays {miss:.1f} cm away from its place", field, "bring it nearer")


def _sinking(lowest: Mapping[str, float], limb: str, field: tuple[str, str]) -> Iterator[Fault]:
    for name in _parts_of(limb):
        if lowest[name] < -DEEPEST_SINK:
            yield Fault("pose-floor", f"the {name} is {-lowest[name]:.1f} cm under the floor", field, "lift it")


def _parts_of(limb: str) -> list[str]:
    if limb == "trunk":
        return list(_TRUNK_PARTS)
    side, _, kind = limb.partition(" ")
    return [f"{side} {part}" for part in (_LEG_PARTS if kind == "leg" else _ARM_PARTS)]


def _strained(skeleton: Skeleton, limb: str, field: tuple[str, str]) -> Iterator[Fault]:
    side, _, kind = limb.partition(" ")
    if not kind:
        return
    joints = ("hip", "knee", "ankle", "foot") if kind == "leg" else ("elbow", "wrist")
    for name, angle in joint_angles(skeleton, Side(side)).items():
        low, high = RANGES[name]
        if name.partition(" ")[0] in joints and not low <= decisive(angle) <= high:
            expected = f"{low:.0f} to {high:.0f} degrees of {name}"
            hint = "the toes point where the knee does" if name == "foot turn" else "no body bends like this"
            yield Fault("pose-joint", f"expected {expected}, got {angle:.0f}", field, hint)


def _hidden_limb(spec: PictureSpec) -> Iterator[Fault]:
    if spec.shows != "right" or spec.affects == "side":
        return
    limb = f"right {spec.affects}"
    end = scene(spec.end, Camera(spec.camera.azimuth, spec.camera.elevation), spec.in_front)
    seen = plane.union(end.view.areas[name] for name, part in end.figure.parts.items() if part.paint == limb)
    share = seen.area / silhouette(end.figure, [limb]).area
    if share < LEAST_SEEN:
        message = f"only {share:.0%} of the affected {spec.affects} is seen"
        yield Fault("pose-hidden", message, ("camera",), "look from another side")
