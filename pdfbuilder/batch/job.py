"""One person's handout as a job, and what becomes of it."""

from __future__ import annotations

import hashlib
import traceback
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.domain.places import said
from pdfbuilder.files import write_file
from pdfbuilder.formats.press import Copy, Press, Printed
from pdfbuilder.formats.unprintable import GLYPH_HINT, no_font_has, remarked, too_small
from pdfbuilder.handout.blocks import Own
from pdfbuilder.layout.core.style import PageTooSmall
from pdfbuilder.pdf.fonts import MissingGlyph

#: Codes of what is the program's fault, or its workers': nothing is then shown of whoever they were printing for.
FAULTS: Final = ("fault", "worker")


class Job(Struct, frozen=True):
    """A handout to be printed.

    Attributes:
        id: whose it is.
        file: name of the file to be made, without a folder.
        common: what to print, for nobody in particular; all words are in it, so that nothing has to be read where it is
            printed.
        own: what is one person's.
    """

    id: str
    file: str
    common: Copy
    own: Own

    @property
    def copy(self) -> Copy:
        """What to print."""
        return self.common.addressed(self.own)


class Outcome(Struct, frozen=True):
    """What became of a job.

    Attributes:
        id: whose it is.
        file: name of the file, empty if there is none.
        pages: how many.
        boxes: how many tick boxes.
        sha256: of the file, in hexadecimal.
        problems: an error if there is no file, warnings otherwise; said of fields of the order.
        pdf: the file, until it is written.
    """

    id: str
    file: str = ""
    pages: int = 0
    boxes: int = 0
    sha256: str = ""
    problems: tuple[Diagnostic, ...] = ()
    pdf: bytes = b""

    @property
    def failed(self) -> bool:
        """Whether there is no file."""
        return not self.file


@cache
def _press() -> Press:
    """This process's press: fonts are parsed and cards laid out once in it."""
    return Press()


def print_copy(copy: Copy) -> Printed:
    """Print a copy: a pure function of its argument.

    Raises:
        MissingGlyph: if no font has a character.
        PageTooSmall: if the paper cannot hold what has to stay in one piece.
    """
    return _press().print(copy)


def write_outcome(outcome: Outcome, folder: Path) -> Outcome:
    """Write the file of an outcome where it belongs, unless it is; the outcome without it, or with what went wrong."""
    if not outcome.pdf:
        return outcome
    try:
        # A sheet that the power has cost is made again: --resume knows each by its digest.
        write_file(folder / outcome.file, outcome.pdf, at_once=False)
    except InvalidInput as error:
        return Outcome(outcome.id, problems=error.diagnostics)
    return replace(outcome, pdf=b"")


def outcome_of(job: Job) -> Outcome:
    """Print a job; whatever goes wrong is its outcome."""
    try:
        printed = print_copy(job.copy)
    except MissingGlyph as missing:
        return failure(job.id, "missing-glyph", no_font_has(missing.char), GLYPH_HINT)
    except PageTooSmall as error:
        return Outcome(job.id, problems=(too_small(error),))
    except Exception as error:  # noqa: BLE001 - one plan must never cost the others theirs
        frame = traceback.extract_tb(error.__traceback__)[-1]
        # Without any value: those may be a patient's.
        where = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
        return failure(job.id, "fault", f"a fault in the program ({where})", "please report this line")
    return Outcome(
        id=job.id,
        file=job.file,
        pages=printed.pages,
        boxes=printed.boxes,
        sha256=hashlib.sha256(printed.pdf).hexdigest(),
        problems=remarked(printed.remarks),
        pdf=printed.pdf,
    )


def failure(id_: str, code: str, message: str, hint: str) -> Outcome:
    """The outcome of somebody's job that made no file, said of its routine."""
    return Outcome(id_, problems=(Diagnostic(code, message, said("routine"), hint=hint),))
