"""A shipped exercise or routine as a file of one's own: the same text, and what it names found from its new place."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from pdfbuilder.files import is_file, read_bytes
from pdfbuilder.pictures.reading import MOST_PIXEL_BYTES
from pdfbuilder.reading.finding import is_path
from pdfbuilder.yamlfile.tree import ListNode, MapNode, Node, ScalarNode

#: The keys that name a picture.
_PICTURES: Final = ("file", "logo")
#: A file's name that YAML takes as it stands.
_BARE: Final = re.compile(r"[A-Za-z0-9_./-]+")


class Copied(Struct, frozen=True):
    """A file to be written, and the pictures that go beside it.

    Attributes:
        text: the file.
        pictures: the name of each picture, and what it holds.
    """

    text: str
    pictures: tuple[tuple[Path, bytes], ...]


def copied(tree: MapNode, path: Path) -> Copied:
    """What a file holds, as it has to be at another place.

    Args:
        tree: the file.
        path: where it is to be; its pictures are called as it is.

    Raises:
        InvalidInput: if a picture cannot be read.
    """
    text, folder = tree.source.text, tree.source.folder
    names = sorted(_names(tree), key=lambda each: each[1].span)
    number = sum(key in _PICTURES for key, _ in names)
    pictures = []
    # From the end, so that the places before stay what they are.
    for key, node in reversed(names):
        there = folder / str(node.value)
        if key in _PICTURES:
            beside = path.with_name(f"{path.stem}{f'-{number}' if number > 1 else ''}{there.suffix}")
            pictures.append((beside, read_bytes(there, MOST_PIXEL_BYTES, "make the picture smaller")[1]))
            name, number = beside.name, number - 1
        elif is_path(str(node.value)) and is_file(there):  # a step with a slash is no file's name
            name = _from(path.parent, there)
        else:
            continue
        first, last = node.span
        text = text[:first] + (name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)) + text[last:]
    return Copied(text, tuple(reversed(pictures)))


def _from(folder: Path, there: Path) -> str:
    """The way to a file from a folder."""
    try:
        return Path(os.path.relpath(there, folder)).as_posix()
    except ValueError:  # on another drive
        return str(there.absolute())


def _names(node: Node, key: str = "") -> Iterator[tuple[str, ScalarNode]]:
    """The texts of a file, each with the key that it stands under."""
    match node:
        case MapNode():
            for name, (_, value) in node.entries.items():
                yield from _names(value, name)
        case ListNode():
            for item in node.items:
                yield from _names(item, key)
        case ScalarNode(value=str()):
            yield key, node
