"""The text of every shipped routine for every side, and of the example plans, as a clinician would review it.

    python tests/golden_text.py

writes the files in tests/golden anew; `git diff` then shows what changed in words. The tests only ever read them:
there is no option that could be left on where they run.
"""

from __future__ import annotations

from pathlib import Path

from samples import LIBRARY_SHEETS, PLANS, ROOT, SCIATICA, SIDES

from pdfbuilder.domain.order import Order
from pdfbuilder.domain.routine import ALL_PHASES
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.formats.text import plain_text
from pdfbuilder.pipeline import Renderer

GOLDEN = Path(__file__).parent / "golden"
CASES = [
    *[(routine, side) for routine in SCIATICA for side in SIDES],
    *LIBRARY_SHEETS,
    *[(f"examples/{plan}", side) for plan, side in PLANS],
]


def path_of(routine: str, side: str) -> Path:
    return GOLDEN / f"{routine.replace('/', '-')}-{side}.txt"


def text_of(routine: str, side: str) -> str:
    if "/" in routine:
        routine = str(ROOT / f"{routine}.yaml")
    renderer = Renderer()
    phase = ALL_PHASES if renderer.library.routine(routine).value.phases else None
    return plain_text(renderer.compose(Order(routine, AffectedSide.parse(side), phase=phase)).copy.handout)


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.iterdir():
        path.unlink()
    for case in CASES:
        path_of(*case).write_text(text_of(*case), encoding="utf-8")
    print(f"{len(CASES)} files in {GOLDEN}")


if __name__ == "__main__":
    main()
