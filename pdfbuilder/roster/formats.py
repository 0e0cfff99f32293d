"""Tells what kind of file a roster is, by its name and by its first bytes, and has it read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from pdfbuilder.diagnostics import Location, refused
from pdfbuilder.files import STDIN, folder_of, read_bytes
from pdfbuilder.roster.conventions import Conventions
from pdfbuilder.roster.decoding import decode
from pdfbuilder.roster.delimited import read_delimited
from pdfbuilder.roster.listings import PEOPLE, read_listing
from pdfbuilder.roster.packages import ZIP
from pdfbuilder.roster.tables import Table
from pdfbuilder.roster.workbooks import read_workbook

#: Some 50,000 people with long notes.
MOST_BYTES: Final = 20_000_000

_CSV: Final = (".csv", ".tsv", ".txt")
_YAML: Final = (".yaml", ".yml")
_XLSX: Final = ".xlsx"
_OTHER_SPREADSHEETS: Final = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
#: Bytes of a YAML that are looked at to tell what it is.
_BEGINNING: Final = 65_536
#: What an old workbook begins with, and a new one with a password.
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How a list of people in YAML begins, for standard input, which has no name to go by.
_LIKE_YAML: Final = re.compile(rf"\s*+(?:#[^\r\n]*+\s++)*+(?:---|-\s|\[|{{|{PEOPLE}\s*:)")


def is_roster(path: str, headings: Collection[str] = ()) -> bool:
    """Whether a file is meant to be a roster, and no definition of a routine or the like.

    Args:
        path: the file; it is not read further than its beginning.
        headings: keys of a roster, beside `id`.
    """
    suffix = Path(path).suffix.casefold()
    if suffix not in _YAML:
        return suffix in (*_CSV, _XLSX, *_OTHER_SPREADSHEETS)
    try:
        beginning = _beginning(Path(path))
    except (OSError, ValueError):
        return False
    lines = (line.strip() for line in beginning.splitlines())
    first = next((line for line in lines if line and not line.startswith(("#", "%", "---"))), "")
    if re.match(rf"[\"']?{PEOPLE}[\"']?\s*:", first):
        return True
    keys = "|".join(map(re.escape, ("id", *headings)))
    is_list = re.match(r"-(?:\s|$)|\[", first) is not None
    return is_list and re.search(rf"(?:^|[-{{,\[])\s*[\"']?(?:{keys})[\"']?\s*:", beginning, re.MULTILINE) is not None


def _beginning(path: Path) -> str:
    """The first characters of a file; of a pipe or a device none, which would have to be waited for."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return stream.read(_BEGINNING).removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def read_table(path: str, conventions: Conventions, is_known: Callable[[str], bool]) -> Table:
    """Read a roster of whatever kind.

    Args:
        path: the file, or `-` for standard input.
        conventions: how it is written.
        is_known: whether a heading means something.

    Raises:
        InvalidInput: if the file as a whole cannot be read.
    """
    name, data = read_bytes(path, MOST_BYTES, "divide it between several rosters", may_wait=True)
    return table_of(data, name, folder_of(path), conventions, is_known, is_named=path != STDIN)


def table_of(
    data: bytes,
    name: str,
    folder: Path,
    conventions: Conventions,
    is_known: Callable[[str], bool],
    *,
    is_named: bool = True,
) -> Table:
    """A roster from what its file holds.

    Args:
        data: the file.
        name: what it is called; how the name ends says what it is.
        folder: where relative paths inside it start.
        conventions: how it is written.
        is_known: whether a heading means something.
        is_named: whether the name is that of a file.

    Raises:
        InvalidInput: as `read_table` does.
    """
    where = Location(name)
    suffix = Path(name).suffix.casefold() if is_named else ""
    if is_named and suffix not in (*_CSV, *_YAML, _XLSX):
        shown = f"got {suffix}" if suffix else "got a name without a suffix"
        hint = "save it as .xlsx or .csv" if suffix in _OTHER_SPREADSHEETS else "rename it"
        raise refused("suffix", f"expected a roster in .csv, .tsv, .xlsx or .yaml, {shown}", where, hint)
    if data.startswith(_OLE):
        message = "this is a workbook of the old kind, or one with a password"
        raise refused("workbook", message, where, "save it as .xlsx without a password, or as CSV")
    if data.startswith(ZIP) and suffix not in (_XLSX, ""):
        message = f"the name ends in {suffix}, but the file is a workbook or another zip archive"
        raise refused("suffix", message, where, "give a workbook a name in .xlsx")
    if suffix == _XLSX and data and not data.startswith(ZIP):
        message = "the name ends in .xlsx, but the file is no workbook"
        raise refused("suffix", message, where, "open it and save it as .xlsx; give a CSV a name in .csv")
    if suffix == _XLSX or data.startswith(ZIP):
        return read_workbook(data, name, folder)
    source = decode(data, name, folder, conventions)
    if suffix in _YAML or (not is_named and _LIKE_YAML.match(source.text)):
        return read_listing(source)
    return read_delimited(source, is_known)
