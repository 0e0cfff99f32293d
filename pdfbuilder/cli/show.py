"""`pdfbuilder show`: the resolved plan as text."""

from __future__ import annotations

from pdfbuilder.cli import options, report


def show(
    routine: options.Routine,
    side: options.Side = None,
    lang: options.Language = "en",
    name: options.Name = "",
    date: options.Date = None,
    therapist: options.Therapist = "",
    note: options.Note = "",
    safety: options.Safety = None,
    no_safety: options.NoSafety = False,
    emergency_number: options.EmergencyNumber = "",
    urgent_number: options.UrgentNumber = "",
) -> None:
    """Print the resolved plan as plain text: what the sheet will say."""
    from pdfbuilder.domain.order import order_in_words
    from pdfbuilder.formats.text import plain_text
    from pdfbuilder.pipeline import Renderer

    order = order_in_words(
        options.option,
        routine=routine,
        side=options.the_side(side),
        name=name,
        date=options.day(date),
        therapist=therapist,
        note=note,
        language=lang,
        safety=options.the_safety(safety, without=no_safety),
        emergency_number=emergency_number,
        urgent_number=urgent_number,
    )
    composed = Renderer().compose(order)
    report.show(composed.warnings)
    report.result(plain_text(composed.copy.handout))
