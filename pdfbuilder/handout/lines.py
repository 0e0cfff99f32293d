"""Plain text in lines, for eyes, diffs and screen readers."""

from __future__ import annotations

import textwrap

from pdfbuilder.domain.wording import Text

_WIDTH = 78


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """A text in lines, the first and the rest behind something each; what does not break on paper is plain here."""
    return textwrap.wrap(
        text.replace("\u00a0", " "), _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def heading(text: str, rule: str) -> list[str]:
    """A heading, underlined."""
    lines = wrapped(text)
    return [*lines, rule * max(map(len, lines))]


def marked(text: Text) -> str:
    """A text with its side phrases in asterisks, where the sheet has them bold."""
    return "".join(f"*{span.text}*" if span.relative else span.text for span in text)
