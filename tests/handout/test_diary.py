"""Where things stand in the diary, on all papers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from samples import SIDES, write

from pdfbuilder import Renderer
from pdfbuilder.domain.template import Paper
from pdfbuilder.handout.pages import lay_out
from pdfbuilder.layout.core.display import Circle, Face, Item, Page, RadioCircle, Rule, TickBox, Words, WriteIn
from pdfbuilder.layout.core.style import style_for
from pdfbuilder.reading.orders import order_in_words
from pdfbuilder.units import MM

NEAR = pytest.approx
PLAN = """\
title: My plan
exercises:
  - {exercise: pelvic-tilt, times_per_day: 2}
  - {exercise: lying-knee-press, times_per_day: 5}
  - knee-to-chest
"""
NOTE = "Do your exercises after breakfast, and never in a hurry, whatever else there is to do."


def pages(
    renderer: Renderer, routine: str, paper: Paper = Paper.LETTER, side: str = "right", **words: Any
) -> tuple[Page, ...]:
    order = order_in_words(routine, side, template="diary", **{"name": "Ann Smith", **words})
    handout = renderer.compose(order).copy.handout
    return lay_out(handout, style_for(renderer.library.template("diary").value, paper), renderer.press.fonts).pages


def items(page: Page) -> Iterable[tuple[Item, float]]:
    """What is drawn, each with how far down its fragment stands."""
    return ((item, placed.y) for placed in page.placed for item in placed.fragment.items())


def days(page: Page) -> list[float]:
    """Where the days' rules stand, in millimetres."""
    return [(y + item.y1) / MM for item, y in items(page) if isinstance(item, Rule) and item.width == 1.4]


def said(page: Page, text: str) -> list[tuple[Words, float]]:
    """Words by their text, with their baselines in millimetres."""
    found = [(item, (y + item.y) / MM) for item, y in items(page) if isinstance(item, Words)]
    return [(item, y) for item, y in found if item.text.replace("\u00a0", " ") == text]


def test_a_day_is_that_of_the_design(tmp_path: Path, renderer: Renderer) -> None:
    first, _ = pages(renderer, str(write(tmp_path, PLAN)), date="2026-11-25")
    rules, fonts = days(first), renderer.press.fonts
    assert len(rules) == 7
    heights = [below - above for above, below in pairwise(rules)]
    assert heights == [NEAR(heights[0])] * 6
    assert 24 <= heights[0] <= 36
    top = rules[0]
    circles = [
        (item, y) for item, y in items(first) if isinstance(item, RadioCircle) and item.name == "diary-w1-mon-before"
    ]
    assert [(right.x - left.x) / MM for (left, _), (right, _) in pairwise(circles)] == [NEAR(8.8)] * 10
    last, y = circles[-1]
    assert (last.x + last.radius) / MM == NEAR(215.9 - 14)
    assert (y + last.y) / MM - top == NEAR(4.85)
    assert {round(item.radius / MM, 6) for item, _ in items(first) if isinstance(item, Circle)} == {3.5}
    # labels end 3 before the circles
    for label in ("Pain before", "Pain after", "Notes"):
        words, _ = said(first, label)[0]
        right = words.x + fonts.width(label, Face.BOLD) * words.size
        assert (circles[0][0].x - circles[0][0].radius - right) / MM == NEAR(3)
    # the line for notes stands 2.2 above the next rule
    lines = [(y + item.y1) / MM for item, y in items(first) if isinstance(item, Rule) and item.width == 0.8]
    assert lines[0] == NEAR(rules[1] - 2.2)
    # boxes of 5 at 6, numbered above
    ticks = [
        (item, y) for item, y in items(first) if isinstance(item, TickBox) and item.name.startswith("diary-w1-mon-e1-")
    ]
    assert [(round(item.size / MM, 6), round(item.x / MM, 6)) for item, _ in ticks] == [(5, 14), (5, 20)]
    number, base = next((words, y) for words, y in said(first, "1") if y > top and words.face is Face.BOLD)
    assert number.x + fonts.width("1", Face.BOLD) * number.size / 2 == NEAR((14 + 5.5) * MM)
    assert (ticks[0][1] + ticks[0][0].y) / MM - base == NEAR(2)


def test_more_than_two_times_a_day_are_written_as_a_number(tmp_path: Path, renderer: Renderer) -> None:
    first, _ = pages(renderer, str(write(tmp_path, PLAN)))
    assert len(said(first, "of 5")) == 7
    assert not any(isinstance(item, TickBox) and "-e2-" in item.name for item, _ in items(first))
    fields = [
        item for item, _ in items(first) if isinstance(item, WriteIn) and item.name.startswith("diary-w1-mon-e2-")
    ]
    assert [(round(item.width / MM, 6), round(item.height / MM, 6)) for item in fields] == [(11, 5)]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
@pytest.mark.parametrize("routine", ["sciatica-starter", "sciatica-complete"])
def test_a_week_is_never_torn_for_what_else_there_is_to_say(
    routine: str, paper: Paper, side: str, renderer: Renderer
) -> None:
    found = pages(renderer, routine, paper, side, note=NOTE, therapist="Dr. Jane Jones", next_visit="2026-12-03 10:30")
    assert [len(days(page)) for page in found] == [7, 7]
    for page in found:
        rules = days(page)
        assert min(below - above for above, below in pairwise(rules)) >= 24 - 1e-6
    assert "Therapist: Dr. Jane Jones" in " ".join(item.text for item, _ in items(found[0]) if isinstance(item, Words))


def test_its_title_is_whose_it_is(renderer: Renderer) -> None:
    for name, title in (("Ann Smith", "Ann’s exercise diary"), ("Mrs Smith", "Mrs Smith’s exercise diary")):
        assert said(pages(renderer, "back-mobility", name=name)[0], title)
    order = order_in_words("back-mobility", "left", template="diary")
    assert renderer.compose(order).copy.handout.own.diary_title == ""
