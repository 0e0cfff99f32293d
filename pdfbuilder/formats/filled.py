"""Reads sheets that were filled in on a screen: which boxes are ticked, what was ringed and written.

Nothing of a file is read but its form: no page, no font, no picture. `apart` does that where no harm comes of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.figures import Weekday
from pdfbuilder.domain.wording import tidy, unprintable
from pdfbuilder.handout.fields import (
    SHEET_FIELD,
    WEEK_FIELD,
    BoxField,
    Day,
    DayField,
    DiaryQuestion,
    LineField,
    SheetExercise,
    SheetFacts,
    Worked,
    read_name,
)

if TYPE_CHECKING:
    import pikepdf

#: What a filled-in sheet may have and take; sizes are in bytes. A diary of a year for ten exercises has 12,000 fields.
MOST_BYTES: Final = 20_000_000
MOST_FIELDS: Final = 50_000
MOST_DEPTH: Final = 20
MOST_IN_A_LIST: Final = 100_000
MOST_UNPACKED: Final = 50_000_000
LONGEST_VALUE: Final = 100_000
MOST_SECONDS: Final = 20
#: Of the process, with all of Python.
MOST_MEMORY: Final = 500_000_000


class DayTally(Struct, frozen=True):
    """What was done of an exercise on a day, on a side.

    Attributes:
        week: of the diary, from 1; 0 in a week of a handout or a fridge sheet.
        day: of the week, `mon`.
        date: of the day, where the sheet has dates.
        exercise: its number on the sheet.
        side: left, right, both or none.
        box: what a box stands for; empty where nothing but a line is filled in.
        done: ticked boxes, and numbers on lines.
        planned: how many were asked for.
        extra: ticked ones beyond that.
        written: what stands on lines.
    """

    week: int
    day: str
    date: datetime.date | None
    exercise: int
    side: str
    box: str = ""
    done: int = 0
    planned: int = 0
    extra: int = 0
    written: tuple[str, ...] = ()


class DayNote(Struct, frozen=True):
    """What the diary asks for a day: pain from 0 to 10 before and after, None if none is ringed, and notes."""

    week: int
    day: str
    date: datetime.date | None
    pain_before: int | None = None
    pain_after: int | None = None
    notes: str = ""


class Filled(Struct, frozen=True, tag="filled"):
    """A sheet that was filled in.

    Attributes:
        id: whose it is; empty if the sheet does not say.
        routine: id of the routine.
        side: the affected side.
        week_of: what was written at the head of the week.
        exercises: number, id and name of each.
        tallies: by week, day and exercise, in the order of the sheet.
        days: of the diary.
    """

    id: str
    routine: str
    side: str
    week_of: str
    exercises: tuple[SheetExercise, ...]
    tallies: tuple[DayTally, ...]
    days: tuple[DayNote, ...]


class Refused(Struct, frozen=True, tag="refused"):
    """Why a file cannot be read."""

    code: str
    message: str
    hint: str


_AGAIN: Final = "ask for the file again"
_NOT_OURS: Final = Refused(
    "not-ours",
    "this is no sheet that was made to be filled in",
    "read the file as it was saved, not a print or a scan of it; only a fillable sheet can be read",
)
DAMAGED: Final = Refused("damaged", "the file is damaged, or no PDF", _AGAIN)
_ENCRYPTED: Final = Refused("encrypted", "the file is encrypted", "save it without a password")


def too_large(most: str) -> Refused:
    """That a file has more than so much."""
    return Refused("too-large", f"expected at most {most}", _AGAIN)


class _Unfit(Exception):
    """Raised where a file cannot be read."""

    def __init__(self, why: Refused) -> None:
        self.why = why
        super().__init__(why)


# --------------------------------------------------------------------------- the form


class _Value(Struct, frozen=True):
    """A field: its whole name, its text, and whether it is on."""

    name: str
    text: str
    on: bool


def filled_in(data: bytes) -> Filled | Refused:
    """What was filled in, or why that cannot be read."""
    try:
        values = {each.name: each for each in _values(data)}
        sheet = SheetFacts.read(values[SHEET_FIELD].text) if SHEET_FIELD in values else None
    except _Unfit as unfit:
        return unfit.why
    except ValueError:
        sheet = None
    return _read(sheet, values.values()) if sheet else _NOT_OURS


def _read(sheet: SheetFacts, values: Iterable[_Value]) -> Filled:
    """What the fields of a sheet say."""
    known = {each.number for each in sheet.exercises}
    tallies: dict[tuple[Day, int, Worked], DayTally] = {}
    days: dict[Day, DayNote] = {}
    week_of = ""
    for value in values:
        match read_name(value.name):
            case BoxField(day, exercise, side) | LineField(day, exercise, side) as found if exercise in known:
                at = (day, exercise, side)
                of_day = (day.week, day.weekday.name.lower(), _date(sheet.starts, day))
                tallies[at] = _counted(tallies.get(at) or DayTally(*of_day, exercise, side.value), found, value)
            case DayField(day, asked):
                of_day = (day.week, day.weekday.name.lower(), _date(sheet.starts, day))
                days[day] = _answered(days.get(day) or DayNote(*of_day), asked, value)
            case None if value.name == WEEK_FIELD:
                week_of = _words(value.text)
    exercises = tuple(replace(each, id=_words(each.id), name=_words(each.name)) for each in sheet.exercises)
    return Filled(
        _words(sheet.id), _words(sheet.routine), sheet.side.value, week_of, exercises,
        tuple(sorted(tallies.values(), key=lambda each: each.week)), tuple(days.values()),
    )  # fmt: skip


def _counted(tally: DayTally, found: BoxField | LineField, value: _Value) -> DayTally:
    """A tally with one more field."""
    if isinstance(found, LineField):
        text = _words(value.text)
        done = number_in(text) or 0
        written = (*tally.written, text) if text else tally.written
        return replace(tally, done=tally.done + done, planned=tally.planned + found.planned, written=written)
    if found.extra:
        return replace(tally, box=found.tick.value, extra=tally.extra + value.on)
    return replace(tally, box=found.tick.value, done=tally.done + value.on, planned=tally.planned + 1)


def number_in(text: str) -> int | None:
    """The number that stands on a line and is counted; None if it says anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None


