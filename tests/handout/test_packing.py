"""How cards are packed onto pages, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import SCIATICA, examples, write

from pdfbuilder import Renderer
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide, Relative, Side
from pdfbuilder.domain.template import Paper
from pdfbuilder.domain.wording import Span
from pdfbuilder.handout.blocks import Card, Handout, ProgressLine, SectionHeading, SideDose, Video
from pdfbuilder.handout.exercises import page as packing
from pdfbuilder.handout.exercises.card import CardLayout, Fit
from pdfbuilder.handout.pages import lay_out
from pdfbuilder.layout.core.display import (
    Area,
    Drawing,
    Face,
    Fragment,
    Item,
    Page,
    Polygon,
    Role,
    Rule,
    Squares,
    TickBox,
    Words,
)
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import Style, style_for
from pdfbuilder.layout.core.text import Note
from pdfbuilder.units import MM

NEAR = pytest.approx
TICK, DASHED = "Tick one box each time.", "A dashed box is extra."
PHONE = "01632\u00a0960\u00a0142"


def composed(renderer: Renderer, template: str, routine: str, side: str = "left") -> Handout:
    order = Order(routine, AffectedSide(side), person=Person("Ann Smith"), template=template)
    return renderer.compose(order).copy.handout


def style(renderer: Renderer, template: str, paper: Paper = Paper.A4) -> Style:
    return style_for(renderer.library.template(template).value, paper)


def shown(page: Page, kind: type[Item] = Words) -> Iterator[Item]:
    """What stands on a page, on its place there."""
    for placed in page.placed:
        for item in placed.fragment.items():
            if isinstance(item, kind):
                if isinstance(item, Rule):
                    yield replace(item, y1=item.y1 + placed.y, y2=item.y2 + placed.y)
                else:
                    yield replace(item, x=item.x + placed.x, y=item.y + placed.y)  # type: ignore[union-attr]


def words(page: Page) -> list[Words]:
    return [item for item in shown(page) if isinstance(item, Words)]


def with_boxes(card: Card, solid: int, dashed: int = 0) -> Card:
    grids = tuple(
        (tick, replace(grid, lanes=tuple(replace(lane, solid=solid, dashed=dashed) for lane in grid.lanes)), remark)
        for tick, grid, remark in card.grids
    )
    return replace(card, grids=grids)


def counted(handout: Handout, counts: list[int], dashed: int = 0) -> Handout:
    cards = (with_boxes(card, count, dashed) for card, count in zip(handout.cards, counts, strict=True))
    return replace(handout, cards=tuple(cards))


# --------------------------------------------------------------------------- pages


@pytest.mark.parametrize("routine", ["sciatica-starter", "back-mobility", "hamstring-stretches"])
@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_what_is_said_of_boxes_stands_on_the_pages_that_have_them(
    routine: str, side: str, paper: Paper, renderer: Renderer
) -> None:
    handout = composed(renderer, "handout", routine, side)
    # the first card has a dashed box, and no other
    first, *others = (with_boxes(card, 3) for card in handout.cards)
    handout = replace(handout, cards=(with_boxes(first, 3, 1), *others))
    pages = lay_out(handout, style(renderer, "handout", paper), renderer.press.fonts).pages
    for page in pages:
        boxes = [item for item in shown(page, TickBox) if isinstance(item, TickBox)]
        said = " ".join(item.text for item in words(page))
        assert said.count(TICK) == bool(boxes)
        assert said.count(DASHED) == any(box.dashed for box in boxes)
    assert any(DASHED in " ".join(item.text for item in words(page)) for page in pages)


@pytest.mark.parametrize("template", ["handout", "large-print", "fridge"])
@pytest.mark.parametrize("dose", ["reps: 4-5", "reps: 5, sets: 2-3", "reps: 5, times_per_day: 2-3"])
def test_what_a_dashed_box_is_is_said_whatever_is_extra(
    template: str, dose: str, renderer: Renderer, tmp_path: Path
) -> None:
    entry = "{name: A, side: bilateral, instructions: [Breathe.], " + dose + "}"
    path = write(tmp_path, f"title: A\ntimes_per_day: 1\nexercises: [{entry}]\n")
    handout = composed(renderer, template, str(path))
    pages = lay_out(handout, style(renderer, template), renderer.press.fonts).pages
    (page,) = (page for page in pages if any(placed.fragment.extras for placed in page.placed))
    assert " ".join(item.text for item in words(page)).count(DASHED) == 1


@pytest.mark.slow
@pytest.mark.parametrize("routine", SCIATICA)
@pytest.mark.parametrize("template", ["handout", "large-print"])
@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_nothing_stands_in_the_margin_or_near_the_footer(
    template: str, routine: str, side: str, paper: Paper, renderer: Renderer
) -> None:
    handout, on = composed(renderer, template, routine, side), style(renderer, template, paper)
    fonts = renderer.press.fonts
    for page in lay_out(handout, on, fonts).pages:
        _, *content, footer = page.placed
        (rule,) = [item for item in footer.fragment.items() if isinstance(item, Rule)]
        # eight millimetres above the footer stay free
        assert max(each.y + each.fragment.ink for each in content) <= rule.y1 - 8 * MM + 1e-6
        for item in words(page):
            assert item.x >= on.left - 1e-6
            assert item.x + fonts.width(item.text, item.face) * item.size <= on.right + 1e-6
        for box in shown(page, TickBox):
            assert isinstance(box, TickBox)
            assert on.left + on.template.card.gutter * MM < box.x
            assert box.x + box.size < on.right


@pytest.mark.slow
@pytest.mark.parametrize("routine", SCIATICA)
@pytest.mark.parametrize("side", ["left", "both"])
def test_letter_takes_at_most_a_page_more(routine: str, side: str, renderer: Renderer) -> None:
    handout = composed(renderer, "handout", routine, side)
    pages = [
        len(lay_out(handout, style(renderer, "handout", paper), renderer.press.fonts).pages)
        for paper in (Paper.A4, Paper.LETTER)
    ]
    assert pages[1] <= pages[0] + 1


counts = st.lists(st.integers(1, 20), min_size=5, max_size=5)


@hypothesis_settings(max_examples=examples(60), deadline=None)
@given(
    more=counts, less=counts, side=st.sampled_from(["left", "both"]), paper=st.sampled_from([Paper.A4, Paper.LETTER])
)
def test_fewer_boxes_never_take_more_pages(more: list[int], less: list[int], side: str, paper: Paper) -> None:
    renderer = RENDERER
    handout, on = composed(renderer, "handout", "sciatica-starter", side), style(renderer, "handout", paper)
    fewer = [min(one, other) for one, other in zip(more, less, strict=True)]
    pages = [len(lay_out(counted(handout, each), on, renderer.press.fonts, REUSE).pages) for each in (fewer, more)]
    assert pages[0] <= pages[1]


RENDERER, REUSE = Renderer(), Reuse()


@hypothesis_settings(max_examples=examples(60), deadline=None)
@given(boxes=counts, paper=st.sampled_from([Paper.A4, Paper.LETTER]))
def test_no_page_is_under_two_thirds_full_where_the_next_card_would_have_fitted(boxes: list[int], paper: Paper) -> None:
    renderer = RENDERER
    handout, on = composed(renderer, "handout", "sciatica-starter"), style(renderer, "handout", paper)
    pages = lay_out(counted(handout, boxes), on, renderer.press.fonts, REUSE).pages
    for page, following in pairwise(pages):
        ends = [each.y + each.fragment.height for each in page.placed if each.fragment.boxes]
        bottom = next(item.y1 for item in page.placed[-1].fragment.items() if isinstance(item, Rule)) - 8 * MM
        first = next((each.fragment.height for each in following.placed if each.fragment.boxes), None)
        if ends and first and (max(ends) - on.top) < 2 / 3 * (bottom - on.top):
            assert max(ends) + 5 * MM + first > bottom


def test_all_boxes_of_a_sheet_have_one_size_and_are_small_only_where_that_saves_a_page(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    handout, on = composed(renderer, "handout", "hamstring-stretches", "both"), style(renderer, "handout")
    sheets = [counted(handout, [count] * len(handout.cards)) for count in range(1, 16)]
    found = [lay_out(sheet, on, renderer.press.fonts).pages for sheet in sheets]
    # what comes before smaller boxes: a picture's growth, and room between cards
    monkeypatch.setattr(packing, "_SHORTAGES", packing._SHORTAGES[:3])
    large = [lay_out(sheet, on, renderer.press.fonts).pages for sheet in sheets]
    seen = set()
    for here, there in zip(found, large, strict=True):
        sizes = {round(box.size / MM, 3) for each in here for box in shown(each, TickBox) if isinstance(box, TickBox)}
        assert sizes == ({5} if len(here) < len(there) else {6})
        seen |= sizes
    assert seen == {5, 6}


# --------------------------------------------------------------------------- furniture


@pytest.mark.parametrize(("paper", "height"), [(Paper.A4, 297), (Paper.LETTER, 279.4)])
def test_the_footer_has_one_line_and_two_where_there_is_somebody_to_ask(
    paper: Paper, height: float, renderer: Renderer
) -> None:
    handout, on = composed(renderer, "handout", "hamstring-stretches"), style(renderer, "handout", paper)
    asked = replace(handout, questions=f"Questions? Call {PHONE}", phone=PHONE, phase="phase 2")
    for each, rule_at, baselines in ((handout, 15.5, [5]), (asked, 20.5, [5, 10.4])):
        foot = lay_out(each, on, renderer.press.fonts).pages[0].placed[-1].fragment
        (rule,) = [item for item in foot.items() if isinstance(item, Rule)]
        assert rule.y1 / MM == NEAR(height - rule_at, abs=0.05)
        found = sorted({round(item.y - rule.y1, 3) for item in foot.items() if isinstance(item, Words)})
        assert [y / MM for y in found] == NEAR(baselines, abs=0.05)
    texts = [item for item in foot.items() if isinstance(item, Words)]
    assert [item.face for item in texts if item.text.strip() == PHONE] == [Face.BOLD]
    assert any(item.text.endswith(", phase 2") for item in texts)


def test_a_later_page_s_head_has_its_measures(renderer: Renderer) -> None:
    handout, on = composed(renderer, "handout", "sciatica-starter"), style(renderer, "handout")
    page = lay_out(handout, on, renderer.press.fonts).pages[1]
    _, head, card, *_ = page.placed
    (tag,) = [item for item in head.fragment.items() if isinstance(item, Polygon)]
    ys, xs = [y + head.y for _, y in tag.points], [x for x, _ in tag.points]
    assert (max(ys) - min(ys)) / MM == NEAR(10.5, abs=0.05)
    name = next(item for item in words(page) if item.text == "Ann Smith")
    assert (name.size, name.face) == (16, Face.BOLD)
    assert (name.x - max(xs)) / MM == NEAR(6)
    assert card.y / MM == NEAR(28, abs=0.05)


# --------------------------------------------------------------------------- a card


LEG = Span("left leg", Relative.AFFECTED, Side.LEFT)


def full(card: Card) -> Card:
    """A card with all that it can have."""
    return replace(
        card,
        side_doses=(SideDose("Left", True, "Do 3 sets of 10."), SideDose("Right", False, "Do 1 set of 10.")),
        progress=(ProgressLine("From week 3:", "4 sets", ()),),
        avoid_if=(Note("Leave this out if", (Span("it hurts to lie on your "), LEG, Span("."))),),
        video=Video("Film", "https://riverside.example/clam-r"),
    )


def test_doses_progress_and_what_speaks_against_it_stand_before_the_steps(renderer: Renderer) -> None:
    card = full(composed(renderer, "handout", "sciatica-starter").cards[1])
    on = style(renderer, "handout")
    whole = CardLayout(card, on, renderer.press.fonts).whole()
    by_text = {item.text: item for item in whole.items() if isinstance(item, Words)}
    # the affected side in white on its plate, the other one in bold
    assert (by_text["Do 3 sets of 10."].x / MM, by_text["Do 1 set of 10."].x / MM) == NEAR((44, 44))
    order = ["Do 3 sets of 10.", "Do 1 set of 10.", "From week 3: 4 sets.", "Leave this out if"]
    ys = [next(item.y for text, item in by_text.items() if text.startswith(each)) for each in order]
    assert ys == sorted(ys)
    assert ys[-1] < min(item.y for item in whole.items() if isinstance(item, Drawing)) + 1
    sides = [
        item.colour for item in whole.items() if isinstance(item, Words) and item.text == "Left" and item.y < ys[1]
    ]
    assert sides.count("#FFFFFF") == 2  # on the chip and on the dose
    signs = [item for item in whole.items() if isinstance(item, Polygon) and item.fill == "#000000"]
    widths = sorted((max(x for x, _ in each.points) - min(x for x, _ in each.points)) / MM for each in signs)
    assert widths == NEAR([2.6, 8], abs=0.05)
    avoid = max(signs, key=lambda each: max(y for _, y in each.points))
    # in the middle of the gutter of 14
    assert sum(x for x, _ in avoid.points) / 3 / MM == NEAR(14 + 7)


def test_a_film_has_its_code_below_the_picture_and_its_address_in_words(renderer: Renderer) -> None:
    card = full(composed(renderer, "handout", "sciatica-starter").cards[1])
    on = style(renderer, "handout")
    whole = CardLayout(card, on, renderer.press.fonts).whole()
    (code,) = [item for item in whole.items() if isinstance(item, Squares)]
    (picture,) = [item for item in whole.items() if isinstance(item, Drawing)]
    modules = 1 + max(column for column, _ in code.filled)
    assert (modules + 8) * code.edge / MM == NEAR(22)
    assert code.x / MM == NEAR(14 + 4 * code.edge / MM)
    assert code.y >= picture.y + picture.height + 4 * code.edge
    texts = [item.text for item in whole.items() if isinstance(item, Words)]
    assert texts.index("riverside.example") + 1 == texts.index("/clam-r")
    assert max(row for _, row in code.filled) + 1 == modules


def test_a_picture_grows_to_the_text_beside_it_and_gives_way_to_it(renderer: Renderer) -> None:
    on, fonts = style(renderer, "handout"), renderer.press.fonts
    for card in composed(renderer, "handout", "sciatica-complete").cards:
        grown, given_up = (CardLayout(card, on, fonts, fit).whole() for fit in (Fit(), Fit(picture=0.8)))
        tall, low = (next(each for each in one.items() if isinstance(each, Drawing)) for one in (grown, given_up))
        assert tall.width <= 58 * MM + 1e-6
        assert low.height <= tall.height
        assert tall.width / tall.height == NEAR(low.width / low.height)
        assert given_up.height <= grown.height + 1e-6


def test_under_both_sides_nothing_is_marked_and_the_picture_says_its_side(renderer: Renderer) -> None:
    on, fonts = style(renderer, "handout"), renderer.press.fonts
    one, both = (composed(renderer, "handout", "sciatica-starter", side) for side in ("left", "both"))
    marked = [
        sum(
            isinstance(item, Area) and item.colour == on.template.colours.ground
            for page in pages
            for item in shown(page, Area)
        )
        for pages in (lay_out(each, on, fonts).pages for each in (one, both))
    ]
    assert marked[0] > 0
    assert marked[1] == 0
    said = " ".join(item.text for page in lay_out(both, on, fonts).pages for item in words(page))
    sided = sum(bool(card.picture and card.picture.side) for card in both.cards)
    assert said.count("The picture shows the left side.") == sided > 0
    assert "The picture shows" not in " ".join(
        item.text for page in lay_out(one, on, fonts).pages for item in words(page)
    )


def test_a_marked_phrase_keeps_a_line_where_its_ground_is_lost(renderer: Renderer) -> None:
    on = style(renderer, "handout")
    handout = composed(renderer, "handout", "sciatica-starter")
    for page in lay_out(handout, on, renderer.press.fonts).pages:
        grounds = [
            item for item in shown(page, Area) if isinstance(item, Area) and item.colour == on.template.colours.ground
        ]
        lines = {(round(item.x1, 2), round(item.y1, 2)) for item in shown(page, Rule) if isinstance(item, Rule)}
        for ground in grounds:
            assert (round(ground.x, 2), round(ground.y + ground.height, 2)) in lines


# --------------------------------------------------------------------------- sections


@pytest.mark.parametrize("count", [1, 3, 5, 10, 15])
def test_a_section_s_heading_stands_right_above_its_card(count: int, renderer: Renderer) -> None:
    handout, on = composed(renderer, "handout", "sciatica-complete"), style(renderer, "handout")
    section = SectionHeading((Span("On the bed"),), (Span("Lie on a firm bed."),))
    cards = tuple(
        replace(with_boxes(card, count), section=section if card.number % 2 else None) for card in handout.cards
    )
    for page in lay_out(replace(handout, cards=cards), on, renderer.press.fonts).pages:
        for index, placed in enumerate(page.placed):
            if not is_section(placed.fragment):
                continue
            card = page.placed[index + 1]
            assert card.fragment.boxes
            assert (card.y - placed.y) / MM == NEAR(9.5 + 4.5)
            above = page.placed[index - 1]
            if above.fragment.boxes:
                assert (placed.y - above.y - above.fragment.height) / MM == NEAR(8)


def is_section(fragment: Fragment) -> bool:
    return any(
        element.role is Role.HEADING
        and any(isinstance(item, Words) and item.text == "On the bed" for item in element.items)
        for element in fragment.elements
    )


# --------------------------------------------------------------------------- large print


@pytest.mark.parametrize("side", ["left", "both"])
def test_in_large_print_each_card_says_under_its_boxes_what_they_are(side: str, renderer: Renderer) -> None:
    handout, on = composed(renderer, "large-print", "sciatica-starter", side), style(renderer, "large-print")
    for card in handout.cards:
        whole = CardLayout(with_boxes(card, 2, 1), on, renderer.press.fonts).whole()
        lowest = max(item.y + item.size for item in whole.items() if isinstance(item, TickBox))
        (legend,) = [item for item in whole.items() if isinstance(item, Words) and item.text.startswith(TICK)]
        assert legend.y > lowest
        assert legend.text == f"{TICK} {DASHED}"
        assert legend.size == 18


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(("count", "size"), [(1, 9), (2, 9), (3, 7), (4, 9), (5, 7), (10, 9), (12, 7)])
def test_in_large_print_boxes_are_as_large_as_a_day_of_26_holds(count: int, size: float, renderer: Renderer) -> None:
    card = composed(renderer, "large-print", "sciatica-starter").cards[0]
    assert card.grid(Tick.REP)[0].lanes[0].side is None
    whole = CardLayout(with_boxes(card, count), style(renderer, "large-print"), renderer.press.fonts).whole()
    boxes = [item for item in whole.items() if isinstance(item, TickBox)]
    assert {round(box.size / MM, 3) for box in boxes} == {size}
    days = sorted({min(box.x for box in boxes if box.name.startswith(f"week-{day}-")) / MM for day in DAYS})
    assert [right - left for left, right in pairwise(days)] == NEAR([26] * 6)


def test_the_first_card_keeps_clear_of_a_line_before_it(tmp_path: Path, renderer: Renderer) -> None:
    plan = """\
