"""Objects of a PDF file, and how they are written.

ReportLab's own document was tried first. It keeps no streams apart that several pages share and writes each of some
hundred small objects by itself, which makes a sheet a third larger and twice as slow; so this is ours, and small.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

#: Small objects in a stream: a reader that wants one of them has to unpack all.
_MOST_PACKED: Final = 500
_END_OF_STREAM: Final = b"\nendstream"
#: The end of a stream's data would read as part of the line break that follows it (ISO 19005-2, 6.1.7.1).
_LINE_BREAKS: Final = (b"\r", b"\n")
#: The four bytes above 127 tell a transfer program that this is no text (ISO 32000-1, 7.5.2).
_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def reference(number: int) -> bytes:
    """The reference to an object."""
    return b"%d 0 R" % number


def references(numbers: Iterable[int]) -> bytes:
    """References to objects, for an array."""
    return b" ".join([b"%d 0 R" % number for number in numbers])


def stream(data: bytes, entries: bytes = b"", *, padding: bytes = b"\n", level: int = 6) -> bytes:
    """A deflated stream.

    Args:
        data: its content.
        entries: further entries of its dictionary; `%(length)d` in them is the length of the content.
        padding: what may be added to the content without changing its meaning; not all zeros, which would leave
            the last byte of the checksum as it is.
        level: of compression.
    """
    data, content = _deflated(data, padding, level)
    entries = entries.replace(b"%(length)d", b"%d" % len(data))
    return ready_stream(content, entries + b"/Filter/FlateDecode")


def deflated(data: bytes, *, padding: bytes = b"\n", level: int = 6) -> bytes:
    """The content of a deflated stream; see `stream`."""
    return _deflated(data, padding, level)[1]


def _deflated(data: bytes, padding: bytes, level: int) -> tuple[bytes, bytes]:
    content = zlib.compress(data, level)
    while content.endswith(_LINE_BREAKS):
        data += padding
        content = zlib.compress(data, level)
    return data, content


def ready_stream(data: bytes, entries: bytes) -> bytes:
    """A stream whose content is as it shall be stored: compressed already, or meant to be read as it is."""
    return b"<<%s/Length %d>>\nstream\n%s%s" % (entries, len(data), data, _END_OF_STREAM)


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in UTF-16."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


class PdfFile:
    """The objects of a file: numbered first, written at the end.

    Streams stand by themselves, and one that is asked for twice is there once. All other objects are packed together
    (ISO 32000-1, 7.5.7): the structure for readers that hear the sheet is a few hundred small ones, which one by one
    would be a third of the file and are a thirtieth of it like this.
    """

    def __init__(self) -> None:
        self._objects: list[bytes] = [b""]  # number 0 is none
        self._shared: dict[bytes, int] = {}

    def reserve(self, count: int = 1) -> int:
        """Keep numbers free for objects that come later; returns the first."""
        first = len(self._objects)
        self._objects += [b""] * count
        return first

    def put(self, first: int, *objects: bytes) -> None:
        """Give objects to numbers that were kept free."""
        self._objects[first : first + len(objects)] = objects

    def add(self, data: bytes) -> int:
        """Add an object; returns its number."""
        self._objects.append(data)
        return len(self._objects) - 1

    def share(self, data: bytes) -> int:
        """Add an object unless it is there already; returns its number."""
        if data not in self._shared:
            self._shared[data] = self.add(data)
        return self._shared[data]

    def written(self, root: int, info: int) -> Iterator[bytes]:
        """The file, part by part.

        Args:
            root: number of the catalogue.
            info: number of the properties.

        Raises:
            ValueError: a number was kept free and got no object, or an empty one: some readers then find no page.
        """
        if not all(self._objects[1:]):
            raise ValueError(f"object {self._objects.index(b'', 1)} is empty")
        places: list[tuple[int, int, int]] = [(0, 0, 65535)] * len(self._objects)
        whole: list[tuple[int, bytes]] = []
        small: list[int] = []
        for number, data in enumerate(self._objects[1:], start=1):
            if data.endswith(_END_OF_STREAM):
                whole.append((number, data))
            else:
                small.append(number)
        for start in range(0, len(small), _MOST_PACKED):
            packed = small[start : start + _MOST_PACKED]
            for index, number in enumerate(packed):
                places[number] = (2, len(places), index)
            whole.append((len(places), _object_stream([(number, self._objects[number]) for number in packed])))
            places.append((1, 0, 0))
        # Made from the content, not from a clock: same input, same bytes.
        digest = hashlib.md5(usedforsecurity=False)
        yield _HEAD
        offset = len(_HEAD)
        for number, data in whole:
            places[number] = (1, offset, 0)
            written = b"%d 0 obj\n%s\nendobj\n" % (number, data)
            digest.update(written)
            yield written
            offset += len(written)
        places.append((1, offset, 0))  # the table itself
        identifier = digest.hexdigest().encode("ascii")
        trailer = b"/Root %d 0 R/Info %d 0 R/ID [<%s><%s>]" % (root, info, identifier, identifier)
        yield b"%d 0 obj\n%s\nendobj\n" % (len(places) - 1, _cross_references(places, trailer))
        yield b"startxref\n%d\n%%%%EOF\n" % offset


def _cross_references(entries: list[tuple[int, int, int]], trailer: bytes) -> bytes:
    """The table of all objects: kind, place, and number inside an object stream (ISO 32000-1, 7.5.8)."""
    while True:
        table = b"".join([kind.to_bytes(1) + place.to_bytes(4) + index.to_bytes(2) for kind, place, index in entries])
        content = zlib.compress(table)
        if not content.endswith(_LINE_BREAKS):
            break
        # Padded by a number that is not used: the table has to be as long as it says.
        entries = [*entries, (0, 0, 65535)]
    head = b"/Type/XRef/Size %d/W [1 4 2]" % len(entries)
    return ready_stream(content, head + trailer + b"/Filter/FlateDecode")


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    """Many objects in one stream: first the numbers and places of all, then all."""
    index, place = [], 0
    for number, data in objects:
        index.append(b"%d %d" % (number, place))
        place += len(data) + 1
    head = b" ".join(index) + b"\n"
    body = b"\n".join([data for _, data in objects])
    return stream(head + body, b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)))
