"""The document's structure for readers that hear it (ISO 32000-1, 14.7): a tree of elements over the marked content.

ReportLab has none. A sheet has hundreds of elements: they are written as bytes, not made as objects of ReportLab's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from pdfbuilder.layout.core.display import Element, Fragment, Role
from pdfbuilder.pdf.document import PackedDocument, references, text_string

#: How content begins that is not read out, and so has no element (ISO 32000-1, 14.8.2.2).
ARTIFACTS: Final = {
    Role.ARTIFACT: "/Artifact BMC",
    Role.HEADER: "/Artifact <</Type/Pagination/Subtype/Header/Attached [/Top]>> BDC",
    Role.FOOTER: "/Artifact <</Type/Pagination/Subtype/Footer/Attached [/Bottom]>> BDC",
}


class Written(Struct, frozen=True):
    """The elements of a fragment as they are written.

    Attributes:
        objects: all of them, numbered one after another; the next number after a link's is that of its annotation,
            which is empty here.
        top: the numbers of those that have no parent among them.
        owners: the number of the owner of each marked content, in order.
    """

    objects: tuple[bytes, ...]
    top: tuple[int, ...]
    owners: tuple[int, ...]


def elements(fragment: Fragment, first: int, parent: int, page: int, mark: int) -> Written:
    """Write the elements of a fragment.

    Args:
        fragment: what they are of.
        first: number of the first object.
        parent: number of the element over the top ones.
        page: number of the page.
        mark: number of the first marked content.
    """
    objects: list[bytes] = []
    owners: list[int] = []

    def write(element: Element, parent: int) -> int:
        number = first + len(objects)
        objects.append(b"")
        alternative = b"/Alt " + text_string(element.alternative) if element.alternative else b""
        if element.children:
            content = b"/K [%s]" % references(write_all(element.children, number))
        elif element.role is Role.LINK:
            objects.append(b"")
            content = _link_content(page, mark + len(owners), annotation_of(number))
            owners.append(number)
        else:
            content = b"/Pg %d 0 R/K %d" % (page, mark + len(owners))
            owners.append(number)
        facts = (element.role.value.encode("ascii"), parent, alternative, content)
        objects[number - first] = b"<</S/%s/P %d 0 R%s%s>>" % facts
        return number

    def write_all(all_: Sequence[Element], parent: int) -> list[int]:
        heard = [each for each in all_ if each.role not in ARTIFACTS and (each.children or each.items)]
        return [write(each, parent) for each in heard]

    top = tuple(write_all(fragment.elements, parent))
    return Written(tuple(objects), top, tuple(owners))


def annotation_of(link: int) -> int:
    """The number of the annotation of a link, from that of its element."""
    return link + 1


def _link_content(page: int, mark: int, annotation: int) -> bytes:
    return b"/Pg %d 0 R/K [%d %s]" % (page, mark, _annotation_reference(annotation, page))


def _annotation_reference(annotation: int, page: int) -> bytes:
    return b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (annotation, page)


class StructureTree:
    """Collects the structure page by page, then writes it."""

    def __init__(self, document: PackedDocument) -> None:
        self._document = document
        self._root = document.reserve(2)
        self._top = self._root + 1
        #: Number of the element that the next ones belong to: the whole document, or a part of it.
        self.parent = self._top
        self._kids: dict[int, list[int]] = {self._top: []}
        #: The elements that own the content of each page, and the element of each annotation: the parent tree.
        self._owners: list[int] = []

    def begin_part(self) -> None:
        """Begin the next of many handouts."""
        self.parent = self._document.reserve()
        self._kids[self._top].append(self.parent)
        self._kids[self.parent] = []

    def add(self, written: Written) -> tuple[int, ...]:
        """Add the elements of a fragment, which count from the next number; returns the owner of each mark."""
        self._document.put(self._document.reserve(len(written.objects)), *written.objects)
        self._kids[self.parent] += written.top
        return written.owners

    def add_as_one(self, marks: range, links: Iterable[int], page: int) -> list[int]:
        """Add a fragment as a single element, but for its links; returns the owner of each mark.

        A file of many handouts is made to be printed, and their structure would be most of it: like this, what is read
        out keeps its order and no more.
        """
        owners: list[int] = []
        for link in (*links, marks.stop):
            if plain := range(marks.start + len(owners), link):
                facts = (self.parent, page, b" ".join([b"%d" % mark for mark in plain]))
                owners += [self._document.add(b"<</S/P/P %d 0 R/Pg %d 0 R/K [%s]>>" % facts)] * len(plain)
            if link in marks:
                number = self._document.reserve(2)
                content = _link_content(page, link, annotation_of(number))
                self._document.put(number, b"<</S/Link/P %d 0 R%s>>" % (self.parent, content))
                owners.append(number)
        self._kids[self.parent] += dict.fromkeys(owners)
        return owners

    def page(self, owners: Sequence[int]) -> int:
        """Note the owners of a page's marked content, from 0; returns the page's key in the parent tree."""
        return self.owned_by(self._document.add(b"[%s]" % references(owners)))

    def field(self, annotation: int, page: int, label: bytes) -> int:
        """Add a form field at the end of its page; returns its key in the parent tree.

        Args:
            annotation: number of the field's annotation.
            page: number of the page.
            label: what the field is for, as a text string.
        """
        facts = (self.parent, page, label, _annotation_reference(annotation, page))
        element = b"<</S/Form/P %d 0 R/Pg %d 0 R/Alt %s/K %s>>" % facts
        self._kids[self.parent].append(self._document.add(element))
        return self.owned_by(self._kids[self.parent][-1])

    def owned_by(self, owner: int) -> int:
        """Note the owner of an annotation, or those of a page's content; returns the key in the parent tree."""
        self._owners.append(owner)
        return len(self._owners) - 1

    def finish(self) -> int:
        """Write the tree's root and its parts; returns the root's number."""
        numbers = b" ".join([b"%d %d 0 R" % each for each in enumerate(self._owners)])
        root = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree <</Nums [%s]>>/ParentTreeNextKey %d>>"
        self._document.put(self._root, root % (self._top, numbers, len(self._owners)))
        for number, kids in self._kids.items():
            role, parent = (b"Document", self._root) if number == self._top else (b"Part", self._top)
            self._document.put(number, b"<</S/%s/P %d 0 R/K [%s]>>" % (role, parent, references(kids)))
        return self._root
