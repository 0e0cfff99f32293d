"""Where tick boxes stand: boxes of 6 mm at a pitch of 7 in day columns of 24, as on A4, unless a test says more."""

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
from pdfbuilder.layout.core.display import Area, Face, Rule, TickBox, Words
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


def look(column: float = 24, size: float = 6, pitch: float = 7, gutter: float = 14) -> GridLook:
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
        accent="#8A2E0A",
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


def rows(*counts: int, pitch: float = 7) -> list[tuple[float, float]]:
    return [(pitch * column, pitch * row) for row, count in enumerate(counts) for column in range(count)]


def test_a_block_has_the_shape_of_its_number() -> None:
    assert monday(grid(5)) == [rows(3, 2)]
    assert monday(grid(4, 1), look(size=5, pitch=6)) == [rows(3, 2, pitch=6)]
    assert monday(grid(10)) == [rows(2, 2, 2, 2, 2)]


def test_twenty_are_one_block_and_more_go_on_in_blocks_of_fifteen() -> None:
    assert monday(grid(20)) == [rows(3, 3, 3, 3, 3, 3, 2)]
    assert monday(grid(32)) == [rows(3, 3, 3, 3, 3), rows(3, 3, 3, 3, 3), rows(2)]
    week = WeekGrid(grid(32), look(), 1, MONOSPACE)
    # the last two keep to the left edge of those above them: 20 wide in 24 after a gutter of 14
    assert [next(box.x for box in each.boxes) for each in week.bands] == [0, 0, 0]
    assert {round(each.width / MM, 2) for each in week.bands} == {20}


def test_where_a_day_does_not_hold_three_rows_are_narrower() -> None:
    # 20 wide, but a column of 19 leaves 16
    assert monday(grid(3), look(column=19)) == [rows(2, 1)]


def test_sets_stand_beside_one_another_where_the_day_holds_all() -> None:
    # two pairs are 2 x 13 wide and 2 apart: 28 of the 29 that a column of 32 leaves
    assert monday(grid(2, sets=2), look(column=32)) == [[(0, 0), (7, 0), (15, 0), (22, 0)]]


def test_sets_stand_in_bands_else_with_their_number_in_the_gutter() -> None:
    week = WeekGrid(grid(10, sets=2), look(), 1, MONOSPACE)
    assert monday(grid(10, sets=2)) == [rows(2, 2, 2, 2, 2)] * 2
    assert [band.labels for band in week.bands] == [
        (("Set 1", Face.REGULAR, False),), (("Set 2", Face.REGULAR, False),),
    ]  # fmt: skip
    # two tens of 34, 4 apart
    assert week.height_of(range(len(week.bands))) / MM == pytest.approx(34 + 4 + 34)


def test_sets_of_one_box_are_one_block() -> None:
    assert monday(grid(1, sets=4)) == [rows(2, 2)]


def test_times_of_day_of_one_box_are_one_block() -> None:
    week = WeekGrid(grid(1, sessions=5), look(), 1, MONOSPACE)
    (band,) = week.bands
    assert [box.session for box in band.boxes] == [0, 1, 2, 3, 4]
    assert monday(grid(1, sessions=5)) == [rows(3, 2)]
    assert not band.labels
    names = {box.name for box in week.band(0, range(1), 0) if isinstance(box, TickBox)}
    assert names == {f"week-mon-e1-none-t{session}-s1-p1-rep1" for session in range(1, 6)}
    sides = WeekGrid(grid(1, sessions=3, lanes=(LEFT, RIGHT)), look(), 1, MONOSPACE)
    assert [band.labels for band in sides.bands] == [(("Left", Face.BOLD, True),), (("Right", Face.BOLD, False),)]


def test_boxes_in_turn_are_ticked_across_under_their_letters() -> None:
    assert monday(grid(2, lanes=(LEFT, RIGHT), alternate=True)) == [[(0, 0), (8.6, 0), (0, 7), (8.6, 7)]]
    assert monday(grid(1, lanes=(LEFT, RIGHT), alternate=True), look(size=5, pitch=6)) == [[(0, 0), (7.6, 0)]]
    week = WeekGrid(grid(5, lanes=(LEFT, RIGHT), alternate=True), look(), 1, MONOSPACE)
    (band,) = week.bands
    assert band.width / MM == pytest.approx(14.6)
    # the letters take a sixth of the height that they have at 12 points: these are of 2
    assert band.height / MM == pytest.approx(34 + 6.2 * 2 / 12)


