"""A value of a file and where it stands, so that what is wrong with it is said at its line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Any

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, quoted
from pdfbuilder.domain.declare import Fault, Unfit
from pdfbuilder.yamlfile.tree import Key, KeyPath, ListNode, MapNode, Node, ScalarNode, field_name


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
    path: KeyPath = ()
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
        if isinstance(self.node, ListNode) and fault.at.isdecimal():
            here = self.items[int(fault.at)]
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
