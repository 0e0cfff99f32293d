"""The whole handout on pages: each block of the template in its order, with bar and footer on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Block
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.handout.exercises.page import card_pages
from pdfbuilder.handout.footer import Footer
from pdfbuilder.handout.head import bar, without_fields
from pdfbuilder.handout.restrictions import no_room_for_advice
from pdfbuilder.handout.safety import SafetyBlock, strip_choices
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Fragment, Page, Pages, Placed
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import PageTooSmall, Style, unmarked
from pdfbuilder.units import MM

#: Between the content and the footer's rule: cards keep clear of it, a week or a diary fills its page.
_ABOVE_FOOTER = {Block.EXERCISES: 8 * MM}
_CLOSE_ABOVE_FOOTER = 1 * MM
#: How many pages a footer has room for: their number is known only when they are laid out.
_FOOTERS = (9, 99, 9_999)


def lay_out(handout: Handout, style: Style, metrics: Metrics, reuse: Reuse | None = None) -> Pages:
    """Give every word and box its place.

    Raises:
        PageTooSmall: if a page does not hold what has to stay in one piece.
    """
    reuse = reuse or Reuse()
    if handout.tag.side is AffectedSide.BOTH:
        style = reuse(unmarked, style)
    choices: tuple[int, ...] = (0,)
    if Block.WEEK in style.template.blocks:
        choices = reuse(strip_choices, handout.find(SafetyBlock), style, metrics)
    found, refused = [], PageTooSmall()
    for tiers in choices:
        try:
            found.append(_with_tiers(handout, style, metrics, reuse, tiers))
        except PageTooSmall as error:
            refused = error
    if not found:
        raise refused
    # No sign is left out but where that saves a page.
    return min(found, key=lambda each: len(each.pages))


def _with_tiers(handout: Handout, style: Style, metrics: Metrics, reuse: Reuse, tiers: int) -> Pages:
    """The pages with so many tiers of signs at the foot of a week; see `lay_out`."""
    below_strip = style.template.blocks == (Block.WEEK,) and _says_whom_to_call(handout, tiers)
    for most in _FOOTERS:
        footer = Footer(handout, style, metrics, most, below_strip=below_strip)
        bottom = min(style.bottom, footer.top - _CLOSE_ABOVE_FOOTER)
        parts, contents, remarks = _contents(handout, Bench(style, metrics, reuse, bottom, tiers), footer.top)
        contents = _with_each_field_once(contents)
        if len(contents) <= most:
            break
    if any(each.y + each.fragment.lowest > bottom for page in contents for each in page):
        raise PageTooSmall
    side_bar = reuse(bar, handout.tag, style)
    pages = []
    for number, (part, placed) in enumerate(zip(parts, contents, strict=True), start=1):
        foot = Fragment(footer.on(number, len(contents), part), 0)
        pages.append(Page(style.width, style.height, (Placed(side_bar, 0, 0), *placed, Placed(foot, 0, 0))))
    boxes = sum(placed.fragment.boxes for page in pages for placed in page.placed)
    return Pages(tuple(pages), boxes, remarks)


def _contents(
    handout: Handout, bench: Bench, footer: float
) -> tuple[list[Handout], list[list[Placed]], tuple[str, ...]]:
    """The blocks that the template asks for on their pages, of which part each is, and what was given up for it."""
    parts: list[Handout] = []
    contents: list[list[Placed]] = []
    remarks = () if Block.EXERCISES in bench.style.template.blocks else no_room_for_advice(handout)
    for block in bench.style.template.blocks:
        bottom = min(bench.bottom, footer - _ABOVE_FOOTER.get(block, _CLOSE_ABOVE_FOOTER))
        for part in handout.parts:
            if block in _PAGES and (part.cards or block is Block.EXERCISES):
                pages, given_up = _PAGES[block](part, replace(bench, bottom=bottom))
                parts += [part] * len(pages)
                contents += pages
                remarks += given_up
    return parts, contents, remarks


def _with_each_field_once(contents: list[list[Placed]]) -> list[list[Placed]]:
    """Pages on which no place to write is a form field a second time: the heads of later parts have them, too."""
    seen: set[str] = set()
    found: list[list[Placed]] = []
    for page in contents:
        found.append([])
        for placed in page:
            again = placed.fragment.fields & seen
            seen |= placed.fragment.fields
            found[-1].append(replace(placed, fragment=without_fields(placed.fragment)) if again else placed)
    return found


# A week and a diary are loaded where a template has them: a handout has neither, and would start later.


def _week(part: Handout, bench: Bench) -> _Made:
    from pdfbuilder.handout.week.page import week_pages  # noqa: PLC0415

    return week_pages(part, bench)


def _says_whom_to_call(handout: Handout, tiers: int) -> bool:
    from pdfbuilder.handout.week.page import whom_to_call_is_said  # noqa: PLC0415

    return whom_to_call_is_said(handout, tiers)


def _diary(part: Handout, bench: Bench) -> _Made:
    from pdfbuilder.handout.diary import diary_pages  # noqa: PLC0415

    return diary_pages(part, bench)


#: Pages, and what was given up for them.
_Made = tuple[list[list[Placed]], tuple[str, ...]]
#: What has pages of its own; the background stands among the cards.
_PAGES: Final[dict[Block, Callable[[Handout, Bench], _Made]]] = {
    Block.EXERCISES: lambda part, bench: (card_pages(part, bench), ()),
    Block.WEEK: _week,
    Block.DIARY: _diary,
}
