"""Sheets of any plan that a therapist may write keep to their design: packing, shapes, margins, legends."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import examples, write

from pdfbuilder import InvalidInput, Renderer
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.template import Paper, TickRule
from pdfbuilder.handout.blocks import Card, Handout
from pdfbuilder.handout.exercises.card import CardLayout
from pdfbuilder.handout.exercises.page import FITS
from pdfbuilder.handout.fields import BoxField, read_name
from pdfbuilder.handout.pages import lay_out
from pdfbuilder.handout.section import band
from pdfbuilder.layout.core.display import Item, Page, Pages, Placed, Role, Rule, TickBox, Words
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import PageTooSmall, Style, style_for
from pdfbuilder.reading.orders import order_in_words
from pdfbuilder.units import MM

pytestmark = pytest.mark.slow

NUMBERS = itertools.count()
RENDERER, REUSE = Renderer(), Reuse()
PAPERS = (Paper.A4, Paper.LETTER)
#: Boxes of each number in rows, from the design; more are further rows of three.
ROWS = {1: [1], 2: [2], 3: [3], 4: [2, 2], 5: [3, 2], 6: [3, 3], 10: [2, 2, 2, 2, 2]}

COUNTS = st.sampled_from([1, 2, 3, 4, 5, 7, 10, 12, "3-4", "8-10", "up to 10", "at least 5", "____", "max"])
TIMES = st.sampled_from(["5 s", "20-30 s", "1 min", "10-15 min"])
OFTEN = st.sampled_from(
    [1, 2, 3, "2-3", "every 2 hours", "every hour", "often", ["morning", "bedtime"], ["before you lift"]]
)
DAYS = st.sampled_from(["every day", "every other day", "3 per week", "3 per week, not in a row", ["mon", "wed"]])
STEP = {"when": st.just("it is easy")}
PROGRESS = st.lists(
    st.fixed_dictionaries({"reps": st.sampled_from([8, 12])}, optional=STEP)
    | st.fixed_dictionaries({"how": st.just("Close your eyes.")}, optional=STEP),
    min_size=1, max_size=2,
)  # fmt: skip
SHORT = st.sampled_from(["you feel dizzy.", "the pain gets sharper, or runs further down, or does not ease with rest."])
STEPS = st.lists(
    st.sampled_from(["Sit down.", "Lift it slowly.", "Hold on to the worktop with both hands. Look ahead."]),
    min_size=1, max_size=5,
)  # fmt: skip
BESIDE = {
    "times_per_day": OFTEN,
    "days": DAYS,
    "weeks": st.sampled_from([2, "4-6", "at least 6"]),
    "pain_limit": st.sampled_from([0, 3]),
    "load": st.sampled_from(["a yellow band", "____"]),
    "tempo": st.just("slowly up, slowly down"),
    "progress": PROGRESS,
    "avoid_if": SHORT | st.lists(SHORT, min_size=2, max_size=2, unique=True),
    "equipment": st.sampled_from(["a towel", ["a chair with arms", "a stick"]]),
    "video": st.just("https://clinic.example/films/lift"),
    "feel": st.just("your thighs working."),
    "stop_when": SHORT,
    "note": st.just("Slowly today."),
    "cue": st.sampled_from(["Lift it slowly.", "Lift it slowly, hold it there, and let it down again."]),
    "optional": st.just(True),
}  # fmt: skip
REPEATED = st.fixed_dictionaries(
    {"reps": COUNTS},
    optional={
        **BESIDE,
        "sets": st.sampled_from([2, 3, "2-3"]),
        "hold": TIMES.filter(lambda time: not time.startswith("10-")),
        "rest": st.just("1 min"),
        "parts": st.sampled_from([["up", "down"], ["forwards", "backwards", "to the side"]]),
    },
)
TIMED = st.fixed_dictionaries({"duration": TIMES}, optional={**BESIDE, "reps": st.sampled_from([2, 3])})
FAR = st.fixed_dictionaries({"distance": st.sampled_from(["10 steps", "50-100 m"])}, optional=BESIDE)
LEARNT = st.just({"tick": "none"})
FOR_EACH = st.fixed_dictionaries(
    {"reps": st.sampled_from([{"affected": 10, "other": 5}, {"affected": 3, "other": 1}])},
    optional={**BESIDE, "sets": st.sampled_from([{"affected": 3, "other": 1}, 2]), "hold": st.just("5 s")},
)


@st.composite
def exercises(draw: st.DrawFn) -> dict[str, Any]:
    side = draw(st.sampled_from(["affected", "each", "alternate", "bilateral", "asymmetric"]))
    figures = draw(st.one_of(REPEATED, TIMED, FAR, LEARNT, *([FOR_EACH] if side in ("each", "alternate") else [])))
    figures = {key: value for key, value in figures.items() if (key, side) != ("parts", "alternate")}
    name = draw(st.sampled_from(["Lift", "Sit to stand", "Straighten your knee against an exercise band"]))
    return {"name": name, "side": side, "instructions": draw(STEPS), **figures}


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    entries: list[dict[str, Any]] = []
    for each in draw(st.lists(exercises(), min_size=1, max_size=6)):
        if draw(st.integers(0, 3)) == 0:
            entries.append({"section": "On your feet", **draw(st.sampled_from([{}, {"text": "Hold on to the rail."}]))})
        entries.append(each)
    beside = st.fixed_dictionaries(
        {},
        optional={
            "restrictions": st.sampled_from(
                ["Do not kneel.", ["Do not twist.", "Do not lift more than a full kettle."]]
            ),
            "advice": st.just("Do these after a warm shower."),
            "clinic": st.just(
                {"name": "Riverside Physiotherapy", "phone": "01632 960142", "hours": "Monday to Friday"}
            ),
            "safety": st.sampled_from(["none", "knee", ["knee", "ankle"]]),
            "pain_limit": st.just(3),
            "times_per_day": OFTEN,
        },
    )
    return {"title": "My plan", **draw(beside), "exercises": entries}


SIDES = st.sampled_from(["left", "right"])
#: What figures that exclude one another are refused for.
EXCLUDED = {"dose-pause", "dose-max", "dose-measures", "dose-progress"}
MANY = settings(
    max_examples=examples(20), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def composed(folder: Path, plan: dict[str, Any], side: str, template: str) -> Handout:
    """The plan, if it can be said at all: figures that exclude one another are another test's."""
    path = write(folder, json.dumps(plan), f"{next(NUMBERS)}.yaml")
    try:
        return RENDERER.compose(order_in_words(str(path), side, template=template, name="Ann Smith")).copy.handout
    except InvalidInput as error:
        assume(not {each.code for each in error.diagnostics} <= EXCLUDED)
        raise


