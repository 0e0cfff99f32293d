"""A dose in words: in sentences for the card, in a few words for the fridge."""

from __future__ import annotations

from pdfbuilder.domain.dose import Dose, Run
from pdfbuilder.domain.figures import Amount, Days, Hold, HoldUnit
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.side import Side


def in_sentences(dose: Dose, sides: tuple[Side, ...], language: Language) -> str:
    """'Hold for 5 seconds. Do it 3 or 4 times, once a day.'

    Args:
        dose: what to say.
        sides: the sides that the exercise is done on, in order; two add 'on each side', or what is done on each.
        language: the words.
    """
    words = language.messages
    sentences = []
    if dose.hold:
        sentences.append(words.hold.format(time=_held(dose.hold, language)))
    when = _how_often(dose, language)
    if _differs(dose, sides):
        sentences.append(words.do_once.format(when=when))
        sentences += [f"{each}." for each in _on_each(dose, sides, language)]
    elif _is_single(dose, sides):
        sentences.append(words.do_once.format(when=when))
    else:
        sentences.append(words.do.format(what=_how_much(dose, sides, language), when=when))
    if dose.rest and any(run.sets > 1 for run in dose.runs(len(sides))):
        sentences.append(words.rest.format(time=_time(Amount(dose.rest, dose.rest), language)))
    if dose.load:
        sentences.append(words.load.format(load=dose.load))
    if dose.tempo:
        sentences.append(words.tempo.format(tempo=dose.tempo))
    if dose.pain_limit is not None:
        sentences.append(language.plural(words.pain_limit, dose.pain_limit))
    if dose.optional:
        sentences.append(words.optional)
    return " ".join(sentences)


def in_brief(dose: Dose, sides: tuple[Side, ...], language: Language) -> str:
    """'3 or 4 times, hold 5 seconds'; what goes without saying on a week sheet is left out."""
    words = language.messages
    if _differs(dose, sides):
        parts = _on_each(dose, sides, language)
    else:
        much = _brief_run(dose.runs(1)[0], language, in_sets=dose.sets > 1)
        parts = [words.brief_each_side.format(what=much) if len(sides) > 1 else much]
    if _is_single(dose, sides) and dose.times_per_day > 1:
        parts = []  # 'once, twice a day' contradicts itself
    if dose.hold:
        parts.append(words.brief_hold.format(time=_held(dose.hold, language)))
    if dose.times_per_day > 1:
        parts.append(language.plural(words.a_day, dose.times_per_day))
    if dose.days != Days():
        parts.append(_on_days(dose.days, language))
    if dose.load:
        parts.append(dose.load)
    if dose.pain_limit is not None:
        parts.append(language.plural(words.brief_pain_limit, dose.pain_limit))
    if dose.optional:
        parts.append(words.brief_optional)
    return ", ".join(parts)


def _differs(dose: Dose, sides: tuple[Side, ...]) -> bool:
    """Whether the sides do not do the same."""
    return len(set(dose.runs(len(sides)))) > 1


def _on_each(dose: Dose, sides: tuple[Side, ...], language: Language) -> list[str]:
    """'Left: 3 sets of 10', 'Right: 1 set of 10', in the order of work."""
    runs = dose.runs(len(sides))
    in_sets = any(run.sets > 1 for run in runs)
    return [
        f"{language.words_for(side).word}: {_brief_run(run, language, in_sets=in_sets)}"
        for side, run in zip(sides, runs, strict=True)
    ]


def _brief_run(run: Run, language: Language, *, in_sets: bool) -> str:
    words = language.messages
    if in_sets:
        return language.plural(words.brief_sets, run.sets, reps=language.amount(run.reps))
    return language.plural(words.brief_reps, run.reps)


def _is_single(dose: Dose, sides: tuple[Side, ...]) -> bool:
    """Whether it is one repetition at a time, of which nobody says how many."""
    return dose.sets == 1 and dose.reps == Amount(1, 1) and len(sides) < 2


def _how_much(dose: Dose, sides: tuple[Side, ...], language: Language) -> str:
    words = language.messages
    if dose.sets > 1:
        much = language.plural(words.sets, dose.sets, reps=language.amount(dose.reps))
    else:
        much = language.plural(words.reps, dose.reps)
    return words.on_each_side.format(what=much) if len(sides) > 1 else much


def _how_often(dose: Dose, language: Language) -> str:
    words = language.messages
    parts = [language.plural(words.a_day, dose.times_per_day)]
    if dose.days != Days():
        parts.append(_on_days(dose.days, language))
    if dose.weeks:
        parts.append(language.plural(words.for_weeks, dose.weeks))
    return ", ".join(parts)


def _on_days(days: Days, language: Language) -> str:
    words = language.messages
    if len(days.named) > days.per_week:
        return language.plural(words.any_days, days.per_week)
    named = [language.short_day(day) for day in language.week if day in days.named]
    return words.named_days.format(days=language.join(named))


def _held(hold: Hold, language: Language) -> str:
    if hold.unit is HoldUnit.BREATHS:
        return language.plural(language.messages.breaths, hold.amount)
    return _time(hold.amount, language)


def _time(seconds: Amount, language: Language) -> str:
    """'5 seconds', '20 to 30 seconds', '2 minutes'."""
    words = language.messages
    if seconds.low % 60 == 0 and seconds.high % 60 == 0:
        return language.plural(words.minutes, Amount(seconds.low // 60, seconds.high // 60))
    return language.plural(words.seconds, seconds)
