"""What a file names is found while the file is read, so that all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Problems
from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.side import Side
from pdfbuilder.domain.wording import Wording
from pdfbuilder.pictures.reading import read_picture
from pdfbuilder.reading.fence import Fence
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.tree import KeyPath

_Value = TypeVar("_Value")


def is_path(name: str) -> bool:
    """Whether somebody means a file, and not an id."""
    return "/" in name or "\\" in name or name.casefold().endswith((".yaml", ".yml"))


class Found(Struct, Generic[_Value], frozen=True):
    """A definition, and what is suspicious about it."""

    value: _Value
    warnings: tuple[Diagnostic, ...] = ()


class Reader(Struct, frozen=True):
    """Goes with every place of a file that is read.

    Attributes:
        problems: takes what is wrong beyond the values themselves.
        fence: beyond it no picture is opened.
        get: what some names mean at a place.
        printed: takes the texts that are printed as they stand, with the way to each.
        pictures: whether pictures are looked into.
    """

    problems: Problems
    fence: Fence | None
    get: Callable[[Kind, str | tuple[str, ...], Place], Found[Any]]
    printed: list[tuple[KeyPath, Wording]] = []
    pictures: bool = True

    def picture(self, named: str, at: Place, shows: Side | None = None, credit: str = "") -> Picture | None:
        """The picture in a file that is named at a place; None, and a problem, if it cannot be had."""
        file = at.node.source.folder / named
        message, hint = self.fence.refusal(file) if self.fence else ("", "")
        if message:
            self.problems.error("outside", message, at.node.location, field=at.field, hint=hint)
            return None
        try:
            return read_picture(file, shows, credit, at.node.location, at.field)
        except InvalidInput as error:
            self.problems.extend(error.diagnostics)
            return None

    def find(self, kind: Kind, named: str | tuple[str, ...], at: Place) -> Any:
        """What is named at a place; None, and a problem, if it cannot be had."""
        try:
            found = self.get(kind, named, at)
        except InvalidInput as error:
            self.problems.extend(error.diagnostics)
            return None
        self.problems.extend(found.warnings)
        return found.value
