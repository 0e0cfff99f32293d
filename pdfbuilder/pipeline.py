"""The street: from a routine and a side to a PDF file.

file ──read──▶ Routine ──resolve──▶ Plan ──compose──▶ Handout ──print──▶ bytes
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import Final, Unpack

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, PlanWarning, Problems, Severity
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.order import Order, OrderTexts
from pdfbuilder.domain.places import said
from pdfbuilder.domain.plan import Plan, resolve
from pdfbuilder.domain.routine import Routine, SheetDefaults
from pdfbuilder.domain.template import Block, Paper, Template
from pdfbuilder.formats.press import Copy, Press, Printed
from pdfbuilder.formats.unprintable import missing_glyphs, refuse_other_formats, remarked, too_small
from pdfbuilder.handout.blocks import Own
from pdfbuilder.handout.compose import compose, own_words
from pdfbuilder.handout.safety import SafetyBlock
from pdfbuilder.layout.core.style import PageTooSmall
from pdfbuilder.pdf.fonts import MissingGlyph
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.lints import MANY_EXERCISES, lint_doses, lint_person
from pdfbuilder.reading.orders import order_in_words

_WHERE_NOTHING_IS_SAID: Final = SheetDefaults(template="handout", language="en")
#: Where people print on Letter (Unicode CLDR, paperSize).
_LETTER_REGIONS: Final = frozenset({"US", "CA", "MX", "BZ", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "PR", "SV", "VE"})


class Composed(Struct, frozen=True):
    """An order in words, before it has a place on paper.

    Attributes:
        plan: the resolved routine.
        common: its words, ready to be printed for nobody in particular.
        own: the words that are one person's.
        warnings: what is suspicious about the definitions; of the order itself, it is said of its fields.
    """

    plan: Plan
    common: Copy
    own: Own
    warnings: tuple[Diagnostic, ...]

    @property
    def copy(self) -> Copy:
        """What to print."""
        return self.common.addressed(self.own)


class Sheet(Struct, frozen=True):
    """A finished handout.

    Attributes:
        pdf: the file.
        plan: what is on it.
        pages: how many.
        boxes: how many tick boxes.
        warnings: what whoever prints it should know.
    """

    pdf: bytes
    plan: Plan
    pages: int
    boxes: int
    warnings: tuple[Diagnostic, ...]


class Renderer:
    """Makes sheets, and keeps what the next one can use: content that was read, and what its press keeps.

    What it makes never depends on what it made before.

    Args:
        library: where content comes from; a new one if None.
        defaults: what holds where neither an order nor its routine says otherwise.
    """

    def __init__(self, library: Library | None = None, defaults: SheetDefaults | None = None) -> None:
        self.library = library or Library()
        self.defaults = defaults or SheetDefaults()
        self.press = Press()
        self._for_anyone = lru_cache(maxsize=256)(self._composed)

    def compose(self, order: Order) -> Composed:
        """Read and resolve an order, and put it into words.

        Raises:
            InvalidInput: with all that is wrong with it.
        """
        order = self.filled(order)
        try:
            # What all who have the same exercises share; whoever they are comes after.
            anyone = self._for_anyone(order.for_anyone)
            language = self.library.language(order.language)
            plan = anyone.plan.for_person(order.person, language)
            warnings = anyone.warnings + lint_person(order.person, plan.affected, language)
        except InvalidInput as error:
            raise InvalidInput(order.places.put(error.diagnostics)) from None
        own = structs.replace(own_words(plan, anyone.common.template, language), id=order.id)
        return Composed(plan, anyone.common, own, warnings)

    def filled(self, order: Order) -> Order:
        """An order with what its routine says of its sheet where it says nothing itself, and then the defaults.

        Raises:
            InvalidInput: if there is no such language or routine.
        """
        try:
            code = self.library.language(self.spoken(order)).code
            routine = self.library.routine(order.routine, code).value
        except InvalidInput as error:  # the language may be that of the defaults
            raise InvalidInput(order.under(self.defaults).places.put(error.diagnostics)) from None
        order = order.under(routine.sheet) if routine.sheet else order
        # The clinic of a routine is its own.
        weakest = structs.replace(self.defaults, clinic="") if routine.clinic else self.defaults
        return order.under(weakest).under(_WHERE_NOTHING_IS_SAID).counting_days(routine)

    def spoken(self, order: Order) -> str:
        """In which language an order's ids are, before its routine is read: code, language tag or path."""
        return order.language or self.defaults.language or _WHERE_NOTHING_IS_SAID.language

    def _composed(self, order: Order) -> Composed:
        language = self.library.language(order.language)
        found = self.library.routine(order.routine, language.code)
        template = self.library.template(order.template)
        refuse_other_formats(order, template.value.page)
        if named := lint_doses(order.doses, language):
            raise InvalidInput(named)
        asked_for = found.value.for_phase(order.phase)
        routine = asked_for.in_week(order.week).changed(order.doses).only(order.only)
        routine.refuse_another_week()
        if order.safety is not None:
            routine = structs.replace(
                routine, safety=self.library.safety(order.safety, language.code), lacks_safety=False
            )
        clinic = self.library.clinic(order.clinic) if order.clinic else None
        if clinic:
            routine = structs.replace(routine, clinic=clinic.value)
        # A diary begins with a week of its own, and all that is counted with it.
        week = language.locale.week
        first_day = week[0] if order.first_day and Block.DIARY in template.value.blocks else order.first_day
        plan = resolve(routine, order.side, language).counted_from(first_day, week)
        if plan.has_all_phases and Block.DIARY in template.value.blocks:
            message = f"a diary is of one phase, and the routine {plan.routine_id} has {len(plan.phases)}"
            raise InvalidInput([Diagnostic("phase", message, said("phase"), hint="name one of them")])
        handout = compose(
            plan,
            template.value,
            language,
            emergency_number=order.emergency_number,
            urgent_number=order.urgent_number,
            has_codes=order.qr,
        )
        copy = Copy(handout, template.value, order.paper, order.orientation, order.tick, order.fillable)
        own = (
            *(clinic.warnings if clinic else ()),
            *self.library.unfitting_safety(routine),
            *_whose_numbers(copy, order, language),
            # Of a changed dose the steps that it has come to are gone.
            *_idle_week(order.week, asked_for.only(order.only), template.value),
        )
        # Of fewer exercises than the routine has it may not be so.
        read = (each for each in found.warnings if not (order.only and each.code == MANY_EXERCISES))
        return Composed(plan, copy, Own(), (*read, *template.warnings, *own))

    def render(self, order: Order) -> Sheet:
        """Make a sheet.

        Raises:
            InvalidInput: with all that is wrong with the order.
        """
        order = self.filled(order)
        composed = self.compose(order)
        try:
            printed = self.press.print(composed.copy)
        except (MissingGlyph, PageTooSmall) as error:
            raise self.refusal(error, composed, order) from None
        found = (*composed.warnings, *remarked(printed.remarks), *self._better_held_otherwise(composed.copy, printed))
        warnings = order.places.put(found)
        return Sheet(printed.pdf, composed.plan, printed.pages, printed.boxes, warnings)

    def _better_held_otherwise(self, copy: Copy, printed: Printed) -> Iterator[Diagnostic]:
        """Say that a week which takes several pages takes fewer on the same paper held the other way."""
        page = copy.template.page
        if copy.template.blocks != (Block.WEEK,) or printed.pages == 1:
            return
        held = copy.orientation or page.orientation
        for other in (each for each in page.orientations if each is not held):
            with suppress(PageTooSmall):
                pages = len(self.press.lay_out(structs.replace(copy, orientation=other)).pages)
                if pages < printed.pages:
                    message = f"in {other.value} it takes {pages} page{'s' if pages > 1 else ''}"
                    hint = f"ask for {other.value}, if it may hang so"
                    yield Diagnostic("layout", message, said("orientation"), hint=hint, severity=Severity.WARNING)

    def calendar(self, order: Order) -> bytes:
        """The plan's days as a calendar file, with nobody's name in it.

        Raises:
            InvalidInput: with all that is wrong with the order, or if it has no date, or more than one phase.
        """
        order = self.filled(order)
        composed, date = self.compose(order), order.person.date
        problems = Problems()
        if composed.plan.has_all_phases:
            # Nobody knows when one of them ends and the next begins.
            message, hint = "a calendar is for one phase", "name the one that begins on the plan's date"
            problems.error("phase", message, said("phase"), hint=hint)
        if date is None:
            message, hint = "expected a date, from which a calendar counts", "write the plan's day, like 2026-11-21"
            problems.error("missing-date", message, said("date"), hint=hint)
        if date is None or problems.found:
            raise InvalidInput(order.places.put(problems.found))
        starts = composed.own.diary.starts if composed.own.diary else None
        language = self.library.language(order.language)
        from pdfbuilder.formats.calendar import calendar  # noqa: PLC0415 - few ask for one

        return calendar(composed.plan, composed.copy.handout, starts or date, date, order.id, language)

    def missing_letters(self, composed: Composed, order: Order) -> tuple[Diagnostic, ...]:
        """What there is to say, at its places, of characters that can be shown and that no font has."""
        language, plan = self.library.language(order.language).code, composed.plan
        routine = self.library.routine(order.routine, language).value
        printed = structs.replace(routine, safety=plan.safety, **plan.beside)
        return missing_glyphs(composed.copy.handout, printed, order, self.press.fonts.has)

    def refusal(self, error: MissingGlyph | PageTooSmall, composed: Composed, order: Order) -> InvalidInput:
        """Why the press cannot print an order, in words and with places."""
        if isinstance(error, MissingGlyph):
            return InvalidInput(self.missing_letters(composed, order))
        safety = composed.plan.safety
        several = bool(safety and ", " in safety.id)
        return InvalidInput(order.places.put([too_small(error, order.template, several_blocks=several)]))


