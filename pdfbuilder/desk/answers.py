"""What the page asks for, answered by the stages: a plan in words, its finished sheet, and what there is."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, structs

from pdfbuilder.desk import plans
from pdfbuilder.desk.findings import Finding, findings
from pdfbuilder.desk.written import written
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.declare import is_none
from pdfbuilder.domain.exercise import Exercise
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.order import Order, OrderWords
from pdfbuilder.domain.places import ITSELF
from pdfbuilder.domain.plan import PlanExercise
from pdfbuilder.domain.side import AffectedSide, Side, SideRule
from pdfbuilder.domain.template import Paper
from pdfbuilder.domain.wording import Wording, plain
from pdfbuilder.formats.pages import PageSize, page_picture, page_sizes
from pdfbuilder.formats.picture import PictureFormat, PictureOrder, picture_file
from pdfbuilder.handout import dose_words
from pdfbuilder.handout.blocks import Card
from pdfbuilder.pipeline import Composed, Renderer
from pdfbuilder.reading.kinds import Kind

#: So many finished sheets are kept, for the page that asks for their pictures.
_MOST_SHEETS: Final = 4
#: So many texts of plans stay read: whoever undoes something asks for one of the last.
_MOST_TEXTS: Final = 16
#: Of a page in dots: more than the largest screen has.
WIDEST: Final = 2400


class ShownChip(Struct, frozen=True):
    """A side beside an exercise's name."""

    word: str
    side: str
    solid: bool


class ShownItem(Struct, frozen=True):
    """An exercise of the plan in words.

    Attributes:
        name: what it is called.
        dose: what to do how often; empty as long as no side is chosen and the words depend on one.
        chips: its sides, once one is chosen.
        shows: what its picture shows, in words; empty if no side is chosen.
        pictured: for whose side the exercise's own picture shows what this one's does; empty if the sheet has none, or
            another one.
        figures: its dose, each figure as it is written in files.
        needs_side: whether it is done on a side.
    """

    name: str
    dose: str = ""
    chips: tuple[ShownChip, ...] = ()
    shows: str = ""
    pictured: str = ""
    figures: dict[str, Any] = {}
    needs_side: bool = False


class ShownSheet(Struct, frozen=True):
    """A finished sheet: where its pages can be had, and what is said of it."""

    key: str
    pages: tuple[PageSize, ...]
    boxes: int
    side: str


class PlanAnswer(Struct, frozen=True):
    """What the page is told about its plan.

    Attributes:
        revision: which of its questions this answers.
        text: what is saved.
        items: its exercises; none if the plan cannot be read as it is.
        minutes: how long it takes, in words.
        findings: what is wrong and what is suspicious.
        sheet: the finished sheet, or None.
        looks: what holds of how the sheet looks, said or not: template, paper, language.
        can_be_nobodys: whether every exercise may be printed for nobody's side.
    """

    revision: int
    text: str
    items: tuple[ShownItem, ...] = ()
    minutes: str = ""
    findings: tuple[Finding, ...] = ()
    sheet: ShownSheet | None = None
    looks: dict[str, str] = {}
    can_be_nobodys: bool = False


