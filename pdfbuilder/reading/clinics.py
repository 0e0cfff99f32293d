"""The clinic: a file of its own, or keys of a routine."""

from typing import Annotated

from msgspec import structs

from pdfbuilder.domain.beside import Clinic
from pdfbuilder.domain.declare import MadeOf, Name
from pdfbuilder.domain.picture import Picture
from pdfbuilder.yamlfile.place import Place


class ClinicSpec(Clinic, frozen=True, kw_only=True):
    """A clinic, for the head of its sheets."""

    logo: Annotated[
        Picture | None,
        MadeOf(Name, lambda named, at: at.reader.picture(named, at)),
        "Path of its logo: an SVG, PNG, JPEG or WebP.",
    ] = None


def to_clinic(spec: ClinicSpec, at: Place) -> Clinic:
    """A clinic from wherever it is written."""
    if spec.hours and not spec.phone:
        message, hint = "nobody is told the hours: they stand before a number", "add phone, or leave them out"
        hours = at.under("hours")
        at.reader.problems.warning("never-printed", message, hours.node.location, field=hours.field, hint=hint)
    return Clinic(**{**structs.asdict(spec), "location": at.under("name").location})
