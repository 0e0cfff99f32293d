"""What a workbook comes in: an archive of parts in XML, each counted as it is unpacked and read."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Final
from xml.parsers import expat

from msgspec import Struct

from pdfbuilder.diagnostics import InvalidInput, Location, quoted, refused
from pdfbuilder.roster.tables import MOST_CELLS

#: What every zip archive begins with.
ZIP: Final = b"PK\x03\x04"
#: How many parts an archive has, those included that are not read.
MOST_PARTS: Final = 1_000
#: Unpacked, in bytes, with all that is in it; a few kilobytes can unpack to gigabytes.
MOST_UNPACKED: Final = 50_000_000
#: Elements of all parts that are read: three for each cell, and something for the rest.
MOST_ELEMENTS: Final = 3_500_000
#: So many of these a part has: no spreadsheet takes more formats and sheets.
MOST_OF: Final = {
    "c": MOST_CELLS, "si": MOST_CELLS, "xf": 65_000, "numFmt": 65_000, "sheet": 1_000, "Relationship": 10_000,
}  # fmt: skip
#: And so many others, but for rows and what is in cells and texts.
MOST_OTHERS: Final = 1_000_000
#: How deep elements lie in each other.
MOST_NESTING: Final = 50
#: Different names of elements and attributes in one part.
MOST_NAMES: Final = 10_000
#: From one element to the next; in bytes. The longest text of a cell is a fifth of it, with each character escaped.
LONGEST_PIECE: Final = 250_000

RESAVE: Final = "open it, check it, and save it as .xlsx again, or as CSV"
_COPY: Final = "copy the people into a new workbook, without pictures and other sheets"
#: The ways of packing that unpack no further than they are asked to.
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
#: How an archive's directory begins each entry.
_ENTRY: Final = b"PK\x01\x02"
#: Whose words are read: those of workbooks, as nearly all programs write them and in the strict form, and of archives.
_SPACES: Final = frozenset(
    [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ]
)


class Related(Struct, frozen=True):
    """Another part, as one part names it.

    Attributes:
        kind: what it is, such as `worksheet`.
        name: of the part.
    """

    kind: str
    name: str


class Package:
    """The parts of a workbook.

    Args:
        data: the archive.
        where: what the user calls it.

    Raises:
        InvalidInput: if it is no archive, holds too much, or holds a part twice.
    """

    def __init__(self, data: bytes, where: Location) -> None:
        self._where = where
        self._left, self._elements = MOST_UNPACKED, 0
        if data.count(_ENTRY) > MOST_PARTS:
            raise self._too_large(f"{MOST_PARTS:,} parts")
        with self._unzipping():
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for part in self._archive.infolist():
            # Capitals make no difference in the name of a part, and one of the two would be lost.
            if self._parts.setdefault(part.filename.casefold(), part) is not part:
                raise self.refused(f"the part {quoted(part.filename)} stands twice in the archive")
            if part.compress_type not in _PACKED or part.flag_bits & _ENCRYPTED:
                raise self.refused(f"the part {quoted(part.filename)} is packed in another way than workbooks are")
        if sum(part.file_size for part in self._archive.infolist()) > MOST_UNPACKED:
            raise self._too_large(f"{MOST_UNPACKED:,} bytes when unpacked")

    def part(self, name: str) -> bytes:
        """A part, unpacked.

        Raises:
            InvalidInput: if there is none, or if it holds too much.
        """
        info = self._parts.get(name.casefold())
        if info is None:
            raise self.refused(f"the part {quoted(name)} is missing")
        with self._unzipping(), self._archive.open(info) as stream:
            data = stream.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:  # whatever its directory says
            raise self._too_large(f"{MOST_UNPACKED:,} bytes when unpacked")
        return data

    def related(self, name: str) -> dict[str, Related]:
        """The parts that a part names, by what it calls them.

        Args:
            name: of the part; empty for the whole archive.
        """
        folder, file = posixpath.split(name)
        found: dict[str, Related] = {}

        def begin(path: str, attributes: Mapping[str, str]) -> None:
            if path != "/Relationships/Relationship" or attributes.get("TargetMode") == "External":
                return
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            related = Related(attributes.get("Type", "").rpartition("/")[2], target.lstrip("/"))
            if found.setdefault(attributes.get("Id", ""), related) is not related:
                raise self.refused(f"{quoted(name) or 'the archive'} calls two parts by one name")

        self.read(self.part(posixpath.join(folder, "_rels", f"{file}.rels")), begin)
        return found

    def read(
        self,
        xml: bytes,
        begin: Callable[[str, Mapping[str, str]], object] = lambda *_: None,
        finish: Callable[[str, str], object] = lambda *_: None,
    ) -> None:
        """Read a part in XML, to its end.

        Args:
            xml: the part.
            begin: told where an element begins, as a path such as `/worksheet/sheetData`, and its attributes.
            finish: told where it ends, and the characters in it.

        Raises:
            InvalidInput: if it is not XML, has a document type, or holds too much; and what the two raise.
        """
        # Each element ends with one of the two; whatever else looks like it is counted, too.
        self._elements += xml.count(b"</") + xml.count(b"/>")
        if self._elements > MOST_ELEMENTS:
            raise self._too_large(f"{MOST_ELEMENTS:,} elements")
        # Before there is anything in memory for each of them; those in comments count, too.
        if sum(1 for _ in islice(_A_CELL.finditer(xml), MOST_CELLS + 1)) > MOST_CELLS:
            raise self._too_large(f"{MOST_CELLS:,} cells")
        if _LONG_PIECE.search(xml):
            raise self._too_large(f"{LONGEST_PIECE:,} bytes in one element")
        if b"\0" in xml:  # UTF-16, in which none of that is seen; no program writes it
            raise self._damaged()
        names: dict[str, str] = {}
        counts: Counter[str] = Counter()
        paths: list[str] = [""]
        text: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if text and "".join(text).strip():
                raise self.refused("it holds an element in the middle of a text")
            text.clear()
            space, _, tag = name.rpartition(" ")
            tag = tag if space in _SPACES else name
            if tag not in _IN_CELLS:
                kind = tag if tag in MOST_OF else ""
                counts[kind] += 1
                if counts[kind] > (most := MOST_OF.get(kind, MOST_OTHERS)):
                    raise self._too_large(f"{most:,} {_CALLED[kind]}")
            if len(paths) > MOST_NESTING:
                raise self._too_large(f"{MOST_NESTING} elements in each other")
            if len(names) > MOST_NAMES:
                raise self._too_large(f"{MOST_NAMES:,} names")
            paths.append(f"{paths[-1]}/{tag}")
            begin(paths[-1], attributes)

        def end(_: str) -> None:
            finish(paths.pop(), "".join(text))
            text.clear()

        def refuse_document_type(*_: object) -> None:
            raise self.refused("it holds a document type (DOCTYPE)")

        parser = expat.ParserCreate("utf-8", " ", names)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_document_type
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text.append
        try:
            for beginning in range(0, len(xml), _AT_ONCE):  # it goes on to the end of what it was given
                parser.Parse(xml[beginning : beginning + _AT_ONCE])
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise self._damaged() from None

    @contextmanager
    def _unzipping(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError):
            raise self._damaged() from None

    def _damaged(self) -> InvalidInput:
        return self.refused("the workbook is damaged, or not one")

    def refused(self, message: str) -> InvalidInput:
        """What is wrong with the workbook as a whole."""
        return refused("workbook", message, self._where, RESAVE)

    def _too_large(self, most: str) -> InvalidInput:
        return refused("too-large", f"expected a workbook of at most {most}", self._where, _COPY)


_AT_ONCE: Final = 4_000_000
_LONG_PIECE: Final = re.compile(rb"<[^<]{%d}" % LONGEST_PIECE)
_A_CELL: Final = re.compile(rb"<(?:[^\s<>/:]{1,%d}:)?c[\s/>]" % LONGEST_PIECE)
_CALLED: Final = {
    "c": "cells", "si": "different texts", "xf": "cell formats", "numFmt": "number formats", "sheet": "sheets",
    "Relationship": "relationships", "": "other elements than cells",
}  # fmt: skip
_IN_CELLS: Final = frozenset(("row", "v", "f", "is", "t", "r"))
