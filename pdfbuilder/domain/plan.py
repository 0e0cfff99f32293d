"""A routine resolved for one person: the side is known, and no placeholder is left, by type.

Routine ──resolve(side, language)──▶ Plan ──for_person──▶ Plan
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Location, Problems
from pdfbuilder.domain.beside import AlsoPrinted, Safety
from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.exercise import Exercise, Illustration, Review
from pdfbuilder.domain.figures import Amount, Weekday
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.named_sides import missing_then, whole_side
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.places import said
from pdfbuilder.domain.routine import ALL_PHASES, Entry, Routine, Weeks
from pdfbuilder.domain.side import SIDES_IN_WORDS, AffectedSide, Relative, Side, SideRule, working_sides
from pdfbuilder.domain.wording import MissingPhrase, Text, Wording, plain


class PlanIllustration(Struct, frozen=True):
    """A picture as one person sees it.

    Attributes:
        picture: as it was drawn.
        side: the side that it then shows: the one to begin with; None for a picture of neither side.
        mirrored: whether it has to be turned over for that.
        alternative: what it shows, in words.
    """

    picture: Picture
    side: Side | None
    mirrored: bool
    alternative: Text


class PlanStep(Struct, frozen=True):
    """A step by which an exercise gets harder.

    Attributes:
        when: when it is time for it, empty if that is not said.
        week: from which week of the plan on, or None.
        how: what is done otherwise, beside the figures.
        dose: from then on.
        changed: which of its figures are others than before.
        load: the load from then on, where it changes.
        tempo: the tempo from then on, where it changes.
    """

    when: Text
    week: int | None
    how: Text
    dose: Dose
    changed: frozenset[str]
    load: Text = ()
    tempo: Text = ()


class PlanExercise(Struct, frozen=True):
    """One exercise of a plan.

    Attributes:
        number: its place, from 1.
        id: its name in files, empty if it is written out in the routine.
        rule: how it treats the sides, for this person: with both sides affected, `each` stands for `affected`
            and `other`.
        sides: the sides that it is done on, in order; empty for a bilateral one.
        both_affected: whether both of them are affected.
        same_on_other_side: the sentence that sends the person to the second side, empty if there is none.
        brief_other_side: the same in a few words.
        repeated: whether it is done on a second side only because both are affected; its texts then speak of the first.
        is_nobodys: whether neither side is affected, so that none is to stand out.
        section: the heading that stands right before it, or None.
        illustration: the picture as this person sees it, or None.
        load: the load of its dose, resolved.
        tempo: the tempo of its dose, resolved.
        progress: how it gets harder.
        texts: the rest as in `routine.Exercise`, resolved.
    """

    number: int
    id: str
    rule: SideRule
    sides: tuple[Side, ...]
    dose: Dose
    name: Text
    steps: tuple[Text, ...]
    both_affected: bool = False
    same_on_other_side: Text = ()
    brief_other_side: Text = ()
    repeated: bool = False
    is_nobodys: bool = False
    section: PlanSection | None = None
    cue: Text = ()
    feel: Text = ()
    stop_when: Text = ()
    progress_when: Text = ()
    ease_when: Text = ()
    note: Text = ()
    equipment: tuple[str, ...] = ()
    avoid_if: tuple[Text, ...] = ()
    video: str = ""
    illustration: PlanIllustration | None = None
    load: Text = ()
    tempo: Text = ()
    progress: tuple[PlanStep, ...] = ()


class PlanSection(Struct, frozen=True):
    """A heading over the exercises that follow, and how many of these to do; as in `routine.Section`, resolved."""

    heading: Text
    text: Text
    pick: Amount | None
    count: int


class PlanPhase(Struct, frozen=True):
    """A phase of a plan; as in `routine.Phase`, resolved.

    Attributes:
        first: where its exercises begin among the plan's, if that has those of all phases; from 0.
        count: how many they are.
    """

    number: int
    title: Text
    weeks: Weeks | None
    start_when: tuple[Text, ...]
    restrictions: tuple[Text, ...]
    advice: tuple[Text, ...]
    first: int
    count: int


class Plan(AlsoPrinted, frozen=True):
    """A routine for one person.

    Attributes:
        routine_id: the routine's name in files.
        title: heading of the sheet.
        affected: the plan's side; `none`, too, if each exercise has one of its own and these differ.
        has_two_sides: whether some of it is for the left and some for the right: no one side is the sheet's.
        person: whom it is for.
        exercises: in order.
        safety: the warning signs, or None for none.
        reviews: the signatures under the exercises; None stands for each that is missing.
        phases: the parts of the routine, or none.
        phase: which of them it is, from 1, or `ALL_PHASES`.
        weeks: those that it is for, or its phase.
        week: which of them its sheet begins with.
        pick: how many of the exercises to do; None for all.
        restrictions: what must not be done, in lines.
        advice: what to do besides the exercises, in lines.
        note: the word to the person, resolved; empty for none.
        own_restrictions: what the person must not do besides.
        own_advice: what the person is to do besides.
    """

    routine_id: str
    title: Text
    affected: AffectedSide
    person: Person
    exercises: tuple[PlanExercise, ...]
    safety: Safety | None
    reviews: tuple[Review | None, ...]
    has_two_sides: bool = False
    phases: tuple[PlanPhase, ...] = ()
    phase: int = ALL_PHASES
    weeks: Weeks = Weeks(1, None)
    week: int = 1
    pick: Amount | None = None
    restrictions: tuple[Text, ...] = ()
    advice: tuple[Text, ...] = ()
    note: Text = ()
    own_restrictions: tuple[Text, ...] = ()
    own_advice: tuple[Text, ...] = ()

    @property
    def called(self) -> str:
        """What it is for, in a word for files and reports: left, right, both, none or two-sides."""
        return "two-sides" if self.has_two_sides else self.affected.value

    @property
    def has_all_phases(self) -> bool:
        """Whether it has the exercises of several phases, each of which is done by itself."""
        return bool(self.phases) and self.phase == ALL_PHASES

    @property
    def last_week(self) -> int | None:
        """The last week in which something is due; None if nobody has said when that is."""
        said = (each.dose.weeks for each in self.exercises)
        lasts = (self.weeks.first + weeks.high - 1 for weeks in said if weeks and not weeks.is_open)
        last = self.weeks.last or max(lasts, default=0)
        return last if last >= self.week else None

    def weeks_ahead(self, otherwise: int) -> range:
        """The weeks from its sheet's first to its last; so many where nobody has said which that is."""
        return range(self.week, (self.last_week or self.week + otherwise - 1) + 1)

    def due_in(self, week: int) -> Iterator[PlanExercise]:
        """The exercises that are counted and still done in a week of the plan."""
        for each in self.exercises:
            weeks = each.dose.weeks
            is_over = weeks is not None and weeks.has_end and week >= self.weeks.first + weeks.high
            if each.dose.tick is not Tick.NONE and not is_over:
                yield each

    def of_phase(self, phase: PlanPhase) -> Plan:
        """One phase of a plan that has all."""
        return structs.replace(
            self,
            phase=phase.number,
            exercises=self.exercises[phase.first : phase.first + phase.count],
            restrictions=self.restrictions + phase.restrictions,
            advice=self.advice + phase.advice,
        )

    def counted_from(self, first: Weekday | None, week: tuple[Weekday, ...]) -> Plan:
        """The plan whose first day is known, if it is; of a later phase nobody knows when it begins."""
        if first is None or self.has_all_phases:
            return self
        exercises = (
            structs.replace(each, dose=structs.replace(each.dose, days=each.dose.days.counted_from(first, week)))
            for each in self.exercises
        )
        return structs.replace(self, exercises=tuple(exercises))

    def for_person(self, person: Person, language: Language) -> Plan:
        """The same plan for someone with the same side.

        Raises:
            InvalidInput: if what is said to the person cannot be resolved.
        """
        problems = Problems()
        resolver = _Resolver(language, problems)
        resolved = structs.replace(
            self,
            person=person,
            note=resolver.for_plan(person.note, self.affected) if person.note else (),
            own_restrictions=resolver.lines(person.restrictions, self.affected),
            own_advice=resolver.lines(person.advice, self.affected),
        )
        problems.stop_on_error()
        return resolved


