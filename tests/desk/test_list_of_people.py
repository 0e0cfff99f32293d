"""A list of people, its faults mended in place, and the page for everybody."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from desk.desks import Browser, RunningDesk, needs_a_browser
from desk.test_page import begin, fetched
from selenium.webdriver.common.by import By

pytestmark = [pytest.mark.slow, needs_a_browser]

AXE = Path(str(files("axe_core_python") / "axe.min.js"))

ROSTER = """\
id,name,side,routine,knee-to-chest.reps
a1,Ann Example,left,sciatica-starter,5
b2,Bob Sample,lefft,sciatica-starter,
c3,Cara <b>Nobody</b>,right,back-mobilty,
d4,Dan Placeholder,both,sciatica-starter,ten
e5,Eve Invented,right,back-mobility,
"""


def opened(page: Browser, tmp_path: Path, text: str = ROSTER) -> None:
    roster = tmp_path / "thursday.csv"
    roster.write_text(text, encoding="utf-8")
    page.press("#to-people")
    page.one("#people-chosen").send_keys(str(roster))
    page.until(lambda: page.text("#people-sum"))


def test_each_fault_is_mended_in_its_cell_and_then_all_are_made(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path)
    assert page.text("#people-sum").startswith("Ready: 2. With a fault: 3.")
    assert page.text("#batch") == "Make 2 sheets"
    assert len(page.all("tr.bad")) == 3
    # A side is never proposed: all three stand there alike.
    sides = page.all("tr.bad:nth-child(2) .three button")
    assert [each.text for each in sides] == ["Left", "Both", "Right"]
    assert {each.get_attribute("aria-pressed") for each in sides} == {"false"}
    page.press("tr:nth-child(2) [data-value=right]")
    page.until(lambda: len(page.all("tr.bad")) == 2)
    page.press("[data-fix=back-mobility]")
    page.until(lambda: len(page.all("tr.bad")) == 1)
    assert page.script("return document.activeElement.closest('tr.bad') !== null")
    page.fill("#roster .fault input", "10")
    page.press("h1:not(.unseen)")
    page.until(lambda: page.text("#people-sum").startswith("Ready: 5."))
    page.press("#batch")
    page.one("#print-all")
    assert page.text("#people-out p").startswith("5 sheets, ")
    page.press("#all-zip")
    names = zipfile.ZipFile(io.BytesIO(page.saved("exercise-plans.zip"))).namelist()
    assert names == ["a1.pdf", "b2.pdf", "c3.pdf", "d4.pdf", "e5.pdf"]
    page.press("#all-pdf")
    assert page.saved("exercise-plans.pdf").startswith(b"%PDF-")


#: What is said of a mended list is held back until somebody lets it go.
HELD = """
window.held = [];
const real = window.fetch;
window.fetch = async (path, options) => {
  const found = await real(path, options);
  if (path === '/roster/mended') await new Promise((go) => window.held.push(go));
  return found;
};
"""


def let_go(page: Browser, of: int, which: int) -> None:
    page.until(lambda: page.script("return window.held.length") == of)
    page.script("window.held[arguments[0]]()", which)


def test_mends_add_up_however_quickly_they_come(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.script(HELD)
    page.press("tr:nth-child(2) [data-value=right]")
    page.press("[data-fix=back-mobility]")
    # The answer to the second mend overtakes that to the first, while somebody types elsewhere.
    page.until(lambda: page.script("return window.held.length") == 2)
    page.fill("tr:nth-child(4) .fault input", "10")
    let_go(page, 2, 1)
    page.until(lambda: len(page.all("tr.bad")) == 1)
    let_go(page, 2, 0)
    assert page.script("return document.activeElement.value") == "10"
    assert [page.text(f"tbody tr:nth-child({n}) td:nth-of-type(2)") for n in (2, 3)] == ["b2", "c3"]
    assert page.text("tr:nth-child(2) .lane") == "Right"
    page.press("h1:not(.unseen)")
    let_go(page, 3, 2)
    page.until(lambda: page.text("#people-sum").startswith("Ready: 5."))


def test_what_is_made_is_what_is_on_the_page(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.script(HELD)
    page.press("tr:nth-child(2) [data-value=right]")
    page.press("#batch")
    page.press("#batch")
    let_go(page, 1, 0)
    page.one("#print-all")
    assert page.text("#print-all") == "Print all 3"
    assert page.text("#people-out p").endswith("Left out until mended: row 3, 4.")
    assert page.text("#people-sum").startswith("Ready: 3. With a fault: 2.")


#: The answer to some questions is that there is none.
DEAF = """
const real = window.fetch, deaf = arguments[0];
window.fetch = async (path, ...rest) =>
  (path.startsWith(deaf) ? new Response("", { status: 413 }) : real(path, ...rest));
