"""Fits a tree to a spec: pydantic checks, and every error goes back to the line and column it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel, Tag, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pdfbuilder.diagnostics import Location, Problems, nearest
from pdfbuilder.reading.tree import Key, ListNode, MapNode, Node, Path, ScalarNode, descend, field_name, plain
from pdfbuilder.reading.values import MISSPELLED, show
from pdfbuilder.wording import parse, tidy

Spec = TypeVar("Spec", bound=BaseModel)


def validate(spec: type[Spec], tree: MapNode, problems: Problems) -> Spec | None:
    """Check a tree against a spec.

    Args:
        spec: the model of the file's kind.
        tree: what the file holds.
        problems: takes every error, each with its place.

    Returns:
        The checked values, or None if there was an error.
    """
    value, errors = _checked(spec, tree)
    for each in errors:
        _report(each, spec, tree, problems)
    known = {_without_tags(each["loc"], tree) for each in errors}
    silent = [path for path in _nothings(tree) if not any(path[:depth] in known for depth in range(1, len(path) + 1))]
    for path in silent:
        node, key = descend(tree, path)
        problems.error(
            "nothing",
            "expected a value, got nothing",
            _place(node, key),
            field=field_name(path),
            hint="write one, or delete the line",
        )
    return None if silent else value


def valid_part(kind: Any, node: Node) -> Any:
    """A part of a file that is right in itself, though the file may not be; None if it is wrong, too."""
    try:
        return TypeAdapter(kind).validate_python(plain(node))
    except ValidationError:
        return None


def _checked(spec: type[Spec], tree: MapNode) -> tuple[Spec | None, list[ErrorDetails]]:
    try:
        return spec.model_validate(plain(tree)), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        # pydantic counts only the valid entries of a list; what is wrong with the others says enough
        places = {each["loc"][:depth] for each in errors for depth in range(len(each["loc"]))}
        return None, [each for each in errors if each["type"] != "too_short" or each["loc"] not in places]


#: The one key whose value may be nothing: it says so aloud that no clinician has signed.
MAY_BE_NULL: Final = "reviewed"


def _nothings(node: Node, path: Path = ()) -> Iterator[Path]:
    """Paths of the keys that have no value: a line that someone meant to finish."""
    if isinstance(node, MapNode):
        for name, (_, value) in node.entries.items():
            if isinstance(value, ScalarNode) and value.value is None and name != MAY_BE_NULL:
                yield (*path, name)
            yield from _nothings(value, (*path, name))
    elif isinstance(node, ListNode):
        for index, item in enumerate(node.items):
            yield from _nothings(item, (*path, index))


def _report(error: ErrorDetails, spec: type[BaseModel], tree: MapNode, problems: Problems) -> None:
    path = _without_tags(error["loc"], tree)
    kind = error["type"]
    if kind == "missing":
        name = str(path[-1])
        parent, key = descend(tree, path[:-1])
        problems.error(
            "missing-key",
            f"the key {name} is missing",
            _heading(parent, key),
            field=field_name(path),
            hint=f"add {name}: {EXAMPLES.get(name, '…')}",
        )
        return
    if kind == "extra_forbidden":
        name = str(path[-1])
        _, key = descend(tree, path)
        parent, parent_key = descend(tree, path[:-1])
        known = _keys_at(spec, error["loc"][:-1])
        problems.error(
            "unknown-key",
            f"unknown key {name}",
            key.location if key else _heading(parent, parent_key),
            field=field_name(path),
            hint=nearest(name, known) or f"known keys here: {', '.join(known)}",
        )
        return
    node, key = descend(tree, path)
    if kind == MISSPELLED and isinstance(node, ScalarNode):
        text = tidy(str(node.value))
        for each in parse(text)[1]:
            where = _inside(node, each.raw, text.count(each.raw, 0, each.offset)) or _place(node, key)
            problems.error(each.code, each.message, where, field=field_name(path), hint=each.hint)
        return
    at = str(error.get("ctx", {}).get("at", ""))
    if isinstance(node, MapNode) and at in node.entries:  # a rule over several keys, broken by this one
        path = (*path, at)
        key, node = node.entries[at]
    message, code, hint = _explain(error, node)
    where = _inside(node, error.get("ctx", {}).get("raw", "")) or _place(node, key)
    problems.error(code, message, where, field=field_name(path), hint=hint)


def _explain(error: ErrorDetails, node: Node) -> tuple[str, str, str]:
    """Message, code and hint in our own words."""
    context = error.get("ctx", {})
    if "hint" in context:  # raised by our own parsers in `values`
        hint = str(context["hint"])
        if isinstance(node, MapNode) and _looks_like_placeholder(node):
            hint = 'a text with braces needs quotes: "{affected leg} …"'
        return error["msg"], error["type"], hint
    got = _shown(node)
    match error["type"]:
        case "too_short" if context.get("actual_length"):
            expected = f"expected at least {context['min_length']} entries, got {context['actual_length']}"
            return expected, "too-few", "add the others"
        case "too_short":
            return "expected at least one entry, got an empty list", "too-few", "add one, or delete the key"
        case "too_long":
            most = context.get("max_length")
            return (
                f"expected at most {most} entries, got {context.get('actual_length')}",
                "too-many",
                "shorten the list",
            )
        case "tuple_type":
            return f"expected a list, got {got}", "list", "start each entry on a line of its own with a dash"
        case "model_type" | "model_attributes_type" | "dict_type":
            return (
                f"expected keys and values, got {got}",
                "mapping",
                "write one 'key: value' to a line, indented alike",
            )
        case "bool_type" | "bool_parsing":
            return f"expected true or false, got {got}", "boolean", "write true or false"
        case "int_type" | "int_from_float":
            return f"expected a whole number, got {got}", "number", "write a number without a unit"
        case "float_type" | "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return f"expected {_bounds(context)}, got {got}", "number", "write a number without a unit"
        case "literal_error" | "enum":
            return f"expected {context.get('expected')}, got {got}", "choice", "write one of them"
        case _:
            return f"{error['msg'][0].lower()}{error['msg'][1:]}, got {got}", "value", "see pdfbuilder schema"


def _shown(node: Node) -> str:
    return (
        show(plain(node))
        if isinstance(node, ScalarNode)
        else "a list"
        if isinstance(node, ListNode)
        else "keys and values"
    )


def _bounds(context: dict[str, Any]) -> str:
    limits = [
        f"{word} {context[key]:g}"
        for key, word in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than"))
        if key in context
    ]
    return f"a number {' and '.join(limits)}" if limits else "a number"


def _looks_like_placeholder(node: MapNode) -> bool:
    """Whether a mapping was meant as a text: of `{affected leg}` YAML makes a key without a value."""
    return any(
        name.split(maxsplit=1)[:1] in (["affected"], ["other"])
        for name, (_, value) in node.entries.items()
        if isinstance(value, ScalarNode) and value.value is None
    )


def _place(node: Node, key: Key | None) -> Location:
    """Where a value is, or its key where the value is empty or spans lines."""
    empty = isinstance(node, ScalarNode) and node.value is None
    if key and (empty or not isinstance(node, ScalarNode)):
        return key.location
    return node.location


def _inside(node: Node, raw: str, earlier: int = 0) -> Location | None:
    """Where some characters stand inside a text, if they can be found there as they were written.

    Args:
        node: the text.
        raw: the characters, with their white space folded.
        earlier: how many times they stand there before.
    """
    if not isinstance(node, ScalarNode) or not raw:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in raw.split(" ")))
    found = list(pattern.finditer(node.source.text, *node.span))
    if earlier >= len(found):
        return None
    return node.source.at_offset(found[earlier].start(), len(found[earlier].group()))


def _heading(node: Node, key: Key | None) -> Location:
    """Where a mapping begins: its key, or its first key."""
    if key:
        return key.location
    if isinstance(node, MapNode) and node.entries:
        return next(iter(node.entries.values()))[0].location
    return node.location


def _without_tags(loc: tuple[str | int, ...], tree: MapNode) -> Path:
    """A pydantic location without the tags of unions, which are no keys of the file."""
    path: list[str | int] = []
    node: Node = tree
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(node, MapNode) and step in node.entries:
            node = node.entries[str(step)][1]
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif not (last and isinstance(node, MapNode)):
            continue  # a tag, or a step inside a value
        path.append(step)
    return tuple(path)


def _keys_at(spec: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The known keys of the model that a pydantic location leads to."""
    here: Any = spec
    for step in loc:
        here = _step_into(here, step)
    return list(here.model_fields) if _is_model(here) else []


