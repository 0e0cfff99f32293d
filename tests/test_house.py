"""What of the house no tool looks after: names, and who says what."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pdfbuilder

PACKAGE = Path(pdfbuilder.__path__[0])
MODULES = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != "drawing"]


def texts(path: Path) -> set[str]:
    """What a module can say: its strings, without what stands in front of a module, class or function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {ast.get_docstring(each, clean=False) for each in ast.walk(tree) if isinstance(each, described)}
    constants = (each.value for each in ast.walk(tree) if isinstance(each, ast.Constant))
    return {each for each in constants if isinstance(each, str)} - docstrings


def test_only_the_command_line_names_its_options() -> None:
    below = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] != "cli"]
    named = {(path.name, text) for path in below for text in texts(path) if re.search("--[a-z]", text)}
    # One that the desk starts the program anew with, and some of Dask's.
    assert {name for name, _ in named} == {"shortcut.py", "cluster.py"}


def test_a_class_has_a_name_that_no_other_has() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in MODULES]
    names = Counter(each.name for tree in trees for each in tree.body if isinstance(each, ast.ClassDef))
    assert names.total() > 300
    assert [name for name, count in names.items() if count > 1 and not name.startswith("_")] == []
