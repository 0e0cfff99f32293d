"""What can be read and is wrong all the same, or looks so."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import EXERCISES, OWN, ROOT, ROUTINES, findings, placed, said, write

from pdfbuilder import Renderer, build
from pdfbuilder.diagnostics import InvalidInput, Severity
from pdfbuilder.domain.beside import Safety
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.lints import unreviewed
from pdfbuilder.reading.orders import order_in_words


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
        ("Slide your right heel.", 21),
        # as people shorten it
        ("Lift your Rt. leg.", 20),
        ("Bend the (R) hip.", 19),
        ("Lift the R leg.", 19),
        ("Bend your lt knee.", 20),
        ("On your leftside.", 18),
        ("The left-sided pain.", 14),
        ("Your left\u2011sided pain.", 9),  # in which the hyphen is not as it is printed
        ("You have left knee pain.", 19),
        ("Your right next to it.", 15),
        ("Turn right at the wall.", 15),
    ],
)
@pytest.mark.parametrize("where", ["instructions", "name", "cue", "feel", "stop_when", "ease_when", "then", "note"])
def test_a_side_that_is_written_out_is_refused_wherever_it_stands(
    tmp_path: Path, text: str, column: int, where: str
) -> None:
    plan = step("Lift your {affected leg}.").replace("side: affected", "side: each")
    if where == "instructions":
        plan = step(text)
    elif where == "name":
        plan = plan.replace("Heel slide", f'"{text}"')
    else:
        plan += f'    {where}: "{text}"\n'
    with pytest.raises(InvalidInput) as refused:
        Library().routine(str(write(tmp_path, plan)))
    (found,) = (each for each in refused.value.diagnostics if each.severity is Severity.ERROR)
    assert found.code == "literal-side"
    assert "left" not in found.hint
    assert "right" not in found.hint
    if where == "instructions":
        assert (found.location.line, found.location.column) == (7, column)


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
        "Ask R. Jones in Right Road 5, or see https://example.org/left-knee. Your {affected leg}.",
        "A right-angled knee. Your {affected leg}.",
        # what is meant as it stands
        "A helper puts their {literal: left hand} on your {affected leg}.",
    ],
)
def test_a_word_that_is_no_side_is_not(tmp_path: Path, text: str) -> None:
    assert placed(tmp_path, step(text)) == []


def test_titles_notes_and_changed_texts_are_looked_at_too(tmp_path: Path) -> None:
    text = """\
title: For your left leg
summary: For the right leg
exercises:
  - exercise: knee-to-chest
    note: Mind the right hip.
    stop_when: your left foot tingles.
    load: 1 kg on your left ankle
    tempo: the R leg slowly
"""
    assert placed(tmp_path, text) == [
        "1:17 literal-side",
        "2:18 literal-side",
        "5:20 literal-side",
        "6:21 literal-side",
        "7:24 literal-side",
        "8:16 literal-side",
    ]


def test_a_load_of_an_exercise_is_looked_at_too(tmp_path: Path) -> None:
    text = "name: A\nside: bilateral\nreps: 1\nload: ankle weight on your left leg\ninstructions: [Lift.]\n"
    assert placed(tmp_path, text, name="a.yaml") == ["4:28 side-in-bilateral"]


def test_a_written_out_side_says_what_to_write(tmp_path: Path) -> None:
    assert (
        said(tmp_path, step("Bend your left knee, not your {other knee}."))
        == """\
routine.yaml:7:20: error[literal-side] 'left knee' is written out: it would stay as it is on every sheet, \
whatever the side
    - "Bend your left knee, not your {other knee}."
                 ^^^^^^^^^
  hint: write {affected …} or {other …} where the person's side is meant, {literal: …} where it is meant as it stands"""
    )


def for_side(side: str, text: str) -> str:
    return step(f"Lift your {{affected leg}}. {text}").replace("title:", f"side: {side}\ntitle:")


@pytest.mark.parametrize(
    ("side", "text", "codes"),
    [
        ("left", "Bend your left knee.", ["warning literal-side"]),
        ("left", "Bend your right knee.", ["error other-side"]),
        ("right", "Bend your R knee.", ["warning literal-side"]),
        ("both", "Bend your left knee.", ["warning literal-side"]),
        ("both", "Bend your right knee.", ["warning literal-side"]),
        ("left", "Put their {literal: right hand} there.", []),
    ],
)
def test_only_a_routine_that_states_its_side_may_write_it_out_and_never_the_other(
    tmp_path: Path, side: str, text: str, codes: list[str]
) -> None:
    found = findings(tmp_path, for_side(side, text))
    assert [f"{each.severity.value} {each.code}" for each in found] == codes


