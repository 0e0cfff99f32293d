"""ReportLab's document, written small: streams that are asked for twice are there once, objects are packed together.

ReportLab numbers and formats the objects. How they are laid into the file is ours: as ReportLab writes them, one by
one, the few hundred small ones of the structure would be a quarter of the file, and archives refuse its streams.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap
from typing import Final

from msgspec import Struct

from pdfbuilder.pdf.internals import NumberedDocument

#: Small objects in a stream: a reader that wants one of them has to unpack all.
_MOST_PACKED: Final = 500
#: How hard streams that are kept for other documents are pressed, and those that are written once.
_KEPT, _ONCE = 9, 4
#: The end of a stream's data would read as part of the line break that follows it (ISO 19005-2, 6.1.7.1).
LINE_BREAKS: Final = (b"\r", b"\n")
#: The four bytes above 127 tell a transfer program that this is no text (ISO 32000-1, 7.5.2).
_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: Where an object stands (ISO 32000-1, 7.5.8.3): kind, place, and number inside an object stream; and where none does.
_PLACE: Final = struct.Struct(">BIH")
_FREE: Final = (0, 0, 65535)


def references(numbers: Iterable[int]) -> bytes:
    """References to objects, for an array."""
    return b" ".join([b"%d 0 R" % number for number in numbers])


def deflated(content: bytes, level: int = _KEPT) -> bytes:
    """Compressed content; a space may be added, so that it does not end in a line break."""
    data = zlib.compress(content, level)
    while data.endswith(LINE_BREAKS):
        content += b" "
        data = zlib.compress(content, level)
    return data


def stream(content: bytes, entries: bytes = b"", *, level: int = _KEPT) -> bytes:
    """A compressed stream with further entries of its dictionary."""
    return ready_stream(deflated(content, level), entries + b"/Filter/FlateDecode")


def ready_stream(data: bytes, entries: bytes) -> bytes:
    """A stream whose data is stored as it is."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): as ReportLab's PDFString, which is slow with the labels of many fields."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


def rectangle(left: float, bottom: float, width: float, height: float) -> bytes:
    """Where an annotation is (ISO 32000-1, 7.9.5), as an entry of its dictionary."""
    return b"/Rect [%.2f %.2f %.2f %.2f]" % (left, bottom, left + width, bottom + height)


class PackedDocument(NumberedDocument):
    """A document of ReportLab's objects and of others that are made by hand, written with object streams."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._small: dict[int, bytes] = {}
        self._streams: dict[bytes, int] = {}

    def put(self, first: int, *objects: bytes) -> None:
        """Give objects to numbers that were kept free."""
        self._small.update(enumerate(objects, start=first))

    def add(self, data: bytes) -> int:
        """Add an object that is no stream; returns its number."""
        number = self.reserve()
        self._small[number] = data
        return number

    def share(self, data: bytes) -> int:
        """Add a stream unless it is there already; returns its number."""
        if data not in self._streams:
            self._streams[data] = self.reserve()
        return self._streams[data]

    def packed(self) -> Packed:
        """The file, ready to be written.

        Raises:
            ValueError: a number was kept free and got no object.
        """
        root, info = self.number(self.Catalog), self.number(self.info)
        self._small.update(self.formatted())
        places = [_FREE] * self.next_number
        streams = {number: data for data, number in self._streams.items()}
        small = sorted(self._small.items())
        if len(small) + len(streams) != self.next_number - 1:
            raise ValueError("a number was kept free and got no object")
        for start in range(0, len(small), _MOST_PACKED):
            packed = small[start : start + _MOST_PACKED]
            for index, (number, _) in enumerate(packed):
                places[number] = (2, len(places), index)
            streams[len(places)] = _object_stream(packed)
            places.append(_FREE)
        return Packed(streams, tuple(places), root, info)


class Packed(Struct, frozen=True):
    """A file whose objects are packed (ISO 32000-1, 7.5.7 and 7.5.8), but for where each begins.

    Attributes:
        streams: those that stand by themselves, by their numbers.
        places: where each object is, as far as that is known, by its number.
        root: number of the catalogue.
        info: number of what the file says about itself.
    """

    streams: Mapping[int, bytes]
    places: tuple[tuple[int, int, int], ...]
    root: int
    info: int

    def written(self, others: Mapping[int, bytes] | None = None) -> Iterator[bytes]:
        """The file, part by part.

        Args:
            others: streams that stand for those of their numbers.
        """
        places = list(self.places)
        # Made from the content, not from a clock: same input, same bytes.
        digest = hashlib.md5(usedforsecurity=False)
        yield _HEAD
        offset = len(_HEAD)
        for number, data in {**self.streams, **(others or {})}.items():
            places[number] = (1, offset, 0)
            written = b"%d 0 obj\n%s\nendobj\n" % (number, data)
            digest.update(written)
            yield written
            offset += len(written)
        own, identifier = len(places), digest.hexdigest().encode("ascii")
        places.append((1, offset, 0))  # the table itself
        while (table := zlib.compress(b"".join(starmap(_PLACE.pack, places)), _ONCE)).endswith(LINE_BREAKS):
            places.append(_FREE)  # the table has to be as long as it says
        entries = b"/Type/XRef/Size %d/W [1 4 2]/Root %d 0 R/Info %d 0 R/ID [<%s><%s>]/Filter/FlateDecode"
        written = ready_stream(table, entries % (len(places), self.root, self.info, identifier, identifier))
        yield b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, written, offset)


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    """Many objects in one stream: first the numbers and places of all, then all."""
    index, place = [], 0
    for number, data in objects:
        index.append(b"%d %d" % (number, place))
        place += len(data) + 1
    head = b" ".join(index) + b"\n"
    content = head + b"\n".join([data for _, data in objects])
    return stream(content, b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), level=_ONCE)
