"""From a roster to jobs: everything that can be wrong is found here, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from msgspec import Struct, structs

from pdfbuilder.batch.job import Job
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, Severity, in_order
from pdfbuilder.handout.blocks import Handout, Note
from pdfbuilder.layout.style import PageTooSmall
from pdfbuilder.order import LONGEST_LINE, LONGEST_NOTE, Order
from pdfbuilder.pdf.fonts import MissingGlyph
from pdfbuilder.pipeline import Composed, Renderer
from pdfbuilder.press import Copy
from pdfbuilder.reading.library import Library
from pdfbuilder.roster.names import file_names
from pdfbuilder.roster.people import Entry, Roster, is_in_row, relocated
from pdfbuilder.wording import Span, plain


class Person(Struct, frozen=True):
    """Someone whose handout can be printed.

    Attributes:
        entry: the row of the roster.
        job: what to print.
        side: the affected side: left, right or both.
        routine: id of the routine.
        warnings: codes of what is suspicious in their row; the messages may hold their words.
        fingerprint: of all that goes into the file; the same as long as the file would be the same.
    """

    entry: Entry
    job: Job
    side: str
    routine: str
    warnings: tuple[str, ...]
    fingerprint: str


class Failure(Struct, frozen=True, order=True):
    """Someone without a file.

    Attributes:
        row: in the roster.
        id: whose it would have been; empty if that cannot be told.
        problems: codes of what is wrong; the messages may hold a person's words.
    """

    row: int
    id: str
    problems: tuple[str, ...]


class Prepared(Struct, frozen=True):
    """A roster that was looked through.

    Attributes:
        people: who can be printed, in order.
        problems: all that was found, about the roster and about what it names.
        failed: who cannot be printed, in order.
    """

    people: tuple[Person, ...]
    problems: tuple[Diagnostic, ...]
    failed: tuple[Failure, ...]


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
    failed = []
    for entry in roster.failed:
        more = relocated(unfound(entry.order, renderer.library), entry)
        own = [each for each in roster.problems if is_in_row(each.location, entry)]
        problems += more
        failed.append(Failure(entry.row, entry.id, codes(errors_in((*own, *more)))))
    for entry, name in zip(roster.entries, names, strict=True):
        try:
            composed = look.composed(entry.order)
        except InvalidInput as error:
            found = tuple(dict.fromkeys((*error.diagnostics, *unfound(entry.order, renderer.library))))
            problems += _at_its_row(found, entry)
            failed.append(Failure(entry.row, entry.id, codes(errors_in(found))))
            continue
        problems += composed.warnings
        job = Job(entry.id, name, composed.copy)
        plan = composed.plan
        warnings = codes(each for each in composed.warnings if is_in_row(each.location, entry))
        fingerprint = look.fingerprint(composed, entry.order)
        people.append(Person(entry, job, plan.affected.value, plan.routine_id, warnings, fingerprint))
    return Prepared(tuple(people), in_order(problems), tuple(sorted(failed)))


def unfound(order: Order, library: Library) -> tuple[Diagnostic, ...]:
    """What is wrong with the definitions that an order names: all of them, where making its plan stops at the first."""
    problems = Problems()
    for find, name in (
        (library.language, order.language),
        (library.template, order.template),
        (library.routine, order.routine),
    ):
        try:
            if name:
                find(name)
        except InvalidInput as error:
            problems.extend(error.diagnostics)
    return problems.found


def codes(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """What was found, in codes, each once."""
    return tuple(dict.fromkeys(each.code for each in diagnostics))


def errors_in(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those that keep something from being printed."""
    return (each for each in diagnostics if each.severity is Severity.ERROR)


def _at_its_row(diagnostics: Iterable[Diagnostic], entry: Entry) -> Iterator[Diagnostic]:
    """What is wrong with an order; what lies in a file that it names is also said at the row."""
    moved = relocated(diagnostics, entry)
    yield from moved
    if not any(is_in_row(each.location, entry) for each in moved):
        message = "this person's plan cannot be printed: see what is said of the files that it is made of"
        yield from relocated([Diagnostic("plan", message, Location("ROUTINE"))], entry)


class _Look:
    """Looks whether orders can be printed: the first of a kind, and of others no more than what is their own."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._press = renderer.press
        self._kinds: dict[Order, _Kind] = {}
        self._printable: set[str] = set()
        self._version = version("pdfbuilder")

    def composed(self, order: Order) -> Composed:
        composed = self._renderer.compose(order)
        try:
            self._look(composed.copy, order.for_anyone)
        except (MissingGlyph, PageTooSmall) as error:
            raise self._renderer.unprintable(composed, order, error) from None
        return composed

    def _look(self, copy: Copy, for_anyone: Order) -> None:
        own = set("".join(_personal(copy.handout))) - self._printable
        for char in sorted(own):
            if not self._press.fonts.has(char):
                raise MissingGlyph(char)
        self._printable |= own
        kind = self._kinds.get(for_anyone)
        if kind is None or not kind.roomy:
            self._press.lay_out(copy)
        if kind is None:
            self._kinds[for_anyone] = self._kind(for_anyone)

    def _kind(self, order: Order) -> _Kind:
        copy = self._renderer.compose(order).copy
        try:
            for handout in _fullest(copy.handout):
                self._press.lay_out(structs.replace(copy, handout=handout))
        except PageTooSmall:
            return _Kind(_digest(repr(copy)), roomy=False)
        return _Kind(_digest(repr(copy)), roomy=True)

    def fingerprint(self, composed: Composed, order: Order) -> str:
        """A digest of everything that goes into a file; the program's version is part of it."""
        handout, kind = composed.copy.handout, self._kinds[order.for_anyone]
        # The note as it is, not only its letters: a side that it names is printed otherwise than a word.
        own = (handout.name, handout.date, handout.therapist, repr(handout.note))
        return _digest("\0".join((self._version, kind.digest, *own)))


class _Kind(Struct, frozen=True):
    """What is the same for all whose handouts differ only in their own words.

    Attributes:
        digest: of all that they share.
        roomy: whether the pages hold whatever their own words are.
    """

    digest: str
    roomy: bool


def _personal(handout: Handout) -> tuple[str, str, str, str]:
    """The words of a handout that are one person's."""
    return (handout.name, handout.date, handout.therapist, plain(handout.note.text) if handout.note else "")


def _fullest(handout: Handout) -> Iterator[Handout]:
    """A handout with more of a person's own words than there can be, and with lines to write on instead."""
    # A line may be left half empty before a long word: so twice as much.
    line, text = "W" * 2 * LONGEST_LINE, "W" * 2 * LONGEST_NOTE
    note = Note("", (Span(text),))
    yield structs.replace(handout, name=line, date=line, therapist=line, note=note)
    yield structs.replace(handout, therapist=line, note=note)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
