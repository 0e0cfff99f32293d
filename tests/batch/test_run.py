"""Jobs go to an executor, any executor, and each comes back as what became of it, whoever died over it."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import random
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pikepdf
import pytest
from batch.rosters import deadly, hang_guard, jobs, prepared
from msgspec.structs import replace
from samples import names

from pdfbuilder.batch import Job, Outcome, run
from pdfbuilder.batch.job import failure, outcome_of
from pdfbuilder.batch.printing import at_its_cells
from pdfbuilder.batch.run import WorkersGone
from pdfbuilder.batch.workers import local
from pdfbuilder.pdf.fonts import MissingGlyph

pytestmark = pytest.mark.slow

Result = TypeVar("Result")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def expected(tmp_path: Path) -> Callable[[list[Job]], dict[str, str]]:
    """What the files must be: the digests of what this process prints."""

    def digests(wanted: list[Job]) -> dict[str, str]:
        return {each.file: each.sha256 for each in map(outcome_of, wanted)}

    return digests


def digests_in(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


class InAnyOrder(Executor):
    """Finishes what it was given in an order of its own, when somebody waits for any of it."""

    def __init__(self) -> None:
        self.most = 0
        self._waiting: list[tuple[_Asked, Callable[[], Any]]] = []
        self._chance = random.Random(7)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        future = _Asked(self.finish)
        self._waiting.append((future, lambda: fn(*args, **kwargs)))
        self.most = max(self.most, len(self._waiting))
        return future

    def finish(self, wanted: Future[Any]) -> None:
        while not wanted.done():
            future, work = self._waiting.pop(self._chance.randrange(len(self._waiting)))
            future.set_result(work())


class _Asked(Future[Any]):
    def __init__(self, finish: Callable[[Future[Any]], None]) -> None:
        super().__init__()
        self._finish = finish

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            self._finish(self)
        return super().result(timeout)


def test_outcomes_come_in_the_order_of_the_jobs_whatever_is_finished_first(
    tmp_path: Path, out: Path, expected: Callable[[list[Job]], dict[str, str]]
) -> None:
    wanted = jobs(tmp_path, 70)
    executor = InAnyOrder()
    outcomes = list(run(wanted, out, executor))
    assert [each.id for each in outcomes] == [job.id for job in wanted]
    assert {each.file: each.sha256 for each in outcomes} == digests_in(out) == expected(wanted)
    # no more than this was ever handed out
    assert 2 <= executor.most <= 32


@pytest.mark.parametrize("elsewhere", [False, True])
def test_threads_and_processes_of_the_caller_work_and_are_left_to_the_caller(
    tmp_path: Path, out: Path, elsewhere: bool, expected: Callable[[list[Job]], dict[str, str]]
) -> None:
    wanted = jobs(tmp_path, 20)
    for executor in (ThreadPoolExecutor(3), ProcessPoolExecutor(2, mp_context=get_context("forkserver"))):
        with executor:
            outcomes = list(run(wanted, out, executor, elsewhere=elsewhere))
            assert executor.submit(int, "7").result() == 7
        assert digests_in(out) == expected(wanted)
        assert not any(each.pdf or each.failed for each in outcomes)
        for path in out.iterdir():
            path.unlink()


def test_a_long_roster_is_handed_out_as_it_is_worked_off(tmp_path: Path, out: Path) -> None:
    (job,) = jobs(tmp_path, 1)
    executor = InAnyOrder()
    many = [replace(job, id=f"p{each}", file=f"p{each % 3}.pdf") for each in range(2000)]
    with closing(run(many, out, executor, elsewhere=True)) as outcomes:
        next(outcomes)
        assert executor.most <= 32


def test_jobs_and_outcomes_can_be_sent_anywhere(tmp_path: Path) -> None:
    (job,) = jobs(tmp_path, 1)
    assert pickle.loads(pickle.dumps(job)) == job
    outcome = outcome_of(pickle.loads(pickle.dumps(job)))
    assert outcome == pickle.loads(pickle.dumps(outcome)) == outcome_of(job)
    assert len(pikepdf.open(io.BytesIO(outcome.pdf)).pages) == outcome.pages


# --------------------------------------------------------------------------- closed early


def test_nothing_is_printed_here_before_it_is_asked_for(tmp_path: Path, out: Path) -> None:
    outcomes = run(jobs(tmp_path, 40), out)
    assert names(out) == []
    for count in (1, 2, 3):
        next(outcomes)
        assert names(out) == [f"p{each:03}.pdf" for each in range(1, count + 1)]
    outcomes.close()
    assert len(names(out)) == 3


@pytest.mark.parametrize("hired", [True, False])
def test_what_was_finished_when_nobody_asked_for_more_is_told(tmp_path: Path, out: Path, hired: bool) -> None:
    pools: list[Any] = []
    late: list[Outcome] = []

    def hire() -> Executor:
        pools.append(processes(10_000)() if hired else ThreadPoolExecutor(2))
        return pools[-1]  # type: ignore[no-any-return]

    workers = hire if hired else hire()
    outcomes = run(jobs(tmp_path, 150), out, workers, late=late.append)
    asked = [next(outcomes) for _ in range(3)]
    hired_here = list(pools[0]._processes.values()) if hired else []
    outcomes.close()
    # every file that is there is known, and whole; and the rest was not begun
    assert {each.file: each.sha256 for each in (*asked, *late)} == digests_in(out)
    assert len(names(out)) < 150
    assert not any(process.is_alive() for process in hired_here)
    if not hired:
        pools[0].shutdown()


# --------------------------------------------------------------------------- the death of a worker


def processes(plans: int) -> Callable[[], Executor]:
    hire = local(2, plans)
    assert hire
    return hire


def hiring(pools: list[Any]) -> Callable[[], Executor]:
    def hire() -> Executor:
        pools.append(processes(10_000)())
        return pools[-1]  # type: ignore[no-any-return]

    return hire


def test_a_killed_process_loses_nobody(
    tmp_path: Path, out: Path, expected: Callable[[list[Job]], dict[str, str]]
) -> None:
    wanted = jobs(tmp_path, 80)
    pools: list[Any] = []
    said: list[str] = []
    outcomes = run(wanted, out, hiring(pools), notice=said.append)
    first = next(outcomes)
    os.kill(next(iter(pools[0]._processes)), signal.SIGKILL)
    rest = list(outcomes)
    assert [each.id for each in (first, *rest)] == [job.id for job in wanted]
    assert not any(each.failed for each in rest)
    assert digests_in(out) == expected(wanted)
    assert said == ["a worker died; what it may have had is printed once more, plan by plan"]
    assert len(pools) == 2


class DiesWhenGivenMore(Executor):
    """Does what it is given at once, up to a time from which on it is dead."""

    def __init__(self, after: int) -> None:
        self._left = after

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        if not self._left:
            raise BrokenExecutor("a worker is dead, and nobody has looked yet")
        self._left -= 1
        done: Future[Result] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@pytest.mark.parametrize("after", [0, 1, 4, 7])
def test_a_death_that_is_noticed_when_more_is_handed_out_loses_nobody(tmp_path: Path, out: Path, after: int) -> None:
    wanted = jobs(tmp_path, 40)
    pools = iter([DiesWhenGivenMore(after), *(DiesWhenGivenMore(1000) for _ in range(3))])
    outcomes = list(run(wanted, out, lambda: next(pools)))
    assert [each.id for each in outcomes] == [job.id for job in wanted]
    assert not any(each.failed for each in outcomes)
    assert sorted(digests_in(out)) == [job.file for job in wanted]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system cannot keep a signal waiting")
def test_ctrl_c_waits_until_the_workers_are_hired(monkeypatch: pytest.MonkeyPatch) -> None:
    hired = []

    def stopped_halfway(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)
        hired.append("all of them")

    monkeypatch.setattr("pdfbuilder.batch.workers.ProcessPoolExecutor", stopped_halfway)
    hire = processes(1000)
    # whoever runs the tests in the background may have made them deaf
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            hire()
    finally:
        signal.signal(signal.SIGINT, before)
    assert hired == ["all of them"]


def test_a_plan_that_kills_its_worker_twice_is_given_back_and_harms_no_other(
    tmp_path: Path, out: Path, expected: Callable[[list[Job]], dict[str, str]]
) -> None:
    wanted = jobs(tmp_path, 60)
    sent = [deadly(job) if index in (7, 8, 40) else job for index, job in enumerate(wanted)]
    outcomes = list(run(sent, out, hiring([])))
    assert [each.id for each in outcomes] == [job.id for job in wanted]
    failed = [index for index, each in enumerate(outcomes) if each.failed]
    assert failed == [7, 8, 40]
    (problem,) = outcomes[7].problems
    assert (problem.code, problem.message) == ("worker", "its worker died, twice")
    assert digests_in(out) == expected([job for index, job in enumerate(wanted) if index not in failed])


def test_a_plan_that_kills_its_worker_once_is_printed_the_second_time(
    tmp_path: Path, out: Path, expected: Callable[[list[Job]], dict[str, str]]
) -> None:
    wanted = jobs(tmp_path, 60)
    died = tmp_path / "died"
    outcomes = list(run([*wanted[:9], deadly(wanted[9], once=died), *wanted[10:]], out, hiring([])))
    assert died.exists()
    assert not any(each.failed for each in outcomes)
    assert digests_in(out) == expected(wanted)


def test_an_executor_of_the_caller_that_breaks_is_said_of_every_plan_that_it_leaves(tmp_path: Path, out: Path) -> None:
    wanted = jobs(tmp_path, 40)
    said: list[str] = []
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as executor:
        outcomes = list(run([*wanted[:5], deadly(wanted[5]), *wanted[6:]], out, executor, notice=said.append))
    assert len(said) == 1
    assert [each.id for each in outcomes] == [job.id for job in wanted]
    assert outcomes[5].failed
    assert {each.file for each in outcomes if not each.failed} == set(names(out))
    assert {each.problems[0].code for each in outcomes if each.failed} == {"worker"}


class Losing(ThreadPoolExecutor):
    """Loses every third thing that it is given."""

    given = 0

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        self.given += 1
        return super().submit(_lost if self.given % 3 == 0 else fn, *args, **kwargs)  # type: ignore[arg-type]


def _lost(*_: object) -> None:
    raise ConnectionError("the machine went away")


def test_what_another_kind_of_executor_loses_is_tried_once_more(tmp_path: Path, out: Path) -> None:
    said: list[str] = []
    wanted = jobs(tmp_path, 8)
    with Losing(1) as executor:
        outcomes = list(run(wanted, out, executor, notice=said.append))
    assert [each.id for each in outcomes] == [job.id for job in wanted]
    # of eight the third and the sixth; the ninth and the tenth submission are those once more, and the ninth is lost
    assert said == ["a worker was lost (ConnectionError); its plans are printed once more"]
    assert [index for index, each in enumerate(outcomes) if each.failed] == [2]


# --------------------------------------------------------------------------- workers that go away


class GoesAway(Executor):
    """Does what it is given at once, up to a time from which on it is silent, or lets go of everything.

    Args:
        after: how many bundles it does.
        lets_go: whether what it is given then is cancelled, as Dask does when it has lost its scheduler.
    """

    def __init__(self, after: int, *, lets_go: bool = False) -> None:
        self._left = after
        self._lets_go = lets_go

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        future: Future[Result] = Future()
        if self._left:
            self._left -= 1
            future.set_result(fn(*args, **kwargs))
        elif self._lets_go:
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_running_or_notify_cancel()  # begun, and never finished
        return future


@pytest.mark.parametrize(
    ("lets_go", "why"),
    [(True, "the scheduler has gone away"), (False, "nothing was heard of the workers for 0.2 seconds")],
)
@pytest.mark.parametrize("after", [0, 1, 3])
def test_workers_that_go_away_are_said_once_and_what_is_done_is_known(
    tmp_path: Path, out: Path, after: int, lets_go: bool, why: str
) -> None:
    wanted = jobs(tmp_path, 40)  # two at a time
    said: list[str] = []
    late: list[Outcome] = []
    asked: list[Outcome] = []
    outcomes = run(
        wanted,
        out,
        GoesAway(after, lets_go=lets_go),
        elsewhere=True,
        patience=0.2,
        notice=said.append,
        late=late.append,
    )
    with pytest.raises(WorkersGone, match=why):
        asked.extend(outcomes)
    assert [each.id for each in (*asked, *late)] == [job.id for job in wanted[: 2 * after]]
    assert {each.file: each.sha256 for each in (*asked, *late)} == digests_in(out)
    assert said == []


def test_a_result_that_is_not_got_any_more_is_not_waited_for(tmp_path: Path, out: Path) -> None:
    """As when the scheduler is lost while a result is on its way: all is let go of but that."""

    class AllButTheFirst(GoesAway):
        first: Future[Any] | None = None

        def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
            if self.first is None:
                self.first = Future()
                self.first.set_running_or_notify_cancel()
                return self.first
            return super().submit(fn, *args, **kwargs)

    with hang_guard(), pytest.raises(WorkersGone, match="the scheduler has gone away"):
        list(run(jobs(tmp_path, 40), out, AllButTheFirst(0, lets_go=True), elsewhere=True, patience=1_000.0))


def test_workers_may_take_their_time_as_long_as_one_of_them_is_heard_of(tmp_path: Path, out: Path) -> None:
    """The first bundle is finished last."""
    wanted = jobs(tmp_path, 32)
    executor = ThreadPoolExecutor(1)
    heard = Event()

    class FirstLast(Executor):
        def __init__(self) -> None:
            self.waiting: list[Callable[[], object]] = []

        def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
            future: Future[Result] = Future()
            self.waiting.append(lambda: future.set_result(fn(*args, **kwargs)))
            if len(self.waiting) == 16:
                executor.submit(self.finish)
            return future

        def finish(self) -> None:
            for work in reversed(self.waiting):
                heard.wait(0.1)
                work()

    with executor:
        outcomes = list(run(wanted, out, FirstLast(), elsewhere=True, patience=1.0))
    assert [each.id for each in outcomes] == [job.id for job in wanted]


def test_a_second_try_is_not_waited_for_for_ever_either(tmp_path: Path, out: Path) -> None:
    class LosesThenSilent(GoesAway):
        lost = False

        def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
            if not self.lost:
                self.lost = True
                future: Future[Result] = Future()
                future.set_exception(ConnectionError("the machine went away"))
                return future
            return super().submit(fn, *args, **kwargs)

    outcomes = run(jobs(tmp_path, 4), out, LosesThenSilent(0), elsewhere=True, patience=0.2)
    with pytest.raises(WorkersGone):
        list(outcomes)


# --------------------------------------------------------------------------- what a job may meet


def test_a_fault_is_one_plan_s_and_is_said_without_its_words(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = jobs(tmp_path, 3)
    no_words: Any = ["Ann Secret"]
    broken = replace(wanted[1], own=replace(wanted[1].own, name=no_words))
    outcomes = list(run([wanted[0], broken, wanted[2]], out))
    assert [each.failed for each in outcomes] == [False, True, False]
    (problem,) = outcomes[1].problems
    assert problem.code == "fault"
    assert "Secret" not in str(problem)
    assert names(out) == ["p001.pdf", "p003.pdf"]


@pytest.mark.parametrize(("code", "shown"), [("fault", False), ("worker", False), ("missing-glyph", True)])
def test_whose_plan_it_was_is_said_without_the_row_if_the_program_is_at_fault(
    tmp_path: Path, code: str, shown: bool
) -> None:
    (person,) = prepared(tmp_path, "id,name,side,routine\np1,Ann Secret,left,back-mobility\n").people
    (problem,) = at_its_cells(failure(person.job.id, code, "it went wrong", "a hint"), person.entry)
    assert (problem.location.line, problem.location.column, problem.field) == (2, 20, "row 2 (p1), routine")
    assert ("Secret" in str(problem)) is shown


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "chmod", fail)
    return iter(())


def test_on_a_full_disk_each_plan_fails_by_itself_and_nothing_is_left(
    tmp_path: Path, out: Path, full_disk: None
) -> None:
    outcomes = list(run(jobs(tmp_path, 3), out))
    assert [each.problems[0].message for each in outcomes] == [
        "the file cannot be written: No space left on device"
    ] * 3
    assert names(out) == []


def test_what_a_copy_cannot_be_printed_for_comes_back_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(MissingGlyph("字")))
    assert (type(error), error.char, str(error)) == (MissingGlyph, "字", "U+5B57")
