"""What `make` installs: every library that is asked for, in one version for each Python, by its hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from samples import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
EXTRAS = [*PROJECT["project"]["optional-dependencies"].values(), PROJECT["dependency-groups"]["lock"]]
LOCKS = {"program": ASKED, "development": [*ASKED, *(each for extra in EXTRAS for each in extra)]}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def text_of(lock: str) -> str:
    return Path(ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")


def locked(lock: str, python: str, platform: str = "linux") -> dict[str, str]:
    """The version of each library that a lock names for a Python."""
    environment = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": platform}
    environment |= {"os_name": {"win32": "nt"}.get(platform, "posix")}
    lines = [Requirement(line) for line in re.findall(r"^([a-z].*?) \\$", text_of(lock), re.MULTILINE)]
    lines = [each for each in lines if each.marker is None or each.marker.evaluate(environment)]
    versions: dict[str, str] = {canonicalize_name(each.name): str(each.specifier)[2:] for each in lines}
    assert len(versions) == len(lines)
    return versions


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", LOCKS)
def test_all_that_is_asked_for_is_named_in_a_version_that_will_do(lock: str, python: str, platform: str) -> None:
    named = locked(lock, python, platform)
    for each in map(Requirement, LOCKS[lock]):
        if each.name != "pdfbuilder":
            assert each.specifier.contains(named[canonicalize_name(each.name)]), f"{each}: make lock"


@pytest.mark.parametrize("python", PYTHONS)
def test_the_program_is_tested_with_what_it_runs_with(python: str) -> None:
    assert locked("program", python).items() <= locked("development", python).items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_version_has_hashes_and_nothing_says_where_it_was_made(lock: str) -> None:
    text = text_of(lock)
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
    assert entries[0] == ""
    for entry in entries[1:]:
        assert re.fullmatch(
            r"[a-z0-9.-]+==[^ ]+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+(    # .*\n)*", entry
        )
    # No address of an index, and no path of a machine.
    assert not re.search(r"://|(?<![\w.])/", text)
