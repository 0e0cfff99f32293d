"""Guarded YAML: values with their line and column, and none of YAML's surprises.

The tree is built from the parser's events, one by one, so that nothing can grow beyond its bounds: no aliases
(a kilobyte of them unpacks to gigabytes), no tags, bounded depth and number of values, no key twice. Plain
scalars are read by YAML 1.2's core rules and stricter: `no`, `1:30` and `017` stay the text that was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import yaml
from msgspec import Struct

from pdfbuilder.diagnostics import InvalidInput, Location, Problems, quoted, refused
from pdfbuilder.yamlfile.source import SourceText

MOST_DEPTH: Final = 20
MOST_VALUES: Final = 20_000

#: The way to a value inside its file: keys and list indices from the top.
KeyPath = tuple[str | int, ...]


class _Placed(Struct, frozen=True):
    """What stands in a source, from one of its characters to before another; of a list or a mapping, its first."""

    source: SourceText
    span: tuple[int, int]

    @property
    def location(self) -> Location:
        """Where that is; of most values nobody asks."""
        return self.source.between(*self.span)


class ScalarNode(_Placed, frozen=True):
    """A single value: text, a number, true or false, or nothing."""

    value: str | int | float | bool | None


class Key(_Placed, frozen=True):
    """A mapping's key."""

    name: str


class ListNode(_Placed, frozen=True):
    """A list of values."""

    items: tuple[Node, ...]


class MapNode(_Placed, frozen=True):
    """Keys and values in the order of the file."""

    entries: Mapping[str, tuple[Key, Node]]

    def get(self, name: str) -> Node | None:
        """The value of a key, if it stands there."""
        return self.entries[name][1] if name in self.entries else None


Node = ScalarNode | ListNode | MapNode


def plain(node: Node) -> object:
    """The bare values of a tree: dicts, tuples and scalars."""
    match node:
        case ScalarNode():
            return node.value
        case ListNode():
            return tuple(plain(item) for item in node.items)
        case MapNode():
            return {name: plain(value) for name, (_, value) in node.entries.items()}


def descend(node: Node, path: KeyPath) -> tuple[Node, Key | None]:
    """The node at a path, or the nearest one above it; with its key, if it has one."""
    key: Key | None = None
    for step in path:
        if isinstance(node, MapNode) and isinstance(step, str) and step in node.entries:
            key, node = node.entries[step]
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            key, node = None, node.items[step]
        else:
            break
    return node, key


def field_name(path: KeyPath) -> str:
    """A path as people write it: `exercises[1].reps`."""
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{quoted(step)}" if out else quoted(step)
    return out


# --------------------------------------------------------------------------- parsing

#: What newer ones of libyaml say at a thousand levels.
_LIBYAML_TOO_DEEP: Final = "exceeded maximum nesting depth"

_Loader: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def parse(source: SourceText, problems: Problems) -> MapNode:
    """Read the one mapping that a definition file holds.

    Args:
        source: the text.
        problems: takes what does not keep the rest from being read: keys that stand there twice.

    Raises:
        InvalidInput: if the text is not YAML, holds a forbidden construct, is empty, holds several documents,
            or is not a mapping.
    """
    return _the_mapping(parse_any(source, problems), source)


def parse_any(source: SourceText, problems: Problems, most_values: int = MOST_VALUES) -> Node | None:
    """Read whatever one document holds; None if that is nothing.

    Args:
        source: the text.
        problems: takes what does not keep the rest from being read: keys that stand there twice.
        most_values: how many values it may hold, keys and collections included.

    Raises:
        InvalidInput: if the text is not YAML, holds a forbidden construct, is too large, or holds several documents.
    """
    try:
        try:
            return _Builder(source, problems, most_values).build(source.text)
        except yaml.MarkedYAMLError as error:
            if error.problem != _LIBYAML_TOO_DEEP or error.problem_mark is None:
                raise
            # It looks ahead, and gave up before it told of what comes first: so without what it never got to.
            return _Builder(source, problems, most_values).build(source.text[: error.problem_mark.index])
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, source) from None
    except yaml.reader.ReaderError as error:
        char = chr(error.character) if isinstance(error.character, int) else error.character[:1]
        where = source.at_offset(source.text.find(char))  # libyaml counts bytes, the other parser characters
        message = f"the character U+{ord(char):04X} is not allowed here"
        raise refused("control-character", message, where, "delete it: it cannot be seen, but it is there") from None


