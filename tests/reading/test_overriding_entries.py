"""Entries that say otherwise than the exercise that they name."""

from __future__ import annotations

from pathlib import Path

import pytest
from domain.test_plan import BOTH, LEFT, RIGHT, plan
from samples import check, findings, placed, run, said, write

from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.figures import Amount
from pdfbuilder.domain.routine import Entry, Routine
from pdfbuilder.domain.side import Side, SideRule
from pdfbuilder.domain.wording import plain


def entries(folder: Path, *lines: str) -> tuple[Entry, ...]:
    definition = check(folder, "title: x\nexercises:\n" + "".join(f"  {line}\n" for line in lines))
    assert isinstance(definition, Routine)
    return definition.entries


def only(folder: Path, *lines: str) -> Entry:
    (entry,) = entries(folder, *lines)
    return entry


def test_a_text_stands_for_that_of_the_exercise_and_all_else_stays(tmp_path: Path) -> None:
    (own,) = entries(tmp_path, "- pelvic-tilt")
    changed = only(tmp_path, "- exercise: pelvic-tilt", "  name: Tilt", "  feel: warmth.").exercise
    assert (plain(changed.name.unsided), plain(changed.feel.unsided) if changed.feel else "") == ("Tilt", "warmth.")
    assert (changed.steps, changed.cue, changed.illustration) == (
        own.exercise.steps, own.exercise.cue, own.exercise.illustration,
    )  # fmt: skip


def test_with_other_steps_nothing_is_left_that_goes_with_the_old_ones(tmp_path: Path) -> None:
    review = "{by: A, on: 2026-01-01}"
    steps = 'instructions: ["Lift your {affected leg}."]'
    alone = only(tmp_path, "- exercise: knee-to-chest", f"  {steps}").exercise
    assert (alone.cue, alone.illustration, alone.then, alone.steps_for_both, alone.review) == (None,) * 5
    anew = only(tmp_path, "- exercise: knee-to-chest", f"  {steps}", "  cue: Lift.", f"  reviewed: {review}").exercise
    assert anew.cue
    assert anew.review
    assert anew.stop_when == alone.stop_when is not None


def test_a_picture_can_be_left_out(tmp_path: Path) -> None:
    found = only(tmp_path, "- exercise: pelvic-tilt", "  picture: none").exercise
    assert found.illustration is None
    assert found.cue


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (("side: alternate",), "4:11"),
        (("side: alternate", "parts: none", "progress: [{week: 2, parts: [up, down]}]"), "6:33"),
    ],
)
def test_where_an_entry_makes_the_sides_take_turns_parts_cannot_be_told_apart(
    tmp_path: Path, lines: tuple[str, ...], place: str
) -> None:
    own = 'name: Tap\nside: each\ninstructions: ["Tap your {affected foot}."]\nreps: 5\nparts: [forward, back]\n'
    write(tmp_path, own, "tap.yaml")
    changes = "".join(f"    {line}\n" for line in lines)
    text = f"title: x\nexercises:\n  - exercise: ./tap.yaml\n{changes}"
    assert [f"{each.location.line}:{each.location.column} {each.code}" for each in findings(tmp_path, text)] == [
        f"{place} dose-parts"
    ]


def test_progress_can_be_left_out(tmp_path: Path) -> None:
    (own,) = entries(tmp_path, "- heel-raise")
    assert own.exercise.dose.progress
    found = only(tmp_path, "- exercise: heel-raise", "  progress: none").exercise
    assert found.dose.progress == ()
    assert found.dose.reps == own.exercise.dose.reps


def test_an_entry_may_do_one_side_of_an_exercise_for_each(tmp_path: Path) -> None:
    steps = 'instructions: ["Lift your {affected leg}."]'
    lines = ["- exercise: knee-to-chest", f"  {steps}", "  side: other", "  reps: 1"]
    found = only(tmp_path, *lines).exercise
    assert (found.rule, found.dose.reps) == (SideRule.OTHER, Amount(1, 1))
    (resolved,) = plan(Routine("x", "en", found.name, (Entry(found),), None), LEFT).exercises
    assert resolved.sides == (Side.RIGHT,)


def test_no_other_rule_is_changed(tmp_path: Path) -> None:
    assert said(tmp_path, "title: x\nexercises:\n  - exercise: pelvic-tilt\n    side: affected\n") == (
        "routine.yaml:4:11: error[side-rule] exercises[0].side: "
        "the exercise is bilateral: an entry cannot change that\n"
        "    side: affected\n"
        "          ^^^^^^^^\n"
        "  hint: leave it out, or write the exercise out"
    )
    text = "title: x\nexercises:\n  - exercise: knee-to-chest\n    side: bilateral\n"
    assert placed(tmp_path, text) == ["4:11 side-rule exercises[0].side"]


