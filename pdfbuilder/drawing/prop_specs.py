"""What a pose file may say of the things around the body. Lengths are centimetres, x and z lie on the floor."""

from typing import Annotated

from msgspec import Struct

from pdfbuilder.domain.declare import Within
from pdfbuilder.drawing.values import Angle, Pair, Span, Way


class MatSpec(Struct, frozen=True, kw_only=True):
    """The mat on the floor."""

    x: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]


class TableSpec(Struct, frozen=True, kw_only=True):
    """A table on four legs."""

    x: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]
    height: Annotated[float, Within(1, 120)] = 74


class WorktopSpec(Struct, frozen=True, kw_only=True):
    """A kitchen worktop over cupboards, which stand back on the side of smaller x."""

    x: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]
    height: Annotated[float, Within(1, 120)] = 90


class BedSpec(Struct, frozen=True, kw_only=True):
    """A bed: a thick mattress on short legs."""

    x: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]
    height: Annotated[float, Within(10, 100)] = 46


class BoxSpec(Struct, frozen=True, kw_only=True):
    """A box: a step, a pillow, a cushion."""

    x: Annotated[Span, "From, to."]
    y: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]


class StairsSpec(Struct, frozen=True, kw_only=True):
    """Stairs, as high at each step as a house's; `stairs 1` is the lowest step to stand on."""

    foot: Annotated[float, "The x where they begin on the floor."]
    tread: Annotated[float, Within(-40, 40), "How deep a step is; negative if they go up towards smaller x."] = 28
    rise: Annotated[float, Within(5, 25), "How high a step is."] = 17
    steps: Annotated[int, Within(1, 8)] = 3
    z: Annotated[Span, "From, to."]


class ClothSpec(Struct, frozen=True, kw_only=True):
    """A towel that lies flat on the floor, with folds across it where it is drawn together."""

    x: Annotated[Span, "From, to."]
    z: Annotated[Span, "From, to."]
    folds: Annotated[tuple[float, ...], "The x of each fold."] = ()


class ChairSpec(Struct, frozen=True, kw_only=True):
    """A firm chair."""

    at: Annotated[Pair, "x and z of the seat's middle."]
    facing: Annotated[Angle, "Where someone on it looks: 0 to +x, 90 to +z."] = 0
    height: Annotated[float, Within(20, 80), "Of the seat."] = 46
    width: Annotated[float, Within(20, 80)] = 42
    depth: Annotated[float, Within(20, 80)] = 40
    back: Annotated[float, Within(0, 140), "How high the back ends; 0 for a stool."] = 88
    arms: Annotated[float, Within(0, 100), "How high its arms are; 0 for none."] = 0


class BarSpec(Struct, frozen=True, kw_only=True):
    """Something round: a stick, a stretched band, a rolled towel."""

    through: Annotated[Way, "Its points."]
    radius: Annotated[float, Within(0.3, 12)] = 1.4


class RailSpec(Struct, frozen=True, kw_only=True):
    """A handrail on two posts."""

    x: Annotated[Span, "From, to."]
    z: float
    heights: Annotated[Pair, "Of the rail at both ends."]
    feet: Annotated[Pair, "How high both posts stand."] = (0, 0)
    radius: Annotated[float, Within(0.5, 5)] = 1.8


PropSpec = TableSpec | WorktopSpec | BedSpec | BoxSpec | StairsSpec | ClothSpec | ChairSpec | BarSpec | RailSpec


class PropsSpec(Struct, frozen=True, kw_only=True):
    """The things around the body, by name."""

    table: TableSpec | None = None
    worktop: WorktopSpec | None = None
    bed: BedSpec | None = None
    step: BoxSpec | None = None
    stairs: StairsSpec | None = None
    wall: BoxSpec | None = None
    pillow: BoxSpec | None = None
    cushion: BoxSpec | None = None
    cloth: ClothSpec | None = None
    chair: ChairSpec | None = None
    stick: BarSpec | None = None
    band: BarSpec | None = None
    towel: BarSpec | None = None
    rail: RailSpec | None = None

    def named(self) -> dict[str, PropSpec]:
        """Those that there are."""
        return {name: each for name in self.__struct_fields__ if (each := getattr(self, name)) is not None}
