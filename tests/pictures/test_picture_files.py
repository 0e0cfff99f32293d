"""Pictures of people's own: read, or refused at the place where they are named, whatever they hold."""

from __future__ import annotations

import gzip
import io
import itertools
import os
import struct
import zlib
from pathlib import Path

import pytest
from bounded import said_within_bounds
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from picture_samples import CORNERS, SECRET, chunk, corners, exif, png_that_says, routine_with, saved, svg
from PIL import Image
from samples import ROOT, examples, names, nobody, placed, run, said, write

from pdfbuilder.diagnostics import InvalidInput, Location
from pdfbuilder.domain.picture import Path as DrawnPath
from pdfbuilder.domain.picture import Picture, PictureKind, Step, Unprintable
from pdfbuilder.domain.side import Side
from pdfbuilder.pdf.pictures import picture_object
from pdfbuilder.pictures.bitmap_files import MOST_PARTS, MOST_SCANS, essence
from pdfbuilder.pictures.drawings import MOST_NUMBERS, MOST_SHAPES
from pdfbuilder.pictures.outlines import outline
from pdfbuilder.pictures.reading import read_picture
from pdfbuilder.pictures.svg_text import svg_text
from pdfbuilder.reading.library import Library

NUMBERS = itertools.count()
#: How far the inner points of a curve are from its ends, for a quarter of a circle.
CIRCLE = 4 / 3 * (2**0.5 - 1)
RICH = f"""
  <style>.sock {{ fill: teal; stroke: #000; stroke-width: 2px }}</style>
  <metadata><x:note xmlns:x="urn:editor">{SECRET}</x:note></metadata>
  <g transform="translate(20 5) rotate(30)"><rect class="sock" width="20" height="10" rx="3"/></g>
  <circle cx="60" cy="30" r="12" style="fill:none;stroke:navy" stroke-dasharray="4 2"/>
  <path d="m5 50 q10-20 20 0 t20 0 a5 5 0 0 1 10 0 z" fill="rgb(10,20,30)"/>
  <polyline points="1,1 9,9 17,1" fill="none" stroke="green"/>
"""
INKSCAPE = (
    'style="direction:ltr;block-progression:tb;baseline-shift:baseline;text-anchor:start;clip-rule:nonzero;marker:none;'
    "overflow:visible;visibility:visible;opacity:1;isolation:auto;mix-blend-mode:normal;color-interpolation:sRGB;"
    "solid-color:#000000;solid-opacity:1;vector-effect:none;color-rendering:auto;stroke-miterlimit:4;"
    'stroke-dasharray:none;stroke-dashoffset:3.2;enable-background:accumulate;font-variation-settings:normal"'
)


def read(path: Path, shows: Side | None = Side.RIGHT) -> Picture:
    return read_picture(path, shows, "", Location("routine.yaml", 9, 13), "file")


def read_bytes(folder: Path, data: bytes, name: str = "picture") -> Picture:
    return read(write(folder, data, f"{next(NUMBERS)}-{name}"))


def text_of(picture: Picture) -> str:
    return svg_text(picture.paths, picture.width, picture.height)


def drawn(folder: Path, inside: str, frame: str = 'viewBox="0 0 80 60"') -> str:
    """A drawing as it was understood."""
    return text_of(read_bytes(folder, svg(inside, frame)))


def points_of(path: DrawnPath) -> list[tuple[float, float]]:
    return [pair for _, numbers in path.steps for pair in zip(numbers[::2], numbers[1::2], strict=True)]


# --------------------------------------------------------------------------- good ones


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (saved(corners(), "PNG"), PictureKind.BITMAP, (80, 60)),
        (saved(corners(mode="P"), "PNG"), PictureKind.BITMAP, (80, 60)),
        (saved(corners(mode="RGBA"), "PNG"), PictureKind.BITMAP, (80, 60)),
        (saved(corners(mode="LA"), "PNG"), PictureKind.BITMAP, (80, 60)),
        (saved(corners(mode="1"), "PNG"), PictureKind.BITMAP, (80, 60)),
        (saved(corners(), "JPEG"), PictureKind.PHOTOGRAPH, (80, 60)),
        (saved(corners(mode="L"), "JPEG"), PictureKind.PHOTOGRAPH, (80, 60)),
        (saved(corners(mode="CMYK"), "JPEG"), PictureKind.PHOTOGRAPH, (80, 60)),
        (saved(corners(), "JPEG", exif=exif(6)), PictureKind.PHOTOGRAPH, (60, 80)),
        (saved(corners(), "MPO", save_all=True, append_images=[corners()]), PictureKind.PHOTOGRAPH, (80, 60)),
        (saved(corners(), "WEBP"), PictureKind.PHOTOGRAPH, (80, 60)),
        (saved(corners(mode="RGBA"), "WEBP"), PictureKind.PHOTOGRAPH, (80, 60)),
        (saved(corners((3000, 2000)), "PNG"), PictureKind.BITMAP, (1800, 1200)),
        (svg(), PictureKind.DRAWING, (80, 60)),
        (svg(frame='width="20mm" height="15mm"'), PictureKind.DRAWING, (20 * 96 / 25.4, 15 * 96 / 25.4)),
        (svg(frame='viewBox="-10,-10,80,60" width="100%"'), PictureKind.DRAWING, (80, 60)),
        (svg(frame='viewBox="0 0 80 60" width="6cm" height="3cm"'), PictureKind.DRAWING, (120, 60)),
        (svg(frame='viewBox="0 0 80 60" width="9" height="9"'), PictureKind.DRAWING, (80, 80)),
        (svg('<path d="M1 1L9 1L9 9Z" fill="#FF0000"/>'), PictureKind.DRAWING, (80, 60)),
        (svg(RICH), PictureKind.DRAWING, (80, 60)),
        (b"\xef\xbb\xbf\n" + svg(), PictureKind.DRAWING, (80, 60)),
        (svg().decode().encode("utf-16"), PictureKind.DRAWING, (80, 60)),
    ],
)  # fmt: skip
def test_is_read_as_what_it_is(tmp_path: Path, data: bytes, kind: PictureKind, size: tuple[float, float]) -> None:
    picture = read_bytes(tmp_path, data)
    assert (picture.kind, picture.width, picture.height) == (kind, *size)
    assert SECRET.encode() not in picture.data
    assert bool(picture.paths) != bool(picture.data)


