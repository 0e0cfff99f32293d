"""Fonts as they are embedded: subset by ReportLab, deflated once for many documents.

ReportLab's own map of codes to characters gives U+0000 to codes that are not used, which PDF/UA forbids: it is ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Final

from msgspec import Struct

from pdfbuilder.pdf.document import PackedDocument, stream
from pdfbuilder.pdf.fonts import field_font, font
from pdfbuilder.pdf.internals import dictionary, glyphs_in_subset

#: Fonts that are kept, beyond which they are made anew: rare characters differ from person to person.
_MOST_KEPT: Final = 64

#: A font is read like a file, from one place at a time.
_ONE_SUBSETS: Final = Lock()

#: Codes are the font's own, not those of a standard encoding (ISO 32000-1, 9.8.2).
_SYMBOLIC: Final = 4

#: What can be typed into a field: Latin with its accents, Romanian, Greek, Cyrillic, Ukrainian, and marks.
_FIELD_CHARACTERS: Final = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x386, 0x3CF), *range(0x400, 0x460),
    0x490, 0x491, *map(ord, "–—‘’“”…€"),
)  # fmt: skip


class Embedded(Struct, frozen=True):
    """A font, ready to be written into any document.

    Attributes:
        name: with the tag of a subset.
        program: the stream with the glyphs.
        descriptor: dictionary, with `%d` for the number of the program.
        map: the stream with the character behind each code, or with the glyph where codes have two bytes.
        dictionary: with `%(descriptor)d` and `%(map)d`.
    """

    name: str
    program: bytes
    descriptor: bytes
    map: bytes
    dictionary: bytes

    def add_to(self, document: PackedDocument) -> int:
        """Write it; returns the font's number."""
        descriptor = document.add(self.descriptor % document.share(self.program))
        return document.add(self.dictionary % {b"descriptor": descriptor, b"map": document.share(self.map)})


def embed_field_font(document: PackedDocument) -> int:
    """Add the font that is typed with in fields; returns its number.

    Viewers write what is typed by themselves, with the font's map of characters. 256 codes are too few, so it has codes
    of two bytes, which are Unicode: poppler, pdf.js and what fills in forms find all letters like this, PDFium takes
    those beyond Latin-1 from the system's fonts, and MuPDF never uses a field's own font.
    """
    descendant, characters = _field_font()
    entries = {
        "Type": "/Font", "Subtype": "/Type0", "BaseFont": descendant.name, "Encoding": "/Identity-H",
        "DescendantFonts": [b"%d 0 R" % descendant.add_to(document)],
        "ToUnicode": b"%d 0 R" % document.share(characters),
    }  # fmt: skip
    return document.add(dictionary(entries))


@lru_cache(maxsize=_MOST_KEPT)
def embedded(index: int, portion: int, chars: frozenset[int]) -> Embedded:
    """A portion of a font.

    Args:
        index: of the font.
        portion: which portion.
        chars: those of its characters that are used; 0 for all.
    """
    by_code = font(index).by_code(portion, chars)
    widths = font(index).face.charWidths
    entries = {
        "Subtype": "/TrueType", "FirstChar": 0, "LastChar": len(by_code) - 1, "ToUnicode": "%(map)d 0 R",
        "Widths": [round(widths[char], 2) if char else 0 for char in by_code],
    }  # fmt: skip
    characters = _to_unicode([(code, char) for code, char in enumerate(by_code) if char], size=1)
    return _made(index, by_code, characters, entries)


@lru_cache(maxsize=1)
def _field_font() -> tuple[Embedded, bytes]:
    """The font by glyphs, and the stream with its characters."""
    face = field_font().face
    chars = [char for char in _FIELD_CHARACTERS if char in face.charToGlyph]
    glyphs = bytearray(2 * max(chars) + 2)
    for char, glyph in glyphs_in_subset(face, chars).items():
        glyphs[2 * char : 2 * char + 2] = glyph.to_bytes(2, "big")
    entries = {
        "Subtype": "/CIDFontType2", "CIDToGIDMap": "%(map)d 0 R",
        "CIDSystemInfo": b"<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>",
        "W": [part for char in chars for part in (char, [round(face.charWidths[char], 2)])],
    }  # fmt: skip
    characters = _to_unicode([(char, char) for char in chars], size=2)
    return _made(field_font().index, chars, bytes(glyphs), entries), stream(characters)


def _made(index: int, chars: Sequence[int], map_: bytes, entries: Mapping[str, object]) -> Embedded:
    """A font that holds these characters, from the entries of its dictionary that only its kind has."""
    face = font(index).face
    # Six capitals that tell one subset from another (ISO 32000-1, 9.6.4).
    digest = hashlib.md5(f"{index} {chars}".encode(), usedforsecurity=False).digest()
    name = f"/{bytes(65 + byte % 26 for byte in digest[:6]).decode()}+{font(index).name}"
    with _ONE_SUBSETS:
        program = face.makeSubset(chars)
    descriptor = {
        "Type": "/FontDescriptor", "FontName": name, "Flags": _SYMBOLIC, "FontBBox": list(face.bbox),
        "Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.capHeight, "StemV": face.stemV,
        "ItalicAngle": face.italicAngle, "FontFile2": "%d 0 R",
    }  # fmt: skip
    shared = {"Type": "/Font", "BaseFont": name, "FontDescriptor": "%(descriptor)d 0 R"}
    return Embedded(
        name,
        stream(program, b"/Length1 %d" % len(program)),
        dictionary(descriptor),
        stream(map_),
        dictionary({**shared, **entries}),
    )


def _to_unicode(pairs: Sequence[tuple[int, int]], size: int) -> bytes:
    """The character behind each code, for readers that copy or speak the text (ISO 32000-1, 9.10.3).

    Args:
        pairs: codes and characters.
        size: of a code, in bytes.
    """
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        f"1 begincodespacerange <{'00' * size}> <{'FF' * size}> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):  # a section holds at most 100 entries
        section = pairs[start : start + 100]
        lines.append(f"{len(section)} beginbfchar")
        lines += [f"<{code:0{2 * size}X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in section]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
