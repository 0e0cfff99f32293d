"""The command `pdfbuilder`."""

from __future__ import annotations

import gc
from functools import partial
from typing import Annotated

import typer

from pdfbuilder.cli import batch, build, check, list_, new, report, schema, show, show_picture

app = typer.Typer(
    help="Turn an exercise routine and an affected side into a printed sheet.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build")(build.build)
app.command("show")(show.show)
app.command("batch")(batch.batch)
app.command("show-picture")(show_picture.show_picture)
app.command("check")(check.check)
app.command("list")(list_.list_)
app.command("new")(new.new)
app.command("schema")(schema.schema)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("pdfbuilder"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Turn an exercise routine and an affected side into a printed sheet."""


def main() -> None:
    """Run the command line."""
    # A command makes few cycles and is soon done: looking for them at every turn costs more than it frees.
    gc.set_threshold(100_000)
    # By its own name also under `python -m`.
    report.run(partial(app, prog_name="pdfbuilder"))
