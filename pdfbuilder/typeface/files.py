"""The files of the typeface: as the sheets are set in them, and as a screen shows them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from pdfbuilder.typeface.open_zero import with_open_zero

#: Packages of the fonts and their files.
_ATKINSON, _FIRA = "fontpkg_atkinson_hyperlegible", "fontpkg_fira_sans"
_FILES: Final = (
    (_ATKINSON, "AtkinsonHyperlegible-Regular.ttf"),
    (_ATKINSON, "AtkinsonHyperlegible-Bold.ttf"),
    (_FIRA, "FiraSans-Regular.ttf"),
    (_FIRA, "FiraSans-Bold.ttf"),
)


def is_atkinson(index: int) -> bool:
    """Whether a file is one of Atkinson Hyperlegible's, whose zero is changed."""
    return _FILES[index][0] == _ATKINSON


@cache
def font_file(index: int) -> bytes:
    """What is in a file; Atkinson's zero has lost its stroke."""
    package, name = _FILES[index]
    data = Path(import_module(package).__path__[0], "files", name).read_bytes()
    return with_open_zero(data) if is_atkinson(index) else data


def screen_font(face: str) -> bytes | None:
    """The file for what is shown on a screen, `regular` or `bold`; None for any other face."""
    index = {"regular": 0, "bold": 1}.get(face)
    return None if index is None else font_file(index)
