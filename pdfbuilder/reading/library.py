"""Finds definitions by id or by path: what ships with the program, and what users wrote.

A `Library` reads each file once for as long as it lives; a batch hands one on from plan to plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from pdfbuilder import assets
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, nearest
from pdfbuilder.language import Language
from pdfbuilder.reading.definitions import Converter
from pdfbuilder.reading.languages import LanguageSpec, language_spec, to_language
from pdfbuilder.reading.lints import lint_exercise, lint_routine
from pdfbuilder.reading.source import STDIN, Source, read_source
from pdfbuilder.reading.specs import AboutSpec, ExerciseSpec, RoutineSpec, SafetySpec
from pdfbuilder.reading.templates import to_template
from pdfbuilder.reading.tree import ListNode, MapNode, ScalarNode, descend, parse
from pdfbuilder.reading.validation import validate
from pdfbuilder.routine import About, Exercise, Routine, Safety
from pdfbuilder.template import Template

Definition = Routine | Exercise | Template | Language | Safety | About
Value = TypeVar("Value")
Spec = TypeVar("Spec", bound=BaseModel)


class Kind(Enum):
    """A kind of definition; the value is the folder of the shipped ones."""

    EXERCISE = "exercises"
    ROUTINE = "routines"
    TEMPLATE = "templates"
    LANGUAGE = "languages"
    SAFETY = "safety"
    ABOUT = "about"

    @property
    def noun(self) -> str:
        """The kind in words, with its article."""
        return {
            Kind.EXERCISE: "an exercise",
            Kind.ROUTINE: "a routine",
            Kind.TEMPLATE: "a template",
            Kind.LANGUAGE: "a language",
            Kind.SAFETY: "a safety block",
            Kind.ABOUT: "a background text",
        }[self]


@dataclass(frozen=True)
class Found(Generic[Value]):
    """A definition, and what is suspicious about it."""

    value: Value
    warnings: tuple[Diagnostic, ...] = ()


#: Where a reference on the command line stands.
_COMMAND_LINE = Location("command line")


class Library:
    """Shipped and user content.

    Every method raises `InvalidInput` with all that is wrong, in the file asked for and in those that it names.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Kind, str], Found[Any]] = {}
        self._trees: dict[str, MapNode] = {}
        self._language_files: dict[str, LanguageSpec] = {}

    def ids(self, kind: Kind) -> list[str]:
        """The ids of the shipped definitions of a kind, sorted."""
        return sorted(path.stem for path in _shipped_folder(kind).glob("*.yaml"))

    def routine(self, name: str) -> Found[Routine]:
        """A routine by id, by path, or `-` for standard input."""
        return self._get(Kind.ROUTINE, name, Path(), _named_by("ROUTINE"))

    def exercise(self, name: str) -> Found[Exercise]:
        """An exercise by id or path."""
        return self._get(Kind.EXERCISE, name, Path(), _named_by("EXERCISE"))

    def template(self, name: str) -> Found[Template]:
        """A template by id or path."""
        return self._get(Kind.TEMPLATE, name, Path(), _named_by("--template"))

    def language(self, name: str) -> Language:
        """A language by code (`en`), language tag (`en-US`) or path."""
        where = _named_by("--lang")
        if _is_path(name):
            spec, region = self._language_file(self._locate(Kind.LANGUAGE, name, Path(), where)), ""
        else:
            code, _, region = name.partition("-")
            spec = self._language_by_code(code.lower(), where)
        region = region.upper() or next(iter(spec.regions))
        if region not in spec.regions:
            raise _error(
                "unknown-region",
                f"{spec.name} has no region {region}",
                where,
                f"it has {', '.join(spec.regions)}",
            )
        return to_language(spec, region)

    def check(self, path: str) -> Found[Definition]:
        """A definition file of whatever kind it turns out to be."""
        tree = self._tree(path)
        kind = _kind_of(tree)
        if kind is Kind.LANGUAGE:
            spec = self._language_file(path)
            return Found(to_language(spec, next(iter(spec.regions))))
        return self._get(kind, path, Path(), _COMMAND_LINE, known_path=True)

    def summary(self, kind: Kind, id_: str) -> str:
        """A line about something shipped."""
        if kind is Kind.LANGUAGE:
            spec = self._language_by_code(id_, _COMMAND_LINE)
            return f"{spec.name} ({', '.join(f'{id_}-{region}' for region in spec.regions)})"
        value = self._get(kind, id_, Path(), _COMMAND_LINE).value
        match value:
            case Template():
                return value.description
            case Routine():
                return value.summary
            case Exercise():
                return f"{value.name.literal} ({value.rule.value}, {value.group})"
        return ""

    # ------------------------------------------------------------------ finding

    def _get(self, kind: Kind, name: str, folder: Path, cited: Location, *, known_path: bool = False) -> Found[Any]:
        path = name if known_path or name == STDIN else self._locate(kind, name, folder, cited)
        key = (kind, path)
        if key not in self._found:
            self._found[key] = self._read(kind, self._tree(path), _id_of(path))
        return self._found[key]

    def _locate(self, kind: Kind, name: str, folder: Path, cited: Location) -> str:
        """The path of what a name means: a path from a folder, or the id of something shipped."""
        if _is_path(name):
            return str(folder / name)
        shipped = _shipped_folder(kind) / f"{name}.yaml"
        if name.isprintable() and shipped.is_file():
            return str(shipped)
        known = self.ids(kind)
        hint = nearest(name, known) or f"known: {', '.join(known)}"
        for suffix in (".yaml", ".yml", ""):
            if _is_file(folder / f"{name}{suffix}"):
                hint = f"there is a file of that name: write ./{name}{suffix}"
        raise _error(f"unknown-{kind.name.lower()}", f"there is no {kind.noun.partition(' ')[2]} '{name}'", cited, hint)

    def _tree(self, path: str) -> MapNode:
        if path not in self._trees:
            self._trees[path] = parse(read_source(path))
        return self._trees[path]

    # ------------------------------------------------------------------ reading

    def _read(self, kind: Kind, tree: MapNode, id_: str) -> Found[Any]:
        problems = Problems()
        readers: dict[Kind, Callable[[MapNode, str, Problems], Definition | None]] = {
            Kind.ROUTINE: self._read_routine,
            Kind.EXERCISE: self._read_exercise,
            Kind.TEMPLATE: self._read_template,
            Kind.SAFETY: self._read_safety,
            Kind.ABOUT: self._read_about,
        }
        value = readers[kind](tree, id_, problems)
        problems.stop_on_error()
        assert value is not None  # noqa: S101 - a reader returns None only after an error
        return Found(value, problems.warnings)

    def _read_exercise(self, tree: MapNode, id_: str, problems: Problems) -> Exercise | None:
        spec = validate(ExerciseSpec, tree, problems)
        if spec is None:
            return None
        exercise = Converter(tree, problems).exercise(spec, (), id_, spec.language)
        if language := self._language_of(tree, spec.language, problems):
            lint_exercise(exercise, language, problems)
        return exercise

    def _read_routine(self, tree: MapNode, id_: str, problems: Problems) -> Routine | None:
        spec = validate(RoutineSpec, tree, problems)
        folder = tree.source.folder
        if spec is None:
            self._look_up_anyway(tree, folder, problems)
            return None

        def part(kind: Kind, name: str, where: Location) -> Any:
            try:
                found = self._get(kind, name, folder, where)
            except InvalidInput as error:
                problems.extend(error.diagnostics)
                return None
            problems.extend(found.warnings)
            return found.value

        safety = part(Kind.SAFETY, spec.safety, _place_of(tree, "safety"))
        about = part(Kind.ABOUT, spec.about, _place_of(tree, "about")) if spec.about else None
        routine = Converter(tree, problems).routine(
            spec, id_, lambda name, where: part(Kind.EXERCISE, name, where), safety, about
        )
        if language := self._language_of(tree, spec.language, problems):
            for entry in routine.entries:
                if not entry.exercise.id:
                    lint_exercise(entry.exercise, language, problems)
        lint_routine(routine, problems)
        return routine

    def _look_up_anyway(self, tree: MapNode, folder: Path, problems: Problems) -> None:
        """Report names that lead nowhere even if the rest of the file is wrong: all problems, at once."""
        entries, _ = descend(tree, ("exercises",))
        for item in entries.items if isinstance(entries, ListNode) else ():
            node, _ = descend(item, ("exercise",))
            if isinstance(node, ScalarNode) and isinstance(node.value, str):
                try:
                    self._locate(Kind.EXERCISE, node.value, folder, node.location)
                except InvalidInput as error:
                    problems.extend(error.diagnostics)

    def _read_template(self, tree: MapNode, _id: str, problems: Problems) -> Template | None:
        def find(name: str, where: Location) -> MapNode:
            return self._tree(self._locate(Kind.TEMPLATE, name, tree.source.folder, where))

        return to_template(tree, find, problems)

    def _read_safety(self, tree: MapNode, id_: str, problems: Problems) -> Safety | None:
        spec = validate(SafetySpec, tree, problems)
        return Converter(tree, problems).safety(spec, id_) if spec else None

    def _read_about(self, tree: MapNode, id_: str, problems: Problems) -> About | None:
        spec = validate(AboutSpec, tree, problems)
        return Converter(tree, problems).about(spec, id_) if spec else None

    # ------------------------------------------------------------------ languages

    def _language_of(self, tree: MapNode, code: str, problems: Problems) -> Language | None:
        """The language that a file says its texts are in."""
        try:
            spec = self._language_by_code(code, _place_of(tree, "language"))
        except InvalidInput as error:
            problems.extend(error.diagnostics)
            return None
        return to_language(spec, next(iter(spec.regions)))

    def _language_by_code(self, code: str, cited: Location) -> LanguageSpec:
        if code not in self._language_files:
            self._language_file(self._locate(Kind.LANGUAGE, code, Path(), cited))
        return self._language_files[code]

    def _language_file(self, path: str) -> LanguageSpec:
        problems = Problems()
        spec = validate(language_spec(), self._tree(path), problems)
        problems.stop_on_error()
        assert spec is not None  # noqa: S101 - validation returns None only after an error
        # A user's own language file answers to its code from here on, for the exercises written in it.
        return self._language_files.setdefault(spec.code, spec)


