"""The safety block: a frame with two lists, then the advice, how to use the boxes, and where it all comes from."""

from __future__ import annotations

from pdfbuilder.handout.blocks import SafetyBlock
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
#: Between the frame and the advice, and below the block.
_GAP, BELOW_ADVICE = 3 * MM, 6 * MM
_WHITE = "#FFFFFF"


def safety_frames(safety: SafetyBlock | None, style: Style, room: float, metrics: Metrics) -> tuple[Fragment, ...]:
    """The frame, or several one below the other on narrow paper, each with the room below it; none without the block.

    Args:
        safety: what to say, or None.
        style: the page.
        room: height of a page; a list that is higher is continued in a further frame.
        metrics: measures.
    """
    fragments: list[Fragment] = []
    if safety and style.measure * (1 - _FIRST) >= _NARROWEST * style.template.type.safety.size:
        fragments.append(_both_lists(safety, style, metrics))
    elif safety:
        fragments += _one_list(safety.emergency_signs, safety, "emergency", style, room, metrics)
        fragments += _one_list(safety.soon_signs, safety, "soon", style, room, metrics)
    return tuple(fragments)


def _both_lists(safety: SafetyBlock, style: Style, metrics: Metrics) -> Fragment:
    """Both lists in one frame, side by side."""
    first = style.measure * _FIRST
    frame = _Frame(style, metrics)
    y = frame.lead(safety.lead)
    left = frame.emergency(safety.emergency, safety.emergency_signs, style.left, y, first)
    right = frame.soon(safety.soon, safety.soon_signs, style.left + first, y, style.measure - first)
    frame.divide(style.left + first, y, y + max(left, right))
    return frame.closed(y + max(left, right), _GAP)


def _one_list(
    signs: tuple[str, ...], safety: SafetyBlock, kind: str, style: Style, room: float, metrics: Metrics
) -> list[Fragment]:
    """One list in a frame of its own, or in as many as pages need."""
    frame = _Frame(style, metrics)
    y = 0.0
    if kind == "emergency":
        y = frame.lead(safety.lead) if signs == safety.emergency_signs[: len(signs)] else 0.0
        y += frame.emergency(safety.emergency, signs, style.left, y, style.measure)
    else:
        y += frame.soon(safety.soon, signs, style.left, 0, style.measure)
    if y <= room or len(signs) == 1:
        return [frame.closed(y, _GAP)]
    half = (len(signs) + 1) // 2
    return [
        fragment
        for part in (signs[:half], signs[half:])
        for fragment in _one_list(part, safety, kind, style, room, metrics)
    ]


def advice(safety: SafetyBlock, style: Style, metrics: Metrics) -> Fragment:
    """The general advice, in bold."""
    text = set_text(safety.advice, style.measure, style.template.type.safety, metrics, Face.BOLD)
    return Fragment((Element(Role.PARAGRAPH, drawn(text, style.left, 0, "")),), text.height)


def small_print(text: str, style: Style, metrics: Metrics) -> Fragment:
    """How to use the boxes, or where the signs come from."""
    width = min(style.measure, LONGEST_LINE * style.template.type.notes.size)
    paragraph = set_text(text, width, style.template.type.notes, metrics)
    return Fragment((Element(Role.PARAGRAPH, drawn(paragraph, style.left, 0, "")),), paragraph.height)


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

    def emergency(
        self, heading_words: tuple[str, str], signs: tuple[str, ...], x: float, y: float, width: float
    ) -> float:
        """The first list under its black bar; its height."""
        loud, quiet = heading_words
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
        return bar + self._signs(signs, x, y + bar, width)

    def soon(self, words: str, signs: tuple[str, ...], x: float, y: float, width: float) -> float:
        """The second list under its heading; its height."""
        heading = set_text(words, width - 2 * _PAD, self.type.dose, self.metrics, Face.BOLD)
        bar = self.type.safety_heading.leading - self.type.dose.leading + heading.height
        top = y + (bar - heading.height) / 2
        self.elements.append(Element(Role.HEADING, drawn(heading, x + _PAD, top, "")))
        return bar + self._signs(signs, x, y + bar, width)

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
