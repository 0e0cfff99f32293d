"""The rules of print hold for any routine, and an independent reader finds every box of its doses."""

from __future__ import annotations

import itertools
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readback import MM, Rectangle, boxes, page_sizes, smallest_type, text_runs
from samples import EXERCISES, FORMATS, examples, write

from pdfbuilder import InvalidInput, Renderer
from pdfbuilder.diagnostics import Severity
from pdfbuilder.reading.orders import order_in_words

pytestmark = pytest.mark.slow

NUMBERS = itertools.count()
SMALLEST = {"handout": 12, "large-print": 18, "fridge": 10, "diary": 12}
LONG = "Only as far as it will go today, and never any further than that, whoever says so."
FIGURES = {
    "reps": st.sampled_from(["1", "2", "3-4", "8-10", "12", "30"]),
    "sets": st.sampled_from(["1", "2", "3"]),
    "times_per_day": st.sampled_from(["1", "2", "3"]),
    "days": st.sampled_from(["[mon, wed, fri]", "[sun]", "5 per week"]),
    "weeks": st.sampled_from(["1", "3"]),
    "optional": st.just("true"),
    "load": st.just("2 kg"),
    "pain_limit": st.sampled_from(["0", "3"]),
    "hold": st.sampled_from(["5 s", "20-30 s", "3 breaths"]),
    "note": st.sampled_from(["Slowly.", f'"{LONG}"']),
}
FOR_EACH_SIDE = {
    "reps": st.sampled_from(["{affected: 10, other: 5}", "{affected: 3-4, other: 12}"]),
    "sets": st.sampled_from(["{affected: 3, other: 1}", "{affected: 1, other: 2}"]),
}


def entries(exercises: list[str], figures: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda exercise, said: ", ".join([f"exercise: {exercise}", *(f"{key}: {text}" for key, text in said.items())]),
        st.sampled_from(exercises),
        st.fixed_dictionaries({}, optional=figures),
    )


ENTRIES = entries(list(EXERCISES), FIGURES) | entries(["bird-dog", "crossed-standing-bend"], FIGURES | FOR_EACH_SIDE)
ORDERS = st.fixed_dictionaries(
    {"side": st.sampled_from(["left", "right", "both"])},
    optional={
        "name": st.sampled_from(["Ann Smith", "Margaret Featherstonehaugh-Cholmondeley"]),
        "date": st.just("2026-11-23"),
        "therapist": st.just("T. Jones"),
        "note": st.sampled_from(["Mind your step.", LONG * 5]),
        "tick": st.sampled_from(["rep", "set", "session", "auto"]),
    },
)


@pytest.mark.parametrize("template", list(SMALLEST))
@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(number=st.integers(0, 3), asked=st.lists(ENTRIES, min_size=1, max_size=7), order=ORDERS)
def test_any_routine_is_printed_by_the_rules_or_refused(
    template: str, number: int, asked: list[str], order: dict[str, Any], tmp_path: Path, renderer: Renderer
) -> None:
    paper, orientation = FORMATS[template][number % len(FORMATS[template])]
    plan = "title: My morning plan\nexercises:\n" + "".join(f"  - {{{entry}}}\n" for entry in asked)
    routine = str(write(tmp_path, plan, f"{next(NUMBERS)}.yaml"))
    try:
        sheet = renderer.render(
            order_in_words(routine, template=template, paper=paper, orientation=orientation or None, **order)
        )
    except InvalidInput as error:
        codes = {each.code for each in error.diagnostics if each.severity is Severity.ERROR}
        # One of two affected sides has no dose of its own, and some exercises cannot be done with two.
        if order["side"] == "both" and codes <= {"dose-sides", "not-for-both"}:
            return
        # What goes on for minutes or steps is not held as well.
        if codes == {"dose-measures"} and any("hold: " in entry for entry in asked):
            return
        # A page of A5 does not hold every card.
        if (paper, [each.code for each in error.diagnostics]) != ("a5", ["paper"]):
            raise
        return
    margins = renderer.library.template(template).value.page.margins
    ticks = boxes(sheet.pdf)
    assert sum(map(len, ticks)) == sheet.boxes
    assert smallest_type(sheet.pdf) >= SMALLEST[template]
    for runs, found, (width, height) in zip(text_runs(sheet.pdf), ticks, page_sizes(sheet.pdf), strict=True):
        content = Rectangle(margins.left * MM, margins.top * MM, width - margins.right * MM, height - 4 * MM)
        assert [run.text for run in runs if not run.box.inside(content, slack=0.5)] == []
        assert [one.text for one, other in combinations(runs, 2) if one.box.overlaps(other.box, slack=1 / 3)] == []
        assert not any(tick.box.overlaps(run.box) for tick in found for run in runs)
