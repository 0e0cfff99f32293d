"""Whether a language has the words of the desk."""

from __future__ import annotations

from pdfbuilder.domain.language import Language

#: Parts of the body and templates whose own names will do.
_MAY_LACK = ("region_", "template_")


def lacking(language: Language, english: Language) -> list[str]:
    """The names of words that the desk has in English, and not in a language."""
    return sorted(name for name in english.desk if name not in language.desk and not name.startswith(_MAY_LACK))
