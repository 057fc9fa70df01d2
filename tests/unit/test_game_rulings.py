"""Rulings of every kind on a pending proposal: what they do, what refuses them, who makes them, what was looked at."""

from copy import copy
from functools import cache

import pytest

from adjudication.orders import RuledEffect
from tests.support.builders import CONTROL, SYSTEM, Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import Actor
from wargame.game.state import RULINGS_A_TURN

WHY = "As the room saw it"
SECOND = Actor(kind="control", person="p-second", role="control")


@cache
def _proposed(style: str) -> Game:
    game = a_game(style=style).joined("p-second", "T. Okafor", "control")
    game.with_seats("potus", "dprk").started().in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="a", move="icbm"))
    game.do(player("potus"), c.OrderDraft(order="a", move="threat"))
    return game.in_phase("lock")


def proposed(style: str = "semi_rigid") -> Game:
    """Return a game whose proposal waits: played to there once, and copied."""
    game = copy(_proposed(style))
    game.log, game.told = list(game.log), list(game.told)
    return game


def value(game: Game, variable: str) -> float:
    assert game.state.proposal is not None
    return float(game.state.proposal.world["values"][variable])


def a_row(game: Game) -> tuple[str, str, str]:
    assert game.state.proposal is not None
    rows = (r for r in game.state.proposal.ledger if r.var == "tension" and r.cause.id == "dprk:a")
    row = next(rows)
    return ("tension", row.rule_id, row.cause.id)


# --- what each does -----------------------------------------------------------------------------------
def test_setting_a_variable_puts_it_there_and_a_second_value_takes_the_place_of_the_first() -> None:
    game = proposed()
    for amount in (60.0, 55.0):
        game.do(CONTROL, c.RulingSet(turn=1, variable="tension", value=amount, reason=WHY))
    assert value(game, "tension") == 55.0
    assert [r.delta for r in game.state.rulings] == [55.0]


def test_dropping_a_row_takes_exactly_that_cause_out_and_editing_it_sets_what_it_comes_to() -> None:
    game = proposed()
    variable, rule, cause = a_row(game)
    assert game.state.proposal is not None
    was = sum(r.applied for r in game.state.proposal.ledger if (r.var, r.rule_id, r.cause.id) == a_row(game))
    before = value(game, "tension")
    row = c.RulingRow(turn=1, variable=variable, rule=rule, cause=cause, amount=0.0, reason=WHY)
    game.do(CONTROL, row)
    dropped = value(game, "tension")
    assert dropped < before
    game.do(CONTROL, c.RulingRow(turn=1, variable=variable, rule=rule, cause=cause, amount=was, reason=WHY))
    assert value(game, "tension") == pytest.approx(before, abs=1e-5)
    assert len(game.state.rulings) == 1


def test_an_order_carried_out_in_part_can_be_let_go_through_in_full() -> None:
    game = proposed()
    game.do(CONTROL, c.RulingFidelity(turn=1, order="dprk:a", degree=0.3, reason=WHY))
    assert game.state.proposal is not None
    assert next(o for o in game.state.proposal.orders if o.id == "dprk:a").status == "partial"
    game.do(CONTROL, c.RulingFidelity(turn=1, order="dprk:a", degree=1.0, reason=WHY))
    assert next(o for o in game.state.proposal.orders if o.id == "dprk:a").fidelity == 1.0


def test_a_ruling_on_the_outcome_of_an_order_and_one_on_its_degree_do_not_stand_together() -> None:
    game = proposed()
    game.do(CONTROL, c.RulingFidelity(turn=1, order="dprk:a", degree=0.3, reason=WHY))
    game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome="blocked", reason=WHY))
    assert [r.kind for r in game.state.rulings] == ["replace"]
    answer = c.RulingFidelity(turn=1, order="dprk:a", degree=1.0, reason=WHY)
    assert game.refused(CONTROL, answer) == "ruling.not_carried_out"


