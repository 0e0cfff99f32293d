"""Whether two pictures are the same to the eye."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.plane import Line
from pdfbuilder.drawing.vectors import Points

#: How far a line may lie from where the other picture has it, in units of a picture: less than an outline is wide.
FARTHEST: Final = 2.0

_NUMBER: Final = r"-?[0-9]+(?:\.[0-9]+)?"
_POINT: Final = f"{_NUMBER} {_NUMBER}"
#: Where things are: path data, size and badge as `svg` writes them. All else must be the same word for word.
_PATH: Final = re.compile(rf' d="((?:M{_POINT}(?:L{_POINT}|C{_POINT} {_POINT} {_POINT})+Z?)+)"')
_SIZE_OR_BADGE: Final = re.compile(rf' (viewBox|data-badge)="({_NUMBER}(?: {_NUMBER})*)"')
_SEGMENT: Final = re.compile("([MLCZ])([^MLCZ]*)")
#: Points that stand for a curve, after its first.
_STEPS: Final = np.arange(1, 25)[:, None] / 24


def alike(first: str, second: str) -> bool:
    """Whether two pictures are of one size and have the same paths with the same paint at the same places.

    Args:
        first: SVG as `svg` writes it; what is not written like that is only like itself.
        second: the other one.
    """
    if _without_places(first) != _without_places(second):
        return False
    frames = zip(_SIZE_OR_BADGE.findall(first), _SIZE_OR_BADGE.findall(second), strict=True)
    paths = zip(_PATH.findall(first), _PATH.findall(second), strict=True)
    return all(_near(here, there) for (_, here), (_, there) in frames) and all(
        here == there or plane.distance(_lines(here), _lines(there)) <= FARTHEST for here, there in paths
    )


def _without_places(text: str) -> str:
    return _PATH.sub(" d", _SIZE_OR_BADGE.sub(r" \1", text))


def _near(here: str, there: str) -> bool:
    """Whether two lists of numbers are as long and nearly the same."""
    first, second = (np.array(each.split(), dtype=float) for each in (here, there))
    return first.shape == second.shape and bool(np.abs(first - second).max() <= FARTHEST)


def _lines(data: str) -> Line:
    """The lines of a path, its curves cut into short steps."""
    found: list[Points] = []
    for letter, numbers in _SEGMENT.findall(data):
        points = np.array(numbers.split(), dtype=float).reshape(-1, 2)
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
