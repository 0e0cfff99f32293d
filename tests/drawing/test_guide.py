"""The guide to drawing a new exercise, followed to the letter: its files, its commands and its numbers are true."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from readback import figures
from samples import ROOT, run, write

from pdfbuilder import assets
from pdfbuilder.drawing import __main__ as command
from pdfbuilder.drawing import body, style
from pdfbuilder.drawing.poses import read_pose
from pdfbuilder.drawing.skeleton import pose

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = re.findall(r"`(content/[a-z/-]+\.yaml)`[^`]*(?:`[^`]+`[^`]*)*?```yaml\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content, with the guide's two files."""
    for folder in ("content", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for module in (assets, command):
        monkeypatch.setattr(module, "shipped", lambda folder: tmp_path / folder)
    for name, text in FILES:
        write(tmp_path, text, name)
    return tmp_path


@pytest.fixture
def picture(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide's picture, drawn as it says; once for all tests."""
    path = clone / "content/pictures/leg-slide.svg"
    kept = tmp_path_factory.getbasetemp() / path.name
    if not kept.exists():
        assert command.main(["leg-slide"]) == 0
        shutil.copy(path, kept)
    shutil.copy(kept, path)
    return path


def test_it_has_an_exercise_and_its_pose() -> None:
    assert [name for name, _ in FILES] == ["content/en/exercises/leg-slide.yaml", "content/poses/leg-slide.yaml"]


@pytest.mark.slow
def test_it_leads_to_a_picture_on_a_sheet(clone: Path, picture: Path) -> None:
    drawn = picture.read_text(encoding="utf-8")
    assert style.HIGHLIGHT in drawn
    assert style.HIGHLIGHT_GHOST_INK in drawn
    assert drawn.count(style.ARROW) == 1
    words = ("show-picture", "leg-slide", "--side", "left", "--width", "55", "-o", "leg-slide.png")
    assert " ".join(words) in GUIDE
    assert run(*words, folder=clone).code == 0
    write(clone, "title: Mine\nexercises:\n  - leg-slide\n", "mine.yaml")
    assert run("build", "mine.yaml", "--side", "left", folder=clone).code == 0
    (found,) = figures((clone / "mine-left.pdf").read_bytes())
    assert found.is_mirrored
    assert found.alternative.startswith("Lying on the back, left knee bent")
    checked = run("check", "content/en/exercises/leg-slide.yaml", folder=clone)
    assert (checked.code, checked.err) == (0, "")


@pytest.mark.slow
def test_what_is_handed_in_passes(clone: Path, picture: Path) -> None:
    """The last step, in a copy of the whole checkout; of the drawing tests those of the new picture are enough."""
    for folder in ("pdfbuilder", "tests"):
        shutil.copytree(ROOT / folder, clone / folder, ignore=shutil.ignore_patterns("*.pyc.*"))
    for name in ("pyproject.toml", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, clone)
    (facts,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    added = {
        "tests/samples.py": ('"knee-to-chest",', '"leg-slide", "knee-to-chest",'),
        "tests/reading/test_content.py": ("}\n\n\ndef test_the_exercises", f"{facts}}}\n\n\ndef test_the_exercises"),
    }
    for name, (before, after) in added.items():
        assert f"`{name}`" in GUIDE
        text = (clone / name).read_text(encoding="utf-8")
        if after not in text:  # where someone has followed the guide, it is there already
            assert text.count(before) == 1
            write(clone, text.replace(before, after), name)
    tests = ["tests/drawing", "tests/reading/test_content.py", "-k", "leg-slide or test_content"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


def test_the_fault_that_it_shows_is_what_is_said(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = clone / "content/poses/leg-slide.yaml"
    path.write_text(path.read_text().replace("ankle_at: [34, 7.5, 10]", "ankle_at: [34, 3, 10]"))
    assert command.main(["leg-slide"]) == 2
    said = capsys.readouterr().err.replace(f"{clone}/", "").splitlines()
    assert f"    {said[0]}\n    {said[-1]}\n" in GUIDE


def test_its_numbers_are_those_of_the_body(clone: Path) -> None:
    assert f"thigh is {body.THIGH:g} long, a shank {body.SHANK:g}" in GUIDE.replace("\n", " ")
    spec = read_pose(clone / "content/poses/leg-slide.yaml")
    height = pose(spec.end).joint("right ankle")[1]
    assert height == pytest.approx(7.5, abs=0.1)
    assert "is 7.5 above it" in GUIDE


def test_what_it_names_is_there() -> None:
    for name in re.findall(r"`((?:tests|pdfbuilder)/[a-z_./]+\.py)`", GUIDE):
        assert (ROOT / name).is_file()
    for name in re.findall(r"pytest ((?:tests/\S+ ?)+)", GUIDE)[0].split():
        assert (ROOT / name).exists()
