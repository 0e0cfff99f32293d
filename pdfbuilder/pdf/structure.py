"""The document's structure for readers that hear it (ISO 32000-1, 14.7): a tree of elements over the marked content."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase import pdfdoc

from pdfbuilder.pdf.content import Branch, Leaf
from pdfbuilder.pdf.objects import Raw, reference, text_string


class StructureTree:
    """Collects the structure page by page, then writes it."""

    def __init__(self, document: pdfdoc.PDFDocument) -> None:
        self._document = document
        self._root = Raw()
        self._top = Raw()
        self._root_ref = reference(document, self._root)
        self._top_ref = reference(document, self._top)
        self._kids: list[bytes] = []
        #: For each page, or field, the elements that own its content: the parent tree.
        self._parents: list[bytes] = []

    def page(self, page_ref: bytes, structures: Sequence[tuple[Branch | Leaf, ...]]) -> int:
        """Add what stands on a page.

        Args:
            page_ref: the page.
            structures: of each of its fragments, in order; their leaves are the page's marked content, from 0.

        Returns:
            The page's key in the parent tree.
        """
        owners: list[bytes] = []
        for structure in structures:
            self._kids += [self._element(part, self._top_ref, page_ref, owners) for part in structure]
        self._parents.append(b"[" + b" ".join(owners) + b"]")
        return len(self._parents) - 1

    def field(self, annotation_ref: bytes, page_ref: bytes, label: str) -> int:
        """Add a form field at the end of its page; returns its key in the parent tree."""
        content = b"<</Type/OBJR/Obj " + annotation_ref + b"/Pg " + page_ref + b">>"
        element = Raw(b"<</S/Form/P %s/Pg %s/Alt %s/K %s>>" % (self._top_ref, page_ref, text_string(label), content))
        ref = reference(self._document, element)
        self._kids.append(ref)
        self._parents.append(ref)
        return len(self._parents) - 1

    def _element(self, part: Branch | Leaf, parent: bytes, page_ref: bytes, owners: list[bytes]) -> bytes:
        element = Raw()
        ref = reference(self._document, element)
        if isinstance(part, Leaf):
            kids = b"/Pg %s/K %d" % (page_ref, len(owners))
            owners.append(ref)
        else:
            inside = [self._element(child, ref, page_ref, owners) for child in part.children]
            kids = b"/K [%s]" % b" ".join(inside)
        alternative = b"/Alt " + text_string(part.alternative) if part.alternative else b""
        element.data = b"<</S/%s/P %s%s%s>>" % (part.role.value.encode("ascii"), parent, alternative, kids)
        return ref

    def finish(self) -> Raw:
        """Write the tree's root, for the catalogue."""
        self._top.data = b"<</S/Document/P " + self._root_ref + b"/K [" + b" ".join(self._kids) + b"]>>"
        numbers = b" ".join(b"%d %s" % (key, owners) for key, owners in enumerate(self._parents))
        self._root.data = (
            b"<</Type/StructTreeRoot/K " + self._top_ref + b"/ParentTree <</Nums [" + numbers + b"]>>"
            b"/ParentTreeNextKey %d>>" % len(self._parents)
        )
        return self._root
