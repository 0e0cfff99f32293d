"""A mistake in a pose file is a diagnostic with its place, never a traceback."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from drawing.shipped_poses import spec_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdfbuilder.assets import shipped
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.drawing.poses import read_pose

SHIPPED = (shipped("content") / "poses" / "straight-leg-raise.yaml").read_text(encoding="utf-8")
LINES = SHIPPED.splitlines()


def read(text: str, folder: Path) -> InvalidInput:
    path = folder / "pose.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_pose(path)
    return caught.value


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(LINES, start=1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("azimuth: -8", "azimut: 8", "unknown-key", "did you mean azimuth?"),
        ("azimuth: -8", "azimuth: 800", "number", "at most 180"),
        ("azimuth: -8", "azimuth: west", "number", "expected a number"),
        ("shows: right", "shows: left", "choice", "one of right, neither"),
        ("x: [-98, 92]", "x: [92, -98]", "span", "the smaller number first"),
        ("x: [-98, 92]", "x: [-98]", "pair", "expected two numbers"),
        ("up: [-1, 0, 0]", "up: [-1, 0]", "triple", "expected three numbers"),
        ("up: [-1, 0, 0]", "up: [0, 0, 0]", "direction", "not all zero"),
        ("hip: [56, 0, 0], knee: 3", "hip: [56, yes, 0], knee: 3", "triple", "expected three numbers"),
        ("wrist_at: [-4, 4, 31]", "wrist_at: [right kne, 0, 0, 0]", "joint", "did you mean right knee"),
        ("wrist_at: [-4, 4, 31]", "wrist_at: 7", "point", "expected a point, got 7"),
        ("ghost: [right leg]", "ghost: [right log]", "limb", "did you mean right leg"),
        ("[[start right toes, 4, 2],", "[[start right toes, 4],", "picture-point", "a joint and two numbers"),
        (", [start right toes, 12, 36], [right heel, 12, -8]]", "]", "curve", "two to four points, got 1"),
        (
            "- through: [[start right toes, 4, 2], [start right toes, 12, 36], [right heel, 12, -8]]",
            "- {}", "arrow", "along a curve or round",
        ),
        ("front: [0, 1, 0]", "front: [2, 0, 0]", "front", "up and front run alike"),
        ("ghost: [right leg]", "start_beside: 90\nstart_above: 80", "start", "above the end or beside it"),
        ("beside: right knee", "beside: right nee", "joint", "did you mean right knee"),
        ("hip: [56, 0, 0], knee: 3", "hip: [56, 0, 0], knee: -50", "pose-joint", "the toes point where the knee does"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(old: str, new: str, code: str, said: str, tmp_path: Path) -> None:
    assert SHIPPED.count(old) == 1
    error = read(SHIPPED.replace(old, new), tmp_path)
    assert (code, line_of(old)) in {(each.code, each.location.line) for each in error.diagnostics}
    assert said in str(error)


@pytest.mark.parametrize(
    ("drop", "add", "code", "said"),
    [
        ("badge:", "", "badge", "needs a badge"),
        ("ghost:", "", "start", "the start is not drawn"),
        ("camera:", "", "missing-key", "the key camera is missing"),
        ("ghost:", "in_front: [[right thigh]]", "parts", "two parts of the body"),
        ("ghost:", "in_front: [[right thigh, torzo]]", "part", "did you mean torso?"),
        ("ghost:", "in_front: [[prop chair, torso]]", "part", "known: torso, pelvis"),
        # No side is suggested: the left one is the first in the alphabet.
        ("ghost:", "in_front: [[fingertips, torso]]", "part", "known: torso, pelvis"),
        ("badge:", "badge: {offset: [0, 0]}", "missing-key", "badge.beside"),
        ("badge:", "badge: {beside: left knee}", "badge", "badge.beside: the badge stands beside the other side"),
    ],
)
def test_keys_that_need_each_other(drop: str, add: str, code: str, said: str, tmp_path: Path) -> None:
    kept = [line for line in LINES if not line.startswith(drop)]
    error = read("\n".join([*kept, add, ""]), tmp_path)
    assert code in {each.code for each in error.diagnostics}
    assert said in str(error)


#: Someone who sits on a chair and holds a stick, which is elsewhere at the start.
SITTING = """\
shows: neither
camera: {azimuth: 20, elevation: 10}
end:
  props: {chair: {at: [0, 0]}, stick: {through: [[40, 80, -30], [40, 80, 30]]}}
  pelvis: {at: [0, 11, 0], above: chair, up: [0, 1, 0], front: [1, 0, 0]}
  right_leg: {stands_on: [floor, 42, 11]}
  left_leg: {stands_on: [floor, 42, -11]}
  right_arm: {grips: stick, at: 0.8, palm_from: [0, 1, 0], elbow_towards: [0, -1, 0]}
  left_arm: {rests_on: [chair, 30, -20], elbow_towards: [0, -1, 0], fingers_towards: [1, 0, 0]}
start:
  right_arm: {grips: stick, at: 0.7, palm_from: [0, 1, 0], elbow_towards: [0, -1, 0]}
ghost: [right arm]
"""


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("above: chair", "above: chiar", "end.pelvis.above", "did you mean chair?"),
        (
            "stands_on: [floor, 42, 11]",
            "stands_on: [stairs 1, 42, 11]",
            "end.right_leg.stands_on",
            "known: floor, chair",
        ),
        ("rests_on: [chair,", "rests_on: [stick,", "end.left_arm.rests_on", "known: floor, chair"),
        ("grips: stick, at: 0.8", "grips: rail, at: 0.8", "end.right_arm.grips", "known: stick"),
        ("grips: stick, at: 0.7", "grips: stik, at: 0.7", "start.right_arm.grips", "did you mean stick?"),
    ],
)
def test_a_prop_that_is_not_there(old: str, new: str, field: str, said: str, tmp_path: Path) -> None:
    assert SITTING.count(old) == 1
    error = read(SITTING.replace(old, new), tmp_path)
    line = next(number for number, text in enumerate(SITTING.splitlines(), start=1) if old in text)
    assert [(each.code, each.field, each.location.line) for each in error.diagnostics] == [("prop", field, line)]
    assert said in str(error)


def test_shipped_poses_are_free_of_faults(exercise: str) -> None:
    """One with a fault would be refused here."""
    spec_of(exercise)


def test_a_start_that_is_not_there(tmp_path: Path) -> None:
    kept = "\n".join(LINES[: line_of("start:") - 1] + LINES[line_of("ghost:") - 1 :])
    messages = {each.message for each in read(kept, tmp_path).diagnostics}
    assert messages == {"there is no start to draw", "there is no start"}


def test_a_bilateral_picture_has_no_badge(tmp_path: Path) -> None:
    error = read(SHIPPED.replace("shows: right", "shows: neither"), tmp_path)
    assert [(each.code, each.field) for each in error.diagnostics] == [("badge", "badge")]


junk = st.sampled_from(
    ["", "[]", "{}", "yes", "-1", "1e99", "[1, 2]", "[1, 2, 3]", "right knee", "[right knee, 0, 0, 0]"]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_file_ends_in_a_traceback(data: st.DataObject, tmp_path: Path) -> None:
    """Any value replaced by junk is read or refused."""
    number = data.draw(st.sampled_from([index for index, line in enumerate(LINES) if ":" in line and line[0] != "#"]))
    key, _, _ = LINES[number].partition(":")
    text = "\n".join([*LINES[:number], f"{key}: {data.draw(junk)}", *LINES[number + 1 :], ""])
    path = tmp_path / "pose.yaml"
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(InvalidInput):
        read_pose(path)
