"""The blocks of a handout. Plain values: equal content is equal, so that a laid-out card can be reused."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import ClassVar, TypeVar

from msgspec import Struct, structs

from pdfbuilder.domain.dose_keys import Tick
from pdfbuilder.domain.figures import Weekday
from pdfbuilder.domain.side import AffectedSide, Side
from pdfbuilder.domain.template import TickRule
from pdfbuilder.domain.wording import Text
from pdfbuilder.handout.about import AboutBlock
from pdfbuilder.handout.fields import Worked
from pdfbuilder.layout.core.bench import Bench
from pdfbuilder.layout.core.display import Fragment
from pdfbuilder.layout.core.pictures import CardPicture
from pdfbuilder.layout.core.text import Note


class SideTag(Struct, frozen=True):
    """The plan's side in words, for the tag, the bar and the footer; without words there is no tag.

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
        first: whether it is marked as the one to begin with; where both sides are affected neither is.
        sets: groups in a run.
        solid: boxes of a group that are asked for.
        dashed: boxes of a group that are extra.
        extra_sets: how many of the groups, the last ones, are extra as a whole.
        plus: whether the last box says that there may be more.
        line: whether a line to write on stands beside the box, for how many or how long.
        unit: what is written on it, empty for a number.
        part: what it is done for, in a word: 'forward'; empty if there are no parts.
    """

    side: Side | None = None
    word: str = ""
    letter: str = ""
    first: bool = False
    sets: int = 1
    solid: int = 1
    dashed: int = 0
    extra_sets: int = 0
    plus: bool = False
    line: bool = False
    unit: str = ""
    part: str = ""

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
        session_words: ordinal and noun of each time of day: ('1st', 'time'), or its words: ('Morning', '').
        extra_sessions: how many of the times of day, the last ones, are extra.
        tick: what a box stands for.
        week: which the seven days are.
        sides: on which the exercise is done, whether they have boxes of their own or not.
    """

    exercise: str
    active: tuple[bool, ...]
    days: tuple[str, ...]
    sessions: int
    lanes: tuple[Lane, ...]
    alternate: bool
    set_word: str
    session_words: tuple[tuple[str, str], ...]
    extra_sessions: int = 0
    tick: Tick = Tick.REP
    week: tuple[Weekday, ...] = tuple(Weekday)
    sides: tuple[Side, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether its times of day have words of their own, which are printed even of one."""
        return not self.session_words[0][1]

    @property
    def has_dashed(self) -> bool:
        """Whether some of its boxes are extra: of a group, a whole group, or a time of day."""
        return any(lane.dashed or lane.extra_sets or self.extra_sessions for lane in self.lanes)

    @property
    def sets(self) -> int:
        """How many groups the longest run has."""
        return max((lane.sets for lane in self.lanes), default=0)

    @property
    def boxes(self) -> int:
        """How many tick boxes it has."""
        return self.sessions * sum(lane.sets * lane.boxes for lane in self.lanes) * sum(self.active)


class GlanceLine(Struct, frozen=True):
    """How much to do, its numerals apart from its words: pairs of a text and whether it is a numeral.

    Attributes:
        side: whose line it is, 'Right', where the sides do not do the same; else empty.
        full: '3 sets of 10'.
        short: '3 × 10', where there is less room.
    """

    side: str
    full: tuple[tuple[str, bool], ...]
    short: tuple[tuple[str, bool], ...]


class Glance(Struct, frozen=True):
    """A dose to be read from across the room.

    Attributes:
        lines: one for each side, in order of work, where they do not do the same; else one.
        words: what else is said of it: 'hold 5 seconds', 'twice a day'.
        parts: what each repetition is done for, 'forward and back', where the boxes do not say it; else empty.
    """

    lines: tuple[GlanceLine, ...]
    words: tuple[str, ...]
    parts: str = ""


class ProgressLine(Struct, frozen=True):
    """A step by which an exercise gets harder.

    Attributes:
        when: 'When it is easy:'.
        what: '12 times', empty if no figure changes.
        how: what is done otherwise; empty for nothing.
        since: 'Since', before a line for the day on which it was reached; empty if it needs none.
        week: the week of the plan that it waits for, or None.
    """

    when: str
    what: str
    how: Text
    since: str = ""
    week: int | None = None


class SideDose(Struct, frozen=True):
    """What is done on one side, where that is not the same on the other; or at last what holds for both.

    Attributes:
        word: the side in words; empty for both.
        first: whether it is marked as the one to begin with.
        dose: what to do how often, in sentences.
    """

    word: str
    first: bool
    dose: str


class Video(Struct, frozen=True):
    """A film of an exercise: what stands beside its code, its whole address, and whether the code is printed."""

    label: str
    address: str
    has_code: bool = True


class SectionHeading(Struct, frozen=True):
    """A heading before some exercises, and what it says of them."""

    title: Text
    text: Text = ()


class Card(Struct, frozen=True, cache_hash=True):
    """An exercise.

    Attributes:
        number: its place, from 1.
        digits: how many the last card's number has: all have as much room for theirs.
        id: its name in files, empty if it has none.
        joiner: the word between two chips.
        dose: what to do how often, in sentences.
        glance: the same in a few words.
        cue: the one-line reminder.
        notes: what stands under the steps.
        word: a word to the person about it, or None.
        credit: who made the picture, or None if that need not be said.
        grids: the tick boxes for each meaning of a box, with the remark that the dose line then needs; they have no
            lanes if it is learnt, not counted.
        finest: what a box stands for where the template leaves it open.
        tick_is_said: whether the dose itself says what a box stands for.
        tick: when to tick a box; `dashed` says what a dashed one is: for sheets that say it with each card.
        side_doses: the dose of each side instead of `dose`, the affected one first, where they differ; else none.
        progress: how it gets harder: when, what then, and whether a line for the day is needed.
        avoid_if: what speaks against it, said before the steps.
        video: a film of it, or None.
        section: the heading that begins with it, or None.
    """

    number: int
    digits: int
    id: str
    name: Text
    chips: tuple[Chip, ...]
    joiner: str
    dose: str
    glance: Glance
    steps: tuple[Text, ...]
    cue: Text
    notes: tuple[Note, ...]
    word: Note | None
    picture: CardPicture | None
    credit: Note | None
    grids: tuple[tuple[Tick, Grid, str], ...]
    finest: Tick = Tick.REP
    tick_is_said: bool = False
    tick: str = ""
    dashed: str = ""
    side_doses: tuple[SideDose, ...] = ()
    progress: tuple[ProgressLine, ...] = ()
    avoid_if: tuple[Note, ...] = ()
    video: Video | None = None
    section: SectionHeading | None = None

    def grid(self, tick: Tick) -> tuple[Grid, str]:
        """The boxes for one meaning, and the remark for the dose line."""
        return next((grid, remark) for each, grid, remark in self.grids if each is tick)

    def dated(self, weeks: Mapping[int, str]) -> Card:
        """The card with other words for when the steps of some weeks begin."""
        if not any(step.week in weeks for step in self.progress):
            return self
        steps = (structs.replace(each, when=weeks.get(each.week or 0, each.when)) for each in self.progress)
        return structs.replace(self, progress=tuple(steps))

    def tick_for(self, rule: TickRule) -> Tick:
        """What a box stands for by a template's rule."""
        return self.finest if rule is TickRule.AUTO else rule.tick


class DiaryBoxes(Struct, frozen=True, cache_hash=True):
    """The boxes of an exercise on a day of the diary.

    Attributes:
        times: how many boxes.
        optional: whether they are extra.
        of: 'of 7', beside a field to write in, where they are more than boxes.
        side: which side they are for.
    """

    number: int
    times: int
    optional: bool = False
    of: str = ""
    side: Worked = Worked.NONE


class DiaryDay(Struct, frozen=True):
    """A day of the diary.

    Attributes:
        weekday: which it is.
        label: 'Mon'.
        date: '23 November', or empty.
        field: the day for readers that hear the sheet: 'Week 1 of 2, Mon'.
        boxes: one for each exercise of the day.
        visit: 'Next visit: 10:30' if it is on this day, else empty.
    """

    weekday: Weekday
    label: str
    date: str
    field: str
    boxes: tuple[DiaryBoxes, ...]
    visit: str = ""


class DiaryWeek(Struct, frozen=True):
    """A week of the diary and its heading."""

    heading: str
    days: tuple[DiaryDay, ...]


class DiaryBlock(Struct, frozen=True, cache_hash=True):
    """The diary.

    Attributes:
        how: what to tick and circle; what stands between asterisks is bold.
        key: number and name of each exercise; a heading between them has a 0.
        pain: labels of the two scales, before and after.
        notes: label of the line to write on.
        starts: its first day, if it has dates.
    """

    title: str
    how: str
    key: tuple[tuple[int, Text], ...]
    weeks: tuple[DiaryWeek, ...]
    pain: tuple[str, str]
    notes: str
    starts: datetime.date | None = None


class Fact(Struct, frozen=True):
    """A line about a person or their plan, beside the date.

    Attributes:
        words: what is printed.
        what: what it is, for who has to be told that there is no room for it: `the therapist's name`.
        alone: whether it has a line to itself at the head of page 1, as the next visit has.
        brief: the same in fewer words, if it has some.
    """

    words: str
    what: str
    alone: bool = False
    brief: str = ""


class Own(Struct, frozen=True):
    """All that is one person's in a handout, in words.

    Attributes:
        facts: what else stands beside the date.
        week_title: heading of a sheet of their week; empty without a name.
        diary_title: of their diary; likewise.
        note: the word to the person, or None.
        restrictions: what this person must not do, besides what the plan says.
        advice: what this person is to do, likewise.
        diary: the diary with its days' dates; None if it has none.
        weeks: when the weeks begin for which steps of progress wait, 'From week 3 (7 December):'; those whose date is
            known.
        id: what tells the person from others; it is not printed.
    """

    name: str = ""
    date: str = ""
    facts: tuple[Fact, ...] = ()
    week_title: str = ""
    diary_title: str = ""
    note: Note | None = None
    restrictions: tuple[Text, ...] = ()
    advice: tuple[Text, ...] = ()
    diary: DiaryBlock | None = None
    weeks: tuple[tuple[int, str], ...] = ()
    id: str = ""


class FrontBlock(Struct, frozen=True):
    """A part of a sheet, with its words. It lays itself out wherever a sheet has a place for it: here nowhere.

    Which blocks there are, and in which order, is said in `front`.

    Attributes:
        in_each_part: whether a document of several parts has it before each of them, not only before the first.
    """

    in_each_part: ClassVar[bool] = True

    def pieces(self, handout: Handout, bench: Bench, room: float) -> Iterable[Fragment]:
        """Before the cards: what stays in one piece, with the room below it, and fits a page with so much room."""
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
        routine: its id.
        own: all that is one person's; the rest is the same for everybody with the same plan.
        name_label: what stands before a line to write the name on.
        date_label: the same for the date.
        week_label: the same for the week.
        visit_label: the same for the next visit.
        minutes: how long a day's exercises take, in words.
        page_pattern: 'page {page} of {pages}'.
        review: what the footer says about clinical review.
        questions: whom to ask, with the number; empty without a number.
        phone: that number.
        days: labels of the seven days, in the order of the week.
        front: what stands before the cards, in order.
        diary: the diary without dates, or None if the template has none.
        phase: which phase of the plan it is, for the footer; empty without phases.
        phases: a handout for each phase, where it has them all; it has no cards itself then.
        is_later_part: whether it follows another one in the same document.
        is_last_part: whether none follows it; at its end stands what belongs to the end of the document.
    """

    language: str
    title: Text
    subject: str
    routine: str
    tag: SideTag
    own: Own
    name_label: str
    date_label: str
    week_label: str
    visit_label: str
    minutes: str
    page_pattern: str
    review: str
    days: tuple[str, ...]
    cards: tuple[Card, ...]
    front: tuple[FrontBlock, ...]
    about: AboutBlock | None
    diary: DiaryBlock | None
    questions: str = ""
    phone: str = ""
    phase: str = ""
    phases: tuple[Handout, ...] = ()
    is_later_part: bool = False
    is_last_part: bool = True

    def addressed(self, own: Own) -> Handout:
        """The handout with somebody's own words."""
        weeks = dict(own.weeks)
        return structs.replace(self, own=own, cards=tuple(card.dated(weeks) for card in self.cards))

    @property
    def parts(self) -> tuple[Handout, ...]:
        """The handouts that follow one another: those of its phases after this one, with the person's own words."""
        return (self, *(each.addressed(self.own) for each in self.phases))

    @property
    def all_cards(self) -> tuple[Card, ...]:
        """Those of all parts."""
        return tuple(card for part in self.parts for card in part.cards)

    @property
    def stands_first(self) -> tuple[FrontBlock, ...]:
        """The blocks that stand before the cards of this part."""
        return tuple(block for block in self.front if block.in_each_part or not self.is_later_part)

    def find(self, kind: type[AnyFront]) -> AnyFront | None:
        """The block of a kind that stands before the cards, or None if there is none."""
        return next((block for block in self.front if isinstance(block, kind)), None)
