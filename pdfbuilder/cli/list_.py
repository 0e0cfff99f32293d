"""`pdfbuilder list`: what ships with the program, and what is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Unpack

import typer

from pdfbuilder.cli import options, report
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from pdfbuilder.reading.briefs import Brief
    from pdfbuilder.reading.kinds import Kind
    from pdfbuilder.reading.library import Library

    #: Whether an id, and what a list says of it, are asked for.
    Wanted = Callable[[str, Brief], bool]


@options.one_by_one
def list_(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[exercises|routines|templates|languages]", help="One kind; all if left out."),
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="REGION", help="Exercises for a part of the body: knee.")
    ] = None,
    equipment: Annotated[
        str | None, typer.Option("--equipment", metavar="THING", help="Exercises that need it: chair.")
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="What has all these words in its line: heel.")
    ] = None,
    **given: Unpack[options.PlaceOptions],
) -> None:
    """List the exercises, routines, templates and languages that have an id: those that ship, and your own."""
    from pdfbuilder.cli.settings import place
    from pdfbuilder.reading.kinds import Kind

    library = place(given).library()
    listed = {each.value: each for each in (Kind.EXERCISE, Kind.ROUTINE, Kind.TEMPLATE, Kind.LANGUAGE)}
    if kind is not None and kind not in listed:
        raise options.none_of(listed, "kind", kind, "list")
    if region is not None or equipment is not None:
        kind = _of_exercises(kind, "--region" if region is not None else "--equipment")
    wanted = _wanted(region, equipment, search)
    if kind:
        report.result("".join(f"{line}\n" for line in _lines(library, listed[kind], wanted)))
        return
    parts = [(name, _lines(library, each, wanted)) for name, each in listed.items()]
    report.result("\n".join("".join(f"{line}\n" for line in _headed(*part)) for part in parts if part[1]))


def _headed(name: str, lines: list[str]) -> list[str]:
    return [f"{name}:", *(f"  {line}" for line in lines)]


def _of_exercises(kind: str | None, option: str) -> str:
    """Only exercises have a region and equipment."""
    if kind not in (None, "exercises"):
        message, hint = f"{option} is for exercises, but {kind} are asked for", "pdfbuilder list exercises"
        raise InvalidInput([Diagnostic("kind", message, Location("list"), hint=hint)])
    return "exercises"


def _wanted(region: str | None, equipment: str | None, search: str | None) -> Wanted:
    from pdfbuilder.domain.exercise import Region

    if region is not None and region.casefold() not in (known := [each.value for each in Region]):
        raise options.none_of(known, "region", region, "list")
    words = [] if search is None else search.casefold().split()

    def wanted(id_: str, brief: Brief) -> bool:
        said = " ".join((id_, brief.line, *brief.regions, *brief.equipment)).casefold()
        return (
            (region is None or region.casefold() in brief.regions)
            and (equipment is None or any(equipment.casefold() in each.casefold() for each in brief.equipment))
            and all(word in said for word in words)
        )

    return wanted


def _lines(library: Library, kind: Kind, wanted: Wanted) -> list[str]:
    """What there is of a kind; where it is from, if not all of it ships."""
    found = {id_: brief.line for id_ in library.ids(kind) if wanted(id_, brief := library.brief(kind, id_))}
    width = max(map(len, found), default=0)
    lines = []
    for id_, line in found.items():
        own, warnings = library.origin(kind, id_)
        report.show(warnings)
        origin = f"  [{own}]" if own else "  [ships]" if library.has_own else ""
        lines.append(f"{id_:<{width}}  {line}{origin}")
    return lines
