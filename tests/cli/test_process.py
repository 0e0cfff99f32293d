"""The program as a process: pipes, signals, letters, and what it loads."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from picture_samples import corners, routine_with, saved
from samples import OWN, hear_ctrl_c, names, write

from pdfbuilder import build

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "pdfbuilder"]


def process(
    *words: str | bytes, folder: Path, stdin: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *words], cwd=folder, input=stdin, capture_output=True, check=False,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip


def test_a_sheet_from_a_shell(tmp_path: Path) -> None:
    done = process("build", "back-mobility", "--side", "left", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert names(tmp_path) == ["back-mobility-left.pdf"]


def test_bad_input_from_a_shell(tmp_path: Path) -> None:
    done = process("show", "-", "-s", "left", folder=tmp_path, stdin=b"title: A\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == (
        b"<stdin>:1:1: error[missing-key] exercises: the key exercises is missing\n"
        b"    title: A\n"
        b"    ^^^^^\n"
        b"  hint: add exercises: [knee-to-chest, pelvic-tilt], or phases: with exercises in each\n"
    )


def test_no_colour_where_there_is_no_terminal(tmp_path: Path) -> None:
    forced = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    for words in (["build"], ["build", "x"], ["--help"], ["show", "sciatica-complete", "-s", "left"]):
        done = process(*words, folder=tmp_path, environment=forced)
        assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["show", "sciatica-complete", "-s", "left"], ["build", "back-mobility", "-s", "left", "-o", "-"], ["list"],
        ["schema", "routine"], ["--help"], ["build", "--help"], ["--version"],
    ],
)  # fmt: skip
def test_a_reader_who_has_had_enough_is_no_fault(tmp_path: Path, words: list[str]) -> None:
    read, write_ = os.pipe()
    os.close(read)
    try:
        done = subprocess.run([*COMMAND, *words], cwd=tmp_path, stdout=write_, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write_)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"fault" not in done.stderr


def from_a_shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """The command in a line of a shell, which can close what it has open."""
    line = line.replace("pdfbuilder", f'"{sys.executable}" -m pdfbuilder')
    return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("pdfbuilder build - -s left -o x.pdf <&-", 2, "<stdin>: error[missing-file] standard input is closed"),
        (
            "pdfbuilder build - -s left -o x.pdf 0>x.txt",
            2,
            "<stdin>: error[unreadable] standard input cannot be read: ",
        ),
        ("pdfbuilder show back-mobility -s left >&-", 2, "standard output: error[output] it is closed"),
        ("pdfbuilder --help >&-", 2, "standard output: error[output] it is closed"),
        ("pdfbuilder --version >&-", 2, "standard output: error[output] it is closed"),
        ("pdfbuilder build back-mobility -s left -o a.pdf 2>&-", 0, ""),
        ("pdfbuilder build back-mobility -s left -o a.pdf 2>/dev/full", 0, ""),
        ("pdfbuilder build nope -s left 2>/dev/full", 2, ""),
        ("pdfbuilder batch roster.csv -o out 2>&-", 3, ""),
        ("pdfbuilder batch roster.csv -o out 2>/dev/full", 3, ""),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to be out of space on")
def test_a_stream_that_is_closed_or_full_changes_nothing_of_what_is_done(
    tmp_path: Path, line: str, code: int, said: str
) -> None:
    write(tmp_path, "id,side,routine\np1,left,back-mobility\np2,lft,back-mobility\n", "roster.csv")
    done = from_a_shell(tmp_path, line)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "fault" not in done.stderr
    made = {"build": "a.pdf", "batch": "out"}.get(line.split()[1], "")
    assert (made in names(tmp_path)) == (code in (0, 3))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to be out of space on")
@pytest.mark.parametrize("words", [["show", "back-mobility", "-s", "left"], ["--help"], ["new", "-h"], ["--version"]])
def test_an_output_without_space_is_said(tmp_path: Path, words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *words], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        b"standard output: error[output] it cannot be written: No space left on device\n  hint: choose another place\n"
    )


def test_ctrl_c_is_130_and_leaves_nothing_behind(tmp_path: Path) -> None:
    pipe = tmp_path / "routine.yaml"
    os.mkfifo(pipe)
    child = subprocess.Popen(
        [*COMMAND, "build", "routine.yaml", "-s", "left"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - there are no threads to wait for
    )
    # Opening the pipe waits until the program reads from it; then it waits for us.
    with pipe.open("wb"):
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
    assert (child.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert names(tmp_path) == ["routine.yaml"]


def test_ctrl_c_is_heard_while_the_command_line_is_loaded(tmp_path: Path) -> None:
    # What is loaded first of all that takes long; here it is Ctrl-C that comes.
    write(tmp_path, "import signal\nsignal.raise_signal(signal.SIGINT)\n", "typer.py")
    done = subprocess.run(
        [*COMMAND, "--help"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True,
        check=False, preexec_fn=hear_ctrl_c,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


# --------------------------------------------------------------------------- completion

COMMANDS = {
    "build", "show", "batch", "show-picture", "gallery", "read", "check", "list", "new", "schema", "copy", "settings",
    "desk",
}  # fmt: skip


def completed(shell: str, *words: str, folder: Path) -> set[str]:
    """What a shell is told that the last of some words could be."""
    asks = {
        "bash": {"COMP_WORDS": "\n".join(("pdfbuilder", *words)), "COMP_CWORD": str(len(words))},
        "zsh": {"_TYPER_COMPLETE_ARGS": " ".join(("pdfbuilder", *words))},
    }
    done = process(folder=folder, environment={**asks[shell], "_PDFBUILDER_COMPLETE": f"complete_{shell}"})
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    return set(lines) if shell == "bash" else set(re.findall(r'"([\w-]+)":"', done.stdout.decode()))


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_completes_every_command_and_every_option(shell: str, tmp_path: Path) -> None:
    assert completed(shell, "", folder=tmp_path) == COMMANDS
    assert completed(shell, "show", folder=tmp_path) == {"show", "show-picture"}
    assert completed(shell, "build", "--f", folder=tmp_path) == {"--fillable"}
    offered = completed(shell, "batch", "roster.csv", "--", folder=tmp_path)
    assert {"--side", "--resume", "--column", "--scheduler"} <= offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here to complete anything")
def test_bash_completes_with_what_it_is_given(tmp_path: Path) -> None:
    program = write(tmp_path, f'#!/bin/sh\nexec "{sys.executable}" -m pdfbuilder "$@"\n', "pdfbuilder")
    program.chmod(0o700)
    script = """
        PATH=$PWD:$PATH
        eval "$(pdfbuilder --show-completion)"
        complete -p pdfbuilder
        COMP_WORDS=(pdfbuilder check --st) COMP_CWORD=2
        _pdfbuilder_completion pdfbuilder
        printf '%s\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "complete -o default -F _pdfbuilder_completion pdfbuilder\n--strict\n"


