"""`pdfbuilder list`: what ships with the program."""

from __future__ import annotations

from typing import Annotated

import typer

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, nearest


def list_(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[exercises|routines|templates|languages]", help="One kind; all if left out."),
    ] = None,
) -> None:
    """List the shipped exercises, routines, templates and languages."""
    from pdfbuilder.reading.library import Kind, Library

    listed = {each.value: each for each in (Kind.EXERCISE, Kind.ROUTINE, Kind.TEMPLATE, Kind.LANGUAGE)}
    if kind is not None and kind not in listed:
        hint = nearest(kind, listed) or f"one of {', '.join(listed)}"
        message = f'expected one of {", ".join(listed)}, got "{kind}"'
        raise InvalidInput([Diagnostic("kind", message, Location("list"), hint=hint)])
    library = Library()
    kinds = [listed[kind]] if kind else list(listed.values())
    for index, each in enumerate(kinds):
        if len(kinds) > 1:
            typer.echo(f"{chr(10) if index else ''}{each.value}:")
        ids = library.ids(each)
        width = max(map(len, ids))
        indent = "  " if len(kinds) > 1 else ""
        for id_ in ids:
            typer.echo(f"{indent}{id_:<{width}}  {library.summary(each, id_)}")
