"""Pictures from outside: found harmless before anything is done with them.

A picture file may be hostile or just too large. Pixels are counted before they are unpacked, an SVG may hold shapes
and nothing that fetches, runs or hides, and what a file is called says nothing about what it is.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from xml.parsers import expat

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location
from pdfbuilder.picture import Picture, PictureKind
from pdfbuilder.side import Side

#: Largest files, and the most pixels that are unpacked.
MOST_SVG_BYTES: Final = 2_000_000
MOST_PIXEL_BYTES: Final = 40_000_000
MOST_PIXELS: Final = 25_000_000
_MOST_ELEMENTS: Final = 50_000
_MOST_DEPTH: Final = 100

_MAGIC: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_FORMATS: Final = ("PNG", "JPEG", "WEBP")


def read_picture(path: Path, shows: Side | None, credit: str, cited: Location, field: str) -> Picture:
    """Read a picture and look through it.

    Args:
        path: of the file.
        shows: the side that it shows, or None.
        credit: who made it.
        cited: where the file is named.
        field: the key that names it.

    Raises:
        InvalidInput: if it cannot be read, is none of SVG, PNG, JPEG and WebP, is too large, or holds anything but a
            picture.
    """
    refuse = _Refusal(cited, field, path)
    data = _read(path, refuse)
    if data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        width, height = _pixels(data, refuse)
        kind, badge = PictureKind.PIXELS, None
    elif data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        drawing = _looked_through(data, refuse)
        width, height = drawing.size(refuse)
        kind = PictureKind.PLAIN_SVG if drawing.plain else PictureKind.SVG
        badge = drawing.badge(refuse)
        if drawing.shows and drawing.shows != (shows.value if shows else "neither"):
            raise refuse(
                "picture-side", f"the picture says that it shows {drawing.shows}", f"write shows: {drawing.shows}"
            )
    else:
        raise refuse("picture", "expected an SVG, PNG, JPEG or WebP picture", "convert it into one of them")
    key = "P" + hashlib.sha256(data).hexdigest()[:16]
    return Picture(key, kind, data, width, height, shows, badge, credit, str(path))


class _Refusal:
    """Makes the error for a picture, at the place where it is named."""

    def __init__(self, cited: Location, field: str, path: Path) -> None:
        self._cited = cited
        self._field = field
        self._path = path

    def __call__(self, code: str, message: str, hint: str) -> InvalidInput:
        return InvalidInput([Diagnostic(code, f"{self._path}: {message}", self._cited, self._field, hint)])


def _read(path: Path, refuse: _Refusal) -> bytes:
    try:
        if not path.exists():
            raise refuse("missing-picture", "there is no such file", "the path starts at the file that names it")
        if not path.is_file():
            raise refuse("picture", "expected a file", "name the picture's file")
        most = MOST_SVG_BYTES if path.suffix.lower() == ".svg" else MOST_PIXEL_BYTES
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a file's name"
        raise refuse("picture", f"it cannot be read: {reason}", "check the path") from None
    if len(data) > most:
        raise refuse("picture-size", f"expected at most {most:,} bytes", "save it smaller")
    return data


# --------------------------------------------------------------------------- pixels


def _pixels(data: bytes, refuse: _Refusal) -> tuple[float, float]:
    """Width and height of a bitmap as it is meant to be looked at."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only for those who bring one

    try:
        with _without_pillow_s_own_limit(), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise refuse(
                    "picture-size",
                    f"expected at most {MOST_PIXELS // 1_000_000} megapixels, got {image.width} × {image.height}",
                    "save it smaller: 1800 pixels across are enough for paper",
                )
            image.load()
            upright = ImageOps.exif_transpose(image)
            return float(upright.width), float(upright.height)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise refuse("picture", "the picture is damaged", "save it anew") from None


@contextmanager
def _without_pillow_s_own_limit() -> Iterator[None]:
    """Our own bound is lower, and is an error where Pillow only warns."""
    import warnings  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        yield


# --------------------------------------------------------------------------- drawings

_SVG: Final = "http://www.w3.org/2000/svg"
_SHAPES: Final = frozenset(["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"])
_SILENT: Final = frozenset(["title", "desc", "metadata", "defs", "style"])
_HINTS: Final = {
    "text": "turn the text into paths: mirrored, it could not be read",
    "image": "a picture inside a picture is not printed; use it by itself",
    "use": "draw it out: references are not followed",
    "script": "delete it",
    "foreignObject": "delete it",
}
_NUMBER: Final = r"-?[0-9]+(?:\.[0-9]+)?"
#: What each attribute of a path may be in the shipped pictures' format.
_PLAIN: Final = {
    "d": re.compile(r"M[MLCZ0-9 .,-]+", re.ASCII),
    "fill": re.compile(r"#[0-9A-Fa-f]{6}|none", re.ASCII),
    "stroke": re.compile(r"#[0-9A-Fa-f]{6}|none", re.ASCII),
    "stroke-width": re.compile(_NUMBER, re.ASCII),
    "stroke-dasharray": re.compile(rf"{_NUMBER}(?:[ ,]+{_NUMBER})*", re.ASCII),
    "stroke-linejoin": re.compile("miter|round|bevel"),
    "stroke-linecap": re.compile("butt|round|square"),
    "fill-rule": re.compile("evenodd|nonzero"),
}
#: A command of a path in that format, with the numbers that belong to it.
_STEP: Final = re.compile(rf"[ML](?:[ ,]*{_NUMBER}){{2}}|C(?:[ ,]*{_NUMBER}){{6}}|Z|[ ]+", re.ASCII)
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|mm|cm|in|pc)?\s*", re.ASCII)


