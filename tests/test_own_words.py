"""A person's own words: who made the plan, a word to the person, and doses of their own."""

from __future__ import annotations

import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from readback import MM, Rectangle, TextRun, boxes, page_sizes, smallest_type, text_of, text_runs
from samples import FORMATS, OWN, SIDES, TEMPLATES, run, write

from pdfbuilder import InvalidInput, Renderer, build
from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.order import Order, OrderWords
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Orientation, Paper
from pdfbuilder.pipeline import Sheet

SMALLEST = {"handout": 12, "large-print": 18, "fridge": 10, "diary": 12}
THERAPIST = "Dr. Wilhelmina Featherstonehaugh"
SHORT = "Keep your {affected leg} warm."
#: As long as a note may be.
LONG = ("Keep your {affected leg} warm and do not hurry. " * 12)[:599] + "."
LEFT_OUT = "no room for the note and the therapist's name: they are left out on this sheet"


def sheet(
    renderer: Renderer, template: str, note: str, *, side: str = "left", routine: str = "sciatica-starter",
    paper: str = "a4", orientation: str = "", name: str = "Ann Smith", therapist: str = THERAPIST,
) -> Sheet:  # fmt: skip
    return renderer.render(
        Order(
            routine,
            AffectedSide(side),
            Person(name, datetime.date(2026, 11, 21), therapist, note=OrderWords().wording("note", note)),
            template=template,
            paper=Paper(paper),
            orientation=Orientation(orientation) if orientation else None,
        )
    )


def remarks(made: Sheet) -> list[str]:
    return [each.message for each in made.warnings]


# --------------------------------------------------------------------------- where they stand


@pytest.mark.parametrize("template", ["handout", "large-print"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_note_and_therapist_stand_once_on_the_first_page(template: str, side: str, renderer: Renderer) -> None:
    first, *others = text_of(sheet(renderer, template, SHORT, side=side).pdf)
    assert first.count(f"For you: Keep your {side} leg warm.") == 1
    assert first.count(f"Therapist: {THERAPIST}") == 1
    assert not any("warm." in page or THERAPIST in page for page in others)
    # before anything else that is to be read
    assert first.index("Ann Smith") < first.index("For you:") < first.index("Call 999" if "999" in first else "112")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("handout", "Next visit: Thursday 3 December, 10:30"),
        ("large-print", "Next visit: Thursday 3 December, 10:30"),
        ("fridge", "Next visit: 3 December, 10:30"),
    ],
)
def test_the_next_visit_is_printed_once(template: str, said: str, renderer: Renderer) -> None:
    pdf = build("back-mobility", "left", template=template, next_visit="2026-12-03 10:30", renderer=renderer)
    assert " ".join(text_of(pdf)).count(said) == 1


def test_the_diary_has_the_next_visit_on_its_day_or_at_its_head(renderer: Renderer) -> None:
    def pages(when: str, **date: Any) -> list[str]:
        routine, name = "back-mobility", "Ann Smith"
        return text_of(build(routine, "left", template="diary", name=name, next_visit=when, renderer=renderer, **date))

    first, second = pages("2026-12-10 10:30", date="2026-11-25")
    assert "Next visit" not in first
    assert second.index("Thu 10 December") < second.index("Next visit: 10:30") < second.index("Fri 11 December")
    # a day without a time
    first, second = pages("2026-12-03", date="2026-11-25")
    assert first.count("Next visit") == 1
    assert "Next visit" not in second
    # on a day that the diary has not, or that it does not know the date of
    for head in (*pages("2027-01-07", date="2026-11-25"), *pages("2026-12-03")):
        assert head.count("Next visit: Thursday ") == 1
        assert head.index("Next visit") < head.index("Mon")


@pytest.mark.parametrize("template", ["handout", "large-print", "fridge", "./bare.yaml"])
def test_a_word_about_an_exercise_stands_with_it_on_every_sheet_that_shows_it(
    template: str, tmp_path: Path, renderer: Renderer
) -> None:
    write(tmp_path, "extends: handout\ncard: {notes: false}\n", "bare.yaml")
    entry = "- {exercise: lying-knee-press, note: 'Mind your {affected hip}.'}"
    plan = write(tmp_path, f"title: A\nexercises:\n  {entry}\n  - pelvic-tilt\n")
    if template.startswith("."):
        template = str(tmp_path / template)
    pages = " ".join(text_of(build(str(plan), "right", template=template, renderer=renderer)))
    assert pages.count("Mind your right hip.") == 1
    assert pages.index("Lying knee press") < pages.index("For you: Mind your right hip.") < pages.index("Pelvic tilt")


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("note", ["", "Slowly.", LONG])
def test_at_the_foot_of_a_week_they_stand_once_or_are_said_to_be_left_out(
    side: str, note: str, renderer: Renderer
) -> None:
    template = "fridge"
    if side == "both":
        note = note.replace("{affected leg}", "legs")
    made = sheet(renderer, template, note, side=side, routine="hamstring-stretches")
    without = sheet(renderer, template, "", side=side, routine="hamstring-stretches", therapist="")
    pages = text_of(made.pdf)
    assert len(pages) == without.pages
    stands = [page.count(f"Therapist: {THERAPIST}") for page in pages]
    if LEFT_OUT in remarks(made):
        assert sum(stands) == 0
        assert not any("For you:" in page for page in pages)
        assert made.pdf == without.pdf
    else:
        assert stands == [1] + [0] * (len(pages) - 1)
        assert pages[0].count("For you:") == bool(note)
    assert made.boxes == without.boxes == sum(map(len, boxes(made.pdf)))


