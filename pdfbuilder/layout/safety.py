"""The safety block: a frame with two lists, then the advice and how to use the boxes."""

from __future__ import annotations

from pdfbuilder.handout.blocks import Handout, SafetyBlock
from pdfbuilder.layout.display import Area, Element, Face, Fragment, Item, Role, Rule
from pdfbuilder.layout.metrics import Metrics, baseline
from pdfbuilder.layout.style import Style
from pdfbuilder.layout.text import LONGEST_LINE, Paragraph, Run, drawn, set_runs, set_text
from pdfbuilder.template import TypeSize
from pdfbuilder.units import MM

#: The frame's line, and the room inside it.
_STROKE, _PAD = 1.6, 4 * MM
#: Edge of a bullet, where its text begins, and the room between two signs.
_BULLET, _HANGING, _BETWEEN = 2 * MM, 5 * MM, 0.9 * MM
#: Width of the first column, as a part of the frame.
_FIRST = 0.55
#: A column narrower than this many ems is no column: the lists are stacked then.
_NARROWEST = 19
#: Between the frame and the advice, below the advice, and below the block.
_GAP, _AFTER_ADVICE, _BELOW = 3.5 * MM, 0.8 * MM, 7 * MM
_WHITE = "#FFFFFF"


def safety_blocks(handout: Handout, style: Style, metrics: Metrics) -> list[Fragment]:
    """The frame, or two of them one below the other on narrow paper; then the advice and how to use the boxes.

    Each is to be kept in one piece, with the room below it. Without the safety block only the boxes are explained.
    """
    fragments: list[Fragment] = []
    if handout.safety:
        first = style.measure * _FIRST
        beside = style.measure - first >= _NARROWEST * style.template.type.safety.size
        if beside:
            frame = _Frame(style, metrics)
            y = frame.lead(handout.safety.lead)
            left = frame.emergency(handout.safety, style.left, y, first)
            right = frame.soon(handout.safety, style.left + first, y, style.measure - first)
            frame.divide(style.left + first, y, y + max(left, right))
            fragments.append(frame.closed(y + max(left, right), _GAP))
        else:
            frame = _Frame(style, metrics)
            y = frame.lead(handout.safety.lead)
            fragments.append(frame.closed(y + frame.emergency(handout.safety, style.left, y, style.measure), _GAP))
            frame = _Frame(style, metrics)
            fragments.append(frame.closed(frame.soon(handout.safety, style.left, 0, style.measure), _GAP))
    fragments.append(_advice(handout, style, metrics))
    return fragments


