"""Text from outside: a file or standard input, decoded, bounded, with a name for diagnostics."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Location, refused
from pdfbuilder.files import folder_of, read_bytes

#: A definition file larger than this is a mistake; the largest shipped one is under 10 kB.
MOST_BYTES: Final = 1_000_000

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")


class SourceText(Struct, frozen=True, dict=True):
    """Decoded text and where it came from.

    Attributes:
        name: what the user calls it: the path as given, or `<stdin>`.
        text: its characters, without a byte order mark.
        folder: where relative paths inside it start.
    """

    name: str
    text: str
    folder: Path

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their breaks, as editors count them."""
        return _LINE_BREAK.split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line starts."""
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]

    def at(self, line: int, column: int, length: int = 1) -> Location:
        """A location in this source; line and column are 1-based, length is in characters."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Location(self.name, line, column, max(1, length), excerpt)

    def at_offset(self, offset: int, length: int = 1) -> Location:
        """The location of a character by its index in the text."""
        line = bisect_right(self._starts, offset)
        return self.at(line, offset - self._starts[line - 1] + 1, length)

    def between(self, start: int, end: int) -> Location:
        """The location of the characters from one index to before another, as far as they stand on one line."""
        where = self.at_offset(start, end - start)
        if end - start <= len(where.excerpt) - where.column + 1:
            return where
        return structs.replace(where, length=max(1, len(where.excerpt.rstrip()) - where.column + 1))


def read_source(path: str | Path, *, may_wait: bool = False) -> SourceText:
    """Read a file, or standard input for `-`.

    Args:
        path: where it is.
        may_wait: whether it may be standard input or a pipe, which the reader then waits for; true only where the
            command line itself names it.

    Raises:
        InvalidInput: if it is missing, a folder, a device, unreadable, not UTF-8, or too large, or if it is one to wait
            for and may not be.
    """
    name, data = read_bytes(path, MOST_BYTES, "a routine is a small text file", may_wait=may_wait)
    return _decode(data, name, folder_of(path))


def _decode(data: bytes, name: str, folder: Path) -> SourceText:
    # Without its mark, UTF-16 shows by the zero byte of the first letter.
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:2].count(0) == 1:
        raise refused("encoding", "expected UTF-8, got UTF-16", Location(name), "save the file as UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return SourceText(name, data.decode("utf-8"), folder)
    except UnicodeDecodeError as error:
        readable = SourceText(name, data[: error.start].decode("utf-8") + "\ufffd", folder)
        where = readable.at_offset(len(readable.text) - 1)
        message = f"expected UTF-8, got the byte 0x{data[error.start]:02X}"
        raise refused("encoding", message, where, "save the file as UTF-8") from None
