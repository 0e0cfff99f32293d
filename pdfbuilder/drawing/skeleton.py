"""Poses a skeleton: from joint angles and targets to joints in the world, in centimetres.

The pelvis is placed, the spine bends over it, free limbs follow their angles, and placed limbs reach their target
by two-bone inverse kinematics with a pole vector (the direction in which the middle joint points). Lengths of bones
never change: a target out of reach is approached, not met; `checks` reports it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from msgspec import structs

from pdfbuilder.domain.side import Side
from pdfbuilder.drawing import body
from pdfbuilder.drawing.hands import Hand, holding_hand, open_hand
from pdfbuilder.drawing.props import handles, tops
from pdfbuilder.drawing.specs import (
    ArmSpec,
    FreeLegSpec,
    GrippingArmSpec,
    HoldingArmSpec,
    LegSpec,
    PelvisSpec,
    PlacedArmSpec,
    PlacedLegSpec,
    PoseSpec,
    RestingArmSpec,
    StandingLegSpec,
    StartSpec,
)
from pdfbuilder.drawing.values import Anchor
from pdfbuilder.drawing.vectors import (
    Vector,
    cosine,
    cross,
    decisive,
    dot,
    length,
    perpendicular,
    rotated,
    sine,
    unit,
    vector,
)

_LEG_JOINTS: Final = ("hip", "knee", "ankle", "heel", "toes")
_UP: Final = vector((0, 1, 0))
#: How far the wrist of a hand that lies flat is above what it lies on.
_WRIST_ABOVE: Final = 2.6
#: Its fingers point down so far, for a centimetre on.
_HANGING: Final = 0.12
#: How far the fingers of a fist may lie along the bar.
_ASLANT: Final = 0.6


@dataclass(frozen=True)
class Frame:
    """Three unit vectors, at right angles, of a segment of the trunk."""

    up: Vector
    front: Vector
    right: Vector

    def bent(self, flexion: float = 0, side_bend: float = 0, twist: float = 0) -> Frame:
        """The frame bent forward, then to its right, then twisted to its right; in degrees."""
        up, front, right = self.up, self.front, self.right
        up, front = rotated(up, right, -flexion), rotated(front, right, -flexion)
        up, right = rotated(up, front, side_bend), rotated(right, front, side_bend)
        return Frame(up, rotated(front, up, -twist), rotated(right, up, -twist))


@dataclass(frozen=True)
class Leg:
    """The joints of a leg; `toes_towards` and `sole_towards` are the foot's directions.

    The toes are bent up at the ball by `toes_bent` degrees; less than 0, they are curled. `is_shod`: in a shoe.
    """

    hip: Vector
    knee: Vector
    ankle: Vector
    toes_towards: Vector
    sole_towards: Vector
    toes_bent: float = 0
    is_shod: bool = False

    @property
    def heel(self) -> Vector:
        """The heel's centre."""
        return self.foot_point(body.HEEL)

    @property
    def toes(self) -> Vector:
        """The end of the toes."""
        return self.foot_point(body.TOE)

    def foot_point(self, place: tuple[float, float], aside: float = 0) -> Vector:
        """A point of the foot: down and forward from the ankle, and along the foot's own cross direction."""
        across = cross(self.toes_towards, self.sole_towards)
        (down, ahead), (ball_down, ball_ahead) = place, body.BALL
        if not self.toes_bent or ahead <= ball_ahead:
            return self.ankle + self.sole_towards * down + self.toes_towards * ahead + across * aside
        toes, instep = _turned(self.toes_towards, -self.sole_towards, self.toes_bent)
        ball = self.ankle + self.sole_towards * ball_down + self.toes_towards * ball_ahead
        return ball + toes * (ahead - ball_ahead) - instep * (down - ball_down) + across * aside


@dataclass(frozen=True)
class Arm:
    """The joints of an arm, and its hand."""

    shoulder: Vector
    elbow: Vector
    palm_and_fingers: Hand

    @property
    def wrist(self) -> Vector:
        """The wrist."""
        return self.palm_and_fingers.wrist

    @property
    def hand(self) -> Vector:
        """The knuckles, in the middle of the hand."""
        return self.palm_and_fingers.knuckles


@dataclass(frozen=True)
class Trunk:
    """The spine's joints and the frames of its segments, from the pelvis up."""

    pelvis: Vector
    waist: Vector
    chest: Vector
    neck: Vector
    head: Vector
    pelvis_frame: Frame
    waist_frame: Frame
    chest_frame: Frame
    shoulder_frame: Frame
    head_frame: Frame


