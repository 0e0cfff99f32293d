"""A picture is the same to the last byte on every machine: nothing that depends on one is used, or decides anything."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely  # type: ignore[import-untyped,unused-ignore]
from drawing.shipped_poses import drawing_of, spec_of

from pdfbuilder import drawing
from pdfbuilder.drawing import plane
from pdfbuilder.drawing.picture import picture
from pdfbuilder.drawing.scene import scene
from pdfbuilder.drawing.svg import svg
from pdfbuilder.drawing.vectors import Points

EXERCISE = "lying-knee-press"

#: What NumPy hands to a library of linear algebra, which adds up in another order on another processor.
PRODUCTS = {"linalg", "dot", "vdot", "inner", "matmul", "vecdot", "einsum", "tensordot", "convolve", "correlate", "cov"}
#: What NumPy works out with the last digits of the processor, or of the C library.
DIGITS = {
    "sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "hypot", "exp", "log", "power", "interp", "sum",
    "mean",
}  # fmt: skip
#: What Python's own module works out with those of the C library. `vectors` rounds a sine and a cosine.
LIBRARY = {"sin", "cos", "tan", "hypot", "dist", "pow", "exp", "log"}
ROUNDED = {"vectors.py: math.cos", "vectors.py: math.sin"}


def used(source: str) -> Iterator[str]:
    """What a module uses that may not be used."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BinOp(op=ast.MatMult()) | ast.AugAssign(op=ast.MatMult()):
                yield "@"
            case ast.BinOp(left=ast.Constant(), op=ast.Pow()):
                pass  # a number that is written down
            case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()):
                yield "**"
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name in LIBRARY:
                yield f"math.{name}"
            case ast.Attribute(value=ast.Name(id="math")):
                pass
            case ast.Attribute(attr=name) if name in PRODUCTS | DIGITS:
                yield f".{name}"
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in ("numpy", "math", "scipy"):
                if module != "numpy.typing":
                    yield f"from {module}"


def test_no_module_uses_what_depends_on_the_processor() -> None:
    modules = sorted(Path(drawing.__file__).parent.glob("*.py"))
    assert len(modules) > 20
    found = {f"{path.name}: {what}" for path in modules for what in used(path.read_text(encoding="utf-8"))}
    assert found == ROUNDED


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("a @ b", "@"),
        ("a @= b", "@"),
        ("a.dot(b)", ".dot"),
        ("np.linalg.eigh(a)", ".linalg"),
        ("from numpy.linalg import eigh", "from numpy.linalg"),
        ("from numpy import dot", "from numpy"),
        ("np.einsum('i,i', a, b)", ".einsum"),
        ("(a * b).sum()", ".sum"),
        ("np.cos(a)", ".cos"),
        ("a**3", "**"),
    ],
)
def test_what_may_not_be_used_is_found(source: str, what: str) -> None:
    assert what in list(used(source))


@pytest.mark.slow
@pytest.mark.parametrize(("kernels", "seed"), [("Prescott", "1"), ("Haswell", "2")])
def test_is_the_same_in_another_process_on_another_processor(kernels: str, seed: str) -> None:
    """No linear algebra and no vector unit decides what is drawn, and no order of a set or a dictionary."""
    program = "import sys; from drawing.shipped_poses import drawing_of; print(drawing_of(sys.argv[1]), end='')"
    vector_units = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    done = subprocess.run(
        [sys.executable, "-c", program, EXERCISE],
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "PYTHONHASHSEED": seed,
            "OPENBLAS_CORETYPE": kernels,
            "NPY_DISABLE_CPU_FEATURES": " ".join(vector_units),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == -signal.SIGILL:
        pytest.skip(f"this processor cannot do what OpenBLAS does on a {kernels}")
    assert done.returncode == 0, done.stderr
    assert done.stdout == drawing_of(EXERCISE)


@pytest.mark.slow
def test_the_last_digits_decide_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coordinates that are off by what machines may differ in give the same picture to the last byte."""
    drawn = drawing_of(EXERCISE)
    on_grid, settled = plane._on_grid, plane._settled
    touched = []

    def off(points: Points) -> Points:
        touched.append(len(points))
        return points + 1e-12 * np.sin(1e7 * points)

    monkeypatch.setattr("pdfbuilder.drawing.picture.scene", scene.__wrapped__)
    monkeypatch.setattr(plane, "_on_grid", lambda points: on_grid(off(points)))
    monkeypatch.setattr(plane, "_settled", lambda geometry: settled(shapely.transform(geometry, off)))
    assert svg(picture(spec_of(EXERCISE)), EXERCISE) == drawn
    assert len(touched) > 100
