"""What is wrong with texts that can be read: sides that are written out, and what looks like a slip."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final

from msgspec import structs

from pdfbuilder.diagnostics import Diagnostic, Location, Problems
from pdfbuilder.domain.beside import About, Safety
from pdfbuilder.domain.dose import Dose, DoseChange, words_beside_boxes
from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.exercise import Exercise
from pdfbuilder.domain.figures import ONE
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.named_sides import NamedSide, misnamed, missing_then, named_sides, whole_side
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.routine import Routine
from pdfbuilder.domain.side import AffectedSide, Relative, Side, SideRule
from pdfbuilder.domain.wording import Literal, SidePhrase, Wording, plain
from pdfbuilder.reading.routines import Listed
from pdfbuilder.yamlfile.tree import KeyPath, ListNode, MapNode, Node, ScalarNode

#: Above this many exercises people do fewer of them, and do them less well (Medina-Mirapeix 2009, Henry 1999).
COMFORTABLE = 5
#: Code of the warning about it.
MANY_EXERCISES: Final = "many-exercises"

#: More words in a sentence, or sentences in a step, are hard to follow for whoever is in pain or reads slowly.
_MOST_WORDS: Final = 15
_MOST_SENTENCES: Final = 2
#: Where a sentence ends and another one begins; not behind an initial.
_NEXT_SENTENCE: Final = re.compile(r"(?<=[.!?。])(?<!\b[A-Z]\.)\s+")

#: What `{{affected leg}}` prints.
_DOUBLED: Final = re.compile(r"\{\s*(?:affected|other|literal)\b[^{}]*\}")
#: Emphasis as in Markdown.
_STARS: Final = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*]*(?<=[^\s*])\1(?![\w*])")
#: What is put into a message, and a side word with its braces.
_SLOT: Final = re.compile(r"\{[^{}]*\}")
#: A sign at the end of a noun, which a bracket may be.
_SIGN: Final = re.compile(r"[^\w\s)]+$")
#: Stands for a placeholder among what is looked at before another one.
_PLACEHOLDER: Final = "\ufffc"
#: So many words stand at most between 'both' and what it is said of: 'both of your'.
_FEW_WORDS: Final = 3

#: Texts that are printed as they stand, without a side of anybody's, with the way to each.
PrintedTexts = Iterable[tuple[KeyPath, Wording]]
_NOBODY: Final[frozenset[Side]] = frozenset()


class _Text(Enum):
    """What a text may name its side by; the value says so in a hint."""

    SIDED = (
        "write {affected …} or {other …} where the person's side is meant, {literal: …} where it is meant as it stands"
    )
    NOTE = "write {other …} where the person's other side is meant, {literal: …} where it is meant as it stands"
    BILATERAL = (
        "say 'both knees', or choose side: each or side: affected; write {literal: …} where it is meant as it stands"
    )
    UNSIDED = "say it without a side; write {literal: …} where it is meant as it stands"


def sides_of(affected: AffectedSide | None) -> frozenset[Side]:
    """The sides that somebody's plan is for."""
    if affected in (None, AffectedSide.NONE):
        return _NOBODY
    return frozenset(Side) if affected is AffectedSide.BOTH else frozenset({Side(affected.value)})


# --------------------------------------------------------------------------- files


def lint_exercise(exercise: Exercise, printed: PrintedTexts, language: Language, problems: Problems) -> None:
    """Refuse sides that an exercise's own file writes out, and warn of what looks like a slip."""
    _lint_texts(exercise, exercise.texts, language, problems, _NOBODY)
    _lint_beside_boxes([(exercise.dose, exercise.location)], language, problems)
    lint_unsided(printed, language, problems)
    _lint_rule(exercise, language, problems)
    _lint_pauses(exercise.dose, exercise.location, problems)
    _lint_length(exercise, exercise.location.source, language, problems)


def lint_routine(
    routine: Routine, entries: tuple[Listed, ...], printed: PrintedTexts, language: Language | None, problems: Problems
) -> None:
    """Refuse sides that a routine writes out, but for its own, and warn of slips and of more than people do well."""
    if language:
        _lint_written_in(routine, entries, printed, language, problems)
    _lint_how_often(routine, problems)
    count = max((len(each.entries) for each in routine.phases), default=len(routine.entries))
    count = min(count, routine.pick.high) if routine.pick else count
    if count > COMFORTABLE:
        problems.warning(
            MANY_EXERCISES,
            f"{count} exercises are more than most people keep up; {COMFORTABLE} or fewer are done better",
            routine.location,
            field="exercises",
            hint="leave some for later",
        )


