"""Breaks text into lines.

Words never break, except where one alone is wider than the line. No line ends on the first words of a sentence, or on a
number, if that takes no further line. A phrase that names a side is one word here, however many it has, so that 'left'
and 'knee' stay together. A last line that would be under a third of the width is avoided by setting the paragraph
narrower at the same number of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from pdfbuilder.domain.side import Relative
from pdfbuilder.domain.template import TypeSize
from pdfbuilder.domain.wording import Span, Text
from pdfbuilder.layout.core.display import Area, Face, Item, Rule, Words
from pdfbuilder.layout.core.metrics import CAP_HEIGHT, Metrics, baseline
from pdfbuilder.units import MM

#: The longest line that is easy to read, in ems: about 70 characters.
LONGEST_MEASURE = 36
#: Less than any difference between two widths, at size 1.
_HAIR = 1e-6
#: The line under a phrase of the affected side.
_MARK_LINE = 0.42 * MM
_MARK_COLOUR = "#8A2E0A"
#: Left and right of a word on its plate, in ems.
PLATE_PAD = 0.25
#: Height of a plate, in ems.
_PLATE = 1.23
#: Radius of its corners, in ems.
_PLATE_CORNER = 0.16
#: Between two facts in a row.
SEPARATOR = " · "


class Piece(Struct, frozen=True):
    """A stretch of a line that is drawn in one go, at size 1; x is its left end from the line's start."""

    x: float
    text: str
    face: Face
    relative: Relative | None
    width: float


class TextLine(Struct, frozen=True):
    """A line of pieces, and its width at size 1."""

    pieces: tuple[Piece, ...]
    width: float


class Paragraph(Struct, frozen=True):
    """Text broken into lines, which are measured at size 1, to be set at a size and leading."""

    lines: tuple[TextLine, ...]
    type: TypeSize

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.type.leading

    @property
    def width(self) -> float:
        """Width of the widest line."""
        return max((line.width for line in self.lines), default=0) * self.type.size


class Run(Struct, frozen=True):
    """A stretch of text in one face; one that names a side is never broken."""

    text: str
    face: Face = Face.REGULAR
    relative: Relative | None = None


class Note(Struct, frozen=True):
    """A labelled sentence: 'Stop if: …'."""

    label: str
    text: Text


class _Word(Struct, frozen=True):
    """What is kept on one line: runs without a space between them, or a side phrase with its spaces."""

    runs: tuple[Run, ...]
    #: At size 1.
    width: float
    #: Whether a space comes before it, unless it begins a line.
    spaced: bool


def set_text(text: Text | str, width: float, type_: TypeSize, metrics: Metrics, face: Face = Face.REGULAR) -> Paragraph:
    """Break a text into lines of a width; its side phrases are bold, the rest has the face."""
    return set_runs(runs_of(text, face), width, type_, metrics)


def set_runs(runs: Iterable[Run], width: float, type_: TypeSize, metrics: Metrics) -> Paragraph:
    """Break runs of different faces into lines; see `set_text`."""
    return metrics.reuse(_paragraph, tuple(runs), width, type_, metrics)


def _paragraph(runs: tuple[Run, ...], width: float, type_: TypeSize, metrics: Metrics) -> Paragraph:
    return Paragraph(tuple(_Setter(metrics, width / type_.size).set(runs)), type_)


def unbroken(words: str) -> str:
    """The words with spaces that do not break."""
    return words.replace(" ", "\u00a0")


def runs_of(text: Text | str, face: Face = Face.REGULAR) -> tuple[Run, ...]:
    """A text as runs: side phrases bold, the rest in a face."""
    spans = (Span(text),) if isinstance(text, str) else text
    return tuple(Run(span.text, face if span.relative is None else Face.BOLD, span.relative) for span in spans)


def note_runs(note: Note) -> tuple[Run, ...]:
    """A labelled sentence as runs."""
    return (Run(f"{note.label} ", Face.BOLD), *runs_of(note.text))


