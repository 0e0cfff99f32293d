"""The file of the settings: what it may hold, how it is read, and how it is written."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final

from msgspec import Struct, structs

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems
from pdfbuilder.domain.declare import Line, MadeOf, Name, is_none
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.routine import SheetDefaults
from pdfbuilder.files import is_file, is_folder, write_file
from pdfbuilder.reading.library import Library
from pdfbuilder.reading.sheets import PaperWord, path_or_id, places_of
from pdfbuilder.yamlfile.models import validate
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.source import SourceText, read_source
from pdfbuilder.yamlfile.tree import parse, plain

_HEAD: Final = "# What pdfbuilder does where nothing else is said: pdfbuilder settings set KEY VALUE\n"
#: What is set is said of it.
_SET: Final = Location("settings set")


def _path(name: str, at: Place) -> str:
    return str(at.node.source.folder / name)


class SettingsSpec(Struct, frozen=True, kw_only=True):
    """The settings; whatever else says something is stronger."""

    paper: Annotated[PaperWord | None, "Paper, instead of the template's own."] = None
    language: Annotated[str, MadeOf(Name, path_or_id), "Language tag, or the path of a language file."] = ""
    template: Annotated[str, MadeOf(Name, path_or_id), "Id or path of the template."] = ""
    clinic: Annotated[str, MadeOf(Name, _path), "Path of the clinic's file."] = ""
    therapist: Annotated[Line, "Who makes the plans."] = ""
    content: Annotated[str, MadeOf(Name, _path), "A folder of one's own content."] = ""


KEYS: Final = SettingsSpec.__struct_fields__
#: Those that always name a file or a folder.
_PATHS: Final = ("clinic", "content")


class Settings(Struct, frozen=True, kw_only=True):
    """What the settings say.

    Attributes:
        defaults: of sheets.
        content: the folder of the user's content, or None.
        content_location: where they say so.
        said: all of it as it stands in the file.
    """

    defaults: SheetDefaults = SheetDefaults()
    content: Path | None = None
    content_location: Location = Location("")
    said: dict[str, object] = {}


def read(file: Path) -> Settings:
    """The settings of a file; none if there is no such file.

    Raises:
        InvalidInput: if it is broken.
    """
    with suppress(OSError):  # what is there and cannot be read is said when it is read
        if not _is_there(file):
            return Settings()
    try:
        return _read(read_source(file))
    except InvalidInput as error:
        hint = "mend it, or leave your settings alone with --no-settings"
        raise InvalidInput(
            structs.replace(
                each, hint=f"{each.hint}; or leave your settings alone with --no-settings" if each.hint else hint
            )
            for each in error.diagnostics
        ) from None


def _is_there(file: Path) -> bool:
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _read(source: SourceText) -> Settings:
    problems = Problems()
    tree = parse(source, problems)
    top = Place(tree)
    spec = validate(SettingsSpec, top, problems)
    problems.stop_on_error()
    assert spec is not None  # noqa: S101 - it is None only after an error
    places = places_of(spec, top)
    said: Any = plain(tree)
    return Settings(
        defaults=SheetDefaults(
            person=Person(therapist=spec.therapist),
            template=spec.template,
            language=spec.language,
            paper=spec.paper,
            clinic=spec.clinic,
            places=places,
        ),
        content=Path(spec.content) if spec.content else None,
        content_location=places.of("content"),
        said={key: said[key] for key in KEYS if key in said},
    )


def write(file: Path, key: str, value: str) -> str:
    """Write one of the settings; what has been done, in words.

    Raises:
        InvalidInput: if the value cannot be, or if the file is broken or cannot be written.
    """
    before = read(file)
    said = dict(before.said)
    if is_none(value):
        said.pop(key, None)
    else:
        if key in _PATHS or (key in ("language", "template") and is_file(value)):
            value = str(Path(value).absolute())
        said[key] = value
        found = _read(SourceText(_SET.source, f"{key}: {json.dumps(value, ensure_ascii=False)}", Path()))
        _refuse_unknown(key, found, Library(before.content))
    lines = (f"{each}: {json.dumps(said[each], ensure_ascii=False)}\n" for each in KEYS if each in said)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        message, hint = f"the folder cannot be made: {error.strerror or error}", "make it yourself"
        raise InvalidInput([Diagnostic("output", message, Location(str(file.parent)), hint=hint)]) from None
    write_file(file, (_HEAD + "".join(lines)).encode())
    return f"{file}: {key} {value}" if key in said else f"{file}: no {key}"


def _refuse_unknown(key: str, found: Settings, library: Library) -> None:
    """Look up what a setting names, so that it is refused here and not at every sheet."""
    finds = {"template": library.template, "language": library.language, "clinic": library.clinic}
    try:
        if key in finds:
            finds[key](getattr(found.defaults, key))
    except InvalidInput as error:
        raise InvalidInput(
            structs.replace(each, location=_SET, field=key) if not each.location.source else each
            for each in error.diagnostics
        ) from None
    check_content(found.content, _SET, key)


def check_content(content: Path | None, where: Location, field: str = "") -> None:
    """Refuse a folder of content that is none."""
    if content and not is_folder(content):
        hint = "name a folder that is laid out as content/ is: DIR/en/exercises"
        raise InvalidInput([Diagnostic("content", f"there is no folder {content}", where, field, hint)])
