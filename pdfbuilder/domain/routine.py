"""Exercises and routines as they are defined: for nobody in particular, with sides still open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import Enum
from typing import Annotated, Any, Final, TypeVar

from msgspec import Struct, field, structs

from pdfbuilder.diagnostics import Location, Problems, nearest
from pdfbuilder.domain.declare import (
    MAY_BE_NULL,
    NOT_A_KEY,
    Address,
    Example,
    Items,
    Line,
    MadeOf,
    Name,
    OneOf,
    Remark,
    Text,
    UnsidedLine,
    UnsidedProse,
)
from pdfbuilder.domain.dose import Dose, DoseChange
from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.side import AffectedSide, Side, SideRule
from pdfbuilder.domain.wording import Wording

Value = TypeVar("Value")


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
    group: str = ""
    region: Region | None = None
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    location: Location = Location("")

    @property
    def fits_both(self) -> bool:
        """Whether somebody with two affected sides can do it at all."""
        return self.steps_for_both != ()

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything in it that is printed."""
        alternative = self.illustration.alternative if self.illustration else None
        notes = (self.cue, self.feel, self.stop_when, self.progress_when, self.ease_when, alternative)
        steps = (*self.steps, self.then, *(self.steps_for_both or ()))
        return tuple(text for text in (self.name, *steps, *notes) if text is not None)


class Entry(Struct, frozen=True):
    """An exercise's place in a routine.

    Attributes:
        exercise: with the dose and the texts of this entry put in.
        side_of: a side of this entry's own ('left hip, right ankle'), or None.
        note: a word to the person, or None.
        location: where the entry stands.
    """

    exercise: Exercise
    side_of: Side | None = None
    note: Wording | None = None
    location: Location = Location("")


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


class Clinic(Struct, frozen=True, kw_only=True):
    """Whose sheet it is, and whom to ask; a side in its name is part of it: Right Road."""

    name: Annotated[Line, "Its name, for the head of the sheet.", Example("Hill Street Physiotherapy")]
    phone: Annotated[str, Text(30), "Its number, for questions."] = ""
    location: Annotated[Location, NOT_A_KEY] = Location("")


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
        entries: the exercises.
        safety: the warning signs that belong to it, or None for none.
        lacks_safety: whether there should be some, but none are known in its language.
        side: the side that it is written for, or None if it fits either.
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
    lacks_safety: bool = False
    side: AffectedSide | None = None
    summary: str = ""
    review: Review | None = None
    location: Location = Location("")
    side_location: Location = Location("")
    safety_location: Location = Location("")

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything in it that is printed and may name a side."""
        notes = (entry.note for entry in self.entries if entry.note)
        return (self.title, *(text for entry in self.entries for text in entry.exercise.texts), *notes)

    def changed(self, changes: Iterable[DoseChange]) -> Routine:
        """The routine with some doses changed for one person.

        Raises:
            InvalidInput: if it does not have an exercise that is to be changed, or has it more than once.
        """
        problems = Problems()
        entries = list(self.entries)
        known = [entry.exercise.id for entry in entries if entry.exercise.id]
        for change in changes:
            if change.exercise not in known:
                problems.error(
                    "unknown-exercise",
                    f"the routine {self.id} has no exercise '{change.exercise}' whose dose could be changed",
                    change.location,
                    hint=nearest(change.exercise, known) or f"it has {', '.join(known)}",
                )
            elif known.count(change.exercise) > 1:
                problems.error(
                    "repeated-exercise",
                    f"{change.exercise} stands more than once in the routine {self.id}: one dose would be that of all",
                    change.location,
                    hint="give the doses in a routine of this person's own",
                )
        problems.stop_on_error()
        for change in changes:
            for index, entry in enumerate(entries):
                if entry.exercise.id == change.exercise:
                    dose = entry.exercise.dose.changed(dict(change.figures))
                    entries[index] = structs.replace(entry, exercise=structs.replace(entry.exercise, dose=dose))
        return structs.replace(self, entries=tuple(entries))
