"""A plan on the desk and the text that is saved of it. What nobody touched stands in the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, structs

from pdfbuilder.diagnostics import InvalidInput, Problems
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import ListNode, MapNode, Node, parse, plain
from pdfbuilder.yamlfile.writing import item, lines

#: The keys that the desk writes itself, in the order in which a new plan has them.
_SAID: Final = ("title", "side", "safety", "restrictions", "sheet")
_ENTRIES: Final = "exercises"
#: What a plan is called that nobody has saved yet; the name of its file stands in its sheets.
NEW: Final = "home-exercises"
_INDENT: Final = "  "
_NAME: Final = re.compile(r"[^\w.-]+")
#: A comment or nothing at all.
_REMARK: Final = re.compile(r"\s*(#.*)?")


class Part(Struct, frozen=True):
    """A key at the top of a plan's file, with all that stands under it.

    Attributes:
        key: its name; empty for what stands before the first one.
        text: its lines, as they were written.
    """

    key: str
    text: str = ""


class Item(Struct, frozen=True):
    """An exercise of a plan, or a heading between exercises.

    Attributes:
        entry: what the file says of it: an id, or keys and values.
        text: its lines, as long as nobody has changed it; empty if somebody has, or if it is new.
    """

    entry: Any
    text: str = ""


class Plan(Struct, frozen=True):
    """What stands on the desk.

    Attributes:
        file: the name of its file, without a suffix.
        title: the heading of its sheet.
        side: as it is written in the file; empty for none yet.
        safety: ids of its warning signs; empty for those that every plan has.
        restrictions: what the person must not do.
        sheet: for whom the sheet is and how it looks, by the keys of the file.
        parts: the keys of the file in order; of those that the desk writes, the text may be old.
        items: the exercises in order.
    """

    file: str = NEW
    title: Any = ""
    side: Any = ""
    safety: Any = ""
    restrictions: Any = ""
    sheet: Any = {}
    parts: tuple[Part, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def name(self) -> str:
        """Its file's name, which leads nowhere."""
        return _NAME.sub("-", Path(self.file).name).strip(".-")[:60] or NEW


def read(text: str, file: str = NEW) -> Plan:
    """A plan from the text of its file.

    Raises:
        InvalidInput: if the text is no mapping in YAML.
    """
    problems = Problems()
    tree = parse(SourceText(f"{file}.yaml", text, Path()), problems)
    problems.stop_on_error()
    plan = _as_written(tree, file)
    try:
        kept = _plain(write(plan)) == plain(tree)
    except InvalidInput:
        kept = False
    if kept:
        return plan
    # Written in brackets, or otherwise than line by line: its words stay, its comments do not.
    parts = tuple(
        # Exercises are written item by item.
        Part(key, "" if key == _ENTRIES and plan.items else "\n".join(lines({key: value})) + "\n")
        for key, value in _values(tree).items()
    )
    return structs.replace(plan, parts=parts, items=tuple(structs.replace(each, text="") for each in plan.items))


def write(plan: Plan) -> str:
    """The text of a plan's file."""
    written = {part.key: part for part in plan.parts}
    parts = list(plan.parts) or [Part("")]
    for key in (*_SAID, _ENTRIES):
        if key not in written:
            # Before the exercises, which come last where nobody says otherwise.
            at = next((i for i, each in enumerate(parts) if each.key == _ENTRIES), len(parts))
            parts.insert(at, Part(key))
    return _spaced([(_part(part, plan), part.key not in written) for part in parts])


def _spaced(texts: list[tuple[str, bool]]) -> str:
    """Texts one after the other; what is new stands above the empty lines that end what was there before it."""
    whole = ""
    for text, is_new in texts:
        kept = whole.rstrip("\n")
        blank = whole[len(kept) + 1 :] if kept else ""
        whole = f"{kept}\n{text}{blank}" if is_new and text and blank else whole + text
    return whole


def _part(part: Part, plan: Plan) -> str:
    if part.key in _SAID:
        value = getattr(plan, part.key)
        if isinstance(value, dict):
            value = {key: each for key, each in value.items() if each not in ("", None)}
        return _said(part, value)
    if part.key == _ENTRIES and plan.items:
        return "".join(_listed(part, plan.items))
    return part.text


