"""How far a batch is, and what it came to: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from pdfbuilder.batch.job import Outcome
from pdfbuilder.batch.manifest import Record
from pdfbuilder.batch.prepare import Person, Prepared
from pdfbuilder.cli import report

#: Seconds between two plain lines.
_EVERY: Final = 5.0


class Progress:
    """Shows how many plans are printed, how fast, and how long it will take.

    Args:
        plans: how many there are to print.
    """

    def __init__(self, plans: int) -> None:
        self._plans = plans
        self._done = 0
        self._began = self._said = time.monotonic()
        self._bar = _bar() if sys.stderr.isatty() else None
        self._task = self._bar.add_task("printing", total=plans, rate="") if self._bar else None

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, line: str) -> None:
        """A line that stays."""
        if self._bar:
            self._bar.console.print(line, markup=False, emoji=False, highlight=False, soft_wrap=True)
        else:
            report.say(line)

    def advance(self) -> None:
        """One plan more is done."""
        self._done += 1
        now = time.monotonic()
        rate = self._done / max(now - self._began, 1e-3)
        if self._bar and self._task is not None:
            self._bar.update(self._task, advance=1, rate=f"{rate:.0f} a second")
        elif now - self._said > _EVERY and self._done < self._plans:
            self._said = now
            left = (self._plans - self._done) / rate
            report.say(f"{self._done} of {self._plans} plans, {rate:.0f} a second, about {left:.0f} s left")


def _bar() -> Bar:
    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


class Tally:
    """Counts what a batch came to.

    Attributes:
        failed: how many people have no plan.
        printed: how many plans were printed.
        lost: ids of those whose plan could not be printed though nothing was wrong with the roster.
    """

    def __init__(self, prepared: Prepared) -> None:
        self.failed = len(prepared.failed)
        self.lost: set[str] = set()
        self._warned = 0
        self.printed = self._kept = self._pages = self._boxes = 0

    def found(self, record: Record) -> None:
        """A file that was there already."""
        self._kept += 1
        self._warned += bool(record.warnings)
        self._pages += record.pages
        self._boxes += record.boxes

    def count(self, person: Person, outcome: Outcome) -> None:
        """What became of a person's plan."""
        if outcome.failed:
            self.failed += 1
            self.lost.add(outcome.id)
            return
        self.add(outcome.pages, outcome.boxes, warned=bool(person.warnings or outcome.problems))

    def add(self, pages: int, boxes: int, *, warned: bool) -> None:
        """A plan that is printed."""
        self.printed += 1
        self._warned += warned
        self._pages += pages
        self._boxes += boxes

    def show(self) -> None:
        """The summary, to stderr."""
        counts = {
            "printed": self.printed,
            "kept": self._kept,
            "warned": self._warned,
            "failed": self.failed,
            "pages": self._pages,
            "boxes": self._boxes,
        }
        if not self._kept:
            del counts["kept"]
        if not sys.stderr.isatty():
            report.say(", ".join(f"{name} {count}" for name, count in counts.items()))
            return
        table = Table()
        for name in counts:
            table.add_column(name, justify="right")
        table.add_row(*(f"{count:,}" for count in counts.values()))
        Console(stderr=True).print(table)
