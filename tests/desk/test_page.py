"""One person's sheet, made by somebody at a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from desk.desks import Browser, RunningDesk, needs_a_browser
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.slow, needs_a_browser]

#: What it takes somebody who knows the page, in seconds: a key, a pointing, a thought, a hand to the other device.
KEY, POINT, THINK, HAND = 0.28, 1.1, 1.35, 0.4
FIVE: Final = {
    "pel": "pelvic-tilt",
    "kne": "knee-to-chest",
    "rol": "lower-trunk-rotation",
    "bird": "bird-dog",
    "seat": "seated-piriformis-pull",
}
PRESSED = "return [...document.querySelectorAll('[data-side][aria-pressed=true]')].map((each) => each.dataset.side)"
FRAME = "return document.querySelector('#to-print')?.getAttribute('src') ?? ''"
ITEMS = "return [...document.querySelectorAll('#items .card h3')].map((each) => each.textContent)"
#: The bytes of an address of the desk's, as the page itself can have them.
BYTES = """
const done = arguments[arguments.length - 1];
fetch(arguments[0]).then((answer) => answer.arrayBuffer())
  .then((data) => done([...new Uint8Array(data)].map((each) => String.fromCharCode(each)).join("")));
"""


def fetched(page: Browser, address: str) -> bytes:
    return str(page.driver.execute_async_script(BYTES, address)).encode("latin-1")


def begin(page: Browser, side: str = "left", routine: str = "sciatica-starter") -> None:
    page.press(f"#sides [data-side={side}]")
    page.press(f"[data-routine={routine}]")
    page.shown()


def built(plan: Path, *options: str) -> bytes:
    out = plan.with_suffix(".pdf")
    command = [sys.executable, "-m", "pdfbuilder", "build", str(plan), "--no-settings", "-o", str(out), *options]
    subprocess.run(command, check=True, capture_output=True)
    return out.read_bytes()


def test_files_of_ones_own_that_cannot_be_read_are_named(window: Browser, tmp_path: Path) -> None:
    for name, text in (
        ("exercises/broken.yaml", "name: [Broken"),
        ("routines/ours.yaml", "title: Ours\nexercises: [pelvic-tilt, nonesuch]"),
        ("routines/odd.yaml", "title: Odd\nexercises: [pelvic-tilt]"),
    ):
        path = tmp_path / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    desk = RunningDesk("--content", str(tmp_path))
    window.size(1440, 900)
    window.open(desk.address)
    assert "1 file of your own cannot be read" in window.text("#unread summary")
    assert "broken.yaml" in window.text("#unread p")
    # Broken since the desk was started.
    (tmp_path / "en/routines/odd.yaml").write_text("title: [Odd", encoding="utf-8")
    window.press("[data-routine=odd]")
    window.until(lambda: window.one("#dialog").is_displayed())
    assert "odd" in window.text("#dialog")
    window.press("#dialog button")
    window.press("[data-routine=ours]")
    window.press("#sides [data-side=left]")
    window.until(lambda: "nonesuch" in window.text("#why"))
    assert len(window.all("#items .card")) == 2
    window.script("window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    window.driver.get("about:blank")
    desk.stop()


def test_no_side_is_pressed_at_first_and_nothing_prints_without_one(page: Browser) -> None:
    assert page.script(PRESSED) == []
    assert page.script("return document.activeElement.id") == "sides"
    page.press("[data-routine=sciatica-starter]")
    page.until(lambda: len(page.script(ITEMS)) == 5)
    assert page.script(PRESSED) == []
    assert not page.all("#pages img")
    for chord in ("p", "s"):
        page.chord(Keys.CONTROL, chord)
    page.script("document.querySelector('#print').click(); document.querySelector('#pdf').click()")
    assert page.script(FRAME) == ""
    assert page.text("#why") == "Choose a side first."
    page.until(lambda: page.script("return document.activeElement.closest('#sides') !== null"))
    assert b"side:" not in page.saved("home-exercises.yaml")
    assert not any(each.suffix == ".pdf" for each in page.downloads.iterdir())
    sources = page.script("return [...document.querySelectorAll('img.picture')].map((each) => each.src)")
    assert sources
    assert all(each.endswith("/none.svg") for each in sources)
    assert not page.all(".card .chip")


def test_arrows_between_the_sides_choose_none(page: Browser) -> None:
    page.keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert page.script(PRESSED) == []
    page.keys("r")
    assert page.script(PRESSED) == ["right"]
    page.press("#sides [data-side=right]")
    assert page.script(PRESSED) == ["right"]


def test_sixty_seconds_by_mouse(page: Browser) -> None:
    seconds = 0.0

    def point(selector: str, thoughts: int = 1) -> None:
        nonlocal seconds
        page.press(selector)
        seconds += POINT + KEY + thoughts * THINK

    def type_(text: str) -> None:
        nonlocal seconds
        page.keys(text)
        seconds += len(text) * KEY + 2 * HAND

    point("#sides [data-side=left]")
    point("#name")
    type_("Ann Smith")
    for id_ in FIVE.values():
        page.script("document.querySelector(arguments[0]).scrollIntoView({block: 'nearest'})", f"#offer-{id_}")
        point(f"#offer-{id_} .mark")
    point(".card:nth-child(2) .dose")
    for _ in range(2):
        point(".card:nth-child(2) .step [aria-label$='one more']", thoughts=0)
    seconds += 2 * THINK  # a look at the sheet
    page.shown()
    point("#print")
    point_in_the_window_of_the_printer = POINT + KEY + THINK
    the_sheet_is_ready(page)
    assert seconds + point_in_the_window_of_the_printer < 60


def test_sixty_seconds_by_keyboard_alone(page: Browser) -> None:
    seconds = 0.0

    def type_(*keys: str, thoughts: int = 0) -> None:
        nonlocal seconds
        page.keys(*keys)
        seconds += sum(1 if len(each) == 1 or each > "\ue000" else len(each) for each in keys) * KEY + thoughts * THINK

    def chord(key: str) -> None:
        nonlocal seconds
        page.chord(Keys.CONTROL, key)
        seconds += 2 * KEY

    type_("l", thoughts=1)
    while page.script("return document.activeElement.id") != "name":
        type_(Keys.TAB)
    type_("Ann Smith", thoughts=1)
    chord("k")
    for typed, id_ in FIVE.items():
        type_(typed, thoughts=1)
        assert page.script("return document.querySelector('.offer.current').dataset.id") == id_
        # The second is to be done more often: its dose is opened at once.
        if id_ == "knee-to-chest":
            page.chord(Keys.SHIFT, Keys.ENTER)
            type_(Keys.ARROW_UP, Keys.ARROW_UP, Keys.ENTER, thoughts=1)
            seconds += 2 * KEY
            chord("k")
        else:
            type_(Keys.ENTER)
    seconds += 2 * THINK  # a look at the sheet
    page.shown()
    chord("p")
    seconds += KEY + THINK
    the_sheet_is_ready(page)
    assert seconds < 60


def the_sheet_is_ready(page: Browser) -> None:
    address = page.until(lambda: page.script(FRAME))
    assert address.endswith("/exercises-left.pdf")
    assert "Ann" not in address
    assert page.text("#why").startswith("Sent to the printer: ")
    assert page.script(ITEMS) == ["Pelvic tilt", "Knee to chest", "Knee rolls", "Bird dog", "Seated piriformis pull"]
    printed = fetched(page, address)
    assert printed.startswith(b"%PDF-")
    page.chord(Keys.CONTROL, "s")
    plan = page.downloads / "home-exercises.yaml"
    text = page.saved(plan.name).decode()
    assert "side: left" in text
    assert "name: Ann Smith" in text
    assert "  - exercise: knee-to-chest\n    reps: 5\n" in text
    assert built(plan) == printed


@pytest.mark.parametrize("side", ["left", "both", "right"])
def test_what_is_saved_builds_what_is_printed(page: Browser, side: str) -> None:
    begin(page, side)
    page.fill("#name", 'Ann "O" Śmith: #1')
    page.press("#more")
    page.fill("#next_visit", "2026-12-03 10:30")
    page.fill("#therapist", "T. Jones")
    if side != "both":
        page.fill("#note", "Mind your {affected knee}.")
    page.press("#more-done")
    page.script(
        "const t = document.querySelector('#template'); t.value = 'large-print'; t.dispatchEvent(new Event('change'))"
    )
    page.until(lambda: page.script("return document.querySelector('#template').value") == "large-print")
    page.shown()
    page.press("#pdf")
    page.press("#save")
    pdf = page.saved(f"exercises-{side}.pdf")
    assert page.saved("home-exercises.yaml")
    assert built(page.downloads / "home-exercises.yaml") == pdf


def test_the_pages_are_those_of_the_side(page: Browser) -> None:
    begin(page, "left")
    first_page = "return document.querySelector('#pages img').src"
    left = page.script(first_page)
    page.press("#sides [data-side=right]")
    page.until(lambda: page.text("#print") == "Print RIGHT sheet")
    page.until(lambda: page.script(first_page) != left)
    assert fetched(page, page.script(first_page)).startswith(b"BM")
    for side in ("right", "left"):
        page.press(f"#sides [data-side={side}]")
        sources = page.script("return [...document.querySelectorAll('.card img.picture')].map((each) => each.src)")
        assert sources
        assert all(each.endswith(f"/{side}.svg") for each in sources)
        chips = page.script("return [...document.querySelectorAll('.card .chip.on')].map((each) => each.textContent)")
        assert set(chips) <= {side.capitalize()}


def test_a_fault_stands_beside_its_field_and_its_hint_is_a_button(page: Browser) -> None:
    begin(page)
    page.press(".card:nth-child(2) .dose")
    page.keys("ten")
    # While it is typed there is a fault for each letter.
    fault = 'Expected a whole number or a range like 8-10, from 1 to 100, got "ten".'
    page.until(lambda: page.text(".editor .fault span") == fault)
    assert page.script("return document.activeElement.getAttribute('aria-invalid')") == "true"
    page.until(lambda: page.text(".card:nth-child(2) .dose").strip() == "One figure is not clear.")
    page.chord(Keys.CONTROL, "p")
    assert page.script(FRAME) == ""
    assert page.text("#why") == "Knee to chest needs a clear figure.Show me"
    assert page.script("return document.querySelector('#pages').classList.contains('old')")
    page.press(".editor [data-fix='10']")
    page.shown()
    assert page.script("return document.activeElement.value") == "10"
    assert not page.all(".fault:not(.soft)")


def test_everything_that_is_done_can_be_undone_and_done_again(page: Browser) -> None:
    begin(page)
    five = page.script(ITEMS)
    page.script("document.querySelector('.card:nth-child(1) .number').focus()")
    page.keys(Keys.ARROW_DOWN)
    assert page.script(ITEMS) == [five[1], five[0], *five[2:]]
    # The one that was moved keeps the keys.
    page.keys("5")
    assert page.script(ITEMS) == [five[1], *five[2:], five[0]]
    page.press(".card:nth-child(1) .remove")
    assert page.script("return document.activeElement.id") == "bring-back"
    assert page.text(".gone span") == f"{five[1]} removed."
    for _ in range(3):
        page.chord(Keys.CONTROL, "z")
    assert page.script(ITEMS) == five
    page.chord(Keys.CONTROL, "y")
    assert page.script(ITEMS) == [five[1], five[0], *five[2:]]


def test_another_name_after_printing_asks_for_the_side_again(page: Browser) -> None:
    begin(page)
    page.fill("#name", "Ann Smith")
    page.shown()
    page.press("#print")
    page.fill("#name", "Bob Jones")
    assert page.script(PRESSED) == []
    assert page.text("#why") == "Choose a side first."


def test_the_next_person_begins_without_anything_of_the_last(page: Browser) -> None:
    begin(page)
    page.fill("#name", "Ann Smith")
    page.shown()
    page.press("#print")
    page.press("#next-person")
    page.until(lambda: page.script(ITEMS) == [])
    assert page.script(PRESSED) == []
    assert page.script("return document.querySelector('#name').value") == ""
    assert "Ann" not in page.script("return document.body.innerText")


HOSTILE = '<img src=x onerror="document.title=1">{affected knee}</script><b>'


def test_hostile_words_are_only_words(page: Browser, tmp_path: Path) -> None:
    plan = tmp_path / "hostile.yaml"
    quoted = HOSTILE.replace('"', '\\"')
    plan.write_text(
        f'title: "Exercises"\nside: left\nsheet:\n  name: "{quoted}"\nexercises:\n'
        f'  - {{exercise: pelvic-tilt, note: "{quoted}"}}\n  - {{exercise: "{quoted}", reps: "{quoted}"}}\n'
        f'  - {{name: "{quoted}", side: affected, reps: 3, instructions: ["{quoted}"]}}\n'
    )
    page.one("#file").send_keys(str(plan))
    page.until(lambda: len(page.script(ITEMS)) == 3)
    page.until(lambda: page.text("#why"))
    page.press(".card:nth-child(1) .dose")
    page.fill("#find", "<img src=x onerror=alert(1)>")
    assert page.script("return document.title") != "1"
    assert page.script("return document.querySelectorAll('img[src=x], b > b, #items script').length") == 0
    assert "<img src=x" in page.text("#none")
    assert page.troubles() == []


def test_a_plan_that_is_opened_can_be_changed_and_keeps_the_rest(page: Browser, tmp_path: Path) -> None:
    plan = tmp_path / "ann.yaml"
    plan.write_text(
        "# Ann's own.\ntitle: At home\nside: right\nexercises:\n  - pelvic-tilt  # gently\n  - knee-to-chest\n"
    )
    page.one("#file").send_keys(str(plan))
    page.until(lambda: page.script(PRESSED) == ["right"])
    page.shown()
    page.press(".card:nth-child(2) .dose")
    page.keys("7")
    page.press("#save")
    assert page.saved("ann.yaml").decode() == (
        "# Ann's own.\ntitle: At home\nside: right\nexercises:\n  - pelvic-tilt  # gently\n"
        "  - exercise: knee-to-chest\n    reps: 7\n"
    )


def test_a_file_that_is_no_plan_says_where(page: Browser, tmp_path: Path) -> None:
    plan = tmp_path / "broken.yaml"
    plan.write_text("title: x\nexercises: [\n")
    page.one("#file").send_keys(str(plan))
    page.until(lambda: page.all("dialog[open]"))
    assert page.text("#dialog-title") == "broken.yaml could not be opened"
    assert re.search(r"Line [23]:", page.text("dialog"))


def test_one_of_ones_own_names_sides_by_choosing(page: Browser) -> None:
    page.press("#sides [data-side=right]")
    page.press("#own")
    page.fill("#own-name", "Heel slide")
    page.press("#own-rule [value=affected]")
    page.fill("#own-steps", "Lie on your back. Slide your {affected heel} up.")
    page.until(lambda: page.text(".own-steps div:nth-child(2) ol") == "Lie on your back. Slide your left heel up.")
    page.until(lambda: page.text(".own-steps div:nth-child(3) ol") == "Lie on your back. Slide your right heel up.")
    page.press("#own-add")
    page.shown()
    assert page.script(ITEMS) == ["Heel slide"]


def test_slips_of_the_finger_are_forgiven(page: Browser) -> None:
    for typed in ("brid dog", "knee", "hamstring", "pirformis"):
        page.fill("#find", typed)
        assert page.all(".offer"), typed
    page.fill("#find", "zzzz")
    assert not page.all(".offer")
    assert page.text("#none").startswith("Nothing is called “zzzz”.")


def test_leaving_asks_before_something_is_lost(page: Browser) -> None:
    asks = "const e = new Event('beforeunload', {cancelable: true}); window.dispatchEvent(e); return e.defaultPrevented"
    assert page.script(asks) is False
    page.press("#sides [data-side=left]")
    assert page.script(asks) is True
    page.press("[data-routine=sciatica-starter]")
    page.shown()
    page.press("#save")
    assert page.saved("home-exercises.yaml")
    assert page.script(asks) is False


def test_nothing_is_asked_of_another_host(page: Browser) -> None:
    begin(page)
    here = page.script("return location.origin")
    asked = page.script("return performance.getEntriesByType('resource').map((each) => each.name)")
    assert asked
    assert all(each.startswith(here) for each in asked)
    assert page.script("return localStorage.length + sessionStorage.length") == 0
    assert page.troubles() == []
