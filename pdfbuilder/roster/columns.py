"""What the columns of a roster mean: by their own names, or by those that somebody gives them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, partial
from typing import Final

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from pdfbuilder.domain.dose import REGIME_FIELDS
from pdfbuilder.domain.person import Person
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.overrides import FIELDS, FigureAddress, address_of
from pdfbuilder.roster.conventions import Conventions, fold_side
from pdfbuilder.roster.tables import Cell, Table

#: The columns of a roster, beside those for single exercises.
COLUMNS: Final = (
    "id", "side", "routine", "phase", "week", "language", "template", "paper", *Person.__struct_fields__, *REGIME_FIELDS
)  # fmt: skip

#: Closer than a slip elsewhere has to be: an export has many columns, and "Other" is not "note".
_NEAR: Final = 0.7


#: Words for a side, also of those who write in another language than the program reads, so that their column is asked
#: about.
_SIDE_WORDS: Final = (
    r"left|right|both|lt|rt|l|r|links?|rechts?|li|re|beid\w*|gauche|droite?|izquierd\w|derech\w|esquerd\w|direit\w"
    r"|sinistr\w|destr\w|lew\w|praw\w|vänster|höger|venstre|højre|høyre|vasen|oikea"
)
#: How people write a side, with or without what it is the side of: Lt, (R), 'left knee', 'knee left'.
_SIDED: Final = re.compile(rf"\s*\(?(?:{_SIDE_WORDS}|b)\b|.*\W(?:{_SIDE_WORDS})\W*\Z", re.IGNORECASE | re.DOTALL)
#: That could be anything, such as a ward.
_ONLY_B: Final = re.compile(r"\s*b\s*", re.IGNORECASE)


class Column(Struct, frozen=True):
    """What a column holds.

    Attributes:
        name: what it is called in diagnostics: `side`, `bird-dog.reps`.
        change: what of the routine it says otherwise, or None.
    """

    name: str
    change: FigureAddress | None = None


def fold(heading: str) -> str:
    """A heading as it is compared: without case and spaces."""
    return "".join(heading.split()).casefold()


class Meanings:
    """Finds out what headings mean.

    Args:
        conventions: what headings stand for, and words for a side, beside the known ones.
        library: whose exercises headings may name, and whose routines and templates cells.
        language: code of the language that these are in.

    Raises:
        InvalidInput: if a heading is to stand for a column that there is not.
    """

    def __init__(self, conventions: Conventions, library: Library, language: str) -> None:
        self._sides = conventions.sides
        self._option = conventions.called("columns")
        self._exercises = {fold(each): each for each in library.ids(Kind.EXERCISE, language)}
        #: The id that a cell means: many have the same.
        self.id_of = cache(partial(library.id_of, language=language))
        self._given: dict[str, Column | None] = {}
        self._written = {fold(heading): heading for heading in conventions.columns}
        problems = Problems()
        for heading, meaning in conventions.columns.items():
            column = self._by_its_own_name(meaning) if meaning.strip() else None
            if meaning.strip() and column is None:
                hint = self._near(meaning) or f"the columns are {', '.join(COLUMNS)}, and EXERCISE.reps and the like"
                problems.error("unknown-column", f'there is no column "{meaning}"', Location(self._option), hint=hint)
            self._given[fold(heading)] = column
        problems.stop_on_error()

    def is_known(self, heading: str) -> bool:
        """Whether a heading means something."""
        return fold(heading) in self._given or self._by_its_own_name(heading) is not None

    def of(self, table: Table) -> tuple[tuple[Column | None, ...], tuple[Diagnostic, ...]]:
        """What the columns of a roster hold, None for those that are ignored; and warnings about these.

        Raises:
            InvalidInput: if two mean the same, one is nearly right, there is none for the id, one that nobody
                understands holds the sides, or if one that somebody names is not there.
        """
        header = table.header
        problems = Problems()
        found: dict[str, Cell] = {}
        below = list(zip(*(row.cells for row in table.rows if row.cells), strict=True)) or [()] * len(header)
        meant = [
            None if self._is_abbreviated(cell.text, cells) else self._meant(cell.text)
            for cell, cells in zip(header, below, strict=True)
        ]
        # Left out, a column of sides would make sheets for the side of the command line.
        unsaid = Column("side") not in meant or any(cell.is_blank for cell in below[meant.index(Column("side"))])
        said = [cell for cell in header if cell.text.strip()]
        for cell, column, cells in zip(header, meant, below, strict=True):
            if column is None:
                if said != [cell]:  # else somebody has put a title above the table
                    self._remark(cell, problems, sided=unsaid and self._are_sides(each.text for each in cells))
            elif first := found.get(column.name):
                message = f"two columns mean {column.name}: {_shown(first)} and {_shown(cell)}"
                hint = f'rename one, or leave it out with {self._option} "{cell.text.strip()}="'
                problems.error("repeated-column", message, cell.location, field=_field(cell), hint=hint)
            else:
                found[column.name] = cell
        self._refuse_missing(header, found, problems)
        problems.stop_on_error()
        return tuple(meant), problems.found

    def _refuse_missing(self, header: tuple[Cell, ...], found: Mapping[str, Cell], problems: Problems) -> None:
        headings = {fold(cell.text): cell.text.strip() for cell in header}
        for folded, written in self._written.items():
            if folded not in headings:
                message = f'there is no column "{written}" in the roster'
                hint = nearest(written, headings.values()) or f"it has {', '.join(filter(None, headings.values()))}"
                problems.error("unknown-column", message, Location(self._option), hint=hint)
        if "id" not in found and not any(each.severity is Severity.ERROR for each in problems.found):
            message = "the column id is missing: it tells people of the same name apart, and names their files"
            problems.error(
                "missing-column", message, header[0].location, field=_field(header[0]), hint=self._add_id(found)
            )

    def _add_id(self, found: Collection[str]) -> str:
        """What to do if nobody has an id: no heading is suggested, since a name or a title is none."""
        if found:
            return f'add it, or say which column it is: {self._option} "HEADING=id"'
        return (
            "the header is the first row that says something: delete the rows above it; "
            f'or say what its headings mean: {self._option} "HEADING=id"'
        )

    def _meant(self, heading: str) -> Column | None:
        """What a heading plainly means."""
        folded = fold(heading)
        return self._given[folded] if folded in self._given else self._by_its_own_name(heading)

    def _remark(self, cell: Cell, problems: Problems, *, sided: bool) -> None:
        """Say of a heading that means nothing what it may be, unless it was left out or is blank."""
        if not cell.text.strip() or fold(cell.text) in self._given:
            return
        heading = " ".join(cell.text.split())
        if near := self._near(cell.text) or ("it holds sides: did you mean side?" if sided else ""):
            option = f'{self._option} "{heading}='
            hint = f'{near} (or say so with {option}…", or leave it out with {option}")'
            message = f"unknown column {_shown(cell)}"
            problems.error("unknown-column", message, cell.location, field=_field(cell), hint=hint)
        else:
            message = f"the column {_shown(cell)} is ignored"
            hint = f'if it matters, say what it is with {self._option} "{heading}=…", or leave it out with "{heading}="'
            problems.warning("ignored-column", message, cell.location, field=_field(cell), hint=hint)

    def _by_its_own_name(self, heading: str) -> Column | None:
        folded = fold(heading)
        if address := address_of(heading, self._exercises.values()):
            return Column(str(address), address)
        return Column(folded) if folded in COLUMNS else None

    def _near(self, heading: str) -> str:
        """What a heading nearly is, as a hint."""
        folded = fold(heading)
        exercise, _, figure = folded.rpartition(".")
        if exercise in self._exercises:
            # With such an exercise before the dot, it can be nothing else.
            return nearest(figure, FIELDS) or f"a dose has {', '.join(FIELDS)}"
        if folded in self._exercises:
            return f"did you mean {folded}.reps?"
        if exercise and nearest(exercise, self._exercises):
            return nearest(figure, FIELDS) and nearest(folded, [f"{each}.{figure}" for each in self._exercises])
        near = difflib.get_close_matches(folded, COLUMNS, cutoff=_NEAR)
        if not near and len(folded) > 2:
            near = [each for each in COLUMNS if each.startswith(folded)]
        if not near and "side" in re.split(r"[\W_]+", heading.casefold()):
            near = ["side"]  # "Affected side" left out would make a sheet for the side of the command line
        return f"did you mean {' or '.join(near)}?" if near else ""

    def _is_abbreviated(self, heading: str, cells: Iterable[Cell]) -> bool:
        """Whether what looks like the side of an exercise is 'Aff. side', and holds people's sides."""
        exercise, dot, figure = fold(heading).rpartition(".")
        is_open = dot and figure == "side" and exercise not in self._exercises and fold(heading) not in self._given
        return bool(is_open) and self._are_sides(cell.text for cell in cells)

    def _are_sides(self, texts: Iterable[str]) -> bool:
        """Whether a column seems to hold sides: most of what it says is one, or begins or ends with one."""
        said = [text for text in texts if text.strip()]
        sides = [text for text in said if _SIDED.match(text) or fold_side(text) in self._sides]
        return 2 * len(sides) > len(said) and any(not _ONLY_B.fullmatch(text) for text in sides)


def _shown(cell: Cell) -> str:
    text = " ".join(cell.text.split())
    return f'"{text if len(text) <= 40 else text[:37] + "…"}"'


def _field(cell: Cell) -> str:
    return cell.reference or "header"
