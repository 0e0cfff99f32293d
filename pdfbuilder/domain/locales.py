"""A locale: how a language in a region of it writes dates, times and lists, and which number takes which form.

All of it comes from Babel (Unicode CLDR).
"""

import datetime
import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

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
        first = self._babel.first_week_day
        return tuple(Weekday((first + each) % 7) for each in range(7))

    @cached_property
    def _babel(self) -> "babel.Locale":
        from babel import Locale  # noqa: PLC0415 - a tenth of a cold start, and not every command needs it

        return Locale(self._code, self._region)


def unbroken(text: str) -> str:
    """The text with spaces that do not break, also the narrow ones that some calendars have."""
    return text.replace(" ", "\u00a0").replace("\u202f", "\u00a0")
