"""What is typed into a field can be seen: its font is in the file, with every letter that somebody may need."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from pdfbuilder import Renderer, build
from pdfbuilder.layout.core.display import Element, Face, Fragment, Page, Pages, Placed, Role, Words, WriteIn
from pdfbuilder.pdf.painter import Painter, Properties

#: The letters and marks of Latin-1 and Latin Extended-A.
LATIN = [chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x180)) if code != 0xAD]
MORE = "șțȘȚ ‘’“”–—…€ Ελένη ΆΈΉΊΌΎΏ Ёжик Ћ ґҐ"
NAMES = ["Şükrü Ağaoğlu", "Łódź Żółć ŵŷ ı İ ſ", "it’s “fine” – 5 €", "Ελένη Иван ș ț"]


@pytest.fixture
def diary(renderer: Renderer) -> bytes:
    return build("sciatica-starter", "left", template="diary", name="Ann", fillable=True, renderer=renderer)


def named_font(document: pikepdf.Pdf, field: pikepdf.Object) -> pikepdf.Object:
    """The font that a field's default appearance names, from the form's resources."""
    found = re.fullmatch(r"/(\w+) [\d.]+ Tf 0 g", str(field.DA))
    assert found
    return document.Root.AcroForm.DR.Font[f"/{found[1]}"]


def characters(font: pikepdf.Object) -> dict[str, int]:
    """The code of each character, as a viewer finds it."""
    pairs = re.findall(
        rb"<([0-9A-F]{4})> <([0-9A-F]+)>", font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
    )
    return {bytes.fromhex(char.decode()).decode("utf-16-be"): int(code, 16) for code, char in pairs}


def test_every_letter_has_a_code_a_glyph_and_a_width_in_the_font_that_a_field_names(diary: bytes) -> None:
    with pikepdf.open(io.BytesIO(diary)) as document:
        form = document.Root.AcroForm
        notes = [field for field in form.Fields if field.get("/FT") == "/Tx" and "/TU" in field]
        assert len(notes) == 14
        (font,) = {named_font(document, each).objgen: named_font(document, each) for each in (*notes, form)}.values()
        assert (font.Subtype, font.Encoding) == ("/Type0", "/Identity-H")
        codes, inner = characters(font), font.DescendantFonts[0]
        assert set(LATIN) | set(MORE) <= set(codes)
        glyphs = inner.CIDToGIDMap.read_bytes()
        found = {char: int.from_bytes(glyphs[2 * code : 2 * code + 2], "big") for char, code in codes.items()}
        assert 0 not in found.values()
        program = inner.FontDescriptor.FontFile2.read_bytes()
        declared = widths(list(inner.W))
        assert [declared[codes[char]] for char in found] == [
            pytest.approx(advance(program, glyph), abs=0.01) for glyph in found.values()
        ]


def widths(runs: list[pikepdf.Object]) -> dict[int, float]:
    return {
        int(first) + index: float(width)
        for first, run in zip(runs[::2], runs[1::2], strict=True)
        for index, width in enumerate(run)
    }


def advance(program: bytes, glyph: int) -> float:
    """How wide a glyph is, in thousandths of its size, as the font program itself says."""
    tables = {
        program[at : at + 4]: struct.unpack(">I", program[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", program[4:6])[0], 16)
    }
    units: int = struct.unpack(">H", program[tables[b"head"] + 18 :][:2])[0]
    full: int = struct.unpack(">H", program[tables[b"hhea"] + 34 :][:2])[0]
    place = tables[b"hmtx"] + 4 * min(glyph, full - 1)
    return float(struct.unpack(">H", program[place : place + 2])[0]) * 1000 / units


@pytest.mark.parametrize("template", ["handout", "fridge", "large-print", "diary"])
@pytest.mark.parametrize("name", ["", "Łukasz Ελένη"])
@pytest.mark.parametrize("fillable", [True, False])
def test_no_font_is_named_that_is_not_in_the_file(template: str, name: str, fillable: bool, renderer: Renderer) -> None:
    pdf = build("sciatica-starter", "left", template=template, name=name, fillable=fillable, renderer=renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [
            each
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and each.Subtype != "/Type0"
        ]
        assert len(fonts) > 1
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
        form = document.Root.get("/AcroForm", {})
        assert fillable == bool(form)
        # it is a third of such a file, and left out where nothing is written
        assert any(field.get("/FT") == "/Tx" and "/TU" in field for field in form.get("/Fields", [])) == ("/DR" in form)
    assert b"Helvetica" not in pdf


# --------------------------------------------------------------------------- filled in


def filled(pdf: bytes, values: list[str]) -> pikepdf.Pdf:
    """With values only, as a program leaves it to the viewer to write them."""
    document = pikepdf.open(io.BytesIO(pdf))
    notes = [field for field in document.Root.AcroForm.Fields if field.get("/FT") == "/Tx" and "/TU" in field]
    for field, value in zip(notes, values, strict=False):
        field.V = pikepdf.String(value)
    return document


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")
def test_poppler_writes_all_that_was_typed(diary: bytes, tmp_path: Path) -> None:
    values = ["".join(LATIN[start : start + 30]) for start in range(0, len(LATIN), 30)]
    for index, texts in enumerate((values, NAMES)):
        with filled(diary, texts) as document:
            document.save(tmp_path / f"{index}.pdf")
        text = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", str(tmp_path / f"{index}.pdf"), "-"], capture_output=True, check=True
        ).stdout.decode()
        assert [each for each in texts if each not in text] == []


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils are not installed")
def test_what_is_typed_looks_like_what_is_printed(tmp_path: Path) -> None:
    """In each row the same letters stand twice: typed into a field, and printed in the same font and size."""
    letters = [char for char in (*LATIN, *MORE) if char != " "]
    rows = ["".join(letters[start : start + 12]) for start in range(0, len(letters), 12)]
    size, height = 14.0, 24.0
    items = [
        item
        for index, row in enumerate(rows)
        for item in (
            WriteIn(20, height * index, 260, size / 0.7, f"row-{index}", "Row"),
            Words(300, height * index + 17, row, Face.FIGURES, size),
        )
    ]
    fragment = Fragment((Element(Role.PARAGRAPH, tuple(items)),), height * len(rows))
    page = Page(580, height * len(rows) + 20, (Placed(fragment, 0, 10),))
    pdf = Painter().paint(Pages((page,), 0), Properties("A", "a", "en"), fillable=True)
    with filled(pdf, rows) as document:
        document.save(tmp_path / "rows.pdf")
    subprocess.run(["pdftoppm", "-r", "144", "-png", "-singlefile", "rows.pdf", "rows"], cwd=tmp_path, check=True)
    with Image.open(tmp_path / "rows.png") as image:
        seen = ImageOps.invert(image.convert("L"))
    for index, row in enumerate(rows):
        top, bottom = int(2 * (height * index + 10)), int(2 * (height * (index + 1) + 10))
        typed, printed = (seen.crop((left, top, right, bottom)) for left, right in ((20, 580), (590, 1150)))
        assert typed.getbbox()
        assert ImageStat.Stat(ImageChops.difference(*map(cut, (typed, printed)))).mean[0] < 1, row


def cut(image: Image.Image) -> Image.Image:
    """A picture's ink, in a frame that is the same for all."""
    found = Image.new("L", image.size)
    found.paste(image.crop(image.getbbox()))
    return found
