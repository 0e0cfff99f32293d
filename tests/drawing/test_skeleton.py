"""Poses keep bones whole and joints where they belong."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pdfbuilder.domain.side import Side
from pdfbuilder.drawing import body
from pdfbuilder.drawing.checks import joint_angles
from pdfbuilder.drawing.hands import holding_hand
from pdfbuilder.drawing.skeleton import Skeleton, pose, start_of
from pdfbuilder.drawing.specs import (
    FreeArmSpec,
    FreeLegSpec,
    HeadSpec,
    PelvisSpec,
    PictureSpec,
    PlacedArmSpec,
    PlacedLegSpec,
    PoseSpec,
    SpineSpec,
    StandingLegSpec,
)
from pdfbuilder.drawing.values import Anchor
from pdfbuilder.drawing.vectors import Vector, cross, length, vector

STANDING = PoseSpec(
    pelvis=PelvisSpec(at=(0, 92, 0), up=(0, 1, 0), front=(0, 0, 1)),
    right_leg=FreeLegSpec(hip=(0, 0, 0)),
    left_leg=FreeLegSpec(hip=(0, 0, 0)),
    right_arm=FreeArmSpec(upper_arm=(0, -1, 0), forearm=(0, -1, 0)),
    left_arm=FreeArmSpec(upper_arm=(0, -1, 0), forearm=(0, -1, 0)),
)

coordinates = st.floats(-90, 90, allow_nan=False)
points = st.tuples(coordinates, coordinates, coordinates)
directions = points.filter(lambda value: math.hypot(*value) > 1)


def assert_whole(skeleton: Skeleton) -> None:
    for side in Side:
        leg, arm = skeleton.legs[side], skeleton.arms[side]
        assert length(leg.knee - leg.hip) == pytest.approx(body.THIGH, abs=1e-6)
        assert length(leg.ankle - leg.knee) == pytest.approx(body.SHANK, abs=1e-6)
        assert length(arm.elbow - arm.shoulder) == pytest.approx(body.UPPER_ARM, abs=1e-6)
        assert length(arm.wrist - arm.elbow) == pytest.approx(body.FOREARM, abs=1e-6)
        # The foot is two bones: it bends at the ball.
        ball = leg.foot_point(body.BALL)
        assert length(ball - leg.heel) == pytest.approx(math.dist(body.BALL, body.HEEL), abs=1e-6)
        assert length(leg.toes - ball) == pytest.approx(math.dist(body.TOE, body.BALL), abs=1e-6)


def test_bones_have_their_lengths(spec: PictureSpec) -> None:
    assert_whole(pose(spec.end))
    if spec.start:
        assert_whole(pose(start_of(spec.end, spec.start)))


@given(points, directions, points, directions)
def test_bones_have_their_lengths_wherever_a_limb_is_sent(
    ankle: tuple[float, float, float],
    knee: tuple[float, float, float],
    wrist: tuple[float, float, float],
    elbow: tuple[float, float, float],
) -> None:
    leg = PlacedLegSpec(ankle_at=Anchor(None, ankle), knee_towards=knee, toes_towards=(0, 0, 1))
    arm = PlacedArmSpec(wrist_at=Anchor(None, wrist), elbow_towards=elbow)
    assert_whole(pose(structs.replace(STANDING, left_leg=leg, right_arm=arm)))


@given(st.floats(15, 80), directions, directions)
def test_a_target_in_reach_is_reached_with_the_knee_on_its_side(
    distance: float, towards: tuple[float, float, float], knee: tuple[float, float, float]
) -> None:
    hip = pose(STANDING).legs[Side.RIGHT].hip
    way = vector(towards) / length(vector(towards))
    target = hip + way * distance
    leg = PlacedLegSpec(ankle_at=Anchor(None, tuple(target.tolist())), knee_towards=knee)
    skeleton = pose(structs.replace(STANDING, right_leg=leg))
    posed = skeleton.legs[Side.RIGHT]
    assert length(posed.ankle - target) < 1e-6
    assert skeleton.misses["right ankle"] < 1e-6
    middle = posed.hip + way * float((posed.knee - posed.hip) @ way)
    assert float((posed.knee - middle) @ vector(knee)) >= -1e-6


def test_a_target_out_of_reach_is_missed_by_what_is_lacking() -> None:
    hip = pose(STANDING).legs[Side.RIGHT].hip
    leg = PlacedLegSpec(ankle_at=Anchor(None, (float(hip[0]), float(hip[1]) - 92, 0)), knee_towards=(0, 0, 1))
    skeleton = pose(structs.replace(STANDING, right_leg=leg))
    assert skeleton.misses["right ankle"] == pytest.approx(92 - body.THIGH - body.SHANK, abs=0.1)


@given(st.floats(-20, 130), st.floats(0, 60), st.floats(25, 150))
def test_angles_that_are_given_are_the_angles_that_are_measured(hip: float, out: float, knee: float) -> None:
    skeleton = pose(structs.replace(STANDING, left_leg=FreeLegSpec(hip=(hip, out, 0), knee=knee, ankle=10)))
    measured = joint_angles(skeleton, Side.LEFT)
    assert measured["hip flexion"] == pytest.approx(hip, abs=1e-6)
    assert measured["hip abduction"] == pytest.approx(out, abs=1e-6)
    assert measured["hip rotation"] == pytest.approx(0, abs=1e-6)
    assert measured["knee flexion"] == pytest.approx(knee, abs=1e-6)
    assert measured["ankle dorsiflexion"] == pytest.approx(10, abs=1e-6)
    assert measured["foot turn"] == pytest.approx(0, abs=1e-4)


def test_curled_toes_point_down_from_a_ball_that_stays() -> None:
    flat, curled = (
        pose(structs.replace(STANDING, right_leg=StandingLegSpec(stands_on=("floor", -9, 0), toes_up=17, curl=curl)))
        for curl in (0, 60)
    )
    before, after = flat.legs[Side.RIGHT], curled.legs[Side.RIGHT]
    assert after.foot_point(body.BALL).tolist() == pytest.approx(before.foot_point(body.BALL).tolist(), abs=1e-9)
    assert after.toes[1] < before.toes[1] - 3
    assert after.heel.tolist() == pytest.approx(before.heel.tolist(), abs=1e-9)


class TestSides:
    """Right is the person's own right; a mistake here would print the wrong leg."""

    def test_of_one_who_looks_at_us(self) -> None:
        """The right hand of someone who faces the viewer is at the viewer's left."""
        skeleton = pose(STANDING)
        for joint in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist"):
            assert skeleton.joint(f"right {joint}")[0] < 0 < skeleton.joint(f"left {joint}")[0]

    def test_of_one_who_looks_right(self) -> None:
        """Someone who looks to the viewer's right shows the viewer the right side."""
        side_on = structs.replace(STANDING, pelvis=PelvisSpec(at=(0, 92, 0), up=(0, 1, 0), front=(1, 0, 0)))
        skeleton = pose(side_on)
        for joint in ("hip", "shoulder"):
            assert skeleton.joint(f"right {joint}")[2] > 0 > skeleton.joint(f"left {joint}")[2]

    def test_of_one_who_lies(self) -> None:
        """Face up, head to the viewer's left: the right side is the near one."""
        lying = structs.replace(STANDING, pelvis=PelvisSpec(at=(0, 10, 0), up=(-1, 0, 0), front=(0, 1, 0)))
        assert pose(lying).joint("right hip")[2] > 0 > pose(lying).joint("left hip")[2]

    def test_of_bends_and_turns(self) -> None:
        """A bend to the right lowers the right shoulder; a twist to the right takes it back."""
        bent = pose(structs.replace(STANDING, spine=SpineSpec(side_bend=30)))
        assert bent.joint("right shoulder")[1] < bent.joint("left shoulder")[1]
        twisted = pose(structs.replace(STANDING, spine=SpineSpec(twist=30)))
        assert twisted.joint("right shoulder")[2] < twisted.joint("left shoulder")[2]
        turned = pose(structs.replace(STANDING, head=HeadSpec(turn=40)))
        assert turned.trunk.head_frame.front[0] < 0

    def test_of_thumbs(self) -> None:
        """Palms to the floor and fingers to the viewer: the thumbs point at each other."""
        arms = {
            f"{side}_arm": FreeArmSpec(upper_arm=(0, -1, 0), forearm=(0, 0, 1), palm_towards=(0, -1, 0))
            for side in ("right", "left")
        }
        skeleton = pose(structs.replace(STANDING, **arms))
        right, left = skeleton.arms[Side.RIGHT].palm_and_fingers, skeleton.arms[Side.LEFT].palm_and_fingers
        assert right.thumb_tip[0] > right.palm[0]
        assert left.thumb_tip[0] < left.palm[0]


