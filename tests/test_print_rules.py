"""The rules of clear print, read back from finished PDFs."""

from __future__ import annotations

import datetime
from itertools import combinations, product
from pathlib import Path

import pytest
from readback import MM, Rectangle, TextRun, boxes, figures, page_sizes, smallest_type, text_of, text_runs
from samples import FORMATS, SCIATICA, SIDES, write

from pdfbuilder import InvalidInput, Renderer, build
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Orientation, Paper
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.handout.front import HowToTick
from pdfbuilder.handout.safety import SafetyBlock

pytestmark = pytest.mark.slow

SMALLEST = {"handout": 12, "large-print": 18, "fridge": 10, "diary": 12}
#: Millimetres at the paper's edge that printers may not reach.
UNPRINTABLE = 4
LONG_NAME = "Maximiliane Bartholomea von Habsburg-Lothringen-Hohenzollern"


def order(template: str, routine: str, side: str, paper: str = "a4", orientation: str = "", name: str = "") -> Order:
    return Order(
        routine,
        AffectedSide(side),
        Person(name, datetime.date(2026, 11, 21) if name else None),
        template=template,
        paper=Paper(paper),
        orientation=Orientation(orientation) if orientation else None,
    )


COMMON = pytest.mark.parametrize("template", list(SMALLEST))
NAMES = ("", "Ann Smith", LONG_NAME)
#: Every side on everything that a template may be printed on, and every name with each of both; tests/
#: test_any_routine.py tries the rest at random.
EVERY_FORMAT = [
    (*sheet, side, NAMES[(number + other) % 3])
    for number, sheet in enumerate((template, *each) for template in FORMATS for each in FORMATS[template])
    for other, side in enumerate(SIDES)
]


@pytest.mark.parametrize(("template", "paper", "orientation", "side", "name"), EVERY_FORMAT)
def test_type_is_large_enough_and_nothing_overlaps_or_leaves_the_page(
    template: str, paper: str, orientation: str, side: str, name: str, renderer: Renderer
) -> None:
    asked = order(template, "sciatica-starter", side, paper, orientation, name)
    pdf = renderer.render(asked).pdf
    assert smallest_type(pdf) >= SMALLEST[template]
    pages = list(zip(text_runs(pdf), boxes(pdf), page_sizes(pdf), strict=True))
    margins = renderer.library.template(template).value.page.margins
    for runs, ticks, (width, height) in pages:
        content = Rectangle(margins.left * MM, margins.top * MM, width - margins.right * MM, height - UNPRINTABLE * MM)
        assert all(run.box.inside(content, slack=0.5) for run in runs)
        assert all(tick.box.inside(content, slack=0.01) for tick in ticks)
        assert overlapping(runs) == []
        for tick in ticks:
            assert not any(tick.box.overlaps(run.box) for run in runs), tick


@pytest.mark.parametrize("template", list(SMALLEST))
@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_what_a_template_is_not_laid_out_for_is_refused(
    template: str, paper: str, orientation: str, renderer: Renderer
) -> None:
    papers = {of for of, _ in FORMATS[template]}
    ways = {"portrait", "landscape"} if template == "fridge" else {"portrait"}
    wrong = [*["paper"] * (paper not in papers), *["orientation"] * (orientation not in ways)]
    try:
        renderer.render(order(template, "sciatica-starter", "left", paper, orientation))
        refused = []
    except InvalidInput as error:
        refused = [each.code for each in error.diagnostics]
    assert refused == wrong


def overlapping(runs: list[TextRun]) -> list[tuple[str, str]]:
    """Pairs of runs whose ink shares more than a third of a point."""
    return [(one.text, other.text) for one, other in combinations(runs, 2) if one.box.overlaps(other.box, slack=1 / 3)]


