"""What a replay may change, and that everything it does not name stays as it was."""

from dataclasses import replace as other
from functools import cache
from typing import Any

import msgspec
import numpy as np
import pytest

from adjudication.conditions import Compare
from adjudication.counterfactual import Change, Comparison, Pin, counterfactual
from adjudication.orders import Override
from adjudication.played import Paths, Played, recorded_game, replay, seeds_of, wanted
from adjudication.scenario.bots import BotSpec
from adjudication.scenario.review import Dropped, Given, Pinned, WhatIf
from adjudication.variation import Ruled, change_of, dealing, pinned
from wargame.store.cases import case_now

RUNS = 4


@cache
def record() -> Played:
    case = case_now("us-dprk-2017")
    assert case is not None
    whole = recorded_game(case)
    return other(whole, turns=whole.turns[:6])


def under(change: Change, played: Played | None = None) -> Paths:
    game = played or record()
    seeds = seeds_of(game.seed, RUNS)
    return replay(game, game.turns, game.start, seeds=seeds, lenses=change.lenses, dealing=dealing(game, change))


@cache
def unchanged() -> Paths:
    return replay(record(), record().turns, record().start, seeds=seeds_of(record().seed, RUNS))


def parts(one: Paths, two: Paths) -> list[str]:
    """Return the variables in which two replays differ."""
    return sorted(name for name, rows in one.values.items() if not np.array_equal(rows, two.values[name]))


def own_run(change: Change) -> Comparison:
    return counterfactual(record(), change, runs=1)


@pytest.mark.parametrize(
    "change",
    [
        Change(),
        Change(drop=(Dropped(moves=("limited_strike",)),)),
        Change(drop=(Dropped(moves=("summit",), when=Compare("lt", "institution", -1.0)),)),
        Change(give=(Given(seat="potus", move="praise", ordered=("limited_strike",)),)),
        Change(pins=(Pin("tension", 0.0, 1, 12, ("limited_strike",)),)),
    ],
    ids=["nothing", "nobody ordered it", "never so", "no such turn", "no such order"],
)
def test_a_change_that_touches_nothing_leaves_every_number_as_it_was(change: Change) -> None:
    assert not parts(unchanged(), under(change))


def test_an_order_given_already_is_not_given_twice() -> None:
    threats = [turn.number for turn in record().turns if any(o.move == "threat" for o in turn.sealed.orders)]
    again = Change(give=(Given(seat="potus", move="threat", ordered=("threat",)),))
    assert threats
    assert not parts(unchanged(), under(again))


def test_orders_left_out_are_not_given_and_others_are() -> None:
    without = under(Change(drop=(Dropped(moves=("threat",), seats=("potus",)),)))
    assert np.all(without.values["aud_us"] <= unchanged().values["aud_us"])
    assert np.array_equal(without.values["missile_cap"], unchanged().values["missile_cap"])
    assert not parts(unchanged(), under(Change(drop=(Dropped(moves=("threat",), seats=("state",)),))))


def test_a_condition_is_asked_of_each_run_as_its_turn_begins() -> None:
    """Groundwork is below 45 in every run of the record, so that a meeting forbidden below 45 takes place nowhere."""
    never = under(Change(drop=(Dropped(moves=("summit", "d_summit"), when=Compare("lt", "institution", 45.0)),)))
    assert np.any(unchanged().summit >= 0)
    assert np.all(never.summit == -1)
    warm = Compare("gt", "tension", float(np.median(unchanged().values["tension"][5])))
    some = under(Change(drop=(Dropped(moves=("summit", "d_summit"), when=warm),)))
    met = some.summit[5] >= 0
    assert np.array_equal(met, (unchanged().summit[5] >= 0) & ~(some.values["tension"][5] > warm.right))


def test_a_rule_left_out_writes_no_row_and_a_whole_family_none_of_its_own() -> None:
    done = own_run(Change(rules_off=("R-A*",)))
    assert done.divergence is not None
    assert done.divergence.rule.startswith("R-A")
    assert done.divergence.changed == 0.0
    under_them = under(Change(rules_off=("R-A*",)))
    assert np.array_equal(under_them.values["missile_cap"], unchanged().values["missile_cap"])


def test_a_value_is_held_only_in_turns_for_which_a_move_was_ordered() -> None:
    held = own_run(Change(pins=(Pin("institution", 45.0, 1, 12, ("summit",)),)))
    met = [turn.number for turn in record().turns if any(o.move == "summit" for o in turn.sealed.orders)]
    assert held.divergence is not None
    assert held.divergence.turn == met[0]


