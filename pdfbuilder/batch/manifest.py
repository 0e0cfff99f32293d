"""What a batch has made, in a file beside it: for whoever checks, and for going on after a stop. It holds no names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, structs

from pdfbuilder.batch.job import Outcome
from pdfbuilder.batch.prepare import Failure, Person
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location
from pdfbuilder.output import write_file

NAME: Final = "manifest.json"
#: How a warning begins that says what the layout had to give up.
_LAYOUT: Final = "layout: "


class Record(Struct, frozen=True):
    """A file that was made.

    Attributes:
        id: whose it is.
        file: its name.
        side: the affected side.
        routine: id of the routine.
        pages: how many.
        boxes: how many tick boxes.
        sha256: of the file, in hexadecimal.
        warnings: codes of what whoever prints it was told, with the words that hold nobody's data.
        fingerprint: of all that went into it.
    """

    id: str
    file: str
    side: str
    routine: str
    pages: int
    boxes: int
    sha256: str
    warnings: tuple[str, ...]
    fingerprint: str

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the layout had to give up."""
        return tuple(each.removeprefix(_LAYOUT) for each in self.warnings if each.startswith(_LAYOUT))


class Manifest(Struct, frozen=True):
    """What a batch has made.

    Attributes:
        complete: whether it came to its end.
        people: who has a file, in the roster's order.
        failed: who has none.
    """

    complete: bool
    people: tuple[Record, ...]
    failed: tuple[Failure, ...] = ()


def record(person: Person, outcome: Outcome) -> Record:
    """The record of a file."""
    return Record(
        id=person.job.id,
        file=outcome.file,
        side=person.side,
        routine=person.routine,
        pages=outcome.pages,
        boxes=outcome.boxes,
        sha256=outcome.sha256,
        warnings=(*person.warnings, *(f"{each.code}: {each.message}" for each in outcome.problems)),
        fingerprint=person.fingerprint,
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all."""
    write_file(folder / NAME, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def still_good(folder: Path, people: Sequence[Person]) -> dict[str, Record]:
    """Records of those whose file was made before, of the very same words, and is there unharmed; by id.

    Raises:
        InvalidInput: if there is a manifest that cannot be read.
    """
    path = folder / NAME
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError, RecursionError):
        hint = "leave --resume out: everything is then printed anew"
        where = Location(str(path))
        raise InvalidInput([Diagnostic("manifest", "the manifest cannot be read", where, hint=hint)]) from None
    known = {each.id: each for each in manifest.people}
    good = {}
    for person in people:
        before = known.get(person.job.id)
        same = before and (before.fingerprint, before.file) == (person.fingerprint, person.job.file)
        if before and same and _is_whole(folder / before.file, before.sha256):
            good[before.id] = structs.replace(before, side=person.side, routine=person.routine)
    return good


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        return not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
