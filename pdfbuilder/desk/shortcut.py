"""A file that starts the desk by a double click."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import Final

from msgspec import Struct

_NAME: Final = "Exercise desk"


class Shortcut(Struct, frozen=True):
    """A file to be written.

    Attributes:
        name: what it is called, with the suffix that its system starts it by.
        text: what it holds.
        is_program: whether it has to be marked as one.
    """

    name: str
    text: str
    is_program: bool = True


def shortcut(python: str, platform: str = sys.platform, options: tuple[str, ...] = ()) -> Shortcut:
    """What starts the desk on a system.

    Args:
        python: the interpreter that this program is installed in.
        platform: as `sys.platform` names it.
        options: those of `pdfbuilder desk` that it is to be started with, too.
    """
    command = [python, "-m", "pdfbuilder", "desk", "--quit-when-closed", *options]
    if platform == "win32":
        # A percent sign is a variable there, even in quotes.
        line = " ".join(map(_for_windows, command)).replace("%", "%%")
        return Shortcut(f"{_NAME}.cmd", f"@echo off\r\nchcp 65001 >nul\r\n{line}\r\n", is_program=False)
    line = shlex.join(command)
    if platform == "darwin":
        return Shortcut(f"{_NAME}.command", f"#!/bin/sh\nexec {line}\n")
    quoted = " ".join(_for_desktop(each) for each in command)
    text = f"[Desktop Entry]\nType=Application\nName={_NAME}\nExec={quoted}\nTerminal=true\n"
    return Shortcut(f"{_NAME.replace(' ', '-').lower()}.desktop", text)


def _for_windows(word: str) -> str:
    """A word in quotes where the program that is started needs them, and where its shell alone would end it."""
    quoted = subprocess.list2cmdline([word])
    if quoted != word or not re.search("[&|<>^();,=]", word):
        return quoted
    ending = word[len(word.rstrip("\\")) :]  # a backslash before the quote would take it for a letter
    return f'"{word}{ending}"'


def _for_desktop(word: str) -> str:
    """A word as the Desktop Entry Specification quotes it, and the file's own strings after that."""
    quoted = "".join(f"\\{char}" if char in '"`$\\' else char for char in word)
    return f'"{quoted}"'.replace("\\", "\\\\").replace("%", "%%")