def test_a_rich_drawing_becomes_plain_paths(tmp_path: Path) -> None:
    picture = read_bytes(tmp_path, svg(RICH))
    box, ring, wave, tick = picture.paths
    assert (box.fill, box.stroke, box.width) == ("#008080", "#000000", 2)
    # its upper edge from 3, 0 to 17, 0, turned by 30 degrees around 0, 0 and moved to 20, 5
    assert points_of(box)[:2] == [pytest.approx((20 + x * 3**0.5 / 2, 5 + x / 2), abs=1e-3) for x in (3, 17)]
    assert (ring.fill, ring.stroke, ring.width, ring.dashes) == ("", "#000080", 1, (4, 2))
    assert min(points_of(ring)) == pytest.approx((48, 30 - 12 * CIRCLE), abs=1e-4)
    # a quadratic curve with its control point at 15, 30, one that goes on from it, and half a circle
    assert wave.fill == "#0A141E"
    assert [letter for letter, _ in wave.steps[:3]] == ["M", "C", "C"]
    assert wave.steps[1][1] == pytest.approx((5 + 20 / 3, 50 - 40 / 3, 25 - 20 / 3, 50 - 40 / 3, 25, 50), abs=1e-4)
    assert wave.steps[2][1] == pytest.approx((25 + 20 / 3, 50 + 40 / 3, 45 - 20 / 3, 50 + 40 / 3, 45, 50), abs=1e-4)
    assert [numbers[-2:] for letter, numbers in wave.steps[3:5]] == [(50, 45), (55, 50)]
    assert (tick.fill, tick.stroke, tick.steps) == (
        "", "#008000", (("M", (1, 1)), ("L", (9, 9)), ("L", (17, 1)))
    )  # fmt: skip
    again = read_bytes(tmp_path, text_of(picture).encode())
    assert (again.paths, again.key) == (picture.paths, picture.key)


@pytest.mark.parametrize(
    ("data", "steps"),
    [
        ("M1 2h3v4H0V0z", [("M", 1, 2), ("L", 4, 2), ("L", 4, 6), ("L", 0, 6), ("L", 0, 0), ("L", 1, 2), ("Z",)]),
        ("m1 2 3 4-1-1m1 1 2 2", [("M", 1, 2), ("L", 4, 6), ("L", 3, 5), ("M", 4, 6), ("L", 6, 8)]),
        ("M1 1c1 0 2 1 2 2s1 2 2 2", [("M", 1, 1), ("C", 2, 1, 3, 2, 3, 3), ("C", 3, 4, 4, 5, 5, 5)]),
        ("M0 0S1 2 3 3", [("M", 0, 0), ("C", 0, 0, 1, 2, 3, 3)]),
        ("M0 0Q3 0 3 3T6 6", [("M", 0, 0), ("C", 2, 0, 3, 1, 3, 3), ("C", 3, 5, 4, 6, 6, 6)]),
        ("M0 0T3 3", [("M", 0, 0), ("C", 0, 0, 1, 1, 3, 3)]),
        ("M0 0A0 5 0 0 1 9 9", [("M", 0, 0)]),
        ("M007 0L.5.5", [("M", 7, 0), ("L", 0.5, 0.5)]),
    ],
)
def test_relative_short_and_round_parts_of_a_path_are_written_out(
    tmp_path: Path, data: str, steps: list[tuple[str | float, ...]]
) -> None:
    (path,) = read_bytes(tmp_path, svg(f'<path d="{data} M8 8L9 9" stroke="red"/>')).paths
    found: list[Step] = [step for step in path.steps if step not in (("M", (8, 8)), ("L", (9, 9)))]
    assert [(letter, *numbers) for letter, numbers in found] == steps


@pytest.mark.parametrize(
    ("transform", "corner"),
    [
        ("translate(3)", (13, 10)), ("translate(3,4)", (13, 14)), ("scale(2)", (20, 20)), ("scale(2 3)", (20, 30)),
        ("rotate(90)", (-10, 10)), ("rotate(90 10 20)", (20, 20)), ("skewX(45)", (20, 10)), ("skewY(45)", (10, 20)),
        ("matrix(1 2 3 4 5 6)", (45, 66)), ("translate(5 0) scale(2)", (25, 20)), ("scale(2),translate(5 0)", (30, 20)),
    ],
)  # fmt: skip
def test_transforms_move_what_is_inside(tmp_path: Path, transform: str, corner: tuple[float, float]) -> None:
    line = f'<g transform="{transform}"><path d="M10 10L0 0" stroke="red"/></g>'
    (path,) = read_bytes(tmp_path, svg(line)).paths
    assert points_of(path)[0] == pytest.approx(corner, abs=1e-3)


def test_what_only_makes_a_side_stand_out_is_marked(tmp_path: Path) -> None:
    """By the class of a shape or of a group; it is another picture without it, but with it looks as it always did."""
    inside = '<rect class="big {0}" width="9" height="9"/><g{1}><path d="M1 1L9 9" stroke="red"/></g><circle r="5"/>'
    marked = read_bytes(tmp_path, svg(inside.format("affected", ' class="affected"')))
    bare = read_bytes(tmp_path, svg(inside.format("", "")))
    assert [path.is_emphasis for path in marked.paths] == [True, True, False]
    assert [path.is_emphasis for path in bare.paths] == [False, False, False]
    assert marked.key == bare.key != marked.without_emphasis().key
    assert marked.without_emphasis().paths == (bare.paths[2],)
    assert read_bytes(tmp_path, text_of(marked).encode()).paths == marked.paths
    pixels = read_bytes(tmp_path, saved(corners(), "PNG"))
    assert pixels.without_emphasis().data == pixels.data


def test_a_length_in_percent_is_a_part_of_the_view_box_though_more_is_shown(tmp_path: Path) -> None:
    wide = read_bytes(
        tmp_path, svg('<rect width="50%" height="100%"/>', 'viewBox="0 0 80 60" width="6cm" height="3cm"')
    )
    own = read_bytes(tmp_path, svg('<rect x="20" width="40" height="60"/>', 'viewBox="0 0 120 60"'))
    assert wide.width == own.width == 120
    assert wide.paths == own.paths


def test_shapes_are_where_they_belong(tmp_path: Path) -> None:
    """The first corner of the square is 20, 10 from the frame's."""
    inside = '<g transform="scale(2)"><rect x="5" y="0" width="10" height="5" stroke="#123456" stroke-width=".5"/></g>'
    (path,) = read_bytes(tmp_path, svg(inside, 'viewBox="-10 -10 80 60"')).paths
    assert {*points_of(path)} == {(20, 10), (40, 10), (40, 20), (20, 20)}
    assert (path.stroke, path.width) == ("#123456", 1)


