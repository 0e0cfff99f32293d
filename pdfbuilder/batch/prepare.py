"""From a roster to jobs: everything that can be wrong is found here, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from msgspec import Struct

from pdfbuilder.batch.job import Job
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, in_order
from pdfbuilder.layout.style import PageTooSmall
from pdfbuilder.order import Order
from pdfbuilder.pdf.fonts import MissingGlyph
from pdfbuilder.pipeline import Composed, Renderer
from pdfbuilder.roster.names import file_names
from pdfbuilder.roster.people import Entry, Roster, relocated
from pdfbuilder.wording import plain


class Person(Struct, frozen=True):
    """Someone whose handout can be printed.

    Attributes:
        entry: the row of the roster.
        job: what to print.
        side: the affected side: left, right or both.
        routine: id of the routine.
        fingerprint: of all that goes into the file; the same as long as the file would be the same.
    """

    entry: Entry
    job: Job
    side: str
    routine: str
    fingerprint: str


class Prepared(Struct, frozen=True):
    """A roster that was looked through.

    Attributes:
        people: who can be printed, in order.
        problems: all that was found, about the roster and about what it names.
        failed: row and id of those who cannot be printed.
    """

    people: tuple[Person, ...]
    problems: tuple[Diagnostic, ...]
    failed: tuple[tuple[int, str], ...]


def prepare(roster: Roster, renderer: Renderer) -> Prepared:
    """Resolve every order of a roster.

    Args:
        roster: the orders.
        renderer: reads what they name.
    """
    names = file_names([entry.id for entry in roster.entries])
    look = _Look(renderer)
    people: list[Person] = []
    problems: list[Diagnostic] = list(roster.problems)
    failed = list(roster.failed)
    for entry, name in zip(roster.entries, names, strict=True):
        try:
            composed = look.composed(entry.order)
        except InvalidInput as error:
            problems += _at_its_row(error.diagnostics, entry)
            failed.append((entry.row, entry.id))
            continue
        problems += composed.warnings
        job = Job(entry.id, name, composed.copy)
        plan = composed.plan
        people.append(Person(entry, job, plan.affected.value, plan.routine_id, look.fingerprint(composed, entry.order)))
    return Prepared(tuple(people), in_order(problems), tuple(sorted(failed)))


def _at_its_row(diagnostics: Iterable[Diagnostic], entry: Entry) -> Iterator[Diagnostic]:
    """What is wrong with an order; what lies in a file that it names is also said at the row."""
    moved = relocated(diagnostics, entry)
    yield from moved
    places = {place for _, place in entry.places} | {change.location for change in entry.order.doses}
    if not any(each.location in places for each in moved):
        message = "this person's plan cannot be printed: see what is said of the files that it is made of"
        yield from relocated([Diagnostic("plan", message, Location("ROUTINE"))], entry)


class _Look:
    """Looks whether orders can be printed: whole for the first of a kind, and at the person's own words for all."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._kinds: dict[Order, str] = {}
        self._printable: set[str] = set()
        self._version = version("pdfbuilder")

    def composed(self, order: Order) -> Composed:
        composed = self._renderer.compose(order)
        try:
            if order.for_anyone not in self._kinds:
                self._renderer.press.lay_out(composed.copy)
                self._kinds[order.for_anyone] = _digest(repr(self._renderer.compose(order.for_anyone).copy))
        except (MissingGlyph, PageTooSmall) as error:
            raise self._renderer.unprintable(composed, order, error) from None
        own = set("".join(_personal(composed))) - self._printable
        for char in sorted(own):
            if not self._renderer.press.fonts.has(char):
                raise self._renderer.unprintable(composed, order, MissingGlyph(char))
        self._printable |= own
        return composed

    def fingerprint(self, composed: Composed, order: Order) -> str:
        """A digest of everything that goes into a file; the program's version is part of it."""
        return _digest("\0".join((self._version, self._kinds[order.for_anyone], *_personal(composed))))


def _personal(composed: Composed) -> tuple[str, str, str, str]:
    """The words of a handout that are one person's."""
    handout = composed.copy.handout
    return (handout.name, handout.date, handout.therapist, plain(handout.note.text) if handout.note else "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
