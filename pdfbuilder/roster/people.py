"""A roster's rows become orders: values are read as on the command line, and what is wrong is said at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Diagnostic, Location, Problems, Severity, refused
from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.order import Order, OrderWords, is_in_some_order
from pdfbuilder.domain.person import LONGEST_ID, Person
from pdfbuilder.domain.places import Places
from pdfbuilder.domain.wording import named, unprintable
from pdfbuilder.files import STDIN
from pdfbuilder.reading.finding import is_path
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.overrides import Override, read_overrides
from pdfbuilder.reading.shelf import ENGLISH
from pdfbuilder.roster.columns import COLUMNS, Column, Meanings
from pdfbuilder.roster.conventions import Conventions, fold_side
from pdfbuilder.roster.formats import read_table
from pdfbuilder.roster.names import file_names
from pdfbuilder.roster.tables import Cell, CellKind, Row, Table

#: The longest text of other cells than notes, before it is read.
_LONGEST_VALUE: Final = 400
_LONGEST_NOTE: Final = 2_000

_ID: Final = Column("id")
#: Figures that may be lists.
_LISTS: Final = ("days", "times_per_day", "parts")
#: Columns whose cells may have several lines.
_IN_LINES: Final = ("note", "restrictions", "advice")
#: Columns whose words are read as those of options are.
_IN_WORDS: Final = frozenset(("side", "phase", "week", "paper", *Person.__struct_fields__))


class RosterEntry(Struct, frozen=True):
    """One person of a roster, and what is to be printed.

    Attributes:
        id: what tells this person from all others of the roster.
        order: the handout to be made.
        row: line in the file, or row of the sheet.
        file: name of the file to be made.
    """

    id: str
    order: Order
    row: int
    file: str = ""


class Rejected(Struct, frozen=True):
    """One person whose row has errors.

    Attributes:
        entry: what the row says, as far as it could be read; the id is empty if there is none.
        problems: what is wrong with it.
    """

    entry: RosterEntry
    problems: tuple[Diagnostic, ...]


class Roster(Struct, frozen=True):
    """What a roster holds.

    Attributes:
        folder: where its relative paths start.
        entries: the rows without errors, in order.
        problems: errors and warnings of all rows, in order.
        failed: the rows with errors, in order.
    """

    folder: Path
    entries: tuple[RosterEntry, ...]
    problems: tuple[Diagnostic, ...]
    failed: tuple[Rejected, ...]


def read_roster(
    path: str,
    defaults: Order,
    conventions: Conventions | None = None,
    library: Library | None = None,
    language: str = ENGLISH,
) -> Roster:
    """Read a roster: CSV, XLSX or YAML.

    Args:
        path: the file, or `-` for standard input.
        defaults: what holds for everyone for whom the roster does not say otherwise; its routine may be empty.
        conventions: how it is written, where it is written otherwise than the documentation says.
        library: whose definitions it may name; what ships if None.
        language: code of the language that these are in.

    Raises:
        InvalidInput: if the file as a whole cannot be read, or if its header is wrong.
    """
    conventions = conventions or Conventions()
    meanings = Meanings(conventions, library or Library(), language)
    return people_of(read_table(path, conventions, meanings.is_known), defaults, conventions, meanings)


def people_of(table: Table, defaults: Order, conventions: Conventions, meanings: Meanings) -> Roster:
    """The people of a table that has been read; for the rest see `read_roster`."""
    meant, warnings = meanings.of(table)
    if not table.rows:
        where = table.header[0].location
        raise refused("empty", "nobody stands below the header", where, "write one line for each person")
    people = [_RowReader(row, table, meant, defaults, conventions, meanings.id_of) for row in table.rows]
    files = _files(people)
    problems = [*table.warnings, *warnings]
    entries: list[RosterEntry] = []
    failed: list[Rejected] = []
    for person in people:
        entry = replace(person.entry, file=files.get(person.id, ""))
        own = person.problems.found
        problems += sorted(own, key=lambda each: (each.location.line, each.location.column))
        if any(each.severity is Severity.ERROR for each in own):
            failed.append(Rejected(entry, own))
        else:
            entries.append(entry)
    return Roster(table.folder, tuple(entries), tuple(problems), tuple(failed))


def _files(people: Sequence[_RowReader]) -> dict[str, str]:
    """A file's name for each id; whose id or file is also that of another is told so."""
    whose: dict[str, list[_RowReader]] = {}
    for person in people:
        if person.id:
            whose.setdefault(person.id, []).append(person)
    files = dict(zip(whose, file_names(list(whose)), strict=True))
    sharing: dict[str, list[str]] = {}
    hint = "give each person an id of their own"
    for id_, (first, *others) in whose.items():
        sharing.setdefault(files[id_].casefold(), []).append(id_)
        for each in others[:1]:
            first.refuse_id("repeated-id", f"the id {id_} stands again in row {each.row.number}", hint)
        for each in others:
            here = f"the id {id_} stands here again; it is first in row {first.row.number}"
            each.refuse_id("repeated-id", here, hint)
    for ids in sharing.values():
        for id_ in ids if len(ids) > 1 else ():
            other = next(each for each in ids if each != id_)
            row = whose[other][0].row.number
            message = f"the file for {id_} would be {files[id_]}, as that for {other} in row {row}"
            for each in whose[id_]:
                each.refuse_id("repeated-file", message, "give one of them another id")
    return files


