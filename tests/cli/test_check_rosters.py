"""`pdfbuilder check` of a roster: what a batch would say, and nothing is written."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest
from batch.rosters import hang_guard
from samples import OWN, ROOT, names, run, write

from pdfbuilder.roster.formats import is_roster

GOOD = "id,name,side,routine\np1,Ann,left,back-mobility\n"
BAD = (
    "Ref,Laterality,Routine,Given on,Note\np1,Rt,back-mobility,04/11/2026,Rest your left hip.\n"
    "p2,right,sciatica-complete,,\np3,right,nope,,\np4,,back-mobility,,\n"
)
WORDS = ("--column", "Ref=id", "--column", "Laterality=side", "--column", "Given on=date")


def saved(folder: Path, text: str, name: str) -> None:
    """A roster as a workbook."""
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(folder / name)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "tsv", "txt", "xlsx", "yaml"])
def test_a_good_roster_is_ok(tmp_path: Path, suffix: str) -> None:
    name = f"roster.{suffix}"
    match suffix:
        case "xlsx":
            saved(tmp_path, GOOD, name)
        case "yaml":
            write(tmp_path, "- id: p1\n  side: left\n  routine: back-mobility\n", name)
        case _:
            write(tmp_path, GOOD, name)
    done = run("check", name, folder=tmp_path)
    assert (done.code, done.text, done.err) == (0, f"{name}: ok\n", "")
    assert names(tmp_path) == [name]


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("--side-word", "Rt=right"), ("--dates", "dmy"), ("--side", "left")])
def test_it_says_what_a_batch_would_say(tmp_path: Path, words: tuple[str, ...]) -> None:
    write(tmp_path, BAD, "roster.csv")
    done = run("check", "roster.csv", *WORDS, *words, folder=tmp_path)
    assert (done.code, done.out, names(tmp_path)) == (2, b"", ["roster.csv"])
    dry = run("batch", "roster.csv", "--dry-run", *WORDS, *words, folder=tmp_path)
    assert done.err == dry.err[: dry.err.rindex("would print ")]
    assert "row 4 (p3), routine: there is no routine 'nope'" in done.err


@pytest.mark.slow
def test_warnings_count_only_if_they_are_to(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("back-mobility", "sciatica-complete"), "roster.csv")
    for words, code in (((), 0), (("--strict",), 2)):
        done = run("check", "roster.csv", *words, folder=tmp_path)
        assert (done.code, done.out) == (code, b"")
        assert "warning[many-exercises]" in done.err


@pytest.mark.slow
def test_rosters_and_definitions_are_checked_together(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "roster.csv")
    write(tmp_path, f"{OWN}times_per_day: 1\n", "routine.yaml")
    done = run("check", "routine.yaml", "roster.csv", "--side", "left", folder=tmp_path)
    assert (done.code, done.text) == (0, "routine.yaml: ok\nroster.csv: ok\n")


def test_an_option_for_rosters_says_that_there_is_none(tmp_path: Path) -> None:
    write(tmp_path, OWN, "routine.yaml")
    done = run("check", "routine.yaml", "--side", "left", "--dates", "dmy", "-t", "fridge", folder=tmp_path)
    assert done.code == 2
    assert [line for line in done.err.splitlines() if "error" in line] == [
        f"{option}: error[option] this option is for rosters, and none is checked"
        for option in ("--side", "--template", "--dates")
    ]


def test_the_folder_of_a_roster_is_not_left(tmp_path: Path) -> None:
    write(tmp_path, OWN, "own.yaml")
    write(tmp_path, "id,side,routine\np1,left,../own.yaml\n", "deeper/roster.csv")
    assert "error[outside] row 2 (p1), routine" in run("check", "deeper/roster.csv", folder=tmp_path).err
    assert run("check", "deeper/roster.csv", "--outside-files", folder=tmp_path).code == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: p1\n", True), ("# people\n---\n-   {side: left, id: p1}\n", True), ("[{id: p1}]\n", True),
        ("people:\n", True),
        ("\ufeff'people' : []\n", True), ("- name: Ann\n  'id' : 7\n", True), ("- Ref: p1\n", False),
        # these are pieces of a routine
        ("- pelvic-tilt\n- exercise: bird-dog\n", False), ("title: A\nexercises: [pelvic-tilt]\n", False),
        ("title: A\npeople: x\n", False), ("- name: x\n  side_of: left\n", False), ("", False), ("\n" * 5000, False),
        ("- candid: yes\n", False),
    ],
)  # fmt: skip
def test_a_roster_is_told_from_a_routine(tmp_path: Path, text: str, expected: bool) -> None:
    assert is_roster(str(write(tmp_path, text, "any.yaml"))) is expected
    assert is_roster(str(tmp_path / "any.yaml"), ["Ref"]) is (expected or "Ref" in text)


def test_what_cannot_be_looked_into_is_no_roster(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with hang_guard():
        assert not is_roster(str(tmp_path / "pipe.yaml"))
    assert not is_roster(str(tmp_path / "nothing.yaml"))
    assert not is_roster("-")
    assert not is_roster("a\0b.yaml")


def test_no_definition_that_ships_is_taken_for_a_roster() -> None:
    found = [path for folder in ("content", "templates", "tests/languages") for path in (ROOT / folder).rglob("*.yaml")]
    assert len(found) > 30
    assert not [path for path in found if is_roster(str(path))]
    assert is_roster(str(ROOT / "examples" / "roster.yaml"))
