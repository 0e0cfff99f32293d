"""An exercise in the words of its card, and its boxes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pdfbuilder.domain.dose import Dose, SideRun
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import ONE, Amount, Bound
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import PlanExercise, PlanSection, PlanStep
from pdfbuilder.domain.side import Relative, Side, SideRule
from pdfbuilder.domain.wording import Span, Text, plain
from pdfbuilder.handout import dose_words
from pdfbuilder.handout.blocks import Card, Chip, Grid, Lane, ProgressLine, SectionHeading, SideDose, Video
from pdfbuilder.layout.core.pictures import CardPicture
from pdfbuilder.layout.core.text import Note


def card(exercise: PlanExercise, last: int, language: Language, *, has_codes: bool, says_side: bool) -> Card:
    """The card of an exercise.

    Args:
        exercise: what is done.
        last: the number of the plan's last exercise.
        language: has the words.
        has_codes: whether films come with a code.
        says_side: whether it has to say whose side it is.
    """
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
    named = named_side(exercise, language)
    return (named, Span(": "), *exercise.cue) if exercise.cue else (named,)


def named_side(exercise: PlanExercise, language: Language) -> Span:
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
        lanes, times = (replace(lanes[0], solid=times.low, dashed=extra_of(times)),), ONE
    named = [(dose_words.occasion_label(each, language), "") for each in dose.times_per_day.occasions]
    return Grid(
        exercise=plain(exercise.name),
        active=tuple(day in dose.days.named for day in language.locale.week),
        days=tuple(language.locale.short_day(day) for day in language.locale.week),
        sessions=times.low + extra_of(times),
        lanes=lanes,
        alternate=told_apart and in_turn and not any(lane.line for lane in lanes),
        set_word=words.set,
        session_words=tuple(named) or tuple((ordinal, words.time) for ordinal in words.nth_time),
        extra_sessions=extra_of(times),
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
    solid, extra = boxes.low, extra_of(boxes)
    if dose.optional:
        solid, extra = 0, solid + extra
    is_open = tick is not Tick.SESSION and (run.reps.is_open or run.sets.is_open)
    plus = boxes.bound is Bound.AT_LEAST
    groups = sets.low + extra_of(sets)
    return replace(lane, sets=groups, solid=solid, dashed=extra, extra_sets=extra_of(sets), plus=plus, line=is_open)


def extra_of(amount: Amount) -> int:
    """How many boxes are extra: those past the lower number, and one for those who do more."""
    return amount.high - amount.low + (amount.bound is Bound.AT_LEAST)
