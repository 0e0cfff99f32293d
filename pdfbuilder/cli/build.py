"""`pdfbuilder build`: make a sheet."""

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
    id_: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Whose sheet it is, kept in a fillable file; it is not printed."),
    ] = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Also write the plan's days as a calendar file.")
    ] = None,
    **given: Unpack[options.BuildOptions],
) -> None:
    """Make a printed sheet from a routine and the affected side."""
    from pdfbuilder.cli.settings import place
    from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems
    from pdfbuilder.domain.side import AffectedSide
    from pdfbuilder.files import check_apart, check_place, write_file
    from pdfbuilder.pictures import pillow

    pillow.put_off()
    order = options.order(routine, side, name=name, id=id_, **given)
    problems = Problems()
    if id_ and not order.fillable:
        message, hint = "only a file that can be filled in keeps an id", "add --fillable, or leave it out"
        problems.error("id", message, Location("--id"), hint=hint)
    problems.stop_on_error()
    for each in (output, ics):
        if each not in (None, "-"):
            check_place(Path(each))
    the_place = place(given)
    renderer = the_place.renderer()
    order = renderer.filled(order)
    the_place.tell(order)
    days = renderer.calendar(order) if ics else b""
    sheet = renderer.render(order)
    report.show(sheet.warnings)
    called = sheet.plan.called
    ending = f"-{called}" if called != AffectedSide.NONE.value else ""
    ending += f"-phase-{sheet.plan.phase}" if sheet.plan.phase else ""
    path = Path(output or f"{sheet.plan.routine_id}{ending}.pdf")
    # Nothing is written if either would take the place of something that is read.
    if output != "-":
        check_apart(path, renderer.library.files)
    if ics:
        if output != "-" and ics.resolve() == path.resolve():  # neither need be there yet
            message, hint = "the sheet is written to the same file", "give the calendar a name in .ics"
            raise InvalidInput([Diagnostic("ics", message, Location("--ics"), hint=hint)])
        check_apart(ics, (*renderer.library.files, path))
        write_file(ics, days)
    if output == "-":
        report.result(sheet.pdf)
        return
    write_file(path, sheet.pdf)
    report.say(f"{path}: {options.sides_in_words(called)}, {report.size(sheet.pages, sheet.boxes)}")
