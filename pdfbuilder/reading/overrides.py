"""One figure of a dose written in a cell: `3-4`, `5 s`, `none`, `mon wed fri`, read as a routine's key of that name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from pdfbuilder.diagnostics import Location, Problems
from pdfbuilder.domain.declare import show
from pdfbuilder.domain.dose import Amount, Dose
from pdfbuilder.reading.definitions import merged_dose
from pdfbuilder.reading.specs import DoseSpec
from pdfbuilder.yamlfile.shapes import validate
from pdfbuilder.yamlfile.source import Source
from pdfbuilder.yamlfile.tree import Key, ListNode, MapNode, Node, ScalarNode

#: The figures of a dose, as a routine calls them.
DOSE_FIELDS: Final = (
    "sets", "reps", "hold", "rest", "times_per_day", "days", "weeks", "load", "tempo", "optional",
)  # fmt: skip

#: What spreadsheets make of 2-3 and 3-10: 2-Mar, Mar-10, 02.03.2026.
_DATE: Final = re.compile(
    r"\d{1,2}(?:-|\. ?)[^\W\d_]{3,4}\.?|[^\W\d_]{3,4}\.?[-. ]\d{1,4}|\d{1,4}([-./])\d{1,2}\1\d{1,4}", re.ASCII
)
#: Three counts of seconds, which is no date.
_PACE: Final = re.compile(r"[0-9]{1,2}([-./])[0-9]{1,2}\1[0-9]{1,2}", re.ASCII)
_MADE_A_DATE: Final = "a spreadsheet has made a date of it: format the column as text, then type it again"
_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}


def read_override(
    field: str, text: str, location: Location, problems: Problems, *, called: str = ""
) -> tuple[str, Any] | None:
    """A figure of a dose from the text of a cell, within the bounds that it has in a routine.

    Args:
        field: one of `DOSE_FIELDS`.
        text: what the cell says; not empty.
        location: the cell.
        problems: takes what is wrong with it.
        called: what the cell is called in diagnostics.

    Returns:
        The field and its value in a `Dose`, as `DoseChange` has them; None if there was an error.
    """
    text = text.strip()
    value = _value(field, text)
    if field == "optional" and not isinstance(value, bool):
        problems.error(
            "boolean", f"expected yes or no, got {show(text)}", location, field=called, hint="write yes or no"
        )
        return None
    if field in ("load", "tempo") and _DATE.fullmatch(text) and not _PACE.fullmatch(text):
        message = f"expected a {field}, got {show(text)}"
        problems.error("date-cell", message, location, field=called, hint=_MADE_A_DATE)
        return None
    source = Source(location.source, text, Path())
    span = (0, len(text))
    node: Node
    if isinstance(value, tuple):
        node = ListNode(tuple(ScalarNode(each, location, span, source) for each in value), location, source)
    else:
        node = ScalarNode(value, location, span, source)
    found = Problems()
    spec = validate(DoseSpec, MapNode({field: (Key(field, location), node)}, location, source), found)
    for each in found.found:
        hint = _MADE_A_DATE if _DATE.fullmatch(text) else _for_a_cell(each.hint, field)
        problems.error(each.code, each.message, location, field=called, hint=hint)
    if spec is None:
        return None
    return field, getattr(merged_dose(Dose(Amount(1, 1)), spec), field)


def _value(field: str, text: str) -> str | int | bool | tuple[str, ...]:
    """What YAML would have made of the text in a routine, where a cell need not spell it as YAML does."""
    if field in ("sets", "times_per_day", "weeks"):
        return int(text) if _WHOLE.fullmatch(text) else text
    if field == "optional":
        return _YES_NO.get(text.casefold(), text)
    is_list = text.startswith("[") and text.endswith("]")
    if field == "days" and (is_list or not re.search(r"[0-9]|^(every day|daily)$", text, re.IGNORECASE)):
        return tuple(re.findall(r"[^\s,;]+", text[1:-1] if is_list else text))
    return text


def _for_a_cell(hint: str, field: str) -> str:
    """A hint without the key, which a cell does not repeat; one that names other keys, too, stays as it is."""
    named = set(re.findall(r"\b(\w+): ", hint)) & set(DOSE_FIELDS)
    return hint.replace(f"{field}: ", "") if named == {field} else hint
