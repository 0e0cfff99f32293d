"""Pages of cards: title and safety first, then one card after the other; none is split that fits a page."""

from __future__ import annotations

from pdfbuilder.domain.template import AboutPrint
from pdfbuilder.handout.blocks import AboutBlock, Card, Handout
from pdfbuilder.handout.exercises.card import CardLayout
from pdfbuilder.handout.head import BELOW_HEAD, note_blocks, running_header, tick_hint, title_block
from pdfbuilder.handout.safety import BELOW_ADVICE, advice, safety_frames, small_print
from pdfbuilder.layout.core.display import Element, Face, Fragment, Placed, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import LONGEST_LINE, drawn, set_text
from pdfbuilder.units import MM

#: Over the heading of the background; between its paragraphs, as a part of the leading.
_RULE, _HEAD_PAD, _BETWEEN = 1.0, 2 * MM, 0.4


class Flow:
    """Puts fragments onto pages from top to bottom."""

    def __init__(self, handout: Handout, style: Style, bottom: float, metrics: Metrics) -> None:
        self._style = style
        self._bottom = bottom
        self._header = running_header(handout, style, metrics)
        self.pages: list[list[Placed]] = [[]]
        self._y = style.top

    @property
    def room(self) -> float:
        """Height of a later page below its header."""
        return self._bottom - self._style.top - self._header.height

    def fits(self, fragment: Fragment) -> bool:
        """Whether a fragment fits on what is left of the page."""
        return self._y + fragment.height <= self._bottom

    def new_page(self) -> None:
        """Begin a page with its running header."""
        self.pages.append([])
        self._y = self._style.top
        self.place(self._header)

    def place_whole(self, fragment: Fragment) -> None:
        """Put a fragment where it fits in one piece, on a new page if need be."""
        if not self.fits(fragment):
            self.new_page()
        self.place(fragment)

    def leave(self, room: float) -> None:
        """Leave some room free."""
        self._y += room

    def place(self, fragment: Fragment, below: float = 0) -> None:
        """Put a fragment at the place reached, with room below it."""
        self.pages[-1].append(Placed(fragment, 0, self._y))
        self._y += fragment.height + below

    def place_at_foot(self, fragment: Fragment) -> None:
        """Put a fragment at the foot of the last page, or of one more if it has no room."""
        if not self.fits(fragment):
            self.new_page()
        self._y = self._bottom - fragment.height
        self.place(fragment)


def card_pages(
    handout: Handout,
    style: Style,
    bottom: float,
    metrics: Metrics,
    reuse: Reuse,
) -> list[list[Placed]]:
    """Lay out title, safety, cards and background; with boxes in fewer rows where that takes fewer pages.

    Args:
        handout: what to lay out.
        style: the page.
        bottom: where the content ends.
        metrics: measures.
        reuse: remembers what was laid out for others.

    Raises:
        PageTooSmall: if a page does not hold what has to stay in one piece.
    """
    arranged = (_card_pages(handout, style, bottom, metrics, reuse, flat=flat) for flat in (False, True))
    return min(arranged, key=len)


def _card_pages(
    handout: Handout, style: Style, bottom: float, metrics: Metrics, reuse: Reuse, *, flat: bool
) -> list[list[Placed]]:
    flow = Flow(handout, style, bottom, metrics)
    title = title_block(handout, style, metrics)
    if style.top + title.height - BELOW_HEAD > bottom:
        raise PageTooSmall
    flow.place(title)
    for block in note_blocks(handout, style, flow.room, metrics):
        flow.place_whole(block)
    _safety(handout, flow, style, metrics, reuse)
    about = reuse(about_fragment, handout.about, style, metrics) if handout.about else None
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
    if handout.safety:
        flow.place_at_foot(reuse(small_print, handout.safety.sources, style, metrics))
    return flow.pages


def _safety(handout: Handout, flow: Flow, style: Style, metrics: Metrics, reuse: Reuse) -> None:
    """Put down when to call for help, the advice, and how to use the boxes."""
    safety = handout.safety
    for frame in reuse(safety_frames, safety, style, flow.room, metrics):
        flow.place_whole(frame)
    if safety:
        flow.place_whole(reuse(advice, safety, style, metrics))
    if how := " ".join(part for part in (tick_hint(handout, style), handout.dashed) if part):
        flow.place_whole(reuse(small_print, how, style, metrics))
    flow.leave(BELOW_ADVICE)


def _whole_card(card: Card, style: Style, metrics: Metrics, flat: bool) -> Fragment:
    return CardLayout(card, style, metrics, flat=flat).whole()


def about_fragment(about: AboutBlock, style: Style, metrics: Metrics) -> Fragment:
    """The background under its heading."""
    type_ = style.template.type
    title = set_text(about.title, style.measure, type_.exercise, metrics, Face.BOLD)
    elements = [
        Element(Role.ARTIFACT, (Rule(style.left, _RULE / 2, style.right, _RULE / 2, _RULE),)),
        Element(Role.HEADING, drawn(title, style.left, _HEAD_PAD, "")),
    ]
    y = _HEAD_PAD + title.height
    for index, text in enumerate(about.paragraphs):
        y += _BETWEEN * type_.notes.leading if index else 0
        paragraph = set_text(text, min(style.measure, LONGEST_LINE * type_.notes.size), type_.notes, metrics)
        elements.append(Element(Role.PARAGRAPH, drawn(paragraph, style.left, y, "")))
        y += paragraph.height
    return Fragment((Element(Role.SECTION, children=tuple(elements)),), y)
