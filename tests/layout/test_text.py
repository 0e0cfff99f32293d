"""Line breaking. With a monospace of size 1, the width is the number of characters in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout.monospace import MONOSPACE

from pdfbuilder.domain.side import Relative, Side
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.domain.wording import Span, Text
from pdfbuilder.layout.core.display import Area, Face, Rule, Words
from pdfbuilder.layout.core.text import Paragraph, Run, drawn, plate, runs_of, set_runs, set_text

ONE = TypeSize(1, 2)


def lines(paragraph: Paragraph) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in paragraph.lines]


def broken(text: Text | str, width: float) -> list[str]:
    return lines(set_text(text, width, ONE, MONOSPACE))


def phrase(text: str) -> Span:
    return Span(text, Relative.AFFECTED, Side.LEFT)


def test_words_fill_a_line_to_its_last_unit() -> None:
    # "Lie on your" is 11 wide, and "back." does not fit behind it.
    assert broken("Lie on your back.", 11) == ["Lie on your", "back."]


def test_a_last_line_under_a_third_is_filled_from_the_line_above() -> None:
    # Greedy leaves "up" alone on the second line, 2 of 38. Word by word more goes down until 13 are reached.
    assert broken("Pull as far as it is comfortable, then up", 38) == [
        "Pull as far as it is", "comfortable, then up",
    ]  # fmt: skip


def test_a_narrower_paragraph_never_takes_another_line() -> None:
    text = "aaaa bbbb cccc dddd e"
    assert len(broken(text, 19)) == 2


def test_a_side_phrase_stays_on_one_line() -> None:
    text = (Span("Hold your "), phrase("left knee"), Span("."))
    # "Hold your left" would fit 14; the phrase and its full stop go down together.
    assert broken(text, 14) == ["Hold your", "left knee."]


def test_a_side_phrase_too_wide_for_any_line_is_broken_after_all() -> None:
    assert "".join(broken((phrase("left knee"),), 5)) == "left knee"


def test_a_long_word_is_broken_and_nothing_is_lost() -> None:
    assert broken("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_a_long_word_is_broken_after_a_hyphen_or_at_a_space_that_should_not_break() -> None:
    assert broken("Featherstone-Cholmondeley", 16) == ["Featherstone-", "Cholmondeley"]
    assert broken("20\u00a0to\u00a030\u00a0seconds", 10) == ["20\u00a0to\u00a030", "seconds"]
    # where the pieces would have room on a line but for the space, they have none
    assert broken("3\u00a0times\u00a0a\u00a0day", 12) == ["3\u00a0times\u00a0a", "day"]
    # but not into more pieces than it must be
    assert broken("aaaaaaaaaaaa-bbbbbbbbbbbb", 5) == ["aaaaa", "aaaaa", "aa-bb", "bbbbb", "bbbbb"]


def test_a_word_as_wide_as_the_line_ends_the_search_for_a_narrower_paragraph() -> None:
    assert broken(f"{'a' * 10} bb", 10) == ["a" * 10, "bb"]


def test_no_line_ends_on_the_first_words_of_a_sentence() -> None:
    assert broken("Bring it to you. Stop where it is good.", 22) == ["Bring it to you.", "Stop where it is good."]
    # two words of it neither, unless they are all of it
    assert broken("Let go of it. Do it again and again.", 24)[0] == "Let go of it."
    assert broken("Let go of it. Then rest. Begin again soon.", 26)[0] == "Let go of it. Then rest."
    # and not where that takes a further line
    assert broken("Aaaa bbbb. Cccc dddd eeee ffff", 15) == ["Aaaa bbbb. Cccc", "dddd eeee ffff"]


def test_a_number_stands_with_what_it_counts() -> None:
    assert broken("Rest there for 30 seconds now.", 17) == ["Rest there for", "30 seconds now."]


def test_a_separator_does_not_end_a_line() -> None:
    assert broken("Ann Smith · 21\u00a0November", 12) == ["Ann Smith", "21\u00a0November"]


def test_neighbouring_words_of_one_face_are_one_piece() -> None:
    paragraph = set_text((Span("Keep your "), phrase("left leg"), Span(" flat")), 100, ONE, MONOSPACE)
    pieces = paragraph.lines[0].pieces
    assert [piece.text for piece in pieces] == ["Keep your ", "left leg", " flat"]
    # 0, then behind "Keep your " (10), then behind "left leg" (8 more)
    assert [piece.x for piece in pieces] == [0, 10, 18]


def test_the_space_beside_bold_text_is_regular_so_that_the_ground_ends_with_the_phrase() -> None:
    paragraph = set_runs([Run("Stop if:", Face.BOLD), Run(" it hurts")], 100, ONE, MONOSPACE)
    assert [(piece.text, piece.face) for piece in paragraph.lines[0].pieces] == [
        ("Stop if:", Face.BOLD), (" it hurts", Face.REGULAR),
    ]  # fmt: skip


def test_text_is_drawn_at_its_baselines_with_a_ground_behind_affected_phrases_only() -> None:
    text = (phrase("left leg"), Span(" "), Span("right leg", Relative.OTHER, Side.RIGHT))
    items = drawn(set_text(text, 300, TypeSize(10, 20), MONOSPACE), 5, 100, "#FBDFD0")
    # capitals of 6.7 centred in a leading of 20: the baseline is (20 + 6.7) / 2 = 13.35 below the top
    words = [item for item in items if isinstance(item, Words)]
    assert [(item.text, item.x, item.y) for item in words] == [("left leg", 5, 113.35), ("right leg", 95, 113.35)]
    assert all(item.face is Face.BOLD for item in words)
    grounds = [item for item in items if isinstance(item, Area)]
    # one unit of 10 wider on each side by a tenth of the size
    assert [(ground.x, ground.width) for ground in grounds] == [(4, 82)]
    # and a line under it, which paper in one bit keeps
    lines = [item for item in items if isinstance(item, Rule)]
    assert [(line.x1, line.x2, line.y1) for line in lines] == [(4, 86, grounds[0].y + grounds[0].height)]
    assert [type(item) for item in drawn(set_text(text, 300, TypeSize(10, 20), MONOSPACE), 5, 100, "")] == [Words] * 2


def test_a_word_on_a_plate_is_white_and_in_its_middle() -> None:
    ground, word = plate("Left", 100, 50, 10, MONOSPACE, "#8A2E0A")
    assert isinstance(ground, Area)
    assert isinstance(word, Words)
    assert (word.x, word.y, word.colour) == (100, 50, "#FFFFFF")
    # four letters of 10, and a quarter of the size at either side
    assert (ground.x, ground.width) == (97.5, 45)
    # the middle of capitals of 6.7
    assert ground.y + ground.height / 2 == pytest.approx(50 - 3.35)


words = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=1)
spans = st.lists(
    st.builds(lambda parts, relative: Span(" ".join(parts), relative, relative and Side.LEFT), words,
              st.sampled_from([None, Relative.AFFECTED, Relative.OTHER])),
    min_size=1, max_size=6,
)  # fmt: skip


@given(spans, st.integers(min_value=1, max_value=60))
def test_every_character_is_set_once_in_order_and_no_line_is_too_wide(text: list[Span], width: int) -> None:
    paragraph = set_text(tuple(text), width, ONE, MONOSPACE)
    set_ = "".join(lines(paragraph)).replace(" ", "").replace("·", "")
    assert set_ == "".join(span.text for span in text).replace(" ", "").replace("·", "")
    assert all(line.width <= width for line in paragraph.lines)


short_words = st.lists(st.text("ab", min_size=1, max_size=5), min_size=1)


@given(short_words, st.integers(min_value=5, max_value=60))
def test_avoiding_a_short_last_line_takes_no_further_line(parts: list[str], width: int) -> None:
    greedy, used = 1, 0
    for part in parts:
        if used and used + 1 + len(part) > width:
            greedy, used = greedy + 1, 0
        used += len(part) + (1 if used else 0)
    assert len(broken(" ".join(parts), width)) == greedy


def test_runs_of_a_text_are_bold_where_a_side_is_named() -> None:
    runs = runs_of((Span("your "), phrase("left leg")))
    assert [(run.text, run.face) for run in runs] == [("your ", Face.REGULAR), ("left leg", Face.BOLD)]
