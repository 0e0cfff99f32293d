"""The mirror image of a pose, made by swapping left and right and turning z round: no drawing code is used."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from pdfbuilder.drawing.prop_specs import BarSpec, ChairSpec, PropSpec, PropsSpec, RailSpec
from pdfbuilder.drawing.specs import PoseSpec
from pdfbuilder.drawing.values import Anchor

_SIDES = {"right": "left", "left": "right"}
#: What turns round in a mirror: bends and turns to a side.
_TURNS = {"roll", "turn", "side_bend", "twist"}
#: What does not: angles of a limb's own, and a shoulder's shift, are given towards its own side.
_OWN = {"hip", "shoulder", "flexion"}


def swapped(name: str) -> str:
    """`right knee` as `left knee`, and the other way round; other words as they are."""
    first, separator, rest = name.partition(" ")
    return _SIDES.get(first, first) + separator + rest


def mirrored(pose: PoseSpec) -> PoseSpec:
    """The pose of the person in the mirror z = 0."""
    values = {name: getattr(pose, name) for name in PoseSpec.__struct_fields__}
    turned = {name: _turned(value) for name, value in values.items()}
    for limb in ("leg", "arm"):
        turned[f"right_{limb}"], turned[f"left_{limb}"] = turned[f"left_{limb}"], turned[f"right_{limb}"]
    return structs.replace(pose, **turned)


def _turned_props(props: PropsSpec) -> PropsSpec:
    """The things around the body in the mirror."""
    return structs.replace(props, **{name: _turned_prop(each) for name, each in props.named().items()})


def _turned_prop(prop: PropSpec) -> PropSpec:
    if isinstance(prop, BarSpec):
        return structs.replace(prop, through=tuple((x, y, -z) for x, y, z in prop.through))
    if isinstance(prop, ChairSpec):
        return structs.replace(prop, at=(prop.at[0], -prop.at[1]), facing=-prop.facing)
    if isinstance(prop, RailSpec):
        return structs.replace(prop, z=-prop.z)
    return structs.replace(prop, z=(-prop.z[1], -prop.z[0]))


def _turned(spec: Any) -> Any:
    if isinstance(spec, PropsSpec):
        return _turned_props(spec)
    if isinstance(spec, bool):
        return spec
    update: dict[str, Any] = {}
    for name in type(spec).__struct_fields__:
        value = getattr(spec, name)
        if name in _TURNS:
            update[name] = -value
        elif isinstance(value, Anchor):
            x, y, z = value.offset
            update[name] = Anchor(swapped(value.joint) if value.joint else None, (x, y, -z))
        elif name in ("stands_on", "rests_on"):
            on, x, z = value
            update[name] = (on, x, -z)
        elif isinstance(value, tuple) and name not in _OWN:
            x, y, z = value
            update[name] = (x, y, -z)
        elif isinstance(value, str):
            update[name] = swapped(value)
    return structs.replace(spec, **update)
