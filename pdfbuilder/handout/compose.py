"""From a plan to the blocks of a handout."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from pdfbuilder.domain.dose import Dose, SideRun, minutes_a_day
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import ONE, Amount, Bound, Days, Weekday
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.person import Person, addressed
from pdfbuilder.domain.plan import Plan, PlanExercise, PlanSection, PlanStep
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
    FrontBlock,
    Grid,
    Handout,
    Lane,
    Own,
    ProgressLine,
    SectionHeading,
    SideDose,
    SideTag,
    Video,
)
from pdfbuilder.handout.fields import Worked
from pdfbuilder.handout.front import HowToTick, front
from pdfbuilder.layout.core.pictures import CardPicture
from pdfbuilder.layout.core.text import Note, unbroken

#: More times a day than this are written into the diary as a number.
_MOST_DIARY_BOXES = 2


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
            _card(exercise, len(plan.exercises), language, has_codes=has_codes, says_side=_says_side(exercise, plan))
            for exercise in plan.exercises
        ),
        front=blocks,
        about=about,
        diary=_diary(plan, template, language) if Block.DIARY in template.blocks else None,
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
    dated = _diary(plan, template, language) if person.date and Block.DIARY in template.blocks else None
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
    return plan.week == 1 and (not plan.phase or _has_place(plan))


def _has_place(plan: Plan) -> bool:
    """Whether it is known in which weeks of the plan its phase is."""
    return plan.phases[plan.phase - 1].weeks is not None


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


# --------------------------------------------------------------------------- cards


def _card(exercise: PlanExercise, last: int, language: Language, *, has_codes: bool, says_side: bool) -> Card:
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
        dose=_dose(exercise, language, says_side=says_side),
        glance=dose_words.at_a_glance(exercise, language),
        steps=steps,
        cue=_cue(exercise, language),
        notes=tuple(Note(label, text) for label, text in labelled if text),
        word=Note(words.note, exercise.note) if exercise.note else None,
        picture=card_picture(exercise, language),
        credit=_credit(exercise, language),
        progress=tuple(_progress_line(step, exercise.sides, language) for step in exercise.progress),
        grids=tuple(_grids(exercise, language)),
        tick_is_said=exercise.dose.tick is not None,
        finest=exercise.dose.finest_tick(len(exercise.sides), in_turn=exercise.rule is SideRule.ALTERNATE),
        avoid_if=tuple(Note(words.avoid_if, text) for text in exercise.avoid_if),
        video=Video(words.film, exercise.video, has_code=has_codes) if exercise.video else None,
        section=_section(exercise.section, language) if exercise.section else None,
        tick=words.tick,
        dashed=words.dashed,
        side_doses=_side_doses(exercise, language),
    )


def _says_side(exercise: PlanExercise, plan: Plan) -> bool:
    """Whether a card says whose side it is: the sheet's tag does not."""
    return plan.has_two_sides or (plan.affected is AffectedSide.BOTH and not exercise.both_affected)


def _side_doses(exercise: PlanExercise, language: Language) -> tuple[SideDose, ...]:
    """The dose of each side, where they differ."""
    sentences = dose_words.for_each_side(exercise, language)
    if not sentences:
        return ()
    doses = [
        SideDose(language.words_for(side).word, index == 0 and not _is_unmarked(exercise), dose)
        for index, (side, dose) in enumerate(zip(exercise.sides, sentences, strict=True))
    ]
    if of_both := " ".join((*dose_words.with_all(exercise, language), *_needed(exercise, language))):
        doses.append(SideDose("", False, of_both))
    return tuple(doses)


def _progress_line(step: PlanStep, sides: tuple[Side, ...], language: Language) -> ProgressLine:
    when, what, how = dose_words.step_in_words(step, sides, language)
    return ProgressLine(when, what, how, language.messages.step_since if step.when else "", step.week)


