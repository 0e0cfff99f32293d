"""Pictures on finished sheets: the left one is the mirror image of the right one, and its badge can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import yaml
from PIL import ImageChops, ImageDraw, ImageOps
from readback import Figure, Rectangle, TextRun, boxes, figures, seen, text_runs
from samples import ROOT, SCIATICA

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
    "fridge-a5": {"template": "fridge", "paper": "a5"},
}  # fmt: skip
CASES = [("sciatica-complete", sheet) for sheet in SHEETS]
CASES += [(routine, "handout") for routine in SCIATICA if routine != "sciatica-complete"]
ALL = pytest.mark.parametrize(("routine", "sheet"), CASES)
#: Dots to the point; 288 to the inch.
SCALE = 4.0
SWAP = {"left": "right", "right": "left"}


@pytest.fixture(scope="module")
def sheet_of(renderer: Renderer) -> Callable[[str, str, str], bytes]:
    made: dict[tuple[str, str, str], bytes] = {}

    def sheet(routine: str, side: str, kind: str) -> bytes:
        key = (routine, side, kind)
        if key not in made:
            made[key] = build(routine, side, renderer=renderer, **SHEETS[kind])  # type: ignore[arg-type]
        return made[key]

    return sheet


Sheets = Callable[[str, str, str], bytes]


@dataclass(frozen=True)
class Shown:
    """A picture on a sheet, and what is written in it."""

    figure: Figure
    words: tuple[TextRun, ...]

    @property
    def letter(self) -> str:
        return "".join(run.text.strip() for run in self.words)


def shown(pdf: bytes) -> list[Shown]:
    runs = text_runs(pdf)
    return [
        Shown(each, tuple(run for run in runs[each.page] if run.box.overlaps(each.box, slack=0.2)))
        for each in figures(pdf)
    ]


def exercise_file(id_: str) -> dict[str, object]:
    found = yaml.safe_load((ROOT / "content" / "en" / "exercises" / f"{id_}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def exercises_of(routine: str) -> list[str]:
    entries = yaml.safe_load((ROOT / "content" / "en" / "routines" / f"{routine}.yaml").read_text(encoding="utf-8"))
    return [each if isinstance(each, str) else each["exercise"] for each in entries["exercises"]]


def expected_words(id_: str, side: str) -> str:
    """What is said of a picture: the words of the file with the side put in, by hand."""
    picture = exercise_file(id_)["picture"]
    assert isinstance(picture, dict)
    words = {"affected": side, "other": SWAP[side]}
    return re.sub(r"\{(affected|other) ([^{}]+)\}", lambda found: f"{words[found[1]]} {found[2]}", picture["alt"])


def is_bilateral(id_: str) -> bool:
    return exercise_file(id_)["side"] == "bilateral"


def pairs(sheet_of: Sheets, routine: str, kind: str) -> Iterator[tuple[str, Shown, Shown]]:
    left, right = (shown(sheet_of(routine, side, kind)) for side in ("left", "right"))
    yield from zip(exercises_of(routine), left, right, strict=True)


def test_the_complete_routine_shows_all_for_sciatica() -> None:
    assert len(set(exercises_of("sciatica-complete"))) == 12


@ALL
def test_the_left_picture_turned_over_is_the_right_one(routine: str, sheet: str, sheet_of: Sheets) -> None:
    """But for the badge's letter, pixel by pixel; the edges of shapes may be smoothed a little differently."""
    for id_, left, right in pairs(sheet_of, routine, sheet):
        images = [
            seen(sheet_of(routine, side, sheet), each.figure.page, each.figure.box, SCALE)
            for side, each in (("left", left), ("right", right))
        ]
        if not is_bilateral(id_):
            images[0] = ImageOps.mirror(images[0])
        assert images[0].size == images[1].size
        difference = ImageChops.difference(*images).convert("L")
        draw = ImageDraw.Draw(difference)
        for run in right.words:
            draw.rectangle([SCALE * edge for edge in around(run, right.figure)], fill=0)
        # Anti-aliasing shifts an edge by less than a pixel: it does not survive the mean over 4 × 4 of them.
        coarse = np.asarray(difference.reduce(4), dtype=float)
        assert coarse.max() < 48, (id_, coarse.max())
        assert coarse.mean() < 1, (id_, coarse.mean())


def around(run: TextRun, figure: Figure) -> tuple[float, float, float, float]:
    """A letter's box and a little more, in points from the picture's corner."""
    pad = 0.25 * run.size
    return (
        run.box.left - figure.box.left - pad, run.box.top - figure.box.top - pad,
        run.box.right - figure.box.left + pad, run.box.bottom - figure.box.top + pad,
    )  # fmt: skip


