"""From a plan to the words of a sheet."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import SCIATICA, just, often, write

from pdfbuilder.domain.beside import Safety
from pdfbuilder.domain.dose import Dose, ProgressStep, SideRun
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.exercise import Exercise, Review
from pdfbuilder.domain.figures import Amount, Days, Frequency, Weekday
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.plan import resolve
from pdfbuilder.domain.routine import ALL_PHASES, Entry, Phase, Routine, Section, Weeks
from pdfbuilder.domain.side import AffectedSide, Relative, Side, SideRule
from pdfbuilder.domain.wording import SidePhrase, Wording, parse, plain
from pdfbuilder.handout.blocks import Card, DiaryBoxes, Handout
from pdfbuilder.handout.compose import compose, own_words
from pdfbuilder.handout.fields import Worked
from pdfbuilder.handout.front import HowToTick
from pdfbuilder.handout.safety import SafetyBlock
from pdfbuilder.reading.library import Library

LIBRARY = Library()
FIVE = Dose(Amount(5, 5))
NOBODY = Person()
DAY = datetime.date(2026, 11, 21)  # a Saturday
LEFT, RIGHT, BOTH = AffectedSide.LEFT, AffectedSide.RIGHT, AffectedSide.BOTH
SAFETY = cast("Safety", LIBRARY.safety(("sciatica",)))


def exercise(rule: str = "affected", dose: Dose = FIVE) -> Exercise:
    return Exercise("x", "en", Wording(("Heel slide",)), SideRule(rule), dose, (Wording(("Slide.",)),))


def routine(*exercises: Exercise) -> Routine:
    return Routine("r", "en", Wording(("My plan",)), tuple(Entry(each) for each in exercises), SAFETY)


def handout(
    definition: Routine,
    side: AffectedSide = LEFT,
    *,
    template: str = "handout",
    language: str = "en",
    person: Person = NOBODY,
    number: str = "",
    urgent: str = "",
    week: int | None = None,
) -> Handout:
    words = LIBRARY.language(language)
    plan, look = resolve(definition.in_week(week), side, words), LIBRARY.template(template).value
    for_anyone = compose(plan, look, words, emergency_number=number, urgent_number=urgent)
    return for_anyone.addressed(own_words(plan.for_person(person, words), look, words))


def card(rule: str, side: AffectedSide = LEFT, dose: Dose = FIVE) -> Card:
    (found,) = handout(routine(exercise(rule, dose)), side).cards
    return found


def test_what_holds_for_both_sides_is_said_once_below_what_each_does() -> None:
    dose = Dose(Amount(10, 10), just(3), other=SideRun(Amount(10, 10), just(1)), pain_limit=3)
    dose = replace(dose, load=Wording(("green band",)), tempo=Wording(("slow",)))
    found = card("each", dose=dose).side_doses
    assert [(each.word, each.first, unbroken(each.dose)) for each in found] == [
        ("Left", True, "Do 3 sets of 10, once a day."),
        ("Right", False, "Do it 10 times, once a day."),
        ("", False, "With: green band. Speed: slow. Let it hurt no more than 3 out of 10."),
    ]
    # Of a dose for each side the text speaks of this one.
    here = SidePhrase(Relative.AFFECTED, "arm")
    dose = replace(dose, load=Wording(("red for your ", here)))
    assert "red for your left arm" in unbroken(card("each", dose=dose).side_doses[-1].dose)
    assert "your left or right arm" in unbroken(card("each", dose=replace(dose, other=None)).dose)


# --------------------------------------------------------------------------- the head


@pytest.mark.parametrize(("side", "tag"), [(LEFT, "LEFT side"), (RIGHT, "RIGHT side"), (BOTH, "BOTH sides")])
def test_the_tag_says_the_side_in_words(side: AffectedSide, tag: str) -> None:
    found = handout(routine(exercise()), side)
    assert (found.tag.side, found.tag.words) == (side, tag)
    assert found.subject == f"r, {side.value}"


def test_name_and_date_are_the_persons() -> None:
    found = handout(routine(exercise()), person=Person("Ann Smith", DAY))
    assert (found.own.name, found.own.date) == ("Ann Smith", "21\u00a0November\u00a02026")
    empty = handout(routine(exercise()))
    assert (empty.own.name, empty.own.date, empty.name_label, empty.date_label) == ("", "", "Name", "Date")


def test_the_minutes_of_a_day_are_in_the_head() -> None:
    # 30 + 5 × 4 = 50 s, then 30 + 2 sides × 5 × 4 = 70 s, twice a day: 190 s
    found = handout(routine(exercise(), exercise("each", Dose(Amount(5, 5), times_per_day=often(2)))))
    assert found.minutes == "about 4\u00a0minutes a day"
    assert handout(routine(exercise())).minutes == "about 1\u00a0minute a day"


def test_the_week_begins_where_the_region_begins_it() -> None:
    assert handout(routine(exercise())).days == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert handout(routine(exercise()), language="en-US").days == ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


def test_what_is_not_signed_says_so_and_what_is_says_by_whom() -> None:
    assert handout(routine(exercise())).review == "Not clinically reviewed"
    safety = replace(SAFETY, review=Review("Ben, physician", DAY + datetime.timedelta(days=1)))
    signed = replace(routine(exercise()), safety=safety, review=Review("Ann, physiotherapist", DAY))
    assert handout(signed).review == "Reviewed by Ann, physiotherapist and Ben, physician, 22\u00a0November\u00a02026"


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        (FIVE, False),
        (Dose(Amount(3, 4)), True),
        (Dose(Amount(5, 5), optional=True), True),
        # no box at all, and one with a line for how many
        (Dose(Amount(3, 4), tick=Tick.NONE), False),
        (Dose(Amount(3, 4), times_per_day=Frequency(often=True)), False),
    ],
)
def test_dashed_boxes_are_explained_where_there_are_any(dose: Dose, said: bool) -> None:
    how = handout(routine(exercise(dose=dose))).find(HowToTick)
    assert how
    assert bool(how.dashed) is said


# --------------------------------------------------------------------------- sides on a card


@pytest.mark.parametrize(
    ("rule", "side", "chips", "joiner"),
    [
        ("affected", LEFT, [("Left", True)], "then"),
        ("affected", RIGHT, [("Right", True)], "then"),
        # the side that is not the affected one is outlined
        ("other", LEFT, [("Right", False)], "then"),
        ("each", LEFT, [("Left", True), ("Right", False)], "then"),
        ("each", RIGHT, [("Right", True), ("Left", False)], "then"),
        ("alternate", LEFT, [("Left", True), ("Right", False)], "in turn"),
        ("alternate", RIGHT, [("Right", True), ("Left", False)], "in turn"),
        ("bilateral", LEFT, [("Both sides together", False)], "then"),
        # both are affected
        ("affected", BOTH, [("Left", True), ("Right", True)], "then"),
        ("other", BOTH, [("Left", True), ("Right", True)], "then"),
        ("alternate", BOTH, [("Left", True), ("Right", True)], "in turn"),
    ],
)
def test_chips_name_the_sides_in_the_order_of_work(
    rule: str, side: AffectedSide, chips: list[tuple[str, bool]], joiner: str
) -> None:
    found = card(rule, side)
    assert [(chip.word, chip.solid) for chip in found.chips] == chips
    assert found.joiner == joiner


@pytest.mark.parametrize(
    ("rule", "side", "lanes"),
    [
        ("affected", LEFT, [("", "", False)]),
        ("other", RIGHT, [("", "", False)]),
        ("bilateral", LEFT, [("", "", False)]),
        ("each", LEFT, [("Left", "L", True), ("Right", "R", False)]),
        ("each", RIGHT, [("Right", "R", True), ("Left", "L", False)]),
        # side by side, left always stands left: L R L R
        ("alternate", LEFT, [("Left", "L", True), ("Right", "R", False)]),
        ("alternate", RIGHT, [("Left", "L", False), ("Right", "R", True)]),
        # with both affected none is marked
        ("affected", BOTH, [("Left", "L", False), ("Right", "R", False)]),
    ],
)
def test_boxes_are_labelled_with_the_side_where_there_are_two(
    rule: str, side: AffectedSide, lanes: list[tuple[str, str, bool]]
) -> None:
    in_turn = rule == "alternate"
    for tick in (Tick.REP,) if in_turn else (Tick.REP, Tick.SET):
        grid, _ = card(rule, side).grid(tick)
        assert [(lane.word, lane.letter, lane.first) for lane in grid.lanes] == lanes
        assert grid.alternate is in_turn
    # A session covers both sides, and so does a set in which they take turns.
    for tick in (Tick.SET, Tick.SESSION) if in_turn else (Tick.SESSION,):
        grid, _ = card(rule, side).grid(tick)
        assert len(grid.lanes) == 1
        assert not grid.alternate


@pytest.mark.parametrize(("side", "step"), [(LEFT, "right"), (RIGHT, "left")])
def test_each_side_ends_in_a_step_that_sends_to_the_other(side: AffectedSide, step: str) -> None:
    assert plain(card("each", side).steps[-1]) == f"Then do it all again for your {step} side."
    assert len(card("alternate", side).steps) == 1
    assert len(card("affected", side).steps) == 1


# --------------------------------------------------------------------------- boxes


@pytest.mark.parametrize(
    ("rule", "side_of", "cue", "on_the_left_plan"),
    [
        ("affected", None, "", "LEFT side"),
        ("affected", None, "Up and down.", "LEFT side: Up and down."),
        ("affected", None, "Your {affected foot} up.", "Your left foot up."),
        ("affected", None, "Keep your {other foot} down.", "LEFT side: Keep your right foot down."),
        ("affected", Side.RIGHT, "", "RIGHT side"),
        ("other", None, "", "RIGHT side"),
        ("other", None, "Your {other foot} up.", "Your right foot up."),
        ("bilateral", None, "", ""),
        ("each", None, "Up and down.", "Up and down."),  # its boxes have the sides
    ],
)
def test_a_reminder_names_the_one_side_that_an_exercise_is_for(
    rule: str, side_of: Side | None, cue: str, on_the_left_plan: str
) -> None:
    reminded = replace(exercise(rule), cue=Wording(parse(cue)[0]) if cue else None)
    plan = Routine("r", "en", Wording(("My plan",)), (Entry(reminded, side_of=side_of),), SAFETY)
    (found,) = handout(plan, template="fridge").cards
    assert plain(found.cue) == on_the_left_plan


@pytest.mark.parametrize(
    ("rule", "cue", "on_the_sheet_for_both"),
    [
        ("affected", "Lift the {affected leg}.", "Lift the left leg. Then the right."),
        ("other", "Lift the {other leg}.", "Lift the left leg. Then the right."),
        ("each", "Lift the {affected leg}.", "Lift the left leg. Then the right."),
        # it says so itself, or names none
        ("each", "Lift the {affected leg}. Then the {other leg}.", "Lift the left leg. Then the right leg."),
        (
            "affected",
            "Lift the {affected leg}, the {other leg} flat",
            "Lift the left leg, the right leg flat. Then the right.",
        ),
        ("each", "{affected leg} up", "Left leg up. Then the right."),
        ("affected", "Lift the leg.", "Lift the leg."),
        ("alternate", "Lift the {affected leg}.", "Lift the left leg."),
        ("affected", "", ""),
    ],
)
def test_the_reminder_of_an_exercise_on_both_sides_names_both(rule: str, cue: str, on_the_sheet_for_both: str) -> None:
    reminded = replace(exercise(rule), cue=Wording(parse(cue)[0]) if cue else None)
    (found,) = handout(routine(reminded), BOTH).cards
    assert plain(found.cue) == on_the_sheet_for_both


def test_with_both_sides_affected_the_side_that_is_worked_first_is_marked() -> None:
    """Also by an exercise for the other side: the ground behind its words is that of its boxes."""
    for rule, step in (
        ("affected", "{affected leg} up, {other leg} flat"),
        ("other", "{other leg} up, {affected leg} flat"),
    ):
        moved = replace(exercise(rule), steps=(Wording(parse(step)[0]),))
        noted = Entry(moved, note=Wording(parse("Mind your {affected hip}.")[0]))
        (found,) = handout(Routine("r", "en", Wording(("My plan",)), (noted,), SAFETY), BOTH).cards
        assert found.word
        assert plain(found.word.text) == "Mind your left or right hip."
        assert not any(span.relative for span in found.word.text)
        assert plain(found.steps[0]) == "Left leg up, right leg flat"
        assert [(span.side, span.relative) for span in found.steps[0] if span.side] == [
            (Side.LEFT, Relative.AFFECTED), (Side.RIGHT, Relative.OTHER),
        ]  # fmt: skip


def test_the_diary_names_the_side_of_an_exercise_that_is_for_another_than_the_plan() -> None:
    entries = (
        Entry(exercise()),
        Entry(exercise(), side_of=Side.RIGHT),
        Entry(exercise("other")),
        Entry(exercise("each")),
    )
    block = handout(Routine("r", "en", Wording(("My plan",)), entries, SAFETY), template="diary").diary
    assert block is not None
    assert [plain(name) for _, name in block.key] == [
        "Heel slide, LEFT side",
        "Heel slide, RIGHT side",
        "Heel slide, RIGHT side",
        "Heel slide",
    ]


@pytest.mark.parametrize(
    ("dose", "tick", "sets", "solid", "dashed"),
    [
        (Dose(Amount(10, 10)), Tick.REP, 1, 10, 0),
        (Dose(Amount(3, 4)), Tick.REP, 1, 3, 1),
        (Dose(Amount(8, 10), sets=just(3)), Tick.REP, 3, 8, 2),
        (Dose(Amount(8, 10), optional=True), Tick.REP, 1, 0, 10),
        (Dose(Amount(8, 10), sets=just(3)), Tick.SET, 1, 3, 0),
        (Dose(Amount(8, 10), sets=just(3), optional=True), Tick.SET, 1, 0, 3),
        (Dose(Amount(8, 10), sets=just(3)), Tick.SESSION, 1, 1, 0),
        (Dose(Amount(8, 10), optional=True), Tick.SESSION, 1, 0, 1),
    ],
)
def test_what_is_asked_for_is_solid_and_what_is_extra_is_dashed(
    dose: Dose, tick: Tick, sets: int, solid: int, dashed: int
) -> None:
    grid, _ = card("affected", dose=dose).grid(tick)
    assert {(lane.sets, lane.solid, lane.dashed) for lane in grid.lanes} == {(sets, solid, dashed)}


@pytest.mark.parametrize(
    ("rule", "sets", "remark"),
    [
        ("affected", 3, "One box for each set."),
        ("each", 3, "One box for each set."),
        # of a single set nobody speaks
        ("affected", 1, "One box for the whole exercise."),
        ("each", 1, "One box for each side."),
        ("alternate", 1, "One box for the whole exercise."),
        ("bilateral", 1, "One box for the whole exercise."),
    ],
)
def test_a_box_that_is_no_repetition_says_what_it_is(rule: str, sets: int, remark: str) -> None:
    found = card(rule, dose=Dose(Amount(5, 5), sets=just(sets)))
    assert found.grid(Tick.SET)[1] == remark
    assert found.grid(Tick.SESSION)[1] == "One box for the whole exercise."
    assert found.grid(Tick.REP)[1] == ""


def test_only_the_days_that_are_named_have_boxes() -> None:
    named = Dose(Amount(5, 5), days=Days(frozenset({Weekday.MON, Weekday.SUN}), just(2)))
    grid, _ = card("affected", dose=named).grid(Tick.REP)
    assert grid.active == (True, False, False, False, False, False, True)
    # 5 × 2 days
    assert grid.boxes == 10
    # any five of seven: the person picks, so all seven have boxes
    grid, _ = card("affected", dose=Dose(Amount(5, 5), days=Days(per_week=just(5)))).grid(Tick.REP)
    assert grid.boxes == 35


DOSES = st.builds(
    Dose,
    reps=st.builds(lambda low, more: Amount(low, low + more), st.integers(1, 20), st.integers(0, 5)),
    sets=st.integers(1, 10).map(just),
    times_per_day=st.integers(1, 6).map(often),
    days=st.frozensets(st.sampled_from(Weekday), min_size=1).map(lambda days: Days(days, just(len(days)))),
    optional=st.booleans(),
)


COUNTED = [Tick.REP, Tick.SET, Tick.SESSION]


@given(DOSES, st.sampled_from(SideRule), st.sampled_from([LEFT, RIGHT, BOTH]), st.sampled_from(COUNTED))
@settings(deadline=None)
def test_a_week_has_the_boxes_that_the_dose_asks_for(
    dose: Dose, rule: SideRule, side: AffectedSide, tick: Tick
) -> None:
    assume((rule, side) != (SideRule.ASYMMETRIC, BOTH))
    sides = {"bilateral": 1, "affected": 1, "other": 1, "asymmetric": 1}.get(rule.value, 2)
    if side is BOTH and rule is not SideRule.BILATERAL:
        sides = 2
    sets, times = dose.sets.high, dose.times_per_day.times.high
    in_turn = rule is SideRule.ALTERNATE
    in_a_day = {
        Tick.REP: sets * dose.reps.high * sides * times,
        Tick.SET: sets * (1 if in_turn else sides) * times,
        Tick.SESSION: times,
    }[tick]
    grid, _ = card(rule.value, side, dose).grid(tick)
    assert grid.boxes == in_a_day * len(dose.days.named)


def test_sessions_are_counted_in_words() -> None:
    grid, _ = card("affected", dose=Dose(Amount(5, 5), times_per_day=often(2))).grid(Tick.REP)
    assert grid.sessions == 2
    assert grid.session_words[:2] == (("1st", "time"), ("2nd", "time"))


# --------------------------------------------------------------------------- notes


REST = "Rest. Ask if it lasts a day."


def test_notes_stand_under_the_steps_each_with_its_label(tmp_path: Path) -> None:
    text = """\
