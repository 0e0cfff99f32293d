"""A roster's rows become orders: values are read as on the command line, and what is wrong is said at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Diagnostic, Location, Problems, Severity
from pdfbuilder.dose import DoseChange
from pdfbuilder.order import Order, OrderWords
from pdfbuilder.reading.library import is_path
from pdfbuilder.reading.overrides import DOSE_FIELDS, read_override
from pdfbuilder.reading.source import STDIN
from pdfbuilder.roster.columns import COLUMNS, Column, Meanings
from pdfbuilder.roster.formats import read_table
from pdfbuilder.roster.tables import Cell, Kind, Row, Table, refused
from pdfbuilder.template import Paper
from pdfbuilder.wording import named, unprintable

#: The longest id; in characters.
LONGEST_ID: Final = 64
#: The longest text of other cells than notes, before it is read.
_LONGEST_VALUE: Final = 400
_LONGEST_NOTE: Final = 2_000

#: What a column is called on the command line, where it is called otherwise.
_OPTIONS: Final = {"id": "id", "routine": "ROUTINE", "language": "--lang"}


class Entry(Struct, frozen=True):
    """One person of a roster, and what is to be printed.

    Attributes:
        id: what tells this person from all others of the roster.
        order: the handout to be made.
        row: line in the file, or row of the sheet.
        places: what an option is called, and where its value stands; the row, if it stands nowhere.
        fields: what an option or an exercise with another dose is called in diagnostics.
    """

    id: str
    order: Order
    row: int
    places: tuple[tuple[str, Location], ...]
    fields: tuple[tuple[str, str], ...] = ()


class Roster(Struct, frozen=True):
    """What a roster holds.

    Attributes:
        entries: the rows without errors, in order.
        problems: errors and warnings of all rows, in order.
        failed: the rows with errors, in order, as far as they could be read; the id is empty if there is none.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Diagnostic, ...]
    failed: tuple[Entry, ...]


def read_roster(
    path: str, defaults: Order, *, columns: Mapping[str, str] | None = None, encoding: str | None = None
) -> Roster:
    """Read a roster: CSV, XLSX or YAML.

    Args:
        path: the file, or `-` for standard input.
        defaults: what holds for everyone for whom the roster does not say otherwise; its routine may be empty.
        columns: headings and the columns that they stand for; an empty one is to be ignored.
        encoding: how a CSV or YAML is written; None for what its byte order mark says, or else UTF-8.

    Raises:
        InvalidInput: if the file as a whole cannot be read, or if its header is wrong.
    """
    meanings = Meanings(columns or {})
    table = read_table(path, encoding, meanings.is_known)
    meant, warnings = meanings.of(table)
    if not table.rows:
        where = table.header[0].location
        raise refused("empty", "nobody stands below the header", where, "write one line for each person")
    people = [_Person(row, table, meant, defaults) for row in table.rows]
    repeated = _repeated(people)
    problems = [*table.warnings, *warnings]
    entries: list[Entry] = []
    failed: list[Entry] = []
    for index, person in enumerate(people):
        own = (*person.problems.found, *repeated.get(index, ()))
        problems += sorted(own, key=lambda each: (each.location.line, each.location.column))
        is_wrong = person.is_wrong or index in repeated
        (failed if is_wrong else entries).append(person.entry)
    return Roster(tuple(entries), tuple(problems), tuple(failed))


def relocated(diagnostics: Iterable[Diagnostic], entry: Entry) -> tuple[Diagnostic, ...]:
    """Diagnostics about one person's order, moved from the options of the command line to the cells of the roster."""
    places, fields = dict(entry.places), dict(entry.fields)
    cells = [(place, fields.get(option, "")) for option, place in entry.places if place.column]
    cells += [(change.location, fields.get(change.exercise, "")) for change in entry.order.doses]
    # The place of an empty cell is its whole row: a cell in it comes first.
    cells.sort(key=lambda cell: cell[0].length)
    moved = []
    for each in diagnostics:
        source = each.location.source
        if source in places and not each.location.line:
            moved.append(replace(each, location=places[source], field=fields.get(source, "")))
        else:
            inside = (field for place, field in cells if _is_inside(each.location, place))
            moved.append(replace(each, field=each.field or next(inside, "")))
    return tuple(moved)