@COMMON
@pytest.mark.parametrize("side", SIDES)
def test_the_content_stays_inside_the_template_s_margins(template: str, side: str, renderer: Renderer) -> None:
    o = order(template, "sciatica-complete", side, name="Ann Smith")
    margins = renderer.library.template(template).value.page.margins
    pdf = renderer.render(o).pdf
    for runs, ticks, (width, height) in zip(text_runs(pdf), boxes(pdf), page_sizes(pdf), strict=True):
        content = Rectangle(margins.left * MM, margins.top * MM, width - margins.right * MM, height)
        assert all(run.box.inside(content, slack=0.5) for run in runs)
        assert all(tick.box.inside(content, slack=0.01) for tick in ticks)


@COMMON
def test_tick_boxes_are_at_least_as_large_and_as_far_apart_as_promised(template: str, renderer: Renderer) -> None:
    least = {"handout": 5, "large-print": 7, "fridge": 3.5, "diary": 5}[template]
    pdf = renderer.render(order(template, "sciatica-complete", "both")).pdf
    for ticks in boxes(pdf):
        for tick in ticks:
            # the rectangle runs along the middle of a line of 1 pt that is drawn inside the box
            assert (tick.box.right - tick.box.left + 1) / MM >= least - 0.01
        for one, other in combinations(ticks, 2):
            # 1 mm between two boxes is 1 mm and 1 pt between the middles of their lines
            grown = Rectangle(one.box.left - MM, one.box.top - MM, one.box.right + MM, one.box.bottom + MM)
            assert not grown.overlaps(other.box, slack=-0.95)


#: What no page holds, whatever the card gives up: two runs of boxes under many words.
TALLER = {
    ("large-print", "sciatica-complete", "both", 7),
    ("large-print", "sciatica-complete", "both", 10),
    ("large-print", "piriformis-stretches", "both", 3),
}


@pytest.mark.parametrize("routine", ["sciatica-starter", "sciatica-complete", "back-mobility"])
@pytest.mark.parametrize("side", ["left", "both"])
@pytest.mark.parametrize("template", ["handout", "large-print"])
def test_no_card_is_split(template: str, routine: str, side: str, renderer: Renderer) -> None:
    o = order(template, routine, side, name="Ann Smith")
    handout = renderer.compose(o).copy.handout
    pages = text_of(renderer.render(o).pdf)
    for card in handout.cards:
        if (template, routine, side, card.number) in TALLER:
            continue
        (page,) = [page for page in pages if f"{card.number} {plain(card.name)}" in page]
        for text in (card.dose, *(plain(step) for step in card.steps), *(plain(note.text) for note in card.notes)):
            assert text.replace(NBSP, " ") in page


#: All but those with a card over two pages, which has its head twice.
WHOLE = sorted(
    set(
        product(
            ("handout", "large-print"),
            ("piriformis-stretches", "sciatica-starter", "sciatica-complete"),
            ("left", "right", "both"),
        )
    )
    - {each[:3] for each in TALLER}
)


@pytest.mark.parametrize(("template", "routine", "side"), WHOLE)
def test_every_word_of_the_plan_is_there_once_and_in_reading_order(
    template: str, routine: str, side: str, renderer: Renderer
) -> None:
    o = order(template, routine, side, name="Ann Smith")
    handout = renderer.compose(o).copy.handout
    pages = text_of(renderer.render(o).pdf)
    bare = [without_furniture(page, number, len(pages), handout) for number, page in enumerate(pages, start=1)]
    # Between date and minutes a dot stands only where both are on one line.
    words = [word for word in " ".join(bare).split() if word != "·"]
    head, about = head_words(handout), about_words(handout)
    cards = card_words(handout, picture_first=template == "large-print")
    # Where the signs come from stands at the foot of the last page that has room for it.
    safety = handout.find(SafetyBlock)
    assert safety
    sources = safety.sources.replace(NBSP, " ").split()
    start = next(each for each in range(len(words)) if words[each : each + len(sources)] == sources)
    del words[start : start + len(sources)]
    # The background stands where there is room: at the end, after the safety block, or nowhere.
    assert words in ([*head, *cards, *about], [*head, *about, *cards], [*head, *cards])


