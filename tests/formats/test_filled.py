"""Sheets that were filled in are read as they were filled in; and whatever else comes is refused in a line."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pikepdf
import pytest
from formats.filling import filled, in_a_stream, pdf_of, saved
from samples import write

from pdfbuilder import InvalidInput, Renderer, build
from pdfbuilder.formats.apart import ReadingRoom
from pdfbuilder.formats.filled import (
    LONGEST_VALUE,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_FIELDS,
    MOST_MEMORY,
    MOST_UNPACKED,
    DayNote,
    DayTally,
    Filled,
)
from pdfbuilder.handout.fields import MOST_EXERCISES, SHEET_FIELD

MON, TUE = datetime.date(2026, 11, 23), datetime.date(2026, 11, 24)


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom() as opened:
        yield opened


@pytest.fixture(scope="module")
def diary(renderer: Renderer) -> bytes:
    return build(
        "sciatica-starter", "left", template="diary", fillable=True, id="A-1", date="2026-11-21", renderer=renderer
    )


@pytest.fixture(scope="module")
def week(renderer: Renderer) -> bytes:
    return build("sciatica-starter", "left", template="fridge", fillable=True, renderer=renderer)


def test_of_a_sheet_with_all_phases_every_one_is_read(renderer: Renderer, room: ReadingRoom, tmp_path: Path) -> None:
    found = read(room, tmp_path, build("ankle-sprain", "left", phase="all", fillable=True, renderer=renderer))
    numbers = [each.number for each in found.exercises]
    assert numbers == list(range(1, 12))
    assert {each.exercise for each in found.tallies} == set(numbers)


def read(room: ReadingRoom, folder: Path, data: bytes) -> Filled:
    return room.read(str(write(folder, data, "a.pdf")))


def refused(room: ReadingRoom, folder: Path, data: bytes) -> tuple[str, str]:
    """Code and message; there is one line of each file."""
    with pytest.raises(InvalidInput) as caught:
        read(room, folder, data)
    (found,) = caught.value.diagnostics
    assert found.hint
    return found.code, found.message


def of(sheet: Filled, exercise: int, day: str, side: str, week: int = 0) -> DayTally:
    (found,) = (
        each for each in sheet.tallies if (each.exercise, each.day, each.side, each.week) == (exercise, day, side, week)
    )
    return found


# --------------------------------------------------------------------------- what was filled in


def test_a_sheet_that_nobody_has_filled_in_is_all_noughts(room: ReadingRoom, tmp_path: Path, week: bytes) -> None:
    sheet = read(room, tmp_path, week)
    assert (sheet.id, sheet.routine, sheet.side, sheet.days) == ("", "sciatica-starter", "left", ())
    assert {each.done for each in sheet.tallies} == {0}
    # ten of the first, three on each side of the next two, five of the fourth, a walk; seven days
    assert sum(each.planned for each in sheet.tallies) == (10 + 6 + 6 + 5 + 1) * 7
    assert of(sheet, 2, "thu", "right").planned == 3


def test_ticks_count_for_their_exercise_side_and_day(room: ReadingRoom, tmp_path: Path, week: bytes) -> None:
    ticks = ["week-tue-e2-left-t1-s1-p1-rep1", "week-tue-e2-left-t1-s1-p1-rep3", "week-wed-e4-left-t1-s1-p1-rep5"]
    sheet = read(room, tmp_path, filled(week, {**dict.fromkeys(ticks, "Yes"), "week": "30 Nov,\x1b[2J  2026"}))
    assert of(sheet, 2, "tue", "left") == DayTally(0, "tue", None, 2, "left", "rep", 2, 3)
    assert of(sheet, 4, "wed", "left").done == 1
    assert sum(each.done for each in sheet.tallies) == 3
    assert sheet.week_of == "30 Nov,[2J 2026"


def test_the_diary_says_pain_and_notes_for_its_dates(room: ReadingRoom, tmp_path: Path, diary: bytes) -> None:
    answers = {
        "diary-w1-mon-e1-none-t1-s1-p1-session1": "Yes", "diary-w1-mon-before": "10", "diary-w1-mon-after": "0",
        "diary-w2-tue-notes": "Łukasz: “stiff”, 2\nsteps",
    }  # fmt: skip
    sheet = read(room, tmp_path, filled(diary, answers))
    assert sheet.id == "A-1"
    assert of(sheet, 1, "mon", "none", 1) == DayTally(1, "mon", MON, 1, "none", "session", 1, 1)
    assert sheet.days[0] == DayNote(1, "mon", MON, 10, 0)
    (noted,) = (each for each in sheet.days if each.notes)
    assert noted == DayNote(2, "tue", TUE + datetime.timedelta(weeks=1), notes="Łukasz: “stiff”, 2 steps")
    assert len(sheet.days) == 14


def test_the_dates_of_a_week_that_begins_on_a_sunday(room: ReadingRoom, tmp_path: Path, renderer: Renderer) -> None:
    pdf = build(
        "sciatica-starter", "left", template="diary", fillable=True, date="2026-11-21", language="en-US",
        renderer=renderer,
    )  # fmt: skip
    days = read(room, tmp_path, pdf).days
    assert (days[0].day, days[0].date) == ("sun", datetime.date(2026, 11, 22))
    assert (days[6].day, days[6].date) == ("sat", datetime.date(2026, 11, 28))


EXTRAS = """\
title: A
exercises:
  - {name: Step, side: bilateral, reps: 2-3, instructions: [Step.]}
  - {name: Lift, side: affected, reps: 2, optional: true, instructions: [Lift.]}
