"""What a pose file may hold: the models of `content/poses/*.yaml`.

Points and directions are those of the world (see `vectors`), angles are degrees, lengths are centimetres. A point
may hang on a joint: `[left knee, 8, 5, 0]` is eight right, five up of the left knee.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Discriminator, Field, InstanceOf, Tag

from pdfbuilder.diagnostics import nearest
from pdfbuilder.reading.specs import Spec
from pdfbuilder.reading.values import choice, wrong

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


@dataclass(frozen=True, slots=True)
class Anchor:
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
    if isinstance(value, Anchor):
        return value
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


def _named(names: tuple[str, ...], key: str) -> BeforeValidator:
    return BeforeValidator(lambda value: choice(value, {name: name for name in names}, key))


Offset = Annotated[Triple, BeforeValidator(_triple)]
Direction = Annotated[Triple, BeforeValidator(_direction)]
Point = Annotated[InstanceOf[Anchor], BeforeValidator(_point)]
Limb = Annotated[str, _named(LIMBS, "ghost")]
Angle = Annotated[float, Field(ge=-180, le=180)]
Pair = tuple[float, float]
Span = Annotated[Pair, BeforeValidator(_span)]


class CameraSpec(Spec):
    """From where the picture is seen."""

    azimuth: Angle = Field(description="0 looks from +z, 90 from +x.")
    elevation: float = Field(ge=0, le=90, description="Above the horizon.")


class PelvisSpec(Spec):
    """Where the body is."""

    at: Offset = Field(description="The pelvis' centre.")
    up: Direction = Field(description="From the pelvis to the head.")
    front: Direction = Field(description="Where the belly looks.")
    lean: Angle = Field(0, description="Forward from there.")
    roll: Angle = Field(0, description="To the person's right from there.")
    turn: Angle = Field(0, description="The belly to the person's right from there.")


class SpineSpec(Spec):
    """How the trunk bends over the pelvis."""

    flexion: Offset = Field((0, 0, 0), description="Forward: lower back, chest, neck's root.")
    side_bend: Angle = Field(0, description="To the person's right.")
    twist: Angle = Field(0, description="The chest to the person's right.")


class HeadSpec(Spec):
    """How the head stands on the neck."""

    flexion: Angle = Field(0, description="Chin to chest.")
    side_bend: Angle = Field(0, description="To the person's right.")
    turn: Angle = Field(0, description="To the person's right.")


class FreeLegSpec(Spec):
    """A leg given by its angles."""

    hip: Offset = Field(description="Flexion, abduction, outward rotation.")
    knee: Angle = Field(0, description="Flexion.")
    ankle: Angle = Field(0, description="Dorsiflexion; negative points the toes.")


class PlacedLegSpec(Spec):
    """A leg given by where its ankle is."""

    ankle_at: Point
    knee_towards: Direction = Field(description="Where the knee points, of all the ways to reach the ankle's place.")
    toes_towards: Direction | None = Field(None, description="Left out, as the knee bends and `ankle` says.")
    ankle: Angle = Field(0, description="Dorsiflexion, where toes_towards is left out; negative points the toes.")
    sole_towards: Direction | None = Field(None, description="Where the sole looks; left out, away from the shank.")


class _ArmSpec(Spec):
    shoulder: Offset = Field((0, 0, 0), description="The shoulder's shift: to its side, up, to the front.")
    palm_towards: Direction = Field((0, -1, 0), description="Where the palm looks.")
    fingers_towards: Direction | None = Field(
        None, description="Where the fingers point; left out, on from the forearm."
    )
    curl: float = Field(15, ge=0, le=90, description="How far each joint of the fingers is bent.")


class FreeArmSpec(_ArmSpec):
    """An arm given by its directions."""

    upper_arm: Direction
    forearm: Direction


class PlacedArmSpec(_ArmSpec):
    """An arm given by where its wrist is."""

    wrist_at: Point
    elbow_towards: Direction


class HoldingArmSpec(Spec):
    """An arm whose hand holds a segment of a leg: the palm lies on it and the fingers go round it."""

    shoulder: Offset = Field((0, 0, 0), description="The shoulder's shift: to its side, up, to the front.")
    holds: Annotated[str, _named(HOLDABLE, "holds")]
    at: float = Field(ge=0, le=1, description="How far down the segment.")
    palm_from: Direction = Field(description="On which side of the segment the palm lies.")
    fingers_towards: Direction = Field(description="Where the fingers set out from the palm.")
    elbow_towards: Direction


def _kind_of_leg(value: object) -> str:
    return "placed" if isinstance(value, dict) and "ankle_at" in value else "free"


def _kind_of_arm(value: object) -> str:
    if isinstance(value, dict) and "holds" in value:
        return "holding"
    return "placed" if isinstance(value, dict) and "wrist_at" in value else "free"


LegSpec = Annotated[
    Annotated[FreeLegSpec, Tag("free")] | Annotated[PlacedLegSpec, Tag("placed")], Discriminator(_kind_of_leg)
]
ArmSpec = Annotated[
    Annotated[FreeArmSpec, Tag("free")]
    | Annotated[PlacedArmSpec, Tag("placed")]
    | Annotated[HoldingArmSpec, Tag("holding")],
    Discriminator(_kind_of_arm),
]


class PoseSpec(Spec):
    """A whole pose."""

    pelvis: PelvisSpec
    spine: SpineSpec = SpineSpec()
    head: HeadSpec = HeadSpec()
    right_leg: LegSpec
    left_leg: LegSpec
    right_arm: ArmSpec
    left_arm: ArmSpec


class StartSpec(Spec):
    """What is different where the movement starts; what is left out is as at its end."""

    pelvis: PelvisSpec | None = None
    spine: SpineSpec | None = None
    head: HeadSpec | None = None
    right_leg: LegSpec | None = None
    left_leg: LegSpec | None = None
    right_arm: ArmSpec | None = None
    left_arm: ArmSpec | None = None


class MatSpec(Spec):
    """The mat on the floor."""

    x: Span = Field(description="From, to.")
    z: Span = Field(description="From, to.")


class TableSpec(Spec):
    """A table to hold."""

    x: Span = Field(description="From, to.")
    z: Span = Field(description="From, to.")
    height: float = Field(gt=0, le=100)


class ArrowSpec(Spec):
    """An arrow of the movement."""

    through: Annotated[tuple[InstanceOf[Anchor], ...], BeforeValidator(_curve)] = Field(
        description="The control points of its curve, the tip last: a joint, then right and up in the picture."
    )


class BadgeSpec(Spec):
    """Where the side's letter stands."""

    beside: Annotated[str, BeforeValidator(_joint)]
    offset: Annotated[Pair, BeforeValidator(_pair)] = Field(description="Right and up in the picture.")


class PictureSpec(Spec):
    """A pose file. It is drawn for the right side; the sheet of a left-sided plan prints its mirror image."""

    shows: Literal["right", "neither"] = Field(description="The side that is drawn; neither if both do the same.")
    camera: CameraSpec
    mat: MatSpec
    table: TableSpec | None = None
    end: PoseSpec = Field(description="Where the movement ends: drawn in full.")
    start: StartSpec | None = Field(None, description="Where it starts.")
    ghost: tuple[Limb, ...] = Field((), description="What of the start is drawn dashed.")
    start_above: float | None = Field(
        None, gt=0, le=200, description="Draws the whole start as a picture of its own, this far above the end."
    )
    arrows: tuple[ArrowSpec, ...] = ()
    badge: BadgeSpec | None = Field(None, description="Needed where a side is shown.")
    in_front: tuple[Annotated[tuple[str, str], BeforeValidator(_parts)], ...] = Field(
        (), description="Pairs of parts, the nearer one first, where their depth is too close to tell."
    )
