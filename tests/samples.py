"""What many tests start from: files with something in them, the program run on them, and what it says."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from hypothesis import settings

from pdfbuilder.cli.main import main
from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.domain.figures import Amount, Frequency, Time, TimeUnit
from pdfbuilder.reading.library import Definition, Library

ROOT = Path(__file__).parent.parent
LANGUAGES = Path(__file__).parent / "languages"

#: What ships.
EXERCISES = (
    "across-body-stretch", "ankle-circles", "ankle-pump", "band-row", "band-turn-out", "bird-dog", "bridge",
    "calf-stretch", "cat-camel", "childs-pose", "chin-tuck", "clam", "crossed-standing-bend", "heel-raise",
    "heel-slide", "heel-to-toe-stand", "heel-to-toe-walk", "hip-flexor-stretch", "knee-to-chest",
    "long-sitting-ankle-pull", "long-sitting-reach", "lower-trunk-rotation", "lying-knee-press",
    "lying-nerve-slider", "lying-piriformis-pull", "mini-squat", "neck-side-bend", "neck-turn", "pelvic-tilt",
    "pendulum", "prone-press-up", "seated-knee-straighten", "seated-piriformis-pull", "shoulder-blade-squeeze",
    "shoulder-roll", "side-leg-lift", "sideways-walk", "single-leg-reach", "single-leg-stand", "sit-to-stand",
    "stairs", "standing-hip-abduction", "standing-hip-extension", "standing-knee-bend", "static-quads",
    "step-up", "stick-lift", "stick-turn-out", "straight-leg-lift", "straight-leg-raise", "table-slide",
    "toe-raise", "towel-knee-straighten", "towel-scrunch", "walk", "wall-crawl",
)  # fmt: skip
#: Those of them that have a picture.
DRAWN = tuple(
    each for each in EXERCISES if "\npicture:" in (ROOT / f"content/en/exercises/{each}.yaml").read_text("utf-8")
)
ROUTINES = (
    "ankle-sprain", "back-mobility", "frozen-shoulder", "hamstring-stretches", "hip-strength",
    "knee-replacement", "piriformis-stretches", "sciatica-complete", "sciatica-starter", "steady-on-your-feet",
    "stiff-neck",
)  # fmt: skip
#: Those in phases.
PHASED = ("ankle-sprain", "knee-replacement")
#: Those of one phase and for every side, all with pictures: they will do where a test tries each side or each template.
SCIATICA = ("back-mobility", "hamstring-stretches", "piriformis-stretches", "sciatica-complete", "sciatica-starter")
TEMPLATES = ("diary", "fridge", "handout", "large-print")
#: What each may be printed on: the paper, and how it is held where it is asked for.
FORMATS = {
    "diary": (("a4", ""), ("letter", ""), ("a5", "")),
    "fridge": (("a4", ""), ("letter", ""), ("a4", "portrait"), ("letter", "portrait")),
    "handout": (("a4", ""), ("letter", ""), ("a5", "")),
    "large-print": (("a4", ""), ("letter", "")),
}
SIDES = ("left", "right", "both")
#: The others, with each side that they can be printed for.
LIBRARY_SHEETS = (
    ("ankle-sprain", "left"), ("ankle-sprain", "right"), ("ankle-sprain", "both"), ("frozen-shoulder", "left"),
    ("frozen-shoulder", "right"), ("hip-strength", "left"), ("hip-strength", "right"), ("hip-strength", "both"),
    ("knee-replacement", "left"), ("knee-replacement", "right"), ("knee-replacement", "both"), ("stiff-neck", "left"),
    ("stiff-neck", "right"), ("stiff-neck", "none"), ("steady-on-your-feet", "none"),
)  # fmt: skip
#: The plans under examples/, with each side that they can be printed for.
PLANS = (
    ("frozen-shoulder", "left"), ("new-knee", "right"), ("sprained-ankle", "left"), ("sprained-ankle", "right"),
    ("steady-on-your-feet", "none"),
)  # fmt: skip


def examples(count: int) -> int:
    """How many examples a property gets: so many, and in `make quick` a tenth of them."""
    return count * settings().max_examples // 100


def just(count: int) -> Amount:
    """So many, no more and no less."""
    return Amount(count, count)


def lasting(seconds: int) -> Time:
    return Time(just(seconds), TimeUnit.SECONDS)


def often(times: int) -> Frequency:
    """So many times a day."""
    return Frequency(just(times))


def write(folder: Path, text: str | bytes, name: str = "routine.yaml") -> Path:
    """A file with some text in it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


@dataclass(frozen=True)
class Result:
    """What a run of the program left behind.

    Attributes:
        code: the exit code.
        out: what went to stdout.
        err: what went to stderr.
    """

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


def run(*words: str, folder: Path, stdin: bytes = b"", together: bool = False) -> Result:
    """The command line in this process, inside a folder; what it says perhaps all on stdout, as on a terminal."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    err = io.TextIOWrapper(out.buffer if together else io.BytesIO(), "utf-8", write_through=True)
    code: object = 0
    with contextlib.chdir(folder), mock.patch.multiple(
        sys, argv=["pdfbuilder", *words], stdin=io.TextIOWrapper(io.BytesIO(stdin)), stderr=err,
        stdout=out, __stdout__=out,
    ):  # fmt: skip
        # What the command makes of signals is for its own process.
        heard = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            main()
        except SystemExit as leave:
            code = leave.code
        finally:
            for each, handler in heard.items():
                signal.signal(each, handler)
    for stream in (out, err):
        stream.flush()
    assert isinstance(code, int)
    return Result(code, _written(out), _written(err).decode())


def _written(stream: io.TextIOWrapper) -> bytes:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def check(folder: Path, text: str | bytes, name: str = "routine.yaml") -> Definition:
    """What a file defines."""
    return Library().check(str(write(folder, text, name))).value


def findings(
    folder: Path, text: str | bytes, name: str = "routine.yaml", *, how_often: bool = False
) -> tuple[Diagnostic, ...]:
    """What is wrong with a file, or suspicious about it.

    Few of the short routines here say how often a day; that is left out unless it is asked for.
    """
    try:
        found = Library().check(str(write(folder, text, name))).warnings
    except InvalidInput as error:
        found = error.diagnostics
    return tuple(each for each in found if how_often or each.code != "how-often")


def said(folder: Path, text: str | bytes, name: str = "routine.yaml") -> str:
    """The same as it is printed, the folder left out."""
    return "\n".join(str(each) for each in findings(folder, text, name)).replace(f"{folder}/", "")


def placed(folder: Path, text: str | bytes, name: str = "routine.yaml") -> list[str]:
    """The same in short: `line:column code field`."""
    return [
        f"{each.location.line}:{each.location.column} {each.code} {each.field}".rstrip()
        for each in findings(folder, text, name)
    ]


#: An entry that writes its exercise out, to be completed.
OWN = """\
title: My plan
exercises:
  - name: Heel slide
    side: affected
    reps: 10
    instructions:
      - "Slide your {affected heel} down."
"""


def hear_ctrl_c() -> None:
    """For a process that is about to begin: whoever runs the tests in the background may have made it deaf."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """Without the privileges of root, to whom every file is open."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
