"""The operators of each item: where they draw, in what colour, and nothing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pdfbuilder.domain.picture import Picture, PictureKind
from pdfbuilder.layout.core.display import (
    Area,
    Circle,
    Drawing,
    Element,
    Face,
    Fragment,
    Item,
    Page,
    Pages,
    Placed,
    Polygon,
    Role,
    Rule,
    Squares,
    TickBox,
    Words,
)
from pdfbuilder.pdf.painter import Painter, Properties
from pdfbuilder.pdf.pen import Pen


def drawn(*items: Item, role: Role = Role.ARTIFACT) -> list[str]:
    """The lines between the marks."""
    (*_, last) = Pen().draw(Fragment((Element(role, items),), 0)).chunks
    _, *lines, end = last.decode("ascii").splitlines()
    assert end == "EMC"
    return lines


def box(*, dashed: bool = False) -> TickBox:
    return TickBox(10, 20, 14, 1, dashed, "a", ("A",))


def test_a_tick_box_is_one_rectangle_inside_its_outer_edge_filled_and_stroked_at_once() -> None:
    # 14 points outside with a line of 1: 13 from middle to middle, beginning half a line inside; y is upwards
    assert drawn(box())[-2:] == ["n 10.5 -33.5 13 13 re", "B"]
    assert sorted(drawn(box())[:-2]) == ["0 G", "1 g", "1 w", "[] 0 d"]


def test_dashes_fit_an_edge_a_whole_number_of_times() -> None:
    (line,) = [line for line in drawn(box(dashed=True)) if line.endswith(" d")]
    dash, gap, phase = (float(each) for each in line.replace("[", "").replace("]", "").split()[:3])
    assert 13 / (dash + gap) == pytest.approx(4, abs=0.001)
    assert phase == pytest.approx(dash / 2, abs=0.001)


def test_no_other_item_is_the_rectangle_operator() -> None:
    items = (
        Area(0, 0, 9, 9, "#FF0000"), Area(0, 0, 9, 9, "#FF0000", 2), Rule(0, 0, 9, 0, 1), Circle(5, 5, 4, 1),
        Polygon(((0, 0), (9, 0), (9, 9), (0, 9)), "#00FF00", "#0000FF", 1),
    )  # fmt: skip
    assert not any("re" in line.split() for line in drawn(*items))


def test_squares_side_by_side_are_one_shape_and_all_are_filled_in_one_go() -> None:
    # rows of #.## and .#..
    first = "n 10 -20 m 12 -20 l 12 -22 l 10 -22 l h"
    second, third = "14 -20 m 18 -20 l 18 -22 l 14 -22 l h", "12 -22 m 14 -22 l 14 -24 l 12 -24 l h"
    squares = Squares(10, 20, 2, ((0, 0), (2, 0), (3, 0), (1, 1)))
    assert " ".join(drawn(squares)) == f"0 g {first} {second} {third} f"


def test_what_is_set_already_is_not_set_again() -> None:
    lines = drawn(box(), box(), Rule(0, 0, 9, 0, 1), Area(0, 0, 9, 9, "#FFFFFF"))
    assert [line for line in lines if line.split()[-1] in ("g", "G", "w", "d")] == ["1 g", "0 G", "1 w", "[] 0 d"]


def test_words_in_a_row_are_one_text_with_a_place_each() -> None:
    (line,) = drawn(Words(1.004, 2, "a(b", Face.REGULAR, 12), Words(30, 2, "Ж", Face.BOLD, 9.5, "#804000"))
    before, after = line.split(" 1 0 0 1 30 -2 Tm ")
    assert before == r"BT 1 0 0 1 1 -2 Tm 0 g /F0.0 12 Tf 14.4 TL (a\(b) Tj"
    assert after.startswith(".502 .251 0 rg /F3.")
    assert after.endswith(" Tj ET")


@pytest.mark.parametrize(("mirrored", "matrix"), [(False, "40 0 0 -30 10 -20 cm"), (True, "-40 0 0 -30 50 -20 cm")])
def test_a_picture_is_mirrored_by_its_matrix_alone(mirrored: bool, matrix: str) -> None:
    picture = Picture("key", PictureKind.DRAWING, 4, 3, None)
    assert drawn(Drawing(10, 20, 40, 30, picture, mirrored)) == ["q", matrix, "/FormXob.key Do", "Q"]


def test_only_what_is_read_out_has_a_mark() -> None:
    word = Words(0, 0, "a", Face.REGULAR, 12)
    elements = (
        Element(Role.HEADER, (word,)),
        Element(Role.LIST, children=(Element(Role.LABEL, (word,)), Element(Role.LIST_BODY, (word,)))),
        Element(Role.PARAGRAPH),
        Element(Role.FOOTER, (word,)),
    )
    drawn_ = Pen().draw(Fragment(elements, 0))
    starts = b"7".join(drawn_.chunks).decode("ascii").splitlines()
    assert [line for line in starts if line.endswith("BDC")] == [
        "/Artifact <</Type/Pagination/Subtype/Header/Attached [/Top]>> BDC",
        "/Lbl <</MCID 7>> BDC",
        "/LBody <</MCID 7>> BDC",
        "/Artifact <</Type/Pagination/Subtype/Footer/Attached [/Bottom]>> BDC",
    ]
    assert drawn_.marks == 2


def test_many_threads_draw_with_one_painter_as_each_does_alone() -> None:
    def pages(index: int) -> Pages:
        words = [Words(20, 12 * row, f"{index} Żółć Ελένη {row}", Face.BOLD, 10) for row in range(1, 40)]
        return Pages((Page(200, 500, (Placed(Fragment((Element(Role.PARAGRAPH, tuple(words)),), 500), 0, 0),)),), 0)

    properties = Properties("A", "a", "en")
    alone = [Painter().paint(pages(index), properties) for index in range(12)]
    together = Painter()
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda index: together.paint(pages(index), properties), range(12))) == alone
