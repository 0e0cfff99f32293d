"""How much of an exercise: sets, repetitions, holds, rests, and what follows from them.

Everything that can be computed from a dose is computed here, so that no figure on a sheet is typed twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import ceil, inf
from typing import Annotated, Any, Final, Self

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.declare import NOT_A_KEY, Beside, Example, Fault, Items, TextOf, Unfit, is_none, wrong
from pdfbuilder.domain.dose_keys import (
    DAYS_KEY,
    DISTANCE_KEY,
    DURATION_KEY,
    HOLD_KEY,
    LOAD_KEY,
    PARTS_KEY,
    RELAX_KEY,
    REPS_KEY,
    REST_KEY,
    SETS_KEY,
    TEMPO_KEY,
    TICK_KEY,
    TIMES_PER_DAY_KEY,
    ForEachSide,
    Tick,
    amount,
    or_none,
    whole,
)
from pdfbuilder.domain.figures import (
    ONE,
    WEEKS,
    WEEKS_NUMBER,
    Amount,
    Bound,
    Days,
    Distance,
    Duration,
    Frequency,
    Time,
    TimeUnit,
)
from pdfbuilder.domain.side import Relative, Side, SideRule
from pdfbuilder.domain.wording import Wording

#: Under `auto`, an exercise has a box for each repetition as long as a day has no more than these.
MOST_BOXES_A_DAY: Final = 20
#: More times a day than these have one box, and room for a tally.
MOST_SESSIONS: Final = 8


class SideRun(Struct, frozen=True):
    """What is done on one side."""

    reps: Amount
    sets: Amount


class Regime(Struct, frozen=True, kw_only=True):
    """How often and for how long, and how much it may hurt: what a routine or a phase may say of all its exercises.

    The weakest comes first: routine, phase, the exercise's file, its entry, the person.
    """

    times_per_day: Annotated[
        Frequency, TIMES_PER_DAY_KEY, "How often a day: a number, every 2 hours, often, or [morning, bedtime]."
    ] = Frequency()
    days: Annotated[Days, DAYS_KEY, "On which days; every day if left out."] = Days()
    weeks: Annotated[
        Amount | None,
        or_none(amount("weeks", WEEKS, WEEKS_NUMBER, example=6)),
        "For how many weeks; the diary prints as many.",
    ] = None
    #: None if nothing is said of it; 0 is no pain at all.
    pain_limit: Annotated[
        int | None, or_none(whole("pain_limit", 0, 10, example=3)), "The most that it may hurt, from 0 to 10."
    ] = None


#: What a routine may say of all its exercises.
REGIME_FIELDS: Final = Regime.__struct_fields__


class Figures(Regime, frozen=True):
    """How much: the figures that a step of progress may change, too."""

    reps: Annotated[
        Amount, REPS_KEY, "Repetitions in a set, on each side where there are two; max for as many as one can.",
        Example("10"),
    ] = ONE  # fmt: skip
    sets: Annotated[Amount, SETS_KEY, "Sets at a time."] = ONE
    hold: Annotated[Time | None, or_none(HOLD_KEY), "How long each repetition is held; max for as long as one can."] = (
        None
    )
    duration: Annotated[
        Duration | None, or_none(DURATION_KEY), "How long each repetition takes, or 30 min a day in all."
    ] = None
    distance: Annotated[Distance | None, or_none(DISTANCE_KEY), "How far each repetition goes."] = None
    relax: Annotated[Time | None, or_none(RELAX_KEY), "Rest between repetitions."] = None
    rest: Annotated[Time | None, or_none(REST_KEY), "Rest between sets."] = None
    load: Annotated[Wording | None, LOAD_KEY, "A band or a weight, such as 'yellow band'; ____ to write it."] = None
    tempo: Annotated[Wording | None, TEMPO_KEY, "How fast, such as 'slowly up, slowly down'."] = None
    parts: Annotated[
        tuple[str, ...], or_none(PARTS_KEY, ()), "What each repetition is done for: [forward, back, sideways]."
    ] = ()


#: The figures of which more is harder.
_HOW_MUCH: Final = frozenset({"reps", "sets", "hold", "duration", "distance"})


#: Those that say what one repetition is.
_MEASURES: Final = ("hold", "duration", "distance")


def _is_no_more(figure: Any, than: Any) -> bool:
    """Whether a figure asks for no more than another one; no, where they cannot be compared."""
    one, other = _measured(figure), _measured(than)
    return bool(one and other and one[0] == other[0] and one[1:] <= other[1:])


def _measured(figure: Any) -> tuple[object, float, float] | None:
    """What a figure counts, and the most and the fewest of it; None if it has no numbers."""
    if isinstance(figure, Duration):
        return _measured(figure.time)
    amount = figure if isinstance(figure, Amount) else getattr(figure, "amount", None)
    if amount is None or amount.is_open:
        return None
    most = inf if amount.bound is Bound.AT_LEAST else amount.high
    if isinstance(figure, Time):
        return TimeUnit.SECONDS, most * figure.unit.seconds, amount.low * figure.unit.seconds
    return getattr(figure, "unit", None), most, amount.low


class ProgressStep(Struct, frozen=True, kw_only=True):
    """A step by which an exercise gets harder; it changes the dose of the step before."""

    when: Annotated[Wording | None, TextOf(60), "When it is time for it: it is easy."] = None
    week: Annotated[int | None, whole("week", *WEEKS, example=3), "From which week of the plan on."] = None
    how: Annotated[Wording | None, TextOf(120), "What is done otherwise: Close your eyes."] = None
    figures: Annotated[dict[str, Any], Beside(Figures, partly=True, without=("weeks",))]
    #: Whether the dose was changed to as much as it asks for, or more.
    is_passed: Annotated[bool, NOT_A_KEY] = False

    def adds_nothing_to(self, dose: Figures) -> bool:
        """Whether all that it changes is how much, and to no more than a dose has already."""
        if self.how or not self.figures or not self.figures.keys() <= _HOW_MUCH:
            return False
        return all(_is_no_more(figure, getattr(dose, name)) for name, figure in self.figures.items())

    def __post_init__(self) -> None:
        if self.when and self.week:
            raise wrong("dose-progress", "when: or week:, not both", "both", "leave one out", at="week")
        if self.how is None and (taken := self._taken_away):
            hint = "nothing is printed of what goes: say it, like how: Without the weight."
            raise wrong("dose-progress", f"how: beside {taken}: none", None, hint, at=taken)

    @property
    def _taken_away(self) -> str:
        """A figure that is taken away with nothing in its place."""
        taken = [name for name, figure in self.figures.items() if figure in (None, ())]
        if len(taken) < len(self.figures):
            taken = [name for name in taken if name not in ("relax", "rest")]
        has_measure = any(self.figures.get(name) for name in _MEASURES)
        return next((name for name in taken if not (has_measure and name in _MEASURES)), "")

    def __hash__(self) -> int:
        return hash((self.when, self.week, self.how, tuple(sorted(self.figures))))


def _seen_from_there(text: Any) -> Any:
    """A text as it is said of the other side; whatever else it is stays as it is."""
    return text.seen_from_the_other_side if isinstance(text, Wording) else text


class Dose(Figures, frozen=True):
    """What a person is asked to do of one exercise.

    The only list of its figures: exercises, routines, rosters and schemas have the keys that stand here and above.
    """

    tick: Annotated[
        Tick | None, TICK_KEY, "What a box stands for; rep as long as a day has no more than 20 of them."
    ] = None
    progress: Annotated[
        tuple[ProgressStep, ...], Items(1, 8, may_be_none=True), "How it gets harder, step by step."
    ] = ()
    level: Annotated[int, whole("level", 1, 9, example=2), "Where to begin: 1 is the dose as it stands."] = 1
    optional: Annotated[bool, "An extra, for those who feel able: its boxes are dashed."] = False
    #: What is done on the other side, where that is not the same.
    other: Annotated[SideRun | None, NOT_A_KEY] = None
    #: Which figures of the regime have been said: what is said nearer to the exercise is stronger.
    stated: Annotated[frozenset[str], NOT_A_KEY] = frozenset()

    @classmethod
    def of(cls, figures: Mapping[str, Any]) -> Self:
        """A dose of some figures.

        Raises:
            Unfit: if none of them says how much, or if they exclude each other.
        """
        if fault := lacking_amount(figures):
            raise Unfit(fault)
        return cls().changed(figures)

    def changed(self, figures: Mapping[str, Any]) -> Self:
        """The dose with some figures changed: an exercise's own by a routine, a routine's for one person.

        What is said here is stronger than what progress has come to, and a step that asks for no more is passed.

        Raises:
            Unfit: if the figures exclude each other, or others that stand.
        """
        level = figures.get("level", self.level)
        if "progress" not in figures and figures.keys() - {"level"} and 1 < level <= len(self.progress) + 1:
            return self.at_level(level).changed({name: each for name, each in figures.items() if name != "level"})
        here, there = dict(figures), {name: figures[name] for name in SideRun.__struct_fields__ if name in figures}
        for name, figure in there.items():
            if isinstance(figure, ForEachSide):
                here[name], there[name] = figure.affected, figure.other
        stated = self.stated | (figures.keys() & set(REGIME_FIELDS))
        changed = replace(self, **here, other=None, stated=stated)
        other = replace(self.runs(2)[1], **there)
        if other != changed.runs(2)[1]:
            changed = replace(changed, other=other)
        if faults := tuple(changed.faults(figures)):
            raise Unfit(*faults)
        if "progress" not in figures:
            changed = replace(changed, progress=tuple(self._steps_from(changed)))
        return changed

    def _steps_from(self, dose: Self) -> Iterator[ProgressStep]:
        """The steps, where the dose was changed to one: those that add nothing to it or do not fit it are passed."""
        after = replace(dose, progress=(), level=1)
        for step in self.progress:
            is_passed = step.is_passed or step.adds_nothing_to(dose)
            if not is_passed:
                try:
                    after = after.changed(step.figures)
                except Unfit:  # it says how long, and now it is how far
                    is_passed = True
            yield replace(step, is_passed=is_passed)

    def faults(self, here: Mapping[str, Any]) -> Iterator[Fault]:
        """What does not go together, where some figures have just been put in."""
        measures = [name for name in _MEASURES if getattr(self, name)]
        if len(measures) > 1:
            at = next((name for name in reversed(measures) if name in here), measures[-1])
            rest = next(name for name in measures if name != at)
            message = f"expected one of hold, duration and distance, got {' and '.join(measures)}"
            yield Fault("dose-measures", message, f"leave one out; {rest}: none clears what is inherited", at=at)
        if self.reps.bound is self._held_bound is Bound.MAX:
            message = "expected an end, got as many as one can, each as long as one can"
            yield Fault("dose-max", message, "write a number of reps, or a time to hold", at="hold")
        if self.is_of_the_day:
            others = [name for name in ("times_per_day", "sets", "reps") if self._says(name, here)]
            if others:
                message = f"the duration is that of the whole day, but {others[0]} divides it"
                yield Fault("dose-duration", message, f"leave out {others[0]}, or a day", at="duration")
        for pause, figure, one in (("rest", "sets", "one set"), ("relax", "reps", "one repetition")):
            if getattr(self, pause) and pause in here and here.get(figure) == ONE and not self.parts:
                message = f"{pause} is between {figure}, but there is {one}"
                yield Fault("dose-pause", message, f"leave out {pause}, or write more {figure}", at=pause)
        if self.level > len(self.progress) + 1:
            message = f"expected a level from 1 to {len(self.progress) + 1}, got {self.level}"
            yield Fault("dose-level", message, "1 is the dose as it stands, 2 the first step of progress", at="level")
        if "progress" in here:
            yield from self._faults_of_progress()

    def _faults_of_progress(self) -> Iterator[Fault]:
        weeks = [step.week for step in self.progress if step.week]
        if any(later <= earlier for earlier, later in pairwise(weeks)):
            yield Fault("dose-progress", "expected weeks that rise from step to step", "order the steps", at="progress")
        dose = replace(self, progress=(), level=1)
        for number, step in enumerate(self.progress, start=1):
            if not step.figures and not step.how:
                message = f"step {number} of progress changes nothing"
                yield Fault("dose-progress", message, "write a figure such as reps: 12, or how: …", at="progress")
            try:
                dose = dose.changed(step.figures)
            except Unfit as unfit:
                yield from (replace(fault, at="progress") for fault in unfit.faults)

    @property
    def _held_bound(self) -> Bound | None:
        return self.hold.amount.bound if self.hold else None

    def _says(self, name: str, here: Mapping[str, Any]) -> bool:
        return name in here or (name in self.stated if name in REGIME_FIELDS else getattr(self, name) != ONE)

    def under(self, regime: Mapping[str, Any]) -> Self:
        """The dose where a routine or a phase says how often and for how long: what the exercise says is stronger."""
        weaker = {name: figure for name, figure in regime.items() if name not in self.stated}
        # How often a day is not said of what is said of the whole day; it holds once the dose is changed to another.
        idle = {"times_per_day"} if self.is_of_the_day else set()
        return replace(self, **weaker, stated=self.stated | (weaker.keys() - idle))

    def of_side(self, relative: Relative) -> Self:
        """The dose where one side alone is worked: what is said of the affected side, or of the other one."""

        def own(figure: Any) -> Any:
            return getattr(figure, relative.value) if isinstance(figure, ForEachSide) else figure

        run = self.runs(2)[relative is Relative.OTHER]
        steps = (
            replace(step, figures={name: own(figure) for name, figure in step.figures.items()})
            for step in self.progress
        )
        return replace(self, reps=run.reps, sets=run.sets, other=None, progress=tuple(steps))

    def seen_from_the_other_side(self) -> Self:
        """The dose whose texts say of the other side what they said of the affected one."""
        steps = (
            replace(
                step,
                when=_seen_from_there(step.when),
                how=_seen_from_there(step.how),
                figures={name: _seen_from_there(figure) for name, figure in step.figures.items()},
            )
            for step in self.progress
        )
        return replace(
            self, load=_seen_from_there(self.load), tempo=_seen_from_there(self.tempo), progress=tuple(steps)
        )

    def at_level(self, level: int) -> Self:
        """The dose from one of its levels on, which is then the first."""
        if level == 1:
            return self
        dose = replace(self, progress=(), level=1)
        for step in self.progress[: level - 1]:
            dose = dose if step.is_passed else dose.changed(step.figures)
        return replace(dose, progress=self.progress[level - 1 :])

    def level_in(self, week: int) -> int:
        """The level that a week of the plan has come to."""
        reached = [index for index, step in enumerate(self.progress, start=2) if step.week and step.week <= week]
        return max((*reached, self.level))

    @property
    def words_beside_boxes(self) -> tuple[tuple[str, str], ...]:
        """What is printed as it is written and names no side, with the figure that each belongs to."""
        return words_beside_boxes({"times_per_day": self.times_per_day, "parts": self.parts})

    @property
    def named_texts(self) -> Iterator[tuple[tuple[str | int, ...], Wording]]:
        """Everything in it that is printed as it is written, and may name sides, with the way to each."""
        for key, text in (("load", self.load), ("tempo", self.tempo)):
            if text:
                yield (key,), text
        for index, step in enumerate(self.progress):
            for key, text in (("when", step.when), ("how", step.how), *step.figures.items()):
                if isinstance(text, Wording):
                    yield ("progress", index, key), text

    @property
    def texts(self) -> tuple[Wording, ...]:
        """The same without their ways."""
        return tuple(text for _, text in self.named_texts)

    # ------------------------------------------------------------------ what follows

    @property
    def is_by_side(self) -> bool:
        """Whether the sides differ in it, now or at a later level."""
        later = (figure for step in self.progress if not step.is_passed for figure in step.figures.values())
        return self.other is not None or any(isinstance(each, ForEachSide) for each in later)

    @property
    def has_parts(self) -> bool:
        """Whether a repetition has parts, now or at a later level."""
        return bool(self.parts) or any(step.figures.get("parts") for step in self.progress if not step.is_passed)

    def runs(self, sides: int) -> tuple[SideRun, ...]:
        """What is done on each side, in the order of work; once where there is no side."""
        run = SideRun(self.reps, self.sets)
        return (run, self.other or run)[: max(1, sides)]

    @property
    def has_one_box_a_day(self) -> bool:
        """Whether a day has a box and room for a tally, since nobody ticks so many, or nobody knows how many."""
        often = self.times_per_day
        return often.often or often.times.is_open or _boxes(often.times) > MOST_SESSIONS or self.is_of_the_day

    @property
    def is_of_the_day(self) -> bool:
        """Whether it says how long in all of a day."""
        return self.duration is not None and self.duration.in_all

    def boxes_a_day(self, tick: Tick, sides: int, *, in_turn: bool = False) -> int:
        """How many boxes a day has; a range counts by its upper end.

        Args:
            tick: what a box stands for.
            sides: on how many sides the exercise is done.
            in_turn: whether they take turns: a set is then one box.
        """
        if tick is Tick.NONE:
            return 0
        if self.has_one_box_a_day:
            return 1
        sessions, parts = _boxes(self.times_per_day.times), max(1, len(self.parts))
        if tick is Tick.SESSION:
            return sessions
        runs = self.runs(1 if in_turn and tick is Tick.SET else sides)
        each = (_boxes(run.sets) * (_boxes(run.reps) if tick is Tick.REP else 1) for run in runs)
        return sessions * parts * sum(each)

    def finest_tick(self, sides: int, *, in_turn: bool = False) -> Tick:
        """What a box stands for where the page decides nothing: as little as a day has room for."""
        if self.tick:
            return self.tick
        for tick in (Tick.REP, Tick.SET):
            if self.boxes_a_day(tick, sides, in_turn=in_turn) <= MOST_BOXES_A_DAY:
                return tick
        return Tick.SESSION

    def seconds_a_day(self, sides: int) -> int:
        """Seconds that a day takes of it, by the upper end of every range; of what is often done, one time.

        Args:
            sides: on how many sides the exercise is done.
        """
        if self.tick is Tick.NONE:
            return 0
        if self.duration and self.duration.in_all:
            return self.duration.time.seconds
        return self.times_per_day.times.high * self.seconds_per_session(sides)

    def seconds_per_session(self, sides: int) -> int:
        """Seconds that one session of the exercise takes, by the upper end of every range.

        Args:
            sides: on how many sides the exercise is done.
        """
        rep, parts = self._seconds_per_rep, max(1, len(self.parts))
        rest, relax = (pause.seconds if pause else 0 for pause in (self.rest, self.relax))
        total = 0.0
        for run in self.runs(sides):
            reps = (REPS_WHERE_NONE_ARE_SAID if run.reps.is_open else run.reps.high) * parts
            sets = run.sets.high
            total += sets * (reps * rep + (reps - 1) * relax) + (sets - 1) * rest
        return SECONDS_TO_GET_READY + ceil(total)

    @property
    def _seconds_per_rep(self) -> float:
        if self.duration:
            return self.duration.time.seconds or SECONDS_WHERE_NONE_ARE_SAID
        if self.distance:
            return self.distance.amount.high * self.distance.unit.seconds
        held = (self.hold.seconds or SECONDS_WHERE_NONE_ARE_SAID) if self.hold else 0
        return SECONDS_PER_MOVEMENT + held


def _boxes(amount: Amount) -> int:
    """How many boxes it has: with one more for those who do more."""
    return amount.high + (amount.bound is Bound.AT_LEAST)


def lacking_amount(given: Mapping[str, Any]) -> Fault | None:
    """What is wrong if a dose that stands by itself does not say how much; takes its figures, or what was written."""
    tick = given.get("tick")
    if given.keys() & {"reps", "duration", "distance"} or tick is Tick.NONE or is_none(tick):
        return None
    hint = "add reps: 10, duration: 5 min or distance: 20 m; for what is learnt and not counted, tick: none"
    return Fault("missing-key", "the key reps is missing", hint, at="reps")


#: The same for a JSON Schema.
SOME_AMOUNT: Final[dict[str, Any]] = {
    "anyOf": [
        *({"required": [key]} for key in ("reps", "duration", "distance")),
        {"properties": {"tick": {"const": Tick.NONE.value}}, "required": ["tick"]},
    ]
}

#: The figures of a dose, as files call them.
DOSE_FIELDS: Final = tuple(name for name in Dose.__struct_fields__ if name not in ("other", "stated"))
#: Those that a cell of a roster can hold.
CELL_FIELDS: Final = tuple(name for name in DOSE_FIELDS if name != "progress")


def words_beside_boxes(figures: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The times of day and the parts among some figures, each with the figure's name."""
    often, parts = figures.get("times_per_day"), figures.get("parts") or ()
    occasions = often.occasions if isinstance(often, Frequency) else ()
    return (*(("times_per_day", each) for each in occasions), *(("parts", each) for each in parts))


