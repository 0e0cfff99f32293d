"""The finished file: same input, same bytes; valid for independent judges; fonts that can be read back."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
from pathlib import Path

import page
import pikepdf
import pytest
from PIL import Image, ImageCms
from readback import text_of

from pdfbuilder import InvalidInput, Renderer, build

TEMPLATES = ("handout", "fridge", "large-print", "diary")
DAY = datetime.date(2026, 11, 21)


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_the_same_input_gives_the_same_bytes_warm_and_cold(template: str, side: str, renderer: Renderer) -> None:
    warm = [
        build("sciatica-starter", side, template=template, name="Ann Smith", date=DAY, renderer=renderer)
        for _ in range(2)
    ]
    cold = build("sciatica-starter", side, template=template, name="Ann Smith", date=DAY)
    assert warm[0] == warm[1] == cold


def test_what_was_made_before_changes_nothing(renderer: Renderer) -> None:
    plain = build("back-mobility", "left", name="Ann Smith")
    for name in ("Łukasz Żółć", "Nguyễn Thị Hương", "Ελένη", "Иван"):
        build("back-mobility", "left", name=name, renderer=renderer)
    assert build("back-mobility", "left", name="Ann Smith", renderer=renderer) == plain


@pytest.mark.slow
def test_the_clock_and_the_environment_are_not_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = build("sciatica-starter", "left")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build("sciatica-starter", "left") == before
    assert b"CreationDate" not in before


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("side", ["left", "both"])
def test_a_judge_of_pdf_ua_and_pdf_a_finds_nothing(template: str, side: str, renderer: Renderer) -> None:
    pdf = build("sciatica-starter", side, template=template, name="Łukasz Żółć", renderer=renderer)
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == []


@pytest.mark.slow
def test_a_judge_of_pdf_ua_finds_nothing_in_a_handout_to_be_filled_in(renderer: Renderer) -> None:
    for template in TEMPLATES:
        pdf = build("sciatica-starter", "right", template=template, fillable=True, renderer=renderer)
        report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
        assert [failure.message for failure in report.failures] == []


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed; it would check the file's syntax")
@pytest.mark.parametrize("fillable", [False, True])
def test_qpdf_finds_no_fault_in_the_syntax(fillable: bool, renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(build("sciatica-complete", "left", fillable=fillable, renderer=renderer))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(
    shutil.which("mutool") is None,
    reason="mupdf-tools are not installed; they would open the file as MuPDF's viewers do",
)
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("fillable", [False, True])
def test_a_stricter_reader_finds_every_page_and_nothing_to_mend(
    template: str, fillable: bool, renderer: Renderer, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(build("sciatica-starter", "left", template=template, fillable=fillable, renderer=renderer))
    done = subprocess.run(
        ["mutool", "draw", "-N", "-F", "text", str(path)], capture_output=True, text=True, check=False
    )
    # newer versions tell how far they are
    complaints = [line for line in done.stderr.splitlines() if not line.startswith("page ")]
    assert (done.returncode, complaints) == (0, [])
    with pikepdf.open(path) as document:
        assert done.stdout.count("\f") == len(document.pages)


@pytest.mark.skipif(
    shutil.which("pdffonts") is None, reason="poppler-utils are not installed; they would list the fonts"
)
def test_every_font_is_embedded_as_a_subset_with_its_characters(renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(build("sciatica-starter", "left", name="Ελένη", renderer=renderer))
    listing = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    rows = [row.split()[-5:-2] for row in listing.splitlines()[2:]]
    # embedded, subset, with a map to Unicode
    assert rows
    assert all(row == ["yes", "yes", "yes"] for row in rows)


def test_the_colours_of_a_sheet_are_srgb(renderer: Renderer) -> None:
    with pikepdf.open(io.BytesIO(build("sciatica-starter", "left", renderer=renderer))) as pdf:
        (intent,) = pdf.Root.OutputIntents
        profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
    to_srgb = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    for colour in ("#000000", "#FFFFFF", "#8A2B0A", "#156082", "#7F7F7F"):
        pixel = Image.new("RGB", (1, 1), colour)
        seen = ImageCms.applyTransform(pixel, to_srgb)
        assert seen
        assert all(abs(here - there) <= 1 for here, there in zip(seen.tobytes(), pixel.tobytes(), strict=True))


def test_title_side_and_language_are_in_the_document_s_properties(renderer: Renderer) -> None:
    pdf = build("sciatica-starter", "left", language="en-US", renderer=renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo["/Title"]) == "Your home exercises"
        assert str(document.docinfo["/Subject"]) == "sciatica-starter, left"
        assert str(document.Root.Lang) == "en-US"


# --------------------------------------------------------------------------- names in many letters


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć", "Nguyễn Thị Hương", "Ελένη Παπαδοπούλου", "Иван Шевченко", "Zoë Ångström", "D’Arcy – O’Brien",
        "Ann Иванова", "x²", "(Ann) \\ Smith",
    ],
)  # fmt: skip
def test_a_name_can_be_read_back_in_the_letters_it_was_given_in(name: str, renderer: Renderer) -> None:
    pdf = build("sciatica-starter", "left", name=name, renderer=renderer)
    assert all(f"{name} · LEFT side" in text for text in text_of(pdf))


@pytest.mark.parametrize(("name", "char"), [("Ann 王", "U+738B"), ("😀", "U+1F600"), ("مريم", "U+0645")])
def test_a_character_that_no_font_has_is_named_and_nothing_is_made(name: str, char: str, renderer: Renderer) -> None:
    with pytest.raises(InvalidInput, match=r"name: error\[missing-glyph\] no font has the character") as caught:
        build("sciatica-starter", "left", name=name, renderer=renderer)
    assert char in str(caught.value)


def test_missing_characters_of_a_routine_are_reported_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "routine.yaml"
    path.write_text(
        'title: 腰\nexercises:\n  - name: Lift\n    side: bilateral\n    reps: 3\n    instructions: ["膝 up."]\n',
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput) as caught:
        build(str(path), "left")
    places = [(each.location.line, each.location.column, each.code) for each in caught.value.diagnostics]
    assert places == [(1, 8, "missing-glyph"), (6, 20, "missing-glyph")]


# --------------------------------------------------------------------------- form fields


def test_a_handout_to_be_filled_in_has_a_field_for_each_box_with_its_meaning(renderer: Renderer) -> None:
    pdf = build("back-mobility", "left", fillable=True, renderer=renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fields = [field for field in document.Root.AcroForm.Fields if field.FT == "/Btn"]
        names = [str(field.T) for field in fields]
        labels = [str(field.TU) for field in fields]
    # pelvic tilt 10, two exercises of 3 on each side, bird dog 5 on each side; seven days
    assert len(names) == (10 + 6 + 6 + 10) * 7
    assert len(set(names)) == len(names)
    assert labels[0] == "Pelvic tilt, Mon, 1/10"
    assert "Bird dog, Sun, Right, 5/5" in labels


def test_the_diary_can_be_filled_in_with_pain_from_0_to_10_and_notes(renderer: Renderer) -> None:
    pdf = build("sciatica-starter", "left", template="diary", name="Ann", fillable=True, renderer=renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fields = list(document.Root.AcroForm.Fields)
        rows = [field for field in fields if "/Kids" in field]
        notes = [field for field in fields if field.FT == "/Tx" and "/TU" in field]
        values = [{key for kid in row.Kids for key in kid.AP.N.keys() if key != "/Off"} for row in rows]  # noqa: SIM118
    # two scales and a line for notes a day, for two weeks
    assert len(rows) == 2 * 14
    assert len(notes) == 14
    assert all(value == {f"/{level}" for level in range(11)} for value in values)


def test_the_printed_squares_are_the_same_with_and_without_fields(renderer: Renderer) -> None:
    def contents(pdf: bytes) -> list[bytes]:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return [b"\n".join(part.read_bytes() for part in each.Contents) for each in document.pages]

    plain = build("sciatica-starter", "left", renderer=renderer)
    fillable = build("sciatica-starter", "left", fillable=True, renderer=renderer)
    assert contents(plain) == contents(fillable)


def test_no_two_fields_of_a_diary_are_called_the_same(tmp_path: Path, renderer: Renderer) -> None:
    entries = "[{exercise: pelvic-tilt, times_per_day: 2, weeks: 3}, {exercise: bird-dog, optional: true}]"
    routine = tmp_path / "plan.yaml"
    routine.write_text(f"title: A\nexercises: {entries}\n")
    pdf = build(str(routine), "left", template="diary", fillable=True, renderer=renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        called = [str(field.TU) for field in document.Root.AcroForm.Fields if "/TU" in field]
    assert len(called) > 3 * 7 * 3
    assert len(set(called)) == len(called)
    assert any(each.startswith("Week 3 of 3, Sun") for each in called)
