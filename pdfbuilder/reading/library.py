"""Finds definitions by id or by path: what ships with the program, and what users wrote.

A `Library` reads each file once for as long as it lives; a batch hands one on from plan to plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, reduce
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import Struct, structs

from pdfbuilder import assets
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, nearest, quoted
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.named_sides import misnamed
from pdfbuilder.domain.places import said
from pdfbuilder.domain.routine import About, Entry, Exercise, Routine, Safety
from pdfbuilder.domain.template import Template
from pdfbuilder.domain.wording import plain
from pdfbuilder.files import STDIN
from pdfbuilder.reading.exercises import ExerciseSpec, to_exercise
from pdfbuilder.reading.fence import Fence
from pdfbuilder.reading.finding import Found, Reader
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.languages import LanguageSpec, to_language
from pdfbuilder.reading.lints import lint_exercise, lint_messages, lint_routine, lint_unsided
from pdfbuilder.reading.routines import RoutineSpec
from pdfbuilder.reading.templates import EXTENDS, to_template
from pdfbuilder.yamlfile.models import record, validate
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.source import Source, read_source
from pdfbuilder.yamlfile.tree import ListNode, MapNode, ScalarNode, descend, parse

Definition = Routine | Exercise | Template | Language | Safety | About
Unsided = TypeVar("Unsided", Safety, About)


class Cited(Struct, frozen=True):
    """Where a file is named: a place in another file, or on the command line."""

    location: Location
    field: str = ""

    def blame(self, diagnostics: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
        """What is wrong with a file as a whole is said where another file names it."""
        for each in diagnostics:
            if each.location.line or not self.location.line:
                yield each
            else:
                message = f"{each.location.source}: {each.message}"
                yield structs.replace(each, message=message, location=self.location, field=self.field)


#: Key of a routine's warning signs, the word for none, and the block that is true of every plan.
_SAFETY: Final = "safety"
_NO_SAFETY: Final = "none"
_GENERAL: Final = "general"

#: The language of texts where nobody says another.
_ENGLISH: Final = "en"

_COMMAND_LINE: Final = Cited(Location("command line"))


class Library:
    """Shipped and user content.

    Every method raises `InvalidInput` with all that is wrong, in the file asked for and in those that it names.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Kind, str], Found[Any]] = {}
        self._trees: dict[str, tuple[MapNode, tuple[Diagnostic, ...]]] = {}
        self._language_files: dict[str, tuple[LanguageSpec, Language]] = {}
        self._languages: dict[str, Language] = {}
        #: Code of a user's language → the path of its file.
        self._own_languages: dict[str, str] = {}
        self._ids: dict[Path, list[str]] = {}
        self._fence: Fence | None = None

    def stay_within(self, folder: Path | None) -> None:
        """Open nothing from now on but what ships and what lies in a folder; what was read before stays known.

        No pipe, no device and no standard input is read, and no line shown of a file that is not what it was named
        for: also if the folder is None, for anywhere.
        """
        self._fence = Fence(folder.resolve() if folder else None)

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of the files that were read, pictures and all."""
        shown = (exercise.illustration for found in self._found.values() for exercise in _exercises(found.value))
        return (*self._trees, *dict.fromkeys(each.picture.source for each in shown if each))

    def ids(self, kind: Kind, language: str = _ENGLISH) -> list[str]:
        """The ids of the shipped definitions of a kind, in a language if it has one, sorted."""
        folder = _shipped_folder(kind, language)
        if folder not in self._ids:
            self._ids[folder] = sorted(path.stem for path in folder.glob("*.yaml"))
        return self._ids[folder]

    def routine(self, name: str, language: str = _ENGLISH) -> Found[Routine]:
        """A routine by its id in a language, by path, or `-` for standard input."""
        return self._get(Kind.ROUTINE, name, Path(), _named_by("routine"), language)

    def exercise(self, name: str, language: str = _ENGLISH) -> Found[Exercise]:
        """An exercise by its id in a language, or by path."""
        return self._get(Kind.EXERCISE, name, Path(), _named_by("exercise"), language)

    def template(self, name: str) -> Found[Template]:
        """A template by id or path."""
        return self._get(Kind.TEMPLATE, name, Path(), _named_by("template"))

    def safety(self, names: tuple[str, ...], language: str = _ENGLISH) -> Safety | None:
        """Safety blocks by their ids in a language, or by path, in one; None for `none`."""
        return self._safety(names, Path(), lambda _: _named_by("safety"), language).value

    def unfitting_safety(self, routine: Routine) -> tuple[Diagnostic, ...]:
        """A warning for each region of a routine's exercises whose own warning signs ship, but are not printed."""
        problems = Problems()
        if routine.safety is None:
            return ()
        regions = dict.fromkeys(entry.exercise.region for entry in routine.entries)
        for region in [each for each in regions if each and each not in routine.safety.regions]:
            fitting = [id_ for id_, regions in self._shipped_regions(routine.language) if region.value in regions]
            if fitting:
                message = f"it has exercises for the {region.value}, but its warning signs are {routine.safety.id}"
                hint = f"add safety: {' or '.join(fitting)}, or a list of those that fit; none leaves them out"
                problems.warning("safety-region", message, routine.safety_location, field=_SAFETY, hint=hint)
        return problems.warnings

    def language(self, name: str) -> Language:
        """A language by code (`en`), language tag (`en-US`) or path."""
        if name not in self._languages:
            self._languages[name] = self._read_language(name)
        return self._languages[name]

    def _read_language(self, name: str) -> Language:
        where = _named_by("language")
        if is_path(name):
            path = self._locate(Kind.LANGUAGE, name, Path(), where)
            (spec, _), region = self._language_file(path, where), ""
            # It answers to its code from here on, for the texts that are written in it.
            self._own_languages[spec.code] = path
        else:
            code, _, region = name.partition("-")
            # Not one that somebody else's order has brought: what is printed must not hang on who came before.
            spec, _ = self._language_by_code(code.lower(), where, shipped=True)
        region = region.upper() or next(iter(spec.regions))
        if region not in spec.regions:
            message = f"{spec.name} has no region {region}"
            raise _error("unknown-region", message, where, f"it has {', '.join(spec.regions)}")
        language = to_language(spec, region)
        if is_path(name) and not language.is_known:
            message = f"there are no dates and plurals for {language.tag}"
            place = Cited(_place_of(self._tree(path, where)[0], "regions"), "regions")
            raise _error("locale", message, place, "use a code of ISO 639 and a region of ISO 3166 that go together")
        return language

    def language_of(self, code: str) -> Language:
        """The language of a file's texts, in its first region."""
        return self._language_by_code(code, _COMMAND_LINE)[1]

    def source(self, path: str) -> Source:
        """The text of a file that was read."""
        return self._tree(path, _COMMAND_LINE)[0].source

    def check(self, path: str, language: Language | None = None) -> Found[Definition]:
        """A definition file of whatever kind it turns out to be.

        Args:
            path: the file, or `-` for standard input.
            language: in what its side phrases must exist, where it is the language of the file.
        """
        tree, _ = self._tree(path, _COMMAND_LINE)
        kind = kind_of(tree)
        if kind is None:
            keys = ", ".join(map(quoted, sorted(tree.entries)[:10]))
            message = f"cannot tell what this file defines from its keys: {keys}"
            hint = ", ".join(f"{each.noun} has {each.telling}:" for each in Kind)
            raise _error("unknown-kind", message, Cited(Place(tree).heading), hint)
        if kind is Kind.LANGUAGE:
            return Found(self.language(path if is_path(path) else f"./{path}"))
        found: Found[Definition] = self._get(kind, path, Path(), _COMMAND_LINE, known_path=True)
        if isinstance(found.value, Routine | Exercise):
            spoken = language if language and language.code == found.value.language else None
            self._check_phrases(found.value, spoken)
        return found

    def _check_phrases(self, value: Routine | Exercise, language: Language | None) -> None:
        """Refuse texts that the language cannot say; a sheet would be refused for the same."""
        language = language or self.language_of(value.language)
        problems = Problems()
        for text in value.texts:
            problems.extend(language.lacking(text))
        problems.stop_on_error()

    def summary(self, kind: Kind, id_: str) -> str:
        """A line about something shipped."""
        if kind is Kind.LANGUAGE:
            spec, _ = self._language_by_code(id_, _COMMAND_LINE)
            return f"{spec.name} ({', '.join(f'{id_}-{region}' for region in spec.regions)})"
        value = self._get(kind, id_, Path(), _COMMAND_LINE).value
        match value:
            case Template():
                return value.description
            case Routine():
                return value.summary
            case Exercise():
                return f"{plain(value.name.unsided)} ({value.rule.value}, {value.group})"
        return ""

    # ------------------------------------------------------------------ finding

    def _get(
        self,
        kind: Kind,
        name: str,
        folder: Path,
        cited: Cited,
        language: str = _ENGLISH,
        *,
        known_path: bool = False,
    ) -> Found[Any]:
        # A file cannot name standard input: there `-` is an id like any other.
        path = (
            name
            if known_path or (name == STDIN and not cited.location.line)
            else self._locate(kind, name, folder, cited, language)
        )
        key = (kind, path)
        if key not in self._found:
            self._found[key] = self._read(kind, path, cited)
        return self._found[key]

    def _locate(self, kind: Kind, name: str, folder: Path, cited: Cited, language: str = _ENGLISH) -> str:
        """The path of what a name means: a path from a folder, or the id of something shipped in a language."""
        if is_path(name):
            path = str(folder / name)
            return path if path != STDIN else f"./{path}"
        shipped = _shipped_folder(kind, language) / f"{name}.yaml"
        if name.isprintable() and _is_file(shipped):
            return str(shipped)
        message = f"there is no {kind.noun.partition(' ')[2]} '{quoted(name)}'"
        if kind.has_language and language != _ENGLISH:
            message += f" in '{language}'"
        raise _error(f"unknown-{kind.name.lower()}", message, cited, self._instead(kind, name, folder, language))

    def _instead(self, kind: Kind, name: str, folder: Path, language: str) -> str:
        """What someone may have meant by a name that means nothing."""
        for suffix in (".yaml", ".yml", ""):
            if _is_file(folder / f"{name}{suffix}"):
                return f"there is a file of that name: write ./{name}{suffix}"
        if _is_folder(folder / name):
            return "that is a folder: name one file inside it"
        if name in self.ids(kind):
            return f"there is one in '{_ENGLISH}': ask for the sheet in it, or translate it and name the file"
        for other in Kind:
            if other is not kind and name in self.ids(other, language):
                return f"that is the name of {other.noun}"
        known = self.ids(kind, language)
        return nearest(name, known) or (f"known: {', '.join(known)}" if known else "name a file of your own")

    def _tree(self, path: str, cited: Cited) -> tuple[MapNode, tuple[Diagnostic, ...]]:
        """What a file holds, and what is wrong with it so far."""
        if path not in self._trees:
            problems = Problems()
            self._refuse_outside(path, cited)
            try:
                self._trees[path] = parse(read_source(path, may_wait=not cited.location.line), problems), problems.found
            except InvalidInput as error:
                if self._fence and any(each.location.line for each in error.diagnostics):
                    raise self._unlike(path, "it cannot be read", cited) from None
                problems.extend(cited.blame(error.diagnostics))
                raise InvalidInput(problems.found) from None
        return self._trees[path]

    def _tree_of(self, kind: Kind, path: str, cited: Cited) -> tuple[MapNode, tuple[Diagnostic, ...]]:
        """What a file of a kind holds, and what is wrong with it so far."""
        tree, wrong = self._tree(path, cited)
        telling = {kind.telling, EXTENDS} if kind is Kind.TEMPLATE else {kind.telling}
        if self._fence and not telling & set(tree.entries):
            raise self._unlike(path, f"it has no {kind.telling}:", cited)
        _refuse_other_kinds(kind, tree)
        return tree, wrong

    def _refuse_outside(self, path: str, cited: Cited) -> None:
        message, hint = self._fence.refusal(path) if self._fence else ("", "")
        if message:
            raise _error("outside", message, cited, hint)

    def _unlike(self, path: str, why: str, cited: Cited) -> InvalidInput:
        """What is said of a file that may be anyone's, without a word of it."""
        return _error("kind", f"{path} is not what it is named for: {why}", cited, f"pdfbuilder check {path} says more")

    # ------------------------------------------------------------------ reading

    def _read(self, kind: Kind, path: str, cited: Cited) -> Found[Any]:
        problems = Problems()
        tree, wrong = self._tree_of(kind, path, cited)
        problems.extend(wrong)
        readers: dict[Kind, Callable[[MapNode, str, Problems], Definition | None]] = {
            Kind.ROUTINE: self._read_routine,
            Kind.EXERCISE: self._read_exercise,
            Kind.TEMPLATE: self._read_template,
            Kind.SAFETY: partial(self._read_unsided, Safety),
            Kind.ABOUT: partial(self._read_unsided, About),
        }
        value = readers[kind](tree, _id_of(path), problems)
        problems.stop_on_error()
        assert value is not None  # noqa: S101 - a reader returns None only after an error
        return Found(value, problems.warnings)

    def _named(self, language: str, kind: Kind, named: str | tuple[str, ...], at: Place) -> Found[Any]:
        """What a file in a language names: definitions by their ids or paths, a language by its code."""
        names, places = ((named,), (at,)) if isinstance(named, str) else (named, at.items)
        cited = [Cited(each.node.location, at.field) for each in places]
        folder = at.node.source.folder
        if kind is Kind.SAFETY:
            return self._safety(names, folder, cited.__getitem__, language)
        if kind is Kind.LANGUAGE:
            return Found(self._language_by_code(names[0], cited[0]))
        return self._get(kind, names[0], folder, cited[0], language)

    def _read_exercise(self, tree: MapNode, id_: str, problems: Problems) -> Exercise | None:
        reader = Reader(problems, self._fence, partial(self._named, self._code_of(tree)))
        top = Place(tree, reader=reader)
        spec = validate(ExerciseSpec, top, problems)
        if spec is None:
            return None
        exercise = to_exercise(spec, top, id=id_)
        if language := self._language_of(tree, spec.language, problems):
            lint_exercise(exercise, reader.printed, language, problems)
        return exercise

    def _read_routine(self, tree: MapNode, id_: str, problems: Problems) -> Routine | None:
        # What is wrong with the file comes before what is wrong with those that it names.
        reader = Reader(Problems(), self._fence, partial(self._named, self._code_of(tree)))
        top = Place(tree, reader=reader)
        spec = validate(RoutineSpec, top, problems)
        problems.extend(reader.problems.found)
        if spec is None:
            return None
        safety = spec.safety
        if _SAFETY not in tree.entries:
            known = _GENERAL in self.ids(Kind.SAFETY, spec.language)
            safety = self.safety((_GENERAL,), spec.language) if known else None
        routine = Routine(
            id=id_,
            language=spec.language,
            title=spec.title,
            entries=tuple(_in_language(spec.language, entry) for entry in spec.entries if entry),
            safety=safety,
            lacks_safety=safety is None and _SAFETY not in tree.entries,
            about=spec.about,
            clinic=spec.clinic,
            side=spec.side,
            summary=spec.summary,
            review=spec.review,
            location=top.heading,
            side_location=_place_of(tree, "side"),
            safety_location=_place_of(tree, _SAFETY) if _SAFETY in tree.entries else top.heading,
        )
        lint_routine(routine, spec.entries, reader.printed, self._language_of(tree, spec.language, problems), problems)
        return routine

    def _safety(
        self, names: tuple[str, ...], folder: Path, cited: Callable[[int], Cited], language: str
    ) -> Found[Safety | None]:
        if names == (_NO_SAFETY,):
            return Found(None)
        problems = Problems()
        blocks: list[Safety] = []
        for index, name in enumerate(names):
            if name == _NO_SAFETY or name in names[:index]:
                what = "none does not go with others" if name == _NO_SAFETY else f"{name} stands here twice"
                place = cited(index)
                problems.error("safety", what, place.location, field=place.field, hint="leave it out")
                continue
            try:
                found = self._get(Kind.SAFETY, name, folder, cited(index), language)
            except InvalidInput as error:
                problems.extend(error.diagnostics)
                continue
            problems.extend(found.warnings)
            blocks.append(found.value)
        problems.stop_on_error()
        return Found(reduce(Safety.with_another, blocks) if blocks else None, problems.warnings)

    def _shipped_regions(self, language: str) -> Iterator[tuple[str, list[object]]]:
        """The shipped safety blocks by their ids, with their regions; what else is in them is not looked at."""
        for id_ in self.ids(Kind.SAFETY, language):
            tree, _ = self._tree(self._locate(Kind.SAFETY, id_, Path(), _COMMAND_LINE, language), _COMMAND_LINE)
            node = tree.entries["regions"][1] if "regions" in tree.entries else None
            items = node.items if isinstance(node, ListNode) else ()
            yield id_, [item.value for item in items if isinstance(item, ScalarNode)]

    def _read_template(self, tree: MapNode, _id: str, problems: Problems) -> Template | None:
        def find(name: str, citing: MapNode) -> MapNode:
            cited = Cited(_place_of(citing, EXTENDS), EXTENDS)
            path = self._locate(Kind.TEMPLATE, name, citing.source.folder, cited)
            base, wrong = self._tree_of(Kind.TEMPLATE, path, cited)
            problems.extend(wrong)
            return base

        return to_template(tree, find, problems)

    def _read_unsided(self, model: type[Unsided], tree: MapNode, id_: str, problems: Problems) -> Unsided | None:
        """A definition whose texts are for nobody's side."""
        reader = Reader(problems, self._fence, partial(self._named, self._code_of(tree)))
        top = Place(tree, reader=reader)
        found = validate(model, top, problems)
        if found is None:
            return None
        if language := self._language_of(tree, found.language, problems):
            lint_unsided(reader.printed, language, problems)
        return structs.replace(found, id=id_, location=top.heading)

    # ------------------------------------------------------------------ languages

    def _code_of(self, tree: MapNode) -> str:
        """The language in which the ids are that a file names: its own, if there is such a language."""
        node = tree.entries["language"][1] if "language" in tree.entries else None
        code = node.value if isinstance(node, ScalarNode) else None
        return str(code) if code in (*self.ids(Kind.LANGUAGE), *self._own_languages) else _ENGLISH

    def _language_of(self, tree: MapNode, code: str, problems: Problems) -> Language | None:
        """The language that a file says its texts are in."""
        try:
            return self._language_by_code(code, Cited(_place_of(tree, "language"), "language"))[1]
        except InvalidInput as error:
            problems.extend(error.diagnostics)
            return None

    def _language_by_code(self, code: str, cited: Cited, *, shipped: bool = False) -> tuple[LanguageSpec, Language]:
        """What a language's file says, and the language in its first region."""
        known = self.ids(Kind.LANGUAGE)
        if code in known:
            path = self._locate(Kind.LANGUAGE, code, Path(), cited)
        elif code in self._own_languages and not shipped:
            path = self._own_languages[code]
        else:
            hint = nearest(code, known) or f"known: {', '.join(known)}; one of your own is named by its path"
            raise _error("unknown-language", f"there is no language '{quoted(code)}'", cited, hint)
        return self._language_file(path, cited)

    def _language_file(self, path: str, cited: Cited) -> tuple[LanguageSpec, Language]:
        if path not in self._language_files:
            tree, wrong = self._tree_of(Kind.LANGUAGE, path, cited)
            problems = Problems()
            problems.extend(wrong)
            spec = validate(LanguageSpec, Place(tree), problems)
            problems.stop_on_error()
            assert spec is not None  # noqa: S101 - validation returns None only after an error
            language = to_language(spec, next(iter(spec.regions)))
            for wording in (spec.messages.same_on_other_side, spec.messages.brief_other_side):
                problems.extend((*language.lacking(wording), *misnamed(wording, language)))
            lint_messages(tree.entries["messages"][1], language, problems)
            problems.stop_on_error()
            self._language_files[path] = spec, language
        return self._language_files[path]


