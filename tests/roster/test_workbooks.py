"""XLSX: what a spreadsheet makes of what was typed, and what a file can do to whoever opens it."""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from roster.rosters import ANYBODY, NOBODY, failed, found, ids, read, said, saved, workbook

from pdfbuilder.order import Order
from pdfbuilder.roster.people import Roster
from pdfbuilder.side import AffectedSide

HEADER = ("id", "name", "side")


def people(folder: Path, book: openpyxl.Workbook, **options: Any) -> Roster:
    return read(folder, saved(book), "roster.xlsx", **options)


def says(folder: Path, book: openpyxl.Workbook, **options: Any) -> str:
    return said(folder, saved(book), "roster.xlsx", **options)


def altered(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with something else in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.namelist():
            text = before.read(each).decode()
            if each == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(each, text)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_is_read_row_by_row(tmp_path: Path) -> None:
    book = workbook((), HEADER, ("p001", "Ann", "left"), (None, " ", None), ("p002", None, "RIGHT "))
    roster = people(tmp_path, book)
    assert [(each.id, each.order.name, each.order.side, each.row) for each in roster.entries] == [
        ("p001", "Ann", AffectedSide.LEFT, 3),
        ("p002", "", AffectedSide.RIGHT, 5),
    ]
    assert roster.problems == ()


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("007", "General", "007"),
        (7, "000", "007"),
        (7.0, "000", "007"),
        (1234, "000", "1234"),
        (7, '"P"0000', "P0007"),
        (7, "\\P000", "P007"),
        (123456, "000-000", "123-456"),
        (1234567, "000-000", "1234-567"),
        (7, "0", "7"),
        (7, "General", "7"),
        (7, "@", "7"),
        (5.0, "General", "5"),
        (5.5, "General", "5.5"),
        (5.0, "0.00", "5"),
        (1234, "#,##0", "1234"),
        (12, "[Red]000;[Blue]-000", "012"),
        (-7, "000", "-7"),
        (True, "General", "yes"),
        ("=1+1 is not a formula", "General", "=1+1 is not a formula"),
    ],
)
def test_an_id_is_what_its_cell_shows(tmp_path: Path, value: object, number_format: str, shown: str) -> None:
    book = workbook(("id",), (value,))
    cell = book.active["A2"]
    cell.number_format = number_format
    if isinstance(value, str):
        cell.data_type = "s"
    assert ids(people(tmp_path, book)) == [shown]


def test_figures_of_doses_may_be_numbers(tmp_path: Path) -> None:
    book = workbook(("id", "bird-dog.reps", "bird-dog.sets", "bird-dog.optional"), ("p001", 12, 3.0, True))
    (entry,) = people(tmp_path, book).entries
    figures = dict(entry.order.doses[0].figures)
    assert (figures["reps"].high, figures["sets"], figures["optional"]) == (12, 3, True)


@pytest.mark.parametrize(
    "value", [datetime.date(2026, 11, 21), datetime.datetime.fromisoformat("2026-11-21"), "2026-11-21"]
)
def test_a_date_is_a_date_or_text(tmp_path: Path, value: object) -> None:
    (entry,) = people(tmp_path, workbook(("id", "date"), ("p001", value))).entries
    assert entry.order.date == datetime.date(2026, 11, 21)


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    book = workbook(("id", "date"), ("p001", datetime.date(2026, 11, 21)))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    (entry,) = people(tmp_path, book).entries
    assert entry.order.date == datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("side", "lft", 'B2 (p001), side: expected left, right or both, got "lft"\n  hint: write one of the three,'),
        ("side", True, 'B2 (p001), side: expected left, right or both, got "yes"'),
        ("bird-dog.reps", datetime.date(2026, 4, 3), "B2 (p001), bird-dog.reps: the spreadsheet has made a date of it"),
        ("name", datetime.date(2026, 4, 3), "B2 (p001), name: the spreadsheet has made a date of it, 2026-04-03"),
        ("date", datetime.datetime.fromisoformat("2026-04-03T08:30"), "B2 (p001), date: expected a day as YYYY-MM-DD"),
        ("date", datetime.time(8, 30), "B2 (p001), date: expected a text or a number, got 08:30:00"),
        ("date", 46_000, 'B2 (p001), date: expected a day as YYYY-MM-DD, from 1900 to 2199, got "46000"'),
        ("name", "=A1", "B2 (p001), name: the formula was saved without its value"),
        ("name", 10**17, "B2 (p001), name: the number has more digits than a spreadsheet keeps"),
        ("bird-dog.hold", 5, "B2 (p001), bird-dog.hold: expected a time such as 5 s"),
    ],
)  # fmt: skip
def test_an_error_names_its_cell(tmp_path: Path, column: str, value: object, message: str) -> None:
    book = workbook(("id", column), ("p001", value), ("p002", None))
    roster = people(tmp_path, book)
    assert ids(roster) == ["p002"]
    assert failed(roster) == [(2, "p001")]
    text = says(tmp_path, book)
    assert text.startswith("roster.xlsx:2:2: error[")
    assert message in text
    assert "hint: " in text


