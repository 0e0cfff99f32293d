"""Where in an order the characters come from that no font has."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from pdfbuilder.diagnostics import InvalidInput, Location, Problems
from pdfbuilder.handout.blocks import CardPicture, Handout
from pdfbuilder.order import Order
from pdfbuilder.routine import Entry, Routine
from pdfbuilder.wording import Wording


def missing_glyphs(handout: Handout, routine: Routine, order: Order, has: Callable[[str], bool]) -> InvalidInput:
    """Every character of a handout that no font has, each with its places.

    Args:
        handout: the words that are to be printed.
        routine: where they come from, mostly.
        order: where the rest comes from.
        has: whether some font has a character.
    """
    problems = Problems()
    printed = dict.fromkeys(char for text in strings(handout) for char in text)
    for char in printed:
        if has(char):
            continue
        name = unicodedata.name(char, "without a name").lower()
        for location in _places(char, routine, order):
            problems.error(
                "missing-glyph",
                f"no font has the character {char} (U+{ord(char):04X}, {name})",
                location,
                hint="write it in Latin, Greek or Cyrillic letters, or leave it out",
            )
    try:
        problems.stop_on_error()
    except InvalidInput as error:
        return error
    raise AssertionError("nothing is missing")


def _places(char: str, routine: Routine, order: Order) -> list[Location]:
    places = [text.location for text in _wordings(routine) if any(char in each for each in strings(text.parts))]
    places += [
        entry.location for entry in routine.entries if char in entry.exercise.dose.load + entry.exercise.dose.tempo
    ]
    places += [entry.location for entry in routine.entries if char in _credit(entry)]
    note = "".join(strings(order.note.parts)) if order.note else ""
    for option, value in (
        ("--name", order.name),
        ("--therapist", order.therapist),
        ("--note", note),
        ("--emergency-number", order.emergency_number),
    ):
        if char in value:
            places.append(Location(option))
    for change in order.doses:
        if any(char in each for each in strings(change.figures)):
            places.append(change.location)
    for block in (routine.safety, routine.about):
        if block and any(char in text for text in strings(block)):
            places.append(block.location)
    return places or [Location(f"language {order.language}")]


def _credit(entry: Entry) -> str:
    illustration = entry.exercise.illustration
    return illustration.picture.credit if illustration else ""


def _wordings(routine: Routine) -> Iterator[Wording]:
    yield routine.title
    for entry in routine.entries:
        yield from entry.exercise.texts
        if entry.note:
            yield entry.note


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
