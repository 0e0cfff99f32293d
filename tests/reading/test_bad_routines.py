"""Routines with something wrong: what is said of them, whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import OWN, findings, placed, said

BAD_ENTRIES = """\
title: 5
side: no
exercises:
  - knee-to-chst
  - exercise: pelvic-tilt
    rep: 10
    reps: ten
    hold: 1:30
  - exercise: pelvic-tlt
    reps: 017
  - name: Heel slide
    side: affcted
    instructions:
      - "Slide your {affected heel down."
      - {other leg}
  -
sumary: x
"""


def test_of_no_exercises_it_is_not_said_that_they_are_too_few_to_pick(tmp_path: Path) -> None:
    assert [each.code for each in findings(tmp_path, "title: A\npick: 3\n")] == ["missing-key"]


def test_everything_wrong_with_a_routine_is_said_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    assert (
        said(tmp_path, BAD_ENTRIES)
        == """\
routine.yaml:1:8: error[text] title: expected a text, got 5
    title: 5
           ^
  hint: put it into quotes
routine.yaml:2:7: error[side] side: expected left, right, both or none, got "no"
    side: no
          ^^
  hint: write side: with one of these words
routine.yaml:4:5: error[unknown-exercise] exercises[0]: there is no exercise 'knee-to-chst'
    - knee-to-chst
      ^^^^^^^^^^^^
  hint: did you mean knee-to-chest?
routine.yaml:6:5: error[unknown-key] exercises[1].rep: unknown key rep
    rep: 10
    ^^^
  hint: did you mean reps?
routine.yaml:7:11: error[dose-range] exercises[1].reps: expected a whole number or a range like 8-10, from 1 to 100, \
got "ten"
    reps: ten
          ^^^
  hint: write reps: 10
routine.yaml:8:11: error[dose-hold] exercises[1].hold: expected a time such as 5 s, 20-30 s or 1 min (up to 10 min), \
breaths such as 5 breaths (up to 60), or max, got "1:30"
    hold: 1:30
          ^^^^
  hint: write hold: 90 s
routine.yaml:9:15: error[unknown-exercise] exercises[2].exercise: there is no exercise 'pelvic-tlt'
    - exercise: pelvic-tlt
                ^^^^^^^^^^
  hint: did you mean pelvic-tilt?
routine.yaml:10:11: error[dose-range] exercises[2].reps: expected a whole number or a range like 8-10, from 1 to 100, \
got "017"
    reps: 017
          ^^^
  hint: write reps: 17
routine.yaml:11:5: error[missing-key] exercises[3].reps: the key reps is missing
    - name: Heel slide
      ^^^^
  hint: add reps: 10, duration: 5 min or distance: 20 m; for what is learnt and not counted, tick: none
routine.yaml:12:11: error[choice] exercises[3].side: expected one of affected, other, each, alternate, asymmetric, \
bilateral, got "affcted"
    side: affcted
          ^^^^^^^
  hint: affected or other is done on that side only, each on one side and then on the other, alternate in turn, \
bilateral with both at once or with the middle of the body, asymmetric with both at once, but never the other way round
routine.yaml:14:21: error[brace] exercises[3].instructions[0]: the brace is never closed
    - "Slide your {affected heel down."
                  ^^^^^^^^^^^^^^^^^^^^
  hint: write {affected knee}, {other knee}, {affected: left form | right form}, {literal: …} for what is meant as it \
stands, or {{ and }} for braces
routine.yaml:15:9: error[text] exercises[3].instructions[1]: expected a text, got keys and values
    - {other leg}
      ^
  hint: a text with braces needs quotes: "{other leg} …"
routine.yaml:16:4: error[entry] exercises[4]: expected the id of an exercise, or keys such as exercise: and reps:
    -
     ^
  hint: write - knee-to-chest, or see pdfbuilder new
routine.yaml:17:1: error[unknown-key] sumary: unknown key sumary
    sumary: x
    ^^^^^^
  hint: did you mean summary?"""
    )


BAD_SIDES = """\
title: My plan
exercises:
  - name: Both for the {affected leg}
    side: bilateral
    reps: 10
    instructions:
      - "Bend both knees. Lift your {affected leg} and your {other arm}."
      - >-
        A folded text
        names the {other leg}.
    cue: "The {affected: linke | rechte} Hand."
  - exercise: pelvic-tilt
    side_of: left
    stop_when: "your {affected leg} tingles."
  - exercise: knee-to-chest
    side_of: both
