"""The shipped pose files, each read and drawn once."""

from __future__ import annotations

from functools import cache
from typing import Final

from pdfbuilder.assets import shipped
from pdfbuilder.drawing.gallery import Gallery
from pdfbuilder.drawing.picture import picture
from pdfbuilder.drawing.poses import read_pose
from pdfbuilder.drawing.specs import PictureSpec
from pdfbuilder.drawing.svg import svg

GALLERY: Final = Gallery(shipped("content"))


@cache
def spec_of(exercise: str) -> PictureSpec:
    """An exercise's pose file."""
    return read_pose(GALLERY.content / "poses" / f"{exercise}.yaml")


@cache
def drawing_of(exercise: str) -> str:
    """The SVG that its pose file gives."""
    return svg(picture(spec_of(exercise)), exercise)
