"""A dose in words: in sentences for the card, in a few words for the fridge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from pdfbuilder.domain.dose import Dose, SideRun
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import (
    OCCASIONS,
    ONE,
    Amount,
    Bound,
    Days,
    Distance,
    DistanceUnit,
    Frequency,
    Time,
    TimeUnit,
)
from pdfbuilder.domain.language import Language, Plural
from pdfbuilder.domain.plan import PlanExercise, PlanStep
from pdfbuilder.domain.side import Side
from pdfbuilder.domain.wording import Text, plain
from pdfbuilder.handout.blocks import Glance, GlanceLine
from pdfbuilder.layout.core.text import unbroken

#: Figures of a phrase: 3, 4 or 5, 3 × 10, or a line to write one on. What belongs to one amount is unbroken.
_FIGURES: Final = re.compile(r"((?:\d+|_+)(?:\u00a0[^\s\d]+\u00a0\d+)*)")
#: So many letters are read from afar as figures are.
_SHORT: Final = 12
#: A phrase of so many letters, such as 'twice a day', stands on one line.
_UNBROKEN: Final = 14
#: What several repetitions of one unit are, before it is said as so many of the next.
_SIXTY: Final = 60


def in_sentences(exercise: PlanExercise, language: Language) -> str:
    """'Hold for 5 seconds. Do it 3 or 4 times, once a day.'; two sides add 'on each side', or what is done on each."""
    dose, sides, words = exercise.dose, exercise.sides, language.messages
    sentences = [*_held(dose, words.hold, words.hold_max, language)]
    when = _how_often(dose, language)
    if dose.tick is Tick.NONE:
        if not _is_single(dose, sides) or dose.distance or dose.duration:
            sentences.append(f"{_how_much(dose, sides, language)}.")
    elif dose.duration and dose.is_of_the_day:
        on_days = _on_which_days(dose, language)
        amount = words.in_all.format(amount=_time(dose.duration.time, language))
        sentences.append(f"{', '.join((amount, *on_days))}.")
    elif _differs(dose, sides):
        sentences.append(words.do_once.format(when=when))
        sentences += [f"{each}." for each in _on_each(dose, sides, language)]
    elif _is_single(dose, sides) and not dose.duration and not dose.distance:
        sentences.append(words.do_once.format(when=when))
    else:
        sentences.append(words.do.format(what=_how_much(dose, sides, language), when=when))
    if dose.parts:
        sentences.append(words.parts.format(parts=language.locale.join(dose.parts)))
    if dose.relax and (dose.parts or any(run.reps != ONE for run in dose.runs(len(sides)))):
        sentences.append(words.relax.format(time=_time(dose.relax, language)))
    if dose.rest and any(run.sets != ONE for run in dose.runs(len(sides))):
        sentences.append(words.rest.format(time=_time(dose.rest, language)))
    return " ".join((*sentences, *with_all(exercise, language)))


def with_all(exercise: PlanExercise, language: Language) -> Iterator[str]:
    """The sentences of a dose that hold for all of it: with what, how fast, how much it may hurt."""
    dose, words = exercise.dose, language.messages
    if exercise.load:
        yield words.load.format(load=plain(exercise.load))
    if exercise.tempo:
        yield words.tempo.format(tempo=plain(exercise.tempo))
    if dose.pain_limit is not None:
        yield language.plural(words.pain_limit, dose.pain_limit)
    if dose.optional:
        yield words.optional


def for_each_side(exercise: PlanExercise, language: Language) -> tuple[str, ...]:
    """The sentences of each side, in the order of work; none where both do the same. `with_all` is not in them.

    As of `{affected: 3, other: 1}` sets: 'Do 3 sets of 10, once a day. Rest 30 seconds between sets.' and
    'Do 1 set of 10, once a day.'
    """
    dose, sides = exercise.dose, exercise.sides
    if not _differs(dose, sides):
        return ()
    bare = replace(dose, other=None, pain_limit=None, optional=False)
    return tuple(
        in_sentences(
            replace(exercise, dose=replace(bare, reps=run.reps, sets=run.sets), sides=sides[:1], load=(), tempo=()),
            language,
        )
        for run in dose.runs(len(sides))
    )


def at_a_glance(exercise: PlanExercise, language: Language) -> Glance:
    """'3 or 4 times', 'hold 5 seconds'; what goes without saying on a week sheet is left out."""
    dose, sides, words = exercise.dose, exercise.sides, language.messages
    often, rest = dose.times_per_day, _held(dose, words.brief_hold, words.brief_hold_max, language)
    if dose.tick is not Tick.NONE and not dose.is_of_the_day and not often.is_once:
        rest.append(_brief_times(often, language))
    lines = tuple(_glance_lines(dose, sides, language))
    if _differs(dose, sides) and (measure := _measure(dose, language)):
        # How long or how far is the same for both: each side's line says how many.
        rest.insert(0, measure)
    if not lines and rest:
        figured = _figured(rest.pop(0))
        lines = (GlanceLine("", figured, figured),)
    if dose.tick is not Tick.NONE:
        rest += _on_which_days(dose, language, words.brief_any_days)
    return Glance(lines, (*rest, *_besides(exercise, language)), language.locale.join(dose.parts) if dose.parts else "")


def in_brief(exercise: PlanExercise, language: Language) -> str:
    """'10 times, hold 5 seconds': how much, but not how often."""
    words = language.messages
    held = _held(exercise.dose, words.brief_hold, words.brief_hold_max, language)
    return ", ".join((*_brief_amount(exercise.dose, exercise.sides, language), *held))


def in_record(exercise: PlanExercise, language: Language) -> str:
    """'10 times, hold 5 seconds, once a day, for 6 weeks': in brief, with all that is said of days and weeks."""
    dose, words = exercise.dose, language.messages
    often = [_how_often(dose, language)]
    if dose.tick is Tick.NONE:
        often = []
    elif dose.is_of_the_day:
        weeks = [language.plural(words.for_weeks, dose.weeks)] if dose.weeks else []
        often = [*_on_which_days(dose, language), *weeks]
    much = _brief_amount(dose, exercise.sides, language)
    much += _held(dose, words.brief_hold, words.brief_hold_max, language)
    parts = [language.locale.join(dose.parts)] if dose.parts else []
    return ", ".join((*much, *often, *parts, *_besides(exercise, language)))


def _besides(exercise: PlanExercise, language: Language) -> Iterator[str]:
    """What else a dose says, in brief."""
    dose, words = exercise.dose, language.messages
    if load := plain(exercise.load):
        # A line to write it on says nothing by itself.
        yield load if any(map(str.isalnum, load)) else words.brief_load.format(load=load)
    if exercise.tempo:
        yield words.brief_tempo.format(tempo=plain(exercise.tempo))
    if dose.pain_limit is not None:
        yield language.plural(words.brief_pain_limit, dose.pain_limit)
    if dose.optional:
        yield words.brief_optional


def _glance_lines(dose: Dose, sides: tuple[Side, ...], language: Language) -> Iterator[GlanceLine]:
    """How much, for each side that does something else; nothing where holds or times of day say it all."""
    words = language.messages
    if dose.duration and dose.is_of_the_day:
        figured = _figured(words.brief_in_all.format(amount=_time(dose.duration.time, language)))
        yield GlanceLine("", figured, figured)
    elif _differs(dose, sides):
        runs = dose.runs(len(sides))
        in_sets = any(run.sets != ONE for run in runs)
        for side, run in zip(sides, runs, strict=True):
            count = replace(dose, duration=None, distance=None)
            yield _glance_line(count, run, "{what}", language, in_sets=in_sets, side=language.words_for(side).word)
    else:
        says_nothing = dose.tick is Tick.NONE or dose.times_per_day != Frequency() or dose.hold
        # 'once, twice a day' contradicts itself, and 'once, hold 30 seconds' says nothing by its once.
        if not (_is_single(dose, sides) and not _measure(dose, language) and says_nothing):
            pattern = words.brief_each_side if len(sides) > 1 else "{what}"
            yield _glance_line(dose, dose.runs(1)[0], pattern, language, in_sets=dose.sets != ONE)


def _glance_line(
    dose: Dose, run: SideRun, pattern: str, language: Language, *, in_sets: bool, side: str = ""
) -> GlanceLine:
    """How much one run is, in words and in figures; the pattern says where in a phrase the count stands."""
    words, measure, reps = language.messages, _measure(dose, language), language.amount(run.reps)
    full = brief = _brief_run(dose, run, language, pattern, in_sets=in_sets)
    if in_sets and run.reps.bound is not Bound.MAX:
        brief = pattern.format(what=unbroken(words.sets_by_reps.format(sets=language.amount(run.sets), reps=reps)))
        brief = words.brief_each_for.format(what=brief, amount=measure) if measure else brief
    elif not measure and reps in full:
        # Of a single time a language may speak without a figure.
        brief = pattern.format(what=reps)
    return GlanceLine(side, _figured(full), _figured(brief))


def _figured(text: str) -> tuple[tuple[str, bool], ...]:
    """A text in parts, its figures apart; all of a short one where it has none, so that it is read from as far."""
    parts = [(part, index % 2 == 1) for index, part in enumerate(_FIGURES.split(text)) if part]
    return tuple(parts) if len(parts) > 1 or len(text) > _SHORT else ((text, True),)


def _brief_amount(dose: Dose, sides: tuple[Side, ...], language: Language) -> list[str]:
    words = language.messages
    if dose.duration and dose.is_of_the_day:
        return [words.brief_in_all.format(amount=_time(dose.duration.time, language))]
    if _differs(dose, sides):
        return _on_each(dose, sides, language)
    says_nothing = dose.tick is Tick.NONE or dose.times_per_day != Frequency()
    if _is_single(dose, sides) and not _measure(dose, language) and says_nothing:
        return []  # 'once, twice a day' contradicts itself
    pattern = words.brief_each_side if len(sides) > 1 else "{what}"
    return [_brief_run(dose, dose.runs(1)[0], language, pattern, in_sets=dose.sets != ONE)]


# --------------------------------------------------------------------------- how it gets harder


def step_in_words(step: PlanStep, sides: tuple[Side, ...], language: Language) -> tuple[str, str, Text]:
    """A step of progress: when it is time for it, what then is to be done, and how; each may be empty."""
    words = language.messages
    when = words.step_next
    if step.when:
        when = words.step_when.format(when=plain(step.when))
    elif step.week:
        when = words.step_week.format(week=step.week)
    return when, ", ".join(_changed(step, sides, language)), step.how


def _changed(step: PlanStep, sides: tuple[Side, ...], language: Language) -> Iterator[str]:
    """The figures that a step changes."""
    dose, words = step.dose, language.messages
    if _differs(dose, sides) and not step.changed & {"reps", "sets"}:
        if step.changed & {"duration", "distance"}:
            yield _measure(dose, language)
    elif step.changed & {"reps", "sets", "duration", "distance"}:
        yield from _brief_amount(dose, sides, language)
    if "hold" in step.changed:
        yield from _held(dose, words.brief_hold, words.brief_hold_max, language)
    if "relax" in step.changed and dose.relax:
        yield words.brief_relax.format(time=_time(dose.relax, language))
    if "rest" in step.changed and dose.rest:
        yield words.brief_rest.format(time=_time(dose.rest, language))
    days = _on_which_days(dose, language, words.brief_any_days) if "days" in step.changed else []
    # On every day it is by saying how often a day.
    if "times_per_day" in step.changed or ("days" in step.changed and not days):
        yield _times(dose.times_per_day, language)
    yield from days
    if "parts" in step.changed and dose.parts:
        yield language.locale.join(dose.parts)
    yield from (plain(text) for text in (step.load, step.tempo) if text)
    if "pain_limit" in step.changed and dose.pain_limit is not None:
        yield language.plural(words.brief_pain_limit, dose.pain_limit)


# --------------------------------------------------------------------------- how much


def _differs(dose: Dose, sides: tuple[Side, ...]) -> bool:
    """Whether the sides do not do the same."""
    return len(set(dose.runs(len(sides)))) > 1


def _on_each(dose: Dose, sides: tuple[Side, ...], language: Language) -> list[str]:
    """'Left: 3 sets of 10', 'Right: 1 set of 10', in the order of work."""
    runs = dose.runs(len(sides))
    in_sets = any(run.sets != ONE for run in runs)
    return [
        f"{language.words_for(side).word}: {_brief_run(dose, run, language, '{what}', in_sets=in_sets)}"
        for side, run in zip(sides, runs, strict=True)
    ]


def _is_single(dose: Dose, sides: tuple[Side, ...]) -> bool:
    """Whether it is one repetition at a time, of which nobody says how many."""
    return dose.sets == dose.reps == ONE and len(sides) < 2


def _brief_run(dose: Dose, run: SideRun, language: Language, pattern: str, *, in_sets: bool) -> str:
    """'3 sets of 10', '3 times each side, 20 seconds each'; the pattern says of how many sides the count is."""
    words, measure = language.messages, _measure(dose, language)
    if in_sets and run.reps.bound is Bound.MAX:
        much = language.plural(words.brief_sets_max, run.sets)
    elif in_sets:
        much = language.plural(words.brief_sets, run.sets, reps=language.amount(run.reps))
    elif run.reps.bound is Bound.MAX:
        much = words.brief_reps_max
    elif measure and run.reps == ONE:
        return pattern.format(what=measure)
    else:
        much = language.plural(words.brief_reps, run.reps)
    much = pattern.format(what=much)
    return words.brief_each_for.format(what=much, amount=measure) if measure else much


def _how_much(dose: Dose, sides: tuple[Side, ...], language: Language) -> str:
    words, measure = language.messages, _measure(dose, language)
    is_single = dose.sets == dose.reps == ONE
    if measure and is_single:
        much = words.do_for.format(amount=measure)
    elif dose.sets != ONE and dose.reps.bound is Bound.MAX:
        much = language.plural(words.sets_max, dose.sets)
    elif dose.sets != ONE:
        much = language.plural(words.sets, dose.sets, reps=language.amount(dose.reps))
    elif dose.reps.bound is Bound.MAX:
        much = words.reps_max
    else:
        much = language.plural(words.reps, dose.reps)
    much = words.on_each_side.format(what=much) if len(sides) > 1 else much
    return words.each_for.format(what=much, amount=measure) if measure and not is_single else much


def _measure(dose: Dose, language: Language) -> str:
    """How long or how far one repetition goes, empty if that is not said."""
    if dose.duration:
        return _time(dose.duration.time, language)
    return _far(dose.distance, language) if dose.distance else ""


def _held(dose: Dose, pattern: str, longest: str, language: Language) -> list[str]:
    if dose.hold is None:
        return []
    if dose.hold.amount.bound is Bound.MAX:
        return [longest]
    return [pattern.format(time=_time(dose.hold, language))]


def _time(time: Time, language: Language) -> str:
    """'5 seconds', '20 to 30 seconds', '2 minutes', '5 breaths'."""
    words, amount = language.messages, time.amount
    if time.unit is TimeUnit.SECONDS and not amount.is_open and amount.high % _SIXTY == 0 == _least(amount) % _SIXTY:
        low = amount.low // _SIXTY if amount.bound is not Bound.UP_TO else 1
        return language.plural(words.minutes, Amount(low, amount.high // _SIXTY, amount.bound))
    messages: dict[TimeUnit, Plural] = {
        TimeUnit.SECONDS: words.seconds,
        TimeUnit.MINUTES: words.minutes,
        TimeUnit.HOURS: words.hours,
        TimeUnit.BREATHS: words.breaths,
    }
    return language.plural(messages[time.unit], amount)


def _least(amount: Amount) -> int:
    """The lower number of two that are printed; the one if only one is."""
    return amount.high if amount.bound is Bound.UP_TO else amount.low


def _far(distance: Distance, language: Language) -> str:
    words = language.messages
    messages: dict[DistanceUnit, Plural] = {
        DistanceUnit.STEPS: words.steps,
        DistanceUnit.METRES: words.metres,
        DistanceUnit.KILOMETRES: words.kilometres,
        DistanceUnit.LENGTHS: words.lengths,
        DistanceUnit.FEET: words.feet,
        DistanceUnit.YARDS: words.yards,
        DistanceUnit.MILES: words.miles,
    }
    return language.plural(messages[distance.unit], distance.amount)


# --------------------------------------------------------------------------- how often


def _how_often(dose: Dose, language: Language) -> str:
    on_days = _on_which_days(dose, language)
    # 'once a day, every other day' contradicts itself.
    times = [] if dose.days.every_other and dose.times_per_day.is_once else [_times(dose.times_per_day, language)]
    weeks = [language.plural(language.messages.for_weeks, dose.weeks)] if dose.weeks else []
    return ", ".join(unbroken(each) if len(each) <= _UNBROKEN else each for each in (*times, *on_days, *weeks))


def _times(often: Frequency, language: Language) -> str:
    words = language.messages
    if often.often:
        return words.often
    if often.every:
        return words.every_hour if often.every == _SIXTY else words.every.format(time=_apart(often.every, language))
    if often.occasions:
        return language.locale.join(_in_words(each, words.occasions) for each in often.occasions)
    return language.plural(words.a_day, often.times)


def _brief_times(often: Frequency, language: Language) -> str:
    """The same in a few words: nights are left out of what is every so often by themselves."""
    words = language.messages
    if not often.every:
        return _times(often, language)
    if often.every == _SIXTY:
        return words.brief_every_hour
    return words.brief_every.format(time=_apart(often.every, language))


def _apart(minutes: int, language: Language) -> str:
    """'2 hours', '90 minutes'."""
    hours, over = divmod(minutes, _SIXTY)
    count, unit = (minutes, TimeUnit.MINUTES) if over else (hours, TimeUnit.HOURS)
    return _time(Time(Amount(count, count), unit), language)


def occasion_label(occasion: str, language: Language) -> str:
    """What stands beside the boxes of a time of day."""
    return _in_words(occasion, language.messages.occasion_labels)


def _in_words(occasion: str, shipped: tuple[str, ...]) -> str:
    """A time of day that each language has words for; others stay as they are written."""
    return shipped[OCCASIONS.index(occasion)] if occasion in OCCASIONS else occasion


def _on_which_days(dose: Dose, language: Language, pattern: Plural | None = None) -> list[str]:
    """Nothing for every day; a pattern of a few words may say on how many."""
    words, days = language.messages, dose.days
    if days == Days():
        return []
    if days.every_other:
        return [words.every_other_day]
    if len(days.named) > days.per_week.high or days.per_week.is_open:
        any_days = language.plural(pattern or words.any_days, days.per_week)
        return [words.days_apart.format(days=any_days) if days.apart else any_days]
    named = [language.locale.short_day(day) for day in language.locale.week if day in days.named]
    return [words.named_days.format(days=language.locale.join(named))]