def test_nothing_is_drawn_of_what_lies_in_a_shape_or_where_nobody_looks(tmp_path: Path) -> None:
    rect = '<rect width="9" height="9"/>'
    for hidden in (f"<defs>{rect}</defs>", f"<line>{rect}</line>", f'<g display="none">{rect}</g>',
                   f'<g visibility="hidden">{rect}</g>', f"<style>{rect}</style>", '<g display="none"/>'):  # fmt: skip
        assert drawn(tmp_path, hidden + rect) == drawn(tmp_path, rect)
    shown = f'<g visibility="hidden"><g visibility="visible">{rect}</g></g>'
    assert drawn(tmp_path, shown) == drawn(tmp_path, rect)


@pytest.mark.parametrize("radii", ['rx="30"', 'ry="999"', 'rx="20" ry="10"', 'rx="25px" ry="999px" width="40px"'])
def test_corners_are_never_rounder_than_half_an_edge(tmp_path: Path, radii: str) -> None:
    edges = 'width="40" height="20"' if "px" not in radii else 'height="20px"'
    picture = read_bytes(tmp_path, svg(f'<rect x="5" y="5" {edges} {radii}/>'))
    other = read_bytes(tmp_path, svg('<rect x="5" y="5" width="40" height="20" rx="20" ry="10"/>'))
    assert picture.paths == other.paths
    # an ellipse from edge to edge
    across, down = zip(*points_of(picture.paths[0]), strict=True)
    assert (min(across), max(across), min(down), max(down)) == (5, 45, 5, 25)


def test_the_rule_for_filling_is_kept(tmp_path: Path) -> None:
    path = '<path d="M0 0H40V40H0ZM10 10H30V30H10Z" fill-rule="{}"/>'
    assert "evenodd" in drawn(tmp_path, path.format("evenodd"))
    assert "evenodd" not in drawn(tmp_path, path.format("nonzero"))


@pytest.mark.parametrize(
    "frame",
    [
        'stroke-width="9" stroke-linecap="round"', 'style="stroke-width:9;stroke-linecap:round"',
        'stroke-dasharray="none" stroke-width="9" stroke-linecap="round" visibility="visible"',
    ],
)  # fmt: skip
def test_what_the_root_says_of_plain_paths_is_printed(tmp_path: Path, frame: str) -> None:
    line = '<path d="M10 10L70 50" stroke="#FF0000" fill="none"/>'
    text = drawn(tmp_path, line, f'viewBox="0 0 80 60" {frame}')
    assert 'stroke="#FF0000" stroke-width="9" stroke-linecap="round"' in text


def test_an_open_path_is_filled_but_its_line_stays_open(tmp_path: Path) -> None:
    path = '<path d="M8 8h64v48" fill="#ffdddd" fill-rule="evenodd" stroke="blue" stroke-width="4"/>'
    (both,) = drawn(tmp_path, path).splitlines()[1:-1]
    assert both.startswith('<path d="M8 8L72 8L72 56" fill="#FFDDDD" stroke="#0000FF" stroke-width="4"')


ONE = '<path d="M1 1L9 1L9 9Z" fill="#FF0000"/>'
HEAD = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80"'


@pytest.mark.parametrize(
    "text",
    [
        f"<svg {HEAD}>{ONE}</svg>",
        f"<svg {HEAD}><title>x</title>{ONE}<!-- {ONE.replace('FF0000', '00FF00')} --></svg>",
        f"<svg {HEAD}><path\n  d='M1 1L9 1L9 9Z'\n\tfill='#FF0000'></path></svg>",
        f"<s:svg {HEAD.replace('xmlns', 'xmlns:s')}><s:path {ONE.removeprefix('<path')}</s:svg>",
        f'<?xml version="1.0" encoding="utf-16"?><svg {HEAD}>{ONE}</svg>',
    ],
)
def test_plain_paths_have_one_form_however_they_are_written(tmp_path: Path, text: str) -> None:
    picture = read_bytes(tmp_path, text.encode("utf-16" if "utf-16" in text else "utf-8"))
    assert text_of(picture) == f"<svg {HEAD}>\n{ONE}\n</svg>\n"


def test_what_nobody_says_is_what_svg_begins_with(tmp_path: Path) -> None:
    """Also a polyline is filled in black, and currentColor is black."""
    shape = '<polyline points="1,1 9,9 17,1" stroke="currentColor"/>'
    text = drawn(tmp_path, shape)
    assert text.count('fill="#000000"') == text.count('stroke="#000000"') == 1


def test_a_style_sheet_counts_wherever_it_stands(tmp_path: Path) -> None:
    shape, sheet = (
        '<rect class="a" width="9" height="9"/>',
        "<style>/* x */ .a{fill:#FF0000;/* y: z */STROKE:blue}</style>",
    )
    text = drawn(tmp_path, sheet + shape)
    assert drawn(tmp_path, shape + sheet) == text
    assert 'fill="#FF0000" stroke="#0000FF"' in text


@pytest.mark.parametrize(
    ("sheet", "shape", "fill"),
    [
        (".a{fill:#00000A}", 'class="a"', "00000A"),
        (".a,.b , #c{fill:#00000A}", 'class="b"', "00000A"),
        ("rect{fill:#00000A}", "", "00000A"),
        ("rect{fill:#00000A}", 'fill="#00000B"', "00000A"),
        ("#c{fill:#00000A}.a{fill:#00000B}rect{fill:#00000C}", 'class="a" id="c"', "00000A"),
        ("rect{fill:#00000C}.a{fill:#00000B}", 'class="a"', "00000B"),
        (".b{fill:#00000A}.a{fill:#00000B}", 'class="a b"', "00000B"),
        (".a{fill:#00000A}.b{fill:#00000B}.a{stroke:#00000C}", 'class="b a"', "00000B"),
        (".a{fill:#00000A}.a{fill:#00000B}", 'class="a"', "00000B"),
        (".a{fill:#00000A}", 'class="a" style="fill:#00000B"', "00000B"),
        (".a{stroke:#00000A}", 'class="a" style="fill:#00000B"', "00000B"),
        ("g{fill:#00000A}", "", "00000A"),
        ("g{fill:#00000A}", 'fill="#00000B"', "00000B"),
        ("#None{fill:#00000A}#a{fill:#00000A}", 'class="a"', "000000"),
        ("svg{fill:#00000A}", "", "00000A"),
        (".a{color:#00000A}.b{fill:currentColor}", 'class="a b"', "00000A"),
        ("", 'fill="currentColor"', "000000"),
        ("g{color:#00000A}", 'fill="currentColor" color="currentColor"', "00000A"),
        ("g{fill:#00000A}rect{fill:#00000B}", 'style="fill:inherit"', "00000A"),
        ("", 'fill="Teal"', "008080"),
        ("", 'fill="#abc"', "AABBCC"),
        ("", 'fill="#abcdefff"', "ABCDEF"),
        ("", 'fill="rgb(100%, 20%,0%)"', "FF3300"),
        (".A{fill:#00000A}Rect{fill:#00000A}circle{fill:#00000A}", 'class="a"', "000000"),
    ],
)
def test_of_what_a_style_sheet_says_the_nearest_counts(tmp_path: Path, sheet: str, shape: str, fill: str) -> None:
    inside = f'<style>{sheet}</style><g><rect width="9" height="9" {shape}/></g>'
    assert f'fill="#{fill}"' in drawn(tmp_path, inside)


