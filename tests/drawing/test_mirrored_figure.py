"""A left-drawn pose is the mirror image of the right-drawn one, so a mirrored picture is a true one."""

from __future__ import annotations

import pytest
from drawing.mirroring import mirrored, swapped
from shapely import affinity  # type: ignore[import-untyped,unused-ignore]

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.camera import Camera
from pdfbuilder.drawing.figure import figure
from pdfbuilder.drawing.occlusion import view
from pdfbuilder.drawing.scene import Scene, scene
from pdfbuilder.drawing.skeleton import pose
from pdfbuilder.drawing.specs import PictureSpec
from pdfbuilder.drawing.values import JOINTS


def both(spec: PictureSpec) -> tuple[Scene, Scene]:
    """The figure, and the mirrored one seen by the camera in the mirror."""
    azimuth, elevation = spec.camera.azimuth, spec.camera.elevation
    known = tuple((swapped(near), swapped(far)) for near, far in spec.in_front)
    other = scene(mirrored(spec.end), Camera(180 - azimuth, elevation), known)
    return scene(spec.end, Camera(azimuth, elevation), spec.in_front), other


def test_joints_are_mirrored(spec: PictureSpec) -> None:
    right, left = (each.figure for each in both(spec))
    for name in JOINTS:
        here = right.camera.project(right.skeleton.joint(name))
        there = left.camera.project(left.skeleton.joint(swapped(name)))
        assert there.tolist() == pytest.approx([-here[0], here[1]], abs=1e-6)


@pytest.mark.slow
def test_what_is_seen_is_mirrored(spec: PictureSpec) -> None:
    here, there = (each.regions for each in both(spec))
    assert set(there) == {swapped(paint) for paint in here}
    for paint, area in here.items():
        image = affinity.scale(area, -1, 1, origin=(0, 0))
        # Of two legs side by side, seen from the front, either may hide the other's edge.
        assert image.symmetric_difference(there[swapped(paint)]).area < max(1.0, 0.02 * image.area), paint


def test_the_face_is_mirrored(spec: PictureSpec) -> None:
    right, left = (each.figure for each in both(spec))
    image = affinity.scale(right.head.hair, -1, 1, origin=(0, 0))
    assert image.symmetric_difference(left.head.hair).area < 0.1
    assert len(left.head.ears) == len(right.head.ears)
    assert len(left.head.features) == len(right.head.features)


@pytest.mark.slow
def test_regions_share_the_silhouette_without_gap_or_overlap(spec: PictureSpec) -> None:
    right, _ = both(spec)
    areas = list(right.regions.values())
    together = plane.union(areas)
    assert sum(area.area for area in areas) == pytest.approx(together.area, abs=0.5)
    body = plane.union(part.outline for part in right.figure.parts.values())
    # Nothing is missing but what stands before it.
    assert body.difference(together).difference(right.view.covered.buffer(0.01)).area < 1.0


@pytest.mark.slow
def test_the_nearer_part_hides_the_farther_one(spec: PictureSpec) -> None:
    """Seen from behind, what was hidden is seen: occlusion follows depth, not the order of the parts."""
    front = figure(pose(spec.end), spec.end.props, Camera(spec.camera.azimuth, 0))
    back = figure(pose(spec.end), spec.end.props, Camera(spec.camera.azimuth + 180, 0))
    seen, unseen = view(front).areas, view(back).areas
    crossing = [
        (near, far)
        for near in ("left thigh", "left shank", "left forearm")
        for far in ("right thigh", "right shank", "right forearm")
        if front.parts[near].outline.intersection(front.parts[far].outline).area > 30
    ]
    for first, second in crossing:
        overlap = front.parts[first].outline.intersection(front.parts[second].outline)
        mirrored_overlap = affinity.scale(overlap, -1, 1, origin=(0, 0))
        shares = [
            (seen[name].intersection(overlap).area, unseen[name].intersection(mirrored_overlap).area)
            for name in (first, second)
        ]
        # Who hides the other from one side is hidden by it from the other, other limbs apart.
        assert min(shares[0]) < 0.5 * overlap.area
        assert min(shares[1]) < 0.5 * overlap.area
