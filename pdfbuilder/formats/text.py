"""A handout as plain text: the same words as on the sheet, in the same order, for eyes, diffs and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from pdfbuilder.domain.dose import Tick
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Card, Grid, Handout, Lane
from pdfbuilder.handout.lines import heading, marked, wrapped
from pdfbuilder.handout.safety import SafetyBlock


def plain_text(handout: Handout) -> str:
    """The text of a handout, each line at most 78 characters wide."""
    lines = [line for block in handout.front for line in block.lines(handout)]
    lines += (line for card in handout.cards for line in _card(card))
    lines += handout.about.lines() if handout.about else ()
    if safety := handout.find(SafetyBlock):
        lines += ("", *wrapped(safety.sources))
    return "\n".join((*lines[1:], "", handout.review, ""))


def _card(card: Card) -> list[str]:
    sides = f" {card.joiner} ".join(chip.word for chip in card.chips)
    lines = ["", *heading(f"{card.number}  {plain(card.name)}  [{sides}]", "-"), *wrapped(card.dose)]
    if card.picture:
        lines += wrapped(f"{card.picture.label} {card.picture.alternative}", first="  ", rest="  ")
    for number, step in enumerate(card.steps, start=1):
        lines += wrapped(marked(step), first=f"  {number}. ", rest="     ")
    for note in (*card.notes, card.word, card.credit):
        if note:
            lines += wrapped(f"{note.label} {marked(note.text)}", first="  ", rest="  ")
    grid, _ = card.grid(Tick.REP)
    return [*lines, *(f"  {line}" for line in _boxes(grid))]


def _boxes(grid: Grid) -> Iterator[str]:
    """The boxes of one day, and on which days they stand: `[ ]` is asked for, `( )` is extra."""
    days = [day for day, active in zip(grid.days, grid.active, strict=True) if active]
    yield " ".join(days)
    # Where left always stands left on paper, here the side to begin with comes first: order is all a text has.
    lanes = sorted(grid.lanes, key=lambda lane: not lane.first)
    for session in range(grid.sessions):
        if grid.sessions > 1:
            yield " ".join(grid.session_words[session])
        sets = [f"{grid.set_word} {number + 1}" if grid.sets > 1 else "" for number in range(grid.sets)]
        if grid.alternate:
            for number, label in enumerate(sets):
                yield from _labelled(label, _rounds([lane for lane in lanes if number < lane.sets]))
        else:
            for lane in lanes:
                for label in sets[: lane.sets]:
                    yield from _labelled("  ".join(part for part in (lane.word, label) if part), _rows(lane))


def _labelled(label: str, rows: Iterable[str]) -> Iterator[str]:
    """Rows under each other, the first one beside a label if there is one."""
    for index, row in enumerate(rows):
        yield f"{label if index == 0 else ' ' * len(label)}  {row}" if label else row


def _rounds(lanes: list[Lane]) -> Iterator[str]:
    """The boxes of a set whose sides take turns, a line for each time that it is their turn."""
    for turn in zip_longest(*([f"{lane.word} {box}" for box in _set(lane)] for lane in lanes)):
        yield "  ".join(filter(None, turn))


def _set(lane: Lane) -> list[str]:
    return ["[ ]"] * lane.solid + ["( )"] * lane.dashed


def _rows(lane: Lane) -> Iterator[str]:
    """The boxes of one set, in groups of five as on the sheet, four groups to a line."""
    boxes = _set(lane)
    groups = ["".join(boxes[start : start + 5]) for start in range(0, len(boxes), 5)]
    for start in range(0, len(groups), 4):
        yield " ".join(groups[start : start + 4])