@pytest.mark.parametrize(
    "said",
    [
        INKSCAPE,
        'style="paint-order:markers fill stroke;-inkscape-font-specification:Sans;stroke-opacity:1;display:inline"',
        'style="clip-rule:evenodd;stroke-linejoin:round;stroke-miterlimit:1.5" id="a" data-name="Layer 1"',
        'stroke-miterlimit="10" clip-rule="evenodd" mask="none" filter="none" shape-rendering="crispEdges"',
        'aria-hidden="true" role="img" focusable="false" p-id="2" x="5"',
    ],
)
def test_what_editors_write_and_changes_nothing_is_taken(tmp_path: Path, said: str) -> None:
    line = '<path {} d="M1 1L9 1L9 9z" fill="red"/>'
    assert drawn(tmp_path, line.format(said)) == drawn(tmp_path, line.format(""))


def test_the_place_of_the_badge_moves_with_the_drawing(tmp_path: Path) -> None:
    frame = 'viewBox="{} {} 80 60" data-badge="30 20"'
    assert read_bytes(tmp_path, svg(frame=frame.format(0, 0))).badge == (30, 20)
    assert read_bytes(tmp_path, svg(frame=frame.format(10, -10))).badge == (20, 30)


def test_a_file_may_lie_anywhere_and_be_a_link(tmp_path: Path) -> None:
    """It is the user's own file: who names a path may read it."""
    write(tmp_path, saved(corners(), "PNG"), "elsewhere/photo")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link.png").symlink_to(tmp_path / "elsewhere" / "photo")
    for name in ("../elsewhere/photo", "link.png", str(tmp_path / "elsewhere" / "photo")):
        assert placed(tmp_path / "here", routine_with(tmp_path / "here", name).read_bytes()) == []


# --------------------------------------------------------------------------- bad ones

ENTITIES = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"'
WHERE = "exercises[0].picture.file"
FOREIGN = '<x:image xmlns:x="urn:x" xmlns:l="http://www.w3.org/1999/xlink" l:href="file:///etc/passwd" width="9"/>'

PLAIN = '<path d="M1 1L9 1L9 9Z" fill="#FF0000"/>'
DASHED = f'<path d="M0 0{"L80 60L0 0" * 4}" stroke="#FF0000" stroke-dasharray="{{}}"/>'


def moving(kind: str) -> bytes:
    return saved(corners(), kind, save_all=True, append_images=[corners(mode="L").convert("RGB")])


def again(data: bytes, mark: bytes, count: int, part: bytes = b"") -> bytes:
    """A picture with something, or with what begins at a mark up to its end, many times before its end."""
    place = data.rindex(mark)
    end = place if part else len(data) - 2
    return data[:end] + (part or data[place:end]) * count + data[end:]


PIXELS, JPEG, WEBP = saved(corners(), "PNG"), saved(corners(), "JPEG"), saved(corners(), "WEBP")
PROGRESSIVE = saved(corners(), "JPEG", progressive=True)

