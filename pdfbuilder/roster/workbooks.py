"""XLSX: the first sheet of a workbook, read as whoever filled it in sees it.

Spreadsheets change what is typed: `007` becomes 7, `3-4` the third of April, `yes` a truth value. What can be told from
a cell's format is put right; what cannot is an error at the cell. Nothing is calculated: formulas give the values that
were saved with them.
"""

from __future__ import annotations

import datetime
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Severity
from pdfbuilder.roster.tables import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Cell,
    Fault,
    Kind,
    Row,
    Table,
    refuse_too_many_people,
    refused,
)

#: What every zip archive begins with.
ZIP: Final = b"PK\x03\x04"
#: Unpacked, with all that is in it; a few kilobytes can unpack to gigabytes.
_MOST_UNPACKED: Final = 50_000_000
_MOST_PARTS: Final = 1_000
#: A sheet has no more in any program; a file may say otherwise.
_MOST_ROWS: Final = 1_048_576
#: More than fit into a workbook of that size; a cell far to the right stands for all those before it.
_MOST_CELLS: Final = 2_000_000
_MOST_MERGED: Final = 1_000
#: A spreadsheet keeps no more digits of a number; the others have become zeros.
_MOST_EXACT: Final = 10**15

#: What a spreadsheet shows there is the value of another cell; in the file there is none.
_COVERED: Final = Fault("merged", "the cell is merged with the one above or beside it", "split it, and fill each in")
_RESAVE: Final = "open it, check it, and save it as .xlsx again, or as CSV"
_AS_TEXT: Final = "format the column as text, then type it again"


def read_workbook(data: bytes, name: str, folder: Path) -> Table:
    """Read the first visible sheet of a workbook.

    Args:
        data: the file.
        name: what the user calls it.
        folder: where relative paths inside it start.

    Raises:
        InvalidInput: if it cannot be read, is too large unpacked, has no header, or if openpyxl is missing.
    """
    where = Location(name)
    try:
        import openpyxl  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        hint = 'pip install "pdfbuilder[xlsx]", or save the roster as CSV'
        raise refused("missing-library", "reading .xlsx needs the library openpyxl", where, hint) from None
    try:
        _refuse_bomb(data, where)
        with warnings.catch_warnings():  # about charts and styles, which nobody asked for
            warnings.simplefilter("ignore")
            books = [openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=each) for each in (True, False)]
            return _Sheet(data, where, *books).table(folder)
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - what openpyxl raises for a damaged file has no bounds
        raise refused("workbook", "the workbook is damaged, or not one", where, _RESAVE) from None


