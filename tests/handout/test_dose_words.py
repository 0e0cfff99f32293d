"""Doses in words."""

from __future__ import annotations

from typing import Any

import pytest
from samples import LANGUAGES, just, lasting, often

from pdfbuilder.domain.dose import Dose, SideRun
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import (
    BLANK,
    MOST,
    Amount,
    Bound,
    Days,
    Distance,
    DistanceUnit,
    Duration,
    Frequency,
    Time,
    TimeUnit,
    Weekday,
)
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import PlanExercise, PlanStep
from pdfbuilder.domain.side import Side, SideRule
from pdfbuilder.domain.wording import Wording
from pdfbuilder.handout.dose_words import at_a_glance, in_sentences, step_in_words
from pdfbuilder.reading.library import Library

LIBRARY = Library()
ENGLISH = LIBRARY.language("en")
AMERICAN = LIBRARY.language("en-US")
SIDES = (Side.LEFT, Side.RIGHT)
MON, TUE, SUN = Weekday.MON, Weekday.TUE, Weekday.SUN


def reps(low: int, high: int | None = None) -> Amount:
    return Amount(low, high or low)


def seconds(low: int, high: int | None = None) -> Time:
    return Time(reps(low, high), TimeUnit.SECONDS)


def breaths(low: int, high: int | None = None) -> Time:
    return Time(reps(low, high), TimeUnit.BREATHS)


EVERYTHING = (
    "Hold for 5 seconds. Do 3 sets of 8 to 10 on each side, twice a day, on any 5 days of the week, for 2 weeks. "
    "Rest 30 seconds between sets. With: band. Speed: slow. Let it hurt no more than 4 out of 10. "
    "This one is extra: do it only if you feel able."
)
IN_BRIEF = (
    "3 sets of 8 to 10 each side, hold 5 seconds, twice a day, 5 days a week, band, "
    "Speed: slow, pain 4 out of 10 at most, if you feel able"
)


def in_brief(exercise: PlanExercise, language: Language) -> str:
    """A glance, in a row."""
    glance = at_a_glance(exercise, language)
    lines = ["".join(text for text, _ in line.full) for line in glance.lines]
    sided = [f"{line.side}: {text}" if line.side else text for line, text in zip(glance.lines, lines, strict=True)]
    return ", ".join(filter(None, (*sided, *glance.words, glance.parts)))


