"""What speaks against an exercise, with the sign for it: the last thing before the steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pdfbuilder.handout.signs import warning_sign
from pdfbuilder.layout.core.display import Element, Role
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import Note, drawn, note_runs, set_runs
from pdfbuilder.units import MM

#: Height of the sign.
_HEIGHT: Final = 7 * MM
#: Above sign and words, and below.
_PAD: Final = 0.5 * MM


class AvoidIf:
    """Black triangle and sentences; nothing takes no room."""

    def __init__(self, notes: tuple[Note, ...], x: float, style: Style, metrics: Metrics) -> None:
        type_ = style.template.type.dose
        self._x = x
        self._style = style
        self._texts = [set_runs(note_runs(note), style.right - x, type_, metrics) for note in notes]
        self._lines = sum(text.height for text in self._texts)
        #: With the room around it.
        self.height = max(self._lines, _HEIGHT) + 2 * _PAD if notes else 0.0

    def drawn(self, y: float) -> Iterator[Element]:
        """It, from y down: the sign stands in the middle of the gutter, beside the first line."""
        if not self._texts:
            return
        leading = self._texts[0].type.leading
        top = y + _PAD + max(0, (_HEIGHT - self._lines) / 2)
        x = (self._style.left + self._x) / 2
        yield Element(Role.ARTIFACT, warning_sign(x, top + leading / 2, _HEIGHT))
        for text in self._texts:
            yield Element(Role.PARAGRAPH, drawn(text, self._x, top, self._style.template.colours.ground))
            top += text.height
