"""Where things stand on the fridge sheet, and what gives way where a page is short of height."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from samples import SCIATICA, SIDES, write

from pdfbuilder import Renderer
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.side import Relative, Side
from pdfbuilder.domain.template import Orientation, Paper, TickRule
from pdfbuilder.domain.wording import Span
from pdfbuilder.handout.blocks import Card, Handout, ProgressLine, SectionHeading
from pdfbuilder.handout.pages import lay_out
from pdfbuilder.handout.week.row import WeekRow, row_look
from pdfbuilder.layout.core.display import Area, Drawing, Face, Item, Page, Pages, Polygon, Rule, TickBox, Words
from pdfbuilder.layout.core.style import PageTooSmall, Style, style_for
from pdfbuilder.layout.core.text import Note
from pdfbuilder.reading.orders import order_in_words
from pdfbuilder.units import MM

NEAR = pytest.approx
#: A dose on each side, and one of several times a day, and one that a set of boxes is too high for.
PLAN = """\
title: My plan
exercises:
  - name: Clam
    side: each
    sets: {affected: 3, other: 1}
    reps: 10
    cue: "Lift your {affected knee}."
    instructions: ["Lift your {affected knee}."]
  - name: Sit to stand
    side: bilateral
    reps: 4-5
    times_per_day: 2
    cue: "Stand up."
    instructions: ["Stand up."]
  - pelvic-tilt