def _lint_how_often(routine: Routine, problems: Problems) -> None:
    """Warn once where nothing says how often a day something counted is done."""
    for entry in routine.entries:
        dose = entry.exercise.dose
        if "times_per_day" not in dose.stated and dose.tick is not Tick.NONE and not dose.is_of_the_day:
            problems.warning(
                "how-often",
                f"nothing says how often a day {plain(entry.exercise.name.unsided)} is done: the sheet says once",
                routine.location,
                field="times_per_day",
                hint="add times_per_day: 1 to the routine, or what is meant",
            )
            return


def _lint_written_in(
    routine: Routine, entries: tuple[Listed, ...], printed: PrintedTexts, language: Language, problems: Problems
) -> None:
    own = sides_of(routine.side)
    _lint_text(routine.title, language, problems, _Text.UNSIDED, own)
    for line in (*routine.restrictions, *routine.advice, *(text for phase in routine.phases for text in phase.texts)):
        _lint_text(line, language, problems, _Text.SIDED, own)
    sides: dict[KeyPath, frozenset[Side]] = {}
    for listed in entries:
        entry = listed.entry
        if entry is None:
            continue
        for line in entry.section.texts if entry.section else ():
            _lint_text(line, language, problems, _Text.SIDED, own)
        here = frozenset({entry.side_of}) if entry.side_of else own
        # The texts of exercises that it only names were looked at in their own files.
        texts = [text for text in entry.exercise.texts if text.location.source == routine.location.source]
        _lint_texts(entry.exercise, texts, language, problems, here)
        _lint_length(entry.exercise, routine.location.source, language, problems)
        if entry.note:
            _lint_text(entry.note, language, problems, _Text.SIDED, here)
        sides[listed.path] = _NOBODY if entry.exercise.rule is SideRule.BILATERAL else here
        if any(step.location.source == routine.location.source for step in entry.exercise.steps):
            _lint_rule(structs.replace(entry.exercise, location=entry.location), language, problems)
    doses = [(entry.exercise.dose, entry.location) for each in entries if (entry := each.entry)]
    _lint_beside_boxes(doses, language, problems)
    for dose, where in doses:
        _lint_pauses(dose, where, problems)
    for path, text in printed:
        # Of an entry, its way is exercises[0], or phases[0].exercises[0].
        here = next((sides[path[:count]] for count in (2, 4) if path[:count] in sides), own)
        _lint_text(text, language, problems, _Text.UNSIDED, here)


def lint_unsided(printed: PrintedTexts, language: Language, problems: Problems) -> None:
    """Refuse sides in texts that belong to nobody: warning signs, and background."""
    for _, text in printed:
        _lint_text(text, language, problems, _Text.UNSIDED, _NOBODY)


def lint_messages(messages: Node, language: Language, problems: Problems) -> None:
    """Refuse sides in what a language says on every sheet."""
    match messages:
        case ScalarNode(value=str(value), location=location):
            for found in named_sides(_SLOT.sub(_PLACEHOLDER, value), language):
                where = location.narrowed(found.text)
                problems.error("literal-side", _written_out(found, _NOBODY), where, hint=_Text.UNSIDED.value)
        case ListNode(items=items):
            for item in items:
                lint_messages(item, language, problems)
        case MapNode(entries=entries):
            for _, below in entries.values():
                lint_messages(below, language, problems)


# --------------------------------------------------------------------------- one person


def lint_person(person: Person, affected: AffectedSide, language: Language) -> tuple[Diagnostic, ...]:
    """Look through what is said to one person, which may name that person's side.

    Returns:
        What looks like a slip.

    Raises:
        InvalidInput: if it names the side which is not theirs.
    """
    problems = Problems()
    for each in filter(None, (person.note, *person.restrictions, *person.advice)):
        _lint_text(each, language, problems, _Text.NOTE, sides_of(affected), is_persons=True)
    problems.stop_on_error()
    return problems.warnings


