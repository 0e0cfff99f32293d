"""One desk and one browser for all tests that leave them as they were."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk.desks import Browser, RunningDesk


@pytest.fixture(scope="module")
def desk() -> Iterator[RunningDesk]:
    running = RunningDesk()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("downloads"))
    yield browser
    browser.driver.quit()


@pytest.fixture
def page(window: Browser, desk: RunningDesk) -> Browser:
    """The desk as it is at first, in a wide window."""
    window.size(1440, 900)
    # Whoever leaves is asked first, if something would be lost; a test leaves.
    window.script("window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    window.driver.get("about:blank")
    window.open(desk.address)
    for each in window.downloads.iterdir():
        each.unlink()
    window.troubles()
    return window
