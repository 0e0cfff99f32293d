"""CSV: separators, encodings, quotes. Nobody gets what belongs to somebody else."""

from __future__ import annotations

import csv
import io
import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from bounded import GUARD, said_within_bounds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roster.rosters import ANYBODY, SIDE_HINT, failed, found, ids, read, said
from samples import examples

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.wording import tidy
from pdfbuilder.roster import tables
from pdfbuilder.roster.people import read_roster

NUMBERS = itertools.count()
MANY = settings(
    max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip

TWO = "id,name,side\np001,Ann,left\np002,Bob,right\n"


# --------------------------------------------------------------------------- separators and encodings


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_three_separators_and_three_line_breaks(tmp_path: Path, separator: str, line_break: str) -> None:
    roster = read(tmp_path, TWO.replace(",", separator).replace("\n", line_break).encode())
    assert [(each.id, each.order.person.name, each.order.side, each.row) for each in roster.entries] == [
        ("p001", "Ann", AffectedSide.LEFT, 2),
        ("p002", "Bob", AffectedSide.RIGHT, 3),
    ]


@pytest.mark.parametrize(("separator", "quote"), [(",", ""), (";", '"'), ("\t", "")])
def test_a_spreadsheet_s_line_that_names_the_separator_is_no_header(tmp_path: Path, separator: str, quote: str) -> None:
    text = f"{quote}sep={separator}{quote}\n\n" + TWO.replace(",", separator)
    roster = read(tmp_path, text)
    assert [(each.id, each.order.side, each.row) for each in roster.entries] == [
        ("p001", AffectedSide.LEFT, 4),
        ("p002", AffectedSide.RIGHT, 5),
    ]


def test_the_named_separator_is_taken_at_its_word(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        read(tmp_path, "sep=;\n" + TWO)
    assert [(each.code, each.location.line) for each in error.value.diagnostics] == [("missing-column", 2)]
    with pytest.raises(InvalidInput) as error:
        read(tmp_path, "sep=;\n\n")
    assert [each.code for each in error.value.diagnostics] == ["empty"]


def test_the_separator_is_the_one_that_makes_sense_of_the_header(tmp_path: Path) -> None:
    text = 'id;"Family, first, second";side\np001;"Example, Ann";left\n'
    roster = read(tmp_path, text, columns={"Family, first, second": "name"})
    assert roster.entries[0].order.person.name == "Example, Ann"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
)  # the last two of these write a byte order mark  # fmt: skip
def test_unicode_is_told_by_its_mark(tmp_path: Path, encoding: str) -> None:
    roster = read(tmp_path, "id,name\np001,Jürgen Ørsted 山\n".encode(encoding))
    assert roster.entries[0].order.person.name == "Jürgen Ørsted 山"


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_of_either_order(tmp_path: Path, mark: bytes, encoding: str) -> None:
    assert ids(read(tmp_path, mark + TWO.encode(encoding))) == ["p001", "p002"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac-roman", "utf-16-le", "utf-8"])
def test_any_other_encoding_has_to_be_said(tmp_path: Path, encoding: str) -> None:
    roster = read(tmp_path, "id,name\np001,Jürgen\n".encode(encoding), encoding=encoding)
    assert roster.entries[0].order.person.name == "Jürgen"


def test_a_wrong_byte_is_named_with_its_place(tmp_path: Path) -> None:
    assert said(tmp_path, "id,name\np001,Ann\np002,Jürgen\n".encode("cp1252")) == (
        "roster.csv:3:7: error[encoding] expected UTF-8, got the byte 0xFC (byte 24 of the file)\n"
        "    p002,J\ufffd\n"
        "          ^\n"
        "  hint: save the file as UTF-8, or add --encoding cp1252 if Excel on Windows wrote it"
    )


def test_a_wrong_byte_after_a_mark_has_its_own_place(tmp_path: Path) -> None:
    (each,) = found(tmp_path, b"\xef\xbb\xbf" + "id,name\np002,Jürgen\n".encode("cp1252"))
    assert (each.location.line, each.location.column) == (2, 7)
    assert "0xFC (byte 18" in each.message


def test_half_a_character_of_utf_16(tmp_path: Path) -> None:
    assert "error[encoding]" in said(tmp_path, TWO.encode("utf-16") + b"x")


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (TWO.encode(), "klingon", 'there is no encoding "klingon"'),
        (TWO.encode(), "cp125", 'there is no encoding "cp125"'),
        (TWO.encode(), "base64", 'there is no encoding "base64"'),
        (TWO.encode(), "a\0b", "there is no encoding"),
        (b"\xef\xbb\xbf" + TWO.encode(), "cp1252", "the file's first bytes say utf-8, but --encoding says cp1252"),
        ("id,name\np001,Jürgen\n".encode("cp1252"), "ascii", "expected ascii, got the byte 0xFC"),
    ],
)
def test_an_encoding_that_cannot_be(tmp_path: Path, data: bytes, encoding: str, message: str) -> None:
    (each,) = found(tmp_path, data, encoding=encoding)
    assert each.code == "encoding"
    assert message in each.message
    assert each.hint


