"""Rosters to read, and what is said of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
from samples import write

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.places import Places
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.roster.conventions import Conventions
from pdfbuilder.roster.people import Roster, read_roster

NOBODY = Order("")
#: Defaults with which a row needs an id only.
ANYBODY = Order("sciatica-starter", AffectedSide.LEFT)
#: What to do about what is no side: none is suggested.
SIDE_HINT = 'write one of the four, or l, r or b; --side-word "WORD=SIDE" says what a word of yours means'
#: Where a command line says how a roster is written.
OPTIONS = Places(
    tuple(
        (name, Location(option))
        for name, option in (
            ("columns", "--column"),
            ("sides", "--side-word"),
            ("dates", "--dates"),
            ("encoding", "--encoding"),
        )
    )
)


def read(
    folder: Path,
    data: str | bytes,
    name: str = "roster.csv",
    *,
    defaults: Order = ANYBODY,
    **conventions: Any,
) -> Roster:
    """What a roster holds."""
    return read_roster(str(write(folder, data, name)), defaults, Conventions(**conventions, places=OPTIONS))


def found(folder: Path, data: str | bytes, name: str = "roster.csv", **options: Any) -> tuple[Diagnostic, ...]:
    """What is wrong with a roster, or suspicious about it."""
    try:
        return read(folder, data, name, **options).problems
    except InvalidInput as error:
        return error.diagnostics


def said(folder: Path, data: str | bytes, name: str = "roster.csv", **options: Any) -> str:
    """The same as it is printed, the folder left out."""
    return "\n".join(map(str, found(folder, data, name, **options))).replace(f"{folder}/", "")


def failed(roster: Roster) -> list[tuple[int, str]]:
    """Row and id of those who have an error."""
    return [(each.entry.row, each.entry.id) for each in roster.failed]


def ids(roster: Roster) -> list[str]:
    return [entry.id for entry in roster.entries]


def workbook(*rows: tuple[Any, ...]) -> openpyxl.Workbook:
    """A workbook with some rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
