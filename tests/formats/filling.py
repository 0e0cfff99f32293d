"""Fills sheets in as a viewer would, and makes files that no viewer would."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping

import pikepdf


def filled(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """A sheet with boxes that are ticked (`Yes`), circles that are ringed (`4`), and words on lines."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fields = {str(field.T): field for field in document.Root.AcroForm.Fields}
        for name, value in values.items():
            field = fields[name]
            if field.FT == "/Tx":
                field.V = pikepdf.String(value)
                continue
            field.V = pikepdf.Name(f"/{value}")
            for widget in field.get("/Kids", [field]):
                states = widget.AP.N.keys()
                widget.AS = pikepdf.Name(f"/{value}" if f"/{value}" in states else "/Off")
        return saved(document)


def saved(document: pikepdf.Pdf, **how: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream, **how)
    return stream.getvalue()


def pdf_of(*objects: bytes) -> bytes:
    """A file of some objects, of which the first is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def in_a_stream(megabytes: int) -> bytes:
    """A file whose form stands in a stream that unpacks to so much."""
    packer = zlib.compressobj(1)
    packed = b"".join([packer.compress(b" " * 1_000_000) for _ in range(megabytes)]) + packer.flush()
    entries = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d" % len(packed)
    data = b"%PDF-1.7\n"
    places = [(0, 0, 65535)]
    for number, each in (
        (1, b"<</Type/Catalog/Pages <</Type/Pages/Kids []/Count 0>>/AcroForm 3 0 R>>"),
        (2, b"<<%s>>stream\n%s\nendstream" % (entries, packed)),
    ):
        places.append((1, len(data), 0))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    places += [(2, 2, 0), (1, len(data), 0)]
    table = b"".join(
        kind.to_bytes(1, "big") + at.to_bytes(4, "big") + index.to_bytes(2, "big") for kind, at, index in places
    )
    head = b"<</Type/XRef/Size 5/W [1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return data + b"4 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, len(data))
