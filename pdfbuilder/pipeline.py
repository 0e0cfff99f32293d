"""The street: from a routine and a side to a PDF file.

file ──read──▶ Routine ──resolve──▶ Plan ──compose──▶ Handout ──lay_out──▶ Pages ──paint──▶ bytes
"""

from __future__ import annotations

import datetime

from msgspec import Struct, structs

from pdfbuilder.characters import missing_glyphs
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Severity
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.handout.compose import compose
from pdfbuilder.layout.pages import CardCache, lay_out
from pdfbuilder.layout.style import PageTooSmall, Style, style_for
from pdfbuilder.order import Order, OrderWords
from pdfbuilder.pdf.fonts import Fonts, MissingGlyph
from pdfbuilder.pdf.painter import Painter, Properties
from pdfbuilder.plan import Person, Plan, resolve
from pdfbuilder.reading.library import Library
from pdfbuilder.template import Orientation, Paper, Template, TickRule
from pdfbuilder.wording import plain


class Composed(Struct, frozen=True):
    """An order in words, before it has a place on paper.

    Attributes:
        plan: the resolved routine.
        handout: its words.
        template: how it is to look.
        warnings: what is suspicious about the definitions.
    """

    plan: Plan
    handout: Handout
    template: Template
    warnings: tuple[Diagnostic, ...]


class Sheet(Struct, frozen=True):
    """A finished handout.

    Attributes:
        pdf: the file.
        plan: what is on it.
        pages: how many.
        boxes: how many tick boxes.
        warnings: what whoever prints it should know.
    """

    pdf: bytes
    plan: Plan
    pages: int
    boxes: int
    warnings: tuple[Diagnostic, ...]


class Renderer:
    """Makes sheets, and keeps what the next one can use: content that was read, parsed fonts, laid-out cards.

    What it makes never depends on what it made before.

    Args:
        library: where content comes from; a new one if None.
    """

    def __init__(self, library: Library | None = None) -> None:
        self.library = library or Library()
        self._fonts = Fonts()
        self._painter = Painter(self._fonts)
        self._cards = CardCache()
        self._styles: dict[tuple[str, Paper | None, Orientation | None, TickRule | None], Style] = {}

    def compose(self, order: Order) -> Composed:
        """Read and resolve an order, and put it into words.

        Raises:
            InvalidInput: with all that is wrong with it.
        """
        language = self.library.language(order.language)
        routine = self.library.routine(order.routine)
        template = self.library.template(order.template)
        plan = resolve(routine.value, order.side, language, Person(order.name, order.date))
        handout = compose(plan, template.value, language, safety=order.safety, emergency_number=order.emergency_number)
        return Composed(plan, handout, template.value, routine.warnings + template.warnings)

    def render(self, order: Order) -> Sheet:
        """Make a sheet.

        Raises:
            InvalidInput: with all that is wrong with the order.
        """
        composed = self.compose(order)
        handout = composed.handout
        try:
            pages = lay_out(handout, self._style(order, composed.template), self._fonts, self._cards)
        except MissingGlyph:
            routine = self.library.routine(order.routine).value
            raise missing_glyphs(handout, routine, order, self._fonts.has) from None
        except PageTooSmall:
            raise InvalidInput(
                [
                    Diagnostic(
                        "paper",
                        "the paper is too small for this template's type",
                        Location("--paper"),
                        hint="choose larger paper, hold it upright, or take another template",
                    )
                ]
            ) from None
        properties = Properties(plain(handout.title), handout.subject, handout.language)
        pdf = self._painter.paint(pages, properties, fillable=order.fillable)
        remarks = tuple(
            Diagnostic("layout", remark, Location(order.template), severity=Severity.WARNING)
            for remark in pages.remarks
        )
        return Sheet(pdf, composed.plan, len(pages.pages), pages.boxes, composed.warnings + remarks)

    def _style(self, order: Order, template: Template) -> Style:
        key = (order.template, order.paper, order.orientation, order.tick)
        if key not in self._styles:
            if order.tick:
                boxes = structs.replace(template.boxes, tick=order.tick)
                template = structs.replace(template, boxes=boxes)
            self._styles[key] = style_for(template, order.paper, order.orientation)
        return self._styles[key]


def build(
    routine: str,
    side: str | None = None,
    *,
    name: str = "",
    date: datetime.date | None = None,
    template: str = "handout",
    language: str = "en",
    paper: str | None = None,
    orientation: str | None = None,
    tick: str | None = None,
    safety: bool = True,
    emergency_number: str = "",
    fillable: bool = False,
    renderer: Renderer | None = None,
) -> bytes:
    """Make a sheet: the library's front door. Nothing is written to disk.

    Args:
        routine: id of a shipped routine, or the path of a routine file.
        side: `left`, `right` or `both`; None only if the routine names its side.
        name: printed on every page; empty leaves a line to write on.
        date: the plan's date; None leaves a line to write on.
        template: id of a shipped template, or the path of a template file.
        language: code (`en`), language tag (`en-US`) or path of a language file.
        paper: `a4`, `letter` or `a5`; None for the template's own.
        orientation: `portrait` or `landscape`; None for the template's own.
        tick: `auto`, `rep`, `set` or `session`; None for the template's own.
        safety: whether to print the safety block.
        emergency_number: what to call; empty for the language's own number.
        fillable: whether the boxes can be ticked on a screen.
        renderer: to make many sheets faster, one and the same for all of them.

    Returns:
        The PDF file. The same arguments give the same bytes.

    Raises:
        InvalidInput: with all that is wrong, each with its place and a hint.
    """
    words = OrderWords(str)
    order = Order(
        routine=routine,
        side=words.side(side),
        name=words.line("name", name),
        date=date,
        template=template,
        language=language,
        paper=words.choice("paper", paper, Paper),
        orientation=words.choice("orientation", orientation, Orientation),
        tick=words.choice("tick", tick, TickRule),
        safety=safety,
        emergency_number=words.line("emergency_number", emergency_number),
        fillable=fillable,
    )
    words.problems.stop_on_error()
    return (renderer or Renderer()).render(order).pdf