def _not_yaml(error: yaml.MarkedYAMLError, source: SourceText) -> InvalidInput:
    """What the parser choked on, in words for someone who does not know YAML."""
    problem, context = error.problem or "", error.context or ""
    in_brackets = "flow node" in context  # there something should stand, and its mark is at what stands there instead
    unclosed = ("flow" in context and not in_brackets) or ("quoted scalar" in context and "end of stream" in problem)
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    where = source.at_offset(mark.index) if mark else Location(source.name)
    before, char = where.excerpt[: where.column - 1].rstrip(), where.excerpt[where.column - 1 : where.column]
    if bare := _BARE_PLACEHOLDER.search(where.excerpt):
        hint = f'write "{{{bare[1]} …}} …"'
        return refused("yaml", "a text that begins with a brace needs quotes", where, hint)
    if unclosed:
        return refused("yaml", f"the {char} that opens here is never closed", where, "close it, or put quotes around")
    if in_brackets and char == ",":
        return refused("yaml", "nothing stands before this comma", where, "delete it")
    if in_brackets and not char:
        return refused("yaml", "the file ends inside brackets or braces", where, "close them")
    if char == "\t":
        return refused("yaml", "a tab cannot indent", where, "indent with spaces")
    if "mapping values are not allowed" in problem and ":" in before:
        return refused("yaml", "a text that contains a colon needs quotes", where, 'write "…: …"')
    if "mapping values are not allowed" in problem and (
        item := _BARE_ITEM.fullmatch(source.at(where.line - 1, 1).excerpt)
    ):
        named = source.at(where.line - 1, item.start(1) + 1, len(item[1]))
        hint = f"write - exercise: {quoted(item[1])}, and the others below its first letter"
        return refused("yaml", "an item of a list that has keys of its own begins with a key, too", named, hint)
    if "did not find expected key" in problem and before.endswith(('"', "'")):
        other = "single" if before.endswith('"') else "double"
        hint = f"use {other} quotes around a text with such quotes inside"
        return refused("yaml", "the text goes on after the quote that closes it", where, hint)
    if "cannot start any token" in problem:
        return refused("yaml", f"a text that begins with {char} needs quotes", where, f'write "{char}…"')
    if "escape" in problem:
        hint = "use single quotes, in which a backslash is just a backslash"
        return refused("yaml", "a backslash in double quotes begins a code, and there is no such code", where, hint)
    hint = "check the indentation and the colons around this place"
    return refused("yaml", f"this is not valid YAML: {problem or 'it cannot be read'}", where, hint)


def _span(event: yaml.Event) -> tuple[int, int]:
    """Where an event starts and ends, as events that come from a text always know.

    By the index: YAML 1.1 breaks lines at characters at which no editor does.
    """
    start, end = event.start_mark, event.end_mark
    assert start is not None  # noqa: S101
    assert end is not None  # noqa: S101
    return start.index, end.index


