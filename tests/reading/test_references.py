"""Files that name other files, and names that lead nowhere."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from readback import text_of
from samples import EXERCISES, LANGUAGES, OWN, ROOT, ROUTINES, TEMPLATES, placed, said, write

from pdfbuilder import build
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.side import Side
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library

HEEL_SLIDE = """\
name: Heel slide
side: affected
reps: 10
instructions: ["Slide your {affected heel} down."]
"""
SAFETY = """\
emergency: [a]
today: [b]
soon: [c]
advice: gently
sources: [{title: x}]
"""
ABOUT = "title: About\nparagraphs: [A word.]\n"


def refused(name: str, kind: str = "routine") -> str:
    with pytest.raises(InvalidInput) as error:
        getattr(Library(), kind)(name)
    return str(error.value)


def test_a_language_file_of_one_order_is_not_what_another_means_by_its_code() -> None:
    library = Library()
    with pytest.raises(InvalidInput):
        library.language("es")
    assert library.language(str(LANGUAGES / "es" / "language.yaml")).code == "es"
    with pytest.raises(InvalidInput):
        library.language("es")


# --------------------------------------------------------------------------- names


ALL_ROUTINES = ", ".join(ROUTINES)


@pytest.mark.parametrize(
    ("kind", "name", "found", "hint"),
    [
        ("routine", "sciatica-startr", "routine: error[unknown-routine] there is no routine 'sciatica-startr'",
         "did you mean sciatica-starter or sciatica-complete?"),
        ("routine", "BACK_MOBILITY", "routine: error[unknown-routine] there is no routine 'BACK_MOBILITY'",
         "did you mean back-mobility?"),
        ("routine", "xyz", "routine: error[unknown-routine] there is no routine 'xyz'", f"known: {ALL_ROUTINES}"),
        ("routine", "knee-to-chest", "routine: error[unknown-routine] there is no routine 'knee-to-chest'",
         "that is the name of an exercise"),
        ("routine", "..", "routine: error[unknown-routine] there is no routine '..'",
         "that is a folder: name one file inside it"),
        ("template", "fridg", "template: error[unknown-template] there is no template 'fridg'",
         "did you mean fridge?"),
        ("template", "large_print", "template: error[unknown-template] there is no template 'large_print'",
         "did you mean large-print?"),
        ("language", "eng", "language: error[unknown-language] there is no language 'eng'", "did you mean en?"),
        ("language", "de", "language: error[unknown-language] there is no language 'de'",
         "known: en; one of your own is named by its path"),
        ("language", "en-FR", "language: error[unknown-region] English has no region FR",
         "it has GB, US, IE, AU, NZ, CA"),
    ],
)  # fmt: skip
def test_a_name_that_nothing_has_is_refused_with_the_nearest(kind: str, name: str, found: str, hint: str) -> None:
    assert refused(name, kind) == f"{found}\n  hint: {hint}"


@pytest.mark.parametrize("name", ["", " ", ".", "a" * 5000, "a\0b", "a\nb", "\u202e", "*", "sciatica-starter.txt"])
def test_whatever_a_name_is_there_is_a_word_about_it(name: str) -> None:
    assert "error[unknown-routine] there is no routine '" in refused(name)


def test_a_file_of_that_name_beside_us_is_offered(tmp_path: Path) -> None:
    write(tmp_path, OWN, "mine.yaml")
    with contextlib.chdir(tmp_path):
        assert refused("mine").endswith("hint: there is a file of that name: write ./mine.yaml")


def test_shipped_content_is_found_by_its_id() -> None:
    library = Library()
    assert tuple(library.ids(Kind.EXERCISE)) == EXERCISES
    assert tuple(library.ids(Kind.ROUTINE)) == ROUTINES
    assert tuple(library.ids(Kind.TEMPLATE)) == TEMPLATES
    assert library.ids(Kind.LANGUAGE) == ["en"]


# --------------------------------------------------------------------------- files that name files


def test_a_routine_names_files_from_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, HEEL_SLIDE, "moves/heel-slide.yaml")
    write(tmp_path, SAFETY, "texts/safety.yaml")
    write(tmp_path, ABOUT, "texts/about.yaml")
    path = write(
        tmp_path,
        "title: A\nsafety: ../texts/safety.yaml\nabout: ../texts/about.yaml\n"
        "exercises:\n  - ../moves/heel-slide.yaml\n  - exercise: ../moves/heel-slide.yaml\n    reps: 5\n",
        "plans/routine.yaml",
    )
    routine = Library().routine(str(path)).value
    assert [entry.exercise.id for entry in routine.entries] == ["heel-slide", "heel-slide"]
    assert [entry.exercise.dose.reps.high for entry in routine.entries] == [10, 5]
    assert routine.safety
    assert routine.safety.advice == "gently"
    assert routine.about
    assert routine.about.title == "About"


def test_what_is_wrong_inside_a_file_is_reported_in_that_file(tmp_path: Path) -> None:
    write(tmp_path, HEEL_SLIDE.replace("reps: 10", "rep: 10"), "heel-slide.yaml")
    write(tmp_path, SAFETY.replace("[a]", "[]"), "safety.yaml")
    text = "title: A\nsafety: ./safety.yaml\nexercises:\n  - ./heel-slide.yaml\n  - pelvic-tlt\n"
    assert (
        said(tmp_path, text)
        == """\
