"""`pdfbuilder gallery`: all pictures on a few pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Unpack

import typer

from pdfbuilder.cli import options, report


@options.one_by_one
def gallery(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to: a .pdf file.")] = Path(
        "gallery.pdf"
    ),
    **given: Unpack[options.PlaceOptions],
) -> None:
    """Write the picture of every exercise, with its name, region and side, on a few pages."""
    from pdfbuilder.cli.settings import place
    from pdfbuilder.files import check_apart, check_place, write_file
    from pdfbuilder.formats import gallery as pages

    check_place(output)
    library = place(given).library()
    data = pages.gallery(library)
    check_apart(output, library.files)
    write_file(output, data)
    report.say(f"{output}: every exercise that has a picture")
