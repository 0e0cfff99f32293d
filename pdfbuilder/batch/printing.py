"""A batch on its way into a folder: what is there already, what is made, and the manifest of both."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from pdfbuilder.batch.job import FAULTS, Job, Outcome
from pdfbuilder.batch.manifest import NAME, Manifest, SheetRecord, record, still_good, write_manifest
from pdfbuilder.batch.prepare import Failure, Prepared, Recipient, laid_out
from pdfbuilder.batch.run import WorkersGone, run
from pdfbuilder.batch.workers import interrupts_later
from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.files import check_place, remove_unfinished, settle
from pdfbuilder.formats.press import Press
from pdfbuilder.roster.people import RosterEntry

#: Seconds between two manifests: so much work is done again after the power has failed.
_SAVED_EVERY: Final = 2.0


class Printing:
    """Prints people's handouts into a folder, of which this process is the sole writer.

    Args:
        prepared: who, and what.
        folder: where to.
        resume: whether files that are there already, and would be the same, are left as they are.

    Raises:
        InvalidInput: if the manifest cannot be written where it belongs, or not be read to go on from.

    Attributes:
        kept: whose file was there already.
        waiting: who is still to be printed.
        records: what is known to be in the folder, by id.
    """

    def __init__(self, prepared: Prepared, folder: Path, *, resume: bool) -> None:
        self._prepared = prepared
        self._folder = folder
        check_place(folder / NAME)
        if resume:
            remove_unfinished(folder)
        self._good = still_good(folder, prepared.people) if resume else {}
        self.records: dict[str, SheetRecord] = {}
        self._late: list[Outcome] = []
        self.kept: Sequence[Recipient] = [each for each in prepared.people if each.entry.id in self._good]
        self.waiting: Sequence[Recipient] = [each for each in prepared.people if each.entry.id not in self._good]
        self._failed = list(prepared.failed)
        self._by_id = {each.entry.id: each for each in prepared.people}

    def counted_again(self, press: Press) -> Iterator[Outcome]:
        """The files that are there already; what is on them is counted again, whatever the manifest says."""
        for person, _, counted in laid_out(self.kept, press):
            outcome = replace(counted, sha256=self._good[person.entry.id])
            self._take(outcome)
            yield outcome

    def outcomes(
        self,
        executor: Callable[[], Executor] | Executor | None,
        *,
        elsewhere: bool = False,
        patience: float | None = None,
        notice: Callable[[str], object] = lambda _: None,
    ) -> Generator[Outcome, None, None]:
        """What becomes of each who is waiting, in order; however it ends, the manifest says what was done.

        If the workers are gone, those who were finished meanwhile come before that is raised.

        Args:
            executor: who works, as for `run`.
            elsewhere: whether the workers cannot write into the folder.
            patience: how many seconds the workers may be silent, as for `run`.
            notice: told in words when workers have died.

        Raises:
            WorkersGone: as `run`.
        """
        jobs = _Jobs(self.waiting)
        saved = time.monotonic()
        complete = not jobs
        try:
            results = run(
                jobs,
                self._folder,
                executor,
                elsewhere=elsewhere,
                patience=patience,
                notice=notice,
                late=self._take_late,
            )
            with closing(results):
                for done, outcome in enumerate(results, start=1):
                    self._take(outcome)
                    complete = done == len(jobs)
                    if time.monotonic() - saved > _SAVED_EVERY:
                        with suppress(InvalidInput):  # a full disk: the plans themselves say so, and the last manifest
                            self._save(complete=False)
                        saved = time.monotonic()
                    yield outcome
        except WorkersGone:
            yield from self._late
            raise
        finally:
            with interrupts_later():  # a second Ctrl-C would leave the manifest of two seconds ago
                self._save(complete=complete)

    def strangers(self, others: Collection[str]) -> tuple[str, ...]:
        """Names of PDF files in the folder that this batch has not made: a sheet of last month's is soon handed out.

        Args:
            others: names that are known to be something else.
        """
        known = {each.file for each in self.records.values()} | set(others)
        return tuple(sorted(path.name for path in self._folder.glob("*.pdf") if path.name not in known))

    def _take(self, outcome: Outcome) -> None:
        person = self._by_id[outcome.id]
        if outcome.failed:
            self._failed.append(Failure.of(person.entry, outcome.problems))
        else:
            self.records[person.entry.id] = record(person, outcome)

    def _take_late(self, outcome: Outcome) -> None:
        self._take(outcome)
        self._late.append(outcome)

    def _save(self, *, complete: bool) -> None:
        people = (self.records.get(person.entry.id) for person in self._prepared.people)
        if complete:
            settle(self._folder / each.file for each in self.records.values())
        failed = sorted(self._failed)
        write_manifest(self._folder, Manifest(complete, tuple(each for each in people if each), tuple(failed)))


class _Jobs(Collection[Job]):
    """What is to be printed for some people, put into words when it is handed out."""

    def __init__(self, people: Sequence[Recipient]) -> None:
        self._people = people

    def __len__(self) -> int:
        return len(self._people)

    def __iter__(self) -> Iterator[Job]:
        return (person.job for person in self._people)

    def __contains__(self, job: object) -> bool:
        return any(each == job for each in self)


def at_its_cells(outcome: Outcome, entry: RosterEntry) -> tuple[Diagnostic, ...]:
    """What is to be said of a plan, at the cells of the roster; of a fault of the program without the words there."""
    return tuple(
        replace(each, location=replace(each.location, excerpt="")) if each.code in FAULTS else each
        for each in entry.order.places.put(outcome.problems)
    )
