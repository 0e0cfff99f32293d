"""Why something cannot be printed, in words, and said at its places."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Diagnostic, Location, Problems, Severity
from pdfbuilder.domain.exercise import Exercise
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.places import said
from pdfbuilder.domain.routine import Routine
from pdfbuilder.domain.template import PageFormat
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.layout.core.pictures import CardPicture
from pdfbuilder.layout.core.style import PageTooSmall

#: What to do about a character that no font has.
GLYPH_HINT: Final = "write it in Latin, Greek or Cyrillic letters, or leave it out"


def refuse_other_formats(order: Order, page: PageFormat) -> None:
    """Refuse the paper, and the way to hold it, that a template is not laid out for.

    Raises:
        InvalidInput: with both, at their fields.
    """
    problems = Problems()
    for field, asked, offered in (
        ("paper", order.paper, page.papers),
        ("orientation", order.orientation, page.orientations),
    ):
        if asked and asked not in offered:
            names = " or ".join(each.value for each in offered)
            message = f"the template {order.template} is for {names}, not for {asked.value}"
            problems.error(field, message, said(field), hint=f"ask for {names}, or take another template")
    problems.stop_on_error()


def not_held(error: PageTooSmall, template: str = "") -> str:
    """What a page of a template does not hold, in words."""
    page = f"a page of the template {template}" if template else "a page"
    what = f"the exercise '{error.exercise}'" if error.exercise else "what has to stay in one piece"
    return f"{page} does not hold {what}"


def too_small(error: PageTooSmall, template: str = "", *, several_blocks: bool = False) -> Diagnostic:
    """That a page does not hold what has to stay in one piece, such as several safety blocks."""
    message = not_held(error, template) if error.exercise else "the paper is too small for this template's type"
    hint = "choose larger paper, hold it upright, or take another template"
    if several_blocks:
        hint += ", or name fewer safety blocks: they stand in one piece"
    return Diagnostic("paper", message, said("paper"), hint=hint)


def remarked(remarks: Iterable[str]) -> tuple[Diagnostic, ...]:
    """What the layout had to give up, as warnings about the template."""
    return tuple(Diagnostic("layout", each, said("template"), severity=Severity.WARNING) for each in remarks)


def missing_glyphs(
    handout: Handout, routine: Routine, order: Order, has: Callable[[str], bool]
) -> tuple[Diagnostic, ...]:
    """What there is to say of the characters of a handout that no font has: all of them, at each of their places.

    Args:
        handout: the words that are to be printed.
        routine: where they come from, mostly.
        order: where the rest comes from.
        has: whether some font has a character.
    """
    missing: dict[Location, str] = {}
    printed = replace(handout, own=replace(handout.own, id=""))
    for char in lacking("".join(strings(printed)), has):
        # An exercise may stand in a routine twice, and a character twice in what is said at one place.
        for location in dict.fromkeys(_places(char, routine, order)):
            missing[location] = missing.get(location, "") + char
    found = ((location, no_font_has(chars)) for location, chars in missing.items())
    return order.places.put(Diagnostic("missing-glyph", says, at, at.field, GLYPH_HINT) for at, says in found)


def lacking(text: str, has: Callable[[str], bool]) -> str:
    """The characters of a text that no font has, each once, in order."""
    return "".join(char for char in dict.fromkeys(text) if not has(char))


def no_font_has(chars: str) -> str:
    """That no font has some characters, in words."""
    if len(chars) == 1:
        name = unicodedata.name(chars, "without a name").lower()
        return f"no font has the character {chars} (U+{ord(chars):04X}, {name})"
    *first, last = (f"{char} (U+{ord(char):04X})" for char in chars)
    return f"no font has the characters {', '.join(first)} and {last}"


def own_words(order: Order) -> Iterator[tuple[Location, str]]:
    """What an order itself says that is printed, with the field or the place that says it."""
    for field in order.person.__struct_fields__:
        yield said(field), "".join(strings(getattr(order.person, field)))
    yield said("emergency_number"), order.emergency_number
    yield said("urgent_number"), order.urgent_number
    for change in order.doses:
        yield change.location, "".join(strings(change.figures))


def _places(char: str, routine: Routine, order: Order) -> list[Location]:
    places = [text.location for text in routine.texts if any(char in each for each in strings(text.parts))]
    places += [entry.location for entry in routine.entries if char in "".join(_as_written(entry.exercise))]
    places += [location for location, text in own_words(order) if char in text]
    for block in (routine.safety, *routine.beside.values()):
        if block and any(char in text for text in strings(block)):
            places.append(block.location)
    return places or [Location(f"language {order.language}")]


def _as_written(exercise: Exercise) -> Iterator[str]:
    """What of an exercise is printed as it is written, and is no text that may name sides."""
    yield from (*exercise.dose.times_per_day.occasions, *exercise.dose.parts, *exercise.equipment)
    if exercise.illustration:
        yield exercise.illustration.picture.credit


def strings(value: object) -> Iterator[str]:
    """All strings in a value and the values inside it; of what is said of a picture only the letter is printed."""
    if isinstance(value, CardPicture):
        yield value.letter
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif isinstance(value, Struct) and not isinstance(value, Location):
        for name in value.__struct_fields__:
            yield from strings(getattr(value, name))
