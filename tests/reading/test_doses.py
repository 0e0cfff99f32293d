"""How a dose is written: every spelling that is read, and every one that is not."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import check, findings, just, lasting, often

from pdfbuilder.domain import figures
from pdfbuilder.domain.declare import Unfit
from pdfbuilder.domain.dose import DOSE_FIELDS, Dose, SideRun
from pdfbuilder.domain.dose_keys import ForEachSide
from pdfbuilder.domain.figures import EVERY_DAY, Amount, Bound, Days, Time, TimeUnit, Weekday
from pdfbuilder.domain.routine import Routine
from pdfbuilder.domain.wording import Wording

S, B = TimeUnit.SECONDS, TimeUnit.BREATHS
MON, WED, FRI = Weekday.MON, Weekday.WED, Weekday.FRI


def entry(line: str) -> str:
    return f"title: My plan\nexercises:\n  - exercise: seated-piriformis-pull\n    {line}\n"


def dose(folder: Path, line: str) -> Dose:
    """The dose of seated-piriformis-pull (3-4 times, 5 s) with a line of its own."""
    routine = check(folder, entry(line))
    assert isinstance(routine, Routine)
    return routine.entries[0].exercise.dose


def hold(low: int, high: int | None = None, unit: TimeUnit = S) -> Time:
    return Time(Amount(low, high or low), unit)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("reps: 10", "reps", Amount(10, 10)),
        ("reps: 1", "reps", Amount(1, 1)),
        ("reps: 100", "reps", Amount(100, 100)),
        ('reps: "10"', "reps", Amount(10, 10)),
        ("reps: 8-10", "reps", Amount(8, 10)),
        ("reps: 8 - 10", "reps", Amount(8, 10)),
        ("reps: 8–10", "reps", Amount(8, 10)),
        ("reps: 8 to 10", "reps", Amount(8, 10)),
        ("reps: up to 8", "reps", Amount(1, 8, Bound.UP_TO)),
        ("sets: 1", "sets", just(1)),
        ("sets: 2-3", "sets", Amount(2, 3)),
        ("hold: 5 s", "hold", hold(5)),
        ("hold: 5s", "hold", hold(5)),
        ("hold: 5 sec", "hold", hold(5)),
        ("hold: 1 second", "hold", hold(1)),
        ("hold: 5 seconds", "hold", hold(5)),
        ("hold: 20-30 s", "hold", hold(20, 30)),
        ("hold: 20 – 30 s", "hold", hold(20, 30)),
        ("hold: 20 to 30 s", "hold", hold(20, 30)),
        ("hold: 600 s", "hold", hold(600)),
        ("hold: 1 min", "hold", Time(just(1), TimeUnit.MINUTES)),
        ("hold: 1-2 minutes", "hold", Time(Amount(1, 2), TimeUnit.MINUTES)),
        ("hold: 10 min", "hold", Time(just(10), TimeUnit.MINUTES)),
        ("hold: 5 breaths", "hold", hold(5, unit=B)),
        ("hold: 1 breath", "hold", hold(1, unit=B)),
        ("hold: 5-10 breaths", "hold", hold(5, 10, B)),
        ("hold: 60 breaths", "hold", hold(60, unit=B)),
        ("hold: none", "hold", None),
        ("hold: None", "hold", None),
        ("rest: 30 s", "rest", lasting(30)),
        ("rest: 1-2 min", "rest", Time(Amount(1, 2), TimeUnit.MINUTES)),
        ("rest: 600 s", "rest", lasting(600)),
        ("rest: none", "rest", None),
        ("times_per_day: 1", "times_per_day", often(1)),
        ("times_per_day: 24", "times_per_day", often(24)),
        ("days: every day", "days", Days(EVERY_DAY, just(7))),
        ("days: daily", "days", Days(EVERY_DAY, just(7))),
        ("days: 5 per week", "days", Days(EVERY_DAY, just(5))),
        ("days: 5 days per week", "days", Days(EVERY_DAY, just(5))),
        ("days: 5 a week", "days", Days(EVERY_DAY, just(5))),
        ("days: 5/week", "days", Days(EVERY_DAY, just(5))),
        ("days: 7 per week", "days", Days(EVERY_DAY, just(7))),
        ("days: [mon, wed, fri]", "days", Days(frozenset({MON, WED, FRI}), just(3))),
        ("days: [Monday, wednesday]", "days", Days(frozenset({MON, WED}), just(2))),
        ("days: [mon]", "days", Days(frozenset({MON}), just(1))),
        ("weeks: 1", "weeks", just(1)),
        ("weeks: 4-6", "weeks", Amount(4, 6)),
        ("pain_limit: 0", "pain_limit", 0),
        ("pain_limit: 10", "pain_limit", 10),
        ("pain_limit: none", "pain_limit", None),
        ("load: yellow band", "load", ("yellow band",)),
        ("load: none", "load", None),
        ("tempo: slowly up", "tempo", ("slowly up",)),
        ("tempo: none", "tempo", None),
        ("optional: true", "optional", True),
        ("optional: false", "optional", False),
    ],
)
def test_a_dose_is_read(tmp_path: Path, line: str, key: str, value: object) -> None:
    found = getattr(dose(tmp_path, line), key)
    assert (found.parts if isinstance(found, Wording) else found) == value


A_NUMBER = "expected a whole number or a range like 8-10, from 1 to 100"
BOTH_SIDES = "expected affected: and other:, and nothing else, got keys and values"
A_PAIN = "expected a whole number, from 0 to 10"
SETS = "expected a whole number or a range like 2-3, from 1 to 10"
WEEKS = "expected a whole number or a range like 4-6, from 1 to 52"
OFTEN = "expected how often a day, from 1 to 24: 3, 2-3, every 2 hours, often, or a list such as [morning, bedtime]"
A_HOLD = "expected a time such as 5 s, 20-30 s or 1 min (up to 10 min), breaths such as 5 breaths (up to 60), or max"
A_REST = "expected a time such as 30 s or 1-2 min (up to 10 min)"
DAY_NAMES = "expected days such as mon, tue, wed, thu, fri, sat, sun"
SOME_DAYS = "expected 5 per week, every day, every other day, or a list such as [mon, wed, fri]"


SAYS_WHAT = "say what it is: 'yellow band', '2 kg', or ____ to write it by hand"


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("reps: ten", "dose-range", f'{A_NUMBER}, got "ten"', "write reps: 10"),
        ("reps: Fifteen", "dose-range", f'{A_NUMBER}, got "Fifteen"', "write reps: 15"),
        ("reps: 017", "dose-range", f'{A_NUMBER}, got "017"', "write reps: 17"),
        ("reps: 0", "dose-range", f"{A_NUMBER}, got 0", "for example reps: 10"),
        ("reps: 101", "dose-range", f"{A_NUMBER}, got 101", "for example reps: 10"),
        ("reps: -3", "dose-range", f"{A_NUMBER}, got -3", "for example reps: 10"),
        ("reps: 2.5", "dose-range", f"{A_NUMBER}, got 2.5", "for example reps: 10"),
        ("reps: 10.0", "dose-range", f"{A_NUMBER}, got 10.0", "for example reps: 10"),
        ("reps: 10-8", "dose-range", f'{A_NUMBER}, got "10-8"', "write the smaller number first: reps: 8-10"),
        ("reps: 8-10-12", "dose-range", f'{A_NUMBER}, got "8-10-12"', "for example reps: 10"),
        ("reps: 8,10", "dose-range", f'{A_NUMBER}, got "8,10"', "for example reps: 10"),
        ("reps: 3x10", "dose-range", f'{A_NUMBER}, got "3x10"', "write sets: 3 and reps: 10"),
        ("reps: 3 × 10", "dose-range", f'{A_NUMBER}, got "3 × 10"', "write sets: 3 and reps: 10"),
        ("reps: 10 times", "dose-range", f'{A_NUMBER}, got "10 times"', "write reps: 10"),
        ("reps: ½", "dose-range", f'{A_NUMBER}, got "½"', "for example reps: 10"),
        ("reps: １０", "dose-range", f'{A_NUMBER}, got "１０"', "write reps: 10"),
        ("reps: true", "dose-range", f"{A_NUMBER}, got true", "for example reps: 10"),
        ("reps: [8, 10]", "dose-range", f"{A_NUMBER}, got a list", "for example reps: 10"),
        ("reps: {low: 8}", "dose-range", f"{A_NUMBER}, got keys and values", "for example reps: 10"),
        ("reps: none", "dose-range", f'{A_NUMBER}, got "none"', "for example reps: 10"),
        ("reps: 99999999999", "dose-range", f'{A_NUMBER}, got "99999999999"', "for example reps: 10"),
        ("sets: 0", "dose-range", f"{SETS}, got 0", "for example sets: 3"),
        ("sets: 11", "dose-range", f"{SETS}, got 11", "for example sets: 3"),
        ("sets: 3.5", "dose-range", f"{SETS}, got 3.5", "for example sets: 3"),
        ("sets: three", "dose-range", f'{SETS}, got \"three\"', "write sets: 3"),
        ("reps: {affected: 10}", "dose-sides", BOTH_SIDES, "write reps: {affected: 10, other: 5}"),
        ("sets: {other: 1}", "dose-sides", BOTH_SIDES, "write sets: {affected: 3, other: 1}"),
        ("pain_limit: 11", "dose-range", f"{A_PAIN}, got 11", "for example pain_limit: 3"),
        ("pain_limit: 3-4", "dose-range", f'{A_PAIN}, got "3-4"', "for example pain_limit: 3"),
        ("pain_limit: 3/10", "dose-range", f'{A_PAIN}, got "3/10"', "for example pain_limit: 3"),
        ("hold: 5", "dose-hold", f"{A_HOLD}, got 5", "say of what: hold: 5 s or hold: 5 breaths"),
        ("hold: 1:30", "dose-hold", f'{A_HOLD}, got "1:30"', "write hold: 90 s"),
        ("hold: 30s-20s", "dose-hold", f'{A_HOLD}, got "30s-20s"', "for example hold: 5 s"),
        ("hold: 0 s", "dose-hold", f'{A_HOLD}, got "0 s"', "for example hold: 5 s"),
        ("hold: 601 s", "dose-hold", f'{A_HOLD}, got "601 s"', "for example hold: 5 s"),
        ("hold: 11 min", "dose-hold", f'{A_HOLD}, got "11 min"', "for example hold: 5 s"),
        ("hold: 61 breaths", "dose-hold", f'{A_HOLD}, got "61 breaths"', "for example hold: 5 s"),
        ("hold: 1.5 min", "dose-hold", f'{A_HOLD}, got "1.5 min"', "for example hold: 5 s"),
        ("hold: a while", "dose-hold", f'{A_HOLD}, got "a while"', "for example hold: 5 s"),
        ("hold: 5 hours", "dose-hold", f'{A_HOLD}, got "5 hours"', "for example hold: 5 s"),
        ("hold: false", "dose-hold", f"{A_HOLD}, got false", "for example hold: 5 s"),
        ("rest: 30", "dose-rest", f"{A_REST}, got 30", "say of what: rest: 30 s"),
        ("rest: 5 breaths", "dose-rest", f'{A_REST}, got "5 breaths"', "for example rest: 30 s"),
        ("rest: 1:00", "dose-rest", f'{A_REST}, got "1:00"', "write rest: 60 s"),
        ("times_per_day: 25", "dose-times", f"{OFTEN}, got 25", "for example times_per_day: 2"),
        ("times_per_day: thrice", "dose-times", f'{OFTEN}, got "thrice"', "for example times_per_day: 2"),
        ("weeks: 0", "dose-range", f"{WEEKS}, got 0", "for example weeks: 6"),
        ("weeks: 53", "dose-range", f"{WEEKS}, got 53", "for example weeks: 6"),
        ("weeks: 2 weeks", "dose-range", f'{WEEKS}, got \"2 weeks\"', "write weeks: 2"),
        ("days: 5", "dose-days", f"{SOME_DAYS}, got 5", "write days: 5 per week"),
        ("days: 0 per week", "dose-days", f'{SOME_DAYS}, got "0 per week"', "for example days: 5 per week"),
        ("days: 8 per week", "dose-days", f'{SOME_DAYS}, got "8 per week"', "for example days: 5 per week"),
        ("days: mon", "dose-days", f'{SOME_DAYS}, got "mon"', "write days: [mon]"),
        ("days: mon, Wed", "dose-days", f'{SOME_DAYS}, got "mon, Wed"', "write days: [mon, wed]"),
        ("days: []", "dose-days", f"{SOME_DAYS}, got a list", "for example days: 5 per week"),
        ("days: [mon, someday]", "dose-days", f'{DAY_NAMES}, got "someday"', "write days: [mon, wed, fri]"),
        ("days: [mon, 3]", "dose-days", f"{DAY_NAMES}, got 3", "write days: [mon, wed, fri]"),
        ("days: [mon, monday]", "dose-days", 'expected each day once, got "monday"', "name each day once"),
        ("days: true", "dose-days", f"{SOME_DAYS}, got true", "for example days: 5 per week"),
        ("optional: yes", "boolean", 'expected true or false, got "yes"', "write true or false"),
        ("optional: 1", "boolean", "expected true or false, got 1", "write true or false"),
        ("load: 3", "text", "expected what it is, got 3", SAYS_WHAT),
        ("load: no", "text", 'expected what it is, got "no"', SAYS_WHAT),
        ('load: ""', "text", 'expected a text, got ""', "write something, or delete the line"),
        ("tempo: [slow]", "text", "expected a text, got a list", "write a text in quotes"),
        (
            "tempo: 3", "text", "expected what it is, got 3",
            "say what it is: 'slowly up, slowly down', or ____ to write it by hand",
        ),
        (
            "sets: {left: 3, right: 1}", "dose-sides",
            "expected affected: and other:, and nothing else, got keys and values",
            "write sets: {affected: 3, other: 1}",
        ),
        (
            "sets: 3x10", "dose-range", 'expected a whole number or a range like 2-3, from 1 to 10, got "3x10"',
            "write sets: 3 and reps: 10",
        ),
        ("rep: 10", "unknown-key", "unknown key rep", "did you mean reps?"),
        ("holds: 5 s", "unknown-key", "unknown key holds", "did you mean hold?"),
        ("times_a_day: 2", "unknown-key", "unknown key times_a_day", "did you mean times_per_day?"),
    ],
)  # fmt: skip
def test_what_is_no_dose_is_refused_with_a_way_out(
    tmp_path: Path, line: str, code: str, message: str, hint: str
) -> None:
    (found,) = findings(tmp_path, entry(line))
    assert (found.code, found.message, found.hint) == (code, message, hint)
    # Of a list it is the item that is wrong.
    assert re.sub(r"\[1\]$", "", found.field) == f"exercises[0].{line.partition(':')[0]}"
    assert found.location.line == 4


@pytest.mark.parametrize("key", [each for each in DOSE_FIELDS if each != "optional"])
def test_a_key_without_a_value_is_not_taken_for_a_key_that_is_left_out(tmp_path: Path, key: str) -> None:
    (found,) = findings(tmp_path, entry(f"{key}:"))
    assert found.location.line == 4
    assert found.location.column == 5
    assert "got nothing" in found.message


@pytest.mark.slow
def test_a_hint_can_be_followed(tmp_path: Path) -> None:
    # What a hint says to write is read.
    for wrong in ("reps: ten", "reps: 017", "hold: 1:30", "rest: 1:00", "days: mon, wed", "weeks: 2 weeks", "days: 5"):
        (found,) = findings(tmp_path, entry(wrong))
        mended = findings(tmp_path, entry(found.hint.removeprefix("write ")))
        # Of a rest it is said that there is one set.
        assert {each.code for each in mended} <= ({"idle-pause"} if wrong.startswith("rest") else set())


def test_sides_may_differ_in_repetitions_and_sets(tmp_path: Path) -> None:
    def runs(*lines: str) -> tuple[SideRun, ...]:
        """What is done on each side of knee-to-chest (3 times, in turn) with some lines of its own."""
        text = entry("\n    ".join(lines)).replace("seated-piriformis-pull", "knee-to-chest")
        routine = check(tmp_path, text)
        assert isinstance(routine, Routine)
        return routine.entries[0].exercise.dose.runs(2)

    three = Amount(3, 3)
    assert runs("sets: {affected: 3, other: 1}") == (SideRun(three, just(3)), SideRun(three, just(1)))
    assert runs("reps: {affected: 8-10, other: 5}") == (SideRun(Amount(8, 10), just(1)), SideRun(Amount(5, 5), just(1)))
    assert runs("reps: {other: 2, affected: 4}", "sets: {affected: 1, other: 2}") == (
        SideRun(Amount(4, 4), just(1)), SideRun(Amount(2, 2), just(2)),
    )  # fmt: skip
    assert runs("sets: {affected: 3, other: 1}", "reps: 5") == (
        SideRun(Amount(5, 5), just(3)),
        SideRun(Amount(5, 5), just(1)),
    )


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("sets: {affected: 3, other: 1}", ["4:11 dose-sides exercises[0].sets"]),
        ("sets: {affected: 11, other: 0}", ["4:22 dose-range exercises[0].sets.affected",
                                            "4:33 dose-range exercises[0].sets.other"]),
        ("progress: [{reps: 9}, {reps: {affected: 9, other: 8}}]",
         ["4:34 dose-sides exercises[0].progress[1].reps"]),
    ],
)  # fmt: skip
def test_a_number_for_each_side_is_refused_where_it_stands(tmp_path: Path, line: str, problems: list[str]) -> None:
    found = findings(tmp_path, entry(line))  # of an exercise for the affected side only
    assert [f"{each.location.line}:{each.location.column} {each.code} {each.field}" for each in found] == problems


def test_a_number_twice_is_one_for_both_sides(tmp_path: Path) -> None:
    assert findings(tmp_path, entry("progress: [{reps: {affected: 9, other: 9}}]")) == ()


def test_one_number_takes_the_place_of_one_for_each_side() -> None:
    dose = Dose.of({"reps": Amount(5, 5), "sets": ForEachSide(just(3), just(1))})
    assert dose.runs(2) == (SideRun(Amount(5, 5), just(3)), SideRun(Amount(5, 5), just(1)))
    assert dose.changed({"sets": just(2)}) == Dose(Amount(5, 5), sets=just(2))
    assert dose.changed({"reps": Amount(8, 8)}).runs(2) == (
        SideRun(Amount(8, 8), just(3)),
        SideRun(Amount(8, 8), just(1)),
    )


def test_an_entry_changes_only_what_it_says(tmp_path: Path) -> None:
    assert dose(tmp_path, "sets: 2") == Dose(Amount(3, 4), sets=just(2), hold=hold(5))


@given(st.text(max_size=20) | st.integers() | st.floats() | st.booleans() | st.none())
@settings(deadline=None)
def test_any_value_is_a_dose_or_is_refused(value: object) -> None:
    for parser in (
        figures.parse_reps,
        figures.parse_hold,
        figures.parse_duration,
        figures.parse_distance,
        figures.parse_days,
        figures.parse_frequency,
        figures.parse_parts,
    ):
        with contextlib.suppress(Unfit):
            assert parser(value) is not None


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("repetitions: 10", "did you mean reps?"), ("times: 10", "did you mean reps?"),
        ("rounds: 3", "did you mean sets?"), ("seconds: 5", "did you mean hold or duration?"),
        ("minutes: 5", "did you mean duration?"), ("Time: 5 min", "did you mean duration?"),
        ("steps: 20", "did you mean instructions or distance?"), ("pause: 5 s", "did you mean rest or relax?"),
        ("frequency: 2", "did you mean times_per_day?"), ("how often: 2", "did you mean times_per_day?"),
        ("how-often: 2", "did you mean times_per_day?"), ("per_week: 3", "did you mean days?"),
        ("period: 6", "did you mean weeks?"), ("pain: 3", "did you mean pain_limit?"),
        ("weight: 2 kg", "did you mean load?"), ("band: yellow", "did you mean load?"),
        ("resistance: yellow band", "did you mean load?"), ("speed: slow", "did you mean tempo?"),
        ("directions: [a, b]", "did you mean parts?"), ("levels: []", "did you mean progress?"),
        # and slips as ever
        ("rep: 10", "did you mean reps?"), ("durtion: 5 min", "did you mean duration?"),
    ],
)  # fmt: skip
def test_what_people_call_a_key_is_known(tmp_path: Path, written: str, hint: str) -> None:
    (found,) = findings(tmp_path, f"title: A\nexercises:\n  - exercise: pelvic-tilt\n    {written}\n")
    assert (found.code, found.hint) == ("unknown-key", hint)


def test_only_a_key_that_can_stand_there_is_meant(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "title: A\nweight: 2 kg\nexercises: [pelvic-tilt]\n")
    assert found.hint.startswith("known keys here: ")
