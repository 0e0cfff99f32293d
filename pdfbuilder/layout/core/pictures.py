"""A picture on its place: as large as fits, the badge with the side's letter, and the numbers of its frames.

Letter and numbers are never mirrored, and the frames of a mirrored picture keep their order.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.side import Side
from pdfbuilder.layout.core.display import Area, Drawing, Element, Face, Item, Role
from pdfbuilder.layout.core.metrics import CAP_HEIGHT, Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import centred

#: Radius of the badge, as a part of the letter's size.
_RADIUS = 0.72
#: Width of the ring around it, likewise.
_RING = 0.12
_WHITE = "#FFFFFF"
#: The badge, its ring included, and a frame's number are at most so wide, as a part of the picture's width.
_WIDEST = 0.12
_NUMBER = 0.08
_NUMBER_COLOUR = "#26333F"


class CardPicture(Struct, frozen=True, cache_hash=True):
    """A picture as one person sees it.

    Attributes:
        mirrored: whether it is turned over, left for right.
        side: the side that it then shows, or None.
        letter: the side's letter for the badge, empty for none.
        label: what stands before the words where there is no picture.
        alternative: what it shows, in words.
        caption: what stands below it, empty for nothing.
    """

    picture: Picture
    mirrored: bool
    side: Side | None
    letter: str
    label: str
    alternative: str
    caption: str = ""


class BadgeLook(Struct, frozen=True):
    """How the badge is drawn: size and colour."""

    size: float
    colour: str


def badge_look(style: Style) -> BadgeLook:
    """The badge of a sheet: its letter is as large as those over the boxes."""
    return BadgeLook(style.template.type.label.size, style.template.colours.accent)


def picture_size(picture: CardPicture, width: float, height: float) -> tuple[float, float]:
    """Width and height of a picture that fills a room as far as its shape allows."""
    scale = min(width / picture.picture.width, height / picture.picture.height)
    return picture.picture.width * scale, picture.picture.height * scale


def picture_element(
    picture: CardPicture, x: float, y: float, width: float, height: float, badge: BadgeLook, metrics: Metrics
) -> Element:
    """A picture in the middle of a room whose upper left corner is at x, y."""
    drawn_width, drawn_height = picture_size(picture, width, height)
    left, top = x + (width - drawn_width) / 2, y + (height - drawn_height) / 2
    if picture.mirrored:
        picture = replace(picture, picture=picture.picture.ready_to_mirror())
    items: list[Item] = [Drawing(left, top, drawn_width, drawn_height, picture.picture, picture.mirrored)]
    items += _numbers(picture, left, top, drawn_width, drawn_height, metrics)
    if picture.letter:
        items += _badge(picture, left, top, drawn_width, drawn_height, badge, metrics)
    return Element(Role.FIGURE, tuple(items), alternative=picture.alternative)


def _numbers(
    picture: CardPicture, left: float, top: float, width: float, height: float, metrics: Metrics
) -> list[Item]:
    """The number of each frame in a disc, where the picture has left room for it."""
    items: list[Item] = []
    radius = _NUMBER * width / 2
    size = radius / _RADIUS
    for number, frame in enumerate(picture.picture.frames, start=1):
        x, y = _on_paper(frame.number, picture, width, height)
        items.append(disc(left + x, top + y, radius, _NUMBER_COLOUR))
        baseline = top + y + CAP_HEIGHT * size / 2
        items.append(centred(str(number), left + x, baseline, Face.BOLD, size, metrics, _WHITE))
    return items


def _on_paper(place: tuple[float, float], picture: CardPicture, width: float, height: float) -> tuple[float, float]:
    """Where a place of the picture is in the drawn one."""
    x, y = place[0] * width / picture.picture.width, place[1] * height / picture.picture.height
    return (width - x if picture.mirrored else x), y


def _badge(
    picture: CardPicture, left: float, top: float, width: float, height: float, badge: BadgeLook, metrics: Metrics
) -> list[Item]:
    size = min(badge.size, _WIDEST * width / 2 / (_RADIUS + _RING))
    radius, ring = _RADIUS * size, _RING * size
    x, y = _badge_place(picture, width, height, radius + ring)
    x, y = left + x, top + y
    return [
        disc(x, y, radius + ring, _WHITE),
        disc(x, y, radius, badge.colour),
        centred(picture.letter, x, y + CAP_HEIGHT * size / 2, Face.BOLD, size, metrics, _WHITE),
    ]


def _badge_place(picture: CardPicture, width: float, height: float, radius: float) -> tuple[float, float]:
    """The middle of the badge inside the drawn picture: where the picture wants it, but never over its edge."""
    anchor = picture.picture.badge
    if anchor is None:
        return (radius if picture.side is Side.LEFT else width - radius), radius
    x, y = _on_paper(anchor, picture, width, height)
    return min(max(x, radius), width - radius), min(max(y, radius), height - radius)


def disc(x: float, y: float, radius: float, colour: str) -> Area:
    """A filled disc around x, y."""
    return Area(x - radius, y - radius, 2 * radius, 2 * radius, colour, radius=radius)
