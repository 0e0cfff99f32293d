"""A routine for one person: every word about a side is theirs, and nothing else depends on it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from samples import DRAWN, EXERCISES, LANGUAGES, ROUTINES, examples, just

from pdfbuilder.diagnostics import InvalidInput, Location
from pdfbuilder.domain.beside import About, Safety, Sign
from pdfbuilder.domain.declare import Unfit
from pdfbuilder.domain.dose import Dose, ProgressStep, SideRun
from pdfbuilder.domain.dose_keys import ForEachSide
from pdfbuilder.domain.exercise import Exercise, Illustration, Review, Source
from pdfbuilder.domain.figures import BLANK, Amount, Bound
from pdfbuilder.domain.picture import Path, Picture, PictureKind, Step
from pdfbuilder.domain.plan import Plan, PlanExercise, resolve
from pdfbuilder.domain.routine import ALL_PHASES, Entry, Routine
from pdfbuilder.domain.side import AffectedSide, Relative, Side, SideRule
from pdfbuilder.domain.wording import Span, Text, Wording, parse, plain
from pdfbuilder.reading.library import Library

LIBRARY = Library()
DAY = datetime.date(2026, 11, 21)


def safety_block(language: str, review: Review | None = None) -> Safety:
    sign = (Sign("a", "a"),)
    return Safety(
        language=language,
        emergency=sign,
        advice="gently",
        both_sides="both legs?",
        sources=(Source("x"),),
        review=review,
    )


SAFETY = safety_block("en")
LEFT, RIGHT, BOTH = AffectedSide.LEFT, AffectedSide.RIGHT, AffectedSide.BOTH


def wording(text: str) -> Wording:
    parts, wrong = parse(text)
    assert not wrong
    return Wording(parts, Location("plan.yaml", 1, 1, len(text), text))


def exercise(rule: str, *steps: str, language: str = "en", **more: Any) -> Exercise:
    more = {key: wording(value) if isinstance(value, str) else value for key, value in more.items()}
    name = more.pop("name", wording("Heel slide"))
    return Exercise("x", language, name, SideRule(rule), Dose(Amount(5, 5)), tuple(map(wording, steps)), **more)


def routine(*exercises: Exercise | Entry, title: str = "My plan", language: str = "en", **more: Any) -> Routine:
    entries = tuple(each if isinstance(each, Entry) else Entry(each) for each in exercises)
    return Routine("r", language, wording(title), entries, more.pop("safety", SAFETY), **more)


def plan(definition: Routine, side: AffectedSide | None, language: str = "en") -> Plan:
    return resolve(definition, side, LIBRARY.language(language))


def only(definition: Exercise | Entry, side: AffectedSide) -> PlanExercise:
    (found,) = plan(routine(definition), side).exercises
    return found


def refused(definition: Routine, side: AffectedSide | None, language: str = "en") -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as error:
        plan(definition, side, language)
    return [(each.code, each.message) for each in error.value.diagnostics]


# --------------------------------------------------------------------------- the property


def texts_of(found: Plan) -> list[Text]:
    """Every text of a plan that may name a side."""
    texts = [found.title]
    for each in found.exercises:
        texts += [each.name, *each.steps, each.same_on_other_side, each.cue, each.feel, each.stop_when]
        texts += [each.progress_when, each.ease_when, each.note]
        texts += [each.illustration.alternative] if each.illustration else []
    return texts


def rest_of(found: Plan) -> tuple[object, ...]:
    """Everything else but the side."""
    exercises = [(each.number, each.id, each.rule, each.dose) for each in found.exercises]
    return found.routine_id, found.person, exercises, found.safety, found.about, found.reviews


def in_english(words: str) -> str:
    """The words for the other side, worked out without the program."""
    swap = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
    return re.sub(r"\b[Ll]eft\b|\b[Rr]ight\b", lambda found: swap[found.group()], words)


#: Forms that a text spells out itself.
SPELLED_OUT = {"linke": "rechte", "rechte": "linke", "gauche": "droite", "droite": "gauche"}


def by_table(code: str) -> Callable[[str], str]:
    """The same for a language of ours that lists its phrases."""
    file = yaml.safe_load((LANGUAGES / code / "language.yaml").read_text())
    table = dict(SPELLED_OUT)
    for forms in file["phrases"].values():
        for left, right, *_ in forms.values() if isinstance(forms, dict) else [forms]:
            table |= {left: right, right: left}
    if "bare" in file["sides"]["left"]:
        left, right = (file["sides"][side]["bare"] for side in ("left", "right"))
        table |= {left: right, right: left}
    table |= {one[0].upper() + one[1:]: other[0].upper() + other[1:] for one, other in table.items()}
    return table.__getitem__


def turned(text: Text, words: Callable[[str], str]) -> Text:
    """A text with every side phrase turned over, and nothing else touched."""
    return tuple(Span(words(span.text), span.relative, span.side.other) if span.side else span for span in text)


def assert_only_sides_differ(left: Plan, right: Plan, words: Callable[[str], str]) -> None:
    assert [turned(text, words) for text in texts_of(left)] == texts_of(right)
    assert [[side.other for side in each.sides] for each in left.exercises] == [
        list(each.sides) for each in right.exercises
    ]
    assert rest_of(left) == rest_of(right)
    # A picture that shows a side is turned over for the other one.
    for one, other in zip(left.exercises, right.exercises, strict=True):
        assert bool(one.illustration) is bool(other.illustration)
        if one.illustration and other.illustration:
            assert one.illustration.picture == other.illustration.picture
            turned_over = one.illustration.picture.shows is not None
            assert (one.illustration.mirrored is not other.illustration.mirrored) is turned_over


@pytest.mark.parametrize("name", [each for each in ROUTINES if each != "steady-on-your-feet"])
def test_left_and_right_swapped_in_a_shipped_plan_is_the_plan_for_the_other_side(name: str) -> None:
    definition = LIBRARY.routine(name).value
    definition = definition.for_phase(ALL_PHASES if definition.phases else None)
    assert_only_sides_differ(plan(definition, LEFT), plan(definition, RIGHT), in_english)


@pytest.mark.parametrize("code", ["es", "de"])
def test_the_same_in_a_language_with_gender_and_case(code: str) -> None:
    library = Library()
    language = library.language(str(LANGUAGES / code / "language.yaml"))
    definition = library.routine(str(LANGUAGES / code / "routine.yaml")).value
    left, right = (resolve(definition, side, language) for side in (LEFT, RIGHT))
    assert_only_sides_differ(left, right, by_table(code))


def generated(code: str, placeholders: list[str]) -> st.SearchStrategy[Routine]:
    """Routines of any shape in a language."""
    words = st.sampled_from(["Lift", "the leg", "slowly.", "Now!", "{{", "}}", "5 times;", "“", "étirez"])
    spelled_out = ["{affected: linke | rechte}", "{other: gauche | droite}", "{literal: left hand}"]
    sided = st.lists(words | st.sampled_from(placeholders + spelled_out), min_size=1, max_size=6).map(" ".join)
    unsided = st.lists(words, min_size=1, max_size=6).map(" ".join)

    @st.composite
    def exercises(draw: st.DrawFn) -> Entry:
        rule = draw(st.sampled_from([each.value for each in SideRule]))
        text = unsided if rule == "bilateral" else sided
        then = {"then": draw(sided)} if rule == "each" else {}
        notes = {key: draw(text) for key in ("name", "cue", "feel", "stop_when", "ease_when") if draw(st.booleans())}
        steps = draw(st.lists(text, min_size=1, max_size=4))
        note = wording(draw(sided)) if draw(st.booleans()) else None
        return Entry(exercise(rule, *steps, language=code, **notes, **then), note=note)

    safety = safety_block(code)
    return st.builds(
        lambda entries, title: routine(*entries, title=title, language=code, safety=safety),
        st.lists(exercises(), min_size=1, max_size=4),
        sided,
    )


@given(generated("en", ["{affected leg}", "{other big toe}", "{affected}", "{other}"]))
@settings(max_examples=examples(60))
def test_left_and_right_swapped_in_any_english_plan_is_the_plan_for_the_other_side(definition: Routine) -> None:
    def words(text: str) -> str:
        return SPELLED_OUT.get(text) or in_english(text)

    assert_only_sides_differ(plan(definition, LEFT), plan(definition, RIGHT), words)


@given(st.data())
@settings(max_examples=examples(60))
def test_the_same_for_any_plan_in_a_language_with_gender_and_case(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(["es", "de"]))
    placeholders = {
        "es": ["{affected pierna}", "{other pie}", "{affected}", "{other}"],
        "de": ["{affected Bein/acc}", "{other Bein/dat}", "{affected Fuß/acc}", "{other Seite/dat}"],
    }
    definition = data.draw(generated(code, placeholders[code]))
    language = str(LANGUAGES / code / "language.yaml")
    left, right = (plan(definition, side, language) for side in (LEFT, RIGHT))
    assert_only_sides_differ(left, right, by_table(code))


def test_no_shipped_text_names_a_side_by_itself() -> None:
    for name in EXERCISES:
        for text in LIBRARY.exercise(name).value.texts:
            assert not re.search(r"\b(left|right)\b", text.own_words, re.IGNORECASE)


# --------------------------------------------------------------------------- rules


STEP = "Your {affected leg}, then your {other arm}."


@pytest.mark.parametrize(
    ("rule", "side", "sides", "step", "then"),
    [
        ("affected", LEFT, "L", "Your left leg, then your right arm.", ""),
        ("affected", RIGHT, "R", "Your right leg, then your left arm.", ""),
        ("other", LEFT, "R", "Your left leg, then your right arm.", ""),
        ("other", RIGHT, "L", "Your right leg, then your left arm.", ""),
        ("each", LEFT, "LR", "Your left leg, then your right arm.", "right"),
        ("each", RIGHT, "RL", "Your right leg, then your left arm.", "left"),
        ("alternate", LEFT, "LR", "Your left leg, then your right arm.", ""),
        ("alternate", RIGHT, "RL", "Your right leg, then your left arm.", ""),
        # With both sides affected there is no other side to rest: each side in turn, left first.
        ("affected", BOTH, "LR", "Your left leg, then your right arm.", "right"),
        ("each", BOTH, "LR", "Your left leg, then your right arm.", "right"),
        ("alternate", BOTH, "LR", "Your left leg, then your right arm.", ""),
        # The text of an `other` exercise says 'other' for the side that it is done on: left first here, too.
        ("other", BOTH, "LR", "Your right leg, then your left arm.", "right"),
    ],
)
def test_a_rule_decides_the_sides_the_words_and_whether_to_go_on(
    rule: str, side: AffectedSide, sides: str, step: str, then: str
) -> None:
    found = only(exercise(rule, STEP), side)
    assert "".join(each.name[0] for each in found.sides) == sides
    assert [plain(text) for text in found.steps] == [step]
    sentence = f"Then do it all again for your {then} side." if then else ""
    assert plain(found.same_on_other_side) == sentence


@pytest.mark.parametrize("side", AffectedSide)
def test_a_bilateral_exercise_is_the_same_for_everyone(side: AffectedSide) -> None:
    found = only(exercise("bilateral", "Bend both knees.", cue="Both knees."), side)
    assert (found.sides, found.same_on_other_side) == ((), ())
    assert found.steps == ((Span("Bend both knees."),),)


@pytest.mark.parametrize(
    ("rule", "side", "shown"),
    [
        ("affected", BOTH, SideRule.EACH),
        ("other", BOTH, SideRule.EACH),
        ("each", BOTH, SideRule.EACH),
        ("alternate", BOTH, SideRule.ALTERNATE),
        ("bilateral", BOTH, SideRule.BILATERAL),
        ("affected", LEFT, SideRule.AFFECTED),
        ("other", RIGHT, SideRule.OTHER),
    ],
)
def test_with_both_sides_affected_and_other_become_each(rule: str, side: AffectedSide, shown: SideRule) -> None:
    assert only(exercise(rule, "Lift."), side).rule is shown


@pytest.mark.parametrize("side", AffectedSide)
@pytest.mark.parametrize(
    ("rule", "own", "step"),
    [
        ("affected", Side.RIGHT, "Your right leg, then your left arm."),
        ("affected", Side.LEFT, "Your left leg, then your right arm."),
        ("other", Side.LEFT, "Your left leg, then your right arm."),
        ("each", Side.RIGHT, "Your right leg, then your left arm."),
    ],
)
def test_an_entrys_own_side_comes_before_the_plans(side: AffectedSide, rule: str, own: Side, step: str) -> None:
    found = only(Entry(exercise(rule, STEP), side_of=own, note=wording("Mind the {affected hip}.")), side)
    assert plain(found.steps[0]) == step
    # What is said beside the steps holds for both sides where both are worked.
    assert plain(found.note) == f"Mind the {'left or right' if len(found.sides) > 1 else own.value} hip."


def test_an_entrys_own_side_is_one_side_even_in_a_plan_for_both() -> None:
    found = only(Entry(exercise("affected", STEP), side_of=Side.RIGHT), BOTH)
    assert found.sides == (Side.RIGHT,)
    assert found.rule is SideRule.AFFECTED


def test_all_texts_of_an_exercise_are_resolved() -> None:
    keys = ("name", "cue", "feel", "stop_when", "progress_when", "ease_when")
    found = only(exercise("affected", "Lift.", **{key: f"{key} {{other leg}}" for key in keys}), LEFT)
    assert [plain(getattr(found, key)) for key in keys] == [f"{key} right leg" for key in keys]


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_a_picture_shows_the_side_that_the_exercise_begins_on(name: str, side: AffectedSide) -> None:
    found = only(LIBRARY.exercise(name).value, side)
    assert found.illustration
    if not found.sides:
        assert (found.illustration.side, found.illustration.mirrored) == (None, False)
        return
    assert found.illustration.side is found.sides[0]
    # As drawn it shows one side; turned over it shows the other.
    drawn = found.illustration.picture.shows
    assert drawn
    assert (drawn.other if found.illustration.mirrored else drawn) is found.sides[0]


def test_a_note_beside_a_bilateral_exercise_may_name_the_persons_side() -> None:
    entry = Entry(exercise("bilateral", "Bend."), note=wording("Mind your {affected leg}."))
    assert plain(only(entry, RIGHT).note) == "Mind your right leg."


def test_a_title_may_name_the_persons_side() -> None:
    found = plan(routine(exercise("bilateral", "Bend."), title="For your {affected leg}"), RIGHT)
    assert plain(found.title) == "For your right leg"


# --------------------------------------------------------------------------- which side


def test_there_is_no_default_side() -> None:
    (found,) = refused(routine(exercise("bilateral", "Bend.")), None)
    assert found == ("missing-side", "expected the affected side; there is no default")


def test_a_routine_may_name_its_side() -> None:
    assert plan(routine(exercise("affected", "Lift."), side=RIGHT), None).affected is RIGHT


def test_a_side_that_agrees_is_no_contradiction() -> None:
    assert plan(routine(exercise("affected", "Lift."), side=RIGHT), RIGHT).affected is RIGHT


@pytest.mark.parametrize(("stated", "asked"), [(LEFT, RIGHT), (RIGHT, LEFT), (LEFT, BOTH), (BOTH, LEFT), (BOTH, RIGHT)])
def test_a_side_that_contradicts_the_routine_is_an_error(stated: AffectedSide, asked: AffectedSide) -> None:
    (found,) = refused(routine(exercise("affected", "Lift."), side=stated), asked)
    message = f"the routine is written for {stated.value}, and the sheet was to be for {asked.value}"
    assert found == ("side-contradiction", message)


def test_with_both_sides_no_side_can_be_named_outside_an_exercise() -> None:
    entry = Entry(exercise("bilateral", "Bend."), note=wording("Mind your {affected leg}."))
    assert refused(routine(entry, title="For your {affected leg} and {other arm}"), BOTH) == [
        ("no-side", "{affected leg} cannot be resolved: no one side is meant here"),
        ("no-side", "{affected leg} cannot be resolved: no one side is meant here"),
        ("no-side", "{other arm} cannot be resolved: no one side is meant here"),
    ]


# --------------------------------------------------------------------------- languages


def test_a_text_in_another_language_is_refused() -> None:
    about = About(language="es", title="t", paragraphs=("p",), location=Location("about.yaml", 1))
    definition = routine(exercise("affected", "Lift.", language="fr"), language="de", about=about)
    assert [message for _, message in refused(definition, None)] == [
        "the routine is written in 'de', the sheet is in 'en'",
        "exercise 1 is written in 'fr', the sheet is in 'en'",
        "expected the affected side; there is no default",
        "the background text is written in 'es', the sheet is in 'en'",
    ]


def test_every_phrase_that_is_missing_is_named_at_once() -> None:
    text = "Your {affected leg/dat}, your {other arm}, your {other leg/acc}."
    assert [message for _, message in refused(routine(exercise("affected", text, cue=text)), LEFT)] == [
        "English has no side phrase for 'leg' in the form 'dat'",
        "English has no side phrase for 'leg' in the form 'acc'",
    ]


# --------------------------------------------------------------------------- signatures


ANN, BEN = Review("Ann, physiotherapist", DAY), Review("Ben, physician", DAY)


@pytest.mark.parametrize(
    ("routine_by", "exercise_by", "signed"),
    [
        (None, None, (None,)),
        (None, ANN, (ANN,)),
        (ANN, None, (ANN,)),  # one under the routine covers its exercises
        (ANN, BEN, (ANN,)),
    ],
)
def test_a_plan_knows_who_signed_its_exercises(
    routine_by: Review | None, exercise_by: Review | None, signed: tuple[Review | None, ...]
) -> None:
    definition = routine(exercise("affected", "Lift.", review=exercise_by), review=routine_by)
    assert plan(definition, LEFT).reviews == signed


# --------------------------------------------------------------------------- the second side


def test_the_exercise_says_itself_how_to_change_to_the_second_side() -> None:
    clam = exercise("each", "Lie on your {other side}.", "Lift your {affected knee}.",
                    then="Turn over. Do the same with your {other leg}.")  # fmt: skip
    for side, second in ((LEFT, "right"), (RIGHT, "left"), (BOTH, "right")):
        assert plain(only(clam, side).same_on_other_side) == f"Turn over. Do the same with your {second} leg."


def test_a_step_that_names_all_of_a_side_needs_it_where_both_sides_are_worked() -> None:
    lying = exercise("affected", "Lie on your {other side}. Lift your {affected leg}.")
    assert plain(only(lying, LEFT).steps[0]) == "Lie on your right side. Lift your left leg."
    assert [code for code, _ in refused(routine(lying), BOTH)] == ["missing-then"]


@pytest.mark.parametrize("rule", ["affected", "other", "each", "alternate"])
def test_somebody_with_two_affected_sides_has_steps_of_their_own(rule: str) -> None:
    own = exercise(rule, STEP, steps_for_both=(wording("Go up with the stronger leg."),))
    assert [plain(step) for step in only(own, BOTH).steps] == ["Go up with the stronger leg."]
    # they speak of both sides, so that no sentence sends to the second
    assert only(own, BOTH).same_on_other_side == ()
    assert [plain(step) for step in only(own, LEFT).steps] != ["Go up with the stronger leg."]
    sided = exercise(rule, STEP, steps_for_both=(wording("Lift your {affected leg}."),))
    assert bool(only(sided, BOTH).same_on_other_side) is (rule != "alternate")


def test_on_the_other_side_only_every_word_is_of_that_side_and_none_is_marked_as_affected() -> None:
    clam = LIBRARY.exercise("clam").value
    found = only(clam.on_sides(SideRule.OTHER), LEFT)
    assert found.sides == (Side.RIGHT,)
    assert "right knee" in plain(found.cue)
    assert found.illustration
    assert "right knee on top" in plain(found.illustration.alternative)
    assert not found.illustration.mirrored  # it was drawn on the right
    texts = (*found.steps, found.cue, found.feel, found.stop_when, found.illustration.alternative)
    spans = [span for text in texts for span in text if span.side]
    assert {(span.side, span.relative) for span in spans} <= {
        (Side.RIGHT, Relative.OTHER),
        (Side.LEFT, Relative.AFFECTED),
    }
    # The same words as on a sheet for the right side.
    alone = only(clam.on_sides(SideRule.AFFECTED), RIGHT)
    assert list(map(plain, found.steps)) == list(map(plain, alone.steps))
    assert found.same_on_other_side == alone.same_on_other_side == ()


def test_of_what_takes_turns_one_side_alone_has_nothing_that_tells_of_turns() -> None:
    bird_dog = LIBRARY.exercise("bird-dog").value
    assert plain(only(bird_dog, LEFT).same_on_other_side) == "Do the same with your right leg and left arm. Take turns."
    for rule, side in ((SideRule.AFFECTED, Side.LEFT), (SideRule.OTHER, Side.RIGHT)):
        alone = only(bird_dog.on_sides(rule), LEFT)
        assert (alone.sides, alone.same_on_other_side, alone.cue) == ((side,), (), ())
        assert f"your {side.value} leg back" in plain(alone.steps[1])
    assert plain(only(bird_dog.on_sides(SideRule.EACH), LEFT).same_on_other_side).endswith("for your right side.")
    untold = exercise("alternate", "Lift your {affected leg}.", "Then your {other leg}.")
    for rule in (SideRule.AFFECTED, SideRule.OTHER, SideRule.EACH):
        with pytest.raises(Unfit, match="take turns"):
            untold.on_sides(rule)


def test_of_both_legs_at_once_no_cue_singles_one_out() -> None:
    stairs = LIBRARY.exercise("stairs").value
    one, both = only(stairs, RIGHT), only(stairs, BOTH)
    assert plain(one.cue) == "Up: your left leg first. Down: your right leg first."
    assert both.cue == ()
    assert not any(span.side for step in both.steps for span in step)


@pytest.mark.parametrize("rule", ["affected", "each", "asymmetric"])
def test_no_side_stands_out_in_the_picture_of_what_is_done_with_both_at_once(rule: str) -> None:
    line: tuple[Step, ...] = (("M", (0.0, 0.0)), ("L", (9.0, 9.0)))
    body, limb = Path(line, stroke="#000000", width=1), Path(line, stroke="#D9531E", width=2, is_emphasis=True)
    picture = Picture("k", PictureKind.DRAWING, 9, 9, Side.RIGHT, paths=(body, limb))
    shown = Illustration(picture, wording("The {affected leg} is up."))
    own = exercise(rule, STEP, steps_for_both=(wording("Lift both legs."),), illustration=shown)
    found = only(own, BOTH).illustration
    assert found
    assert (found.side, found.mirrored, found.picture.paths) == (None, False, (body,))
    one = only(own, LEFT).illustration
    assert one
    assert (one.side, one.mirrored, one.picture.paths) == (Side.LEFT, True, (body, limb))


@pytest.mark.parametrize("rule", ["affected", "other", "each", "alternate"])
def test_what_cannot_be_done_with_two_affected_sides_is_refused_for_both_only(rule: str) -> None:
    stairs = exercise(rule, STEP, steps_for_both=())
    assert only(stairs, LEFT).steps
    assert refused(routine(stairs), BOTH) == [
        ("not-for-both", "Heel slide cannot be done by somebody with two affected sides")
    ]
    assert only(Entry(stairs, side_of=Side.RIGHT), BOTH).steps


BESIDE = ("name", "feel", "stop_when", "progress_when", "ease_when")


@pytest.mark.parametrize(
    ("rule", "side", "said"),
    [
        ("affected", LEFT, "left"),
        ("other", LEFT, "left"),
        ("affected", BOTH, "left or right"),
        ("other", BOTH, "left or right"),
        ("each", RIGHT, "left or right"),
        ("alternate", RIGHT, "left or right"),
        ("each", BOTH, "left or right"),
    ],
)
def test_beside_the_steps_of_an_exercise_for_both_sides_either_is_named(
    rule: str, side: AffectedSide, said: str
) -> None:
    texts = dict.fromkeys(BESIDE, "in your {affected buttock}.")
    found = only(exercise(rule, STEP, **texts), side)
    for key in BESIDE:
        assert plain(getattr(found, key)) == f"in your {said} buttock."


def test_a_dose_for_each_side_is_refused_where_both_are_affected() -> None:
    clam = structs.replace(
        exercise("each", STEP), dose=Dose(Amount(5, 5), sets=just(3), other=SideRun(Amount(5, 5), just(1)))
    )
    assert only(clam, LEFT).dose == only(clam, RIGHT).dose == clam.dose
    with pytest.raises(InvalidInput, match="dose-sides"):
        only(clam, BOTH)


@pytest.mark.parametrize(
    ("weeks", "last", "due"),
    [
        (Amount(3, 3), 3, [1, 2, 3]),
        (Amount(1, 3, Bound.UP_TO), 3, [1, 2, 3]),
        (Amount(3, 3, Bound.AT_LEAST), 3, [1, 2, 3, 4]),
        (BLANK, None, [1, 2, 3, 4]),
    ],
)
def test_an_exercise_is_over_only_after_weeks_that_have_an_end(weeks: Amount, last: int | None, due: list[int]) -> None:
    found = plan(routine(structs.replace(exercise("affected", STEP), dose=Dose(just(5), weeks=weeks))), LEFT)
    assert found.last_week == last
    assert [week for week in (1, 2, 3, 4) if list(found.due_in(week))] == due


@pytest.mark.parametrize("level", [1, 2])
def test_a_step_for_each_side_is_as_little_for_two_affected_sides_or_for_none(level: int) -> None:
    step = ProgressStep(figures={"reps": ForEachSide(just(12), just(8))}, week=3)
    clam = structs.replace(exercise("each", STEP), dose=Dose(just(10), progress=(step,), level=level))
    assert only(clam, LEFT).dose.reps == just((10, 12)[level - 1])
    for side in (BOTH, AffectedSide.NONE):
        with pytest.raises(InvalidInput, match="dose-sides"):
            only(clam, side)


def test_on_one_side_alone_its_own_figures_hold_at_each_level() -> None:
    step = ProgressStep(figures={"reps": ForEachSide(just(12), just(9))}, week=3)
    both = Dose(just(10), other=SideRun(just(8), just(1)), progress=(step,))
    clam = structs.replace(exercise("each", STEP), dose=both)
    for rule, reps in ((SideRule.AFFECTED, (10, 12)), (SideRule.OTHER, (8, 9))):
        found = only(clam.on_sides(rule), LEFT)
        assert (found.dose.reps, found.progress[0].dose.reps) == tuple(map(just, reps))
        assert found.dose.other is found.progress[0].dose.other is None
