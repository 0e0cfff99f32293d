"""What must not be done, and what to do besides the exercises: lines in a frame, with a sign that says which it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan
from pdfbuilder.domain.wording import Text
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.lines import marked, wrapped
from pdfbuilder.handout.signs import frame, no_entry, ticked
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Role
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import Paragraph, Run, drawn, runs_of, set_runs, set_text
from pdfbuilder.units import MM

#: Width of the block with the sign.
_BLOCK: Final = 10 * MM
#: From the left edge to the lines.
_INDENT: Final = 14 * MM
#: Between the lines and the frame, at the right and above and below.
_PAD_RIGHT: Final = 3 * MM
_PAD: Final = 1.7 * MM
#: The frame's line: what is forbidden is louder.
_STROKE: Final = 1.6
_THIN: Final = 0.8
#: Radius of the sign.
_RADIUS: Final = 3.7 * MM
#: Below the frame.
_BELOW: Final = 5 * MM
#: Above and below a band of one line, and left of it.
_BAND_PAD: Final = 1.07 * MM
_BAND_BLOCK: Final = 9 * MM
_BAND_INDENT: Final = 12 * MM
_BELOW_BAND: Final = 0.7 * MM
#: Between two sentences in a line of a band.
_BETWEEN: Final = 4 * MM
#: The sign in a band.
_SMALL_RADIUS: Final = 2.8 * MM
_BLACK: Final = "#000000"
_GREY: Final = "#DFE3E7"


class LinesBlock(FrontBlock, frozen=True):
    """Lines in a frame; those of one person come with the handout's own words.

    Attributes:
        face: what the lines are set in.
        stroke: width of the frame's line.
        ground: colour of the block with the sign.
        what: what they are, for readers that hear the sheet, and in plain text.
        texts: those of the plan.
    """

    face: ClassVar[Face] = Face.REGULAR
    stroke: ClassVar[float] = _THIN
    ground: ClassVar[str] = _GREY

    what: str
    texts: tuple[Text, ...]

    def own(self, handout: Handout) -> tuple[Text, ...]:
        """Those of the person."""
        raise NotImplementedError

    def sign(self, x: float, y: float, radius: float) -> tuple[Item, ...]:
        """The sign around x, y."""
        raise NotImplementedError

    def all(self, handout: Handout) -> tuple[Text, ...]:
        """Those of the plan, and those of the person, each once."""
        return tuple(dict.fromkeys((*self.texts, *self.own(handout))))

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """A frame; several only where a page does not hold them all."""
        style, width = bench.style, bench.style.measure - _INDENT - _PAD_RIGHT
        part: list[Paragraph] = []
        for text in self.all(handout):
            line = set_text(text, width, style.template.type.steps, bench.metrics, self.face)
            if part and sum(each.height for each in (*part, line)) + 2 * _PAD + _BELOW > room:
                yield self._framed(part, style)
                part = []
            part.append(line)
        if part:
            yield self._framed(part, style)

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        if texts := self.all(handout):
            yield from ("", *wrapped(f"{self.what}:"))
            for text in texts:
                yield from wrapped(marked(text), first="  - ", rest="    ")

    def _framed(self, lines: list[Paragraph], style: Style) -> Fragment:
        height = sum(line.height for line in lines) + 2 * _PAD
        ground = Area(style.left, 0, _BLOCK, height, self.ground)
        sign = self.sign(style.left + _BLOCK / 2, height / 2, min(_RADIUS, 0.42 * height))
        elements = [
            Element(Role.ARTIFACT, (*frame(style.left, style.right, height, self.stroke),)),
            Element(Role.FIGURE, (ground, *sign), alternative=self.what),
        ]
        y = _PAD
        entries = []
        for line in lines:
            body = Element(Role.LIST_BODY, drawn(line, style.left + _INDENT, y, style.template.colours.ground))
            entries.append(Element(Role.LIST_ITEM, children=(body,)))
            y += line.height
        elements.append(Element(Role.LIST, children=tuple(entries)))
        return Fragment(tuple(elements), height + _BELOW)


class RestrictionsBlock(LinesBlock, frozen=True):
    """What must not be done: on every sheet, whatever else is left out, and loud on a black and white printer, too."""

    face: ClassVar[Face] = Face.BOLD
    stroke: ClassVar[float] = _STROKE
    ground: ClassVar[str] = _BLACK

    def own(self, handout: Handout) -> tuple[Text, ...]:
        """See `LinesBlock`."""
        return handout.own.restrictions

    def sign(self, x: float, y: float, radius: float) -> tuple[Item, ...]:
        """A disc with a bar across: no entry."""
        return no_entry(x, y, radius)


class AdviceBlock(LinesBlock, frozen=True):
    """What to do besides the exercises."""

    def own(self, handout: Handout) -> tuple[Text, ...]:
        """See `LinesBlock`."""
        return handout.own.advice

    def sign(self, x: float, y: float, radius: float) -> tuple[Item, ...]:
        """A disc with a tick."""
        return ticked(x, y, radius)


def restrictions_block(plan: Plan, language: Language) -> RestrictionsBlock:
    """What must not be done in a plan, and by whoever it is for."""
    return RestrictionsBlock(language.messages.restrictions, plan.restrictions)


def advice_block(plan: Plan, language: Language) -> AdviceBlock:
    """What to do in a plan besides its exercises."""
    return AdviceBlock(language.messages.advice, plan.advice)


def no_room_for_advice(handout: Handout) -> tuple[str, ...]:
    """What to say where the sheet has no place for the advice, if there is some in any of its parts."""
    has_some = any(block.all(part) for part in handout.parts if (block := part.find(AdviceBlock)))
    return ("the advice is not on this sheet; give the handout with it",) if has_some else ()


def restrictions_band(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """What must not be done, in as few lines as can be behind a small sign: for sheets without room.

    Returns:
        The frame and the room below it; nothing without any.
    """
    block = handout.find(RestrictionsBlock)
    texts = block.all(handout) if block else ()
    if not block or not texts:
        return Fragment((), 0)
    left = style.left + _BAND_INDENT
    y, words = _BAND_PAD, []
    for line in _side_by_side(texts, style.right - _PAD_RIGHT - left, style, metrics):
        x = left
        for sentence in line:
            words.append(Element(Role.PARAGRAPH, drawn(sentence, x, y, style.template.colours.ground)))
            x += sentence.width + _BETWEEN
        y += max(sentence.height for sentence in line)
    height = y + _BAND_PAD
    ground = Area(style.left, 0, _BAND_BLOCK, height, _BLACK)
    sign = no_entry(style.left + _BAND_BLOCK / 2, height / 2, _SMALL_RADIUS)
    elements = (
        Element(Role.ARTIFACT, (*frame(style.left, style.right, height, _STROKE),)),
        Element(Role.FIGURE, (ground, *sign), alternative=block.what),
        *words,
    )
    return Fragment(elements, height + _BELOW_BAND)


def _side_by_side(
    texts: Iterable[Text], room: float, style: Style, metrics: Metrics
) -> Iterator[tuple[Paragraph, ...]]:
    """Sentences in lines, each whole; one that is longer than a line is broken, and stands alone."""
    line: tuple[Paragraph, ...] = ()
    for text in texts:
        runs = runs_of(text, Face.BOLD)
        end = () if not runs or runs[-1].text[-1:] in ".!?…" else (Run(".", Face.BOLD),)
        sentence = set_runs((*runs, *end), room, style.template.type.safety, metrics)
        together = sum(each.width + _BETWEEN for each in line) + sentence.width
        if line and (together > room or any(len(each.lines) > 1 for each in (*line, sentence))):
            yield line
            line = ()
        line = (*line, sentence)
    yield line
