"""Fits a tree to a model: every value is read by its shape, and whatever does not fit is said at its line and column.

A shape is made from a field's type and marks (see `pdfbuilder.domain.declare`). `schemas` describes it to editors.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache, cached_property, partial
from itertools import islice
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_origin

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, nearest, quoted
from pdfbuilder.domain.declare import (
    MAY_BE_NULL,
    NOT_A_KEY,
    Beside,
    Example,
    Fault,
    Items,
    MadeOf,
    OneOf,
    Text,
    Unfit,
    Value,
    Within,
    is_none,
    wrong,
)
from pdfbuilder.domain.wording import Part, Wording
from pdfbuilder.domain.wording import plain as plain_text
from pdfbuilder.yamlfile.tree import Key, ListNode, MapNode, Node, Path, ScalarNode, field_name, plain
from pdfbuilder.yamlfile.values import LONGEST_TEXT, choice, date, line, parts, text, unsided_parts

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


class Place(Struct, frozen=True):
    """A value and where it stands.

    Attributes:
        node: the value.
        key: the key that it stands under, if it is not an entry of a list.
        path: the way to it from the top of the file.
        reader: whoever reads the file, for values that name others.
    """

    node: Node
    key: Key | None = None
    path: Path = ()
    reader: Any = None

    def under(self, name: str) -> Place:
        """The value of a key."""
        assert isinstance(self.node, MapNode)  # noqa: S101
        key, node = self.node.entries[name]
        return Place(node, key, (*self.path, name), self.reader)

    def has(self, name: str) -> bool:
        """Whether a key stands there."""
        return isinstance(self.node, MapNode) and name in self.node.entries

    @property
    def items(self) -> tuple[Place, ...]:
        """The entries of a list."""
        assert isinstance(self.node, ListNode)  # noqa: S101
        return tuple(Place(node, None, (*self.path, index), self.reader) for index, node in enumerate(self.node.items))

    @property
    def field(self) -> str:
        """The way to it, as people write it."""
        return field_name(self.path)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return isinstance(self.node, ScalarNode) and self.node.value is None

    @property
    def location(self) -> Location:
        """Where the value is, or its key where the value is empty or spans lines."""
        if self.key and (self.is_empty or not isinstance(self.node, ScalarNode)):
            return self.key.location
        return self.node.location

    @property
    def heading(self) -> Location:
        """Where a mapping begins: its key, or its first key."""
        if self.key is None and isinstance(self.node, MapNode) and self.node.entries:
            return next(iter(self.node.entries.values()))[0].location
        return self.location

    def fit(self, parse: Callable[..., Any], *values: Any) -> Any:
        """What a parser makes of values; what it finds wrong with them is said of this place."""
        try:
            return parse(*values)
        except Unfit as unfit:
            raise self.refusal(unfit) from None

    def refusal(self, unfit: Unfit) -> InvalidInput:
        """What is wrong with the value, with its place."""
        return InvalidInput(map(self._diagnostic, unfit.faults))

    def _diagnostic(self, fault: Fault) -> Diagnostic:
        here, hint = self, fault.hint
        if isinstance(self.node, MapNode):
            if fault.at in self.node.entries:
                here = self.under(fault.at)
            elif words := _in_braces(self.node):
                hint = f'a text with braces needs quotes: "{{{words}}} …"'
        where = _inside(here.node, fault.raw, fault.earlier) or here.location
        return Diagnostic(fault.code, fault.message, where, here.field, hint)


def _in_braces(node: MapNode) -> str:
    """What was meant as a text that begins with braces: of `{affected leg}` YAML makes a key without a value."""
    for name, (key, value) in node.entries.items():
        is_empty = isinstance(value, ScalarNode) and value.value is None
        if is_empty and key.location.excerpt[: key.location.column - 1].rstrip().endswith("{"):
            return quoted(name)
    return ""


def _inside(node: Node, raw: str, earlier: int) -> Location | None:
    """Where some characters stand inside a text, if they can be found there as they were written.

    Args:
        node: the text.
        raw: the characters, with their white space folded.
        earlier: how many times they stand there before.
    """
    if not isinstance(node, ScalarNode) or not raw:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in raw.split(" ")))
    found = next(islice(pattern.finditer(node.source.text, *node.span), earlier, None), None)
    return node.source.at_offset(found.start(), len(found.group())) if found else None


# --------------------------------------------------------------------------- shapes


class Shape(Struct, frozen=True, eq=False):
    """What a value may be."""

    def read(self, at: Place) -> Any:
        """The domain's own value.

        Raises:
            InvalidInput: with all that is wrong with it.
        """
        raise NotImplementedError


class Single(Shape, frozen=True, eq=False):
    """A value that a parser reads."""

    value: Value

    def read(self, at: Place) -> Any:
        """See `Shape`."""
        return at.fit(self.parse, plain(at.node))

    def parse(self, value: object) -> Any:
        """The value, read by itself."""
        return self.value.parse(value)


class Unsided(Shape, frozen=True, eq=False):
    """A text that is printed as it stands; whoever reads the file takes it parsed, too."""

    mark: Text

    def read(self, at: Place) -> str:
        """See `Shape`."""
        wording = Wording(at.fit(self._parts, plain(at.node)), at.node.location)
        if at.reader:
            at.reader.printed.append((at.path, wording))
        return plain_text(wording.unsided)

    def parse(self, value: object) -> str:
        """The text, read by itself."""
        return plain_text(Wording(self._parts(value)).unsided)

    def _parts(self, value: object) -> tuple[Part, ...]:
        return () if self.mark.may_be_none and is_none(value) else unsided_parts(value, self.mark.most)


class Choice(Shape, frozen=True, eq=False):
    """One of a few words."""

    words: Mapping[str, Any]

    def read(self, at: Place) -> Any:
        """See `Shape`."""
        return at.fit(choice, plain(at.node), self.words, at.key.name if at.key else "")


class Many(Shape, frozen=True, eq=False):
    """A list of one shape."""

    item: Shape
    items: Items

    def read(self, at: Place) -> tuple[Any, ...]:
        """See `Shape`."""
        if not isinstance(at.node, ListNode):
            hint = "start each entry on a line of its own with a dash"
            raise at.refusal(wrong("list", "a list", plain(at.node), hint))
        return _all(at, self.items, len(at.node.items), (partial(self.item.read, each) for each in at.items))


class Keyed(Shape, frozen=True, eq=False):
    """A mapping with keys of the user's own."""

    item: Shape
    items: Items

    def read(self, at: Place) -> dict[str, Any]:
        """See `Shape`."""
        names = tuple(_mapping(at).entries)
        return dict(_all(at, self.items, len(names), (partial(self._entry, at, name) for name in names)))

    def _entry(self, at: Place, name: str) -> tuple[str, Any]:
        key = at.fit(self.items.key.parse, name) if self.items.key else name
        return key, self.item.read(at.under(name))


