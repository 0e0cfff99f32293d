"""Hands: flat or curled ones, and hands that hold a limb. Points in the world, in centimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Final

from pdfbuilder.drawing.vectors import Vector, cosine, cross, length, perpendicular, rotated, sine, unit

#: Along the hand, from the palm's centre: back to the wrist, and on to the knuckles.
_TO_WRIST: Final = 5.0
_TO_KNUCKLES: Final = 3.8
#: The two lengths of the fingers: to their middle joint, and on to the tip.
_FINGER: Final = (4.2, 3.9)
#: Half of the palm's thickness: so far does its centre stand off what it lies on.
_PALM_HALF: Final = 1.4
#: And of the fingers.
_FINGER_HALF: Final = 0.95


@dataclass(frozen=True)
class Hand:
    """The points of a hand.

    Attributes:
        wrist, palm, knuckles, middle, tips: along the middle of the hand.
        across: the unit direction across the hand, to the thumb's side.
        thumb_root, thumb_joint, thumb_tip: the thumb.
    """

    wrist: Vector
    palm: Vector
    knuckles: Vector
    middle: Vector
    tips: Vector
    across: Vector
    thumb_root: Vector
    thumb_joint: Vector
    thumb_tip: Vector

    def moved(self, by: Vector) -> Hand:
        """The same hand elsewhere."""
        moved = {each.name: getattr(self, each.name) + by for each in fields(self) if each.name != "across"}
        return Hand(across=self.across, **moved)


def open_hand(wrist: Vector, along: Vector, palm_towards: Vector, sign: int, curl: float) -> Hand:
    """A hand that holds nothing.

    Args:
        wrist: where it begins.
        along: unit direction from the wrist to the knuckles.
        palm_towards: where the palm looks, roughly.
        sign: 1 for a right hand, -1 for a left one.
        curl: how far each joint of the fingers is bent, in degrees.
    """
    inward = perpendicular(palm_towards, along)
    hinge = cross(along, inward)
    across = hinge * sign
    palm = wrist + along * _TO_WRIST
    knuckles = palm + along * _TO_KNUCKLES
    first = rotated(along, hinge, curl)
    second = rotated(along, hinge, 2.2 * curl)
    middle = knuckles + first * _FINGER[0]
    thumb_root = wrist + along * 2.6 + across * 1.8
    thumb_joint = thumb_root + unit(along * 0.9 + across * 0.5 + inward * 0.3) * 3.5
    thumb_tip = thumb_joint + unit(along + across * 0.02 + inward * 0.15) * 3.0
    tips = middle + second * _FINGER[1]
    return Hand(wrist, palm, knuckles, middle, tips, across, thumb_root, thumb_joint, thumb_tip)


def holding_hand(centre: Vector, axis: Vector, radius: float, palm_from: Vector, fingers: Vector, sign: int) -> Hand:
    """A hand whose palm lies on a limb and whose fingers go round it.

    Args:
        centre: the point of the limb's axis that the palm lies beside.
        axis: the limb's unit direction.
        radius: the limb's radius there.
        palm_from: on which side of the limb the palm lies, roughly.
        fingers: where the fingers set out from the palm, roughly.
        sign: 1 for a right hand, -1 for a left one.
    """
    outward = perpendicular(palm_from, axis)
    along = perpendicular(fingers, outward)
    across = cross(along, -outward) * sign
    # Fingers that set out slantwise go round in a wider curve.
    slant = max(0.05, length(cross(axis, along)))
    bend = radius / (slant * slant)

    def on_curve(distance: float, stand_off: float) -> Vector:
        angle = math.degrees(distance / (bend + stand_off))
        hub = centre + outward * (radius - bend)
        return hub + (outward * cosine(angle) + along * sine(angle)) * (bend + stand_off)

    palm = centre + outward * (radius + _PALM_HALF)
    wrist = palm - along * _TO_WRIST + outward * 1.2
    knuckles = on_curve(_TO_KNUCKLES, _PALM_HALF)
    middle = on_curve(_TO_KNUCKLES + _FINGER[0], _FINGER_HALF)
    tips = on_curve(_TO_KNUCKLES + sum(_FINGER), _FINGER_HALF)
    thumb_root = palm - along * 2.2 + across * 2.2
    thumb_joint = thumb_root + unit(across * 0.9 + along * 0.5 - outward * 0.25) * 3.6
    thumb_tip = thumb_joint + unit(across * 0.45 + along * 0.75 - outward * 0.5) * 3.2
    return Hand(wrist, palm, knuckles, middle, tips, across, thumb_root, thumb_joint, thumb_tip)
