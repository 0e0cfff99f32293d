"""A plan's days as a calendar file, read back by a library that did not write it."""

from __future__ import annotations

import datetime
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import write

from pdfbuilder import InvalidInput, Renderer
from pdfbuilder.reading.orders import order_in_words

PLAN = """\
title: "Knees, first; then \\\\ hips"
exercises:
  - {name: Heel slide, side: affected, reps: 10, weeks: 2, days: [mon, wed],
     instructions: ["Slide your {affected heel}."]}
  - {name: Plank, side: bilateral, reps: 3, hold: 20 s, weeks: 1, days: [mon], instructions: [Hold.]}
  - {name: Stairs, side: bilateral, tick: none, instructions: [Climb.]}
"""


def days_of(
    renderer: Renderer, routine: str | Path, side: str = "left", **texts: object
) -> tuple[bytes, list[icalendar.Event]]:
    """The file, and its events."""
    order = order_in_words(str(routine), side, **{"date": "2026-11-23", **texts})  # type: ignore[arg-type]
    data = renderer.calendar(order)
    return data, icalendar.Calendar.from_ical(data).walk("VEVENT")


def starts(events: list[icalendar.Event]) -> list[str]:
    return [f"{event['DTSTART'].dt:%m-%d}" for event in events]


def test_each_day_of_the_plan_is_an_event_that_lasts_all_day(tmp_path: Path, renderer: Renderer) -> None:
    # from a Monday on
    _, events = days_of(renderer, write(tmp_path, PLAN))
    assert starts(events) == ["11-23", "11-25", "11-30", "12-02"]
    first, second = events[:2]
    assert type(first["DTSTART"].dt) is datetime.date
    assert first["DTEND"].dt - first["DTSTART"].dt == datetime.timedelta(days=1)
    assert first["SUMMARY"] == "Knees, first; then \\ hips: Heel slide and Plank"
    assert first["DESCRIPTION"].split("\n") == [
        "Heel slide [Left]: 10 times, once a day, on Mon and Wed, for 2 weeks",
        "Plank [Both sides together]: 3 times, hold 20 seconds, once a day, on Mon, for 1 week",
    ]
    # the second week has no plank, and what is learnt and not counted has no days
    assert second["SUMMARY"].endswith(": Heel slide")
    assert events[2]["SUMMARY"].endswith(": Heel slide")
    assert first["TRANSP"] == "TRANSPARENT"


def test_a_plan_without_an_end_is_a_week(renderer: Renderer) -> None:
    _, events = days_of(renderer, "sciatica-starter", date="2026-11-21")
    assert starts(events) == ["11-21", "11-22", "11-23", "11-24", "11-25", "11-26", "11-27"]


def test_its_weeks_are_those_of_the_diary(renderer: Renderer) -> None:
    # 21 November is a Saturday
    for language, first in (("en-GB", "11-23"), ("en-US", "11-22")):
        _, events = days_of(renderer, "sciatica-starter", date="2026-11-21", template="diary", language=language)
        assert starts(events)[0] == first


def test_a_phase_has_its_own_weeks_and_a_later_week_leaves_what_is_over_out(renderer: Renderer) -> None:
    for week, count in ((None, 28), (5, 14)):
        _, events = days_of(renderer, "knee-replacement", date="2026-11-23", phase=2, week=week)
        assert (len(events), starts(events)[0]) == (count, "11-23")


def test_every_other_day_goes_on_into_the_next_week(tmp_path: Path, renderer: Renderer) -> None:
    plan = "title: A\nexercises: [{exercise: pelvic-tilt, weeks: 2, days: every other day}]\n"
    _, events = days_of(renderer, write(tmp_path, plan))
    assert starts(events) == ["11-23", "11-25", "11-27", "11-29", "12-01", "12-03", "12-05"]


def test_nobody_is_named_and_everybody_s_events_are_their_own(renderer: Renderer) -> None:
    who = {"name": "Ann Smith", "therapist": "T. Jones", "note": "For Ann.", "id": "A-1041"}
    data, events = days_of(renderer, "sciatica-starter", **who)
    assert not [word for word in (b"Ann", b"Jones", b"A-1041") if word in data]
    again, _ = days_of(renderer, "sciatica-starter", **who)
    assert again == data
    _, others = days_of(renderer, "sciatica-starter", id="A-1042")
    uids = [str(event["UID"]) for event in (*events, *others)]
    assert len(set(uids)) == len(uids) == 14
    assert {event["DTSTAMP"].dt for event in events} == {datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)}


@given(title=st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0x17F), min_size=1, max_size=200))
def test_whatever_it_says_its_lines_are_short_and_read_as_they_were_meant(title: str) -> None:
    from pdfbuilder.formats.calendar import _escaped, _folded

    lines = _folded(f"SUMMARY:{_escaped(title)}")
    assert lines.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in lines.split(b"\r\n"))
    assert all(line.decode() for line in lines.split(b"\r\n")[:-1])
    event = icalendar.Event.from_ical(b"BEGIN:VEVENT\r\nUID:a\r\n" + lines + b"END:VEVENT\r\n")
    assert event["SUMMARY"] == title


def test_lines_end_as_they_have_to(renderer: Renderer) -> None:
    data, _ = days_of(renderer, "sciatica-complete")
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")
    assert max(map(len, data.split(b"\r\n"))) == 75


def test_without_a_date_there_is_no_calendar(renderer: Renderer) -> None:
    with pytest.raises(InvalidInput) as caught:
        renderer.calendar(order_in_words("sciatica-starter", "left"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.source) == ("missing-date", "date")
