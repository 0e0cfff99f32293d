"""A desk that runs, and a browser that sits at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
needs_a_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs a browser: install chromium and chromium-driver"
)
Value = TypeVar("Value")
#: Longer than anything takes on the slowest machine; only a failure waits so long.
PATIENCE = 30.0


class RunningDesk:
    """`pdfbuilder desk` in a process of its own.

    Attributes:
        address: the one in its terminal, with the token.
        port: where it listens.
    """

    def __init__(self, *options: str, folder: Path | None = None) -> None:
        command = [sys.executable, "-m", "pdfbuilder", "desk", "--no-browser", "--no-settings", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder, start_new_session=True)
        assert self.process.stderr
        first = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", first)
        assert found, first
        self.address, self.port, self.token = found[0], int(found[1]), found[2]

    def stop(self, how: int = signal.SIGINT) -> tuple[int, str]:
        """Ends it as its terminal would; its exit code, and what else it has said."""
        os.killpg(self.process.pid, how)
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


class Browser:
    """Somebody at the desk."""

    def __init__(self, downloads: Path, width: int = 1440, height: int = 900) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for each in (
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
        ):
            options.add_argument(each)
        preferences = {"download.default_directory": str(downloads), "download.prompt_for_download": False}
        preferences["profile.default_content_setting_values.automatic_downloads"] = 1
        options.add_experimental_option("prefs", preferences)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
        # The window of the printer would wait for somebody.
        source = {"source": "window.print = () => { top.printed = (top.printed ?? 0) + 1; };"}
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
        self.downloads = downloads
        self.size(width, height)

    def size(self, width: int, height: int, scale: float = 1) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def open(self, address: str) -> None:
        self.driver.get(address)
        self.until(lambda: self.script("return document.body.dataset.ready") == "yes")

    def script(self, text: str, *given: Any) -> Any:
        return self.driver.execute_script(text, *given)

    def until(self, what: Callable[[], Value]) -> Value:
        """Waits for something to become true."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if found := what():
                    return found
            except StaleElementReferenceException:
                pass
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.02)

    def one(self, selector: str) -> WebElement:
        return self.until(lambda: self.all(selector))[0]

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        return str(self.script("return document.querySelector(arguments[0])?.textContent ?? ''", selector))

    def press(self, selector: str) -> None:
        """Presses something with the mouse."""
        self.until(lambda: self._pressed(selector))

    def _pressed(self, selector: str) -> bool:
        self.one(selector).click()
        return True

    def keys(self, *keys: str) -> None:
        """Types into whatever has the focus."""
        for each in keys:
            webdriver.ActionChains(self.driver).send_keys(each).perform()

    def chord(self, modifier: str, key: str) -> None:
        webdriver.ActionChains(self.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()

    def fill(self, selector: str, text: str) -> None:
        """Writes into a field instead of what stands there; once more into one that was drawn anew meanwhile."""
        self.until(lambda: self._filled(selector, text))

    def _filled(self, selector: str, text: str) -> bool:
        field = self.one(selector)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text)
        return True

    def shown(self) -> None:
        """Waits until the finished sheet of all that was done stands on the page."""
        self.until(
            lambda: self.script("return document.querySelector('#print').getAttribute('aria-disabled')") == "false"
        )
        self.until(lambda: self.all("#pages img"))

    def saved(self, name: str) -> bytes:
        """A file that the page has handed to the browser."""
        path = self.downloads / name
        return self.until(lambda: path.read_bytes() if path.exists() else b"")

    def troubles(self) -> list[str]:
        """What the browser's console complains of."""
        logged = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [each["message"] for each in logged if each["level"] in ("SEVERE", "WARNING")]
