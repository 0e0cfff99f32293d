"""From a plan to the blocks of a handout."""

from __future__ import annotations

import datetime

from msgspec.structs import replace

from pdfbuilder.domain.dose import Dose, Run, Tick, minutes_a_day
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan, PlanExercise
from pdfbuilder.domain.side import AffectedSide, Relative, Side, SideRule
from pdfbuilder.domain.template import Block, Template
from pdfbuilder.domain.wording import Span, Text, plain
from pdfbuilder.handout import dose_words
from pdfbuilder.handout.about import about_block
from pdfbuilder.handout.blocks import (
    Card,
    Chip,
    DiaryBlock,
    DiaryBoxes,
    DiaryDay,
    DiaryWeek,
    Fact,
    Grid,
    Handout,
    Lane,
    Own,
    SideTag,
)
from pdfbuilder.handout.front import front
from pdfbuilder.layout.core.pictures import CardPicture
from pdfbuilder.layout.core.text import Note


def compose(
    plan: Plan, template: Template, language: Language, *, emergency_number: str = "", urgent_number: str = ""
) -> Handout:
    """Choose and phrase the blocks that a template asks for; the person's own words come with `own_words`.

    For the numbers see `safety_block`.
    """
    words = language.messages
    about = about_block(plan) if Block.ABOUT in template.blocks else None
    doses = [(exercise.dose, len(exercise.sides)) for exercise in plan.exercises]
    return Handout(
        language=language.tag,
        title=plan.title,
        subject=f"{plan.routine_id}, {plan.affected.value}",
        tag=_tag(plan.affected, language),
        own=Own(),
        name_label=words.name,
        date_label=words.date,
        week_label=words.week_of,
        minutes=language.plural(words.minutes_a_day, minutes_a_day(doses)),
        page_pattern=words.page,
        review=_review(plan, bool(about), language),
        days=tuple(language.short_day(day) for day in language.week),
        cards=tuple(_card(exercise, len(plan.exercises), language) for exercise in plan.exercises),
        front=front(plan, language, emergency_number, urgent_number),
        about=about,
        diary=_diary(plan, template, language) if Block.DIARY in template.blocks else None,
    )


def own_words(plan: Plan, template: Template, language: Language) -> Own:
    """What is one person's in a handout."""
    words, person = language.messages, plan.person
    facts = []
    if person.therapist:
        facts.append(Fact(words.therapist.format(name=person.therapist), "the therapist's name"))
    if person.next_visit:
        facts.append(Fact(words.next_visit.format(when=language.visit(person.next_visit)), "the next visit"))
    return Own(
        name=person.name,
        date=language.long_date(person.date) if person.date else "",
        facts=tuple(facts),
        note=Note(words.note, plan.note) if plan.note else None,
        diary=_diary(plan, template, language) if person.date and Block.DIARY in template.blocks else None,
    )


def _tag(affected: AffectedSide, language: Language) -> SideTag:
    words = language.words_for(affected).tag
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
    who = language.join(dict.fromkeys(review.by for review in signed))
    latest = max(review.on for review in signed)
    return words.reviewed.format(who=who, when=language.long_date(latest))


# --------------------------------------------------------------------------- cards


def _card(exercise: PlanExercise, last: int, language: Language) -> Card:
    words = language.messages
    steps = exercise.steps + ((exercise.same_on_other_side,) if exercise.same_on_other_side else ())
    labelled = (
        (words.feel, exercise.feel),
        (words.stop_when, exercise.stop_when),
        (words.progress_when, exercise.progress_when),
        (words.ease_when, exercise.ease_when),
    )
    return Card(
        number=exercise.number,
        digits=len(str(last)),
        id=exercise.id,
        name=exercise.name,
        chips=_chips(exercise, language),
        joiner=words.in_turn if exercise.rule is SideRule.ALTERNATE else words.then,
        dose=dose_words.in_sentences(exercise.dose, exercise.sides, language),
        brief=dose_words.in_brief(exercise.dose, exercise.sides, language),
        steps=steps,
        cue=_cue(exercise, language),
        notes=tuple(Note(label, text) for label, text in labelled if text),
        word=Note(words.note, exercise.note) if exercise.note else None,
        picture=card_picture(exercise, language),
        credit=_credit(exercise, language),
        grids=(
            (Tick.REP, _grid(exercise, Tick.REP, language), ""),
            (Tick.SET, _grid(exercise, Tick.SET, language), _box_is_set(exercise, language)),
            (Tick.SESSION, _grid(exercise, Tick.SESSION, language), words.box_is_session),
        ),
    )


def card_picture(exercise: PlanExercise, language: Language) -> CardPicture | None:
    """What an exercise looks like for one person, or None."""
    illustration = exercise.illustration
    if illustration is None:
        return None
    side = illustration.side
    letter = language.words_for(side).letter if side else ""
    return CardPicture(
        picture=illustration.picture,
        mirrored=illustration.mirrored,
        side=side,
        letter=letter,
        label=language.messages.picture,
        alternative=plain(illustration.alternative),
    )


def _credit(exercise: PlanExercise, language: Language) -> Note | None:
    """Who made the picture, if it has to be said."""
    credit = exercise.illustration.picture.credit if exercise.illustration else ""
    return Note(language.messages.picture_by, (Span(credit),)) if credit else None


def _box_is_set(exercise: PlanExercise, language: Language) -> str:
    """What a box stands for that stands for a set; of a single set nobody speaks."""
    words = language.messages
    if any(run.sets > 1 for run in exercise.dose.runs(len(exercise.sides))):
        return words.box_is_set
    return words.box_is_side if len(exercise.sides) > 1 else words.box_is_session


