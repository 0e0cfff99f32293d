"""The JSON Schema of a YAML roster (draft 2020-12), for editors. A spreadsheet's columns are the same."""

from __future__ import annotations

import datetime
from typing import Any, Final, get_args

from msgspec import structs

from pdfbuilder.domain.dose import DOSE_FIELDS
from pdfbuilder.domain.person import LONGEST_LINE, LONGEST_NOTE, Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Paper
from pdfbuilder.domain.wording import Wording
from pdfbuilder.reading.schemas import SCHEMAS
from pdfbuilder.roster.columns import COLUMNS
from pdfbuilder.roster.listings import PEOPLE
from pdfbuilder.roster.people import LONGEST_ID
from pdfbuilder.yamlfile.values import words_schema

_DESCRIPTIONS: Final = {
    "id": "What tells this person from all others; the file is named by it.",
    "side": "The affected side.",
    "routine": "Id of a shipped routine, or the path of a routine file.",
    "language": "Code (en), language tag (en-US) or path of a language file.",
    "template": "Id of a shipped template, or the path of a template file.",
    "paper": "Paper, instead of the template's own.",
    **{each.name: get_args(each.type)[1] for each in structs.fields(Person)},
}

#: What a schema says of a line about a person, by its type.
_PERSONAL: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string", "maxLength": LONGEST_LINE},
    datetime.date | None: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    datetime.datetime | datetime.date | None: {"type": "string"},
    Wording | None: {"type": "string", "maxLength": LONGEST_NOTE},
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
        "side": words_schema((side.value for side in AffectedSide), (side.value[0] for side in AffectedSide)),
        "paper": words_schema(paper.value for paper in Paper),
        **{each.name: _PERSONAL[get_args(each.type)[0]] for each in structs.fields(Person)},
    }
    # The doses of an exercise file are those of an exercise in a routine, and here.
    doses = SCHEMAS["exercise"]()["properties"]
    return {
        "title": "Person",
        "description": "One person; what is left out is taken from the command line.",
        "type": "object",
        "properties": {name: {**kinds.get(name, text), "description": _DESCRIPTIONS[name]} for name in COLUMNS},
        "patternProperties": {rf"^.+\.{field}$": _of_one_cell(doses[field]) for field in DOSE_FIELDS},
        "required": ["id"],
        "additionalProperties": False,
    }


def _of_one_cell(figure: dict[str, Any]) -> dict[str, Any]:
    """A figure of a dose without a number for each side, which no cell can hold."""
    kinds = [kind for kind in figure.get("anyOf", ()) if kind.get("type") != "object"]
    return {**figure, "anyOf": kinds} if kinds else figure
