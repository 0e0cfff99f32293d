"""Options that several commands share.

Their types are no text, as those of models are none (`domain.declare`): Typer would compile each.
"""

import inspect
from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, TypedDict, get_args, get_type_hints

import typer

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, nearest

if TYPE_CHECKING:
    from pdfbuilder.domain.order import Order
    from pdfbuilder.domain.places import Places
    from pdfbuilder.domain.side import AffectedSide

Routine = Annotated[
    str,
    typer.Argument(metavar="ROUTINE", help="A routine file, the id of a shipped routine, or - for standard input."),
]
Side = Annotated[
    list[str] | None,  # of several, a parser would take the last without a word
    typer.Option("--side", "-s", metavar="left|right|both|none", help="The affected side. There is no default."),
]
Language = Annotated[
    str | None, typer.Option("--lang", "-l", metavar="CODE", help="Language: en, en-US, or a file; en if left out.")
]
Template = Annotated[
    str | None,
    typer.Option("--template", "-t", metavar="TEMPLATE", help="A shipped template, or a file; handout if left out."),
]
Name = Annotated[str | None, typer.Option("--name", "-n", metavar="TEXT", help="Whose sheet it is.")]


class PlaceOptions(TypedDict):
    """What of the user's own is used."""

    content: Annotated[
        str | None,
        typer.Option("--content", metavar="DIR", envvar="PDFBUILDER_CONTENT", help="A folder of your own content."),
    ]
    no_settings: Annotated[bool, typer.Option("--no-settings", help="Leave your settings alone.")]
    verbose: Annotated[bool, typer.Option("--verbose", help="Say what comes from your settings.")]


class WordsOptions(PlaceOptions):
    """What a sheet says, beside the routine."""

    language: Language
    phase: Annotated[
        str | None, typer.Option("--phase", metavar="N|all", help="Which phase, of a routine that has some.")
    ]
    week: Annotated[
        str | None,
        typer.Option("--week", metavar="N", help="From which week of the plan on: progress has come so far."),
    ]
    clinic: Annotated[
        str | None,
        typer.Option("--clinic", metavar="FILE", envvar="PDFBUILDER_CLINIC", help="Whose sheet it is, from a file."),
    ]
    date: Annotated[
        str | None, typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="The plan's date, or the word today.")
    ]
    therapist: Annotated[str | None, typer.Option("--therapist", metavar="TEXT", help="Who made the plan.")]
    next_visit: Annotated[
        str | None, typer.Option("--next-visit", metavar="DAY [TIME]", help="When to come again: 2026-12-03 10:30.")
    ]
    note: Annotated[
        str | None,
        typer.Option(
            "--note", metavar="TEXT", help="A word to the person. It may say {affected knee}, as a routine may."
        ),
    ]
    restrictions: Annotated[
        list[str] | None,
        typer.Option("--restriction", metavar="TEXT", help="What the person must not do, as well. Repeatable."),
    ]
    advice: Annotated[
        list[str] | None,
        typer.Option("--advice", metavar="TEXT", help="What the person is to do besides the exercises. Repeatable."),
    ]
    safety: Annotated[
        list[str] | None,
        typer.Option("--safety", metavar="SAFETY", help="Other warning signs: an id, or a file. Repeatable."),
    ]
    no_safety: Annotated[bool, typer.Option("--no-safety", help="Leave the warning signs out, like --safety none.")]
    emergency_number: Annotated[
        str | None,
        typer.Option("--emergency-number", metavar="TEXT", help="What to call at once, not the language's own."),
    ]
    urgent_number: Annotated[
        str | None,
        typer.Option("--urgent-number", metavar="TEXT", help="What to call on the same day, not the language's own."),
    ]


class OnePersonsOptions(TypedDict):
    """What of its routine a sheet says otherwise."""

    doses: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="EXERCISE.KEY=VALUE", help="Another dose: bird-dog.reps=8. Repeatable."),
    ]
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ID,ID", help="These exercises of the routine, and no others. Repeatable."),
    ]