def _cue(exercise: PlanExercise, language: Language) -> Text:
    """The reminder; where it is all that names the side, it does, and where it names the first of two, both."""
    said = {span.side for span in exercise.cue if span.side}
    if exercise.brief_other_side and (said == {exercise.sides[0]} or (said and exercise.repeated)):
        ended = plain(exercise.cue)[-1] in ".!?…"
        return (*exercise.cue, Span(" " if ended else ". "), *exercise.brief_other_side)
    if len(exercise.sides) != 1 or any(span.side is exercise.sides[0] for span in exercise.cue):
        return exercise.cue
    named = _named_side(exercise, language)
    return (named, Span(": "), *exercise.cue) if exercise.cue else (named,)


def _named_side(exercise: PlanExercise, language: Language) -> Span:
    """The one side that an exercise is for, in words."""
    (side,) = exercise.sides
    relative = Relative.OTHER if exercise.rule is SideRule.OTHER else Relative.AFFECTED
    return Span(language.words_for(side).tag, relative, side)


def _chips(exercise: PlanExercise, language: Language) -> tuple[Chip, ...]:
    if not exercise.sides:
        return (Chip(language.messages.both_together, None, solid=False),)
    first = 0 if exercise.rule is not SideRule.OTHER else None
    return tuple(
        Chip(language.words_for(side).word, side, solid=exercise.both_affected or index == first)
        for index, side in enumerate(exercise.sides)
    )


def _grid(exercise: PlanExercise, tick: Tick, language: Language) -> Grid:
    dose, words = exercise.dose, language.messages
    told_apart = len(exercise.sides) > 1 and tick is not Tick.SESSION
    return Grid(
        exercise=plain(exercise.name),
        active=tuple(day in dose.days.named for day in language.week),
        days=tuple(language.short_day(day) for day in language.week),
        sessions=dose.times_per_day,
        lanes=_lanes(exercise, tick, language) if told_apart else (_counted(Lane(), dose.runs(1)[0], tick, dose),),
        alternate=told_apart and exercise.rule is SideRule.ALTERNATE,
        set_word=words.set,
        session_words=tuple((ordinal, words.time) for ordinal in words.nth_time),
    )


def _lanes(exercise: PlanExercise, tick: Tick, language: Language) -> tuple[Lane, ...]:
    lanes = [
        _counted(Lane(side, words.word, words.letter, first=index == 0), run, tick, exercise.dose)
        for index, (side, run) in enumerate(zip(exercise.sides, exercise.dose.runs(2), strict=True))
        for words in [language.words_for(side)]
    ]
    if exercise.rule is SideRule.ALTERNATE:
        # Side by side, left always stands left: place is meaning, and the pale ground marks where to begin.
        lanes.sort(key=lambda lane: lane.side is Side.RIGHT)
    return tuple(lanes)


def _counted(lane: Lane, run: Run, tick: Tick, dose: Dose) -> Lane:
    """A lane with the boxes that its run asks for."""
    sets, solid, extra = run.sets, run.reps.low, run.reps.high - run.reps.low
    if tick is not Tick.REP:
        sets, solid, extra = 1, (run.sets if tick is Tick.SET else 1), 0
    if dose.optional:
        solid, extra = 0, solid + extra
    return replace(lane, sets=sets, solid=solid, dashed=extra)


# --------------------------------------------------------------------------- diary


def _diary(plan: Plan, template: Template, language: Language) -> DiaryBlock:
    words = language.messages
    weeks = max(exercise.dose.weeks for exercise in plan.exercises) or template.diary.weeks
    start = _first_day_of_next_week(plan.person.date, language) if plan.person.date else None
    return DiaryBlock(
        title=words.diary_title,
        how=words.diary_how,
        key=tuple((exercise.number, _key_name(exercise, plan, language)) for exercise in plan.exercises),
        weeks=tuple(
            _diary_week(plan, number, weeks, start + datetime.timedelta(weeks=number - 1) if start else None, language)
            for number in range(1, weeks + 1)
        ),
        pain=(words.pain_before, words.pain_after),
        notes=words.notes,
    )


def _key_name(exercise: PlanExercise, plan: Plan, language: Language) -> Text:
    """An exercise's name, with its side where that is not the one at the head of the page."""
    if len(exercise.sides) != 1 or exercise.sides[0].value == plan.affected.value:
        return exercise.name
    return (*exercise.name, Span(", "), _named_side(exercise, language))


def _first_day_of_next_week(day: datetime.date, language: Language) -> datetime.date:
    """The first day of a week, in the region's count, on or after a date."""
    return day + datetime.timedelta(days=(language.week[0].value - day.weekday()) % 7)


def _diary_week(plan: Plan, number: int, weeks: int, start: datetime.date | None, language: Language) -> DiaryWeek:
    words = language.messages
    heading = week = words.week.format(week=number, weeks=weeks)
    if start:
        heading += ", " + words.week_from.format(date=language.long_date(start))
    due = [each for each in plan.exercises if not each.dose.weeks or number <= each.dose.weeks]
    days = [
        DiaryDay(
            label=language.short_day(day),
            date=language.day_and_month(start + datetime.timedelta(days=index)) if start else "",
            field=f"{week}, {language.short_day(day)}",
            boxes=tuple(
                DiaryBoxes(each.number, each.dose.times_per_day, optional=each.dose.optional)
                for each in due
                if day in each.dose.days.named
            ),
        )
        for index, day in enumerate(language.week)
    ]
    return DiaryWeek(heading, tuple(days))
