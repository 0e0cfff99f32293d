"""What a drawing may say: the attributes and styles of SVG that are printed as they are meant.

Some others are known to change nothing here and are left out. All the rest is refused: a drawing that is printed
without something that it says may show the wrong side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NoReturn

from pdfbuilder.domain.picture import Unprintable

SIMPLER: Final = "draw it with plain shapes and colours, or use a PNG"
#: An attribute or a style sheet. Paths may be as long as the file.
_MOST_CHARACTERS: Final = 5_000
_LONG: Final = ("d", "points")
#: Dashes and gaps before a dashed line begins anew.
_MOST_IN_PATTERN: Final = 20


def forbid(what: str, hint: str) -> NoReturn:
    """Refuse something that a drawing holds."""
    raise Unprintable(f"it holds {' '.join(what.split())}, which is not allowed", hint)


# --------------------------------------------------------------------------- properties

DIGITS: Final = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_UNIT: Final = r"(?:px|pt|pc|mm|cm|in)?"
_COLOURS: Final = ("fill", "stroke", "color")
#: What is printed beside colours, at which values. The patterns are compiled when a drawing needs them.
_PRINTED: Final = {
    "fill-rule": "evenodd|nonzero|inherit",
    "stroke-width": f"{DIGITS}{_UNIT}|inherit",
    "stroke-linecap": "butt|round|square|inherit",
    "stroke-linejoin": "miter|round|bevel|inherit",
    "stroke-dasharray": rf"none|inherit|{DIGITS}{_UNIT}(?:[\s,]+{DIGITS}{_UNIT}){{0,{_MOST_IN_PATTERN - 1}}}",
    "display": "none|inline|block",
    "visibility": "visible|hidden|collapse|inherit",
}
_PAPER: Final = r"none|transparent|white|#[fF]{3}|#[fF]{6}|rgb\(255,\s*255,\s*255\)"
#: What would change the picture, at the values that do not.
_NEUTRAL: Final = {
    **dict.fromkeys(("background", "background-color"), _PAPER),
    **dict.fromkeys(("clip-path", "filter", "mask", "transform", "vector-effect"), "none"),
    **dict.fromkeys(("marker", "marker-end", "marker-mid", "marker-start"), "none"),
    "clip": "auto",
    "mix-blend-mode": "normal",
    "paint-order": r"normal|markers|(?:markers\s+)?fill(?:\s+(?:stroke|markers))*",
    "stroke-dashoffset": f"0+(?:\\.0*)?{_UNIT}",
    "stroke-miterlimit": DIGITS,
}
#: Of writing, gradients, filters, what runs and what editors remember: there is nothing of it in a picture.
_HARMLESS: Final = (
    "-inkscape-.*|font(?:-.*)?|text-.*|letter-spacing|word-spacing|line-height|line-increment|white-space|writing-mode"
    "|direction|unicode-bidi|block-progression|baseline-shift|dominant-baseline|alignment-baseline|kerning"
    "|glyph-orientation-.*|inline-size|shape-inside|shape-padding|shape-margin|tab-size|hyphens"
    "|color-interpolation(?:-filters)?|(?:color|image|shape|buffered)-rendering|enable-background|clip-rule|isolation"
    "|overflow|cursor|pointer-events|user-select|(?:stop|flood|solid)-(?:color|opacity)|lighting-color"
)
_OPACITIES: Final = ("opacity", "fill-opacity", "stroke-opacity")
#: An opacity of 1 says nothing; any other would need what lies below.
_OPAQUE: Final = "1(?:\\.0*)?|100%"
_MOVES: Final = "(?:.*-)?transform.*|translate|rotate|scale|zoom|perspective.*|offset.*|motion.*"
#: The least limit of a mitre that is kept: PDF's own is 10, SVG's 4, and between them only sharp tips differ.
_LEAST_MITRE: Final = 4


def printed_properties(properties: Mapping[str, str]) -> dict[str, str]:
    """Those of an element's or a rule's properties that are printed.

    Raises:
        Unprintable: if one of the others would change the picture.
    """
    found = {}
    for key, value in properties.items():
        if _refers(value):
            forbid(f"a style that refers to something ({_said(key, value)})", "use a plain colour")
        if key in _COLOURS:
            # In its own colour is as what is around it.
            found[key] = "inherit" if (key, value) == ("color", "currentColor") else _colour(key, value)
        elif key in _PRINTED and re.fullmatch(_PRINTED[key], value):
            found[key] = value
        elif key in _OPACITIES:
            if not re.fullmatch(_OPAQUE, value):
                forbid("something translucent", "use plain colours, or save it as a PNG")
        elif re.fullmatch(_HARMLESS, key) or _changes_nothing(key, value, properties):
            continue
        elif re.fullmatch(_MOVES, key):
            forbid(
                f"a style that moves shapes ({_said(key, value)})",
                "write transform as an attribute of its own, in plain numbers",
            )
        else:
            forbid(_said(key, value), SIMPLER)
    return found


def _said(key: str, value: str) -> str:
    return f"{key[:30]}: {value[:30]}"


def _refers(value: str) -> bool:
    return "(" in value and "url(" in value.replace(" ", "").lower()


def _changes_nothing(key: str, value: str, properties: Mapping[str, str]) -> bool:
    if key == "stroke-dashoffset" and properties.get("stroke-dasharray") == "none":
        return True
    if key not in _NEUTRAL or not re.fullmatch(_NEUTRAL[key], value):
        return False
    rounded = properties.get("stroke-linejoin") in ("round", "bevel")
    return key != "stroke-miterlimit" or rounded or float(value) >= _LEAST_MITRE


# --------------------------------------------------------------------------- colours

_WORDS: Final = ("none", "inherit", "currentColor")
_PLAIN: Final = re.compile("#[0-9A-Fa-f]{6}")
_COLOUR: Final = re.compile(r"#\w+|[A-Za-z-]+|rgb\(.*\)", re.ASCII)


def _colour(key: str, value: str) -> str:
    """A colour as #RRGGBB, or one of the words none, inherit and currentColor."""
    if value in _WORDS or _PLAIN.fullmatch(value):
        return value.upper() if value[0] == "#" else value
    from PIL.ImageColor import getrgb  # noqa: PLC0415 - the shipped pictures do not need it

    if not _COLOUR.fullmatch(value):
        forbid(_said(key, value), SIMPLER)
    try:
        red, green, blue, *alpha = getrgb(value)
    except ValueError:
        forbid(f'the colour "{value[:30]}"', "write it as #RRGGBB")
    if alpha not in ([], [255]):
        forbid("something translucent", "use plain colours, or save it as a PNG")
    if max(red, green, blue) > 255:
        forbid(_said(key, value), SIMPLER)
    return f"#{red:02X}{green:02X}{blue:02X}"


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


