"""Pictures on finished sheets: each shows the side it should, and its numbers and its letter can be read.

What a picture should be comes from its own file, turned over and drawn by others. A sheet of the handout has them all;
other sheets have one of each kind.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from readback import Figure, Rectangle, Shape, TextRun, figures, seen, shapes, text_runs
from samples import DRAWN, write
from shipped_pictures import (
    KINDS,
    Mark,
    are_beside,
    differences,
    exercise_file,
    expected_words,
    frames,
    has_limb,
    is_bilateral,
    is_lit,
    is_turned,
    marks,
    size,
)

from pdfbuilder import Renderer, build

pytestmark = pytest.mark.slow

#: Ways to make a sheet that place pictures differently.
SHEETS = {
    "handout": {},
    "fillable": {"fillable": True},
    "large-print": {"template": "large-print"},
    "fridge": {"template": "fridge"},
    "fridge-upright": {"template": "fridge", "orientation": "portrait"},
    "a5": {"paper": "a5"},
    "fridge-letter": {"template": "fridge", "paper": "letter"},
}  # fmt: skip
ALL = pytest.mark.parametrize("sheet", SHEETS)
#: Those that somebody with two affected sides can do.
FOR_BOTH = tuple(each for each in DRAWN if exercise_file(each).get("instructions_both") != "none")
#: Dots across a picture, however small it is on its sheet.
ACROSS = 560
NUMBER_COLOUR = "#26333F"
WHITE = "#FFFFFF"

Sheets = Callable[[str, str], bytes]


def exercises_on(sheet: str) -> tuple[str, ...]:
    return DRAWN if sheet == "handout" else KINDS


@pytest.fixture(scope="module")
def sheet_of(renderer: Renderer, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """Makes the sheet of a kind for a side, once."""
    folder = tmp_path_factory.mktemp("routines")
    made: dict[tuple[str, str], bytes] = {}

    def sheet(kind: str, side: str) -> bytes:
        key = (kind, side)
        if key not in made:
            exercises = FOR_BOTH if side == "both" else exercises_on(kind)
            text = "title: A\nsafety: none\nexercises:\n" + "".join(f"  - {each}\n" for each in exercises)
            path = write(folder, text, f"{kind}-{side}.yaml")
            made[key] = build(str(path), side, renderer=renderer, **SHEETS[kind])  # type: ignore[arg-type]
        return made[key]

    return sheet


@dataclass(frozen=True)
class Shown:
    """A picture on a sheet, and the shapes and words of the page that touch it."""

    figure: Figure
    shapes: tuple[Shape, ...]
    words: tuple[TextRun, ...]

    @property
    def letter(self) -> str:
        """Of the side; numbers of frames are none."""
        return "".join(filter(str.isalpha, (run.text.strip() for run in self.words)))


def shown(pdf: bytes) -> list[Shown]:
    drawn, written = shapes(pdf), text_runs(pdf)
    return [
        Shown(
            each,
            tuple(shape for shape in drawn[each.page] if shape.box.overlaps(each.box)),
            tuple(run for run in written[each.page] if run.box.overlaps(each.box)),
        )
        for each in figures(pdf)
    ]


def as_seen(pdf: bytes, figure: Figure) -> Image.Image:
    return seen(pdf, figure.page, figure.box, ACROSS / width_of(figure.box))


def test_there_are_pictures_of_each_kind() -> None:
    """In numbered frames below or beside each other, or in none; with a limb that stands out, or without."""
    sided = [each for each in KINDS if not is_bilateral(each)]
    assert {(bool(frames(each)), are_beside(each)) for each in sided} == {(False, False), (True, False), (True, True)}
    assert {has_limb(each) for each in sided} == {True, False}
    assert {bool(frames(each)) for each in KINDS if is_bilateral(each)} == {True, False}


@pytest.mark.parametrize("side", ["left", "right"])
@ALL
def test_a_picture_is_its_file_s_drawing_turned_over_for_the_other_side(
    sheet: str, side: str, sheet_of: Sheets
) -> None:
    """Pixel by pixel; of one in frames each frame is turned over where it stands."""
    pdf = sheet_of(sheet, side)
    for id_, figure in zip(exercises_on(sheet), figures(pdf), strict=True):
        assert figure.is_mirrored == is_turned(id_, side), id_
        found = differences(as_seen(pdf, figure), id_, side)
        assert found.max() < 60, id_
        assert found.mean() < 2, id_


@pytest.mark.parametrize("id_", [each for each in KINDS if not is_bilateral(each)])
def test_one_side_s_picture_is_not_taken_for_the_other_s(id_: str, sheet_of: Sheets) -> None:
    """The comparison above would tell."""
    pdf = sheet_of("handout", "left")
    figure = figures(pdf)[DRAWN.index(id_)]
    assert differences(as_seen(pdf, figure), id_, "right").max() > 150


@pytest.mark.parametrize("side", ["left", "right"])
@ALL
def test_numbers_and_letter_are_on_their_places_and_nothing_else_is_over_a_picture(
    sheet: str, side: str, sheet_of: Sheets
) -> None:
    for id_, each in zip(exercises_on(sheet), shown(sheet_of(sheet, side)), strict=True):
        expected = marks(id_, side)
        assert [run.text.strip() for run in each.words] == [mark.text for mark in expected], id_
        discs = list(each.shapes)
        for mark, run in zip(expected, each.words, strict=True):
            if mark.text.isalpha():
                ring, disc = discs.pop(0), discs.pop(0)
                assert (ring.colour, disc.colour) == (WHITE, "#8A2E0A")
                assert_is_round_and_there(ring.box, each.figure, mark)
                assert width_of(ring.box) <= 0.12 * width_of(each.figure.box) + 0.02
                assert disc.box.inside(ring.box)
                assert middle(disc.box) == pytest.approx(middle(ring.box), abs=0.02)
            else:
                disc = discs.pop(0)
                assert disc.colour == NUMBER_COLOUR
                assert_is_round_and_there(disc.box, each.figure, mark)
                assert width_of(disc.box) == pytest.approx(0.08 * width_of(each.figure.box), abs=0.02)
            assert run.is_upright
            assert run.box.inside(disc.box)
            assert middle(run.box) == pytest.approx(middle(disc.box), abs=0.05 * width_of(disc.box))
        assert not discs, id_


def width_of(box: Rectangle) -> float:
    return box.right - box.left


def middle(box: Rectangle) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def assert_is_round_and_there(disc: Rectangle, figure: Figure, mark: Mark) -> None:
    """Where the picture's file wants it, but never over the picture's edge."""
    assert width_of(disc) == pytest.approx(disc.bottom - disc.top, abs=0.02)
    assert disc.inside(figure.box, slack=0.02)
    radius, edge = width_of(disc) / 2, figure.box
    x = edge.left + mark.x * width_of(edge)
    y = edge.top + mark.y * (edge.bottom - edge.top)
    there = min(max(x, edge.left + radius), edge.right - radius), min(max(y, edge.top + radius), edge.bottom - radius)
    assert middle(disc) == pytest.approx(there, abs=0.03)


@ALL
def test_numbers_and_letter_are_seen_white_on_dark(sheet: str, sheet_of: Sheets) -> None:
    pdf = sheet_of(sheet, "left")
    for each in shown(pdf):
        for run in each.words:
            dots = np.asarray(seen(pdf, each.figure.page, run.box, 24 / run.size).convert("L"))
            assert dots.min() < 90
            assert dots.max() > 240


@ALL
def test_a_picture_is_described_with_the_right_side(sheet: str, sheet_of: Sheets) -> None:
    for side in ("left", "right"):
        found = [each.alternative for each in figures(sheet_of(sheet, side))]
        assert found == [expected_words(id_, side) for id_ in exercises_on(sheet)]


def test_with_both_sides_affected_picture_letter_and_words_agree(sheet_of: Sheets) -> None:
    pdf, sides = sheet_of("handout", "both"), {"L": "left", "R": "right"}
    for id_, each in zip(FOR_BOTH, shown(pdf), strict=True):
        assert is_lit(as_seen(pdf, each.figure)) == (has_limb(id_) and bool(each.letter)), id_
        if each.letter:
            assert not is_bilateral(id_)
            assert each.figure.is_mirrored == is_turned(id_, sides[each.letter])
            assert each.figure.alternative == expected_words(id_, sides[each.letter])
        else:
            # It is done with both at once, and speaks of neither by itself.
            assert is_bilateral(id_) or exercise_file(id_)["side"] == "asymmetric"
            assert not each.figure.is_mirrored
            assert not re.search(r"(?<!left or )(left|right)(?! or right)", each.figure.alternative)


@ALL
def test_a_picture_is_stored_once(sheet: str, sheet_of: Sheets) -> None:
    pdf, count = sheet_of(sheet, "left"), len(exercises_on(sheet))
    assert len({each.stored for each in figures(pdf)}) == count
    with pikepdf.open(io.BytesIO(pdf)) as document:
        forms = [each for each in document.objects if isinstance(each, pikepdf.Stream) and is_picture(each)]
        assert len(forms) == len({bytes(each.read_bytes()) for each in forms}) == count


def is_picture(stream: pikepdf.Stream) -> bool:
    """A form or an image of its own, but not how a form field looks."""
    return bool(stream.get("/Subtype") in ("/Form", "/Image")) and stream.get("/BBox") in (None, [0, 0, 1, 1])


@ALL
def test_a_picture_keeps_its_shape_and_is_large_enough(sheet: str, sheet_of: Sheets) -> None:
    for id_, each in zip(exercises_on(sheet), figures(sheet_of(sheet, "left")), strict=True):
        width, height = size(id_)
        wide, high = width_of(each.box), each.box.bottom - each.box.top
        assert wide / high == pytest.approx(width / height, rel=0.01)
        assert max(wide, high) > 42  # 15 mm, on the smallest sheet


@ALL
def test_no_two_pictures_overlap(sheet: str, sheet_of: Sheets) -> None:
    found = figures(sheet_of(sheet, "left"))
    for index, each in enumerate(found):
        assert not any(other.page == each.page and other.box.overlaps(each.box) for other in found[:index])


@pytest.mark.parametrize(
    "exercise",
    [next(each for each in DRAWN if exercise_file(each)["side"] == "affected" and are_beside(each) == are)
     for are in (False, True)],
)  # fmt: skip
def test_an_exercise_on_many_pages_has_each_of_its_pictures_stored_once(
    tmp_path: Path, renderer: Renderer, exercise: str
) -> None:
    """One, turned over by its matrix; of frames that are turned over apart, one for each side."""
    entries = f"  - {exercise}\n  - {{exercise: {exercise}, side_of: left}}\n" * 4
    path = write(tmp_path, f"title: A\nexercises:\n{entries}")
    found = figures(build(str(path), "right", renderer=renderer))
    assert len(found) == 8
    assert len({each.page for each in found}) > 2
    assert len({each.stored for each in found}) == (2 if are_beside(exercise) else 1)
    assert [each.is_mirrored for each in found] == [False, True] * 4
