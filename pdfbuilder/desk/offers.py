"""What there is to choose from: what the page shows first, so nothing is read here that a list does not show."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

import msgspec

from pdfbuilder.desk.findings import findings
from pdfbuilder.desk.written import written
from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.domain.exercise import Exercise, Region
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.plan import resolve_exercise
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.domain.template import Paper
from pdfbuilder.domain.wording import plain
from pdfbuilder.handout import dose_words
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.library import Library


class Offers:
    """Exercises, routines, templates and whatever else can be chosen.

    Args:
        library: where they are.
        language: the desk's own, in which they are offered.
    """

    def __init__(self, library: Library, language: Language) -> None:
        self.language = language
        self._library = library.for_lists()
        self._library.stay_at_home()
        self._turn = threading.Lock()
        self._unread: list[Diagnostic] = []

    def in_json(self) -> bytes:
        """All of it, as the page reads it."""
        with self._turn:
            return self._in_json

    @cached_property
    def _in_json(self) -> bytes:
        library, language = self._library, self.language
        return msgspec.json.encode(
            {
                "exercises": list(self._readable(self._exercise, library.ids(Kind.EXERCISE, language.code))),
                "routines": list(self._readable(self._routine, library.ids(Kind.ROUTINE, language.code))),
                "templates": list(self._readable(self._template, library.ids(Kind.TEMPLATE))),
                "regions": [each.value for each in Region],
                "papers": [each.value for each in Paper],
                "languages": [f"{language.code}-{region}" for region in language.regions],
                "sides": {
                    side.value: {"word": language.words_for(side).word}
                    for side in (AffectedSide.LEFT, AffectedSide.BOTH, AffectedSide.RIGHT)
                },
                "days": [language.locale.short_day(day) for day in language.locale.week],
                "day_names": [day.name.lower() for day in language.locale.week],
                "words": dict(language.desk),
                # Last, when all was read.
                "unread": [each.text for each in findings(self._unread, "") if each.is_error],
            }
        )

    def _readable(self, offered: Callable[[str], dict[str, Any]], ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """What can be read of what there is: somebody's broken file costs them no other."""
        for id_ in ids:
            try:
                yield offered(id_)
            except InvalidInput as error:
                self._unread += error.diagnostics

    def _template(self, id_: str) -> dict[str, Any]:
        return {"id": id_, "description": self._library.brief(Kind.TEMPLATE, id_).line}

    def _routine(self, id_: str) -> dict[str, Any]:
        brief = self._library.brief(Kind.ROUTINE, id_, self.language.code)
        return {"id": id_, "name": brief.title, "summary": brief.line, "count": brief.count}

    def _exercise(self, id_: str) -> dict[str, Any]:
        language = self.language
        exercise: Exercise = self._library.exercise(id_, language.code).value
        left, right = (resolve_exercise(exercise, side, language) for side in (AffectedSide.LEFT, AffectedSide.RIGHT))
        name = _of_either(plain(left.name), plain(right.name))
        brief, dose = (
            _of_either(words(left, language), words(right, language))
            for words in (dose_words.in_brief, dose_words.in_sentences)
        )
        told = [exercise.name, exercise.cue, exercise.feel]
        return {
            "id": id_,
            "name": name or plain(exercise.name.unsided),
            "regions": [each.value for each in exercise.regions] or [""],
            "needs": exercise.equipment,
            "brief": brief,
            "dose": dose,
            "figures": written(exercise.dose),
            "words": " ".join((exercise.group, *(plain(each.unsided) for each in told if each), *exercise.equipment)),
            "has_picture": exercise.illustration is not None,
            "own": self._library.origin(Kind.EXERCISE, id_, language.code)[0] is not None,
        }


def _of_either(left: str, right: str) -> str:
    """What is said on the left sheet and on the right one; nothing if these are two things."""
    return left if left == right else ""
