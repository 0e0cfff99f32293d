"""`pdfbuilder gallery`: all pictures on a few pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Unpack

import typer

from pdfbuilder.cli import options, report


@options.one_by_one
def gallery(
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE|-", help="Where to: a .pdf file.")
    ] = "gallery.pdf",
    **given: Unpack[options.PlaceOptions],
) -> None:
    """Write the picture of every exercise, with its name, region and side, on a few pages."""
    from pdfbuilder.cli.settings import place
    from pdfbuilder.files import check_apart, check_place, write_file
    from pdfbuilder.formats import gallery as pages

    path = Path(output)
    if output != "-":
        check_place(path)
    library = place(given).library()
    data = pages.gallery(library)
    if output == "-":
        report.result(data)
        return
    check_apart(path, library.files)
    write_file(path, data)
    report.say(f"{path}: every exercise that has a picture")
