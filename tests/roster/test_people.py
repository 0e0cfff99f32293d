"""What the rows say: orders, and what is wrong with each value, at its cell."""

from __future__ import annotations

import datetime
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from roster.rosters import ANYBODY, NOBODY, SIDE_HINT, failed, found, ids, read, said
from samples import examples, just, often, write

from pdfbuilder import Renderer
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import Amount, Bound, Days, Duration, Frequency, Time, TimeUnit, Weekday
from pdfbuilder.domain.order import DateOrder, Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.places import ITSELF
from pdfbuilder.domain.side import AffectedSide, Side, SideRule
from pdfbuilder.domain.template import Paper, TickRule
from pdfbuilder.reading.library import Library
from pdfbuilder.roster.names import file_names
from pdfbuilder.roster.people import RosterEntry, read_roster

NUMBERS = itertools.count()
MANY = settings(
    max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip


def test_a_row_says_everything(tmp_path: Path) -> None:
    text = (
        "id,name,side,routine,language,template,paper,date,therapist,note\n"
        " p001 , Ann  Example ,LEFT ,back-mobility,en-US,fridge,Letter,2026-11-21,Dr. T,Your {affected leg}.\n"
    )
    defaults = replace(ANYBODY, side=AffectedSide.RIGHT, tick=TickRule.SET, safety=("none",), emergency_number="111")
    (entry,) = read(tmp_path, text, defaults=defaults).entries
    note = entry.order.person.note
    assert note is not None
    assert [phrase.raw for phrase in note.phrases] == ["{affected leg}"]
    assert note.location.line == 2
    assert note.location.excerpt[note.location.column - 1 :] == "Your {affected leg}."
    assert (entry.id, entry.row) == ("p001", 2)
    assert replace(entry.order, places=ITSELF) == Order(
        "back-mobility",
        AffectedSide.LEFT,
        Person("Ann Example", datetime.date(2026, 11, 21), "Dr. T", note=note),
        template="fridge",
        language="en-US",
        paper=Paper.LETTER,
        tick=TickRule.SET,
        safety=("none",),
        emergency_number="111",
        id="p001",
    )


@pytest.mark.parametrize("word", ["L", "Left", "LEFT ", "left", " l"])
def test_sides_are_read_as_people_write_them(tmp_path: Path, word: str) -> None:
    (entry,) = read(tmp_path, f"id,side\np001,{word}\n", defaults=replace(ANYBODY, side=None)).entries
    assert entry.order.side is AffectedSide.LEFT


@pytest.mark.parametrize("word", ["Rt", "lefft", "rigth", "bilateral", "N/A", "-", "l/r", "left knee", "0", "ambas"])
def test_what_is_no_side_is_refused_and_none_is_suggested(tmp_path: Path, word: str) -> None:
    text = f"id,side\np001,{word}\n"
    (each,) = found(tmp_path, text, defaults=replace(ANYBODY, side=None))
    assert (each.code, each.message) == ("side", f'expected left, right, both or none, got "{word}"')
    assert each.hint == SIDE_HINT
    assert not re.search("left|right|both", each.hint)
    # unless somebody has said what it means
    (entry,) = read(tmp_path, text, sides={word.casefold(): AffectedSide.BOTH}).entries
    assert entry.order.side is AffectedSide.BOTH


def test_a_side_that_is_missing_is_asked_for_in_its_cell(tmp_path: Path, renderer: Renderer) -> None:
    """With --side, everybody whose cell is empty would get that one."""
    for text in ("id,side\np001,\n", "id\np001\n"):
        (entry,) = read(tmp_path, text, defaults=replace(ANYBODY, side=None)).entries
        (each,) = refused(renderer, entry)
        assert (each.code, each.hint) == ("missing-side", "say which: left, right, both or none")


@pytest.mark.parametrize(
    ("dates", "text", "day"),
    [
        ("dmy", "04/11/2026", (2026, 11, 4)), ("mdy", "04/11/2026", (2026, 4, 11)), ("dmy", "4.11.2026", (2026, 11, 4)),
        ("dmy", " 04-11-2026 ", (2026, 11, 4)), ("ymd", "2026/11/4", (2026, 11, 4)),
        ("ymd", "2026.11.04", (2026, 11, 4)),
        ("mdy", "12/25/2026", (2026, 12, 25)), ("dmy", "29.02.2028", (2028, 2, 29)),
        # as ever, whatever the order
        ("dmy", "2026-11-04", (2026, 11, 4)), ("mdy", "2026-11-04", (2026, 11, 4)), (None, "2026-11-04", (2026, 11, 4)),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_order_that_was_said(
    tmp_path: Path, dates: str | None, text: str, day: tuple[int, int, int]
) -> None:
    order = DateOrder(dates) if dates else None
    (entry,) = read(tmp_path, f"id,date\np001,{text}\n", dates=order).entries
    assert entry.order.person.date == datetime.date(*day)


@pytest.mark.parametrize("text", ["04/11/2026", "25/12/2026", "4.11.2026", "2026/11/04", "2026-11-4", "11-2026-04"])
def test_a_day_is_not_guessed_at(tmp_path: Path, text: str) -> None:
    """Not even where only one order is possible: the next row is another."""
    (each,) = found(tmp_path, f"id,date\np001,{text}\n")
    assert (each.code, each.field) == ("date", "row 2 (p001), date")
    named = "--dates dmy, --dates mdy or --dates ymd" in each.hint
    assert named is (text != "11-2026-04")


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        ("dmy", "12/25/2026"), ("mdy", "25/12/2026"), ("dmy", "2026/11/04"), ("ymd", "04/11/2026"), ("dmy", "4/11/26"),
        ("dmy", "04/11-2026"), ("dmy", "04 11 2026"), ("dmy", "31.11.2026"), ("dmy", "4/11/1826"),
        ("dmy", "٠٤/١١/٢٠٢٦"),
        ("mdy", "4/11"), ("dmy", "0004/11/2026"), ("ymd", "2026-11-04T10:00"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_in_that_order_is_refused(tmp_path: Path, dates: str, text: str) -> None:
    (each,) = found(tmp_path, f"id,date\np001,{text}\n", dates=DateOrder(dates))
    shown = {"dmy": "DD/MM/YYYY", "mdy": "MM/DD/YYYY", "ymd": "YYYY/MM/DD"}[dates]
    assert each.message.startswith(f"expected a day as YYYY-MM-DD or {shown}, from 1900 to 2199, got ")


def test_an_empty_side_is_the_one_of_the_command_line(tmp_path: Path) -> None:
    text = "id,side\np001,\np002,left\n"
    roster = read(tmp_path, text, defaults=replace(ANYBODY, side=AffectedSide.BOTH))
    assert [each.order.side for each in roster.entries] == [AffectedSide.BOTH, AffectedSide.LEFT]
    roster = read(tmp_path, text, defaults=replace(ANYBODY, side=None))
    assert [each.order.side for each in roster.entries] == [None, AffectedSide.LEFT]


def test_a_name_is_kept_as_it_is(tmp_path: Path) -> None:
    text = 'id,name\np001,"=HYPERLINK(""http://example.org"",""Ann"")"\np002,{affected leg} <b>\n'
    assert [each.order.person.name for each in read(tmp_path, text).entries] == [
        '=HYPERLINK("http://example.org","Ann")',
        "{affected leg} <b>",
    ]


@pytest.mark.parametrize(
    ("column", "value", "code", "message"),
    [
        ("side", "lft", "side", 'expected left, right, both or none, got "lft"'),
        ("side", "x" * 300, "side", "expected left, right, both or none, got "),
        ("side", "x" * 500, "too-long", "expected at most 400 characters, got 500"),
        ("paper", "a3", "paper", 'expected one of a4, letter, a5, got "a3"'),
        ("date", "21.11.2026", "date", "expected a day as YYYY-MM-DD"),
        ("name", "A" * 121, "name", "expected at most 120 characters"),
        ("name", "Ann\x1b[31m", "name", "expected printable characters"),
        ("therapist", "A\u202eB", "therapist", "expected printable characters"),
        ("note", "A" * 601, "note", "expected at most 600 characters"),
        ("note", "{affected leg", "brace", "the brace is never closed"),
        ("note", "{left leg}", "placeholder", "names a side"),
        ("routine", "-", "routine", "a roster cannot name standard input"),
        ("template", "x\x07y", "template", "expected printable characters"),
        (
            "bird-dog.reps",
            "ten",
            "dose-range",
            'expected a whole number or a range like 8-10, from 1 to 100, got "ten"',
        ),
    ],
)
def test_a_wrong_value_is_shown_where_it_stands(
    tmp_path: Path, column: str, value: str, code: str, message: str
) -> None:  # fmt: skip
    roster = read(tmp_path, f"id,{column},City\np001,{value},x\np002,,y\n")
    assert ids(roster) == ["p002"]
    assert failed(roster) == [(2, "p001")]
    each = roster.problems[-1]
    assert each.code == code
    assert message in each.message
    assert each.field == f"row 2 (p001), {column}"
    assert (each.location.line, each.location.column, each.location.length) == (2, 6, len(value))
    assert each.location.excerpt == f"p001,{value},x"
    assert f"--{column}" not in each.hint.split()
    assert each.hint


def test_thirty_bad_rows_of_fifty(tmp_path: Path) -> None:
    rows = [f"p{n:03},{'lft' if n % 5 < 3 else 'left'},{'21.11.' if n % 5 == 0 else ''}" for n in range(50)]
    roster = read(tmp_path, "\n".join(["id,side,date", *rows]))
    assert len(roster.entries) == 20
    assert len(roster.failed) == 30
    assert len(roster.problems) == 40
    places = [(each.location.line, each.location.column) for each in roster.problems]
    assert places == sorted(places)
    assert {row for row, _ in failed(roster)} == {line for line, _ in places}


# --------------------------------------------------------------------------- ids


@pytest.mark.parametrize("id_", ["../../x", "CON", ".", "..", "a/b", "-rf", "x" * 64, "p 1", "山", "=1+1", "Ä"])
def test_any_printable_text_is_an_id(tmp_path: Path, id_: str) -> None:
    assert ids(read(tmp_path, f"id\n{id_}\n")) == [id_]


@pytest.mark.parametrize(
    ("id_", "code"),
    [
        ("", "missing-id"), ("  ", "missing-id"), ("a\tb", "id"), ("a\u200bb", "id"), ("a\x1b[2J", "id"),
        ("a\u202eb", "id"), ("a\u2028b", "id"), ("x" * 65, "id"),
    ],
)  # fmt: skip
def test_an_id_that_cannot_be(tmp_path: Path, id_: str, code: str) -> None:
    roster = read(tmp_path, f"id,name\n{id_},Ann\np002,Bob\n")
    (each,) = roster.problems
    assert (each.code, each.field) == (code, "row 2, id")
    assert failed(roster) == [(2, "")]
    assert ids(roster) == ["p002"]


def test_a_path_stays_a_path_also_where_it_could_be_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "id,routine\na,./back-mobility\nb,back-mobility\nc,Mine.YAML\nd,deeper/mine\n"
    write(tmp_path, text, "roster.csv")
    roster = read_roster("roster.csv", ANYBODY)
    assert [each.order.routine for each in roster.entries] == [
        "./back-mobility", "back-mobility", "Mine.YAML", "deeper/mine",
    ]  # fmt: skip


def test_repeated_ids_name_both_rows_and_fail_both(tmp_path: Path) -> None:
    text = "id,name\np001,Ann\np002,Bob\n p001 ,Cy\np001,Di\n"
    roster = read(tmp_path, text)
    assert ids(roster) == ["p002"]
    assert failed(roster) == [(2, "p001"), (4, "p001"), (5, "p001")]
    assert said(tmp_path, text).startswith(
        "roster.csv:2:1: error[repeated-id] row 2 (p001), id: the id p001 stands again in row 4\n"
        "    p001,Ann\n"
        "    ^^^^\n"
        "  hint: give each person an id of their own\n"
        "roster.csv:4:2: error[repeated-id] row 4 (p001), id: the id p001 stands here again; it is first in row 2\n"
        "    p001 ,Cy\n"
        "    ^^^^\n"
    )
    assert len(roster.problems) == 3


def test_ids_whose_files_would_have_one_name_are_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then one sheet would take the place of another."""
    monkeypatch.setattr("pdfbuilder.roster.names._HASH_DIGITS", 1)
    many = ["!" * each for each in range(1, 18)]  # among seventeen two have the same digit
    names = [name.casefold() for name in file_names(many)]
    roster = read(tmp_path, "id\nplain\n" + "".join(f"{each}\n" for each in many))
    meeting = [id_ for id_, name in zip(many, names, strict=True) if names.count(name) > 1]
    assert ids(roster) == ["plain", *(each for each in many if each not in meeting)]
    assert [id_ for _, id_ in failed(roster)] == meeting
    assert {(each.code, each.hint) for each in roster.problems} == {("repeated-file", "give one of them another id")}
    for each in roster.problems:
        said = re.fullmatch(r"the file for (\S+) would be (\S+), as that for (\S+) in row (\d+)", each.message)
        assert said
        assert said[1] != said[3]
        assert many[int(said[4]) - 3] == said[3]
        assert file_names([said[1]]) == file_names([said[3]]) == [said[2]]


def test_files_that_differ_in_case_only_meet_on_some_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pdfbuilder.roster.people.file_names", lambda ids: [f"{each}.pdf" for each in ids])
    roster = read(tmp_path, "id\na\nA\nb\n")
    assert (ids(roster), failed(roster)) == (["b"], [(2, "a"), (3, "A")])
    assert {each.code for each in roster.problems} == {"repeated-file"}


def test_two_ids_that_have_been_found_to_meet_are_refused(tmp_path: Path) -> None:
    """48 bits of a hash are soon found twice by who looks for it."""
    one, two = "x.:;.:;;;;.:!;/", "x:.;;;;;!::.!!/"
    assert file_names([one]) == file_names([two])
    roster = read(tmp_path, f"id\n{one}\n{two}\np001\n")
    assert (ids(roster), failed(roster)) == (["p001"], [(2, one), (3, two)])


def test_ids_that_differ_in_case_or_composition_are_different(tmp_path: Path) -> None:
    assert len(read(tmp_path, "id\na\nA\nä\na\u0308\n").entries) == 4


# --------------------------------------------------------------------------- routines and templates


def test_a_path_starts_at_the_roster(tmp_path: Path) -> None:
    text = "id,routine,template,language\np001,plans/a.yaml,./b.yml,en\np002,/x/a.yaml,fridge,c.yaml\n"
    first, second = read(tmp_path, text).entries
    assert (first.order.routine, first.order.template) == (f"{tmp_path}/plans/a.yaml", f"{tmp_path}/b.yml")
    assert (second.order.routine, second.order.template) == ("/x/a.yaml", "fridge")
    assert (first.order.language, second.order.language) == ("en", f"{tmp_path}/c.yaml")


def test_the_command_lines_own_path_starts_where_it_is(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "id\np001\n", defaults=replace(ANYBODY, routine="plans/a.yaml")).entries
    assert entry.order.routine == "plans/a.yaml"


def test_without_a_routine_there_is_nothing_to_print(tmp_path: Path) -> None:
    roster = read(tmp_path, "id,routine\np001,\np002,back-mobility\n", defaults=NOBODY)
    assert ids(roster) == ["p002"]
    (each,) = roster.problems
    assert (each.code, each.location.line, each.location.column) == ("missing-routine", 2, 6)


# --------------------------------------------------------------------------- doses


@pytest.mark.parametrize(
    ("written", "routine", "template"),
    [
        ("back-mobility,fridge", "back-mobility", "fridge"),
        ("Back mobility,Large print", "back-mobility", "large-print"),
        ("Your back exercises,FRIDGE", "back-mobility", "fridge"),
        ("your  Back exercises,", "back-mobility", ""),
        ("your back,fridges", "your back", "fridges"),
    ],
)
def test_a_routine_is_also_known_by_its_title_and_an_id_with_spaces_and_capitals(
    tmp_path: Path, written: str, routine: str, template: str
) -> None:
    roster = read(tmp_path, f"id,side,routine,template\np1,left,{written}\n", defaults=NOBODY)
    (entry,) = roster.entries
    assert (entry.order.routine, entry.order.template) == (routine, template)


def test_a_title_that_two_routines_have_means_neither(tmp_path: Path) -> None:
    write(tmp_path, "title: Your back exercises\nexercises: [bird-dog]\n", "en/routines/our-back.yaml")
    path = write(tmp_path, "id,side,routine\np1,left,Your back exercises\np2,left,Our Back\n", "people.csv")
    roster = read_roster(str(path), NOBODY, library=Library(tmp_path))
    assert [each.order.routine for each in roster.entries] == ["Your back exercises", "our-back"]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("reps", "10", Amount(10, 10)), ("reps", " 3-4 ", Amount(3, 4)), ("reps", "3 to 4", Amount(3, 4)),
        ("sets", "2", just(2)), ("weeks", "6", just(6)), ("weeks", "at least 6", Amount(6, 6, Bound.AT_LEAST)),
        ("times_per_day", "3", often(3)), ("times_per_day", "often", Frequency(often=True)),
        ("times_per_day", '"morning, bedtime"', Frequency(just(2), occasions=("morning", "bedtime"))),
        ("parts", "forward; back", ("forward", "back")),
        ("duration", "30 min a day", Duration(Time(just(30), TimeUnit.MINUTES), in_all=True)),
        ("hold", "5 s", Time(Amount(5, 5), TimeUnit.SECONDS)),
        ("hold", "20-30 s", Time(Amount(20, 30), TimeUnit.SECONDS)),
        ("hold", "5 breaths", Time(Amount(5, 5), TimeUnit.BREATHS)), ("hold", "none", None),
        ("rest", "2 min", Time(just(2), TimeUnit.MINUTES)), ("rest", "None", None),
        ("days", "5 per week", Days(per_week=just(5))), ("days", "every day", Days()), ("days", "Daily", Days()),
        ("days", '"[mon, wed, fri]"', Days(frozenset({Weekday.MON, Weekday.WED, Weekday.FRI}), just(3))),
        ("days", "mon wed fri", Days(frozenset({Weekday.MON, Weekday.WED, Weekday.FRI}), just(3))),
        ("days", '"Mon, Friday"', Days(frozenset({Weekday.MON, Weekday.FRI}), just(2))),
        ("days", "tue", Days(frozenset({Weekday.TUE}), just(1))),
        ("pain_limit", "0", 0), ("pain_limit", "none", None),
        ("load", "none", None), ("level", "1", 1), ("tick", "set", Tick.SET),
        ("optional", "yes", True), ("optional", "NO", False), ("optional", "true", True),
    ],
)  # fmt: skip
def test_a_dose_is_read_as_a_routine_reads_it(tmp_path: Path, field: str, text: str, value: object) -> None:
    (entry,) = read(tmp_path, f"id,bird-dog.{field}\np001,{text}\n").entries
    (change,) = entry.order.doses
    assert (change.exercise, change.figures) == ("bird-dog", ((field, value),))


@pytest.mark.parametrize(
    ("field", "text", "code", "hint"),
    [
        ("reps", "ten", "dose-range", "write 10"),
        ("reps", "0", "dose-range", "for example 10"),
        ("reps", "101", "dose-range", "for example 10"),
        ("reps", "10-8", "dose-range", "write the smaller number first: 8-10"),
        ("reps", "3x10", "dose-range", "write sets: 3 and reps: 10"),
        ("sets", "11", "dose-range", "for example 3"),
        ("sets", "2.5", "dose-range", ""),
        ("sets", "3-2", "dose-range", "write the smaller number first: 2-3"),
        ("times_per_day", "25", "dose-times", "for example 2"),
        ("weeks", "53", "dose-range", "for example 6"),
        ("pain_limit", "11", "dose-range", "for example 3"),
        ("hold", "5", "dose-hold", "say of what: 5 s or 5 breaths"),
        ("hold", "601 s", "dose-hold", ""),
        ("rest", "5 breaths", "dose-rest", "for example 30 s"),
        ("days", "8 per week", "dose-days", "for example 5 per week"),
        ("days", "mon someday", "dose-days", "write [mon, wed, fri]"),
        ("days", "everyday", "dose-days", "write every day"),
        ("days", "mon mon", "dose-days", "name each day once"),
        ("days", "[]", "dose-days", ""),
        ("load", "x" * 121, "text-length", "say it shorter"),
        ("load", "5", "text", "say what it is"),
        ("optional", "maybe", "boolean", "write yes or no"),
    ],
)
def test_a_dose_has_its_bounds(tmp_path: Path, field: str, text: str, code: str, hint: str) -> None:
    (each,) = found(tmp_path, f"id,bird-dog.{field}\np001,{text}\n")
    assert (each.code, each.field) == (code, f"row 2 (p001), bird-dog.{field}")
    assert (each.location.line, each.location.column, each.location.length) == (2, 6, len(text))
    assert each.hint
    assert hint in each.hint


def test_doses_do_not_depend_on_the_order_of_columns(tmp_path: Path) -> None:
    columns = {"bird-dog.reps": "5", "bird-dog.hold": "3 s", "pelvic-tilt.sets": "2"}
    orders = set()
    for names in itertools.permutations(columns):
        text = ",".join(["id", *names]) + "\n" + ",".join(["p001", *(columns[name] for name in names)]) + "\n"
        orders.add(replace(read(tmp_path, text).entries[0].order, places=ITSELF))
    assert len(orders) == 1


def test_a_week_and_a_level_are_one_persons(tmp_path: Path) -> None:
    first, second = read(tmp_path, "id,week,bird-dog.level\np001,3,2\np002,,\n").entries
    assert (first.order.week, first.order.doses[0].figures) == (3, (("level", 2),))
    assert (second.order.week, second.order.doses) == (None, ())
    (problem,) = found(tmp_path, "id,week\np001,105\n")
    assert (problem.code, problem.field, problem.location.column) == ("week", "row 2 (p001), week", 6)


def test_an_empty_cell_changes_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "id,bird-dog.reps\np001,\n").entries[0].order.doses == ()


# --------------------------------------------------------------------------- what is found out later


def refused(renderer: Renderer, entry: RosterEntry) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidInput) as caught:
        renderer.render(entry.order)
    return caught.value.diagnostics


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("p001,,sciatica-starter,,,,,", "side", "missing-side"),
        ("p001,left,sciatica-startr,,,,,", "routine", "unknown-routine"),
        ("p001,left,sciatica-starter,hand,,,,", "template", "unknown-template"),
        ("p001,left,sciatica-starter,,xx,,,", "language", "unknown-language"),
        ("p001,both,sciatica-starter,,en,{affected leg} up,,", "note", "no-side"),
        ("p001,left,sciatica-starter,,,,\U0001f9d0,", "name", "missing-glyph"),
        ("p001,left,hamstring-stretches,,,,,5", "bird-dog.reps", "unknown-exercise"),
    ],
)
def test_a_problem_found_later_belongs_to_its_cell(
    tmp_path: Path, renderer: Renderer, row: str, column: str, code: str
) -> None:  # fmt: skip
    header = "id,side,routine,template,language,note,name,bird-dog.reps"
    (entry,) = read(tmp_path, f"{header}\n\n{row}\n", defaults=NOBODY).entries
    each = refused(renderer, entry)[0]
    assert (each.code, each.field) == (code, f"row 3 (p001), {column}")
    assert each.location.source == f"{tmp_path}/roster.csv"
    index = header.split(",").index(column)
    cells = row.split(",")
    start = sum(len(cell) + 1 for cell in cells[:index]) + 1
    assert each.location.line == 3
    assert start <= each.location.column <= start + len(cells[index])


def test_a_column_that_is_not_there_is_the_row(tmp_path: Path, renderer: Renderer) -> None:
    (entry,) = read(tmp_path, "id\np001\n", defaults=Order("sciatica-starter")).entries
    (each,) = refused(renderer, entry)
    assert (each.code, each.field, str(each.location)) == (
        "missing-side",
        "row 2 (p001), side",
        f"{tmp_path}/roster.csv:2:1",
    )


def test_what_is_wrong_elsewhere_stays_where_it_is(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "id\np001\n").entries
    elsewhere = Diagnostic("x", "x", Location("routine.yaml", 3, 4), "exercises[0].reps", "x")
    assert entry.order.places.put([elsewhere]) == (elsewhere,)


# --------------------------------------------------------------------------- whatever is wrong

GOOD = {
    "id": ["p{}"],
    "side": ["left", "R", ""],
    "date": ["2026-11-21", ""],
    "paper": ["A4", ""],
    "bird-dog.reps": ["5-8", ""],
}
BAD = {"side": ["lft", "links"], "date": ["soon", "21.11."], "paper": ["a3", "big"], "bird-dog.reps": ["ten", "0"]}


@st.composite
def rosters(draw: st.DrawFn) -> tuple[str, str, list[list[str]], set[tuple[int, str]]]:
    """A separator, a header, its rows, and which cells of them are wrong."""
    columns = draw(st.permutations(list(GOOD)))
    rows, wrong = [], set()
    for number in range(draw(st.integers(1, 8))):
        row = []
        for column in columns:
            if column in BAD and draw(st.integers(0, 3)) == 0:
                wrong.add((number, column))
                row.append(draw(st.sampled_from(BAD[column])))
            else:
                row.append(draw(st.sampled_from(GOOD[column])).format(number))
        rows.append(row)
    return draw(st.sampled_from(",;\t")), ",".join(columns), rows, wrong


@given(rosters(), st.sampled_from(["{}", '"{}"', " {} "]))
@MANY
def test_every_error_points_at_its_value(
    tmp_path: Path, roster: tuple[str, str, list[list[str]], set[tuple[int, str]]], quoted: str
) -> None:
    separator, header, rows, wrong = roster
    columns = header.split(",")
    lines = [separator.join(columns), *(separator.join(quoted.format(cell) for cell in row) for row in rows)]
    path = tmp_path / f"{next(NUMBERS)}.csv"
    path.write_text("\n".join(lines))
    result = read_roster(str(path), ANYBODY)
    assert len(result.problems) == len(wrong)
    for each in result.problems:
        number, column = each.location.line - 2, each.field.rpartition(", ")[2]
        assert (number, column) in wrong
        start = each.location.column - 1
        assert lines[number + 1][start : start + each.location.length] == rows[number][columns.index(column)]
        assert each.location.excerpt == lines[number + 1]
    hit = {number for number, _ in wrong}
    assert failed(result) == [(number + 2, f"p{number}") for number in sorted(hit)]
    assert ids(result) == [f"p{number}" for number in range(len(rows)) if number not in hit]


@pytest.mark.parametrize("text", ["2-Mar", "Mar-10", "02.03.2026", "2026-03-02", "3. Apr"])
def test_a_range_that_a_spreadsheet_has_made_a_date_of_is_not_guessed_at(tmp_path: Path, text: str) -> None:
    (problem,) = found(tmp_path, f"id,bird-dog.tempo\np001,{text}\n")
    assert problem.code == "date-cell"
    (problem,) = found(tmp_path, f"id,bird-dog.reps\np001,{text}\n")
    assert problem.hint == "if a spreadsheet has made a date of it, format the column as text and type it again"
    assert (problem.location.line, problem.location.column) == (2, 6)


@pytest.mark.parametrize(
    ("field", "text", "sides"),
    [
        ("tempo", "3-1-3", []),  # three counts are no date
        ("tempo", "slowly: up and down", []),
        ("load", "yellow band", []),
        ("load", "1 kg on the {other ankle}", ["{other ankle}"]),
    ],
)
def test_a_text_of_a_dose_is_kept_as_it_is_and_may_name_sides(
    tmp_path: Path, field: str, text: str, sides: list[str]
) -> None:
    (entry,) = read(tmp_path, f"id,bird-dog.{field}\np001,{text}\n").entries
    ((name, wording),) = entry.order.doses[0].figures
    assert name == field
    assert "".join(part if isinstance(part, str) else part.raw for part in wording.parts) == text
    assert [phrase.raw for phrase in wording.phrases] == sides


# --------------------------------------------------------------------------- what is otherwise than in the routine


def test_a_row_says_how_often_of_all_and_of_one_and_whose_side_an_exercise_is_for(tmp_path: Path) -> None:
    table = (
        "id,Times per day,PainLimit,week,bird-dog.times_per_day,bird-dog.side_of,knee-to-chest.side\n"
        "p001,2,3,4,3,r,other\n"
    )
    (entry,) = read(tmp_path, table).entries
    for_all, *others = entry.order.doses
    assert (for_all.exercise, dict(for_all.figures)) == ("", {"times_per_day": often(2), "pain_limit": 3})
    assert [(each.exercise, each.figures, each.rule, each.side_of) for each in others] == [
        ("bird-dog", (("times_per_day", often(3)),), None, Side.RIGHT),
        ("knee-to-chest", (), SideRule.OTHER, None),
    ]
    assert entry.order.week == 4


@pytest.mark.parametrize(
    ("column", "cell", "code", "hint"),
    [
        ("bird-dog.side_of", "lfet", "side", "write left or right"),
        ("bird-dog.side_of", "both", "side", "write left or right"),
        ("bird-dog.side", "left", "choice", "affected or other is done on that side only"),
        ("days", "never", "dose-days", ""),
        ("week", "0", "week", "write it like 3"),
        ("pain_limit", "11", "dose-range", ""),
    ],
)
def test_what_a_row_cannot_say_of_exercises(tmp_path: Path, column: str, cell: str, code: str, hint: str) -> None:
    (each,) = found(tmp_path, f"id,{column}\np001,{cell}\n")
    assert (each.code, each.location.line, each.field) == (code, 2, f"row 2 (p001), {column}")
    assert each.hint.startswith(hint)
    assert "did you mean" not in each.hint
