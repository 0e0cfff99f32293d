"""Where cards, days and furniture stand on their pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TypeVar

import pytest
from msgspec.structs import replace
from samples import FORMATS, SCIATICA, SIDES

from pdfbuilder import Renderer
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import AboutPrint, Paper
from pdfbuilder.domain.wording import Span
from pdfbuilder.handout.blocks import Card, Handout
from pdfbuilder.handout.exercises.card import CardLayout
from pdfbuilder.handout.exercises.page import FITS, card_pages
from pdfbuilder.handout.fields import DayField, read_name
from pdfbuilder.handout.head import bar, repeated, running_header, without_fields
from pdfbuilder.handout.pages import lay_out
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import (
    Area,
    Circle,
    Drawing,
    Element,
    Face,
    Fragment,
    Page,
    Polygon,
    RadioCircle,
    Role,
    Rule,
    TickBox,
    Words,
    WriteIn,
)
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import PageTooSmall, Style, style_for
from pdfbuilder.units import MM

NEAR = pytest.approx
Shape = TypeVar("Shape", RadioCircle, Circle)


def composed(renderer: Renderer, template: str, routine: str, side: str = "left") -> Handout:
    order = Order(routine, AffectedSide(side), person=Person("Ann Smith"), template=template)
    return renderer.compose(order).copy.handout


def style(renderer: Renderer, template: str, paper: Paper = Paper.A4) -> Style:
    return style_for(renderer.library.template(template).value, paper)


def heading(fragment: Fragment) -> str:
    """The first heading's words, number and all."""
    for element in leaves(fragment.elements):
        if element.role is Role.HEADING:
            return " ".join(item.text for item in element.items if isinstance(item, Words))
    return ""


def leaves(elements: tuple[Element, ...]) -> Iterator[Element]:
    for element in elements:
        if element.children:
            yield from leaves(element.children)
        else:
            yield element


def words_of(fragment: Fragment) -> list[str]:
    return " ".join(item.text for item in fragment.items() if isinstance(item, Words)).split()


def ink(fragment: Fragment) -> float:
    """How far down a fragment is drawn: what follows may be white."""
    ends = [0.0]
    for item in fragment.items():
        match item:
            case Words():
                ends.append(item.y)
            case Area() | Drawing():
                ends.append(item.y + item.height)
            case TickBox():
                ends.append(item.y + item.size)
            case Rule():
                ends.append(max(item.y1, item.y2))
            case _:
                pass
    return max(ends)


# --------------------------------------------------------------------------- cards one after the other


@pytest.mark.slow
@pytest.mark.parametrize("routine", SCIATICA)
@pytest.mark.parametrize(
    ("template", "paper"), [(of, each) for of in ("handout", "large-print") for each, _ in FORMATS[of]]
)
def test_cards_stand_one_below_the_other_and_none_is_split_that_fits(
    template: str, routine: str, paper: str, renderer: Renderer
) -> None:
    handout = composed(renderer, template, routine)
    on = style(renderer, template, Paper(paper))
    bottom = on.bottom - 30
    fonts = renderer.press.fonts
    pages = card_pages(handout, Bench(on, fonts, Reuse(), bottom))
    header = running_header(handout, on, fonts, ())
    room = bottom - on.top - header.height
    seen: dict[int, int] = {}
    for index, placed in enumerate(pages):
        assert placed[0].y == on.top
        if index:
            # the tag, and the name where there is room; how to tick only where there is something to tick
            assert placed[0].fragment.height == header.height
            shown = words_of(placed[0].fragment)
            assert shown[:2] == words_of(header)[:2]
            assert shown[: len(words_of(header))] == words_of(header) or on.width < 200 * MM
        for above, below in pairwise(placed):
            if heading(above.fragment)[:1].isdigit() and heading(below.fragment)[:1].isdigit():
                gap = below.y - above.y - above.fragment.height
                assert min(abs(gap - each * on.template.card.gap * MM) for each in (1, 5 / 6)) < 1e-6
        assert all(each.y + ink(each.fragment) <= bottom + 1e-6 for each in placed)
        for each in placed:
            number = heading(each.fragment).split(" ")[0]
            if number.isdigit():
                seen[int(number)] = seen.get(int(number), 0) + 1
    assert list(seen) == [card.number for card in handout.cards]
    for card in handout.cards:
        least = min(CardLayout(card, on, fonts, fit).whole().height for fit in FITS)
        assert (seen[card.number] == 1) == (least <= room)
    boxes = sum(each.fragment.boxes for placed in pages for each in placed)
    assert boxes == sum(card.grid(on.template.boxes.tick.tick)[0].boxes for card in handout.cards)


