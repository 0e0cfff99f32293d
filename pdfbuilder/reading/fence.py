"""What may be opened under a name that a stranger has written, as in a roster."""

from __future__ import annotations

import stat
from functools import cache
from pathlib import Path

from msgspec import Struct

from pdfbuilder import assets
from pdfbuilder.files import STDIN


class Fence(Struct, frozen=True):
    """What may be opened: files in a folder and those that ship, but no pipe, no device and not standard input.

    Attributes:
        folder: without links and dots; None for anywhere.
        content: the folder of one's own content, likewise; None for none.
        outside: what is said of a file elsewhere.
        hint: what to do about it.
    """

    folder: Path | None
    content: Path | None = None
    outside: str = "lies outside the roster's folder"
    hint: str = "move it there"

    def refusal(self, path: str | Path) -> tuple[str, str]:
        """Why a file may not be opened, and what to do about it; empty if it may. Links are followed."""
        if str(path) == STDIN:
            return "standard input is not read for a roster's files", "name a file"
        try:
            place = Path(path).resolve()
            inside = not self.folder or any(map(place.is_relative_to, self._folders))
            is_special = inside and place.exists() and not stat.S_ISREG(place.stat().st_mode) and not place.is_dir()
        except (OSError, RuntimeError, ValueError):  # nothing that could be opened: whoever tries says why
            return "", ""
        if not inside:
            return f"{path} {self.outside}", self.hint
        if is_special:
            return f"{path} is a pipe or a device", "name a file"
        return "", ""

    @property
    def _folders(self) -> tuple[Path, ...]:
        return (*_shipped(), *(each for each in (self.folder, self.content) if each))


@cache
def _shipped() -> tuple[Path, ...]:
    return tuple(assets.shipped(each).resolve() for each in ("content", "templates"))
