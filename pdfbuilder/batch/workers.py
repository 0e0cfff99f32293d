"""The processes of this machine that print."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Final

#: Plans below which a further process costs more than it brings.
_WORTH_A_PROCESS: Final = 40
#: Windows waits for no more at once.
_MOST_PROCESSES: Final = 61


def default_processes() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def local(processes: int, plans: int) -> Callable[[], Executor] | None:
    """How to get workers on this machine, which begin to get ready at once; None if this process prints by itself.

    Args:
        processes: at most so many.
        plans: how many are to be printed; for a few no process is started, and no single one for any.
    """
    processes = min(processes, plans // _WORTH_A_PROCESS, _MOST_PROCESSES)
    if processes < 2:
        return None
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
