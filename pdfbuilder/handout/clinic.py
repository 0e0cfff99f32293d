"""The clinic: whose sheet it is, and whom to ask; a quiet head over the title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from pdfbuilder.domain.language import Language
from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.plan import Plan
from pdfbuilder.domain.template import StepsPlace, TypeSize
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.lines import wrapped
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Drawing, Element, Face, Fragment, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, drawn, set_text, unbroken
from pdfbuilder.units import MM

#: Edge of the logo, and from its left to the name.
_LOGO: Final = 11 * MM
_BESIDE_LOGO: Final = 14 * MM
#: Between what stands at the left and what stands at the right.
_BETWEEN: Final = 6 * MM
#: Leading of the number, as a part of its size.
_LEADING: Final = 1.2
#: From the clinic to the rule under it.
_ABOVE_RULE: Final = 1 * MM
#: Width of that rule.
_RULE: Final = 0.7
#: Below it.
_BELOW: Final = 3 * MM
_GREY: Final = "#6B7780"


class ClinicBlock(FrontBlock, frozen=True):
    """The clinic's name, and whom to call.

    Attributes:
        ask: 'Questions? Call us, Monday to Friday, 8 to 5', before the number.
        more: its address, and that on the web.
        logo: its logo, or None.
    """

    in_each_part: ClassVar[bool] = False

    name: str
    ask: str = ""
    phone: str = ""
    more: tuple[str, ...] = ()
    logo: Picture | None = None

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """Logo, name and address at the left, the number at the right or below them, and a rule under all.

        In large print only logo and name: what page 1 must hold comes first, and the number is at the foot of each.
        """
        style, metrics = bench.style, bench.metrics
        x = style.left + (_BESIDE_LOGO if self.logo else 0)
        right = self._at_the_right(style, metrics)
        width = max((text.width for text in right), default=0.0)
        room_beside = style.right - x - width - (_BETWEEN if right else 0)
        left = self._at_the_left(style, metrics, max(room_beside, 1.0))
        in_a_row = len(left[0].lines) == 1 and all(len(text.lines) == 1 for text in right)
        if not in_a_row:
            left = self._at_the_left(style, metrics, style.right - x)
        elements: list[Element] = []
        if self.logo:
            elements.append(_logo(self.logo, style, self.name))
        height = 0.0
        for text in left:
            elements.append(Element(Role.PARAGRAPH, drawn(text, x, height, "")))
            height += text.height
        y = 0.0 if in_a_row else height
        for text in right:
            at = style.right - text.width if in_a_row else x
            elements.append(Element(Role.PARAGRAPH, drawn(text, at, y, "")))
            y += text.height
        height = max(height, y, _LOGO if self.logo else 0) + _ABOVE_RULE
        elements.append(Element(Role.ARTIFACT, (Rule(style.left, height, style.right, height, _RULE, _GREY),)))
        yield Fragment(tuple(elements), height + _BELOW)

    def _at_the_left(self, style: Style, metrics: Metrics, width: float) -> list[Paragraph]:
        type_ = style.template.type
        name = set_text(self.name, width, type_.dose, metrics, Face.BOLD)
        if _is_large(style):
            return [name]
        rows = [SEPARATOR.join(map(unbroken, self.more))]
        if len(set_text(rows[0], width, type_.notes, metrics).lines) > 1:
            rows = list(self.more)
        return [name, *(set_text(row, width, type_.notes, metrics) for row in rows if row)]

    def _at_the_right(self, style: Style, metrics: Metrics) -> list[Paragraph]:
        if not self.phone or _is_large(style):
            return []
        type_, size = style.template.type, style.template.type.safety_heading.size
        ask = set_text(self.ask, style.measure, type_.notes, metrics)
        return [ask, set_text(self.phone, style.measure, TypeSize(size, _LEADING * size), metrics, Face.BOLD)]

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        yield from ("", *wrapped(self.name))
        for line in self.more:
            yield from wrapped(line)
        if self.phone:
            yield from wrapped(f"{self.ask}: {self.phone}")


def _is_large(style: Style) -> bool:
    """Whether it is large print: one exercise a page."""
    return style.template.card.steps is StepsPlace.BELOW


def _logo(picture: Picture, style: Style, name: str) -> Element:
    """The logo at the left edge, as large as its square allows."""
    scale = _LOGO / max(picture.width, picture.height)
    width, height = picture.width * scale, picture.height * scale
    x, y = style.left + (_LOGO - width) / 2, (_LOGO - height) / 2
    return Element(Role.FIGURE, (Drawing(x, y, width, height, picture, mirrored=False),), alternative=name)


def clinic_block(plan: Plan, language: Language) -> ClinicBlock | None:
    """The clinic of a plan, if it names one."""
    clinic, words = plan.clinic, language.messages
    if not clinic:
        return None
    phone = unbroken(clinic.phone)
    return ClinicBlock(
        name=clinic.name,
        ask=words.call_us_then.format(hours=clinic.hours) if clinic.hours else words.call_us,
        phone=phone,
        more=tuple(filter(None, (clinic.address, clinic.web))),
        logo=clinic.logo,
    )
