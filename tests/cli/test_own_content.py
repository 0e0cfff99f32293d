"""A folder of one's own content: its ids come first, and what hides something that ships says so."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest
from samples import LANGUAGES, OWN, names, run, write

from pdfbuilder import Renderer, build
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.orders import order_in_words

HEEL = """\
name: Heel slide
side: affected
reps: 10
instructions: ["Slide your {affected heel} down."]
"""
PLAN = "title: Our plan\nsafety: none\nexercises: [our-heel-slide, pelvic-tilt]\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    write(folder, HEEL, "en/exercises/our-heel-slide.yaml")
    write(folder, PLAN, "en/routines/our-plan.yaml")
    write(folder, "extends: fridge\ndescription: Our look.\n", "templates/our-look.yaml")
    return folder


def test_its_ids_are_known_wherever_an_id_is(tmp_path: Path, content: Path) -> None:
    words = ("-s", "left", "--content", "ours", "--template", "our-look")
    result = run("build", "our-plan", *words, folder=tmp_path)
    assert (result.code, names(tmp_path)) == (0, ["our-plan-left.pdf", "ours"]), result.err
    write(tmp_path, "title: A\nexercises: [our-heel-slide]\n", "plan.yaml")
    assert run("check", "plan.yaml", "--content", "ours", folder=tmp_path).code == 0
    refused = run("check", "plan.yaml", folder=tmp_path)
    assert "there is no exercise 'our-heel-slide'" in refused.err
    with mock.patch.dict(os.environ, {"PDFBUILDER_CONTENT": str(content)}):
        assert run("show", "our-plan", "-s", "right", folder=tmp_path).code == 0
    assert run("copy", "our-plan", "mine.yaml", "--content", "ours", folder=tmp_path).code == 0


def test_a_program_hands_it_to_its_library(content: Path) -> None:
    renderer = Renderer(Library(content))
    assert build("our-plan", "left", renderer=renderer).startswith(b"%PDF")
    assert "our-heel-slide" in renderer.library.ids(Kind.EXERCISE)
    assert renderer.compose(order_in_words("our-plan", "left", doses={"our-heel-slide.reps": 3})).plan.exercises


def test_a_roster_may_name_it_though_it_lies_outside_its_folder(tmp_path: Path, content: Path) -> None:
    write(tmp_path, "id,side,routine,our-heel-slide.reps\na,left,our-plan,3\n", "here/people.csv")
    words = ("batch", "people.csv", "--dry-run", "--content", str(content))
    result = run(*words, folder=tmp_path / "here")
    assert (result.code, result.text.startswith("a: left side, our-plan")) == (0, True), result.err
    assert "ignored" not in result.err


@pytest.mark.usefixtures("content")
def test_the_list_says_where_each_comes_from(tmp_path: Path) -> None:
    lines = run("list", "exercises", "--content", "ours", folder=tmp_path).text.splitlines()
    (own,) = [line for line in lines if line.startswith("our-heel-slide")]
    assert own.endswith("Heel slide (affected)  [ours/en/exercises/our-heel-slide.yaml]")
    assert all(line.endswith("  [ships]") for line in lines if line is not own)
    assert "[" not in run("list", "exercises", folder=tmp_path).text


def test_what_hides_something_that_ships_says_so(tmp_path: Path, content: Path) -> None:
    write(content, HEEL, "en/exercises/pelvic-tilt.yaml")
    said = "ours/en/exercises/pelvic-tilt.yaml: warning[hides-shipped] it hides the exercise"
    said = said.replace("the exercise", "exercise pelvic-tilt that ships")
    for words in (("show", "our-plan", "-s", "left"), ("list", "exercises"), ("check", "plan.yaml")):
        write(tmp_path, "title: A\nexercises: [pelvic-tilt]\n", "plan.yaml")
        result = run(*words, "--content", "ours", folder=tmp_path)
        assert result.code == 0
        assert result.err.count(said) == 1, result.err
    assert run("show", "our-plan", "-s", "left", "--content", "ours", folder=tmp_path).text.count("Heel slide") == 2


def test_a_roster_names_it_by_titles_of_its_language(tmp_path: Path, content: Path) -> None:
    german = LANGUAGES / "de"
    for name, place in (("language", "languages/de"), ("routine", "de/routines/us"), ("safety", "de/routines/safety")):
        write(content, (german / f"{name}.yaml").read_bytes(), f"{place}.yaml")
    write(tmp_path, "id,side,routine\na,left,Übungen für Zuhause\n", "people.csv")
    result = run("batch", "people.csv", "--dry-run", "--content", "ours", "--lang", "de", folder=tmp_path)
    assert (result.code, result.text.startswith("a: left side, us, ")) == (0, True), result.err


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, OWN)
    for words in (("build", "routine.yaml", "-s", "left"), ("list",), ("check", "routine.yaml")):
        result = run(*words, "--content", "nowhere", folder=tmp_path)
        assert (result.code, result.out) == (2, b"")
        assert result.err.startswith("--content: error[content] there is no folder nowhere\n")


def test_a_name_that_no_folder_can_have(tmp_path: Path) -> None:
    result = run("list", "--content", "x" * 5000, folder=tmp_path)
    assert (result.code, result.out) == (2, b"")
    assert result.err.startswith("--content: error[content] there is no folder x")
