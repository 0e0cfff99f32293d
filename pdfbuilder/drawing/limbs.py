"""Legs and arms as parts of the body."""

from __future__ import annotations

from typing import Final

from pdfbuilder.drawing import body, plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.parts import Part, Sphere, along_bone, circle, discs, part, swept
from pdfbuilder.drawing.skeleton import Arm, Leg
from pdfbuilder.drawing.vectors import Vector, decisive, dot, length, unit, vector

#: The two ends of an edge across a hand.
_Edge = tuple[Sphere, Sphere]

#: Where a part emerges from a sleeve or a collar it is this much narrower than the opening.
_SLACK: Final = 1.2
#: A foot or a shank turned less than this (the sine of the angle) does not say where a limb's back is.
_LEAST_TURN: Final = 0.1
#: Where the lines between the fingers are, across the hand.
_FINGER_GAPS: Final = (0.18, 0.5, 0.82)
#: Seen more from its edge than this share of its breadth, a hand has no lines between its fingers.
_LEAST_BREADTH: Final = 0.55


def leg_parts(name: str, leg: Leg, camera: Camera) -> list[Part]:
    """Thigh, shank and foot of the leg called `name`, `right` or `left`."""
    paint = f"{name} leg"
    thigh, shank = unit(leg.knee - leg.hip), unit(leg.ankle - leg.knee)
    calf = _behind(leg.toes_towards, shank)
    hamstring = _behind(-shank, thigh)
    return [
        swept(f"{name} thigh", paint, along_bone(leg.hip, leg.knee, body.THIGH_PROFILE, hamstring), camera),
        swept(f"{name} shank", paint, along_bone(leg.knee, leg.ankle, body.SHANK_PROFILE, calf), camera),
        _foot(f"{name} foot", paint, leg, camera),
    ]


def _behind(forward: Vector, axis: Vector) -> Vector:
    """The direction behind a limb, across its axis; none where `forward` runs along the limb."""
    across = forward - axis * dot(forward, axis)
    return -unit(across) if decisive(length(across)) > _LEAST_TURN else across * 0


def _foot(name: str, paint: str, leg: Leg, camera: Camera) -> Part:
    """A bare foot: heel, instep, the balls of both edges, and the toes."""
    ankle: Sphere = (leg.ankle, 3.3)
    heel: Sphere = (leg.heel, 3.1)
    instep: Sphere = (leg.foot_point((2.6, 4.4)), 3.2)
    balls: list[Sphere] = [(leg.foot_point(body.BALL, aside), 2.3) for aside in (-2.1, 2.1)]
    toes: list[Sphere] = [(leg.foot_point(body.TOE, aside), 1.7) for aside in (-1.9, 1.9)]

    def area(*spheres: Sphere) -> plane.Area:
        return plane.hull(discs(spheres, camera))

    outline = plane.union([area(ankle, heel, instep), area(heel, instep, *balls), area(*balls, *toes)])
    edges = [heel, *balls, toes[1], toes[0], balls[0], instep]
    return part(name, paint, plane.without_notches(outline, 4), [ankle, *edges], camera)


def arm_parts(name: str, arm: Arm, camera: Camera) -> list[Part]:
    """Sleeve, upper arm, forearm and hand of the arm called `name`, `right` or `left`."""
    return [
        _sleeve(f"{name} sleeve", arm, camera),
        _upper_arm(name, arm, camera),
        swept(
            f"{name} forearm",
            f"{name} arm",
            along_bone(arm.elbow, arm.wrist, body.FOREARM_PROFILE, vector((0, 0, 0))),
            camera,
        ),
        *_hand_parts(name, arm, camera),
    ]


def _sleeve(name: str, arm: Arm, camera: Camera) -> Part:
    hem = arm.shoulder + (arm.elbow - arm.shoulder) * body.SLEEVE
    spheres = along_bone(arm.shoulder, hem, body.SLEEVE_PROFILE, vector((0, 0, 0)))
    opening = circle(hem, unit(arm.elbow - arm.shoulder), spheres[-1][1], camera)
    outline = plane.chain([*discs(_before_end(spheres), camera), opening])
    return part(name, "shirt", outline, spheres, camera)


def _before_end(spheres: list[Sphere]) -> list[Sphere]:
    """The spheres that do not bulge out of a flat end."""
    end = spheres[-1][0]
    kept = [each for each in spheres if decisive(length(each[0] - end) - each[1]) >= 0]
    return kept or spheres[:1]


def _upper_arm(name: str, arm: Arm, camera: Camera) -> Part:
    """The arm below the sleeve: it begins flat, in the sleeve's opening."""
    bone = arm.elbow - arm.shoulder
    spheres = along_bone(arm.shoulder, arm.elbow, body.UPPER_ARM_PROFILE, vector((0, 0, 0)))
    hem = arm.shoulder + bone * (body.SLEEVE - 0.02)
    radius = body.SLEEVE_PROFILE[-1][1] - _SLACK
    bare_length = length(hem - arm.elbow)
    bare = [each for each in spheres if decisive(bare_length - each[1] - length(each[0] - arm.elbow)) >= 0]
    bare = bare or spheres[-1:]
    outline = plane.chain([circle(hem, unit(bone), radius, camera), *discs(bare, camera)])
    return part(f"{name} upper arm", f"{name} arm", outline, [(hem, radius), *bare], camera)


def _hand_parts(name: str, arm: Arm, camera: Camera) -> list[Part]:
    hand, paint = arm.palm_and_fingers, f"{name} arm"
    is_broad = decisive(length(camera.project(hand.across))) > _LEAST_BREADTH
    gaps = _FINGER_GAPS if is_broad else ()

    def edge(centre: Vector, half: float, radius: float) -> _Edge:
        return (centre + hand.across * half, radius), (centre - hand.across * half, radius)

    wrist, knuckles = edge(hand.wrist, 0.6, 2.2), edge(hand.knuckles, 2.5, 1.45)
    middle, tips = edge(hand.middle, 2.4, 1.15), edge(hand.tips, 1.9, 0.95)
    thumb: list[Sphere] = [(hand.thumb_root, 1.6), (hand.thumb_joint, 1.3), (hand.thumb_tip, 0.95)]
    return [
        _slab(f"{name} palm", paint, wrist, knuckles, (), camera),
        _slab(f"{name} fingers", paint, knuckles, middle, gaps, camera),
        _slab(f"{name} fingertips", paint, middle, tips, gaps, camera),
        swept(f"{name} thumb", paint, thumb, camera),
    ]


def _slab(name: str, paint: str, near: _Edge, far: _Edge, gaps: tuple[float, ...], camera: Camera) -> Part:
    """A flat part between two edges, with a line from edge to edge at each gap."""
    outline = plane.hull(discs(near + far, camera))
    rim = [near[0], near[1], far[1], far[0], near[0]]
    strokes = [plane.line([camera.project(_across(edge, gap)) for edge in (near, far)]) for gap in gaps]
    return part(name, paint, outline, rim, camera, strokes)


def _across(edge: _Edge, share: float) -> Vector:
    """A point of an edge: 0 is its first end, 1 its second."""
    (first, _), (second, _) = edge
    return first + (second - first) * share
