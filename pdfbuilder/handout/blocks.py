"""The blocks of a handout. Plain values: equal content is equal, so that a laid-out card can be reused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from pdfbuilder.domain.dose import Tick
from pdfbuilder.domain.side import AffectedSide, Side
from pdfbuilder.domain.wording import Text
from pdfbuilder.handout.about import AboutBlock
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Fragment
from pdfbuilder.layout.core.pictures import CardPicture
from pdfbuilder.layout.core.style import Style
from pdfbuilder.layout.core.text import Note, Run


class SideTag(Struct, frozen=True):
    """The plan's side in words, for the tag, the bar and the footer.

    Attributes:
        room_for: all that it might say of one side: left or right, the sheet is laid out alike.
    """

    side: AffectedSide
    words: str
    room_for: tuple[str, ...]


class Chip(Struct, frozen=True):
    """A side on a card: solid where to begin, outlined after; without a side it says both together."""

    word: str
    side: Side | None
    solid: bool


class Lane(Struct, frozen=True):
    """One side's run of tick boxes, or the only one.

    Attributes:
        side: which side, or None where the exercise has none to tell apart.
        word: the side in words, empty without a side.
        letter: the side's letter, empty without a side.
        first: whether to begin with it.
        sets: groups in a run.
        solid: boxes of a group that are asked for.
        dashed: boxes of a group that are extra.
    """

    side: Side | None = None
    word: str = ""
    letter: str = ""
    first: bool = False
    sets: int = 1
    solid: int = 1
    dashed: int = 0

    @property
    def boxes(self) -> int:
        """How many tick boxes a group has."""
        return self.solid + self.dashed


class Grid(Struct, frozen=True, cache_hash=True):
    """The tick boxes of one exercise for a week, before they have a place.

    Attributes:
        exercise: plain name, for readers that hear the sheet.
        active: whether each of the seven days has boxes, in the order of the week.
        days: the days' labels.
        sessions: times a day.
        lanes: the sides, in order of work; one without a side if they are not told apart.
        alternate: whether the lanes take turns box by box; they stand side by side then.
        set_word: heads the sets.
        session_words: ordinal and noun of each time of day: ('1st', 'time').
    """

    exercise: str
    active: tuple[bool, ...]
    days: tuple[str, ...]
    sessions: int
    lanes: tuple[Lane, ...]
    alternate: bool
    set_word: str
    session_words: tuple[tuple[str, str], ...]

    @property
    def sets(self) -> int:
        """How many groups the longest run has."""
        return max(lane.sets for lane in self.lanes)

    @property
    def boxes(self) -> int:
        """How many tick boxes it has."""
        return self.sessions * sum(lane.sets * lane.boxes for lane in self.lanes) * sum(self.active)


class Card(Struct, frozen=True, cache_hash=True):
    """An exercise.

    Attributes:
        number: its place, from 1.
        digits: how many the last card's number has: all have as much room for theirs.
        id: its name in files, empty if it has none.
        joiner: the word between two chips.
        dose: what to do how often, in sentences.
        brief: the same in a few words.
        cue: the one-line reminder.
        notes: what stands under the steps.
        word: a word to the person about it, or None.
        credit: who made the picture, or None if that need not be said.
        grids: the tick boxes for each meaning of a box, with the remark that the dose line then needs.
    """

    number: int
    digits: int
    id: str
    name: Text
    chips: tuple[Chip, ...]
    joiner: str
    dose: str
    brief: str
    steps: tuple[Text, ...]
    cue: Text
    notes: tuple[Note, ...]
    word: Note | None
    picture: CardPicture | None
    credit: Note | None
    grids: tuple[tuple[Tick, Grid, str], ...]

    def grid(self, tick: Tick) -> tuple[Grid, str]:
        """The boxes for one meaning, and the remark for the dose line."""
        return next((grid, remark) for each, grid, remark in self.grids if each is tick)


class DiaryBoxes(Struct, frozen=True, cache_hash=True):
    """The boxes of an exercise on a day of the diary.

    Attributes:
        times: how many boxes.
        optional: whether they are extra.
    """

    number: int
    times: int
    optional: bool = False


class DiaryDay(Struct, frozen=True):
    """A day of the diary.

    Attributes:
        label: 'Mon'.
        date: '23 November', or empty.
        field: the day for readers that hear the sheet: 'Week 1 of 2, Mon'.
        boxes: one for each exercise of the day.
    """

    label: str
    date: str
    field: str
    boxes: tuple[DiaryBoxes, ...]


class DiaryWeek(Struct, frozen=True):
    """A week of the diary and its heading."""

    heading: str
    days: tuple[DiaryDay, ...]


class DiaryBlock(Struct, frozen=True, cache_hash=True):
    """The diary.

    Attributes:
        how: what to tick and ring.
        key: number and name of each exercise.
        pain: labels of the two scales, before and after.
        notes: label of the line to write on.
    """

    title: str
    how: str
    key: tuple[tuple[int, Text], ...]
    weeks: tuple[DiaryWeek, ...]
    pain: tuple[str, str]
    notes: str


class Fact(Struct, frozen=True):
    """A line about a person or their plan, beside the date.

    Attributes:
        words: what is printed.
        what: what it is, for who has to be told that there is no room for it: `the therapist's name`.
    """

    words: str
    what: str


class Own(Struct, frozen=True):
    """All that is one person's in a handout, in words.

    Attributes:
        facts: what else stands beside the date.
        note: the word to the person, or None.
        diary: the diary with its days' dates; None if it has none.
    """

    name: str = ""
    date: str = ""
    facts: tuple[Fact, ...] = ()
    note: Note | None = None
    diary: DiaryBlock | None = None


class FrontBlock(Struct, frozen=True):
    """A part of a sheet, with its words. It lays itself out wherever a sheet has a place for it: here nowhere.

    Which blocks there are, and in which order, is said in `front`.
    """

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterable[Fragment]:
        """Before the cards: what stays in one piece, with the room below it, and fits a page with so much room."""
        return ()

    def in_head(self, style: Style, *, later: bool) -> Iterable[tuple[Run, ...]]:
        """A line for a head with room for one, the longest first: of the week or the diary, or of a later page."""
        return ()

    def lines(self, handout: Handout) -> Iterable[str]:
        """As plain text, an empty line before each paragraph."""
        return ()


AnyFront = TypeVar("AnyFront", bound=FrontBlock)


class Handout(Struct, frozen=True):
    """A whole document, in words.

    Attributes:
        language: language tag (BCP 47).
        subject: the routine's id and side, for the document's properties.
        own: all that is one person's; the rest is the same for everybody with the same plan.
        name_label: what stands before a line to write the name on.
        date_label: the same for the date.
        week_label: the same for the week.
        minutes: how long a day's exercises take, in words.
        page_pattern: 'page {page} of {pages}'.
        review: what the footer says about clinical review.
        days: labels of the seven days, in the order of the week.
        front: what stands before the cards, in order.
        diary: the diary without dates, or None if the template has none.
    """

    language: str
    title: Text
    subject: str
    tag: SideTag
    own: Own
    name_label: str
    date_label: str
    week_label: str
    minutes: str
    page_pattern: str
    review: str
    days: tuple[str, ...]
    cards: tuple[Card, ...]
    front: tuple[FrontBlock, ...]
    about: AboutBlock | None
    diary: DiaryBlock | None

    def find(self, kind: type[AnyFront]) -> AnyFront | None:
        """The block of a kind that stands before the cards, or None if there is none."""
        return next((block for block in self.front if isinstance(block, kind)), None)
