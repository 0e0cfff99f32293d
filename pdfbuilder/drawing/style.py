"""Colours and widths of the pictures. Widths are in a picture's units: a tenth of a millimetre on paper."""

from __future__ import annotations

from typing import Final

INK: Final = "#26333F"
WHITE: Final = "#FFFFFF"
SHIRT: Final = "#D5DDE4"
FAR_LIMB: Final = "#EEF1F3"
HAIR: Final = "#33414E"
HAIR_STRAND: Final = "#8C99A4"
SHORTS: Final = "#8FA1AF"
SHOES: Final = "#8FA1AF"
HIGHLIGHT: Final = "#D9531E"
HATCH: Final = "#FFE6D8"
ARROW: Final = "#1B6E8C"
BADGE: Final = "#8A2D0B"
MAT: Final = "#E4EDEE"
MAT_EDGE: Final = "#C3D3D6"
ROOM_INK: Final = "#4F5E69"
#: The start of the movement is pale, and its broken line dark enough to stay whole in pure black and white.
GHOST: Final = "#EDF0F2"
HIGHLIGHT_GHOST: Final = "#FBE4D8"
GHOST_INK: Final = "#4A5762"
HIGHLIGHT_GHOST_INK: Final = "#A8431A"
#: Furniture, the wall, and what is held or lain on.
PROP_TOP: Final = "#E6EDEF"
PROP_FRONT: Final = "#C6D3D8"
PROP_SIDE: Final = "#D5DFE3"
WALL: Final = "#F1F4F5"
TOOL: Final = "#F3D9A4"
CLOTH: Final = "#F8EBCB"
PROP_INK: Final = "#4A5864"

#: From the heaviest to the finest: the figure's contour, the lines between its parts, folds and face, fingers and toes.
CONTOUR_WIDTH: Final = 3.4
OUTLINE_WIDTH: Final = 2.3
CREASE_WIDTH: Final = 1.9
FEATURE_WIDTH: Final = 1.9
STROKE_WIDTH: Final = 1.3
PROP_WIDTH: Final = 1.8
ROOM_WIDTH: Final = 1.5
GHOST_WIDTH: Final = 2.3
GHOST_DASHES: Final = (7.0, 4.5)
LENS_WIDTH: Final = 1.5
LEADER_WIDTH: Final = 2.6
HATCH_WIDTH: Final = 2.6
HATCH_SPACING: Final = 9.5
HALO: Final = 4.5
GHOST_HALO: Final = 3.0
ARROW_HALO: Final = 4.0
#: The badge's disc is about 6 mm wide.
BADGE_RADIUS: Final = 30.0
#: And that of a frame's number.
NUMBER_RADIUS: Final = 19.0
