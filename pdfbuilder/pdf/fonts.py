"""Fonts: measuring, choosing a font for each word, and encoding text for a PDF.

The typeface is Atkinson Hyperlegible, made for poor eyesight; Fira Sans stands in, word by word, where it has no
letters: Greek, Cyrillic, Vietnamese and the rest of Latin. A character that neither has is never dropped in silence:
it cannot even be measured.

A font is embedded in portions of at most 200 characters, each with codes of its own that never change. So a text is
encoded alike in every document, whatever else stands in it, and what was encoded once can be used again.
The first portion of Atkinson has what most sheets need and is always embedded whole: it is subset and deflated once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources import files
from io import BytesIO
from typing import Final

from msgspec import Struct
from reportlab.pdfbase.ttfonts import TTFontFace

from pdfbuilder.layout.core.display import Face

#: Packages of the fonts and their files.
_ATKINSON, _FIRA = "fontpkg_atkinson_hyperlegible", "fontpkg_fira_sans"
_FILES: Final = (
    (_ATKINSON, "AtkinsonHyperlegible-Regular.ttf"),
    (_ATKINSON, "AtkinsonHyperlegible-Bold.ttf"),
    (_FIRA, "FiraSans-Regular.ttf"),
    (_FIRA, "FiraSans-Bold.ttf"),
)
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
_PLAIN: Final = str.maketrans(dict.fromkeys(_SPACES, " "))


class MissingGlyph(LookupError):
    """No font has a character."""

    def __init__(self, char: str) -> None:
        self.char = char
        super().__init__(char)

    def __str__(self) -> str:
        return f"U+{ord(self.char):04X}"


class Portion(Struct, frozen=True):
    """Some characters of a font, with a code for each.

    Attributes:
        font: index of the font file among all.
        number: which portion of it, from 0.
    """

    font: int
    number: int

    @property
    def is_common(self) -> bool:
        """Whether nearly every document needs it, so that it is embedded whole."""
        return self.number == 0 and _FILES[self.font][0] == _ATKINSON

    @property
    def name(self) -> str:
        """Its name among a page's resources."""
        return f"F{self.font}.{self.number}"


class Encoded(Struct, frozen=True):
    """A stretch of text in one portion.

    Attributes:
        portion: where its codes come from.
        codes: a byte for each character.
        text: the characters, all spaces plain.
        width: at size 1.
    """

    portion: Portion
    codes: bytes
    text: str
    width: float


class FontFile:
    """One font file: parsed when it is first needed."""

    def __init__(self, index: int, package: str, file: str) -> None:
        self.index = index
        self._package = package
        self._file = file

    @property
    def data(self) -> bytes:
        """The file."""
        return files(self._package).joinpath("files", self._file).read_bytes()

    @cached_property
    def face(self) -> TTFontFace:
        """The font as ReportLab reads it."""
        return TTFontFace(BytesIO(self.data))

    @cached_property
    def widths(self) -> dict[int, float]:
        """Width of each character at size 1."""
        return {code: width / 1000 for code, width in self.face.charWidths.items()}

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

    def subset(self, portion: Portion, used: frozenset[int]) -> tuple[list[int], bytes]:
        """The character behind each code of a portion, 0 where there is none, and the font program for them.

        Args:
            portion: which portion.
            used: its characters to embed, unless it is embedded whole.
        """
        places = {
            code: char
            for char, (number, code) in self.codes.items()
            if number == portion.number and (portion.is_common or char in used)
        }
        by_code = [places.get(code, 0) for code in range(max(places) + 1)]
        return by_code, self.face.makeSubset(by_code)


class Fonts:
    """The typeface: measures (see `layout.metrics.Metrics`) and encodes."""

    def __init__(self) -> None:
        self.files = tuple(FontFile(index, package, file) for index, (package, file) in enumerate(_FILES))
        self._chains = {face: tuple(self.files[index] for index in chain) for face, chain in _CHAINS.items()}
        self._encoded: dict[tuple[str, Face], tuple[Encoded, ...]] = {}

    def has(self, char: str) -> bool:
        """Whether some font has a character."""
        return _first_with_all(self._chains[Face.REGULAR], char.translate(_PLAIN)) is not None

    def width(self, text: str, face: Face) -> float:
        """Width of a text at size 1."""
        return sum(part.width for part in self.encode(text, face))

    def encode(self, text: str, face: Face) -> tuple[Encoded, ...]:
        """A text in the fonts that have it, chosen word by word.

        Raises:
            MissingGlyph: if no font has a character.
        """
        key = (text, face)
        found = self._encoded.get(key)
        if found is None:
            if len(self._encoded) > _MOST_ENCODED:
                self._encoded.clear()
            found = self._encoded[key] = tuple(_in_portions(self._by_font(text.translate(_PLAIN), face)))
        return found

    def _by_font(self, text: str, face: Face) -> Iterator[tuple[FontFile, str]]:
        """Stretches of text by font: each word in the first font that has all of it."""
        chain = self._chains[face]
        current, stretch = chain[0], ""
        for part, is_space in _words_and_spaces(text):
            file = current if is_space else _first_with_all(chain, part)
            if file is None:  # no one font has the whole word: go by characters
                for char in part:
                    one = _first_with_all(chain, char)
                    if one is None:
                        raise MissingGlyph(char)
                    if one is not current:
                        if stretch:
                            yield current, stretch
                        current, stretch = one, ""
                    stretch += char
                continue
            if file is not current:
                if stretch:
                    yield current, stretch
                current, stretch = file, ""
            stretch += part
        if stretch:
            yield current, stretch


#: Texts whose encoding is kept; a batch of any length needs no more memory than this.
_MOST_ENCODED: Final = 20_000


def _words_and_spaces(text: str) -> Iterator[tuple[str, bool]]:
    """Words, and the spaces between them one by one."""
    word = ""
    for char in text:
        if char == " ":
            if word:
                yield word, False
            yield char, True
            word = ""
        else:
            word += char
    if word:
        yield word, False


def _first_with_all(chain: Iterable[FontFile], text: str) -> FontFile | None:
    for file in chain:
        if all(ord(char) in file.codes for char in text):
            return file
    return None


def _in_portions(stretches: Iterable[tuple[FontFile, str]]) -> Iterator[Encoded]:
    for file, text in stretches:
        portion, codes, part, width = -1, bytearray(), "", 0.0
        for char in text:
            number, byte = file.codes[ord(char)]
            if number != portion and codes:
                yield Encoded(Portion(file.index, portion), bytes(codes), part, width)
                codes, part, width = bytearray(), "", 0.0
            portion = number
            codes.append(byte)
            part += char
            width += file.widths[ord(char)]
        if codes:
            yield Encoded(Portion(file.index, portion), bytes(codes), part, width)


def to_unicode(by_code: list[int]) -> bytes:
    """The character map of a portion, for readers that copy or speak the text (ISO 32000-1, 9.10.3)."""
    pairs = [(code, char) for code, char in enumerate(by_code) if char]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):  # a section holds at most 100 entries
        section = pairs[start : start + 100]
        lines.append(f"{len(section)} beginbfchar")
        lines += [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in section]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
