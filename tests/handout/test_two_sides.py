"""A plan of two sides: no one side is the sheet's, and every card says its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import TEMPLATES, run, write

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.layout.core.display import Words
from pdfbuilder.pipeline import Composed, Renderer
from pdfbuilder.reading.orders import order_in_words

PLAN = """\
title: My plan
exercises:
  - section: "Your {affected knee}"
    side_of: left
  - lying-knee-press
  - pelvic-tilt
  - section: "Your {affected shoulder}"
    side_of: right
  - bird-dog
"""
RENDERER = Renderer()


def composed(folder: Path, text: str, side: str | None = None, template: str = "handout") -> Composed:
    return RENDERER.compose(order_in_words(str(write(folder, text)), side, template=template))


def test_no_side_has_to_be_named_where_every_card_has_one(tmp_path: Path) -> None:
    found = composed(tmp_path, PLAN)
    assert (found.plan.affected, found.plan.has_two_sides) == (AffectedSide.NONE, True)
    doses = [card.dose for card in found.copy.handout.cards]
    assert doses[0].startswith("This one is for your left side. Hold")
    assert doses[1].startswith("Do it 10\u00a0times")
    assert doses[2].startswith("Begin with your right side. Hold")


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_tag_says_so_on_every_page_and_there_is_no_bar(tmp_path: Path, template: str) -> None:
    pages = RENDERER.press.lay_out(composed(tmp_path, PLAN, template=template).copy).pages
    for page in pages:
        texts = [
            item.text.replace("\u00a0", " ")
            for placed in page.placed
            for item in placed.fragment.items()
            if isinstance(item, Words)
        ]
        assert any("Two sides: read each card" in text for text in texts)
        assert not any(tag in text for text in texts for tag in ("LEFT side ·", "RIGHT side ·"))
        assert not [*page.placed[0].fragment.items()]


def test_one_card_of_the_other_side_is_enough(tmp_path: Path) -> None:
    text = "title: My plan\nexercises:\n  - lying-knee-press\n  - {exercise: bird-dog, side_of: right}\n"
    assert composed(tmp_path, text, "left").plan.called == "two-sides"
    assert composed(tmp_path, text, "right").plan.called == "right"
    # Whoever has two affected sides has no other one.
    assert composed(tmp_path, text, "both").plan.called == "both"


def test_cards_that_all_name_the_same_side_are_a_plan_for_it(tmp_path: Path) -> None:
    text = "title: My plan\nexercises:\n  - {exercise: bird-dog, side_of: right}\n  - pelvic-tilt\n"
    assert composed(tmp_path, text).plan.affected is AffectedSide.RIGHT


@pytest.mark.parametrize("other", ["lying-knee-press", "knee-to-chest"])
def test_one_card_without_a_side_needs_the_plans(tmp_path: Path, other: str) -> None:
    text = f"title: My plan\nexercises:\n  - {other}\n  - {{exercise: bird-dog, side_of: right}}\n"
    with pytest.raises(InvalidInput, match="missing-side"):
        composed(tmp_path, text)
    with pytest.raises(InvalidInput, match="missing-side"):
        composed(tmp_path, "title: My plan\nexercises: [pelvic-tilt]\n")


def test_a_restriction_that_names_a_side_is_refused_where_there_is_no_one_side(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no-side"):
        composed(tmp_path, PLAN + 'restrictions: "Do not kneel on your {affected knee}."\n')


def test_the_command_line_says_so_too(tmp_path: Path) -> None:
    write(tmp_path, PLAN, "plan.yaml")
    assert run("build", "plan.yaml", folder=tmp_path).err.splitlines()[-1].startswith("plan-two-sides.pdf: two sides, ")


@pytest.mark.parametrize("name", ["Ann Smith", "Wilhelmina Featherstonehaugh"])
def test_a_week_s_title_is_the_person_s_beside_a_wide_tag_or_above_it(tmp_path: Path, name: str) -> None:
    plan = PLAN.replace("My plan", "What to do for your knee and your shoulder at home, for as long as it takes")
    path = str(write(tmp_path, plan))
    which = order_in_words(path, "left", template="fridge", name=name, next_visit="2026-12-03 10:30")
    (page, *_) = RENDERER.press.lay_out(RENDERER.compose(which).copy).pages
    said = [item for placed in page.placed for item in placed.fragment.items() if isinstance(item, Words)]
    title = [item.text for item in said if item.size == 30]
    assert " ".join(title) == f"{name.split(maxsplit=1)[0]}’s exercises this week"
    assert len(title) <= 2
