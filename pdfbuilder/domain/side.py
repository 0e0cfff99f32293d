"""Left and right: the one thing that must never be wrong.

`Side` is a side of the body. `AffectedSide` is what a person has: one side, both, or, said aloud, none. `SideRule`
says how an exercise treats the two. There is no default for any of them.
"""

from __future__ import annotations

from enum import Enum
from typing import Final


class Side(Enum):
    """A side of the body, always the person's own."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class AffectedSide(Enum):
    """The side that a plan is for."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    #: Nobody's side: a plan for balance, breathing or the trunk.
    NONE = "none"

    @property
    def short(self) -> str:
        """The letter that will do for the word; empty for `none`, which is to be written out: `n` is also `n/a`."""
        return self.value[0] if self is not AffectedSide.NONE else ""

    @classmethod
    def parse(cls, text: str) -> AffectedSide:
        """Read a side as people write it: `left`, `Left`, ` LEFT `, `L`, and so on.

        Raises:
            ValueError: if the text is not plainly one of the four.
        """
        word = text.strip().casefold()
        for side in cls:
            if word and word in (side.value, side.short):
                return side
        raise ValueError(text)


#: The sides that a plan can be for, as diagnostics list them.
SIDES_IN_WORDS: Final = "left, right, both or none"


class SideRule(Enum):
    """How an exercise treats the two sides of the body."""

    #: Done on the affected side only.
    AFFECTED = "affected"
    #: Done on the other side only.
    OTHER = "other"
    #: All repetitions on one side, affected first, then all on the other.
    EACH = "each"
    #: The sides take turns, repetition by repetition, affected first.
    ALTERNATE = "alternate"
    #: Both sides at once, each with a part of its own, and never repeated the other way round: stairs, walking aids.
    ASYMMETRIC = "asymmetric"
    #: Both limbs at once, or the midline: the words left and right do not occur.
    BILATERAL = "bilateral"


class Relative(Enum):
    """A side as an instruction names it, before anyone's left or right is known."""

    AFFECTED = "affected"
    OTHER = "other"

    @property
    def opposite(self) -> Relative:
        """The other one of the two."""
        return Relative.OTHER if self is Relative.AFFECTED else Relative.AFFECTED


def working_sides(rule: SideRule, affected: AffectedSide) -> tuple[Side, ...]:
    """The sides that an exercise is done on, in order; empty for a bilateral one.

    With both sides affected there is no other side to rest: `affected` and `other` exercises are done on each
    side in turn, left first, because left stands before right on the sheet. With none affected left is first, too, and
    no exercise is for one side. An asymmetric one is done once, for the affected side; not with both.
    """
    if rule is SideRule.BILATERAL:
        return ()
    if affected in (AffectedSide.BOTH, AffectedSide.NONE):
        if rule is SideRule.ASYMMETRIC:
            return ()
        return (Side.LEFT, Side.RIGHT)
    first = Side(affected.value)
    if rule in (SideRule.AFFECTED, SideRule.ASYMMETRIC):
        return (first,)
    if rule is SideRule.OTHER:
        return (first.other,)
    return (first, first.other)
