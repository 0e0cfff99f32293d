"""A language: its side words, its messages, and how it says numbers.

The side words are the project's own tables, because no library has them and a wrong one is unforgivable.
Languages without agreement (English) compose "left" + noun. Languages with gender or case list every phrase
in full; nothing is ever glued together from an adjective and a noun there.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Final

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic
from pdfbuilder.domain.declare import Items, Line
from pdfbuilder.domain.figures import OCCASIONS, Amount, Bound
from pdfbuilder.domain.locales import Locale, locale_of, unbroken
from pdfbuilder.domain.side import AffectedSide, Side
from pdfbuilder.domain.wording import MissingPhrase, SidePhrase, Wording


class Slots:
    """Says which `{slots}` a message must have; the reader checks that it has them and no others.

    Of one that names a side it is which of the two, if that is not the other.
    """

    def __init__(self, *names: str) -> None:
        self.names = names


class Plural(Struct, frozen=True):
    """A message that depends on a number.

    Attributes:
        forms: patterns by CLDR plural category (`one`, `few`, `many`, `other`) or by exact number (`=1`).
    """

    forms: Mapping[str, str]


class SideWords(Struct, frozen=True):
    """How a language says one value of the affected side."""

    tag: Annotated[Line, "On the big tag and in the footer, as 'LEFT side'."]
    word: Annotated[Line, "On chips and beside boxes, as 'Left'."]
    letter: Annotated[Line, "Over narrow columns and in pictures, as 'L'."]
    bare: Annotated[Line, "Inside a sentence, without a noun, as 'left'."] = ""
    short: Annotated[tuple[Line, ...], "How people shorten it before a part of the body or in brackets: Lt, L."] = ()
    pictured: Annotated[
        Line, "Under a picture of it where both sides are affected: The picture shows the left side."
    ] = ""


class SideForms(Struct, frozen=True):
    """A noun phrase for each side, whole.

    Attributes:
        left: 'pierna izquierda'.
        right: 'pierna derecha'.
        either: for whichever side it is the turn of: 'pierna izquierda o derecha'; empty if it is not listed.
    """

    left: str
    right: str
    either: str = ""


class Messages(Struct, frozen=True):
    """Every word that the program itself prints on a sheet."""

    # header and footer
    name: str
    date: str
    therapist: Annotated[str, Slots("name")]
    next_visit: Annotated[str, Slots("when")]
    visit_today: str
    questions: Annotated[str, Slots("phone")]
    call_us: str
    call_us_then: Annotated[str, Slots("hours")]
    if_it_hurts: str
    note: str
    week_of: str
    page: Annotated[str, Slots("page", "pages")]
    not_reviewed: str
    reviewed: Annotated[str, Slots("who", "when")]
    minutes_a_day: Annotated[Plural, Slots("n")]
    # what must not be done, and what to do besides
    restrictions: str
    advice: str
    # phases
    phase_of: Annotated[str, Slots("phase", "phases")]
    phase_week: Annotated[str, Slots("week")]
    phase_weeks: Annotated[str, Slots("first", "last")]
    phase_from: Annotated[str, Slots("week")]
    you_are_here: str
    go_on: Annotated[str, Slots("phase")]
    pick: Annotated[Plural, Slots("n")]
    # safety
    emergency: Annotated[str, Slots("number")]
    emergency_if: str
    emergency_or_place: Annotated[str, Slots("place")]
    today: Annotated[str, Slots("number")]
    today_or_us: Annotated[str, Slots("number")]
    today_doctor: str
    today_doctor_or_us: str
    today_if: str
    soon: Annotated[str, Slots("doctor")]
    soon_if: str
    doctor: str
    brief_emergency: Annotated[str, Slots("number")]
    brief_today: Annotated[str, Slots("number")]
    brief_today_doctor: str
    brief_today_or_us: Annotated[str, Slots("number", "phone")]
    brief_today_doctor_or_us: Annotated[str, Slots("phone")]
    sources: Annotated[str, Slots("sources")]
    # how to use the sheet
    tick: str
    dashed: str
    box_is_set: str
    box_is_part: str
    box_is_side: str
    box_is_session: str
    box_and_line: str
    box_and_tally: str
    box_and_minutes: str
    minutes_short: str
    # sides
    then: str
    in_turn: str
    both_together: str
    same_on_other_side: Wording
    brief_other_side: Wording
    two_sides: str
    for_side: Annotated[Wording, Slots("affected")]
    begin_with_side: Annotated[Wording, Slots("affected")]
    either_side: Annotated[str, Slots("left", "right")]
    # dose
    a_or_b: Annotated[str, Slots("low", "high")]
    a_to_b: Annotated[str, Slots("low", "high")]
    up_to: Annotated[str, Slots("n")]
    at_least: Annotated[str, Slots("n")]
    seconds: Annotated[Plural, Slots("n")]
    minutes: Annotated[Plural, Slots("n")]
    hours: Annotated[Plural, Slots("n")]
    breaths: Annotated[Plural, Slots("n")]
    steps: Annotated[Plural, Slots("n")]
    metres: Annotated[Plural, Slots("n")]
    kilometres: Annotated[Plural, Slots("n")]
    lengths: Annotated[Plural, Slots("n")]
    feet: Annotated[Plural, Slots("n")]
    yards: Annotated[Plural, Slots("n")]
    miles: Annotated[Plural, Slots("n")]
    hold: Annotated[str, Slots("time")]
    hold_max: str
    reps: Annotated[Plural, Slots("n")]
    reps_max: str
    sets: Annotated[Plural, Slots("n", "reps")]
    sets_max: Annotated[Plural, Slots("n")]
    do_for: Annotated[str, Slots("amount")]
    each_for: Annotated[str, Slots("what", "amount")]
    in_all: Annotated[str, Slots("amount")]
    on_each_side: Annotated[str, Slots("what")]
    a_day: Annotated[Plural, Slots("n")]
    every: Annotated[str, Slots("time")]
    every_hour: str
    brief_every: Annotated[str, Slots("time")]
    brief_every_hour: str
    often: str
    occasions: Annotated[tuple[str, ...], Items(len(OCCASIONS), len(OCCASIONS))]
    occasion_labels: Annotated[tuple[str, ...], Items(len(OCCASIONS), len(OCCASIONS))]
    any_days: Annotated[Plural, Slots("n")]
    brief_any_days: Annotated[Plural, Slots("n")]
    days_apart: Annotated[str, Slots("days")]
    every_other_day: str
    named_days: Annotated[str, Slots("days")]
    for_weeks: Annotated[Plural, Slots("n")]
    do: Annotated[str, Slots("what", "when")]
    do_once: Annotated[str, Slots("when")]
    parts: Annotated[str, Slots("parts")]
    relax: Annotated[str, Slots("time")]
    rest: Annotated[str, Slots("time")]
    load: Annotated[str, Slots("load")]
    tempo: Annotated[str, Slots("tempo")]
    pain_limit: Annotated[Plural, Slots("n")]
    optional: str
    brief_reps: Annotated[Plural, Slots("n")]
    brief_reps_max: str
    brief_sets: Annotated[Plural, Slots("n", "reps")]
    sets_by_reps: Annotated[str, Slots("sets", "reps")]
    brief_sets_max: Annotated[Plural, Slots("n")]
    brief_each_for: Annotated[str, Slots("what", "amount")]
    brief_in_all: Annotated[str, Slots("amount")]
    brief_each_side: Annotated[str, Slots("what")]
    brief_hold: Annotated[str, Slots("time")]
    brief_hold_max: str
    brief_relax: Annotated[str, Slots("time")]
    brief_rest: Annotated[str, Slots("time")]
    brief_load: Annotated[str, Slots("load")]
    brief_tempo: Annotated[str, Slots("tempo")]
    brief_pain_limit: Annotated[Plural, Slots("n")]
    brief_optional: str
    # how it gets harder
    step_when: Annotated[str, Slots("when")]
    step_week: Annotated[str, Slots("week")]
    step_week_on: Annotated[str, Slots("week", "date")]
    step_next: str
    step_since: str
    # notes under the steps
    need: str
    need_here: Annotated[str, Slots("things")]
    avoid_if: str
    film: str
    feel: str
    stop_when: str
    progress_when: str
    ease_when: str
    picture_by: str
    picture: str
    # the week
    week_title: Annotated[str, Slots("name")]
    set: str
    nth_time: tuple[str, ...]
    time: str
    # diary
    diary_title: str
    diary_title_of: Annotated[str, Slots("name")]
    diary_of: Annotated[str, Slots("times")]
    diary_how: str
    week: Annotated[str, Slots("week", "weeks")]
    week_open: Annotated[str, Slots("week")]
    week_from: Annotated[str, Slots("date")]
    pain_before: str
    pain_after: str
    notes: str


#: Form under which a phrase is filed when the text asks for none.
PLAIN_FORM: Final = ""


class Help(Struct, frozen=True):
    """Whom to call in a region, and how people call them there."""

    emergency_number: Annotated[Line, "What to call at once, in quotes."]
    emergency_place: Annotated[Line, "Where to go instead, as 'A&E'."] = ""
    urgent_number: Annotated[Line, "What to call on the same day, in quotes."] = ""
    doctor: Annotated[Line, "What people call their doctor, as 'GP'; the language's own word if left out."] = ""


class SideNames(Struct, frozen=True):
    """How a text may name one side.

    Attributes:
        words: that tell it from the other one: left.
        phrases: that name it whole: pierna izquierda.
        short: that name it before a part of the body, or in brackets: Lt, L.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    short: tuple[str, ...]