"""


def test_side_words_in_a_bilateral_exercise_are_refused_where_they_stand(tmp_path: Path) -> None:
    assert placed(tmp_path, BAD_SIDES) == [
        "3:24 side-in-bilateral exercises[0].name",
        "7:37 side-in-bilateral exercises[0].instructions[0]",
        "7:61 side-in-bilateral exercises[0].instructions[0]",
        "8:9 side-in-bilateral exercises[0].instructions[1]",
        "11:15 side-in-bilateral exercises[0].cue",
        "13:14 side-contradiction exercises[1].side_of",
        "14:22 side-in-bilateral exercises[1].stop_when",
        "16:14 side exercises[2].side_of",
    ]


def test_a_side_word_in_a_bilateral_exercise_comes_with_a_way_out(tmp_path: Path) -> None:
    text = OWN.replace("side: affected", "side: bilateral")
    assert (
        said(tmp_path, text)
        == """\
routine.yaml:7:21: error[side-in-bilateral] exercises[0].instructions[0]: {affected heel} names a side, \
but the exercise is bilateral
    - "Slide your {affected heel} down."
                  ^^^^^^^^^^^^^^^
  hint: say 'both knees', or choose side: each or side: affected"""
    )


def step(text: str) -> str:
    return OWN.replace("Slide your {affected heel} down.", text)


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        # `- "` takes nine columns
        ("{affected heel", 10, "brace"),
        ("Slide your {affected heel} and } down.", 41, "brace"),
        ("Slide {left heel}, {left heel}.", 16, "placeholder"),
        ("é漢 {heel}", 13, "placeholder"),
        # an escape takes more room in the file than in the text
        ("tab\\tand {heel}", 19, "placeholder"),
    ],
)
def test_a_misspelling_is_reported_at_its_column(tmp_path: Path, text: str, column: int, code: str) -> None:
    assert placed(tmp_path, step(text))[0] == f"7:{column} {code} exercises[0].instructions[0]"


def test_the_same_misspelling_twice_is_reported_twice(tmp_path: Path) -> None:
    found = placed(tmp_path, step("Slide {left heel}, {left heel}."))
    assert [each.split()[0] for each in found] == ["7:16", "7:29"]


def test_a_misspelling_in_a_folded_text_is_reported_on_its_line(tmp_path: Path) -> None:
    text = OWN.replace(
        '"Slide your {affected heel} down."', ">-\n        Slide your\n        {afected\n        heel} down."
    )
    assert placed(tmp_path, text) == ["9:9 placeholder exercises[0].instructions[0]"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("exercises: [pelvic-tilt]\n", ["1:1 missing-key title"]),
        ("title: A\n", ["1:1 missing-key exercises"]),
        ("title: A\nexercises: pelvic-tilt\n", ["2:12 list exercises"]),
        ("title: A\nexercises:\n  pelvic-tilt:\n    reps: 5\n", ["2:1 list exercises"]),
        ("title: A\nexercises: []\n", ["2:1 too-few exercises"]),
        ("title: A\nexercises:\n", ["2:1 list exercises"]),
        ("title:\nexercises: [pelvic-tilt]\n", ["1:1 text title"]),
        ("title: ''\nexercises: [pelvic-tilt]\n", ["1:8 text title"]),
        # what is no single value is shown by its key
        ("title: [A]\nexercises: [pelvic-tilt]\n", ["1:1 text title"]),
        (f"title: {'A' * 121}\nexercises: [pelvic-tilt]\n", ["1:8 text-length title"]),
        ("title: A\nexercises: [5]\n", ["2:13 entry exercises[0]"]),
        ("title: A\nexercises: [[pelvic-tilt]]\n", ["2:13 entry exercises[0]"]),
        ("title: A\nexercises: [{}]\n", ["2:13 missing-key exercises[0].exercise"]),
        ("title: A\nexercises: [{reps: 5}]\n", ["2:14 missing-key exercises[0].exercise"]),
        ("title: A\nexercises: [pelvic-tilt: 5]\n",
         ["2:13 missing-key exercises[0].exercise", "2:13 unknown-key exercises[0].pelvic-tilt"]),
        ("title: A\nexercises: [" + "pelvic-tilt, " * 101 + "]\n", ["2:1 too-many exercises"]),
        ("title: A\nexercises: [pelvic-tilt]\nside: lft\n", ["3:7 side side"]),
        ("title: A\nexercises: [pelvic-tilt]\nside: true\n", ["3:7 side side"]),
        ("title: A\nexercises: [pelvic-tilt]\nside:\n", ["3:1 nothing side"]),
        ("title: A\nexercises: [pelvic-tilt]\nabout:\n", ["3:1 nothing about"]),
        ("title: A\nexercises: [pelvic-tilt]\nsafety: sciatca\n", ["3:9 unknown-safety safety"]),
        ("title: A\nexercises: [pelvic-tilt]\nsafety: [knee, none]\n", ["3:16 safety safety"]),
        ("title: A\nexercises: [pelvic-tilt]\nsafety: [knee, knee]\n", ["3:16 safety safety"]),
        ("title: A\nexercises: [pelvic-tilt]\nsafety: [knee, x]\n", ["3:16 unknown-safety safety"]),
        ("title: A\nexercises: [pelvic-tilt]\nsafety: []\n", ["3:1 too-few safety"]),
        ("title: A\nexercises: [pelvic-tilt]\nsafety: {}\n", ["3:1 list safety"]),
        ("title: A\nexercises: [pelvic-tilt]\nabout: sciatics\n", ["3:8 unknown-about about"]),
        ("title: A\nexercises: [pelvic-tilt]\nlanguage: xx\n", ["3:11 unknown-language language"]),
        ("title: A\nexercises: [pelvic-tilt]\nlanguage: ./xx.yaml\n", ["3:11 unknown-language language"]),
        ("title: A\nexercises: [pelvic-tilt]\nreviewed: Ann\n", ["3:11 mapping reviewed"]),
        ("title: A\nexercises: [pelvic-tilt]\nreviewed: {by: Ann}\n", ["3:1 missing-key reviewed.on"]),
        ("title: A\nexercises: [pelvic-tilt]\nreviewed: {by: Ann, on: 21.11.2026}\n", ["3:25 date reviewed.on"]),
        ("title: A\nexercises: [pelvic-tilt]\nreviewed: {by: Ann, on: 2026-02-30}\n", ["3:25 date reviewed.on"]),
        ("title: A\nexercises: [pelvic-tilt]\nsummary: the {affected leg}\n", ["3:14 no-side summary"]),
    ],
)  # fmt: skip
def test_a_routine_of_the_wrong_shape_is_refused_at_its_place(tmp_path: Path, text: str, found: list[str]) -> None:
    assert placed(tmp_path, text) == found


@pytest.mark.parametrize("text", ["reviewed: null\n", "reviewed: ~\n", "reviewed: {by: Ann, on: 2026-11-21}\n"])
def test_a_signature_may_be_missing_aloud(tmp_path: Path, text: str) -> None:
    assert placed(tmp_path, "title: A\nexercises: [pelvic-tilt]\n" + text) == []


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("load", '"band on the {affected leg}"', "5:24 side-in-bilateral exercises[0].load"),
        ("tempo", '"slowly with the {other}"', "5:29 side-in-bilateral exercises[0].tempo"),
        ("load", "'{ other arm'", "5:12 brace exercises[0].load"),
    ],
)
def test_a_placeholder_where_no_side_can_be_put_in_is_refused(tmp_path: Path, key: str, value: str, found: str) -> None:
    text = f"title: A\nexercises:\n  - exercise: pelvic-tilt\n    reps: 5\n    {key}: {value}\n"
    assert placed(tmp_path, text) == [found]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("title: A\nreps: 5\ninstructions: [Lift.]\n", "the key name is missing", "add name: Heel slide"),
        ("blocks: [week]\nname: A\n", "unknown key name", "known keys here: description, blocks, page"),
        (
            "foo: 1\nbar: 2\n",
            "cannot tell what this file defines from its keys: bar, foo",
            "an exercise has instructions:",
        ),
        # a key that two kinds have does not decide
        ("title: A\nabout: sciatica\n", "the key exercises is missing", "add exercises: "),
        ("language: en\nsources: []\nemergency: []\n", "expected at least one entry, got an empty list", "add one"),
    ],
)
def test_a_file_is_taken_for_the_kind_that_its_keys_tell(tmp_path: Path, text: str, message: str, hint: str) -> None:
    found = said(tmp_path, text)
    assert message in found
    assert f"hint: {hint}" in found
