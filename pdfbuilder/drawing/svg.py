"""Writes a picture as plain SVG 1.1: a flat list of paths, nothing else.

Path data holds only absolute M, L, C and Z, one letter a segment, with at most one decimal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from pdfbuilder.domain.picture import Path, PictureFrame, Step
from pdfbuilder.drawing.curves import fitted
from pdfbuilder.drawing.shapes import Detail, Picture, Shape
from pdfbuilder.drawing.vectors import Points
from pdfbuilder.pictures.svg_text import numerals, svg_text

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
    badge = f' data-badge="{numerals(_rounded(picture.badge))}"' if picture.badge else ""
    paths = [path for path in map(_path, picture.shapes) if path.steps]
    width, height = _rounded(picture.size)
    frames = [PictureFrame(left, right, (x, y)) for left, right, x, y in map(_rounded, picture.frames)]
    said = f' data-shows="{picture.shows}"{badge}'
    return svg_text(paths, width, height, said, f"<title>{escape(title)}</title>", frames)


def _path(shape: Shape) -> Path:
    tolerance, grid = _PRECISION[shape.detail]
    steps = tuple(step for points in shape.lines for step in _steps(fitted(points, tolerance), shape.is_area, grid))
    is_round = bool(shape.stroke) and shape.has_round_ends
    return Path(
        steps,
        fill=shape.fill,
        even_odd=shape.is_area and len(shape.lines) > 1,
        stroke=shape.stroke,
        width=shape.width,
        cap="round" if is_round else "butt",
        join="round" if is_round else "miter",
        dashes=shape.dashes,
        is_emphasis=shape.is_emphasis,
        frame=shape.frame,
    )


def _steps(curves: Sequence[Points], closed: bool, grid: float) -> list[Step]:
    here = _rounded(curves[0][0], grid)
    out: list[Step] = [("M", here)]
    for curve in curves:
        end = _rounded(curve[3], grid)
        if not _is_straight(curve):
            out.append(("C", _rounded(curve[1:].ravel(), grid)))
        elif end != here:
            out.append(("L", end))
        here = end
    if len(out) == 1:
        return []
    return [*out, ("Z", ())] if closed else out


def _is_straight(curve: Points) -> bool:
    (across, up), inner = curve[3] - curve[0], curve[1:3] - curve[0]
    size = math.sqrt(across * across + up * up)
    off = abs(across * inner[:, 1] - up * inner[:, 0]) / size if size > _NO_LENGTH else abs(inner)
    return bool(off.max() < _STRAIGHT)


def _rounded(values: Sequence[float] | Points, grid: float = 0.1) -> tuple[float, ...]:
    return tuple(round(round(float(value) / grid) * grid, 1) + 0.0 for value in values)
