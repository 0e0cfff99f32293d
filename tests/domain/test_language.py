"""How a language says sides and numbers."""

from __future__ import annotations

import pytest
from samples import LANGUAGES

from pdfbuilder.diagnostics import Location
from pdfbuilder.domain.figures import Amount
from pdfbuilder.domain.language import Help, Language, Plural
from pdfbuilder.domain.side import AffectedSide, Side
from pdfbuilder.domain.wording import MissingPhrase, SidePhrase, Wording, parse
from pdfbuilder.reading.library import Library

#: A space that does not break: a number and its noun stay together.
NBSP = "\u00a0"


def english(tag: str = "en") -> Language:
    return Library().language(tag)


def of_file(code: str) -> Language:
    return Library().language(str(LANGUAGES / code / "language.yaml"))


@pytest.mark.parametrize("noun", ["leg", "big toe", "side", "anything at all"])
def test_english_composes_any_noun(noun: str) -> None:
    assert english().side_phrase(Side.LEFT, noun, "") == f"left {noun}"
    assert english().side_phrase(Side.RIGHT, noun, "") == f"right {noun}"


def test_english_has_the_bare_words() -> None:
    assert english().side_phrase(Side.LEFT, "", "") == "left"
    assert english().side_phrase(Side.RIGHT, "", "") == "right"


def test_english_has_no_forms() -> None:
    with pytest.raises(MissingPhrase) as missing:
        english().side_phrase(Side.LEFT, "leg", "dat")
    assert str(missing.value) == "English has no side phrase for 'leg' in the form 'dat'"


@pytest.mark.parametrize(
    ("noun", "left", "right"),
    [
        ("pierna", "pierna izquierda", "pierna derecha"),  # feminine
        ("pie", "pie izquierdo", "pie derecho"),  # masculine
        ("", "izquierda", "derecha"),
    ],
)
def test_spanish_agrees_with_the_gender_of_the_noun(noun: str, left: str, right: str) -> None:
    spanish = of_file("es")
    assert spanish.side_phrase(Side.LEFT, noun, "") == left
    assert spanish.side_phrase(Side.RIGHT, noun, "") == right


@pytest.mark.parametrize(
    ("noun", "form", "left", "right"),
    [
        ("Bein", "acc", "das linke Bein", "das rechte Bein"),
        ("Bein", "dat", "dem linken Bein", "dem rechten Bein"),
        ("Fuß", "acc", "den linken Fuß", "den rechten Fuß"),
        ("Fuß", "dat", "dem linken Fuß", "dem rechten Fuß"),
    ],
)
def test_german_agrees_with_gender_and_case(noun: str, form: str, left: str, right: str) -> None:
    german = of_file("de")
    assert german.side_phrase(Side.LEFT, noun, form) == left
    assert german.side_phrase(Side.RIGHT, noun, form) == right


@pytest.mark.parametrize(
    ("code", "text", "message", "hint"),
    [
        ("es", "la {affected oreja}", "Español has no side phrase for 'oreja'", "add the phrase to the language file"),
        ("de", "{other Ohr/dat}", "Deutsch has no side phrase for 'Ohr' in the form 'dat'", "add the phrase"),
        ("de", "{other Bein}", "Deutsch has no side phrase for 'Bein'", "the language file has Bein/acc, Bein/dat"),
        ("de", "{other Bein/gen}", "Deutsch has no side phrase for 'Bein' in the form 'gen'", "has Bein/acc, Bein/dat"),
        ("de", "nach {other}", "Deutsch has no side phrase for the bare side word", "add the phrase"),
    ],
)
def test_what_a_language_cannot_say_is_named_with_language_noun_and_form(
    code: str, text: str, message: str, hint: str
) -> None:
    wording = Wording(parse(text)[0], Location("plan.yaml", 2, 1, len(text), text))
    (found,) = of_file(code).lacking(wording)
    assert found.message == message
    assert hint in found.hint
    assert found.location.column == text.index("{") + 1


def test_sides_have_a_tag_a_word_and_a_letter() -> None:
    words = english().words_for(Side.LEFT)
    assert (words.tag, words.word, words.letter, words.bare) == ("LEFT side", "Left", "L", "left")
    assert english().words_for(AffectedSide.RIGHT).tag == "RIGHT side"
    assert english().words_for(AffectedSide.BOTH).tag == "BOTH sides"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(5, 5, "5"), (3, 4, "3 or 4"), (3, 5, "3 to 5"), (20, 30, "20 to 30")],
)
def test_an_amount_in_words(low: int, high: int, words: str) -> None:
    assert english().amount(Amount(low, high)) == words.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "just one"),  # an exact form comes before a category
        (2, f"2{NBSP}boxes"),
        (21, f"21{NBSP}boxes"),
        (Amount(1, 2), f"1{NBSP}or{NBSP}2{NBSP}boxes"),  # a range by its upper end, and never by an exact form
    ],
)
def test_a_plural_follows_the_number(count: int | Amount, words: str) -> None:
    message = Plural({"=1": "just one", "one": "{n} box", "other": "{n} boxes"})
    assert english().plural(message, count) == words


def test_plural_categories_are_those_of_the_language() -> None:
    message = Plural({"one": "{n} one", "few": "{n} few", "many": "{n} many", "other": "{n} other"})
    polish = Language("pl", "PL", ("PL",), "polski", {}, "", {}, Help("112", "", "", ""), english().messages)
    # CLDR: 1 one; 2-4, 22-24 few; 0, 5-21, 25 many
    said = [polish.plural(message, count).replace(NBSP, " ") for count in (1, 2, 4, 5, 12, 22, 25)]
    assert said == ["1 one", "2 few", "4 few", "5 many", "12 many", "22 few", "25 many"]


def test_a_category_that_a_language_file_leaves_out_is_other() -> None:
    assert english().plural(Plural({"other": "{n} boxes"}), 1) == f"1{NBSP}boxes"


@pytest.mark.parametrize(
    ("tag", "emergency", "place", "urgent", "doctor"),
    [
        ("en", "999", "A&E", "111", "GP"),
        ("en-US", "911", "the ER", "", "doctor"),
        ("en-IE", "112", "A&E", "", "GP"),
        ("en-AU", "000", "hospital", "1800 022 222", "GP"),
        ("en-NZ", "111", "hospital", "0800 611 116", "GP"),
        ("en-CA", "911", "the ER", "811", "doctor"),
    ],
)
def test_a_region_decides_whom_to_call(tag: str, emergency: str, place: str, urgent: str, doctor: str) -> None:
    assert english(tag).help == Help(emergency, place, urgent, doctor)


def test_a_table_of_phrases_lists_the_form_for_either_side() -> None:
    def phrase(text: str) -> SidePhrase:
        (found,) = Wording(parse(text)[0]).phrases
        return found

    assert of_file("es").either_phrase(phrase("{affected rodilla}")) == "rodilla izquierda o derecha"
    # where it does not, the two whole phrases stand side by side
    assert of_file("de").either_phrase(phrase("{affected Bein/acc}")) == "das linke Bein oder das rechte Bein"
    assert english().either_phrase(phrase("{other big toe}")) == "left or right big toe"


def test_a_tag_is_found_however_it_is_written() -> None:
    assert english("EN").tag == "en-GB"
    assert english("en-us").tag == "en-US"
