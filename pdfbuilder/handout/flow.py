"""Puts fragments onto pages, from top to bottom."""

from __future__ import annotations

from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Fragment, Placed


class Flow:
    """Pages that fill from the top."""

    def __init__(self, bench: Bench) -> None:
        self._top = bench.style.top
        self._bottom = bench.bottom
        self.pages: list[list[Placed]] = []
        self._y = self._top

    def begin_page(self) -> None:
        """Begin a page that has nothing yet."""
        self.pages.append([])
        self._y = self._top

    def place(self, fragment: Fragment) -> None:
        """Put a fragment at the place reached."""
        self.put(fragment, self._y)
        self._y += fragment.height

    def put(self, fragment: Fragment, y: float) -> None:
        """Put a fragment anywhere on the page."""
        self.pages[-1].append(Placed(fragment, 0, y))

    def place_at_foot(self, *fragments: Fragment) -> None:
        """Put fragments one below the other at the foot of the page."""
        self._y = self._bottom - sum(fragment.height for fragment in fragments)
        for fragment in fragments:
            self.place(fragment)
