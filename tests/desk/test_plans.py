"""A plan and its text: what nobody touched stands as it was written, and what was changed is read as it was meant."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json, structs

from pdfbuilder.desk.answers import begun
from pdfbuilder.desk.plans import DeskItem, DeskPlan, new, read, write
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
        more = structs.replace(plan, items=(*plan.items, DeskItem("bird-dog")), sheet={"name": "Ann"})
        found = values(write(more))
        assert found["exercises"] == ("pelvic-tilt", "clam", "bird-dog")
        assert found["sheet"] == {"name": "Ann"}
        assert len(found) == 3 + bool(end.strip())


def test_all_exercises_can_be_removed_and_others_added() -> None:
    for text in (WRITTEN, WRITTEN.replace("exercises:", "exercises:   # three")):
        none = structs.replace(read(text), items=())
        assert values(write(none)) == {**values(text), "exercises": ()}
        assert "# Three for now.\nexercises: []" in write(none)
        again = structs.replace(read(write(none)), items=(DeskItem("bird-dog"),))
        head = text.partition("exercises:")[2].partition("\n")[0]
        assert write(again) == f"{text.partition('exercises:')[0]}exercises:{head}\n  - bird-dog\n{AFTER}"


AFTER = WRITTEN[WRITTEN.index("\n# Not yet") :]

BLOCK = """\
title: At home
exercises:
  - exercise: pelvic-tilt
    note: |
      Three things.

      # 2 is the important one
  # for the evening
  - exercise: bird-dog
    note: |+
      Slowly.

      # really
  - clam
"""


def test_a_line_of_a_text_that_begins_like_a_comment_is_none() -> None:
    plan = read(BLOCK)
    # What would take in the empty lines of whoever comes to stand below it is written otherwise.
    assert write(plan) == re.sub(r"\|\+\n.*really\n", r'"Slowly.\\n\\n# really\\n"\n', BLOCK, flags=re.DOTALL)
    first, second, third = plan.items
    for items in itertools.permutations((first, second, third, DeskItem("walk"))):
        found = write(structs.replace(plan, items=items))
        assert values(found)["exercises"] == tuple(each.entry for each in items)
        assert found.count("  # for the evening\n  - exercise: bird-dog\n") == 1
    alone = write(structs.replace(plan, items=(first, DeskItem("walk"))))
    assert alone == BLOCK[: BLOCK.index("  # for")] + "  - walk\n"


SHEET = """\
title: At home
# whose it is
sheet:   # of the sheet
  # as she is called
  name: Ann
  # in large print, please
  template: large-print   # her eyes
  note: |
    Mind this:
    # 2 is the important one
  date:

# and what to do
exercises:
  - clam
