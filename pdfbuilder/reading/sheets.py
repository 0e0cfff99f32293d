"""What a routine's file may say of its one sheet: for whom it is, and how it looks, as the options of `build` do."""

import datetime
from collections.abc import Callable
from typing import Annotated, Any, Final

from msgspec import Struct, structs

from pdfbuilder.domain.declare import Fault, MadeOf, Name, Unfit, Value, wrong
from pdfbuilder.domain.order import OrderWords
from pdfbuilder.domain.person import LONGEST_LINE, Person
from pdfbuilder.domain.places import Places
from pdfbuilder.domain.routine import SheetDefaults
from pdfbuilder.domain.template import Paper, TickRule
from pdfbuilder.reading.exercises import WordingProse
from pdfbuilder.reading.finding import is_path
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.values import words_schema


def as_an_option(field: str) -> Callable[[object], Any]:
    """Reads a value as the option of that name is read."""

    def parse(value: object) -> Any:
        if not isinstance(value, str):
            raise wrong("text", "a text", value, "put it into quotes")
        words = OrderWords()
        found = words.read(field, value)
        if faults := words.problems.found:
            raise Unfit(*(Fault(each.code, each.message, each.hint) for each in faults))
        return found

    return parse


def _template(name: str, at: Place) -> str:
    at.reader.find(Kind.TEMPLATE, name, at)
    return path_or_id(name, at)


def path_or_id(name: str, at: Place) -> str:
    """An id as it stands, a path from the folder of its file."""
    return str(at.node.source.folder / name) if is_path(name) else name


_LINE: Final = {"type": "string", "maxLength": LONGEST_LINE}
_DATE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PaperWord = Annotated[Paper, Value(as_an_option("paper"), words_schema(each.value for each in Paper))]


class SheetSpec(Struct, frozen=True, kw_only=True):
    """For whom a routine's sheet is, and how it looks; an option, a cell or an argument is stronger."""

    name: Annotated[str, Value(as_an_option("name"), _LINE), "Whose sheet it is."] = ""
    date: Annotated[
        datetime.date | None,
        Value(as_an_option("date"), {"type": "string", "format": "date", "pattern": rf"^\s*{_DATE}\s*$"}),
        "The plan's date.",
    ] = None
    therapist: Annotated[str, Value(as_an_option("therapist"), _LINE), "Who made the plan."] = ""
    note: Annotated[WordingProse | None, "A word to the person; it may say {affected knee}."] = None
    next_visit: Annotated[
        datetime.datetime | datetime.date | None,
        Value(
            as_an_option("next_visit"),
            {"type": "string", "pattern": rf"^\s*{_DATE}( +([01]?[0-9]|2[0-3])[:.][0-5][0-9])?\s*$"},
        ),
        "When to come again: 2026-12-03 10:30.",
    ] = None
    template: Annotated[str, MadeOf(Name, _template), "Id or path of the template."] = ""
    paper: Annotated[PaperWord | None, "Paper, instead of the template's own."] = None
    language: Annotated[
        str, MadeOf(Name, path_or_id), "Language tag, such as en-US, or the path of a language file."
    ] = ""
    tick: Annotated[
        TickRule | None,
        Value(as_an_option("tick"), words_schema(each.value for each in TickRule)),
        "What a box stands for, instead of the template's own.",
    ] = None


def to_sheet(spec: SheetSpec, at: Place) -> SheetDefaults:
    """What a routine says of its sheet, with the places where it says so."""
    return SheetDefaults(
        person=Person(**{name: getattr(spec, name) for name in Person.__struct_fields__ if hasattr(spec, name)}),
        template=spec.template,
        language=spec.language,
        paper=spec.paper,
        tick=spec.tick,
        places=places_of(spec, at),
    )


def places_of(spec: Struct, at: Place) -> Places:
    """Where a mapping says each of its keys."""
    keys = (at.under(name) for name in spec.__struct_fields__ if at.has(name))
    return Places(tuple((str(key.path[-1]), structs.replace(key.location, field=key.field)) for key in keys))
