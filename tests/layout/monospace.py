"""A fake `Metrics`: every character is one unit wide, bold or not, so that coordinates can be reckoned by hand."""

from __future__ import annotations

from pdfbuilder.layout.core.display import Face
from pdfbuilder.layout.core.reuse import Reuse


class Monospace:
    """Width of a text at size 1 is its number of characters."""

    reuse = Reuse()

    def width(self, text: str, face: Face) -> float:
        return float(len(text))


MONOSPACE = Monospace()