def lint_doses(changes: Iterable[DoseChange], language: Language) -> tuple[Diagnostic, ...]:
    """Errors for sides that are written out in one person's doses, which are printed for whichever side is worked."""
    problems = Problems()
    for change in changes:
        for figure, words in words_beside_boxes(dict(change.figures)):
            for found in named_sides(words, language):
                message, hint = f"'{found.text}' names a side, in {figure}", "say it without a side, or in the note"
                problems.error("literal-side", message, change.location, hint=hint)
    for text in (figure for change in changes for _, figure in change.figures if isinstance(figure, Wording)):
        for found in named_sides(text.own_words, language):
            message, hint = f"'{found.text}' names a side, in a dose", "say it without a side, or in the note"
            problems.error("literal-side", message, text.location.narrowed(found.text), hint=hint)
    return problems.found


# --------------------------------------------------------------------------- texts


def _lint_beside_boxes(doses: Iterable[tuple[Dose, Location]], language: Language, problems: Problems) -> None:
    """Refuse sides in times of day and parts, once for each: they are printed for whichever side is worked."""
    said = {words: where for dose, where in doses for words in dose.words_beside_boxes}
    for (figure, text), where in said.items():
        for found in named_sides(text, language):
            problems.error("literal-side", _written_out(found, _NOBODY), where, field=figure, hint=_Text.UNSIDED.value)


def _lint_pauses(dose: Dose, where: Location, problems: Problems) -> None:
    """Warn of a rest or relaxing that nobody will read: with one set there is nothing between sets."""
    runs = [run for level in range(1, len(dose.progress) + 2) for run in dose.at_level(level).runs(2)]
    for pause, figure in (("rest", "sets"), ("relax", "reps")):
        if getattr(dose, pause) and not dose.has_parts and all(getattr(run, figure) == ONE for run in runs):
            message, hint = (
                f"{pause} is between {figure}, and there is one: it is not printed",
                f"say how many {figure}",
            )
            problems.warning("idle-pause", message, where, field=pause, hint=hint)


def _lint_texts(
    exercise: Exercise, texts: Iterable[Wording], language: Language, problems: Problems, own: frozenset[Side]
) -> None:
    bilateral = exercise.rule is SideRule.BILATERAL
    for text in texts:
        _lint_text(text, language, problems, _Text.BILATERAL if bilateral else _Text.SIDED, own)


def _lint_text(
    text: Wording,
    language: Language,
    problems: Problems,
    kind: _Text,
    own: frozenset[Side],
    *,
    is_persons: bool = False,
) -> None:
    """Look through a text.

    Args:
        text: what it says.
        language: in which.
        problems: takes what is wrong.
        kind: what it may name its side by.
        own: the sides that it may name by themselves.
        is_persons: whether it is one person's, and need not fit another one's side.
    """
    problems.extend(misnamed(text, language))
    for found in dict.fromkeys(named_sides(text.own_words, language)):
        where = text.location.narrowed(found.text)
        if kind is _Text.BILATERAL:
            message = f"'{found.text}' names a side, but the exercise is bilateral"
            problems.error("side-in-bilateral", message, where, hint=kind.value)
        elif found.side not in own:
            problems.error("other-side" if own else "literal-side", _written_out(found, own), where, hint=kind.value)
        elif not is_persons:
            message = f"'{found.text}' stays as it is on every sheet"
            hint = "{affected …} says the same, and marks it" if kind is _Text.SIDED else ""
            problems.warning("literal-side", message, where, hint=hint)
    if found_braces := _DOUBLED.search(text.own_words):
        problems.warning(
            "literal-brace",
            f"the sheet prints {found_braces.group()} with its braces",
            text.location.narrowed("{" + found_braces.group()),
            hint="doubled braces print a brace; write single ones for a side word",
        )
    if stars := _STARS.search(text.own_words):
        message, hint = "the sheet prints the stars", "leave them out: side words are bold by themselves"
        problems.warning("stars", message, text.location.narrowed(stars.group(1)), hint=hint)
    _lint_phrases(text, language, problems)


def _written_out(found: NamedSide, own: frozenset[Side]) -> str:
    if own:
        (side,) = own
        return f"'{found.text}' names the {found.side.value} side, but it is written for the {side.value}"
    return f"'{found.text}' is written out: it would stay as it is on every sheet, whatever the side"


