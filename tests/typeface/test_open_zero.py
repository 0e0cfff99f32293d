"""The zero has no stroke, and nothing else of the font is another one."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from io import BytesIO

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

from pdfbuilder.typeface.files import font_file
from pdfbuilder.typeface.open_zero import with_open_zero


def shipped(cut: str) -> bytes:
    return files("fontpkg_atkinson_hyperlegible").joinpath("files", f"AtkinsonHyperlegible-{cut}.ttf").read_bytes()


@pytest.mark.parametrize(("index", "cut"), [(0, "Regular"), (1, "Bold")])
def test_the_zero_is_an_outline_with_one_opening(index: int, cut: str) -> None:
    before = shipped(cut)
    after = font_file(index)
    assert len(before) == len(after)
    there, here = (TTFont(BytesIO(data)) for data in (before, after))
    changed = [name for name in there.getGlyphOrder() if there["glyf"][name] != here["glyf"][name]]
    assert changed == ["zero"]
    old, new = there["glyf"]["zero"], here["glyf"]["zero"]
    assert (old.numberOfContours, new.numberOfContours) == (3, 2)
    outline = old.endPtsOfContours[0] + 1
    assert list(new.coordinates)[:outline] == list(old.coordinates)[:outline]
    # the opening reaches as far as both did, and runs the other way round
    for axis in (0, 1):
        openings = [point[axis] for point in list(old.coordinates)[outline:]]
        opening = [point[axis] for point in list(new.coordinates)[outline:]]
        assert (min(opening), max(opening)) == (min(openings), max(openings))
    ink = []
    for found in (there, here):
        pen = AreaPen()
        found.getGlyphSet()["zero"].draw(pen)
        ink.append(abs(pen.value))
    assert 0.7 * ink[0] < ink[1] < ink[0]
    assert there["hmtx"]["zero"] == here["hmtx"]["zero"]


def edition(data: bytes, changed: Callable[[TTFont], None]) -> bytes:
    """Another edition of a font."""
    found, written = TTFont(BytesIO(data)), BytesIO()
    changed(found)
    found.save(written)
    return written.getvalue()


def test_in_another_edition_of_the_font_the_zero_is_found_wherever_it_is() -> None:
    def moved(found: TTFont) -> None:
        first, *others = found.getGlyphOrder()
        reorderGlyphs(found, [first, *reversed(others)])

    there = TTFont(BytesIO(with_open_zero(edition(shipped("Regular"), moved))))
    here = TTFont(BytesIO(font_file(0)))
    assert there.getGlyphID("zero") != here.getGlyphID("zero")
    for name in here.getGlyphOrder():
        assert there["glyf"][name] == here["glyf"][name]


@pytest.mark.parametrize("char", "18A°")
def test_a_zero_of_another_form_stays_as_it_is(char: str) -> None:
    def drawn_otherwise(found: TTFont) -> None:
        for table in found["cmap"].tables:
            table.cmap[ord("0")] = table.cmap[ord(char)]

    data = edition(shipped("Regular"), drawn_otherwise)
    # The eight has two openings, too: of both there would be more than the glyph had room for.
    assert with_open_zero(data) == data


def test_a_font_without_a_zero_stays_as_it_is() -> None:
    def without(found: TTFont) -> None:
        for table in found["cmap"].tables:
            table.cmap.pop(ord("0"), None)

    data = edition(shipped("Regular"), without)
    assert with_open_zero(data) == data
