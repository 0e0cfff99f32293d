"""A template on one paper, in points: what every part of the layout measures with."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.template import Orientation, Paper, Template
from pdfbuilder.units import MM


class PageTooSmall(ValueError):
    """The paper cannot hold even the smallest part that has to stay in one piece, of an exercise if it is named."""

    def __init__(self, exercise: str = "") -> None:
        super().__init__(exercise)
        self.exercise = exercise


class Style(Struct, frozen=True, eq=False):
    """A page and where its content may stand on it: between left and right, top and bottom.

    Attributes:
        template: type, boxes, colours and looks.
        footer: baseline of the footer's last line.
    """

    template: Template
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    footer: float

    @property
    def measure(self) -> float:
        """Width of the content."""
        return self.right - self.left


def style_for(template: Template, paper: Paper | None = None, orientation: Orientation | None = None) -> Style:
    """The style of a template, on its own paper or another."""
    page = template.page
    width, height = (paper or page.paper).size
    if (orientation or page.orientation) is Orientation.LANDSCAPE:
        width, height = height, width
    margins = page.margins
    return Style(
        template=template,
        width=width * MM,
        height=height * MM,
        left=margins.left * MM,
        right=(width - margins.right) * MM,
        top=margins.top * MM,
        bottom=(height - margins.bottom) * MM,
        footer=(height - page.footer) * MM,
    )


def unmarked(style: Style) -> Style:
    """The style of a sheet for two affected sides: where nothing is the other side, nothing is marked as affected."""
    template = style.template
    return replace(style, template=replace(template, colours=replace(template.colours, ground="")))
