"""What a list says of a definition: read off its file with nothing made of it, so that a list of many is quick."""

from __future__ import annotations

from itertools import chain

from msgspec import Struct

from pdfbuilder.domain.wording import Wording, parse, plain
from pdfbuilder.yamlfile.tree import ListNode, MapNode, Node, ScalarNode


class Brief(Struct, frozen=True):
    """A definition in a list.

    Attributes:
        line: what is said of it.
        title: the heading of a routine, its side words left out.
        count: how many exercises a routine has, in all phases.
        regions: the parts of the body that an exercise is for.
        equipment: what an exercise needs.
    """

    line: str
    regions: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    title: str = ""
    count: int = 0


def exercise_in_brief(tree: MapNode) -> Brief:
    """An exercise; what is wrong with its file, whoever uses it is told."""
    about = ", ".join(filter(None, (_text(tree, "side"), _text(tree, "group"))))
    return Brief(f"{_text(tree, 'name')} ({about})", _texts(tree.get("region")), _texts(tree.get("equipment")))


def routine_in_brief(tree: MapNode) -> Brief:
    """A routine, likewise."""
    title = plain(Wording(parse(_text(tree, "title"))[0]).unsided)
    phases = tree.get("phases")
    parts = phases.items if isinstance(phases, ListNode) else (tree,)
    count = sum(map(_is_exercise, chain.from_iterable(map(_listed, parts))))
    return Brief(_text(tree, "summary"), title=title, count=count)


def _listed(part: Node) -> tuple[Node, ...]:
    node = part.get("exercises") if isinstance(part, MapNode) else None
    return node.items if isinstance(node, ListNode) else ()


def _is_exercise(entry: Node) -> bool:
    return not (isinstance(entry, MapNode) and entry.get("section"))


def _text(tree: MapNode, key: str) -> str:
    return " ".join(_texts(tree.get(key)))


def _texts(node: Node | None) -> tuple[str, ...]:
    """A text, or several of them, in one line each."""
    items = node.items if isinstance(node, ListNode) else (node,)
    return tuple(
        " ".join(each.value.split()) for each in items if isinstance(each, ScalarNode) and isinstance(each.value, str)
    )
