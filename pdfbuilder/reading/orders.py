"""An order from the words that people write, on the command line or in a program."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Unpack

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.order import Order, OrderTexts, OrderWords
from pdfbuilder.domain.places import ITSELF, Places
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.overrides import read_written
from pdfbuilder.reading.shelf import Shelf


def order_in_words(
    routine: str, side: str | None = None, places: Places = ITSELF, **texts: Unpack[OrderTexts]
) -> Order:
    """An order from the words that people write.

    Args:
        routine: id or path of the routine.
        side: `left`, `right`, `both` or `none`, as people write them; None if only the routine may say.
        places: where the words were said.
        texts: all else.

    Raises:
        InvalidInput: with all that is wrong with the words.
    """
    words = OrderWords()
    said: dict[str, Any] = {"side": side, **texts}
    doses = said.pop("doses", None) or ()
    exercises: Collection[str] = Shelf().ids(Kind.EXERCISE) if doses else ()
    changes = read_written(doses, places.of("doses"), exercises, words.problems)
    order = words.order(Order(routine, doses=changes, places=places), said)
    if words.problems.found:
        raise InvalidInput(places.put(words.problems.found))
    return order
