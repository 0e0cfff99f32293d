"""The routine file: what it may hold, and what is made of it. What it names is looked up where it is named."""

import re
from collections.abc import Callable
from functools import partial
from itertools import takewhile
from typing import Annotated, Any, Final

from msgspec import Struct, field, structs

from pdfbuilder.diagnostics import InvalidInput, Problems, quoted
from pdfbuilder.domain.beside import About, Clinic, Safety
from pdfbuilder.domain.declare import (
    Beside,
    Example,
    Fault,
    Items,
    MadeOf,
    Name,
    OneOf,
    Unfit,
    UnsidedLine,
    Value,
    wrong,
)
from pdfbuilder.domain.dose import Dose, Regime
from pdfbuilder.domain.dose_keys import amount
from pdfbuilder.domain.exercise import Exercise, Reviewed
from pdfbuilder.domain.figures import REPS_NUMBER, Amount
from pdfbuilder.domain.routine import LAST_WEEK, Entry, Phase, Section, SheetDefaults, Weeks
from pdfbuilder.domain.side import SIDES_IN_WORDS, AffectedSide, Side, SideRule
from pdfbuilder.reading.clinics import ClinicSpec, to_clinic
from pdfbuilder.reading.exercises import (
    AnyRule,
    Changeable,
    Movement,
    NoPicture,
    WordingLine,
    WordingLines,
    WordingProse,
    refuse_sides_where_there_are_none,
    to_exercise,
)
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.sheets import SheetSpec, to_sheet
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.tree import KeyPath
from pdfbuilder.yamlfile.values import words_schema

#: More exercises than anyone does; a slip, not a plan.
_MOST_EXERCISES: Final = 100


def _side_words(*sides: AffectedSide) -> dict[str, Any]:
    return words_schema((side.value for side in sides), filter(None, (side.short for side in sides)))


def _side(value: object) -> AffectedSide:
    if isinstance(value, str):
        try:
            return AffectedSide.parse(value)
        except ValueError:
            pass
    raise wrong("side", SIDES_IN_WORDS, value, "write side: with one of these words")


def _one_side(value: object) -> Side:
    try:
        side = AffectedSide.parse(value) if isinstance(value, str) else None
    except ValueError:
        side = None
    if side in (None, AffectedSide.BOTH, AffectedSide.NONE):
        hint = "write left or right; an exercise for both sides has side: each or side: bilateral"
        raise wrong("side", "left or right", value, hint)
    return Side(side.value)


def _finding(kind: Kind) -> Callable[[Any, Place], Any]:
    return lambda named, at: at.reader.find(kind, named, at)


def _known_language(code: str, at: Place) -> str:
    at.reader.find(Kind.LANGUAGE, code, at)
    return code


# --------------------------------------------------------------------------- entries


_OneSide = Annotated[Side | None, Value(_one_side, _side_words(AffectedSide.LEFT, AffectedSide.RIGHT))]
_SideOf = Annotated[_OneSide, "A side of this entry's own, against the plan's side."]


def _entry_id(value: object) -> str:
    """What an entry is called in a roster: `again`."""
    if isinstance(value, str) and _ID.fullmatch(value.strip()):
        return value.strip()
    hint = "write it in small letters, digits and hyphens"
    raise wrong("id", "a short name such as again, at most 64 letters", value, hint)


_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
_Id = Annotated[
    str,
    Value(_entry_id, {"type": "string", "pattern": r"^\s*[a-z][a-z0-9-]{0,63}\s*$", "examples": ["again"]}),
    "What a roster calls it, where its exercise stands more than once or is written out.",
]
_Note = Annotated[WordingProse | None, "A word to the person about this exercise."]


class ReferenceSpec(Changeable, frozen=True, kw_only=True):
    """An entry of a routine that names an exercise and may change its dose."""

    figures: Annotated[dict[str, Any], Beside(Dose, partly=True)]
    exercise: Annotated[
        Exercise | None,
        MadeOf(Name, _finding(Kind.EXERCISE)),
        "Id of a shipped exercise, or the path of an exercise file.",
        Example("knee-to-chest"),
    ]
    rule: Annotated[AnyRule | None, "Which sides to do it on, where the exercise is each or alternate."] = field(
        default=None, name="side"
    )
    review: Annotated[Reviewed, "Who reviewed what the entry says itself."] = field(default=None, name="reviewed")
    called: _Id = field(default="", name="id")
    side_of: _SideOf = None
    note: _Note = None


