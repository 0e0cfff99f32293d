"""What a drawing may say: the attributes and styles of SVG that are printed as they are meant.

Some others are known to change nothing here and are left out. All the rest is refused: a drawing that is printed
without something that it says may show the wrong side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NoReturn

from pdfbuilder.domain.picture import Unprintable

SIMPLER: Final = "draw it with plain shapes and colours, or use a PNG"
#: An attribute or a style sheet. Paths may be as long as the file.
_MOST_CHARACTERS: Final = 5_000
_LONG: Final = ("d", "points")
#: Steps of one transform.
MOST_STEPS: Final = 20
#: Dashes and gaps before a dashed line begins anew.
MOST_IN_PATTERN: Final = 20


def forbid(what: str, hint: str) -> NoReturn:
    """Refuse something that a drawing holds."""
    raise Unprintable(f"it holds {what}, which is not allowed", hint)


# --------------------------------------------------------------------------- properties

_DIGITS: Final = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_UNIT: Final = r"(?:px|pt|pc|mm|cm|in)?"
_BYTE: Final = r"\s*(?:[01]?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])\s*"
_SHARE: Final = r"\s*(?:100|[0-9]{1,2})(?:\.[0-9]+)?%\s*"
_COLOUR: Final = (
    rf"#(?:[0-9a-fA-F]{{3,4}}|[0-9a-fA-F]{{6}}|[0-9a-fA-F]{{8}})|[A-Za-z-]+"
    rf"|rgb\({_BYTE},{_BYTE},{_BYTE}\)|rgb\({_SHARE},{_SHARE},{_SHARE}\)"
)
#: What is printed, at which values. A name of a colour that does not exist is found out later.
_PRINTED: Final = {
    "fill": re.compile(_COLOUR),
    "stroke": re.compile(_COLOUR),
    "color": re.compile(_COLOUR),
    "fill-rule": re.compile("evenodd|nonzero|inherit"),
    "stroke-width": re.compile(f"{_DIGITS}{_UNIT}|inherit"),
    "stroke-linecap": re.compile("butt|round|square|inherit"),
    "stroke-linejoin": re.compile("miter|round|bevel|inherit"),
    "stroke-dasharray": re.compile(
        rf"none|inherit|{_DIGITS}{_UNIT}(?:[\s,]+{_DIGITS}{_UNIT}){{0,{MOST_IN_PATTERN - 1}}}"
    ),
    "display": re.compile("none|inline|block"),
    "visibility": re.compile("visible|hidden|collapse|inherit"),
}
_NONE: Final = re.compile("none")
_PAPER: Final = re.compile(r"none|transparent|white|#[fF]{3}|#[fF]{6}|rgb\(255,\s*255,\s*255\)")
#: What would change the picture, at the values that do not.
_NEUTRAL: Final = {
    "background": _PAPER,
    "background-color": _PAPER,
    "clip": re.compile("auto"),
    "clip-path": _NONE,
    "filter": _NONE,
    "marker": _NONE,
    "marker-end": _NONE,
    "marker-mid": _NONE,
    "marker-start": _NONE,
    "mask": _NONE,
    "mix-blend-mode": re.compile("normal"),
    "paint-order": re.compile(r"normal|markers|(?:markers\s+)?fill(?:\s+(?:stroke|markers))*"),
    "stroke-dashoffset": re.compile(f"0+(?:\\.0*)?{_UNIT}"),
    "stroke-miterlimit": re.compile(_DIGITS),
    "transform": _NONE,
    "vector-effect": _NONE,
}
#: Of writing, gradients, filters, what runs and what editors remember: there is nothing of it in a picture.
_HARMLESS: Final = re.compile(
    "-inkscape-.*|font(?:-.*)?|text-.*|letter-spacing|word-spacing|line-height|line-increment|white-space|writing-mode"
    "|direction|unicode-bidi|block-progression|baseline-shift|dominant-baseline|alignment-baseline|kerning"
    "|glyph-orientation-.*|inline-size|shape-inside|shape-padding|shape-margin|tab-size|hyphens"
    "|color-interpolation(?:-filters)?|(?:color|image|shape|buffered)-rendering|enable-background|clip-rule|isolation"
    "|overflow|cursor|pointer-events|user-select|(?:stop|flood|solid)-(?:color|opacity)|lighting-color"
)
_OPACITIES: Final = ("opacity", "fill-opacity", "stroke-opacity")
#: An opacity of 1 says nothing; any other would need what lies below.
_OPAQUE: Final = re.compile("1(?:\\.0*)?|100%", re.ASCII)
_MOVES: Final = re.compile("(?:.*-)?transform.*|translate|rotate|scale|zoom|perspective.*|offset.*|motion.*")
#: The least limit of a mitre that is kept: PDF's own is 10, SVG's 4, and between them only sharp tips differ.
_LEAST_MITRE: Final = 4


def is_property(key: str) -> bool:
    """Whether an attribute says how to draw, so that it would be inherited from what is around."""
    return key in _PRINTED or key in _NEUTRAL or key in _OPACITIES


def printed_properties(properties: Mapping[str, str]) -> dict[str, str]:
    """Those of an element's or a rule's properties that are printed.

    Raises:
        Unprintable: if one of the others would change the picture.
    """
    found = {}
    for key, value in properties.items():
        said = f"{key[:30]}: {value[:30]}"
        if "url(" in value.replace(" ", "").lower():
            forbid(f"a style that refers to something ({said})", "use a plain colour")
        if key in _PRINTED and _PRINTED[key].fullmatch(value):
            found[key] = value
        elif key in _OPACITIES:
            if not _OPAQUE.fullmatch(value):
                forbid("something translucent", "use plain colours, or save it as a PNG")
        elif _HARMLESS.fullmatch(key) or _changes_nothing(key, value, properties):
            continue
        elif _MOVES.fullmatch(key):
            forbid(
                f"a style that moves shapes ({said})", "write transform as an attribute of its own, in plain numbers"
            )
        else:
            forbid(said, SIMPLER)
    return found


def _changes_nothing(key: str, value: str, properties: Mapping[str, str]) -> bool:
    if key == "stroke-dashoffset" and properties.get("stroke-dasharray") == "none":
        return True
    if key not in _NEUTRAL or not _NEUTRAL[key].fullmatch(value):
        return False
    rounded = properties.get("stroke-linejoin") in ("round", "bevel")
    return key != "stroke-miterlimit" or rounded or float(value) >= _LEAST_MITRE


# --------------------------------------------------------------------------- styles

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BY_HAND: Final = "write colours and widths into the shapes"


def declarations(text: str) -> dict[str, str]:
    """What a style says, by its properties."""
    found = {}
    for each in _COMMENT.sub(" ", text).split(";"):
        key, colon, value = (part.strip() for part in each.partition(":"))
        if colon:
            found[key.lower()] = value
        elif key:
            forbid(f'the style "{key[:30]}"', _BY_HAND)
    return found


def style(properties: Mapping[str, str]) -> str:
    """Properties as a style; the reverse of `declarations`."""
    return ";".join(f"{key}:{value}" for key, value in properties.items())


#: Selectors that are looked up and not searched for: chains of them can take longer than anyone waits.
_SELECTOR: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*|[.#]-?[A-Za-z_][A-Za-z0-9_-]*")


class Sheet:
    """A style sheet, and what it says of elements.

    Args:
        text: the sheet; empty if there is none.

    Raises:
        Unprintable: if it cannot be understood, or says what could only be printed wrong.
    """

    def __init__(self, text: str) -> None:
        if len(text) > _MOST_CHARACTERS:
            raise Unprintable("its style sheet is too long", _BY_HAND)
        if "@" in text or "\\" in text:
            forbid("a style sheet that refers to something", _BY_HAND)
        text = _COMMENT.sub(" ", text)
        if _RULE.sub("", text).strip():
            forbid("a style sheet that cannot be understood", _BY_HAND)
        #: By selector and property: the weight of the selector, which rule it is, and the value.
        self._said: dict[str, dict[str, tuple[int, int, str]]] = {}
        for place, (selectors, inside) in enumerate(_RULE.findall(text)):
            printed = printed_properties(declarations(inside))
            if "display" in printed:
                forbid("a style sheet that hides or shows something", "delete what is hidden")
            for selector in map(str.strip, selectors.split(",")):
                if not _SELECTOR.fullmatch(selector):
                    forbid(
                        f'the selector "{selector[:30]}"', "name an element, a .class or an #id, and nothing around it"
                    )
                said = self._said.setdefault(selector, {})
                said |= {key: (".#".find(selector[0]), place, value) for key, value in printed.items()}

    @property
    def rules(self) -> list[dict[str, str]]:
        """What it says, selector by selector."""
        return [{key: value for key, (*_, value) in said.items()} for said in self._said.values()]

    def properties(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What it says of an element: an id counts more than a class, a class more than a name, then the later rule."""
        found: dict[str, tuple[int, int, str]] = {}
        names = {tag, f"#{attributes.get('id', '')}", *(f".{each}" for each in attributes.get("class", "").split())}
        for selector in names & self._said.keys():
            for key, said in self._said[selector].items():
                found[key] = max(said, found.get(key, said))
        return {key: value for key, (*_, value) in found.items()}


