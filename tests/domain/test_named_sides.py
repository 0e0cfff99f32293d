"""Sides that a text names by itself are found in every language, and what only looks like one is not."""

from __future__ import annotations

import pytest
from samples import LANGUAGES

from pdfbuilder.domain.language import Language
from pdfbuilder.domain.named_sides import named_sides
from pdfbuilder.reading.library import Library


def language(code: str) -> Language:
    return Library().language(code if code == "en" else str(LANGUAGES / code / "language.yaml"))


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("en", "Bend your left knee.", [("left knee", "left", True)]),
        ("en", "Bend your LEFT KNEE.", [("LEFT KNEE", "left", True)]),
        ("en", "The right-hand side.", [("right-hand", "right", True)]),
        ("en", "Bend your _left_ knee.", [("left", "left", False)]),
        ("en", "Your __left knee__ and left_hip.", [("left knee", "left", True), ("left_hip", "left", True)]),
        ("en", "See https://clinic.example/my_left_knee, or ask ann_left@clinic.example.", []),
        ("en", "Your left big toe.", [("left big toe", "left", True)]),
        ("en", "Your left little toe.", [("left", "left", False)]),
        ("en", "Stand right next to the wall, right at its edge, until no air is left. If done right, go on.", []),
        # what is named as a pair is the same for everyone
        ("en", "Look left, then right. From left to right. Left and right.", []),
        ("en", "Bend your left and right knee.", []),
        ("en", "Look _left_, then _right_.", []),
        # these are not
        ("en", "Left bent, right straight.", [("Left", "left", False), ("right", "right", False)]),
        ("en", "Put right on left.", [("right", "right", False), ("left", "left", False)]),
        ("en", "Hold right with left hand.", [("right", "right", False), ("left hand", "left", True)]),
        ("en", "Your left leg over the right leg.", [("left leg", "left", True), ("right leg", "right", True)]),
        ("en", "Lie on your left. The right palm up.", [("left", "left", False), ("right palm", "right", True)]),
        (
            "en",
            "Press your left big toe and right big toe.",
            [("left big toe", "left", True), ("right big toe", "right", True)],
        ),
        ("en", "Right away, bend your right knee.", [("right knee", "right", True)]),
        ("en", "At a right angle, all right, with 5 seconds left.", []),
        ("en", "Upright, bright, cleft, leftover.", []),
        ("en", "Rt up first, then the Lt.", [("Rt", "right", False), ("Lt", "left", False)]),
        ("en", "Strap on R inner thigh.", [("R inner thigh", "right", True)]),
        ("en", "R–hip or L patella.", [("R–hip", "right", True), ("L patella", "left", True)]),
        ("en", "Ask R. Jones, who is back on Monday, or R. Smith back home. Size L.", []),
        ("en", "Bend knee R.", [("knee R", "right", True)]),
        ("en", "Roll on your hip, L.", [("hip, L", "left", True)]),
        (
            "en",
            "R first, L second, then the RLE.",
            [("R", "right", False), ("L", "left", False), ("RLE", "right", False)],
        ),
        ("en", "Start with R. Then rest.", []),  # might be a name
        ("en", "Lie on your LHS, the rhs up.", [("LHS", "left", False), ("rhs", "right", False)]),
        ("en", 'Start with "L".', [("L", "left", False)]),
        ("en", "An L, L-shaped, L4/L5, T. R. Smith, 5 l of water, the letter R.", []),
        ("en", "You have left sciatica.", [("left", "left", False)]),
        ("en", "The pain was left-sided.", [("left-sided", "left", True)]),
        ("en", "Strength left lower back.", [("left", "left", False)]),
        ("en", "Lift left off the floor.", [("left", "left", False)]),
        ("en", "If one is left out, or where you left off, it is all right to rest.", []),
        ("es", "Doble la rodilla izquierda.", [("rodilla izquierda", "left", True)]),
        ("es", "Levante el PIE DERECHO.", [("PIE DERECHO", "right", True)]),
        ("es", "Gire a la izquierda.", [("izquierda", "left", False)]),
        ("es", "El izquierdo.", [("izquierdo", "left", False)]),
        # the words by which the phrases differ
        ("de", "Heben Sie das linke Bein.", [("das linke Bein", "left", True)]),
        ("de", "Nach links, mit der rechten Hand.", [("links", "left", False), ("rechten", "right", False)]),
    ],
)
def test_a_side_is_found_with_its_words(code: str, text: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(each.text, each.side.value, each.of_body) for each in named_sides(text, language(code))] == found
