"""The street: from a routine and a side to a PDF file.

file ──read──▶ Routine ──resolve──▶ Plan ──compose──▶ Handout ──print──▶ bytes
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Unpack

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, PlanWarning, Severity
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.order import Order, OrderTexts, order_in_words
from pdfbuilder.domain.places import said
from pdfbuilder.domain.plan import Plan, resolve
from pdfbuilder.domain.template import Paper
from pdfbuilder.formats.press import Copy, Press
from pdfbuilder.formats.unprintable import refusal, remarked
from pdfbuilder.handout.blocks import Own
from pdfbuilder.handout.compose import compose, own_words
from pdfbuilder.handout.safety import SafetyBlock
from pdfbuilder.layout.core.style import PageTooSmall
from pdfbuilder.pdf.fonts import MissingGlyph
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.lints import lint_note

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
    """

    def __init__(self, library: Library | None = None) -> None:
        self.library = library or Library()
        self.press = Press()
        self._for_anyone = lru_cache(maxsize=256)(self._composed)

    def compose(self, order: Order) -> Composed:
        """Read and resolve an order, and put it into words.

        Raises:
            InvalidInput: with all that is wrong with it.
        """
        try:
            # What all who have the same exercises share; whoever they are comes after.
            anyone = self._for_anyone(order.for_anyone)
            language = self.library.language(order.language)
            plan = anyone.plan.for_person(order.person, language)
            note = order.person.note
            warnings = anyone.warnings + (lint_note(note, plan.affected, language) if note else ())
        except InvalidInput as error:
            raise InvalidInput(order.places.put(error.diagnostics)) from None
        own = own_words(plan, anyone.common.template, language)
        return Composed(plan, anyone.common, own, warnings)

    def _composed(self, order: Order) -> Composed:
        language = self.library.language(order.language)
        found = self.library.routine(order.routine, language.code)
        template = self.library.template(order.template)
        routine = found.value.changed(order.doses)
        if order.safety is not None:
            routine = structs.replace(
                routine, safety=self.library.safety(order.safety, language.code), lacks_safety=False
            )
        plan = resolve(routine, order.side, language)
        handout = compose(
            plan,
            template.value,
            language,
            emergency_number=order.emergency_number,
            urgent_number=order.urgent_number,
        )
        copy = Copy(handout, template.value, order.paper, order.orientation, order.tick, order.fillable)
        own = (*self.library.unfitting_safety(routine), *_whose_numbers(copy, order, language))
        return Composed(plan, copy, Own(), (*found.warnings, *template.warnings, *own))

    def render(self, order: Order) -> Sheet:
        """Make a sheet.

        Raises:
            InvalidInput: with all that is wrong with the order.
        """
        composed = self.compose(order)
        try:
            printed = self.press.print(composed.copy)
        except (MissingGlyph, PageTooSmall) as error:
            raise self.refusal(error, composed, order) from None
        warnings = order.places.put(composed.warnings + remarked(printed.remarks))
        return Sheet(printed.pdf, composed.plan, printed.pages, printed.boxes, warnings)

    def refusal(self, error: MissingGlyph | PageTooSmall, composed: Composed, order: Order) -> InvalidInput:
        """Why the press cannot print an order, in words and with places."""
        language = self.library.language(order.language).code
        routine = structs.replace(self.library.routine(order.routine, language).value, safety=composed.plan.safety)
        return refusal(error, composed.copy.handout, routine, order, self.press.fonts.has)


def _whose_numbers(copy: Copy, order: Order, language: Language) -> Iterator[Diagnostic]:
    """Say whose numbers are printed on the paper of another country, where nobody has named one."""
    paper = copy.paper or copy.template.page.paper
    elsewhere = [region for region in language.regions if region != language.region]
    asked_for = language.tag.casefold() == order.language.casefold() or (order.emergency_number and order.urgent_number)
    if (
        paper is Paper.LETTER
        and language.region not in _LETTER_REGIONS
        and copy.handout.find(SafetyBlock)
        and not asked_for
    ):
        printed = " and ".join(filter(None, (language.help.emergency_number, language.help.urgent_number)))
        message = f"the numbers to call are those of {language.region}: {printed}"
        named = ", ".join(f"{language.code}-{each}" for each in elsewhere)
        hint = f"for another country's ask for one of {named}" if elsewhere else "name the emergency number"
        yield Diagnostic("whose-numbers", message, said("language"), hint=hint, severity=Severity.WARNING)


def build(
    routine: str | os.PathLike[str],
    side: str | None = None,
    *,
    renderer: Renderer | None = None,
    **texts: Unpack[OrderTexts],
) -> bytes:
    """Make a sheet: the library's front door. Nothing is written to disk.

    Args:
        routine: id of a shipped routine, or the path of a routine file.
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
    order = order_in_words(os.fspath(routine), side, **texts)
    sheet = (renderer or Renderer()).render(order)
    for each in sheet.warnings:
        warnings.warn(PlanWarning(str(each)), stacklevel=2)
    return sheet.pdf
