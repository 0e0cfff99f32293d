"""Pages become a PDF file: the operators of their fragments, the fonts these need, and the structure over all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from weakref import WeakKeyDictionary

from msgspec import Struct

from pdfbuilder.domain.picture import Picture
from pdfbuilder.layout.core.display import Fragment, Page, Pages
from pdfbuilder.pdf.content import Compiled, compile_fragment, number
from pdfbuilder.pdf.fonts import Fonts, Portion, to_unicode
from pdfbuilder.pdf.forms import Form
from pdfbuilder.pdf.metadata import Claims, colour_profile, xmp
from pdfbuilder.pdf.objects import PdfFile, ready_stream, references, stream, text_string
from pdfbuilder.pdf.pictures import PictureObject, picture_object
from pdfbuilder.pdf.structure import StructureTree

_CREATOR = "pdfbuilder"
#: Font programs that are kept, beyond which they are made anew: rare characters differ from person to person.
_MOST_PROGRAMS = 64
#: Pictures that are kept, and fragments on their places.
_MOST_PICTURES = 256
_MOST_PIECES = 2048


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
        #: A fragment at its place on a page as a stream: what, from where (PDF coordinates), number of the first mark.
        self.piece = lru_cache(maxsize=_MOST_PIECES)(self._made_piece)

    def paint(self, pages: Pages, properties: Properties, *, fillable: bool = False) -> bytes:
        """A PDF file.

        Args:
            pages: what to paint.
            properties: what the file says about itself.
            fillable: whether boxes and lines are form fields.
        """
        document = Document(self, properties, fillable=fillable)
        document.add(pages)
        return b"".join(document.written())

    def compiled(self, fragment: Fragment) -> Compiled:
        """A fragment's operators."""
        found = self._compiled.get(fragment)
        if found is None:
            found = self._compiled[fragment] = compile_fragment(fragment, self._fonts)
        return found

    def _made_piece(self, drawing: Compiled, x: float, y: float, mark: int) -> bytes:
        parts = [f"q 1 0 0 1 {number(x)} {number(y)} cm\n".encode("ascii"), drawing.chunks[0]]
        for each, chunk in enumerate(drawing.chunks[1:], start=mark):
            parts += (b"%d" % each, chunk)
        return stream(b"".join((*parts, b"\nQ\n")), level=9)

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
            program=stream(program, b"/Length1 %(length)d", padding=b" ", level=9),
            to_unicode=stream(to_unicode(by_code)),
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


