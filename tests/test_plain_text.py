"""A handout as plain text."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from golden_text import CASES, GOLDEN, path_of, text_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import LANGUAGES, OWN, ROUTINES, examples, names, write

from pdfbuilder.order import Order
from pdfbuilder.pipeline import Renderer
from pdfbuilder.plain_text import plain_text
from pdfbuilder.side import AffectedSide

RENDERER = Renderer()
NUMBERS = count()


def shown(routine: str | Path, side: str = "left", language: str = "en", name: str = "") -> str:
    order = Order(str(routine), AffectedSide.parse(side), name=name, language=language)
    return plain_text(RENDERER.compose(order).copy.handout)


def card(folder: Path, entry: str, side: str = "left") -> str:
    """The card of an entry, from its number to its last box."""
    path = write(folder, f"title: A\nexercises:\n  - {entry}\n", f"{next(NUMBERS)}.yaml")
    return shown(path, side).split("\n\n1  ")[1].split("\n\n")[0]


@pytest.mark.parametrize(("routine", "side"), CASES)
def test_a_shipped_routine_says_what_was_reviewed(routine: str, side: str) -> None:
    # If a change is meant: python tests/golden_text.py, and read the diff.
    assert text_of(routine, side) == path_of(routine, side).read_text(encoding="utf-8")


def test_there_is_a_reviewed_text_for_every_routine_and_side_and_no_other() -> None:
    assert names(GOLDEN) == sorted(path_of(*case).name for case in CASES)


@pytest.mark.parametrize("routine", ROUTINES)
def test_swapping_left_and_right_in_a_reviewed_text_gives_the_other(routine: str) -> None:
    swap = {"left": "right", "right": "left", "Left": "Right", "Right": "Left", "LEFT": "RIGHT", "RIGHT": "LEFT"}
    pattern = re.compile(rf"\b({'|'.join(swap)})\b")
    turned, right = (path_of(routine, side).read_text(encoding="utf-8") for side in ("left", "right"))
    turned = pattern.sub(lambda found: swap[found.group()], turned)
    # The other word may be longer: lines break elsewhere, rules are shorter, and gaps line up.
    assert re.sub(r"[-=]{4,}|\s+", " ", turned) == re.sub(r"[-=]{4,}|\s+", " ", right)


def test_a_sheet_as_text() -> None:
    # 30 + 10 × 4 = 70 s; twice 30 + 2 × 3 × (4 + 30) = 234 s; 30 + 2 × 5 × (4 + 5) = 120 s: 658 s, 10 min 58 s
    assert (
        shown("back-mobility", "right", name="Ann Smith").split("\n\n2  ")[0]
        == """\
Your back exercises
===================
RIGHT side
Ann Smith · about 11 minutes a day

Call 999 now if you have
  - pain, tingling or numbness down both legs
  - weakness or numbness in both legs that is bad or getting worse
  - numbness around or under your genitals or back passage
  - trouble starting to pee, or you cannot pee or cannot hold it, when that is
    not normal for you
  - no feeling that you need to poo, or you cannot hold it, when that is not
    normal for you

See a doctor soon if
  - your foot drops, or your leg gets weaker
  - you have a fever or feel unwell
  - you have had cancer
  - you lose weight and do not know why
  - it began with a bad accident
  - it is no better after a few weeks, or it gets worse

Start gently. Stop if the pain gets worse. Ask a health professional before
you start.
Tick one box each time.
Compared with: NHS 111 Wales, Sciatica, 21 November 2026.