def _shipped_folder(kind: Kind) -> Path:
    if kind is Kind.TEMPLATE:
        return assets.shipped("templates")
    return assets.shipped("content") / str(kind.value)


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _id_of(path: str) -> str:
    return "routine" if path == STDIN else Path(path).stem


def _named_by(argument: str) -> Location:
    return Location(argument)


def _place_of(tree: MapNode, key: str) -> Location:
    node, _ = descend(tree, (key,))
    return node.location


def _error(code: str, message: str, where: Location, hint: str) -> InvalidInput:
    return InvalidInput([Diagnostic(code, message, where, hint=hint)])


def _kind_of(tree: MapNode) -> Kind:
    """What a definition file is, by the keys that only its kind has."""
    keys = set(tree.entries)
    for kind, telling in (
        (Kind.ROUTINE, {"exercises"}),
        (Kind.LANGUAGE, {"messages", "sides", "regions"}),
        (Kind.SAFETY, {"emergency", "soon"}),
        (Kind.ABOUT, {"paragraphs"}),
        (Kind.EXERCISE, {"instructions", "reps", "cue"}),
        (Kind.TEMPLATE, set(Template.model_fields) | {"extends"}),
    ):
        if keys & telling:
            return kind
    raise _error(
        "unknown-kind",
        f"cannot tell what this file defines from its keys: {', '.join(sorted(keys))}",
        tree.location,
        "a routine has exercises:, an exercise has instructions:, a template has blocks: or extends:",
    )


__all__ = ["Definition", "Found", "Kind", "Library", "Source"]