@pytest.mark.parametrize(
    ("dose", "sides", "sentences", "brief"),
    [
        (Dose(reps(10)), 1, "Do it 10 times, once a day.", "10 times"),
        (Dose(reps(10)), 0, "Do it 10 times, once a day.", "10 times"),
        (Dose(reps(10)), 2, "Do it 10 times on each side, once a day.", "10 times each side"),
        (Dose(reps(1)), 1, "Do it once a day.", "once"),
        (Dose(reps(1)), 2, "Do it once on each side, once a day.", "once each side"),
        (Dose(reps(1), sets=just(3)), 1, "Do 3 sets of 1, once a day.", "3 sets of 1"),
        (Dose(reps(2)), 1, "Do it 2 times, once a day.", "2 times"),
        (Dose(reps(3, 4)), 1, "Do it 3 or 4 times, once a day.", "3 or 4 times"),
        (Dose(reps(1, 2)), 1, "Do it 1 or 2 times, once a day.", "1 or 2 times"),
        (Dose(reps(8, 10)), 2, "Do it 8 to 10 times on each side, once a day.", "8 to 10 times each side"),
        (Dose(reps(8, 10), sets=just(3)), 1, "Do 3 sets of 8 to 10, once a day.", "3 sets of 8 to 10"),
        (Dose(reps(10), sets=just(3)), 2, "Do 3 sets of 10 on each side, once a day.", "3 sets of 10 each side"),
        (
            Dose(reps(10), sets=just(3), rest=lasting(30)), 1,
            "Do 3 sets of 10, once a day. Rest 30 seconds between sets.", "3 sets of 10",
        ),
        (
            Dose(reps(10), sets=just(2), rest=lasting(60)), 1,
            "Do 2 sets of 10, once a day. Rest 1 minute between sets.", "2 sets of 10",
        ),
        # of a single set there is nothing to rest from
        (Dose(reps(10), rest=lasting(30)), 1, "Do it 10 times, once a day.", "10 times"),
        (
            Dose(reps(3, 4), hold=seconds(5)), 1,
            "Hold for 5 seconds. Do it 3 or 4 times, once a day.", "3 or 4 times, hold 5 seconds",
        ),
        (
            Dose(reps(3), hold=seconds(20, 30)), 2,
            "Hold for 20 to 30 seconds. Do it 3 times on each side, once a day.",
            "3 times each side, hold 20 to 30 seconds",
        ),
        (Dose(reps(3), hold=seconds(1)), 1, "Hold for 1 second. Do it 3 times, once a day.", "3 times, hold 1 second"),
        (Dose(reps(3), hold=seconds(60)), 1, "Hold for 1 minute. Do it 3 times, once a day.", "3 times, hold 1 minute"),
        (
            Dose(reps(3), hold=seconds(60, 120)), 1,
            "Hold for 1 or 2 minutes. Do it 3 times, once a day.", "3 times, hold 1 or 2 minutes",
        ),
        (
            Dose(reps(3), hold=seconds(90)), 1,
            "Hold for 90 seconds. Do it 3 times, once a day.", "3 times, hold 90 seconds",
        ),
        (
            Dose(reps(3), hold=seconds(30, 60)), 1,
            "Hold for 30 to 60 seconds. Do it 3 times, once a day.", "3 times, hold 30 to 60 seconds",
        ),
        (Dose(reps(3), hold=breaths(1)), 1, "Hold for 1 breath. Do it 3 times, once a day.", "3 times, hold 1 breath"),
        (
            Dose(reps(3), hold=breaths(5, 6)), 1,
            "Hold for 5 or 6 breaths. Do it 3 times, once a day.", "3 times, hold 5 or 6 breaths",
        ),
        (Dose(reps(5), times_per_day=often(2)), 1, "Do it 5 times, twice a day.", "5 times, twice a day"),
        (Dose(reps(5), times_per_day=often(3)), 1, "Do it 5 times, 3 times a day.", "5 times, 3 times a day"),
        (
            Dose(reps(1), hold=seconds(30), times_per_day=often(2)), 1,
            "Hold for 30 seconds. Do it twice a day.", "hold 30 seconds, twice a day",
        ),
        (
            Dose(reps(1), times_per_day=often(2)), 2,
            "Do it once on each side, twice a day.", "once each side, twice a day",
        ),
        (Dose(reps(1), times_per_day=often(2)), 1, "Do it twice a day.", "twice a day"),
        (
            Dose(reps(5), days=Days(per_week=just(5))), 1,
            "Do it 5 times, once a day, on any 5 days of the week.", "5 times, 5 days a week",
        ),
        (
            Dose(reps(5), days=Days(per_week=just(1))), 1,
            "Do it 5 times, once a day, on any 1 day of the week.", "5 times, 1 day a week",
        ),
        (
            Dose(reps(5), days=Days(frozenset({MON, TUE, SUN}), just(3))), 1,
            "Do it 5 times, once a day, on Mon, Tue and Sun.", "5 times, on Mon, Tue and Sun",
        ),
        (
            Dose(reps(5), days=Days(frozenset({MON}), just(1))), 1,
            "Do it 5 times, once a day, on Mon.", "5 times, on Mon",
        ),
        # every day goes without saying
        (Dose(reps(5), days=Days(per_week=just(7))), 1, "Do it 5 times, once a day.", "5 times"),
        (Dose(reps(5), weeks=just(1)), 1, "Do it 5 times, once a day, for 1 week.", "5 times"),
        (Dose(reps(5), weeks=just(6)), 1, "Do it 5 times, once a day, for 6 weeks.", "5 times"),
        (
            Dose(reps(10), sets=just(3), rest=lasting(30), other=SideRun(reps(10), just(1))), 2,
            "Do it once a day. Left: 3 sets of 10. Right: 1 set of 10. Rest 30 seconds between sets.",
            "Left: 3 sets of 10, Right: 1 set of 10",
        ),
        (
            Dose(reps(3, 4), other=SideRun(reps(5), just(1)), times_per_day=often(2)), 2,
            "Do it twice a day. Left: 3 or 4 times. Right: 5 times.", "Left: 3 or 4 times, Right: 5 times, twice a day",
        ),
        (
            Dose(reps(5), pain_limit=0), 1,
            "Do it 5 times, once a day. Stop before it hurts.", "5 times, no pain",
        ),
        (
            Dose(reps(5), pain_limit=3), 1,
            "Do it 5 times, once a day. Let it hurt no more than 3 out of 10.", "5 times, pain 3 out of 10 at most",
        ),
        (
            Dose(reps(5), load=Wording(("yellow band",)), tempo=Wording(("slowly up",))), 1,
            "Do it 5 times, once a day. With: yellow band. Speed: slowly up.", "5 times, yellow band, Speed: slowly up",
        ),
        (
            Dose(reps(5), optional=True), 1,
            "Do it 5 times, once a day. This one is extra: do it only if you feel able.", "5 times, if you feel able",
        ),
        (
            Dose(
                reps(8, 10), just(3), seconds(5), rest=lasting(30), times_per_day=often(2), days=Days(per_week=just(5)),
                weeks=just(2), load=Wording(("band",)), tempo=Wording(("slow",)), pain_limit=4, optional=True,
            ), 2,
            EVERYTHING,
            IN_BRIEF,
        ),
    ],
)  # fmt: skip
def test_a_dose_in_sentences_and_in_brief(dose: Dose, sides: int, sentences: str, brief: str) -> None:
    assert breaking(in_sentences(done(dose, sides), ENGLISH)) == sentences
    assert breaking(in_brief(done(dose, sides), ENGLISH)) == brief