def test_an_entry_with_a_side_of_its_own_has_that_side(tmp_path: Path) -> None:
    def codes(own: str) -> list[str]:
        plan = for_side("left", "Bend your right knee.").replace(
            "side: affected", f"side: affected\n    side_of: {own}"
        )
        return [f"{each.severity.value} {each.code}" for each in findings(tmp_path, plan)]

    assert codes("right") == ["warning literal-side"]
    assert codes("left") == ["error other-side"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("emergency", "{text: a hot left calf, brief: hot calf}"),
        ("emergency", "{text: a hot calf, brief: hot L calf}"),
        ("today", "your right foot drops"),
        ("soon", "your lt knee locks"),
    ],
)
def test_warning_signs_name_no_side(tmp_path: Path, key: str, text: str) -> None:
    block = {"emergency": "[a]", "today": "[b]", "soon": "[c]"} | {key: f"[{text}]"}
    lines = "".join(f"{name}: {value}\n" for name, value in block.items())
    found = findings(tmp_path, f"{lines}advice: Gently.\nsources: [{{title: Right Road Clinic}}]\n", "safety.yaml")
    assert [each.code for each in found] == ["literal-side"]
    assert "{affected" not in found[0].hint
    assert "{literal: …}" in found[0].hint


def test_a_warning_sign_may_mean_one_side_for_everybody(tmp_path: Path) -> None:
    text = 'emergency: ["pain down your {literal: left arm}"]\nadvice: Gently.\nsources: [{title: A}]\n'
    library = Library()
    safety = library.check(str(write(tmp_path, text, "safety.yaml"))).value
    assert isinstance(safety, Safety)
    assert safety.emergency[0].text == "pain down your left arm"


def test_a_background_text_names_no_side(tmp_path: Path) -> None:
    text = "title: Your left knee\nparagraphs: [The right leg is stronger., All right.]\n"
    assert placed(tmp_path, text, name="about.yaml") == ["1:13 literal-side", "2:18 literal-side"]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("*Slowly* lift your {affected leg}.", "stars", 10),
        ("Lift *{affected leg}* up.", "stars", 15),
        ("Lift **{affected leg}** up.", "stars", 15),
        ("Spread both of your {affected feet}.", "both-of-one-side", 30),
        ("Spread both {affected} fingers.", "both-of-one-side", 22),
        ("Spread your {affected toes}, both {affected hands}.", "both-of-one-side", 44),
        ("{affected}{other} leg", "no-space", 20),
        ("Lift the{affected leg}.", "no-space", 18),
        ("Put your {affected hand,} flat.", "sign-in-placeholder", 19),
        ("{{affected leg}} up, {other leg} down.", "literal-brace", 10),
    ],
)
def test_what_looks_like_a_slip_is_warned_about(tmp_path: Path, text: str, code: str, column: int) -> None:
    assert placed(tmp_path, step(text)) == [f"7:{column} {code}"]
    assert all(each.severity is Severity.WARNING for each in findings(tmp_path, step(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Both hands hold your {affected knee}.",
        "Put both hands on your {affected knee}.",
        "Spread your {affected fingers}.",
        "Bend {affected knee}'s back (your {other (good) leg}).",
        "A {affected}-sided ache, 3 * 5 * 2, {affected: linke | rechte}n.",
    ],
)
def test_what_only_resembles_one_is_not(tmp_path: Path, text: str) -> None:
    assert placed(tmp_path, step(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lie on your {other side}.",
        "Lie on your {affected  side}.",
        "Lie on your {other} side.",
        "Lie on your {other: left side | right side}.",
    ],
)
def test_after_a_step_that_names_all_of_a_side_the_exercise_says_how_to_change_over(tmp_path: Path, text: str) -> None:
    plan = step(text).replace("side: affected", "side: each")
    (found,) = findings(tmp_path, plan)
    assert (found.code, found.field) == ("missing-then", "then")
    assert placed(tmp_path, plan + '    then: "Turn over. Lift your {other leg}."\n') == []
    assert placed(tmp_path, step(text)) == []
    assert placed(tmp_path, step(text).replace("side: affected", "side: alternate")) == []


@pytest.mark.parametrize(
    ("rule", "more", "code"),
    [
        ("asymmetric", 'then: "Now the {other leg}."', "never-printed"),
        ("bilateral", "then: Again.", "never-printed"),
        ("bilateral", "instructions_both: none", "never-printed"),
        ("bilateral", "instructions_both: [Lift both.]", "never-printed"),
        ("affected", "instructions_both: nobody", "list"),
    ],
)
def test_a_step_that_nobody_would_read_is_refused(tmp_path: Path, rule: str, more: str, code: str) -> None:
    plan = step("Lift.").replace("side: affected", f"side: {rule}") + f"    {more}\n"
    assert [each.code for each in findings(tmp_path, plan) if each.severity is Severity.ERROR] == [code]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("Lift your {affected right leg}.", "side-in-placeholder", 20),
        ("Lift your {other LEFT leg}.", "side-in-placeholder", 20),
        ("Bend your {affected: right knee | left knee}.", "forms-swapped", 20),
        ("Bend your {affected: R | L} knee.", "forms-swapped", 20),
        ("Bend your {affected: left one | left two}.", "forms-swapped", 20),
        ("Bend your {other: the right | the other}.", "forms-swapped", 20),
    ],
)
def test_a_placeholder_that_names_a_side_by_itself_is_refused(
    tmp_path: Path, text: str, code: str, column: int
) -> None:
    with pytest.raises(InvalidInput) as refused:
        Library().routine(str(write(tmp_path, step(text))))
    (found,) = (each for each in refused.value.diagnostics if each.code != "how-often")
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
    (found,) = (each for each in refused.value.diagnostics if each.code != "how-often")
    assert (found.code, found.location.line, found.location.column) == ("side-in-bilateral", 7, column)
    assert f"'{named}' names a side" in found.message


