"""YAML: a list of people, through the guarded reader."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from bounded import said_within_bounds
from roster.rosters import failed, found, ids, read, said
from samples import just

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.figures import Days, Weekday
from pdfbuilder.domain.side import AffectedSide

NAME = "roster.yaml"
PERSON = """\
- id: 007
  Name: "Ann: Example"
  side: right
  date: 2026-11-21
  note: "Keep your {affected leg} warm."
  bird-dog.reps: 8-10
  bird-dog.days: [mon, wed]
  pelvic-tilt.optional: true
"""


@pytest.mark.parametrize("text", [PERSON, "people:\n" + PERSON, "---\n" + PERSON])
def test_a_list_with_a_key_above_or_not(tmp_path: Path, text: str) -> None:
    (entry,) = read(tmp_path, text, NAME).entries
    assert (entry.id, entry.order.person.name, entry.order.side) == ("007", "Ann: Example", AffectedSide.RIGHT)
    assert entry.order.person.date == datetime.date(2026, 11, 21)
    doses = {each.exercise: dict(each.figures) for each in entry.order.doses}
    assert doses["bird-dog"]["days"] == Days(frozenset({Weekday.MON, Weekday.WED}), just(2))
    assert doses["pelvic-tilt"] == {"optional": True}


@pytest.mark.parametrize(
    ("written", "id_"),
    [("7", "7"), ("1.0", "1.0"), ("007", "007"), ("true", "true"), ("Null", "Null"), ("'~'", "~"), ("1e3", "1e3")],
)
def test_an_id_is_what_was_written(tmp_path: Path, written: str, id_: str) -> None:
    assert ids(read(tmp_path, f"- id: {written}\n", NAME)) == [id_]


def test_keys_may_differ_from_person_to_person(tmp_path: Path) -> None:
    roster = read(tmp_path, "- id: a\n  name: Ann\n- {side: right, id: b}\n- id: c\n  name:\n", NAME)
    assert [(each.id, each.order.person.name, each.row) for each in roster.entries] == [
        ("a", "Ann", 1),
        ("b", "", 3),
        ("c", "", 4),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- id: a\n  side: lft\n", "2:9 side row 1 (a), side"),
        ("people:\n  - name: Ann\n    side: left\n", "2:5 missing-column header"),
        ("- id: a\n- name: Ann\n", "2:3 missing-id row 2, id"),
        ("- id: a\n  id: b\n", "2:3 repeated-key [0].id (a)"),
        ("- id: a\n- id: b\n  side: left\n  side: right\n", "4:3 repeated-key [1].side (b)"),
        ("- id: a\n  note: {affected leg} up\n", "2:24 yaml"),
        ("- id: a\n  note: {affected leg}\n", "2:3 value row 1 (a), note"),
        ("- id: a\n  name: [x, y]\n", "2:9 value row 1 (a), name"),
        ("- id: a\n  bird-dog.parts: ['slow, forward', back]\n", "2:19 value row 1 (a), bird-dog.parts"),
        ("- id: a\n  bird-dog.days: [mon, ~]\n", "2:18 value row 1 (a), bird-dog.days"),
        ("- id: a\n- just text\n", "2:3 mapping row 2"),
        ("- id: a\n- {}\n", "2:3 mapping row 2"),
        ("- id: a\n- [b]\n", "2:3 mapping row 2"),
        ("- id: a\n  sied: left\n", "2:3 unknown-column header"),
        ("- id: a\n  Side: left\n  side: right\n", "3:3 repeated-column header"),
        ("- id: a\n  bird-dog.reps: ten\n", "2:18 dose-range row 1 (a), bird-dog.reps"),
        ("- id: &x a\n- id: *x\n", "1:7 anchor"),
        ("- id: !!str a\n", "1:7 tag"),
        ("", "1:1 empty"),
        ("# nobody\n", "1:1 empty"),
        ("[]\n", "1:1 empty"),
        ("people: []\n", "1:1 people"),
        ("people:\n", "1:1 people"),
        ("just text\n", "1:1 people"),
        ("people:\n- id: a\npeople:\n- id: b\n", "3:1 repeated-key people"),
        ("poeple:\n- id: a\n", "1:1 unknown-key"),
        ("people:\n- id: a\nside: left\n", "3:1 unknown-key"),
        ("- id: a\n---\n- id: b\n", "2:1 documents"),
        ("- id: a\n name: x\n", "2:2 yaml"),
    ],
)
def test_what_is_wrong_has_its_place(tmp_path: Path, text: str, place: str) -> None:
    (each,) = found(tmp_path, text, NAME)
    assert f"{each.location.line}:{each.location.column} {each.code} {each.field}".rstrip() == place
    assert each.hint


def test_a_repeated_id_is_said_of_both_who_have_it(tmp_path: Path) -> None:
    problems = found(tmp_path, "- id: a\n- id: b\n- id: a\n", NAME)
    assert [(each.location.line, each.code, each.field) for each in problems] == [
        (1, "repeated-id", "row 1 (a), id"),
        (3, "repeated-id", "row 3 (a), id"),
    ]


def test_people_on_one_line_are_told_apart(tmp_path: Path) -> None:
    text = "[{id: a, side: left}, {id: a, side: right}, {id: c, side: left},\n {id: d, side: left}]\n"
    roster = read(tmp_path, text, "roster.yaml")
    assert [each.id for each in roster.entries] == ["c", "d"]
    assert [each.entry.id for each in roster.failed] == ["a", "a"]
    assert [each.location.column for each in roster.problems if each.code == "repeated-id"] == [7, 28]


def test_a_repeated_key_costs_only_its_person(tmp_path: Path) -> None:
    roster = read(tmp_path, "- id: a\n- id: b\n  side: left\n  side: right\n- id: c\n", NAME)
    assert (ids(roster), failed(roster)) == (["a", "c"], [(2, "b")])


def test_the_caret_points_at_the_value(tmp_path: Path) -> None:
    assert said(tmp_path, "people:\n  - id: a\n    side: lft # or so\n", NAME) == (
        'roster.yaml:3:11: error[side] row 2 (a), side: expected left, right, both or none, got "lft"\n'
        "    side: lft # or so\n"
        "          ^^^\n"
        '  hint: write one of the four, or l, r or b; --side-word "WORD=SIDE" says what a word of yours means'
    )


@pytest.mark.slow
def test_too_many_values(tmp_path: Path) -> None:
    (each,) = found(tmp_path, "- {id: a}\n" * 80_000, NAME)
    assert each.code == "too-large"


@pytest.mark.slow
def test_a_key_that_stands_there_again_and_again_is_answered_in_time(tmp_path: Path) -> None:
    many = ", ".join(["id: a"] * 20_000)
    people = ", ".join(["{id: a, id: a}"] * 10_000)
    told = said_within_bounds(
        tmp_path, {"roster-one.yaml": f"- {{{many}}}\n".encode(), "roster-line.yaml": f"[{people}]".encode()}
    )
    assert [text.rpartition(": ")[2] for text in told.values()] == ["and 19,899 more", "and 19,900 more"]


def test_cells_are_counted_as_in_other_rosters(tmp_path: Path) -> None:
    columns = ", ".join(f"c{number}: 1" for number in range(190))
    (each,) = found(tmp_path, f"- {{id: a, {columns}}}\n" + "- {id: b}\n" * 6_000, NAME)
    assert each.message == "expected at most 1,000,000 cells"


def test_a_value_of_200_kilobytes(tmp_path: Path) -> None:
    roster = read(tmp_path, f"- id: a\n  note: {'x' * 200_000}\n- id: b\n", NAME)
    assert ids(roster) == ["b"]
    assert roster.problems[0].code == "too-long"


@pytest.mark.parametrize(
    ("text", "lines"), [("-", [1]), ("- Ann\n- {}\n- [id, a]\n", [1, 2, 3]), ("people: [a, b]\n", [1, 1])]
)
def test_a_list_of_what_has_no_keys_is_refused_item_by_item(tmp_path: Path, text: str, lines: list[int]) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, text, NAME)
    assert [(each.code, each.location.line) for each in refused.value.diagnostics] == [("mapping", at) for at in lines]


def test_a_number_for_each_side_stands_in_no_cell(tmp_path: Path) -> None:
    text = "- id: p1\n  side: left\n  routine: back-mobility\n  bird-dog.sets: {affected: 3, other: 1}\n"
    (problem,) = found(tmp_path, text, NAME)
    assert problem.code == "value"
    assert problem.hint == "write one number for both sides here; one for each stands in a routine of this person's own"
