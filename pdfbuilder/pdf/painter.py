"""Pages become a PDF file: the operators of their fragments, the fonts these need, and the structure over all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import chain
from weakref import WeakKeyDictionary

from msgspec import Struct

from pdfbuilder.layout.display import Fragment, Page, Pages, Placed
from pdfbuilder.pdf.content import Compiled, compile_fragment, number
from pdfbuilder.pdf.fonts import Fonts, Portion, to_unicode
from pdfbuilder.pdf.forms import Form
from pdfbuilder.pdf.metadata import colour_profile, xmp
from pdfbuilder.pdf.objects import Catalog, CompactDocument, Information, Raw, ready_stream, reference, stream
from pdfbuilder.pdf.pictures import PictureObject, picture_object
from pdfbuilder.pdf.structure import StructureTree
from pdfbuilder.picture import Picture

_CREATOR = "pdfbuilder"
#: Font programs that are kept, beyond which they are made anew: rare characters differ from person to person.
_MOST_PROGRAMS = 64
#: Pictures that are kept.
_MOST_PICTURES = 256


class Properties(Struct, frozen=True):
    """What a file says about itself.

    Attributes:
        title: shown in the window's title bar.
        subject: the routine's id and the side.
        language: language tag (BCP 47).
    """

    title: str
    subject: str
    language: str


class _FontProgram(Struct, frozen=True):
    """A portion of a font, ready to be written into any document.

    Attributes:
        program: the stream with the glyphs.
        to_unicode: the stream with the characters.
        descriptor: dictionary up to the reference to the program.
        font: dictionary up to the references to descriptor and characters.
    """

    program: bytes
    to_unicode: bytes
    descriptor: bytes
    font: bytes


class Painter:
    """Paints pages; keeps compiled fragments and font programs for the next document."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._compiled: WeakKeyDictionary[Fragment, Compiled] = WeakKeyDictionary()
        self._programs: dict[tuple[Portion, frozenset[int]], _FontProgram] = {}
        self._pictures: dict[str, PictureObject] = {}

    def paint(self, pages: Pages, properties: Properties, *, fillable: bool = False) -> bytes:
        """A PDF file.

        Args:
            pages: what to paint.
            properties: what the file says about itself.
            fillable: whether boxes and lines are form fields.
        """
        return _File(self, properties, fillable=fillable).write(pages)

    def compiled(self, fragment: Fragment) -> Compiled:
        """A fragment's operators."""
        found = self._compiled.get(fragment)
        if found is None:
            found = self._compiled[fragment] = compile_fragment(fragment, self._fonts)
        return found

    def picture(self, picture: Picture) -> PictureObject:
        """A picture as it is stored."""
        if picture.key not in self._pictures:
            if len(self._pictures) >= _MOST_PICTURES:
                self._pictures.clear()
            self._pictures[picture.key] = picture_object(picture)
        return self._pictures[picture.key]

    def program(self, portion: Portion, used: frozenset[int]) -> _FontProgram:
        """A portion of a font with the characters that are used of it."""
        key = (portion, used)
        if key not in self._programs:
            if len(self._programs) >= _MOST_PROGRAMS:
                self._programs.clear()
            self._programs[key] = self._made(portion, used)
        return self._programs[key]

    def _made(self, portion: Portion, used: frozenset[int]) -> _FontProgram:
        file = self._fonts.files[portion.font]
        by_code, program = file.subset(portion, used)
        face = file.face
        name = _subset_tag(portion, used) + b"+" + bytes(face.name)
        widths = " ".join(number(1000 * file.widths[char]) if char else "0" for char in by_code)
        box = " ".join(number(edge) for edge in face.bbox)
        figures = (face.ascent, face.descent, face.capHeight, face.italicAngle, face.stemV)
        return _FontProgram(
            program=stream(program, b"/Length1 %(length)d", padding=b" ", level=9).data,
            to_unicode=stream(to_unicode(by_code)).data,
            descriptor=b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox [%s]"
            b"/Ascent %s/Descent %s/CapHeight %s/ItalicAngle %s/StemV %s"
            % (name, box.encode("ascii"), *(number(figure).encode("ascii") for figure in figures)),
            font=b"<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 0/LastChar %d/Widths [%s]"
            % (name, len(by_code) - 1, widths.encode("ascii")),
        )


def _subset_tag(portion: Portion, used: frozenset[int]) -> bytes:
    """Six capitals that tell one subset from another (ISO 32000-1, 9.6.4)."""
    digest = hashlib.md5(f"{portion} {sorted(used)}".encode(), usedforsecurity=False).digest()
    return bytes(65 + byte % 26 for byte in digest[:6])


