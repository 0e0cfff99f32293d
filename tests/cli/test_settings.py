"""Settings: what they say holds where nobody says otherwise, and nowhere else."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from samples import OWN, Result, names, run, write

from pdfbuilder.cli.settings import settings_file


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with mock.patch.dict(os.environ, {"PDFBUILDER_SETTINGS": str(tmp_path / "mine")}):
        yield


def set_(folder: Path, *words: str) -> Result:
    return run("settings", "set", *words, folder=folder)


def test_none_are_set_until_some_are_and_one_file_is_written(tmp_path: Path) -> None:
    before = run("settings", folder=tmp_path)
    assert (before.code, before.out) == (0, b"")
    assert before.err == f"{tmp_path}/mine/settings.yaml: nothing is set; pdfbuilder settings set paper letter\n"
    assert names(tmp_path) == []
    for words in (("therapist", "Zoë: T. Jones"), ("paper", "letter"), ("language", "en-US"), ("template", "fridge")):
        assert set_(tmp_path, *words).code == 0
    assert names(tmp_path / "mine") == ["settings.yaml"]
    assert stat.S_IMODE((tmp_path / "mine/settings.yaml").stat().st_mode) == 0o600
    after = run("settings", folder=tmp_path)
    assert after.text == "paper: letter\nlanguage: en-US\ntemplate: fridge\ntherapist: Zoë: T. Jones\n"
    assert set_(tmp_path, "paper", "none").err == f"{tmp_path}/mine/settings.yaml: no paper\n"
    assert "paper" not in run("settings", folder=tmp_path).text


def test_paths_are_found_from_wherever_they_are_used(tmp_path: Path) -> None:
    write(tmp_path, 'name: Hill Street\nphone: "1"\n', "clinic.yaml")
    (tmp_path / "ours").mkdir()
    assert [set_(tmp_path, *words).code for words in (("clinic", "clinic.yaml"), ("content", "ours"))] == [0, 0]
    assert run("settings", folder=tmp_path).text == f"clinic: {tmp_path}/clinic.yaml\ncontent: {tmp_path}/ours\n"
    (tmp_path / "elsewhere").mkdir()
    result = run("show", "back-mobility", "-s", "left", folder=tmp_path / "elsewhere")
    assert "Hill Street" in result.text
    assert "Hill Street" not in run("show", "back-mobility", "-s", "left", "--no-settings", folder=tmp_path).text


def test_what_is_in_the_content_that_is_set_can_be_set(tmp_path: Path) -> None:
    write(tmp_path, "extends: fridge\ndescription: Our look.\n", "ours/templates/our-look.yaml")
    for words in (("content", "ours"), ("template", "our-look")):
        result = set_(tmp_path, *words)
        assert result.code == 0, result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("paper", "a3"), "settings set:1:8: error[paper] paper: expected one of a4, letter, a5"),
        (
            ("papr", "a4"),
            "settings set: error[unknown-setting] there is no setting 'papr'\n  hint: did you mean paper?",
        ),
        (("template", "frigde"), "settings set: error[unknown-template] template: there is no template 'frigde'"),
        (("language", "xx"), "settings set: error[unknown-language] language: there is no language 'xx'"),
        (("clinic", "none.yaml"), "none.yaml: error[missing-file] "),
        (("content", "nowhere"), "settings set: error[content] content: there is no folder "),
        (("template", "x" * 5000), "settings set:1:11: error[text-length] template: "),
        (("therapist", "x" * 121), "settings set:1:12: error[text-length] therapist: "),
        (("paper",), "settings: error[settings] expected set KEY VALUE, got set paper"),
    ],
)
def test_what_cannot_be_set_is_not_written(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = set_(tmp_path, *words)
    assert result.code == 2
    assert said in result.err
    assert names(tmp_path) == []


def shown(folder: Path, *words: str) -> str:
    result = run("show", "plan.yaml", "--side", "left", *words, folder=folder)
    assert result.code == 0, result.err
    return result.text


def test_an_option_and_the_routines_sheet_are_stronger(tmp_path: Path) -> None:
    set_(tmp_path, "therapist", "T. Settings")
    write(tmp_path, OWN, "plan.yaml")
    assert "T. Settings" in shown(tmp_path)
    assert "T. Settings" not in shown(tmp_path, "--no-settings")
    assert "T. Option" in (found := shown(tmp_path, "--therapist", "T. Option"))
    assert "T. Settings" not in found
    write(tmp_path, "sheet: {therapist: T. Sheet}\n" + OWN, "plan.yaml")
    assert "T. Sheet" in (found := shown(tmp_path))
    assert "T. Settings" not in found
    assert "T. Option" in shown(tmp_path, "--therapist", "T. Option")


def test_the_environment_and_the_routines_own_clinic_are_stronger(tmp_path: Path) -> None:
    for name in ("Settings", "Environment", "Routine"):
        write(tmp_path, f'name: {name} Clinic\nphone: "1"\n', f"{name}.yaml")
    set_(tmp_path, "clinic", "Settings.yaml")
    write(tmp_path, OWN, "plan.yaml")
    assert "Settings Clinic" in shown(tmp_path)
    with mock.patch.dict(os.environ, {"PDFBUILDER_CLINIC": "Environment.yaml"}):
        assert "Environment Clinic" in shown(tmp_path)
    write(tmp_path, "clinic: Routine.yaml\n" + OWN, "plan.yaml")
    assert "Routine Clinic" in shown(tmp_path)


def test_a_batch_takes_them_where_its_roster_says_nothing_even_from_outside_its_folder(tmp_path: Path) -> None:
    write(tmp_path, 'name: Hill Street\nphone: "1"\n', "clinic.yaml")
    set_(tmp_path, "clinic", "clinic.yaml")
    set_(tmp_path, "template", "fridge")
    write(tmp_path, "id,template\na,\nb,handout\n", "here/people.csv")
    words = ("batch", "people.csv", "--dry-run", "--routine", "back-mobility", "--side", "left")
    result = run(*words, folder=tmp_path / "here")
    assert result.code == 0, result.err
    pages = [line.split(", ")[2] for line in result.text.splitlines()]
    assert pages[0] == "1 page"
    assert pages[1] != "1 page"


def test_it_is_told_what_came_from_them_and_only_that(tmp_path: Path) -> None:
    set_(tmp_path, "therapist", "T. Jones")
    set_(tmp_path, "paper", "letter")
    write(tmp_path, OWN, "plan.yaml")
    result = run("build", "plan.yaml", "-s", "left", "--verbose", "--paper", "a4", folder=tmp_path)
    assert [line for line in result.err.splitlines() if "settings" in line] == ["from the settings: therapist T. Jones"]
    quiet = run("build", "plan.yaml", "-s", "left", folder=tmp_path)
    assert "settings" not in quiet.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("paper: a3\n", ":1:8: error[paper] paper: expected one of a4, letter, a5"),
        ("papr: a4\n", ":1:1: error[unknown-key] papr: unknown key papr"),
        ("paper: [\n", ":2:1: error["),
        ("language: xx\n", ":1:11: error[unknown-language] language: there is no language 'xx'"),
        ("template: frigde\n", ":1:11: error[unknown-template] template: there is no template 'frigde'"),
        ("content: nowhere\n", ":1:10: error[content] content: there is no folder "),
    ],
)
def test_broken_settings_are_named_and_left_alone_only_if_asked(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, text, "mine/settings.yaml")
    write(tmp_path, OWN, "plan.yaml")
    for words in (("build", "plan.yaml", "-s", "left"), ("show", "plan.yaml", "-s", "left")):
        result = run(*words, folder=tmp_path)
        assert result.code == 2, words
        assert result.err.startswith(f"{file}{said}"), result.err
        assert result.err.count("error[") == 1
        assert run(*words, "--no-settings", folder=tmp_path).code == 0


def test_the_users_own_folder_is_that_of_the_system(tmp_path: Path) -> None:
    without = {name: value for name, value in os.environ.items() if name != "PDFBUILDER_SETTINGS"}
    with mock.patch.dict(os.environ, {**without, "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}, clear=True):
        file = settings_file()
    assert file.name == "settings.yaml"
    assert file.is_relative_to(tmp_path)


def test_settings_that_may_not_be_read_are_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "mine/settings.yaml").mkdir(parents=True)
    write(tmp_path, OWN, "plan.yaml")
    result = run("show", "plan.yaml", "-s", "left", folder=tmp_path)
    assert result.code == 2
    assert result.err.startswith(f"{tmp_path}/mine/settings.yaml: error[directory] expected a file, got a folder")
    assert "--no-settings" in result.err
