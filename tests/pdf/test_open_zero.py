"""The zero has no stroke, and nothing else of the font is another one."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics

from pdfbuilder.pdf import fonts
from pdfbuilder.pdf.fonts import SteadyFont, font, font_file


def shipped(cut: str) -> bytes:
    return files("fontpkg_atkinson_hyperlegible").joinpath("files", f"AtkinsonHyperlegible-{cut}.ttf").read_bytes()


@pytest.mark.parametrize(("index", "cut"), [(0, "Regular"), (1, "Bold")])
def test_the_zero_is_an_outline_with_one_opening(index: int, cut: str) -> None:
    before = shipped(cut)
    after = font(index).data
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


@pytest.mark.parametrize("char", "8©")  # which have two openings, too; of the eight there would be more than before
def test_in_another_edition_of_the_font_no_other_glyph_is_taken_for_the_zero(
    char: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = font(0)
    try:
        monkeypatch.setattr(fonts, "font", SteadyFont)
        monkeypatch.setattr(fonts, "_ZERO", here.face.charToGlyph[ord(char)])
        assert font_file("regular") == shipped("Regular")
    finally:
        pdfmetrics.registerFont(here)
