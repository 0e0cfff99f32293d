"""How a language in its region writes dates, times and lists."""

from __future__ import annotations

import datetime

import pytest

from pdfbuilder.domain.figures import Weekday
from pdfbuilder.domain.locales import Locale


def english(region: str = "GB") -> Locale:
    return Locale("en", region)


@pytest.mark.parametrize(
    ("items", "words"),
    [(["Mon"], "Mon"), (["Mon", "Wed"], "Mon and Wed"), (["Mon", "Wed", "Fri"], "Mon, Wed and Fri")],
)
def test_a_list_in_words(items: list[str], words: str) -> None:
    assert english().join(items) == words


@pytest.mark.parametrize(
    ("region", "long", "short", "first"),
    [
        ("GB", "21 November 2026", "21 November", Weekday.MON),
        ("US", "November 21, 2026", "November 21", Weekday.SUN),
    ],
)
def test_a_region_decides_dates_and_the_first_day_of_the_week(
    region: str, long: str, short: str, first: Weekday
) -> None:
    locale, day = english(region), datetime.date(2026, 11, 21)
    # The spaces inside a date do not break.
    assert locale.long_date(day) == long.replace(" ", "\u00a0")
    assert locale.day_and_month(day) == short.replace(" ", "\u00a0")
    assert locale.week[0] is first
    assert sorted(each.value for each in locale.week) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("region", "words"),
    [("GB", "Thursday 3 December, 10:30"), ("US", "Thursday, December 3, 10:30 AM")],
)
def test_a_visit_has_its_weekday_and_no_year(region: str, words: str) -> None:
    when = datetime.datetime(2026, 12, 3, 10, 30)
    assert english(region).visit(when).replace("\u00a0", " ") == words
    assert english(region).visit(when.date()).replace("\u00a0", " ") == words.rpartition(", ")[0]


@pytest.mark.parametrize("code", ["ru", "uk", "bg", "mk", "fr"])
def test_no_date_has_a_space_that_the_fonts_lack(code: str) -> None:
    locale = Locale(code, {"uk": "UA"}.get(code, code.upper()))
    for day in (datetime.date(2026, month, 21) for month in range(1, 13)):
        assert "\u202f" not in locale.long_date(day) + locale.day_and_month(day) + locale.visit(day)


def test_a_days_short_name() -> None:
    assert [english().short_day(day) for day in Weekday] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert Locale("de", "DE").short_day(Weekday.WED) == "Mi"
