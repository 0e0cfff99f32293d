"""`python -m pdfbuilder.drawing [--check] [ID…]`: draws the exercise pictures from their pose files.

Exit codes: 0 done, 1 if `--check` finds a picture that does not look like what its pose file gives, 2 for bad input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pdfbuilder.assets import shipped
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.drawing.gallery import Gallery


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m pdfbuilder.drawing", description="Draws the exercise pictures.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="exercises; all that have a pose file if left out")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a picture is out of date")
    asked = parser.parse_args(arguments)
    gallery = Gallery(shipped("content"))
    try:
        return _check(gallery, asked.ids) if asked.check else _write(gallery, asked.ids)
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _write(gallery: Gallery, ids: Sequence[str]) -> int:
    for exercise in ids or gallery.ids():
        sys.stdout.write(f"{gallery.write(exercise)}\n")
    return 0


def _check(gallery: Gallery, ids: Sequence[str]) -> int:
    reasons = [reason for exercise in ids or gallery.ids() if (reason := gallery.stale(exercise))]
    for reason in reasons:
        sys.stderr.write(f"{reason}\n")
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
