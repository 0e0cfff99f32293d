"""What a worker does with a parcel of jobs."""

from __future__ import annotations

from pathlib import Path

from pdfbuilder.batch.job import Outcome, outcome_of, write_outcome
from pdfbuilder.batch.wire import Parcel, unpacked


def print_jobs(parcel: Parcel, folder: Path | None) -> list[Outcome]:
    """Print some jobs, in order; none of them can stop another.

    Args:
        parcel: what to print.
        folder: where to write the files; None to hand them back instead, to another machine.
    """
    outcomes = map(outcome_of, unpacked(parcel))
    return list(outcomes) if folder is None else [write_outcome(outcome, folder) for outcome in outcomes]
