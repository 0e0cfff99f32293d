"""Lengths. All geometry is in points (1/72 inch); definitions and design are in millimetres."""

from __future__ import annotations

from typing import Final

#: One millimetre in points.
MM: Final = 72 / 25.4