def test_error_values(tmp_path: Path) -> None:
    book = workbook(("id", "side", "Other"), ("p001", "#N/A", None), ("p002", None, "#REF!"))
    for cell in ("B2", "C3"):
        book.active[cell].data_type = "e"
    roster = people(tmp_path, book)
    assert ids(roster) == ["p002"]
    assert "B2 (p001), side: expected a value, got the error #N/A" in says(tmp_path, book)


def formula(cell: str) -> bytes:
    """A workbook whose side is a formula, the cell as the file has it."""
    data = saved(workbook(("id", "side"), ("p001", "=CHOOSE(1,2)")))
    return altered(data, SHEET, '<c r="B2"><f>CHOOSE(1,2)</f><v></v></c>', cell)


def test_a_formula_is_the_value_that_was_saved_with_it(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, formula('<c r="B2" t="str"><f>CHOOSE(1,2)</f><v>right</v></c>'), "roster.xlsx").entries
    assert entry.order.side is AffectedSide.RIGHT
    (entry,) = read(tmp_path, formula('<c r="B2" t="str"><f>CHOOSE(1,2)</f><v></v></c>'), "roster.xlsx").entries
    assert entry.order.side is ANYBODY.side


def test_a_formula_without_a_value_is_no_empty_cell(tmp_path: Path) -> None:
    """Else the side would be the one of the command line."""
    for value in ("", "<v/>", "<v></v>"):
        data = formula(f'<c r="B2"><f>CHOOSE(1,2)</f>{value}</c>')
        assert "B2 (p001), side: the formula was saved without its value" in said(tmp_path, data, "roster.xlsx")


def test_a_merged_cell_is_no_empty_cell(tmp_path: Path) -> None:
    book = workbook(HEADER, ("p001", "Ann", "right"), ("p002", "Bob", None), ("p003", "Cy", "left"))
    book.active.merge_cells("C2:C3")
    roster = people(tmp_path, book)
    assert ids(roster) == ["p001", "p003"]
    assert len(roster.problems) == 1
    assert "C3 (p002), side: the cell is merged with the one above or beside it" in says(tmp_path, book)


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    book = workbook(("id", "name"), ("p001", '=HYPERLINK("http://example.org","Ann")'))
    book.active["B2"].data_type = "s"
    (entry,) = people(tmp_path, book).entries
    assert entry.order.name == '=HYPERLINK("http://example.org","Ann")'


def test_a_line_break_inside_a_cell_is_white_space(tmp_path: Path) -> None:
    book = workbook(("id", "name", "note"), ("p001", "Ann\nSmith", "Slowly.\nRest."))
    (entry,) = people(tmp_path, book).entries
    assert entry.order.name == "Ann Smith"


def test_a_value_beside_the_table(tmp_path: Path) -> None:
    book = workbook(HEADER, ("p001", "Ann", "left", None, "x"), ("p002", "Bob", "left"))
    assert ids(people(tmp_path, book)) == ["p002"]
    assert "E2 (p001): the value stands beside the table, under no heading" in says(tmp_path, book)


def test_repeated_ids_name_both_rows(tmp_path: Path) -> None:
    book = workbook(("id",), (7,), (" 7 ",), ("8",))
    roster = people(tmp_path, book)
    assert ids(roster) == ["8"]
    assert failed(roster) == [(2, "7"), (3, "7")]
    assert "A3 (7), id: the id 7 stands here again; it is first in row 2" in says(tmp_path, book)


def test_other_sheets_are_left_out_with_a_word(tmp_path: Path) -> None:
    book = workbook(HEADER, ("p001", "Ann", "left"))
    book.create_sheet("More").append(("p002", "Bob", "right"))
    book.create_sheet("Nothing")
    hidden = book.create_sheet("Secret", 0)
    hidden.append(("x",))
    hidden.sheet_state = "hidden"
    assert ids(people(tmp_path, book)) == ["p001"]
    assert says(tmp_path, book) == (
        "roster.xlsx: warning[sheets] only the first sheet is read, Sheet; left out: More\n"
        "  hint: move the people to the first sheet, if there are some on the others"
    )


