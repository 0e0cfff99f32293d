"""From checked specs to the domain: wording is parsed, doses are merged, and every text keeps its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from msgspec import structs

from pdfbuilder.diagnostics import InvalidInput, Location, Problems
from pdfbuilder.domain.dose import Dose
from pdfbuilder.domain.routine import About, Clinic, Entry, Exercise, Illustration, Review, Routine, Safety, Sign
from pdfbuilder.domain.routine import Source as FactSource
from pdfbuilder.domain.side import Side, SideRule
from pdfbuilder.domain.wording import Wording, parse
from pdfbuilder.pictures.reading import read_picture
from pdfbuilder.reading.fence import Fence
from pdfbuilder.reading.specs import (
    AboutSpec,
    ClinicSpec,
    DoseSpec,
    ExerciseSpec,
    OwnExerciseSpec,
    PictureSpec,
    ReferenceSpec,
    ReviewSpec,
    RoutineSpec,
    SafetySpec,
    SignSpec,
    SourceSpec,
)
from pdfbuilder.reading.values import Cleared
from pdfbuilder.yamlfile.tree import MapNode, Node, Path, descend, field_name

Value = TypeVar("Value")

#: Finds an exercise: (its id or path, where in the file it is named).
FindExercise = Callable[[str, Path], Exercise | None]


#: Key of the steps for somebody with two affected sides.
_FOR_BOTH: Final = "instructions_both"
#: Keys of the texts beside the steps.
_NOTES: Final = ("cue", "feel", "stop_when", "progress_when", "ease_when")


class Converter:
    """Turns the specs of one file into domain values; pictures beyond the fence are not opened."""

    def __init__(self, tree: MapNode, problems: Problems, fence: Fence | None = None) -> None:
        self.tree = tree
        self.problems = problems
        self.fence = fence

    # ------------------------------------------------------------------ texts

    def wording(self, text: str, path: Path) -> Wording:
        """A text whose grammar the spec has checked, with its place."""
        parts, _ = parse(text)
        return Wording(parts, descend(self.tree, path)[0].location)

    def _optional(self, text: str | None, path: Path) -> Wording | None:
        return self.wording(text, path) if text is not None else None

    # ------------------------------------------------------------------ exercises

    def exercise(self, spec: ExerciseSpec | OwnExerciseSpec, path: Path, id_: str, language: str) -> Exercise:
        """An exercise from its file, or from the entry that writes it out."""
        facts = spec if isinstance(spec, ExerciseSpec) else None
        node, key = descend(self.tree, path)
        exercise = Exercise(
            id=id_,
            language=language,
            name=self.wording(spec.name, (*path, "name")),
            rule=spec.side,
            dose=merged_dose(Dose(spec.reps), spec),
            steps=self._steps(spec.instructions, (*path, "instructions")),
            then=self._optional(spec.then, (*path, "then")),
            steps_for_both=self._steps_for_both(spec, path),
            fits_both=not isinstance(spec.instructions_both, Cleared),
            cue=self._optional(spec.cue, (*path, "cue")),
            feel=self._optional(spec.feel, (*path, "feel")),
            stop_when=self._optional(spec.stop_when, (*path, "stop_when")),
            progress_when=self._optional(spec.progress_when, (*path, "progress_when")),
            ease_when=self._optional(spec.ease_when, (*path, "ease_when")),
            illustration=self._illustration(spec.picture, spec.side, (*path, "picture")),
            group=facts.group or "" if facts else "",
            region=spec.region,
            sources=_sources(facts.sources) if facts else (),
            review=review(facts.reviewed) if facts else None,
            location=first_key(node) if key is None else key.location,
        )
        self._refuse_sides_where_there_are_none(exercise, path)
        self._refuse_steps_for_no_second_side(exercise, path)
        return exercise

    def _steps(self, steps: tuple[str, ...], path: Path) -> tuple[Wording, ...]:
        return tuple(self.wording(step, (*path, index)) for index, step in enumerate(steps))

    def _steps_for_both(self, spec: ExerciseSpec | OwnExerciseSpec, path: Path) -> tuple[Wording, ...] | None:
        given = spec.instructions_both
        return self._steps(given, (*path, _FOR_BOTH)) if isinstance(given, tuple) else None

    def _refuse_steps_for_no_second_side(self, exercise: Exercise, path: Path) -> None:
        """A step that nobody would ever read is a slip."""
        if exercise.then and exercise.rule in (SideRule.ALTERNATE, SideRule.BILATERAL):
            self.problems.error(
                "never-printed",
                f"then sends to the second side, but the exercise is {exercise.rule.value}",
                exercise.then.location,
                field=field_name((*path, "then")),
                hint="leave it out: it is for exercises that are done on one side and then on the other",
            )
        if exercise.rule is SideRule.BILATERAL and (exercise.steps_for_both or not exercise.fits_both):
            self.problems.error(
                "never-printed",
                f"{_FOR_BOTH} is for two affected sides, but the exercise is bilateral",
                descend(self.tree, (*path, _FOR_BOTH))[0].location,
                field=field_name((*path, _FOR_BOTH)),
                hint="leave it out: the steps are the same for everybody",
            )

    def _illustration(self, spec: PictureSpec | None, rule: SideRule, path: Path) -> Illustration | None:
        """The picture that an exercise names; None, and a problem, if it cannot be had."""
        if spec is None:
            return None
        shows = Side(spec.shows) if spec.shows != "neither" else None
        if shows and rule is SideRule.BILATERAL:
            self.problems.error(
                "picture-side",
                "the exercise is bilateral: its picture shows neither side",
                descend(self.tree, (*path, "shows"))[0].location,
                field=field_name((*path, "shows")),
                hint="write shows: neither",
            )
        if spec.licence and not spec.credit:
            self.problems.error(
                "picture-credit",
                "a licence does not say who made the picture",
                descend(self.tree, (*path, "licence"))[0].location,
                field=field_name((*path, "licence")),
                hint="write credit: with their name",
            )
        node, _ = descend(self.tree, (*path, "file"))
        credit = ", ".join(part for part in (spec.credit, spec.licence) if part)
        file = self.tree.source.folder / spec.file
        message, hint = self.fence.refusal(file) if self.fence else ("", "")
        if message:
            self.problems.error("outside", message, node.location, field=field_name((*path, "file")), hint=hint)
            return None
        try:
            picture = read_picture(file, shows, credit, node.location, field_name((*path, "file")))
        except InvalidInput as error:
            self.problems.extend(error.diagnostics)
            return None
        return Illustration(picture, self.wording(spec.alt, (*path, "alt")))

    def _refuse_sides_where_there_are_none(self, exercise: Exercise, path: Path) -> None:
        if exercise.rule is not SideRule.BILATERAL:
            return
        texts: dict[Path, Wording | None] = {(key,): getattr(exercise, key) for key in ("name", *_NOTES)}
        texts |= {("instructions", index): step for index, step in enumerate(exercise.steps)}
        texts[("picture", "alt")] = exercise.illustration.alternative if exercise.illustration else None
        for key, text in texts.items():
            if text is None:
                continue
            for phrase in text.phrases:
                self.problems.error(
                    "side-in-bilateral",
                    f"{phrase.raw} names a side, but the exercise is bilateral",
                    text.location.narrowed(phrase.raw),
                    field=field_name((*path, *key)),
                    hint="say 'both knees', or choose side: each or side: affected",
                )

    # ------------------------------------------------------------------ routines

    def routine(
        self,
        spec: RoutineSpec,
        id_: str,
        find_exercise: FindExercise,
        about: About | None,
    ) -> Routine:
        """A routine, without its safety block; exercises that it names are found through `find_exercise`."""
        entries = [
            self.entry(each, ("exercises", index), spec.language, find_exercise)
            for index, each in enumerate(spec.exercises)
        ]
        side, _ = descend(self.tree, ("side",))
        return Routine(
            id=id_,
            language=spec.language,
            title=self.wording(spec.title, ("title",)),
            entries=tuple(entry for entry in entries if entry),
            safety=None,
            about=about,
            clinic=self._clinic(spec.clinic),
            side=spec.side,
            summary=spec.summary or "",
            review=review(spec.reviewed),
            location=first_key(self.tree),
            side_location=side.location,
        )

    def _clinic(self, spec: ClinicSpec | None) -> Clinic | None:
        node, _ = descend(self.tree, ("clinic",))
        return Clinic(spec.name, spec.phone or "", first_key(node)) if spec else None

    def entry(
        self,
        spec: str | ReferenceSpec | OwnExerciseSpec,
        path: Path,
        language: str,
        find_exercise: FindExercise,
    ) -> Entry | None:
        """An exercise's place in a routine; None if the exercise is nowhere to be found."""
        node, _ = descend(self.tree, path)
        location = first_key(node) if isinstance(node, MapNode) else node.location
        if isinstance(spec, str):
            named = find_exercise(spec, path)
            return Entry(named, location=location) if named else None
        if isinstance(spec, OwnExerciseSpec):
            exercise: Exercise | None = self.exercise(spec, path, "", language)
        else:
            exercise = find_exercise(spec.exercise, (*path, "exercise"))
            exercise = self._changed(exercise, spec, path) if exercise else None
        if exercise is None:
            return None
        side_of = Side(spec.side_of.value) if spec.side_of else None
        if side_of and exercise.rule is SideRule.BILATERAL:
            self.problems.error(
                "side-contradiction",
                "side_of names a side, but the exercise is bilateral",
                descend(self.tree, (*path, "side_of"))[0].location,
                field=field_name((*path, "side_of")),
                hint="leave side_of out",
            )
        return Entry(exercise, side_of, self._optional(spec.note, (*path, "note")), location)

    def _changed(self, exercise: Exercise, spec: ReferenceSpec, path: Path) -> Exercise:
        changed = structs.replace(
            exercise,
            dose=merged_dose(exercise.dose, spec),
            stop_when=self._optional(spec.stop_when, (*path, "stop_when")) or exercise.stop_when,
            progress_when=self._optional(spec.progress_when, (*path, "progress_when")) or exercise.progress_when,
            ease_when=self._optional(spec.ease_when, (*path, "ease_when")) or exercise.ease_when,
            illustration=self._illustration(spec.picture, exercise.rule, (*path, "picture")) or exercise.illustration,
        )
        self._refuse_sides_where_there_are_none(changed, path)
        return changed

    # ------------------------------------------------------------------ blocks

    def safety(self, spec: SafetySpec, id_: str) -> Safety:
        """A safety block."""
        return Safety(
            id=id_,
            language=spec.language,
            emergency=_signs(spec.emergency),
            today=_signs(spec.today),
            soon=_signs(spec.soon),
            advice=spec.advice,
            both_sides=spec.both_sides or "",
            regions=frozenset(spec.regions),
            sources=_sources(spec.sources),
            review=review(spec.reviewed),
            location=first_key(self.tree),
        )

    def about(self, spec: AboutSpec, id_: str) -> About:
        """A background text."""
        return About(
            id=id_,
            language=spec.language,
            title=spec.title,
            paragraphs=spec.paragraphs,
            sources=_sources(spec.sources),
            review=review(spec.reviewed),
            location=first_key(self.tree),
        )


