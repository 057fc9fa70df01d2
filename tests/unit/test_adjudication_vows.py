"""Threats with a condition, a deadline and an action: kept, eaten, or never called (section 2.6, R-R02)."""

import numpy as np
import pytest

from adjudication.orders import Order
from adjudication.results import Resolution
from adjudication.world import World
from tests.support.engine import a_world, after, everything, orders, settle, the_case

QUIET = {"clash": "no", "break": "no", "delay": "0"}


def a_threat(*, trigger: str = "long_range", action: str = "force", deadline: int = 1) -> Order:
    return Order("t", "potus", "threat", {"trigger": trigger, "action": action, "deadline": deadline})


def turn(world: World, sheet, at: int, **more) -> tuple[Resolution, World]:
    return settle(world, sheet, turn=at, forced=QUIET, **more)


def of(found: Resolution, rule: str):
    return {row.var: row for row in found.ledger if row.rule_id == rule}


def kinds(found: Resolution) -> list[str]:
    return [h.kind for h in found.happenings if h.kind.startswith("vow")]


@pytest.fixture
def sworn() -> World:
    _, world = turn(a_world(), [a_threat()], 3)
    return world


def test_R_R02_a_threat_without_a_condition_is_remembered_by_nobody():
    found, world = turn(a_world(), orders("threat"), 3)
    assert world.vows == ()
    assert kinds(found) == []


def test_R_R02_a_vow_waits_until_its_condition_comes_about(sworn):
    found, world = turn(sworn, [], 4)
    assert kinds(found) == []
    assert world.vows[0].due == (0,)


def test_R_R02_words_not_honoured_by_the_deadline_cost_at_home_and_abroad(sworn):
    called, waiting = turn(sworn, orders("icbm"), 4)
    assert kinds(called) == ["vow_due"]
    assert of(called, "R-R02b") == {}
    stock = everything(waiting)["aud_us"]
    found, end = turn(waiting, [], 5)
    rows = of(found, "R-R02b")
    assert rows["approval_nk"].raw == pytest.approx(-0.12 * stock, abs=1e-6)
    assert rows["res_us"].raw == pytest.approx(-0.4 * stock / 12.0, abs=1e-6)
    assert rows["bur_align"].raw == -1.0
    spent = [row for row in found.ledger if row.var == "aud_us" and row.rule_id == "R-R02"]
    assert [row.applied for row in spent] == [pytest.approx(-0.5 * stock, abs=1e-6)]
    assert kinds(found) == ["vow_eaten"]
    assert end.vows == ()


def test_R_R02_words_carried_out_settle_the_stock_and_raise_resolve(sworn):
    _, waiting = turn(sworn, orders("icbm"), 4)
    found, end = turn(waiting, orders("show_force"), 5)
    assert of(found, "R-R02c")["res_us"].raw == 0.3
    assert of(found, "R-R02b") == {}
    assert everything(end)["aud_us"] == 0.0
    assert kinds(found) == ["vow_kept"]


def test_R_R02_another_sides_deed_or_one_nobody_saw_honours_nothing(sworn):
    _, waiting = turn(sworn, orders("icbm"), 4)
    hidden = [Order("s", "potus", "show_force", {}, False)]
    for sheet in (hidden, orders("irbm")):
        assert kinds(turn(waiting, sheet, 5)[0]) == ["vow_eaten"]


def test_R_R02_pyongyangs_deadline_costs_pyongyang_and_not_the_president():
    vow = Order("u", "dprk", "ultimatum", {"trigger": "no_relief", "action": "long_range_test", "deadline": 1})
    _, sworn = turn(a_world(), [vow], 3)
    _, waiting = turn(sworn, [], 4)
    found, _ = turn(waiting, [], 5)
    assert set(of(found, "R-R02d")) == {"res_dprk"}
    assert of(found, "R-R02b") == {}


def test_R_R02_without_the_lens_of_rational_choice_no_vow_is_called(sworn):
    _, waiting = turn(sworn, orders("icbm"), 4)
    found, _ = turn(waiting, [], 5, lenses=frozenset({"lead", "inst"}))
    assert kinds(found) == []
    assert of(found, "R-R02b") == {}


def test_a_vow_survives_storage_and_settles_alike_in_a_batch(sworn):
    stored = World.from_payload(the_case(), sworn.to_payload(the_case()))
    assert stored.vows == sworn.vows
    sheet = orders("icbm")
    _, single = settle(sworn, sheet)
    batch = after(sworn, sheet)
    assert np.array_equal(batch.world.values, single.values)
    assert batch.world.vows == single.vows
