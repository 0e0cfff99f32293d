"""Exercises and routines as they are defined: for nobody in particular, with sides still open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated, Any, Final, TypeVar

from msgspec import Struct, field, structs

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, nearest, quoted
from pdfbuilder.domain.declare import (
    MAY_BE_NULL,
    NOT_A_KEY,
    Address,
    Example,
    Fault,
    Items,
    Line,
    MadeOf,
    Name,
    OneOf,
    Remark,
    Text,
    Unfit,
    UnsidedLine,
    UnsidedProse,
)
from pdfbuilder.domain.dose import Dose, DoseChange
from pdfbuilder.domain.figures import Amount, Bound
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.places import ITSELF, Places, said
from pdfbuilder.domain.side import AffectedSide, Side, SideRule
from pdfbuilder.domain.template import Paper, TickRule
from pdfbuilder.domain.wording import Wording, plain

Value = TypeVar("Value")

#: The rules by which an exercise is done on each side.
_EACH: Final = (SideRule.EACH, SideRule.ALTERNATE)


class Region(Enum):
    """A part of the body that an exercise, and a safety block, may be for."""

    BACK = "back"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    HAND = "hand"
    NECK = "neck"
    PELVIS = "pelvis"
    BALANCE = "balance"
    CHEST = "chest"


class Review(Struct, frozen=True):
    """A clinician's signature."""

    by: Annotated[Line, "Name and profession of who reviewed it.", Example("Jane Doe, physiotherapist")]
    on: Annotated[datetime.date, "When.", Example("2026-11-21")]


class Source(Struct, frozen=True):
    """Where facts come from."""

    title: Annotated[Line, "Title of the source, with its publisher."]
    url: Annotated[Address, "Address, if it has one."] = ""
    read: Annotated[datetime.date | None, "When it was read."] = None
    note: Annotated[Remark, "What was taken from it, and how an ambiguity was read."] = ""


LanguageCode = Annotated[Name, "Language of the texts (ISO 639)."]
Reviewed = Annotated[Review | None, MAY_BE_NULL, "Who reviewed it; null until someone has."]


class Illustration(Struct, frozen=True):
    """A picture, and what it shows in words for those who do not see it."""

    picture: Picture
    alternative: Wording


