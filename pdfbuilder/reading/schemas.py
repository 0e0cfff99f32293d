"""JSON Schemas of the definition files (draft 2020-12), made from the models that check them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pydantic import BaseModel

from pdfbuilder.reading.languages import language_spec
from pdfbuilder.reading.specs import ExerciseSpec, RoutineSpec
from pdfbuilder.reading.templates import EXTENDS
from pdfbuilder.reading.validation import MAY_BE_NULL
from pdfbuilder.template import Template


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    for each in (schema, *schema.get("$defs", {}).values()):
        _refuse_nothing(each.get("properties", {}))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _refuse_nothing(properties: dict[str, dict[str, Any]]) -> None:
    """A key that may be left out may not be left empty, but for the one that says it aloud."""
    for name, each in properties.items():
        if name == MAY_BE_NULL or {"type": "null"} not in each.get("anyOf", ()):
            continue
        each.pop("default", None)
        each["anyOf"].remove({"type": "null"})
        if len(each["anyOf"]) == 1:
            each.update(each.pop("anyOf")[0])


def _template() -> dict[str, Any]:
    schema = _schema(Template)
    schema["properties"] = {
        EXTENDS: {"type": "string", "description": "Id or path of the template to start from."},
        **schema["properties"],
    }
    return schema


#: The schema of each kind of file, by its name on the command line.
SCHEMAS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "exercise": lambda: _schema(ExerciseSpec),
    "routine": lambda: _schema(RoutineSpec),
    "template": _template,
    "language": lambda: _schema(language_spec()),
}
