"""Phases and sections: what is chosen, what is refused, and what stands on the sheet."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from readback import text_of
from samples import TEMPLATES, placed, run, said, write

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout.blocks import Handout
from pdfbuilder.handout.phases import PhasesBlock
from pdfbuilder.handout.restrictions import RestrictionsBlock
from pdfbuilder.layout.core.display import TickBox, Words, WriteIn
from pdfbuilder.pipeline import Renderer
from pdfbuilder.reading.orders import order_in_words
from pdfbuilder.reading.schemas import SCHEMAS

PLAN = """\
title: My plan
restrictions: Do not kneel.
phases:
  - title: Settle
    weeks: 1
    restrictions: Do not drive.
    exercises: [pelvic-tilt]
  - title: Move
    weeks: 2-6
    start_when: "you can lift your {affected leg}."
    exercises:
      - section: On the bed
        text: "Lie with your {affected leg} up."
        pick: 1-2
      - knee-to-chest
      - bird-dog
  - title: Strengthen
    weeks: at least 7
    start_when: [you sleep well., you walk without a stick.]
    exercises: [pelvic-tilt, lying-knee-press]
"""
RENDERER = Renderer()


def order(folder: Path, phase: str | None, template: str = "handout", side: str = "left") -> Order:
    return order_in_words(str(write(folder, PLAN, "plan.yaml")), side, phase=phase, template=template)


def handout(folder: Path, phase: str | None) -> Handout:
    return RENDERER.compose(order(folder, phase)).copy.handout


def names(found: Handout) -> list[str]:
    return [plain(card.name) for card in found.cards]


def refused(folder: Path, phase: str | None, template: str = "handout") -> str:
    with pytest.raises(InvalidInput) as error:
        RENDERER.compose(order(folder, phase, template))
    return str(error.value)


def test_there_is_no_default_phase(tmp_path: Path) -> None:
    assert refused(tmp_path, None) == (
        "phase: error[missing-phase] the routine plan has 3 phases, and none is named; there is no default\n"
        "  hint: say which: 1 (Settle), 2 (Move), 3 (Strengthen), or all"
    )


@pytest.mark.parametrize("phase", ["4", "0", "-1", "two", "2.0", "1-2", "²"])
def test_no_other_phase_is_taken_for_one(tmp_path: Path, phase: str) -> None:
    assert "error[phase]" in refused(tmp_path, phase)


def test_a_routine_without_phases_has_none_to_ask_for() -> None:
    with pytest.raises(InvalidInput) as error:
        RENDERER.compose(order_in_words("back-mobility", "left", phase="1"))
    assert str(error.value).startswith("phase: error[no-phases] the routine back-mobility has no phases")


@pytest.mark.parametrize("template", ["handout", "fridge"])
def test_with_all_phases_each_page_says_which_one_it_is_of(tmp_path: Path, template: str) -> None:
    pages = text_of(RENDERER.render(order(tmp_path, "all", template)).pdf)
    numbers = [number for page in pages for number in re.findall(r"Phase (\d) of 3", page)]
    assert sorted(set(numbers)) == ["1", "2", "3"]
    assert numbers == sorted(numbers)
    # once on each page, but for what stands before the first phase
    assert len(numbers) in (len(pages), len(pages) - 1)


def test_a_phase_has_its_own_exercises_and_its_restrictions_besides_the_routines(tmp_path: Path) -> None:
    first, last = handout(tmp_path, "1"), handout(tmp_path, "3")
    assert names(first) == ["Pelvic tilt"]
    assert names(last) == ["Pelvic tilt", "Lying knee press"]
    forbidden = [found.find(RestrictionsBlock) for found in (first, last)]
    assert [[plain(text) for text in each.texts] for each in forbidden if each] == [
        ["Do not kneel.", "Do not drive."],
        ["Do not kneel."],
    ]


def test_a_sheet_says_where_in_the_plan_it_is_and_when_to_go_on(tmp_path: Path) -> None:
    found = handout(tmp_path, "2")
    block = found.find(PhasesBlock)
    assert block
    assert list(block.lines(found)) == [
        "",
        "1  Settle, week 1",
        "2  Move, weeks 2 to 6  <- you are here",
        "3  Strengthen, from week 7",
        "Go on to phase 3 when:",
        "  [ ] you sleep well.",
        "  [ ] you walk without a stick.",
    ]


@pytest.mark.parametrize("template", sorted({*TEMPLATES} - {"diary"}))
def test_all_phases_have_pages_of_their_own_and_every_box_and_field_its_own_name(tmp_path: Path, template: str) -> None:
    composed = RENDERER.compose(order(tmp_path, "all", template))
    assert [names(part) for part in composed.copy.handout.parts] == [
        [],
        ["Pelvic tilt"],
        ["Knee to chest", "Bird dog"],
        ["Pelvic tilt", "Lying knee press"],
    ]
    pages = RENDERER.press.lay_out(composed.copy)
    items = [item for page in pages.pages for placed in page.placed for item in placed.fragment.items()]
    fields = [item.name for item in items if isinstance(item, TickBox | WriteIn)]
    assert len(fields) == len(set(fields))
    parts = [RENDERER.press.print(RENDERER.compose(order(tmp_path, each, template)).copy) for each in "123"]
    assert pages.boxes == sum(part.boxes for part in parts)
    of_page = [
        " ".join(item.text for placed in page.placed for item in placed.fragment.items() if isinstance(item, Words))
        for page in pages.pages
    ]
    assert all(sum(name in words for name in ("Knee to chest", "Lying knee press")) < 2 for words in of_page)


def test_a_diary_is_of_one_phase(tmp_path: Path) -> None:
    assert "a diary is of one phase" in refused(tmp_path, "all", "diary")
    RENDERER.compose(order(tmp_path, "2", "diary"))


def test_the_file_of_a_phase_is_called_by_it(tmp_path: Path) -> None:
    write(tmp_path, PLAN, "plan.yaml")
    done = run("build", "plan.yaml", "-s", "left", "--phase", "2", folder=tmp_path)
    assert done.err.splitlines()[-1].startswith("plan-left-phase-2.pdf: left side, ")


def test_one_person_of_a_roster_may_be_in_another_phase(tmp_path: Path) -> None:
    write(tmp_path, PLAN, "plan.yaml")
    write(
        tmp_path,
        "id,side,routine,phase\np1,left,./plan.yaml,2\np2,left,./plan.yaml,\np3,left,./plan.yaml,all\n",
        "r.csv",
    )
    done = run("batch", "r.csv", "--dry-run", folder=tmp_path)
    assert "r.csv:3:" in done.err
    assert "error[missing-phase]" in done.err
    assert "p1: left side, plan" in done.text
    assert "p3: left side, plan" in done.text


def test_a_section_stands_before_its_first_exercise(tmp_path: Path) -> None:
    first, second = handout(tmp_path, "2").cards
    assert second.section is None
    assert first.section
    assert plain(first.section.title) == "On the bed"
    assert plain(first.section.text) == "Pick 1\u00a0or\u00a02\u00a0of these. Lie with your left leg up."


# --------------------------------------------------------------------------- what is refused in a file


def test_phases_and_exercises_in_one_file_are_refused(tmp_path: Path) -> None:
    assert placed(tmp_path, PLAN + "exercises: [pelvic-tilt]\n")[:1] == ["21:1 phases exercises"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("weeks: 2-6", "weeks: 6-2", "9:12 weeks phases[1].weeks"),
        ("weeks: 2-6", "weeks: at most 6", "9:12 weeks phases[1].weeks"),
        ("weeks: 1", "weeks: 0", "5:12 weeks phases[0].weeks"),
        ("pick: 1-2", "pick: 3", "14:15 pick phases[1].exercises[0].pick"),
        ("pick: 1-2", "pick: none", "14:15 dose-range phases[1].exercises[0].pick"),
        ("      - bird-dog\n", "      - bird-dog\n      - section: End\n", "17:9 empty-section phases[1].exercises[3]"),
        ("[you sleep well., you walk without a stick.]", "[]", "19:5 too-few phases[2].start_when"),
        ("exercises: [pelvic-tilt]", "exercises: []", "7:5 too-few phases[0].exercises"),
        ("you can lift your {affected leg}.", "you can lift your left leg.", "10:36 literal-side"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_phase_is_said_where_it_stands(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in PLAN
    assert expected in placed(tmp_path, PLAN.replace(old, new))


def test_a_section_at_the_end_comes_with_a_way_out(tmp_path: Path) -> None:
    assert said(tmp_path, "title: x\nexercises:\n  - pelvic-tilt\n  - section: End\n") == (
        "routine.yaml:4:5: error[empty-section] exercises[1]: no exercise follows the section\n"
        "    - section: End\n"
        "      ^^^^^^^\n"
        "  hint: put its exercises after it, or leave it out"
    )


def test_the_schema_takes_a_routine_with_phases() -> None:
    jsonschema.validate(json.loads(json.dumps(yaml.safe_load(PLAN))), SCHEMAS["routine"]())


def test_more_phases_than_a_strip_holds_are_said_in_a_line(tmp_path: Path) -> None:
    more = "".join(f"  - title: Phase {each}\n    exercises: [pelvic-tilt]\n" for each in "45")
    path = str(write(tmp_path, PLAN + more, "plan.yaml"))
    pages = RENDERER.press.lay_out(RENDERER.compose(order_in_words(path, "left", phase="2")).copy).pages
    texts = [item.text for placed in pages[0].placed for item in placed.fragment.items() if isinstance(item, Words)]
    line = " ".join(" ".join(texts).split())
    assert "Phase 2 of 5: Move , weeks 2 to 6" in line
    assert "Settle" not in line


LONG = """\
title: "Exercises for your new {affected knee} after the operation, week by week and phase by phase, at home"
times_per_day: 1
clinic: clinic.yaml
phases:
  - {title: Settle the knee down and get up, weeks: 1-2, exercises: [heel-slide]}
  - {title: Get moving, weeks: 3-6, exercises: [heel-slide, single-leg-stand]}
