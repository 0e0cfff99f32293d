"""From checked specs to the domain: wording is parsed, doses are merged, and every text keeps its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from pdfbuilder.diagnostics import Location, Problems
from pdfbuilder.dose import Dose
from pdfbuilder.reading.specs import (
    AboutSpec,
    DoseSpec,
    ExerciseSpec,
    OwnExerciseSpec,
    ReferenceSpec,
    ReviewSpec,
    RoutineSpec,
    SafetySpec,
    SourceSpec,
)
from pdfbuilder.reading.tree import MapNode, Node, Path, descend, field_name
from pdfbuilder.reading.values import Cleared
from pdfbuilder.routine import About, Entry, Exercise, Review, Routine, Safety
from pdfbuilder.routine import Source as FactSource
from pdfbuilder.side import Side, SideRule
from pdfbuilder.wording import Wording, parse

Value = TypeVar("Value")


class Converter:
    """Turns the specs of one file into domain values."""

    def __init__(self, tree: MapNode, problems: Problems) -> None:
        self.tree = tree
        self.problems = problems

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
            steps=tuple(
                self.wording(step, (*path, "instructions", index)) for index, step in enumerate(spec.instructions)
            ),
            cue=self._optional(spec.cue, (*path, "cue")),
            feel=self._optional(spec.feel, (*path, "feel")),
            stop_when=self._optional(spec.stop_when, (*path, "stop_when")),
            progress_when=self._optional(spec.progress_when, (*path, "progress_when")),
            ease_when=self._optional(spec.ease_when, (*path, "ease_when")),
            group=facts.group or "" if facts else "",
            sources=_sources(facts.sources) if facts else (),
            review=review(facts.reviewed) if facts else None,
            location=_first_key(node) if key is None else key.location,
        )
        self._refuse_sides_where_there_are_none(exercise, path)
        return exercise

    def _refuse_sides_where_there_are_none(self, exercise: Exercise, path: Path) -> None:
        if exercise.rule is not SideRule.BILATERAL:
            return
        for text in exercise.texts:
            if text.phrases:
                self.problems.error(
                    "side-in-bilateral",
                    f"{text.phrases[0].raw} names a side, but the exercise is bilateral",
                    text.location,
                    field=field_name(path),
                    hint="say 'both knees', or choose side: each or side: affected",
                )

    # ------------------------------------------------------------------ routines

    def routine(
        self,
        spec: RoutineSpec,
        id_: str,
        find_exercise: Callable[[str, Location], Exercise | None],
        safety: Safety,
        about: About | None,
    ) -> Routine:
        """A routine; exercises that it names are found through `find_exercise`."""
        entries = [
            self._entry(each, ("exercises", index), spec.language, find_exercise)
            for index, each in enumerate(spec.exercises)
        ]
        side, _ = descend(self.tree, ("side",))
        return Routine(
            id=id_,
            language=spec.language,
            title=self.wording(spec.title, ("title",)),
            entries=tuple(entry for entry in entries if entry),
            safety=safety,
            about=about,
            side=spec.side,
            summary=spec.summary or "",
            review=review(spec.reviewed),
            location=_first_key(self.tree),
            side_location=side.location,
        )

    def _entry(
        self,
        spec: str | ReferenceSpec | OwnExerciseSpec,
        path: Path,
        language: str,
        find_exercise: Callable[[str, Location], Exercise | None],
    ) -> Entry | None:
        node, _ = descend(self.tree, path)
        location = _first_key(node) if isinstance(node, MapNode) else node.location
        if isinstance(spec, str):
            named = find_exercise(spec, location)
            return Entry(named, location=location) if named else None
        if isinstance(spec, OwnExerciseSpec):
            exercise: Exercise | None = self.exercise(spec, path, "", language)
        else:
            exercise = find_exercise(spec.exercise, descend(self.tree, (*path, "exercise"))[0].location)
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
        changed = replace(
            exercise,
            dose=merged_dose(exercise.dose, spec),
            stop_when=self._optional(spec.stop_when, (*path, "stop_when")) or exercise.stop_when,
            progress_when=self._optional(spec.progress_when, (*path, "progress_when")) or exercise.progress_when,
            ease_when=self._optional(spec.ease_when, (*path, "ease_when")) or exercise.ease_when,
        )
        self._refuse_sides_where_there_are_none(changed, path)
        return changed

    # ------------------------------------------------------------------ blocks

    def safety(self, spec: SafetySpec, id_: str) -> Safety:
        """A safety block."""
        return Safety(
            id=id_,
            language=spec.language,
            emergency=spec.emergency,
            soon=spec.soon,
            both_sides=spec.both_sides,
            advice=spec.advice,
            brief=spec.brief,
            brief_advice=spec.brief_advice,
            dated=spec.dated,
            sources=_sources(spec.sources),
            review=review(spec.reviewed),
            location=_first_key(self.tree),
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
            location=_first_key(self.tree),
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


def _sources(specs: tuple[SourceSpec, ...]) -> tuple[FactSource, ...]:
    return tuple(FactSource(spec.title, spec.url or "", spec.read, spec.note or "") for spec in specs)


def _first_key(node: Node) -> Location:
    if isinstance(node, MapNode) and node.entries:
        return next(iter(node.entries.values()))[0].location
    return node.location
