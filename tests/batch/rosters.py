"""Rosters for tests: people with jobs, and jobs that kill whoever prints them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from pdfbuilder import Renderer
from pdfbuilder.batch import Job
from pdfbuilder.batch.prepare import Prepared, prepare
from pdfbuilder.domain.order import Order
from pdfbuilder.roster.people import read_roster


def roster(people: int, *, routine: str = "back-mobility") -> str:
    """A roster of so many people; no two have the same sheet."""
    rows = (f"p{each:03},Person {each:03},{('left', 'right')[each % 2]},{routine}\n" for each in range(1, people + 1))
    return "id,name,side,routine\n" + "".join(rows)


def prepared(
    folder: Path, text: str, renderer: Renderer | None = None, *, routine: str = "", blank_names: bool = False
) -> Prepared:
    """A roster that was looked through."""
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return prepare(read_roster(str(path), Order(routine)), renderer or Renderer(), blank_names=blank_names)


@contextmanager
def hang_guard(seconds: int = 30) -> Iterator[None]:
    """Fail what would not come to an end."""

    def fail(*_: object) -> None:
        raise AssertionError(f"it takes more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def jobs(folder: Path, people: int) -> list[Job]:
    return [person.job for person in prepared(folder, roster(people)).people]


class Deadly:
    """Words whose reader dies: every time, or the first time only.

    Args:
        words: what a reader gets who survives.
        once: a file that tells whether somebody has died of them already; None if everybody does.
    """

    def __init__(self, words: object = None, once: Path | None = None) -> None:
        self._words = words
        self._once = once

    def __reduce__(self) -> tuple[Any, ...]:
        return _die, (self._words, self._once)


def _die(words: object, once: Path | None) -> object:
    if once is not None and once.exists():
        return words
    if once is not None:
        once.touch()
    os._exit(1)


def deadly(job: Job, once: Path | None = None) -> Job:
    """The job, with words that kill the process that it is sent to."""
    words: Any = Deadly(job.own.name, once)
    return replace(job, own=replace(job.own, name=words))
