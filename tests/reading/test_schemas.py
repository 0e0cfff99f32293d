"""The JSON Schemas for editors, held against the files that ship and against what the reader refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from samples import EXERCISES, LANGUAGES, OWN, ROOT, ROUTINES, TEMPLATES

from pdfbuilder.diagnostics import Problems
from pdfbuilder.reading.schemas import SCHEMAS
from pdfbuilder.reading.source import Source
from pdfbuilder.reading.tree import parse, plain

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": tuple, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip
#: Words that say nothing about what is valid.
SILENT = {"$schema", "$defs", "title", "description", "default", "examples", "format"}


def faults(value: object, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> Iterator[str]:
    """What a JSON Schema says against a value: as much of draft 2020-12 as our schemas use, and no more."""
    for word, rule in schema.items():
        match word:
            case "$ref":
                yield from faults(value, root["$defs"][rule.removeprefix("#/$defs/")], root, at)
            case "anyOf" | "oneOf":
                if not any(not list(faults(value, each, root, at)) for each in rule):
                    yield f"{at}: none of {len(rule)} fits"
            case "type":
                if not isinstance(value, TYPES[rule]) or (isinstance(value, bool) and rule != "boolean"):
                    yield f"{at}: no {rule}"
            case "const":
                if value != rule:
                    yield f"{at}: not {rule}"
            case "enum":
                if value not in rule:
                    yield f"{at}: none of {rule}"
            case "pattern":
                if isinstance(value, str) and not re.search(rule, value):
                    yield f"{at}: not like {rule}"
            case "minimum" | "maximum":
                if isinstance(value, int | float) and (value < rule if word == "minimum" else value > rule):
                    yield f"{at}: beyond {rule}"
            case "minLength" | "minItems":
                if isinstance(value, str | tuple) and len(value) < rule:
                    yield f"{at}: too short"
            case "maxLength" | "maxItems":
                if isinstance(value, str | tuple) and len(value) > rule:
                    yield f"{at}: too long"
            case "minProperties":
                if isinstance(value, dict) and len(value) < rule:
                    yield f"{at}: too few"
            case "uniqueItems":
                if isinstance(value, tuple) and len(set(value)) < len(value):
                    yield f"{at}: twice the same"
            case "items":
                for index, item in enumerate(value if isinstance(value, tuple) else ()):
                    yield from faults(item, rule, root, f"{at}[{index}]")
            case "required":
                if isinstance(value, dict):
                    yield from (f"{at}: without {key}" for key in rule if key not in value)
            case "properties":
                for key, each in rule.items():
                    if isinstance(value, dict) and key in value:
                        yield from faults(value[key], each, root, f"{at}.{key}")
            case "additionalProperties":
                for key, each in value.items() if isinstance(value, dict) else ():
                    if key not in schema.get("properties", {}):
                        yield from [f"{at}: unknown {key}"] if rule is False else faults(each, rule, root, at)
            case "propertyNames":
                for key in value if isinstance(value, dict) else ():
                    yield from faults(key, rule, root, f"{at}.{key}")
            case _:
                assert word in SILENT, f"this test does not know {word}"


def against(kind: str, text: str) -> list[str]:
    schema = SCHEMAS[kind]()
    return list(faults(plain(parse(Source("file", text, Path()), Problems())), schema, schema))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *(("exercise", f"content/exercises/{name}.yaml") for name in EXERCISES),
        *(("routine", f"content/routines/{name}.yaml") for name in ROUTINES),
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
            "rep: 10", "reps: ten", "reps: 0", "reps: 101", "hold: 5", "hold: 1:30", "rest: 5 breaths", "hold:",
            "sets: 11", "sets: 2.5", "days: 8 per week", "days: [mon, mon]", "days: [someday]", "optional: yes",
            "side_of: both", "times_per_day: 7", "weeks: 0", "picture: a.png", "picture: {file: a.png, shows: left}",
            "picture: {file: a.png, shows: both, alt: A man.}", "picture: {file: 5, shows: left, alt: A man.}",
            "picture: {file: a.png, shows: left, alt: A man., by: Ann}",
        )),
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


def as_read(value: object) -> object:
    """A value of a JSON Schema as the reader has it."""
    if isinstance(value, list):
        return tuple(map(as_read, value))
    return {key: as_read(each) for key, each in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("kind", ["exercise", "routine", "template", "language", "safety", "about"])
def test_every_default_of_a_schema_could_stand_in_the_file(kind: str) -> None:
    root = SCHEMAS[kind]()
    for schema in (root, *root["$defs"].values()):
        for name, each in schema["properties"].items():
            if "default" in each:
                assert list(faults(as_read(each["default"]), each, root)) == [], name
