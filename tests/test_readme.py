"""The README is true: its commands are run in order, its files are written and used, its tables are compared.

Every fenced block is of a kind that is known here, and every line of it is run or compared; there is no list of
exceptions. In a `console` block, what is shown is all that is printed, but for lines of `…`; the exit code is 0 unless
`echo $?` shows another one.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec import structs
from readback import text_of
from samples import EXERCISES, ROOT, ROUTINES, TEMPLATES, names, run
from test_wheel import copy, needed

from pdfbuilder.domain.dose import DOSE_FIELDS
from pdfbuilder.domain.side import Side, SideRule
from pdfbuilder.domain.wording import Wording, parse
from pdfbuilder.handout.fields import SHEET_FIELD, read_name
from pdfbuilder.reading.exercises import Changeable
from pdfbuilder.reading.library import Library
from pdfbuilder.roster.columns import COLUMNS

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: What a clone has that the README's commands use.
CLONE = ("content", "examples", "pdfbuilder", "templates", "tests/languages")
FILES = ("pyproject.toml", "README.md", "LICENSE")


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, its lines, the line of the README where it begins, and the paragraph before it."""

    kind: str
    text: str
    line: int
    before: str

    @property
    def file(self) -> str:
        """The file that the paragraph before says this is."""
        named = re.findall(r"`([a-z-]+\.(?:yaml|csv))`", self.before)
        assert named, f"README.md:{self.line}: the paragraph before does not say which file this is"
        assert self.before.endswith(":"), f"README.md:{self.line}"
        return str(named[-1])


def blocks() -> Iterator[Block]:
    for match in re.finditer(r"^```(.*)\n((?:.*\n)*?)```$", README, re.MULTILINE):
        before = README[: match.start()].rstrip()
        yield Block(match[1], match[2], before.count("\n") + 2, before.rpartition("\n\n")[2])


def section(heading: str) -> str:
    """The text below a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#)", README, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without heads."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[1:]]


def coded(text: str) -> list[str]:
    """What stands between backticks, but for fenced blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))


# --------------------------------------------------------------------------- the blocks, in order


@dataclass
class Shell:
    """A shell in a folder: what one block does there, the next one finds.

    Attributes:
        folder: where it is.
        environment: what is set in it.
        code: the exit code of the last command.
    """

    folder: Path
    environment: dict[str, str]
    code: int = 0

    def perform(self, command: str) -> str:
        """What a command of a console prints."""
        code, self.code = self.code, 0
        if command == "echo $?":
            return f"{code}\n"
        program, *words = shlex.split(command)
        if program == "ls":
            return "".join(f"{name}\n" for name in names(self.folder / words[0]))
        assert program == "pdfbuilder", f"nobody runs {command}"
        # In this process: what starts one is tried by the blocks for a shell, and takes half a second each time.
        done = run(*words, folder=self.folder, together=True)
        self.code = done.code
        return done.text

    def found(self, program: str) -> Path:
        path = shutil.which(program, path=self.environment["PATH"])
        assert path, f"{program} is not found"
        return Path(path)

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.found(program), *words], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip


@pytest.mark.slow
def test_every_block_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PDFBUILDER_SETTINGS", str(tmp_path / "settings"))
    clone = tmp_path / "clone"
    for folder in CLONE:
        shutil.copytree(ROOT / folder, clone / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copyfile(ROOT / file, clone / file)
    shell = Shell(clone, offline(tmp_path / "libraries"))
    for block in blocks():
        match block.kind:
            case "console":
                follow(block, shell)
            case "sh":
                install(block, shell)
            case "powershell":
                assert in_sh(block.text) in [each.text for each in blocks() if each.kind == "sh"]
            case "yaml" | "csv":
                assert block.file in README[README.index(block.text) + len(block.text) :], "it is never used"
                (clone / block.file).write_text(block.text, encoding="utf-8")
            case "python":
                (clone / "script.py").write_text(block.text, encoding="utf-8")
                done = shell.run("python", "-W", "error", "script.py")
                assert done.returncode == 0, f"README.md:{block.line}: {done.stdout}"
            case _:
                pytest.fail(f"README.md:{block.line}: nobody runs blocks of the kind {block.kind!r}")
    assert names(clone / "from-python") == ["p1.pdf", "p2.pdf"]
    # "That file is …"
    combined, shown = ((clone / path).read_bytes() for path in ("all.pdf", "examples/clinic/plans.pdf"))
    assert text_of(combined) == text_of(shown)


def follow(block: Block, shell: Shell) -> None:
    """Run the commands of a console, and compare what they print with what is shown."""
    assert block.text.startswith("$ ")
    shell.code = 0
    steps = [step.rstrip("\n").partition("\n") for step in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]]
    for index, (command, _, shown) in enumerate(steps):
        printed = shell.perform(command)
        told = index + 1 < len(steps) and steps[index + 1][0] == "echo $?"
        assert told or shell.code == 0, f"README.md:{block.line}: {command}: {shell.code}\n{printed}"
        pattern = "".join("(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in shown.splitlines())
        fits = re.fullmatch(pattern, printed) is not None
        assert fits, f"README.md:{block.line}: {command} prints\n{printed}"


def install(block: Block, shell: Shell) -> None:
    """Type it in as it stands; what such a shell then finds is what the rest of the README is told with."""
    if block.text.startswith("make "):
        assert {line.removeprefix("make ") for line in block.text.splitlines()} <= targets()
        return
    done = shell.run("bash", "-e", "-c", f"{block.text}echo $PATH")
    assert done.returncode == 0, f"README.md:{block.line}: {done.stdout}"
    shell.environment["PATH"] = done.stdout.splitlines()[-1]
    assert shell.found("pdfbuilder").is_relative_to(shell.folder)


def offline(folder: Path) -> dict[str, str]:
    """An environment in which `pip install .` fetches nothing: what it asks for is there, as the tests have it."""
    for each in needed("pdfbuilder", "hatchling"):
        if each.name != "pdfbuilder":
            copy(each, folder)
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    here = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    # PIP_NO_BUILD_ISOLATION is read the wrong way round: this switches it off.
    pip = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**kept, **pip, "PATH": here, "PYTHONPATH": str(folder)}