@dataclass(frozen=True)
class Skeleton:
    """A posed body.

    Attributes:
        trunk: spine and head.
        legs: by side; left and right are always the person's own.
        arms: by side.
        misses: how far from its target each limb ended that could not reach it, in centimetres.
    """

    trunk: Trunk
    legs: Mapping[Side, Leg]
    arms: Mapping[Side, Arm]
    misses: Mapping[str, float]

    def joint(self, name: str) -> Vector:
        """A joint by its name in pose files, such as `right knee` or `waist`."""
        found = _joint(name, self.trunk, self.legs, self.arms)
        if found is None:
            raise KeyError(name)
        return found


def pose(spec: PoseSpec) -> Skeleton:
    """Pose a skeleton. The props that it names are there, or else the pose file is refused.

    Raises:
        ValueError: if limbs hang on each other in a circle.
    """
    return _Poser(spec).skeleton()


def start_of(end: PoseSpec, start: StartSpec) -> PoseSpec:
    """The pose where a movement starts: the end pose with what is different there."""
    given = {name: value for name, value in structs.asdict(start).items() if value is not None}
    if start.props:
        given["props"] = structs.replace(end.props, **start.props.named())
    return structs.replace(end, **given)


def _joint(name: str, trunk: Trunk, legs: Mapping[Side, Leg], arms: Mapping[Side, Arm]) -> Vector | None:
    """A joint by its name, or None if its limb is not posed yet."""
    side, _, part = name.rpartition(" ")
    if not side:
        return vector(getattr(trunk, part))
    limbs: Mapping[Side, Leg | Arm] = legs if part in _LEG_JOINTS else arms
    limb = limbs.get(Side(side))
    return None if limb is None else vector(getattr(limb, part))


def _sign(side: Side) -> int:
    return 1 if side is Side.RIGHT else -1


