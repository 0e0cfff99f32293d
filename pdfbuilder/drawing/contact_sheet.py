"""Contact sheets: pictures at the sizes in which they are printed, right and left, in colour, grey and one bit.

What an eye must judge before a picture is done, at one look: whether someone who cannot read could do the exercise,
with the correct limb, from the smallest picture that a cheap printer makes of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pdfbuilder.domain.side import Side
from pdfbuilder.layout.core.display import Element, Face, Fragment, Page, Pages, Placed, Role
from pdfbuilder.layout.core.pictures import BadgeLook, CardPicture, picture_element
from pdfbuilder.layout.core.text import centred
from pdfbuilder.pdf.fonts import Fonts
from pdfbuilder.pdf.painter import Painter, Properties
from pdfbuilder.pictures.drawings import read_drawing
from pdfbuilder.units import MM

if TYPE_CHECKING:
    from PIL import Image

#: The widths in mm at which pictures are looked at, and how many stand in a row: one a card, one in a row of a week.
SIZES: Final = {55: 4, 34: 6}
#: A picture's height for its width, and what stands between pictures, in points.
_SHAPE: Final = 0.84
_GUTTER: Final = 8.0
_NAME: Final = 7.0
_BADGE: Final = BadgeLook(11.0, "#8A2E0A")
_DOTS: Final = 300
#: From this grey on a dot of one bit is white.
_WHITE_FROM: Final = 128


def write_contact_sheets(folder: Path, drawings: Mapping[str, str]) -> list[Path]:
    """Write a sheet for each size, in colour, grey and one bit.

    Args:
        folder: where to.
        drawings: the SVG of each picture, by its name.

    Returns:
        The files.
    """
    shown = [each for name, text in drawings.items() for each in _both_sides(name, text.encode())]
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for width, columns in SIZES.items():
        colour = _image(_page(shown, width * MM, columns))
        grey = colour.convert("L")
        one_bit = grey.point(lambda value: 255 * (value >= _WHITE_FROM)).convert("1")
        for kind, image in (("colour", colour), ("grey", grey), ("one-bit", one_bit)):
            path = folder / f"{width}mm-{kind}.png"
            image.save(path, dpi=(_DOTS, _DOTS))
            found.append(path)
    return found


def _both_sides(name: str, data: bytes) -> list[CardPicture]:
    """A picture as right-sided and left-sided sheets print it; one if both do the same."""
    is_sided = b'data-shows="right"' in data
    picture = read_drawing(data, Side.RIGHT if is_sided else None)
    right = CardPicture(picture, mirrored=False, side=None, letter="R" if is_sided else "", label="", alternative=name)
    left = CardPicture(picture, mirrored=True, side=None, letter="L", label="", alternative=name)
    return [right, left] if is_sided else [right]


def _page(shown: Sequence[CardPicture], width: float, columns: int) -> Page:
    height = width * _SHAPE
    placed, fonts = [], Fonts()
    for index, each in enumerate(shown):
        x = _GUTTER + index % columns * (width + _GUTTER)
        y = _GUTTER + index // columns * (height + _NAME + 2 * _GUTTER)
        words = centred(each.alternative, width / 2, _NAME, Face.BOLD, _NAME, fonts, "#000000")
        drawn = picture_element(each, 0, _NAME + _GUTTER / 2, width, height, _BADGE, fonts)
        placed.append(Placed(Fragment((Element(Role.ARTIFACT, (words,)), drawn), height), x, y))
    rows = -(-len(shown) // columns)
    return Page(_GUTTER + columns * (width + _GUTTER), _GUTTER + rows * (height + _NAME + 2 * _GUTTER), tuple(placed))


def _image(page: Page) -> Image.Image:
    import pypdfium2  # noqa: PLC0415 - only for who asks for sheets

    pdf = Painter().paint(Pages((page,), 0), Properties("Contact sheet", "", "en"))
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=_DOTS / 72).to_pil()
        return image.convert("RGB")
    finally:
        document.close()
