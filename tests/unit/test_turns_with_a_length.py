"""Rates are quoted per basis length of the clock: what a longer turn does, and what tags and local times are for."""

import numpy as np
import pytest

from adjudication.readings import make_readings
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.sight import band, band_span
from adjudication.testkit import a_world, everything, orders_of
from adjudication.world import World
from tests.support.second_crisis import Sections, a_case, move, rule, variable

ZONES = [{"id": "nor", "label": "North"}, {"id": "sou", "label": "South"}]


def clock(*hours: float, tags: tuple[str, ...] = ()) -> Sections:
    turns = [
        {
            "name": f"watch {n}",
            "hours": h,
            "tags": list(tags) if n == 1 else [],
            "local": {"nor": "6:00", "sou": "9:00"},
        }
        for n, h in enumerate(hours, start=1)
    ]
    return {"basis_hours": 12, "zones": ZONES, "turns": turns}


DRIFTING = [
    variable("strain", 80, drift={"target": 40, "rate": 0.1, "rule": "R-D01"}),
    variable("guns", 4, "stock", max=24),
]
GROWTH = [rule("R-D01", 9, code=True), rule("R-D02", 9, effects=[{"add": ["guns", 0.5]}])]


def test_a_pull_over_two_basis_lengths_is_the_pull_of_two_turns() -> None:
    long, short = (
        a_case(clock=clock(*hours), variables=DRIFTING, rules=GROWTH, meta={"turns": len(hours)})
        for hours in ((24,), (12, 12))
    )
    once = resolve_turn(long, a_world(long), turn=1, orders=(), seed=1).world["values"]
    world = a_world(short)
    for turn in (1, 2):
        world = World.from_payload(short, resolve_turn(short, world, turn=turn, orders=(), seed=1).world)
    assert once["strain"] == pytest.approx(world.value(short, "strain"), abs=0.7)  # but for the saturation in between
    assert once["guns"] == world.value(short, "guns") == 5.0


def test_a_turn_of_the_basis_length_is_a_turn_without_a_clock() -> None:
    plain, timed = (a_case(variables=DRIFTING, rules=GROWTH, **more) for more in ({}, {"clock": clock(12, 12, 12, 12)}))
    results = [
        resolve_turn(case, a_world(case), turn=1, orders=orders_of(case, "talk"), seed=1) for case in (plain, timed)
    ]
    assert results[0].world["values"] == results[1].world["values"]


def test_a_rule_of_another_stage_is_scaled_only_where_it_says_so() -> None:
    rules = [
        rule("R-N01", 5, effects=[{"add": ["guns", 1]}]),
        rule("R-N02", 5, rate=True, effects=[{"add": ["guns", 1]}]),
    ]
    case = a_case(clock=clock(36, 12, 12, 12), rules=rules)
    assert resolve_turn(case, a_world(case), turn=1, orders=(), seed=1).world["values"]["guns"] == 4 + 1 + 3


def test_a_condition_may_ask_for_a_tag_of_the_turn() -> None:
    at_night = rule("R-N01", 5, when={"tag": "night"}, effects=[{"add": ["guns", 1]}])
    case = a_case(clock=clock(12, 12, 12, 12, tags=("night",)), rules=[at_night])
    guns = [resolve_turn(case, a_world(case), turn=t, orders=(), seed=1).world["values"]["guns"] for t in (1, 2)]
    assert guns == [5.0, 4.0]


def test_natural_units_are_plain_sums_clamped_at_their_bounds() -> None:
    case = a_case(moves=[move("talk", "queen", {"add": ["guns", 19]})])
    result = resolve_turn(case, a_world(case, {"guns": 10}), turn=1, orders=orders_of(case, "talk"), seed=1)
    assert result.world["values"]["guns"] == 24.0
    assert [row.applied for row in result.ledger if row.var == "guns"] == [19.0, -5.0]


def test_a_batch_keeps_the_same_time_as_one_game() -> None:
    case = a_case(clock=clock(30, 12, 12, 12), variables=DRIFTING, rules=GROWTH)
    batch = resolve_batch(case, World.initial(case, 3), turn=1, orders=orders_of(case, "talk"), seeds=(1, 2, 3)).world
    for n, seed in enumerate((1, 2, 3)):
        alone = resolve_turn(case, a_world(case), turn=1, orders=orders_of(case, "talk"), seed=seed)
        assert (
            everything(case, World.from_payload(case, alone.world))["strain"] == batch.values[case.index["strain"], n]
        )
    assert np.all(batch.values[case.index["guns"]] == 4 + 0.5 * 2.5)


def test_bands_and_margins_of_a_natural_unit_are_parts_of_its_own_range() -> None:
    guns = a_case(variables=[variable("guns", 4, "stock", min=0, max=24)]).variable["guns"]
    assert [band(guns, x) for x in (0, 5, 12, 24)] == ["very low", "low", "medium", "very high"]
    assert band_span(guns, "medium") == pytest.approx((9.6, 14.4))


def test_noise_of_a_natural_unit_is_in_that_unit() -> None:
    case = a_case(variables=[variable("guns", 12, "stock", min=0, max=24, see={"default": {"noise": 2}})])
    rows = [make_readings(case, a_world(case), turn=1, seed=n, errors={})[0]["king"] for n in range(200)]
    found = [next(r for r in row if r.variable == "guns") for row in rows]
    assert 1.6 < float(np.std([r.value for r in found])) < 2.4
    assert {r.confidence for r in found} == {"low"}