def _idle_week(week: int | None, routine: Routine, template: Template) -> Iterator[Diagnostic]:
    """Say that a week was named and that nothing hangs on it; a diary's pages begin with it."""
    steps = (step for entry in routine.entries for step in entry.exercise.dose.progress)
    if week and Block.DIARY not in template.blocks and not any(step.week for step in steps):
        message, hint = "no exercise gets harder by the week: the sheet is the same in all", "leave it out"
        yield Diagnostic("week", message, said("week"), hint=hint, severity=Severity.WARNING)


def _whose_numbers(copy: Copy, order: Order, language: Language) -> Iterator[Diagnostic]:
    """Say whose numbers are printed on the paper of another country, where nobody has named one."""
    paper = copy.paper or copy.template.page.paper
    elsewhere = [region for region in language.regions if region != language.region]
    numbers = (
        (language.help.emergency_number, order.emergency_number),
        (language.help.urgent_number, order.urgent_number),
    )
    printed = [number for number, instead in numbers if number and not instead]
    if (
        paper is Paper.LETTER
        and language.region not in _LETTER_REGIONS
        and language.tag.casefold() != order.language.casefold()
        and copy.handout.find(SafetyBlock)
        and printed
    ):
        what = "numbers to call are those" if len(printed) > 1 else "number to call is that"
        message = f"the {what} of {language.region}: {' and '.join(printed)}"
        named = ", ".join(f"{language.code}-{each}" for each in elsewhere)
        hint = f"for another country's ask for one of {named}" if elsewhere else "name your own"
        yield Diagnostic("whose-numbers", message, said("language"), hint=hint, severity=Severity.WARNING)