def minutes(low: int, high: int | None = None) -> Time:
    return Time(reps(low, high), TimeUnit.MINUTES)


@pytest.mark.parametrize(
    ("dose", "sides", "sentences", "brief"),
    [
        # amounts
        (Dose(Amount(1, 10, Bound.UP_TO)), 1, "Do it up to 10 times, once a day.", "up to 10 times"),
        (Dose(Amount(5, 5, Bound.AT_LEAST)), 1, "Do it at least 5 times, once a day.", "at least 5 times"),
        (Dose(BLANK), 1, "Do it ____ times, once a day.", "____ times"),
        (Dose(MOST), 1, "Do it as many times as you can, once a day.", "as many as you can"),
        (
            Dose(MOST, sets=just(3)), 2,
            "Do 3 sets, each of as many as you can on each side, once a day.",
            "3 sets of as many as you can each side",
        ),
        (Dose(reps(10), sets=reps(2, 3)), 1, "Do 2 or 3 sets of 10, once a day.", "2 or 3 sets of 10"),
        (Dose(reps(5), hold=Time(MOST, TimeUnit.SECONDS)), 1,
         "Hold for as long as you can. Do it 5 times, once a day.", "5 times, hold as long as you can"),
        # how long, and how far
        (Dose(duration=Duration(minutes(10, 15))), 0, "Do it for 10 to 15 minutes, once a day.", "10 to 15 minutes"),
        (Dose(duration=Duration(Time(reps(1), TimeUnit.HOURS))), 0, "Do it for 1 hour, once a day.", "1 hour"),
        (Dose(duration=Duration(Time(BLANK, TimeUnit.MINUTES))), 0, "Do it for ____ minutes, once a day.",
         "____ minutes"),
        (Dose(reps(3), duration=Duration(seconds(20))), 1,
         "Do it 3 times, for 20 seconds each, once a day.", "3 times, 20 seconds each"),
        (Dose(reps(3), duration=Duration(seconds(20))), 2,
         "Do it 3 times on each side, for 20 seconds each, once a day.", "3 times each side, 20 seconds each"),
        (Dose(duration=Duration(minutes(30), in_all=True)), 0, "Do it for 30 minutes a day in all.",
         "30 minutes a day in all"),
        (Dose(distance=Distance(reps(20), DistanceUnit.STEPS), times_per_day=often(3)), 0,
         "Do it for 20 steps, 3 times a day.", "20 steps, 3 times a day"),
        # how often
        (Dose(reps(10), times_per_day=Frequency(just(7), every=120)), 1,
         "Do it 10 times, every 2 hours while you are up.", "10 times, every 2 hours"),
        (Dose(reps(10), times_per_day=Frequency(just(14), every=60)), 1,
         "Do it 10 times, every hour while you are up.", "10 times, every hour"),
        (Dose(reps(10), times_per_day=Frequency(just(9), every=90)), 1,
         "Do it 10 times, every 90 minutes while you are up.", "10 times, every 90 minutes"),
        (Dose(reps(10), times_per_day=Frequency(often=True)), 1,
         "Do it 10 times, often through the day.", "10 times, often through the day"),
        (Dose(reps(10), times_per_day=Frequency(just(2), occasions=("morning", "before you lift"))), 1,
         "Do it 10 times, in the morning and before you lift.", "10 times, in the morning and before you lift"),
        (Dose(reps(10), times_per_day=Frequency(reps(2, 3))), 1,
         "Do it 10 times, 2 or 3 times a day.", "10 times, 2 or 3 times a day"),
        (Dose(reps(10), days=Days(per_week=just(3), apart=True)), 1,
         "Do it 10 times, once a day, on any 3 days of the week, not two in a row.",
         "10 times, 3 days a week, not two in a row"),
        (Dose(reps(10), days=Days(per_week=reps(3, 4), every_other=True)), 1,
         "Do it 10 times, every other day.", "10 times, every other day"),
        (Dose(reps(10), weeks=Amount(6, 6, Bound.AT_LEAST)), 1,
         "Do it 10 times, once a day, for at least 6 weeks.", "10 times"),
        # the rest
        (Dose(reps(10), parts=("forward", "back", "sideways")), 1,
         "Do it 10 times, once a day. The same for each: forward, back and sideways.",
         "10 times, forward, back and sideways"),
        (Dose(reps(10), relax=lasting(5)), 1, "Do it 10 times, once a day. Relax for 5 seconds in between.",
         "10 times"),
        # an inherited pause between repetitions of which there is one is not printed
        (
            Dose(relax=lasting(5), hold=seconds(30)), 1,
            "Hold for 30 seconds. Do it once a day.", "hold 30 seconds",
        ),
        (Dose(tick=Tick.NONE), 1, "", ""),
    ],
)  # fmt: skip
def test_what_therapists_write(dose: Dose, sides: int, sentences: str, brief: str) -> None:
    assert breaking(in_sentences(done(dose, sides), ENGLISH)) == sentences
    assert breaking(in_brief(done(dose, sides), ENGLISH)) == brief