BAD = {
    "huge.png": (png_that_says(60_000, 60_000), "picture-size", "at most 25 megapixels, got"),
    "large.png": (png_that_says(6_000, 5_000), "picture-size", "at most 25 megapixels, got 6000 × 5000"),
    "long.png": (saved(corners((90, 10)), "PNG"), "picture-size", "at most 8 times as wide"),
    "tall.svg": (svg(frame='viewBox="0 0 10 90"'), "picture-size", "at most 8 times as wide"),
    "cut.png": (saved(corners((300, 300)), "PNG")[:200], "picture", "damaged"),
    "cut.jpg": (saved(corners((300, 300)), "JPEG")[:900], "picture", "damaged"),
    "cut.webp": (saved(corners((300, 300)), "WEBP")[:60], "picture", "damaged"),
    "eps.png": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "picture", "got an EPS"),
    "a.gif": (saved(corners(), "GIF"), "picture", "got a GIF"),
    "gif.png": (saved(corners(), "GIF"), "picture", "got a GIF"),
    "a.tiff": (saved(corners(), "TIFF"), "picture", "got a TIFF"),
    "a.bmp": (saved(corners(), "BMP"), "picture", "got a BMP"),
    "a.heic": (b"\0\0\0\x18ftypheic", "picture", "got a HEIC"),
    "a.svgz": (gzip.compress(svg()), "picture", "got a compressed file"),
    "a.pdf": (b"%PDF-1.7", "picture", "got a PDF"),
    "empty.png": (b"", "picture", "got an empty file"),
    "noise.jpg": (b"\x00\x01\x02", "picture", "expected an SVG, PNG, JPEG or WebP picture"),
    "big.svg": (svg("<g/>" + " " * 2_000_000), "picture-size", "2,000,000 bytes"),
    "page.svg": (b"<html></html>", "picture", "got <html>"),
    "broken.svg": (svg("<g>"), "picture", "not valid XML (line 1)"),
    "codec.svg": (b'<?xml version="1.0" encoding="nonsense"?>' + svg(), "picture", "not valid XML"),
    "laughs.svg": (ENTITIES.encode() + svg("&b;"), "picture", "DOCTYPE"),
    "doctype.svg": (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg(), "picture", "DOCTYPE"),
    "sheet.svg": (b'<?xml-stylesheet href="a.css"?>' + svg(), "picture", "processing instruction"),
    "script.svg": (svg("<script>alert(1)</script>"), "picture", "<script>"),
    "foreign.svg": (svg("<foreignObject/>"), "picture", "<foreignObject>"),
    "text.svg": (svg("<text>Left</text>"), "picture", "<text>"),
    "image.svg": (svg(f"<image {LINK}/>"), "picture", "<image>"),
    "use.svg": (svg(f"<use {LINK}/>"), "picture", "<use>"),
    "link.svg": (svg(f"<rect {LINK}/>"), "picture", "href"),
    "handler.svg": (svg('<rect onclick="alert(1)"/>'), "picture", "script (onclick)"),
    "import.svg": (svg('<style>@import "http://a/b.css";</style>'), "picture", "style sheet"),
    "escape.svg": (svg("<style>.a{fill:u\\72l(http://a)}</style>"), "picture", "style sheet"),
    "split.svg": (svg("<style>.a{fill:u<!-- -->rl(http://a)}</style>"), "picture", "style that refers"),
    "styled.svg": (svg('<rect style="fill:url(http://a)"/>'), "picture", "style that refers"),
    "moved.svg": (svg('<rect style="transform:rotate(9deg)"/>'), "picture", "style that moves"),
    "moved-scale.svg": (svg('<g style="translate:100px;scale:-1 1"><rect/></g>'), "picture", "moves shapes (tr"),
    "moved-sheet.svg": (svg("<style>g{Scale:-1 1}</style>"), "picture", "moves shapes (scale: -1 1)"),
    "moved-vendor.svg": (svg('<rect style="-webkit-transform:none"/>'), "picture", "moves shapes"),
    "moved-origin.svg": (svg('<g transform="scale(-1 1)" transform-origin="50 40"/>'), "picture", "transform-origin"),
    "moved-along.svg": (svg('<rect style="offset-path:none"/>'), "picture", "moves shapes"),
    "moved-zoom.svg": (svg('<rect style="zoom:2"/>'), "picture", "moves shapes"),
    "moved-attribute.svg": (svg('<rect scale="-1 1"/>'), "picture", "moves shapes"),
    "moved-all.svg": (svg(frame='viewBox="0 0 80 60" transform="scale(-1 1)"'), "picture", "transform of the whole"),
    "moved-nowhere.svg": (svg('<g transform="Scale(-1 1)"/>'), "picture", 'transform="Scale(-1 1)"'),
    "moved-half.svg": (svg('<g transform="rotate(90 10)"/>'), "picture", 'transform="rotate(90 10)"'),
    "resized.svg": (svg('<rect style="width:9px"/>'), "picture", "width: 9px"),
    "filter.svg": (svg('<g filter="blur(3px)"/>'), "picture", "filter: blur(3px)"),
    "blend.svg": (svg('<rect style="mix-blend-mode:multiply"/>'), "picture", "mix-blend-mode"),
    "order.svg": (svg('<rect paint-order="stroke"/>'), "picture", "paint-order: stroke"),
    "scaled-line.svg": (svg('<rect vector-effect="non-scaling-stroke"/>'), "picture", "vector-effect"),
    "tip.svg": (svg('<rect stroke-miterlimit="1"/>'), "picture", "stroke-miterlimit: 1"),
    "inner.svg": (svg('<svg width="9" height="9"><rect/></svg>'), "picture", "<svg>"),
    "offset.svg": (svg('<path stroke-dasharray="5 2" stroke-dashoffset="3"/>'), "picture", "stroke-dashoffset: 3"),
    "hsl.svg": (svg('<rect fill="hsl(120,100%,50%)"/>'), "picture", "fill: hsl"),
    "no-colour.svg": (svg('<rect width="9" height="9" fill="no-such-colour"/>'), "picture", 'colour "no-such-colour"'),
    "no-rgb.svg": (svg('<rect fill="rgb(300,0,0)"/>'), "picture", "fill: rgb(300"),
    "width.svg": (svg('<path stroke="red" stroke-width="thick"/>'), "picture", "stroke-width: thick"),
    "important.svg": (svg("<style>rect{fill:red !important}</style>"), "picture", "!important"),
    "unheard.svg": (svg('<rect unheard="of"/>'), "picture", "unheard: of"),
    "half-style.svg": (svg('<rect style="fill"/>'), "picture", 'the style "fill"'),
    "half-sheet.svg": (svg("<style>rect{fill:red</style>"), "picture", "style sheet that cannot be understood"),
    "print-sheet.svg": (svg('<style media="screen">rect{fill:red}</style>'), "picture", "for something else"),
    "chain.svg": (svg("<style>x g g rect{fill:red}</style>" + PLAIN), "picture", 'the selector "x g g rect"'),
    "child.svg": (svg("<style>g>rect{fill:red}</style>" + PLAIN), "picture", 'the selector "g>rect"'),
    "any.svg": (svg("<style>*{fill:red}</style>" + PLAIN), "picture", 'the selector "*"'),
    "both-classes.svg": (svg("<style>.a, .b.c{fill:red}</style>" + PLAIN), "picture", 'the selector ".b.c"'),
    "first-child.svg": (svg("<style>g:first-child{fill:red}</style>" + PLAIN), "picture", 'selector "g:first-child"'),
    "hide-sheet.svg": (svg("<style>.a{display:none}</style>"), "picture", "style sheet that hides"),
    "hidden.svg": (svg(frame='viewBox="0 0 80 60" display="none"'), "picture", "delete display"),
    "invisible.svg": (svg(PLAIN, 'viewBox="0 0 80 60" visibility="hidden"'), "picture", "nothing in the drawing"),
    "letters.svg": (svg('<path d="M10 10 L20 20 foo L30 30"/>'), "picture", 'broken at "foo L30 30"'),
    "number-short.svg": (svg('<path d="M10 10 L20"/>'), "picture", "a path is broken"),
    "no-start.svg": (svg('<path d="L20 20"/>'), "picture", 'broken at "L20 20"'),
    "on-and-on.svg": (svg('<path d="M1 1L2 2L3 1zl5 5"/>'), "picture", 'broken at "l5 5"'),
    "digits.svg": (svg(f'<path d="M{"1" * 100_000}"/>'), "picture", "a path is broken"),
    "arcs.svg": (svg('<path d="M1 1A5 5 0 2 1 9 9"/>'), "picture", 'broken at "5 5 0 2 1 9 9"'),
    "points.svg": (svg('<polyline points="1,1 2"/>'), "picture", "a path is broken"),
    "dashes.svg": (svg('<path d="M0 0H80" stroke="red" stroke-dasharray=".03"/>'), "picture", "too short to be seen"),
    "dashes-plain.svg": (svg(DASHED.format("0.03")), "picture", "too short to be seen"),
    "dashes-many.svg": (svg(DASHED.format("0.1") * 100), "picture", "too many dashes"),
    "gradient.svg": (svg('<defs><linearGradient id="a"/></defs>'), "picture", "<linearGradient>"),
    "filled.svg": (svg('<rect fill=" url (#a)"/>'), "picture", "fill="),
    "faint.svg": (svg('<rect width="9" height="9" opacity="0.5"/>'), "picture", "translucent"),
    "faint-style.svg": (svg('<rect style="fill-opacity: .2"/>'), "picture", "translucent"),
    "faint-colour.svg": (svg('<rect width="9" height="9" fill="#11223344"/>'), "picture", "translucent"),
    "deep.svg": (svg("<g>" * 150 + "</g>" * 150), "picture", "too many shapes"),
    "many.svg": (svg("<g/>" * 30_000), "picture", "too many shapes"),
    "nested.svg": (svg("<g>" * 45 + "<g/>" * 700 + "</g>" * 45), "picture", "too many shapes"),
    "attributes.svg": (svg(f"<g {' '.join(f'a{number}={chr(34) * 2}' for number in range(60))}/>"), "picture", "many"),
    "shapes.svg": (svg("<rect/>" * (MOST_SHAPES + 1)), "picture", "expected at most 3,000 shapes, got 3,001"),
    "numbers.svg": (svg(f'<path d="M0 0{"h1" * MOST_NUMBERS}"/>'), "picture", "paths of at most 100,000 numbers"),
    "numbers-plain.svg": (svg(f'<path d="M0 0{"L1 1" * MOST_NUMBERS}"/>'), "picture", "at most 100,000 numbers"),
    "numbers-points.svg": (svg(f'<polygon points="{"1,2 " * MOST_NUMBERS}"/>'), "picture", "at most 100,000 numbers"),
    "numbers-shared.svg": (
        svg(f'<polygon points="{" 1" * (MOST_NUMBERS // 2)}"/><polygon points="{"1 " * (MOST_NUMBERS // 2 + 1)}"/>'),
        "picture", "at most 100,000 numbers",
    ),
    "ends.svg": (svg(f'<path d="M0 0{"Z" * MOST_NUMBERS}" fill="#FF0000"/>'), "picture", "at most 100,000 numbers"),
    "pattern.svg": (svg(f'<path d="M0 0H80" stroke="red" stroke-dasharray="{"9 " * 21}"/>'), "picture", "array: 9 9"),
    "steps.svg": (svg(f'<g transform="{"rotate(1)" * 21}"/>'), "picture", "its transform is too long"),
    "turned.svg": (svg(f'<g transform="{"rotate(1) " * 1_000}"/>'), "picture", "its transform is too long"),
    "restyled.svg": (svg(f"<style>{'.a{fill:red}' * 1_000}</style>"), "picture", "style sheet is too long"),
    "sizeless.svg": (svg(frame=""), "picture", "how large"),
    "zero.svg": (svg(frame='viewBox="0 0 0 60"'), "picture", "how large"),
    "minus.svg": (svg(frame='width="-5" height="5"'), "picture", "how large"),
    "nan.svg": (svg(frame='viewBox="0 0 nan 60"'), "picture", "how large"),
    "infinite.svg": (svg(frame='viewBox="0 0 1e999 60"'), "picture", "how large"),
    "stretched.svg": (svg(frame='viewBox="0 0 80 60" width="9" height="9" preserveAspectRatio="none"'), "picture",
                      'preserveAspectRatio="none"'),
    "flat.svg": (svg(frame='viewBox="0 0 80 60" width="0" height="9"'), "picture", "no width or no height"),
    "radius.svg": (svg('<circle r="10%"/>'), "picture", 'r="10%"'),
    "minus-radius.svg": (svg('<circle r="-1"/>'), "picture", 'r="-1"'),
    "percent.svg": (svg(frame='width="100%" height="100%"'), "picture", "how large"),
    "far.svg": (svg('<path d="M0 0L1e99 5" stroke="red"/>'), "picture", "too far out"),
    "no-number.svg": (svg('<circle r="nan"/>'), "picture", 'r="nan"'),
    "nothing.svg": (svg(""), "picture", "nothing in the drawing"),
    "unseen.svg": (svg('<rect width="9" height="9" display="none"/>'), "picture", "nothing in the drawing"),
    "other-space.svg": (svg(FOREIGN), "picture", "nothing in the drawing"),
    "badge.svg": (svg(frame='viewBox="0 0 80 60" data-badge="nan 2"'), "picture", "data-badge"),
    "badge-out.svg": (svg(frame='viewBox="0 0 80 60" data-badge="90 2"'), "picture", "data-badge"),
    "badged.svg": (svg(frame='viewBox="0 0 80 60" data-letter="L"'), "picture", "a badge already"),
    "numbered.svg": (svg(frame='viewBox="0 0 80 60" data-numbers="2"'), "picture", "numbers already"),
    "side.svg": (svg(frame='viewBox="0 0 80 60" data-shows="left"'), "picture-side", "it shows left"),
    "animation.png": (moving("PNG"), "picture", "the picture is an animation"),
    "animation.webp": (moving("WEBP"), "picture", "the picture is an animation"),
    "scans.jpg": (again(PROGRESSIVE, b"\xff\xda", MOST_SCANS), "picture-size", "a picture of at most 100 scans"),
    "comments.jpg": (JPEG[:2] + b"\xff\xfe\0\2" * MOST_PARTS + JPEG[2:], "picture-size", "at most 20,000 parts"),
    "texts.png": (again(PIXELS, b"\0\0\0\0IEND", MOST_PARTS, b"\0\0\0\0tEXt    "), "picture-size", "20,000 parts"),
    "junk.webp": (b"RIFF\xff\xff\xff\0" + WEBP[8:] + b"JUNK\0\0\0\0" * MOST_PARTS, "picture-size", "20,000 parts"),
    "filled.jpg": (JPEG[:2] + b"\xff" * 100_000, "picture", "damaged"),
    "missing.png": (None, "missing-picture", "there is no such file"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_is_refused_where_it_is_named(tmp_path: Path, name: str) -> None:
    data, code, message = BAD[name]
    text = routine_with(tmp_path, name, data).read_bytes()
    assert placed(tmp_path, text) == [f"9:13 {code} {WHERE}"]
    told = said(tmp_path, text)
    assert f"{name}: " in told
    assert message in told
    assert "\n  hint: " in told


def test_a_command_that_shows_it_leaves_nothing_behind(tmp_path: Path) -> None:
    routine_with(tmp_path, "laughs.svg", BAD["laughs.svg"][0], more="times_per_day: 1\n")
    for words in (("build", "routine.yaml", "-s", "left"), ("check", "routine.yaml"),
                  ("show", "routine.yaml", "-s", "left")):  # fmt: skip
        result = run(*words, folder=tmp_path)
        assert (result.code, result.out) == (2, b"")
        assert result.err.startswith(f"routine.yaml:9:13: error[picture] {WHERE}: laughs.svg: it holds a document type")
        assert "Traceback" not in result.err
    assert names(tmp_path) == ["laughs.svg", "routine.yaml"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    assert "expected a file" in said(tmp_path, routine_with(tmp_path, "folder.png").read_bytes())


@pytest.mark.parametrize("name", [r"\0.png", "x" * 150 + "/" + "y" * 300])
def test_what_is_no_name_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    text = routine_with(tmp_path, "photo.png").read_text().replace("photo.png", f'"{name}"')
    assert [each.split()[0] for each in placed(tmp_path, text)] == ["9:13"]


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    routine_with(tmp_path, "closed.png", saved(corners(), "PNG"), more="times_per_day: 1\n")
    (tmp_path / "closed.png").chmod(0)
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    library = Library()
    library.check(str(ROOT / "content/en/routines/sciatica-starter.yaml"))  # nobody may look for what ships
    with nobody(), pytest.raises(InvalidInput, match="cannot be read: Permission denied") as caught:
        library.check("routine.yaml")
    assert [each.location.line for each in caught.value.diagnostics] == [9]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    text = routine_with(tmp_path, "no.png").read_text()
    entry = text.split("exercises:\n")[1]
    assert placed(tmp_path, text + entry.replace("no.png", "nor.svg")) == [
        f"9:13 missing-picture {WHERE}", f"18:13 missing-picture {WHERE.replace('0', '1')}"
    ]  # fmt: skip


def test_a_bilateral_exercise_shows_neither_side(tmp_path: Path) -> None:
    text = routine_with(tmp_path, "a.svg", svg(), shows="left", side="bilateral").read_bytes()
    assert placed(tmp_path, text) == ["10:14 picture-side exercises[0].picture.shows"]


def test_check_of_an_exercise_file_looks_at_its_picture(tmp_path: Path) -> None:
    text = 'name: A\nside: affected\nreps: 3\ninstructions: ["Your {affected leg}."]\n'
    text += "picture: {file: a.svg, shows: right, alt: A man.}\n"
    assert placed(tmp_path, text, "exercise.yaml") == ["5:17 missing-picture picture.file"]
    write(tmp_path, svg(), "a.svg")
    assert placed(tmp_path, text, "exercise.yaml") == []


def test_a_pipe_that_is_named_is_not_even_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")  # nobody writes into it: whoever opened it would wait
    assert "pipe.png: it cannot be read: it is a pipe" in said(
        tmp_path, routine_with(tmp_path, "pipe.png").read_bytes()
    )


# --------------------------------------------------------------------------- what of a file makes its pixels


def parts(data: bytes) -> list[str]:
    """The names of a PNG's or a WebP's chunks, or the numbers of a JPEG's segments up to its first scan."""
    found: list[str] = []
    if data.startswith(b"\xff\xd8"):
        place = 2
        while not found or found[-1] != "DA":
            found.append(f"{data[place + 1]:X}")
            place += 2 + struct.unpack_from(">H", data, place + 2)[0]
        return found
    place, order = (8, ">I4s") if data.startswith(b"\x89PNG") else (12, "<4sI")
    while place < len(data):
        first, second = struct.unpack_from(order, data, place)
        name, length = (second, first + 4) if order == ">I4s" else (first, second + second % 2)
        found.append(name.decode())
        place += 8 + length
    return found


NOTES = {"exif": exif(6), "icc_profile": bytes(300), "comment": SECRET, "xmp": SECRET.encode()}


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("JPEG", "RGB", {"E0", "DB", "C0", "C4", "DA"}),
        ("JPEG", "CMYK", {"EE", "DB", "C0", "C4", "DA"}),
        ("JPEG", "L", {"E0", "DB", "C0", "C4", "DA"}),
        ("PNG", "RGB", {"IHDR", "IDAT", "IEND"}),
        ("PNG", "P", {"IHDR", "PLTE", "IDAT", "IEND"}),
        ("PNG", "LA", {"IHDR", "IDAT", "IEND"}),
        ("WEBP", "RGB", {"VP8X", "VP8 "}),
        ("WEBP", "RGBA", {"VP8X", "VP8 "}),
    ],
)
def test_only_what_makes_pixels_is_unpacked(kind: str, mode: str, kept: set[str]) -> None:
    image = corners(mode=mode)
    if mode == "RGBA":
        image.putalpha(100)
        kept = kept | {"ALPH"}
    data = saved(image, kind, **NOTES)
    found, orientation = essence(data + b"<script>" * 9)
    assert orientation == 6
    assert set(parts(found)) == kept
    assert not [each for each in (SECRET.encode(), b"script", b"Exif") if each in found]
    with Image.open(io.BytesIO(found)) as ours, Image.open(io.BytesIO(data)) as theirs:
        assert (ours.mode, ours.size, ours.tobytes()) == (theirs.mode, theirs.size, theirs.tobytes())
        assert not set(ours.info) & {"exif", "icc_profile", "comment", "xmp"}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_is_turned_as_its_camera_says(tmp_path: Path, kind: str, orientation: int, order: str) -> None:
    tiff = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}IH", 8, 2)
    tiff += struct.pack(f"{order}HHIHH", 0x0100, 3, 1, 5, 0) + struct.pack(
        f"{order}HHIHHI", 0x0112, 3, 1, orientation, 0, 0
    )
    data = saved(corners(), kind, exif=b"Exif\0\0" + tiff, **({"lossless": True} if kind == "WEBP" else {}))
    with Image.open(io.BytesIO(read_bytes(tmp_path, data).data)) as image:
        found = [_nearest(image.convert("RGB"), place) for place in ((0, 0), (1, 0), (1, 1), (0, 1))]
    # EXIF 2.3, 4.6.4: where the first row and the first column are to be seen
    assert "".join(found) == ["0123", "1032", "2301", "3210", "0321", "3012", "2103", "1230"][orientation - 1]