title: My plan
exercises:
  - {name: Sit to stand, side: bilateral, reps: 5, equipment: a chair, instructions: ["Stand up."]}
"""
    handout = composed(renderer, "handout", str(write(tmp_path, plan)))
    (page,) = lay_out(handout, style(renderer, "handout"), renderer.press.fonts).pages
    needed = next(item for item in words(page) if item.text.startswith("You need:"))
    card = min(
        item.y1 for item in shown(page, Rule) if isinstance(item, Rule) and item.width == 2.2 and item.y1 > needed.y
    )
    assert (card - needed.y) / MM == NEAR(5.5, abs=0.8)


def test_in_large_print_what_a_box_stands_for_is_said_once(tmp_path: Path, renderer: Renderer) -> None:
    plan = """\
title: My plan
exercises:
  - {name: Pumps, side: bilateral, reps: 10, times_per_day: 7, instructions: ["Up and down."]}
"""
    handout = composed(renderer, "large-print", str(write(tmp_path, plan)))
    pages = lay_out(handout, style(renderer, "large-print"), renderer.press.fonts).pages
    said = " ".join(item.text for page in pages for item in words(page))
    assert said.count("One box for the whole exercise.") == 1


@pytest.mark.parametrize("template", ["handout", "large-print"])
def test_a_torn_card_without_a_picture_keeps_its_film(template: str, renderer: Renderer, tmp_path: Path) -> None:
    plan = """\
