"""Text from outside: a file or standard input, decoded, bounded, with a name for diagnostics."""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import Final

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location

#: A definition file larger than this is a mistake; the largest shipped one is under 10 kB.
MOST_BYTES: Final = 1_000_000

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")

#: How a user asks for standard input.
STDIN: Final = "-"


class Source(Struct, frozen=True, dict=True):
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


def read_source(path: str | Path, *, may_wait: bool = False) -> Source:
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


def folder_of(path: str | Path) -> Path:
    """Where relative paths inside a file start."""
    return Path() if str(path) == STDIN else Path(path).parent


def read_bytes(path: str | Path, most: int, hint: str, *, may_wait: bool = False) -> tuple[str, bytes]:
    """Read a file, or standard input for `-`, whatever it holds.

    Args:
        path: where it is.
        most: how many bytes it may have.
        hint: what to say of one that has more.
        may_wait: as for `read_source`.

    Returns:
        What the user calls it, and its bytes.

    Raises:
        InvalidInput: if it is missing, a folder, a device, unreadable, or too large, or if it is one to wait for and
            may not be.
    """
    if str(path) == STDIN:
        if sys.stdin is None:
            raise _refused("missing-file", "standard input is closed", "<stdin>", "name a file, or hand something over")
        return "<stdin>", _bounded(sys.stdin.buffer.read(most + 1), "<stdin>", most, hint)
    name = str(path)
    try:
        return name, _bounded(read_file(name, most + 1, may_wait=may_wait), name, most, hint)
    except FileNotFoundError:
        raise _refused("missing-file", "there is no such file", name, "check the path") from None
    except IsADirectoryError:
        raise _refused("directory", "expected a file, got a folder", name, "name one file inside it") from None
    except PermissionError:
        raise _refused(
            "unreadable", "the file may not be read", name, "check who owns it and its permissions"
        ) from None
    except (OSError, ValueError) as error:
        raise _refused("unreadable", f"the file cannot be read: {reason_of(error)}", name, "check the path") from None


def read_file(name: str | Path, most: int, *, may_wait: bool = False) -> bytes:
    """The first bytes of a file, without ever waiting for somebody to write it.

    Args:
        name: where it is.
        most: so many of them.
        may_wait: whether it may be a pipe all the same.

    Raises:
        OSError: if it cannot be read, or is a folder, a device or, unless that may be, a pipe.
        ValueError: if no file can have such a name.
    """
    # Not even opened: to open a pipe is to wait for who writes into it, and some devices do something then.
    waits = _waits(os.stat(name).st_mode, may_wait=may_wait)  # noqa: PTH116 - a NUL in a name must raise here
    with open(name, "rb", opener=None if waits else _open_at_once) as stream:
        _waits(os.fstat(stream.fileno()).st_mode, may_wait=waits)  # it may have become another one meanwhile
        data = stream.read(most)
    if data is None:  # /proc has files that say they are ordinary, and are written as things happen
        raise BlockingIOError(0, "there is nothing in it yet")
    return data


def reason_of(error: Exception) -> str:
    """Why a file could not be read, in words."""
    return error.strerror if isinstance(error, OSError) and error.strerror else "not a file's name"


def _open_at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _waits(mode: int, *, may_wait: bool) -> bool:
    """Whether a file is a pipe, which it may be; whatever else is no ordinary file is refused."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    is_pipe = stat.S_ISFIFO(mode)
    if not stat.S_ISREG(mode) and not (is_pipe and may_wait):
        raise OSError(0, "it is a pipe, which only the command line may name" if is_pipe else "it is a device")
    return is_pipe


def _bounded(data: bytes, name: str, most: int, hint: str) -> bytes:
    if len(data) > most:
        raise _refused("too-large", f"expected at most {most:,} bytes", name, hint)
    return data


def _decode(data: bytes, name: str, folder: Path) -> Source:
    # Without its mark, UTF-16 shows by the zero byte of the first letter.
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:2].count(0) == 1:
        raise _refused("encoding", "expected UTF-8, got UTF-16", name, "save the file as UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Source(name, data.decode("utf-8"), folder)
    except UnicodeDecodeError as error:
        readable = Source(name, data[: error.start].decode("utf-8") + "\ufffd", folder)
        where = readable.at_offset(len(readable.text) - 1)
        message = f"expected UTF-8, got the byte 0x{data[error.start]:02X}"
        raise InvalidInput([Diagnostic("encoding", message, where, hint="save the file as UTF-8")]) from None


def _refused(code: str, message: str, name: str, hint: str) -> InvalidInput:
    return InvalidInput([Diagnostic(code, message, Location(name), hint=hint)])
