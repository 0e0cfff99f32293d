"""A locale: how a language in a region of it writes dates, times and lists, and which number takes which form.

All of it comes from Babel (Unicode CLDR), or is kept here as Babel says it.
"""

import datetime
import re
from collections.abc import Iterable
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from pdfbuilder.domain.figures import Weekday

if TYPE_CHECKING:
    import babel


class Locale:
    """A language in a region."""

    def __init__(self, code: str, region: str) -> None:
        """For a language and a region of it.

        Args:
            code: the language, of ISO 639: `en`.
            region: of ISO 3166: `GB`.
        """
        self._code, self._region = code, region

    @property
    def is_known(self) -> bool:
        """Whether there are dates and plurals for the language in its region."""
        from babel import UnknownLocaleError  # noqa: PLC0415

        try:
            return bool(self._babel)
        except UnknownLocaleError:
            return False

    def plural_category(self, number: int) -> str:
        """The form that a noun takes beside a number: one of CLDR's plural categories, such as `one` or `other`."""
        return self._babel.plural_form(number)

    def join(self, items: Iterable[str]) -> str:
        """A list in words: 'Mon, Wed and Fri'."""
        from babel.lists import format_list  # noqa: PLC0415 - only where a list is printed

        return str(format_list(list(items), locale=self._babel))

    def long_date(self, day: datetime.date) -> str:
        """'21 November 2026', with spaces that do not break."""
        from babel.dates import format_date  # noqa: PLC0415

        return unbroken(format_date(day, "long", locale=self._babel))

    def day_and_month(self, day: datetime.date) -> str:
        """'23 November', in the order of the region, with spaces that do not break."""
        from babel.dates import format_skeleton  # noqa: PLC0415

        return unbroken(format_skeleton("MMMMd", day, locale=self._babel))

    def brief_visit(self, when: datetime.datetime | datetime.date) -> str:
        """'3 December, 10:30', in the order of the region."""
        return ", ".join(filter(None, (self.day_and_month(when), self.time_of(when))))

    def time_of(self, when: datetime.datetime | datetime.date) -> str:
        """'10:30', as people write it in the region; empty for a whole day."""
        from babel.dates import format_time  # noqa: PLC0415

        if not isinstance(when, datetime.datetime):
            return ""
        return unbroken(format_time(when.time(), "short", locale=self._babel))

    def visit(self, when: datetime.datetime | datetime.date) -> str:
        """'Thursday 3 December, 10:30', in the order of the region."""
        from babel.dates import format_date  # noqa: PLC0415

        # Few regions have a pattern with the whole names of weekday and month.
        known = self._babel.datetime_skeletons
        pattern = (known["MMMMEd"] if "MMMMEd" in known else known["MMMEd"]).pattern
        pattern = re.sub("MMM+", "MMMM", re.sub("[Ec]+", "EEEE", pattern))
        day = unbroken(format_date(when, pattern, locale=self._babel))
        return ", ".join(filter(None, (day, self.time_of(when))))

    def short_day(self, day: Weekday) -> str:
        """'Mon'."""
        return str(self._babel.days["stand-alone"]["abbreviated"][day.value])

    @cached_property
    def week(self) -> tuple[Weekday, ...]:
        """The days of the week in the region's order."""
        return tuple(Weekday((self._first_day + each) % 7) for each in range(7))

    @property
    def _first_day(self) -> int:
        return self._babel.first_week_day

    @cached_property
    def _babel(self) -> "babel.Locale":
        from babel import Locale  # noqa: PLC0415 - a tenth of a cold start, and few sheets need it

        return Locale(self._code, self._region)


class _Manner(Struct, frozen=True):
    """What the regions of English do each in their own way."""

    first_day: Weekday
    date: str
    last_of_many: str


_BRITISH: Final = _Manner(Weekday.MON, "{day} {month} {year}", " and ")
_ENGLISH: Final = MappingProxyType(
    {
        "GB": _BRITISH,
        "IE": _BRITISH,
        "AU": _BRITISH,
        "NZ": _BRITISH,
        "US": _Manner(Weekday.SUN, "{month} {day}, {year}", ", and "),
        "CA": _Manner(Weekday.SUN, "{month} {day}, {year}", " and "),
    }
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class _English(Locale):
    """English, with what nearly every sheet asks kept here: Babel reads 900 kB to say it, a tenth of a cold start.

    A test compares it with what Babel says.
    """

    is_known = True

    def __init__(self, region: str) -> None:
        super().__init__("en", region)
        self._manner = _ENGLISH[region]

    def plural_category(self, number: int) -> str:
        return "one" if number == 1 else "other"

    def join(self, items: Iterable[str]) -> str:
        *before, last = [*items] or [""]
        between = self._manner.last_of_many if len(before) > 1 else " and "
        return between.join(filter(None, (", ".join(before), last)))

    def long_date(self, day: datetime.date) -> str:
        return unbroken(self._manner.date.format(day=day.day, month=_MONTHS[day.month - 1], year=day.year))

    def short_day(self, day: Weekday) -> str:
        return _DAYS[day.value]

    @property
    def _first_day(self) -> int:
        return self._manner.first_day.value


def locale_of(code: str, region: str) -> Locale:
    """The locale of a language and a region.

    Args:
        code: the language, of ISO 639: `en`.
        region: of ISO 3166: `GB`.
    """
    return _English(region) if code == "en" and region in _ENGLISH else Locale(code, region)


def unbroken(text: str) -> str:
    """The text with spaces that do not break, also the narrow ones that some calendars have."""
    return text.replace(" ", "\u00a0").replace("\u202f", "\u00a0")
