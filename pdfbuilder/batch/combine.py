"""All handouts of a batch in one file for a printer: fonts, pictures and equal parts of pages are in it once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pdfbuilder.pdf.painter import Properties
from pdfbuilder.press import Copy, Press


def combined(copies: Iterable[tuple[str, Copy]], press: Press, language: str, *, duplex: bool) -> Iterator[bytes]:
    """One file with a bookmark for each handout.

    Args:
        copies: the handouts with their bookmarks, in order.
        press: lays them out.
        language: tag of the language that the file is said to be in (BCP 47).
        duplex: whether each handout begins on a fresh sheet when both sides of the paper are printed on.

    Returns:
        The file, part by part.
    """
    document = press.bind(Properties("Exercise plans", "many", language))
    for bookmark, copy in copies:
        document.add_part(press.lay_out(copy), bookmark, duplex=duplex)
    return document.written()
