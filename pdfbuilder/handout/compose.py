"""From a plan to the blocks of a handout."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from pdfbuilder.domain.dose import Dose, minutes_a_day
from pdfbuilder.domain.figures import Amount
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.person import addressed
from pdfbuilder.domain.plan import Plan, PlanExercise
from pdfbuilder.domain.side import AffectedSide, Side
from pdfbuilder.domain.template import Block, Template
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.about import about_block
from pdfbuilder.handout.blocks import (
    Fact,
    FrontBlock,
    Handout,
    Own,
    SideTag,
)
from pdfbuilder.handout.card_words import card
from pdfbuilder.handout.diary_words import diary_block, has_place
from pdfbuilder.handout.front import HowToTick, front
from pdfbuilder.layout.core.text import Note, unbroken


def compose(
    plan: Plan,
    template: Template,
    language: Language,
    *,
    emergency_number: str = "",
    urgent_number: str = "",
    has_codes: bool = True,
) -> Handout:
    """Choose and phrase the blocks that a template asks for; the person's own words come with `own_words`.

    For the numbers see `safety_block`; `has_codes` says whether films come with a code.
    """
    blocks = front(plan, language, emergency_number, urgent_number)
    if plan.has_all_phases:
        phases = [
            compose(
                plan.of_phase(phase),
                template,
                language,
                emergency_number=emergency_number,
                urgent_number=urgent_number,
                has_codes=has_codes,
            )
            for phase in plan.phases
        ]
        return _all_phases(blocks, phases)
    words = language.messages
    about = about_block(plan) if Block.ABOUT in template.blocks else None
    phone = unbroken(plan.clinic.phone) if plan.clinic else ""
    return Handout(
        language=language.tag,
        title=plan.title,
        subject=f"{plan.routine_id}, {plan.called}",
        routine=plan.routine_id,
        tag=_tag(plan, language),
        own=Own(),
        name_label=words.name,
        date_label=words.date,
        week_label=words.week_of,
        visit_label=words.next_visit.format(when="").strip(),
        minutes=language.plural(words.minutes_a_day, minutes_a_day(_done_in_a_day(plan))),
        page_pattern=words.page,
        review=_review(plan, bool(about), language),
        days=tuple(language.locale.short_day(day) for day in language.locale.week),
        cards=tuple(
            card(exercise, len(plan.exercises), language, has_codes=has_codes, says_side=_says_side(exercise, plan))
            for exercise in plan.exercises
        ),
        front=blocks,
        about=about,
        diary=diary_block(plan, template, language) if Block.DIARY in template.blocks else None,
        questions=words.questions.format(phone=phone) if phone else "",
        phone=phone,
        phase=_phase(plan, language),
    )


def _phase(plan: Plan, language: Language) -> str:
    """Which phase of a plan it is, in words."""
    if not plan.phase:
        return ""
    number = language.messages.phase_of.format(phase=plan.phase, phases=len(plan.phases))
    return f"{number} {plain(plan.phases[plan.phase - 1].title)}"


def _all_phases(blocks: tuple[FrontBlock, ...], phases: list[Handout]) -> Handout:
    """A handout with what there is to say of the whole of a plan, and one for each of its phases."""
    # Boxes stand only on the pages of the phases.
    blocks = tuple(block for block in blocks if not isinstance(block, HowToTick))
    whole = replace(phases[0], front=blocks, cards=(), minutes="", phase="", is_last_part=False)
    parts = [replace(each, is_later_part=True, about=None, is_last_part=each is phases[-1]) for each in phases]
    return replace(whole, phases=tuple(parts))


def _done_in_a_day(plan: Plan) -> list[tuple[Dose, int]]:
    """The doses of a day, each with the number of its sides; where some are to be chosen, those that take longest."""
    groups: list[tuple[Amount | None, list[tuple[Dose, int]]]] = [(None, [])]
    for exercise in plan.exercises:
        if exercise.section:
            groups.append((exercise.section.pick, []))
        groups[-1][1].append((exercise.dose, len(exercise.sides)))
    done = [dose for pick, doses in groups for dose in _longest(doses, pick)]
    return _longest(done, plan.pick)


def _longest(doses: list[tuple[Dose, int]], pick: Amount | None) -> list[tuple[Dose, int]]:
    if not pick:
        return doses
    return sorted(doses, key=lambda each: each[0].seconds_a_day(each[1]))[-pick.high :]


def own_words(plan: Plan, template: Template, language: Language) -> Own:
    """What is one person's in a handout."""
    words, person = language.messages, plan.person
    facts = []
    if person.therapist:
        facts.append(Fact(words.therapist.format(name=person.therapist), "the therapist's name"))
    dated = diary_block(plan, template, language) if person.date and Block.DIARY in template.blocks else None
    starts = dated.starts if dated else person.date
    name = addressed(person.name, language.honorifics)
    return Own(
        name=person.name,
        date=language.locale.long_date(person.date) if person.date else "",
        facts=(*facts, *_next_visit(plan, language)),
        week_title=words.week_title.format(name=name) if name else "",
        diary_title=words.diary_title_of.format(name=name) if name else "",
        note=Note(words.note, plan.note) if plan.note else None,
        restrictions=plan.own_restrictions,
        advice=plan.own_advice,
        diary=dated,
        weeks=tuple(_dated_weeks(plan, starts, language)) if starts and _begins(plan) else (),
    )


