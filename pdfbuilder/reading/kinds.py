"""The kinds of definition files, and how to tell them apart."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from pdfbuilder.domain.routine import About, Safety
from pdfbuilder.domain.template import Template
from pdfbuilder.reading.exercises import ExerciseSpec
from pdfbuilder.reading.languages import LanguageSpec
from pdfbuilder.reading.routines import RoutineSpec
from pdfbuilder.reading.templates import EXTENDS
from pdfbuilder.yamlfile.shapes import record
from pdfbuilder.yamlfile.tree import MapNode


class Kind(Enum):
    """A kind of definition; the value is the folder of the shipped ones."""

    EXERCISE = "exercises"
    ROUTINE = "routines"
    TEMPLATE = "templates"
    LANGUAGE = "languages"
    SAFETY = "safety"
    ABOUT = "about"

    @property
    def noun(self) -> str:
        """The kind in words, with its article."""
        return {
            Kind.EXERCISE: "an exercise",
            Kind.ROUTINE: "a routine",
            Kind.TEMPLATE: "a template",
            Kind.LANGUAGE: "a language",
            Kind.SAFETY: "a safety block",
            Kind.ABOUT: "a background text",
        }[self]

    @property
    def telling(self) -> str:
        """The key that only this kind has."""
        return {
            Kind.EXERCISE: "instructions",
            Kind.ROUTINE: "exercises",
            Kind.TEMPLATE: "blocks",
            Kind.LANGUAGE: "messages",
            Kind.SAFETY: "emergency",
            Kind.ABOUT: "paragraphs",
        }[self]


def kind_of(tree: MapNode) -> Kind | None:
    """What a definition file is: it has the key that tells, or else most of the keys of its kind."""
    models: dict[Kind, type[Struct]] = {
        # of two kinds that fit alike, the first
        Kind.ROUTINE: RoutineSpec,
        Kind.EXERCISE: ExerciseSpec,
        Kind.TEMPLATE: Template,
        Kind.LANGUAGE: LanguageSpec,
        Kind.SAFETY: Safety,
        Kind.ABOUT: About,
    }
    known = {kind: set(record(model).fields) for kind, model in models.items()}
    known[Kind.TEMPLATE].add(EXTENDS)
    keys = set(tree.entries)
    best = max(models, key=lambda kind: (kind.telling in keys, len(keys & known[kind])))
    return best if keys & known[best] else None
