"""One shape for each number of boxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfbuilder.handout.week.shapes import blocks, shape

#: Rows, and width and height in millimetres: boxes of 6 at a pitch of 7, and of 5 at a pitch of 6.
SHAPES = {
    1: ([1], (6, 6), (5, 5)),
    2: ([2], (13, 6), (11, 5)),
    3: ([3], (20, 6), (17, 5)),
    4: ([2, 2], (13, 13), (11, 11)),
    5: ([3, 2], (20, 13), (17, 11)),
    6: ([3, 3], (20, 13), (17, 11)),
    7: ([3, 3, 1], (20, 20), (17, 17)),
    8: ([3, 3, 2], (20, 20), (17, 17)),
    9: ([3, 3, 3], (20, 20), (17, 17)),
    10: ([2, 2, 2, 2, 2], (13, 34), (11, 29)),
    11: ([3, 3, 3, 2], (20, 27), (17, 23)),
    12: ([3, 3, 3, 3], (20, 27), (17, 23)),
    13: ([3, 3, 3, 3, 1], (20, 34), (17, 29)),
    14: ([3, 3, 3, 3, 2], (20, 34), (17, 29)),
    15: ([3, 3, 3, 3, 3], (20, 34), (17, 29)),
    16: ([3, 3, 3, 3, 3, 1], (20, 41), (17, 35)),
    17: ([3, 3, 3, 3, 3, 2], (20, 41), (17, 35)),
    18: ([3, 3, 3, 3, 3, 3], (20, 41), (17, 35)),
    19: ([3, 3, 3, 3, 3, 3, 1], (20, 48), (17, 41)),
    20: ([3, 3, 3, 3, 3, 3, 2], (20, 48), (17, 41)),
}


@pytest.mark.parametrize("boxes", SHAPES)
def test_each_number_has_its_shape(boxes: int) -> None:
    rows, large, small = SHAPES[boxes]
    found = shape(boxes)
    assert list(found.cells) == [(column, row) for row, count in enumerate(rows) for column in range(count)]
    for (size, pitch), (width, height) in (((6, 7), large), ((5, 6), small)):
        assert found.width(size, pitch) == width
        assert found.height(size, pitch) == height


@given(boxes=st.integers(1, 100))
def test_up_to_twenty_are_one_block_and_more_are_blocks_of_fifteen(boxes: int) -> None:
    found = [len(block) for block in blocks(boxes)]
    assert sum(found) == boxes
    assert found == [boxes] if boxes <= 20 else set(found[:-1]) == {15}


@given(boxes=st.integers(1, 30), widest=st.integers(1, 3))
def test_rows_are_full_but_for_the_last_and_no_wider_than_the_day(boxes: int, widest: int) -> None:
    found = shape(boxes, widest)
    rows = [[column for column, row in found.cells if row == each] for each in range(found.rows)]
    assert all(row == list(range(found.columns)) for row in rows[:-1])
    assert rows[-1] == list(range(len(rows[-1])))
    assert found.columns <= widest
