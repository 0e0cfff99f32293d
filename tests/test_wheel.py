"""What is published: the source archive and, built from it, the wheel, installed where nothing else is.

The fresh environment holds the wheel and those libraries that the wheel itself asks for, from the environment of the
tests, and no others: a dependency that is not declared is missing there. Nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from importlib.metadata import Distribution, distribution
from pathlib import Path

import openpyxl
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from samples import ROOT, SIDES, names

import pdfbuilder

pytestmark = pytest.mark.slow

NOT_PUBLISHED = (".venv", ".git", ".hypothesis", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache")


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive, and the wheel built from what is in it."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (source,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return source, wheel


@pytest.fixture(scope="module")
def wheel(archives: tuple[Path, Path]) -> Path:
    return archives[1]


@pytest.fixture(scope="module")
def inside(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
    for each in needed(*metadata.get_all("Requires-Dist", [])):
        copy(each, site)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(interpreter)]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    # All that the wheel and its dependencies ask for is there, in a version that they accept.
    checked = subprocess.run([*pip, "check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    return interpreter


def needed(*requirements: str) -> Iterator[Distribution]:
    """The installed libraries that are asked for without any extra, and those that they ask for."""
    pending = [(Requirement(text), frozenset[str]()) for text in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    while pending:
        requirement, extras = pending.pop()
        if requirement.marker and not any(requirement.marker.evaluate({"extra": each}) for each in (*extras, "")):
            continue
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key not in seen:
            library = distribution(requirement.name)
            pending += [(Requirement(text), key[1]) for text in library.requires or ()]
            seen.add(key)
            yield library


def copy(library: Distribution, site: Path) -> None:
    """Put an installed library's files, but for its commands, into another environment."""
    for file in library.files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), target)


def run(interpreter: Path, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # Isolated from this environment and from the folder it is started in.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(interpreter), *words], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def program(interpreter: Path) -> Path:
    return interpreter.parent / ("pdfbuilder.exe" if os.name == "nt" else "pdfbuilder")


# --------------------------------------------------------------------------- what is inside


def test_content_templates_and_the_mark_of_types_are_in_the_wheel(inside: list[str]) -> None:
    for folder in ("content", "templates"):
        shipped = [path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert shipped
        assert {f"pdfbuilder/_bundled/{path}" for path in shipped} <= set(inside)
    assert "pdfbuilder/py.typed" in inside


def test_only_the_package_is_in_the_wheel(inside: list[str]) -> None:
    assert {name.split("/")[0] for name in inside} == {"pdfbuilder", "pdfbuilder-0.1.0.dist-info"}
    assert not [name for name in inside if "test" in name or "example" in name or "__pycache__" in name]
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pdfbuilder").rglob("*.py")}
    drawing = {name for name in sources if name.startswith("pdfbuilder/drawing/")}
    assert drawing
    assert {name for name in inside if name.endswith(".py")} == sources - drawing


def test_the_licence_and_the_description_are_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("pdfbuilder-0.1.0.dist-info/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
        metadata = Parser().parsestr(archive.read("pdfbuilder-0.1.0.dist-info/METADATA").decode())
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert str(metadata.get_payload()).strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()


def test_the_source_archive_has_what_is_needed_to_go_on(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        members = {name.partition("/")[2] for name in archive.getnames()}
    wanted = ("LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile", "pyproject.toml",
              ".gitignore", "tests/test_wheel.py", "tests/golden/sciatica-starter-left.txt", "examples/make.py",
              "examples/left-and-right.png", "content/starter.yaml", "templates/handout.yaml",
              "locks/program.txt")  # fmt: skip
    assert set(wanted) <= members
    assert not [name for name in members if any(part in NOT_PUBLISHED for part in Path(name).parts)]


# --------------------------------------------------------------------------- what it does


def test_it_builds_the_very_same_sheets(python: Path, tmp_path: Path) -> None:
    for side in SIDES:
        done = run(program(python), "build", "sciatica-starter", "--side", side, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        made = (tmp_path / f"sciatica-starter-{side}.pdf").read_bytes()
        assert made == pdfbuilder.build("sciatica-starter", side)
    assert names(tmp_path) == [f"sciatica-starter-{side}.pdf" for side in sorted(SIDES)]


def test_it_runs_as_a_module_and_finds_what_it_came_with(python: Path, tmp_path: Path) -> None:
    # Folders of the same names beside it are a stranger's.
    for folder in ("content/en/routines", "templates"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "stranger.yaml").write_text("title: Not ours\n")
    done = run(python, "-m", "pdfbuilder", "list", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "  sciatica-starter " in done.stdout
    assert "stranger" not in done.stdout
    where = run(python, "-c", "import pdfbuilder.assets as a; print(a.shipped('content'))", folder=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(python.parent.parent)


def test_it_prints_a_roster_and_a_routine_of_ones_own(python: Path, tmp_path: Path) -> None:
    assert run(program(python), "new", "mine.yaml", folder=tmp_path).returncode == 0
    (tmp_path / "people.csv").write_text("id,side,routine\np1,left,mine.yaml\np2,right,./mine.yaml\n")
    done = run(program(python), "batch", "people.csv", "-o", "plans", "--combine", "all.pdf", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "plans") == ["manifest.json", "p1.pdf", "p2.pdf"]


def test_what_needs_an_extra_says_which(python: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,side,routine\np1,left,sciatica-starter\n")
    words = ("batch", "people.csv", "-o", "plans", "--scheduler", "tcp://127.0.0.1:1")
    done = run(program(python), *words, folder=tmp_path)
    assert done.returncode == 2
    assert "hint: pip install " in done.stderr
    assert "pdfbuilder[cluster]" in done.stderr


def test_a_workbook_needs_nothing_more(python: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("id", "side", "routine"), ("p1", "left", "sciatica-starter")):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    done = run(program(python), "batch", "people.xlsx", "-o", "plans", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "plans") == ["manifest.json", "p1.pdf"]
