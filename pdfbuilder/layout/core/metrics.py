"""What the layout has to know about type, and nothing more."""

from __future__ import annotations

from typing import Protocol

from pdfbuilder.layout.core.display import Face
from pdfbuilder.layout.core.reuse import Reuse

#: Height of capitals, as a part of the size of type. Text is centred on its capitals, not on its accents.
CAP_HEIGHT = 0.67


class Metrics(Protocol):
    """Measures text.

    Attributes:
        reuse: what was set with it before; a card is tried in several ways, and most of its texts are the same in all.
    """

    reuse: Reuse

    def width(self, text: str, face: Face) -> float:
        """Width of a text at size 1, in points."""


def baseline(top: float, size: float, leading: float) -> float:
    """Baseline of a line whose capitals are centred in its leading; `top` is its upper edge."""
    return top + (leading + CAP_HEIGHT * size) / 2
