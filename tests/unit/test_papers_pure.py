"""The pure life of a paper: chains, what an edit re-opens, tracked changes, series and numbers, overdue taskings."""

import pytest

from negotiation import cables
from negotiation.cables import Change, Paper, Steps, Tasking

CHAIN = (("defense", "intel"), ("potus",))
EVERYBODY = frozenset({"state", "defense", "intel", "potus"})
SIDE = EVERYBODY


def states(steps: Steps) -> dict[str, str]:
    return {one.seat: one.state for step in steps for one in step}


def a_paper(**changed: object) -> Paper:
    paper = Paper(id="state:1", template="cable", seat="state", to=("dprk",), fields={"subject": "A word"}, turn=1)
    return cables.replace(paper, **changed)


def round_and(*clearers: str) -> Steps:
    steps = cables.opened(CHAIN, held=EVERYBODY)
    for seat in clearers:
        steps = cables.cleared(steps, seat=seat, note="", held=EVERYBODY)
    return steps


# --- who clears -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("drafter", "to", "expected"),
    [
        ("state", (), (("defense", "intel"), ("potus",))),
        ("defense", (), (("state", "intel"), ("potus",))),
        ("potus", (), ()),
        ("state", ("potus",), (("defense", "intel"),)),
        ("state", ("intel",), (("defense",), ("potus",))),
    ],
)
def test_neither_the_drafter_nor_an_addressee_clears_and_nobody_below_the_drafters_step(
    drafter: str, to: tuple[str, ...], expected: tuple[tuple[str, ...], ...]
) -> None:
    chain = cables.chain([["state", "defense", "intel"], ["potus"]], drafter=drafter, side=SIDE, to=to)
    assert chain == expected


def test_seats_of_another_side_are_not_asked() -> None:
    assert cables.chain([["state"], ["potus"]], drafter="rok", side={"rok"}, to=()) == ()


def test_the_next_step_is_asked_when_everybody_of_the_last_has_cleared() -> None:
    assert states(round_and()) == {"defense": "asked", "intel": "asked", "potus": "waiting"}
    assert states(round_and("defense")) == {"defense": "cleared", "intel": "asked", "potus": "waiting"}
    assert states(round_and("defense", "intel")) == {"defense": "cleared", "intel": "cleared", "potus": "asked"}
    assert cables.status_of(round_and("intel", "defense")) == "in_clearance"
    assert cables.status_of(round_and("intel", "defense", "potus")) == "cleared"


def test_a_seat_nobody_holds_is_passed_over() -> None:
    steps = cables.opened(CHAIN, held={"potus"})
    assert states(steps) == {"defense": "vacant", "intel": "vacant", "potus": "asked"}
    assert cables.status_of(cables.opened(CHAIN, held=())) == "cleared"


# --- what an edit re-opens --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("editor", "cleared_before", "expected"),
    [
        ("state", ("defense", "intel", "potus"), {"defense": "asked", "intel": "asked", "potus": "waiting"}),
        ("intel", ("defense",), {"defense": "asked", "intel": "asked", "potus": "waiting"}),
        ("potus", ("defense", "intel"), {"defense": "cleared", "intel": "cleared", "potus": "asked"}),
        ("potus", ("defense", "intel", "potus"), {"defense": "cleared", "intel": "cleared", "potus": "asked"}),
        ("defense", ("defense", "intel", "potus"), {"defense": "asked", "intel": "asked", "potus": "waiting"}),
    ],
)
def test_an_edit_reopens_the_clearances_of_its_step_and_of_all_after_it(
    editor: str, cleared_before: tuple[str, ...], expected: dict[str, str]
) -> None:
    steps = cables.reopened(round_and(*cleared_before), seat=editor, held=EVERYBODY)
    assert states(steps) == expected
    again = {one.seat for step in steps for one in step if one.again}
    assert again == {seat for seat in cleared_before if expected[seat] != "cleared"}


