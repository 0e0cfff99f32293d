"""What ships, written out as a file of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import DRAWN, EXERCISES, PHASED, ROOT, ROUTINES, names, run, write

from pdfbuilder import Renderer
from pdfbuilder.domain.order import OrderTexts
from pdfbuilder.formats.text import plain_text
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.orders import order_in_words


def copy(folder: Path, id_: str, name: str = "mine.yaml") -> None:
    result = run("copy", id_, name, folder=folder)
    assert (result.code, result.out) == (0, b""), result.err


@pytest.mark.parametrize("routine", ROUTINES)
def test_a_copied_routine_is_right_and_prints_the_same_sheet(tmp_path: Path, routine: str, renderer: Renderer) -> None:
    copy(tmp_path, routine, f"{routine}.yaml")
    assert run("check", f"{routine}.yaml", folder=tmp_path).code == 0
    phase: OrderTexts = {"phase": "all"} if routine in PHASED else {}
    for side in ("none",) if routine == "steady-on-your-feet" else ("left", "right"):
        shipped, own = (renderer.render(order_in_words(each, side, **phase)) for each in
                        (routine, str(tmp_path / f"{routine}.yaml")))  # fmt: skip
        assert shipped.pdf == own.pdf


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_copied_exercise_comes_with_its_picture_and_prints_the_same(
    tmp_path: Path, exercise: str, renderer: Renderer
) -> None:
    copy(tmp_path, exercise)
    pictures = ["mine.svg"] if exercise in DRAWN else []
    assert names(tmp_path) == [*pictures, "mine.yaml"]
    for name in pictures:
        assert (tmp_path / name).read_bytes() == (ROOT / f"content/pictures/{exercise}.svg").read_bytes()
    sheets = []
    for routine, name in (("shipped.yaml", exercise), ("own.yaml", "./mine.yaml")):
        path = write(tmp_path, f"title: A\nsafety: none\nexercises: [{name}]\n", routine)
        sheets.append(plain_text(renderer.compose(order_in_words(str(path), "left")).copy.handout))
    assert sheets[0] == sheets[1]


def test_only_the_path_of_the_picture_is_another(tmp_path: Path) -> None:
    copy(tmp_path, "bird-dog")
    before = (ROOT / "content/en/exercises/bird-dog.yaml").read_text().splitlines()
    after = (tmp_path / "mine.yaml").read_text().splitlines()
    assert [line for line in after if line not in before] == ["  file: mine.svg"]
    assert len(before) == len(after)


@pytest.mark.parametrize("there", ["mine.yaml", "mine.svg"])
def test_nothing_is_written_over_and_nothing_is_half_done(tmp_path: Path, there: str) -> None:
    write(tmp_path, "mine", there)
    result = run("copy", "bird-dog", "mine.yaml", folder=tmp_path)
    assert result.code == 2
    assert result.err.startswith(f"{there}: error[output-exists] the file exists already")
    assert names(tmp_path) == [there]
    assert (tmp_path / there).read_text() == "mine"


def test_an_exercise_does_not_take_the_name_of_its_picture(tmp_path: Path) -> None:
    result = run("copy", "bird-dog", "mine.svg", folder=tmp_path)
    assert (result.code, names(tmp_path)) == (2, [])
    assert result.err.startswith("mine.svg: error[output-exists] its picture would have the same name\n")


@pytest.mark.parametrize("name", [".", "", "/"])
def test_a_folder_is_no_place_for_it(tmp_path: Path, name: str) -> None:
    result = run("copy", "bird-dog", name, folder=tmp_path)
    assert (result.code, names(tmp_path)) == (2, [])
    assert "error[output-directory] expected a file's name, got a folder" in result.err


@pytest.mark.parametrize(
    ("id_", "hint"),
    [("bird-dgo", "did you mean bird-dog?"), ("back-mobilty", "did you mean back-mobility?"),
     ("handout", "pdfbuilder list exercises and"), ("../x", "pdfbuilder list exercises and")],
)  # fmt: skip
def test_what_does_not_ship(tmp_path: Path, id_: str, hint: str) -> None:
    result = run("copy", id_, "mine.yaml", folder=tmp_path)
    assert (result.code, names(tmp_path)) == (2, [])
    assert result.err.startswith(f"ID: error[unknown-id] there is no exercise or routine '{id_}'\n  hint: {hint}")


def test_a_file_elsewhere_finds_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    copy(tmp_path, "bird-dog", "plans/two words.yaml")
    assert names(tmp_path / "plans") == ["two words.svg", "two words.yaml"]
    assert Library().exercise(str(tmp_path / "plans/two words.yaml")).value.illustration


def test_a_routine_of_ones_own_content_finds_what_it_names_and_its_steps_are_no_paths(tmp_path: Path) -> None:
    own = 'name: Roll\nside: bilateral\nreps: 5\ninstructions: ["Roll to one side and/or the other."]\n'
    write(tmp_path, own, "ours/en/exercises/roll.yaml")
    steps = f"Roll/rock {'slowly ' * 60}".strip()
    written = f'  - {{name: Rock, side: bilateral, reps: 3, instructions: ["{steps}"]}}\n'
    plan = f"title: A\nsafety: none\nexercises:\n  - ../exercises/roll.yaml\n{written}"
    write(tmp_path, plan, "ours/en/routines/plan.yaml")
    result = run("copy", "plan", "mine.yaml", "--content", "ours", folder=tmp_path)
    assert result.code == 0, result.err
    text = (tmp_path / "mine.yaml").read_text()
    assert text == plan.replace("../exercises/roll.yaml", "ours/en/exercises/roll.yaml")
    assert run("check", "mine.yaml", folder=tmp_path).code == 0


@pytest.mark.parametrize("words", [["new", "-"], ["copy", "bird-dog", "-"]])
def test_no_file_is_called_as_standard_output_is(tmp_path: Path, words: list[str]) -> None:
    done = run(*words, folder=tmp_path)
    assert done.code == 2
    assert done.err == "-: error[output] this is not written to standard output\n  hint: name a file\n"
    assert names(tmp_path) == []
