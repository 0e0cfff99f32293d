"""The committed pictures: they are what the poses give, in the format that the printing side reads, and they show
what they must."""

from __future__ import annotations

import re
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely  # type: ignore[import-untyped,unused-ignore]
from drawing.shipped_poses import drawing_of

from pdfbuilder.domain.side import SideRule
from pdfbuilder.drawing import style
from pdfbuilder.drawing.gallery import Gallery
from pdfbuilder.drawing.likeness import alike
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.shapes import Picture
from pdfbuilder.drawing.specs import PictureSpec
from pdfbuilder.drawing.svg import svg
from pdfbuilder.pictures.svg_text import FRAME
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library

_SVG = "{http://www.w3.org/2000/svg}"
_ALLOWED = {
    "d", "fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-dasharray", "fill-rule",
    "class",
}  # fmt: skip
_NUMBER = r"-?\d+(?:\.\d)?"
_SEGMENT = re.compile(rf"([MLCZ])((?:{_NUMBER}(?: |(?=[MLCZ]|$)))*)")
#: How far off its limb a badge may be without a line that leads there, in the SVG's units.
_CLOSE = 12
#: Fewer lines than these would not be seen as a hatching.
_LEAST_HATCHED = 8
_COUNT = {"M": 2, "L": 2, "C": 6, "Z": 0}


def paths(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(text).iter(f"{_SVG}path"))


def painted(text: str, fill: str) -> list[ElementTree.Element]:
    return [path for path in paths(text) if path.get("fill") == fill]


def drawn(text: str, stroke: str) -> list[ElementTree.Element]:
    return [path for path in paths(text) if path.get("stroke") == stroke]


