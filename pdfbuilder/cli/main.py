"""The command `pdfbuilder`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

from pdfbuilder.cli import report
from pdfbuilder.diagnostics import nearest

#: The commands in the order of the help, each with its module and the function in it, which are called alike.
_COMMANDS: Final = {
    "build": "build",
    "show": "show",
    "batch": "batch",
    "show-picture": "show_picture",
    "gallery": "gallery",
    "read": "read",
    "check": "check",
    "list": "list_",
    "new": "new",
    "copy": "copy",
    "schema": "schema",
    "settings": "settings",
    "desk": "desk",
}


def application(wanted: str = "") -> typer.Typer:
    """The command line.

    Args:
        wanted: the command that was asked for: no other is loaded then. All are for any other word, so that the help
            is whole and a misspelt command finds the nearest.
    """
    app = typer.Typer(
        help="Turn an exercise routine and an affected side into a printed sheet.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        callback=_options,
    )
    for name in [wanted] if wanted in _COMMANDS else _COMMANDS:
        called = _COMMANDS[name]
        app.command(name, cls=_Command)(getattr(import_module(f"pdfbuilder.cli.{called}"), called))
    return app


class _Command(TyperCommand):
    """A command that offers an option for a misspelt one only if it is near, by the rule of all other names."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if possible := getattr(error, "possibilities", None):
                misspelt = str(getattr(error, "option_name", ""))
                error.possibilities = [each for each in possible if nearest(misspelt, [each])]  # type: ignore[attr-defined]
            raise


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("pdfbuilder"))
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Turn an exercise routine and an affected side into a printed sheet."""


def main() -> None:
    """Run the command line."""
    # By its own name also under `python -m`. A shell that completes gives no words: then all commands are there.
    report.run(lambda: application(next(iter(sys.argv[1:]), ""))(prog_name="pdfbuilder"))
