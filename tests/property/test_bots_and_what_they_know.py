"""Bots order only what they may, and nothing a seat cannot see moves what its bot does."""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudication.headless import picture, play
from adjudication.policies import GENERAL, act, policies_of, policy_for
from adjudication.policies.sheet import choose
from adjudication.policies.view import BotView, OfferOnTable, Owed, PastOrder, Proposed
from adjudication.readings import make_readings
from adjudication.scenario import Scenario, load_scenario
from adjudication.scenario.checks import limits
from adjudication.secrecy import known, levels_known
from adjudication.sight import knows_flag
from adjudication.world import World

SCENARIOS = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
CASES = ("us-dprk-2017", "cuba-1962", "practice")
LOOKS_AHEAD = {"maximiser", "erratic", "cautious"}
"""Policies that try plans on the engine: too slow for many examples, held to the same in a few."""


@cache
def case(name: str) -> Scenario:
    return load_scenario(SCENARIOS / f"{name}.yaml")


@st.composite
def situations(draw, names=CASES):
    """A case, a world of it, a turn and what was ordered in the turns before, as data to build views from."""
    scenario = case(draw(st.sampled_from(names)))
    turn = draw(st.integers(2, scenario.meta.turns))
    share = draw(st.lists(st.floats(0, 1), min_size=len(scenario.variables), max_size=len(scenario.variables)))
    values = {}
    for variable, x in zip(scenario.variables, share, strict=True):
        low, high = limits(variable.kind, variable.min, variable.max)
        top = high if np.isfinite(high) else max(1.0, 2 * variable.init)
        value = low + x * (top - low)
        values[variable.id] = float(round(value)) if variable.kind in ("count", "flag") else value
    values[scenario.tally.war] = 0.0
    values[scenario.commitments.form] = 0.0
    flags = {f"flag.{flag}": draw(st.booleans()) for flag in scenario.flags}
    world = World.initial(scenario).with_values(scenario, values | flags)
    seat = draw(st.sampled_from([s.id for s in scenario.seats]))
    past = tuple(
        PastOrder(turn=turn - 1 - draw(st.integers(0, 2)), seat=move.seats[0], move=move.id, status="done")
        for move in draw(st.lists(st.sampled_from(scenario.moves), max_size=6))
    )
    return scenario, world, seat, turn, past


def seen(scenario: Scenario, world: World, seat: str, turn: int, past) -> BotView:
    """Return the view of a seat, with the errors of one seed."""
    stored = world.to_payload(scenario)
    open_case = known(scenario, stored, turn)
    readings, _ = make_readings(open_case, world, turn=turn, seed="views", errors={})
    return picture(
        open_case, world, seat, turn, key="views", readings=readings[seat],
        banked=levels_known(open_case, stored, seat), past=past,
    )  # fmt: skip


def names_for(scenario: Scenario, seat: str) -> list[str]:
    return [policy.id for policy in policies_of(scenario, seat) if policy.id not in LOOKS_AHEAD]


@settings(max_examples=150, deadline=None)
@given(situations())
def test_no_bot_orders_what_is_not_its_own_locked_too_dear_or_excluded(situation):
    scenario, world, seat, turn, past = situation
    view = seen(scenario, world, seat, turn, past)
    for name in names_for(scenario, seat):
        policy = policy_for(name, scenario, seat)
        wishes = choose(policy.chair, view, policy.wishes(view))
        moves = [scenario.move[wish.move] for wish in wishes]
        assert all(seat in move.seats and view.moves[move.id].state != "locked" for move in moves)
        assert sum(move.cost for move in moves) <= scenario.seat[seat].budget
        assert view.capital is None or sum(move.capital for move in moves) <= view.capital
        assert not any(one.id in two.exclusive for one in moves for two in moves if one is not two)
        for wish, move in zip(wishes, moves, strict=True):
            offered = {param.id: param for param in move.params}
            assert set(wish.params) <= set(offered)
            assert all(offered[k].kind != "choice" or v in offered[k].choices for k, v in wish.params.items())
            assert wish.why


