"""All pictures on a few pages: what there is, for whoever chooses exercises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pdfbuilder.diagnostics import Problems
from pdfbuilder.domain.exercise import Exercise
from pdfbuilder.domain.plan import resolve_exercise
from pdfbuilder.domain.side import SideRule
from pdfbuilder.domain.wording import plain
from pdfbuilder.formats.picture import drawn_for
from pdfbuilder.formats.unprintable import GLYPH_HINT, lacking, no_font_has, strings
from pdfbuilder.handout.card_words import card_picture
from pdfbuilder.layout.core.display import Element, Face, Fragment, Page, Pages, Placed, Role
from pdfbuilder.layout.core.pictures import badge_look, picture_element
from pdfbuilder.layout.core.style import style_for
from pdfbuilder.layout.core.text import centred
from pdfbuilder.pdf.fonts import Fonts
from pdfbuilder.pdf.painter import Painter, Properties
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library
from pdfbuilder.units import MM

#: A4, in points, and how many pictures stand on it.
_PAGE: Final = (210 * MM, 297 * MM)
_COLUMNS: Final = 3
_ROWS: Final = 5
_MARGIN: Final = 12 * MM
_GUTTER: Final = 6 * MM
#: Under a picture: its name, then what a routine calls it, its regions and its side.
_NAME: Final = 11.0
_SMALL: Final = 9.0
_LEADING: Final = 12.0
_TEMPLATE: Final = "handout"
#: Who does what, by side rule.
_RULES: Final = {
    SideRule.AFFECTED: "affected side",
    SideRule.OTHER: "other side",
    SideRule.EACH: "each side",
    SideRule.ALTERNATE: "sides in turn",
    SideRule.ASYMMETRIC: "sides differ",
    SideRule.BILATERAL: "both sides at once",
}


def gallery(library: Library | None = None) -> bytes:
    """A PDF with the picture of every exercise that has one, its name, id, regions and side rule, by region and id.

    Raises:
        InvalidInput: if an exercise cannot be read, or its name cannot be printed.
    """
    library = library or Library()
    exercises = [library.exercise(each).value for each in library.ids(Kind.EXERCISE)]
    shown = sorted((each for each in exercises if each.illustration), key=lambda each: (_region(each), each.id))
    _refuse_unprintable(shown)
    step = _COLUMNS * _ROWS
    pages = [tuple(_cells(library, shown[start : start + step])) for start in range(0, len(shown), step)]
    return Painter().paint(Pages(tuple(Page(*_PAGE, each) for each in pages), 0), Properties("Exercises", "", "en"))


def _refuse_unprintable(exercises: Sequence[Exercise]) -> None:
    problems, has = Problems(), Fonts().has
    for each in exercises:
        if chars := lacking("".join((*strings(each.name.parts), each.id)), has):
            problems.error("missing-glyph", no_font_has(chars), each.name.location, hint=GLYPH_HINT)
    problems.stop_on_error()


def _region(exercise: Exercise) -> str:
    return exercise.regions[0].value if exercise.regions else ""


def _cells(library: Library, exercises: Sequence[Exercise]) -> Iterator[Placed]:
    fonts, look = Fonts(), badge_look(style_for(library.template(_TEMPLATE).value))
    width = (_PAGE[0] - 2 * _MARGIN - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
    height = (_PAGE[1] - 2 * _MARGIN - (_ROWS - 1) * _GUTTER) / _ROWS
    for index, exercise in enumerate(exercises):
        language = library.language(exercise.language)
        resolved = resolve_exercise(exercise, drawn_for(exercise), language)
        picture = card_picture(resolved, language)
        if picture is None:
            continue
        room = height - 3 * _LEADING
        regions = ", ".join(each.value for each in exercise.regions)
        small = (exercise.id, " · ".join(filter(None, (regions, _RULES[exercise.rule]))))
        words = (
            centred(plain(resolved.name), width / 2, room + _LEADING, Face.BOLD, _NAME, fonts),
            *(
                centred(line, width / 2, room + number * _LEADING, Face.REGULAR, _SMALL, fonts)
                for number, line in enumerate(small, start=2)
            ),
        )
        drawn = picture_element(replace(picture, caption=""), 0, 0, width, room, look, fonts)
        fragment = Fragment((drawn, Element(Role.PARAGRAPH, words)), height)
        column, row = index % _COLUMNS, index // _COLUMNS
        yield Placed(fragment, _MARGIN + column * (width + _GUTTER), _MARGIN + row * (height + _GUTTER))
