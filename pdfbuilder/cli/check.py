"""`pdfbuilder check`: validate definition files and rosters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Unpack

import typer

from pdfbuilder.cli import options, report, rosters
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, in_order

if TYPE_CHECKING:
    from pdfbuilder.domain.language import Language
    from pdfbuilder.domain.order import Order
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.reading.library import Library
    from pdfbuilder.roster.conventions import Conventions


class _CheckOptions(rosters.RosterOptions, options.PlaceOptions):
    """How rosters are written, and what of the user's own is used."""


@options.one_by_one
def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Definition files of any kind, or rosters.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings count, and content that no clinician has reviewed.")
    ] = False,
    lang: options.Language = None,
    side: options.Side = None,
    routine: rosters.Routine = "",
    template: options.Template = None,
    **given: Unpack[_CheckOptions],
) -> None:
    """Validate definition files (routines, exercises, templates, languages, and so on) and rosters.

    All options but --strict and --lang are for rosters, and are those of batch.
    """
    from pdfbuilder.cli.settings import place
    from pdfbuilder.roster.formats import is_roster

    defaults = options.order(routine, side, of="--routine", template=template, language=lang)
    conventions = rosters.conventions(given)
    the_place = place(given)
    order = defaults.under(the_place.defaults)
    the_place.tell(order)
    library = the_place.library()
    try:
        language = library.language(the_place.language(order.language))
    except InvalidInput as error:
        raise InvalidInput(order.places.put(error.diagnostics)) from None
    lists = {path for path in paths if is_roster(path, conventions.columns)}
    about_rosters = {name: value for name, value in given.items() if name in rosters.RosterOptions.__annotations__}
    for_rosters = {"side": side, "routine": routine, "template": template, **about_rosters}
    if not lists and (idle := [f"--{name.replace('_', '-')}" for name, value in for_rosters.items() if value]):
        message, hint = "this option is for rosters, and none is checked", "leave it out"
        raise InvalidInput(Diagnostic("option", message, Location(name), hint=hint) for name in idle)
    failed = False
    for path in paths:
        try:
            if path in lists:
                good = _check_roster(path, defaults, conventions, given, the_place.renderer(), strict)
            else:
                good = _check_definition(path, library, language, strict)
        except InvalidInput as error:
            report.show(error.diagnostics)
            good = False
        failed = failed or not good
    if failed:
        raise typer.Exit(report.ExitCode.BAD_INPUT)


def _check_definition(path: str, library: Library, language: Language, strict: bool) -> bool:
    """Whether a definition file is good enough."""
    from pdfbuilder.reading.lints import unreviewed

    found = library.check(path, language)
    # After the reading: what is not even read loads nothing that prints.
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.proof import proof

    proofs = proof(path, found.value, Renderer(library), language)
    warnings = in_order([*found.warnings, *proofs, *(unreviewed(found.value) if strict else ())])
    report.show(warnings)
    if not warnings:
        report.result(f"{path}: ok\n")
    return not (strict and warnings)


def _check_roster(
    path: str,
    defaults: Order,
    conventions: Conventions,
    given: rosters.RosterOptions,
    renderer: Renderer,
    strict: bool,
) -> bool:
    """Whether everybody in a roster could be printed; what is said is what a batch would say."""
    from pdfbuilder.batch.prepare import laid_out, prepare
    from pdfbuilder.cli.progress import Tally

    listed = rosters.read(path, defaults, conventions, renderer, outside_files=given["outside_files"])
    prepared = prepare(listed, renderer, blank_names=given["blank_names"])
    report.show(prepared.problems)
    tally = Tally(prepared)
    for _, _, outcome in laid_out(prepared.people, renderer.press):
        tally.count(outcome)
    tally.show_people()
    quiet = not prepared.problems and not tally.has_remarks
    if quiet:
        report.result(f"{path}: ok\n")
    return not tally.failures and (quiet or not strict)
