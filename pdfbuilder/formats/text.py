"""A handout as plain text: the same words as on the sheet, in the same order, for eyes, diffs and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from msgspec.structs import replace

from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Card, Grid, Handout, Lane, ProgressLine, SectionHeading
from pdfbuilder.handout.lines import heading, marked, wrapped
from pdfbuilder.handout.safety import SafetyBlock


def plain_text(handout: Handout) -> str:
    """The text of a handout, each line at most 78 characters wide."""
    lines = [line for part in handout.parts for line in _part(part)]
    lines += handout.about.lines() if handout.about else ()
    if safety := handout.find(SafetyBlock):
        lines += ("", *wrapped(safety.sources))
    return "\n".join((*lines[1:], "", handout.review, ""))


def _part(handout: Handout) -> Iterator[str]:
    """What stands before the cards, and the cards."""
    for block in handout.stands_first:
        yield from block.lines(handout)
    for card in handout.cards:
        yield from _card(card)


def in_a_line(card: Card, dose: str) -> str:
    """An exercise in a line: name, side, and its dose as it is given here."""
    return f"{plain(card.name)} [{_sides(card)}]: {dose}".removesuffix(": ").replace("\u00a0", " ")


def _sides(card: Card) -> str:
    return f" {card.joiner} ".join(chip.word for chip in card.chips)


def _card(card: Card) -> list[str]:
    sides = _sides(card)
    grid, remark = card.grid(card.finest)
    dose = " ".join(filter(None, (card.dose, remark)))
    lines = _section(card.section) if card.section else []
    lines += ["", *heading(f"{card.number}  {plain(card.name)}  [{sides}]", "-"), *wrapped(dose)]
    for line in card.progress:
        lines += wrapped(_progress(line), first="> ", rest="  ")
    for reason in card.avoid_if:
        lines += wrapped(f"{reason.label} {marked(reason.text)}", first="  ! ", rest="    ")
    if card.picture:
        lines += wrapped(f"{card.picture.label} {card.picture.alternative}", first="  ", rest="  ")
    for number, step in enumerate(card.steps, start=1):
        lines += wrapped(marked(step), first=f"  {number}. ", rest="     ")
    for note in (*card.notes, card.word, card.credit):
        if note:
            lines += wrapped(f"{note.label} {marked(note.text)}", first="  ", rest="  ")
    if card.video:
        lines += wrapped(f"{card.video.label}: {card.video.address}", first="  ", rest="  ")
    return [*lines, *(f"  {line}" for line in _boxes(grid))]


def _progress(line: ProgressLine) -> str:
    """A step by which it gets harder, with a line for the day where it needs one."""
    what = f"{line.when} {line.what}{'.' if line.what else ''} {marked(line.how)}"
    return f"{' '.join(what.split())} {f'{line.since} ________' if line.since else ''}".rstrip()


def _section(section: SectionHeading) -> list[str]:
    lines = ["", *heading(plain(section.title), "=")]
    return lines + wrapped(marked(section.text)) if section.text else lines


def _boxes(grid: Grid) -> Iterator[str]:
    """The boxes of one day, and on which days they stand: `[ ]` is asked for, `( )` is extra."""
    if not grid.lanes:
        return
    days = [day for day, active in zip(grid.days, grid.active, strict=True) if active]
    yield " ".join(days)
    # Where left always stands left on paper, here the side to begin with comes first: order is all a text has.
    lanes = sorted(grid.lanes, key=lambda lane: not lane.first)
    for session in range(grid.sessions):
        if grid.sessions > 1 or grid.is_named:
            yield " ".join(filter(None, grid.session_words[session]))
        if grid.extra_sessions and session >= grid.sessions - grid.extra_sessions:
            lanes = [replace(lane, extra_sets=lane.sets) for lane in lanes]
        sets = [f"{grid.set_word} {number + 1}" if grid.sets > 1 else "" for number in range(grid.sets)]
        if grid.alternate:
            for number, label in enumerate(sets):
                yield from _labelled(label, _rounds([lane for lane in lanes if number < lane.sets], number))
        else:
            for lane in lanes:
                for number, label in enumerate(sets[: lane.sets]):
                    words = "  ".join(part for part in (lane.word, lane.part, label) if part)
                    yield from _labelled(words, _rows(lane, number))


def _labelled(label: str, rows: Iterable[str]) -> Iterator[str]:
    """Rows under each other, the first one beside a label if there is one."""
    for index, row in enumerate(rows):
        yield f"{label if index == 0 else ' ' * len(label)}  {row}" if label else row


def _rounds(lanes: list[Lane], number: int) -> Iterator[str]:
    """The boxes of a set whose sides take turns, a line for each time that it is their turn."""
    for turn in zip_longest(*([f"{lane.word} {box}" for box in _set(lane, number)] for lane in lanes)):
        yield "  ".join(filter(None, turn))


def _set(lane: Lane, number: int) -> list[str]:
    """The boxes of one of the sets, the first of which is 0."""
    solid = lane.solid if number < lane.sets - lane.extra_sets else 0
    boxes = ["[ ]"] * solid + ["( )"] * (lane.boxes - solid)
    if lane.plus:
        boxes[-1] = "(+)"
    if lane.line:
        boxes[-1] = f"{boxes[-1]} ____ {lane.unit}".rstrip()
    return boxes


def _rows(lane: Lane, number: int) -> Iterator[str]:
    """The boxes of one set, in groups of five, four groups to a line."""
    boxes = _set(lane, number)
    groups = ["".join(boxes[start : start + 5]) for start in range(0, len(boxes), 5)]
    for start in range(0, len(groups), 4):
        yield " ".join(groups[start : start + 4])
