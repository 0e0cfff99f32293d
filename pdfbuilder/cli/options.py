"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location

Routine = Annotated[
    str,
    typer.Argument(metavar="ROUTINE", help="A routine file, the id of a shipped routine, or - for standard input."),
]
Side = Annotated[
    list[str] | None,  # of several, a parser would take the last without a word
    typer.Option("--side", "-s", metavar="left|right|both", help="The affected side. There is no default."),
]
Language = Annotated[str, typer.Option("--lang", "-l", metavar="CODE", help="Language: en, en-US, or a language file.")]
Name = Annotated[str, typer.Option("--name", "-n", metavar="TEXT", help="Whose sheet it is.")]
Date = Annotated[
    str | None, typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="The plan's date, or the word today.")
]
Therapist = Annotated[str, typer.Option("--therapist", metavar="TEXT", help="Who made the plan.")]
Note = Annotated[
    str,
    typer.Option("--note", metavar="TEXT", help="A word to the person. It may say {affected knee}, as a routine may."),
]
Safety = Annotated[
    list[str] | None,
    typer.Option("--safety", metavar="SAFETY", help="Other warning signs: an id, or a file. Repeatable."),
]
NoSafety = Annotated[bool, typer.Option("--no-safety", help="Leave the warning signs out, like --safety none.")]
EmergencyNumber = Annotated[
    str, typer.Option("--emergency-number", metavar="TEXT", help="What to call at once, not the language's own.")
]
UrgentNumber = Annotated[
    str, typer.Option("--urgent-number", metavar="TEXT", help="What to call on the same day, not the language's own.")
]


Template = Annotated[
    str, typer.Option("--template", "-t", metavar="TEMPLATE", help="Id of a shipped template, or a template file.")
]
Paper = Annotated[str | None, typer.Option("--paper", metavar="a4|letter|a5", help="Paper, instead of the template's.")]
Orientation = Annotated[
    str | None, typer.Option("--orientation", metavar="portrait|landscape", help="Which way it is held.")
]
Tick = Annotated[str | None, typer.Option("--tick", metavar="auto|rep|set|session", help="What a box stands for.")]
Fillable = Annotated[bool, typer.Option("--fillable", help="Boxes that can be ticked on a screen, too.")]


def option(field: str) -> str:
    """What a field of an order is called on the command line."""
    return f"--{field.replace('_', '-')}"


def day(text: str | None) -> str | None:
    """A date option; the word `today` is the one place where a sheet depends on the clock."""
    if text is not None and text.strip().casefold() == "today":
        import datetime

        return datetime.datetime.now().astimezone().date().isoformat()
    return text


def the_safety(given: list[str] | None, *, without: bool) -> list[str] | None:
    """The warning signs that were asked for; None for the routine's own.

    Raises:
        InvalidInput: if there were to be some, and none.
    """
    if without and given and given != ["none"]:
        where, hint = Location("--no-safety"), "leave one of the two out"
        raise InvalidInput([Diagnostic("safety", f"--safety asks for {', '.join(given)}", where, hint=hint)])
    return ["none"] if without else given or None


def the_side(given: list[str] | None) -> str | None:
    """The side that was asked for; None for none.

    Raises:
        InvalidInput: if several were.
    """
    if not given:
        return None
    if len(set(map(_meant, given))) > 1:
        message = f"expected one side, got {' and '.join(given)}"
        hint = "say it once; for both, write --side both"
        raise InvalidInput([Diagnostic("side", message, Location("--side"), hint=hint)])
    return given[0]


def _meant(side: str) -> str:
    """A side by its one name; what is none is refused later."""
    from pdfbuilder.domain.side import AffectedSide

    try:
        return AffectedSide.parse(side).value
    except ValueError:
        return side
