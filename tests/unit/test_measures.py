"""What statements measure of a path, and that neither names of orders nor their publicity move a die."""

import numpy as np
import pytest
from msgspec.structs import replace

from adjudication.expectations import Evidence, judged
from adjudication.measures import MEASURES, Ground
from adjudication.recorded import Path, replay, run, scripted
from adjudication.scenario.record import Expectation, Held
from adjudication.world import World
from tests.support.engine import the_case

SEEDS = ("a", "b", "c")


def a_path(**fields) -> Path:
    """Two games of four turns: heat rises and falls in the first, and ends in war after turn 3 in the second."""
    given = {
        "values": {
            "heat": np.array([[50.0, 50.0], [80.0, 60.0], [90.0, 95.0], [40.0, 97.0], [20.0, 97.0]]),
            "war": np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
        },
        "clauses": {"pause": np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [2.0, 0.0]])},
        "p_clash": np.full((4, 2), 0.1), "p_war": np.full((4, 2), 0.1),
        "summit": np.array([[-1, -1], [1, -1], [-1, 0], [2, -1]]),
        "fidelity": {(2, "one", "step"): np.array([0.5, 1.0])},
        "executed": {(1, "one", "step"): np.array([True, True]), (2, "one", "step"): np.array([True, False]),
                     (4, "two", "step"): np.array([True, False])},
        "events": {"clash": np.array([[False, False], [False, True], [False, False], [False, False]])},
        "indices": {"risk": np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [4.0, 4.0]])},
        "text_in_force": np.array([[False, False], [False, False], [False, False], [True, False]]), "war": "war",
    }  # fmt: skip
    return Path(**given | fields)


@pytest.mark.parametrize(
    ("measure", "args", "expected"),
    [
        ("value_at", {"variable": "heat", "turn": 2}, [90, 95]),
        ("change", {"variable": "heat", "from": 1, "to": 3}, [-40, 37]),
        ("highest_in", {"variable": "heat"}, [90, 97]),
        ("lowest_in", {"variable": "heat", "from": 1, "to": 2}, [80, 60]),
        ("mean_in", {"variable": "heat", "from": 1, "to": 2}, [85, 77.5]),
        ("mean_share", {"variable": "heat", "from": 3, "to": 4, "of": 2}, [30 / 90, 97 / 95]),
        ("ratio", {"variable": "heat", "from": 0, "to": 4}, [0.4, 1.94]),
        ("peak_turn", {"variable": "heat"}, [2, 3]),
        ("fall_from_peak", {"variable": "heat", "turn": 4}, [70, 0]),
        ("swing", {"variable": "heat", "up_to": 2, "down_by": 4}, [40, 0]),
        ("least_step", {"variable": "heat"}, [-50, 0]),
        ("least_step", {"variable": "heat", "every": 2}, [-70, 2]),
        ("distance", {"variable": "heat", "turn": 4, "target": 25}, [5, 72]),
        ("growth", {"variable": "heat", "turns_a_year": 2, "year": 1}, [80, 90]),
        ("growth", {"variable": "heat", "turns_a_year": 2, "year": 2, "less_before": 1}, [-77.78 - 80, 2.105 - 90]),
        ("growth_miss", {"variable": "heat", "turns_a_year": 2, "year_1": 80, "year_2": -80}, [2.222, 82.105]),
        ("meeting", {"turn": 2, "result": "statement"}, [1, 0]),
        ("any_meeting", {"result": "text"}, [1, 0]),
        ("first_meeting", {"result": "statement"}, [1, 0]),
        ("first_result", {}, [2, 5]),
        ("first_result", {"came": 1}, [2, np.nan]),
        ("text_in_force", {}, [1, 0]),
        ("clauses_raised", {"issues": "pause", "after": 2}, [1, 0]),
        ("orders_in", {"moves": "step", "seat": "one"}, [2, 1]),
        ("orders_in", {"moves": "step", "from": 2}, [2, 0]),
        ("most_orders", {"moves": "step", "span": 2}, [2, 1]),
        ("event_in", {"event": "clash", "from": 2}, [0, 1]),
        ("event_in", {"event": "unheard of"}, [0, 0]),
        ("fidelity", {"turn": 2, "move": "step"}, [0.5, 1]),
        ("mean_index", {"index": "risk"}, [2.5, 1.5]),
        ("no_war", {}, [1, 0]),
        ("any_war", {}, [0, 1]),
        ("war_risk", {}, [1 - 0.9**4, 1 - 0.9**3]),
        ("highest_in", {"variable": "clause.pause"}, [2, 0]),
        ("highest_in", {"variable": "any_clash"}, [0, 1]),
        ("value_at", {"variable": "p_clash", "turn": 1}, [0.1, 0.1]),
    ],
)
def test_a_measure_reads_a_path(measure, args, expected):
    found = MEASURES[measure](Ground(the_case(), a_path()), args)
    np.testing.assert_allclose(found, expected, atol=5e-3)


def test_an_index_is_measured_on_the_turns_a_game_survived():
    found = MEASURES["index_at"](Ground(the_case(), a_path()), {"index": "risk"})
    assert found[0] == 4
    assert np.isnan(found[1])


def test_every_measure_a_shipped_statement_names_exists():
    case = the_case()
    named = [one.measure for line in case.history.table for one in (line, *line.also)]
    named += [one.measure for one in (*case.calibration.targets, *case.calibration.compare)]
    assert set(named) <= set(MEASURES)


def test_a_statement_holds_only_with_all_it_adds_and_in_the_share_it_asks():
    case = the_case()
    evidence = Evidence(case, seeds=3)
    line = Expectation(id="X", statement="", tolerance="", measure="highest_in", low=80, args={"variable": "tension"})
    assert judged(evidence, line).passed
    never = Held(measure="value_at", high=-1.0, args={"variable": "tension", "turn": 1})
    assert not judged(evidence, replace(line, also=(never,))).passed
    assert judged(evidence, replace(line, over="many", share=1.0)).value == 1.0
    assert not judged(evidence, replace(line, over="many", share=0.5, also=(never,))).passed


def test_neither_names_of_orders_nor_their_order_move_a_die():
    case = the_case()
    plain = replay(case, seeds=SEEDS, forced={})

    def renamed(_, turn):
        orders = scripted(case, turn)
        return tuple(replace(order, id=f"z{n}") for n, order in enumerate(reversed(orders))), {}

    other = run(case, World.initial(case, len(SEEDS)), seeds=SEEDS, forced={}, sheets=renamed)
    for name, values in plain.values.items():
        np.testing.assert_array_equal(values, other.values[name], err_msg=name)


def test_what_everybody_sees_anyway_rolls_the_same_whether_it_is_called_public_or_not():
    case = the_case()
    plain = replay(case, seeds=SEEDS, forced={})

    def quiet(_, turn):
        return tuple(replace(order, public=True) for order in scripted(case, turn)), {}

    other = run(case, World.initial(case, len(SEEDS)), seeds=SEEDS, forced={}, sheets=quiet)
    np.testing.assert_array_equal(plain.p_clash, other.p_clash)
    np.testing.assert_array_equal(plain.summit, other.summit)