class _Setter:
    def __init__(self, metrics: Metrics, room: float) -> None:
        self.metrics = metrics
        self.room = room
        # The wider of the two: a line may turn out narrower than reckoned, never wider.
        self.space = max(metrics.width(" ", face) for face in (Face.REGULAR, Face.BOLD))

    def set(self, runs: Iterable[Run]) -> list[TextLine]:
        words = [part for word in self._words(runs) for part in self._fitting(word)]
        return [self._line(_without_loose_separators(words)) for words in self._without_widow(words)]

    # ------------------------------------------------------------------ words

    def _words(self, runs: Iterable[Run]) -> list[_Word]:
        words: list[_Word] = []
        current: list[Run] = []
        spaced = False
        for run in runs:
            if run.relative is not None:
                current.append(run)
                continue
            for index, part in enumerate(run.text.split(" ")):
                if index:
                    if current:
                        words.append(self._word(current, spaced))
                    current, spaced = [], True
                if part:
                    current.append(Run(part, run.face))
        if current:
            words.append(self._word(current, spaced))
        return words

    def _word(self, runs: list[Run], spaced: bool) -> _Word:
        return _Word(tuple(runs), sum(self.metrics.width(run.text, run.face) for run in runs), spaced)

    def _fitting(self, word: _Word) -> list[_Word]:
        """The word itself, or, where no line can hold it, as few pieces of it as fit; broken where it best can be."""
        if word.width <= self.room:
            return [word]
        anywhere, at_hyphens = list(self._pieces(word, lambda runs: (runs, []))), list(self._pieces(word, _cut))
        return at_hyphens if len(at_hyphens) <= len(anywhere) else anywhere

    def _pieces(self, word: _Word, cut: Callable[[list[Run]], tuple[list[Run], list[Run]]]) -> Iterator[_Word]:
        """A word in pieces that are as long as a line can hold, or as `cut` makes of such a one."""
        runs: list[Run] = []
        width, spaced = 0.0, word.spaced
        for run in word.runs:
            for char in run.text:
                more = self.metrics.width(char, run.face)
                if runs and width + more > self.room:
                    length = _length(runs)
                    piece, runs = cut(runs)
                    yield self._word(piece, spaced)
                    # A space at the cut is gone: it stands again if a line has room for the next piece, too.
                    spaced = _length(piece) + _length(runs) < length
                    width = sum(self.metrics.width(rest.text, rest.face) for rest in runs)
                runs = _joined((*runs, Run(char, run.face, run.relative)))
                width += more
        yield self._word(runs, spaced)

    # ------------------------------------------------------------------ lines

    def _broken(self, words: list[_Word], room: float) -> list[list[_Word]]:
        """Words in as few lines as can be; none ends on what belongs to the next, if that takes no further line."""
        full = self._filled(words, room, lambda _: 0)
        kind = self._filled(words, room, _belonging_to_next)
        return kind if len(kind) == len(full) else full

    def _filled(self, words: list[_Word], room: float, hanging: Callable[[list[_Word]], int]) -> list[list[_Word]]:
        """Words in lines, each as full as it can be without the words at its end that are hanging."""
        lines: list[list[_Word]] = []
        width = 0.0
        for word in words:
            more = word.width + (self.space if word.spaced else 0)
            if lines and width + more <= room:
                lines[-1].append(word)
                width += more
                continue
            taken = hanging(lines[-1]) if lines else 0
            carried = lines[-1][len(lines[-1]) - taken :] if taken else []
            if carried and self._width([*carried, word]) <= room:
                del lines[-1][-taken:]
                lines.append([*carried, word])
            else:
                lines.append([word])
            width = self._width(lines[-1])
        return lines

    def _without_widow(self, words: list[_Word]) -> list[list[_Word]]:
        """Lines whose last one is at least a third of the width, if that takes no further line."""
        lines = best = self._broken(words, self.room)
        widest = self.room
        while len(lines) > 1 and self._width(lines[-1]) < self.room / 3:
            # One word alone may be the widest line: no width is narrower then.
            widest, before = max(map(self._width, lines)) - _HAIR, widest
            narrower = self._broken(words, widest)
            if len(narrower) > len(lines) or widest >= before:
                break
            lines = narrower
            if self._width(lines[-1]) > self._width(best[-1]):
                best = lines
        return best

    def _width(self, words: list[_Word]) -> float:
        return sum(word.width + (self.space if word.spaced and index else 0) for index, word in enumerate(words))

    def _line(self, words: list[_Word]) -> TextLine:
        runs: list[Run] = []
        for index, word in enumerate(words):
            if index and word.spaced:
                runs.append(_space(runs[-1], word.runs[0]))
            runs += word.runs
        pieces, x = [], 0.0
        for run in _joined(runs):
            width = self.metrics.width(run.text, run.face)
            pieces.append(Piece(x, run.text, run.face, run.relative, width))
            x += width
        return TextLine(tuple(pieces), x)