def test_each_side_has_a_band_of_its_own_affected_on_top() -> None:
    week = WeekGrid(grid(3, lanes=(RIGHT, LEFT)), look(), 1, MONOSPACE)
    assert [band.labels[0][0] for band in week.bands] == ["Right", "Left"]
    # 6 of boxes, 4 apart, 6 of boxes
    assert week.height_of(range(len(week.bands))) / MM == pytest.approx(16)


def test_times_of_day_are_stacked_with_a_rule_between() -> None:
    week = WeekGrid(grid(3, sessions=2), look(), 1, MONOSPACE)
    items = [item for index in range(2) for item in week.band(index, range(7), 0)]
    assert sum(isinstance(item, Rule) for item in items) == 1
    assert [item.text for item in items if isinstance(item, Words)] == ["1.", "2."]
    # and over them, once, what they are
    assert [item.text for item in week.header(range(0), 0) if isinstance(item, Words)] == ["Time"]


def test_times_of_day_of_two_sides_have_a_row_above_their_bands() -> None:
    week = WeekGrid(grid(3, sessions=2, lanes=(LEFT, RIGHT)), look(), 1, MONOSPACE)
    assert [[text for text, _, _ in band.heading] for band in week.bands] == [["1. time"], [], ["2. time"], []]
    assert not [item for item in week.header(range(0), 0) if isinstance(item, Words)]
    tints = [item for item in week.stripes(range(1), range(4), 0, "#F1F3F5") if isinstance(item, Area)]
    # the tint is interrupted by both rows: the days, and the boxes of either time
    assert len(tints) == 3
    words = [item for index in range(4) for item in week.band(index, range(1), 0) if isinstance(item, Words)]
    assert [item.text for item in words] == ["1. time", "Left", "Right", "2. time", "Left", "Right"]


def test_a_day_without_the_exercise_has_no_boxes() -> None:
    active = (True, False, True, False, True, False, False)
    week = WeekGrid(grid(2, active=active), look(), 1, MONOSPACE)
    boxes = [item for item in week.band(0, range(7), 0) if isinstance(item, TickBox)]
    # day columns begin at 14 and are 24 wide; a block of 13 is centred: 14 + (24 - 13) / 2 = 19.5, and 48 further on
    assert [round(box.x / MM, 1) for box in boxes] == [19.5, 26.5, 67.5, 74.5, 115.5, 122.5]


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
    assert [band.heading for band in week.bands] == [
        (("Affected side", Face.BOLD, True),),
        (("Right", Face.BOLD, False),),
    ]
    assert [band.labels for band in week.bands] == [(), ()]
    # below the time of day, if that is said
    week = WeekGrid(grid(3, lanes=(long, RIGHT), sessions=2), look(gutter=8), 1, MONOSPACE)
    assert [[text for text, _, _ in band.heading] for band in week.bands] == [
        ["1. time", "Affected side"], ["Right"], ["2. time", "Affected side"], ["Right"],
    ]  # fmt: skip


lanes = st.sampled_from([((Lane(),), False), ((LEFT, RIGHT), False), ((LEFT, RIGHT), True)])


@given(
    solid=st.integers(1, 45),
    dashed=st.integers(0, 5),
    sets=st.integers(1, 5),
    sessions=st.integers(1, 4),
    lanes=lanes,
    column=st.sampled_from([17.1, 23, 24, 26.8]),
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
        day = 0 if box.name.startswith("week-mon-") else 1
        left = (14 + day * column) * MM
        assert left < box.x
        assert box.x + box.size < left + column * MM
        assert box.y + box.size <= week.height_of(range(len(week.bands))) + 0.001
    places = sorted({(round(box.x, 2), round(box.y, 2)) for box in boxes})
    assert len(places) == len(boxes)
    rows: dict[float, list[float]] = {}
    for x, top in places:
        rows.setdefault(top, []).append(x)
    for xs in rows.values():
        # at least 1 mm between two boxes of 6 mm
        assert all(right - left >= 7 * MM - 0.02 for left, right in pairwise(xs))


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
