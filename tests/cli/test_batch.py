"""`pdfbuilder batch`: what is written, what is said, and how it ends."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from samples import ROOT, Result, names, nobody, run, write

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
    text = "id,side,routine,template,note\np1,left,sciatica-starter,fridge," + "Slowly and slowly. " * 30 + "\n"
    done = batch(tmp_path, "-o", "out", text=text)
    assert done.code == 0
    assert "roster.csv:2:26: warning[layout] row 2, template: no room for the note" in done.err
    assert done.err.splitlines()[-1] == "printed 1, warned 1, failed 0, pages 1, boxes 245"
    (person,) = manifest(tmp_path / "out")["people"]
    assert person["warnings"] == ["layout: no room for the note: it is left out on this sheet"]


def test_what_a_kept_sheet_lacks_is_said_again(tmp_path: Path) -> None:
    text = "id,side,routine,template,note\np1,left,sciatica-starter,fridge," + "Slowly and slowly. " * 30 + "\n"
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


def test_a_note_that_names_the_side_which_is_not_theirs_is_told_of_that_person_without_its_words(
    tmp_path: Path,
) -> None:
    rows = "p1,left,Rest your right hip.\np2,right,Rest your right hip.\n"
    done = batch(tmp_path, "-o", "out", "-r", "back-mobility", text="id,side,note\n" + rows)
    assert done.code == 0
    assert "roster.csv:2:19: warning[other-side] the note says 'right hip', but the affected side is left" in done.err
    assert "roster.csv:3" not in done.err
    assert done.err.splitlines()[-1].startswith("printed 2, warned 1, failed 0")
    assert [each["warnings"] for each in manifest(tmp_path / "out")["people"]] == [["other-side"], []]


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
    assert done.err.startswith('<stdin>:5:14: error[side] row 5, side: expected left, right or both, got "lefft"')


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
    diagnostic, _, summary = done.err.rpartition("\n  hint: did you mean left?\n")
    assert diagnostic == (
        'roster.csv:5:14: error[side] row 5, side: expected left, right or both, got "lefft"\n'
        "    p4,Mia Wrong,lefft,back-mobility,,,\n"
        "                 ^^^^^"
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
    text = "id,side,routine,template,note\np1,left,sciatica-starter,fridge," + "Slowly and slowly. " * 30 + "\n"
    for words in (["--combine", "all.pdf"], ["-o", "out"], ["-o", "out", "--combine", "all.pdf"]):
        done = batch(tmp_path, *words, text=text)
        assert done.err.count("row 2, template: no room for the note") == 1
        assert "printed 1, warned 1, failed 0, pages 1, boxes 245\n" in done.err


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


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[]", b'{"complete": 1}', b"[" * 5000])
def test_a_manifest_that_cannot_be_read_is_said_and_nothing_is_touched(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_bytes(text)
    done = batch(tmp_path, "-o", "out", "--resume")
    assert (done.code, done.err) == (
        2,
        (
            "out/manifest.json: error[manifest] the manifest cannot be read\n"
            "  hint: leave --resume out: everything is then printed anew\n"
        ),
    )
    assert contents(tmp_path / "out") == {"manifest.json": text}
    assert batch(tmp_path, "-o", "out").code == 0


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


def full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_of_each_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", full)
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf")
    assert done.code == 2
    for name in ("p1.pdf", "p2.pdf", "p3.pdf", "manifest.json"):
        assert f"out/{name}: error[output] the file cannot be written: No space left on device" in done.err
    assert "fault" not in done.err
    assert names(tmp_path / "out") == []
    assert names(tmp_path) == ["out", "roster.csv"]


def test_a_disk_that_is_full_in_the_middle_keeps_what_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = iter(range(100))
    monkeypatch.setattr(os, "fsync", lambda _: full(_) if next(calls) in (1, 4) else None)
    done = batch(tmp_path, "-o", "out", "--combine", "all.pdf")
    # the second plan and, after the manifest, the combined file
    assert done.code == 3
    assert names(tmp_path / "out") == ["manifest.json", "p1.pdf", "p3.pdf"]
    assert "all.pdf: error[output] the file cannot be written: No space left on device" in done.err
    assert "printed 2, warned 0, failed 1, " in done.err
    assert names(tmp_path) == ["out", "roster.csv"]
