"""What a whole roster costs: against Typst, with a second process, in one file, and for ten times as many."""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pdfbuilder import Renderer
from pdfbuilder.batch import Job, print_copy, run
from pdfbuilder.batch.combine import combined
from pdfbuilder.batch.workers import local
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.formats.press import Copy

from .peer import Peer

ROUTINES = ("sciatica-starter", "back-mobility", "hamstring-stretches", "piriformis-stretches")
PEOPLE = 1000


def copies(people: int, routines: Iterable[str] = ROUTINES) -> list[Copy]:
    """Handouts for people with names of their own, in turn by routine and side."""
    names, renderer = tuple(routines), Renderer()
    sides = (AffectedSide.LEFT, AffectedSide.RIGHT)
    return [
        renderer.compose(Order(names[each % len(names)], sides[each // len(names) % 2], Person(f"Person {each}"))).copy
        for each in range(people)
    ]


def seconds(work: Callable[..., object], *values: object) -> float:
    start = time.perf_counter()
    work(*values)
    return time.perf_counter() - start


def roster() -> None:
    """Print the figures."""
    against_typst()
    with_processes()
    in_one_file()
    for_more()


def against_typst() -> None:
    """Handouts a second of one process, in turn with Typst's for the same people."""
    ours, peers = [], []
    with tempfile.TemporaryDirectory() as folder:
        for routine in ROUTINES:
            home = Path(folder) / routine
            home.mkdir()
            whole = copies(40, [routine])
            peer = Peer(home, whole[0].handout, about=True)
            for warm in whole[:2]:
                print_copy(warm)
                peer.print("warm")
            for copy in whole:
                ours.append(seconds(print_copy, copy))
                peers.append(seconds(peer.print, copy.handout.own.name))
    mine, theirs = statistics.median(ours), statistics.median(peers)
    print(f"one process: {1 / mine:.0f} handouts a second, Typst {1 / theirs:.0f}: {theirs / mine:.1f} times as many")


def with_processes() -> None:
    """A roster into a folder, with one worker and with two, in turn."""
    whole = copies(PEOPLE)
    jobs = [Job(str(each), f"{each}.pdf", copy, copy.handout.own) for each, copy in enumerate(whole)]
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(5):
        for workers, taken in times.items():
            with tempfile.TemporaryDirectory() as folder:
                hire = local(workers, PEOPLE)
                taken.append(seconds(list, run(jobs, Path(folder), hire)))
    one, two = (statistics.median(taken) for taken in times.values())
    print(f"{PEOPLE} people into a folder: {PEOPLE / one:.0f} a second; two processes {one / two:.2f} times as many")
    print(f"so two processes print {PEOPLE / two:.0f} a second, and a million in {1e6 / PEOPLE * two / 60:.0f} minutes")


def combine(people: int) -> None:
    """In a process of its own: prints size and peak memory of a combined file."""
    from pdfbuilder.formats.press import Press

    press = Press()
    plans = ((str(each), press.lay_out(copy)) for each, copy in enumerate(copies(people)))
    size = sum(map(len, combined(plans, press, "en", duplex=True)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(people, size, peak)


def in_one_file() -> None:
    """Size and memory of combined files."""
    import subprocess

    def measured(people: int) -> tuple[int, float]:
        code = f"import sys; sys.path[:0] = {sys.path!r}; from {__name__} import combine; combine({people})"
        out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        _, size, peak = out.split()
        return int(size), float(peak)

    few, many = measured(100), measured(PEOPLE)
    each = (many[0] - few[0]) / (PEOPLE - 100)
    print(f"combined: {each / 1000:.1f} kB a person beyond what is shared, {many[1]:.0f} MB of memory for {PEOPLE}")


def for_more() -> None:
    """Whether the cost grows as the roster, or the routine, does."""
    many = copies(PEOPLE)
    times = [seconds(print_copy, copy) for copy in many][len(ROUTINES) * 2 :]
    first, last = statistics.median(times[:10]), statistics.median(times[-100:])
    print(f"the last handouts of {PEOPLE} cost {last / first:.2f} times as much as the first ten")
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for count in (8, 80):
            names = [path.stem for path in sorted((Path("content") / "en" / "exercises").glob("*.yaml"))]
            lines = "".join(f"  - {names[each % len(names)]}\n" for each in range(count))
            paths[count] = Path(folder) / f"{count}.yaml"
            paths[count].write_text(f"title: Many\nexercises:\n{lines}", encoding="utf-8")
        per: dict[int, float] = {}
        for count, path in paths.items():
            whole = copies(12, [str(path)])
            print_copy(whole[0])
            print_copy(whole[4])
            per[count] = statistics.median(seconds(print_copy, copy) for copy in whole) / count
    print(f"an exercise of 80 costs {per[80] / per[8]:.2f} times as much as one of 8")
