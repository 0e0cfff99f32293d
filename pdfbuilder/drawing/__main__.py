"""`python -m pdfbuilder.drawing [--check] [--sheet FOLDER] [--watch] [ID…]`: draws the exercise pictures.

Exit codes: 0 done, 1 if `--check` finds a picture that does not look like what its pose file gives, 2 for bad input.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pdfbuilder.assets import shipped
from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.drawing.contact_sheet import write_contact_sheets
from pdfbuilder.drawing.gallery import Gallery

#: How often pose files are looked at, in seconds.
_PERIOD: Final = 0.3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m pdfbuilder.drawing", description="Draws the exercise pictures.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="exercises; all that have a pose file if left out")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--check", action="store_true", help="write nothing; fail if a picture is out of date")
    way.add_argument("--watch", action="store_true", help="draw each anew whenever its pose file is saved")
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="FOLDER",
        help="also write contact sheets there: 55 and 34 mm, in colour, grey and one bit",
    )
    asked = parser.parse_args(arguments)
    gallery = Gallery(shipped("content"))
    ids = asked.ids or gallery.ids()
    if asked.watch:
        return _watch(gallery, ids, asked.sheet)
    try:
        return _check(gallery, ids) if asked.check else _write(gallery, ids, asked.sheet)
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _write(gallery: Gallery, ids: Sequence[str], folder: Path | None) -> int:
    """Draw each that can be drawn; what is wrong with the others is raised at the end."""
    drawn: dict[str, str] = {}
    refused: list[Diagnostic] = []
    for exercise in ids:
        try:
            path = gallery.write(exercise)
        except InvalidInput as error:
            refused += error.diagnostics
        else:
            drawn[exercise] = path.read_text(encoding="utf-8")
            sys.stdout.write(f"{path}\n")
    if folder and drawn:
        for path in write_contact_sheets(folder, drawn):
            sys.stdout.write(f"{path}\n")
    if refused:
        raise InvalidInput(refused)
    return 0


def _check(gallery: Gallery, ids: Sequence[str]) -> int:
    reasons = [reason for exercise in ids if (reason := gallery.stale(exercise))]
    for reason in reasons:
        sys.stderr.write(f"{reason}\n")
    return 1 if reasons else 0


def _watch(gallery: Gallery, ids: Sequence[str], folder: Path | None) -> int:
    """Draw what was saved, until the user has had enough."""
    seen: dict[str, float] = {}
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            times = {exercise: _saved_at(gallery.pose_path(exercise)) for exercise in ids}
            saved = [exercise for exercise in ids if times[exercise] != seen.get(exercise)]
            try:
                if saved:
                    _write(gallery, saved, folder)
            except InvalidInput as error:
                sys.stderr.write(f"{error}\n")
            seen = times
            time.sleep(_PERIOD)
    return 0


def _saved_at(path: Path) -> float:
    """When a file was saved; 0 if there is none, as for a moment while an editor puts another in its place."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


if __name__ == "__main__":
    sys.exit(main())