@pytest.mark.slow
def test_the_background_is_left_out_where_there_is_no_room_unless_it_is_always_wanted(renderer: Renderer) -> None:
    handout = composed(renderer, "handout", "sciatica-starter")
    on, fonts = style(renderer, "handout"), renderer.press.fonts
    assert handout.about is not None
    always = replace(on, template=replace(on.template, about=AboutPrint.ALWAYS))
    room = (
        replace(on, template=replace(on.template, about=AboutPrint.IF_ROOM)) if hasattr(AboutPrint, "IF_ROOM") else on
    )
    shown = []
    for each in (room, always):
        counts = []
        for bottom in range(560, 800, 20):
            pages = card_pages(handout, Bench(each, fonts, Reuse(), bottom))
            titles = [heading(placed.fragment) for page in pages for placed in page]
            counts.append(titles.count(handout.about.title))
        shown.append(counts)
    assert set(shown[0]) == {0, 1}
    assert set(shown[1]) == {1}


def test_a_title_that_a_page_does_not_hold_is_refused(renderer: Renderer) -> None:
    handout = composed(renderer, "handout", "back-mobility")
    on = style(renderer, "handout")
    with pytest.raises(PageTooSmall):
        card_pages(handout, Bench(on, renderer.press.fonts, Reuse(), on.top + 40))


# --------------------------------------------------------------------------- a card


def picture_and_steps(card: Card, on: Style, renderer: Renderer) -> tuple[Drawing | None, list[Words], list[Words]]:
    """The picture, the steps' numbers, and the steps."""
    whole = CardLayout(card, on, renderer.press.fonts).whole()
    drawing = next((item for item in whole.items() if isinstance(item, Drawing)), None)
    parts = list(leaves(whole.elements))
    labels = [item for each in parts if each.role is Role.LABEL for item in each.items if isinstance(item, Words)]
    bodies = [item for each in parts if each.role is Role.LIST_BODY for item in each.items if isinstance(item, Words)]
    return drawing, labels, bodies


def test_steps_stand_beside_the_picture_below_it_or_in_the_gutter_without_one(renderer: Renderer) -> None:
    card = composed(renderer, "handout", "back-mobility").cards[0]
    on = style(renderer, "handout")
    room = on.template.card.picture
    drawing, labels, steps = picture_and_steps(card, on, renderer)
    assert drawing is not None
    # 4 mm beside the room for the picture, which begins at the margin and keeps its shape
    assert drawing.x >= on.left
    assert drawing.x + drawing.width <= on.left + room.width * MM + 0.01
    assert [label.x for label in labels] == NEAR([on.left + (room.width + 4) * MM] * len(labels))
    assert min(step.x for step in steps) > labels[0].x
    assert [label.text for label in labels] == [str(each + 1) for each in range(len(card.steps))]

    below = style(renderer, "large-print")
    drawing, labels, steps = picture_and_steps(card, below, renderer)
    assert drawing is not None
    assert min(step.y - step.size for step in steps) > drawing.y + drawing.height - 1
    assert [label.x for label in labels] == NEAR([below.left] * len(labels))

    drawing, labels, steps = picture_and_steps(replace(card, picture=None), on, renderer)
    assert drawing is None
    assert [label.x for label in labels] == NEAR([on.left + on.template.card.gutter * MM] * len(labels))


@pytest.mark.parametrize("template", ["handout", "large-print"])
@pytest.mark.parametrize("share", [0.35, 0.5, 0.8])
def test_a_card_taller_than_a_page_is_broken_between_steps_and_bands_with_its_head_on_each(
    template: str, share: float, renderer: Renderer
) -> None:
    fonts = renderer.press.fonts
    on = style(renderer, template)
    broken = 0
    plans = (composed(renderer, template, "sciatica-complete", side) for side in ("both", "left"))
    for card in (card for plan in plans for card in plan.cards):
        # words that can be told apart
        tokens = (f"w{each}" for each in range(10_000))
        card = replace(card, steps=tuple((Span(" ".join(islice(tokens, 25))),) for _ in range(4)))  # noqa: PLW2901
        whole = CardLayout(card, on, fonts).whole()
        room = share * whole.height
        try:
            parts = CardLayout(card, on, fonts).parts(room)
        except PageTooSmall:
            continue
        broken += len(parts) > 1
        name = heading(whole)
        assert all(ink(part) <= room + 1e-6 for part in parts)
        assert [heading(part) for part in parts] == [name] * len(parts)
        assert sum(part.boxes for part in parts) == whole.boxes
        ticks = [item.name for part in parts for item in part.items() if isinstance(item, TickBox)]
        assert len(set(ticks)) == len(ticks)
        # every word of the steps once, in order
        assert [word for part in parts for word in words_of(part) if word in TOKENS] == [
            f"w{each}" for each in range(100)
        ]
        # and no step on two pages
        assert all(
            len({index for index, part in enumerate(parts) if not step.isdisjoint(words_of(part))}) == 1
            for step in STEPS
        )
        assert sum(isinstance(item, Drawing) for part in parts for item in part.items()) <= 1
    assert broken >= 6


TOKENS = {f"w{each}" for each in range(100)}
STEPS = [{f"w{each}" for each in range(start, start + 25)} for start in range(0, 100, 25)]


