"""Objects of a PDF file, on ReportLab's document, and a compact way to write them."""

from __future__ import annotations

import hashlib
import zlib

from reportlab.pdfbase import pdfdoc


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab is not typed
    """An object that is written as it is."""

    __RefOnly__ = 1

    def __init__(self, data: bytes = b"", *, is_stream: bool = False) -> None:
        self.data = data
        self.is_stream = is_stream

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002 - ReportLab's signature
        """The bytes."""
        return self.data


def reference(document: pdfdoc.PDFDocument, obj: pdfdoc.PDFObject) -> bytes:
    """The reference to an object; registers it if need be."""
    name = document.Reference(obj).name
    return b"%d 0 R" % document.idToObjectNumberAndVersion[name][0]


def stream(data: bytes, entries: bytes = b"", *, padding: bytes = b"\n", level: int = 6) -> Raw:
    """A deflated stream.

    Args:
        data: its content.
        entries: further entries of its dictionary; `%(length)d` in them is the length of the content.
        padding: what may be added to the content without changing its meaning; not all zeros, which would leave
            the last byte of the checksum as it is.
        level: of compression.
    """
    data, content = _deflated(data, padding, level)
    entries = entries.replace(b"%(length)d", b"%d" % len(data))
    return Raw(_stream(entries + b"/Filter/FlateDecode", content), is_stream=True)


def deflated(data: bytes, *, padding: bytes = b"\n", level: int = 6) -> bytes:
    """The content of a deflated stream; see `stream`."""
    return _deflated(data, padding, level)[1]


def _deflated(data: bytes, padding: bytes, level: int) -> tuple[bytes, bytes]:
    content = zlib.compress(data, level)
    while content.endswith((b"\r", b"\n")):
        # The end of the data would read as part of the line break that follows it (ISO 19005-2, 6.1.7.1).
        data += padding
        content = zlib.compress(data, level)
    return data, content


def ready_stream(data: bytes, entries: bytes) -> Raw:
    """A stream whose content is as it shall be stored: compressed already, or meant to be read as it is."""
    return Raw(_stream(entries, data), is_stream=True)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in UTF-16."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


class Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]  # ReportLab is not typed
    """The document's root, with the entry for colours that ReportLab's own lacks."""

    __NoDefault__ = (*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents")
    __Refs__ = __NoDefault__

    def __init__(self, document: pdfdoc.PDFDocument, language: str) -> None:
        self.Pages = document.Pages
        self.Lang = pdfdoc.PDFString(language)


class Information(pdfdoc.PDFInfo):  # type: ignore[misc]  # ReportLab is not typed
    """The document's properties, without the moment of printing: same input, same bytes."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002 - ReportLab's signature
        """The dictionary."""
        return b"<</Title %s/Subject %s/Creator %s/Producer %s>>" % tuple(
            text_string(each) for each in (self.title, self.subject, self.creator, self.producer)
        )


class CompactDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # ReportLab is not typed
    """ReportLab's document, written with object streams (ISO 32000-1, 7.5.7).

    The structure for readers that hear the sheet is a few hundred small objects; one by one they would be a third of
    the file, deflated together they are a thirtieth.
    """

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=language)

    def sign(self, content: bytes) -> None:
        """Make the file's identifier from its content, not from a clock."""
        self.signature = hashlib.md5(content, usedforsecurity=False)

    def format(self) -> bytes:
        """The file."""
        root, info = self.Reference(self.Catalog).format(self), self.Reference(self.info).format(self)
        parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        offset = len(parts[0])
        entries: list[tuple[int, int, int]] = [(0, 0, 65535)]
        small: list[tuple[int, bytes]] = []
        number = 1
        while number in self.numberToId:  # formatting an object may register further ones
            obj = self.idToObject[self.numberToId[number]]
            data = pdfdoc.format(obj, self, toplevel=1)
            if getattr(obj, "is_stream", False):
                parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, data))
                entries.append((1, offset, 0))
                offset += len(parts[-1])
            else:
                entries.append((2, 0, len(small)))
                small.append((number, data))
            number += 1
        packed = number
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (packed, _object_stream(small).data))
        entries = [(kind, packed, index) if kind == 2 else (kind, place, index) for kind, place, index in entries]
        entries.append((1, offset, 0))
        offset += len(parts[-1])
        entries.append((1, offset, 0))  # the table itself
        identifier = self.signature.hexdigest().encode("ascii")
        trailer = b"/Root %s/Info %s/ID [<%s><%s>]" % (root, info, identifier, identifier)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (packed + 1, _cross_references(entries, trailer).data))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % offset)
        return b"".join(parts)


def _cross_references(entries: list[tuple[int, int, int]], trailer: bytes) -> Raw:
    """The table of all objects: kind, place, and number inside an object stream (ISO 32000-1, 7.5.8)."""
    table = b"".join(kind.to_bytes(1) + place.to_bytes(4) + index.to_bytes(2) for kind, place, index in entries)
    unused = bytes(5) + b"\xff\xff"
    return stream(table, b"/Type/XRef/Size %d/W [1 4 2]" % len(entries) + trailer, padding=unused)


def _object_stream(objects: list[tuple[int, bytes]]) -> Raw:
    """Many objects in one stream: first the numbers and places of all, then all."""
    index, body, place = [], [], 0
    for number, data in objects:
        index.append(b"%d %d" % (number, place))
        body.append(data + b"\n")
        place += len(data) + 1
    head = b" ".join(index) + b"\n"
    return stream(head + b"".join(body), b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)))
