"""One exercise's picture as a file of its own, as one side's sheet shows it: SVG, PDF or PNG.

The PDF is a page of the picture's size. The PNG is that page in dots. The SVG holds the drawing as it is, in a group
that is turned over if need be, and the badge over it.
"""

from __future__ import annotations

import base64
import ctypes
import io
from collections.abc import Iterator
from enum import Enum
from html import escape
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.domain.picture import Picture, PictureKind
from pdfbuilder.domain.places import said
from pdfbuilder.domain.plan import resolve_exercise
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.compose import card_picture
from pdfbuilder.layout.core.display import Area, Drawing, Element, Fragment, Page, Pages, Placed, Words
from pdfbuilder.layout.core.pictures import CardPicture, badge_look, picture_element
from pdfbuilder.layout.core.style import style_for
from pdfbuilder.pdf.fonts import Fonts, MissingGlyph
from pdfbuilder.pdf.painter import Painter, Properties
from pdfbuilder.reading.library import Library
from pdfbuilder.units import MM

#: More dots than a poster needs.
_MOST_DOTS: Final = 50_000_000
_INCH: Final = 25.4
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
        language: whose letter the badge has.
        badge: whether there is a badge.
        width: of the picture in mm.
        dots: dots an inch, of a PNG.
    """

    exercise: str
    side: AffectedSide | None = None
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
    exercise = library.exercise(order.exercise).value
    resolved = resolve_exercise(exercise, order.side, language)
    shown = card_picture(resolved, language)
    if shown is None:
        message, hint = "the exercise has no picture", "give it one: picture: {file: …, shows: …, alt: …}"
        raise InvalidInput([Diagnostic("no-picture", message, exercise.location, "picture", hint)])
    side = order.side.value if resolved.sides and order.side else ""
    properties = Properties(plain(resolved.name), ", ".join(filter(None, (resolved.id, side))), language.tag)
    try:
        page = _page(shown if order.badge else replace(shown, letter=""), order.width * MM, library)
        pdf = Painter(page.fonts).paint(Pages((page.page,), 0), properties)
    except MissingGlyph as missing:
        message, hint = (
            f"no font has the character {missing.char} ({missing})",
            "choose another letter, or leave the badge out",
        )
        raise InvalidInput([Diagnostic("missing-glyph", message, said("language"), hint=hint)]) from None
    match format_:
        case PictureFormat.PDF:
            data = pdf
        case PictureFormat.PNG:
            data = _png(pdf, page.page, order.dots)
        case PictureFormat.SVG:
            data = _svg(page, pdf, shown)
    return PictureFile(data, "-".join(filter(None, (resolved.id, side))), shown.alternative)


class _Picture(Struct, frozen=True):
    """A page that a picture fills, the letter of its badge, and the fonts for it."""

    page: Page
    element: Element
    letter: str
    fonts: Fonts


def _page(shown: CardPicture, width: float, library: Library) -> _Picture:
    """A picture with its badge, as large in proportion as on a sheet."""
    template, fonts = library.template(_TEMPLATE).value, Fonts()
    height = width * shown.picture.height / shown.picture.width
    look = badge_look(style_for(template))
    look = replace(look, size=look.size * width / (template.card.picture.width * MM))
    element = picture_element(shown, 0, 0, width, height, look, fonts)
    return _Picture(Page(width, height, (Placed(Fragment((element,), height), 0, 0),)), element, shown.letter, fonts)


def _png(pdf: bytes, page: Page, dots: int) -> bytes:
    import pypdfium2  # noqa: PLC0415 - only for who asks for it

    scale = dots / 72
    if page.width * page.height * scale * scale > _MOST_DOTS:
        message = f"expected at most {_MOST_DOTS // 1_000_000} megapixels"
        raise InvalidInput(
            [Diagnostic("picture-size", message, said("dpi"), hint="ask for fewer dots, or for a smaller picture")]
        )
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[0].render(scale=scale).to_pil()
    finally:
        document.close()
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(dots, dots), optimize=True)
    return buffer.getvalue()


# --------------------------------------------------------------------------- SVG


def _svg(made: _Picture, pdf: bytes, shown: CardPicture) -> bytes:
    width, height = made.page.width, made.page.height
    side = shown.side.value if shown.side else "neither"
    # Such a file is no picture for a routine: turned over, the letter would be wrong. Whoever reads it can tell.
    letter = f' data-letter="{escape(made.letter)}"' if made.letter else ""
    frame = f'viewBox="0 0 {width:.2f} {height:.2f}" width="{width / MM:.2f}mm" height="{height / MM:.2f}mm"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} role="img" data-shows="{side}"{letter}>',
        f"<title>{escape(shown.alternative, quote=False)}</title>",
        *_drawn(made, pdf),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _drawn(made: _Picture, pdf: bytes) -> Iterator[str]:
    for item in made.element.items:
        match item:
            case Drawing():
                yield _drawing(item)
            case Area():
                x, y = item.x + item.radius, item.y + item.radius
                yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{item.radius:.2f}" fill="{item.colour}"/>'
            case Words():
                yield f'<path d="{_outlines(pdf, made.page.height)}" fill="{item.colour}"/>'


def _drawing(item: Drawing) -> str:
    picture = item.picture
    across, down = item.width / picture.width, item.height / picture.height
    matrix = (-across if item.mirrored else across, 0, 0, down, item.x + (item.width if item.mirrored else 0), item.y)
    return f'<g transform="matrix({" ".join(f"{each:.6g}" for each in matrix)})">{_inside(picture)}</g>'


def _inside(picture: Picture) -> str:
    if picture.kind is PictureKind.DRAWING:
        # A plain drawing is a head and paths, a line each.
        return "".join(picture.data.decode("ascii").splitlines()[1:-1])
    kind = "jpeg" if picture.kind is PictureKind.PHOTOGRAPH else "png"
    data = base64.b64encode(picture.data).decode("ascii")
    return f'<image width="{picture.width:g}" height="{picture.height:g}" href="data:image/{kind};base64,{data}"/>'


def _outlines(pdf: bytes, height: float) -> str:
    """The outlines of a badge's letter, from the page on which it is the only text."""
    import pypdfium2  # noqa: PLC0415 - only for who asks for it
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        texts = page.get_textpage()
        steps: list[str] = []
        for run in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            *_, x, y = run.get_matrix().get()
            size, advance = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(run.raw, size)
            buffer = (ctypes.c_ushort * 16)()
            length = pdfium.FPDFTextObj_GetText(run.raw, texts.raw, buffer, ctypes.sizeof(buffer))
            font = pdfium.FPDFTextObj_GetFont(run.raw)
            for letter in bytes(buffer)[:length].decode("utf-16-le").rstrip("\0"):
                # At size 1 and scaled here: pdfium scales widths, but not outlines.
                glyph = pdfium.FPDFFont_GetGlyphPath(font, ord(letter), 1)
                steps += _glyph(glyph, x, height - y, size.value)
                pdfium.FPDFFont_GetGlyphWidth(font, ord(letter), 1, advance)
                x += size.value * advance.value
        texts.close()
        return "".join(steps)
    finally:
        document.close()


def _glyph(glyph: object, x: float, y: float, size: float) -> Iterator[str]:
    """The steps of a path around a letter that stands at x, y."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    pending: list[str] = []
    for index in range(pdfium.FPDFGlyphPath_CountGlyphSegments(glyph)):
        segment = pdfium.FPDFGlyphPath_GetGlyphPathSegment(glyph, index)
        across, up = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, across, up)
        point = f"{x + size * across.value:.2f} {y - size * up.value:.2f}"
        match pdfium.FPDFPathSegment_GetType(segment):
            case pdfium.FPDF_SEGMENT_MOVETO:
                yield f"M{point}"
            case pdfium.FPDF_SEGMENT_LINETO:
                yield f"L{point}"
            case _:
                # Of a curve each of three points is a segment.
                pending.append(point)
                if len(pending) == 3:
                    yield f"C{' '.join(pending)}"
                    pending.clear()
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield "Z"
