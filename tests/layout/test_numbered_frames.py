"""A picture in two numbered frames: 1 stays before 2 on both sides, and neither number nor badge is turned over."""

from __future__ import annotations

import pytest

from pdfbuilder.domain.picture import Picture, Unprintable
from pdfbuilder.domain.side import Side
from pdfbuilder.layout.core.display import Area, Drawing, Words
from pdfbuilder.layout.core.pictures import BadgeLook, CardPicture, picture_element
from pdfbuilder.pdf.fonts import Fonts
from pdfbuilder.pictures.drawings import read_drawing

#: A flag in each frame: its pole at the left, its tip to the right. The first is 200 wide, the second 300.
FLAGS = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400" data-shows="right" data-badge="500 100">
<g data-frame="10 210 30 30"><path d="M20 100L20 300L200 200Z"/></g>
<g data-frame="260 560 280 30"><path d="M270 100L270 300L550 200Z"/></g>
</svg>"""


def read() -> Picture:
    return read_drawing(FLAGS, Side.RIGHT)


def xs(picture: Picture, index: int) -> list[float]:
    return [place for _, numbers in picture.paths[index].steps for place in numbers[::2]]


def test_each_frame_is_turned_over_about_its_own_middle() -> None:
    picture = read()
    ready = picture.ready_to_mirror()
    for index, (left, right) in enumerate(((10, 210), (260, 560))):
        turned = [ready.width - x for x in xs(ready, index)]
        assert turned == pytest.approx([left + right - x for x in xs(picture, index)])
    assert ready.badge == pytest.approx((600 - (260 + 560 - 500), 100))
    assert ready.key != picture.key


def test_a_picture_without_frames_is_as_it_was() -> None:
    plain = read_drawing(FLAGS.replace(b"data-frame", b"data-x"), Side.RIGHT)
    assert not plain.frames
    assert plain.ready_to_mirror() is plain


@pytest.mark.parametrize("mirrored", [False, True])
def test_one_stands_before_two_and_the_badge_in_the_second_frame(mirrored: bool) -> None:
    letter = "L" if mirrored else "R"
    shown = CardPicture(read(), mirrored=mirrored, side=None, letter=letter, label="", alternative="")
    items = picture_element(shown, 100, 50, 60, 40, BadgeLook(11, "#8A2E0A"), Fonts()).items
    words = {item.text: item.x for item in items if isinstance(item, Words)}
    assert set(words) == {"1", "2", letter}
    assert 100 < words["1"] < 121 < 126 < words["2"] < 156
    assert 126 < words[letter] < 156
    (drawing,) = (item for item in items if isinstance(item, Drawing))
    assert drawing.mirrored is mirrored


@pytest.mark.parametrize("width", [80, 160, 240])
def test_the_badge_takes_an_eighth_of_the_width_at_most(width: float) -> None:
    shown = CardPicture(read(), mirrored=False, side=None, letter="R", label="", alternative="")
    items = picture_element(shown, 0, 0, width, width, BadgeLook(11, "#8A2E0A"), Fonts()).items
    discs = [item.width for item in items if isinstance(item, Area)]
    assert max(discs) <= 0.12 * width + 1e-9


@pytest.mark.parametrize("frame", ["10 210 30", "10 210 30 500", "210 10 30 30", "10 700 30 30", "a b c d"])
def test_a_frame_outside_of_the_drawing_is_refused(frame: str) -> None:
    with pytest.raises(Unprintable, match="expected a frame inside the drawing"):
        read_drawing(FLAGS.replace(b"10 210 30 30", frame.encode()), Side.RIGHT)
