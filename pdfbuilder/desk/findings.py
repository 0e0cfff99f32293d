"""What the house finds wrong, as the page shows it: beside its field, with a button where a hint is a replacement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from pdfbuilder.diagnostics import Diagnostic, Severity
from pdfbuilder.domain.dose import Dose

#: The way to a value of a plan: exercises[2].reps. What lies deeper has no field, but is its exercise's.
_ENTRY: Final = re.compile(r"exercises\[(\d+)\](?:\.(\w+)$)?")
_SHEET: Final = re.compile(r"sheet\.(\w+)")
#: What a hint begins with that says what to write, and nothing like it.
_WRITE: Final = re.compile(r"(?:write|say of what: |write the smaller number first: )")
_MEANT: Final = re.compile(r"did you mean (.+)\?")
#: What a value may be proposed for: figures and names. Never a side, and never a text, which would be lost.
_MENDED: Final = frozenset((*Dose.__struct_fields__, "exercise", "routine", "template", "language", "paper", "safety"))
#: Where the page can write a value: at an exercise, at what is said of the sheet, and the signs to watch for.
_WRITABLE: Final = re.compile(r"(?:items\.\d+|sheet)\.(\w+)|(safety)")
#: Signs to watch for are added to those there are.
_ADDED: Final = re.compile(r"add safety: ([\w-]+(?: or [\w-]+)*)")


class Finding(Struct, frozen=True):
    """A diagnostic for the page.

    Attributes:
        at: the field: `items.2.reps`, `sheet.date`, `side`; empty if it has none on the page.
        text: what was expected and found, and what to do about it.
        fixes: values that would mend it, each of which can be written by pressing a button.
        is_error: whether nothing can be printed as long as it stands.
        code: the short name of what it is.
    """

    at: str
    text: str
    fixes: tuple[str, ...]
    is_error: bool
    code: str


def findings(diagnostics: Iterable[Diagnostic], source: str) -> tuple[Finding, ...]:
    """What is to be said of a plan.

    Args:
        diagnostics: what was found.
        source: what the plan's text is called; a place elsewhere is said with what is found there.
    """
    return tuple(_finding(each, source) for each in diagnostics)


def _finding(found: Diagnostic, source: str) -> Finding:
    field = found.field or found.location.field
    here = found.location.source in (source, "")
    at = _at(field) if here else ""
    # Of a key that there is not, the hint is another key.
    written = None if found.code == "unknown-key" else _WRITABLE.fullmatch(at)
    fixes = replacements(found.hint, written[1] or written[2]) if written else ()
    # The folder that a plan's text is lent in is nobody's.
    folder = source[: source.rfind("/") + 1]
    said = (found.message, "" if fixes else found.hint)
    text = " ".join(_without(folder, each) for each in said if each)
    return Finding(at, text, fixes, found.severity is Severity.ERROR, found.code)


def _without(folder: str, text: str) -> str:
    """A sentence in which files are called as they were written."""
    if not folder or folder not in text:
        return sentence(text)
    named = text.replace(folder, "")
    return _ended(named) if text.startswith(folder) else sentence(named)


def _at(field: str) -> str:
    if found := _ENTRY.match(field):
        return ".".join(filter(None, ("items", found[1], found[2])))
    if found := _SHEET.fullmatch(field):
        return f"sheet.{found[1]}"
    return field if re.fullmatch(r"\w+", field) else ""


def replacements(hint: str, key: str) -> tuple[str, ...]:
    """The values that a hint offers for a key; none where it only gives an example, and never a side."""
    return tuple(_offered(hint, key)) if key in _MENDED else ()


def _offered(hint: str, key: str) -> Iterator[str]:
    if found := _MEANT.fullmatch(hint) or (_ADDED.match(hint) if key == "safety" else None):
        yield from found[1].split(" or ")
    elif _WRITE.match(hint) and not hint.startswith("write it like"):
        found = re.search(rf"(?:^|\s){re.escape(key)}: (.+)$", hint)
        if found and " and " not in hint:
            yield from (each.removeprefix(f"{key}: ") for each in found[1].split(" or "))


def sentence(text: str) -> str:
    """A message as a sentence of its own."""
    return _ended(text[:1].upper() + text[1:])


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
