"""The same handouts by Typst, for comparison: the same words, pictures and boxes, from a template made for speed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible
import typst

from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.wording import Text, plain
from pdfbuilder.handout.blocks import Card, Handout
from pdfbuilder.handout.front import HowToTick
from pdfbuilder.handout.safety import SafetyBlock
from pdfbuilder.pictures.svg_text import svg_text

TEMPLATES = ("peer.typ", "shared.typ")
FONTS = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"


class Peer:
    """A compiler that is kept, with what all who have a handout share written beside its template."""

    def __init__(self, folder: Path, handout: Handout) -> None:
        for template in TEMPLATES:
            shutil.copy(Path(__file__).with_name(template), folder)
        for card in handout.cards:
            if card.picture:
                picture = card.picture.picture
                text = svg_text(picture.paths, picture.width, picture.height, frames=picture.frames)
                (folder / f"{card.id}.svg").write_text(text, encoding="utf-8")
        (folder / "handout.json").write_text(json.dumps(_shared(handout)), encoding="utf-8")
        self._compiler = typst.Compiler(
            str(folder / "peer.typ"), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True
        )

    def print(self, name: str) -> bytes:
        """The handout of somebody with the plan that all share."""
        return self._printed({"name": name})

    def print_own(self, handout: Handout) -> bytes:
        """The handout of somebody with a plan of their own."""
        return self._printed({"name": handout.own.name, "handout": json.dumps(_shared(handout))})

    def _printed(self, inputs: dict[str, str]) -> bytes:
        pdf = self._compiler.compile(format="pdf", pdf_tags=True, sys_inputs=inputs)
        assert isinstance(pdf, bytes)
        return pdf


def _shared(handout: Handout) -> dict[str, Any]:
    safety = handout.find(SafetyBlock)
    how = handout.find(HowToTick)
    return {
        "title": plain(handout.title),
        "tag": handout.tag.words,
        "minutes": handout.minutes,
        "tick": how.tick if how else "",
        "dashed": how.dashed if how else "",
        "page": handout.page_pattern,
        "review": handout.review,
        "safety": safety
        and {
            "tiers": [{"what": tier.what, "when": tier.when, "signs": tier.signs} for tier in safety.tiers],
            "advice": safety.advice,
            "sources": safety.sources,
        },
        "about": handout.about and {"title": handout.about.title, "paragraphs": handout.about.paragraphs},
        "cards": [_card(card) for card in handout.cards],
    }


def _card(card: Card) -> dict[str, Any]:
    grid, _ = card.grid(Tick.REP)
    return {
        "number": card.number,
        "name": _spans(card.name),
        "chips": [chip.word for chip in card.chips],
        "dose": card.dose,
        "steps": [_spans(step) for step in card.steps],
        "notes": [
            *({"label": note.label, "text": _spans(note.text)} for note in card.notes),
            *([{"label": card.word.label, "text": _spans(card.word.text)}] if card.word else []),
        ],
        "picture": f"{card.id}.svg" if card.picture else None,
        "mirrored": bool(card.picture and card.picture.mirrored),
        "alternative": card.picture.alternative if card.picture else "",
        "grid": {
            "days": grid.days,
            "active": grid.active,
            "sessions": grid.sessions,
            "sets": grid.sets,
            "solid": grid.lanes[0].solid,
            "dashed": grid.lanes[0].dashed,
            "lanes": [lane.word for lane in grid.lanes],
        },
    }


def _spans(text: Text) -> list[dict[str, Any]]:
    return [{"text": span.text, "bold": span.relative is not None} for span in text]
