"""Fonts: measuring, choosing a font for each word, and encoding text for a PDF.

The typeface is Atkinson Hyperlegible, made for poor eyesight; Fira Sans stands in, word by word, where it has no
letters: Greek, Cyrillic, Vietnamese and the rest of Latin. A character that neither has is never dropped in silence:
it cannot even be measured.

A font is embedded in portions of at most 200 characters, each with codes of its own that never change; ReportLab's
depend on what a document has drawn before. So a text is drawn alike in every document, and what was drawn once can be
used again. The first portion of Atkinson has what most sheets need and is always embedded whole: it is subset and
deflated once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Final

from msgspec import Struct
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pdfbuilder.layout.core.display import Face
from pdfbuilder.layout.core.reuse import Reuse
from pdfbuilder.typeface.files import font_file, is_atkinson

#: The files for each face, first choice first.
_CHAINS: Final = {Face.REGULAR: (0, 2), Face.BOLD: (1, 3), Face.FIGURES: (2, 0)}

#: What the first portion holds beyond ASCII.
_COMMON: Final = "‘’“”–—…·×°½"
#: Characters of a further portion; its codes begin where no control character can be meant.
_PORTION, _FIRST_CODE = 190, 33
_SPACE = 0x20
#: All kinds of spaces (Unicode category Zs): a calendar writes some that few fonts have. Each is set as a plain one.
_SPACES: Final = (
    "\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
#: Texts that are kept; a batch of any length needs no more memory than this.
_MOST_KEPT: Final = 20_000
#: Paragraphs that are kept: a full routine has two hundred on a sheet.
_MOST_PARAGRAPHS: Final = 1_024
_PLAIN: Final = str.maketrans(dict.fromkeys(_SPACES, " "))


class MissingGlyph(LookupError):
    """No font has a character."""

    def __init__(self, char: str) -> None:
        self.char = char
        super().__init__(char)

    def __str__(self) -> str:
        return f"U+{ord(self.char):04X}"


class Use(Struct, frozen=True, order=True):
    """A character that has to be embedded.

    Attributes:
        font: index of its font among all.
        portion: which portion of the font, from 0.
        char: its number in Unicode; 0 for all of a portion that is embedded whole.
    """

    font: int
    portion: int
    char: int


class Stretch(Struct, frozen=True, eq=False, dict=True):
    """A stretch of text in one font.

    Attributes:
        font: the font.
        text: the characters, all spaces plain.
        width: at size 1.
    """

    font: SteadyFont
    text: str
    width: float

    @cached_property
    def uses(self) -> frozenset[Use]:
        """What has to be embedded for it, where it is drawn: most stretches are only measured."""
        return frozenset([self.font.use(ord(char)) for char in set(self.text)])


class SteadyFont(TTFont):
    """A font whose characters have the same codes in every document."""

    def __init__(self, index: int) -> None:
        super().__init__(f"pdfbuilder-{index}", BytesIO(font_file(index)), shapable=False)
        #: Whether nearly every document needs the first portion.
        self.is_common = is_atkinson(index)
        #: The font's own name. ReportLab finds fonts by theirs, and would give this one to whoever in this process has
        #: the same, or theirs to us: as far as it knows, both names are ours.
        self.name: str = self.face.name.decode("ascii")
        if self.is_common:
            # What has been changed does not go by its maker's name.
            self.name = self.name.replace("Hyperlegible", "HyperlegibleOpenZero")
        self.face.name = self.fontName
        self.index = index
        self._split = lru_cache(maxsize=_MOST_KEPT)(self._parts)
        pdfmetrics.registerFont(self)

    @cached_property
    def codes(self) -> dict[int, tuple[int, int]]:
        """Portion and code of each character."""
        common = [*range(0x21, 0x7F), *map(ord, _COMMON)]
        found = {char: (0, char if char < 0x80 else 0x80 + index) for index, char in enumerate(common)}
        found[_SPACE] = (0, _SPACE)
        rest = sorted(set(self.face.charToGlyph) - set(found) - {*map(ord, _SPACES), 0})
        for index, char in enumerate(rest):
            found[char] = (1 + index // _PORTION, _FIRST_CODE + index % _PORTION)
        return {char: place for char, place in found.items() if char in self.face.charToGlyph}

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: ARG002, N802
        """Portions and codes of a text: what ReportLab asks while it draws."""
        return self._split(text)

    def _parts(self, text: str) -> list[tuple[int, bytes]]:
        places = groupby([self.codes[ord(char)] for char in text], key=itemgetter(0))
        return [(portion, bytes([code for _, code in group])) for portion, group in places]

    def getSubsetInternalName(self, subset: int, doc: object) -> str:  # noqa: ARG002, N802
        """A portion's name among a page's resources: what ReportLab asks while it draws."""
        return f"/{self.resource(subset)}"

    def resource(self, portion: int) -> str:
        """A portion's name among a page's resources."""
        return f"F{self.index}.{portion}"

    def use(self, char: int) -> Use:
        """What has to be embedded for a character."""
        portion = self.codes[char][0]
        return Use(self.index, portion, 0 if self.is_common and portion == 0 else char)

    def by_code(self, portion: int, chars: frozenset[int]) -> list[int]:
        """The character behind each code of a portion, 0 where there is none.

        Args:
            portion: which portion.
            chars: those of its characters that are used; 0 for all.
        """
        places = {
            code: char
            for char, (number, code) in self.codes.items()
            if number == portion and (char in chars or 0 in chars)
        }
        return [places.get(code, 0) for code in range(max(places) + 1)]


@cache
def font(index: int) -> SteadyFont:
    """A font: parsed when it is first needed."""
    return SteadyFont(index)


def first_font() -> SteadyFont:
    """The font of most text."""
    return font(_CHAINS[Face.REGULAR][0])


def field_font() -> SteadyFont:
    """The font with the most letters, for what is typed on a screen: one has to do for all of it."""
    return font(_CHAINS[Face.REGULAR][-1])


class Fonts:
    """The typeface: measures, see `layout.core.metrics.Metrics`."""

    def __init__(self) -> None:
        self.width = _width
        self.reuse = Reuse(_MOST_PARAGRAPHS)

    def has(self, char: str) -> bool:
        """Whether some font has a character."""
        return _first_with_all(_CHAINS[Face.REGULAR], char.translate(_PLAIN)) is not None


@lru_cache(maxsize=_MOST_KEPT)
def _width(text: str, face: Face) -> float:
    return sum([stretch.width for stretch in stretches(text, face)])


@lru_cache(maxsize=_MOST_KEPT)
def stretches(text: str, face: Face) -> tuple[Stretch, ...]:
    """A text in the fonts that have it; raises `MissingGlyph` if none has a character."""
    text = text.translate(_PLAIN)
    chain = _CHAINS[face]
    if alone := _first_with_all(chain[:1], text):
        return (_stretch(alone, text),)
    groups = groupby(zip(_fonts_of(text, chain), text, strict=True), key=itemgetter(0))
    return tuple(_stretch(font_, "".join([char for _, char in group])) for font_, group in groups)


def _stretch(font_: SteadyFont, text: str) -> Stretch:
    width = sum([font_.face.charWidths[ord(char)] / 1000 for char in text])
    return Stretch(font_, text, width)


def _fonts_of(text: str, chain: tuple[int, ...]) -> Iterator[SteadyFont]:
    """The font of each character: the first that has all of its word, or else the first that has it.

    Spaces are set in the font of what stands before them.
    """
    current = font(chain[0])
    for part in re.findall(" |[^ ]+", text):
        whole = current if part == " " else _first_with_all(chain, part)
        for char in part:
            found = whole or _first_with_all(chain, char)
            if found is None:
                raise MissingGlyph(char)
            current = found
            yield current


def _first_with_all(chain: tuple[int, ...], text: str) -> SteadyFont | None:
    for index in chain:
        if font(index).codes.keys() >= set(map(ord, text)):
            return font(index)
    return None