@pytest.mark.parametrize("data", [TWO.replace("Ann", "A\0n").encode(), TWO.encode("utf-16-le")])
def test_nul_characters(tmp_path: Path, data: bytes) -> None:
    assert [each.code for each in found(tmp_path, data)] == ["nul"]


# --------------------------------------------------------------------------- quotes


def test_quotes_protect_separators_and_quotes(tmp_path: Path) -> None:
    roster = read(tmp_path, 'id,name,note\n"p001","Example, Ann ""Annie""",""\np002,Bob,"Well, well."\n')
    assert [each.order.person.name for each in roster.entries] == ['Example, Ann "Annie"', "Bob"]
    assert roster.entries[0].order.person.note is None
    assert roster.entries[1].order.person.note is not None
    assert roster.entries[1].order.person.note.own_words == "Well, well."


def test_a_quote_that_is_never_closed_costs_nobody_else(tmp_path: Path) -> None:
    text = 'id,name,side\np001,"Ann,left\np002,Bob,right\np003,Cy,lft\n'
    roster = read(tmp_path, text)
    assert ids(roster) == ["p002"]
    assert failed(roster) == [(2, ""), (4, "p003")]
    assert said(tmp_path, text) == (
        "roster.csv:2:6: error[quote] row 2: the quote that opens here is never closed\n"
        '    p001,"Ann,left\n'
        "         ^\n"
        "  hint: close the quote; if it is one value, write it on one line\n"
        'roster.csv:4:9: error[side] row 4 (p003), side: expected left, right, both or none, got "lft"\n'
        "    p003,Cy,lft\n"
        "            ^^^\n"
        f"  hint: {SIDE_HINT}"
    )


@pytest.mark.parametrize(
    "rows",
    [
        # in one column, so that the record would be as wide as the header
        'p001,left,"gently\np002,right,slowly"\np003,both,ok\n',
        'p001,left,"gently\nx\np002,right,slowly"\np003,both,ok\n',
        'p001,"left,gently\np002,right",slowly\np003,both,ok\n',
        '"p001,left,gently\np002",right,slowly\np003,both,ok\n',
        'p001,left,"gently\np002,right,"slowly"\np003,both,ok\n',
        'p001,left,"gently\np002,right,""\np003,both,ok\n',
        'p001,left,"\np002,right,\np003,both,ok\n',
    ],
)
def test_two_people_never_become_one(tmp_path: Path, rows: str) -> None:
    roster = read(tmp_path, "id,side,note\n" + rows)
    assert roster.failed
    for entry in roster.entries:
        own = next(line for line in rows.split("\n") if line.startswith(entry.id))
        assert entry.order.side is AffectedSide.parse(own.split(",")[1])
        assert entry.order.person.note is None or entry.order.person.note.own_words in own
    assert "p003" in ids(roster) or any(row == 3 for row, _ in failed(roster))


def test_the_note_of_two_rows_says_where_its_quote_opened(tmp_path: Path) -> None:
    text = 'id,side,note\np001,left,"gently\np002,right,slowly"\n'
    assert said(tmp_path, text).startswith(
        "roster.csv:2:11: error[quote] row 2: the quote that opens here holds what looks like the next row\n"
    )


def test_a_note_may_hold_line_breaks(tmp_path: Path) -> None:
    text = 'id,side,note,name\np001,left,"Slowly, please.\nRest, if it hurts.\r\n\nGood luck!",Ann\np002,right,,Bob\n'
    roster = read(tmp_path, text)
    note = roster.entries[0].order.person.note
    assert note is not None
    assert note.own_words == "Slowly, please. Rest, if it hurts. Good luck!"
    assert [(each.id, each.row, each.order.person.name) for each in roster.entries] == [
        ("p001", 2, "Ann"),
        ("p002", 6, "Bob"),
    ]