def _begins(plan: Plan) -> bool:
    """Whether a plan's first week begins on its date.

    On the date of a later week or phase it may have begun before, or begin again: nobody has said.
    """
    return plan.week == 1 and (not plan.phase or has_place(plan))


def _dated_weeks(plan: Plan, starts: datetime.date, language: Language) -> Iterator[tuple[int, str]]:
    """The weeks that steps of progress wait for, each with its date in words."""
    for week in sorted({step.week for exercise in plan.exercises for step in exercise.progress if step.week}):
        date = language.locale.day_and_month(starts + datetime.timedelta(weeks=week - 1))
        yield week, language.messages.step_week_on.format(week=week, date=date)


def _next_visit(plan: Plan, language: Language) -> Iterator[Fact]:
    """When to come again, if that is known."""
    when, pattern = plan.person.next_visit, language.messages.next_visit
    if when:
        brief = pattern.format(when=language.locale.brief_visit(when))
        yield Fact(pattern.format(when=language.locale.visit(when)), "the next visit", alone=True, brief=brief)


def _tag(plan: Plan, language: Language) -> SideTag:
    affected = plan.affected
    if plan.has_two_sides:
        both = language.messages.two_sides
        return SideTag(AffectedSide.NONE, both, (both,))
    words = language.words_for(affected).tag
    if affected is AffectedSide.NONE:
        return SideTag(affected, "", ("",))
    one = tuple(language.words_for(side).tag for side in Side)
    return SideTag(affected, words, (words,) if affected is AffectedSide.BOTH else one)


def _review(plan: Plan, has_about: bool, language: Language) -> str:
    """Who has reviewed what is printed: nobody, if any part of it is unsigned."""
    words = language.messages
    reviews = [*plan.reviews, *([plan.safety.review] if plan.safety else [])]
    reviews += [plan.about.review] if plan.about and has_about else []
    signed = [review for review in reviews if review]
    if len(signed) < len(reviews):
        return words.not_reviewed
    who = language.locale.join(dict.fromkeys(review.by for review in signed))
    latest = max(review.on for review in signed)
    return words.reviewed.format(who=who, when=language.locale.long_date(latest))


def _says_side(exercise: PlanExercise, plan: Plan) -> bool:
    """Whether a card says whose side it is: the sheet's tag does not."""
    return plan.has_two_sides or (plan.affected is AffectedSide.BOTH and not exercise.both_affected)
