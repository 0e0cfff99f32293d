"""The commands: what goes to stdout, what to stderr, what is left behind, and the exit code."""

from __future__ import annotations

import json
import re
import shlex
import stat
from pathlib import Path
from typing import NoReturn

import pytest
from golden_text import path_of
from samples import EXERCISES, LANGUAGES, OWN, ROOT, SIDES, TEMPLATES, names, run, write

import pdfbuilder

DAILY = OWN + "times_per_day: 1\n"
GOOD = DAILY.encode()
BAD = OWN.replace("reps: 10", "rep: 10")
SAID_OF_BAD = """\
routine.yaml:3:5: error[missing-key] exercises[0].reps: the key reps is missing
    - name: Heel slide
      ^^^^
  hint: add reps: 10, duration: 5 min or distance: 20 m; for what is learnt and not counted, tick: none
routine.yaml:5:5: error[unknown-key] exercises[0].rep: unknown key rep
    rep: 10
    ^^^
  hint: did you mean reps?
"""


# --------------------------------------------------------------------------- build


@pytest.mark.slow
def test_a_sheet_is_made_beside_you_and_named_after_routine_and_side(tmp_path: Path) -> None:
    result = run("build", "sciatica-starter", "--side", "left", folder=tmp_path)
    assert (result.code, result.out) == (0, b"")
    assert result.err.startswith("sciatica-starter-left.pdf: left side, ")
    assert result.err.count("\n") == 1
    assert names(tmp_path) == ["sciatica-starter-left.pdf"]
    path = tmp_path / "sciatica-starter-left.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.slow
