"""What stands on a sheet beside its exercises: which blocks there are, and those that are only a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from pdfbuilder.domain.dose import Dose, Tick
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import Plan
from pdfbuilder.handout.blocks import FrontBlock, Handout
from pdfbuilder.handout.head import BELOW_HEAD, Title
from pdfbuilder.handout.lines import marked, wrapped
from pdfbuilder.handout.safety import SafetyBlock, safety_block, small_print
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Area, Element, Face, Fragment, Role, Rule
from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import SEPARATOR, Paragraph, Run, drawn, note_runs, set_runs, set_text, unbroken
from pdfbuilder.units import MM

#: Between the clinic's name and its number.
_BESIDE_CLINIC = 3 * MM
#: From the clinic to the rule under it.
_ABOVE_RULE = 1 * MM
#: Width of that rule.
_RULE = 0.7
#: Below it.
_BELOW_CLINIC = 3 * MM
_GREY = "#6B7780"
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
        safety_block(plan, language, emergency, urgent),
        how_to_tick(plan, language),
    )
    return tuple(block for block in blocks if block)


# --------------------------------------------------------------------------- the clinic


class ClinicBlock(FrontBlock, frozen=True):
    """The clinic's name, and whom to call: 'Questions? Call 020 7946 0018', empty without a number."""

    name: str
    call: str

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """The name at the left, the number at the right or below it, and a rule under both."""
        style, type_ = bench.style, bench.style.template.type.notes
        name = set_text(self.name, style.measure, type_, bench.metrics, Face.BOLD)
        call = set_text(self.call, style.measure, type_, bench.metrics)
        in_a_row = len(name.lines) <= 1 and name.width + 2 * _BESIDE_CLINIC + call.width <= style.measure
        x, y = (style.right - call.width, 0.0) if in_a_row else (style.left, name.height)
        height = (name.height if in_a_row else name.height + call.height) + _ABOVE_RULE
        elements = [Element(Role.PARAGRAPH, drawn(name, style.left, 0, ""))]
        elements += [Element(Role.PARAGRAPH, drawn(call, x, y, ""))] if self.call else []
        elements += [Element(Role.ARTIFACT, (Rule(style.left, height, style.right, height, _RULE, _GREY),))]
        yield Fragment(tuple(elements), height + _BELOW_CLINIC)

    def in_head(self, style: Style, *, later: bool) -> Iterator[tuple[Run, ...]]:
        """Name and number, or without room for both the number."""
        if not later:
            call = (Run(unbroken(self.call)),) if self.call else ()
            yield (Run(self.name, Face.BOLD), *((Run(SEPARATOR), *call) if call else ()))
            yield call

    def lines(self, handout: Handout) -> Iterator[str]:
        """As plain text."""
        yield from ("", *wrapped(self.name), *wrapped(self.call))


def clinic_block(plan: Plan, language: Language) -> ClinicBlock | None:
    """The clinic of a plan, if it names one."""
    clinic = plan.clinic
    if not clinic:
        return None
    call = language.messages.questions.format(phone=unbroken(clinic.phone)) if clinic.phone else ""
    return ClinicBlock(clinic.name, call)


# --------------------------------------------------------------------------- the word to the person


class WordToPerson(FrontBlock, frozen=True):
    """The word to the person, which is one of their own words."""

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
    """The word to the person and what stands beside the date elsewhere, such as the therapist's name: for a foot."""
    text = _word(handout, style, metrics, signed=True)
    return _beside_bar(text, style, _BELOW_SIGNED) if text.lines else Fragment((), 0)


def no_room_for_note(handout: Handout) -> str:
    """What to say where the note and what goes with it are left out."""
    left_out = ["the note"] if handout.own.note else []
    left_out += [fact.what for fact in handout.own.facts]
    they_are = "they are" if len(left_out) > 1 else "it is"
    return f"no room for {' and '.join(left_out)}: {they_are} left out on this sheet"


def _word(handout: Handout, style: Style, metrics: Metrics, *, signed: bool) -> Paragraph:
    runs = list(note_runs(handout.own.note)) if handout.own.note else []
    for fact in handout.own.facts if signed else ():
        runs.append(Run(SEPARATOR + fact.words if runs else fact.words))
    return set_runs(runs, style.measure - _NOTE_INDENT, style.template.type.dose, metrics)


def _beside_bar(text: Paragraph, style: Style, below: float) -> Fragment:
    mark = Area(style.left, 0, _NOTE_BAR, text.height, style.template.colours.accent)
    elements = (
        Element(Role.ARTIFACT, (mark,)),
        Element(Role.PARAGRAPH, drawn(text, style.left + _NOTE_INDENT, 0, style.template.colours.ground)),
    )
    return Fragment(elements, text.height + below)


# --------------------------------------------------------------------------- how to tick


class HowToTick(FrontBlock, frozen=True):
    """How to use the boxes.

    Attributes:
        tick: when to tick one.
        dashed: what dashed boxes are, empty if there are none.
    """

    tick: str
    dashed: str

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterator[Fragment]:
        """A line, or two."""
        if how := " ".join(filter(None, (self._tick(bench.style), self.dashed))):
            yield bench.reuse(small_print, how, bench.style, bench.metrics)

    def in_head(self, style: Style, *, later: bool) -> Iterator[tuple[Run, ...]]:
        """When to tick, on later pages again."""
        if later:
            yield (Run(self._tick(style)),)

    def lines(self, handout: Handout) -> list[str]:
        """As plain text, where there is one right below the general advice."""
        how = wrapped(" ".join(filter(None, (self.tick, self.dashed))))
        return how if handout.find(SafetyBlock) else ["", *how]

    def _tick(self, style: Style) -> str:
        """Nothing where boxes stand for more than a repetition, and each card says for what."""
        return self.tick if style.template.boxes.tick.tick is Tick.REP else ""


def how_to_tick(plan: Plan, language: Language) -> HowToTick:
    """How to use the boxes of a plan."""
    dashed = any(_has_dashed(exercise.dose) for exercise in plan.exercises)
    return HowToTick(language.messages.tick, language.messages.dashed if dashed else "")


def _has_dashed(dose: Dose) -> bool:
    return dose.optional or any(run.reps.is_range for run in dose.runs(2))
