"""Prints how long sheets take and how large they are: warm, cold, and against a bare script.

The machine's own speed cancels out in the ratios; only those are worth quoting.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from itertools import count
from pathlib import Path

from pdfbuilder import PlanWarning, Renderer, build
from pdfbuilder.assets import shipped

from .roster import roster

#: What a cold start is compared with: ReportLab's Platypus, imported by a bare script to write a page of text.
BARE_PLATYPUS = """
import sys
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate
style = getSampleStyleSheet()["BodyText"]
text = "Lie on your back. Bend your knees. Keep your feet flat. Bring one knee slowly to your chest. " * 5
SimpleDocTemplate(sys.argv[1]).build([Paragraph(text, style) for _ in range(8)])
"""


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Median milliseconds of some work, after a warm-up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def maker(routine: str, template: str = "handout") -> Callable[[], bytes]:
    """Makes a sheet for one person after the other."""
    renderer, number = Renderer(), count()
    return lambda: build(routine, "left", name=f"Person {next(number)}", template=template, renderer=renderer)


def warm() -> None:
    print("warm, one process, one renderer:")
    for routine in ("sciatica-starter", "sciatica-complete"):
        for template in ("handout", "fridge", "large-print", "diary"):
            one = maker(routine, template)
            size = len(one())
            print(f"  {routine:18} {template:12} {median_ms(one, 30):7.2f} ms a sheet, {size / 1000:5.1f} kB")


#: Rounds of the cold start. In each, every command runs once, and is compared with the bare script of that round: a
#: machine that slows down slows both.
COLD_ROUNDS = 21


def cold() -> None:
    """Whole processes, as a user starts them: installed and used before, so that Python has compiled what it loads."""
    with tempfile.TemporaryDirectory() as folder:
        own, sheet = str(Path(folder) / "own.yaml"), str(Path(folder) / "sheet.pdf")
        program = [sys.executable, "-m", "pdfbuilder"]
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment = {**os.environ, **compiled}

        def run(command: list[str]) -> float:
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            return time.perf_counter() - start

        run([*program, "new", own])
        bare = [sys.executable, "-c", BARE_PLATYPUS, sheet]
        builds = {
            "build sciatica-starter": [*program, "build", "sciatica-starter", "-s", "left", "-o", sheet],
            "build a user's file": [*program, "build", own, "-s", "left", "-o", sheet],
        }
        for command in (bare, *builds.values()):
            run(command)
        rounds = [[run(command) for command in (bare, *builds.values())] for _ in range(COLD_ROUNDS)]
    alone, *others = zip(*rounds, strict=True)
    median = statistics.median(alone) * 1000
    print(f"cold, whole process, medians of {COLD_ROUNDS}; a bare script with Platypus takes {median:.0f} ms:")
    for name, times in zip(builds, others, strict=True):
        ratio = statistics.median(taken / bare for taken, bare in zip(times, alone, strict=True))
        print(f"  {name:23} {statistics.median(times) * 1000:4.0f} ms, {ratio:.2f} times the bare script")


def pictures() -> None:
    """What pictures add: the same routines with and without."""
    with tempfile.TemporaryDirectory() as folder:
        own, content = Path(folder), shipped("content") / "en"
        for path in (content / "exercises").glob("*.yaml"):
            (own / path.name).write_text(without_picture(path.read_text(encoding="utf-8")), encoding="utf-8")
        for routine in ("sciatica-starter", "sciatica-complete"):
            text = (content / "routines" / f"{routine}.yaml").read_text(encoding="utf-8")
            names = "|".join(path.stem for path in own.glob("*.yaml"))
            bare = own / f"{routine}-bare.yaml"
            bare.write_text(re.sub(rf"(- |exercise: )({names})$", r"\1./\2.yaml", text, flags=re.MULTILINE), "utf-8")
            makers = {name: maker(name) for name in (routine, str(bare))}
            for work in makers.values():
                work()
            times: dict[str, list[float]] = {name: [] for name in makers}
            for _ in range(200):  # in turn, so that a machine that slows down slows both
                for name, work in makers.items():
                    start = time.perf_counter()
                    work()
                    times[name].append((time.perf_counter() - start) * 1000)
            shown, plain = (statistics.median(times[name]) for name in makers)
            sizes = [len(work()) for work in makers.values()]
            print(
                f"pictures, {routine:18} {shown - plain:+.2f} ms a warm handout ({plain:.2f} without), "
                f"{(sizes[0] - sizes[1]) / 1000:+.1f} kB"
            )


def without_picture(text: str) -> str:
    return re.sub(r"^picture:\n(?:[ ]+.*\n)+", "", text, flags=re.MULTILINE)


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}")
    warnings.simplefilter("ignore", PlanWarning)
    warm()
    pictures()
    roster()
    cold()


if __name__ == "__main__":
    main()