"""


@pytest.mark.parametrize("template", ["handout", "large-print", "fridge"])
@pytest.mark.parametrize("name", ["Ann Smith", "Wilhelmina Featherstonehaugh-Cholmondeley of Cholmondeley"])
@pytest.mark.parametrize("clinic", ["name: Riverside\n", "name: Riverside\nphone: 01632 960 142\n"])
def test_each_page_of_a_phase_says_which_however_long_title_and_name_are(
    template: str, name: str, clinic: str, tmp_path: Path, renderer: Renderer
) -> None:
    write(tmp_path, clinic, "clinic.yaml")
    path = str(write(tmp_path, LONG))
    pages = {}
    for phase in ("1", "2", "all"):
        which = order_in_words(path, "left", template=template, phase=phase, name=name)
        laid_out = renderer.press.lay_out(renderer.compose(which).copy).pages
        pages[phase] = [
            "".join(item.text for item in page.placed[-1].fragment.items() if isinstance(item, Words)).replace(
                "\u00a0", " "
            )
            for page in laid_out
        ]
    assert all("Phase 1 of 2: Settle the knee down and get up" in foot for foot in pages["1"])
    assert all("Phase 2 of 2: Get moving" in foot for foot in pages["2"])
    assert sum("Phase 1 of 2" in foot for foot in pages["all"]) >= len(pages["1"]) - 1
    assert sum("Phase 2 of 2" in foot for foot in pages["all"]) >= len(pages["2"]) - 1
