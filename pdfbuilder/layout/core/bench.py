"""What pages are laid out with."""

from __future__ import annotations

from msgspec import Struct

from pdfbuilder.layout.core.metrics import Metrics
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.layout.core.style import Style


class Bench(Struct, frozen=True):
    """What pages are laid out with."""

    style: Style
    metrics: Metrics
    reuse: Reuse
    #: Where the content ends, above the footer.
    bottom: float
    #: How many tiers of signs stand at the foot of a week.
    tiers: int = 0
