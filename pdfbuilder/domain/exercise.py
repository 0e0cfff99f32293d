"""Exercises as they are defined: for nobody in particular, with sides still open."""

import datetime
from collections.abc import Iterable
from enum import Enum
from typing import Annotated, Final, Self

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.declare import MAY_BE_NULL, Address, Example, Fault, Line, Name, Remark, Unfit
from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.side import Relative, SideRule
from pdfbuilder.domain.wording import Wording

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

    def on_sides(self, rule: SideRule, *, steps_follow: bool = False) -> Self:
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
        dose = self.dose if rule in _EACH else self.dose.of_side(Relative(rule.value))
        # What tells of turns does not go with what has none.
        then, cue = (None, None) if takes_turns else (self.then if rule in _EACH else None, self.cue)
        found = structs.replace(self, rule=rule, dose=dose, then=then, cue=cue)
        return found.seen_from_the_other_side() if rule is SideRule.OTHER else found

    def seen_from_the_other_side(self) -> Self:
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
