"""`pdfbuilder desk`: the page in the browser, on this machine only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pdfbuilder.cli import options, report


def desk(
    language: Annotated[
        str | None, typer.Option("--lang", "-l", metavar="CODE", help="Language: en, en-US; en if left out.")
    ] = None,
    content: Annotated[
        str | None,
        typer.Option("--content", metavar="DIR", envvar="PDFBUILDER_CONTENT", help="A folder of your own content."),
    ] = None,
    quit_when_closed: Annotated[
        bool, typer.Option("--quit-when-closed", help="End when the last page has been closed.")
    ] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only say the address.")] = False,
    shortcut: Annotated[
        bool, typer.Option("--shortcut", help="Write a file here that starts the desk by a double click, and leave.")
    ] = False,
    no_settings: Annotated[bool, typer.Option("--no-settings", help="Leave your settings alone.")] = False,
) -> None:
    """Open a page in the browser to put a sheet together and print it, without the command line."""
    if shortcut:
        _write_shortcut(language, content, no_settings=no_settings)
        return
    given = options.PlaceOptions(content=content, no_settings=no_settings, verbose=False)
    _run(given, language, opens=not no_browser, quit_when_closed=quit_when_closed)


def _run(given: options.PlaceOptions, language: str | None, *, opens: bool, quit_when_closed: bool) -> None:
    from pdfbuilder.cli.settings import place
    from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location

    try:
        from pdfbuilder.desk.run import run
    except ModuleNotFoundError as error:
        message = f"the desk needs {error.name}, which is not installed"
        hint = "pip install 'pdfbuilder[desk]', or from a clone pip install '.[desk]'"
        raise InvalidInput([Diagnostic("no-desk", message, Location("desk"), hint=hint)]) from None
    here = place(given)
    spoken = here.language(language)
    try:
        run(here.library(), spoken, here.renderer, tell=report.say, opens=opens, quit_when_closed=quit_when_closed)
    except InvalidInput as error:
        raise InvalidInput(options.places().put(error.diagnostics)) from None


def _write_shortcut(language: str | None, content: str | None, *, no_settings: bool) -> None:
    import sys

    from pdfbuilder.desk.shortcut import shortcut
    from pdfbuilder.files import check_place, write_file

    chosen = (
        *(("--lang", language) if language else ()),
        *(("--content", str(Path(content).resolve())) if content else ()),
        *(("--no-settings",) if no_settings else ()),
    )
    made = shortcut(sys.executable, options=chosen)
    path = Path(made.name)
    check_place(path)
    write_file(path, made.text.encode())
    if made.is_program:
        path.chmod(path.stat().st_mode | 0o111)
    report.say(f"{path}: a double click starts the desk")