"""


def test_a_mend_that_does_not_arrive_is_said_and_nothing_is_made(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.script(DEAF, "/roster/mended")
    page.press("tr:nth-child(2) [data-value=right]")
    page.until(lambda: "could not be read" in page.text("#people-headings"))
    page.press("#batch")
    assert page.text("#batch") == "Make 2 sheets"


def test_sheets_that_another_page_has_pushed_out_are_said_to_be_lost(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.script(DEAF, "/batch/")
    page.press("#batch")
    page.until(lambda: "Something went wrong" in page.text("#people-out"))
    assert page.text("#say").startswith("Something went wrong")


def test_a_list_without_sides_gets_a_column_for_them(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, "id,name,routine\na1,Ann,back-mobility\nb2,Bob,back-mobility\n")
    assert [each.text for each in page.all("thead th")][1:] == ["id", "name", "routine", "side"]
    assert not page.all("#roster input")
    page.press("tr:nth-child(2) [data-value=right]")
    page.until(lambda: page.text("#people-sum").startswith("Ready: 1."))
    assert page.text("tr:nth-child(2) .lane") == "Right"
    assert page.text("tr:nth-child(1) td:nth-of-type(2)") == "a1"


SLIPPED = """\
id,name,side,routine
a1,Ann,left,back-mobility
b2,Smith, Bob,left,back-mobility
c3,Cara,right
"""


def test_a_row_that_has_slipped_is_put_right_in_its_cells(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, SLIPPED)
    assert page.text("#people-sum").startswith("Ready: 1. With a fault: 2.")
    assert page.text("tr:nth-child(2) th .fault").startswith(
        "Expected 4 cells, as in the header, got 5: “b2,Smith, Bob,left,back-mobility”."
    )
    for theme in ("dark", "light"):
        page.script("document.documentElement.dataset.theme = arguments[0]", theme)
        assert violations(page) == []
    page.fill("#cell-1-1", "Bob Smith")
    page.press("tr:nth-child(2) [data-value=left]")
    page.until(lambda: page.all("tr:nth-child(2) [data-value=left][aria-pressed=true]"))
    page.fill("#cell-1-3", "back-mobility")
    page.press("h1:not(.unseen)")
    # As long as nobody says that it is right, the row is not made.
    page.until(lambda: len(page.all("tr:nth-child(2) .fault")) == 1)
    assert page.text("#people-sum").startswith("Ready: 1. With a fault: 2.")
    page.press("[data-row='1']")
    page.until(lambda: page.text("#people-sum").startswith("Ready: 2. With a fault: 1."))
    assert page.text("tr:nth-child(2) th") == "Bob Smith"
    assert page.text("tr:nth-child(2) .lane") == "Left"
    page.press("[data-row='2']")
    # The answer draws the row anew.
    page.until(lambda: not page.all("[data-row='2']"))
    page.fill("#cell-2-3", "back-mobility")
    page.press("h1:not(.unseen)")
    page.until(lambda: page.text("#people-sum").startswith("Ready: 3."))


def test_a_heading_that_nobody_knows_is_said_by_choosing(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, "Patient ref,name,side,routine\nx1,Ann,left,sciatica-starter\n")
    page.press("#people-headings select option[value=id]")
    page.until(lambda: page.text("#people-sum").startswith("Ready: 1."))


def test_what_is_no_list_is_said_in_a_sentence(page: Browser, tmp_path: Path) -> None:
    page.press("#to-people")
    wrong = tmp_path / "old.ods"
    wrong.write_bytes(b"PK\x03\x04")
    page.one("#people-chosen").send_keys(str(wrong))
    assert page.until(lambda: page.text("#people-headings .fault")).startswith("Expected a roster in .csv")


def violations(page: Browser) -> list[str]:
    page.script(AXE.read_text(encoding="utf-8"))
    found = page.driver.execute_async_script("axe.run().then((all) => arguments[0](all.violations))")
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (720, 450), (400, 800), (320, 640)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_keeps_anybody_out(page: Browser, width: int, height: int, theme: str) -> None:
    page.size(width, height)
    page.script("document.documentElement.dataset.theme = arguments[0]", theme)
    assert violations(page) == []
    page.script("document.querySelector('[data-side=left]').click()")
    page.script("document.querySelector('[data-routine=sciatica-starter]').click()")
    page.shown() if width >= 1000 else page.until(lambda: page.text("#print") == "Print LEFT sheet")
    for tab in ("library", "sheet", "plan"):
        page.script("document.querySelector(`#tab-${arguments[0]}`).click()", tab)
        assert violations(page) == []
    page.script("document.querySelector('.card:nth-child(2) .dose').click()")
    page.keys("ten")
    page.until(lambda: page.all(".editor .fault"))
    assert violations(page) == []
    page.script("document.querySelector('#more').click()")
    assert violations(page) == []
    assert page.script("return document.documentElement.scrollWidth <= innerWidth")


def test_nothing_keeps_anybody_out_of_the_list(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path)
    for width in (1440, 400):
        page.size(width, 900)
        for theme in ("light", "dark"):
            page.script("document.documentElement.dataset.theme = arguments[0]", theme)
            assert violations(page) == []


def test_every_target_is_large_enough(page: Browser) -> None:
    begin(page)
    page.press(".card:nth-child(1) .dose")
    small = [
        str(each.get_attribute("outerHTML"))[:80]
        for each in page.driver.find_elements(By.CSS_SELECTOR, "button, select, input:not([type=file])")
        if each.is_displayed() and (each.size["height"] < 24 or each.size["width"] < 24)
    ]
    assert small == []


def test_a_desk_that_has_stopped_says_so_and_keeps_what_is_there(window: Browser) -> None:
    running = RunningDesk()
    window.size(1440, 900)
    window.open(running.address)
    begin(window)
    running.stop()
    window.until(lambda: window.one("#stopped").is_displayed())
    assert len(window.all("#items .card")) == 5
    window.press("#save")
    assert b"side: left" in window.saved("home-exercises.yaml")


def test_the_desk_ends_with_its_last_page_if_it_was_asked_to(window: Browser) -> None:
    running = RunningDesk("--quit-when-closed")
    window.open(running.address)
    begin(window)
    assert running.process.poll() is None
    window.script("window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    window.driver.get("about:blank")
    running.process.communicate(timeout=60)
    assert running.process.returncode == 0


def test_the_first_view_and_a_change_ask_for_nothing_twice(page: Browser) -> None:
    begin(page)
    before = page.script("return document.querySelector('#pages img').src")
    page.fill("#find", "bird")
    assert page.script("return document.querySelector('#pages img').src") == before
    assert fetched(page, "/page/desk.css")
