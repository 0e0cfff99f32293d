"""The clinic: a file of its own, or keys of a routine."""

from typing import Annotated

from msgspec import structs

from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.beside import Clinic
from pdfbuilder.domain.declare import MadeOf, Name
from pdfbuilder.domain.picture import Picture
from pdfbuilder.pictures.reading import read_picture
from pdfbuilder.yamlfile.place import Place


def _logo(named: str, at: Place) -> Picture | None:
    """The picture that a clinic names; None, and a problem, if it cannot be had."""
    file = at.node.source.folder / named
    message, hint = at.reader.fence.refusal(file) if at.reader.fence else ("", "")
    if message:
        at.reader.problems.error("outside", message, at.node.location, field=at.field, hint=hint)
        return None
    try:
        return read_picture(file, None, "", at.node.location, at.field)
    except InvalidInput as error:
        at.reader.problems.extend(error.diagnostics)
        return None


class ClinicSpec(Clinic, frozen=True, kw_only=True):
    """A clinic, for the head of its sheets."""

    logo: Annotated[Picture | None, MadeOf(Name, _logo), "Path of its logo: an SVG, PNG, JPEG or WebP."] = None


def to_clinic(spec: ClinicSpec, at: Place) -> Clinic:
    """A clinic from wherever it is written."""
    return Clinic(**{**structs.asdict(spec), "location": at.under("name").location})
