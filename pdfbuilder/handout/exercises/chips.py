"""A card's sides as small tags in a row: solid where to begin, outlined after, a plain box for both together."""

from __future__ import annotations

from collections.abc import Iterator

from pdfbuilder.handout.blocks import Card
from pdfbuilder.layout.core.display import Element, Face, Item, Role, Words
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.tag import arrow
from pdfbuilder.units import MM

#: Between a chip and the word that joins it to the next.
_GAP = 1.6 * MM
#: Width of a chip's outline.
_STROKE = 1.2
_WHITE = "#FFFFFF"
_BLACK = "#000000"


class Chips:
    """The chips of a card."""

    def __init__(self, card: Card, style: Style, metrics: Metrics) -> None:
        self._card = card
        self._style = style
        type_ = style.template.type
        self._label = type_.label
        self._arrows = [arrow(chip.word, chip.side, type_.chip, metrics) for chip in card.chips]
        self._joiner = metrics.width(card.joiner, Face.REGULAR) * type_.label.size
        #: Of the whole row.
        self.height = type_.chip.leading
        self.width = sum(each.width for each in self._arrows) + (len(self._arrows) - 1) * (self._joiner + 2 * _GAP)

    def drawn(self, x: float, y: float) -> Element:
        """The row with its upper left corner at x, y."""
        return Element(Role.PARAGRAPH, tuple(self._items(x, y)))

    def _items(self, x: float, y: float) -> Iterator[Item]:
        accent, label = self._style.template.colours.accent, self._label
        for index, (chip, each) in enumerate(zip(self._card.chips, self._arrows, strict=True)):
            if index:
                base = baseline(y, label.size, each.height)
                yield Words(x + _GAP, base, self._card.joiner, Face.REGULAR, label.size)
                x += self._joiner + 2 * _GAP
            fill, ink, stroke = (accent, _WHITE, 0.0) if chip.solid else (_WHITE, _BLACK, _STROKE)
            yield from each.drawn(x, y, fill=fill, ink=ink, stroke=stroke)
            x += each.width
