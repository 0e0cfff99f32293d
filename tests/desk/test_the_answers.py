"""What the desk says of a plan comes from the stages, and nothing of it is of a side before there is one."""

from __future__ import annotations

import itertools
import json
import re
import threading
from pathlib import Path
from unittest import mock

import msgspec
import pytest
from msgspec import structs
from samples import LANGUAGES, PHASED, run

from pdfbuilder import Renderer
from pdfbuilder.desk import phases
from pdfbuilder.desk.answers import Desk, begun
from pdfbuilder.desk.findings import replacements
from pdfbuilder.desk.guard import MOST_BYTES
from pdfbuilder.desk.offers import Offers
from pdfbuilder.desk.people import MOST_PEOPLE, Lists, PrintProgress, Question, ShownCell
from pdfbuilder.desk.plans import DeskItem, DeskPlan, new, read, write
from pdfbuilder.desk.shortcut import shortcut
from pdfbuilder.desk.words import lacking
from pdfbuilder.desk.written import written
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.plan import resolve_exercise
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.wording import plain
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library

PAGE = Path(__file__).parents[2] / "pdfbuilder/desk/page"


@pytest.fixture(scope="module")
def desk() -> Desk:
    renderer = Renderer(Library())
    return Desk(renderer, renderer.library.language("en"))


def test_without_a_side_nothing_is_said_that_another_side_would_change(desk: Desk) -> None:
    for id_ in desk.renderer.library.ids(Kind.ROUTINE):
        plan = desk.routine(id_)
        assert plan
        if plan.side or id_ in PHASED:
            continue
        answer = desk.answer(plan, 1)
        assert answer.sheet is None
        assert answer.items
        said = " ".join((answer.minutes, *(each.dose + each.shows + each.name for each in answer.items)))
        assert not re.search(r"\b(left|right)\b", said, re.IGNORECASE)
        assert not any(each.chips or each.shows for each in answer.items)


@pytest.mark.parametrize(
    "text",
    [
        "title: A\nsheet: 5\nexercises: [clam]\n", "title: A\nsheet: [x]\nexercises: [clam]\n", "title: A\nsheet: 5\n",
        "title: [a]\nsheet: {template: [a], paper: {b: 1}, name: 5}\nexercises: 5\n",
    ],
)  # fmt: skip
def test_whatever_a_file_says_of_its_sheet_is_answered(desk: Desk, text: str) -> None:
    answer = desk.answer(structs.replace(read(text), side="left"), 1)
    assert answer.sheet is None
    assert answer.looks.keys() == {"template", "paper", "language"}


def test_each_side_has_a_sheet_of_its_own(desk: Desk) -> None:
    plan = desk.routine("sciatica-starter")
    assert plan
    keys = {}
    for side in ("left", "right", "both"):
        answer = desk.answer(structs.replace(plan, side=side), 1)
        assert answer.sheet
        assert answer.sheet.side == side
        keys[side] = answer.sheet.key
        assert {chip.side for item in answer.items for chip in item.chips if chip.solid} == (
            {"left", "right"} if side == "both" else {side}
        )
    assert len(set(keys.values())) == 3


@pytest.mark.parametrize(
    ("entry", "side", "pictured"),
    [
        ("ankle-circles", "left", "left"),
        ({"exercise": "ankle-circles", "side_of": "right"}, "left", "right"),
        ({"exercise": "standing-hip-abduction", "side": "other"}, "left", "right"),
        ({"exercise": "standing-hip-abduction", "side": "other"}, "right", "left"),
        ("ankle-circles", "both", "both"),
        ("ankle-circles", "", "none"),
        ({"exercise": "ankle-circles", "instructions": ["Turn your {affected foot}."]}, "left", ""),
        ({"name": "Mine", "side": "affected", "reps": 3, "instructions": ["Turn your {affected foot}."]}, "left", ""),
    ],
)
def test_a_card_has_the_picture_that_its_sheet_has(desk: Desk, entry: object, side: str, pictured: str) -> None:
    answer = desk.answer(DeskPlan(title="X", side=side, items=(DeskItem(entry),)), 1)
    assert [each.pictured for each in answer.items] == [pictured]


def test_a_picture_that_is_asked_for_as_the_answer_says_shows_the_sheets_side(desk: Desk) -> None:
    library = desk.renderer.library
    for id_ in library.ids(Kind.EXERCISE):
        for side in (AffectedSide.LEFT, AffectedSide.RIGHT):
            drawn = resolve_exercise(library.exercise(id_).value, side, desk.language).illustration
            (item,) = desk.answer(DeskPlan(title="X", side=side.value, items=(DeskItem(id_),)), 1).items
            assert drawn
            picture = desk.picture(id_, item.pictured)
            assert picture
            assert f'data-shows="{drawn.side.value if drawn.side else "neither"}"'.encode() in picture