def _refuse_bomb(data: bytes, where: Location) -> None:
    """Look into the archive's directory before anything is unpacked; no part unpacks to more than it says there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        message = f"expected a workbook of at most {_MOST_UNPACKED:,} bytes when unpacked"
        raise refused("too-large", message, where, "copy the people into a new workbook, without pictures")


class _Sheet:
    """The sheet with the people.

    Args:
        data: the workbook.
        where: what the user calls it.
        values: the workbook with the values that were saved with its formulas.
        formulas: the workbook with the formulas themselves.
    """

    def __init__(self, data: bytes, where: Location, values: Any, formulas: Any) -> None:
        self._where = where
        self._values, others = _visible(values, where)
        self._formulas, _ = _visible(formulas, where)
        self._others = others
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Only openpyxl knows which part a sheet is in; it does not tell what is merged when it reads row by row.
            xml = archive.read(self._values._worksheet_path)  # noqa: SLF001
        self._merged = _merged(xml, where)
        self._hidden = _hidden(xml)

    def table(self, folder: Path) -> Table:
        """The first row that says something is the header; the others that do are people."""
        header: tuple[Cell, ...] = ()
        rows: list[Row] = []
        for number, cells in self._rows():
            if all(cell.is_blank or cell.fault is _COVERED for cell in cells):
                continue
            if header:
                refuse_too_many_people(len(rows) + 1, self._at(number, 0))
                rows.append(self._row(number, cells, len(header)))
            else:
                header = self._header(number, cells)
        if not header:
            hint = "its first row names the columns: id, name, side, routine"
            raise refused("empty", "the sheet is empty", self._where, hint)
        hidden = [row for row in rows if row.number in self._hidden]
        return Table(folder, header, tuple(rows), (*self._remarks(), *_remarks_on_hidden(hidden, self._where)))

    def _header(self, number: int, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        last = max(index for index, cell in enumerate(cells) if not cell.is_blank)
        if last >= MOST_COLUMNS:
            message = f"expected at most {MOST_COLUMNS} columns"
            raise refused("too-large", message, self._at(number, last + 1), "leave out those that nobody reads")
        for cell in cells:
            if cell.fault:
                raise InvalidInput(
                    [Diagnostic(cell.fault.code, cell.fault.message, cell.location, cell.reference, cell.fault.hint)]
                )
        return cells[: last + 1]

    def _row(self, number: int, cells: tuple[Cell, ...], width: int) -> Row:
        padded = cells + tuple(self._empty(number, index + 1) for index in range(len(cells), width))
        problems = tuple(
            Diagnostic(
                "cells", "the value stands beside the table, under no heading", cell.location, cell.reference,
                "give its column a heading, or delete it",
            )
            for cell in cells[width:]
            if not cell.is_blank
        )  # fmt: skip
        return Row(number, self._at(number, 0), padded[:width], problems[:1])

    def _remarks(self) -> tuple[Diagnostic, ...]:
        filled = [each.title for each in self._others if _says_something(each, self._where)]
        if not filled:
            return ()
        message = f"only the first sheet is read, {self._values.title}; left out: {', '.join(filled)}"
        hint = "move the people to the first sheet, if there are some on the others"
        return (Diagnostic("sheets", message, self._where, hint=hint, severity=Severity.WARNING),)

    def _rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        rows = zip(_cells_of(self._values, self._where), _cells_of(self._formulas, self._where), strict=True)
        for number, (values, formulas) in enumerate(rows, start=1):
            if number > _MOST_ROWS:
                raise refused("too-large", f"expected at most {_MOST_ROWS:,} rows", self._where, _RESAVE)
            both_ways = enumerate(zip(values, formulas, strict=True), start=1)
            yield number, tuple(self._cell(number, column, *both) for column, both in both_ways)

    def _cell(self, number: int, column: int, cell: Any, formula: Any) -> Cell:
        if formula.data_type == "f" and cell.value is None and cell.data_type != "str":
            message = "the formula was saved without its value"
            return self._empty(number, column, Fault("formula", message, "open the file in a spreadsheet and save it"))
        if cell.value is None:
            return self._empty(number, column)
        if cell.data_type == "e":
            message = f"expected a value, got the error {str(cell.value)[:20]}"
            return self._empty(number, column, Fault("cell-error", message, "correct the cell"))
        shown = _shown(cell.value, cell.number_format)
        if isinstance(shown, Fault):
            return self._empty(number, column, shown)
        if len(shown) > LONGEST_CELL:
            message = f"expected at most {LONGEST_CELL:,} characters in a cell, got {len(shown):,}"
            return self._empty(number, column, Fault("too-long", message, "shorten it"))
        kind = Kind.DATE if isinstance(cell.value, datetime.date) else Kind.TEXT
        return Cell(shown, self._at(number, column), _reference(number, column), kind)

    def _empty(self, number: int, column: int, fault: Fault | None = None) -> Cell:
        if any(first <= column <= last for first, last in self._merged.get(number, ())):
            fault = _COVERED
        return Cell("", self._at(number, column), _reference(number, column), fault=fault)

    def _at(self, number: int, column: int) -> Location:
        return Location(self._where.source, number, column)


def _visible(book: Any, where: Location) -> tuple[Any, list[Any]]:
    """The first sheet that can be seen, and the others."""
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
    if not sheets:
        raise refused("workbook", "the workbook has no visible sheet", where, _RESAVE)
    return sheets[0], sheets[1:]


def _cells_of(sheet: Any, where: Location) -> Iterator[tuple[Any, ...]]:
    # What a file says of its own size may be wrong, and rows would be lost.
    sheet.reset_dimensions()
    seen = 0
    for row in sheet.iter_rows(min_row=1):
        seen += len(row)
        if seen > _MOST_CELLS:
            raise refused("too-large", f"expected at most {_MOST_CELLS:,} cells", where, _RESAVE)
        yield tuple(row)


def _says_something(sheet: Any, where: Location) -> bool:
    return any(cell.value is not None for row in itertools.islice(_cells_of(sheet, where), 50) for cell in row)


def _reference(number: int, column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{number}"


_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["\']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)["\']')


def _merged(xml: bytes, where: Location) -> dict[int, list[tuple[int, int]]]:
    """Columns, first and last, of the cells in each row that show nothing because another one covers them."""
    covered: dict[int, list[tuple[int, int]]] = {}
    found = _MERGED.findall(xml)
    if len(found) > _MOST_MERGED:
        raise refused("merged", f"expected at most {_MOST_MERGED} merged cells", where, "split them, and fill each in")
    for left, top, right, bottom in found:
        first, last = _number(left), _number(right)
        if int(bottom) - int(top) > _MOST_MERGED:
            raise refused("merged", "a merged cell goes over too many rows", where, "split it, and fill each in")
        for row in range(int(top), int(bottom) + 1):
            start = first + 1 if row == int(top) else first
            covered.setdefault(row, []).append((start, last))
    return covered


_ROW: Final = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_HIDDEN: Final = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_NUMBERED: Final = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")


def _hidden(xml: bytes) -> frozenset[int]:
    """Numbers of the rows that are hidden, by hand or by a filter."""
    rows = (attributes for attributes in _ROW.findall(xml) if _HIDDEN.search(attributes))
    return frozenset(int(number.group(1)) for number in map(_NUMBERED.search, rows) if number)


def _remarks_on_hidden(rows: list[Row], where: Location) -> tuple[Diagnostic, ...]:
    """Whoever prints a list that is filtered sees fewer people than get a sheet."""
    if not rows:
        return ()
    named = ", ".join(str(row.number) for row in rows[:5]) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
    message = f"hidden rows are read like the others: {named}"
    hint = "to leave them out, copy the rows that can be seen into a new workbook"
    return (Diagnostic("hidden-rows", message, where, hint=hint, severity=Severity.WARNING),)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - ord("A") + 1
    return number


def _shown(value: object, number_format: str | None) -> str | Fault:
    """What a cell shows, where that can be told."""
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return _number_shown(value, number_format or "")
        case datetime.datetime():
            return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
        case datetime.date():
            return value.isoformat()
    return Fault("value", f"expected a text or a number, got {value}", _AS_TEXT)


#: Pieces of a number format that are printed as they stand: quoted, escaped, or of these signs.
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|([-+/ ():])')
_FORMAT: Final = re.compile(r'"[^"]*"|\\.|[-+/ ():]|[0#]', re.DOTALL)


def _number_shown(value: float, number_format: str) -> str | Fault:
    """A number as its format shows it, with leading zeros and words around it; other formats only round or decorate."""
    if not -_MOST_EXACT < value < _MOST_EXACT:
        message = "the number has more digits than a spreadsheet keeps"
        return Fault("digits", message, _AS_TEXT)
    if value != int(value):
        return repr(value)
    whole = int(value)
    pattern = re.sub(r"\[[^\]]*\]", "", number_format.split(";", maxsplit=1)[0])
    pieces = _FORMAT.findall(pattern)
    if whole < 0 or "".join(pieces) != pattern or not {"0", "#"} & set(pieces):
        return str(whole)
    return _filled_in(str(whole), pieces)


def _filled_in(digits: str, pieces: list[str]) -> str:
    """Digits in the places of a format, from the right; those for which there is no place stand before the first."""
    places = [index for index, piece in enumerate(pieces) if piece in "0#"]
    zeros = pieces.count("0")
    padded = digits.rjust(zeros, "0") if digits != "0" or zeros else ""
    shown = ["".join(_LITERAL.sub(lambda match: "".join(filter(None, match.groups())), piece)) for piece in pieces]
    for index in reversed(places):
        shown[index], padded = padded[-1:], padded[:-1]
    shown[places[0]] = padded + shown[places[0]]
    return "".join(shown)
