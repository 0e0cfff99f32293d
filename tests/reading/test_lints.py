"""What is valid and still looks wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import EXERCISES, OWN, ROOT, ROUTINES, placed, said, write

from pdfbuilder import Renderer, build
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.order import order_in_words
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.lints import unreviewed


def step(text: str) -> str:
    return OWN.replace("Slide your {affected heel} down.", text)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Bend your left knee.", 20),
        ("Bend your RIGHT knee.", 20),
        ("Lie on your left side.", 22),
        ("Your right-hand side, {affected leg}.", 15),
        ("Your {affected leg} and your left foot.", 39),
        ("Your {affected leg}: turn to your left.", 44),
        ("Lift your left, then the {other leg}.", 20),
        ("Left big toe, {affected leg}.", 10),
        ("Bend your left knee, then your right one, {affected leg}.", 20),
    ],
)
def test_a_side_that_is_spelled_out_is_warned_about(tmp_path: Path, text: str, column: int) -> None:
    assert f"7:{column} literal-side" in placed(tmp_path, step(text))


@pytest.mark.parametrize(
    "text",
    [
        "Stop right away. Your {affected leg}.",
        "What is left of it. Your {affected leg}.",
        "Keep a right angle at your {affected knee}.",
        "All right, {affected leg}.",
        "Your {affected: left | right} leg.",
        "Look left, then right. Your {affected leg}.",
        "Go on while there is time left. Your {affected leg}.",
        "Upright, brightly: your {affected leg}.",
    ],
)
def test_a_word_that_is_no_side_is_not(tmp_path: Path, text: str) -> None:
    assert placed(tmp_path, step(text)) == []


def test_titles_notes_and_changed_texts_are_looked_at_too(tmp_path: Path) -> None:
    text = """\
title: For your left leg
exercises:
  - exercise: knee-to-chest
    note: Mind the right hip.
    stop_when: your left foot tingles.
    ease_when: "{{affected leg}} hurts."
"""
    assert placed(tmp_path, text) == [
        "1:17 literal-side",
        "4:20 literal-side",
        "5:21 literal-side",
        "6:17 literal-brace",
    ]


def test_a_literal_side_says_what_to_write(tmp_path: Path) -> None:
    assert (
        said(tmp_path, step("Bend your left knee, not your {other knee}."))
        == """\
routine.yaml:7:20: warning[literal-side] 'left knee' stays as it is on every sheet
    - "Bend your left knee, not your {other knee}."
                 ^^^^^^^^^
  hint: if the person's side is meant, write {affected …} or {other …}"""
    )


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("Lift your {affected right leg}.", "side-in-placeholder", 20),
        ("Lift your {other LEFT leg}.", "side-in-placeholder", 20),
        ("Bend your {affected: right knee | left knee}.", "forms-swapped", 20),
        ("Bend your {affected: left one | left two}.", "forms-swapped", 20),
        ("Bend your {other: the right | the other}.", "forms-swapped", 20),
    ],
)
def test_a_placeholder_that_names_a_side_by_itself_is_refused(
    tmp_path: Path, text: str, code: str, column: int
) -> None:
    with pytest.raises(InvalidInput) as refused:
        Library().routine(str(write(tmp_path, step(text))))
    (found,) = refused.value.diagnostics
    assert (found.code, found.location.line, found.location.column) == (code, 7, column)
    # and in a word to a person
    with pytest.raises(InvalidInput) as refused:
        build("back-mobility", "left", note=text)
    assert [(each.code, each.location.source) for each in refused.value.diagnostics] == [(code, "note")]


@pytest.mark.parametrize(
    "text",
    ["Put {affected: left, not right | right, not left}.", "A {affected right-angled knee}.", "{affected: one | two}."],
)
def test_a_placeholder_may_say_which_side_it_is(tmp_path: Path, text: str) -> None:
    assert placed(tmp_path, step(text)) == []


def bilateral(text: str) -> str:
    return step(text).replace("side: affected", "side: bilateral")


@pytest.mark.parametrize(
    ("text", "named", "column"),
    [
        ("Lift your left knee.", "left knee", 20),
        ("Turn to your LEFT.", "LEFT", 23),
        ("Keep the right one down.", "right", 19),
    ],
)
def test_a_side_that_is_spelled_out_in_a_bilateral_exercise_is_refused(
    tmp_path: Path, text: str, named: str, column: int
) -> None:
    with pytest.raises(InvalidInput) as refused:
        Library().routine(str(write(tmp_path, bilateral(text))))
    (found,) = refused.value.diagnostics
    assert (found.code, found.location.line, found.location.column) == ("side-in-bilateral", 7, column)
    assert f"'{named}' names a side" in found.message


