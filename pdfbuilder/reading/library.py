"""Reads definitions by id or by path: what ships with the program, and what users wrote.

A `Library` reads each file once for as long as it lives; a batch hands one on from plan to plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial, reduce
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import structs

from pdfbuilder import assets
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Problems, nearest, quoted, refused
from pdfbuilder.domain.beside import About, AlsoPrinted, Clinic, Safety
from pdfbuilder.domain.exercise import Exercise
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.places import said
from pdfbuilder.domain.routine import Entry, Routine, Weeks
from pdfbuilder.domain.template import Template
from pdfbuilder.files import STDIN
from pdfbuilder.reading.briefs import Brief, exercise_in_brief, routine_in_brief
from pdfbuilder.reading.clinics import ClinicSpec, to_clinic
from pdfbuilder.reading.copying import Copied, copied
from pdfbuilder.reading.exercises import ExerciseSpec, to_exercise
from pdfbuilder.reading.fence import Fence
from pdfbuilder.reading.finding import Found, Reader
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.known_languages import Languages
from pdfbuilder.reading.lints import lint_exercise, lint_routine, lint_unsided
from pdfbuilder.reading.routines import Listed, RoutineSpec, refuse_pick
from pdfbuilder.reading.shelf import (
    COMMAND_LINE,
    ENGLISH,
    Cited,
    Shelf,
    cited_by,
    cited_under,
    kind_of,
    place_of,
)
from pdfbuilder.reading.templates import EXTENDS, to_template
from pdfbuilder.yamlfile.models import validate
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import KeyPath, ListNode, MapNode, ScalarNode

Definition = Routine | Exercise | Template | Language | Safety | About | Clinic
Prose = TypeVar("Prose", Safety, About)

#: Key of a routine's warning signs, the word for none, and the block that is true of every plan.
_SAFETY: Final = "safety"
_NO_SAFETY: Final = "none"
_GENERAL: Final = "general"


class Library:
    """Shipped and user content.

    Every method raises `InvalidInput` with all that is wrong, in the file asked for and in those that it names.

    Args:
        content: a folder of one's own content, laid out as what ships is (`en/exercises`, `templates`); an id is looked
            for there first. None for none.
        closely: whether pictures are looked into, and an exercise's texts for sides that they must not name. To list
            what there is nobody needs that, and it is most of what it costs to read an exercise; no sheet can be made
            of what was read without.
        languages: those that another library of the same content has read; None to begin with none.
    """

    def __init__(
        self, content: Path | None = None, *, closely: bool = True, languages: Languages | None = None
    ) -> None:
        self._closely = closely
        self._shelf = Shelf(content)
        self._languages = languages or Languages(self._shelf)
        self._found: dict[tuple[Kind, str], Found[Any]] = {}

    def for_lists(self) -> Library:
        """Another library of the same content, of which no sheet can be made; the languages are read once for both."""
        return Library(self._shelf.content, closely=False, languages=self._languages)

    def stay_within(self, folder: Path | None, way_out: str = "move it there") -> None:
        """Open nothing from now on but what ships and what lies in a folder; what was read before stays known.

        No pipe, no device and no standard input is read, and no line shown of a file that is not what it was named
        for: also if the folder is None, for anywhere.

        Args:
            folder: the only one.
            way_out: what can be done about a file elsewhere, for hints.
        """
        own = self._shelf.content
        fence = Fence(folder.resolve() if folder else None, own.resolve() if own else None, hint=way_out)
        self._shelf.fence = fence

    def stay_at_home(self) -> None:
        """Open nothing from now on but what ships, and what lies in the folder of one's own content."""
        own = self._shelf.content
        home = assets.shipped("content").resolve()
        message, hint = "is no file of yours that the desk may open", "put it into your folder of content"
        self._shelf.fence = Fence(home, own.resolve() if own else None, message, hint)

    def lend(self, path: str, text: str) -> None:
        """A text as if it stood in a file at a path, until it is taken back; what it says is read under that path.

        Raises:
            InvalidInput: if it is no mapping in YAML.
        """
        self._shelf.lend(path, text)

    def take_back(self, path: str) -> None:
        """Forget a text that was lent, and all that was read of it."""
        self._shelf.take_back(path)
        for kind in Kind:
            self._found.pop((kind, path), None)

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of the files that were read, pictures and all."""
        shown = (exercise.illustration for found in self._found.values() for exercise in _exercises(found.value))
        pictures = (each.picture for each in shown if each)
        logos = (each.logo for each in (_clinic(found.value) for found in self._found.values()) if each and each.logo)
        return (*self._shelf.paths, *dict.fromkeys(each.source for each in (*pictures, *logos)))

    def ids(self, kind: Kind, language: str = ENGLISH) -> list[str]:
        """The ids of all definitions of a kind that can be named so, in a language if it has one, sorted."""
        return self._shelf.ids(kind, language)

    def id_of(self, kind: Kind, words: str, language: str = ENGLISH) -> str:
        """The id that is meant by words: one with other capitals or with spaces, or a routine's title.

        The words as they are, where no one definition is called so.
        """
        ids = self.ids(kind, language)
        if words in ids:
            return words
        meant = _as_id(words)
        called = [id_ for id_ in ids if meant in (id_, _as_id(self._title(kind, id_, language)))]
        return called[0] if len(called) == 1 else words

    def _title(self, kind: Kind, id_: str, language: str) -> str:
        """A routine's title; nothing of what has none, or cannot be read."""
        with suppress(InvalidInput):
            return self.brief(kind, id_, language).title if kind is Kind.ROUTINE else ""
        return ""

    @property
    def has_own(self) -> bool:
        """Whether there is a folder of one's own content."""
        return self._shelf.content is not None

    def origin(self, kind: Kind, id_: str, language: str = ENGLISH) -> tuple[Path | None, tuple[Diagnostic, ...]]:
        """Where an id is from: its file in one's own content, or None; with a warning if that hides what ships."""
        own = self._shelf.own(kind, id_, language)
        hiding = self._shelf.hides_shipped(kind, str(own), language) if own else None
        return own, (hiding,) if hiding else ()

    def routine(self, name: str, language: str = ENGLISH) -> Found[Routine]:
        """A routine by its id in a language, by path, or `-` for standard input."""
        return self._named(Kind.ROUTINE, name, Path(), cited_by("routine"), language)

    def exercise(self, name: str, language: str = ENGLISH) -> Found[Exercise]:
        """An exercise by its id in a language, or by path."""
        return self._named(Kind.EXERCISE, name, Path(), cited_by("exercise"), language)

    def template(self, name: str) -> Found[Template]:
        """A template by id or path."""
        return self._named(Kind.TEMPLATE, name, Path(), cited_by("template"))

    def safety(self, names: tuple[str, ...], language: str = ENGLISH) -> Safety | None:
        """Safety blocks by their ids in a language, or by path, in one; None for `none`."""
        return self._safety(names, Path(), [cited_by(_SAFETY)] * len(names), language).value

    def clinic(self, name: str) -> Found[Clinic]:
        """A clinic by the path of its file."""
        return self._named(Kind.CLINIC, name, Path(), cited_by("clinic"))

    def unfitting_safety(self, routine: Routine) -> tuple[Diagnostic, ...]:
        """A warning for each region of a routine's exercises whose own warning signs ship, but are not printed.

        The foremost region of an exercise counts; signs for another one of its regions will do.
        """
        problems = Problems()
        if routine.safety is None:
            return ()
        printed = set(routine.safety.regions)
        of_exercises = [entry.exercise.regions for entry in routine.entries]
        for region in dict.fromkeys(each[0] for each in of_exercises if each and not printed.intersection(each)):
            fitting = list(self._safety_for(region.value, routine.language))
            if fitting:
                message = f"it has exercises for the {region.value}, but its warning signs are {routine.safety.id}"
                hint = f"add safety: {' or '.join(fitting)}, or a list of those that fit; none leaves them out"
                problems.warning("safety-region", message, routine.safety_location, field=_SAFETY, hint=hint)
        return problems.warnings

    def language(self, name: str) -> Language:
        """A language by code (`en`), language tag (`en-US`) or path."""
        return self._languages.by_name(name)

    def language_of(self, code: str) -> Language:
        """The language of a file's texts, in its first region."""
        return self._languages.by_code(code, COMMAND_LINE)

    def text(self, kind: Kind, id_: str, language: str = ENGLISH) -> str:
        """What stands in the file of something that has an id, whatever it is."""
        return self._shelf.tree(self._shelf.locate(kind, id_, Path(), COMMAND_LINE, language), COMMAND_LINE).source.text

    def source(self, path: str) -> SourceText:
        """The text of a file that was read."""
        return self._shelf.tree(path, COMMAND_LINE).source

    def check(self, path: str, language: Language | None = None) -> Found[Definition]:
        """A definition file of whatever kind it turns out to be.

        Args:
            path: the file, or `-` for standard input.
            language: in what its side phrases must exist, where it is the language of the file.
        """
        tree = self._shelf.tree(path, COMMAND_LINE)
        kind = kind_of(tree)
        if kind is None:
            keys = ", ".join(map(quoted, sorted(tree.entries)[:10]))
            message = f"cannot tell what this file defines from its keys: {keys}"
            hint = ", ".join(f"{each.noun} has {each.telling}:" for each in Kind)
            raise refused("unknown-kind", message, Place(tree).heading, hint)
        if kind is Kind.LANGUAGE:
            return Found(self._languages.in_file(path, COMMAND_LINE))
        found: Found[Definition] = self._definition(kind, path, COMMAND_LINE)
        if isinstance(found.value, Routine | Exercise):
            code = found.value.language
            spoken = language if language and language.code == code else self.language_of(code)
            problems = Problems()
            for text in found.value.texts:  # which a sheet would be refused for, too
                problems.extend(spoken.lacking(text))
            problems.stop_on_error()
        return found

    def copy(self, id_: str, path: Path, language: str = ENGLISH) -> tuple[Kind, Copied]:
        """An exercise or a routine, by its id in a language, as a file at another place."""
        for kind in (Kind.EXERCISE, Kind.ROUTINE):
            if id_ in self.ids(kind, language):
                tree = self._shelf.tree(self._shelf.locate(kind, id_, Path(), COMMAND_LINE, language), COMMAND_LINE)
                return kind, copied(tree, path)
        known = (*self.ids(Kind.EXERCISE, language), *self.ids(Kind.ROUTINE, language))
        hint = nearest(id_, known) or "pdfbuilder list exercises and pdfbuilder list routines name them"
        raise refused("unknown-id", f"there is no exercise or routine '{quoted(id_)}'", said("id"), hint)

    def brief(self, kind: Kind, id_: str, language: str = ENGLISH) -> Brief:
        """What a list says of something that has an id; exercises and routines are not read further than that takes."""
        match kind:
            case Kind.LANGUAGE:
                spoken = self.language_of(id_)
                return Brief(f"{spoken.name} ({', '.join(f'{id_}-{region}' for region in spoken.regions)})")
            case Kind.EXERCISE | Kind.ROUTINE:
                path = self._shelf.locate(kind, id_, Path(), COMMAND_LINE, language)
                tree = self._shelf.tree_of(kind, path, COMMAND_LINE)
                return exercise_in_brief(tree) if kind is Kind.EXERCISE else routine_in_brief(tree)
            case _:
                return Brief(self.template(id_).value.description)

    # ------------------------------------------------------------------ definitions

    def _named(self, kind: Kind, name: str, folder: Path, cited: Cited, language: str = ENGLISH) -> Found[Any]:
        """A definition by id in a language, or by its path from a folder."""
        return self._definition(kind, self._shelf.locate(kind, name, folder, cited, language), cited)

    def _definition(self, kind: Kind, path: str, cited: Cited) -> Found[Any]:
        if (kind, path) not in self._found:
            self._found[kind, path] = self._read(kind, path, cited)
        return self._found[kind, path]

    def _read(self, kind: Kind, path: str, cited: Cited) -> Found[Any]:
        problems = Problems()
        tree = self._shelf.tree_of(kind, path, cited, problems)
        if hiding := self._shelf.hides_shipped(kind, path, self._languages.code_of(tree)):
            problems.extend([hiding])
        id_ = "routine" if path == STDIN else Path(path).stem
        value: Definition | None
        match kind:
            case Kind.ROUTINE:
                value = self._routine(tree, id_, problems)
            case Kind.EXERCISE:
                value = self._exercise(tree, id_, problems)
            case Kind.TEMPLATE:
                value = to_template(tree, partial(self._extended, problems), problems)
            case Kind.SAFETY:
                value = self._prose(Safety, tree, id_, problems)
            case Kind.CLINIC:
                value = self._clinic(tree, problems)
            case _:
                value = self._prose(About, tree, id_, problems)
        problems.stop_on_error()
        assert value is not None  # noqa: S101 - it is None only after an error
        return Found(value, problems.warnings)

    def _top(self, tree: MapNode, problems: Problems) -> Place:
        """Where a file begins; what it names is found while it is read."""
        return Place(
            tree,
            reader=Reader(
                problems,
                self._shelf.fence,
                partial(self._find, self._languages.code_of(tree)),
                pictures=self._closely,
            ),
        )

    def _find(self, language: str, kind: Kind, named: str | tuple[str, ...], at: Place) -> Found[Any]:
        """What a file in a language names: definitions by their ids or paths, a language by its code."""
        names, places = ((named,), (at,)) if isinstance(named, str) else (named, at.items)
        cited = [Cited(each.node.location, at.field) for each in places]
        folder = at.node.source.folder
        if kind is Kind.SAFETY:
            return self._safety(names, folder, cited, language)
        if kind is Kind.LANGUAGE:
            return Found(self._languages.by_code(names[0], cited[0]))
        return self._named(kind, names[0], folder, cited[0], language)

    def _exercise(self, tree: MapNode, id_: str, problems: Problems) -> Exercise | None:
        top = self._top(tree, problems)
        spec = validate(ExerciseSpec, top, problems)
        if spec is None:
            return None
        exercise = to_exercise(spec, top, id=id_)
        if (language := self._languages.of(tree, spec.language, problems)) and self._closely:
            lint_exercise(exercise, top.reader.printed, language, problems)
        return exercise

    def _routine(self, tree: MapNode, id_: str, problems: Problems) -> Routine | None:
        # What is wrong with the file comes before what is wrong with those that it names.
        of_others = Problems()
        top = self._top(tree, of_others)
        spec = validate(RoutineSpec, top, problems)
        _refuse_no_exercises(top, problems)
        problems.extend(of_others.found)
        if spec is None:
            return None
        _refuse_repeated_ids(spec.listed, problems)
        if spec.sheet and Path(tree.source.name).resolve().is_relative_to(assets.shipped("content").resolve()):
            message, hint = "what ships is for nobody in particular", "leave it out"
            problems.error("sheet", message, place_of(tree, "sheet"), field="sheet", hint=hint)
        parts = [each.entries for each in spec.phases] or [spec.entries]
        fewest = min(map(len, parts))
        if spec.pick and 0 < fewest < spec.pick.high:
            refuse_pick(spec.pick, fewest, top, problems)
        phases = tuple(
            structs.replace(each.phase, entries=_in_routine(spec, each.entries, each.regime)) for each in spec.phases
        )
        for each, phase in zip(spec.phases, phases, strict=True):
            _refuse_other_weeks(each.entries, phase.entries, phase.weeks, top, problems)
        entries = _in_routine(spec, spec.entries, {})
        _refuse_other_weeks(spec.entries, entries, None, top, problems)
        says_safety = _SAFETY in tree.entries
        safety = spec.safety
        if not says_safety and _GENERAL in self.ids(Kind.SAFETY, spec.language):
            safety = self.safety((_GENERAL,), spec.language)
        routine = Routine(
            id=id_,
            language=spec.language,
            title=spec.title,
            entries=(*entries, *(entry for phase in phases for entry in phase.entries)),
            phases=phases,
            pick=spec.pick,
            safety=safety,
            lacks_safety=safety is None and not says_safety,
            restrictions=spec.restrictions,
            advice=spec.advice,
            **{name: getattr(spec, name) for name in AlsoPrinted.__struct_fields__},
            side=spec.side,
            sheet=spec.sheet,
            summary=spec.summary,
            review=spec.review,
            location=top.heading,
            side_location=place_of(tree, "side"),
            safety_location=place_of(tree, _SAFETY) if says_safety else top.heading,
        )
        language = self._languages.of(tree, spec.language, problems)
        lint_routine(routine, spec.listed, top.reader.printed, language, problems)
        return routine

    def _extended(self, problems: Problems, name: str, citing: MapNode) -> MapNode:
        """What a template holds that another one extends."""
        cited = cited_under(citing, EXTENDS)
        path = self._shelf.locate(Kind.TEMPLATE, name, citing.source.folder, cited)
        return self._shelf.tree_of(Kind.TEMPLATE, path, cited, problems)

    def _clinic(self, tree: MapNode, problems: Problems) -> Clinic | None:
        top = self._top(tree, problems)
        spec = validate(ClinicSpec, top, problems)
        # Its language is that of whatever sheet it is on; sides are looked for in that of most.
        lint_unsided(top.reader.printed, self.language_of(ENGLISH), problems)
        return to_clinic(spec, top) if spec else None

    def _prose(self, model: type[Prose], tree: MapNode, id_: str, problems: Problems) -> Prose | None:
        """A definition whose texts are for nobody's side."""
        top = self._top(tree, problems)
        found = validate(model, top, problems)
        if found is None:
            return None
        if language := self._languages.of(tree, found.language, problems):
            lint_unsided(top.reader.printed, language, problems)
        return structs.replace(found, id=id_, location=top.heading)

    # ------------------------------------------------------------------ safety

    def _safety(self, names: tuple[str, ...], folder: Path, cited: list[Cited], language: str) -> Found[Safety | None]:
        if names == (_NO_SAFETY,):
            return Found(None)
        problems = Problems()
        blocks: list[Safety] = []
        for index, (name, place) in enumerate(zip(names, cited, strict=True)):
            if name == _NO_SAFETY or name in names[:index]:
                what = "none does not go with others" if name == _NO_SAFETY else f"{name} stands here twice"
                problems.error("safety", what, place.location, field=place.field, hint="leave it out")
                continue
            try:
                found = self._named(Kind.SAFETY, name, folder, place, language)
            except InvalidInput as error:
                problems.extend(error.diagnostics)
                continue
            problems.extend(found.warnings)
            blocks.append(found.value)
        problems.stop_on_error()
        return Found(reduce(Safety.with_another, blocks) if blocks else None, problems.warnings)

    def _safety_for(self, region: str, language: str) -> Iterator[str]:
        """The ids of the safety blocks for a region; what else is in them is not looked at."""
        for id_ in self.ids(Kind.SAFETY, language):
            path = self._shelf.locate(Kind.SAFETY, id_, Path(), COMMAND_LINE, language)
            if not self._shelf.mentions(path, region, COMMAND_LINE):
                continue
            node = self._shelf.tree(path, COMMAND_LINE).get("regions")
            items = node.items if isinstance(node, ListNode) else ()
            if region in [item.value for item in items if isinstance(item, ScalarNode)]:
                yield id_


