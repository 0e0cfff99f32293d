"""Reads a finished PDF back, with readers that had no part in making it: pikepdf for operators, pdfium for text."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

MM = 72 / 25.4
#: Several tests look at the same sheet. What they get is for all of them: nobody changes it.
read_once = lru_cache(maxsize=64)


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
            # Most are far apart, one above the other: that is seen first.
            self.bottom - other.top > slack
            and other.bottom - self.top > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
            and min(self.right, other.right) - max(self.left, other.left) > slack
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
    """A text object as pdfium sees it; upright if it is neither turned nor mirrored."""

    text: str
    size: float
    box: Rectangle
    is_upright: bool


@dataclass(frozen=True)
class Box:
    """A tick box: a rectangle operator that is filled and stroked."""

    box: Rectangle
    dashed: bool


@read_once
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
    for operands, operator in pikepdf.parse_content_stream(page, "q Q cm d re B f S n f* B* W"):
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


@read_once
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
        a, b, c, d, _, _ = item.get_matrix().get()
        is_upright = a > 0 and d > 0 and b == c == 0
        runs.append(TextRun(text, size.value, Rectangle(left, height - up, right, height - low), is_upright))
    text_page.close()
    return runs


@dataclass(frozen=True)
class Shape:
    """A path of a page itself as pdfium sees it; its colour is that inside, whether it is filled or not."""

    box: Rectangle
    colour: str


@read_once
def shapes(pdf: bytes) -> list[list[Shape]]:
    """The paths of each page, in the order of the drawing; those inside of pictures are not among them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_shapes_of(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _shapes_of(page: pypdfium2.PdfPage) -> list[Shape]:
    height = page.get_height()
    found = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, low, right, up = item.get_bounds()
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        assert pdfium.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
        colour = f"#{red.value:02X}{green.value:02X}{blue.value:02X}"
        found.append(Shape(Rectangle(left, height - up, right, height - low), colour))
    return found


@dataclass(frozen=True)
class Figure:
    """A picture on a page.

    Attributes:
        page: its index.
        box: where it stands.
        matrix: of its square, from the page's lower left corner.
        stored: number of the object that it is stored in.
        is_mirrored: whether its left stands right.
        alternative: what is said of it to those who do not see it.
    """

    page: int
    box: Rectangle
    matrix: tuple[float, ...]
    stored: int
    is_mirrored: bool
    alternative: str


@read_once
def figures(pdf: bytes) -> list[Figure]:
    """The pictures of all pages, in the order of the drawing."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        alternatives = dict(_alternatives(document.Root.StructTreeRoot, document))
        return [
            figure for index, page in enumerate(document.pages) for figure in _figures_of(page, index, alternatives)
        ]


def smallest_type(pdf: bytes) -> float:
    """The smallest size of type on any page, in points; numbers and letters in pictures are as large as those."""
    pictures = [(each.page, each.box) for each in figures(pdf)]
    return min(
        run.size
        for page, runs in enumerate(text_runs(pdf))
        for run in runs
        if not any(page == where and run.box.inside(box) for where, box in pictures)
    )


def _alternatives(element: pikepdf.Object, document: pikepdf.Pdf) -> Iterator[tuple[tuple[int, int], str]]:
    """What is said of each marked figure: (page, number of the mark), text."""
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from _alternatives(kid, document)
        elif element.S == "/Figure":
            page = next(index for index, each in enumerate(document.pages) if each.objgen == element.Pg.objgen)
            yield (page, int(kid)), str(element.Alt)


def _figures_of(page: pikepdf.Page, index: int, alternatives: dict[tuple[int, int], str]) -> Iterator[Figure]:
    stack: list[pikepdf.Matrix] = []
    matrix, mark = pikepdf.Matrix(), -1
    height = float(page.mediabox[3])
    for operands, operator in pikepdf.parse_content_stream(page, "q Q cm BDC Do"):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "BDC":
                mark = int(operands[1].MCID) if "/MCID" in operands[1] else -1
            case "Do":
                (x1, y1), (x2, y2) = matrix.transform((0, 0)), matrix.transform((1, 1))
                box = Rectangle(min(x1, x2), height - max(y1, y2), max(x1, x2), height - min(y1, y2))
                stored = page.Resources.XObject[operands[0]].objgen[0]
                shorthand = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
                yield Figure(index, box, shorthand, stored, x1 > x2, alternatives[index, mark])


def seen(pdf: bytes, page: int, box: Rectangle, scale: float) -> Image.Image:
    """What pdfium draws inside a box; the box's edges are the picture's, whatever their place among the pixels."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        shown = document.pages[page]
        height = float(shown.mediabox[3])
        shown.mediabox = pikepdf.Array([box.left, height - box.bottom, box.right, height - box.top])
        cut = io.BytesIO()
        document.save(cut)
    opened = pypdfium2.PdfDocument(cut.getvalue())
    try:
        image: Image.Image = opened[page].render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        return image
    finally:
        opened.close()


@read_once
def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[index].get_size() for index in range(len(document))]
    finally:
        document.close()


@read_once
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
