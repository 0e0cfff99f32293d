"""The values of pose files: points, directions, angles, and the names of joints, limbs and parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from msgspec import Struct

from pdfbuilder.diagnostics import nearest
from pdfbuilder.domain.declare import Value, Within, wrong

Triple = tuple[float, float, float]

_SIDED: Final = ("hip", "knee", "ankle", "heel", "toes", "shoulder", "elbow", "wrist", "hand")
#: The joints that a point can hang on.
JOINTS: Final = (
    "pelvis", "waist", "chest", "neck", "head",
    *(f"{side} {joint}" for side in ("right", "left") for joint in _SIDED),
)  # fmt: skip
#: What a picture paints as a whole.
LIMBS: Final = ("right leg", "left leg", "right arm", "left arm", "trunk")
#: The parts of a figure that can hide each other.
PARTS: Final = (
    "torso", "pelvis", "neck", "head",
    *(
        f"{side} {part}"
        for side in ("right", "left")
        for part in (
            "shorts", "thigh", "shank", "foot", "sleeve", "upper arm", "forearm", "palm", "fingers", "fingertips",
            "thumb",
        )
    ),
)  # fmt: skip
#: What the name of each part of a prop begins with.
PROP: Final = "prop "
#: The segments that a hand can hold.
HOLDABLE: Final = ("right thigh", "right shank", "left thigh", "left shank")


class Anchor(Struct, frozen=True):
    """A point that may hang on a joint.

    Attributes:
        joint: one of `JOINTS`, or None for the origin.
        offset: from there; three numbers of the world, or two of the picture (right, up).
        at_start: whether the joint is that of the start pose.
    """

    joint: str | None
    offset: tuple[float, ...]
    at_start: bool = False


def _numbers(value: object, count: int) -> tuple[float, ...] | None:
    if not isinstance(value, tuple) or len(value) != count:
        return None
    found = tuple(float(each) for each in value if isinstance(each, int | float) and not isinstance(each, bool))
    return found if len(found) == count else None


def _triple(value: object) -> tuple[float, ...]:
    if found := _numbers(value, 3):
        return found
    raise wrong("triple", "three numbers", value, "write them like [0, 1, 0]")


def _pair(value: object) -> tuple[float, ...]:
    if found := _numbers(value, 2):
        return found
    raise wrong("pair", "two numbers", value, "write them like [-30, 30]")


def _span(value: object) -> tuple[float, ...]:
    found = _pair(value)
    if found[0] < found[1]:
        return found
    raise wrong("span", "the smaller number first", value, "write them like [-30, 30]")


def _direction(value: object) -> tuple[float, ...]:
    found = _triple(value)
    if not any(found):
        raise wrong("direction", "a direction, not all zero", value, "write it like [0, 1, 0]: x, y, z")
    return found


def _named(kind: str, names: tuple[str, ...], value: object) -> str:
    if isinstance(value, str) and value in names:
        return value
    near = ""
    if isinstance(value, str):
        # A side is not suggested to who has written none.
        near = nearest(value, [name for name in names if " " in value or " " not in name])
    raise wrong(kind, f"the name of a {kind}", value, near or f"known: {', '.join(names)}")


def _joint(value: object) -> str:
    return _named("joint", JOINTS, value)


def _point(value: object) -> Anchor:
    """`[x, y, z]`, `[right knee, x, y, z]` or `right knee`."""
    if found := _numbers(value, 3):
        return Anchor(None, found)
    if isinstance(value, str):
        return Anchor(_joint(value), (0.0, 0.0, 0.0))
    if isinstance(value, tuple) and len(value) == 4 and (offset := _numbers(value[1:], 3)):
        return Anchor(_joint(value[0]), offset)
    raise wrong("point", "a point", value, "write it like [0, 10, 0] or [right knee, 0, 10, 0]")


_AT_START: Final = "start "


def _picture_point(value: object) -> Anchor:
    """`[right knee, right, up]`, or `[start right knee, right, up]`."""
    if isinstance(value, tuple) and len(value) == 3 and isinstance(value[0], str):
        offset = _numbers(value[1:], 2)
        if offset:
            joint = value[0]
            return Anchor(_joint(joint.removeprefix(_AT_START)), offset, joint.startswith(_AT_START))
    raise wrong("picture-point", "a joint and two numbers", value, "write it like [right knee, 0, 10]: right, up")


def _curve(value: object) -> tuple[Anchor, ...]:
    if isinstance(value, tuple) and 2 <= len(value) <= 4:
        return tuple(_picture_point(each) for each in value)
    got = len(value) if isinstance(value, tuple) else value
    raise wrong("curve", "two to four points", got, "write [[right knee, 0, 10], [right knee, 0, 30]]: tail, tip")


def _parts(value: object) -> tuple[str, str]:
    if isinstance(value, tuple) and len(value) == 2:
        first, second = (_named("part", PARTS, each) for each in value)
        return first, second
    raise wrong("parts", "two parts of the body", value, "write them like [right thigh, torso]: the nearer one first")


def _on_top(value: object) -> tuple[str, float, float]:
    """`[floor, x, z]`, or a prop instead of the floor."""
    if isinstance(value, tuple) and len(value) == 3 and isinstance(value[0], str) and (at := _numbers(value[1:], 2)):
        return value[0], at[0], at[1]
    raise wrong("on-top", "a prop and two numbers", value, "write it like [floor, 0, 10]: x, z")


def _way(value: object) -> tuple[tuple[float, ...], ...]:
    if isinstance(value, tuple) and len(value) >= 2:
        return tuple(_triple(each) for each in value)
    raise wrong("way", "two or more points", value, "write them like [[0, 90, 0], [40, 90, 0]]")


def _value(parse: Callable[[object], Any]) -> Value:
    return Value(parse, {})  # no editor is told about pose files


Offset = Annotated[Triple, _value(_triple)]
Direction = Annotated[Triple, _value(_direction)]
Point = Annotated[Anchor, _value(_point)]
Curve = Annotated[tuple[Anchor, ...], _value(_curve)]
Limb = Annotated[str, _value(lambda value: _named("limb", LIMBS, value))]
Joint = Annotated[str, _value(_joint)]
NearAndFar = Annotated[tuple[str, str], _value(_parts)]
Angle = Annotated[float, Within(-180, 180)]
Pair = Annotated[tuple[float, float], _value(_pair)]
Span = Annotated[tuple[float, float], _value(_span)]
OnTop = Annotated[tuple[str, float, float], _value(_on_top)]
Way = Annotated[tuple[Triple, ...], _value(_way)]
Holdable = Annotated[str, _value(lambda value: _named("segment", HOLDABLE, value))]