def test_a_plan_whose_every_exercise_has_a_side_needs_none(desk: Desk) -> None:
    items = (DeskItem({"exercise": "ankle-circles", "side_of": "right"}), DeskItem("pelvic-tilt"))
    answer = desk.answer(DeskPlan(title="X", items=items), 1)
    assert answer.sheet
    assert answer.sheet.side == "right"
    assert desk.answer(DeskPlan(title="X", items=(*items, DeskItem("heel-slide"))), 1).sheet is None
    assert desk.answer(DeskPlan(title="X", items=items[1:]), 1).sheet is None


def test_a_phase_is_a_plan_with_what_holds_for_all(desk: Desk) -> None:
    for id_ in PHASED:
        routine = desk.routine(id_)
        assert routine
        for number, title in enumerate(phases.titles(routine), start=1):
            plan = phases.one(routine, number)
            assert plan
            answer = desk.answer(structs.replace(plan, side="left"), 1)
            assert answer.sheet
            assert answer.findings == ()
            composed = desk.renderer.compose(Order(id_, AffectedSide.LEFT, phase=number))
            assert [each.name for each in answer.items] == [plain(each.name) for each in composed.plan.exercises]
            assert [each.figures for each in answer.items] == [written(each.dose) for each in composed.plan.exercises]
            assert title
            assert title not in write(plan)
        assert phases.one(routine, 9) is None


def test_restrictions_of_a_phase_are_added_to_those_of_all() -> None:
    text = (
        "title: X\nrestrictions: No stairs.\ntimes_per_day: 1\nphases:\n  - title: One\n    weeks: 1\n"
        "    restrictions: [No bath.]\n    advice: Rest.\n    times_per_day: 3\n    exercises: [walk]\n"
    )
    plan = phases.one(read(text), 1)
    assert plan
    assert write(plan) == (
        "title: X\nrestrictions: [No stairs., No bath.]\ntimes_per_day: 3\nadvice: Rest.\n\nexercises:\n  - walk\n"
    )


def test_none_is_no_restriction_to_which_others_are_added() -> None:
    routine = begun(read("title: X\nrestrictions: none\nadvice: None\nexercises: [walk]\n"))
    assert routine.restrictions == ""
    text = (
        "title: X\nrestrictions: none\nadvice: None\nphases:\n  - title: One\n    restrictions: No bath.\n"
        "    advice: Rest.\n    exercises: [walk]\n"
    )
    plan = phases.one(read(text), 1)
    assert plan
    assert (plan.restrictions, [each.text for each in plan.parts][-1]) == ("No bath.", "advice: Rest.\n")


def test_only_the_last_few_sheets_are_kept(desk: Desk) -> None:
    plan = desk.routine("back-mobility")
    assert plan
    keys = []
    for name in "abcdef":
        answer = desk.answer(structs.replace(plan, side="left", sheet={"name": name}), 1)
        assert answer.sheet
        keys.append(answer.sheet.key)
    assert [desk.pdf(key) is not None for key in keys] == [False, False, True, True, True, True]
    assert desk.page(keys[-1], 1, 99_999) is None
    assert desk.page(keys[-1], 0, 100) is None
    assert desk.page(keys[-1], 1, 100)


def test_a_routine_begins_a_plan_for_one_person(desk: Desk) -> None:
    plan = desk.routine("sciatica-starter")
    assert plan
    text = write(plan)
    assert "reviewed" not in text
    assert "summary" not in text
    assert text.endswith("- exercise: walk\n    progress: none\n")
    assert desk.routine("../starter") is None


def test_a_slip_is_said_at_its_item_with_what_would_mend_it(desk: Desk) -> None:
    items = (
        DeskItem("pelvic-tilt"),
        DeskItem({"exercise": "knee-to-ches", "reps": "3x10"}),
        DeskItem({"exercise": "bird-dog", "reps": "ten"}),
    )
    answer = desk.answer(DeskPlan(title="X", side="left", items=items), 7)
    assert answer.revision == 7
    assert {each.at: each.fixes for each in answer.findings} == {
        "items.1.exercise": ("knee-to-chest",),
        "items.1.reps": (),
        "items.2.reps": ("10",),
    }


