"""`pdfbuilder schema`: JSON Schema, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from pdfbuilder.cli import options, report


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="exercise|routine|template|language|safety|about|clinic|roster|settings", help="Which kind of file."
        ),
    ],
) -> None:
    """Print the JSON Schema of a kind of file; editors check and complete with it."""
    import json
    from collections.abc import Callable
    from functools import partial

    from pdfbuilder.cli.settings_file import SettingsSpec
    from pdfbuilder.reading.schemas import SCHEMAS, Schema, file_schema
    from pdfbuilder.roster.schema import roster_schema

    settings = partial(file_schema, SettingsSpec)
    schemas: dict[str, Callable[[], Schema]] = {**SCHEMAS, "roster": roster_schema, "settings": settings}
    if kind not in schemas:
        raise options.none_of(schemas, "kind", kind, "schema")
    report.result(json.dumps(schemas[kind](), indent=2, ensure_ascii=False) + "\n")
