"""`pdfbuilder build`: make a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pdfbuilder.cli import options, report


def build(
    routine: options.Routine,
    side: options.Side = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE|-", help="Where to; ROUTINE-SIDE.pdf in this folder if left out."),
    ] = None,
    template: options.Template = "handout",
    lang: options.Language = "en",
    paper: options.Paper = None,
    orientation: options.Orientation = None,
    name: options.Name = "",
    date: options.Date = None,
    therapist: options.Therapist = "",
    note: options.Note = "",
    tick: options.Tick = None,
    fillable: options.Fillable = False,
    safety: options.Safety = None,
    no_safety: options.NoSafety = False,
    emergency_number: options.EmergencyNumber = "",
    urgent_number: options.UrgentNumber = "",
) -> None:
    """Make a printed sheet from a routine and the affected side."""
    from pdfbuilder.domain.order import order_in_words
    from pdfbuilder.domain.side import AffectedSide
    from pdfbuilder.files import check_apart, check_place, write_file
    from pdfbuilder.pipeline import Renderer

    order = order_in_words(
        options.option,
        routine=routine,
        side=options.the_side(side),
        name=name,
        date=options.day(date),
        therapist=therapist,
        note=note,
        template=template,
        language=lang,
        paper=paper,
        orientation=orientation,
        tick=tick,
        safety=options.the_safety(safety, without=no_safety),
        emergency_number=emergency_number,
        urgent_number=urgent_number,
        fillable=fillable,
    )
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