def _grids(exercise: PlanExercise, language: Language) -> Iterator[tuple[Tick, Grid, str]]:
    """The boxes for each meaning of a box; of what is not counted there are none."""
    if exercise.dose.tick is Tick.NONE:
        none = replace(_grid(exercise, Tick.SESSION, language), lanes=())
        yield from ((tick, none, "") for tick in Tick)
        return
    words = language.messages
    remarks = {Tick.REP: "", Tick.SET: _box_is_set(exercise, language), Tick.SESSION: words.box_is_session}
    finest = _grid(exercise, Tick.REP, language)
    for tick, remark in remarks.items():
        grid = _grid(exercise, tick, language)
        # Where a box is a repetition all the same, nothing else is said of it.
        yield tick, grid, _beside_box(exercise.dose, tick, language) or (remark if grid != finest else "")


def _beside_box(dose: Dose, tick: Tick, language: Language) -> str:
    """What is to be written beside a box."""
    words = language.messages
    if dose.is_of_the_day:
        return words.box_and_minutes
    if dose.has_one_box_a_day:
        return words.box_and_tally
    if tick is not Tick.SESSION and any(run.reps.is_open or run.sets.is_open for run in dose.runs(2)):
        return words.box_and_line
    return ""


def _dose(exercise: PlanExercise, language: Language, *, says_side: bool) -> str:
    """What to do how often, and what is needed for it; before it whose side it is, where the sheet is for two."""
    words, sentences = language.messages, []
    if says_side and exercise.sides:
        side = words.for_side if len(exercise.sides) == 1 else words.begin_with_side
        sentences.append(plain(side.resolve(exercise.sides[0], language)))
    sentences.append(dose_words.in_sentences(exercise, language))
    return " ".join((*filter(None, sentences), *_needed(exercise, language)))


def _needed(exercise: PlanExercise, language: Language) -> tuple[str, ...]:
    """What is needed for an exercise, in a sentence."""
    if not exercise.equipment:
        return ()
    return (language.messages.need_here.format(things=language.locale.join(exercise.equipment)),)


def _section(section: PlanSection, language: Language) -> SectionHeading:
    """A heading, and how many of the exercises under it to do."""
    text = section.text
    if section.pick:
        pick = Span(language.plural(language.messages.pick, section.pick))
        text = (pick, Span(" "), *text) if text else (pick,)
    return SectionHeading(section.heading, text)


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
        caption=language.words_for(side).pictured if side and exercise.both_affected else "",
    )


def _credit(exercise: PlanExercise, language: Language) -> Note | None:
    """Who made the picture, if it has to be said."""
    credit = exercise.illustration.picture.credit if exercise.illustration else ""
    return Note(language.messages.picture_by, (Span(credit),)) if credit else None


def _box_is_set(exercise: PlanExercise, language: Language) -> str:
    """What a box stands for that stands for a set; of a single set nobody speaks."""
    words = language.messages
    if any(run.sets != ONE for run in exercise.dose.runs(len(exercise.sides))):
        return words.box_is_set
    if exercise.dose.parts:
        return words.box_is_part
    is_one = len(exercise.sides) < 2 or exercise.rule is SideRule.ALTERNATE
    return words.box_is_session if is_one else words.box_is_side


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
    first = None if exercise.rule is SideRule.OTHER or exercise.is_nobodys else 0
    return tuple(
        Chip(language.words_for(side).word, side, solid=exercise.both_affected or index == first)
        for index, side in enumerate(exercise.sides)
    )