def _nearest(image: Image.Image, corner: tuple[int, int]) -> str:
    """Which of the colours is in a corner."""
    across, down = (3 + at * (size - 7) for at, size in zip(corner, image.size, strict=True))
    pixel = image.getpixel((across, down))
    assert isinstance(pixel, tuple)
    return str(min(range(4), key=lambda index: sum(abs(a - b) for a, b in zip(CORNERS[index], pixel, strict=True))))


@pytest.mark.parametrize(
    "notes",
    [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", b"MM*\0" + bytes(20), bytes(40),
     b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0"],
)  # fmt: skip
def test_what_a_camera_says_may_be_nonsense(notes: bytes) -> None:
    assert essence(saved(corners(), "PNG").replace(b"\0\0\0\0IEND", chunk(b"eXIf", notes) + b"\0\0\0\0IEND"))[1] == 1
    assert essence(saved(corners(), "JPEG", exif=b"Exif\0\0" + notes))[1] == 1


@pytest.mark.parametrize(
    "data",
    [
        JPEG[:20] + b"junk\0\xff\0\xff\xff\xff" + JPEG[20:],
        JPEG + b"\xff\xd8\xff\xe0 another one",
        JPEG[:2] + b"\xff\x01\xff\xd0" + JPEG[2:],
    ],
)
def test_a_jpeg_may_be_untidy(tmp_path: Path, data: bytes) -> None:
    assert read_bytes(tmp_path, data).data == read_bytes(tmp_path, JPEG).data


@pytest.mark.slow
def test_what_is_packed_beside_the_pixels_never_unfolds(tmp_path: Path) -> None:
    """Each of them once took a minute, or a gigabyte."""
    bomb = b"a\0\0" + zlib.compress(bytes(100_000_000), 9)
    head = PIXELS[:33]
    entries = b"".join(struct.pack("<HHII", 0x9000 + number, 7, 60_000, 8) for number in range(5_000))
    notes = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 5_000) + entries
    segment = b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes
    files = {
        "texts.png": head + chunk(b"zTXt", bomb) * 50 + PIXELS[33:],
        "profile.png": head + chunk(b"iCCP", bomb) + PIXELS[33:],
        "notes.png": head + chunk(b"eXIf", notes[6:]) + PIXELS[33:],
        "notes.jpg": JPEG[:2] + segment * 300 + JPEG[2:],
        "filled.jpg": JPEG[:2] + b"\xff" * 30_000_000 + JPEG[2:],
        "comments.jpg": JPEG[:2] + b"\xff\xfe\0\2" * 5_000_000 + JPEG[2:],
        "scans.jpg": again(saved(corners((4000, 4000)), "JPEG", progressive=True, quality=5), b"\xff\xda", 20_000),
        "chain.svg": svg("<style>x g g g g g g rect{fill:red}</style>" + "<g>" * 45 + PLAIN + "</g>" * 45),
        "path.svg": svg(f'<path d="M0 0{"h1" * 900_000}"/>'),
    }
    told = said_within_bounds(tmp_path, files)
    refused = {"comments.jpg": "20,000 parts", "scans.jpg": "100 scans", "chain.svg": "selector", "path.svg": "numbers"}
    assert {name for name, text in told.items() if text} == set(refused)
    assert all(refused[name] in text for name, text in told.items() if text)


