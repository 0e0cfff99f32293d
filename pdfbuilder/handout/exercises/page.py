"""Pages of cards: what stands before them first, then one card after the other; none is split that fits a page."""

from __future__ import annotations

from pdfbuilder.domain.template import AboutPrint
from pdfbuilder.handout.about import AboutBlock
from pdfbuilder.handout.blocks import Card, Handout
from pdfbuilder.handout.exercises.card import CardLayout
from pdfbuilder.handout.flow import Flow
from pdfbuilder.handout.head import running_header
from pdfbuilder.handout.safety import BELOW_ADVICE, SafetyBlock, small_print
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Fragment, Placed
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.units import MM


def card_pages(handout: Handout, bench: Bench) -> list[list[Placed]]:
    """Lay out title, safety, cards and background; with boxes in fewer rows where that takes fewer pages.

    Raises:
        PageTooSmall: if a page does not hold what has to stay in one piece.
    """
    head = running_header(handout, bench.style, bench.metrics)
    room = Flow(bench, head).room
    front = [piece for block in handout.front for piece in block.pieces(handout, bench, room)]
    return min((_card_pages(handout, bench, head, front, flat=flat) for flat in (False, True)), key=len)


def _card_pages(
    handout: Handout, bench: Bench, head: Fragment, front: list[Fragment], *, flat: bool
) -> list[list[Placed]]:
    style, metrics, reuse = bench.style, bench.metrics, bench.reuse
    flow = Flow(bench, head)
    flow.begin_page()
    for piece in front:
        flow.place_whole(piece)
    flow.leave(BELOW_ADVICE)
    about = reuse(AboutBlock.fragment, handout.about, style, metrics) if handout.about else None
    gap = style.template.card.gap * MM
    for index, card in enumerate(handout.cards):
        fragment = reuse(_whole_card, card, style, metrics, flat)
        if not flow.fits(fragment):
            # Rather boxes in fewer rows than a card on the next page, or over two of them.
            flatter = reuse(_whole_card, card, style, metrics, True)
            if flow.fits(flatter) or fragment.height > flow.room:
                fragment = flatter
        if not flow.fits(fragment):
            if index == 0 and about and flow.fits(about):
                # The first card is too tall for what the safety block leaves: read something instead.
                flow.place(about)
                about = None
            flow.new_page()
        if flow.fits(fragment):
            flow.place(fragment, gap)
            continue
        for number, part in enumerate(CardLayout(card, style, metrics).parts(flow.room)):
            if number:
                flow.new_page()
            flow.place(part, gap)
    if about and (flow.fits(about) or style.template.about is AboutPrint.ALWAYS):
        flow.place_whole(about)
    if safety := handout.find(SafetyBlock):
        sources = reuse(small_print, safety.sources, style, metrics)
        if not flow.fits(sources):
            flow.new_page()
        flow.place_at_foot(sources)
    return flow.pages


def _whole_card(card: Card, style: Style, metrics: Metrics, flat: bool) -> Fragment:
    return CardLayout(card, style, metrics, flat=flat).whole()
