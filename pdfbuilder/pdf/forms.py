"""A handout that can be filled in on a screen (ISO 32000-1, 12.7): boxes to tick, circles to ring, lines to write on.

The squares, circles and lines stay drawn on the page; a field adds only what appears when it is used, so that the
printed sheet looks the same.
"""

from __future__ import annotations

from pdfbuilder.layout.core.display import Choice, TickBox, WriteIn
from pdfbuilder.pdf.content import number, rounded
from pdfbuilder.pdf.objects import PdfFile, references, stream, text_string
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

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._fields: list[int] = []
        self._appearances: dict[tuple[str, str], int] = {}
        #: Of each row of circles: number of its field, label, and numbers of the circles.
        self._rows: dict[str, tuple[int, str, list[int]]] = {}

    def place(self, field: Field, x: float, y: float, page: int, structure: StructureTree) -> int:
        """Add a field whose fragment has its origin at x, y (PDF coordinates); returns its annotation's number."""
        widget = self._file.reserve()
        key = structure.field(widget, page, field.label)
        common = b"<</Type/Annot/Subtype/Widget/F 4/P %d 0 R/StructParent %d/BS <</W 0>>" % (page, key)
        match field:
            case TickBox():
                own = self._tick_box(field, x, y)
                self._fields.append(widget)
            case WriteIn():
                own = self._write_in(field, x, y)
                self._fields.append(widget)
            case Choice():
                own = self._choice(field, x, y, widget)
        self._file.put(widget, common + own)
        return widget

    def _tick_box(self, field: TickBox, x: float, y: float) -> bytes:
        left, bottom, size = x + field.x, y - field.y - field.size, field.size
        return b"/FT/Btn/T %s/TU %s/Rect %s/V/Off/AS/Off/AP <</N <</Yes %d 0 R/Off %d 0 R>>>>>>" % (
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

    def _choice(self, field: Choice, x: float, y: float, widget: int) -> bytes:
        row = self._rows.get(field.name)
        if row is None:
            row = self._rows[field.name] = (self._file.reserve(), field.label, [])
            self._fields.append(row[0])
        row[2].append(widget)
        size = 2 * field.radius
        value = b"/" + field.value.encode("ascii")
        return b"/Parent %d 0 R/Rect %s/AS/Off/AP <</N <<%s %d 0 R/Off %d 0 R>>>>>>" % (
            row[0],
            _rectangle(x + field.x - field.radius, y - field.y - field.radius, size, size),
            value,
            self._appearance("ring", size),
            self._appearance("empty", size),
        )

    def _appearance(self, kind: str, size: float) -> int:
        """The number of what a used field shows."""
        key = (kind, number(size))
        if key not in self._appearances:
            box = f"/Type/XObject/Subtype/Form/BBox [0 0 {number(size)} {number(size)}]".encode("ascii")
            drawing = {"tick": _tick, "ring": _ring, "empty": _nothing}[kind](size)
            self._appearances[key] = self._file.add(stream(drawing.encode("ascii"), box))
        return self._appearances[key]

    def finish(self) -> bytes:
        """The form's dictionary, for the catalogue; empty if there are no fields."""
        for name, (field_number, label, kids) in self._rows.items():
            facts = (_RADIO, text_string(name), text_string(label), references(kids))
            self._file.put(field_number, b"<</FT/Btn/Ff %d/T %s/TU %s/V/Off/Kids [%s]>>" % facts)
        if not self._fields:
            return b""
        font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
        return b"<</Fields [%s]/NeedAppearances false/DA (/Helv 12 Tf 0 g)/DR <</Font <</Helv %s>>>>>>" % (
            references(self._fields),
            font,
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