class _File:
    """One document while it is being written."""

    def __init__(self, painter: Painter, properties: Properties, *, fillable: bool) -> None:
        self._painter = painter
        self._properties = properties
        self._document = CompactDocument(properties.language)
        self._structure = StructureTree(self._document)
        self._form = Form(self._document) if fillable else None
        self._contents: list[bytes] = []

    def write(self, pages: Pages) -> bytes:
        compiled = [[self._painter.compiled(placed.fragment) for placed in page.placed] for page in pages.pages]
        everything = list(chain.from_iterable(compiled))
        resources = b"<</Font %s%s>>" % (self._embedded(everything), self._pictures(everything))
        resources_ref = reference(self._document, Raw(resources))
        for page, drawings in zip(pages.pages, compiled, strict=True):
            self._page(page, drawings, resources_ref)
        return self._finished()

    def _page(self, page: Page, drawings: list[Compiled], resources: bytes) -> None:
        content = _content(page, drawings)
        self._contents.append(content)
        entry = _Page()
        self._document.addPage(entry)
        page_ref = reference(self._document, entry)
        key = self._structure.page(page_ref, [drawing.structure for drawing in drawings])
        annotations = b" ".join(self._fields(page, drawings, page_ref))
        entry.data = (
            b"<</Type/Page/Parent %s/MediaBox [0 0 %s %s]/Resources %s/Contents %s/StructParents %d/Tabs/S"
            b"%s>>"
            % (
                reference(self._document, self._document.Pages),
                number(page.width).encode("ascii"),
                number(page.height).encode("ascii"),
                resources,
                reference(self._document, stream(content)),
                key,
                b"/Annots [%s]" % annotations if annotations else b"",
            )
        )

    def _fields(self, page: Page, drawings: list[Compiled], page_ref: bytes) -> Iterable[bytes]:
        if self._form is None:
            return
        for placed, drawing in zip(page.placed, drawings, strict=True):
            for field in drawing.fields:
                yield self._form.place(field, placed.x, page.height - placed.y, page_ref, self._structure)

    def _embedded(self, drawings: list[Compiled]) -> bytes:
        """The dictionary of the fonts that some drawings need; one for all pages."""
        portions = sorted(
            frozenset().union(*(drawing.portions for drawing in drawings)),
            key=lambda portion: (portion.font, portion.number),
        )
        rare = frozenset().union(*(drawing.rare for drawing in drawings))
        # ReportLab keeps a dictionary of fonts in each document; these are all.
        fonts = self._document.idToObject["BasicFonts"]
        for portion in portions:
            used = frozenset(char for each, char in rare if each == portion)
            program = self._painter.program(portion, used)
            file_ref = reference(self._document, Raw(program.program, is_stream=True))
            descriptor = reference(self._document, Raw(program.descriptor + b"/FontFile2 " + file_ref + b">>"))
            characters = reference(self._document, Raw(program.to_unicode, is_stream=True))
            font = Raw(program.font + b"/FontDescriptor " + descriptor + b"/ToUnicode " + characters + b">>")
            fonts[portion.name] = reference(self._document, font)
        return reference(self._document, fonts)

    def _pictures(self, drawings: list[Compiled]) -> bytes:
        """The resources' entry for the pictures that some drawings show; each is stored once."""
        pictures = {key: picture for drawing in drawings for key, picture in drawing.pictures.items()}
        entries = []
        for key, picture in sorted(pictures.items()):
            stored = self._painter.picture(picture)
            extra = b""
            if stored.mask:
                content, mask_entries = stored.mask
                mask = ready_stream(content, mask_entries)
                extra = b"/SMask " + reference(self._document, mask)
            entries.append(
                b"/%s %s"
                % (key.encode("ascii"), reference(self._document, ready_stream(stored.content, stored.entries + extra)))
            )
        return b"/XObject <<" + b"".join(entries) + b">>" if entries else b""

    def _finished(self) -> bytes:
        document, properties = self._document, self._properties
        document.info = Information()
        document.info.title = properties.title
        document.info.subject = properties.subject
        document.info.creator = document.info.producer = _CREATOR
        catalog = document.Catalog = Catalog(document, properties.language)
        catalog.StructTreeRoot = self._structure.finish()
        catalog.MarkInfo = Raw(b"<</Marked true>>")
        catalog.ViewerPreferences = Raw(b"<</DisplayDocTitle true>>")
        form = self._form.finish() if self._form else None
        catalog.AcroForm = form
        packet = xmp(properties.title, properties.subject, _CREATOR, properties.language, archive=form is None)
        catalog.Metadata = ready_stream(packet, b"/Type/Metadata/Subtype/XML")
        catalog.OutputIntents = Raw(b"[" + self._output_intent() + b"]")
        document.sign(b"".join(self._contents) + packet)
        return document.format()

    def _output_intent(self) -> bytes:
        """Which colours are meant (ISO 32000-1, 14.11.5): those of an ordinary screen or printer."""
        profile = reference(self._document, stream(colour_profile(), b"/N 3"))
        return reference(
            self._document,
            Raw(
                b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier (sRGB)/Info (sRGB)/DestOutputProfile %s>>"
                % profile
            ),
        )


class _Page(Raw):
    """A page, as ReportLab's tree of pages wants it."""


def _content(page: Page, drawings: list[Compiled]) -> bytes:
    """The operators of a page; its marked content is numbered from 0."""
    parts: list[bytes] = []
    mark = 0
    for placed, drawing in zip(page.placed, drawings, strict=True):
        parts.append(_origin(placed, page))
        parts.append(drawing.chunks[0])
        for chunk in drawing.chunks[1:]:
            parts.append(b"%d" % mark)
            parts.append(chunk)
            mark += 1
        parts.append(b"\nQ\n")
    return b"".join(parts)


def _origin(placed: Placed, page: Page) -> bytes:
    return f"q 1 0 0 1 {number(placed.x)} {number(page.height - placed.y)} cm\n".encode("ascii")