"""


def test_dashed_boxes_are_extra(room: ReadingRoom, tmp_path: Path, renderer: Renderer) -> None:
    pdf = build(write(tmp_path, EXTRAS), "left", fillable=True, renderer=renderer)
    ticks = [
        "week-mon-e1-none-t1-s1-p1-rep1",
        "week-mon-e1-none-t1-s1-p1-rep3-extra",
        "week-mon-e2-left-t1-s1-p1-rep2-extra",
    ]
    sheet = read(room, tmp_path, filled(pdf, dict.fromkeys(ticks, "Yes")))
    step, lift = of(sheet, 1, "mon", "none"), of(sheet, 2, "mon", "left")
    assert (step.done, step.planned, step.extra) == (1, 2, 1)
    assert (lift.done, lift.planned, lift.extra) == (0, 0, 1)
    assert [each.id for each in sheet.exercises] == ["", ""]


@pytest.mark.parametrize("tick", ["set", "session"])
def test_what_a_box_stands_for_is_said(room: ReadingRoom, tmp_path: Path, tick: str, renderer: Renderer) -> None:
    pdf = build("sciatica-starter", "left", tick=tick, fillable=True, renderer=renderer)
    sheet = read(room, tmp_path, pdf)
    assert {each.box for each in sheet.tallies} == {tick}


def with_line(pdf: bytes, name: str, text: str) -> bytes:
    """With a line that has another name."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        field = next(each for each in document.Root.AcroForm.Fields if each.T == "week")
        field.T, field.V = pikepdf.String(name), pikepdf.String(text)
        return saved(document)


@pytest.mark.parametrize(
    ("name", "text", "done", "planned", "written"),
    [("line8", "5", 5, 5 + 8, ("5",)), ("line", "7 min", 0, 5, ("7 min",)), ("line8", "", 0, 5 + 8, ()),
     ("line", "99999", 0, 5, ("99999",)), ("line", "٣", 0, 5, ("٣",))],
)  # fmt: skip
def test_numbers_on_lines_count(
    room: ReadingRoom,
    tmp_path: Path,
    week: bytes,
    name: str,
    text: str,
    done: int,
    planned: int,
    written: tuple[str, ...],
) -> None:
    sheet = read(room, tmp_path, with_line(week, f"week-mon-e4-left-t1-s1-p1-{name}", text))
    found = of(sheet, 4, "mon", "left")
    assert (found.done, found.planned, found.written) == (done, planned, written)


# --------------------------------------------------------------------------- as viewers save it


