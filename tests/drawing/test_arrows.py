"""Arrows: as long as their curve, whatever is left for a shaft."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from pdfbuilder.assets import shipped
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.drawing.arrows import arrow, curve
from pdfbuilder.drawing.gallery import Gallery


@pytest.mark.parametrize("length", [10.5, 12.52, 17, 24.9, 25, 25.1, 26, 80])
def test_an_arrow_ends_where_its_curve_does(length: float) -> None:
    """A head is 27 wide and 25 long; of a shorter arrow both are smaller by as much."""
    left, top, right, bottom = arrow(curve(np.array([[0.0, 0.0], [length, 0.0]]))).bounds
    assert right == pytest.approx(length, abs=1.5)  # its tip is rounded
    assert -8 * min(1, length / 25) <= left <= 0
    assert bottom - top == pytest.approx(27 * min(1, length / 25), rel=0.12)  # so are its barbs


@pytest.mark.parametrize("length", [0, 1, 9.5])
def test_one_that_nobody_could_see_is_refused(length: float) -> None:
    with pytest.raises(ValueError, match="too short to be seen"):
        arrow(curve(np.array([[5.0, 5.0], [5.0 + length, 5.0]])))


@pytest.mark.slow
def test_it_is_refused_where_it_is_posed(tmp_path: Path) -> None:
    for folder in ("en/exercises", "poses"):
        shutil.copytree(shipped("content") / folder, tmp_path / folder)
    pose = tmp_path / "poses" / "pelvic-tilt.yaml"
    text = pose.read_text(encoding="utf-8")
    place = text.index("through:")
    pose.write_text(f"{text[:place]}through: [[pelvis, 0, 0], [pelvis, 0, 0]]\n", encoding="utf-8")
    with pytest.raises(
        InvalidInput, match=r"pelvic-tilt.yaml: error\[pose-arrow\] arrows\[0\]: the arrow is too short"
    ):
        Gallery(tmp_path).draw("pelvic-tilt")
