"""The figures of a dose: what is read of each way to write them, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfbuilder.domain import figures
from pdfbuilder.domain.declare import Unfit
from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.figures import (
    BLANK,
    MOST,
    Amount,
    Bound,
    Days,
    Distance,
    DistanceUnit,
    Duration,
    Frequency,
    Time,
    TimeUnit,
    parse_days,
    parse_distance,
    parse_duration,
    parse_frequency,
    parse_hold,
    parse_parts,
    parse_pause,
    parse_reps,
    parse_whole,
)
from pdfbuilder.yamlfile.models import record
from pdfbuilder.yamlfile.shapes import Single

S, MIN, H = TimeUnit.SECONDS, TimeUnit.MINUTES, TimeUnit.HOURS
parse_rest = partial(parse_pause, "rest")


def n(low: int, high: int | None = None) -> Amount:
    return Amount(low, high or low)


@pytest.mark.parametrize(
    ("parse", "written", "meant"),
    [
        (parse_reps, 10, n(10)),
        (parse_reps, "8-10", n(8, 10)),
        (parse_reps, "8 to 10", n(8, 10)),
        (parse_reps, "up to 10", Amount(1, 10, Bound.UP_TO)),
        (parse_reps, "At least  5", Amount(5, 5, Bound.AT_LEAST)),
        (parse_reps, "____", BLANK),
        (parse_reps, "max", MOST),
        (parse_hold, "20-30 s", Time(n(20, 30), S)),
        (parse_hold, "up to 2 min", Time(Amount(1, 2, Bound.UP_TO), MIN)),
        (parse_hold, "____ s", Time(BLANK, S)),
        (parse_hold, "5 breaths", Time(n(5), TimeUnit.BREATHS)),
        (parse_hold, "max", Time(MOST, S)),
        (parse_rest, "1-2 min", Time(n(1, 2), MIN)),
        (parse_duration, "2 h", Duration(Time(n(2), H))),
        (parse_duration, "10 to 15 min", Duration(Time(n(10, 15), MIN))),
        (parse_duration, "30 min a day", Duration(Time(n(30), MIN), in_all=True)),
        (parse_distance, "20 steps", Distance(n(20), DistanceUnit.STEPS)),
        (parse_distance, "50-100 m", Distance(n(50, 100), DistanceUnit.METRES)),
        (parse_distance, "1 mile", Distance(n(1), DistanceUnit.MILES)),
        (parse_frequency, 3, Frequency(n(3))),
        (parse_frequency, "2-3", Frequency(n(2, 3))),
        (parse_frequency, "often", Frequency(often=True)),
        # 14 hours awake: 14 / 2, 14 / 1.5 rounded down, 14 × 2
        (parse_frequency, "every 2 hours", Frequency(n(7), every=120)),
        (parse_frequency, "every 90 min", Frequency(n(9), every=90)),
        (parse_frequency, "every half hour", Frequency(n(28), every=30)),
        (parse_frequency, ("Morning", "before you lift"), Frequency(n(2), occasions=("morning", "before you lift"))),
        (parse_days, "every other day", Days(per_week=n(3, 4), every_other=True)),
        (parse_days, "2-3 per week", Days(per_week=n(2, 3))),
        (parse_days, "3 per week, not in a row", Days(per_week=n(3), apart=True)),
        (parse_parts, ("forward", " back"), ("forward", "back")),
    ],
)
def test_what_is_written_is_read(parse: Callable[[object], Any], written: object, meant: object) -> None:
    assert parse(written) == meant


@pytest.mark.parametrize(
    ("parse", "written", "hint"),
    [
        (parse_reps, "10-8", "write the smaller number first: reps: 8-10"),
        (parse_reps, "700-8", "for example reps: 10"),
        (parse_reps, "8-8", "write reps: 8"),
        (partial(parse_whole, "pain_limit", (0, 10), 3), "5-3", "for example pain_limit: 3"),
        (parse_reps, 0, "for example reps: 10"),
        (parse_reps, "up to 8-10", "for example reps: 10"),
        (parse_reps, "up to 1", "write reps: 1"),
        (parse_reps, 101, "for example reps: 10"),
        (parse_reps, "3 x 0", "for example reps: 10"),
        (parse_reps, "30 x 10", "for example reps: 10"),
        (parse_reps, "30 secs", "for a time write hold: 30 s, or duration:"),
        (parse_reps, "20 min", "for a time write duration: 20 min"),
        (parse_hold, 5, "say of what: hold: 5 s or hold: 5 breaths"),
        (parse_hold, 0, "for example hold: 5 s"),
        (parse_hold, 90, "say of what: hold: 90 s"),
        (parse_hold, 700, "for example hold: 5 s"),
        (parse_hold, "1:30", "write hold: 90 s"),
        (parse_hold, "20:00", "for example hold: 5 s"),
        (parse_hold, "11 min", "for example hold: 5 s"),
        (parse_hold, "5 days", "for example hold: 5 s"),
        (parse_rest, "5 breaths", "for example rest: 30 s"),
        (parse_rest, "30", "say of what: rest: 30 s"),
        (parse_duration, 20, "say of what: duration: 20 min"),
        (parse_duration, "30 a day min", "for example duration: 10 min"),
        (parse_duration, "30 min a days", "for example duration: 10 min"),
        (parse_duration, "3 h", "for example duration: 10 min"),
        (parse_distance, 20, "say of what: distance: 20 steps"),
        (parse_distance, " 20 ", "say of what: distance: 20 steps"),
        (parse_distance, 0, "for example distance: 20 m"),
        (parse_distance, "20 furlongs", "for example distance: 20 m"),
        (parse_frequency, 25, "for example times_per_day: 2"),
        (parse_frequency, "every 10 min", "every 30 min to every 6 hours: write times_per_day: every 2 hours"),
        (parse_frequency, "morning", "write times_per_day: [morning]"),
        (parse_frequency, ("mornin",), "did you mean morning?"),
        (parse_frequency, ("morning", "Morning"), "name each once"),
        (parse_frequency, tuple("abcdefghi"), "write every 2 hours, or often"),
        (parse_days, "mon, wed", "write days: [mon, wed]"),
        (parse_days, "mon monday", "for example days: 5 per week"),
        (parse_days, "5 per week, not in a row", "write days: every other day"),
        (parse_parts, ("forward",), "for example parts: [forward, back, sideways]"),
        (parse_parts, ("back", "Back"), "name each part once"),
    ],
)
def test_what_is_wrong_is_refused_with_a_way_out(parse: Callable[[object], Any], written: object, hint: str) -> None:
    with pytest.raises(Unfit) as caught:
        parse(written)
    assert [fault.hint for fault in caught.value.faults] == [hint]


@given(
    st.from_regex(rf"\A{figures.AMOUNT}\Z")
    | st.sampled_from(["max", "often", "every 2 hours", "30 min a day", "every other day", "5 s", "20 m", "none"])
    | st.text(alphabet="0123456789 -sminhupto_", max_size=12)
)
def test_what_a_figure_takes_its_pattern_takes(text: str) -> None:
    # The other way round bounds and order decide, which no pattern says.
    for key, field in record(Dose).fields.items():
        if not isinstance(field.shape, Single) or not (patterns := list(_patterns(field.shape.value.schema))):
            continue
        try:
            field.shape.value.parse(text)
        except Unfit:
            continue
        assert any(re.search(pattern, text.strip()) for pattern in patterns), key


def _patterns(schema: dict[str, Any]) -> list[str]:
    own = [schema["pattern"]] if "pattern" in schema else []
    own += [f"^{schema['const']}$"] if "const" in schema else []
    return own + [each for part in schema.get("anyOf", []) for each in _patterns(part)]
