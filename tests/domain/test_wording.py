"""The grammar of side words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import examples

from pdfbuilder.domain.side import Relative, Side
from pdfbuilder.domain.wording import Literal, MissingPhrase, SidePhrase, Span, Wording, parse, plain, tidy, unprintable
from pdfbuilder.reading.library import Library

ENGLISH = Library().language("en")


class Composing:
    """A language without agreement: 'left' + noun. Of the noun 'nose' it knows nothing."""

    def side_phrase(self, side: Side, noun: str, form: str) -> str:
        if noun == "nose":
            raise MissingPhrase("Test", noun, form, "say it in another way")
        return " ".join(part for part in (side.value, noun, form) if part)

    def either_phrase(self, phrase: SidePhrase) -> str:
        return f"left or right {phrase.noun}"

    def begins_sentence(self, before: str) -> bool:
        return ENGLISH.begins_sentence(before)


def resolved(text: str, side: Side = Side.LEFT) -> str:
    parts, wrong = parse(text)
    assert not wrong
    return plain(Wording(parts).resolve(side, Composing()))


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Hold your {affected ankle}.", "Hold your left ankle.", "Hold your right ankle."),
        ("Keep your {other leg} flat.", "Keep your right leg flat.", "Keep your left leg flat."),
        ("Turn to the {other}.", "Turn to the right.", "Turn to the left."),
        ("The {affected} first.", "The left first.", "The right first."),
        ("Die {affected: linke | rechte} Hand.", "Die linke Hand.", "Die rechte Hand."),
        ("Die {other: linke | rechte} Hand.", "Die rechte Hand.", "Die linke Hand."),
        ("Die {other:linke|rechte} Hand.", "Die rechte Hand.", "Die linke Hand."),
        ("Hebe {affected Bein/dat} an.", "Hebe left Bein dat an.", "Hebe right Bein dat an."),
        ("Your {affected big toe}.", "Your left big toe.", "Your right big toe."),
        ("Your { affected   big  toe }.", "Your left big toe.", "Your right big toe."),
        ("{{affected}} prints braces.", "{affected} prints braces.", "{affected} prints braces."),
        ("{{{affected leg}}}", "{left leg}", "{right leg}"),
        ("{affected leg}{other arm}", "Left legright arm", "Right legleft arm"),
        ("Your {affected leg} and {affected: it | that}.", "Your left leg and it.", "Your right leg and that."),
    ],
)
def test_a_placeholder_becomes_the_words_for_the_side(text: str, left: str, right: str) -> None:
    assert resolved(text, Side.LEFT) == left
    assert resolved(text, Side.RIGHT) == right


def test_only_side_phrases_carry_a_side() -> None:
    parts, _ = parse("Hold your {affected ankle} with your {other: links | rechts} hand.")
    assert Wording(parts).resolve(Side.RIGHT, Composing()) == (
        Span("Hold your "),
        Span("right ankle", Relative.AFFECTED, Side.RIGHT),
        Span(" with your "),
        Span("links", Relative.OTHER, Side.LEFT),
        Span(" hand."),
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{affected leg} up.", "Left leg up."),
        ("Sit. {other leg} up.", "Sit. Right leg up."),
        ("Sit! {other leg} up.", "Sit! Right leg up."),
        ("Ready? {other leg} up.", "Ready? Right leg up."),
        ("Wait… {other leg} up.", "Wait… Right leg up."),
        ("“{affected leg} up.”", "“Left leg up.”"),
        ("Sit. ({other leg} up.)", "Sit. (Right leg up.)"),
        ("¿{affected leg}?", "¿Left leg?"),
        ("{affected}.", "Left."),
        ("“{affected leg} up.” {other leg} down.", "“Left leg up.” Right leg down."),
        ("“{affected leg}!” {other leg}?", "“Left leg!” Right leg?"),
        ("a) {affected leg} up, b) {other leg} down", "a) Left leg up, b) Right leg down"),
        ("• {affected arm} up.", "• Left arm up."),
        ("1. {affected arm} up.", "1. Left arm up."),
        ("*{affected leg}* up.", "*Left leg* up."),
        ("Ask. A {literal: left hand} helps. {other leg} up.", "Ask. A left hand helps. Right leg up."),
        # not at the start of a sentence
        ("e.g. {affected leg} first.", "e.g. left leg first."),
        ("Do some (e.g. {affected leg}).", "Do some (e.g. left leg)."),
        ("Lift it approx. {affected knee} high.", "Lift it approx. left knee high."),
        ("Bend – {other leg} stays.", "Bend – right leg stays."),
        ("Hold (about 10) {affected leg}", "Hold (about 10) left leg"),
        ("Change: {other leg} up.", "Change: right leg up."),
        ("Your {affected leg}.", "Your left leg."),
        ("3.5 {affected leg}", "3.5 left leg"),
        ("Hold, {other leg} up.", "Hold, right leg up."),
        # forms that are spelled out are the writer's own
        ("{affected: linke | rechte} Hand.", "linke Hand."),
    ],
)
def test_a_phrase_that_starts_a_sentence_is_capitalised(text: str, left: str) -> None:
    assert resolved(text) == left


@pytest.mark.parametrize(
    ("text", "code", "raw", "offset", "hint"),
    [
        ("Slide {affected heel down.", "brace", "{affected heel down.", 6, "write {affected knee}"),
        ("Slide {", "brace", "{", 6, "write {affected knee}"),
        ("Slide } down.", "brace", "}", 6, "write {affected knee}"),
        ("{affected heel}} down", "brace", "}", 15, "write {affected knee}"),
        ("Lift {leg}.", "placeholder", "{leg}", 5, "write {affected knee}"),
        ("Lift {}.", "placeholder", "{}", 5, "write {affected knee}"),
        ("Lift { }.", "placeholder", "{ }", 5, "write {affected knee}"),
        ("Lift {afected leg}.", "placeholder", "{afected leg}", 5, "did you mean affected?"),
        ("Lift {affected_leg}.", "placeholder", "{affected_leg}", 5, "did you mean affected?"),
        ("Lift {affected,leg}.", "placeholder", "{affected,leg}", 5, "did you mean affected?"),
        ("Lift {affected-leg}.", "placeholder", "{affected-leg}", 5, "write {affected leg}, or {affected}-leg"),
        ("A {affected-sided} ache.", "placeholder", "{affected-sided}", 2, "{affected}-sided"),
        # a hint never turns a side into the other
        ("Lift {unaffected leg}.", "placeholder", "{unaffected leg}", 5, "write {other leg}"),
        ("Lift {non-affected leg}.", "placeholder", "{non-affected leg}", 5, "write {other leg}"),
        ("Lift {Good leg}.", "placeholder", "{Good leg}", 5, "write {other leg}"),
        ("Lift {opposite}.", "placeholder", "{opposite}", 5, "write {other}"),
        ("Lift {uninvolved arm}.", "placeholder", "{uninvolved arm}", 5, "write {other arm}"),
        ("Lift {sound leg/acc}.", "placeholder", "{sound leg/acc}", 5, "write {other leg/acc}"),
        ("Lift {bad leg}.", "placeholder", "{bad leg}", 5, "write {affected leg}"),
        ("Lift {sore big toe}.", "placeholder", "{sore big toe}", 5, "write {affected big toe}"),
        ("Lift {operated leg}.", "placeholder", "{operated leg}", 5, "write {affected leg}"),
        ("Lift {involved leg}.", "placeholder", "{involved leg}", 5, "write {affected leg}"),
        ("Lift {both legs}.", "placeholder", "{both legs}", 5, "write both legs, without braces"),
        ("Lift {unafected leg}.", "placeholder", "{unafected leg}", 5, "write {affected knee}, {other knee}"),
        ("The {outer thigh}.", "placeholder", "{outer thigh}", 4, "write {affected knee}, {other knee}"),
        ("A {literal left hand}.", "placeholder", "{literal left hand}", 2, "write a colon after it: {literal: …}"),
        ("A {literal: }.", "placeholder", "{literal: }", 2, "write {affected knee}"),
        ("Lift {affectedleg}.", "placeholder", "{affectedleg}", 5, "did you mean affected?"),
        ("Lift {others leg}.", "placeholder", "{others leg}", 5, "did you mean other?"),
        ("Lift {Affected leg}.", "placeholder", "{Affected leg}", 5, "write {affected leg}"),
        ("Lift {OTHER leg}.", "placeholder", "{OTHER leg}", 5, "write {other leg}"),
        ("Lift {left leg}.", "placeholder", "{left leg}", 5, "write {affected …} or {other …}"),
        ("Lift {Right leg}.", "placeholder", "{Right leg}", 5, "write {affected …} or {other …}"),
        ("Die {affected: linke} Hand.", "placeholder", "{affected: linke}", 4, "{affected: left form | right form}"),
        ("Die {other: a | b | c}.", "placeholder", "{other: a | b | c}", 4, "{other: left form | right form}"),
        ("Die {other: a | }.", "placeholder", "{other: a | }", 4, "{other: left form | right form}"),
        ("Die {other: | b}.", "placeholder", "{other: | b}", 4, "{other: left form | right form}"),
        ("Die {other:}.", "placeholder", "{other:}", 4, "{other: left form | right form}"),
        ("Die {other linke | rechte}.", "placeholder", "{other linke | rechte}", 4, "{other: left form | right form}"),
        ("Die {other leg: x}.", "placeholder", "{other leg: x}", 4, "write {other noun} or {other: left form"),
        ("Le {affected: a | a}.", "placeholder", "{affected: a | a}", 3, "write two forms that differ"),
        ("Le {affected: La | la}.", "placeholder", "{affected: La | la}", 3, "write two forms that differ"),
        ("Hebe {affected Bein/}.", "placeholder", "{affected Bein/}", 5, "write {affected noun/form}"),
        ("Hebe {affected /dat}.", "placeholder", "{affected /dat}", 5, "write {affected noun/form}"),
    ],
)  # fmt: skip
def test_a_misspelling_is_named_with_its_place_and_a_way_out(
    text: str, code: str, raw: str, offset: int, hint: str
) -> None:
    _, (wrong,) = parse(text)
    assert (wrong.code, wrong.raw, wrong.offset) == (code, raw, offset)
    assert hint in wrong.hint


def test_every_misspelling_of_a_text_is_found() -> None:
    _, wrong = parse("Lift {affected leg, then {left arm} and {afected foot}. }")
    assert [(each.code, each.offset) for each in wrong] == [
        ("brace", 5),
        ("placeholder", 25),
        ("placeholder", 40),
        ("brace", 56),
    ]


def test_a_phrase_that_the_language_lacks_is_reported_for_each_placeholder() -> None:
    parts, _ = parse("Your {affected nose}, your {other leg}, your {other nose/dat}.")
    wording = Wording(parts)
    with pytest.raises(MissingPhrase, match="Test has no side phrase for 'nose'"):
        wording.resolve(Side.LEFT, Composing())
    assert [(phrase.raw, str(missing)) for phrase, missing in wording.missing(Composing())] == [
        ("{affected nose}", "Test has no side phrase for 'nose'"),
        ("{other nose/dat}", "Test has no side phrase for 'nose' in the form 'dat'"),
    ]


NO_BRACES = st.text().filter(lambda text: not set(text) & set("{}"))
NOUNS = st.sampled_from(["leg", "big toe", "Fuß", "колено"])
PLACEHOLDERS = st.one_of(
    st.builds("{{{} {}}}".format, st.sampled_from(["affected", "other"]), NOUNS),
    st.sampled_from(["{affected}", "{other}", "{affected: linke | rechte}", "{other Bein/dat}"]),
)


@given(NO_BRACES)
@settings(deadline=None)
def test_text_without_braces_is_unchanged(text: str) -> None:
    assert resolved(text) == text


def test_what_is_meant_as_it_stands_is_the_same_for_everybody_and_no_side() -> None:
    parts, _ = parse("A helper's {literal: left hand} holds your {affected hand}.")
    wording = Wording(parts)
    for side in Side:
        assert wording.resolve(side, Composing())[1] == Span("left hand", literal=True)
    assert wording.own_words == "A helper's \ufffc holds your \ufffc."
    assert wording.unsided == (
        Span("A helper's "), Span("left hand", literal=True), Span(" holds your "), Span("."),
    )  # fmt: skip


def test_words_for_either_side_name_both() -> None:
    parts, _ = parse("A stretch in your {affected buttock}. {other leg} up.")
    assert plain(Wording(parts).resolve_for_either(ENGLISH)) == (
        "A stretch in your left or right buttock. Left or right leg up."
    )
    spelt, _ = parse("Die {affected: linke | rechte} Hand.")
    assert plain(Wording(spelt).resolve_for_either(ENGLISH)) == "Die linke or rechte Hand."


@given(st.lists(st.one_of(NO_BRACES, PLACEHOLDERS)))
@settings(deadline=None)
def test_no_placeholder_survives(pieces: list[str]) -> None:
    text = resolved("".join(pieces))
    assert "{" not in text
    assert "}" not in text
    for piece in pieces:
        if "{" not in piece:
            assert piece in text


@given(st.text(alphabet="{}{}: |/afectdohrligLEFT ", max_size=60))
@settings(max_examples=examples(300))
def test_arbitrary_text_is_either_read_or_refused(text: str) -> None:
    parts, wrong = parse(text)
    for each in wrong:
        assert text[each.offset :].startswith(each.raw)
        assert each.message
        assert each.hint
    if not wrong:
        # Every brace is accounted for: doubled ones print one, single ones hold a placeholder.
        literal = "".join(part for part in parts if isinstance(part, str))
        phrases = [part for part in parts if isinstance(part, SidePhrase | Literal)]
        braces = literal.count("{") * 2 + sum(phrase.raw.count("{") for phrase in phrases)
        assert text.count("{") == braces
        plain(Wording(parts).resolve(Side.LEFT, Composing()))


@given(st.text())
@settings(deadline=None)
def test_a_tidied_text_has_single_spaces_and_stays_as_it_is(text: str) -> None:
    tidied = tidy(text)
    assert re.search(r"^\s|\s\s|\s$|[^\S ]", tidied) is None
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10\u201115 times", "10-15 times"),
        ("non\u2010stop", "non-stop"),
        ("5\u2032 walk, 10\u2033", "5’ walk, 10”"),
        ("1\u2007000 steps\u202fa\u00a0day", "1 000 steps a day"),
        ("le\u00adft kn\u200bee\ufeff", "left knee"),
    ],
)
def test_what_word_processors_write_is_understood(text: str, meant: str) -> None:
    assert tidy(text) == meant


@pytest.mark.parametrize("char", ["\u202e", "\u200f", "\u2066", "\x07", "\x1b", "\ue000", "\ufdd0", "\ud83e"])
def test_what_cannot_be_seen_is_not_printed(char: str) -> None:
    assert unprintable(f"a{char}b") == char


@pytest.mark.parametrize(
    "text", ["", "Łukasz Ñandú", "½ × 3", "колено", "जाँघ", "a\u200db", "5\u00a0s", "soft\u00adhyphen"]
)
def test_what_can_be_seen_or_only_shapes_letters_is_printed(text: str) -> None:
    assert unprintable(text) == ""
