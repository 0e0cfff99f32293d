"""Where things stand in the picture, and who hides whom, told from plain cases."""

from __future__ import annotations

import math

import pytest
from drawing.test_skeleton import STANDING
from msgspec import structs

from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.figure import Figure, figure
from pdfbuilder.drawing.occlusion import view
from pdfbuilder.drawing.skeleton import pose
from pdfbuilder.drawing.specs import FreeArmSpec
from pdfbuilder.drawing.vectors import vector


@pytest.mark.parametrize(
    ("azimuth", "elevation", "point", "place", "depth"),
    [
        (0, 0, (3, 4, 5), (3, 4), 5),
        (90, 0, (3, 4, 5), (-5, 4), 3),
        (180, 0, (3, 4, 5), (-3, 4), -5),
        (0, 90, (3, 4, 5), (3, -5), 4),
        (0, 45, (0, 1, 0), (0, math.sqrt(0.5)), math.sqrt(0.5)),
    ],
)
def test_a_point_seen_from_a_known_side(
    azimuth: float, elevation: float, point: tuple[int, ...], place: tuple[float, float], depth: float
) -> None:
    camera = Camera(azimuth, elevation)
    assert camera.project(vector(point)).tolist() == pytest.approx(place, abs=1e-9)
    assert camera.depth(vector(point)) == pytest.approx(depth, abs=1e-9)


def with_arms(direction: tuple[float, float, float], camera: Camera) -> Figure:
    arms = {f"{side}_arm": FreeArmSpec(upper_arm=direction, forearm=direction) for side in ("right", "left")}
    return figure(pose(structs.replace(STANDING, **arms)), STANDING.props, camera)


def hidden(who: Figure, part: str) -> float:
    """How much of a part is hidden, in square centimetres."""
    return float(who.parts[part].outline.area - view(who).areas[part].area)


def test_an_arm_comes_out_of_its_sleeve_towards_us() -> None:
    who = with_arms((0.6, -0.2, 1), Camera(0, 0))
    overlap = who.parts["left upper arm"].outline.intersection(who.parts["left sleeve"].outline)
    assert overlap.area > 5
    seen = view(who).areas
    assert seen["left sleeve"].intersection(overlap).area < 0.1 * overlap.area


def test_an_arm_goes_into_its_sleeve_away_from_us() -> None:
    who = with_arms((0.6, -0.2, -1), Camera(0, 0))
    overlap = who.parts["left upper arm"].outline.intersection(who.parts["left sleeve"].outline)
    assert overlap.area > 5
    seen = view(who).areas
    assert seen["left upper arm"].intersection(overlap).area < 0.1 * overlap.area


def test_the_collar_hides_the_neck_from_below_only() -> None:
    assert hidden(with_arms((0, -1, 0), Camera(0, -40)), "neck") > hidden(
        with_arms((0, -1, 0), Camera(180, 40)), "neck"
    )


def test_a_forearm_before_the_chest_hides_it_and_behind_the_back_is_hidden() -> None:
    before = {"right_arm": FreeArmSpec(upper_arm=(0, -1, 0.6), forearm=(1, 0, 0.3))}
    behind = {"right_arm": FreeArmSpec(upper_arm=(0, -1, -0.6), forearm=(1, 0, -0.3))}
    in_front = figure(pose(structs.replace(STANDING, **before)), STANDING.props, Camera(0, 0))
    at_back = figure(pose(structs.replace(STANDING, **behind)), STANDING.props, Camera(0, 0))
    assert hidden(in_front, "right forearm") < 0.1 * in_front.parts["right forearm"].outline.area
    assert hidden(at_back, "right forearm") > 0.5 * at_back.parts["right forearm"].outline.area


def test_what_a_pose_file_knows_decides() -> None:
    who = with_arms((0, -1, 0), Camera(90, 0))
    overlap = who.parts["right thigh"].outline.intersection(who.parts["left thigh"].outline)
    for near, far in (("right thigh", "left thigh"), ("left thigh", "right thigh")):
        seen = view(who, [(near, far)]).areas
        assert seen[far].intersection(overlap).area < 1 < seen[near].intersection(overlap).area
