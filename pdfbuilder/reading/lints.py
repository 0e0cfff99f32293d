"""Warnings about texts that are valid and still look wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pdfbuilder.diagnostics import Diagnostic, Problems
from pdfbuilder.language import Language
from pdfbuilder.routine import About, Exercise, Routine, Safety
from pdfbuilder.side import Side, SideRule
from pdfbuilder.wording import Wording

#: Above this many exercises people do fewer of them, and do them less well (Medina-Mirapeix 2009, Henry 1999).
COMFORTABLE = 5


def lint_exercise(exercise: Exercise, language: Language, problems: Problems) -> None:
    """Warn of texts that look as if a side was meant, and of a sided exercise that never names a side."""
    _lint_texts(exercise.texts, language, problems)
    _lint_rule(exercise, problems)


def lint_routine(routine: Routine, language: Language | None, problems: Problems) -> None:
    """Warn of more exercises than people do well, and of what its own texts and exercises have wrong."""
    if language:
        # The texts of exercises that it only names were looked at in their own files.
        own = [text for text in routine.texts if text.location.source == routine.location.source]
        _lint_texts(own, language, problems)
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


def _lint_texts(texts: Iterable[Wording], language: Language, problems: Problems) -> None:
    for text in texts:
        if found := _literal_side(language).search(text.literal):
            problems.warning(
                "literal-side",
                f"'{found.group()}' stays as it is on every sheet",
                text.location.narrowed(found.group()),
                hint="if the person's side is meant, write {affected …} or {other …}",
            )
        if found := _DOUBLED.search(text.literal):
            problems.warning(
                "literal-brace",
                f"the sheet prints {found.group()} with its braces",
                text.location.narrowed("{" + found.group()),
                hint="doubled braces print a brace; write single ones for a side word",
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


@lru_cache(maxsize=16)
def _literal_side_pattern(words: tuple[str, ...], nouns: tuple[str, ...], phrases: tuple[str, ...]) -> re.Pattern[str]:
    sides = "|".join(re.escape(word) for word in words if word)
    after = "|".join(re.escape(noun) for noun in nouns)
    whole = [f"(?:{sides})[ -](?:{after})"] if sides and after else []
    whole += [re.escape(phrase) for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(whole)})\b" if whole else r"(?!)", re.IGNORECASE)


def _literal_side(language: Language) -> re.Pattern[str]:
    return _literal_side_pattern(
        tuple(language.words_for(side).bare for side in Side),
        tuple(sorted(language.body_words)),
        tuple(sorted({phrase for pair in language.phrases.values() for phrase in pair})),
    )
