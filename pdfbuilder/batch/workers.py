"""Who prints: this process, several on this machine, or a Dask cluster."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import version
from multiprocessing import forkserver, resource_tracker
from typing import Any, Final, TypeVar

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location

Result = TypeVar("Result")

#: Plans below which a further process costs more than it brings.
_WORTH_A_PROCESS: Final = 40
#: Windows waits for no more at once.
_MOST_PROCESSES: Final = 61
#: How long a scheduler is waited for.
_PATIENCE: Final = "10s"
#: How long the workers of a cluster may be silent, in seconds.
ANSWER_WITHIN: Final = 60.0


def default_processes() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def local(processes: int, plans: int) -> Callable[[], Executor]:
    """How to get workers on this machine; they begin to get ready at once.

    Args:
        processes: at most so many.
        plans: how many are to be printed; for a few no process is started, and no single one for any.
    """
    processes = min(processes, plans // _WORTH_A_PROCESS, _MOST_PROCESSES)
    if processes < 2:
        return InThisProcess
    # A process that is forked from one with threads may hang; one that is forked from a clean server cannot.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["pdfbuilder.batch.worker"])
        # The server is deaf to Ctrl-C, and so are those that are forked from it, from their first moment.
        # The tracker by itself, and first: it lets interrupts through when it is started.
        resource_tracker.ensure_running()
        with interrupts_later():
            forkserver.ensure_running()

    def hire() -> Executor:
        # Stopped halfway, it would leave semaphores behind.
        with interrupts_later():
            return ProcessPoolExecutor(processes, mp_context=context, initializer=_settle)

    return hire


@contextmanager
def interrupts_later() -> Iterator[None]:
    """Keep Ctrl-C waiting, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    """Make a process a worker."""
    # Ctrl-C goes to every process of a terminal; a worker finishes its file first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Sheets leave few cycles behind: looking for them at every turn is a tenth of the work.
    gc.set_threshold(100_000)
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()


def _leave_with_the_parent() -> None:
    """A worker whose parent is killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - this runs in a worker
    parent.join()
    os._exit(1)


class InThisProcess(Executor):
    """Works where it is called, and not before the result is asked for."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """The result of a call that is made when it is asked for."""
        return _Deferred(partial(fn, *args, **kwargs))


class _Deferred(Future[Result]):
    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__()
        self._work = work

    def result(self, timeout: float | None = None) -> Result:
        if not self.done():
            try:
                self.set_result(self._work())
            except Exception as error:  # noqa: BLE001 - it is raised below, as a future does
                self.set_exception(error)
        return super().result(timeout)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """A Dask cluster as an executor.

    Args:
        address: of its scheduler, such as `tcp://10.0.0.5:8786`.

    Raises:
        InvalidInput: if Dask is not installed, if there is no scheduler, or if a worker has another version of this
            program: a batch in which sheets differ by where they were made is worse than none.
    """
    if "://" in address and not address.startswith("tcp://"):
        raise _refused(f"expected an address that begins with tcp://, got {address}", "write tcp://ADDRESS:8786")
    try:
        from distributed import Client  # noqa: PLC0415 - half a second, for those who have a cluster
    except ImportError:
        raise _refused("Dask is not installed", 'pip install "pdfbuilder[cluster]"') from None
    with _quiet():
        try:
            client = Client(address, timeout=_PATIENCE)
        except (OSError, ValueError):
            raise _refused(f"there is no scheduler at {address}", "start one with: dask scheduler") from None
        try:
            _check_versions(client)
            yield client.get_executor(pure=False)
        finally:
            with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
                client.close(timeout=_PATIENCE)


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask speaks of what is lost in tracebacks; here it is said in a line."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _check_versions(client: Any) -> None:
    here = version("pdfbuilder")
    there: set[str] = set()

    def ask() -> None:
        try:
            there.update(client.run(version, "pdfbuilder").values() or {"no workers"})
        except Exception:  # noqa: BLE001 - what a worker without the program raises is its own affair
            there.add("none")

    # In a thread: the question has no limit of its own, and a worker that is frozen does not answer.
    question = threading.Thread(target=ask, daemon=True)
    question.start()
    question.join(ANSWER_WITHIN)
    if not there:
        message = f"the workers have not said in {ANSWER_WITHIN:g} seconds which version they have"
        raise _refused(message, "look after the workers, and try again")
    if there != {here}:
        raise _refused(
            f"the workers have pdfbuilder {', '.join(sorted(there))}, this is {here}",
            "install the same version on all machines",
        )


def _refused(message: str, hint: str) -> InvalidInput:
    return InvalidInput([Diagnostic("scheduler", message, Location("--scheduler"), hint=hint)])