@pytest.mark.parametrize("side", ["left", "right", "none", "both", "Right"])
def test_a_side_on_a_reference_is_refused_without_a_hint_towards_one(tmp_path: Path, side: str) -> None:
    found = said(tmp_path, f"title: x\nexercises:\n  - exercise: knee-to-chest\n    side: {side}\n")
    assert "error[choice]" in found
    assert "left" not in found.split("hint:")[1]
    assert "right" not in found.split("hint:")[1]


# --------------------------------------------------------------------------- ids

TWICE = """\
title: x
exercises:
  - pelvic-tilt
  - exercise: pelvic-tilt
    id: again
  - name: Own
    id: own
    side: bilateral
    reps: 5
    instructions: [Sit.]
"""


def test_an_id_tells_two_entries_apart_and_reaches_what_is_written_out(tmp_path: Path) -> None:
    definition = check(tmp_path, TWICE)
    assert isinstance(definition, Routine)
    reps = ("reps", Amount(2, 2))
    changed = definition.changed([DoseChange("again", (reps,)), DoseChange("own", (reps,))])
    assert [entry.exercise.dose.reps.high for entry in changed.entries] == [10, 2, 2]


def test_a_roster_can_name_it(tmp_path: Path) -> None:
    write(tmp_path, TWICE, "twice.yaml")
    write(tmp_path, "id,side,routine,again.reps\np1,left,./twice.yaml,2\n", "people.csv")
    done = run("batch", "people.csv", "--dry-run", folder=tmp_path)
    assert "p1: left side, twice" in done.text
    assert f"{7 * (10 + 2 + 5)} boxes" in done.text


@pytest.mark.parametrize("id_", ["5", "a b", "A", '"-x"', "knee.reps"])
def test_an_id_is_a_short_name(tmp_path: Path, id_: str) -> None:
    assert placed(tmp_path, TWICE.replace("id: again", f"id: {id_}"))[0] == "5:9 id exercises[1].id"


# --------------------------------------------------------------------------- asymmetric

STAIRS = """\
title: x
exercises:
  - name: Stairs
    side: asymmetric
    reps: 3
    instructions:
      - "Up: your {other leg} first. Down: your {affected leg} first."
"""


def test_an_asymmetric_exercise_is_done_once_for_the_affected_side(tmp_path: Path) -> None:
    definition = check(tmp_path, STAIRS)
    assert isinstance(definition, Routine)
    (found,) = plan(definition, RIGHT).exercises
    assert found.sides == (Side.RIGHT,)
    assert plain(found.steps[0]) == "Up: your left leg first. Down: your right leg first."


def test_it_is_refused_for_two_affected_sides_unless_it_has_steps_for_them(tmp_path: Path) -> None:
    write(tmp_path, STAIRS, "stairs.yaml")
    assert "error[not-for-both]" in run("show", "stairs.yaml", "-s", "both", folder=tmp_path).err
    both = check(tmp_path, STAIRS + "    instructions_both: [Go up on your bottom.]\n")
    assert isinstance(both, Routine)
    (found,) = plan(both, BOTH).exercises
    assert (found.sides, found.rule) == ((), SideRule.BILATERAL)
    assert "error[nobodys-side]" in run("show", "stairs.yaml", "-s", "none", folder=tmp_path).err


# --------------------------------------------------------------------------- words for keys


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("repetitions", "reps"), ("frequency", "times_per_day"), ("weight", "load"), ("band", "load"),
        ("steps", "instructions or distance"), ("image", "picture"), ("laterality", ""),
    ],
)  # fmt: skip
def test_a_key_by_another_name_gets_the_right_hint(tmp_path: Path, key: str, meant: str) -> None:
    found = said(tmp_path, f"title: x\nexercises:\n  - exercise: knee-to-chest\n    {key}: 5\n")
    assert (f"hint: did you mean {meant}?" in found) is bool(meant)


@pytest.mark.parametrize(("key", "meant"), [("precautions", "restrictions"), ("stages", "phases"), ("tips", "advice")])
def test_so_does_one_of_a_routine(tmp_path: Path, key: str, meant: str) -> None:
    found = said(tmp_path, f"title: x\n{key}: y\nexercises: [pelvic-tilt]\n")
    assert f"hint: did you mean {meant}?" in found


def test_two_entries_of_one_id_are_refused(tmp_path: Path) -> None:
    assert placed(tmp_path, TWICE.replace("id: own", "id: again"))[0] == "6:5 repeated-id"
