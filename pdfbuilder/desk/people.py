"""A list of people on the desk: its cells, what is wrong with them, and all their sheets at once."""

from __future__ import annotations

import io
import re
import secrets
import threading
import zipfile
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field, json, structs

from pdfbuilder.batch.combine import combined
from pdfbuilder.batch.prepare import Prepared, prepare
from pdfbuilder.desk.answers import Desk
from pdfbuilder.desk.findings import replacements, sentence
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Severity
from pdfbuilder.domain.order import DateOrder, Order
from pdfbuilder.layout.core.display import Pages
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.roster.columns import COLUMNS, Meanings, fold
from pdfbuilder.roster.conventions import Conventions
from pdfbuilder.roster.formats import table_of
from pdfbuilder.roster.people import people_of
from pdfbuilder.roster.tables import Cell, CellFault, CellKind, Row, Table

#: What the rows of the page are called where the house says where something stands; nobody sees it, and no file is.
_HERE: Final = "<list>"
#: More people than this the page does not take: the command line prints them faster than anyone mends them.
MOST_PEOPLE: Final = 1_000
#: In findings a cell is called `row 3 (anna), date`: beside the cell that goes without saying.
_HEADER: Final = 1
_SIDE: Final = "side"
#: So much of a line is shown that could not be divided.
_LONGEST_LINE: Final = 200


class ShownCell(Struct, frozen=True, omit_defaults=True):
    """A cell, as the page keeps it; what goes without saying would make long lists too long to be asked about.

    Attributes:
        text: what it says.
        kind: what its file says that it is; a cell that somebody has mended is a text.
        fault: code, message and hint of what is wrong with the cell itself; none if nothing is.
    """

    text: str
    kind: str = CellKind.TEXT.value
    fault: tuple[str, str, str] | None = None


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A list as it stands on the page.

    Attributes:
        headings: those of its columns.
        rows: its cells, row by row.
        faults: code and text of what is wrong with whole rows, by their numbers from 0, until somebody says that a
            row is right: cells that have slipped to other headings may look as if they were.
        meanings: what headings mean that nobody knows, by the heading; empty for nothing.
        dates: in which order the parts of days are; empty if nobody has said so.
        routine: for those for whom the list names none.
        duplex: whether each sheet begins on a fresh piece of paper.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    faults: dict[int, tuple[str, str]] = {}
    meanings: dict[str, str] = {}
    dates: str = ""
    routine: str = ""
    duplex: bool = True


class CellFinding(Struct, frozen=True):
    """What is wrong with a cell, or with a row or the list as a whole.

    Attributes:
        row: which row, from 0; -1 for the headings.
        column: which column, from 0; -1 for the row as a whole.
        text: what was expected and found, and what to do about it.
        fixes: values that would mend it.
        is_error: whether the row can be printed at all as it is.
        code: the short name of what it is.
    """

    row: int
    column: int
    text: str
    fixes: tuple[str, ...]
    is_error: bool
    code: str