def _step_into(annotation: Any, step: str | int) -> Any:
    """What stands at one step inside a type: a field, an item, or the tagged branch of a union."""
    if _is_model(annotation):
        return _unwrapped(annotation.model_fields[str(step)].annotation)
    if get_origin(annotation) is tuple:
        return _unwrapped(get_args(annotation)[0])
    if get_origin(annotation) is dict:
        return _unwrapped(get_args(annotation)[1])
    for branch in get_args(annotation):
        if get_origin(branch) is Annotated and any(
            isinstance(each, Tag) and each.tag == step for each in branch.__metadata__
        ):
            return _unwrapped(branch)
    return annotation


def _unwrapped(annotation: Any) -> Any:
    """A type without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _unwrapped(get_args(annotation)[0])
    branches = [each for each in get_args(annotation) if each is not type(None)]
    if type(None) in get_args(annotation) and len(branches) == 1:
        return _unwrapped(branches[0])
    return annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


#: What a missing key might look like.
EXAMPLES: Final = {
    "title": "My home exercises",
    "exercises": "[knee-to-chest, pelvic-tilt]",
    "exercise": "knee-to-chest",
    "name": "Heel slide",
    "side": "affected",
    "reps": "10",
    "instructions": '["Lie on your back.", "Bend your {affected knee}."]',
    "by": "Jane Doe, physiotherapist",
    "on": "2026-11-21",
    "dated": "2026-11-21",
}