@pytest.mark.parametrize(
    "text", ["Look left, then right.", "Bend your left and right knees.", "Sit at a right angle.", "It is all right."]
)
def test_both_sides_or_none_may_be_spelled_out_there(tmp_path: Path, text: str) -> None:
    assert placed(tmp_path, bilateral(text)) == []


def test_a_note_beside_a_bilateral_exercise_may_name_the_person_s_side_but_not_write_it_out(tmp_path: Path) -> None:
    text = "title: A\nexercises:\n  - {exercise: pelvic-tilt, note: Mind the right hip.}\n"
    assert placed(tmp_path, text) == ["3:44 literal-side"]
    assert placed(tmp_path, text.replace("the right hip.", "{literal: right}").replace("Mind {", '"Mind {')
                  .replace("}}", '}"}')) == []  # fmt: skip


NOTE = "Mind your right knee at a right angle. Lie on the left, and rest the right arm."


@pytest.mark.parametrize(("side", "named"), [("left", ["right knee", "right arm"]), ("right", ["left"]), ("both", [])])
def test_a_word_to_a_person_may_name_their_side_and_not_the_other(side: str, named: list[str]) -> None:
    order = order_in_words("back-mobility", side=side, note=NOTE)
    if not named:
        assert Renderer().render(order).warnings == ()
        return
    with pytest.raises(InvalidInput) as refused:
        Renderer().render(order)
    assert [(each.code, each.location.source) for each in refused.value.diagnostics] == [("other-side", "note")] * len(
        named
    )
    for each, words in zip(refused.value.diagnostics, named, strict=True):
        assert f"'{words}'" in each.message
        assert "{other …}" in each.hint
        assert "left" not in each.hint
        assert "right" not in each.hint


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


def test_steps_for_the_other_side_that_name_only_the_affected_one_are_warned_about(tmp_path: Path) -> None:
    text = step("Lift your {affected knee}.").replace("side: affected", "side: other")
    assert (
        said(tmp_path, text)
        == """\
routine.yaml:3:5: warning[worked-side] the exercise is done on the other side only, but its steps name only \
the affected one
    - name: Heel slide
      ^^^^
  hint: write {other …} for what is worked, or side: affected if that is"""
    )
    # What lies above or stands free need not be named.
    for start in ("Stand on your {other leg}.", "Lie on your {affected side}."):
        assert placed(tmp_path, text.replace("Lift", f"{start} Lift")) == []


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
        str(ROOT / "content" / "en" / "safety" / "general.yaml")
    ]


