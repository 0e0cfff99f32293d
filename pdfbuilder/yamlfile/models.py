"""Fits a tree to a model: its shape is made once from the types of its fields and their marks.

`pdfbuilder.domain.declare` says how a model declares its keys.
"""

from __future__ import annotations

import datetime
from enum import Enum
from functools import cache, partial
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_origin

from msgspec import Struct, structs

from pdfbuilder.diagnostics import InvalidInput, Problems
from pdfbuilder.domain.declare import (
    MAY_BE_NULL,
    NOT_A_KEY,
    Beside,
    Example,
    Items,
    MadeOf,
    OneOf,
    TextOf,
    Value,
    Within,
    is_none,
    wrong,
)
from pdfbuilder.domain.wording import Part, Wording, plain
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.shapes import Choice, Either, Field, Keyed, MadeFrom, Many, Record, Shape, Single, Unsided
from pdfbuilder.yamlfile.values import LONGEST_TEXT, date, line, parts, text, unsided_parts

Model = TypeVar("Model", bound=Struct)


def validate(model: type[Model], top: Place, problems: Problems) -> Model | None:
    """Check a tree against a model.

    Args:
        model: the model of the file's kind.
        top: what the file holds.
        problems: takes every error, each with its place.

    Returns:
        The checked values, or None if there was an error.
    """
    try:
        return record(model).read(top)  # type: ignore[no-any-return]
    except InvalidInput as error:
        problems.extend(error.diagnostics)
        return None


@cache
def record(model: type[Struct]) -> Record:
    """The shape of a model."""
    fields: dict[str, Field] = {}
    own: dict[str, Field] = {}
    beside: dict[str, Beside] = {}
    for info in structs.fields(model):
        marks = get_args(info.type)[1:] if get_origin(info.type) is Annotated else ()
        others = next((mark for mark in marks if isinstance(mark, Beside)), None)
        if others:
            beside[info.name] = others
            for name, each in record(others.model).fields.items():
                if name in others.without:
                    continue
                default = ... if each.required and not others.partly else None
                fields[name] = structs.replace(each, default=default, taken_by=info.name)
        elif NOT_A_KEY not in marks:
            own[info.encode_name] = _field(info, marks)
    return Record(model, fields | own, beside)


def _field(info: structs.FieldInfo, marks: tuple[Any, ...]) -> Field:
    """A key from its declaration."""
    description = next((mark for mark in marks if isinstance(mark, str)), "")
    default = info.default_factory() if callable(info.default_factory) else info.default
    default = ... if info.required else default
    example = next((mark.text for mark in marks if isinstance(mark, Example)), "…")
    null = MAY_BE_NULL in marks
    return Field(info.encode_name, shape_of(info.type), description, default, null, example, info.name)


def shape_of(annotation: Any, marks: tuple[Any, ...] = ()) -> Shape:
    """The shape of a field's type with its marks."""
    if get_origin(annotation) is Annotated:
        annotation, *own = get_args(annotation)
        return shape_of(annotation, (*own, *marks))
    for mark in marks:
        if isinstance(mark, Shape):
            return mark
        if isinstance(mark, Value):
            return Single(mark)
        if isinstance(mark, MadeOf):
            return MadeFrom(shape_of(mark.kind), mark.make)
        if isinstance(mark, OneOf):
            return Either({kind: shape_of(kind) for kind in mark.kinds or get_args(annotation)}, mark.pick)
    origin, args = get_origin(annotation), get_args(annotation)
    if type(None) in args:
        (kind,) = (each for each in args if each is not type(None))
        return shape_of(kind, marks)
    items = next((mark for mark in marks if isinstance(mark, Items)), Items())
    if origin is tuple:
        return Many(shape_of(args[0]), items)
    if origin is dict:
        return Keyed(shape_of(args[1]), items)
    if origin is Literal:
        return Choice({word: word for word in args})
    mark = next((mark for mark in marks if isinstance(mark, TextOf)), None)
    if annotation is Wording:
        mark = mark or TextOf(LONGEST_TEXT)
        return MadeFrom(Single(Value(partial(_sided, mark), _text_schema(mark.most))), _placed)
    if annotation is str and mark and mark.unsided:
        return Unsided(Value(partial(_unsided, mark), _text_schema(mark.most)), partial(_unsided_parts, mark))
    if annotation is str:
        return Single(Value(partial(line, mark.most), _text_schema(mark.most)) if mark else _ANY_TEXT)
    if issubclass(annotation, Struct):
        return record(annotation)
    if issubclass(annotation, Enum):
        return Choice({each.value: each for each in annotation})
    if annotation is datetime.date:
        return Single(Value(date, {"type": "string", "format": "date"}))
    if annotation is bool:
        return Single(Value(_truth, {"type": "boolean"}))
    bounds = next((mark for mark in marks if isinstance(mark, Within)), None)
    limits = {"minimum": bounds.low, "maximum": bounds.high} if bounds else {}
    return Single(Value(partial(_number, annotation, bounds), {"type": _NUMBERS[annotation][1], **limits}))


#: Of what is asked for, as a load, these say nothing; a number says it without its unit.
_SAYING_LITTLE: Final = ("yes", "no", *map(str, range(100)))


def _sided(mark: TextOf, value: object) -> tuple[Part, ...]:
    """A text that may name sides; empty only where `none` may stand for it, and does."""
    if mark.may_be_none and is_none(value):
        return ()
    says_little = isinstance(value, int) or (isinstance(value, str) and value.strip().casefold() in _SAYING_LITTLE)
    if mark.such_as and says_little:
        raise wrong("text", "what it is", value, f"say what it is: {mark.such_as}, or ____ to write it by hand")
    return parts(mark.most, value)


def _placed(found: tuple[Part, ...], at: Place) -> Wording | None:
    """A text that may name sides: parsed once, and from now on with its place."""
    return Wording(found, at.node.location) if found else None


def _unsided_parts(mark: TextOf, value: object) -> tuple[Part, ...]:
    return () if mark.may_be_none and is_none(value) else unsided_parts(value, mark.most)


def _unsided(mark: TextOf, value: object) -> str:
    return plain(Wording(_unsided_parts(mark, value)).unsided)


_ANY_TEXT: Final = Value(text, {"type": "string"})


def _text_schema(most: int) -> dict[str, Any]:
    """What a JSON Schema says of a text."""
    return {"type": "string", "minLength": 1, "maxLength": most}


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise wrong("boolean", "true or false", value, "write true or false")


_NUMBERS: Final = {int: ("a whole number", "integer"), float: ("a number", "number")}


def _number(kind: type, bounds: Within | None, value: object) -> float:
    hint = "write a number without a unit"
    if not isinstance(value, int | kind) or isinstance(value, bool):
        raise wrong("number", _NUMBERS[kind][0], value, hint)
    assert isinstance(value, int | float)  # noqa: S101 - these are the kinds
    if bounds and value < bounds.low:
        raise wrong("number", f"a number at least {bounds.low:g}", value, hint)
    if bounds and value > bounds.high:
        raise wrong("number", f"a number at most {bounds.high:g}", value, hint)
    return value
