"""A dose's figures as they are written in files, for the fields that one changes them in."""

from __future__ import annotations

from typing import Any

from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.figures import Amount, Bound, Days, Frequency, Time


def written(dose: Dose) -> dict[str, Any]:
    """The figures that the page has fields for; those that a dose does not have are empty."""
    return {
        "reps": _amount(dose.reps),
        "sets": _amount(dose.sets),
        "hold": _time(dose.hold),
        "duration": _time(dose.duration.time) + (" a day" if dose.duration.in_all else "") if dose.duration else "",
        "times_per_day": _frequency(dose.times_per_day),
        "days": _days(dose.days),
    }


def _amount(amount: Amount) -> str:
    match amount.bound:
        case Bound.UP_TO:
            return f"up to {amount.high}"
        case Bound.AT_LEAST:
            return f"at least {amount.low}"
        case Bound.BLANK | Bound.MAX:
            return str(amount.bound.value)
    return f"{amount.low}-{amount.high}" if amount.is_range else str(amount.low)


def _time(time: Time | None) -> str:
    if time is None:
        return ""
    return _amount(time.amount) if time.amount.bound is Bound.MAX else f"{_amount(time.amount)} {time.unit.value}"


def _frequency(often: Frequency) -> str | list[str]:
    if often.occasions:
        return list(often.occasions)
    if often.often:
        return "often"
    return f"every {often.every} min" if often.every else _amount(often.times)


def _days(days: Days) -> str | list[str]:
    if days.every_other:
        return "every other day"
    if days.per_week.high < len(days.named) or days.per_week.is_range:
        return f"{_amount(days.per_week)} per week{', not in a row' if days.apart else ''}"
    return [day.name.lower() for day in sorted(days.named, key=lambda each: each.value)]
