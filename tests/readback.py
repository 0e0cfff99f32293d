"""Reads a finished PDF back, with readers that had no part in making it: pikepdf for operators, pdfium for text."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4


@dataclass(frozen=True)
class Rectangle:
    """Edges in points, the origin in the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rectangle, slack: float = 0.0) -> bool:
        """Whether two rectangles share more than `slack` in both directions."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )

    def inside(self, other: Rectangle, slack: float = 0.0) -> bool:
        return (
            self.left >= other.left - slack
            and self.right <= other.right + slack
            and self.top >= other.top - slack
            and self.bottom <= other.bottom + slack
        )


@dataclass(frozen=True)
class TextRun:
    """A text object as pdfium sees it."""

    text: str
    size: float
    box: Rectangle


@dataclass(frozen=True)
class Box:
    """A tick box: a rectangle operator that is filled and stroked."""

    box: Rectangle
    dashed: bool


def boxes(pdf: bytes) -> list[list[Box]]:
    """The tick boxes of each page, in the order of the drawing."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [_boxes_of(page) for page in document.pages]


def _boxes_of(page: pikepdf.Page) -> list[Box]:
    found: list[Box] = []
    stack: list[tuple[pikepdf.Matrix, bool]] = []
    matrix, dashed = pikepdf.Matrix(), False
    height = float(page.mediabox[3])
    pending: list[Rectangle] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append((matrix, dashed))
            case "Q":
                matrix, dashed = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "d":
                dashed = len(operands[0]) > 0
            case "re":
                x, y, width, high = map(float, operands)
                (left, low), (right, up) = matrix.transform((x, y)), matrix.transform((x + width, y + high))
                pending.append(Rectangle(left, height - up, right, height - low))
            case "B":
                found += [Box(rectangle, dashed) for rectangle in pending]
                pending = []
            case "f" | "S" | "n" | "f*" | "B*" | "W":
                assert not pending, "a rectangle that is no tick box"
    return found


def text_runs(pdf: bytes) -> list[list[TextRun]]:
    """The text objects of each page, in the order of the drawing."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_runs_of(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _runs_of(page: pypdfium2.PdfPage) -> list[TextRun]:
    height = page.get_height()
    text_page = page.get_textpage()
    runs = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
        left, low, right, up = item.get_bounds()
        size = ctypes.c_float()
        assert pdfium.FPDFTextObj_GetFontSize(item.raw, size)
        length = pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, pointer, length)
        text = buffer.raw.decode("utf-16-le").rstrip("\0")
        runs.append(TextRun(text, size.value, Rectangle(left, height - up, right, height - low)))
    text_page.close()
    return runs


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[index].get_size() for index in range(len(document))]
    finally:
        document.close()


def text_of(pdf: bytes) -> list[str]:
    """The text of each page in the order of the drawing, white space folded."""
    return [" ".join(_joined(page).split()) for page in text_runs(pdf)]


def _joined(runs: list[TextRun]) -> str:
    """Runs that follow each other in a line carry their own spaces; all others are words apart."""
    text = ""
    before: TextRun | None = None
    for run in runs:
        if before is not None:
            gap = run.box.left - before.box.right
            in_line = before.box.top < run.box.bottom and run.box.top < before.box.bottom
            text += "" if in_line and -1 < gap < 0.35 * run.size else " "
        text += run.text
        before = run
    return text
