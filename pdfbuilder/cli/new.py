"""`pdfbuilder new`: a starter routine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pdfbuilder.cli import report


def new(path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist.")]) -> None:
    """Write a commented starter routine."""
    from pdfbuilder import assets
    from pdfbuilder.output import write_file

    write_file(path, (assets.shipped("content") / "starter.yaml").read_bytes(), replace=False)
    report.say(f"{path}: edit it, then: pdfbuilder build {path} --side left")
