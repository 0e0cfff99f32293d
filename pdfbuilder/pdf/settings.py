"""ReportLab's settings, as it ships them.

When it is loaded it takes them from the environment and from files of the user's, too: some change what is written, and
one that it does not understand keeps it from being loaded at all. A sheet is to depend on nothing but what is on it, so
neither is looked at.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Final

#: The module that stands for the user's files: where there is one, ReportLab does not look for a file at home.
_OWN: Final = "reportlab_settings"


def _load_as_shipped() -> ModuleType:
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("RL_")}
    own = sys.modules.get(_OWN)
    sys.modules[_OWN] = ModuleType(_OWN)
    try:
        from reportlab import rl_config  # noqa: PLC0415 - not before they are hidden
    finally:
        os.environ.update(hidden)
        del sys.modules[_OWN]
        if own:
            sys.modules[_OWN] = own
    return rl_config


# A program that has loaded ReportLab for itself has its own settings: of these, the ones that change what is written.
vars(_load_as_shipped()).update(useA85=0, pdfComments=0, pdfMultiLine=0, imageReaderFlags=0)
