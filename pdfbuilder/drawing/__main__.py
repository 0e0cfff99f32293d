"""`python -m pdfbuilder.drawing [--check] [--sheet FOLDER] [--watch] [ID…]`: draws the exercise pictures.

Exit codes: 0 done, 1 if `--check` finds a picture that does not look like what its pose file gives, 2 for bad input.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pdfbuilder.assets import shipped
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.drawing.contact_sheet import write_contact_sheets
from pdfbuilder.drawing.gallery import Gallery

#: How often pose files are looked at, in seconds.
_PERIOD: Final = 0.3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m pdfbuilder.drawing", description="Draws the exercise pictures.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="exercises; all that have a pose file if left out")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a picture is out of date")
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="FOLDER",
        help="also write contact sheets there: 55 and 34 mm, in colour, grey and one bit",
    )
    parser.add_argument("--watch", action="store_true", help="draw each anew whenever its pose file is saved")
    asked = parser.parse_args(arguments)
    gallery = Gallery(shipped("content"))
    if asked.watch:
        _watch(gallery, asked.ids or gallery.ids(), asked.sheet)
    try:
        return _check(gallery, asked.ids) if asked.check else _write(gallery, asked.ids, asked.sheet)
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _write(gallery: Gallery, ids: Sequence[str], folder: Path | None) -> int:
    drawn = ids or gallery.ids()
    for exercise in drawn:
        sys.stdout.write(f"{gallery.write(exercise)}\n")
    if folder:
        pictures = {exercise: gallery.picture_path(exercise).read_text(encoding="utf-8") for exercise in drawn}
        for path in write_contact_sheets(folder, pictures):
            sys.stdout.write(f"{path}\n")
    return 0


def _check(gallery: Gallery, ids: Sequence[str]) -> int:
    reasons = [reason for exercise in ids or gallery.ids() if (reason := gallery.stale(exercise))]
    for reason in reasons:
        sys.stderr.write(f"{reason}\n")
    return 1 if reasons else 0


def _watch(gallery: Gallery, ids: Sequence[str], folder: Path | None) -> None:
    """Draw what was saved, until the user has had enough."""
    seen: dict[str, float] = {}
    while True:
        times = {exercise: gallery.pose_path(exercise).stat().st_mtime for exercise in ids}
        saved = [exercise for exercise in ids if times[exercise] != seen.get(exercise)]
        try:
            if saved:
                _write(gallery, saved, folder)
        except InvalidInput as error:
            sys.stderr.write(f"{error}\n")
        seen = times
        time.sleep(_PERIOD)


if __name__ == "__main__":
    sys.exit(main())
