"""Where definition files are, by id or by path, and what they hold before anyone knows what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from pdfbuilder import assets
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, Severity, nearest, quoted, refused
from pdfbuilder.domain.beside import About, Safety
from pdfbuilder.domain.places import said
from pdfbuilder.domain.template import Template
from pdfbuilder.files import STDIN, is_file, is_folder
from pdfbuilder.reading.clinics import ClinicSpec
from pdfbuilder.reading.exercises import ExerciseSpec
from pdfbuilder.reading.fence import Fence
from pdfbuilder.reading.finding import is_path
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.languages import LanguageSpec
from pdfbuilder.reading.routines import RoutineSpec
from pdfbuilder.reading.templates import EXTENDS
from pdfbuilder.yamlfile.models import record
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.source import SourceText, read_source
from pdfbuilder.yamlfile.tree import MapNode, parse

#: So many ids a hint names; a list of them all is a command's.
_MOST_NAMED: Final = 12
#: The language of texts where nobody says another.
ENGLISH: Final = "en"


class Cited(Struct, frozen=True):
    """Where a file is named: a place in another file, or on the command line."""

    location: Location
    field: str = ""

    def refusal(self, code: str, message: str, hint: str) -> InvalidInput:
        """What is wrong with the name."""
        return refused(code, message, self.location, hint, self.field)

    def blame(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """What is wrong with a file as a whole is said where another file names it."""
        for each in diagnostics:
            if each.location.line or not self.location.line:
                yield each
            else:
                message = f"{each.location.source}: {each.message}"
                yield structs.replace(each, message=message, location=self.location, field=self.field)


COMMAND_LINE: Final = Cited(Location("command line"))


def cited_by(field: str) -> Cited:
    """That a field of an order names a file."""
    return Cited(said(field))


def cited_under(tree: MapNode, key: str) -> Cited:
    """That a key at the top of a file names another one."""
    return Cited(place_of(tree, key), key)


def place_of(tree: MapNode, key: str) -> Location:
    """Where the value of a key at the top of a file stands; the file's own place if it has no such key."""
    return (tree.get(key) or tree).location


