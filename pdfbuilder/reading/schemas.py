"""JSON Schemas of the definition files (draft 2020-12), made from the models that check them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from pdfbuilder.domain.beside import About, Safety
from pdfbuilder.domain.declare import Items
from pdfbuilder.domain.template import Template
from pdfbuilder.reading.clinics import ClinicSpec
from pdfbuilder.reading.exercises import ExerciseSpec
from pdfbuilder.reading.languages import LanguageSpec
from pdfbuilder.reading.routines import RoutineSpec
from pdfbuilder.reading.templates import EXTENDS
from pdfbuilder.yamlfile.models import record
from pdfbuilder.yamlfile.shapes import (
    Choice,
    Either,
    Field,
    Keyed,
    MadeFrom,
    Many,
    Record,
    Shape,
    Single,
)

Schema = dict[str, Any]


def file_schema(model: type[Struct]) -> Schema:
    """The schema of a file that holds one of a model."""
    named: dict[str, Schema] = {}
    schema = _keys(record(model), named)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": named}


def _template() -> Schema:
    schema = file_schema(Template)
    extends = {"type": "string", "description": "Id or path of the template to start from."}
    return {**schema, "properties": {EXTENDS: extends, **schema["properties"]}}


def _routine() -> Schema:
    either = [{"required": ["exercises"]}, {"required": ["phases"]}]
    return {**file_schema(RoutineSpec), "oneOf": either}


#: The schema of each kind of file, by its name on the command line.
SCHEMAS: Final[dict[str, Callable[[], Schema]]] = {
    "exercise": lambda: file_schema(ExerciseSpec),
    "routine": _routine,
    "template": _template,
    "language": lambda: file_schema(LanguageSpec),
    "safety": lambda: file_schema(Safety),
    "about": lambda: file_schema(About),
    "clinic": lambda: file_schema(ClinicSpec),
}


def _schema(shape: Shape, named: dict[str, Schema]) -> Schema:
    """The schema of a value; those of models go to `named`, to be referred to."""
    match shape:
        case Single():
            return shape.value.schema
        case MadeFrom():
            return _schema(shape.other, named)
        case Choice():
            return {"enum": list(shape.words)}
        case Many():
            many = {"type": "array", "items": _schema(shape.item, named), **_bounds(shape.items, "Items")}
            return {"anyOf": [many, {"const": "none"}]} if shape.items.may_be_none else many
        case Keyed():
            names = {"propertyNames": shape.items.key.schema} if shape.items.key else {}
            values = {"additionalProperties": _schema(shape.item, named)}
            return {"type": "object", **names, **values, **_bounds(shape.items, "Properties")}
        case Either():
            return {"oneOf": [_schema(kind, named) for kind in shape.kinds.values()]}
        case Record():
            name = shape.model.__name__
            if name not in named:
                named[name] = {}  # its place among the others
                named[name] = _keys(shape, named)
            return {"$ref": f"#/$defs/{name}"}
    raise TypeError(shape)


def _bounds(items: Items, what: str) -> Schema:
    most = {f"max{what}": items.most} if items.most is not None else {}
    return {f"min{what}": items.least, **most} if items.least else most


def _keys(shape: Record, named: dict[str, Schema]) -> Schema:
    required = [name for name, field in shape.fields.items() if field.required]
    return {
        "title": shape.model.__name__,
        "description": shape.model.__doc__,
        "type": "object",
        "properties": {name: _field(field, named) for name, field in shape.fields.items()},
        **({"required": required} if required else {}),
        **{key: rule for beside in shape.beside.values() for key, rule in beside.rule.items()},
        "additionalProperties": False,
    }


def _field(field: Field, named: dict[str, Schema]) -> Schema:
    schema = _schema(field.shape, named)
    if field.may_be_null:
        schema = {"anyOf": [schema, {"type": "null"}], "default": None}
    elif not field.required and field.default not in (None, "", ()):
        schema = {**schema, "default": _written(field.default, field.shape)}
    title = {} if "$ref" in schema else {"title": field.name.replace("_", " ").title()}
    return {**title, **({"description": field.description} if field.description else {}), **schema}


def _written(value: Any, shape: Shape) -> object:
    """A default as it would stand in a file."""
    match shape:
        case Record():
            return {name: _written(getattr(value, name), each.shape) for name, each in shape.fields.items()}
        case Many():
            return [_written(each, shape.item) for each in value]
        case Choice():
            return next(word for word, each in shape.words.items() if each is value)
    return value if isinstance(value, str | int | float | dict) else str(value)