def test_what_is_signed_is_not_complained_about(tmp_path: Path) -> None:
    text = "name: A\nside: bilateral\nreps: 1\ninstructions: [Lift.]\nreviewed: {by: Ann, on: 2026-11-21}\n"
    assert unreviewed(Library().exercise(str(write(tmp_path, text))).value) == ()


# --------------------------------------------------------------------------- doses


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("exercises: [pelvic-tilt, knee-to-chest]\n", True),
        ("exercises: [{exercise: pelvic-tilt, times_per_day: 2}, knee-to-chest]\n", True),
        ("times_per_day: 1\nexercises: [pelvic-tilt, knee-to-chest]\n", False),
        ("exercises: [{exercise: pelvic-tilt, times_per_day: often}]\n", False),
        ("exercises: [{exercise: pelvic-tilt, tick: none}]\n", False),
        ("exercises: [{name: Walk, side: bilateral, duration: 30 min a day, instructions: [Walk.]}]\n", False),
    ],
)
def test_a_routine_of_which_nothing_says_how_often_is_warned_about_once(
    tmp_path: Path, text: str, warned: bool
) -> None:
    found = [each.code for each in findings(tmp_path, "title: A\n" + text, how_often=True)]
    assert found == ["how-often"] * warned


@pytest.mark.parametrize(
    ("weeks", "step", "found"),
    [
        ("weeks: 6", 6, []),
        ("weeks: 6", 7, ["4:29 dose-progress exercises[0].progress"]),
        ("weeks: 4-6", 7, ["4:29 dose-progress exercises[0].progress"]),
        ("weeks: at least 6", 9, []),
        ("weeks: ____", 9, []),
        ("summary: It is open.", 52, []),
    ],
)
def test_a_step_of_progress_past_the_plans_end_is_refused(
    tmp_path: Path, weeks: str, step: int, found: list[str]
) -> None:
    entry = f"{{exercise: pelvic-tilt, progress: [{{week: {step}, reps: 12}}]}}"
    assert placed(tmp_path, f"title: A\n{weeks}\nexercises:\n  - {entry}\n") == found


def test_what_is_done_otherwise_later_is_looked_at_too(tmp_path: Path) -> None:
    text = """\
title: A
exercises:
  - exercise: bird-dog
    progress:
      - when: your left leg is steady
        how: Lift your right arm.
"""
    assert placed(tmp_path, text) == ["5:20 literal-side", "6:24 literal-side"]
    bilateral = text.replace("bird-dog", "pelvic-tilt").replace("left leg", "{other leg}").replace("right arm", "arms")
    assert placed(tmp_path, bilateral) == ["5:20 side-in-bilateral exercises[0].progress[0].when"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Now lift your straight {affected leg} slowly as far as you can, and hold it.", ""),
        ("Now lift your straight {affected leg} slowly as far as you can, and hold it up.", "long-sentence"),
        ("Lift your {affected leg}. Hold it.", ""),
        ("Lift your {affected leg}. Hold it. Lower it.", "long-step"),
        # no ends of sentences
        ("Lift your {affected leg}, e.g. while you lie down. Ask Dr J. Smith.", ""),
    ],
)
def test_long_sentences_and_steps_of_many_are_warned_about(tmp_path: Path, text: str, code: str) -> None:
    assert placed(tmp_path, step(text)) == ([f"7:9 {code}"] if code else [])


def test_a_note_may_have_more_sentences_but_no_longer_ones(tmp_path: Path) -> None:
    short = f'{OWN}    stop_when: "it hurts. Rest. Sit down. Ask."\n'
    assert placed(tmp_path, short) == []
    long = f'{OWN}    stop_when: "{"it hurts a bit " * 4}"\n'
    assert placed(tmp_path, long) == ["8:16 long-sentence"]


def test_what_an_exercise_file_says_at_length_is_said_there_once(tmp_path: Path) -> None:
    steps = 'instructions: ["Lift your {affected leg}. Hold it. Lower it."]'
    write(tmp_path, f"name: A\nside: affected\nreps: 1\n{steps}\n", "lift.yaml")
    (found,) = findings(tmp_path, "title: A\nexercises: [./lift.yaml, ./lift.yaml]\n")
    assert found.location.source.endswith("lift.yaml")