class OwnExerciseSpec(Movement, frozen=True, kw_only=True):
    """An entry of a routine that writes the exercise out."""

    called: _Id = field(default="", name="id")
    side_of: _SideOf = None
    note: _Note = None


def _named(name: str, at: Place) -> Entry | None:
    exercise = at.reader.find(Kind.EXERCISE, name, at)
    return Entry(exercise, location=at.heading) if exercise else None


def _referring(spec: ReferenceSpec, at: Place) -> Entry | None:
    """An exercise with what the entry changes; None if it is nowhere to be found."""
    named = spec.exercise
    if named is None:
        return None
    said = {name: getattr(spec, name) for name in Changeable.__struct_fields__ if getattr(spec, name) is not None}
    if isinstance(spec.illustration, NoPicture):
        said["illustration"] = None
    if spec.steps is not None:
        # What goes with the steps of the exercise does not go with others. Whom they suit is not known of these.
        said = {"illustration": None, "cue": None, "then": None, "steps_for_both": None, "review": None, **said}
    if spec.review:
        said["review"] = spec.review
    if spec.rule:
        # Before the entry's own texts: those are written for the sides that it names.
        on_sides = partial(named.on_sides, steps_follow=spec.steps is not None)
        try:
            named = at.under("side").fit(on_sides, spec.rule)
        except InvalidInput as error:
            at.reader.problems.extend(error.diagnostics)
    exercise = structs.replace(named, dose=at.fit(named.dose.changed, spec.figures), **said)
    refuse_sides_where_there_are_none(exercise, at)
    return _entry(exercise, spec, at)


def _written_out(spec: OwnExerciseSpec, at: Place) -> Entry:
    return _entry(to_exercise(spec, at, id="", language=""), spec, at)


def _entry(exercise: Exercise, spec: ReferenceSpec | OwnExerciseSpec, at: Place) -> Entry:
    if spec.side_of and exercise.rule is SideRule.BILATERAL:
        side_of = at.under("side_of")
        message = "side_of names a side, but the exercise is bilateral"
        at.reader.problems.error(
            "side-contradiction", message, side_of.node.location, field=side_of.field, hint="leave side_of out"
        )
    return Entry(exercise, spec.side_of, spec.note, id=spec.called, location=at.heading)


_Named = Annotated[Entry | None, MadeOf(Name, _named)]
_Referring = Annotated[Entry | None, MadeOf(ReferenceSpec, _referring)]
_WrittenOut = Annotated[Entry, MadeOf(OwnExerciseSpec, _written_out)]


_KEYS: Final = frozenset(
    (*ReferenceSpec.__struct_encode_fields__, *OwnExerciseSpec.__struct_encode_fields__, *Dose.__struct_fields__)
)


def _kind_of_entry(value: object) -> Any:
    if isinstance(value, str):
        return _Named
    if isinstance(value, dict):
        if "section" in value:
            return _Heading
        slip = next(iter(value), "")
        if value.get(slip, "") is None and slip not in _KEYS and not {"exercise", "name"} & value.keys():
            message = "expected the key exercise:, got the id of one as a key of its own"
            raise Unfit(Fault("entry", message, f"write - exercise: {quoted(slip)}"))
        is_own = "exercise" not in value and ("name" in value or "instructions" in value)
        return _WrittenOut if is_own else _Referring
    message = "expected the id of an exercise, or keys such as exercise: and reps:"
    raise Unfit(Fault("entry", message, "write - knee-to-chest, or see pdfbuilder new"))


# --------------------------------------------------------------------------- sections and phases


