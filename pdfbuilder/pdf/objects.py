"""Objects of a PDF file, on ReportLab's document."""

from __future__ import annotations

import hashlib
import zlib

from reportlab.pdfbase import pdfdoc


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab is not typed
    """An object that is written as it is."""

    __RefOnly__ = 1

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002 - ReportLab's signature
        """The bytes."""
        return self.data


def reference(document: pdfdoc.PDFDocument, obj: pdfdoc.PDFObject) -> bytes:
    """The reference to an object; registers it if need be."""
    name = document.Reference(obj).name
    return b"%d 0 R" % document.idToObjectNumberAndVersion[name][0]


def stream(data: bytes, entries: bytes = b"", *, deflated: bool = False) -> Raw:
    """A deflated stream.

    Args:
        data: its content.
        entries: further entries of its dictionary.
        deflated: whether the content is deflated already.
    """
    content = data if deflated else zlib.compress(data, 6)
    head = b"<<%s/Filter/FlateDecode/Length %d>>" % (entries, len(content))
    return Raw(head + b"\nstream\n" + content + b"\nendstream")


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in UTF-16."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


class Information(pdfdoc.PDFInfo):  # type: ignore[misc]  # ReportLab is not typed
    """The document's properties, without the moment of printing: same input, same bytes."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002 - ReportLab's signature
        """The dictionary."""
        return b"<</Title %s/Subject %s/Creator %s/Producer %s>>" % tuple(
            text_string(each) for each in (self.title, self.subject, self.creator, self.producer)
        )


def sign(document: pdfdoc.PDFDocument, content: bytes) -> None:
    """Make the file's identifier from its content, not from a clock."""
    document.signature = hashlib.md5(content, usedforsecurity=False)
