"""A dose to be read from across the room: large numerals, their words beside or under them, all of it to the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.template import TypeSizes
from pdfbuilder.handout.blocks import GlanceLine
from pdfbuilder.layout.core.display import Face, Item, Words
from pdfbuilder.layout.core.metrics import Metrics, baseline
from pdfbuilder.layout.core.text import set_text, unbroken
from pdfbuilder.units import MM

#: Between two doses that do not stand beside boxes.
_BETWEEN = 1 * MM


class _Part(Struct, frozen=True):
    """A word or a numeral; its width includes no space."""

    text: str
    size: float
    width: float
    #: Width of the space before it, 0 at the beginning of a line and where there is none.
    space: float


class _Line(Struct, frozen=True):
    """What stands side by side."""

    parts: tuple[_Part, ...]
    leading: float

    @property
    def width(self) -> float:
        return _width(self.parts)


def _width(parts: Iterable[_Part]) -> float:
    return sum(part.space + part.width for part in parts)


def _torn(words: str) -> str:
    """Words that a line does not hold, to be broken before the last: 'hold 20 to 30' stays together."""
    *head, last = words.split()
    return f"{unbroken(' '.join(head))} {last}"


def _begun(parts: list[_Part]) -> list[_Part]:
    """Parts without the space before the first."""
    return [replace(parts[0], space=0.0), *parts[1:]]


def _phrases(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Parts that belong together: up to a comma."""
    here: list[_Part] = []
    for part in parts:
        here.append(part)
        if part.text.endswith(","):
            yield here
            here = []
    if here:
        yield here


class DoseColumn:
    """A dose in a column of some width at most.

    Args:
        lines: how much, for each side that does something else.
        words: what else there is to say, below the last of them.
        room: how wide it may be.
        short: whether it is said as briefly as can be: 3 × 10.
        apart: whether each side's line stands beside that side's boxes, and need not name it; no words are given then.
        type_: sizes: `figures` for numerals, `cue` for words.
        metrics: measures.
    """

    def __init__(
        self,
        lines: tuple[GlanceLine, ...],
        words: tuple[str, ...],
        room: float,
        type_: TypeSizes,
        metrics: Metrics,
        *,
        short: bool,
        apart: bool,
    ) -> None:
        self._type = type_
        self._metrics = metrics
        self._room = room
        #: Whether something is torn that belongs together, as 'hold' from its time.
        self.torn = False
        #: Whether a number stands apart from its noun.
        self.parted = False
        self._blocks = [tuple(self._broken(line, short=short, named=not apart)) for line in lines]
        if words:
            *before, last = self._blocks or [()]
            self._blocks = [*before, (*last, *self._words(words))]
        #: Of the widest line; 0 where there is nothing to say.
        self.width = max((line.width for block in self._blocks for line in block), default=0.0)

    @property
    def height(self) -> float:
        """Of all lines, one below the other."""
        return sum(line.leading for block in self._blocks for line in block) + (len(self._blocks) - 1) * _BETWEEN

    @property
    def one_line(self) -> bool:
        """Whether each side's dose is a single line."""
        return all(len(block) == 1 for block in self._blocks)

    def drawn(self, right: float, y: float) -> Iterator[Item]:
        """All lines, ending at `right`, from y down."""
        for block in self._blocks:
            for line in block:
                yield from self._drawn(line, right, y)
                y += line.leading
            y += _BETWEEN

    def drawn_at(self, right: float, middles: tuple[float, ...]) -> Iterator[Item]:
        """The line of each side, ending at `right`, with the middle of its numerals at a height."""
        for (line, *_), middle in zip(self._blocks, middles, strict=True):
            yield from self._drawn(line, right, middle - line.leading / 2)

    def _drawn(self, line: _Line, right: float, y: float) -> Iterator[Item]:
        # Words share the numerals' baseline.
        base = baseline(y, max(part.size for part in line.parts), line.leading)
        x = right - line.width
        for part in line.parts:
            x += part.space
            yield Words(x, base, part.text, Face.BOLD, part.size)
            x += part.width

    # ------------------------------------------------------------------ lines

    def _broken(self, line: GlanceLine, *, short: bool, named: bool) -> Iterator[_Line]:
        """A side's dose in lines that are as full as can be; a line ends inside a phrase only if nothing else helps."""
        runs = line.short if short else line.full
        here: list[_Part] = []
        for phrase in _phrases(self._parts(((f"{line.side} ", False), *runs) if named and line.side else runs)):
            fits = _width(_begun(phrase)) <= self._room
            pieces = [phrase] if fits else [[part] for part in phrase]
            for piece in pieces:
                if here and _width(here) + _width(piece) > self._room:
                    self.parted |= not fits and here[-1].text[-1].isdigit()
                    yield self._line(here)
                    here = []
                here += piece if here else _begun(piece)
        yield self._line(here)

    def _parts(self, runs: tuple[tuple[str, bool], ...]) -> Iterator[_Part]:
        spaced = False
        for text, large in runs:
            size = self._type.figures.size if large else self._type.cue.size
            for index, word in enumerate(text.split(" ") if not large else [text]):
                spaced = spaced or index > 0
                bare = word.strip("\u00a0")
                spaced = spaced or word[:1] == "\u00a0"
                if bare:
                    space = self._metrics.width(" ", Face.BOLD) * self._type.cue.size if spaced else 0
                    yield _Part(bare, size, self._metrics.width(bare, Face.BOLD) * size, space)
                    spaced = word[-1] == "\u00a0"

    def _line(self, parts: list[_Part]) -> _Line:
        large = any(part.size == self._type.figures.size for part in parts)
        return _Line(tuple(parts), (self._type.figures if large else self._type.cue).leading)

    def _words(self, words: tuple[str, ...]) -> Iterator[_Line]:
        """What else there is to say, broken at commas; elsewhere only where a line holds no more."""
        type_ = self._type.cue
        words = tuple(", ".join(words).split(", "))
        fits = [self._metrics.width(f"{each},", Face.BOLD) * type_.size <= self._room for each in words]
        self.torn |= not all(fits)
        self.parted |= self.torn
        words = tuple((unbroken if whole else _torn)(each) for each, whole in zip(words, fits, strict=True))
        for line in set_text(", ".join(words), self._room, type_, self._metrics, Face.BOLD).lines:
            text = "".join(piece.text for piece in line.pieces)
            yield _Line((_Part(text, type_.size, line.width * type_.size, 0),), type_.leading)