def merged_dose(base: Dose, spec: DoseSpec) -> Dose:
    """A dose with the keys of a spec put over it; a key that is left out keeps the base's value."""
    return Dose(
        reps=_over(base.reps, spec.reps),
        sets=_over(base.sets, spec.sets),
        hold=_over(base.hold, spec.hold, None),
        rest=_over(base.rest, spec.rest, 0),
        times_per_day=_over(base.times_per_day, spec.times_per_day),
        days=_over(base.days, spec.days),
        weeks=_over(base.weeks, spec.weeks),
        load=_over(base.load, spec.load, ""),
        tempo=_over(base.tempo, spec.tempo, ""),
        optional=_over(base.optional, spec.optional),
    )


def _over(base: Value, given: Value | Cleared | None, empty: Value | None = None) -> Value:
    if given is None:
        return base
    if isinstance(given, Cleared):
        return empty  # type: ignore[return-value]  # only keys that may be cleared have an empty value
    return given


def review(spec: ReviewSpec | None) -> Review | None:
    """A signature, if there is one."""
    return Review(spec.by, spec.on) if spec else None


def _signs(specs: tuple[str | SignSpec, ...]) -> tuple[Sign, ...]:
    """Warning signs; a short one is its own brief form."""
    return tuple(Sign(each, each) if isinstance(each, str) else Sign(each.text, each.brief) for each in specs)


def _sources(specs: tuple[SourceSpec, ...]) -> tuple[FactSource, ...]:
    return tuple(FactSource(spec.title, spec.url or "", spec.read, spec.note or "") for spec in specs)


def first_key(node: Node) -> Location:
    """Where a mapping begins, for what is said of all of it."""
    if isinstance(node, MapNode) and node.entries:
        return next(iter(node.entries.values()))[0].location
    return node.location
