"""The language file: its spec and how it becomes a `Language`."""

import re
import string
from functools import partial
from typing import Annotated, Any, Final, get_args, get_origin

from msgspec import Struct, field, structs

from pdfbuilder.diagnostics import nearest
from pdfbuilder.domain.declare import Items, Line, Remark, Value, wrong
from pdfbuilder.domain.dose import MOST_SESSIONS
from pdfbuilder.domain.figures import Bound
from pdfbuilder.domain.language import (
    PLAIN_FORM,
    Help,
    Language,
    Messages,
    Plural,
    SideForms,
    SideWords,
    Slots,
    differing,
    words_in,
)
from pdfbuilder.domain.side import AffectedSide, Relative
from pdfbuilder.domain.wording import Wording, tidy
from pdfbuilder.yamlfile.models import shape_of
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.shapes import Field, MadeFrom, Record, Shape, Single
from pdfbuilder.yamlfile.tree import plain
from pdfbuilder.yamlfile.values import text, unsided

#: Unicode CLDR's plural categories.
_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
#: Of these a unit may have forms of its own, where its language needs them.
_BOUNDS: Final = (Bound.UP_TO.value, Bound.AT_LEAST.value)


def _with_slots(slots: frozenset[str], value: object) -> str:
    """A message whose braces are exactly the slots that the program fills."""
    pattern = text(value)
    try:
        fields = [field for field in string.Formatter().parse(pattern) if field[1] is not None]
    except ValueError:
        raise wrong("slot", "balanced braces", pattern, "write {{ and }} for braces") from None
    if any(spec or conversion for _, _, spec, conversion in fields):
        raise wrong("slot", "slots without : or !", pattern, "write {n}, not {n:…}")
    found = {str(name) for _, name, _, _ in fields}
    if unknown := sorted(found - slots):
        hint = nearest(unknown[0], slots) or (f"known slots: {_listed(slots)}" if slots else "delete it")
        raise wrong("slot", _expected(slots), f"{{{unknown[0]}}}", hint)
    if missing := sorted(slots - found):
        raise wrong("slot", _expected(slots), pattern, f"put {{{missing[0]}}} where it belongs")
    return pattern


def _expected(slots: frozenset[str]) -> str:
    return f"the slots {_listed(slots)}" if slots else "no slots"


def _listed(slots: frozenset[str]) -> str:
    return ", ".join(f"{{{slot}}}" for slot in sorted(slots))


def _plural(slots: frozenset[str], value: object) -> Plural:
    """Forms by plural category or exact number; an exact form need not repeat the number."""
    hint = "write {one: …, other: …}"
    if not isinstance(value, dict) or "other" not in value:
        raise wrong("plural", "a form for each number, with at least other", value, hint)
    forms = {}
    for key, form in value.items():
        exact = key.startswith("=") and key[1:].isdecimal()
        if not exact and key not in (*_CATEGORIES, *_BOUNDS):
            expected = f"a plural category ({', '.join(_CATEGORIES)}), =1, or one of {', '.join(_BOUNDS)}"
            raise wrong("plural", expected, key, hint)
        wanted = slots - {"n"} if exact and "{n}" not in str(form) else slots
        forms[key] = _with_slots(wanted, form)
    return Plural(forms)


_PLURAL_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "propertyNames": {"pattern": f"^({'|'.join((*_CATEGORIES, *_BOUNDS))}|=[0-9]+)$"},
    "additionalProperties": {"type": "string"},
    "required": ["other"],
}
_PAIR_SCHEMA: Final[dict[str, Any]] = {
    "type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3,
}  # fmt: skip
_PHRASES_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [_PAIR_SCHEMA, {"type": "object", "additionalProperties": _PAIR_SCHEMA}],
}


def _naming_a_side(relative: Relative, wording: Wording, at: Place) -> Wording:
    """A message that names the side to begin with, or sends the person to the second one."""
    if not any(phrase.relative is relative for phrase in wording.phrases):
        named, which = f"{{{relative.value} …}}", "second side" if relative is Relative.OTHER else "side"
        raise at.refusal(wrong("slot", f"{named} in it", plain(at.node), f"name the {which} with {named}"))
    return wording


