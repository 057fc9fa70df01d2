"""Named hazards: dice of their own, several in a turn, forced in a recorded game, a ladder of several rungs."""

import numpy as np

from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.scenario import Scenario
from adjudication.testkit import a_world, orders_of
from adjudication.world import World
from tests.support.second_crisis import Sections, a_case, rule

LADDER: Sections = {
    "variable": "war", "rungs": ["peace", "shots", "raid", "landing", "general war"], "ends_at": 4, "rule": "R-R08",
}  # fmt: skip


def spark(name: str, p: float = 0.5, **more: object) -> Sections:
    return {"id": name, "label": f"The {name}", "rule": "R-H01", "p": p, "event": f"{name}_lost", **more}


def case_with(
    *sparks: Sections, ladder: Sections | None = None, rules: tuple[Sections, ...] = (), **more: object
) -> Scenario:
    return a_case(
        hazards=list(sparks), ladder={**LADDER, **(ladder or {})}, rules=[rule("R-H01", code=True), *rules], **more
    )


def test_several_flashpoints_may_fire_in_one_turn_each_by_its_own_die() -> None:
    case = case_with(spark("kite", 1.0), spark("ferry", 1.0), rules=(
        rule("R-H02", event="kite_lost", effects=[{"add": ["strain", 5]}]),
        rule("R-H03", event="ferry_lost", effects=[{"add": ["strain", 7]}]),
    ))  # fmt: skip
    result = resolve_turn(case, a_world(case), turn=1, orders=(), seed=1)
    assert [die.key for die in result.dice] == ["hazard:ferry", "hazard:kite"]
    assert {row.rule_id for row in result.ledger if row.var == "strain"} == {"R-H02", "R-H03"}
    assert [h.text for h in result.happenings if h.kind == "flashpoint"] == [
        "The ferry. R-H01 says why.", "The kite. R-H01 says why."
    ]  # fmt: skip


def test_what_one_flashpoint_needs_never_moves_the_die_of_another() -> None:
    with_both = case_with(spark("kite"), spark("ferry"))
    alone = case_with(spark("kite"))
    draws = [
        next(d for d in resolve_turn(case, a_world(case), turn=1, orders=(), seed=3).dice if d.key == "hazard:kite")
        for case in (with_both, alone)
    ]
    assert draws[0] == draws[1]


def test_a_recorded_turn_forces_one_flashpoint_and_forbids_the_rest() -> None:
    case = case_with(spark("kite", 0.0), spark("ferry", 1.0))
    forced = {"hazard": "no", "hazard:kite@2": "yes"}
    turns = [resolve_turn(case, a_world(case), turn=t, orders=(), seed=1, forced=forced).happenings for t in (1, 2)]
    assert [[h.slots["flashpoint"] for h in told if h.kind == "flashpoint"] for told in turns] == [[], ["kite"]]


def test_a_flashpoint_sleeps_where_its_condition_fails() -> None:
    case = case_with(spark("kite", 1.0, when={"ordered": "sail"}))
    assert not resolve_turn(case, a_world(case), turn=1, orders=(), seed=1).dice
    assert resolve_turn(case, a_world(case), turn=1, orders=orders_of(case, "sail"), seed=1).dice


def test_an_incident_climbs_by_itself_with_its_weight_times_the_step() -> None:
    case = case_with(spark("kite", 1.0, attention=0.5), ladder={"step": 0.6, "step_event": "climbed"}, rules=(
        rule("R-H02", event="climbed", effects=[{"add": ["strain", 9]}]),
    ))  # fmt: skip
    batch = resolve_batch(case, World.initial(case, 4000), turn=1, orders=(), seeds=range(4000))
    war = batch.world.values[case.index["war"]]
    assert 0.27 < float(np.mean(war == 1)) < 0.33
    assert np.array_equal(batch.world.values[case.index["strain"]] > 40, war == 1)
    assert np.allclose(batch.p_war, 0.3)


def test_the_case_goes_on_until_the_last_rung() -> None:
    climb = rule("R-H02", effects=[{"add": ["war", 1]}])
    case = case_with(spark("kite", 0.0), rules=(climb,))
    world = World.initial(case, 2)
    for turn in (1, 2, 3, 4):
        world = resolve_batch(case, world, turn=turn, orders=orders_of(case, "press"), seeds=(1, 2)).world
        assert list(world.values[case.index["war"]]) == [turn, turn]
    still = resolve_batch(case, world, turn=4, orders=orders_of(case, "press"), seeds=(1, 2)).world
    assert np.array_equal(still.values, world.values)


def test_a_rung_of_its_own_is_reached_at_once_and_never_lowered() -> None:
    case = case_with(spark("kite", 1.0, rung=2))
    for before, after in ((0, 2), (3, 3)):
        result = resolve_turn(case, a_world(case, {"war": before}), turn=1, orders=(), seed=1)
        assert result.world["values"]["war"] == after


def test_a_chance_over_two_basis_lengths_is_that_of_two_tries() -> None:
    clock = {"basis_hours": 12, "turns": [{"name": "w", "hours": h} for h in (24, 12, 12, 12)]}
    case = case_with(spark("kite", 0.1), clock=clock)
    thresholds = [
        resolve_turn(case, a_world(case), turn=t, orders=(), seed=1).dice[0].threshold for t in (1, 2)
    ]  # fmt: skip
    assert thresholds == [0.19, 0.1]


def test_one_game_and_a_batch_agree_on_every_flashpoint() -> None:
    case = case_with(spark("kite"), spark("ferry", 0.3), ladder={"step": {"lin": {"terms": [[0.01, "strain"]]}}})
    seeds = range(20)
    batch = resolve_batch(case, World.initial(case, 20), turn=1, orders=(), seeds=seeds).world
    for n in seeds:
        alone = World.from_payload(case, resolve_turn(case, a_world(case), turn=1, orders=(), seed=n).world)
        assert np.array_equal(alone.values[:, 0], batch.values[:, n])


def test_only_those_told_hear_of_a_flashpoint() -> None:
    case = case_with(spark("kite", 1.0, to=["fleet"]))
    result = resolve_turn(case, a_world(case), turn=1, orders=(), seed=1)
    assert [h.visible_to for h in result.happenings] == [("fleet",)]


def test_what_rules_make_of_it_is_seen_by_those_who_heard_of_it() -> None:
    strained = rule("R-H02", event="kite_lost", effects=[{"add": ["strain", 5]}])
    case = case_with(spark("kite", 1.0, to=["fleet", "king"]), spark("ferry", 1.0), rules=(strained,))
    result = resolve_turn(case, a_world(case), turn=1, orders=(), seed=1)
    assert {row.visibility for row in result.ledger if row.rule_id == "R-H02"} == {("fleet", "king")}
