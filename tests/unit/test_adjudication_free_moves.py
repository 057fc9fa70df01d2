"""Moves outside the catalogue: limits of a frame, the odds of estimates and arguments, one die, effects or nothing."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudication.freemoves import cameo_weights, fault_of, limits_of
from adjudication.ledger import unexplained
from adjudication.odds import argued, pooled
from adjudication.orders import FreeEffect, FreeMove, Override
from adjudication.results import FreeResult, Resolution
from tests.support.engine import a_world, after, everything, orders, settle, the_case

SURE, HOPELESS = (99, 99, 99), (1, 1, 1)


def a_free_move(name: str = "potus:f1", *, estimates: tuple[int, ...] = (50,), **more) -> FreeMove:  # type: ignore[no-untyped-def]
    given = {
        "seat": "potus", "title": "Invite a table-tennis team", "severity": "de", "cameo": "036",
        "effects": (FreeEffect("tension", -6.0), FreeEffect("dprk_status", 3.0)), "trust": 0.2,
    } | more  # fmt: skip
    return FreeMove(id=name, estimates=estimates, **given)


def came_of(found: Resolution, name: str = "potus:f1") -> FreeResult:
    return next(one for one in found.free if one.id == name)


def with_fate(fate: str, **more) -> Resolution:  # type: ignore[no-untyped-def]
    return settle(a_world(), [], free=[a_free_move(**more)], forced={"free:potus:f1": fate})[0]


# --- the odds ---------------------------------------------------------------------------------
def test_one_estimate_stands_as_it_is_and_many_meet_in_log_odds() -> None:
    assert pooled([70]) == pytest.approx(0.7)
    assert pooled([20, 80]) == pytest.approx(0.5)
    assert log(pooled([10, 40]) / (1 - pooled([10, 40]))) == pytest.approx((log(0.1 / 0.9) + log(0.4 / 0.6)) / 2)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=12), st.integers(-3, 3))
@settings(max_examples=300, deadline=None)
def test_the_pool_lies_between_its_estimates_and_arguments_move_it_their_way(estimates: list[int], net: int) -> None:
    chance = pooled(estimates)
    assert min(estimates) / 100 - 1e-9 <= chance <= max(estimates) / 100 + 1e-9
    assert pooled(list(reversed(estimates))) == chance
    assert np.sign(round(argued(chance, net) - chance, 12)) == np.sign(net)


def test_an_argument_is_worth_four_tenths_in_log_odds_and_no_more_than_three_count() -> None:
    assert argued(0.5, 1) == pytest.approx(1 / (1 + np.exp(-0.4)))
    assert argued(0.5, 9) == argued(0.5, 3)
    assert argued(0.5, -9) == argued(0.5, -3)


def test_the_die_is_held_against_the_pool_after_arguments_and_both_are_on_record() -> None:
    found = settle(a_world(), [], free=[a_free_move(estimates=(40, 60), net=2)])[0]
    result = came_of(found)
    assert result.before == pytest.approx(0.5)
    assert result.p == pytest.approx(argued(0.5, 2), abs=1e-6)
    assert result.die.key == "free:potus:f1"
    assert {"R-F02", "R-F05"} & {row.rule_id for row in found.ledger} == {"R-F02", "R-F05"}


# --- what it does -----------------------------------------------------------------------------
def test_success_has_its_effects_and_failure_has_none() -> None:
    plain = settle(a_world(), [])[1]
    good, bad = (
        settle(a_world(), [], free=[a_free_move()], forced={"free:potus:f1": fate})[1] for fate in ("yes", "no")
    )
    case = the_case()
    assert good.value(case, "tension") < plain.value(case, "tension")
    assert good.value(case, "trust_dprk") > plain.value(case, "trust_dprk")
    assert everything(bad) == everything(plain)


def test_failure_pays_the_cost_control_declared_and_nothing_else() -> None:
    cost = (FreeEffect("approval_nk", -4.0),)
    rows = [r for r in with_fate("no", costs=cost).ledger if r.cause.id == "potus:f1" and r.var]
    assert [(r.var, r.raw) for r in rows] == [("approval_nk", -4.0)]
    rows = [r for r in with_fate("yes", costs=cost).ledger if r.cause.id == "potus:f1" and r.var]
    assert "approval_nk" not in {r.var for r in rows}


def test_the_rest_of_the_turn_treats_it_like_any_other_order() -> None:
    """Two falling moves of both camps at once count for more: the free one makes the pair."""
    case = the_case()
    alone = settle(a_world(), orders("charm"))[0]
    pair = settle(a_world(), orders("charm"), free=[a_free_move()], forced={"free:potus:f1": "yes"})[0]
    charm = {name: [r.raw for r in found.ledger if r.cause.id == "o0:charm" and r.var == "tension"]
             for name, found in (("alone", alone), ("pair", pair))}  # fmt: skip
    assert charm["pair"][0] == pytest.approx(charm["alone"][0] * case.interaction.reciprocity)
    points = [r.raw for r in pair.ledger if r.cause.id == "potus:f1" and r.var == case.tally.points]
    assert points == [-2.0]


@pytest.mark.parametrize("fate", ["yes", "no"])
def test_the_ledger_adds_up_with_a_free_move_in_it(fate: str) -> None:
    world = a_world()
    found, later = settle(
        world, orders("threat", "icbm"),
        free=[a_free_move(costs=(FreeEffect("tension", 3.0),))], forced={"free:potus:f1": fate},
    )  # fmt: skip
    case = the_case()
    values = lambda w: {v.id: w.value(case, v.id) for v in case.variables}  # noqa: E731
    assert unexplained(found.ledger, values(world), values(later)) == {}


def test_a_free_move_changes_no_die_but_its_own_and_its_die_does_not_know_its_neighbours() -> None:
    sheet = orders("un_res", "threat")
    without = {d.key: d.u for d in settle(a_world({"provocation": 60}), sheet)[0].dice}
    two = [a_free_move("potus:b"), a_free_move("dprk:a", seat="dprk", severity="po")]
    many = {d.key: d.u for d in settle(a_world({"provocation": 60}), sheet, free=two)[0].dice}
    back = {d.key: d.u for d in settle(a_world({"provocation": 60}), sheet, free=two[::-1])[0].dice}
    assert without.items() <= many.items()
    assert set(many) - set(without) == {"free:potus:b", "free:dprk:a"}
    assert many == back


def test_the_order_of_submission_changes_nothing() -> None:
    two = [a_free_move("potus:b"), a_free_move("dprk:a", seat="dprk", severity="po")]
    assert settle(a_world(), [], free=two)[0] == settle(a_world(), [], free=two[::-1])[0]


def test_many_games_at_once_settle_it_to_the_same_bits() -> None:
    free = [a_free_move(estimates=(45, 60), net=1, costs=(FreeEffect("tension", 2.0),))]
    for seed in range(12):
        _, single = settle(a_world(), orders("threat"), seed=seed, free=free)
        batch = after(a_world(), orders("threat"), seed=seed, free=free).world
        assert everything(single) == everything(batch)


# --- rulings and secrecy ----------------------------------------------------------------------
def test_a_ruling_replaces_the_outcome_and_the_draw_stays_on_record() -> None:
    for value, status in (("done", "succeeded"), ("partial", "partial"), ("blocked", "failed")):
        ruling = Override(id="r", kind="replace_outcome", target="potus:f1", value=value, reason="Argued at the table")
        found = settle(a_world(), [], free=[a_free_move(estimates=(50,))], overrides=[ruling])[0]
        plain = settle(a_world(), [], free=[a_free_move(estimates=(50,))])[0]
        assert came_of(found).status == status
        assert came_of(found).ruled
        assert came_of(found).die.u == came_of(plain).die.u


def test_a_public_one_is_seen_by_all_and_a_private_one_by_those_in_on_it_and_those_it_speaks_to() -> None:
    told = lambda found: came_of(found).visible_to  # noqa: E731
    assert told(with_fate("yes")) == told(with_fate("no")) == ("*",)
    quiet = {"public": False, "known_to": ("state",)}
    assert told(with_fate("yes", **quiet)) == ("dprk", "potus", "state"), "a signal reaches whom it is meant for"
    assert told(with_fate("no", **quiet)) == ("potus", "state"), "what never happened signals nothing"
    assert told(with_fate("yes", **quiet, trust=0.0)) == ("potus", "state")
    for found in (with_fate("yes", **quiet), with_fate("no", **quiet)):
        rows = [r for r in found.ledger if r.cause.id == "potus:f1"]
        assert rows
        assert all("*" not in r.visibility for r in rows)


def test_free_moves_are_told_as_what_happened_to_those_who_see_them() -> None:
    found = with_fate("no", public=False)
    happening = next(h for h in found.happenings if h.kind == "free")
    assert happening.visible_to == ("potus",)
    assert "It did not come off" in happening.text


# --- the frame --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, None),
        ({"effects": (FreeEffect("moon", 1.0),)}, "variable"),
        ({"effects": (FreeEffect("war", 1.0),)}, "variable"),
        ({"costs": (FreeEffect("missile_cap", 1.0),)}, "variable"),
        ({"effects": (FreeEffect("tension", 12.5),)}, "size"),
        ({"effects": (FreeEffect("tension", 1.0),) * 5}, "count"),
        ({"costs": (FreeEffect("tension", 1.0),) * 3}, "count"),
        ({"trust": 0.6}, "signal"),
        ({"resolve": -0.6}, "signal"),
        ({"seat": "rok", "trust": 0.2}, "side"),
        ({"cameo": "999"}, "cameo"),
        ({"cameo": ""}, None),
    ],
)
def test_a_frame_outside_the_declared_limits_is_refused_with_what_is_allowed(more: dict, kind: str | None) -> None:  # type: ignore[type-arg]
    case = the_case()
    found = fault_of(case, limits_of(case), a_free_move(**more))
    assert (found.kind if found else None) == kind
    if found is not None:
        assert found.allowed
    if kind == "variable":
        assert found is not None
        assert found.allowed == limits_of(case).variables


def test_a_code_of_the_events_table_brings_its_weight() -> None:
    assert came_of(with_fate("yes")).goldstein == cameo_weights(the_case())["036"] == 4.0
    assert came_of(with_fate("yes", cameo="")).goldstein == 0.0
