"""The pictures that ship, as their own files say that they are on either side.

The files are read by ElementTree, turned over here and drawn by svglib: nothing that puts them on sheets has a part.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree

import numpy as np
import yaml
from PIL import Image, ImageChops, ImageDraw
from readback import Rectangle, page_sizes, seen
from reportlab.graphics import renderPDF
from samples import DRAWN, ROOT
from svglib.svglib import svg2rlg

SVG = "{http://www.w3.org/2000/svg}"
#: The colour of the affected limb.
HIGHLIGHT = (0xD9, 0x53, 0x1E)
SWAP = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Frame:
    """One of a picture's numbered frames: its edges, and the place of its number."""

    left: float
    right: float
    x: float
    y: float


@dataclass(frozen=True)
class Mark:
    """A number or the side's letter, and where its middle is, as parts of the picture's width and height."""

    text: str
    x: float
    y: float


@cache
def exercise_file(id_: str) -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "content" / "en" / "exercises" / f"{id_}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def is_bilateral(id_: str) -> bool:
    return bool(exercise_file(id_)["side"] == "bilateral")


def has_limb(id_: str) -> bool:
    """Whether a limb stands out: of what goes to a side as a whole, such as the head, none does."""
    pose = yaml.safe_load((ROOT / "content" / "poses" / f"{id_}.yaml").read_text(encoding="utf-8"))
    return not is_bilateral(id_) and pose.get("affects") != "side"


def shown_side(id_: str, affected: str) -> str:
    """The side that the picture shows somebody; empty for neither."""
    if is_bilateral(id_):
        return ""
    return SWAP[affected] if exercise_file(id_)["side"] == "other" else affected


def is_turned(id_: str, affected: str) -> bool:
    side = shown_side(id_, affected)
    return bool(side) and side != exercise_file(id_)["picture"]["shows"]


def expected_words(id_: str, affected: str) -> str:
    """What is said of a picture: the words of the file with the side put in."""
    words = {"affected": affected, "other": SWAP[affected]}
    told: str = exercise_file(id_)["picture"]["alt"]
    return re.sub(r"\{(affected|other) ([^{}]+)\}", lambda found: f"{words[found[1]]} {found[2]}", told)


# --------------------------------------------------------------------------- the drawings


@cache
def _text(id_: str) -> str:
    return (ROOT / "content" / "pictures" / f"{id_}.svg").read_text(encoding="utf-8")


def size(id_: str) -> tuple[float, float]:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', _text(id_))
    assert found
    return float(found[1]), float(found[2])


def frames(id_: str) -> list[Frame]:
    return [Frame(*map(float, each.split())) for each in re.findall(r'data-frame="([^"]+)"', _text(id_))]


def are_beside(id_: str) -> bool:
    """Whether a picture's frames are beside each other, and not one below the other."""
    return len({(each.left, each.right) for each in frames(id_)}) > 1


def marks(id_: str, affected: str) -> list[Mark]:
    """The numbers of a picture's frames, and the letter of the side that it shows."""
    width, height = size(id_)
    places = [(str(number), each.x, each.y, each) for number, each in enumerate(frames(id_), start=1)]
    found = [(text, frame.left + frame.right - x if is_turned(id_, affected) else x, y) for text, x, y, frame in places]
    if side := shown_side(id_, affected):
        badge = re.search(r'data-badge="([\d.]+) ([\d.]+)"', _text(id_))
        assert badge
        x, y = float(badge[1]), float(badge[2])
        if is_turned(id_, affected):
            # In a place of two frames that are turned over apart it would be said of neither.
            (edges,) = {each.left + each.right for each in frames(id_) if each.left <= x <= each.right} or {width}
            x = edges - x
        found.append((side[0].upper(), x, y))
    return [Mark(text, x / width, y / height) for text, x, y in found]


@cache
def drawn(id_: str, *, turned: bool) -> bytes:
    """A page with the drawing, turned over or as it is, each of its frames by itself; no numbers and no letter."""
    root = ElementTree.fromstring(_text(id_))
    if turned:
        width, _ = size(id_)
        groups = root.findall(f"{SVG}g[@data-frame]")
        edges = [each.left + each.right for each in frames(id_)]
        if not groups:
            group, edges = ElementTree.Element(f"{SVG}g"), [width]
            group.extend(list(root))
            root[:] = groups = [group]
        for group, both in zip(groups, edges, strict=True):
            group.set("transform", f"matrix(-1 0 0 1 {both:g} 0)")
    buffer = io.BytesIO()
    renderPDF.drawToFile(svg2rlg(io.BytesIO(ElementTree.tostring(root))), buffer)
    return buffer.getvalue()


def is_lit(image: Image.Image) -> bool:
    """Whether the affected limb stands out."""
    away = np.abs(np.asarray(image, dtype=int) - HIGHLIGHT).max(axis=2)
    return bool((away < 8).sum() > 100)


def differences(image: Image.Image, id_: str, affected: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """How far a picture as it is seen is from its file's drawing, apart from numbers and letter.

    Returns:
        A number for each square of 4 x 4 dots, of 0 to 255: edges of shapes may be smoothed a little differently, and
        what shifts an edge by less than a dot does not survive the mean.
    """
    pdf = drawn(id_, turned=is_turned(id_, affected))
    (page,) = page_sizes(pdf)
    drawing = seen(pdf, 0, Rectangle(0, 0, *page), image.width / page[0]).resize(image.size)
    difference = ImageChops.difference(image, drawing).convert("L")
    pen = ImageDraw.Draw(difference)
    for mark in marks(id_, affected):
        x, y, radius = mark.x * image.width, mark.y * image.height, 0.065 * image.width
        pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=0)
    return np.asarray(difference.reduce(4), dtype=float)


# --------------------------------------------------------------------------- one of each kind


def _kind(id_: str) -> tuple[object, ...]:
    """What makes a difference to how a picture is put on a sheet."""
    return len(frames(id_)), are_beside(id_), is_bilateral(id_), has_limb(id_), exercise_file(id_)["side"] == "other"


#: The first picture of each kind.
KINDS = tuple(sorted({_kind(each): each for each in reversed(DRAWN)}.values()))
