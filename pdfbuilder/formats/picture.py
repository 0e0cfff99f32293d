"""One exercise's picture as a file of its own, as one side's sheet shows it: SVG, PDF or PNG.

The PDF is a page of the picture's size. The PNG is that page in dots. The SVG holds the drawing as it is, in a group
that is turned over if need be, and the numbers of its frames and the badge over it.
"""

from __future__ import annotations

import base64
import io
from enum import Enum
from html import escape
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import refused
from pdfbuilder.domain.exercise import Exercise
from pdfbuilder.domain.picture import Picture, PictureKind
from pdfbuilder.domain.places import said
from pdfbuilder.domain.plan import resolve_exercise
from pdfbuilder.domain.side import AffectedSide, Side, SideRule
from pdfbuilder.domain.template import Template
from pdfbuilder.domain.wording import plain
from pdfbuilder.formats.pages import page_image
from pdfbuilder.formats.unprintable import no_font_has
from pdfbuilder.handout.card_words import card_picture
from pdfbuilder.layout.core.display import Area, Drawing, Fragment, Item, Page, Pages, Placed, Words
from pdfbuilder.layout.core.pictures import CardPicture, badge_look, picture_element
from pdfbuilder.layout.core.style import style_for
from pdfbuilder.pdf.fonts import Fonts, MissingGlyph, stretches
from pdfbuilder.pdf.painter import Painter, Properties
from pdfbuilder.pictures.svg_text import SVG, svg_path
from pdfbuilder.reading.library import Library
from pdfbuilder.typeface.files import font_file
from pdfbuilder.units import MM

#: More dots than a poster needs.
_MOST_DOTS: Final = 50_000_000
#: The sheet whose pictures and badges are copied.
_TEMPLATE: Final = "handout"


