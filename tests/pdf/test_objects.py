"""Objects as they are written are the objects that an independent reader finds."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pdfbuilder.pdf.objects import PdfFile, deflated, reference, references, stream, text_string

#: What a dictionary or an array can hold here, as it is written and as it is read.
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


def written(fill: Any) -> bytes:
    """A file of a page, whose catalogue `fill` adds to: it gets the file, and returns entries of the catalogue."""
    file = PdfFile()
    root, pages, page = file.reserve(3), 2, 3
    entries = fill(file)
    file.put(
        root,
        b"<</Type/Catalog/Pages %d 0 R%s>>" % (pages, entries),
        b"<</Type/Pages/Kids [%d 0 R]/Count 1>>" % page,
        b"<</Type/Page/Parent %d 0 R/MediaBox [0 0 9 9]/Resources <<>>>>" % pages,
    )
    return b"".join(file.written(root, file.add(b"<</Title (none)>>")))


@example(texts=[""], data=[bytes(4), bytes(4) + b"\1"])  # whose table is stored with a line break at its end
@given(texts=st.lists(TEXT, min_size=1, max_size=12), data=st.lists(st.binary(max_size=60), max_size=12))
def test_any_objects_and_streams_are_read_back_equal(texts: list[str], data: list[bytes]) -> None:
    def fill(file: PdfFile) -> bytes:
        numbers = [file.add(text_string(text)) for text in texts]
        streams = [file.add(stream(each, b"/Size %(length)d")) for each in data]
        # an object that was numbered before it was there
        later = file.reserve()
        file.put(later, b"[%s]" % references(numbers))
        return b"/Texts %s/Streams [%s]" % (reference(later), references(streams))

    with pikepdf.open(io.BytesIO(written(fill)), suppress_warnings=False) as document:
        assert [bytes(each).decode("utf-16") if is_wide(each) else str(each) for each in document.Root.Texts] == texts
        found = [each.read_bytes() for each in document.Root.Streams]
        # a line break may come after, so that the stored bytes do not end in one
        assert [part.rstrip(b"\n") for part in found] == [part.rstrip(b"\n") for part in data]
        assert all(part.startswith(given_) for part, given_ in zip(found, data, strict=True))
        assert [int(each.Size) for each in document.Root.Streams] == [len(part) for part in found]
        assert not document.check_pdf_syntax()


def is_wide(each: pikepdf.Object) -> bool:
    return bytes(each).startswith(b"\xfe\xff")


@pytest.mark.parametrize("count", [1, 499, 500, 501, 1300])
def test_many_small_objects_are_packed_and_found(count: int) -> None:
    def fill(file: PdfFile) -> bytes:
        return b"/All [%s]" % references([file.add(b"<</N %d>>" % each) for each in range(count)])

    pdf = written(fill)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [int(each.N) for each in document.Root.All] == list(range(count))
    # none of them stands by itself: what does are the streams of 500 at most, and the table; four are the file's own
    assert pdf.count(b" 0 obj") == -(-(count + 4) // 500) + 1


def test_a_shared_stream_is_there_once() -> None:
    def fill(file: PdfFile) -> bytes:
        numbers = [file.share(stream(each)) for each in (b"one", b"two", b"one", b"one")]
        assert numbers[0] == numbers[2] == numbers[3] != numbers[1]
        return b"/All [%s]" % references(numbers)

    with pikepdf.open(io.BytesIO(written(fill))) as document:
        assert [each.read_bytes() for each in document.Root.All] == [b"one", b"two", b"one", b"one"]
        assert sum(isinstance(each, pikepdf.Stream) and "/Type" not in each for each in document.objects) == 2


def test_a_number_that_was_kept_free_has_to_be_used() -> None:
    file = PdfFile()
    first = file.reserve(3)
    file.put(first, b"<<>>", b"<<>>")
    with pytest.raises(ValueError, match="object 3 is empty"):
        list(file.written(first, first + 1))


@given(st.binary(max_size=2000))
def test_no_stream_s_stored_bytes_end_in_a_line_break(data: bytes) -> None:
    assert not deflated(data).endswith((b"\n", b"\r"))


def test_the_same_objects_give_the_same_identifier_and_others_another() -> None:
    def identifier(text: bytes) -> str:
        with pikepdf.open(io.BytesIO(written(lambda file: b"/A %s" % reference(file.add(text))))) as document:
            first, second = document.trailer.ID
            assert bytes(first) == bytes(second)
            return bytes(first).hex()

    assert identifier(b"(a)") == identifier(b"(a)") != identifier(b"(b)")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed; it would check the file's syntax")
def test_qpdf_finds_no_fault_in_many_objects(tmp_path: Path) -> None:
    def fill(file: PdfFile) -> bytes:
        numbers = [file.add(text_string(f"(\\{each}")) for each in range(700)]
        streams = [file.share(stream(b"%d" % (each % 40))) for each in range(80)]
        return b"/All [%s]/Streams [%s]" % (references(numbers), references(streams))

    path = tmp_path / "a.pdf"
    path.write_bytes(written(fill))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
