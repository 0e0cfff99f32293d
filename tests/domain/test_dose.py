"""What follows from a dose: boxes and minutes, against numbers worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfbuilder.domain.dose import Dose, Run, minutes_a_day
from pdfbuilder.domain.figures import Amount, Hold, HoldUnit

ONCE = Amount(1, 1)


def reps(low: int, high: int | None = None) -> Amount:
    return Amount(low, high or low)


def seconds(low: int, high: int | None = None) -> Hold:
    return Hold(reps(low, high), HoldUnit.SECONDS)


def breaths(count: int) -> Hold:
    return Hold(reps(count), HoldUnit.BREATHS)


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
        (Dose(reps(10), sets=3, rest=30), 1, 210),
        # 30 + 2 sides × (3 × 10 × 4 + 2 × 30)
        (Dose(reps(10), sets=3, rest=30), 2, 390),
        # 30 + (3 × 10 × 4 + 2 × 30) + 10 × 4
        (Dose(reps(10), sets=3, rest=30, other=Run(reps(10), 1)), 2, 250),
        # a single set has no rest between sets
        (Dose(reps(10), rest=600), 1, 70),
    ],
)
def test_seconds_of_a_session(dose: Dose, sides: int, total: int) -> None:
    assert dose.seconds_per_session(sides) == total


def test_minutes_of_a_day_are_rounded_up_and_count_every_session() -> None:
    # 70 s + 2 × 234 s = 538 s, 8 min 58 s
    assert minutes_a_day([(Dose(reps(10)), 1), (Dose(reps(3), hold=seconds(20, 30), times_per_day=2), 2)]) == 9
    # exactly two minutes stay two: 30 + 10 × (4 + 5) = 120 s
    assert minutes_a_day([(Dose(reps(10), hold=seconds(5)), 1)]) == 2
    # 34 s
    assert minutes_a_day([(Dose(ONCE), 1)]) == 1


DOSES = st.builds(
    Dose,
    reps=st.builds(lambda low, more: Amount(low, low + more), st.integers(1, 50), st.integers(0, 50)),
    sets=st.integers(1, 10),
    hold=st.none() | st.builds(Hold, st.integers(1, 60).map(reps), st.sampled_from(HoldUnit)),
    rest=st.integers(0, 600),
    times_per_day=st.integers(1, 6),
)


@given(DOSES)
def test_a_second_side_takes_as_long_as_the_first(dose: Dose) -> None:
    ready = 30
    assert dose.seconds_per_session(2) - ready == 2 * (dose.seconds_per_session(1) - ready)