#: Selectors that are looked up and not searched for: chains of them can take longer than anyone waits.
_SELECTOR: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*|[.#]-?[A-Za-z_][A-Za-z0-9_-]*")


class StyleSheet:
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

    def properties(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What it says of an element: an id counts more than a class, a class more than a name, then the later rule."""
        found: dict[str, tuple[int, int, str]] = {}
        names = {tag, f"#{attributes.get('id', '')}", *(f".{each}" for each in attributes.get("class", "").split())}
        for selector in names & self._said.keys():
            for key, said in self._said[selector].items():
                found[key] = max(said, found.get(key, said))
        return {key: value for key, (*_, value) in found.items()}


# --------------------------------------------------------------------------- attributes

#: What says where a shape is, and the style.
_ELSEWHERE: Final = re.compile("[xy][12]?|c[xy]|width|height|r[xy]?|d|points|transform|style")
#: Names, and what is said to readers, to editors and of the file.
_NOTES: Final = re.compile(
    "id|class|name|lang|role|tabindex|focusable|version|baseProfile|viewBox|preserveAspectRatio|zoomAndPan|t|p-id"
    "|contentScriptType|contentStyleType|externalResourcesRequired|data-.*|aria-.*"
)


def printed_attributes(attributes: Mapping[str, str], *, is_root: bool) -> tuple[dict[str, str], dict[str, str]]:
    """What an element says of how it is drawn: by itself, and in its style, which counts more than a style sheet.

    Raises:
        Unprintable: if it says something that runs, fetches, refers to another part of the drawing, or could only be
            printed wrong.
    """
    properties = {}
    for full, value in attributes.items():
        _, foreign, key = full.rpartition(" ")
        _check_attribute(key, value)
        if not foreign and _is_property(key) and value.strip():
            properties[key] = value.strip()
    if is_root and attributes.get("transform", "").strip():
        forbid("a transform of the whole drawing", "put it into a <g>")
    styled = declarations(attributes.get("style", ""))
    printed = printed_properties(properties | styled)
    if is_root and printed.get("display") == "none":
        forbid("nothing that is displayed", "delete display")
    own = {key: value for key, value in printed.items() if key in styled}
    return {key: value for key, value in printed.items() if key not in own}, own


@lru_cache(maxsize=128)
def _is_property(key: str) -> bool:
    """Whether an attribute of that name says how a shape is drawn."""
    return not (_ELSEWHERE.fullmatch(key) or _NOTES.fullmatch(key))


def _check_attribute(key: str, value: str) -> None:
    if len(value) > _MOST_CHARACTERS and key not in _LONG:
        raise Unprintable(f"its {key[:30]} is too long", "draw it simpler")
    if key.lower().startswith("on"):
        forbid(f"a script ({key[:30]})", "delete it")
    if key == "href":
        forbid("a reference (href)", "draw it out")
    if key != "style" and _refers(value):
        forbid(f'{key[:30]}="{value[:30]}"', "use a plain colour")