1  Pelvic tilt  [Both sides together]
-------------------------------------
Do it 10 times, once a day.
  Picture: Two pictures: lying on the back with bent knees, first with the
  lower back arched, then with the lower back pressed flat to the floor.
  1. Lie on your back. Bend your knees. Keep your feet flat.
  2. Arch your lower back gently.
  3. Press your lower back flat to the floor.
  You should feel: your belly and your lower back working.
  Stop if: your back hurts more than before.
  Mon Tue Wed Thu Fri Sat Sun
  [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ]"""
    )


@pytest.mark.parametrize(
    ("entry", "side", "boxes"),
    [
        (
            "{exercise: knee-to-chest, reps: 2-3, sets: 2, days: [mon, fri]}", "right",
            ["Mon Fri", "Right  Set 1  [ ][ ]( )", "Right  Set 2  [ ][ ]( )", "Left  Set 1  [ ][ ]( )",
             "Left  Set 2  [ ][ ]( )"],
        ),
        # the side to begin with comes first, also where on paper left stands left
        ("knee-to-chest", "right", ["Right  [ ][ ][ ]", "Left  [ ][ ][ ]"]),
        # where sides take turns, so do the boxes
        (
            "{exercise: bird-dog, reps: 2-3, sets: 2}", "right",
            ["Set 1  Right [ ]  Left [ ]", "       Right [ ]  Left [ ]", "       Right ( )  Left ( )",
             "Set 2  Right [ ]  Left [ ]", "       Right [ ]  Left [ ]", "       Right ( )  Left ( )"],
        ),
        ("{exercise: bird-dog, reps: 2}", "left", ["Left [ ]  Right [ ]", "Left [ ]  Right [ ]"]),
        (
            "{exercise: pelvic-tilt, reps: 3, times_per_day: 2}", "left",
            ["1st time", "[ ][ ][ ]", "2nd time", "[ ][ ][ ]"],
        ),
        ("{exercise: pelvic-tilt, reps: 2, optional: true}", "left", ["( )( )"]),
        # groups of five, four groups to a line; 23 = 20 + 3
        (
            "{exercise: knee-to-chest, reps: 23}", "left",
            ["Left  [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ]", "      [ ][ ][ ]",
             "Right  [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ]", "       [ ][ ][ ]"],
        ),
    ],
)  # fmt: skip
def test_boxes_stand_by_side_set_and_time(tmp_path: Path, entry: str, side: str, boxes: list[str]) -> None:
    assert card(tmp_path, entry, side).endswith("".join(f"\n  {line}" for line in boxes))


def test_side_words_are_marked_where_the_sheet_has_them_bold(tmp_path: Path) -> None:
    found = card(tmp_path, "{exercise: knee-to-chest, note: 'Mind your {affected hip}.'}")
    assert "  2. Hold your *left knee* with both hands." in found
    assert "\n  For you: Mind your *left hip*.\n" in found


def test_without_the_safety_block_it_still_says_how_to_tick() -> None:
    order = Order("back-mobility", AffectedSide.LEFT, safety=False)
    found = plain_text(RENDERER.compose(order).copy.handout)
    assert "999" not in found
    assert found.split("\n\n")[1] == "Tick one box each time."


def test_it_speaks_the_language_of_the_sheet() -> None:
    found = shown(LANGUAGES / "es" / "routine.yaml", "right", str(LANGUAGES / "es" / "language.yaml"))
    assert (
        found.split("\n\n")[4]
        == """\
1  Rodilla al pecho  [Derecha luego Izquierda]
----------------------------------------------
Mantenga 20 a 30 segundos. Hágalo 3 o 4 veces con cada lado, una vez al día.
  1. Túmbese boca arriba. Doble la *pierna derecha*.
  2. Apoye el *pie izquierdo* en el suelo.
  3. Lleve la *rodilla derecha* al pecho y mire hacia la *izquierda*.
  4. Luego haga lo mismo con el *lado izquierdo*.
  lun mar mié jue vie sáb dom
  Derecha  [ ][ ][ ]( )
  Izquierda  [ ][ ][ ]( )"""
    )


LONG_TEXT = st.text("ab -.é漢", min_size=1, max_size=110).filter(lambda text: text.strip(" -."))


@given(LONG_TEXT, LONG_TEXT, st.integers(1, 100), st.integers(1, 10))
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_line_is_longer_than_78_characters(tmp_path: Path, title: str, name: str, reps: int, sets: int) -> None:
    text = OWN.replace("My plan", f'"{title}"').replace("Heel slide", f'"{name}"')
    text = text.replace("reps: 10", f"reps: {reps}\n    sets: {sets}")
    for line in shown(write(tmp_path, text, f"{next(NUMBERS)}.yaml"), name=name.strip()).split("\n"):
        assert len(line) <= 78, line
