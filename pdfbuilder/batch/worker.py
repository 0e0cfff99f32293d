"""What a worker does with a parcel of jobs."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from pdfbuilder.batch.job import Outcome, outcome_of, write_outcome
from pdfbuilder.batch.wire import Parcel, unpacked


class OtherVersion(Exception):
    """A worker that has come later has another version of this program: it prints nothing."""


def print_jobs(sender: str, parcel: Parcel, folder: Path | None) -> list[Outcome]:
    """Print some jobs, in order; none of them can stop another.

    Args:
        sender: the version of the program that sends them.
        parcel: what to print.
        folder: where to write the files; None to hand them back instead, to another machine.

    Raises:
        OtherVersion: if it is not the version here.
    """
    if (here := version("pdfbuilder")) != sender:
        raise OtherVersion(f"a worker has pdfbuilder {here}, this is {sender}")
    outcomes = map(outcome_of, unpacked(parcel))
    return list(outcomes) if folder is None else [write_outcome(outcome, folder) for outcome in outcomes]
