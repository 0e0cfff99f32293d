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
    no_safety: options.NoSafety = False,
    emergency_number: options.EmergencyNumber = "",
) -> None:
    """Print the resolved plan as plain text: what the sheet will say."""
    from pdfbuilder.order import Order, OrderWords
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.plain_text import plain_text

    words = OrderWords(options.option)
    order = Order(
        routine=routine,
        side=words.side(side),
        name=words.line("name", name),
        date=words.date(options.day(date)),
        therapist=words.line("therapist", therapist),
        note=words.wording("note", note),
        language=lang,
        safety=not no_safety,
        emergency_number=words.line("emergency_number", emergency_number),
    )
    words.problems.stop_on_error()
    composed = Renderer().compose(order)
    report.show(composed.warnings)
    report.result(plain_text(composed.copy.handout))