BEFORE = Dose(reps(5), sets=just(2), hold=seconds(10), days=Days(per_week=reps(3, 4), every_other=True))


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ({"reps": reps(8)}, "2 sets of 8"),
        ({"rest": lasting(60)}, "rest 1 minute between sets"),
        ({"reps": reps(8), "rest": lasting(60)}, "2 sets of 8, rest 1 minute between sets"),
        ({"relax": lasting(5)}, "relax for 5 seconds in between"),
        ({"hold": Time(MOST, TimeUnit.SECONDS)}, "hold as long as you can"),
        ({"hold": None, "duration": Duration(minutes(1))}, "2 sets of 5, 1 minute each"),
        ({"times_per_day": often(2)}, "twice a day"),
        ({"days": Days()}, "once a day"),
        ({"days": Days(), "times_per_day": often(2)}, "twice a day"),
        ({"days": Days(per_week=just(3))}, "3 days a week"),
        ({"parts": ("forward", "back")}, "forward and back"),
        ({"pain_limit": 2}, "pain 2 out of 10 at most"),
    ],
)
def test_a_step_of_progress_says_whatever_it_changes(figures: dict[str, Any], what: str) -> None:
    step = PlanStep((), 3, (), BEFORE.changed(figures), frozenset(figures), (), ())
    assert breaking(step_in_words(step, SIDES[:1], ENGLISH)[1]) == what


