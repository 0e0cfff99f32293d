"""Photographs and other pictures of pixels: counted before they are unpacked, and stripped of all but the pixels."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from pdfbuilder.picture import Unprintable

if TYPE_CHECKING:
    from PIL import Image

#: The most that are unpacked.
MOST_PIXELS: Final = 25_000_000
#: More of them than these across are lost on paper: 150 mm at 300 dots an inch.
_USEFUL: Final = 1800
_JPEG_QUALITY: Final = 85
_FORMATS: Final = ("PNG", "JPEG", "WEBP")


class Bitmap(Struct, frozen=True):
    """Pixels, ready to be printed.

    Attributes:
        data: a JPEG if it is a photograph, else a PNG; in either nothing but the pixels.
        is_photograph: whether small losses do not show.
        width: in pixels.
        height: in pixels.
    """

    data: bytes
    is_photograph: bool
    width: int
    height: int


def read_bitmap(data: bytes) -> Bitmap:
    """Unpack a PNG, JPEG or WebP, turn it upright, and pack it anew.

    Raises:
        Unprintable: if it is damaged or has too many pixels.
    """
    from PIL import Image  # noqa: PLC0415 - only for those who bring one

    try:
        with warnings.catch_warnings():
            # Pillow warns of what is refused below anyway, and of faults that do not show.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                _count(image)
                return _packed(image, is_lossy=data.startswith(b"\xff\xd8"))
    except Unprintable:
        raise
    except Image.DecompressionBombError:
        raise _too_many("too many") from None
    except Exception:  # noqa: BLE001 - a damaged file makes decoders fail in every way there is
        raise Unprintable("the picture is damaged", "save it anew") from None


def _count(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _too_many(f"{image.width} × {image.height}")


def _too_many(found: str) -> Unprintable:
    return Unprintable(
        f"expected at most {MOST_PIXELS // 1_000_000} megapixels, got {found}",
        f"save it smaller: {_USEFUL} pixels across are enough for paper",
        "picture-size",
    )


def _packed(image: Image.Image, *, is_lossy: bool) -> Bitmap:
    from PIL import Image, ImageOps  # noqa: PLC0415

    lossy = is_lossy or image.format == "WEBP"
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        # 16 bits of grey, of which paper shows 8; Pillow by itself would cut them off at white.
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((_USEFUL, _USEFUL), Image.Resampling.LANCZOS)
    # What was read beside the pixels would be written with them.
    upright.info.clear()
    is_photograph = lossy and upright.mode == "RGB"
    buffer = io.BytesIO()
    if is_photograph:
        upright.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    else:
        upright.save(buffer, "PNG")
    return Bitmap(buffer.getvalue(), is_photograph, upright.width, upright.height)
