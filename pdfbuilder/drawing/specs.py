"""What a pose file may hold: the models of `content/poses/*.yaml`.

Points and directions are those of the world (see `vectors`), angles are degrees, lengths are centimetres. A point
may hang on a joint: `[left knee, 8, 5, 0]` is eight right, five up of the left knee.
"""

from typing import Annotated, Literal

from msgspec import Struct

from pdfbuilder.domain.declare import OneOf, Within
from pdfbuilder.drawing.prop_specs import MatSpec, PropsSpec
from pdfbuilder.drawing.values import (
    Angle,
    Curve,
    Direction,
    Holdable,
    Joint,
    Limb,
    NearAndFar,
    Offset,
    OnTop,
    Pair,
    Point,
)


class CameraSpec(Struct, frozen=True, kw_only=True):
    """From where the picture is seen."""

    azimuth: Annotated[Angle, "0 looks from +z, 90 from +x."]
    elevation: Annotated[float, Within(0, 90), "Above the horizon."]


class PelvisSpec(Struct, frozen=True, kw_only=True):
    """Where the body is."""

    at: Annotated[Offset, "The pelvis' centre."]
    above: Annotated[str, "The prop from whose top its height is measured: a chair, a bed."] = "floor"
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


class StandingLegSpec(Struct, frozen=True, kw_only=True):
    """A leg whose foot stands on something."""

    stands_on: Annotated[OnTop, "What, then x and z under the ankle of the flat foot."]
    toes: Annotated[Angle, "How far the toes are turned out from where the pelvis looks."] = 0
    heel_up: Annotated[float, Within(0, 60), "How far the foot is up on its ball, in degrees."] = 0
    toes_up: Annotated[float, Within(0, 30), "How far the foot is up on its heel, in degrees."] = 0
    curl: Annotated[float, Within(0, 60), "How far the toes are bent down at the ball, in degrees."] = 0
    knee_towards: Annotated[Direction | None, "Left out, as the toes point."] = None


class _ArmSpec(Struct, frozen=True, kw_only=True):
    shoulder: Annotated[Offset, "The shoulder's shift: to its side, up, to the front."] = (0, 0, 0)


class _OpenHandSpec(_ArmSpec, frozen=True, kw_only=True):
    palm_towards: Annotated[Direction, "Where the palm looks."] = (0, -1, 0)
    fingers_towards: Annotated[Direction | None, "Where the fingers point; left out, on from the forearm."] = None
    curl: Annotated[float, Within(0, 90), "How far each joint of the fingers is bent."] = 15


class FreeArmSpec(_OpenHandSpec, frozen=True, kw_only=True):
    """An arm given by its directions."""

    upper_arm: Direction
    forearm: Direction


class PlacedArmSpec(_OpenHandSpec, frozen=True, kw_only=True):
    """An arm given by where its wrist is."""

    wrist_at: Point
    elbow_towards: Direction


class HoldingArmSpec(_ArmSpec, frozen=True, kw_only=True):
    """An arm whose hand holds a segment of a leg: the palm lies on it and the fingers go round it."""

    holds: Holdable
    at: Annotated[float, Within(0, 1), "How far down the segment."]
    palm_from: Annotated[Direction, "On which side of the segment the palm lies."]
    fingers_towards: Annotated[Direction, "Where the fingers set out from the palm."]
    elbow_towards: Direction


class GrippingArmSpec(_ArmSpec, frozen=True, kw_only=True):
    """An arm whose hand grips a bar: a stick, a band, a rail."""

    grips: Annotated[str, "The prop's name."]
    at: Annotated[float, Within(0, 1), "How far from its first end to its last."]
    palm_from: Annotated[Direction, "On which side of the bar the palm lies."]
    elbow_towards: Direction


class RestingArmSpec(_ArmSpec, frozen=True, kw_only=True):
    """An arm whose hand lies flat on something."""

    rests_on: Annotated[OnTop, "What, then x and z under the wrist."]
    elbow_towards: Direction
    fingers_towards: Direction
    curl: Annotated[float, Within(0, 90), "How far each joint of the fingers is bent."] = 4


ArmSpecs = FreeArmSpec | PlacedArmSpec | HoldingArmSpec | GrippingArmSpec | RestingArmSpec


def _kind_of_leg(value: object) -> type[FreeLegSpec | PlacedLegSpec | StandingLegSpec]:
    if isinstance(value, dict) and "stands_on" in value:
        return StandingLegSpec
    return PlacedLegSpec if isinstance(value, dict) and "ankle_at" in value else FreeLegSpec


