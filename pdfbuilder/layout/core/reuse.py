"""What was laid out once, to be used again for the next person."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, TypeVarTuple, cast

Made = TypeVar("Made")
Values = TypeVarTuple("Values")

#: Cards, rows and blocks that are kept; the oldest goes when another comes.
_MOST = 512


class Reuse:
    """Calls functions, and remembers what they gave.

    A value is looked up by the function and by all that goes in, so that what comes out is the same as without.

    Args:
        most: how many values are kept.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._made = lru_cache(maxsize=most)(_make)

    def __call__(self, make: Callable[[*Values], Made], *values: *Values) -> Made:
        """What a function makes of some values, all of them hashable."""
        return cast("Made", self._made(make, *values))


def _make(make: Callable[..., object], *values: object) -> object:
    return make(*values)
