"""CSV: values between commas, semicolons or tabs, one person to a line.

A reader of our own, for what `csv` of the standard library cannot do: it gives no columns, it takes a quote in the
middle of a value for a letter, and with it a quote that is never closed swallows everybody below without a word, so
that one person gets another's note. Here each row must have as many cells as the header, no more and no fewer: with a
separator lost, the side could come to stand under another heading, and the sheet would be for the command line's side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, refused
from pdfbuilder.roster.tables import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Cell,
    Row,
    Table,
    refuse_too_large,
)
from pdfbuilder.yamlfile.source import SourceText

_SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab"}
#: With this as its first line a spreadsheet opens a file rightly wherever it is.
_DECLARED: Final = re.compile(r'"?sep=([,;\t])"?', re.IGNORECASE)
#: A quoted value over more lines than this was never meant to be one.
_MOST_LINES: Final = 50
#: So many cells of a row are counted; a line of commas could hold millions.
_MOST_CELLS: Final = 2 * MOST_COLUMNS
#: Some lines of a note for each person; a file may be nothing but line breaks.
MOST_LINES: Final = 500_000
#: Nothing in it is taken back, or each quote would be kept in mind.
_QUOTED: Final = re.compile(r'[^"]*+(?:""[^"]*+)*+')

_QUOTE_HINT: Final = "put the whole value into quotes, and write each quote inside it twice"
_ONE_LINE_HINT: Final = "close the quote; if it is one value, write it on one line"


def read_delimited(source: SourceText, is_known: Callable[[str], bool]) -> Table:
    """Read a CSV.

    Args:
        source: its text.
        is_known: whether a heading means something; the separator is the one that makes most of them so, unless a
            line `sep=;` above the header names it.

    Raises:
        InvalidInput: if it has no header, or one that cannot be read, or is too large.
    """
    _refuse_too_many_lines(source)
    first = _first_line(source, 0)
    declared = _DECLARED.fullmatch(source.lines[first]) if first is not None else None
    if first is not None and declared:
        first = _first_line(source, first + 1)
    if first is None:
        raise refused(
            "empty", "the roster is empty", source.at(1, 1), "its first line names the columns: id,name,side,routine"
        )
    possible = declared.group(1) if declared else _SEPARATORS
    records = {each: _Scanner(source, each).record(first) for each in possible}
    separator = max(
        records,
        key=lambda each: (sum(is_known(cell.text) for cell in records[each].cells), len(records[each].cells)),
    )
    header = records[separator]
    if header.problem:
        raise InvalidInput([replace(header.problem, field="header")])
    if header.end > first + 1:
        hint = "write each heading on one line, and close every quote"
        raise refused("line-break", "a heading holds a line break", source.at(first + 1, 1), hint)
    refuse_too_large(source.at(first + 1, 1), columns=len(header.cells))
    scanner = _Scanner(source, separator, len(header.cells))
    rows: list[Row] = []
    index, seen = header.end, len(header.cells)
    while index < len(source.lines):
        if scanner.is_blank(index):
            index += 1
            continue
        record = scanner.record(index)
        seen += len(record.cells)
        refuse_too_large(source.at(index + 1, 1), cells=seen)
        if record.problem or any(not cell.is_blank for cell in record.cells):
            refuse_too_large(source.at(index + 1, 1), people=len(rows) + 1)
            start = source.at(index + 1, 1, len(source.lines[index]))
            if record.problem:
                rows.append(Row(index + 1, start, problems=(record.problem,), pieces=record.cells))
            else:
                rows.append(Row(index + 1, start, record.cells))
        index = record.end
    return Table(source.folder, header.cells, tuple(rows))


def _refuse_too_many_lines(source: SourceText) -> None:
    text = source.text
    if text.count("\n") + text.count("\r") - text.count("\r\n") > MOST_LINES:
        hint = "delete the blank lines, or divide the people between several rosters"
        raise refused("too-large", f"expected at most {MOST_LINES:,} lines", Location(source.name), hint)


def _first_line(source: SourceText, start: int) -> int | None:
    """The first line that is not blank, 0-based."""
    return next((index for index in range(start, len(source.lines)) if source.lines[index].strip()), None)


class _Record(Struct, frozen=True):
    """What stands between two line breaks that are not inside quotes.

    Attributes:
        cells: its values.
        end: the line after it, 0-based.
        problem: what is wrong with it, or None.
    """

    cells: tuple[Cell, ...]
    end: int
    problem: Diagnostic | None = None


class _Quoted(Struct, frozen=True):
    """A value in quotes.

    Attributes:
        text: without the quotes.
        line: where it ends, 0-based.
        position: after the closing quote.
        separators: how many there are inside it, line by line.
    """

    text: str
    line: int
    position: int
    separators: tuple[int, ...]


class _Scanner:
    """Reads one record after the other.

    Args:
        source: the text.
        separator: what stands between two values.
        width: how many values a record has; 0 if that is not known yet.
    """

    def __init__(self, source: SourceText, separator: str, width: int = 0) -> None:
        self._source = source
        self._lines = source.lines
        self._separator = separator
        self._width = width

    def is_blank(self, line: int) -> bool:
        """Whether there are only blanks and separators on a line, and not too many of these."""
        text = self._lines[line]
        return not text.replace(self._separator, "").strip() and text.count(self._separator) < _MOST_CELLS

    def record(self, start: int) -> _Record:
        """The record that starts on a line, 0-based.

        After a quote that cannot be right the next record starts on the next line: somebody else stands there.
        """
        cells: list[Cell] = []
        line, position = start, 0
        problem: Diagnostic | None = None
        while True:
            text = self._lines[line]
            if text.startswith('"', position):
                quoted = self._quoted(line, position + 1)
                if quoted is None or self._swallows(quoted, len(cells)):
                    what = "holds what looks like the next row" if quoted else "is never closed"
                    message = f"the quote that opens here {what}"
                    problem = self._wrong("quote", message, line, position, _ONE_LINE_HINT)
                    return _Record(tuple(cells), start + 1, problem)
                inside = slice(position + 1, quoted.position - 1 if quoted.line == line else None)
                cells.append(self._cell(quoted.text, line, position + 1, text[inside]))
                line, position = quoted.line, quoted.position
                text = self._lines[line]
                if position < len(text) and text[position] != self._separator:
                    what = "the value goes on after the quote that closes it"
                    found = self._wrong("quote", what, line, position, _QUOTE_HINT)
                    if line > start:
                        return _Record(tuple(cells), start + 1, found)
                    problem = problem or found
                    position = self._next(text, position)
            else:
                end = self._next(text, position)
                value = text[position:end]
                if '"' in value:
                    quote = position + value.index('"')
                    hint = "delete the blanks before the quote" if value.lstrip().startswith('"') else _QUOTE_HINT
                    problem = problem or self._wrong("quote", "a quote inside a value", line, quote, hint)
                cells.append(self._cell(value, line, position, value))
                position = end
            if position >= len(text) or len(cells) > _MOST_CELLS:
                break
            position += 1
        problem = problem or self._wrong_width(cells, line, start) or self._too_long(cells)
        return _Record(tuple(cells), start + 1 if problem else line + 1, problem)

    def _next(self, text: str, position: int) -> int:
        found = text.find(self._separator, position)
        return found if found >= 0 else len(text)

    def _quoted(self, line: int, position: int) -> _Quoted | None:
        """The value that starts after a quote; None if it has no end, or none that anyone meant."""
        pieces: list[str] = []
        separators: list[int] = []
        length = 0
        for number in range(line, min(len(self._lines), line + _MOST_LINES)):
            text = self._lines[number]
            found = _QUOTED.match(text, position)
            end = found.end() if found else position
            piece, position = text[position:end], end
            pieces.append(piece)
            separators.append(piece.count(self._separator))
            length += len(piece)
            if position < len(text):
                return _Quoted("\n".join(pieces).replace('""', '"'), number, position + 1, tuple(separators))
            if length > LONGEST_CELL:
                return None
            position = 0
        return None

    def _swallows(self, quoted: _Quoted, index: int) -> bool:
        """Whether a value over several lines could be the rest of its row, whole rows, and the beginning of another.

        A stray quote in one row and another one further down, in the same column, make a record of the right width.
        """
        if not self._width or len(quoted.separators) == 1:
            return False
        first, last = quoted.separators[0], quoted.separators[-1]
        return first >= self._width - 1 - index and last >= index

    def _cell(self, value: str, line: int, start: int, on_this_line: str) -> Cell:
        shown = on_this_line.strip()
        return Cell(value, self._source.at(line + 1, start + on_this_line.find(shown) + 1, len(shown)))

    def _wrong_width(self, cells: list[Cell], line: int, start: int) -> Diagnostic | None:
        too_many = len(cells) > _MOST_CELLS
        if not self._width or len(cells) == self._width or (all(cell.is_blank for cell in cells) and not too_many):
            return None
        got = f"more than {_MOST_CELLS}" if too_many else len(cells)
        message = f"expected {_cells(self._width)}, as in the header, got {got}"
        if len(cells) > self._width:
            name = _SEPARATORS[self._separator]
            hint = f"put a value that contains a {name} into quotes"
            return Diagnostic("cells", message, cells[self._width].location, f"row {start + 1}", hint)
        hint = f"write every {_SEPARATORS[self._separator]}, also those around empty values"
        where = self._source.at(line + 1, len(self._lines[line]) + 1)
        return Diagnostic("cells", message, where, f"row {start + 1}", hint)

    def _too_long(self, cells: list[Cell]) -> Diagnostic | None:
        cell = next((cell for cell in cells if len(cell.text) > LONGEST_CELL), None)
        if cell is None:
            return None
        message = f"expected at most {LONGEST_CELL:,} characters in a value, got {len(cell.text):,}"
        hint = "shorten it, or look for a quote too many"
        return Diagnostic("too-long", message, cell.location, f"row {cell.location.line}", hint)

    def _wrong(self, code: str, message: str, line: int, position: int, hint: str) -> Diagnostic:
        return Diagnostic(code, message, self._source.at(line + 1, position + 1), f"row {line + 1}", hint)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
