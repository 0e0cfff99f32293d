"""Where the shipped content and templates are. Standard library only."""

from __future__ import annotations

from functools import cache
from pathlib import Path


class AssetsMissing(RuntimeError):
    """The installation is broken: the shipped files are not beside the package."""


@cache
def shipped(folder: str) -> Path:
    """The folder of shipped `content` or `templates`.

    In a wheel it is inside the package; in a checkout (an editable install) it is at the top level. A wheel's
    copy comes first, so that an installed package never reads a stranger's folder beside it.

    Args:
        folder: `content` or `templates`.

    Raises:
        AssetsMissing: if there is neither.
    """
    package = Path(__file__).parent
    for root in (package / "_bundled", package.parent):
        if (root / folder).is_dir() and (root != package.parent or (root / "pyproject.toml").is_file()):
            return root / folder
    raise AssetsMissing(f"the folder '{folder}' is missing from this installation; install pdfbuilder again")