def _kind_of_arm(value: object) -> type[ArmSpecs]:
    kinds: dict[str, type[ArmSpecs]] = {
        "holds": HoldingArmSpec, "grips": GrippingArmSpec, "rests_on": RestingArmSpec, "wrist_at": PlacedArmSpec,
    }  # fmt: skip
    given = value if isinstance(value, dict) else {}
    return next((kind for key, kind in kinds.items() if key in given), FreeArmSpec)


LegSpec = Annotated[FreeLegSpec | PlacedLegSpec | StandingLegSpec, OneOf(_kind_of_leg)]
ArmSpec = Annotated[ArmSpecs, OneOf(_kind_of_arm)]


class PoseSpec(Struct, frozen=True, kw_only=True):
    """A whole pose, with the things around it: what it stands on, leans on and holds."""

    props: PropsSpec = PropsSpec()
    shoes: Annotated[bool, "Whether the feet are in shoes; left out, they are bare."] = False
    pelvis: PelvisSpec
    spine: SpineSpec = SpineSpec()
    head: HeadSpec = HeadSpec()
    right_leg: LegSpec
    left_leg: LegSpec
    right_arm: ArmSpec
    left_arm: ArmSpec


class StartSpec(Struct, frozen=True, kw_only=True):
    """What is different where the movement starts; what is left out is as at its end."""

    props: Annotated[PropsSpec | None, "Those that are elsewhere."] = None
    pelvis: PelvisSpec | None = None
    spine: SpineSpec | None = None
    head: HeadSpec | None = None
    right_leg: LegSpec | None = None
    left_leg: LegSpec | None = None
    right_arm: ArmSpec | None = None
    left_arm: ArmSpec | None = None


class RingSpec(Struct, frozen=True, kw_only=True):
    """The way of an arrow that goes round."""

    around: Joint
    offset: Annotated[Pair, "Its middle, from the joint: right and up in the picture."] = (0, 0)
    radii: Annotated[Pair, "Half its width, half its height."]
    turn: Annotated[Pair, "From, to, in degrees: 0 is right, 90 up."]


class ArrowSpec(Struct, frozen=True, kw_only=True):
    """An arrow of the movement: along a curve, or round."""

    through: Annotated[
        Curve | None,
        "The control points of its curve, the tip last: a joint, then right and up in the picture.",
    ] = None
    ring: RingSpec | None = None


class LensSpec(Struct, frozen=True, kw_only=True):
    """A round, magnified view of something small: a heel that lifts, a chin; of two frames each has one."""

    around: Joint
    shift: Annotated[Pair, "The middle of what is magnified, from the joint: right and up in the picture."] = (0, 0)
    radius: Annotated[float, Within(5, 60), "Of what is magnified."]
    zoom: Annotated[float, Within(1.2, 4)]
    offset: Annotated[Pair, "The middle of the view, from the joint: right and up in the picture."]


class BadgeSpec(Struct, frozen=True, kw_only=True):
    """Where the side's letter stands."""

    beside: Joint
    offset: Annotated[Pair | None, "Right and up in the picture; left out, the nearest free place."] = None


class PictureSpec(Struct, frozen=True, kw_only=True):
    """A pose file. It is drawn for the right side; the sheet of a left-sided plan prints its mirror image."""

    shows: Annotated[Literal["right", "neither"], "The side that is drawn; neither if both do the same."]
    affects: Annotated[
        Literal["leg", "arm", "side"], "The limb of that side that stands out; side if it is only where something goes."
    ] = "leg"
    camera: CameraSpec
    mat: MatSpec | None = None
    end: Annotated[PoseSpec, "Where the movement ends: drawn in full."]
    start: Annotated[StartSpec | None, "Where it starts."] = None
    ghost: Annotated[tuple[Limb, ...], "What of the start is drawn dashed."] = ()
    start_above: Annotated[
        float | None, Within(1, 200), "Draws the whole start as a picture of its own, this far above the end."
    ] = None
    start_beside: Annotated[
        float | None, Within(20, 250), "The same, so far to the left of the end; both stay in this order when mirrored."
    ] = None
    arrows: tuple[ArrowSpec, ...] = ()
    lens: LensSpec | None = None
    badge: Annotated[BadgeSpec | None, "Needed where a side is shown."] = None
    in_front: Annotated[
        tuple[NearAndFar, ...],
        "Pairs of parts, the nearer one first, where their depth is too close to tell.",
    ] = ()

    @property
    def has_two_frames(self) -> bool:
        """Whether the start is a picture of its own."""
        return self.start_above is not None or self.start_beside is not None