"""


def test_what_is_said_of_the_sheet_keeps_its_other_lines() -> None:
    plan = read(SHEET)
    assert write(plan) == SHEET
    named = structs.replace(plan, sheet={**plan.sheet, "name": "Bob", "paper": "a5"})
    assert write(named) == SHEET.replace("Ann", "Bob").replace("  date:\n", "  date:\n  paper: a5\n")
    assert write(structs.replace(plan, sheet={**plan.sheet, "date": "2026-11-26"})) == SHEET.replace(
        "date:", "date: 2026-11-26"
    )
    less = write(structs.replace(plan, sheet={"name": "Ann"}))
    assert less == SHEET[: SHEET.index("  # in large")] + "  date:\n" + SHEET[SHEET.index("\n# and what") :]
    assert "sheet" not in values(write(structs.replace(plan, sheet={})))


def test_what_is_no_plan_is_refused_with_its_place() -> None:
    for text, line in (("title: [", 1), ("a\nb", 1), ("title: x\ntitle: y\n", 2)):
        with pytest.raises(InvalidInput) as caught:
            read(text)
        assert caught.value.diagnostics[0].location.line >= line


def test_a_name_of_a_file_leads_nowhere() -> None:
    names = {DeskPlan(file=each).name for each in ("../../etc/passwd", "/etc/passwd", "a/b/passwd")}
    assert names == {"passwd"}
    long = DeskPlan(file="Ann's plan of exercises for the knee, after the operation of last - November").name
    assert DeskPlan(file=long).name == long
    assert DeskPlan(file="..").name == DeskPlan(file="").name == "home-exercises"


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
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


NOTES = ["2", '"a # b"', "[a, 'b']", "{a: b}", "", "'x\x85y'", "Slowly,\n{0}  and well"]
NOTES += [f"{sign}\n{{0}}  one\n{{0}}  # 2 is it\n\n" for sign in ("|", "|+", "|-", ">", ">+", "|2+")]
REMARKS = st.sampled_from(["", "", "# so\n", "\n", "\n\n# so: - it\n", "        # deep\n", "  # x\x85  # y\n"])
KEYS = ["title", "sheet", "summary", "reviewed", "? long\n: 1\nside", "side"]


def keyed(name: str, note: str, indent: str) -> str:
    return f"{name}: {note.replace('{0}', indent)}"


@st.composite
def laid_out(draw: st.DrawFn) -> str:
    """A plan's file, in one of the ways in which people lay out such files."""
    indent = draw(st.sampled_from(["", "  ", "    "]))
    inner = indent + "  "
    entry = st.one_of(
        st.sampled_from(
            ["clam", "'bird-dog'  # mine", "{exercise: clam, reps: 3}", "[a, b]", "", "? a\n" + inner + ": b"]
        ),
        st.sampled_from(NOTES).map(lambda note: f"exercise: clam\n{inner}{keyed('note', note, inner)}"),
        st.sampled_from(NOTES).map(lambda note: f"\n{inner}{keyed('note', note, inner)}"),
    )
    entries = draw(st.lists(entry, max_size=4))
    form = draw(st.integers(0, 4))
    if form == 0:
        exercises = f"exercises: [{', '.join('clam' for _ in entries)}]\n"
    elif form == 1:
        exercises = f"exercises: [\n{''.join(f'  clam,  # {n}' + chr(10) for n, _ in enumerate(entries))}]\n"
    else:
        those = "".join(f"{draw(REMARKS)}{indent}- {each}\n" for each in entries)
        exercises = draw(st.sampled_from(["exercises:\n", "exercises: # all\n", "'exercises' :\n"])) + those
    parts = [exercises]
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4)):
        notes = st.sampled_from(NOTES)
        if key == "sheet" and draw(st.booleans()):
            inside = "".join(
                f"{draw(REMARKS)}  {keyed(name, draw(notes), '  ')}\n" for name in ("name", "note", "paper")
            )
            parts.append(f"sheet:\n{inside}")
        else:
            parts.append(keyed(key, draw(notes), "") + "\n")
    text = "".join(draw(REMARKS) + part for part in draw(st.permutations(parts))) + draw(REMARKS)
    if draw(st.integers(0, 9)) == 0:
        text = "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))
    text = draw(st.sampled_from(["", "", "---\n", "# mine\n---\n", "%YAML 1.1\n---\n"])) + text
    text = draw(st.sampled_from([text, text, f"{text}...\n", text.rstrip("\n")]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


@given(laid_out(), st.data())
def test_whatever_is_opened_and_changed_says_what_it_is_to_say(text: str, data: st.DataObject) -> None:
    try:
        plan = read(text)
    except InvalidInput:
        return
    expected = dict(values(text))
    assert said(values(write(plan))) == said(expected)
    for _ in range(data.draw(st.integers(1, 3))):
        items = list(plan.items)
        match data.draw(st.integers(0, 5)):
            case 0:
                plan = structs.replace(plan, items=())
            case 1 if items:
                items.pop(data.draw(st.integers(0, len(items) - 1)))
                plan = structs.replace(plan, items=tuple(items))
            case 2:
                items.insert(data.draw(st.integers(0, len(items))), DeskItem({"exercise": "walk", "days": ["mon"]}))
                plan = structs.replace(plan, items=tuple(items))
            case 3:
                plan = structs.replace(plan, items=tuple(data.draw(st.permutations(items))))
            case 4:
                name, text = data.draw(st.sampled_from(["name", "note", "date"])), data.draw(TEXTS)
                before = plan.sheet if isinstance(plan.sheet, dict) else {}
                plan = structs.replace(plan, sheet={**before, name: text})
                expected["sheet"] = plan.sheet
            case _:
                plan = structs.replace(plan, title=data.draw(TEXTS), side="left")
                expected |= {"title": plan.title, "side": "left"}
        if plan.items or isinstance(expected.get("exercises"), tuple):
            expected["exercises"] = tuple(frozen(each.entry) for each in plan.items)
        # To the page and back.
        plan = json.decode(json.encode(plan), type=DeskPlan)
        assert said(values(write(plan))) == said(expected)
    assert said(values(write(read(write(plan))))) == said(expected)


def said(found: dict[str, Any]) -> dict[str, Any]:
    """What is said, without what says nothing."""
    kept = {key: filled(each) if key == "sheet" and isinstance(each, dict) else each for key, each in found.items()}
    return filled(kept)


def filled(found: dict[str, Any]) -> dict[str, Any]:
    return {key: frozen(each) for key, each in found.items() if each not in ("", None, (), {})}


def test_a_new_plan_reads_as_if_written_by_hand() -> None:
    plan = structs.replace(
        new("Your home exercises", "en"),
        side="left",
        sheet={"name": "Ann Smith", "date": "2026-11-26", "note": 'Mind your "good" knee: {affected knee}.'},
        items=(DeskItem("pelvic-tilt"), DeskItem({"exercise": "knee-to-chest", "reps": 5, "days": ["mon", "wed"]})),
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
