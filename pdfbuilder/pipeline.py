"""The street: from a routine and a side to a PDF file.

file ──read──▶ Routine ──resolve──▶ Plan ──compose──▶ Handout ──print──▶ bytes
"""

from __future__ import annotations

import datetime
import os
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct, structs

from pdfbuilder.characters import missing_glyphs
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, PlanWarning, Severity
from pdfbuilder.handout.compose import addressed, compose
from pdfbuilder.language import Language
from pdfbuilder.layout.style import PageTooSmall
from pdfbuilder.order import Order, order_in_words
from pdfbuilder.pdf.fonts import MissingGlyph
from pdfbuilder.plan import Person, Plan, resolve
from pdfbuilder.press import Copy, Press
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.lints import lint_note
from pdfbuilder.template import Paper

#: Where people print on Letter (Unicode CLDR, paperSize).
_LETTER_REGIONS: Final = frozenset({"US", "CA", "MX", "BZ", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "PR", "SV", "VE"})


class Composed(Struct, frozen=True):
    """An order in words, before it has a place on paper.

    Attributes:
        plan: the resolved routine.
        copy: its words, ready to be printed.
        warnings: what is suspicious about the definitions.
    """

    plan: Plan
    copy: Copy
    warnings: tuple[Diagnostic, ...]


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
        # What all who have the same exercises share; whoever they are comes after.
        common = self._for_anyone(order.for_anyone)
        language = self.library.language(order.language)
        person = Person(order.name, order.date, order.therapist, order.note)
        plan = common.plan.for_person(person, language)
        handout = addressed(common.copy.handout, plan, common.copy.template, language)
        own = lint_note(order.note, plan.affected, language) if order.note else ()
        return Composed(plan, structs.replace(common.copy, handout=handout), common.warnings + own)

    def _composed(self, order: Order) -> Composed:
        language = self.library.language(order.language)
        found = self.library.routine(order.routine)
        template = self.library.template(order.template)
        routine = found.value.changed(order.doses)
        if order.safety is not None:
            routine = structs.replace(routine, safety=self.library.safety(order.safety), lacks_safety=False)
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
        return Composed(plan, copy, (*found.warnings, *template.warnings, *own))

    def render(self, order: Order) -> Sheet:
        """Make a sheet.

        Raises:
            InvalidInput: with all that is wrong with the order.
        """
        composed = self.compose(order)
        try:
            printed = self.press.print(composed.copy)
        except (MissingGlyph, PageTooSmall) as error:
            raise self.unprintable(composed, order, error) from None
        return Sheet(
            printed.pdf,
            composed.plan,
            printed.pages,
            printed.boxes,
            composed.warnings + remarked(printed.remarks, order.template),
        )

    def unprintable(self, composed: Composed, order: Order, error: MissingGlyph | PageTooSmall) -> InvalidInput:
        """Why the press cannot print an order, in words and with places."""
        if isinstance(error, MissingGlyph):
            routine = self.library.routine(order.routine).value
            return missing_glyphs(composed.copy.handout, routine, order, self.press.fonts.has)
        message = "the paper is too small for this template's type"
        hint = "choose larger paper, hold it upright, or take another template"
        if composed.plan.safety and len(composed.plan.safety.id.split(", ")) > 1:
            hint += ", or name fewer safety blocks: they stand in one piece"
        return InvalidInput([Diagnostic("paper", message, Location("--paper"), hint=hint)])


def _whose_numbers(copy: Copy, order: Order, language: Language) -> Iterator[Diagnostic]:
    """Say whose numbers are printed on the paper of another country, where nobody has named one."""
    paper = copy.paper or copy.template.page.paper
    elsewhere = [region for region in language.regions if region != language.region]
    asked_for = language.tag.casefold() == order.language.casefold() or (order.emergency_number and order.urgent_number)
    if paper is Paper.LETTER and language.region not in _LETTER_REGIONS and copy.handout.safety and not asked_for:
        printed = " and ".join(filter(None, (language.help.emergency_number, language.help.urgent_number)))
        message = f"the numbers to call are those of {language.region}: {printed}"
        named = ", ".join(f"{language.code}-{each}" for each in elsewhere)
        hint = f"for another country's add --lang with one of {named}" if elsewhere else "set --emergency-number"
        yield Diagnostic("whose-numbers", message, Location("--lang"), hint=hint, severity=Severity.WARNING)


def remarked(remarks: tuple[str, ...], template: str) -> tuple[Diagnostic, ...]:
    """What the layout had to give up, as warnings."""
    return tuple(Diagnostic("layout", remark, Location(template), severity=Severity.WARNING) for remark in remarks)


def build(
    routine: str | os.PathLike[str],
    side: str | None = None,
    *,
    name: str = "",
    date: datetime.date | str | None = None,
    therapist: str = "",
    note: str = "",
    template: str | os.PathLike[str] = "handout",
    language: str | os.PathLike[str] = "en",
    paper: str | None = None,
    orientation: str | None = None,
    tick: str | None = None,
    safety: str | Iterable[str] | None = None,
    emergency_number: str = "",
    urgent_number: str = "",
    fillable: bool = False,
    renderer: Renderer | None = None,
) -> bytes:
    """Make a sheet: the library's front door. Nothing is written to disk.

    Args:
        routine: id of a shipped routine, or the path of a routine file.
        side: `left`, `right` or `both`; None only if the routine names its side.
        name: printed on every page; empty leaves a line to write on.
        date: the plan's date, or one as `2026-11-21`; None leaves a line to write on.
        therapist: who made the plan; printed beside the date.
        note: a word to the person; it may name sides as instructions do: `{affected knee}`.
        template: id of a shipped template, or the path of a template file.
        language: code (`en`), language tag (`en-US`) or path of a language file.
        paper: `a4`, `letter` or `a5`; None for the template's own.
        orientation: `portrait` or `landscape`; None for the template's own.
        tick: `auto`, `rep`, `set` or `session`; None for the template's own.
        safety: ids or paths of safety blocks instead of the routine's, `none` for none.
        emergency_number: what to call at once; empty for the language's own number.
        urgent_number: what to call on the same day; likewise.
        fillable: whether the boxes can be ticked on a screen.
        renderer: to make many sheets faster, one and the same for all of them.

    Returns:
        The PDF file. The same arguments give the same bytes.

    Raises:
        InvalidInput: with all that is wrong, each with its place and a hint.

    Warns:
        PlanWarning: for each thing that whoever prints it should know.
    """
    order = order_in_words(
        str,
        routine=os.fspath(routine),
        side=side,
        name=name,
        date=date,
        therapist=therapist,
        note=note,
        template=os.fspath(template),
        language=os.fspath(language),
        paper=paper,
        orientation=orientation,
        tick=tick,
        safety=(safety,) if isinstance(safety, str) else safety,
        emergency_number=emergency_number,
        urgent_number=urgent_number,
        fillable=fillable,
    )
    sheet = (renderer or Renderer()).render(order)
    for each in sheet.warnings:
        warnings.warn(PlanWarning(str(each)), stacklevel=2)
    return sheet.pdf