def _as_id(words: str) -> str:
    """Words as an id is written."""
    return "-".join(words.casefold().split())


def _in_routine(spec: RoutineSpec, listed: tuple[Listed, ...], regime: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Entries; what they write out themselves is in the language of their routine, and how often may be said there.

    Args:
        spec: what the routine says.
        listed: the entries.
        regime: how often, as the phase says of all its exercises.
    """
    found = []
    for entry in (each.entry for each in listed if each.entry):
        exercise = entry.exercise
        dose, code = exercise.dose.under({**spec.regime, **regime}), exercise.language or spec.language
        found.append(structs.replace(entry, exercise=structs.replace(exercise, dose=dose, language=code)))
    return tuple(found)


def _refuse_other_weeks(
    listed: tuple[Listed, ...], entries: tuple[Entry, ...], phase: Weeks | None, top: Place, problems: Problems
) -> None:
    """A step of progress that nobody comes to: in a week that its phase, or the plan, does not have.

    Args:
        listed: where the entries stand.
        entries: those of them whose exercise was found.
        phase: the weeks of the plan that they are for; None if no phase says so.
        top: the file.
        problems: takes what is wrong.
    """
    for path, entry in zip((each.path for each in listed if each.entry), entries, strict=True):
        dose = entry.exercise.dose
        within = phase or (Weeks(1, dose.weeks.high) if dose.weeks and dose.weeks.has_end else None)
        weeks = [step.week for step in dose.progress if step.week]
        outside = [week for week in weeks if within and not within.has(week)]
        if within and outside:
            message = (
                f"week {outside[0]} of the plan is outside the weeks of {'this phase' if phase else 'this'}: {within}"
            )
            at = _progress_of(path, top)
            hint = "count the weeks from the beginning of the plan, or write when: it is easy"
            problems.error("dose-progress", message, at.location, field=at.field, hint=hint)


def _progress_of(path: KeyPath, top: Place) -> Place:
    """Where an entry says how it gets harder; the entry where it leaves that to its exercise."""
    at = top
    for key in path:
        at = at.items[key] if isinstance(key, int) else at.under(key)
    return at.under("progress") if at.has("progress") else at


def _refuse_repeated_ids(listed: tuple[Listed, ...], problems: Problems) -> None:
    """Two entries of one id could not be told apart."""
    seen: set[str] = set()
    for entry in (each.entry for each in listed if each.entry and each.entry.id):
        if entry.id in seen:
            message = f"the id {entry.id} stands here again"
            problems.error("repeated-id", message, entry.location, hint="give each an id of its own")
        seen.add(entry.id)


def _refuse_no_exercises(top: Place, problems: Problems) -> None:
    """A routine has exercises or phases: not none of them, and not both."""
    if top.has("exercises") and top.has("phases"):
        at, message = top.under("exercises"), "a routine has exercises or phases, but not both"
        problems.error("phases", message, at.location, field=at.field, hint="move the exercises into the phases")
    elif not top.has("exercises") and not top.has("phases"):
        hint = "add exercises: [knee-to-chest, pelvic-tilt], or phases: with exercises in each"
        problems.error("missing-key", "the key exercises is missing", top.heading, field="exercises", hint=hint)


def _exercises(definition: object) -> tuple[Exercise, ...]:
    if isinstance(definition, Routine):
        return tuple(entry.exercise for entry in definition.entries)
    return (definition,) if isinstance(definition, Exercise) else ()


def _clinic(definition: object) -> Clinic | None:
    if isinstance(definition, Routine):
        return definition.clinic
    return definition if isinstance(definition, Clinic) else None
