"""`show-picture`: one exercise's picture as a file, looked at with renderers that had no part in making it."""

from __future__ import annotations

import io
import re
import stat
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import page
import pikepdf
import pypdfium2
import pytest
from picture_samples import corners, saved, svg
from PIL import Image, ImageChops, ImageOps
from readback import figures, text_runs
from reportlab.graphics import renderPDF
from samples import DRAWN, LANGUAGES, ROOT, Result, names, run, write
from shipped_pictures import KINDS, differences, frames, has_limb, marks
from svglib.svglib import svg2rlg

from pdfbuilder.pictures.drawings import read_drawing

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 440


def shown(folder: Path, *words: str) -> Result:
    return run("show-picture", *words, folder=folder)


def bytes_of(folder: Path, format_: str, *words: str) -> bytes:
    result = shown(folder, *words, "-o", "-", "--format", format_)
    assert (result.code, result.err) == (0, "")
    return result.out


def look(data: bytes, format_: str) -> Image.Image:
    """A file as it is seen, at 4 dots a mm."""
    if format_ == "svg":
        buffer = io.BytesIO()
        renderPDF.drawToFile(svg2rlg(io.BytesIO(data)), buffer)
        data = buffer.getvalue()
    if format_ == "png":
        image = Image.open(io.BytesIO(data)).convert("RGB")
    else:
        document = pypdfium2.PdfDocument(data)
        image = document[0].render(scale=WIDTH / document[0].get_width()).to_pil().convert("RGB")
        document.close()
    return image.resize((WIDTH, round(WIDTH * image.height / image.width)))


def differ(one: Image.Image, other: Image.Image) -> float:
    """The largest difference between two pictures, edges of shapes smoothed away: 0 to 255."""
    difference = ImageChops.difference(one, other.resize(one.size)).convert("L")
    return float(np.asarray(difference.reduce(4)).max())


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("format_", ["svg", "png", "pdf"])
@pytest.mark.parametrize("exercise", KINDS)
def test_it_is_the_file_s_drawing_turned_over_for_the_other_side(
    tmp_path: Path, exercise: str, format_: str, side: str
) -> None:
    """Each frame by itself. A sheet of all pictures is compared among the tests of PDF files."""
    found = differences(look(bytes_of(tmp_path, format_, exercise, "-s", side, "--no-badge"), format_), exercise, side)
    assert found.max() < 60
    assert found.mean() < 2


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("exercise", ["knee-to-chest", "step-up"])
def test_all_formats_show_the_same(tmp_path: Path, exercise: str, side: str) -> None:
    drawn, dots, printed = (
        look(bytes_of(tmp_path, format_, exercise, "-s", side), format_) for format_ in ("svg", "png", "pdf")
    )
    assert differ(drawn, printed) < 60
    assert differ(dots, printed) < 60


def test_the_badge_is_readable_on_either_side(tmp_path: Path) -> None:
    for side, letter in (("left", "L"), ("right", "R"), ("both", "L")):
        (words,) = text_runs(bytes_of(tmp_path, "pdf", "bird-dog", "-s", side))
        assert [(each.text.strip(), each.is_upright) for each in words] == [(letter, True)]
        assert text_runs(bytes_of(tmp_path, "pdf", "bird-dog", "-s", side, "--no-badge")) == [[]]


