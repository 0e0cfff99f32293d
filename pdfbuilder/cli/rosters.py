"""Rosters on the command line: the options that say how one is written, and how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict

import typer

from pdfbuilder.cli import options

if TYPE_CHECKING:
    from pdfbuilder.domain.order import Order
    from pdfbuilder.domain.side import AffectedSide
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.roster.conventions import Conventions
    from pdfbuilder.roster.people import Roster

Routine = Annotated[
    str, typer.Option("--routine", "-r", metavar="ROUTINE", help="For those for whom the roster names none.")
]


class RosterOptions(TypedDict):
    """How a roster is written, and what it may do."""

    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="How the CSV is written, if not in UTF-8: cp1252.")
    ]
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="HEADING=COLUMN", help='What a heading means: "Patient ref=id". Repeatable.'),
    ]
    side_word: Annotated[
        list[str] | None,
        typer.Option("--side-word", metavar="WORD=SIDE", help='What a word for a side means: "Rt=right". Repeatable.'),
    ]
    dates: Annotated[
        str | None,
        typer.Option("--dates", metavar="dmy|mdy|ymd", help="In which order dates such as 04/11/2026 are."),
    ]
    blank_names: Annotated[
        bool, typer.Option("--blank-names", help="Give whose name cannot be printed a line to write it on.")
    ]
    outside_files: Annotated[
        bool, typer.Option("--outside-files", help="Let the roster name files outside its folder.")
    ]


#: What the conventions of a roster are called on the command line.
_CALLED: Final = {"columns": "--column", "sides": "--side-word", "dates": "--dates", "encoding": "--encoding"}


def conventions(given: RosterOptions) -> Conventions:
    """How a roster is written, from the options that say so.

    Raises:
        InvalidInput: with all that is wrong with them.
    """
    from pdfbuilder.diagnostics import Location, Problems
    from pdfbuilder.domain.order import DateOrder, OrderWords
    from pdfbuilder.domain.places import Places
    from pdfbuilder.roster.conventions import Conventions, fold_side

    places = Places(tuple((name, Location(option)) for name, option in _CALLED.items()))
    problems = Problems()

    def wrong(option: str, message: str, hint: str) -> None:
        problems.error(option.removeprefix("--"), message, Location(option), hint=hint)

    columns: dict[str, str] = {}
    for each in given["column"] or ():
        heading, equals, meaning = (part.strip() for part in each.rpartition("="))
        if not (equals and heading):
            wrong("--column", f'expected HEADING=COLUMN, got "{each}"', 'write --column "Patient ref=id"')
        elif columns.setdefault(heading, meaning) != meaning:
            wrong("--column", f'"{heading}" cannot mean two things', "name each heading once")
    sides: dict[str, AffectedSide] = {}
    for each in given["side_word"] or ():
        word, equals, meaning = (part.strip() for part in each.rpartition("="))
        side, known = options.known_side(meaning), options.known_side(word)
        if not (equals and word):
            wrong("--side-word", f'expected WORD=SIDE, got "{each}"', "write a word of the roster, = and what it means")
        elif side is None:
            wrong(
                "--side-word",
                f'expected left, right, both or none after "{word}=", got "{meaning}"',
                "write one of the four",
            )
        elif known not in (None, side):
            wrong("--side-word", f'"{word}" cannot mean {side.value}: it is a side by itself', "leave it out")
        elif sides.setdefault(fold_side(word), side) is not side:
            wrong("--side-word", f'"{word}" cannot mean two things', "name each word once")
    words = OrderWords()
    order = words.choice("dates", given["dates"], DateOrder) if given["dates"] is not None else None
    problems.extend(places.put(words.problems.found))
    problems.stop_on_error()
    return Conventions(columns, sides, order, given["encoding"], places)


def read(path: str, defaults: Order, conventions: Conventions, renderer: Renderer, *, outside_files: bool) -> Roster:
    """A roster; what it names is opened from now on as for a stranger, and only in its folder but for `outside_files`.

    Raises:
        InvalidInput: if an option names nothing or cannot be printed, or if the roster as a whole cannot be read.
    """
    from pdfbuilder.roster.people import read_roster

    _check_defaults(defaults, renderer)
    library = renderer.library
    language = library.language(renderer.spoken(defaults)).code
    roster = read_roster(path, defaults, conventions, library, language)
    library.stay_within(None if outside_files else roster.folder, way_out="move it there, or add --outside-files")
    return roster


def _check_defaults(defaults: Order, renderer: Renderer) -> None:
    """Refuse options that name nothing or that no font has once, and not at every row."""
    from msgspec import structs

    from pdfbuilder.batch.prepare import unfound
    from pdfbuilder.diagnostics import Diagnostic, InvalidInput
    from pdfbuilder.formats.unprintable import GLYPH_HINT, lacking, no_font_has, own_words

    language = renderer.spoken(defaults)
    defaults = defaults.under(renderer.defaults)
    found = [*unfound(structs.replace(defaults, language=language), renderer.library)]
    found += [
        Diagnostic("missing-glyph", no_font_has(chars), option, hint=GLYPH_HINT)
        for option, text in own_words(defaults)
        if (chars := lacking(text, renderer.press.fonts.has))
    ]
    if found:
        raise InvalidInput(defaults.places.put(found))
