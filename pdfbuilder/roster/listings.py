"""YAML: a list of people, each with keys and values, or such a list under `people:`."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Problems, nearest, quoted, refused
from pdfbuilder.reading.overrides import NOT_IN_A_CELL, in_a_cell
from pdfbuilder.roster.tables import (
    LONGEST_CELL,
    Cell,
    CellFault,
    CellKind,
    Row,
    Table,
    refuse_too_large,
)
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import Key, ListNode, MapNode, Node, ScalarNode, parse_any

#: Some ten thousand people with eight keys each.
MOST_VALUES: Final = 200_000
#: The key above the list, for those who want one.
PEOPLE: Final = "people"
_STARTER: Final = "start each person with '- id: p001', and put the other keys below, indented alike"


def read_listing(source: SourceText) -> Table:
    """Read a YAML roster.

    Raises:
        InvalidInput: if it is not YAML, not a list of people with keys, or too large.
    """
    problems = Problems()
    people = _people(parse_any(source, problems, MOST_VALUES), source, problems)
    refuse_too_large(people.location, people=len(people.items))
    header: dict[str, Cell] = {}
    for item in people.items:
        for name, (key, _) in item.entries.items() if isinstance(item, MapNode) else ():
            header.setdefault(name, Cell(name, key.location))
    refuse_too_large(people.location, columns=len(header), cells=len(people.items) * len(header))
    starts = [(item.location.line, item.location.column) for item in people.items]
    repeated: dict[int, list[Diagnostic]] = {}
    for each in problems.found:
        whose = max(0, bisect_right(starts, (each.location.line, each.location.column)) - 1)
        repeated.setdefault(whose, []).append(each)
    rows = tuple(_row(item, tuple(header), tuple(repeated.get(index, ()))) for index, item in enumerate(people.items))
    if not header:  # nobody in it has a key
        raise InvalidInput([problem for row in rows for problem in row.problems])
    return Table(source.folder, tuple(header.values()), rows)


def _people(root: Node | None, source: SourceText, problems: Problems) -> ListNode:
    if isinstance(root, MapNode):
        key, below = root.entries.get(PEOPLE, (None, None))
        for name, (each, _) in root.entries.items():
            if name != PEOPLE:
                hint = nearest(name, [PEOPLE]) or f"a roster has one key, {PEOPLE}, or starts with the list itself"
                problems.error("unknown-key", f"unknown key {quoted(name)}", each.location, hint=hint)
        if any(each.field in (PEOPLE, *root.entries) or each.code == "unknown-key" for each in problems.found):
            raise InvalidInput(problems.found)
        if isinstance(below, ListNode) and below.items:
            return below
        where = key.location if key else root.location
    elif isinstance(root, ListNode) and root.items:
        return root
    else:
        where = root.location if root else source.at(1, 1)
    if root is None or isinstance(root, ListNode) or (isinstance(root, ScalarNode) and root.value is None):
        raise refused("empty", "the roster is empty", where, _STARTER)
    raise refused("people", "expected a list of people", where, _STARTER)


def _row(item: Node, header: tuple[str, ...], problems: tuple[Diagnostic, ...]) -> Row:
    number = item.location.line
    if not isinstance(item, MapNode) or not item.entries:
        wrong = Diagnostic("mapping", "expected a person's keys and values", item.location, f"row {number}", _STARTER)
        return Row(number, item.location, problems=(wrong, *problems))
    start = next(iter(item.entries.values()))[0].location
    cells = tuple(_cell(*item.entries[name]) if name in item.entries else Cell("", start) for name in header)
    return Row(start.line, start, cells, problems)


def _cell(key: Key, node: Node) -> Cell:
    if isinstance(node, ScalarNode):
        return _scalar(key, node)
    if isinstance(node, ListNode) and all(isinstance(each, ScalarNode) for each in node.items):
        text = in_a_cell(_scalar(key, each).text for each in node.items if isinstance(each, ScalarNode))
        if text is None:
            hint = "write it in a routine of this person's own"
            return Cell("", node.location, fault=CellFault("value", NOT_IN_A_CELL, hint))
        return Cell(f"[{text}]", node.location, kind=CellKind.LIST)
    hint = "write it on the line of its key"
    if isinstance(node, MapNode) and set(node.entries) == {"affected", "other"}:
        hint = "write one number for both sides here; one for each stands in a routine of this person's own"
    elif isinstance(node, MapNode) and any(name.startswith(("affected", "other")) for name in node.entries):
        hint = 'a text with braces needs quotes: "{affected leg} …"'
    return Cell("", key.location, fault=CellFault("value", "expected a single value", hint))


def _scalar(key: Key, node: ScalarNode) -> Cell:
    # As it was written: `1.50` and a person called Null stay what they are.
    text = node.value if isinstance(node.value, str) else node.source.text[slice(*node.span)].strip()
    if node.value is None and text in ("", "~", "null"):
        return Cell("", key.location)
    if len(text) > LONGEST_CELL:
        message = f"expected at most {LONGEST_CELL:,} characters in a value, got {len(text):,}"
        return Cell("", key.location, fault=CellFault("too-long", message, "shorten it"))
    return Cell(text, node.location)