safety.yaml:1:1: error[too-few] emergency: expected at least one entry, got an empty list
    emergency: []
    ^^^^^^^^^
  hint: add one, or delete the key
heel-slide.yaml:1:1: error[missing-key] reps: the key reps is missing
    name: Heel slide
    ^^^^
  hint: add reps: 10, duration: 5 min or distance: 20 m; for what is learnt and not counted, tick: none
heel-slide.yaml:3:1: error[unknown-key] rep: unknown key rep
    rep: 10
    ^^^
  hint: did you mean reps?
routine.yaml:5:5: error[unknown-exercise] exercises[1]: there is no exercise 'pelvic-tlt'
    - pelvic-tlt
      ^^^^^^^^^^
  hint: did you mean pelvic-tilt?"""
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "error[missing-file] exercises[0]: x.yaml: there is no such file"),
        (lambda path: path.mkdir(), "error[directory] exercises[0]: x.yaml: expected a file, got a folder"),
        (
            lambda path: path.write_bytes("name: A".encode("utf-16")),
            "error[encoding] exercises[0]: x.yaml: expected UTF-8, got UTF-16",
        ),
    ],
)
def test_a_file_that_cannot_be_had_is_reported_where_it_is_named(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / "x.yaml")
    found = said(tmp_path, "title: A\nexercises:\n  - ./x.yaml\n")
    assert found.startswith(f"routine.yaml:3:5: {message}\n    - ./x.yaml\n      ^^^^^^^^\n")


def test_a_file_of_another_kind_is_one_error_not_one_for_each_key(tmp_path: Path) -> None:
    write(tmp_path, OWN, "other.yaml")
    assert (
        said(tmp_path, "title: A\nexercises: [./other.yaml]\n")
        == """\
