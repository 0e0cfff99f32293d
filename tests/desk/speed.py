"""Prints how soon the desk is there, and how soon its sheet follows a change: `make benchmarks` runs it."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from desk.desks import Browser, RunningDesk

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


def main() -> None:
    began = time.monotonic()
    desk = RunningDesk()
    print(f"the address is there after {time.monotonic() - began:.2f} s")
    browser = Browser(Path(tempfile.mkdtemp()))
    try:
        began = time.monotonic()
        browser.open(desk.address)
        print(f"the first view {time.monotonic() - began:.2f} s after it was asked for")
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