class _Poser:
    """Resolves limb after limb, each when what it hangs on is known."""

    def __init__(self, spec: PoseSpec) -> None:
        self.spec = spec
        self.tops, self.handles = tops(spec.props), handles(spec.props)
        self.trunk = _trunk(spec, self.tops[spec.pelvis.above])
        self.legs: dict[Side, Leg] = {}
        self.arms: dict[Side, Arm] = {}
        self.misses: dict[str, float] = {}

    def skeleton(self) -> Skeleton:
        waiting = [(kind, side) for kind in ("leg", "arm") for side in (Side.RIGHT, Side.LEFT)]
        while waiting:
            still = [(kind, side) for kind, side in waiting if not self._resolve(kind, side)]
            if len(still) == len(waiting):
                raise ValueError("limbs hang on each other in a circle")
            waiting = still
        return Skeleton(self.trunk, self.legs, self.arms, self.misses)

    def _resolve(self, kind: str, side: Side) -> bool:
        if kind == "leg":
            leg = self._leg(side, getattr(self.spec, f"{side.value}_leg"))
            if leg:
                self.legs[side] = replace(leg, is_shod=self.spec.shoes)
            return leg is not None
        arm = self._arm(side, getattr(self.spec, f"{side.value}_arm"))
        if arm:
            self.arms[side] = arm
        return arm is not None

    def _place(self, anchor: Anchor) -> Vector | None:
        if anchor.joint is None:
            return vector(anchor.offset)
        joint = _joint(anchor.joint, self.trunk, self.legs, self.arms)
        return None if joint is None else joint + vector(anchor.offset)

    # ------------------------------------------------------------------ legs

    def _leg(self, side: Side, spec: LegSpec) -> Leg | None:
        frame = self.trunk.pelvis_frame
        hip = self.trunk.pelvis + frame.right * (_sign(side) * body.HIP_ASIDE) - frame.up * body.HIP_BELOW
        if isinstance(spec, FreeLegSpec):
            return _free_leg(hip, frame, _sign(side), spec)
        if isinstance(spec, StandingLegSpec):
            return self._standing_leg(side, hip, spec)
        target = self._place(spec.ankle_at)
        if target is None:
            return None
        knee, ankle = self._leg_to(target, side, hip, vector(spec.knee_towards))
        return Leg(hip, knee, ankle, *_foot_directions(hip, knee, ankle, spec))

    def _standing_leg(self, side: Side, hip: Vector, spec: StandingLegSpec) -> Leg:
        """A foot that is flat, up on its ball, or up on its heel; ball or heel stay where they are."""
        name, x, z = spec.stands_on
        toes = rotated(perpendicular(self.trunk.pelvis_frame.front, _UP), _UP, -_sign(side) * spec.toes)
        flat = vector((x, self.tops[name] + body.ANKLE_HEIGHT, z))
        down, ahead = body.BALL if spec.heel_up else body.HEEL
        fore, sole = _turned(toes, -_UP, spec.heel_up - spec.toes_up)
        fixed = flat + toes * ahead - _UP * down
        target = fixed - fore * ahead - sole * down
        knee, ankle = self._leg_to(target, side, hip, vector(spec.knee_towards) if spec.knee_towards else toes)
        return Leg(hip, knee, ankle, fore, sole, spec.heel_up - spec.curl)

    def _leg_to(self, target: Vector, side: Side, hip: Vector, pole: Vector) -> tuple[Vector, Vector]:
        """Knee and ankle of a leg that goes to a target as far as it reaches."""
        knee, ankle = _reach(hip, target, body.THIGH, body.SHANK, pole)
        self.misses[f"{side.value} ankle"] = length(target - ankle)
        return knee, ankle

    # ------------------------------------------------------------------ arms

    def _arm(self, side: Side, spec: ArmSpec) -> Arm | None:
        frame = self.trunk.shoulder_frame
        aside, up, front = spec.shoulder
        shoulder = (
            self.trunk.neck
            + frame.right * (_sign(side) * (body.SHOULDER_ASIDE + aside))
            + frame.up * (up - body.SHOULDER_BELOW)
            + frame.front * front
        )
        if isinstance(spec, HoldingArmSpec):
            return self._holding_arm(side, shoulder, spec)
        if isinstance(spec, GrippingArmSpec):
            return self._gripping_arm(side, shoulder, spec)
        if isinstance(spec, RestingArmSpec):
            return self._resting_arm(side, shoulder, spec)
        if isinstance(spec, PlacedArmSpec):
            target = self._place(spec.wrist_at)
            if target is None:
                return None
            elbow, wrist = self._arm_to(target, side, shoulder, vector(spec.elbow_towards))
        else:
            elbow = shoulder + unit(vector(spec.upper_arm)) * body.UPPER_ARM
            wrist = elbow + unit(vector(spec.forearm)) * body.FOREARM
        along = unit(vector(spec.fingers_towards)) if spec.fingers_towards else unit(wrist - elbow)
        return Arm(shoulder, elbow, open_hand(wrist, along, vector(spec.palm_towards), _sign(side), spec.curl))

    def _holding_arm(self, side: Side, shoulder: Vector, spec: HoldingArmSpec) -> Arm | None:
        held_side, _, segment = spec.holds.partition(" ")
        leg = self.legs.get(Side(held_side))
        if leg is None:
            return None
        ends = (leg.hip, leg.knee) if segment == "thigh" else (leg.knee, leg.ankle)
        profile = body.THIGH_PROFILE if segment == "thigh" else body.SHANK_PROFILE
        hand = holding_hand(
            ends[0] + (ends[1] - ends[0]) * spec.at,
            unit(ends[1] - ends[0]),
            body.radius_at(profile, spec.at),
            vector(spec.palm_from),
            vector(spec.fingers_towards),
            _sign(side),
        )
        return self._with_hand(side, shoulder, hand, vector(spec.elbow_towards))

    def _gripping_arm(self, side: Side, shoulder: Vector, spec: GrippingArmSpec) -> Arm:
        handle = self.handles[spec.grips]
        axis, place = unit(handle.end - handle.start), handle.start + (handle.end - handle.start) * spec.at
        outward, way = perpendicular(vector(spec.palm_from), axis), unit(place - shoulder)
        # The fingers go over the bar and away from the shoulder, as much aslant as the forearm comes.
        over = cross(axis, outward)
        over = over if decisive(dot(over, way)) > 0 else -over
        fingers = over + axis * max(-_ASLANT, min(_ASLANT, dot(axis, way)))
        hand = holding_hand(place, axis, handle.radius, outward, fingers, _sign(side))
        return self._with_hand(side, shoulder, hand, vector(spec.elbow_towards))

    def _with_hand(self, side: Side, shoulder: Vector, hand: Hand, pole: Vector) -> Arm:
        """An arm that brings a hand to its place, as far as it reaches."""
        elbow, wrist = self._arm_to(hand.wrist, side, shoulder, pole)
        return Arm(shoulder, elbow, hand.moved(wrist - hand.wrist))

    def _resting_arm(self, side: Side, shoulder: Vector, spec: RestingArmSpec) -> Arm:
        name, x, z = spec.rests_on
        target = vector((x, self.tops[name] + _WRIST_ABOVE, z))
        elbow, wrist = self._arm_to(target, side, shoulder, vector(spec.elbow_towards))
        along = unit(vector(spec.fingers_towards) - _UP * _HANGING)
        return Arm(shoulder, elbow, open_hand(wrist, along, -_UP, _sign(side), spec.curl))

    def _arm_to(self, target: Vector, side: Side, shoulder: Vector, pole: Vector) -> tuple[Vector, Vector]:
        """Elbow and wrist of an arm that goes to a target as far as it reaches."""
        elbow, wrist = _reach(shoulder, target, body.UPPER_ARM, body.FOREARM, pole)
        self.misses[f"{side.value} wrist"] = length(target - wrist)
        return elbow, wrist


