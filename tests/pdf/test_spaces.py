"""Beside every letter a space is a space: whichever font has the letter, and however the space is written."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from samples import LANGUAGES, run, write

from pdfbuilder import build
from pdfbuilder.layout.core.display import Element, Face, Fragment, Page, Pages, Placed, Role, Words
from pdfbuilder.pdf.fonts import Fonts, font
from pdfbuilder.pdf.painter import Painter, Properties

FONTS = Fonts()
#: All kinds (Unicode category Zs); no sheet has a line or paragraph separator.
SPACES = [chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs"]
#: Beside a wider letter than this, in ems, pdfium takes a space for none.
WIDEST = 1.2
#: Every character that the fonts take, but for spaces and what is never seen.
CHARS = [
    chr(code)
    for code in sorted({code for index in range(4) for code in font(index).codes})
    if unicodedata.category(chr(code)) not in ("Zs", "Cc", "Cf", "Cn", "Mn")
    and FONTS.width(chr(code), Face.REGULAR) < WIDEST
]


def painted(lines: list[str], face: Face) -> bytes:
    """Each line as a run of its own, fifty to a page."""
    pages = []
    for start in range(0, len(lines), 50):
        elements = tuple(
            Element(Role.PARAGRAPH, (Words(40, 40 + 15 * index, line, face, 12),))
            for index, line in enumerate(lines[start : start + 50])
        )
        pages.append(Page(595, 842, (Placed(Fragment(elements, 800), 0, 0),)))
    return Painter().paint(Pages(tuple(pages), 0), Properties("A", "a", "en-GB"))


def read_back(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [line for text in texts for line in re.split(r"[\r\n]+", text) if line]


@pytest.mark.slow
@pytest.mark.parametrize("face", [Face.REGULAR, Face.BOLD])
def test_every_character_is_printed_beside_every_kind_of_space_and_read_back(face: Face) -> None:
    # x keeps the ends of a line from being lost.
    lines = [
        f"x{char}{SPACES[(index + turn) % len(SPACES)]}{char}x"
        for index, char in enumerate(CHARS)
        for turn in range(0, len(SPACES), 7)
    ]
    found = read_back(painted(lines, face))
    assert len(found) == len(lines)
    for written, read in zip(lines, found, strict=True):
        expected = "".join(" " if unicodedata.category(char) == "Zs" else char for char in written)
        assert unicodedata.normalize("NFKC", read) == unicodedata.normalize("NFKC", expected), ascii(written)


@pytest.mark.parametrize("letter", ["a", "Ж", "Ω", "ệ"])
@pytest.mark.parametrize("space", SPACES)
def test_a_space_has_a_width_and_no_ink(letter: str, space: str) -> None:
    assert FONTS.has(space)
    assert FONTS.width(f"{letter}{space}", Face.REGULAR) > FONTS.width(letter, Face.REGULAR)
    # .notdef, the glyph 0, is a hollow box
    with pikepdf.open(io.BytesIO(painted([f"{letter}{space}{letter}"], Face.REGULAR))) as document:
        codes = b"".join(
            bytes(operand)
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) == "Tj"
            for operand in operands
        )
    assert codes[1:2] == b" "


@pytest.mark.parametrize("load", ["красная лента", "κόκκινο λάστιχο", "Ж1 лента x"])
@pytest.mark.parametrize("template", ["handout", "fridge"])
def test_a_load_in_other_letters_keeps_its_spaces(tmp_path: Path, load: str, template: str) -> None:
    path = write(tmp_path, f"title: A\nexercises: [{{exercise: pelvic-tilt, load: {load}}}]\n")
    pdf = build(path, "left", template=template)
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert load in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(("code", "region"), [("ru", "RU"), ("uk", "UA"), ("bg", "BG"), ("mk", "MK"), ("el", "GR")])
@pytest.mark.parametrize(("template", "day"), [("handout", "21 "), ("diary", "23 ")])
def test_a_date_is_printed_in_every_script_that_the_fonts_have(
    tmp_path: Path, code: str, region: str, template: str, day: str
) -> None:
    spanish = (LANGUAGES / "es" / "language.yaml").read_text()
    write(tmp_path, spanish.replace("code: es", f"code: {code}").replace("ES: {", f"{region}: {{"), "language.yaml")
    routine = (LANGUAGES / "es" / "routine.yaml").read_text().replace("language: es", f"language: {code}")
    write(tmp_path, routine.replace("safety: ./safety.yaml", "safety: none"))
    options = ["--lang", "./language.yaml", "--date", "2026-11-21", "-t", template, "-o", "-"]
    result = run("build", "routine.yaml", "-s", "left", *options, folder=tmp_path)
    assert (result.code, result.err) == (0, "")
    with pypdfium2.PdfDocument(result.out) as document:
        assert day in document[0].get_textpage().get_text_range()
