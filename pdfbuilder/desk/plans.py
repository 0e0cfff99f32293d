"""A plan on the desk and the text that is saved of it. What nobody touched stands in the text as it was written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from pdfbuilder.diagnostics import InvalidInput, Problems, refused
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import Key, ListNode, MapNode, Node, ScalarNode, parse, plain
from pdfbuilder.yamlfile.writing import item, lines

#: The keys that the desk writes itself, in the order in which a new plan has them.
_SAID: Final = ("title", "side", "safety", "restrictions", "sheet")
_ENTRIES: Final = "exercises"
#: What a plan is called that nobody has saved yet; the name of its file stands in its sheets.
NEW: Final = "home-exercises"
_LONGEST_NAME: Final = 60
_INDENT: Final = "  "
_NAME: Final = re.compile(r"[^\w.-]+")
#: What a key may say that the desk takes as if it were not there.
_NOTHING: Final[tuple[object, ...]] = ("", None, (), {})
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: A comment or nothing at all.
_REMARK: Final = re.compile(r"\s*(#.*)?\s*")
#: A block text to which the empty lines below it belong.
_KEEPS: Final = re.compile(r"[|>](\d?\+|\+\d)")
#: A line under which the exercises stand item by item.
_HEAD: Final = re.compile(rf"(['\"]?){_ENTRIES}\1[ \t]*:[ \t]*(#.*)?\s*")
#: The same for none.
_NONE: Final = re.compile(r":[ \t]*\[\s*\]")
_DASH: Final = re.compile(r"^( *)-(?=\s)", re.MULTILINE)
#: A key that may follow any other.
_NEXT: Final = "what follows"


class FilePart(Struct, frozen=True):
    """A key at the top of a plan's file, with all that stands under it.

    Attributes:
        key: its name; empty for what stands before the first one.
        text: its lines, as they were written.
    """

    key: str
    text: str = ""


class DeskItem(Struct, frozen=True):
    """An exercise of a plan, or a heading between exercises.

    Attributes:
        entry: what the file says of it: an id, or keys and values.
        text: its lines, as long as nobody has changed it; empty if somebody has, or if it is new.
    """

    entry: Any
    text: str = ""


class DeskPlan(Struct, frozen=True):
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
    parts: tuple[FilePart, ...] = ()
    items: tuple[DeskItem, ...] = ()

    @property
    def name(self) -> str:
        """Its file's name, which leads nowhere; a plan that is called so keeps it."""
        return _NAME.sub("-", Path(self.file).name[:_LONGEST_NAME]).strip(".-") or NEW


def read(text: str, file: str = NEW) -> DeskPlan:
    """A plan from the text of its file.

    Raises:
        InvalidInput: if the text is no mapping in YAML, or if the desk could not write it again.
    """
    problems = Problems()
    tree = parse(SourceText(f"{file}.yaml", text, Path()), problems)
    problems.stop_on_error()
    plan = _as_written(tree, file)
    means = _means(_values(tree))
    if not all(_says(each, means) for each in (write(plan), _anew(means))):
        hint = "shorten the longest key; build takes the file as it is"
        raise refused("not-written-again", "the desk cannot write this file again", tree.location, hint)
    return plan


def write(plan: DeskPlan) -> str:
    """The text of a plan's file, which is read as what the plan says."""
    written = {part.key for part in plan.parts}
    parts = _with_all_keys(plan)
    text = _spaced([(_part(part, plan), part.key not in written) for part in parts])
    means = _meaning(parts, plan)
    # Whatever a layout of somebody's own has come to: the words are kept rather than the lines.
    return text if _says(text, means) else _anew(means)


def _with_all_keys(plan: DeskPlan) -> list[FilePart]:
    written = {part.key for part in plan.parts}
    parts = list(plan.parts) or [FilePart("")]
    for key in (*_SAID, _ENTRIES):
        if key not in written:
            # Before the exercises, which come last where nobody says otherwise.
            at = next((i for i, each in enumerate(parts) if each.key == _ENTRIES), len(parts))
            parts.insert(at, FilePart(key))
    return parts


def _spaced(texts: list[tuple[str, bool]]) -> str:
    """Texts one after the other; what is new stands above the empty lines that end what was there before it."""
    whole = ""
    for text, is_new in texts:
        kept = whole.rstrip("\n")
        blank = whole[len(kept) + 1 :] if kept else ""
        whole = f"{kept}\n{text}{blank}" if is_new and text and blank else whole + text
    return whole


# --------------------------------------------------------------------------- what a plan says


