"""`pdfbuilder list`: what ships with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pdfbuilder.cli import report
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, nearest

if TYPE_CHECKING:
    from pdfbuilder.reading.library import Kind, Library


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
    if kind:
        report.result("".join(f"{line}\n" for line in _lines(library, listed[kind])))
        return
    parts = [[f"{name}:", *(f"  {line}" for line in _lines(library, each))] for name, each in listed.items()]
    report.result("\n".join("".join(f"{line}\n" for line in part) for part in parts))


def _lines(library: Library, kind: Kind) -> list[str]:
    ids = library.ids(kind)
    width = max(map(len, ids))
    return [f"{id_:<{width}}  {library.summary(kind, id_)}" for id_ in ids]
