"""Diagnostics to stderr, and the exit code: the only place that catches everything."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from enum import IntEnum
from pathlib import Path
from typing import Final, TextIO

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, told


class ExitCode(IntEnum):
    """What the command's exit code means."""

    DONE = 0
    #: A fault of the program.
    FAULT = 1
    #: Bad input or usage.
    BAD_INPUT = 2
    #: A batch in which some plans failed.
    SOME_FAILED = 3
    #: Stopped: by Ctrl-C (128 + SIGINT), or by a SIGTERM.
    INTERRUPTED = 130


#: People who are named in one list, and plans of which it is said one by one why they failed.
MOST_SHOWN: Final = 100


def say(line: str) -> None:
    """A line to stderr, if anybody is there to read it; what is done does not depend on that."""
    try:
        print(line, file=sys.stderr)  # noqa: T201
    except OSError:
        _forget(sys.stderr)


def size(pages: int, boxes: int) -> str:
    """How large a sheet is: '3 pages, 196 boxes'."""
    return f"{pages} page{'s' * (pages != 1)}, {boxes} box{'es' * (boxes != 1)}"


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Diagnostics to stderr; not all, if there are many."""
    for line in told(diagnostics):
        say(line)


def result(text: str | bytes) -> None:
    """What was asked for, to stdout."""
    stdout = sys.__stdout__  # see `run`
    if stdout is None:  # closed from the start
        raise _unwritable("it is closed")
    data = text if isinstance(text, bytes) else text.encode(stdout.encoding, "backslashreplace")
    try:
        stdout.buffer.write(data)
        stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read our output has had enough of it, as `head` has.
        _forget(stdout)
        sys.exit(ExitCode.DONE)
    except OSError as error:
        _forget(stdout)
        raise _unwritable(f"it cannot be written: {error.strerror or error}") from None


def _unwritable(message: str) -> InvalidInput:
    where = Location("standard output")
    return InvalidInput([Diagnostic("output", message, where, hint="choose another place")])


def _forget(stream: TextIO) -> None:
    """Python flushes once more when it leaves; nothing may be there to fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def run(command: Callable[[], object]) -> None:
    """Run the command line and leave with its exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as the process
    # Help, the version and completion are printed by the library of the command line: they go the way of all results.
    printed = io.StringIO()
    try:
        try:
            with contextlib.redirect_stdout(printed):
                command()
        finally:
            if printed.getvalue():
                result(printed.getvalue())
    except InvalidInput as error:
        show(error.diagnostics)
        sys.exit(ExitCode.BAD_INPUT)
    except SystemExit as leave:
        if leave.code == ExitCode.INTERRUPTED:
            # It was heard: with a second one on the way out, Python would leave by the signal and not with the code.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the one boundary
        say(_fault(error))
        sys.exit(ExitCode.FAULT)


def _terminated(*_: object) -> None:
    """Whoever ends this process, a service or a container, loses no more than with Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)  # which waits where Ctrl-C has to


def _fault(error: Exception) -> str:
    """What went wrong and where in the program, without any value: those may be a patient's."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return (
        f"pdfbuilder: a fault in the program ({type(error).__name__} at {place})\n"
        "  hint: please report this line, with the command that you gave"
    )
