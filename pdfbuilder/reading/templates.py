"""The template file: `extends:` is worked out on the trees, so that every value keeps its own place."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from pdfbuilder.diagnostics import Problems
from pdfbuilder.domain.declare import show
from pdfbuilder.domain.template import Template
from pdfbuilder.yamlfile.models import validate
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.tree import MapNode, Node, ScalarNode

#: Finds and parses the template that another one extends: (what it is called, the one that calls it so).
FindTree = Callable[[str, MapNode], MapNode]

#: Key that names the template to start from.
EXTENDS = "extends"


def to_template(tree: MapNode, find: FindTree, problems: Problems) -> Template | None:
    """A template from its tree and the trees that it extends."""
    merged = _extended(tree, find, problems, ())
    return validate(Template, Place(merged), problems) if merged else None


def _extended(tree: MapNode, find: FindTree, problems: Problems, seen: tuple[str, ...]) -> MapNode | None:
    own = structs.replace(tree, entries={name: entry for name, entry in tree.entries.items() if name != EXTENDS})
    if EXTENDS not in tree.entries:
        return own
    node = tree.entries[EXTENDS][1]
    name = node.value if isinstance(node, ScalarNode) else None
    if not isinstance(name, str):
        got = show(name) if isinstance(node, ScalarNode) else "a list or a mapping"
        problems.error(
            "extends",
            f"expected the id or the path of a template, got {got}",
            node.location,
            field=EXTENDS,
            hint="write extends: handout",
        )
        return None
    parent = find(name, tree)
    if parent.source.name in (tree.source.name, *seen):
        problems.error(
            "extends",
            f"{name} extends itself in the end",
            node.location,
            field=EXTENDS,
            hint="let one of them extend a shipped template",
        )
        return None
    base = _extended(parent, find, problems, (*seen, tree.source.name))
    return _over(base, own) if base else None


def _over(base: MapNode, own: MapNode) -> MapNode:
    """Two mappings as one; the second wins, and mappings inside are merged in the same way."""
    entries = dict(base.entries)
    for name, (key, value) in own.entries.items():
        below: Node | None = base.entries[name][1] if name in base.entries else None
        if isinstance(value, MapNode) and isinstance(below, MapNode):
            if name == "boxes" and "size" in value.entries:
                # Who writes a size holds it: how far boxes may shrink was said of another one.
                below = structs.replace(
                    below, entries={each: of for each, of in below.entries.items() if each != "smallest"}
                )
            entries[name] = (key, _over(below, value))
        else:
            entries[name] = (key, value)
    return structs.replace(own, entries=entries)