# --------------------------------------------------------------------------- any

ANY = settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
SAMPLES = [
    saved(corners(), "PNG"), saved(corners(mode="P"), "PNG"), saved(corners(), "JPEG", exif=exif(3)),
    saved(corners(), "WEBP"), svg(RICH), svg(), (ROOT / "content/pictures/pelvic-tilt.svg").read_bytes(),
]  # fmt: skip


def painted_or_refused(folder: Path, data: bytes) -> None:
    """Whatever is read can be painted; everything else is refused with a hint."""
    try:
        picture = read_bytes(folder, data)
    except InvalidInput as error:
        found = error.diagnostics
    else:
        found = ()
        check_painted(picture)
    assert all(each.hint and "\n" not in each.message for each in found)


def check_painted(picture: Picture) -> None:
    stored = picture_object(picture)
    if picture.kind is not PictureKind.PHOTOGRAPH:
        content = zlib.decompress(stored.stream.partition(b"stream\n")[2].removesuffix(b"\nendstream"))
        assert picture.kind is PictureKind.DRAWING or len(content) >= 3 * picture.width * picture.height


@given(st.binary() | st.tuples(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF    WEBP", b"<svg"]),
                               st.binary()).map(b"".join))  # fmt: skip
@example(b"\xff\xfe")
@ANY
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    painted_or_refused(tmp_path, data)


