"""A film's address is a link on a screen: over its words, heard with them, and gone into no other sheet."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from readback import Rectangle, text_runs
from samples import TEMPLATES, write

from pdfbuilder import Renderer, build
from pdfbuilder.batch.combine import combined
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.formats.press import Press
from pdfbuilder.reading.orders import order_in_words

FILMS = [
    "https://clinic.example/films/heel-slide_(left)",
    "https://clinic.example/a-film-with-a-long-name/for-the-knee",
]
#: Templates that print a film's address.
WITH_FILMS = ["handout", "large-print"]


@pytest.fixture
def plan(tmp_path: Path) -> str:
    """Two exercises with films, one of them without a picture, and one without a film."""
    return str(
        write(
            tmp_path,
            "title: A\nexercises:\n"
            f"  - {{exercise: pelvic-tilt, video: '{FILMS[0]}'}}\n"
            "  - exercise: lying-knee-press\n"
            f"  - {{name: Lift, side: bilateral, reps: 3, instructions: [Lift.], video: '{FILMS[1]}'}}\n",
        )
    )


def links(pdf: bytes) -> list[tuple[int, str, str, Rectangle]]:
    """The links of all pages: index of the page, address, label, place."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for index, shown in enumerate(document.pages):
            height = float(shown.mediabox[3])
            for each in shown.get("/Annots", []):
                if each.Subtype != "/Link":
                    continue
                # printed with the page, and without a frame
                assert (int(each.F), [int(edge) for edge in each.Border]) == (4, [0, 0, 0])
                assert (each.A.S, each.P.objgen) == ("/URI", shown.objgen)
                left, low, right, up = map(float, each.Rect)
                place = Rectangle(left, height - up, right, height - low)
                found.append((index, str(each.A.URI), str(each.Contents), place))
    return found


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("options", [{}, {"fillable": True}, {"qr": False}, {"paper": "letter"}], ids=str)
def test_every_printed_address_is_a_link_over_its_words(
    template: str, options: dict[str, Any], plan: str, renderer: Renderer
) -> None:
    pdf = build(plan, "left", template=template, renderer=renderer, **options)
    found = links(pdf)
    runs = text_runs(pdf)
    printed = ["clinic.example" in run.text for page_runs in runs for run in page_runs]
    assert sum(printed) == len(found)
    assert [address for _, address, _, _ in found] == (FILMS if template in WITH_FILMS else [])
    for index, address, label, place in found:
        assert label == f"Film, {address}"
        inside = [run for run in runs[index] if run.box.inside(place, slack=0.5)]
        # a hyphen at the end of a line is another one to this reader
        assert "".join(run.text for run in inside).replace("\2", "-") == address.removeprefix("https://")
        assert max(run.box.right for run in inside) > place.right - 1
        assert not any(place.overlaps(run.box, slack=0.5) for run in runs[index] if run not in inside)


@pytest.mark.parametrize("template", WITH_FILMS)
@pytest.mark.parametrize("fillable", [False, True])
def test_a_link_is_heard_with_its_words(template: str, fillable: bool, plan: str, renderer: Renderer) -> None:
    pdf = build(plan, "left", template=template, fillable=fillable, renderer=renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
        owners = {int(numbers[each]): numbers[each + 1] for each in range(0, len(numbers), 2)}
        heard = 0
        for shown in document.pages:
            for each in shown.get("/Annots", []):
                if each.Subtype == "/Link":
                    element = owners[int(each.StructParent)]
                    mark, reference = element.K
                    assert (element.S, element.P.S, element.Pg.objgen) == ("/Link", "/P", shown.objgen)
                    assert reference.Type == "/OBJR"
                    assert (reference.Obj.objgen, reference.Pg.objgen) == (each.objgen, shown.objgen)
                    assert owners[int(shown.StructParents)][int(mark)].objgen == element.objgen
                    heard += 1
    assert heard == len(FILMS)


@pytest.mark.parametrize("template", WITH_FILMS)
def test_judges_find_nothing(template: str, plan: str, renderer: Renderer, tmp_path: Path) -> None:
    for fillable in (False, True):
        pdf = build(plan, "right", template=template, fillable=fillable, renderer=renderer)
        profiles = [page.ValidationProfile.PDF_UA_1] + [page.ValidationProfile.PDF_A_2A] * (not fillable)
        for profile in profiles:
            assert [each.message for each in page.validate_pdf_bytes(pdf, profile=profile).failures] == []
        path = tmp_path / "sheet.pdf"
        path.write_bytes(pdf)
        if shutil.which("qpdf"):
            done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def test_in_one_file_for_many_everybody_has_their_links(plan: str, renderer: Renderer, tmp_path: Path) -> None:
    copies = [
        (name, renderer.compose(order_in_words(plan, side, name=name, template=template)).copy)
        for name, side, template in (
            ("Ann", "left", "handout"),
            ("Bob", "right", "large-print"),
            ("Cy", "left", "fridge"),
        )
    ]
    laid_out = [(name, renderer.press.lay_out(copy)) for name, copy in copies]
    pdf = b"".join(combined(laid_out, renderer.press, "en", duplex=True))
    own = [[link[1:] for link in links(renderer.press.print(copy).pdf)] for _, copy in copies]
    assert [link[1:] for link in links(pdf)] == [link for each in own for link in each]
    assert [len(each) for each in own] == [2, 2, 0]
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_A_2B)
    assert [failure.message for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
        owners = {int(numbers[each]): numbers[each + 1] for each in range(0, len(numbers), 2)}
        for shown in document.pages:
            marks = owners.get(int(shown.StructParents), [])
            for number, element in enumerate(marks):
                kids = list(element.K)
                assert number in [int(kid) for kid in kids if not isinstance(kid, pikepdf.Dictionary)]
            for each in shown.get("/Annots", []):
                element = owners[int(each.StructParent)]
                assert (element.S, element.K[1].Obj.objgen) == ("/Link", each.objgen)
                assert marks[int(element.K[0])].objgen == element.objgen
                assert element.objgen in [kid.objgen for kid in element.P.K]


def test_sheets_that_differ_only_in_what_a_link_opens_are_not_taken_for_each_other(tmp_path: Path) -> None:
    """The addresses have the same letters, so their sheets have the same glyphs, and stand in the same places."""
    press, renderer = Press(), Renderer()
    for name, end in (("Ann", "aaab"), ("Bob", "abaa"), ("Cy", "aaab")):
        film, folder = f"https://a.example/{end}", tmp_path / name
        folder.mkdir()
        path = write(folder, f"title: A\nexercises:\n  - {{exercise: pelvic-tilt, video: '{film}'}}\n")
        copy = renderer.compose(Order(str(path), AffectedSide.LEFT, Person("Ann"), qr=False)).copy
        printed = press.print(copy).pdf
        assert [address for _, address, _, _ in links(printed)] == [film]
        assert printed == Press().print(copy).pdf


def test_others_with_the_same_film_are_filled_in(
    plan: str, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press()
    for name in ("Ann Smith", "Bob Jones"):
        printed = press.print(renderer.compose(order_in_words(plan, "left", name=name)).copy)
        assert len(links(printed.pdf)) == len(FILMS)
        monkeypatch.setattr("pdfbuilder.pdf.painter.Document", None)