def test_there_is_room_for_a_word_on_an_ordinary_week(renderer: Renderer) -> None:
    assert LEFT_OUT not in remarks(sheet(renderer, "fridge", SHORT, routine="hamstring-stretches"))


@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
@pytest.mark.parametrize("note", ["", "Slowly.", LONG])
@pytest.mark.parametrize("routine", ["sciatica-starter", "sciatica-complete"])
def test_a_diary_never_loses_them(paper: str, note: str, routine: str, renderer: Renderer) -> None:
    made = sheet(renderer, "diary", note, routine=routine, paper=paper)
    without = sheet(renderer, "diary", "", routine=routine, paper=paper, therapist="")
    pages = text_of(made.pdf)
    text = " ".join(pages)
    assert text.count(f"Therapist: {THERAPIST}") == 1
    assert text.count("For you:") == bool(note)
    # at the foot of the first page, or, where a week leaves no room there, on a page of its own
    alone = len(pages) - without.pages
    assert alone == ("the note stands on a page of its own" in remarks(made))
    assert THERAPIST in pages[-1 if alone else 0]
    assert made.boxes == without.boxes
    if paper != "a5" and routine == "sciatica-starter" and note != LONG:
        assert not alone


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "paper", "orientation"), [(name, *of) for name in FORMATS for of in FORMATS[name]]
)
@pytest.mark.parametrize("note", ["", SHORT, LONG], ids=["none", "short", "long"])
def test_the_rules_of_print_hold_with_them(
    template: str, paper: str, orientation: str, note: str, renderer: Renderer
) -> None:
    margins = renderer.library.template(template).value.page.margins
    pdf = sheet(renderer, template, note, paper=paper, orientation=orientation).pdf
    assert smallest_type(pdf) >= SMALLEST[template]
    for runs, ticks, (width, height) in zip(text_runs(pdf), boxes(pdf), page_sizes(pdf), strict=True):
        content = Rectangle(margins.left * MM, margins.top * MM, width - margins.right * MM, height - 4 * MM)
        assert [run.text for run in runs if not run.box.inside(content, slack=0.5)] == []
        assert [one.text for one, other in combinations(runs, 2) if one.box.overlaps(other.box, slack=1 / 3)] == []
        assert not any(tick.box.overlaps(run.box) for tick in ticks for run in runs)


@pytest.mark.parametrize(("template", "paper"), [("handout", "a4"), ("handout", "a5"), ("large-print", "a4")])
def test_a_note_of_any_length_is_there_whole(template: str, paper: str, renderer: Renderer) -> None:
    words = " ".join(f"word{each}" for each in range(75))
    pages = text_of(sheet(renderer, template, words, paper=paper).pdf)
    # as far as it is on a later page, that page's head stands between
    found = [word for page in pages for word in page.split() if word.startswith("word")]
    assert found == words.split()


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_longest_name_and_therapist_are_printed_or_refused_but_never_over_the_edge(
    template: str, renderer: Renderer
) -> None:
    for paper, _ in FORMATS[template]:
        for runs, (width, height) in pages_or_refused(renderer, template, paper):
            inside = Rectangle(4 * MM, 4 * MM, width - 4 * MM, height - 4 * MM)
            assert all(run.box.inside(inside) for run in runs)


def pages_or_refused(renderer: Renderer, template: str, paper: str) -> list[tuple[list[TextRun], tuple[float, float]]]:
    try:
        pdf = sheet(renderer, template, LONG, paper=paper, name="W" * 120, therapist="WWWW " * 24).pdf
    except InvalidInput as error:
        if [each.code for each in error.diagnostics] == ["paper"]:
            return []
        raise
    return list(zip(text_runs(pdf), page_sizes(pdf), strict=True))


# --------------------------------------------------------------------------- when a step of progress begins

BY_WEEKS = """title: A
times_per_day: 1
exercises:
  - {exercise: pelvic-tilt, progress: [{week: 3, reps: 12}]}
  - exercise: bird-dog
"""


