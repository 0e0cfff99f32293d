"""`pdfbuilder show-picture`: one exercise's picture as a file."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Unpack

import typer

from pdfbuilder.cli import options, report
from pdfbuilder.diagnostics import InvalidInput, Location, nearest

if TYPE_CHECKING:
    from pdfbuilder.domain.order import OrderWords
    from pdfbuilder.formats.picture import PictureFormat


@options.one_by_one
def show_picture(
    exercise: Annotated[
        str, typer.Argument(metavar="EXERCISE", help="The id of a shipped exercise, or an exercise file.")
    ],
    side: Annotated[
        list[str] | None,
        typer.Option(
            "--side", "-s", metavar="left|right|both|none", help="The affected side, or none to mark neither of them."
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE|-", help="Where to: .svg, .png or .pdf; EXERCISE-SIDE.svg if left out."
        ),
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", "-f", metavar="svg|png|pdf", help="What to write; the file's suffix says.")
    ] = None,
    lang: options.Language = None,
    no_badge: Annotated[bool, typer.Option("--no-badge", help="Leave the side's letter out.")] = False,
    width: Annotated[float, typer.Option("--width", metavar="MM", min=10, max=1000, help="Width in mm.")] = 110,
    dpi: Annotated[int, typer.Option("--dpi", min=36, max=1200, help="Dots an inch, of a PNG.")] = 300,
    **given: Unpack[options.PlaceOptions],
) -> None:
    """Write an exercise's picture as the sheet for a side shows it."""
    from pdfbuilder.cli.settings import place
    from pdfbuilder.domain.order import OrderWords
    from pdfbuilder.files import check_apart, check_place, write_file
    from pdfbuilder.formats.picture import PictureOrder, picture_file

    words = OrderWords()
    asked = options.the_side(side)
    is_plain = asked is not None and asked.strip().casefold() == "none"
    affected = words.side(asked) if asked is not None and not is_plain else None
    kind = _format(words, output, format_)
    places = options.places(exercise="EXERCISE", format="--format", dpi="--dpi")
    if math.isnan(width):  # which lies in every range
        words.problems.error("width", "expected a width, got nan", Location("--width"), hint="write it like 110")
    if words.problems.found:
        raise InvalidInput(places.put(words.problems.found))
    if output not in (None, "-"):
        check_place(Path(output))
    the_place = place(given)
    library = the_place.library()
    asked_for = PictureOrder(exercise, affected, is_plain, the_place.language(lang), not no_badge, width, dpi)
    try:
        made = picture_file(asked_for, kind, library)
    except InvalidInput as error:
        raise InvalidInput(places.put(error.diagnostics)) from None
    if output == "-":
        report.result(made.data)
        return
    path = Path(output or f"{made.stem}.{kind.value}")
    check_apart(path, library.files)
    write_file(path, made.data)
    report.say(f"{path}: {made.shows}")


def _format(words: OrderWords, output: str | None, text: str | None) -> PictureFormat:
    """What to write: as --format says, or the file's suffix."""
    from pdfbuilder.formats.picture import PictureFormat

    asked = words.choice("format", text, PictureFormat) if text is not None else None
    known = {each.value: each for each in PictureFormat}
    suffix = Path(output).suffix.removeprefix(".") if output not in (None, "-") else ""
    named = known.get(suffix.casefold())
    hint = "name the file .svg, .png or .pdf"
    if output == "-" and text is None:
        words.problems.error("format", "expected --format with -o -", Location("--format"), hint="add --format svg")
    elif output not in (None, "-") and named is None:
        message = f'cannot tell from "{output}" what to write'
        words.problems.error("format", message, Location("--output"), hint=nearest(suffix, known) or hint)
    elif asked and named and asked is not named:
        message = f'--format says {asked.value}, the file is called "{output}"'
        words.problems.error("format", message, Location("--format"), hint="leave --format out, or rename the file")
    return asked or named or PictureFormat.SVG