def is_in_row(location: Location, entry: Entry) -> bool:
    """Whether a place is in a person's row."""
    places = [place for _, place in entry.places] + [change.location for change in entry.order.doses]
    return any((place.source, place.line) == (location.source, location.line) for place in places)


def _is_inside(location: Location, cell: Location) -> bool:
    """Whether a place is that of a cell, or of a word in it."""
    same_line = (location.source, location.line) == (cell.source, cell.line)
    return location == cell or (same_line and cell.column <= location.column < cell.column + cell.length)


def _repeated(people: Sequence[_Person]) -> dict[int, tuple[Diagnostic, ...]]:
    """What is to be said of each, by their index, whose id is also that of another."""
    first: dict[str, int] = {}
    found: dict[int, tuple[Diagnostic, ...]] = {}

    def say(index: int, message: str) -> None:
        person = people[index]
        cell, hint = person.cell("id"), "give each person an id of their own"
        diagnostic = Diagnostic("repeated-id", message, cell.location, person.called(cell, "id"), hint)
        found.setdefault(index, (diagnostic,))

    for index, person in enumerate(people):
        if not person.id:
            continue
        other = first.setdefault(person.id, index)
        if other != index:
            say(other, f"the id {person.id} stands again in row {person.row.number}")
            say(index, f"the id {person.id} stands here again; it is first in row {people[other].row.number}")
    return found


