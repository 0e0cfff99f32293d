"""What ships: all of it, in plain language, and nothing typed that is computed."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
import yaml
from picture_samples import corners, saved
from samples import EXERCISES, ROOT, ROUTINES, SCIATICA, write

from pdfbuilder.domain.beside import Safety
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.exercise import Exercise, Region
from pdfbuilder.domain.figures import ONE, Amount, Time, TimeUnit
from pdfbuilder.domain.routine import Routine
from pdfbuilder.domain.side import Side
from pdfbuilder.domain.wording import Wording, plain
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library

LIBRARY = Library()
ENGLISH = LIBRARY.language("en")


def seconds(low: int, high: int | None = None) -> Time:
    return Time(Amount(low, high or low), TimeUnit.SECONDS)


def exercise(name: str) -> Exercise:
    return LIBRARY.exercise(name).value


def written(text: Wording) -> str:
    """A text with each placeholder as two words: the side and the noun."""
    return plain(text.resolve(Side.LEFT, ENGLISH))


def spoken(found: Exercise) -> list[Wording]:
    """What the sheet says to the person."""
    return [*found.steps, *(text for text in (found.cue, found.feel, found.stop_when) if text)]


#: Regions, side rule and dose of the library's other exercises, as planned, and which figures their sources give.
LIBRARY_FACTS = {
    "walk": ("back balance", "bilateral", "duration: 5-10 min", ""),
    "lying-nerve-slider": ("back", "affected", "reps: 10", "reps"),
    "bridge": ("back hip", "bilateral", "reps: 10, hold: 5 s", "reps, hold"),
    "cat-camel": ("back", "bilateral", "reps: 8-12", "reps"),
    "prone-press-up": ("back", "bilateral", "reps: up to 10, times_per_day: every 2 hours", ""),
    "childs-pose": ("back", "bilateral", "reps: 3, hold: 30 s", "hold"),
    "clam": ("hip", "each", "reps: 10", "reps"),
    "side-leg-lift": ("hip", "each", "reps: 10, hold: 3 s", "hold"),
    "hip-flexor-stretch": ("hip", "each", "reps: 3, hold: 5 breaths", "hold"),
    "standing-hip-extension": ("hip", "each", "reps: 10, hold: 3-5 s", "reps, hold"),
    "standing-hip-abduction": ("hip", "each", "reps: 10, hold: 3 s", "reps, hold"),
    "static-quads": ("knee", "affected", "reps: 10, hold: 5 s, times_per_day: every 2 hours", "reps, hold"),
    "heel-slide": ("knee", "affected", "reps: 10", "reps"),
    "towel-knee-straighten": ("knee", "affected", "reps: 10, hold: 5 s, relax: up to 10 s", "hold, relax"),
    "straight-leg-lift": ("knee", "affected", "reps: 10, hold: 5 s", "reps, hold"),
    "seated-knee-straighten": ("knee", "affected", "reps: 10, hold: 5-10 s", "reps, hold"),
    "sit-to-stand": ("knee hip balance", "bilateral", "reps: 5", "reps"),
    "step-up": ("knee", "affected", "reps: 10", "reps"),
    "mini-squat": ("knee hip", "bilateral", "reps: 10", "reps"),
    "standing-knee-bend": ("knee", "affected", "reps: 10", ""),
    "stairs": ("knee", "asymmetric", "tick: none", ""),
    "ankle-pump": ("ankle knee", "affected", "reps: 10, times_per_day: every hour", "reps, times_per_day"),
    "ankle-circles": ("ankle", "affected", "reps: 10, parts: [one way, the other way]", "reps"),
    "calf-stretch": ("ankle", "each", "reps: 3, hold: 30 s", "reps, hold"),
    "heel-raise": ("ankle knee balance", "bilateral", "reps: 10", "reps"),
    "band-turn-out": ("ankle", "affected", "reps: 10, sets: 2, rest: 30 s", "sets"),
    "single-leg-stand": ("ankle knee hip balance", "each", "reps: 3, duration: 5-10 s", "reps, duration"),
    "towel-scrunch": ("ankle", "affected", "reps: 8-10", "reps"),
    "pendulum": ("shoulder", "affected", "duration: 1 min, parts: [forwards, sideways]", ""),
    "stick-turn-out": ("shoulder", "affected", "reps: 5-10", "reps"),
    "stick-lift": ("shoulder", "affected", "reps: 5-10", "reps"),
    "table-slide": ("shoulder", "affected", "reps: 5, hold: 5 s", ""),
    "wall-crawl": ("shoulder", "affected", "reps: 3, hold: 10 s", "reps, hold"),
    "shoulder-blade-squeeze": ("shoulder neck", "bilateral", "reps: 10, hold: 5 s", "reps"),
    "band-row": ("shoulder", "bilateral", "reps: 8-12", "reps"),
    "across-body-stretch": ("shoulder", "affected", "reps: 3, hold: 15-30 s", "hold"),
    "neck-turn": ("neck", "alternate", "reps: 5, hold: 5 s", "reps, hold"),
    "neck-side-bend": ("neck", "alternate", "reps: 5, hold: 5 s", "reps, hold"),
    "chin-tuck": ("neck", "bilateral", "reps: 5, hold: 5 s", "reps, hold"),
    "shoulder-roll": ("neck shoulder", "bilateral", "reps: 10", "reps"),
    "heel-to-toe-stand": ("balance", "each", "reps: 2, duration: 10 s", "duration"),
    "heel-to-toe-walk": ("balance", "bilateral", "reps: 2, distance: at least 5 steps", "distance"),
    "sideways-walk": ("balance", "alternate", "distance: 10 steps", "distance"),
    "toe-raise": ("balance ankle", "bilateral", "reps: 10", "reps"),
}  # fmt: skip

#: Side rule, dose, and which of its figures the sources give, of the twelve for sciatica.
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
    assert sorted(FACTS | LIBRARY_FACTS) == sorted(EXERCISES)
    assert sorted(path.stem for path in (ROOT / "content" / "en" / "exercises").iterdir()) == sorted(EXERCISES)


@pytest.mark.parametrize(("name", "facts"), FACTS.items())
def test_side_and_dose_are_those_of_the_design(name: str, facts: tuple[str, Amount, Time | None, str]) -> None:
    found = exercise(name)
    written_down = yaml.safe_load((ROOT / f"content/en/exercises/{name}.yaml").read_text())
    where_from = written_down["dose_source"]
    if isinstance(where_from, str):
        where_from = {where_from: ["reps", *(["hold"] if found.dose.hold else [])]}
    assert (found.rule.value, found.dose.reps, found.dose.hold, ", ".join(where_from.get("source", []))) == facts
    assert found.dose.sets == ONE
    # How often is said by the routines, once for all.
    assert found.dose.stated == frozenset()
    # Each figure that is printed came from somewhere.
    figures = {"reps", *(["hold"] if found.dose.hold else [])}
    assert figures <= {*where_from.get("source", []), *where_from.get("chosen", [])}


@pytest.mark.parametrize(("name", "facts"), LIBRARY_FACTS.items())
def test_region_side_and_dose_are_those_of_the_library(name: str, facts: tuple[str, str, str, str]) -> None:
    regions, rule, dose, given = facts
    written_down = yaml.safe_load((ROOT / f"content/en/exercises/{name}.yaml").read_text())
    found = exercise(name)
    assert ([each.value for each in found.regions], found.rule.value) == (regions.split(), rule)
    meant = yaml.safe_load(f"{{{dose}}}")
    figures = {
        "duration",
        "distance",
        "sets",
        "relax",
        "rest",
        "tick",
        "parts",
        *meant,
        "reps",
        "hold",
        "times_per_day",
        "days",
    }
    assert {key: written_down[key] for key in figures & written_down.keys()} == meant
    # Each figure came from somewhere, and none of them from both.
    origin = written_down.get("dose_source", {})
    assert ", ".join(origin.get("source", [])) == given
    counted = meant.keys() - {"tick", "parts"}
    assert counted <= {*origin.get("source", []), *origin.get("chosen", [])}
    assert not set(origin.get("source", [])) & set(origin.get("chosen", []))
    # How often is said by the routines, but for what is done through the day.
    assert found.dose.stated == {"times_per_day"} & meant.keys()
    assert len(found.sources) >= 2
    assert all(source.url and source.read for source in found.sources)


@pytest.mark.parametrize(
    ("name", "exercises"),
    [
        ("piriformis-stretches", ["lying-piriformis-pull", "lying-knee-press", "seated-piriformis-pull"]),
        ("hamstring-stretches", ["straight-leg-raise", "single-leg-reach", "long-sitting-reach"]),
        ("back-mobility", ["pelvic-tilt", "knee-to-chest", "lower-trunk-rotation", "bird-dog"]),
        ("sciatica-starter", ["pelvic-tilt", "knee-to-chest", "lower-trunk-rotation", "lying-knee-press", "walk"]),
        ("frozen-shoulder", ["pendulum", "table-slide", "stick-turn-out", "stick-lift", "across-body-stretch"]),
        ("hip-strength", ["bridge", "clam", "standing-hip-abduction", "standing-hip-extension"]),
        ("stiff-neck", ["shoulder-roll", "neck-turn", "neck-side-bend", "chin-tuck"]),
        ("steady-on-your-feet", ["sit-to-stand", "heel-raise", "toe-raise", "heel-to-toe-stand", "sideways-walk"]),
    ],
)
def test_the_routines_list_what_the_design_says(name: str, exercises: list[str]) -> None:
    assert [entry.exercise.id for entry in LIBRARY.routine(name).value.entries] == exercises


@pytest.mark.parametrize(
    ("name", "phases"),
    [
        (
            "knee-replacement",
            [
                "ankle-pump static-quads heel-slide towel-knee-straighten stairs",
                "heel-slide straight-leg-lift seated-knee-straighten sit-to-stand walk",
                "standing-knee-bend mini-squat step-up single-leg-stand walk",
            ],
        ),
        (
            "ankle-sprain",
            [
                "ankle-pump ankle-circles towel-scrunch",
                "ankle-circles calf-stretch band-turn-out heel-raise",
                "calf-stretch band-turn-out heel-raise single-leg-stand",
            ],
        ),
    ],
)
def test_the_routines_in_phases_list_what_the_design_says(name: str, phases: list[str]) -> None:
    found = LIBRARY.routine(name).value
    assert [" ".join(entry.exercise.id for entry in phase.entries) for phase in found.phases] == phases
    # One after the other, each after the first with what has to be so before it.
    weeks = [phase.weeks for phase in found.phases if phase.weeks]
    assert [each.first for each in weeks[1:]] == [each.last + 1 for each in weeks[:-1] if each.last]
    assert [bool(phase.start_when) for phase in found.phases] == [False, True, True]


#: The warning signs of each routine.
SIGNS = {
    "ankle-sprain": "ankle", "frozen-shoulder": "shoulder", "hip-strength": "general", "knee-replacement": "knee",
    "steady-on-your-feet": "balance", "stiff-neck": "neck", **dict.fromkeys(SCIATICA, "sciatica"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_has_the_warning_signs_of_its_region_and_says_how_often(name: str) -> None:
    routine = LIBRARY.routine(name).value
    assert routine.safety
    assert routine.safety.id == SIGNS[name]
    assert LIBRARY.unfitting_safety(routine) == ()
    assert all("times_per_day" in entry.exercise.dose.stated for entry in routine.entries)
    assert routine.review is None
    assert routine.summary
    assert all(3 <= len(each.entries) <= 6 for each in routine.phases or [routine] if name != "sciatica-complete")


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
    # what is learnt, not done for a muscle, feels like nothing in particular
    assert found.feel or found.dose.tick is Tick.NONE
    assert found.stop_when
    assert found.group
    assert found.regions
    assert found.sources
    assert all(source.title and source.note for source in found.sources)
    assert found.review is None
    assert "reviewed: null" in (ROOT / f"content/en/exercises/{name}.yaml").read_text()


@pytest.mark.parametrize("name", EXERCISES)
def test_sentences_are_short(name: str) -> None:
    for text in spoken(exercise(name)):
        for sentence in re.split(r"[.!?]\s*", written(text)):
            assert len(sentence.split()) <= 15, sentence


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
    if {Region.BACK, Region.NECK, Region.SHOULDER}.intersection(exercise(name).regions[:1]):
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


SAFETY = ("ankle", "balance", "general", "knee", "neck", "sciatica", "shoulder")


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
                                               ("shoulder", {Region.SHOULDER}), ("ankle", {Region.ANKLE}),
                                               ("neck", {Region.NECK}), ("balance", {Region.BALANCE})])  # fmt: skip
def test_a_safety_block_says_whose_exercises_call_for_it(name: str, regions: set[Region]) -> None:
    assert set(block(name).regions) == regions


SCIATICA_SIGNS = {
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
    "neck": {
        "emergency": ["fall, crash", "clumsy", "unsteady", "sudden headache, the worst", "dizzy, and speech, sight"],
        "today": ["fever"],
    },
    "balance": {"emergency": ["faint", "confusion that is new", "blow to the head, if you take blood thinners"]},
}


@pytest.mark.parametrize(("name", "tiers"), [("sciatica", SCIATICA_SIGNS), ("general", GENERAL), *OTHERS.items()])
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


@pytest.mark.parametrize("name", SCIATICA)
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
