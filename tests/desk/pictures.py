"""Takes the README's picture of the desk, and others: `PYTHONPATH=tests python -m desk.pictures [FOLDER]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from desk.desks import Browser, RunningDesk

ROOT = Path(__file__).parents[2]
SIZES = {"wide": (1440, 900), "laptop": (1366, 768), "cramped": (1024, 768), "zoomed": (720, 450), "narrow": (400, 800)}


def fill(browser: Browser, address: str, side: str) -> None:
    browser.open(address)
    browser.press(f"#sides [data-side={side}]")
    browser.script("document.querySelector('[data-routine=sciatica-starter]').click()")
    browser.until(lambda: browser.script("return document.activeElement.id") == "plan")
    browser.script("document.querySelector('#name').focus()")
    browser.keys("Ann Smith")
    browser.script("document.querySelector('#find').focus()")
    browser.until(lambda: "pages" in browser.text("#why"))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    desk = RunningDesk()
    browser = Browser(Path(tempfile.mkdtemp()))
    leave = "window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)"
    try:
        for name, size in SIZES.items():
            browser.size(*size)
            for theme, side in (("light", "left"), ("dark", "right")):
                fill(browser, desk.address, side)
                if size[0] >= 1000:
                    browser.shown()
                browser.script("document.documentElement.dataset.theme = arguments[0]", theme)
                browser.driver.save_screenshot(str(folder / f"{name}-{theme}.png"))
                if size[0] < 1000:
                    browser.press("#tab-plan")
                    browser.press(".card:nth-child(2) .dose")
                    browser.driver.save_screenshot(str(folder / f"{name}-{theme}-plan.png"))
                browser.script(leave)
                browser.driver.get("about:blank")
        browser.size(1440, 900)
        fill(browser, desk.address, "left")
        browser.shown()
        browser.press(".card:nth-child(2) .dose")
        browser.keys("ten")
        browser.until(lambda: browser.all(".editor .fault"))
        browser.driver.save_screenshot(str(folder / "fault.png"))
        browser.press("#to-people")
        browser.one("#people-chosen").send_keys(str(ROOT / "examples/roster.csv"))
        browser.until(lambda: browser.text("#people-sum"))
        browser.driver.save_screenshot(str(folder / "people.png"))
        browser.script(leave)
    finally:
        browser.driver.quit()
        desk.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out/desk")
