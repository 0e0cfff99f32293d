"""Templates: what a file may say, and how one extends another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import TEMPLATES, check, placed, said, write

from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.template import Block, Boxes, Orientation, Paper, Template, TickRule, TypeSizes, contrast
from pdfbuilder.reading.library import Library


def template(folder: Path, text: str) -> Template:
    found = check(folder, text, "template.yaml")
    assert isinstance(found, Template)
    return found


@pytest.mark.parametrize(
    ("name", "blocks", "orientation", "size", "pitch", "steps", "tick"),
    [
        ("handout", (Block.EXERCISES, Block.ABOUT), Orientation.PORTRAIT, 6, 7, 14, TickRule.AUTO),
        ("large-print", (Block.EXERCISES, Block.ABOUT), Orientation.PORTRAIT, 9, 11, 18, TickRule.AUTO),
        ("fridge", (Block.WEEK,), Orientation.LANDSCAPE, 6, 7, 14, TickRule.AUTO),
        ("diary", (Block.DIARY,), Orientation.PORTRAIT, 5, 6, 14, TickRule.SESSION),
    ],
)
def test_the_shipped_templates_are_those_of_the_design(
    name: str,
    blocks: tuple[Block, ...],
    orientation: Orientation,
    size: float,
    pitch: float,
    steps: float,
    tick: TickRule,
) -> None:
    found = Library().template(name).value
    assert (found.blocks, found.page.orientation, found.page.paper) == (blocks, orientation, Paper.A4)
    assert (found.boxes.size, found.boxes.pitch, found.boxes.tick) == (size, pitch, tick)
    assert found.type.steps.size == steps


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_shipped_template_keeps_the_print_rules(name: str) -> None:
    found = Library().template(name).value
    # Clear print: boxes of 3.5 mm at least, 1 mm apart; contrast 7:1.
    assert found.boxes.size >= 3.5
    assert found.boxes.smallest >= 3.5
    assert found.boxes.pitch >= found.boxes.size + 1
    assert contrast(found.colours.accent, "#FFFFFF") >= 7
    assert contrast(found.colours.ground, "#000000") >= 7
    smallest = {"large-print": 18}.get(name, 12)
    for key in TypeSizes.__struct_fields__:
        assert getattr(found.type, key).size >= smallest, key


def test_a_template_says_only_what_it_changes(tmp_path: Path) -> None:
    found = template(tmp_path, "extends: fridge\nboxes:\n  size: 3.5\n")
    # The rest of the same key comes from the fridge, and from nowhere else.
    assert (found.boxes.size, found.boxes.pitch, found.boxes.tick) == (3.5, 7, TickRule.AUTO)
    assert found.blocks == (Block.WEEK,)


def test_a_template_says_what_it_may_be_printed_on(tmp_path: Path) -> None:
    page = template(tmp_path, "extends: fridge\npage: {papers: [letter, a5], paper: a5}\n").page
    assert (page.papers, page.paper) == ((Paper.LETTER, Paper.A5), Paper.A5)
    assert page.orientations == (Orientation.LANDSCAPE, Orientation.PORTRAIT)
    for text, place in (
        ("extends: fridge\npage: {paper: a5}\n", "2:15 paper page.paper"),
        ("extends: handout\npage: {orientation: landscape}\n", "2:21 orientation page.orientation"),
        ("extends: handout\npage: {papers: [letter]}\n", "2:1 paper page"),
        ("extends: handout\npage: {papers: []}\n", "2:8 too-few page.papers"),
    ):
        assert placed(tmp_path, text, "template.yaml") == [place]


def test_templates_extend_each_other_in_a_chain_from_folder_to_folder(tmp_path: Path) -> None:
    write(tmp_path, "extends: large-print\nboxes: {size: 8}\ncolours: {ground: '#FFFFFF'}\n", "clinic/base.yaml")
    write(tmp_path, "extends: ./base.yaml\nboxes: {pitch: 10}\n", "clinic/ours.yaml")
    found = template(tmp_path, "extends: clinic/ours.yaml\nboxes: {stroke: 2}\n")
    assert (found.boxes.stroke, found.boxes.pitch, found.boxes.size) == (2, 10, 8)
    assert found.colours.ground == "#FFFFFF"
    assert found.type == Library().template("large-print").value.type


def test_a_list_is_replaced_whole(tmp_path: Path) -> None:
    assert template(tmp_path, "extends: handout\nblocks: [diary]\n").blocks == (Block.DIARY,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extends: handot\n", "there is no template 'handot'"),
        ("extends: ./none.yaml\n", "none.yaml: there is no such file"),
        ("extends: 5\n", "expected the id or the path of a template, got 5"),
        ("extends: [handout]\n", "expected the id or the path of a template, got a list or a mapping"),
        ("extends:\n", "expected the id or the path of a template, got nothing"),
        ("extends: ./template.yaml\n", "./template.yaml extends itself in the end"),
    ],
)
def test_a_template_that_extends_nothing_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert f" extends: {message}\n" in said(tmp_path, text, "template.yaml")


@pytest.mark.parametrize("length", [2, 3, 5])
def test_a_circle_of_templates_is_found(tmp_path: Path, length: int) -> None:
    for index in range(length):
        write(tmp_path, f"extends: ./t{(index + 1) % length}.yaml\n", f"t{index}.yaml")
    found = said(tmp_path, "extends: ./t0.yaml\n", "template.yaml")
    assert found.startswith(f"t{length - 1}.yaml:1:10: error[extends] extends: ./t0.yaml extends itself in the end\n")


def test_every_value_keeps_its_own_place_through_a_chain(tmp_path: Path) -> None:
    write(tmp_path, "boxes:\n  size: 20\ncolours:\n  accent: red\n", "base.yaml")
    text = "extends: ./base.yaml\n# a comment\nboxes:\n  pitch: wide\ncolours:\n  accent: '#111111'\n"
    # base.yaml's accent is overridden: its fault is nobody's
    assert (
        said(tmp_path, text, "template.yaml")
        == """\