"""
#: Few enough for large pictures.
FOUR = ("pelvic-tilt", "knee-to-chest", "lower-trunk-rotation", "lying-knee-press")


def handout(renderer: Renderer, routine: str, side: str = "right", **words: Any) -> Handout:
    order = order_in_words(routine, side, template="fridge", **{"name": "Ann Smith", **words})
    return renderer.compose(order).copy.handout


def style(renderer: Renderer, paper: Paper = Paper.A4, orientation: Orientation | None = None) -> Style:
    return style_for(renderer.library.template("fridge").value, paper, orientation)


def laid_out(renderer: Renderer, which: Handout, on: Style | None = None) -> Pages:
    return lay_out(which, on or style(renderer), renderer.press.fonts)


def items(page: Page) -> Iterable[tuple[Item, float]]:
    """What is drawn, each with how far down its fragment stands."""
    return ((item, placed.y) for placed in page.placed for item in placed.fragment.items())


def words(page: Page) -> dict[str, tuple[Words, float]]:
    """Words by their text, with their baselines in millimetres; the first of each."""
    found: dict[str, tuple[Words, float]] = {}
    for item, y in items(page):
        if isinstance(item, Words):
            found.setdefault(item.text.replace("\u00a0", " "), (item, (y + item.y) / MM))
    return found


def ticks(page: Page) -> list[tuple[float, float]]:
    """Upper left corners of all boxes, in millimetres."""
    return [(item.x / MM, (y + item.y) / MM) for item, y in items(page) if isinstance(item, TickBox)]


def rules(page: Page) -> list[float]:
    """Where rules stand across the whole content above rows and headings, in millimetres."""
    return [(y + item.y1) / MM for item, y in items(page) if isinstance(item, Rule) and item.width == 1.4]


# --------------------------------------------------------------------------- the columns


def test_the_columns_are_those_of_the_design(renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, "sciatica-starter", only=FOUR, next_visit="2026-12-03 10:30")).pages
    said = words(page)
    title, base = said["Ann’s exercises this week"]
    assert title.x / MM == NEAR(12)
    assert title.size == 30
    assert base == NEAR(20.7, abs=0.3)
    assert said["Next visit: 3 December, 10:30"][0].face is Face.BOLD
    # the days, in their row of 7.2, and the legend before them
    for index, day in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]):
        label, base = said[day]
        middle = label.x / MM + renderer.press.fonts.width(day, Face.BOLD) * label.size / MM / 2
        assert middle == NEAR(124 + 23 * (index + 0.5))
        assert base == NEAR(32, abs=0.3)
        assert label.size == 16
    assert said["Tick one box each time."][0].x / MM == NEAR(12)
    # name and cue beside a picture, the dose's last letter before the days
    name = said["Pelvic tilt"][0]
    assert name.x / MM == NEAR(52.8)
    assert name.size == 16
    ten, times = said["10"][0], said["times"][0]
    assert (ten.size, times.size, times.face) == (20, 12, Face.BOLD)
    assert (times.x + renderer.press.fonts.width("times", Face.BOLD) * 12) / MM == NEAR(121)
    # what it is all for: boxes of 6 at 7
    assert {round(item.size / MM, 6) for item, _ in items(page) if isinstance(item, TickBox)} == {6}
    firsts = [x for x, y in ticks(page) if y == ticks(page)[0][1]]
    assert [right - left for left, right in pairwise(firsts[:2])] == [NEAR(7)]


def test_rows_share_what_is_left_and_end_at_the_strip(renderer: Renderer) -> None:
    which, on = handout(renderer, "sciatica-starter", only=FOUR), style(renderer)
    (page,) = laid_out(renderer, which, on).pages
    needs = [WeekRow(card, Tick.REP, row_look(on), renderer.press.fonts).need / MM for card in which.cards]
    strip = min((y + item.y) / MM for item, y in items(page) if isinstance(item, Area) and item.width > 250 * MM)
    edges = [*[y for y in rules(page) if y >= 33], strip]
    heights = [below - above for above, below in pairwise(edges)]
    slack = {round(height - need, 1) for height, need in zip(heights, needs, strict=True)}
    assert len(slack) == 1
    assert slack.pop() >= 0
    assert edges[0] == NEAR(33.6, abs=0.15)


def test_without_a_picture_name_and_cue_stand_beside_the_number(tmp_path: Path, renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, str(write(tmp_path, PLAN)))).pages
    assert words(page)["Clam"][0].x / MM == NEAR(24)
    assert words(page)["Pelvic tilt"][0].x / MM == NEAR(52.8)


def test_each_side_s_dose_stands_beside_its_boxes(tmp_path: Path, renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, str(write(tmp_path, PLAN))), style(renderer)).pages
    said, all_boxes = words(page), ticks(page)
    first_row, second_row = sorted({y for _, y in all_boxes})[:2]
    assert [sum(y == row for _, y in all_boxes) for row in (first_row, second_row)] == [3 * 7, 7]
    for dose, letter, row in (("3 × 10", "R", first_row), ("1 × 10", "L", second_row)):
        # capitals and figures are two thirds of their size high
        assert said[dose][1] - 0.67 * 20 / MM / 2 == NEAR(row + 3, abs=0.1)
        assert said[letter][1] - 0.67 * 14 / MM / 2 == NEAR(row + 3, abs=0.1)
        right = said[dose][0].x + renderer.press.fonts.width(dose, Face.BOLD) * 20
        assert said[letter][0].x - right >= 2.9 * MM


@pytest.mark.parametrize("orientation", list(Orientation))
@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_days_do_not_run_into_one_another(
    paper: Paper, orientation: Orientation, tmp_path: Path, renderer: Renderer
) -> None:
    on = style(renderer, paper, orientation)
    for page in laid_out(renderer, handout(renderer, str(write(tmp_path, PLAN))), on).pages:
        for row in {y for _, y in ticks(page)}:
            xs = sorted(x for x, y in ticks(page) if y == row)
            gaps = {round(right - left - 6, 2) for left, right in pairwise(xs)}
            assert min(gaps) >= 1
            assert all(gap == 1 or gap >= 2 for gap in gaps)
            assert xs[0] >= on.left / MM
            assert xs[-1] + 6 <= on.right / MM


def test_paper_on_which_seven_days_have_no_room_for_three_boxes_is_refused(renderer: Renderer) -> None:
    with pytest.raises(PageTooSmall):
        laid_out(renderer, handout(renderer, "back-mobility"), style(renderer, Paper.A5, Orientation.PORTRAIT))


# --------------------------------------------------------------------------- what stands in a row besides


def rich(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Cards with all that a row may have."""
    first, second, *others = cards
    side = (Span("it hurts to lie on your "), Span("left side", Relative.OTHER, Side.LEFT), Span("."))
    return (
        replace(first, avoid_if=(Note("Leave this out if", side),)),
        replace(
            second,
            section=SectionHeading((Span("On your feet"),)),
            progress=(ProgressLine("From week 3:", "6 times", ()),),
        ),
        *others,
    )


