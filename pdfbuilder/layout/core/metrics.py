"""What the layout has to know about type, and nothing more."""

from __future__ import annotations

from typing import Protocol

from pdfbuilder.layout.core.display import Face

#: Height of capitals, as a part of the size of type. Text is centred on its capitals, not on its accents.
CAP_HEIGHT = 0.67


class Metrics(Protocol):
    """Measures text."""

    def width(self, text: str, face: Face) -> float:
        """Width of a text at size 1, in points."""


def baseline(top: float, size: float, leading: float) -> float:
    """Baseline of a line whose capitals are centred in its leading; `top` is its upper edge."""
    return top + (leading + CAP_HEIGHT * size) / 2
