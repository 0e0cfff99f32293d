"""How far a batch is, and what it came to: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Final, Self

from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table as Grid

from pdfbuilder.batch.job import Outcome
from pdfbuilder.batch.prepare import Failure, Prepared, Recipient
from pdfbuilder.cli import report
from pdfbuilder.diagnostics import Diagnostic

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

    def __exit__(self, *_: object) -> None:
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
    """Counts what a batch came to, and keeps what is said when it is over.

    Args:
        prepared: who was looked through.
        done: what has become of those who have a plan: `printed`.

    Attributes:
        failures: who has no plan.
        printed: how many plans were printed.
        lost: ids of those whose plan could not be printed though nothing was wrong with the roster.
    """

    def __init__(self, prepared: Prepared, done: str = "printed") -> None:
        self.failures: list[Failure] = list(prepared.failed)
        self.lost: set[str] = set()
        self._what_became = done
        self._people = {each.entry.id: each for each in prepared.people}
        self._warned = 0
        self.printed = self._kept = self._pages = self._boxes = 0
        #: What the layout had to give up, and whose.
        self._remarks: dict[Diagnostic, list[Recipient]] = {}

    def found(self, outcome: Outcome) -> None:
        """A file that was there already."""
        self._kept += 1
        self._add(outcome)

    def count(self, outcome: Outcome) -> None:
        """What became of a person's plan."""
        if not outcome.failed:
            self.printed += 1
            self._add(outcome)
            return
        person = self._people[outcome.id]
        self.lost.add(outcome.id)
        self.failures.append(Failure.of(person.entry, outcome.problems))

    def _add(self, outcome: Outcome) -> None:
        person = self._people[outcome.id]
        for each in outcome.problems:
            self._remarks.setdefault(each, []).append(person)
        self._warned += bool(person.warnings or outcome.problems)
        self._pages += outcome.pages
        self._boxes += outcome.boxes

    @property
    def has_remarks(self) -> bool:
        """Whether the layout had to give up anything."""
        return bool(self._remarks)

    @property
    def done(self) -> int:
        """How many people have a plan, printed or there already."""
        return self.printed + self._kept

    def show(self) -> None:
        """What the layout gave up, who has no plan, and the summary, to stderr."""
        self.show_people()
        counts = {
            self._what_became: self.printed,
            "kept": self._kept,
            "warned": self._warned,
            "failed": len(self.failures),
            "pages": self._pages,
            "boxes": self._boxes,
        }
        if not self._kept:
            del counts["kept"]
        if not sys.stderr.isatty():
            report.say(", ".join(f"{name} {count}" for name, count in counts.items()))
            return
        grid = Grid()
        for name in counts:
            grid.add_column(name, justify="right")
        grid.add_row(*(f"{count:,}" for count in counts.values()))
        Console(stderr=True).print(grid)

    def show_people(self) -> None:
        """What is to be said of several people alike, once, and who has no plan."""
        for remark, people in self._remarks.items():
            first, others = people[0], [each.entry.id for each in people[1:]]
            how_many = "1 other" if len(others) == 1 else f"{len(others):,} others"
            more = f" (and for {how_many}: {_some(others)})" if others else ""
            report.show(first.order.places.put([replace(remark, message=remark.message + more)]))
        if self.failures:
            without = [
                f"row {each.row} {each.id}".strip() + f" ({', '.join(each.problems)})" for each in sorted(self.failures)
            ]
            report.say(f"without a sheet: {_some(without)}")


def _some(words: Sequence[str]) -> str:
    """Words in a row; of very many the first."""
    more = f" and {len(words) - report.MOST_SHOWN:,} more" if len(words) > report.MOST_SHOWN else ""
    return ", ".join(words[: report.MOST_SHOWN]) + more