def _belonging_to_next(line: list[_Word]) -> int:
    """How many words at the end of a line go with what follows: the first two of a sentence, or a number."""
    for taken in (1, 2):
        if len(line) > taken and _ends_sentence(line[-taken - 1]) and not _ends_sentence(line[-1]):
            return taken
    return int(len(line) > 1 and line[-1].runs[-1].text.isdigit())


def _ends_sentence(word: _Word) -> bool:
    return word.runs[-1].text.endswith((".", "!", "?"))


def _length(runs: list[Run]) -> int:
    return sum(len(run.text) for run in runs)


def _cut(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The beginning of a word that is too long for a line: up to a hyphen or a space, if it has one; and the rest."""
    *before, last = runs
    cut = max(last.text.rfind(each) for each in "-\u2010\u00a0") + 1
    if not 0 < cut < len(last.text):
        return runs, []
    head = replace(last, text=last.text[:cut].rstrip("\u00a0"))
    return [*before, head], [replace(last, text=last.text[cut:])]


def _without_loose_separators(words: list[_Word]) -> list[_Word]:
    """A line without a separator at its ends, where it separates nothing."""
    inside = [index for index, word in enumerate(words) if "".join(run.text for run in word.runs) != SEPARATOR.strip()]
    return words[inside[0] : inside[-1] + 1] if inside else words


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs of which no two neighbours are alike."""
    alike = groupby(runs, key=lambda run: (run.face, run.relative))
    return [Run("".join([run.text for run in group]), *key) for key, group in alike]


def _space(before: Run, after: Run) -> Run:
    """The space between two runs; it belongs to plain text, so that the ground of a side phrase ends with it."""
    faces = {run.face for run in (before, after) if run.relative is None}
    return Run(" ", Face.BOLD if faces == {Face.BOLD} else Face.REGULAR)


def drawn(paragraph: Paragraph, x: float, y: float, ground: str, colour: str = "#000000") -> tuple[Item, ...]:
    """A paragraph from x, y: its words, and before these the mark of each phrase of the affected side.

    The mark is a ground of some colour and a line under it, which paper in one bit keeps; without a ground nothing is
    marked.
    """
    size, leading = paragraph.type.size, paragraph.type.leading
    grounds: list[Item] = []
    words: list[Item] = []
    for index, line in enumerate(paragraph.lines):
        base = baseline(y + index * leading, size, leading)
        for piece in line.pieces:
            left = x + piece.x * size
            if ground and piece.relative is Relative.AFFECTED:
                grounds += _mark(left, base, piece.width * size, size, ground)
            if piece.text.strip():
                words.append(Words(left, base, piece.text, piece.face, size, colour))
    return (*grounds, *words)


def centred(
    text: str, x: float, base: float, face: Face, size: float, metrics: Metrics, colour: str = "#000000"
) -> Words:
    """A word with its middle at x, on a baseline."""
    return Words(x - metrics.width(text, face) * size / 2, base, text, face, size, colour)


def number_block(number: int, x: float, y: float, width: float, type_: TypeSize, metrics: Metrics) -> tuple[Item, ...]:
    """An exercise's number in white on a black block, its upper left corner at x, y."""
    base = baseline(y, type_.size, type_.leading)
    figures = centred(str(number), x + width / 2, base, Face.BOLD, type_.size, metrics, "#FFFFFF")
    return (Area(x, y, width, type_.leading, "#000000"), figures)


def _mark(x: float, base: float, width: float, size: float, colour: str) -> Iterator[Item]:
    """The pale ground behind a phrase that begins at x on a baseline, and the line under it."""
    left, right, bottom = x - 0.1 * size, x + width + 0.1 * size, base + 0.32 * size
    yield Area(left, base - 0.92 * size, right - left, bottom - base + 0.92 * size, colour)
    yield Rule(left, bottom, right, bottom, _MARK_LINE, _MARK_COLOUR)


def plate(text: str, x: float, base: float, size: float, metrics: Metrics, colour: str) -> tuple[Item, ...]:
    """A word in bold white on a solid plate, which begins at x on a baseline: the plate stands out around it."""
    pad, width = PLATE_PAD * size, metrics.width(text, Face.BOLD) * size
    height = _PLATE * size
    top = base - (CAP_HEIGHT * size + height) / 2
    ground = Area(x - pad, top, width + 2 * pad, height, colour, radius=_PLATE_CORNER * size)
    return ground, Words(x, base, text, Face.BOLD, size, "#FFFFFF")