class Document:
    """A file while it is being written: one person's handout, or those of many that share fonts and pictures."""

    def __init__(self, painter: Painter, properties: Properties, *, fillable: bool = False) -> None:
        self._painter = painter
        self._properties = properties
        self._file = PdfFile()
        self._structure = StructureTree(self._file)
        self._form = Form(self._file) if fillable else None
        self._tree = self._file.reserve()
        self._resources = self._file.reserve()
        self._pages: list[int] = []
        self._bookmarks: list[tuple[str, int]] = []
        self._portions: set[Portion] = set()
        self._rare: set[tuple[Portion, int]] = set()
        self._pictures: dict[str, Picture] = {}

    def add(self, pages: Pages) -> None:
        """Add pages."""
        for page in pages.pages:
            self._page(page, [self._painter.compiled(placed.fragment) for placed in page.placed])

    def add_part(self, pages: Pages, bookmark: str, *, duplex: bool) -> None:
        """Add one of many handouts, with a bookmark at its first page.

        Args:
            pages: the handout.
            bookmark: its name.
            duplex: whether an odd number of pages is followed by an empty one, so that what is printed on both sides
                of the paper begins on a fresh sheet.
        """
        self._structure.begin_part()
        self._bookmarks.append((bookmark, len(self._pages)))
        self.add(pages)
        if duplex and len(pages.pages) % 2:
            self._page(Page(pages.pages[0].width, pages.pages[0].height, ()), [])

    def _page(self, page: Page, drawings: list[Compiled]) -> None:
        page_object = self._file.reserve()
        self._pages.append(page_object)
        contents, mark = [], 0
        for placed, drawing in zip(page.placed, drawings, strict=True):
            piece = self._painter.piece(drawing, placed.x, page.height - placed.y, mark)
            contents.append(self._file.share(piece))
            mark += len(drawing.chunks) - 1
            self._portions |= drawing.portions
            self._rare |= drawing.rare
            self._pictures |= drawing.pictures
        key = self._structure.page(page_object, [drawing.elements for drawing in drawings])
        fields = self._fields(page, drawings, page_object)
        self._file.put(
            page_object,
            b"<</Type/Page/Parent %d 0 R/MediaBox [0 0 %s %s]/Resources %d 0 R/Contents [%s]"
            b"/StructParents %d/Tabs/S%s>>"
            % (
                self._tree,
                number(page.width).encode("ascii"),
                number(page.height).encode("ascii"),
                self._resources,
                references(contents),
                key,
                b"/Annots [%s]" % references(fields) if fields else b"",
            ),
        )

    def _fields(self, page: Page, drawings: list[Compiled], page_object: int) -> list[int]:
        """Numbers of a page's form fields."""
        if self._form is None:
            return []
        return [
            self._form.place(field, placed.x, page.height - placed.y, page_object, self._structure)
            for placed, drawing in zip(page.placed, drawings, strict=True)
            for field in drawing.fields
        ]

    # ------------------------------------------------------------------ what all pages share

    def _fonts(self) -> bytes:
        """The dictionary of the fonts that some pages need."""
        entries = []
        for portion in sorted(self._portions, key=lambda portion: (portion.font, portion.number)):
            used = frozenset(char for each, char in self._rare if each == portion)
            program = self._painter.program(portion, used)
            file = self._file.add(program.program)
            descriptor = self._file.add(program.descriptor + b"/FontFile2 %d 0 R>>" % file)
            characters = self._file.add(program.to_unicode)
            font = self._file.add(
                program.font + b"/FontDescriptor %d 0 R/ToUnicode %d 0 R>>" % (descriptor, characters)
            )
            entries.append(b"/%s %d 0 R" % (portion.name.encode("ascii"), font))
        return b"/Font <<" + b"".join(entries) + b">>"

    def _xobjects(self) -> bytes:
        """The dictionary of the pictures that some pages show; each is stored once."""
        entries = []
        for key, picture in sorted(self._pictures.items()):
            stored = self._painter.picture(picture)
            extra = b""
            if stored.mask:
                extra = b"/SMask %d 0 R" % self._file.add(ready_stream(*stored.mask))
            stored_at = self._file.add(ready_stream(stored.content, stored.entries + extra))
            entries.append(b"/%s %d 0 R" % (key.encode("ascii"), stored_at))
        return b"/XObject <<" + b"".join(entries) + b">>" if entries else b""

    # ------------------------------------------------------------------ the end

    def written(self) -> Iterator[bytes]:
        """The file, part by part; nothing can be added after."""
        file, properties = self._file, self._properties
        file.put(self._resources, b"<<" + self._fonts() + self._xobjects() + b">>")
        file.put(self._tree, b"<</Type/Pages/Kids [%s]/Count %d>>" % (references(self._pages), len(self._pages)))
        form = self._form.finish() if self._form else b""
        packet = xmp(properties.title, properties.subject, _CREATOR, properties.language, self._claims(bool(form)))
        root = file.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang %s/MarkInfo <</Marked true>>/StructTreeRoot %s/Metadata %d 0 R"
            b"/ViewerPreferences <</DisplayDocTitle true>>/OutputIntents [%s]%s%s>>"
            % (
                self._tree,
                text_string(properties.language),
                self._structure.finish(),
                file.add(ready_stream(packet, b"/Type/Metadata/Subtype/XML")),
                self._output_intent(),
                b"/AcroForm " + form if form else b"",
                self._outlines(),
            )
        )
        facts = (properties.title, properties.subject, _CREATOR, _CREATOR)
        info = file.add(b"<</Title %s/Subject %s/Creator %s/Producer %s>>" % tuple(map(text_string, facts)))
        return file.written(root, info)

    def _claims(self, fillable: bool) -> Claims:
        if self._bookmarks:
            return Claims.FOR_PRINTING
        return Claims.TO_BE_FILLED_IN if fillable else Claims.TO_BE_HEARD_AND_KEPT

    def _output_intent(self) -> bytes:
        """Which colours are meant (ISO 32000-1, 14.11.5): those of an ordinary screen or printer."""
        return (
            b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier (sRGB)/Info (sRGB)/DestOutputProfile %d 0 R>>"
            % self._file.add(stream(colour_profile(), b"/N 3"))
        )

    def _outlines(self) -> bytes:
        """The bookmarks (ISO 32000-1, 12.3.3), as entries of the catalogue; nothing without any."""
        if not self._bookmarks:
            return b""
        root = self._file.reserve()
        first = self._file.reserve(len(self._bookmarks))
        last = first + len(self._bookmarks) - 1
        for each, (title, page) in enumerate(self._bookmarks, start=first):
            before = b"/Prev %d 0 R" % (each - 1) if each > first else b""
            after = b"/Next %d 0 R" % (each + 1) if each < last else b""
            place = b"/Title %s/Parent %d 0 R/Dest [%d 0 R/Fit]" % (text_string(title), root, self._pages[page])
            self._file.put(each, b"<<" + place + before + after + b">>")
        self._file.put(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, last - first + 1))
        return b"/Outlines %d 0 R/PageMode/UseOutlines" % root