base.yaml:2:9: error[number] boxes.size: expected a number at most 12, got 20
    size: 20
          ^^
  hint: write a number without a unit
template.yaml:4:10: error[number] boxes.pitch: expected a number, got "wide"
    pitch: wide
           ^^^^
  hint: write a number without a unit"""
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("extends: handout\nbloks: [week]\n", "2:1 unknown-key bloks"),
        ("boxes:\n  sise: 5\n", "2:3 unknown-key boxes.sise"),
        ("boxes: 5\n", "1:8 mapping boxes"),
        ("boxes: {size: 3}\n", "1:15 number boxes.size"),
        ("boxes: {size: 5 mm}\n", "1:15 number boxes.size"),
        ("boxes: {size: true}\n", "1:15 number boxes.size"),
        ("boxes: {size: 6, pitch: 6.5}\n", "1:25 pitch boxes.pitch"),
        ("boxes: {size: 6.5}\n", "1:1 pitch boxes"),
        ("boxes: {tick: reps}\n", "1:15 choice boxes.tick"),
        ("blocks: []\n", "1:1 too-few blocks"),
        ("blocks: week\n", "1:9 list blocks"),
        ("blocks: [weeks]\n", "1:10 choice blocks[0]"),
        ("blocks: [week, week]\n", "1:1 blocks"),
        ("blocks: [about]\n", "1:1 blocks"),
        ("blocks: [about, exercises]\n", "1:1 blocks"),
        ("blocks: [exercises, diary, about]\n", "1:1 blocks"),
        ("page: {paper: a3}\n", "1:15 choice page.paper"),
        ("page: {margins: {left: 1}}\n", "1:24 number page.margins.left"),
        ("type: {steps: 14}\n", "1:15 type-size type.steps"),
        ("type: {steps: 14/10}\n", "1:15 type-size type.steps"),
        ("type: {steps: 5/10}\n", "1:15 type-size type.steps"),
        ("type: {steps: 14/29}\n", "1:15 type-size type.steps"),
        ("colours: {accent: '#FFF'}\n", "1:19 colour colours.accent"),
        ("colours: {accent: brown}\n", "1:19 colour colours.accent"),
        ("colours: {accent: '#FF0000'}\n", "1:19 contrast colours.accent"),
        ("colours: {ground: '#8A2E0A'}\n", "1:19 contrast colours.ground"),
        ("colours: {stripe: '#404040'}\n", "1:19 contrast colours.stripe"),
        ("card: {notes: no}\n", "1:15 boolean card.notes"),
        ("diary: {weeks: 2.5}\n", "1:16 number diary.weeks"),
        ("diary: {weeks: 53}\n", "1:16 number diary.weeks"),
        ("about: sometimes\nblocks: [exercises]\n", "1:8 choice about"),
    ],
)
def test_a_template_with_a_fault_is_refused_at_its_place(tmp_path: Path, text: str, found: str) -> None:
    (only,) = placed(tmp_path, text, "template.yaml")
    assert only.startswith(found)


def test_contrast_and_pitch_are_said_in_numbers(tmp_path: Path) -> None:
    text = "boxes:\n  size: 7\n  pitch: 6\ncolours:\n  accent: '#FF0000'\n  ground: '#000000'\n"
    # Red on white is 4.0:1 (luminance 0.2126: 1.05 / 0.2626), black on black 1:1.
    assert (
        said(tmp_path, text, "template.yaml")
        == """\
template.yaml:3:10: error[pitch] boxes.pitch: expected a pitch of at least 8, 1 more than the size, got 6
    pitch: 6
           ^
  hint: write pitch: 8
template.yaml:5:11: error[contrast] colours.accent: expected a contrast of at least 7:1 with white text, got "4.0:1"
    accent: '#FF0000'
            ^^^^^^^^^
  hint: choose a darker colour
template.yaml:6:11: error[contrast] colours.ground: expected a contrast of at least 7:1 with black text, got "1.0:1"
    ground: '#000000'
            ^^^^^^^^^
  hint: choose a paler colour"""
    )


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21),  # (1 + 0.05) / (0 + 0.05)
        ("#123456", "#123456", 1),
        ("#767676", "#FFFFFF", 4.54),  # the palest grey that WCAG's AA takes on white
        ("#595959", "#FFFFFF", 7.0),  # the palest that AAA takes
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


@given(st.sampled_from(TickRule))
def test_a_tick_rule_begins_with_a_box_for_each_repetition_if_it_is_automatic(rule: TickRule) -> None:
    assert rule.tick is (Tick.REP if rule is TickRule.AUTO else Tick(rule.value))


def test_boxes_are_6_mm_and_give_way_only_where_a_template_says_so(tmp_path: Path) -> None:
    assert (Boxes().size, Boxes().pitch, Boxes().least) == (6, 7, 6)
    assert Library().template("handout").value.boxes.least == 5
    # who writes a size holds it
    assert template(tmp_path, "extends: handout\nboxes: {size: 6}\n").boxes.least == 6
    assert template(tmp_path, "extends: handout\nboxes: {size: 6, smallest: 4}\n").boxes.least == 4
    assert template(tmp_path, "extends: handout\nboxes: {stroke: 2}\n").boxes.least == 5