def _answered(day: DayNote, asked: DiaryQuestion, value: _Value) -> DayNote:
    """A day with one more answer."""
    if asked is DiaryQuestion.NOTES:
        return replace(day, notes=_words(value.text))
    level = int(value.text) if value.text in _LEVELS else None
    return replace(day, pain_before=level) if asked is DiaryQuestion.BEFORE else replace(day, pain_after=level)


_LEVELS: Final = frozenset(map(str, range(11)))


def _date(starts: datetime.date | None, day: Day) -> datetime.date | None:
    """The date of a day of the diary; only its own year can run out."""
    if starts is None or not day.week:
        return None
    after = (day.weekday.value - starts.weekday()) % len(Weekday)
    with suppress(OverflowError):
        return starts + datetime.timedelta(weeks=day.week - 1, days=after)
    return None


def _words(text: str) -> str:
    """What was written, in one line, without anything that could steer a terminal."""
    return "".join(char for char in tidy(text) if not unprintable(char))


def _values(data: bytes) -> list[_Value]:
    """The fields of a file's form."""
    import pikepdf  # noqa: PLC0415 - it is an extra

    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=MOST_DEPTH,
        parser_max_container_size=MOST_IN_A_LIST,
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
    )
    try:
        # What is repaired may lack the last changes, which are the ticks.
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
            if document.is_encrypted:
                raise _Unfit(_ENCRYPTED)
            return list(_fields(document))
    except pikepdf.PasswordError:
        raise _Unfit(_ENCRYPTED) from None
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError, AttributeError):
        raise _Unfit(DAMAGED) from None


def _fields(document: pikepdf.Pdf) -> Iterator[_Value]:
    """The fields of a form, from the first on (ISO 32000-1, 12.7.3)."""
    import pikepdf  # noqa: PLC0415 - see above

    form = document.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or not isinstance(form.get("/Fields"), pikepdf.Array):
        raise _Unfit(DAMAGED if document.get_warnings() else _NOT_OURS)
    left = MOST_FIELDS
    stack = [(each, "", 1) for each in reversed(list(form.Fields))]
    while stack:
        each, above, depth = stack.pop()
        if depth > MOST_DEPTH:
            raise _Unfit(too_large(f"{MOST_DEPTH} fields in each other"))
        if not isinstance(each, pikepdf.Dictionary):
            raise _Unfit(DAMAGED)
        name = ".".join(filter(None, (above, _text(each.get("/T")))))
        kids = each.get("/Kids")
        below = list(kids) if isinstance(kids, pikepdf.Array) else []
        left -= 1 + len(below)
        if left < 0:
            raise _Unfit(too_large(f"{MOST_FIELDS:,} fields"))
        if any(isinstance(kid, pikepdf.Dictionary) and "/T" in kid for kid in below):
            stack += [(kid, name, depth + 1) for kid in reversed(below)]
            continue
        states = [_text(kid.get("/AS")) for kid in (each, *below) if isinstance(kid, pikepdf.Dictionary)]
        # What the field says counts; a viewer that says nothing there shows it all the same.
        text = _text(each.get("/V")) or next(filter(_is_on, states), "")
        yield _Value(name, text, _is_on(text))


def _is_on(state: str) -> bool:
    return state not in ("", "Off")


def _text(value: Any) -> str:
    """A text or a name; of anything else nothing."""
    import pikepdf  # noqa: PLC0415 - see above

    if not isinstance(value, pikepdf.String | pikepdf.Name):
        return ""
    text = str(value)
    if len(text) > LONGEST_VALUE:
        raise _Unfit(too_large(f"{LONGEST_VALUE:,} characters in a field"))
    return text.removeprefix("/") if isinstance(value, pikepdf.Name) else text