class ShownList(Struct, frozen=True):
    """A list and what is to be said of it.

    Attributes:
        question: the list.
        meant: what each column means; empty for those that are not read.
        findings: what is wrong.
        ready: how many sheets can be made.
        failed: the rows that are left out, from 0.
        columns: what a heading can mean.
    """

    question: Question
    meant: tuple[str, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    ready: int = 0
    failed: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()


class PrintProgress(Struct):
    """How far the sheets of a list are.

    Attributes:
        done: how many are ready.
        of: of how many.
        name: whose is made now.
        pages: how many pages there are so far.
        is_over: whether nothing more comes.
        is_stopped: whether somebody has stopped it.
        failed: what kept it from being finished; empty if nothing has.
        files: all of them in one file, by its kind: `pdf` and `zip`.
    """

    of: int
    done: int = 0
    name: str = ""
    pages: int = 0
    is_over: bool = False
    is_stopped: bool = False
    failed: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


class Lists:
    """Reads lists, and makes the sheets of one at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._id = ""
        self._progress: PrintProgress | None = None

    @staticmethod
    def question(data: bytes) -> Question:
        """What the page asks, from its JSON."""
        return json.decode(data, type=Question)

    def read(self, name: str, data: bytes) -> ShownList:
        """A list from its file."""
        library = self._desk.renderer.library
        meanings = Meanings(Conventions(), library, self._desk.language.code)
        called = Path(name).name
        try:
            table = table_of(data, called, Path(), Conventions(), meanings.is_known)
            _refuse_many(table, called)
        except InvalidInput as error:
            return ShownList(Question((), ()), findings=tuple(_at_cell(each, ()) for each in error.diagnostics))
        headings = tuple(each.text for each in table.header)
        rows = tuple(_cells(row, len(headings)) for row in table.rows)
        faults = {n: _fault(row) for n, row in enumerate(table.rows) if row.problems}
        return self.ask(Question(headings, rows, faults))

    def ask(self, question: Question) -> ShownList:
        """A list with what is wrong with it."""
        with self._desk.turn:
            return self._asked(question)[0]

    def begin(self, question: Question) -> str:
        """Begin to make the sheets of all rows that can be made, and give a name to ask for them by."""
        with self._desk.turn:
            prepared = self._asked(question)[1]
            self.stop(self._id)  # what is begun takes the place of what was made before
            self._id = secrets.token_urlsafe(12)
            self._progress = PrintProgress(len(prepared.people) if prepared else 0)
            if prepared:
                work = (prepared, self._progress, question.duplex)
                threading.Thread(target=self._make, args=work, daemon=True).start()
            else:
                self._progress.is_over = True
            return self._id

    def progress(self, id_: str) -> dict[str, Any] | None:
        """How far the sheets are; None if they are not those that were begun last."""
        found = self._progress if id_ == self._id else None
        names = [name for name in PrintProgress.__struct_fields__ if name != "files"]
        return {name: getattr(found, name) for name in names} if found else None

    def stop(self, id_: str) -> None:
        """Stop it, and forget what was made."""
        if id_ == self._id and self._progress:
            self._progress.is_stopped = True

    def made(self, id_: str, kind: str) -> bytes | None:
        """The sheets in one file, `pdf` or `zip`; None if there are none."""
        found = self._progress if id_ == self._id else None
        return found.files.get(kind) if found and found.is_over and not found.is_stopped else None

    # ------------------------------------------------------------------

    def _asked(self, question: Question) -> tuple[ShownList, Prepared | None]:
        library, language = self._desk.renderer.library, self._desk.language
        known = (*COLUMNS, *(f"{each}.reps" for each in library.ids(Kind.EXERCISE, language.code)))
        if not question.headings:
            return ShownList(question, columns=known), None
        question = _without_spare_sides(question)
        try:
            dates = DateOrder(question.dates) if question.dates else None
            conventions = Conventions(question.meanings, dates=dates)
            meanings = Meanings(conventions, library, language.code)
            table = _table(question)
            defaults = Order(question.routine, language=language.tag)
            roster = people_of(table, defaults, conventions, meanings)
            meant = tuple(each.name if each else "" for each in meanings.of(table)[0])
            prepared = prepare(roster, self._desk.renderer)
        except InvalidInput as error:
            found = tuple(_at_cell(each, ()) for each in error.diagnostics)
            return ShownList(question, findings=found, columns=known), None
        except ValueError:
            return ShownList(question, columns=known), None
        found = tuple(_at_cell(each, meant) for each in prepared.problems)
        if any(each.code == "missing-side" for each in found) and _SIDE not in (*meant, *map(fold, question.headings)):
            return self._asked(_with_sides(question))
        failed = tuple(sorted({each.row for each in found if each.is_error and each.row >= 0}))
        return ShownList(question, meant, found, len(prepared.people), failed, known), prepared

    def _make(self, prepared: Prepared, progress: PrintProgress, duplex: bool) -> None:
        try:
            self._made(prepared, progress, duplex=duplex)
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            progress.failed = type(error).__name__
        progress.name = ""
        progress.is_over = True

    def _made(self, prepared: Prepared, progress: PrintProgress, *, duplex: bool) -> None:
        press = self._desk.renderer.press
        parts: list[tuple[str, Pages]] = []
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for person in prepared.people:
                progress.name = person.order.person.name or person.entry.id
                with self._desk.turn:
                    copy = person.job.copy
                    pages = press.lay_out(copy)
                    pdf = press.print(copy).pdf
                if progress.is_stopped:
                    return
                archive.writestr(zipfile.ZipInfo(person.entry.file), pdf)
                parts.append((person.order.person.name or person.entry.id, pages))
                progress.pages += len(pages.pages)
                progress.done += 1
        with self._desk.turn:
            whole = b"".join(combined(parts, press, self._desk.language.tag, duplex=duplex))
        progress.files.update(pdf=whole, zip=packed.getvalue())


def _refuse_many(table: Table, name: str) -> None:
    if len(table.rows) > MOST_PEOPLE:
        message = f"expected at most {MOST_PEOPLE:,} people on this page"
        hint = "pdfbuilder batch prints as many as there are"
        raise InvalidInput([Diagnostic("too-large", message, Location(name), hint=hint)])


def _cells(row: Row, width: int) -> tuple[ShownCell, ...]:
    """A row's cells, or as many of its pieces as there are headings."""
    cells = (
        ShownCell(
            each.text, each.kind.value, (each.fault.code, each.fault.message, each.fault.hint) if each.fault else None
        )
        for each in row.cells or row.pieces[:width]
    )
    return _wide(tuple(cells), width)


def _wide(cells: tuple[ShownCell, ...], width: int) -> tuple[ShownCell, ...]:
    return (*cells, *(ShownCell("") for _ in range(width - len(cells))))[:width]


def _fault(row: Row) -> tuple[str, str]:
    """What is wrong with a row: its line is shown where cells of it are left over."""
    first = row.problems[0]
    line = row.location.excerpt.strip()[:_LONGEST_LINE]
    return first.code, f"{first.message}: “{line}”" if row.pieces else first.message


def _with_sides(question: Question) -> Question:
    """A list with a column for the sides that it lacks."""
    width = len(question.headings)
    rows = tuple((*_wide(cells, width), ShownCell("")) for cells in question.rows)
    return structs.replace(question, headings=(*question.headings, _SIDE), rows=rows)


def _without_spare_sides(question: Question) -> Question:
    """The same without it, if it turns out that another column holds them."""
    *headings, last = question.headings
    width = len(headings)
    if (
        last != _SIDE
        or _SIDE not in question.meanings.values()
        or any(_wide(each, width + 1)[-1].text for each in question.rows)
    ):
        return question
    return structs.replace(question, headings=tuple(headings), rows=tuple(each[:width] for each in question.rows))


def _table(question: Question) -> Table:
    """The list as the house reads it: each cell's place says its row and column."""

    def cell(shown: ShownCell, line: int, column: int) -> Cell:
        fault = CellFault(*shown.fault) if shown.fault else None
        return Cell(shown.text, Location(_HERE, line, column + 1), kind=CellKind(shown.kind), fault=fault)

    def row(cells: tuple[ShownCell, ...], line: int) -> Row:
        # In no column: at the row as a whole.
        where = Location(_HERE, line)
        fault = question.faults.get(line - _HEADER - 1)
        problems = (Diagnostic(*fault, where),) if fault else ()
        shown = _wide(cells, len(header))
        return Row(line - _HEADER, where, tuple(cell(each, line, n) for n, each in enumerate(shown)), problems)

    header = tuple(cell(ShownCell(text), _HEADER, column) for column, text in enumerate(question.headings))
    rows = tuple(row(cells, line) for line, cells in enumerate(question.rows, start=_HEADER + 1))
    return Table(Path(), header, rows)


def _at_cell(found: Diagnostic, meant: tuple[str, ...]) -> CellFinding:
    here = found.location.source == _HERE
    row, column = (found.location.line - _HEADER - 1, found.location.column - 1) if here else (-1, 0)
    name = meant[column] if row >= 0 and 0 <= column < len(meant) else ""
    fixes = replacements(found.hint, name.rpartition(".")[2]) if name else ()
    # Where to say it on the command line is of no use here.
    hint = "" if fixes or re.search(r"\b(columns|sides|dates|encoding) ", found.hint) else found.hint
    text = " ".join(sentence(each) for each in (found.message, hint) if each)
    return CellFinding(row, column, text, fixes, found.severity is Severity.ERROR, found.code)
