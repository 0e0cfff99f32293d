"""What is wrong with an input, said once, with its place and the way out.

Every stage before painting either returns its value or raises `InvalidInput` with *all* that it found.
Warnings are diagnostics too; they travel beside the value and never stop anything.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

from msgspec import Struct, structs

#: So many findings of one file are said. Who has more mends these first, and looks again.
MOST_SAID: Final = 100
#: So many characters of a key, a value or other words of a file are quoted.
MOST_QUOTED: Final = 40
#: No part of a finding is longer than this; in characters.
_MOST_WORDS: Final = 1_000
#: How much of a long line is shown around the caret; in characters.
_WINDOW: Final = 100


class Severity(Enum):
    """How much a diagnostic matters: an error leaves no sheet behind, a warning does."""

    ERROR = "error"
    WARNING = "warning"


class Location(Struct, frozen=True, gc=False):
    """A place in an input.

    Attributes:
        source: what the user calls the input: a path, `<stdin>`, or an option such as `--side`.
        line: 1-based line, or 0 if the input has no lines.
        column: 1-based column in characters, or 0.
        length: how many characters the caret line underlines, at least 1.
        excerpt: the line itself, without its line break.
        field: what stands there is called in diagnostics: `row 3 (anna), date`; empty if it has no name.
    """

    source: str
    line: int = 0
    column: int = 0
    length: int = 1
    excerpt: str = ""
    field: str = ""

    def __str__(self) -> str:
        if not self.line:
            return self.source or self.field
        return f"{self.source}:{self.line}:{self.column}" if self.column else f"{self.source}:{self.line}"

    def narrowed(self, part: str) -> Location:
        """The place of some characters inside this one; this one if its line does not show them."""
        first = max(0, self.column - 1)
        start = self.excerpt.find(part, first, first + self.length) if part else -1
        return structs.replace(self, column=start + 1, length=len(part)) if start >= 0 else self


class Diagnostic(Struct, frozen=True):
    """One finding.

    Attributes:
        code: a stable short name, such as `dose-range`.
        message: what was expected and what was found, in a line.
        location: where.
        field: what the value is called inside its file, such as `exercises[1].reps`; if empty, as its place says.
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
        called = (self.field or self.location.field) if self.location.source else ""
        field = f"{_cut(called, _MOST_WORDS)}: " if called else ""
        message = _cut(self.message, _MOST_WORDS)
        lines = [_one_line(f"{self.location}: {self.severity.value}[{self.code}] {field}{message}")]
        if self.location.column:
            lines += _caret(self.location)
        if self.hint:
            lines.append(f"  hint: {_one_line(_cut(self.hint, _MOST_WORDS))}")
        return "\n".join(lines)


def quoted(text: str) -> str:
    """Words of a file as they are quoted: not all of them, since a file may be a single word."""
    return _cut(text, MOST_QUOTED)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}…"


def _one_line(text: str) -> str:
    """A text that can neither break the line nor steer a terminal: names of files and keys are anyone's."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _caret(where: Location) -> list[str]:
    """The line and a caret below it; nothing of a line on which nothing can be seen there."""
    start = where.column - 1
    first = max(0, start - _WINDOW // 2) if len(where.excerpt) > _WINDOW else 0
    # Cut first: a line can be as long as a file. A tab or a control character would move the caret away.
    shown = "".join(char if char.isprintable() else " " for char in where.excerpt[first : first + _WINDOW]).rstrip()
    if not shown:
        return []
    if len(where.excerpt) <= _WINDOW:
        first = min(len(shown) - len(shown.lstrip()), start)
        shown = shown[first:]
    before, under = shown[: start - first], shown[start - first : start - first + max(1, where.length)]
    return [f"    {shown}", f"    {' ' * _width(before)}{'^' * max(1, _width(under))}"]


def _width(text: str) -> int:
    """How many columns a text takes in a terminal: East Asian letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once: file by file as they came, and inside a file from top to bottom."""
    found = tuple(dict.fromkeys(diagnostics))
    sources = {source: index for index, source in enumerate(dict.fromkeys(each.location.source for each in found))}
    return tuple(
        sorted(found, key=lambda each: (sources[each.location.source], each.location.line, each.location.column))
    )


def told(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Diagnostics as they are told: of each file `MOST_SAID` at most, errors first, and how many more there are."""
    of_files: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        of_files.setdefault(each.location.source, []).append(each)
    for source, found in of_files.items():
        shown = found
        if len(found) > MOST_SAID:
            by_weight = sorted(range(len(found)), key=lambda index: found[index].severity is Severity.WARNING)
            shown = [found[index] for index in sorted(by_weight[:MOST_SAID])]
        yield from map(str, shown)
        if len(found) > len(shown):
            yield f"{_one_line(source)}: and {len(found) - len(shown):,} more"


class InvalidInput(Exception):
    """Raised with every problem found, in the order of the files; at least one of them is an error.

    Attributes:
        diagnostics: all of them, however many; as a text, the exception says what `told` tells.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(told(self.diagnostics))


def refused(code: str, message: str, location: Location, hint: str, field: str = "") -> InvalidInput:
    """The exception for a single error; see `Diagnostic`."""
    return InvalidInput([Diagnostic(code, message, location, field, hint)])


class PlanWarning(UserWarning):
    """What whoever prints a plan should know of it, for those who call `build`: a diagnostic as text."""


class Problems:
    """Collects diagnostics so that a stage can report all of them at once."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def error(self, code: str, message: str, location: Location, *, field: str = "", hint: str = "") -> None:
        """Add an error."""
        self._found.append(Diagnostic(code, message, location, field or location.field, hint))

    def warning(self, code: str, message: str, location: Location, *, field: str = "", hint: str = "") -> None:
        """Add a warning."""
        self._found.append(Diagnostic(code, message, location, field or location.field, hint, Severity.WARNING))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add the diagnostics of another stage."""
        self._found.extend(diagnostics)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The warnings so far, in order."""
        return in_order(each for each in self._found if each.severity is Severity.WARNING)

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """Everything so far, as it came."""
        return tuple(self._found)

    def stop_on_error(self) -> None:
        """Raise `InvalidInput` with everything found, if any of it is an error."""
        if any(each.severity is Severity.ERROR for each in self._found):
            raise InvalidInput(self._found)


#: Nothing that has a name is called by a longer word; in characters.
_LONGEST_NAME: Final = 200
#: How alike two words are that begin with different letters, from 0 to 1, if one is a slip for the other.
_ALIKE: Final = 0.8


def nearest(word: str, known: Iterable[str]) -> str:
    """Words like `word` among `known`, as a hint: 'did you mean reps?'; empty if none is near."""
    if len(word) > _LONGEST_NAME:
        return ""
    folded = word.casefold().lstrip("-")
    by_fold = {each.casefold().lstrip("-"): each for each in known}
    # Whoever slips seldom misses the first letter; without it, words of one length and ending are only alike.
    near = [
        each
        for each in difflib.get_close_matches(folded, by_fold, n=3, cutoff=0.6)
        if each[:1] == folded[:1] or difflib.SequenceMatcher(None, folded, each).ratio() >= _ALIKE
    ]
    if not near:
        return ""
    return f"did you mean {' or '.join(by_fold[each] for each in near)}?"