def resolve(routine: Routine, side: AffectedSide | None, language: Language) -> Plan:
    """Put one side into a routine, for nobody in particular yet.

    Args:
        routine: what to do.
        side: the side that was asked for; None if only the routine may say.
        language: the words for the sides.

    Raises:
        InvalidInput: if no side is known, if two sides contradict each other, or if a text is in another language; if
            the language lacks side phrases, or a text names a side where none can be known. All of these at once.
    """
    problems = Problems()
    resolver = _Resolver(language, problems)
    resolver.check_language(routine)
    affected = _agreed_side(routine, side, problems)
    # Before the phrases: of another language none would be found, and each would be said.
    problems.stop_on_error()
    assert affected is not None  # noqa: S101 - a missing side is an error
    title = resolver.for_plan(routine.title, affected)
    exercises = tuple(
        resolver.exercise(number, entry, affected) for number, entry in enumerate(routine.entries, start=1)
    )
    plan = Plan(
        routine_id=routine.id,
        title=title,
        affected=affected,
        person=Person(),
        exercises=exercises,
        safety=routine.safety,
        reviews=_reviews(routine),
        has_two_sides=_has_two_sides(routine, affected),
        phases=resolver.phases(routine, affected),
        phase=routine.phase or ALL_PHASES,
        weeks=routine.weeks,
        week=routine.week or routine.weeks.first,
        pick=routine.pick,
        restrictions=resolver.lines(routine.restrictions, affected),
        advice=resolver.lines(routine.advice, affected),
        **routine.beside,
    )
    problems.stop_on_error()
    return plan


