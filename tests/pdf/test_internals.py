"""ReportLab still has what it does not promise: a new release that changes any of it fails here first."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
from picture_samples import corners, routine_with, saved
from PIL import Image
from reportlab import rl_config, rl_settings
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pdfbuilder.pdf.document import PackedDocument
from pdfbuilder.pdf.fonts import field_font, font
from pdfbuilder.pdf.internals import (
    EVEN_ODD,
    NON_ZERO,
    BlankCanvas,
    NumberedDocument,
    Pixels,
    Resources,
    TaggedPage,
    dictionary,
    glyphs_in_subset,
)


def opened(document: PackedDocument) -> pikepdf.Pdf:
    document.describe(Title=b"(none)")
    return pikepdf.open(io.BytesIO(b"".join(document.packed().written())))


def with_page(document: NumberedDocument) -> TaggedPage:
    page = TaggedPage()
    page.MediaBox, page.Resources, page.Contents = b"[0 0 9 9]", b"<<>>", b"[]"
    document.addPage(page)
    return page


# --------------------------------------------------------------------------- the canvas


def test_a_canvas_begins_empty_and_forgets_what_was_drawn() -> None:
    canvas = BlankCanvas()
    assert canvas.getCurrentPageContent() == ""
    canvas.setLineWidth(3)
    canvas.saveState()
    canvas.line(1, 2, 3, 4)
    assert canvas.operators == canvas.getCurrentPageContent().splitlines() == ["3 w", "q", "n 1 2 m 3 4 l S"]
    canvas.operators.extend(["Q"])
    assert canvas.getCurrentPageContent().endswith("S\nQ")
    canvas.wipe()
    assert canvas.getCurrentPageContent() == ""


@pytest.mark.parametrize(("mode", "operator"), [(NON_ZERO, "B"), (EVEN_ODD, "B*")])
def test_a_path_is_filled_and_stroked_by_one_operator(mode: int, operator: str) -> None:
    canvas = BlankCanvas()
    path = canvas.beginPath()
    path.rect(1, 2, 3, 4)
    canvas.drawPath(path, stroke=1, fill=1, fillMode=mode)
    assert canvas.getCurrentPageContent().split() == ["n", "1", "2", "3", "4", "re", operator]


# --------------------------------------------------------------------------- the document


def test_numbers_are_given_to_objects_of_both_kinds() -> None:
    document = NumberedDocument("en")
    first = document.next_number
    assert document.reserve(3) == first
    page = TaggedPage()
    number = document.number(page)
    assert number == first + 3
    assert document.number(page) == number
    assert document.next_number == first + 4


def test_what_gets_its_number_while_another_is_formatted_is_formatted_too() -> None:
    document = NumberedDocument("en")
    document.number(document.Catalog)
    document.describe(Title=b"(none)")
    document.bookmark([])
    with_page(document)
    found = dict(document.formatted())
    # the fonts, the catalogue, the page, the tree of pages
    assert sum(b"/Type /Pages" in each for each in found.values()) == 1
    assert sum(re.search(rb"/Type /Page\b", each) is not None for each in found.values()) == 1
    assert max(found) == document.next_number - 1


def test_fonts_and_entries_of_pages_and_catalogue_are_written() -> None:
    document = PackedDocument("en-GB")
    page = with_page(document)
    page.StructParents, page.Tabs = 7, "/S"
    page.Resources = b"<</Font %d 0 R>>" % 1
    document.fonts["F0.0"] = b"<</Type/Font>>"
    document.catalogue(OutputIntents=b"[<</S/X>>]", MarkInfo=b"<</Marked true>>", AcroForm=None)
    document.bookmark([])
    with opened(document) as pdf:
        root, written = pdf.Root, pdf.pages[0]
        assert (int(written.StructParents), str(written.Tabs), written.Parent.objgen) == (7, "/S", root.Pages.objgen)
        assert list(written.Resources.Font.keys()) == ["/F0.0"]
        assert str(root.OutputIntents[0].S) == "/X"
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "en-GB"
        assert {"/AcroForm", "/Outlines"}.isdisjoint(root.keys())
        assert list(pdf.docinfo.keys()) == ["/Title"]


def test_bookmarks_may_be_called_the_same() -> None:
    document = PackedDocument("en")
    pages = [document.number(with_page(document)) for _ in range(3)]
    titles = ["Ann (1)", "Şükrü", "Ann (1)"]
    document.bookmark([(title, b"[%d 0 R/Fit]" % page) for title, page in zip(titles, pages, strict=True)])
    with opened(document) as pdf, pdf.open_outline() as outline:
        assert [each.title for each in outline.root] == titles
        assert [each.destination[0].objgen for each in outline.root] == [each.objgen for each in pdf.pages]
        assert str(pdf.Root.PageMode) == "/UseOutlines"


def test_a_dictionary_holds_lists_in_lists_and_bytes_as_they_are() -> None:
    assert (
        dictionary({"B": [1, [2.5, "/Name"]], "A": b"7 0 R"}).split()
        == b"<< /A 7 0 R /B [ 1 [ 2.5 /Name ] ] >>".split()
    )


# --------------------------------------------------------------------------- pictures and fonts


def test_a_page_has_all_fonts_of_its_document_and_pictures_as_a_canvas_draws_them() -> None:
    document = PackedDocument("en")
    resources = Resources()
    with_page(document).Resources = b"%d 0 R" % document.number(resources)
    document.fonts["F0.0"] = b"<</Type/Font>>"
    resources.add_picture("key", document.share(b"<</Length 0>>stream\n\nendstream"))
    document.bookmark([])
    canvas = BlankCanvas()
    canvas.doForm("key")
    with opened(document) as pdf:
        found = pdf.pages[0].Resources
        assert list(found.Font.keys()) == ["/F0.0"]
        assert [f"{name} Do" for name in found.XObject] == canvas.operators


def test_a_font_is_asked_for_its_codes_and_for_their_name_while_it_is_drawn_with() -> None:
    canvas, steady = BlankCanvas(), font(0)
    text = canvas.beginText(0, 0)
    text.setFont(steady.fontName, 9)
    # an A, which most sheets need, and a letter that few do
    text.textOut("A\u0218")
    canvas.drawText(text)
    shown = " ".join(canvas.operators)
    (_, few), name = steady.codes[0x218], steady.resource(steady.codes[0x218][0])
    assert name != steady.resource(0)
    assert f"/{steady.resource(0)} 9 Tf 10.8 TL (A) Tj /{name} 9 Tf" in shown
    assert f"(\\{few:03o}) Tj" in shown or f"({chr(few)}) Tj" in shown


def test_pixels_are_stored_as_they_are_and_a_mask_is_no_part_of_them() -> None:
    image = Image.new("RGB", (3, 2), (1, 2, 3))
    document = PackedDocument("en")
    with_page(document).Resources = b"<</XObject <</P %d 0 R>>>>" % document.share(
        Pixels("P", ImageReader(image)).stream()
    )
    document.bookmark([])
    with opened(document) as pdf:
        stored = pdf.pages[0].Resources.XObject.P
        assert (int(stored.Width), int(stored.Height), str(stored.ColorSpace)) == (3, 2, "/DeviceRGB")
        assert [str(each) for each in stored.Filter] == ["/FlateDecode"]
        assert stored.read_bytes() == image.tobytes()
        assert "/SMask" not in stored


def test_the_glyphs_of_a_subset_are_numbered_as_its_own_table_says() -> None:
    face = field_font().face
    # one of these has a glyph that another has, too: Ohm and Omega, or µ and μ
    chars = [char for char in range(0x20, 0x400) if char in face.charToGlyph]
    program = face.makeSubset(chars)
    tables = {
        program[at : at + 4]: struct.unpack(">II", program[at + 8 : at + 16])
        for at in range(12, 12 + 16 * struct.unpack(">H", program[4:6])[0], 16)
    }
    start, length = tables[b"cmap"]
    glyphs = struct.unpack(f">{len(chars)}H", program[start + length - 2 * len(chars) : start + length])
    assert dict(zip(chars, glyphs, strict=True)) == glyphs_in_subset(face, chars)
    assert len(set(glyphs)) < len(glyphs)
    assert 0 not in glyphs


def test_the_same_font_of_somebody_else_in_this_process_stays_theirs() -> None:
    ours = [font(index) for index in range(4)]
    data = files("fontpkg_fira_sans").joinpath("files", "FiraSans-Regular.ttf").read_bytes()
    theirs = TTFont("Theirs", io.BytesIO(data))
    pdfmetrics.registerFont(theirs)
    try:
        found: list[object] = [pdfmetrics.getFont(each.fontName) for each in (theirs, *ours)]
        assert found == [theirs, *ours]
        assert theirs.face.name.decode() in {each.name for each in ours}
    finally:
        theirs.unregister()


# --------------------------------------------------------------------------- settings

BUILD = """
import hashlib, sys
if sys.argv[1] == "without C":
    sys.modules["rl_accel"] = sys.modules["_rl_accel"] = None