@pytest.mark.parametrize(
    "text",
    [
        "times_per_day: 3-2\nexercises: [clam]\n", "language: enn\nexercises: [clam]\n", "sets: 3\nexercises: [clam]\n",
        "exercises: [{exercise: clam, safety: knee}]\n",
    ],
)  # fmt: skip
def test_what_the_page_cannot_write_is_said_and_no_button(desk: Desk, text: str) -> None:
    errors = [each for each in desk.answer(read(f"title: A\nside: left\n{text}"), 1).findings if each.is_error]
    assert errors
    for each in errors:
        assert each.fixes == ()
    assert any(re.search(r"Did you mean|Write", each.text) for each in errors)


def test_what_is_wrong_inside_an_exercise_is_said_at_it(desk: Desk) -> None:
    own = {"name": "X", "side": "affected", "reps": 3, "instructions": ["Go.", "Lift your {affectd leg}."]}
    answer = desk.answer(DeskPlan(title="X", side="left", items=(DeskItem("clam"), DeskItem(own))), 1)
    assert [(each.at, each.code) for each in answer.findings if each.is_error] == [("items.1", "placeholder")]


@pytest.mark.parametrize("named", ["my-picture.svg", "pictures/my picture.svg", "../mine.svg", "/etc/mine.svg"])
def test_a_file_that_may_not_be_opened_is_called_as_it_was_written(desk: Desk, named: str) -> None:
    own = {"name": "X", "side": "affected", "reps": 3, "instructions": ["Go."]}
    own |= {"picture": {"file": named, "shows": "left", "alt": "X"}}
    answer = desk.answer(DeskPlan(title="X", side="left", items=(DeskItem(own),)), 1)
    (found,) = (each for each in answer.findings if each.code == "outside")
    assert found.text.startswith(f"{named} is no file of yours that the desk may open. ")


def test_an_exercise_in_a_new_plan_is_warned_of_only_for_the_signs_of_its_region(desk: Desk) -> None:
    for id_ in desk.renderer.library.ids(Kind.EXERCISE):
        plan = structs.replace(new("X", "en"), side="left", items=(DeskItem(id_),))
        found = desk.answer(plan, 1).findings
        assert {each.code for each in found} <= {"safety-region"}
        if found:
            # The button under it mends it.
            ((block,),) = (each.fixes for each in found)
            assert desk.answer(structs.replace(plan, safety=block), 1).findings == ()


@pytest.mark.parametrize(
    ("hint", "key", "offered"),
    [
        ("write reps: 10", "reps", ("10",)),
        ("write the smaller number first: reps: 8-10", "reps", ("8-10",)),
        ("did you mean handout or fridge?", "template", ("handout", "fridge")),
        ("say of what: hold: 5 s or hold: 5 breaths", "hold", ("5 s", "5 breaths")),
        ("write days: [mon, wed]", "days", ("[mon, wed]",)),
        ("add safety: knee, or a list of those that fit; none leaves them out", "safety", ("knee",)),
        ("write sets: 3 and reps: 10", "reps", ()),
        ("for example reps: 10", "reps", ()),
        ("write it like 2026-11-21", "date", ()),
        ("did you mean left?", "side", ()),
        ("write side: left", "side", ()),
        ("did you mean affected?", "note", ()),
    ],
)
def test_a_hint_is_a_button_only_where_it_is_a_value_and_never_a_side(
    hint: str, key: str, offered: tuple[str, ...]
) -> None:
    assert replacements(hint, key) == offered


def test_a_word_that_a_language_lacks_is_said_once() -> None:
    renderer = Renderer()
    german = renderer.library.language(str(LANGUAGES / "de/language.yaml"))
    answer = Desk(renderer, german).words(("Bein heben.", "{affected nonesuch}"))
    assert [each.code for each in answer["findings"]] == ["missing-phrase"]
    assert not answer["sides"]


def test_the_words_of_the_pages_are_those_of_the_language(desk: Desk) -> None:
    words = desk.language.desk
    scripts = [(PAGE / name).read_text(encoding="utf-8") for name in ("desk.js", "people.js", "ask.js")]
    page = (PAGE / "desk.html").read_text(encoding="utf-8")
    asked = set(re.findall(r"\{\{(\w+)\}\}", page)) | set(
        itertools.chain(*(re.findall(r'\bword\("([\w-]+)"', each) for each in scripts))
    )
    counted = set(itertools.chain(*(re.findall(r'\bcount\("(\w+)"', each) for each in scripts)))
    assert asked <= set(words)
    assert {f"{each}_{form}" for each in counted for form in ("one", "other")} <= set(words)
    everything = page + "".join(scripts)
    unused = {
        name for name in words if not re.search(rf"\b{re.escape(re.sub('_(one|other)$', '', name))}\b", everything)
    }
    assert all(each.startswith(("region_", "template_", "new_title")) for each in unused), unused