class Shelf:
    """Shipped and users' files, each of which is read once.

    Every method raises `InvalidInput` where a name means nothing, or a file may not or cannot be read.

    Args:
        content: a folder of somebody's own content, laid out as what ships is, whose ids come first; None for none.
    """

    def __init__(self, content: Path | None = None) -> None:
        self.content = content
        #: Beyond it nothing is opened.
        self.fence: Fence | None = None
        self._ids: dict[Path, list[str]] = {}
        self._trees: dict[str, tuple[MapNode, tuple[Diagnostic, ...]]] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that were read."""
        return tuple(self._trees)

    def ids(self, kind: Kind, language: str = ENGLISH) -> list[str]:
        """The ids of the definitions of a kind that ship or are in the content folder, in a language if it has one."""
        shipped = _shipped_folder(kind, language)
        if shipped not in self._ids:
            folders = (shipped, self.content / _way(kind, language)) if self.content else (shipped,)
            self._ids[shipped] = sorted({path.stem for folder in folders for path in folder.glob("*.yaml")})
        return self._ids[shipped]

    def own(self, kind: Kind, id_: str, language: str = ENGLISH) -> Path | None:
        """The file of an id in the content folder; None if there is none."""
        path = self.content / _way(kind, language) / f"{id_}.yaml" if self.content else None
        return path if path and is_file(path) else None

    def hides_shipped(self, kind: Kind, path: str, language: str = ENGLISH) -> Diagnostic | None:
        """A warning, if a file of the content folder has the id of something that ships."""
        id_ = Path(path).stem
        own = self.own(kind, id_, language)
        if own is None or str(own) != path or not is_file(_shipped_folder(kind, language) / own.name):
            return None
        message = f"it hides {kind.noun.partition(' ')[2]} {id_} that ships"
        hint = "give it another id, unless it is meant to take that one's place"
        return Diagnostic("hides-shipped", message, Location(path), hint=hint, severity=Severity.WARNING)

    def locate(self, kind: Kind, name: str, folder: Path, cited: Cited, language: str = ENGLISH) -> str:
        """The path of what a name means: a path from a folder, or the id of something shipped in a language."""
        if name == STDIN and not cited.location.line:  # in a file `-` is an id like any other
            return name
        if is_path(name):
            path = str(folder / name)
            return path if path != STDIN else f"./{path}"
        shipped = _shipped_folder(kind, language) / f"{name}.yaml"
        if name.isprintable() and (own := self.own(kind, name, language)):
            return str(own)
        if name.isprintable() and is_file(shipped):
            return str(shipped)
        message = f"there is no {kind.noun.partition(' ')[2]} '{quoted(name)}'"
        if kind.has_language and language != ENGLISH:
            message += f" in '{language}'"
        raise cited.refusal(f"unknown-{kind.name.lower()}", message, self._instead(kind, name, folder, language))

    def _instead(self, kind: Kind, name: str, folder: Path, language: str) -> str:
        """What someone may have meant by a name that means nothing."""
        for suffix in (".yaml", ".yml", ""):
            if is_file(folder / f"{name}{suffix}"):
                return f"there is a file of that name: write ./{name}{suffix}"
        if is_folder(folder / name):
            return "that is a folder: name one file inside it"
        if name in self.ids(kind):
            return f"there is one in '{ENGLISH}': ask for the sheet in it, or translate it and name the file"
        for other in Kind:
            if other is not kind and name in self.ids(other, language):
                return f"that is the name of {other.noun}"
        known = self.ids(kind, language)
        some = ", ".join(known[:_MOST_NAMED]) + (f" and {len(known) - _MOST_NAMED} more" if known[_MOST_NAMED:] else "")
        return nearest(name, known) or (f"known: {some}" if known else "name a file of your own")

    def tree(self, path: str, cited: Cited, problems: Problems | None = None) -> MapNode:
        """What a file holds; `problems` takes what is wrong with it so far."""
        if path not in self._trees:
            self._refuse_outside(path, cited)
            own = Problems()
            try:
                self._trees[path] = parse(read_source(path, may_wait=not cited.location.line), own), own.found
            except InvalidInput as error:
                if self.fence and any(each.location.line for each in error.diagnostics):
                    raise _unlike(path, "it cannot be read", cited) from None
                raise InvalidInput((*own.found, *cited.blame(error.diagnostics))) from None
        tree, found = self._trees[path]
        if problems:
            problems.extend(found)
        return tree

    def mentions(self, path: str, word: str, cited: Cited) -> bool:
        """Whether a word stands in a file, which need not be taken apart for that."""
        if path in self._trees:
            return word in self._trees[path][0].source.text
        self._refuse_outside(path, cited)
        return word in read_source(path).text

    def lend(self, path: str, text: str) -> None:
        """A text as if it stood in a file at a path, where there need be none.

        Raises:
            InvalidInput: if it is no mapping in YAML.
        """
        problems = Problems()
        self._trees[path] = parse(SourceText(path, text, Path(path).parent), problems), problems.found

    def take_back(self, path: str) -> None:
        """Forget what was lent."""
        self._trees.pop(path, None)

    def tree_of(self, kind: Kind, path: str, cited: Cited, problems: Problems | None = None) -> MapNode:
        """What a file of a kind holds; see `tree`."""
        tree = self.tree(path, cited, problems)
        if kind.is_told_by(tree.entries):
            return tree
        if self.fence:
            raise _unlike(path, f"it has no {kind.telling}:", cited)
        actual = kind_of(tree)
        if actual and actual.is_told_by(tree.entries):
            # In one line, instead of each of its keys.
            message, hint = f"expected {kind.noun}, got {actual.noun}", f"{kind.noun} has {kind.telling}:"
            raise refused("kind", message, Place(tree).heading, hint)
        return tree

    def _refuse_outside(self, path: str, cited: Cited) -> None:
        message, hint = self.fence.refusal(path) if self.fence else ("", "")
        if message:
            raise cited.refusal("outside", message, hint)


def _unlike(path: str, why: str, cited: Cited) -> InvalidInput:
    """What is said of a file that may be anyone's, without a word of it."""
    message, hint = f"{path} is not what it is named for: {why}", f"see what pdfbuilder check {path} says"
    return cited.refusal("kind", message, hint)


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
        Kind.CLINIC: ClinicSpec,
    }
    known = {kind: set(record(model).fields) for kind, model in models.items()}
    known[Kind.TEMPLATE].add(EXTENDS)
    keys = set(tree.entries)
    best = max(models, key=lambda kind: (kind.is_told_by(keys), len(keys & known[kind])))
    return best if keys & known[best] else None


def _shipped_folder(kind: Kind, language: str) -> Path:
    return assets.shipped("templates") if kind is Kind.TEMPLATE else assets.shipped("content") / _way(kind, language)


@cache
def _way(kind: Kind, language: str) -> Path:
    """The way to the definitions of a kind in a folder of content."""
    return Path(Path(language).name, str(kind.value)) if kind.has_language else Path(str(kind.value))
