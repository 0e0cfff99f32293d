"""Where the words of an order were said.

Whatever is wrong with one of them is said of a field of the order, `said("side")`, by those who know no more. Who took
the order, be it from options, a roster or arguments, knows its `Places`, and puts it there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Diagnostic, Location


def said(field: str) -> Location:
    """The place of a field of an order, wherever that is."""
    return Location("", field=field)


class Places(Struct, frozen=True):
    """Where an order was said.

    Attributes:
        fields: fields of the order, each with its place: an option, or a cell of a roster.
        row: the place of all others, if they belong to one; else each is a place by itself. Places in its file that
            have no name are called after it: fifty thousand rows of names would be a twentieth of a gigabyte.
    """

    fields: tuple[tuple[str, Location], ...] = ()
    row: Location | None = None

    def of(self, field: str) -> Location:
        """The place of a field."""
        for name, place in self.fields:
            if name == field:
                if self.row and place.source == self.row.source and not place.field:
                    return structs.replace(place, field=f"{self.row.field}, {field}")
                return place
        return structs.replace(self.row, field=f"{self.row.field}, {field}") if self.row else Location(field)

    def put(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """What was said of fields of the order, at the places of these; all else as it was."""
        return tuple(each if each.location.source else self._put(each) for each in diagnostics)

    def _put(self, diagnostic: Diagnostic) -> Diagnostic:
        place = self.of(diagnostic.location.field)
        return structs.replace(diagnostic, location=place, field=place.field)

    def __contains__(self, place: Location) -> bool:
        """Whether a place is one of these, or in a line of the row, which may have several."""
        lines = {(each.source, each.line) for each in (*(each for _, each in self.fields), *filter(None, [self.row]))}
        return (place.source, place.line) in lines


#: Where each field is a place by itself: of an order that a program gives.
ITSELF: Final = Places()
