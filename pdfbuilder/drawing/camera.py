"""An orthographic camera: where a point of the world stands in the picture, and how near it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pdfbuilder.drawing.vectors import Points, Vector, cosine, decisive, dot, dots, sine, vector


@dataclass(frozen=True)
class Camera:
    """Looks at the world from far away, without perspective.

    Attributes:
        azimuth: degrees about the vertical: 0 looks from +z, 90 from +x, 180 from -z.
        elevation: degrees above the horizon.
    """

    azimuth: float
    elevation: float

    @cached_property
    def right(self) -> Vector:
        """The world's direction that points right in the picture."""
        return vector((cosine(self.azimuth), 0, -sine(self.azimuth)))

    @cached_property
    def up(self) -> Vector:
        """The world's direction that points up in the picture."""
        azimuth, elevation = self.azimuth, self.elevation
        return vector((-sine(azimuth) * sine(elevation), cosine(elevation), -cosine(azimuth) * sine(elevation)))

    @cached_property
    def towards(self) -> Vector:
        """The world's direction from the scene to the camera."""
        azimuth, elevation = self.azimuth, self.elevation
        return vector((sine(azimuth) * cosine(elevation), sine(elevation), cosine(azimuth) * cosine(elevation)))

    def project(self, point: Vector) -> Vector:
        """Where a point stands in the picture: right and up, in centimetres."""
        return vector((dot(point, self.right), dot(point, self.up)))

    def places(self, points: Points) -> Points:
        """Where points (rows) stand in the picture."""
        return np.column_stack((dots(points, self.right), dots(points, self.up)))

    def depth(self, point: Vector) -> float:
        """How near a point is, in centimetres; more is nearer."""
        return dot(point, self.towards)

    def depths(self, points: Points) -> Points:
        """How near points (rows) are."""
        return dots(points, self.towards)

    def sees(self, direction: Vector, least: float = 0) -> bool:
        """Whether a direction points at the camera: along more than a share `least` of its length."""
        return decisive(self.depth(direction)) > least