def in_sh(text: str) -> str:
    """Commands for PowerShell as they are for a shell of Unix."""
    unix = text.replace(".venv\\Scripts\\Activate.ps1", "source .venv/bin/activate")
    return re.sub(r"^py ", "python3 ", unix, flags=re.MULTILINE)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


# --------------------------------------------------------------------------- tables and names


def test_side_words_are_as_the_table_says() -> None:
    english = Library().language("en")
    table = rows(section("Side words"))
    assert len(table) == 7
    for written, *expected in table:
        parts, wrong = parse(written.strip("`"))
        assert wrong == ()
        for side, sentence in zip(Side, expected, strict=True):
            spans = Wording(parts).resolve(side, english)
            assert "".join(f"**{span.text}**" if span.relative else span.text for span in spans) == sentence


def test_sides_doses_and_columns_are_as_the_tables_say() -> None:
    assert [coded(row[0]) for row in rows(section("Sides of an exercise"))] == [[each.value] for each in SideRule]
    doses = [key for row in rows(section("Doses")) for key in coded(row[0])]
    assert set(doses) == {*DOSE_FIELDS, "progress_when", "ease_when", "stop_when"}
    named = set(re.findall(r"[a-z_]+", " ".join(coded(section("Doses")))))
    assert {each.encode_name for each in structs.fields(Changeable)} <= named
    columns = [key for row in rows(section("For a clinic")) for key in coded(row[0])]
    assert set(columns) == {*COLUMNS, "EXERCISE.reps"}


def test_commands_and_extras_are_as_the_tables_say(tmp_path: Path) -> None:
    commands = {coded(row[0])[0] for row in rows(section("A tour"))}
    listed = run("--help", folder=tmp_path).text.partition("Commands:\n")[2]
    assert commands == set(re.findall(r"^  ([a-z-]+) ", listed, re.MULTILINE))
    extras = {coded(row[0])[0].replace(" -e", "") for row in rows(section("Start"))}
    assert extras == {f"pip install '.[{extra}]'" for extra in PROJECT["optional-dependencies"]}


def test_every_option_and_target_that_it_names_is_there(tmp_path: Path) -> None:
    commands = [[], *([coded(row[0])[0]] for row in rows(section("A tour")))]
    there = " ".join(run(*command, "--help", folder=tmp_path).text for command in commands)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README))
    assert named <= set(re.findall(r"--[a-z][a-z-]*", there))
    assert {name for code in coded(README) for name in re.findall(r"^make ([a-z]+)$", code)} <= targets()


def test_the_fields_of_a_form_are_called_as_the_table_says() -> None:
    named = [name for row in rows(section("Sheets that come back")) for name in coded(row[0])]
    others = ["week", "name", "date", SHEET_FIELD]
    assert named[-len(others) :] == others
    assert [str(read_name(name)) for name in named[: -len(others)]] == named[: -len(others)]


def test_every_template_is_shown() -> None:
    assert {name for name in coded(section("Templates")) if name in TEMPLATES} == set(TEMPLATES)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_picture_and_heading_that_is_linked_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    slugs = {re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-")
             for line in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}  # fmt: skip
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            assert target.removeprefix("#") in slugs
        elif not target.startswith("https://"):
            assert (ROOT / target).is_file(), target
    assert "<img" not in text


def test_the_guide_for_contributors_names_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = re.compile(r"(?:tests|content|templates|pdfbuilder)/[a-z_/-]*(?:\.\w+)?")
    missing = {path for path in coded(text) if folders.fullmatch(path) and not (ROOT / path).exists()}
    # What its reader makes; tests/drawing/test_guide.py does.
    assert missing == {"content/en/exercises/leg-slide.yaml", "content/poses/leg-slide.yaml"}
    asked = re.findall(r"^ {4}make ([a-z]+)$", text, re.MULTILINE) + re.findall(r"`make ([a-z]+)`", text)
    assert "test" in asked
    assert set(asked) <= targets()


def test_the_picture_of_the_title_has_words() -> None:
    assert all(re.findall(r"!\[(.*?)\]", README, re.DOTALL))


def test_the_table_of_what_ships_is_that_of_the_content() -> None:
    library = Library()
    of_regions: dict[str, list[str]] = {}
    for id_ in EXERCISES:
        foremost = library.exercise(id_).value.regions[0]
        of_regions.setdefault(foremost.value, []).append(id_)
    table = rows(section("What ships"))
    assert {row[0]: coded(row[2]) for row in table} == of_regions
    assert sorted(id_ for row in table for id_ in coded(row[1])) == sorted(ROUTINES)
    assert f"{len(EXERCISES)} exercises\nand eleven routines" in README
