"""Drawings as SVG: a head and paths, a line each; numbers as short as they are exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from pdfbuilder.domain.picture import Path, PictureFrame

SVG: Final = "http://www.w3.org/2000/svg"
#: The attribute of a group that is a frame: its left and right edge, and the place of its number.
FRAME: Final = "data-frame"
#: The class of what only makes the affected side stand out.
EMPHASIS: Final = "affected"


def svg_text(paths: Iterable[Path], width: float, height: float, root: str = "", title: str = "",
             frames: Sequence[PictureFrame] = ()) -> str:  # fmt: skip
    """A drawing as the text of an SVG file.

    Args:
        paths: from the back to the front.
        width: of the drawing.
        height: of the drawing.
        root: further attributes of the root.
        title: an element that says what it is, or nothing.
        frames: those that paths are in; those of each must follow one another.
    """
    head = f'<svg xmlns="{SVG}" viewBox="0 0 {numerals((width, height))}"{root}>'
    return "\n".join([head, *([title] if title else []), *_grouped(paths, frames), "</svg>\n"])


def _grouped(paths: Iterable[Path], frames: Sequence[PictureFrame]) -> Iterator[str]:
    """The paths as elements, a group for each frame."""
    for number, inside in groupby(paths, lambda path: path.frame):
        if number:
            frame = frames[number - 1]
            yield f'<g {FRAME}="{numerals((frame.left, frame.right, *frame.number))}">'
        yield from map(svg_path, inside)
        if number:
            yield "</g>"


def svg_path(path: Path) -> str:
    """A path as an element."""
    data = "".join(f"{letter}{numerals(numbers)}" for letter, numbers in path.steps)
    attributes = {"d": data, "fill": path.fill or "none"}
    if path.stroke:
        attributes |= {"stroke": path.stroke, "stroke-width": numerals((path.width,))}
        attributes |= {"stroke-linejoin": path.join} if path.join != "miter" else {}
        attributes |= {"stroke-linecap": path.cap} if path.cap != "butt" else {}
        attributes |= {"stroke-dasharray": numerals(path.dashes)} if path.dashes else {}
    if path.even_odd:
        attributes["fill-rule"] = "evenodd"
    if path.is_emphasis:
        attributes["class"] = EMPHASIS
    return f"<path {' '.join(f'{key}={chr(34)}{value}{chr(34)}' for key, value in attributes.items())}/>"


def numerals(numbers: Iterable[float]) -> str:
    """Numbers that are rounded already, without exponents."""
    return " ".join([f"{number:.9f}".rstrip("0").rstrip(".") for number in numbers])
