"""The phases of a plan: where in it the person is, and when to go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan, PlanPhase
from pdfbuilder.domain.routine import ALL_PHASES, Weeks
from pdfbuilder.domain.wording import Span, Text, plain
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.lines import marked, wrapped
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Polygon, Role, Rule
from pdfbuilder.layout.core.metrics import CAP_HEIGHT, Metrics, baseline
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, Run, drawn, runs_of, set_runs
from pdfbuilder.units import MM

#: More phases than this are said in a line, not shown in a strip.
_MOST_IN_STRIP: Final = 4
#: The frame's line.
_STROKE: Final = 1.0
#: Left and right of the words of a cell, and above and below them.
_PAD: Final = 4 * MM
_ABOVE: Final = 0.5 * MM
#: Between the number of a phase and its title.
_BESIDE_NUMBER: Final = 2.2 * MM
#: From the strip to when to go on.
_BELOW_STRIP: Final = 1.4 * MM
#: Below all of it.
_BELOW: Final = 5 * MM
#: A square for the therapist's mark: its edge, as a part of the type's size, its line, and the room behind it.
_SQUARE: Final = 0.8
_SQUARE_LINE: Final = 0.8
_BESIDE_SQUARE: Final = 2 * MM
_BLACK: Final = "#000000"
_WHITE: Final = "#FFFFFF"


class PhaseCell(Struct, frozen=True):
    """A phase in words: its number, its title, and when it is."""

    number: int
    title: Text
    weeks: str


class GoOn(Struct, frozen=True):
    """When to go on to a phase: 'Go on to phase 3 when', and what has to be so."""

    lead: str
    conditions: tuple[Text, ...]


class PhasesBlock(FrontBlock, frozen=True):
    """The phases of a plan.

    Attributes:
        cells: all of them.
        present: the number of the one that the sheet is for, or `ALL_PHASES`.
        here: what is said of that one: 'you are here'.
        in_a_line: the same in few words, with the title between: 'Phase 2 of 6:'; empty if it is for all.
        go_on: when to go on, to the next one or, on a sheet for all, to each.
    """

    cells: tuple[PhaseCell, ...]
    present: int
    here: str
    in_a_line: str
    go_on: tuple[GoOn, ...]

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """The strip, or a line where it would be too crowded; below it when to go on."""
        style, metrics = bench.style, bench.metrics
        elements, y = self._strip(style, metrics) or self._line(style, metrics)
        for each in self.go_on:
            y += _BELOW_STRIP
            more, height = _when_to_go_on(each, style, metrics, y)
            elements += more
            y += height
        yield Fragment(tuple(elements), y + _BELOW)

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text, the present one marked."""
        yield ""
        for cell in self.cells:
            here = f"  <- {self.here}" if cell.number == self.present else ""
            weeks = f", {cell.weeks}" if cell.weeks else ""
            yield from wrapped(f"{cell.number}  {plain(cell.title)}{weeks}{here}", rest="   ")
        for each in self.go_on:
            yield from wrapped(f"{each.lead}:")
            for condition in each.conditions:
                yield from wrapped(marked(condition), first="  [ ] ", rest="      ")

    @property
    def _present(self) -> PhaseCell | None:
        return next((cell for cell in self.cells if cell.number == self.present), None)

    # ------------------------------------------------------------------ the strip

    def _strip(self, style: Style, metrics: Metrics) -> tuple[list[Element], float] | None:
        """All phases side by side, if there is room for their words; with its height."""
        if len(self.cells) > _MOST_IN_STRIP:
            return None
        type_ = style.template.type
        width = style.measure / len(self.cells)
        rows = []
        for cell in self.cells:
            runs = (Run(f"{cell.number}\u00a0 ", Face.BOLD), *runs_of(cell.title, Face.BOLD))
            title = set_runs(runs, width - 2 * _PAD, type_.dose, metrics)
            when = set_runs([Run(self._when(cell))], width - 2 * _PAD, type_.notes, metrics)
            if len(title.lines) > 1 or len(when.lines) > 1:
                return None
            rows.append((title, when))
        height = type_.dose.leading + type_.notes.leading + 2 * _ABOVE
        elements: list[Element] = []
        for index, (cell, (title, when)) in enumerate(zip(self.cells, rows, strict=True)):
            x = style.left + index * width
            ink, ground = (_WHITE, _BLACK) if cell.number == self.present else (_BLACK, "")
            if ground:
                elements.append(Element(Role.ARTIFACT, (Area(x, 0, width, height, ground),)))
            words = (*_in(title, x + _PAD, _ABOVE, ink), *_in(when, x + _PAD, _ABOVE + title.height, ink))
            elements.append(Element(Role.PARAGRAPH, words))
            if index:
                elements.append(Element(Role.ARTIFACT, (Rule(x, 0, x, height, _STROKE),)))
        outline = _outline(style.left, style.right, height)
        return [*elements, Element(Role.ARTIFACT, (outline,))], height

    def _when(self, cell: PhaseCell) -> str:
        here = self.here if cell.number == self.present else ""
        # A cell without either is as high as the others.
        return SEPARATOR.join(filter(None, (cell.weeks, here)))

    def _line(self, style: Style, metrics: Metrics) -> tuple[list[Element], float]:
        """The present phase in a line, or all of them one below the other; with their height."""
        elements: list[Element] = []
        y = 0.0
        for cell in [self._present] if self._present else self.cells:
            line = set_runs(self._runs(cell), style.measure, style.template.type.dose, metrics)
            elements.append(Element(Role.PARAGRAPH, drawn(line, style.left, y, style.template.colours.ground)))
            y += line.height
        return elements, y

    def _runs(self, cell: PhaseCell) -> Iterator[Run]:
        yield Run(f"{self.in_a_line} " if self.in_a_line else f"{cell.number}\u00a0 ")
        yield from runs_of(cell.title, Face.BOLD)
        if cell.weeks:
            yield Run(f", {cell.weeks}")


