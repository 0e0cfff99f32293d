"""A finished sheet's pages in dots, to be looked at: from the file that will be printed, and not from anything else."""

from __future__ import annotations

import io
from typing import Any

from msgspec import Struct


class PageSize(Struct, frozen=True):
    """How large a page is, in points."""

    width: float
    height: float


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """The pages of a file that this program has made."""
    import pypdfium2  # noqa: PLC0415 - only for who asks for it

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(PageSize(*document.get_page_size(index)) for index in range(len(document)))
    finally:
        document.close()


def page_picture(pdf: bytes, number: int, width: int) -> bytes | None:
    """One page as a bitmap file (BMP): it goes no farther than this machine, and packing it would take longer.

    Args:
        pdf: a file that this program has made.
        number: which page, from 1; without such a one there is no picture.
        width: of the picture in dots; one that is scaled afterwards would lose the lines of the boxes.
    """
    sizes = page_sizes(pdf)
    if not 1 <= number <= len(sizes):
        return None
    buffer = io.BytesIO()
    page_image(pdf, number, width / sizes[number - 1].width).convert("RGB").save(buffer, "BMP")
    return buffer.getvalue()


def page_image(pdf: bytes, number: int, scale: float) -> Any:
    """One page, from 1, in so many dots a point: an image of Pillow's."""
    import pypdfium2  # noqa: PLC0415 - see above

    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[number - 1].render(scale=scale).to_pil()
    finally:
        document.close()
