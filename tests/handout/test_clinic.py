"""The clinic's name and number, on every sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from samples import LANGUAGES, write

from pdfbuilder import InvalidInput, Renderer
from pdfbuilder.diagnostics import Severity
from pdfbuilder.domain.order import Order
from pdfbuilder.domain.person import Person
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Paper
from pdfbuilder.formats.text import plain_text
from pdfbuilder.handout.safety import SafetyBlock
from pdfbuilder.layout.core.display import Pages, Role, Rule, Words

NAME, CALL = "Right Road Physio", "Questions? Call 020 7946 0018"
ASK, NUMBER = "Questions? Call us", "020 7946 0018"
CLINIC = f"clinic: {{name: {NAME}, phone: 020 7946 0018}}"
ALL = {NAME, CALL, ASK, NUMBER}


def order(folder: Path, clinic: str = CLINIC, template: str = "handout", paper: Paper | None = None) -> Order:
    path = write(folder, f"title: My plan\n{clinic}\nexercises: [pelvic-tilt, knee-to-chest]\n")
    side, person = AffectedSide.LEFT, Person("Ann Smith")
    return Order(str(path), side, person=person, template=template, paper=paper)


def laid_out(renderer: Renderer, which: Order) -> Pages:
    return renderer.press.lay_out(renderer.compose(which).copy)


def said(pages: Pages, page: int = 0) -> list[str]:
    """What a page says of the clinic, in order."""
    items = (item for placed in pages.pages[page].placed for item in placed.fragment.items())
    words = (item.text.replace("\u00a0", " ").removeprefix(" · ") for item in items if isinstance(item, Words))
    return [text for text in words if text in ALL]


# Large print has no room on page 1 for more than its name.
@pytest.mark.parametrize(("template", "head"), [("handout", [NAME, ASK, NUMBER]), ("large-print", [NAME])])
def test_its_head_is_on_the_first_page_and_its_number_at_the_foot_of_each(
    template: str, head: list[str], renderer: Renderer, tmp_path: Path
) -> None:
    pages = laid_out(renderer, order(tmp_path, template=template))
    assert said(pages) == [*head, NUMBER]
    assert all(said(pages, page) == [NUMBER] for page in range(1, len(pages.pages)))


@pytest.mark.parametrize("template", ["fridge", "diary"])
@pytest.mark.parametrize("signs", [True, False])
@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_each_sheet_of_a_week_has_the_number_once(
    template: str, signs: bool, paper: Paper, renderer: Renderer, tmp_path: Path
) -> None:
    copy = renderer.compose(order(tmp_path, template=template, paper=paper)).copy
    if not signs:
        front = tuple(block for block in copy.handout.front if not isinstance(block, SafetyBlock))
        copy = replace(copy, handout=replace(copy.handout, front=front))
    for page in renderer.press.lay_out(copy).pages:
        items = (item for placed in page.placed for item in placed.fragment.items())
        words = " ".join(" ".join(item.text for item in items if isinstance(item, Words)).split())
        assert words.count("020 7946 0018") == 1
        # on the fridge it stands in the strip, with the signs, if there is one
        called = "Call 111 or us today, 020 7946 0018:" if (template, signs) == ("fridge", True) else CALL
        assert called in words


@pytest.mark.parametrize("template", ["handout", "large-print", "fridge", "diary"])
def test_without_a_clinic_nothing_is_said_of_one(template: str, renderer: Renderer, tmp_path: Path) -> None:
    pages = laid_out(renderer, order(tmp_path, "", template))
    assert said(pages) == []


def test_without_a_number_the_name_stands_alone(renderer: Renderer, tmp_path: Path) -> None:
    which = order(tmp_path, f"clinic: {{name: {NAME}}}")
    pages = laid_out(renderer, which)
    assert said(pages) == [NAME]
    assert "Questions" not in plain_text(renderer.compose(which).copy.handout)


def test_the_clinic_stands_over_the_title_with_a_rule_between_them(renderer: Renderer, tmp_path: Path) -> None:
    # Without warning signs there is room: nothing stands closer for the sake of a page.
    which = order(tmp_path, f"{CLINIC}\nsafety: none")
    first = laid_out(renderer, which).pages[0]
    # the bar, then the clinic, then the title right below it
    clinic, title = first.placed[1], first.placed[2]
    name, ask, number = (item for item in clinic.fragment.items() if isinstance(item, Words))
    assert [each.text.replace("\u00a0", " ") for each in (name, ask, number)] == [NAME, ASK, NUMBER]
    assert ask.y < number.y
    (rule,) = (item for item in clinic.fragment.items() if isinstance(item, Rule))
    assert number.y < rule.y1 < clinic.fragment.height
    assert title.y == clinic.y + clinic.fragment.height
    assert title.fragment.elements[0].role is Role.TITLE


def test_on_narrow_paper_the_number_stands_below_a_long_name(renderer: Renderer, tmp_path: Path) -> None:
    long = f"clinic: {{name: {'Physiotherapy ' * 4}, phone: 020 7946 0018}}"
    clinic = laid_out(renderer, order(tmp_path, long, paper=Paper.A5)).pages[0].placed[1].fragment
    *name, ask, number = (item for item in clinic.items() if isinstance(item, Words))
    assert [each.text.replace("\u00a0", " ") for each in (ask, number)] == [ASK, NUMBER]
    assert number.x == ask.x == name[0].x
    assert number.y > ask.y > name[-1].y


def test_the_line_takes_no_room_from_the_fridge_sheet_and_the_diary(renderer: Renderer, tmp_path: Path) -> None:
    for template in ("fridge", "diary"):
        with_it, without = (laid_out(renderer, order(tmp_path, clinic, template)) for clinic in (CLINIC, ""))
        assert [len(page.placed) for page in with_it.pages] == [len(page.placed) for page in without.pages]
        places = [[(each.y, each.fragment.height) for each in pages.pages[0].placed] for pages in (with_it, without)]
        assert places[0] == places[1]


def test_a_side_in_a_clinic_s_name_is_part_of_the_name(renderer: Renderer, tmp_path: Path) -> None:
    assert renderer.render(order(tmp_path)).warnings == renderer.render(order(tmp_path, "")).warnings


def test_as_text_it_comes_first(renderer: Renderer, tmp_path: Path) -> None:
    lines = plain_text(renderer.compose(order(tmp_path)).copy.handout).splitlines()
    assert lines[:4] == [NAME, f"{ASK}: {NUMBER}", "", "My plan"]


def test_another_language_says_it_in_its_own_words(renderer: Renderer) -> None:
    assert renderer.library.language(str(LANGUAGES / "de" / "language.yaml")).messages.questions.startswith("Fragen?")


@pytest.mark.parametrize(
    ("clinic", "code", "line"),
    [
        ("clinic: {name: 腰 Clinic}", "missing-glyph", "2:16"),
        ("clinic: {name: A, phone: 腰}", "missing-glyph", "2:16"),
        ("clinic: {phone: 020 7946 0018}", "missing-key", "2:1"),
        ("clinic: {name: A, phone: 5550100}", "text", "2:26"),
        ("clinic: {name: A, telephone: '1'}", "unknown-key", "2:19"),
        (f"clinic: {{name: {'A' * 121}}}", "text-length", "2:16"),
        ("clinic: Hill Street", "unknown-clinic", "2:9"),
        ("clinic: [Hill Street]", "mapping", "2:1"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    clinic: str, code: str, line: str, renderer: Renderer, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput) as raised:
        renderer.render(order(tmp_path, clinic))
    (found,) = (each for each in raised.value.diagnostics if each.severity is Severity.ERROR)
    assert (found.code, str(found.location).rpartition(".yaml:")[2]) == (code, line)


@pytest.mark.parametrize(("clinic", "heading"), [(CLINIC, "Call 111 or us"), (f"clinic: {{name: {NAME}}}", "Call 111")])
def test_whom_to_call_today_is_the_clinic_too_where_it_has_a_number(
    clinic: str, heading: str, renderer: Renderer, tmp_path: Path
) -> None:
    block = renderer.compose(order(tmp_path, clinic)).copy.handout.find(SafetyBlock)
    assert block
    assert [tier.what.replace("\u00a0", " ") for tier in block.tiers] == ["Call 999", heading, "Ask your GP"]
