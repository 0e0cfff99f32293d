"""Legs and arms as parts of the body."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pdfbuilder.drawing import body, plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.hands import Hand
from pdfbuilder.drawing.parts import Part, Sphere, along_bone, circle, discs, part, sweep, swept
from pdfbuilder.drawing.skeleton import Arm, Leg
from pdfbuilder.drawing.vectors import Vector, cross, decisive, dot, length, unit, vector

#: Where a limb comes out of a sleeve or of the shorts it is this much narrower than the opening, and a little inside.
_SLACK: Final = {"arm": 0.9, "leg": 0.3}
_INSIDE: Final = 0.02
#: A foot or a shank turned less than this (the sine of the angle) does not say where a limb's back is.
_LEAST_TURN: Final = 0.1
#: A knee bent less than this (the length of the difference of two unit vectors) has no bump.
_BENT_KNEE: Final = 0.3
#: How much a kneecap or the flat of a foot must look at the camera (the cosine) to have lines.
_KNEE_SEEN: Final = 0.45
_TOES_SEEN: Final = 0.3
#: The arc below a kneecap: how far aside, and how far down the shank there.
_KNEE_ARC: Final = ((-2.6, 2.3), (-1.3, 3.1), (0.0, 3.4), (1.3, 3.1), (2.6, 2.3))
#: The toes begin this far behind their tips; hollows of the rest of the foot narrower than twice 3 cm are filled.
_TOE_LENGTH: Final = 2.4
_FOOT_HOLLOW: Final = 3.0
#: The fingers from the first to the little one: how far across the hand, and how long for the longest.
_FINGERS: Final = ((2.7, 0.93), (0.9, 1.0), (-0.95, 0.93), (-2.6, 0.76))
#: Seen more from its edge than this share of its breadth, a hand has no lines between its fingers.
_LEAST_BREADTH: Final = 0.55


def leg_parts(name: str, leg: Leg, camera: Camera) -> list[Part]:
    """The shorts' leg, thigh, shank and foot of the leg called `name`, `right` or `left`."""
    paint, bone = f"{name} leg", (leg.hip, leg.knee)
    foot, inner = f"{name} foot", 1 if name == "right" else -1
    thigh, shank = unit(leg.knee - leg.hip), unit(leg.ankle - leg.knee)
    calf = _behind(leg.toes_towards, shank)
    hamstring = _behind(-shank, thigh)
    radius = body.radius_at(body.THIGH_PROFILE, body.SHORTS) - _SLACK["leg"]
    bare = along_bone(leg.hip, leg.knee, body.THIGH_PROFILE, hamstring)
    return [
        _clothing(f"{name} shorts", "shorts", bone, body.SHORTS, body.SHORTS_PROFILE, camera),
        _bare(f"{name} thigh", paint, bone, (body.SHORTS - _INSIDE, radius), bare, camera),
        _shank(f"{name} shank", paint, leg, along_bone(leg.knee, leg.ankle, body.SHANK_PROFILE, calf), camera),
        _shoe(foot, leg, inner, camera) if leg.is_shod else _foot(foot, paint, leg, inner, camera),
    ]


def _behind(forward: Vector, axis: Vector) -> Vector:
    """The direction behind a limb, across its axis; none where `forward` runs along the limb."""
    across = forward - axis * dot(forward, axis)
    return -unit(across) if decisive(length(across)) > _LEAST_TURN else vector((0, 0, 0))


def _shank(name: str, paint: str, leg: Leg, spheres: list[Sphere], camera: Camera) -> Part:
    """The shank, with the kneecap's bump before a bent knee, and an arc below it where it looks at the camera."""
    thigh, shank = unit(leg.knee - leg.hip), unit(leg.ankle - leg.knee)
    if decisive(length(thigh - shank)) < _BENT_KNEE:
        return swept(name, paint, spheres, camera)
    front = unit(thigh - shank)
    ahead, radius = body.KNEECAP
    cap = leg.knee + front * ahead
    bump = plane.hull(discs([(cap, radius), spheres[0], spheres[3]], camera))
    strokes = []
    if camera.sees(front, _KNEE_SEEN):
        across = cross(front, shank)
        arc = [cap + front * 2.4 + across * aside + shank * down for aside, down in _KNEE_ARC]
        strokes.append(plane.line([camera.project(each) for each in arc]))
    return part(name, paint, plane.union([sweep(spheres, camera), bump]), spheres, camera, strokes)


