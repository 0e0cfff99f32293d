"""What ships: all of it, in plain language, and nothing typed that is computed."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from picture_samples import corners, saved
from samples import EXERCISES, ROOT, ROUTINES, write

from pdfbuilder.dose import Amount, Hold, HoldUnit
from pdfbuilder.reading.library import Library
from pdfbuilder.routine import Exercise, Routine
from pdfbuilder.side import Side
from pdfbuilder.wording import Wording

LIBRARY = Library()


def seconds(low: int, high: int | None = None) -> Hold:
    return Hold(Amount(low, high or low), HoldUnit.SECONDS)


def exercise(name: str) -> Exercise:
    return LIBRARY.exercise(name).value


def written(text: Wording) -> str:
    """A text with each placeholder as two words: the side and the noun."""
    return "".join(part if isinstance(part, str) else f"left {part.noun}" for part in text.parts)


def spoken(found: Exercise) -> list[Wording]:
    """What the sheet says to the person."""
    return [*found.steps, *(text for text in (found.cue, found.feel, found.stop_when) if text)]


#: The table of the design: side rule, dose, and whether the sources give the dose whole. The routines below list the
#: first twelve in this order; an exercise that comes later is added at the end.
FACTS = {
    "seated-piriformis-pull": ("affected", Amount(3, 4), seconds(5), "source"),
    "lying-piriformis-pull": ("affected", Amount(3, 3), seconds(30), "source"),
    "lying-knee-press": ("affected", Amount(5, 5), seconds(5), "source"),
    "long-sitting-ankle-pull": ("affected", Amount(3, 3), seconds(5), "chosen"),
    "long-sitting-reach": ("bilateral", Amount(5, 5), seconds(10), "source"),
    "straight-leg-raise": ("affected", Amount(5, 5), None, "source"),
    "single-leg-reach": ("affected", Amount(3, 3), seconds(10), "chosen"),
    "crossed-standing-bend": ("each", Amount(3, 3), seconds(5), "chosen"),
    "pelvic-tilt": ("bilateral", Amount(10, 10), None, "source"),
    "knee-to-chest": ("each", Amount(3, 3), seconds(20, 30), "chosen"),
    "lower-trunk-rotation": ("each", Amount(3, 3), seconds(20, 30), "chosen"),
    "bird-dog": ("alternate", Amount(5, 5), seconds(3, 5), "chosen"),
}


def test_the_exercises_of_the_design_ship() -> None:
    assert sorted(FACTS) == sorted(EXERCISES)
    assert sorted(path.stem for path in (ROOT / "content" / "exercises").iterdir()) == sorted(FACTS)


@pytest.mark.parametrize(("name", "facts"), FACTS.items())
def test_side_and_dose_are_those_of_the_design(name: str, facts: tuple[str, Amount, Hold | None, str]) -> None:
    found = exercise(name)
    source = re.search(r"^dose_source: (\w+)$", (ROOT / f"content/exercises/{name}.yaml").read_text(), re.MULTILINE)
    assert source
    assert (found.rule.value, found.dose.reps, found.dose.hold, source.group(1)) == facts
    assert found.dose.sets == found.dose.times_per_day == 1


@pytest.mark.parametrize(
    ("name", "exercises"),
    [
        ("piriformis-stretches", list(FACTS)[:4]),
        ("hamstring-stretches", list(FACTS)[4:8]),
        ("back-mobility", list(FACTS)[8:12]),
        ("sciatica-complete", list(FACTS)[:12]),
        (
            "sciatica-starter",
            ["seated-piriformis-pull", "straight-leg-raise", "knee-to-chest", "pelvic-tilt", "bird-dog"],
        ),
    ],
)
def test_the_five_routines_list_what_the_design_says(name: str, exercises: list[str]) -> None:
    assert [entry.exercise.id for entry in LIBRARY.routine(name).value.entries] == exercises


def test_there_are_no_other_routines() -> None:
    assert sorted(path.stem for path in (ROOT / "content" / "routines").iterdir()) == sorted(ROUTINES)


def test_the_starter_has_exercises_of_all_three_groups() -> None:
    groups = {entry.exercise.group for entry in LIBRARY.routine("sciatica-starter").value.entries}
    assert groups == {"piriformis", "hamstring", "back"}


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_all_its_parts(name: str) -> None:
    found = exercise(name)
    assert 3 <= len(found.steps) <= 6
    assert found.cue
    assert found.feel
    assert found.stop_when
    assert found.group
    assert found.sources
    assert all(source.title and source.note for source in found.sources)
    assert found.review is None
    assert "reviewed: null" in (ROOT / f"content/exercises/{name}.yaml").read_text()


@pytest.mark.parametrize("name", EXERCISES)
def test_sentences_are_short(name: str) -> None:
    for text in spoken(exercise(name)):
        for sentence in re.split(r"[.!?:]\s*", written(text)):
            assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("name", EXERCISES)
def test_a_cue_fits_a_line_of_the_fridge_sheet(name: str) -> None:
    cue = exercise(name).cue
    assert cue
    assert len(written(cue)) <= 80


NUMBERS = r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|twice|thirty|second|seconds|minutes?|times|reps|sets)\b"


@pytest.mark.parametrize("name", EXERCISES)
def test_no_figure_of_the_dose_is_typed_into_a_text(name: str) -> None:
    for text in spoken(exercise(name)):
        assert not re.search(NUMBERS, written(text), re.IGNORECASE), written(text)


#: Words that a reader of ten years does not have.
DIFFICULT = (
    "abduct", "adduct", "anterior", "bilateral", "contract", "extension", "flexion", "gluteal", "lateral", "lumbar",
    "medial", "neutral", "posterior", "prone", "repetition", "supine", "thoracic", "unilateral",
)  # fmt: skip


@pytest.mark.parametrize("name", EXERCISES)
def test_steps_use_plain_words_and_speak_to_the_person(name: str) -> None:
    for step in exercise(name).steps:
        text = written(step)
        assert not [word for word in DIFFICULT if word in text.casefold()]
        assert text[0].isupper()
        assert text.endswith(".")
        # Nobody shouts, and nothing is written twice.
        assert "!" not in text
        assert not re.search(r"\b(\w+) \1\b", text)


def test_the_safety_block_is_dated_sourced_and_not_signed() -> None:
    safety = LIBRARY.routine("sciatica-starter").value.safety
    assert safety.dated.year >= 2026
    assert all(source.url and source.read for source in safety.sources)
    assert safety.review is None


@pytest.mark.parametrize(
    "sign",
    ["both legs", "weakness or numbness in both legs", "genitals", "cannot pee", "cannot hold it", "poo"],
)
def test_every_emergency_sign_is_there(sign: str) -> None:
    assert sign in " ".join(LIBRARY.routine("sciatica-starter").value.safety.emergency)


@pytest.mark.parametrize("sign", ["foot drops", "fever", "cancer", "lose weight", "accident", "few weeks"])
def test_every_sign_for_a_doctor_is_there(sign: str) -> None:
    assert sign in " ".join(LIBRARY.routine("sciatica-starter").value.safety.soon)


@pytest.mark.parametrize("name", ROUTINES)
def test_every_routine_has_the_safety_block_and_the_background(name: str) -> None:
    routine = LIBRARY.routine(name).value
    assert routine.safety.id == "sciatica"
    assert routine.about
    assert routine.side is None
    assert routine.review is None


def test_both_legs_lead_to_help_today() -> None:
    assert "today" in LIBRARY.routine("sciatica-starter").value.safety.both_sides


def test_the_starter_file_is_a_routine_without_warnings() -> None:
    found = LIBRARY.check(str(ROOT / "content" / "starter.yaml"))
    assert found.warnings == ()


def test_what_the_starter_file_only_hints_at_is_right_too(tmp_path: Path) -> None:
    text = (ROOT / "content" / "starter.yaml").read_text(encoding="utf-8")
    keys = "side|side_of|progress_when|picture| +file| +shows| +alt"
    told, count = re.subn(rf"^( *)# ((?:{keys}):.*)$", r"\1\2", text, flags=re.MULTILINE)
    assert count == 7
    (tmp_path / "heel-slide.png").write_bytes(saved(corners(), "PNG"))
    write(tmp_path, told)
    found = LIBRARY.check(str(tmp_path / "routine.yaml"))
    assert found.warnings == ()
    assert isinstance(found.value, Routine)
    assert found.value.entries[-1].side_of is Side.RIGHT


def test_every_file_of_the_content_is_utf_8_with_lines_of_120_at_most() -> None:
    for path in chain((ROOT / "content").rglob("*.yaml"), (ROOT / "templates").iterdir()):
        assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 120, path
