"""What looks wrong about texts that can be read: warnings, and errors where the wrong side would be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pdfbuilder.diagnostics import Diagnostic, Problems
from pdfbuilder.language import Language
from pdfbuilder.routine import About, Exercise, Routine, Safety
from pdfbuilder.side import AffectedSide, SideRule
from pdfbuilder.side_words import misnamed, named_sides
from pdfbuilder.wording import Wording

#: Above this many exercises people do fewer of them, and do them less well (Medina-Mirapeix 2009, Henry 1999).
COMFORTABLE = 5


def lint_exercise(exercise: Exercise, language: Language, problems: Problems) -> None:
    """Warn of texts that look as if a side was meant, and of a sided exercise that never names a side.

    A side in a bilateral exercise is an error.
    """
    _lint_texts(exercise.texts, language, problems, exercise.rule)
    _lint_rule(exercise, problems)


def lint_routine(routine: Routine, language: Language | None, problems: Problems) -> None:
    """Warn of more exercises than people do well, and of what its own texts and exercises have wrong."""
    if language:
        # The texts of exercises that it only names were looked at in their own files.
        here = routine.location.source
        _lint_texts([routine.title, *(entry.note for entry in routine.entries if entry.note)], language, problems)
        for entry in routine.entries:
            own = [text for text in entry.exercise.texts if text.location.source == here]
            _lint_texts(own, language, problems, entry.exercise.rule)
    for entry in routine.entries:
        if not entry.exercise.id:
            _lint_rule(entry.exercise, problems)
    count = len(routine.entries)
    if count > COMFORTABLE:
        problems.warning(
            "many-exercises",
            f"{count} exercises are more than most people keep up; {COMFORTABLE} or fewer are done better",
            routine.location,
            field="exercises",
            hint="leave some for later",
        )


def lint_note(note: Wording, affected: AffectedSide, language: Language) -> tuple[Diagnostic, ...]:
    """Warn of a word to one person that names the side which is not theirs.

    Raises:
        InvalidInput: if a placeholder in it names a side by itself.
    """
    problems = Problems()
    problems.extend(misnamed(note, language))
    problems.stop_on_error()
    named = named_sides(note.literal, language)
    others = dict.fromkeys(found.text for found in named if found.side.value != affected.value)
    if others and affected is not AffectedSide.BOTH:
        listed = " and ".join(f"'{text}'" for text in others)
        problems.warning(
            "other-side",
            f"the note says {listed}, but the affected side is {affected.value}",
            note.location.narrowed(next(iter(others))),
            hint="write {affected …} or {other …}, and the sheet puts left or right in",
        )
    return problems.warnings


def _lint_texts(texts: Iterable[Wording], language: Language, problems: Problems, rule: SideRule | None = None) -> None:
    for text in texts:
        problems.extend(misnamed(text, language))
        _lint_sides(text, language, problems, bilateral=rule is SideRule.BILATERAL)
        if found := _DOUBLED.search(text.literal):
            problems.warning(
                "literal-brace",
                f"the sheet prints {found.group()} with its braces",
                text.location.narrowed("{" + found.group()),
                hint="doubled braces print a brace; write single ones for a side word",
            )


def _lint_sides(text: Wording, language: Language, problems: Problems, *, bilateral: bool) -> None:
    """Report the sides that a text names by itself."""
    for found in dict.fromkeys(named_sides(text.literal, language)):
        where = text.location.narrowed(found.text)
        if bilateral:
            problems.error(
                "side-in-bilateral",
                f"'{found.text}' names a side, but the exercise is bilateral",
                where,
                hint="say 'both knees', or choose side: each or side: affected"
                if found.of_body
                else "say it without a side, or choose side: each or side: affected; for no side, take another word",
            )
        else:
            problems.warning(
                "literal-side",
                f"'{found.text}' stays as it is on every sheet",
                where,
                hint="if the person's side is meant, write {affected …} or {other …}",
            )


#: What `{{affected leg}}` prints.
_DOUBLED: Final = re.compile(r"\{\s*(?:affected|other)\b[^{}]*\}")


def _lint_rule(exercise: Exercise, problems: Problems) -> None:
    if exercise.rule is not SideRule.BILATERAL and not any(step.phrases for step in exercise.steps):
        problems.warning(
            "no-side-word",
            f"the exercise is done on a side ({exercise.rule.value}), but no step names one",
            exercise.location,
            hint="write {affected leg} or {other leg} where the side matters",
        )


def unreviewed(definition: object) -> tuple[Diagnostic, ...]:
    """A warning for each part of a definition that no clinician has signed."""
    parts: list[Exercise | Routine | Safety | About] = []
    if isinstance(definition, Routine):
        # A signature under the routine covers the exercises, not the safety block.
        parts = [definition] if definition.review else [entry.exercise for entry in definition.entries]
        parts.append(definition.safety)
        parts += [definition.about] if definition.about else []
    elif isinstance(definition, Exercise | Safety | About):
        parts = [definition]
    problems = Problems()
    for part in parts:
        if not part.review:
            problems.warning(
                "not-reviewed",
                "no clinician has reviewed this",
                part.location,
                field="reviewed",
                hint="reviewed: {by: name and profession, on: date}, once one has",
            )
    return problems.warnings
