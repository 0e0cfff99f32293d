"""A batch as a process: stopped, on a terminal and without one."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from batch.rosters import roster
from samples import hear_ctrl_c, names, write

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "pdfbuilder", "batch", "roster.csv", "-o"]
PEOPLE = 60


def deaf_to_ctrl_c() -> None:
    """As a shell starts what runs in the background of a script."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def started(folder: Path, processes: int, prepare: Callable[[], object] = hear_ctrl_c) -> subprocess.Popen[str]:
    """A batch of many at work on `folder/out`, with a group of processes for itself as on a terminal."""
    write(folder, roster(PEOPLE), "roster.csv")
    return subprocess.Popen(
        [*COMMAND, "out", "-j", str(processes)],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=prepare,  # noqa: PLW1509 - there are no threads to wait for
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a batch leaves that nobody stops."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    write(folder, roster(PEOPLE), "roster.csv")
    done = subprocess.run([*COMMAND, "out", "-j", "2"], cwd=folder, capture_output=True, check=True)
    # on a slow machine there are lines before it
    assert done.stderr.splitlines()[-1].startswith(f"printed {PEOPLE}, ".encode())
    return contents(folder / "out")


def files_in(folder: Path) -> int:
    return len(names(folder)) if folder.exists() else 0


def wait_until_gone(group: int) -> None:
    """Wait for the last process of a group: the server of workers leaves when it sees that nobody needs it."""
    for _ in range(1000):
        try:
            fields = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
        except OSError:  # one left while we looked
            continue
        # state, parent, group; a zombie is nobody
        if not any(each[0] != "Z" and int(each[2]) == group for each in fields):
            return
        time.sleep(0.01)
    raise AssertionError("some are still there")


@pytest.mark.parametrize(("processes", "after"), [(1, 0), (1, 12), (2, 0), (2, 12)])
def test_ctrl_c_leaves_whole_files_and_a_manifest_to_go_on_from(
    tmp_path: Path, processes: int, after: int, uninterrupted: dict[str, bytes]
) -> None:
    out = tmp_path / "out"
    child = started(tmp_path, processes)
    while child.poll() is None and (not out.exists() or files_in(out) < after):
        time.sleep(0.002)
    # as a terminal does it: to the program and to all its workers
    os.killpg(child.pid, signal.SIGINT)
    _, err = child.communicate()
    assert child.returncode == 130
    said = re.fullmatch(r"stopped with ([0-9]+) plans in out; go on with --resume\n", err)
    assert said or (after, err) == (0, "")
    wait_until_gone(child.pid)

    if (out / "manifest.json").exists():
        manifest = json.loads((out / "manifest.json").read_bytes())
        assert manifest["complete"] is False
        recorded = {each["file"]: each["sha256"] for each in manifest["people"]}
    else:
        assert after == 0
        recorded = {}
    left = {name: data for name, data in contents(out).items() if name != "manifest.json"}
    assert len(left) < PEOPLE
    for name, data in left.items():
        assert data == uninterrupted[name]
        with pikepdf.open(out / name) as document:
            assert len(document.pages) >= 1
    assert said is None or int(said[1]) == len(recorded)
    assert recorded.items() <= {name: hashlib.sha256(data).hexdigest() for name, data in left.items()}.items()
    # between a file and its record there is a moment
    assert len(left) - len(recorded) <= 1

    done = subprocess.run(
        [*COMMAND, "out", "-j", str(3 - processes), "--resume"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    if recorded:
        assert f"printed {PEOPLE - len(recorded)}, kept {len(recorded)}, " in done.stderr
    assert contents(out) == uninterrupted


@pytest.mark.parametrize("processes", [1, 2])
def test_more_ctrl_c_loses_nothing_and_hangs_nowhere(
    tmp_path: Path, processes: int, uninterrupted: dict[str, bytes]
) -> None:
    out = tmp_path / "out"
    child = started(tmp_path, processes)
    while child.poll() is None and files_in(out) < 20:
        time.sleep(0.002)
    # impatiently, until it is gone
    while child.poll() is None:
        os.killpg(child.pid, signal.SIGINT)
        time.sleep(0.03)
    child.communicate(timeout=60)
    assert child.returncode == 130
    wait_until_gone(child.pid)
    manifest = json.loads((out / "manifest.json").read_bytes())
    left = {name: data for name, data in contents(out).items() if name != "manifest.json"}
    assert len(left) - len(manifest["people"]) <= 1
    assert left.items() <= uninterrupted.items()


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("prepare", [hear_ctrl_c, deaf_to_ctrl_c])
def test_a_batch_that_is_told_to_end_ends_as_with_ctrl_c(
    tmp_path: Path, processes: int, prepare: Callable[[], object], uninterrupted: dict[str, bytes]
) -> None:
    out = tmp_path / "out"
    child = started(tmp_path, processes, prepare)
    while child.poll() is None and files_in(out) < 20:
        time.sleep(0.002)
    child.terminate()
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert re.fullmatch(r"stopped with [0-9]+ plans in out; go on with --resume\n", err)
    wait_until_gone(child.pid)
    left = {name: data for name, data in contents(out).items() if name != "manifest.json"}
    assert left.items() <= uninterrupted.items()
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert len(left) - len(manifest["people"]) <= 1


def test_a_batch_that_is_killed_takes_its_workers_along_and_goes_on_later(
    tmp_path: Path, uninterrupted: dict[str, bytes]
) -> None:
    out = tmp_path / "out"
    child = started(tmp_path, 2)
    while child.poll() is None and files_in(out) < 20:
        time.sleep(0.002)
    child.kill()
    child.communicate()
    wait_until_gone(child.pid)
    (out / ".pdfbuilder-half").write_bytes(b"%PDF-")
    assert files_in(out) < PEOPLE
    subprocess.run([*COMMAND, "out", "-j", "2", "--resume"], cwd=tmp_path, capture_output=True, check=True)
    assert contents(out) == uninterrupted


# --------------------------------------------------------------------------- what is seen


def on_a_terminal(folder: Path, *words: str) -> str:
    """What a terminal is shown."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    child = subprocess.Popen([*COMMAND, *words], cwd=folder, stderr=theirs, stdout=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert child.wait() == 0
    return shown.decode()


def test_a_terminal_is_shown_a_bar_and_a_table(tmp_path: Path) -> None:
    long = "Slowly and slowly. " * 12
    extra = f"w1,,left,sciatica-starter,{long},fridge\n"
    text = "id,name,side,routine,note,template\n" + "".join(f"{line},,\n" for line in roster(40).splitlines()[1:])
    write(tmp_path, text + extra, "roster.csv")
    shown = on_a_terminal(tmp_path, "out")
    assert "\x1b[" in shown
    assert "━" in shown
    assert "41/41" in shown
    assert "a second" in shown
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert "warning[layout] row 42 (w1), template: Pelvic tilt: One box for the whole exercise" in plain
    table = plain[plain.rindex("┏") :]
    assert re.search(r"printed ┃ warned ┃ failed ┃ pages ┃ +boxes", table)
    assert re.search(r"41 │ +1 │ +0 │ +[0-9]+ │ +[0-9,]+ │", table)


@pytest.mark.parametrize("forced", [{}, {"FORCE_COLOR": "1", "TERM": "xterm-256color"}])
def test_without_a_terminal_there_are_plain_lines(tmp_path: Path, forced: dict[str, str]) -> None:
    write(tmp_path, roster(3), "roster.csv")
    done = subprocess.run(
        [*COMMAND, "out"], cwd=tmp_path, capture_output=True, text=True, check=True, env={**os.environ, **forced}
    )
    assert done.stdout == ""
    assert re.fullmatch(r"printed 3, warned 0, failed 0, pages [0-9]+, boxes [0-9]+\n", done.stderr)
