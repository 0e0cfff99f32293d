"""The checks find the faults that they are there for."""

from __future__ import annotations

from typing import Any

import pytest
from drawing.shipped_poses import spec_of
from msgspec import structs

from pdfbuilder.drawing.checks import faults
from pdfbuilder.drawing.specs import CameraSpec, FreeLegSpec, PictureSpec, PlacedArmSpec, PlacedLegSpec
from pdfbuilder.drawing.values import Anchor

STRAIGHT_LEG_RAISE = "straight-leg-raise"


def changed(exercise: str, **limbs: Any) -> PictureSpec:
    spec = spec_of(exercise)
    return structs.replace(spec, end=structs.replace(spec.end, **limbs))


def codes(spec: PictureSpec) -> set[tuple[str, tuple[str | int, ...]]]:
    return {(fault.code, fault.field) for fault in faults(spec)}


def test_a_hand_that_floats_off_is_found() -> None:
    arm = PlacedArmSpec(wrist_at=Anchor("right toes", (0, 0, 0)), elbow_towards=(0, 0, 1))
    assert ("pose-reach", ("end", "right_arm")) in codes(changed(STRAIGHT_LEG_RAISE, right_arm=arm))


def test_a_foot_under_the_floor_is_found() -> None:
    leg = FreeLegSpec(hip=(-12, 0, 0))
    assert ("pose-floor", ("end", "left_leg")) in codes(changed(STRAIGHT_LEG_RAISE, left_leg=leg))


@pytest.mark.parametrize(
    "leg",
    [
        FreeLegSpec(hip=(80, 0, 0), knee=-40),
        FreeLegSpec(hip=(80, 0, 0), knee=160),
        FreeLegSpec(hip=(150, 0, 0)),
        FreeLegSpec(hip=(80, 85, 0)),
        FreeLegSpec(hip=(80, 0, 120), knee=60),
        FreeLegSpec(hip=(80, 0, 0), ankle=50),
        # The knee towards the floor: the shank would fold to the front.
        PlacedLegSpec(
            ankle_at=Anchor(None, (43, 50, 9)), knee_towards=(1, -1, 0), toes_towards=(-1, 1, 0)
        ),
    ],
    ids=["knee forwards", "knee too far", "hip too far", "split", "hip turned", "ankle too far", "knee backwards"],
)  # fmt: skip
def test_a_joint_beyond_its_range_is_found(leg: FreeLegSpec | PlacedLegSpec) -> None:
    assert ("pose-joint", ("end", "right_leg")) in codes(changed(STRAIGHT_LEG_RAISE, right_leg=leg))


def test_a_fault_of_a_drawn_start_is_found() -> None:
    spec = spec_of(STRAIGHT_LEG_RAISE)
    assert spec.start is not None
    start = structs.replace(spec.start, right_leg=FreeLegSpec(hip=(0, 0, 0), knee=-30))
    assert ("pose-joint", ("start", "right_leg")) in codes(structs.replace(spec, start=start))


def test_an_affected_leg_behind_the_other_is_found() -> None:
    spec = spec_of("long-sitting-ankle-pull")
    seen_from_the_left = CameraSpec(azimuth=180, elevation=0)
    assert ("pose-hidden", ("camera",)) in codes(structs.replace(spec, camera=seen_from_the_left))


def test_limbs_in_a_circle_are_found() -> None:
    legs = {
        "right_leg": PlacedLegSpec(ankle_at=Anchor("left knee", (0, 0, 0)), knee_towards=(0, 1, 0)),
        "left_leg": PlacedLegSpec(ankle_at=Anchor("right knee", (0, 0, 0)), knee_towards=(0, 1, 0)),
    }
    assert codes(changed(STRAIGHT_LEG_RAISE, **legs)) == {("pose-circle", ("end",))}


def test_limbs_in_a_circle_at_the_start_are_found_there() -> None:
    spec = spec_of(STRAIGHT_LEG_RAISE)
    assert spec.start is not None
    leg = PlacedLegSpec(ankle_at=Anchor("right wrist", (0, 0, 0)), knee_towards=(0, 1, 0))
    arm = PlacedArmSpec(wrist_at=Anchor("right knee", (0, 0, 0)), elbow_towards=(0, 0, 1))
    start = structs.replace(spec.start, right_leg=leg, right_arm=arm)
    assert codes(structs.replace(spec, start=start)) == {("pose-circle", ("start",))}
