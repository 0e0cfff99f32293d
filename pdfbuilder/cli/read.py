"""`pdfbuilder read`: what was filled in on sheets that can be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdfbuilder.cli import options, report
from pdfbuilder.diagnostics import InvalidInput, Location, Problems

if TYPE_CHECKING:
    from pdfbuilder.formats.answers import DataFormat


def read(
    paths: Annotated[
        list[str], typer.Argument(metavar="FILLED.pdf...", help="Sheets made with --fillable, as they were saved.")
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE|-", help="Where the data goes: .csv or .json.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="csv|json", help="Print the data instead of the summary."),
    ] = None,
) -> None:
    """Say what was ticked, ringed and written on sheets that were filled in on a screen."""
    from pdfbuilder.files import check_apart, check_place, write_file
    from pdfbuilder.formats.answers import answers, summary
    from pdfbuilder.formats.apart import ReadingRoom

    kind = _format(output, format_)
    path = Path(output) if output not in (None, "-") else None
    if path:
        check_place(path)
        check_apart(path, paths)
    sheets, failed = {}, False
    with ReadingRoom() as room:
        for each in dict.fromkeys(paths):
            try:
                sheets[each] = room.read(each)
            except InvalidInput as error:
                report.show(error.diagnostics)
                failed = True
    if sheets and path and kind:
        write_file(path, answers(sheets, kind))
    if sheets:
        report.result(answers(sheets, kind) if kind and not path else summary(sheets))
    if failed:
        raise typer.Exit(report.ExitCode.BAD_INPUT)


def _format(output: str | None, text: str | None) -> DataFormat | None:
    """What to write, as --format says, or the file's suffix; None for nothing but the summary."""
    from pdfbuilder.domain.order import OrderWords
    from pdfbuilder.formats.answers import DataFormat

    words, problems = OrderWords(), Problems()
    asked = words.choice("format", text, DataFormat) if text is not None else None
    problems.extend(options.places(format="--format").put(words.problems.found))
    named = None
    if output == "-" and text is None:
        problems.error("format", "expected --format with -o -", Location("--output"), hint="add --format csv")
    elif output not in (None, "-"):
        suffix = Path(output).suffix.removeprefix(".").casefold()
        named = {each.value: each for each in DataFormat}.get(suffix)
        if not named and not asked:
            message, hint = f'cannot tell from "{output}" what to write', "name it .csv or .json, or add --format"
            problems.error("format", message, Location("--output"), hint=hint)
        elif named and asked and named is not asked:
            message = f'--format says {asked.value}, the file is called "{output}"'
            problems.error("format", message, Location("--format"), hint="leave --format out, or rename the file")
    problems.stop_on_error()
    return asked or named
