"""The document's structure for readers that hear it (ISO 32000-1, 14.7): a tree of elements over the marked content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from pdfbuilder.layout.core.display import Role
from pdfbuilder.pdf.objects import PdfFile, reference, references, text_string


class Leaf(Struct, frozen=True):
    """A stretch of operators with a role; it has the next number of marked content on its page."""

    role: Role
    alternative: str


class Branch(Struct, frozen=True):
    """An element of the document's structure: leaves and branches in order."""

    role: Role
    children: tuple[Branch | Leaf, ...]
    alternative: str


class Elements(Struct, frozen=True):
    """The elements of a fragment as objects whose numbers are still open.

    A sheet has hundreds of them, the same for everyone but for these numbers: they are put in all at once.

    Attributes:
        template: the objects, a line each, with `%d` for a number.
        numbers: what each number counts from (an index into first object, parent, page and first mark), and how far.
        count: how many objects.
        top: which of them have no parent among them.
        leaves: which of them own marked content, in the order of their marks.
    """

    template: bytes
    numbers: tuple[tuple[int, int], ...]
    count: int
    top: tuple[int, ...]
    leaves: tuple[int, ...]

    def numbered(self, first: int, parent: int, page: int, mark: int) -> list[bytes]:
        """The objects.

        Args:
            first: number of the first of them.
            parent: number of the element over the top ones.
            page: number of the page.
            mark: number of the first marked content.
        """
        bases = (first, parent, page, mark)
        return (self.template % tuple([bases[base] + far for base, far in self.numbers])).splitlines()

    def in_one(self, parent: int, page: int, mark: int) -> bytes:
        """A single element that owns all of the fragment's content; arguments as for `numbered`."""
        marks = b" ".join([b"%d" % each for each in range(mark, mark + len(self.leaves))])
        return b"<</S/P/P %d 0 R/Pg %d 0 R/K [%s]>>" % (parent, page, marks)


_FIRST, _PARENT, _PAGE, _MARK = range(4)


def elements(structure: Sequence[Branch | Leaf]) -> Elements:
    """The elements of a fragment."""
    writer = _Writer()
    top = tuple([writer.element(part, (_PARENT, 0)) for part in structure])
    lines = b"\n".join(line for line, _ in writer.objects)
    numbers = tuple(number for _, found in writer.objects for number in found)
    return Elements(lines, numbers, len(writer.objects), top, tuple(writer.leaves))


class _Writer:
    def __init__(self) -> None:
        self.objects: list[tuple[bytes, list[tuple[int, int]]]] = []
        self.leaves: list[int] = []

    def element(self, part: Branch | Leaf, parent: tuple[int, int]) -> int:
        index = len(self.objects)
        self.objects.append((b"", []))
        alternative = b"/Alt " + text_string(part.alternative).replace(b"%", b"%%") if part.alternative else b""
        head = b"<</S/%s/P %%d 0 R%s" % (part.role.value.encode("ascii"), alternative)
        if isinstance(part, Leaf):
            numbers = [parent, (_PAGE, 0), (_MARK, len(self.leaves))]
            self.leaves.append(index)
            self.objects[index] = (head + b"/Pg %d 0 R/K %d>>", numbers)
        else:
            inside = [self.element(child, (_FIRST, index)) for child in part.children]
            kids = b" ".join([b"%d 0 R"] * len(inside))
            self.objects[index] = (head + b"/K [" + kids + b"]>>", [parent, *((_FIRST, kid) for kid in inside)])
        return index


class StructureTree:
    """Collects the structure page by page, then writes it."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._root = file.reserve()
        self._top = file.reserve()
        self._kids: list[int] = []
        #: The elements that own the content of each page, and the element of each field: the parent tree.
        self._parents: list[bytes] = []
        self._part: tuple[int, list[int]] | None = None

    def begin_part(self) -> None:
        """Begin the next person's handout, in a file that has several.

        Such a file is made to be printed, and the structure of a thousand handouts would be most of it: here each
        fragment is one element, so that what is read out keeps its order and no more.
        """
        self.end_part()
        self._part = (self._file.reserve(), [])

    def end_part(self) -> None:
        """Finish the person's handout."""
        if self._part:
            number, kids = self._part
            self._file.put(number, b"<</S/Part/P %d 0 R/K [%s]>>" % (self._top, references(kids)))
            self._kids.append(number)
            self._part = None

    def page(self, page: int, fragments: Iterable[Elements]) -> int:
        """Add what stands on a page.

        Args:
            page: number of the page.
            fragments: in order; their leaves are the page's marked content, from 0.

        Returns:
            The page's key in the parent tree.
        """
        owners: list[int] = []
        for each in fragments:
            if self._part:
                parent, kids = self._part
                if each.leaves:
                    kids.append(self._file.add(each.in_one(parent, page, len(owners))))
                    owners += kids[-1:] * len(each.leaves)
                continue
            first = self._file.reserve(each.count)
            self._file.put(first, *each.numbered(first, self._top, page, len(owners)))
            self._kids += [first + index for index in each.top]
            owners += [first + index for index in each.leaves]
        return self._owned_by(reference(self._file.add(b"[" + references(owners) + b"]")))

    def field(self, annotation: int, page: int, label: str) -> int:
        """Add a form field at the end of its page; returns its key in the parent tree.

        Args:
            annotation: number of the field's annotation.
            page: number of the page.
            label: what the field is for, in words.
        """
        content = b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (annotation, page)
        element = b"<</S/Form/P %d 0 R/Pg %d 0 R/Alt %s/K %s>>" % (self._top, page, text_string(label), content)
        self._kids.append(self._file.add(element))
        return self._owned_by(reference(self._kids[-1]))

    def _owned_by(self, owner: bytes) -> int:
        self._parents.append(owner)
        return len(self._parents) - 1

    def finish(self) -> bytes:
        """Write the tree's root; returns the reference to it."""
        self.end_part()
        numbers = b" ".join([b"%d %s" % (key, owner) for key, owner in enumerate(self._parents)])
        root = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree <</Nums [%s]>>/ParentTreeNextKey %d>>"
        self._file.put(self._root, root % (self._top, numbers, len(self._parents)))
        self._file.put(self._top, b"<</S/Document/P %d 0 R/K [%s]>>" % (self._root, references(self._kids)))
        return reference(self._root)
