"""The scripted path of the record on the real engine: injects in their season, presets that start from its states."""

from functools import cache
from pathlib import Path

import pytest

from adjudication.conditions import holds
from adjudication.lenses import ALL
from adjudication.orders import Order, ParamValue
from adjudication.resolve import resolve_turn
from adjudication.scenario import Scenario, load_scenario
from adjudication.settlement import Settlement
from adjudication.world import World

ROOT = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios" / "us-dprk-2017.yaml"
SEED = "9"
"""No clash happens on this seed and the first statement holds to Hanoi, so that the path is the orders' own."""
OFF_THE_RECORD = {"I11", "I27", "I41"}
"""Their triggers are orders the script leaves out: the New York channel, the return of remains, late sanctions."""


@cache
def case() -> Scenario:
    return load_scenario(ROOT)


@cache
def path() -> tuple[World, ...]:
    """The worlds of the scripted path: index t is the world after turn t."""
    scenario = case()
    assert scenario.history is not None
    worlds = [World.initial(scenario, 1)]
    for turn in range(1, scenario.meta.turns + 1):
        orders = []
        for seat, sheet in scenario.history.orders.get(turn, {}).items():
            for number, move in enumerate(sheet):
                params: dict[str, ParamValue] = {
                    p.id: p.default for p in scenario.move[move].params if p.default is not None
                }
                orders.append(Order(id=f"{turn}:{seat}:{number}", seat=seat, move=move, params=params))
        forced = dict(scenario.history.forced)
        settled = resolve_turn(scenario, worlds[-1], turn=turn, orders=orders, seed=SEED, forced=forced)
        worlds.append(World.from_payload(scenario, settled.world))
    return tuple(worlds)


@cache
def sent() -> dict[str, int]:
    """Turn at which each inject falls due on the path."""
    scenario, due = case(), {}
    for turn in range(1, scenario.meta.turns + 1):
        world = path()[turn - 1]
        start = Settlement(scenario, world, turn=turn, seeds=(SEED,), lenses=ALL, forced={}, record=False)
        for inject in scenario.injects:
            timely = inject.turn is None or inject.turn == turn
            if inject.id not in due and timely and (inject.trigger is None or bool(holds(inject.trigger, start).all())):
                due[inject.id] = turn
    return due


def test_every_event_of_the_record_falls_due_on_the_recorded_path() -> None:
    record = {inject.id for inject in case().injects if inject.kind == "H"}
    assert record - set(sent()) == OFF_THE_RECORD


@pytest.mark.parametrize(
    ("inject", "turn"),
    [
        ("I01", 1), ("I06", 4), ("I09", 4), ("I12", 5), ("I14", 5),
        ("I17", 6), ("I20", 7), ("I23", 7), ("I37", 9), ("I42", 11),
    ],
)  # fmt: skip
def test_an_event_is_sent_in_its_season(inject: str, turn: int) -> None:
    assert sent()[inject] == turn


def test_no_quarter_floods_the_players_and_none_is_empty_of_news() -> None:
    scenario = case()
    for turn in range(1, scenario.meta.turns + 1):
        news = [i for i, at in sent().items() if at == turn]
        assert len(news) <= 7, (turn, news)
        assert news or any(event.turn == turn for event in scenario.calendar), turn


@pytest.mark.parametrize("name", ["ninety", "hanoi"])
def test_a_late_preset_starts_where_the_recorded_path_stands(name: str) -> None:
    scenario = case()
    preset = scenario.preset[name]
    start, world = World.initial(scenario, 1, preset), path()[preset.first - 1]
    tolerance = {"belief": 0.006, "count": 0.0, "flag": 0.0}
    for variable, row in scenario.index.items():
        if variable in preset.start:
            apart = abs(float(start.values[row, 0]) - float(world.values[row, 0]))
            assert apart <= tolerance.get(scenario.variable[variable].kind, 0.5), (variable, apart)
    for issue, row in scenario.clause_index.items():
        assert start.clauses[row, 0] == world.clauses[row, 0], issue


def test_the_weekend_preset_starts_with_the_singapore_statement_in_force() -> None:
    deal = case().preset["hanoi"].deal
    assert deal is not None
    assert deal.form == "statement"
    scenario = case()
    world = World.initial(scenario, 1, scenario.preset["hanoi"])
    assert [agreement.id for agreement in world.agreements if agreement.status == "in_force"] == ["singapore"]