@pytest.mark.parametrize("template", ["handout", "large-print", "fridge"])
def test_a_step_that_waits_for_a_week_says_each_person_s_day(template: str, tmp_path: Path, renderer: Renderer) -> None:
    plan = str(write(tmp_path, BY_WEEKS))
    for date, said in (
        (None, "From week 3: 12"),
        ("2026-11-23", "From week 3 (7 December): 12"),
        ("2026-12-24", "From week 3 (7 January): 12"),
        (None, "From week 3: 12"),
    ):
        pages = " ".join(text_of(build(plan, "right", template=template, date=date, renderer=renderer)))
        assert said in pages
        assert pages.count("From week") == 1


def test_all_with_the_same_plan_share_all_but_the_day(tmp_path: Path, renderer: Renderer) -> None:
    plan = str(write(tmp_path, BY_WEEKS))
    days = [datetime.date(2026, 11, 23), datetime.date(2026, 12, 24), None]
    one, other, without = (renderer.compose(Order(plan, AffectedSide.LEFT, Person("Ann", day))) for day in days)
    assert one.common is other.common is without.common
    assert one.copy.handout.cards[1] == other.copy.handout.cards[1] == without.copy.handout.cards[1]


EVERY_OTHER_DAY = """title: A
times_per_day: 1
exercises:
  - {exercise: pelvic-tilt, reps: 5, days: every other day}
  - {exercise: heel-slide, reps: 2, progress: [{week: 3, days: every other day}]}
"""


@pytest.mark.parametrize("template", ["handout", "fridge", "large-print"])
def test_every_other_day_has_boxes_on_each_second_day_of_the_week_one_of_them_that_of_the_date(
    template: str, tmp_path: Path, renderer: Renderer
) -> None:
    plan = str(write(tmp_path, EVERY_OTHER_DAY))
    for date, week, days in (
        (None, None, [7, 7]),
        ("2026-11-23", None, [4, 7]),  # a Monday: so Wednesday, Friday and Sunday
        ("2026-11-28", None, [3, 7]),  # a Saturday: so Tuesday and Thursday
        ("2026-11-23", 3, [4, 4]),
    ):
        pdf = build(plan, "right", template=template, date=date, week=week, renderer=renderer)
        assert sum(map(len, boxes(pdf))) == 5 * days[0] + 2 * days[1]
        assert "every other day" in " ".join(text_of(pdf))


def test_all_who_begin_on_the_same_day_of_the_week_share_the_sheet(tmp_path: Path, renderer: Renderer) -> None:
    plan = str(write(tmp_path, EVERY_OTHER_DAY))
    days = [datetime.date(2026, 11, 23), datetime.date(2026, 11, 30), datetime.date(2026, 12, 1)]
    one, other, later = (renderer.compose(Order(plan, AffectedSide.LEFT, Person("Ann", day))).common for day in days)
    assert one is other
    monday, tuesday = (
        "".join("x" if day else "-" for day in each.handout.cards[0].grid(Tick.REP)[0].active) for each in (one, later)
    )
    assert (monday, tuesday) == ("x-x-x-x", "-x-x-x-")


def test_with_a_diary_every_other_day_is_counted_from_the_diary_s_first(tmp_path: Path, renderer: Renderer) -> None:
    write(tmp_path, "blocks: [exercises, diary]\n", "both.yaml")
    order = Order(str(write(tmp_path, EVERY_OTHER_DAY)), AffectedSide.LEFT, Person("Ann", datetime.date(2026, 11, 25)))
    handout = renderer.compose(replace(order, template=str(tmp_path / "both.yaml"))).copy.handout
    assert handout.diary is not None
    assert handout.cards[0].grid(Tick.REP)[0].active == (True, False, True, False, True, False, True)
    assert [bool(day.boxes and day.boxes[0].number == 1) for day in handout.diary.weeks[0].days] == [
        True, False, True, False, True, False, True,
    ]  # fmt: skip


def test_show_says_the_day_too(tmp_path: Path) -> None:
    write(tmp_path, BY_WEEKS)
    assert (
        "> From week 3 (7 December): 12 times."
        in run("show", "routine.yaml", "-s", "left", "--date", "2026-11-23", folder=tmp_path).text
    )