@pytest.mark.parametrize("column", ["name", "therapist", "Remarks"])
def test_no_other_value_may(tmp_path: Path, column: str) -> None:
    text = f'id,{column},side\np001,"one\ntwo",left\np002,x,right\n'
    roster = read(tmp_path, text)
    assert ids(roster) == ["p002"]
    (each,) = [each for each in roster.problems if each.code != "ignored-column"]
    assert (each.code, each.location.line, each.location.column) == ("line-break", 2, 7)
    assert each.field == f"row 2 (p001), {column}"


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ('p001,Ann "Annie" Smith,left', 10, "a quote inside a value"),
        ('p001, "Ann",left', 7, "a quote inside a value"),
        ('p001,"Ann" Smith,left', 11, "the value goes on after the quote that closes it"),
        ('p001,"Ann"",left', 6, "the quote that opens here is never closed"),
        ('p001,Ann,left"', 14, "a quote inside a value"),
    ],
)
def test_stray_quotes(tmp_path: Path, row: str, column: int, message: str) -> None:
    roster = read(tmp_path, f"id,name,side\n{row}\np002,Bob,right\n")
    (each,) = roster.problems
    assert (each.code, each.location.line, each.location.column, each.message) == ("quote", 2, column, message)
    assert ids(roster) == ["p002"]


# --------------------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("p001,Ann", 9, "expected 3 cells, as in the header, got 2"),
        ("p001", 5, "expected 3 cells, as in the header, got 1"),
        ("p001,Example,Ann,left", 18, "expected 3 cells, as in the header, got 4"),
        ("p001,Ann,left,", 15, "expected 3 cells, as in the header, got 4"),
    ],
)
def test_rows_that_are_not_as_wide_as_the_header(tmp_path: Path, row: str, column: int, message: str) -> None:
    roster = read(tmp_path, f"id,name,side\n{row}\np002,Bob,right\n")
    (each,) = roster.problems
    assert (each.code, each.location.line, each.location.column, each.message) == ("cells", 2, column, message)
    assert ids(roster) == ["p002"]
    assert roster.failed[0].entry.row == 2


def test_a_line_of_commas_is_not_counted_to_the_end(tmp_path: Path) -> None:
    roster = read(tmp_path, f"id,name\n{',' * 1_000_000}x\np001,Ann\n")
    assert [each.message for each in roster.problems] == ["expected 2 cells, as in the header, got more than 400"]
    assert ids(roster) == ["p001"]


def test_blank_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    roster = read(tmp_path, "\n  \nid,name,side\n\np001,Ann,left\n,,\n , ,\t\n\np002,Bob,right\n\n")
    assert [(each.id, each.row) for each in roster.entries] == [("p001", 5), ("p002", 9)]
    assert roster.problems == ()


def test_rows_of_nothing_but_separators_are_blank(tmp_path: Path) -> None:
    roster = read(tmp_path, "id,name\np1,Ann\n,\n , ,\t,\n,,,,,\np2,Bob\n")
    assert [(each.id, each.row) for each in roster.entries] == [("p1", 2), ("p2", 6)]
    assert roster.problems == ()


@pytest.mark.slow
def test_what_is_too_much_is_refused_in_time(tmp_path: Path) -> None:
    header = "id,name,side\n"
    files = {
        "lines.csv": header + "\n" * 10_000_000,
        "returns.csv": header + "\r" * 10_000_000,
        "quotes.csv": '"' * 10_000_000,
        "one.csv": header + "a," + "x" * 10_000_000 + ",left\n",
    }
    told = said_within_bounds(tmp_path, {name: text.encode() for name, text in files.items()})
    assert {name: text.partition("] ")[2].partition("\n")[0] for name, text in told.items()} == {
        "lines.csv": "expected at most 500,000 lines",
        "returns.csv": "expected at most 500,000 lines",
        "quotes.csv": "header: expected at most 10,000 characters in a value, got 4,999,999",
        "one.csv": "row 2: expected at most 10,000 characters in a value, got 10,000,000",
    }


@pytest.mark.parametrize("row", ["1,2", '"",', "1,2,3", '"1"2,', "a"])
def test_cells_are_counted_whatever_they_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    monkeypatch.setattr(tables, "MOST_CELLS", 20)
    (each,) = found(tmp_path, "id,name\n" + f"{row}\n" * 20)
    assert (each.code, each.message) == ("too-large", "expected at most 20 cells")


