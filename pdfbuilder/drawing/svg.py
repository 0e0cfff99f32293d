"""Writes a picture as plain SVG 1.1: a flat list of paths, nothing else.

Path data holds only absolute M, L, C and Z, one letter a segment, with at most one decimal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from pdfbuilder.drawing.curves import fitted
from pdfbuilder.drawing.shapes import Detail, Picture, Shape
from pdfbuilder.drawing.vectors import Points

#: For each detail: how far a curve may be from the shape, and the grid of its numbers, in the SVG's units.
_PRECISION: Final = {Detail.SEEN: (0.6, 0.5), Detail.COVERED: (0.9, 1.0), Detail.LOOSE: (1.5, 1.0)}
#: How far a curve may swell to be written as a straight line.
_STRAIGHT: Final = 0.2
#: A curve whose ends are nearer to each other than this has no chord.
_NO_LENGTH: Final = 1e-9


def svg(picture: Picture, title: str) -> str:
    """A picture as the text of an SVG file.

    Args:
        picture: what to write.
        title: the exercise's id.
    """
    width, height = picture.size
    badge = f' data-badge="{_numbers(picture.badge)}"' if picture.badge else ""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(width)} {_number(height)}"'
        f' data-shows="{picture.shows}"{badge}>'
    )
    paths = [path for shape in picture.shapes if (path := _path(shape))]
    return "\n".join([head, f"<title>{escape(title)}</title>", *paths, "</svg>", ""])


def _path(shape: Shape) -> str:
    tolerance, grid = _PRECISION[shape.detail]
    data = "".join(_data(fitted(points, tolerance), shape.is_area, grid) for points in shape.lines)
    if not data:
        return ""
    attributes = [f'd="{data}"', f'fill="{shape.fill or "none"}"']
    if shape.stroke:
        attributes += [f'stroke="{shape.stroke}"', f'stroke-width="{_number(shape.width)}"']
        if shape.has_round_ends:
            attributes += ['stroke-linejoin="round"', 'stroke-linecap="round"']
    if shape.dashes:
        attributes.append(f'stroke-dasharray="{_numbers(shape.dashes)}"')
    if shape.is_area and len(shape.lines) > 1:
        attributes.append('fill-rule="evenodd"')
    return f"<path {' '.join(attributes)}/>"


def _data(curves: Sequence[Points], closed: bool, grid: float) -> str:
    out = [f"M{_numbers(curves[0][0], grid)}"]
    here = out[0][1:]
    for curve in curves:
        end = _numbers(curve[3], grid)
        if not _is_straight(curve):
            out.append(f"C{_numbers(curve[1:].ravel(), grid)}")
        elif end != here:
            out.append(f"L{end}")
        here = end
    if len(out) == 1:
        return ""
    return "".join([*out, "Z"] if closed else out)


def _is_straight(curve: Points) -> bool:
    (across, up), inner = curve[3] - curve[0], curve[1:3] - curve[0]
    size = math.sqrt(across * across + up * up)
    off = abs(across * inner[:, 1] - up * inner[:, 0]) / size if size > _NO_LENGTH else abs(inner)
    return bool(off.max() < _STRAIGHT)


def _numbers(values: Sequence[float] | Points, grid: float = 0.1) -> str:
    return " ".join(_number(round(float(value) / grid) * grid) for value in values)


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
