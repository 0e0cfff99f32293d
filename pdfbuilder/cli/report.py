"""Diagnostics to stderr, and the exit code: the only place that catches everything."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from enum import IntEnum
from pathlib import Path

import typer

from pdfbuilder.diagnostics import Diagnostic, InvalidInput


class ExitCode(IntEnum):
    """What the command's exit code means."""

    DONE = 0
    #: A fault of the program.
    FAULT = 1
    #: Bad input or usage.
    BAD_INPUT = 2
    #: A batch in which some plans failed.
    SOME_FAILED = 3
    #: Stopped by the user (128 + SIGINT).
    INTERRUPTED = 130


def say(line: str) -> None:
    """A line to stderr."""
    print(line, file=sys.stderr)  # noqa: T201


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Diagnostics to stderr."""
    for diagnostic in diagnostics:
        say(str(diagnostic))


def run(command: Callable[[], object]) -> None:
    """Run the command line and leave with its exit code."""
    try:
        command()
    except InvalidInput as error:
        show(error.diagnostics)
        sys.exit(ExitCode.BAD_INPUT)
    except typer.Exit as leave:
        sys.exit(leave.exit_code)
    except typer.Abort:
        sys.exit(ExitCode.INTERRUPTED)
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has had enough of it, as `head` has.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.DONE)
    except Exception as error:  # noqa: BLE001 - the one boundary
        say(_fault(error))
        sys.exit(ExitCode.FAULT)


def _fault(error: Exception) -> str:
    """What went wrong and where in the program, without any value: those may be a patient's."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return (
        f"pdfbuilder: a fault in the program ({type(error).__name__} at {place}); nothing was written\n"
        "  hint: please report this line, with the command that you gave"
    )
