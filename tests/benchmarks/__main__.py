"""Prints how long sheets take and how large they are: warm, cold, and against a bare script.

The machine's own speed cancels out in the ratios; only those are worth quoting.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pdfbuilder import Renderer, build

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


def warm() -> None:
    print("warm, one process, one renderer:")
    for routine in ("sciatica-starter", "sciatica-complete"):
        for template in ("handout", "fridge", "large-print", "diary"):
            renderer = Renderer()
            names = iter(range(10**9))

            def one(routine: str = routine, template: str = template, renderer: Renderer = renderer) -> bytes:
                return build(routine, "left", name=f"Person {next(names)}", template=template, renderer=renderer)  # noqa: B023

            size = len(one())
            print(f"  {routine:18} {template:12} {median_ms(one, 30):7.2f} ms a sheet, {size / 1000:5.1f} kB")


def cold() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "sheet.pdf")
        commands = {
            "pdfbuilder build": [
                sys.executable,
                "-m",
                "pdfbuilder",
                "build",
                "sciatica-starter",
                "-s",
                "left",
                "-o",
                path,
            ],
            "bare Platypus": [sys.executable, "-c", BARE_PLATYPUS, path],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(15):  # in turn, so that a machine that slows down slows both
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                times[name].append(time.perf_counter() - start)
    ours, bare = (statistics.median(times[name]) for name in commands)
    print(f"cold, whole process: {ours:.3f} s; a bare script with Platypus {bare:.3f} s; ratio {ours / bare:.2f}")


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}")
    warm()
    cold()


if __name__ == "__main__":
    main()