def _advice(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """The advice in bold; below it how to use the boxes, and where the signs come from."""
    elements: list[Element] = []
    y = 0.0
    if handout.safety:
        advice = set_text(handout.safety.advice, style.measure, style.template.type.dose, metrics, Face.BOLD)
        elements.append(Element(Role.PARAGRAPH, drawn(advice, style.left, y, "")))
        y += advice.height + _AFTER_ADVICE
    how = " ".join(part for part in (handout.tick, handout.dashed) if part)
    for text in (how, handout.safety.credit if handout.safety else ""):
        if text:
            width = min(style.measure, LONGEST_LINE * style.template.type.notes.size)
            paragraph = set_text(text, width, style.template.type.notes, metrics)
            elements.append(Element(Role.PARAGRAPH, drawn(paragraph, style.left, y, "")))
            y += paragraph.height
    return Fragment(tuple(elements), y + _BELOW)


class _Frame:
    """A frame and what stands in it, from y = 0."""

    def __init__(self, style: Style, metrics: Metrics) -> None:
        self.style = style
        self.metrics = metrics
        self.type = style.template.type
        self.elements: list[Element] = []

    def closed(self, height: float, below: float) -> Fragment:
        """The frame with its outline, and room below it."""
        left, right, half = self.style.left, self.style.right, _STROKE / 2
        for x1, y1, x2, y2 in (
            (left, half, right, half),
            (left, height - half, right, height - half),
            (left + half, 0, left + half, height),
            (right - half, 0, right - half, height),
        ):
            self._line(x1, y1, x2, y2)
        return Fragment(tuple(self.elements), height + below)

    def divide(self, x: float, y: float, bottom: float) -> None:
        """A line between the two lists."""
        self._line(x, y, x, bottom)

    def lead(self, text: str) -> float:
        """The warning across the top of the frame, for both sides; its height, 0 without one."""
        if not text:
            return 0.0
        paragraph = set_text(text, self.style.measure - 2 * _PAD, self.type.dose, self.metrics, Face.BOLD)
        pad = 0.6 * _PAD
        self.elements.append(Element(Role.PARAGRAPH, drawn(paragraph, self.style.left + _PAD, pad, "")))
        return paragraph.height + 2 * pad

    def emergency(self, safety: SafetyBlock, x: float, y: float, width: float) -> float:
        """The first list under its black bar; its height."""
        loud, quiet = safety.emergency
        heading = self.type.safety_heading
        size = TypeSize(heading.size, heading.size * 1.2)
        text = set_runs([Run(loud, Face.BOLD)], width - 2 * _PAD, size, self.metrics)
        rest = set_text(quiet, width - 2 * _PAD, self.type.safety, self.metrics, Face.BOLD)
        beside = len(text.lines) == 1 and text.width + 0.5 * heading.size + rest.width <= width - 2 * _PAD
        below = 0 if beside else rest.height
        bar = heading.leading - size.leading + text.height + below
        top = y + (bar - text.height - below) / 2
        items: list[Item] = [
            Area(x, y, width, bar, "#000000"),
            *drawn(text, x + _PAD, top, "", _WHITE),
        ]
        if beside:
            # On the same baseline as the loud words.
            shift = baseline(top, size.size, size.leading) - baseline(0, rest.type.size, rest.type.leading)
            items += drawn(rest, x + _PAD + text.width + 0.5 * heading.size, shift, "", _WHITE)
        else:
            items += drawn(rest, x + _PAD, top + text.height, "", _WHITE)
        self.elements.append(Element(Role.HEADING, tuple(items)))
        return bar + self._signs(safety.emergency_signs, x, y + bar, width)

    def soon(self, safety: SafetyBlock, x: float, y: float, width: float) -> float:
        """The second list under its heading; its height."""
        heading = set_text(safety.soon, width - 2 * _PAD, self.type.dose, self.metrics, Face.BOLD)
        bar = self.type.safety_heading.leading - self.type.dose.leading + heading.height
        top = y + (bar - heading.height) / 2
        self.elements.append(Element(Role.HEADING, drawn(heading, x + _PAD, top, "")))
        return bar + self._signs(safety.soon_signs, x, y + bar, width)

    def _signs(self, signs: tuple[str, ...], x: float, y: float, width: float) -> float:
        type_, start = self.type.safety, y
        y += 0.6 * _PAD
        entries = []
        for sign in signs:
            text = set_text(sign, width - 2 * _PAD - _HANGING, type_, self.metrics)
            entries.append(self._sign(text, x + _PAD, y))
            y += text.height + _BETWEEN
        self.elements.append(Element(Role.LIST, children=tuple(entries)))
        return y + 0.6 * _PAD - start

    def _sign(self, text: Paragraph, x: float, y: float) -> Element:
        middle = baseline(y, text.type.size, text.type.leading) - 0.33 * text.type.size
        bullet = Area(x, middle - _BULLET / 2, _BULLET, _BULLET, "#000000")
        return Element(
            Role.LIST_ITEM,
            children=(
                Element(Role.ARTIFACT, (bullet,)),
                Element(Role.LIST_BODY, drawn(text, x + _HANGING, y, "")),
            ),
        )

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.elements.append(Element(Role.ARTIFACT, (Rule(x1, y1, x2, y2, _STROKE),)))