def test_a_comment_is_a_row_like_any_other(tmp_path: Path) -> None:
    assert "row 3: expected 3 cells" in said(tmp_path, "id,name,side\np001,Ann,left\n# p002,Bob,right,x\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "the roster is empty"),
        ("\n \n\n", "the roster is empty"),
        ("\ufeff", "the roster is empty"),
        ("id,name,side\n", "nobody stands below the header"),
        ("id,name,side\n\n,,\n", "nobody stands below the header"),
        ('id,"name,side\np001,Ann,left\n', "the quote that opens here is never closed"),
        ('id,"na\nme",side\np001,Ann,left\n', "a heading holds a line break"),
        (",".join(["id", *(f"x{n}" for n in range(200))]) + "\n", "expected at most 200 columns"),
        ("id\n" + "\n".join(f"p{n}" for n in range(50_001)), "expected at most 50,000 people"),
        ("id\n" + "p" * 20_000_000, "expected at most 20,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_roster(tmp_path: Path, data: str, message: str) -> None:
    (each,) = found(tmp_path, data)
    assert each.message == message
    assert each.hint


@pytest.mark.parametrize("column", ["name", "note", "Remarks", "side"])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_value_of_200_kilobytes(tmp_path: Path, column: str, quoted: bool) -> None:
    value = "x" * 200_000
    value = f'"{value}"' if quoted else value
    roster = read(tmp_path, f"id,{column}\np001,{value}\np002,\n")
    (each,) = [each for each in roster.problems if each.code != "ignored-column"]
    assert each.code == "too-long"
    assert len(str(each)) < 1_000
    assert ids(roster) == ["p002"]


# --------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing.csv", "missing-file"), ("folder.csv", "directory"), ("people.pdf", "suffix"), ("people", "suffix"),
        ("people.xls", "suffix"), ("people.ods", "suffix"), ("a\0b.csv", "unreadable"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    for each in ("people.pdf", "people", "people.xls", "people.ods"):
        (tmp_path / each).write_text(TWO)
    with pytest.raises(InvalidInput) as caught:
        read_roster(f"{tmp_path}/{name}", ANYBODY)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.hint


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"PK\x03\x04x", "the name ends in .csv, but the file is a workbook or another zip archive"),
        ("a.xlsx", TWO.encode(), "the name ends in .xlsx, but the file is no workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "this is a workbook of the old kind, or one with a password"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "this is a workbook of the old kind, or one with a password"),
    ],
)
def test_names_that_do_not_fit_the_file(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (each,) = found(tmp_path, data, name)
    assert each.message == message


@pytest.mark.parametrize("name", ["people.CSV", "people.tsv", "people.txt", "people.csv"])
def test_names_that_fit(tmp_path: Path, name: str) -> None:
    assert ids(read(tmp_path, TWO.replace(",", "\t"), name)) == ["p001", "p002"]


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        "- id: p001\n- id: p002\n",
        "# people\npeople:\n- {id: p001}\n- {id: p002}\n",
        "---\n- id: p001\n- id: p002",
    ],
)
def test_standard_input_is_told_by_what_it_says(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    roster = read_roster("-", ANYBODY)
    assert ids(roster) == ["p001", "p002"]
    row = roster.entries[0].order.places.row
    assert row
    assert row.source == "<stdin>"


@pytest.mark.slow
def test_a_comment_on_standard_input_is_looked_at_once() -> None:
    """It was tried with every number of its blanks, and with a second comment after each."""
    words = [sys.executable, "-m", "pdfbuilder", "batch", "-", "--combine", "all.pdf"]
    done = subprocess.run(words, input=b"# " * 5_000, capture_output=True, check=False, timeout=GUARD)
    assert (done.returncode, b"error[missing-column]" in done.stderr) == (2, True)


# --------------------------------------------------------------------------- whatever csv writes

WORDS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"],
        exclude_characters="{}",  # in a note they name sides
    )
    | st.sampled_from(" ,;\"'"),
    max_size=20,
)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "id": WORDS.filter(str.strip),
            "name": WORDS,
            "side": st.sampled_from(["left", "Right", " BOTH ", "l", "R"]),
            "note": st.lists(WORDS, max_size=3).map("\n".join),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda person: person["id"].strip(),
)


def _looks_like_rows(note: str, separator: str, width: int, index: int) -> bool:
    lines = note.split("\n")
    return (
        len(lines) > 1
        and lines[0].count(separator) >= width - 1 - index
        and lines[-1].count(separator) >= index
    )  # fmt: skip


@given(
    people=PEOPLE,
    columns=st.permutations(["id", "name", "side", "note"]),
    separator=st.sampled_from(",;\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    line_break=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@MANY
def test_what_csv_writes_is_read_back(
    tmp_path: Path, people: list[dict[str, str]], columns: list[str], separator: str, quoting: int, line_break: str,
    encoding: str,
) -> None:  # fmt: skip
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, delimiter=separator, quoting=quoting, lineterminator=line_break)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(people)
    roster = read(tmp_path, stream.getvalue().encode(encoding), f"{next(NUMBERS)}.csv")
    if any(_looks_like_rows(each["note"], separator, 4, columns.index("note")) for each in people):
        assert roster.failed
        return
    assert roster.problems == ()
    assert [
        (
            each.id,
            each.order.person.name,
            each.order.side,
            each.order.person.note.own_words if each.order.person.note else "",
        )
        for each in roster.entries
    ] == [
        (each["id"].strip(), tidy(each["name"]), AffectedSide.parse(each["side"]), tidy(each["note"]))
        for each in people
    ]