class Desk:
    """Answers one question after the other.

    Args:
        renderer: what sheets are made with.
        language: the desk's own, in which exercises are offered.
    """

    def __init__(self, renderer: Renderer, language: Language) -> None:
        self.renderer = renderer
        self.language = language
        renderer.library.stay_at_home()
        self.turn = threading.RLock()
        self._secret = secrets.token_bytes(32)
        self._sheets: OrderedDict[str, bytes] = OrderedDict()
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._pictures: dict[tuple[str, str], bytes] = {}

    # ------------------------------------------------------------------ plans

    def answer(self, plan: plans.DeskPlan, revision: int) -> PlanAnswer:
        """A plan in words, and its sheet if all of it has a side."""
        text = plans.write(plan)
        if not plan.items and not any(each.key == "phases" for each in plan.parts):
            return PlanAnswer(revision, text, looks=self._looks(plan))
        with self.turn:
            return self._answer(plan, text, revision)

    def _answer(self, plan: plans.DeskPlan, text: str, revision: int) -> PlanAnswer:
        path = f"{hashlib.sha256(text.encode()).hexdigest()[:12]}/{plan.name}.yaml"
        try:
            self._lend(path, text)
            try:
                return self._with_sheet(path, text, revision)
            except InvalidInput as error:
                if not any(each.code == "missing-side" for each in error.diagnostics):
                    raise
            # Nothing is shown that would be another for the other side.
            left, right = (self.renderer.compose(Order(path, side)) for side in (AffectedSide.LEFT, AffectedSide.RIGHT))
            items = tuple(self._in_both(*each) for each in zip(self._items(left), self._items(right), strict=True))
            return PlanAnswer(
                revision,
                text,
                items,
                left.common.handout.minutes,
                findings(_same(left.warnings, right.warnings), path),
                looks=self._looks_of(left, Order(path, AffectedSide.LEFT)),
                can_be_nobodys=not any(each.needs_side for each in items),
            )
        except InvalidInput as error:
            return PlanAnswer(revision, text, findings=findings(error.diagnostics, path), looks=self._looks(plan))

    def _with_sheet(self, path: str, text: str, revision: int) -> PlanAnswer:
        order = Order(path, places=ITSELF)
        composed = self.renderer.compose(order)
        sheet = self.renderer.render(order)
        key = hmac.new(self._secret, sheet.pdf, "sha256").hexdigest()[:32]
        self._sheets[key] = sheet.pdf
        self._sheets.move_to_end(key)
        while len(self._sheets) > _MOST_SHEETS:
            self._sheets.popitem(last=False)
        items = tuple(self._items(composed))
        return PlanAnswer(
            revision,
            text,
            items,
            composed.common.handout.minutes,
            findings(sheet.warnings, path),
            ShownSheet(key, page_sizes(sheet.pdf), sheet.boxes, sheet.plan.called),
            self._looks_of(composed, order),
            can_be_nobodys=not any(each.needs_side for each in items),
        )

    def _lend(self, path: str, text: str) -> None:
        if path in self._texts:
            self._texts.move_to_end(path)
            return
        self.renderer.library.lend(path, text)
        self._texts[path] = text
        while len(self._texts) > _MOST_TEXTS:
            self.renderer.library.take_back(self._texts.popitem(last=False)[0])

    def _items(self, composed: Composed) -> Iterator[ShownItem]:
        handout = composed.common.handout
        language = self.renderer.library.language(handout.language)
        for card, exercise in zip(handout.all_cards, composed.plan.exercises, strict=True):
            if exercise.section:
                yield ShownItem(plain(exercise.section.heading))
            shown = _shown(card, exercise, language)
            yield structs.replace(shown, pictured=self._pictured(exercise, composed.plan.affected))

    def _pictured(self, exercise: PlanExercise, affected: AffectedSide) -> str:
        shown, library, code = exercise.illustration, self.renderer.library, self.language.code
        if shown is None or exercise.id not in library.ids(Kind.EXERCISE, code):
            return ""
        named: Exercise = library.exercise(exercise.id, code).value
        if named.illustration is None or named.illustration.picture.source != shown.picture.source:
            return ""
        if shown.side is None:
            # It is the same for every side.
            return "left" if affected is AffectedSide.NONE else affected.value
        if exercise.is_nobodys or exercise.both_affected:
            return "none" if exercise.is_nobodys else "both"
        return (shown.side.other if named.rule is SideRule.OTHER else shown.side).value

    def _in_both(self, left: ShownItem, right: ShownItem) -> ShownItem:
        """What is the same for either side."""
        dose = left.dose if left.dose == right.dose else ""
        return structs.replace(left, dose=dose, chips=(), shows="", pictured="none" if left.pictured else "")

    def _looks(self, plan: plans.DeskPlan) -> dict[str, str]:
        """How an empty plan's sheet would look."""
        said = plan.sheet if isinstance(plan.sheet, dict) else {}  # a file may say anything
        with self.turn:
            order = Order("", template=str(said.get("template", "")), language=self.language.tag)
            order = order.under(self.renderer.defaults)
            paper = said.get("paper") or (order.paper.value if order.paper else Paper.A4.value)
            return {
                "template": order.template or "handout",
                "paper": str(paper),
                "language": str(said.get("language") or order.language),
            }

    def _looks_of(self, composed: Composed, order: Order) -> dict[str, str]:
        copy = composed.common
        return {
            "template": self.renderer.filled(order).template,
            "paper": (copy.paper or copy.template.page.paper).value,
            "language": copy.handout.language,
        }

    # ------------------------------------------------------------------ sheets

    def pdf(self, key: str) -> bytes | None:
        """A finished sheet; None if it is none of the last."""
        return self._sheets.get(key)

    def page(self, key: str, number: int, width: int) -> bytes | None:
        """One of its pages in dots, from 1; None if there is none."""
        pdf = self._sheets.get(key)
        if pdf is None or not 1 <= width <= WIDEST:
            return None
        with self.turn:
            return page_picture(pdf, number, width)

    # ------------------------------------------------------------------ what is asked for by its id

    def picture(self, id_: str, shown: str) -> bytes | None:
        """An exercise's picture as one side's sheet shows it, or of neither side for `none`; None if there is none."""
        if shown not in ("none", *(each.value for each in AffectedSide)):
            return None
        with self.turn:
            if (id_, shown) not in self._pictures:
                if id_ not in self.renderer.library.ids(Kind.EXERCISE, self.language.code):
                    return None
                side = None if shown == "none" else AffectedSide(shown)
                order = PictureOrder(id_, side, is_plain=shown == "none", language=self.language.tag)
                try:
                    found = picture_file(order, PictureFormat.SVG, self.renderer.library)
                except InvalidInput:
                    return None
                self._pictures[id_, shown] = found.data
            return self._pictures[id_, shown]

    def routine(self, id_: str) -> plans.DeskPlan | None:
        """A shipped routine, or one of the user's own content, as a plan to begin with; None if there is none."""
        with self.turn:
            library, code = self.renderer.library, self.language.code
            if id_ not in library.ids(Kind.ROUTINE, code):
                return None
            return begun(plans.read(library.text(Kind.ROUTINE, id_, code)))

    def words(self, texts: tuple[str, ...]) -> dict[str, Any]:
        """Texts with side words, as they will read on the left and on the right sheet, and what is wrong with them."""
        words = OrderWords()
        wordings = [each for text in texts if (each := words.wording("note", text))]
        lacks = [lack for each in wordings for lack in self.language.lacking(each)]
        sides = {} if lacks else {side.value: [self._spans(each, side) for each in wordings] for side in Side}
        return {"sides": sides, "findings": findings([*words.problems.found, *lacks], "")}

    def _spans(self, wording: Wording, side: Side) -> list[tuple[str, str]]:
        """A text in pieces, each with whether it names the affected side or the other."""
        return [
            (span.text, span.relative.value if span.relative else "") for span in wording.resolve(side, self.language)
        ]


#: What a routine says of itself and not of the sheets that are made of it.
_OF_ITSELF: Final = ("summary", "reviewed", "")


def begun(routine: plans.DeskPlan) -> plans.DeskPlan:
    """A plan for one person from a routine for anyone."""
    *parts, last = (each for each in routine.parts if each.key not in _OF_ITSELF)
    text = f"{last.text.rstrip()}\n" if last.text else ""
    # What the person must not do is added to them, and none would be one of them.
    restrictions = "" if is_none(routine.restrictions) else routine.restrictions
    return structs.replace(routine, parts=(*parts, structs.replace(last, text=text)), restrictions=restrictions)


def _shown(card: Card, exercise: PlanExercise, language: Language) -> ShownItem:
    sides = dose_words.for_each_side(exercise, language)
    sides += tuple(dose_words.with_all(exercise, language)) if sides else ()
    return ShownItem(
        name=plain(card.name),
        dose=" ".join(sides) or card.dose,
        chips=tuple(ShownChip(each.word, each.side.value if each.side else "", each.solid) for each in card.chips),
        shows=card.picture.alternative if card.picture else "",
        figures=written(exercise.dose),
        needs_side=exercise.rule is not SideRule.BILATERAL,
    )


def _same(left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(each for each in left if each in right)