@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=5))
@ANY
def test_any_change_to_a_picture(tmp_path: Path, data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for place, put in changes:
        at = place % len(data)
        data = data[:at] + put + data[at + len(put) :]
    painted_or_refused(tmp_path, data)


NUMBER = st.sampled_from(["0", "1", "-3", "1e3", "1e999", "nan", ".5", "50%", "2mm", "", "x", "4 5", "0 0"])
VALUE = NUMBER | st.sampled_from(
    ["red", "none", "inherit", "currentColor", "#12", "rgb(1,2)", "M0 0L5 5", "M0", "m1 1 a1 1 0 0 1 5 5 z",
     "M5 5h3v3t",
     "rotate(9)", "rotate(1 2)", "matrix(0 0 0 0 0 0)", "scale()", "0 0 9 9", "1,2 3", "evenodd", "round", "a", "Z"]
)  # fmt: skip
KEY = st.sampled_from(
    ["x", "y", "width", "height", "rx", "r", "cx", "d", "points", "fill", "stroke", "stroke-width", "transform",
     "stroke-dasharray", "viewBox", "fill-rule", "display", "style", "class", "id", "x1", "stroke-linecap", "color",
     "preserveAspectRatio", "font-size", "stroke-miterlimit", "stroke-dashoffset", "visibility"]
)  # fmt: skip
TAG = st.sampled_from(["g", "rect", "path", "circle", "ellipse", "line", "polyline", "polygon", "svg", "defs", "style"])
ELEMENT = st.recursive(
    st.just(""),
    lambda inner: st.tuples(TAG, st.dictionaries(KEY, VALUE, max_size=5), st.lists(inner, max_size=3)).map(
        lambda made: (
            f"<{made[0]}{''.join(f' {key}={chr(34)}{value}{chr(34)}' for key, value in made[1].items())}>"
            f"{''.join(made[2])}</{made[0]}>"
        )
    ),
    max_leaves=10,
)


PLACE = st.sampled_from(["0 0", "-1 2.5", "300 -0.25", "7", "2. 3", "1 2 3 4", "1 2 3 4 5 6", "-1 0 0.5 2 9 -8", ""])


@given(st.lists(st.tuples(st.sampled_from("MLCZ"), PLACE).map("".join), min_size=1, max_size=8).map("".join))
@example("M1 2L3 4C1 2 3 4 5 6ZM0 0Z")
@settings(max_examples=examples(200))
def test_plain_paths_are_read_like_any_other(plain: str) -> None:
    def found(data: str) -> list[Step] | None:
        try:
            return outline("path", {"d": data}, 1, 1)
        except Unprintable:
            return None

    # With commas it is no plain path any more.
    assert found(plain) == found(plain.replace(" ", ","))


@given(ELEMENT, st.dictionaries(KEY, VALUE, max_size=3))
@example("<rect></rect>", {"height": "0"})
@ANY
def test_any_drawing(tmp_path: Path, inside: str, root: dict[str, str]) -> None:
    root = {"viewBox": "0 0 80 60", **root}
    painted_or_refused(tmp_path, svg(inside, " ".join(f'{key}="{value}"' for key, value in root.items())))