class _Builder:
    """Makes a tree of the parser's events; each is looked at before anything is made of it."""

    def __init__(self, source: SourceText, problems: Problems, most_values: int) -> None:
        self.source = source
        self.problems = problems
        self.most_values = most_values
        self.values = 0

    def build(self, text: str) -> Node | None:
        """The value of the one document; None if there is none."""
        self.events = yaml.parse(text, Loader=_Loader)
        root: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "delete the line ---, or put the rest into a file of its own"
                    raise refused("documents", "expected one document, got a second one", self._at(event), hint)
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, ())
        return root

    def _node(self, event: yaml.Event, path: KeyPath) -> Node:
        """The value that begins with an event, and all that is inside."""
        self._check(event, len(path))
        span = _span(event)
        match event:
            case yaml.SequenceStartEvent():
                items: list[Node] = []
                while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                    items.append(self._node(inner, (*path, len(items))))
                return ListNode(self.source, span, tuple(items))
            case yaml.MappingStartEvent():
                return MapNode(self.source, span, self._entries(path))
            case _:
                assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - no other begins a value
                value = _plain_scalar(event.value) if event.implicit[0] and not event.style else event.value
                return ScalarNode(self.source, span, value)

    def _entries(self, path: KeyPath) -> dict[str, tuple[Key, Node]]:
        entries: dict[str, tuple[Key, Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._check(event, len(path) + 1)
            if not isinstance(event, yaml.ScalarEvent):
                hint = 'put a text that contains braces or brackets into quotes: "{affected leg} …"'
                raise refused("key", "expected a plain word as a key, got a list or a mapping", self._at(event), hint)
            key = Key(self.source, _span(event), event.value)
            inside = (*path, key.name)
            node = self._node(next(self.events), inside)
            if key.name in entries:
                first, _ = entries[key.name]
                message = f"the key {quoted(key.name)} stands here again; it is first on line {first.location.line}"
                field, hint = field_name(inside), "keep one of the two"
                self.problems.error("repeated-key", message, key.location, field=field, hint=hint)
            else:
                entries[key.name] = key, node
        return entries

    def _check(self, event: yaml.Event, depth: int) -> None:
        """Refuse what is forbidden, and what would be too much."""
        self.values += 1
        if self.values > self.most_values:
            message = f"expected at most {self.most_values:,} values"
            raise refused("too-large", message, self._at(event), "divide it between several files")
        if type(event) is yaml.ScalarEvent and event.anchor is event.tag is None:
            return  # as most of them are
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            message = f"references such as *{quoted(anchor or '')} are not allowed"
            raise refused("alias", message, self._at(event), "write the value out again")
        if anchor is not None:
            message = f"labels such as &{quoted(anchor)} are not allowed"
            raise refused("anchor", message, self._at(event), "delete the label")
        if tag is not None and tag != "!":
            shown = quoted(tag.replace("tag:yaml.org,2002:", "!!"))
            raise refused("tag", f"tags such as {shown} are not allowed", self._at(event), "delete the tag")
        if depth >= MOST_DEPTH and not isinstance(event, yaml.ScalarEvent):
            message = f"expected at most {MOST_DEPTH} levels of nesting"
            raise refused("too-deep", message, self._at(event), "a routine has three")

    def _at(self, event: yaml.Event) -> Location:
        return self.source.between(*_span(event))


def _the_mapping(root: Node | None, source: SourceText) -> MapNode:
    if isinstance(root, MapNode):
        return root
    where, hint = root.location if root else source.at(1, 1), "pdfbuilder new FILE writes a starter"
    if root is None or (isinstance(root, ScalarNode) and root.value is None):
        raise refused("empty", "the file is empty", where, hint)
    got = "a list" if isinstance(root, ListNode) else "a single value"
    raise refused("not-a-mapping", f"expected keys and values, such as 'title: My plan', got {got}", where, hint)


#: `- {affected leg} up`: a brace at the start of a value opens a mapping.
_BARE_PLACEHOLDER: Final = re.compile(r"(?:^\s*|[-:]\s+)\{\s*(affected|other|literal)\b")
#: `- pelvic-tilt`, before a line that is indented further: the dose that is meant for it would go on its name.
_BARE_ITEM: Final = re.compile(r"\s*-\s+([^\s\"'#:]+)\s*")

_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,8})", re.ASCII)
_DECIMAL: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,8})\.[0-9]{1,6}", re.ASCII)


def _plain_scalar(text: str) -> str | int | float | bool | None:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
