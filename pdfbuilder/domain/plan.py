"""A routine resolved for one person: the side is known, and no placeholder is left, by type.

Routine ──resolve(side, language)──▶ Plan ──for_person──▶ Plan
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Location, Problems
from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.named_sides import missing_then, whole_side
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.picture import Picture
from pdfbuilder.domain.places import said
from pdfbuilder.domain.routine import AlsoPrinted, Entry, Exercise, Illustration, Review, Routine, Safety
from pdfbuilder.domain.side import AffectedSide, Relative, Side, SideRule, working_sides
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
        illustration: the picture as this person sees it, or None.
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
    cue: Text = ()
    feel: Text = ()
    stop_when: Text = ()
    progress_when: Text = ()
    ease_when: Text = ()
    note: Text = ()
    illustration: PlanIllustration | None = None


class Plan(AlsoPrinted, frozen=True):
    """A routine for one person.

    Attributes:
        routine_id: the routine's name in files.
        title: heading of the sheet.
        affected: the plan's side.
        person: whom it is for.
        exercises: in order.
        safety: the warning signs, or None for none.
        reviews: the signatures under the exercises; None stands for each that is missing.
        note: the word to the person, resolved; empty for none.
    """

    routine_id: str
    title: Text
    affected: AffectedSide
    person: Person
    exercises: tuple[PlanExercise, ...]
    safety: Safety | None
    reviews: tuple[Review | None, ...]
    note: Text = ()

    def for_person(self, person: Person, language: Language) -> Plan:
        """The same plan for someone with the same side.

        Raises:
            InvalidInput: if the word to the person cannot be resolved.
        """
        problems = Problems()
        note = _Resolver(language, problems).for_plan(person.note, self.affected) if person.note else ()
        problems.stop_on_error()
        return structs.replace(self, person=person, note=note)


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
    problems.stop_on_error()
    reviews = _reviews(routine)
    return Plan(routine.id, title, affected, Person(), exercises, routine.safety, reviews, **routine.beside)


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


def _is_turned(exercise: Exercise, here: AffectedSide) -> bool:
    """With both sides affected, what is worked first is marked, also by an `other` exercise."""
    return here is AffectedSide.BOTH and exercise.rule is SideRule.OTHER


def _turned(text: Text) -> Text:
    """A text whose affected side is called the other, and the other way round; what it says stays."""
    return tuple(
        structs.replace(
            span, relative=Relative.OTHER if span.relative is Relative.AFFECTED else Relative.AFFECTED
        ) if span.relative else span
        for span in text
    )  # fmt: skip


def _missing_side(problems: Problems) -> None:
    problems.error(
        "missing-side",
        "expected the affected side; there is no default",
        said("side"),
        hint="say which: left, right or both",
    )


def _reviews(routine: Routine) -> tuple[Review | None, ...]:
    """The signatures under the exercises; one under the routine covers them all."""
    return (routine.review,) if routine.review else tuple(entry.exercise.review for entry in routine.entries)


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
        exercise = entry.exercise
        here = AffectedSide(entry.side_of.value) if entry.side_of else affected
        steps = self._steps(entry, here)
        # Steps for two affected sides that name none are done with both at once.
        at_once = steps is exercise.steps_for_both and not any(step.phrases for step in steps)
        sides = () if at_once else working_sides(exercise.rule, here)
        rule = SideRule.BILATERAL if at_once else exercise.rule
        if here is AffectedSide.BOTH and rule in (SideRule.AFFECTED, SideRule.OTHER):
            rule = SideRule.EACH
        # The text is written for the affected side; of an `other` exercise that is the side not worked first.
        meant = sides[0] if sides and exercise.rule is not SideRule.OTHER else sides[0].other if sides else None

        def put(wording: Wording | None) -> Text:
            text = self._resolve(wording, meant) if wording else ()
            return _turned(text) if _is_turned(exercise, here) else text

        def put_beside(wording: Wording | None) -> Text:
            """What is said beside the steps holds for both sides where both are worked."""
            if wording and (at_once or len(sides) > 1):
                return self._resolved(wording, lambda: wording.resolve_for_either(self.language))
            return put(wording)

        return PlanExercise(
            number=number,
            id=exercise.id,
            rule=rule,
            sides=sides,
            repeated=not at_once and rule is not exercise.rule,
            both_affected=here is AffectedSide.BOTH and bool(sides),
            dose=exercise.dose,
            name=put_beside(exercise.name),
            steps=tuple(put(step) for step in steps),
            same_on_other_side=self._to_second_side(exercise, steps, here, put) if rule is SideRule.EACH else (),
            brief_other_side=(
                self._resolve(self.language.messages.brief_other_side, sides[0]) if rule is SideRule.EACH else ()
            ),
            cue=put_beside(exercise.cue) if at_once else put(exercise.cue),
            feel=put_beside(exercise.feel),
            stop_when=put_beside(exercise.stop_when),
            progress_when=put_beside(exercise.progress_when),
            ease_when=put_beside(exercise.ease_when),
            # A note beside a bilateral exercise may still speak of the person's side.
            note=put_beside(entry.note) if meant or not entry.note else self.for_plan(entry.note, here),
            illustration=self._illustration(exercise.illustration, sides, put_beside if at_once else put),
        )

    def _illustration(
        self, illustration: Illustration | None, sides: tuple[Side, ...], put: Callable[[Wording], Text]
    ) -> PlanIllustration | None:
        """A picture turned over if it shows the side that the person does not begin with."""
        if illustration is None:
            return None
        side = sides[0] if sides and illustration.picture.shows else None
        return PlanIllustration(
            illustration.picture,
            side,
            mirrored=side is not None and side is not illustration.picture.shows,
            alternative=put(illustration.alternative),
        )

    def _steps(self, entry: Entry, here: AffectedSide) -> tuple[Wording, ...]:
        """The steps for one or for two affected sides; a problem if there are none for two."""
        exercise = entry.exercise
        if here is not AffectedSide.BOTH or exercise.rule is SideRule.BILATERAL:
            return exercise.steps
        if not exercise.fits_both:
            self.problems.error(
                "not-for-both",
                f"{plain(exercise.name.unsided)} cannot be done by somebody with two affected sides",
                entry.location,
                hint="leave it out of this plan, or write its steps for such a person under instructions_both",
            )
        if exercise.dose.other:
            self.problems.error(
                "dose-sides",
                f"{plain(exercise.name.unsided)} has a dose of its own for the other side, but both are affected",
                entry.location,
                hint="write one dose for both in this plan, or the exercise twice, each for one side",
            )
        return exercise.steps_for_both or exercise.steps

    def _to_second_side(
        self,
        exercise: Exercise,
        steps: tuple[Wording, ...],
        here: AffectedSide,
        put: Callable[[Wording], Text],
    ) -> Text:
        """The step that sends the person to the second side."""
        if exercise.then:
            return put(exercise.then)
        if found := whole_side(steps, self.language):
            self.problems.extend([missing_then(*found)])
        return self._resolve(
            self.language.messages.same_on_other_side, Side.LEFT if here is AffectedSide.BOTH else Side(here.value)
        )

    def for_plan(self, wording: Wording, affected: AffectedSide) -> Text:
        """Resolve a text that belongs to no exercise: with both sides affected, none can be named."""
        return self._resolve(wording, None if affected is AffectedSide.BOTH else Side(affected.value))

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
