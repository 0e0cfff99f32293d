"""XLSX: the first sheet of a workbook, read as whoever filled it in sees it.

Spreadsheets change what is typed: `007` becomes 7, `3-4` the third of April, `yes` a truth value. What can be told from
a cell's format is put right; what cannot is an error at the cell. Nothing is calculated: formulas give the values that
were saved with them.

A reader of our own, for what others do without a word: of two rows or cells in one place they keep the last, and they
leave out a sheet that they cannot find. Here whoever stands in the sheet stands in the table, or all of it is refused.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Diagnostic, Location, Severity, quoted, refused
from pdfbuilder.roster.packages import RESAVE, Package, Related
from pdfbuilder.roster.tables import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Cell,
    CellFault,
    CellKind,
    Row,
    Table,
    refuse_too_large,
)

#: A sheet has no more in any program; a file may say otherwise.
_MOST_ROWS: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
#: How many cells are merged with others, all together.
MOST_MERGED: Final = 200_000
#: No spreadsheet takes a longer one; in characters.
_LONGEST_FORMAT: Final = 255
#: A spreadsheet keeps no more digits of a number; the others have become zeros.
_MOST_EXACT: Final = 10**15

#: What a spreadsheet shows there is the value of another cell.
_COVERED: Final = CellFault(
    "merged", "the cell is merged with the one above or beside it", "split it, and fill each in"
)
_AS_TEXT: Final = "format the column as text, then type it again"


def read_workbook(data: bytes, name: str, folder: Path) -> Table:
    """Read the first visible sheet of a workbook.

    Args:
        data: the file.
        name: what the user calls it.
        folder: where relative paths inside it start.

    Raises:
        InvalidInput: if it cannot be read, is too large unpacked, has no header, or says two things of one place.
    """
    where = Location(name)
    book = _Book(Package(data, where))
    first, *others = book.sheets
    sheet = _Reader(book, first.part, where)
    return _table(
        sheet.rows(), sheet.hidden_rows, sheet.hidden_columns, folder, where, _remarks(book, first, others, where)
    )


# --------------------------------------------------------------------------- the workbook


class _Worksheet(Struct, frozen=True):
    """A sheet that can be seen: what it is called, and the part that it is in."""

    title: str
    part: str


class _Book:
    """What the sheets of a workbook have in common.

    Attributes:
        package: its parts.
        sheets: those that can be seen, in order; one at least.
        texts: those that cells refer to, by their numbers.
        formats: how cells that refer to them show a number, by their numbers: such as `000`; empty for the usual one.
        from_1904: whether days are counted from 1904 on, and not from 1900.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.from_1904 = False
        documents = [each.name for each in package.related("").values() if each.kind == "officeDocument"]
        if len(documents) != 1:
            raise package.refused("the workbook is damaged, or not one")
        related = package.related(documents[0])
        self.sheets = self._sheets(documents[0], related)
        self.texts = self._texts(self._only("sharedStrings", related))
        self.formats = self._formats(self._only("styles", related))

    def _sheets(self, document: str, related: Mapping[str, Related]) -> tuple[_Worksheet, ...]:
        listed: list[Mapping[str, str]] = []

        def begin(path: str, attributes: Mapping[str, str]) -> None:
            if path == "/workbook/workbookPr":
                self.from_1904 = attributes.get("date1904") in _TRUE
            elif path == "/workbook/sheets/sheet":
                listed.append(attributes)

        self.package.read(self.package.part(document), begin)
        found: list[_Worksheet] = []
        taken: set[str] = set()
        for attributes in listed:
            title = attributes.get("name", "")
            id_ = next((value for key, value in attributes.items() if key.endswith("/relationships id")), "")
            if id_ not in related:
                raise self.package.refused(f"the sheet {quoted(title)} is missing")
            part = related[id_].name.casefold()
            if part in taken:
                raise self.package.refused(f"the sheet {quoted(title)} is in the same part as another one")
            taken.add(part)
            if related[id_].kind == "worksheet" and attributes.get("state", "visible") == "visible":
                found.append(_Worksheet(title, related[id_].name))
        if not found:
            raise self.package.refused("the workbook has no visible sheet")
        return tuple(found)

    def _only(self, kind: str, related: Mapping[str, Related]) -> bytes:
        """The part of a kind of which there is one at most; an empty one if there is none."""
        names = {each.name for each in related.values() if each.kind == kind}
        if len(names) > 1:
            raise self.package.refused(f"the workbook has two parts of the kind {kind}")
        return self.package.part(names.pop()) if names else b"<none/>"

    def _texts(self, xml: bytes) -> list[str]:
        texts: list[str] = []
        pieces: list[str] = []

        def finish(path: str, text: str) -> None:
            if path in ("/sst/si/t", "/sst/si/r/t"):
                pieces.append(text)
            elif path == "/sst/si":
                texts.append(_unescaped("".join(pieces)))
                pieces.clear()

        self.package.read(xml, finish=finish)
        return texts

    def _formats(self, xml: bytes) -> list[str]:
        patterns = dict(_USUAL)
        used: list[str] = []

        def begin(path: str, attributes: Mapping[str, str]) -> None:
            if path == "/styleSheet/numFmts/numFmt":
                pattern = attributes.get("formatCode", "")
                if len(pattern) > _LONGEST_FORMAT:
                    raise self.package.refused(f"expected a number format of at most {_LONGEST_FORMAT} characters")
                patterns[attributes.get("numFmtId", "")] = pattern
            elif path == "/styleSheet/cellXfs/xf":
                used.append(attributes.get("numFmtId", "0"))

        self.package.read(xml, begin)
        return [patterns.get(each, "") for each in used] or [""]


