"""What SECURITY.md promises: its figures, and that nothing is run or fetched; the rest is where what it is about is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bounded import GUARD
from picture_samples import corners, routine_with, saved, svg
from roster.rosters import saved as packed
from roster.rosters import workbook
from samples import ROOT, names, write

from pdfbuilder import diagnostics
from pdfbuilder.formats import filled
from pdfbuilder.handout import fields
from pdfbuilder.pictures import bitmap_files, bitmaps, drawings
from pdfbuilder.pictures import reading as pictures
from pdfbuilder.roster import delimited, formats, listings, packages, tables, workbooks
from pdfbuilder.yamlfile import source, tree, values

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
COUNTS = {
    "a definition (YAML)": (source.MOST_BYTES, tree.MOST_VALUES, tree.MOST_DEPTH, values.LONGEST_TEXT),
    "a roster": (
        formats.MOST_BYTES, tables.MOST_PEOPLE, tables.MOST_COLUMNS, tables.MOST_CELLS, tables.LONGEST_CELL,
    ),
    "a CSV": (delimited.MOST_LINES,),
    "a YAML roster": (listings.MOST_VALUES,),
    "a workbook": (
        packages.MOST_PARTS, packages.MOST_UNPACKED, packages.MOST_ELEMENTS, packages.MOST_OTHERS,
        packages.MOST_NESTING, packages.MOST_NAMES, packages.LONGEST_PIECE, packages.MOST_OF["xf"],
        packages.MOST_OF["sheet"], packages.MOST_OF["Relationship"], workbooks.MOST_MERGED,
    ),
    "a drawing (SVG)": (
        pictures.MOST_SVG_BYTES, drawings.MOST_ELEMENTS, drawings.MOST_SHAPES, drawings.MOST_NUMBERS,
        drawings.MOST_DASHES,
    ),
    "a sheet that was filled in": (
        filled.MOST_BYTES, filled.MOST_FIELDS, filled.MOST_DEPTH, filled.LONGEST_VALUE, filled.MOST_IN_A_LIST,
        filled.MOST_UNPACKED, fields.MOST_EXERCISES, filled.MOST_SECONDS, filled.MOST_MEMORY,
    ),
    "a photograph or another bitmap": (
        pictures.MOST_PIXEL_BYTES, bitmaps.MOST_PIXELS // 1_000_000, bitmap_files.MOST_PARTS, bitmap_files.MOST_SCANS,
    ),
}  # fmt: skip


def test_every_count_of_the_page_is_the_program_s() -> None:
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE))
    del rows["file"]
    assert {name: tuple(re.findall(r"\b[0-9][0-9,]*", text)) for name, text in rows.items()} == {
        name: tuple(f"{count:,}" for count in counts) for name, counts in COUNTS.items()
    }
    assert f"Of a file {diagnostics.MOST_SAID} mistakes are said" in PAGE
    assert f"of its words {diagnostics.MOST_QUOTED} characters are\nquoted" in PAGE
    assert f"fail after {GUARD} seconds" in PAGE


#: Whatever asks for the network or for another program is noted, and ends the process.
WATCHED = """
import os, sys

def watch(event, _):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "urllib.")):
        os.write(2, f"FORBIDDEN {event}".encode())
        os._exit(99)

from pdfbuilder.cli.main import main
sys.argv = ["pdfbuilder", *sys.argv[1:]]
sys.addaudithook(watch)
main()
"""
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://127.0.0.1:9/a"'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("build", "good.yaml", "-s", "left"), 0),
        (("show", "good.yaml", "-s", "left"), 0),
        (("check", "image.yaml", "import.yaml", "entity.yaml", "tag.yaml"), 2),
        (("batch", "people.xlsx", "-o", "plans", "--combine", "all.pdf"), 0),
    ],
)
def test_nothing_is_run_and_nothing_is_fetched(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    fetching = {
        "good": svg(),
        "image": svg(f"<image {LINK}/>"),
        "import": svg("<style>@import 'http://127.0.0.1:9/a';</style>"),
        "entity": b'<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/a">' + svg(),
    }
    for name, data in fetching.items():
        routine_with(tmp_path, f"{name}.svg", data).rename(tmp_path / f"{name}.yaml")
    write(tmp_path, saved(corners(), "PNG"), "a.png")
    write(tmp_path, "title: !!python/object/apply:os.system ['echo']\nexercises: [pelvic-tilt]\n", "tag.yaml")
    write(tmp_path, packed(workbook(("id", "side", "routine"), ("p1", "left", "good.yaml"))), "people.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *words], cwd=tmp_path, capture_output=True, check=False, timeout=GUARD
    )
    assert (done.returncode, b"FORBIDDEN" in done.stderr) == (code, False), done.stderr
    assert ("plans" in names(tmp_path)) == (words[0] == "batch")
