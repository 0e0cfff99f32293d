"""What a pose file may hold: the models of `content/poses/*.yaml`.

Points and directions are those of the world (see `vectors`), angles are degrees, lengths are centimetres. A point
may hang on a joint: `[left knee, 8, 5, 0]` is eight right, five up of the left knee.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

from msgspec import Struct

from pdfbuilder.diagnostics import nearest
from pdfbuilder.domain.declare import OneOf, Value, Within, wrong
from pdfbuilder.yamlfile.values import choice

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
            "thigh", "shank", "foot", "sleeve", "upper arm", "forearm", "palm", "fingers", "fingertips", "thumb",
        )
    ),
)  # fmt: skip
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


def _joint(value: object) -> str:
    if isinstance(value, str) and value in JOINTS:
        return value
    near = nearest(value, JOINTS) if isinstance(value, str) else ""
    raise wrong("joint", "the name of a joint", value, near or f"known: {', '.join(JOINTS)}")


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
        first, second = (choice(each, {name: name for name in PARTS}, "in_front") for each in value)
        return first, second
    raise wrong("parts", "two parts of the body", value, "write them like [right thigh, torso]: the nearer one first")


def _value(parse: Callable[[object], Any]) -> Value:
    return Value(parse, {})  # no editor is told about pose files


def _named(names: tuple[str, ...], key: str) -> Value:
    return _value(lambda value: choice(value, {name: name for name in names}, key))


Offset = Annotated[Triple, _value(_triple)]
Direction = Annotated[Triple, _value(_direction)]
Point = Annotated[Anchor, _value(_point)]
Curve = Annotated[tuple[Anchor, ...], _value(_curve)]
Limb = Annotated[str, _named(LIMBS, "ghost")]
Joint = Annotated[str, _value(_joint)]
NearAndFar = Annotated[tuple[str, str], _value(_parts)]
Angle = Annotated[float, Within(-180, 180)]
Pair = Annotated[tuple[float, float], _value(_pair)]
Span = Annotated[tuple[float, float], _value(_span)]


class CameraSpec(Struct, frozen=True, kw_only=True):
    """From where the picture is seen."""

    azimuth: Annotated[Angle, "0 looks from +z, 90 from +x."]
    elevation: Annotated[float, Within(0, 90), "Above the horizon."]


class PelvisSpec(Struct, frozen=True, kw_only=True):
    """Where the body is."""

    at: Annotated[Offset, "The pelvis' centre."]
    up: Annotated[Direction, "From the pelvis to the head."]
    front: Annotated[Direction, "Where the belly looks."]
    lean: Annotated[Angle, "Forward from there."] = 0
    roll: Annotated[Angle, "To the person's right from there."] = 0
    turn: Annotated[Angle, "The belly to the person's right from there."] = 0


class SpineSpec(Struct, frozen=True, kw_only=True):
    """How the trunk bends over the pelvis."""

    flexion: Annotated[Offset, "Forward: lower back, chest, neck's root."] = (0, 0, 0)
    side_bend: Annotated[Angle, "To the person's right."] = 0
    twist: Annotated[Angle, "The chest to the person's right."] = 0


class HeadSpec(Struct, frozen=True, kw_only=True):
    """How the head stands on the neck."""

    flexion: Annotated[Angle, "Chin to chest."] = 0
    side_bend: Annotated[Angle, "To the person's right."] = 0
    turn: Annotated[Angle, "To the person's right."] = 0


class FreeLegSpec(Struct, frozen=True, kw_only=True):
    """A leg given by its angles."""

    hip: Annotated[Offset, "Flexion, abduction, outward rotation."]
    knee: Annotated[Angle, "Flexion."] = 0
    ankle: Annotated[Angle, "Dorsiflexion; negative points the toes."] = 0


class PlacedLegSpec(Struct, frozen=True, kw_only=True):
    """A leg given by where its ankle is."""

    ankle_at: Point
    knee_towards: Annotated[Direction, "Where the knee points, of all the ways to reach the ankle's place."]
    toes_towards: Annotated[Direction | None, "Left out, as the knee bends and `ankle` says."] = None
    ankle: Annotated[Angle, "Dorsiflexion, where toes_towards is left out; negative points the toes."] = 0
    sole_towards: Annotated[Direction | None, "Where the sole looks; left out, away from the shank."] = None


class _ArmSpec(Struct, frozen=True, kw_only=True):
    shoulder: Annotated[Offset, "The shoulder's shift: to its side, up, to the front."] = (0, 0, 0)
    palm_towards: Annotated[Direction, "Where the palm looks."] = (0, -1, 0)
    fingers_towards: Annotated[Direction | None, "Where the fingers point; left out, on from the forearm."] = None
    curl: Annotated[float, Within(0, 90), "How far each joint of the fingers is bent."] = 15


class FreeArmSpec(_ArmSpec, frozen=True, kw_only=True):
    """An arm given by its directions."""

    upper_arm: Direction
    forearm: Direction


class PlacedArmSpec(_ArmSpec, frozen=True, kw_only=True):
    """An arm given by where its wrist is."""

    wrist_at: Point
    elbow_towards: Direction


class HoldingArmSpec(Struct, frozen=True, kw_only=True):
    """An arm whose hand holds a segment of a leg: the palm lies on it and the fingers go round it."""

    shoulder: Annotated[Offset, "The shoulder's shift: to its side, up, to the front."] = (0, 0, 0)
    holds: Annotated[str, _named(HOLDABLE, "holds")]
    at: Annotated[float, Within(0, 1), "How far down the segment."]
    palm_from: Annotated[Direction, "On which side of the segment the palm lies."]
    fingers_towards: Annotated[Direction, "Where the fingers set out from the palm."]
    elbow_towards: Direction


def _kind_of_leg(value: object) -> type[FreeLegSpec | PlacedLegSpec]:
    return PlacedLegSpec if isinstance(value, dict) and "ankle_at" in value else FreeLegSpec


def _kind_of_arm(value: object) -> type[FreeArmSpec | PlacedArmSpec | HoldingArmSpec]:
    if isinstance(value, dict) and "holds" in value:
        return HoldingArmSpec
    return PlacedArmSpec if isinstance(value, dict) and "wrist_at" in value else FreeArmSpec


LegSpec = Annotated[FreeLegSpec | PlacedLegSpec, OneOf(_kind_of_leg)]
ArmSpec = Annotated[FreeArmSpec | PlacedArmSpec | HoldingArmSpec, OneOf(_kind_of_arm)]


class PoseSpec(Struct, frozen=True, kw_only=True):
    """A whole pose."""

    pelvis: PelvisSpec
    spine: SpineSpec = SpineSpec()
    head: HeadSpec = HeadSpec()
    right_leg: LegSpec
    left_leg: LegSpec
    right_arm: ArmSpec
    left_arm: ArmSpec


class StartSpec(Struct, frozen=True, kw_only=True):
    """What is different where the movement starts; what is left out is as at its end."""

    pelvis: PelvisSpec | None = None
    spine: SpineSpec | None = None
    head: HeadSpec | None = None
    right_leg: LegSpec | None = None
    left_leg: LegSpec | None = None
    right_arm: ArmSpec | None = None
    left_arm: ArmSpec | None = None


class MatSpec(Struct, frozen=True, kw_only=True):
    """The mat on the floor."""

    x: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]


class TableSpec(Struct, frozen=True, kw_only=True):
    """A table to hold."""

    x: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]
    height: Annotated[float, Within(1, 100)]


class ArrowSpec(Struct, frozen=True, kw_only=True):
    """An arrow of the movement."""

    through: Annotated[
        Curve,
        "The control points of its curve, the tip last: a joint, then right and up in the picture.",
    ]


class BadgeSpec(Struct, frozen=True, kw_only=True):
    """Where the side's letter stands."""

    beside: Joint
    offset: Annotated[Pair, "Right and up in the picture."]


class PictureSpec(Struct, frozen=True, kw_only=True):
    """A pose file. It is drawn for the right side; the sheet of a left-sided plan prints its mirror image."""

    shows: Annotated[Literal["right", "neither"], "The side that is drawn; neither if both do the same."]
    camera: CameraSpec
    mat: MatSpec
    table: TableSpec | None = None
    end: Annotated[PoseSpec, "Where the movement ends: drawn in full."]
    start: Annotated[StartSpec | None, "Where it starts."] = None
    ghost: Annotated[tuple[Limb, ...], "What of the start is drawn dashed."] = ()
    start_above: Annotated[
        float | None, Within(1, 200), "Draws the whole start as a picture of its own, this far above the end."
    ] = None
    arrows: tuple[ArrowSpec, ...] = ()
    badge: Annotated[BadgeSpec | None, "Needed where a side is shown."] = None
    in_front: Annotated[
        tuple[NearAndFar, ...],
        "Pairs of parts, the nearer one first, where their depth is too close to tell.",
    ] = ()