_TRUE: Final = ("1", "true")
#: Of the formats that every spreadsheet has, by their numbers, those that show a day or a time (ECMA-376, 18.8.30).
_USUAL: Final = {
    **{str(number): "yyyy-mm-dd" for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))},
    "46": "[h]:mm:ss",
}
#: What stands in a format without being one of its letters: quoted, escaped, a width, a filling, a colour, a language.
_DECORATION: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.DOTALL | re.IGNORECASE)
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


@cache
def _is_date(pattern: str) -> bool:
    """Whether a format shows a day or a time."""
    return bool(re.search("[dmyhs]", _DECORATION.sub("", pattern).partition(";")[0], re.IGNORECASE))


def _unescaped(text: str) -> str:
    """A text as a spreadsheet shows it, which writes characters that XML has not as `_x000D_`."""
    return _ESCAPE.sub(lambda found: _character(int(found[1], 16)) or found[0], text) if "_x" in text else text


def _character(number: int) -> str:
    return "" if 0xD800 <= number <= 0xDFFF else chr(number)


# --------------------------------------------------------------------------- the sheet

_DATA: Final = "/worksheet/sheetData"
_ROW: Final = f"{_DATA}/row"
_CELL: Final = f"{_ROW}/c"
_VALUE: Final = f"{_CELL}/v"
_FORMULA: Final = f"{_CELL}/f"
_INLINE: Final = f"{_CELL}/is"
_TEXTS: Final = (f"{_INLINE}/t", f"{_INLINE}/r/t")
_KNOWN: Final = (_VALUE, _FORMULA, *_TEXTS, f"{_INLINE}/r")
#: What says nothing that a cell shows: how letters look, how a word is spoken, and what is for other programs.
_SILENT: Final = frozenset(["rPr", "rPh", "phoneticPr", "extLst"])
_REFERENCE: Final = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_MERGED: Final = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_WHOLE: Final = re.compile("[1-9][0-9]{0,6}")

#: The cells of a row that are not blank, by their columns.
Cells = dict[int, Cell]


