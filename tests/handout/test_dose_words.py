"""Doses in words."""

from __future__ import annotations

import pytest
from samples import LANGUAGES

from pdfbuilder.domain.dose import Dose, Run
from pdfbuilder.domain.figures import Amount, Days, Hold, HoldUnit, Weekday
from pdfbuilder.domain.side import Side
from pdfbuilder.handout.dose_words import in_brief, in_sentences
from pdfbuilder.reading.library import Library

LIBRARY = Library()
ENGLISH = LIBRARY.language("en")
AMERICAN = LIBRARY.language("en-US")
SIDES = (Side.LEFT, Side.RIGHT)
MON, TUE, SUN = Weekday.MON, Weekday.TUE, Weekday.SUN


def reps(low: int, high: int | None = None) -> Amount:
    return Amount(low, high or low)


def seconds(low: int, high: int | None = None) -> Hold:
    return Hold(reps(low, high), HoldUnit.SECONDS)


def breaths(low: int, high: int | None = None) -> Hold:
    return Hold(reps(low, high), HoldUnit.BREATHS)


EVERYTHING = (
    "Hold for 5 seconds. Do 3 sets of 8 to 10 on each side, twice a day, on any 5 days of the week, for 2 weeks. "
    "Rest 30 seconds between sets. With: band. Speed: slow. Let it hurt no more than 4 out of 10. "
    "This one is extra: do it only if you feel able."
)
IN_BRIEF = (
    "3 sets of 8 to 10 each side, hold 5 seconds, twice a day, on any 5 days of the week, band, "
    "pain 4 out of 10 at most, if you feel able"
)


