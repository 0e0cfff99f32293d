"""The package as a library: what it offers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from readback import text_of
from samples import write

import pdfbuilder


def test_what_it_offers_is_listed_before_it_is_loaded() -> None:
    assert set(pdfbuilder.__all__) == {"Diagnostic", "InvalidInput", "PlanWarning", "Renderer", "build"}
    assert {*pdfbuilder.__all__, "__doc__"} <= set(dir(pdfbuilder))
    for name in pdfbuilder.__all__:
        assert getattr(pdfbuilder, name).__name__ == name


def test_no_routine_is_taken_for_another_whose_digest_begins_alike() -> None:
    def plan(number: int, side: str) -> dict[str, object]:
        return {
            "title": f"Plan {number}",
            "side": side,
            "safety": "none",
            "times_per_day": 1,
            "exercises": ["knee-to-chest"],
        }

    renderer = pdfbuilder.Renderer()
    for routine, side in ((plan(8930, "right"), "RIGHT side"), (plan(54029, "left"), "LEFT side")):
        assert side in text_of(pdfbuilder.build(routine, renderer=renderer))[0]


def test_a_routine_that_is_given_with_half_a_character_is_refused() -> None:
    with pytest.raises(pdfbuilder.InvalidInput, match=r"\.yaml:2:16: error\[yaml\]"):
        pdfbuilder.build({"title": "a\ud800", "times_per_day": 1, "exercises": ["clam"]}, "left")


def test_a_routine_may_be_given_as_it_is_instead_of_in_a_file(tmp_path: Path) -> None:
    routine = {"title": "Für Ann", "safety": "none", "times_per_day": 1, "exercises": ["clam", {"exercise": "bridge"}]}
    path = write(tmp_path, yaml.safe_dump(routine, allow_unicode=True))
    renderer = pdfbuilder.Renderer()
    given = pdfbuilder.build(routine, "left", renderer=renderer)
    assert text_of(given) == text_of(pdfbuilder.build(str(path), "left"))
    assert given == pdfbuilder.build(routine, "left")
    assert "Bridge" not in text_of(pdfbuilder.build({**routine, "exercises": ["clam"]}, "left", renderer=renderer))[0]
    with pytest.raises(pdfbuilder.InvalidInput, match=r"routine-\w+\.yaml:\d+:\d+: error\[unknown-exercise\].*'clm'"):
        pdfbuilder.build({**routine, "exercises": ["clm"]}, "left")
