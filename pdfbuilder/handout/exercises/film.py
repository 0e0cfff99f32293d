"""The code of a film, for a telephone's camera, with the address in words beside it, which are a link on a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from pdfbuilder.handout.blocks import Video
from pdfbuilder.layout.core.display import Element, Face, Item, Link, Role, Squares
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import drawn, set_text
from pdfbuilder.units import MM

#: The code with its quiet zone, at least; and that zone on each side, in modules (ISO/IEC 18004).
_EDGE: Final = 22 * MM
_QUIET: Final = 4
#: A module is no smaller than this, so that it can be read from a cheap print.
_LEAST_MODULE: Final = 0.5 * MM


class Film:
    """A film's code and address, in a row."""

    def __init__(self, video: Video, style: Style, metrics: Metrics) -> None:
        self._style = style
        self._filled: tuple[tuple[int, int], ...] = ()
        self._module = 0.0
        #: Edge of the code with its quiet zone; 0 where only the words are printed.
        self._edge = 0.0
        if video.has_code:
            self._filled, modules = _code(video.address)
            across = modules + 2 * _QUIET
            self._module = max(_EDGE / across, _LEAST_MODULE)
            self._edge = self._module * across
        type_ = style.template.type
        width = style.template.card.picture.width * MM - self._edge
        address = video.address.removeprefix("https://")
        self._video = video
        self._label = set_text(video.label, width, type_.dose, metrics, Face.BOLD)
        self._address = [
            set_text(part, width, type_.label, metrics)
            for part in _in_two(address, lambda part: metrics.width(part, Face.REGULAR) * type_.label.size <= width)
        ]
        self.height = max(self._edge, sum(text.height for text in (self._label, *self._address)))

    def drawn(self, x: float, y: float) -> Iterator[Element]:
        """The code at x, y, and the words at its right."""
        quiet = _QUIET * self._module
        if self._filled:
            yield Element(Role.ARTIFACT, (Squares(x + quiet, y + quiet, self._module, self._filled),))
        x += self._edge
        below = sum(text.height for text in self._address)
        y += max(0, (self.height - self._label.height - below) / 2)
        yield Element(Role.PARAGRAPH, drawn(self._label, x, y, ""))
        y += self._label.height
        label = f"{self._video.label}, {self._video.address}"
        link = Link(x, y, max(text.width for text in self._address), below, self._video.address, label)
        words: list[Item] = []
        for text in self._address:
            words += drawn(text, x, y, "")
            y += text.height
        yield Element(Role.PARAGRAPH, children=(Element(Role.LINK, (*words, link)),))


def _in_two(address: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """An address in one part, or in two that are broken before the last slash at which the first fits."""
    if fits(address):
        return (address,)
    slashes = [index for index, char in enumerate(address) if char == "/" and index and fits(address[:index])]
    return (address[: slashes[-1]], address[slashes[-1] :]) if slashes else (address,)


@lru_cache(maxsize=64)
def _code(address: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """The filled squares of an address's code, column and row; and how many there are along an edge."""
    import segno  # noqa: PLC0415 - a tenth of a cold start, for who has a film

    rows = segno.make_qr(address, error="m").matrix
    filled = tuple((x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return filled, len(rows)
