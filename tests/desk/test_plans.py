"""A plan and its text: what nobody touched stands as it was written, and what was changed is read as it was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pdfbuilder.desk.answers import begun
from pdfbuilder.desk.plans import Item, Plan, new, read, write
from pdfbuilder.diagnostics import InvalidInput, Problems
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import parse, plain
from pdfbuilder.yamlfile.writing import lines

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "content/en/routines").glob("*.yaml"), *(ROOT / "examples").glob("*.yaml")])

WRITTEN = """\
# For Ann.
title: At home   # as she calls it
side: left

# Three for now.
exercises:
  # the easy one first
  - pelvic-tilt
  - {exercise: knee-to-chest, reps: 5}   # she is strong
  # for the evening
  - exercise: bird-dog
    times_per_day: [evening]

# Not yet seen by anyone.
reviewed: null
"""


def values(text: str) -> Any:
    return plain(parse(SourceText("", text, Path()), Problems()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_opened_and_saved_is_the_same_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert write(read(text)) == text


def test_comments_and_order_of_what_was_not_touched_survive() -> None:
    plan = read(WRITTEN)
    first, second, third = plan.items
    plan = structs.replace(
        plan,
        side="right",
        sheet={"name": "Ann Smith", "date": "2026-11-26"},
        items=(third, first, structs.replace(second, entry={"exercise": "knee-to-chest", "reps": 8}, text="")),
    )
    assert (
        write(plan)
        == """\
# For Ann.
title: At home   # as she calls it
side: right

# Three for now.
sheet:
  name: Ann Smith
  date: 2026-11-26
exercises:
  # for the evening
  - exercise: bird-dog
    times_per_day: [evening]
  # the easy one first
  - pelvic-tilt
  - exercise: knee-to-chest
    reps: 8

# Not yet seen by anyone.
reviewed: null
"""
    )


def test_a_plan_written_in_brackets_keeps_its_words() -> None:
    plan = read("{title: X, side: left, exercises: [pelvic-tilt, {exercise: bird-dog, reps: 3-4}]}")
    assert values(write(plan)) == {
        "title": "X",
        "side": "left",
        "exercises": ("pelvic-tilt", {"exercise": "bird-dog", "reps": "3-4"}),
    }


@pytest.mark.parametrize("end", ["", "\n", "\nside: left", "\ntimes_per_day: 2\n"])
def test_a_list_in_brackets_grows(end: str) -> None:
    for begins in (read, lambda text: begun(read(text))):
        plan = begins(f"title: X\nexercises: [pelvic-tilt, clam]{end}")
        more = structs.replace(plan, items=(*plan.items, Item("bird-dog")), sheet={"name": "Ann"})
        found = values(write(more))
        assert found["exercises"] == ("pelvic-tilt", "clam", "bird-dog")
        assert found["sheet"] == {"name": "Ann"}
        assert len(found) == 3 + bool(end.strip())


def test_what_is_no_plan_is_refused_with_its_place() -> None:
    for text, line in (("title: [", 1), ("a\nb", 1), ("title: x\ntitle: y\n", 2)):
        with pytest.raises(InvalidInput) as caught:
            read(text)
        assert caught.value.diagnostics[0].location.line >= line


def test_a_name_of_a_file_leads_nowhere() -> None:
    names = {Plan(file=each).name for each in ("../../etc/passwd", "/etc/passwd", "a/b/passwd")}
    assert names == {"passwd"}
    assert Plan(file="..").name == Plan(file="").name == "home-exercises"


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\u2028\u2029"), max_size=30
)
SINGLE = TEXTS | st.integers(-9999, 9999) | st.booleans() | st.none()
ANY = st.recursive(
    SINGLE,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXTS.filter(bool), inside, max_size=4),
    max_leaves=12,
)


def frozen(value: Any) -> Any:
    """Lists as tuples, as the reader has them."""
    if isinstance(value, dict):
        return {key: frozen(each) for key, each in value.items()}
    return tuple(map(frozen, value)) if isinstance(value, list) else value


@given(st.dictionaries(TEXTS.filter(bool), ANY, min_size=1, max_size=5))
def test_values_are_read_as_they_were_written(value: dict[str, Any]) -> None:
    assert values("\n".join(lines(value))) == frozen(value)


# fmt: off
ODD = [
    'no', 'Yes', 'on', 'null', '~', 'true', '1', '1.5', '1e3', '.inf', '-.5', '0x1f',
    '0o17', '12:30', '2026-11-26', '- a', 'a: b', 'a #b', '#a', '[a', '{a', '&a', '*a', '!a',
    '%a', '@a', '`a', "'a", '"a', 'a\nb', ' a', 'a ', '', '_', '1_000', 'inf',
    'nan', '-', '?', '? a', '=', '<<', 'a,b', 'é', '–',
]
# fmt: on


@pytest.mark.parametrize("word", ODD)
def test_a_text_stays_a_text(word: str) -> None:
    assert values("\n".join(lines({"a": word, "b": [word, word], "c": {"d": word}}))) == {
        "a": word, "b": (word, word), "c": {"d": word},
    }  # fmt: skip


@given(st.text(max_size=200))
def test_no_text_ends_in_anything_but_a_plan_or_a_refusal(text: str) -> None:
    try:
        plan = read(text)
    except InvalidInput:
        return
    assert values(write(plan)) == values(text)


def test_a_new_plan_reads_as_if_written_by_hand() -> None:
    plan = structs.replace(
        new("Your home exercises", "en"),
        side="left",
        sheet={"name": "Ann Smith", "date": "2026-11-26", "note": 'Mind your "good" knee: {affected knee}.'},
        items=(Item("pelvic-tilt"), Item({"exercise": "knee-to-chest", "reps": 5, "days": ["mon", "wed"]})),
    )
    assert (
        write(plan)
        == """\
title: Your home exercises
times_per_day: 1
side: left
sheet:
  name: Ann Smith
  date: 2026-11-26
  note: "Mind your \\"good\\" knee: {affected knee}."

exercises:
  - pelvic-tilt
  - exercise: knee-to-chest
    reps: 5
    days: [mon, wed]
"""
    )