def _foot(name: str, paint: str, leg: Leg, inner: int, camera: Camera) -> Part:
    """A bare foot: ankle, heel, arch, instep, both balls, and five toes.

    `inner` is 1 for a right foot, as what is `aside` in `Leg.foot_point` is at its inner edge, and -1 for a left one.
    """

    def toe(ahead: float, aside: float, radius: float) -> Sphere:
        return leg.foot_point((body.TOE[0], ahead), aside * inner), radius

    def area(*spheres: Sphere) -> plane.Area:
        return plane.hull(discs(spheres, camera))

    ankle, heel = (leg.ankle, 3.1), (leg.heel, 3.3)
    instep, arch = (leg.foot_point((2.0, 4.0)), 3.1), (leg.foot_point((4.4, 5.0), -2.0 * inner), 2.5)
    balls = [(leg.foot_point((body.BALL[0], ahead), aside * inner), radius) for ahead, aside, radius in body.BALLS]
    roots = [toe(ahead - _TOE_LENGTH, aside, radius) for ahead, aside, radius in body.TOES]
    tips = [toe(*each) for each in body.TOES]
    sole = plane.union(
        [
            area(ankle, heel, arch),
            area(ankle, heel, instep),
            area(heel, arch, balls[1]),
            area(instep, *balls),
            area(*balls, *roots),
        ]
    )
    toes = [area(root, tip) for root, tip in zip(roots, tips, strict=True)]
    outline = plane.union([plane.without_notches(sole, _FOOT_HOLLOW), *toes])
    edges = [heel, arch, balls[1], tips[4], tips[2], tips[0], balls[0], instep]
    return part(name, paint, outline, [ankle, *edges], camera, _between_toes(leg, inner, camera))


def _shoe(name: str, leg: Leg, inner: int, camera: Camera) -> Part:
    """A low shoe over a foot: heel, vamp, toe cap, and the upper edge of its sole."""
    heel, vamp, *front = (
        (leg.foot_point((body.ANKLE_HEIGHT - radius, ahead), aside * inner), radius)
        for ahead, aside, radius in body.SHOE
    )
    counter, tongue = (leg.foot_point((0.4, -3.6)), 3.5), (leg.foot_point((1.0, 2.6)), 3.5)
    balls, cap = front[:2], front[2:]
    shells = ([heel, counter], [counter, tongue, heel, vamp], [tongue, vamp, heel, *balls], [*balls, *cap])
    outline = plane.union(plane.hull(discs(shell, camera)) for shell in shells)
    near = 1 if camera.sees(cross(leg.toes_towards, leg.sole_towards)) else -1
    rim = [leg.foot_point((body.SOLE_BELOW, ahead), aside * near) for ahead, aside in body.SHOE_SOLE]
    sole = plane.line([camera.project(each) for each in rim])
    return part(name, "shoes", outline, [counter, heel, *balls, *cap, vamp, tongue], camera, [sole])


def _between_toes(leg: Leg, inner: int, camera: Camera) -> list[plane.Line]:
    """Lines between the toes, where the back of the foot or its sole looks at the camera."""
    facing = decisive(camera.depth(leg.sole_towards))
    if abs(facing) <= _TOES_SEEN:
        return []
    level = body.TOE[0] + (1.3 if facing > 0 else -1.3)
    found = []
    for first, second in pairwise(body.TOES):
        ahead, aside = (first[0] + second[0]) / 2, (first[1] + second[1]) / 2
        ends = [leg.foot_point((level, ahead + end), aside * inner) for end in (-2.8, 1.2)]
        found.append(plane.line([camera.project(each) for each in ends]))
    return found


def arm_parts(name: str, arm: Arm, camera: Camera) -> list[Part]:
    """Sleeve, upper arm, forearm and hand of the arm called `name`, `right` or `left`."""
    paint, bone = f"{name} arm", (arm.shoulder, arm.elbow)
    radius = body.SLEEVE_PROFILE[-1][1] - _SLACK["arm"]
    bare = along_bone(arm.shoulder, arm.elbow, body.UPPER_ARM_PROFILE)
    return [
        _clothing(f"{name} sleeve", "shirt", bone, body.SLEEVE, body.SLEEVE_PROFILE, camera),
        _bare(f"{name} upper arm", paint, bone, (body.SLEEVE - _INSIDE, radius), bare, camera),
        swept(f"{name} forearm", paint, along_bone(arm.elbow, arm.wrist, body.FOREARM_PROFILE), camera),
        *_hand_parts(name, arm, camera),
    ]


