"""Who can read what ships: the reading age of its English, by the formula of Flesch and Kincaid."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
import syllapy
from samples import EXERCISES, ROUTINES

from pdfbuilder.domain.side import Side
from pdfbuilder.domain.wording import Wording, plain
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library

LIBRARY = Library()
ENGLISH = LIBRARY.language("en")
#: In years.
OLDEST = 11


def reading_age(texts: Iterable[str]) -> float:
    """The age in years at which most people can read some texts: the school year of J. P. Kincaid (1975), and 5."""
    sentences = [
        words for text in texts for each in re.split(r"[.!?:]", text) if (words := re.findall(r"[\w’']+", each))
    ]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(max(1, int(syllapy.count(word))) for word in words)
    return 5 + 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def resolved(*texts: Wording | None) -> list[str]:
    return [plain(text.resolve(Side.RIGHT, ENGLISH)) for text in texts if text]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        # 6 words of 6 syllables: 5 + 0.39 × 6 + 11.8 × 1 - 15.59
        ("The cat sat on the mat.", 3.55),
        # 4 words of 12 syllables: 5 + 0.39 × 4 + 11.8 × 3 - 15.59
        ("Everybody understands simple instructions.", 26.37),
    ],
)
def test_long_words_take_years(text: str, age: float) -> None:
    assert reading_age([text]) == pytest.approx(age, abs=0.01)


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_can_be_read_at_eleven(name: str) -> None:
    found = LIBRARY.exercise(name).value
    steps = [*found.steps, *(found.steps_for_both or ()), found.then]
    notes = [*found.avoid_if, found.cue, found.feel, found.ease_when, found.stop_when, *found.dose.texts]
    assert reading_age(resolved(*steps)) <= OLDEST
    assert reading_age(resolved(*notes)) <= OLDEST


@pytest.mark.parametrize("name", ROUTINES)
def test_what_a_routine_says_can_be_read_at_eleven(name: str) -> None:
    found = LIBRARY.routine(name).value
    phases = [text for phase in found.phases for text in phase.texts]
    lines = resolved(*found.restrictions, *found.advice, *phases)
    assert not lines or reading_age(lines) <= OLDEST


@pytest.mark.parametrize("name", LIBRARY.ids(Kind.SAFETY))
def test_warning_signs_can_be_read_at_eleven(name: str) -> None:
    block = LIBRARY.safety((name,))
    assert block
    signs = [sign.text for sign in (*block.emergency, *block.today, *block.soon)]
    assert reading_age([*signs, block.advice]) <= OLDEST
