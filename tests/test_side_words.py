"""Sides that a text names by itself are found in every language, and what only looks like one is not."""

from __future__ import annotations

import pytest
from samples import LANGUAGES

from pdfbuilder.language import Language
from pdfbuilder.reading.library import Library
from pdfbuilder.side_words import named_sides


def language(code: str) -> Language:
    return Library().language(code if code == "en" else str(LANGUAGES / code / "language.yaml"))


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("en", "Bend your left knee.", [("left knee", "left", True)]),
        ("en", "Bend your LEFT KNEE.", [("LEFT KNEE", "left", True)]),
        ("en", "The right-hand side.", [("right-hand", "right", True)]),
        ("en", "Your left big toe.", [("left", "left", False)]),
        ("en", "Look left, then right.", [("left", "left", False), ("right", "right", False)]),
        ("en", "Right away, bend your right knee.", [("right knee", "right", True)]),
        ("en", "At a right angle, all right, with 5 seconds left.", []),
        ("en", "Upright, bright, cleft, leftover.", []),
        ("es", "Doble la rodilla izquierda.", [("rodilla izquierda", "left", True)]),
        ("es", "Levante el PIE DERECHO.", [("PIE DERECHO", "right", True)]),
        ("es", "Gire a la izquierda.", [("izquierda", "left", False)]),
        # without a word that fits everywhere only the listed phrases are known
        ("de", "Heben Sie das linke Bein.", [("das linke Bein", "left", True)]),
        ("de", "Nach links.", []),
    ],
)
def test_a_side_is_found_with_its_words(code: str, text: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(each.text, each.side.value, each.of_body) for each in named_sides(text, language(code))] == found