title: My plan
safety: none
exercises:
  - name: Lift
    side: affected
    reps: 10
    sets: 3
    times_per_day: 3
    tick: rep
    video: https://www.example.org/lift
    instructions: ["Lift your {affected leg}."]
"""
    handout = composed(renderer, template, str(write(tmp_path, plan)))
    pages = lay_out(handout, style(renderer, template), renderer.press.fonts).pages
    assert sum(bool(list(shown(page, TickBox))) for page in pages) > 1
    assert len([item for page in pages for item in shown(page, Squares)]) == 1
    said = "".join(item.text for page in pages for item in words(page))
    assert "www.example.org/lift" in said


@pytest.mark.parametrize("side", ["left", "both"])
@pytest.mark.parametrize("times", range(1, 6))
def test_in_large_print_each_part_of_a_torn_card_says_what_its_boxes_are(
    times: int, side: str, renderer: Renderer, tmp_path: Path
) -> None:
    plan = f"""\
title: My plan
safety: none
times_per_day: {times}
exercises: [{{exercise: single-leg-stand, reps: 3-4, tick: rep}}]
"""
    handout = composed(renderer, "large-print", str(write(tmp_path, plan)), side)
    pages = lay_out(handout, style(renderer, "large-print"), renderer.press.fonts).pages
    for page in pages:
        said = " ".join(item.text for item in words(page))
        if list(shown(page, TickBox)):
            assert f"{TICK} {DASHED}" in said


def test_in_large_print_a_card_is_not_torn_for_its_legend_s_sake(renderer: Renderer) -> None:
    on, fonts = style(renderer, "large-print"), renderer.press.fonts
    handout = composed(renderer, "large-print", "hamstring-stretches", "both")
    pages = lay_out(handout, on, fonts).pages
    with_boxes = [page for page in pages if list(shown(page, TickBox))]
    assert len(with_boxes) == len(handout.cards)
    # beside the dose where the page has no line for it under the boxes
    above = []
    for page in with_boxes:
        (legend,) = [item for item in words(page) if item.text.replace("\u00a0", " ").strip() == TICK]
        above.append(legend.y < min(item.y for item in shown(page, TickBox) if isinstance(item, TickBox)))
    assert above == [False, True, False]
