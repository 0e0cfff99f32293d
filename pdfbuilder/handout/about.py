"""The background to the complaint, under its heading."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pdfbuilder.domain.plan import Plan
from pdfbuilder.handout.lines import heading, wrapped
from pdfbuilder.layout.core.display import Element, Face, Fragment, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import LONGEST_MEASURE, drawn, set_text
from pdfbuilder.units import MM

#: Width of the rule over the heading.
_RULE = 1.0
#: From the rule to the heading.
_BELOW_RULE = 2 * MM
#: Between two paragraphs, as a part of the leading.
_BETWEEN = 0.4


class AboutBlock(Struct, frozen=True, cache_hash=True):
    """Background."""

    title: str
    paragraphs: tuple[str, ...]

    def fragment(self, style: Style, metrics: Metrics) -> Fragment:
        """The background under its heading."""
        type_ = style.template.type
        title = set_text(self.title, style.measure, type_.exercise, metrics, Face.BOLD)
        elements = [
            Element(Role.ARTIFACT, (Rule(style.left, _RULE / 2, style.right, _RULE / 2, _RULE),)),
            Element(Role.HEADING, drawn(title, style.left, _BELOW_RULE, "")),
        ]
        y = _BELOW_RULE + title.height
        for index, text in enumerate(self.paragraphs):
            y += _BETWEEN * type_.notes.leading if index else 0
            paragraph = set_text(text, min(style.measure, LONGEST_MEASURE * type_.notes.size), type_.notes, metrics)
            elements.append(Element(Role.PARAGRAPH, drawn(paragraph, style.left, y, "")))
            y += paragraph.height
        return Fragment((Element(Role.SECTION, children=tuple(elements)),), y)

    def lines(self) -> Iterator[str]:
        """As plain text, an empty line before each paragraph."""
        for paragraph in (heading(self.title, "-"), *map(wrapped, self.paragraphs)):
            yield from ("", *paragraph)


def about_block(plan: Plan) -> AboutBlock | None:
    """The background of a plan, if it has some."""
    return AboutBlock(plan.about.title, plan.about.paragraphs) if plan.about else None
