"""A game with free moves, granted arguments, rulings and a corrected appeal settles again to the same bytes."""

import pytest

from tests.support.games import Table, a_game
from wargame.aar.chronicle import chronicle
from wargame.aar.truth import frame, measures, play
from wargame.store.cases import case_of
from wargame.store.log import recorded_events
from wargame.store.verify import verify_game

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "state", "dprk", "rok")


def played() -> Table:
    """Play two turns with everything that goes into a settlement beyond orders."""
    table = a_game(seats=SEATS, started=True, style="semi_rigid", seed="verified-free")
    table.must("control", "phase.end", expect="brief")
    for seat, name, public in (("rok", "f1", True), ("dprk", "f2", False)):
        table.must(
            seat, "freemove.propose", move=name, title=f"A plan of {seat}", action="We try it.", effect="It helps.",
            arguments=["It is cheap."], public=public,
        )  # fmt: skip
        table.must("control", "freemove.estimate", move=f"{seat}:{name}", percent=55)
        table.must(
            "control", "freemove.frame", move=f"{seat}:{name}", seat=seat, severity="de", net=2,
            effects={"tension": -3.5}, costs={"approval_nk": -1.0},
        )  # fmt: skip
    table.must("control", "freemove.circulate", move="rok:f1", seats=["state"])
    table.must("state", "freemove.argue", move="rok:f1", side="against", text="Too early.")
    table.must("control", "freemove.admit", move="rok:f1")
    table.must("state", "order.draft", order="v", move="un_res", argument="They are angry.")
    table.must("control", "argument.grant", order="state:v", net=2, reason="They are.")
    for phase in ("plan", "negotiate"):
        table.must("control", "phase.end", expect=phase)
    table.must("control", "freemove.admit", move="dprk:f2")
    table.must("control", "ruling.replace", turn=1, order="dprk:f2", outcome="partial", reason="Half of it.")
    table.must("control", "ruling.accept", turn=1)
    table.must("state", "appeal.lodge", order="state:v", text="We had the votes.")
    appeal = next(iter(table.state().appeals))
    table.must(
        "control", "appeal.answer", appeal=appeal, verdict="upheld", text="You had.", variable="tension", delta=1.5
    )
    for phase in ("outcome", "brief", "plan", "negotiate"):
        table.must("control", "phase.end", expect=phase)
    table.must("control", "ruling.accept", turn=2)
    return table


def test_free_moves_arguments_and_corrections_are_settled_again_to_the_same_bytes() -> None:
    verdict = verify_game(played().game)
    assert verdict.faults == ()
    assert verdict.turns >= 4, "two proposals, and those made again with a free move and a ruling"


def test_the_report_tells_a_free_move_as_a_move_to_all_who_may_know_of_it() -> None:
    table = played()
    row = table.row()
    case = case_of(row.scenario, row.scenario_hash)
    log = chronicle(case, recorded_events(table.game), head_hash="", engine_version="")
    told = {move["order"]: move for move in play.moves(log)}
    assert told["rok:f1"]["rationale"] == "We try it."
    assert told["dprk:f2"]["ruled"]
    assert {"rok:f1", "dprk:f2"} <= {mark["ref"] for mark in frame.timeline(log) if mark["kind"] == "move"}
    labels = {row["label"] for change in measures.ledger(log) for row in change["rows"]}
    assert any(label.endswith("A plan of dprk") for label in labels)
