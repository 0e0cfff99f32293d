"""What was filled in, as it is handed on: to people as a summary, to programs as CSV and JSON."""

from __future__ import annotations

import csv
import datetime
import io
import json

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pdfbuilder.formats.answers import COLUMNS, DataFormat, answers, summary
from pdfbuilder.formats.filled import DayNote, DayTally, Filled
from pdfbuilder.handout.fields import SheetExercise

MON = datetime.date(2026, 11, 23)
SHEET = Filled(
    "A-1", "knees", "left", "",
    (SheetExercise(1, "tilt", "Pelvic tilt"), SheetExercise(2, "", "Heel slide"), SheetExercise(3, "", "Stairs")),
    (
        DayTally(1, "mon", MON, 1, "none", "rep", 8, 10), DayTally(1, "mon", MON, 2, "left", "set", 2, 2, 1),
        DayTally(1, "mon", MON, 2, "right", "set", 0, 1),
        DayTally(1, "tue", None, 1, "none", "rep", 0, 10, 0, ("7 min",)),
        DayTally(1, "wed", None, 1, "none", "rep", 0, 10),
    ),
    (DayNote(1, "mon", MON, 5, 0, "=stiff"), DayNote(1, "tue", None, 2, None, "Better.")),
)  # fmt: skip
SUMMARY = """\
A-1: knees, left (a.pdf)
  1  Pelvic tilt: 8 of 30, on 2 of 3 days; written: 7 min
  2  Heel slide, left: 2 of 2 and 1 extra, on 1 of 1 days
  2  Heel slide, right: 0 of 1, on 0 of 1 days
  pain before: 2 to 5, on 2 days
  pain after: 0, on 1 day
  2026-11-23: =stiff
  week 1, tue: Better.
"""


def test_a_person_reads_a_summary() -> None:
    assert summary({"a.pdf": SHEET}) == SUMMARY


def test_what_is_written_and_not_counted_is_said() -> None:
    lines = tuple(DayTally(0, "mon", None, 2, "left", written=(text,)) for text in ("12345", "١٢", "12"))
    assert "; written: 12345; ١٢\n" in summary({"a.pdf": replace(SHEET, tallies=lines)})


def rows(sheets: dict[str, Filled]) -> list[dict[str, str]]:
    text = answers(sheets, DataFormat.CSV).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_spreadsheet_has_a_row_for_each_exercise_day_and_side_and_for_what_a_day_was_asked() -> None:
    data = answers({"a.pdf": SHEET}, DataFormat.CSV)
    assert data.startswith(b"\xef\xbb\xbffile,id,")
    assert data.count(b"\r\n") == data.count(b"\n") == 1 + 5 + 2
    found = rows({"a.pdf": SHEET})
    assert tuple(found[0]) == COLUMNS
    expected = {
        "file": "a.pdf", "id": "A-1", "routine": "knees", "affected": "left", "week": "1", "day": "mon",
        "date": "2026-11-23",
    }  # fmt: skip
    slide = {"name": "Heel slide", "side": "left", "box": "set", "done": "2", "planned": "2", "extra": "1"}
    assert {name: value for name, value in found[1].items() if value} == {**expected, **slide}
    # what a spreadsheet would run is written as text
    day = {"pain_before": "5", "pain_after": "0", "notes": "'=stiff"}
    assert {name: value for name, value in found[5].items() if value} == {**expected, **day}


def test_a_program_reads_the_same_as_it_was_written() -> None:
    (sheet,) = json.loads(answers({"a.pdf": SHEET}, DataFormat.JSON))
    assert (sheet["file"], sheet["id"], sheet["affected"]) == ("a.pdf", "A-1", "left")
    assert sheet["exercises"][0] == {"number": 1, "id": "tilt", "name": "Pelvic tilt"}
    assert sheet["tallies"][3]["written"] == ["7 min"]
    assert sheet["days"][0] == {
        "week": 1, "day": "mon", "date": "2026-11-23", "pain_before": 5, "pain_after": 0, "notes": "=stiff",
    }  # fmt: skip


NOTES = st.text() | st.sampled_from(["=1+1", "+1", "-1", "@a", '"', "a;b", ",", "'"])


@given(st.lists(NOTES, min_size=1, max_size=5))
def test_no_note_is_a_formula_or_breaks_a_row(notes: list[str]) -> None:
    days = tuple(DayNote(1, "mon", MON, notes=" ".join(note.split())) for note in notes)
    sheet = Filled("", "r", "left", "", (), (), days)
    found = rows({"a.pdf": sheet})
    assert len(found) == len(days)
    for row, day in zip(found, days, strict=True):
        assert row["notes"].removeprefix("'") == day.notes.removeprefix("'")
        assert not row["notes"].startswith(("=", "+", "-", "@"))
    assert [each["notes"] for each in json.loads(answers({"a": sheet}, DataFormat.JSON))[0]["days"]] == [
        day.notes for day in days
    ]
