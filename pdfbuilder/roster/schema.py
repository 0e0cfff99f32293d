"""The JSON Schema of a YAML roster (draft 2020-12), for editors. A spreadsheet's columns are the same."""

from __future__ import annotations

import datetime
from typing import Any, Final, get_args

from msgspec import structs

from pdfbuilder.domain.dose import REGIME_FIELDS, Regime
from pdfbuilder.domain.person import LONGEST_ID, LONGEST_LINE, LONGEST_NOTE, MOST_LINES, Person
from pdfbuilder.domain.routine import LAST_WEEK
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Paper
from pdfbuilder.domain.wording import Wording
from pdfbuilder.reading.overrides import FIELDS
from pdfbuilder.reading.schemas import SCHEMAS
from pdfbuilder.roster.columns import COLUMNS
from pdfbuilder.roster.listings import PEOPLE
from pdfbuilder.yamlfile.models import record
from pdfbuilder.yamlfile.values import words_schema

_DESCRIPTIONS: Final = {
    "id": "What tells this person from all others; the file is named by it.",
    "side": "The affected side; none for a plan that has none.",
    "routine": "Id of a shipped routine, or the path of a routine file.",
    "phase": "Which phase, of a routine that has some: its number, or all.",
    "week": "From which week of the plan on: exercises begin where their progress has come to.",
    "language": "Code (en), language tag (en-US) or path of a language file.",
    "template": "Id of a shipped template, or the path of a template file.",
    "paper": "Paper, instead of the template's own.",
    **{each.name: get_args(each.type)[1] for each in structs.fields(Person)},
    **{name: f"Of all exercises of this person. {record(Regime).fields[name].description}" for name in REGIME_FIELDS},
}

#: What a schema says of a line about a person, by its type.
_PERSONAL: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string", "maxLength": LONGEST_LINE},
    datetime.date | None: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    datetime.datetime | datetime.date | None: {"type": "string"},
    Wording | None: {"type": "string", "maxLength": LONGEST_NOTE},
    tuple[Wording, ...]: {"type": "string", "maxLength": MOST_LINES * (LONGEST_LINE + 1)},
}


def roster_schema() -> dict[str, Any]:
    """The schema: a list of people, or such a list under the key `people`."""
    people = {"type": "array", "items": {"$ref": "#/$defs/Person"}, "minItems": 1}
    under_a_key = {
        "type": "object",
        "properties": {PEOPLE: {**people, "description": "Everyone."}},
        "required": [PEOPLE],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Roster",
        "description": "Who gets which routine for which side.",
        "anyOf": [people, under_a_key],
        "$defs": {"Person": _person()},
    }


def _person() -> dict[str, Any]:
    text = {"type": "string"}
    # An id of digits is a number in YAML, unless it begins with a zero.
    kinds: dict[str, dict[str, Any]] = {
        "id": {"anyOf": [{"type": "string", "minLength": 1, "maxLength": LONGEST_ID}, {"type": "integer"}]},
        "side": words_schema(
            (side.value for side in AffectedSide), filter(None, (side.short for side in AffectedSide))
        ),
        "phase": {
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\s*([1-9][0-9]?|[Aa]ll)\s*$"}]
        },
        "week": {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": LAST_WEEK},
                {"type": "string", "pattern": r"^\s*[1-9][0-9]{0,2}\s*$"},
            ]
        },
        "paper": words_schema(paper.value for paper in Paper),
        **{each.name: _PERSONAL[get_args(each.type)[0]] for each in structs.fields(Person)},
    }
    # What an entry of a routine may say otherwise than its exercise, one person's plan may.
    entry = SCHEMAS["routine"]()["$defs"]["ReferenceSpec"]["properties"]
    kinds |= {name: _of_one_cell(entry[name]) for name in REGIME_FIELDS}
    return {
        "title": "Person",
        "description": "One person; what is left out is taken from the command line.",
        "type": "object",
        "properties": {name: {**kinds.get(name, text), "description": _DESCRIPTIONS[name]} for name in COLUMNS},
        "patternProperties": {rf"^.+\.{field}$": _of_one_cell(entry[field]) for field in FIELDS},
        "required": ["id"],
        "additionalProperties": False,
    }


def _of_one_cell(figure: dict[str, Any]) -> dict[str, Any]:
    """A figure of a dose without a number for each side, which no cell can hold."""
    kinds = [kind for kind in figure.get("anyOf", ()) if kind.get("type") != "object"]
    return {**figure, "anyOf": kinds} if kinds else figure
