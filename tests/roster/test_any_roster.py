"""Whatever a file holds, it is a roster or it is refused; the reader never fails."""

from __future__ import annotations

import io
import itertools
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from roster.rosters import ANYBODY, OPTIONS, failed, saved, workbook
from samples import ROOT, examples

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Severity
from pdfbuilder.roster.conventions import Conventions
from pdfbuilder.roster.people import read_roster

NUMBERS = itertools.count()
ANY_INPUT = settings(
    max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip
EXAMPLES = {suffix: (ROOT / "examples" / f"roster.{suffix}").read_bytes() for suffix in ("csv", "yaml")}
WORKBOOK = saved(workbook(("id", "side", "date", "bird-dog.reps"), ("007", "left", 46_000, 5), (8, "=A1", None, "3-4")))
PARTS = [name for name in zipfile.ZipFile(io.BytesIO(WORKBOOK)).namelist() if name.endswith((".xml", ".rels"))]


def read_or_refused(folder: Path, data: bytes, suffix: str, encoding: str | None = None) -> tuple[Diagnostic, ...]:
    """What is said of some bytes. Whoever has no error is in the roster, once."""
    path = folder / f"{next(NUMBERS)}.{suffix}"
    path.write_bytes(data)
    try:
        roster = read_roster(str(path), ANYBODY, Conventions(encoding=encoding, places=OPTIONS))
    except InvalidInput as error:
        found = error.diagnostics
        assert any(each.severity is Severity.ERROR for each in found)
    else:
        found = roster.problems
        ids = [entry.id for entry in roster.entries]
        assert len(set(ids)) == len(ids)
        assert not {entry.row for entry in roster.entries} & {row for row, _ in failed(roster)}
        assert bool(roster.failed) == any(each.severity is Severity.ERROR for each in found)
    for each in found:
        assert str(each)
        assert each.hint
        assert each.location.line or each.location.source in (str(path), "--encoding")
        if each.location.excerpt:
            assert each.location.column <= len(each.location.excerpt) + 1
    path.unlink()
    return found


@given(st.binary(), st.sampled_from(["csv", "xlsx", "yaml"]), st.sampled_from([None, "cp1252", "utf-16", "utf-7"]))
@example(b"\xff\xfe", "csv", None)
@example(b"\xff\xfe\x00", "csv", None)
@example(b"\xef\xbb\xbf", "yaml", None)
@example(b"PK\x03\x04", "xlsx", None)
@example(b"PK\x05\x06" + bytes(18), "xlsx", None)
@ANY_INPUT
def test_any_bytes(tmp_path: Path, data: bytes, suffix: str, encoding: str | None) -> None:
    read_or_refused(tmp_path, data, suffix, encoding)


@given(st.text(st.sampled_from('abp,;\t"\n\r 0{}-:[]=é\u2028\u0085\x1b'), max_size=60))
@ANY_INPUT
def test_any_rows_below_a_header(tmp_path: Path, text: str) -> None:
    read_or_refused(tmp_path, b"id,note,side,bird-dog.reps\n" + text.encode(), "csv")


@given(st.sampled_from(["csv", "yaml"]), st.data())
@ANY_INPUT
def test_any_change_to_an_example(tmp_path: Path, suffix: str, data: st.DataObject) -> None:
    text = EXAMPLES[suffix]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 20)))
        put = data.draw(
            st.sampled_from([b"", b'"', b"\n", b",", b"\t", b": ", b"- ", b"\xff", b"\0", text[start:end] * 2])
        )
        text = text[:start] + put + text[end:]
    read_or_refused(tmp_path, text, suffix)


@given(st.sampled_from(PARTS), st.data())
@ANY_INPUT
def test_any_change_inside_a_workbook(tmp_path: Path, part: str, data: st.DataObject) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                start = data.draw(st.integers(0, len(text)))
                end = min(len(text), start + data.draw(st.integers(0, 12)))
                put = data.draw(st.sampled_from([b"", b"<", b"0", b'"', b"9999999", b"-1", b"x", b"1e999", b"&a;"]))
                text = text[:start] + put + text[end:]
            after.writestr(name, text)
    read_or_refused(tmp_path, stream.getvalue(), "xlsx")
