"""`pdfbuilder batch`: what is written, what is said, and how it ends."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from batch.rosters import hang_guard
from readback import text_of
from roster.rosters import SIDE_HINT
from samples import ROOT, Result, names, nobody, run, write

from pdfbuilder.files import sole_writer

pytestmark = pytest.mark.slow

ROSTER = """\
id,name,side,routine,therapist,note,template
p1,Ann Secret,left,back-mobility,Dr. Hidden,Rest your {affected leg} quietly.,handout
p2,Łukasz Private,right,sciatica-starter,,,fridge
p3,Eve Unknown,both,hamstring-stretches,Dr. Hidden,,large-print
"""
#: Words of the roster that are somebody's own.
PRIVATE = ("Secret", "Private", "Unknown", "Hidden", "quietly", "Ann", "Eve")
BAD = "p4,Mia Wrong,lefft,back-mobility,,,\n"


def batch(folder: Path, *words: str, text: str = ROSTER) -> Result:
    return (
        run("batch", "roster.csv", *words, folder=folder) if write(folder, text, "roster.csv") else Result(0, b"", "")
    )


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --------------------------------------------------------------------------- what is written


def test_one_file_a_person_and_a_manifest_without_names(tmp_path: Path) -> None:
    done = batch(tmp_path, "-o", "out")
    assert done.code == 0
    out = tmp_path / "out"
    assert names(out) == ["manifest.json", "p1.pdf", "p2.pdf", "p3.pdf"]
    written = manifest(out)
    assert written["complete"] is True
    assert written["failed"] == []
    assert [each["id"] for each in written["people"]] == ["p1", "p2", "p3"]
    assert [each["side"] for each in written["people"]] == ["left", "right", "both"]
    assert [each["routine"] for each in written["people"]] == [
        "back-mobility", "sciatica-starter", "hamstring-stretches",
    ]  # fmt: skip
    for each in written["people"]:
        data = (out / each["file"]).read_bytes()
        assert each["sha256"] == hashlib.sha256(data).hexdigest()
        with pikepdf.open(out / each["file"]) as document:
            assert each["pages"] == len(document.pages)
    text = (out / "manifest.json").read_text() + "".join(names(out))
    assert not [word for word in PRIVATE if word.casefold() in text.casefold()]


def test_the_boxes_of_the_manifest_are_those_on_paper(tmp_path: Path) -> None:
    from readback import boxes

    batch(tmp_path, "-o", "out")
    for each in manifest(tmp_path / "out")["people"]:
        assert each["boxes"] == sum(map(len, boxes((tmp_path / "out" / each["file"]).read_bytes())))


def test_the_same_roster_gives_the_same_files_again(tmp_path: Path) -> None:
    for folder in ("one", "two", "one"):
        assert batch(tmp_path, "-o", folder, "--combine", f"{folder}.pdf").code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_single_sheet_and_that_of_a_batch_are_one(tmp_path: Path) -> None:
    batch(tmp_path, "-o", "out")
    run(
        "build", "back-mobility", "-s", "left", "-n", "Ann Secret", "--therapist", "Dr. Hidden",
        "--note", "Rest your {affected leg} quietly.", "-o", "own.pdf", folder=tmp_path,
    )  # fmt: skip
    assert (tmp_path / "own.pdf").read_bytes() == (tmp_path / "out" / "p1.pdf").read_bytes()


def test_a_warning_is_said_at_its_row_counted_and_in_the_manifest(tmp_path: Path) -> None:
    text = "id,side,routine,template,note\np1,left,sciatica-starter,fridge," + "Slowly and slowly. " * 8 + "\n"
    done = batch(tmp_path, "-o", "out", text=text)
    assert done.code == 0
    assert (
        "roster.csv:2:26: warning[layout] row 2 (p1), template: Pelvic tilt: One box for the whole exercise" in done.err
    )
    assert done.err.splitlines()[-1] == "printed 1, warned 1, failed 0, pages 1, boxes 133"
    (person,) = manifest(tmp_path / "out")["people"]
    assert person["warnings"] == ["layout: Pelvic tilt: One box for the whole exercise."]


def test_what_a_kept_sheet_lacks_is_said_again(tmp_path: Path) -> None:
    text = "id,side,routine,template,note\np1,left,sciatica-starter,fridge," + "Slowly and slowly. " * 8 + "\n"
    first = batch(tmp_path, "-o", "out", text=text)
    again = batch(tmp_path, "-o", "out", "--resume", text=text)
    assert again.err == first.err.replace("printed 1, warned", "printed 0, kept 1, warned")
    assert "warned 1" in again.err


def test_what_is_in_a_manifest_is_not_believed_where_it_can_be_known(tmp_path: Path) -> None:
    batch(tmp_path, "-o", "out")
    before = (tmp_path / "out" / "manifest.json").read_text()
    changed = before.replace('"side": "right"', '"side": "left"').replace("sciatica-starter", "back-mobility")
    assert changed != before
    (tmp_path / "out" / "manifest.json").write_text(changed)
    assert batch(tmp_path, "-o", "out", "--resume").code == 0
    assert (tmp_path / "out" / "manifest.json").read_text() == before


def test_a_note_that_names_the_side_which_is_not_theirs_is_an_error_of_that_person_without_its_words(
    tmp_path: Path,
) -> None:
    rows = "p1,left,Rest your right hip.\np2,right,Rest your right hip.\n"
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", text="id,side,note\n" + rows)
    assert done.code == 3
    assert "roster.csv:2:19: error[other-side] row 2 (p1), note: 'right hip'" in done.err
    assert "roster.csv:3" not in done.err
    assert done.err.splitlines()[-1].startswith("printed 1, warned 0, failed 1")
    assert [each["id"] for each in manifest(tmp_path / "out")["people"]] == ["p2"]


def test_ids_never_lead_outside_the_folder(tmp_path: Path) -> None:
    ids = ["../../x", "CON", ".", "..", "/etc/passwd", "a/b", "C:\\x", "~", "manifest", "manifest.json", "-o"]
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    done = batch(
        folder, "-o", "out", "-s", "left", "-r", "back-mobility", text="id\n" + "".join(f"{each}\n" for each in ids)
    )
    assert done.code == 0, done.err
    written = manifest(folder / "out")["people"]
    assert [each["id"] for each in written] == ids
    files = [each["file"] for each in written]
    assert sorted([*files, "manifest.json"]) == names(folder / "out")
    assert len(set(files)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+\.pdf", each) and not each.startswith((".", "-")) for each in files)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        [*files, "manifest.json", "roster.csv"]
    )


def test_files_are_for_the_owner_s_eyes_only(tmp_path: Path) -> None:
    batch(tmp_path, "-o", "out", "--combine", "all.pdf")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "all.pdf").stat().st_mode & 0o777 == 0o600


def test_a_roster_from_standard_input(tmp_path: Path) -> None:
    done = run("batch", "-", "-o", "out", folder=tmp_path, stdin=ROSTER.encode())
    assert (done.code, names(tmp_path / "out")) == (0, ["manifest.json", "p1.pdf", "p2.pdf", "p3.pdf"])
    done = run("batch", "-", "-o", "out", folder=tmp_path, stdin=(ROSTER + BAD).encode())
    assert done.code == 3
    assert done.err.startswith(
        '<stdin>:5:14: error[side] row 5 (p4), side: expected left, right, both or none, got "lefft"'
    )


def test_more_processes_than_people_are_no_fault(tmp_path: Path) -> None:
    assert batch(tmp_path, "-o", "out", "-j", "4").code == 0
    assert len(names(tmp_path / "out")) == 4


@pytest.mark.parametrize("name", ["roster.csv", "roster.yaml"])
def test_the_example_rosters_are_printed(tmp_path: Path, name: str) -> None:
    done = run("batch", str(ROOT / "examples" / name), "-o", "out", folder=tmp_path)
    assert done.code == 0, done.err
    assert len(names(tmp_path / "out")) == 13


# --------------------------------------------------------------------------- bad rows


def test_good_rows_are_printed_and_bad_ones_said(tmp_path: Path) -> None:
    done = batch(tmp_path, "-o", "out", text=ROSTER + BAD)
    assert done.code == 3
    assert names(tmp_path / "out") == ["manifest.json", "p1.pdf", "p2.pdf", "p3.pdf"]
    diagnostic, _, summary = done.err.rpartition("without a sheet: row 5 p4 (side)\n")
    assert diagnostic == (
        'roster.csv:5:14: error[side] row 5 (p4), side: expected left, right, both or none, got "lefft"\n'
        "    p4,Mia Wrong,lefft,back-mobility,,,\n"
        "                 ^^^^^\n"
        f"  hint: {SIDE_HINT}\n"
    )
    assert summary.startswith("printed 3, warned 0, failed 1, pages ")
    written = manifest(tmp_path / "out")
    assert written["complete"] is True
    assert written["failed"] == [{"row": 5, "id": "p4", "problems": ["side"]}]


def test_sheets_of_an_earlier_batch_are_named_so_that_nobody_hands_them_out(tmp_path: Path) -> None:
    assert batch(tmp_path, "-o", "out").code == 0
    again = batch(tmp_path, "-o", "out", text=ROSTER.replace("p1,", "p9,"))
    assert again.err.partition("\nprinted")[0].endswith(
        "out: warning[other-sheets] the folder holds sheets that this batch has not made: p1.pdf\n"
        "  hint: do not hand them out with the others: delete them, or print into an empty folder"
    )
    quiet = batch(tmp_path, "-o", "new", "--combine", "new/all.pdf")
    assert "other-sheets" not in quiet.err


@pytest.mark.parametrize("words", [["--fail-fast"], []])
def test_nothing_is_written_if_nobody_is_left(tmp_path: Path, words: list[str]) -> None:
    text = ROSTER + BAD if words else ROSTER.splitlines()[0] + "\n" + BAD
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf", *words, text=text)
    assert done.code == 2
    assert names(tmp_path) == ["roster.csv"]
    assert done.err.endswith("nothing was printed\n")
    (tmp_path / "all.pdf").write_bytes(b"of last month")
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf", *words, text=text)
    assert done.err.endswith("nothing was printed; all.pdf is left as it was\n")
    assert (tmp_path / "all.pdf").read_bytes() == b"of last month"


def test_one_heading_cannot_mean_two_things(tmp_path: Path) -> None:
    words = [word for each in ("id", "name", "id") for word in ("--column", f"Patient={each}")]
    done = batch(tmp_path, "-o", "out", *words)
    assert (done.code, done.err) == (
        2, '--column: error[column] "Patient" cannot mean two things\n  hint: name each heading once\n',
    )  # fmt: skip


def test_who_has_no_sheet_is_named_at_the_end(tmp_path: Path) -> None:
    rows = "".join(f"a{each},lefft,soon\n" for each in range(150)) + 'a150,left,"\n,left,\np1,left,\n'
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", text="id,side,date\n" + rows)
    assert done.code == 3
    last, summary = done.err.splitlines()[-2:]
    first = ", ".join(f"row {each + 2} a{each} (side, date)" for each in range(100))
    assert last == f"without a sheet: {first} and 52 more"
    assert summary.startswith("printed 1, warned 0, failed 152, ")
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", text='id,side\na1,"\n,left\np1,left\n')
    assert done.err.splitlines()[-2] == "without a sheet: row 2 (quote), row 3 (missing-id)"


def test_what_fails_on_the_way_is_named_there_too(tmp_path: Path) -> None:
    (tmp_path / "out" / "p2.pdf").mkdir(parents=True)
    done = batch(tmp_path, "-o", "out", text=ROSTER + BAD)
    assert "without a sheet: row 3 p2 (output-directory), row 5 p4 (side)\n" in done.err


def test_of_a_fault_of_the_program_the_place_is_said_but_no_word_of_a_patient(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(copy: Any) -> Any:
        raise KeyError(copy.handout.own.name)

    monkeypatch.setattr("pdfbuilder.batch.job.print_copy", fault)
    done = batch(tmp_path, "-o", "out")
    assert done.code == 3
    first, hint, second = done.err.splitlines()[:3]
    assert first.startswith("roster.csv:2:20: error[fault] row 2 (p1), routine: a fault in the program (KeyError at ")
    assert (hint, second[:16]) == ("  hint: please report this line", "roster.csv:3:25:")
    assert not [word for word in PRIVATE if word in done.err]


# --------------------------------------------------------------------------- a roster in its own words

OWN_WORDS = """id,name,side,date
p1,Ann,Rt,04/11/2026
p2,Bob,right  Leg,4.11.2026
p3,Cy,N/A,2026-11-04
p4,Di,L,25-12-2026
"""
SIDE_WORDS = ("--side-word", "Rt=right", "--side-word", "Right leg=R", "--side-word", "n/a = Both")


def test_words_for_sides_and_an_order_of_dates_can_be_said(tmp_path: Path) -> None:
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", *SIDE_WORDS, "--dates", "dmy", text=OWN_WORDS)
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert [each["side"] for each in manifest(tmp_path / "out")["people"]] == ["right", "right", "both", "left"]
    for id_, date in (("p1", "4 November 2026"), ("p3", "4 November 2026"), ("p4", "25 December 2026")):
        assert date in " ".join(text_of((tmp_path / "out" / f"{id_}.pdf").read_bytes())[0].split())


def test_without_them_nothing_is_guessed(tmp_path: Path) -> None:
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", text=OWN_WORDS)
    assert (done.code, names(tmp_path)) == (2, ["roster.csv"])
    hints = [line.removeprefix("  hint: ") for line in done.err.splitlines() if line.startswith("  hint: ")]
    dates = "write it like 2026-11-21, or say in which order it is: --dates dmy, --dates mdy or --dates ymd"
    assert hints == [SIDE_HINT, dates, SIDE_HINT, dates, SIDE_HINT, dates]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--side-word", "left=right"], '"left" cannot mean right: it is a side by itself'),
        (["--side-word", "L=both"], '"L" cannot mean both: it is a side by itself'),
        (["--side-word", "Rt=right", "--side-word", "RT =left"], '"RT" cannot mean two things'),
        (["--side-word", "Rt=rigth"], 'expected left, right, both or none after "Rt=", got "rigth"'),
        (["--side-word", "Rt="], 'expected left, right, both or none after "Rt=", got ""'),
        (["--side-word", " =left"], 'expected WORD=SIDE, got " =left"'),
        (["--side-word", "Rt"], 'expected WORD=SIDE, got "Rt"'),
        (["--dates", "dym"], 'expected one of dmy, mdy, ymd, got "dym"'),
    ],
)
def test_words_that_cannot_be_are_refused(tmp_path: Path, words: list[str], said: str) -> None:
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", *words, text=OWN_WORDS)
    assert (done.code, names(tmp_path)) == (2, ["roster.csv"])
    option = words[0]
    assert done.err.startswith(f"{option}: error[{option[2:]}] {said}\n  hint: ")
    assert not [word for word in ("left", "right") if word in done.err.partition("hint: ")[2]]


def test_what_no_font_has_leaves_a_line_to_write_the_name_on(tmp_path: Path) -> None:
    text = "id,name,side\np1,王小明,left\np2,,left\n"
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", "--blank-names", text=text)
    assert done.code == 0
    assert done.err.startswith("roster.csv:2:4: warning[blank-name] row 2 (p1), name: no font has the characters 王")
    assert done.err.splitlines()[-1].startswith("printed 2, warned 1, failed 0, ")
    assert (tmp_path / "out" / "p1.pdf").read_bytes() == (tmp_path / "out" / "p2.pdf").read_bytes()


@pytest.mark.parametrize("option", ["--therapist", "--note", "--emergency-number"])
def test_an_option_that_no_font_has_is_refused_once(tmp_path: Path, option: str) -> None:
    done = batch(tmp_path, "-o", "out", option, "王")
    assert (done.code, names(tmp_path)) == (2, ["roster.csv"])
    assert re.fullmatch(rf"{option}: error\[missing-glyph\] no font has the character 王 .*\n  hint: .*\n", done.err)


def test_a_roster_names_no_file_outside_its_folder_unless_it_may(tmp_path: Path) -> None:
    plan = b"title: A\nexercises: [pelvic-tilt]\n"
    write(tmp_path, plan, "plan.yaml")
    folder = tmp_path / "within"
    text = "id,side,routine\np1,left,../plan.yaml\np2,left,-\np3,left,back-mobility\n"
    write(folder, text, "roster.csv")
    done = run(
        "batch", "within/roster.csv", "-o", "out", folder=tmp_path, stdin=b"title: A\nexercises: [pelvic-tilt]\n"
    )
    assert (done.code, names(tmp_path / "out")) == (3, ["manifest.json", "p3.pdf"])
    assert "within/roster.csv:2:9: error[outside] row 2 (p1), routine: within/../plan.yaml lies outside" in done.err
    done = run("batch", "within/roster.csv", "-o", "out", "--outside-files", folder=tmp_path)
    assert (done.code, names(tmp_path / "out")) == (3, ["manifest.json", "p1.pdf", "p3.pdf"])
    # what the command line itself names may lie anywhere
    write(folder, "id,side\np1,left\n", "roster.csv")
    assert run("batch", "within/roster.csv", "-o", "new", "-r", "plan.yaml", folder=tmp_path).code == 0


def test_standard_input_is_not_read_for_a_routine(tmp_path: Path) -> None:
    """On a terminal it would be waited for."""
    write(tmp_path, "id,side,routine,template,language\np1,left,-,-,-\n", "roster.csv")
    hungry = subprocess.Popen(
        [sys.executable, "-m", "pdfbuilder", "batch", "roster.csv", "-o", "out"],
        cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with hungry:
        assert hungry.wait(30) == 2
        assert hungry.stderr
        assert hungry.stderr.read().count("a roster cannot name standard input") == 3


# --------------------------------------------------------------------------- looking through a roster


def test_a_dry_run_says_who_would_be_printed_and_writes_nothing(tmp_path: Path) -> None:
    dry = batch(tmp_path, "--dry-run", text=ROSTER + BAD)
    assert (dry.code, names(tmp_path)) == (3, ["roster.csv"])
    wet = batch(tmp_path, "-o", "out", "--combine", "all.pdf", text=ROSTER + BAD)
    assert dry.err.replace("would print ", "printed ") == wet.err.replace("all.pdf: 3 plans in one file\n", "")
    lines = [
        f"{each['id']}: {each['side']} side{'s' if each['side'] == 'both' else ''}, {each['routine']}, "
        f"{each['pages']} page{'s' if each['pages'] > 1 else ''}, {each['boxes']} boxes"
        for each in manifest(tmp_path / "out")["people"]
    ]
    assert dry.text.splitlines() == lines
    assert batch(tmp_path, "--dry-run", "--fail-fast", text=ROSTER + BAD).code == 2
    assert batch(tmp_path, "--dry-run").code == 0


def test_a_dry_run_touches_nothing_that_is_there(tmp_path: Path) -> None:
    batch(tmp_path, "-o", "out", "--combine", "all.pdf")
    before = {**contents(tmp_path / "out"), "all.pdf": (tmp_path / "all.pdf").read_bytes()}
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf", "--dry-run", text=ROSTER.replace("left", "right"))
    assert done.code == 0
    assert {**contents(tmp_path / "out"), "all.pdf": (tmp_path / "all.pdf").read_bytes()} == before
    assert names(tmp_path) == ["all.pdf", "out", "roster.csv"]


def test_warnings_that_are_the_same_are_said_once_with_whom_they_concern(tmp_path: Path) -> None:
    rows = "".join(f"p{each},left,sciatica-complete,{'Slowly and slowly. ' * 30 * (each % 2)}\n" for each in range(5))
    for words in (["-o", "out"], ["--dry-run"], ["--combine", "all.pdf"]):
        letter = ("--paper", "letter", "--lang", "en-US")
        done = batch(tmp_path, "-t", "fridge", *letter, *words, text="id,side,routine,note\n" + rows)
        assert done.err.count("warning[many-exercises]") == 1
        assert "; 5 or fewer are done better (for 5 people)\n" in done.err
        assert done.err.count("no room for the note") == 1
        assert "roster.csv:3:1: warning[layout] row 3 (p1), template: no room for the note" in done.err
        assert " (and for 1 other: p3)\n" in done.err
        assert re.search(r" 5, warned 5, failed 0, pages \d+, boxes \d+$", done.err)


# --------------------------------------------------------------------------- one file for a printer


def test_one_file_for_a_printer_and_nothing_else(tmp_path: Path) -> None:
    done = batch(tmp_path, "--combine", "all.pdf", "--duplex")
    assert done.code == 0
    assert names(tmp_path) == ["all.pdf", "roster.csv"]
    single = batch(tmp_path, "-o", "out")
    # counted as they are without
    assert done.err == "all.pdf: 3 plans in one file\n" + single.err
    with pikepdf.open(tmp_path / "all.pdf") as document, document.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == [
            "Ann Secret (p1)", "Łukasz Private (p2)", "Eve Unknown (p3)",
        ]  # fmt: skip


def test_its_warnings_are_said_if_they_were_not_before(tmp_path: Path) -> None:
    text = "id,side,routine,template,note\np1,left,sciatica-starter,fridge," + "Slowly and slowly. " * 8 + "\n"
    for words in (["--combine", "all.pdf"], ["-o", "out"], ["-o", "out", "--combine", "all.pdf"]):
        done = batch(tmp_path, *words, text=text)
        assert done.err.count("row 2 (p1), template: Pelvic tilt: One box for the whole exercise") == 1
        assert "printed 1, warned 1, failed 0, pages 1, boxes 133\n" in done.err


def test_it_may_stand_in_the_folder_that_is_made_for_the_others(tmp_path: Path) -> None:
    assert batch(tmp_path, "-o", "out", "--combine", "out/all.pdf").code == 0
    assert names(tmp_path / "out") == ["all.pdf", "manifest.json", "p1.pdf", "p2.pdf", "p3.pdf"]


@pytest.mark.parametrize("name", ["p1.pdf", "P2.pdf", "manifest.json"])
def test_it_never_takes_the_place_of_another_file(tmp_path: Path, name: str) -> None:
    done = batch(tmp_path, "-o", "out", "--combine", f"out/{name}")
    assert done.code == 2
    assert done.err.startswith("--combine: error[combine] it would take the place of another file of this batch\n")
    assert names(tmp_path) == ["roster.csv"]


# --------------------------------------------------------------------------- going on


def test_going_on_prints_what_is_missing_changed_or_damaged(tmp_path: Path) -> None:
    batch(tmp_path, "-o", "out", "-s", "left")
    out = tmp_path / "out"
    whole = contents(out)
    old = {path: (out / path).stat().st_mtime_ns for path in whole}
    (out / "p1.pdf").unlink()
    (out / "p2.pdf").write_bytes(whole["p2.pdf"][:-1])
    done = batch(tmp_path, "-o", "out", "--resume", "-s", "left")
    assert done.code == 0
    assert re.match("printed 2, kept 1, warned 0, failed 0, ", done.err.splitlines()[-1])
    assert contents(out) == whole
    assert (out / "p3.pdf").stat().st_mtime_ns == old["p3.pdf"]
    changed = ROSTER.replace("{affected leg}", "left leg")
    done = batch(tmp_path, "-o", "out", "--resume", "-s", "left", text=changed)
    assert done.err.startswith("printed 1, kept 2")
    batch(tmp_path, "-o", "fresh", "-s", "left", text=changed)
    assert contents(out) == contents(tmp_path / "fresh")
    assert contents(out)["p1.pdf"] != whole["p1.pdf"]


def test_going_on_where_nothing_was_begun_and_where_all_is_done(tmp_path: Path) -> None:
    assert batch(tmp_path, "-o", "out", "--resume").err.startswith("printed 3, warned")
    before = contents(tmp_path / "out")
    done = batch(tmp_path, "-o", "out", "--resume", "--combine", "all.pdf")
    assert (done.code, "printed 0, kept 3, " in done.err) == (0, True)
    assert contents(tmp_path / "out") == before
    assert (tmp_path / "all.pdf").exists()


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", b"[]", b'{"complete": 1}', b'{"people": [{"id": "\xff"}]}', b"[" * 5000]
)
def test_a_manifest_that_cannot_be_read_is_said_and_nothing_is_touched(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_bytes(text)
    done = batch(tmp_path, "-o", "out", "--resume")
    assert (done.code, done.err) == (
        2,
        (
            "out/manifest.json: error[manifest] the manifest cannot be read\n"
            "  hint: print everything anew, instead of going on\n"
        ),
    )
    assert contents(tmp_path / "out") == {"manifest.json": text}
    assert batch(tmp_path, "-o", "out").code == 0


@pytest.mark.parametrize(
    ("written", "forged"),
    [
        (r'"pages": \d+', '"pages": -35'), (r'"boxes": \d+', f'"boxes": {10**17}'),
        (r'"warnings": \[\]', '"warnings": ["layout: Call 0900 123 for a prize."]'),
        (r'"warnings": \[[^]]*\]', '"warnings": []'),
    ],
)  # fmt: skip
def test_what_a_manifest_says_of_a_sheet_is_counted_again(tmp_path: Path, written: str, forged: str) -> None:
    text = "id,side,routine,template,note\np1,left,sciatica-starter,fridge," + "Slowly and slowly. " * 8 + "\n"
    first = batch(tmp_path, "-o", "out", text=text + "p2,left,back-mobility,,\n")
    before = (tmp_path / "out" / "manifest.json").read_text()
    assert re.sub(written, forged, before) != before
    (tmp_path / "out" / "manifest.json").write_text(re.sub(written, forged, before))
    again = batch(tmp_path, "-o", "out", "--resume", text=text + "p2,left,back-mobility,,\n")
    assert again.err == first.err.replace("printed 2, warned", "printed 0, kept 2, warned")
    assert (tmp_path / "out" / "manifest.json").read_text() == before


@pytest.mark.parametrize(
    "library", ["reportlab", "pillow", "fontpkg-atkinson-hyperlegible", "fontpkg-fira-sans", "zlib"]
)
def test_another_version_of_what_makes_the_files_prints_them_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    batch(tmp_path, "-o", "out")
    assert batch(tmp_path, "-o", "out", "--resume").err.startswith("printed 0, kept 3, ")
    if library == "zlib":
        monkeypatch.setattr("zlib.ZLIB_RUNTIME_VERSION", "99")
    else:
        said = "pdfbuilder.batch.prepare.version"
        monkeypatch.setattr(said, lambda name: "99" if name == library else version(name))
    assert batch(tmp_path, "-o", "out", "--resume").err.startswith("printed 3, warned 0, ")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    batch(tmp_path, "-o", "out")
    (tmp_path / "out" / "p1.pdf").unlink()
    os.mkfifo(tmp_path / "out" / "p1.pdf")
    with hang_guard():
        done = batch(tmp_path, "-o", "out", "--resume")
    assert (done.code, "printed 0, kept 2, warned 0, failed 1, " in done.err) == (3, True)
    assert "out/p1.pdf: error[output] expected a file's name, got a device" in done.err
    (tmp_path / "out" / "manifest.json").unlink()
    os.mkfifo(tmp_path / "out" / "manifest.json")
    with hang_guard():
        assert batch(tmp_path, "-o", "out", "--resume").code == 2


def test_a_link_to_a_sheet_is_not_taken_for_it(tmp_path: Path) -> None:
    batch(tmp_path, "-o", "out")
    sheet = tmp_path / "out" / "p1.pdf"
    sheet.rename(tmp_path / "elsewhere.pdf")
    sheet.symlink_to(tmp_path / "elsewhere.pdf")
    done = batch(tmp_path, "-o", "out", "--resume")
    assert (done.code, "printed 0, kept 2, warned 0, failed 1, " in done.err) == (3, True)
    assert "out/p1.pdf: error[output-link] the file is a symbolic link" in done.err


def test_a_manifest_without_end_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with (tmp_path / "out" / "manifest.json").open("wb") as stream:
        stream.truncate(10**12)
    done = batch(tmp_path, "-o", "out", "--resume")
    assert (done.code, done.err.partition("\n")[0]) == (
        2, "out/manifest.json: error[manifest] the manifest cannot be read",
    )  # fmt: skip


@pytest.mark.parametrize("words", [[], ["--resume"]])
def test_one_batch_at_a_time_prints_into_a_folder(tmp_path: Path, words: list[str]) -> None:
    batch(tmp_path, "-o", "out")
    (tmp_path / "out" / ".pdfbuilder-half").write_bytes(b"%PDF-")  # of the other one
    with sole_writer(tmp_path / "out"):
        before = contents(tmp_path / "out")
        done = batch(tmp_path, "-o", "out", *words, text=ROSTER.replace("Ann", "Eva"))
        assert (done.code, done.err) == (
            2,
            (
                "out: error[output-busy] another batch is printing into this folder\n"
                "  hint: wait until that one is done, or choose another folder\n"
            ),
        )
        assert contents(tmp_path / "out") == before


# --------------------------------------------------------------------------- options and bad places


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--output: error[output] expected a folder or a file for the plans"),
        (["-o", "out", "--duplex"], "--duplex: error[duplex] only a combined file can be padded"),
        (["--combine", "all.pdf", "--resume"], "--resume: error[resume] a batch goes on in its folder"),
        (["--combine", "all.pdf", "--fillable"], "--fillable: error[fillable] a combined file is for a printer"),
        (["-o", "file"], "file: error[output-folder] expected a folder, got a file"),
        (["-o", "none/out"], "none/out: error[output-folder] there is no folder none"),
        (["-o", "link"], "link: error[output-link] the folder is a symbolic link"),
        (["-o", "file/out"], "file/out: error[output-folder] it cannot be a folder"),
        (["--combine", "none/all.pdf"], "none/all.pdf: error[output-folder] there is no folder none"),
        (["--combine", "link.pdf"], "link.pdf: error[output-link] the file is a symbolic link"),
        (["--combine", "folder"], "folder: error[output-directory] expected a file's name, got a folder"),
        (["-o", "taken"], "taken/manifest.json: error[output-directory] expected a file's name, got a folder"),
        (["-o", "linked"], "linked/manifest.json: error[output-link] the file is a symbolic link"),
        (["-o", "out", "-j", "0"], "Invalid value for '--jobs'"),
        (["-o", "out", "--note", "{affected"], "--note: error[brace]"),
        (["-o", "out", "-r", "back-mobilty"], "--routine: error[unknown-routine] there is no routine 'back-mobilty'"),
        (["--combine", "roster.csv"], "roster.csv: error[output-input] the file is read for this, and would be lost"),
        (["--combine", "./roster.csv"], "roster.csv: error[output-input] the file is read for this"),
        (["-o", "-"], "--output: error[output] a batch is not written to standard output"),
        (["--combine", "-"], "--combine: error[output] a batch is not written to standard output"),
        (["--dry-run", "-o", "out", "--resume"], "--resume: error[resume] who looks through a roster"),
        (["-o", "out", "--scheduler", " "], "--scheduler: error[scheduler] expected the address of a scheduler"),
        (["-o", "same", "--combine", "same"], "--combine: error[combine] it would take the place of another"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_before_anything_is_written(tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "taken" / "manifest.json").mkdir(parents=True)
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "manifest.json").symlink_to(tmp_path / "elsewhere")
    write(tmp_path, "x", "file")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "file")
    before = sorted(tmp_path.rglob("*"))
    done = batch(tmp_path, *words)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "roster.csv"])
    assert (tmp_path / "file").read_text() == "x"


def test_a_folder_that_cannot_be_written_is_said() -> None:
    # In a folder of its own: pytest's are closed to nobody.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "out").mkdir(mode=0o555)
        write(folder, ROSTER, "roster.csv")
        with nobody():
            done = run("batch", "roster.csv", "-o", "out", folder=folder)
        assert done.code == 2
        assert done.err.startswith("out: error[output-folder] the folder cannot be written\n")
        assert names(folder / "out") == []


def test_a_file_that_cannot_be_replaced_costs_the_others_nothing(tmp_path: Path) -> None:
    (tmp_path / "out" / "p2.pdf").mkdir(parents=True)
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf")
    assert done.code == 3
    assert "out/p2.pdf: error[output-directory] expected a file's name, got a folder" in done.err
    assert "printed 2, warned 0, failed 1, " in done.err
    written = manifest(tmp_path / "out")
    assert [each["id"] for each in written["people"]] == ["p1", "p3"]
    assert written["failed"] == [{"row": 3, "id": "p2", "problems": ["output-directory"]}]
    assert "all.pdf: 2 plans in one file" in done.err


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_of_each_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "chmod", full)
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf")
    assert done.code == 2
    for name in ("p1.pdf", "p2.pdf", "p3.pdf", "manifest.json"):
        assert f"out/{name}: error[output] the file cannot be written: No space left on device" in done.err
    assert "fault" not in done.err
    assert names(tmp_path / "out") == []
    assert names(tmp_path) == ["out", "roster.csv"]


def test_a_disk_that_is_full_in_the_middle_keeps_what_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = iter(range(100))
    monkeypatch.setattr(Path, "chmod", lambda *_: full() if next(calls) in (1, 4) else None)
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf")
    # the second plan and, after the manifest, the combined file
    assert done.code == 3
    assert names(tmp_path / "out") == ["manifest.json", "p1.pdf", "p3.pdf"]
    assert "all.pdf: error[output] the file cannot be written: No space left on device" in done.err
    assert "printed 2, warned 0, failed 1, " in done.err
    assert names(tmp_path) == ["out", "roster.csv"]
