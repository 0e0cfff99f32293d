"""The example rosters, and the schema that editors check a YAML roster with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from roster.rosters import NOBODY, saved, workbook
from samples import ROOT

from pdfbuilder import Renderer
from pdfbuilder.diagnostics import Problems
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.places import ITSELF
from pdfbuilder.domain.plan import Plan
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.roster.names import file_names
from pdfbuilder.roster.people import Roster, read_roster
from pdfbuilder.roster.schema import roster_schema
from pdfbuilder.yamlfile.source import SourceText
from pdfbuilder.yamlfile.tree import ListNode, MapNode, Node, ScalarNode, parse_any

EXAMPLES = ROOT / "examples"


def test_both_examples_say_the_same(tmp_path: Path) -> None:
    table, listing = (read_roster(str(EXAMPLES / f"roster.{suffix}"), NOBODY) for suffix in ("csv", "yaml"))
    assert table.problems == listing.problems == ()
    assert said(table) == said(listing)
    # and as a workbook, every cell a text
    sheet = workbook(*(_cells(line) for line in (EXAMPLES / "roster.csv").read_text().splitlines()))
    (tmp_path / "roster.xlsx").write_bytes(saved(sheet))
    book = read_roster(str(tmp_path / "roster.xlsx"), NOBODY)
    assert said(table) == said(book)


def said(roster: Roster) -> list[tuple[str, Order]]:
    """What is said of each, wherever it stands."""
    return [(each.id, replace(each.order, places=ITSELF)) for each in roster.entries]


def _cells(line: str) -> tuple[str | None, ...]:
    import csv

    return tuple(cell or None for cell in next(csv.reader([line])))


@pytest.mark.slow
def test_the_example_is_a_dozen_people_who_get_their_sheets(renderer: Renderer) -> None:
    entries = read_roster(str(EXAMPLES / "roster.csv"), NOBODY).entries
    assert file_names([each.id for each in entries]) == [f"p{number:03}.pdf" for number in range(1, 13)]
    assert {each.order.side for each in entries} == {*AffectedSide} - {AffectedSide.NONE}
    assert len({each.order.routine for each in entries}) == 5
    plans = {each.id: renderer.compose(each.order).plan for each in entries}
    assert {plan.affected for plan in plans.values()} == {*AffectedSide} - {AffectedSide.NONE}
    assert _reps(plans["p001"], "knee-to-chest") == (5, 8)
    assert _reps(plans["p007"], "knee-to-chest") == (10, 10)
    assert "".join(span.text for span in plans["p001"].note) == "Keep your left leg warm, also at night."
    assert "".join(span.text for span in plans["p010"].note) == "Rest your left leg first."


def _reps(plan: Plan, exercise: str) -> tuple[int, int]:
    (dose,) = [each.dose for each in plan.exercises if each.id == exercise]
    return dose.reps.low, dose.reps.high


# --------------------------------------------------------------------------- schema

SCHEMA = Draft202012Validator(roster_schema())


def bare(node: Node | None) -> Any:
    match node:
        case ScalarNode():
            return node.value
        case ListNode():
            return [bare(each) for each in node.items]
        case MapNode():
            return {name: bare(value) for name, (_, value) in node.entries.items()}
    return None


def faults(text: str) -> list[str]:
    return [each.message for each in SCHEMA.iter_errors(bare(parse_any(SourceText("x", text, Path()), Problems())))]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(roster_schema())


@pytest.mark.parametrize(
    "text",
    [
        (EXAMPLES / "roster.yaml").read_text(),
        "- id: p001\n",
        "- id: 007\n",
        "- id: 7\n",
        "people: [{id: a}]\n",
        *(f"- id: a\n  side: {side}\n" for side in ("left", "Left", "LEFT", "l", "R", "' both '")),
        "- id: a\n  paper: A4\n",
        "- id: a\n  bird-dog.reps: 5-8\n  bird-dog.days: [mon]\n  x.hold: none\n  x.optional: true\n  x.load: band\n",
    ],
)
def test_what_the_reader_takes_an_editor_takes(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "[]\n", "people: []\n", "- name: Ann\n", "- just text\n", "people: [{id: a}]\nside: left\n",
        *(f"- id: a\n  {line}\n" for line in (
            "sied: left", "side: lft", "side: Rt", "side: ''",
            "paper: a3", "date: 21.11.2026", "bird-dog.reps: ten", "bird-dog.rep: 5",
            "bird-dog.hold: 5", "bird-dog.sets: 11", "bird-dog.optional: maybe", "bird-dog.days: [someday]",
            "reps: 5", "name: [x]", f"note: {'x' * 601}",
        )),
    ],
)  # fmt: skip
def test_what_the_reader_refuses_an_editor_underlines(text: str) -> None:
    assert faults(text)


def test_every_key_is_described() -> None:
    person = roster_schema()["$defs"]["Person"]
    for each in (*person["properties"].values(), *person["patternProperties"].values()):
        assert each["description"]
