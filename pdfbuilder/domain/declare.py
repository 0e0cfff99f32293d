"""How the model of a definition file declares its keys, and what is said of a value that does not fit.

A model is a `msgspec.Struct`. Each field says once what it may hold: by its type, by a mark where the type alone does
not say it, and by a description for those who write such files:

    top: Annotated[float, Within(5, 60), "Top margin (mm)."] = 12

`yamlfile.models` reads files by these declarations, and `reading.schemas` describes files by them.

A module with models does not import `annotations` from `__future__`: their types would be text, to be compiled one by
one at each start of the program, which takes ten times as long as the types themselves (a twentieth of a cold start).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from msgspec import Struct

from pdfbuilder.diagnostics import quoted


class Fault(Struct, frozen=True):
    """What is wrong with a value; the reader adds the place.

    Attributes:
        code: the diagnostic's code.
        message: what was expected and what was found.
        hint: what to do about it.
        raw: the offending characters inside a text, if it is not all of it.
        earlier: how many times they stand in it before.
        at: the key that breaks a rule over several, or which item of a list it is, from 0.
    """

    code: str
    message: str
    hint: str
    raw: str = ""
    earlier: int = 0
    at: str = ""


class Unfit(ValueError):
    """Raised for a value that does not fit, with all that is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.message for fault in faults))


def wrong(code: str, expected: str, got: object, hint: str, *, raw: str = "", at: str = "") -> Unfit:
    """The error for a value that is not what was expected; see `Fault`."""
    return Unfit(Fault(code, f"expected {expected}, got {show(got)}", hint, raw, at=at))


def show(value: object) -> str:
    """A value as it is quoted in a diagnostic, shortened."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return f'"{quoted(value)}"'
        case tuple():
            return "a list"
        case dict():
            return "keys and values"
        case _:
            return quoted(str(value))


# Marks are compared by what they are, not by what they hold: types that carry them must be hashable.


class Value(Struct, frozen=True, eq=False):
    """Marks a value that has a reader of its own.

    Attributes:
        parse: takes what YAML gave and returns the domain's own value, or raises `Unfit`.
        schema: what a JSON Schema says about it.
    """

    parse: Callable[[Any], Any]
    schema: dict[str, Any]


class Within(Struct, frozen=True, eq=False):
    """Marks the bounds of a number, both included."""

    low: float
    high: float


class Items(Struct, frozen=True, eq=False):
    """Marks how many entries a list or a mapping has.

    Attributes:
        least: at least so many.
        most: at most so many, or None.
        key: checks each key of a mapping, if they are not just any words.
        may_be_none: whether the word `none` stands for a list without any.
    """

    least: int = 0
    most: int | None = None
    key: Value | None = None
    may_be_none: bool = False


class Example(Struct, frozen=True, eq=False):
    """Marks a key with what it might hold, for whoever has forgotten it.

    Attributes:
        text: in YAML.
    """

    text: str


class OneOf(Struct, frozen=True, eq=False):
    """Marks a value of several kinds, told apart by what it looks like.

    Attributes:
        pick: takes what YAML gave and returns one of the types, or raises `Unfit`.
        kinds: the types, if they are not those of the union.
    """

    pick: Callable[[Any], Any]
    kinds: tuple[Any, ...] = ()


class TextOf(Struct, frozen=True, eq=False):
    """Marks how a text is read: a `str`, or a `Wording` that may name sides.

    Attributes:
        most: the longest, in characters.
        unsided: whether a `str` is printed, so that no side may be named in it.
        may_be_none: whether the word `none` stands for an empty one.
        such_as: examples, where yes, no or a bare number would say too little; else empty.
    """

    most: int
    unsided: bool = False
    may_be_none: bool = False
    such_as: str = ""


class Beside(Struct, frozen=True, eq=False):
    """Marks a field that takes keys of another model, which stand among those of its own: a dict of those given.

    Attributes:
        model: the other model.
        partly: whether they may all be left out.
        without: those of its keys that are not taken.
        rule: what a JSON Schema says of those given together.
        lacking: takes what was given, as it was written, and says what is missing, if anything is.
    """

    model: type[Struct]
    partly: bool = False
    without: tuple[str, ...] = ()
    rule: dict[str, Any] = {}
    lacking: Callable[[dict[str, Any]], Fault | None] | None = None


class MadeOf(Struct, frozen=True, eq=False):
    """Marks a value that is made of another one once that is read.

    Attributes:
        kind: the type of the other.
        make: takes it and its place.
    """

    kind: Any
    make: Callable[[Any, Any], Any]


#: What people call some keys, and the keys that they may mean: the first that there is where they stand.
CALLED_OTHERWISE: Final[dict[str, tuple[str, ...]]] = {
    "repetition": ("reps",),
    "repetitions": ("reps",),
    "repeats": ("reps",),
    "count": ("reps",),
    "times": ("reps",),
    "series": ("sets",),
    "rounds": ("sets",),
    "second": ("hold", "duration"),
    "seconds": ("hold", "duration"),
    "secs": ("hold", "duration"),
    "minutes": ("duration",),
    "mins": ("duration",),
    "time": ("duration",),
    "length": ("duration", "distance"),
    "metres": ("distance",),
    "meters": ("distance",),
    "pause": ("rest", "relax"),
    "break": ("rest", "relax"),
    "frequency": ("times_per_day",),
    "how_often": ("times_per_day",),
    "daily": ("times_per_day",),
    "per_day": ("times_per_day",),
    "sessions": ("times_per_day",),
    "per_week": ("days",),
    "weekdays": ("days",),
    "period": ("weeks",),
    "pain": ("pain_limit",),
    "max_pain": ("pain_limit",),
    "weight": ("load",),
    "band": ("load",),
    "resistance": ("load",),
    "speed": ("tempo",),
    "pace": ("tempo",),
    "directions": ("parts",),
    "boxes": ("tick",),
    "levels": ("progress",),
    "progression": ("progress",),
    "precautions": ("restrictions", "avoid_if"),
    "contraindications": ("avoid_if", "restrictions"),
    "do_not": ("restrictions", "avoid_if"),
    "tips": ("advice",),
    "stage": ("phases",),
    "stages": ("phases", "progress"),
    "phase": ("phases",),
    "needs": ("equipment",),
    "requires": ("equipment",),
    "steps": ("instructions", "distance"),
    "image": ("picture",),
    "photo": ("picture",),
    "film": ("video",),
    "link": ("video",),
    "heading": ("section",),
    "header": ("section",),
    "choose": ("pick",),
    "criteria": ("start_when",),
    "red_flags": ("safety",),
    "telephone": ("phone",),
}


def is_none(value: object) -> bool:
    """Whether a value is the word `none`, which clears what would hold otherwise."""
    return isinstance(value, str) and value.strip().casefold() == "none"


#: Names, titles and addresses, in which braces are braces and a side is part of the name: Right Road.
Name = Annotated[str, TextOf(200)]
Line = Annotated[str, TextOf(120)]
Address = Annotated[str, TextOf(300)]
Remark = Annotated[str, TextOf(600)]
UnsidedLine = Annotated[str, TextOf(120, unsided=True)]
UnsidedProse = Annotated[str, TextOf(600, unsided=True)]

#: Marks a field that is no key of a file: whoever reads the file fills it in.
NOT_A_KEY: Final = object()

#: Marks the one kind of key whose value may be nothing: it says so aloud that no clinician has signed.
MAY_BE_NULL: Final = object()
