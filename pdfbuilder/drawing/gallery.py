"""The shipped pictures: one pose file and one SVG for each exercise of the content folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location, Problems, nearest
from pdfbuilder.domain.side import SideRule
from pdfbuilder.drawing.likeness import alike
from pdfbuilder.drawing.picture import ShortArrow, picture
from pdfbuilder.drawing.poses import read_pose
from pdfbuilder.drawing.svg import svg
from pdfbuilder.yamlfile.source import read_source
from pdfbuilder.yamlfile.tree import ScalarNode, parse

_EXERCISES: Final = "en/exercises"
_POSES: Final = "poses"
_PICTURES: Final = "pictures"


class Gallery:
    """Draws the pictures of a content folder.

    Args:
        content: the folder that holds `en/exercises`, `poses` and `pictures`.
    """

    def __init__(self, content: Path) -> None:
        self.content = content

    def ids(self) -> list[str]:
        """The ids of the exercises that have a pose file, sorted."""
        return sorted(path.stem for path in (self.content / _POSES).glob("*.yaml"))

    def pose_path(self, exercise: str) -> Path:
        """Where an exercise's pose file is."""
        return self.content / _POSES / f"{exercise}.yaml"

    def picture_path(self, exercise: str) -> Path:
        """Where an exercise's picture is."""
        return self.content / _PICTURES / f"{exercise}.svg"

    def draw(self, exercise: str) -> str:
        """The SVG that an exercise's pose file gives.

        Raises:
            InvalidInput: if there is no such pose file or exercise, or if anything is wrong with the pose.
        """
        if exercise not in self.ids():
            hint = nearest(exercise, self.ids()) or f"known: {', '.join(self.ids())}"
            raise _invalid("unknown-pose", f"there is no pose file for '{exercise}'", "command line", hint)
        path = self.pose_path(exercise)
        spec = read_pose(path)
        side = self._side(exercise)
        is_bilateral = side == SideRule.BILATERAL.value
        if side and is_bilateral != (spec.shows == "neither"):
            shows = "neither" if is_bilateral else "right"
            message = f"the exercise's side rule wants shows: {shows}, got {spec.shows}"
            raise _invalid("pose-side", message, str(path), f"write shows: {shows}")
        try:
            return svg(picture(spec), exercise)
        except ShortArrow as error:
            message, field = "the arrow is too short to be seen", f"arrows[{error.index}]"
            raise _invalid("pose-arrow", message, str(path), "let it go on further", field) from None

    def _side(self, exercise: str) -> str:
        """An exercise's side rule; empty if there is only the pose yet. The rest is not read."""
        path, problems = self.content / _EXERCISES / f"{exercise}.yaml", Problems()
        if not path.is_file():
            return ""
        tree = parse(read_source(str(path)), problems)
        problems.stop_on_error()
        side = tree.get("side")
        return str(side.value) if isinstance(side, ScalarNode) else ""

    def write(self, exercise: str) -> Path:
        """Draw an exercise's picture into its file; the file's path.

        Raises:
            InvalidInput: as `draw`.
        """
        text = self.draw(exercise)
        path = self.picture_path(exercise)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def stale(self, exercise: str) -> str:
        """Why an exercise's picture does not look like what its pose file gives; empty if it does.

        Raises:
            InvalidInput: as `draw`.
        """
        path = self.picture_path(exercise)
        if not path.is_file():
            return f"{path}: there is no picture"
        if not alike(path.read_text(encoding="utf-8"), self.draw(exercise)):
            return f"{path}: is not what {self.pose_path(exercise)} gives"
        return ""


def _invalid(code: str, message: str, where: str, hint: str, field: str = "") -> InvalidInput:
    return InvalidInput([Diagnostic(code, message, Location(where), field, hint)])