def test_the_letter_of_an_svg_is_drawn_and_not_turned_over(tmp_path: Path) -> None:
    for side, steps in (("left", "MVHVHVZ"), ("right", "QQ")):
        root = ElementTree.fromstring(bytes_of(tmp_path, "svg", "bird-dog", "-s", side))
        title, group, *discs, letter = list(root)
        assert [child.tag for child in (title, group, *discs, letter)] == [
            f"{SVG}{tag}" for tag in ("title", "g", "circle", "circle", "path")
        ]
        assert group.attrib["transform"].startswith("matrix(-" if side == "left" else "matrix(0.")
        assert steps in re.sub("[^A-Z]", "", letter.attrib["d"])
        assert "transform" not in letter.attrib
        assert root.attrib["data-shows"] == side
        (drawn,) = read_drawing(
            svg(f'<path d="{letter.attrib["d"]}"/>', f'viewBox="{root.attrib["viewBox"]}"'), None
        ).paths
        numbers = [number for _, numbers in drawn.steps for number in numbers]
        x, y, radius = (float(discs[1].attrib[key]) for key in ("cx", "cy", "r"))
        assert (min(numbers[::2]) + max(numbers[::2])) / 2 == pytest.approx(x, abs=0.15 * radius)
        assert (min(numbers[1::2]) + max(numbers[1::2])) / 2 == pytest.approx(y, abs=0.15 * radius)
        assert all(abs(each - x) < radius for each in numbers[::2])
        # An L is heavy at its lower left, a mirrored one would be at its lower right.
        if side == "left":
            assert min(numbers[::2]) == pytest.approx(numbers[0], abs=0.01)
            top = [a for a, b in zip(numbers[::2], numbers[1::2], strict=True) if b == min(numbers[1::2])]
            assert max(top) < x


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("exercise", [each for each in KINDS if frames(each)])
def test_the_numbers_of_an_svg_are_on_their_places_and_the_frames_in_their_order(
    tmp_path: Path, exercise: str, side: str
) -> None:
    root = ElementTree.fromstring(bytes_of(tmp_path, "svg", exercise, "-s", side, "--no-badge"))
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    discs = root.findall(f"{SVG}circle")
    numbers = [mark for mark in marks(exercise, side) if mark.text.isdigit()]
    assert [mark.text for mark in numbers] == ["1", "2"]
    for disc, mark in zip(discs, numbers, strict=True):
        assert float(disc.attrib["cx"]) == pytest.approx(mark.x * width, abs=0.02)
        assert float(disc.attrib["cy"]) == pytest.approx(mark.y * height, abs=0.02)
        assert float(disc.attrib["r"]) == pytest.approx(0.04 * width, abs=0.02)
    first, second = ((float(each.attrib["cx"]), float(each.attrib["cy"])) for each in discs)
    assert first[0] < second[0] - 0.25 * width or first[1] < second[1] - 0.25 * height


@pytest.mark.parametrize("exercise", DRAWN)
def test_with_no_side_it_is_the_same_drawing_without_what_marks_one(tmp_path: Path, exercise: str) -> None:
    plain, marked = (
        ElementTree.fromstring(bytes_of(tmp_path, "svg", exercise, "-s", *words))
        for words in (["none"], ["right", "--no-badge"])
    )
    paths = [list(root[1]) for root in (plain, marked)]
    emphasis = [each for each in paths[1] if each.get("class") == "affected"]
    assert bool(emphasis) == has_limb(exercise)
    assert [each.attrib for each in paths[0]] == [each.attrib for each in paths[1] if each not in emphasis]
    assert plain[1].attrib == marked[1].attrib
    # After the drawing come the disc and the number of each frame, and no badge.
    assert [each.tag for each in plain] == [
        f"{SVG}{tag}" for tag in ("title", "g", *("circle", "path") * len(frames(exercise)))
    ]
    assert [each.attrib for each in plain[2:]] == [each.attrib for each in marked[2:]]
    assert plain.attrib["data-shows"] == "neither"


def test_with_no_side_a_photograph_is_as_it_was_taken(tmp_path: Path) -> None:
    write(tmp_path, saved(corners(), "PNG"), "photo.png")
    text = 'name: A\nside: other\nreps: 3\ninstructions: ["Lift your {affected leg}."]\n'
    text += "picture: {file: photo.png, shows: left, alt: 'A {other leg}.'}\n"
    write(tmp_path, text, "own.yaml")
    assert shown(tmp_path, "own.yaml", "-s", "NONE", "-f", "pdf").err == "own-none.pdf: A left leg.\n"
    (figure,) = figures((tmp_path / "own-none.pdf").read_bytes())
    assert not figure.is_mirrored
    assert text_runs((tmp_path / "own-none.pdf").read_bytes()) == [[]]


def test_the_letter_is_the_language_s(tmp_path: Path) -> None:
    language = LANGUAGES / "de" / "language.yaml"
    text = 'language: de\nname: A\nside: affected\nreps: 3\ninstructions: ["{affected Bein}"]\n'
    text += "picture: {file: a.png, shows: right, alt: Ein Mann.}\n"
    write(tmp_path, saved(corners(), "PNG"), "a.png")
    path = write(tmp_path, text.replace("{affected Bein}", "Heben Sie das Bein."), "a.yaml")
    (words,) = text_runs(bytes_of(tmp_path, "pdf", str(path), "-s", "right", "-l", str(language)))
    assert [each.text.strip() for each in words] == ["R"]
    (words,) = text_runs(bytes_of(tmp_path, "pdf", str(path), "-s", "left", "-l", str(language)))
    assert [each.text.strip() for each in words] == ["L"]


def test_a_letter_that_no_font_has_is_refused(tmp_path: Path) -> None:
    language = (ROOT / "content" / "languages" / "en.yaml").read_text(encoding="utf-8")
    write(tmp_path, language.replace("letter: L,", "letter: 左,"), "en.yaml")
    for words in (["show-picture", "straight-leg-raise"], ["build", "sciatica-starter", "-t", "handout"]):
        result = run(*words, "-s", "left", "-l", "./en.yaml", folder=tmp_path)
        assert result.code == 2
        assert "error[missing-glyph] no font has the character 左" in result.err
    assert names(tmp_path) == ["en.yaml"]