def test_days_are_named_in_the_order_of_the_regions_week() -> None:
    dose = Dose(reps(5), days=Days(frozenset({MON, SUN}), just(2)))
    assert breaking(in_brief(done(dose, 1), ENGLISH)) == "5 times, on Mon and Sun"
    assert breaking(in_brief(done(dose, 1), AMERICAN)) == "5 times, on Sun and Mon"


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("es", "Mantenga 20 a 30 segundos. Hágalo 3 o 4 veces con cada lado, una vez al día."),
        ("de", "20 bis 30 Sekunden halten. 3 oder 4 Mal auf jeder Seite, einmal am Tag."),
    ],
)
def test_another_language_says_it_in_its_own_order(code: str, sentences: str) -> None:
    language = LIBRARY.language(str(LANGUAGES / code / "language.yaml"))
    assert breaking(in_sentences(done(Dose(reps(3, 4), hold=seconds(20, 30)), 2), language)) == sentences


def test_a_number_stays_with_its_noun() -> None:
    dose = Dose(reps(8, 10), sets=just(2), hold=seconds(20, 30), times_per_day=often(3), weeks=just(6))
    assert in_sentences(done(dose, 2), ENGLISH).replace("\u00a0", "~") == (
        "Hold for 20~to~30~seconds. Do 2~sets of 8~to~10 on each side, 3~times~a~day, for~6~weeks."
    )


def done(dose: Dose, sides: int) -> PlanExercise:
    """An exercise with a dose, on so many sides."""
    load, tempo = (text.unsided if text else () for text in (dose.load, dose.tempo))
    rule = SideRule.EACH if sides > 1 else SideRule.AFFECTED
    return PlanExercise(1, "", rule, SIDES[:sides], dose, (), (), load=load, tempo=tempo)


def breaking(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("dose", "sides", "full", "short"),
    [
        (Dose(reps(10)), 1, "[10] times", "[10]"),
        (Dose(reps(4, 5)), 1, "[4 or 5] times", "[4 or 5]"),
        (Dose(reps(10), sets=just(3)), 1, "[3] sets of [10]", "[3 × 10]"),
        (Dose(reps(3), sets=just(3)), 2, "[3] sets of [3] each side", "[3 × 3] each side"),
        (Dose(reps(8, 10), sets=just(3)), 1, "[3] sets of [8 to 10]", "[3 × 8 to 10]"),
        # what has no figure is read from as far
        (Dose(reps(1)), 1, "[once]", "[once]"),
        (Dose(Amount(1, 10, Bound.UP_TO)), 1, "up to [10] times", "up to [10]"),
        (Dose(BLANK), 1, "[____] times", "[____]"),
        (Dose(MOST), 1, "as many as you can", "as many as you can"),
        (Dose(duration=Duration(minutes(10, 15))), 0, "[10 to 15] minutes", "[10 to 15] minutes"),
        (Dose(distance=Distance(reps(20), DistanceUnit.STEPS)), 0, "[20] steps", "[20] steps"),
        (Dose(reps(1), times_per_day=often(2)), 1, "[twice a day]", "[twice a day]"),
        (Dose(reps(1), hold=seconds(30)), 1, "hold [30] seconds", "hold [30] seconds"),
        (Dose(reps(1), hold=seconds(60, 120)), 1, "hold [1 or 2] minutes", "hold [1 or 2] minutes"),
    ],
)
def test_the_numerals_of_a_glance_stand_apart(dose: Dose, sides: int, full: str, short: str) -> None:
    (line,) = at_a_glance(done(dose, sides), ENGLISH).lines
    for runs, expected in ((line.full, full), (line.short, short)):
        assert breaking("".join(f"[{text}]" if large else text for text, large in runs)) == expected
