"""Pictures from outside: found harmless, and turned into one of the few forms that are printed.

A picture file may be hostile or just too large, and what it is called says nothing about what it is. All that could
go wrong with it goes wrong here, where there is a line to point at; what comes out can be printed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from pdfbuilder.diagnostics import Location, refused
from pdfbuilder.domain.picture import Picture, Unprintable
from pdfbuilder.domain.side import Side
from pdfbuilder.files import read_file, reason_of
from pdfbuilder.pictures.bitmap_files import JPEG, PNG
from pdfbuilder.pictures.drawings import read_drawing

#: Largest files.
MOST_SVG_BYTES: Final = 2_000_000
MOST_PIXEL_BYTES: Final = 40_000_000
#: A longer or a taller picture is a slip: on its place on the sheet nothing of it could be seen.
MOST_STRETCHED: Final = 8

_BITMAPS: Final = (PNG, JPEG + b"\xff")
#: How files begin that people take for pictures, and what these are.
_OTHERS: Final = {
    b"GIF8": "a GIF", b"BM": "a BMP", b"II*\0": "a TIFF", b"MM\0*": "a TIFF", b"%!": "an EPS",
    b"\xc5\xd0\xd3\xc6": "an EPS", b"%PDF": "a PDF", b"\x1f\x8b": "a compressed file", b"PK\x03\x04": "an archive",
}  # fmt: skip


def read_picture(path: Path, shows: Side | None, credit: str, cited: Location, field: str) -> Picture:
    """Read a picture, look through it, and make it ready to be printed.

    Args:
        path: of the file; anywhere that its owner may read.
        shows: the side that it shows, or None.
        credit: who made it.
        cited: where the file is named.
        field: the key that names it.

    Raises:
        InvalidInput: if it cannot be read, is none of SVG, PNG, JPEG and WebP, is too large, or holds anything but a
            picture that can be printed.
    """
    try:
        return _read(path, shows, credit)
    except Unprintable as error:
        raise refused(error.code, f"{path}: {error.message}", cited, error.hint, field) from None


def _read(path: Path, shows: Side | None, credit: str) -> Picture:
    data = _bytes_of(path)
    if data.startswith(_BITMAPS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        from pdfbuilder.pictures.bitmaps import read_bitmap  # noqa: PLC0415 - the shipped pictures do not need it

        picture = read_bitmap(data, shows)
    else:
        picture = _drawing(data, shows)
    if not 1 / MOST_STRETCHED <= picture.width / picture.height <= MOST_STRETCHED:
        raise Unprintable(
            f"expected a picture at most {MOST_STRETCHED} times as wide as it is high, or as high as it is wide",
            "cut it to what matters",
            "picture-size",
        )
    return replace(picture, credit=credit, source=str(path))


def _drawing(data: bytes, shows: Side | None) -> Picture:
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unprintable(f"expected an SVG, PNG, JPEG or WebP picture{_got(data)}", "save it as one of them")
    if len(data) > MOST_SVG_BYTES:
        raise _too_large(MOST_SVG_BYTES)
    return _kept(data, shows) if len(data) <= _KEPT_BYTES else read_drawing(data, shows)


#: To look through a drawing is most of what it costs to read an exercise; those that ship are small, and read often.
_KEPT_BYTES: Final = 30_000
_kept = lru_cache(maxsize=128)(read_drawing)


def _got(data: bytes) -> str:
    if not data:
        return ", got an empty file"
    if data[4:8] == b"ftyp":
        return ", got a HEIC, an AVIF or a film"
    return next((f", got {what}" for start, what in _OTHERS.items() if data.startswith(start)), "")


def _bytes_of(path: Path) -> bytes:
    try:
        data = read_file(path, MOST_PIXEL_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise Unprintable(
            "there is no such file", "the path starts at the file that names it", "missing-picture"
        ) from None
    except IsADirectoryError:
        raise Unprintable("expected a file, got a folder", "name the picture's file") from None
    except (OSError, ValueError) as error:
        raise Unprintable(f"it cannot be read: {reason_of(error)}", "check the path") from None
    if len(data) > MOST_PIXEL_BYTES:
        raise _too_large(MOST_PIXEL_BYTES)
    return data


def _too_large(most: int) -> Unprintable:
    return Unprintable(f"expected at most {most:,} bytes", "save it smaller", "picture-size")
