"""A plan's weeks in the words of the diary."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.figures import ONE, Days, Weekday
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.plan import Plan, PlanExercise
from pdfbuilder.domain.template import Template
from pdfbuilder.domain.wording import Span, Text
from pdfbuilder.handout.blocks import DiaryBlock, DiaryBoxes, DiaryDay, DiaryWeek
from pdfbuilder.handout.card_words import extra_of, named_side
from pdfbuilder.handout.fields import Worked
from pdfbuilder.layout.core.text import unbroken

#: More times a day than this are written into the diary as a number.
_MOST_DIARY_BOXES = 2


def diary_block(plan: Plan, template: Template, language: Language) -> DiaryBlock:
    """The weeks that lie before a person, from the first day of a week on, if the plan has a date."""
    words = language.messages
    weeks = plan.weeks_ahead(template.diary.weeks)
    start = _first_day_of_next_week(plan.person.date, language) if plan.person.date else None
    return DiaryBlock(
        title=words.diary_title,
        how=words.diary_how,
        key=tuple(_diary_key(plan, language)),
        weeks=tuple(
            _diary_week(plan, weeks, since, start + datetime.timedelta(weeks=since) if start else None, language)
            for since in range(len(weeks))
        ),
        pain=(words.pain_before, words.pain_after),
        notes=words.notes,
        starts=start,
    )


def _diary_key(plan: Plan, language: Language) -> Iterator[tuple[int, Text]]:
    """Number and name of each exercise; before them, with a 0, the headings where one says how many to do."""
    has_choice = any(each.section and each.section.pick for each in plan.exercises)
    for exercise in plan.exercises:
        if has_choice and (section := exercise.section):
            pick = language.plural(language.messages.pick, section.pick) if section.pick else ""
            yield 0, (*section.heading, Span(f": {pick}" if pick else ":"))
        yield exercise.number, _key_name(exercise, plan, language)


def _key_name(exercise: PlanExercise, plan: Plan, language: Language) -> Text:
    """An exercise's name, with its side where that is not the one at the head of the page."""
    if len(exercise.sides) != 1 or (exercise.sides[0].value == plan.affected.value and not plan.has_two_sides):
        return exercise.name
    return (*exercise.name, Span(", "), named_side(exercise, language))


def _sessions(dose: Dose) -> int:
    """How many boxes a day has where one stands for the whole exercise."""
    times = ONE if dose.has_one_box_a_day else dose.times_per_day.times
    return times.low + extra_of(times)


def _is_due(days: Days, day: Weekday, since: int | None) -> bool:
    """Whether an exercise has boxes on a day, so many days after the first; None if nobody knows when that is."""
    if days.every_other and since is not None:
        return since % 2 == 0
    return day in days.named


def _first_day_of_next_week(day: datetime.date, language: Language) -> datetime.date:
    """The first day of a week, in the region's count, on or after a date."""
    return day + datetime.timedelta(days=(language.locale.week[0].value - day.weekday()) % 7)


def _diary_week(plan: Plan, weeks: range, since: int, start: datetime.date | None, language: Language) -> DiaryWeek:
    words = language.messages
    # With the end of a phase the plan goes on; and of a plan that was begun and has no end nobody knows how many.
    goes_on = has_place(plan) if plan.phase else plan.week > 1 and plan.last_week is None
    pattern = words.week_open if goes_on else words.week
    heading = week = pattern.format(week=weeks[since], weeks=weeks[-1])
    if start:
        heading += ", " + words.week_from.format(date=language.locale.long_date(start))
    due = list(plan.due_in(weeks[since]))
    dates = [start + datetime.timedelta(days=index) if start else None for index in range(7)]
    days = [
        DiaryDay(
            weekday=day,
            label=language.locale.short_day(day),
            date=language.locale.day_and_month(date) if date else "",
            field=f"{week}, {language.locale.short_day(day)}",
            boxes=tuple(
                _diary_boxes(each, language)
                for each in due
                if _is_due(each.dose.days, day, 7 * since + index if start else None)
            ),
            visit=_visit_on(date, plan.person, language),
        )
        for index, (day, date) in enumerate(zip(language.locale.week, dates, strict=True))
    ]
    return DiaryWeek(heading, tuple(days))


def _diary_boxes(exercise: PlanExercise, language: Language) -> DiaryBoxes:
    times = _sessions(exercise.dose)
    of = unbroken(language.messages.diary_of.format(times=times)) if times > _MOST_DIARY_BOXES else ""
    return DiaryBoxes(exercise.number, times, exercise.dose.optional, of, Worked.of(exercise.sides))


def _visit_on(day: datetime.date | None, person: Person, language: Language) -> str:
    """What the diary has on the day of the next visit; empty on others, and where days have no dates."""
    when, words = person.next_visit, language.messages
    if not when or day != (when.date() if isinstance(when, datetime.datetime) else when):
        return ""
    time = language.locale.time_of(when)
    return words.next_visit.format(when=time) if time else words.visit_today


def has_place(plan: Plan) -> bool:
    """Whether it is known in which weeks of the plan its phase is."""
    return plan.phases[plan.phase - 1].weeks is not None