def _grid(exercise: PlanExercise, tick: Tick, language: Language) -> Grid:
    dose, words = exercise.dose, language.messages
    once = dose.has_one_box_a_day
    in_turn = exercise.rule is SideRule.ALTERNATE
    # A set in which the sides take turns is one.
    told_apart = (
        len(exercise.sides) > 1 and not once and tick is not Tick.SESSION and not (in_turn and tick is Tick.SET)
    )
    times = ONE if once else dose.times_per_day.times
    lanes = _lanes(exercise, tick, language) if told_apart else _one_lane(dose, tick, language)
    if times.high > 1 and not dose.times_per_day.occasions and lanes == (Lane(),):
        # A box for each time of day: one block of so many.
        lanes, times = (replace(lanes[0], solid=times.low, dashed=_extra(times)),), ONE
    named = [(dose_words.occasion_label(each, language), "") for each in dose.times_per_day.occasions]
    return Grid(
        exercise=plain(exercise.name),
        active=tuple(day in dose.days.named for day in language.locale.week),
        days=tuple(language.locale.short_day(day) for day in language.locale.week),
        sessions=times.low + _extra(times),
        lanes=lanes,
        alternate=told_apart and in_turn and not any(lane.line for lane in lanes),
        set_word=words.set,
        session_words=tuple(named) or tuple((ordinal, words.time) for ordinal in words.nth_time),
        extra_sessions=_extra(times),
        tick=tick,
        week=language.locale.week,
        sides=exercise.sides,
    )


def _lanes(exercise: PlanExercise, tick: Tick, language: Language) -> tuple[Lane, ...]:
    """A lane for each side, in the order of work, and for each of its parts."""
    lanes = [
        _counted(
            Lane(side, words.word, words.letter, first=index == 0 and not _is_unmarked(exercise), part=part),
            run,
            tick,
            exercise.dose,
        )
        for index, (side, run) in enumerate(zip(exercise.sides, exercise.dose.runs(2), strict=True))
        for words in [language.words_for(side)]
        for part in exercise.dose.parts or ("",)
    ]
    if exercise.rule is SideRule.ALTERNATE:
        # Side by side, left always stands left: place is meaning, and the pale ground marks where to begin.
        lanes.sort(key=lambda lane: lane.side is Side.RIGHT)
    return tuple(lanes)


def _one_lane(dose: Dose, tick: Tick, language: Language) -> tuple[Lane, ...]:
    """The boxes where no sides are told apart."""
    if dose.has_one_box_a_day:
        unit = language.messages.minutes_short if dose.is_of_the_day else ""
        return (Lane(solid=0 if dose.optional else 1, dashed=1 if dose.optional else 0, line=True, unit=unit),)
    parts = dose.parts if tick is not Tick.SESSION else ()
    return tuple(_counted(Lane(part=part), dose.runs(1)[0], tick, dose) for part in parts or ("",))


def _is_unmarked(exercise: PlanExercise) -> bool:
    """Whether neither side stands out: both are affected, or none is."""
    return exercise.both_affected or exercise.is_nobodys


def _counted(lane: Lane, run: SideRun, tick: Tick, dose: Dose) -> Lane:
    """A lane with the boxes that its run asks for."""
    sets, boxes = run.sets, run.reps
    if tick is Tick.SESSION:
        sets, boxes = ONE, ONE
    elif sets.is_open:
        boxes = ONE
    elif tick is Tick.SET and not boxes.is_open:
        sets, boxes = ONE, sets
    solid, extra = boxes.low, _extra(boxes)
    if dose.optional:
        solid, extra = 0, solid + extra
    is_open = tick is not Tick.SESSION and (run.reps.is_open or run.sets.is_open)
    plus = boxes.bound is Bound.AT_LEAST
    groups = sets.low + _extra(sets)
    return replace(lane, sets=groups, solid=solid, dashed=extra, extra_sets=_extra(sets), plus=plus, line=is_open)


def _extra(amount: Amount) -> int:
    """How many boxes are extra: those past the lower number, and one for those who do more."""
    return amount.high - amount.low + (amount.bound is Bound.AT_LEAST)


# --------------------------------------------------------------------------- diary


def _diary(plan: Plan, template: Template, language: Language) -> DiaryBlock:
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
    return (*exercise.name, Span(", "), _named_side(exercise, language))


def _sessions(dose: Dose) -> int:
    """How many boxes a day has where one stands for the whole exercise."""
    times = ONE if dose.has_one_box_a_day else dose.times_per_day.times
    return times.low + _extra(times)


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
    goes_on = _has_place(plan) if plan.phase else plan.week > 1 and plan.last_week is None
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