class DoseChange(Struct, frozen=True, eq=False):
    """What one person does otherwise than the routine says.

    Attributes:
        exercise: id of the exercise or of its entry; empty for all of them.
        figures: fields of its dose, with their values; a tuple of pairs, so that equal changes are equal.
        location: where it is asked for; not part of its value.
        rule: on which sides it is done instead, or None.
        side_of: the side that it is for instead, or None.
    """

    exercise: str
    figures: tuple[tuple[str, Any], ...] = ()
    location: Location = Location("")
    rule: SideRule | None = None
    side_of: Side | None = None

    @property
    def _value(self) -> tuple[object, ...]:
        return (self.exercise, self.figures, self.rule, self.side_of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DoseChange) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)


# Our own estimates, so that "about 9 minutes a day" errs on the long side; nobody's measurement.
#: Into a position and back.
SECONDS_PER_MOVEMENT = 4
#: From one exercise to the next: read it, lie down, settle.
SECONDS_TO_GET_READY = 30
#: As many as one can, or as many as somebody writes in.
REPS_WHERE_NONE_ARE_SAID = 10
SECONDS_WHERE_NONE_ARE_SAID = 30


def minutes_a_day(doses: Iterable[tuple[Dose, int]]) -> int:
    """Minutes that a day's exercises take, rounded up, on a day that has them all.

    Args:
        doses: each dose with the number of sides it is done on.
    """
    return ceil(sum(dose.seconds_a_day(sides) for dose, sides in doses) / 60)