@ALL
def test_a_picture_is_turned_over_for_the_side_that_it_was_not_drawn_on(
    routine: str, sheet: str, sheet_of: Sheets
) -> None:
    for id_, left, right in pairs(sheet_of, routine, sheet):
        assert (left.figure.is_mirrored, right.figure.is_mirrored) == (not is_bilateral(id_), False), id_


@ALL
def test_the_badge_names_the_side_and_is_never_turned_over(routine: str, sheet: str, sheet_of: Sheets) -> None:
    for id_, left, right in pairs(sheet_of, routine, sheet):
        expected = ("", "") if is_bilateral(id_) else ("L", "R")
        assert (left.letter, right.letter) == expected, id_
        for each in (left, right):
            assert all(run.is_upright and run.box.inside(each.figure.box) for run in each.words)
        for one, other in zip(left.words, right.words, strict=True):
            # The badge itself went to the other side with the picture.
            middle = (one.box.left + one.box.right) / 2 - left.figure.box.left
            mirrored = right.figure.box.right - (other.box.left + other.box.right) / 2
            assert middle == pytest.approx(mirrored, abs=0.6)


@ALL
def test_a_picture_is_described_with_the_right_side(routine: str, sheet: str, sheet_of: Sheets) -> None:
    for side in ("left", "right"):
        found = [each.alternative for each in figures(sheet_of(routine, side, sheet))]
        assert found == [expected_words(id_, side) for id_ in exercises_of(routine)]


def test_with_both_sides_affected_picture_letter_and_words_agree(sheet_of: Sheets) -> None:
    sides = {"L": "left", "R": "right"}
    for id_, each in zip(exercises_of("sciatica-complete"), shown(sheet_of("sciatica-complete", "both", "handout")),
                         strict=True):  # fmt: skip
        assert bool(each.letter) != is_bilateral(id_)
        if each.letter:
            assert each.figure.is_mirrored == (each.letter == "L")
            assert each.figure.alternative == expected_words(id_, sides[each.letter])


@ALL
def test_a_picture_is_stored_once(routine: str, sheet: str, sheet_of: Sheets) -> None:
    pdf = sheet_of(routine, "left", sheet)
    assert len({each.stored for each in figures(pdf)}) == len(exercises_of(routine))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        forms = [each for each in document.objects if isinstance(each, pikepdf.Stream) and is_picture(each)]
        assert len(forms) == len({bytes(each.read_bytes()) for each in forms}) == len(exercises_of(routine))


def is_picture(stream: pikepdf.Stream) -> bool:
    """A form or an image of its own, but not how a form field looks."""
    return bool(stream.get("/Subtype") in ("/Form", "/Image")) and stream.get("/BBox") in (None, [0, 0, 1, 1])


@ALL
def test_a_picture_keeps_its_shape_and_is_large_enough(routine: str, sheet: str, sheet_of: Sheets) -> None:
    for id_, each in zip(exercises_of(routine), figures(sheet_of(routine, "left", sheet)), strict=True):
        picture = (ROOT / "content" / "pictures" / f"{id_}.svg").read_text(encoding="utf-8")
        found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
        assert found
        width, height = each.box.right - each.box.left, each.box.bottom - each.box.top
        assert width / height == pytest.approx(float(found[1]) / float(found[2]), rel=0.01)
        assert max(width, height) > 42  # 15 mm, on the smallest sheet


def test_an_exercise_on_many_pages_has_its_picture_stored_once(tmp_path: Path, renderer: Renderer) -> None:
    path = tmp_path / "routine.yaml"
    entries = "  - knee-to-chest\n  - {exercise: knee-to-chest, side_of: left}\n" * 4
    path.write_text(f"title: A\nexercises:\n{entries}", encoding="utf-8")
    found = figures(build(str(path), "right", renderer=renderer))
    assert len(found) == 8
    assert len({each.page for each in found}) > 2
    assert len({each.stored for each in found}) == 1
    assert [each.is_mirrored for each in found] == [False, True] * 4


@ALL
def test_nothing_is_printed_over_a_picture(routine: str, sheet: str, sheet_of: Sheets) -> None:
    pdf = sheet_of(routine, "left", sheet)
    printed = boxes(pdf)
    for each in shown(pdf):
        assert not any(box.box.overlaps(each.figure.box) for box in printed[each.figure.page])
        assert len(each.words) <= 1
    for page in range(len(printed)):
        areas: list[Rectangle] = [each.box for each in figures(pdf) if each.page == page]
        assert not any(a.overlaps(b) for index, a in enumerate(areas) for b in areas[:index])
