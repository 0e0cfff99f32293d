"""Reads filled-in sheets in a process of its own: whatever somebody has put into a file, it costs that file.

The library that takes PDF files apart is written in C++ and unpacks what it is given. In its own process it may have so
much memory and so much time; what goes wrong there, down to a crash, is one line about one file.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
from contextlib import suppress
from importlib.util import find_spec
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Self

from msgspec import json

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location
from pdfbuilder.files import read_bytes
from pdfbuilder.formats.filled import (
    DAMAGED,
    MOST_BYTES,
    MOST_MEMORY,
    MOST_SECONDS,
    Filled,
    Refused,
    filled_in,
    too_large,
)


class ReadingRoom:
    """Reads one file after another.

    Args:
        seconds: how long a file may take.

    Raises:
        InvalidInput: if the library that takes PDF files apart is not installed.
    """

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        if find_spec("pikepdf") is None:
            where, hint = Location("pdfbuilder read"), 'pip install "pdfbuilder[read]"'
            raise InvalidInput([Diagnostic("not-installed", "pikepdf is not installed", where, hint=hint)])
        self._seconds = seconds
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def read(self, path: str) -> Filled:
        """What was filled in.

        Raises:
            InvalidInput: if the file cannot be read, or is no sheet that was made to be filled in.
        """
        name, data = read_bytes(path, MOST_BYTES, "ask for the file again", may_wait=True)
        answer = self._asked(data)
        if isinstance(answer, Refused):
            raise InvalidInput([Diagnostic(answer.code, answer.message, Location(name), hint=answer.hint)])
        return answer

    def _asked(self, data: bytes) -> Filled | Refused:
        line = self._line or self._opened()
        try:
            line.send_bytes(data)
            if line.poll(self._seconds):
                return json.decode(line.recv_bytes(), type=Filled | Refused)
            why = too_large(f"{self._seconds:g} seconds of work")
        except (EOFError, OSError):  # it is gone
            why = DAMAGED
        self._close()
        return why

    def _opened(self) -> Connection:
        """The line to a process, which is started."""
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        return self._line

    def _close(self) -> None:
        if self._process and self._line:
            self._process.kill()
            self._process.join()
            self._line.close()
        self._process = self._line = None


def _answer(line: Connection) -> None:
    """Read what comes, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks ends it
    logging.disable()  # the library says what it thinks of a file
    _hold_to(MOST_MEMORY)
    with suppress(EOFError, OSError):
        while True:
            line.send_bytes(json.encode(_read(line.recv_bytes())))


def _read(data: bytes) -> Filled | Refused:
    try:
        return filled_in(data)
    except MemoryError:
        return too_large(f"{MOST_MEMORY:,} bytes of memory")
    except Exception:  # noqa: BLE001 - whatever the library makes of such a file
        return DAMAGED


def _hold_to(memory: int) -> None:
    """Keep this process from taking more memory, where the system can."""
    try:
        import resource  # noqa: PLC0415 - there is no such module on Windows
    except ImportError:
        return
    with suppress(ValueError, OSError):
        limit: Any = resource.RLIMIT_AS
        resource.setrlimit(limit, (memory, memory))
