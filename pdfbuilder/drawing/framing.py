"""Where a drawing stands in its picture: from centimetres, y up, to paper units, y down.

A paper unit is a tenth of a millimetre at the size that the sheets print pictures, 58 × 40 mm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.vectors import Vector, vector

#: Left, bottom, right, top.
Box = tuple[float, float, float, float]

#: The largest picture, and how wide it is at least and at most for its height.
_LARGEST: Final = (580.0, 400.0)
_ASPECT: Final = (1.2, 1.6)
#: Between the drawing and the picture's edge.
_MARGIN: Final = 5.0
_FIRST_SCALE: Final = 3.0
#: Arrows and badge have the same size in every picture: what they take from the figure is found in a few rounds.
_ROUNDS: Final = 8
#: Of the scale.
_DECIMALS: Final = 9


@dataclass(frozen=True)
class Frame:
    """The way from the picture plane to the paper.

    Attributes:
        scale: paper units for a centimetre of the world.
        left, top: the point of the picture plane at the picture's top left corner.
    """

    scale: float
    left: float
    top: float

    def area(self, area: Area) -> Area:
        """An area (or a line) on the paper."""
        scale = self.scale
        return plane.transformed(area, (scale, -scale), (-self.left * scale, self.top * scale))

    def point(self, point: Vector) -> Vector:
        """A point on the paper."""
        return vector(((point[0] - self.left) * self.scale, (self.top - point[1]) * self.scale))

    def shifted(self, by: Vector) -> Frame:
        """The frame in which everything stands elsewhere by so many centimetres."""
        return Frame(self.scale, self.left - float(by[0]), self.top - float(by[1]))


def framed(bounds: Callable[[float], Box]) -> tuple[Frame, tuple[float, float]]:
    """The largest frame that holds a drawing, and the picture's width and height.

    Args:
        bounds: the drawing's bounds in centimetres at a scale.
    """
    scale = _FIRST_SCALE
    for _ in range(_ROUNDS):
        left, bottom, right, top = bounds(scale)
        scale = min((_LARGEST[0] - 2 * _MARGIN) / (right - left), (_LARGEST[1] - 2 * _MARGIN) / (top - bottom))
    scale = round(scale, _DECIMALS)
    left, bottom, right, top = bounds(scale)
    width, height = (right - left) * scale + 2 * _MARGIN, (top - bottom) * scale + 2 * _MARGIN
    size = (round(max(width, _ASPECT[0] * height), 1), round(max(height, width / _ASPECT[1]), 1))
    beside, above = (size[0] - width) / 2 + _MARGIN, (size[1] - height) / 2 + _MARGIN
    return Frame(scale, left - beside / scale, top + above / scale), size