def test_headings_steps_and_warnings_have_their_places(tmp_path: Path, renderer: Renderer) -> None:
    which = handout(renderer, str(write(tmp_path, PLAN)))
    (page,) = laid_out(renderer, replace(which, cards=rich(which.cards))).pages
    said = words(page)
    # the heading: a band of 6.2 from rule to rule, its text at 17
    bands = [(item, y) for item, y in items(page) if isinstance(item, Area) and item.colour == "#DFE3E7"]
    ((band, y),) = bands
    assert band.height / MM == NEAR(6.2, abs=0.05)
    assert band.width / MM == NEAR(273)
    assert said["On your feet"][0].x / MM == NEAR(17)
    assert {round(y / MM, 1), round((y + band.height) / MM, 1)} <= {round(rule, 1) for rule in rules(page)}
    # the warning: the row's last line, its sign under the number
    warning, base = said["Leave this out if"]
    assert warning.x / MM == NEAR(22.4)
    assert y / MM - 6.2 < base < y / MM
    signs = [item for item, at in items(page) if isinstance(item, Polygon) and abs(at - y) < 7 * MM]
    assert [round((sign.points[0][0] + sign.points[2][0]) / 2 / MM, 1) for sign in signs] == [16.5]
    # the step by which it gets harder: under the cue, behind a triangle
    step, step_base = said["From week 3: 6 times"]
    cue, cue_base = said["Stand up."]
    assert step_base - cue_base == NEAR(14.5 / MM)
    assert step.x - cue.x == NEAR(3.8 * MM)


def test_what_no_box_stands_for_alone_is_said_only_where_it_must_be(tmp_path: Path, renderer: Renderer) -> None:
    which = handout(renderer, str(write(tmp_path, PLAN)))
    clam, sit, tilt = which.cards
    look, fonts = row_look(style(renderer)), renderer.press.fonts

    def remark(card: Card, tick: Tick) -> bool:
        row = WeekRow(card, tick, look, fonts)
        texts = [item for placed in row.placed(0, row.need) for item in placed.fragment.items()]
        return any(isinstance(item, Words) and item.text.startswith("One box") for item in texts)

    assert remark(tilt, Tick.SESSION)
    # three boxes beside 3 × 10, and two beside twice a day, speak for themselves
    assert not remark(clam, Tick.SET)
    assert not remark(sit, Tick.SESSION)


# --------------------------------------------------------------------------- when room is short


def parts(renderer: Renderer, which: Handout, on: Style) -> tuple[list[Drawing], int, Pages]:
    pages = laid_out(renderer, which, on)
    drawings = [item for page in pages.pages for item, _ in items(page) if isinstance(item, Drawing)]
    return drawings, pages.boxes, pages


def test_pictures_give_way_before_boxes_and_boxes_never_shrink(renderer: Renderer) -> None:
    which, on = handout(renderer, "back-mobility"), style(renderer)
    every = sum(card.grid(Tick.REP)[0].boxes for card in which.cards)
    seen = []
    for height in range(260, 150, -5):
        lower = replace(on, height=height * MM, bottom=(height - 13) * MM, footer=(height - 7.6) * MM)
        drawings, boxes, pages = parts(renderer, which, lower)
        widest = max(drawing.width for drawing in drawings) / MM
        seen.append((len(pages.pages), boxes == every, widest > 24.1))
        sizes = {item.size for page in pages.pages for item, _ in items(page) if isinstance(item, TickBox)}
        assert sizes == {6 * MM}
    on_one = [each[1:] for each in seen if each[0] == 1]
    # all boxes and large pictures, then small ones, then fewer boxes; then a second page
    whole = [whole for whole, _ in on_one]
    assert whole == sorted(whole, reverse=True)
    assert on_one[0] == (True, True)
    assert (True, False) in on_one
    assert False in whole
    assert seen[-1][0] > 1


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("routine", SCIATICA)
def test_no_fewer_boxes_where_that_saves_no_page(routine: str, side: str, renderer: Renderer) -> None:
    which = handout(renderer, routine, side)
    every = sum(card.grid(Tick.REP)[0].boxes for card in which.cards)
    pages = laid_out(renderer, which)
    if pages.boxes < every:
        template = renderer.library.template("fridge").value
        finest = replace(template, boxes=replace(template.boxes, tick=TickRule.REP))
        assert len(laid_out(renderer, which, style_for(finest)).pages) > len(pages.pages)


def test_two_pages_are_parted_at_a_heading(renderer: Renderer) -> None:
    which = handout(renderer, "back-mobility")
    first, second, third, fourth = which.cards

    on = style(renderer)
    lower = replace(on, height=200 * MM, bottom=187 * MM, footer=192.4 * MM)
    template = replace(on.template, boxes=replace(on.template.boxes, tick=TickRule.REP))

    def numbers(*cards: Card) -> list[list[str]]:
        pages = laid_out(renderer, replace(which, cards=cards), replace(lower, template=template)).pages
        white = [
            [item for item, _ in items(page) if isinstance(item, Words) and item.colour == "#FFFFFF"] for page in pages
        ]
        return [[item.text for item in each if item.size == 16 and item.text.isdigit()] for each in white]

    assert numbers(first, second, third, fourth) == [["1", "2"], ["3", "4"]]
    heading = SectionHeading((Span("On all fours"),))
    assert numbers(first, second, third, replace(fourth, section=heading)) == [["1", "2", "3"], ["4"]]
    assert numbers(first, replace(second, section=heading), third, fourth) == [["1"], ["2", "3", "4"]]


