"""Pages become a PDF file: their fragments drawn, the fonts and pictures these need, and the structure over all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import count, groupby
from threading import Lock
from weakref import WeakKeyDictionary

from msgspec import Struct
from reportlab.pdfbase.pdfdoc import PDFArray

from pdfbuilder.domain.picture import Picture
from pdfbuilder.layout.core.display import Fragment, Page, Pages
from pdfbuilder.pdf import internals
from pdfbuilder.pdf.document import Packed, PackedDocument, ready_stream, references, stream, text_string
from pdfbuilder.pdf.embedding import embedded
from pdfbuilder.pdf.fonts import Use, font
from pdfbuilder.pdf.forms import Form
from pdfbuilder.pdf.links import link_annotation
from pdfbuilder.pdf.metadata import Claims, colour_profile, xmp
from pdfbuilder.pdf.pen import Drawn, Pen
from pdfbuilder.pdf.pictures import picture_object
from pdfbuilder.pdf.structure import StructureTree, annotation_of, elements

_CREATOR = "pdfbuilder"
#: Fragments on their places that are kept, beyond which they are made anew, and their elements.
_MOST_PIECES = 2048
_MOST_ELEMENTS = 512
#: Files that are kept to be filled in with others' words.
_MOST_SHEETS = 64


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


class Painter:
    """Paints pages; keeps drawn fragments and pictures for the next document."""

    def __init__(self) -> None:
        self._pen: Pen | None = None
        self._one_draws = Lock()
        self._drawn: WeakKeyDictionary[Fragment, Drawn] = WeakKeyDictionary()
        #: Whole files without the words of one person, by all that decides the rest.
        self._sheets: dict[object, tuple[Packed, tuple[int, ...]]] = {}
        self._shapes: WeakKeyDictionary[Drawn, int] = WeakKeyDictionary()
        self._shape_numbers: dict[object, int] = {}
        self._next_shape = count()
        #: What these functions make is kept.
        self.piece = lru_cache(maxsize=_MOST_PIECES)(_piece)
        self.elements = lru_cache(maxsize=_MOST_ELEMENTS)(elements)

    def paint(
        self,
        pages: Pages,
        properties: Properties,
        *,
        fillable: bool = False,
        unseen: Mapping[str, str] | None = None,
    ) -> bytes:
        """A PDF file.

        Args:
            pages: what to paint.
            properties: what the file says about itself.
            fillable: whether boxes and lines are form fields.
            unseen: names and values of fields that nobody sees.
        """
        if fillable:
            document = Document(self, properties, fillable=True, unseen=unseen)
            document.add(pages)
            return b"".join(document.packed().written())
        return b"".join(self._filled_in(pages, properties))

    def _filled_in(self, pages: Pages, properties: Properties) -> Iterator[bytes]:
        """A file of which others differ in the words of a few fragments: all else is made once.

        What decides how the objects are numbered, and what is in each but in the streams of the pages, is the key: the
        shape of each fragment with its place, and which streams are equal.
        """
        shapes: list[tuple[float, float, int]] = []
        streams: dict[bytes, int] = {}
        order: list[int] = []
        for page in pages.pages:
            mark = 0
            for placed in page.placed:
                drawn = self.drawn(placed.fragment)
                shapes.append((placed.x, placed.y, self._shape(placed.fragment, drawn)))
                piece = self.piece(drawn, placed.x, page.height - placed.y, mark)
                order.append(streams.setdefault(piece, len(streams)))
                mark += drawn.marks
        sizes = tuple((page.width, page.height, len(page.placed)) for page in pages.pages)
        key = (properties, sizes, tuple(shapes), tuple(order))
        found = self._sheets.get(key)
        if found is None:
            document = Document(self, properties)
            document.add(pages)
            found = document.packed(), tuple(dict.fromkeys(document.contents))
            if len(self._sheets) >= _MOST_SHEETS:
                self._sheets.clear()
            self._sheets[key] = found
        packed, numbers = found
        return packed.written(dict(zip(numbers, streams, strict=True)))

    def _shape(self, fragment: Fragment, drawn: Drawn) -> int:
        """A number that two fragments share if a file with one or the other differs in a stream of its page only."""
        if drawn not in self._shapes:
            shape = (elements(fragment, 0, 0, 0, 0), drawn.marks, drawn.uses, frozenset(drawn.pictures), drawn.links)
            # Never one that another thread has just given to another shape.
            self._shapes[drawn] = self._shape_numbers.setdefault(shape, next(self._next_shape))
        return self._shapes[drawn]

    def drawn(self, fragment: Fragment) -> Drawn:
        """A fragment's operators."""
        found = self._drawn.get(fragment)
        if found is None:
            with self._one_draws:
                self._pen = self._pen or Pen()
                found = self._drawn[fragment] = self._pen.draw(fragment)
        return found


def _piece(drawn: Drawn, x: float, y: float, mark: int) -> bytes:
    """A fragment at its place on a page (PDF coordinates) as a stream, its marks numbered from the first."""
    parts = [b"q 1 0 0 1 %.7g %.7g cm\n" % (round(x, 2), round(y, 2)), drawn.chunks[0]]
    for number, chunk in enumerate(drawn.chunks[1:], start=mark):
        parts += (b"%d" % number, chunk)
    return stream(b"".join((*parts, b"\nQ\n")))


