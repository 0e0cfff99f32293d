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

from pdfbuilder.batch.job import Job
from pdfbuilder.formats.press import Copy
from pdfbuilder.handout.blocks import Own

#: Kinds of handouts that are kept at either end.
_MOST_KINDS = 128


class _Shared(Struct, frozen=True):
    """What some handouts share: a copy for nobody in particular, packed."""

    digest: str
    packed: bytes


class _Letter(Struct, frozen=True):
    """A job without what it shares."""

    id: str
    file: str
    kind: _Shared
    own: Own


Parcel = tuple[_Letter, ...]


class Sender:
    """Packs jobs; keeps what it has packed."""

    def __init__(self) -> None:
        #: By their identity: who has the same plan has the same copy, and to compare two takes longer than to pack one.
        self._kinds: dict[int, tuple[Copy, _Shared]] = {}

    def packed(self, jobs: Sequence[Job]) -> Parcel:
        """Jobs, ready to be sent."""
        return tuple(_Letter(job.id, job.file, self._kind(job.common), job.own) for job in jobs)

    def _kind(self, common: Copy) -> _Shared:
        if id(common) not in self._kinds:
            if len(self._kinds) >= _MOST_KINDS:
                self._kinds.clear()
            packed = pickle.dumps(common, pickle.HIGHEST_PROTOCOL)
            self._kinds[id(common)] = (common, _Shared(hashlib.sha256(packed).hexdigest(), packed))
        return self._kinds[id(common)][1]


def unpacked(parcel: Parcel) -> list[Job]:
    """The jobs of a parcel, where it has arrived."""
    return [Job(letter.id, letter.file, _opened(letter.kind), letter.own) for letter in parcel]


@lru_cache(maxsize=_MOST_KINDS)
def _opened(kind: _Shared) -> Copy:
    copy = pickle.loads(kind.packed)  # noqa: S301 - packed by this program, in a process that it started or chose
    assert isinstance(copy, Copy)  # noqa: S101 - see above
    return copy
