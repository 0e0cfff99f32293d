"""What one sheet says otherwise than its routine: `--set`, `--only` and `--week`."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import run, write

from pdfbuilder import InvalidInput, Renderer
from pdfbuilder.reading.orders import order_in_words

ROUTINE = """\
title: My plan
safety: none
pick: 3
exercises:
  - section: On the bed
    pick: 2
  - exercise: pelvic-tilt
    reps: 4
  - exercise: lower-trunk-rotation
    reps: 4
  - section: On the mat
    text: Take your time.
  - exercise: bird-dog
    reps: 4
    progress:
      - {week: 3, reps: 6}
      - {week: 5, reps: 8}
  - exercise: knee-to-chest
    id: again
    reps: 4
    parts: none
"""


def shown(folder: Path, *words: str) -> str:
    write(folder, ROUTINE)
    result = run("show", "routine.yaml", "--side", "left", *words, folder=folder)
    assert result.code == 0, result.err
    return result.text


def refused(folder: Path, *words: str, text: str = ROUTINE) -> str:
    write(folder, text)
    result = run("show", "routine.yaml", "--side", "left", *words, folder=folder)
    assert (result.code, result.out) == (2, b"")
    return result.err


def doses(text: str) -> list[str]:
    """The line below the name of each exercise."""
    lines = text.splitlines()
    return [lines[index + 1] for index, line in enumerate(lines) if line.startswith("---")]


def test_a_figure_is_set_for_one_exercise_and_several_at_once(tmp_path: Path) -> None:
    before = doses(shown(tmp_path))
    after = doses(shown(tmp_path, "--set", "Bird-Dog.Reps=9", "--set", "again.hold=12 s", "--set", "bird-dog.sets=2"))
    assert after[:2] == before[:2]
    assert "9" in after[2]
    assert "2 sets" in after[2]
    assert "12 seconds" in after[3]


def test_what_is_set_of_all_is_weaker_than_what_is_set_of_one(tmp_path: Path) -> None:
    words = ("--set", "bird-dog.times_per_day=3", "--set", "times_per_day=2", "--set", "pain_limit=4")
    found = doses(shown(tmp_path, *words))
    assert ["twice a day" in line for line in found] == [True, True, False, True]
    assert "3 times a day" in found[2]
    assert shown(tmp_path, *words).count("4 out of 10") == 4


def test_the_side_of_an_exercise_is_set(tmp_path: Path) -> None:
    assert "Two sides" in shown(tmp_path, "--set", "bird-dog.side_of=right")
    before, after = shown(tmp_path), shown(tmp_path, "--set", "again.side=other")
    assert "Knee to chest  [Left in turn Right]" in before
    assert "Knee to chest  [Right]" in after
    assert after.count("[Left in turn Right]") == before.count("[Left in turn Right]") - 1


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("bird-dgo.reps=8", ("--set: error[unknown-exercise] bird-dgo.reps: the routine routine has no exercise "
         "'bird-dgo' whose dose could be changed\n  hint: did you mean bird-dog?\n")),
        ("bird-dog.resp=8", ('--set: error[set] there is no "bird-dog.resp" that could be set\n'
         "  hint: did you mean rest or reps?\n")),
        ("bird-dog=8", '--set: error[set] there is no "bird-dog" that could be set\n  hint: write bird-dog.reps=8'),
        ("dayz=8", '--set: error[set] there is no "dayz" that could be set\n  hint: did you mean days?\n'),
        ("bird-dog.reps", "--set: error[set] bird-dog.reps: expected a value, got nothing\n"),
        ("bird-dog.reps=ten", ("--set: error[dose-range] bird-dog.reps: expected a whole number or a range like 8-10, "
         'from 1 to 100, got "ten"\n  hint: write 10\n')),
        ("bird-dog.load=left band", "--set: error[literal-side] bird-dog.load: 'left' names a side, in a dose\n"),
        ("pelvic-tilt.side_of=left", ("--set: error[side-contradiction] pelvic-tilt.side_of: side_of names a side, but "
         "the exercise is bilateral\n")),
        ("pelvic-tilt.side=other", "--set: error[side-rule] pelvic-tilt.side: the exercise is bilateral: "),
        ("bird-dog.side_of=lfet", '--set: error[side] bird-dog.side_of: expected left or right, got "lfet"\n'),
        ("bird-dog.level=9", "--set: error[dose-level] bird-dog.level: expected a level from 1 to 3, got 9\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_set(tmp_path: Path, setting: str, said: str) -> None:
    assert said in refused(tmp_path, "--set", setting)


def test_no_side_is_guessed(tmp_path: Path) -> None:
    assert "did you mean" not in refused(tmp_path, "--set", "bird-dog.side_of=lfet")


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_set_twice(tmp_path: Path) -> None:
    words = ("--set", "bird-dog.reps=x", "--set", "days=never", "--set", "again.reps=1", "--set", "again.Reps=2")
    found = refused(tmp_path, *words, "--week", "x")
    assert found.count(": error[") == 4
    assert "--set: error[set] again.Reps: it is set twice" in found
    assert '--week: error[week] expected a week of the plan, from 1 to 104, got "x"' in found


def test_an_exercise_that_stands_twice_is_told_apart_by_its_id_or_not_at_all(tmp_path: Path) -> None:
    text = "title: A\nexercises: [bird-dog, bird-dog]\n"
    for words in (("--set", "bird-dog.reps=8"), ("--only", "bird-dog")):
        found = refused(tmp_path, *words, text=text)
        assert f"{words[0]}: error[repeated-exercise]" in found
        assert "bird-dog stands more than once in the routine routine" in found


# --------------------------------------------------------------------------- only


def names(text: str) -> list[str]:
    lines = text.splitlines()
    return [lines[index - 1].split("  ")[1] for index, line in enumerate(lines) if line.startswith("---")]


def test_some_exercises_stay_in_their_order_and_empty_sections_go(tmp_path: Path) -> None:
    whole, some = shown(tmp_path), shown(tmp_path, "--only", "again,bird-dog")
    assert names(some) == names(whole)[2:]
    assert ("On the bed" in some, "On the mat" in some, "Take your time." in some) == (False, True, True)
    assert "Pick" not in some
    one = shown(tmp_path, "--only", "lower-trunk-rotation", "--only", "bird-dog")
    assert names(one) == names(whole)[1:3]
    assert "Pick 2" not in one


def test_the_pages_of_a_plan_without_some_are_those_of_a_plan_that_never_had_them(tmp_path: Path) -> None:
    lines = ROUTINE.splitlines()[10:17]
    alone = "title: My plan\nsafety: none\nexercises:\n" + "\n".join(lines) + "\n"
    renderer = Renderer()
    some = renderer.render(order_in_words(str(write(tmp_path, ROUTINE, "one/plan.yaml")), "left", only="bird-dog"))
    other = renderer.render(order_in_words(str(write(tmp_path, alone, "two/plan.yaml")), "left"))
    assert some.pdf == other.pdf


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bird-dgo", "the routine routine has no exercise 'bird-dgo'\n  hint: did you mean bird-dog?"),
        ("x", "hint: it has pelvic-tilt, lower-trunk-rotation, bird-dog, again\n"),
        (",", 'expected the ids of exercises, got ","'),
    ],
)
def test_exercises_that_are_not_there(tmp_path: Path, words: str, said: str) -> None:
    found = refused(tmp_path, "--only", words)
    assert found.startswith("--only: error[")
    assert said in found


def test_no_phase_is_left_empty(tmp_path: Path) -> None:
    text = "title: A\nphases:\n  - {title: One, exercises: [bird-dog]}\n  - {title: Two, exercises: [pelvic-tilt]}\n"
    found = refused(tmp_path, "--only", "bird-dog", "--phase", "all", text=text)
    assert "--only: error[empty-phase] no exercise of phase 2 would be left" in found
    assert run("show", "routine.yaml", "-s", "left", "--only", "bird-dog", "--phase", "1", folder=tmp_path).code == 0


def test_fewer_exercises_are_not_said_to_be_many(tmp_path: Path) -> None:
    words = ("show", "sciatica-complete", "-s", "left")
    assert "many-exercises" in run(*words, folder=tmp_path).err
    assert "many-exercises" not in run(*words, "--only", "pelvic-tilt", folder=tmp_path).err


# --------------------------------------------------------------------------- weeks


@pytest.mark.parametrize(("week", "reps"), [("1", "4 times"), ("3", "6 times"), ("4", "6 times"), ("9", "8 times")])
def test_a_week_begins_where_progress_has_come_to(tmp_path: Path, week: str, reps: str) -> None:
    assert reps in doses(shown(tmp_path, "--week", week))[2]


@pytest.mark.parametrize(
    ("weeks", "week", "said"),
    [
        ("weeks: 3-6", "9", "--week: error[week] phase 1 has the weeks 3 to 6, got 9"),
        ("weeks: 3-6", "2", "--week: error[week] phase 1 has the weeks 3 to 6, got 2"),
        ("weeks: at least 6", "5", "--week: error[week] phase 1 has from week 6 on, got 5"),
        ("weeks: 2", "3", "--week: error[week] phase 1 has week 2, got 3"),
    ],
)
def test_a_week_outside_its_phase(tmp_path: Path, weeks: str, week: str, said: str) -> None:
    text = f"title: A\nphases:\n  - {{title: One, {weeks}, exercises: [bird-dog]}}\n"
    assert said in refused(tmp_path, "--phase", "1", "--week", week, text=text)


def test_a_week_past_the_end_of_the_plan(tmp_path: Path) -> None:
    text = "title: A\nweeks: 4-6\nexercises: [bird-dog, pelvic-tilt]\n"
    assert "--week: error[week] the plan has the weeks 1 to 6, got 9" in refused(tmp_path, "--week", "9", text=text)
    write(tmp_path, text)
    result = run("show", "routine.yaml", "-s", "left", "--week", "6", folder=tmp_path)
    assert result.code == 0
    assert "--week: warning[week] no exercise gets harder by the week" in result.err
    # A changed dose begins where its progress has come to: there is nothing left of that, and it matters.
    write(tmp_path, text.replace("bird-dog", "{exercise: bird-dog, progress: [{week: 3, sets: 2}]}"))
    result = run("show", "routine.yaml", "-s", "left", "--week", "6", "--set", "bird-dog.reps=8", folder=tmp_path)
    assert "2 sets of 8" in result.text
    assert "warning[week]" not in result.err
    # A diary of it has other pages.
    write(tmp_path, text)
    result = run("build", "routine.yaml", "-s", "left", "--week", "6", "-t", "diary", folder=tmp_path)
    assert (result.code, result.out) == (0, b"")
    assert "routine-left.pdf: left side, 1 page, 14 boxes" in result.err
    assert "week" not in result.err


# --------------------------------------------------------------------------- a figure and what goes with it


PLAN = "title: My plan\nsafety: none\ntimes_per_day: 1\nexercises:\n"


@pytest.mark.parametrize(
    ("entry", "settings"),
    [("{exercise: walk, distance: 2 km, duration: none}", ""), ("walk", "walk.duration=none walk.distance=2 km")],
)
def test_steps_that_say_how_long_go_where_it_is_now_how_far(tmp_path: Path, entry: str, settings: str) -> None:
    sets = [("--set", each) for each in ("walk.duration=none", "walk.distance=2 km") if settings]
    write(tmp_path, f"{PLAN}  - {entry}\n")
    result = run("show", "routine.yaml", "--side", "left", *(word for each in sets for word in each), folder=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert doses(result.text) == ["Do it for 2 kilometres, once a day."]
    assert "When it is easy" not in result.text


def test_a_time_for_the_whole_day_is_not_followed_by_less(tmp_path: Path) -> None:
    write(tmp_path, f"{PLAN}  - {{exercise: walk, duration: 25 min a day}}\n")
    text = run("show", "routine.yaml", "--side", "left", folder=tmp_path).text
    assert "10 to 15 minutes" not in text
    assert "When it is easy: 20 to 30 minutes" in text


def test_a_rest_that_nobody_would_read_is_warned_of(tmp_path: Path) -> None:
    write(tmp_path, f"{PLAN}  - {{exercise: clam, sets: none, rest: 1 min}}\n".replace("sets: none, ", ""))
    result = run("check", "routine.yaml", folder=tmp_path)
    assert "warning[idle-pause] rest: rest is between sets, and there is one: it is not printed" in result.err
    for sets in ("sets: 2", "progress: [{week: 2, sets: 2}]"):
        write(tmp_path, f"{PLAN}  - {{exercise: clam, {sets}, rest: 1 min}}\n")
        assert "idle-pause" not in run("check", "routine.yaml", folder=tmp_path).err


def test_what_is_learnt_has_no_days(tmp_path: Path) -> None:
    write(tmp_path, f"{PLAN}  - stairs\n".replace("times_per_day: 1", "days: 5 per week"))
    result = run("show", "routine.yaml", "--side", "left", "--record", folder=tmp_path)
    assert "week" not in result.text


def test_two_blocks_of_signs_say_once_what_both_advise(tmp_path: Path) -> None:
    write(tmp_path, f"{PLAN}  - heel-slide\n".replace("safety: none", "safety: [knee, shoulder]"))
    text = " ".join(run("show", "routine.yaml", "--side", "left", folder=tmp_path).text.split())
    assert text.count("Ask a therapist or doctor first.") == 1


@pytest.mark.parametrize(
    ("pick", "said"), [("up to 2", "Pick up to 2 of these."), ("at least 1", "Pick at least 1 of these.")]
)
def test_how_many_to_pick_is_an_amount(tmp_path: Path, pick: str, said: str) -> None:
    write(tmp_path, f"{PLAN}  - heel-slide\n  - clam\n".replace("times_per_day: 1", f"times_per_day: 1\npick: {pick}"))
    assert said in run("show", "routine.yaml", "--side", "left", folder=tmp_path).text


def test_a_plan_of_two_sides_is_one_also_where_both_are_asked_for(tmp_path: Path) -> None:
    entries = "  - {exercise: heel-slide, side_of: left}\n  - {exercise: wall-crawl, side_of: right}\n"
    write(tmp_path, PLAN + entries)
    text = run("show", "routine.yaml", "--side", "both", folder=tmp_path).text
    assert "Two sides: read each card" in text
    assert "BOTH" not in text
    # With one that is for both sides the sheet is for both, and the others say whose they are.
    write(tmp_path, f"{PLAN}{entries}  - clam\n")
    text = run("show", "routine.yaml", "--side", "both", folder=tmp_path).text
    assert "BOTH sides" in text
    assert "This one is for your left side." in text
    assert "This one is for your right side." in text


# --------------------------------------------------------------------------- a program


def test_a_program_says_it_by_addresses(tmp_path: Path) -> None:
    path, renderer = str(write(tmp_path, ROUTINE)), Renderer()
    order = order_in_words(path, "left", doses={"bird-dog.reps": 9, "days": ["mon", "wed"]}, only=["bird-dog"], week=1)
    (exercise,) = renderer.compose(order).plan.exercises
    assert (exercise.dose.reps.high, len(exercise.dose.days.named or ())) == (9, 2)
    assert order_in_words(path, doses="bird-dog.reps=9").doses == order_in_words(path, doses=["bird-dog.reps=9"]).doses
    with pytest.raises(InvalidInput) as caught:
        order_in_words(path, "left", doses={"bird-dog.resp": 9}, only="", week="nine")
    assert [(each.code, each.location.source) for each in caught.value.diagnostics] == [
        ("set", "doses"), ("only", "only"), ("week", "week"),
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="a list without empty values, commas and semicolons"):
        order_in_words(path, "left", doses={"bird-dog.parts": ["slow, forward", "back"]})
