"""Whatever a file holds, the reader reads it or refuses it; it never fails."""

from __future__ import annotations

import itertools
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from samples import ROOT, examples

from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.reading.library import Library

SHIPPED = sorted(
    path
    for folder in ("content/en/exercises", "content/en/routines", "content/languages", "content/en/safety", "templates")
    for path in (ROOT / folder).glob("*.yaml")
)
LIBRARY = Library()
NUMBERS = itertools.count()

#: Each example writes a file of its own, so that the folder may be one and the same.
ANY_INPUT = settings(
    max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def read_or_refused(folder: Path, data: bytes) -> tuple[Diagnostic, ...]:
    """What is said of some bytes; every place that is named exists."""
    path = folder / f"{next(NUMBERS)}.yaml"
    path.write_bytes(data)
    try:
        found = LIBRARY.check(str(path)).warnings
    except InvalidInput as error:
        found = error.diagnostics
        assert found
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in found:
        assert str(each)
        assert each.hint
        if each.location.line and each.location.source == str(path):
            assert each.location.line <= len(lines)
            assert each.location.column <= len(lines[each.location.line - 1]) + 1
    path.unlink()
    return found


@given(st.binary())
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"a: \xe2\x80")
@ANY_INPUT
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    read_or_refused(tmp_path, data)


@given(st.text(st.sampled_from("ab:-?[]{},&*!|>%@`'\"#\\\t\n \u0085\u2028\ufeff{}~<=0é漢")))
@ANY_INPUT
def test_any_text_that_looks_like_yaml(tmp_path: Path, text: str) -> None:
    read_or_refused(tmp_path, text.encode())


KEYS = [
    "title", "exercises", "exercise", "name", "side", "reps", "hold", "instructions", "cue", "blocks", "extends",
    "page", "boxes", "size", "colours", "accent", "code", "messages", "sides", "left", "phrases", "regions",
    "emergency", "paragraphs", "sources", "reviewed", "side_of", "note", "picture", "file", "days",
]  # fmt: skip
SCALARS = [
    "~", "5", "-1", "1e9", "0", "true", "left", "affected", "bilateral", "pelvic-tilt", "./none.yaml", "handout", "en",
    "8-10", "5 s", "none", "mon", "14/20", "[]", "{}", '"{"', '"}}"', '"#000000"', "2026-11-21", '"\\0"',
    "../../../../etc/passwd", "/dev/zero",
]  # fmt: skip
ANY_KEY = st.sampled_from([*KEYS, "affected leg", "x"])
ANY_VALUE = st.recursive(
    st.sampled_from([*SCALARS, "", '"{affected leg}"', '"' + "x" * 700 + '"']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(ANY_KEY, inner), max_size=5).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=12,
)


@given(st.lists(st.tuples(ANY_KEY, ANY_VALUE), min_size=1, max_size=8))
@ANY_INPUT
def test_any_keys_and_values(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    read_or_refused(tmp_path, "".join(f"{key}: {value}\n" for key, value in pairs).encode())


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A shipped file with a few pieces taken out, put in, doubled or moved."""
    text = draw(st.sampled_from(SHIPPED)).read_text()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        piece = text[start:end]
        known = st.sampled_from(["", piece * 2, piece.upper(), "\n", "  ", "\t", ": ", "- ", "{", "}", "[", '"', "x"])
        put = draw(known | st.text(string.printable, max_size=6))
        text = text[:start] + put + text[end:]
    return text.encode()


@given(mutated())
@ANY_INPUT
def test_any_change_to_a_shipped_file(tmp_path: Path, data: bytes) -> None:
    read_or_refused(tmp_path, data)


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_any_line_of_a_shipped_file_can_be_lost(tmp_path: Path, path: Path) -> None:
    lines = path.read_text().splitlines(keepends=True)
    for index in range(0, len(lines), max(1, len(lines) // 12)):
        read_or_refused(tmp_path, "".join(lines[:index] + lines[index + 1 :]).encode())
