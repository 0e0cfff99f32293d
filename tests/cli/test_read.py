"""`read`, and what `build` and `show` give beside a sheet: an id in it, a calendar, lines for a record."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import icalendar
import pytest
from formats.filling import filled
from samples import OWN, names, run, write

BOX = "week-mon-e4-left-t1-s1-p1-rep1"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sheet of the command line's, with one tick."""
    folder = tmp_path_factory.mktemp("sheet")
    words = ("--side", "left", "--template", "fridge", "--fillable", "--id", "A-1041", "-o", "a.pdf")
    assert run("build", "sciatica-starter", *words, folder=folder).code == 0
    return filled((folder / "a.pdf").read_bytes(), {BOX: "Yes"})


SUMMARY = """\
A-1041: sciatica-starter, left (a.pdf)
  1  Pelvic tilt: 0 of 70, on 0 of 7 days
  2  Knee to chest, left: 0 of 21, on 0 of 7 days
  2  Knee to chest, right: 0 of 21, on 0 of 7 days
  3  Knee rolls, left: 0 of 21, on 0 of 7 days
  3  Knee rolls, right: 0 of 21, on 0 of 7 days
  4  Lying knee press, left: 1 of 35, on 1 of 7 days
  5  Walk: 0 of 7, on 0 of 7 days
"""


def test_what_was_filled_in_is_summed_up(tmp_path: Path, sheet: bytes) -> None:
    write(tmp_path, sheet, "a.pdf")
    result = run("read", "a.pdf", folder=tmp_path)
    assert (result.code, result.text, result.err) == (0, SUMMARY, "")
    assert names(tmp_path) == ["a.pdf"]


def test_the_data_goes_to_stdout_or_beside_the_summary_into_a_file(tmp_path: Path, sheet: bytes) -> None:
    write(tmp_path, sheet, "a.pdf")
    printed = run("read", "a.pdf", "--format", "json", folder=tmp_path)
    assert [each["id"] for each in json.loads(printed.out)] == ["A-1041"]
    assert run("read", "a.pdf", "-f", "json", "-o", "-", folder=tmp_path) == printed
    result = run("read", "a.pdf", "-o", "a.csv", folder=tmp_path)
    assert (result.code, result.text) == (0, SUMMARY)
    assert (tmp_path / "a.csv").read_bytes() == run("read", "a.pdf", "-f", "csv", folder=tmp_path).out
    # a name that says nothing else will do, if the format is said
    run("read", "a.pdf", "-f", "json", "-o", "data.txt", folder=tmp_path)
    assert (tmp_path / "data.txt").read_bytes() == printed.out


def test_a_file_that_cannot_be_read_is_a_line_and_the_others_are_read(tmp_path: Path, sheet: bytes) -> None:
    write(tmp_path, sheet, "a.pdf")
    write(tmp_path, sheet[:9000], "torn.pdf")
    result = run("read", "torn.pdf", "missing.pdf", "a.pdf", "a.pdf", "-o", "a.csv", folder=tmp_path)
    assert (result.code, result.text) == (2, SUMMARY)
    assert result.err == (
        "torn.pdf: error[damaged] the file is damaged, or no PDF\n  hint: ask for the file again\n"
        "missing.pdf: error[missing-file] there is no such file\n  hint: check the path\n"
    )
    assert (tmp_path / "a.csv").is_file()


def test_where_nothing_is_read_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, "%PDF-1.7", "torn.pdf")
    result = run("read", "torn.pdf", "-o", "a.csv", folder=tmp_path)
    assert (result.code, result.out, names(tmp_path)) == (2, b"", ["torn.pdf"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("-f xml", '--format: error[format] expected one of csv, json, got "xml"'),
        ("-o a.txt", '--output: error[format] cannot tell from "a.txt" what to write'),
        ("-o -", "--output: error[format] expected --format with -o -"),
        ("-f csv -o a.json", '--format: error[format] --format says csv, the file is called "a.json"'),
        ("-o none/a.csv", "none/a.csv: error[output-folder] there is no folder none"),
        ("-f csv -o a.pdf", "a.pdf: error[output-input] the file is read for this, and would be lost"),
    ],
)
def test_an_option_that_cannot_be_is_an_error_before_anything_is_read(tmp_path: Path, words: str, found: str) -> None:
    write(tmp_path, b"precious", "a.pdf")
    result = run("read", "a.pdf", *words.split(), folder=tmp_path)
    assert (result.code, result.out, result.err.count("\n")) == (2, b"", 2)
    assert result.err.startswith(found)
    assert (tmp_path / "a.pdf").read_bytes() == b"precious"


