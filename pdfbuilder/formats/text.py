"""A handout as plain text: the same words as on the sheet, in the same order, for eyes, diffs and screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from pdfbuilder.domain.dose import Tick
from pdfbuilder.domain.wording import Text, plain
from pdfbuilder.handout.blocks import Card, Grid, Handout, Lane

_WIDTH = 78


def plain_text(handout: Handout) -> str:
    """The text of a handout, each line at most 78 characters wide."""
    blocks = [_head(handout), *_safety(handout), *(_card(card) for card in handout.cards), *_about(handout)]
    blocks += [_wrapped(handout.safety.sources)] if handout.safety else []
    return "\n\n".join("\n".join(block) for block in blocks) + f"\n\n{handout.review}\n"


def _head(handout: Handout) -> list[str]:
    own = handout.own
    who = filter(None, (own.name, own.date, *(fact.words for fact in own.facts), handout.minutes))
    lines = [*_heading(plain(handout.title), "="), *_wrapped(handout.tag.words), *_wrapped(" · ".join(who))]
    if handout.own.note:
        lines += ["", *_wrapped(f"{handout.own.note.label} {_marked(handout.own.note.text)}")]
    return lines


def _safety(handout: Handout) -> Iterator[list[str]]:
    safety = handout.safety
    if safety:
        if safety.lead:
            yield _wrapped(safety.lead)
        for tier in safety.tiers:
            yield [*_wrapped(f"{tier.what} {tier.when}"), *_listed(tier.signs)]
        yield [*_wrapped(safety.advice), *_wrapped(_how(handout))]
    else:
        yield _wrapped(_how(handout))


def _how(handout: Handout) -> str:
    return " ".join(part for part in (handout.tick, handout.dashed) if part)


def _listed(signs: tuple[str, ...]) -> Iterator[str]:
    for sign in signs:
        yield from _wrapped(sign, first="  - ", rest="    ")


def _card(card: Card) -> list[str]:
    sides = f" {card.joiner} ".join(chip.word for chip in card.chips)
    lines = [*_heading(f"{card.number}  {plain(card.name)}  [{sides}]", "-"), *_wrapped(card.dose)]
    if card.picture:
        lines += _wrapped(f"{card.picture.label} {card.picture.alternative}", first="  ", rest="  ")
    for number, step in enumerate(card.steps, start=1):
        lines += _wrapped(_marked(step), first=f"  {number}. ", rest="     ")
    for note in (*card.notes, card.word, card.credit):
        if note:
            lines += _wrapped(f"{note.label} {_marked(note.text)}", first="  ", rest="  ")
    grid, _ = card.grid(Tick.REP)
    return [*lines, *(f"  {line}" for line in _boxes(grid))]


def _marked(text: Text) -> str:
    """A text with its side phrases in asterisks, where the sheet has them bold."""
    return "".join(f"*{span.text}*" if span.relative else span.text for span in text)


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


def _about(handout: Handout) -> Iterator[list[str]]:
    if handout.about:
        yield _heading(handout.about.title, "-")
        for paragraph in handout.about.paragraphs:
            yield _wrapped(paragraph)


def _heading(text: str, rule: str) -> list[str]:
    lines = _wrapped(text)
    return [*lines, rule * max(map(len, lines))]


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    # Spaces that do not break on paper are plain spaces here.
    return textwrap.wrap(
        text.replace("\u00a0", " "), _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