def without_furniture(page: str, number: int, pages: int, handout: Handout) -> str:
    """A page's text without its footer and, on later pages, its running header; and without what is said of boxes."""
    who = f" {handout.own.name} · {handout.tag.words} · page {number} of {pages}"
    ends = [f"{who} {handout.review}", f"{who} {plain(handout.title)} {handout.review}"]
    (footer,) = [each for each in ends if page.endswith(each)]
    page = page.removesuffix(footer)
    if number > 1:
        header = f"{handout.tag.words} {handout.own.name} {handout.own.date.replace(NBSP, ' ')}"
        assert page.startswith(header)
        page = page.removeprefix(header)
    # It stands at the head of a page, or in large print under each card's boxes.
    return page.replace(f" {how(handout).tick}", "").replace(f" {handout.cards[0].dashed}", "")


NBSP = "\u00a0"


def how(handout: Handout) -> HowToTick:
    found = handout.find(HowToTick)
    assert found
    return found


def head_words(handout: Handout) -> list[str]:
    safety = handout.find(SafetyBlock)
    assert safety is not None
    parts = [
        plain(handout.title), handout.tag.words, handout.own.name, handout.own.date, handout.minutes,
        handout.visit_label, safety.lead,
        *(part for tier in safety.tiers for part in (tier.what, tier.when, *tier.signs)),
        safety.advice,
    ]  # fmt: skip
    return " ".join(parts).replace(NBSP, " ").split()


def card_words(handout: Handout, *, picture_first: bool) -> list[str]:
    parts: list[str] = []
    for card in handout.cards:
        grid = card.grids[0][1]
        sides = f" {card.joiner} ".join(chip.word for chip in card.chips)
        # A picture has the numbers of its frames, and in its badge the side's letter.
        badge = [*map(str, range(1, len(card.picture.picture.frames) + 1)), card.picture.letter] if card.picture else []
        parts += [str(card.number), plain(card.name)]
        shown = [card.picture.caption] if card.picture else []
        parts += [*badge, sides, card.dose, *shown] if picture_first else [sides, card.dose, *badge, *shown]
        parts += [f"{number} {plain(step)}" for number, step in enumerate(card.steps, start=1)]
        parts += [f"{note.label} {plain(note.text)}" for note in card.notes]
        parts += grid.days
        if grid.alternate:
            parts += [lane.letter for lane in grid.lanes] * 7
        else:
            parts += [lane.word for lane in grid.lanes]
    return " ".join(parts).replace(NBSP, " ").split()


def about_words(handout: Handout) -> list[str]:
    return " ".join((handout.about.title, *handout.about.paragraphs)).split() if handout.about else []


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("template", list(SMALLEST))
def test_name_side_and_page_are_in_the_footer_of_every_page(template: str, side: str, renderer: Renderer) -> None:
    pages = text_of(renderer.render(order(template, "sciatica-complete", side, name="Ann Smith")).pdf)
    words = {"left": "LEFT side", "right": "RIGHT side", "both": "BOTH sides"}[side]
    for number, page in enumerate(pages, start=1):
        plan = " · Pick 3 to 5 exercises" if template == "fridge" else ""
        assert f"Ann Smith · {words}{plan} · page {number} of {len(pages)}" in page
        assert page.endswith("Not clinically reviewed")
        # and once more as the tag in the header
        assert page.count(words) >= 2


