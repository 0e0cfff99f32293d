"""Photographs and other pictures of pixels: counted before they are unpacked, and stripped of all but the pixels."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from pdfbuilder.domain.picture import Picture, PictureKind, Unprintable, picture_key
from pdfbuilder.domain.side import Side
from pdfbuilder.pictures.bitmap_files import PNG, damaged, essence

if TYPE_CHECKING:
    from PIL import Image

#: The most that are unpacked.
MOST_PIXELS: Final = 25_000_000
#: More of them than these across are lost on paper: 150 mm at 300 dots an inch.
_USEFUL: Final = 1800
_JPEG_QUALITY: Final = 85
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
#: What turns a picture upright, by the orientation that EXIF says.
_UPRIGHT: Final = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip


def read_bitmap(data: bytes, shows: Side | None) -> Picture:
    """Unpack a PNG, JPEG or WebP, turn it upright, and pack it anew: a photograph as JPEG, anything else as PNG.

    Raises:
        Unprintable: if it is damaged, an animation, or has too many pixels or parts.
    """
    from PIL import Image  # noqa: PLC0415 - only for those who bring one

    pixels, orientation = essence(data)
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is refused below anyway, and of faults that do not show.
            warnings.simplefilter("ignore")
            return _packed(_unpacked(pixels), orientation, shows, is_lossy=not data.startswith(PNG))
    except Unprintable:
        raise
    except Image.DecompressionBombError:
        raise _too_many("too many") from None
    except Exception:  # noqa: BLE001 - a damaged file makes decoders fail in every way there is
        raise damaged() from None


def _unpacked(pixels: bytes) -> Image.Image:
    """The pixels, as RGB or RGBA, and nothing of what unpacked them."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(pixels), formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_many(f"{image.width} × {image.height}")
        if image.mode.startswith("I"):
            # 16 bits of grey, of which paper shows 8; Pillow by itself would cut them off at white.
            return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
        return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _too_many(found: str) -> Unprintable:
    return Unprintable(
        f"expected at most {MOST_PIXELS // 1_000_000} megapixels, got {found}",
        f"save it smaller: {_USEFUL} pixels across are enough for paper",
        "picture-size",
    )


def _packed(image: Image.Image, orientation: int, shows: Side | None, *, is_lossy: bool) -> Picture:
    from PIL import Image  # noqa: PLC0415

    image.thumbnail((_USEFUL, _USEFUL), Image.Resampling.LANCZOS)
    # What was read beside the pixels would be written with them.
    image.info.clear()
    if orientation in _UPRIGHT:
        image = image.transpose(Image.Transpose[_UPRIGHT[orientation]])
    buffer = io.BytesIO()
    if is_lossy and image.mode == "RGB":
        kind = PictureKind.PHOTOGRAPH
        image.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    else:
        kind = PictureKind.BITMAP
        image.save(buffer, "PNG")
    data = buffer.getvalue()
    return Picture(picture_key(data), kind, image.width, image.height, shows, data=data)