def _in_language(code: str, entry: Entry) -> Entry:
    """An entry; what it writes out itself is in the language of its routine."""
    if entry.exercise.language:
        return entry
    return structs.replace(entry, exercise=structs.replace(entry.exercise, language=code))


def _exercises(definition: object) -> tuple[Exercise, ...]:
    if isinstance(definition, Routine):
        return tuple(entry.exercise for entry in definition.entries)
    return (definition,) if isinstance(definition, Exercise) else ()


def _shipped_folder(kind: Kind, language: str) -> Path:
    if kind is Kind.TEMPLATE:
        return assets.shipped("templates")
    content = assets.shipped("content")
    return content / Path(language).name / str(kind.value) if kind.has_language else content / str(kind.value)


def is_path(name: str) -> bool:
    """Whether somebody means a file, and not an id."""
    return "/" in name or "\\" in name or name.casefold().endswith((".yaml", ".yml"))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _id_of(path: str) -> str:
    return "routine" if path == STDIN else Path(path).stem


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _named_by(field: str) -> Cited:
    return Cited(said(field))


def kind_of(tree: MapNode) -> Kind | None:
    """What a definition file is: it has the key that tells, or else most of the keys of its kind."""
    models: dict[Kind, type[Struct]] = {
        # of two kinds that fit alike, the first
        Kind.ROUTINE: RoutineSpec,
        Kind.EXERCISE: ExerciseSpec,
        Kind.TEMPLATE: Template,
        Kind.LANGUAGE: LanguageSpec,
        Kind.SAFETY: Safety,
        Kind.ABOUT: About,
    }
    known = {kind: set(record(model).fields) for kind, model in models.items()}
    known[Kind.TEMPLATE].add(EXTENDS)
    keys = set(tree.entries)
    best = max(models, key=lambda kind: (kind.telling in keys, len(keys & known[kind])))
    return best if keys & known[best] else None


def _refuse_other_kinds(kind: Kind, tree: MapNode) -> None:
    """Say in one line that a file is another kind of file, instead of each of its keys."""
    actual = kind_of(tree)
    if actual and actual.telling in tree.entries and kind.telling not in tree.entries:
        message = f"expected {kind.noun}, got {actual.noun}"
        raise _error("kind", message, Cited(Place(tree).heading), f"{kind.noun} has {kind.telling}:")


def _place_of(tree: MapNode, key: str) -> Location:
    node, _ = descend(tree, (key,))
    return node.location


def _error(code: str, message: str, cited: Cited, hint: str) -> InvalidInput:
    return InvalidInput([Diagnostic(code, message, cited.location, cited.field, hint)])


__all__ = ["Definition", "Found", "Kind", "Library", "is_path"]
