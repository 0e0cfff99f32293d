"""What the tests of the drawing share, and which of them need not run again.

Drawing a picture takes seconds. A slow test of one picture that has passed runs again when the pose, the committed
picture, the drawing or the tests have changed; where there is no cache, as on a fresh checkout, all of them run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from drawing.shipped_poses import GALLERY, spec_of

import pdfbuilder.drawing
from pdfbuilder.drawing.gallery import Gallery
from pdfbuilder.drawing.specs import PictureSpec


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes an exercise, or what is made of one, runs for each that has a pose file."""
    if "exercise" in metafunc.fixturenames:
        metafunc.parametrize("exercise", GALLERY.ids())


@cache
def tool() -> bytes:
    """What the drawing and its tests are made of."""
    folders = (Path(pdfbuilder.drawing.__file__).parent, Path(__file__).parent)
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).digest()


def made_of(exercise: str) -> str:
    """What a picture's tests depend on."""
    pose, picture = GALLERY.pose_path(exercise), GALLERY.picture_path(exercise)
    drawn = picture.read_bytes() if picture.is_file() else b""
    return hashlib.sha256(b"\0".join((tool(), pose.read_bytes(), drawn))).hexdigest()


def key(item: pytest.Item) -> str:
    """Where it is kept what a test has passed with; empty for a test that always runs."""
    if item.get_closest_marker("slow") is None or "exercise" not in getattr(item, "fixturenames", ()):
        return ""
    return f"drawing/{hashlib.sha256(item.nodeid.encode()).hexdigest()[:20]}"


def exercise_of(item: pytest.Item) -> str:
    return str(item.callspec.params["exercise"])  # type: ignore[attr-defined]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what has passed with the same pose, picture and drawing."""
    where, passed = key(item), getattr(item.config, "cache", None)
    if where and passed and passed.get(where, "") == made_of(exercise_of(item)):
        pytest.skip("neither the pose nor the drawing has changed since it passed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Remember what a test has passed with."""
    yield
    where, passed = key(item), getattr(item.config, "cache", None)
    if where and passed:
        passed.set(where, made_of(exercise_of(item)))


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
