"""Pictures as they are stored: a drawing's paths as they were, pixels to the last byte."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from pdfbuilder.domain.picture import Path, Picture, PictureKind, Step
from pdfbuilder.pdf.internals import BlankCanvas
from pdfbuilder.pdf.pictures import draw_paths, picture_object


def stored(stream: bytes) -> bytes:
    return stream.partition(b"stream\n")[2].removesuffix(b"\nendstream")


def test_paths_are_drawn_in_their_order_with_their_own_state() -> None:
    steps: tuple[Step, ...] = (
        ("M", (1.25, 2.0)), ("C", (3.0, 4.0, 5.0, 6.0, 7.0, 8.5)), ("L", (9.0, 10.0)), ("Z", ())
    )  # fmt: skip
    canvas = BlankCanvas()
    draw_paths(
        canvas,
        [
            Path(steps, "#FF0000", even_odd=True),
            Path(steps[:3], stroke="#808080", width=2.5, cap="round", join="bevel", dashes=(4.0, 2.0)),
            Path(steps, "#000000", stroke="#000000", width=1),
        ],
    )
    path = "n 1.25 2 m 3 4 5 6 7 8.5 c 9 10 l"
    assert canvas.getCurrentPageContent().splitlines() == [
        "1 0 0 rg", f"{path} h", "f*",
        ".502 G", "2.5 w", "1 J", "2 j", "[4 2] 0 d", path, "S",
        "0 g", "0 G", "1 w", "0 J", "0 j", "[] 0 d", f"{path} h", "B",
    ]  # fmt: skip


def test_a_drawing_is_scaled_into_the_unit_square() -> None:
    path = Path((("M", (0, 0)), ("L", (580, 0)), ("L", (580, 290.25)), ("Z", ())), "#000000")
    drawing = Picture("k", PictureKind.DRAWING, 580, 400, None, paths=(path,))
    content = zlib.decompress(stored(picture_object(drawing).stream))
    assert content.split(b"\n") == [
        b"0.00172414 0 0 0.00250000 0 0 cm", b"0 g", b"n 0 0 m 580 0 l 580 290.25 l h", b"f",
    ]  # fmt: skip


def pixels_that_end_in(byte: int) -> Image.Image:
    """A picture whose compressed pixels end in a byte, which would read as part of the line break after them."""
    for number in range(100_000):
        image = Image.new("RGB", (1, 1), tuple(number.to_bytes(3)))
        if zlib.compress(image.tobytes())[-1] == byte:
            return image
    raise AssertionError(byte)


@pytest.mark.parametrize("byte", [0x0A, 0x0D])
def test_no_pixels_end_in_a_line_break_and_none_is_lost(byte: int) -> None:
    image, buffer = pixels_that_end_in(byte), io.BytesIO()
    image.save(buffer, "PNG")
    found = stored(picture_object(Picture("k", PictureKind.BITMAP, 1, 1, None, data=buffer.getvalue())).stream)
    assert found[-1] not in (0x0A, 0x0D)
    assert zlib.decompress(found).startswith(image.tobytes())
    # a photograph's data stays as it is
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    photograph = Picture("k", PictureKind.PHOTOGRAPH, 1, 1, None, data=buffer.getvalue())
    assert stored(picture_object(photograph).stream) == buffer.getvalue()