def _in(text: Paragraph, x: float, y: float, ink: str) -> tuple[Item, ...]:
    """A text of a cell; on black no phrase of it has a ground."""
    return tuple(item for item in drawn(text, x, y, "", ink) if not isinstance(item, Area))


def _outline(left: float, right: float, height: float) -> Polygon:
    half = _STROKE / 2
    points = ((left + half, half), (right - half, half), (right - half, height - half), (left + half, height - half))
    return Polygon(points, "", _BLACK, _STROKE)


def _when_to_go_on(go_on: GoOn, style: Style, metrics: Metrics, y: float) -> tuple[list[Element], float]:
    """When to go on, with an empty square for each condition; with its height."""
    type_, ground = style.template.type.notes, style.template.colours.ground
    indent = _SQUARE * type_.size + _BESIDE_SQUARE
    lead, top = Run(go_on.lead, Face.BOLD), y
    elements: list[Element] = []
    rows: list[tuple[Run, ...]] = [runs_of(each) for each in go_on.conditions]
    if len(rows) == 1:
        rows = [(lead, Run(" "), *rows[0])]
    else:
        words = set_runs([lead], style.measure, type_, metrics)
        elements.append(Element(Role.PARAGRAPH, drawn(words, style.left, y, "")))
        y += words.height
    for row in rows:
        text = set_runs(row, style.measure - indent, type_, metrics)
        base = baseline(y, type_.size, type_.leading)
        square = _square(style.left, base - CAP_HEIGHT * type_.size / 2, _SQUARE * type_.size)
        elements.append(Element(Role.ARTIFACT, (square,)))
        elements.append(Element(Role.PARAGRAPH, drawn(text, style.left + indent, y, ground)))
        y += text.height
    return elements, y - top


def _square(x: float, middle: float, edge: float) -> Polygon:
    """An empty square for a therapist's mark; no tick box of the person's."""
    half = _SQUARE_LINE / 2
    left, right, top, bottom = x + half, x + edge - half, middle - edge / 2 + half, middle + edge / 2 - half
    return Polygon(((left, top), (right, top), (right, bottom), (left, bottom)), "", _BLACK, _SQUARE_LINE)


# --------------------------------------------------------------------------- words


def phases_block(plan: Plan, language: Language) -> PhasesBlock | None:
    """The phases of a plan, if it has some."""
    if not plan.phases:
        return None
    words = language.messages
    following = [
        GoOn(words.go_on.format(phase=phase.number), phase.start_when)
        for phase in plan.phases
        if phase.start_when and plan.phase in (ALL_PHASES, phase.number - 1)
    ]
    in_a_line = words.phase_of.format(phase=plan.phase, phases=len(plan.phases)) if plan.phase else ""
    cells = tuple(_cell(phase, language) for phase in plan.phases)
    return PhasesBlock(cells, plan.phase, words.you_are_here, in_a_line, tuple(following))


def _cell(phase: PlanPhase, language: Language) -> PhaseCell:
    # In a strip nothing is marked, on white or on black.
    title = tuple(Span(span.text) for span in phase.title)
    return PhaseCell(phase.number, title, _weeks(phase.weeks, language) if phase.weeks else "")


def _weeks(weeks: Weeks, language: Language) -> str:
    words = language.messages
    if weeks.last is None:
        return words.phase_from.format(week=weeks.first)
    if weeks.last == weeks.first:
        return words.phase_week.format(week=weeks.first)
    return words.phase_weeks.format(first=weeks.first, last=weeks.last)