def _trunk(spec: PoseSpec, below: float) -> Trunk:
    pelvis_frame = _pelvis_frame(spec.pelvis)
    lower, middle, upper = spec.spine.flexion
    side_bend, twist = spec.spine.side_bend / 2, spec.spine.twist / 2
    waist_frame = pelvis_frame.bent(lower, side_bend, twist)
    chest_frame = waist_frame.bent(middle, side_bend, twist)
    shoulder_frame = chest_frame.bent(upper)
    head_frame = shoulder_frame.bent(spec.head.flexion, spec.head.side_bend, spec.head.turn)
    pelvis = vector(spec.pelvis.at) + _UP * below
    waist = pelvis + waist_frame.up * body.PELVIS_TO_WAIST
    chest = waist + unit(waist_frame.up * 0.4 + chest_frame.up * 0.6) * body.WAIST_TO_CHEST
    neck = chest + unit(chest_frame.up + shoulder_frame.up) * body.CHEST_TO_NECK
    nape = unit(shoulder_frame.up * 0.55 + head_frame.up * 0.45)
    head = neck + nape * body.NECK + head_frame.up * body.HEAD_UP + head_frame.front * body.HEAD_FRONT
    return Trunk(pelvis, waist, chest, neck, head, pelvis_frame, waist_frame, chest_frame, shoulder_frame, head_frame)


def _pelvis_frame(spec: PelvisSpec) -> Frame:
    up = unit(vector(spec.up))
    front = perpendicular(vector(spec.front), up)
    return Frame(up, front, cross(front, up)).bent(spec.lean, spec.roll, spec.turn)


def _free_leg(hip: Vector, frame: Frame, sign: int, spec: FreeLegSpec) -> Leg:
    flexion, abduction, rotation = spec.hip
    down, front, out = (
        rotated(-frame.up, frame.right, flexion),
        rotated(frame.front, frame.right, flexion),
        frame.right * sign,
    )
    down, out = _turned(down, out, abduction)
    front, out = _turned(front, out, rotation)
    knee = hip + down * body.THIGH
    shin, fore = _turned(down, -front, spec.knee)
    fore = -fore
    ankle = knee + shin * body.SHANK
    toes, _ = _turned(fore, -shin, spec.ankle)
    return Leg(hip, knee, ankle, toes, perpendicular(shin, toes))


def _turned(first: Vector, second: Vector, degrees: float) -> tuple[Vector, Vector]:
    """Two directions at right angles, turned from the first towards the second."""
    along, across = cosine(degrees), sine(degrees)
    return first * along + second * across, second * along - first * across


def _foot_directions(hip: Vector, knee: Vector, ankle: Vector, spec: PlacedLegSpec) -> tuple[Vector, Vector]:
    """Where the toes point and where the sole looks; by themselves the toes are where the shin's front is."""
    shin = unit(ankle - knee)
    if spec.toes_towards:
        toes = unit(vector(spec.toes_towards))
    else:
        toes, _ = _turned(perpendicular(knee - hip, shin), -shin, spec.ankle)
    return toes, perpendicular(vector(spec.sole_towards) if spec.sole_towards else shin, toes)


def _reach(root: Vector, target: Vector, upper: float, lower: float, pole: Vector) -> tuple[Vector, Vector]:
    """Two-bone inverse kinematics: the middle joint and the end, with the middle one towards the pole."""
    way = target - root
    distance = min(max(length(way), abs(upper - lower) + 0.5), upper + lower - 0.05)
    along = unit(way)
    forward = (upper * upper - lower * lower + distance * distance) / (2 * distance)
    aside = math.sqrt(max(upper * upper - forward * forward, 0.0))
    middle = root + along * forward + perpendicular(pole, along) * aside
    return middle, middle + unit(root + along * distance - middle) * lower
