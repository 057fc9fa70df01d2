"""The reference rule: every claim of every report names what says so, and what it names is there.

The whole report is walked, of the golden game and of random games with rewinds in them, for the truth and for every
seat; of a seat's report every reference is a row of that seat's own feed.
"""

import copy
import random
from typing import Any

import pytest

from adjudication.scenario import load_scenario
from tests.property.test_rewinds import step
from tests.support.builders import CONTROL, ROOT, SYSTEM, Game, player
from tests.support.golden_game import golden, golden_chronicle, golden_report, golden_seat_reports, told
from wargame.aar.chronicle import Chronicle, chronicle
from wargame.aar.refs import claims, faults
from wargame.aar.report import DRAWN, SECTIONS, seat_reports, truth_report
from wargame.aar.seen.report import SECTIONS as SEEN
from wargame.game import commands as c

pytestmark = pytest.mark.one_store
STEPS = 150


def stands(log: Chronicle) -> set[int]:
    """Return the events a truth may refer to: those that led to where the game stands, and every rewind."""
    return {recorded.seq for recorded in (*log.events, *(rewind for rewind, _ in log.rewound))}


def walked(seed: int) -> Game:
    """Play a random game of the short case that is taken back once on its way."""
    pick = random.Random(seed)
    case = load_scenario(ROOT / "fixtures/scenarios/practice.yaml")
    seats = tuple(seat.id for seat in case.seats)
    game = Game(case)
    create = c.GameCreate(
        title="At random", scenario="practice", preset="full", seed=f"report-{seed}", style="rigid", open_seats=seats
    )
    game.do(SYSTEM, create).joined("p-control", "Control", "control").with_seats(*seats).started()
    marks: list[str] = []
    for number in range(STEPS):
        step(game, pick, actors=[CONTROL, CONTROL, *map(player, seats)])
        if game.state.status == "ended":
            break
        if number == STEPS // 10:
            game.do(CONTROL, c.CheckpointMake(label="A tenth of the way"))
            marks.append(game.state.checkpoints[-1])
        if number == STEPS // 4:
            game.do(CONTROL, c.GameRewind(checkpoint=marks.pop(), reason="Otherwise."))
    return game


def test_every_claim_of_the_golden_truth_names_events_that_stand() -> None:
    report = golden_report()
    assert faults(report, stands(golden_chronicle())) == []
    assert {*SECTIONS, *DRAWN} <= set(report)
    assert sum(1 for _ in claims(report)) > 6_000, "the whole report is walked"


def test_every_claim_of_a_seat_names_rows_of_its_own_feed() -> None:
    for seat, report in golden_seat_reports().items():
        assert faults(report, {row.n for row in golden().rows(seat)}) == [], seat
        assert set(SEEN) <= set(report)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_every_claim_of_a_random_game_names_what_is_there(seed: int) -> None:
    game = walked(seed)
    log = chronicle(game.scenario, game.log, head_hash="", engine_version="1")
    assert faults(truth_report(log, built_at_ms=1, progress=lambda _: None), stands(log)) == []
    rows = told(game.scenario, tuple(game.log))
    reports = seat_reports(log, rows=lambda seat: rows.get(f"seat:{seat}", []), progress=lambda _: None)
    for seat, report in reports.items():
        assert faults(report, {row.n for row in rows[f"seat:{seat}"]}) == [], seat


@pytest.mark.parametrize("harm", ["taken away", "emptied", "unknown", "twice"])
def test_a_claim_whose_reference_is_harmed_is_found(harm: str) -> None:
    report: dict[str, Any] = {"moves": copy.deepcopy(golden_report()["moves"][:3])}
    known = stands(golden_chronicle())
    assert faults(report, known) == []
    move = report["moves"][1]
    if harm == "taken away":
        del move["refs"]
    else:
        move["refs"] = {"emptied": [], "unknown": [max(known) + 1], "twice": move["refs"] * 2}[harm]
    (fault,) = faults(report, known)
    assert fault.startswith("moves[1]: ")


def test_what_is_dated_anywhere_in_a_report_is_a_claim() -> None:
    report = {"view": "truth", "deep": {"refs": [1], "inner": [{"also": {"turn": 3, "value": 1.0}}]}}
    assert faults(report, {1}) == ["deep.inner[0].also: no reference"]


def test_what_the_record_says_cites_its_source_instead() -> None:
    said = {"turn": 1, "text": "It was so.", "refs": []}
    assert faults({"history": [said | {"cites": "Chronicle"}]}, set()) == []
    assert faults({"history": [said | {"cites": ""}]}, set()) == ["history[0]: no reference"]
