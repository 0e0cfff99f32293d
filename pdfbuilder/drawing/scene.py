"""A pose as a camera sees it: worked out once, for the checks and then for the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.figure import Figure, figure
from pdfbuilder.drawing.occlusion import View, view
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.regions import regions
from pdfbuilder.drawing.skeleton import pose
from pdfbuilder.drawing.specs import PoseSpec


@dataclass(frozen=True)
class Scene:
    """A figure in the picture, and what is seen of it.

    Attributes:
        figure: the figure.
        in_front: pairs of its parts, the nearer one first, whose order is known.
    """

    figure: Figure
    in_front: tuple[tuple[str, str], ...]

    @cached_property
    def view(self) -> View:
        """What is seen of each part."""
        return view(self.figure, self.in_front)

    @cached_property
    def regions(self) -> Mapping[str, Area]:
        """What is painted, by limb."""
        return regions(self.figure, self.view)

    def alone(self, paints: frozenset[str]) -> Mapping[str, Area]:
        """What is painted of some limbs if there is nothing else."""
        parts = {name: each for name, each in self.figure.parts.items() if each.paint in paints}
        lonely = replace(self.figure, parts=parts, props={})
        return regions(lonely, view(lonely, self.in_front))


@lru_cache(maxsize=64)
def scene(spec: PoseSpec, camera: Camera, in_front: tuple[tuple[str, str], ...] = ()) -> Scene:
    """A pose as a camera sees it.

    Raises:
        ValueError: if limbs hang on each other in a circle.
    """
    return Scene(figure(pose(spec), spec.props, camera), in_front)
