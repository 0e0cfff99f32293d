"""Atkinson Hyperlegible's zero without its stroke, which reads as 'no', or as a letter: an outline and one opening."""

from __future__ import annotations

import struct
from itertools import accumulate, pairwise
from typing import Final

#: Unicode in segments (OpenType, cmap): platform, encoding and format.
_UNICODE: Final = (3, 1, 4)
#: Flags of a point (OpenType, glyf): on the curve; a step of one byte across, up; as before, or positive; repeated.
_ON, _SHORT, _SAME, _REPEATED = 1, (2, 4), (16, 32), 8
_HEADER = 10


def with_open_zero(data: bytes) -> bytes:
    """A TrueType font whose zero, an outline with two openings, has one that reaches as far as both did.

    Args:
        data: the font; what has another form, or no room for the new outline, stays as it is.
    """
    tables = {data[at : at + 4]: int.from_bytes(data[at + 8 : at + 12]) for at in range(12, 12 + 16 * data[5], 16)}
    zero = _glyph(data, tables[b"cmap"], ord("0"))
    if not zero:
        return data
    offsets = struct.unpack_from(">2H", data, tables[b"loca"] + 2 * zero)
    start, stop = (tables[b"glyf"] + 2 * offset for offset in offsets)
    if struct.unpack_from(">h", data, start) != (3,):
        return data
    last, axes, curve = _outline(data, start)
    across, up = (_and_opening(axis[: last + 1], axis[last + 1 :]) for axis in axes)
    curve = curve[: last + 1] + curve[last::-1]
    steps = [after - before for axis in (across, up) for before, after in pairwise((0, *axis))]
    ends = struct.pack(">3H", last, len(curve) - 1, 0)
    box = data[start + 2 : start + _HEADER]
    glyph = struct.pack(">h", 2) + box + ends + bytes(curve) + struct.pack(f">{len(steps)}h", *steps)
    if len(glyph) > stop - start:
        return data
    return data[:start] + glyph.ljust(stop - start, b"\0") + data[stop:]


def _glyph(data: bytes, characters: int, char: int) -> int:
    """The number of a character's glyph; 0, which stands for what is missing, if it is not found."""
    for record in range(characters + 4, characters + 4 + 8 * data[characters + 3], 8):
        platform, encoding, offset = struct.unpack_from(">HHL", data, record)
        table = characters + offset
        form, _, _, width = struct.unpack_from(">4H", data, table)
        if (platform, encoding, form) != _UNICODE:
            continue
        # Four rows of as many numbers; after the first there are two bytes of nothing.
        ends, starts, steps, places = (
            struct.unpack_from(f">{width // 2}H", data, table + first + row * width)
            for row, first in enumerate((14, 16, 16, 16))
        )
        segment = next(index for index, end in enumerate(ends) if char <= end)
        if char < starts[segment]:
            return 0
        if places[segment]:
            place = table + 16 + 3 * width + 2 * segment + places[segment] + 2 * (char - starts[segment])
            char = int.from_bytes(data[place : place + 2])
        return int(char + steps[segment]) % 0x10000
    return 0


def _and_opening(outline: list[int], openings: list[int]) -> list[int]:
    """One coordinate of an outline's points, and of the same the other way round, shrunk onto the openings."""
    low, high, least, most = min(outline), max(outline), min(openings), max(openings)
    return outline + [round(least + (at - low) / (high - low) * (most - least)) for at in reversed(outline)]


def _outline(data: bytes, start: int) -> tuple[int, list[list[int]], list[int]]:
    """The last point of a glyph's outline; of all its points both coordinates, and whether they are on the curve."""
    *ends, instructions = struct.unpack_from(">4H", data, start + _HEADER)
    at, flags = start + _HEADER + 8 + instructions, list[int]()
    while len(flags) <= ends[-1]:
        repeated = bool(data[at] & _REPEATED)
        flags += [data[at]] * (1 + repeated * data[at + 1])
        at += 1 + repeated
    axes = []
    for short, same in zip(_SHORT, _SAME, strict=True):
        steps = []
        for flag in flags:
            size = 1 if flag & short else 0 if flag & same else 2
            step = int.from_bytes(data[at : at + size], signed=not flag & short)
            steps.append(-step if flag & short and not flag & same else step)
            at += size
        axes.append(list(accumulate(steps)))
    return ends[0], axes, [flag & _ON for flag in flags]
