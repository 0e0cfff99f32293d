"""How jobs travel: what many have in common is packed once, and unpacked once where it arrives.

A clinic's list has a few routines and two sides. Sent as they are, a thousand handouts would be a thousand times the
same cards and pictures; and a worker would have to look through all of them to see that it has laid them out before.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from pdfbuilder.batch.job import Job
from pdfbuilder.formats.press import Copy
from pdfbuilder.handout.blocks import Own

#: So many copies for nobody in particular are kept at either end.
_MOST_KEPT = 64


class Letter(Struct, frozen=True):
    """A job, with what it shares packed."""

    id: str
    file: str
    packed: bytes
    own: Own


Parcel = tuple[Letter, ...]


class Sender:
    """Packs jobs; keeps what it has packed."""

    def __init__(self) -> None:
        #: By their identity: who has the same plan has the same copy, and to compare two takes longer than to pack one.
        self._kept: dict[int, tuple[Copy, bytes]] = {}

    def packed(self, jobs: Sequence[Job]) -> Parcel:
        """Jobs, ready to be sent."""
        return tuple(Letter(job.id, job.file, self._shared(job.common), job.own) for job in jobs)

    def _shared(self, common: Copy) -> bytes:
        if id(common) not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[id(common)] = (common, pickle.dumps(common, pickle.HIGHEST_PROTOCOL))
        return self._kept[id(common)][1]


def unpacked(parcel: Parcel) -> list[Job]:
    """The jobs of a parcel, where it has arrived."""
    return [Job(letter.id, letter.file, _opened(letter.packed), letter.own) for letter in parcel]


@lru_cache(maxsize=_MOST_KEPT)
def _opened(packed: bytes) -> Copy:
    copy = pickle.loads(packed)  # noqa: S301 - packed by this program, in a process that it started or chose
    assert isinstance(copy, Copy)  # noqa: S101 - see above
    return copy
