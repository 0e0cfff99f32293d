"""Hands jobs to an executor and gives back what became of each, in their order, whatever is finished first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NoReturn

from pdfbuilder.batch.job import Job, Outcome, failure, outcome_of, write_outcome
from pdfbuilder.batch.wire import Letter, Parcel, Sender
from pdfbuilder.batch.worker import OtherVersion, print_jobs
from pdfbuilder.batch.workers import interrupts_later
from pdfbuilder.files import remove_unfinished

#: Jobs that go to a worker together: what they share is sent once.
_TOGETHER = 16
#: Bundles that wait for a worker, beyond those being worked on; a long roster does not fill the memory.
_WAITING = 32

#: Of this program: whoever prints for it is asked to have the same.
_VERSION = version("pdfbuilder")

Bundle = tuple[Job, ...]


class WorkersGone(Exception):
    """Nobody works any more: what is left is not printed. Says why."""


def run(
    jobs: Collection[Job],
    folder: Path,
    executor: Callable[[], Executor] | Executor | None = None,
    *,
    elsewhere: bool = False,
    patience: float | None = None,
    notice: Callable[[str], object] = lambda _: None,
    late: Callable[[Outcome], object] = lambda _: None,
) -> Generator[Outcome, None, None]:
    """Print jobs.

    A worker that dies takes nothing with it: the jobs that it may have had are tried once more, each by itself, and one
    that kills its worker again is given back as failed.

    Args:
        jobs: what to print.
        folder: where the files go.
        executor: who works; or how to get one, and then another one when it breaks. One that is handed in is not shut
            down, and if it breaks, the jobs that are left fail. None for this process itself.
        elsewhere: whether the workers cannot write into the folder, and hand the files back.
        patience: how many seconds may pass without any of the workers having finished something; None if they are
            waited for however long it takes, and if it is their own affair what they let go of.
        notice: told in words when workers have died, of each way in which they do once.
        late: told what became of jobs that were finished when nobody asked for more.

    Yields:
        What became of each job, in order. When the generator is closed, jobs that have begun are finished and the
        others are not begun.

    Raises:
        WorkersGone: if patience is at its end, or if the workers let go of what they were given.
    """
    if executor is None:
        return (write_outcome(outcome_of(job), folder) for job in jobs)
    return _Run(folder, executor, notice, late, patience, elsewhere=elsewhere).outcomes(_bundles(jobs))


def _bundles(jobs: Collection[Job]) -> Iterator[Bundle]:
    """Fewer jobs at a time for short rosters, so that every worker has some."""
    size = max(1, min(_TOGETHER, len(jobs) // 16))
    left = iter(jobs)
    while bundle := tuple(islice(left, size)):
        yield bundle


class _Run:
    def __init__(
        self,
        folder: Path,
        executor: Callable[[], Executor] | Executor,
        notice: Callable[[str], object],
        late: Callable[[Outcome], object],
        patience: float | None,
        *,
        elsewhere: bool,
    ) -> None:
        self._folder = folder
        self._target = None if elsewhere else folder
        #: Many plans may be lost with one worker.
        self._notice = cache(notice)
        self._late = late
        self._patience = patience
        self._gone = False
        #: How to get other workers; None for those that were handed in.
        self._hire = executor if not isinstance(executor, Executor) else None
        self._workers = executor if isinstance(executor, Executor) else None
        self._sender = Sender()
        #: Handed out and not given back yet, in order, and packed: so they take a third of the memory. Without a future
        #: it is to be tried once more.
        self._open: deque[tuple[Parcel, Future[list[Outcome]] | None]] = deque()
        #: Finished and not asked for yet.
        self._done: deque[Outcome] = deque()

    def outcomes(self, bundles: Iterator[Bundle]) -> Generator[Outcome, None, None]:
        try:
            self._fill(bundles)
            while self._open:
                parcel, future = self._open[0]
                outcomes = self._finished(future) if future else None
                self._open.popleft()
                if outcomes is None:
                    for letter in parcel:
                        yield write_outcome(self._once_more(letter), self._folder)
                else:
                    self._done.extend(outcomes)
                while self._done:
                    yield write_outcome(self._done.popleft(), self._folder)
                self._fill(bundles)
        finally:
            self._close()

    def _fill(self, bundles: Iterator[Bundle]) -> None:
        """Hand out bundles; none while some are to be tried once more, which are then alone with their workers."""
        while len(self._open) < _WAITING and all(future for _, future in self._open):
            bundle = next(bundles, None)
            if bundle is None:
                break
            with interrupts_later():  # what has been handed out is known to be
                parcel = self._sender.packed(bundle)
                future = self._submitted(parcel)  # first: where a worker has died it makes a new list
                self._open.append((parcel, future))

    @interrupts_later()  # stopped while a process is started, it would be left to itself
    def _submitted(self, parcel: Parcel) -> Future[list[Outcome]] | None:
        """A parcel in work; None if the workers are gone."""
        if self._workers is None and self._hire:
            self._workers = self._hire()
        if self._workers is None:
            return None
        try:
            return self._workers.submit(print_jobs, _VERSION, parcel, self._target)
        except RuntimeError:  # broken while nobody looked
            self._suspect_all()
            return None

    def _dismiss(self) -> None:
        """Let go of workers that were hired."""
        if self._workers and self._hire:
            self._workers.shutdown(wait=True, cancel_futures=True)
            self._workers = None

    def _bury(self) -> None:
        """Let the workers go after one has died, which takes the others with it, and remove what they were writing."""
        if self._hire:
            self._dismiss()
            remove_unfinished(self._folder)

    @interrupts_later()
    def _close(self) -> None:
        """Finish what has begun, and tell of what nobody asked for any more; a second Ctrl-C waits as long."""
        begun = [future for _, future in self._open if future and not future.cancel()]
        self._dismiss()
        wait(begun, timeout=0 if self._gone else None)
        for _, future in self._open:
            if future and _is_finished(future):
                self._done.extend(future.result())
        for outcome in self._done:
            self._late(write_outcome(outcome, self._folder))

    # ------------------------------------------------------------------ results

    def _finished(self, future: Future[list[Outcome]]) -> list[Outcome] | None:
        """What came of a bundle; None if its worker died over it."""
        try:
            return self._answer(future)
        except BrokenExecutor:
            self._suspect_all()
        except OtherVersion as error:
            self._give_up(str(error))
        except WorkersGone:
            raise
        except Exception as error:  # noqa: BLE001 - the executor may be anyone's: a lost machine has many names
            self._notice(f"a worker was lost ({type(error).__name__}); its plans are printed once more")
        return None

    def _answer(self, future: Future[list[Outcome]]) -> list[Outcome]:
        """A result, if it comes before patience is at its end."""
        if self._patience is None:
            return future.result()
        while not future.done():
            others = [other for _, other in self._open if other]
            if any(other.cancelled() for other in others):  # by nobody here; and this one may stay as it is for ever
                self._give_up("the scheduler has gone away")
            waiting = {future, *(other for other in others if not other.done())}
            if not wait(waiting, self._patience, FIRST_COMPLETED).done:
                self._give_up(f"nothing was heard of the workers for {self._patience:g} seconds")
        try:
            return future.result()
        except CancelledError:
            self._give_up("the scheduler has gone away")

    def _give_up(self, why: str) -> NoReturn:
        self._gone = True
        raise WorkersGone(why) from None

    def _suspect_all(self) -> None:
        """Whoever broke the executor is among the jobs that were handed out and not finished."""
        self._notice("a worker died; what it may have had is printed once more, plan by plan")
        self._open = deque(
            (parcel, future if future and _is_finished(future) else None) for parcel, future in self._open
        )
        self._bury()
        self._workers = None  # those that were handed in are not asked again

    def _once_more(self, letter: Letter) -> Outcome:
        """One job by itself, so that it can harm no other."""
        future = self._submitted((letter,)) or self._submitted((letter,))
        try:
            if future:
                (outcome,) = self._answer(future)
                return outcome
        except WorkersGone:
            raise
        except Exception:  # noqa: BLE001 - it was tried twice, whatever it was
            self._bury()
        return failure(letter.id, "worker", "its worker died, twice", "print it alone, or go on with the batch later")


def _is_finished(future: Future[list[Outcome]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
