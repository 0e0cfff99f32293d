"""`pdfbuilder settings`: what holds where nobody says otherwise, and what other commands take from it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pdfbuilder.cli import options, report
from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, nearest

if TYPE_CHECKING:
    from pdfbuilder.cli.settings_file import Settings
    from pdfbuilder.domain.order import Order
    from pdfbuilder.domain.routine import SheetDefaults
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.reading.library import Library

#: Names the folder of the settings, where it is not the user's own.
FOLDER: Final = "PDFBUILDER_SETTINGS"
_FILE: Final = "settings.yaml"


def settings(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[set KEY VALUE]", help="Change one; the value none takes it out. Without: show all."),
    ] = None,
) -> None:
    """Show or change your settings: paper, language, template, clinic, therapist and content folder."""
    from pdfbuilder.cli.settings_file import KEYS, read, write

    file = settings_file()
    if not words:
        found = read(file)
        report.say(f"{file}:" if found.said else f"{file}: nothing is set; pdfbuilder settings set paper letter")
        report.result("".join(f"{key}: {value}\n" for key, value in found.said.items()))
        return
    if words[0] != "set" or len(words) != 3:
        message, hint = f"expected set KEY VALUE, got {' '.join(words)}", "write pdfbuilder settings set paper letter"
        raise InvalidInput([Diagnostic("settings", message, Location("settings"), hint=hint)])
    _, key, value = words
    if key not in KEYS:
        hint = nearest(key, KEYS) or f"the settings are {', '.join(KEYS)}"
        message = f"there is no setting '{key}'"
        raise InvalidInput([Diagnostic("unknown-setting", message, Location("settings set"), hint=hint)])
    report.say(write(file, key, value))


def settings_file() -> Path:
    """Where the settings are, or would be."""
    if folder := os.environ.get(FOLDER):
        return Path(folder) / _FILE
    import platformdirs

    return Path(platformdirs.user_config_path("pdfbuilder", appauthor=False)) / _FILE


class Workplace:
    """What of the user's own a command uses.

    Attributes:
        content: the folder of their content, or None.
        defaults: what their settings say of sheets.
    """

    def __init__(self, content: Path | None, found: Settings, *, verbose: bool) -> None:
        self.content = content
        self.defaults: SheetDefaults = found.defaults
        self._found = found
        self._verbose = verbose

    def library(self) -> Library:
        """What ships, and what is the user's own."""
        from pdfbuilder.reading.library import Library

        return Library(self.content)

    def language(self, asked: str | None) -> str:
        """The language that was asked for, or that of the settings, or English."""
        from pdfbuilder.reading.shelf import ENGLISH

        return asked or self.defaults.language or ENGLISH

    def renderer(self) -> Renderer:
        """Makes sheets with it."""
        from pdfbuilder.pipeline import Renderer

        return Renderer(self.library(), self.defaults)

    def tell(self, order: Order) -> None:
        """Say what of an order comes from the settings, if that was asked for."""
        if not self._verbose:
            return
        if self.content and self.content == self._found.content:
            report.say(f"from the settings: content {self.content}")
        theirs = self.defaults.places.fields
        for name, place in order.places.fields:
            if (name, place) in theirs:
                report.say(f"from the settings: {name} {self._found.said[name]}")


def place(given: options.PlaceOptions) -> Workplace:
    """What of the user's own a command uses, as its options say.

    Raises:
        InvalidInput: if the settings are broken, or if there is no such folder of content.
    """
    from pdfbuilder.cli.settings_file import Settings, check_content, read

    found = Settings() if given["no_settings"] else read(settings_file())
    content = Path(given["content"]) if given["content"] else found.content
    check_content(content, Location("--content") if given["content"] else found.content_location)
    return Workplace(content, found, verbose=given["verbose"])