title: A
exercises:
  - exercise: knee-to-chest
    progress_when: it is easy.
    ease_when: it hurts.
    note: Mind your {affected hip}.
"""
    (found,) = handout(LIBRARY.routine(str(write(tmp_path, text))).value).cards
    assert [(note.label, plain(note.text)) for note in found.notes] == [
        ("You should feel:", "a stretch in your lower back and bottom."),
        (
            "Stop if:",
            f"the pain gets sharper or runs further down your leg, or tingling or numbness grows. {REST}",
        ),
        ("Do more when:", "it is easy."),
        ("Do less when:", "it hurts."),
    ]
    assert found.word
    assert (found.word.label, plain(found.word.text)) == ("For you:", "Mind your left or right hip.")


# --------------------------------------------------------------------------- safety


@pytest.mark.parametrize(("side", "leads"), [(LEFT, False), (RIGHT, False), (BOTH, True)])
def test_pain_in_both_legs_leads_the_safety_block_where_both_sides_are_affected(
    side: AffectedSide, leads: bool
) -> None:
    found = handout(routine(exercise()), side).find(SafetyBlock)
    assert found
    assert found.lead == (SAFETY.both_sides if leads else "")


def test_warning_signs_stand_in_tiers_by_what_to_do_and_when() -> None:
    found = handout(routine(exercise())).find(SafetyBlock)
    assert found
    assert [(tier.what, tier.when) for tier in found.tiers] == [
        ("Call 999", "or go to A&E now, for"),
        ("Call 111", "today, if"),
        ("Ask your GP", "soon, if"),
    ]
    assert [len(tier.signs) for tier in found.tiers] == [5, 5, 5]


@pytest.mark.parametrize("side", [LEFT, RIGHT, BOTH])
def test_where_there_is_room_for_a_line_only_the_brief_signs_stand(side: AffectedSide) -> None:
    block = handout(routine(exercise()), side, template="fridge").find(SafetyBlock)
    assert block is not None
    assert [line.what for line in block.strip] == ["Call 999 now:", "Call 111 today:"]
    # of pain in both legs it says the same as the block and the warning over it
    assert block.strip[0].signs.startswith("pain new or worse in both legs, ")


def test_without_warning_signs_there_is_no_block() -> None:
    assert handout(replace(routine(exercise()), safety=None)).find(SafetyBlock) is None
    for template in ("handout", "fridge", "large-print", "diary"):
        assert handout(routine(exercise()), template=template).find(SafetyBlock)


@pytest.mark.parametrize(
    ("language", "number", "urgent", "whats"),
    [
        ("en", "", "", ("Call 999", "Call 111", "Ask your GP")),
        ("en-US", "", "", ("Call 911", "Call a doctor", "Ask your doctor")),
        ("en-IE", "", "", ("Call 112", "Call a doctor", "Ask your GP")),
        ("en-NZ", "", "", ("Call 111", "Call 0800 611 116", "Ask your GP")),
        ("en-US", "0118 999", "311", ("Call 0118 999", "Call 311", "Ask your doctor")),
    ],
)
def test_whom_to_call_is_the_regions_unless_another_is_given(
    language: str, number: str, urgent: str, whats: tuple[str, ...]
) -> None:
    found = handout(routine(exercise()), language=language, number=number, urgent=urgent).find(SafetyBlock)
    assert found
    assert tuple(tier.what.replace("\u00a0", " ") for tier in found.tiers) == whats
    assert found.strip[0].what.replace("\u00a0", " ") == f"{whats[0]} now:"
    assert found.strip[1].what.replace("\u00a0", " ") == f"{whats[1]} today:"


def test_the_safety_block_says_where_its_facts_come_from_and_when_and_that_nobody_endorses_it() -> None:
    found = handout(routine(exercise())).find(SafetyBlock)
    assert found
    assert found.sources.startswith("Where the warning signs come from: NHS 111 Wales, Sciatica; NHS Lothian")
    assert found.sources.endswith("(26\u00a0November\u00a02026). Their publishers have not seen this sheet.")


@pytest.mark.parametrize(
    ("about_signed", "template", "signed"),
    [(True, "handout", True), (False, "handout", False), (False, "fridge", True), (False, "diary", True)],
)
def test_only_what_is_printed_has_to_be_signed(about_signed: bool, template: str, signed: bool) -> None:
    ann = Review("Ann, physiotherapist", DAY)
    about = LIBRARY.routine("sciatica-starter").value.about
    assert about
    about = replace(about, review=ann if about_signed else None)
    definition = replace(routine(exercise()), safety=None, about=about, review=ann)
    assert handout(definition, template=template).review.startswith("Reviewed by Ann") is signed


# --------------------------------------------------------------------------- blocks of the template


@pytest.mark.parametrize(
    ("template", "about", "diary"),
    [("handout", True, False), ("large-print", True, False), ("fridge", False, False), ("diary", False, True)],
)
def test_a_template_decides_which_blocks_there_are(template: str, about: bool, diary: bool) -> None:
    found = handout(LIBRARY.routine("sciatica-starter").value, template=template)
    assert bool(found.about) is about
    assert bool(found.diary) is diary


# --------------------------------------------------------------------------- steps that wait for a week

BY_WEEKS = Dose(
    Amount(5, 5),
    progress=(
        ProgressStep(week=2, figures={"reps": just(8)}),
        ProgressStep(figures={"reps": just(9)}),
        ProgressStep(week=7, figures={"reps": just(12)}),
    ),
)


def steps(found: Handout) -> list[str]:
    """When the steps of all exercises begin."""
    return [unbroken(step.when) for part in found.parts for card in part.cards for step in card.progress]


def when(**options: Any) -> list[str]:
    return steps(handout(routine(exercise(dose=BY_WEEKS)), **options))


def test_a_step_that_waits_for_a_week_says_its_day_where_the_date_is_known() -> None:
    assert when() == ["From week 2:", "Then:", "From week 7:"]
    # week 1 begins on the date
    assert when(person=Person("Ann", DAY)) == ["From week 2 (28 November):", "Then:", "From week 7 (2 January):"]
    assert when(person=Person("Ann", DAY), week=1) == when(person=Person("", DAY))
    assert when(person=Person("", DAY), language="en-US")[0] == "From week 2 (November 28):"


def test_where_there_is_a_diary_the_weeks_are_those_of_the_diary(tmp_path: Path) -> None:
    both = LIBRARY.template(str(write(tmp_path, "blocks: [exercises, diary]\n", "both.yaml"))).value
    words, plan = LIBRARY.language("en"), routine(exercise(dose=BY_WEEKS))
    person = resolve(plan, LEFT, words).for_person(Person("Ann", DAY), words)
    found = compose(person, both, words).addressed(own_words(person, both, words))
    assert found.own.diary
    assert unbroken(found.own.diary.weeks[1].days[0].date) == "30 November"
    assert steps(found) == ["From week 2 (30 November):", "Then:", "From week 7 (4 January):"]


def test_of_a_sheet_from_a_later_week_or_phase_on_nobody_knows_when_the_first_week_was() -> None:
    assert when(person=Person("Ann", DAY), week=2) == when(week=2) == ["Then:", "From week 7:"]
    entries = (Entry(exercise(dose=BY_WEEKS)),)

    def of_phase(number: int, *weeks: Weeks | None) -> list[str]:
        phases = tuple(Phase(Wording(("A",)), entries, each) for each in weeks)
        plan = replace(routine(), entries=entries * len(weeks), phases=phases)
        return steps(handout(plan.for_phase(number), person=Person("Ann", DAY)))

    first, later = Weeks(1, 8), Weeks(2, None)
    assert of_phase(1, first, later) == when(person=Person("", DAY))
    assert of_phase(2, first, later) == when()
    assert of_phase(1, None, later) == when()
    # all at once begin with the first
    assert of_phase(ALL_PHASES, first, later) == 2 * when(person=Person("", DAY))


def test_cards_without_such_a_step_are_the_same_for_everybody() -> None:
    plan = routine(exercise(), exercise(dose=BY_WEEKS))
    one, other, without = (handout(plan, person=Person("Ann", day)) for day in (DAY, datetime.date(2026, 12, 1), None))
    assert one.cards[0] == other.cards[0] == without.cards[0]
    assert len({one.cards[1], other.cards[1], without.cards[1]}) == 3
    assert one.cards == handout(plan, person=Person("Bob", DAY)).cards


# --------------------------------------------------------------------------- diary


def diary(*doses: Dose, language: str = "en", date: datetime.date | None = None) -> list[tuple[str, str, str]]:
    """Heading of each week with its first and last day."""
    found = handout(
        routine(*(exercise(dose=dose) for dose in doses)), template="diary", language=language, person=Person("", date)
    )
    block = found.own.diary or found.diary
    assert block
    return [
        (unbroken(week.heading), unbroken(f"{first.label} {first.date}"), unbroken(f"{last.label} {last.date}"))
        for week in block.weeks
        for first, last in [(week.days[0], week.days[-1])]
    ]


def unbroken(text: str) -> str:
    """A text with its spaces that do not break as plain ones."""
    return text.replace("\u00a0", " ")


def test_the_diary_begins_with_the_first_day_of_a_week_on_or_after_the_date() -> None:
    assert diary(FIVE, date=DAY) == [
        ("Week 1 of 2, from 23 November 2026", "Mon 23 November", "Sun 29 November"),
        ("Week 2 of 2, from 30 November 2026", "Mon 30 November", "Sun 6 December"),
    ]
    # In America the week begins on Sunday, the next day.
    assert diary(FIVE, date=DAY, language="en-US")[0] == (
        "Week 1 of 2, from November 22, 2026", "Sun November 22", "Sat November 28",
    )  # fmt: skip
    # A Monday is its own first day.
    assert diary(FIVE, date=datetime.date(2026, 11, 23))[0][1] == "Mon 23 November"


def test_every_other_day_of_a_diary_with_dates_runs_on_from_week_to_week() -> None:
    dose = Dose(Amount(5, 5), weeks=just(2), days=Days(per_week=Amount(3, 4), every_other=True))
    for date, due in ((DAY, ["MonWedFriSun", "TueThuSat"]), (None, ["MonTueWedThuFriSatSun"] * 2)):
        block = handout(routine(exercise(dose=dose)), template="diary", person=Person("", date)).own.diary
        block = block or handout(routine(exercise(dose=dose)), template="diary").diary
        assert block is not None
        assert ["".join(day.label for day in week.days if day.boxes) for week in block.weeks] == due
    # On a sheet of a week the person picks the days, and the words say which.
    assert all(card("affected", dose=dose).grid(Tick.REP)[0].active)


def test_a_diary_without_a_date_has_weeks_without_dates() -> None:
    assert diary(FIVE) == [("Week 1 of 2", "Mon ", "Sun "), ("Week 2 of 2", "Mon ", "Sun ")]


def test_the_diary_has_as_many_weeks_as_the_longest_dose() -> None:
    assert len(diary(Dose(Amount(5, 5), weeks=just(3)), FIVE)) == 3
    assert len(diary(Dose(Amount(5, 5), weeks=just(1)))) == 1


def test_a_diary_that_begins_in_a_later_week_goes_on_to_the_plans_end() -> None:
    eight, two = Dose(Amount(5, 5), weeks=just(8)), Dose(Amount(5, 5), weeks=just(2))
    block = handout(routine(exercise(dose=eight), exercise(dose=two)), template="diary", week=7).diary
    assert block is not None
    assert [unbroken(week.heading) for week in block.weeks] == ["Week 7 of 8", "Week 8 of 8"]
    # What was for two weeks is over.
    assert {box.number for week in block.weeks for day in week.days for box in day.boxes} == {1}
    # Of a plan without an end nobody knows how many weeks there are.
    block = handout(routine(exercise(dose=FIVE)), template="diary", week=4).diary
    assert block is not None
    assert [week.heading for week in block.weeks] == ["Week 4", "Week 5"]


@pytest.mark.parametrize(
    ("weeks", "week", "headings"),
    [
        (Weeks(3, 6), None, ["Week 3", "Week 4", "Week 5", "Week 6"]),
        (Weeks(3, 6), 5, ["Week 5", "Week 6"]),
        (Weeks(7, None), None, ["Week 7", "Week 8"]),
        (None, None, ["Week 1 of 2", "Week 2 of 2"]),
    ],
)
def test_the_diary_of_a_phase_has_the_phases_weeks(weeks: Weeks | None, week: int | None, headings: list[str]) -> None:
    block = handout(second_phase(weeks, FIVE), template="diary", week=week).diary
    assert block is not None
    assert [unbroken(each.heading) for each in block.weeks] == headings


def test_what_is_done_for_some_weeks_is_done_in_the_first_of_its_phase() -> None:
    two = Dose(Amount(5, 5), weeks=just(2))
    for week, due in ((None, [[1, 2], [1, 2], [2], [2]]), (4, [[1, 2], [2], [2]])):
        block = handout(second_phase(Weeks(3, 6), two, FIVE), template="diary", week=week).diary
        assert block is not None
        assert [[box.number for box in each.days[0].boxes] for each in block.weeks] == due


def second_phase(weeks: Weeks | None, *doses: Dose) -> Routine:
    """A routine of which the second phase is meant."""
    first = Phase(Wording(("Begin",)), (Entry(exercise()),), Weeks(1, 2))
    second = Phase(Wording(("Go on",)), tuple(Entry(exercise(dose=dose)) for dose in doses), weeks)
    return replace(routine(exercise()), phases=(first, second)).for_phase(2)


def test_a_day_of_the_diary_has_a_box_for_each_session_of_the_exercises_that_are_due() -> None:
    found = handout(
        routine(
            exercise(dose=Dose(Amount(5, 5), times_per_day=often(2))),
            exercise(dose=Dose(Amount(5, 5), weeks=just(1))),
            exercise(
                dose=Dose(Amount(5, 5), weeks=just(2), days=Days(frozenset({Weekday.MON}), just(1)), optional=True)
            ),
        ),
        template="diary",
    ).diary
    assert found
    first, second = found.weeks
    # exercise 1 twice a day, 2 in the first week only, 3 on Mondays
    left = Worked.LEFT
    twice, once = DiaryBoxes(1, 2, side=left), DiaryBoxes(2, 1, side=left)
    on_mondays = DiaryBoxes(3, 1, optional=True, side=left)
    assert first.days[0].boxes == (twice, once, on_mondays)
    assert first.days[1].boxes == (twice, once)
    assert second.days[0].boxes == (twice, on_mondays)
    assert second.days[6].boxes == (twice,)
    assert (first.days[0].field, second.days[6].field) == ("Week 1 of 2, Mon", "Week 2 of 2, Sun")


def test_the_diary_says_how_many_to_pick_and_of_which() -> None:
    warm_up, balance = Section(Wording(("Warm up",))), Section(Wording(("Balance",)), pick=just(2))
    plan = routine(exercise(), exercise(), exercise())
    entries = [replace(entry, section=each) for entry, each in zip(plan.entries, (warm_up, balance, None), strict=True)]
    found = handout(replace(plan, entries=tuple(entries)), template="diary").diary
    assert found
    assert [(number, unbroken(plain(words))) for number, words in found.key] == [
        (0, "Warm up:"), (1, "Heel slide"), (0, "Balance: Pick 2 of these."), (2, "Heel slide"), (3, "Heel slide"),
    ]  # fmt: skip
    # Where all are to be done, headings say nothing that one needs to tick.
    found = handout(replace(plan, entries=(entries[0], *plan.entries[1:])), template="diary").diary
    assert found
    assert [number for number, _ in found.key] == [1, 2, 3]


# --------------------------------------------------------------------------- equal values


@pytest.mark.parametrize("name", SCIATICA)
def test_the_same_plan_makes_the_same_handout(name: str) -> None:
    definition = LIBRARY.routine(name).value
    assert handout(definition) == handout(definition)
    assert hash(handout(definition).cards) == hash(handout(Library().routine(name).value).cards)


def test_text_is_never_markup() -> None:
    title = Wording(parse("5 <b>x & </b> {{n}} %s")[0])
    found = handout(Routine("r", "en", title, (Entry(exercise()),), SAFETY))
    assert plain(found.title) == "5 <b>x & </b> {n} %s"