def on(template: str, paper: Paper, tick: TickRule | None = None) -> Style:
    found = RENDERER.library.template(template).value
    return style_for(replace(found, boxes=replace(found.boxes, tick=tick)) if tick else found, paper)


def laid_out(handout: Handout, style: Style) -> Pages:
    return lay_out(handout, style, RENDERER.press.fonts, REUSE)


def items(page: Page) -> Iterator[tuple[Item, float]]:
    for placed in page.placed:
        for item in placed.fragment.items():
            yield item, placed.y


def is_card(placed: Placed) -> bool:
    """Whether it is an exercise's, with boxes or without."""
    return any(element.role is Role.SECTION for element in placed.fragment.elements)


def box_at(page: Page) -> dict[tuple[int, int, int, int, tuple[str, int], int], tuple[float, float, bool]]:
    """Places of boxes by what their names say: exercise, day, time of day, set, side with part, which of them."""
    found = {}
    for item, y in items(page):
        field = read_name(item.name) if isinstance(item, TickBox) else None
        if isinstance(item, TickBox) and isinstance(field, BoxField):
            lane = (field.side.value, field.part)
            key = (field.exercise, field.day.weekday.value, field.time, field.set, lane, field.count)
            found[key] = (item.x, y + item.y, item.dashed)
    return found


# --------------------------------------------------------------------------- how many boxes