def test_a_page_is_as_wide_as_asked_and_says_what_it_shows(tmp_path: Path) -> None:
    pdf = bytes_of(tmp_path, "pdf", "straight-leg-raise", "-s", "left", "--width", "55")
    (figure,) = figures(pdf)
    assert figure.box.right - figure.box.left == pytest.approx(55 * 72 / 25.4, abs=0.1)
    assert "left leg" in figure.alternative
    assert figure.is_mirrored
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [float(each) for each in document.pages[0].mediabox[2:]] == pytest.approx(
            [figure.box.right, figure.box.bottom], abs=0.02
        )
        assert str(document.docinfo["/Subject"]) == "straight-leg-raise, left"
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert [each.message for each in page.validate_pdf_bytes(pdf, profile=profile).failures] == []


def test_a_png_has_the_dots_that_were_asked_for(tmp_path: Path) -> None:
    data = bytes_of(tmp_path, "png", "straight-leg-raise", "-s", "left", "--width", "50.8", "--dpi", "100")
    with Image.open(io.BytesIO(data)) as image:
        assert abs(image.width - 200) <= 1
        assert image.info["dpi"][0] == pytest.approx(100, abs=0.1)


# --------------------------------------------------------------------------- where to, and what is refused


def test_it_is_written_beside_you_and_named_after_exercise_and_side(tmp_path: Path) -> None:
    result = shown(tmp_path, "knee-to-chest", "-s", "left")
    assert (result.code, result.out) == (0, b"")
    assert result.err.startswith("knee-to-chest-left.svg: Lying on the back, both hands pull the left knee")
    assert stat.S_IMODE((tmp_path / "knee-to-chest-left.svg").stat().st_mode) == 0o600
    assert shown(tmp_path, "pelvic-tilt", "-f", "png").code == 0
    assert shown(tmp_path, "knee-to-chest", "-s", "right", "-o", "a.PDF").code == 0
    assert names(tmp_path) == ["a.PDF", "knee-to-chest-left.svg", "pelvic-tilt.png"]
    assert (tmp_path / "a.PDF").read_bytes().startswith(b"%PDF")


