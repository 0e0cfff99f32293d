"""XLSX: what a spreadsheet makes of what was typed, and what a file can do to whoever opens it."""

from __future__ import annotations

import datetime
import io
import re
import struct
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bounded import said_within_bounds
from hypothesis import given, settings
from hypothesis import strategies as st
from roster.rosters import ANYBODY, NOBODY, failed, found, ids, read, said, saved, workbook

from pdfbuilder.domain.order import Order
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.roster import packages
from pdfbuilder.roster.people import Roster
from pdfbuilder.roster.tables import MOST_CELLS
from pdfbuilder.roster.workbooks import read_workbook

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
    assert [(each.id, each.order.person.name, each.order.side, each.row) for each in roster.entries] == [
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
    assert (figures["reps"].high, figures["sets"].high, figures["optional"]) == (12, 3, True)


@pytest.mark.parametrize(
    "value", [datetime.date(2026, 11, 21), datetime.datetime.fromisoformat("2026-11-21"), "2026-11-21"]
)
def test_a_date_is_a_date_or_text(tmp_path: Path, value: object) -> None:
    (entry,) = people(tmp_path, workbook(("id", "date"), ("p001", value))).entries
    assert entry.order.person.date == datetime.date(2026, 11, 21)


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    book = workbook(("id", "date"), ("p001", datetime.date(2026, 11, 21)))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    (entry,) = people(tmp_path, book).entries
    assert entry.order.person.date == datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("side", "lft", 'B2 (p001), side: expected left, right, both or none, got "lft"\n  hint: write one'),
        ("side", True, 'B2 (p001), side: expected left, right, both or none, got "yes"'),
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
    assert entry.order.person.name == '=HYPERLINK("http://example.org","Ann")'


def test_a_line_break_inside_a_cell_is_white_space(tmp_path: Path) -> None:
    book = workbook(("id", "name", "note"), ("p001", "Ann\nSmith", "Slowly.\nRest."))
    (entry,) = people(tmp_path, book).entries
    assert entry.order.person.name == "Ann Smith"


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


@pytest.mark.parametrize(
    ("cell", "is_said"),
    [("<c><v>1</v></c>", True), ('<c t="inlineStr"><is><r><t>x</t></r></is></c>', True), ("<c/>", False),
     ("<c><v> </v></c>", False), ('<c t="s"/><!-- <v>1</v> -->', False)],
)  # fmt: skip
def test_a_sheet_is_left_out_with_a_word_if_it_says_something(tmp_path: Path, cell: str, is_said: bool) -> None:
    sheets = '<sheet name="A" r:id="s"/><sheet name="B" r:id="t"/>'
    data = packed(
        ("xl/b.xml", sheet(f"<row>{cell}</row>")),
        workbook=f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{sheets}</sheets></workbook>',
        relations=relationships(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "worksheet", "b.xml")),
    )
    assert [each.message for each in found(tmp_path, data, "roster.xlsx")] == (
        ["only the first sheet is read, A; left out: B"] if is_said else []
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


@pytest.mark.slow
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
    assert each.hint


def test_blank_cells_far_to_the_right_are_nothing(tmp_path: Path) -> None:
    data = saved(workbook(("id",), ("p001",)))
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(3, 500))
    assert ids(read(tmp_path, altered(data, SHEET, "</sheetData>", f"{rows}</sheetData>"), "roster.xlsx")) == ["p001"]


@pytest.mark.parametrize("cut", [4, 100, 1000, -1])
def test_half_a_workbook(tmp_path: Path, cut: int) -> None:
    (each,) = found(tmp_path, saved(workbook(HEADER, ("p001", "Ann", "left")))[:cut], "roster.xlsx")
    assert each.code == "workbook"
    assert each.hint


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


def test_hidden_columns_are_read_with_a_warning(tmp_path: Path) -> None:
    book = workbook(("id", "name", "side", "Affected"), ("p1", "Ann", "left", "right"))
    for column in ("C", "F"):
        book.active.column_dimensions[column].hidden = True
    (hidden, *_) = people(tmp_path, book).problems
    assert (hidden.code, hidden.message) == ("hidden-columns", "hidden columns are read like the others: side")


# --------------------------------------------------------------------------- nobody vanishes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>side</v></c></row>'
ANN = '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>left</v></c></row>'
BOB = '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><v>right</v></c></row>'


