"""Pages of cards: what stands before them first, then one card after the other; none is split that fits a page.

Pages are packed: a sheet gives up what `_SHORTAGES` lists, in that order, as far as that saves a page, and no further.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.template import AboutPrint, StepsPlace, TypeSize
from pdfbuilder.domain.wording import Text, plain
from pdfbuilder.handout.about import AboutBlock
from pdfbuilder.handout.blocks import Card, Handout
from pdfbuilder.handout.exercises.card import CardLayout, Fit
from pdfbuilder.handout.front import HowToTick
from pdfbuilder.handout.head import BELOW_HEAD, Title, legend_beside_title, running_header, running_height
from pdfbuilder.handout.safety import SafetyBlock
from pdfbuilder.handout.section import band
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Element, Fragment, Placed, Role
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import PageTooSmall, Style
from pdfbuilder.layout.core.text import LONGEST_MEASURE, drawn, set_text
from pdfbuilder.units import MM

#: Between what stands before the cards, which ends with room below it, and the first of them.
_BEFORE_FIRST: Final = 0.5 * MM
#: Above the heading of a section.
_ABOVE_SECTION: Final = 8 * MM
#: Above what stands at the foot of the last page, at least.
_ABOVE_SOURCES: Final = 1 * MM
#: How much closer the blocks of page 1 stand without room.
_CLOSER: Final = 1.3 * MM
#: Leading of small print, as a part of what notes have.
_SMALL_PRINT: Final = 14.5 / 15.5
#: Leading of the safety block without room, as a part of what it is else.
_TIGHT_SAFETY: Final = 15 / 16


class Shortage(Struct, frozen=True):
    """What a sheet gives up.

    Attributes:
        fit: what its cards give up.
        gap: room between two cards, as a part of the template's.
        tight_front: whether what stands before the cards is closer.
    """

    fit: Fit = Fit()
    gap: float = 1
    tight_front: bool = False


#: From nothing given up to all. Never given up: the size of type, a warning, a note, the room above the footer.
_SHORTAGES: Final = (
    Shortage(),
    Shortage(Fit(picture=0.8)),
    Shortage(Fit(picture=0.8), 5 / 6),
    Shortage(Fit(picture=0.8, small=True), 5 / 6),
    Shortage(Fit(picture=0.8, small=True), 5 / 6, tight_front=True),
    Shortage(Fit(picture=0.8, small=True, tight=True), 5 / 6, tight_front=True),
)
#: What a card gives up, in this order, until a page holds it.
FITS: Final = (
    Fit(),
    Fit(picture=0.8),
    Fit(picture=0.8, tight=True),
    Fit(picture=0.8, small=True, tight=True),
    Fit(picture=0.5, small=True, tight=True),
    Fit(picture=0.8, small=True, tight=True, legend=False),
    Fit(picture=0.5, small=True, tight=True, legend=False),
)


def card_pages(handout: Handout, bench: Bench) -> list[list[Placed]]:
    """Lay out title, safety, cards and background.

    Raises:
        PageTooSmall: if a page does not hold what has to stay in one piece.
    """
    heads: dict[tuple[str, ...], Fragment] = {}

    def head(lines: tuple[str, ...]) -> Fragment:
        if lines not in heads:
            heads[lines] = running_header(handout, bench.style, bench.metrics, lines)
        return heads[lines]

    room = bench.bottom - bench.style.top - running_height(handout, bench.style, bench.metrics)
    close = replace(bench, style=bench.reuse(_tight, bench.style))
    wide: list[Fragment] = []
    tight: list[Fragment] = []
    for block in handout.stands_first:
        pieces = list(block.pieces(handout, bench, room))
        wide += pieces
        # The title never gives way.
        tight += pieces if isinstance(block, Title) else block.pieces(handout, close, room)
    sheet = bench.reuse(_packed, _content(handout), bench, room, _measures(wide), _measures(tight))
    front = tight if sheet.shortage.tight_front else wide
    pages = []
    for number, page in enumerate(sheet.pages):
        placed = [Placed(front[index], 0, y) for index, y in page.front] + page.placed
        if number:
            placed.insert(0, Placed(head(sheet.lines(page)), 0, bench.style.top))
        elif legend := sheet.beside_title(sheet.lines(page)):
            # Read after the title.
            placed.insert(1, Placed(legend, 0, bench.style.top))
        pages.append(placed)
    return pages


class _Content(Struct, frozen=True, cache_hash=True):
    """What is the same for everybody with one plan.

    Attributes:
        title: where it is the first thing on page 1, else empty.
        tick: when to tick a box, and what a dashed one is.
        sources: where the warning signs come from, empty without any.
    """

    title: Text
    cards: tuple[Card, ...]
    about: AboutBlock | None
    tick: str
    dashed: str
    sources: str


def _content(handout: Handout) -> _Content:
    how, safety = handout.find(HowToTick), handout.find(SafetyBlock)
    return _Content(
        title=handout.title if isinstance(handout.stands_first[0], Title) else (),
        cards=handout.cards,
        about=handout.about,
        tick=how.tick if how else "",
        dashed=handout.cards[0].dashed if how else "",
        sources=safety.sources if safety and handout.is_last_part else "",
    )


#: Height of each piece before the cards, and how much of it is not blank.
_Measures = tuple[tuple[float, float], ...]


def _measures(front: list[Fragment]) -> _Measures:
    return tuple((piece.height, piece.ink) for piece in front)


def _packed(content: _Content, bench: Bench, room: float, front: _Measures, close: _Measures) -> _Sheet:
    """The pages of a plan, with as little given up as gives the fewest.

    Raises:
        PageTooSmall: if a page does not hold a piece that stands before the cards.
    """

    def sheet(shortage: Shortage) -> _Sheet:
        return _Sheet(content, bench, room, close if shortage.tight_front else front, shortage)

    shortages = list(_SHORTAGES)
    if bench.style.template.card.steps is StepsPlace.BELOW:
        # One exercise a page: smaller boxes save none.
        shortages = [replace(each, fit=replace(each.fit, small=False)) for each in shortages]
    fewest = sheet(shortages[-1])
    if fewest.overflows:
        raise PageTooSmall
    for shortage in shortages[:-1]:
        found = sheet(shortage)
        if len(found.pages) == len(fewest.pages) and not found.overflows:
            return found
    return fewest


class _Page:
    """A page while it fills from the top.

    Attributes:
        front: which pieces that stand before the cards, and where.
        placed: what else stands on it, without its head.
        y: where the next thing may stand.
        end: where the last one ends.
    """

    def __init__(self, y: float) -> None:
        self.front: list[tuple[int, float]] = []
        self.placed: list[Placed] = []
        self.y = self.end = y

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.front or self.placed)

    def place(self, fragment: Fragment) -> None:
        """Put a fragment at the place reached."""
        self.placed.append(Placed(fragment, 0, self.y))
        self.y = self.end = self.y + fragment.height


class _Sheet:
    """The pages of a plan with something given up."""

    def __init__(self, content: _Content, bench: Bench, room: float, front: _Measures, shortage: Shortage) -> None:
        self.content = content
        self.bench = bench
        self.shortage = shortage
        #: Height of a later page below its head.
        self.room = room
        self.pages = [_Page(bench.style.top)]
        #: Whether a piece before the cards is higher than a page.
        self.overflows = False
        self._front(front)
        self._cards()
        self._about()
        self._sources()

    # ------------------------------------------------------------------ filling

    @property
    def page(self) -> _Page:
        """The last page."""
        return self.pages[-1]

    def _fits(self, height: float, before: float = 0) -> bool:
        return self.page.y + before + height <= self.bench.bottom

    def _new_page(self) -> None:
        self.pages.append(_Page(self.bench.bottom - self.room))

    def _front(self, front: _Measures) -> None:
        """What stands before the cards."""
        closer = _CLOSER if self.shortage.tight_front else 0.0
        for index, (height, ink) in enumerate(front):
            if not self._fits(ink):
                self._new_page()
                self.overflows |= not self._fits(ink)
            page = self.page
            page.front.append((index, page.y))
            page.end = page.y + ink
            page.y += height - (closer if height - ink > 2 * closer else 0)

    def _cards(self) -> None:
        style, metrics, reuse = self.bench.style, self.bench.metrics, self.bench.reuse
        gap = style.template.card.gap * MM * self.shortage.gap
        fits = (self.shortage.fit, *FITS)
        for index, card in enumerate(self.content.cards):
            heading = reuse(band, card.section, style, metrics) if card.section else None
            legend = self._legend_line() if not index else None
            before = max(gap, _ABOVE_SECTION) if heading else gap
            if not index:
                # A line such as what is needed ends without room below it.
                clear = 0.0 if legend or not self.page.front else BELOW_HEAD - (self.page.y - self.page.end)
                before = _BEFORE_FIRST + max(0.0, clear)
            above = [each for each in (legend, heading) if each]
            height = sum(each.height for each in above)
            for fit in fits:
                fragment = reuse(_whole_card, card, style, metrics, fit)
                if height + fragment.height <= self.room:
                    break
            if not self._fits(height + fragment.height, 0 if self.page.empty else before):
                self._new_page()
                above = [heading] if heading else []
                height = sum(each.height for each in above)
            elif not self.page.empty:
                self.page.y += before
            for each in above:
                self.page.place(each)
            if self._fits(fragment.height):
                self.page.place(fragment)
                continue
            for number, part in enumerate(_torn_card(card, style, metrics, fits, self.room - height)):
                if number:
                    self._new_page()
                self.page.place(part)

    def _about(self) -> None:
        """The background, after the cards if there is room or it is always wanted."""
        style, metrics, reuse = self.bench.style, self.bench.metrics, self.bench.reuse
        if not self.content.about:
            return
        about, gap = reuse(AboutBlock.fragment, self.content.about, style, metrics), style.template.card.gap * MM
        if self._fits(about.height, gap):
            self.page.y += gap
            self.page.place(about)
        elif style.template.about is AboutPrint.ALWAYS:
            self._new_page()
            self.page.place(about)

    def _sources(self) -> None:
        """Where the signs come from: at the foot of the last page that has room for it."""
        if not self.content.sources:
            return
        sources = self.bench.reuse(_small_print, self.content.sources, self.bench.style, self.bench.metrics)
        y = self.bench.bottom - sources.height
        if not any(page.end + _ABOVE_SOURCES <= y for page in self.pages):
            self._new_page()
        last = next(page for page in reversed(self.pages) if page.end + _ABOVE_SOURCES <= y or page.empty)
        last.placed.append(Placed(sources, 0, y))

    # ------------------------------------------------------------------ what is said of the boxes

    def lines(self, page: _Page) -> tuple[str, ...]:
        """What is said of the boxes of a page: nothing where it has none, or each card says it."""
        return self._said_of([each.fragment for each in page.placed])

    def _said_of(self, fragments: list[Fragment]) -> tuple[str, ...]:
        if self.bench.style.template.card.legend or not any(each.boxes for each in fragments):
            return ()
        dashed = self.content.dashed if any(each.extras for each in fragments) else ""
        return tuple(filter(None, (self.content.tick, dashed)))

    def beside_title(self, lines: tuple[str, ...]) -> Fragment | None:
        """It beside the title, where that is the first thing on its page and leaves room."""
        content, style, metrics = self.content, self.bench.style, self.bench.metrics
        if not (lines and content.title):
            return None
        widest = tuple(filter(None, (content.tick, content.dashed)))
        if not self.bench.reuse(legend_beside_title, content.title, widest, style, metrics):
            return None
        return self.bench.reuse(legend_beside_title, content.title, lines, style, metrics)

    def _legend_line(self) -> Fragment | None:
        """It as a line before the first card of page 1, where there is no room for it beside the title."""
        style, metrics, reuse = self.bench.style, self.bench.metrics, self.bench.reuse
        # Whatever is given up, its boxes are the same: they are drawn once to be asked.
        lines = self._said_of([reuse(_whole_card, self.content.cards[0], style, metrics, Fit())])
        if not lines or len(self.pages) > 1 or self.beside_title(lines):
            return None
        line = reuse(_small_print, " ".join(lines), style, metrics)
        return Fragment(line.elements, line.height + BELOW_HEAD)


def _small_print(text: str, style: Style, metrics: Metrics) -> Fragment:
    """How to use the boxes, or where the signs come from."""
    type_ = style.template.type.notes
    close = TypeSize(type_.size, _SMALL_PRINT * type_.leading)
    paragraph = set_text(text, min(style.measure, LONGEST_MEASURE * type_.size), close, metrics)
    return Fragment((Element(Role.PARAGRAPH, drawn(paragraph, style.left, 0, "")),), paragraph.height)


def _whole_card(card: Card, style: Style, metrics: Metrics, fit: Fit) -> Fragment:
    return CardLayout(card, style, metrics, fit).whole()


def _torn_card(card: Card, style: Style, metrics: Metrics, fits: Sequence[Fit], room: float) -> list[Fragment]:
    """A card over pages, with as little given up as gives the fewest.

    Raises:
        PageTooSmall: if it cannot be torn so that each part fits.
    """
    found: list[list[Fragment]] = []
    for fit in fits:
        with suppress(PageTooSmall):
            found.append(CardLayout(card, style, metrics, fit).parts(room))
    if not found:
        raise PageTooSmall(plain(card.name))
    return min(found, key=len)


def _tight(style: Style) -> Style:
    """The style for a safety block that stands closer."""
    template = style.template
    safety = TypeSize(template.type.safety.size, _TIGHT_SAFETY * template.type.safety.leading)
    return replace(style, template=replace(template, type=replace(template.type, safety=safety)))
