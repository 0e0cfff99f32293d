"""`pdfbuilder copy`: what ships, as a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Unpack

import typer

from pdfbuilder.cli import options, report
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location


@options.one_by_one
def copy(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a shipped exercise or routine.")],
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist.")],
    lang: options.Language = None,
    **given: Unpack[options.PlaceOptions],
) -> None:
    """Write a shipped exercise or routine out as a file of your own, with its picture beside it."""
    from pdfbuilder.cli.new import how_to_build
    from pdfbuilder.cli.settings import place
    from pdfbuilder.files import check_place, write_file
    from pdfbuilder.reading.kinds import Kind

    check_place(path, replace=False)
    places = options.places(id="ID")
    the_place = place(given)
    library = the_place.library()
    try:
        kind, found = library.copy(id_, path, library.language(the_place.language(lang)).code)
    except InvalidInput as error:
        raise InvalidInput(places.put(error.diagnostics)) from None
    # Looked at before anything is written: not a part of it either takes the place of something.
    for picture, _ in found.pictures:
        check_place(picture, replace=False)
    if any(picture == path for picture, _ in found.pictures):
        message, hint = "its picture would have the same name", "give the exercise a name in .yaml"
        raise InvalidInput([Diagnostic("output-exists", message, Location(str(path)), hint=hint)])
    for picture, data in found.pictures:
        write_file(picture, data, replace=False)
    write_file(path, found.text.encode(), replace=False)
    for picture, _ in found.pictures:
        report.say(f"{picture}: its picture")
    if kind is Kind.ROUTINE:
        report.say(f"{path}: {how_to_build(path)}")
    else:
        report.say(f"{path}: edit it, then name it in a routine of yours by its path")