def relationships(*each: tuple[str, str, str]) -> str:
    """The parts that a part names: what it calls them, of what kind they are, and where they lie."""
    lines = (f'<Relationship Id="{id_}" Type="{RELATED}/{kind}" Target="{target}"/>' for id_, kind, target in each)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def sheet(rows: str, behind: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'


def workbook_of(*sheets: str) -> str:
    """A workbook whose sheets are all in one part."""
    listed = "".join(f'<sheet name="{name}" r:id="s"/>' for name in sheets)
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>'


#: The least that a workbook has.
PARTS = {
    "_rels/.rels": relationships(("d", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": workbook_of("A"),
    "xl/_rels/workbook.xml.rels": relationships(("s", "worksheet", "worksheets/sheet1.xml")),
    SHEET: sheet(HEAD + ANN + BOB),
}


def packed(*more: tuple[str, str], packing: int = zipfile.ZIP_DEFLATED, **parts: str) -> bytes:
    """A workbook by hand.

    Args:
        more: parts that stand behind the others, whatever their names are.
        packing: how its parts are packed.
        parts: those that are not as in the least one: its sheet1, its workbook, and what that (relations) and the
            archive (root) name.
    """
    known = {
        "root": "_rels/.rels", "workbook": "xl/workbook.xml", "sheet1": SHEET,
        "relations": "xl/_rels/workbook.xml.rels",
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, text in (PARTS | {known[name]: text for name, text in parts.items()}).items():
            archive.writestr(name, text)
        for name, text in more:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                archive.writestr(name, text)
    return stream.getvalue()


def test_the_least_workbook_by_hand(tmp_path: Path) -> None:
    roster = read(tmp_path, packed(), "roster.xlsx")
    assert [(each.id, each.order.side) for each in roster.entries] == [
        ("1", AffectedSide.LEFT),
        ("2", AffectedSide.RIGHT),
    ]
    assert roster.problems == ()


@pytest.mark.parametrize(
    ("rows", "where", "message"),
    [
        (HEAD + BOB + ANN, "2", "row 2 stands below row 3"),
        (HEAD + ANN + BOB.replace("3", "2"), "2", "row 2 stands there twice"),
        (HEAD + ANN.replace("</row>", '<c r="B2"><v>9</v></c></row>'), "2:2", "the cell B2 stands there twice"),
        (HEAD + ANN.replace("</row>", '<c r="A2"><v>9</v></c></row>'), "2:1", "the cell A2 stands behind B2"),
        (HEAD + ANN.replace('r="B2"', 'r="B3"'), "2:2", "the cell B3 stands in row 2"),
        (HEAD + ANN.replace(' r="B2"', ""), "2:2", "some cells say their place, and others do not"),
        (HEAD + ANN + BOB.replace(' r="3"', ""), "3", "some rows say their number, and others do not"),
        (HEAD + ANN.replace('row r="2"', 'row r="02"'), "1:2", 'expected the number of a row, got "02"'),
        (HEAD + ANN.replace('r="B2"', 'r="b2"'), "2:1", 'expected the place of a cell, such as B2, got "b2"'),
        (HEAD + ANN.replace("<v>left</v>", "<v>left</v><v>right</v>"), "2:2", "the cell B2 holds two values"),
        (HEAD + ANN.replace("<v>left</v>", "<v>left<x/>right</v>"), "", "it holds an element in the middle of a text"),
        (HEAD + ANN + f"<x:more xmlns:x='urn:x'>{BOB}</x:more>", "2:2", "<urn:x more> stands where no spreadsheet"),
        (HEAD + ANN + "</sheetData><sheetData>" + BOB, "2:2", "<sheetData> stands where no spreadsheet writes it"),
        (HEAD + ANN.replace('t="str"><v>left</v>', 't="s"><v>7</v>'), "2:2", "the text of the cell B2 is missing"),
        (HEAD + ANN.replace('r="A2"', 'r="A2" s="5"'), "2:1", "the format of the cell A2 is missing"),
    ],
)  # fmt: skip
def test_what_would_lose_somebody_or_a_value_is_refused(tmp_path: Path, rows: str, where: str, message: str) -> None:
    (each,) = found(tmp_path, packed(sheet1=sheet(rows)), "roster.xlsx")
    assert (each.code, each.hint.startswith("open it, check it")) == ("workbook", True)
    assert message in each.message
    assert str(each.location).removeprefix(f"{tmp_path}/roster.xlsx").removeprefix(":") == where


def test_rows_and_cells_that_never_say_their_place_are_counted(tmp_path: Path) -> None:
    rows = re.sub(' r="[A-Z]?[0-9]+"', "", HEAD + ANN + BOB)
    roster = read(tmp_path, packed(sheet1=sheet(rows)), "roster.xlsx")
    assert [(each.id, each.row) for each in roster.entries] == [("1", 2), ("2", 3)]
    assert "B2 (1), side: expected left" in said(
        tmp_path, packed(sheet1=sheet(rows.replace("left", "lft"))), "roster.xlsx"
    )


@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), "XL/workbook.xml", "docProps/app.xml"])
def test_a_part_that_stands_twice_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    data = packed((name, PARTS.get(name, sheet(HEAD + BOB))), (name, "") if name.startswith("doc") else ("x", ""))
    (each,) = found(tmp_path, data, "roster.xlsx")
    assert each.message == f"the part {name} stands twice in the archive"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"relations": relationships()}, "the sheet A is missing"),
        ({"relations": relationships(("s", "worksheet", "a.xml"))}, "the part xl/a.xml is missing"),
        (
            {"relations": relationships(("s", "worksheet", "a.xml"), ("s", "worksheet", "worksheets/sheet1.xml"))},
            "xl/workbook.xml calls two parts by one name",
        ),
        ({"root": relationships()}, "the workbook is damaged, or not one"),
        ({"root": relationships(*[(id_, "officeDocument", "a.xml") for id_ in "ab"])}, "the workbook is damaged"),
        ({"workbook": workbook_of("A", "B")}, "the sheet B is in the same part as another one"),
        (
            {"relations": relationships(("s", "worksheet", "worksheets/sheet1.xml"), ("1", "sharedStrings", "a.xml"),
                                        ("2", "sharedStrings", "b.xml"))},
            "the workbook has two parts of the kind sharedStrings",
        ),
        ({"sheet1": f'<worksheet xmlns="{MAIN}"/>'}, "the workbook is damaged, or not one"),
    ],
)  # fmt: skip
def test_what_cannot_be_found_or_told_apart_is_refused(tmp_path: Path, parts: dict[str, str], message: str) -> None:
    (each,) = found(tmp_path, packed(packing=zipfile.ZIP_STORED, **parts), "roster.xlsx")
    assert each.code == "workbook"
    assert each.message.startswith(message)


