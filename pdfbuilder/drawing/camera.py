"""An orthographic camera: where a point of the world stands in the picture, and how near it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from pdfbuilder.drawing.vectors import Vector, vector


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
        azimuth = math.radians(self.azimuth)
        return vector((math.cos(azimuth), 0, -math.sin(azimuth)))

    @cached_property
    def up(self) -> Vector:
        """The world's direction that points up in the picture."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        return vector(
            (-math.sin(azimuth) * math.sin(elevation), math.cos(elevation), -math.cos(azimuth) * math.sin(elevation))
        )

    @cached_property
    def towards(self) -> Vector:
        """The world's direction from the scene to the camera."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        return vector(
            (math.sin(azimuth) * math.cos(elevation), math.sin(elevation), math.cos(azimuth) * math.cos(elevation))
        )

    def project(self, point: Vector) -> Vector:
        """Where a point stands in the picture: right and up, in centimetres."""
        return vector((float(point @ self.right), float(point @ self.up)))

    def depth(self, point: Vector) -> float:
        """How near a point is, in centimetres; more is nearer."""
        return float(point @ self.towards)
