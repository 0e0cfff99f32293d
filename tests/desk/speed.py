"""Prints how soon the desk is there, and how soon its sheet follows a change: `make benchmarks` runs it."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from desk.desks import Browser, RunningDesk

STARTS = 7
CHANGES = 50
#: Writes names one after the other, each when the pages of the one before stand there; milliseconds for each.
CHANGE = """
const done = arguments[1], times = [], field = document.querySelector("#name");
(async () => {
  for (let n = 0; n < arguments[0]; n += 1) {
    const began = performance.now();
    const shown = new Promise((ok) => document.addEventListener("sheet", ok, { once: true }));
    field.value = `Person ${n}`;
    field.dispatchEvent(new Event("input"));
    await shown;
    times.push(performance.now() - began);
  }
  done(times);
})();
"""
#: Notes when the first view is there, by the page's own clock: to ask for it through the driver takes a while.
NOTES_WHEN_READY = """
new MutationObserver((_, observer) => {
  if (document.body?.dataset.ready !== "yes") return;
  window.readyAt = performance.timeOrigin + performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


def main() -> None:
    # A browser that runs already: how soon another one starts is not the desk's affair.
    browser = Browser(Path(tempfile.mkdtemp()))
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NOTES_WHEN_READY})
    first = []
    for _ in range(STARTS):
        began = time.time()
        desk = RunningDesk()
        address = time.time() - began
        browser.open(desk.address)
        first.append((browser.script("return window.readyAt") / 1000 - began, address))
        browser.driver.get("about:blank")
        desk.stop()
    view, address = (statistics.median(times) for times in zip(*first, strict=True))
    print(f"the address is there {address:.2f} s after the start, the first view {view:.2f} s (median of {STARTS})")
    desk = RunningDesk()
    try:
        browser.open(desk.address)
        browser.press("#sides [data-side=left]")
        browser.press("[data-routine=sciatica-starter]")
        browser.shown()
        browser.driver.set_script_timeout(300)
        times = browser.driver.execute_async_script(CHANGE, CHANGES)
        print(f"the sheet follows a change in {statistics.median(times):.0f} ms (median of {CHANGES})")
    finally:
        browser.driver.quit()
        desk.stop()


if __name__ == "__main__":
    main()
