"""Everything is looked at before anything is written; and what a plan is made with never changes it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from batch.rosters import hang_guard, prepared
from samples import SCIATICA, SIDES, TEMPLATES, write

from pdfbuilder import Renderer
from pdfbuilder.batch import Job
from pdfbuilder.batch.job import print_copy
from pdfbuilder.batch.prepare import Failure, Prepared, Recipient
from pdfbuilder.formats.press import Copy, Press
from pdfbuilder.layout.core.display import Pages

LONG_NAME = "Maximiliane Bartholomea von Habsburg-Lothringen-Hohenzollern"


def said(found: Prepared, folder: Path) -> list[str]:
    """What is wrong, in short: place, code and field."""
    return [f"{each.location} {each.code} {each.field}".replace(f"{folder}/", "") for each in found.problems]


# --------------------------------------------------------------------------- what is found


@pytest.mark.slow
def test_thirty_bad_rows_of_fifty_are_all_said_at_their_values(tmp_path: Path) -> None:
    bad = ["left,no-such-routine", "lefft,back-mobility", ",back-mobility"]
    rows = [f"p{each},Ann,{'right,back-mobility' if each % 5 > 2 else bad[each % 5]}\n" for each in range(50)]
    found = prepared(tmp_path, "id,name,side,routine\n" + "".join(rows))
    assert [each.job.id for each in found.people] == [f"p{each}" for each in range(50) if each % 5 > 2]
    codes = ("unknown-routine", "side", "missing-side")
    assert found.failed == tuple(
        Failure(each + 2, f"p{each}", (codes[each % 5],)) for each in range(50) if each % 5 <= 2
    )
    places = [f"{each.location.line}:{each.location.column} {each.code}" for each in found.problems]
    expected = []
    for each in range(50):
        first = len(f"p{each},Ann,") + 1
        match each % 5:
            case 0:
                expected.append(f"{each + 2}:{first + 5} unknown-routine")
            case 1:
                expected.append(f"{each + 2}:{first} side")
            case 2:
                expected.append(f"{each + 2}:{first} missing-side")
    assert places == expected


def test_all_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    text = "id,side,routine,language,template\na,lft,nope,xx,nope\nb,left,nope,xx,nope\nc,left,back-mobility,xx,nope\n"
    found = prepared(tmp_path, text)
    assert [(each.location.line, each.field.rpartition(" ")[2], each.code) for each in found.problems] == [
        (2, "side", "side"),
        *((row, name, f"unknown-{name}") for row in (2, 3) for name in ("routine", "language", "template")),
        (4, "language", "unknown-language"),
        (4, "template", "unknown-template"),
    ]
    assert [set(each.problems) for each in found.failed] == [
        {"side", "unknown-routine", "unknown-language", "unknown-template"},
        {"unknown-routine", "unknown-language", "unknown-template"},
        {"unknown-language", "unknown-template"},
    ]


@pytest.mark.slow
def test_a_broken_routine_that_many_name_is_said_once_and_each_who_named_it(tmp_path: Path) -> None:
    write(tmp_path, "title: A\nexercises: [knee-to-chest, bird-dgo]\n", "own.yaml")
    rows = "".join(f"p{each},left,{'./own.yaml' if each % 2 else 'back-mobility'}\n" for each in range(6))
    found = prepared(tmp_path, "id,side,routine\n" + rows)
    assert [each.job.id for each in found.people] == ["p0", "p2", "p4"]
    places = said(found, tmp_path)
    assert len([place for place in places if place.startswith("own.yaml:2")]) == 1
    assert [place for place in places if place.startswith("roster.csv")] == [
        f"roster.csv:{line}:9 plan row {line} (p{line - 2}), routine" for line in (3, 5, 7)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("note", "Keep your {afected leg} warm.", "placeholder"),
        ("note", "Keep {affected leg", "placeholder"),
        ("note", "王", "missing-glyph"),
        ("therapist", "Dr. 王", "missing-glyph"),
        ("name", "Ann 王", "missing-glyph"),
        ("note", "x" * 601, "note"),
        ("therapist", "x" * 121, "therapist"),
    ],
)
def test_a_person_s_own_words_are_looked_at_whoever_came_before(
    tmp_path: Path, column: str, value: str, code: str
) -> None:
    text = f"id,side,routine,{column}\np1,left,back-mobility,Ann\np2,left,back-mobility,{value}\n"
    found = prepared(tmp_path, text)
    assert [each.job.id for each in found.people] == ["p1"]
    assert {(each.location.line, each.field) for each in found.problems} == {(3, f"row 3 (p2), {column}")}
    assert all(each.location.column >= 23 for each in found.problems)
    (failure,) = found.failed
    assert (failure.row, failure.id) == (3, "p2")


def test_everybody_has_their_own_day_of_a_step_and_shares_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "title: A\nexercises: [{exercise: pelvic-tilt, progress: [{week: 3, reps: 12}]}]\n", "own.yaml")
    rows = "".join(f"p{each},left,./own.yaml,2026-11-2{each}\n" for each in (3, 4, 3))
    found = prepared(tmp_path, "id,side,routine,date\n" + rows.replace("p3", "p1", 1))
    assert [each.job.own.weeks for each in found.people] == [
        ((3, f"From week 3 ({day}\u00a0December):"),) for day in (7, 8, 7)
    ]
    assert len({id(each.job.common) for each in found.people}) == 1


def test_a_side_in_the_note_of_somebody_with_both_sides_is_refused(tmp_path: Path) -> None:
    text = "id,side,routine,note\np1,left,back-mobility,Rest your {affected leg}.\n"
    found = prepared(tmp_path, text + "p2,both,back-mobility,Rest your {affected leg}.\n")
    assert [each.job.id for each in found.people] == ["p1"]
    assert said(found, tmp_path) == ["roster.csv:3:33 no-side row 3 (p2), note"]


@pytest.mark.slow
def test_paper_that_is_too_small_for_one_person_is_found_before_anything_is_printed(tmp_path: Path) -> None:
    write(tmp_path, "extends: large-print\npage: {paper: a5, papers: [a5]}\n", "small.yaml")
    text = "id,name,side,routine,template\n" + "".join(
        f"p{number},{name},both,sciatica-starter,./small.yaml\n" for number, name in enumerate(["Ann", "W" * 120])
    )
    found = prepared(tmp_path, text)
    assert [each.job.id for each in found.people] == ["p0"]
    assert [each.code for each in found.problems] == ["paper"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        ("id,side,routine", "p{},lefft,back-mobility", "side"),
        ("id,side,routine", "p{},,back-mobility", "missing-side"),
        ("id,side,routine", "same,left,back-mobility", "repeated-id"),
        ("id,side,routine", "p{},left,./own.yaml", "plan"),
        ("id,side,routine", "p{},left,./nobody.yaml", "plan"),
        ("id,side,routine,name", "p{},left,back-mobility,王", "missing-glyph"),
        ("id,side,routine,pelvic-tilt.load", "p{},left,back-mobility,left hand", "literal-side"),
    ],
)
def test_a_column_that_is_wrong_from_top_to_bottom_is_answered_soon(
    tmp_path: Path, header: str, row: str, code: str
) -> None:
    """With each row compared with each problem, these would be a hundred million comparisons."""
    write(tmp_path, "title: 王\nexercises: [pelvic-tilt, one-that-is-not]\n", "own.yaml")
    people = 10_000 if code in ("side", "repeated-id") else 600
    with hang_guard():
        found = prepared(tmp_path, header + "\n" + "".join(row.format(each) + "\n" for each in range(people)))
    assert (len(found.people), len(found.failed)) == (0, people)
    assert all(code in each.problems for each in found.failed)
    # all but what is said of the routine's own file, which is said once
    assert sum(each.code == code for each in found.problems) == people
    assert len(found.problems) <= people + 2


def test_of_many_whose_names_no_font_has_one_plan_is_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[Copy] = []
    lay_out = Press.lay_out

    def counted(self: Press, copy: Copy) -> Pages:
        laid_out.append(copy)
        return lay_out(self, copy)

    monkeypatch.setattr(Press, "lay_out", counted)
    rows = "".join(f"p{each},left,back-mobility,王\n" for each in range(20))
    assert len(prepared(tmp_path, "id,side,routine,name\n" + rows).failed) == 20
    assert len(laid_out) == 1


@pytest.mark.slow
def test_what_no_font_has_is_said_once_for_each_person_with_all_their_characters(tmp_path: Path) -> None:
    """Also of somebody with whom something else is wrong."""
    text = (
        "id,side,routine,name,note,date,pelvic-tilt.load\n"
        "p1,left,back-mobility,أمل 王,Ann 李王,,\n"
        "p2,lefft,back-mobility,王小明,,soon,\n"
        "p3,left,back-mobility,Ann,,,王\n"
        "p4,,back-mobility,王\x07,,,\n"
        "p5,left,back-mobility,Ann,,,王\n"
    )
    found = prepared(tmp_path, text)
    assert found.people == ()
    glyphs = [each for each in found.problems if each.code == "missing-glyph"]
    assert [(each.location.line, each.location.column, each.field) for each in glyphs] == [
        (2, 23, "row 2 (p1), name and note"),
        (3, 24, "row 3 (p2), name"),
        (4, 29, "row 4 (p3), pelvic-tilt.load"),
        (5, 19, "row 5 (p4), name"),
        (6, 29, "row 6 (p5), pelvic-tilt.load"),
    ]
    everything = "أ (U+0623), م (U+0645), ل (U+0644), 王 (U+738B) and 李 (U+674E)"
    assert glyphs[0].message == f"no font has the characters {everything}"
    assert glyphs[1].message == "no font has the characters 王 (U+738B), 小 (U+5C0F) and 明 (U+660E)"
    assert glyphs[0].hint.endswith("; or let a line be printed to write the name on")
    assert [set(each.problems) for each in found.failed] == [
        {"missing-glyph"}, {"side", "date", "missing-glyph"}, {"missing-glyph"}, {"name", "missing-glyph"},
        {"missing-glyph"},
    ]  # fmt: skip


@pytest.mark.slow
def test_who_has_a_name_that_no_font_has_may_have_a_line_for_it(tmp_path: Path) -> None:
    text = (
        "id,side,routine,name,note\np1,left,back-mobility,王小明,\np2,left,back-mobility,Ann,\n"
        "p3,left,back-mobility,王,李\np4,left,back-mobility,,\n"
    )
    found = prepared(tmp_path, text, blank_names=True)
    names = {each.job.id: each.job.copy.handout.own.name for each in found.people}
    assert names == {"p1": "", "p2": "Ann", "p4": ""}
    assert [each.warnings for each in found.people] == [("blank-name",), (), ()]
    # which is what a line to write on is printed for
    assert print_copy(found.people[0].job.copy) == print_copy(found.people[2].job.copy)
    assert said(found, tmp_path) == [
        "roster.csv:2:23 blank-name row 2 (p1), name",
        "roster.csv:4:23 blank-name row 4 (p3), name",
        "roster.csv:4:25 missing-glyph row 4 (p3), note",
    ]
    assert found.problems[0].message == (
        "no font has the characters 王 (U+738B), 小 (U+5C0F) and 明 (U+660E): the sheet has a line to write the name on"
    )


@pytest.mark.slow
def test_what_is_said_of_a_file_is_said_once_with_how_many_it_concerns(tmp_path: Path) -> None:
    rows = "".join(f"p{each},left,{('sciatica-complete', 'back-mobility')[each % 3 // 2]}\n" for each in range(9))
    found = prepared(tmp_path, "id,side,routine\n" + rows)
    (only,) = found.problems
    assert (only.code, only.message.rpartition("better ")[2]) == ("many-exercises", "(for 6 people)")
    # each of them was warned
    assert [each.warnings for each in found.people] == [("many-exercises",), ("many-exercises",), ()] * 3


def test_one_dose_is_not_put_for_two_sides(tmp_path: Path) -> None:
    entries = "  - {exercise: knee-to-chest, sets: 3}\n  - {exercise: knee-to-chest, side_of: left}\n"
    own = f"title: A\ntimes_per_day: 1\nexercises:\n{entries}"
    write(tmp_path, own, "own.yaml")
    header = "id,side,routine,knee-to-chest.reps,knee-to-chest.sets\n"
    found = prepared(tmp_path, f"{header}p1,right,./own.yaml,,2\np2,right,./own.yaml,,\n")
    assert [each.job.id for each in found.people] == ["p2"]
    assert said(found, tmp_path) == ["roster.csv:2:22 repeated-exercise row 2 (p1), knee-to-chest.sets"]


@pytest.mark.slow
def test_a_dose_names_no_side(tmp_path: Path) -> None:
    header = "id,side,routine,pelvic-tilt.reps,pelvic-tilt.load\n"
    found = prepared(
        tmp_path, f"{header}p1,right,back-mobility,5,a band on the left knee\np2,left,back-mobility,,blue\n"
    )
    assert [each.job.id for each in found.people] == ["p2"]
    assert said(found, tmp_path) == ["roster.csv:2:40 literal-side row 2 (p1), pelvic-tilt.load"]
    meant = prepared(tmp_path, header + "p1,right,back-mobility,5,a towel in {literal: left hand}\n")
    assert [each.job.id for each in meant.people] == ["p1"]


# --------------------------------------------------------------------------- fingerprints

PERSON = {
    "id": "p1", "name": "Ann", "side": "left", "routine": "back-mobility", "template": "handout", "paper": "a4",
    "date": "2026-11-21", "therapist": "Eve", "note": "Rest well.", "pelvic-tilt.reps": "8",
}  # fmt: skip


def fingerprint(folder: Path, changes: dict[str, str]) -> str:
    person = PERSON | changes
    found = prepared(folder, f"{','.join(person)}\n{','.join(person.values())}\n")
    (only,) = found.people
    return only.fingerprint


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "Anne"), ("side", "right"), ("routine", "hamstring-stretches"), ("template", "fridge"),
        ("paper", "a5"), ("date", "2026-11-22"), ("therapist", ""), ("note", "Rest your {affected leg}."),
        ("note", ""), ("pelvic-tilt.reps", "9"),
    ],
)  # fmt: skip
def test_whatever_changes_a_file_changes_its_fingerprint(tmp_path: Path, column: str, value: str) -> None:
    if column == "routine":
        del_reps = {"pelvic-tilt.reps": ""}
        assert fingerprint(tmp_path, del_reps) != fingerprint(tmp_path, {column: value, **del_reps})
    else:
        assert fingerprint(tmp_path, {}) != fingerprint(tmp_path, {column: value})


@pytest.mark.slow
def test_a_changed_routine_file_changes_the_fingerprint(tmp_path: Path) -> None:
    changes = {"routine": "./own.yaml", "pelvic-tilt.reps": ""}
    prints = set()
    for title in ("A", "B"):
        write(tmp_path, f"title: {title}\nexercises: [knee-to-chest]\n", "own.yaml")
        prints.add(fingerprint(tmp_path, changes))
    assert len(prints) == 2


# --------------------------------------------------------------------------- the same bytes, whatever was before

NAMES = ("Ann Smith", "Łukasz Żółć", "", "Ελένη Παπαδοπούλου", "Nguyễn Thị Hương", LONG_NAME, "Иван Шевченко")
NOTES = ("", "Keep your {affected leg} warm.", "Ruhig – ½ so schnell.", "Слушай.")

#: Prints digests and fingerprints of a roster's plans, in an order of its own.
FRESH = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from batch.rosters import prepared
from batch.test_prepare import digests, shuffled
found = prepared(Path(sys.argv[2]), (Path(sys.argv[2]) / "roster.csv").read_text(encoding="utf-8"))
wanted = digests([each.job for each in shuffled(found, 5)])
for each in found.people:
    print(wanted[each.job.id], each.fingerprint)
"""


