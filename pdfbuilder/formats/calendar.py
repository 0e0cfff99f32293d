"""A plan's days as a calendar file (iCalendar, RFC 5545): an event for each day, which lasts all of it and has no name.

Its weeks begin as the sheet's do: on the first day of the diary if there is one, else on the plan's date. Where a plan
does not say for how many weeks it is, there is one.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from typing import Final

from pdfbuilder.domain.figures import Days, Weekday
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan, PlanExercise
from pdfbuilder.domain.wording import plain
from pdfbuilder.formats.text import in_a_line
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.handout.dose_words import in_record

#: A line has so many bytes at most (3.1).
_LONGEST: Final = 75


def calendar(
    plan: Plan, handout: Handout, starts: datetime.date, written: datetime.date, id_: str, language: Language
) -> bytes:
    """The file.

    Args:
        plan: whose days these are; the person's name, note and therapist are left out.
        handout: the plan in words.
        starts: the first day.
        written: the day on which the plan was made.
        id_: what tells the person from others; empty if nothing does. It is not in the file.
        language: of the plan.
    """
    cards = {card.number: card for card in handout.cards}
    stamp = f"DTSTAMP:{written:%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pdfbuilder//pdfbuilder//EN"]
    for day, exercises in _days(plan, starts):
        names = language.locale.join(plain(each.name) for each in exercises)
        what = "\n".join(in_a_line(cards[each.number], in_record(each, language)) for each in exercises)
        # The same plan for the same person and day is the same event, however often it is imported.
        key = "\0".join((plan.routine_id, plan.affected.value, id_, day.isoformat()))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{hashlib.sha256(key.encode()).hexdigest()[:32]}@pdfbuilder",
            stamp,
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'{plain(plan.title)}: {names}')}",
            f"DESCRIPTION:{_escaped(what)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _days(plan: Plan, starts: datetime.date) -> Iterator[tuple[datetime.date, list[PlanExercise]]]:
    """Each day on which something is to be done, with what."""
    weeks = plan.weeks_ahead(1)
    for since in range(7 * len(weeks)):
        day = starts + datetime.timedelta(days=since)
        due = [each for each in plan.due_in(weeks[since // 7]) if _is_due(each.dose.days, since, day)]
        if due:
            yield day, due


def _is_due(days: Days, since: int, day: datetime.date) -> bool:
    if days.every_other:
        return since % 2 == 0
    return Weekday(day.weekday()) in days.named


def _escaped(text: str) -> str:
    """A text as a value (3.3.11)."""
    for char, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(char, written)
    return text


def _folded(line: str) -> bytes:
    """A line with its end, and as many as it takes: no character is torn in two."""
    parts, size = [b""], 0
    for char in line:
        data = char.encode()
        if size + len(data) > _LONGEST:
            parts.append(b"")
            size = 1  # the space that a further line begins with
        parts[-1] += data
        size += len(data)
    return b"\r\n ".join(parts) + b"\r\n"
