"""Whether two pictures are the same to the eye."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec.structs import replace

from pdfbuilder.domain.picture import Path, Picture, Unprintable
from pdfbuilder.domain.side import Side
from pdfbuilder.drawing import plane
from pdfbuilder.drawing.plane import Line
from pdfbuilder.drawing.vectors import Points
from pdfbuilder.pictures.drawings import read_drawing

#: How far a line may lie from where the other picture has it, in units of a picture: less than an outline is wide.
_FARTHEST: Final = 2.0

#: Points that stand for a curve, after its first.
_STEPS: Final = np.arange(1, 25)[:, None] / 24


def alike(first: str, second: str) -> bool:
    """Whether two SVGs have the same size, badge and frames, and the same paths with the same paint at the same places.

    What cannot be read is only like itself.
    """
    try:
        one, other = (read_drawing(text.encode(), _shown(text)) for text in (first, second))
    except Unprintable:
        return first == second
    return (
        one.shows == other.shows
        and _near(_measures(one), _measures(other))
        and [replace(path, steps=()) for path in one.paths] == [replace(path, steps=()) for path in other.paths]
        and all(
            here.steps == there.steps or plane.distance(_lines(here), _lines(there)) <= _FARTHEST
            for here, there in zip(one.paths, other.paths, strict=True)
        )
    )


def _shown(text: str) -> Side | None:
    return Side.RIGHT if 'data-shows="right"' in text else None


def _measures(of: Picture) -> list[float]:
    """Its size, and where its badge and its frames are."""
    frames = [number for each in of.frames for number in (each.left, each.right, *each.number)]
    return [of.width, of.height, *(of.badge or ()), *frames]


def _near(here: Sequence[float], there: Sequence[float]) -> bool:
    """Whether two lists of numbers are as long and nearly the same."""
    return len(here) == len(there) and all(abs(a - b) <= _FARTHEST for a, b in zip(here, there, strict=True))


def _lines(path: Path) -> Line:
    """The lines of a path, its curves cut into short steps."""
    found: list[Points] = []
    for letter, numbers in path.steps:
        points = np.array(numbers).reshape(-1, 2)
        if letter == "M":
            found.append(points)
        elif letter == "Z":
            found[-1] = np.vstack((found[-1], found[-1][:1]))
        else:
            found[-1] = np.vstack((found[-1], points if letter == "L" else _on_curve(found[-1][-1], *points)))
    return plane.together(found)


def _on_curve(a: Points, b: Points, c: Points, d: Points) -> Points:
    at, rest = _STEPS, 1 - _STEPS
    return np.asarray(a * rest * rest * rest + 3 * b * at * rest * rest + 3 * c * at * at * rest + d * at * at * at)