# --------------------------------------------------------------------------- what a dose says, and where it breaks

#: Doses with much to say, one for parts, one for each side with a time, and what is learnt and not counted.
RICH = """\
title: My plan
exercises:
  - name: Squeeze
    side: bilateral
    reps: 3
    hold: 20-30 s
    times_per_day: 2
    days: 3 per week, not in a row
    cue: "Squeeze."
    instructions: ["Squeeze."]
  - name: Swings
    side: bilateral
    duration: 1 min
    parts: [forwards, the other way]
    cue: "Swing."
    instructions: ["Swing."]
  - name: Balance
    side: each
    reps: {affected: 3, other: 1}
    duration: 20 s
    cue: "Stand on your {affected leg}."
    instructions: ["Stand."]
  - name: Stairs
    side: bilateral
    tick: none
    cue: "One step after the other."
    instructions: ["Go up."]
"""


def lines(page: Page, face: Face = Face.BOLD) -> list[str]:
    """What stands on one baseline beside the days, from left to right, line by line."""
    found: dict[float, list[Words]] = {}
    for item, y in items(page):
        if isinstance(item, Words) and item.face is face and item.x < 124 * MM:
            found.setdefault(round(y + item.y, 1), []).append(item)
    rows = [sorted(each, key=lambda item: item.x) for _, each in sorted(found.items())]
    return [" ".join(item.text for item in row).replace("\u00a0", " ") for row in rows]


def test_a_dose_is_broken_between_its_parts_and_keeps_beside_its_boxes(tmp_path: Path, renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, str(write(tmp_path, RICH)))).pages
    said = lines(page)
    assert any(line.endswith("3 times") for line in said)
    # each of it on a line of its own, and none under the cue
    for words_ in ("hold 20 to 30 seconds,", "twice a day,", "3 days a week,"):
        assert any(words_ in line for line in said), words_
    ends = [item for item, _ in items(page) if isinstance(item, Words) and item.text.endswith("30\u00a0seconds,")]
    assert [(end.x + renderer.press.fonts.width(end.text, Face.BOLD) * end.size) / MM for end in ends] == [
        NEAR(109.5, abs=3)
    ]


def test_parts_stand_beside_their_boxes_and_are_not_said_again(tmp_path: Path, renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, str(write(tmp_path, RICH)))).pages
    said = words(page)
    for part in ("forwards", "the other way"):
        label, _ = said[part]
        right = label.x + renderer.press.fonts.width(part, Face.REGULAR) * label.size
        assert right / MM == NEAR(124 - 2.2)
        assert sum(part in item.text.replace("\u00a0", " ") for item, _ in items(page) if isinstance(item, Words)) == 1
    # the dose keeps 3 clear of the widest of them
    minute, _ = said["minute"]
    right = minute.x + renderer.press.fonts.width("minute", Face.BOLD) * minute.size
    assert (said["the other way"][0].x - right) / MM == NEAR(3)


def test_how_long_is_said_once_where_each_side_has_its_own_number(tmp_path: Path, renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, str(write(tmp_path, RICH)))).pages
    said = lines(page)
    assert {"3 times", "once", "20 seconds"} <= {line.removeprefix("Balance ") for line in said}
    assert not [line for line in said if "Right" in line or "Left" in line]


def test_what_is_learnt_has_no_dose_and_no_boxes(tmp_path: Path, renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, str(write(tmp_path, RICH)))).pages
    _, top = words(page)["Stairs"]
    assert not [y for _, y in ticks(page) if y > top - 3]


def test_a_title_that_names_the_side_is_not_marked(renderer: Renderer) -> None:
    plan = handout(renderer, "back-mobility")
    title = (Span("For your new "), Span("right knee", Relative.AFFECTED, Side.RIGHT))
    # no name, so that the plan's own title is printed
    (page,) = laid_out(renderer, replace(plan, title=title, own=replace(plan.own, name="", week_title=""))).pages
    _, base = words(page)["right knee"]
    pale = renderer.library.template("fridge").value.colours.ground
    at = [(y + item.y) / MM for item, y in items(page) if isinstance(item, Area) and item.colour == pale]
    assert at
    assert min(at) > base


