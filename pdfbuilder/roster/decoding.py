"""From a roster's bytes to its characters: by its byte order mark, as told, or as UTF-8. Nothing is guessed."""

from __future__ import annotations

import codecs
from contextlib import suppress
from pathlib import Path
from typing import Final

from pdfbuilder.diagnostics import Location, nearest, refused
from pdfbuilder.roster.conventions import Conventions
from pdfbuilder.yamlfile.source import SourceText

#: What a file may begin with to say how it is written. The mark of UTF-16 is how that of UTF-32 begins.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL: Final = ("utf-8", "utf-16", "cp1252", "cp1250", "latin-1", "mac-roman")


def decode(data: bytes, name: str, folder: Path, conventions: Conventions) -> SourceText:
    """The text of a roster.

    Args:
        data: the file.
        name: what the user calls it.
        folder: where relative paths inside it start.
        conventions: how it is written: in which encoding, and how that is said.

    Raises:
        InvalidInput: if it is not written like that, or holds a NUL character.
    """
    marked = next((each for mark, each in _MARKS if data.startswith(mark)), None)
    option, encoding = conventions.called("encoding"), conventions.encoding
    asked = _known(encoding, option) if encoding is not None else None
    if asked and marked and not marked.startswith(asked) and not asked.startswith(marked.removesuffix("-sig")):
        message = f"the file's first bytes say {marked.removesuffix('-sig')}, but {option} says {encoding}"
        raise refused("encoding", message, Location(name), f"leave {option} out")
    how = marked or asked or "utf-8"
    try:
        source = SourceText(name, data.decode(how).removeprefix("\ufeff"), folder)
    except UnicodeDecodeError as error:
        raise _wrong_byte(error, data, how, name, folder, option) from None
    except (UnicodeError, ValueError):
        raise refused("encoding", f"the file is not written in {how}", Location(name), _way_out(how, option)) from None
    if (nul := source.text.find("\0")) >= 0:
        hint = f"delete it; if there are many, the file may be UTF-16: add {option} utf-16-le"
        raise refused("nul", "the file holds a NUL character", source.at_offset(nul), hint)
    return source


def _known(encoding: str, option: str) -> str:
    """A codec for text by its usual name."""
    try:
        with suppress(UnicodeError):  # a byte alone is not of every encoding; but some codecs are not for text at all
            b" ".decode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        hint = nearest(encoding, _USUAL) or f"for example {', '.join(_USUAL)}"
        raise refused("encoding", f'there is no encoding "{encoding}"', Location(option), hint) from None


def _wrong_byte(error: UnicodeDecodeError, data: bytes, how: str, name: str, folder: Path, option: str) -> Exception:
    shown = "UTF-8" if how.startswith("utf-8") else how
    # A codec may have left its byte order mark out of what it says it was given.
    start = error.start + (len(data) - len(error.object))
    before = data[:start].decode(how, "replace").removeprefix("\ufeff")
    readable = SourceText(name, before + "\ufffd", folder)
    where = readable.at_offset(len(before))
    byte = data[min(start, len(data) - 1)]
    message = f"expected {shown}, got the byte 0x{byte:02X} (byte {start + 1:,} of the file)"
    return refused("encoding", message, where, _way_out(how, option))


def _way_out(how: str, option: str) -> str:
    if how.startswith("utf-8"):
        return f"save the file as UTF-8, or add {option} cp1252 if Excel on Windows wrote it"
    return f"save the file as UTF-8 and leave {option} out, or name the right encoding"
