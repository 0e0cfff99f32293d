"""The kinds of definition files."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum


class Kind(Enum):
    """A kind of definition; the value is the folder of the shipped ones, in that of their language if they have one."""

    EXERCISE = "exercises"
    ROUTINE = "routines"
    TEMPLATE = "templates"
    LANGUAGE = "languages"
    SAFETY = "safety"
    ABOUT = "about"
    CLINIC = "clinics"

    @property
    def has_language(self) -> bool:
        """Whether it is a text in a language, and its id one in that language."""
        return self not in (Kind.TEMPLATE, Kind.LANGUAGE, Kind.CLINIC)

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
            Kind.CLINIC: "a clinic",
        }[self]

    def is_told_by(self, keys: Collection[str]) -> bool:
        """Whether a file with some keys has one that only this kind has."""
        others = {
            Kind.ROUTINE: ("phases",),
            Kind.TEMPLATE: ("extends",),
            Kind.CLINIC: ("address", "hours", "web", "logo", "if_it_hurts"),
        }
        return self.telling in keys or any(each in keys for each in others.get(self, ()))

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
            Kind.CLINIC: "phone",
        }[self]
