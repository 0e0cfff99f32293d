"""What many tests use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pdfbuilder import Renderer

# Nobody's own settings and content have a part in a test, nor in a process that it starts: there is no such folder.
os.environ["PDFBUILDER_SETTINGS"] = str(Path(__file__).parent / "no-settings")
for each in ("PDFBUILDER_CONTENT", "PDFBUILDER_CLINIC"):
    os.environ.pop(each, None)

# No test is timed: a slow machine is not a fault.
# The same examples each time: a run says whether the code has changed, and not whether it was lucky. Others are looked
# for with `--hypothesis-profile search`.
settings.register_profile("pdfbuilder", deadline=None, print_blob=True, max_examples=60, derandomize=True)
settings.register_profile("search", settings.get_profile("pdfbuilder"), derandomize=False, max_examples=300)
# For `make quick`.
settings.register_profile("quick", settings.get_profile("pdfbuilder"), max_examples=10)
settings.load_profile("pdfbuilder")


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    """One renderer for all tests that do not care: content is read and fonts are parsed once."""
    return Renderer()
