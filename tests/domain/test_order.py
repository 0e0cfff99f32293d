"""What people write on the command line."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import write

from pdfbuilder import PlanWarning, build
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.order import OrderWords
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Orientation, Paper, TickRule


def read(reader: Callable[[OrderWords], object]) -> object:
    words = OrderWords()
    value = reader(words)
    words.problems.stop_on_error()
    return value


def wrong(reader: Callable[[OrderWords], object]) -> str:
    words = OrderWords()
    reader(words)
    (found,) = words.problems.found
    return str(found)


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (lambda words: words.side("left"), AffectedSide.LEFT),
        (lambda words: words.side("B"), AffectedSide.BOTH),
        (lambda words: words.choice("paper", "A4", Paper), Paper.A4),
        (lambda words: words.choice("paper", " letter ", Paper), Paper.LETTER),
        (lambda words: words.choice("tick", "session", TickRule), TickRule.SESSION),
        (lambda words: words.date("2026-11-21"), datetime.date(2026, 11, 21)),
        (lambda words: words.date(" 2026-11-21 "), datetime.date(2026, 11, 21)),
        (lambda words: words.date("2028-02-29"), datetime.date(2028, 2, 29)),
        # of a moment the day: a diary counts in days
        (lambda words: type(words.date(datetime.datetime(2026, 11, 21, 10, 30))), datetime.date),
        (lambda words: words.visit("2026-12-03 10:30"), datetime.datetime(2026, 12, 3, 10, 30)),
        (lambda words: words.visit(" 2026-12-03  9.05 "), datetime.datetime(2026, 12, 3, 9, 5)),
        (lambda words: words.visit("2026-12-03"), datetime.date(2026, 12, 3)),
        (lambda words: words.line("name", "Ann Smith"), "Ann Smith"),
        (lambda words: words.line("name", "  Ann \n Smith "), "Ann Smith"),
        (lambda words: words.line("name", ""), ""),
        # composed and taken apart it is the same name
        (lambda words: words.line("name", "Jose\u0301"), "Jos\u00e9"),
        (lambda words: words.line("name", "{affected leg} <b>"), "{affected leg} <b>"),
    ],
)
def test_what_is_understood(reader: Callable[[OrderWords], object], value: object) -> None:
    assert read(reader) == value


A_SIDE = "write one of the four, or l, r or b"
A_DATE = "a day as YYYY-MM-DD, from 1900 to 2199"
UNSEEN = "delete it: it cannot be seen, but it is there"


@pytest.mark.parametrize(
    ("reader", "field", "expected", "got", "hint"),
    [
        *(
            # no side is suggested, whatever it looks like
            (lambda words, text=text: words.side(text), "side", "left, right, both or none", text, A_SIDE)
            for text in ("lft", "lefft", "Rt", "rigth", "bilateral", "N/A", "-", "l/r", "bot", "")
        ),
        (
            lambda words: words.choice("paper", "a3", Paper),
            "paper", "one of a4, letter, a5", "a3", "for example a4",
        ),
        (
            lambda words: words.choice("orientation", "portrat", Orientation),
            "orientation", "one of portrait, landscape", "portrat", "did you mean portrait?",
        ),
        (lambda words: words.date("21.11.2026"), "date", A_DATE, "21.11.2026", "write it like 2026-11-21"),
        (
            lambda words: words.line("name", "Ann\x1b[31m"),
            "name", "printable characters", "U+001B (a control character)", UNSEEN,
        ),
        (
            lambda words: words.line("name", "Ann \u202e Smith"),
            "name", "printable characters", "U+202E (right-to-left override)", UNSEEN,
        ),
        # a list without any would leave the warning signs out, and nobody has said so
        (
            lambda words: words.read("safety", []),
            "safety", "a safety block, or none", "", "write none, or nothing for the routine's own signs",
        ),
        (lambda words: words.line("name", "A" * 121), "name", "at most 120 characters", "121", "shorten it"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_a_way_out(
    reader: Callable[[OrderWords], object], field: str, expected: str, got: str, hint: str
) -> None:
    assert wrong(reader) == f'{field}: error[{field}] expected {expected}, got "{got}"\n  hint: {hint}'


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-11-31", "2027-02-29", "2026-13-01", "26-11-21", "2026/11/21", "20261121", "2026-W47-6",
     "2026-11-21T00:00", "٢٠٢٦-١١-٢١", "0001-01-01", "9999-12-31"],
)  # fmt: skip
def test_no_other_date_is_a_date(text: str) -> None:
    assert "error[date]" in wrong(lambda words: words.date(text))


@pytest.mark.parametrize("text", ["", "Thursday", "2026-12-03 25:00", "2026-12-03 10:60", "2026-12-03T10:30", "10:30"])
def test_no_other_visit_is_a_visit(text: str) -> None:
    assert "error[next-visit]" in wrong(lambda words: words.visit(text))


def test_all_that_is_wrong_is_collected() -> None:
    words = OrderWords()
    words.side("x")
    words.date("x")
    words.choice("paper", "x", Paper)
    assert [each.code for each in words.problems.found] == ["side", "date", "paper"]


@given(st.text())
def test_any_name_is_taken_or_refused(text: str) -> None:
    words = OrderWords()
    name = words.line("name", text)
    if not words.problems.found:
        assert len(name) <= 120
        assert name.split() == name.split(" ") or not name


def test_a_day_out_of_reach_is_refused_however_it_is_given() -> None:
    for day in ("9999-12-20", datetime.date(9999, 12, 20)):
        with pytest.raises(InvalidInput) as refused:
            build("sciatica-starter", "left", date=day, template="diary")
        assert [each.code for each in refused.value.diagnostics] == ["date"]
        with pytest.raises(InvalidInput) as refused:
            build("sciatica-starter", "left", next_visit=day)
        assert [each.code for each in refused.value.diagnostics] == ["next-visit"]


@pytest.mark.slow
def test_build_warns_of_what_the_command_line_would_say(tmp_path: Path) -> None:
    with pytest.warns(PlanWarning, match="the sheet prints the stars"):
        build("sciatica-starter", "left", note="Rest your *right or left* knee.")
    path = write(tmp_path, "title: A\ntimes_per_day: 1\nexercises: [pelvic-tilt]\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert build(path, "left", date="2026-11-21") == build(str(path), "left", date=datetime.date(2026, 11, 21))
