"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
from samples import names, nobody

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.files import check_place, remove_unfinished, sole_writer, write_file


def refused(path: Path, *, replace: bool = True) -> str:
    with pytest.raises(InvalidInput) as error:
        write_file(path, b"new", replace=replace)
    return str(error.value).replace(f"{path.parent}/", "")


def fail(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_is_written_for_the_owners_eyes_only(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["a.pdf"]


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("step", ["os.fsync", "os.open", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_whatever_fails_the_old_file_is_still_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(step, fail)
    assert refused(path) == (
        "a.pdf: error[output] the file cannot be written: No space left on device\n  hint: choose another place"
    )
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.pdf", b"new")
    assert names(tmp_path) == []


def test_a_reader_never_sees_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    seen = []
    sync = os.fsync

    def look(descriptor: int) -> None:
        seen.append(path.read_bytes())
        sync(descriptor)

    monkeypatch.setattr("os.fsync", look)
    write_file(path, b"new")
    assert seen == [b"old"]


def test_a_symbolic_link_is_never_written_through(tmp_path: Path) -> None:
    target = tmp_path / "target.pdf"
    target.write_bytes(b"old")
    link = tmp_path / "a.pdf"
    link.symlink_to(target)
    assert refused(link) == (
        "a.pdf: error[output-link] the file is a symbolic link\n  hint: name the file that it points to"
    )
    assert target.read_bytes() == b"old"
    assert link.is_symlink()


def test_a_link_that_leads_nowhere_is_a_link_too(tmp_path: Path) -> None:
    link = tmp_path / "a.pdf"
    link.symlink_to(tmp_path / "none.pdf")
    assert "error[output-link]" in refused(link)
    assert names(tmp_path) == ["a.pdf"]


def test_a_link_that_comes_in_between_is_replaced_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "target.pdf"
    target.write_bytes(b"old")
    path = tmp_path / "a.pdf"
    sync = os.fsync

    def link_it(descriptor: int) -> None:
        path.symlink_to(target)
        sync(descriptor)

    monkeypatch.setattr("os.fsync", link_it)
    write_file(path, b"new")
    assert target.read_bytes() == b"old"
    assert not path.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    assert refused(tmp_path / "a.pdf") == (
        "a.pdf: error[output-directory] expected a file's name, got a folder\n  hint: add a file's name"
    )


def test_a_device_is_no_file() -> None:
    assert refused(Path("/dev/null")) == (
        "null: error[output] expected a file's name, got a device\n  hint: name an ordinary file"
    )


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none" / "a.pdf"
    assert refused(path) == (
        f"a.pdf: error[output-folder] there is no folder {path.parent}\n  hint: make the folder first"
    )
    assert names(tmp_path) == []


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    path = tmp_path / "file" / "a.pdf"
    assert f"error[output-folder] {path.parent} is not a folder\n" in refused(path)


def test_a_folder_that_cannot_be_written() -> None:
    # In a folder of its own: pytest's are closed to nobody.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with nobody():
            found = refused(folder / "a.pdf")
        assert found == (
            "a.pdf: error[output] the file cannot be written: Permission denied\n  hint: choose another place"
        )
        assert names(folder) == []


@pytest.mark.parametrize("name", ["a" * 300 + ".pdf", "a\0.pdf"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    assert "error[output] the file cannot be written: " in refused(tmp_path / name)
    assert names(tmp_path) == []


def test_what_must_be_new_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_file(path, b"old", replace=False)
    assert refused(path, replace=False) == (
        "a.yaml: error[output-exists] the file exists already\n  hint: choose another name"
    )
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.yaml"]


def test_what_must_be_new_replaces_nothing_that_came_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    sync = os.fsync

    def take_the_place(descriptor: int) -> None:
        path.write_bytes(b"old")
        sync(descriptor)

    monkeypatch.setattr("os.fsync", take_the_place)
    assert "error[output-exists]" in refused(path, replace=False)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.yaml"]


def test_a_place_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", no_links)
    path = tmp_path / "a.yaml"
    write_file(path, b"new", replace=False)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a.yaml"]
    assert "error[output-exists]" in refused(path, replace=False)


def test_a_good_place_is_good_before_there_is_a_file(tmp_path: Path) -> None:
    check_place(tmp_path / "a.pdf")
    assert names(tmp_path) == []


# --------------------------------------------------------------------------- one writer at a time


def test_a_folder_has_one_writer_at_a_time_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    with sole_writer(tmp_path):
        remove_unfinished(tmp_path)  # the lock is none
        with pytest.raises(InvalidInput) as refused, sole_writer(tmp_path):
            pass
        assert str(refused.value) == (
            f"{tmp_path}: error[output-busy] another batch is printing into this folder\n"
            "  hint: wait until that one is done, or choose another folder"
        )
    assert names(tmp_path) == []
    with sole_writer(tmp_path):
        assert len(names(tmp_path)) == 1


def test_the_lock_of_who_was_killed_holds_nobody_up(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib, pdfbuilder.files as output\nwith output.sole_writer(pathlib.Path(sys.argv[1])):\n"
    )
    killed = subprocess.run([sys.executable, "-c", f"{script}    os.kill(os.getpid(), 9)", tmp_path], check=False)
    assert killed.returncode == -9
    assert len(names(tmp_path)) == 1
    with sole_writer(tmp_path):
        pass
    assert names(tmp_path) == []


def test_a_lock_that_is_removed_while_it_is_asked_for_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who had it before removes it, and lets go of it: what was opened meanwhile has no name any more."""
    opened: list[int] = []
    real = os.open

    def open_late(path: Path, *words: int) -> int:
        descriptor = real(path, *words)
        opened.append(descriptor)
        if len(opened) == 1:
            path.unlink()
        return descriptor

    monkeypatch.setattr(os, "open", open_late)
    with sole_writer(tmp_path):
        assert len(opened) == 2
        assert len(names(tmp_path)) == 1


@pytest.mark.parametrize("what", ["link", "folder", "pipe"])
def test_a_lock_that_is_no_file_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / ".pdfbuilder.lock"
    match what:
        case "link":
            path.symlink_to(tmp_path / "elsewhere")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
    with contextlib.suppress(InvalidInput), sole_writer(tmp_path):
        pass  # a pipe can be locked, and is not waited for
    assert not (tmp_path / "elsewhere").exists()
