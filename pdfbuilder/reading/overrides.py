"""One figure of a dose written in a cell: `3-4`, `5 s`, `none`, `mon wed fri`, read as a routine's key of that name."""

from __future__ import annotations

import re
from typing import Any, Final, get_args

from msgspec import structs

from pdfbuilder.diagnostics import Location, Problems
from pdfbuilder.domain.declare import Unfit, wrong
from pdfbuilder.domain.dose import DOSE_FIELDS, Dose
from pdfbuilder.domain.figures import Days
from pdfbuilder.yamlfile.models import record
from pdfbuilder.yamlfile.shapes import Single

#: What spreadsheets make of 2-3 and 3-10: 2-Mar, Mar-10, 02.03.2026.
_DATE: Final = re.compile(
    r"\d{1,2}(?:-|\. ?)[^\W\d_]{3,4}\.?|[^\W\d_]{3,4}\.?[-. ]\d{1,4}|\d{1,4}([-./])\d{1,2}\1\d{1,4}", re.ASCII
)
#: Three counts of seconds, which is no date.
_PACE: Final = re.compile(r"[0-9]{1,2}([-./])[0-9]{1,2}\1[0-9]{1,2}", re.ASCII)
_MADE_A_DATE: Final = "a spreadsheet has made a date of it: format the column as text, then type it again"
_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}
#: What each figure is in a `Dose`.
_KINDS: Final = {each.name: get_args(each.type)[0] for each in structs.fields(Dose)}


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
    shape = record(Dose).fields[field].shape
    assert isinstance(shape, Single)  # noqa: S101 - all figures are
    is_date = bool(_DATE.fullmatch(text))
    try:
        if _KINDS[field] is str and is_date and not _PACE.fullmatch(text):
            raise wrong("date-cell", f"a {field}", text, _MADE_A_DATE)
        return field, shape.value.parse(_value(field, text))
    except Unfit as unfit:
        for each in unfit.faults:
            hint = _MADE_A_DATE if is_date else _for_a_cell(each.hint, field)
            problems.error(each.code, each.message, location, field=called, hint=hint)
        return None


def _value(field: str, text: str) -> object:
    """What YAML would have made of the text in a routine, where a cell need not spell it as YAML does."""
    kind = _KINDS[field]
    if kind is bool:
        if (found := _YES_NO.get(text.casefold())) is None:
            raise wrong("boolean", "yes or no", text, "write yes or no")
        return found
    if kind is not str and _WHOLE.fullmatch(text):
        return int(text)
    is_list = text.startswith("[") and text.endswith("]")
    if kind is Days and (is_list or not re.search(r"[0-9]|^(every day|daily)$", text, re.IGNORECASE)):
        return tuple(re.findall(r"[^\s,;]+", text[1:-1] if is_list else text))
    return text


def _for_a_cell(hint: str, field: str) -> str:
    """A hint without the key, which a cell does not repeat; one that names other keys, too, stays as it is."""
    named = set(re.findall(r"\b(\w+): ", hint)) & set(DOSE_FIELDS)
    return hint.replace(f"{field}: ", "") if named == {field} else hint