# --------------------------------------------------------------------------- what they may say


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"note": "Rest your {affected leg"}, "--note: error[brace] the brace is never closed"),
        ({"note": "x" * 601}, '--note: error[note] expected at most 600 characters, got "601"'),
        ({"therapist": "x" * 121}, '--therapist: error[therapist] expected at most 120 characters, got "121"'),
        ({"note": "a\x07b"}, "--note: error[note] expected printable characters, got "),
        ({"therapist": "a\u202eb"}, "--therapist: error[therapist] expected printable characters, got "),
        ({"note": "王"}, "--note: error[missing-glyph] no font has the character 王 (U+738B"),
        ({"therapist": "Dr. 王"}, "--therapist: error[missing-glyph] no font has the character 王 (U+738B"),
        ({"side": "both", "note": "Rest your {affected leg}."}, "--note: error[no-side] {affected leg} cannot be"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["build", "show"])
def test_what_is_wrong_with_them_is_said_at_their_option(
    tmp_path: Path, command: str, options: dict[str, str], said: str
) -> None:
    if command == "show" and "missing-glyph" in said:
        named = (f"--{name}={value}" for name, value in options.items())
        done = run("show", "back-mobility", "-s", "left", *named, folder=tmp_path)
        assert done.err.startswith(said.replace("error", "warning"))
        assert (done.code, "王" in done.text) == (0, True)  # a terminal has other letters than paper
        return
    words = [f"--{name}={value}" for name, value in ({"side": "left"} | options).items()]
    done = run(command, "back-mobility", *words, folder=tmp_path)
    assert done.code == 2
    assert done.err.startswith(said)
    assert done.err.count("error[") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("side", SIDES)
def test_the_note_names_the_person_s_sides(tmp_path: Path, side: str) -> None:
    note = "Slowly." if side == "both" else "Rest your {affected knee}, then the {other knee}."
    done = run("show", "back-mobility", "-s", side, "--note", note, "--therapist", "T. Testperson", folder=tmp_path)
    assert done.code == 0
    lines = done.text.replace("*", "")
    other = {"left": "right", "right": "left", "both": ""}[side]
    expected = "Slowly." if side == "both" else f"Rest your {side} knee, then the {other} knee."
    assert f"For you: {expected}" in lines.replace("LEFT", "left").replace("RIGHT", "right")
    assert "Therapist: T. Testperson" in lines


def test_the_front_door_takes_them(renderer: Renderer) -> None:
    pdf = build("back-mobility", "right", note=SHORT, therapist="T. Testperson", renderer=renderer)
    first = text_of(pdf)[0]
    assert "For you: Keep your right leg warm." in first
    assert "Therapist: T. Testperson" in first
    with pytest.raises(InvalidInput, match=r"note: error\[brace\]"):
        build("back-mobility", "right", note="{", renderer=renderer)


# --------------------------------------------------------------------------- doses of their own


def change(exercise: str, **figures: object) -> DoseChange:
    return DoseChange(exercise, tuple(figures.items()), Location("roster.csv", 7, 3))


def test_a_person_s_dose_is_printed_and_counted(renderer: Renderer) -> None:
    def boxes_of(order: Order) -> int:
        return sum(map(len, boxes(renderer.render(order).pdf)))

    order = Order("back-mobility", AffectedSide.LEFT)
    routine = renderer.library.routine("back-mobility").value
    tilt = next(entry.exercise.dose.reps for entry in routine.entries if entry.exercise.id == "pelvic-tilt")
    more = type(tilt)(tilt.low + 3, tilt.high + 3)
    changed = Order("back-mobility", AffectedSide.LEFT, doses=(change("pelvic-tilt", reps=more),))
    # three more boxes a day
    assert boxes_of(changed) == boxes_of(order) + 3 * 7
    # and the routine is as it was for everybody else
    assert boxes_of(order) == sum(map(len, boxes(build("back-mobility", "left"))))


def test_a_dose_of_an_exercise_that_is_not_there_is_said_where_it_is_asked_for(renderer: Renderer) -> None:
    with pytest.raises(InvalidInput) as error:
        renderer.render(Order("back-mobility", AffectedSide.LEFT, doses=(change("pelvic-tlit", sets=2),)))
    (only,) = error.value.diagnostics
    assert (only.code, str(only.location), only.hint) == (
        "unknown-exercise",
        "roster.csv:7:3",
        "did you mean pelvic-tilt?",
    )


def test_changes_are_equal_wherever_they_are_asked_for_so_that_cards_are_shared() -> None:
    one, other = change("a", sets=2), DoseChange("a", (("sets", 2),), Location("elsewhere"))
    assert (one, hash(one)) == (other, hash(other))
    assert one != change("a", sets=3)
    assert one != change("b", sets=2)


def test_an_exercise_written_in_the_routine_itself_has_no_id_to_be_changed_by(tmp_path: Path) -> None:
    path = write(tmp_path, OWN)
    with pytest.raises(InvalidInput) as error:
        Renderer().render(Order(str(path), AffectedSide.LEFT, doses=(change("heel-slide", sets=2),)))
    assert [each.code for each in error.value.diagnostics] == ["unknown-exercise"]
