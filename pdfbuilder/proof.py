"""Whether what a file defines can be printed: tried for every side, by the rules by which sheets are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import structs

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, Severity, refused
from pdfbuilder.domain.beside import About, Clinic, Safety
from pdfbuilder.domain.exercise import Exercise
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.plan import resolve
from pdfbuilder.domain.routine import ALL_PHASES, Entry, Routine, SheetDefaults
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Block, Template
from pdfbuilder.domain.wording import Wording
from pdfbuilder.formats.press import Copy
from pdfbuilder.formats.unprintable import (
    GLYPH_HINT,
    lacking,
    missing_glyphs,
    no_font_has,
    not_held,
    refuse_other_formats,
    strings,
)
from pdfbuilder.handout.compose import compose, own_words
from pdfbuilder.layout.core.style import PageTooSmall
from pdfbuilder.pdf.fonts import MissingGlyph
from pdfbuilder.pipeline import Renderer
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Definition
from pdfbuilder.reading.lints import lint_person

#: What a template is tried with.
_SPECIMEN: Final = Order("sciatica-starter", AffectedSide.LEFT)


def proof(path: str, value: Definition, renderer: Renderer, language: Language) -> tuple[Diagnostic, ...]:
    """Try to print a definition.

    Args:
        path: its file.
        value: what it defines.
        renderer: tries.
        language: in what it is tried if it is written in it; else in its own.

    Returns:
        A warning for each side that it cannot be printed for, and for warning signs that do not fit.

    Raises:
        InvalidInput: if it cannot be printed for any side.
    """
    if isinstance(value, Routine | Exercise):
        routine = value.for_phase(ALL_PHASES if value.phases else None) if isinstance(value, Routine) else _alone(value)
        library = renderer.library
        spoken = language if language.code == routine.language else library.language_of(routine.language)
        if routine.sheet and routine.sheet.language:
            try:
                spoken = library.language(routine.sheet.language)
            except InvalidInput as error:
                raise InvalidInput(routine.sheet.places.put(error.diagnostics)) from None
        return _for_sides(routine, renderer, spoken)
    if isinstance(value, Template):
        _lay_out(renderer.compose(structs.replace(_SPECIMEN, template=path)).copy, Location(path), renderer, "")
    else:
        if missing := tuple(_missing_glyphs(path, value, renderer)):
            raise InvalidInput(missing)
    return ()


def _alone(exercise: Exercise) -> Routine:
    """A routine of one exercise."""
    entry = Entry(exercise, location=exercise.location)
    return Routine(exercise.id, exercise.language, Wording(()), (entry,), None, location=exercise.location)


def _for_sides(routine: Routine, renderer: Renderer, language: Language) -> tuple[Diagnostic, ...]:
    # Nobody's side is tried only for a routine that says so: most name one.
    sides = [routine.side] if routine.side else [each for each in AffectedSide if each is not AffectedSide.NONE]
    refused: dict[AffectedSide, tuple[Diagnostic, ...]] = {}
    for side in sides:
        try:
            _print(routine, side, renderer, language)
        except InvalidInput as error:
            refused[side] = error.diagnostics
    if len(refused) == len(sides):
        raise InvalidInput(dict.fromkeys(each for found in refused.values() for each in found))
    problems = Problems()
    problems.extend(renderer.library.unfitting_safety(routine))
    # A file of an exercise may say that two affected sides are one too many for it: whoever names it knows.
    meant = {entry.location for entry in routine.entries if entry.exercise.id and not entry.exercise.fits_both}
    for side, found in refused.items():
        for each in found:
            if each.severity is Severity.ERROR and not (each.code == "not-for-both" and each.location in meant):
                message = f"it cannot be printed for {side.value}: {each.message}"
                problems.warning("not-for-side", message, each.location, hint=each.hint)
    return problems.warnings


def _print(routine: Routine, side: AffectedSide, renderer: Renderer, language: Language) -> None:
    """Print a routine with every shipped template, as far as its words and their places go."""
    plan = resolve(routine, side, language)
    sheet = routine.sheet or SheetDefaults()
    order = Order(routine.id, side, language=language.tag).under(sheet)
    if routine.sheet:
        try:
            plan = plan.for_person(order.person, language)
            lint_person(order.person, plan.affected, language)
            if sheet.template:
                refuse_other_formats(order, renderer.library.template(sheet.template).value.page)
        except InvalidInput as error:
            raise InvalidInput(order.places.put(error.diagnostics)) from None
    library, has = renderer.library, renderer.press.fonts.has
    for name in [sheet.template] if sheet.template else library.ids(Kind.TEMPLATE):
        template = library.template(name).value
        if order.paper and order.paper not in template.page.papers and not sheet.template:
            continue  # whoever asks for it is told so
        plans = [plan]
        if plan.has_all_phases and Block.DIARY in template.blocks:  # it is of one phase
            phases = (routine.for_phase(number) for number in range(1, len(routine.phases) + 1))
            plans = [resolve(each, side, language).for_person(order.person, language) for each in phases]
        for each in plans:
            handout = compose(each, template, language)
            copy = Copy(handout, template, order.paper, tick=order.tick).addressed(own_words(each, template, language))
            try:
                _lay_out(copy, routine.location, renderer, name)
            except MissingGlyph:
                raise InvalidInput(missing_glyphs(copy.handout, routine, order, has)) from None


def _lay_out(copy: Copy, where: Location, renderer: Renderer, template: str) -> None:
    try:
        renderer.press.lay_out(copy)
    except PageTooSmall as error:
        raise refused("paper", not_held(error, template), where, "make what is longest in it shorter") from None


def _printed(value: Definition) -> object:
    """What of a block or a language is printed."""
    match value:
        case Safety():
            titles = tuple(source.title for source in value.sources)
            return (value.emergency, value.today, value.soon, value.advice, value.both_sides, titles)
        case Clinic():
            return (value.name, value.address, value.phone, value.hours, value.web, value.if_it_hurts)
        case About():
            return (value.title, value.paragraphs)
        case Language():
            return (value.sides, value.phrases, value.messages, value.help)
    return ()


def _missing_glyphs(path: str, value: Definition, renderer: Renderer) -> Iterator[Diagnostic]:
    """The characters of a definition that no font has, where they stand in its file."""
    source = renderer.library.source(path)
    for char in lacking("".join(strings(_printed(value))), renderer.press.fonts.has):
        # Escaped, it does not stand there as it is printed.
        where = source.at_offset(source.text.index(char)) if char in source.text else Location(path)
        yield Diagnostic("missing-glyph", no_font_has(char), where, hint=GLYPH_HINT)
