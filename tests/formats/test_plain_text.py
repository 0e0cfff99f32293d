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

from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.formats.text import plain_text
from pdfbuilder.pipeline import Renderer

RENDERER = Renderer()
NUMBERS = count()


def shown(routine: str | Path, side: str = "left", language: str = "en", name: str = "") -> str:
    order = Order(str(routine), AffectedSide.parse(side), person=Person(name), language=language)
    return plain_text(RENDERER.compose(order).copy.handout)


def card(folder: Path, entry: str, side: str = "left") -> str:
    """The card of an entry, from its number to its last box."""
    path = write(folder, f"title: A\nexercises:\n  - {entry}\n", f"{next(NUMBERS)}.yaml")
    return shown(path, side).split("\n\n1  ")[1].split("\n\n")[0]


@pytest.mark.slow
@pytest.mark.parametrize(("routine", "side"), CASES)
def test_a_shipped_routine_says_what_was_reviewed(routine: str, side: str) -> None:
    # If a change is meant: python tests/golden_text.py, and read the diff.
    assert text_of(routine, side) == path_of(routine, side).read_text(encoding="utf-8")


def test_there_is_a_reviewed_text_for_every_routine_and_side_and_no_other() -> None:
    assert names(GOLDEN) == sorted(path_of(*case).name for case in CASES)


@pytest.mark.parametrize("routine", [each for each in ROUTINES if each != "steady-on-your-feet"])
def test_swapping_left_and_right_in_a_reviewed_text_gives_the_other(routine: str) -> None:
    swap = {"left": "right", "right": "left", "Left": "Right", "Right": "Left", "LEFT": "RIGHT", "RIGHT": "LEFT"}
    # for whichever side it is the turn of, it is the same on both
    swap["left or right"] = "left or right"
    pattern = re.compile(rf"\b({'|'.join(reversed(swap))})\b")
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

Call 999 or go to A&E now, for
  - pain or tingling down both legs, new or worse
  - both legs weak or numb, or walking gets harder
  - numb genitals or bottom, or sex feels different
  - trouble starting, stopping or feeling pee or poo
  - pain after a bad fall or crash, or in the chest

Call 111 today, if
  - your foot drops, or your leg gets weaker
  - you feel ill or feverish, or your immunity is low
  - nights are much worse, or your back changes shape
  - you take steroids or have thin bones, and you fell
  - one calf swells, turns hot or is sore to touch

Ask your GP soon, if
  - it is no better after a few weeks
  - it gets worse, or stops your daily life
  - you have had cancer
  - you lose weight and do not know why
  - it is new and you are under 20 or over 50

Ask a therapist or doctor first. Start gently. If pain, tingling or numbness
grows, stop and ask.
Tick one box each time.

1  Pelvic tilt  [Both sides together]
-------------------------------------
Do it 10 times, once a day.
  Picture: Two pictures: lying on the back with bent knees, first with the
  lower back arched, then with the lower back pressed flat to the floor.
  1. Lie on your back, knees bent and feet flat. A firm bed will do.
  2. Arch your lower back gently. Your bottom stays down.
  3. Breathe out and press your lower back flat.
  4. Relax. Start again.
  You should feel: your belly and your lower back working.
  Stop if: your back hurts more, or pain, tingling or numbness runs down a
  leg. Rest. Ask if it lasts a day.
  Mon Tue Wed Thu Fri Sat Sun
  [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ]"""
    )


@pytest.mark.parametrize(
    ("entry", "side", "boxes"),
    [
        (
            "{exercise: crossed-standing-bend, reps: 2-3, sets: 2, days: [mon, fri]}", "right",
            ["Mon Fri", "Right  Set 1  [ ][ ]( )", "Right  Set 2  [ ][ ]( )", "Left  Set 1  [ ][ ]( )",
             "Left  Set 2  [ ][ ]( )"],
        ),
        # the side to begin with comes first, also where on paper left stands left
        ("crossed-standing-bend", "right", ["Right  [ ][ ][ ]", "Left  [ ][ ][ ]"]),
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
        # past twenty a day a box is a set, of which there is one on each side
        ("{exercise: crossed-standing-bend, reps: 23}", "left", ["Left  [ ]", "Right  [ ]"]),
        # groups of five, four groups to a line; 23 = 20 + 3
        (
            "{exercise: crossed-standing-bend, reps: 23, tick: rep}", "left",
            ["Left  [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ]", "      [ ][ ][ ]",
             "Right  [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ] [ ][ ][ ][ ][ ]", "       [ ][ ][ ]"],
        ),
    ],
)  # fmt: skip
def test_boxes_stand_by_side_set_and_time(tmp_path: Path, entry: str, side: str, boxes: list[str]) -> None:
    assert card(tmp_path, entry, side).endswith("".join(f"\n  {line}" for line in boxes))


def test_side_words_are_marked_where_the_sheet_has_them_bold(tmp_path: Path) -> None:
    found = card(tmp_path, "{exercise: lying-knee-press, note: 'Mind your {affected hip}.'}")
    assert "  2. Lay your *left ankle* on your *right thigh*, above the knee." in found
    assert "\n  For you: Mind your *left hip*.\n" in found


def test_without_the_safety_block_it_still_says_how_to_tick() -> None:
    order = Order("back-mobility", AffectedSide.LEFT, safety=("none",))
    found = plain_text(RENDERER.compose(order).copy.handout)
    assert "999" not in found
    assert found.split("\n\n")[1] == "Tick one box each time."


def test_it_speaks_the_language_of_the_sheet() -> None:
    found = shown(LANGUAGES / "es" / "routine.yaml", "right", str(LANGUAGES / "es" / "language.yaml"))
    assert (
        found.split("\n\n")[5]
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


def test_steps_for_two_affected_sides_that_name_none_are_done_with_both_at_once(tmp_path: Path) -> None:
    entry = (
        "name: Leg lift\n    side: affected\n    reps: 5\n    instructions: ['Lift your {affected leg}.']\n"
        "    instructions_both: ['Lift both legs.']\n    feel: 'a pull in your {affected leg}'\n"
    )
    found = card(tmp_path, entry, "both")
    assert "[Both sides together]" in found
    assert "Lift both legs." in found
    assert "left or right leg" in found
    assert found.count("[ ]") == 5
    assert "*left leg*" in card(tmp_path, entry, "left")