def hidden_from(scenario: Scenario, world: World, seat: str, turn: int) -> tuple[set[str], set[str]]:
    """Return the variables and flags a seat cannot tell."""
    open_case = known(scenario, world.to_payload(scenario), turn)
    variables = {v.id for v in scenario.variables if open_case.sights[v.id, seat].mode == "hidden"}
    return variables, {flag for flag in scenario.flags if not knows_flag(open_case, flag, seat)}


@settings(max_examples=150, deadline=None)
@given(situations(), st.floats(0.05, 0.95))
def test_what_a_seat_cannot_see_moves_nothing_its_bot_does(situation, share):
    scenario, world, seat, turn, past = situation
    variables, flags = hidden_from(scenario, world, seat, turn)
    capacity = {block.capacity for block in scenario.implementations}
    changes = {f"flag.{flag}": not world.flag_map(scenario)[flag] for flag in sorted(flags)}
    for name in sorted(variables - capacity - {scenario.tally.war, scenario.commitments.form}):
        variable = scenario.variable[name]
        low, high = limits(variable.kind, variable.min, variable.max)
        changes[name] = low + share * ((high if np.isfinite(high) else 10.0) - low)
    other = world.with_values(scenario, changes)
    if hidden_from(scenario, other, seat, turn) != (variables, flags):
        return  # a gate of knowledge opened or closed with the change: then the seat may know
    one, two = seen(scenario, world, seat, turn, past), seen(scenario, other, seat, turn, past)
    for name in names_for(scenario, seat):
        policy = policy_for(name, scenario, seat)
        assert act(one, policy) == act(two, policy)
        assert act(at_a_table(scenario, one), policy) == act(at_a_table(scenario, two), policy)


def at_a_table(scenario: Scenario, view: BotView) -> BotView:
    """Return the same view with a text of the other party before it, a clause owed and a meeting on the sheet."""
    terms = scenario.negotiation
    signatories = tuple(party.signatory for party in terms.parties)
    other = next(seat for seat in signatories if seat != view.seat)
    levels = {**terms.menus[0].levels, **{clause.id: 1 for clause in terms.sides[:2]}}
    text = OfferOnTable(
        id="t", author=other, proposer=other, status="tabled", version=2, levels=levels, accepted=(other,), signed=(),
        parties=tuple(sorted({*signatories, view.seat})), venue="", turn=view.turn,
        before=(Proposed(1, view.seat, {}), Proposed(2, other, levels)),
    )  # fmt: skip
    issue = next(i.id for i in terms.issues if i.kind == "clause")
    owed = Owed(
        id=f"x:{issue}", agreement="x", clause=issue, obligor=view.seat, from_level=0, detection="rarely", after="",
        state="due", asked=view.seat in signatories, choice="",
    )  # fmt: skip
    return msgspec.structs.replace(view, bargaining_open=True, offers=(text,), owed=(owed,))


@settings(max_examples=8, deadline=None)
@given(situations(names=("us-dprk-2017",)), st.floats(0.05, 0.95))
def test_looking_ahead_reads_no_more_than_the_seat_does(situation, share):
    scenario, world, seat, turn, past = situation
    variables, flags = hidden_from(scenario, world, seat, turn)
    changes = {f"flag.{flag}": not world.flag_map(scenario)[flag] for flag in sorted(flags)}
    changes |= {name: 0.02 + share for name in variables if scenario.variable[name].kind == "belief"}
    other = world.with_values(scenario, changes)
    policy = policy_for("maximiser", scenario, seat)
    one, two = (policy.wishes(seen(scenario, w, seat, turn, past)) for w in (world, other))
    assert one == two
    assert len({wish.move for wish in one}) == len(one)


@pytest.mark.parametrize("policy", sorted(set(GENERAL) - {"maximiser"}))
def test_games_of_any_policy_against_itself_reach_their_end_and_repeat(policy):
    scenario = case("us-dprk-2017")
    seats = {seat.id: policy_for(policy, scenario, seat.id) for seat in scenario.seats}
    one, two = (play(scenario, seats, seeds=("a", "b")) for _ in range(2))
    for name, values in one.values.items():
        np.testing.assert_array_equal(values, two.values[name], err_msg=name)
