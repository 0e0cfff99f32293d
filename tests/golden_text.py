"""The text of every shipped routine for every side, as a clinician would review it.

    python tests/golden_text.py

writes the files in tests/golden anew; `git diff` then shows what changed in words. The tests only ever read them:
there is no option that could be left on where they run.
"""

from __future__ import annotations

from pathlib import Path

from samples import ROUTINES, SIDES

from pdfbuilder.domain.order import Order
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.formats.text import plain_text
from pdfbuilder.pipeline import Renderer

GOLDEN = Path(__file__).parent / "golden"
CASES = [(routine, side) for routine in ROUTINES for side in SIDES]


def path_of(routine: str, side: str) -> Path:
    return GOLDEN / f"{routine}-{side}.txt"


def text_of(routine: str, side: str) -> str:
    return plain_text(Renderer().compose(Order(routine, AffectedSide.parse(side))).copy.handout)


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.iterdir():
        path.unlink()
    for case in CASES:
        path_of(*case).write_text(text_of(*case), encoding="utf-8")
    print(f"{len(CASES)} files in {GOLDEN}")


if __name__ == "__main__":
    main()
