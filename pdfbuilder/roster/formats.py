"""Tells what kind of file a roster is, by its name and by its first bytes, and has it read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pdfbuilder.diagnostics import Location
from pdfbuilder.reading.source import STDIN, folder_of, read_bytes
from pdfbuilder.roster.decoding import decode
from pdfbuilder.roster.delimited import read_delimited
from pdfbuilder.roster.listings import PEOPLE, read_listing
from pdfbuilder.roster.packages import ZIP
from pdfbuilder.roster.tables import Table, refused
from pdfbuilder.roster.workbooks import read_workbook

#: Some 50,000 people with long notes.
MOST_BYTES: Final = 20_000_000

_CSV: Final = (".csv", ".tsv", ".txt")
_YAML: Final = (".yaml", ".yml")
_XLSX: Final = ".xlsx"
#: What an old workbook begins with, and a new one with a password.
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How a list of people in YAML begins, for standard input, which has no name to go by.
_LIKE_YAML: Final = re.compile(rf"\s*+(?:#[^\r\n]*+\s++)*+(?:---|-\s|\[|{{|{PEOPLE}\s*:)")


def read_table(path: str, encoding: str | None, is_known: Callable[[str], bool]) -> Table:
    """Read a roster of whatever kind.

    Args:
        path: the file, or `-` for standard input.
        encoding: how a CSV or YAML is written; None for what the file says of itself.
        is_known: whether a heading means something.

    Raises:
        InvalidInput: if the file as a whole cannot be read.
    """
    name, data = read_bytes(path, MOST_BYTES, "divide it between several rosters", may_wait=True)
    where = Location(name)
    suffix = "" if path == STDIN else Path(path).suffix.casefold()
    if path != STDIN and suffix not in (*_CSV, *_YAML, _XLSX):
        shown = f"got {suffix}" if suffix else "got a name without a suffix"
        hint = "save it as .xlsx or .csv" if suffix in (".xls", ".xlsm", ".xlsb", ".ods", ".numbers") else "rename it"
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
        return read_workbook(data, name, folder_of(path))
    source = decode(data, name, folder_of(path), encoding)
    if suffix in _YAML or (path == STDIN and _LIKE_YAML.match(source.text)):
        return read_listing(source)
    return read_delimited(source, is_known)
