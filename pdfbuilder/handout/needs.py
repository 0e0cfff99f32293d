"""What is needed for the exercises of a sheet, in a line."""

from __future__ import annotations

from collections.abc import Iterator

from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.lines import wrapped
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Element, Face, Fragment, Role
from pdfbuilder.layout.core.text import SEPARATOR, Run, drawn, set_runs, unbroken


class NeedsLine(FrontBlock, frozen=True):
    """What to have at hand: 'You need: a towel · a chair'."""

    label: str
    things: tuple[str, ...]

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """A line, or as many as it takes; none ends inside a thing."""
        style = bench.style
        runs = [Run(f"{self.label} ", Face.BOLD), Run(SEPARATOR.join(map(unbroken, self.things)))]
        text = set_runs(runs, style.measure, style.template.type.notes, bench.metrics)
        yield Fragment((Element(Role.PARAGRAPH, drawn(text, style.left, 0, "")),), text.height)

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        yield from ("", *wrapped(f"{self.label} {SEPARATOR.join(self.things)}"))


def needs_line(plan: Plan, language: Language) -> NeedsLine | None:
    """What is needed for a plan, each thing once; None if nothing is."""
    things = tuple(dict.fromkeys(thing for exercise in plan.exercises for thing in exercise.equipment))
    return NeedsLine(language.messages.need, things) if things else None
