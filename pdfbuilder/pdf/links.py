"""Words that open an address on a screen (ISO 32000-1, 12.5.6.5): nothing on paper, and no frame around them."""

from __future__ import annotations

from pdfbuilder.layout.core.display import Link
from pdfbuilder.pdf.document import rectangle, text_string


def link_annotation(link: Link, x: float, y: float, page: int, key: int) -> bytes:
    """A link as an annotation.

    Args:
        link: what it opens, and where it is in its fragment.
        x: left end of the fragment (PDF coordinates).
        y: its upper end.
        page: number of the page.
        key: its key in the parent tree.
    """
    where = rectangle(x + link.x, y - link.y - link.height, link.width, link.height)
    common = b"<</Type/Annot/Subtype/Link/F 4/P %d 0 R/StructParent %d/Border [0 0 0]" % (page, key)
    opened = b"/Contents %s/A <</S/URI/URI %s>>>>" % (text_string(link.label), text_string(link.address))
    return common + where + opened
