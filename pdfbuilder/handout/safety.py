"""The safety block: a frame with the warning signs by what to do about them, and the advice; a strip without room.

The tiers stand side by side, ranked without colour: a black head, a grey one under a black bar, a white one. On paper
that is too narrow for columns they stand one below the other, each in a frame of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import ClassVar, Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.beside import Sign
from pdfbuilder.domain.exercise import Source
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.lines import wrapped
from pdfbuilder.handout.signs import frame
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Item, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import Paragraph, drawn, set_text, unbroken
from pdfbuilder.units import MM

#: The frame's line.
_STROKE: Final = 1.6
#: The line between two tiers, and below the heads.
_THIN: Final = 0.8
#: Left and right of the text of a tier.
_PAD: Final = 4 * MM
#: Above and below the text of a head, or of the warning for both sides.
_HEAD_PAD: Final = 1.2 * MM
#: Height of a head across the page, for type of 20.
_BAND: Final = 11 * MM
#: Above the first sign and below the last.
_LIST_PAD: Final = 2 * MM
#: The bar over the head of the second tier.
_SECOND_BAR: Final = 1.3 * MM
#: Edge of a bullet.
_BULLET: Final = 1.7 * MM
#: Where the text of a sign begins, from its bullet.
_HANGING: Final = 4 * MM
#: Between two signs, and where lines stand closer than a part of the size.
_BETWEEN: Final = 0.7 * MM
_BETWEEN_TIGHT: Final = 0.4 * MM
_TIGHT: Final = 1.3
#: Width of the first of two tiers, as a part of the frame; more are equally wide.
_FIRST_OF_TWO: Final = 0.55
#: A column narrower than this many ems is no column: the tiers stand one below the other then.
_NARROWEST: Final = 14
#: Leading of a head's first line, as a part of its size.
_HEAD_LEADING: Final = 1.2
#: Between the frame and the advice.
_GAP: Final = 3 * MM
#: Below the block.
_BELOW_ADVICE: Final = 5 * MM
_WHITE: Final = "#FFFFFF"
_BLACK: Final = "#000000"
_GREY: Final = "#DFE3E7"
#: Above and below the words of the strip.
_STRIP_PAD: Final = 0.85 * MM
#: Left and right of them.
_STRIP_SIDE: Final = 3 * MM
#: Between what to do and the signs.
_AFTER_WHAT: Final = 1.4 * MM
#: Where it takes more of the line, the signs stand below it.
_MOST_WHAT: Final = 0.5
#: Below the strip.
_BELOW_STRIP: Final = 0.5 * MM
#: Tiers of signs that cannot wait; and how high a strip with all of them may be whatever it costs, of the page.
_STRIP_TIERS: Final = 2
_MOST_STRIP: Final = 0.12


class Tier(Struct, frozen=True):
    """Warning signs that call for one and the same: 'Call 999', 'now, if you have', and the signs."""

    what: str
    when: str
    signs: tuple[str, ...]


class StripLine(Struct, frozen=True):
    """A tier in a line, for sheets without room: 'Call 999 now:', and the signs in a few words each."""

    what: str
    signs: str


class SafetyBlock(FrontBlock, frozen=True, cache_hash=True):
    """When to call for help, and the general advice.

    Attributes:
        lead: the warning that comes first where both sides are affected, else empty.
        tiers: the signs, the most urgent first.
        sources: where the facts come from, and when they were read.
        strip: the tiers that cannot wait, for sheets without room.
    """

    in_each_part: ClassVar[bool] = False

    lead: str
    tiers: tuple[Tier, ...]
    advice: str
    sources: str
    strip: tuple[StripLine, ...]

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """The frames and the advice."""
        style, metrics = bench.style, bench.metrics
        yield from bench.reuse(_frames, self, style, room, metrics)
        yield bench.reuse(_advice, self, style, metrics)

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        if self.lead:
            yield from ("", *wrapped(self.lead))
        for tier in self.tiers:
            yield from ("", *wrapped(f"{tier.what} {tier.when}"))
            for sign in tier.signs:
                yield from wrapped(sign, first="  - ", rest="    ")
        yield from ("", *wrapped(self.advice))


def safety_block(plan: Plan, language: Language, emergency: str, urgent: str) -> SafetyBlock | None:
    """The warning signs of a plan, if it has some.

    Args:
        plan: whose they are.
        language: the words.
        emergency: what to call at once; the language's own number if empty.
        urgent: what to call on the same day; likewise.
    """
    safety = plan.safety
    if not safety:
        return None
    words, aid = language.messages, language.help
    emergency = unbroken(emergency or aid.emergency_number)
    urgent = unbroken(urgent or aid.urgent_number)
    when = words.emergency_or_place.format(place=aid.emergency_place) if aid.emergency_place else words.emergency_if
    phone = unbroken(plan.clinic.phone) if plan.clinic else ""
    whom = {
        (True, True): (words.today_or_us, words.brief_today_or_us),
        (True, False): (words.today, words.brief_today),
        (False, True): (words.today_doctor_or_us, words.brief_today_doctor_or_us),
        (False, False): (words.today_doctor, words.brief_today_doctor),
    }
    today, brief_today = (each.format(number=urgent, phone=phone) for each in whom[bool(urgent), bool(phone)])
    tiers = (
        Tier(words.emergency.format(number=emergency), when, _texts(safety.emergency)),
        Tier(today, words.today_if, _texts(safety.today)),
        Tier(words.soon.format(doctor=aid.doctor), words.soon_if, _texts(safety.soon)),
    )
    strip = (
        StripLine(words.brief_emergency.format(number=emergency), _briefly(safety.emergency)),
        StripLine(brief_today, _briefly(safety.today)),
    )
    return SafetyBlock(
        lead=safety.both_sides if plan.affected is AffectedSide.BOTH else "",
        tiers=tuple(tier for tier in tiers if tier.signs),
        advice=safety.advice,
        sources=words.sources.format(sources=_named(safety.sources, language)),
        strip=tuple(line for line in strip if line.signs),
    )


def _texts(signs: tuple[Sign, ...]) -> tuple[str, ...]:
    return tuple(sign.text for sign in signs)


def _briefly(signs: tuple[Sign, ...]) -> str:
    return f"{', '.join(sign.brief for sign in signs)}." if signs else ""


def _named(sources: tuple[Source, ...], language: Language) -> str:
    """Sources by their titles, those that were read on the same day before its date."""
    by_day: dict[datetime.date | None, list[str]] = {}
    for source in sources:
        by_day.setdefault(source.read, []).append(source.title)
    written = language.locale.long_date
    return "; ".join(f"{'; '.join(titles)}{f' ({written(day)})' if day else ''}" for day, titles in by_day.items())


def _frames(safety: SafetyBlock, style: Style, room: float, metrics: Metrics) -> tuple[Fragment, ...]:
    """The frame, or several one below the other on narrow paper, none higher than the room of a page."""
    widths = _columns(len(safety.tiers), style.measure)
    if min(widths) >= _NARROWEST * style.template.type.safety.size:
        return (_Frame(style, metrics).side_by_side(safety, widths),)
    last = len(safety.tiers) - 1
    return tuple(
        part
        for rank, tier in enumerate(safety.tiers)
        for part in _parts(tier, rank, "" if rank else safety.lead, style, room, metrics, last=rank == last)
    )


def _columns(tiers: int, measure: float) -> tuple[float, ...]:
    if tiers == 2:
        return (_FIRST_OF_TWO * measure, (1 - _FIRST_OF_TWO) * measure)
    return tiers * (measure / tiers,)


def _parts(
    tier: Tier, rank: int, lead: str, style: Style, room: float, metrics: Metrics, *, last: bool
) -> Iterator[Fragment]:
    """One tier across the page, in a frame or in as many as pages need."""
    whole = _Frame(style, metrics).alone(tier, rank, lead, last=last)
    if whole.height <= room or len(tier.signs) == 1:
        yield whole
        return
    half = (len(tier.signs) + 1) // 2
    yield from _parts(replace(tier, signs=tier.signs[:half]), rank, lead, style, room, metrics, last=False)
    yield from _parts(replace(tier, signs=tier.signs[half:]), rank, "", style, room, metrics, last=last)


def _advice(safety: SafetyBlock, style: Style, metrics: Metrics) -> Fragment:
    """The general advice, in bold."""
    text = set_text(safety.advice, style.measure, style.template.type.safety, metrics, Face.BOLD)
    return Fragment((Element(Role.PARAGRAPH, drawn(text, style.left, 0, "")),), text.height + _BELOW_ADVICE)


class _Frame:
    """A frame and what stands in it, from y = 0."""

    def __init__(self, style: Style, metrics: Metrics) -> None:
        self.style = style
        self.metrics = metrics
        self.type = style.template.type
        self.elements: list[Element] = []

    def side_by_side(self, safety: SafetyBlock, widths: tuple[float, ...]) -> Fragment:
        """All tiers, in columns."""
        top = self._lead(safety.lead)
        heads = [self._set_head(tier, width) for tier, width in zip(safety.tiers, widths, strict=True)]
        head = max(loud.height + quiet.height for loud, quiet in heads) + 2 * _HEAD_PAD
        x, bottom = self.style.left, 0.0
        edges = []
        for rank, (tier, width) in enumerate(zip(safety.tiers, widths, strict=True)):
            self._head(heads[rank], rank, x, top, width, head)
            bottom = max(bottom, self._signs(tier.signs, x, top + head, width))
            edges.append(x)
            x += width
        for edge in edges[1:]:
            self._line(edge, top, edge, bottom, _THIN)
        self._line(self.style.left, top + head, self.style.right, top + head, _THIN)
        return self._closed(bottom)

    def alone(self, tier: Tier, rank: int, lead: str, *, last: bool) -> Fragment:
        """One tier across the page; the next one shares its lower edge."""
        top = self._lead(lead)
        set_head = self._set_head(tier, self.style.measure)
        size = self.type.safety_heading.size
        in_a_row = set_text(
            f"{tier.what} {tier.when}", self.style.measure - 2 * _PAD, set_head[0].type, self.metrics, Face.BOLD
        )
        if len(in_a_row.lines) == 1:
            set_head = (in_a_row, Paragraph((), self.type.safety))
        head = max(sum(part.height for part in set_head) + 2 * _HEAD_PAD, _BAND / 20 * size)
        self._head(set_head, rank, self.style.left, top, self.style.measure, head)
        bottom = self._signs(tier.signs, self.style.left, top + head, self.style.measure)
        self._line(self.style.left, top + head, self.style.right, top + head, _THIN)
        closed = self._closed(bottom)
        return closed if last else Fragment(closed.elements, bottom - _STROKE)

    def _closed(self, height: float) -> Fragment:
        """The frame with its outline, and room below it."""
        outline = frame(self.style.left, self.style.right, height, _STROKE)
        self.elements += [Element(Role.ARTIFACT, (line,)) for line in outline]
        return Fragment(tuple(self.elements), height + _GAP)

    def _lead(self, text: str) -> float:
        """The warning across the top of the frame, for both sides; its height, 0 without one."""
        if not text:
            return 0.0
        paragraph = set_text(text, self.style.measure - 2 * _PAD, self.type.safety, self.metrics, Face.BOLD)
        height = paragraph.height + 2 * _HEAD_PAD
        self.elements.append(Element(Role.ARTIFACT, (Area(self.style.left, 0, self.style.measure, height, _GREY),)))
        self.elements.append(Element(Role.PARAGRAPH, drawn(paragraph, self.style.left + _PAD, _HEAD_PAD, "")))
        self._line(self.style.left, height, self.style.right, height, _STROKE)
        return height

    def _set_head(self, tier: Tier, width: float) -> tuple[Paragraph, Paragraph]:
        """What to do, and when."""
        size = self.type.safety_heading.size
        loud = TypeSize(size, _HEAD_LEADING * size)
        room = width - 2 * _PAD
        return (
            set_text(tier.what, room, loud, self.metrics, Face.BOLD),
            set_text(tier.when, room, self.type.safety, self.metrics, Face.BOLD),
        )

    def _head(
        self, head: tuple[Paragraph, Paragraph], rank: int, x: float, y: float, width: float, height: float
    ) -> None:
        """A tier's head, its loudness by its rank: 0 for the most urgent."""
        loud, quiet = head
        grounds: dict[int, tuple[Item, ...]] = {
            0: (Area(x, y, width, height, _BLACK),),
            1: (Area(x, y, width, height, _GREY), Area(x, y, width, _SECOND_BAR, _BLACK)),
        }
        colour = _WHITE if rank == 0 else _BLACK
        top = y + (height - loud.height - quiet.height) / 2
        words: tuple[Item, ...] = (
            *drawn(loud, x + _PAD, top, "", colour),
            *drawn(quiet, x + _PAD, top + loud.height, "", colour),
        )
        self.elements.append(Element(Role.HEADING, (*grounds.get(rank, ()), *words)))

    def _signs(self, signs: tuple[str, ...], x: float, y: float, width: float) -> float:
        """A list of signs; where it ends."""
        y += _LIST_PAD
        between = _BETWEEN if self.type.safety.leading >= _TIGHT * self.type.safety.size else _BETWEEN_TIGHT
        entries = []
        for sign in signs:
            text = set_text(sign, width - 2 * _PAD - _HANGING, self.type.safety, self.metrics)
            entries.append(self._sign(text, x + _PAD, y))
            y += text.height + between
        self.elements.append(Element(Role.LIST, children=tuple(entries)))
        return y - between + _LIST_PAD

    def _sign(self, text: Paragraph, x: float, y: float) -> Element:
        middle = baseline(y, text.type.size, text.type.leading) - 0.33 * text.type.size
        bullet = Area(x, middle - _BULLET / 2, _BULLET, _BULLET, _BLACK)
        return Element(
            Role.LIST_ITEM,
            children=(
                Element(Role.ARTIFACT, (bullet,)),
                Element(Role.LIST_BODY, drawn(text, x + _HANGING, y, "")),
            ),
        )

    def _line(self, x1: float, y1: float, x2: float, y2: float, width: float) -> None:
        self.elements.append(Element(Role.ARTIFACT, (Rule(x1, y1, x2, y2, width),)))


