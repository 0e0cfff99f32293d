"""The footer of every page: name, side, page, whom to ask, the plan, and who has reviewed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.layout.core.display import Element, Face, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, Run, drawn, set_runs, unbroken
from pdfbuilder.units import MM

#: Between what stands at the left of a line and what stands at its right, at least.
_BESIDE: Final = 6 * MM
#: Width of the rule over it.
_RULE: Final = 0.7
#: From the footer's rule to its first baseline, and from one baseline to the next, as parts of the size.
_FIRST: Final = 5 / 12 * MM
_STEP: Final = 5.4 / 12 * MM
#: From the page's footer line up to the rule over one line; more lines lift it by so much each. As parts of the size.
_ONE_LINE: Final = 4.5 / 12 * MM
_EACH_MORE: Final = 5 / 12 * MM
_GREY: Final = "#6B7780"


class _FooterLine(Struct, frozen=True):
    """A line of the footer: what stands at its left and at its right."""

    left: tuple[Run, ...]
    right: tuple[Run, ...] = ()


class Footer:
    """The footer of all pages, at most so many: name, side, page, whom to ask, the plan, and who has reviewed it.

    In one line or two where these hold it; else each stands by itself, in as many lines as it takes.

    Args:
        handout: whose pages they are.
        style: the pages.
        metrics: measures.
        most: how many pages there may be.
        below_strip: whether it stands below a strip that says whom to call: it needs neither that nor a rule then.
    """

    def __init__(self, handout: Handout, style: Style, metrics: Metrics, most: int, *, below_strip: bool) -> None:
        self._style = style
        self._metrics = metrics
        size = style.template.type.label.size
        self._type = TypeSize(size, _STEP * size)
        self._ruled = not below_strip
        arrangements = (_with_the_plan, *_ARRANGEMENTS) if below_strip else _ARRANGEMENTS
        # Its height depends neither on the side nor on the phase.
        cases = [(part, words) for part in handout.parts for words in handout.tag.room_for]
        # A title that is too long is shortened before anything is left out.
        counts = range(len(_title_words(handout)), -1, -1)
        tried: Iterable[tuple[_Arrangement, int]] = ((each, count) for each in arrangements for count in counts)
        fitting = (each for each in tried if all(self._fits(*each, most, *one) for one in cases))
        fits = next(fitting, None)
        self._arrangement, self._words = fits or (_in_a_column, 0)
        # What fits is a line each, and need not be set to be counted: that is a tenth of a sheet.
        lined = self._lines if fits else self._set
        lines = max(len(lined(most, most, *one)) for one in cases)
        #: Upper edge: the rule that sets it off.
        self.top = style.footer - (_ONE_LINE + (lines - 1) * _EACH_MORE) * size

    def _fits(self, arrangement: _Arrangement, words: int, most: int, part: Handout, tag: str) -> bool:
        """Whether each of its lines is one line on paper, at its widest."""
        lines = arrangement(_Said(part, _page_of(part, most, most), tag, _plan(part, words)))
        return bool(lines) and all(
            self._width(line.left) + self._width(line.right) + (_BESIDE if line.left and line.right else 0)
            <= self._style.measure
            for line in lines
        )

    def _width(self, runs: tuple[Run, ...]) -> float:
        return sum(self._metrics.width(run.text, run.face) for run in runs) * self._type.size

    def _lines(self, page: int, pages: int, part: Handout, tag: str) -> list[_FooterLine]:
        """What is said on a page."""
        return self._arrangement(_Said(part, _page_of(part, page, pages), tag, _plan(part, self._words)))

    def _set(self, page: int, pages: int, part: Handout, tag: str) -> list[tuple[Paragraph, Paragraph]]:
        """The lines as they are printed on a page, left and right."""
        found = []
        for line in self._lines(page, pages, part, tag):
            left, right = (
                set_runs(runs, self._style.measure, self._type, self._metrics) for runs in (line.left, line.right)
            )
            first, *others = [replace(left, lines=(each,)) for each in left.lines] or [left]
            found += [(first, right), *((each, replace(right, lines=())) for each in others)]
        return found

    def on(self, page: int, pages: int, part: Handout) -> tuple[Element, ...]:
        """The footer of one page, counted from 1, of a part of the handout: it names its phase."""
        style, size = self._style, self._type.size
        rule = Rule(style.left, self.top, style.right, self.top, _RULE, _GREY)
        elements = [Element(Role.ARTIFACT, (rule,))] if self._ruled else []
        y = self.top + _FIRST * size - baseline(0, size, self._type.leading)
        for left, right in self._set(page, pages, part, part.tag.words):
            items = (*drawn(left, style.left, y, ""), *drawn(right, style.right - right.width, y, ""))
            elements.append(Element(Role.FOOTER, items))
            y += self._type.leading
        return tuple(elements)


class _Said(Struct, frozen=True):
    """What a footer says of a page: its number, the tag's words, and the plan with its phase."""

    handout: Handout
    page: str
    tag: str
    plan: str