class Either(Shape, frozen=True, eq=False):
    """A value of several kinds."""

    kinds: tuple[Any, ...]
    pick: Callable[[Any], Any]

    def read(self, at: Place) -> Any:
        """See `Shape`."""
        return shape_of(at.fit(self.pick, plain(at.node))).read(at)


class Made(Shape, frozen=True, eq=False):
    """A value that is made of another one."""

    other: Shape
    make: Callable[[Any, Place], Any]

    def read(self, at: Place) -> Any:
        """See `Shape`."""
        return self.make(self.other.read(at), at)


class Field(Struct, frozen=True):
    """A key of a model.

    Attributes:
        attribute: what the model calls it, where that is not its name.
        taken_by: the attribute that takes it, among the keys of another model; empty for one of the model's own.
    """

    name: str
    shape: Shape
    description: str = ""
    default: Any = ...
    may_be_null: bool = False
    example: str = "…"
    attribute: str = ""
    taken_by: str = ""

    @property
    def required(self) -> bool:
        """Whether it may not be left out."""
        return self.default is ...

    def read(self, at: Place) -> Any:
        """Its value; a line that someone meant to finish is an error."""
        if at.is_empty and self.default in (None, ""):
            if self.may_be_null:
                return None
            hint = "write one, or delete the line"
            raise at.refusal(Unfit(Fault("nothing", "expected a value, got nothing", hint)))
        return self.shape.read(at)