def strip_choices(safety: SafetyBlock | None, style: Style, metrics: Metrics) -> tuple[int, ...]:
    """How many tiers of signs the strip of a week may have, the most first: fewer only where all take much of it."""
    high = emergency_strip(safety, _STRIP_TIERS, style, metrics).height > _MOST_STRIP * style.height
    return (_STRIP_TIERS, 1) if high else (_STRIP_TIERS,)


def emergency_strip(safety: SafetyBlock | None, tiers: int, style: Style, metrics: Metrics) -> Fragment:
    """So many of the tiers that cannot wait, in white on black, and the room below; nothing without the block."""
    if not safety:
        return Fragment((), 0)
    type_, loud = style.template.type.safety, style.template.type.strip
    room = style.measure - 2 * _STRIP_SIDE
    y = _STRIP_PAD
    elements = []
    for line in safety.strip[:tiers]:
        what = set_text(line.what, room, loud, metrics, Face.BOLD)
        x = style.left + _STRIP_SIDE + what.width + _AFTER_WHAT
        below = what.width > _MOST_WHAT * room
        signs = set_text(line.signs, room if below else style.right - x, type_, metrics)
        if below:
            x, lift = style.left + _STRIP_SIDE, what.height
        else:
            # On the baseline of what to do.
            lift = baseline(0, loud.size, loud.leading) - baseline(0, type_.size, type_.leading)
        words = (*drawn(what, style.left + _STRIP_SIDE, y, "", _WHITE), *drawn(signs, x, y + lift, "", _WHITE))
        elements.append(Element(Role.PARAGRAPH, words))
        y += max(what.height, lift + signs.height)
    height = y + _STRIP_PAD
    ground = Area(style.left, 0, style.measure, height, _BLACK)
    return Fragment((Element(Role.ARTIFACT, (ground,)), *elements), height + _BELOW_STRIP)