def test_a_language_without_the_section_has_no_desk(desk: Desk) -> None:
    assert lacking(desk.language, desk.language) == []
    assert "which_side" in lacking(structs.replace(desk.language, desk={}), desk.language)


def test_a_file_that_cannot_be_read_costs_nobody_the_others(tmp_path: Path) -> None:
    write_file(tmp_path / "en/exercises/broken.yaml", "name: [Broken")
    write_file(tmp_path / "en/exercises/mine.yaml", "name: Mine\nside: bilateral\nreps: 3\ninstructions: [Lie down.]")
    write_file(tmp_path / "en/routines/ours.yaml", "title: Our plan\nexercises: [mine, {section: A}, nonesuch]")
    library = Library(tmp_path)
    offered = json.loads(Offers(library, library.language("en")).in_json())
    own = {each["id"]: each for each in offered["exercises"] if each["own"]}
    assert list(own) == ["mine"]
    assert len(offered["exercises"]) > 50
    (ours,) = (each for each in offered["routines"] if each["id"] == "ours")
    assert ours == {"id": "ours", "name": "Our plan", "summary": "", "count": 2}
    (said,) = offered["unread"]
    assert "broken.yaml" in said
    # What cannot be printed can be opened, and is mended on the page.
    desk = Desk(Renderer(library), library.language("en"))
    plan = desk.routine("ours")
    assert plan
    (found,) = (each for each in desk.answer(structs.replace(plan, side="left"), 1).findings if each.is_error)
    assert (found.at, found.code) == ("items.2", "unknown-exercise")


def write_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_pages_are_small_and_fetch_nothing() -> None:
    files = [each.read_text(encoding="utf-8") for each in PAGE.iterdir()]
    assert sum(len(each.splitlines()) for each in files) <= 1500
    assert not any(re.search(r"https?://(?!www\.w3\.org/2000/svg)", each) for each in files)
    assert not any("innerHTML" in each for each in files)


def test_a_list_says_what_is_wrong_where(desk: Desk) -> None:
    lists = Lists(desk)
    shown = lists.read("a.csv", b"id,name,side,routine\n1,Ann,left,back-mobility\n2,Bob,lefft,back-mobilty\n")
    assert (shown.ready, shown.failed) == (1, (1,))
    assert {(each.row, each.column, each.fixes) for each in shown.findings} == {(1, 2, ()), (1, 3, ("back-mobility",))}
    rows = (shown.question.rows[0], tuple(map(ShownCell, ("2", "Bob", "right", "back-mobility"))))
    assert lists.ask(structs.replace(shown.question, rows=rows)).ready == 2


def test_what_is_wrong_with_a_row_stands_in_none_of_its_cells(desk: Desk) -> None:
    lists = Lists(desk)
    text = b"id,name,side,routine\n1,Smith, Ann,left,back-mobility\n2,Bob,right\n3,Eve,both,back-mobility\n"
    shown = lists.read("a.csv", text)
    assert [[cell.text for cell in row] for row in shown.question.rows[:2]] == [
        ["1", "Smith", " Ann", "left"],
        ["2", "Bob", "right", ""],
    ]
    assert [(each.row, each.column) for each in shown.findings if each.code == "cells"] == [(0, -1), (1, -1)]
    assert (shown.ready, shown.failed) == (1, (0, 1))
    whole = tuple(map(ShownCell, ("2", "Bob", "right", "back-mobility")))
    question = structs.replace(shown.question, rows=(shown.question.rows[0], whole, shown.question.rows[2]))
    assert lists.ask(question).ready == 1
    assert lists.ask(structs.replace(question, faults={0: question.faults[0]})).ready == 2
    missing = lists.read("a.csv", b"id,name,side\n1,Ann,left\n")
    assert [(each.code, each.column) for each in missing.findings] == [("missing-routine", -1)]


