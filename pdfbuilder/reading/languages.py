"""The language file: its spec and how it becomes a `Language`."""

from __future__ import annotations

import dataclasses
import re
import string
from collections.abc import Callable
from functools import cache, partial
from typing import Annotated, Any, Final, Self, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema, create_model, model_validator

from pdfbuilder.diagnostics import nearest
from pdfbuilder.language import PLAIN_FORM, Language, Messages, Plural, SideWords, Slots
from pdfbuilder.reading import values
from pdfbuilder.reading.specs import Line, Spec
from pdfbuilder.side import AffectedSide, Relative
from pdfbuilder.wording import SidePhrase, parse, tidy

#: Unicode CLDR's plural categories.
_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")


def _with_slots(slots: frozenset[str], value: object) -> str:
    """A message whose braces are exactly the slots that the program fills."""
    pattern = values.text(value)
    try:
        fields = [field for field in string.Formatter().parse(pattern) if field[1] is not None]
    except ValueError:
        raise values.wrong("slot", "balanced braces", pattern, "write {{ and }} for braces") from None
    if any(spec or conversion for _, _, spec, conversion in fields):
        raise values.wrong("slot", "slots without : or !", pattern, "write {n}, not {n:…}")
    found = {str(name) for _, name, _, _ in fields}
    if unknown := sorted(found - slots):
        hint = nearest(unknown[0], slots) or (f"known slots: {_listed(slots)}" if slots else "delete it")
        raise values.wrong("slot", _expected(slots), f"{{{unknown[0]}}}", hint)
    if missing := sorted(slots - found):
        raise values.wrong("slot", _expected(slots), pattern, f"put {{{missing[0]}}} where it belongs")
    return pattern


def _naming_a_side(value: object) -> str:
    """A message that sends the person to the second side."""
    checked = values.wording(value)
    if not any(phrase.relative is Relative.OTHER for phrase in parse(checked)[0] if isinstance(phrase, SidePhrase)):
        raise values.wrong("slot", "{other …} in it", checked, "name the second side with {other …}")
    return checked


def _expected(slots: frozenset[str]) -> str:
    return f"the slots {_listed(slots)}" if slots else "no slots"


def _listed(slots: frozenset[str]) -> str:
    return ", ".join(f"{{{slot}}}" for slot in sorted(slots))


def _plural(slots: frozenset[str], value: object) -> Plural:
    """Forms by plural category or exact number; an exact form need not repeat the number."""
    hint = "write {one: …, other: …}"
    if not isinstance(value, dict) or "other" not in value:
        raise values.wrong("plural", "a form for each number, with at least other", value, hint)
    forms = {}
    for key, form in value.items():
        exact = key.startswith("=") and key[1:].isdecimal()
        if not exact and key not in _CATEGORIES:
            raise values.wrong("plural", f"a plural category ({', '.join(_CATEGORIES)}) or =1", key, hint)
        wanted = slots - {"n"} if exact and "{n}" not in str(form) else slots
        forms[key] = _with_slots(wanted, form)
    return Plural(forms)


_PLURAL_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "propertyNames": {"pattern": f"^({'|'.join(_CATEGORIES)}|=[0-9]+)$"},
    "additionalProperties": {"type": "string"},
    "required": ["other"],
}
_PAIR_SCHEMA: Final[dict[str, Any]] = {
    "type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2,
}  # fmt: skip
_PHRASES_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [_PAIR_SCHEMA, {"type": "object", "additionalProperties": _PAIR_SCHEMA}],
}


@cache
def _messages_spec() -> type[BaseModel]:
    """The model of `messages:`, made from the fields and slots of `Messages` so that neither can drift."""
    fields: dict[str, Any] = {}
    for name, hint in get_type_hints(Messages, include_extras=True).items():
        slots = frozenset(
            slot for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Slots) for slot in extra.names
        )
        kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        check: Callable[[object], object]
        if name == "same_on_other_side":
            check, kind = _naming_a_side, str
        elif kind is Plural:
            check = partial(_plural, slots)
        elif kind is str:
            check = partial(_with_slots, slots)
        else:
            fields[name] = (tuple[Line, ...], Field(min_length=values.TIMES_PER_DAY[1]))
            continue
        schema = _PLURAL_SCHEMA if kind is Plural else {"type": "string"}
        fields[name] = (Annotated[Any, BeforeValidator(check), WithJsonSchema(schema)], Field())
    return create_model("MessagesSpec", __base__=Spec, **fields)


