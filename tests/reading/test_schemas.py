"""The JSON Schemas for editors, held against the files that ship and against what the reader refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from samples import EXERCISES, LANGUAGES, OWN, ROOT, ROUTINES, TEMPLATES

from pdfbuilder.diagnostics import Problems
from pdfbuilder.reading.schemas import SCHEMAS
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
            "side_of: both", "times_per_day: 7", "weeks: 0", "picture: a.png", "picture: {file: a.png, shows: left}",
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


@pytest.mark.parametrize("kind", ["exercise", "routine", "template", "language", "safety", "about"])
def test_every_key_of_a_schema_is_described(kind: str) -> None:
    schema = SCHEMAS[kind]()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, each in schema["properties"].items():
        there = schema["$defs"].get(each.get("$ref", "").removeprefix("#/$defs/"), {})
        assert each.get("description") or there.get("description"), name


@pytest.mark.parametrize("kind", ["exercise", "routine", "template", "language", "safety", "about"])
def test_every_default_of_a_schema_could_stand_in_the_file(kind: str) -> None:
    root = SCHEMAS[kind]()
    Draft202012Validator.check_schema(root)
    validator = Draft202012Validator(root)
    for schema in (root, *root["$defs"].values()):
        for name, each in schema["properties"].items():
            if "default" in each:
                assert validator.evolve(schema=each).is_valid(each["default"]), name
