"""How a roster is written, where it is written otherwise than the documentation says."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from pdfbuilder.domain.order import DateOrder
from pdfbuilder.domain.places import ITSELF, Places
from pdfbuilder.domain.side import AffectedSide


class Conventions(Struct, frozen=True):
    """How a roster is written, where it says things in ways of its own.

    Attributes:
        columns: headings and the columns that they stand for; an empty one is to be ignored.
        sides: words for a side, as `fold_side` has them, and what they mean.
        dates: in which order the parts of a day are; None if every day is like 2026-11-21.
        encoding: how a CSV or YAML is written; None for what its byte order mark says, or else UTF-8.
        places: where the others are said, by their names: an option, for example.
    """

    columns: Mapping[str, str] = {}
    sides: Mapping[str, AffectedSide] = {}
    dates: DateOrder | None = None
    encoding: str | None = None
    places: Places = ITSELF

    def called(self, name: str) -> str:
        """What one of them is called where it is said, for hints: `--column`."""
        return str(self.places.of(name))


def fold_side(text: str) -> str:
    """A word for a side as it is compared: without case, and with single spaces."""
    return " ".join(text.split()).casefold()
