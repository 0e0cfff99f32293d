"""What the form fields of a handout are called, so that what was filled in can be read: the names are kept as they are.

    week-wed-e2-left-t1-s1-p1-rep4          a box of the week: Wednesday, exercise 2, its left side, the first time of
                                            the day, set 1, part 1, repetition 4
    week-wed-e2-left-t1-s1-p1-rep9-extra    one that is dashed
    diary-w1-wed-e2-both-t1-s1-p1-session1  a box of the diary: week 1
    diary-w1-wed-e3-left-t1-s1-p1-line8     a place to write how many of 8; without a number, how many or how long
    diary-w1-wed-before                     pain before, from 0 to 10; diary-w1-wed-after, the same after
    diary-w1-wed-notes                      a line for notes
    week                                    the week that the boxes are for, as it was written

Whose sheet it is, and what its exercises are called, is the value of a field that nobody sees, in JSON: `SheetFacts`.
"""

from __future__ import annotations

import datetime
import re
from enum import Enum
from functools import lru_cache
from typing import Annotated, Final

from msgspec import Meta, MsgspecError, Struct, json

from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import Weekday
from pdfbuilder.domain.side import AffectedSide, Side

#: The field that nobody sees.
SHEET_FIELD: Final = "pdfbuilder-sheet"
#: The line at the head of a week.
WEEK_FIELD: Final = "week"
#: Of what `SheetFacts` says; another one is another format.
VERSION: Final = 1
#: So many exercises a sheet may have, and so many characters each of their names, for who reads it.
MOST_EXERCISES: Final = 500
LONGEST_NAME: Final = 1_000


class Worked(Enum):
    """Which side a box is for."""

    LEFT = "left"
    RIGHT = "right"
    #: One box for what is done on each side.
    BOTH = "both"
    #: There are no sides to tell apart.
    NONE = "none"

    @classmethod
    def of(cls, sides: tuple[Side, ...], lane: Side | None = None) -> Worked:
        """The side of a box.

        Args:
            sides: on which the exercise is done.
            lane: the one that the box is for, if they have boxes of their own.
        """
        if lane or len(sides) == 1:
            return cls((lane or sides[0]).value)
        return cls.BOTH if sides else cls.NONE


class Day(Struct, frozen=True):
    """A day of the sheet.

    Attributes:
        weekday: which it is.
        week: of the diary, from 1; 0 in the week that a handout or a fridge sheet has.
    """

    weekday: Weekday
    week: int = 0

    def __str__(self) -> str:
        where = f"diary-w{self.week}" if self.week else "week"
        return f"{where}-{self.weekday.name.lower()}"


class BoxField(Struct, frozen=True):
    """A tick box; all numbers are from 1.

    Attributes:
        day: when.
        exercise: its number on the sheet.
        side: whose box it is.
        tick: what it stands for.
        count: the how manieth of these it is in its set, or of a day.
        time: the time of day.
        set: the set.
        part: of the exercise.
        extra: whether it is dashed.
    """

    day: Day
    exercise: int
    side: Worked
    tick: Tick
    count: int
    time: int = 1
    set: int = 1
    part: int = 1
    extra: bool = False

    def __str__(self) -> str:
        box = _box(self.tick, self.count, extra=self.extra)
        return _done(self.day, self.exercise, self.side) + _at(self.time, self.set, self.part) + box


class LineField(Struct, frozen=True):
    """A place to write how many, or how long: as `BoxField`.

    Attributes:
        planned: how many were asked for; 0 if that is not said.
    """

    day: Day
    exercise: int
    side: Worked
    planned: int = 0
    time: int = 1
    set: int = 1
    part: int = 1

    def __str__(self) -> str:
        done = _done(self.day, self.exercise, self.side) + _at(self.time, self.set, self.part)
        return f"{done}-line{self.planned or ''}"


# The parts of a name are those of many others: a sheet has hundreds of boxes.


@lru_cache(maxsize=1024)
def _done(day: Day, exercise: int, side: Worked) -> str:
    return f"{day}-e{exercise}-{side.value}"


