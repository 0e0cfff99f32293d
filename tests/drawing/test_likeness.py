"""A picture is like another if nobody can tell them apart: so much, and no more, may differ."""

from __future__ import annotations

import pytest
from drawing.shipped_poses import drawing_of, spec_of
from msgspec import structs

from pdfbuilder.drawing.likeness import alike
from pdfbuilder.drawing.picture import picture
from pdfbuilder.drawing.specs import FreeLegSpec
from pdfbuilder.drawing.svg import svg

LINE = '<path d="M10 10L110 10" fill="none" stroke="#26333F" stroke-width="2.6"/>'
RING = (
    '<path d="M200 100C200 155 155 200 100 200C45 200 0 155 0 100C0 45 45 0 100 0C155 0 200 45 200 100Z"'
    ' fill="#D9531E"/>'
)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 580 400" data-shows="right" data-badge="40 50">'
PICTURE = f"{HEAD}\n<title>one</title>\n{LINE}\n{RING}\n</svg>\n"

#: A quarter of the ring as two curves, with the numbers that halving it gives.
HALVED = "M200 100C200 127.5 188.8 152.5 170.6 170.6C152.5 188.8 127.5 200 100 200"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("M10 10L110 10", "M10 11L110 10.5"),
        ("M10 10L110 10", "M110 10L10 10"),
        ("M10 10L110 10", "M10 10L60 10L110 10"),
        ("M10 10L110 10", "m10 10h100"),
        ("<title>one", "<title>two"),
        ("M200 100C200 155 155 200 100 200", HALVED),
        ("580 400", "580 400.3"),
        ("40 50", "40.1 49.8"),
    ],
)
def test_what_nobody_sees(old: str, new: str) -> None:
    assert PICTURE.count(old) == 1
    assert alike(PICTURE, PICTURE.replace(old, new))
    assert alike(PICTURE.replace(old, new), PICTURE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("M10 10L110 10", "M10 13L110 13"),
        ("M10 10L110 10", "M10 10L106 10"),
        ("M10 10L110 10", "M10 10L110 10M10 20L110 20"),
        ("M200 100C200 155 155 200 100 200", "M200 100C200 149 149 200 100 200"),
        ("0C155 0 200 45 200 100Z", "0Z"),
        ("580 400", "580 410"),
        ("40 50", "46 50"),
        (' data-badge="40 50"', ""),
        ("right", "neither"),
        ("<title>", "<text>"),
        ("2.6", "1.9"),
        (' fill="#D9531E"', ' fill="#D9531E" class="affected"'),
        ("#D9531E", "#D9531F"),
        (f"{LINE}\n", ""),
        (f"{LINE}\n{RING}", f"{RING}\n{LINE}"),
    ],
)
def test_what_somebody_sees(old: str, new: str) -> None:
    assert PICTURE.count(old) == 1
    assert not alike(PICTURE, PICTURE.replace(old, new))
    assert not alike(PICTURE.replace(old, new), PICTURE)


@pytest.mark.parametrize("old", ["14", "230", "33", "36"])
def test_a_frame_or_its_number_elsewhere(old: str) -> None:
    framed = PICTURE.replace(LINE, f'<g data-frame="14 230 33 36">\n{LINE}\n</g>')
    assert alike(framed, framed.replace("14 230 33 36", "14.4 229.8 33.1 36.4"))
    assert not alike(framed, framed.replace("14 230 33 36", "14 230 33 36".replace(old, str(int(old) + 10))))


@pytest.mark.slow
def test_another_pose_is_another_picture() -> None:
    """A leg that is raised by two degrees more."""
    spec = spec_of("straight-leg-raise")
    assert isinstance(spec.end.right_leg, FreeLegSpec)
    flexion, *others = spec.end.right_leg.hip
    leg = structs.replace(spec.end.right_leg, hip=(flexion + 2, *others))
    raised = structs.replace(spec, end=structs.replace(spec.end, right_leg=leg))
    assert not alike(svg(picture(raised), "straight-leg-raise"), drawing_of("straight-leg-raise"))
