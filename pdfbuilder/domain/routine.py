"""Routines as they are defined: for nobody in particular, with sides still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, nearest, quoted
from pdfbuilder.domain.beside import AlsoPrinted, Safety
from pdfbuilder.domain.declare import Fault, Unfit
from pdfbuilder.domain.dose import DoseChange
from pdfbuilder.domain.exercise import Exercise, Review
from pdfbuilder.domain.figures import Amount, Days
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.places import ITSELF, Places, said
from pdfbuilder.domain.side import AffectedSide, Side, SideRule
from pdfbuilder.domain.template import Paper, TickRule
from pdfbuilder.domain.wording import Wording, plain


class Section(Struct, frozen=True):
    """A heading over the exercises that follow it, up to the next one.

    Attributes:
        heading: what it says.
        text: a line about all of them, or None.
        pick: how many of them to do; None for all.
        side_of: the side of those that have none of their own, or None.
        count: how many they are.
        location: where it stands.
    """

    heading: Wording
    text: Wording | None = None
    pick: Amount | None = None
    side_of: Side | None = None
    count: int = 0
    location: Location = Location("")

    @property
    def texts(self) -> tuple[Wording, ...]:
        """What of it is printed."""
        return (self.heading, self.text) if self.text else (self.heading,)


class Entry(Struct, frozen=True):
    """An exercise's place in a routine.

    Attributes:
        exercise: with the dose and the texts of this entry put in.
        id: what tells it from another one with the same exercise, or empty.
        section: the heading that stands right before it, or None.
        side_of: a side of this entry's own ('left hip, right ankle'), or None.
        note: a word to the person, or None.
        location: where the entry stands.
    """

    exercise: Exercise
    side_of: Side | None = None
    note: Wording | None = None
    section: Section | None = None
    id: str = ""
    location: Location = Location("")

    @property
    def address(self) -> str:
        """What a change of its dose calls it; empty for one that is written out and has no id."""
        return self.id or self.exercise.id

    def changed(self, change: DoseChange) -> Entry:
        """The entry as it is for one person.

        Raises:
            Unfit: if the figures exclude each other, or if its exercise is not done on such sides.
        """
        exercise = self.exercise
        if change.side_of and exercise.rule is SideRule.BILATERAL:
            message, hint = "side_of names a side, but the exercise is bilateral", "leave side_of out"
            raise Unfit(Fault("side-contradiction", message, hint))
        if change.rule:
            exercise = exercise.on_sides(change.rule)
        exercise = structs.replace(exercise, dose=exercise.dose.changed(dict(change.figures)))
        if exercise.dose.has_parts and exercise.rule is SideRule.ALTERNATE and exercise != self.exercise:
            message, hint = "the sides take turns, so that parts cannot be told apart", "leave them out"
            raise Unfit(Fault("dose-parts", message, hint))
        return structs.replace(self, exercise=exercise, side_of=change.side_of or self.side_of)

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything in it that is printed and may name a side."""
        return (
            *(self.section.texts if self.section else ()),
            *self.exercise.texts,
            *filter(None, [self.note]),
        )


#: The last week that a plan can have.
LAST_WEEK: Final = 104


class Weeks(Struct, frozen=True):
    """The weeks of a plan that a phase is for; `last` is None if it has no end."""

    first: int
    last: int | None

    def has(self, week: int) -> bool:
        """Whether a week of the plan is one of them."""
        return self.first <= week and (self.last is None or week <= self.last)

    def __str__(self) -> str:
        return f"{self.first} to {self.last}" if self.last else f"{self.first} and later"


class Phase(Struct, frozen=True):
    """A part of a routine that is done for some weeks, until the next one begins.

    Attributes:
        title: what it is called.
        entries: the exercises.
        weeks: when it is, or None if that is not said.
        start_when: what has to be so before it begins, in lines.
        restrictions: what must not be done in it, besides what the routine says.
        advice: what to do in it, likewise.
        location: where it is defined.
    """

    title: Wording
    entries: tuple[Entry, ...]
    weeks: Weeks | None = None
    start_when: tuple[Wording, ...] = ()
    restrictions: tuple[Wording, ...] = ()
    advice: tuple[Wording, ...] = ()
    location: Location = Location("")

    @property
    def texts(self) -> tuple[Wording, ...]:
        """What of it is printed, but for its exercises."""
        return (self.title, *self.start_when, *self.restrictions, *self.advice)


#: Stands for all phases of a routine, each by itself.
ALL_PHASES: Final = 0