def _said(part: Part, value: Any) -> str:
    """A key with its value: as it was written, if it says the same."""
    value = tuple(value) if isinstance(value, list) else value
    if part.text and _plain(part.text).get(part.key) == (None if value in ("", {}, ()) else value):
        return part.text
    new = "".join(f"{line}\n" for line in lines({part.key: value})) if value else ""
    return new + _remarks_after(part.text)


def _listed(part: Part, items: tuple[Item, ...]) -> Iterator[str]:
    """The exercises, each as it was written, or anew."""
    written = "\n".join(line for each in items for line in each.text.splitlines())
    found = re.search(r"^( *)-(?: |$)", written, re.MULTILINE)
    indent = found[1] if found else _INDENT
    head = part.text.splitlines(keepends=True)[:1]
    yield head[0] if head else f"\n{_ENTRIES}:\n"
    for each in items:
        yield each.text or "".join(f"{line}\n" for line in item(each.entry, indent))
    yield _remarks_after(part.text) if head else ""


def _remarks_after(text: str) -> str:
    """The comments and empty lines at the end of what stands under a key: they belong to what follows."""
    found = text.splitlines(keepends=True)
    last = max((i for i, line in enumerate(found) if not _REMARK.fullmatch(line.rstrip("\r\n"))), default=-1)
    return "".join(found[last + 1 :])


def _as_written(tree: MapNode, file: str) -> Plan:
    text = tree.source.text
    of_lines = text.splitlines(keepends=True)
    if of_lines and not of_lines[-1].endswith(("\n", "\r")):
        of_lines[-1] += "\n"

    def between(first: int, end: int) -> str:
        return "".join(of_lines[first - 1 : end - 1])

    starts = [(name, key.location.line) for name, (key, _) in tree.entries.items()]
    ends = [line for _, line in starts[1:]] + [len(of_lines) + 1]
    parts = [Part("", between(1, starts[0][1]))] if starts and starts[0][1] > 1 else []
    parts += [Part(name, between(line, end)) for (name, line), end in zip(starts, ends, strict=True)]
    values = _values(tree)
    entries = tree.get(_ENTRIES)
    items: tuple[Item, ...] = ()
    if isinstance(entries, ListNode):
        end = dict(zip((name for name, _ in starts), ends, strict=True))[_ENTRIES]
        of_items = [each.location.line for each in entries.items]
        last = end - len(_remarks_after(between(of_items[-1], end)).splitlines()) if of_items else end
        bounds = [_begins(line, of_lines) for line in of_items[1:]]
        limits = list(pairwise([*(of_items[:1]), *bounds, last]))
        items = tuple(Item(plain(node), between(*limit)) for node, limit in zip(entries.items, limits, strict=True))
        if items:
            first = _begins(of_items[0], of_lines)
            header = tree.entries[_ENTRIES][0].location.line
            lead = between(max(first, header + 1), of_items[0])
            items = (structs.replace(items[0], text=lead + items[0].text), *items[1:])
    said = {key: values[key] for key in _SAID if values.get(key) is not None}
    return Plan(file=file, **said, parts=tuple(parts), items=items)


def _begins(line: int, of_lines: list[str]) -> int:
    """Where the comments begin that stand right above a line."""
    while line > 1 and _REMARK.fullmatch(of_lines[line - 2].rstrip("\r\n")):
        line -= 1
    return line


def _values(tree: Node) -> dict[str, Any]:
    values = plain(tree)
    return values if isinstance(values, dict) else {}


def _plain(text: str) -> dict[str, Any]:
    problems = Problems()
    tree = parse(SourceText("", text, Path()), problems) if text.strip() else None
    return _values(tree) if tree else {}


def new(title: str, language: str) -> Plan:
    """An empty plan with a heading, in a language; how often a day is said in it, as what ships says it."""
    spoken = (Part("language", f"language: {language}\n"),) if language != "en" else ()
    return Plan(title=title, parts=(Part("title"), *spoken, Part("times_per_day", "times_per_day: 1\n")))
