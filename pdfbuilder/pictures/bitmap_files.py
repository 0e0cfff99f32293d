"""The files of photographs and other bitmaps: their parts are counted, and only those that make pixels go on.

Whoever unpacks a file would read all of it: a million comments, a telephone's notes that each say that they are a
megabyte, a picture that is sent twenty thousand times, each time a little finer.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from pdfbuilder.domain.picture import Unprintable

PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8"

#: Parts of a file: segments of a JPEG, chunks of a PNG or a WebP. Some programs cut the pixels into thousands.
MOST_PARTS: Final = 20_000
#: How many times a JPEG is sent, each time a little finer; ten are usual.
MOST_SCANS: Final = 100


def essence(data: bytes) -> tuple[bytes, int]:
    """What makes the pixels of a PNG, JPEG or WebP.

    Args:
        data: the file.

    Returns:
        The file without all the rest; and which way up it was taken, as EXIF has it: 1 to 8.

    Raises:
        Unprintable: if it is damaged, has too many parts, or is an animation.
    """
    try:
        if data.startswith(PNG):
            return _png(data)
        return _jpeg(data) if data.startswith(JPEG) else _webp(data)
    except (struct.error, IndexError):  # it ends too early
        raise damaged() from None


def damaged() -> Unprintable:
    """What is said of a picture that cannot be unpacked."""
    return Unprintable("the picture is damaged", "save it anew")


def _check_count(parts: int, most: int = MOST_PARTS, what: str = "parts") -> None:
    if parts > most:
        raise Unprintable(f"expected a picture of at most {most:,} {what}", "save it anew", "picture-size")


def _animation() -> Unprintable:
    return Unprintable("the picture is an animation", "save one picture of it")


# --------------------------------------------------------------------------- PNG

#: How large it is, its palette, what of it is transparent, its pixels, and its end.
_PNG_PARTS: Final = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


def _png(data: bytes) -> tuple[bytes, int]:
    kept, orientation, place, name, parts = [PNG], 1, len(PNG), b"", 0
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, place)
        start, place = place, place + 12 + length
        parts += 1
        _check_count(parts)
        if place > len(data):
            raise damaged()
        if name in _PNG_PARTS:
            kept.append(data[start:place])
        elif name == b"eXIf":
            orientation = _orientation(data[start + 8 : place - 4])
        elif name == b"acTL":
            raise _animation()
    return b"".join(kept), orientation


# --------------------------------------------------------------------------- JPEG

_NO_FILLING: Final = re.compile(rb"[^\xff]")
#: Inside of a scan a byte of 255 stands before a zero, or before the number of a place to start anew.
_END_OF_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_END, _SCAN, _NOTES = 0xD9, 0xDA, 0xE1
#: Segments that are nothing but their marker.
_BARE: Final = frozenset((0x00, 0x01, *range(0xD0, 0xDA)))
#: Sizes, tables and scans.
_JPEG_PARTS: Final = frozenset((*range(0xC0, 0xD0), *range(0xDA, 0xDE)))
#: What says how the colours are meant: the number of the segment, and how it begins.
_COLOURS: Final = ((0xE0, b"JFIF\0"), (0xEE, b"Adobe"))
_EXIF: Final = b"Exif\0\0"


def _jpeg(data: bytes) -> tuple[bytes, int]:
    kept, notes, scans = [JPEG], b"", 0
    for count, (marker, content, whole) in enumerate(_jpeg_segments(data), start=1):
        _check_count(count)
        scans += marker == _SCAN
        _check_count(scans, MOST_SCANS, "scans")
        if marker in _JPEG_PARTS or marker == _END or (marker, content[:5]) in _COLOURS:
            kept.append(whole)
        elif marker == _NOTES and content.startswith(_EXIF):
            notes = notes or content
    return b"".join(kept), _orientation(notes)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The number of each segment, what is in it, and all of it, with a scan's pixels; up to the end of the picture."""
    marker, place = 0, len(JPEG)
    # Before a marker anything may stand, and a marker may be filled up.
    while (
        marker != _END and (filling := data.find(b"\xff", place)) >= 0 and (found := _NO_FILLING.search(data, filling))
    ):
        marker, place = data[found.start()], found.end()
        start = place
        if marker not in _BARE:
            place += struct.unpack_from(">H", data, place)[0]
        content = data[start + 2 : place]
        if marker == _SCAN:
            end = _END_OF_SCAN.search(data, place)
            place = end.start() if end else len(data)
        yield marker, content, bytes((0xFF, marker)) + data[start:place]


# --------------------------------------------------------------------------- WebP

#: The pixels, in either way of packing them, and what of them is transparent.
_WEBP_PARTS: Final = (b"VP8 ", b"VP8L", b"ALPH")
_TRANSPARENT: Final = 0x10


def _webp(data: bytes) -> tuple[bytes, int]:
    kept, orientation, place, parts = [b"WEBP"], 1, 12, 0
    data = data[: 8 + struct.unpack_from("<I", data, 4)[0]]
    while place + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, place)
        start, place = place, place + 8 + length + length % 2
        parts += 1
        _check_count(parts)
        if place - length % 2 > len(data):
            raise damaged()
        if name in _WEBP_PARTS:
            kept.append(data[start:place])
        elif name == b"VP8X":  # which says what else there is; nothing of it is left
            flags = bytes((data[start + 8] & _TRANSPARENT,))
            kept.append(data[start : start + 8] + flags + data[start + 9 : place])
        elif name == b"EXIF":
            orientation = _orientation(data[start + 8 : place])
        elif name in (b"ANIM", b"ANMF"):
            raise _animation()
    body = b"".join(kept)
    return struct.pack("<4sI", b"RIFF", len(body)) + body, orientation


# --------------------------------------------------------------------------- EXIF

_ORIENTATION, _SHORT = 0x0112, 3


def _orientation(exif: bytes) -> int:
    """Which way up a picture was taken, 1 to 8; 1 if that is not said."""
    exif = exif.removeprefix(_EXIF)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    try:
        if order:
            (first,) = struct.unpack_from(f"{order}I", exif, 4)
            (count,) = struct.unpack_from(f"{order}H", exif, first)
            for index in range(count):
                tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * index)
                if (tag, kind) == (_ORIENTATION, _SHORT) and 1 <= value <= 8:
                    return int(value)
    except struct.error:  # it is cut off; what it says of the picture is not the picture
        pass
    return 1
