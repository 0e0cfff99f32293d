"""What is wrong with an input, said once, with its place and the way out.

Every stage before painting either returns its value or raises `InvalidInput` with *all* that it found.
Warnings are diagnostics too; they travel beside the value and never stop anything.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a diagnostic matters: an error leaves no sheet behind, a warning does."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in an input.

    Attributes:
        source: what the user calls the input: a path, `<stdin>`, or an option such as `--side`.
        line: 1-based line, or 0 if the input has no lines.
        column: 1-based column in characters, or 0.
        length: how many characters the caret line underlines, at least 1.
        excerpt: the line itself, without its line break.
    """

    source: str
    line: int = 0
    column: int = 0
    length: int = 1
    excerpt: str = ""

    def __str__(self) -> str:
        if not self.line:
            return self.source
        return f"{self.source}:{self.line}:{self.column}" if self.column else f"{self.source}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: a stable short name, such as `dose-range`.
        message: what was expected and what was found, in a line.
        location: where.
        field: the path of the value inside its file, such as `exercises[1].reps`; empty if there is none.
        hint: what to do about it; empty only if the message says it all.
        severity: error or warning.
    """

    code: str
    message: str
    location: Location
    field: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        lines = [f"{self.location}: {self.severity.value}[{self.code}] {where}{self.message}"]
        if self.location.excerpt.strip() and self.location.column:
            lines += _caret(self.location)
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


#: How much of a long line is shown around the caret, in characters.
_WINDOW = 100


def _caret(where: Location) -> list[str]:
    # A tab or a control character would move the caret away from what it points at.
    excerpt = "".join(char if char.isprintable() else " " for char in where.excerpt)
    start = where.column - 1
    first = max(0, start - _WINDOW // 2) if len(excerpt) > _WINDOW else len(excerpt) - len(excerpt.lstrip())
    first = min(first, start)
    shown = excerpt[first : first + _WINDOW].rstrip()
    length = max(1, min(where.length, len(shown) - (start - first)))
    return [f"    {shown}", f"    {' ' * (start - first)}{'^' * length}"]


class InvalidInput(Exception):
    """Raised with every problem found, in the order of the files; at least one of them is an error."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        found = tuple(dict.fromkeys(diagnostics))
        sources = list(dict.fromkeys(each.location.source for each in found))
        self.diagnostics = tuple(
            sorted(
                found,
                key=lambda each: (
                    sources.index(each.location.source),
                    each.location.line,
                    each.location.column,
                ),
            )
        )
        super().__init__("\n".join(str(each) for each in self.diagnostics))


class Problems:
    """Collects diagnostics so that a stage can report all of them at once."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def error(self, code: str, message: str, location: Location, *, field: str = "", hint: str = "") -> None:
        """Add an error."""
        self._found.append(Diagnostic(code, message, location, field, hint))

    def warning(self, code: str, message: str, location: Location, *, field: str = "", hint: str = "") -> None:
        """Add a warning."""
        self._found.append(Diagnostic(code, message, location, field, hint, Severity.WARNING))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add the diagnostics of another stage."""
        self._found.extend(diagnostics)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The warnings so far."""
        return tuple(each for each in self._found if each.severity is Severity.WARNING)

    def stop_on_error(self) -> None:
        """Raise `InvalidInput` with everything found, if any of it is an error."""
        if any(each.severity is Severity.ERROR for each in self._found):
            raise InvalidInput(self._found)


def nearest(word: str, known: Iterable[str]) -> str:
    """Words like `word` among `known`, as a hint: 'did you mean reps?'; empty if none is near."""
    by_fold = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=3, cutoff=0.6)
    if not near:
        return ""
    return f"did you mean {' or '.join(by_fold[each] for each in near)}?"
