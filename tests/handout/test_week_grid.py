"""Where tick boxes stand: boxes of 5 mm at a pitch of 6 in day columns of 24, as on A4, unless a test says more."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout.monospace import MONOSPACE
from msgspec.structs import replace

from pdfbuilder.domain.side import Side
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.handout.blocks import Grid, Lane
from pdfbuilder.handout.week.bands import GridLook
from pdfbuilder.handout.week.grid import WeekGrid
from pdfbuilder.layout.core.display import Face, Rule, TickBox, Words
from pdfbuilder.units import MM

LEFT = Lane(Side.LEFT, "Left", "L", first=True)
RIGHT = Lane(Side.RIGHT, "Right", "R")
ALL_DAYS = (True,) * 7
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def grid(
    solid: int,
    dashed: int = 0,
    *,
    sets: int = 1,
    sessions: int = 1,
    lanes: tuple[Lane, ...] = (Lane(),),
    alternate: bool = False,
    active: tuple[bool, ...] = ALL_DAYS,
) -> Grid:
    return Grid(
        exercise="Pelvic tilt",
        active=active,
        days=DAYS,
        sessions=sessions,
        lanes=tuple(replace(lane, sets=sets, solid=solid, dashed=dashed) for lane in lanes),
        alternate=alternate,
        set_word="Set",
        session_words=tuple((f"{number}.", "time") for number in range(1, 7)),
    )


def look(column: float = 24, size: float = 5, pitch: float = 6, gutter: float = 14) -> GridLook:
    return GridLook(
        x=0,
        gutter=gutter * MM,
        column=column * MM,
        per_row=7,
        size=size * MM,
        pitch=pitch * MM,
        stroke=1,
        day=TypeSize(12, 16),
        label=TypeSize(2, 16),  # so small that every label fits the gutter with a monospace
        ground="#FBDFD0",
    )


def monday(grid_: Grid, look_: GridLook | None = None) -> list[list[tuple[float, float]]]:
    """Monday's boxes band by band, in millimetres from the band's upper left box."""
    week = WeekGrid(grid_, look_ or look(), 1, MONOSPACE)
    bands = []
    for index in range(len(week.bands)):
        boxes = [item for item in week.band(index, range(1), 0) if isinstance(item, TickBox)]
        left, top = min(box.x for box in boxes), min(box.y for box in boxes)
        bands.append([(round((box.x - left) / MM, 2), round((box.y - top) / MM, 2)) for box in boxes])
    return bands


def column(rows: int, x: float = 0) -> list[tuple[float, float]]:
    return [(x, 6 * row) for row in range(rows)]


@pytest.mark.parametrize("reps", [1, 2, 3])
def test_up_to_three_stand_in_a_line(reps: int) -> None:
    assert monday(grid(reps)) == [[(6 * rep, 0) for rep in range(reps)]]


@pytest.mark.parametrize("reps", [4, 5])
def test_four_and_five_stand_in_a_column(reps: int) -> None:
    assert monday(grid(reps)) == [column(reps)]


def test_ten_are_two_columns_of_five_filled_downwards() -> None:
    assert monday(grid(10)) == [column(5) + column(5, x=6)]


def test_seven_leave_the_second_column_short() -> None:
    assert monday(grid(7)) == [column(5) + column(2, x=6)]


def test_sixteen_continue_in_a_further_band() -> None:
    # three columns are 2 x 6 + 5 = 17 wide, four would be 23 of the 21 that a column of 24 leaves
    assert monday(grid(16)) == [column(5) + column(5, x=6) + column(5, x=12), column(1)]


def test_three_do_not_stand_in_a_line_that_is_wider_than_the_day() -> None:
    # 17 wide, but a column of 15 leaves 12
    assert monday(grid(3), look(column=15)) == [column(3)]


def test_each_set_has_a_column_with_a_gap_after_each_five() -> None:
    # sets are 5 + 2 apart; below the fifth box 2 more than the pitch: 6 x 5 + 2 = 32
    ten = [0, 6, 12, 18, 24, 32, 38, 44, 50, 56]
    assert monday(grid(10, sets=3)) == [[(7 * number, y) for number in range(3) for y in ten]]


def test_a_fourth_set_goes_into_a_further_band() -> None:
    # three sets are 2 x 7 + 5 = 19 wide, four would be 26 of 21
    assert monday(grid(2, sets=4)) == [
        [(0, 0), (0, 6), (7, 0), (7, 6), (14, 0), (14, 6)],
        [(0, 0), (0, 6)],
    ]


def test_alternate_boxes_are_ticked_across() -> None:
    boxes = monday(grid(2, lanes=(LEFT, RIGHT), alternate=True))
    assert boxes == [[(0, 0), (7, 0), (0, 6), (7, 6)]]


def test_each_side_has_a_band_of_its_own_affected_on_top() -> None:
    week = WeekGrid(grid(3, lanes=(RIGHT, LEFT)), look(), 1, MONOSPACE)
    assert [band.labels[0][0] for band in week.bands] == ["Right", "Left"]
    # 5 of boxes, 4 apart, 5 of boxes
    assert week.height / MM == pytest.approx(14)


def test_times_of_day_are_stacked_with_a_rule_between() -> None:
    week = WeekGrid(grid(3, sessions=2), look(), 1, MONOSPACE)
    items = [item for index in range(2) for item in week.band(index, range(7), 0)]
    assert sum(isinstance(item, Rule) for item in items) == 1
    assert [item.text for item in items if isinstance(item, Words)] == ["1.", "time", "2.", "time"]


def test_a_day_without_the_exercise_has_no_boxes() -> None:
    active = (True, False, True, False, True, False, False)
    week = WeekGrid(grid(2, active=active), look(), 1, MONOSPACE)
    boxes = [item for item in week.band(0, range(7), 0) if isinstance(item, TickBox)]
    # day columns begin at 14 and are 24 wide; a block of 11 is centred: 14 + (24 - 11) / 2 = 20.5, and 48 further on
    assert [round(box.x / MM, 1) for box in boxes] == [20.5, 26.5, 68.5, 74.5, 116.5, 122.5]


def test_the_boxes_of_a_range_end_in_dashed_ones() -> None:
    week = WeekGrid(grid(3, 1), look(), 1, MONOSPACE)
    boxes = [item for item in week.band(0, range(1), 0) if isinstance(item, TickBox)]
    assert [box.dashed for box in boxes] == [False, False, False, True]


def test_where_one_side_has_more_to_do_left_still_stands_left() -> None:
    left, right = replace(LEFT, sets=2, solid=2), replace(RIGHT, sets=1, solid=3)
    for lanes in ((left, right), (right, left)):
        week = WeekGrid(replace(grid(1, alternate=True), lanes=lanes), look(), 1, MONOSPACE)
        first, second = (
            [round(item.x / MM, 2) for item in week.band(index, range(1), 0) if isinstance(item, TickBox)]
            for index in range(2)
        )
        assert len(first) == 2 + 3
        assert second == [first[lanes.index(left)]] * 2


def test_where_a_label_is_wider_than_the_gutter_all_stand_above_their_bands() -> None:
    # "Affected side" is 13 x 2 = 26 pt wide, the gutter 8 mm = 22.7 pt
    long = Lane(Side.LEFT, "Affected side", "L", first=True)
    week = WeekGrid(grid(3, lanes=(long, RIGHT)), look(gutter=8), 1, MONOSPACE)
    assert [band.heading for band in week.bands] == [("Affected side", Face.BOLD, True), ("Right", Face.BOLD, False)]
    assert [band.labels for band in week.bands] == [(), ()]
    # below the time of day, if that is said
    week = WeekGrid(grid(3, lanes=(long, RIGHT), sessions=2), look(gutter=8), 1, MONOSPACE)
    assert [band.heading[0] for band in week.bands if band.heading] == [
        "1. time, Affected side", "Right", "2. time, Affected side", "Right",
    ]  # fmt: skip


lanes = st.sampled_from([((Lane(),), False), ((LEFT, RIGHT), False), ((LEFT, RIGHT), True)])


@given(
    solid=st.integers(1, 45),
    dashed=st.integers(0, 5),
    sets=st.integers(1, 5),
    sessions=st.integers(1, 4),
    lanes=lanes,
    column=st.sampled_from([15.1, 19, 24, 26.8]),
)
def test_boxes_are_as_many_as_the_dose_and_never_touch_or_leave_their_day(
    solid: int, dashed: int, sets: int, sessions: int, lanes: tuple[tuple[Lane, ...], bool], column: float
) -> None:
    reps = solid + dashed
    sides, alternate = lanes
    week = WeekGrid(
        grid(solid, dashed, sets=sets, sessions=sessions, lanes=sides, alternate=alternate),
        look(column=column), 1, MONOSPACE,
    )  # fmt: skip
    y, boxes = 0.0, []
    for index, band in enumerate(week.bands):
        boxes += [item for item in week.band(index, range(2), y) if isinstance(item, TickBox)]
        y += week.space_before(index) + band.height
    assert len(boxes) == 2 * reps * sets * sessions * len(sides)
    assert len({box.name for box in boxes}) == len(boxes)
    for box in boxes:
        day = 0 if box.name.startswith("box-1-1-") else 1
        left = (14 + day * column) * MM
        assert left < box.x
        assert box.x + box.size < left + column * MM
        assert box.y + box.size <= week.height + 0.001
    places = sorted({(round(box.x, 2), round(box.y, 2)) for box in boxes})
    assert len(places) == len(boxes)
    rows: dict[float, list[float]] = {}
    for x, top in places:
        rows.setdefault(top, []).append(x)
    for xs in rows.values():
        # at least 1 mm between two boxes of 5 mm
        assert all(right - left >= 6 * MM - 0.02 for left, right in pairwise(xs))


def test_what_goes_on_on_another_page_says_side_and_time_again() -> None:
    arranged = WeekGrid(grid(12, sets=3, sessions=2, lanes=(LEFT, RIGHT)), look(column=16), 1, MONOSPACE)
    said = [
        " ".join(each.text for each in arranged.band(index, range(7), 0, first=True) if isinstance(each, Words))
        for index in range(len(arranged.bands))
    ]
    assert len(said) > 4
    for words in said:
        assert ("Left" in words) != ("Right" in words)
        assert ("1. time" in words) != ("2. time" in words)
    above = [arranged.space_before(index, first=True) for index in range(len(arranged.bands))]
    assert set(above) == {0, 16}
    for index, space in enumerate(above):
        boxes = [each for each in arranged.band(index, range(7), 0, first=True) if isinstance(each, TickBox)]
        assert max(box.y + box.size for box in boxes) == pytest.approx(space + arranged.bands[index].height)
