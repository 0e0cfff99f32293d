"""One phase of a routine as a plan: whoever is in it gets a sheet without the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from msgspec import structs

from pdfbuilder.desk.plans import DeskItem, DeskPlan, FilePart, in_lines
from pdfbuilder.diagnostics import Problems
from pdfbuilder.domain.declare import is_none
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import parse, plain

_PHASES: Final = "phases"
_ADDED: Final = ("restrictions", "advice")
#: What a phase says of its place among the others.
_OF_ITS_PLACE: Final = ("title", "weeks", "start_when")


def titles(routine: DeskPlan) -> tuple[str, ...]:
    """What the phases of a routine are called, in order; none if it has no phases."""
    return tuple(str(each.get("title", "")) for each in _phases(routine))


def one(routine: DeskPlan, number: int) -> DeskPlan | None:
    """A plan with what one phase of a routine says, and what the routine says of all; None if there is no such phase.

    Args:
        routine: a routine with phases.
        number: which of them, from 1.
    """
    if not 1 <= number <= len(_phases(routine)):
        return None
    phase = {key: value for key, value in _phases(routine)[number - 1].items() if key not in _OF_ITS_PLACE}
    entries = phase.pop("exercises", None)
    said = {part.key: _value(part) for part in routine.parts if part.key in _ADDED}
    both = {key: [*_listed(said.get(key)), *_listed(phase.pop(key, None))] for key in _ADDED}
    # What it says of how often is stronger than what the routine says.
    written = {**phase, **({"advice": _short(both["advice"])} if both["advice"] else {})}
    kept = (part for part in routine.parts if part.key != _PHASES and part.key not in written)
    new = (FilePart(key, in_lines({key: value})) for key, value in written.items())
    return structs.replace(
        routine,
        restrictions=_short(both["restrictions"]),
        parts=(*kept, *new),
        items=tuple(map(DeskItem, _listed(entries))),
    )


def _phases(routine: DeskPlan) -> list[dict[str, Any]]:
    found = [_value(part) for part in routine.parts if part.key == _PHASES]
    return [each for each in _listed(found[0]) if isinstance(each, dict)] if found else []


def _value(part: FilePart) -> Any:
    tree = parse(SourceText("", part.text, Path()), Problems())
    values = plain(tree) if tree else {}
    return values.get(part.key) if isinstance(values, dict) else None


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (None, "") or is_none(value) else [value]


def _short(texts: list[Any]) -> Any:
    """A single one stands by itself."""
    return texts[0] if len(texts) == 1 else texts or ""
