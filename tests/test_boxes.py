"""One tick box for each repetition: counted in the finished PDF by a reader that did not make it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from readback import MM, boxes
from samples import write

from pdfbuilder import Renderer, build

WEEK = 7


class Asked(NamedTuple):
    """What an exercise of the shipped content asks for, as the design's table of exercises has it."""

    rule: str
    low: int
    high: int


ASKED = {
    "seated-piriformis-pull": Asked("affected", 3, 4),
    "lying-piriformis-pull": Asked("affected", 3, 3),
    "lying-knee-press": Asked("affected", 5, 5),
    "long-sitting-ankle-pull": Asked("affected", 3, 3),
    "long-sitting-reach": Asked("bilateral", 5, 5),
    "straight-leg-raise": Asked("affected", 5, 5),
    "single-leg-reach": Asked("affected", 3, 3),
    "crossed-standing-bend": Asked("each", 3, 3),
    "pelvic-tilt": Asked("bilateral", 10, 10),
    "knee-to-chest": Asked("alternate", 3, 3),
    "lower-trunk-rotation": Asked("alternate", 3, 3),
    "bird-dog": Asked("alternate", 5, 5),
    # For some minutes.
    "walk": Asked("bilateral", 1, 1),
}
ROUTINES = {
    "piriformis-stretches": ["lying-piriformis-pull", "lying-knee-press", "seated-piriformis-pull"],
    "hamstring-stretches": ["straight-leg-raise", "single-leg-reach", "long-sitting-reach"],
    "back-mobility": ["pelvic-tilt", "knee-to-chest", "lower-trunk-rotation", "bird-dog"],
    "sciatica-starter": ["pelvic-tilt", "knee-to-chest", "lower-trunk-rotation", "lying-knee-press", "walk"],
    "sciatica-complete": [each for each in ASKED if each != "walk"],
}
SIDES = ("left", "right", "both")


def runs(asked: Asked, side: str) -> int:
    """How often the repetitions are done: once, or on each of two sides."""
    on_each = asked.rule in ("each", "alternate") or (side == "both" and asked.rule == "affected")
    return 2 if on_each else 1


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("routine", ROUTINES)
@pytest.mark.parametrize("template", ["handout", "large-print"])
def test_a_card_has_a_box_for_each_repetition_of_each_day(
    template: str, routine: str, side: str, renderer: Renderer
) -> None:
    found = [box for page in boxes(build(routine, side, template=template, renderer=renderer)) for box in page]
    asked = [ASKED[exercise] for exercise in ROUTINES[routine]]
    assert len(found) == sum(WEEK * each.high * runs(each, side) for each in asked)
    assert sum(box.dashed for box in found) == sum(WEEK * (each.high - each.low) * runs(each, side) for each in asked)


@pytest.mark.slow
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("routine", ROUTINES)
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_week_asked_for_by_repetition_has_a_box_for_each(
    paper: str, orientation: str, routine: str, side: str, renderer: Renderer
) -> None:
    pdf = build(
        routine, side, template="fridge", paper=paper, orientation=orientation, tick="rep", renderer=renderer
    )  # fmt: skip
    found = [box for page in boxes(pdf) for box in page]
    asked = [ASKED[exercise] for exercise in ROUTINES[routine]]
    assert len(found) == sum(WEEK * each.high * runs(each, side) for each in asked)


def test_on_a5_the_week_of_two_sides_stands_in_one_row(renderer: Renderer) -> None:
    pages = boxes(build("sciatica-starter", "left", paper="a5", only=["knee-to-chest"], renderer=renderer))
    (found,) = filter(None, pages)
    # a column for each side of each day, boxes of 5 mm less the line of 1 pt that runs along their middle
    assert len({round(each.box.left) for each in found}) == 2 * WEEK
    assert min(each.box.right - each.box.left + 1 for each in found) >= 5 * MM - 0.01


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    "routine", ["piriformis-stretches", "hamstring-stretches", "back-mobility", "sciatica-starter"]
)
def test_the_fridge_sheet_of_a_short_routine_is_one_page_with_a_box_for_each_repetition(
    routine: str, side: str, renderer: Renderer
) -> None:
    # Five, one of them once more for the other side, are not short: four of them are.
    exercises = ROUTINES[routine][: 4 if side == "both" else 5]
    pages = boxes(build(routine, side, template="fridge", only=exercises, renderer=renderer))
    asked = [ASKED[exercise] for exercise in exercises]
    assert [len(page) for page in pages] == [sum(WEEK * each.high * runs(each, side) for each in asked)]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("routine", ROUTINES)