def test_a_list_without_sides_has_a_column_for_them(desk: Desk) -> None:
    lists = Lists(desk)
    shown = lists.read("a.csv", b"id,Seite,routine\n1,x,back-mobility\n2,,back-mobility\n")
    assert shown.question.headings == ("id", "Seite", "routine", "side")
    assert {(each.row, each.column) for each in shown.findings if each.is_error} == {(0, 3), (1, 3)}
    # Nobody has written there yet, and another one holds them.
    named = lists.ask(structs.replace(shown.question, meanings={"Seite": "side"}))
    assert named.question.headings == ("id", "Seite", "routine")
    assert {(each.row, each.column) for each in named.findings} == {(0, 1), (1, 1)}
    # It is added where somebody lacks one, and only there.
    assert lists.read("a.csv", b"id,routine\n1,nonesuch\n").question.headings == ("id", "routine")


def test_the_longest_list_can_be_asked_about(desk: Desk) -> None:
    rows = [
        ["id", "side", *(f"x{n}" for n in range(60))],
        *([str(n), "left", *["ab"] * 60] for n in range(MOST_PEOPLE)),
    ]
    shown = Lists(desk).read("a.csv", "\n".join(map(",".join, rows)).encode())
    assert len(shown.question.rows) == MOST_PEOPLE
    asked = json.dumps(msgspec.to_builtins(shown.question), separators=(",", ":"))
    assert len(asked) < MOST_BYTES
    assert Lists.question(asked.encode()) == shown.question


def test_a_list_of_any_cells_is_answered(desk: Desk) -> None:
    question = Question(
        ("id", "", "side"), ((ShownCell("1"),), (), (ShownCell("x"), ShownCell("y"), ShownCell("z"), ShownCell("w")))
    )
    assert Lists(desk).ask(question).ready == 0
    assert Lists(desk).ask(Question((), ())).ready == 0


def test_a_list_that_is_begun_again_is_made_once(desk: Desk) -> None:
    lists = Lists(desk)
    question = lists.read("a.csv", b"id,side,routine\n1,left,back-mobility\n2,right,back-mobility\n").question
    before = set(threading.enumerate())
    with mock.patch.object(desk.renderer.press, "print", wraps=desk.renderer.press.print) as printed:
        with desk.turn:  # which the first has to wait for
            lists.begin(question)
            last = lists.begin(question)
        for each in set(threading.enumerate()) - before:
            each.join()
    assert lists.made(last, "pdf")
    assert printed.call_count <= 3


def test_of_two_lists_that_are_begun_at_once_each_is_its_own(desk: Desk) -> None:
    lists = Lists(desk)
    one, two = (
        lists.read("a.csv", f"id,side,routine\n{rows}".encode()).question
        for rows in ("1,left,back-mobility\n", "1,left,back-mobility\n2,right,back-mobility\n")
    )
    begun: list[str] = []
    other = threading.Thread(target=lambda: begun.append(lists.begin(two)))

    def meanwhile(number: int) -> PrintProgress:
        if not other.ident:
            other.start()
            other.join(0.5)  # in vain, if it has to wait
        return PrintProgress(number)

    with mock.patch("pdfbuilder.desk.people.PrintProgress", meanwhile):
        lists.begin(one)
        other.join()
    found = lists.progress(begun[0])
    assert found
    assert found["of"] == 2
    lists.stop(begun[0])


def test_a_shortcut_keeps_what_it_was_asked_for_with(tmp_path: Path) -> None:
    assert run("desk", "--shortcut", "--no-settings", "--lang", "en-US", folder=tmp_path).code == 0
    (path,) = tmp_path.iterdir()
    text = path.read_text(encoding="utf-8").replace('"', "")
    assert "desk --quit-when-closed --lang en-US --no-settings" in text


def test_a_shortcut_starts_the_desk_whatever_its_folder_is_called() -> None:
    odd = """/home/a "b" $c %d'e/python"""
    found = shortcut(odd, "linux")
    assert (found.name, found.is_program) == ("exercise-desk.desktop", True)
    assert '"--quit-when-closed"' in found.text
    assert "%%d" in found.text
    assert "\\\\$c" in found.text
    assert shortcut(odd, "darwin").text.startswith("#!/bin/sh\nexec '/home/a ")
    windows = shortcut(r"C:\100% mine\python.exe", "win32")
    assert windows.name.endswith(".cmd")
    assert r'"C:\100%% mine\python.exe" -m pdfbuilder desk --quit-when-closed' in windows.text
    windows = shortcut(r"C:\R&D\python.exe", "win32", ("--content", "C:\\R&D\\"))
    assert '\n"C:\\R&D\\python.exe" -m pdfbuilder' in windows.text
    assert windows.text.endswith(' --content "C:\\R&D\\\\"\r\n')