def test_the_own_run_of_a_seat_played_anew_is_the_first_of_many_bit_for_bit() -> None:
    from adjudication.played import accounts

    change = Change(players={"jpn": BotSpec(policy="hawk")}, drop=(Dropped(moves=("threat",)),))
    varied, game = dealing(record(), change), record()
    many = replay(game, game.turns, game.start, seeds=seeds_of(game.seed, 3), dealing=varied)
    alone = accounts(game, varied.own, game.start, before=pinned(game, change))
    for row, done in enumerate(alone, start=1):
        assert {name: float(rows[row][0]) for name, rows in many.values.items()} == done.world["values"]


def test_a_seat_played_anew_orders_by_its_policy_and_the_others_what_they_had() -> None:
    varied = dealing(record(), Change(players={"jpn": BotSpec(policy="hawk")}))
    replay(record(), record().turns, record().start, seeds=seeds_of(record().seed, 1), dealing=varied)
    for was, now in zip(record().turns, varied.own, strict=True):
        theirs = {(o.seat, o.move) for o in was.sealed.orders if o.seat != "jpn"}
        assert {(o.seat, o.move) for o in now.sealed.orders if o.seat != "jpn"} == theirs
        assert "jpn" in now.sealed.bots
    assert any(o.seat == "jpn" for now in varied.own for o in now.sealed.orders)


def ruled() -> Played:
    """Return the record with two rulings of Control in its second turn."""
    first = Override("r1", "add", "tension", 5.0, reason="A scare nobody foresaw.")
    second = Override("r2", "add", "approval_nk", -3.0, reason="A bad week.")
    turns = list(record().turns)
    turns[1] = msgspec.structs.replace(
        turns[1], sealed=msgspec.structs.replace(turns[1].sealed, overrides=(first, second))
    )
    return other(record(), turns=tuple(turns))


@pytest.mark.parametrize(("without", "moved"), [(("*",), 2), (("r1",), 1), (("r2",), 1)])
def test_one_ruling_or_all_are_left_out_of_the_changed_run_alone(without: tuple[str, ...], moved: int) -> None:
    done = counterfactual(ruled(), Change(without_rulings=without), runs=2)
    second = done.turns[1]
    assert second.turn == 2
    changed = {name for name in ("tension", "approval_nk") if abs(second.variables[name].delta) > 1}
    assert len(changed) == moved
    assert done.divergence is not None
    assert done.divergence.rule == "R-F01"


def test_an_outcome_ruled_otherwise_changes_what_became_of_that_order_alone() -> None:
    turn = next(turn.number for turn in record().turns if any(o.move == "threat" for o in turn.sealed.orders))
    done = counterfactual(record(), Change(outcomes=(Ruled(turn, "potus", "threat", "blocked"),)), runs=2)
    assert done.divergence is not None
    assert done.divergence.turn == turn
    assert done.turns[turn - 1].variables["aud_us"].delta != 0
    before = [one for one in done.turns if one.turn < turn]
    assert not any(band.delta for one in before for band in one.variables.values())
    same = Change(outcomes=(Ruled(turn, "potus", "limited_strike", "done"),))
    assert not parts(unchanged(), under(same)), "nobody ordered it"


def test_a_run_of_the_case_becomes_a_change_of_the_turns_that_were_played() -> None:
    case = record().scenario
    asked = WhatIf(pins=(Pinned(name="hotline", value=1),), strategy="incremental", seats=("potus", "state"))
    change = change_of(case, asked, turns=[3, 4, 5])
    assert change.pins == (Pin("hotline", 1.0, 3, 5),)
    assert set(change.players) == {"potus", "state"}
    assert case.calibration is not None
    plan = next(one for one in case.calibration.strategies if one.id == "incremental")
    assert change.players["state"] == plan.seats["state"]


@pytest.mark.parametrize("name", ["peak.tension", "end.res_us", "war_risk", "alliance.mean"])
def test_every_outcome_a_question_may_name_is_there(name: str) -> None:
    what, values = wanted(record().scenario, unchanged(), [name])[name]
    assert what.id == name
    assert values.shape == (RUNS,)


def test_an_unknown_outcome_says_what_there_is() -> None:
    with pytest.raises(LookupError, match=r"no outcome 'peak.nonsense'.*war_risk"):
        wanted(record().scenario, unchanged(), ["peak.nonsense"])


def test_the_names_a_case_is_checked_against_are_those_a_replay_has() -> None:
    from adjudication.scenario.checks.review import outcome_names

    for name in ("us-dprk-2017", "cuba-1962", "practice"):
        case: Any = case_now(name)
        game = recorded_game(case) if case.history is not None else None
        if game is not None:
            short = replay(game, game.turns[:1], game.start, seeds=seeds_of("0", 1))
            names = sorted(outcome_names(case))
            assert sorted(wanted(case, short, names)) == names
