"""`pdfbuilder new`: a starter routine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pdfbuilder.cli import report


def new(path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist.")]) -> None:
    """Write a commented starter routine."""
    from pdfbuilder import assets
    from pdfbuilder.files import write_file

    write_file(path, (assets.shipped("content") / "starter.yaml").read_bytes(), replace=False)
    report.say(f"{path}: {how_to_build(path)}")


def how_to_build(path: Path) -> str:
    """What to do with a routine that was just written."""
    import shlex

    from pdfbuilder.reading.finding import is_path

    # Without a suffix it would mean something that ships, and with a dash in front an option.
    text = str(path)
    named = text if is_path(text) and not text.startswith("-") else f"./{text}"
    # The last word is no side: whoever copies the line without reading is asked for one.
    return f"edit it, then, with left, right, both or none for SIDE: pdfbuilder build {shlex.quote(named)} --side SIDE"