class _Reader:
    """Reads a sheet row by row, and refuses what says two things of one place.

    Args:
        book: what it belongs to.
        part: the part that it is in.
        where: what the user calls the file.
    """

    def __init__(self, book: _Book, part: str, where: Location) -> None:
        self._book = book
        self._where = where
        self._rows: dict[int, Cells] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[range] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._merged_cells = 0
        self._has_data = False
        #: Whether rows say their number, and cells their place; None before the first one.
        self._rows_say: bool | None = None
        self._cells_say: bool | None = None
        #: The row and the cell that are being read.
        self._row, self._column = 0, 0
        self._cells: Cells = {}
        self._type = self._style = ""
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._has_formula = False
        book.package.read(book.package.part(part), self._begin, self._finish)
        if not self._has_data:
            raise book.package.refused("the workbook is damaged, or not one")

    def rows(self) -> dict[int, Cells]:
        """The rows that are not blank, by their numbers."""
        for left, top, right, bottom in self._merged:
            for number in range(top, bottom + 1):
                for column in range(left, right + 1) if number in self._rows else ():
                    if (column, number) != (left, top):
                        self._rows[number][column] = replace(_blank(self._where, number, column), fault=_COVERED)
        return self._rows

    # ------------------------------------------------------------------ what is found

    def _begin(self, path: str, attributes: Mapping[str, str]) -> None:
        if path == _CELL:
            self._begin_cell(attributes)
        elif path == _ROW:
            self._begin_row(attributes)
        elif path == _FORMULA:
            self._has_formula = True
        # A second one of these is refused below.
        elif path == _INLINE and self._inline is None:
            self._inline = []
        elif path == _DATA and not self._has_data:
            self._has_data = True
        elif path == "/worksheet/mergeCells/mergeCell":
            self._merge(attributes.get("ref", ""))
        elif path == "/worksheet/cols/col" and attributes.get("hidden") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if _WHOLE.fullmatch(first) and _WHOLE.fullmatch(last):
                self.hidden_columns.append(range(int(first), int(last) + 1))
        elif path.startswith(_DATA) and path not in _KNOWN and not _SILENT.intersection(path.split("/")):
            self._refuse(f"<{quoted(path.rpartition('/')[2])}> stands where no spreadsheet writes it")

    def _finish(self, path: str, text: str) -> None:
        if path == _VALUE:
            if self._value is not None:
                self._refuse(f"the cell {self._called} holds two values")
            self._value = text
        elif path == _CELL:
            if cell := self._cell():
                self._cells[self._column] = cell
        elif path in _TEXTS and self._inline is not None:
            self._inline.append(text)
        elif path == _ROW and self._cells:
            self._rows[self._row] = self._cells

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        before, said = self._row, attributes.get("r")
        if said is not None and not _WHOLE.fullmatch(said):
            self._refuse(f'expected the number of a row, got "{quoted(said)}"')
        self._row, self._column, self._cells = int(said) if said else before + 1, 0, {}
        if self._rows_say not in (None, said is not None):
            self._refuse("some rows say their number, and others do not")
        self._rows_say = said is not None
        if self._row == before:
            self._refuse(f"row {self._row} stands there twice")
        if self._row < before:
            self._refuse(f"row {self._row} stands below row {before}")
        if self._row > _MOST_ROWS:
            raise refused("too-large", f"expected at most {_MOST_ROWS:,} rows", self._where, RESAVE)
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        before, said = self._column, attributes.get("r")
        found = _REFERENCE.fullmatch(said) if said is not None else None
        if said is not None and not found:
            self._refuse(f'expected the place of a cell, such as B2, got "{quoted(said)}"')
        self._column = _number(found[1]) if found else before + 1
        if self._cells_say not in (None, said is not None):
            self._refuse("some cells say their place, and others do not")
        self._cells_say = said is not None
        if found and int(found[2]) != self._row:
            self._refuse(f"the cell {said} stands in row {self._row}")
        if self._column == before:
            self._refuse(f"the cell {self._called} stands there twice")
        if self._column < before:
            self._refuse(f"the cell {self._called} stands behind {_letters(before)}{self._row}")
        if self._column > _LAST_COLUMN:
            raise refused("too-large", f"expected at most {_LAST_COLUMN:,} columns", self._where, RESAVE)
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._value, self._inline, self._has_formula = None, None, False

    def _merge(self, reference: str) -> None:
        found = _MERGED.fullmatch(reference)
        if not found:
            self._refuse(f'expected merged cells, such as A1:B2, got "{quoted(reference)}"')
        left, top = _number(found[1]), int(found[2])
        right, bottom = _number(found[3] or found[1]), int(found[4] or found[2])
        if right < left or bottom < top:
            self._refuse(f"the merged cells {reference} end before they begin")
        right = min(right, MOST_COLUMNS)  # beyond, nobody reads
        self._merged_cells += max(1, right - left + 1) * (bottom - top + 1)
        if self._merged_cells > MOST_MERGED:
            message = f"expected at most {MOST_MERGED:,} cells that are merged"
            raise refused("merged", message, self._where, "split them, and fill each in")
        self._merged.append((left, top, right, bottom))

    def _refuse(self, message: str) -> NoReturn:
        raise refused("workbook", message, Location(self._where.source, self._row, self._column), RESAVE)

    @property
    def _called(self) -> str:
        return f"{_letters(self._column)}{self._row}"

    # ------------------------------------------------------------------ what a cell says

    def _cell(self) -> Cell | None:
        """The cell that ends; None if it is blank."""
        shown = self._shown()
        if not isinstance(shown, CellFault):
            if len(shown) > LONGEST_CELL:
                message = f"expected at most {LONGEST_CELL:,} characters in a cell, got {len(shown):,}"
                shown = CellFault("too-long", message, "shorten it")
            elif not shown.strip():
                return None
        blank = _blank(self._where, self._row, self._column)
        if isinstance(shown, CellFault):
            return replace(blank, fault=shown)
        is_date = self._type == "d" or (self._type == "n" and _is_date(self._format()))
        return replace(blank, text=shown, kind=CellKind.DATE if is_date else CellKind.TEXT)

    def _format(self) -> str:
        style, formats = self._style, self._book.formats
        if not (style.isascii() and style.isdecimal() and len(style) < 9 and int(style) < len(formats)):
            self._refuse(f"the format of the cell {self._called} is missing")
        return formats[int(style)]

    def _shown(self) -> str | CellFault:
        """What the cell shows, where that can be told."""
        value = self._value
        if (self._inline is not None) != (self._type == "inlineStr") and (value or self._inline):
            return _unlike(self._type)
        if self._inline is not None:
            return _unlike(self._type) if value else _unescaped("".join(self._inline))
        if self._type == "str":
            return _unescaped(value or "")
        value = (value or "").strip()
        if not value:
            if self._has_formula:
                message = "the formula was saved without its value"
                return CellFault("formula", message, "open the file in a spreadsheet and save it")
            return ""
        match self._type:
            case "n" if _NUMBER.fullmatch(value):
                pattern = self._format()
                number = float(value)
                if _ELAPSED.search(pattern):
                    return CellFault("value", "expected a text or a number, got a duration", _AS_TEXT)
                return _day(number, self._book.from_1904) if _is_date(pattern) else _number_shown(number, pattern)
            case "s" if value.isascii() and value.isdecimal() and len(value) < 9:
                texts = self._book.texts
                if int(value) >= len(texts):
                    self._refuse(f"the text of the cell {self._called} is missing")
                return texts[int(value)]
            case "b" if value in ("0", "1"):
                return "yes" if value == "1" else "no"
            case "d":
                return _iso_day(value)
            case "e":
                return CellFault("cell-error", f"expected a value, got the error {value[:20]}", "correct the cell")
        return _unlike(self._type)


