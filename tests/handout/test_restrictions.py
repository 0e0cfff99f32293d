"""What must not be done, and what helps: added up, on every sheet of every template."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import TEMPLATES, run, write

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.order import Order
from pdfbuilder.handout.restrictions import AdviceBlock, RestrictionsBlock
from pdfbuilder.layout.core.display import Words
from pdfbuilder.pipeline import Renderer
from pdfbuilder.reading.orders import order_in_words

PLAN = """\
title: My plan
restrictions:
  - "Do not kneel on your {affected knee}."
  - Do not drive.
advice: Begin after a warm shower.
exercises: [pelvic-tilt, knee-to-chest, bird-dog]
"""
RENDERER = Renderer()


def shown(order: Order, page: int = 0) -> str:
    """The words of a page, in the order in which they are drawn."""
    pages = RENDERER.press.lay_out(RENDERER.compose(order).copy).pages
    items = (item for placed in pages[page].placed for item in placed.fragment.items())
    return " ".join(" ".join(item.text.strip() for item in items if isinstance(item, Words)).split())


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("side", "knee"), [("left", "left knee"), ("both", "left or right knee")])
def test_what_must_not_be_done_stands_on_the_first_sheet_of_every_template(
    tmp_path: Path, template: str, side: str, knee: str
) -> None:
    path = str(write(tmp_path, PLAN))
    words = shown(order_in_words(path, side, template=template, restrictions="Do not swim."))
    for line in (f"Do not kneel on your {knee}", "Do not drive.", "Do not swim."):
        assert line in words


@pytest.mark.parametrize("template", ["fridge", "diary"])
def test_it_stands_on_the_later_sheets_of_a_week_and_a_diary_again(tmp_path: Path, template: str) -> None:
    entries = "\n".join(f"  - {{exercise: {each}, times_per_day: 6}}" for each in ("pelvic-tilt", "bird-dog"))
    path = str(
        write(tmp_path, PLAN.replace("exercises: [pelvic-tilt, knee-to-chest, bird-dog]", f"exercises:\n{entries}"))
    )
    order = order_in_words(path, "left", template=template, tick="rep")
    pages = RENDERER.press.lay_out(RENDERER.compose(order).copy).pages
    assert len(pages) > 1
    assert all("Do not drive." in shown(order, page) for page in range(len(pages)))


def test_a_person_adds_to_what_the_routine_says_and_replaces_nothing(tmp_path: Path) -> None:
    path = str(write(tmp_path, PLAN))
    order = order_in_words(path, "left", restrictions=["Do not drive.", "Do not swim."], advice="Walk daily.")
    handout = RENDERER.compose(order).copy.handout
    forbidden, advised = handout.find(RestrictionsBlock), handout.find(AdviceBlock)
    assert forbidden
    assert advised
    assert list(forbidden.lines(handout)) == [
        "", "What you must not do:", "  - Do not kneel on your *left knee*.", "  - Do not drive.", "  - Do not swim.",
    ]  # fmt: skip
    assert list(advised.lines(handout)) == ["", "What helps:", "  - Begin after a warm shower.", "  - Walk daily."]


def test_a_roster_adds_to_the_routine_and_to_the_command_line(tmp_path: Path) -> None:
    write(tmp_path, PLAN, "plan.yaml")
    cell = '"Do not run.\nDo not jump on your {affected leg}."'
    write(tmp_path, f"id,side,restrictions\np1,left,{cell}\np2,right,\n", "people.csv")
    done = run(
        *("batch", "people.csv", "--routine", "./plan.yaml", "--restriction", "Do not swim.", "--combine", "all.pdf"),
        *("--jobs", "1", "--dry-run"),
        folder=tmp_path,
    )
    assert (done.code, done.err.count("error")) == (0, 0), done.err


def test_where_no_side_is_known_none_can_be_named(tmp_path: Path) -> None:
    path = str(write(tmp_path, PLAN))
    with pytest.raises(InvalidInput) as error:
        RENDERER.compose(order_in_words(path, "none"))
    assert [(each.code, each.location.line) for each in error.value.diagnostics] == [("no-side", 3)]


def test_the_other_side_written_out_is_refused_at_the_option(tmp_path: Path) -> None:
    write(tmp_path, PLAN, "plan.yaml")
    done = run("show", "./plan.yaml", "-s", "left", "--restriction", "Rest your right knee", folder=tmp_path)
    assert done.code == 2
    assert done.err.startswith("--restriction: error[other-side] 'right knee' names the right side")


def test_more_lines_than_anyone_keeps_in_mind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        order_in_words("x", "left", restrictions=[f"Do not {number}." for number in range(9)])
    assert str(error.value).splitlines()[0] == 'restrictions: error[restrictions] expected at most 8 lines, got "9"'


@pytest.mark.parametrize("template", ["fridge", "diary", "handout"])
@pytest.mark.parametrize("whose", ["plan", "person", "nobody"])
def test_advice_without_a_place_is_said_to_be_left_out(
    template: str, whose: str, tmp_path: Path, renderer: Renderer
) -> None:
    advice = "advice: Put ice on it.\n" if whose == "plan" else ""
    path = str(write(tmp_path, f"title: My plan\nsafety: none\n{advice}exercises: [pelvic-tilt]\n"))
    own = ["Rest at noon."] if whose == "person" else []
    sheet = renderer.render(order_in_words(path, "left", template=template, advice=own))
    said = [each.message for each in sheet.warnings]
    remark = "the advice is not on this sheet; give the handout with it"
    assert (remark in said) == (template != "handout" and whose != "nobody")
