"""How jobs travel: what many have in common is packed once, and unpacked once where it arrives.

A clinic's list has a few routines and two sides. Sent as they are, a thousand handouts would be a thousand times the
same cards and pictures; and a worker would have to look through all of them to see that it has laid them out before.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.batch.job import Job
from pdfbuilder.formats.press import Copy
from pdfbuilder.handout.blocks import DiaryBlock, Note

#: Kinds of handouts that are kept at either end.
_MOST_KINDS = 128


class _Kind(Struct, frozen=True):
    """What some handouts share: a copy for nobody in particular, packed."""

    digest: str
    packed: bytes


class _Letter(Struct, frozen=True):
    """A job without what it shares: the fields that are one person's, as in `Handout`."""

    id: str
    file: str
    kind: _Kind
    name: str
    date: str
    therapist: str
    note: Note | None
    diary: DiaryBlock | None


Parcel = tuple[_Letter, ...]


class Sender:
    """Packs jobs; keeps what it has packed."""

    def __init__(self) -> None:
        #: By the identity of the parts that handouts of a kind share; the copy keeps them alive.
        self._kinds: dict[tuple[int, ...], tuple[Copy, _Kind]] = {}

    def packed(self, jobs: Sequence[Job]) -> Parcel:
        """Jobs, ready to be sent."""
        return tuple(self._letter(job) for job in jobs)

    def _letter(self, job: Job) -> _Letter:
        handout = job.copy.handout
        own = (handout.name, handout.date, handout.therapist, handout.note, handout.diary)
        return _Letter(job.id, job.file, self._kind(job.copy), *own)

    def _kind(self, copy: Copy) -> _Kind:
        common = _for_anyone(copy)
        key = (*map(id, _parts(common.handout)), *map(id, _parts(common)[1:]))
        if key not in self._kinds:
            if len(self._kinds) >= _MOST_KINDS:
                self._kinds.clear()
            packed = pickle.dumps(common, pickle.HIGHEST_PROTOCOL)
            self._kinds[key] = (copy, _Kind(hashlib.sha256(packed).hexdigest(), packed))
        return self._kinds[key][1]


def _for_anyone(copy: Copy) -> Copy:
    return replace(copy, handout=replace(copy.handout, name="", date="", therapist="", note=None, diary=None))


def _parts(value: Struct) -> list[object]:
    return [getattr(value, name) for name in value.__struct_fields__]


def unpacked(parcel: Parcel) -> list[Job]:
    """The jobs of a parcel, where it has arrived."""
    return [_job(letter) for letter in parcel]


def _job(letter: _Letter) -> Job:
    common = _opened(letter.kind)
    handout = replace(
        common.handout,
        name=letter.name,
        date=letter.date,
        therapist=letter.therapist,
        note=letter.note,
        diary=letter.diary,
    )
    return Job(letter.id, letter.file, replace(common, handout=handout))


@lru_cache(maxsize=_MOST_KINDS)
def _opened(kind: _Kind) -> Copy:
    copy = pickle.loads(kind.packed)  # noqa: S301 - packed by this program, in a process that it started or chose
    assert isinstance(copy, Copy)  # noqa: S101 - see above
    return copy
