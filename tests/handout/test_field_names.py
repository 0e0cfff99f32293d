"""What form fields are called: the names are kept, since files that were filled in come back much later."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SIDES, TEMPLATES, write

from pdfbuilder import Renderer, build
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import Weekday
from pdfbuilder.domain.side import AffectedSide, Side
from pdfbuilder.handout.fields import (
    SHEET_FIELD,
    BoxField,
    Day,
    DayField,
    DiaryQuestion,
    LineField,
    SheetExercise,
    SheetFacts,
    Worked,
    read_name,
)

WED = Day(Weekday.WED)
IN_WEEK_2 = Day(Weekday.SUN, 2)
NAMES = {
    "week-wed-e2-left-t1-s3-p1-rep4": BoxField(WED, 2, Worked.LEFT, Tick.REP, 4, set=3),
    "week-wed-e12-right-t2-s1-p3-rep10-extra": BoxField(WED, 12, Worked.RIGHT, Tick.REP, 10, 2, part=3, extra=True),
    "week-wed-e1-none-t1-s1-p1-set2": BoxField(WED, 1, Worked.NONE, Tick.SET, 2),
    "diary-w2-sun-e2-both-t1-s1-p1-session1": BoxField(IN_WEEK_2, 2, Worked.BOTH, Tick.SESSION, 1),
    "diary-w2-sun-e2-both-t1-s1-p1-line8": LineField(IN_WEEK_2, 2, Worked.BOTH, 8),
    "week-wed-e2-left-t1-s2-p1-line": LineField(WED, 2, Worked.LEFT, set=2),
    "diary-w2-sun-before": DayField(IN_WEEK_2, DiaryQuestion.BEFORE),
    "diary-w2-sun-after": DayField(IN_WEEK_2, DiaryQuestion.AFTER),
    "diary-w2-sun-notes": DayField(IN_WEEK_2, DiaryQuestion.NOTES),
}


@pytest.mark.parametrize(("name", "field"), NAMES.items())
def test_names_are_what_they_have_always_been(name: str, field: BoxField | LineField | DayField) -> None:
    assert str(field) == name
    assert read_name(name) == field


DAYS = st.builds(Day, st.sampled_from(Weekday), st.integers(0, 52))
NUMBERS = st.integers(1, 999)
PLACE = (NUMBERS, NUMBERS, NUMBERS)
BOXES = st.builds(
    BoxField, DAYS, NUMBERS, st.sampled_from(Worked), st.sampled_from([Tick.REP, Tick.SET, Tick.SESSION]), NUMBERS,
    *PLACE, st.booleans(),
)  # fmt: skip
LINES = st.builds(LineField, DAYS, NUMBERS, st.sampled_from(Worked), st.integers(0, 999), *PLACE)


@given(BOXES | LINES)
def test_a_name_says_all_of_a_field(field: BoxField | LineField) -> None:
    assert read_name(str(field)) == field


@pytest.mark.parametrize(
    "name",
    ["", "week", "name", "box-1-1", "week-wed-before", "week-day-e1-none-t1-s1-p1-rep1",
     "week-wed-e0-left-t1-s1-p1-rep1",
     "week-wed-e1-left-t1-s1-p1-rep1-", "diary-w1-wed-e1-left-t1-s1-p1-line2-extra", "week-wed-e1-left-t1-s1-p1-rep١",
     f"week-wed-e{'9' * 5000}-left-t1-s1-p1-rep1"],
)  # fmt: skip
def test_other_names_are_none_of_ours(name: str) -> None:
    assert read_name(name) is None


@given(st.text() | BOXES.map(str).flatmap(lambda name: st.integers(0, len(name)).map(lambda end: name[:end])))
def test_any_name_can_be_looked_at(name: str) -> None:
    read_name(name)


def test_the_side_of_a_box_is_its_own_or_that_of_the_exercise() -> None:
    left, right = Side.LEFT, Side.RIGHT
    assert Worked.of((left, right), right) is Worked.RIGHT
    assert Worked.of((right,)) is Worked.RIGHT
    assert Worked.of((left, right)) is Worked.BOTH
    assert Worked.of(()) is Worked.NONE


# --------------------------------------------------------------------------- finished files


def field_names(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(field.T) for field in document.Root.AcroForm.Fields]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_field_of_a_sheet_is_known_and_called_by_a_name_of_its_own(
    template: str, side: str, renderer: Renderer
) -> None:
    pdf = build("sciatica-starter", side, template=template, fillable=True, renderer=renderer)
    found = field_names(pdf)
    assert len(set(found)) == len(found)
    assert {name for name in found if not read_name(name)} <= {SHEET_FIELD, "name", "date", "week", "next-visit"}


PLAN = """\
title: A
exercises:
  - {name: Lift, side: each, sets: {affected: 2, other: 1}, reps: 3, times_per_day: 2, days: [mon, sun],
     instructions: [Lift.]}
  - {name: Step, side: bilateral, reps: 2-3, instructions: [Step.]}
"""


@pytest.mark.parametrize(("region", "first"), [("en-GB", "mon"), ("en-US", "sun")])
def test_a_box_says_its_day_side_time_and_set(tmp_path: Path, region: str, first: str, renderer: Renderer) -> None:
    pdf = build(write(tmp_path, PLAN), "right", language=region, fillable=True, renderer=renderer)
    lift = [name for name in field_names(pdf) if "-e1-" in name]
    # 2 sets of 3 on the right, 1 on the left, twice on two days
    assert len(lift) == (2 * 3 + 3) * 2 * 2
    assert lift[0] == f"week-{first}-e1-right-t1-s1-p1-rep1"
    assert {"week-sun-e1-right-t2-s2-p1-rep3", "week-mon-e1-left-t2-s1-p1-rep3"} <= set(lift)
    assert not [name for name in lift if "-left-" in name and "-s2-" in name]
    step = [name for name in field_names(pdf) if name.startswith("week-tue-e2")]
    assert step == [f"week-tue-e2-none-t1-s1-p1-rep{number}" for number in (1, 2)] + [
        "week-tue-e2-none-t1-s1-p1-rep3-extra"
    ]


def test_a_sheet_says_whose_it_is_and_what_is_on_it_where_nobody_sees_it(renderer: Renderer) -> None:
    pdf = build(
        "sciatica-starter", "left", template="diary", fillable=True, id="Ä-1", name="Ann", date="2026-11-21",
        renderer=renderer,
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (field,) = (each for each in document.pages[0].Annots if each.get("/T") == SHEET_FIELD)
        assert int(field.F) & 2  # hidden
        assert int(field.Ff) & 1  # read only
        assert str(field.V) == str(field.DV)
        sheet = SheetFacts.read(str(field.V))
    assert (sheet.id, sheet.routine, sheet.side) == ("Ä-1", "sciatica-starter", AffectedSide.LEFT)
    # the Monday after
    assert sheet.starts == datetime.date(2026, 11, 23)
    assert sheet.exercises[1] == SheetExercise(2, "knee-to-chest", "Knee to chest")
    assert "Ann" not in str(sheet)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"version": 2}', '{"version":1,"routine":"r","side":"lift","exercises":[]}', "\udcff",
     '{"version":1,"routine":"' + "r" * 1001 + '","side":"left","exercises":[]}'],
)  # fmt: skip
def test_what_says_something_else_is_no_sheet(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        SheetFacts.read(text)


def test_a_sheet_that_is_printed_keeps_no_id(renderer: Renderer) -> None:
    with_id = build("sciatica-starter", "left", id="A-1", renderer=renderer)
    assert with_id == build("sciatica-starter", "left", renderer=renderer)
