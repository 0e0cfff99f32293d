"""What the tests of the drawing share."""

from __future__ import annotations

import pytest
from drawing.shipped_poses import GALLERY, spec_of

from pdfbuilder.drawing.gallery import Gallery
from pdfbuilder.drawing.specs import PictureSpec


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes an exercise, or what is made of one, runs for each that has a pose file."""
    if "exercise" in metafunc.fixturenames:
        metafunc.parametrize("exercise", GALLERY.ids())


@pytest.fixture
def spec(exercise: str) -> PictureSpec:
    """An exercise's pose file."""
    return spec_of(exercise)


@pytest.fixture
def committed(exercise: str) -> str:
    """An exercise's committed picture."""
    return GALLERY.picture_path(exercise).read_text(encoding="utf-8")


@pytest.fixture
def gallery() -> Gallery:
    """The shipped pictures."""
    return GALLERY
