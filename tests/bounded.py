"""Reads hostile files where no harm comes of it: in a process of its own, with little memory and an end.

As a program it reads the files that it is given, and prints for each what it says of it, as a line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from samples import write

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, told
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.side import Side
from pdfbuilder.pictures.reading import read_picture
from pdfbuilder.reading.library import Library
from pdfbuilder.roster.people import read_roster

#: Of a hang, in seconds; nothing here takes long.
GUARD = 30
#: Of what the process may ask for, with all of Python; in bytes.
MEMORY = 600_000_000


def said_within_bounds(folder: Path, files: Mapping[str, bytes], memory: int = MEMORY) -> dict[str, str]:
    """What is said of files, by their names; what each is tells its name: definition, roster or picture."""
    paths = [str(write(folder, data, name)) for name, data in files.items()]
    done = subprocess.run(
        [sys.executable, __file__, str(memory), *paths],
        capture_output=True, text=True, check=False, timeout=GUARD, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return {Path(path).name: found for path, found in map(json.loads, done.stdout.splitlines())}


def _read(path: str) -> tuple[Diagnostic, ...]:
    try:
        match Path(path).suffix:
            case ".yaml" if not Path(path).name.startswith("roster"):
                return Library().check(path).warnings
            case ".yaml" | ".csv" | ".xlsx":
                return read_roster(path, Order("sciatica-starter")).problems
        read_picture(Path(path), Side.RIGHT, "", Location("routine.yaml"), "file")
    except InvalidInput as error:
        return error.diagnostics
    return ()


def _main(memory: int, paths: list[str]) -> None:
    try:
        import resource
    except ImportError:  # on Windows the guard has to do
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for path in paths:
        print(json.dumps((path, "\n".join(told(_read(path))))), flush=True)


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2:])
