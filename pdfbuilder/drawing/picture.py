"""Puts a picture together: room, start of the movement, figure, hatching and arrows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import numpy as np

from pdfbuilder.drawing import arrows, plane, style
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.figure import Figure
from pdfbuilder.drawing.framing import Box, Frame, framed
from pdfbuilder.drawing.hatch import hatch, slant
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.props import Prop, mat, table
from pdfbuilder.drawing.regions import silhouette
from pdfbuilder.drawing.scene import Scene, scene
from pdfbuilder.drawing.shapes import Detail, Picture, Shape, filled, hatched, outlined, stroked
from pdfbuilder.drawing.skeleton import start_of
from pdfbuilder.drawing.specs import Anchor, PictureSpec
from pdfbuilder.drawing.vectors import Points, Vector, vector

#: What a limb of a pose file is painted with.
_PAINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "right leg": ("right leg",),
    "left leg": ("left leg",),
    "right arm": ("right arm",),
    "left arm": ("left arm",),
    "trunk": ("shirt", "pelvis", "skin"),
}
#: A limb whose root is this much further away than its fellow, in centimetres, is the far one.
_FAR: Final = 4.0
#: The white around the figure closes hollows narrower than twice this, in paper units.
_HALO_HOLLOW: Final = 6.0
#: How far eyes and mouth stay inside the head.
_FACE_INSET: Final = 0.6
#: What an arrow takes beside its curve, in paper units.
_ARROW_ROOM: Final = 14.0


def picture(spec: PictureSpec) -> Picture:
    """Draw a picture.

    Raises:
        ValueError: if limbs hang on each other in a circle, or an arrow is too short.
    """
    return _Drawing(spec).picture()


class _Drawing:
    def __init__(self, spec: PictureSpec) -> None:
        self.spec = spec
        self.camera = Camera(spec.camera.azimuth, spec.camera.elevation)
        self.end = scene(spec.end, self.camera, spec.in_front)
        self.start = scene(start_of(spec.end, spec.start), self.camera, spec.in_front) if spec.start else None
        self.start_shift = vector((0.0, spec.start_above or 0.0))

    def picture(self) -> Picture:
        frame, size = framed(self._bounds)
        shapes = [*self._room(frame), *self._drawn_ghosts(frame), *self._figure(self.end, frame)]
        if self.start and self.spec.start_above:
            above = frame.shifted(self.start_shift)
            shapes += [*self._room(above), *self._figure(self.start, above)]
        shapes += self._arrows(frame)
        badge = frame.point(self._badge) if self._badge is not None else None
        return Picture(
            size,
            tuple(each for each in shapes if each.lines),
            self.spec.shows,
            (float(badge[0]), float(badge[1])) if badge is not None else None,
        )

    # ------------------------------------------------------------------ where things are

    def _point(self, anchor: Anchor) -> Vector:
        assert anchor.joint is not None  # noqa: S101 - the reader lets no other through
        place = vector(anchor.offset)
        if anchor.at_start and self.start:
            return place + self.camera.project(self.start.figure.skeleton.joint(anchor.joint)) + self.start_shift
        return place + self.camera.project(self.end.figure.skeleton.joint(anchor.joint))

    @property
    def _badge(self) -> Vector | None:
        badge = self.spec.badge
        return self._point(Anchor(badge.beside, badge.offset)) if badge else None

    def _bounds(self, scale: float) -> Box:
        boxes = [self._solid_bounds]
        for each in self.spec.arrows:
            points = arrows.curve(np.array([self._point(anchor) for anchor in each.through]))
            boxes.append(_box(points, _ARROW_ROOM / scale))
        if self._badge is not None:
            boxes.append(_box(np.array([self._badge]), style.BADGE_RADIUS / scale))
        lows, highs = np.array(boxes)[:, :2].min(axis=0), np.array(boxes)[:, 2:].max(axis=0)
        return float(lows[0]), float(lows[1]), float(highs[0]), float(highs[1])

    @cached_property
    def _solid_bounds(self) -> Box:
        """The bounds of what grows with the figure."""
        room = [area for area, _ in self._props()]
        solids = [
            *room,
            *(area for area, _ in self._ghosts()),
            *(each.outline for each in self.end.figure.parts.values()),
        ]
        if self.start and self.spec.start_above:
            above = [*room, *(each.outline for each in self.start.figure.parts.values())]
            solids += [plane.moved(each, self.start_shift) for each in above]
        return plane.bounds(solids)

    # ------------------------------------------------------------------ room and start

    def _props(self) -> list[Prop]:
        return [*mat(self.spec.mat, self.camera), *(table(self.spec.table, self.camera) if self.spec.table else ())]

    def _room(self, frame: Frame) -> list[Shape]:
        """Mat and table, with a thin line round each face: their pale colours print white on some machines."""
        return [
            outlined(frame.area(area), colour, style.ROOM_INK, style.ROOM_WIDTH, detail=Detail.SEEN)
            for area, colour in self._props()
        ]

    def _ghosts(self) -> list[tuple[Area, str]]:
        """The outlines of the start that are drawn dashed, and their ink; the highlighted limb by itself."""
        if not self.start:
            return []
        highlighted = [limb for limb in self.spec.ghost if limb == self._highlighted]
        others = [paint for limb in self.spec.ghost if limb != self._highlighted for paint in _PAINTS[limb]]
        found = [(others, style.GHOST_INK), (highlighted, style.HIGHLIGHT_GHOST_INK)]
        return [(silhouette(self.start.figure, paints), ink) for paints, ink in found if paints]

    def _drawn_ghosts(self, frame: Frame) -> list[Shape]:
        return [
            outlined(frame.area(area), style.WHITE, ink, style.GHOST_WIDTH, style.GHOST_DASHES)
            for area, ink in self._ghosts()
        ]

    # ------------------------------------------------------------------ the figure

    def _figure(self, scene: Scene, frame: Frame) -> list[Shape]:
        who, seen = scene.figure, scene.view
        areas = {paint: frame.area(area) for paint, area in scene.regions.items()}
        body = plane.without_notches(plane.union(areas.values()), _HALO_HOLLOW)
        shapes = [filled(plane.grown(body, style.HALO), style.WHITE, Detail.LOOSE)]
        for paint, area in areas.items():
            colour = self._colour(paint, who)
            if colour != style.WHITE:  # the halo is white already
                shapes.append(filled(area, colour, is_emphasis=paint == self._highlighted))
            if paint == self._highlighted:
                shapes.append(hatched(hatch(area, self._slant(who)), style.HATCH, style.HATCH_WIDTH))
        shapes += self._head(scene, frame)
        shapes.append(stroked(plane.borders(areas.values()), style.INK, style.OUTLINE_WIDTH))
        shapes.append(stroked([frame.area(each) for each in seen.creases], style.INK, style.CREASE_WIDTH))
        shapes.append(stroked([frame.area(each) for each in seen.strokes], style.INK, style.STROKE_WIDTH))
        return shapes

    @property
    def _highlighted(self) -> str:
        return "right leg" if self.spec.shows == "right" else ""

    def _slant(self, who: Figure) -> float:
        hip, knee, ankle = (
            self.camera.project(who.skeleton.joint(f"right {name}")) for name in ("hip", "knee", "ankle")
        )
        return slant([(hip, knee), (knee, ankle)])

    def _colour(self, paint: str, who: Figure) -> str:
        if paint == self._highlighted:
            return style.HIGHLIGHT
        if paint == "shirt":
            return style.SHIRT
        # Where both sides do the same they look the same.
        is_far = self.spec.shows != "neither" and paint in (self._far_limb(who, "leg"), self._far_limb(who, "arm"))
        return style.FAR_LIMB if is_far else style.WHITE

    def _far_limb(self, who: Figure, limb: str) -> str:
        root = "hip" if limb == "leg" else "shoulder"
        right, left = (self.camera.depth(who.skeleton.joint(f"{side} {root}")) for side in ("right", "left"))
        if abs(right - left) < _FAR:
            return ""
        return f"left {limb}" if right > left else f"right {limb}"

    def _head(self, scene: Scene, frame: Frame) -> list[Shape]:
        head, shown = scene.figure.head, scene.view.areas["head"]
        face = plane.grown(shown, -_FACE_INSET)
        features = [frame.area(each.intersection(face)) for each in head.features]
        return [
            filled(frame.area(plane.overlap(head.hair, shown)), style.HAIR),
            *(
                outlined(
                    frame.area(plane.overlap(ear, shown)),
                    style.WHITE,
                    style.INK,
                    style.FEATURE_WIDTH,
                    detail=Detail.SEEN,
                )
                for ear in head.ears
            ),
            stroked(features, style.INK, style.FEATURE_WIDTH),
        ]

    # ------------------------------------------------------------------ arrows

    def _arrows(self, frame: Frame) -> list[Shape]:
        found = []
        for each in self.spec.arrows:
            area = arrows.arrow(np.array([frame.point(self._point(anchor)) for anchor in each.through]))
            found.append(filled(plane.grown(area, style.ARROW_HALO), style.WHITE, Detail.LOOSE))
            found.append(filled(area, style.ARROW, Detail.SEEN))
        return found


def _box(points: Points, pad: float) -> Box:
    low, high = points.min(axis=0) - pad, points.max(axis=0) + pad
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
