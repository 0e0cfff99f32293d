"""The dose of a card in lines: once for all or for each side, what a box stands for, and what to do later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from pdfbuilder.handout.blocks import Card, ProgressLine
from pdfbuilder.layout.core.display import Element, Face, Item, Polygon, Role, Rule, Words
from pdfbuilder.layout.core.metrics import CAP_HEIGHT, Metrics, baseline
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import PLATE_PAD, Paragraph, Run, drawn, plate, runs_of, set_runs, unbroken
from pdfbuilder.units import MM

#: From the word of a side to its dose, as a part of the words' size.
_BESIDE_SIDE: Final = 16 / 12 * MM
#: The solid triangle before what comes later, and from its left edge to the words, as parts of their size.
_TRIANGLE: Final = 2.6 / 14 * MM
_BESIDE_TRIANGLE: Final = 4.4 / 14 * MM
#: The line to write a day on: how long, how heavy, and how far below the words' baseline.
_DAY_LINE: Final = 24 * MM
_DAY_STROKE: Final = 0.6
_DAY_BELOW: Final = 2.0


class _Line(Struct, frozen=True):
    """A paragraph with its place across, and what stands before and after it.

    Attributes:
        since: before a line to write a day on, empty for none; `below` is whether both stand on a line of their own.
    """

    text: Paragraph
    x: float
    side: tuple[str, bool] | None = None
    later: bool = False
    since: str = ""
    below: bool = False

    @property
    def height(self) -> float:
        """Of all of it."""
        return self.text.height + (self.text.type.leading if self.below else 0)


class DoseLines:
    """The dose of a card, set for a width."""

    def __init__(self, card: Card, remark: str, style: Style, metrics: Metrics, width: float) -> None:
        self._style = style
        self._metrics = metrics
        self._type = style.template.type.dose
        self._lines = [*self._doses(card, remark, width), *self._progress(card, width)]
        #: Of all lines.
        self.height = sum(line.height for line in self._lines)

    def _doses(self, card: Card, remark: str, width: float) -> Iterator[_Line]:
        """What a box stands for follows the last dose, on the same line if it fits there whole."""
        beside_side = _BESIDE_SIDE * self._style.template.type.label.size
        doses: list[tuple[str, tuple[str, bool] | None]] = [(card.dose, None)]
        if card.side_doses:
            doses = [(each.dose, (each.word, each.first) if each.word else None) for each in card.side_doses]
        for number, (dose, side) in enumerate(doses, start=1):
            x = beside_side if side else 0.0
            runs = [Run(dose, Face.BOLD)]
            if remark and number == len(doses):
                together = Run(f" {unbroken(remark)}")
                fits = self._metrics.width(together.text, Face.REGULAR) * self._type.size <= width - x
                runs.append(together if fits else Run(f" {remark}"))
            yield _Line(set_runs(runs, width - x, self._type, self._metrics), x, side)

    def _progress(self, card: Card, width: float) -> Iterator[_Line]:
        x = _BESIDE_TRIANGLE * self._type.size
        for step in card.progress:
            text = set_runs(_words(step), width - x, self._type, self._metrics)
            room = width - x - text.lines[-1].width * self._type.size
            below = bool(step.since) and room < self._since_width(step.since) + _DAY_LINE
            yield _Line(text, x, later=True, since=step.since, below=below)

    def _since_width(self, since: str) -> float:
        """Width of the words before the line for a day, with the spaces around them."""
        return self._metrics.width(f" {since} ", Face.REGULAR) * self._type.size

    def drawn(self, x: float, y: float) -> Iterator[Element]:
        """The lines from x, y."""
        ground = self._style.template.colours.ground
        for line in self._lines:
            around = (*self._side(line, x, y), *self._later(line, x, y))
            after = tuple(self._since(line, x + line.x, y))
            yield Element(Role.PARAGRAPH, (*around, *drawn(line.text, x + line.x, y, ground), *after))
            y += line.height

    def _since(self, line: _Line, x: float, y: float) -> Iterator[Item]:
        """A line to write a day on, behind the words or below them."""
        if not line.since:
            return
        size, space = self._type.size, self._metrics.width(" ", Face.REGULAR) * self._type.size
        if not line.below:
            x += line.text.lines[-1].width * size + space
        base = baseline(y + line.height - self._type.leading, size, self._type.leading)
        yield Words(x, base, line.since, Face.REGULAR, size)
        x += self._since_width(line.since) - space
        yield Rule(x, base + _DAY_BELOW, x + _DAY_LINE, base + _DAY_BELOW, _DAY_STROKE)

    def _side(self, line: _Line, x: float, y: float) -> Iterator[Item]:
        """The word of a side: white on a plate for the affected one, bold for the other."""
        if line.side is None:
            return
        (word, first), size = line.side, self._style.template.type.label.size
        base = baseline(y, size, self._type.leading)
        x += PLATE_PAD * size
        if first:
            yield from plate(word, x, base, size, self._metrics, self._style.template.colours.accent)
        else:
            yield Words(x, base, word, Face.BOLD, size)

    def _later(self, line: _Line, x: float, y: float) -> Iterator[Item]:
        if line.later:
            size = self._type.size
            middle = baseline(y, size, self._type.leading) - CAP_HEIGHT * size / 2
            edge = _TRIANGLE * size
            points = ((x, middle - edge / 2), (x + edge, middle), (x, middle + edge / 2))
            yield Polygon(points, "#000000")


def _words(step: ProgressLine) -> list[Run]:
    """When it is time for a step, what then is to be done, and how."""
    what = f"{step.what}." if step.what else ""
    return [Run(" ".join(filter(None, (step.when, what))) + " " * bool(step.how)), *runs_of(step.how)]
