"""The JSON Schemas for editors, held against the files that ship and against what the reader refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec import Struct, structs
from samples import EXERCISES, LANGUAGES, OWN, ROOT, ROUTINES, TEMPLATES, placed

from pdfbuilder.diagnostics import Problems
from pdfbuilder.domain.declare import Unfit
from pdfbuilder.domain.dose import DOSE_FIELDS, Dose
from pdfbuilder.reading.schemas import SCHEMAS
from pdfbuilder.yamlfile.models import record
from pdfbuilder.yamlfile.shapes import Single
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import parse, plain


def against(kind: str, text: str) -> list[str]:
    """What a JSON Schema says against a file."""
    found = json.loads(json.dumps(plain(parse(SourceText("file", text, Path()), Problems()))))
    return [error.message for error in Draft202012Validator(SCHEMAS[kind]()).iter_errors(found)]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *(("exercise", f"content/en/exercises/{name}.yaml") for name in EXERCISES),
        *(("routine", f"content/en/routines/{name}.yaml") for name in ROUTINES),
        *(("template", f"templates/{name}.yaml") for name in TEMPLATES),
        ("language", "content/languages/en.yaml"),
        ("routine", "content/starter.yaml"),
    ],
)
def test_what_ships_is_valid(kind: str, path: str) -> None:
    assert against(kind, (ROOT / path).read_text()) == []


@pytest.mark.parametrize("code", ["es", "de"])
def test_languages_with_gender_and_case_are_valid(code: str) -> None:
    assert against("language", (LANGUAGES / code / "language.yaml").read_text()) == []
    assert against("routine", (LANGUAGES / code / "routine.yaml").read_text()) == []


SPANISH = (LANGUAGES / "es" / "language.yaml").read_text()
ENTRY = "title: A\nexercises:\n  - exercise: pelvic-tilt\n    "


@pytest.mark.parametrize(
    "line",
    [
        "reps: 8-10", "reps: 100", "hold: 20-30 s", "hold: 5 breaths", "hold: 1 min", "hold: none", "rest: 2 min",
        "rest: none", "days: 5 per week", "days: every day", "days: [mon, wed]", "weeks: 2", "load: yellow band",
        "sets: {affected: 3, other: 1}", "reps: {affected: 8-10, other: 5}", "pain_limit: 0", "pain_limit: none",
        "optional: true", "side_of: left", "side_of: Right", "side_of: R", "note: Gently.",
        "picture: {file: a.png, shows: neither, alt: A man.}",
        "picture: {file: a.svg, shows: left, alt: A man., credit: Ann Smith, licence: CC0}",
    ],
)  # fmt: skip
def test_what_the_reader_takes_an_editor_takes(line: str) -> None:
    assert against("routine", ENTRY + line + "\n") == []


#: What might be written as a figure of a dose.
WRITTEN: tuple[Any, ...] = (
    0, 1, 2, 10, 24, 25, 52, 53, 100, 101, 2.5, True, "1", "10", "017", "8-10", "10-8", "8 to 10", "8-8", "2 - 3",
    "up to 10", "up to 1", "at least 5", "at most 5", "____", "_", "max", "none", "often", "once",
    "twice", "5 s", "5s", "20-30 s", "up to 30 s", "at least 1 min", "____ min", "1 min", "10 min", "11 min", "601 s",
    "2 h", "3 h", "5 breaths", "61 breaths", "30 min a day", "30 min per day", "1:30", "20 steps", "50-100 m", "1 km",
    "4 lengths", "2 miles", "20", "every 2 hours", "every hour", "every half hour", "every 30 min", "every 90 minutes",
    "every 20 min", "every 7 hours", "every day", "daily", "every other day", "5 per week", "8 per week", "3 a week",
    "2-3 per week", "3 per week, not in a row", "4 per week, not in a row", "____ per week", "morning",
    ["mon", "wed"], ["mon", "mon"], ["someday"], [], ["morning", "bedtime"], ["before you lift"], ["forward", "back"],
    ["forward"], ["a", "b", "c", "d", "e", "f", "g"], ["x" * 31], "rep", "set", "session", "yellow band", "",
    {"affected": 3, "other": 1}, {"affected": "8-10", "other": 5}, {"affected": 3}, {"affected": 0, "other": 1},
    {"affected": 3, "other": 1, "both": 2},
)  # fmt: skip


#: What no pattern says: which number is the larger, how long several units are, which words are nearly others.
BEYOND_A_PATTERN: tuple[Any, ...] = (
    "10-8", "8-8", "up to 1", "11 min", "601 s", "2 h", "3 h", "every 20 min", "every 7 hours",
    "4 per week, not in a row", "61 breaths", ["mon", "wed"],
)  # fmt: skip


@pytest.mark.parametrize("key", [key for key in DOSE_FIELDS if key not in ("progress", "load", "tempo")])
def test_parser_and_schema_agree_about_each_figure_of_a_dose(key: str) -> None:
    schema = Draft202012Validator(SCHEMAS["exercise"]()["properties"][key])
    shape = record(Dose).fields[key].shape
    refused_by_editor, taken_by_editor = [], []
    for written in WRITTEN:
        given = tuple(written) if isinstance(written, list) else written
        try:
            assert isinstance(shape, Single)
            shape.value.parse(given)
            taken = True
        except Unfit:
            taken = False
        if taken and not schema.is_valid(written):
            refused_by_editor.append(written)
        if not taken and schema.is_valid(written) and written not in BEYOND_A_PATTERN:
            taken_by_editor.append(written)
    assert (refused_by_editor, taken_by_editor) == ([], [])


@pytest.mark.parametrize(
    ("entry", "taken"),
    [
        ("{when: it is easy, reps: 12}", True),
        ("{week: 3, how: Close your eyes.}", True),
        ("{how: Close your eyes.}", True),
        ("{week: 53, reps: 12}", False),
        ("{week: 3, level: 2}", False),
        ("{week: 3, weeks: 2}", False),
        ("{week: 3, tick: set}", False),
        ("{reps: 0}", False),
    ],
)
def test_parser_and_schema_agree_about_a_step_of_progress(tmp_path: Path, entry: str, taken: bool) -> None:
    text = f"{ENTRY}progress: [{entry}]\n"
    assert (against("routine", text) == []) is taken
    assert (placed(tmp_path, text) == []) is taken


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("routine", "title: A\n"),
        ("routine", "exercises: [pelvic-tilt]\n"),
        ("routine", "title: A\nexercises: []\n"),
        ("routine", "title: A\nexercises: [pelvic-tilt]\nside: no\n"),
        ("routine", "title: A\nexercises: [pelvic-tilt]\nabout: null\n"),
        ("routine", "title: A\nexercises: [pelvic-tilt]\nsumary: x\n"),
        *(("routine", ENTRY + line + "\n") for line in (
            "pain_limit: 11",
            "rep: 10", "reps: ten", "reps: 0", "reps: 101", "hold: 5", "hold: 1:30", "rest: 5 breaths", "hold:",
            "sets: 11", "sets: 2.5", "days: 8 per week", "days: [mon, mon]", "days: [someday]", "optional: yes",
            "side_of: both", "times_per_day: 25", "weeks: 0", "picture: a.png", "picture: {file: a.png, shows: left}",
            "picture: {file: a.png, shows: both, alt: A man.}", "picture: {file: 5, shows: left, alt: A man.}",
            "picture: {file: a.png, shows: left, alt: A man., by: Ann}",
        )),
        ("routine", ENTRY + "sets: {affected: 3}\n"),
        ("routine", ENTRY + "reps: {affected: 3, other: 1, both: 2}\n"),
        ("routine", OWN.replace("affected\n", "afected\n")),
        ("routine", OWN.replace("    reps: 10\n", "")),
        ("exercise", "name: A\nside: affected\nreps: 5\ninstructions: []\n"),
        ("exercise", "name: A\nside: affected\nreps: 5\n"),
        ("exercise", "name: A\nside: affected\nreps: 5\ninstructions: [A.]\nregion: foot\n"),
        ("exercise", "name: A\nside: affected\nreps: 5\ninstructions: [A.]\ninstructions_both: no\n"),
        ("safety", "advice: A.\nsources: [{title: A}]\n"),
        ("safety", "emergency: [a, b, c, d, e, f]\nadvice: A.\nsources: [{title: A}]\n"),
        ("safety", "emergency: [{text: a}]\nadvice: A.\nsources: [{title: A}]\n"),
        ("safety", "emergency: [a]\nadvice: A.\nsources: [{title: A}]\nregions: [foot]\n"),
        ("about", "title: A\n"),
        ("template", "boxes: {size: 3}\n"),
        ("template", "blocks: [weeks]\n"),
        ("template", "colours: {accent: brown}\n"),
        ("template", "type: {steps: 14}\n"),
        ("template", "extends: 5\n"),
        ("language", "code: en\n"),
        ("language", SPANISH.replace("pie: [pie izquierdo, pie derecho, ", "pie: [")),
        ("language", SPANISH.replace("one: \"{n} vez\"", "single: x")),
        ("language", SPANISH.replace("  notes: Notas\n", "")),
    ],
)  # fmt: skip
def test_what_the_reader_refuses_an_editor_underlines(kind: str, text: str) -> None:
    assert against(kind, text) != []


@pytest.mark.parametrize("kind", ["exercise", "routine", "template", "language", "safety", "about", "clinic"])
def test_every_key_of_a_schema_is_described(kind: str) -> None:
    schema = SCHEMAS[kind]()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, each in schema["properties"].items():
        there = schema["$defs"].get(each.get("$ref", "").removeprefix("#/$defs/"), {})
        assert each.get("description") or there.get("description"), name


@pytest.mark.parametrize("kind", ["exercise", "routine", "template", "language", "safety", "about", "clinic"])
def test_every_default_of_a_schema_could_stand_in_the_file(kind: str) -> None:
    root = SCHEMAS[kind]()
    Draft202012Validator.check_schema(root)
    validator = Draft202012Validator(root)
    for schema in (root, *root["$defs"].values()):
        for name, each in schema["properties"].items():
            if "default" in each:
                assert validator.evolve(schema=each).is_valid(each["default"]), name


def test_the_types_of_models_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    read, fields = set[type[Struct]](), structs.fields

    def noted(model: type[Struct]) -> object:
        read.add(model)
        return fields(model)

    monkeypatch.setattr(structs, "fields", noted)
    record.cache_clear()
    for schema in SCHEMAS.values():
        schema()
    kinds = {kind for model in read for kind in model.__mro__ if kind.__module__.startswith("pdfbuilder.")}
    assert len(kinds) > 30
    assert [kind for kind in kinds for each in kind.__annotations__.values() if isinstance(each, str)] == []
