"""Every move of the case, given to the real engine: it can be carried out somewhere, and does what its words say."""

from functools import cache
from pathlib import Path

import msgspec
import pytest

from adjudication.effects import Add
from adjudication.orders import Order, ParamValue
from adjudication.resolve import resolve_turn
from adjudication.results import OrderResult, Resolution
from adjudication.scalars import Const
from adjudication.scenario import Scenario, load_scenario
from adjudication.scenario.schema import Move
from adjudication.world import World

ROOT = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios" / "us-dprk-2017.yaml"
TURN = {"full": 1, "hanoi": 8}
LATE = {
    "accept_srbm", "dmz_meeting", "draft_text", "follow_on_process", "freeze_ik", "ik_summit", "invite_inspectors",
    "liaison_office", "nkspea_suspend", "remains", "declare_inventory", "renounce", "restore_site", "submit_congress",
    "walk_out", "d_break_talks", "slbm", "china_summit", "nkspea_terminate",
}  # fmt: skip
"""Moves that ask for something the first quarter does not have."""
WITH = {
    "accept_srbm": [("dprk", "srbm")],
    "cma": [("dprk", "d_cma")],
    "d_cma": [("rok", "cma")],
    "d_summit": [("potus", "summit")],
    "dmz_meeting": [("dprk", "d_letter")],
    "draft_text": [("state", "working_talks"), ("dprk", "d_talks")],
    "jpn_protest": [("dprk", "irbm")],
    "kaesong_reopen": [("state", "un_exempt")],
    "summit": [("dprk", "d_summit")],
}
START = {
    "nkspea_suspend": {"congress_res": 55.0}, "submit_congress": {"congress_res": 65.0},
    "nkspea_terminate": {"clause.fac": 4, "clause.ars": 3, "clause.ver": 3},
}  # fmt: skip


@cache
def case() -> Scenario:
    return load_scenario(ROOT)


def settle(move_id: str, *, alone: bool = False, seed: str = "moves") -> Resolution:
    """Settle one turn in which a seat orders the move, with the orders of others it depends on."""
    scenario = case()
    move = scenario.move[move_id]
    preset = scenario.preset["hanoi" if move_id in LATE else "full"]
    preset = msgspec.structs.replace(preset, start={**preset.start, **START.get(move_id, {})})
    sheet = [(move.seats[0], move_id), *([] if alone else WITH.get(move_id, []))]
    orders = []
    for number, (seat, name) in enumerate(sheet):
        params: dict[str, ParamValue] = {p.id: p.default for p in scenario.move[name].params if p.default is not None}
        orders.append(Order(id=f"o{number}", seat=seat, move=name, params=params))
    world = World.initial(scenario, 1, preset)
    return resolve_turn(scenario, world, turn=TURN[preset.id], orders=orders, seed=seed, forced={"unsc": "adopted"})


def first_order(resolution: Resolution) -> OrderResult:
    return next(order for order in resolution.orders if order.id == "o0")


def told_tension(move: Move) -> float | None:
    """What the file says the move does to tension, if it says so without conditions."""
    for effect in move.effects:
        match effect:
            case Add(var="tension", amount=Const(value=amount), when=None):
                return amount
    return None


@pytest.mark.parametrize("move_id", [move.id for move in case().moves])
def test_every_move_can_be_carried_out_in_some_world(move_id: str) -> None:
    result = first_order(settle(move_id))
    assert result.status in {"done", "partial", "delayed"}, result.missing


@pytest.mark.parametrize("move_id", sorted(WITH))
def test_a_move_that_depends_on_another_order_is_returned_without_it_and_says_why(move_id: str) -> None:
    result = first_order(settle(move_id, alone=True))
    assert result.status == "blocked"
    assert result.missing
    assert "flag" not in " ".join(result.missing)


@pytest.mark.parametrize("move_id", [m.id for m in case().moves if not m.lead_turns and told_tension(m)])
def test_the_engine_moves_tension_the_way_the_file_says(move_id: str) -> None:
    told = told_tension(case().move[move_id])
    settled = (settle(move_id, seed=f"seed-{n}") for n in range(20))
    resolution = next(r for r in settled if first_order(r).status in {"done", "partial"})
    rows = [row for row in resolution.ledger if row.var == "tension" and row.cause.id in {"o0", move_id}]
    assert told
    assert sum(row.applied for row in rows) * told > 0
