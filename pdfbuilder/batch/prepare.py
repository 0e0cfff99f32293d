"""From a roster to jobs: everything that can be wrong is found here, before anything is written."""

from __future__ import annotations

import datetime
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from pdfbuilder.batch.job import Job, Outcome
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Problems, Severity, in_order
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import LONGEST_LINE, LONGEST_NOTE, Person
from pdfbuilder.domain.places import said
from pdfbuilder.domain.wording import Wording, unprintable
from pdfbuilder.formats.press import Copy, Press
from pdfbuilder.formats.unprintable import GLYPH_HINT, lacking, no_font_has, own_words, remarked
from pdfbuilder.layout.core.display import Pages
from pdfbuilder.layout.core.style import PageTooSmall
from pdfbuilder.pdf.fonts import MissingGlyph
from pdfbuilder.pipeline import Composed, Renderer
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.lints import lint_doses
from pdfbuilder.roster.people import Roster, RosterEntry

_NAME: Final = said("name")
#: Whose versions decide, beside zlib's and the words, which bytes a file has.
_MAKERS: Final = (
    "pdfbuilder", "reportlab", "pillow", "babel", "fontpkg-atkinson-hyperlegible", "fontpkg-fira-sans",
)  # fmt: skip


class Recipient(Struct, frozen=True):
    """Someone whose handout can be printed.

    Attributes:
        entry: the row of the roster.
        order: what to print.
        side: the affected side: left, right, both, none or two-sides.
        routine: id of the routine.
        warnings: codes of what is suspicious about their plan; the messages may hold their words.
        fingerprint: of all that goes into the file; the same as long as the file would be the same.
        renderer: puts the order into words.
    """

    entry: RosterEntry
    order: Order
    side: str
    routine: str
    warnings: tuple[str, ...]
    fingerprint: str
    renderer: Renderer

    @property
    def job(self) -> Job:
        """What to print, put into words anew: a whole roster of words would fill the memory."""
        composed = self.renderer.compose(self.order)
        return Job(self.entry.id, self.entry.file, composed.common, composed.own)


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

    @classmethod
    def of(cls, entry: RosterEntry, found: Iterable[Diagnostic]) -> Failure:
        """The one for what was found, warnings aside."""
        return cls(entry.row, entry.id, codes(each for each in found if each.severity is Severity.ERROR))


class Prepared(Struct, frozen=True):
    """A roster that was looked through.

    Attributes:
        people: who can be printed, in order.
        problems: all that was found, about the roster and about what it names.
        failed: who cannot be printed, in order.
    """

    people: tuple[Recipient, ...]
    problems: tuple[Diagnostic, ...]
    failed: tuple[Failure, ...]


def prepare(roster: Roster, renderer: Renderer, *, blank_names: bool = False) -> Prepared:
    """Resolve every order of a roster.

    Args:
        roster: the orders.
        renderer: reads what they name.
        blank_names: whether people whose name no font can print get a line to write it on.
    """
    look = _Look(renderer, blank_names=blank_names)
    people: list[Recipient] = []
    problems: list[Diagnostic] = list(roster.problems)
    failed = []
    #: What is said of a file, or of what many have in common, is said once, at the first of them.
    concerned: dict[Diagnostic, list[Order]] = {}
    for rejected in roster.failed:
        order, warnings, errors = look.words(rejected.entry)
        more = (*order.places.put(look.unfound(order)), *errors)
        problems += (*warnings, *more)
        failed.append(Failure.of(rejected.entry, (*rejected.problems, *more)))
    shared = look.shared_names(roster.entries)
    for entry in roster.entries:
        order, warnings, errors = look.words(entry)
        errors += order.places.put(shared.get(entry.id, ()))
        problems += warnings
        try:
            composed = look.composed(order, printable=not errors)
        except InvalidInput as error:
            errors = (*_at_its_row(error.diagnostics, order), *errors)
        if errors:
            problems += errors
            failed.append(Failure.of(entry, errors))
            continue
        for each in dict.fromkeys(composed.warnings):
            concerned.setdefault(each, []).append(order)
        side, routine = composed.plan.called, composed.plan.routine_id
        remarks = codes((*warnings, *composed.warnings))
        people.append(Recipient(entry, order, side, routine, remarks, look.fingerprint(composed, order), renderer))
    for each, orders in concerned.items():
        problems += orders[0].places.put([_for_many(each, len(orders))])
    return Prepared(tuple(people), in_order(problems), tuple(sorted(failed)))


