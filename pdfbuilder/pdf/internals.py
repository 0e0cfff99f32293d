"""What ReportLab has, but does not promise to keep: every private name of it stands here, and how its documents work.

Each has a test in tests/pdf/test_internals.py, and pyproject.toml holds ReportLab to one major version. So has what it
asks a font while it draws, which `fonts.SteadyFont` answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObject
from reportlab.pdfbase.ttfonts import TTFontFace
from reportlab.pdfgen import canvas
from reportlab.pdfgen.canvas import Canvas

from pdfbuilder.pdf.fonts import first_font

#: How a path that crosses itself is filled (ISO 32000-1, 8.5.3.3); the stubs leave these out.
EVEN_ODD: Final[int] = canvas.FILL_EVEN_ODD  # type: ignore[attr-defined]
NON_ZERO: Final[int] = canvas.FILL_NON_ZERO  # type: ignore[attr-defined]


class BlankCanvas(Canvas):
    """A canvas for operators alone: its pages and its document are never used."""

    def __init__(self) -> None:
        # Not with ReportLab's first font, which is a Helvetica that is not embedded. (The stub wants a number.)
        super().__init__(BytesIO(), pageCompression=0, invariant=1, initialFontName=first_font().fontName)  # type: ignore[arg-type]

    @property
    def operators(self) -> list[str]:
        """What was drawn, a line each."""
        lines: list[str] = self._code  # type: ignore[attr-defined]
        return lines

    def wipe(self) -> None:
        """Forget what was drawn."""
        self._restartAccumulators()  # type: ignore[attr-defined]
        self.init_graphics_state()


class TaggedPage(pdfdoc.PDFPage):
    """ReportLab's page with the entries that a tagged one has, too (ISO 32000-1, 7.7.3.3)."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]  # noqa: RUF012 - as ReportLab's is
    StructParents: int
    Tabs: str


class Resources(pdfdoc.PDFResourceDictionary):
    """ReportLab's resources of pages, with all fonts of their document."""

    # The stub leaves it out.
    XObject: dict[str, bytes]

    def __init__(self) -> None:
        super().__init__()
        self.basicFonts()

    def add_picture(self, key: str, number: int) -> None:
        """Name a picture as a canvas draws it: by its key."""
        self.XObject[pdfdoc.xObjectName(key)] = b"%d 0 R" % number


class NumberedDocument(pdfdoc.PDFDocument):
    """ReportLab's document, whose numbers can be given to objects that are made by hand, too."""

    # The stubs leave these out.
    Catalog: pdfdoc.PDFCatalog
    Outlines: pdfdoc.PDFOutlines

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=language)
        self.Catalog.__NoDefault__ = [*self.Catalog.__NoDefault__, "OutputIntents"]

    @property
    def fonts(self) -> dict[str, bytes]:
        """The fonts of all pages by name, as references."""
        fonts: dict[str, bytes] = self.idToObject["BasicFonts"].dict  # type: ignore[attr-defined]
        return fonts

    def number(self, thing: PDFObject) -> int:
        """The number of an object of ReportLab's; a new one if it has none."""
        return self.idToObjectNumberAndVersion[self.Reference(thing).name][0]  # type: ignore[no-untyped-call]

    def catalogue(self, **entries: bytes | None) -> None:
        """Set entries of the catalogue."""
        vars(self.Catalog).update(entries)

    def describe(self, **facts: bytes) -> None:
        """Set what the file says about itself, and nothing else: ReportLab's would have a date and a version."""
        self.info = PDFDictionary(facts)  # type: ignore[assignment]

    def bookmark(self, bookmarks: list[tuple[str, bytes]]) -> None:
        """Set titles and places of the bookmarks."""
        if not bookmarks:
            self.catalogue(Outlines=None)
            return
        self.Outlines.destinationnamestotitles = {title: title for title, _ in bookmarks}
        self.Outlines.setDestinations([{title: place} for title, place in bookmarks])
        self.Outlines.prepare(self, None)
        self.Catalog.showOutline()

    @property
    def next_number(self) -> int:
        """The number that the next object gets."""
        return self.objectcounter + 1

    def reserve(self, count: int = 1) -> int:
        """Keep numbers free; returns the first."""
        first = self.next_number
        self.objectcounter += count
        return first

    def formatted(self) -> Iterator[tuple[int, bytes]]:
        """All of ReportLab's objects with their numbers; while one is formatted, others may get theirs."""
        number = 0
        while number < self.objectcounter:
            number += 1
            if number in self.numberToId:
                yield number, pdfdoc.format(self.idToObject[self.numberToId[number]], self, toplevel=1)


#: What ReportLab asks of a document while it formats an object that refers to no other.
_NO_DOCUMENT = pdfdoc.DummyDoc()
_NO_DOCUMENT.defaultStreamFilters = None  # type: ignore[attr-defined]


def dictionary(entries: Mapping[str, object]) -> bytes:
    """A dictionary as ReportLab formats it; lists become arrays, bytes stand as they are."""
    return PDFDictionary({key: _array(value) for key, value in entries.items()}).format(_NO_DOCUMENT)


def _array(value: object) -> object:
    return PDFArray([_array(each) for each in value]) if isinstance(value, list) else value


class Pixels(pdfdoc.PDFImageXObject):
    """A picture in dots, compressed by ReportLab."""

    streamContent: bytes  # type: ignore[assignment] # noqa: N815 - the stub says str

    def stream(self) -> bytes:
        """The picture as a stream; ReportLab's has no line break before its end (ISO 19005-2, 6.1.7.1)."""
        formatted = self.format(_NO_DOCUMENT)
        return formatted[: formatted.index(b"stream")] + b"stream\n%s\nendstream" % self.streamContent


def glyphs_in_subset(face: TTFontFace, chars: Iterable[int]) -> dict[int, int]:
    """The glyph of each character in what `makeSubset` makes of them: it numbers them in their order, from 1."""
    numbers: dict[int, int] = {0: 0}
    return {char: numbers.setdefault(face.charToGlyph[char], len(numbers)) for char in chars}