@MANY
@given(plan=plans(), side=SIDES)
def test_no_exercise_has_more_than_twenty_boxes_a_day_by_itself(
    plan: dict[str, Any], side: str, tmp_path: Path
) -> None:
    handout = composed(tmp_path, plan, side, "handout")
    for card in handout.cards:
        tick = card.tick_for(TickRule.AUTO)
        if tick is not Tick.SESSION:
            assert boxes_a_day(card, tick) <= 20


def boxes_a_day(card: Card, tick: Tick) -> int:
    grid, _ = card.grid(tick)
    return sum(lane.sets * lane.boxes for lane in grid.lanes) * grid.sessions


# --------------------------------------------------------------------------- packing


@MANY
@given(plan=plans(), side=SIDES)
def test_letter_takes_at_most_a_page_more_than_a4(plan: dict[str, Any], side: str, tmp_path: Path) -> None:
    for template in ("handout", "fridge"):
        handout = composed(tmp_path, plan, side, template)
        a4, letter = (len(laid_out(handout, on(template, paper)).pages) for paper in PAPERS)
        # A page in seven is a tenth lower, or so.
        assert letter <= a4 + 1 + a4 // 4


def without_remarks(card: Card) -> Card:
    return replace(card, grids=tuple((tick, grid, "") for tick, grid, _ in card.grids))


@MANY
@given(plan=plans(), side=SIDES, paper=st.sampled_from(PAPERS))
def test_boxes_that_stand_for_more_never_take_more_pages(
    plan: dict[str, Any], side: str, paper: Paper, tmp_path: Path
) -> None:
    for template in ("handout", "fridge"):
        handout = composed(tmp_path, plan, side, template)
        # What a box stands for takes a line of its own, which is not what is asked here.
        handout = replace(handout, cards=tuple(without_remarks(card) for card in handout.cards))
        pages = [
            len(laid_out(handout, on(template, paper, tick)).pages)
            for tick in (TickRule.SESSION, TickRule.SET, TickRule.REP)
        ]
        assert pages == sorted(pages)


@MANY
@given(plan=plans(), side=SIDES, paper=st.sampled_from(PAPERS))
def test_no_page_is_under_two_thirds_full_where_the_next_card_would_have_fitted(
    plan: dict[str, Any], side: str, paper: Paper, tmp_path: Path
) -> None:
    handout, style = composed(tmp_path, plan, side, "handout"), on("handout", paper)
    pages = laid_out(handout, style).pages
    for page, following in pairwise(pages):
        # A card without boxes fills a page, too.
        ends = [each.y + each.fragment.height for each in page.placed if is_card(each)]
        rules = [y + item.y1 for item, y in items(page) if isinstance(item, Rule)]
        bottom = max(rules) - 8 * MM
        first = next((each for each in following.placed if is_card(each)), None)
        if ends and first and max(ends) - style.top < 2 / 3 * (bottom - style.top):
            start = min(each.y for each in following.placed if each.y > style.top + 10 * MM)
            assert max(ends) + 5 * MM + first.y - start + first.fragment.height > bottom


# --------------------------------------------------------------------------- what stands on a page


def least_height(card: Card, style: Style) -> float:
    """How much of a page a card takes at least, with the heading that begins with it."""
    fonts = RENDERER.press.fonts
    heading = band(card.section, style, fonts).height if card.section else 0
    return heading + min(CardLayout(card, style, fonts, fit).whole().height for fit in FITS)


def room_of(page: Page) -> float:
    """Height that cards have on a later page: from the first down to what keeps clear of the footer."""
    rules = [y + item.y1 for item, y in items(page) if isinstance(item, Rule)]
    return max(rules) - 8 * MM - min(each.y for each in page.placed if is_card(each))


