"""What a value of a file may be, and how it is read; whatever does not fit is said at its line and column.

`models` makes shapes of the types of a model. `reading.schemas` describes them to editors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from msgspec import Struct

from pdfbuilder.diagnostics import InvalidInput, Problems, nearest, quoted
from pdfbuilder.domain.declare import CALLED_OTHERWISE, Beside, Fault, Items, Unfit, Value, is_none, wrong
from pdfbuilder.domain.wording import Part, Wording
from pdfbuilder.domain.wording import plain as plain_text
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.tree import ListNode, MapNode, field_name, plain
from pdfbuilder.yamlfile.values import choice


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
        return at.fit(self.value.parse, plain(at.node))


class Unsided(Single, frozen=True, eq=False):
    """A text that is printed as it stands; whoever reads the file takes it parsed, too."""

    parts: Callable[[object], tuple[Part, ...]]

    def read(self, at: Place) -> str:
        """See `Shape`."""
        wording = Wording(at.fit(self.parts, plain(at.node)), at.node.location)
        if at.reader:
            at.reader.printed.append((at.path, wording))
        return plain_text(wording.unsided)


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
        if self.items.may_be_none and is_none(plain(at.node)):
            return ()
        if not isinstance(at.node, ListNode):
            hint = "start each entry on a line of its own with a dash"
            expected = "a list, or the word none" if self.items.may_be_none else "a list"
            raise at.refusal(wrong("list", expected, plain(at.node), hint))
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
    """A value of several kinds, told apart by what it looks like."""

    kinds: Mapping[Any, Shape]
    pick: Callable[[Any], Any]

    def read(self, at: Place) -> Any:
        """See `Shape`."""
        return self.kinds[at.fit(self.pick, plain(at.node))].read(at)


class MadeFrom(Shape, frozen=True, eq=False):
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


class Record(Shape, frozen=True, eq=False):
    """The keys of a model.

    Attributes:
        model: what is made of their values.
        fields: its keys by their names, after those of other models.
        beside: its attributes that take the keys of other models, and how.
    """

    model: type[Struct]
    fields: Mapping[str, Field]
    beside: Mapping[str, Beside] = {}

    def read(self, at: Place) -> Any:
        """See `Shape`."""
        given = _mapping(
            at, ", ".join(f"{name}: {each.example}" for name, each in self.fields.items() if each.required)
        ).entries
        problems = Problems()
        # "" stands for the model's own keys.
        values: dict[str, dict[str, Any]] = {taken_by: {} for taken_by in ("", *self.beside)}
        for name, missing in self.fields.items():
            if missing.required and name not in given:
                hint, where = f"add {name}: {missing.example}", field_name((*at.path, name))
                problems.error("missing-key", f"the key {name} is missing", at.heading, field=where, hint=hint)
        for beside in self.beside.values():
            written = {name: plain(node) for name, (_, node) in given.items()} if beside.lacking else {}
            if beside.lacking and (fault := beside.lacking(written)):
                where = field_name((*at.path, fault.at))
                problems.error(fault.code, fault.message, at.heading, field=where, hint=fault.hint)
        for name, (key, _) in given.items():
            field = self.fields.get(name)
            if field is None:
                hint = _meant(name, self.fields) or f"known keys here: {', '.join(self.fields)}"
                where = field_name((*at.path, name))
                problems.error("unknown-key", f"unknown key {quoted(name)}", key.location, field=where, hint=hint)
                continue
            try:
                values[field.taken_by][field.attribute or name] = field.read(at.under(name))
            except InvalidInput as error:
                problems.extend(error.diagnostics)
        problems.stop_on_error()
        return at.fit(partial(self.model, **values.pop(""), **values))


def _meant(name: str, known: Mapping[str, Field]) -> str:
    """What somebody may have meant by a key that there is not, as a hint: the field's words for it, or one like it."""
    called = CALLED_OTHERWISE.get(re.sub(r"[\s-]+", "_", name.strip().casefold()), ())
    words = [each for each in called if each in known]
    return f"did you mean {' or '.join(words)}?" if words else nearest(name, known)


def _mapping(at: Place, required: str = "") -> MapNode:
    if isinstance(at.node, MapNode):
        return at.node
    hint = f"write {{{required}}}" if required else "write one 'key: value' to a line, indented alike"
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