#: What a routine is called that a program hands over as it is; its pictures are found from the folder it works in.
_GIVEN: Final = "routine-{digest}.yaml"
#: One at a time is called so.
_GIVING: Final = Lock()


def build(
    routine: str | os.PathLike[str] | Mapping[str, object],
    side: str | None = None,
    *,
    renderer: Renderer | None = None,
    **texts: Unpack[OrderTexts],
) -> bytes:
    """Make a sheet: the library's front door. Nothing is written to disk.

    Args:
        routine: id of a shipped routine, the path of a routine file, or what would stand in one.
        side: `left`, `right` or `both`; None only if the routine names its side.
        renderer: to make many sheets faster, one and the same for all of them.
        texts: who it is for and how it looks, see `OrderTexts`.

    Returns:
        The PDF file. The same arguments give the same bytes.

    Raises:
        InvalidInput: with all that is wrong, each with its place and a hint.

    Warns:
        PlanWarning: for each thing that whoever prints it should know.
    """
    renderer = renderer or Renderer()
    if isinstance(routine, Mapping):
        # JSON is YAML, too, and needs nobody to quote it.
        text = json.dumps(dict(routine), ensure_ascii=False, indent=2, default=str)
        # Half a character, which no file has, is refused by the reader as it is escaped in JSON.
        text = text.encode(errors="backslashreplace").decode()
        # Equal ones have one name, and others another: a renderer knows what it has laid out by it. Of fifty thousand
        # plans two share their first eight digits, and one would be printed for the other.
        path = _GIVEN.format(digest=sha256(text.encode()).hexdigest()[:32])
        with _GIVING:
            renderer.library.lend(path, text)
            try:
                sheet = renderer.render(order_in_words(path, side, **texts))
            finally:
                renderer.library.take_back(path)
    else:
        sheet = renderer.render(order_in_words(os.fspath(routine), side, **texts))
    for each in sheet.warnings:
        warnings.warn(PlanWarning(str(each)), stacklevel=2)
    return sheet.pdf