@COMMON
@pytest.mark.parametrize("routine", ["sciatica-starter", "sciatica-complete"])
def test_the_other_plan_s_side_is_never_in_the_header_or_footer(
    template: str, routine: str, renderer: Renderer
) -> None:
    pages = text_of(renderer.render(order(template, routine, "left", name="Ann Smith")).pdf)
    assert not any("RIGHT side" in page or "BOTH sides" in page for page in pages)


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("routine", SCIATICA)
def test_the_sides_letters_keep_clear_of_text_and_pictures_on_the_fridge_sheet(
    routine: str, orientation: str, renderer: Renderer
) -> None:
    pdf = build(routine, "left", template="fridge", orientation=orientation, renderer=renderer)
    found = 0
    for index, runs in enumerate(text_runs(pdf)):
        shown = [each.box for each in figures(pdf) if each.page == index]
        letters = [run for run in runs if run.text.strip() in {"L", "R"}]
        letters = [run for run in letters if not any(run.box.overlaps(box) for box in shown)]
        first = min(box.box.left for box in boxes(pdf)[index])
        for letter in letters:
            beside = [run.box for run in runs if run not in letters] + shown
            near = [box for box in beside if box.top < letter.box.bottom and letter.box.top < box.bottom]
            if letter.box.left < first:
                found += 1
                gaps = [letter.box.left - box.right for box in near if box.right < letter.box.right]
                assert min(gaps, default=99) >= 1.9 * MM
    assert bool(found) is (routine == "sciatica-complete")


@pytest.mark.parametrize("exercise", ["knee-to-chest", "bird-dog", "pelvic-tilt"])
def test_the_word_set_keeps_clear_of_the_text_beside_it(exercise: str, tmp_path: Path, renderer: Renderer) -> None:
    note = "Only as far as it will go today, and never any further than that, whoever says so."
    plan = f"title: A\nexercises: [{{exercise: {exercise}, sets: 2, note: '{note}'}}]\n"
    pdf = build(str(write(tmp_path, plan)), "left", template="fridge", renderer=renderer)
    (runs,) = text_runs(pdf)
    labels = [run.box for run in runs if run.text.strip() in {"Set", "Set 1", "Set 2"}]
    assert labels
    for label in labels:
        beside = [run.box for run in runs if run.box.right <= label.left + 1 and run.text.strip()]
        near = [box for box in beside if box.top < label.bottom and label.top < box.bottom]
        assert min((label.left - box.right for box in near), default=99) >= 1.9 * MM


@COMMON
@pytest.mark.parametrize("name", ["", "Ann Smith", "Ann Margaret Smith-Worthington"])
def test_left_and_right_are_laid_out_alike(template: str, name: str, renderer: Renderer) -> None:
    """Put side by side, box stands by box: what the tag says takes the same room for either side."""

    def places(side: str) -> list[list[tuple[float, float]]]:
        found = boxes(build("sciatica-starter", side, template=template, name=name, renderer=renderer))
        return [sorted((round(each.box.left, 1), round(each.box.top, 1)) for each in page) for page in found]

    left, right = places("left"), places("right")
    assert [len(page) for page in left] == [len(page) for page in right]


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_advice_stands_with_the_signs_on_the_first_page(side: str, renderer: Renderer) -> None:
    first, *others = text_of(build("sciatica-starter", side, name="Ann Smith", renderer=renderer))
    assert first.index("Call 999") < first.index("Start gently.")
    assert not any("Start gently." in page for page in others)


@pytest.mark.parametrize("side", ["left", "both"])
def test_in_large_print_a_tier_of_signs_is_never_torn(side: str, renderer: Renderer) -> None:
    o = order("large-print", "sciatica-starter", side, name="Ann Smith")
    safety = renderer.compose(o).copy.handout.find(SafetyBlock)
    pages = text_of(renderer.render(o).pdf)
    assert safety
    for tier in safety.tiers:
        (page,) = [page for page in pages if tier.what in page and tier.when in page]
        assert all(sign in page for sign in tier.signs)


@pytest.mark.parametrize("routine", ["sciatica-starter", "sciatica-complete", "hamstring-stretches"])
def test_the_strip_stands_above_the_footer_however_little_is_on_the_page(routine: str, renderer: Renderer) -> None:
    for runs in text_runs(build(routine, "left", template="fridge", renderer=renderer)):
        *_, strip = [run.box for run in runs if "Call 999 now" in run.text or "Call 111 today" in run.text]
        (footer,) = [run.box for run in runs if run.text.startswith(" · page ") or "page" in run.text.split()]
        # padding, the room below it, and the rule lie between
        assert 0 < footer.top - strip.bottom < 12 * MM
