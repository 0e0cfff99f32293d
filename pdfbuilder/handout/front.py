"""What stands on a sheet beside its exercises: which blocks there are, and those that are only a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import Amount, Bound
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.clinic import clinic_block
from pdfbuilder.handout.head import BELOW_HEAD, Title
from pdfbuilder.handout.hurts import hurts_block
from pdfbuilder.handout.lines import marked, wrapped
from pdfbuilder.handout.needs import needs_line
from pdfbuilder.handout.phases import phases_block
from pdfbuilder.handout.restrictions import advice_block, restrictions_block
from pdfbuilder.handout.safety import SafetyBlock, safety_block
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Role
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, Run, drawn, note_runs, set_runs, set_text
from pdfbuilder.units import MM

#: Width of the bar beside the word to the person.
_NOTE_BAR = 1.2 * MM
#: Where that word begins, from the left edge.
_NOTE_INDENT = 4 * MM
#: Below it at the foot of a page.
_BELOW_SIGNED = 2.5 * MM


def front(plan: Plan, language: Language, emergency: str, urgent: str) -> tuple[FrontBlock, ...]:
    """The blocks of a plan, in the order in which they stand before the cards; for the numbers see `safety_block`."""
    blocks = (
        clinic_block(plan, language),
        Title(),
        WordToPerson(),
        phases_block(plan, language),
        restrictions_block(plan, language),
        advice_block(plan, language),
        safety_block(plan, language, emergency, urgent),
        hurts_block(plan, language),
        needs_line(plan, language),
        pick_line(plan, language),
        how_to_tick(plan, language),
    )
    return tuple(block for block in blocks if block)


# --------------------------------------------------------------------------- the word to the person


class WordToPerson(FrontBlock, frozen=True):
    """The word to the person, which is one of their own words."""

    in_each_part: ClassVar[bool] = False

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """The word beside a bar, in as many parts as pages need."""
        text = _word(handout, bench.style, bench.metrics, signed=False)
        most = max(1, int((room - BELOW_HEAD) // text.type.leading))
        for first in range(0, len(text.lines), most):
            yield _beside_bar(Paragraph(text.lines[first : first + most], text.type), bench.style, BELOW_HEAD)

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        if note := handout.own.note:
            yield from ("", *wrapped(f"{note.label} {marked(note.text)}"))


def signed_note(handout: Handout, style: Style, metrics: Metrics) -> Fragment:
    """The word to the person and what stands beside the date elsewhere, such as the therapist's name: for a foot.

    The next visit is not in it: it has its own place on every sheet.
    """
    text = _word(handout, style, metrics, signed=True)
    return _beside_bar(text, style, _BELOW_SIGNED) if text.lines else Fragment((), 0)


def no_room_for_note(handout: Handout) -> str:
    """What to say where the note and what goes with it are left out."""
    left_out = ["the note"] if handout.own.note else []
    left_out += [fact.what for fact in handout.own.facts if not fact.alone]
    they_are = "they are" if len(left_out) > 1 else "it is"
    return f"no room for {' and '.join(left_out)}: {they_are} left out on this sheet"


def _word(handout: Handout, style: Style, metrics: Metrics, *, signed: bool) -> Paragraph:
    runs = list(note_runs(handout.own.note)) if handout.own.note else []
    for fact in (fact for fact in handout.own.facts if signed and not fact.alone):
        runs.append(Run(SEPARATOR + fact.words if runs else fact.words))
    return set_runs(runs, style.measure - _NOTE_INDENT, style.template.type.dose, metrics)


def _beside_bar(text: Paragraph, style: Style, below: float) -> Fragment:
    mark = Area(style.left, 0, _NOTE_BAR, text.height, style.template.colours.accent)
    elements = (
        Element(Role.ARTIFACT, (mark,)),
        Element(Role.PARAGRAPH, drawn(text, style.left + _NOTE_INDENT, 0, style.template.colours.ground)),
    )
    return Fragment(elements, text.height + below)


# --------------------------------------------------------------------------- how many to do


class PickLine(FrontBlock, frozen=True):
    """How many of the exercises to do: 'Pick 3 to 5 of these.'"""

    words: str

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """A line in bold."""
        style = bench.style
        text = set_text(self.words, style.measure, style.template.type.dose, bench.metrics, Face.BOLD)
        yield Fragment((Element(Role.PARAGRAPH, drawn(text, style.left, 0, "")),), text.height)

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        yield from ("", *wrapped(self.words))


def pick_line(plan: Plan, language: Language) -> PickLine | None:
    """How many of a plan's exercises to do, where that is not all."""
    return PickLine(language.plural(language.messages.pick, plan.pick)) if plan.pick else None


# --------------------------------------------------------------------------- how to tick


class HowToTick(FrontBlock, frozen=True):
    """How to use the boxes; at the head of each page that has some, or with each card.

    Attributes:
        tick: when to tick one.
        dashed: what dashed boxes are, empty if there are none.
    """

    tick: str
    dashed: str

    def in_a_row(self, *, dashed: bool) -> tuple[str, ...]:
        """In a line for a sheet of a week, the longest first; with what dashed boxes are if it has some."""
        return (f"{self.tick} {self.dashed}", self.tick) if dashed and self.dashed else (self.tick,)

    def lines(self, handout: Handout) -> list[str]:
        """As plain text, where there is one right below the general advice."""
        how = wrapped(" ".join(filter(None, (self.tick, self.dashed))))
        before = handout.stands_first[: handout.stands_first.index(self)][-1:]
        return how if any(isinstance(block, SafetyBlock) for block in before) else ["", *how]


def how_to_tick(plan: Plan, language: Language) -> HowToTick:
    """How to use the boxes of a plan."""
    dashed = any(_has_dashed(exercise.dose) for exercise in plan.exercises)
    return HowToTick(language.messages.tick, language.messages.dashed if dashed else "")


def _has_dashed(dose: Dose) -> bool:
    if dose.tick is Tick.NONE:
        return False
    if dose.optional or dose.has_one_box_a_day:
        return dose.optional
    amounts = [dose.times_per_day.times, *(each for run in dose.runs(2) for each in (run.reps, run.sets))]
    return any(map(_leaves_open, amounts))


def _leaves_open(amount: Amount) -> bool:
    return amount.is_range or amount.bound is Bound.AT_LEAST
