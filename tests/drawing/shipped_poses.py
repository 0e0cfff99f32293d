"""The shipped pose files, each read once."""

from __future__ import annotations

from functools import cache
from typing import Final

from pdfbuilder.assets import shipped
from pdfbuilder.drawing.gallery import Gallery
from pdfbuilder.drawing.poses import read_pose
from pdfbuilder.drawing.specs import PictureSpec

GALLERY: Final = Gallery(shipped("content"))


@cache
def spec_of(exercise: str) -> PictureSpec:
    """An exercise's pose file."""
    return read_pose(GALLERY.content / "poses" / f"{exercise}.yaml")