# --------------------------------------------------------------------------- attributes

_POSITION: Final = re.compile(f"[+-]?{_DIGITS}(?:{_UNIT}|%)")
_EXTENT: Final = re.compile(f"{_DIGITS}(?:{_UNIT}|%)")
_GEOMETRY: Final = dict.fromkeys(("x", "y", "x1", "y1", "x2", "y2", "cx", "cy"), _POSITION) | dict.fromkeys(
    ("width", "height", "r", "rx", "ry"), _EXTENT
)
#: Names, and what is said to readers, to editors and of the file.
_NOTES: Final = re.compile(
    "id|class|name|lang|role|tabindex|focusable|version|baseProfile|viewBox|preserveAspectRatio|zoomAndPan|t|p-id"
    "|contentScriptType|contentStyleType|externalResourcesRequired|data-.*|aria-.*"
)


def printed_attributes(attributes: Mapping[str, str], *, is_root: bool) -> dict[str, str]:
    """An element's attributes, as far as they are of SVG and not known to change nothing.

    Raises:
        Unprintable: if one runs, fetches, refers to another part of the drawing, or could only be printed wrong.
    """
    kept, properties = {}, {}
    for full, value in attributes.items():
        _, foreign, key = full.rpartition(" ")
        _check_attribute(key, value)
        if foreign or key == "style":
            continue
        if key == "transform" and value.strip():
            if is_root:
                forbid("a transform of the whole drawing", "put it into a <g>")
            _check_transform(value)
            kept[key] = value
        elif key == "d":
            _check_path(value)
            kept[key] = value
        elif key == "points":
            _check_points(value)
            kept[key] = value
        elif key in _GEOMETRY:
            if not is_root and not _GEOMETRY[key].fullmatch(value.strip()):
                forbid(f'{key}="{value[:30]}"', "write it as a number")
            kept[key] = value
        elif _NOTES.fullmatch(key):
            kept[key] = value
        elif value.strip():
            properties[key] = value.strip()
    styled = declarations(attributes.get("style", ""))
    printed = printed_properties(properties | styled)
    if is_root and printed.get("display") == "none":
        forbid("nothing that is displayed", "delete display")
    own = {key: value for key, value in printed.items() if key in styled and not is_root}
    kept |= {key: value for key, value in printed.items() if key not in own}
    return kept | ({"style": style(own)} if own else {})


