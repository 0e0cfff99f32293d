"""A finished sheet's pages in dots, to be looked at: from the file that will be printed, and not from anything else."""

from __future__ import annotations

import io

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


def page_picture(pdf: bytes, index: int, width: int) -> bytes:
    """One page as a bitmap file (BMP): it goes no farther than this machine, and packing it would take longer.

    Args:
        pdf: a file that this program has made.
        index: which page, from 0.
        width: of the picture in dots; one that is scaled afterwards would lose the lines of the boxes.
    """
    import pypdfium2  # noqa: PLC0415 - only for who asks for it

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[index]
        image = page.render(scale=width / page.get_width(), may_draw_forms=True).to_pil()
    finally:
        document.close()
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "BMP")
    return buffer.getvalue()