class SheetDefaults(Struct, frozen=True, kw_only=True):
    """What holds for a sheet where whoever orders it says nothing else.

    Attributes:
        person: whose it is.
        template: id or path of the template; empty for none.
        language: language tag or path of the language; empty for none.
        paper: or None for the template's own.
        tick: what a box stands for, or None for the template's own.
        clinic: path of the clinic's file, for routines that name none; empty for none.
        places: where all this is said.
    """

    person: Person = Person()
    template: str = ""
    language: str = ""
    paper: Paper | None = None
    tick: TickRule | None = None
    clinic: str = ""
    places: Places = ITSELF


class Routine(AlsoPrinted, frozen=True):
    """An ordered list of exercises with doses.

    Attributes:
        id: its name in files and in the output's file name.
        language: code of the language that its texts are in.
        title: the heading of the sheet.
        entries: the exercises; those of all phases in order, until one of these is chosen.
        phases: its parts, or none.
        phase: which of them is meant, from 1, or `ALL_PHASES`; None where nobody has said.
        week: from which week of the plan on; None for its beginning.
        pick: how many of the exercises to do; None for all.
        safety: the warning signs that belong to it, or None for none.
        restrictions: what must not be done, in lines.
        advice: what to do besides the exercises, in lines.
        lacks_safety: whether there should be some, but none are known in its language.
        side: the side that it is written for, or None if it fits either.
        sheet: for whom it is and how it looks, if it is one person's; else None.
        summary: a line about it, for lists.
        review: who has signed the routine as a whole, or None.
        location: where it is defined.
        side_location: where it names its side.
        safety_location: where it names its warning signs, or could.
    """

    id: str
    language: str
    title: Wording
    entries: tuple[Entry, ...]
    safety: Safety | None
    phases: tuple[Phase, ...] = ()
    phase: int | None = None
    week: int | None = None
    pick: Amount | None = None
    restrictions: tuple[Wording, ...] = ()
    advice: tuple[Wording, ...] = ()
    lacks_safety: bool = False
    side: AffectedSide | None = None
    sheet: SheetDefaults | None = None
    summary: str = ""
    review: Review | None = None
    location: Location = Location("")
    side_location: Location = Location("")
    safety_location: Location = Location("")

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything in it that is printed and may name a side."""
        phases = (text for phase in self.phases for text in phase.texts)
        entries = (text for entry in self.entries for text in entry.texts)
        return (self.title, *self.restrictions, *self.advice, *phases, *entries)

    @property
    def days(self) -> Iterator[Days]:
        """The days of its exercises, and those to which progress leads."""
        for entry in self.entries:
            dose = entry.exercise.dose
            yield from (dose.days, *(step.figures["days"] for step in dose.progress if "days" in step.figures))

    def for_phase(self, phase: int | None) -> Routine:
        """The routine with the exercises of one phase, or of each.

        Args:
            phase: its number, from 1, or `ALL_PHASES`; None only for a routine without phases.

        Raises:
            InvalidInput: if there is no such phase, or none is named: there is no default.
        """
        if not self.phases and phase is None:
            return self
        count, problems = len(self.phases), Problems()
        if not self.phases:
            message = f"the routine {self.id} has no phases"
            problems.error("no-phases", message, said("phase"), hint="ask for no phase")
        elif phase is None:
            message = f"the routine {self.id} has {count} phases, and none is named; there is no default"
            named = ", ".join(f"{number} ({plain(each.title.unsided)})" for number, each in enumerate(self.phases, 1))
            problems.error("missing-phase", message, said("phase"), hint=f"say which: {named}, or all")
        elif phase > count:
            message = f"expected a phase from 1 to {count}, or all, got {phase}"
            problems.error("phase", message, said("phase"), hint="write the number of one of them")
        problems.stop_on_error()
        if not phase:
            return structs.replace(self, phase=ALL_PHASES)
        chosen = self.phases[phase - 1]
        return structs.replace(
            self,
            phase=phase,
            entries=chosen.entries,
            restrictions=self.restrictions + chosen.restrictions,
            advice=self.advice + chosen.advice,
        )

    def changed(self, changes: Iterable[DoseChange]) -> Routine:
        """The routine with some doses changed for one person.

        Raises:
            InvalidInput: if it does not have an exercise that is to be changed, or has it more than once, or if the
                figures exclude each other.
        """
        # What is said of all exercises is weaker than what is said of one.
        ordered = sorted(changes, key=lambda change: bool(change.exercise))
        problems = Problems()
        for change in ordered:
            if change.exercise:
                self._refuse_unknown(change.exercise, change.location, problems, "whose dose could be changed")
        problems.stop_on_error()
        entries = list(self.entries)
        for change in ordered:
            for index, entry in enumerate(entries):
                if change.exercise not in ("", entry.address):
                    continue
                try:
                    entries[index] = entry.changed(change)
                except Unfit as unfit:
                    whose = "" if change.exercise else f"{plain(entry.exercise.name.unsided)}: "
                    for fault in unfit.faults:
                        problems.error(fault.code, whose + fault.message, change.location, hint=fault.hint)
        problems.stop_on_error()
        return structs.replace(self, entries=tuple(entries))

    def _refuse_unknown(self, address: str, where: Location, problems: Problems, for_what: str = "") -> None:
        """Say if no exercise is called so, or more than one."""
        known = [entry.address for entry in self.entries if entry.address]
        if address not in known:
            message = f"the routine {self.id} has no exercise '{quoted(address)}' {for_what}".rstrip()
            hint = nearest(address, known) or f"it has {', '.join(dict.fromkeys(known))}"
            problems.error("unknown-exercise", message, where, hint=hint)
        elif known.count(address) > 1:
            message = f"{address} stands more than once in the routine {self.id}"
            message += ": one dose would be that of all" if for_what else ""
            hint = "give each an id: of its own in the routine, and name that"
            problems.error("repeated-exercise", message, where, hint=hint)

    def only(self, addresses: tuple[str, ...]) -> Routine:
        """The routine with some of its exercises, in its own order; all of them if none is named.

        Raises:
            InvalidInput: if it does not have one of them, or has it more than once, or if a phase were left empty.
        """
        if not addresses:
            return self
        problems = Problems()
        for each in dict.fromkeys(addresses):
            self._refuse_unknown(each, said("only"), problems)
        problems.stop_on_error()
        phases = self.phases
        if self.phase == ALL_PHASES:
            phases = tuple(structs.replace(each, entries=tuple(_kept(each.entries, addresses))) for each in phases)
        for number, phase in enumerate(phases, 1):
            if not phase.entries:
                message, hint = (
                    f"no exercise of phase {number} would be left",
                    "name one of its exercises, or one phase",
                )
                problems.error("empty-phase", message, said("only"), hint=hint)
        problems.stop_on_error()
        entries = tuple(_kept(self.entries, addresses))
        fewest = min((len(each.entries) for each in phases), default=0) if self.phase == ALL_PHASES else len(entries)
        return structs.replace(self, entries=entries, phases=phases, pick=_still_to_pick(self.pick, fewest))

    def in_week(self, week: int | None) -> Routine:
        """The routine from a week of the plan on: each exercise begins where its progress has come to."""
        if week is None:
            return self
        entries = []
        for entry in self.entries:
            dose = entry.exercise.dose
            dose = structs.replace(dose, level=dose.level_in(week))
            entries.append(structs.replace(entry, exercise=structs.replace(entry.exercise, dose=dose)))
        return structs.replace(self, week=week, entries=tuple(entries))

    def refuse_another_week(self) -> None:
        """Say if its week is none of the plan's.

        Raises:
            InvalidInput: if it is not one of them, or of its phase's.
        """
        first, last = self.weeks.first, self.weeks.last
        if self.week is not None and not self.weeks.has(self.week):
            what = f"phase {self.phase}" if self.phase else "the plan"
            weeks = f"from week {first} on" if last is None else f"week {first}" if first == last else ""
            message = f"{what} has {weeks or f'the weeks {first} to {last}'}, got {self.week}"
            hint = "name a week of it" + (", or another phase" if self.phase else "")
            raise InvalidInput([Diagnostic("week", message, said("week"), hint=hint)])

    @property
    def weeks(self) -> Weeks:
        """Those of the plan, or of its phase."""
        if self.phases:
            parts = [self.phases[self.phase - 1]] if self.phase else list(self.phases)
            weeks = [each.weeks or Weeks(1, None) for each in parts]
            lasts = [each.last for each in weeks]
            ends = [last for last in lasts if last is not None]
            return Weeks(min(each.first for each in weeks), max(ends) if len(ends) == len(lasts) else None)
        said_weeks = [entry.exercise.dose.weeks for entry in self.entries]
        ends = [each.high for each in said_weeks if each and each.has_end]
        return Weeks(1, max(ends) if len(ends) == len(said_weeks) else None)


def _kept(entries: tuple[Entry, ...], addresses: tuple[str, ...]) -> Iterator[Entry]:
    """Some of the entries, under the headings that they stand under."""
    parts: list[tuple[Section | None, list[Entry]]] = [(None, [])]
    for entry in entries:
        if entry.section:
            parts.append((entry.section, []))
        if entry.address in addresses:
            parts[-1][1].append(entry)
    for section, kept in parts:
        left = None
        if section:
            count = len(kept)
            left = structs.replace(section, count=count, pick=_still_to_pick(section.pick, count))
        yield from (structs.replace(entry, section=None if index else left) for index, entry in enumerate(kept))


def _still_to_pick(pick: Amount | None, count: int) -> Amount | None:
    """How many to choose of those that are left; None for all, where so many are no longer there."""
    return pick if pick and pick.high <= count else None
