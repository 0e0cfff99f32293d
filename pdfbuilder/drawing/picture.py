"""Puts a picture together: room, start of the movement, figure, hatching, lens, arrows, and the badge's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from pdfbuilder.drawing import arrows, plane, style
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.figure import Figure
from pdfbuilder.drawing.framing import Box, Frame, framed
from pdfbuilder.drawing.hatch import hatch, slant
from pdfbuilder.drawing.placing import CLEAR, free_place
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.props import mat
from pdfbuilder.drawing.scene import Scene, scene
from pdfbuilder.drawing.shapes import Detail, Picture, Shape, clipped, filled, hatched, outlined, stroked
from pdfbuilder.drawing.skeleton import start_of
from pdfbuilder.drawing.solids import Face
from pdfbuilder.drawing.specs import ArrowSpec, LensSpec, PictureSpec
from pdfbuilder.drawing.values import PROP, Anchor
from pdfbuilder.drawing.vectors import Points, Vector, length, vector

#: What the trunk is painted with; a limb has a paint of its own name.
_TRUNK: Final = ("shirt", "shorts", "skin")
_CLOTHES: Final = {"shirt": style.SHIRT, "shorts": style.SHORTS, "shoes": style.SHOES}
#: The joints along a limb.
_JOINTS: Final = {"leg": ("hip", "knee", "ankle"), "arm": ("shoulder", "elbow", "wrist")}
#: A limb whose root is this much further away than its fellow, in centimetres, is the far one.
_FAR: Final = 4.0
#: The white around the figure closes hollows narrower than twice this, in paper units.
_HALO_HOLLOW: Final = 6.0
#: There is none on what stands before the figure, and so far round it.
_NO_HALO: Final = 3 * style.HALO
#: Borders so near to the contour are under it, and what is shorter is not drawn.
_UNDER_CONTOUR: Final = 0.6
_LEAST_BORDER: Final = 2.0
#: How far eyes and mouth stay inside the head, and strands inside the hair.
_FACE_INSET: Final = 0.6
_HAIR_INSET: Final = 0.8
#: A prop's slivers, thinner than twice this, are not drawn.
_PROP_SLIVER: Final = 0.3
#: What an arrow takes beside its curve, in paper units.
_ARROW_ROOM: Final = 14.0
#: The badge's leader: from how far off the badge's edge there is one, its dot, the white round both.
_LEADER_FROM: Final = 12.0
_LEADER_DOT: Final = 5.6
_LEADER_HALO: Final = 4.0
#: The dot lies so deep in the limb, in centimetres, if that is so wide.
_LEADER_DEPTH: Final = 4.0
#: A frame's number stands this far left of the figure, in its radii: with frames above each other, and side by side.
_NUMBER_OF_ABOVE: Final = 1.2
_NUMBER_OF_BESIDE: Final = 0.6


class ShortArrow(ValueError):
    """Raised for an arrow that is too short to be seen; `index` is its place among the arrows of the pose file."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def picture(spec: PictureSpec) -> Picture:
    """Draw a picture, of a pose file without faults.

    Raises:
        ShortArrow: if an arrow is too short.
    """
    return _Drawing(spec).picture()


