"""Many handouts in one go: jobs go to any `concurrent.futures` executor, and one that fails never stops the others.

    from pdfbuilder.batch import Job, print_copy, run

A job is plain values and printing it a pure function, so that any process on any machine can do it.

`prepare` makes jobs of a roster; `run` hands them to `workers` or a `cluster`, packed by `wire`, where `worker` prints
them; `printing` does so into a folder, and keeps its `manifest`. `combine` makes one file of all.
"""

from pdfbuilder.batch.job import Job, Outcome, print_copy
from pdfbuilder.batch.run import run

__all__ = ["Job", "Outcome", "print_copy", "run"]
