"""A handout that can be filled in on a screen (ISO 32000-1, 12.7): boxes to tick, circles to ring, lines to write on.

The squares, circles and lines stay drawn on the page; a field adds only what appears when it is used, so that the
printed sheet looks the same.
"""

from __future__ import annotations

from reportlab.pdfbase import pdfdoc

from pdfbuilder.layout.display import Choice, TickBox, WriteIn
from pdfbuilder.pdf.content import number, rounded
from pdfbuilder.pdf.objects import Raw, reference, stream, text_string
from pdfbuilder.pdf.structure import StructureTree

Field = TickBox | WriteIn | Choice

#: Where the two strokes of a tick meet the box, as parts of its edge.
_TICK = ((0.18, 0.52), (0.42, 0.24), (0.84, 0.82))
#: Line widths of a tick and a ring, as parts of the box.
_TICK_WIDTH, _RING_WIDTH = 0.13, 0.12
#: A radio button among the field flags; the chosen one can be taken back by choosing it again.
_RADIO = 1 << 15


class Form:
    """Collects the fields of a document."""

    def __init__(self, document: pdfdoc.PDFDocument) -> None:
        self._document = document
        self._fields: list[bytes] = []
        self._appearances: dict[tuple[str, str], bytes] = {}
        self._rows: dict[str, tuple[Raw, bytes, str, list[bytes]]] = {}

    def place(self, field: Field, x: float, y: float, page_ref: bytes, structure: StructureTree) -> bytes:
        """Add a field whose fragment has its origin at x, y (PDF coordinates); returns its annotation."""
        widget = Raw()
        ref = reference(self._document, widget)
        key = structure.field(ref, page_ref, field.label)
        common = b"<</Type/Annot/Subtype/Widget/F 4/P %s/StructParent %d/BS <</W 0>>" % (page_ref, key)
        match field:
            case TickBox():
                widget.data = common + self._tick_box(field, x, y)
                self._fields.append(ref)
            case WriteIn():
                widget.data = common + self._write_in(field, x, y)
                self._fields.append(ref)
            case Choice():
                widget.data = common + self._choice(field, x, y, ref)
        return ref

    def _tick_box(self, field: TickBox, x: float, y: float) -> bytes:
        left, bottom, size = x + field.x, y - field.y - field.size, field.size
        return b"/FT/Btn/T %s/TU %s/Rect %s/V/Off/AS/Off/AP <</N <</Yes %s/Off %s>>>>>>" % (
            text_string(field.name),
            text_string(field.label),
            _rectangle(left, bottom, size, size),
            self._appearance("tick", size),
            self._appearance("empty", size),
        )

    def _write_in(self, field: WriteIn, x: float, y: float) -> bytes:
        rectangle = _rectangle(x + field.x, y - field.y - field.height, field.width, field.height)
        size = number(0.7 * field.height).encode("ascii")
        return b"/FT/Tx/T %s/TU %s/Rect %s/DA (/Helv %s Tf 0 g)>>" % (
            text_string(field.name),
            text_string(field.label),
            rectangle,
            size,
        )

    def _choice(self, field: Choice, x: float, y: float, ref: bytes) -> bytes:
        row = self._rows.get(field.name)
        if row is None:
            parent = Raw()
            row = self._rows[field.name] = (parent, reference(self._document, parent), field.label, [])
            self._fields.append(row[1])
        row[3].append(ref)
        size = 2 * field.radius
        value = b"/" + field.value.encode("ascii")
        return b"/Parent %s/Rect %s/AS/Off/AP <</N <<%s %s/Off %s>>>>>>" % (
            row[1],
            _rectangle(x + field.x - field.radius, y - field.y - field.radius, size, size),
            value,
            self._appearance("ring", size),
            self._appearance("empty", size),
        )

    def _appearance(self, kind: str, size: float) -> bytes:
        """The reference to what a used field shows."""
        key = (kind, number(size))
        if key not in self._appearances:
            box = f"/Type/XObject/Subtype/Form/BBox [0 0 {number(size)} {number(size)}]".encode("ascii")
            drawing = {"tick": _tick, "ring": _ring, "empty": _nothing}[kind](size)
            self._appearances[key] = reference(self._document, stream(drawing.encode("ascii"), box))
        return self._appearances[key]

    def finish(self) -> Raw | None:
        """The form's dictionary, for the catalogue; None if there are no fields."""
        for parent, _, label, kids in self._rows.values():
            name = next(name for name, row in self._rows.items() if row[0] is parent)
            parent.data = b"<</FT/Btn/Ff %d/T %s/TU %s/V/Off/Kids [%s]>>" % (
                _RADIO,
                text_string(name),
                text_string(label),
                b" ".join(kids),
            )
        if not self._fields:
            return None
        font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
        return Raw(
            b"<</Fields [%s]/NeedAppearances false/DA (/Helv 12 Tf 0 g)/DR <</Font <</Helv %s>>>>>>"
            % (b" ".join(self._fields), font)
        )


def _rectangle(left: float, bottom: float, width: float, height: float) -> bytes:
    corners = (left, bottom, left + width, bottom + height)
    return f"[{' '.join(map(number, corners))}]".encode("ascii")


def _tick(size: float) -> str:
    points = [f"{number(x * size)} {number(y * size)}" for x, y in _TICK]
    return f"0 G {number(_TICK_WIDTH * size)} w 1 J 1 j {points[0]} m {points[1]} l {points[2]} l S"


def _ring(size: float) -> str:
    """A thick circle inside the edge."""
    width = _RING_WIDTH * size
    low, high = width / 2, size - width / 2
    radius = (high - low) / 2
    return f"0 G {number(width)} w {rounded(low, high, high, low, radius)} S"


def _nothing(_size: float) -> str:
    return ""
