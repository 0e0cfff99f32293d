"""The package as a library: what it offers."""

from __future__ import annotations

import pdfbuilder


def test_what_it_offers_is_listed_before_it_is_loaded() -> None:
    assert set(pdfbuilder.__all__) == {"Diagnostic", "InvalidInput", "PlanWarning", "Renderer", "build"}
    assert {*pdfbuilder.__all__, "__doc__"} <= set(dir(pdfbuilder))
    for name in pdfbuilder.__all__:
        assert getattr(pdfbuilder, name).__name__ == name