def size(text: str) -> tuple[float, float]:
    left, top, width, height = map(float, ElementTree.fromstring(text).attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    return width, height


def numbers(path: ElementTree.Element) -> list[float]:
    return [float(number) for number in re.findall(_NUMBER, path.attrib["d"])]


def rings(path: ElementTree.Element) -> list[list[tuple[float, float]]]:
    """The points along a path, its curves cut into short steps."""
    rings: list[list[tuple[float, float]]] = []
    at = np.linspace(0, 1, 9)[1:, None]
    for letter, digits in _SEGMENT.findall(path.attrib["d"]):
        points = np.array([float(number) for number in digits.split()]).reshape(-1, 2)
        if letter == "M":
            rings.append([tuple(points[0])])
        elif letter == "L":
            rings[-1].append(tuple(points[0]))
        elif letter == "C":
            a, (b, c, d) = np.array(rings[-1][-1]), points
            curve = a * (1 - at) ** 3 + 3 * b * at * (1 - at) ** 2 + 3 * c * at**2 * (1 - at) + d * at**3
            rings[-1] += [tuple(point) for point in curve]
    return rings


def area(path: ElementTree.Element) -> Area:
    """The area inside a path's rings."""
    whole: Area = shapely.Polygon()
    for ring in rings(path):
        whole = whole.symmetric_difference(shapely.Polygon(ring).buffer(0))
    return whole


def test_every_exercise_has_a_picture(gallery: Gallery) -> None:
    assert set(gallery.ids()) >= set(Library().ids(Kind.EXERCISE))
    assert all(gallery.picture_path(exercise).is_file() for exercise in gallery.ids())


@pytest.mark.slow
def test_is_what_the_pose_gives(exercise: str, committed: str) -> None:
    assert alike(committed, drawing_of(exercise)), "run python -m pdfbuilder.drawing"


def test_is_a_list_of_plain_paths_in_a_group_for_each_frame(exercise: str, spec: PictureSpec, committed: str) -> None:
    root = ElementTree.fromstring(committed)
    assert root.tag == f"{_SVG}svg"
    title, *rest = root
    assert (title.tag, title.text) == (f"{_SVG}title", exercise)
    frames = [child for child in rest if child.tag == f"{_SVG}g"]
    assert [set(frame.attrib) for frame in frames] == [{FRAME}] * (2 if spec.has_two_frames else 0)
    assert {child.tag for child in frames or [root] for child in child} <= {f"{_SVG}path", f"{_SVG}title"}
    assert not frames or rest == frames
    for path in paths(committed):
        assert len(path) == 0
        assert set(path.attrib) <= _ALLOWED
        assert path.get("stroke-linejoin", "round") == path.get("stroke-linecap", "round") == "round"
        assert path.get("fill-rule", "evenodd") == "evenodd"
        assert path.get("fill") != "none" or path.get("stroke")
        # What only makes the affected limb stand out is marked, and nothing else.
        is_emphasis = path.get("fill") in (style.HIGHLIGHT, style.BADGE) or path.get("stroke") in (
            style.HATCH,
            style.BADGE,
        )
        # So is the white round the badge's leader, which looks like any other.
        if path.get("fill") != style.WHITE:
            assert path.get("class") == ("affected" if is_emphasis else None)
        for colour in (path.attrib["fill"], path.get("stroke", "none")):
            assert re.fullmatch(r"none|#[0-9A-F]{6}", colour)


def test_path_data_is_absolute_with_one_decimal_at_most(committed: str) -> None:
    for path in paths(committed):
        data = path.attrib["d"]
        segments = _SEGMENT.findall(data)
        assert "".join(letter + digits for letter, digits in segments) == data
        assert segments[0][0] == "M"
        for letter, digits in segments:
            assert len(digits.split()) == _COUNT[letter]


def test_is_small(committed: str) -> None:
    assert len(committed.encode()) <= 26_000
    assert len(zlib.compress(committed.encode(), 9)) <= 8_500


def test_fills_a_frame_of_the_right_shape(committed: str) -> None:
    width, height = size(committed)
    assert 1.2 <= width / height <= 1.6
    assert (width == pytest.approx(580, abs=0.1)) or (height == pytest.approx(400, abs=0.1))


def test_nothing_is_cut_off(committed: str) -> None:
    width, height = size(committed)
    for path in paths(committed):
        points = np.vstack([np.array(ring) for ring in rings(path)])
        # The white around the figure may end at the edge, on white paper; nothing else may.
        is_white = path.get("fill") == style.WHITE and "stroke" not in path.attrib
        reach = -1 if is_white else float(path.get("stroke-width", 0)) / 2
        assert (points.min(axis=0) - reach).min() >= 0
        assert (points.max(axis=0) + reach <= (width, height)).all()


def test_the_affected_limb_is_highlighted_and_badged(exercise: str, spec: PictureSpec, committed: str) -> None:
    is_sided = spec.shows == "right"
    if exercise in Library().ids(Kind.EXERCISE):
        assert is_sided == (Library().exercise(exercise).value.rule is not SideRule.BILATERAL)
    root = ElementTree.fromstring(committed)
    assert root.get("data-shows") == spec.shows
    assert ("data-badge" in root.attrib) == is_sided
    has_limb = is_sided and spec.affects != "side"
    assert bool(painted(committed, style.HIGHLIGHT)) == has_limb
    assert bool(drawn(committed, style.HATCH)) == has_limb


def test_the_badge_stands_beside_the_affected_limb_and_hides_nothing_of_it(spec: PictureSpec, committed: str) -> None:
    if spec.shows == "neither":
        assert "data-badge" not in committed
        return
    width, height = size(committed)
    x, y = map(float, ElementTree.fromstring(committed).attrib["data-badge"].split())
    assert 30 <= x <= width - 30
    assert 30 <= y <= height - 30
    badge = shapely.Point(x, y).buffer(style.BADGE_RADIUS)
    if spec.affects == "side":
        return
    leg = shapely.union_all([area(each) for each in painted(committed, style.HIGHLIGHT)])
    # Where it does not stand close by, a line leads from it to the limb.
    assert leg.distance(badge) <= _CLOSE or drawn(committed, style.BADGE)
    assert leg.intersection(badge).area < 1
    for arrow in painted(committed, style.ARROW):
        assert not area(arrow).intersects(badge)


def test_shows_the_movement_with_its_start_and_an_arrow(spec: PictureSpec, committed: str) -> None:
    ghosts = drawn(committed, style.GHOST_INK) + drawn(committed, style.HIGHLIGHT_GHOST_INK)
    assert all("stroke-dasharray" in ghost.attrib for ghost in ghosts)
    if spec.has_two_frames:
        assert len(painted(committed, style.SHIRT)) == 2
    arrows = painted(committed, style.ARROW)
    assert len(arrows) == len(spec.arrows) >= 1
    assert all(area(arrow).area > 200 for arrow in arrows)


def test_the_arrow_does_not_cross_the_affected_limb(spec: PictureSpec, committed: str) -> None:
    if spec.lens or any(arrow.ring for arrow in spec.arrows):
        return  # what is magnified lies over the rest, and a ring goes round the limb
    for leg in painted(committed, style.HIGHLIGHT):
        for arrow in painted(committed, style.ARROW):
            assert area(leg).intersection(area(arrow)).area < 1


def test_the_hatching_stays_inside_the_affected_limb(committed: str) -> None:
    for leg, lines in zip(painted(committed, style.HIGHLIGHT), drawn(committed, style.HATCH), strict=True):
        around = area(leg).buffer(style.CONTOUR_WIDTH / 2)
        ends = np.array(numbers(lines)).reshape(-1, 2, 2)
        assert len(ends) >= _LEAST_HATCHED
        assert all(around.covers(shapely.LineString(pair)) for pair in ends)


def grey(colour: str) -> float:
    """How light a colour prints without colour, 0 to 255 (ITU-R BT.601)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_affected_limb_is_told_apart_in_black_and_white() -> None:
    dark = (style.HIGHLIGHT, style.ARROW, style.INK, style.GHOST_INK, style.HIGHLIGHT_GHOST_INK, style.ROOM_INK)
    light = (style.HATCH, style.FAR_LIMB, style.SHIRT, style.MAT, style.MAT_EDGE, style.PROP_TOP)
    assert max(map(grey, dark)) < 127 < 190 < min(map(grey, light))
    dots = 55 / 58 * 0.1 / 25.4 * 300  # printed 55 mm wide at 300 dots to the inch
    assert style.HATCH_WIDTH * dots >= 2.5
    assert (style.HATCH_SPACING - style.HATCH_WIDTH) * dots >= 5


def test_a_title_is_escaped() -> None:
    text = svg(Picture((580, 400), (), "neither", None), "a < b & c")
    assert ElementTree.fromstring(text)[0].text == "a < b & c"
