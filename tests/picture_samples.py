"""Pictures of people's own, good and bad, and a routine that shows one."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, TiffImagePlugin
from samples import OWN, write

#: Its four corners, from the upper left one clockwise.
CORNERS = ((220, 30, 30), (30, 160, 30), (30, 60, 220), (240, 200, 20))
SECRET = "Secret Street 7"


def corners(size: tuple[int, int] = (80, 60), mode: str = "RGB") -> Image.Image:
    """A picture with a colour in each quarter."""
    image = Image.new("RGB", size)
    width, height = size[0] // 2, size[1] // 2
    for colour, place in zip(CORNERS, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        image.paste(colour, (*place, place[0] + width, place[1] + height))
    return image.quantize(16) if mode == "P" else image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes into a photograph."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = f"Maker of {SECRET}"
    found[0x010E] = SECRET
    found[0x8825] = {1: "N", 2: (TiffImagePlugin.IFDRational(52), TiffImagePlugin.IFDRational(31), 0.5), 29: SECRET}
    return found


def svg(inside: str = '<rect width="40" height="30" fill="red"/>', frame: str = 'viewBox="0 0 80 60"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{inside}</svg>'.encode()


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_that_says(width: int, height: int) -> bytes:
    """A few bytes that say that they unpack to so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def routine_with(
    folder: Path, name: str, data: bytes | None = None, shows: str = "right", more: str = "", side: str = "affected"
) -> Path:
    """A routine whose exercise has a picture; the file's name stands in line 9 from column 13 on."""
    if data is not None:
        write(folder, data, name)
    picture = f"    picture:\n      file: {name}\n      shows: {shows}\n      alt: A man on a mat.\n{more}"
    text = OWN.replace("side: affected", f"side: {side}") + picture
    if side == "bilateral":
        text = text.replace("{affected heel}", "heels")
    return write(folder, text)
