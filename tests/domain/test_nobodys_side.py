"""A plan for nobody's side: both sides are done, and neither is anybody's affected one."""

from __future__ import annotations

import pytest
from domain.test_plan import BOTH, exercise, only, plan, refused, routine

from pdfbuilder.domain.side import AffectedSide, Relative, Side, SideRule, working_sides
from pdfbuilder.domain.wording import plain

NONE = AffectedSide.NONE


@pytest.mark.parametrize("text", ["none", "None", " NONE "])
def test_that_no_side_is_meant_is_said_aloud(text: str) -> None:
    assert AffectedSide.parse(text) is NONE


@pytest.mark.parametrize("text", ["n", "", " ", "n/a", "no", "-", "neither"])
def test_nothing_else_means_no_side(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        AffectedSide.parse(text)


def test_both_sides_are_done_left_first() -> None:
    for rule in (SideRule.EACH, SideRule.ALTERNATE):
        assert working_sides(rule, NONE) == (Side.LEFT, Side.RIGHT)


def test_no_side_is_named_as_the_affected_one() -> None:
    found = only(exercise("each", "Lift your {affected leg}, not your {other leg}."), NONE)
    (step,) = found.steps
    assert plain(step) == "Lift your left leg, not your right leg."
    assert {span.relative for span in step if span.side} == {Relative.OTHER}
    assert plain(found.same_on_other_side) == "Then do it all again for your right side."
    assert not found.both_affected


@pytest.mark.parametrize("rule", ["affected", "other"])
def test_what_is_for_the_affected_side_is_refused(rule: str) -> None:
    definition = routine(exercise(rule, "Lift your {affected leg}."))
    message = f"Heel slide is {rule}, but the plan is for nobody's side"
    assert refused(definition, NONE) == [("nobodys-side", message)]


def test_a_side_in_the_title_is_refused() -> None:
    definition = routine(exercise("each", "Lift your {affected leg}."), title="Your {affected leg}")
    message = "{affected leg} cannot be resolved: no one side is meant here"
    assert refused(definition, NONE) == [("no-side", message)]


def test_a_routine_for_nobodys_side_is_for_nobody_elses() -> None:
    definition = routine(exercise("each", "Lift your {affected leg}."), side=NONE)
    assert plan(definition, None).affected is NONE
    assert [code for code, _ in refused(definition, BOTH)] == ["side-contradiction"]
