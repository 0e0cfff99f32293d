"""What stands in the room is where and as large as a pose file says, and so is what stands on it."""

from __future__ import annotations

import numpy as np
import pytest
from drawing.shipped_poses import spec_of
from drawing.test_skeleton import STANDING
from msgspec import structs

from pdfbuilder.domain.side import Side
from pdfbuilder.drawing import style
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.figure import Figure, figure
from pdfbuilder.drawing.picture import picture
from pdfbuilder.drawing.prop_specs import ClothSpec, PropsSpec, StairsSpec
from pdfbuilder.drawing.props import solids, tops
from pdfbuilder.drawing.scene import scene
from pdfbuilder.drawing.skeleton import pose
from pdfbuilder.drawing.specs import StandingLegSpec

#: Seen from the side at the floor's height, a picture's numbers are those of the room.
SIDE = Camera(0, 0)


@pytest.mark.parametrize(
    ("tread", "ends"), [(28, [(10, 94), (38, 94), (66, 94)]), (-28, [(-74, 10), (-74, -18), (-74, -46)])]
)
def test_stairs_go_up_from_their_foot(tread: float, ends: list[tuple[float, float]]) -> None:
    props = PropsSpec(stairs=StairsSpec(foot=10, tread=tread, rise=17, steps=3, z=(-30, 30)))
    assert tops(props) == {"floor": 0, "stairs 1": 17, "stairs 2": 34, "stairs 3": 51}
    slabs = list(solids(props, SIDE).values())
    for step, (slab, (low, high)) in enumerate(zip(slabs, ends, strict=True)):
        assert slab.outline.bounds == pytest.approx((low, 17 * step, high, 17 * (step + 1)))


def test_a_foot_stands_on_its_step() -> None:
    stairs = StairsSpec(foot=-60, steps=2, z=(-30, 30))
    legs = {
        "right_leg": StandingLegSpec(stands_on=("stairs 2", -9, 0)),
        "left_leg": StandingLegSpec(stands_on=("floor", 9, 0)),
    }
    skeleton = pose(structs.replace(STANDING, props=PropsSpec(stairs=stairs), **legs))
    assert skeleton.misses["right ankle"] < 1e-6
    assert skeleton.legs[Side.RIGHT].ankle[1] - skeleton.legs[Side.LEFT].ankle[1] == pytest.approx(34)


def test_the_folds_of_a_towel_lie_across_it_and_stand_out() -> None:
    flat, *folds = solids(PropsSpec(cloth=ClothSpec(x=(0, 40), z=(-10, 10), folds=(12, 30))), SIDE).values()
    left, bottom, right, top = flat.outline.bounds
    assert (left, bottom, right) == pytest.approx((0, 0, 40))
    assert [(fold.outline.bounds[0] + fold.outline.bounds[2]) / 2 for fold in folds] == pytest.approx([12, 30])
    assert all(fold.outline.bounds[1] >= 0 and fold.outline.bounds[3] > top + 1 for fold in folds)
    above = solids(PropsSpec(cloth=ClothSpec(x=(0, 40), z=(-10, 10), folds=(12,))), Camera(0, 90))
    assert above["prop cloth 0"].outline.covers(above["prop cloth 1"].outline)


def walker(azimuth: float, *, shoes: bool) -> Figure:
    spec = structs.replace(STANDING, shoes=shoes)
    return figure(pose(spec), spec.props, Camera(azimuth, 10))


@pytest.mark.parametrize("azimuth", [0, 30, 90, 180])
def test_a_shoe_holds_the_foot(azimuth: float) -> None:
    bare, shod = walker(azimuth, shoes=False), walker(azimuth, shoes=True)
    for side in ("right", "left"):
        foot, shoe = bare.parts[f"{side} foot"], shod.parts[f"{side} foot"]
        assert (foot.paint, shoe.paint) == (f"{side} leg", "shoes")
        assert foot.outline.difference(shoe.outline.buffer(0.5)).area < 1


def test_a_leg_comes_out_of_its_shoe() -> None:
    regions = scene(structs.replace(STANDING, shoes=True), Camera(30, 10)).regions
    assert set(regions) >= {"right leg", "left leg", "shoes"}
    assert regions["right leg"].bounds[1] > regions["shoes"].bounds[1] + 3
    assert "shoes" not in scene(STANDING, Camera(30, 10)).regions


def test_a_thigh_before_a_seat_before_a_hand_is_seen_whole() -> None:
    spec = spec_of("shoulder-roll")
    seen = scene(spec.end, Camera(spec.camera.azimuth, spec.camera.elevation), spec.in_front)
    behind = seen.figure.parts["left palm"].outline.difference(seen.view.areas["left palm"])
    crossing = seen.view.areas["right thigh"].intersection(behind)
    assert crossing.area > 3
    assert crossing.difference(seen.regions["right leg"]).area < 0.1


def test_a_stick_that_is_moved_is_dashed_where_it_was() -> None:
    spec = spec_of("stick-lift")
    assert spec.start is not None

    # Of the start only the affected arm is drawn, in a colour of its own: what else is pale is the stick.
    assert spec.ghost == ("right arm",)
    unmoved = structs.replace(spec, start=structs.replace(spec.start, props=None))
    assert style.GHOST in {each.fill for each in picture(spec).shapes}
    assert style.GHOST not in {each.fill for each in picture(unmoved).shapes}


def test_a_picture_of_two_frames_has_the_same_lens_in_each() -> None:
    spec = spec_of("towel-scrunch")
    drawn = picture(spec)
    windows = {
        each.frame: each.lines[0]
        for each in drawn.shapes
        if each.stroke == style.ROOM_INK and each.width == style.PROP_WIDTH
    }
    first, second = windows[1], windows[2]
    assert first.shape == second.shape
    (left, top), (right, level) = first.mean(axis=0), second.mean(axis=0)
    assert left < right
    assert top == pytest.approx(level, abs=0.1)
    assert np.ptp(first, axis=0) == pytest.approx(np.ptp(second, axis=0), abs=0.1)