def test_a_second_clearance_is_no_longer_marked_as_due_again() -> None:
    steps = cables.reopened(round_and("defense", "intel"), seat="state", held=EVERYBODY)
    steps = cables.cleared(steps, seat="defense", note="Fine now.", held=EVERYBODY)
    defense = next(one for step in steps for one in step if one.seat == "defense")
    assert (defense.state, defense.again, defense.note) == ("cleared", False, "Fine now.")


# --- tracked changes --------------------------------------------------------------------------
def test_changes_name_the_field_and_both_texts_in_order() -> None:
    paper = a_paper(fields={"subject": "A word", "body": "Old"})
    found = cables.changes(paper, seat="intel", fields={"subject": "A word", "body": "New"}, to=("dprk", "rok"))
    assert [(one.field, one.before, one.after) for one in found] == [
        ("body", "Old", "New"),
        ("to", "dprk", "dprk, rok"),
    ]


def test_a_second_thought_on_a_field_follows_on_the_first_and_may_undo_it() -> None:
    def change(seat: str, before: str, after: str) -> Change:
        return Change(seat=seat, field="body", before=before, after=after)

    first = cables.tracked((), (change("intel", "a", "b"),))
    assert cables.tracked(first, (change("intel", "b", "c"),)) == (change("intel", "a", "c"),)
    assert cables.tracked(first, (change("intel", "b", "a"),)) == ()
    assert len(cables.tracked(first, (change("defense", "b", "c"),))) == 2


# --- numbers ----------------------------------------------------------------------------------
def test_a_series_is_one_senders_to_exactly_these_addressees() -> None:
    assert cables.series("state", ("rok", "jpn"), public=False) == cables.series("state", ("jpn", "rok"), public=False)
    assert cables.series("state", ("rok",), public=False) != cables.series("state", ("rok", "jpn"), public=False)
    assert cables.series("state", (), public=True) == "state>public"


def test_a_reference_is_made_of_what_the_pattern_names() -> None:
    ref = cables.reference("{seat}-{to} {turn} {n:03}", seat="state", to=("rok", "jpn"), turn="2018 Q2", number=7)
    assert ref == "STATE-ROK+JPN 2018Q2 007"
    assert cables.reference("{n}", seat="", to=(), turn="", number=12) == "12"
    assert cables.reference("{seat.__class__}", seat="x", to=(), turn="", number=1) == "{seat.__class__}"


# --- taskings ---------------------------------------------------------------------------------
def test_seats_below_answer_directly_or_through_others_and_a_circle_ends() -> None:
    superiors = {"potus": "", "state": "potus", "desk": "state", "a": "b", "b": "a"}
    assert cables.below("potus", superiors=superiors) == ("state", "desk")
    assert cables.below("desk", superiors=superiors) == ()
    assert cables.below("a", superiors=superiors) == ("b",)


@pytest.mark.parametrize(("turn", "late", "expected"), [(2, False, False), (3, False, True), (3, True, False)])
def test_a_tasking_is_newly_late_once_its_turn_is_over(turn: int, late: bool, expected: bool) -> None:
    tasking = Tasking(id="t", kind="rfi", ref="r", seat="state", to="intel", text="?", turn=1, due=2, late=late)
    assert cables.overdue(tasking, turn=turn) is expected


@pytest.mark.parametrize(
    ("paper", "seat", "code"),
    [
        (a_paper(), "defense", "paper.not_releaser"),
        (a_paper(), "state", "paper.never_cleared"),
        (a_paper(status="in_clearance", steps=round_and()), "state", "paper.not_cleared"),
        (a_paper(status="returned", steps=round_and()), "state", "paper.never_cleared"),
        (a_paper(status="cleared", steps=round_and("defense", "intel", "potus")), "potus", None),
        (a_paper(status="cleared", steps=round_and("defense", "intel", "potus")), "state", None),
        (a_paper(status="cleared", steps=round_and("defense", "intel", "potus")), "intel", "paper.not_releaser"),
    ],
)
def test_a_text_goes_out_when_everybody_has_cleared_it_by_its_drafter_or_who_clears_last(
    paper: Paper, seat: str, code: str | None
) -> None:
    refused = cables.check_release(paper, seat=seat, version=1, needs=True)
    assert (refused.code if refused else None) == code