def test_it_is_read_however_it_was_saved(room: ReadingRoom, tmp_path: Path, diary: bytes) -> None:
    pdf = filled(diary, {"diary-w1-mon-e1-none-t1-s1-p1-session1": "Yes", "diary-w1-mon-after": "3"})
    whole = read(room, tmp_path, pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        plain = saved(document, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        linear = saved(document, linearize=True)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        # what some leave out: metadata, structure, the form's order, and what a box says beside what it shows
        del document.Root.Metadata, document.Root.StructTreeRoot, document.docinfo
        fields = list(document.Root.AcroForm.Fields)
        document.Root.AcroForm.Fields = pikepdf.Array(sorted(fields, key=lambda each: "/Kids" in each))
        for field in fields:
            if "/V" in field and field.FT == "/Btn":
                del field.V
        poor = saved(document)
    assert read(room, tmp_path, plain) == read(room, tmp_path, linear) == whole
    again = read(room, tmp_path, poor)
    assert (again.tallies, again.days) == (whole.tallies, whole.days)
    assert whole.days[0].pain_after == 3


def test_a_box_that_says_it_is_off_is_off(room: ReadingRoom, tmp_path: Path, week: bytes) -> None:
    with pikepdf.open(io.BytesIO(week)) as document:
        field = next(each for each in document.Root.AcroForm.Fields if each.FT == "/Btn")
        field.AS = pikepdf.Name.Yes
        assert field.V == "/Off"
        assert {each.done for each in read(room, tmp_path, saved(document)).tallies} == {0}


# --------------------------------------------------------------------------- what is refused

PAGES = b"/Pages <</Type/Pages/Kids []/Count 0>>"
FORM = b"<</Type/Catalog" + PAGES + b"/AcroForm <</Fields [%s]>>>>"
SHEET = b"<</FT/Tx/T(%s)/V(%s)>>"


def sheet_of(about: bytes, *more: bytes) -> bytes:
    return pdf_of(FORM % b" ".join([SHEET % (SHEET_FIELD.encode(), about), *more]))


ABOUT = b'{"version":1,"routine":"r","side":"left","exercises":[{"number":1,"id":"","name":"Lift"}]}'


def test_the_smallest_sheet_that_is_one(room: ReadingRoom, tmp_path: Path) -> None:
    box = b"<</FT/Btn/T(week-mon-e1-left-t1-s1-p1-rep1)/V/Yes>>"
    sheet = read(room, tmp_path, sheet_of(ABOUT, box, box, b"<</T(week-mon-e2-left-t1-s1-p1-rep1)/V/Yes>>"))
    # a box that stands there twice is one, and of an exercise that is not on the sheet there is none
    assert sheet.tallies == (DayTally(0, "mon", None, 1, "left", "rep", 1, 1),)


@pytest.mark.parametrize(
    "data",
    [
        pdf_of(b"<</Type/Catalog%s>>" % PAGES), pdf_of(b"<</Type/Catalog/AcroForm null%s>>" % PAGES),
        pdf_of(b"<</Type/Catalog/AcroForm <</Fields 3>>%s>>" % PAGES), pdf_of(FORM % b""),
        sheet_of(b""), sheet_of(b"{}"), sheet_of(ABOUT[:-1]),
        sheet_of(ABOUT.replace(b"1", b"2")), sheet_of(ABOUT.replace(b"left", b"up")),
        sheet_of(b"[" * 5000), sheet_of(ABOUT[:-2] + b',{"number":1,"id":"","name":""}' * MOST_EXERCISES + b"]}"),
    ],
)  # fmt: skip
def test_what_is_not_ours_is_said_to_be(room: ReadingRoom, tmp_path: Path, data: bytes) -> None:
    assert refused(room, tmp_path, data) == ("not-ours", "this is no sheet that was made to be filled in")


def test_a_sheet_for_paper_is_not_one_to_be_filled_in(room: ReadingRoom, tmp_path: Path, renderer: Renderer) -> None:
    code, _ = refused(room, tmp_path, build("sciatica-starter", "left", renderer=renderer))
    assert code == "not-ours"


DAMAGED = ("damaged", "the file is damaged, or no PDF")


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n", b"\x00" * 1000, b"PK\x03\x04", b"<html>", sheet_of(ABOUT)[:-40],
     sheet_of(ABOUT, b"3", b"null"), pdf_of(b"[]"), pdf_of(FORM % (b"[" * 400 + b"]" * 400)),
     in_a_stream(60), sheet_of(ABOUT, b"9 0 R")],
)  # fmt: skip
def test_what_is_damaged_is_said_to_be(room: ReadingRoom, tmp_path: Path, data: bytes) -> None:
    assert refused(room, tmp_path, data) == DAMAGED


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_ends_too_early_is_not_read_in_part(
    room: ReadingRoom, tmp_path: Path, diary: bytes, keep: float
) -> None:
    assert refused(room, tmp_path, diary[: int(keep * len(diary))]) == DAMAGED