# --------------------------------------------------------------------------- what it reads, says and loads


def test_a_terminal_of_few_letters_gets_them_by_number(tmp_path: Path) -> None:
    done = process(
        "show", "back-mobility", "-s", "left", "-n", "Łukasz", folder=tmp_path,
        environment={"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"\n\\u0141ukasz \\xb7 about 11 minutes a day\n" in done.stdout


def test_a_file_name_that_is_no_text_is_no_fault(tmp_path: Path) -> None:
    name = b"plan-\xff.yaml"
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text(f"{OWN}times_per_day: 1\n")
    done = process("check", name, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == b"plan-\\udcff.yaml: ok\n"
    done = process("check", b"none-\xff.yaml", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(b"none-\\udcff.yaml: error[missing-file]")


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    write(tmp_path, "title: A\n", "a\x1b[2J\n.yaml")
    done = process("check", "a\x1b[2J\n.yaml", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(b"a\\x1b[2J\\n.yaml:1:1: error[missing-key]")


#: Runs a command and prints what it has loaded.
LOADED = """
import sys
from pdfbuilder.cli.main import main
sys.argv = ["pdfbuilder", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("loaded:", *sys.modules)
"""


def loaded(*words: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("command", [[], ["build"], ["show"], ["check"], ["list"], ["new"], ["schema"]])
def test_help_loads_nothing_but_the_command_line(command: list[str]) -> None:
    modules = loaded(*command, "--help")
    # Diagnostics are made of msgspec's structs; that is small.
    assert not {"reportlab", "yaml", "babel", "PIL", "pikepdf", "numpy", "pydantic", "rich"} & modules
    ours = {name for name in modules if name.startswith("pdfbuilder.") and not name.startswith("pdfbuilder.cli")}
    assert ours <= {"pdfbuilder.diagnostics"}


@pytest.mark.parametrize("words", [["list"], ["schema", "template"], ["check", "/none.yaml"]])
def test_what_makes_no_pdf_loads_no_reportlab(words: list[str]) -> None:
    assert "reportlab" not in loaded(*words)


def test_a_sheet_of_what_ships_loads_neither_pillow_nor_babel(tmp_path: Path) -> None:
    modules = loaded("build", "back-mobility", "-s", "left", "-o", str(tmp_path / "a.pdf"))
    assert names(tmp_path) == ["a.pdf"]
    # PIL.Image is there, but was not run.
    assert not {"PIL._imaging", "babel"} & modules


def test_a_photograph_from_a_shell_is_the_one_that_a_program_prints(tmp_path: Path) -> None:
    path = routine_with(tmp_path, "photo.jpg", saved(corners(), "JPEG"))
    assert process("build", str(path), "-s", "left", "-o", "-", folder=tmp_path).stdout == build(str(path), "left")


def test_nothing_of_making_content_is_loaded_to_print_it() -> None:
    assert not {"numpy", "shapely", "pdfbuilder.drawing"} & loaded("show", "back-mobility", "-s", "left")