def test_leaning_forward_brings_the_head_to_the_front() -> None:
    leaning = pose(structs.replace(STANDING, spine=SpineSpec(flexion=(20, 20, 10))))
    assert leaning.joint("head")[2] > 20


def distance_to_axis(point: Vector, centre: Vector, axis: Vector) -> float:
    return length(cross(point - centre, axis))


@given(st.floats(2.5, 9), directions, directions, st.sampled_from([1, -1]))
def test_a_holding_hand_touches_the_limb_and_does_not_enter_it(
    radius: float, palm_from: tuple[float, float, float], fingers: tuple[float, float, float], sign: int
) -> None:
    axis, centre = vector((0, 1, 0)), vector((3, 40, -2))
    if math.hypot(palm_from[0], palm_from[2]) < 1 or length(cross(vector(palm_from), vector(fingers))) < 30:
        return
    hand = holding_hand(centre, axis, radius, vector(palm_from), vector(fingers), sign)
    assert radius + 0.5 < distance_to_axis(hand.palm, centre, axis) < radius + 2.5
    for point in (hand.knuckles, hand.middle, hand.tips):
        assert distance_to_axis(point, centre, axis) > radius + 0.3
    assert float((hand.palm - centre) @ vector(palm_from)) > 0


def test_limbs_that_hang_on_each_other_are_refused() -> None:
    legs = {
        f"{side}_leg": PlacedLegSpec(ankle_at=Anchor(f"{other} knee", (0, 0, 0)), knee_towards=(0, 0, 1))
        for side, other in (("right", "left"), ("left", "right"))
    }
    with pytest.raises(ValueError, match="in a circle"):
        pose(structs.replace(STANDING, **legs))
