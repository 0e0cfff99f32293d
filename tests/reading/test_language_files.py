"""Language files: every message with its slots, every phrase for both sides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import LANGUAGES, OWN, ROOT, check, findings, placed, said, write

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.language import Language
from pdfbuilder.reading.library import Library

ENGLISH = (ROOT / "content" / "languages" / "en.yaml").read_text()
GERMAN = (LANGUAGES / "de" / "language.yaml").read_text()
SPANISH = (LANGUAGES / "es" / "language.yaml").read_text()


def changed(text: str, before: str, after: str) -> str:
    assert text.count(before) == 1
    return text.replace(before, after)


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, SPANISH])
def test_a_language_file_is_a_language(tmp_path: Path, text: str) -> None:
    found = check(tmp_path, text, "language.yaml")
    assert isinstance(found, Language)
    assert found.code in ("en", "de", "es")


def test_a_language_file_can_be_checked_by_its_bare_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GERMAN, "de.yaml")
    monkeypatch.chdir(tmp_path)
    assert isinstance(Library().check("de.yaml").value, Language)


PAGE = "page {page} of {pages}"
SECONDS = 'seconds: {one: "{n} second", other: "{n} seconds"}'
THEN = "for your {other side}."


@pytest.mark.parametrize(
    ("before", "after", "message", "hint"),
    [
        (PAGE, "page {page}", "expected the slots {page}, {pages}, got", "put {pages} where it belongs"),
        (PAGE, "page {pag} of {pages}", 'got "{pag}"', "did you mean page or pages?"),
        (PAGE, "page {page} of {count} {pages}", 'got "{count}"', "known slots: {page}, {pages}"),
        (PAGE, "page {page} of {}{pages}", 'got "{}"', "known slots: {page}, {pages}"),
        (PAGE, "page {page!r} of {pages}", "expected slots without : or !", "write {n}"),
        (PAGE, "page {page:>9999999} of {pages}", "expected slots without : or !", "write {n}"),
        (PAGE, "page {page of {pages}", "expected balanced braces", "write {{ and }}"),
        ("name: Name", "name: Name of {who}", "expected no slots", "delete it"),
        (SECONDS, 'seconds: {other: "some seconds"}', "expected the slots {n}", "put {n} where it belongs"),
        (SECONDS, 'seconds: {one: "{n} second"}', "with at least other", "write {one: …, other: …}"),
        (SECONDS, 'seconds: "{n} seconds"', "with at least other", "write {one: …, other: …}"),
        (SECONDS, 'seconds: {single: "{n}", other: "{n}"}', "expected a plural category", "write {one: …"),
        (THEN, "for your {othr side}.", "expected {affected …}, {other …} or {literal: …}, got", "did you mean other?"),
        (THEN, "for the second.", "expected {other …} in it", "name the second side"),
        (THEN, "{other side/dat}.", "English has no side phrase for 'side' in the form 'dat'", "add the phrase"),
        (
            "[1st, 2nd, 3rd, 4th, 5th, 6th, 7th, 8th]",
            "[1st]",
            "nth_time: expected at least 8 entries, got 1",
            "add the others",
        ),
        ("bare: right", "bare: left", "bare: words that differ for left and right", "correct one of them"),
        ("letter: R,", "letter: l,", "letter: words that differ for left and right", "correct one of them"),
        ("tag: RIGHT side", "tag: Left side", "tag: words that differ for left and right", "correct one of them"),
        (
            "tag: LEFT side, word",
            "tag: RIGHT side!, word",
            "tag: the words for left, then those for right",
            "they are swapped, or the same",
        ),
        (
            "word: Right,",
            "word: Left one,",
            "word: the words for left, then those for right",
            "they are swapped, or the same",
        ),
        ("letter: L,", "letter: R!,", "letter: of left, then of right", "they are swapped"),
        (", bare: left, short", ", short", "expected a bare word for each side", "add bare:"),
        ('compose: "{side} {noun}"', 'compose: "{noun}"', "expected the slots {noun}, {side}", "put {side} where"),
        ("code: en\n", "code: EN\n", "expected a code of ISO 639, small", "write it like code: en"),
        ("code: en\n", "code: ../de\n", "expected a code of ISO 639, small", "write it like code: en"),
        ("  GB: {", "  gb: {", 'expected codes of ISO 3166, large, got "gb"', "write it like GB"),
        ("name: English", "nam: English", "the key name is missing", "add name:"),
        ("  notes: Notes\n", "", "messages.notes: the key notes is missing", "add notes:"),
        ("  notes: Notes\n", "  notes: Notes\n  nots: x\n", "unknown key nots", "did you mean notes"),
    ],
)
def test_a_language_file_with_a_fault_is_refused(
    tmp_path: Path, before: str, after: str, message: str, hint: str
) -> None:
    found = said(tmp_path, changed(ENGLISH, before, after), "language.yaml")
    assert message in found
    assert f"hint: {hint}" in found


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("pie: [pie izquierdo]", "expected a phrase for left, one for right, and perhaps one for either"),
        ("pie: [a, b, c, d]", "expected a phrase for left, one for right, and perhaps one for either"),
        ("pie: pie", "expected a phrase for left, one for right, and perhaps one for either"),
        ("pie: [Pie, pie]", "expected phrases that differ"),
        ("pie: [pie izquierdo, pie derecho, pie derecho]", "expected phrases that differ"),
        ("pie: [pie, '']", "expected a text"),
        ("pie: [pie, '{other pie}']", "expected a text in which no side is meant"),
    ],
)
def test_a_phrase_with_a_fault_is_refused(tmp_path: Path, phrase: str, message: str) -> None:
    before = "pie: [pie izquierdo, pie derecho, pie izquierdo o derecho]"
    assert message in said(tmp_path, changed(SPANISH, before, phrase), "language.yaml")


def test_a_phrase_that_the_language_itself_needs_is_missed(tmp_path: Path) -> None:
    before = "  lado: [lado izquierdo, lado derecho, lado izquierdo o derecho]\n"
    assert "Español has no side phrase for 'lado'" in said(tmp_path, changed(SPANISH, before, ""), "language.yaml")


def test_a_phrase_that_is_missing_is_named_with_language_noun_and_form(tmp_path: Path) -> None:
    library = Library()
    german = library.language(str(write(tmp_path, GERMAN, "de.yaml")))
    text = OWN.replace("title", "language: de\nsafety: ./safety.yaml\ntitle").replace(
        "{affected heel}", "{affected Ohr/dat}"
    )
    write(tmp_path, (LANGUAGES / "de" / "safety.yaml").read_text(), "safety.yaml")
    with pytest.raises(InvalidInput) as error:
        library.check(str(write(tmp_path, text)), german)
    assert (
        str(error.value).replace(f"{tmp_path}/", "")
        == """\
