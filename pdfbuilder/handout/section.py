"""The heading of a section, as a band above its first card: it never stands at a page's foot."""

from __future__ import annotations

from typing import Final

from pdfbuilder.handout.blocks import SectionHeading
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Role
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import LONGEST_MEASURE, drawn, set_text
from pdfbuilder.units import MM

#: Height of the band with one line in it.
_HEIGHT: Final = 9.5 * MM
#: Width of the black tab at its left.
_TAB: Final = 1.6 * MM
#: From its left edge to the title, and from its right edge to what it says.
_LEFT: Final = 5 * MM
_RIGHT: Final = 3 * MM
#: Between title and text.
_BETWEEN: Final = 6 * MM
#: From the band to the rule of its first card.
_BELOW: Final = 4.5 * MM
_GREY: Final = "#DFE3E7"


def band(
    section: SectionHeading, style: Style, metrics: Metrics, one_line: float = _HEIGHT, below: float = _BELOW
) -> Fragment:
    """Title and text in a row, or one below the other, so high with one line; and the room below."""
    type_, ground = style.template.type, style.template.colours.ground
    width = style.measure - _LEFT - _RIGHT
    title = set_text(section.title, width, type_.section, metrics, Face.BOLD)
    text = set_text(section.text, min(width, LONGEST_MEASURE * type_.notes.size), type_.notes, metrics)
    in_a_row = len(title.lines) == 1 and len(text.lines) <= 1 and title.width + _BETWEEN + text.width <= width
    content = max(title.height, text.height) if in_a_row else title.height + text.height
    height = max(one_line, content + one_line - type_.section.leading)
    title_y = (height - content) / 2
    text_x, text_y = style.left + _LEFT, title_y + title.height
    if in_a_row:
        title_y = (height - title.height) / 2
        text_x, text_y = style.right - _RIGHT - text.width, (height - text.height) / 2
    areas = (Area(style.left, 0, style.measure, height, _GREY), Area(style.left, 0, _TAB, height, "#000000"))
    elements = (
        Element(Role.ARTIFACT, areas),
        Element(Role.HEADING, drawn(title, style.left + _LEFT, title_y, ground)),
        Element(Role.PARAGRAPH, drawn(text, text_x, text_y, ground)),
    )
    return Fragment(elements if section.text else elements[:2], height + below)