class _Drawing:
    """What a look through an SVG has found."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.plain = True

    @property
    def shows(self) -> str:
        """The side that the drawing itself names, or nothing."""
        return self.root.get("data-shows", "")

    def size(self, refuse: _Refusal) -> tuple[float, float]:
        """Width and height, from the view box or else from the drawing's own size."""
        numbers = self.root.get("viewBox", "").replace(",", " ").split()
        try:
            if len(numbers) == 4:
                width, height = float(numbers[2]), float(numbers[3])
            else:
                lengths = [_LENGTH.fullmatch(self.root.get(name, "")) for name in ("width", "height")]
                width, height = (float(length.group(1)) if length else 0.0 for length in lengths)
        except ValueError:
            width = height = 0.0
        if not (0 < width < 1e6 and 0 < height < 1e6):
            raise refuse("picture", "the drawing does not say how large it is", 'give it a viewBox="0 0 580 400"')
        self.plain = self.plain and numbers[:2] == ["0", "0"]
        return width, height

    def badge(self, refuse: _Refusal) -> tuple[float, float] | None:
        """Where the badge goes, if the drawing says so."""
        text = self.root.get("data-badge")
        if text is None:
            return None
        try:
            x, y = (float(each) for each in text.split())
        except ValueError:
            raise refuse("picture", f'expected two numbers in data-badge, got "{text}"', 'write "290 180"') from None
        return x, y


class _Forbidden(ValueError):
    """Something in an SVG that has no business there: what, and what to do."""


def _looked_through(data: bytes, refuse: _Refusal) -> _Drawing:
    """Whether an SVG holds shapes only; expat reads it without following anything."""
    drawing, path, count = _Drawing(), list[str](), 0

    def forbid(what: str, hint: str) -> _Forbidden:
        return _Forbidden(f"it holds {what}, which is not allowed", hint)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS or len(path) >= _MOST_DEPTH:
            raise _Forbidden("it holds too many shapes", "draw it simpler")
        namespace, _, tag = name.rpartition(" ")
        path.append(tag)
        if not drawing.root and tag != "svg":
            raise _Forbidden(f"expected an SVG, got <{tag}>", "save it as SVG")
        if namespace not in ("", _SVG):
            drawing.plain = False  # an editor's own notes; nobody draws them
            return
        if tag not in _SHAPES | _SILENT:
            raise forbid(f"<{tag}>", _HINTS.get(tag, "draw it with plain shapes and colours, or use a PNG"))
        for key, value in attributes.items():
            _check_attribute(key.rpartition(" ")[2], value)
        if len(path) == 1:
            drawing.root = attributes or {"": ""}
        drawing.plain = drawing.plain and _is_plain(tag, attributes, len(path))

    def text(content: str) -> None:
        if path and path[-1] == "style" and ("url(" in content or "@" in content):
            raise forbid("a style sheet that refers to something", "write colours and widths into the shapes")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: path.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = lambda *_: _raise(forbid("a document type (DOCTYPE)", "delete that line"))
    parser.EntityDeclHandler = lambda *_: _raise(forbid("an entity", "delete it"))
    parser.ProcessingInstructionHandler = lambda *_: _raise(forbid("a processing instruction", "delete it"))
    try:
        parser.Parse(data, True)
    except _Forbidden as error:
        message, hint = error.args
        raise refuse("picture", message, hint) from None
    except (expat.ExpatError, ValueError) as error:
        line = getattr(error, "lineno", 0)
        raise refuse("picture", f"it is not valid XML (line {line})", "save it anew") from None
    return drawing


def _raise(error: Exception) -> None:
    raise error


def _check_attribute(key: str, value: str) -> None:
    """Refuse what runs, fetches, or refers to another part of the drawing."""
    if key.lower().startswith("on"):
        raise _Forbidden(f"it holds a script ({key}), which is not allowed", "delete it")
    if key == "href":
        raise _Forbidden("it refers to something (href), which is not allowed", "draw it out")
    if "url(" in value.replace(" ", "").lower():
        raise _Forbidden(f'it holds {key}="{value[:30]}", which is not allowed', "use a plain colour")


def _is_plain(tag: str, attributes: dict[str, str], depth: int) -> bool:
    """Whether an element is of the shipped pictures' format: paths of straight lines and curves, and nothing else."""
    if tag == "svg":
        return depth == 1
    if tag == "title":
        return True
    return (
        tag == "path"
        and depth == 2
        and "d" in attributes
        and all(key in _PLAIN and _PLAIN[key].fullmatch(value) for key, value in attributes.items())
        and _STEP.sub("", attributes["d"]) == ""
    )