#: What stands in which line; nothing if it has no use.
_Arrangement = Callable[[_Said], list[_FooterLine]]


def _page_of(handout: Handout, page: int, pages: int) -> str:
    return unbroken(handout.page_pattern.format(page=page, pages=pages))


def _who(handout: Handout, tag: str, *more: str) -> tuple[Run, ...]:
    bold = [Run(words, Face.BOLD) for words in (handout.own.name, unbroken(tag)) if words]
    first, *others = (*bold, *map(Run, more)) or (Run(""),)
    return (first, *(run for each in others for run in (Run(SEPARATOR), each)))


def _questions(handout: Handout) -> tuple[Run, ...]:
    """'Questions? Call', and the number in bold."""
    before, number, after = handout.questions.partition(handout.phone) if handout.phone else (handout.questions, "", "")
    return tuple(run for run in (Run(before), Run(number, Face.BOLD), Run(after)) if run.text)


def _plan(handout: Handout, most: int) -> str:
    """The plan and its phase, with so many words of the title at most: the phase is never left out."""
    title = _title_words(handout)
    shown = " ".join(title) if most >= len(title) else " ".join(title[:most]).rstrip(",;:.") + "…" * bool(most)
    return ", ".join(filter(None, (shown, handout.phase)))


def _title_words(handout: Handout) -> list[str]:
    """The words of the title; a phrase that names a side is one."""
    spans = (span.text if span.relative is None else unbroken(span.text) for span in handout.title)
    return "".join(spans).split(" ")


def _in_one_line(said: _Said) -> list[_FooterLine]:
    if said.handout.questions or said.handout.phase:
        return []
    return [_FooterLine(_who(said.handout, said.tag, said.page), (Run(said.handout.review),))]


def _in_two_lines(said: _Said) -> list[_FooterLine]:
    first = _FooterLine(_who(said.handout, said.tag, said.page), _questions(said.handout))
    return [first, _FooterLine((Run(said.plan),), (Run(said.handout.review),))]


def _in_three_lines(said: _Said) -> list[_FooterLine]:
    handout = said.handout
    who = _FooterLine(_who(handout, said.tag), (Run(said.page),))
    plan = [] if _in_one_line(said) else [_FooterLine((Run(said.plan),))]
    return [who, _FooterLine(_questions(handout), (Run(handout.review),)), *plan]


def _in_a_column(said: _Said) -> list[_FooterLine]:
    handout = said.handout
    lines = [_who(handout, said.tag, said.page), _questions(handout), (Run(handout.phase),), (Run(handout.review),)]
    return [_FooterLine(line) for line in lines if line and line[0].text]


def _with_the_plan(said: _Said) -> list[_FooterLine]:
    who = _who(said.handout, said.tag, *filter(None, (said.plan, said.page)))
    return [_FooterLine(who, (Run(said.handout.review),))]


#: From the lowest on.
_ARRANGEMENTS: Final = (_in_one_line, _in_two_lines, _in_three_lines)
