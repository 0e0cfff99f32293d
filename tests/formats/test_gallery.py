"""The gallery: every exercise that has a picture, by name, region and side."""

from __future__ import annotations

from pathlib import Path

from readback import figures, text_of
from samples import DRAWN, run

from pdfbuilder.formats.gallery import gallery
from pdfbuilder.reading.library import Library


def test_every_exercise_that_has_a_picture_is_in_it_with_region_and_side() -> None:
    made = gallery()
    words = "\n".join(text_of(made))
    for exercise in DRAWN:
        assert str(Library().exercise(exercise).value.name.parts[0]) in words
    assert len(figures(made)) == len(DRAWN)
    assert "affected side" in words
    assert "both sides at once" in words


def test_it_is_the_same_each_time() -> None:
    assert gallery() == gallery()


def test_a_name_that_no_font_has_is_refused_where_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "en" / "exercises"
    folder.mkdir(parents=True)
    assert run("copy", "heel-slide", "slide.yaml", folder=folder).code == 0
    path = folder / "slide.yaml"
    path.write_text(path.read_text("utf-8").replace("name: Heel", "name: 踵"), "utf-8")
    done = run("gallery", "-o", "all.pdf", "--content", "own", folder=tmp_path)
    assert done.code == 2
    assert "slide.yaml:1:7: error[missing-glyph] no font has the character 踵" in done.err


def test_the_command_writes_it(tmp_path: Path) -> None:
    done = run("gallery", "-o", "all.pdf", folder=tmp_path)
    assert done.code == 0
    made = (tmp_path / "all.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert run("gallery", "-o", "-", folder=tmp_path).out == made
