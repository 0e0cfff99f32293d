"""Reads pose files, guarded like every other definition: a typo is a diagnostic with line and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pdfbuilder.diagnostics import Problems, nearest, quoted
from pdfbuilder.drawing.checks import faults
from pdfbuilder.drawing.props import handles, tops
from pdfbuilder.drawing.skeleton import start_of
from pdfbuilder.drawing.specs import GrippingArmSpec, PictureSpec, PoseSpec, RestingArmSpec, StandingLegSpec
from pdfbuilder.drawing.vectors import cross, decisive, length, unit, vector
from pdfbuilder.yamlfile.models import validate
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.source import read_source
from pdfbuilder.yamlfile.tree import KeyPath, MapNode, descend, field_name, parse


def read_pose(path: Path) -> PictureSpec:
    """Read a pose file.

    Raises:
        InvalidInput: with all that is wrong in it: unknown keys, wrong values, parts that do not fit together, and
            poses that no body can take.
    """
    problems = Problems()
    tree = parse(read_source(path), problems)
    spec = validate(PictureSpec, Place(tree), problems)
    problems.stop_on_error()
    assert spec is not None  # noqa: S101 - validate returns None only after an error
    _check_parts(spec, tree, problems)
    _check_props(spec, tree, problems)
    problems.stop_on_error()
    for fault in faults(spec):
        _report(tree, problems, fault.code, fault.message, fault.field, fault.hint)
    problems.stop_on_error()
    return spec


def _check_parts(spec: PictureSpec, tree: MapNode, problems: Problems) -> None:
    """Report keys that need or exclude one another, and directions that do."""
    if spec.shows == "right" and spec.badge is None:
        _report(tree, problems, "badge", "a picture of a side needs a badge", ("shows",), "add badge: {beside: …}")
    if spec.shows == "neither" and spec.badge is not None:
        _report(tree, problems, "badge", "a picture of neither side has no badge", ("badge",), "delete it")
    if spec.badge is not None and spec.badge.beside.startswith("left "):
        hint = "name the affected limb's joint: what is drawn is the right side"
        _report(tree, problems, "badge", "the badge stands beside the other side", ("badge", "beside"), hint)
    for name, pose in (("end", spec.end), ("start", spec.start)):
        if pose and pose.pelvis and _run_alike(pose.pelvis.up, pose.pelvis.front):
            hint = "the belly looks across the back: with up: [0, 1, 0] for example front: [1, 0, 0]"
            _report(tree, problems, "front", "up and front run alike", (name, "pelvis", "front"), hint)
    for index, arrow in enumerate(spec.arrows):
        if (arrow.through is None) == (arrow.ring is None):
            hint = "write through: for a curve, ring: for a circle"
            _report(tree, problems, "arrow", "an arrow goes along a curve or round", ("arrows", index), hint)
    if spec.start_above is not None and spec.start_beside is not None:
        hint = "delete one of start_above and start_beside"
        _report(tree, problems, "start", "the start is above the end or beside it", ("start_beside",), hint)
    if spec.start is not None:
        if not spec.ghost and not spec.has_two_frames:
            _report(tree, problems, "start", "the start is not drawn", ("start",), "add ghost: [right leg]")
        return
    for field, is_used in (
        ("ghost", bool(spec.ghost)),
        ("start_above", spec.start_above is not None),
        ("start_beside", spec.start_beside is not None),
    ):
        if is_used:
            _report(tree, problems, "start", "there is no start to draw", (field,), "add start:, or delete this")
    for index, arrow in enumerate(spec.arrows):
        if any(anchor.at_start for anchor in arrow.through or ()):
            hint = "add start:, or leave out the word start"
            _report(tree, problems, "start", "there is no start", ("arrows", index, "through"), hint)


def _run_alike(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two directions are the same or opposite."""
    return decisive(length(cross(unit(vector(first)), unit(vector(second))))) == 0


def _check_props(spec: PictureSpec, tree: MapNode, problems: Problems) -> None:
    """Report names of props that are not there."""
    start = start_of(spec.end, spec.start) if spec.start else spec.end
    at_end = list(_props_used(spec.end))
    only_at_start = [each for each in _props_used(start) if each not in at_end]
    for pose, used in (("end", at_end), ("start", only_at_start)):
        for field, prop, there in used:
            if prop not in there:
                known = f"known: {', '.join(there)}" if there else "add it to props:"
                message, hint = f"there is no '{quoted(prop)}' here", nearest(prop, there) or known
                _report(tree, problems, "prop", message, (pose, *field), hint)


def _props_used(pose: PoseSpec) -> Iterator[tuple[KeyPath, str, Sequence[str]]]:
    """Where a pose names a prop, which, and all that there are to do the same with."""
    on, held = list(tops(pose.props)), list(handles(pose.props))
    yield ("pelvis", "above"), pose.pelvis.above, on
    for side in ("right", "left"):
        leg, arm = getattr(pose, f"{side}_leg"), getattr(pose, f"{side}_arm")
        if isinstance(leg, StandingLegSpec):
            yield (f"{side}_leg", "stands_on"), leg.stands_on[0], on
        if isinstance(arm, RestingArmSpec):
            yield (f"{side}_arm", "rests_on"), arm.rests_on[0], on
        if isinstance(arm, GrippingArmSpec):
            yield (f"{side}_arm", "grips"), arm.grips, held


def _report(tree: MapNode, problems: Problems, code: str, message: str, field: KeyPath, hint: str) -> None:
    node, key = descend(tree, field)
    problems.error(code, message, key.location if key else node.location, field=field_name(field), hint=hint)