def test_the_size_that_a_sheet_says_it_has_is_not_believed(tmp_path: Path) -> None:
    data = saved(workbook(HEADER, ("p001", "Ann", "left"), ("p002", "Bob", "right")))
    lying = altered(data, SHEET, 'dimension ref="A1:C3"', 'dimension ref="A1:A1"')
    assert [each.order.side for each in read(tmp_path, lying, "roster.xlsx").entries] == [
        AffectedSide.LEFT,
        AffectedSide.RIGHT,
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [([], "the sheet is empty"), ([HEADER], "nobody stands below the header"), ([("name",), ("x",)], "the column id")],
)
def test_a_sheet_that_is_no_roster(tmp_path: Path, rows: list[tuple[str, ...]], message: str) -> None:
    (each,) = found(tmp_path, saved(workbook(*rows)), "roster.xlsx")
    assert message in each.message


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = saved(workbook(HEADER, ("p001", "Ann", "left")))
    bomb = altered(data, SHEET, "<sheetData>", "<sheetData>" + " " * 60_000_000)
    assert len(bomb) < 200_000
    (each,) = found(tmp_path, bomb, "roster.xlsx")
    assert each.code == "too-large"


def test_many_parts_are_not_looked_at(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"{number}.xml", "")
    (each,) = found(tmp_path, stream.getvalue(), "roster.xlsx")
    assert each.code == "too-large"


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    data = saved(workbook(HEADER, ("p001", "Ann", "left")))
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    (each,) = found(tmp_path, altered(data, SHEET, "<worksheet", entities), "roster.xlsx")
    assert each.code == "workbook"


@pytest.mark.parametrize("row", ["99999999999", "1048577"])
def test_a_row_beyond_every_sheet(tmp_path: Path, row: str) -> None:
    data = saved(workbook(HEADER, ("p001", "Ann", "left")))
    data = altered(data, SHEET, '<row r="2">', f'<row r="{row}">')
    for column in "ABC":
        data = altered(data, SHEET, f'r="{column}2"', f'r="{column}{row}"')
    (each,) = found(tmp_path, data, "roster.xlsx")
    assert each.code in ("too-large", "workbook")


def test_cells_far_to_the_right(tmp_path: Path) -> None:
    data = saved(workbook(("id",), ("p001",)))
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(3, 500))
    (each,) = found(tmp_path, altered(data, SHEET, "</sheetData>", f"{rows}</sheetData>"), "roster.xlsx")
    assert each.message == "expected at most 2,000,000 cells"


@pytest.mark.parametrize("cut", [4, 100, 1000, -1])
def test_half_a_workbook(tmp_path: Path, cut: int) -> None:
    (each,) = found(tmp_path, saved(workbook(HEADER, ("p001", "Ann", "left")))[:cut], "roster.xlsx")
    assert each.code == "workbook"
    assert each.hint


def test_without_openpyxl_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(workbook(HEADER, ("p001", "Ann", "left")))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert said(tmp_path, data, "roster.xlsx") == (
        "roster.xlsx: error[missing-library] reading .xlsx needs the library openpyxl\n"
        '  hint: pip install "pdfbuilder[xlsx]", or save the roster as CSV'
    )


def test_a_missing_routine_is_said_at_its_cell(tmp_path: Path) -> None:
    book = workbook(("id", "routine"), ("p001", None))
    assert "B2 (p001), routine: expected a routine" in says(tmp_path, book, defaults=NOBODY)
    assert ids(people(tmp_path, book, defaults=Order("back-mobility"))) == ["p001"]


def test_hidden_rows_are_read_with_a_warning(tmp_path: Path) -> None:
    book = workbook(("id", "name"), ("p1", "Ann"), ("p2", "Bob"), ("p3", "Cem"), (None, None))
    for number in (3, 5):
        book.active.row_dimensions[number].hidden = True
    book.active.auto_filter.ref = "A1:B4"
    roster = people(tmp_path, book)
    assert ids(roster) == ["p1", "p2", "p3"]
    assert [(each.code, each.message) for each in roster.problems] == [
        ("hidden-rows", "hidden rows are read like the others: 3")
    ]
