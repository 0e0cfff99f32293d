"""What the columns mean, and what is said of those that mean nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from roster.rosters import ANYBODY, NOBODY, found, ids, read, said
from samples import often

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.figures import Amount
from pdfbuilder.domain.places import ITSELF
from pdfbuilder.domain.side import AffectedSide


def one(folder: Path, header: str, row: str, **columns: str) -> object:
    (entry,) = read(folder, f"{header}\n{row}\n", columns=columns).entries
    return entry


@pytest.mark.parametrize("header", ["id,side,therapist", "ID,Side, THERAPIST ", "I D,si de,Thera pist"])
def test_headings_are_matched_without_case_and_spaces(tmp_path: Path, header: str) -> None:
    (entry,) = read(tmp_path, f"{header}\np001,right,Dr. Example\n").entries
    assert (entry.id, entry.order.side, entry.order.person.therapist) == ("p001", AffectedSide.RIGHT, "Dr. Example")


@pytest.mark.parametrize(
    "heading", ["bird-dog.times_per_day", "Bird-Dog.Times Per Day", "bird-dog . timesperday", "BIRD-DOG.TIMES_PER_DAY"]
)
def test_headings_of_doses_too(tmp_path: Path, heading: str) -> None:
    (entry,) = read(tmp_path, f"id,{heading}\np001,2\n").entries
    (change,) = entry.order.doses
    assert (change.exercise, change.figures) == ("bird-dog", (("times_per_day", often(2)),))


def test_an_export_keeps_its_own_names(tmp_path: Path) -> None:
    text = "Patient ref;Affected side;Notes;Reps BD\np001;right;hello;7\n"
    columns = {"patient REF": "id", "Affected side": "Side", "Notes": "", "Reps BD": "bird-dog.reps"}
    roster = read(tmp_path, text, columns=columns)
    (entry,) = roster.entries
    assert (entry.id, entry.order.side, entry.order.person.note) == ("p001", AffectedSide.RIGHT, None)
    assert entry.order.doses[0].figures == (("reps", Amount(7, 7)),)
    assert roster.problems == ()


def test_a_heading_that_is_mapped_is_no_longer_what_it_says(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "id,name\nAnn,p001\n", columns={"id": "name", "name": "id"}).entries
    assert (entry.id, entry.order.person.name) == ("p001", "Ann")


@pytest.mark.parametrize("heading", ["Affected", "leg", "Laterality"])
def test_a_column_of_sides_under_an_unknown_heading_is_not_ignored(tmp_path: Path, heading: str) -> None:
    """Else everybody would get the side of the command line."""
    text = f"id,{heading}\np001,right\np002,\np003,L\n"
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, text)
    assert [(each.code, each.location.column) for each in refused.value.diagnostics] == [("unknown-column", 4)]
    assert "did you mean side?" in refused.value.diagnostics[0].hint
    sides = [each.order.side for each in read(tmp_path, text, columns={heading: "side"}).entries]
    assert sides == [AffectedSide.RIGHT, AffectedSide.LEFT, AffectedSide.LEFT]
    assert ids(read(tmp_path, text, columns={heading: ""})) == ["p001", "p002", "p003"]
    # where the side is said for everybody it is something else: the hand to write with
    assert ids(read(tmp_path, "id,side,hand\np001,right,left\n")) == ["p001"]
    with pytest.raises(InvalidInput):
        read(tmp_path, f"id,side,{heading}\np001,right,left\np002,,left\n")


@pytest.mark.parametrize(
    "texts",
    [["L", "R", "left knee"], ["Lt", "Rt"], ["left", "none", "right"], ["both", "L."], ["(L)", "(R) hip"],
     ["knee left", "Knee - R", "hip (right)"]],
)  # fmt: skip
def test_sides_are_known_however_they_are_written(tmp_path: Path, texts: list[str]) -> None:
    rows = "".join(f"p{index},{text}\n" for index, text in enumerate(texts))
    assert [each.code for each in found(tmp_path, "id,Laterality\n" + rows)] == ["unknown-column"]


@pytest.mark.parametrize(
    "texts", [["B", "B"], ["Ward B", "Ward B"], ["x", "left hip sore", "y"], ["bright", "rest", "lower"], ["", ""]]
)
def test_what_is_mostly_something_else_is_no_column_of_sides(tmp_path: Path, texts: list[str]) -> None:
    rows = "".join(f"p{index},{text}\n" for index, text in enumerate(texts))
    assert [each.code for each in found(tmp_path, "id,Remarks\n" + rows)] == ["ignored-column"]


def test_a_side_that_is_abbreviated_is_no_exercise_s(tmp_path: Path) -> None:
    (each,) = found(tmp_path, "id,Aff. side\np001,right\np002,L\n")
    assert (each.code, each.location.column) == ("unknown-column", 4)
    assert "did you mean side?" in each.hint
    assert ids(read(tmp_path, "id,again.side\np001,other\n")) == ["p001"]
    (each,) = found(tmp_path, "id,x\np001,right\n", columns={"x": "again.side"})
    assert each.code == "choice"


def test_columns_that_mean_nothing_are_ignored_with_a_word_for_each(tmp_path: Path) -> None:
    roster = read(tmp_path, "id,City,Diagnosis,\np001,x,y,\np002,x,,\n")
    assert ids(roster) == ["p001", "p002"]
    assert said(tmp_path, "id,City\np001,x\np002,y\n") == (
        'roster.csv:1:4: warning[ignored-column] header: the column "City" is ignored\n'
        "    id,City\n"
        "       ^^^^\n"
        '  hint: if it matters, say what it is with --column "City=…", or leave it out with "City="'
    )
    assert [each.message for each in roster.problems] == [
        'the column "City" is ignored',
        'the column "Diagnosis" is ignored',
    ]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("sied", "side"), ("Sides", "side"), ("nme", "name"), ("rutine", "routine"), ("lang", "language"),
        ("notes", "note"), ("Affected side", "side"), ("surname", "name"), ("bird-dog.rep", "reps"),
        ("Bird-dog.hodl", "hold"), ("bird-dog", "bird-dog.reps"), ("bird-dog.kilograms", "a dose has reps, sets"),
    ],
)  # fmt: skip
def test_one_that_is_nearly_right_stops_everything(tmp_path: Path, heading: str, meant: str) -> None:
    (each,) = found(tmp_path, f"id,{heading}\np001,x\n")
    assert (each.code, each.location.line, each.location.column) == ("unknown-column", 1, 4)
    assert meant in each.hint
    assert f'--column "{heading}=' in each.hint


@pytest.mark.parametrize("heading", ["Other", "Tel.", "E.Mail", "City", "Diagnosis", "Doctor", "DOB", "Age", "Phone"])
def test_what_exports_have_is_not_taken_for_a_slip(tmp_path: Path, heading: str) -> None:
    assert [each.code for each in found(tmp_path, f"id,{heading}\np001,x\n")] == ["ignored-column"]


@pytest.mark.parametrize(
    ("header", "columns", "message", "hint"),
    [
        ("id,side,Side", {}, 'two columns mean side: "side" and "Side"', "rename one"),
        ("id,Ref", {"Ref": "id"}, 'two columns mean id: "id" and "Ref"', "rename one"),
        ("id,bird-dog.reps,Bird-Dog.REPS", {}, "two columns mean bird-dog.reps", "rename one"),
        # a name is no id: none is suggested
        ("name,side", {}, "the column id is missing", '--column "HEADING=id"'),
        ("id,name", {"Ref": "name"}, 'there is no column "Ref" in the roster', "it has id, name"),
        ("id,Naem", {"Name": "name"}, 'there is no column "Name" in the roster', "did you mean Naem?"),
        ("id,x", {"x": "sied"}, 'there is no column "sied"', "did you mean side?"),
        ("id,x", {"x": "flavour"}, 'there is no column "flavour"', "the columns are id, side"),
    ],
)
def test_a_header_that_cannot_be(
    tmp_path: Path, header: str, columns: dict[str, str], message: str, hint: str
) -> None:  # fmt: skip
    diagnostics = found(tmp_path, f"{header}\n{'x,' * header.count(',')}x\n", columns=columns)
    assert any(message in each.message and hint in each.hint for each in diagnostics)


@pytest.mark.parametrize("title", ["Patients November", "Side effects", "Notes,,", "Sides;"])
def test_a_title_above_the_header_is_no_id(tmp_path: Path, title: str) -> None:
    separator = ";" if ";" in title else ","
    table = "id,name,side\np001,Ann,left\n".replace(",", separator)
    (each,) = found(tmp_path, f"\n{title}\n{table}", defaults=NOBODY)
    assert (each.code, each.location.line, each.location.column) == ("missing-column", 2, 1)
    assert each.hint.startswith("the header is the first row that says something: delete the rows above it")
    assert title.strip(",;") not in each.hint


def test_all_that_is_wrong_with_a_header_is_said_at_once(tmp_path: Path) -> None:
    diagnostics = found(tmp_path, "sied,nmae,nmae,City\nx,x,x,x\n")
    assert [(each.location.column, each.code) for each in diagnostics] == [
        (1, "unknown-column"), (6, "unknown-column"), (11, "unknown-column"), (16, "ignored-column"),
    ]  # fmt: skip


def test_a_value_under_no_heading(tmp_path: Path) -> None:
    roster = read(tmp_path, "id,,side\np001,,left\np002,x,left\n")
    assert ids(roster) == ["p001"]
    (each,) = roster.problems
    assert (each.code, each.location.line, each.location.column, each.field) == ("no-heading", 3, 6, "row 3 (p002)")


def test_the_command_line_stands_in_for_missing_columns(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "id\np001\n").entries
    assert replace(entry.order, places=ITSELF) == replace(ANYBODY, id="p001")