def resolve_exercise(exercise: Exercise, side: AffectedSide | None, language: Language) -> PlanExercise:
    """Put one person's side into an exercise that stands by itself.

    Args:
        exercise: what to do.
        side: the affected side; may be None only for a bilateral exercise.
        language: the words for the sides.

    Raises:
        InvalidInput: as `resolve` does.
    """
    problems = Problems()
    resolver = _Resolver(language, problems)
    resolver.check_language_of("the exercise", exercise.language, exercise.location)
    if side is None and exercise.rule is not SideRule.BILATERAL:
        _missing_side(problems)
    # Of a bilateral exercise both sides are the same.
    resolved = resolver.exercise(1, Entry(exercise), side or AffectedSide.BOTH)
    problems.stop_on_error()
    return resolved


def _agreed_side(routine: Routine, side: AffectedSide | None, problems: Problems) -> AffectedSide | None:
    if side is None and routine.side is None:
        sided = {entry.side_of for entry in routine.entries if entry.side_of}
        if sided and None not in _own_sides(routine):
            return AffectedSide(sided.pop().value) if len(sided) == 1 else AffectedSide.NONE
        _missing_side(problems)
        return None
    if side is not None and routine.side is not None and side is not routine.side:
        problems.error(
            "side-contradiction",
            f"the routine is written for {routine.side.value}, and the sheet was to be for {side.value}",
            routine.side_location,
            field="side",
            hint="ask for no side, or take a routine that fits it",
        )
        return None
    return side or routine.side


def _own_sides(routine: Routine) -> set[Side | None]:
    """The sides that the exercises have themselves, None for each that has the plan's."""
    return {entry.side_of for entry in routine.entries if entry.exercise.rule is not SideRule.BILATERAL}


def _has_two_sides(routine: Routine, affected: AffectedSide) -> bool:
    """Whether both sides stand on a sheet, each in exercises of its own: the left knee and the right shoulder."""
    own = _own_sides(routine)
    if affected is AffectedSide.BOTH and None in own:  # in some exercises both are
        return False
    return {AffectedSide.LEFT, AffectedSide.RIGHT} <= {AffectedSide(side.value) for side in own if side} | {affected}


def _is_turned(exercise: Exercise, here: AffectedSide) -> bool:
    """With both sides affected, what is worked first is marked, also by an `other` exercise."""
    return here is AffectedSide.BOTH and exercise.rule is SideRule.OTHER


