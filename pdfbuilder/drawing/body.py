"""The figure's measures: an adult of about 170 cm. All in centimetres.

A profile lists, from a limb's upper joint to its lower one, the share of the way, the radius there, and how far
the flesh lies behind the bone (the calf, the back of the thigh).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

THIGH: Final = 42.0
SHANK: Final = 40.0
UPPER_ARM: Final = 29.0
FOREARM: Final = 25.0

#: From the body's middle to a hip joint, and how far the joint lies below the pelvis' centre.
HIP_ASIDE: Final = 9.0
HIP_BELOW: Final = 3.0
#: From the body's middle to a shoulder joint, and how far the joint lies below the neck's root.
SHOULDER_ASIDE: Final = 16.5
SHOULDER_BELOW: Final = 5.5

#: The spine, from the pelvis' centre up.
PELVIS_TO_WAIST: Final = 10.5
WAIST_TO_CHEST: Final = 17.0
CHEST_TO_NECK: Final = 19.0
NECK: Final = 8.0
#: From the neck's top to the head's centre: along the head's own up and front.
HEAD_UP: Final = 8.5
HEAD_FRONT: Final = 2.0

#: The foot, from the ankle: down (along the sole's direction) and forward (along the toes').
HEEL: Final = (4.0, -4.6)
BALL: Final = (5.0, 11.0)
TOE: Final = (5.5, 16.5)
#: How far above the floor the ankle of a flat foot is.
ANKLE_HEIGHT: Final = 7.3
#: The two balls and the five toes, the big one's first: forward, towards the inner edge, radius.
BALLS: Final = ((11.2, 2.3, 2.2), (9.6, -2.7, 2.0))
TOES: Final = ((16.9, 2.3, 1.5), (16.5, 0.5, 1.25), (15.4, -1.0, 1.2), (14.2, -2.2, 1.15), (12.8, -3.3, 1.1))

#: A shoe: its spheres forward, towards the inner edge, radius; all stand on the sole. The rim of its sole, forward and
#: aside, and how far it is below the ankle.
SHOE: Final = (
    (-4.4, 0, 3.8), (3.0, 0, 3.4), (10.8, 2.2, 2.9), (9.6, -2.7, 2.8), (16.2, 1.6, 2.5), (14.2, -2.0, 2.4),
)  # fmt: skip
SHOE_SOLE: Final = ((-8.0, 0), (-5.6, 3.2), (3.0, 3.0), (9.8, 4.6), (15.2, 3.6), (18.2, 1.0))
SOLE_BELOW: Final = 5.5

Profile = tuple[tuple[float, float, float], ...]

THIGH_PROFILE: Final[Profile] = (
    (0, 9.4, 0), (0.2, 9.1, 0.2), (0.5, 7.9, 0.6), (0.8, 6.2, 0.3), (0.92, 5.6, 0.1), (1, 5.6, 0),
)  # fmt: skip
SHANK_PROFILE: Final[Profile] = (
    (0, 5.5, 0), (0.12, 5.0, 0.5), (0.3, 5.4, 1.5), (0.52, 4.6, 1.2), (0.8, 3.3, 0.3), (1, 3.0, 0),
)  # fmt: skip
UPPER_ARM_PROFILE: Final[Profile] = ((0, 5.0, 0), (0.3, 4.8, 0), (0.65, 4.2, 0), (1, 3.7, 0))
FOREARM_PROFILE: Final[Profile] = ((0, 3.7, 0), (0.25, 3.8, 0), (0.6, 3.1, 0), (1, 2.4, 0))
SLEEVE_PROFILE: Final[Profile] = ((0, 5.9, 0), (0.4, 5.7, 0), (1, 5.3, 0))
SHORTS_PROFILE: Final[Profile] = ((0, 9.9, 0), (0.5, 9.8, 0), (1, 9.3, 0))
#: How much of the upper arm the sleeve covers, and of the thigh the shorts.
SLEEVE: Final = 0.44
SHORTS: Final = 0.3
#: The kneecap: how far before the knee, and its radius.
KNEECAP: Final = (2.6, 3.6)


def radius_at(profile: Profile, share: float) -> float:
    """A limb's radius at a share of the way down it, between the profile's entries."""
    for (before, radius, _), (after, next_radius, _) in pairwise(profile):
        if share <= after:
            return radius + (next_radius - radius) * (share - before) / (after - before)
    return profile[-1][1]
