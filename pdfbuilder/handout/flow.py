"""Puts fragments onto pages, from top to bottom."""

from __future__ import annotations

from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Fragment, Placed


class Flow:
    """Pages that fill from the top; those that begin because another is full have a head."""

    def __init__(self, bench: Bench, head: Fragment) -> None:
        self._top = bench.style.top
        self._bottom = bench.bottom
        self._head = head
        self.pages: list[list[Placed]] = []
        self._y = self._top
        #: Room that something takes which is to be placed first.
        self.ahead = 0.0

    @property
    def room(self) -> float:
        """Height of a later page below its head."""
        return self._bottom - self._top - self._head.height

    def fits(self, fragment: Fragment) -> bool:
        """Whether a fragment fits on what is left of the page."""
        return self._y + self.ahead + fragment.height <= self._bottom

    def begin_page(self) -> None:
        """Begin a page that has nothing yet."""
        self.pages.append([])
        self._y = self._top

    def new_page(self) -> None:
        """Begin a page with the head of later ones."""
        self.begin_page()
        self.place(self._head)

    def place(self, fragment: Fragment, below: float = 0) -> None:
        """Put a fragment at the place reached, with room below it."""
        self.put(fragment, self._y)
        self._y += fragment.height + below

    def put(self, fragment: Fragment, y: float) -> None:
        """Put a fragment anywhere on the page."""
        self.pages[-1].append(Placed(fragment, 0, y))

    def leave(self, room: float) -> None:
        """Leave some room free."""
        self._y += room

    def place_at_foot(self, *fragments: Fragment) -> None:
        """Put fragments one below the other at the foot of the page."""
        self._y = self._bottom - sum(fragment.height for fragment in fragments)
        for fragment in fragments:
            self.place(fragment)
