"""`python -m pdfbuilder.drawing`: draws, checks, and says what is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from drawing.shipped_poses import drawing_of

from pdfbuilder.assets import shipped
from pdfbuilder.drawing import __main__ as command
from pdfbuilder.drawing.gallery import Gallery
from pdfbuilder.drawing.likeness import alike

EXERCISE = "straight-leg-raise"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the poses and pictures that a test may spoil."""
    for folder in ("en/exercises", "poses", "pictures"):
        shutil.copytree(shipped("content") / folder, tmp_path / folder)
    monkeypatch.setattr(command, "shipped", lambda folder: tmp_path)
    return tmp_path


@pytest.mark.slow
def test_draws_what_is_committed(content: Path) -> None:
    picture = content / "pictures" / f"{EXERCISE}.svg"
    committed = picture.read_text(encoding="utf-8")
    shutil.rmtree(content / "pictures")
    assert command.main([EXERCISE]) == 0
    assert alike(picture.read_text(encoding="utf-8"), committed)
    assert [path.name for path in picture.parent.iterdir()] == [picture.name]


@pytest.fixture
def already_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the shipped poses give is not drawn once more."""
    monkeypatch.setattr(Gallery, "draw", lambda self, exercise: drawing_of(exercise))


@pytest.mark.slow
@pytest.mark.usefixtures("already_drawn")
def test_check_finds_a_changed_picture(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = content / "pictures" / f"{EXERCISE}.svg"
    picture.write_text(picture.read_text(encoding="utf-8").replace("#D9531E", "#D9531F"), encoding="utf-8")
    before = picture.read_bytes()
    assert command.main(["--check", EXERCISE, "pelvic-tilt"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{EXERCISE}.svg" in said
    assert picture.read_bytes() == before


@pytest.mark.slow
@pytest.mark.usefixtures("already_drawn")
def test_check_does_not_mind_what_nobody_sees(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = content / "pictures" / f"{EXERCISE}.svg"
    text = picture.read_text(encoding="utf-8")
    first = re.search(r' d="M(\d+)', text)
    assert first
    picture.write_text(f"{text[: first.start(1)]}{int(first[1]) + 1}{text[first.end(1) :]}", encoding="utf-8")
    assert command.main(["--check", EXERCISE]) == 0
    assert capsys.readouterr().err == ""


def test_check_finds_a_missing_picture(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "pictures" / f"{EXERCISE}.svg").unlink()
    assert command.main(["--check", EXERCISE]) == 1
    assert "there is no picture" in capsys.readouterr().err


def test_an_unknown_exercise(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["straight-leg-rise"]) == 2
    assert "did you mean straight-leg-raise" in capsys.readouterr().err


def test_what_cannot_be_drawn_stops_nothing_that_is_watched(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def enough(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", enough)
    picture = content / "pictures" / f"{EXERCISE}.svg"
    picture.unlink()
    assert command.main(["--watch", "straight-leg-rise", EXERCISE]) == 0
    assert picture.is_file()
    assert "did you mean straight-leg-raise" in capsys.readouterr().err


def test_a_typo_in_a_pose_file(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "poses" / f"{EXERCISE}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("spine:", "spin:"), encoding="utf-8")
    picture = content / "pictures" / f"{EXERCISE}.svg"
    before = picture.read_bytes()
    assert command.main([EXERCISE]) == 2
    assert f"{path}:10:3: error[unknown-key]" in capsys.readouterr().err
    assert picture.read_bytes() == before


def test_a_side_that_is_not_the_exercises(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "poses" / f"{EXERCISE}.yaml"
    lines = path.read_text(encoding="utf-8").replace("shows: right", "shows: neither").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("badge")), encoding="utf-8")
    assert command.main([EXERCISE]) == 2
    assert "shows: right" in capsys.readouterr().err


def test_a_gallery_lists_what_has_a_pose(content: Path) -> None:
    (content / "poses" / f"{EXERCISE}.yaml").unlink()
    assert EXERCISE not in Gallery(content).ids()
    assert len(Gallery(content).ids()) == len(Gallery(shipped("content")).ids()) - 1
