"""All plans in one file: everybody's pages as in their own file, what they share once, and a fresh sheet for each."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import page
import pikepdf
import pytest
from batch.rosters import prepared, roster
from readback import boxes, figures, text_of
from samples import SIDES

from pdfbuilder import Renderer
from pdfbuilder.batch.combine import combined
from pdfbuilder.batch.prepare import Recipient

pytestmark = pytest.mark.slow

#: Every template and side, paper of two sizes, words in rare letters.
MIXED = "id,name,side,routine,template,paper,note\n" + "".join(
    f"{template[0]}{side},Łukasz Żółć,{side},{routine},{template},{paper},{note}\n"
    for template, paper in (("handout", "a4"), ("fridge", "letter"), ("large-print", "a4"), ("diary", "a5"))
    for side, note in zip(SIDES, ("Ruhig!", "Rest your {other leg}.", ""), strict=True)
    for routine in ("sciatica-starter",)
)


def in_one(people: Iterable[Recipient], renderer: Renderer, *, duplex: bool = False) -> bytes:
    plans = ((each.job.id, renderer.press.lay_out(each.job.copy)) for each in people)
    return b"".join(combined(plans, renderer.press, "en", duplex=duplex))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, renderer: Renderer) -> tuple[Recipient, ...]:
    found = prepared(tmp_path_factory.mktemp("roster"), MIXED, renderer)
    assert not found.failed
    return found.people


def starts(pdf: bytes) -> dict[str, int]:
    """Where each bookmark leads: index of the page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {each.objgen: index for index, each in enumerate(document.pages)}
        with document.open_outline() as outline:
            return {str(item.title): numbers[item.destination[0].objgen] for item in outline.root}


@pytest.mark.parametrize("duplex", [False, True])
def test_everybody_s_pages_are_those_of_their_own_file(
    mixed: tuple[Recipient, ...], renderer: Renderer, duplex: bool
) -> None:
    pdf = in_one(mixed, renderer, duplex=duplex)
    begin = starts(pdf)
    assert list(begin) == [each.job.id for each in mixed]
    texts, ticks, shown = text_of(pdf), boxes(pdf), figures_without_structure(pdf)
    at = 0
    for person in mixed:
        own = renderer.press.print(person.job.copy).pdf
        count = len(text_of(own))
        if duplex and at % 2:
            # an empty back
            assert (texts[at], ticks[at], shown[at]) == ("", [], [])
            at += 1
        assert begin[person.job.id] == at
        assert texts[at : at + count] == text_of(own)
        assert ticks[at : at + count] == boxes(own)
        assert shown[at : at + count] == figures_without_structure(own)
        # the pages are counted for each person
        assert all(f"page {number} of {count} " in text for number, text in enumerate(text_of(own), start=1))
        at += count
    assert len(texts) == at + (at % 2 if duplex else 0)


def figures_without_structure(pdf: bytes) -> list[list[tuple[float, ...]]]:
    """Where pictures stand on each page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [_pictures(each) for each in document.pages]


def _pictures(shown: pikepdf.Page) -> list[tuple[float, ...]]:
    found, matrices, matrix = [], [], pikepdf.Matrix()
    for operands, operator in pikepdf.parse_content_stream(shown):
        match str(operator):
            case "q":
                matrices.append(matrix)
            case "Q":
                matrix = matrices.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Do":
                found.append(tuple(round(each, 2) for each in matrix.shorthand))
    return found


def test_pages_keep_their_own_size(mixed: tuple[Recipient, ...], renderer: Renderer) -> None:
    with pikepdf.open(io.BytesIO(in_one(mixed, renderer))) as document:
        sizes = [tuple(map(float, each.mediabox[2:])) for each in document.pages]
    own = []
    for person in mixed:
        with pikepdf.open(io.BytesIO(renderer.press.print(person.job.copy).pdf)) as document:
            own += [tuple(map(float, each.mediabox[2:])) for each in document.pages]
    assert sizes == own


def test_fonts_and_pictures_are_in_it_once(mixed: tuple[Recipient, ...], renderer: Renderer) -> None:
    pdf = in_one(mixed, renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        programs = [each.read_raw_bytes() for each in document.objects if is_stream(each) and "/Length1" in each]
        pictures = [
            each.read_raw_bytes() for each in document.objects if is_stream(each) and each.get("/Subtype") == "/Form"
        ]
    assert len(programs) == len(set(programs)) >= 3
    assert len(pictures) == len(set(pictures)) == 5
    # each of the routine's five exercises has its picture
    own = renderer.press.print(mixed[0].job.copy).pdf
    assert len({each.stored for each in figures(own)}) == 5


def is_stream(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Stream)


def test_a_further_person_costs_less_than_5_kilobytes(tmp_path: Path, renderer: Renderer) -> None:
    people = prepared(tmp_path, roster(200, routine="sciatica-starter"), renderer).people
    size = {count: len(in_one(people[:count], renderer)) for count in (100, 200)}
    assert (size[200] - size[100]) / 100 < 5000


def test_a_judge_of_pdf_a_finds_nothing(mixed: tuple[Recipient, ...], renderer: Renderer) -> None:
    pdf = in_one(mixed, renderer, duplex=True)
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_A_2B)
    assert [failure.message for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed; it would check the file's syntax")
def test_qpdf_finds_no_fault_in_the_syntax(mixed: tuple[Recipient, ...], renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    path.write_bytes(in_one(mixed, renderer, duplex=True))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_read_out_is_in_everybody_s_order(mixed: tuple[Recipient, ...], renderer: Renderer) -> None:
    with pikepdf.open(io.BytesIO(in_one(mixed, renderer, duplex=True))) as document:
        root = document.Root.StructTreeRoot
        parts = list(root.K.K)
        assert [str(part.S) for part in parts] == ["/Part"] * len(mixed)
        numbers = {each.objgen: index for index, each in enumerate(document.pages)}
        marks = [(numbers[kid.Pg.objgen], int(mark)) for part in parts for kid in part.K for mark in kid.K]
        owners = list(root.ParentTree.Nums)
        drawn = [
            (index, int(operands[1].MCID))
            for index, each in enumerate(document.pages)
            for operands, operator in pikepdf.parse_content_stream(each, "BDC")
            if "/MCID" in operands[1]
        ]
        assert marks == drawn
        assert len(owners) == 2 * len(document.pages)