class _RowReader:
    """Reads a row.

    Attributes:
        row: the row.
        id: whose it is, as far as that can be told; else empty.
        problems: what is wrong with it.
        entry: what it says, as far as it can be read.
    """

    def __init__(
        self,
        row: Row,
        table: Table,
        columns: tuple[Column | None, ...],
        defaults: Order,
        conventions: Conventions,
        id_of: Callable[[Kind, str], str],
    ) -> None:
        self.row = row
        self.id = ""
        self.problems = Problems()
        self._conventions = conventions
        self._id_of = id_of
        self._folder = table.folder
        self._cells: dict[str, Cell] = {}
        self._refused: set[str] = set()
        self._changes: list[tuple[Column, Cell]] = []
        in_columns = zip(columns, table.header, row.cells, strict=False)
        # The id first: all that is said of the others names it.
        for column, heading, cell in sorted(in_columns, key=lambda each: each[0] != _ID):
            self._take(column, heading, cell)
            if column == _ID:
                self.id = self._read_id()
        for each in row.problems:
            self.problems.extend([replace(each, field=f"{each.field} ({self.id})") if self.id else each])
        self._places = Places(tuple(self._kept()), replace(row.location, field=self._place()))
        order = self._order(replace(defaults, places=self._places)) if row.cells else defaults
        self.entry = RosterEntry(self.id, replace(order, id=self.id, places=self._places), row.number)

    def cell(self, name: str) -> Cell:
        """The cell of a column; an empty one at the row if there is none."""
        return self._cells.get(name) or Cell("", self.row.location)

    def called(self, cell: Cell, name: str) -> str:
        """What a cell is called in diagnostics, with whose it is."""
        return f"{self._place(cell)}, {name}"

    def _place(self, cell: Cell | None = None) -> str:
        """A cell or the row, with whose it is."""
        where = cell.reference if cell and cell.reference else f"row {self.row.number}"
        return f"{where} ({self.id})" if self.id else where

    def refuse_id(self, code: str, message: str, hint: str) -> None:
        """Say what is wrong with the id beside those of others."""
        self._wrong(self.cell("id"), "id", code, message, hint)

    def _wrong(self, cell: Cell, name: str, code: str, message: str, hint: str) -> None:
        self.problems.error(code, message, cell.location, field=self.called(cell, name), hint=hint)

    # ------------------------------------------------------------------ cells

    def _take(self, column: Column | None, heading: Cell, cell: Cell) -> None:
        """Keep a cell that can be read, under what its column means."""
        name = column.name if column else " ".join(heading.text.split())[:40]
        if name not in _IN_LINES and not cell.reference and "\n" in cell.text:
            message = f"a value may not hold a line break, but for {', '.join(_IN_LINES)}"
            self._wrong(cell, name, "line-break", message, "close the quote, or write the value on one line")
            self._refused.add(name)
            return
        if column is None:
            if not heading.text.strip() and not cell.is_blank:
                message = "the value stands under no heading"
                hint = "give its column a heading, or delete it"
                self.problems.error("no-heading", message, cell.location, field=self._place(cell), hint=hint)
            return
        if fault := _fault(column, cell):
            self._refused.add(name)
            self._wrong(cell, name, *fault)
        elif column.change and not cell.is_blank:
            self._changes.append((column, cell))
        else:
            self._cells[name] = cell

    def _read_id(self) -> str:
        cell = self._cells.get("id")
        if cell is None:  # it was refused
            return ""
        text = cell.text.strip()
        if not text:
            self._wrong(cell, "id", "missing-id", "the id is missing", "give each person an id of their own")
        elif char := next((char for char in text if not char.isprintable()), ""):
            message = f"expected printable characters, got {named(char)}"
            self._wrong(cell, "id", "id", message, "delete it: it cannot be seen, but it is there")
        elif len(text) > LONGEST_ID:
            message = f"expected at most {LONGEST_ID} characters, got {len(text)}"
            self._wrong(cell, "id", "id", message, "shorten it")
        else:
            return text
        return ""

    # ------------------------------------------------------------------ values

    def _order(self, defaults: Order) -> Order:
        texts = {name: cell.text for name, cell in self._cells.items() if name in _IN_WORDS and not cell.is_blank}
        words = OrderWords(self._conventions.dates)
        if side := self._conventions.sides.get(fold_side(texts.get("side", ""))):
            texts["side"] = side.value
        otherwise = replace(
            defaults,
            routine=self._named(Kind.ROUTINE, defaults.routine),
            template=self._named(Kind.TEMPLATE, defaults.template),
            language=self._named(Kind.LANGUAGE, defaults.language),
            doses=defaults.doses + self._doses(),
        )
        order = words.order(otherwise, texts)
        found = (replace(each, hint=self._hint(each, texts[each.location.field])) for each in words.problems.found)
        self.problems.extend(self._places.put(found))
        order = replace(order, person=self._placed(order.person, defaults.person, texts))
        if not order.routine and "routine" not in self._refused:
            cell = self.cell("routine")
            hint = "write the id of a shipped routine, or a path; pdfbuilder list routines names them"
            self._wrong(cell, "routine", "missing-routine", "expected a routine", hint)
        return order

    def _placed(self, person: Person, everybody: Person, texts: Mapping[str, str]) -> Person:
        """What is said to a person, with the cells that say it; what is said to everybody keeps its place."""
        if person.note and "note" in texts:
            person = replace(person, note=replace(person.note, location=self._places.of("note")))
        for name in ("restrictions", "advice"):
            before = getattr(everybody, name)
            own = getattr(person, name)[len(before) :]
            placed = tuple(replace(each, location=self._places.of(name)) for each in own)
            person = replace(person, **{name: before + placed})
        return person

    def _hint(self, problem: Diagnostic, text: str) -> str:
        """What to do about a value, in a roster."""
        if problem.code == "side":  # the option's example names none
            option = self._conventions.called("sides")
            return f'write one of the four, or l, r or b; {option} "WORD=SIDE" says what a word of yours means'
        if problem.code == "date" and not self._conventions.dates and is_in_some_order(text):
            option = self._conventions.called("dates")
            orders = f"{option} dmy, {option} mdy or {option} ymd"
            return f"write it like 2026-11-21, or say in which order it is: {orders}"
        return problem.hint

    def _named(self, kind: Kind, default: str) -> str:
        """A definition by what it is called, or by its path from the folder of the roster."""
        name = kind.name.lower()
        cell = self.cell(name)
        text = cell.text.strip()
        if not text:
            return default
        if char := unprintable(text):
            message = f"expected printable characters, got {named(char)}"
            hint = "delete it: it cannot be seen, but it is there"
        elif text == STDIN:
            message, hint = "a roster cannot name standard input", f"write the id of a shipped {name}, or a path"
        elif is_path(text):
            path = str(self._folder / text)
            return path if is_path(path) else f"./{path}"
        else:
            return self._id_of(kind, text)
        self._wrong(cell, name, name, message, hint)
        self._refused.add(name)
        return default

    def _doses(self) -> tuple[DoseChange, ...]:
        """What the row says about doses, in an order that does not depend on that of the columns."""
        overrides = (
            Override(column.change, cell.text, replace(cell.location, field=self.called(cell, column.name)))
            for column, cell in self._changes
            if column.change
        )
        return read_overrides(overrides, self.problems)

    def _kept(self) -> Iterator[tuple[str, Location]]:
        """The places that an order keeps: of what it says, and of its doses."""
        cells = [(name, cell) for name, cell in self._cells.items() if name in COLUMNS]
        for name, cell in (*cells, *((column.name, cell) for column, cell in self._changes)):
            yield name, replace(cell.location, field=self.called(cell, name)) if cell.reference else cell.location


def _fault(column: Column, cell: Cell) -> tuple[str, str, str] | None:
    """Why a cell cannot be read: code, message and hint."""
    longest = _LONGEST_NOTE if column.name in _IN_LINES else _LONGEST_VALUE
    if cell.fault:
        return cell.fault.code, cell.fault.message, cell.fault.hint
    if len(cell.text.strip()) > longest:
        return "too-long", f"expected at most {longest} characters, got {len(cell.text.strip()):,}", "shorten it"
    if cell.kind is CellKind.DATE and column.name not in ("date", "next_visit"):
        message = f"the spreadsheet has made a date of it, {cell.text}"
        return "date-cell", message, "format the column as text, then type it again"
    if cell.kind is CellKind.LIST and not (column.change and column.change.field in _LISTS):
        return "value", "expected a single value, got a list", "write it without brackets and dashes"
    return None
