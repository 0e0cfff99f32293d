"""What pages are laid out with."""

from __future__ import annotations

from msgspec import Struct

from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import Style


class Bench(Struct, frozen=True):
    """What pages are laid out with.

    Attributes:
        style: where things may stand.
        metrics: measures text.
        reuse: remembers what was laid out for others.
        bottom: where the content ends, above the footer.
    """

    style: Style
    metrics: Metrics
    reuse: Reuse
    bottom: float
