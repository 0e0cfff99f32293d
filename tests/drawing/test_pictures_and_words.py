"""Each picture is that of its exercise's words: as far as a pose can tell, the limb and the hand that they name."""

from __future__ import annotations

import re

import pytest

from pdfbuilder.assets import shipped
from pdfbuilder.domain.side import Side, SideRule
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.scene import scene
from pdfbuilder.drawing.skeleton import start_of
from pdfbuilder.drawing.specs import (
    ArmSpecs,
    GrippingArmSpec,
    HoldingArmSpec,
    PictureSpec,
    RestingArmSpec,
    StandingLegSpec,
)

#: What of a body is named in words, and the limb that it belongs to.
_LIMBS = {
    "leg": ("leg", "legs", "knee", "thigh", "shin", "ankle", "heel", "foot", "toes"),
    "arm": ("arm", "hand", "elbow", "wrist", "fingers", "shoulder"),
}
_SLOT = re.compile(r"\{(affected|other) ([a-z]+)\}")
#: What the words must say of a thing that is drawn.
_NEEDED = {
    "table": "table", "rail": "rail", "worktop": "worktop", "stick": "stick", "step": "step", "stairs": "stairs",
    "towel": "towel", "cloth": "towel", "wall": "wall|something firm", "chair": "chair|[Ss]it", "band": "band",
    "bed": "bed|[Ll]ie|[Ss]it",
}  # fmt: skip


def words_of(exercise: str) -> str:
    """The exercise's file as it is, or nothing if there is only its pose yet."""
    path = shipped("content") / "en" / "exercises" / f"{exercise}.yaml"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def steps_of(exercise: str) -> str:
    found = re.search(r"^instructions:\n((?:  .*\n)+)", words_of(exercise), re.MULTILINE)
    return found.group(1) if found else ""


def test_the_hatched_limb_is_the_one_that_the_words_name_most(exercise: str, spec: PictureSpec) -> None:
    if spec.shows == "neither" or spec.affects == "side":
        return
    named = [word for side, word in _SLOT.findall(steps_of(exercise)) if side == "affected"]
    counts = {limb: sum(word in words for word in named) for limb, words in _LIMBS.items()}
    if any(counts.values()):
        assert counts[spec.affects] == max(counts.values()), named


def test_what_the_body_stands_on_or_holds_is_among_the_things_that_are_needed(exercise: str, spec: PictureSpec) -> None:
    words = words_of(exercise)
    if not words:
        return
    for name in spec.end.props.named():
        if name in _NEEDED:
            assert re.search(_NEEDED[name], words), name


@pytest.mark.parametrize("limb", ["leg", "arm"])
def test_what_moves_is_the_affected_limb_or_the_whole_body(exercise: str, spec: PictureSpec, limb: str) -> None:
    """Of a picture with a dashed start, the affected limb is dashed, or the trunk, or the words move the other limb."""
    if spec.shows == "neither" or not spec.ghost or limb != spec.affects:
        return
    moves_other = re.search(r"(?:Lift|Put|Move) your \{other ", steps_of(exercise))
    assert f"right {limb}" in spec.ghost or "trunk" in spec.ghost or moves_other or not words_of(exercise)


def _supports(arm: ArmSpecs) -> str:
    if isinstance(arm, GrippingArmSpec):
        return arm.grips
    if isinstance(arm, RestingArmSpec):
        return arm.rests_on[0]
    return arm.holds if isinstance(arm, HoldingArmSpec) else ""


@pytest.mark.parametrize("prop", ["rail", "table", "worktop"])
def test_the_hand_that_holds_is_the_one_that_the_words_name(exercise: str, spec: PictureSpec, prop: str) -> None:
    if prop not in spec.end.props.named() or not steps_of(exercise):
        return
    hands = {Side.RIGHT: _supports(spec.end.right_arm), Side.LEFT: _supports(spec.end.left_arm)}
    if re.search(r"both hands on (?:it|the)|Hold on with both hands|Rest both hands on it", steps_of(exercise)):
        assert set(hands.values()) == {prop}
    if "Put your {other hand} on it" in steps_of(exercise):
        assert hands == {Side.RIGHT: "", Side.LEFT: prop}


def test_hands_and_feet_are_where_they_rest(spec: PictureSpec) -> None:
    """A foot that stands is flat on its floor, at the end and at the start."""
    poses = [spec.end, *([start_of(spec.end, spec.start)] if spec.start else [])]
    for pose in poses:
        skeleton = scene(pose, Camera(0, 0)).figure.skeleton
        for side in (Side.RIGHT, Side.LEFT):
            leg = getattr(pose, f"{side.value}_leg")
            if isinstance(leg, StandingLegSpec) and leg.stands_on[0] == "floor" and not (leg.heel_up or leg.toes_up):
                heel, toes = skeleton.joint(f"{side.value} heel"), skeleton.joint(f"{side.value} toes")
                assert heel[1] == pytest.approx(3.3, abs=2)
                assert toes[1] == pytest.approx(1.8, abs=2)


def test_the_drawn_side_is_right_in_every_exercise_that_has_a_side(exercise: str, spec: PictureSpec) -> None:
    found = re.search(r"^side: (\w+)", words_of(exercise), re.MULTILINE)
    if found:
        assert (spec.shows == "neither") == (found.group(1) == SideRule.BILATERAL.value)