def test_a_merged_cell_with_a_value_of_its_own_is_not_believed(tmp_path: Path) -> None:
    """Whoever looks at the sheet sees the one above."""
    data = packed(sheet1=sheet(HEAD + ANN + BOB, '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'))
    roster = read(tmp_path, data, "roster.xlsx")
    assert (ids(roster), failed(roster)) == (["1"], [(3, "2")])
    assert "B3 (2), side: the cell is merged with the one above or beside it" in said(tmp_path, data, "roster.xlsx")


def test_merged_cells_beside_the_table_are_nothing(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="C2:XFD3"/><mergeCell ref="D9:E9"/></mergeCells>'
    assert ids(read(tmp_path, packed(sheet1=sheet(HEAD + ANN + BOB, merged)), "roster.xlsx")) == ["1", "2"]


@pytest.mark.parametrize("reference", ["B2:A3", "B3:B2", "B2:", "2:3", "B2:B3:B4", ""])
def test_merged_cells_that_are_nowhere(tmp_path: Path, reference: str) -> None:
    data = packed(sheet1=sheet(HEAD + ANN, f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'))
    assert [each.code for each in found(tmp_path, data, "roster.xlsx")] == ["workbook"]


# --------------------------------------------------------------------------- what a cell says


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('t="inlineStr"><is><t>Ann</t></is>', "Ann"),
        ('t="inlineStr"><is><r><rPr><b/></rPr><t>An</t></r><r><t>n</t></r><rPh sb="0"><t>x</t></rPh></is>', "Ann"),
        ('t="s"><v>0</v>', "Ann Smith"),
        ('t="s"><v>1</v>', "Ann"),
        ('t="s"><v>2</v>', "A_B"),
        ('t="str"><f>X()</f><v>Ann</v>', "Ann"),
        ("><f>X()</f><v> 7 </v>", "7"),
        ("><v>1E2</v>", "100"),
        ('t="n"><v>.5</v>', "0.5"),
        ('t="b"><v>1</v>', "yes"),
        ('t="str"><v>1<!-- -->2</v>', "12"),
    ],
)
def test_every_way_of_writing_a_text_or_a_number(tmp_path: Path, cell: str, shown: str) -> None:
    texts = "<si><r><t>Ann </t></r><r><t>Smith</t></r></si><si><t>Ann</t></si><si><t>A_x005F_B</t></si>"
    relations = relationships(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "/xl/texts.xml"))
    rows = HEAD.replace("side", "name") + f'<row r="2"><c r="A2"><v>1</v></c><c r="B2" {cell}</c></row>'
    data = packed(("xl/texts.xml", f'<sst xmlns="{MAIN}">{texts}</sst>'), relations=relations, sheet1=sheet(rows))
    (entry,) = read(tmp_path, data, "roster.xlsx").entries
    assert entry.order.person.name == shown


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("><v>abc</v>", "the cell does not hold what it says, a value of the kind n"),
        ("><v>nan</v>", "the cell does not hold what it says"),
        ("><v>1e999</v>", "the number has more digits than a spreadsheet keeps"),
        (f"><v>{'9' * 5000}</v>", "the cell does not hold what it says"),
        ('t="x"><v>1</v>', "a value of the kind x"),
        ('t="b"><v>2</v>', "a value of the kind b"),
        ('t="s"><v>-1</v>', "a value of the kind s"),
        ('t="d"><v>soon</v>', "a value of the kind d"),
        ('t="inlineStr"><v>left</v>', "a value of the kind inlineStr"),
        ('t="str"><v>left</v><is><t>right</t></is>', "a value of the kind str"),
        ('t="inlineStr"><is><t>left</t></is><v>right</v>', "a value of the kind inlineStr"),
        ('t="e"><v>#REF!</v>', "expected a value, got the error #REF!"),
    ],
)
def test_what_a_cell_cannot_hold_is_an_error_at_the_cell(tmp_path: Path, cell: str, message: str) -> None:
    """Never a blank one: then the side would be that of the command line."""
    data = packed(sheet1=sheet(HEAD + f'<row r="2"><c r="A2"><v>1</v></c><c r="B2" {cell}</c></row>' + BOB))
    roster = read(tmp_path, data, "roster.xlsx")
    assert (ids(roster), failed(roster)) == (["2"], [(2, "1")])
    assert "B2 (1), side: " in said(tmp_path, data, "roster.xlsx")
    assert message in said(tmp_path, data, "roster.xlsx")


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (46_347, "dd/mm/yyyy", "2026-11-21"),
        (46_347, "mm-dd-yy", "2026-11-21"),
        (46_347, '[$-409]d" of "mmm;@', "2026-11-21"),
        (46_347, '0" days"', "46347 days"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (46_347.5, "yyyy-mm-dd", "got a date"),
        (60, "yyyy-mm-dd", "got a day before March 1900"),
        (0.5, "h:mm", "got 12:00:00"),
        (30.5, "[h]:mm", "got a duration"),
        (-1, "yyyy-mm-dd", "expected a day, got a number that is none"),
        (1e12, "yyyy-mm-dd", "expected a day, got a number that is none"),
    ],
)
def test_numbers_that_are_shown_as_days(tmp_path: Path, value: float, number_format: str, shown: str) -> None:
    book = workbook(("id", "date"), ("p1", value))
    book.active["B2"].number_format = number_format
    if shown == "46347 days":
        book.active["A2"], book.active["B2"] = value, None
        book.active["A2"].number_format = number_format
        assert ids(people(tmp_path, book)) == [shown]
    elif shown.startswith(("2", "1")):
        (entry,) = people(tmp_path, book).entries
        assert str(entry.order.person.date) == shown
    else:
        text = says(tmp_path, book)
        assert ("expected a day as YYYY-MM-DD" if shown == "got a date" else shown) in text


VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20).filter(lambda text: "_x" not in text),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 3)),
    st.booleans(),
    st.dates(datetime.date(1900, 3, 1), datetime.date(2199, 12, 31)),
)


@pytest.mark.slow
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_cells_say_what_another_program_wrote(rows: list[tuple[Any, Any]]) -> None:
    book = workbook(("id", "x"))
    for row, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            cell = book.active.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    table = read_workbook(saved(book), "a.xlsx", Path())
    shown = {(row.number, column): cell.text for row in table.rows for column, cell in enumerate(row.cells, start=1)}
    for row, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            text = shown.get((row, column), "")
            if isinstance(value, str):
                assert text.strip() == value.strip()
            elif isinstance(value, bool):
                assert text == ("yes" if value else "no")
            elif isinstance(value, datetime.date):
                assert text == value.isoformat()
            else:
                assert float(text) == value


# --------------------------------------------------------------------------- bounds


def huge() -> dict[str, bytes]:
    """Workbooks beyond what may be asked of the reader, each in a few kilobytes."""
    styles = relationships(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "styles", "t.xml"))
    many = "".join(f'<Relationship Id="{number}"/>' for number in range(packages.MOST_OF["Relationship"] + 1))
    merged = "".join(f'<mergeCell ref="A{row}:XFD{row + 99}"/>' for row in range(1, 1101, 100))
    lying = packed(sheet1=sheet(HEAD + " " * 60_000_000))
    size = len(sheet(HEAD)) + 60_000_000
    return {
        "cells.xlsx": packed(sheet1=sheet(f"<row>{'<c/>' * 500}</row>" * (MOST_CELLS // 500 + 1))),
        "elements.xlsx": packed(sheet1=sheet(HEAD, "<a/>" * packages.MOST_ELEMENTS)),
        "deep.xlsx": packed(sheet1=sheet(HEAD, "<a>" * 900_000 + "</a>" * 900_000)),
        "names.xlsx": packed(sheet1=sheet(HEAD, "".join(f"<a{number}/>" for number in range(packages.MOST_NAMES + 1)))),
        "attribute.xlsx": packed(sheet1=sheet(HEAD, f'<a b="{"x" * packages.LONGEST_PIECE}"/>')),
        "styles.xlsx": packed(
            ("xl/t.xml", f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 65_001}</cellXfs></styleSheet>'),
            relations=styles,
        ),
        "sheets.xlsx": packed(workbook=f'<workbook xmlns="{MAIN}"><sheets>{"<sheet/>" * 1001}</sheets></workbook>'),
        "related.xlsx": packed(relations=relationships().replace("</", f"{many}</")),
        "merged.xlsx": packed(sheet1=sheet(HEAD + ANN, f"<mergeCells>{merged}</mergeCells>")),
        "bzip2.xlsx": packed(packing=zipfile.ZIP_BZIP2),
        "lzma.xlsx": packed(packing=zipfile.ZIP_LZMA),
        "lying.xlsx": lying.replace(struct.pack("<I", size), struct.pack("<I", 1000)),
        "document-type.xlsx": packed(workbook="<!DOCTYPE x>" + PARTS["xl/workbook.xml"]),
    }


@pytest.mark.slow
def test_what_is_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    files = huge()
    assert max(map(len, files.values())) < 200_000
    beyond = said_within_bounds(tmp_path, files)
    assert {name: text.partition("] ")[2].partition("\n")[0] for name, text in beyond.items()} == {
        "cells.xlsx": "expected a workbook of at most 1,000,000 cells",
        "elements.xlsx": "expected a workbook of at most 3,500,000 elements",
        "deep.xlsx": "expected a workbook of at most 50 elements in each other",
        "names.xlsx": "expected a workbook of at most 10,000 names",
        "attribute.xlsx": "expected a workbook of at most 250,000 bytes in one element",
        "styles.xlsx": "expected a workbook of at most 65,000 cell formats",
        "sheets.xlsx": "expected a workbook of at most 1,000 sheets",
        "related.xlsx": "expected a workbook of at most 10,000 relationships",
        "merged.xlsx": "expected at most 200,000 cells that are merged",
        "bzip2.xlsx": "the part _rels/.rels is packed in another way than workbooks are",
        "lzma.xlsx": "the part _rels/.rels is packed in another way than workbooks are",
        "lying.xlsx": "the workbook is damaged, or not one",
        "document-type.xlsx": "it holds a document type (DOCTYPE)",
    }


@pytest.mark.parametrize(
    ("behind", "texts", "most"),
    [("<a/>" * 10, "", "10 other elements than cells"), ("", "<si/>" * 11, "10 different texts")],
)
def test_other_elements_are_counted_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behind: str, texts: str, most: str
) -> None:
    monkeypatch.setattr(packages, "MOST_OTHERS", 10)
    monkeypatch.setitem(packages.MOST_OF, "si", 10)
    relations = relationships(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "t.xml"))
    data = packed(("xl/t.xml", f'<sst xmlns="{MAIN}">{texts}</sst>'), relations=relations, sheet1=sheet(HEAD, behind))
    assert [each.message for each in found(tmp_path, data, "roster.xlsx")] == [f"expected a workbook of at most {most}"]


@pytest.mark.slow
def test_a_comment_full_of_what_is_looked_for_is_a_comment(tmp_path: Path) -> None:
    comment = f"<!-- {'<mergeCell <row ' * 200_000}-->"
    assert said_within_bounds(tmp_path, {"a.xlsx": packed(sheet1=sheet(HEAD + ANN, comment))}) == {"a.xlsx": ""}
