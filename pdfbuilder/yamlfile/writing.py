"""Plain values as YAML that reads as if written by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

#: Texts that YAML takes as they stand, whatever its version: words, ranges, days, and nothing with a mark of its own.
_BARE: Final = re.compile(
    r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z_/][A-Za-z0-9_./-]*(?: [A-Za-z0-9(][A-Za-z0-9_.,/()-]*)*"
    r"|[0-9]+(?:-[0-9]+)?(?: [A-Za-z]+)+|[0-9]+-[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}",
    re.ASCII | re.IGNORECASE,
)
#: What this program's own reader takes for numbers, and those of others.
_WORDS_FOR_NUMBERS: Final = re.compile(r"[.0-9+-]*(?:inf|nan|e[0-9]+)?", re.IGNORECASE)
#: What YAML takes for the end of a line, or not at all, and JSON for letters.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_STEP: Final = "  "


def scalar(value: object) -> str:
    """A single value on one line."""
    if isinstance(value, str):
        is_bare = _BARE.fullmatch(value) and not (_WORDS_FOR_NUMBERS.fullmatch(value) and "-" not in value)
        return value if is_bare else _in_quotes(value)
    return json.dumps(value)


def _in_quotes(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def lines(value: Mapping[str, object], indent: str = "") -> Iterator[str]:
    """A mapping, key by key; a list of single values stands on one line, others on a line for each item.

    Args:
        value: texts, numbers, true, false or null, in lists and mappings.
        indent: what stands before each line.
    """
    for key, inside in value.items():
        yield from _entry(f"{indent}{scalar(key)}:", inside, indent)


def item(value: object, indent: str) -> Iterator[str]:
    """One item of a list on lines of its own."""
    if isinstance(value, Mapping) and value:
        first, *rest = lines(value, indent + _STEP)
        yield f"{indent}- {first.removeprefix(indent + _STEP)}"
        yield from rest
    else:
        yield f"{indent}- {_on_a_line(value)}"


def _entry(key: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield key
        yield from lines(value, indent + _STEP)
    elif _is_list(value) and any(isinstance(each, Mapping) or _is_list(each) or _is_long(each) for each in value):
        yield key
        for each in value:
            yield from item(each, indent + _STEP)
    else:
        yield f"{key} {_on_a_line(value)}"


def _on_a_line(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_in_brackets(key)}: {_in_brackets(inside)}" for key, inside in value.items()) + "}"
    if _is_list(value):
        return f"[{', '.join(_in_brackets(each) for each in value)}]"
    return scalar(value)


def _in_brackets(value: object) -> str:
    text = _on_a_line(value)
    return _in_quotes(text) if isinstance(value, str) and "," in text and text == value else text


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_long(value: object) -> bool:
    return isinstance(value, str) and " " in value and len(value) > len("a word or two more")
