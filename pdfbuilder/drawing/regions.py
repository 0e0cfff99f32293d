"""From what is seen of each part to what is painted: one area for each limb, sharing exact borders, no slivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pdfbuilder.drawing import plane
from pdfbuilder.drawing.figure import Figure
from pdfbuilder.drawing.occlusion import View
from pdfbuilder.drawing.plane import Area
from pdfbuilder.drawing.vectors import decisive

#: Hollows of a limb narrower than twice this, in centimetres, are filled in a round: behind a knee, at a wrist.
_HOLLOW: Final = 1.4
#: What is thinner than twice this would be lost between two outlines: it goes to its neighbour.
_SLIVER: Final = 0.75
#: And so would what is smaller than this, in square centimetres.
_SPECK: Final = 6.0
#: A smaller piece of the shorts, beside a thigh, would look like a patch.
_LEAST_PIECE: Final = {"shorts": 12.0}


def regions(figure: Figure, view: View) -> dict[str, Area]:
    """What each paint covers; together exactly the figure's silhouette, less what props hide."""
    raw: dict[str, list[Area]] = {}
    whole: dict[str, list[Area]] = {}
    for name, each in figure.parts.items():
        raw.setdefault(each.paint, []).append(view.areas[name])
        whole.setdefault(each.paint, []).append(each.outline)
    seen = {paint: plane.union(areas) for paint, areas in raw.items()}
    outlines = {paint: plane.union(areas) for paint, areas in whole.items()}
    hidden = view.covered
    soft = {paint: plane.without(_softened(paint, seen, outlines[paint]), hidden) for paint in seen}
    return _partition(soft, plane.without(plane.union([*soft.values(), *outlines.values()]), hidden))


def silhouette(figure: Figure, paints: Iterable[str]) -> Area:
    """The outer outline of some limbs with nothing in front of them."""
    wanted = set(paints)
    together = plane.union(each.outline for each in figure.parts.values() if each.paint in wanted)
    return plane.without_holes(plane.without_notches(together, _HOLLOW))


def _softened(paint: str, seen: Mapping[str, Area], outline: Area) -> Area:
    """An area with its hollows filled, without growing over its neighbours."""
    area = seen[paint]
    if area.is_empty:
        return area
    others = plane.union(each for name, each in seen.items() if name != paint)
    filled = plane.overlap(plane.without_notches(area, _HOLLOW), plane.without_notches(outline, _HOLLOW))
    return plane.union([area, plane.without(filled, others)])


def _partition(areas: Mapping[str, Area], whole: Area) -> dict[str, Area]:
    """The same areas with borders that are exactly the same line from both sides, and nothing between them.

    Pieces that are thin or tiny go to the neighbour with the longest common border.
    """
    kept = {
        paint: plane.union(plane.polygons(plane.without_spikes(area, _SLIVER), _LEAST_PIECE.get(paint, _SPECK)))
        for paint, area in areas.items()
    }
    owned: dict[str, list[Area]] = {paint: [] for paint in areas}
    loose: list[Area] = []
    for face in plane.faces([*kept.values(), whole]):
        inside = face.representative_point()
        owner = next((paint for paint, area in kept.items() if area.contains(inside)), None)
        if owner:
            owned[owner].append(face)
        elif whole.contains(inside):
            loose.append(face)
    found = {paint: plane.union(each) for paint, each in owned.items()}
    for face in loose:
        borders = {paint: decisive(area.intersection(face.boundary).length) for paint, area in found.items()}
        owner = max(borders, key=lambda paint: borders[paint])
        if borders[owner] > 0:
            found[owner] = plane.union([found[owner], face])
    return found
