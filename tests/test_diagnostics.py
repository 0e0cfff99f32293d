"""How a finding is printed, and in which order."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdfbuilder.diagnostics import (
    MOST_QUOTED,
    MOST_SAID,
    Diagnostic,
    InvalidInput,
    Location,
    Problems,
    Severity,
    in_order,
    nearest,
    quoted,
    told,
)


def at(line: int, column: int = 1, source: str = "a.yaml") -> Location:
    return Location(source, line, column)


def test_a_diagnostic_shows_place_severity_code_field_message_line_caret_and_hint() -> None:
    where = Location("routine.yaml", 6, 11, 3, "    reps: ten")
    text = str(Diagnostic("dose-range", 'expected a number, got "ten"', where, "exercises[1].reps", "write reps: 10"))
    assert text == (
        'routine.yaml:6:11: error[dose-range] exercises[1].reps: expected a number, got "ten"\n'
        "    reps: ten\n"
        "          ^^^\n"
        "  hint: write reps: 10"
    )


def test_a_warning_says_so() -> None:
    text = str(Diagnostic("many", "too many", Location("a.yaml", 2), severity=Severity.WARNING))
    assert text == "a.yaml:2: warning[many] too many"


def test_an_option_has_no_line() -> None:
    assert str(Diagnostic("side", "no side", Location("--side"))) == "--side: error[side] no side"


@pytest.mark.parametrize(
    ("excerpt", "column", "length", "shown", "caret"),
    [
        # a tab is a space, so that the caret stands where it points
        ("\ttitle: x", 9, 1, "title: x", "       ^"),
        # a caret never runs past its line
        ("reps: ten", 7, 50, "reps: ten", "      ^^^"),
        ("reps:", 6, 1, "reps:", "     ^"),
        # East Asian letters are two columns wide, combining marks none
        ("漢字: x", 5, 1, "漢字: x", "      ^"),
        ("a: 漢字", 4, 2, "a: 漢字", "   ^^^^"),
        ("e\u0301: x", 5, 1, "e\u0301: x", "   ^"),
        # what cannot be shown is a space
        ("a\x1b[31m: x", 1, 1, "a [31m: x", "^"),
        # of a long line the part around the place: 50 characters before it, 100 in all
        ("x" * 300, 201, 1, "x" * 100, " " * 50 + "^"),
        ("x" * 3_000, 2_999, 9, "x" * 52, " " * 50 + "^^"),
        ("\t" + "x" * 100, 1, 1, " " + "x" * 99, "^"),
    ],
)
def test_the_caret_stands_under_its_place(excerpt: str, column: int, length: int, shown: str, caret: str) -> None:
    _, *lines = str(Diagnostic("code", "message", Location("a.yaml", 1, column, length, excerpt))).split("\n")
    assert lines == [f"    {shown}", f"    {caret}"]


@pytest.mark.parametrize("excerpt", ["", "  ", "\t\x1b", "x" * 10 + " " * 300])
def test_a_line_on_which_nothing_can_be_seen_is_left_out(excerpt: str) -> None:
    text = str(Diagnostic("code", "message", Location("a.yaml", 1, min(300, len(excerpt) + 1), 1, excerpt)))
    assert text.split("\n")[1:] == []


def test_words_of_a_file_are_quoted_up_to_forty_characters() -> None:
    assert quoted("x" * MOST_QUOTED) == "x" * 40
    assert quoted("x" * 41) == "x" * 37 + "…"


def test_no_part_of_a_finding_floods_the_terminal() -> None:
    long = "\u202e" * 1_000_000
    text = str(Diagnostic(long[:9], long, Location("a.yaml", 1, 1, 1, long), long, long))
    assert len(text) < 20_000


def many(count: int, severity: Severity = Severity.ERROR, first: int = 1, source: str = "a.yaml") -> list[Diagnostic]:
    return [Diagnostic("x", "no", at(first + line, source=source), severity=severity) for line in range(count)]


def test_of_a_file_a_hundred_findings_are_said_and_how_many_more_there_are() -> None:
    lines = list(told([*many(MOST_SAID + 1), *many(MOST_SAID, source="b.yaml"), *many(50_000, source="c.yaml")]))
    assert len(lines) == 302
    assert lines[100] == "a.yaml: and 1 more"
    assert lines[200].startswith("b.yaml:100:")
    assert lines[-1] == "c.yaml: and 49,900 more"


def test_no_error_is_hidden_by_warnings() -> None:
    lines = list(told([*many(200, Severity.WARNING), *many(2, first=201)]))
    assert [line.split()[0] for line in lines[:2]] == ["a.yaml:1:1:", "a.yaml:2:1:"]
    assert [line.partition(" ")[0] for line in lines[97:]] == [
        "a.yaml:98:1:",
        "a.yaml:201:1:",
        "a.yaml:202:1:",
        "a.yaml:",
    ]
    assert lines[-1] == "a.yaml: and 102 more"


def test_nobodys_file_name_breaks_the_line_or_steers_the_terminal() -> None:
    text = str(Diagnostic("code", "key \x1b[2J\u202e", Location("a\nb.yaml", 1), "k\ney", "try\rthis"))
    assert text == "a\\nb.yaml:1: error[code] k\\ney: key \\x1b[2J\\u202e\n  hint: try\\rthis"


@given(st.builds(Location, st.text(), st.integers(0, 5), st.integers(0, 80), st.integers(1, 80), st.text()), st.text())
@settings(deadline=None)
def test_any_diagnostic_is_at_most_four_printable_lines(where: Location, message: str) -> None:
    lines = str(Diagnostic("code", message, where, hint="do it")).split("\n")
    assert len(lines) in (2, 4)
    assert all(line.isprintable() for line in lines)


def test_a_location_narrows_to_a_part_that_its_line_shows() -> None:
    whole = Location("a.yaml", 3, 7, 20, "cue: 'Your {affected leg} and {affected leg}'")
    assert whole.narrowed("{affected leg}") == Location("a.yaml", 3, 12, 14, whole.excerpt)
    assert whole.narrowed("{other leg}") == whole
    assert whole.narrowed("") == whole
    # what stands before the place or behind it is another's
    assert whole.narrowed("cue") == whole
    assert Location("a.yaml", 1, 1, 8, "a: 'b c', d: left").narrowed("left").length == 8


def test_findings_come_file_by_file_and_from_top_to_bottom_each_once() -> None:
    low, high = Diagnostic("b", "second", at(9)), Diagnostic("a", "first", at(2, 7))
    left = Diagnostic("a", "zeroth", at(2, 3))
    elsewhere = Diagnostic("c", "third", at(1, source="0.yaml"))
    assert in_order([low, high, elsewhere, low, left]) == (left, high, low, elsewhere)


def test_invalid_input_holds_all_findings_and_prints_them() -> None:
    error = InvalidInput([Diagnostic("b", "second", at(9)), Diagnostic("a", "first", at(2))])
    assert [each.code for each in error.diagnostics] == ["a", "b"]
    assert str(error) == "a.yaml:2:1: error[a] first\na.yaml:9:1: error[b] second"


def test_invalid_input_knows_more_than_it_says() -> None:
    error = InvalidInput(many(50_000))
    assert len(error.diagnostics) == 50_000
    assert str(error).count("\n") == 100
    assert str(error).endswith("\na.yaml: and 49,900 more")


def test_invalid_input_survives_the_way_between_processes() -> None:
    error = InvalidInput([Diagnostic("a", "first", at(2))])
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics


def test_warnings_stop_nothing() -> None:
    problems = Problems()
    problems.warning("a", "hm", at(1))
    problems.stop_on_error()
    assert [each.code for each in problems.warnings] == ["a"]


def test_an_error_stops_and_takes_the_warnings_along() -> None:
    problems = Problems()
    problems.warning("a", "hm", at(1))
    problems.error("b", "no", at(2))
    with pytest.raises(InvalidInput) as caught:
        problems.stop_on_error()
    assert [each.code for each in caught.value.diagnostics] == ["a", "b"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("rep", "did you mean reps?"),
        ("Reps", "did you mean reps?"),
        ("set", "did you mean sets?"),
        ("times", ""),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_offered_if_one_is_near(word: str, hint: str) -> None:
    assert nearest(word, ["reps", "sets", "hold", "times_per_day"]) == hint


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("section", "instructions", ""),
        ("video", "side_of", ""),
        ("cue", "picture", ""),
        ("--reps", "--help", ""),
        ("--templat", "--template", "did you mean --template?"),
        ("xercise", "exercise", "did you mean exercise?"),
        ("nstructions", "instructions", "did you mean instructions?"),
    ],
)
def test_a_word_of_another_meaning_is_not_near(word: str, known: str, hint: str) -> None:
    assert nearest(word, [known]) == hint


def test_a_word_as_long_as_a_file_is_near_to_nothing() -> None:
    assert nearest("reps" * 1_000_000, ["reps"]) == ""