@pytest.mark.parametrize(
    ("dose", "sides", "sentences", "brief"),
    [
        (Dose(reps(10)), 1, "Do it 10 times, once a day.", "10 times"),
        (Dose(reps(10)), 0, "Do it 10 times, once a day.", "10 times"),
        (Dose(reps(10)), 2, "Do it 10 times on each side, once a day.", "10 times each side"),
        (Dose(reps(1)), 1, "Do it once a day.", "once"),
        (Dose(reps(1)), 2, "Do it once on each side, once a day.", "once each side"),
        (Dose(reps(1), sets=3), 1, "Do 3 sets of 1, once a day.", "3 sets of 1"),
        (Dose(reps(2)), 1, "Do it 2 times, once a day.", "2 times"),
        (Dose(reps(3, 4)), 1, "Do it 3 or 4 times, once a day.", "3 or 4 times"),
        (Dose(reps(1, 2)), 1, "Do it 1 or 2 times, once a day.", "1 or 2 times"),
        (Dose(reps(8, 10)), 2, "Do it 8 to 10 times on each side, once a day.", "8 to 10 times each side"),
        (Dose(reps(8, 10), sets=3), 1, "Do 3 sets of 8 to 10, once a day.", "3 sets of 8 to 10"),
        (Dose(reps(10), sets=3), 2, "Do 3 sets of 10 on each side, once a day.", "3 sets of 10 each side"),
        (
            Dose(reps(10), sets=3, rest=30), 1,
            "Do 3 sets of 10, once a day. Rest 30 seconds between sets.", "3 sets of 10",
        ),
        (
            Dose(reps(10), sets=2, rest=60), 1,
            "Do 2 sets of 10, once a day. Rest 1 minute between sets.", "2 sets of 10",
        ),
        # of a single set there is nothing to rest from
        (Dose(reps(10), rest=30), 1, "Do it 10 times, once a day.", "10 times"),
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
        (Dose(reps(5), times_per_day=2), 1, "Do it 5 times, twice a day.", "5 times, twice a day"),
        (Dose(reps(5), times_per_day=3), 1, "Do it 5 times, 3 times a day.", "5 times, 3 times a day"),
        (
            Dose(reps(1), hold=seconds(30), times_per_day=2), 1,
            "Hold for 30 seconds. Do it twice a day.", "hold 30 seconds, twice a day",
        ),
        (Dose(reps(1), times_per_day=2), 2, "Do it once on each side, twice a day.", "once each side, twice a day"),
        (Dose(reps(1), times_per_day=2), 1, "Do it twice a day.", "twice a day"),
        (
            Dose(reps(5), days=Days(per_week=5)), 1,
            "Do it 5 times, once a day, on any 5 days of the week.", "5 times, on any 5 days of the week",
        ),
        (
            Dose(reps(5), days=Days(per_week=1)), 1,
            "Do it 5 times, once a day, on any 1 day of the week.", "5 times, on any 1 day of the week",
        ),
        (
            Dose(reps(5), days=Days(frozenset({MON, TUE, SUN}), 3)), 1,
            "Do it 5 times, once a day, on Mon, Tue and Sun.", "5 times, on Mon, Tue and Sun",
        ),
        (Dose(reps(5), days=Days(frozenset({MON}), 1)), 1, "Do it 5 times, once a day, on Mon.", "5 times, on Mon"),
        # every day goes without saying
        (Dose(reps(5), days=Days(per_week=7)), 1, "Do it 5 times, once a day.", "5 times"),
        (Dose(reps(5), weeks=1), 1, "Do it 5 times, once a day, for 1 week.", "5 times"),
        (Dose(reps(5), weeks=6), 1, "Do it 5 times, once a day, for 6 weeks.", "5 times"),
        (
            Dose(reps(10), sets=3, rest=30, other=Run(reps(10), 1)), 2,
            "Do it once a day. Left: 3 sets of 10. Right: 1 set of 10. Rest 30 seconds between sets.",
            "Left: 3 sets of 10, Right: 1 set of 10",
        ),
        (
            Dose(reps(3, 4), other=Run(reps(5), 1), times_per_day=2), 2,
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
            Dose(reps(5), load="yellow band", tempo="slowly up"), 1,
            "Do it 5 times, once a day. With: yellow band. Speed: slowly up.", "5 times, yellow band",
        ),
        (
            Dose(reps(5), optional=True), 1,
            "Do it 5 times, once a day. This one is extra: do it only if you feel able.", "5 times, if you feel able",
        ),
        (
            Dose(reps(8, 10), 3, seconds(5), 30, 2, Days(per_week=5), 2, "band", "slow", 4, True), 2,
            EVERYTHING,
            IN_BRIEF,
        ),
    ],
)  # fmt: skip
def test_a_dose_in_sentences_and_in_brief(dose: Dose, sides: int, sentences: str, brief: str) -> None:
    assert breaking(in_sentences(dose, SIDES[:sides], ENGLISH)) == sentences
    assert breaking(in_brief(dose, SIDES[:sides], ENGLISH)) == brief


def test_days_are_named_in_the_order_of_the_regions_week() -> None:
    dose = Dose(reps(5), days=Days(frozenset({MON, SUN}), 2))
    assert breaking(in_brief(dose, SIDES[:1], ENGLISH)) == "5 times, on Mon and Sun"
    assert breaking(in_brief(dose, SIDES[:1], AMERICAN)) == "5 times, on Sun and Mon"


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("es", "Mantenga 20 a 30 segundos. Hágalo 3 o 4 veces con cada lado, una vez al día."),
        ("de", "20 bis 30 Sekunden halten. 3 oder 4 Mal auf jeder Seite, einmal am Tag."),
    ],
)
def test_another_language_says_it_in_its_own_order(code: str, sentences: str) -> None:
    language = LIBRARY.language(str(LANGUAGES / code / "language.yaml"))
    assert breaking(in_sentences(Dose(reps(3, 4), hold=seconds(20, 30)), SIDES, language)) == sentences


def test_a_number_stays_with_its_noun() -> None:
    dose = Dose(reps(8, 10), sets=2, hold=seconds(20, 30), times_per_day=3, weeks=6)
    assert in_sentences(dose, SIDES, ENGLISH).replace("\u00a0", "~") == (
        "Hold for 20~to~30~seconds. Do 2~sets of 8~to~10 on each side, 3~times a day, for 6~weeks."
    )


def breaking(text: str) -> str:
    return text.replace("\u00a0", " ")