@lru_cache(maxsize=1024)
def _at(time: int, set_: int, part: int) -> str:
    return f"-t{time}-s{set_}-p{part}"


@lru_cache(maxsize=1024)
def _box(tick: Tick, count: int, *, extra: bool) -> str:
    return f"-{tick.value}{count}{'-extra' if extra else ''}"


class DiaryQuestion(Enum):
    """What a day of the diary asks beside the boxes."""

    BEFORE = "before"
    AFTER = "after"
    NOTES = "notes"


class DayField(Struct, frozen=True):
    """A row of circles or a line of the diary."""

    day: Day
    asked: DiaryQuestion

    def __str__(self) -> str:
        return f"{self.day}-{self.asked.value}"


_NUMBER: Final = "[1-9][0-9]{0,3}"
_DAY: Final = rf"(?:week|diary-w(?P<week>{_NUMBER}))-(?P<day>{'|'.join(each.name.lower() for each in Weekday)})"
#: Compiled where a sheet is read: where one is made, nobody needs them.
_BOX: Final = (
    rf"{_DAY}-e(?P<exercise>{_NUMBER})-(?P<side>{'|'.join(each.value for each in Worked)})"
    rf"-t(?P<time>{_NUMBER})-s(?P<set>{_NUMBER})-p(?P<part>{_NUMBER})"
    rf"-(?:(?P<tick>{'|'.join(each.value for each in Tick if each is not Tick.NONE)})(?P<count>{_NUMBER})"
    rf"(?P<extra>-extra)?|line(?P<planned>{_NUMBER})?)"
)
_OF_DAY: Final = rf"{_DAY}-(?P<asked>{'|'.join(each.value for each in DiaryQuestion)})"


def read_name(name: str) -> BoxField | LineField | DayField | None:
    """What a field is, by its name; None if it is none of ours."""
    if found := re.fullmatch(_BOX, name):
        numbers = {each: int(found[each]) for each in ("exercise", "time", "set", "part")}
        day, side = _day(found), Worked(found["side"])
        if not found["tick"]:
            return LineField(day, side=side, planned=int(found["planned"] or 0), **numbers)
        tick, count = Tick(found["tick"]), int(found["count"])
        return BoxField(day, side=side, tick=tick, count=count, extra=bool(found["extra"]), **numbers)
    found = re.fullmatch(_OF_DAY, name)
    return DayField(_day(found), DiaryQuestion(found["asked"])) if found and found["week"] else None


def _day(found: re.Match[str]) -> Day:
    return Day(Weekday[found["day"].upper()], int(found["week"] or 0))


# --------------------------------------------------------------------------- the field that nobody sees

_Text = Annotated[str, Meta(max_length=LONGEST_NAME)]


class SheetExercise(Struct, frozen=True):
    """An exercise of a sheet: its number, its id (empty if it has none), and its name as it is printed."""

    number: int
    id: _Text
    name: _Text


class SheetFacts(Struct, frozen=True, kw_only=True):
    """What a sheet that can be filled in says of itself.

    Attributes:
        version: of this format.
        id: whose it is; empty if that was not said.
        routine: id of the routine.
        side: the affected side.
        starts: the first day of the diary, if it has dates.
        exercises: in order.
    """

    version: Annotated[int, Meta(ge=VERSION, le=VERSION)] = VERSION
    id: _Text = ""
    routine: _Text
    side: AffectedSide
    starts: datetime.date | None = None
    exercises: Annotated[tuple[SheetExercise, ...], Meta(max_length=MOST_EXERCISES)]

    def __str__(self) -> str:
        return json.encode(self).decode()

    @classmethod
    def read(cls, text: str) -> SheetFacts:
        """A sheet by what its field says.

        Raises:
            ValueError: if it is something else.
        """
        try:
            return json.decode(text, type=cls)
        except MsgspecError as error:  # of older versions it is no ValueError
            raise ValueError(str(error)) from None
