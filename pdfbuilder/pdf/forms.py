"""A handout that can be filled in on a screen (ISO 32000-1, 12.7): boxes to tick, circles to ring, lines to write on.

The squares, circles and lines stay drawn on the page; a field adds only what appears when it is used, so that the
printed sheet looks the same. The fields are written here: ReportLab's have no place in the structure, and are slow.
"""

from __future__ import annotations

from functools import lru_cache

from pdfbuilder.layout.core.display import FormField, RadioCircle, TickBox, WriteIn
from pdfbuilder.pdf.document import PackedDocument, rectangle, references, stream, text_string
from pdfbuilder.pdf.embedding import embed_field_font
from pdfbuilder.pdf.internals import BlankCanvas
from pdfbuilder.pdf.structure import StructureTree

#: Where the two strokes of a tick meet the box, as parts of its edge.
_TICK = ((0.18, 0.52), (0.42, 0.24), (0.84, 0.82))
#: Line widths of a tick and a ring, as parts of the box.
_TICK_WIDTH, _RING_WIDTH = 0.13, 0.12
#: Size of type that is written on a line, as a part of its height.
_TYPE_SIZE = 0.7
#: A radio button among the field flags; the chosen one can be taken back by choosing it again.
_RADIO = 1 << 15
#: A field that nobody changes, and an annotation that nobody sees.
_READ_ONLY, _HIDDEN = 1, 2


class Form:
    """Collects the fields of a document."""

    def __init__(self, document: PackedDocument) -> None:
        self._document = document
        self._fields: list[int] = []
        self._has_lines = False
        #: Of each row of circles: number of its field, label, and numbers of the circles.
        self._rows: dict[str, tuple[int, bytes, list[int]]] = {}

    def place(self, field: FormField, x: float, y: float, page: int, structure: StructureTree) -> int:
        """Add a field whose fragment has its origin at x, y (PDF coordinates); returns its annotation's number."""
        widget = self._document.reserve()
        label = text_string(field.label)
        key = structure.field(widget, page, label)
        x, y = x + field.x, y - field.y
        named = b"/T %s/TU %s" % (text_string(field.name), label)
        match field:
            case TickBox(size=size):
                own = rectangle(x, y - size, size, size) + named + b"/FT/Btn/V/Off" + self._states("Yes", "tick", size)
                self._fields.append(widget)
            case WriteIn(height=height):
                own = rectangle(x, y - height, field.width, height) + named + b"/FT/Tx" + _typed(_TYPE_SIZE * height)
                self._fields.append(widget)
                self._has_lines = True
            case RadioCircle(radius=r):
                row = self._row(field.name, label, widget)
                own = rectangle(x - r, y - r, 2 * r, 2 * r) + b"/Parent %d 0 R" % row
                own += self._states(field.value, "ring", 2 * r)
        common = b"<</Type/Annot/Subtype/Widget/F 4/P %d 0 R/StructParent %d/BS <</W 0>>" % (page, key)
        self._document.put(widget, common + own + b">>")
        return widget

    def place_unseen(self, name: str, value: str, page: int) -> int:
        """Add a field that nobody sees, hears or changes; returns its annotation's number.

        It is on a page, since some viewers keep no other, and keeps its value where all fields are emptied.
        """
        text = text_string(value)
        named = b"/T %s/V %s/DV %s" % (text_string(name), text, text)
        entries = b"<</Type/Annot/Subtype/Widget/F %d/P %d 0 R/Rect [0 0 0 0]/FT/Tx/Ff %d/DA (0 g)%s>>"
        self._fields.append(self._document.add(entries % (_HIDDEN, page, _READ_ONLY, named)))
        return self._fields[-1]

    def _row(self, name: str, label: bytes, widget: int) -> int:
        """Add a circle to its row; returns the number of the row's field."""
        if name not in self._rows:
            self._rows[name] = (self._document.reserve(), label, [])
            self._fields.append(self._rows[name][0])
        number, _, kids = self._rows[name]
        kids.append(widget)
        return number

    def _states(self, value: str, kind: str, size: float) -> bytes:
        """What is shown when the field is on, and when it is off."""
        on, off = (self._document.share(_appearance(each, round(size, 2))) for each in (kind, "empty"))
        return b"/AS/Off/AP <</N <</%s %d 0 R/Off %d 0 R>>>>" % (value.encode("ascii"), on, off)

    def finish(self) -> bytes:
        """The form's dictionary, for the catalogue; empty if there are no fields."""
        for name, (number, label, kids) in self._rows.items():
            facts = (_RADIO, text_string(name), label, references(kids))
            self._document.put(number, b"<</FT/Btn/Ff %d/T %s/TU %s/V/Off/Kids [%s]>>" % facts)
        if not self._fields:
            return b""
        font = b""
        if self._has_lines:
            font = b"/DR <</Font <</%s %d 0 R>>>>" % (_FONT, embed_field_font(self._document)) + _typed(12)
        return b"<</Fields [%s]/NeedAppearances false%s>>" % (references(self._fields), font)


#: The field font's name among the form's resources.
_FONT = b"Notes"


def _typed(size: float) -> bytes:
    """How viewers write what is typed."""
    return b"/DA (/%s %.5g Tf 0 g)" % (_FONT, size)


@lru_cache(maxsize=64)
def _appearance(kind: str, size: float) -> bytes:
    """What a used field shows, as a stream."""
    canvas = BlankCanvas()
    if kind == "tick":
        canvas.setLineWidth(_TICK_WIDTH * size)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        begin, *others = [(x * size, y * size) for x, y in _TICK]
        path = canvas.beginPath()
        path.moveTo(*begin)
        for point in others:
            path.lineTo(*point)
        canvas.drawPath(path)
    elif kind == "ring":  # inside the edge
        canvas.setLineWidth(_RING_WIDTH * size)
        canvas.circle(size / 2, size / 2, (1 - _RING_WIDTH) / 2 * size)
    content = canvas.getCurrentPageContent().encode("ascii")
    return stream(content, b"/Type/XObject/Subtype/Form/Resources <<>>/BBox [0 0 %.5g %.5g]" % (size, size))
