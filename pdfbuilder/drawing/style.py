"""Colours and widths of the pictures. Widths are in a picture's units: a tenth of a millimetre on paper."""

from __future__ import annotations

from typing import Final

INK: Final = "#26333F"
WHITE: Final = "#FFFFFF"
SHIRT: Final = "#D5DDE4"
FAR_LIMB: Final = "#EEF1F3"
HAIR: Final = "#33414E"
HIGHLIGHT: Final = "#D9531E"
HATCH: Final = "#FFE6D8"
ARROW: Final = "#1B6E8C"
MAT: Final = "#E4EDEE"
MAT_EDGE: Final = "#C3D3D6"
TABLE: Final = "#D3DFE1"
ROOM_INK: Final = "#62727D"
GHOST_INK: Final = "#6F7D89"
HIGHLIGHT_GHOST_INK: Final = "#A8431A"

OUTLINE_WIDTH: Final = 2.6
CREASE_WIDTH: Final = 2.2
FEATURE_WIDTH: Final = 1.9
STROKE_WIDTH: Final = 1.4
GHOST_WIDTH: Final = 2.0
ROOM_WIDTH: Final = 1.2
GHOST_DASHES: Final = (5.5, 4.5)
HATCH_WIDTH: Final = 2.6
HATCH_SPACING: Final = 9.5
HALO: Final = 4.5
ARROW_HALO: Final = 4.0
#: The badge's disc is about 6 mm wide.
BADGE_RADIUS: Final = 30.0