def _meaning(parts: Iterable[FilePart], plan: DeskPlan) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for part in parts:
        if part.key in _SAID:
            values[part.key] = getattr(plan, part.key)
        elif part.key == _ENTRIES and plan.items:
            values[part.key] = [each.entry for each in plan.items]
        elif part.key:
            values |= _plain(part.text)
    return _means(_frozen(values))


def _means(values: dict[str, Any]) -> dict[str, Any]:
    """What a file's values come to: without what the desk writes where it says nothing."""
    if isinstance(sheet := values.get("sheet"), dict):
        values = values | {"sheet": _filled(sheet)}
    return {key: each for key, each in values.items() if key not in (*_SAID, _ENTRIES) or each not in _NOTHING}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in values.items() if each not in _NOTHING}


def _says(text: str, means: dict[str, Any]) -> bool:
    try:
        return _means(_plain(text)) == means
    except InvalidInput:
        return False


def _plain(text: str) -> dict[str, Any]:
    return _values(_parsed(text)) if text.strip() else {}


def _parsed(text: str) -> MapNode:
    problems = Problems()
    tree = parse(SourceText("", text, Path()), problems)
    problems.stop_on_error()
    return tree


def _values(tree: Node) -> dict[str, Any]:
    values = plain(tree)
    return values if isinstance(values, dict) else {}


def _frozen(value: Any) -> Any:
    """A value as files are read: lists that came from the page are tuples there."""
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


# --------------------------------------------------------------------------- its text, part by part


def _anew(values: dict[str, Any]) -> str:
    """Everything written by the desk, of which only the words are somebody's."""
    return "".join(_key_anew(key, each) for key, each in values.items())


def _key_anew(key: str, value: Any) -> str:
    if key == _ENTRIES and isinstance(value, tuple) and value:
        return "".join(_listed(FilePart(key), tuple(map(DeskItem, value))))
    return in_lines({key: value})


def in_lines(values: dict[str, Any], indent: str = "") -> str:
    """Keys with their values, written by the desk."""
    return "".join(f"{line}\n" for line in lines(values, indent))


def _item_anew(entry: Any, indent: str) -> str:
    return "".join(f"{line}\n" for line in item(entry, indent))


def _part(part: FilePart, plan: DeskPlan) -> str:
    if part.key in _SAID:
        return _said(part, _frozen(getattr(plan, part.key)))
    if part.key == _ENTRIES and plan.items:
        return "".join(_listed(part, plan.items))
    return part.text


def _said(part: FilePart, value: Any) -> str:
    """A key with its value: as it was written, as far as it says the same."""
    means = _means({part.key: value})
    if not part.text:
        return in_lines(means)
    if _says(part.text, means):
        return part.text
    tree = _parsed(part.text)
    node, cut = tree.entries[part.key][1], _Cut(tree.source)
    end = cut.end(node, cut.last + 1)
    new = in_lines(means)
    if isinstance(node, MapNode) and means:
        same_lines = "".join(_changed(node, means[part.key], cut, end))
        new = same_lines if _says(same_lines, means) else new
    return new + cut.between(end)


def _changed(node: MapNode, values: Any, cut: _Cut, end: int) -> Iterator[str]:
    """A mapping's lines up to one, but for those keys that say something else."""
    filled = _filled(values) if isinstance(values, dict) else {}
    starts = [key.location.line for key, _ in node.entries.values()]
    indent = _INDENT
    begins = 2
    yield cut.between(1, begins)
    for (name, (key, inside)), limit in zip(node.entries.items(), [*starts[1:], end], strict=True):
        indent = " " * (key.location.column - 1)
        ends = cut.end(inside, limit)
        now, was = filled.pop(name, None), plain(inside)
        if now == (None if was in _NOTHING else was):
            yield cut.between(begins, ends)
        elif now is not None:
            yield cut.between(begins, key.location.line) + in_lines({name: now}, indent)
        begins = ends
    yield in_lines(filled, indent)


def _listed(part: FilePart, items: tuple[DeskItem, ...]) -> Iterator[str]:
    """The exercises, each as it was written, or anew."""
    found = _DASH.search("".join(each.text for each in items))
    indent = found[1] if found else _INDENT
    head, *rest = _of_lines(part.text) or [f"\n{_ENTRIES}: []\n"]
    yield _NONE.sub(":", head, count=1)
    for each in items:
        yield each.text or _item_anew(each.entry, indent)
    yield from rest


# --------------------------------------------------------------------------- cut out of its file