@pytest.mark.parametrize("user", ["", "secret"])
def test_what_is_encrypted_is_said_to_be(room: ReadingRoom, tmp_path: Path, diary: bytes, user: str) -> None:
    with pikepdf.open(io.BytesIO(diary)) as document:
        data = saved(document, encryption=pikepdf.Encryption(owner="owner", user=user))
    assert refused(room, tmp_path, data) == ("encrypted", "the file is encrypted")


KID = b"<</T(a)/Kids [%d 0 R]>>"


@pytest.mark.parametrize(
    ("data", "most"),
    [
        (pdf_of(FORM % (b"2 0 R " * (MOST_FIELDS + 1)), b"<</T(a)>>"), f"{MOST_FIELDS:,} fields"),
        (pdf_of(FORM % b"2 0 R", b"<</T(a)/Kids [%s]>>" % (b"<<>>" * (MOST_FIELDS + 1))), f"{MOST_FIELDS:,} fields"),
        # one that is its own kid
        (pdf_of(FORM % b"2 0 R", KID % 2), f"{MOST_DEPTH} fields in each other"),
        (pdf_of(FORM % b"2 0 R", *(KID % number for number in range(3, 40)), KID % 2),
         f"{MOST_DEPTH} fields in each other"),
        # each has two kids, which are one
        (pdf_of(FORM % b"2 0 R", *(b"<</T(a)/Kids [%d 0 R %d 0 R]>>" % (number, number) for number in range(3, 24))),
         f"{MOST_DEPTH} fields in each other"),
        (sheet_of(b"a" * (LONGEST_VALUE + 1)), f"{LONGEST_VALUE:,} characters in a field"),
        (b"%PDF-1.7\n" + b" " * MOST_BYTES, f"{MOST_BYTES:,} bytes"),
    ],
)  # fmt: skip
def test_what_is_too_much_is_refused_at_a_count(room: ReadingRoom, tmp_path: Path, data: bytes, most: str) -> None:
    assert refused(room, tmp_path, data) == ("too-large", f"expected at most {most}")


def test_a_small_file_that_unpacks_to_much_takes_neither_memory_nor_the_next_file(tmp_path: Path, diary: bytes) -> None:
    small = in_a_stream(200)
    assert len(small) < MOST_UNPACKED // 50
    with ReadingRoom() as room:
        assert refused(room, tmp_path, small) == DAMAGED
        assert read(room, tmp_path, diary).id == "A-1"


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path: Path, diary: bytes) -> None:
    with ReadingRoom(seconds=0) as room:
        assert refused(room, tmp_path, diary) == ("too-large", "expected at most 0 seconds of work")
        room._seconds = 20
        assert read(room, tmp_path, diary).id == "A-1"


def test_a_reader_that_dies_costs_one_file(tmp_path: Path, diary: bytes) -> None:
    with ReadingRoom() as room:
        read(room, tmp_path, diary)
        assert room._process
        room._process.kill()
        room._process.join()
        assert refused(room, tmp_path, diary) == DAMAGED
        assert read(room, tmp_path, diary).id == "A-1"


def test_the_reader_is_held_to_its_memory(tmp_path: Path, diary: bytes) -> None:
    limits = pytest.importorskip("resource")
    with ReadingRoom() as room:
        read(room, tmp_path, diary)
        assert room._process
        if hasattr(limits, "prlimit"):
            assert limits.prlimit(room._process.pid, limits.RLIMIT_AS) == (MOST_MEMORY, MOST_MEMORY)


def test_without_the_library_a_line_says_how_to_get_it() -> None:
    with mock.patch("pdfbuilder.formats.apart.find_spec", return_value=None), pytest.raises(InvalidInput) as caught:
        ReadingRoom()
    assert str(caught.value) == (
        'pdfbuilder read: error[not-installed] pikepdf is not installed\n  hint: pip install "pdfbuilder[read]"'
    )
