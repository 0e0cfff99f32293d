"""How a language in its region writes dates, times and lists."""

from __future__ import annotations

import datetime

import pytest

from pdfbuilder.domain.figures import Weekday
from pdfbuilder.domain.locales import Locale, locale_of


def english(region: str = "GB") -> Locale:
    return locale_of("en", region)


@pytest.mark.parametrize("region", ["GB", "IE", "AU", "NZ", "US", "CA"])
def test_what_is_kept_of_english_is_what_babel_says(region: str) -> None:
    kept, of_babel = english(region), Locale("en", region)
    assert type(kept) is not type(of_babel)
    assert kept.is_known == of_babel.is_known
    assert kept.week == of_babel.week
    for day in Weekday:
        assert kept.short_day(day) == of_babel.short_day(day)
    for after in range(366):
        date = datetime.date(2028, 1, 1) + datetime.timedelta(after)
        assert kept.long_date(date) == of_babel.long_date(date)
    for number in range(1_000):
        assert kept.plural_category(number) == of_babel.plural_category(number)
    for count in range(6):
        items = ["a", "b", "c", "d", "e"][:count]
        assert kept.join(items) == of_babel.join(items)


def test_what_is_not_kept_of_english_is_asked_of_babel() -> None:
    # 26 January in India is written as in Britain, but lists have a comma before the last; Hindi counts none as one.
    india = locale_of("en", "IN")
    assert india.long_date(datetime.date(2026, 1, 26)) == "26\u00a0January\u00a02026"
    assert locale_of("hi", "IN").plural_category(0) == "one"
    assert not locale_of("en", "XX").is_known


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
