"""What was filled in, for people and for programs: a summary as text, and all of it as CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final

from msgspec import json, to_builtins

from pdfbuilder.formats.filled import DayNote, DayTally, Filled, number_in
from pdfbuilder.handout.lines import wrapped

#: The columns of the CSV; the keys of the JSON are called alike.
COLUMNS: Final = (
    "file", "id", "routine", "affected", "week_of", "week", "day", "date", "exercise", "name", "side", "box", "done",
    "planned", "extra", "written", "pain_before", "pain_after", "notes",
)  # fmt: skip
#: What a spreadsheet would take for a formula if a cell began with it.
_FORMULA: Final = ("=", "+", "-", "@")


class DataFormat(Enum):
    """What the data can be written as; the value is also the file's suffix."""

    CSV = "csv"
    JSON = "json"


def answers(sheets: Mapping[str, Filled], kind: DataFormat) -> bytes:
    """The data of some sheets, by the names of their files."""
    if kind is DataFormat.JSON:
        return json.format(json.encode([_whole(file, sheet) for file, sheet in sheets.items()])) + b"\n"
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for file, sheet in sheets.items():
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in _rows(file, sheet))
    # With a byte order mark: without one, Excel takes letters beyond English for others.
    return text.getvalue().encode("utf-8-sig")


def _whole(file: str, sheet: Filled) -> dict[str, Any]:
    """A sheet as it is in JSON."""
    parts = {name: to_builtins(getattr(sheet, name)) for name in ("exercises", "tallies", "days")}
    return {**_of_sheet(file, sheet), **parts}


def _rows(file: str, sheet: Filled) -> Iterator[dict[str, Any]]:
    """A row for each exercise on each day and side; what the diary asks for a day is a row by itself, without one."""
    of_sheet = _of_sheet(file, sheet)
    called = {each.number: {"exercise": each.id, "name": each.name} for each in sheet.exercises}
    for tally in sheet.tallies:
        counted = {**to_builtins(tally), "week": tally.week or "", "written": "; ".join(tally.written)}
        yield {**of_sheet, **counted, **called[tally.exercise]}
    for day in sheet.days:
        yield {**of_sheet, **to_builtins(day)}


def _of_sheet(file: str, sheet: Filled) -> dict[str, Any]:
    return {"file": file, "id": sheet.id, "routine": sheet.routine, "affected": sheet.side, "week_of": sheet.week_of}


def _cell(value: Any) -> Any:
    """A value that no spreadsheet runs: one that looks like a formula stands behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


# --------------------------------------------------------------------------- for people


def summary(sheets: Mapping[str, Filled]) -> str:
    """What was done, for a person to read: for each sheet its exercises, pain and notes."""
    return "\n".join(line for file, sheet in sheets.items() for line in (*_about(file, sheet), ""))


def _about(file: str, sheet: Filled) -> Iterator[str]:
    whose = sheet.id or "no id"
    week = f", week of {sheet.week_of}" if sheet.week_of else ""
    yield from wrapped(f"{whose}: {sheet.routine}, {sheet.side}{week} ({file})")
    for exercise in sheet.exercises:
        tallies = [tally for tally in sheet.tallies if tally.exercise == exercise.number]
        for side in dict.fromkeys(tally.side for tally in tallies):
            called = exercise.name + (f", {side}" if side in ("left", "right") else "")
            yield from wrapped(f"{exercise.number}  {called}: {_done([each for each in tallies if each.side == side])}",
                               first="  ", rest="     ")  # fmt: skip
    yield from _pain("before", [day.pain_before for day in sheet.days])
    yield from _pain("after", [day.pain_after for day in sheet.days])
    for day in sheet.days:
        if day.notes:
            yield from wrapped(f"{_when(day)}: {day.notes}", first="  ", rest="     ")


def _done(tallies: list[DayTally]) -> str:
    """'45 of 70, on 5 of 7 days'."""
    days: dict[tuple[int, str], bool] = {}
    for each in tallies:
        at = (each.week, each.day)
        days[at] = days.get(at, False) or bool(each.done or each.extra or each.written)
    extra = sum(each.extra for each in tallies)
    more = f" and {extra} extra" if extra else ""
    done, planned = sum(each.done for each in tallies), sum(each.planned for each in tallies)
    written = "; ".join(text for each in tallies for text in each.written if number_in(text) is None)
    count = f"{done} of {planned}{more}, on {sum(days.values())} of {len(days)} days"
    return f"{count}; written: {written}" if written else count


def _pain(when: str, levels: Iterable[int | None]) -> Iterator[str]:
    """'pain before: 2 to 5, on 6 days', if it was ever ringed."""
    ringed = [level for level in levels if level is not None]
    if ringed:
        low, high = min(ringed), max(ringed)
        span = f"{low} to {high}" if low < high else f"{low}"
        yield f"  pain {when}: {span}, on {len(ringed)} {'day' if len(ringed) == 1 else 'days'}"


def _when(day: DayNote) -> str:
    return day.date.isoformat() if day.date else f"week {day.week}, {day.day}"