routine.yaml:9:21: error[missing-phrase] Deutsch has no side phrase for 'Ohr' in the form 'dat'
    - "Slide your {affected Ohr/dat} down."
                  ^^^^^^^^^^^^^^^^^^
  hint: add the phrase to the language file, or write {affected: left form | right form}"""
    )


def test_a_form_that_english_does_not_have_is_found_by_check(tmp_path: Path) -> None:
    assert placed(tmp_path, OWN.replace("{affected heel}", "{affected heel/dat}")) == ["7:21 missing-phrase"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("code: de", "code: xx"), ("DE: {emergency_number", "ZZ: {emergency_number")],
)
def test_a_language_that_nobody_knows_is_refused(tmp_path: Path, before: str, after: str) -> None:
    (found,) = findings(tmp_path, changed(GERMAN, before, after), "language.yaml")
    assert (found.code, found.field) == ("locale", "regions")
    assert found.message.startswith("there are no dates and plurals for ")


def test_nouns_are_found_however_their_letters_are_put_together(tmp_path: Path) -> None:
    # ß cannot be taken apart, ñ can: n with a combining tilde.
    spanish = changed(SPANISH, "  lado: [", "  mun\u0303eca: [muñeca izquierda, muñeca derecha]\n  lado: [")
    library = Library()
    language = library.language(str(write(tmp_path, spanish, "es.yaml")))
    text = OWN.replace("title", "language: es\nsafety: ./safety.yaml\ntitle").replace(
        "affected heel", "affected mu\u00f1eca"
    )
    write(tmp_path, (LANGUAGES / "es" / "safety.yaml").read_text(), "safety.yaml")
    assert library.check(str(write(tmp_path, text)), language).value


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("dat: [dem linken Fuß, dem rechten Fuß]", "dat: [dem rechten Fuß, dem linken Fuß]", "phrases"),
        ("tag: LINKE Seite", "tag: RECHTE Seite!", "sides"),
        ("{other: links | rechts}", "{other: rechts | links}", ""),
        ("letter: L}", "letter: R!}", "sides"),
    ],
)
def test_a_language_without_bare_words_is_looked_at_too(tmp_path: Path, before: str, after: str, place: str) -> None:
    text = (
        GERMAN.replace(before, after)
        if GERMAN.count(before) == 1
        else GERMAN.replace(f"linke Seite., {before}", f"linke Seite., {after}")
    )
    assert text != GERMAN
    found = findings(tmp_path, text, "language.yaml")
    assert found
    assert found[0].code in ("sides", "phrases", "forms-swapped")
    assert place in found[0].field


@pytest.mark.parametrize("message", ['hold: "hold with your left leg for {time}"', 'tick: "Tick with your R hand."'])
def test_a_message_names_no_side(tmp_path: Path, message: str) -> None:
    """It would be printed for either."""
    english = (ROOT / "content/languages/en.yaml").read_text(encoding="utf-8")
    key = message.partition(":")[0]
    text = re.sub(rf"^  {key}: .*$", f"  {key}: {message.partition(': ')[2]}", english, flags=re.MULTILINE)
    with pytest.raises(InvalidInput) as refused:
        Library().language(str(write(tmp_path, text, "en.yaml")))
    assert [each.code for each in refused.value.diagnostics] == ["literal-side"]
