"""The whole handout on pages: each block of the template in its order, with bar and footer on every page."""

from __future__ import annotations

from collections import OrderedDict

from pdfbuilder.handout.blocks import Card, Handout
from pdfbuilder.layout.card import CardLayout
from pdfbuilder.layout.diary import diary_pages
from pdfbuilder.layout.display import Fragment, Page, Pages, Placed
from pdfbuilder.layout.flow import card_pages
from pdfbuilder.layout.furniture import Footer, bar
from pdfbuilder.layout.metrics import Metrics
from pdfbuilder.layout.style import Style
from pdfbuilder.layout.week import week_pages
from pdfbuilder.template import Block
from pdfbuilder.units import MM

#: Between the content and the footer's rule.
_ABOVE_FOOTER = 1 * MM


class CardCache:
    """Laid-out cards, to be used again for the next person.

    A card is looked up by its whole content and the style: what comes out is the same as without the cache.
    """

    def __init__(self, most: int = 512) -> None:
        self._most = most
        self._cards: OrderedDict[tuple[Style, Card], Fragment] = OrderedDict()

    def whole(self, card: Card, style: Style, metrics: Metrics) -> Fragment:
        """A card in one piece."""
        key = (style, card)
        if key in self._cards:
            self._cards.move_to_end(key)
        else:
            self._cards[key] = CardLayout(card, style, metrics).whole()
            if len(self._cards) > self._most:
                self._cards.popitem(last=False)
        return self._cards[key]


def lay_out(handout: Handout, style: Style, metrics: Metrics, cache: CardCache | None = None) -> Pages:
    """Give every word and box its place.

    Args:
        handout: what to lay out.
        style: on what.
        metrics: measures text.
        cache: cards that are already laid out.
    """
    cards = cache or CardCache()
    footer = Footer(handout, style, metrics)
    bottom = min(style.bottom, footer.top - _ABOVE_FOOTER)
    contents: list[list[Placed]] = []
    remarks: list[str] = []
    for block in style.template.blocks:
        if block is Block.EXERCISES:
            contents += card_pages(handout, style, bottom, metrics, lambda card: cards.whole(card, style, metrics))
        elif block is Block.WEEK:
            week, given_up = week_pages(handout, style, bottom, metrics)
            contents += week
            remarks += given_up
        elif block is Block.DIARY and handout.diary:
            diary, given_up = diary_pages(handout, handout.diary, style, bottom, metrics)
            contents += diary
            remarks += given_up
    side_bar = Fragment((bar(handout, style),), 0)
    pages = []
    for number, placed in enumerate(contents, start=1):
        foot = Fragment((footer.on(number, len(contents)),), 0)
        pages.append(Page(style.width, style.height, (Placed(side_bar, 0, 0), *placed, Placed(foot, 0, 0))))
    boxes = sum(placed.fragment.boxes for page in pages for placed in page.placed)
    return Pages(tuple(pages), boxes, tuple(remarks))
