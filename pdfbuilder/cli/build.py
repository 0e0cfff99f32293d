"""`pdfbuilder build`: make a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Unpack

import typer

from pdfbuilder.cli import options, report


@options.one_by_one
def build(
    routine: options.Routine,
    side: options.Side = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE|-", help="Where to; ROUTINE-SIDE.pdf in this folder if left out."),
    ] = None,
    name: options.Name = None,
    **given: Unpack[options.SheetOptions],
) -> None:
    """Make a printed sheet from a routine and the affected side."""
    from pdfbuilder.domain.side import AffectedSide
    from pdfbuilder.files import check_apart, check_place, write_file
    from pdfbuilder.pipeline import Renderer

    order = options.order(routine, side, name=name, **given)
    if output not in (None, "-"):
        check_place(Path(output))
    renderer = Renderer()
    sheet = renderer.render(order)
    report.show(sheet.warnings)
    if output == "-":
        report.result(sheet.pdf)
        return
    path = Path(output or f"{sheet.plan.routine_id}-{sheet.plan.affected.value}.pdf")
    check_apart(path, renderer.library.files)
    write_file(path, sheet.pdf)
    affected = sheet.plan.affected
    sides = "both sides" if affected is AffectedSide.BOTH else f"{affected.value} side"
    pages = "1 page" if sheet.pages == 1 else f"{sheet.pages} pages"
    report.say(f"{path}: {sides}, {pages}, {sheet.boxes} boxes")