class Document:
    """A file while it is being written: one person's handout, or those of many that share fonts and pictures."""

    def __init__(
        self,
        painter: Painter,
        properties: Properties,
        *,
        fillable: bool = False,
        unseen: Mapping[str, str] | None = None,
    ) -> None:
        self._painter = painter
        self._properties = properties
        self._file = PackedDocument(properties.language)
        self._structure = StructureTree(self._file)
        self._form = Form(self._file) if fillable else None
        self._resources = internals.Resources()
        self._unseen = unseen or {}
        #: The streams of the pages, in order.
        self.contents: list[int] = []
        #: Title and page of each handout's first page.
        self._bookmarks: list[tuple[str, int]] = []
        self._in_parts = False
        self._uses: set[Use] = set()
        self._pictures: dict[str, Picture] = {}

    def add(self, pages: Pages) -> None:
        """Add pages."""
        for page in pages.pages:
            self._page(page)

    def add_part(self, pages: Pages, bookmark: str, *, duplex: bool) -> None:
        """Add one of many handouts, with a bookmark at its first page.

        Args:
            pages: the handout.
            bookmark: its name.
            duplex: whether an odd number of pages is followed by an empty one, so that what is printed on both sides
                of the paper begins on a fresh sheet.
        """
        self._in_parts = True
        self._structure.begin_part()
        first, *_ = [self._page(page) for page in pages.pages]
        self._bookmarks.append((bookmark, first))
        if duplex and len(pages.pages) % 2:
            self._page(Page(pages.pages[0].width, pages.pages[0].height, ()))

    def _page(self, page: Page) -> int:
        """Add a page; returns its number."""
        sheet = internals.TaggedPage()
        self._file.addPage(sheet)
        number = self._file.number(sheet)
        contents: list[int] = []
        owners: list[int] = []
        annotations: list[int] = []
        for placed in page.placed:
            drawn = self._painter.drawn(placed.fragment)
            x, y, mark = placed.x, page.height - placed.y, len(owners)
            contents.append(self._file.share(self._painter.piece(drawn, x, y, mark)))
            owners += self._heard(placed.fragment, drawn, number, mark)
            for linked, link in drawn.links:
                key = self._structure.owned_by(owners[mark + linked])
                annotations.append(annotation_of(owners[mark + linked]))
                self._file.put(annotations[-1], link_annotation(link, x, y, number, key))
            self._uses |= drawn.uses
            self._pictures |= drawn.pictures
            if self._form:
                annotations += [self._form.place(field, x, y, number, self._structure) for field in drawn.fields]
        if self._form and not self.contents:
            annotations += [self._form.place_unseen(*each, number) for each in self._unseen.items()]
        self.contents += contents
        sheet.MediaBox = b"[0 0 %.7g %.7g]" % (round(page.width, 2), round(page.height, 2))
        sheet.Resources = b"%d 0 R" % self._file.number(self._resources)
        sheet.Contents = b"[%s]" % references(contents)
        sheet.StructParents = self._structure.page(owners)
        sheet.Tabs = "/S"
        sheet.Annots = PDFArray([b"%d 0 R" % each for each in annotations]) if annotations else None
        return number

    def _heard(self, fragment: Fragment, drawn: Drawn, page: int, mark: int) -> Sequence[int]:
        """Add a fragment's structure; returns the owner of each of its marks."""
        if self._in_parts:
            links = [mark + linked for linked, _ in drawn.links]
            return self._structure.add_as_one(range(mark, mark + drawn.marks), links, page)
        first, parent = self._file.next_number, self._structure.parent
        return self._structure.add(self._painter.elements(fragment, first, parent, page, mark))

    # ------------------------------------------------------------------ the end

    def packed(self) -> Packed:
        """The file, ready to be written; nothing can be added after."""
        self._embed()
        form = self._form.finish() if self._form else b""
        about = self._properties
        packet = xmp(about.title, about.subject, _CREATOR, about.language, self._claims(bool(form)))
        metadata = self._file.share(ready_stream(packet, b"/Type/Metadata/Subtype/XML"))
        self._file.describe(
            Title=text_string(about.title),
            Subject=text_string(about.subject),
            Creator=text_string(_CREATOR),
            Producer=text_string(_CREATOR),
        )
        self._file.catalogue(
            MarkInfo=b"<</Marked true>>",
            StructTreeRoot=b"%d 0 R" % self._structure.finish(),
            Metadata=b"%d 0 R" % metadata,
            ViewerPreferences=b"<</DisplayDocTitle true>>",
            OutputIntents=b"[%s]" % self._output_intent(),
            AcroForm=form or None,
        )
        self._file.bookmark([(title, b"[%d 0 R/Fit]" % page) for title, page in self._bookmarks])
        return self._file.packed()

    def _claims(self, fillable: bool) -> Claims:
        if self._in_parts:
            return Claims.FOR_PRINTING
        return Claims.TO_BE_FILLED_IN if fillable else Claims.TO_BE_HEARD_AND_KEPT

    def _output_intent(self) -> bytes:
        """Which colours are meant (ISO 32000-1, 14.11.5): those of an ordinary screen or printer."""
        intent = (
            b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier (sRGB)/Info (sRGB)/DestOutputProfile %d 0 R>>"
        )
        return intent % self._file.share(_profile())

    def _embed(self) -> None:
        """Add the fonts and pictures that some pages need, each once."""
        for (index, portion), uses in groupby(sorted(self._uses), lambda use: (use.font, use.portion)):
            number = embedded(index, portion, frozenset([use.char for use in uses])).add_to(self._file)
            self._file.fonts[font(index).resource(portion)] = b"%d 0 R" % number
        for key, picture in sorted(self._pictures.items()):
            stored = picture_object(picture)
            data = stored.stream
            if stored.mask:
                data = data.replace(b"<<", b"<</SMask %d 0 R" % self._file.share(stored.mask), 1)
            self._resources.add_picture(key, self._file.share(data))


@cache
def _profile() -> bytes:
    return stream(colour_profile(), b"/N 3")
