"""What stands in the room: the mat and a table, as flat pale areas in the picture plane, in centimetres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pdfbuilder.drawing import plane, style
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.specs import MatSpec, Span, TableSpec
from pdfbuilder.drawing.vectors import vector

#: An area and its colour.
Prop = tuple[Area, str]

_MAT_THICKNESS: Final = 2.0
_TABLE_THICKNESS: Final = 4.0
_LEG_WIDTH: Final = 3.4
_LEG_INSET: Final = 4.0
_CORNER: Final = 1.5


def mat(spec: MatSpec, camera: Camera) -> list[Prop]:
    """A mat on the floor: its edge, and its top."""
    top = _top(spec.x, spec.z, 0, camera)
    return [(_slab(top, _MAT_THICKNESS), style.MAT_EDGE), (top, style.MAT)]


def table(spec: TableSpec, camera: Camera) -> list[Prop]:
    """A table: its four legs, its edge, and its top."""
    top = _top(spec.x, spec.z, spec.height, camera)
    legs = [_leg(x, z, spec.height, camera) for x in _inset(spec.x) for z in _inset(spec.z)]
    return [
        *((leg, style.MAT_EDGE) for leg in legs),
        (_slab(top, _TABLE_THICKNESS), style.MAT_EDGE),
        (top, style.TABLE),
    ]


def _leg(x: float, z: float, height: float, camera: Camera) -> Area:
    foot, head = camera.project(vector((x, 0, z))), camera.project(vector((x, height - 1, z)))
    half = vector((_LEG_WIDTH / 2, 0))
    return plane.polygon([foot - half, foot + half, head + half, head - half])


def _top(x: Span, z: Span, height: float, camera: Camera) -> Area:
    corners = [(x[a], z[b]) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
    sharp = plane.polygon([camera.project(vector((across, height, near))) for across, near in corners])
    return plane.grown(plane.grown(sharp, -_CORNER), _CORNER)


def _slab(top: Area, thickness: float) -> Area:
    return plane.hull([top, plane.moved(top, vector((0, -thickness)))])


def _inset(span: Span) -> Sequence[float]:
    return (span[0] + _LEG_INSET, span[1] - _LEG_INSET)