@MANY
@given(
    plan=plans(),
    side=SIDES,
    paper=st.sampled_from(PAPERS),
    template=st.sampled_from(["handout", "fridge", "large-print"]),
)
def test_each_number_of_boxes_has_its_shape_and_none_is_torn(
    plan: dict[str, Any], side: str, paper: Paper, template: str, tmp_path: Path
) -> None:
    handout, style = composed(tmp_path, plan, side, template), on(template, paper)
    pages = laid_out(handout, style).pages
    bands: dict[tuple[object, ...], int] = {}
    first: dict[int, int] = {}
    for number, page in enumerate(pages):
        blocks: defaultdict[tuple[object, ...], list[tuple[float, float, bool]]] = defaultdict(list)
        for (exercise, day, time, set_, lane, _), place in box_at(page).items():
            # all days of a time, a set and a side stand on one page
            assert bands.setdefault((exercise, time, set_, lane), number) == number
            # and so do all boxes of an exercise, unless no page would hold its card
            if first.setdefault(exercise, number) != number:
                assert template != "fridge"
                assert least_height(handout.cards[exercise - 1], style) > room_of(page)
            blocks[exercise, day, time, set_, lane].append(place)
        for key, places in blocks.items():
            card = handout.cards[int(str(key[0])) - 1]
            grids = [card.grid(tick)[0] for tick in (Tick.REP, Tick.SET, Tick.SESSION)]
            if len(places) > 1 and not any(grid.alternate or any(lane.line for lane in grid.lanes) for grid in grids):
                rows: defaultdict[float, list[float]] = defaultdict(list)
                for x, y, _ in places:
                    rows[round(y, 1)].append(x)
                found = [len(rows[y]) for y in sorted(rows)]
                count = len(places)
                assert found == ROWS.get(count, [3] * (count // 3) + [count % 3] * (count % 3 > 0))
                assert len({round(min(xs), 1) for xs in rows.values()}) == 1
            # the dashed ones come last
            dashed = [each[2] for each in places]
            assert dashed == sorted(dashed)


@MANY
@given(plan=plans(), side=SIDES, paper=st.sampled_from(PAPERS), template=st.sampled_from(["handout", "fridge"]))
def test_what_a_dashed_box_is_stands_where_there_is_one(
    plan: dict[str, Any], side: str, paper: Paper, template: str, tmp_path: Path
) -> None:
    handout = composed(tmp_path, plan, side, template)
    for page in laid_out(handout, on(template, paper)).pages:
        said = any(isinstance(item, Words) and "A dashed box is extra." in item.text for item, _ in items(page))
        has = any(dashed for _, _, dashed in box_at(page).values())
        assert said <= has
        if template == "handout":
            assert said == has


@MANY
@given(
    plan=plans(),
    side=SIDES,
    paper=st.sampled_from(PAPERS),
    template=st.sampled_from(["handout", "fridge", "large-print", "diary"]),
)
def test_nothing_stands_in_the_margin_or_over_another(
    plan: dict[str, Any], side: str, paper: Paper, template: str, tmp_path: Path
) -> None:
    handout, style = composed(tmp_path, plan, side, template), on(template, paper)
    try:
        pages = laid_out(handout, style).pages
    except PageTooSmall:
        return
    fonts = RENDERER.press.fonts
    for page in pages:
        boxes = [(x, y) for x, y, _ in box_at(page).values()]
        size = max((item.size for item, _ in items(page) if isinstance(item, TickBox)), default=0.0)
        placed = [(item, y + item.y) for item, y in items(page) if isinstance(item, Words)]
        words = [
            (item.x, base - 0.7 * item.size, item.x + fonts.width(item.text, item.face) * item.size, base, item.text)
            for item, base in placed
            if item.text.strip()
        ]
        for left, _, right, _, text in words:
            assert left >= style.left - 0.1, text
            assert right <= style.right + 0.1, text
        for x, y in boxes:
            assert x >= style.left
            assert x + size <= style.right + 0.1
            assert y + size <= style.bottom
            for left, top, right, base, text in words:
                assert not (left < x + size - 0.1 and right > x + 0.1 and top < y + size - 0.1 and base > y + 0.1), text
        for one, other in itertools.combinations(words, 2):
            over = one[0] < other[2] - 0.2 and other[0] < one[2] - 0.2 and one[1] < other[3] and other[1] < one[3]
            assert not over, (one[4], other[4])
