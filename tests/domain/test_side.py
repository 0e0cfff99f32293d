"""Left and right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfbuilder.domain.side import AffectedSide, Side, SideRule, working_sides

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def test_the_other_of_left_is_right() -> None:
    assert LEFT.other is RIGHT
    assert RIGHT.other is LEFT


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("left", AffectedSide.LEFT), ("Left", AffectedSide.LEFT), (" LEFT ", AffectedSide.LEFT),
        ("l", AffectedSide.LEFT), ("L", AffectedSide.LEFT),
        ("right", AffectedSide.RIGHT), ("RIGHT", AffectedSide.RIGHT), ("r", AffectedSide.RIGHT),
        ("both", AffectedSide.BOTH), ("Both\n", AffectedSide.BOTH), ("b", AffectedSide.BOTH),
    ],
)  # fmt: skip
def test_a_side_is_read_as_people_write_it(text: str, side: AffectedSide) -> None:
    assert AffectedSide.parse(text) is side


@pytest.mark.parametrize(
    "text", ["", " ", "lef", "lft", "le ft", "left right", "left/right", "no", "0", "links", "rightt"]
)
def test_nothing_else_is_a_side(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is all there is to say
        AffectedSide.parse(text)


@given(st.text())
def test_a_text_is_a_side_only_if_it_says_so(text: str) -> None:
    try:
        side = AffectedSide.parse(text)
    except ValueError:
        return
    assert side.value.startswith(text.strip().casefold())


@pytest.mark.parametrize(
    ("rule", "left", "right", "both"),
    [
        ("affected", (LEFT,), (RIGHT,), (LEFT, RIGHT)),
        ("other", (RIGHT,), (LEFT,), (LEFT, RIGHT)),
        ("each", (LEFT, RIGHT), (RIGHT, LEFT), (LEFT, RIGHT)),
        ("alternate", (LEFT, RIGHT), (RIGHT, LEFT), (LEFT, RIGHT)),
        ("bilateral", (), (), ()),
    ],
)
def test_an_exercise_is_done_on_the_sides_of_its_rule_affected_first(
    rule: str, left: tuple[Side, ...], right: tuple[Side, ...], both: tuple[Side, ...]
) -> None:
    assert working_sides(SideRule(rule), AffectedSide.LEFT) == left
    assert working_sides(SideRule(rule), AffectedSide.RIGHT) == right
    assert working_sides(SideRule(rule), AffectedSide.BOTH) == both