def laid_out(people: Iterable[Recipient], press: Press) -> Iterator[tuple[Recipient, Pages, Outcome]]:
    """People's plans as they will be, with what there is to say of each; nothing is written."""
    for person in people:
        pages = press.lay_out(person.job.copy)
        id_, file = person.entry.id, person.entry.file
        yield person, pages, Outcome(id_, file, len(pages.pages), pages.boxes, problems=remarked(pages.remarks))


def _for_many(warning: Diagnostic, people: int) -> Diagnostic:
    return structs.replace(warning, message=f"{warning.message} (for {people:,} people)") if people > 1 else warning


def unfound(order: Order, library: Library) -> tuple[Diagnostic, ...]:
    """What is wrong with the definitions that an order names: all of them, where making its plan stops at the first."""
    problems = Problems()
    code = "en"
    try:
        code = library.language(order.language).code
    except InvalidInput as error:
        problems.extend(error.diagnostics)
    finds: tuple[Callable[[], object], ...] = (
        lambda: library.template(order.template) if order.template else None,
        lambda: library.safety(order.safety, code) if order.safety else None,
        lambda: library.clinic(order.clinic) if order.clinic else None,
        lambda: library.routine(order.routine, code) if order.routine else None,
    )
    for find in finds:
        try:
            find()
        except InvalidInput as error:
            problems.extend(error.diagnostics)
    return problems.found


