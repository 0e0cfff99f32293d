"""What an exercise needs, what speaks against it, and a film of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import OWN, check, placed, run, said, write

from pdfbuilder.domain.routine import Routine
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.needs import NeedsLine
from pdfbuilder.pipeline import Renderer
from pdfbuilder.reading.orders import order_in_words

FILM = "https://clinic.example/films/heel-slide"
WITH_ALL = OWN + (
    "    equipment: [a towel, a chair]\n"
    '    avoid_if: ["your {affected knee} is swollen.", you feel dizzy.]\n'
    f"    video: {FILM}\n"
    "  - exercise: pelvic-tilt\n"
    "    equipment: a towel\n"
)


def test_all_of_it_is_said(tmp_path: Path) -> None:
    write(tmp_path, WITH_ALL, "plan.yaml")
    shown = run("show", "plan.yaml", "-s", "left", "--no-safety", folder=tmp_path).text
    for line in (
        "You need: a towel · a chair\n",
        "Do it 10 times, once a day. You need: a towel and a chair.\n",
        "  ! Leave this out if your *left knee* is swollen.\n",
        "  ! Leave this out if you feel dizzy.\n",
        f"  Film: {FILM}\n",
    ):
        assert line in shown


def test_a_thing_that_several_need_is_said_once_for_the_sheet(tmp_path: Path) -> None:
    handout = Renderer().compose(order_in_words(str(write(tmp_path, WITH_ALL)), "left")).copy.handout
    needs = handout.find(NeedsLine)
    assert needs
    assert needs.things == ("a towel", "a chair")


def test_what_speaks_against_an_exercise_for_each_side_holds_for_either(tmp_path: Path) -> None:
    path = str(write(tmp_path, WITH_ALL.replace("side: affected", "side: each")))
    card = Renderer().compose(order_in_words(path, "left")).copy.handout.cards[0]
    assert plain(card.avoid_if[0].text) == "your left or right knee is swollen."


def test_without_codes_films_keep_their_address(tmp_path: Path) -> None:
    for qr in (True, False):
        order = order_in_words(str(write(tmp_path, WITH_ALL)), "left", qr=qr)
        video = Renderer().compose(order).copy.handout.cards[0].video
        assert video
        assert (video.address, video.has_code) == (FILM, qr)
    assert run("build", "routine.yaml", "-s", "left", "--no-qr", folder=tmp_path).code == 0


def test_an_entry_may_say_it_of_a_shipped_exercise(tmp_path: Path) -> None:
    found = check(
        tmp_path, f"title: x\nexercises:\n  - exercise: pelvic-tilt\n    video: {FILM}\n    avoid_if: you are dizzy.\n"
    )
    assert isinstance(found, Routine)
    assert found.entries[0].exercise.video == FILM
    assert len(found.entries[0].exercise.avoid_if) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://clinic.example/a", "clinic.example", "https://", "https://a b.example", "ftp://clinic.example/a", "5",
        "javascript:alert(1)", "https://user@clinic.example/", '"https://clinic.example/a\\nb"', "https://klinik.ö/",
    ],
)  # fmt: skip
def test_a_film_has_one_https_address(tmp_path: Path, address: str) -> None:
    assert placed(tmp_path, OWN + f"    video: {address}\n")[0].startswith("8:")
    assert "error[video]" in said(tmp_path, OWN + f"    video: {address}\n")


def test_an_address_that_is_too_long_for_its_code_is_refused(tmp_path: Path) -> None:
    longest = "https://clinic.example/" + "a" * (106 - 23)
    assert len(longest) == 106
    assert placed(tmp_path, OWN + f"    video: {longest}\n") == []
    assert said(tmp_path, OWN + f"    video: {longest}a\n").splitlines()[0] == (
        "routine.yaml:8:12: error[video] exercises[0].video: "
        'expected an address of at most 106 characters, which its code can hold, got "107"'
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("equipment: [your left shoe]", "8:22 literal-side exercises[0].equipment[0]"),
        ("equipment: []", "8:5 too-few exercises[0].equipment"),
        ("avoid_if: your right knee hurts.", "8:20 literal-side exercises[0].avoid_if"),
        (f"avoid_if: [{', '.join(['a'] * 9)}]", "8:5 too-many exercises[0].avoid_if"),
    ],
)
def test_what_is_wrong_with_it_is_said_where_it_stands(tmp_path: Path, line: str, expected: str) -> None:
    found = placed(tmp_path, OWN + f"    {line}\n")
    assert [each.split()[:2] for each in found] == [expected.split()[:2]]


def test_nothing_names_a_side_where_both_are_done_at_once(tmp_path: Path) -> None:
    text = OWN.replace("affected\n", "bilateral\n").replace("your {affected heel}", "both heels")
    assert placed(tmp_path, text + '    avoid_if: "your {affected knee} hurts."\n') == [
        "8:21 side-in-bilateral exercises[0].avoid_if[0]"
    ]