class _Person:
    """Reads a row.

    Attributes:
        row: the row.
        id: whose it is, as far as that can be told; else empty.
        problems: what is wrong with it.
        entry: what it says, as far as it can be read.
        is_wrong: whether there was an error.
    """

    def __init__(self, row: Row, table: Table, columns: tuple[Column | None, ...], defaults: Order) -> None:
        self.row = row
        self.problems = Problems()
        self.problems.extend(row.problems)
        self._folder = table.folder
        self._cells: dict[str, Cell] = {}
        self._refused: set[str] = set()
        self._changes: list[tuple[Column, Cell]] = []
        for column, heading, cell in zip(columns, table.header, row.cells, strict=False):
            self._take(column, heading, cell)
        self.id = self._read_id() if row.cells else ""
        order = self._order(defaults) if row.cells else defaults
        self.entry = Entry(self.id, order, row.number, *self._places())
        self.is_wrong = any(each.severity is Severity.ERROR for each in self.problems.found)

    def cell(self, name: str) -> Cell:
        """The cell of a column; an empty one at the row if there is none."""
        return self._cells.get(name) or Cell("", self.row.location)

    def called(self, cell: Cell, name: str) -> str:
        """What a cell is called in diagnostics."""
        return f"{cell.reference} ({name})" if cell.reference else f"row {self.row.number}, {name}"

    def _wrong(self, cell: Cell, name: str, code: str, message: str, hint: str) -> None:
        self.problems.error(code, message, cell.location, field=self.called(cell, name), hint=hint)

    # ------------------------------------------------------------------ cells

    def _take(self, column: Column | None, heading: Cell, cell: Cell) -> None:
        """Keep a cell that can be read, under what its column means."""
        name = column.name if column else " ".join(heading.text.split())[:40]
        if name != "note" and not cell.reference and "\n" in cell.text:
            message = "a value may not hold a line break, but for a note"
            self._wrong(cell, name, "line-break", message, "close the quote, or write the value on one line")
            self._refused.add(name)
            return
        if column is None:
            if not heading.text.strip() and not cell.is_blank:
                where = cell.reference or f"row {self.row.number}"
                message = "the value stands under no heading"
                hint = "give its column a heading, or delete it"
                self.problems.error("no-heading", message, cell.location, field=where, hint=hint)
            return
        if fault := _fault(column, cell):
            self._refused.add(name)
            self._wrong(cell, name, *fault)
        elif column.field and not cell.is_blank:
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
        words = OrderWords(lambda field: f"--{field}")
        text = {name: cell.text for name, cell in self._cells.items() if not cell.is_blank}
        side, paper, date = text.get("side"), text.get("paper"), text.get("date")
        note = words.wording("note", text["note"]) if "note" in text else defaults.note
        order = replace(
            defaults,
            routine=self._named("routine", defaults.routine),
            side=words.side(side) if side else defaults.side,
            name=words.line("name", text["name"]) if "name" in text else defaults.name,
            date=words.date(date) if date else defaults.date,
            therapist=words.line("therapist", text["therapist"]) if "therapist" in text else defaults.therapist,
            note=replace(note, location=self.cell("note").location) if note and "note" in text else note,
            doses=defaults.doses + self._doses(),
            template=self._named("template", defaults.template),
            language=self._named("language", defaults.language),
            paper=words.choice("paper", paper, Paper) if paper else defaults.paper,
        )
        for each in words.problems.found:
            name = each.location.source.removeprefix("--")
            self._wrong(self.cell(name), name, each.code, each.message, each.hint.replace(f"--{name} ", ""))
        if not order.routine and "routine" not in self._refused:
            cell = self.cell("routine")
            hint = "write the id of a shipped routine, or a path; pdfbuilder list routines names them"
            self._wrong(cell, "routine", "missing-routine", "expected a routine", hint)
        return order

    def _named(self, name: str, default: str) -> str:
        """A definition by its id, or by its path from the folder of the roster."""
        cell = self.cell(name)
        text = cell.text.strip()
        if not text:
            return default
        if char := unprintable(text):
            message = f"expected printable characters, got {named(char)}"
            self._wrong(cell, name, name, message, "delete it: it cannot be seen, but it is there")
        elif text == STDIN:
            message = "a roster cannot name standard input"
            self._wrong(cell, name, name, message, f"write the id of a shipped {name}, or a path")
        if not is_path(text):
            return text
        path = str(self._folder / text)
        return path if is_path(path) else f"./{path}"

    def _doses(self) -> tuple[DoseChange, ...]:
        """What the row says about doses, in an order that does not depend on that of the columns."""
        figures: dict[str, list[tuple[str, Any]]] = {}
        places: dict[str, Location] = {}
        for column, cell in sorted(self._changes, key=lambda each: DOSE_FIELDS.index(each[0].field)):
            called = self.called(cell, column.name)
            figure = read_override(column.field, cell.text, cell.location, self.problems, called=called)
            if figure is not None:
                figures.setdefault(column.exercise, []).append(figure)
                places.setdefault(column.exercise, cell.location)
        return tuple(DoseChange(each, tuple(figures[each]), places[each]) for each in sorted(figures))

    def _places(self) -> tuple[tuple[tuple[str, Location], ...], tuple[tuple[str, str], ...]]:
        places: list[tuple[str, Location]] = []
        fields: list[tuple[str, str]] = []
        for name in COLUMNS:
            option = _OPTIONS.get(name, f"--{name}")
            cell = self.cell(name)
            places.append((option, cell.location))
            fields.append((option, self.called(cell, name)))
        first: dict[str, str] = {}
        for column, cell in sorted(self._changes, key=lambda each: DOSE_FIELDS.index(each[0].field)):
            first.setdefault(column.exercise, self.called(cell, column.name))
        return tuple(places), (*fields, *first.items())


def _fault(column: Column, cell: Cell) -> tuple[str, str, str] | None:
    """Why a cell cannot be read: code, message and hint."""
    longest = _LONGEST_NOTE if column.name == "note" else _LONGEST_VALUE
    if cell.fault:
        return cell.fault.code, cell.fault.message, cell.fault.hint
    if len(cell.text.strip()) > longest:
        return "too-long", f"expected at most {longest} characters, got {len(cell.text.strip()):,}", "shorten it"
    if cell.kind is Kind.DATE and column.name != "date":
        message = f"the spreadsheet has made a date of it, {cell.text}"
        return "date-cell", message, "format the column as text, then type it again"
    if cell.kind is Kind.LIST and column.field != "days":
        return "value", "expected a single value, got a list", "write it without brackets and dashes"
    return None