def _message(declared: Any) -> Shape:
    """The shape of a message, from its type and its slots."""
    kind, *marks = get_args(declared) if get_origin(declared) is Annotated else (declared,)
    slots = frozenset(slot for mark in marks if isinstance(mark, Slots) for slot in mark.names)
    if kind is Wording:
        relative = Relative(next(iter(slots), Relative.OTHER.value))
        return MadeFrom(shape_of(Wording), partial(_naming_a_side, relative))
    if kind is Plural:
        return Single(Value(partial(_plural, slots), _PLURAL_SCHEMA))
    if kind is str:
        return Single(Value(partial(_with_slots, slots), {"type": "string"}))
    items = next((mark for mark in marks if isinstance(mark, Items)), Items(MOST_SESSIONS))
    return shape_of(tuple[Line, ...], (items,))


#: Made from the fields of `Messages`, so that neither can drift.
_MESSAGES: Final = Record(
    Messages, {each.name: Field(each.name, _message(each.type)) for each in structs.fields(Messages)}
)


class SidesSpec(Struct, frozen=True, kw_only=True):
    """The words for each value of the affected side."""

    left: SideWords
    right: SideWords
    both: SideWords

    def __post_init__(self) -> None:
        for key in ("tag", "word", "letter", "bare"):
            left, right = getattr(self.left, key), getattr(self.right, key)
            if left and right and left.casefold() == right.casefold():
                raise wrong("sides", f"{key}: words that differ for left and right", left, "correct one of them")


_CODE: Final = re.compile(r"^[a-z]{2,3}$")
_REGION: Final = re.compile(r"^([A-Z]{2}|[0-9]{3})$")


def _code(value: object) -> str:
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise wrong("code", "a code of ISO 639, small", value, "write it like code: en")


def _region(key: str) -> str:
    if _REGION.fullmatch(key):
        return key
    raise wrong("region", "codes of ISO 3166, large", key, "write it like GB")


def _phrases(value: object) -> dict[str, SideForms]:
    """Named forms of a phrase; a bare list is the plain form."""
    hint = "write [left phrase, right phrase, left or right phrase], or {dat: [left phrase, right phrase]}"
    forms = value if isinstance(value, dict) else {PLAIN_FORM: value}
    found = {}
    for form, listed in forms.items():
        if not isinstance(listed, tuple) or len(listed) not in (2, 3):
            raise wrong("phrase", "a phrase for left, one for right, and perhaps one for either", listed, hint)
        phrases = [unsided(each) for each in listed]
        if len({each.casefold() for each in phrases}) < len(phrases):
            raise wrong("phrase", "phrases that differ", phrases[0], "one of them names the wrong side")
        found[form] = SideForms(*phrases)
    return found


Code = Annotated[str, Value(_code, {"type": "string", "pattern": _CODE.pattern})]
Regions = Annotated[dict[str, Help], Items(1, key=Value(_region, {"pattern": _REGION.pattern}))]
Pattern = Annotated[str, Value(partial(_with_slots, frozenset({"side", "noun"})), {"type": "string"})]
Phrases = dict[str, Annotated[dict[str, SideForms], Value(_phrases, _PHRASES_SCHEMA)]]