def _clothing(
    name: str, paint: str, bone: tuple[Vector, Vector], share: float, profile: body.Profile, camera: Camera
) -> Part:
    """A sleeve, or a leg of the shorts: it covers a share of a bone and ends flat, in an opening."""
    upper, lower = bone
    hem = upper + (lower - upper) * share
    spheres = along_bone(upper, hem, profile)
    opening = circle(hem, unit(lower - upper), spheres[-1][1], camera)
    return part(name, paint, plane.chain([*discs(_before_end(spheres), camera), opening]), spheres, camera)


def _before_end(spheres: list[Sphere]) -> list[Sphere]:
    """The spheres that do not bulge out of a flat end."""
    end = spheres[-1][0]
    kept = [each for each in spheres if decisive(length(each[0] - end) - each[1]) >= 0]
    return kept or spheres[:1]


def _bare(
    name: str,
    paint: str,
    bone: tuple[Vector, Vector],
    opening: tuple[float, float],
    spheres: list[Sphere],
    camera: Camera,
) -> Part:
    """What of a limb comes out of clothing: it begins flat, in the opening (a share of the bone, and a radius)."""
    upper, lower = bone
    hem, radius = upper + (lower - upper) * opening[0], opening[1]
    below = length(hem - lower)
    bare = [each for each in spheres if decisive(below - each[1] - length(each[0] - lower)) >= 0] or spheres[-1:]
    outline = plane.chain([circle(hem, unit(lower - upper), radius, camera), *discs(bare, camera)])
    return part(name, paint, outline, [(hem, radius), *bare], camera)


def _hand_parts(name: str, arm: Arm, camera: Camera) -> list[Part]:
    """Palm, four fingers of their own lengths in two pieces, and thumb."""
    hand, paint = arm.palm_and_fingers, f"{name} arm"
    is_broad = decisive(length(camera.project(hand.across))) > _LEAST_BREADTH
    palm = [*_edge(hand, hand.wrist, 0.7, 2.1), *_edge(hand, hand.knuckles, 2.7, 1.4)]
    rim = [palm[0], palm[1], palm[3], palm[2], palm[0]]
    fingers = [_finger(hand, aside, share) for aside, share in _FINGERS]
    thumb: list[Sphere] = [(hand.thumb_root, 1.7), (hand.thumb_joint, 1.35), (hand.thumb_tip, 1.0)]
    return [
        part(f"{name} palm", paint, plane.hull(discs(palm, camera)), rim, camera),
        _fingers(f"{name} fingers", paint, [each[:2] for each in fingers], camera, is_broad=is_broad),
        _fingers(f"{name} fingertips", paint, [each[1:] for each in fingers], camera, is_broad=is_broad),
        swept(f"{name} thumb", paint, thumb, camera),
    ]


def _edge(hand: Hand, centre: Vector, half: float, radius: float) -> list[Sphere]:
    return [(centre + hand.across * half, radius), (centre - hand.across * half, radius)]


def _finger(hand: Hand, aside: float, share: float) -> list[Sphere]:
    root = hand.knuckles + hand.across * aside
    straight = hand.middle + hand.across * (aside * 1.04)
    joint = root + (straight - root) * (0.6 + 0.4 * share)
    tip = joint + (hand.tips - hand.middle) * share + hand.across * (aside * 0.02)
    return [(root, 1.2), (joint, 1.1), (tip, 0.9)]


def _fingers(name: str, paint: str, rows: list[list[Sphere]], camera: Camera, *, is_broad: bool) -> Part:
    """The same piece of four fingers, with lines between them if they are seen flat."""
    outline = plane.without_notches(plane.union(sweep(row, camera) for row in rows), 0.3)
    strokes = []
    for first, second in pairwise(rows) if is_broad else ():
        ends = [(one + other) / 2 for (one, _), (other, _) in zip(first, second, strict=True)]
        strokes.append(plane.line([camera.project(each) for each in ends]))
    rim = [row[end] for row, ends in zip(rows, ((0, 1), (1, 0), (0, 1), (1, 0)), strict=True) for end in ends]
    return part(name, paint, outline, rim, camera, strokes)
