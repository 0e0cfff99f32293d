"""What one person does otherwise than their routine says: in a roster's cells, and after `--set`.

Each has an address, `bird-dog.reps`, or `days` for all exercises, and a text that is read as a routine's key of that
name: `3-4`, `5 s`, `none`, `mon wed fri`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, get_args

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Location, Problems, nearest, quoted
from pdfbuilder.domain.declare import Unfit, wrong
from pdfbuilder.domain.dose import CELL_FIELDS, REGIME_FIELDS, Dose, DoseChange
from pdfbuilder.domain.figures import Days, Frequency
from pdfbuilder.domain.wording import Wording
from pdfbuilder.reading.routines import ReferenceSpec
from pdfbuilder.yamlfile.models import record
from pdfbuilder.yamlfile.shapes import MadeFrom, Single

#: What of an exercise can be otherwise for one person: all that a cell can hold.
FIELDS: Final = (*CELL_FIELDS, "side", "side_of")

#: What spreadsheets make of 2-3 and 3-10: 2-Mar, Mar-10, 02.03.2026. These patterns are compiled for the first roster.
_DATE: Final = (
    r"[0-9]{1,2}(?:-|\. ?)[A-Za-z]{3,4}\.?|[A-Za-z]{3,4}\.?[-. ][0-9]{1,4}|[0-9]{1,4}([-./])[0-9]{1,2}\1[0-9]{1,4}"
)
#: Three counts of seconds, which is no date.
_PACE: Final = r"[0-9]{1,2}([-./])[0-9]{1,2}\1[0-9]{1,2}"
_MADE_A_DATE: Final = "if a spreadsheet has made a date of it, format the column as text and type it again"
_WHOLE: Final = "0|[1-9][0-9]{0,8}"
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}
_PARTS: Final = tuple[str, ...]
#: What each figure is in a `Dose`.
_KINDS: Final = {each.name: get_args(each.type)[0] for each in structs.fields(Dose)}


class FigureAddress(Struct, frozen=True):
    """What is otherwise.

    Attributes:
        exercise: id of an exercise or of an entry; empty for all.
        field: one of `FIELDS`; of all exercises, one of those that a routine may say of them.
    """

    exercise: str
    field: str

    def __str__(self) -> str:
        return f"{self.exercise}.{self.field}" if self.exercise else self.field


class Override(Struct, frozen=True):
    """What somebody wrote at an address.

    Attributes:
        address: what is otherwise.
        text: how; not empty.
        location: where it is written, with what it is called there.
    """

    address: FigureAddress
    text: str
    location: Location


def address_of(text: str, exercises: Collection[str]) -> FigureAddress | None:
    """What an address means, without regard to capitals, spaces and the line in `side_of`; None if it is none.

    Args:
        text: `bird-dog.reps`, or `days`.
        exercises: ids that are known; others may be those of entries.
    """
    exercise, dot, name = "".join(text.split()).rpartition(".")
    field = next((each for each in (FIELDS if dot else REGIME_FIELDS) if _plain(each) == _plain(name)), None)
    if field is None or (dot and not exercise):
        return None
    known = {each.casefold(): each for each in exercises}
    return FigureAddress(known.get(exercise.casefold(), exercise), field)


def _plain(name: str) -> str:
    return name.replace("_", "").casefold()


def read_written(
    written: Mapping[str, object] | Iterable[str], where: Location, exercises: Collection[str], problems: Problems
) -> tuple[DoseChange, ...]:
    """Changes as they are written after `--set`, `bird-dog.reps=8`, or handed over by a program, by their addresses.

    Args:
        written: what was written; a text by itself is one of them.
        where: the place of all of them.
        exercises: ids that are known.
        problems: takes what is wrong with them.
    """
    written = [written] if isinstance(written, str) else written
    pairs = written.items() if isinstance(written, Mapping) else (_halves(each) for each in written)
    found: dict[str, Override] = {}
    for called, value in pairs:
        text = in_a_cell(map(str, value)) if isinstance(value, list | tuple) else str(value).strip()
        address = address_of(called, exercises)
        at = structs.replace(where, field=quoted(called))
        if address is None:
            message, hint = f'there is no "{quoted(called)}" that could be set', _instead(called, exercises)
            problems.error("set", message, where, hint=hint)
        elif text is None:
            problems.error("set", NOT_IN_A_CELL, at, hint="write it in a routine")
        elif not text:
            problems.error("set", "expected a value, got nothing", at, hint=f"write {address}=8, as in a routine")
        elif str(address) in found:
            problems.error("set", "it is set twice", at, hint="say it once")
        else:
            found[str(address)] = Override(address, text, at)
    return read_overrides(found.values(), problems)


#: What is said of a list that `in_a_cell` cannot hold.
NOT_IN_A_CELL: Final = "expected a list without empty values, commas and semicolons in it"


def in_a_cell(items: Iterable[str]) -> str | None:
    """A list as it is written in a cell; None where an item is empty, or has a comma in it, by which it is read."""
    listed = list(items)
    if any(not each.strip() or re.search("[,;]", each) for each in listed):
        return None
    return ", ".join(listed)


def _halves(written: str) -> tuple[str, str]:
    called, _, value = written.partition("=")
    return called.strip(), value.strip()


def _instead(called: str, exercises: Collection[str]) -> str:
    _, dot, field = called.rpartition(".")
    if dot:
        near = nearest(field, FIELDS)
        return near or f"of an exercise there are {', '.join(FIELDS)}"
    if called in exercises:
        return f"write {called}.reps=8, or another of {', '.join(FIELDS)}"
    return nearest(called, REGIME_FIELDS) or f"write bird-dog.reps=8; of all exercises: {', '.join(REGIME_FIELDS)}"


def read_overrides(overrides: Iterable[Override], problems: Problems) -> tuple[DoseChange, ...]:
    """Changes, one for each exercise and one for all, in an order that does not depend on that of the overrides.

    Args:
        overrides: what was written, each address once.
        problems: takes what is wrong with it.
    """
    said: dict[str, list[tuple[str, Any]]] = {}
    places: dict[str, Location] = {}
    for each in sorted(overrides, key=lambda override: FIELDS.index(override.address.field)):
        figure = read_override(each.address.field, each.text, each.location, problems)
        if figure is not None:
            said.setdefault(each.address.exercise, []).append(figure)
            places.setdefault(each.address.exercise, each.location)
    changes = []
    for exercise in sorted(said):
        figures = dict(said[exercise])
        rule, side_of = figures.pop("side", None), figures.pop("side_of", None)
        changes.append(DoseChange(exercise, tuple(figures.items()), places[exercise], rule, side_of))
    return tuple(changes)


def read_override(field: str, text: str, location: Location, problems: Problems) -> tuple[str, Any] | None:
    """A figure of a dose, or a side, from the text of a cell, within the bounds that it has in a routine.

    Args:
        field: one of `FIELDS`.
        text: what the cell says; not empty.
        location: the cell, with what it is called.
        problems: takes what is wrong with it.

    Returns:
        The field and its value in a `Dose`, as `DoseChange` has them; None if there was an error.
    """
    text = text.strip()
    shape = record(ReferenceSpec).fields[field].shape
    is_text = isinstance(shape, MadeFrom)
    single = shape.other if isinstance(shape, MadeFrom) else shape
    assert isinstance(single, Single)  # noqa: S101 - all figures are, and texts are made of one
    is_date = bool(re.fullmatch(_DATE, text))
    try:
        if is_text and is_date and not re.fullmatch(_PACE, text):
            raise wrong("date-cell", f"a {field}", text, _MADE_A_DATE)
        value = single.value.parse(_value(field, text))
        return field, (Wording(value, location) if value else None) if is_text else value
    except Unfit as unfit:
        for each in unfit.faults:
            hint = _MADE_A_DATE if is_date else _for_a_cell(each.hint, field)
            problems.error(each.code, each.message, location, hint=hint)
        return None


def _value(field: str, text: str) -> object:
    """What YAML would have made of the text in a routine, where a cell need not spell it as YAML does."""
    kind = _KINDS.get(field)
    if kind is bool:
        if (found := _YES_NO.get(text.casefold())) is None:
            raise wrong("boolean", "yes or no", text, "write yes or no")
        return found
    if re.fullmatch(_WHOLE, text):
        return int(text)
    is_list = text.startswith("[") and text.endswith("]")
    if is_list:
        listed = [each.strip() for each in re.split("[,;]", text[1:-1])]
        return tuple(filter(None, listed))
    if kind is Days and not re.search(r"[0-9]|^(every|daily)", text, re.IGNORECASE):
        return tuple(re.findall(r"[^\s,;]+", text))
    if kind in (Frequency, _PARTS) and re.search("[,;]", text):
        return tuple(filter(None, (each.strip() for each in re.split("[,;]", text))))
    return text


def _for_a_cell(hint: str, field: str) -> str:
    """A hint without the key, which a cell does not repeat; one that names other keys, too, stays as it is."""
    named = set(re.findall(r"\b(\w+): ", hint)) & set(FIELDS)
    return hint.replace(f"{field}: ", "") if named == {field} else hint
