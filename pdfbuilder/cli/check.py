"""`pdfbuilder check`: validate definition files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pdfbuilder.cli import options, report
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, in_order

if TYPE_CHECKING:
    from pdfbuilder.language import Language
    from pdfbuilder.reading.library import Definition, Library


def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Definition files of any kind.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings count, and content that no clinician has reviewed.")
    ] = False,
    lang: options.Language = "en",
) -> None:
    """Validate definition files: routines, exercises, templates, languages, and so on."""
    from pdfbuilder.reading.library import Library
    from pdfbuilder.reading.lints import unreviewed

    library = Library()
    language = library.language(lang)
    failed = False
    for path in paths:
        try:
            found = library.check(path, language)
            proofs = _proof(path, found.value, library, language)
        except InvalidInput as error:
            report.show(error.diagnostics)
            failed = True
            continue
        warnings = in_order([*found.warnings, *proofs, *(unreviewed(found.value) if strict else ())])
        report.show(warnings)
        failed = failed or (strict and bool(warnings))
        if not warnings:
            report.result(f"{path}: ok\n")
    if failed:
        raise typer.Exit(report.ExitCode.BAD_INPUT)


def _proof(path: str, value: Definition, library: Library, language: Language) -> tuple[Diagnostic, ...]:
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.proof import proof

    return proof(path, value, Renderer(library), language)
