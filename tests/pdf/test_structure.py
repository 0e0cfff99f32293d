"""What a reader hears is what is drawn, in the order of the drawing, and each thing once."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from samples import SIDES, TEMPLATES

from pdfbuilder import Renderer, build

Mark = tuple[int, int]
#: Among the flags of an annotation (ISO 32000-1, 12.5.3).
HIDDEN = 2


def marks_of_the_tree(document: pikepdf.Pdf) -> list[Mark]:
    """The marked content in reading order: (page, number)."""
    pages = {each.objgen: index for index, each in enumerate(document.pages)}
    return list(_marks(document.Root.StructTreeRoot.K, pages))


def _marks(element: pikepdf.Object, pages: dict[tuple[int, int], int]) -> Iterator[Mark]:
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            yield pages[element.Pg.objgen], int(kid)
        elif kid.get("/Type") != "/OBJR":
            assert kid.P.objgen == element.objgen
            yield from _marks(kid, pages)


def marks_drawn(document: pikepdf.Pdf) -> list[Mark]:
    return [
        (index, int(operands[1].MCID))
        for index, shown in enumerate(document.pages)
        for operands, _ in pikepdf.parse_content_stream(shown, "BDC")
        if "/MCID" in operands[1]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("fillable", [False, True])
def test_reading_order_is_the_order_of_the_drawing(
    template: str, side: str, paper: str, fillable: bool, renderer: Renderer
) -> None:
    note = "Slowly." if side == "both" else "Rest your {affected leg}."
    pdf = build(
        "sciatica-starter", side, template=template, paper=paper, name="Ann", note=note, fillable=fillable,
        renderer=renderer,
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(pdf)) as document:
        heard = marks_of_the_tree(document)
        assert heard == marks_drawn(document)
        assert len(set(heard)) == len(heard)
        # numbered from 0 on each page
        for index in range(len(document.pages)):
            own = [number for page, number in heard if page == index]
            assert own == list(range(len(own)))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mark_knows_its_element(template: str, renderer: Renderer) -> None:
    pdf = build("sciatica-starter", "left", template=template, fillable=True, renderer=renderer)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        owners = {int(numbers[each]): numbers[each + 1] for each in range(0, len(numbers), 2)}
        assert int(root.ParentTreeNextKey) == len(owners)
        drawn = marks_drawn(document)
        for index, shown in enumerate(document.pages):
            elements = owners.pop(int(shown.StructParents))
            assert len(elements) == sum(page == index for page, _ in drawn)
            for number, element in enumerate(elements):
                assert (int(element.K), element.Pg.objgen) == (number, shown.objgen)
            for widget in shown.get("/Annots", []):
                if int(widget.F) & HIDDEN:
                    continue  # nobody sees it, nobody hears it
                element = owners.pop(int(widget.StructParent))
                assert (element.S, element.K.Obj.objgen) == ("/Form", widget.objgen)
        assert not owners


# --------------------------------------------------------------------------- form fields


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("side", ["left", "both"])
def test_no_two_fields_share_a_name_on_any_sheet(template: str, paper: str, side: str, renderer: Renderer) -> None:
    for name in ("", "Ann"):
        pdf = build(
            "sciatica-complete", side, template=template, paper=paper, name=name, fillable=True, renderer=renderer
        )
        with pikepdf.open(io.BytesIO(pdf)) as document:
            names = [str(field.T) for field in document.Root.AcroForm.Fields]
            widgets = [each.objgen for shown in document.pages for each in shown.get("/Annots", [])]
            reached = [each.objgen for field in document.Root.AcroForm.Fields for each in field.get("/Kids", [field])]
            pages = len(document.pages)
        assert len(set(names)) == len(names)
        assert sorted(widgets) == sorted(reached)
        # a line to write the name on is there once, however many pages there are
        assert names.count("name") == (not name)
        assert template not in ("handout", "large-print") or pages > 1