def _unmarked(text: Text) -> Text:
    """A text that names sides of which none is affected: each is said as the other one is, and none stands out."""
    return tuple(structs.replace(span, relative=Relative.OTHER) if span.relative else span for span in text)


def _turned(text: Text) -> Text:
    """A text whose affected side is called the other, and the other way round; what it says stays."""
    return tuple(structs.replace(span, relative=span.relative.opposite) if span.relative else span for span in text)


def _steps_of_progress(dose: Dose, put: Callable[[Wording | None], Text]) -> Iterator[PlanStep]:
    """The steps of progress, each with the dose that it leads to."""
    after = structs.replace(dose, progress=())
    for step in dose.progress:
        if step.is_passed:
            continue
        after = after.changed(step.figures)
        load, tempo = (put(step.figures.get(name)) for name in ("load", "tempo"))
        yield PlanStep(put(step.when), step.week, put(step.how), after, frozenset(step.figures), load, tempo)


def _missing_side(problems: Problems) -> None:
    problems.error(
        "missing-side",
        "expected the affected side; there is no default",
        said("side"),
        hint=f"say which: {SIDES_IN_WORDS}",
    )


def _reviews(routine: Routine) -> tuple[Review | None, ...]:
    """The signatures under the exercises; one under the routine covers them all."""
    return (routine.review,) if routine.review else tuple(entry.exercise.review for entry in routine.entries)


_OWN_DOSE: Final = "has a dose of its own for the other side"


