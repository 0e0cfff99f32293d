"""One shape for each number of boxes, so that a number is known at sight.

    1   □     2   □ □     3   □ □ □     4   □ □     5   □ □ □     7   □ □ □     10   □ □
                                            □ □         □ □           □ □ □          □ □
                                                                      □              □ □
                                                                                     □ □
                                                                                     □ □

Rows of three, read across and down; four is two rows of two, ten is five rows of two, and no other five is ever
broken otherwise. Only the size of the boxes gives way where room is short, for a whole sheet. More than a block
holds, where a template asks for a box for every repetition whatever the dose, goes on in further blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

#: The most boxes of a block; more stand in blocks of `_FURTHER`.
MOST: Final = 20
#: Five rows of three.
_FURTHER: Final = 15
#: Boxes of a row.
_ROW: Final = 3
#: What has rows of two: how many boxes.
_IN_TWOS: Final = frozenset({4, 10})


class BoxRows(Struct, frozen=True):
    """Boxes in rows.

    Attributes:
        cells: column and row of each box from 0, in reading order.
        columns: how many stand side by side.
        rows: how many stand below one another.
    """

    cells: tuple[tuple[int, int], ...]
    columns: int
    rows: int

    def width(self, size: float, pitch: float) -> float:
        """From edge to edge, for boxes of a size."""
        return (self.columns - 1) * pitch + size

    def height(self, size: float, pitch: float) -> float:
        """From edge to edge, for boxes of a size."""
        return (self.rows - 1) * pitch + size


def shape(boxes: int, widest: int = _ROW) -> BoxRows:
    """The shape of a number of boxes, at least one; with narrower rows where a day holds no more than `widest`."""
    columns = min(2 if boxes in _IN_TWOS else _ROW, boxes, widest)
    return BoxRows(tuple((box % columns, box // columns) for box in range(boxes)), columns, -(-boxes // columns))


def blocks(boxes: int) -> Iterator[range]:
    """The boxes of each block, counted from 0: one block, or as many as it takes by name."""
    most = boxes if boxes <= MOST else _FURTHER
    return (range(start, min(start + most, boxes)) for start in range(0, boxes, most))