class _Cut:
    """Cuts a file between its lines, which are counted from 1.

    Where a value ends its place says: a text over several lines may hold some that look like comments.
    """

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._lines = _of_lines(source.text)
        if self._lines and not self._lines[-1].endswith(("\n", "\r")):
            self._lines[-1] += "\n"
        self.last = len(self._lines)

    def between(self, first: int, end: int | None = None) -> str:
        """The lines from one up to another; all that follow if there is none."""
        return "".join(self._lines[first - 1 : None if end is None else end - 1])

    def end(self, node: Node, limit: int) -> int:
        """The line after a value's last: from there up to a line there are only comments and empty ones."""
        last = self._last(node)
        while limit - 1 > last and _is_remark(self._lines[limit - 2]):
            limit -= 1
        return limit

    def _last(self, node: Node) -> int:
        while not isinstance(node, ScalarNode):
            inside = node.items if isinstance(node, ListNode) else [each for _, each in node.entries.values()]
            if not inside:
                return node.location.line
            node = inside[-1]
        start, end = node.span
        text = self._source.text[start:end]
        text = text.rstrip(" ") if _KEEPS.match(text) else text.rstrip()
        return self._source.at_offset(start + len(text) - 1).line if text else node.location.line


def _as_written(tree: MapNode, file: str) -> DeskPlan:
    cut, values = _Cut(tree.source), _values(tree)
    starts = [key.location.line for key, _ in tree.entries.values()]
    parts = [FilePart("", _before(cut.between(1, starts[0])))] if starts and starts[0] > 1 else []
    items: tuple[DeskItem, ...] = ()
    for (name, (key, node)), limit in zip(tree.entries.items(), [*starts[1:], cut.last + 1], strict=True):
        text, end = cut.between(key.location.line, limit), cut.end(node, limit)
        if name == _ENTRIES and isinstance(node, ListNode) and node.items:
            text, items = _exercises(key, node, cut, end)
            text += cut.between(end, limit)
        elif key.location.column > 1 or not _holds(text, {name: values[name]}):
            text = in_lines({name: values[name]}) + cut.between(end, limit)
        parts.append(FilePart(name, text))
    said = {key: values[key] for key in _SAID if values.get(key) is not None}
    return DeskPlan(file=file, **said, parts=tuple(parts), items=items)


def _before(text: str) -> str:
    """What stands before the first key: of what would not end there, the comments."""
    if _holds(text, {}):
        return text
    return "".join(filter(_is_remark, _of_lines(text)))


def _exercises(key: Key, node: ListNode, cut: _Cut, end: int) -> tuple[str, tuple[DeskItem, ...]]:
    """The line above the exercises, as it is without any, and each of them with the comments above it."""
    line = key.location.line
    head = cut.between(line, line + 1)
    is_plain = key.location.column == 1 and _HEAD.fullmatch(head)
    limits = [each.location.line for each in node.items[1:]]
    ends = [cut.end(each, limit) for each, limit in zip(node.items, [*limits, end], strict=True)]
    items = (
        DeskItem(plain(each), _item(cut.between(*limits), plain(each)))
        for each, limits in zip(node.items, itertools.pairwise([line + 1, *ends]), strict=True)
    )
    return head.replace(":", ": []", 1) if is_plain else f"{_ENTRIES}: []\n", tuple(items)


def _item(text: str, entry: Any) -> str:
    """An item's lines that say the same wherever they stand: its own, or the desk's below its comments."""
    found = _DASH.search(text)
    if not found:
        return ""
    above = "".join(itertools.takewhile(_is_remark, _of_lines(text)))
    anew = above + _item_anew(entry, found[1])
    means = {_ENTRIES: (entry, "x")}
    return next((each for each in (text, anew) if _holds(f"{_ENTRIES}:\n{each}\n{found[1]}- x\n", means)), "")


def _holds(text: str, values: dict[str, Any]) -> bool:
    """Whether lines say something, no matter what follows them."""
    try:
        return _plain(f"{text}\n\n{_NEXT}: x\n") == {**values, _NEXT: "x"}
    except InvalidInput:
        return False


def _is_remark(line: str) -> bool:
    return _REMARK.fullmatch(line) is not None


def _of_lines(text: str) -> list[str]:
    """A text's lines with their breaks, as editors count them and places are told."""
    return _LINE.findall(text)


def new(title: str, language: str) -> DeskPlan:
    """An empty plan with a heading, in a language; how often a day is said in it, as what ships says it."""
    spoken = (FilePart("language", f"language: {language}\n"),) if language != "en" else ()
    return DeskPlan(title=title, parts=(FilePart("title"), *spoken, FilePart("times_per_day", "times_per_day: 1\n")))