class Naming(Struct, frozen=True, cache_hash=True):
    """All that decides whether a text names a side by itself; the rest as in `Language`."""

    sides: tuple[SideNames, ...]
    body_words: tuple[str, ...]
    joined: tuple[str, ...]
    no_side: tuple[str, ...]
    adverbs: tuple[str, ...]
    side_follows: tuple[str, ...]


class Language(Struct, frozen=True, dict=True):
    """A language with one region chosen.

    Attributes:
        code: ISO 639 code, `en`.
        region: ISO 3166 code, `GB`; decides date order, first day of the week and whom to call.
        regions: all that it has, the one that is meant when none is named first.
        name: the language's own name.
        sides: the words for left, right and both.
        compose: pattern with `{side}` and `{noun}`, for languages without agreement; empty for the others.
        phrases: (noun, form) → the phrase for each side.
        help: whom to call.
        messages: the program's own words.
        body_words: parts of the body: 'left knee' names a side, and so does 'L knee'.
        paired: those of them that say both: 'knees'.
        whole_sides: nouns for all of a side of the body: one lies on one's 'side'.
        joined: how words end that begin with a side: 'sided', as in left-sided.
        pairing: words, small, between two sides that are named together: 'and'.
        no_side: phrases in which a side word means no side: 'right angle'; with a capital, only if written so.
        adverbs: the same, unless one of `side_follows` stands before: 'right up', but not 'your right up'.
        side_follows: words after which a side word is one after all.
        abbreviations: small, whose full stop ends no sentence: 'e.g.'.
        honorifics: that stand before a name, without a full stop: 'Mrs'.
        desk: the words of the page in the browser; none if there is no such page in the language.
    """

    code: str
    region: str
    regions: tuple[str, ...]
    name: str
    sides: Mapping[AffectedSide, SideWords]
    compose: str
    phrases: Mapping[tuple[str, str], SideForms]
    help: Help
    messages: Messages
    body_words: frozenset[str] = frozenset()
    paired: frozenset[str] = frozenset()
    whole_sides: frozenset[str] = frozenset()
    joined: tuple[str, ...] = ()
    pairing: frozenset[str] = frozenset()
    no_side: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    side_follows: tuple[str, ...] = ()
    abbreviations: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    desk: Mapping[str, str] = MappingProxyType({})

    @cached_property
    def telling(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words, small, that say left (links, linke, linken), and those that say right."""
        left, right = self.words_for(Side.LEFT), self.words_for(Side.RIGHT)
        pairs = [(left.bare, right.bare), (left.word, right.word), (left.tag, right.tag)]
        pairs += [(each.left, each.right) for each in self.phrases.values()]
        found = [differing(*pair) for pair in pairs]
        return frozenset(word for each, _ in found for word in each), frozenset(
            word for _, each in found for word in each
        )

    @cached_property
    def naming(self) -> Naming:
        """How a text may name a side by itself."""
        sides = tuple(
            SideNames(
                tuple(sorted(words)),
                tuple(sorted({getattr(forms, side.value) for forms in self.phrases.values()})),
                self.words_for(side).short,
            )
            for side, words in zip(Side, self.telling, strict=True)
        )
        nouns = tuple(sorted(self.body_words))
        return Naming(sides, nouns, self.joined, self.no_side, self.adverbs, self.side_follows)

    @cached_property
    def locale(self) -> Locale:
        """How it writes dates, lists and plurals in its region."""
        return locale_of(self.code, self.region)

    @property
    def tag(self) -> str:
        """Language tag (BCP 47), such as `en-GB`."""
        return f"{self.code}-{self.region}"

    def words_for(self, side: Side | AffectedSide) -> SideWords:
        """The words for a side of the body or of a plan."""
        return self.sides[AffectedSide(side.value)]

    def side_phrase(self, side: Side, noun: str, form: str) -> str:
        """See `wording.Phrasebook`."""
        listed = self.phrases.get((noun, form))
        if listed:
            return listed.left if side is Side.LEFT else listed.right
        bare = self.words_for(side).bare
        if not noun and bare:
            return bare
        if self.compose and noun and not form:
            return self.compose.format(side=bare, noun=noun)
        raise MissingPhrase(self.name, noun, form, self._hint(noun))

    def either_phrase(self, phrase: SidePhrase) -> str:
        """See `wording.Phrasebook`."""
        if phrase.left:
            return self._either(phrase.left, phrase.right)
        listed = self.phrases.get((phrase.noun, phrase.form))
        if listed and listed.either:
            return listed.either
        if self.compose and phrase.noun and not phrase.form and not listed:
            bare = (self.words_for(side).bare for side in Side)
            return self.compose.format(side=self._either(*bare), noun=phrase.noun)
        return self._either(*(self.side_phrase(side, phrase.noun, phrase.form) for side in Side))

    def _either(self, left: str, right: str) -> str:
        return self.messages.either_side.format(left=left, right=right)

    def begins_sentence(self, before: str) -> bool:
        """See `wording.Phrasebook`."""
        last = before.casefold().split()[-1:]
        abbreviated = last and last[0].lstrip("([\"'“‘«¿¡") in self.abbreviations
        return not abbreviated and bool(_SENTENCE_START.search(before))

    def lacking(self, wording: Wording) -> Iterator[Diagnostic]:
        """What a text asks for and the language cannot say."""
        for phrase, missing in wording.missing(self):
            where = wording.location.narrowed(phrase.raw)
            yield Diagnostic("missing-phrase", str(missing), where, hint=missing.hint)

    def _hint(self, noun: str) -> str:
        forms = sorted(form for (each, form) in self.phrases if each == noun)
        if forms:
            listed = ", ".join(f"{noun}/{form}" if form else noun for form in forms)
            return f"the language file has {listed}"
        return "add the phrase to the language file, or write {affected: left form | right form}"

    def amount(self, value: Amount) -> str:
        """'5', '3 or 4', '20 to 30', 'up to 10', '____' to write on, with spaces that do not break."""
        words = self.messages
        if value.bound is Bound.BLANK:
            return Bound.BLANK.value
        if value.bound is Bound.UP_TO:
            return unbroken(words.up_to.format(n=value.high))
        if value.bound is Bound.AT_LEAST:
            return unbroken(words.at_least.format(n=value.low))
        if not value.is_range:
            return str(value.low)
        pattern = words.a_or_b if value.high == value.low + 1 else words.a_to_b
        return unbroken(pattern.format(low=value.low, high=value.high))

    def plural(self, message: Plural, count: int | Amount, **slots: object) -> str:
        """The form of a message for a number, with its slots filled; a number and its noun stay together.

        Args:
            message: the message.
            count: decides the form, by its upper end if it is a range, and fills the slot `n`.
            slots: further slots.
        """
        value = Amount(count, count) if isinstance(count, int) else count
        n = self.amount(value)
        if own := message.forms.get(value.bound.value):
            pattern, n = own, str(value.high)
        elif value.is_open:
            pattern = message.forms["other"]
        else:
            exact = message.forms.get(f"={value.low}") if value.is_plain else None
            pattern = exact or message.forms.get(self.locale.plural_category(value.high)) or message.forms["other"]
        return pattern.replace("{n} ", unbroken("{n} ")).format(n=n, **slots)


#: What stands before a sentence: nothing, the end of another one with its quotes and brackets, or the mark of a list.
_SENTENCE_START: Final = re.compile(
    r"""(?:^|[.!?…][”"’'»)\]]*\s+)            # after nothing, or a sentence
        (?:\(?\w{1,2}[.)]\s+|[•‣▪◦*–—-]\s+)?  # a), (1), 2. or a bullet
        ["'“‘«(¿¡*]*$                        # the sentence's own opening marks
        | [•‣▪◦]\s+$ | [;:,]\s+\(?\w{1,2}\)\s+$  # further items in a line
    """,
    re.VERBOSE,
)


def differing(left: str, right: str) -> tuple[frozenset[str], frozenset[str]]:
    """The one word, small, in which two phrases differ; none if they differ in more, or say it in another way."""
    ours, theirs = frozenset(words_in(left)), frozenset(words_in(right))
    if len(ours - theirs) != 1 or len(theirs - ours) != 1:
        return frozenset(), frozenset()
    return ours - theirs, theirs - ours


def words_in(text: str) -> list[str]:
    """The words of a text, small."""
    return re.findall(r"\w+", text.casefold())
