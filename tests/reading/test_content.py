"""What ships: all of it, in plain language, and nothing typed that is computed."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
import yaml
from picture_samples import corners, saved
from samples import EXERCISES, ROOT, ROUTINES, write

from pdfbuilder.domain.figures import Amount, Hold, HoldUnit
from pdfbuilder.domain.routine import Exercise, Region, Routine, Safety
from pdfbuilder.domain.side import Side
from pdfbuilder.domain.wording import Wording, plain
from pdfbuilder.reading.library import Kind, Library

LIBRARY = Library()
ENGLISH = LIBRARY.language("en")


def seconds(low: int, high: int | None = None) -> Hold:
    return Hold(Amount(low, high or low), HoldUnit.SECONDS)


def exercise(name: str) -> Exercise:
    return LIBRARY.exercise(name).value


def written(text: Wording) -> str:
    """A text with each placeholder as two words: the side and the noun."""
    return plain(text.resolve(Side.LEFT, ENGLISH))


def spoken(found: Exercise) -> list[Wording]:
    """What the sheet says to the person."""
    return [*found.steps, *(text for text in (found.cue, found.feel, found.stop_when) if text)]


#: Side rule, dose, and which of its figures the sources give. An exercise that comes later is added at the end.
FACTS = {
    "seated-piriformis-pull": ("affected", Amount(3, 4), seconds(5), "reps, hold"),
    "lying-piriformis-pull": ("affected", Amount(3, 3), seconds(30), "reps, hold"),
    "lying-knee-press": ("affected", Amount(5, 5), seconds(5), "reps, hold"),
    "long-sitting-ankle-pull": ("affected", Amount(3, 3), seconds(5), ""),
    "long-sitting-reach": ("bilateral", Amount(5, 5), seconds(10), "reps, hold"),
    "straight-leg-raise": ("affected", Amount(5, 5), None, "reps"),
    "single-leg-reach": ("affected", Amount(3, 3), seconds(10), "hold"),
    "crossed-standing-bend": ("each", Amount(3, 3), seconds(5), ""),
    "pelvic-tilt": ("bilateral", Amount(10, 10), None, "reps"),
    "knee-to-chest": ("alternate", Amount(3, 3), seconds(20, 30), "hold"),
    "lower-trunk-rotation": ("alternate", Amount(3, 3), seconds(20, 30), "hold"),
    "bird-dog": ("alternate", Amount(5, 5), seconds(3, 5), ""),
}


def test_the_exercises_of_the_design_ship() -> None:
    assert sorted(FACTS) == sorted(EXERCISES)
    assert sorted(path.stem for path in (ROOT / "content" / "en" / "exercises").iterdir()) == sorted(FACTS)


@pytest.mark.parametrize(("name", "facts"), FACTS.items())
def test_side_and_dose_are_those_of_the_design(name: str, facts: tuple[str, Amount, Hold | None, str]) -> None:
    found = exercise(name)
    written_down = yaml.safe_load((ROOT / f"content/en/exercises/{name}.yaml").read_text())
    where_from = written_down["dose_source"]
    if isinstance(where_from, str):
        where_from = {where_from: ["reps", *(["hold"] if found.dose.hold else [])]}
    assert (found.rule.value, found.dose.reps, found.dose.hold, ", ".join(where_from.get("source", []))) == facts
    assert found.dose.sets == found.dose.times_per_day == 1
    # Each figure that is printed came from somewhere.
    figures = {"reps", *(["hold"] if found.dose.hold else [])}
    assert figures <= {*where_from.get("source", []), *where_from.get("chosen", [])}


@pytest.mark.parametrize(
    ("name", "exercises"),
    [
        ("piriformis-stretches", ["lying-piriformis-pull", "lying-knee-press", "seated-piriformis-pull"]),
        ("hamstring-stretches", ["straight-leg-raise", "single-leg-reach", "long-sitting-reach"]),
        ("back-mobility", ["pelvic-tilt", "knee-to-chest", "lower-trunk-rotation", "bird-dog"]),
        ("sciatica-starter", ["pelvic-tilt", "knee-to-chest", "lower-trunk-rotation", "lying-knee-press"]),
    ],
)
def test_the_five_routines_list_what_the_design_says(name: str, exercises: list[str]) -> None:
    assert [entry.exercise.id for entry in LIBRARY.routine(name).value.entries] == exercises


def test_there_are_no_other_routines() -> None:
    assert sorted(path.stem for path in (ROOT / "content" / "en" / "routines").iterdir()) == sorted(ROUTINES)


def test_the_complete_routine_has_all_twelve_and_says_how_many_to_do() -> None:
    routine = LIBRARY.routine("sciatica-complete").value
    assert sorted(entry.exercise.id for entry in routine.entries) == sorted(list(FACTS)[:12])
    assert plain(routine.title.unsided) == "Pick 3 to 5 exercises"


def test_what_could_end_in_a_fall_is_in_no_other_routine() -> None:
    for name in ROUTINES:
        ids = [entry.exercise.id for entry in LIBRARY.routine(name).value.entries]
        assert name == "sciatica-complete" or "crossed-standing-bend" not in ids


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_all_its_parts(name: str) -> None:
    found = exercise(name)
    assert 3 <= len(found.steps) <= 6
    assert found.cue
    assert found.feel
    assert found.stop_when
    assert found.group
    assert found.region
    assert found.sources
    assert all(source.title and source.note for source in found.sources)
    assert found.review is None
    assert "reviewed: null" in (ROOT / f"content/en/exercises/{name}.yaml").read_text()


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


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_says_when_to_stop_and_what_to_do_then(name: str) -> None:
    stop = exercise(name).stop_when
    assert stop
    assert re.search(r"tingl|numb", written(stop))
    assert re.search(r"\brest\b.*\bask\b", written(stop), re.IGNORECASE)


@pytest.mark.parametrize("name", EXERCISES)
def test_no_step_says_to_keep_what_a_later_one_moves(name: str) -> None:
    assert not re.search(
        r"keep your feet flat|keep both legs straight", " ".join(map(written, exercise(name).steps)), re.IGNORECASE
    )


def block(name: str) -> Safety:
    found = LIBRARY.safety((name,))
    assert found
    return found


SAFETY = ("ankle", "general", "knee", "sciatica", "shoulder")


def test_these_safety_blocks_ship() -> None:
    assert LIBRARY.ids(Kind.SAFETY) == sorted(SAFETY)


@pytest.mark.parametrize("name", SAFETY)
def test_a_safety_block_is_dated_sourced_brief_and_not_signed(name: str) -> None:
    safety = block(name)
    assert len(safety.sources) >= 2
    assert all(source.url and source.read and source.note for source in safety.sources)
    assert safety.review is None
    for tier in (safety.emergency, safety.today, safety.soon):
        assert 3 <= len(tier) <= 5
        assert all(len(sign.text) <= 54 for sign in tier)
        # the strip of a sheet without room has a line or two for them
        assert sum(len(sign.brief) + 2 for sign in tier) <= 125


@pytest.mark.parametrize(("name", "regions"), [("general", set()), ("sciatica", set()), ("knee", {Region.KNEE}),
                                               ("shoulder", {Region.SHOULDER}), ("ankle", {Region.ANKLE})])  # fmt: skip
def test_a_safety_block_says_whose_exercises_call_for_it(name: str, regions: set[Region]) -> None:
    assert set(block(name).regions) == regions


SCIATICA = {
    "emergency": ["both legs, new or worse", "both legs weak or numb", "walking", "genitals", "sex", "pee or poo",
                  "bad fall or crash", "chest"],
    "today": ["foot drops", "feverish", "immunity", "nights", "changes shape", "steroids", "thin bones", "calf"],
    "soon": ["cancer", "lose weight", "under 20 or over 50", "few weeks", "daily life"],
}  # fmt: skip
GENERAL = {
    "emergency": ["chest pain", "trouble breathing", "faint", "face", "arm weakness", "speech"],
    "today": ["fever", "hot, swollen", "calf", "weaker or more numb"],
    "soon": ["few weeks", "night", "lose weight"],
}
OTHERS = {
    "knee": {"emergency": ["chest pain", "fever", "operation"], "today": ["calf", "wound", "hot"]},
    "shoulder": {"emergency": ["arm or jaw pain", "fall"], "today": ["hot, red"]},
    "ankle": {"emergency": ["four steps", "out of shape"], "today": ["calf"]},
}


@pytest.mark.parametrize(("name", "tiers"), [("sciatica", SCIATICA), ("general", GENERAL), *OTHERS.items()])
def test_every_warning_sign_of_the_design_stands_in_its_tier(name: str, tiers: dict[str, list[str]]) -> None:
    for tier, signs in tiers.items():
        said = " · ".join(sign.text for sign in getattr(block(name), tier))
        assert [sign for sign in signs if sign not in said] == []


def test_what_is_true_of_sciatica_alone_stands_in_no_other_block() -> None:
    for name in set(SAFETY) - {"sciatica"}:
        safety = block(name)
        said = " ".join(sign.text for sign in (*safety.emergency, *safety.today, *safety.soon))
        assert not re.search(r"both legs|genitals|poo\b|pee\b|sciatica", said)
        assert safety.both_sides == ""


def test_sign_and_brief_and_banner_say_one_and_the_same_of_both_legs() -> None:
    safety = block("sciatica")
    (sign,) = (each for each in safety.emergency if "down both legs" in each.text)
    for said in (sign.text, sign.brief, safety.both_sides):
        assert "both legs" in said
        assert "new or worse" in said
    assert "emergency help now" in safety.both_sides
    assert "today" not in safety.both_sides


@pytest.mark.parametrize("name", ROUTINES)
def test_every_routine_for_sciatica_has_its_warning_signs_and_the_background(name: str) -> None:
    routine = LIBRARY.routine(name).value
    assert routine.safety
    assert routine.safety.id == "sciatica"
    assert routine.about
    assert routine.side is None
    assert routine.review is None


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
        lines = path.read_text(encoding="utf-8").splitlines()
        assert max(len(line) for line in lines if "url:" not in line) <= 120, path