def test_effects_of_every_primitive_are_added_under_one_reason() -> None:
    game = proposed()
    before, flag = value(game, "tension"), game.scenario.flags[0]
    effects = (RuledEffect("add", "tension", 4.0), RuledEffect("flag", flag, 1.0))
    game.do(CONTROL, c.RulingEffects(turn=1, effects=effects, reason=WHY, shown_to=("rok",)))
    assert value(game, "tension") == before + 4.0
    assert game.state.proposal is not None
    assert flag in game.state.proposal.world["flags"]
    seen = next(iter(game.seen("control", "ruling").values()))
    assert seen.value == f"tension +4; {flag.replace('_', ' ')} raised"  # type: ignore[attr-defined]


def test_a_dated_event_of_the_turn_can_be_kept_from_happening() -> None:
    game = proposed()
    event = next(e for e in game.scenario.calendar if e.turn == 1 and e.effects)
    key = f"calendar:{event.id}"
    open_events = {o.key: o for o in game.seen("control", "proposal")["turn@1"].open_events}  # type: ignore[attr-defined]
    assert (open_events[key].label, open_events[key].happens) == (event.title, True)
    game.do(CONTROL, c.RulingEvent(turn=1, die=key, happens=False, reason=WHY))
    assert game.state.proposal is not None
    assert not any(row.cause.id == event.id for row in game.state.proposal.ledger)
    now = {o.key: o for o in game.seen("control", "proposal")["turn@1"].open_events}  # type: ignore[attr-defined]
    assert not now[key].happens


def test_a_remark_reaches_its_readers_with_the_outcome_and_changes_nothing() -> None:
    game = proposed()
    first = game.state.proposal
    game.do(CONTROL, c.RulingAnnotate(turn=1, target="dprk:a", reason="A close call.", shown_to=("dprk",)))
    assert game.state.proposal is first
    game.do(CONTROL, c.RulingAccept(turn=1))
    told = {view: game.seen(view, "outcome")["turn@1"].account for view in ("seat:dprk", "seat:potus")}  # type: ignore[attr-defined]
    assert "Control remarks: A close call." in told["seat:dprk"]
    assert not any("close call" in line for line in told["seat:potus"])
    assert game.seen("seat:dprk", "card")["1:dprk:a"].ruling == "A close call."  # type: ignore[attr-defined]


def test_a_ruling_is_refused_with_what_would_do_instead() -> None:
    game = proposed()
    low = c.RulingSet(turn=1, variable="tension", value=140.0, reason=WHY)
    assert game.refused(CONTROL, low) == "ruling.out_of_range"
    none = c.RulingRow(turn=1, variable="tension", rule="R-X", cause="nobody", amount=0.0, reason=WHY)
    assert game.refused(CONTROL, none) == "ruling.row_unknown"
    moon = c.RulingEffects(turn=1, effects=(RuledEffect("flag", "moon", 1.0),), reason=WHY)
    assert game.refused(CONTROL, moon) == "ruling.effect_impossible"
    assert game.refused(CONTROL, c.RulingAnnotate(turn=1, target="moon", reason=WHY)) == "ruling.target_unknown"
    gone = c.RulingFidelity(turn=1, order="dprk:none", degree=1.0, reason=WHY)
    assert game.refused(CONTROL, gone) == "ruling.order_unknown"
    assert game.refused(player("dprk"), low) == "who.control_only"


def test_a_proposal_holds_a_bounded_number_of_rulings() -> None:
    game = proposed()
    remark = c.RulingAnnotate(turn=1, target="dprk:a", reason=WHY)
    for _ in range(RULINGS_A_TURN):
        game.do(CONTROL, remark)
    assert game.refused(CONTROL, remark) == "ruling.too_many"


# --- who rules ----------------------------------------------------------------------------------------
def test_who_rules_first_has_the_desk_and_a_second_facilitator_is_told_who() -> None:
    game = proposed().do(CONTROL, c.RulingEdit(turn=1, variable="tension", delta=1, reason=WHY))
    edit = c.RulingEdit(turn=1, variable="tension", delta=2, reason=WHY)
    for command in (
        edit,
        c.RulingDrop(turn=1, ruling=game.state.rulings[0].id),
        c.RulingReview(turn=1, targets=("dprk:a",)),
        c.RulingAccept(turn=1),
    ):
        assert game.refused(SECOND, command) == "ruling.held"
    assert game.refused(SECOND, c.RulingTake(turn=1, on=False)) == "ruling.not_yours"
    assert game.seen("control", "review")["turn@1"].by_name == "Control"  # type: ignore[attr-defined]


