"""What follows from a dose: boxes and minutes, against numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from domain.test_plan import wording
from hypothesis import given
from hypothesis import strategies as st
from samples import just, lasting, often

from pdfbuilder.domain.declare import Unfit
from pdfbuilder.domain.dose import Dose, ProgressStep, SideRun, minutes_a_day
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import MOST, Amount, Bound, Duration, Frequency, Time, TimeUnit

ONCE = Amount(1, 1)


def reps(low: int, high: int | None = None) -> Amount:
    return Amount(low, high or low)


def seconds(low: int, high: int | None = None) -> Time:
    return Time(reps(low, high), TimeUnit.SECONDS)


def breaths(count: int) -> Time:
    return Time(reps(count), TimeUnit.BREATHS)


@pytest.mark.parametrize(
    ("dose", "sides", "total"),
    [
        # 30 to get ready + 10 × 4
        (Dose(reps(10)), 1, 70),
        (Dose(reps(10)), 0, 70),
        # 30 + 4 × (4 + 5): the upper end of the range
        (Dose(reps(3, 4), hold=seconds(5)), 1, 66),
        # 30 + 2 sides × 3 × (4 + 30)
        (Dose(reps(3), hold=seconds(20, 30)), 2, 234),
        # 30 + 2 × (4 + 5 breaths × 4)
        (Dose(reps(2), hold=breaths(5)), 1, 78),
        # 30 + 3 sets × 10 × 4 + 2 rests × 30
        (Dose(reps(10), sets=just(3), rest=lasting(30)), 1, 210),
        # 30 + 2 sides × (3 × 10 × 4 + 2 × 30)
        (Dose(reps(10), sets=just(3), rest=lasting(30)), 2, 390),
        # 30 + (3 × 10 × 4 + 2 × 30) + 10 × 4
        (Dose(reps(10), sets=just(3), rest=lasting(30), other=SideRun(reps(10), just(1))), 2, 250),
        # a single set has no rest between sets
        (Dose(reps(10), rest=lasting(600)), 1, 70),
    ],
)
def test_seconds_of_a_session(dose: Dose, sides: int, total: int) -> None:
    assert dose.seconds_per_session(sides) == total


def test_minutes_of_a_day_are_rounded_up_and_count_every_session() -> None:
    # 70 s + 2 × 234 s = 538 s, 8 min 58 s
    assert minutes_a_day([(Dose(reps(10)), 1), (Dose(reps(3), hold=seconds(20, 30), times_per_day=often(2)), 2)]) == 9
    # exactly two minutes stay two: 30 + 10 × (4 + 5) = 120 s
    assert minutes_a_day([(Dose(reps(10), hold=seconds(5)), 1)]) == 2
    # 34 s
    assert minutes_a_day([(Dose(ONCE), 1)]) == 1


DOSES = st.builds(
    Dose,
    reps=st.builds(lambda low, more: Amount(low, low + more), st.integers(1, 50), st.integers(0, 50)),
    sets=st.integers(1, 10).map(just),
    hold=st.none() | st.builds(Time, st.integers(1, 60).map(reps), st.sampled_from(TimeUnit)),
    rest=st.integers(1, 600).map(lasting),
    times_per_day=st.integers(1, 6).map(often),
)


@given(DOSES)
def test_a_second_side_takes_as_long_as_the_first(dose: Dose) -> None:
    ready = 30
    assert dose.seconds_per_session(2) - ready == 2 * (dose.seconds_per_session(1) - ready)


@pytest.mark.parametrize(
    ("dose", "sides", "ticks"),
    [
        # reps × sets × sides × parts × times, then with a box a set, then a box each time
        (Dose(reps(10)), 1, (10, 1, 1)),
        (Dose(reps(10)), 2, (20, 2, 1)),
        (Dose(reps(8, 10), sets=just(2)), 1, (20, 2, 1)),
        (Dose(reps(10), sets=just(3)), 1, (30, 3, 1)),
        (Dose(reps(5), times_per_day=often(2), parts=("a", "b")), 2, (40, 8, 2)),
        (Dose(Amount(5, 5, Bound.AT_LEAST)), 1, (6, 1, 1)),
        (Dose(MOST, sets=just(3)), 1, (3, 3, 1)),
        (Dose(reps(10), other=SideRun(reps(10), just(1)), sets=just(3)), 2, (40, 4, 1)),
        (Dose(reps(10), times_per_day=often(9)), 1, (1, 1, 1)),
        (Dose(reps(10), times_per_day=Frequency(often=True)), 2, (1, 1, 1)),
        (Dose(duration=Duration(Time(reps(30), TimeUnit.MINUTES), in_all=True)), 0, (1, 1, 1)),
    ],
)
def test_boxes_of_a_day(dose: Dose, sides: int, ticks: tuple[int, int, int]) -> None:
    found = tuple(dose.boxes_a_day(tick, sides) for tick in (Tick.REP, Tick.SET, Tick.SESSION))
    assert found == ticks


@pytest.mark.parametrize(
    ("dose", "sides", "tick"),
    [
        (Dose(reps(20)), 1, Tick.REP),
        (Dose(reps(21)), 1, Tick.SET),
        (Dose(reps(10), sets=just(3)), 1, Tick.SET),
        (Dose(reps(10), sets=just(10)), 2, Tick.SET),
        (Dose(reps(10), sets=just(10), times_per_day=often(2)), 2, Tick.SESSION),
        (Dose(reps(30), tick=Tick.REP), 2, Tick.REP),
        (Dose(tick=Tick.NONE), 1, Tick.NONE),
    ],
)
def test_a_box_is_a_repetition_as_long_as_a_day_has_no_more_than_twenty(dose: Dose, sides: int, tick: Tick) -> None:
    assert dose.finest_tick(sides) is tick


def test_in_turn_a_set_is_one_box() -> None:
    dose = Dose(reps(5), sets=just(3))
    assert [dose.boxes_a_day(Tick.SET, 2, in_turn=each) for each in (False, True)] == [6, 3]


MORE = {"reps": reps(12)}


@pytest.mark.parametrize(
    ("figures", "faults"),
    [
        ({"sets": just(3)}, [("missing-key", "reps")]),
        ({"reps": reps(5), "hold": lasting(5), "duration": Duration(lasting(5))}, [("dose-measures", "duration")]),
        ({"reps": MOST, "hold": Time(MOST, TimeUnit.SECONDS)}, [("dose-max", "hold")]),
        ({"duration": Duration(lasting(60), in_all=True), "times_per_day": often(2)}, [("dose-duration", "duration")]),
        ({"reps": reps(5), "rest": lasting(30), "sets": just(1)}, [("dose-pause", "rest")]),
        ({"reps": reps(1), "relax": lasting(5)}, [("dose-pause", "relax")]),
        ({"reps": reps(5), "level": 2}, [("dose-level", "level")]),
        ({"reps": reps(5), "progress": (ProgressStep(figures={}),)}, [("dose-progress", "progress")]),
        (
            {"reps": reps(5), "progress": (ProgressStep(figures=MORE, week=4), ProgressStep(figures=MORE, week=3))},
            [("dose-progress", "progress")],
        ),
    ],
)
def test_figures_that_do_not_go_together_are_refused(figures: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    with pytest.raises(Unfit) as caught:
        Dose.of(figures)
    assert [(fault.code, fault.at) for fault in caught.value.faults] == faults


def test_what_is_inherited_may_come_to_nothing() -> None:
    # A rest between sets of which an entry has made one.
    assert Dose.of({"reps": reps(5), "rest": lasting(30)}).changed({"sets": just(1)}).rest == lasting(30)
    # But a hold stays one until it is cleared.
    held = Dose.of({"reps": reps(5), "hold": lasting(5)})
    with pytest.raises(Unfit):
        held.changed({"duration": Duration(lasting(20))})
    assert held.changed({"duration": Duration(lasting(20)), "hold": None}).hold is None


def test_the_nearer_one_says_how_often() -> None:
    routine = {"times_per_day": often(2), "weeks": just(6)}
    said = Dose.of({"reps": reps(5), "times_per_day": often(3)}).under(routine)
    assert (said.times_per_day, said.weeks) == (often(3), just(6))
    unsaid = Dose.of({"reps": reps(5)}).under({"times_per_day": often(4)}).under(routine)
    assert (unsaid.times_per_day, unsaid.weeks) == (often(4), just(6))


def test_how_often_a_day_is_not_said_of_what_is_said_of_the_whole_day() -> None:
    step = ProgressStep(figures={"duration": Duration(lasting(40), in_all=True)}, week=3)
    dose = Dose.of({"duration": Duration(lasting(30), in_all=True), "progress": (step,)})
    dose = dose.under({"times_per_day": often(2)})
    assert dose.at_level(2).duration == Duration(lasting(40), in_all=True)
    assert dose.changed({"pain_limit": 3}).pain_limit == 3
    assert dose.changed({"duration": Duration(lasting(20))}).times_per_day == often(2)


def test_each_step_of_progress_changes_the_one_before() -> None:
    steps = (
        ProgressStep(figures={"reps": reps(12)}),
        ProgressStep(figures={"sets": just(2)}, week=3),
        ProgressStep(figures={"reps": reps(8), "sets": just(2)}, week=5),
    )
    dose = Dose.of({"reps": reps(10), "progress": steps})
    assert [dose.at_level(level).runs(1)[0] for level in (1, 2, 3, 4)] == [
        SideRun(reps(10), just(1)), SideRun(reps(12), just(1)), SideRun(reps(12), just(2)), SideRun(reps(8), just(2)),
    ]  # fmt: skip
    assert dose.at_level(2).progress == steps[1:]
    assert [dose.level_in(week) for week in (1, 3, 4, 5, 9)] == [1, 3, 3, 4, 4]


def test_what_a_person_is_told_is_stronger_than_the_step_that_they_have_come_to() -> None:
    steps = (ProgressStep(figures={"reps": reps(12)}), ProgressStep(figures={"sets": just(2)}))
    dose = Dose.of({"reps": reps(10), "progress": steps, "level": 3})
    for figures in ({"reps": reps(8)}, {"reps": reps(8), "level": 3}):
        told = dose.changed(figures)
        assert told.at_level(told.level).runs(1)[0] == SideRun(reps(8), just(2))
    # Where to begin is said of all the steps.
    again = dose.changed({"level": 2})
    assert again.at_level(again.level).runs(1)[0] == SideRun(reps(12), just(1))


def test_at_least_as_many_is_more_than_as_many() -> None:
    five, at_least_five = reps(5), Amount(5, 5, Bound.AT_LEAST)
    dose = Dose.of({"reps": reps(4), "progress": (ProgressStep(figures={"reps": at_least_five}),)})
    assert [step.is_passed for step in dose.changed({"reps": five}).progress] == [False]
    assert [step.is_passed for step in dose.changed({"reps": at_least_five}).progress] == [True]


def test_a_step_that_asks_for_no_more_than_a_person_does_is_passed() -> None:
    steps = (
        ProgressStep(figures={"reps": reps(12)}),
        ProgressStep(figures={"duration": Duration(lasting(60))}),
        ProgressStep(figures={"reps": reps(8)}, how=wording("Close your eyes.")),
        ProgressStep(figures={"load": wording("a red band"), "reps": reps(5)}),
    )
    dose = Dose.of({"reps": reps(10), "progress": steps})
    assert not any(step.is_passed for step in dose.progress)
    told = dose.changed({"reps": reps(20), "duration": Duration(Time(just(2), TimeUnit.MINUTES))})
    assert [step.is_passed for step in told.progress] == [True, True, False, False]
    assert dose.changed({"reps": reps(11)}).progress == steps
    assert told.at_level(3).reps == reps(20)