def test_the_diary_has_a_box_for_each_exercise_of_each_day_of_two_weeks(
    routine: str, side: str, renderer: Renderer
) -> None:
    found = [box for page in boxes(build(routine, side, template="diary", renderer=renderer)) for box in page]
    assert len(found) == 2 * WEEK * len(ROUTINES[routine])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dose", "count"),
    [
        ("reps: 10\n    sets: 3", 10 * 3 * 7),
        ("reps: 8-10\n    sets: 2\n    times_per_day: 2", 10 * 2 * 2 * 7),
        ("reps: 5\n    days: [mon, wed, fri]", 5 * 3),
        ("reps: 5\n    days: 5 per week", 5 * 7),  # any five: the person picks, so every day has its boxes
        ("reps: 60\n    sets: 5", 60 * 5 * 7),
    ],
)
@pytest.mark.parametrize(("rule", "sides"), [("affected", 1), ("each", 2), ("alternate", 2), ("bilateral", 1)])
@pytest.mark.parametrize("template", ["handout", "fridge"])
def test_an_own_dose_has_its_boxes_whatever_pages_they_take(
    template: str, rule: str, sides: int, dose: str, count: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("routine") / "own.yaml"
    leg = "both legs" if rule == "bilateral" else "your {affected leg}"
    path.write_text(
        f'title: Own\nexercises:\n  - name: Lift\n    side: {rule}\n    {dose}\n    instructions: ["Lift {leg}."]\n'
    )
    found = [box for page in boxes(build(str(path), "left", template=template, tick="rep")) for box in page]
    assert len(found) == count * sides


@pytest.mark.parametrize(("tick", "count"), [("rep", 10 * 3 * 2 * 2), ("set", 3 * 2), ("session", 2)])
def test_a_box_can_stand_for_a_repetition_a_set_or_a_session(
    tick: str, count: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # 3 sets of 10 on each of 2 sides in turn, twice a day; a set of both sides is one
    path = tmp_path_factory.mktemp("routine") / "own.yaml"
    path.write_text(
        "title: Own\nexercises:\n  - exercise: knee-to-chest\n    sets: 3\n    reps: 10\n    times_per_day: 2\n"
    )
    found = [box for page in boxes(build(str(path), "right", tick=tick)) for box in page]
    assert len(found) == count * 7


def test_all_boxes_of_an_optional_exercise_are_dashed(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("routine") / "own.yaml"
    path.write_text("title: Own\nexercises:\n  - exercise: pelvic-tilt\n    optional: true\n")
    found = [box for page in boxes(build(str(path), "left")) for box in page]
    assert len(found) == 70
    assert all(box.dashed for box in found)


@pytest.mark.slow
def test_a_week_that_no_page_holds_takes_as_few_as_any_meaning_of_a_box(tmp_path: Path, renderer: Renderer) -> None:
    dose = "reps: 10, sets: 3, times_per_day: 3"
    names = ("knee-to-chest", "pelvic-tilt", "bird-dog", "straight-leg-raise", "lower-trunk-rotation", "knee-to-chest")
    entries = "".join(f"  - {{exercise: {name}, {dose}}}\n" for name in names)
    routine = str(write(tmp_path, f"title: A\nexercises:\n{entries}"))
    pages = {
        tick: len(boxes(build(routine, "left", template="fridge", tick=tick, renderer=renderer)))
        for tick in ("auto", "rep", "set", "session")
    }
    assert 1 < pages["auto"] <= min(pages.values()) < pages["rep"]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("tick", "count"), [("rep", 3 * 10 + 5), ("set", 3 + 1), ("session", 1)])
@pytest.mark.parametrize("rule", ["each", "alternate"])
@pytest.mark.parametrize("template", ["handout", "fridge"])
def test_each_side_has_the_boxes_of_its_own_dose(
    template: str, rule: str, tick: str, count: int, side: str, tmp_path: Path, renderer: Renderer
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        f"title: Own\nexercises:\n  - name: Lift\n    side: {rule}\n    reps: {{affected: 10, other: 5}}\n"
        '    sets: {affected: 3, other: 1}\n    instructions: ["Lift your {affected leg}."]\n'
    )
    pdf = build(str(path), side, template=template, tick=tick, renderer=renderer)
    in_turn = (rule, tick) == ("alternate", "set")
    assert sum(map(len, boxes(pdf))) == WEEK * (3 if in_turn else count)


class Counted(NamedTuple):
    """Boxes of a day: those that are asked for, and those that are extra."""

    solid: int
    dashed: int = 0


@pytest.mark.parametrize(
    ("rule", "dose", "counted"),
    [
        ("affected", "reps: 10", Counted(10)),
        ("affected", "reps: 8-10", Counted(8, 2)),
        ("affected", "reps: up to 5", Counted(1, 4)),
        ("affected", "reps: at least 5", Counted(5, 1)),
        # ranges of both: low × low is solid
        ("affected", "reps: 4-5, sets: 2-3", Counted(8, 7)),
        ("each", "reps: 2-3, sets: 1-2", Counted(4, 8)),
        ("affected", "reps: 5, sets: at least 2", Counted(10, 5)),
        # up to twenty a day a box is a repetition, past that a set, past that a session
        ("affected", "reps: 10, sets: 2", Counted(20)),
        ("affected", "reps: 10, sets: 3", Counted(3)),
        ("each", "reps: 11", Counted(2)),
        ("alternate", "reps: 10, sets: 3", Counted(3)),
        ("each", "reps: 10, sets: 6, times_per_day: 2", Counted(2)),
        ("affected", "reps: 10, sets: 3, tick: rep", Counted(30)),
        ("each", "reps: 3, tick: session", Counted(1)),
        # as many as one can, or as many as are written in: one box a set
        ("affected", "reps: max, sets: 3", Counted(3)),
        ("affected", "reps: ____, sets: 2-3", Counted(2, 1)),
        ("affected", "reps: 10, sets: ____", Counted(1)),
        ("each", "reps: max, sets: 2", Counted(4)),
        ("alternate", "reps: max, sets: 2", Counted(4)),
        # how long or how far one repetition goes changes nothing
        ("affected", "reps: 3, duration: 30 s", Counted(3)),
        ("affected", "distance: 20 steps", Counted(1)),
        ("affected", "reps: 3, hold: max", Counted(3)),
        # how often
        ("affected", "reps: 1, times_per_day: every 2 hours", Counted(7)),
        ("affected", "reps: 2, times_per_day: 8", Counted(16)),
        ("affected", "reps: 2, times_per_day: 9", Counted(1)),
        ("affected", "reps: 2, times_per_day: at least 8", Counted(1)),
        ("affected", "reps: 2, times_per_day: often", Counted(1)),
        ("affected", "reps: 2, times_per_day: ____", Counted(1)),
        ("affected", "duration: 30 min a day", Counted(1)),
        ("affected", "reps: 3, times_per_day: 2-3", Counted(6, 3)),
        ("affected", "reps: 1, times_per_day: 2-3", Counted(2, 1)),
        ("each", "reps: 2, times_per_day: at least 2", Counted(8, 4)),
        ("affected", "reps: 3, times_per_day: [morning, before you lift]", Counted(6)),
        ("affected", "reps: 1, times_per_day: [bedtime]", Counted(1)),
        # parts
        ("affected", "reps: 3, parts: [forward, back, sideways]", Counted(9)),
        ("each", "reps: 3, parts: [forward, back, sideways]", Counted(18)),
        ("each", "reps: 2-3, parts: [forward, back]", Counted(8, 4)),
        # extras
        ("each", "reps: 3, optional: true", Counted(0, 6)),
        ("affected", "reps: 8-10, optional: true", Counted(0, 10)),
        ("affected", "duration: 30 min a day, optional: true", Counted(0, 1)),
        # learnt, not counted
        ("affected", "tick: none", Counted(0)),
        ("each", "reps: 3, tick: none", Counted(0)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("template", ["handout", "fridge"])
def test_a_dose_has_the_boxes_of_its_rule(
    template: str, rule: str, dose: str, counted: Counted, tmp_path: Path, renderer: Renderer
) -> None:
    lift = f"{{name: Lift, side: {rule}, {dose}, instructions: ['Lift your {{affected leg}}.']}}"
    path = write(tmp_path, f"title: Own\nexercises:\n  - {lift}\n")
    found = [box for page in boxes(build(str(path), "left", template=template, renderer=renderer)) for box in page]
    dashed = sum(box.dashed for box in found)
    assert (len(found) - dashed, dashed) == (WEEK * counted.solid, WEEK * counted.dashed)


@pytest.mark.parametrize("template", ["handout", "fridge", "large-print", "diary"])
def test_what_is_not_counted_stands_on_every_sheet_without_boxes(
    template: str, tmp_path: Path, renderer: Renderer
) -> None:
    stairs = "{name: Stairs, side: affected, tick: none, instructions: ['Lead with your {other leg}.']}"
    path = write(tmp_path, f"title: Own\nexercises:\n  - {stairs}\n  - {{exercise: pelvic-tilt, reps: 2}}\n")
    pdf = build(str(path), "left", template=template, renderer=renderer)
    weeks, each = (2, 1) if template == "diary" else (1, 2)
    assert sum(map(len, boxes(pdf))) == WEEK * weeks * each


def test_a_box_for_each_repetition_by_name_is_never_one_for_a_set(tmp_path: Path, renderer: Renderer) -> None:
    # As many as the fridge would step down, were it free to.
    entries = "".join(f"  - {{exercise: {each}, reps: 12, tick: rep}}\n" for each in ROUTINES["back-mobility"])
    path = write(tmp_path, f"title: A\ntimes_per_day: 1\nexercises:\n{entries}")
    pdf = build(path, "left", template="fridge", renderer=renderer)
    found = [box for page in boxes(pdf) for box in page]
    assert len(found) == 12 * WEEK * (1 + 2 + 2 + 2)
