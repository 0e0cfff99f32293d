"""The committed examples are what the program makes now; `make examples` makes them anew.

Other versions of zlib, Pillow and pdfium give other bytes for the same sheet. So sheets are compared by what can be
read back from them, and pictures by what can be seen.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat
from readback import boxes, figures, page_sizes, text_of
from samples import PLANS, ROOT, TEMPLATES, run

from pdfbuilder import Renderer
from pdfbuilder.reading.orders import order_in_words

pytestmark = pytest.mark.slow

EXAMPLES = ROOT / "examples"
MADE = (".png", ".pdf", ".json")


def made(folder: Path, *suffixes: str) -> list[str]:
    """What the script makes, as paths from the folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in suffixes)


SHEETS = made(EXAMPLES, ".pdf")
#: The desk is seen in a browser, and never twice to the dot.
DESK = "desk.png"
PICTURES = [name for name in made(EXAMPLES, ".png") if name != DESK]


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the script makes today."""
    folder = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, str(EXAMPLES / "make.py"), str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


def test_nothing_is_missing_and_nothing_is_left_over(now: Path) -> None:
    assert sorted([*made(now, *MADE), DESK]) == made(EXAMPLES, *MADE)
    assert {f"sheets/{template}-{side}.png" for template in ("handout", "fridge", "large-print", "diary")
            for side in ("left", "right")} <= set(PICTURES)  # fmt: skip
    for plan, side in PLANS:
        assert any(name.startswith(f"sheets/{plan}-{side}-") for name in PICTURES), f"no sheet of {plan} is shown"


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_says_and_shows_the_same(name: str, now: Path) -> None:
    before, after = ((folder / name).read_bytes() for folder in (EXAMPLES, now))
    assert page_sizes(before) == page_sizes(after)
    assert text_of(before) == text_of(after)
    assert boxes(before) == boxes(after)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_the_same(name: str, now: Path) -> None:
    assert (EXAMPLES / name).stat().st_size < 150_000
    with Image.open(EXAMPLES / name) as before, Image.open(now / name) as after:
        assert before.size == after.size
        # In blocks of 4 × 4 dots, where another way of smoothing an edge does not show, but another word does.
        difference = ImageChops.difference(before.convert("L").reduce(4), after.convert("L").reduce(4))
    seen = ImageStat.Stat(difference)
    assert seen.mean[0] < 0.5
    assert seen.extrema[0][1] < 64


def test_the_manifest_says_the_same(now: Path) -> None:
    def read(folder: Path) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads((folder / "clinic/manifest.json").read_text(encoding="utf-8"))
        for person in manifest["people"]:
            # Of the bytes, and of the version of the program.
            assert len(person.pop("sha256")) == 64
            assert person.pop("fingerprint")
        return manifest

    before = read(EXAMPLES)
    assert before == read(now)
    assert (len(before["people"]), before["failed"], before["complete"]) == (12, [], True)


@pytest.mark.parametrize("template", ["handout", "fridge", "large-print", "diary"])
def test_the_routine_can_be_printed_with_every_template(template: str, tmp_path: Path) -> None:
    path = str(EXAMPLES / "my-routine.yaml")
    assert run("check", path, folder=tmp_path).text == f"{path}: ok\n"
    assert run("build", path, "-t", template, "-o", "sheet.pdf", folder=tmp_path).code == 0
    refused = run("build", path, "-s", "right", folder=tmp_path)
    assert refused.code == 2


def test_the_routine_s_pictures_stand_where_they_do_now_and_are_turned_as_they_are_now(now: Path) -> None:
    before, after = (
        [(each.page, each.box, each.is_mirrored, each.alternative) for each in figures(path.read_bytes())]
        for path in (EXAMPLES / "my-routine-left.pdf", now / "my-routine-left.pdf")
    )
    assert before == after
    # The plan is for the left, but the ankle is the right one, and the picture shows a right one.
    _, _, is_turned, words = before[-1]
    assert not is_turned
    assert words.startswith("The right leg lies straight")


@pytest.mark.parametrize("plan", sorted({plan for plan, _ in PLANS}))
def test_a_plan_is_right(plan: str, tmp_path: Path) -> None:
    assert run("check", str(EXAMPLES / f"{plan}.yaml"), folder=tmp_path).code == 0


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("plan", "side"), PLANS)
def test_a_plan_can_be_printed_with_every_template(plan: str, side: str, template: str, renderer: Renderer) -> None:
    for phase in ("1", "2", "3") if plan == "new-knee" else ("",):
        sheets = [
            renderer.render(
                order_in_words(
                    str(EXAMPLES / f"{plan}.yaml"), side, phase=phase or None, template=template, paper=paper
                )
            )
            for paper in ("a4", "letter")
        ]
        on_a4, on_letter = (len(page_sizes(sheet.pdf)) for sheet in sheets)
        assert on_letter <= on_a4 + 1


@pytest.mark.parametrize(
    ("plan", "side"), [("new-knee", "left"), ("frozen-shoulder", "right"), ("sprained-ankle", "both")]
)
def test_a_plan_is_refused_for_a_side_that_it_is_not_for(plan: str, side: str, tmp_path: Path) -> None:
    phase = ["--phase", "all"] if plan == "new-knee" else []
    refused = run("build", str(EXAMPLES / f"{plan}.yaml"), "-s", side, *phase, "-o", "sheet.pdf", folder=tmp_path)
    assert refused.code == 2
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_plan_in_phases_is_refused_until_one_is_named(tmp_path: Path) -> None:
    refused = run("build", str(EXAMPLES / "new-knee.yaml"), "-o", "sheet.pdf", folder=tmp_path)
    assert refused.code == 2
    assert not (tmp_path / "sheet.pdf").exists()