_NUMBER: Final = re.compile(
    r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?", re.ASCII
)


def _unlike(kind: str) -> CellFault:
    return CellFault("value", f"the cell does not hold what it says, a value of the kind {quoted(kind)}", RESAVE)


@cache
def _number(letters: str) -> int:
    """The number of a column; a few thousand have names."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@cache
def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


# --------------------------------------------------------------------------- the table


def _table(
    rows: Mapping[int, Cells],
    hidden_rows: Collection[int],
    hidden_columns: Iterable[range],
    folder: Path,
    where: Location,
    remarks: tuple[Diagnostic, ...],
) -> Table:
    """The first row that says something is the header; the others that do are people."""
    if not rows:
        raise refused("empty", "the sheet is empty", where, "its first row names the columns: id, name, side, routine")
    (first, headings), *below = rows.items()
    width = max(headings)
    refuse_too_large(headings[width].location, columns=width)
    for cell in headings.values():
        if cell.fault:
            raise refused(cell.fault.code, cell.fault.message, cell.location, cell.fault.hint, cell.reference)
    people = []
    for count, (number, cells) in enumerate(below, start=1):
        start = Location(where.source, number)
        refuse_too_large(start, people=count, cells=count * width)
        people.append(Row(number, start, _filled(cells, number, width, where), _beside(cells, width)))
    unseen = [str(row.number) for row in people if row.number in hidden_rows]
    named = [quoted(cell.text) for column, cell in headings.items() if any(column in each for each in hidden_columns)]
    return Table(
        folder,
        _filled(headings, first, width, where),
        tuple(people),
        (*remarks, *_remarks_on_hidden("rows", unseen, where), *_remarks_on_hidden("columns", named, where)),
    )


def _filled(cells: Cells, number: int, width: int, where: Location) -> tuple[Cell, ...]:
    """A row with a cell in each of its columns."""
    return tuple(cells.get(column) or _blank(where, number, column) for column in range(1, width + 1))


def _blank(where: Location, row: int, column: int) -> Cell:
    return Cell("", Location(where.source, row, column), f"{_letters(column)}{row}")


def _beside(cells: Cells, width: int) -> tuple[Diagnostic, ...]:
    cell = next((cell for column, cell in cells.items() if column > width and cell.fault is not _COVERED), None)
    if cell is None:
        return ()
    message = "the value stands beside the table, under no heading"
    return (Diagnostic("cells", message, cell.location, cell.reference, "give its column a heading, or delete it"),)


def _remarks(book: _Book, first: _Worksheet, others: list[_Worksheet], where: Location) -> tuple[Diagnostic, ...]:
    filled = [quoted(each.title) for each in others if _says_something(book, each.part)]
    if not filled:
        return ()
    message = f"only the first sheet is read, {quoted(first.title)}; left out: {_named(filled)}"
    hint = "move the people to the first sheet, if there are some on the others"
    return (Diagnostic("sheets", message, where, hint=hint, severity=Severity.WARNING),)


#: Without one of these there is no need to read a sheet.
_ANY_VALUE: Final = re.compile(rb"<(?:[\w.-]++:)?[vt][\s>]")


def _says_something(book: _Book, part: str) -> bool:
    values: set[bool] = set()

    def finish(path: str, text: str) -> None:
        if path in (_VALUE, *_TEXTS):
            values.add(bool(text.strip()))

    xml = book.package.part(part)
    if _ANY_VALUE.search(xml):
        book.package.read(xml, finish=finish)
    return True in values


def _remarks_on_hidden(kind: str, hidden: list[str], where: Location) -> tuple[Diagnostic, ...]:
    """Whoever looks at the list sees fewer people than get a sheet, or not what decides what is on it."""
    if not hidden:
        return ()
    message = f"hidden {kind} are read like the others: {_named(hidden)}"
    hint = f"to leave them out, copy the {kind} that can be seen into a new workbook"
    return (Diagnostic(f"hidden-{kind}", message, where, hint=hint, severity=Severity.WARNING),)


def _named(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


# --------------------------------------------------------------------------- numbers and days

#: The day before the first; and the first number from which on days are counted rightly: there is a 29 February 1900.
_BEFORE_1900, _FIRST_IN_1900 = datetime.datetime(1899, 12, 30), 61  # noqa: DTZ001 - a sheet knows no time zones
_BEFORE_1904, _FIRST_IN_1904 = datetime.datetime(1904, 1, 1), 0  # noqa: DTZ001
#: Days from then to the year 10,000.
_LAST_DAY: Final = 2_957_003


def _day(number: float, from_1904: bool) -> str | CellFault:
    """A day as YYYY-MM-DD, with the time if there is one; a time alone is no day."""
    epoch, first = (_BEFORE_1904, _FIRST_IN_1904) if from_1904 else (_BEFORE_1900, _FIRST_IN_1900)
    if not 0 <= number < _LAST_DAY:
        return CellFault("value", "expected a day, got a number that is none", _AS_TEXT)
    moment = epoch + datetime.timedelta(milliseconds=round(number * 86_400_000))
    if number < max(1, first):
        time = moment.time().isoformat() if number < 1 else "a day before March 1900"
        return CellFault("value", f"expected a text or a number, got {time}", _AS_TEXT)
    return _moment(moment)


def _iso_day(text: str) -> str | CellFault:
    try:
        return _moment(datetime.datetime.fromisoformat(text))
    except ValueError:
        return _unlike("d")


def _moment(moment: datetime.datetime) -> str:
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat(" ")


#: Pieces of a number format: what is printed as it stands, quoted, escaped, or of these signs; and digits.
_FORMAT: Final = re.compile(r'"[^"]*"|\\.|[-+/ ():]|[0#]', re.DOTALL)


def _number_shown(value: float, number_format: str) -> str | CellFault:
    """A number as its format shows it, with leading zeros and words around it; other formats only round or decorate."""
    if not -_MOST_EXACT < value < _MOST_EXACT:
        message = "the number has more digits than a spreadsheet keeps"
        return CellFault("digits", message, _AS_TEXT)
    if value != int(value):
        return repr(value)
    whole = int(value)
    pieces = _pieces(number_format)
    return _filled_in(str(whole), pieces) if pieces and whole >= 0 else str(whole)


@cache
def _pieces(number_format: str) -> list[str]:
    """What a format is made of, if it is made of digits and of what is printed as it stands; else nothing."""
    pattern = re.sub(r"\[[^\]]*\]", "", number_format.split(";", maxsplit=1)[0])
    pieces: list[str] = _FORMAT.findall(pattern)
    return pieces if "".join(pieces) == pattern and {"0", "#"} & set(pieces) else []


def _filled_in(digits: str, pieces: list[str]) -> str:
    """Digits in the places of a format, from the right; those for which there is no place stand before the first."""
    places = [index for index, piece in enumerate(pieces) if piece in "0#"]
    zeros = pieces.count("0")
    padded = digits.rjust(zeros, "0") if digits != "0" or zeros else ""
    shown = [piece[1:-1] if piece.startswith('"') else piece[-1] for piece in pieces]
    for index in reversed(places):
        shown[index], padded = padded[-1:], padded[:-1]
    shown[places[0]] = padded + shown[places[0]]
    return "".join(shown)