class SheetOptions(WordsOptions):
    """What a sheet says and how it looks."""

    template: Template
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="a4|letter|a5", help="Paper, instead of the template's.")
    ]
    orientation: Annotated[
        str | None, typer.Option("--orientation", metavar="portrait|landscape", help="Which way it is held.")
    ]
    tick: Annotated[str | None, typer.Option("--tick", metavar="auto|rep|set|session", help="What a box stands for.")]
    fillable: Annotated[bool, typer.Option("--fillable", help="Boxes that can be ticked on a screen, too.")]
    no_qr: Annotated[bool, typer.Option("--no-qr", help="Films by their address only, without a code.")]


class BuildOptions(SheetOptions, OnePersonsOptions):
    """All that can be said of one sheet."""


class ShowOptions(WordsOptions, OnePersonsOptions):
    """The same of its words."""


def one_by_one(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose `**given: Unpack[...]` Typer sees as the options that it stands for; each may be left out."""
    signature = inspect.signature(command, eval_str=True)
    *own, given = signature.parameters.values()
    (kind,) = get_args(given.annotation)
    options = get_type_hints(kind, include_extras=True)
    for name, annotation in options.items():
        default = False if get_args(annotation)[0] is bool else None
        own.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation))

    @wraps(command)
    def with_options(**values: Any) -> None:
        command(**values)

    with_options.__signature__ = signature.replace(parameters=own)  # type: ignore[attr-defined]
    with_options.__annotations__ = {each.name: each.annotation for each in own}
    return with_options


def order(routine: str, side: list[str] | None, *, of: str = "ROUTINE", **given: Any) -> "Order":
    """An order from the options that were given.

    Args:
        routine: id or path of the routine.
        side: the affected side, perhaps said more than once.
        of: what the routine is called on the command line.
        given: other options, by the names of `SheetOptions` and the fields of a person.

    Raises:
        InvalidInput: with all that is wrong with them.
    """
    from pdfbuilder.reading.orders import order_in_words

    for name in PlaceOptions.__annotations__:
        given.pop(name, None)
    safety = the_safety(given.pop("safety", None), without=given.pop("no_safety", False))
    qr = not given.pop("no_qr", False)
    texts = {**given, "qr": qr, "date": day(given.get("date")), "safety": safety}
    return order_in_words(routine, the_side(side), places(routine=of), **texts)


def places(**called: str) -> "Places":
    """What the fields of an order are called on the command line; the names of some can be given."""
    from pdfbuilder.domain.order import Order
    from pdfbuilder.domain.person import Person
    from pdfbuilder.domain.places import Places

    names = {"routine": "ROUTINE", "language": "--lang", "restrictions": "--restriction", "doses": "--set", **called}
    fields = dict.fromkeys((*Order.__struct_fields__, *Person.__struct_fields__, *names))
    return Places(tuple((each, Location(names.get(each, f"--{each.replace('_', '-')}"))) for each in fields))


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


def none_of(known: Collection[str], what: str, got: str, command: str) -> InvalidInput:
    """Why a word is refused that is none of those that a command knows."""
    those = ", ".join(known)
    message = f'expected one of {those}, got "{got}"'
    hint = nearest(got, known) or f"one of {those}"
    return InvalidInput([Diagnostic(what, message, Location(command), hint=hint)])


def sides_in_words(side: str) -> str:
    """What a sheet is for, as it is reported."""
    return {"both": "both sides", "none": "nobody's side", "two-sides": "two sides"}.get(side, f"{side} side")


def the_side(given: list[str] | None) -> str | None:
    """The side that was asked for; None for none.

    Raises:
        InvalidInput: if several were.
    """
    if not given:
        return None
    if len({known_side(each) or each for each in given}) > 1:
        message = f"expected one side, got {' and '.join(given)}"
        hint = "say it once; for both, write --side both"
        raise InvalidInput([Diagnostic("side", message, Location("--side"), hint=hint)])
    return given[0]


def known_side(text: str) -> "AffectedSide | None":
    """The side that a word means; None if it is none, which is refused later."""
    from pdfbuilder.domain.side import AffectedSide

    try:
        return AffectedSide.parse(text)
    except ValueError:
        return None