if sys.argv[1] == "loaded before":
    import reportlab.platypus
from pdfbuilder import build
import reportlab.lib.rl_accel as used
digest = hashlib.sha256()
for routine in ("sciatica-starter", *sys.argv[2:]):
    for template in ("handout", "diary"):
        digest.update(build(routine, "left", name="Łukasz Żółć (\\\\)", template=template, fillable=True))
print(digest.hexdigest(), "python" if used.fp_str.__module__.startswith("reportlab") else "C")
"""
#: Settings that ReportLab understands, and some of which would change what is written.
HOSTILE = {
    "useA85": "1", "pageCompression": "0", "pdfMultiLine": "1", "pdfComments": "1", "invariant": "0",
    "documentLang": "xx", "canvas_basefontname": "Courier", "ttfAsciiReadable": "0", "canvas_baseColor": "(1,0,0)",
    "imageReaderFlags": "-1",
}  # fmt: skip
#: Such as it does not understand: all that there are.
BROKEN = dict.fromkeys(vars(rl_settings)["__all__"], "?")


def made(folder: Path, how: str = "", settings: dict[str, str] | None = None) -> list[str]:
    pictures = (("RGBA", "PNG"), ("RGB", "JPEG"))
    for _, kind in pictures:
        (folder / kind).mkdir(exist_ok=True)
    routines = [routine_with(folder / kind, "picture", saved(corners(mode=mode), kind)) for mode, kind in pictures]
    environment = {f"RL_{name}": value for name, value in (settings or {}).items()}
    home = {"HOME": str(folder), "USERPROFILE": str(folder)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD, how, *map(str, routines)],
        env={**os.environ, **home, **environment}, capture_output=True, text=True, check=True, cwd=folder,
    )  # fmt: skip
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "settings"), [("", HOSTILE), ("", BROKEN), ("loaded before", HOSTILE)], ids=["hostile", "broken", "loaded"]
)
def test_no_setting_of_reportlab_s_changes_a_byte(how: str, settings: dict[str, str], tmp_path: Path) -> None:
    plain = made(tmp_path)
    assert made(tmp_path, how, settings) == plain
    lines = "\n".join(f"{name} = {value!r}" for name, value in settings.items())
    for file in (".reportlab_settings", "reportlab_settings.py"):
        (tmp_path / file).write_text(lines)
        assert made(tmp_path, how) == plain


@pytest.mark.slow
def test_reportlab_in_python_writes_the_same_bytes_as_in_c(tmp_path: Path) -> None:
    digest, how = made(tmp_path, "without C")
    assert how == "python"
    assert digest == made(tmp_path)[0]


def test_the_settings_that_the_last_test_changes_are_still_settings() -> None:
    assert all(hasattr(rl_config, name) for name in HOSTILE)
