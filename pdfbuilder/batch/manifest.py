"""What a batch has made, in a file beside it: for whoever checks, and for going on after a stop. It holds no names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from pdfbuilder.batch.job import Outcome
from pdfbuilder.batch.prepare import Failure, Recipient
from pdfbuilder.diagnostics import Location, refused
from pdfbuilder.files import read_file, write_file

NAME: Final = "manifest.json"
#: So many bytes are read, since larger ones are not ours: a manifest of 50,000 people has some 20 MB.
_MOST_MANIFEST: Final = 100_000_000
_MOST_PDF: Final = 500_000_000


class SheetRecord(Struct, frozen=True):
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


class Manifest(Struct, frozen=True):
    """What a batch has made.

    Attributes:
        complete: whether it came to its end.
        people: who has a file, in the roster's order.
        failed: who has none.
    """

    complete: bool
    people: tuple[SheetRecord, ...]
    failed: tuple[Failure, ...] = ()


def record(person: Recipient, outcome: Outcome) -> SheetRecord:
    """The record of a file."""
    return SheetRecord(
        id=person.entry.id,
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


def still_good(folder: Path, people: Sequence[Recipient]) -> dict[str, str]:
    """Whose file was made before, of the very same words, and is there unharmed: its SHA-256, by id.

    What else a manifest says of them is not looked at: it can be counted again.

    Raises:
        InvalidInput: if there is a manifest that cannot be read.
    """
    path = folder / NAME
    try:
        manifest = msgspec.json.decode(read_file(path, _MOST_MANIFEST), type=Manifest)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError, msgspec.MsgspecError, RecursionError):
        hint = "print everything anew, instead of going on"
        raise refused("manifest", "the manifest cannot be read", Location(str(path)), hint) from None
    known = {each.id: each for each in manifest.people}
    good = {}
    for person in people:
        before = known.get(person.entry.id)
        same = before and (before.fingerprint, before.file) == (person.fingerprint, person.entry.file)
        if before and same and _is_whole(folder / before.file, before.sha256):
            good[before.id] = before.sha256
    return good


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        return not path.is_symlink() and hashlib.sha256(read_file(path, _MOST_PDF)).hexdigest() == sha256
    except OSError:
        return False