def test_the_same_words_make_the_same_bytes(tmp_path: Path) -> None:
    for format_ in ("svg", "png", "pdf"):
        assert len({bytes_of(tmp_path, format_, "bird-dog", "-s", "left") for _ in range(2)}) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["knee-to-chest"], "--side: error[missing-side] expected the affected side; there is no default"),
        (["knee-to-chest", "-s", "lft"], '--side: error[side] expected left, right, both or none, got "lft"'),
        (["knee-to-chest", "-s", "left", "-o", "a.gif"], '--output: error[format] cannot tell from "a.gif"'),
        (["knee-to-chest", "-s", "left", "-o", "a"], '--output: error[format] cannot tell from "a"'),
        (["knee-to-chest", "-s", "left", "-f", "gif"], "--format: error[format] expected one of svg, png, pdf"),
        (["knee-to-chest", "-s", "left", "-f", "svg", "-o", "a.png"], "--format: error[format] --format says svg"),
        (["knee-to-chest", "-s", "left", "-o", "-"], "--format: error[format] expected --format with -o -"),
        (["knee-to-chest", "-s", "left", "-o", "no/a.svg"], "no/a.svg: error[output-folder] there is no folder no"),
        (["knee-to-cest", "-s", "left"], "EXERCISE: error[unknown-exercise] there is no exercise 'knee-to-cest'"),
        (["knee-to-chest", "-s", "left", "--width", "nan"], "--width: error[width] expected a width, got nan"),
        (["pelvic-tilt", "-l", "xx"], "--lang: error[unknown-language] there is no language 'xx'"),
        (["pelvic-tilt", "-f", "png", "--width", "1000", "--dpi", "1200"],
         "--dpi: error[picture-size] expected at most 50 megapixels"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_with_a_hint_and_nothing_is_written(
    tmp_path: Path, words: list[str], said: str
) -> None:
    result = shown(tmp_path, *words)
    assert (result.code, result.out) == (2, b"")
    assert result.err.startswith(said)
    assert "\n  hint: " in result.err
    assert names(tmp_path) == []


def test_an_exercise_without_a_picture(tmp_path: Path) -> None:
    path = write(tmp_path, 'name: A\nside: bilateral\nreps: 3\ninstructions: ["Sit."]\n', "a.yaml")
    result = shown(tmp_path, str(path))
    assert result.code == 2
    assert "a.yaml:1:1: error[no-picture] picture: the exercise has no picture\n" in result.err


def test_a_users_photograph(tmp_path: Path) -> None:
    write(tmp_path, saved(corners(), "JPEG"), "photo.jpg")
    text = 'name: A\nside: affected\nreps: 3\ninstructions: ["Lift your {affected leg}."]\n'
    text += "picture: {file: photo.jpg, shows: right, alt: 'A {affected leg}.'}\n"
    write(tmp_path, text, "own.yaml")
    for format_ in ("png", "pdf"):
        left, right = (look(bytes_of(tmp_path, format_, "own.yaml", "-s", side, "--no-badge"), format_)
                       for side in ("left", "right"))  # fmt: skip
        assert differ(ImageOps.mirror(left), right) < 48 < differ(left, right)
    assert b'href="data:image/jpeg;base64,' in bytes_of(tmp_path, "svg", "own.yaml", "-s", "left")


def test_a_users_drawing_is_printed_as_another_reader_shows_it(tmp_path: Path) -> None:
    inside = """<style>.sock { fill: teal; stroke: #000; stroke-width: 2px }</style>
      <g transform="translate(20 5) rotate(30)"><rect class="sock" width="20" height="10" rx="3"/></g>
      <g stroke="navy" fill="none"><ellipse cx="60" cy="30" rx="12" ry="9" style="stroke-width:1mm"/></g>
      <path d="m5 50 q10-20 20 0 t20 0 a9 5 20 0 1 10 0 z" fill="rgb(10,20,30)" transform="skewX(10) scale(1 .9)"/>
      <path d="M2 2h20c9 0 9 9 0 9s-9 9 0 9v3" fill="gold" stroke="#804" stroke-linejoin="round"/>
      <polyline points="1,31 9,39 17,31" fill="none" stroke="green" stroke-dasharray="3 1"/>"""
    data = svg(inside, 'viewBox="-5 -5 90 70" width="200" height="140"')
    write(tmp_path, data, "own.svg")
    text = 'name: A\nside: affected\nreps: 3\ninstructions: ["Lift your {affected leg}."]\n'
    write(tmp_path, text + "picture: {file: own.svg, shows: right, alt: 'A {affected leg}.'}\n", "own.yaml")
    ours = look(bytes_of(tmp_path, "pdf", "own.yaml", "-s", "right", "--no-badge"), "pdf")
    assert differ(ours, look(data, "svg")) < 48 < differ(ours, Image.new("RGB", ours.size, "white"))


def test_a_drawing_without_its_badge_can_be_used_again(tmp_path: Path) -> None:
    """As it is on one side, it is the picture of that side; a badge would be turned over with it."""
    (tmp_path / "plain.svg").write_bytes(bytes_of(tmp_path, "svg", "knee-to-chest", "-s", "left", "--no-badge"))
    (tmp_path / "badged.svg").write_bytes(bytes_of(tmp_path, "svg", "knee-to-chest", "-s", "left"))
    text = 'name: A\nside: affected\nreps: 3\ninstructions: ["Lift your {affected leg}."]\n'
    text += "picture: {file: FILE, shows: left, alt: 'A {affected leg}.'}\n"
    write(tmp_path, text.replace("FILE", "plain.svg"), "plain.yaml")
    write(tmp_path, text.replace("FILE", "badged.svg"), "badged.yaml")
    again, first = (look(bytes_of(tmp_path, "pdf", name, "-s", "right", "--no-badge"), "pdf")
                    for name in ("plain.yaml", "knee-to-chest"))  # fmt: skip
    assert differ(again, first) < 48
    assert "a badge already" in shown(tmp_path, "badged.yaml", "-s", "right").err


def test_a_drawing_with_numbers_is_not_taken_as_one_without(tmp_path: Path) -> None:
    """They would be turned over with it; what is never turned over may have them."""
    text = (
        "name: A\nside: SIDE\nreps: 3\ninstructions: [Step up.]\npicture: {file: a.svg, shows: SHOWS, alt: A step.}\n"
    )
    for exercise, side, shows, said in (("step-up", "affected", "right", "it has numbers already"),
                                        ("cat-camel", "bilateral", "neither", "")):  # fmt: skip
        (tmp_path / "a.svg").write_bytes(bytes_of(tmp_path, "svg", exercise, "-s", "right", "--no-badge"))
        write(tmp_path, text.replace("SIDE", side).replace("SHOWS", shows), "own.yaml")
        result = shown(tmp_path, "own.yaml", "-s", "left", "-o", "-", "-f", "pdf")
        assert result.code == (2 if said else 0)
        assert said in result.err