class PictureFormat(Enum):
    """What a file can be; the value is also its suffix."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


class PictureOrder(Struct, frozen=True):
    """A picture to be written.

    Attributes:
        exercise: id or path of the exercise.
        side: the affected side; None will do for a bilateral exercise.
        is_plain: whether no side is to stand out: the drawing as it is, without its emphasis and without a badge.
        language: whose letter the badge has.
        badge: whether there is a badge.
        width: of the picture in mm.
        dots: dots an inch, of a PNG.
    """

    exercise: str
    side: AffectedSide | None = None
    is_plain: bool = False
    language: str = "en"
    badge: bool = True
    width: float = 110.0
    dots: int = 300


class PictureFile(Struct, frozen=True):
    """A picture, ready to be written.

    Attributes:
        data: the file.
        stem: its name in files: exercise and side.
        shows: what it shows, in words.
    """

    data: bytes
    stem: str
    shows: str


def picture_file(order: PictureOrder, format_: PictureFormat, library: Library | None = None) -> PictureFile:
    """Make a file of an exercise's picture.

    Raises:
        InvalidInput: if there is no such exercise, it has no picture, the side is missing, or the file would be huge.
    """
    library = library or Library()
    language = library.language(order.language)
    exercise = library.exercise(order.exercise, language.code).value
    resolved = resolve_exercise(exercise, drawn_for(exercise) if order.is_plain else order.side, language)
    shown = card_picture(resolved, language)
    if shown is None:
        message, hint = "the exercise has no picture", "give it one: picture: {file: …, shows: …, alt: …}"
        raise refused("no-picture", message, exercise.location, hint, "picture")
    side = order.side.value if resolved.sides and order.side else ""
    if order.is_plain:
        side, shown = "none", replace(shown, picture=shown.picture.without_emphasis(), side=None, letter="")
    elif not order.badge:
        shown = replace(shown, letter="")
    properties = Properties(plain(resolved.name), ", ".join(filter(None, (resolved.id, side))), language.tag)
    try:
        page = _page(shown, order.width * MM, library.template(_TEMPLATE).value)
        pdf = Painter().paint(Pages((page,), 0), properties)
    except MissingGlyph as missing:
        message, hint = no_font_has(missing.char), "choose another letter, or leave the badge out"
        raise refused("missing-glyph", message, said("language"), hint) from None
    match format_:
        case PictureFormat.PDF:
            data = pdf
        case PictureFormat.PNG:
            data = _png(pdf, page, order.dots)
        case PictureFormat.SVG:
            data = _svg(page, shown)
    return PictureFile(data, "-".join(filter(None, (resolved.id, side))), shown.alternative)


def drawn_for(exercise: Exercise) -> AffectedSide:
    """The affected side for which a picture is not turned over; any, if there is no such."""
    shows = (exercise.illustration and exercise.illustration.picture.shows) or Side.LEFT
    return AffectedSide(shows.other.value if exercise.rule is SideRule.OTHER else shows.value)


def _page(shown: CardPicture, width: float, template: Template) -> Page:
    """A page that a picture fills, its badge as large in proportion as on a sheet."""
    height = width * shown.picture.height / shown.picture.width
    look = badge_look(style_for(template))
    look = replace(look, size=look.size * width / (template.card.picture.width * MM))
    element = picture_element(shown, 0, 0, width, height, look, Fonts())
    return Page(width, height, (Placed(Fragment((element,), height), 0, 0),))


def _png(pdf: bytes, page: Page, dots: int) -> bytes:
    scale = dots / 72
    if page.width * page.height * scale * scale > _MOST_DOTS:
        message = f"expected at most {_MOST_DOTS // 1_000_000} megapixels"
        raise refused("picture-size", message, said("dpi"), "ask for fewer dots, or for a smaller picture")
    buffer = io.BytesIO()
    page_image(pdf, 1, scale).save(buffer, "PNG", dpi=(dots, dots), optimize=True)
    return buffer.getvalue()


# --------------------------------------------------------------------------- SVG


def _svg(page: Page, shown: CardPicture) -> bytes:
    width, height = page.width, page.height
    side = shown.side.value if shown.side else "neither"
    # Such a file is no picture for a routine: letter and numbers would be turned over. Whoever reads it can tell.
    marks = f' data-letter="{escape(shown.letter)}"' if shown.letter else ""
    marks += f' data-numbers="{len(shown.picture.frames)}"' if shown.side and shown.picture.frames else ""
    frame = f'viewBox="0 0 {width:.2f} {height:.2f}" width="{width / MM:.2f}mm" height="{height / MM:.2f}mm"'
    lines = [
        f'<svg xmlns="{SVG}" {frame} role="img" data-shows="{side}"{marks}>',
        f"<title>{escape(shown.alternative, quote=False)}</title>",
        *(_drawn(item) for placed in page.placed for item in placed.fragment.items()),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _drawn(item: Item) -> str:
    match item:
        case Drawing():
            return _drawing(item)
        case Area():
            x, y = item.x + item.radius, item.y + item.radius
            return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{item.radius:.2f}" fill="{item.colour}"/>'
        case Words():
            return f'<path d="{_outlines(item)}" fill="{item.colour}"/>'
    raise TypeError(item)  # a badge is a disc and a letter, a number likewise


def _drawing(item: Drawing) -> str:
    picture = item.picture
    across, down = item.width / picture.width, item.height / picture.height
    matrix = (-across if item.mirrored else across, 0, 0, down, item.x + (item.width if item.mirrored else 0), item.y)
    return f'<g transform="matrix({" ".join(f"{each:.6g}" for each in matrix)})">{_inside(picture)}</g>'


def _inside(picture: Picture) -> str:
    if picture.kind is PictureKind.DRAWING:
        return "".join(map(svg_path, picture.paths))
    kind = "jpeg" if picture.kind is PictureKind.PHOTOGRAPH else "png"
    data = base64.b64encode(picture.data).decode("ascii")
    return f'<image width="{picture.width:g}" height="{picture.height:g}" href="data:image/{kind};base64,{data}"/>'


def _outlines(words: Words) -> str:
    """The outlines of a letter or a number: whoever opens the file need not have its font."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - only for who asks for it
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    x, pen = words.x, SVGPathPen(None, "{:.2f}".format)
    for part in stretches(words.text, words.face):
        font = TTFont(io.BytesIO(font_file(part.font.index)))
        glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), words.size / font["head"].unitsPerEm
        for char in part.text:
            glyph = glyphs[names[ord(char)]]
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, words.y)))
            x += scale * glyph.width
    return str(pen.getCommands())
