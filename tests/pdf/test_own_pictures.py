"""Pictures of people's own on finished sheets: upright, in their colours, mirrored where they must be, and nothing else
of their files."""

from __future__ import annotations

import io
from pathlib import Path

import page
import pikepdf
import pytest
from picture_samples import CORNERS, SECRET, corners, exif, routine_with, saved, svg
from PIL import Image, ImageOps
from readback import figures, seen, text_of, text_runs
from samples import SIDES, run

from pdfbuilder import InvalidInput, Renderer, build

Colour = tuple[int, int, int]
#: How a picture has to be stored so that a viewer that turns it as EXIF says shows it upright.
STORED = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip


def sheet(folder: Path, data: bytes, side: str = "right", shows: str = "right", more: str = "") -> bytes:
    return build(str(routine_with(folder, "picture", data, shows, more)), side)


def quarters(pdf: bytes) -> list[Colour]:
    """The colours in the middle of a picture's quarters, from the upper left one clockwise."""
    (figure,) = figures(pdf)
    image = seen(pdf, figure.page, figure.box, 2)
    width, height = image.size
    places = ((1, 1), (3, 1), (3, 3), (1, 3))
    found = [image.getpixel((width * x // 4, height * y // 4)) for x, y in places]
    return [colour for colour in found if isinstance(colour, tuple) and len(colour) == 3]


def near(found: list[Colour], expected: tuple[Colour, ...], slack: int = 12) -> bool:
    return len(found) == len(expected) and all(
        abs(one - other) <= slack
        for pair in zip(found, expected, strict=True)
        for one, other in zip(*pair, strict=True)
    )


MIRRORED = (CORNERS[1], CORNERS[0], CORNERS[3], CORNERS[2])
DRAWING = svg(
    "".join(f'<rect x="{x}" y="{y}" width="40" height="30" fill="rgb({r},{g},{b})"/>'
            for (r, g, b), x, y in zip(CORNERS, (0, 40, 40, 0), (0, 0, 30, 30), strict=True))
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_stands_upright_however_the_camera_was_held(tmp_path: Path, kind: str, orientation: int) -> None:
    turn = STORED[orientation]
    stored = corners().transpose(turn) if turn is not None else corners()
    pdf = sheet(tmp_path, saved(stored, kind, exif=exif(orientation)))
    assert near(quarters(pdf), CORNERS)
    (figure,) = figures(pdf)
    width, height = figure.box.right - figure.box.left, figure.box.bottom - figure.box.top
    assert width / height == pytest.approx(4 / 3, rel=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        saved(corners(), "PNG"), saved(corners(), "JPEG", quality=95), saved(corners(), "WEBP", lossless=True), DRAWING,
        saved(corners(mode="P"), "PNG"), saved(corners(mode="CMYK"), "JPEG", quality=95),
        saved(corners(mode="RGBA"), "PNG"), saved(corners(), "PNG", interlace=1),
        saved(corners((2400, 1800)), "JPEG"),
    ],
)  # fmt: skip
def test_colours_are_kept_and_left_and_right_change_places_on_the_other_side(tmp_path: Path, data: bytes) -> None:
    assert near(quarters(sheet(tmp_path, data)), CORNERS)
    assert near(quarters(sheet(tmp_path, data, "left")), MIRRORED)
    assert near(quarters(sheet(tmp_path, data, "left", "left")), CORNERS)
    assert near(quarters(sheet(tmp_path, data, "right", "left")), MIRRORED)


@pytest.mark.parametrize("data", [saved(corners(), "PNG"), saved(corners(), "JPEG"), DRAWING])
@pytest.mark.parametrize("side", SIDES)
def test_a_picture_of_neither_side_is_never_mirrored_nor_badged(tmp_path: Path, data: bytes, side: str) -> None:
    pdf = sheet(tmp_path, data, side, "neither")
    assert near(quarters(pdf), CORNERS)
    (figure,) = figures(pdf)
    assert not any(run.box.overlaps(figure.box) for run in text_runs(pdf)[figure.page])


@pytest.mark.parametrize("bits", [8, 16])
def test_grey_stays_as_dark_as_it_was(tmp_path: Path, bits: int) -> None:
    image = Image.new("L", (80, 60), 255)
    image.paste(64, (0, 0, 40, 30))
    image.paste(160, (40, 30, 80, 60))
    if bits == 16:
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    expected = ((64,) * 3, (255,) * 3, (160,) * 3, (255,) * 3)
    assert near(quarters(sheet(tmp_path, saved(image, "PNG"))), expected, 2)


def test_paper_shows_through_what_is_transparent(tmp_path: Path) -> None:
    image = corners(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 40, 30))
    image.paste((0, 0, 0, 128), (40, 0, 80, 30))
    found = quarters(sheet(tmp_path, saved(image, "PNG")))
    assert near(found, ((255,) * 3, (127,) * 3, *CORNERS[2:]), 3)
    palette = corners(mode="P")
    clear = palette.getpixel((1, 1))
    found = quarters(sheet(tmp_path, saved(palette, "PNG", transparency=clear)))
    assert near(found, ((255,) * 3, *CORNERS[1:]))


RICH = f"""<title>{SECRET}</title><desc>{SECRET}</desc><!-- {SECRET} -->
  <metadata><x xmlns="urn:editor">{SECRET}</x></metadata><g id="{SECRET}"><rect width="40" height="30"/></g>"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        saved(corners(), "JPEG", exif=exif(), comment=SECRET.encode(), icc_profile=SECRET.encode()),
        saved(corners((2500, 2000)), "JPEG", exif=exif(6)),
        saved(corners(), "PNG", exif=exif()), saved(corners(), "WEBP", exif=exif(), xmp=SECRET.encode()),
        svg(RICH), svg(f'<title>{SECRET}</title><path d="M0 0L9 0L9 9Z" fill="#FF0000"/>'),
    ],
)  # fmt: skip
def test_nothing_of_a_file_but_what_is_seen_is_in_the_sheet(tmp_path: Path, data: bytes) -> None:
    """No place (GPS), no maker, no profile, no comment, no title, no preview."""
    assert SECRET.encode() in data
    pdf = sheet(tmp_path, data)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        inside = [each.read_raw_bytes() for each in streams]
        inside += [each.read_bytes() for each in streams if each.get("/Filter") == "/FlateDecode"]
    for each in (pdf, *inside):
        for trace in (
            SECRET.encode(),
            SECRET.encode("utf-16-be"),
            b"Exif\0",
            b"GPS",
            b"ICC_PROFILE",
            str(tmp_path).encode(),
        ):
            assert trace not in each
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode":
                photograph = Image.open(io.BytesIO(each.read_raw_bytes()))
                assert photograph.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
                assert photograph.getexif() == {}


@pytest.mark.parametrize("data", [saved(corners(mode="RGBA"), "PNG"), saved(corners(), "JPEG"), DRAWING])
def test_judges_find_nothing_in_a_sheet_with_such_a_picture(tmp_path: Path, data: bytes) -> None:
    pdf = sheet(tmp_path, data, "left", more="      credit: Ann Smith\n      licence: CC BY 4.0\n")
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert [each.message for each in page.validate_pdf_bytes(pdf, profile=profile).failures] == []


@pytest.mark.slow
def test_credit_and_licence_are_printed(tmp_path: Path) -> None:
    more = "      credit: Ann Smith\n      licence: CC BY 4.0\n"
    pages = text_of(sheet(tmp_path, DRAWING, more=more))
    assert sum(text.count("Picture by: Ann Smith, CC BY 4.0") for text in pages) == 1
    assert not any("Picture by:" in text for text in text_of(sheet(tmp_path, DRAWING)))
    path = str(routine_with(tmp_path, "picture", DRAWING, more=more))
    for template in ("fridge", "large-print"):
        assert sum("Ann Smith, CC BY 4.0" in text for text in text_of(build(path, "left", template=template))) == 1
    with pytest.raises(InvalidInput, match=r"routine.yaml:12:16: error\[picture-credit\] .*who made the picture"):
        sheet(tmp_path, DRAWING, more="      licence: CC0\n")


def test_a_letter_that_no_font_has_in_a_credit_is_reported_where_the_exercise_stands(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"routine.yaml:3:5: error\[missing-glyph\] no font has the character 腰"):
        sheet(tmp_path, DRAWING, more="      credit: 腰\n")


def test_what_is_said_of_a_picture_may_be_in_any_letters(tmp_path: Path) -> None:
    path = routine_with(tmp_path, "picture", DRAWING)
    path.write_text(path.read_text().replace("A man on a mat.", "腰 (a man)"), encoding="utf-8")
    assert figures(build(str(path), "left"))[0].alternative == "腰 (a man)"


def test_a_routine_may_show_another_picture_of_a_shipped_exercise(tmp_path: Path, renderer: Renderer) -> None:
    (tmp_path / "own.svg").write_bytes(DRAWING)
    path = tmp_path / "routine.yaml"
    path.write_text(
        "title: A\nexercises:\n  - exercise: knee-to-chest\n    picture: {file: own.svg, shows: left, alt: "
        "'A man holds his {affected knee}.'}\n",
        encoding="utf-8",
    )
    pdf = build(str(path), "right", renderer=renderer)
    assert near(quarters(pdf), MIRRORED)
    assert figures(pdf)[0].alternative == "A man holds his right knee."


def test_cards_without_a_picture_stand_among_cards_with_one(tmp_path: Path, renderer: Renderer) -> None:
    own = "  - {name: Rest, side: bilateral, reps: 3, instructions: ['Lie down.']}\n"
    path = tmp_path / "routine.yaml"
    path.write_text(f"title: A\nexercises:\n{own}  - pelvic-tilt\n{own}", encoding="utf-8")
    for template in ("handout", "fridge", "large-print"):
        assert len(figures(build(str(path), "left", template=template, renderer=renderer))) == 1
    path = tmp_path / "another.yaml"
    path.write_text(f"title: A\nexercises:\n{own}{own}", encoding="utf-8")
    for template in ("handout", "fridge", "large-print"):
        pdf = build(str(path), "left", template=template, renderer=renderer)
        assert figures(pdf) == []
        assert b"/XObject" not in pdf


def test_the_same_picture_gives_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append(sheet(tmp_path / name, saved(corners(), "JPEG", exif=exif(3))))
    assert made[0] == made[1]


def test_the_command_prints_it(tmp_path: Path) -> None:
    routine_with(tmp_path, "photo.jpg", saved(ImageOps.expand(corners(), 5), "JPEG"))
    assert run("build", "routine.yaml", "-s", "left", folder=tmp_path).code == 0
    assert len(figures((tmp_path / "routine-left.pdf").read_bytes())) == 1
