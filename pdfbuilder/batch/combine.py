"""All handouts of a batch in one file for a printer: fonts, pictures and equal parts of pages are in it once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pdfbuilder.formats.press import Press
from pdfbuilder.layout.core.display import Pages
from pdfbuilder.pdf.painter import Properties


def combined(plans: Iterable[tuple[str, Pages]], press: Press, language: str, *, duplex: bool) -> Iterator[bytes]:
    """One file with a bookmark for each handout.

    Args:
        plans: the handouts with their bookmarks, in order.
        press: what they were laid out with.
        language: tag of the language that the file is said to be in (BCP 47).
        duplex: whether each handout begins on a fresh sheet when both sides of the paper are printed on.

    Returns:
        The file, part by part.
    """
    document = press.bind(Properties("Exercise plans", "many", language))
    for bookmark, pages in plans:
        document.add_part(pages, bookmark, duplex=duplex)
    return document.packed().written()