def codes(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """What was found, in codes, each once."""
    return tuple(dict.fromkeys(each.code for each in diagnostics))


def _at_its_row(diagnostics: Iterable[Diagnostic], order: Order) -> Iterator[Diagnostic]:
    """What is wrong with an order; what lies in a file that it names is also said at the row."""
    placed = order.places.put(diagnostics)
    yield from placed
    if not any(each.location in order.places for each in placed):
        message = "this person's plan cannot be printed: see what is said of the files that it is made of"
        yield from order.places.put([Diagnostic("plan", message, said("routine"))])


class _Look:
    """Looks whether orders can be printed: the first of a kind, and of others no more than what is their own."""

    def __init__(self, renderer: Renderer, *, blank_names: bool) -> None:
        self._renderer = renderer
        self._press = renderer.press
        self._blank_names = blank_names
        #: Of all that those share whose handouts differ only in their own words.
        self._digests: dict[Order, str] = {}
        self._is_roomy = cache(self._holds_anyones_words)
        self._unfound: dict[tuple[str, str, str], tuple[Diagnostic, ...]] = {}
        self._unprintable: dict[Order, tuple[Diagnostic, ...]] = {}
        #: What is no character for any sheet was refused where it was read.
        self._can_print = cache(lambda char: renderer.press.fonts.has(char) or bool(unprintable(char)))
        self._versions = "\0".join((zlib.ZLIB_RUNTIME_VERSION, *(f"{each} {version(each)}" for each in _MAKERS)))

    def unfound(self, order: Order) -> tuple[Diagnostic, ...]:
        """What is wrong with the definitions that an order names, which are most often those of others, too."""
        named = (order.language, order.template, order.routine)
        if named not in self._unfound:
            self._unfound[named] = unfound(order, self._renderer.library)
        return self._unfound[named]

    def words(self, entry: RosterEntry) -> tuple[Order, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
        """What a person's own words come to.

        Returns:
            The order, warnings about it, and what keeps it from being printed; of characters that no font has, one
            error, whatever words they are in.
        """
        order = self._filled(entry.order)
        missing = {where: chars for where, text in own_words(order) if (chars := lacking(text, self._can_print))}
        warnings: tuple[Diagnostic, ...] = ()
        if self._blank_names and (chars := missing.pop(_NAME, "")):
            message = f"{no_font_has(chars)}: the sheet has a line to write the name on"
            blank = Diagnostic("blank-name", message, _NAME, severity=Severity.WARNING)
            warnings = order.places.put([blank])
            order = structs.replace(order, person=structs.replace(order.person, name=""))
        sides = self._named_sides(order)
        if not missing:
            return order, warnings, sides
        message = no_font_has("".join(dict.fromkeys("".join(missing.values()))))
        hint = GLYPH_HINT + ("; or let a line be printed to write the name on" if _NAME in missing else "")
        places = (Diagnostic("missing-glyph", message, each, hint=hint) for each in missing)
        first, *others = order.places.put(places)
        columns = [first.location.field, *(each.location.field.rpartition(", ")[2] for each in others)]
        return order, warnings, (structs.replace(first, field=" and ".join(filter(None, columns))), *sides)

    def shared_names(self, entries: Iterable[RosterEntry]) -> dict[str, tuple[Diagnostic, ...]]:
        """Errors by id: of people without a name who would all have the one that is in a routine's file."""
        named: dict[Path, list[RosterEntry]] = {}
        for entry in entries:
            if not entry.order.person.name and self._filled(entry.order).person.name:
                # Two ways may lead to one file.
                named.setdefault(Path(entry.order.routine).resolve(), []).append(entry)
        found: dict[str, tuple[Diagnostic, ...]] = {}
        for people in named.values():
            message = f"{len(people)} people for whom the roster has no name would all have this one"
            hint = "write each person's name into the roster, or delete this one"
            error = Diagnostic("shared-name", message, _NAME, hint=hint)
            found |= {entry.id: (error,) for entry in people if len(people) > 1}
        return found

    def _filled(self, order: Order) -> Order:
        """An order with all that holds where it says nothing; as it is if it names what there is not."""
        try:
            return self._renderer.filled(order)
        except InvalidInput:
            return structs.replace(order, language=self._renderer.spoken(order))

    def _named_sides(self, order: Order) -> tuple[Diagnostic, ...]:
        """Sides that are written out in a dose, which is printed for whichever side is worked."""
        try:
            language = self._renderer.library.language(order.language)
        except InvalidInput:  # which is said where what the order names is looked for
            return ()
        return lint_doses(order.doses, language)

    def composed(self, order: Order, *, printable: bool) -> Composed:
        """An order in words.

        Args:
            order: what is to be printed.
            printable: whether its own words can be; if not, the rest is still looked at.

        Raises:
            InvalidInput: if something is wrong with it, or if it cannot be printed.
        """
        if found := self.unfound(order) or self._unprintable.get(order.for_anyone, ()):
            raise InvalidInput(found)
        composed = self._renderer.compose(order)
        looked = composed if printable else self._renderer.compose(order.for_anyone)
        days = "".join((looked.own.date, *(words for _, words in looked.own.weeks)))
        if lacking(days, self._can_print):  # others' days may have other characters
            raise InvalidInput(self._renderer.missing_letters(composed, order))
        if not printable and order.for_anyone in self._digests:  # without their own words it is what others have
            return composed
        try:
            self._lay_out_once(looked.copy, order.for_anyone)
        except PageTooSmall as error:
            raise self._renderer.refusal(error, composed, order) from None
        except MissingGlyph as error:
            refused = self._renderer.refusal(error, composed, order)
            if printable:  # then it is in what everybody of the kind has
                self._unprintable[order.for_anyone] = refused.diagnostics
            raise refused from None
        return composed

    def _lay_out_once(self, copy: Copy, for_anyone: Order) -> None:
        """Lay a copy out, unless another one was, and their pages hold whatever is a person's own."""
        known = for_anyone in self._digests
        # How many lines one person's restrictions take, nobody knows before.
        has_lines = copy.handout.own.restrictions or copy.handout.own.advice
        if has_lines or not (known and self._is_roomy(for_anyone)):
            self._press.lay_out(copy)
        if not known:
            self._digests[for_anyone] = _digest(repr(self._renderer.compose(for_anyone).common))

    def _holds_anyones_words(self, for_anyone: Order) -> bool:
        """Whether the pages hold more of a person's own words than there can be, and lines to write them on instead.

        Where people share a plan, hardly anybody has to be laid out before they are printed: a sixth of their batch.
        """
        common = self._renderer.compose(for_anyone).common
        try:
            for person in (_WORDIEST, Person()):
                own = self._renderer.compose(structs.replace(for_anyone, person=person)).own
                self._press.lay_out(common.addressed(own))
        except PageTooSmall:
            return False
        return True

    def fingerprint(self, composed: Composed, order: Order) -> str:
        """A digest of everything that goes into a file, and of the versions of all that have a hand in it."""
        # As it is, not only its letters: a side that a note names is printed otherwise than a word.
        own = repr(composed.own)
        return _digest("\0".join((self._versions, self._digests[order.for_anyone], own)))


#: Somebody with longer words than there are; and a line may be left half empty before a long one, so twice as many.
_WORDIEST: Final = Person(
    name="W" * 2 * LONGEST_LINE,
    date=datetime.date(2026, 9, 30),
    therapist="W" * 2 * LONGEST_LINE,
    next_visit=datetime.datetime(2026, 9, 30, 22, 30),  # noqa: DTZ001 - by the clock on the wall
    note=Wording(("W" * 2 * LONGEST_NOTE,)),
)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