def test_without_the_library_it_says_how_to_get_it(tmp_path: Path, sheet: bytes) -> None:
    write(tmp_path, sheet, "a.pdf")
    with mock.patch("pdfbuilder.formats.apart.find_spec", return_value=None):
        result = run("read", "a.pdf", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err.endswith('pip install "pdfbuilder[read]"\n')


def test_everybody_in_a_batch_has_their_id_in_their_sheet(tmp_path: Path) -> None:
    write(tmp_path, "id,side,name\nA-1,left,Ann\nÄ 2,right,Bob\n", "people.csv")
    words = ("-r", "sciatica-starter", "-t", "fridge", "--fillable", "-o", "out")
    assert run("batch", "people.csv", *words, folder=tmp_path).code == 0
    paths = [f"out/{name}" for name in names(tmp_path / "out") if name.endswith(".pdf")]
    result = run("read", *paths, "-f", "json", folder=tmp_path)
    assert {(each["id"], each["affected"]) for each in json.loads(result.out)} == {("A-1", "left"), ("Ä 2", "right")}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--id", "A-1"], "--id: error[id] only a file that can be filled in keeps an id"),
        (["--id", "A" * 65, "--fillable"], '--id: error[id] expected at most 64 characters, got "65"'),
        (["--id", "A\x1b", "--fillable"], "--id: error[id] expected printable characters"),
    ],
)
def test_an_id_that_cannot_be_kept_is_an_error(tmp_path: Path, words: list[str], found: str) -> None:
    result = run("build", "sciatica-starter", "-s", "left", *words, folder=tmp_path)
    assert (result.code, result.err.count("error")) == (2, 1)
    assert result.err.startswith(found)
    assert names(tmp_path) == []


# --------------------------------------------------------------------------- the calendar


def test_a_calendar_stands_beside_the_sheet(tmp_path: Path) -> None:
    words = ("-s", "left", "--name", "Ann", "--date", "2026-11-21", "--ics", "a.ics", "-o", "a.pdf")
    result = run("build", "sciatica-starter", *words, folder=tmp_path)
    assert (result.code, names(tmp_path)) == (0, ["a.ics", "a.pdf"])
    events = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 7


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("--ics a.ics", "--date: error[missing-date] expected a date, from which a calendar counts"),
        ("--ics a.pdf -o a.pdf -d 2026-11-21", "--ics: error[ics] the sheet is written to the same file"),
        ("--ics routine-left.pdf -d 2026-11-21", "--ics: error[ics] the sheet is written to the same file"),
        ("--ics - -d 2026-11-21", "-: error[output] this is not written to standard output"),
        ("--ics none/a.ics -d 2026-11-21", "none/a.ics: error[output-folder] there is no folder none"),
        ("--ics a.ics -o routine.yaml -d 2026-11-21", "routine.yaml: error[output-input]"),
        ("--ics routine.yaml -d 2026-11-21", "routine.yaml: error[output-input]"),
    ],
)
def test_a_calendar_that_cannot_be_leaves_nothing_behind(tmp_path: Path, words: str, found: str) -> None:
    write(tmp_path, OWN)
    result = run("build", "routine.yaml", "-s", "left", *words.split(), folder=tmp_path)
    assert (result.code, result.err.count("error")) == (2, 1)
    assert found in result.err
    assert names(tmp_path) == ["routine.yaml"]
    assert (tmp_path / "routine.yaml").read_text() == OWN


# --------------------------------------------------------------------------- the record

RECORD_OF = """\
title: A
exercises:
  - {exercise: knee-to-chest, weeks: 6, days: [mon, wed], times_per_day: 2}
  - {exercise: pelvic-tilt, pain_limit: 3, days: every other day, weeks: up to 4}
  - {name: Walk, side: bilateral, duration: 30 min a day, weeks: 2, instructions: [Walk.]}
  - {name: Stairs, side: bilateral, tick: none, instructions: [Climb.]}
"""
RECORD = """\
Knee to chest [Right in turn Left]: 3 times each side, hold 20 to 30 seconds, twice a day, on Mon and Wed, for 6 weeks
Pelvic tilt [Both sides together]: 10 times, every other day, for up to 4 weeks, pain 3 out of 10 at most
Walk [Both sides together]: 30 minutes a day in all, for 2 weeks
Stairs [Both sides together]
"""


def test_a_record_has_a_line_for_each_exercise(tmp_path: Path) -> None:
    write(tmp_path, RECORD_OF)
    result = run("show", "routine.yaml", "-s", "right", "--record", folder=tmp_path)
    assert (result.code, result.text) == (0, RECORD)
