"""What stands in the room: the mat as a flat area, all else as boxes and bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pdfbuilder.drawing import plane, style
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.prop_specs import (
    BarSpec,
    BedSpec,
    BoxSpec,
    ChairSpec,
    ClothSpec,
    MatSpec,
    PropSpec,
    PropsSpec,
    RailSpec,
    StairsSpec,
    TableSpec,
    WorktopSpec,
)
from pdfbuilder.drawing.solids import WORLD, Axes, Block, Face, Solid, bar, box
from pdfbuilder.drawing.values import PROP, Span
from pdfbuilder.drawing.vectors import Vector, cosine, sine, vector

_MAT_THICKNESS: Final = 2.0
_CORNER: Final = 1.5
#: How thick a table's and a chair's top is, a mattress at most, and half a leg.
_TOP: Final = 4.0
_MATTRESS: Final = 14.0
_LEG: Final = 1.7
#: How far legs stand inside of a table's edge and of a bed's, and a cupboard behind its worktop's.
_INSET: Final = 3.0
_SETBACK: Final = 5.0
#: Where a chair's back begins, as a part of the way up to its end.
_BACK: Final = 0.45
#: How thick a chair's arms are.
_ARM: Final = 2.4
#: How thick a towel lies on the floor, and the radius of its folds.
_CLOTH: Final = 0.8
_FOLD: Final = 1.3
_COLOURS: Final = (style.PROP_FRONT, style.PROP_TOP, style.PROP_SIDE)


@dataclass(frozen=True)
class Handle:
    """What a hand can grip: both ends of a bar, and its radius."""

    start: Vector
    end: Vector
    radius: float


def tops(props: PropsSpec) -> dict[str, float]:
    """How high each thing is that one can stand, sit, lie or lean on; the floor is one."""
    found = {"floor": 0.0}
    for name, spec in props.named().items():
        if isinstance(spec, BoxSpec):
            found[name] = spec.y[1]
        elif isinstance(spec, ClothSpec):
            found[name] = _CLOTH
        elif isinstance(spec, StairsSpec):
            found |= {f"{name} {step}": spec.rise * step for step in range(1, spec.steps + 1)}
        elif isinstance(spec, TableSpec | WorktopSpec | BedSpec | ChairSpec):
            found[name] = spec.height
    return found


def handles(props: PropsSpec) -> dict[str, Handle]:
    """What a hand can grip."""
    found = {}
    for name, spec in props.named().items():
        if isinstance(spec, BarSpec):
            found[name] = Handle(vector(spec.through[0]), vector(spec.through[-1]), spec.radius)
        elif isinstance(spec, RailSpec):
            found[name] = Handle(*_rail_ends(spec), spec.radius)
    return found


def mat(spec: MatSpec, camera: Camera) -> list[Face]:
    """A mat on the floor: its edge, and its top."""
    corners = [(spec.x[a], spec.z[b]) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
    sharp = plane.polygon([camera.project(vector((across, 0, near))) for across, near in corners])
    top = plane.grown(plane.grown(sharp, -_CORNER), _CORNER)
    edge = plane.hull([top, plane.moved(top, vector((0, -_MAT_THICKNESS)))])
    return [(edge, style.MAT_EDGE), (top, style.MAT)]


def solids(props: PropsSpec, camera: Camera) -> dict[str, Solid]:
    """The parts of all props, by names of their own: `prop chair 0`, `prop chair 1`, …"""
    found = {}
    for name, spec in props.named().items():
        colours = (style.WALL,) * 3 if name == "wall" else _COLOURS
        for index, solid in enumerate(_parts(spec, colours, camera)):
            whole = f"{PROP}{name} {index}"
            found[whole] = replace(solid, name=whole, paint=whole)
    return found


def _parts(spec: PropSpec, colours: tuple[str, str, str], camera: Camera) -> Iterator[Solid]:
    if isinstance(spec, BarSpec):
        yield bar([vector(each) for each in spec.through], spec.radius, style.TOOL, camera)
    elif isinstance(spec, RailSpec):
        yield from _rail(spec, camera)
    elif isinstance(spec, ClothSpec):
        yield from _cloth(spec, camera)
    else:
        for block in _blocks(spec):
            yield box(block, colours, camera)


def _blocks(spec: PropSpec) -> Iterator[Block]:
    if isinstance(spec, BoxSpec):
        yield _block(spec.x, spec.y, spec.z)
    elif isinstance(spec, TableSpec):
        yield from _on_legs(spec.x, spec.z, spec.height, _TOP)
    elif isinstance(spec, BedSpec):
        yield from _on_legs(spec.x, spec.z, spec.height, min(_MATTRESS, spec.height - 8))
    elif isinstance(spec, WorktopSpec):
        under = spec.height - _TOP
        yield _block((spec.x[0] + _SETBACK, spec.x[1]), (0, under), (spec.z[0] + 1, spec.z[1] - 1))
        yield _block(spec.x, (under, spec.height), spec.z)
    elif isinstance(spec, StairsSpec):
        yield from _stairs(spec)
    elif isinstance(spec, ChairSpec):
        yield from _chair(spec)


def _block(x: Span, y: Span, z: Span, axes: Axes = WORLD, origin: tuple[float, float] = (0, 0)) -> Block:
    """A box from its spans along the axes of something that stands at an origin on the floor."""
    centre = vector((origin[0], 0, origin[1]))
    for axis, (low, high) in zip(axes, (x, y, z), strict=True):
        centre = centre + axis * ((low + high) / 2)
    long, up, wide = ((high - low) / 2 for low, high in (x, y, z))
    return Block(centre, axes, (long, up, wide))


def _on_legs(x: Span, z: Span, height: float, thickness: float) -> Iterator[Block]:
    under = height - thickness
    for along in _ends(x, _INSET):
        for across in _ends(z, _INSET):
            yield _block(along, (0, under), across)
    yield _block(x, (under, height), z)


def _ends(span: Span, inset: float) -> tuple[Span, Span]:
    """Where the legs stand along an edge."""
    low, high = span[0] + inset, span[1] - inset
    return (low, low + 2 * _LEG), (high - 2 * _LEG, high)


def _stairs(spec: StairsSpec) -> Iterator[Block]:
    """Slabs that lie on each other, each a tread shorter than the one below it."""
    end = spec.foot + spec.tread * spec.steps
    for step in range(spec.steps):
        near, far = sorted((spec.foot + spec.tread * step, end))
        yield _block((near, far), (spec.rise * step, spec.rise * (step + 1)), spec.z)


def _chair(spec: ChairSpec) -> Iterator[Block]:
    along, across = cosine(spec.facing), sine(spec.facing)
    axes = (vector((along, 0, across)), vector((0, 1, 0)), vector((-across, 0, along)))
    deep, wide, seat = (-spec.depth / 2, spec.depth / 2), (-spec.width / 2, spec.width / 2), spec.height

    def piece(x: Span, y: Span, z: Span) -> Block:
        return _block(x, y, z, axes, spec.at)

    rear, _ = _ends(deep, 0)
    _, front = _ends(deep, 1)
    for ahead in (rear, front):
        for aside in _ends(wide, 0):
            yield piece(ahead, (0, seat - _TOP), aside)
    if spec.back:
        for aside in _ends(wide, 0):
            yield piece(rear, (seat, spec.back), aside)
        yield piece(rear, (seat + (spec.back - seat) * _BACK, spec.back - 1), (wide[0] + 2 * _LEG, wide[1] - 2 * _LEG))
    if spec.arms:
        for aside in _ends((wide[0] - 2 * _LEG, wide[1] + 2 * _LEG), 0):
            yield piece(front, (seat - _TOP, spec.arms - _ARM), aside)
            yield piece((deep[0], deep[1] - 1), (spec.arms - _ARM, spec.arms), aside)
    yield piece(deep, (seat - _TOP, seat), wide)


def _cloth(spec: ClothSpec, camera: Camera) -> Iterator[Solid]:
    yield box(_block(spec.x, (0, _CLOTH), spec.z), (style.CLOTH,) * 3, camera)
    for x in spec.folds:
        ends = [vector((x, _CLOTH + _FOLD / 2, z)) for z in (spec.z[0] + 2 * _FOLD, spec.z[1] - 2 * _FOLD)]
        yield bar(ends, _FOLD, style.CLOTH, camera)


def _rail_ends(spec: RailSpec) -> tuple[Vector, Vector]:
    return vector((spec.x[0], spec.heights[0], spec.z)), vector((spec.x[1], spec.heights[1], spec.z))


def _rail(spec: RailSpec, camera: Camera) -> Iterator[Solid]:
    ends = _rail_ends(spec)
    for top, foot in zip(ends, spec.feet, strict=True):
        yield bar([vector((top[0], foot, top[2])), top], spec.radius * 0.8, style.PROP_SIDE, camera)
    yield bar(ends, spec.radius, style.PROP_FRONT, camera)