def test_the_second_takes_over_by_name_and_the_first_is_refused_from_then_on() -> None:
    game = proposed().do(CONTROL, c.RulingEdit(turn=1, variable="tension", delta=1, reason=WHY))
    game.do(SECOND, c.RulingTake(turn=1))
    assert game.refused(SECOND, c.RulingTake(turn=1)) == "ruling.yours"
    assert game.refused(CONTROL, c.RulingAccept(turn=1)) == "ruling.held"
    game.do(SECOND, c.RulingTake(turn=1, on=False)).do(CONTROL, c.RulingAccept(turn=1))
    lines = [line.text for line in game.seen("control", "log").values()]  # type: ignore[attr-defined]
    assert "Took the desk from Control." in lines


def test_the_desk_of_a_facilitator_who_left_is_free_and_every_proposal_begins_with_a_free_one() -> None:
    game = proposed().do(SECOND, c.RulingTake(turn=1)).do(CONTROL, c.PersonRemove(person="p-second"))
    game.do(CONTROL, c.RulingAccept(turn=1))
    game.in_phase("plan").in_phase("lock")
    assert game.state.ruling_by == ""


def test_the_server_rules_without_taking_anybodys_desk() -> None:
    game = proposed().do(CONTROL, c.RulingTake(turn=1))
    game.do(SYSTEM, c.RulingEdit(turn=1, variable="tension", delta=1, reason=WHY))
    assert game.state.ruling_by == "p-control"


# --- what was looked at -------------------------------------------------------------------------------
def test_many_outcomes_are_accepted_at_once_and_a_ruling_reopens_only_what_it_changes() -> None:
    game = proposed()
    every = ("dprk:a", "potus:a", "variable:tension")
    game.do(CONTROL, c.RulingReview(turn=1, targets=every))
    assert game.refused(CONTROL, c.RulingReview(turn=1, targets=every)) == "ruling.reviewed_already"
    assert game.seen("control", "review")["turn@1"].reviewed == every  # type: ignore[attr-defined]
    game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome="blocked", reason=WHY))
    assert set(game.state.reviewed) == {"potus:a"}
    game.do(CONTROL, c.RulingReview(turn=1, targets=("potus:a",), on=False))
    assert game.state.reviewed == ()
    assert game.refused(CONTROL, c.RulingReview(turn=1, targets=("moon",))) == "ruling.target_unknown"


def test_in_free_style_nothing_is_released_before_every_order_has_a_word() -> None:
    game = proposed("free")
    assert game.refused(CONTROL, c.RulingAccept(turn=1)) == "ruling.not_reviewed"
    game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome="partial", reason=WHY))
    assert game.refused(CONTROL, c.RulingAccept(turn=1)) == "ruling.not_reviewed"
    game.do(CONTROL, c.RulingReview(turn=1, targets=("potus:a",))).do(CONTROL, c.RulingAccept(turn=1))
    assert game.state.phase == "outcome"


def test_nothing_about_rulings_reaches_a_seat_before_the_release() -> None:
    game = proposed()
    views = ("seat:potus", "seat:dprk", "observer", "public")
    before = {view: game.feed(view) for view in views}
    variable, rule, cause = a_row(game)
    for command in (
        c.RulingTake(turn=1),
        c.RulingReview(turn=1, targets=("dprk:a",)),
        c.RulingSet(turn=1, variable="tension", value=50.0, reason=WHY, shown_to=("dprk",)),
        c.RulingRow(turn=1, variable=variable, rule=rule, cause=cause, amount=0.0, reason=WHY),
        c.RulingFidelity(turn=1, order="dprk:a", degree=0.5, reason=WHY),
        c.RulingAnnotate(turn=1, target="dprk:a", reason=WHY, shown_to=("dprk",)),
    ):
        game.do(CONTROL, command)
    assert {view: game.feed(view) for view in views} == before