class _Resolver:
    def __init__(self, language: Language, problems: Problems) -> None:
        self.language = language
        self.problems = problems

    def check_language(self, routine: Routine) -> None:
        parts: list[tuple[str, str, Location]] = [("the routine", routine.language, routine.location)]
        if routine.lacks_safety:
            self.problems.error(
                "missing-safety",
                f"there are no general warning signs in '{routine.language}'",
                routine.location,
                field="safety",
                hint="add safety: with the path of a block of your own, or safety: none",
            )
        if routine.safety:
            parts.append(("the safety block", routine.safety.language, routine.safety.location))
        if routine.about:
            parts.append(("the background text", routine.about.language, routine.about.location))
        parts += [(f"exercise {number}", entry.exercise.language, entry.location)
                  for number, entry in enumerate(routine.entries, start=1)]  # fmt: skip
        for part in parts:
            self.check_language_of(*part)

    def check_language_of(self, what: str, code: str, location: Location) -> None:
        if code != self.language.code:
            self.problems.error(
                "language",
                f"{what} is written in '{code}', the sheet is in '{self.language.code}'",
                location,
                field="language",
                hint=f"ask for the sheet in '{code}', or translate it",
            )

    def exercise(self, number: int, entry: Entry, affected: AffectedSide) -> PlanExercise:
        here = AffectedSide(entry.side_of.value) if entry.side_of else affected
        before = len(self.problems.found)
        steps = self._steps(entry, here)
        # Of an exercise that cannot be in the plan nothing else is said.
        resolver = self if len(self.problems.found) == before else _Resolver(self.language, Problems())
        return resolver._resolved_exercise(number, entry, affected, here, steps)  # noqa: SLF001 - its own class

    def _resolved_exercise(
        self, number: int, entry: Entry, affected: AffectedSide, here: AffectedSide, steps: tuple[Wording, ...]
    ) -> PlanExercise:
        exercise = entry.exercise
        # Steps for two affected sides that name none are done with both at once.
        at_once = steps is exercise.steps_for_both and (
            exercise.rule is SideRule.ASYMMETRIC or not any(step.phrases for step in steps)
        )
        sides = () if at_once else working_sides(exercise.rule, here)
        rule = SideRule.BILATERAL if at_once else exercise.rule
        if here is AffectedSide.BOTH and rule in (SideRule.AFFECTED, SideRule.OTHER):
            rule = SideRule.EACH
        # The text is written for the affected side; of an `other` exercise that is the side not worked first.
        meant = sides[0] if sides and exercise.rule is not SideRule.OTHER else sides[0].other if sides else None

        def put(wording: Wording | None) -> Text:
            text = self._resolve(wording, meant) if wording else ()
            if here is AffectedSide.NONE:
                return _unmarked(text)
            return _turned(text) if _is_turned(exercise, here) else text

        def put_beside(wording: Wording | None) -> Text:
            """What is said beside the steps holds for both sides where both are worked."""
            if wording and (at_once or len(sides) > 1):
                return self._resolved(wording, lambda: wording.resolve_for_either(self.language))
            return put(wording)

        dose = exercise.dose.at_level(exercise.dose.level)
        # Where each side has a dose of its own, what is said of one is not said of the other.
        put_in_dose = put if dose.other else put_beside
        return PlanExercise(
            number=number,
            id=exercise.id,
            rule=rule,
            sides=sides,
            repeated=not at_once and rule is not exercise.rule,
            is_nobodys=here is AffectedSide.NONE,
            section=self._section(entry, affected),
            both_affected=here is AffectedSide.BOTH and bool(sides),
            dose=dose,
            load=put_in_dose(dose.load),
            tempo=put_in_dose(dose.tempo),
            progress=tuple(_steps_of_progress(dose, put_in_dose)),
            name=put_beside(exercise.name),
            steps=tuple(put(step) for step in steps),
            same_on_other_side=self._to_second_side(entry, rule, steps, sides, put),
            brief_other_side=(
                self._resolve(self.language.messages.brief_other_side, sides[0]) if rule is SideRule.EACH else ()
            ),
            # Of two legs that are both sore a cue for one of them says nothing: the steps do.
            cue=() if at_once and exercise.cue and exercise.cue.phrases else put(exercise.cue),
            feel=put_beside(exercise.feel),
            stop_when=put_beside(exercise.stop_when),
            progress_when=put_beside(exercise.progress_when),
            ease_when=put_beside(exercise.ease_when),
            equipment=exercise.equipment,
            avoid_if=tuple(put_beside(each) for each in exercise.avoid_if),
            video=exercise.video,
            # A note beside a bilateral exercise may still speak of the person's side.
            note=put_beside(entry.note) if meant or not entry.note else self.for_plan(entry.note, here),
            illustration=self._illustration(
                exercise.illustration,
                sides,
                put_beside if at_once else put,
                # What is done with both at once shows no side, though the picture was drawn on one.
                is_marked=not at_once and (here is not AffectedSide.NONE or not sides),
            ),
        )

    def _illustration(
        self,
        illustration: Illustration | None,
        sides: tuple[Side, ...],
        put: Callable[[Wording], Text],
        *,
        is_marked: bool,
    ) -> PlanIllustration | None:
        """A picture turned over if it shows the side that the person does not begin with."""
        if illustration is None:
            return None
        side = sides[0] if sides and illustration.picture.shows else None
        return PlanIllustration(
            illustration.picture if is_marked else illustration.picture.without_emphasis(),
            side,
            mirrored=side is not None and side is not illustration.picture.shows,
            alternative=put(illustration.alternative),
        )

    def _steps(self, entry: Entry, here: AffectedSide) -> tuple[Wording, ...]:
        """The steps for one or for two affected sides; a problem if there are none for two, or for nobody's side."""
        exercise = entry.exercise
        if here is AffectedSide.NONE:
            self._refuse_for_nobodys_side(entry)
        if here is not AffectedSide.BOTH or exercise.rule is SideRule.BILATERAL:
            return exercise.steps
        if not exercise.fits_both or (exercise.rule is SideRule.ASYMMETRIC and exercise.steps_for_both is None):
            hint = "leave it out of this plan, or write its steps for such a person under instructions_both"
            self._refuse(entry, "not-for-both", "cannot be done by somebody with two affected sides", hint)
        if exercise.dose.is_by_side:
            hint = "write one dose for both in this plan, or the exercise twice, each for one side"
            self._refuse(entry, "dose-sides", f"{_OWN_DOSE}, but both are affected", hint)
        return exercise.steps_for_both or exercise.steps

    def _refuse_for_nobodys_side(self, entry: Entry) -> None:
        """Where no side is affected nothing can be for the affected one."""
        exercise = entry.exercise
        if exercise.rule not in (SideRule.EACH, SideRule.ALTERNATE, SideRule.BILATERAL):
            hint = "leave it out of this plan, or say whose side it is: left, right or both"
            self._refuse(entry, "nobodys-side", f"is {exercise.rule.value}, but the plan is for nobody's side", hint)
        elif exercise.dose.is_by_side:
            self._refuse(entry, "dose-sides", f"{_OWN_DOSE}, but no side is affected", "write one dose for both sides")

    def _refuse(self, entry: Entry, code: str, what: str, hint: str) -> None:
        """A problem with an exercise, whose name begins the sentence."""
        self.problems.error(code, f"{plain(entry.exercise.name.unsided)} {what}", entry.location, hint=hint)

    def _to_second_side(
        self,
        entry: Entry,
        rule: SideRule,
        steps: tuple[Wording, ...],
        sides: tuple[Side, ...],
        put: Callable[[Wording], Text],
    ) -> Text:
        """The step that sends the person to the second side; where they take turns, steps without one do it."""
        if rule not in (SideRule.EACH, SideRule.ALTERNATE):
            return ()
        if entry.exercise.then:
            return put(entry.exercise.then)
        if rule is SideRule.ALTERNATE:
            return ()
        if found := whole_side(steps, self.language):
            problem = missing_then(*found)
            if problem.location.source != entry.location.source:  # the file says it; the entry has taken it away
                problem = structs.replace(problem, location=entry.location)
            self.problems.extend([problem])
        return self._resolve(self.language.messages.same_on_other_side, sides[0])

    def for_plan(self, wording: Wording, affected: AffectedSide) -> Text:
        """Resolve a text that belongs to no exercise: with both sides affected, or none, none can be named."""
        one = affected in (AffectedSide.LEFT, AffectedSide.RIGHT)
        return self._resolve(wording, Side(affected.value) if one else None)

    def phases(self, routine: Routine, affected: AffectedSide) -> tuple[PlanPhase, ...]:
        """The phases of a routine, each with the place of its exercises among all."""
        found, first = [], 0
        for number, phase in enumerate(routine.phases, start=1):
            found.append(
                PlanPhase(
                    number=number,
                    title=self.line(phase.title, affected),
                    weeks=phase.weeks,
                    start_when=self.lines(phase.start_when, affected),
                    restrictions=self.lines(phase.restrictions, affected),
                    advice=self.lines(phase.advice, affected),
                    first=first,
                    count=len(phase.entries),
                )
            )
            first += len(phase.entries)
        return tuple(found)

    def _section(self, entry: Entry, affected: AffectedSide) -> PlanSection | None:
        """The heading before an exercise, for its own side if it has one."""
        section = entry.section
        if section is None:
            return None
        here = AffectedSide(section.side_of.value) if section.side_of else affected
        text = self.line(section.text, here) if section.text else ()
        return PlanSection(self.line(section.heading, here), text, section.pick, section.count)

    def lines(self, wordings: tuple[Wording, ...], affected: AffectedSide) -> tuple[Text, ...]:
        """Resolve what holds for the whole of a plan: with both sides affected, for either."""
        return tuple(self.line(each, affected) for each in wordings)

    def line(self, wording: Wording, affected: AffectedSide) -> Text:
        """Resolve one such text."""
        if affected is AffectedSide.BOTH:
            return self._resolved(wording, lambda: wording.resolve_for_either(self.language))
        return self.for_plan(wording, affected)

    def _resolve(self, wording: Wording, affected: Side | None) -> Text:
        if affected is None:
            for phrase in wording.phrases:
                self.problems.error(
                    "no-side",
                    f"{phrase.raw} cannot be resolved: no one side is meant here",
                    wording.location.narrowed(phrase.raw),
                    hint="say it without naming a side",
                )
            return wording.unsided
        return self._resolved(wording, lambda: wording.resolve(affected, self.language))

    def _resolved(self, wording: Wording, resolve: Callable[[], Text]) -> Text:
        try:
            return resolve()
        except MissingPhrase:
            self.problems.extend(self.language.lacking(wording))
            return ()
