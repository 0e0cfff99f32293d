"""A roster as a table: what its three kinds of files have in common. Every cell keeps its place."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic, Location, refused

#: A clinic prints hundreds; what is beyond is a mistake, and would be held in memory.
MOST_PEOPLE: Final = 50_000
MOST_COLUMNS: Final = 200
#: With those of the header and of rows that are blank; twenty for each of so many people.
MOST_CELLS: Final = 1_000_000
#: The longest cell in characters, also in columns that are not read. A note has at most 600.
LONGEST_CELL: Final = 10_000


class CellKind(Enum):
    """What a cell holds."""

    TEXT = "text"
    #: A date that the file itself knows to be one: what a spreadsheet also makes of `3-4`.
    DATE = "date"
    #: A list in YAML.
    LIST = "list"


class CellFault(Struct, frozen=True, gc=False):
    """Why a cell cannot be read, should its column be asked for; the same words as in a `Diagnostic`."""

    code: str
    message: str
    hint: str


class Cell(Struct, frozen=True, gc=False):
    """A cell.

    Attributes:
        text: what it says, as whoever wrote it sees it; empty if nothing.
        location: where its text stands, or would.
        reference: its name in a sheet, `B5`; empty in other files.
        kind: what it holds.
        fault: why its text is not to be believed, or None.
    """

    text: str
    location: Location
    reference: str = ""
    kind: CellKind = CellKind.TEXT
    fault: CellFault | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing, and hides nothing."""
        return self.fault is None and not self.text.strip()


class Row(Struct, frozen=True):
    """A row below the header.

    Attributes:
        number: its line in the file, or its row in the sheet.
        location: where it starts.
        cells: one for each column of the header; none if it could not be divided into cells.
        problems: what is wrong with the row as a whole.
        pieces: what it was divided into instead, for whoever can put it right.
    """

    number: int
    location: Location
    cells: tuple[Cell, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    pieces: tuple[Cell, ...] = ()


class Table(Struct, frozen=True):
    """A roster before anyone knows what its columns mean.

    Attributes:
        folder: where relative paths inside it start.
        header: the names of its columns.
        rows: without those that are blank.
        warnings: what is suspicious about the file.
    """

    folder: Path
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    warnings: tuple[Diagnostic, ...] = ()


def refuse_too_large(location: Location, *, people: int = 0, columns: int = 0, cells: int = 0) -> None:
    """Raise `InvalidInput` if a roster has more of something than it may."""
    for count, most, what, hint in (
        (people, MOST_PEOPLE, "people", "divide them between several rosters"),
        (columns, MOST_COLUMNS, "columns", "leave out those that nobody reads"),
        (
            cells,
            MOST_CELLS,
            "cells",
            "leave out the columns that nobody reads, or divide the people between several rosters",
        ),
    ):
        if count > most:
            raise refused("too-large", f"expected at most {most:,} {what}", location, hint)