def test_how_many_to_choose_stands_at_the_head_of_a_fridge_sheet(tmp_path: Path, renderer: Renderer) -> None:
    plan = "title: My plan\npick: 2\nexercises: [pelvic-tilt, knee-to-chest, bird-dog]\n"
    for page in laid_out(renderer, handout(renderer, str(write(tmp_path, plan)))).pages:
        pick, base = words(page)["Pick 2 of these."]
        assert pick.face is Face.BOLD
        assert base < words(page)["Mon"][1]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_a_hold_stays_with_its_time(paper: Paper, tmp_path: Path, renderer: Renderer) -> None:
    for page in laid_out(renderer, handout(renderer, str(write(tmp_path, RICH))), style(renderer, paper)).pages:
        said = [item.text.replace("\u00a0", " ") for item, _ in items(page) if isinstance(item, Words)]
        assert not [text for text in said if text.rstrip().endswith("hold")]
        if any("Squeeze" in text for text in said):
            assert [text for text in said if "hold 20 to 30 seconds" in text]


def test_beside_a_picture_a_hold_stays_with_its_time_too(renderer: Renderer) -> None:
    (page,) = laid_out(renderer, handout(renderer, "sciatica-starter", only=FOUR)).pages
    assert any(text.startswith("hold 20 to 30 seconds") for text in words(page))


#: Doses and cues that are wide for the column beside a picture.
FAR = """\
title: My plan
safety: none
exercises:
  - {exercise: walk, distance: 10 kilometres, duration: none, progress: none}
  - {exercise: walk, distance: none, duration: 10-15 minutes}
  - {exercise: sit-to-stand, times_per_day: 2, cue: "Stand up for 5 seconds. Sit down slowly for 10 seconds."}
"""


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_no_line_ends_between_a_number_and_its_noun(paper: Paper, tmp_path: Path, renderer: Renderer) -> None:
    for page in laid_out(renderer, handout(renderer, str(write(tmp_path, FAR))), style(renderer, paper)).pages:
        said = [*lines(page), *lines(page, Face.REGULAR)]
        assert not [line for line in said if line[-1:].isdigit() and len(line) > 1 and "page" not in line]


def test_what_is_said_of_later_has_the_width_below_the_dose(renderer: Renderer) -> None:
    pages = laid_out(renderer, handout(renderer, "knee-replacement", "left", phase=2, name="")).pages
    said = [line for page in pages for line in lines(page, Face.REGULAR)]
    assert "When it is easy: Push with" in said
    assert "When it is easy: 20 to 30 minutes" in said


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
@pytest.mark.parametrize("orientation", Orientation)
def test_no_sign_is_left_out_where_the_rows_leave_room(
    paper: Paper, orientation: Orientation, tmp_path: Path, renderer: Renderer
) -> None:
    plan = "title: My plan\nsafety: [knee, shoulder, sciatica, ankle]\nexercises: [heel-slide]\n"
    found = laid_out(renderer, handout(renderer, str(write(tmp_path, plan))), style(renderer, paper, orientation))
    said = " ".join(item.text.replace("\u00a0", " ") for item, _ in items(found.pages[0]) if isinstance(item, Words))
    assert len(found.pages) == 1
    assert "Call 999 now:" in said
    assert "Call 111 today:" in said
    assert not found.remarks


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_times_of_day_of_two_sides_are_held(paper: Paper, side: str, tmp_path: Path, renderer: Renderer) -> None:
    plan = "title: My plan\nsafety: none\ntimes_per_day: [morning, before bed]\nexercises: [single-leg-stand]\n"
    which = handout(renderer, str(write(tmp_path, plan)), side)
    (page,) = laid_out(renderer, which, style(renderer, paper)).pages
    assert len(ticks(page)) == which.cards[0].grid(Tick.REP)[0].boxes


@pytest.mark.parametrize("orientation", Orientation)
def test_speed_and_load_are_said_with_what_they_are(
    orientation: Orientation, tmp_path: Path, renderer: Renderer
) -> None:
    plan = "title: My plan\nsafety: none\nexercises: [{exercise: heel-slide, tempo: slowly, load: ____}]\n"
    which = handout(renderer, str(write(tmp_path, plan)))
    (page,) = laid_out(renderer, which, style(renderer, orientation=orientation)).pages
    said = " ".join(words(page))
    assert "With: ____" in said
    assert "Speed: slowly" in said
