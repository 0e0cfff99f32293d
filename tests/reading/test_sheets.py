"""A routine that says for whom its one sheet is, and how it looks."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from jsonschema import Draft202012Validator
from readback import text_of
from samples import findings, placed, run, said, write

from pdfbuilder import InvalidInput, Renderer, assets, build
from pdfbuilder.diagnostics import Problems
from pdfbuilder.domain.routine import SheetDefaults
from pdfbuilder.domain.template import Paper
from pdfbuilder.handout.blocks import Own
from pdfbuilder.pipeline import Composed
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.orders import order_in_words
from pdfbuilder.reading.schemas import SCHEMAS
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import parse, plain

SHEET = """\
title: Ann's plan
side: left
safety: none
sheet:
  name: Ann Smith
  date: 2026-11-21
  therapist: T. Jones
  note: "Keep your {affected knee} warm."
  next_visit: 2026-12-03 10:30
  template: fridge
  paper: Letter
  language: en-US
  tick: set
exercises: [pelvic-tilt, bird-dog]
"""
LOOKS = "title: A\nside: left\nsheet: {LINE}\nexercises: [pelvic-tilt]\n"


def composed(path: Path, **texts: object) -> Composed:
    return Renderer().compose(order_in_words(str(path), **texts))  # type: ignore[arg-type]


def own(path: Path, **texts: object) -> Own:
    return composed(path, **texts).own


def test_a_file_makes_the_sheet_that_the_options_make(tmp_path: Path) -> None:
    bare = "".join(line for line in SHEET.splitlines(keepends=True) if not line.startswith(("sheet", "  ")))
    by_options = build(
        write(tmp_path, bare, "bare/plan.yaml"), name="Ann Smith", date="2026-11-21", therapist="T. Jones",
        note="Keep your {affected knee} warm.", next_visit="2026-12-03 10:30", template="fridge", paper="letter",
        language="en-US", tick="set",
    )  # fmt: skip
    assert build(write(tmp_path, SHEET, "own/plan.yaml")) == by_options
    assert "Ann Smith" in " ".join(text_of(by_options))


def test_an_argument_is_stronger_than_the_file_and_the_rest_stays(tmp_path: Path) -> None:
    path = write(tmp_path, SHEET)
    found = composed(path, name="Bob", paper="a5", template="handout")
    assert (found.own.name, found.copy.paper, found.copy.template.blocks) == (
        "Bob", Paper.A5, Library().template("handout").value.blocks,
    )  # fmt: skip
    assert "T. Jones" in str(found.own.facts)


def test_a_cell_is_stronger_than_the_file(tmp_path: Path) -> None:
    write(tmp_path, SHEET, "plan.yaml")
    write(tmp_path, "id,name,paper\na,Bob,a4\nb,,\n", "people.csv")
    result = run("batch", "people.csv", "-o", "out", "--routine", "plan.yaml", "--side", "left", folder=tmp_path)
    assert result.code == 0, result.err
    first, second = (" ".join(text_of((tmp_path / "out" / f"{name}.pdf").read_bytes())) for name in "ab")
    assert ("Bob" in first, "Ann Smith" in first, "T. Jones" in first) == (True, False, True)
    assert "Ann Smith" in second


def test_a_template_is_named_from_the_folder_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, "extends: fridge\n", "plans/look.yaml")
    path = write(tmp_path, LOOKS.replace("LINE", "template: look.yaml"), "plans/routine.yaml")
    assert composed(path).copy.template.blocks == Library().template("fridge").value.blocks


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("name: 5", "3:15 text sheet.name"),
        ("date: 21.11.2026", "3:15 date sheet.date"),
        ("date: 1066-10-14", "3:15 date sheet.date"),
        ("date: today", "3:15 date sheet.date"),
        ("next_visit: soon", "3:21 next-visit sheet.next_visit"),
        ("template: frigde", "3:19 unknown-template sheet.template"),
        ("paper: a3", "3:16 paper sheet.paper"),
        ("tick: box", "3:15 tick sheet.tick"),
        ("side: left", "3:9 unknown-key sheet.side"),
        (f"therapist: {'x' * 121}", "3:20 therapist sheet.therapist"),
        ('note: "{affected knee"', "3:16 brace sheet.note"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(tmp_path: Path, line: str, where: str) -> None:
    assert placed(tmp_path, LOOKS.replace("LINE", line)) == [where]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("language: en-XX", "routine.yaml:3:19: error[unknown-region] sheet.language: English has no region XX"),
        ("language: xx", "routine.yaml:3:19: error[unknown-language] sheet.language: there is no language 'xx'"),
        ("note: Warm your right knee.", "routine.yaml:3:"),
        ("name: 腰", "routine.yaml:3:15: error[missing-glyph] sheet.name: no font has the character"),
    ],
)
def test_what_only_printing_finds_is_said_at_its_place_too(tmp_path: Path, line: str, said: str) -> None:
    write(tmp_path, LOOKS.replace("LINE", line))
    for words in (("check", "routine.yaml"), ("build", "routine.yaml")):
        result = run(*words, folder=tmp_path)
        assert result.code == 2, words
        assert result.err.startswith(said), result.err


def test_what_ships_is_for_nobody(tmp_path: Path) -> None:
    content = tmp_path / "content"
    path = write(content, LOOKS.replace("LINE", "name: Ann"), "en/routines/a.yaml")
    shipped = assets.shipped
    there = mock.patch.object(assets, "shipped", lambda folder: content if folder == "content" else shipped(folder))
    with there, pytest.raises(InvalidInput, match=r"3:8: error\[sheet\] sheet: what ships is for nobody in particular"):
        # Languages ship, too, and there are none in this folder.
        Library().check(str(path))


VALUES = (
    "name: Ann", "date: 2026-11-21", "date: ' 2026-11-21 '", "next_visit: 2026-12-03", "next_visit: 2026-12-03 9.05",
    "paper: A4", "tick: session", "template: fridge", "language: en-US", "note: x", "name: 5", "date: 21.11.2026",
    "next_visit: soon", "next_visit: 2026-12-03 25:00", "paper: a3", "tick: box", "side: left", f"name: {'x' * 121}",
)  # fmt: skip


@pytest.mark.parametrize("line", VALUES)
def test_an_editor_takes_what_the_reader_takes(tmp_path: Path, line: str) -> None:
    text = LOOKS.replace("LINE", line)
    tree = plain(parse(SourceText("x", text, Path()), Problems()))
    is_fine = not any(Draft202012Validator(SCHEMAS["routine"]()).iter_errors(_lists(tree)))
    assert is_fine is not any(each.severity.value == "error" for each in findings(tmp_path, text))


def _lists(value: object) -> object:
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, tuple) else value


def test_it_is_no_part_of_what_others_share(tmp_path: Path) -> None:
    common = repr(composed(write(tmp_path, SHEET)).common)
    assert "Ann Smith" not in common
    assert SheetDefaults() == SheetDefaults(template="", language="")
    assert said(tmp_path, SHEET) == ""


def test_several_people_never_get_the_one_name_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, SHEET, "plan.yaml")
    write(tmp_path, "id,name\na,\nb,\nc,Bob\n", "people.csv")
    words = ("batch", "people.csv", "--dry-run", "--routine", "plan.yaml", "--side", "left")
    result = run(*words, folder=tmp_path)
    assert (result.code, [line[0] for line in result.text.splitlines()]) == (3, ["c"])
    assert "plan.yaml:5:9: error[shared-name] sheet.name: 2 people for whom the roster has no name" in result.err
    assert "without a sheet: row 2 a (shared-name), row 3 b (shared-name)" in result.err
    (tmp_path / "sub").mkdir()
    write(tmp_path, "id,side,routine\na,left,plan.yaml\nb,left,sub/../plan.yaml\n", "people.csv")
    result = run("batch", "people.csv", "--dry-run", folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert "without a sheet: row 2 a (shared-name), row 3 b (shared-name)" in result.err