class SideWordsSpec(Spec):
    """How the language says a side."""

    tag: Line = Field(description="On the big tag and in the footer, as 'LEFT side'.")
    word: Line = Field(description="On chips and beside boxes, as 'Left'.")
    letter: Line = Field(description="Over narrow columns and in pictures, as 'L'.")
    bare: Line | None = Field(None, description="Inside a sentence, without a noun, as 'left'.")


class SidesSpec(Spec):
    """The words for each value of the affected side."""

    left: SideWordsSpec
    right: SideWordsSpec
    both: SideWordsSpec

    @model_validator(mode="after")
    def _differ(self) -> Self:
        for key in SideWordsSpec.model_fields:
            left, right = getattr(self.left, key), getattr(self.right, key)
            if left is not None and right is not None and left.casefold() == right.casefold():
                raise values.wrong("sides", f"{key}: words that differ for left and right", left, "correct one of them")
        return self


class RegionSpec(Spec):
    """What differs from region to region."""

    emergency_number: Line = Field(description="What to call, in quotes.")


_CODE: Final = re.compile(r"^[a-z]{2,3}$")
_REGION: Final = re.compile(r"^([A-Z]{2}|[0-9]{3})$")


def _code(value: object) -> str:
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise values.wrong("code", "a code of ISO 639, small", value, "write it like code: en")


def _regions(value: object) -> object:
    for key in value if isinstance(value, dict) else ():
        if not _REGION.fullmatch(key):
            raise values.wrong("region", "codes of ISO 3166, large", key, "write it like GB")
    return value


def _phrases(value: object) -> dict[str, tuple[str, str]]:
    """Named forms of a phrase; a bare pair is the plain form."""
    hint = "write [left phrase, right phrase], or {dat: [left phrase, right phrase]}"
    forms = value if isinstance(value, dict) else {PLAIN_FORM: value}
    found = {}
    for form, pair in forms.items():
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise values.wrong("phrase", "a phrase for left and one for right", pair, hint)
        left, right = values.unsided(pair[0]), values.unsided(pair[1])
        if left.casefold() == right.casefold():
            raise values.wrong("phrase", "two phrases that differ", left, "one of them names the wrong side")
        found[form] = (left, right)
    return found


class LanguageSpec(Spec):
    """A language file."""

    code: Annotated[str, BeforeValidator(_code), WithJsonSchema({"type": "string", "pattern": _CODE.pattern})] = Field(
        description="ISO 639 code."
    )
    name: Line = Field(description="The language's own name.")
    regions: Annotated[dict[str, RegionSpec], BeforeValidator(_regions)] = Field(
        min_length=1, description="ISO 3166 codes; the first is meant when none is named."
    )
    sides: SidesSpec = Field(description="The words for left, right and both.")
    compose: Annotated[str, BeforeValidator(partial(_with_slots, frozenset({"side", "noun"})))] | None = Field(
        None, description="Pattern with {side} and {noun}, for a language without agreement only."
    )
    phrases: dict[str, Annotated[Any, BeforeValidator(_phrases), WithJsonSchema(_PHRASES_SCHEMA)]] = Field(
        default_factory=dict,
        description="Noun to [left phrase, right phrase], or to named forms of it: {dat: [left, right]}.",
    )
    body_words: tuple[Line, ...] = Field(
        (), description="Nouns that usually follow a side word; a literal side before one is warned about."
    )
    messages: Any = Field(description="The program's own words.")

    @model_validator(mode="after")
    def _composes_from_something(self) -> Self:
        if self.compose and not (self.sides.left.bare and self.sides.right.bare):
            hint = "add bare: to sides.left and to sides.right"
            raise values.wrong("compose", "a bare word for each side, to compose phrases from", None, hint)
        return self


@cache
def language_spec() -> type[LanguageSpec]:
    """The model of a language file."""
    messages = (_messages_spec(), Field(description="The program's own words."))
    spec = create_model("LanguageFile", __base__=LanguageSpec, messages=messages)
    return cast("type[LanguageSpec]", spec)


def to_language(spec: LanguageSpec, region: str) -> Language:
    """A language for one of its regions."""
    sides = {
        side: SideWords(words.tag, words.word, words.letter, words.bare or "")
        for side, words in zip(AffectedSide, (spec.sides.left, spec.sides.right, spec.sides.both), strict=True)
    }
    return Language(
        code=spec.code,
        region=region,
        name=spec.name,
        sides=sides,
        compose=spec.compose or "",
        phrases={(tidy(noun), form): pair for noun, forms in spec.phrases.items() for form, pair in forms.items()},
        emergency_number=spec.regions[region].emergency_number,
        messages=Messages(**{each.name: getattr(spec.messages, each.name) for each in dataclasses.fields(Messages)}),
        body_words=frozenset(spec.body_words),
    )