def _lint_phrases(text: Wording, language: Language, problems: Problems) -> None:
    """Warn of placeholders that do not fit what stands around them."""
    before = ""
    for part in text.parts:
        if not isinstance(part, SidePhrase):
            before = part if isinstance(part, str) else part.text
            continue
        where = text.location.narrowed(part.raw)
        if before[-1:].isalnum() or before == _PLACEHOLDER:
            problems.warning("no-space", f"no space stands before {part.raw}", where, hint="put one before the brace")
        if sign := _SIGN.search(part.noun):
            message = f"'{sign.group()}' is taken for part of the noun in {part.raw}"
            hint = f"write it behind the brace: {part.raw.replace(f'{sign.group()}}}', f'}}{sign.group()}')}"
            problems.warning("sign-in-placeholder", message, where, hint=hint)
        if part.noun.casefold() in language.paired or _says_both(before, language):
            message = f"{part.raw} is one side, but it is said of both"
            hint = "name one in the braces; where both are meant, leave the braces out"
            problems.warning("both-of-one-side", message, where, hint=hint)
        before = _PLACEHOLDER


def _says_both(before: str, language: Language) -> bool:
    """Whether 'both' stands before a placeholder: 'both of your {affected feet}', but not 'both hands on {…}'."""
    last = re.split(r"[^\w\s]", before)[-1].casefold().split()[-_FEW_WORDS:]
    both = language.words_for(AffectedSide.BOTH).word.casefold()
    return both in last and not language.body_words.intersection(last)


def _lint_rule(exercise: Exercise, language: Language, problems: Problems) -> None:
    if exercise.rule is SideRule.EACH and not exercise.then and (found := whole_side(exercise.steps, language)):
        problems.extend([missing_then(*found)])
    if exercise.rule is not SideRule.BILATERAL and not any(step.phrases for step in exercise.steps):
        problems.warning(
            "no-side-word",
            f"the exercise is done on a side ({exercise.rule.value}), but no step names one",
            exercise.location,
            hint="write {affected leg} or {other leg} where the side matters",
        )
    named = {phrase.relative for step in exercise.steps for phrase in step.phrases}
    if exercise.rule is SideRule.OTHER and named == {Relative.AFFECTED} and not whole_side(exercise.steps, language):
        problems.warning(
            "worked-side",
            "the exercise is done on the other side only, but its steps name only the affected one",
            exercise.location,
            hint="write {other …} for what is worked, or side: affected if that is",
        )


def _lint_length(exercise: Exercise, source: str, language: Language, problems: Problems) -> None:
    """Warn of long sentences, and of steps of many, among the texts of an exercise that a file writes itself."""
    steps = [*exercise.steps, *(exercise.steps_for_both or ()), *filter(None, (exercise.then,))]
    notes = (exercise.cue, exercise.feel, exercise.progress_when, exercise.ease_when, exercise.stop_when)
    for text in [*steps, *exercise.avoid_if, *filter(None, notes)]:
        if text.location.source != source:
            continue
        sentences = _sentences(text, language)
        longest = max((len(each.split()) for each in sentences), default=0)
        if longest > _MOST_WORDS:
            message = f"a sentence of {longest} words; {_MOST_WORDS} or fewer are easier to follow"
            problems.warning("long-sentence", message, text.location, hint="make two sentences of it")
        if text in steps and len(sentences) > _MOST_SENTENCES:
            message = f"a step of {len(sentences)} sentences; {_MOST_SENTENCES} or fewer are easier to follow"
            problems.warning("long-step", message, text.location, hint="make two steps of it")


def _sentences(text: Wording, language: Language) -> list[str]:
    """The sentences of a text; a placeholder is the word for the side, and its noun."""
    parts = (
        part if isinstance(part, str) else part.text if isinstance(part, Literal) else f"{_PLACEHOLDER} {part.noun}"
        for part in text.parts
    )
    sentences: list[str] = []
    for piece in _NEXT_SENTENCE.split("".join(parts).strip()):
        if sentences and sentences[-1].rpartition(" ")[2].casefold() in language.abbreviations:
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return sentences


def unreviewed(definition: object) -> tuple[Diagnostic, ...]:
    """A warning for each part of a definition that no clinician has signed."""
    parts: list[Exercise | Routine | Safety | About] = []
    if isinstance(definition, Routine):
        # A signature under the routine covers the exercises, not the safety block.
        parts = [definition] if definition.review else [entry.exercise for entry in definition.entries]
        parts += [each for each in (definition.safety, definition.about) if each]
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