def _weeks(value: object) -> Weeks:
    """Where in a plan: `1`, `2-6` or `at least 7`."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LAST_WEEK:
        return Weeks(value, value)
    if isinstance(value, str):
        if (found := _SOME.fullmatch(value.strip())) and 1 <= int(found[1]) < int(found[2]) <= LAST_WEEK:
            return Weeks(int(found[1]), int(found[2]))
        if (found := _FROM.fullmatch(value.strip())) and 1 <= int(found[1]) <= LAST_WEEK:
            return Weeks(int(found[1]), None)
    expected = f"the weeks of the plan that the phase is for, such as 1, 2-6 or at least 7, up to {LAST_WEEK}"
    raise wrong("weeks", expected, value, "for example weeks: 2-6")


#: A range as people write it.
_SOME: Final = re.compile(r"([0-9]{1,3})\s*(?:-|–|to)\s*([0-9]{1,3})", re.ASCII)
_FROM: Final = re.compile(r"at least\s+([0-9]{1,3})", re.ASCII)
_MOST_PHASES: Final = 12


def _number_or(patterns: str, example: str, most: int) -> dict[str, Any]:
    text = {"type": "string", "pattern": patterns, "examples": [example]}
    return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": most}, text]}


_RANGE: Final = r"^\s*[0-9]{1,3}\s*(-|–|to)\s*[0-9]{1,3}\s*$"
_Pick = Annotated[
    Amount | None,
    amount("pick", (1, _MOST_EXERCISES), REPS_NUMBER, example=3),
    "How many of them to do, for the person to choose.",
]
_PhaseWeeks = Annotated[
    Weeks | None,
    Value(_weeks, _number_or(rf"{_RANGE}|^\s*at least\s+[0-9]{{1,3}}\s*$", "2-6", LAST_WEEK)),
    "Which weeks of the plan it is for: 1, 2-6, or at least 7; phases may overlap.",
]


class SectionSpec(Struct, frozen=True, kw_only=True):
    """A heading over the entries that follow, up to the next one."""

    heading: Annotated[WordingLine, "What it says.", Example("On the bed")] = field(name="section")
    text: Annotated[WordingLine | None, "A line about all of them."] = None
    pick: _Pick = None
    side_of: Annotated[_OneSide, "The side of those that name none themselves, against the plan's side."] = None


def _section(spec: SectionSpec, at: Place) -> Section:
    return Section(spec.heading, spec.text, spec.pick, spec.side_of, location=at.heading)


_Heading = Annotated[Section, MadeOf(SectionSpec, _section)]
_AnyEntry = Annotated[Entry | Section | None, OneOf(_kind_of_entry, (_Named, _Referring, _WrittenOut, _Heading))]


class Listed(Struct, frozen=True):
    """An entry and the way to where it stands; None for one whose exercise is nowhere to be found."""

    path: KeyPath
    entry: Entry | None


def _under_sections(entries: tuple[Entry | Section | None, ...], at: Place) -> tuple[Listed, ...]:
    """Entries with the headings that stand before them; a problem for one that nothing follows."""
    found: list[Listed] = []
    places = at.items
    section: Section | None = None
    is_first = False
    for index, each in enumerate(entries):
        if not isinstance(each, Section):
            found.append(Listed(places[index].path, _in_section(each, section, is_first=is_first)))
            is_first = False
            continue
        count = len(list(takewhile(lambda other: not isinstance(other, Section), entries[index + 1 :])))
        section, is_first = structs.replace(each, count=count), True
        if not count:
            message, hint = "no exercise follows the section", "put its exercises after it, or leave it out"
            at.reader.problems.error("empty-section", message, each.location, field=places[index].field, hint=hint)
        elif each.pick and each.pick.high > count:
            refuse_pick(each.pick, count, places[index], at.reader.problems)
    return tuple(found)


def _in_section(entry: Entry | None, section: Section | None, *, is_first: bool) -> Entry | None:
    """An entry with the side that its section has, where it needs one, and with the section if it is its first."""
    if entry is None or section is None:
        return entry
    sided = entry.exercise.rule is not SideRule.BILATERAL
    side_of = entry.side_of or (section.side_of if sided else None)
    return structs.replace(entry, side_of=side_of, section=section if is_first else None)


def refuse_pick(pick: Amount, count: int, at: Place, problems: Problems) -> None:
    """Say that there are fewer exercises than are to be chosen of them."""
    message, at = f"{pick.high} are to be chosen, but there are {count}", at.under("pick")
    problems.error("pick", message, at.node.location, field=at.field, hint="choose fewer, or add others")


_Entries = Annotated[
    tuple[Listed, ...],
    MadeOf(Annotated[tuple[_AnyEntry, ...], Items(1, _MOST_EXERCISES)], _under_sections),
]
_ENTRIES: Final = "The exercises in order: ids, ids with changes to the dose, or written out; sections between them."


class PhaseSpec(Struct, frozen=True, kw_only=True):
    """A phase of a routine."""

    regime: Annotated[dict[str, Any], Beside(Regime, partly=True, without=("weeks",))]
    title: Annotated[WordingLine, "What it is called.", Example("Get it moving")]
    entries: Annotated[_Entries, _ENTRIES, Example("[knee-to-chest, pelvic-tilt]")] = field(name="exercises")
    weeks: _PhaseWeeks = None
    start_when: Annotated[WordingLines, "What has to be so before it begins; follows 'when': you can stand …"] = ()
    restrictions: Annotated[WordingLines, "What must not be done in it, besides what the routine says."] = ()
    advice: Annotated[WordingLines, "What to do in it, likewise."] = ()


class PhaseEntries(Struct, frozen=True):
    """A phase, its entries, and how often all of them are done."""

    phase: Phase
    entries: tuple[Listed, ...]
    regime: dict[str, Any]


def _phase(spec: PhaseSpec, at: Place) -> PhaseEntries:
    phase = Phase(spec.title, (), spec.weeks, spec.start_when, spec.restrictions, spec.advice, at.heading)
    return PhaseEntries(phase, spec.entries, spec.regime)


_Phase = Annotated[PhaseEntries, MadeOf(PhaseSpec, _phase)]


# --------------------------------------------------------------------------- routines

_SafetyNames = Annotated[tuple[Name, ...], Items(1, 5)]
_AnySafetyNames = Annotated[
    str | tuple[str, ...],
    OneOf(lambda value: Name if isinstance(value, str) else _SafetyNames, (Name, _SafetyNames)),
]


_NamedClinic = Annotated[Clinic | None, MadeOf(Name, _finding(Kind.CLINIC))]
_OwnClinic = Annotated[Clinic, MadeOf(ClinicSpec, to_clinic)]
_AnyClinic = Annotated[
    Clinic | None,
    OneOf(lambda value: _NamedClinic if isinstance(value, str) else _OwnClinic, (_NamedClinic, _OwnClinic)),
]


class RoutineSpec(Struct, frozen=True, kw_only=True):
    """A routine file."""

    regime: Annotated[dict[str, Any], Beside(Regime, partly=True)]
    title: Annotated[WordingLine, "The heading of the sheet.", Example("My home exercises")]
    entries: Annotated[_Entries, _ENTRIES] = field(default=(), name="exercises")
    phases: Annotated[
        tuple[_Phase, ...], Items(1, _MOST_PHASES), "Instead of exercises: parts, each for some weeks with its own."
    ] = ()
    pick: _Pick = None
    language: Annotated[str, MadeOf(Name, _known_language), "Language of the texts (ISO 639)."] = "en"
    side: Annotated[
        AffectedSide | None,
        Value(_side, _side_words(*AffectedSide)),
        "The side it is written for; none for nobody's. Leave it out if it fits either; no other is printed.",
    ] = None
    summary: Annotated[UnsidedLine, "A line about the routine, for lists."] = ""
    safety: Annotated[
        Safety | None,
        MadeOf(_AnySafetyNames, _finding(Kind.SAFETY)),
        "Ids or paths of safety blocks, or none; the general one if left out.",
    ] = None
    restrictions: Annotated[WordingLines, "What must not be done: a text or several, framed on every sheet."] = ()
    advice: Annotated[WordingLines, "What to do besides the exercises: a text or several."] = ()
    about: Annotated[About | None, MadeOf(Name, _finding(Kind.ABOUT)), "Id or path of a background text."] = None
    clinic: Annotated[
        _AnyClinic | None, "Whose sheet it is, for its head: the path of a file, or what would stand in it."
    ] = None
    sheet: Annotated[
        Annotated[SheetDefaults, MadeOf(SheetSpec, to_sheet)] | None,
        "For whom its sheet is and how it looks, if it is one person's: the options of build.",
    ] = None
    review: Annotated[Reviewed, "Who reviewed the routine as a whole."] = field(default=None, name="reviewed")

    @property
    def listed(self) -> tuple[Listed, ...]:
        """All entries, those of phases, too."""
        return (*self.entries, *(each for phase in self.phases for each in phase.entries))