other.yaml:1:1: error[kind] expected an exercise, got a routine
    title: My plan
    ^^^^^
  hint: an exercise has instructions:"""
    )
    path = write(tmp_path, HEEL_SLIDE, "heel-slide.yaml")
    assert "error[kind] expected a routine, got an exercise\n" in refused(str(path))
    assert "error[kind] expected a template, got an exercise\n" in refused(str(path), "template")
    assert "error[kind] expected a language, got an exercise\n" in refused(str(path), "language")


def test_the_same_wrong_file_twice_is_reported_once(tmp_path: Path) -> None:
    write(tmp_path, HEEL_SLIDE.replace("affected", "left", 1), "x.yaml")
    assert placed(tmp_path, "title: A\nexercises: [./x.yaml, ./x.yaml]\n") == ["2:7 choice side"]


def test_a_routine_cannot_be_its_own_exercise(tmp_path: Path) -> None:
    found = said(tmp_path, OWN + "  - ./routine.yaml\n")
    assert "error[kind] expected an exercise, got a routine\n" in found


# --------------------------------------------------------------------------- languages by path


def test_a_users_language_answers_to_its_code_once_it_was_named() -> None:
    routine = str(LANGUAGES / "es" / "routine.yaml")
    assert "error[unknown-language] language: there is no language 'es'" in refused(routine)
    library = Library()
    library.language(str(LANGUAGES / "es" / "language.yaml"))
    assert library.routine(routine).value.language == "es"


def test_a_users_own_english_stands_beside_the_shipped_one(tmp_path: Path) -> None:
    shipped = (ROOT / "content" / "languages" / "en.yaml").read_text()
    own = write(tmp_path, shipped.replace("tag: LEFT side", "tag: Your LEFT"), "english.yaml")
    # Whichever is read first.
    for names in ([str(own), "en"], ["en", str(own)]):
        library = Library()
        tags = {name: library.language(name).words_for(Side.LEFT).tag for name in names}
        assert tags == {str(own): "Your LEFT", "en": "LEFT side"}


# --------------------------------------------------------------------------- another language


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What ships, and a routine and its warning signs in German under ids that English has, too."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    shutil.copy(LANGUAGES / "de" / "language.yaml", content / "languages" / "de.yaml")
    for kind in ("routines", "exercises", "safety"):
        (content / "de" / kind).mkdir(parents=True)
    shutil.copy(LANGUAGES / "de" / "safety.yaml", content / "de" / "safety" / "general.yaml")
    routine = (LANGUAGES / "de" / "routine.yaml").read_text(encoding="utf-8").replace("safety: ./safety.yaml\n", "")
    write(content / "de" / "routines", routine, "back-mobility.yaml")
    monkeypatch.setattr("pdfbuilder.assets.shipped", lambda folder: tmp_path / folder)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return content


def test_a_language_brings_its_own_content_under_the_same_ids(german: Path) -> None:
    """A further language is content alone: the same order in another language is another sheet."""
    assert "Your" in " ".join(text_of(build("back-mobility", "left")))
    found = " ".join(text_of(build("back-mobility", "left", language="de")))
    assert "Übungen für Zuhause" in found
    assert "Schmerz in beiden Beinen" in found  # the warning signs that are true of every plan, in German


def test_what_a_language_does_not_have_is_not_taken_from_another(german: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        build("sciatica-starter", "left", language="de")
    assert str(refused.value) == (
        "routine: error[unknown-routine] there is no routine 'sciatica-starter' in 'de'\n"
        "  hint: there is one in 'en': ask for the sheet in it, or translate it and name the file"
    )
    plan = write(tmp_path, "title: Ein Plan\nlanguage: de\nexercises: [pelvic-tilt]\n")
    with pytest.raises(InvalidInput, match="there is no exercise 'pelvic-tilt' in 'de'"):
        build(str(plan), "left", language="de")


def test_a_routine_opens_its_own_exercises_and_no_others() -> None:
    library = Library()
    library.routine("stiff-neck")
    read = {Path(each).stem for each in library.files if Path(each).parent.name in ("exercises", "routines", "safety")}
    assert read == {"stiff-neck", "shoulder-roll", "neck-turn", "neck-side-bend", "chin-tuck", "neck"}


def test_a_list_opens_no_pictures_and_of_routines_no_exercises() -> None:
    library = Library()
    for id_ in library.ids(Kind.ROUTINE):
        library.brief(Kind.ROUTINE, id_)
    assert {Path(each).parent.name for each in library.files} == {"routines"}
    for id_ in library.ids(Kind.EXERCISE):
        library.brief(Kind.EXERCISE, id_)
    assert {Path(each).parent.name for each in library.files} == {"routines", "exercises"}


def test_a_list_names_an_exercise_that_could_not_be_used(tmp_path: Path) -> None:
    write(tmp_path, "name: [Not, one, text]\nside: sideways\nregion: tail\ninstructions: 5\n", "en/exercises/odd.yaml")
    found = Library(tmp_path).brief(Kind.EXERCISE, "odd")
    assert (found.line, found.regions, found.equipment) == ("Not one text (sideways)", ("tail",), ())


@pytest.mark.parametrize(
    ("regions", "safety", "missed"),
    [
        ("knee", "general", ["knee"]),
        ("[knee, balance]", "general", ["knee"]),
        # signs for one of them will do
        ("[knee, balance]", "balance", []),
        ("[hip, knee]", "general", []),
        ("[ankle, knee]", "[general, knee]", []),
        ("[ankle, knee]", "neck", ["ankle"]),
    ],
)
def test_warning_signs_fit_one_of_the_regions_of_each_exercise(
    tmp_path: Path, regions: str, safety: str, missed: list[str]
) -> None:
    plan = f"safety: {safety}\n{OWN}    region: {regions}\n"
    library = Library()
    found = library.unfitting_safety(library.routine(str(write(tmp_path, plan))).value)
    assert [re.findall(r"exercises for the (\w+)", each.message) for each in found] == [[each] for each in missed]