class Exercise(Struct, frozen=True):
    """One movement; what its fields mean, the exercise file says.

    Attributes:
        id: its name in files; empty for one that is written out inside a routine.
        language: code of the language that its texts are in.
        dose: what to do where a routine does not say otherwise.
        then: the step that sends the person to the second side, or None for the language's own.
        equipment: what is needed for it.
        avoid_if: what speaks against doing it, in lines.
        video: address of a film of it, or empty.
        regions: the parts of the body that it is for, the foremost first.
        steps_for_both: the instructions for somebody with two affected sides; None for the same, empty for one who
            cannot do it at all.
        location: where it is defined.
    """

    id: str
    language: str
    name: Wording
    rule: SideRule
    dose: Dose
    steps: tuple[Wording, ...]
    then: Wording | None = None
    steps_for_both: tuple[Wording, ...] | None = None
    cue: Wording | None = None
    feel: Wording | None = None
    stop_when: Wording | None = None
    progress_when: Wording | None = None
    ease_when: Wording | None = None
    illustration: Illustration | None = None
    equipment: tuple[str, ...] = ()
    avoid_if: tuple[Wording, ...] = ()
    video: str = ""
    group: str = ""
    regions: tuple[Region, ...] = ()
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    location: Location = Location("")

    def on_sides(self, rule: SideRule, *, steps_follow: bool = False) -> Exercise:
        """The exercise, which is done on each side, on one of them only or in another order.

        On the other side only, its texts say what they said of the affected side of the other one.

        Args:
            rule: on which.
            steps_follow: whether it is given other steps, so that it does not matter what its own say.

        Raises:
            Unfit: if it is not, if the rule says something else, or if its steps would go on sending from one side to
                the other.
        """
        if self.rule not in _EACH or rule not in (*_EACH, SideRule.AFFECTED, SideRule.OTHER):
            allowed = "affected, other, each or alternate" if self.rule in _EACH else ""
            message = f"the exercise is {self.rule.value}: " + (
                f"an entry can make {allowed} of it, not {rule.value}" if allowed else "an entry cannot change that"
            )
            hint = f"write one of {allowed}" if allowed else "leave it out, or write the exercise out"
            raise Unfit(Fault("side-rule", message, hint))
        if rule is self.rule:
            return self
        takes_turns = self.rule is SideRule.ALTERNATE
        if takes_turns and self.then is None and not steps_follow:
            message = f"the sides take turns, and its steps say so: {rule.value} is not what they say"
            hint = "write instructions for it, too; or in the exercise the step to the second side as then:"
            raise Unfit(Fault("side-rule", message, hint))
        dose = self.dose
        if dose.other and rule is SideRule.OTHER:
            dose = structs.replace(dose, reps=dose.other.reps, sets=dose.other.sets)
        dose = dose if rule in _EACH else structs.replace(dose, other=None)
        # What tells of turns does not go with what has none.
        then, cue = (None, None) if takes_turns else (self.then if rule in _EACH else None, self.cue)
        found = structs.replace(self, rule=rule, dose=dose, then=then, cue=cue)
        return found.seen_from_the_other_side() if rule is SideRule.OTHER else found

    def seen_from_the_other_side(self) -> Exercise:
        """The exercise whose texts say of the other side what they said of the affected one."""

        def seen(text: Wording | None) -> Wording | None:
            return text.seen_from_the_other_side if text else None

        def all_seen(texts: Iterable[Wording]) -> tuple[Wording, ...]:
            return tuple(text.seen_from_the_other_side for text in texts)

        shown = self.illustration
        return structs.replace(
            self,
            name=self.name.seen_from_the_other_side,
            steps=all_seen(self.steps),
            steps_for_both=None if self.steps_for_both is None else all_seen(self.steps_for_both),
            cue=seen(self.cue),
            feel=seen(self.feel),
            stop_when=seen(self.stop_when),
            progress_when=seen(self.progress_when),
            ease_when=seen(self.ease_when),
            avoid_if=all_seen(self.avoid_if),
            illustration=shown and structs.replace(shown, alternative=shown.alternative.seen_from_the_other_side),
            dose=self.dose.seen_from_the_other_side(),
        )

    @property
    def fits_both(self) -> bool:
        """Whether somebody with two affected sides can do it at all."""
        return self.steps_for_both != ()

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything in it that is printed."""
        alternative = self.illustration.alternative if self.illustration else None
        notes = (self.cue, self.feel, self.stop_when, self.progress_when, self.ease_when, alternative)
        steps = (*self.avoid_if, *self.steps, self.then, *(self.steps_for_both or ()))
        return tuple(text for text in (self.name, *steps, *notes, *self.dose.texts) if text is not None)


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
        if exercise.dose.parts and exercise.rule is SideRule.ALTERNATE and exercise != self.exercise:
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


class Sign(Struct, frozen=True):
    """A warning sign."""

    text: Annotated[str, Text(54, unsided=True), "The sign, in two short lines at most."]
    brief: Annotated[str, Text(40, unsided=True), "The same in a few words, for sheets without room."]


#: More than so many nobody reads.
_MOST_SIGNS: Final = 5
#: A short sign is its own brief form.
_ShortSign = Annotated[Sign, MadeOf(Annotated[str, Text(40, unsided=True)], lambda text, _: Sign(text, text))]
_AnySign = Annotated[Sign, OneOf(lambda value: _ShortSign if isinstance(value, str) else Sign, (_ShortSign, Sign))]
_Signs = tuple[_AnySign, ...]


class Safety(Struct, frozen=True, kw_only=True):
    """A safety block: warning signs, by what to do about them."""

    id: Annotated[str, NOT_A_KEY] = ""
    language: LanguageCode = "en"
    emergency: Annotated[_Signs, Items(1, _MOST_SIGNS), "Signs that need help at once; they follow 'now, if you have'."]
    today: Annotated[_Signs, Items(0, _MOST_SIGNS), "Signs that need a word today; they follow 'today, if'."] = ()
    soon: Annotated[_Signs, Items(0, _MOST_SIGNS), "Signs that need a doctor soon; they follow 'soon, if'."] = ()
    advice: Annotated[UnsidedProse, "The general advice, in a line."]
    both_sides: Annotated[UnsidedProse, "Leads the block where both sides are affected."] = ""
    #: None for a block that is true of every plan, or of one complaint only.
    regions: Annotated[tuple[Region, ...], "Whose exercises call for this block."] = ()
    sources: Annotated[tuple[Source, ...], Items(1), "Where the facts come from, and when they were read."]
    review: Reviewed = field(default=None, name="reviewed")
    location: Annotated[Location, NOT_A_KEY] = Location("")

    def with_another(self, other: Safety) -> Safety:
        """Both in one: the signs of each, equal ones once. It is reviewed only if both are."""
        latest = max((each.review for each in (self, other) if each.review), key=lambda review: review.on, default=None)
        return structs.replace(
            self,
            id=f"{self.id}, {other.id}",
            emergency=_each_once(self.emergency + other.emergency),
            today=_each_once(self.today + other.today),
            soon=_each_once(self.soon + other.soon),
            advice=" ".join(_each_once((self.advice, other.advice))),
            both_sides=" ".join(filter(None, _each_once((self.both_sides, other.both_sides)))),
            regions=_each_once(self.regions + other.regions),
            sources=_each_once(self.sources + other.sources),
            review=latest if self.review and other.review else None,
        )


def _each_once(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


class About(Struct, frozen=True, kw_only=True):
    """A background text."""

    id: Annotated[str, NOT_A_KEY] = ""
    language: LanguageCode = "en"
    title: Annotated[UnsidedLine, "Its heading."]
    paragraphs: Annotated[tuple[UnsidedProse, ...], Items(1, 6), "The text."]
    sources: Annotated[tuple[Source, ...], "Where the facts come from."] = ()
    review: Reviewed = field(default=None, name="reviewed")
    location: Annotated[Location, NOT_A_KEY] = Location("")


class Answer(Struct, frozen=True):
    """What to do if something is so."""

    condition: Annotated[str, Text(60, unsided=True), "What is so.", Example("Aches for an hour")] = field(name="if")
    do: Annotated[str, Text(60, unsided=True), "What to do then.", Example("that is all right.")]


class IfItHurts(Struct, frozen=True):
    """What a clinic says to do if an exercise hurts: go on, do less, or stop. Nobody else says it."""

    go_on: Annotated[Answer, "When to go on as before."]
    less: Annotated[Answer, "When to do less."]
    stop: Annotated[Answer, "When to stop, and whom to tell."]


class Clinic(Struct, frozen=True, kw_only=True):
    """Whose sheet it is, and whom to ask; a side in its name is part of it: Right Road."""

    name: Annotated[Line, "Its name, for the head of the sheet.", Example("Hill Street Physiotherapy")]
    address: Annotated[str, Text(80), "Where it is, in a line."] = ""
    phone: Annotated[str, Text(30), "Its number, for questions."] = ""
    hours: Annotated[str, Text(40), "When somebody answers there; follows 'call us,': Monday to Friday, 8 to 5."] = ""
    web: Annotated[str, Text(60), "Its address on the web, printed as it stands."] = ""
    logo: Annotated[Picture | None, NOT_A_KEY] = None
    if_it_hurts: Annotated[IfItHurts | None, "What to do if an exercise hurts; nothing ships."] = None
    location: Annotated[Location, NOT_A_KEY] = Location("")


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


class AlsoPrinted(Struct, frozen=True, kw_only=True):
    """What a routine has printed beside its exercises as it stands, and so has each plan that is made of it.

    Attributes:
        about: background to print where there is room, or None.
        clinic: whose sheet it is, or None.
    """

    about: About | None = None
    clinic: Clinic | None = None

    @property
    def beside(self) -> dict[str, Any]:
        """All of it by name."""
        return {name: getattr(self, name) for name in AlsoPrinted.__struct_fields__}


class Routine(AlsoPrinted, frozen=True):
    """An ordered list of exercises with doses.

    Attributes:
        id: its name in files and in the output's file name.
        language: code of the language that its texts are in.
        title: the heading of the sheet.
        entries: the exercises; those of all phases in order, until one of these is chosen.
        phases: its parts, or none.
        phase: which of them is meant, from 1, or `ALL_PHASES`; None where nobody has said.
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
        return structs.replace(self, entries=tuple(entries))

    def refuse_another_week(self, week: int | None) -> None:
        """Say if a week is none of the plan's.

        Raises:
            InvalidInput: if it is not one of them, or of its phase's.
        """
        if week is None:
            return
        first, last = self._weeks
        if week < first or (last is not None and week > last):
            what = f"phase {self.phase}" if self.phase else "the plan"
            weeks = f"from week {first} on" if last is None else f"week {first}" if first == last else ""
            message = f"{what} has {weeks or f'the weeks {first} to {last}'}, got {week}"
            hint = "name a week of it" + (", or another phase" if self.phase else "")
            raise InvalidInput([Diagnostic("week", message, said("week"), hint=hint)])

    @property
    def _weeks(self) -> tuple[int, int | None]:
        """The first and the last week of the plan, or of its phase; None if it has no end."""
        if self.phases:
            parts = [self.phases[self.phase - 1]] if self.phase else list(self.phases)
            weeks = [each.weeks or Weeks(1, None) for each in parts]
            lasts = [each.last for each in weeks]
            ends = [last for last in lasts if last is not None]
            return min(each.first for each in weeks), max(ends) if len(ends) == len(lasts) else None
        said_weeks = [entry.exercise.dose.weeks for entry in self.entries]
        ends = [each.high for each in said_weeks if each and not each.is_open and each.bound is not Bound.AT_LEAST]
        return 1, max(ends) if len(ends) == len(said_weeks) else None


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
