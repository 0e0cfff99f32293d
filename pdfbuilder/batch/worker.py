"""What a worker does with a parcel of jobs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from pdfbuilder.batch.job import Outcome, outcome_of, write_outcome
from pdfbuilder.batch.wire import Parcel, unpacked

#: Files that are on their way to the disk at a time.
_WRITERS: Final = 4


def print_jobs(parcel: Parcel, folder: Path | None) -> list[Outcome]:
    """Print some jobs, in order; none of them can stop another.

    Args:
        parcel: what to print.
        folder: where to write the files; None to hand them back instead, to another machine.
    """
    jobs = unpacked(parcel)
    if folder is None:
        return [outcome_of(job) for job in jobs]
    if len(jobs) == 1:
        return [write_outcome(outcome_of(jobs[0]), folder)]
    # A disk takes its time to promise that a file is safe; the next one is made meanwhile.
    with ThreadPoolExecutor(max_workers=_WRITERS) as writers:
        written = [writers.submit(write_outcome, outcome_of(job), folder) for job in jobs]
    return [each.result() for each in written]