def everybody() -> Iterator[str]:
    number = 0
    yield "id,name,side,routine,template,therapist,note,date"
    for routine in SCIATICA:
        for template in TEMPLATES:
            for side in SIDES:
                name = NAMES[number % len(NAMES)]
                note = NOTES[number % len(NOTES)] if side != "both" else ""
                therapist, date = ("Dr. Ωmega", "2026-11-21") if number % 3 else ("", "")
                yield f"p{number},{name},{side},{routine},{template},{therapist},{note},{date}"
                number += 1


def digests(jobs: list[Job]) -> dict[str, str]:
    return {job.id: sha256(print_copy(job.copy).pdf).hexdigest() for job in jobs}


def shuffled(found: Prepared, seed: int) -> list[Recipient]:
    return random.Random(seed).sample(found.people, len(found.people))


@pytest.mark.slow
def test_every_plan_has_the_same_bytes_warm_shuffled_and_in_fresh_processes(tmp_path: Path) -> None:
    found = prepared(tmp_path, "\n".join(everybody()) + "\n")
    assert not found.failed
    warm = digests([each.job for each in found.people])
    again = digests([each.job for each in shuffled(found, 1)[::2]])
    assert again == {id_: warm[id_] for id_ in again}
    # by a press of its own: here nothing was made before
    for each in found.people[::20]:
        assert warm[each.job.id] == sha256(Press().print(each.job.copy).pdf).hexdigest()
    expected = [f"{warm[each.job.id]} {each.fingerprint}" for each in found.people]
    for seed in ("4",):
        done = subprocess.run(
            [sys.executable, "-c", FRESH, str(Path(__file__).parents[1]), str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.splitlines() == expected


@pytest.mark.slow
def test_looking_at_a_roster_changes_no_byte_of_what_is_printed_after(tmp_path: Path, renderer: Renderer) -> None:
    text = "id,name,side,routine,template\np1,Łukasz,left,back-mobility,diary\np2,Ann,left,back-mobility,diary\n"
    looked = digests([each.job for each in prepared(tmp_path, text, renderer).people])
    assert looked == digests([each.job for each in prepared(tmp_path, text).people])