@pytest.mark.parametrize(
    "text", ["Look left, then right.", "Bend your left and right knees.", "Sit at a right angle.", "It is all right."]
)
def test_both_sides_or_none_may_be_spelled_out_there(tmp_path: Path, text: str) -> None:
    assert placed(tmp_path, bilateral(text)) == []


def test_a_note_beside_a_bilateral_exercise_may_name_a_side(tmp_path: Path) -> None:
    text = "title: A\nexercises:\n  - {exercise: pelvic-tilt, note: Mind the right hip.}\n"
    assert placed(tmp_path, text) == ["3:44 literal-side"]


@pytest.mark.parametrize(
    ("side", "found"), [("left", ["'right knee' and 'right arm'"]), ("right", ["'left'"]), ("both", [])]
)
def test_a_word_to_a_person_that_names_the_side_which_is_not_theirs_is_warned_about(
    side: str, found: list[str]
) -> None:
    note = "Mind your right knee at a right angle. Lie on the left, and rest the right arm."
    sheet = Renderer().render(order_in_words(str, routine="back-mobility", side=side, note=note))
    assert [each.message for each in sheet.warnings if each.code == "other-side"] == [
        f"the note says {words}, but the affected side is {side}" for words in found
    ]


def test_an_exercise_on_a_side_that_never_names_one_is_warned_about(tmp_path: Path) -> None:
    assert (
        said(tmp_path, step("Slide down."))
        == """\
routine.yaml:3:5: warning[no-side-word] the exercise is done on a side (affected), but no step names one
    - name: Heel slide
      ^^^^
  hint: write {affected leg} or {other leg} where the side matters"""
    )
    assert placed(tmp_path, step("Slide down.").replace("side: affected", "side: bilateral")) == []


def test_more_than_five_exercises_are_warned_about_not_refused(tmp_path: Path) -> None:
    five = "title: A\nexercises: [" + "pelvic-tilt, " * 5 + "]\n"
    assert placed(tmp_path, five) == []
    assert (
        said(tmp_path, five.replace("]", "pelvic-tilt]"))
        == """\
routine.yaml:1:1: warning[many-exercises] exercises: 6 exercises are more than most people keep up; \
5 or fewer are done better
    title: A
    ^^^^^
  hint: leave some for later"""
    )


def test_a_warning_of_an_exercise_that_stands_twice_is_given_once(tmp_path: Path) -> None:
    write(tmp_path, 'name: A\nside: affected\nreps: 1\ninstructions: ["Lift."]\n', "lift.yaml")
    assert placed(tmp_path, "title: A\nexercises: [./lift.yaml, ./lift.yaml]\n") == ["1:1 no-side-word"]


def test_warnings_come_from_top_to_bottom(tmp_path: Path) -> None:
    text = step("Bend your left knee.").replace("name: Heel slide", "name: Your left leg")
    assert placed(tmp_path, text) == ["3:5 no-side-word", "3:16 literal-side", "7:20 literal-side"]


@pytest.mark.parametrize("name", [*EXERCISES, *(each for each in ROUTINES if each != "sciatica-complete")])
def test_nothing_that_ships_is_warned_about(name: str) -> None:
    library = Library()
    found = library.exercise(name) if name in EXERCISES else library.routine(name)
    assert found.warnings == ()


def test_all_twelve_at_once_are_too_many() -> None:
    assert [each.code for each in Library().routine("sciatica-complete").warnings] == ["many-exercises"]


@pytest.mark.parametrize("name", EXERCISES)
def test_no_clinician_has_signed_an_exercise_yet(name: str) -> None:
    (found,) = unreviewed(Library().exercise(name).value)
    assert (found.code, found.field) == ("not-reviewed", "reviewed")


def test_a_signature_under_a_routine_covers_its_exercises_but_not_the_safety_block(tmp_path: Path) -> None:
    plan = OWN + "reviewed: {by: Ann, on: 2026-11-21}\n"
    routine = Library().routine(str(write(tmp_path, plan))).value
    assert [each.location.source for each in unreviewed(routine)] == [
        str(ROOT / "content" / "safety" / "sciatica.yaml")
    ]


def test_what_is_signed_is_not_complained_about(tmp_path: Path) -> None:
    text = "name: A\nside: bilateral\nreps: 1\ninstructions: [Lift.]\nreviewed: {by: Ann, on: 2026-11-21}\n"
    assert unreviewed(Library().exercise(str(write(tmp_path, text))).value) == ()
