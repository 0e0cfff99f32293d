"""A sheet that is filled in is the one that would have been made from the beginning, whoever came before."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ROOT, examples

from pdfbuilder.domain.order import Order, OrderWords
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.formats.press import Press
from pdfbuilder.pipeline import Renderer

RENDERER = Renderer()
NAMES = st.sampled_from(["", "Ann", "Ann Smith", "Şükrü Ünal", "Ω Ж", "王", "A" * 90]) | st.text("abcŁω ", max_size=30)
PEOPLE = st.builds(
    Person,
    NAMES.filter(lambda name: "王" not in name),
    st.sampled_from([None, datetime.date(2026, 11, 21), datetime.date(2026, 5, 1)]),
    st.sampled_from(["", "T. Jones", "Dr. Ωmega"]),
    note=st.sampled_from(["", "Rest well.", "Mind your {affected knee}. " * 3]).map(
        lambda text: OrderWords().wording("note", text)
    ),
)
ORDERS = st.builds(
    Order,
    # the last has a step that says its day
    st.sampled_from(["back-mobility", "hamstring-stretches", str(ROOT / "examples/sprained-ankle.yaml")]),
    st.sampled_from([AffectedSide.LEFT, AffectedSide.RIGHT]),
    PEOPLE,
    template=st.sampled_from(["handout", "fridge", "diary"]),
)


@settings(max_examples=examples(12))
@given(st.lists(ORDERS, min_size=2, max_size=6))
def test_whoever_came_before_changes_no_byte(orders: list[Order]) -> None:
    press = Press()
    for order in orders:
        copy = RENDERER.compose(order).copy
        assert press.print(copy).pdf == Press().print(copy).pdf


@pytest.mark.parametrize("template", ["handout", "fridge", "large-print", "diary"])
def test_others_with_the_same_plan_are_filled_in(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is worth nothing if nobody is."""
    press = Press()
    for name in ("Ann Smith", "Bob Jones"):
        order = Order("sciatica-starter", AffectedSide.LEFT, Person(name), template=template)
        press.print(RENDERER.compose(order).copy)
        monkeypatch.setattr("pdfbuilder.pdf.painter.Document", None)
