"""What a library opens that is to stay within a folder: nothing else, and it shows no line of what is not ours."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from samples import ROUTINES, write

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.reading.library import Library

ROUTINE = "title: A\nexercises: [pelvic-tilt]\n"
EXERCISE = """\
name: Heel slide
side: affected
reps: 10
instructions: ["Slide your {affected heel} down."]
"""
PICTURE = "picture: {file: ../picture.svg, shows: neither, alt: A square.}"
SECRET = "root:x:0:0:root"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder to stay within; beside it lies what is nobody's business."""
    write(tmp_path, f"{SECRET}\n", "secret.yaml")
    write(tmp_path, ROUTINE, "outside.yaml")
    write(tmp_path, EXERCISE, "heel-slide.yaml")
    write(tmp_path, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "picture.svg")
    folder = tmp_path / "within"
    folder.mkdir()
    return folder


def within(folder: Path) -> Library:
    library = Library()
    library.stay_within(folder)
    return library


def refusal(ask: Callable[[], object]) -> str:
    with pytest.raises(InvalidInput) as refused:
        ask()
    return str(refused.value)


def test_what_lies_inside_and_what_ships_is_read(folder: Path) -> None:
    (folder / "deeper").mkdir()
    write(folder, ROUTINE.replace("pelvic-tilt", "pelvic-tilt, ../heel-slide.yaml"), "deeper/own.yaml")
    write(folder, EXERCISE, "heel-slide.yaml")
    library = within(folder)
    assert len(library.routine(str(folder / "deeper" / "own.yaml")).value.entries) == 2
    for each in ROUTINES:
        assert library.routine(each).value.id == each


@pytest.mark.parametrize("name", ["../outside.yaml", "../secret.yaml", "../nothing.yaml", "link.yaml", "deeper/x.yaml"])
def test_nothing_outside_is_opened_not_even_through_a_link(folder: Path, name: str) -> None:
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    (folder / "deeper").symlink_to(folder.parent)
    write(folder.parent, ROUTINE, "x.yaml")
    said = refusal(lambda: within(folder).routine(str(folder / name)))
    assert f"{folder / name} lies outside the roster's folder\n  hint: move it there" in said
    assert said.startswith("routine: error[outside] ")
    assert SECRET not in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: A\nexercises: [../heel-slide.yaml]\n", "2:13"),
        ("title: A\nexercises:\n  - exercise: ../heel-slide.yaml\n", "3:15"),
        ("title: A\nexercises: [pelvic-tilt]\nsafety: ../secret.yaml\n", "3:9"),
        ("title: A\nexercises: [pelvic-tilt]\nabout: ../secret.yaml\n", "3:8"),
        (f"title: A\nexercises:\n  - exercise: pelvic-tilt\n    {PICTURE}\n", "4:21"),
    ],
)
def test_nor_does_a_file_inside_lead_out(folder: Path, text: str, place: str) -> None:
    write(folder, text, "own.yaml")
    said = refusal(lambda: within(folder).routine(str(folder / "own.yaml")))
    assert f"{folder}/own.yaml:{place}: error[outside]" in said
    assert SECRET not in said


def test_nor_does_a_template_or_a_language(folder: Path) -> None:
    write(folder.parent, "extends: handout\n", "template.yaml")
    write(folder, "extends: ../template.yaml\n", "template.yaml")
    library = within(folder)
    assert "error[outside]" in refusal(lambda: library.template(str(folder / "template.yaml")))
    assert "error[outside]" in refusal(lambda: library.language(str(folder.parent / "secret.yaml")))


@pytest.mark.parametrize("name", ["-", "./-", "pipe.yaml"])
def test_no_input_and_no_pipe_is_waited_for(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError("it is read")

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Deaf()))
    monkeypatch.chdir(folder)
    os.mkfifo(folder / "pipe.yaml")
    assert "error[" in refusal(lambda: within(Path()).routine(name if "-" in name else f"./{name}"))


def test_a_stranger_who_may_name_any_file_still_names_no_pipe(folder: Path) -> None:
    library = Library()
    library.stay_within(None)
    assert library.routine(str(folder.parent / "outside.yaml")).value.id == "outside"
    os.mkfifo(folder / "pipe.yaml")
    for each in (str(folder / "pipe.yaml"), "/dev/../dev/zero"):
        assert f"{each} is a pipe or a device" in refusal(partial(library.routine, each))
    said = refusal(lambda: library.routine(str(folder.parent / "secret.yaml")))
    assert SECRET not in said


@pytest.mark.parametrize("entry", ['"-"', "./-", "exercise: '-'"])
def test_a_file_never_names_standard_input(folder: Path, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(EXERCISE.encode())))
    monkeypatch.chdir(folder)
    write(folder, f"title: A\nexercises:\n  - {entry}\n", "own.yaml")
    assert ":3:" in refusal(lambda: Library().routine("own.yaml"))


@pytest.mark.parametrize(
    "text",
    [
        f"{SECRET}\nbin:*:1\n", f"{SECRET}: [", f"title: {SECRET}\n", f"blocks: [{SECRET}]\n", f"- {SECRET}\n",
        f"instructions: {SECRET}\n", f"? {SECRET}\n", f"title: A\n\t{SECRET}: x\n", f"{SECRET}\x00\n", f"*{SECRET}\n",
        f"!{SECRET} x\n", f"a: 1\n{SECRET}: 1\n{SECRET}: 2\n",
    ],
)  # fmt: skip
def test_of_what_is_no_routine_nothing_is_shown(folder: Path, text: str) -> None:
    """Of a file in the folder neither: a stranger's roster names it, but not a stranger has written it."""
    write(folder, text, "other.yaml")
    said = refusal(lambda: within(folder).routine(str(folder / "other.yaml")))
    assert said.startswith(f"routine: error[kind] {folder}/other.yaml is not what it is named for: it ")
    assert SECRET not in said
    assert "root" not in said.replace(str(folder), "")
    # whoever asks for the file itself is shown what is wrong with it
    assert f"see what pdfbuilder check {folder}/other.yaml says" in said


def test_what_is_wrong_with_a_routine_is_still_shown(folder: Path) -> None:
    write(folder, "title: A\nexercises: [pelvic-tlt]\n", "own.yaml")
    said = refusal(lambda: within(folder).routine(str(folder / "own.yaml")))
    assert "did you mean pelvic-tilt?" in said
    assert "    exercises: [pelvic-tlt]\n" in said


def test_what_was_read_before_stays_known(folder: Path) -> None:
    library = Library()
    before = library.routine(str(folder.parent / "outside.yaml"))
    library.stay_within(folder)
    assert library.routine(str(folder.parent / "outside.yaml")) is before