class LanguageSpec(Struct, frozen=True, kw_only=True):
    """A language file."""

    code: Annotated[Code, "ISO 639 code."]
    name: Annotated[Line, "The language's own name."]
    regions: Annotated[Regions, "ISO 3166 codes; the first is meant when none is named."]
    sides: Annotated[SidesSpec, "The words for left, right and both."]
    compose: Annotated[Pattern | None, "Pattern with {side} and {noun}, for a language without agreement only."] = None
    phrases: Annotated[
        Phrases,
        "Noun to [left phrase, right phrase, 'left or right' phrase], or to named forms of it: {dat: [left, right]}.",
    ] = field(default_factory=dict)
    body_words: Annotated[tuple[Line, ...], "Parts of the body: a side that is written out before one is refused."] = ()
    paired: Annotated[tuple[Line, ...], "Those that say both of a pair, as 'knees': a side before one is odd."] = ()
    whole_sides: Annotated[tuple[Line, ...], "Nouns for all of a side of the body, as 'side': one lies on it."] = ()
    joined: Annotated[tuple[Line, ...], "How words end that begin with a side: sided, as in left-sided."] = ()
    pairing: Annotated[tuple[Line, ...], "Words between two sides that are named together: and, or."] = ()
    no_side: Annotated[
        tuple[Line, ...],
        "Phrases in which a side word means no side: right angle; with a capital, only if written so: Right Road.",
    ] = ()
    adverbs: Annotated[tuple[Line, ...], "The same, unless one of side_follows stands before: right up."] = ()
    side_follows: Annotated[tuple[Line, ...], "Words after which it is a side after all: your, turn."] = ()
    abbreviations: Annotated[tuple[Line, ...], "What ends in a full stop that ends no sentence: e.g."] = ()
    honorifics: Annotated[tuple[Line, ...], "Titles before a name, without a full stop: Mrs, Dr."] = ()
    messages: Annotated[Messages, _MESSAGES, "The program's own words."]
    desk: Annotated[
        dict[str, Remark], "The words of the page in the browser; without them it is not offered in the language."
    ] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._check_that_left_is_left()
        if self.compose and not (self.sides.left.bare and self.sides.right.bare):
            hint = "add bare: to sides.left and to sides.right"
            raise wrong("compose", "a bare word for each side, to compose phrases from", None, hint)

    def _check_that_left_is_left(self) -> None:
        """Refuse words for left that elsewhere are for right; those inside a sentence are taken at their word."""
        left, right = self.sides.left, self.sides.right
        pairs = [
            ("bare", left.bare, right.bare),
            ("word", left.word, right.word),
            ("tag", left.tag, right.tag),
            ("pictured", left.pictured, right.pictured),
        ]
        words = len(pairs)
        pairs += [(noun, pair.left, pair.right) for noun, forms in self.phrases.items() for pair in forms.values()]
        ours: set[str] = set()
        theirs: set[str] = set()
        for index, (name, one, other) in enumerate(pairs):
            for_left, for_right = differing(one, other)
            here, there = set(words_in(one)), set(words_in(other))
            swapped = (here & theirs and not here & ours) or (there & ours and not there & theirs)
            if swapped or for_left & theirs or for_right & ours or (one and here == there):
                key = "sides" if index < words else "phrases"
                expected, hint = f"{name}: the words for left, then those for right", "they are swapped, or the same"
                raise wrong(key, expected, f"{one}, {other}", hint, at=key)
            ours |= for_left
            theirs |= for_right
        first, second = left.letter[:1].casefold(), right.letter[:1].casefold()
        initials = left.word[:1].casefold(), right.word[:1].casefold()
        if initials[0] != initials[1] and (first == initials[1] or second == initials[0]):
            raise wrong(
                "sides",
                "letter: of left, then of right",
                f"{left.letter}, {right.letter}",
                "they are swapped",
                at="sides",
            )


def to_language(spec: LanguageSpec, region: str) -> Language:
    """A language for one of its regions."""
    there = spec.regions[region]
    return Language(
        code=spec.code,
        region=region,
        regions=tuple(spec.regions),
        name=spec.name,
        sides={
            AffectedSide.LEFT: spec.sides.left,
            AffectedSide.RIGHT: spec.sides.right,
            AffectedSide.BOTH: spec.sides.both,
            AffectedSide.NONE: SideWords("", "", ""),
        },
        compose=spec.compose or "",
        phrases={(tidy(noun), form): pair for noun, forms in spec.phrases.items() for form, pair in forms.items()},
        help=structs.replace(there, doctor=there.doctor or spec.messages.doctor),
        messages=spec.messages,
        body_words=frozenset(spec.body_words),
        paired=frozenset(each.casefold() for each in spec.paired),
        whole_sides=frozenset(each.casefold() for each in spec.whole_sides),
        joined=spec.joined,
        pairing=frozenset(each.casefold() for each in spec.pairing),
        no_side=spec.no_side,
        adverbs=spec.adverbs,
        side_follows=spec.side_follows,
        abbreviations=frozenset(each.casefold() for each in spec.abbreviations),
        honorifics=frozenset(spec.honorifics),
        desk=spec.desk,
    )
