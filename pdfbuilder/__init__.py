"""pdfbuilder turns an exercise routine and an affected side into a printed sheet.

>>> from pdfbuilder import build
>>> pdf = build("sciatica-starter", "left", name="Ann Smith")

`build` gives the bytes of a PDF and writes nothing. To make many sheets, hand the same `Renderer` to each call.
What is wrong with an input is raised as `InvalidInput`, all of it at once; what is suspicious about it, and what there
was no room for, is a `PlanWarning`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfbuilder.diagnostics import Diagnostic, InvalidInput, PlanWarning
    from pdfbuilder.pipeline import Renderer, build

__all__ = ["Diagnostic", "InvalidInput", "PlanWarning", "Renderer", "build"]

_ROOMS = {
    "build": "pipeline",
    "Renderer": "pipeline",
    "Diagnostic": "diagnostics",
    "InvalidInput": "diagnostics",
    "PlanWarning": "diagnostics",
}


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    # Looked up when it is first wanted: the command line shows its help without loading fonts and PDF.
    if name in _ROOMS:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(f"pdfbuilder.{_ROOMS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
