"""What a whole roster costs: against Typst, with a second process, in one file, and for ten times as many."""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from pdfbuilder import Renderer
from pdfbuilder.assets import shipped
from pdfbuilder.batch import Job, print_copy, run
from pdfbuilder.batch.combine import combined
from pdfbuilder.batch.workers import local
from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.figures import Amount
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.files import write_file
from pdfbuilder.formats.press import Copy, Press
from pdfbuilder.pdf.painter import Painter, Properties
from pdfbuilder.pipeline import Composed

from .peer import Peer

ROUTINES = ("sciatica-starter", "back-mobility", "hamstring-stretches", "piriformis-stretches")
PEOPLE = 1000


def composed(people: int, routines: Iterable[str] = ROUTINES, *, own: bool = False) -> list[Composed]:
    """Handouts for people with names of their own, in turn by routine and side; perhaps with doses of their own."""
    names, renderer = tuple(routines), Renderer()
    sides = (AffectedSide.LEFT, AffectedSide.RIGHT)
    found = []
    for each in range(people):
        routine = names[each % len(names)]
        doses: tuple[DoseChange, ...] = ()
        if own:
            entries = renderer.library.routine(routine).value.entries
            # So that no two have the same: figures of one number each, in a place of its own.
            doses = tuple(
                DoseChange(entry.exercise.id, (("reps", Amount(reps, reps)),))
                for index, entry in enumerate(entries)
                for reps in [3 + each // 10**index % 10]
            )
        order = Order(routine, sides[each // len(names) % 2], Person(f"Person {each}"), doses)
        found.append(renderer.compose(order))
    return found


def copies(people: int, routines: Iterable[str] = ROUTINES, *, own: bool = False) -> list[Copy]:
    """The same, ready to be printed."""
    return [each.copy for each in composed(people, routines, own=own)]


def seconds(work: Callable[..., object], *values: object) -> float:
    start = time.perf_counter()
    work(*values)
    return time.perf_counter() - start


def roster() -> None:
    """Print the figures."""
    against_typst()
    step_by_step()
    with_processes()
    in_one_file()
    for_more()


def against_typst() -> None:
    """Handouts a second of one process, in turn with Typst's for the same people."""
    for own, whose in ((False, "people share plans"), (True, "everybody has doses of their own")):
        ours, peers, bytes_of = [], [], [0, 0]
        with tempfile.TemporaryDirectory() as folder:
            for routine in ROUTINES:
                home = Path(folder) / routine
                home.mkdir()
                whole = copies(40, [routine], own=own)
                peer = Peer(home, whole[0].handout)
                for warm in whole[:2]:
                    print_copy(warm)
                    peer.print("warm")
                for copy in whole[2:]:
                    ours.append(seconds(print_copy, copy))
                    work = partial(peer.print_own, copy.handout) if own else partial(peer.print, copy.handout.own.name)
                    peers.append(seconds(work))
                bytes_of[0] += len(print_copy(whole[2]).pdf)
                bytes_of[1] += len(peer.print("warm"))
        mine, theirs = statistics.median(ours), statistics.median(peers)
        print(
            f"one process, where {whose}: {1 / mine:.0f} handouts a second, Typst {1 / theirs:.0f}: "
            f"{theirs / mine:.1f} times as many, in {bytes_of[0] / bytes_of[1]:.2f} times the bytes"
        )


def step_by_step() -> None:
    """What a handout's words, places, and file cost, and a batch's files beside them."""
    press, painter, renderer = Press(), Painter(), Renderer()
    orders = [Order(ROUTINES[0], AffectedSide.LEFT, Person(f"Person {each}")) for each in range(200)]
    words, places, files, disk = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, order in enumerate(orders):
            begun = time.perf_counter()
            copy = renderer.compose(order).copy
            composed_at = time.perf_counter()
            pages = press.lay_out(copy)
            laid_out = time.perf_counter()
            # Not by the press, which would lay it out again, and sooner.
            pdf = painter.paint(pages, Properties("Handout", "benchmark", "en"))
            printed = time.perf_counter()
            write_file(Path(folder) / f"{number}.pdf", pdf, at_once=False)
            words.append(composed_at - begun)
            places.append(laid_out - composed_at)
            files.append(printed - laid_out)
            disk.append(time.perf_counter() - printed)
    whole = sum(map(statistics.median, (words, places, files, disk)))
    for name, times in (("words", words), ("layout", places), ("painting", files), ("writing to disk", disk)):
        print(f"{name}: {100 * statistics.median(times) / whole:.0f} % of a handout in a batch")


def with_processes() -> None:
    """A roster into a folder, with one worker and with two, in turn."""
    whole = composed(PEOPLE)
    jobs = [Job(str(each), f"{each}.pdf", plan.common, plan.own) for each, plan in enumerate(whole)]
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
    press = Press()
    plans = ((str(each), press.lay_out(copy)) for each, copy in enumerate(copies(people)))
    size = sum(map(len, combined(plans, press, "en", duplex=True)))
    print(people, size, peak_mb())


def peak_mb() -> float:
    """The most memory that this process has held."""
    # On Linux, what `getrusage` says is no less than what the process held that started this one.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def in_one_file() -> None:
    """Size and memory of combined files."""

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
    # By a press of its own: others have printed the first of these people before.
    press, many = Press(), copies(PEOPLE)
    times = [seconds(press.print, copy) for copy in many][len(ROUTINES) * 2 :]
    first, last = statistics.median(times[:10]), statistics.median(times[-100:])
    print(f"the last handouts of {PEOPLE} cost {last / first:.2f} times as much as the first ten")
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for count in (8, 80):
            names = [path.stem for path in sorted((shipped("content") / "en" / "exercises").glob("*.yaml"))]
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