def _check_attribute(key: str, value: str) -> None:
    if len(value) > _MOST_CHARACTERS and key not in _LONG:
        raise Unprintable(f"its {key[:30]} is too long", "draw it simpler")
    if key.lower().startswith("on"):
        forbid(f"a script ({key[:30]})", "delete it")
    if key == "href":
        forbid("a reference (href)", "draw it out")
    if key != "style" and "url(" in value.replace(" ", "").lower():
        forbid(f'{key[:30]}="{value[:30]}"', "use a plain colour")


_TRANSFORM: Final = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)[\s,]*")
_COUNTS: Final = {
    "matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,),
}  # fmt: skip


def _check_transform(text: str) -> None:
    steps = _TRANSFORM.findall(text)
    if len(steps) > MOST_STEPS:
        raise Unprintable("its transform is too long", "draw it simpler")
    if _TRANSFORM.sub("", text).strip() or any(
        len(numbers.replace(",", " ").split()) not in _COUNTS[step] for step, numbers in steps
    ):
        forbid(f'transform="{text[:30]}"', "write it like rotate(30 290 200)")


# --------------------------------------------------------------------------- paths

_NUMERAL: Final = re.compile(rf"[+-]?{_DIGITS}[\s,]*", re.ASCII)
_FLAG: Final = re.compile(r"[01][\s,]*", re.ASCII)
_COMMAND: Final = re.compile(r"\s*([MmZzLlHhVvCcSsQqTtAa])\s*", re.ASCII)
_ARC: Final = (*[_NUMERAL] * 3, _FLAG, _FLAG, _NUMERAL, _NUMERAL)
_OPERANDS: Final = {
    "Z": (), "H": (_NUMERAL,), "V": (_NUMERAL,), "M": (_NUMERAL,) * 2, "L": (_NUMERAL,) * 2, "T": (_NUMERAL,) * 2,
    "S": (_NUMERAL,) * 4, "Q": (_NUMERAL,) * 4, "C": (_NUMERAL,) * 6, "A": _ARC,
}  # fmt: skip


def _check_path(data: str) -> None:
    """Refuse a path that has to be guessed. After a Z the next part has to say where it begins."""
    data, place, before = data.strip(), 0, ""
    while place < len(data):
        command = _COMMAND.match(data, place)
        letter = command.group(1).upper() if command else ""
        if not command or (before in ("", "Z") and letter != "M" and letter + before != "ZZ"):
            raise _broken(data, place)
        place, before = command.end(), letter
        while _OPERANDS[letter]:
            for operand in _OPERANDS[letter]:
                found = operand.match(data, place)
                if not found:
                    raise _broken(data, place)
                place = found.end()
            if not _NUMERAL.match(data, place):
                break


def _check_points(text: str) -> None:
    place = count = 0
    text = text.strip()
    while place < len(text):
        found = _NUMERAL.match(text, place)
        if not found:
            raise _broken(text, place)
        place, count = found.end(), count + 1
    if count % 2:
        raise _broken(text, place)


def _broken(data: str, place: int) -> Unprintable:
    return Unprintable(f'a path is broken at "{data[place : place + 20]}"', "draw that path anew")
