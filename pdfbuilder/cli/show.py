"""`pdfbuilder show`: the resolved plan as text."""

from __future__ import annotations

from typing import Unpack

from pdfbuilder.cli import options, report


@options.one_by_one
def show(
    routine: options.Routine,
    side: options.Side = None,
    name: options.Name = None,
    **given: Unpack[options.WordsOptions],
) -> None:
    """Print the resolved plan as plain text: what the sheet will say."""
    from pdfbuilder.formats.text import plain_text
    from pdfbuilder.pipeline import Renderer

    order = options.order(routine, side, name=name, **given)
    composed = Renderer().compose(order)
    report.show(order.places.put(composed.warnings))
    report.result(plain_text(composed.copy.handout))