class _Drawing:
    def __init__(self, spec: PictureSpec) -> None:
        self.spec = spec
        self.camera = Camera(spec.camera.azimuth, spec.camera.elevation)
        self.end = scene(spec.end, self.camera, spec.in_front)
        self.start = scene(start_of(spec.end, spec.start), self.camera, spec.in_front) if spec.start else None
        self.start_shift = vector((-(spec.start_beside or 0.0), spec.start_above or 0.0))
        self._badges: dict[float, Vector | None] = {}

    def picture(self) -> Picture:
        frame, size = framed(self._bounds)
        shapes = self._room_and_figure(self.end, frame)
        if self.start and self.spec.has_two_frames:
            first = self._room_and_figure(self.start, frame.shifted(self.start_shift))
            if self.spec.lens:
                first += self._lens(self.spec.lens, self.start, frame.shifted(self.start_shift))
            shapes = [*self._in_frame(2, shapes), *self._in_frame(1, first)]
        if self.spec.lens:
            shapes += self._in_frame(2, self._lens(self.spec.lens, self.end, frame))
        shapes += self._arrows(frame)
        badge = self._badge(frame.scale)
        if badge is not None:
            shapes += self._in_frame(2, self._leader(badge, frame))
        place = frame.point(badge) if badge is not None else None
        shapes = sorted((each for each in shapes if each.lines), key=lambda each: each.frame)
        return Picture(
            size,
            tuple(shapes),
            self.spec.shows,
            (float(place[0]), float(place[1])) if place is not None else None,
            self._frames(shapes, frame, size[0], place),
        )

    def _in_frame(self, number: int, shapes: Iterable[Shape]) -> list[Shape]:
        return [replace(each, frame=number if self.spec.has_two_frames else 0) for each in shapes]

    def _room_and_figure(self, shown: Scene, frame: Frame) -> list[Shape]:
        """The room, the start of the movement, what hands hold, and the figure."""
        return [
            *self._floor(frame),
            *self._props(shown, frame, are_tools=False),
            *(self._drawn_ghost(frame) if shown is self.end else ()),
            *self._props(shown, frame, are_tools=True),
            *self._figure(shown, frame),
        ]

    # ------------------------------------------------------------------ where things are

    def _joint(self, name: str) -> Vector:
        """Where a joint of the end stands in the picture."""
        return self.camera.project(self.end.figure.skeleton.joint(name))

    def _point(self, anchor: Anchor) -> Vector:
        assert anchor.joint is not None  # noqa: S101 - the reader lets no other through
        place = vector(anchor.offset)
        if anchor.at_start and self.start:
            return place + self.camera.project(self.start.figure.skeleton.joint(anchor.joint)) + self.start_shift
        return place + self._joint(anchor.joint)

    def _way(self, spec: ArrowSpec) -> Points:
        """The points of an arrow's curve, in centimetres."""
        if spec.ring:
            middle = self._joint(spec.ring.around) + vector(spec.ring.offset)
            return arrows.ring(middle, spec.ring.radii, spec.ring.turn)
        return arrows.curve(np.array([self._point(anchor) for anchor in spec.through or ()]))

    def _badge(self, scale: float) -> Vector | None:
        """Where the badge's centre is: as the pose file says, or else where it hides nothing."""
        if scale not in self._badges:
            self._badges[scale] = self._badge_place(scale)
        return self._badges[scale]

    def _badge_place(self, scale: float) -> Vector | None:
        badge = self.spec.badge
        if badge is None:
            return None
        joint = self._joint(badge.beside)
        if badge.offset is not None:
            return joint + vector(badge.offset)
        ways = [plane.grown(plane.line(self._way(each)), _ARROW_ROOM / scale) for each in self.spec.arrows]
        numbers = [plane.disc(each, CLEAR * style.NUMBER_RADIUS / scale) for each in self._numbers(scale)]
        others = plane.union(
            [
                *ways,
                *numbers,
                *(area for area, *_ in self._ghost),
                *_tools(self.end.figure, self.spec.end.props.named()),
            ]
        )
        return free_place(joint, style.BADGE_RADIUS / scale, _body(self.end.figure), others)

    def _bounds(self, scale: float) -> Box:
        boxes = [self._solid_bounds]
        boxes += [_box(self._way(each), _ARROW_ROOM / scale) for each in self.spec.arrows]
        badge, lens = self._badge(scale), self.spec.lens
        if badge is not None:
            boxes.append(_box(np.array([badge]), style.BADGE_RADIUS / scale))
        if lens:
            boxes += self._lens_bounds(lens)
        if self.spec.has_two_frames:
            boxes.append(_box(np.array(self._numbers(scale)), style.NUMBER_RADIUS / scale))
        lows, highs = np.array(boxes)[:, :2].min(axis=0), np.array(boxes)[:, 2:].max(axis=0)
        return float(lows[0]), float(lows[1]), float(highs[0]), float(highs[1])

    @cached_property
    def _solid_bounds(self) -> Box:
        """The bounds of what grows with the figure."""
        solids = [*self._outlines(self.end), *(area for area, *_ in self._ghost)]
        if self.start and self.spec.has_two_frames:
            solids += [plane.moved(each, self.start_shift) for each in self._outlines(self.start)]
        return plane.bounds(solids)

    def _outlines(self, shown: Scene) -> list[Area]:
        parts = (*shown.figure.parts.values(), *shown.figure.props.values())
        return [*(area for area, _ in self._mat()), *(each.outline for each in parts)]

    def _numbers(self, scale: float) -> list[Vector]:
        """Where the centres of the frames' numbers are: at the upper left of the start's figure and of the end's."""
        if self.start is None or not self.spec.has_two_frames:
            return []
        radius = style.NUMBER_RADIUS / scale
        beside = _NUMBER_OF_ABOVE if self.spec.start_above else _NUMBER_OF_BESIDE
        found = []
        for shown, shift in ((self.start, self.start_shift), (self.end, vector((0, 0)))):
            left, _, _, top = plane.bounds([_body(shown.figure)])
            found.append(vector((left - radius * beside, top - radius)) + shift)
        return found

    def _frames(
        self, shapes: Iterable[Shape], frame: Frame, width: float, badge: Vector | None
    ) -> tuple[tuple[float, float, float, float], ...]:
        """Each frame's left and right edge and the place of its number, on paper."""
        found = []
        for number, place in enumerate(self._numbers(frame.scale), start=1):
            x, y = frame.point(place).tolist()
            edges = [x - style.NUMBER_RADIUS, x + style.NUMBER_RADIUS]
            if badge is not None and number == 2:
                edges += [float(badge[0]) - style.BADGE_RADIUS, float(badge[0]) + style.BADGE_RADIUS]
            for shape in shapes:
                if shape.frame == number:
                    edges += [float(each) for line in shape.lines for each in (line[:, 0].min(), line[:, 0].max())]
            left, right = (min(edges), max(edges)) if self.spec.start_beside else (0.0, width)
            found.append((left, right, x, y))
        return tuple(found)

    # ------------------------------------------------------------------ the room

    def _mat(self) -> list[Face]:
        return mat(self.spec.mat, self.camera) if self.spec.mat else []

    def _floor(self, frame: Frame) -> list[Shape]:
        """The mat, with a thin line round each face: its pale colours print white on some machines."""
        return [outlined(frame.area(area), colour, style.ROOM_INK, style.ROOM_WIDTH) for area, colour in self._mat()]

    def _props(self, shown: Scene, frame: Frame, *, are_tools: bool) -> list[Shape]:
        """Furniture, or the sticks, bands and rolls that lie over the start of the movement."""
        found = []
        for name, solid in shown.figure.props.items():
            if (solid.block is None) != are_tools:
                continue
            seen = plane.without_spikes(shown.view.props[name], _PROP_SLIVER)
            for face, colour in solid.faces:
                area = plane.overlap(face, seen)
                if not area.is_empty:
                    width = style.ROOM_WIDTH if colour == style.WALL else style.PROP_WIDTH
                    found.append(outlined(frame.area(area), colour, style.PROP_INK, width))
        return found

    # ------------------------------------------------------------------ the start of the movement

    @cached_property
    def _ghost(self) -> list[tuple[Area, str, str]]:
        """Of each limb of the start that is drawn dashed: an area, its fill and its ink."""
        if not self.start:
            return []
        wanted = [(limb, paint) for limb in self.spec.ghost for paint in (_TRUNK if limb == "trunk" else (limb,))]
        areas = self.start.alone(frozenset(paint for _, paint in wanted))
        found = []
        for limb, paint in wanted:
            if paint in areas and not areas[paint].is_empty:
                is_lit = limb == self._highlighted
                colours = (
                    (style.HIGHLIGHT_GHOST, style.HIGHLIGHT_GHOST_INK) if is_lit else (style.GHOST, style.GHOST_INK)
                )
                found.append((areas[paint], *colours))
        return found + [(area, style.GHOST, style.GHOST_INK) for area in self._moved_tools(self.start)]

    def _moved_tools(self, start: Scene) -> list[Area]:
        """The sticks and bands that are elsewhere at the start, if only limbs of it are drawn."""
        moved = self.spec.start.props.named() if self.spec.start and self.spec.start.props else {}
        return [] if self.spec.has_two_frames else _tools(start.figure, moved)

    def _drawn_ghost(self, frame: Frame) -> list[Shape]:
        """The start as a pale figure with a broken line, the affected limb by itself."""
        if not self._ghost:
            return []
        body = frame.area(plane.union(area for area, *_ in self._ghost))
        shapes = [filled(plane.grown(body, style.GHOST_HALO), style.WHITE, Detail.LOOSE)]
        shapes += [filled(frame.area(area), fill) for area, fill, _ in self._ghost]
        for ink in (style.GHOST_INK, style.HIGHLIGHT_GHOST_INK):
            areas = [frame.area(area) for area, _, its_ink in self._ghost if its_ink == ink]
            if areas:
                shapes.append(stroked(plane.borders(areas), ink, style.GHOST_WIDTH, style.GHOST_DASHES))
        return shapes

    # ------------------------------------------------------------------ the figure

    def _figure(self, shown: Scene, frame: Frame) -> list[Shape]:
        who, seen = shown.figure, shown.view
        areas = {paint: frame.area(area) for paint, area in shown.regions.items()}
        whole = plane.union(areas.values())
        shapes = [filled(self._halo(shown, whole, frame), style.WHITE, Detail.LOOSE)]
        for paint, area in areas.items():
            colour = self._colour(paint, who)
            if colour != style.WHITE:  # the halo is white already
                shapes.append(filled(area, colour, is_emphasis=paint == self._highlighted))
            if paint == self._highlighted:
                shapes.append(hatched(hatch(area, self._slant(who)), style.HATCH, style.HATCH_WIDTH))
        shapes += self._head(shown, frame)
        contour = plane.borders([whole])
        near = plane.union(plane.grown(each, _UNDER_CONTOUR) for each in contour)
        inner = [line for each in plane.borders(areas.values()) for line in plane.lines(each.difference(near))]
        inner = [each for each in inner if each.length > _LEAST_BORDER]
        shapes.append(stroked(inner, style.INK, style.OUTLINE_WIDTH))
        shapes.append(stroked([frame.area(each) for each in seen.creases], style.INK, style.CREASE_WIDTH))
        shapes.append(stroked([frame.area(each) for each in seen.strokes], style.INK, style.STROKE_WIDTH))
        shapes.append(stroked(contour, style.INK, style.CONTOUR_WIDTH))
        return shapes

    def _halo(self, shown: Scene, whole: Area, frame: Frame) -> Area:
        halo = plane.grown(plane.without_notches(whole, _HALO_HOLLOW), style.HALO)
        covered = shown.view.covered
        if covered.is_empty:
            return halo
        near = plane.grown(frame.area(covered), _NO_HALO)
        props = plane.union(frame.area(each) for each in shown.view.props.values())
        return plane.without(halo, plane.overlap(props, near))

    @property
    def _highlighted(self) -> str:
        return f"right {self.spec.affects}" if self.spec.shows == "right" else ""

    def _slant(self, who: Figure) -> float:
        joints = _JOINTS[self.spec.affects]
        upper, middle, lower = (self.camera.project(who.skeleton.joint(f"right {name}")) for name in joints)
        return slant([(upper, middle), (middle, lower)])

    def _colour(self, paint: str, who: Figure) -> str:
        if paint == self._highlighted:
            return style.HIGHLIGHT
        if paint in _CLOTHES:
            return _CLOTHES[paint]
        # Where both sides do the same they look the same.
        is_far = self.spec.shows != "neither" and paint in (self._far_limb(who, "leg"), self._far_limb(who, "arm"))
        return style.FAR_LIMB if is_far else style.WHITE

    def _far_limb(self, who: Figure, limb: str) -> str:
        root = _JOINTS[limb][0]
        right, left = (self.camera.depth(who.skeleton.joint(f"{side} {root}")) for side in ("right", "left"))
        if abs(right - left) < _FAR:
            return ""
        return f"left {limb}" if right > left else f"right {limb}"

    def _head(self, shown: Scene, frame: Frame) -> list[Shape]:
        head, area = shown.figure.head, shown.view.areas["head"]
        face, hair = plane.grown(area, -_FACE_INSET), plane.overlap(head.hair, area)
        inside = plane.grown(hair, -_HAIR_INSET)
        return [
            filled(frame.area(hair), style.HAIR),
            stroked(
                [frame.area(each.intersection(inside)) for each in head.strands], style.HAIR_STRAND, style.STROKE_WIDTH
            ),
            *(
                outlined(frame.area(plane.overlap(ear, area)), style.WHITE, style.INK, style.FEATURE_WIDTH)
                for ear in head.ears
            ),
            *(filled(frame.area(plane.overlap(eye, face)), style.INK, Detail.SEEN) for eye in head.eyes),
            stroked([frame.area(each.intersection(face)) for each in head.features], style.INK, style.FEATURE_WIDTH),
        ]

    # ------------------------------------------------------------------ arrows

    def _arrows(self, frame: Frame) -> list[Shape]:
        found: list[Shape] = []
        for index, each in enumerate(self.spec.arrows):
            try:
                area = arrows.arrow(np.array([frame.point(point) for point in self._way(each)]))
            except ValueError as error:
                raise ShortArrow(index) from error
            is_at_start = any(anchor.at_start for anchor in each.through or ())
            shapes = [
                filled(plane.grown(area, style.ARROW_HALO), style.WHITE, Detail.LOOSE),
                filled(area, style.ARROW, Detail.SEEN),
            ]
            found += self._in_frame(1 if is_at_start else 2, shapes)
        return found

    # ------------------------------------------------------------------ a magnified view

    def _lens_bounds(self, lens: LensSpec) -> Iterator[Box]:
        shifts = (vector((0, 0)), self.start_shift) if self.spec.has_two_frames else (vector((0, 0)),)
        joint = self._joint(lens.around)
        for shift in shifts:
            yield _box(np.array([joint + vector(lens.offset) + shift]), lens.radius * lens.zoom + 1)
            yield _box(np.array([joint + vector(lens.shift) + shift]), lens.radius + 1)

    def _lens(self, lens: LensSpec, shown: Scene, frame: Frame) -> list[Shape]:
        """Room and figure once more, larger, in a circle; two lines lead there from what it shows.

        The same place is magnified in both frames, so that what has moved there is seen to have moved.
        """
        joint = self._joint(lens.around)
        seen, scale = joint + vector(lens.shift), frame.scale * lens.zoom
        middle = frame.point(joint + vector(lens.offset))
        window = plane.disc(middle, lens.radius * scale)
        large = Frame(scale, float(seen[0] - middle[0] / scale), float(seen[1] + middle[1] / scale))
        small = plane.disc(frame.point(seen), lens.radius * frame.scale)
        beam = plane.hull([small, window]).boundary.difference(plane.grown(plane.union([small, window]), 0.5))
        return [
            stroked([small.boundary, *plane.lines(beam)], style.ROOM_INK, style.LENS_WIDTH),
            filled(window, style.WHITE, Detail.SEEN),
            *(clipped(shape, window) for shape in self._room_and_figure(shown, large)),
            stroked([window.boundary], style.ROOM_INK, style.PROP_WIDTH),
        ]

    # ------------------------------------------------------------------ the badge

    def _leader(self, badge: Vector, frame: Frame) -> list[Shape]:
        """A line from a badge that stands off its limb, with a dot on the limb."""
        if self._highlighted not in self.end.regions:
            return []
        assert self.spec.badge is not None  # noqa: S101 - asked only where there is one
        joint = self._joint(self.spec.badge.beside)
        limb = self.end.regions[self._highlighted]
        start, end = frame.point(badge), frame.point(plane.point_inside(limb, joint, _LEADER_DEPTH))
        away = length(end - start)
        if away < style.BADGE_RADIUS + _LEADER_FROM:
            return []
        line = plane.line([start + (end - start) * ((style.BADGE_RADIUS - 2) / away), end])
        dot = plane.disc(end, _LEADER_DOT)
        white = plane.union([plane.grown(line, _LEADER_HALO), plane.grown(dot, _LEADER_HALO)])
        return [
            filled(white, style.WHITE, Detail.LOOSE, is_emphasis=True),
            stroked([line], style.BADGE, style.LEADER_WIDTH, is_emphasis=True),
            filled(dot, style.BADGE, Detail.SEEN, is_emphasis=True),
        ]


def _body(who: Figure) -> Area:
    return plane.union(each.outline for each in who.parts.values())


def _tools(who: Figure, names: Iterable[str]) -> list[Area]:
    """Of some props the sticks, bands and rolls: small things that the badge leaves free."""
    wanted = tuple(f"{PROP}{name} " for name in names)
    return [each.outline for name, each in who.props.items() if each.block is None and name.startswith(wanted)]


def _box(points: Points, pad: float) -> Box:
    low, high = points.min(axis=0) - pad, points.max(axis=0) + pad
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
