"""The last half of the street, which needs no files: words go in, a PDF comes out.

Handout ──lay_out──▶ Pages ──paint──▶ bytes
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct, structs

from pdfbuilder.domain.template import Orientation, Paper, Template, TickRule
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Handout, Own
from pdfbuilder.handout.fields import SHEET_FIELD, SheetExercise, SheetFacts
from pdfbuilder.handout.pages import lay_out
from pdfbuilder.layout.core.display import Pages
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import Style, style_for
from pdfbuilder.pdf.fonts import Fonts
from pdfbuilder.pdf.painter import Document, Painter, Properties


class Copy(Struct, frozen=True):
    """A handout that is ready to be printed: plain values, which any process on any machine can print.

    Attributes:
        handout: its words.
        template: how it is to look.
        paper: instead of the template's own, or None.
        orientation: instead of the template's own, or None.
        tick: what a box stands for, instead of the template's own, or None.
        fillable: whether the boxes can be ticked on a screen.
    """

    handout: Handout
    template: Template
    paper: Paper | None = None
    orientation: Orientation | None = None
    tick: TickRule | None = None
    fillable: bool = False

    def addressed(self, own: Own) -> Copy:
        """The same for somebody."""
        return structs.replace(self, handout=self.handout.addressed(own))


class Printed(Struct, frozen=True):
    """A finished file.

    Attributes:
        pdf: the file.
        pages: how many.
        boxes: how many tick boxes.
        remarks: what the layout had to give up, in words for whoever prints.
    """

    pdf: bytes
    pages: int
    boxes: int
    remarks: tuple[str, ...]


class Press:
    """Prints, and keeps what the next sheet can use: parsed fonts, laid-out cards, deflated pages and pictures.

    What it makes never depends on what it made before.
    """

    def __init__(self) -> None:
        self.fonts = Fonts()
        self._painter = Painter()
        self._reuse = Reuse()
        self._style = lru_cache(maxsize=64)(_style)

    def forget(self) -> None:
        """Let go of what was laid out: it takes as much memory as twenty thousand people."""
        self._reuse = Reuse()
        self.fonts = Fonts()

    def lay_out(self, copy: Copy) -> Pages:
        """Give every word and box its place.

        Raises:
            MissingGlyph: if no font has a character.
            PageTooSmall: if the paper cannot hold what has to stay in one piece.
        """
        style = self._style(copy.template, copy.paper, copy.orientation, copy.tick)
        return lay_out(copy.handout, style, self.fonts, self._reuse)

    def print(self, copy: Copy) -> Printed:
        """Make a file; raises as `lay_out` does."""
        pages = self.lay_out(copy)
        properties = Properties(plain(copy.handout.title), copy.handout.subject, copy.handout.language)
        unseen = {SHEET_FIELD: str(_about(copy.handout))} if copy.fillable else None
        pdf = self._painter.paint(pages, properties, fillable=copy.fillable, unseen=unseen)
        return Printed(pdf, len(pages.pages), pages.boxes, pages.remarks)

    def bind(self, properties: Properties) -> Document:
        """An empty file for many handouts, which share what they have in common."""
        return Document(self._painter, properties)


def _about(handout: Handout) -> SheetFacts:
    """What a handout says of itself to who reads what was filled in."""
    own = handout.own
    return SheetFacts(
        id=own.id,
        routine=handout.routine,
        side=handout.tag.side,
        starts=own.diary.starts if own.diary else None,
        exercises=tuple(SheetExercise(card.number, card.id, plain(card.name)) for card in handout.all_cards),
    )


def _style(template: Template, paper: Paper | None, orientation: Orientation | None, tick: TickRule | None) -> Style:
    if tick:
        template = structs.replace(template, boxes=structs.replace(template.boxes, tick=tick))
    return style_for(template, paper, orientation)
