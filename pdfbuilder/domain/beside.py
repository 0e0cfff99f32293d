"""What is printed beside the exercises of a routine: warning signs, background, and whose sheet it is."""

import re
from typing import Annotated, Any, Final, Self, TypeVar

from msgspec import Struct, field, structs

from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.declare import (
    NOT_A_KEY,
    Example,
    Items,
    Line,
    MadeOf,
    OneOf,
    TextOf,
    UnsidedLine,
    UnsidedProse,
)
from pdfbuilder.domain.exercise import LanguageCode, Region, Reviewed, Source
from pdfbuilder.domain.picture import Picture

_Value = TypeVar("_Value")


class Sign(Struct, frozen=True):
    """A warning sign."""

    text: Annotated[str, TextOf(54, unsided=True), "The sign, in two short lines at most."]
    brief: Annotated[str, TextOf(40, unsided=True), "The same in a few words, for sheets without room."]


#: More than so many nobody reads.
_MOST_SIGNS: Final = 5
#: A short sign is its own brief form.
_ShortSign = Annotated[Sign, MadeOf(Annotated[str, TextOf(40, unsided=True)], lambda text, _: Sign(text, text))]
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

    def with_another(self, other: Self) -> Self:
        """Both in one: the signs of each, equal ones once. It is reviewed only if both are."""
        latest = max((each.review for each in (self, other) if each.review), key=lambda review: review.on, default=None)
        return structs.replace(
            self,
            id=f"{self.id}, {other.id}",
            emergency=_each_once(self.emergency + other.emergency),
            today=_each_once(self.today + other.today),
            soon=_each_once(self.soon + other.soon),
            advice=" ".join(_each_once((*_sentences(self.advice), *_sentences(other.advice)))),
            both_sides=" ".join(filter(None, _each_once((self.both_sides, other.both_sides)))),
            regions=_each_once(self.regions + other.regions),
            sources=_each_once(self.sources + other.sources),
            review=latest if self.review and other.review else None,
        )


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?…])\s+", text)


def _each_once(values: tuple[_Value, ...]) -> tuple[_Value, ...]:
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

    condition: Annotated[str, TextOf(60, unsided=True), "What is so.", Example("Aches for an hour")] = field(name="if")
    do: Annotated[str, TextOf(60, unsided=True), "What to do then.", Example("that is all right.")]


class IfItHurts(Struct, frozen=True):
    """What a clinic says to do if an exercise hurts: go on, do less, or stop. Nobody else says it."""

    go_on: Annotated[Answer, "When to go on as before."]
    less: Annotated[Answer, "When to do less."]
    stop: Annotated[Answer, "When to stop, and whom to tell."]


class Clinic(Struct, frozen=True, kw_only=True):
    """Whose sheet it is, and whom to ask; a side in its name is part of it: Right Road."""

    name: Annotated[Line, "Its name, for the head of the sheet.", Example("Hill Street Physiotherapy")]
    address: Annotated[str, TextOf(80), "Where it is, in a line."] = ""
    phone: Annotated[str, TextOf(30), "Its number, for questions."] = ""
    hours: Annotated[str, TextOf(40), "When somebody answers there; follows 'call us,': Monday to Friday, 8 to 5."] = ""
    web: Annotated[str, TextOf(60), "Its address on the web, printed as it stands."] = ""
    logo: Annotated[Picture | None, NOT_A_KEY] = None
    if_it_hurts: Annotated[IfItHurts | None, "What to do if an exercise hurts; nothing ships."] = None
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
