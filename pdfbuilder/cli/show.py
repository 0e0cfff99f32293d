"""`pdfbuilder show`: the resolved plan as text."""

from __future__ import annotations

from typing import Annotated, Unpack

import typer

from pdfbuilder.cli import options, report


@options.one_by_one
def show(
    routine: options.Routine,
    side: options.Side = None,
    name: options.Name = None,
    record: Annotated[
        bool, typer.Option("--record", help="A line for each exercise, to paste into a patient's record.")
    ] = False,
    **given: Unpack[options.ShowOptions],
) -> None:
    """Print the resolved plan as plain text: what the sheet will say."""
    from msgspec.structs import replace

    from pdfbuilder.cli.settings import place
    from pdfbuilder.diagnostics import Severity
    from pdfbuilder.formats.text import in_a_line, plain_text
    from pdfbuilder.handout.dose_words import in_record

    order = options.order(routine, side, name=name, **given)
    the_place = place(given)
    renderer = the_place.renderer()
    order = renderer.filled(order)
    the_place.tell(order)
    composed = renderer.compose(order)
    # A terminal has other letters than paper.
    lacking = (replace(each, severity=Severity.WARNING) for each in renderer.missing_letters(composed, order))
    report.show((*order.places.put(composed.warnings), *lacking))
    handout = composed.copy.handout
    if not record:
        report.result(plain_text(handout))
        return
    language = renderer.library.language(order.language)
    for card, exercise in zip(handout.all_cards, composed.plan.exercises, strict=True):
        report.result(f"{in_a_line(card, in_record(exercise, language))}\n")
