"""Orders given beforehand: carried out by themselves, stopped in time, explained and told."""

import numpy as np
import pytest

from adjudication.ledger import unexplained
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.scenario import Scenario
from adjudication.testkit import a_world, everything, orders_of
from adjudication.world import World
from tests.support.second_crisis import Sections, a_case, rule

LOSS = [rule("R-N01", 5, when={"ordered": "press"}, effects=[{"emit": "loss"}]), rule("R-I03", code=True)]


def standing(**more: object) -> Sections:
    return {
        "id": "SO1", "seat": "fleet", "name": "Answer fire", "on": {"event": "loss"}, "do": "reprisal",
        "countermand": "hold", "countermand_by": ["queen"], "say": "The plan says so.", "rule": "R-I03",
        "sources": ["judgement"], **more,
    }  # fmt: skip


def case(**more: object) -> Scenario:
    return a_case(standing=[standing(**more)], rules=LOSS)


def play(made: Scenario, *sheets: tuple[str, ...]) -> list:
    world, results = a_world(made), []
    for turn, sheet in enumerate(sheets, start=1):
        results.append(resolve_turn(made, world, turn=turn, orders=orders_of(made, *sheet), seed=1))
        world = World.from_payload(made, results[-1].world)
    return results


def test_it_carries_itself_out_at_the_end_of_the_turn_that_armed_it() -> None:
    (result,) = play(case(), ("press",))
    order = next(order for order in result.orders if order.id == "standing:SO1")
    assert (order.seat, order.move, order.status) == ("fleet", "reprisal", "done")
    assert [row.applied for row in result.ledger if row.cause.id == "standing:SO1" and row.var == "strain"] == [10.0]
    assert result.world["values"]["esc_pts"] == 28


def test_its_seat_and_its_superior_are_told_and_nobody_else() -> None:
    (result,) = play(case(), ("press",))
    told = next(h for h in result.happenings if h.kind == "standing")
    assert told.visible_to == ("fleet", "queen")
    assert told.text == "\u201cAnswer fire\u201d carried itself out: reprisal. The plan says so."


def test_a_countermand_in_the_same_turn_stops_it() -> None:
    (result,) = play(case(), ("press", "hold"))
    assert not [order for order in result.orders if order.id == "standing:SO1"]
    assert [h.kind for h in result.happenings if h.rule == "R-I03"] == ["standing_stopped"]


def test_one_that_waits_a_turn_can_be_stopped_in_that_turn() -> None:
    for sheet, strain, kind in ((("talk",), 10.0, "standing"), (("hold",), None, "standing_stopped")):
        armed, fired = play(case(after=1), ("press",), sheet)
        assert [h.kind for h in armed.happenings if h.rule == "R-I03"] == ["standing_armed"]
        assert [h.kind for h in fired.happenings if h.rule == "R-I03"] == [kind]
        rows = [row.raw for row in fired.ledger if row.cause.id == "standing:SO1" and row.var == "strain"]
        assert rows == ([] if strain is None else [strain])


def test_a_refused_countermand_stops_nothing() -> None:
    no = rule("R-I90", 1, on={"move": "hold"}, require={"ge": ["strain", 90]}, text={"refused": "No."})
    made = a_case(standing=[standing(after=1)], rules=[*LOSS, no])
    _, fired = play(made, ("press",), ("hold",))
    assert next(order.status for order in fired.orders if order.id == "standing:SO1") == "done"


def test_an_exception_of_its_own_stops_it_and_once_means_once() -> None:
    (result,) = play(case(unless={"ordered": "talk"}), ("press", "talk"))
    assert not [order for order in result.orders if order.id.startswith("standing")]
    first, second = play(case(once=True), ("press",), ("press",))
    assert ["standing:SO1" in {o.id for o in r.orders} for r in (first, second)] == [True, False]


@pytest.mark.parametrize("after", [0, 1])
def test_the_ledger_still_adds_up_to_nothing_unexplained(after: int) -> None:
    made = case(after=after)
    results = play(made, ("press",), ("talk",))
    before = everything(made, a_world(made))
    for result in results:
        now = everything(made, World.from_payload(made, result.world))
        assert not unexplained(result.ledger, before, now)
        before = now


@pytest.mark.parametrize("after", [0, 1])
def test_a_batch_does_the_same_where_it_is_armed(after: int) -> None:
    chance = rule("R-N01", 5, when={"chance": {"p": 0.5, "key": "luck"}}, effects=[{"emit": "loss"}])
    made = a_case(standing=[standing(after=after)], rules=[chance, LOSS[1]])
    batch = World.initial(made, 16)
    for turn in (1, 2):
        batch = resolve_batch(made, batch, turn=turn, orders=orders_of(made, "talk"), seeds=range(16)).world
    for n in range(16):
        world = World.initial(made)
        for turn in (1, 2):
            done = resolve_turn(made, world, turn=turn, orders=orders_of(made, "talk"), seed=n)
            world = World.from_payload(made, done.world)
        assert np.array_equal(world.values[:, 0], batch.values[:, n])
