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
    template: Annotated[
        str, typer.Option("--template", "-t", metavar="TEMPLATE", help="Id of a shipped template, or a template file.")
    ] = "handout",
    lang: options.Language = "en",
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="a4|letter|a5", help="Paper, instead of the template's.")
    ] = None,
    orientation: Annotated[
        str | None,
        typer.Option("--orientation", metavar="portrait|landscape", help="Which way it is held."),
    ] = None,
    name: options.Name = "",
    date: options.Date = None,
    therapist: options.Therapist = "",
    note: options.Note = "",
    tick: Annotated[
        str | None,
        typer.Option("--tick", metavar="auto|rep|set|session", help="What a box stands for."),
    ] = None,
    fillable: Annotated[bool, typer.Option("--fillable", help="Boxes that can be ticked on a screen, too.")] = False,
    no_safety: options.NoSafety = False,
    emergency_number: options.EmergencyNumber = "",
) -> None:
    """Make a printed sheet from a routine and the affected side."""
    from pdfbuilder.order import Order, OrderWords
    from pdfbuilder.output import check_place, write_file
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.template import Orientation, Paper, TickRule

    words = OrderWords(options.option)
    order = Order(
        routine=routine,
        side=words.side(side),
        name=words.line("name", name),
        date=words.date(options.day(date)),
        therapist=words.line("therapist", therapist),
        note=words.wording("note", note),
        template=template,
        language=lang,
        paper=words.choice("paper", paper, Paper),
        orientation=words.choice("orientation", orientation, Orientation),
        tick=words.choice("tick", tick, TickRule),
        safety=not no_safety,
        emergency_number=words.line("emergency_number", emergency_number),
        fillable=fillable,
    )
    words.problems.stop_on_error()
    if output not in (None, "-"):
        check_place(Path(output))
    sheet = Renderer().render(order)
    report.show(sheet.warnings)
    if output == "-":
        report.result(sheet.pdf)
        return
    path = Path(output or f"{sheet.plan.routine_id}-{sheet.plan.affected.value}.pdf")
    write_file(path, sheet.pdf)
    pages = "1 page" if sheet.pages == 1 else f"{sheet.pages} pages"
    report.say(f"{path}: {sheet.plan.affected.value} side, {pages}, {sheet.boxes} boxes")