def test_a_sheet_on_standard_output_is_the_file_and_nothing_else(tmp_path: Path) -> None:
    result = run("build", "sciatica-starter", "-s", "left", "-o", "-", folder=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert names(tmp_path) == []
    assert result.out == pdfbuilder.build("sciatica-starter", "left")


@pytest.mark.parametrize("words", [[], ["--template", "look.yaml"]])
def test_a_file_that_is_read_is_not_written_over(tmp_path: Path, words: list[str]) -> None:
    write(tmp_path, GOOD, "knees.yaml")
    write(tmp_path, "extends: handout\n", "look.yaml")
    path = tmp_path / (words[-1] if words else "knees.yaml")
    before = path.read_bytes()
    result = run("build", "knees.yaml", "-s", "left", *words, "-o", f"./{path.name}", folder=tmp_path)
    assert result.code == 2
    assert f"{path.name}: error[output-input] the file is read for this, and would be lost" in result.err
    assert path.read_bytes() == before


def test_a_picture_that_is_printed_is_not_written_over(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1L9 1L9 9Z"/></svg>'
    write(tmp_path, drawing, "heel.svg")
    exercise = (
        "name: A\nside: bilateral\nreps: 1\ninstructions: [Lift.]\n"
        "picture: {file: heel.svg, shows: neither, alt: A triangle.}\n"
    )
    write(tmp_path, exercise, "heel.yaml")
    write(tmp_path, "title: A\nexercises: [./heel.yaml]\n", "plan.yaml")
    for words in (
        ["build", "plan.yaml", "-s", "left", "-o", "heel.svg"],
        ["show-picture", "heel.yaml"],  # whose name would be heel.svg
        ["show-picture", "heel.yaml", "-o", "./heel.svg"],
    ):
        result = run(*words, folder=tmp_path)
        assert result.code == 2
        assert "heel.svg: error[output-input] the file is read for this, and would be lost" in result.err
        assert (tmp_path / "heel.svg").read_text() == drawing
    assert names(tmp_path) == ["heel.svg", "heel.yaml", "plan.yaml"]


@pytest.mark.slow
def test_the_same_order_makes_the_same_bytes(tmp_path: Path) -> None:
    words = ("build", "sciatica-starter", "-s", "right", "-n", "Ann Smith", "-d", "2026-11-21")
    for name in ("a.pdf", "b.pdf"):
        assert run(*words, "-o", name, folder=tmp_path).code == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_users_file_is_named_after_itself(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "knees.yaml")
    result = run("build", "knees.yaml", "-s", "both", folder=tmp_path)
    assert result.code == 0
    assert result.err.startswith("knees-both.pdf: both sides, ")
    assert names(tmp_path) == ["knees-both.pdf", "knees.yaml"]


def test_no_patient_is_in_a_file_name(tmp_path: Path) -> None:
    assert run("build", "back-mobility", "-s", "left", "-n", "Ann Smith", folder=tmp_path).code == 0
    assert names(tmp_path) == ["back-mobility-left.pdf"]


def test_a_routine_comes_from_standard_input(tmp_path: Path) -> None:
    result = run("build", "-", "-s", "left", folder=tmp_path, stdin=GOOD)
    assert result.code == 0
    assert names(tmp_path) == ["routine-left.pdf"]


def test_what_is_wrong_on_standard_input_is_said_of_it(tmp_path: Path) -> None:
    result = run("build", "-", "-s", "left", folder=tmp_path, stdin=b"title: A\n")
    assert result.code == 2
    assert result.err.startswith("<stdin>:1:1: error[missing-key] exercises: ")


def test_a_routine_may_name_its_side(tmp_path: Path) -> None:
    write(tmp_path, OWN + "side: right\n")
    assert run("build", "routine.yaml", folder=tmp_path).code == 0
    assert names(tmp_path) == ["routine-right.pdf", "routine.yaml"]


@pytest.mark.parametrize(
    "words",
    [["build", "sciatica-starter"], ["show", "sciatica-starter"], ["show-picture", "bird-dog"],
     ["batch", "roster.csv", "-r", "sciatica-starter", "-o", "out"]],
)  # fmt: skip
def test_two_sides_are_an_error(tmp_path: Path, words: list[str]) -> None:
    write(tmp_path, "id\np1\n", "roster.csv")
    result = run(*words, "--side", "left", "-s", "right", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err == (
        "--side: error[side] expected one side, got left and right\n  hint: say it once; for both, write --side both\n"
    )
    assert names(tmp_path) == ["roster.csv"]


def test_a_side_may_be_said_twice_if_it_is_the_same(tmp_path: Path) -> None:
    result = run("show", "sciatica-starter", "--side", "left", "-s", "L", folder=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert run("show", "sciatica-starter", "--side", "left", "-s", "lft", folder=tmp_path).code == 2


def test_a_side_that_contradicts_the_routine_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, OWN + "side: right\n")
    result = run("build", "routine.yaml", "-s", "left", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert (
        result.err
        == """\
routine.yaml:8:7: error[side-contradiction] side: the routine is written for right, and the sheet was to be for left
    side: right
          ^^^^^
  hint: ask for no side, or take a routine that fits it
"""
    )
    assert names(tmp_path) == ["routine.yaml"]


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_template_works_by_name_on_every_paper(tmp_path: Path, template: str, paper: str) -> None:
    words = ("-s", "left", "-t", template, "--paper", paper, "-o", "-")
    assert run("build", "sciatica-starter", *words, folder=tmp_path).out.startswith(b"%PDF-")


@pytest.mark.slow
def test_a_users_template_and_language_work_by_path(tmp_path: Path) -> None:
    write(tmp_path, "extends: large-print\nboxes: {size: 8, pitch: 10}\n", "ours.yaml")
    language, routine = (str(LANGUAGES / "de" / name) for name in ("language.yaml", "routine.yaml"))
    result = run("build", routine, "-s", "left", "-t", "ours.yaml", "-l", language, "-o", "a.pdf", folder=tmp_path)
    assert (result.code, result.out) == (0, b"")
    assert names(tmp_path) == ["a.pdf", "ours.yaml"]


@pytest.mark.slow
def test_a_warning_stops_nothing(tmp_path: Path) -> None:
    result = run("build", "sciatica-complete", "-s", "left", "-o", "a.pdf", folder=tmp_path)
    assert result.code == 0
    assert "warning[many-exercises]" in result.err
    assert names(tmp_path) == ["a.pdf"]


@pytest.mark.parametrize(
    ("words", "found", "hint"),
    [
        ("sciatica-starter", "--side: error[missing-side] expected the affected side; there is no default",
         "say which: left, right, both or none"),
        ("sciatica-starter -s lft", '--side: error[side] expected left, right, both or none, got "lft"',
         "write one of the four, or l, r or b"),
        ("sciatica-startr -s left", "ROUTINE: error[unknown-routine] there is no routine 'sciatica-startr'",
         "did you mean sciatica-starter or sciatica-complete?"),
        ("none.yaml -s left", "none.yaml: error[missing-file] there is no such file", "check the path"),
        ("./ -s left", ".: error[directory] expected a file, got a folder", "name one file inside it"),
        ("back-mobility -s left -t fridg", "--template: error[unknown-template] there is no template 'fridg'",
         "did you mean fridge?"),
        ("back-mobility -s left -l xx", "--lang: error[unknown-language] there is no language 'xx'",
         "known: en; one of your own is named by its path"),
        ("back-mobility -s left -o no/a.pdf", "no/a.pdf: error[output-folder] there is no folder no",
         "make the folder first"),
        ("back-mobility -s left -o .", ".: error[output-directory] expected a file's name, got a folder",
         "add a file's name"),
        ("back-mobility -s left -o /dev/null", "/dev/null: error[output] expected a file's name, got a device",
         "name an ordinary file"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_said_and_nothing_is_left_behind(
    tmp_path: Path, words: str, found: str, hint: str
) -> None:
    result = run("build", *words.split(), folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err == f"{found}\n  hint: {hint}\n"
    assert names(tmp_path) == []


def test_all_words_that_are_wrong_are_said_at_once(tmp_path: Path) -> None:
    result = run("build", "x", "--paper", "a3", "--tick", "x", "-d", "x", "-s", "x", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert (
        result.err
        == """\
--side: error[side] expected left, right, both or none, got "x"
  hint: write one of the four, or l, r or b
--date: error[date] expected a day as YYYY-MM-DD, from 1900 to 2199, got "x"
  hint: write it like 2026-11-21
--paper: error[paper] expected one of a4, letter, a5, got "a3"
  hint: for example a4
--tick: error[tick] expected one of auto, rep, set, session, got "x"
  hint: for example auto
"""
    )


def test_a_file_with_faults_leaves_an_older_sheet_alone(tmp_path: Path) -> None:
    write(tmp_path, BAD)
    write(tmp_path, b"old", "a.pdf")
    result = run("build", "routine.yaml", "-s", "left", "-o", "a.pdf", folder=tmp_path)
    assert (result.code, result.err) == (2, SAID_OF_BAD)
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf", "routine.yaml"]


def test_a_symbolic_link_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    write(tmp_path, b"old", "target.pdf")
    (tmp_path / "a.pdf").symlink_to("target.pdf")
    result = run("build", "back-mobility", "-s", "left", "-o", "a.pdf", folder=tmp_path)
    assert result.code == 2
    assert result.err.startswith("a.pdf: error[output-link] the file is a symbolic link\n")
    assert (tmp_path / "target.pdf").read_bytes() == b"old"


@pytest.mark.slow
def test_a_link_at_the_default_place_is_refused_too(tmp_path: Path) -> None:
    write(tmp_path, b"old", "target.pdf")
    (tmp_path / "back-mobility-left.pdf").symlink_to("target.pdf")
    assert run("build", "back-mobility", "-s", "left", folder=tmp_path).code == 2
    assert (tmp_path / "target.pdf").read_bytes() == b"old"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "words", "found"),
    [
        ("My plan", "My 🦵 plan", [], "routine.yaml:1:8: error[missing-glyph]"),
        ("Slide your", "🦵 your", [], "routine.yaml:7:9: error[missing-glyph]"),
        ("reps: 10", "reps: 10\n    load: 🦵", [], "routine.yaml:6:11: error[missing-glyph]"),
        ("reps: 10", "reps: 10\n    note: 🦵", [], "routine.yaml:6:11: error[missing-glyph]"),
        # named once, though an entry says it twice
        ("reps: 10", "reps: 10\n    parts: [🦵, b]\n    equipment: 🦵", [], "routine.yaml:3:5: error[missing-glyph]"),
        ("", "", ["-n", "Ann 🦵"], "--name: error[missing-glyph]"),
        ("", "", ["--emergency-number", "🦵"], "--emergency-number: error[missing-glyph]"),
    ],
)
def test_a_character_that_no_font_has_is_reported_where_it_was_written(
    tmp_path: Path, before: str, after: str, words: list[str], found: str
) -> None:
    write(tmp_path, OWN.replace(before, after) if before else OWN)
    result = run("build", "routine.yaml", "-s", "left", *words, folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err.startswith(f"{found} no font has the character 🦵 (U+1F9B5, leg)\n")
    assert result.err.count("error[") == 1
    assert names(tmp_path) == ["routine.yaml"]


# --------------------------------------------------------------------------- faults


def test_a_fault_of_ours_is_a_line_without_traceback_and_without_anything_of_a_patient(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("Ann Smith")

    monkeypatch.setattr("pdfbuilder.pipeline.resolve", fail)
    result = run("build", "back-mobility", "-s", "left", "-n", "Ann Smith", "-o", "a.pdf", folder=tmp_path)
    assert (result.code, result.out) == (1, b"")
    first, hint, rest = result.err.split("\n")
    assert first.startswith("pdfbuilder: a fault in the program (RuntimeError at test_commands.py:")
    assert first.endswith(")")
    assert hint == "  hint: please report this line, with the command that you gave"
    assert rest == ""
    assert "Ann" not in result.err
    assert names(tmp_path) == []


@pytest.mark.parametrize("command", ["build", "show"])
def test_whoever_stops_the_program_gets_130(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    def stop(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("pdfbuilder.pipeline.resolve", stop)
    result = run(command, "back-mobility", "-s", "left", folder=tmp_path)
    assert (result.code, result.out) == (130, b"")
    assert "Traceback" not in result.err
    assert names(tmp_path) == []


# --------------------------------------------------------------------------- show


@pytest.mark.parametrize(("routine", "side"), [("sciatica-starter", "left"), ("sciatica-complete", "both")])
def test_show_prints_the_reviewed_text(tmp_path: Path, routine: str, side: str) -> None:
    result = run("show", routine, "--side", side, folder=tmp_path)
    assert result.code == 0
    assert result.text == path_of(routine, side).read_text(encoding="utf-8")
    assert ("many-exercises" in result.err) is (routine == "sciatica-complete")
    assert names(tmp_path) == []


@pytest.mark.slow
def test_show_takes_name_date_number_and_language(tmp_path: Path) -> None:
    words = ("-n", "Ann Smith", "-d", "2026-11-21", "-l", "en-US", "--emergency-number", "123")
    result = run("show", "back-mobility", "-s", "left", *words, folder=tmp_path)
    assert "\nAnn Smith · November 21, 2026 · about 11 minutes a day\n" in result.text
    assert "\nCall 123 or go to the ER now, for\n" in result.text
    assert "\n  Sun Mon Tue Wed Thu Fri Sat\n" in result.text
    assert "Call" not in run("show", "back-mobility", "-s", "left", "--no-safety", folder=tmp_path).text


def test_show_refuses_what_build_refuses(tmp_path: Path) -> None:
    write(tmp_path, BAD)
    result = run("show", "routine.yaml", "-s", "left", folder=tmp_path)
    assert (result.code, result.out, result.err) == (2, b"", SAID_OF_BAD)


# --------------------------------------------------------------------------- check


def test_check_says_ok_of_what_is_right(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "extends: fridge\n", "template.yaml")
    result = run("check", "routine.yaml", "template.yaml", folder=tmp_path)
    assert (result.code, result.text, result.err) == (0, "routine.yaml: ok\ntemplate.yaml: ok\n", "")


def test_check_goes_on_after_a_file_with_faults(tmp_path: Path) -> None:
    write(tmp_path, BAD)
    write(tmp_path, GOOD, "good.yaml")
    result = run("check", "routine.yaml", "none.yaml", "good.yaml", folder=tmp_path)
    assert (result.code, result.text) == (2, "good.yaml: ok\n")
    assert result.err == SAID_OF_BAD + "none.yaml: error[missing-file] there is no such file\n  hint: check the path\n"


def test_check_reads_standard_input(tmp_path: Path) -> None:
    result = run("check", "-", folder=tmp_path, stdin=GOOD)
    assert (result.code, result.text) == (0, "-: ok\n")


SIGNED = "{by: Ann, on: 2026-11-21}"


def test_a_warning_is_no_error_unless_check_is_strict(tmp_path: Path) -> None:
    write(tmp_path, f"side: left\nsafety: none\n{DAILY.replace('{affected heel}', 'left heel')}reviewed: {SIGNED}\n")
    loose = run("check", "routine.yaml", folder=tmp_path)
    assert (loose.code, loose.out) == (0, b"")
    assert [line.split(" ")[1] for line in loose.err.split("\n") if line.startswith("routine")] == [
        "warning[no-side-word]", "warning[literal-side]",
    ]  # fmt: skip
    assert run("check", "--strict", "routine.yaml", folder=tmp_path).code == 2


@pytest.mark.slow
def test_strict_check_wants_every_part_reviewed(tmp_path: Path) -> None:
    path = ROOT / "content" / "en" / "exercises" / "bird-dog.yaml"
    result = run("check", "--strict", str(path), folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert (
        result.err
        == f"""\
{path}:1:1: warning[not-reviewed] reviewed: no clinician has reviewed this
    name: Bird dog
    ^^^^
  hint: reviewed: {{by: name and profession, on: date}}, once one has
"""
    )
    starter = run("check", "--strict", str(ROOT / "content/en/routines/sciatica-starter.yaml"), folder=tmp_path)
    # four exercises, the safety block and the background
    assert starter.err.count("warning[not-reviewed]") == 7


def test_check_knows_a_language_of_ones_own(tmp_path: Path) -> None:
    language, routine = (str(LANGUAGES / "de" / name) for name in ("language.yaml", "routine.yaml"))
    assert run("check", routine, folder=tmp_path).code == 2
    assert run("check", routine, "--lang", language, folder=tmp_path).code == 0


def test_check_says_which_option_names_no_language(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    result = run("check", "routine.yaml", "--lang", "xx", folder=tmp_path)
    assert result.code == 2
    assert result.err.startswith("--lang: error[unknown-language] there is no language 'xx'\n")


def test_check_reads_a_language_from_standard_input(tmp_path: Path) -> None:
    result = run("check", "-", folder=tmp_path, stdin=(LANGUAGES / "de" / "language.yaml").read_bytes())
    assert (result.code, result.text, result.err) == (0, "-: ok\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["exercises", "routines", "safety"])
def test_nothing_that_ships_is_complained_about(tmp_path: Path, kind: str) -> None:
    """For each side and in each template, as far as its words and their places go."""
    paths = sorted(str(path) for path in (ROOT / "content" / "en" / kind).iterdir())
    paths = [path for path in paths if "sciatica-complete" not in path]
    result = run("check", *paths, folder=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.text == "".join(f"{path}: ok\n" for path in paths)


def test_one_box_is_no_boxes(tmp_path: Path) -> None:
    write(tmp_path, "title: A\ntimes_per_day: 1\nexercises: [{exercise: pelvic-tilt, days: [mon], tick: session}]\n")
    found = run("build", "routine.yaml", "-s", "left", "-o", "a.pdf", folder=tmp_path)
    assert found.err.endswith("a.pdf: left side, 1 page, 1 box\n")


def test_a_week_that_takes_fewer_pages_held_the_other_way_says_so(tmp_path: Path) -> None:
    words = ("build", "hip-strength", "-s", "left", "-t", "fridge", "-o", "a.pdf")
    found = run(*words, folder=tmp_path)
    assert "--orientation: warning[layout] in portrait it takes 1 page\n" in found.err
    upright = run(*words, "--orientation", "portrait", folder=tmp_path)
    assert "a.pdf: left side, 1 page, " in upright.err
    assert "--orientation" not in upright.err


# --------------------------------------------------------------------------- list, new, schema


def test_list_shows_what_ships(tmp_path: Path) -> None:
    assert (
        run("list", "routines", folder=tmp_path).text
        == """\
ankle-sprain          The first six weeks after a sprain, in three phases.
back-mobility         Four gentle movements for the lower back.
frozen-shoulder       Five gentle ones for a shoulder that is more stiff than sore.
hamstring-stretches   Three stretches for the back of the thigh; not for the first weeks.
hip-strength          Four for a weak hip, lying and standing.
knee-replacement      The first twelve weeks with a new knee, in three phases.
piriformis-stretches  Three stretches for the muscle deep in the buttock.
sciatica-complete     All twelve, to choose from: nobody does twelve well.
sciatica-starter      Four gentle ones lying down, and a walk: a first sheet.
steady-on-your-feet   Five against falls, all holding on.
stiff-neck            Four gentle ones, all sitting.
"""
    )
    assert run("list", "languages", folder=tmp_path).text == (
        "en  English (en-GB, en-US, en-IE, en-AU, en-NZ, en-CA)\n"
    )
    exercises = run("list", "exercises", folder=tmp_path).text.splitlines()
    assert [line.split()[0] for line in exercises] == list(EXERCISES)
    assert exercises[5] == "bird-dog                 Bird dog (alternate, back)"
    templates = run("list", "templates", folder=tmp_path).text.splitlines()
    assert [line.split()[0] for line in templates] == list(TEMPLATES)


def test_list_without_a_kind_shows_all_kinds(tmp_path: Path) -> None:
    result = run("list", folder=tmp_path)
    parts = result.text.split("\n\n")
    assert [part.split("\n")[0] for part in parts] == ["exercises:", "routines:", "templates:", "languages:"]
    assert parts[0].split("\n")[6] == "  bird-dog                 Bird dog (alternate, back)"
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("exercises --region knee --equipment chair", "seated-knee-straighten sit-to-stand"),
        ("--region KNEE --equipment Stairs", "stairs"),
        ("--equipment band", "band-row band-turn-out"),
        # also for what an exercise is for beside its foremost region
        ("exercises --region balance --equipment chair", "sit-to-stand"),
        ("exercises --search heel", "heel-raise heel-slide heel-to-toe-stand heel-to-toe-walk standing-knee-bend"),
        ("exercises --search HEEL --region balance", "heel-raise heel-to-toe-stand heel-to-toe-walk"),
        ("routines --search falls", "steady-on-your-feet"),
        ("exercises --search nothing-of-the-kind", ""),
    ],
)
def test_list_finds_exercises_by_region_equipment_and_words(tmp_path: Path, words: str, ids: str) -> None:
    result = run("list", *words.split(), folder=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert [line.split()[0] for line in result.text.splitlines()] == ids.split()


def test_list_searches_all_kinds_for_all_words(tmp_path: Path) -> None:
    result = run("list", "--search", "knee three", folder=tmp_path)
    assert result.text == ("routines:\n  knee-replacement  The first twelve weeks with a new knee, in three phases.\n")


def test_list_refuses_a_region_that_there_is_not(tmp_path: Path) -> None:
    result = run("list", "--region", "nee", folder=tmp_path)
    assert (result.code, result.text) == (2, "")
    assert result.err.startswith("list: error[region] expected one of back, hip, knee, ")
    assert result.err.endswith(', got "nee"\n  hint: did you mean knee?\n')


def test_list_says_that_only_exercises_need_things(tmp_path: Path) -> None:
    result = run("list", "routines", "--equipment", "chair", folder=tmp_path)
    assert (result.code, result.text) == (2, "")
    said = "list: error[kind] --equipment is for exercises, but routines are asked for"
    assert result.err == f"{said}\n  hint: pdfbuilder list exercises\n"


def test_list_refuses_a_kind_that_there_is_not(tmp_path: Path) -> None:
    result = run("list", "routine", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err.endswith("  hint: did you mean routines?\n")


@pytest.mark.slow
def test_new_writes_a_starter_that_checks_shows_and_builds(tmp_path: Path) -> None:
    result = run("new", "mine.yaml", folder=tmp_path)
    assert (result.code, result.out) == (0, b"")
    assert result.err == (
        "mine.yaml: edit it, then, with left, right, both or none for SIDE: pdfbuilder build mine.yaml --side SIDE\n"
    )
    assert run("check", "mine.yaml", folder=tmp_path).text == "mine.yaml: ok\n"
    for side in SIDES:
        assert run("show", "mine.yaml", "-s", side, folder=tmp_path).err == ""
        assert run("build", "mine.yaml", "-s", side, folder=tmp_path).code == 0
    assert names(tmp_path) == ["mine-both.pdf", "mine-left.pdf", "mine-right.pdf", "mine.yaml"]


@pytest.mark.parametrize("name", ["sciatica-starter", "plan", "Ann's plan.yaml", "-s.yaml", "sub/plan"])
def test_the_command_that_new_prints_builds_that_file_and_for_no_side_by_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    printed = run("new", "--", name, folder=tmp_path).err
    program, *words = shlex.split(printed.partition(" for SIDE: ")[2])
    assert program == "pdfbuilder"
    refused = run(*words, folder=tmp_path)
    assert (refused.code, names(tmp_path)) == (2, sorted({"sub", name.partition("/")[0]}))
    assert 'expected left, right, both or none, got "SIDE"' in refused.err
    # What is built is what stands in the file.
    (tmp_path / name).write_text(DAILY)
    shown = run("show", *words[1:-1], "left", "--no-safety", folder=tmp_path)
    assert (shown.code, shown.err) == (0, "")
    assert "Heel slide" in shown.text


def test_new_never_replaces_anything(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "mine.yaml")
    result = run("new", "mine.yaml", folder=tmp_path)
    assert (result.code, result.err) == (
        2, "mine.yaml: error[output-exists] the file exists already\n  hint: choose another name\n",
    )  # fmt: skip
    assert (tmp_path / "mine.yaml").read_bytes() == GOOD


@pytest.mark.parametrize("kind", ["exercise", "routine", "template", "language", "roster", "settings"])
def test_schema_prints_json(tmp_path: Path, kind: str) -> None:
    result = run("schema", kind, folder=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_refuses_a_kind_that_there_is_not(tmp_path: Path) -> None:
    result = run("schema", "rotine", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err == (
        "schema: error[kind] expected one of exercise, routine, template, language, safety, about, clinic, roster, "
        'settings, got "rotine"\n'
        "  hint: did you mean routine or roster?\n"
    )


# --------------------------------------------------------------------------- what is checked is printed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "sides"),
    [
        # what cannot be printed for any side is wrong
        (OWN.replace("down.", "down ✓"), []),
        (OWN.replace("My plan", "For your {affected leg}").replace("title:", "side: both\ntitle:"), []),
        ("title: A\nlanguage: es\nsafety: none\nexercises: [pelvic-tilt]\n", []),
        # what cannot for some has a warning that names them
        (OWN.replace("My plan", "For your {affected leg}"), ["left", "right"]),
        (OWN + "    instructions_both: none\n", ["left", "right"]),
        (OWN.replace("Slide your", "Lie on your {other side}. Slide your"), ["left", "right"]),
        # and all else can
        (OWN, ["left", "right", "both"]),
        (OWN.replace("down.", "10\u201115 cm, 5\u2032 \u2014 non\u00adstop\u2007now."), ["left", "right", "both"]),
        (OWN.replace("title:", "side: right\ntitle:"), ["right"]),
    ],
)
def test_what_check_accepts_build_prints_and_what_it_warns_of_build_refuses(
    tmp_path: Path, text: str, sides: list[str]
) -> None:
    write(tmp_path, text)
    spanish = str(LANGUAGES / "es" / "language.yaml")
    checked = run("check", "routine.yaml", "--lang", spanish if "language: es" in text else "en", folder=tmp_path)
    assert checked.code == (0 if sides else 2)
    stated = "side: right" in text
    for side in ("left", "right", "both"):
        named = f"warning[not-for-side] it cannot be printed for {side}: " in checked.err
        assert named is (bool(sides) and side not in sides and not stated)
        if not stated:
            built = run("build", "routine.yaml", "-s", side, "-o", "-", folder=tmp_path)
            assert built.code == (0 if side in sides else 2)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("safety.yaml", "emergency: [a, 'fällt 腰']\nadvice: A.\nsources: [{title: A}]\n", ":1:23"),
        ("safety.yaml", 'emergency: [a, "f\\u8170"]\nadvice: A.\nsources: [{title: A}]\n', ""),
        ("about.yaml", "title: A\nparagraphs: [☐]\n", ":2:14"),
    ],
)
def test_a_character_that_no_font_has_is_found_by_check_in_every_file(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    write(tmp_path, text, name)
    result = run("check", name, folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err.startswith(f"{name}{place}: error[missing-glyph] no font has the character ")


def test_each_phase_of_a_diary_is_tried_by_check(tmp_path: Path) -> None:
    phases = "\n".join(
        f"  - {{title: {each}, weeks: 1, exercises: [{{exercise: clam, name: {each}}}]}}" for each in "A腰"
    )
    write(tmp_path, f"title: My plan\nsafety: none\nsheet: {{template: diary}}\nphases:\n{phases}\n")
    result = run("check", "routine.yaml", folder=tmp_path)
    assert result.code == 2
    assert "routine.yaml:6:13: error[missing-glyph] no font has the character 腰" in result.err


def test_check_tries_a_paper_with_the_templates_that_are_for_it(tmp_path: Path) -> None:
    """An exercise that large print, which is not for A5, would not hold."""
    parts = ", ".join(letter * 24 for letter in "abcdef")
    exercise = f"{{exercise: calf-stretch, times_per_day: 8, sets: 9, parts: [{parts}]}}"
    write(tmp_path, f"title: My plan\nsafety: none\nsheet: {{paper: a5}}\nexercises:\n  - {exercise}\n")
    assert run("build", "routine.yaml", "-s", "left", folder=tmp_path).code == 0
    assert run("check", "routine.yaml", folder=tmp_path).code == 0
    write(tmp_path, "title: My plan\nsafety: none\nsheet: {template: fridge, paper: a5}\nexercises: [clam]\n")
    for command in (("build", "routine.yaml", "-s", "left"), ("check", "routine.yaml")):
        result = run(*command, folder=tmp_path)
        assert result.code == 2
        assert result.err.startswith("routine.yaml:3:34: error[paper] sheet.paper: the template fridge is for a4 or ")


def test_a_template_that_no_page_holds_is_found_by_check(tmp_path: Path) -> None:
    write(tmp_path, "extends: handout\npage: {paper: a5, margins: {left: 60, right: 60}}\n", "narrow.yaml")
    result = run("check", "narrow.yaml", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert "narrow.yaml: error[paper]" in result.err


# --------------------------------------------------------------------------- warning signs


KNEE = DAILY.replace("side: affected", "side: affected\n    region: knee")


def test_a_routine_that_names_no_warning_signs_has_the_general_ones_and_never_those_of_sciatica(tmp_path: Path) -> None:
    write(tmp_path, DAILY)
    for side in ("left", "both"):
        shown = run("show", "routine.yaml", "-s", side, folder=tmp_path)
        assert (shown.code, shown.err) == (0, "")
        assert "chest pain" in shown.text
        assert not re.search(r"both legs|genitals|\bpee\b|sciatica", shown.text, re.IGNORECASE)


@pytest.mark.slow
def test_warning_signs_of_its_own_that_a_region_has_are_missed(tmp_path: Path) -> None:
    write(tmp_path, KNEE)
    for command in (["check"], ["build", "-s", "left"]):
        said = run(*command, "routine.yaml", folder=tmp_path).err
        assert "warning[safety-region] safety: it has exercises for the knee, but its warning signs are general" in said
        assert "hint: add safety: knee, or a list of those that fit" in said
    write(tmp_path, f"safety: [sciatica, knee]\n{KNEE}")
    assert run("check", "routine.yaml", folder=tmp_path).err == ""
    shown = run("show", "routine.yaml", "-s", "left", folder=tmp_path).text
    # tiers joined, equal lines once
    assert shown.count("one calf swells, turns hot or is sore to touch") == 1
    assert shown.index("both legs weak") < shown.index("a knee or kneecap that looks out of place")
    write(tmp_path, f"safety: none\n{KNEE}")
    assert run("check", "routine.yaml", folder=tmp_path).err == ""
    assert "Call" not in run("show", "routine.yaml", "-s", "left", folder=tmp_path).text


@pytest.mark.slow
def test_other_warning_signs_can_be_asked_for(tmp_path: Path) -> None:
    write(tmp_path, KNEE)

    def signs(*options: str) -> str:
        result = run("show", "routine.yaml", "-s", "left", *options, folder=tmp_path)
        assert result.code == 0
        return result.err + result.text

    assert "kneecap" in signs("--safety", "knee")
    assert "warning[" not in signs("--safety", "knee")
    assert "kneecap" in signs("--safety", "knee", "--safety", "ankle")
    assert "four steps" in signs("--safety", "knee", "--safety", "ankle")
    assert "Call" not in signs("--safety", "none")
    assert signs("--safety", "none") == signs("--no-safety") == signs("--no-safety", "--safety", "none")
    assert "\nCall 112 or go to A&E now, for\n" in signs("--emergency-number", "112")
    assert "\nCall 0300 123 today, if\n" in signs("--urgent-number", "0300 123")
    for options, said in (
        (["--safety", "knees"], "--safety: error[unknown-safety] there is no safety block 'knees'"),
        (["--no-safety", "--safety", "knee"], "--no-safety: error[safety] --safety asks for knee"),
        (["--safety", "knee", "--safety", "none"], "--safety: error[safety] none does not go with others"),
    ):
        result = run("build", "routine.yaml", "-s", "left", *options, folder=tmp_path)
        assert (result.code, result.err.split("\n")[0]) == (2, said)


def test_a_language_without_general_signs_says_so_in_the_routine(tmp_path: Path) -> None:
    text = (LANGUAGES / "es" / "routine.yaml").read_text().replace("safety: ./safety.yaml\n", "")
    write(tmp_path, text)
    options = ["routine.yaml", "-s", "left", "--lang", str(LANGUAGES / "es" / "language.yaml")]
    result = run("build", *options, folder=tmp_path)
    assert (result.code, result.err.split("\n")[0]) == (
        2, "routine.yaml:1:1: error[missing-safety] safety: there are no general warning signs in 'es'",
    )  # fmt: skip
    assert run("build", *options, "--no-safety", folder=tmp_path).code == 0


@pytest.mark.slow
def test_on_the_paper_of_another_country_it_is_said_once_whose_numbers_are_printed(tmp_path: Path) -> None:
    def said(*options: str) -> str:
        return run("build", "back-mobility", "-s", "left", "-o", "-", *options, folder=tmp_path).err

    assert said("--paper", "letter").split("\n")[0] == (
        "--lang: warning[whose-numbers] the numbers to call are those of GB: 999 and 111"
    )
    assert said("--paper", "letter").count("warning[") == 1
    assert "the number to call is that of GB: 111\n" in said("--paper", "letter", "--emergency-number", "911")
    for options in (
        ["--paper", "a4"],
        ["--paper", "letter", "--lang", "en-US"],
        ["--paper", "letter", "--lang", "en-GB"],
        ["--paper", "letter", "--no-safety"],
        ["--paper", "letter", "--emergency-number", "911", "--urgent-number", "311"],
    ):
        assert "whose-numbers" not in said(*options)


# --------------------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (["bild"], "No such command 'bild'"),
        (["build"], "Missing argument 'ROUTINE'"),
        (["build", "x", "--sid", "left"], "No such option: --sid (Possible options: --id, --side)"),
        (["build", "x", "--reps", "8"], "No such option: --reps\n"),
        (["check"], "Missing argument 'PATH...'"),
        (["new"], "Missing argument 'FILE'"),
        (["build", "x", "-s"], "requires an argument"),
    ],
)
def test_bad_usage_is_2(tmp_path: Path, words: list[str], err: str) -> None:
    result = run(*words, folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert err in result.err


def test_version(tmp_path: Path) -> None:
    from importlib.metadata import version

    result = run("--version", folder=tmp_path)
    assert (result.code, result.text) == (0, f"{version('pdfbuilder')}\n")


def test_help_names_every_command(tmp_path: Path) -> None:
    text = run("--help", folder=tmp_path).text
    for command in ("build", "show", "check", "list", "new", "schema"):
        assert f"\n  {command} " in text
        page = run(command, "-h", folder=tmp_path)
        assert page.code == 0
        assert page.text.startswith(f"Usage: pdfbuilder {command} ")


@pytest.mark.parametrize(
    "option",
    ["--side", "--output", "-o", "--template", "-t", "--lang", "--paper", "--name", "--date", "--tick", "--fillable",
     "--no-safety", "--emergency-number"],
)  # fmt: skip
def test_build_has_the_options_of_the_contract(tmp_path: Path, option: str) -> None:
    assert f"{option}" in run("build", "--help", folder=tmp_path).text.replace(",", " ").split()


def test_what_a_page_does_not_hold_is_named_with_its_template(tmp_path: Path) -> None:
    step = "{when: you can do it for half a minute without any help, how: Let go with one hand and then the other}"
    exercise = f"{{exercise: single-leg-stand, progress: [{', '.join([step] * 8)}]}}"
    write(tmp_path, f"title: A\nexercises: [{exercise}]\n", "plan.yaml")
    done = run("build", "plan.yaml", "-s", "left", "-t", "fridge", folder=tmp_path)
    assert "a page of the template fridge does not hold the exercise 'Stand on one leg'" in done.err
    assert "hold it upright" in done.err
    checked = run("check", "plan.yaml", folder=tmp_path)
    assert "a page of the template fridge does not hold the exercise 'Stand on one leg'" in checked.err


def test_warning_signs_without_room_are_said_to_be_left_out(tmp_path: Path) -> None:
    words = [word for each in ("sciatica", "knee", "ankle", "shoulder") for word in ("--safety", each)]
    done = run("build", "sciatica-starter", "-s", "left", "-t", "fridge", *words, folder=tmp_path)
    assert done.code == 0
    assert "warning[layout] no room for the signs of 'Call 111 today:': they are left out on this sheet" in done.err
    whole = run("build", "sciatica-starter", "-s", "left", "-t", "fridge", folder=tmp_path)
    assert "no room" not in whole.err


def test_more_warning_signs_than_a_page_holds_are_said_to_be_too_many(tmp_path: Path) -> None:
    blocks = ("knee", "ankle", "general", "shoulder", "sciatica")
    words = [word for each in blocks for word in ("--safety", each)]
    done = run("build", "sciatica-starter", "-s", "left", *words, folder=tmp_path)
    assert done.code == 2
    assert "or name fewer safety blocks" in done.err


# --------------------------------------------------------------------------- weeks

RISING = """\
title: My plan
times_per_day: 1
weeks: 6
exercises:
  - exercise: pelvic-tilt
    reps: 5
    progress:
      - {week: 3, reps: 8}
      - {week: 5, reps: 12}
"""


@pytest.mark.parametrize(
    ("week", "dose", "later"),
    [
        (None, "Do it 5 times", ["From week 3: 8 times.", "From week 5: 12 times."]),
        ("2", "Do it 5 times", ["From week 3: 8 times.", "From week 5: 12 times."]),
        ("3", "Do it 8 times", ["From week 5: 12 times."]),
        ("4", "Do it 8 times", ["From week 5: 12 times."]),
        ("6", "Do it 12 times", []),
    ],
)
def test_a_week_of_the_plan_begins_with_its_steps(
    tmp_path: Path, week: str | None, dose: str, later: list[str]
) -> None:
    write(tmp_path, RISING)
    shown = run("show", "routine.yaml", "-s", "left", *(("--week", week) if week else ()), folder=tmp_path)
    assert (shown.code, shown.err) == (0, "")
    assert dose in shown.text
    assert [line.removeprefix("> ") for line in shown.text.split("\n") if line.startswith("> ")] == later


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ("9", "the plan has the weeks 1 to 6, got 9\n  hint: name a week of it\n"),
        ("0", 'expected a week of the plan, from 1 to 104, got "0"\n  hint: write it like 3\n'),
        ("third", 'expected a week of the plan, from 1 to 104, got "third"\n  hint: write it like 3\n'),
    ],
)
def test_a_week_that_the_plan_does_not_have_is_refused(tmp_path: Path, week: str, said: str) -> None:
    write(tmp_path, RISING)
    for command in ("build", "show"):
        result = run(command, "routine.yaml", "-s", "left", "--week", week, folder=tmp_path)
        assert (result.code, result.out, result.err) == (2, b"", f"--week: error[week] {said}")
    assert names(tmp_path) == ["routine.yaml"]


def test_a_plan_of_which_one_exercise_is_open_has_no_last_week(tmp_path: Path) -> None:
    write(tmp_path, RISING + "  - {exercise: knee-to-chest, weeks: at least 2}\n")
    assert run("show", "routine.yaml", "-s", "left", "--week", "9", folder=tmp_path).code == 0