class Record(Shape, frozen=True, eq=False, dict=True):
    """The keys of a model."""

    model: type[Struct]

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Its keys by their names, after those of other models."""
        found: dict[str, Field] = {}
        for taken_by, beside in self.beside.items():
            for name, each in record(beside.model).fields.items():
                default = ... if each.required and not beside.partly else None
                found[name] = structs.replace(each, default=default, taken_by=taken_by)
        own = [each for each in self._declared if each.name not in self.beside]
        return found | {each.encode_name: self.field(each) for each in own if NOT_A_KEY not in _marks(each)}

    @cached_property
    def beside(self) -> dict[str, Beside]:
        """Its fields that take keys of other models."""
        marked = ((info.name, mark) for info in self._declared for mark in _marks(info))
        return {name: mark for name, mark in marked if isinstance(mark, Beside)}

    @cached_property
    def _declared(self) -> tuple[structs.FieldInfo, ...]:
        """As the model declares them: each look evaluates the types of all."""
        return structs.fields(self.model)

    def field(self, info: structs.FieldInfo) -> Field:
        """A key from its declaration."""
        marks = _marks(info)
        description = next((mark for mark in marks if isinstance(mark, str)), "")
        default = info.default_factory() if callable(info.default_factory) else info.default
        default = ... if info.required else default
        example = next((mark.text for mark in marks if isinstance(mark, Example)), "…")
        null = MAY_BE_NULL in marks
        return Field(info.encode_name, shape_of(info.type), description, default, null, example, info.name)

    def read(self, at: Place) -> Any:
        """See `Shape`."""
        given = _mapping(at).entries
        problems = Problems()
        # "" stands for the model's own keys.
        values: dict[str, dict[str, Any]] = {taken_by: {} for taken_by in ("", *self.beside)}
        for name, missing in self.fields.items():
            if missing.required and name not in given:
                hint, where = f"add {name}: {missing.example}", field_name((*at.path, name))
                problems.error("missing-key", f"the key {name} is missing", at.heading, field=where, hint=hint)
        for name, (key, _) in given.items():
            field = self.fields.get(name)
            if field is None:
                hint = nearest(name, self.fields) or f"known keys here: {', '.join(self.fields)}"
                where = field_name((*at.path, name))
                problems.error("unknown-key", f"unknown key {quoted(name)}", key.location, field=where, hint=hint)
                continue
            try:
                values[field.taken_by][field.attribute or name] = field.read(at.under(name))
            except InvalidInput as error:
                problems.extend(error.diagnostics)
        problems.stop_on_error()
        return at.fit(partial(self.model, **values.pop(""), **values))


def _marks(info: structs.FieldInfo) -> tuple[Any, ...]:
    return get_args(info.type)[1:] if get_origin(info.type) is Annotated else ()


def _mapping(at: Place) -> MapNode:
    if isinstance(at.node, MapNode):
        return at.node
    hint = "write one 'key: value' to a line, indented alike"
    raise at.refusal(wrong("mapping", "keys and values", plain(at.node), hint))


def _all(at: Place, items: Items, count: int, reads: Iterator[Callable[[], Any]]) -> tuple[Any, ...]:
    """The values of a list or a mapping, which must be neither too few nor too many."""
    problems = Problems()
    values = []
    for read in islice(reads, items.most):
        try:
            values.append(read())
        except InvalidInput as error:
            problems.extend(error.diagnostics)
    if count < items.least:
        least, got = (items.least, count) if count else ("one entry", "an empty list")
        expected = f"expected at least {least}{' entries' if count else ''}, got {got}"
        hint = "add the others" if count else "add one, or delete the key"
        problems.extend(at.refusal(Unfit(Fault("too-few", expected, hint))).diagnostics)
    if items.most is not None and count > items.most:
        expected = f"expected at most {items.most} entries, got {count}"
        problems.extend(at.refusal(Unfit(Fault("too-many", expected, "shorten the list"))).diagnostics)
    problems.stop_on_error()
    return tuple(values)


# --------------------------------------------------------------------------- from types to shapes


@cache
def record(model: type[Struct]) -> Record:
    """The shape of a model."""
    return Record(model)


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
            return Made(shape_of(mark.kind), mark.make)
        if isinstance(mark, OneOf):
            return Either(mark.kinds or get_args(annotation), mark.pick)
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
    mark = next((mark for mark in marks if isinstance(mark, Text)), None)
    if annotation is Wording:
        most = mark.most if mark else LONGEST_TEXT
        return Made(Single(Value(partial(parts, most), text_schema(most))), _placed)
    if annotation is str and mark and mark.unsided:
        return Unsided(mark)
    if annotation is str:
        return Single(Value(partial(line, mark.most), text_schema(mark.most)) if mark else _ANY_TEXT)
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


def _placed(found: tuple[Part, ...], at: Place) -> Wording:
    """A text that may name sides: parsed once, and from now on with its place."""
    return Wording(found, at.node.location)


_ANY_TEXT: Final = Value(text, {"type": "string"})


def text_schema(most: int) -> dict[str, Any]:
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