# --------------------------------------------------------------------------- the diary


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("routine", ["sciatica-starter", "sciatica-complete"])
def test_the_diary_s_days_and_circles(routine: str, paper: Paper, renderer: Renderer) -> None:
    handout = composed(renderer, "diary", routine)
    on = style(renderer, "diary", paper)
    pages = lay_out(handout, on, renderer.press.fonts).pages
    assert handout.diary is not None
    days: list[tuple[int, int]] = []
    for page in pages:
        rows: dict[str, list[RadioCircle]] = {}
        for choice in placed_items(page, RadioCircle):
            rows.setdefault(choice.name, []).append(choice)
        for row in rows.values():
            assert [each.value for each in row] == [str(level) for level in range(11)]
            assert all((right.x - left.x) / MM >= 8 - 1e-6 for left, right in pairwise(row))
            assert len({round(each.y, 3) for each in row}) == 1
            assert row[0].x - row[0].radius >= on.left
            assert row[-1].x + row[-1].radius <= on.right + 1e-6
        heights = sorted({round(each.y, 3) for row in rows.values() for each in row})
        assert all(below - above >= 7.9 * MM - 1e-3 for above, below in pairwise(heights))
        asked = [field for field in map(read_name, rows) if isinstance(field, DayField)]
        assert len(asked) == len(rows)
        # Monday first, as in English
        here = sorted({(each.day.week, each.day.weekday.value + 1) for each in asked})
        days += here
        # a week never shares its page with another
        assert len({week for week, _ in here}) == 1
        circles = list(placed_items(page, Circle))
        assert len(circles) == sum(map(len, rows.values()))
    assert days == [(week, day) for week in range(1, len(handout.diary.weeks) + 1) for day in range(1, 8)]
    if paper is not Paper.A5:
        # a week is never torn
        assert len(pages) == len(handout.diary.weeks)


def placed_items(page: Page, kind: type[Shape]) -> Iterator[Shape]:
    for placed in page.placed:
        for item in placed.fragment.items():
            if isinstance(item, kind):
                yield replace(item, x=item.x + placed.x, y=item.y + placed.y)


# --------------------------------------------------------------------------- furniture


@pytest.mark.parametrize("template", ["handout", "fridge", "large-print", "diary"])
@pytest.mark.parametrize("side", SIDES)
def test_the_bar_stands_at_the_affected_edge_of_every_page(template: str, side: str, renderer: Renderer) -> None:
    handout = composed(renderer, template, "sciatica-complete", side)
    on = style(renderer, template)
    bars = [item for item in bar(handout.tag, on).items() if isinstance(item, Area)]
    at_left = [each for each in bars if each.x + each.width <= on.left]
    at_right = [each for each in bars if each.x >= on.right]
    assert (len(at_left), len(at_right)) == {"left": (1, 0), "right": (0, 1), "both": (1, 1)}[side]
    assert len(bars) == len(at_left) + len(at_right)
    for page in lay_out(handout, on, renderer.press.fonts).pages:
        shown = [item for item in page.placed[0].fragment.items() if isinstance(item, Area)]
        assert shown == bars
        # 4 mm at the edge stay free, as printers want it
        assert all(each.x >= 4 * MM - 1e-6 and each.x + each.width <= on.width - 4 * MM + 1e-6 for each in shown)


@pytest.mark.parametrize("template", ["handout", "fridge", "large-print", "diary"])
@pytest.mark.parametrize("side", SIDES)
def test_the_tag_points_to_its_side_and_stands_there_on_every_page(
    template: str, side: str, renderer: Renderer
) -> None:
    handout = composed(renderer, template, "sciatica-complete", side)
    on = style(renderer, template)
    for page in lay_out(handout, on, renderer.press.fonts).pages:
        tags = [
            (polygon, placed)
            for placed in page.placed
            for element in leaves(placed.fragment.elements)
            if any(isinstance(item, Words) and item.text == handout.tag.words for item in element.items)
            for polygon in element.items
            if isinstance(polygon, Polygon)
        ]
        assert len(tags) == 1
        ((tag, _),) = tags
        xs = sorted(x for x, _ in tag.points)
        # a point is one corner, a straight end two
        points_left, points_right = xs[0] < xs[1] - 1, xs[-1] > xs[-2] + 1
        assert (points_left, points_right) == (side in {"left", "both"}, side in {"right", "both"})
        if side == "left":
            assert xs[0] == NEAR(on.left)
        if side == "right":
            assert xs[-1] == NEAR(on.right)


def test_what_stands_on_later_pages_again_is_neither_read_out_nor_filled_in_again() -> None:
    field = WriteIn(0, 0, 10, 10, "name", "Name")
    words = Words(0, 10, "Name", Face.REGULAR, 12)
    head = Fragment(
        (Element(Role.TITLE, (words,)), Element(Role.PARAGRAPH, (words, field)), Element(Role.ARTIFACT, ())), 20
    )
    again = repeated(head, Role.HEADER)
    assert [element.role for element in again.elements] == [Role.HEADER, Role.HEADER, Role.ARTIFACT]
    assert list(again.items()) == [words, words]
    assert again.height == 20
    once = without_fields(head)
    assert [element.role for element in once.elements] == [element.role for element in head.elements]
    assert list(once.items()) == [words, words]
