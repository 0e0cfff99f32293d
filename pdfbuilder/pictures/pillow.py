"""Pillow, which only pictures of pixels need."""

from __future__ import annotations

import sys
import threading
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import Final

_MODULE: Final = "PIL.Image"


def put_off() -> None:
    """Let Pillow be loaded by what first uses it: ReportLab imports it anyway, which is a twentieth of a cold start.

    Not where there are other threads: two that use it first at once would be in each other's way, before Python 3.11.8
    (https://github.com/python/cpython/issues/114763).
    """
    if threading.active_count() > 1 or _MODULE in sys.modules:
        return
    spec = find_spec(_MODULE)
    if spec and spec.loader:
        spec.loader = LazyLoader(spec.loader)
        sys.modules[_MODULE] = module = module_from_spec(spec)
        spec.loader.exec_module(module)
        vars(sys.modules["PIL"])["Image"] = module
