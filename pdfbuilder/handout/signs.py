"""Frames and signs that several blocks have, from plain shapes: they stand out in black and white, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pdfbuilder.layout.core.display import Area, Item, Polygon, Rule
from pdfbuilder.layout.core.pictures import disc

_BLACK: Final = "#000000"
_WHITE: Final = "#FFFFFF"


def frame(left: float, right: float, height: float, stroke: float) -> Iterator[Rule]:
    """The outline of a block from y = 0, its lines inside the edge."""
    half = stroke / 2
    yield Rule(left, half, right, half, stroke)
    yield Rule(left, height - half, right, height - half, stroke)
    yield Rule(left + half, 0, left + half, height, stroke)
    yield Rule(right - half, 0, right - half, height, stroke)


def no_entry(x: float, y: float, radius: float) -> tuple[Item, ...]:
    """A white disc with a black bar across."""
    return (disc(x, y, radius, _WHITE), Area(x - 0.6 * radius, y - 0.2 * radius, 1.2 * radius, 0.4 * radius, _BLACK))


def ticked(x: float, y: float, radius: float) -> tuple[Item, ...]:
    """A black disc with a white tick."""
    return (disc(x, y, radius, _BLACK), tick(x, y, radius, _WHITE))


def tick(x: float, y: float, radius: float, colour: str) -> Polygon:
    """A tick in a disc around x, y."""
    outline = ((-0.55, 0.02), (-0.38, -0.15), (-0.13, 0.12), (0.4, -0.42), (0.56, -0.25), (-0.13, 0.46))
    return Polygon(tuple((x + across * radius, y + down * radius) for across, down in outline), colour)


def warning_sign(x: float, middle: float, height: float) -> tuple[Item, ...]:
    """A black triangle of some height, its middle at x, `middle`, with a white exclamation mark in it."""
    top, half = middle - height / 2, 4 / 7 * height
    triangle = Polygon(((x - half, top + height), (x, top), (x + half, top + height)), _BLACK)
    stroke = Area(x - 0.06 * height, top + 0.38 * height, 0.12 * height, 0.32 * height, _WHITE, radius=0.04 * height)
    return (triangle, stroke, disc(x, top + 0.82 * height, 0.07 * height, _WHITE))
