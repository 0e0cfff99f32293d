"""Objects as they are written are the objects that an independent reader finds."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pdfbuilder.pdf.document import PackedDocument, deflated, references, stream, text_string
from pdfbuilder.pdf.internals import TaggedPage

#: What a dictionary or an array can hold here, as it is written and as it is read.
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


def written(fill: Callable[[PackedDocument], dict[str, bytes]]) -> bytes:
    """A file of a page, whose catalogue `fill` adds to: it gets the document, and returns entries of the catalogue."""
    document = PackedDocument("en")
    page = TaggedPage()
    page.MediaBox, page.Resources, page.Contents = b"[0 0 9 9]", b"<<>>", b"[]"
    document.addPage(page)
    # ReportLab's catalogue writes no entry that it does not know
    entries = fill(document)
    document.catalogue(
        Names=b"<<" + b"".join(b"/%s %s" % (key.encode(), value) for key, value in entries.items()) + b">>"
    )
    document.describe(Title=b"(none)")
    document.bookmark([])
    return b"".join(document.packed().written())


@example(texts=[""], data=[bytes(4), bytes(4) + b"\1"])  # whose table is stored with a line break at its end
@given(texts=st.lists(TEXT, min_size=1, max_size=12), data=st.lists(st.binary(max_size=60), max_size=12))
def test_any_objects_and_streams_are_read_back_equal(texts: list[str], data: list[bytes]) -> None:
    def fill(file: PackedDocument) -> dict[str, bytes]:
        numbers = [file.add(text_string(text)) for text in texts]
        streams = [file.share(stream(each)) for each in data]
        # an object that was numbered before it was there
        later = file.reserve()
        file.put(later, b"[%s]" % references(numbers))
        return {"Texts": b"%d 0 R" % later, "Streams": b"[%s]" % references(streams)}

    with pikepdf.open(io.BytesIO(written(fill)), suppress_warnings=False) as document:
        assert [
            bytes(each).decode("utf-16") if is_wide(each) else str(each) for each in document.Root.Names.Texts
        ] == texts
        found = [each.read_bytes() for each in document.Root.Names.Streams]
        # a space may come after, so that the stored bytes do not end in a line break
        assert [part.rstrip(b" ") for part in found] == [part.rstrip(b" ") for part in data]
        assert all(part.startswith(given_) for part, given_ in zip(found, data, strict=True))
        assert not document.check_pdf_syntax()


def is_wide(each: pikepdf.Object) -> bool:
    return bytes(each).startswith(b"\xfe\xff")


@pytest.mark.parametrize("count", [1, 499, 500, 501, 1300])
def test_many_small_objects_are_packed_and_found(count: int) -> None:
    def fill(file: PackedDocument) -> dict[str, bytes]:
        return {"All": b"[%s]" % references([file.add(b"<</N %d>>" % each) for each in range(count)])}

    pdf = written(fill)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [int(each.N) for each in document.Root.Names.All] == list(range(count))
    # none of them stands by itself: what does are the streams of 500 at most, and the table; five are the file's own
    assert pdf.count(b" 0 obj") == -(-(count + 5) // 500) + 1


def test_a_shared_stream_is_there_once() -> None:
    def fill(file: PackedDocument) -> dict[str, bytes]:
        numbers = [file.share(stream(each)) for each in (b"one", b"two", b"one", b"one")]
        assert numbers[0] == numbers[2] == numbers[3] != numbers[1]
        return {"All": b"[%s]" % references(numbers)}

    with pikepdf.open(io.BytesIO(written(fill))) as document:
        assert [each.read_bytes() for each in document.Root.Names.All] == [b"one", b"two", b"one", b"one"]
        assert sum(isinstance(each, pikepdf.Stream) and "/Type" not in each for each in document.objects) == 2


def test_a_number_that_was_kept_free_has_to_be_used() -> None:
    def fill(file: PackedDocument) -> dict[str, bytes]:
        file.put(file.reserve(3), b"<<>>", b"<<>>")
        return {}

    with pytest.raises(ValueError, match="got no object"):
        written(fill)


@given(st.binary(max_size=2000))
def test_no_stream_s_stored_bytes_end_in_a_line_break(data: bytes) -> None:
    assert not deflated(data).endswith((b"\n", b"\r"))


def test_the_same_objects_give_the_same_identifier_and_others_another() -> None:
    def identifier(text: bytes) -> str:
        with pikepdf.open(io.BytesIO(written(lambda file: {"A": b"%d 0 R" % file.add(text)}))) as document:
            first, second = document.trailer.ID
            assert bytes(first) == bytes(second)
            return bytes(first).hex()

    assert identifier(b"(a)") == identifier(b"(a)") != identifier(b"(b)")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed; it would check the file's syntax")
def test_qpdf_finds_no_fault_in_many_objects(tmp_path: Path) -> None:
    def fill(file: PackedDocument) -> dict[str, bytes]:
        numbers = [file.add(text_string(f"(\\{each}")) for each in range(700)]
        streams = [file.share(stream(b"%d" % (each % 40))) for each in range(80)]
        return {"All": b"[%s]" % references(numbers), "Streams": b"[%s]" % references(streams)}

    path = tmp_path / "a.pdf"
    path.write_bytes(written(fill))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
