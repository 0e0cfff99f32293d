"""What is wrong with a plan: it ends with exit code 2, a place, what was expected and a way out, and prints nothing."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from samples import run, write


class Case(NamedTuple):
    """A plan, how it is asked for, and what is said: the first error's place and code, and a part of its hint."""

    text: str
    found: str
    hint: str
    words: tuple[str, ...] = ("-s", "left")


def entry(*keys: str, side: str = "affected", steps: str = '["Lift your {affected leg}."]') -> str:
    """A plan of one exercise; what is said of it stands from its sixth line on."""
    head = ["title: My plan", "exercises:", "  - name: Lift", f"    side: {side}", f"    instructions: {steps}"]
    return "\n".join((*head, *(f"    {key}" for key in keys))) + "\n"


ONE = entry("reps: 5")
PHASES = "title: My plan\nphases:\n  - title: Early\n    weeks: 1-2\n    exercises: [pelvic-tilt]\n"
BOTH_LEVELS = "progress: [{when: it is easy, reps: 6}]"

CASES = {
    "nothing says how much": Case(entry(), "plan.yaml:3:5: error[missing-key]", "tick: none"),
    "a hold and a duration": Case(
        entry("reps: 3", "hold: 5 s", "duration: 20 s"), "plan.yaml:8:15: error[dose-measures]", "leave one out"
    ),
    "a duration over an inherited hold": Case(
        "title: My plan\nexercises:\n  - exercise: knee-to-chest\n    duration: 1 min\n",
        "plan.yaml:4:15: error[dose-measures]", "hold: none clears what is inherited",
    ),
    "no end at all": Case(entry("reps: max", "hold: max"), "plan.yaml:7:11: error[dose-max]", "write a number"),
    "a whole day in sets": Case(
        entry("duration: 30 min a day", "sets: 2"), "plan.yaml:6:15: error[dose-duration]", "leave out sets"
    ),
    "a day's total twice a day": Case(
        entry("duration: 30 min a day", "times_per_day: 2"), "plan.yaml:6:15: error[dose-duration]", "times_per_day"
    ),
    "a pause between one": Case(entry("reps: 1", "relax: 5 s"), "plan.yaml:7:12: error[dose-pause]", "leave out relax"),
    "a rest after one set": Case(
        entry("reps: 5", "sets: 1", "rest: 5 s"), "plan.yaml:8:11: error[dose-pause]", "leave out rest"
    ),
    "hours on end": Case(entry("duration: 3 h"), "plan.yaml:6:15: error[dose-duration]", "for example"),
    "a bare duration": Case(entry("duration: 20"), "plan.yaml:6:15: error[dose-duration]", "duration: 20 min"),
    "a bare distance": Case(entry("distance: 20"), "plan.yaml:6:15: error[dose-distance]", "distance: 20 steps"),
    "an unknown unit": Case(entry("distance: 20 leagues"), "plan.yaml:6:15: error[dose-distance]", "for example"),
    "too long a pause": Case(entry("reps: 5", "relax: 11 min"), "plan.yaml:7:12: error[dose-relax]", "for example"),
    "a near miss of a time of day": Case(
        entry("reps: 5", "times_per_day: [mornig]"), "plan.yaml:7:21: error[dose-times]", "did you mean morning?"
    ),
    "a time of day twice": Case(
        entry("reps: 5", "times_per_day: [morning, morning]"), "plan.yaml:7:30: error[dose-times]", "name each once"
    ),
    "too often": Case(
        entry("reps: 5", "times_per_day: every 10 min"), "plan.yaml:7:20: error[dose-times]", "every 30 min to"
    ),
    "a load that is a switch": Case(entry("reps: 5", "load: no"), "plan.yaml:7:11: error[text]", "say what it is"),
    "a load without a unit": Case(entry("reps: 5", "load: 2"), "plan.yaml:7:11: error[text]", "2 kg"),
    "parts of what is done in turn": Case(
        entry("reps: 5", "parts: [up, down]", side="alternate"), "plan.yaml:7:12: error[dose-parts]", "side: each"
    ),
    "a single part": Case(entry("reps: 5", "parts: [up]"), "plan.yaml:7:5: error[dose-parts]", "for example"),
    "an unknown box": Case(entry("reps: 5", "tick: reps"), "plan.yaml:7:11: error[dose-tick]", "tick: set"),
    "a level above the steps": Case(
        entry("reps: 5", "level: 3", BOTH_LEVELS), "plan.yaml:7:12: error[dose-level]", "1 is the dose as it stands"
    ),
    "progress out of order": Case(
        entry("reps: 5", "progress: [{week: 4, reps: 6}, {week: 3, reps: 7}]"),
        "plan.yaml:7:5: error[dose-progress]", "order the steps",
    ),
    "a step that changes nothing": Case(
        entry("reps: 5", "progress: [{when: it is easy}]"), "plan.yaml:7:5: error[dose-progress]", "write a figure"
    ),
    "a step that takes away without a word": Case(
        entry("reps: 5", "load: 2 kg", "progress: [{week: 3, reps: 8, load: none}]"),
        "plan.yaml:8:41: error[dose-progress]", "like how: Without the weight.",
    ),
    "week 9 of 6": Case(
        entry("reps: 5", "weeks: 6", "progress: [{week: 9, reps: 6}]"),
        "plan.yaml:8:5: error[dose-progress]", "from the beginning of the plan",
    ),
    "week 9 of a phase of two": Case(
        PHASES.replace("[pelvic-tilt]", "[{exercise: pelvic-tilt, progress: [{week: 9, reps: 12}]}]"),
        "plan.yaml:5:41: error[dose-progress]", "from the beginning of the plan", ("-s", "left", "--phase", "1"),
    ),
    "a number for each side of both at once": Case(
        entry("reps: {affected: 5, other: 3}", side="bilateral", steps='["Lift."]'),
        "plan.yaml:6:11: error[dose-sides]", "write one number",
    ),
    "a number for each side where both are affected": Case(
        entry("reps: {affected: 5, other: 3}", side="each"),
        "plan.yaml:3:5: error[dose-sides]", "write one dose for both", ("-s", "both"),
    ),
    "a hold for each side": Case(
        entry("reps: 5", "hold: {affected: 5 s, other: 3 s}", side="each"),
        "plan.yaml:7:5: error[dose-sides]", "write the exercise twice, with side: affected",
    ),
    "a picture without what it shows": Case(
        entry("reps: 5", "picture: lift.svg"),
        "plan.yaml:7:14: error[mapping]", "write {file: …, shows: …, alt: …}",
    ),
    "phases and exercises": Case(
        PHASES + "exercises: [pelvic-tilt]\n", "plan.yaml:6:1: error[phases]", "move the exercises into the phases",
        ("-s", "left", "--phase", "1"),
    ),
    "no phase": Case(PHASES, "--phase: error[missing-phase]", "say which: 1 (Early), or all"),
    "phase 9 of 1": Case(
        PHASES, "--phase: error[phase]", "write the number of one of them", ("-s", "left", "--phase", "9")
    ),
    "a phase of a plan without any": Case(
        ONE, "--phase: error[no-phases]", "ask for no phase", ("-s", "left", "--phase", "1")
    ),
    "weeks the wrong way round": Case(
        PHASES.replace("1-2", "6-2"),
        "plan.yaml:4:12: error[weeks]",
        "for example weeks: 2-6",
        ("-s", "left", "--phase", "1"),
    ),
    "a section at the end": Case(
        ONE + "  - section: At the end\n", "plan.yaml:7:5: error[empty-section]", "put its exercises after it"
    ),
    "more to pick than there are": Case(ONE + "pick: 3\n", "plan.yaml:7:7: error[pick]", "choose fewer"),
    "an id that stands twice": Case(
        "title: My plan\nexercises:\n  - {exercise: pelvic-tilt, id: again}\n  - {exercise: bird-dog, id: again}\n",
        "plan.yaml:4:6: error[repeated-id]", "an id of its own",
    ),
    "a film that is not safe to open": Case(
        entry("reps: 5", "video: http://a.example/b"), "plan.yaml:7:12: error[video]", "begins with https://"
    ),
    "a film with too long an address": Case(
        entry("reps: 5", f"video: https://a.example/{'b' * 100}"), "plan.yaml:7:12: error[video]", "make a shorter one"
    ),
    "a clinic without a name": Case(
        ONE + "clinic: {phone: '1'}\n", "plan.yaml:7:1: error[missing-key]", "add name:"
    ),
    "somebody's side in nobody's plan": Case(
        ONE, "plan.yaml:3:5: error[nobodys-side]", "say whose side it is", ("-s", "none")
    ),
    "a whole side without then": Case(
        entry("reps: 5", side="each", steps='["Lie on your {other side}."]'),
        "plan.yaml:5:33: error[missing-then]", "add then:",
    ),
    "then where there is no second side": Case(
        entry("reps: 5", "then: Turn over.", side="bilateral", steps='["Lift."]'),
        "plan.yaml:7:11: error[never-printed]", "leave it out",
    ),
    "both sides of what leans on the other": Case(
        entry("reps: 5", "instructions_both: none"),
        "plan.yaml:3:5: error[not-for-both]", "instructions_both", ("-s", "both"),
    ),
    "both sides of stairs": Case(
        entry("reps: 5", side="asymmetric"), "plan.yaml:3:5: error[not-for-both]", "instructions_both", ("-s", "both")
    ),
    "a side written out in what must not be done": Case(
        ONE + "restrictions: Do not lie on your left side.\n", "plan.yaml:7:34: error[literal-side]", "{affected"
    ),
    "a side for an exercise that has none": Case(
        "title: My plan\nexercises:\n  - {exercise: pelvic-tilt, side: affected}\n",
        "plan.yaml:3:35: error[side-rule]", "leave it out",
    ),
    "a visit on no day": Case(
        ONE, "--next-visit: error[next-visit]", "2026-12-03 10:30", ("-s", "left", "--next-visit", "3 Dec")
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_plan_with_a_fault_is_refused_and_nothing_is_printed(case: Case, tmp_path: Path) -> None:
    write(tmp_path, case.text, "plan.yaml")
    result = run("build", "plan.yaml", *case.words, "-o", "sheet.pdf", folder=tmp_path)
    errors = [line for line in result.err.splitlines() if "error[" in line]
    assert result.code == 2
    assert result.out == b""
    assert errors[0].startswith(case.found), result.err
    after = result.err[result.err.index(errors[0]) :]
    hint = next(line for line in after.splitlines() if line.startswith("  hint: "))
    assert case.hint in hint
    # no hint guesses a side
    assert not {"--side left", "--side right", "side: left", "side: right"} & {case.hint, hint.removeprefix("  hint: ")}
    assert not (tmp_path / "sheet.pdf").exists()


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("clinic.yaml", "phone: '1'\n", "clinic.yaml:1:1: error[missing-key]"),
        ("clinic.yaml", "name: A\nlogo: no.svg\n", "clinic.yaml:2:7: error[missing-picture]"),
        ("clinic.yaml", "name: [\n", "clinic.yaml:"),
    ],
)
def test_a_clinic_s_file_with_a_fault_is_named(name: str, content: str, found: str, tmp_path: Path) -> None:
    write(tmp_path, ONE, "plan.yaml")
    write(tmp_path, content, name)
    result = run("build", "plan.yaml", "-s", "left", "--clinic", name, "-o", "sheet.pdf", folder=tmp_path)
    assert result.code == 2
    assert any(line.startswith(found) for line in result.err.splitlines()), result.err
    assert not (tmp_path / "sheet.pdf").exists()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


def thirty_megapixels() -> bytes:
    file = BytesIO()
    Image.new("1", (6000, 5000)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("logo.svg", SVG.format("<script>alert(1)</script>").encode(), "picture"),
        ("logo.svg", SVG.format(" " * 2_000_000).encode(), "picture-size"),
        ("logo.png", thirty_megapixels(), "picture-size"),
    ],
    ids=["a script", "two megabytes", "thirty megapixels"],
)
def test_a_logo_that_is_not_to_be_trusted_is_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    write(tmp_path, ONE + f"clinic: {{name: Riverside, logo: {name}}}\n", "plan.yaml")
    write(tmp_path, content, name)
    result = run("build", "plan.yaml", "-s", "left", "-o", "sheet.pdf", folder=tmp_path)
    assert result.code == 2
    assert f"plan.yaml:7:33: error[{code}] clinic.logo: {name}:" in result.err
    assert not (tmp_path / "sheet.pdf").exists()
