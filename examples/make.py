"""Makes the sheets and the pictures of sheets in this folder anew: `make examples`.

    python examples/make.py [FOLDER]

Look at each picture before you commit it. The same versions of the libraries give the same files.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from pdfbuilder import Renderer, build

HERE = Path(__file__).parent
RENDERER = Renderer()
SIDES = ("left", "right")
TEMPLATES = ("handout", "fridge", "large-print", "diary")
#: The page that it stands on is shown: large print begins with a page of advice.
FIRST_SIDED = "Knee to chest"
DATE = datetime.date(2026, 11, 21)
#: The plans that stand here, each with the side that it is shown for, its phase, and the pages that are shown, each
#: with its template and its number.
PLANS = (
    ("new-knee", "right", "2", ("handout", 1), ("handout", 2), ("fridge", 1)),
    ("frozen-shoulder", "left", "", ("handout", 2), ("fridge", 1)),
    ("sprained-ankle", "left", "", ("handout", 1), ("fridge", 1)),
    ("sprained-ankle", "right", "", ("handout", 2)),
    ("steady-on-your-feet", "none", "", ("large-print", 1), ("large-print", 3)),
)
PLANS_DATE = datetime.date(2026, 11, 26)
NEXT_VISIT = "2026-12-03 10:30"

DPI = 100
#: Dots are drawn so many times finer and then averaged, so that thin lines are equally thick.
_FINER = 3
_COLOURS = 192
_EDGE = "#9AA5AC"
#: Between two sheets side by side, in dots.
_GAP = 24


def main() -> None:
    """Make everything, in this folder or in another one."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else HERE
    for made in (*pictures(folder), *plans(folder), *routine(folder), *clinic(folder), *gallery(folder)):
        print(f"{made}: {made.stat().st_size / 1000:.0f} kB")


def pictures(folder: Path) -> list[Path]:
    """A page of every template for the left and for the right, and two handouts side by side."""
    (folder / "sheets").mkdir(parents=True, exist_ok=True)
    pages = {(template, side): _sheet(template, side) for template in TEMPLATES for side in SIDES}
    images = {f"sheets/{template}-{side}.png": page for (template, side), page in pages.items()}
    images["left-and-right.png"] = _side_by_side(*(pages["handout", side] for side in SIDES))
    return [_saved(image, folder / name) for name, image in images.items()]


def plans(folder: Path) -> list[Path]:
    """A page or two of each plan."""
    made = []
    for plan, side, phase, *pages in PLANS:
        for template, number in pages:
            pdf = build(
                HERE / f"{plan}.yaml", side, phase=phase or None, template=template,
                name="Ann Smith", date=PLANS_DATE, next_visit=NEXT_VISIT, renderer=RENDERER,
            )  # fmt: skip
            name = f"sheets/{plan}-{side}-{template}-{number}.png"
            made.append(_saved(_page(pdf, number), folder / name))
    return made


def routine(folder: Path) -> list[Path]:
    """The sheet of the routine that stands here for a user's own."""
    path = folder / "my-routine-left.pdf"
    _pdfbuilder("build", str(HERE / "my-routine.yaml"), "-o", str(path))
    return [path]


def clinic(folder: Path) -> list[Path]:
    """What the roster gives: one file for the printer, and the list of what was made."""
    made = folder / "clinic"
    made.mkdir(exist_ok=True)
    _pdfbuilder("batch", str(HERE / "roster.csv"), "-o", str(made), "--combine", str(made / "plans.pdf"), "--duplex")
    for each in made.glob("p0*.pdf"):
        # A file for each person is left out of the repository: the combined file has the same pages.
        each.unlink()
    return [made / "plans.pdf", made / "manifest.json"]


def gallery(folder: Path) -> list[Path]:
    """All pictures, and the first page of them."""
    path = folder / "gallery.pdf"
    _pdfbuilder("gallery", "-o", str(path))
    return [path, _saved(_page(path.read_bytes(), 1), folder / "gallery.png")]


def _pdfbuilder(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pdfbuilder", *words], check=True)


def _sheet(template: str, side: str) -> Image.Image:
    pdf = build("sciatica-starter", side, name="Ann Smith", date=DATE, template=template, renderer=RENDERER)
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [each.get_textpage().get_text_range() for each in document]
    finally:
        document.close()
    return _page(pdf, next(number for number, text in enumerate(texts, start=1) if FIRST_SIDED in text))


def _page(pdf: bytes, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        fine: Image.Image = document[number - 1].render(scale=_FINER * DPI / 72).to_pil().convert("RGB")
    finally:
        document.close()
    image = fine.reduce(_FINER)
    # White paper on a white page needs an edge.
    ImageDraw.Draw(image).rectangle((0, 0, image.width - 1, image.height - 1), outline=_EDGE)
    return image


def _saved(image: Image.Image, path: Path) -> Path:
    # Rare colours, too: there is one arrow. Without dithering, which would put dots into plain colours.
    plain = image.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    plain.save(path, optimize=True, dpi=(DPI, DPI))
    return path


def _side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("RGB", (left.width + _GAP + right.width, left.height), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + _GAP, 0))
    return both


if __name__ == "__main__":
    main()
